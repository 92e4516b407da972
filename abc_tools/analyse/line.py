"""What the rooms of the analysis read: the melody note by note, chords with how long they hold, bars.

Conventions: the melody is the top note of the leading voice, tied notes joined; positions and lengths
are `Fraction`s of a whole note from the start of the text, repeats not unfolded. Metrical weight is 1
on the downbeat, 0.75 on the half of an even bar, 0.5 on other beats, 0.25 elsewhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.sections import Section, sections
from abc_tools.theory import Key, Meter, Pitch
from abc_tools.tune import Event, Measure, Tune


@dataclass(frozen=True, slots=True)
class Sounded:
    """One note of the melody. `index` is its measure's place among the measures of the voice."""

    bar: int
    index: int
    onset: Fraction
    position: Fraction
    duration: Fraction
    pitch: Pitch
    midi: int
    weight: float
    event: Event
    key: Key

    @property
    def end(self) -> Fraction:
        """Where it stops sounding."""
        return self.position + self.duration


@dataclass(frozen=True, slots=True)
class Harmony:
    """A written chord symbol that holds from `position` to `end`; `key` is the written key there."""

    bar: int
    position: Fraction
    end: Fraction
    chord: ChordSymbol
    key: Key


@dataclass(frozen=True)
class Material:
    """A tune and what is read from it once for all rooms."""

    tune: Tune

    @cached_property
    def notes(self) -> tuple[Sounded, ...]:
        """The melody."""
        return melody_line(self.tune.measures)

    @cached_property
    def starts(self) -> tuple[Fraction, ...]:
        """Where each measure of the leading voice begins."""
        return measure_starts(self.tune.measures)

    @cached_property
    def chords(self) -> tuple[Harmony, ...]:
        """The chord symbols of the voice that has most of them."""
        lines = (_harmonies(voice.measures) for voice in self.tune.voices)
        return max(lines, key=len, default=())

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections of the leading voice; one is repeated only if a repeat lies within it."""
        inside = {
            index for first, last in self.repeats for index, part in enumerate(sections(self.tune))
            if part.start <= first and last < part.stop
        }  # fmt: skip
        return tuple(
            replace(part, repeated=index in inside)
            for index, part in enumerate(sections(self.tune))
        )

    @cached_property
    def repeats(self) -> tuple[tuple[int, int], ...]:
        """The stretches between repeat signs: first and last measure of each, by their places."""
        found, start = [], 0
        for index, measure in enumerate(self.tune.measures):
            if any(barline.repeat_start for barline in measure.before):
                start = index
            if measure.after is not None and measure.after.repeat_end:
                found.append((start, index))
                start = index + 1
        return tuple(found)

    @cached_property
    def length(self) -> Fraction:
        """The length of the leading voice."""
        last = self.tune.measures[-1] if self.tune.measures else None
        return self.starts[-1] + last.duration if last else Fraction(0)

    def bar_at(self, position: Fraction) -> int:
        """The printed number of the bar that sounds at a position."""
        index = max(bisect_right(self.starts, position) - 1, 0)
        return self.tune.measures[index].number

    def chord_at(self, position: Fraction) -> Harmony | None:
        """The chord that holds at a position."""
        index = bisect_right([h.position for h in self.chords], position) - 1
        found = self.chords[index] if index >= 0 else None
        return found if found is not None and position < found.end else None


def measure_starts(measures: tuple[Measure, ...]) -> tuple[Fraction, ...]:
    """Where each measure begins when all are laid end to end."""
    starts, at = [], Fraction(0)
    for measure in measures:
        starts.append(at)
        at += measure.duration
    return tuple(starts)


def melody_line(measures: tuple[Measure, ...]) -> tuple[Sounded, ...]:
    """The top notes of some measures in order, tied notes joined to one.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/4\\nK:G\\nGA-|A[BD]|]\\n")
    >>> [(n.pitch.name, str(n.duration), n.weight) for n in melody_line(tune.measures)]
    [('G4', '1/4', 1.0), ('A4', '1/2', 0.5), ('B4', '1/4', 0.5)]
    """
    line: list[Sounded] = []
    for index, (measure, start) in enumerate(zip(measures, measure_starts(measures), strict=True)):
        shift = _upbeat(measure, index)
        for event in measure.events:
            if not event.notes or not event.duration:  # a head without time is no tone
                continue
            top = max(event.notes, key=lambda n: n.pitch.midi).pitch
            if top.midi == (line[-1].midi if line else None) and event.tied:
                line[-1] = _held(line[-1], event.duration)
                continue
            line.append(Sounded(
                measure.number, index, event.onset, start + event.onset, event.duration, top,
                top.midi, metrical_weight(event.onset + shift, measure.meter), event,
                key_at(measure, event),
            ))  # fmt: skip
    return tuple(line)


def _held(note: Sounded, more: Fraction) -> Sounded:
    return Sounded(note.bar, note.index, note.onset, note.position, note.duration + more, note.pitch,
                   note.midi, note.weight, note.event, note.key)  # fmt: skip


def _upbeat(measure: Measure, index: int) -> Fraction:
    """How far into a full bar a pickup begins."""
    if measure.number or index or measure.expected is None:
        return Fraction(0)
    return max(measure.expected - measure.duration, Fraction(0))


def key_at(measure: Measure, event: Event) -> Key:
    """The written key at an event: inline fields are told by the measure's first and last key."""
    if measure.key == measure.key_at_end:
        return measure.key
    changes = [m.span.start for m in measure.marks if m.text.startswith("[K:")]
    return measure.key_at_end if changes and event.span.start > changes[-1] else measure.key


