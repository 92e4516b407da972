"""Moving notes: transposition by an interval, by scale steps, to a key, for an instrument.

Intervals are spelled (`theory.Interval`); rhythm never changes here.
"""

from __future__ import annotations

from collections.abc import Callable

from abc_tools.chords import ChordSymbol
from abc_tools.edit.keys import key_fields
from abc_tools.edit.mode import triad, triad_kind
from abc_tools.edit.selection import all_measures, events
from abc_tools.edit.symbols import chord_edit
from abc_tools.spelling import changed_only, respell
from abc_tools.text import Edit
from abc_tools.theory import STEPS, Interval, Key, Pitch, key_interval
from abc_tools.tune import Measure, Note, Tune

MIDI_LOW, MIDI_HIGH = 24, 108


def transpose(tune: Tune, interval: Interval, measures: list[Measure] | None = None) -> list[Edit]:
    """Move everything (or only `measures`) by an interval: notes, chord symbols and keys.

    The whole tune changes its `K:`; a part of it stays in its key and gets accidentals.
    """
    whole = measures is None
    edits: list[Edit] = []
    for measure in all_measures(tune) if measures is None else measures:
        key = measure.key.transposed(interval) if whole else measure.key
        moved_key = measure.key.transposed(interval)
        enharmonic = _enharmonic(measure.key, moved_key, interval)
        edits += respell(measure, key, _note_by(enharmonic))
        for event in events(measure):
            edits += chord_edit(tune, event, _chord_by(enharmonic))
    if whole:
        edits += key_fields(tune, lambda old: old.transposed(interval))
    _check_range(tune, edits, interval, measures)
    return changed_only(tune.source, edits)


def _note_by(interval: Interval) -> Callable[[Note], Pitch]:
    return lambda note: note.written.transposed(interval)


def _chord_by(interval: Interval) -> Callable[[ChordSymbol], ChordSymbol]:
    return lambda chord: chord.transposed(interval)


def _enharmonic(old: Key, new: Key, interval: Interval) -> Interval:
    """The interval with the steps that lead to the new key's own spelling (Db instead of C#)."""
    if not old.tonic:
        return interval
    octaves = round((interval.semitones - key_interval(old, new, direction=1).semitones) / 12)
    base = key_interval(old, new, direction=1)
    return Interval(base.steps + 7 * octaves, base.semitones + 12 * octaves)


def _check_range(
    tune: Tune, edits: list[Edit], interval: Interval, measures: list[Measure] | None
) -> None:
    for measure in all_measures(tune) if measures is None else measures:
        for event in events(measure):
            for midi in event.midi:
                if not MIDI_LOW <= midi + interval.semitones <= MIDI_HIGH:
                    raise ValueError("That would take notes out of the range that can be written.")


def transpose_to(tune: Tune, key: Key, *, direction: int = 0) -> list[Edit]:
    """Move the whole tune so that its tonic is that of `key`; the mode stays what it is."""
    if not tune.key.tonic or not key.tonic:
        raise ValueError("A tune without a key cannot be moved to one.")
    return transpose(tune, key_interval(tune.key, key, direction=direction))


def shift_octave(tune: Tune, octaves: int, measures: list[Measure] | None = None) -> list[Edit]:
    """Move notes by whole octaves; chord symbols and keys stay."""
    chosen = all_measures(tune) if measures is None else measures
    by = Interval(7 * octaves, 12 * octaves)
    _check_range(tune, [], by, measures)
    edits: list[Edit] = []
    for measure in chosen:
        edits += respell(measure, measure.key, lambda note: note.written.transposed(by))
    return changed_only(tune.source, edits)


# -- by scale steps ---------------------------------------------------------------------------


def transpose_diatonic(tune: Tune, steps: int, measures: list[Measure] | None = None) -> list[Edit]:
    """Move notes by steps of the key's own scale; the key stays, a third may be major or minor.

    A note outside the scale keeps its distance from the scale note it alters. Chord symbols move by
    the same steps and take the quality that the scale gives their degree. +2 is a third up.
    """
    if not steps or abs(steps) > 21:
        raise ValueError("Notes can move by 1 to 21 steps of the scale, up or down.")
    chosen = all_measures(tune) if measures is None else measures
    if any(not m.key.tonic for m in chosen):
        raise ValueError("Music without a key has no scale to move along.")
    edits: list[Edit] = []
    for measure in chosen:
        edits += respell(measure, measure.key, _along_scale(measure.key, steps))
        for event in events(measure):
            edits += chord_edit(tune, event, _chord_along(measure.key, steps))
    reach = Interval(steps, round(steps * 12 / 7))
    _check_range(tune, edits, reach, chosen)
    return changed_only(tune.source, edits)


def _along_scale(key: Key, steps: int) -> Callable[[Note], Pitch]:
    signature = key.signature

    def move(note: Note) -> Pitch:
        old = note.written
        octave, index = divmod(old.diatonic + steps, 7)
        step = STEPS[index]
        alter = signature[step] + old.alter - signature[old.step]
        pitch = Pitch(step, alter, octave)
        return pitch if -2 <= alter <= 2 else pitch.respelled()

    return move


_SEVENTHS = {"": "maj7", "m": "m7", "dim": "m7b5"}


def _chord_along(key: Key, steps: int) -> Callable[[ChordSymbol], ChordSymbol]:
    degrees = [step for step, _ in key.scale]

    def move(chord: ChordSymbol) -> ChordSymbol:
        old = degrees.index(chord.root)
        new = (old + steps) % 7
        quality = chord.quality
        if chord.alter == key.signature[chord.root] and triad_kind(quality) == triad(key, old):
            quality = triad(key, new)
            if chord.quality.endswith("7"):
                quality = _SEVENTHS[quality] if new != 4 or quality else "7"
        root, alter = key.scale[new]
        bass = None
        if chord.bass is not None:
            step, bass_alter = key.scale[(degrees.index(chord.bass[0]) + steps) % 7]
            bass = (step, int(bass_alter))
        shift = chord.alter - int(key.signature[chord.root])
        return ChordSymbol(root, max(-1, min(1, int(alter) + shift)), quality, bass)

    return move
