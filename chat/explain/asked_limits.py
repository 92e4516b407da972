"""Questions about a note that is the limit of somebody, about the word or the voice that a note belongs to, how often a
chord comes, and where phrases come to rest.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.tune import Tune
from chat.explain.asked_chords import chords_said
from chat.explain.asked_names import Asked

KINDS = ("both ends", "limit", "word at", "chord times", "phrase notes")
"""The topics that this module reads beside those of others."""
VOICED = frozenset(
    ("highest", "lowest", "range", "moves", "melody", "rhythm", "notes", "wide leaps", "longest", "shortest", "first note",
     "last note", "degrees", "playable", "singers", "hard spots", "practice", "climax", "leaps over", "outside", "limit", "count",
     "commonest", "syncopation")
)  # fmt: skip
"""Topics that are about one voice where one is named."""

_NOTE = r"(?:an? |the )?(?:high |low |top |middle )?(?P<{0}>[a-g])(?:[ -]?(?P<{0}s>sharp|flat|#|b(?![a-z])))?(?![a-z'])"
_LIMIT = re.compile(
    rf"\b(?:only (?:go(?:es)?|sing|reach(?:es)?|get|play)|can only (?:go|sing|reach|get|play)|goes? (?:only )?|(?:highest|lowest|top) .{{0,30}}(?:can|could) .{{0,12}}(?:is|are)) ?(?P<up>up to|as high as|down to|as low as)? ?{_NOTE.format('a')}"
    rf"|\b(?:can't|cannot|can not|couldn't|won't|don't|doesn't|not) (?:\w+ )?(?:get|go|sing|reach|play|manage)\w* ?(?P<over>above|over|higher than|past|beyond|below|under|lower than)? ?{_NOTE.format('b')}"
    r"|(?:最高|最低)?(?:只能|只会|最多)(?:唱|吹|拉|弹|到).{0,3}(?P<z>高音|低音|中音)?(?P<c>[a-g])|(?:唱|吹|拉|弹)不(?:到|了|上去|上).{0,4}?(?P<d>[a-g])(?:以[上下])?"
)
_ASKED = re.compile(
    r"\?|\b(?:which|what|where|how|is|does|can|could|will|any)\b|哪|吗|会不会|能不能|有没有|行不行|么"
)
_ORDERS = re.compile(
    r"\b(?:please|make|move|transpose|put|fix|change|lower|raise|keep|write|compose|bring|take)\b|[把请改移降升写换]"
)


def _limit(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "my altos can't get above C, which bars are a problem?": (note, up or down)."""
    match = _LIMIT.search(lower)
    if match is None or not _ASKED.search(lower) or _ORDERS.search(lower):
        return None
    letter = next(g for g in (match["a"], match["b"], match["c"], match["d"]) if g)
    sign = {"sharp": "#", "#": "#", "flat": "b", "b": "b"}.get(match["as"] or match["bs"] or "", "")
    said = f"{match['up'] or ''} {match['over'] or ''} {match[0]}"
    down = re.search(r"down|low as|below|under|lower|lowest|最低|以下", said)
    return "limit", f"{letter.upper()}{sign} {'down' if down else 'up'}", ""


_WORD_AT = re.compile(
    r"\b(?:which|what) (?:word|syllable)s?\b.{0,40}\b(?P<e>highest|lowest|longest|top|high|climax|there|peak)\b|\b(?P<e2>highest|lowest|longest|top) (?:note|pitch)\b.{0,24}\b(?:which|what|on which|on what) (?:word|syllable)\b"
    r"|(?:哪|什么)(?:一)?个?(?:字|词|音节).{0,6}(?:唱得|唱的|在|是)?(?:音)?(?P<z>最高|最低|最长|高潮)|(?P<z2>最高|最低|最长)(?:的)?音.{0,6}(?:是|在|唱)?(?:哪|什么)(?:一)?个?(?:字|词)"
)


def _word(plain: str, lower: str, tune: Tune) -> Asked | None:
    match = _WORD_AT.search(lower)
    if match is None:
        return None
    said = next((g for g in match.groups() if g), "")
    which = {"lowest": "lowest", "最低": "lowest", "longest": "longest", "最长": "longest"}.get(
        said, "highest"
    )
    return "word at", which, ""


_TIMES = re.compile(
    r"\bhow (?:many times|often)\b|\bhow many\b.{0,24}\bchords?\b|几次|多少次|多少遍|几遍|出现(?:了)?几"
)
_EACH = re.compile(
    r"\b(?:each|every|the|these|those) (?:of the )?chords?\b|\bchords? each\b|和弦(?:都|各|分别|每个)|各(?:个)?和弦|每个和弦"
)


def _chord_times(plain: str, lower: str, tune: Tune) -> Asked | None:
    if not _TIMES.search(lower) or re.search(r"\bchange|换", lower):
        return None
    named = [c for c, _ in chords_said(plain) if len(c) > 1 or re.search(r"chord|和弦", lower)]
    if named:
        return "chord times", named[0], ""
    return ("chord times", "", "") if _EACH.search(lower) else None


