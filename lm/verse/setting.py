"""A melody made for given words, its rhythm set by their stress: the pitches stay, in their order.

A melody from `lm.plan.plan_melody` has four bars for a line of words and a note for each syllable. Here
each syllable gets its place among the eighths of these bars, best in sum: stressed ones on strong
beats, even steps, an end in the last bar. Chord symbols keep their place in the bar. What it does not
know: whether the pitches would have been others for another rhythm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from abc_tools.parse import parse_tune
from abc_tools.prosody import syllables
from abc_tools.prosody.chinese import is_han
from abc_tools.theory import Meter, Pitch
from abc_tools.tune import Tune
from lm.piece import Bar, Event, Line, Piece, Section, Unreadable
from lm.reading import read_tune
from lm.spelling import write_piece

BARS = 4
STEP = Fraction(1, 8)
STRESS = {
    # (stress, place) → cost; places: 2 first beat or middle of a bar, 1 another beat, 0 between beats
    (2, 2): 0.0, (2, 1): 1.6, (2, 0): 6.0, (1, 2): 0.3, (1, 1): 0.0, (1, 0): 0.6,
    (0, 2): 1.2, (0, 1): 0.2, (0, 0): 0.3,
}  # fmt: skip
LENGTHS = {
    Fraction(1): 0.0, Fraction(2): 0.15, Fraction(1, 2): 0.3, Fraction(1, 3): 0.3, Fraction(2, 3): 0.15,
    Fraction(3, 2): 0.5, Fraction(4): 0.5, Fraction(3): 0.4,
}  # fmt: skip
"""What a note costs by its length in beats; others cost `ODD`."""
ODD, CROSSING, LONG, LATE, EARLY_END = 0.9, 1.2, 0.25, 0.25, 1.0
"""Costs of odd lengths, of a note held over a barline, of each eighth above half a bar, of a late start
and of an early end by the eighth.
"""


def sung_to(tune: Tune, text: str) -> Tune:
    """The tune with the rhythm of a text: four bars a line, a note a syllable; words are not set here.

    The tune as it is where that cannot be: another number of notes or bars, several voices, too many
    syllables for the bars, or music that `lm.reading` does not take.
    """
    lines = [[s.stress for s in syllables(line)] for line in text.splitlines() if line.strip()]
    han = is_han("".join(c for c in text if c.isalpha()))
    even = [[1] * len(line) if han else line for line in lines]
    try:
        piece = read_tune(tune)
    except Unreadable:
        return tune
    pitches = [e.pitches for e in _struck(piece)]
    bars = list(piece.bars)
    fits = len(bars) == BARS * len(lines) and len(pitches) == sum(map(len, lines))
    if not fits or len(piece.clefs) != 1 or any(b.duration != piece.full or b.ending for b in bars):
        return tune
    units = int(piece.full / STEP)
    if piece.full % STEP or any(not 0 < len(line) <= BARS * units for line in lines):
        return tune
    written: list[Bar] = []
    for number, stresses in enumerate(even):
        own = [pitches.pop(0) for _ in stresses]
        places = _places(stresses, piece.meter, units)
        written += _bars(own, places, units, bars[BARS * number : BARS * (number + 1)])
    sections = _sections(piece, written)
    return parse_tune(write_piece(replace(piece, sections=sections), round(tune.tempo.bpm)))


def _struck(piece: Piece) -> list[Event]:
    """The notes that are struck, not held by a tie."""
    found, held = [], False
    for event in piece.events():
        if event.pitches and not held:
            found.append(event)
        held = event.tie
    return found


def _strength(place: int, meter: Meter, units: int) -> int:
    """How strong an eighth of a bar is, as in `STRESS`."""
    at = place % units * STEP
    if at == 0 or (at == meter.length / 2 and at % meter.beat == 0):
        return 2
    return 1 if at % meter.beat == 0 else 0


def _places(stresses: Sequence[int], meter: Meter, units: int) -> list[int]:
    """The eighth on which each syllable begins, by dynamic programming."""
    size, count = BARS * units, len(stresses)
    lost = float("inf")
    steps = {
        (a, g): _step(a, g, meter, units) for a in range(units) for g in range(1, 2 * units + 1)
    }
    table = [[lost] * size for _ in stresses]
    came = [[-1] * size for _ in stresses]
    for n, stress in enumerate(stresses):
        for place in range(n, size - (count - 1 - n)):
            own = STRESS[stress, _strength(place, meter, units)]
            if n == 0:
                table[0][place] = own + LATE * place + (lost if place >= units else 0)
                continue
            before = range(max(0, place - 2 * units), place)
            costs = [table[n - 1][b] + steps[b % units, place - b] for b in before]
            least = min(costs)
            table[n][place] = own + least
            came[n][place] = before[costs.index(least)]
    last_bar = size - units
    ends = [table[-1][p] + EARLY_END * abs(p - last_bar) for p in range(size)]
    at = min(range(size), key=ends.__getitem__)
    found = [at]
    for n in range(count - 1, 0, -1):
        at = came[n][at]
        found.append(at)
    return found[::-1]


def _step(start: int, length: int, meter: Meter, units: int) -> float:
    """What a note of so many eighths costs that begins on an eighth of its bar."""
    held = start + length > units and (start + length) % units != 0
    long = LONG * max(0.0, length - units / 2)
    return LENGTHS.get(length * STEP / meter.beat, ODD) + CROSSING * held + long


def _bars(
    pitches: Sequence[tuple[Pitch, ...]], places: Sequence[int], units: int, old: Sequence[Bar]
) -> list[Bar]:
    """Four bars with a note at each place, held to the next one or for at most a bar."""
    size = BARS * units
    events: list[list[Event]] = [[] for _ in range(BARS)]
    _add(events, (), 0, places[0], units)
    for n, (pitch, place) in enumerate(zip(pitches, places, strict=True)):
        following = places[n + 1] if n + 1 < len(places) else size
        end = min(following, place + units, size)
        if n + 1 == len(places):
            end = min(end, (place // units + 1) * units)
        _add(events, pitch, place, end, units)
        _add(events, (), end, following, units)
    return [Bar((_chorded(tuple(row), bar),)) for row, bar in zip(events, old, strict=True)]


def _add(
    events: list[list[Event]], pitches: tuple[Pitch, ...], start: int, end: int, units: int
) -> None:
    """A note or a rest from one eighth to another, tied over barlines."""
    while start < end:
        stop = min(end, (start // units + 1) * units)
        tie = bool(pitches) and stop < end
        events[start // units].append(Event((stop - start) * STEP, pitches, tie))
        start = stop


def _chorded(line: Line, old: Bar) -> Line:
    """The chord symbols of the old bar over the events that sound at their place."""
    chords, at = [], Fraction(0)
    for event in old.voices[0]:
        if event.chord:
            chords.append((at, event.chord))
        at += event.duration
    found, at = [], Fraction(0)
    for event in line:
        here = [c for place, c in chords if at <= place < at + event.duration]
        found.append(replace(event, chord=here[0]) if here else event)
        at += event.duration
    return tuple(found)


def _sections(piece: Piece, bars: list[Bar]) -> tuple[Section, ...]:
    """The sections with other bars in them."""
    found, at = [], 0
    for section in piece.sections:
        found.append(replace(section, bars=tuple(bars[at : at + len(section.bars)])))
        at += len(section.bars)
    return tuple(found)
