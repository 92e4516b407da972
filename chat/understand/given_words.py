"""A text that a message gives to be set to music: quoted, behind a colon, on lines of its own.

What it does not know: whether the text is good to sing.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers

_GIVEN = re.compile(
    r"(?:(?:put|set|turn|make) (?:my|this|these|the|our|his|her) (?:\w+ )?(?:poem|words|lyrics|text|verse|haiku|lines)\b[^:\n]{0,60}|to (?:these|the following|my|this) (?:words|lyrics|text|poem|lines?|verse)|(?:set|using|use|with) (?:these|the following|my|this) (?:words|lyrics|text|poem|lines?|verse|haiku)(?: to music)?|(?:the )?(?:words|lyrics|text) (?:are|is|should be)|set (?:this|these)(?: to music)?"
    r"|(?:用|给|为|按|根据)(?:下面|以下|这)(?:的|些|段|首|几句|句)*(?:歌词|词|诗|文字|话)(?:谱曲|作曲|写(?:一)?首歌|配曲|写曲子?)?|歌词(?:是|为|如下)?)\s*(?:[:：]|\n)\s*(.+)$",
    re.DOTALL | re.IGNORECASE,
)
_QUOTED = re.compile(
    r"(?:to|set|sings?|singing|words|lyrics|line|text|歌词|诗|词)\s*(?:to music|are|is|:|(?:就|只)?(?:是|为|有|唱|用)?(?:这|一)?(?:一)?句(?:话)?(?:是|:)?|(?:就|只)?(?:是|为|有|唱|用))?\s*[:]?\s*\"([^\"]{6,600})\"",
    re.DOTALL,
)
_POEM = re.compile(
    r"\b(?:verse|poem|words|lyrics?|lines?|text|haiku|couplet|stanza|quatrain|歌词|诗|词)\b[^:\"'\n]{0,30}[:,]?\s*(?:\"([^\"]{12,600})\"|'(.{12,600}?)'(?=[\s.,;!?]|$))",
    re.DOTALL | re.IGNORECASE,
)
_MUSIC = re.compile(
    r"\b(?:set|music|tunes?|melod\w+|sing|sung|song|compose|poem|rhyme|words|lyrics|verse|haiku|limerick)\b|谱|曲|歌|诗|词|唱",
    re.IGNORECASE,
)
_SET = re.compile(
    r"\b(?:set|put|make|write|compose|find|give|turn|need|want|fit)\b[^.!]{0,40}?\b(?:music|tunes?|melod\w+|songs?)\b|\b(?:music|tunes?|melod\w+|songs?) (?:for|to|from|with|out of) (?:this|these|my|our|the following)\b|\bset (?:this|these|it)\b|谱(?:个|一|成|上|曲|写)|配(?:个|上|一)?曲|作(?:个|一)?曲|写(?:个|一首|首|成)?(?:曲|歌)|唱",
    re.IGNORECASE,
)
_TITLES = re.compile(
    r"(?:titled?|called|named?|entitled|标题|题目|名叫|叫)\s*[:：]?\s*$", re.IGNORECASE
)
_LONG_QUOTE = re.compile(
    r"\"([^\"]{12,1200})\"|“([^”]{8,1200})”|「([^」]{8,1200})」|'(.{16,1200}?)'(?=[\s.,;!?]|$)",
    re.DOTALL,
)
_BEHIND = re.compile(r"[:：?？]\s+(?=\S)|[:：](?=[\u4e00-\u9fff\"“])|\n\s*")
_WISHES = re.compile(
    r"\b(?:bars?|measures?|tempo|bpm|chords?|meter|jig|reel|waltz|can you|please)\b|\b[a-g](?:b|#| flat| sharp)? (?:major|minor)\b|\d/\d|小节|大调|小调|速度|和弦",
    re.IGNORECASE,
)
FEWEST = 5
"""Words, or characters, from which a text is one to be sung."""


_BEGINS = re.compile(
    r"\b(?:(?:start|begin|open)(?:s|ning|ing)?|first)(?: (?:it|off|line))? (?:with |on |by )?(?:the )?(?:words?|line|lyrics?|phrase)(?: (?:is|are|being|should be|must be|of|goes|saying|:))?\s*:?\s*(?:\"([^\"]{2,60})\"|((?-i:[A-Z])[a-z' ]{2,40}?)(?=$|[,.;!?\"]| and | in [a-g]\b| please))"
    r"|\b(?:words?|lyrics?|verse|song|text|it) (?:that |which )?(?:should |must |has to |have to |to )?(?:start|begin|open)(?:s|ning|ing)?(?: off)? (?:with|on)\s*:?\s*\"([^\"]{2,60})\""
    r"|\b(?:start|begin|open)(?:s|ning|ing)? (?:off )?with\s*:?\s*\"([^\"]{2,60})\""
    r"|(?:歌词|第一句|首句|开头)[^,.;\"]{0,8}?(?:以|用|是|为|唱|写)\s*\"([^\"]{1,20})\"(?:开头|开始|起头)?|(?:以|用)\s*\"([^\"]{1,20})\"\s*(?:这[^,.;\"]{1,4})?(?:开头|开始|起头|作?为?(?:第一句|首句))",
    re.IGNORECASE,
)


def begins_with(text: str) -> str:
    """What the words are to begin with; "" where nobody says.

    >>> begins_with('eight bars, starting words "Pack your tent"'), begins_with("beginning with the words Oh my river")
    ('Pack your tent', 'Oh my river')
    >>> begins_with('歌词以"月亮出来"开头')
    '月亮出来'
    """
    match = _BEGINS.search(text)
    return next((g for g in match.groups() if g), "").strip(" ,.!") if match else ""


_OF_A_PART = re.compile(
    r"\b(?:chorus|refrain|hook|verse|last line|first line)\b[^.;,\"]{0,10}(?:\b(?:has to|have to|must|should|needs to|ought to|is to|is|goes|says|sings|saying|going|with)\b[^.;,\"]{0,12}|:\s*)\"|副歌(?:里|部分)?(?:要|得|必须|就)?(?:唱|是|写|有|:)[^,.;\"]{0,4}\"",
    re.IGNORECASE,
)
"""Words of one part, which are not all that is sung."""
_PART_WORDS = re.compile(
    rf"(?:{_OF_A_PART.pattern.replace('|verse|last line|first line', '')})([^\"]{{2,60}})\"",
    re.IGNORECASE,
)


def chorus_words(text: str) -> str:
    """What the chorus is to begin with; "" where nobody says.

    >>> chorus_words('a shanty, the chorus has to go "haul away boys"'), chorus_words('副歌要唱"让我们荡起双桨"')
    ('haul away boys', '让我们荡起双桨')
    """
    match = _PART_WORDS.search(text)
    return next((g for g in match.groups() if g), "").strip(" ,.!") if match else ""


_COUNTING = re.compile(
    r"\b(?:count(?:s|ing)?|numbers?)\b[^.;]{0,30}\b(?:(?P<low>one|1) (?:to|up to|through|-) |to |up to )(?P<high>five|ten|twelve|twenty|5|10|12|20)\b|(?:数数|数字|从\s*[一1])[^,.;]{0,10}?(?:到|至)\s*(?P<zh>十|五|10|5)",
    re.IGNORECASE,
)
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"


def _counting(text: str) -> str:
    """The numbers of a counting song, five on a line; "" where none is asked for."""
    match = _COUNTING.search(text)
    if match is None or not re.search(r"\bsong\b|\brhyme\b|\bsing\b|歌|唱", text, re.IGNORECASE):
        return ""
    if match["zh"]:
        row = list("一二三四五六七八九十"[: numbers.value(match["zh"]) or 10])
        joined = ("".join(row[:5]), "".join(row[5:]))
        return "\n".join(line for line in joined if line)
    row = _NUMBERS.split()[: numbers.value(match["high"].lower()) or 10]
    lines = [", ".join(row[at : at + 5]) for at in range(0, len(row), 5)]
    return "\n".join(line[0].upper() + line[1:] for line in lines)


def given_words(text: str) -> str:
    """The text that a wish wants to be set to music; "" where it gives none.

    >>> given_words('Can you set this to music? "The kettle sings, the rain comes down."')
    'The kettle sings, the rain comes down.'
    >>> given_words("a tune for this poem\\nThe kettle sings,\\nThe rain comes down")
    'The kettle sings,\\nThe rain comes down'
    >>> given_words("a jig: G major, 16 bars with chords")
    ''
    """
    if begins_with(text) or _OF_A_PART.search(text):
        return ""  # the rest is to be written
    if counted := _counting(text):
        return counted
    known = _GIVEN.search(text) or _QUOTED.search(text) or _POEM.search(text)
    words = next((g for g in known.groups() if g), "") if known else ""
    if _size(words) >= 4:
        return words.strip().strip('"“”「」').strip()
    for quote in _LONG_QUOTE.finditer(text):
        outside = text[: quote.start()] + " " + text[quote.end() :]
        said = next(g for g in quote.groups() if g)
        if (
            _size(said) >= FEWEST
            and _MUSIC.search(outside)
            and not _TITLES.search(text[: quote.start()])
        ):
            return said.strip()
    for quote in re.finditer(r"\"([^\"]{3,80})\"", text):
        outside = text[: quote.start()] + '"' + text[quote.end() :]
        if (
            _like_a_line(quote[1])
            and _SUNG.search(outside)
            and not _TITLES.search(text[: quote.start()])
        ):
            return quote[1].strip()
    for cut in _BEHIND.finditer(text):
        before, behind = text[: cut.start()], text[cut.end() :]
        if _SET.search(before) and _size(before) <= 30 and _like_verse(behind):
            return behind.strip().strip('"“”').strip()
    return ""


_SUNG = re.compile(
    r"\b(?:choir|chorus|round|canon|sing\w*|hymn|anthem|carol|voices|satb|congregation|chant|psalm|motet)\b|合唱|轮唱|卡农|声部|演唱|(?:根据|按照?|用|为|给|把|以)\"|谱",
    re.IGNORECASE,
)
"""What somebody sings, for whom a line in quotes is the text."""


def _like_a_line(text: str) -> bool:
    """Whether a quoted text is a line to be sung, not a title: three words and more, the later ones in small letters,
    or five characters.
    """
    if re.search(r"[\u4e00-\u9fff]", text):
        return _size(text) >= FEWEST
    words = re.findall(r"[A-Za-z'’-]+", text)
    chords = all(re.fullmatch(r"[A-G][#b]?(?:m|maj|7|dim|sus)?\d?", w) for w in words)
    return (
        len(words) >= 3 and not chords and sum(w[0].islower() for w in words[1:]) > len(words) / 2
    )


def _size(text: str) -> int:
    return len(re.findall(r"[A-Za-zÀ-ÿ'’-]+|[\u4e00-\u9fff]", text))


def _like_verse(text: str) -> bool:
    """Whether a text could be sung: more than a few words, in lines or clauses, no list of wishes."""
    clauses = [c for c in re.split(r"[\n/,.;!?，。；！？]+", text) if c.strip()]
    return _size(text) >= FEWEST + 1 and len(clauses) > 1 and _WISHES.search(text) is None
