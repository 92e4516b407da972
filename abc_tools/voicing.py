"""Alto, tenor and bass under a soprano: the best voicing of every chord, and the best way through.

A *moment* is a stretch in which the lower voices hold one voicing. Every voicing of its chord within
the ranges has a cost (doubling, spacing, inversion), every step from one to the next another (motion,
parallels, leading tones, sevenths); the way of least cost is found by dynamic programming over the
best voicings of each moment. Rules of four-part writing are costs, not walls: where a melody leaves no
right way, the least wrong is taken. Pitches are MIDI numbers in the search, spelled pitches outside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from abc_tools.chords import ChordSymbol
from abc_tools.theory import Interval, Key, Pitch
from abc_tools.voice_leading import RANGES, augmented

Voicing = tuple[Pitch, Pitch, Pitch]
"""Alto, tenor, bass."""

BEAM = 20  # voicings kept for each moment
STEPS_OF = {0: 0, 1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 4, 7: 4, 8: 4, 9: 5, 10: 6, 11: 6}
DROP = 8  # how far, in semitones, a low melody may push the other voices below their ranges
PARALLEL, HIDDEN, OVERLAP, LEAP = 60.0, 7.0, 5.0, 9.0
CENTRE = (64, 57, 50)  # where alto, tenor and bass lie best


@dataclass(frozen=True)
class Moment:
    """A stretch with one voicing: the soprano's notes in order, the chord, and where it stands.

    `fresh` says that the chord begins here, `final` that a section ends with it, `rest` that all
    are silent, `strong` that it opens a bar.
    """

    soprano: tuple[int, ...]
    chord: ChordSymbol
    key: Key
    fresh: bool = True
    final: bool = False
    strong: bool = False


def chord_tones(chord: ChordSymbol) -> tuple[Pitch, ...]:
    """Up to four tones of a chord, spelled, from the root at octave 4 upwards: extensions go first.

    >>> from abc_tools.chords import parse_chord
    >>> [p.name for p in chord_tones(parse_chord("F#m7b5"))]
    ['F#4', 'A4', 'C5', 'E5']
    """
    root = Pitch(chord.root, chord.alter, 4)
    found = []
    for size in [i for i in chord.intervals if i < 12][:4] or [0, 4, 7]:
        steps = STEPS_OF[size]
        if size == 9 and chord.quality in ("dim7", "o7", "°7"):
            steps = 6
        if size == 3 and 4 in chord.intervals:
            steps = 1
        found.append(root.transposed(Interval(steps, size)))
    return tuple(found)


@lru_cache(maxsize=1024)
def _placed(chord: ChordSymbol, low: int, high: int) -> tuple[Pitch, ...]:
    """The tones of a chord in a range."""
    return tuple(
        Pitch(p.step, p.alter, p.octave + n)
        for p in chord_tones(chord)
        for n in range(-4, 3)
        if low <= p.midi + 12 * n <= high
    )


def _basses(chord: ChordSymbol, low: int, high: int) -> tuple[Pitch, ...]:
    if chord.bass is None:
        return _placed(chord, low, high)
    step, alter = chord.bass
    return tuple(
        p for p in (Pitch(step, alter, n) for n in (1, 2, 3, 4)) if low <= p.midi <= high
    )  # fmt: skip


@lru_cache(maxsize=8192)
def voicings(moment: Moment) -> tuple[tuple[float, Voicing], ...]:
    """The best voicings of a moment with their costs, best first; empty if the melody is too low."""
    ceiling = min(moment.soprano)
    drop = min(DROP, max(0, RANGES["soprano"][0] - ceiling))
    (al, ah), (tl, th), (bl, bh) = (RANGES[v] for v in ("alto", "tenor", "bass"))
    altos = _placed(moment.chord, al - drop, min(ah, ceiling))
    tenors = _placed(moment.chord, tl - drop, min(th, ceiling))
    basses = _basses(moment.chord, bl - min(drop, 4), min(bh, ceiling))
    found = [
        (_cost(moment, (a, t, b)), (a, t, b))
        for a in altos
        for t in tenors
        if a.midi - 12 <= t.midi <= a.midi
        for b in basses
        if b.midi <= t.midi
    ]
    found.sort(key=lambda pair: (pair[0], [p.midi for p in pair[1]]))
    return tuple(found[:BEAM])


def _cost(moment: Moment, voicing: Voicing) -> float:
    """What a voicing costs by itself."""
    top = moment.soprano[0]
    tones = [p.midi % 12 for p in chord_tones(moment.chord)]
    sounding = [p.midi % 12 for p in voicing] + [top % 12]
    sung = [note % 12 for note in moment.soprano]  # a tone that the melody adds is half there
    cost = (_missing(tones, sounding) + _missing(tones, [*sounding, *sung])) / 2
    cost += _doubled(moment, tones, sounding)
    alto, tenor, bass = (p.midi for p in voicing)
    cost += max(0, max(moment.soprano) - alto - 12) * 3.0 + 3.0 * (max(moment.soprano) > alto + 12)
    cost += max(0, tenor - bass - 12) * 0.35 + (1.5 if tenor - bass < 5 else 0)
    cost += 1.5 * ((alto == tenor) + (tenor == bass) + 2 * (alto == top))
    cost += sum(0.06 * abs(p.midi - c) for p, c in zip(voicing, CENTRE, strict=True))
    for part, p in zip(("alto", "tenor", "bass"), voicing, strict=True):
        cost += 3.0 * max(0, RANGES[part][0] - p.midi)
    if moment.chord.bass is None and bass % 12 != tones[0]:
        place = tones.index(bass % 12)
        cost += (0.0, 1.6, 7.0, 4.0)[place] + (20.0 if moment.final else 0.0)
    return cost


def _missing(tones: list[int], sounding: list[int]) -> float:
    third = len(tones) > 2
    prices = (12.0, 9.0 if third else 5.0, 1.5, 6.0)
    return sum(p for tone, p in zip(tones, prices, strict=False) if tone not in sounding)


def _doubled(moment: Moment, tones: list[int], sounding: list[int]) -> float:
    """What it costs that tones sound twice: the root nothing, leading tones and sevenths much."""
    cost = 0.0
    minor = moment.chord.minor_third
    for place, tone in enumerate(tones):
        extra = sounding.count(tone) - 1
        if extra < 1:
            continue
        price = (0.0, 1.0 if minor else 2.2, 0.7, 12.0)[place]
        if tone in _leading(moment):
            price = 14.0
        cost += price * extra + (3.0 if extra > 1 else 0.0)
    passing = {note % 12 for note in moment.soprano[1:]} - {moment.soprano[0] % 12}
    return cost + 6.0 * sum(tone in sounding for tone in passing & _leading(moment))


def _leading(moment: Moment) -> frozenset[int]:
    """Leading tones in a chord: that of the key in a dominant, the third of a dominant seventh."""
    chord, root = moment.chord, moment.chord.root_class
    found = set()
    if 4 in chord.intervals and 10 in chord.intervals:
        found.add((root + 4) % 12)
    if moment.key.tonic:
        tone = (moment.key.pitch_class - 1) % 12
        degree = (root - moment.key.pitch_class) % 12
        if degree in (7, 11) and tone in chord.pitch_classes:
            found.add(tone)
    return frozenset(found)


def step_cost(before: Moment, one: Voicing, after: Moment, other: Voicing) -> float:
    """What it costs to go from a voicing to the next."""
    old = (before.soprano[-1], *(p.midi for p in one))
    new = (after.soprano[0], *(p.midi for p in other))
    cost = 0.0
    for n in (1, 2, 3):
        size = abs(new[n] - old[n])
        cost += size * (0.12 if n == 3 else 0.3) + (1.5 if size > 7 else 0.0)
        cost += 2.5 if n < 3 and size > 5 else 0.0
        cost += 25.0 if size > 12 else LEAP if augmented(one[n - 1], other[n - 1]) else 0.0
    if not after.fresh:  # within a chord the lower voices hold if they can
        cost += 0.6 * sum(a != b for a, b in zip(old[1:], new[1:], strict=True))
    elif old[3] == new[3] and after.strong and before.chord != after.chord:
        cost += 0.4
    cost += _together(old, new)
    return cost + (_unresolved(before, after, old, new) if before.chord != after.chord else 0.0)


def _together(old: tuple[int, ...], new: tuple[int, ...]) -> float:
    """Parallels, hidden fifths and octaves of the outer voices, voices that pass each other."""
    cost = 0.0
    for n, m in combinations(range(4), 2):
        up, low = new[n] - old[n], new[m] - old[m]
        if not up or not low or (up > 0) != (low > 0):
            continue
        size = new[n] - new[m]
        if size % 12 in (0, 7):
            if (old[n] - old[m]) % 12 == size % 12:
                cost += PARALLEL
            elif (n, m) == (0, 3) and abs(up) > 2:
                cost += HIDDEN
    for n in range(3):
        cost += OVERLAP * ((new[n + 1] > old[n]) + (new[n] < old[n + 1]))
    moves = [b - a for a, b in zip(old, new, strict=True)]
    return cost + (1.5 if all(m > 0 for m in moves) or all(m < 0 for m in moves) else 0.0)


def _unresolved(before: Moment, after: Moment, old: tuple[int, ...], new: tuple[int, ...]) -> float:
    """Leading tones that do not rise, sevenths that do not fall, when the chord changes."""
    cost = 0.0
    leading = _leading(before)
    tones = chord_tones(before.chord)
    seventh = tones[3].midi % 12 if len(tones) > 3 and before.chord.intervals[3] > 9 else -1
    for n in (1, 2, 3):
        tone, move = old[n] % 12, new[n] - old[n]
        if tone in leading and (tone + 1) % 12 in after.chord.pitch_classes and move != 1:
            cost += 3.0 if n < 3 and move in (-4, -3) else 15.0
        if tone == seventh and move not in (0, -1, -2):
            cost += 15.0
    return cost


def best_voices(moments: Sequence[Moment]) -> list[Voicing]:
    """Alto, tenor and bass for every moment. ValueError where the melody lies too low.

    >>> from abc_tools.chords import parse_chord
    >>> way = [Moment((s,), parse_chord(c), Key(), final=n == 2)
    ...        for n, (s, c) in enumerate([(72, "C"), (71, "G7"), (72, "C")])]
    >>> [p.name for p in best_voices(way)[-1]][2]
    'C3'
    """
    table: list[tuple[float, Voicing, int]] = []
    tables: list[list[tuple[float, Voicing, int]]] = []
    for n, moment in enumerate(moments):
        choices = voicings(moment)
        if not choices:
            raise ValueError(
                "The melody lies too low for three voices beneath it: move it up an octave first."
            )
        new = []
        for own, voicing in choices:
            came, least = 0, 0.0
            if n:
                costs = [
                    total + step_cost(moments[n - 1], before, moment, voicing)
                    for total, before, _ in table
                ]
                least = min(costs)
                came = costs.index(least)
            new.append((least + own, voicing, came))
        table = new
        tables.append(table)
    path: list[Voicing] = []
    place = min(range(len(table)), key=lambda k: table[k][0]) if table else 0
    for rows in reversed(tables):
        _, voicing, came = rows[place]
        path.append(voicing)
        place = came
    return path[::-1]