_RESTS = re.compile(
    r"\b(?:what|which) notes?\b.{0,20}\b(?:do|does|are) .{0,16}(?:phrases?|lines?|sections?|halves|parts?)\b.{0,16}\b(?:end|close|finish|stop|land|rest)\b|\b(?:do|does|are)\b.{0,16}\b(?:phrases?|lines|sections?|halves|parts)\b.{0,24}\b(?:end|close|finish|stop|land)\b.{0,12}\bsame (?:note|pitch|way)|(?:各|每|[两三四五六几])?(?:句|段|乐句).{0,6}(?:分别|都|各)?(?:落|停|结束|收)(?:在)?.{0,6}(?:什么|哪|同|一样)"
)


_BOTH = re.compile(
    r"\b(?:start|begin)s?\b.{0,16}\b(?:end|finish)(?:es|s)?\b.{0,12}\bsame (?:note|pitch)|\bfirst and (?:the )?last notes?\b|(?:开头|第一个音|首).{0,6}(?:结尾|最后一个音|尾).{0,6}(?:同|一样)"
)
_BEATS = re.compile(
    r"\bhow (?:many beats|long)\b.{0,20}\b(?P<w>last|final|first|opening|longest|shortest) note\b|(?P<z>最后一个|第一个|最长的|最短的)音.{0,6}(?:几拍|多长|多久|多少拍)"
)


def _edges(plain: str, lower: str, tune: Tune) -> Asked | None:
    """The first and the last note held side by side, or how long one of them is."""
    if _BOTH.search(lower) and not re.search(r"\bchords?\b|和弦", lower):
        return "both ends", "", ""
    match = _BEATS.search(lower)
    if match is None:
        return None
    topics = {"last": "last note", "final": "last note", "最后一个": "last note", "longest": "longest", "最长的": "longest",
              "shortest": "shortest", "最短的": "shortest"}  # fmt: skip
    return topics.get(match["w"] or match["z"], "first note"), "", ""


_IN_VOICE = re.compile(
    r"\bwhat(?:'s| is| does| do| are)\b.{0,40}\b(?:bars?|measures?) \d|第.{1,4}小节.{0,10}(?:是|有|奏|拉|唱|吹|弹)(?:什么|哪)"
)


def _voice_notes(plain: str, lower: str, tune: Tune) -> Asked | None:
    """What another voice has in some bars."""
    if not voice_named(lower, tune) or re.search(
        r"\bchords?\b|\bintervals?\b|和弦|音程|几度", lower
    ):
        return None
    return ("notes", "", "") if _IN_VOICE.search(lower) else None


def _phrase_notes(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("phrase notes", "", "") if _RESTS.search(lower) else None


_ENDS: tuple[tuple[str, str], ...] = (
    ("lowest", r"\bhow low\b|\blowest\b|最低|多低"), ("highest", r"\bhow high\b|\bhighest\b|最高|多高"),
    ("range", r"\brange\b|\bcompass\b|音域"),
)  # fmt: skip


def _voice_ends(plain: str, lower: str, tune: Tune) -> Asked | None:
    """How high, low or far a voice goes that is named by its instrument: this one, not the instrument in general."""
    if not voice_named(lower, tune) or _ORDERS.search(lower) or not _ASKED.search(lower):
        return None
    found = [name for name, words in _ENDS if re.search(words, lower)]
    return (found[0] if len(found) == 1 else "range", "", "") if found else None


FINDERS: tuple[Callable[[str, str, Tune], Asked | None], ...] = (
    _voice_ends, _voice_notes, _edges, _limit, _word, _chord_times, _phrase_notes,
)  # fmt: skip
"""In the order in which they are asked."""

_BASS_ONLY = re.compile(
    r"\b(?:the|its) bass\b|\bbass (?:voice|part|line)\b|\b(?:lower|bottom|second) (?:voice|part|line|hand|stave)\b|\bleft[- ]hand\b|(?<!最)低音(?=声部|部|线|旋律|的|有|走|唱|奏|拉|里|在|会)|低声部|左手|第二声部|下声部"
)


def voice_named(lower: str, tune: Tune) -> str:
    """The id of the voice that a text names and that is not the leading one; "" for none.

    A voice is named by its own name, or as the lower one.
    """
    if len(tune.voices) < 2:
        return ""
    for voice in tune.voices[1:]:
        name = (voice.name or "").lower()
        if len(name) > 2 and re.search(rf"(?<![a-z]){re.escape(name)}(?:e?s)?(?![a-z])", lower):
            first = (tune.voices[0].name or "").lower()
            return "" if first and first in lower else voice.id
    return tune.voices[-1].id if _BASS_ONLY.search(lower) else ""
