"""Facts about a tune, each computed and each with the bars it is true of. No words for readers here.

Keys are the written ones, with music21's judgement beside them on request; chords are the written
chord symbols; cadences are read at section ends from the last two chords, or from the last note when
there are none. Sources: common-practice theory as in Open Music Theory's chapters on cadences.
"""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.chords import ChordSymbol, parse_chord, roman
from abc_tools.sections import Section, form, sections
from abc_tools.theory import Key, Meter, Pitch
from abc_tools.tune import Event, Measure, Tempo, Tune


@dataclass(frozen=True)
class Cadence:
    """How a section closes: `kind` is authentic, half, plagal, deceptive, tonic or open."""

    bar: int
    kind: str
    chords: tuple[str, ...]
    section: str


@dataclass(frozen=True)
class Analysis:
    """Facts of one tune. Lengths in whole notes; `degrees` counts scale degrees 1–7 of the melody."""

    title: str
    key: Key
    meter: Meter | None
    tempo: Tempo
    bars: int
    pickup: Fraction
    form: str
    sections: tuple[Section, ...]
    voices: int
    lowest: Pitch | None
    lowest_bar: int
    highest: Pitch | None
    highest_bar: int
    chords: tuple[tuple[str, str, int], ...]
    cadences: tuple[Cadence, ...]
    values: tuple[tuple[Fraction, int], ...]
    steps: float
    largest_leap: tuple[int, int]
    key_changes: tuple[tuple[int, str], ...]
    alike: tuple[tuple[int, int], ...]


def analyse(tune: Tune) -> Analysis:
    """Compute the facts of a tune. ValueError if it has no notes.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune('X:1\\nT:t\\nM:4/4\\nL:1/4\\nK:G\\n"G"GABc|"D7"d4|"G"G4|]')
    >>> found = analyse(tune)
    >>> found.cadences[0].kind, found.highest.name, found.chords
    ('authentic', 'D5', (('G', 'I', 2), ('D7', 'V7', 1)))
    """
    notes = [(m, e) for m in tune.measures for e in m.events if e.notes]
    if not notes:
        raise ValueError("There are no notes to analyse.")
    low = min(notes, key=lambda pair: min(pair[1].midi))
    high = max(notes, key=lambda pair: max(pair[1].midi))
    parts = tuple(sections(tune))
    first = tune.measures[0]
    steps, largest_leap = _steps(notes)
    return Analysis(
        title=tune.title,
        key=tune.key,
        meter=tune.meter,
        tempo=tune.tempo,
        bars=tune.bar_count,
        pickup=first.duration if first.number == 0 else Fraction(0),
        form=form(tune),
        sections=parts,
        voices=len(tune.voices),
        lowest=min((n.pitch for n in low[1].notes), key=lambda p: p.midi),
        lowest_bar=low[0].number,
        highest=max((n.pitch for n in high[1].notes), key=lambda p: p.midi),
        highest_bar=high[0].number,
        chords=_chords(tune),
        cadences=tuple(c for part in parts if (c := cadence(tune, part)) is not None),
        values=tuple(Counter(e.duration for _, e in notes).most_common()),
        steps=steps,
        largest_leap=largest_leap,
        key_changes=_key_changes(tune),
        alike=_alike(tune),
    )


def chord_at(tune: Tune) -> list[tuple[Measure, Event, ChordSymbol]]:
    """Every written chord symbol with its measure and event, in order."""
    found = []
    for measure in tune.measures:
        for event in measure.events:
            chord = parse_chord(event.chord_symbol) if event.chord_symbol else None
            if chord is not None:
                found.append((measure, event, chord))
    return found


def _chords(tune: Tune) -> tuple[tuple[str, str, int], ...]:
    """(symbol, Roman numeral in the key of its bar, count), most frequent first."""
    counts = Counter((chord.text, roman(chord, m.key) or "?") for m, _, chord in chord_at(tune))
    return tuple((symbol, numeral, n) for (symbol, numeral), n in counts.most_common())


def cadence(tune: Tune, part: Section) -> Cadence | None:
    """How a section ends; None if it has no notes."""
    measures = tune.measures[part.start : part.stop]
    last = next((m for m in reversed(measures) if any(e.notes for e in m.events)), None)
    if last is None:
        return None
    inside = {m.span for m in measures}
    chords = [(m, c) for m, _, c in chord_at(tune) if m.span in inside]
    key = last.key
    note = next(e for e in reversed(last.events) if e.notes).notes[-1]
    if chords and note.pitch.midi % 12 not in chords[-1][1].pitch_classes:
        chords = []  # the chord that was written last is not the one that the section ends on
    if chords and key.tonic:
        chords = [p for p, after in zip(chords, [*chords[1:], None], strict=True)
                  if after is None or p[1].root_class != after[1].root_class]  # fmt: skip
        names = tuple(c.text for _, c in chords[-2:])
        degrees = [(c.root_class - m.key.pitch_class) % 12 for m, c in chords[-2:]]
        final = degrees[-1]
        before = degrees[-2] if len(degrees) > 1 else None
        if final == 7:
            kind = "half"
        elif final == 0:
            kind = {7: "authentic", 5: "plagal"}.get(before if before is not None else -1, "tonic")
        else:
            kind = "deceptive" if before == 7 and final in (8, 9) else "open"
        return Cadence(last.number, kind, names, part.label)
    on_tonic = bool(key.tonic) and note.pitch.midi % 12 == key.pitch_class
    return Cadence(last.number, "tonic" if on_tonic else "open", (), part.label)


def _steps(notes: list[tuple[Measure, Event]]) -> tuple[float, tuple[int, int]]:
    """Share of melodic moves by step or repetition, and the largest leap (semitones, bar)."""
    moves = []
    for (_, before), (measure, after) in itertools.pairwise(notes):
        if not after.tied:
            moves.append((abs(max(after.midi) - max(before.midi)), measure.number))
    if not moves:
        return 1.0, (0, notes[0][0].number)
    return sum(size <= 2 for size, _ in moves) / len(moves), max(moves, key=lambda m: m[0])


def _key_changes(tune: Tune) -> tuple[tuple[int, str], ...]:
    changes = []
    key = tune.key
    for measure in tune.measures:
        if measure.key != key:
            changes.append((measure.number, measure.key.name))
        key = measure.key
    return tuple(changes)


def _alike(tune: Tune) -> tuple[tuple[int, int], ...]:
    """Pairs of bars (later, earlier) with the same notes and rhythm, each bar named once."""
    seen: dict[tuple[tuple[tuple[int, ...], Fraction], ...], int] = {}
    pairs = []
    for measure in tune.measures:
        content = tuple((e.midi, e.duration) for e in measure.events)
        if len(content) < 2:
            continue
        if content in seen and seen[content] != measure.number:
            pairs.append((measure.number, seen[content]))
        seen.setdefault(content, measure.number)
    return tuple(pairs)
