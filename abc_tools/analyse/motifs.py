"""Motifs and where they return; sequences.

A motif is a run of at least four notes, no longer than two bars, as diatonic steps and length ratios, so that
it is found again on other steps. Repeats may be exact, transposed, inverted (steps turned round) or
augmented and diminished (lengths doubled or halved). A motif is maximal: it is left out if a longer
one covers the same places. Motifs are ranked by how much of the melody's notes their places cover.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Material, Sounded

_SHORTEST = 4
_LONGEST = 16
_SHOWN = 3

Shape = tuple[tuple[int, Fraction], ...]


@dataclass(frozen=True)
class Motif:
    """`places` are where it begins (note indices); `changes` how each place differs from the first.

    A change is ("exact" | "transposed" | "inverted" | "augmented" | "diminished", diatonic steps).
    """

    length: int
    places: tuple[int, ...]
    changes: tuple[tuple[str, int], ...]
    coverage: float


def motifs(material: Material) -> list[Motif]:
    """Repeated figures, most of the melody covered first.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/8\\nK:C\\nG>GEC|DEFD|A>AFD|cBAG|F>FDB,|C4|]\\n")
    >>> motifs(Material(tune))[0].changes
    (('exact', 0), ('transposed', 1), ('transposed', -1))
    """
    notes = material.notes
    found = _repeats(notes)
    related = [_with_relatives(notes, length, places) for length, places in found[:8]]
    related.sort(key=lambda m: (-m.coverage, -m.length))
    return related


def _shapes(notes: tuple[Sounded, ...]) -> list[tuple[int, Fraction]]:
    """(steps to the next note, ratio of its length to this one) for every note but the last."""
    return [
        (b.pitch.diatonic - a.pitch.diatonic, b.duration / a.duration)
        for a, b in itertools.pairwise(notes)
    ]


def _repeats(notes: tuple[Sounded, ...]) -> list[tuple[int, list[int]]]:
    """(length, places) of figures that return, the best covering first."""
    shape = _shapes(notes)
    # equal shapes get equal numbers, so that windows are compared as short tuples of small integers
    names: dict[tuple[int, Fraction], int] = {}
    coded = [names.setdefault(item, len(names)) for item in shape]
    bars = [n.index for n in notes]
    candidates: list[tuple[int, int, list[int]]] = []
    for length in range(min(_LONGEST, len(notes) // 2), _SHORTEST - 1, -1):
        groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for start in range(len(notes) - length + 1):
            if bars[start + length - 1] - bars[start] <= 2 and notes[start].weight >= 0.5:
                groups[tuple(coded[start : start + length - 1])].append(start)
        for code, places in groups.items():
            apart = _apart(places, length)
            if len(apart) >= 2 and _lively(notes, apart[0], length, code):
                candidates.append((length * len(apart), length, apart))
    candidates.sort(key=lambda c: (-c[0], -c[1], c[2]))
    kept: list[tuple[int, list[int]]] = []
    used: set[int] = set()
    for _, length, places in candidates:
        cover = {i for p in places for i in range(p, p + length)}
        if len(cover & used) * 2 > len(cover):
            continue
        kept.append((length, places))
        used |= cover
        if len(kept) == 8:
            break
    return kept


def _apart(places: list[int], length: int) -> list[int]:
    """Places that do not overlap, from the left."""
    kept: list[int] = []
    for place in places:
        if not kept or place >= kept[-1] + length:
            kept.append(place)
    return kept


def _lively(notes: tuple[Sounded, ...], start: int, length: int, code: tuple[int, ...]) -> bool:
    """Whether a figure has a face: not one repeated note, not only a scale in equal notes."""
    return len(set(code)) > 1


def _with_relatives(notes: tuple[Sounded, ...], length: int, places: list[int]) -> Motif:
    """The motif with its inversions, augmentations and diminutions added."""
    first = places[0]
    pattern = [
        (notes[i + 1].pitch.diatonic - notes[i].pitch.diatonic, notes[i].duration)
        for i in range(first, first + length - 1)
    ]
    last = notes[first + length - 1].duration
    taken = {i for p in places for i in range(p, p + length)}
    all_places = {p: _change(notes, first, p) for p in places}
    turned = [(-s, d) for s, d in pattern]
    for start in range(len(notes) - length + 1):
        window = range(start, start + length)
        if notes[start].weight < 0.5 or any(i in taken for i in window):
            continue
        kind = _relation(notes, start, length, pattern, turned, last)
        if kind:
            steps = notes[start].pitch.diatonic - notes[first].pitch.diatonic
            all_places[start] = (kind, steps)
            taken.update(window)
    ordered = sorted(all_places)
    covered = len(ordered) * length / len(notes)
    return Motif(length, tuple(ordered), tuple(all_places[p] for p in ordered),
                 min(covered, 1.0))  # fmt: skip


def _change(notes: tuple[Sounded, ...], first: int, place: int) -> tuple[str, int]:
    steps = notes[place].pitch.diatonic - notes[first].pitch.diatonic
    ratio = notes[place].duration / notes[first].duration
    if ratio != 1:
        return ("augmented" if ratio > 1 else "diminished", steps)
    return ("transposed" if steps else "exact", steps)


def _relation(
    notes: tuple[Sounded, ...], start: int, length: int, pattern: list[tuple[int, Fraction]],
    turned: list[tuple[int, Fraction]], last: Fraction,
) -> str:  # fmt: skip
    """ "inverted" if the window is the pattern turned round; "" for none."""
    if notes[start + length - 1].duration != last:
        return ""
    moving = any(s for s, _ in pattern)
    for offset, (steps, duration) in enumerate(turned):
        a, b = notes[start + offset], notes[start + offset + 1]
        if b.pitch.diatonic - a.pitch.diatonic != steps or a.duration != duration:
            return ""
    return "inverted" if moving else ""


# -- sequences -------------------------------------------------------------------------------------------------


def sequences(material: Material) -> list[tuple[int, int, int, int, int]]:
    """(first note, notes in the figure, times, steps each time, measures in the figure).

    A figure of one or two bars that is repeated at once, each time the same number of steps higher
    or lower.
    """
    by_bar: dict[int, list[int]] = defaultdict(list)
    for i, note in enumerate(material.notes):
        by_bar[note.index].append(i)
    found: list[tuple[int, int, int, int, int]] = []
    covered: set[int] = set()
    count = len(material.tune.measures)
    for size in (2, 1):
        start = 0
        while start + 2 * size <= count:
            times, steps = _chain(material, by_bar, start, size, count)
            if times >= 2 and steps and not covered & set(range(start, start + times * size)):
                figure = [i for b in range(start, start + size) for i in by_bar[b]]
                if size == 1 or not _halves_alike(material, by_bar, start):
                    found.append((figure[0], len(figure), times, steps, size))
                    covered.update(range(start, start + times * size))
                    start += times * size
                    continue
            start += 1
    return sorted(found)


def _halves_alike(material: Material, by_bar: dict[int, list[int]], start: int) -> bool:
    return _shift(material, by_bar, start, start + 1, 1) is not None


def _chain(
    material: Material, by_bar: dict[int, list[int]], start: int, size: int, count: int
) -> tuple[int, int]:
    """How often the figure at a measure is repeated at once, each time as many steps away."""
    times, steps = 1, 0
    at = start
    while at + 2 * size <= count:
        shift = _shift(material, by_bar, at, at + size, size)
        if not shift or (steps and shift != steps):
            break
        steps = shift
        times += 1
        at += size
    return times, steps


def _shift(
    material: Material, by_bar: dict[int, list[int]], one: int, other: int, size: int
) -> int | None:
    """By how many steps the measures from `other` are those from `one`; None if they are not."""
    notes = material.notes
    a = [notes[i] for b in range(one, one + size) for i in by_bar.get(b, ())]
    c = [notes[i] for b in range(other, other + size) for i in by_bar.get(b, ())]
    if len(a) != len(c) or len(a) < 3:
        return None
    shift = c[0].pitch.diatonic - a[0].pitch.diatonic
    for x, y in zip(a, c, strict=True):
        if x.duration != y.duration or x.onset != y.onset:
            return None
        if y.pitch.diatonic - x.pitch.diatonic != shift:
            return None
    return shift


def motif_facts(material: Material) -> Iterator[Fact]:
    """The best motifs with their places, and every sequence."""
    notes = material.notes
    if len(notes) < 2 * _SHORTEST:
        return
    for item in [m for m in motifs(material) if m.coverage >= 0.1][:_SHOWN]:
        places = [
            {"bar": notes[p].bar, "how": how, "steps": steps}
            for p, (how, steps) in zip(item.places, item.changes, strict=True)
        ]
        value = {
            "notes": [n.pitch.name for n in notes[item.places[0] : item.places[0] + item.length]],
            "length": item.length, "times": len(item.places), "places": places,
            "percent": round(100 * item.coverage),
        }  # fmt: skip
        bars = in_order(notes[i].bar for p in item.places for i in range(p, p + item.length))
        yield Fact("motif", value, bars, 0.9)
    for first, length, times, steps, size in sequences(material):
        begin = notes[first].index
        numbers = [m.number for m in material.tune.measures[begin : begin + size * times]]
        value = {"times": times, "steps": abs(steps), "direction": "up" if steps > 0 else "down",
                 "bars_each": size, "notes": length}  # fmt: skip
        yield Fact("sequence", value, in_order(numbers))
