"""Four voices from one: the melody as soprano, with alto, tenor and bass beneath it.

Chords are those of the tune where it has some, else chosen (`harmonise`); the voices are found by
`voicing`. The melody stays as it is. The lower voices move with its beats, hold where it moves
within a chord, and are silent where it is.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.edit.voice_text import (
    NewVoice,
    Part,
    added_voices,
    bar_text,
    free_id,
    line_breaks,
    own_id,
    require_single_bars,
)
from abc_tools.harmonise import Placed, chords_for, melody_voice
from abc_tools.harmony_model import symbol
from abc_tools.text import Edit
from abc_tools.theory import Pitch
from abc_tools.tune import Event, Measure, Tune, Voice
from abc_tools.voicing import Moment, Voicing, best_voices

Start = tuple[int, Fraction]  # index of a measure, and a place in it
LOWER = (("A", "Alto", "treble"), ("T", "Tenor", "bass"), ("B", "Bass", "bass"))


@dataclass(frozen=True)
class Stretch:
    """From one place where the lower voices may move to the next; `moment` is None for a rest."""

    index: int
    length: Fraction
    moment: Moment | None


def add_choir(tune: Tune, measures: list[Measure] | None = None) -> list[Edit]:
    """Alto, tenor and bass under the melody; in bars that are not asked for they are silent.

    ValueError where there are several voices already, where the melody lies too low, and where
    chords cannot be chosen.
    """
    voice = melody_voice(tune)
    if sum(any(e.notes for e in v.events) for v in tune.voices) > 1:
        raise ValueError("A choir is made from one voice; this tune has more. Take the others out.")
    require_single_bars(voice)
    numbers = None if measures is None else {m.number for m in measures}
    stretches = _stretches(voice, _chords(tune, voice), numbers)
    moments = [s.moment for s in stretches if s.moment]
    if not moments:
        raise ValueError("There are no notes in these bars.")
    found = iter(best_voices(moments))
    sung = [(s, next(found) if s.moment else None) for s in stretches]
    new, breaks = [], line_breaks(tune, voice)
    for n, (id_, name, clef) in enumerate(LOWER):
        bars = [_bar(m, [p for p in sung if p[0].index == i], n, breaks[i])
                for i, m in enumerate(voice.measures)]  # fmt: skip
        new.append(NewVoice(free_id(tune, id_), name, clef, tuple(bars)))
    own = own_id(tune, voice, "S")
    score = f"[({own} {new[0].id}) ({new[1].id} {new[2].id})]"
    return added_voices(tune, voice, new, melody='S clef=treble name="Soprano"', score=score)


def _bar(
    measure: Measure, sung: list[tuple[Stretch, Voicing | None]], n: int, breaks: list[Fraction]
) -> str:
    """One bar of a lower voice: a note that stays within its chord is held."""
    part: Part = []
    for stretch, voicing in sung:
        pitches: tuple[Pitch, ...] = (voicing[n],) if voicing else ()
        fresh = stretch.moment is None or stretch.moment.fresh
        if part and part[-1][0] == pitches and not (fresh and pitches):
            part[-1] = (pitches, part[-1][1] + stretch.length)
        else:
            part.append((pitches, stretch.length))
    return bar_text(measure.key, part, measure.unit, breaks)


def _chords(tune: Tune, voice: Voice) -> dict[Start, ChordSymbol]:
    """Where chords begin: the tune's own, and chosen ones before the first of them."""
    own = {
        (index, event.onset): chord
        for index, measure in enumerate(voice.measures)
        for event in measure.events
        if event.chord_symbol and (chord := parse_chord(event.chord_symbol))
    }
    first = min(own, default=(len(voice.measures), Fraction(0)))
    start = next((i, e.onset) for i, m in enumerate(voice.measures) for e in m.events if e.notes)
    if first <= start:
        return own
    chosen: list[Placed] = chords_for(tune, rate=_rate(voice))
    found = {(p.index, p.onset): p.chord for p in chosen if (p.index, p.onset) < first} | own
    return {**_opening(voice, start, found), **found}


def _opening(
    voice: Voice, start: Start, found: dict[Start, ChordSymbol]
) -> dict[Start, ChordSymbol]:
    """A chord for a pickup that has none: of tonic and dominant the one that has its first note."""
    if not found or min(found) <= start:
        return {}
    measure = voice.measures[start[0]]
    event = next(e for e in measure.events if e.onset == start[1])
    minor = "m" if measure.key.minor_third else ""
    if measure.key.tonic:
        for state in ((0, minor), (7, "")):
            chord = symbol(state, measure.key)
            if event.midi[0] % 12 in chord.pitch_classes:
                return {start: chord}
    return {start: found[min(found)]}


def _rate(voice: Voice) -> str:
    """A chord for every beat where the melody walks in beats, as in a hymn; else as usual."""
    beats = short = 0
    for measure in voice.measures:
        beat = measure.meter.beat if measure.meter else Fraction(1, 4)
        for event in measure.events:
            beats += event.onset % beat == 0
            short += event.onset % beat != 0
    return "beat" if beats > 4 * short else "auto"


def _stretches(
    voice: Voice, chords: dict[Start, ChordSymbol], numbers: set[int] | None
) -> list[Stretch]:
    """The whole voice cut where the lower voices may move."""
    found: list[Stretch] = []
    sounding: ChordSymbol | None = None
    for index, measure in enumerate(voice.measures):
        inside = numbers is None or measure.number in numbers
        edges = [*_edges(measure, {at for i, at in chords if i == index}), measure.duration]
        last = index + 1 == len(voice.measures) or measure.ends_section
        for at, stop in itertools.pairwise(edges):
            here = [c for (i, start), c in sorted(chords.items(), key=lambda c: c[0])
                    if i == index and start <= at]  # fmt: skip
            before, sounding = sounding, here[-1] if here else sounding
            notes = _melody(measure, at, stop)
            moment = None
            if inside and notes and sounding:
                fresh = at == 0 or sounding != before
                final = last and not any(e.notes and e.onset >= stop for e in measure.events)
                moment = Moment(notes, sounding, measure.key, fresh, final, at == 0)
            found.append(Stretch(index, stop - at, moment))
    return found


def _edges(measure: Measure, chords: set[Fraction]) -> list[Fraction]:
    """Where the lower voices may move: chords, beats that the melody strikes, rests."""
    beat = measure.meter.beat if measure.meter else Fraction(1, 4)
    found = {Fraction(0)} if measure.events else set()
    silent = False
    for event in measure.events:
        rest = not event.notes
        at = event.onset
        if at in chords or at % beat == 0 or rest != silent:
            found.add(at)
        silent = rest
    return sorted(at for at in found if not at.denominator & (at.denominator - 1))


def _melody(measure: Measure, start: Fraction, stop: Fraction) -> tuple[int, ...]:
    """The melody in a stretch, of several notes at once the lowest; () if it opens with a rest."""
    inside = [e for e in measure.events if e.onset < stop and e.onset + e.duration > start]
    first: Event | None = inside[0] if inside else None
    if first is None or not first.notes:
        return ()
    return tuple(min(e.midi) for e in inside if e.notes)
