"""Chord symbols: removed, simplified, set. The notes stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.edit.pieces import held_longer
from abc_tools.edit.retime import MeasureTokens, groups_of, plain_head
from abc_tools.edit.selection import all_measures, events
from abc_tools.spelling import length_span, length_text
from abc_tools.text import Edit, Span
from abc_tools.theory import STEP_SEMITONES, Key
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
    if new == chord:
        return []
    text = new.text
    if (
        new.bass and event.chord_symbol.rpartition("/")[2][:1].islower()
    ):  # a small letter stays small
        head, slash, bass = text.rpartition("/")
        text = f"{head}{slash}{bass.lower()}"
    return [Edit(event.symbol_span, f'"{text}"')]


def remove_chords(tune: Tune, measures: list[Measure] | None = None) -> list[Edit]:
    """Take the chord symbols away."""
    chosen = all_measures(tune) if measures is None else measures
    return [
        Edit(event.symbol_span, "")
        for measure in chosen
        for event in events(measure)
        if event.symbol_span is not None
    ]


def simplify_chords(
    tune: Tune, level: str = "triads", measures: list[Measure] | None = None
) -> list[Edit]:
    """Simpler chord symbols: `triads`, `primary` (I, IV, V of the key) or `one-a-bar`.

    Triads drop sevenths, additions and basses. `primary` takes for each chord that of I, IV and V
    which shares most notes with it. `one-a-bar` keeps the chord that sounds longest in the bar, at
    its place, and drops a bar's chord that only says again what sounds already in it.
    """
    if level not in LEVELS:
        raise ValueError(f"“{level}” is no way to simplify chords. There are: {', '.join(LEVELS)}.")
    chosen = all_measures(tune) if measures is None else measures
    if level == "one-a-bar":
        return [edit for measure in chosen for edit in _one_a_bar(measure)]
    edits = []
    for measure in chosen:
        if level == "primary" and not measure.key.tonic:
            raise ValueError("These bars have no key, so they have no I, IV and V.")
        for event in events(measure):
            change = triad_of if level == "triads" else _primary_in(measure.key)
            edits += chord_edit(tune, event, change)
    return edits


LEVELS = ("triads", "primary", "one-a-bar")


def triad_of(chord: ChordSymbol) -> ChordSymbol:
    """The plain triad on the chord's root.

    >>> triad_of(ChordSymbol("A", 0, "m7", ("G", 0))).text
    'Am'
    """
    third, fifth = chord.minor_third, chord.intervals
    quality = "m" if third else ""
    if third and 6 in fifth and 7 not in fifth:
        quality = "dim"
    elif not third and 8 in fifth and 7 not in fifth:
        quality = "aug"
    return ChordSymbol(chord.root, chord.alter, quality)


def primary_chords(key: Key) -> tuple[ChordSymbol, ...]:
    """I, IV and V of a key; V is major in minor, too."""
    found = []
    for degree in (0, 3, 4):
        step, alter = key.scale[degree]
        minor = key.minor_third and (degree != 4 or key.mode != "minor")
        triad = {(STEP_SEMITONES[s] + int(a)) % 12 for s, a in key.scale}
        root = (STEP_SEMITONES[step] + int(alter)) % 12
        if degree and not (minor and degree == 4) and key.mode not in ("major", "minor"):
            minor = (root + 3) % 12 in triad and (root + 4) % 12 not in triad
        found.append(ChordSymbol(step, int(alter), "m" if minor else ""))
    return tuple(found)


def _primary_in(key: Key) -> Callable[[ChordSymbol], ChordSymbol]:
    def nearest(chord: ChordSymbol) -> ChordSymbol:
        own = triad_of(chord)
        candidates = primary_chords(key)
        if chord.root_class in [c.root_class for c in candidates]:
            return next(c for c in candidates if c.root_class == chord.root_class)
        return max(candidates, key=lambda c: len(c.pitch_classes & own.pitch_classes))

    return nearest


def _one_a_bar(measure: Measure) -> list[Edit]:
    """Keep the chord that sounds longest in a bar; the first of equals."""
    said = [e for e in measure.events if e.symbol_span and parse_chord(e.chord_symbol or "")]
    ends = [*(e.onset for e in said[1:]), measure.duration]
    if len(said) < 2:
        return []
    lengths: dict[str, Fraction] = {}
    for event, end in zip(said, ends, strict=True):
        name = event.chord_symbol or ""
        lengths[name] = lengths.get(name, Fraction(0)) + end - event.onset
    best = max(lengths, key=lambda name: lengths[name])
    kept = said[0]
    edits = []
    for event in said:
        assert event.symbol_span is not None, "only events with a symbol were taken"
        if event is not kept:
            edits.append(Edit(event.symbol_span, ""))
        elif event.chord_symbol != best:
            edits.append(Edit(event.symbol_span, f'"{best}"'))
    return edits


def set_chords(tune: Tune, chords: Sequence[tuple[int, Fraction | int, str]]) -> list[Edit]:
    """Write chord symbols at given places: (bar, beat, symbol), beats counted from 1.

    A chord that stands there is replaced. A note that is held through the place is cut in two tied
    notes. The first voice that has the bar takes the chords. ValueError for a symbol that is none
    and a place that is not in the tune.
    """
    edits: list[Edit] = []
    added: dict[int, int] = {}
    cuts: dict[Span, list[tuple[Fraction, str]]] = {}
    for bar, beat, name in chords:
        chord = parse_chord(name)
        if chord is None:
            raise ValueError(f"“{name}” is no chord symbol.")
        measure, onset = _place(tune, bar, Fraction(beat))
        event = next(e for e in reversed(measure.events) if e.onset <= onset)
        if event.onset == onset:
            edits.append(_write_symbol(event, chord.text))
        else:
            cuts.setdefault(event.span, []).append((onset - event.onset, chord.text))
    tokens = MeasureTokens(tune)
    for span, places in cuts.items():
        measure, event = _owner(tune, span)
        edits += cut_event(tune, measure, event, places, tokens)
        if event.notes:
            added[span.start] = len(places)
    return edits + held_longer(tune, added)


def _owner(tune: Tune, span: Span) -> tuple[Measure, Event]:
    return next((m, e) for m in all_measures(tune) for e in m.events if e.span == span)


def _place(tune: Tune, bar: int, beat: Fraction) -> tuple[Measure, Fraction]:
    """The measure of a bar and the onset of a beat in it; a short opening bar lacks its first beats."""
    found = [m for v in tune.voices for m in v.measures if m.number == bar and m.events]
    if not found:
        low = 0 if 0 in tune.bar_numbers else 1
        raise ValueError(f"The tune has bars {low} to {tune.bar_count}.")
    measure = found[0]
    size = measure.meter.beat if measure.meter else Fraction(1, 4)
    missing = Fraction(0)
    if measure.expected is not None and bar == 0:
        missing = measure.expected - measure.duration
    onset = (beat - 1) * size - missing
    if not 0 <= onset < measure.duration:
        raise ValueError(f"Bar {bar} has no beat {beat}.")
    return measure, onset


def _write_symbol(event: Event, name: str) -> Edit:
    if event.symbol_span is not None:
        return Edit(event.symbol_span, f'"{name}"')
    start = event.span.start if event.grace_span is None else event.grace_span.start
    return Edit(Span(start, start), f'"{name}"')


def cut_event(
    tune: Tune, measure: Measure, event: Event, places: list[tuple[Fraction, str]],
    tokens: MeasureTokens,
) -> list[Edit]:  # fmt: skip
    """Cut a note or rest at offsets within it; each later piece is tied and opens with a symbol."""
    groups = groups_of(measure, tokens)
    group = next(g for g in groups if any(e is event for e in g.events))
    if event.measures or len(group.events) > 1:
        raise ValueError(f"There is no place for “{places[0][1]}” in bar {measure.number}.")
    offsets = sorted(places)
    ends = [*(offset for offset, _ in offsets), event.duration]
    lengths = [end - start for start, end in zip([Fraction(0), *ends], ends, strict=False)]
    place = length_span(tune.source, event)
    scale = event.notes[0].factor if event.kind == "chord" else Fraction(1)
    head = plain_head(tune.source[event.span.start : place.start], event)
    text = length_text(lengths[0] / measure.unit / scale)
    for (_, name), length in zip(offsets, lengths[1:], strict=True):
        text += ("-" if event.notes else "") + f'"{name}"{head}'
        text += length_text(length / measure.unit / scale)
    return [Edit(place, text)]
