"""Changes of the words that are sung, read from a whole message before it is cut into clauses.

One line's words ("change the first line so it mentions Frank", 第一句换成…), one word for another in many
wordings ("'welcome' ought to be 'guiding'"), words for some bars only, a further verse, the words of an
earlier version. What it does not know: changes of notes; it reads nothing where no words are sung or spoken of.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.parse import parse_tune
from abc_tools.places import NoPlace, Place
from abc_tools.prosody.sung import verses_of
from abc_tools.tune import Tune
from chat.session import Session
from chat.understand.names_exchanged import names_exchanged
from chat.understand.operation import Operation
from chat.understand.place import find_place_or_none
from chat.understand.sung_names import must_words

_NTH = {"first": 1, "opening": 1, "top": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
        "last": -1, "final": -1, "closing": -1, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6}  # fmt: skip
_LINE = re.compile(
    rf"\b({'|'.join(_NTH)})(?: sung)? line\b(?:'s)?(?: of (?:the )?(?:words|lyrics|song|verse|text))?|\bline (\d|{numbers.NUMBER})\b|第\s*([一二三四五六七八九十\d]+)\s*句(?:歌?词)?|(最后一|末|首)句(?:歌?词)?"
)
_WORDS = re.compile(
    r"\b(?:words?|lyrics?|text|says?|sings?|sung|reads?|mention\w*|about|verse|name|rhym\w+|make sense|makes sense|scans?)\b|歌词|词|唱|写|提到|关于|句"
)
_TO = re.compile(
    r"(?:\b(?:to|as|with|into|be|is|go|goes)\b(?: (?:say|read|be|sing|this|the following|these words))?|\b(?:say|says|sing|sings|read|reads)\b)(?: instead)?\s*[:,]?\s*(?P<en>.+)$|(?:改成|换成|改为|换为|写成|唱成|变成|应该是|唱|[:：])\s*[:：]?\s*(?P<zh>[\u4e00-\u9fff].+)$",
    re.DOTALL,
)
_NO_TEXT = re.compile(
    r"^(?:be |something|anything|mention|about|include|have|it\b|rhyme|different|new|another|other|better|some|make|have|fit|关于|别的|另外|新的|不同|其他|提到|一句(?:别|新|不))",
    re.IGNORECASE,
)
_THEME = re.compile(
    r"\babout ((?:the |an? |my |our )?[^,.;!?]{2,40}?)(?=[,.;!?]|$| (?:and|with|that|which|in|for|please|instead)\b)|关于([\u4e00-\u9fff]{1,8}?)(?:的|吧|,|$)|(?:写|唱|讲)(?:的是)?((?!第|歌|一)[\u4e00-\u9fff]{1,6}?)的"
)
_NEW = re.compile(
    r"\b(?:new|different|other|fresh|better|another|rewrite|redo|change|try again|again|no sense|doesn'?t (?:make sense|rhyme|work|fit|scan)|don'?t (?:like|get|understand))\b|换|改|重写|重新|别的|新"
)
_MUSIC = re.compile(
    r"\b(?:notes?|chords?|octaves?|higher|lower|louder|softer|faster|slower|tune|melody|key|rhythm|bars?|tempo)\b|音符|和弦|八度|旋律|速度"
)

_Q = r"[\"']?"
_W = r"[\w’'\u4e00-\u9fff-]+(?: [\w’'-]+){0,3}?"
_HEAD = r"(?:the )?(?:words? )?"
_SHOULD = (
    r"(?:ought to|should|must|needs? to|has to|could|(?:is|was) (?:meant|supposed) to|wants to)"
)
_REPLACED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:^|[,;:] |\b(?:that|where it says|the word|words?|think|reckon|prefer) ){_HEAD}{_Q}(?P<old>{_W}){_Q} {_SHOULD} (?:be|read|say|become|go|have been)(?: the word)? {_Q}(?P<new>{_W}){_Q}(?: instead)?[.!]*$",
        rf"\b(?:say|says|said|saying|sing|sings|sang|use|have|had|put|reads?|write|wrote|prefer|like|was|were|be) {_HEAD}{_Q}(?P<new>{_W}){_Q},? (?:rather than|instead of|in place of|in favour of|over|not|than|for)(?: the word)? {_Q}(?P<old>{_W}){_Q}(?: in .{{1,30}})?[.!]*$",
        rf"\b(?:instead of|rather than|in place of|where it says|for) {_HEAD}{_Q}(?P<old>{_W}){_Q},? (?:can (?:we|you|it) |could (?:we|you|it) |please |let's |i'd like (?:it )?(?:to )?|make it |it should )*(?:say|sing|use|put|have|write|read|be)? ?{_HEAD}{_Q}(?P<new>{_W}){_Q}[.!?]*$",
        rf"(?:\bnot|isn't|is not|it's not|wasn't) {_HEAD}{_Q}(?P<old>{_W}){_Q},? (?:but|it's|it should be|it is|should be)(?: the word)? {_Q}(?P<new>{_W}){_Q}[.!]*$",
        rf"\b(?:change|replace|swap|turn|make|switch|exchange) (?:out )?{_HEAD}{_Q}(?P<old>{_W}){_Q} (?:to|into|with|for|by|->|→|say|read|be)(?: the word)? {_Q}(?P<new>{_W}){_Q}(?: instead| in .{{1,30}}| please)?[.!?]*$",
        rf"^{_Q}(?P<new>{_W}){_Q},? (?:and )?not {_Q}(?P<old>{_W}){_Q}[.!]*$",
        rf"^{_Q}(?P<old>{_W}){_Q} ?(?:->|→|=>|becomes|to) ?{_Q}(?P<new>{_W}){_Q}[.!]*$",
        rf"\b(?:have|see|get|want|like|prefer|need|with) {_HEAD}{_Q}(?P<old>{_W}){_Q} (?:changed|replaced|swapped|turned|exchanged|switched|rewritten)(?: out)? (?:to|into|with|for|by|as)(?: the word)? {_Q}(?P<new>{_W}){_Q}(?: instead| please)?[.!?]*$",
        rf"\b(?:no more|no|not|lose|drop|ditch|scrap|forget|without|(?:do not|don'?t|dont) (?:want|like|need|sing|say)|instead of) {_HEAD}(?:an? )?{_Q}(?P<old>[\w’'-]+(?: [\w’'-]+){{0,3}}?){_Q}(?: in (?:it|there|the (?:song|words|lyrics|text)))?(?: any ?more| any longer| after all| please)*\s*[,.;:!-]+ *(?:but |please |so |rather |and |let's |can (?:we|you) |could (?:we|you) |i'd rather |just )*(?:make (?:it|that|him|her)|use|have|take|put(?: in)?|say|sing|change (?:it|that) to|replace (?:it|that) (?:with|by)|turn it into|write|try|go for) {_HEAD}(?:an? )?{_Q}(?P<new>{_W}){_Q}(?: instead| please)*[.!]*$",
        r"(?:不要|不唱|别唱|不想要|不想唱|不喜欢|别用|不用|去掉)(?:歌词里?的?|里面的?)?[\"“]?(?P<old>[\u4e00-\u9fff]{1,6}?)[\"”]?(?:这个词|两个字|这两个字)?(?:了|啦)?[,.;\s]+(?:就|还是|而是|请|帮我|给我|都|想|要)*(?:换成?|改成?|改为|换为|改唱|唱|写成?|用|变成)(?:一[只个首])?[\"“]?(?P<new>[\u4e00-\u9fff]{1,6}?)[\"”]?(?:吧|好了|好|行吗|可以吗)*[.!?]*$",
        r"[\"“](?P<old>[\u4e00-\u9fff]{1,8})[\"”](?:这个词|两个字|这两个字|这个字)?(?:要|得|都)?(?:改|换|变|写)(?:一下)?(?:成|为|作)?[\"“](?P<new>[\u4e00-\u9fff]{1,8})[\"”](?:吧)?[.!]*$",
        r"(?:把|将)?(?:歌词里?的?|词里的?|里面的?)?[\"“]?(?P<old>[\u4e00-\u9fff]{1,6}?)[\"”]?(?:这个词|两个字|这两个字|这个字)?(?:应该|应当|要|得|该|都)?(?:是|改成|换成|改为|换为|变成|写成|改作)[\"“]?(?P<new>[\u4e00-\u9fff]{1,6}?)[\"”]?(?:吧|好|更好|才对)?[.!,]*$",
        r"不是[\"“]?(?P<old>[\u4e00-\u9fff]{1,6}?)[\"”]?[,，]?(?:而|应该)?是[\"“]?(?P<new>[\u4e00-\u9fff]{1,6}?)[\"”]?[.!]*$",
        r"用[\"“]?(?P<new>[\u4e00-\u9fff]{1,6}?)[\"”]?(?:代替|替换|取代|换掉)[\"“]?(?P<old>[\u4e00-\u9fff]{1,6}?)[\"”]?[.!]*$",
    )
)  # fmt: skip
_AGAIN = re.compile(
    r"\b(?:old|original|previous|earlier|former|first|other)(?: set of)? (?:words|lyrics|text|verses?)\b[^.;]{0,20}\b(?:back|again|better|please)\b|\b(?:back to|restore|return to|bring back|go back to|revert to|want|use|prefer(?:red)?|put back|reinstate|keep) (?:the |my |our )?(?:old|original|previous|earlier|former)(?: set of)? (?:words|lyrics|text|verses?)\b|\b(?:words|lyrics) (?:back )?(?:to (?:what|how) they were|as they were|the way they were)|\b(?:put|bring|give me|get) (?:the |my )?(?:words|lyrics) back\b"
    r"|(?:恢复|换回|改回|还原|用回|还是用?|回到|放回)(?:了)?(?:原来|之前|以前|先前|旧|最初|上次)的?(?:歌)?词|(?:歌)?词(?:再)?(?:改|换|还|恢复|变)?回(?:来|去|原来|之前)"
)
_SOME_BARS = re.compile(
    r"\b(?:words|lyrics|text|sing\w*)\b[^.;]{0,24}?\b(?:to|for|on|over|under|in|across)\b (?:just |only )?(?:the )?(?P<a>(?:first|last|opening|final) \w+ (?:bars?|measures?)|(?:bars?|measures?) \d+(?:\s*(?:-|to|and)\s*\d+)?|(?:first|second) half)|\b(?:just|only) (?:the )?(?P<b>(?:first|last|opening|final) \w+ (?:bars?|measures?)|(?:bars?|measures?) \d+(?:\s*(?:-|to)\s*\d+)?)\b[^.;]{0,20}\b(?:words|lyrics|sung)\b"
    r"|(?:只|就|光)?(?:给|在|为)?(?P<c>前[一二三四五六七八九十\d]+小节|后[一二三四五六七八九十\d]+小节|第.{1,8}小节)[^.;]{0,4}(?:填|写|配|加)(?:上)?(?:歌)?词"
)
_TAKING = re.compile(
    r"\b(?:remove|delete|take (?:out|off|away)|no|drop|lose|without|clear)\b|删|去掉|不要"
)
_REWRITE = re.compile(
    r"\b(?:change|make|rewrite|redo|replace|swap|turn|switch)\b[^.;\"]{0,20}\b(?:words|lyrics)\b[^.;\"]{0,24}\babout\b"
)
_VERSE = re.compile(
    r"\b(second|third|fourth|another|one more|extra|further|2nd|3rd|new) verse\b(?!,? (?:louder|softer|higher|lower|quieter|up|down|in \w+ (?:major|minor)|an octave|faster|slower|loud|soft))|第([二三四])段(?:歌)?词|再(?:来|写|加|填)一段(?:歌)?词?"
)


def read_sung_change(
    text: str, lower: str, tune: Tune | None, session: Session
) -> list[Operation] | None:
    """The changes of sung words that a message asks for; None where it asks for nothing of the kind."""
    if tune is None:
        return None
    if exchanged := names_exchanged(text, lower, tune):
        return exchanged
    verses = verses_of(tune)
    if _AGAIN.search(lower) and (old := _earlier_words(session, verses)):
        return [Operation("words-again", {"abc": old})]
    if (found := _for_bars(text, lower, tune)) is not None:
        return [found]
    if not verses:
        return None
    if (note := _note_of_a_word(text, lower, tune)) is not None:
        return [note]
    if _LINES_SWAPPED.search(lower):
        return [Operation("left-aside", {"said": text}, said=text)]
    if (found := _line(text, lower)) is not None:
        return [found]
    if _REWRITE.search(lower) and "theme" in (values := _about(text)):
        return [Operation("write-words", values, said=text)]
    if (given := _GIVEN_VERSE.search(text)) is not None:
        return [
            Operation(
                "set-lyrics",
                {
                    "text": (given["text"] or given["zh"]).strip().strip('"'),
                    "verse": str(len(verses) + 1),
                },
                said=text,
            )
        ]
    if (found := _replaced(text, "\n".join(verses))) is not None:
        return [found]
    return _verse(text, lower)


_LINES_SWAPPED = re.compile(
    r"歌?词[^,.;]{0,4}(?:换过来|对调|互换|交换|调换)|\b(?:swap|switch|exchange)\b[^.;]{0,16}\blines? of (?:the )?(?:words|lyrics|text)\b"
)
_NOTE_OF = re.compile(
    r"\b(?:the )?notes? (?:on|of|for|under|over) (?:the word )?\"(?P<a>[^\"]{1,20})\"|\"(?P<z>[^\"]{1,12})\"(?:那个|这个|的|上的?|那)(?:字的)?(?:个)?音"
)
_NOTE_WAYS = (
    ("octave-up", r"octave (?:up|higher)|up an octave|[高升][^,.;]{0,3}八度"), ("octave-down", r"octave (?:down|lower)|down an octave|[低降][^,.;]{0,3}八度"),
    ("up", r"\b(?:sharpen|raise)\b|升半音|\bsemitone (?:up|higher)"), ("down", r"\b(?:flatten|lower)\b|降半音|\bsemitone (?:down|lower)"),
)  # fmt: skip


def _note_of_a_word(text: str, lower: str, tune: Tune) -> Operation | None:
    """A change of the note on which a word is sung first."""
    match = _NOTE_OF.search(text)
    to = next((way for way, words in _NOTE_WAYS if re.search(words, lower)), "")
    if match is None or not to:
        return None
    wanted = re.sub(r"\W", "", (match["a"] or match["z"]).lower())
    for voice in tune.voices:
        for measure in voice.measures:
            for event in measure.events:
                sung = (
                    re.sub(r"\W", "", (event.syllables[0] or "").lower()) if event.syllables else ""
                )
                if sung and event.notes and wanted.startswith(sung):
                    pitch = event.notes[-1].written
                    sign = {1: "#", -1: "b"}.get(round(pitch.alter), "")
                    values = {"to": to, "name": f"{pitch.step}{sign}{pitch.octave}"}
                    return Operation(
                        "alter-notes", values, Place(measure.number, measure.number), said=text
                    )
    return None


def _earlier_words(session: Session, verses: list[str]) -> str:
    """The last version that sang other words."""
    version = session.version
    while version is not None and version.parent is not None:
        version = session.versions[version.parent - 1]
        found = verses_of(parse_tune(version.abc))
        if found and found != verses:
            return version.abc
    return ""


def _about(text: str) -> dict[str, str]:
    """What new words are to be about, and what they must have."""
    values = {}
    if theme := _THEME.search(text):
        values["theme"] = (theme[1] or theme[2] or theme[3]).strip()
    if must := must_words(text):
        values["must"] = "\n".join(must)
    return values


_GIVEN_THERE = re.compile(
    r"\"(?P<text>[^\"]{3,300})\"\s*,?\s*(?:for|under|on|over|in|to|across|goes (?:in|on|under)) (?P<where>(?:the )?(?:first|second|last|opening|final|other) (?:half|\w+ (?:bars?|measures?)|line|phrase|section|part)|(?:bars?|measures?) \d+(?:\s*(?:-|to|and)\s*\d+)?|(?:the )?(?:chorus|verse|bridge|[a-h] (?:part|section)))\W*(?:please)?\W*$",
    re.IGNORECASE,
)
"""Words for some bars that are named behind them."""


def _for_bars(text: str, lower: str, tune: Tune) -> Operation | None:
    if given := _GIVEN_THERE.search(text):
        where = find_place_or_none(tune, given["where"].lower())
        return (
            Operation("words-at", {"text": given["text"].strip()}, where, said=text)
            if where
            else None
        )
    match = _SOME_BARS.search(lower)
    if match is None or _TAKING.search(lower[: match.start()]) or '"' in text:
        return None
    said = next(g for g in match.groups() if g)
    try:
        place = find_place_or_none(tune, said)
    except NoPlace:
        return None
    return Operation("write-words", _about(text), place, said=text) if place else None


_GIVEN_VERSE = re.compile(
    r"(?:\b(?:second|third|fourth|another|next|new|2nd|3rd)\b[^:\n]{0,12}\bverse\b|\bverse (?:two|three|four|[2-4])\b)[^:\n]{0,24}:\s*(?P<text>\S.{8,})$|第[二三四]段(?:歌?词)?[^:\n]{0,8}:\s*(?P<zh>\S.{3,})$",
    re.IGNORECASE | re.DOTALL,
)
_MUST_HAVE = re.compile(
    r"(?:要有|包含|含有|带有|出现|里有|must (?:have|contain|include)|includes?|containing|with the words?)\s*[\"“]([^\"”]{1,24})[\"”]",
    re.IGNORECASE,
)
"""Words that a new line shall have, not the line itself."""
_ASKED_HOW = re.compile(
    r"怎么|如何|什么(?:练习|办法|方法|技巧)|有没有.{0,6}(?:办法|方法|技巧)|为什么|吗[?!.]*$|\bhow (?:do|can|should|would)\b|\bwhy\b|\btips?\b"
)
"""A question about a line is no new line."""
_WORDS_STAY = re.compile(
    r"(?:歌?词|唱词)(?:都|就|先)?(?:保留|不变|别动|不动|不改|别改|留着|照旧)|(?:保留|不动|别动|不改)(?:歌?词|唱词)|\b(?:keep|leave|same|don't (?:touch|change))\b[^.;]{0,16}\b(?:words|lyrics|text)\b|\b(?:words|lyrics|text)\b[^.;]{0,12}\b(?:stay|same|unchanged|as (?:they|it) (?:are|is))"
)


_A_ROW = re.compile(r"\"(?:[^\" ]+ ){2,}[^\"]+\"|\"[\u4e00-\u9fff，,]{4,}\"")
"""Words in quotes that are long enough for a line."""


def _line(text: str, lower: str) -> Operation | None:
    """New words for one line, or given ones."""
    match = _LINE.search(lower)
    if _ASKED_HOW.search(lower):
        return None
    if (
        match is None
        or not (_WORDS.search(lower) or _A_ROW.search(text))
        or _WORDS_STAY.search(lower)
    ):
        return None
    nth, number, zh, edge = match.groups()
    line = _NTH[nth] if nth else {"首": 1}.get(edge, -1) if edge else numbers.value(number or zh)
    if not line:
        return None
    values = {"line": str(line)}
    rest = text[match.end() :]
    given = "" if _MUST_HAVE.search(rest) else _given(rest)
    if given:
        return Operation("line-words", {**values, "text": given}, said=text)
    about = _about(rest if _about(rest) else text)
    if (must := _MUST_HAVE.search(rest)) and "must" not in about:
        about |= {"must": must[1]}
    if not about and (not _NEW.search(lower) or _MUSIC.search(lower) or "?" in text):
        return None
    return Operation("line-words", {**values, **about}, said=text)


def _given(rest: str) -> str:
    """The words that a line is to have, as they are given; "" where only a wish stands."""
    if quoted := re.search(r'"([^"]{2,300})"', rest):
        before = rest[: quoted.start()]
        return (
            ""
            if re.search(r"\b(?:mention|include|word|name)\w*\b|提到|包含", before)
            else quoted[1].strip()
        )
    found = _TO.search(rest)
    said = (found["en"] or found["zh"]).strip() if found else ""
    said = re.sub(r"(?:^the words |,? please[.!]*$|吧$)", "", said).strip(" '")
    enough = len(said.split()) >= 3 if said.isascii() else len(said) >= 3
    return said if enough and not _NO_TEXT.match(said) and not _THEME.match(said) else ""


def _replaced(text: str, sung: str) -> Operation | None:
    """One sung word for another, where the first one is sung."""
    plain = re.sub(r"[^\w\s]", "", sung.lower())
    for said in _without_ends(text.strip()):
        for pattern in _REPLACED:
            match = pattern.search(said)
            if match is None:
                continue
            old, new = match["old"].strip(" '\""), match["new"].strip(" '\"")
            word = re.sub(r"[^\w\s]", "", old.lower())
            if re.search(r"\b(?:longer|shorter|notes?|held|higher|lower)\b", new.lower()):
                continue  # of the note, not of the word
            if word in _SMALL_WORDS and f'"{old}"' not in text:
                continue
            if not old.isascii():
                there = word in plain.replace(" ", "")
            else:
                there = len(word) > 1 and re.search(rf"\b{re.escape(word)}\b", plain) is not None
            if there and old.lower() != new.lower() and not re.search(r"\d", new):
                return Operation("replace-word", {"old": old, "new": new}, said=text)
    return None


_SMALL_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "it",
        "this",
        "that",
        "these",
        "those",
        "my",
        "me",
        "us",
        "them",
        "our",
        "your",
        "her",
        "his",
        "in",
        "on",
        "at",
        "of",
        "to",
        "for",
        "and",
        "but",
        "or",
        "so",
        "is",
        "are",
        "be",
        "i",
        "we",
        "you",
        "they",
        "he",
        "she",
        "all",
        "up",
        "down",
    ]
)
"""Words that stand in every sentence: only between quotes are they the words of a song."""
_STOP = re.compile(r"[.;!?]\s+|,\s*|\s+-+\s+")
_AN_END = re.compile(
    r"\b(?:sorry|typo|mistake|my bad|oops|thanks?|thank you|please|pls|everything else|the rest|nothing else|leave|keep|stays?|otherwise|only that|just that|that's all|ok|okay|cheers)\b|抱歉|不好意思|写错|打错|谢谢|其他|其余|别的|不变|别动|不动|就行|就好"
)


def _without_ends(text: str) -> list[str]:
    """The text, and what is left of it without an apology or "the rest stays" at its end."""
    found = [text]
    for stop in reversed(list(_STOP.finditer(text))):
        if not _AN_END.search(text[stop.end() :].lower()):
            break
        found.append(text[: stop.start()])
    return found


def _verse(text: str, lower: str) -> list[Operation] | None:
    """A further verse, where words are spoken of or nothing else is."""
    match = _VERSE.search(lower)
    if match is None or '"' in text or _TAKING.search(lower) or _MUSIC.search(lower):
        return None
    told = re.search(
        r"\b(?:words|lyrics|sing|sung|about|write|add|have|want|do|give|need|like)\b|词", lower
    )
    if told is None or ("?" in text and not re.search(r"\b(?:can|could|would|will|may)\b", lower)):
        return None
    said = match[1] or match[2] or ""
    number = {"third": 3, "3rd": 3, "fourth": 4, "三": 3, "四": 4}.get(said, 2)
    return [Operation("write-words", {"verse": str(number), **_about(text)}, said=text)]
