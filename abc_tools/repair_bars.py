"""What to do about a bar of the wrong length: candidates, each with its cost; the cheapest wins.

Explanations are tried in the order in which writers and models err: a barline lost or doubled or
misplaced, one note with a wrong length, a missing rest. Notes are never removed. A candidate whose
rhythm occurs in another bar of the voice is preferred, because tunes repeat their rhythms. Whole-tune
causes (a wrong `M:` or `L:`) are looked for before any single bar.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.spelling import length_text
from abc_tools.text import Edit, Span
from abc_tools.tune import Event, Measure, Tune, Voice

SIMPLE = frozenset(
    Fraction(n, d) for n in (1, 2, 3, 4, 6, 7, 8, 12, 16) for d in (1, 2, 4, 8, 16, 32)
)
BAR_COST, NOTE_COST, REST_COST, MANY_COST = 1.0, 2.0, 2.6, 6.0
KNOWN_RHYTHM = 1.0


@dataclass(frozen=True)
class Candidate:
    """One way to mend a bar."""

    cost: float
    edits: tuple[Edit, ...]


def bar_candidates(tune: Tune, voice: Voice, index: int) -> list[Candidate]:
    """Ways to mend the measure at `index`, cheapest first."""
    measure = voice.measures[index]
    if measure.expected is None or measure.full:
        return []
    found: list[Candidate] = []
    found += _barline_candidates(tune, voice, index)
    patterns = _rhythms(voice, measure)
    if measure.duration > measure.expected:
        surplus = measure.duration - measure.expected
        found += _resized(measure, -surplus, patterns)
        found += _shrunk(measure, surplus)
    else:
        missing = measure.expected - measure.duration
        found += _resized(measure, missing, patterns)
        found += _rested(measure, missing)
    return sorted(found, key=lambda c: c.cost)


def _rhythms(voice: Voice, wrong: Measure) -> Counter[tuple[Fraction, ...]]:
    return Counter(
        tuple(e.duration for e in m.events) for m in voice.measures if m.full and m is not wrong
    )


# -- barlines ---------------------------------------------------------------------------------


def _barline_candidates(tune: Tune, voice: Voice, index: int) -> list[Candidate]:
    measure = voice.measures[index]
    expected = measure.expected
    assert expected is not None, "free meter has no wrong bars"
    following = voice.measures[index + 1] if index + 1 < len(voice.measures) else None
    before = voice.measures[index - 1] if index else None
    found = []
    for cuts in _cuts(measure, expected):
        cost = BAR_COST if measure.duration % expected == 0 else BAR_COST + 0.5
        found.append(Candidate(cost, tuple(Edit(Span(at, at), "|") for at in cuts)))
    for first, second in ((measure, following), (before, measure)):
        if first is None or second is None or not _plain_bar(first):
            continue
        assert first.after is not None, "a plain bar is a bar"
        if second.ending or second.part:
            continue
        total = first.duration + second.duration
        if total == expected:
            found.append(Candidate(BAR_COST, (Edit(first.after.span, " "),)))
        elif total == 2 * expected:
            found += _moved_bar(first, second, expected)
    return found


def _plain_bar(measure: Measure) -> bool:
    return measure.after is not None and measure.after.text == "|"


def _cuts(measure: Measure, expected: Fraction) -> list[list[int]]:
    """Where barlines are missing if the measure is several bars run together.

    All full; or the last one short, where a section ends; or the first one short, where one begins.
    """
    if measure.overlays or measure.duration <= expected:
        return []
    rest = measure.duration % expected
    starts = [expected] if not rest or measure.ends_section else []
    if rest and (measure.starts_section or not measure.before):
        starts.append(rest)
    found = []
    for first in starts:
        wanted = [first + n * expected for n in range(int(measure.duration / expected) + 1)]
        wanted = [place for place in wanted if place < measure.duration]
        ends = {event.onset + event.duration: event for event in measure.events}
        if wanted and all(place in ends for place in wanted):
            found.append([_after(measure, ends[place]) for place in wanted])
    return found


def _after(measure: Measure, event: Event) -> int:
    """Where a barline may stand after an event: behind its tie or slur end, before the next sign."""
    place = event.span.end
    for mark in sorted(measure.marks, key=lambda m: m.span.start):
        if mark.kind == "slur-close" and mark.span.start == place:
            place = mark.span.end
    return place + (1 if event.tie else 0)


def _moved_bar(first: Measure, second: Measure, expected: Fraction) -> list[Candidate]:
    """The barline between two measures stands a few notes too late or too early."""
    assert first.after is not None, "two measures have a barline between them"
    for events, offset, owner in (
        (first.events, Fraction(0), first), (second.events, first.duration, second),
    ):  # fmt: skip
        for event in events:
            if offset + event.onset + event.duration == expected:
                at = _after(owner, event)
                return [Candidate(BAR_COST, (Edit(first.after.span, " "), Edit(Span(at, at), "|")))]
    return []


# -- notes and rests --------------------------------------------------------------------------


def _factor_edit(measure: Measure, event: Event, duration: Fraction) -> Edit | None:
    """Write an event with a new sounding duration; broken rhythm and tuplets keep their factor."""
    if event.duration == 0 or event.written == 0 or event.measures:
        return None
    written = event.written * duration / event.duration
    return Edit(_length_span(event), length_text(written / measure.unit / _inner(event)))


def _length_span(event: Event) -> Span:
    if event.kind == "note":
        return event.notes[0].length
    if event.kind == "rest":
        return Span(event.span.start + 1, event.span.end)
    return Span(_chord_end(event), event.span.end)


def _chord_end(event: Event) -> int:
    return event.notes[-1].span.end + (1 + event.notes[-1].tie)


def _inner(event: Event) -> Fraction:
    """The factor that stands inside a chord; what is written is the one outside."""
    return event.notes[0].factor if event.kind == "chord" else Fraction(1)


def _resized(
    measure: Measure, change: Fraction, patterns: Counter[tuple[Fraction, ...]]
) -> list[Candidate]:
    """One event made longer or shorter by `change`, if that gives a length people write."""
    found = []
    durations = [event.duration for event in measure.events]
    for position, event in enumerate(measure.events):
        new = event.duration + change
        if new <= 0 or event.measures or not event.duration:
            continue
        written = event.written * new / event.duration
        edit = _factor_edit(measure, event, new)
        if edit is None or written not in SIMPLE:
            continue
        rhythm = (*durations[:position], new, *durations[position + 1 :])
        ratio = max(new / event.duration, event.duration / new)
        cost = NOTE_COST + 0.3 * (float(ratio) - 1)
        cost += 0.0 if written.numerator in (1, 3) else 0.6
        cost += 0.2 if position + 1 < len(durations) else 0.0
        cost -= KNOWN_RHYTHM if patterns[rhythm] else 0.0
        found.append(Candidate(cost, (edit,)))
    return found


def _rested(measure: Measure, missing: Fraction) -> list[Candidate]:
    """Rests at the end of the measure, one for each binary digit of what is missing."""
    text = "".join(f"z{length_text(part / measure.unit)}" for part in _rests(missing))
    if not measure.events:
        return []
    at = _after(measure, measure.events[-1])
    return [Candidate(REST_COST, (Edit(Span(at, at), " " + text),))] if text else []


def _rests(length: Fraction) -> list[Fraction]:
    if length in SIMPLE:
        return [length]
    parts = []
    for size in (Fraction(1), *(Fraction(1, 2**n) for n in range(1, 8))):
        while length >= size:
            parts.append(size)
            length -= size
    return parts if length == 0 else []


def _shrunk(measure: Measure, surplus: Fraction) -> list[Candidate]:
    """Several notes halved, longest first, until the surplus is gone."""
    edits = []
    for event in sorted(measure.events, key=lambda e: (-e.duration, -e.onset)):
        if surplus == 0:
            break
        if event.duration != event.written:
            continue
        cut = min(surplus, event.duration / 2)
        edit = _factor_edit(measure, event, event.duration - cut)
        if edit is not None:
            edits.append(edit)
            surplus -= cut
    return [Candidate(MANY_COST + len(edits), tuple(edits))] if surplus == 0 else []


# -- the whole tune ---------------------------------------------------------------------------


def common_length(tune: Tune) -> Fraction | None:
    """The length that most inner bars have, if it is one that the meter does not ask for.

    Four bars in five must agree: then the meter or the unit length is wrong, not the bars.
    """
    inner = [m for v in tune.voices for m in v.measures[1:-1] if m.expected is not None]
    if len(inner) < 4:
        return None
    length, count = Counter(m.duration for m in inner).most_common(1)[0]
    wrong = inner[0].expected is not None and length != inner[0].expected
    return length if wrong and count * 5 >= len(inner) * 4 else None
