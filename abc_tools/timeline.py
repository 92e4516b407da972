"""A tune as it is played: repeats and endings unfolded, ties joined, tempo applied → timed events.

Positions are whole notes from the beginning of the performance, `seconds` are seconds. One timeline
serves MIDI, sound and the cursor on the page, so that they cannot disagree. The order of measures comes
from `play`. Source: ABC 2.1 §4.8–4.11.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from abc_tools.play import performed
from abc_tools.text import Span
from abc_tools.tune import Event, Measure, Tune, Voice

GRACE = Fraction(1, 32)


@dataclass(frozen=True)
class TimedNote:
    """One sounding note. `span` is the text of the event that it belongs to; `voice` an index."""

    voice: int
    position: Fraction
    length: Fraction
    seconds: float
    duration: float
    midi: int
    velocity: int
    program: int
    span: Span
    bar: int


@dataclass(frozen=True)
class TimedMeasure:
    """A measure of the leading voice each time it is played."""

    position: Fraction
    seconds: float
    number: int
    measure: Measure


@dataclass(frozen=True)
class Timeline:
    """A performance. `tempos` are (position, seconds per whole note) from there on."""

    events: tuple[TimedNote, ...]
    measures: tuple[TimedMeasure, ...]
    tempos: tuple[tuple[Fraction, Fraction], ...]
    length: Fraction
    seconds: float

    def seconds_at(self, position: Fraction) -> float:
        """When a position sounds, in seconds from the beginning."""
        return self._clock.seconds(position)

    @cached_property
    def _clock(self) -> _Clock:
        return _Clock(self.tempos)


def unfold(tune: Tune) -> Timeline:
    """The performance of a tune. Voices with as many measures as the longest follow its repeats."""
    if not tune.voices:
        return Timeline((), (), ((Fraction(0), tune.tempo.seconds_per_whole),), Fraction(0), 0.0)
    lead = max(range(len(tune.voices)), key=lambda i: len(tune.voices[i].measures))
    order = performed(tune, tune.voices[lead].measures)
    played = []
    for voice in tune.voices:
        same = len(voice.measures) == len(tune.voices[lead].measures)
        played.append(_placed(voice, order if same else performed(tune, voice.measures)))
    tempos = _tempos(tune, [pair for voice in played for pair in voice])
    clock = _Clock(tempos)
    events: list[TimedNote] = []
    for index, placed in enumerate(played):
        events += _sounding(index, tune.voices[index], placed, clock)
    length = max((p + m.duration for voice in played for p, m in voice), default=Fraction(0))
    measures = tuple(
        TimedMeasure(position, clock.seconds(position), measure.number, measure)
        for position, measure in played[lead]
    )
    events.sort(key=lambda e: (e.position, e.voice, e.midi))
    return Timeline(tuple(events), measures, tempos, length, clock.seconds(length))


def _placed(voice: Voice, order: list[int]) -> list[tuple[Fraction, Measure]]:
    """(position, measure) for every measure that is played."""
    placed = []
    position = Fraction(0)
    for index in order:
        measure = voice.measures[index]
        placed.append((position, measure))
        position += measure.duration
    return placed


def _tempos(
    tune: Tune, placed: list[tuple[Fraction, Measure]]
) -> tuple[tuple[Fraction, Fraction], ...]:
    changes = {Fraction(0): tune.tempo.seconds_per_whole}
    for position, measure in placed:
        if measure.tempo is not None:
            changes[position] = measure.tempo.seconds_per_whole
    return tuple(sorted(changes.items()))


class _Clock:
    """Positions → seconds under changing tempo."""

    def __init__(self, tempos: tuple[tuple[Fraction, Fraction], ...]) -> None:
        self.positions = [position for position, _ in tempos]
        self.rates = [rate for _, rate in tempos]
        self.starts = [Fraction(0)]
        for index in range(1, len(tempos)):
            gap = self.positions[index] - self.positions[index - 1]
            self.starts.append(self.starts[-1] + gap * self.rates[index - 1])

    def seconds(self, position: Fraction) -> float:
        index = max(bisect_right(self.positions, position) - 1, 0)
        return float(self.starts[index] + (position - self.positions[index]) * self.rates[index])


def _sounding(
    index: int, voice: Voice, placed: list[tuple[Fraction, Measure]], clock: _Clock
) -> Iterator[TimedNote]:
    """The notes of one voice; ties lengthen the note before, grace notes take from the next."""
    notes: list[TimedNote] = []
    for start, measure in placed:
        for layer in (measure.events, *measure.overlays):
            for event in layer:
                _add(notes, index, voice.program, start + event.onset, event, measure)
    for note in notes:
        begin, end = clock.seconds(note.position), clock.seconds(note.position + note.length)
        yield replace(note, seconds=begin, duration=end - begin)


def _add(
    notes: list[TimedNote], voice: int, program: int, position: Fraction, event: Event,
    measure: Measure,
) -> None:  # fmt: skip
    length = event.duration
    graces = event.grace if event.notes else ()
    step = min(GRACE, length / 2 / len(graces)) if graces else Fraction(0)
    velocity = 96 if event.onset == 0 else 84
    for number, grace in enumerate(graces):
        notes.append(TimedNote(voice, position + step * number, step, 0.0, 0.0, grace.pitch.midi,
                               76, program, event.span, measure.number))  # fmt: skip
    position, length = position + step * len(graces), length - step * len(graces)
    for note in event.notes:
        if note.tied and (held := _held(notes, voice, note.pitch.midi, position)) is not None:
            before = notes[held]
            notes[held] = replace(before, length=position + length - before.position)
            continue
        notes.append(TimedNote(voice, position, length, 0.0, 0.0, note.pitch.midi, velocity,
                               program, event.span, measure.number))  # fmt: skip


def _held(notes: list[TimedNote], voice: int, midi: int, position: Fraction) -> int | None:
    """Index of the note that sounds until `position` on the same pitch."""
    for index in range(len(notes) - 1, max(-1, len(notes) - 40), -1):
        note = notes[index]
        if note.voice == voice and note.midi == midi and note.position + note.length == position:
            return index
    return None
