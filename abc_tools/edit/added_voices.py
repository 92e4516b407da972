"""Voices made from a melody: a bass and a drone below it, measure by measure as long as it.

The new voice stands behind the music of the tune, with the same barlines and endings. Chords are
those of the tune; where there are none they are chosen (`harmonise.chords_for`).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from abc_tools.chords import ChordSymbol
from abc_tools.edit.voice_text import (
    NewVoice,
    Part,
    added_voices,
    bar_text,
    free_id,
    line_breaks,
    require_single_bars,
)
from abc_tools.harmonise import chords_for, melody_voice
from abc_tools.text import Edit
from abc_tools.theory import STEPS, Interval, Key, Meter, Pitch
from abc_tools.tune import Measure, Tune, Voice

PATTERNS = ("root", "root-fifth", "block", "held", "oompah", "alberti", "walking")
BASS_LOW = 38  # D2: the lowest root
CHORD_LOW = 45  # A2: the lowest root of a chord, which sounds muddy below
Figure = list[tuple[tuple[Pitch, ...], Fraction]]


def add_bass(tune: Tune, pattern: str = "root-fifth") -> list[Edit]:
    """A left hand from the chords, in the pulse of the meter.

    `root` held; `root-fifth` on the beats; `block` chords on the beats, or `held`; `oompah`, the
    root and then chords; `alberti`, broken chords; `walking`, a note a beat that leads to the next
    root. Where a chord enters between beats, its figure begins there. ValueError for an unknown
    pattern, and when there are no notes.
    """
    if pattern not in PATTERNS:
        raise ValueError(f"“{pattern}” is no accompaniment. There are: {', '.join(PATTERNS)}.")
    voice = melody_voice(tune)
    chords: dict[int, list[tuple[Fraction, ChordSymbol]]] = {}
    for item in chords_for(tune):
        chords.setdefault(item.index, []).append((item.onset, item.chord))
    parts: list[Part] = []
    sounding: ChordSymbol | None = None
    for index, measure in enumerate(voice.measures):
        own = chords.get(index, [])
        following = next((chords[i][0][1] for i in sorted(chords) if i > index), None)
        parts.append(_measure(measure, own, sounding, following, pattern))
        sounding = own[-1][1] if own else sounding
    return _new_voice(tune, voice, parts, "Bass", "bass")


def _measure(measure: Measure, own: list[tuple[Fraction, ChordSymbol]],
             before: ChordSymbol | None, following: ChordSymbol | None, pattern: str) -> Part:  # fmt: skip
    """One bar: the figure of each of its chords, a rest before the first."""
    if not own or measure.number == 0:
        return [((), measure.duration)]
    if own[0][0] > 0:
        first = Fraction(0)
        own = [(first, before), *own] if before else own
    if pattern == "walking":  # a line walks on through a chord that is written again
        own = [c for n, c in enumerate(own) if not n or c[1].text != own[n - 1][1].text]
    part: Part = [((), own[0][0])] if own[0][0] > 0 else []
    stops = [*(at for at, _ in own[1:]), measure.duration]
    after = [*(chord for _, chord in own[1:]), following]
    for (at, chord), stop, coming in zip(own, stops, after, strict=True):
        figure = _figure(chord, coming, measure.key, measure.meter, stop - at, pattern)
        count = 0
        while at < stop:
            pitches, length = figure[count % len(figure)]
            length = min(length, stop - at)
            part.append((pitches, length))
            at, count = at + length, count + 1
    return part


def _figure(
    chord: ChordSymbol, coming: ChordSymbol | None, key: Key, meter: Meter | None,
    length: Fraction, pattern: str,
) -> Figure:  # fmt: skip
    """What a pattern plays on one chord, to be repeated as long as the chord lasts."""
    beat = meter.beat if meter else Fraction(1, 4)
    compound = bool(meter and meter.compound)
    full = pattern in ("block", "held", "alberti")
    root, third, fifth = _tones(chord, CHORD_LOW if full else BASS_LOW)
    if pattern == "root":
        return [((root,), length)]
    if pattern == "root-fifth":
        return [((root,), beat), ((fifth,), beat)]
    if pattern == "block":
        return [((root, third, fifth), beat)]
    if pattern == "held":
        return [((root, third, fifth), length)]
    if pattern == "alberti":
        order = (root, third, fifth) if compound else (root, fifth, third, fifth)
        return [((p,), beat / (3 if compound else 2)) for p in order]
    if pattern == "oompah":
        return _oompah(root, third, fifth, beat, meter, length)
    return [((p,), beat) for p in _walk(root, third, fifth, coming, key, round(length / beat))]


def _oompah(
    root: Pitch, third: Pitch, fifth: Pitch, beat: Fraction, meter: Meter | None, length: Fraction
) -> Figure:  # fmt: skip
    """Waltz: root and two chords; two beats: root, chord, fifth, chord; jigs: long and short."""
    up = 1 if third.midi < CHORD_LOW + 4 else 0  # chords lie above the bass
    high = tuple(Pitch(p.step, p.alter, p.octave + up) for p in (third, fifth))
    if meter and meter.compound:
        long, short = beat * 2 / 3, beat / 3
        return [((root,), long), (high, short), ((fifth,), long), (high, short)]
    if meter and sum(meter.beats) == 3:
        return [((root,), beat), (high, beat), (high, beat)]
    if length <= beat:
        beat = length / 2
    return [((root,), beat), (high, beat), ((fifth,), beat), (high, beat)]


def _walk(root: Pitch, third: Pitch, fifth: Pitch, coming: ChordSymbol | None, key: Key,
          count: int) -> list[Pitch]:  # fmt: skip
    """Chord tones upwards, and last a note a step from the next root."""
    line = [root, third, fifth, third][: max(count, 1)]
    line += [root, third, fifth, third] * (max(count - 4, 0) // 4 + 1) if count > 4 else []
    line = line[: max(count, 1)]
    if coming is not None and count > 1:
        goal = _tones(coming)[0]
        steps = 1 if line[-2].midi > goal.midi else -1
        octave, index = divmod(goal.diatonic + steps, 7)
        line[-1] = Pitch(STEPS[index], key.signature[STEPS[index]], octave)
    return line


def _tones(chord: ChordSymbol, low: int = BASS_LOW) -> tuple[Pitch, Pitch, Pitch]:
    """Root, third and fifth, the root as low as it may lie."""
    root = Pitch(chord.root, chord.alter, 2)
    if root.midi < low:
        root = Pitch(chord.root, chord.alter, 3)
    return root, _above(chord, root, 1), _above(chord, root, 2)


def _above(chord: ChordSymbol, root: Pitch, n: int) -> Pitch:
    """The third or fifth of a chord, spelled by its steps."""
    notes = chord.intervals
    size = next((i for i in notes if (3 <= i <= 5 if n == 1 else 6 <= i <= 8)), 7)
    steps = (3 if size == 5 else 2) if n == 1 else 4
    return root.transposed(Interval(steps, size))


def add_drone(tune: Tune) -> list[Edit]:
    """A drone of tonic and fifth, held under every bar. ValueError without a key."""
    voice = melody_voice(tune)
    parts: list[Part] = []
    for measure in voice.measures:
        key = measure.key
        if not key.tonic:
            raise ValueError("The tune names no key, so it has no tonic for a drone.")
        root, _, fifth = _tones(ChordSymbol(key.tonic, key.alter, ""))
        both = (root, fifth) if measure.number else ()
        parts.append([(both, measure.duration)])
    return _new_voice(tune, voice, parts, "Drone", "bass")


def _new_voice(tune: Tune, voice: Voice, parts: list[Part], name: str, clef: str) -> list[Edit]:
    """The edits that put a voice behind the others."""
    require_single_bars(voice)
    breaks = line_breaks(tune, voice)
    bars = [
        bar_text(m.key, p, m.unit, b) for m, p, b in zip(voice.measures, parts, breaks, strict=True)
    ]
    return added_voices(tune, voice, [NewVoice(free_id(tune), name, clef, tuple(bars))])


MAKERS: dict[str, Callable[[Tune], list[Edit]]] = {"bass": add_bass, "drone": add_drone}
"""Voices that can be added, by name."""
