"""A message made ready for reading: one spelling of signs, slips of the pen mended, cut into clauses.

What this does not know: what any word means, except that the words of music are the ones a slip is
mended towards.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches
from functools import cache

from abc_tools.instruments import PROGRAMS
from abc_tools.prosody.lexicon import known
from abc_tools.styles import STYLES
from abc_tools.theory import MODES as MODE_NAMES

PLAIN = (
    ("“", '"'), ("”", '"'), ("「", '"'), ("」", '"'), ("’", "'"), ("‘", "'"), ("–", "-"),
    ("—", "-"), ("−", "-"), ("♯", "#"), ("♭", "b"), ("、", ","), ("。", "."), ("，", ","),
    ("；", ";"), ("×", "x"),
)  # fmt: skip
CORRECTION = re.compile(
    r"(?:[,.;!]|\s-+|\.\.\.)?\s*\b(?:no,? wait|wait,? no|scratch that|sorry,? i meant?|sorry,? (?:make|let'?s make) (?:it|that)|i meant?(?: to say)?|or rather"
    r"|no,? make (?:it|that)|on second thought|actually,? no|hmm,? no)\b[,:]?\s*"
    r"|[,.;!]?\s*(?:不对|哦不|等等|我是说|说错了|算了)[,:]?\s*",
    re.IGNORECASE,
)
MUSIC_WORDS = (
    "measure", "measures", "melody", "chord", "chords", "major", "minor", "transpose", "tempo",
    "rhythm", "octave", "bridge", "chorus", "verse", "lyrics", "ending", "faster", "slower",
    "quarter", "eighth", "sixteenth", "pentatonic", "semitone", "signature", "compose", "write",
    "section", "second", "harmony", "harmonize", "repeat", "delete", "remove", "rewrite", "analyse",
    "analyze", "explain", "flat", "sharp", "beginner", "beginners", "simple", "happy", "happier",
    "sadder", "lively", "christmas", "birthday", "recommend", "accompaniment", "crotchet", "quaver",
    "bars", "tune", "song", "music", "piece", "higher", "lower", "version", "cadence", "dominant",
    "subdominant", "supertonic", "submediant", "mediant", "leading", "anacrusis", "crotchet", "crotchets",
    "quavers", "minims", "semiquaver", "semiquavers", "semibreve", "arpeggio", "ostinato", "staccato",
    "legato", "crescendo", "diminuendo", "reharmonise", "reharmonize", "transposed", "countermelody",
)  # fmt: skip
SLIPS = {
    "quiker": "quicker", "quiccker": "quicker", "slowwer": "slower", "fastr": "faster", "tril": "trill", "trils": "trills", "tripplets": "triplets",
    "tripplet": "triplet", "fermatta": "fermata", "acent": "accent",
    "walts": "waltz", "walz": "waltz", "walse": "waltz", "cords": "chords", "barz": "bars", "barrs": "bars", "thre": "three", "fore four": "four four", "notez": "notes", "melodie": "melody", "lirics": "lyrics",
    "octive": "octave", "celo": "cello", "tempoo": "tempo", "mesure": "measure",
    "spookey": "spooky", "wurds": "words", "carrol": "carol", "carrols": "carols", "christmass": "christmas", "cristmas": "christmas", "tyme": "time",
    "accordian": "accordion", "crochet": "crotchet", "crochets": "crotchets", "rite": "write", "gitar": "guitar", "minuette": "minuet", "clarinette": "clarinet",
    "pleas": "please", "recoder": "recorder", "pianno": "piano", "violen": "violin", "ukelele": "ukulele", "ukalele": "ukulele", "lullabye": "lullaby", "peacefull": "peaceful",
    "begginer": "beginner", "begginers": "beginners", "beginners'": "beginners", "choruss": "chorus", "versus": "verses", "tiem": "time", "haloween": "halloween", "hallowen": "halloween", "beginer": "beginner", "sumthing": "something",
    "mesures": "measures", "delte": "delete", "deleet": "delete", "bras": "bars", "rythm": "rhythm", "rithm": "rhythm", "hapy": "happy", "hapier": "happier",
    "wots": "what's", "wot": "what", "wat": "what", "hows": "how's", "wheres": "where's", "wen": "when",
}  # fmt: skip
"""Slips that a dictionary has as names, or that are too short to be told by likeness."""
SHORTEST_SLIP = 5
_SPLIT = re.compile(
    r"\s*(?:[;.!?]+(?=\s|$|[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[;.!?]+|(?<=[a-z\u4e00-\u9fff]{2})\s+-+\s+(?=[a-z\u4e00-\u9fff]{2})|,\s*(?:and\s+)?(?:then\s+)?(?:also\s+)?|\band\s+then\b|\bthen\b|\band\s+also\b|\balso\b|\band\b|\bplus\b|\bbut\b"
    r"|(?<=[弱强轻响快慢高低])(?=后半)|然后|接着|并且|并把|同时|另外|还有|而且|再把|再给|也把|,)\s*"
)


def normalise(message: str) -> str:
    """Full-width signs to plain ones, typographic quotes and dashes to simple ones; English words inside Chinese set
    apart, so that they are words.

    >>> normalise("要swing的感觉，《我的song》")
    '要 swing 的感觉,《我的song》'
    """
    text = unicodedata.normalize("NFKC", message)
    for old, new in PLAIN:
        text = text.replace(old, new)
    text = _PREFACE.sub("", text)
    text = "".join(
        part if part[:1] in '"《' else _MIXED.sub(" ", part) for part in _QUOTED.split(text)
    )
    return _SINGLE_QUOTED.sub(r'"\1"', text)


_PREFACE = re.compile(
    r"^\s*(?:(?:hi|hello|hey|ok|so|and)[,!. ]+)?(?:(?:sorry|apologies|forgive me|excuse me|pardon)[^,.;?\n]{0,12}? (?:if|for|but) (?:this (?:is|may be|might be|sounds) |it'?s |asking |the )*(?:an? )?(?:probably |really |very )*(?:dumb|stupid|silly|basic|obvious|daft|naive|noob|newbie|simple)[^,.;?\n]{0,24}?|(?:this (?:is|may be|might be) |it'?s |probably |maybe )*(?:an? |my )?(?:dumb|stupid|silly|basic|quick|daft|naive|noob|random|beginner'?s?) question(?: maybe| perhaps| i know| here)?)[,.:;! -]*(?:but[ ,:]+|:[ ]*|(?<=[,.:;!-])[ ]*)"
    r"|^\s*(?:不好意思|抱歉|可能|也许)?[,，]?(?:这个?问题|我的问题|问个问题)?(?:可能|也许)?(?:有点|很|比较)?(?:傻|笨|弱智|幼稚|基础|低级)(?:的问题)?[,，。.:：]+(?:但|不过|就是)?",
    re.IGNORECASE,
)
"""Excuses before a question: "sorry if this is a dumb question but"."""
_QUOTED = re.compile(r'("[^"]*"|《[^》]*》)')
_MIXED = re.compile(
    r"(?<=[\u4e00-\u9fff])(?=(?!(?:bpm|maj|min|dim|aug|sus|sol)(?![a-z]))[a-zA-Z]{4,}(?![a-zA-Z0-9#]))"
    r"|(?<=[a-zA-Z]{4})(?=[\u4e00-\u9fff])"
)
"""Between Chinese characters and an English word; names of notes and chords stay where they are."""
_SINGLE_QUOTED = re.compile(r"(?<![\w'])'(?=[^\W\d])([^'\n]*(?:\w'\w[^'\n]*)*?[^'\n])'(?!\w)")
"""Words between single quotes; an apostrophe inside a word is none."""


@cache
def _vocabulary() -> list[str]:
    names = [w for style in STYLES.values() for w in (style.name, *style.words)]
    words = {*MUSIC_WORDS, *MODE_NAMES, *(n for n in names), *PROGRAMS}
    return sorted(w for w in words if w.isascii() and w.isalpha() and len(w) >= SHORTEST_SLIP - 1)


@cache
def _mended(word: str) -> str:
    plural = word.endswith("s") and word.removesuffix("s") in _vocabulary()
    if known(word) or word in _vocabulary() or plural:
        return word
    near = get_close_matches(word, _vocabulary(), 1, cutoff=0.8)
    longer = (
        bool(near) and (near[0] in word or word in near[0]) and abs(len(near[0]) - len(word)) > 1
    )
    return near[0] if near and not longer else word  # "harmonise" is no slip of "reharmonise"


_ME_FOR_MY = r"(?<!for )(?<!give )(?<!write )(?<!make )(?<!sing )(?<!play )(?<!tell )(?<!show )\bme(?= (?:(?:old|little|best|own|dear) )?(?:dog|cat|horse|mum|mam|da|dad|mate|missus|wife|husband|nan|son|daughter|brother|sister|uncle|aunt|friend|boat|home|heart|hat)\b)"
"""As in "about me dog"."""
SLIPS_ZH = (
    (r"(?<=[\d一二三四五六七八九十两个几])小结", "小节"), (r"(?<=[A-Ga-g升降#b])(大|小)(?:掉|吊|雕)", r"\1调"), (r"[园元圆]舞[取区]?曲|[园元]舞曲", "圆舞曲"),
    (r"一手(?=[\u4e00-\u9fff]{0,6}[曲歌])", "一首"), ("旋率|玄律", "旋律"), ("合弦|和旋|和玄", "和弦"), ("节凑|节揍", "节奏"),
    ("进形曲|近行曲", "进行曲"), ("速渡", "速度"), ("反覆|返复|反夏", "反复"), ("和炫|和旋律(?=标)", "和弦"), ("副哥", "副歌"), ("前凑", "前奏"), ("声步", "声部"),
    ("啥", "什么"), ("咋", "怎么"), ("小借", "小节"), ("摇蓝曲", "摇篮曲"), ("调试", "调式"), ("柏子", "拍子"), ("音介", "音阶"),
)  # fmt: skip
"""Chinese slips: characters that sound or look alike."""


def spelled(text: str) -> str:
    """English words that no dictionary has, and that are a slip away from a word of music, mended.

    >>> spelled("a waltzz in d miner, 16 mesures")
    'a waltz in d minor, 16 measures'
    """
    text = re.sub(
        r"\b([a-hA-H](?:[ -]?(?:sharp|flat)|#|b)?) (?:mi?n[oe]r|minr|minior)\b", r"\1 minor", text
    )
    text = re.sub(
        r"\b([a-hA-H](?:[ -]?(?:sharp|flat)|#|b)?) (?:maj[oe]r|mayor|magor|majour)\b",
        r"\1 major",
        text,
    )
    text = re.sub(_ME_FOR_MY, "my", text)
    for wrong, right in SLIPS_ZH:
        text = re.sub(wrong, right, text)
    text = re.sub(rf"\b(?:{'|'.join(SLIPS)})\b", lambda m: SLIPS[m[0]], text)
    return re.sub(rf"(?<![a-zA-Z'])[a-z]{{{SHORTEST_SLIP},}}(?![a-zA-Z'])",
                  lambda m: _mended(m[0]), text)  # fmt: skip


def without_titles(text: str) -> str:
    """The text without quoted names, so that a title is never read as a requirement."""
    return re.sub(r"《[^》]*》", " ", re.sub(r"\"[^\"]*\"", " ", text))


def corrected(text: str) -> list[str]:
    """What was said, and what was said instead: "a waltz, no wait, a march" in two parts."""
    return [part for part in CORRECTION.split(text) if part and part.strip()]


def clauses(text: str) -> list[tuple[int, int]]:
    """Where the parts of a sentence between its conjunctions and signs stand, in order; quotes stay whole."""
    hidden = re.sub(r"\"[^\"]*\"|《[^》]*》", lambda m: "Q" * len(m[0]), text)
    found, start = [], 0
    for match in _SPLIT.finditer(hidden):
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return [(a, b) for a, b in found if text[a:b].strip()]


_SOL_FA = re.compile(
    r"(?<![A-Za-z])(do|re|mi|fa|sol|so|la|si|ti)(?![A-Za-z])|(?<=[高低中]音)(哆|来|咪|发|唆|拉|西)",
    re.IGNORECASE,
)
_SOL_FA_STEPS = {
    "do": 0, "re": 1, "mi": 2, "fa": 3, "sol": 4, "so": 4, "la": 5, "si": 6, "ti": 6,
    "哆": 0, "来": 1, "咪": 2, "发": 3, "唆": 4, "拉": 5, "西": 6,
}  # fmt: skip


def in_letters(text: str) -> str:
    """A Chinese text with sol-fa as letters; do is C, as in 高音do for the C above middle C.

    >>> in_letters("最高别超过高音re")
    '最高别超过高音D'
    """
    if not re.search(r"[\u4e00-\u9fff]", text):
        return text
    return _SOL_FA.sub(lambda m: "CDEFGAB"[_SOL_FA_STEPS[(m[1] or m[2]).lower()]], text)


def mentions(text: str, pattern: str) -> bool:
    """Whether a regular expression is found."""
    return re.search(pattern, text) is not None
