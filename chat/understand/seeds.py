"""A wish for a new tune that begins with the opening of a known one: which tune, how many bars, and what else is said.

Three things must be there: an opening ("the first four bars", 开头), a tune that it is taken from ("the second one",
a title, 第二首) and what it is for ("as a seed", "write a new tune", 写一首). What this does not know: which
tunes were listed, and whether there is one of that title.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import dataclass

from abc_tools import numbers
from abc_tools.styles import STYLES

_NUMBER = numbers.NUMBER
_ORDINAL = "first|second|third|fourth|fifth|sixth|seventh|eighth|last"
_TUNE = r"(?:one|tune|song|piece|melody|jig|reel|waltz|march|air|polka|hornpipe|recommendation|suggestion|result|version|option|of (?:them|these|those))"
_OPENING = (
    rf"(?:(?:opening|beginning|start|head|first|initial) (?:(?P<bars>{_NUMBER}) )?(?:bars?|measures?)"
    r"|(?:opening|first) (?:phrase|line|notes|motif|theme)|opening|beginning|incipit|intro(?:duction)?|start)"
)
_LISTED = rf"(?:the |that )?(?P<place>{_ORDINAL}) {_TUNE}|(?:number|no\.?|tune|#) ?(?P<number>{_NUMBER})\b"
_OPEN = r"(?P<open>(?:(?:this|my|that|the current)(?: (?:tune|song|piece|melody|one))?|the (?:tune|song|piece|melody))\b)"
_QUOTED = r"[\"《](?P<quoted>[^\"》]+)[\"》]"
_TITLE = r"(?P<title>(?!(?:an?|the|it|its|them|this|that|these|those|each|every|all|both|my|your|his|her|our|bars?|measures?|part|section|verse|chorus)\b)\w[\w' &-]{2,60}?|the \w[\w' &-]{2,60}?)"
_END = r"(?= (?:as|for|to|and|in|with|then|but|which|that|into)\b|[,.;!?]|$)"
_TITLED = r"(?<![\w'])(?P<title>(?!(?:Use|Take|Borrow|Start|Begin|Write|Compose|Make|Create|Please|Now|And|Let|Can|Could|I)\b)[A-Z][\w' &-]{2,60}?)"
_FORMS = (
    # "the second one's opening", "The Kesh's first two bars"
    rf"(?:{_LISTED}|{_QUOTED}|{_OPEN}|{_TITLED})(?:'s|(?<=s)') {_OPENING}",
    # "the first four bars of the second one", "the opening of "Speed the Plough""
    rf"(?:the )?{_OPENING} (?:of|from) (?:the tune )?(?:{_LISTED}|{_QUOTED}|{_OPEN}|{_TITLE}{_END})",
    # "that begins like the second one"
    rf"(?:begin|start|open)(?:s|ning|ing)? (?:like|as|with) (?:{_LISTED}|{_QUOTED})(?: does)?",
)
_OPENING_ZH = rf"(?:的|里|中)?(?:(?:开头|最?前|头|起首|起始)的?(?P<bars>{_NUMBER})个?小节|开头(?:部分|的?一句|乐句)?|开端|起句|首句|头一?句|第一句|引子|前奏|起始句|动机)"
_FROM_ZH = rf"(?:第(?P<place>{_NUMBER})(?:首|个|支|条|曲)(?:曲子|曲|歌|乐曲)?|(?P<last>最后一首)|《(?P<quoted>[^》]+)》|(?P<open>(?:这|我的?|当前的?)(?:首|个|支)?(?:曲子|歌|乐曲|旋律)?))"
_FORM_ZH = rf"(?:(?:用|以|拿|取|从|按|照|借|借用|采用|使用|把|将))?{_FROM_ZH}{_OPENING_ZH}"
_FOR = re.compile(
    r"\bas (?:an? |the )?(?:\w+ )?(?:seed|basis|base|start|starting point|beginning|opening|inspiration|theme|idea)\b|\bseed\b|\bbased? on\b|\bbuild (?:on|from)\b"
    r"|\b(?:write|compose|make|create|generate|start|begin|give|invent|improvise|do|for|to|into) (?:me |us |up )?(?:an?|another|some|my|our) (?:new |own |other |different )?\w+"
    r"|\bnew (?:tune|song|piece|melody|one|\w+)\b|\b(?:start|begin|go|take off|continue)(?:ing|s)? (?:from|with|on from)\b|\b(?:take|use|borrow)\b.*\b(?:go(?:es)? on|continue|carry on)\b"
    r"|种子|素材|新的?(?:一首|曲|歌|旋律|作品)|(?:写|作|做|编|来|生成|创作|谱|发展|续写?|接着写)(?:出|成)?(?:一|首|新|个|段|支|下去)|创作|续写|写下去|为(?:基础|开端|起点)",
    re.IGNORECASE,
)
_WRITES = re.compile(
    r"\b(?:tune|song|piece|melody|one|write|compose|make|something|\w+s?)\b", re.IGNORECASE
)
_DANCES = "|".join(re.escape(w) for style in STYLES.values() for w in (style.name, *style.words))
_NEW = re.compile(
    rf"\b(?:new|another|different) (?:[\w-]+ ){{0,2}}(?:tune|song|piece|melody|composition|one|{_DANCES})\b|\bseed\b|新的?(?:曲|歌|一首|旋律|作品|\S{{0,6}}(?:{_DANCES}))|另(?:写|作|编)?一首|一首新|种子|素材",
    re.IGNORECASE,
)
"""Words that leave no doubt that a whole new tune is wanted, not a change of the one that is open."""
_PARTS = r"(?:section|part|strain|verse|chorus|phrase|bars?|measures?|voice|hand|scale|key|chord|ending|bridge|coda|harmony|bass|opening|beginning)"
_ASKED = re.compile(
    r"\W*(?:so |and |please )*(?:explain|what|why|how(?! about)|which|where|who|describe|analy[sz]e|tell|compare|is|are|does|do you)\b",
    re.IGNORECASE,
)
_NO_TUNE = re.compile(rf"\b{_PARTS}\b")
_FOR_A_PART = re.compile(
    rf"\b(?:an?|another|the|my|new|its) (?:[\w-]+ )?{_PARTS}\b(?! point)|(?:新的?|第.{{1,3}})(?:段|结尾|开头|副歌|桥段|小节)"
)


_USE = re.compile(
    r"\b(?:use|take|borrow|start|begin)(?: (?:from|with))?(?: as an? (?:\w+ )?\w+)? (?:for|to (?:write|compose|make|create|begin|start)|and (?:write|compose|make|create))(?= an?\b)",
    re.IGNORECASE,
)
"""What is left of "use … for a new reel" once the opening is taken out: it says no more than "write"."""


@dataclass(frozen=True)
class Seed:
    """Where an opening is taken from: a `place` in the last list (from 1, -1 the last), a `title`, or the open tune.

    `bars` is how many, 0 where nobody said; `rest` is the message without the words about it.
    """

    place: int = 0
    title: str = ""
    bars: int = 0
    rest: str = ""


def read_seed(text: str) -> Seed | None:
    """The opening that a message wants a new tune to begin with, None if it wants none.

    >>> read_seed("use the first 4 bars of the second one as a seed for a waltz")
    Seed(place=2, title='', bars=4, rest='write a waltz')
    >>> read_seed("用第二首的开头写一首新的").place, read_seed("start a new tune from The Kesh's opening").title
    (2, 'The Kesh')
    >>> read_seed("make the opening of the second part louder") is None
    True
    """
    for number, form in enumerate((*_FORMS, _FORM_ZH)):
        match = re.search(form, text, 0 if number == 0 else re.IGNORECASE)
        if match is None:
            continue
        said = {k: v for k, v in match.groupdict().items() if v}
        rest = f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}".strip()
        if _ASKED.match(text):
            return None
        begins = number == 2 and _WRITES.search(rest)
        if not (begins or _FOR.search(rest) or _FOR.search(text[: match.end()])):
            return None
        if ("open" in said and not _NEW.search(text)) or _FOR_A_PART.search(rest):
            return None
        title = (said.get("quoted") or said.get("title") or "").strip(" '")
        if title and "quoted" not in said and _NO_TUNE.search(title.lower()):
            return None
        bars = numbers.value(said["bars"]) or 0 if "bars" in said else 0
        return Seed(_place(said), title, bars, _USE.sub("write", rest))
    return None


def _place(said: dict[str, str]) -> int:
    """The place in a list, 0 if none is named."""
    if "last" in said:
        return -1
    word = said.get("place") or said.get("number") or ""
    return numbers.ORDINALS.get(word.lower()) or numbers.value(word) or 0
