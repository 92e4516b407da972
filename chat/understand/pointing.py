"""What words point at in a conversation: a voice that was just added ("for her"), bars that were just written (新加的部分),
the bar that is hardest, the part that the answer before named ("easier version of that one").

Computed from the tune and the versions. What it does not know: bars that are named (`place`), and which change is meant.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.sections import sections
from abc_tools.tune import Measure, Tune
from chat.session import Session

ADDING_VOICES = frozenset(
    ("middle-voice", "second-voice", "add-bass", "add-drone", "canon", "add-choir")
)
_ONE_VOICE = ADDING_VOICES - {"canon", "add-choir"}
HER = re.compile(
    r"\b(?:her|hers|him|his)\b(?! (?:range|voice is))|\b(?:that|the new|the added|the extra|the other new) (?:voice|part|line|player|instrument)\b|她|他|新(?:加的?)?(?:那个)?声部|刚加的(?:那个)?(?:声部|伴奏)?|那个声部"
)
_IT = re.compile(r"\bits?\b|\bit's\b|\bthat\b|它|太")
_NEW_BARS = re.compile(
    r"\b(?:the |those |these )?(?:new|added|extra|additional) (?:\d+ |two |four |eight |sixteen )?(?:bars?|measures?|part|section|bit|half|music|strain|stuff)\b(?! (?:of|for|in|with|about))|\b(?:bars?|part|section|bit) (?:that )?you(?:'ve| have)? (?:just )?added\b|(?:新|刚)(?:加|写|增|添)(?:上|出来)?的?(?:那)?(?:\d+|[一二三四五六七八九十几]+)?(?:个)?(?:部分|小节|段|乐句|几句)"
)
_HARDEST = re.compile(
    r"\b(?:worst|hardest|trickiest|toughest|(?:most|least) (?:difficult|awkward|playable)|jumpiest|tricky|awkwardest) (?P<what>bar|measure|bit|spot|place|part|section|strain)\b|最难(?:的)?(?:那)?(?:个)?(?P<zh>小节|地方|段)|最跳的(?:那)?(?:个)?(?P<zj>小节|地方)"
)


_THEM = re.compile(
    r"\b(?:them|those|these)\b(?! (?:bars?|notes?|chords?|words?|measures?|voices?|parts?|two|three|four))|它们"
)
_OF_SIGNS = re.compile(
    r"\b(?:simpl\w+|easi\w+|rich\w*|jazz\w*|fanc\w+|differ\w*|plain\w*|fewer|less|remove|delete|take|off|out|lose|drop|hide|again|rid|other|better|funn\w+|sadder|happier|rhym\w+|short\w*)\b|简单|丰富|去掉|删|换|别的|少一|爵士"
)
_NAMED = (
    (frozenset(("add-chords", "reharmonise", "set-chords", "simplify-chords", "lay-chords", "lay-bar", "swap-chord")), "the chords", "和弦"),
    (frozenset(("write-words", "set-lyrics", "line-words")), "the words", "歌词"),
    (frozenset(("add-ornaments", "mark-picked")), "the ornaments", "装饰音"),
)  # fmt: skip
"""What "them" are after a change that wrote them."""


def with_them_named(text: str, session: Session) -> str:
    """The text with "them" said as what the last change wrote: after chords were added "make them simpler" is about
    the chords.
    """
    last = session.memory.operations
    if not last or len(text) > 60 or not _THEM.search(text) or not _OF_SIGNS.search(text.lower()):
        return text
    found = next(((en, zh) for names, en, zh in _NAMED if last[-1].name in names), None)
    if found is None:
        return text
    return _THEM.sub(lambda m: found[1] if m[0] == "它们" else found[0], text, count=1)


def voice_before(session: Session, tune: Tune) -> tuple[str | None, bool]:
    """The voice that the last change was about, and whether that change has added it."""
    for operation in reversed(session.memory.operations):
        if operation.name in _ONE_VOICE and len(tune.voices) > 1:
            return tune.voices[-1].id, True
        if operation.voice is not None:
            return operation.voice, False
    return None, False


def means_it(part: str, added: bool) -> bool:
    """Whether a clause speaks of the voice of the last change; a bare "it" only of one that was just added."""
    lower = part.lower()
    return HER.search(lower) is not None or (added and _IT.search(lower) is not None)


def bars_added(session: Session) -> Place | None:
    """The bars that the last change of length has brought."""
    version = session.version
    while version is not None and version.parent is not None:
        before = session.versions[version.parent - 1]
        old, new = parse_tune(before.abc), parse_tune(version.abc)
        more = new.bar_count - old.bar_count
        if more > 0:
            alike = 0
            for one, other in zip(_full(old), _full(new), strict=False):
                if _sounds(one) != _sounds(other):
                    break
                alike += 1
            return Place(alike + 1, alike + more, "added")
        version = before
    return None


def _full(tune: Tune) -> list[Measure]:
    return [m for m in tune.measures if m.number > 0]


def _sounds(measure: Measure) -> list[object]:
    return [(e.midi, e.duration) for e in measure.events]


def new_bars(part: str, added: Place | None) -> Place | None:
    """The bars that were added, where a clause speaks of them."""
    return added if added is not None and _NEW_BARS.search(part.lower()) else None


def hardest(part: str, tune: Tune, within: Place | None) -> Place | None:
    """The bar (within some bars), or the part, that is hardest to play, where a clause speaks of it."""
    match = _HARDEST.search(part.lower())
    if match is None:
        return None
    from chat.explain.rehearsing import bars_of
    from chat.explain.scope import scope

    try:
        bars = bars_of(scope(tune, within))
    except ValueError:
        return None
    what = match["what"] or match["zh"] or match["zj"]
    if what in ("part", "section", "strain", "段"):
        by_part = {
            (p.first, p.last, p.label): sum(b.points for b in bars if p.first <= b.number <= p.last)
            for p in sections(tune)
        }
        first, last, label = max(by_part, key=lambda p: by_part[p])
        return Place(first, last, label, section=True)
    worst = max(bars, key=lambda b: (b.points, -b.number), default=None)
    return Place(worst.number, worst.number) if worst is not None and worst.points > 0 else None


_OTHER = re.compile(
    r"\bother (?P<half>half)\b|\bother (?:(?:part|section|strain|bit)s?|bars|measures|ones)\b|\b(?:all )?the (?:rest|remaining bars)\b|另(?:外)?(?:一)?(?P<zh>半)(?:段|部分|边)?|另(?:外)?(?:一|那)?(?:个)?(?:段|部分)|(?:其余|剩下|其他)(?:的)?(?:小节|部分|地方)?"
)


def the_other(lower: str, focus: Place | None, tune: Tune) -> Place | None:
    """The bars besides those that were spoken of: "the same for the other half"; None where nothing of the kind is said, or
    where what is left is in two pieces.
    """
    match = _OTHER.search(lower)
    if match is None or focus is None:
        return None
    half = tune.bar_count // 2
    if match["half"] or match["zh"]:
        return Place(1, half) if focus.first > half else Place(half + 1, tune.bar_count)
    if focus.first <= 1 and focus.last < tune.bar_count:
        return Place(focus.last + 1, tune.bar_count)
    if focus.last >= tune.bar_count and focus.first > 1:
        return Place(1, focus.first - 1)
    return None
