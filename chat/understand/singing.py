"""Words to sing: whether there are any, in what language, about what, and which must be in them."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from chat.requirements import Wishes

_LYRICS = re.compile(
    r"\b(?:(?:first|one|a single|two|three|only one|just one) verses?|verses? one)(?: only)?\b(?!,? (?:and|then|\+) (?:an? |one |the )?chorus)(?! (?:of|in|and a) )|\b(?:with |and |some |the )?(?:words|verses?) (?:about|on|telling)\b|\bwith (?:\w+ )?verses\b|\b(?:song|hymn|carol|ballad|shanty|round)\b[^.;]{0,60}\b(?:two|three|four|[2-4]) verses\b|\bwords? included\b|\bincluding words\b|\bsongs? in (?:english|chinese|mandarin)\b|\b(?:song|hymn|carol|ballad)\b[^.;]{0,40}\b(?:two|three|four|[2-4]) verses\b|\bwords too\b|\b(?:and|with|plus) (?:some )?words\b(?! only)|\blyrics?\b|\bwith (?:the )?words\b|\bwords? to sing\b|\bsing-?along words\b|\bsung text\b|\bverses? to sing\b|\bwrite (?:me )?(?:some )?words\b|\bto sing\b(?! along)"
    r"|歌词|填词|带词|作词|词曲|配词|写词"
)
_NO_LYRICS = re.compile(
    r"\b(?:no|without(?: any)?|don't (?:want|need)(?: any)?) (?:lyrics|words)|\binstrumental\b|\bwordless\b|不要歌词|无歌词|没有歌词|不带词|不用歌词|纯音乐|纯器乐"
)
_GIVEN = re.compile(
    r"(?:(?:put|set|turn|make) (?:my|this|these|the|our|his|her) (?:\w+ )?(?:poem|words|lyrics|text|verse|haiku|lines)\b[^:\n]{0,60}|to (?:these|the following|my|this) (?:words|lyrics|text|poem|lines?|verse)|(?:set|using|use|with) (?:these|the following|my|this) (?:words|lyrics|text|poem|lines?|verse|haiku)(?: to music)?|(?:the )?(?:words|lyrics|text) (?:are|is|should be)|set (?:this|these)(?: to music)?"
    r"|(?:用|给|为|按|根据)(?:下面|以下|这)(?:的|些|段|首|几句|句)*(?:歌词|词|诗|文字|话)(?:谱曲|作曲|写(?:一)?首歌|配曲|写曲子?)?|歌词(?:是|为|如下)?)\s*(?:[:：]|\n)\s*(.+)$",
    re.DOTALL | re.IGNORECASE,
)
_QUOTED = re.compile(
    r"(?:to|set|sings?|singing|words|lyrics|line|text|歌词|诗|词)\s*(?:to music|are|is|:|是|为)?\s*[:]?\s*\"([^\"]{6,600})\"",
    re.DOTALL,
)
_POEM = re.compile(
    r"\b(?:verse|poem|words|lyrics?|lines?|text|haiku|couplet|stanza|quatrain|歌词|诗|词)\b[^:\"'\n]{0,30}[:,]?\s*(?:\"([^\"]{12,600})\"|'(.{12,600}?)'(?=[\s.,;!?]|$))",
    re.DOTALL | re.IGNORECASE,
)
_MUST = re.compile(
    r"(?:(?:must|should|has to|have to|need to|needs to)?\s*(?:contain|include|mention|use)(?:s|ing)?|with) (?:the )?(?:words?|phrases?|names?)\s+(?!(?:saying|about|that|for|to|in|on|and|please)\b)((?:\"[^\"]{1,30}\"|'[^']{1,30}'|[a-z]+)(?:\s*(?:,|and|&)\s*(?:\"[^\"]{1,30}\"|'[^']{1,30}'|[a-z]+))*)"
    r"|(?:包含|要有|含有|提到|出现|带上|用上|必须有)(?:了)?(?:词语?|词|字|这个词|这些词)?\s*[:]?\s*((?:[\"][^\"]{1,12}[\"])(?:\s*[,和与]\s*(?:[\"][^\"]{1,12}[\"]))*)"
)
_SAYING = re.compile(
    r"\b(?:words|lyrics) (?:that )?(?:say|saying|says|go|going)\s+[\"']?([a-z][a-z' ]{2,40}?)[\"']?(?=$|[,.;!?]| and | in | with )|歌词(?:里)?(?:有|唱|说|要有)[\"“]?([\u4e00-\u9fff]{1,8})[\"”]?",
    re.IGNORECASE,
)
_VERSES = re.compile(r"\b(two|three|four|2|3|4) (?:verses|stanzas)\b|([二两三四2-4])段(?:歌)?词")
_RHYME = re.compile(r"\b(?:rhym\w+(?: scheme)?:? )?([abc]{4}|[ABC]{4})\b(?:[- ]rhym\w*| scheme)?")
_ZH_WORDS = re.compile(
    r"(?:in|with) (?:chinese|mandarin)(?: (?:lyrics|words))?|chinese (?:lyrics|words)|中文(?:歌词|词)|汉语"
)
_EN_WORDS = re.compile(
    r"(?:in|with) english(?: (?:lyrics|words))?|english (?:lyrics|words)|英文(?:歌词|词)?|英语(?:歌词|词)?"
)


def read_lyrics(text: str, lower: str, wishes: Wishes) -> None:
    """`lyrics`: yes, or the language they are to be in; given words and words that must occur."""
    if _NO_LYRICS.search(lower):
        wishes.values["lyrics"] = "no"
        return
    given = _GIVEN.search(text) or _QUOTED.search(text) or _POEM.search(text)
    words = next((g for g in given.groups() if g), "") if given else ""
    if len(words.split()) + len(re.findall(r"[\u4e00-\u9fff]", words)) >= 4:
        wishes.words = words.strip().strip('"')
        wishes.values["lyrics"] = "given"
        return
    if _LYRICS.search(lower) is None:
        return
    wishes.values["lyrics"] = (
        "zh" if _ZH_WORDS.search(lower) else "en" if _EN_WORDS.search(lower) else "yes"
    )
    if must := _MUST.search(text):
        said = must[1] or must[2]
        wishes.must = tuple(
            w.strip(" '\"") for w in re.split(r",|\band\b|&|和|与", said) if w.strip(" '\"")
        )
    elif saying := _SAYING.search(text):
        said = saying[1] or saying[2]
        wishes.must = tuple(said.split()) if said.isascii() else (said,)
    if verses := _VERSES.search(lower):
        wishes.details["verses"] = str(numbers.value(verses[1] or verses[2]) or 1)
    rhyme = _RHYME.search(text)
    if rhyme and re.search("rhym|押韵", lower):
        wishes.details["rhyme"] = rhyme[1].upper()


_STOP = re.compile(r"^(?:the|an?|my|our|your|his|her|their|some|all|being|going|coming)\b\s*|'s\b")


def key_word(theme: str) -> str:
    """The word of a theme that its verse cannot do without: the last one before a preposition; "" for a
    theme that is too long for that.

    >>> key_word("a duck on a pond"), key_word("autumn leaves"), key_word("秋天")
    ('duck', 'leaves', '秋天')
    """
    if not theme.isascii():
        return theme if len(theme) <= 2 else ""
    head = re.split(
        r"\b(?:on|of|in|at|to|with|from|by|under|over|for|who|that|and|home)\b", theme.lower()
    )[0]
    words = [w for w in _STOP.sub("", head).split() if w.isalpha()]
    return words[-1] if words and len(words) <= 3 else ""