def metrical_weight(onset: Fraction, meter: Meter | None) -> float:
    """How strong a place in the bar is: 1, 0.75, 0.5 or 0.25; 0.5 everywhere in free meter.

    >>> from abc_tools.theory import parse_meter
    >>> [metrical_weight(Fraction(n, 8), parse_meter("4/4")) for n in (0, 4, 2, 1)]
    [1.0, 0.75, 0.5, 0.25]
    """
    if meter is None:
        return 0.5
    place = onset % meter.length
    if place == 0:
        return 1.0
    if len(meter.beats) > 1:
        edges = {Fraction(sum(meter.beats[:n]), meter.unit) for n in range(1, len(meter.beats))}
        return 0.75 if place in edges else 0.25
    beat = Fraction(1, 4) if meter.text == "C|" else meter.beat
    if place % beat:
        return 0.25
    count = meter.length / beat
    even = count.denominator == 1 and count % 4 == 0
    return 0.75 if even and place * 2 == meter.length else 0.5


def _harmonies(measures: tuple[Measure, ...]) -> tuple[Harmony, ...]:
    """Chord symbols with their ends; a chord holds until the next one or the end of its section."""
    found: list[tuple[int, Fraction, ChordSymbol, Key]] = []
    stops: list[Fraction] = []
    at = Fraction(0)
    for index, measure in enumerate(measures):
        for event in measure.events:
            chord = parse_chord(event.chord_symbol) if event.chord_symbol else None
            if chord is not None:
                found.append((measure.number, at + event.onset, chord, key_at(measure, event)))
        at += measure.duration
        if measure.ends_section or index == len(measures) - 1:
            stops.append(at)
    harmonies = []
    for index, (bar, position, chord, key) in enumerate(found):
        stop = next((s for s in stops if s > position), at)
        following = found[index + 1][1] if index + 1 < len(found) else stop
        harmonies.append(Harmony(bar, position, min(stop, following), chord, key))
    return tuple(harmonies)


def changes(chords: tuple[Harmony, ...]) -> Iterator[Harmony]:
    """The chords where the harmony moves: a repeated symbol is left out."""
    before: Harmony | None = None
    for item in chords:
        if before is None or item.chord != before.chord:
            yield item
        before = item
