"""Chord symbols: removed, simplified, set. The notes stay as they are."""

from __future__ import annotations

from collections.abc import Callable

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.edit.selection import all_measures, events
from abc_tools.text import Edit
from abc_tools.tune import Event, Measure, Tune


def chord_edit(
    tune: Tune, event: Event, change: Callable[[ChordSymbol], ChordSymbol]
) -> list[Edit]:
    """Edit of an event's chord symbol by a function on `ChordSymbol`; none if there is none."""
    if event.chord_symbol is None or event.symbol_span is None:
        return []
    chord = parse_chord(event.chord_symbol)
    if chord is None:
        return []
    new = change(chord)
    return [] if new == chord else [Edit(event.symbol_span, f'"{new.text}"')]


def remove_chords(tune: Tune, measures: list[Measure] | None = None) -> list[Edit]:
    """Take the chord symbols away."""
    chosen = all_measures(tune) if measures is None else measures
    return [
        Edit(event.symbol_span, "")
        for measure in chosen
        for event in events(measure)
        if event.symbol_span is not None
    ]
