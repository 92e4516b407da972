"""Notes that move more or less often: a voice in equal notes, a melody with figures between its notes.

The bars keep their length, their chord symbols, barlines and words; a bar with chords, tuplets, ties, layers or grace
notes is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from abc_tools.edit.contour import plain_bar, with_symbols
from abc_tools.edit.notes import Spot, chord_tone, spots
from abc_tools.text import Edit
from abc_tools.theory import STEPS, Key, Pitch, in_key
from abc_tools.tune import Event, Measure, Tune

NEAR = 9
"""Semitones that a note put in between may lie from the one before."""
EIGHTH = Fraction(1, 8)
Line = list[tuple[Pitch | None, Fraction]]


def in_notes(
    tune: Tune,
    length: Fraction,
    measures: list[Measure] | None = None,
    *,
    only_longer: bool = False,
) -> list[Edit]:
    """Bars in notes of one `length` (of a whole note): long notes are broken up, short ones left out.

    A note that begins with a slot stays; where one would be held, a tone of its chord near it sounds. The last bar of
    a voice keeps its last note. `only_longer`: short notes stay. ValueError if nothing would change.
    """
    if not Fraction(1, 32) <= length <= 1:
        raise ValueError("Notes are between a thirty-second and a whole note long.")
    chords = {id(s.event): s for s in spots(tune)}
    edits: list[Edit] = []
    for voice in tune.voices:
        last = voice.measures[-1] if voice.measures else None
        for measure in voice.measures:
            if (measures is not None and measure not in measures) or not plain_bar(measure):
                continue
            line = list(_slots(measure, length, chords, only_longer, closes=measure is last))
            text = _text(measure, line)
            if line != _line(measure):
                edits.append(Edit(measure.span, text))
    if not edits:
        raise ValueError("No bar can be written in such notes: they are so already, or are sung.")
    return edits


def _line(measure: Measure) -> Line:
    return [(e.notes[0].written if e.notes else None, e.duration) for e in measure.events]


def _text(measure: Measure, line: Line) -> str:
    symbols = [(e.onset, e.chord_symbol) for e in measure.events if e.chord_symbol]
    return with_symbols(measure, line, symbols)


def _slots(
    measure: Measure, length: Fraction, chords: dict[int, Spot], only_longer: bool, *, closes: bool
) -> Iterator[tuple[Pitch | None, Fraction]]:
    events = measure.events
    final = events[-1] if closes and events else None
    before: Pitch | None = None
    at = Fraction(0)
    while at < measure.duration:
        event = next(e for e in events if e.onset <= at < e.onset + e.duration)
        rest = event.onset + event.duration - at
        size = min(length, measure.duration - at)
        if event is final or (only_longer and event.duration <= length):
            size = rest
        elif only_longer:
            size = min(length, rest)
        if not event.notes:
            pitch = None
        elif event.onset == at:
            pitch = event.notes[0].written
        else:
            pitch = _another(event, chords[id(event)], before)
        yield pitch, size
        before = pitch or before
        at += size


def _another(event: Event, spot: Spot, before: Pitch | None) -> Pitch:
    """A tone of the chord near a note that would be held: not the one that sounded just before."""
    held = event.notes[0].written
    last = before or held
    tones = [
        chord_tone(Pitch(step, held.alter, octave), spot, held.midi - NEAR, held.midi + NEAR)
        for octave in range(held.octave - 1, held.octave + 2) for step in STEPS
    ]  # fmt: skip
    others = [t for t in tones if t.midi != last.midi]
    return min(
        others or [held], key=lambda t: (abs(t.midi - last.midi), abs(t.midi - held.midi), -t.midi)
    )


def repeat_notes(tune: Tune, count: int = 2, measures: list[Measure] | None = None) -> list[Edit]:
    """Every note of the bars as `count` notes of the same pitch, each that part of its length.

    ValueError for another count than 2, 3 or 4, or if no note can be cut so.
    """
    if count not in (2, 3, 4):
        raise ValueError("A note is repeated two, three or four times.")
    edits = []
    for voice in tune.voices:
        for measure in voice.measures:
            if (measures is not None and measure not in measures) or not plain_bar(measure):
                continue
            line: Line = []
            for event in measure.events:
                pitch = event.notes[0].written if event.notes else None
                part = event.duration / count
                cut = pitch is not None and part.denominator & (part.denominator - 1) == 0
                line += [(pitch, part)] * count if cut else [(pitch, event.duration)]
            if line != _line(measure):
                edits.append(Edit(measure.span, _text(measure, line)))
    if not edits:
        raise ValueError("No note in these bars can be repeated: they are sung, tied or in groups.")
    return edits


# -- figures ----------------------------------------------------------------------------------


def embellish(tune: Tune, measures: list[Measure] | None = None) -> list[Edit]:
    """The melody with figures: every note of a quarter and longer moves in eighths to the next one.

    The note itself stays at its place; steps lead on to the next note, a neighbour fills the time before. Sung notes
    and the last note stay. ValueError if there is nothing to fill.
    """
    lead = next(
        (v for v in tune.voices if any(m in (measures or v.measures) for m in v.measures)), None
    )
    own = [m for m in (lead.measures if lead else ()) if measures is None or m in measures]
    line = [e for m in own for e in m.events if e.notes]
    following = {id(a): b for a, b in pairwise(line)}
    edits = []
    for measure in own:
        if not plain_bar(measure) or not measure.key.tonic:
            continue
        new: Line = []
        for event in measure.events:
            then = following.get(id(event))
            if event.kind != "note" or event.duration < 2 * EIGHTH or then is None:
                new.append((event.notes[0].written if event.notes else None, event.duration))
                continue
            new += _figure(
                event.notes[0].written, then.notes[0].written, event.duration, measure.key
            )
        if new != _line(measure):
            edits.append(Edit(measure.span, _text(measure, new)))
    if not edits:
        raise ValueError("There is no note in these bars that a figure could fill.")
    return edits


def _figure(here: Pitch, goal: Pitch, length: Fraction, key: Key) -> Line:
    """A note, and eighths that lead on to the next one, in the time of the note."""
    count = min(int(length / EIGHTH), 4)
    steps = goal.diatonic - here.diatonic
    way = 1 if steps > 0 else -1
    between = [here.diatonic + way * n for n in range(1, abs(steps))]
    leading = between[-(count - 1) :] if between else [goal.diatonic + (1 if steps <= 0 else -1)]
    if abs(steps) == 1:
        leading = [here.diatonic - way]  # a step is led into from the other side
    places = [here.diatonic, *leading]
    while len(places) < count:  # round the note itself first, then on
        places[1:1] = [here.diatonic + 1, here.diatonic][: count - len(places)]
    if len(places) > 1 and places[0] == places[1]:
        places[1] = here.diatonic + 1
    rest = length - EIGHTH * (len(places) - 1)
    line: Line = [(here, rest)]
    return line + [(in_key(key, place), EIGHTH) for place in places[1:]]
