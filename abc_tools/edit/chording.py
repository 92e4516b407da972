"""Chord symbols chosen for the notes: added, or exchanged for others. The notes stay as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.edit.selection import all_measures, events
from abc_tools.edit.symbols import chord_edit, triad_of
from abc_tools.harmonise import changes, chords_for, melody_voice, own_measures
from abc_tools.harmony_model import state_of, symbol
from abc_tools.text import Edit, Span
from abc_tools.theory import Interval, Key
from abc_tools.tune import Event, Measure, Tune

WAYS = ("sevenths", "relative", "tritone", "simpler", "darker")


def add_chords(
    tune: Tune, measures: list[Measure] | None = None, *, only: Sequence[str] = (),
    sevenths: bool = True, rate: str = "auto", end: str = "tonic", keep: bool = True,
) -> list[Edit]:  # fmt: skip
    """Write chord symbols for the melody (`harmonise.chords_for`).

    With `keep`, chords that stand there are kept and the others fitted to them; else all are
    exchanged. ValueError for what is unknown, and when there are no notes.
    """
    placed = chords_for(tune, measures, only=only, sevenths=sevenths, rate=rate, end=end, keep=keep)
    wanted = {p.event.span: p.chord.text for p in changes(placed)}
    kept = {p.event.span for p in placed if p.given}
    edits = []
    for event in (e for m in own_measures(tune, measures) for e in m.events):
        name = wanted.get(event.span)
        said = event.symbol_span
        if event.span in kept or (keep and said is not None):
            continue
        if name is None:
            if said is not None and parse_chord(event.chord_symbol or ""):
                edits.append(Edit(said, ""))
        elif said is not None:
            edits.append(Edit(said, f'"{name}"'))
        else:
            start = (event.grace_span or event.span).start
            edits.append(Edit(Span(start, start), f'"{name}"'))
    return edits


def reharmonise(
    tune: Tune, measures: list[Measure] | None = None, how: str = "sevenths"
) -> list[Edit]:
    """Exchange chords for others under which the melody still sounds well.

    `sevenths` adds the seventh of the key; `relative` takes the chord a third below (I → vi);
    `tritone` moves dominants by a tritone; `simpler` leaves triads; `darker` borrows from minor.
    A chord that a long note speaks against stays. ValueError without chords or an unknown way.
    """
    if how not in WAYS:
        raise ValueError(f"“{how}” is no way to exchange chords. There are: {', '.join(WAYS)}.")
    chosen = all_measures(tune) if measures is None else measures
    said = [(m, e) for m in chosen for e in events(m) if parse_chord(e.chord_symbol or "")]
    if not said:
        raise ValueError("There are no chords in these bars; add chords first.")
    edits = []
    for measure, event in said:
        if not measure.key.tonic:
            continue
        chord = parse_chord(event.chord_symbol or "")
        assert chord is not None, "only events with a chord were taken"
        new = _exchanged(chord, measure.key, how)
        if new != chord and _sounds_well(tune, new, measure, event):
            edits += chord_edit(tune, event, lambda _, chosen=new: chosen)  # type: ignore[misc]
    return edits


def _exchanged(chord: ChordSymbol, key: Key, how: str) -> ChordSymbol:
    plain = chord.quality in ("", "m")
    degree = (chord.root_class - key.pitch_class) % 12
    if how == "simpler":
        return triad_of(chord)
    if how == "sevenths" and plain:
        if chord.minor_third:
            return replace(chord, quality="m7")
        scale = {(p - key.pitch_class) % 12 for p in _scale(key)}
        dominant = degree == 7 or (degree + 11) % 12 not in scale
        return replace(chord, quality="7" if dominant else "maj7")
    if how == "relative" and plain:
        moved = chord.transposed(Interval(2, 3) if chord.minor_third else Interval(-2, -3))
        return replace(moved, quality="" if chord.minor_third else "m", bass=None)
    if how == "tritone" and (chord.quality == "7" or (degree == 7 and not chord.minor_third)):
        moved = chord.transposed(Interval(4, 6))
        return replace(moved, quality="7", bass=None)
    if how == "darker" and not key.minor_third and state_of(chord, key) in ((5, ""), (2, "m")):
        return symbol((5, "m"), key)
    return chord


def _scale(key: Key) -> set[int]:
    from abc_tools.analyse.harmony import scale_classes

    return set(scale_classes(key))


def _sounds_well(tune: Tune, chord: ChordSymbol, measure: Measure, event: Event) -> bool:
    """Whether no long or strong note lies a half step above a chord tone, until the next chord."""
    beat = measure.meter.beat if measure.meter else event.duration
    for other in melody_voice(tune).measures:
        if other.number != measure.number:
            continue
        for note in other.events:
            if note.onset < event.onset or not note.notes:
                continue
            if note.onset > event.onset and note.chord_symbol:
                break
            if note.onset != event.onset and note.duration < beat:
                continue
            for pitch in note.midi:
                inside = pitch % 12 in chord.pitch_classes
                if not inside and (pitch - 1) % 12 in chord.pitch_classes:
                    return False
    return True
