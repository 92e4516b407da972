"""What to do about a bar of the wrong length: candidates, each with its cost; the cheapest wins.

Explanations are tried in the order in which writers and models err: a barline lost or doubled or
misplaced, one note with a wrong length, a lost tuplet sign, a missing rest. Notes are never removed.
Tunes repeat themselves: a candidate that makes the bar equal to another bar of the voice is the best
evidence there is, one whose rhythm occurs in another bar the next best. Whole-tune causes (a wrong `M:`
or `L:`) are looked for before any single bar.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction

from abc_tools.spelling import length_span, length_text
from abc_tools.text import Edit, Span
from abc_tools.tune import Event, Measure, Tune, Voice

SIMPLE = frozenset(
    Fraction(n, d) for n in (1, 2, 3, 4, 6, 7, 8, 12, 16) for d in (1, 2, 4, 8, 16, 32)
)
BAR_COST, NOTE_COST, REST_COST, MANY_COST = 1.0, 2.0, 2.6, 6.0
BOTH_COST = 0.3
"""A barline that explains two wrong bars at once explains most."""
KNOWN_RHYTHM = 1.0
MAX_JOINED = 32
"""So many bars may have run together; a longer one is a slip of another kind."""
PROVEN = 0.5
"""What a candidate costs that makes a bar equal to another bar of the tune."""


@dataclass(frozen=True)
class Candidate:
    """One way to mend a bar. `proven`: another bar of the tune says that this is how it was."""

    cost: float
    edits: tuple[Edit, ...]
    proven: bool = False


def bar_candidates(tune: Tune, voice: Voice, index: int) -> list[Candidate]:
    """Ways to mend the measure at `index`, cheapest first."""
    measure = voice.measures[index]
    if measure.expected is None or measure.full or not measure.events:
        return []
    found: list[Candidate] = []
    patterns = _rhythms(voice, measure)
    found += _barline_candidates(tune, voice, index)
    found += _like_another(tune, voice, measure)
    if measure.duration > measure.expected:
        surplus = measure.duration - measure.expected
        found += _resized(tune.source, voice, measure, -surplus, patterns)
        found += _tuplets(measure, surplus, patterns)
        found += _shrunk(tune.source, measure, surplus)
    else:
        missing = measure.expected - measure.duration
        found += _resized(tune.source, voice, measure, missing, patterns)
        found += _rested(tune.source, voice, measure, missing)
    found = _in_the_tunes_spelling(tune, found)
    return sorted(found, key=lambda c: c.cost)


_HALF = re.compile(r"(?<=[A-Ga-gz,'\]])/(2?)(?![\d/])")


def _in_the_tunes_spelling(tune: Tune, found: list[Candidate]) -> list[Candidate]:
    """Half a unit as the tune writes it: `/` or `/2`."""
    halves = Counter(_HALF.findall(tune.text))
    if halves["2"] <= halves[""]:
        return found
    return [
        replace(c, edits=tuple(Edit(e.span, re.sub(r"/(?![\d/])", "/2", e.text)) for e in c.edits))
        for c in found
    ]


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
    for cuts in _cuts(tune.source, measure, expected):
        cost = BAR_COST if measure.duration % expected == 0 else BAR_COST + 0.5
        found.append(Candidate(cost, tuple(Edit(Span(at, at), "|") for at in cuts)))
    for mark in measure.marks:
        if mark.text.startswith("[M:") and measure.duration > expected:
            found.append(Candidate(BAR_COST, (Edit(Span(mark.span.start, mark.span.start), "|"),)))
    for first, second in ((measure, following), (before, measure)):
        if (
            first is None
            or second is None
            or not _plain_bar(first)
            or not first.events
            or not second.events
        ):
            continue
        assert first.after is not None, "a plain bar is a bar"
        if second.ending or second.part:
            continue
        between = tune.source[first.events[-1].span.end : first.after.span.start]
        if {">", "<"} & set(between):  # a barline has come between the notes of a broken rhythm
            at = _after(tune.source, second, second.events[0])
            edits = (Edit(first.after.span, ""), Edit(Span(at, at), "|"))
            found.append(Candidate(BOTH_COST / 2, edits))
        total = first.duration + second.duration
        if total == expected:
            found.append(Candidate(BOTH_COST, (Edit(first.after.span, " "),)))
        elif total == 2 * expected:
            found += _moved_bar(tune.source, first, second, expected)
    return found


def _plain_bar(measure: Measure) -> bool:
    return measure.after is not None and measure.after.text in ("|", ".|")


def _cuts(source: str, measure: Measure, expected: Fraction) -> list[list[int]]:
    """Where barlines are missing if the measure is several bars run together.

    All full; or the last one short, where a section ends; or the first one short, where one begins.
    """
    if measure.overlays or not 1 < measure.duration / expected <= MAX_JOINED:
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
            found.append([_after(source, measure, ends[place]) for place in wanted])
    return found


_TIE = re.compile(r"[ \t]*\.?-")


def _after(source: str, measure: Measure, event: Event) -> int:
    """Where a barline may stand after an event: behind its tie or slur end, before the next sign."""
    place = event.span.end
    for mark in sorted(measure.marks, key=lambda m: m.span.start):
        if mark.kind == "slur-close" and mark.span.start == place:
            place = mark.span.end
    tie = _TIE.match(source, place) if event.tie else None
    return tie.end() if tie else place


def _moved_bar(source: str, first: Measure, second: Measure, expected: Fraction) -> list[Candidate]:
    """The barline between two measures stands a few notes too late or too early."""
    assert first.after is not None, "two measures have a barline between them"
    for events, offset, owner in (
        (first.events, Fraction(0), first), (second.events, first.duration, second),
    ):  # fmt: skip
        for event in events:
            if offset + event.onset + event.duration == expected:
                at = _after(source, owner, event)
                return [
                    Candidate(BOTH_COST, (Edit(first.after.span, " "), Edit(Span(at, at), "|")))
                ]
    return []


# -- notes and rests --------------------------------------------------------------------------


def _factor_edit(source: str, measure: Measure, event: Event, duration: Fraction) -> Edit | None:
    """Write an event with a new sounding duration; broken rhythm and tuplets keep their factor."""
    if event.duration == 0 or event.written == 0 or event.measures or event.macro:
        return None
    written = event.written * duration / event.duration
    return Edit(length_span(source, event), length_text(written / measure.unit / _inner(event)))


def _inner(event: Event) -> Fraction:
    """The factor that stands inside a chord; what is written is the one outside."""
    return event.notes[0].factor if event.kind == "chord" else Fraction(1)


def _resized(
    source: str,
    voice: Voice,
    measure: Measure,
    change: Fraction,
    patterns: Counter[tuple[Fraction, ...]],
) -> list[Candidate]:
    """One event made longer or shorter by `change`, if that gives a length people write."""
    found = []
    durations = [event.duration for event in measure.events]
    common = Counter(event.duration for event in voice.events)
    for position, event in enumerate(measure.events):
        new = event.duration + change
        if new <= 0 or event.measures or not event.duration:
            continue
        written = event.written * new / event.duration
        edit = _factor_edit(source, measure, event, new)
        if edit is None or written not in SIMPLE:
            continue
        rhythm = (*durations[:position], new, *durations[position + 1 :])
        ratio = max(new / event.duration, event.duration / new)
        cost = NOTE_COST + 0.3 * (float(ratio) - 1)
        cost += 0.0 if written.numerator in (1, 3) else 0.6
        cost += 0.2 if position + 1 < len(durations) else 0.0
        cost -= KNOWN_RHYTHM if patterns[rhythm] else 0.0
        cost -= (
            0.7 if common[event.duration] == 1 else 0.0
        )  # the only one of its kind is suspicious
        cost += 0.0 if common[new] else 0.25
        found.append(Candidate(cost, (edit,)))
    return found


def rests_at_end(source: str, measure: Measure, missing: Fraction) -> list[Candidate]:
    """Rests behind the last event of a measure."""
    text = _rest_text(measure, missing)
    if not measure.events or not text:
        return []
    at = _after(source, measure, measure.events[-1])
    return [Candidate(REST_COST, (Edit(Span(at, at), " " + text),))]


def _rest_text(measure: Measure, length: Fraction) -> str:
    return " ".join(f"z{length_text(part / measure.unit)}" for part in _rests(length))


def _rested(source: str, voice: Voice, measure: Measure, missing: Fraction) -> list[Candidate]:
    """A rest where another bar of this rhythm has one; else rests at the end of the measure."""
    found = rests_at_end(source, measure, missing)
    here = _with_rests(measure)
    others = {_with_rests(other) for other in voice.measures if other.full}
    for position, event in enumerate(measure.events if found else ()):
        if (*here[:position], (missing, True), *here[position:]) in others:
            start = _start(event)
            text = _rest_text(measure, missing) + " "
            found.append(Candidate(REST_COST - KNOWN_RHYTHM, (Edit(Span(start, start), text),)))
    return found


def _with_rests(measure: Measure) -> tuple[tuple[Fraction, bool], ...]:
    return tuple((event.duration, event.kind == "rest") for event in measure.events)


def _start(event: Event) -> int:
    """Where an event begins, with its chord symbol and grace notes."""
    spans = [s for s in (event.span, event.symbol_span, event.grace_span) if s is not None]
    return min(span.start for span in spans)


def _rests(length: Fraction) -> list[Fraction]:
    if length in SIMPLE:
        return [length]
    parts = []
    for size in (Fraction(1), *(Fraction(1, 2**n) for n in range(1, 8))):
        while length >= size:
            parts.append(size)
            length -= size
    return parts if length == 0 else []


def _shrunk(source: str, measure: Measure, surplus: Fraction) -> list[Candidate]:
    """Several notes halved, longest first, until the surplus is gone."""
    edits = []
    for event in sorted(measure.events, key=lambda e: (-e.duration, -e.onset)):
        if surplus == 0:
            break
        if event.duration != event.written:
            continue
        cut = min(surplus, event.duration / 2)
        edit = _factor_edit(source, measure, event, event.duration - cut)
        if edit is not None:
            edits.append(edit)
            surplus -= cut
    return [Candidate(MANY_COST + len(edits), tuple(edits))] if surplus == 0 else []


def _tuplets(
    measure: Measure, surplus: Fraction, patterns: Counter[tuple[Fraction, ...]]
) -> list[Candidate]:
    """The sign of a tuplet is lost: so many equal notes in the time of fewer take up the surplus."""
    found = []
    plain = [e.duration == e.written and not e.measures for e in measure.events]
    durations = [event.duration for event in measure.events]
    compound = measure.meter is not None and measure.meter.compound
    for size, time in ((2, 3), (4, 3)) if compound else ((3, 2), (5, 4), (6, 4), (7, 4)):
        ratio = Fraction(time, size)
        for position in range(len(durations) - size + 1):
            inside = durations[position : position + size]
            if sum(inside) * (1 - ratio) != surplus or not all(plain[position : position + size]):
                continue
            rhythm = (
                *durations[:position],
                *(d * ratio for d in inside),
                *durations[position + size :],
            )
            start = _start(measure.events[position])
            sign = f"({size}" if size in (2, 3, 4, 6) else f"({size}:{time}:{size}"
            cost = NOTE_COST + (0.4 if len(set(inside)) == 1 else 1.4)
            cost -= KNOWN_RHYTHM if patterns[rhythm] else 0.0
            found.append(Candidate(cost, (Edit(Span(start, start), sign),)))
    return found


# -- what other bars say --------------------------------------------------------------------------


def _like_another(tune: Tune, voice: Voice, wrong: Measure) -> list[Candidate]:
    """Make the bar equal to another one that it differs from in one length or one lost event."""
    found: dict[tuple[Edit, ...], Candidate] = {}
    here = [(event.midi, event.duration) for event in wrong.events]
    for other in voice.measures:
        if other is wrong or not other.full or other.overlays or other.expected != wrong.expected:
            continue
        there = [(event.midi, event.duration) for event in other.events]
        edit = _one_length(tune.source, wrong, here, there)
        # a last note shorter than elsewhere proves nothing: that is how old books end a section
        proven = here[-1:] == there[-1:]
        if edit is None:
            edit, proven = _one_lost(tune, wrong, here, other, there), True
        if edit is not None and (edit,) not in found:
            found[(edit,)] = Candidate(PROVEN + 0.1 * len(found), (edit,), proven)
    return list(found.values())


Shape = list[tuple[tuple[int, ...], Fraction]]


def _one_length(source: str, wrong: Measure, here: Shape, there: Shape) -> Edit | None:
    """The same notes, of which one has another length there."""
    if len(here) != len(there) or len(here) < 3 or [p for p, _ in here] != [p for p, _ in there]:
        return None
    differing = [i for i, (a, b) in enumerate(zip(here, there, strict=True)) if a != b]
    if len(differing) != 1:
        return None
    return _factor_edit(source, wrong, wrong.events[differing[0]], there[differing[0]][1])


def _one_lost(tune: Tune, wrong: Measure, here: Shape, other: Measure, there: Shape) -> Edit | None:
    """The same events, of which one is missing here; it is written as it stands there."""
    if len(here) + 1 != len(there) or len(here) < 3:
        return None
    place = next(
        (i for i, (a, b) in enumerate(zip(here, there, strict=False)) if a != b), len(here)
    )
    if here[place:] != there[place + 1 :]:
        return None
    lost = other.events[place]
    if other.unit != wrong.unit or lost.duration != lost.written or lost.macro:
        return None
    text = lost.span.of(tune.source)
    if place < len(wrong.events):
        at = _start(wrong.events[place])
        return Edit(Span(at, at), text)
    at = _after(tune.source, wrong, wrong.events[-1])
    return Edit(Span(at, at), text)
