"""Chord symbols → a plain accompaniment: the bass on the strong beats, the chord on the others.

So that a lead sheet sounds as it reads. Positions follow the timeline; a chord lasts until the next
symbol or the end of its section. Voicings stay between C3 and C5 and move as little as they can.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.timeline import TimedMeasure, Timeline
from abc_tools.tune import Measure

BASS_LOW = 36
CHORD_LOW = 52


def accompany(timeline: Timeline) -> list[tuple[Fraction, Fraction, int, bool]]:
    """(position, length, MIDI number, is bass) of every accompanying note; [] without chords."""
    notes: list[tuple[Fraction, Fraction, int, bool]] = []
    chord: ChordSymbol | None = None
    for timed in timeline.measures:
        for position, length, at, strong in _strokes(timed, chord):
            chord = at
            if chord is None:
                continue
            if strong:
                notes.append((position, length, bass_note(chord), True))
            else:
                notes += [(position, length, midi, False) for midi in voicing(chord)]
        chord = _last_chord(timed.measure, chord)
    return notes


def bass_note(chord: ChordSymbol) -> int:
    """MIDI number of the chord's bass, in the octave from C2."""
    plain = ChordSymbol(chord.bass[0], chord.bass[1], "") if chord.bass else chord
    return BASS_LOW + plain.root_class


def voicing(chord: ChordSymbol) -> list[int]:
    """Three or four notes of the chord from E3 upwards."""
    classes = sorted({(chord.root_class + i) % 12 for i in chord.intervals})
    return sorted(CHORD_LOW + (c - CHORD_LOW) % 12 for c in classes)[:4]


def _strokes(
    timed: TimedMeasure, chord: ChordSymbol | None
) -> Iterator[tuple[Fraction, Fraction, ChordSymbol | None, bool]]:
    """(position, length, chord, strong) for the beats of one measure."""
    measure = timed.measure
    changes = _changes(measure)
    beat = measure.meter.beat if measure.meter else Fraction(1, 4)
    offset = Fraction(0)
    if measure.number == 0 and measure.expected is not None:
        return  # a pickup is played alone
    while offset < measure.duration:
        length = min(beat, measure.duration - offset)
        sounding = chord
        fresh = False
        for at, symbol in changes:
            if at <= offset:
                fresh = at == offset or at > offset - beat
                sounding = symbol
        strong = offset == 0 or fresh or (offset / beat) % 4 == 2
        yield timed.position + offset, length, sounding, strong
        if measure.meter is not None and measure.meter.compound:
            third = length / 3
            if sounding is not None and length == beat:
                yield timed.position + offset + 2 * third, third, sounding, False
        offset += beat


def _changes(measure: Measure) -> list[tuple[Fraction, ChordSymbol]]:
    found = []
    for event in measure.events:
        chord = parse_chord(event.chord_symbol) if event.chord_symbol else None
        if chord is not None:
            found.append((event.onset, chord))
    return found


def _last_chord(measure: Measure, chord: ChordSymbol | None) -> ChordSymbol | None:
    changes = _changes(measure)
    if changes:
        return changes[-1][1]
    return None if measure.after is not None and measure.after.text == "|]" else chord
