"""Words to sing: whether there are any, in what language, about what, and which must be in them."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from chat.requirements import Wishes
from chat.understand.given_words import given_words
from chat.understand.sung_names import asks_for_name, must_words
from lm.verse.sense.lexicon import subject

_LYRICS = re.compile(
    r"\b(?:(?:first|one|a single|two|three|only one|just one) verses?|verses? one)(?: only)?\b(?!,? (?:and|then|\+) (?:an? |one |the )?chorus)(?! (?:of|in|and a) )|\b(?:with |and |some |the )?(?:words|verses?) (?:about|on|telling)\b|\bwith (?:\w+ )?verses\b|\b(?:song|hymn|carol|ballad|shanty|round)\b[^.;]{0,60}\b(?:two|three|four|[2-4]) verses\b|\bwords? included\b|\bincluding words\b|\bsongs? in (?:english|chinese|mandarin)\b|\b(?:song|hymn|carol|ballad)\b[^.;]{0,40}\b(?:two|three|four|[2-4]) verses\b|\bwords too\b|\b(?:and|with|plus) (?:some )?words\b(?! only)|\blyrics?\b|\bwith (?:the )?words\b|\bwords? to sing\b|\bsing-?along words\b|\bsung text\b|\bverses? to sing\b|\bwrite (?:me )?(?:some )?words\b|\bto sing\b(?! along)|\bwords and (?:all|music)\b|\b(?:want|need|like|add|have|include|including|give it|love) (?:some |the |its |real |proper |good )?words\b|\bwords,? (?:please|pls|too|as well)\b|\bsing-?along\b|\b(?:can|could|will|to|should) (?:all )?sing (?:about|in|at|for|to)\b|\bwords (?:for|to) (?:an? |the |our |my )?[\w' ]{0,30}(?:song|hymn|carol|ballad)\b"
    r"|唱的(?:歌|儿歌)|有词|歌词|填词|带词|作词|词曲|配词|写词"
)
_NO_LYRICS = re.compile(
    r"\b(?:no|without(?: any)?|don't (?:want|need)(?: any)?) (?:lyrics|words)|\binstrumental\b|\bwordless\b|不要歌词|无歌词|没有歌词|不带词|不用歌词|纯音乐|纯器乐"
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
    if words := given_words(text):
        wishes.words = words
        wishes.values["lyrics"] = "given"
        wishes.values.pop("theme", None)
        return
    must = must_words(text)
    if name := wishes.details.get("name-in-title"):
        must = tuple(m for m in must if m != name)
        lower = lower.replace("name in the title", " ")
    if _LYRICS.search(lower) is None and not (
        must and asks_for_name(text) and "name-in-title" not in wishes.details
    ):
        return
    wishes.values["lyrics"] = (
        "zh" if _ZH_WORDS.search(lower) else "en" if _EN_WORDS.search(lower) else "yes"
    )
    _read_must(text, must, wishes)
    _read_theme(text, wishes)
    if verses := _VERSES.search(lower):
        wishes.details["verses"] = str(numbers.value(verses[1] or verses[2]) or 1)
    rhyme = _RHYME.search(text)
    if rhyme and re.search("rhym|押韵", lower):
        wishes.details["rhyme"] = rhyme[1].upper()


def _read_must(text: str, names: tuple[str, ...], wishes: Wishes) -> None:
    """The words that must occur: listed ones, names, a saying."""
    found: tuple[str, ...] = ()
    if must := _MUST.search(text):
        parts = re.split(r",|\band\b|&|和|与", must[1] or must[2])
        found = tuple(w.strip(" '\"") for w in parts if w.strip(" '\""))
    elif saying := _SAYING.search(text):
        said = saying[1] or saying[2]
        found = tuple(said.split()) if said.isascii() else (said,)
    known = {w.lower() for w in found}
    title = wishes.values.get("title", "")
    if title in names and not _TITLED.search(text):
        wishes.values.pop("title")  # who is called so is no title
    elif _TITLED.search(text):
        known.add(wishes.values.get("title", "").lower())
    wishes.must = (*found, *(n for n in names if n.lower() not in known))


_TITLED = re.compile(
    r"\b(?:song|tune|piece|it|this|carol|hymn|lullaby|waltz|march|jig|reel|round|shanty) (?:called|named|titled|entitled)\b|叫《|题为|名为"
)
_KIND = re.compile(r"\b(?:an?|the|our|my) ([A-Za-z]{4,}) (?:song|hymn|carol|round|ballad|anthem)\b")
_HOW = re.compile(
    r"(?:ful|ly|ing|ish|ous|ent|al|ive|ed|er|est|ic|[^l]y|ty)$|^(?:short|folk|rock|great|blues|solo|pop|soul|jazz|school|class|four|three|part|original|country|easy|calm|cute|sweet|warm|bright|grand|brisk|mellow|epic|minor|major)$"
)
_OCCASION_ONLY = frozenset("music joy dance play_list work market".split())  # noqa: SIM905
"""Themes whose words are said of songs themselves; they are no subject."""


def _read_theme(text: str, wishes: Wishes) -> None:
    """What the words are about, where the wish names it in passing: an occasion, a season, a thing."""
    said = wishes.values.get("theme", "")
    about = re.search(r"\babout\b|关于", text) is not None
    if said and (about or subject(said).themes):
        return
    bare = re.sub(r'"[^"]*"', " ", text)
    for name in wishes.must:
        bare = bare.replace(name, " ")
    found = subject(bare)
    pairs = [
        (t, w) for t, w in zip(found.themes, found.said, strict=False) if t not in _OCCASION_ONLY
    ]
    words = list(dict.fromkeys(w for _, w in pairs))
    if wishes.values.get("rhythm", "") == "lullaby" or wishes.values.get("rhythm") in words:
        words = [w for w in words if w not in ("lullaby", "lullabies", "摇篮曲", "摇篮")]
    kind = _KIND.search(bare)
    if (
        not words
        and not said
        and kind
        and subject(kind[1]).strange
        and not _HOW.search(kind[1].lower())
    ):
        words = [kind[1]]
    if words:
        wishes.values["theme"] = words[0]
