"""How people tell which notes somebody reaches: "my voice goes from middle C to the D above the next C", 二胡最低只能拉到D4.

The tune moves as a whole where all of it fits then; else only what lies outside is changed. What it does not know: keys
for kinds of voices (`voice_keys`), and single notes that are out of reach (`notes.limits`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.theory import STEP_SEMITONES
from chat.understand.rules.base import Clause, Rule, rule
from chat.understand.rules.notes import scientific
from chat.understand.rules.voice_keys import best_shift
from chat.understand.text import in_letters

_NAME = r"(?P<{0}p>middle|high|top|low|bottom|next|中央|高音|低音|中音|小字[一二三]组的?)? ?(?P<{0}s0>[升降])?(?P<{0}n>[A-Ga-g])(?P<{0}s> ?sharp| ?flat|#|b)?(?P<{0}o>[2-6])?(?![A-Za-z#])"
_NOTE = (
    r"(?:the |an? |that )?"
    + _NAME.format("a")
    + r"(?P<far> an octave)?(?: (?:just )?(?P<rel>above|over|below|under) (?:the |that )?"
    + _NAME.format("b")
    + r")?"
)
_SIGNS = {"sharp": 1, "#": 1, "升": 1, "flat": -1, "b": -1, "降": -1}
_BETWEEN = re.compile(
    rf"\b(?:from|between)\b\s+(?P<one>{re.sub(r'[?]P<[^>]*>', '', _NOTE)})\s*(?:up |down )?(?:to|and|through|till|until|-)\s+(?P<two>{re.sub(r'[?]P<[^>]*>', '', _NOTE)})"
    rf"|(?:从|在|是)\s*(?P<zone>{re.sub(r'[?]P<[^>]*>', '', _NAME.format('a'))})\s*(?:到|至|和|-)\s*(?P<ztwo>{re.sub(r'[?]P<[^>]*>', '', _NAME.format('a'))})"
)
_LOWEST = re.compile(
    rf"\b(?:lowest|bottom|deepest)(?: note)?(?: \w+){{0,5}}? (?:is|=)(?: an?| the)? (?P<en>{re.sub(r'[?]P<[^>]*>', '', _NOTE)})|\b(?:only )?(?:goes|go|get|gets|reach|reaches|plays?|sings?) (?:only )?(?:down|as low as|as far down as)(?: as)? (?:to )?(?P<en2>{re.sub(r'[?]P<[^>]*>', '', _NOTE)})"
    rf"|\b(?:anything|everything|all|notes?|nothing) (?:that is |that's |that goes )?(?:below|under|lower than) (?P<en3>{re.sub(r'[?]P<[^>]*>', '', _NOTE)})|\b(?:can'?t|cannot|can not|couldn'?t|unable to|doesn'?t|don'?t|won'?t|never)\b[^.;]{{0,24}}?\b(?:below|under|lower than) (?P<en4>{re.sub(r'[?]P<[^>]*>', '', _NOTE)})"
    rf"|\b(?:above|over|higher than) {re.sub(r'[?]P<[^>]*>', '', _NOTE)} (?:or|and|nor) (?:below|under|lower than) (?P<en5>{re.sub(r'[?]P<[^>]*>', '', _NOTE)})"
    rf"|[拉唱吹弹]不(?:了|到|出|上)(?P<zh2>{re.sub(r'[?]P<[^>]*>', '', _NAME.format('a'))})以下|(?P<zh3>{re.sub(r'[?]P<[^>]*>', '', _NAME.format('a'))})以下[^,.;]{{0,6}}[拉唱吹弹]不"
    rf"|最低(?:音)?(?:的音)?(?:也)?(?:只能|只|能|可以|就)*(?:拉|吹|唱|弹|奏)?(?:到|是|为|在)(?P<zh>{re.sub(r'[?]P<[^>]*>', '', _NAME.format('a'))})"
)
_HIGHEST = re.compile(
    rf"\b(?:highest|top)(?: note)?(?: \w+){{0,5}}? (?:is|=)(?: an?| the)? (?P<en>{re.sub(r'[?]P<[^>]*>', '', _NOTE)})|\b(?:only )?(?:goes|go|get|gets|reach|reaches|plays?|sings?) (?:only )?(?:up|as high as|as far up as)(?: as)? (?:to )?(?P<en2>{re.sub(r'[?]P<[^>]*>', '', _NOTE)})"
    rf"|\b(?:anything|everything|all|notes?) (?:that is |that's |that goes )?(?:above|over|higher than) (?P<en3>{re.sub(r'[?]P<[^>]*>', '', _NOTE)}) (?:is|are|seems?|feels?)\b"
    rf"|\b(?:above|over|higher than) (?P<en4>{re.sub(r'[?]P<[^>]*>', '', _NOTE)}) (?:or|and|nor) (?:below|under|lower than) "
    rf"|\b(?:below|under|lower than) {re.sub(r'[?]P<[^>]*>', '', _NOTE)} (?:or|and|nor) (?:above|over|higher than) (?P<en5>{re.sub(r'[?]P<[^>]*>', '', _NOTE)})"
    rf"|最高(?:音)?(?:的音)?(?:也)?(?:只能|只|能|可以|就)*(?:拉|吹|唱|弹|奏)?(?:到|是|为|在)(?P<zh>{re.sub(r'[?]P<[^>]*>', '', _NAME.format('a'))})"
)
_REACHES = re.compile(
    r"\b(?:voices?|range|compass|reach(?:es)?|sings?|plays?|instrument|goes|comfortable|recorder|flute|violin|cello|whistle|erhu|lowest|highest|bottom|top|anything|everything|too high|too low|can'?t|cannot|i can|she can|he can|they can)\b|嗓|音域|唱|拉|吹|弹|最[高低]"
)
_NO_REACH = re.compile(
    r"\b(?:key|chords?|scale|bars?|measures?|beat|change|replace|make the|what|which|how|why|is there|tune's)\b|\b(?:shift|move|transpose|put|raise|lower|bring|take|set|make)\b.*\b(?:lowest|bottom|deepest|highest|top)\b|[移调升降让使把].*最[低高]|大调|小调|和弦|小节|改成|换成|什么|哪|多少"
)
LOWEST, HIGHEST = 0, 127


def _midi(name: str, placed: str, sign: str, octave: str, after: int | None) -> int:
    """The height of a name: in its octave, else the next one above what was named before."""
    base = STEP_SEMITONES[name.upper()] + _SIGNS.get(sign.strip(), 0)
    if octave:
        return base + 12 * (int(octave) + 1)
    group = re.search(r"小字([一二三])组", placed)
    if group:
        return base + 12 * (4 + "一二三".index(group[1]) + 1)
    number = {
        "middle": 4,
        "中央": 4,
        "中音": 4,
        "high": 5,
        "top": 5,
        "高音": 5,
        "low": 3,
        "bottom": 3,
        "低音": 3,
    }.get(placed)
    if number is not None:
        return base + 12 * (number + 1)
    if after is None:
        return base + 60
    return next(n for n in range(after + 1, after + 13) if (n - base) % 12 == 0)


def height(words: str, after: int | None = None) -> int | None:
    """The MIDI number that words mean, behind a note that was named before.

    >>> height("middle C"), height("the D above the next C", 60), height("F below middle C"), height("高音D")
    (60, 74, 53, 74)
    """
    match = re.search(_NOTE, words)
    if match is None:
        return None

    def own(side: str, before: int | None) -> int:
        sign = match[f"{side}s"] or match[f"{side}s0"] or ""
        return _midi(
            match[f"{side}n"], match[f"{side}p"] or "", sign, match[f"{side}o"] or "", before
        )

    if not match["rel"]:
        return own("a", after)
    other = own("b", after)
    up = match["rel"] in ("above", "over")
    base = own("a", other)
    here = next(
        n
        for n in (range(other + 1, other + 13) if up else range(other - 1, other - 13, -1))
        if (n - base) % 12 == 0
    )
    return here + (12 if up else -12) if match["far"] and (here - other) % 12 else here


def reached(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The whole tune moved to where it fits; where it is too wide for that, a limit for its notes."""
    if not _REACHES.search(clause.lower) or _NO_REACH.search(clause.lower):
        return None
    text = in_letters(clause.text)
    heights = [n for v in clause.tune.voices for e in v.events for n in e.midi]
    if not heights:
        return None
    low, high = LOWEST, HIGHEST
    if found := _BETWEEN.search(text):
        one = height(found["one"] or found["zone"])
        two = height(found["two"] or found["ztwo"], one)
        if one is None or two is None or two <= one:
            return None
        low, high = one, two
    else:
        bottom, top = _LOWEST.search(text), _HIGHEST.search(text)
        if bottom:
            said = next(v for v in bottom.groupdict().values() if v)
            low = height(said, min(heights) - 1) or LOWEST
        if top:
            said = next(v for v in top.groupdict().values() if v)
            high = height(said, max(low, max(heights) - 12)) or HIGHEST
    if (low, high) == (LOWEST, HIGHEST) or high - low < 5:
        return None
    outside = min(heights) < low or max(heights) > high
    if outside and max(heights) - min(heights) <= high - low and clause.tune.key.tonic:
        return {"": "transpose", "semitones": str(best_shift(clause.tune, low, high))}
    return {
        **({"low": scientific(low)} if low > LOWEST else {}),
        **({"high": scientific(high)} if high < HIGHEST else {}),
    }


RULES: tuple[Rule, ...] = (
    rule(
        "limit-range",
        rf"(?i:{_BETWEEN.pattern.replace('(?P<', '(?P<x')}|{_LOWEST.pattern.replace('(?P<', '(?P<y')}|{_HIGHEST.pattern.replace('(?P<', '(?P<z_')})",
        reached,
    ),
)
