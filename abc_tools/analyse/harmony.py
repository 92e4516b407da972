"""Roman numerals, inversions and functions of chords, written or sounding, and borrowed chords.

Written chord symbols are read in the key of their bar. Where none stand, chords are taken from what
sounds together in several voices (or in note chords): a stretch between two changes of any voice on a
beat is a chord if three or more pitch classes, or a third and its root, fit one chord of the table.
Functions after Riemann: T tonic (I, vi, iii), S subdominant (ii, IV), D dominant (V, vii°); a chord
with the notes of V or vii° of another degree is a secondary dominant of that degree.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Harmony, Material, measure_starts
from abc_tools.chords import ChordSymbol, roman
from abc_tools.theory import STEP_SEMITONES, Key

FUNCTIONS = {0: "T", 2: "S", 4: "T", 5: "S", 7: "D", 9: "T", 11: "D", 3: "T", 8: "T", 10: "D"}
"""Semitones of a chord's root above the tonic → function; bIII, bVI, bVII as in minor."""
_BASES = ("", "6", "6/4", "4/2")
_NUMERALS = {0: "I", 2: "II", 3: "III", 4: "III", 5: "IV", 7: "V", 8: "VI", 9: "VI", 10: "VII",
             11: "VII"}  # fmt: skip
_TEMPLATES: dict[str, tuple[int, ...]] = {
    "": (0, 4, 7), "m": (0, 3, 7), "7": (0, 4, 7, 10), "m7": (0, 3, 7, 10), "maj7": (0, 4, 7, 11),
    "dim": (0, 3, 6), "m7b5": (0, 3, 6, 10), "dim7": (0, 3, 6, 9), "aug": (0, 4, 8),
}  # fmt: skip


@dataclass(frozen=True)
class Numeral:
    """A chord in its key: `roman` such as "V7/V" or "ii6"; `function` T, S, D or "" for others.

    `target` is the numeral that a secondary dominant leads to; `resolved` says that it comes next.
    """

    harmony: Harmony
    roman: str
    function: str
    inversion: int
    target: str = ""
    resolved: bool = False


def numerals(chords: Sequence[Harmony]) -> list[Numeral]:
    """Chords → numerals; chords in free keys (`K:none`) are left out.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune('X:1\\nM:4/4\\nL:1/4\\nK:C\\n"C/E"EGcc|"D7"A2"G"G2|"C"c4|]')
    >>> [(n.roman, n.function, n.resolved) for n in numerals(Material(tune).chords)]
    [('I6', 'T', False), ('V7/V', 'D', True), ('V', 'D', False), ('I', 'T', False)]
    """
    found = []
    for index, item in enumerate(chords):
        if item.key.tonic:
            root = item.chord.root_class
            later = (h for h in chords[index + 1 :] if h.chord.root_class != root)
            found.append(_numeral(item, next(later, None)))
    return found


def _numeral(item: Harmony, after: Harmony | None) -> Numeral:
    chord, key = item.chord, item.key
    above = (chord.root_class - key.pitch_class) % 12
    inversion = _inversion(chord)
    target = secondary(chord, key)
    if target is not None:
        name = "V7" if 10 in chord.intervals and 4 in chord.intervals else "V"
        if 3 in chord.intervals:
            name = "vii°7" if len(chord.intervals) > 3 else "vii°"
        goal = (target + key.pitch_class) % 12
        resolved = after is not None and after.chord.root_class == goal
        degree = _degree_name(target, key)
        return Numeral(item, f"{name}/{degree}", "D", inversion, degree, resolved)
    plain = ChordSymbol(chord.root, chord.alter, chord.quality)
    name = roman(plain, key) or "?"
    diatonic = chord.pitch_classes <= scale_classes(key)
    function = FUNCTIONS.get(above, "") if diatonic or above in (0, 5, 7) else ""
    figure = _BASES[inversion]
    return Numeral(item, name + (figure if len(chord.intervals) == 3 or not inversion else
                                 ("6/5", "4/3", "4/2")[inversion - 1]).replace("76/5", "6/5"),
                   function, inversion)  # fmt: skip


def _inversion(chord: ChordSymbol) -> int:
    if chord.bass is None:
        return 0
    above = (STEP_SEMITONES[chord.bass[0]] + chord.bass[1] - chord.root_class) % 12
    return chord.intervals.index(above) if above in chord.intervals[:4] else 0


def scale_classes(key: Key) -> frozenset[int]:
    """Pitch classes of a key; minor with its raised sixth and seventh."""
    classes = {round(STEP_SEMITONES[s] + a) % 12 for s, a in key.scale}
    if key.mode == "minor":
        classes |= {(key.pitch_class + 11) % 12, (key.pitch_class + 9) % 12}
    return frozenset(classes)


def secondary(chord: ChordSymbol, key: Key) -> int | None:
    """Semitones above the tonic of the degree that a secondary dominant leads to; None for others.

    A major triad or dominant seventh with a note outside the key, a fifth above a degree of the key
    that carries a major or minor triad; or a diminished chord a semitone below one.
    """
    scale = scale_classes(key)
    if chord.pitch_classes <= scale or not key.tonic:
        return None
    triad = chord.intervals[:3]
    if triad == (0, 4, 7) and 11 not in chord.intervals:
        goal = (chord.root_class + 5) % 12
    elif triad == (0, 3, 6):
        goal = (chord.root_class + 1) % 12
    else:
        return None
    leading = (chord.root_class + (4 if triad[1] == 4 else 0)) % 12
    above = (goal - key.pitch_class) % 12
    diatonic = {round(STEP_SEMITONES[s] + a) % 12 for s, a in key.scale}
    if goal not in diatonic or above == 0 or (goal + 7) % 12 not in scale:
        return None
    # a major chord outside the key is dominant by its leading note; bVII and bIII are only borrowed
    return above if leading not in diatonic or 10 in chord.intervals else None


def _degree_name(above: int, key: Key) -> str:
    classes = [(round(STEP_SEMITONES[s] + a) - key.pitch_class) % 12 for s, a in key.scale]
    name = ("I", "II", "III", "IV", "V", "VI", "VII")[classes.index(above)]
    third = (above + 3) % 12 in classes and (above + 4) % 12 not in classes
    return name.lower() if third else name


def sounding_chords(material: Material) -> list[Harmony]:
    """What the voices sound together, beat by beat, as chords; equal neighbours joined."""
    tune = material.tune
    grid: dict[Fraction, dict[int, Fraction]] = {}
    bass: dict[Fraction, int] = {}
    beats = _beats(material)
    edges = [position for position, _, _ in beats]
    for voice in tune.voices:
        for start, measure in zip(measure_starts(voice.measures), voice.measures, strict=True):
            for event in measure.events:
                _spread(event.midi, start + event.onset, event.duration, edges, grid, bass)
    found: list[Harmony] = []
    for (position, bar, key), after in itertools.zip_longest(beats, beats[1:]):
        end = after[0] if after else material.length
        chord = _best_chord(grid.get(position, {}), bass.get(position), key, end - position)
        if chord is None:
            continue
        if found and found[-1].chord == chord and found[-1].end == position:
            last = found[-1]
            found[-1] = Harmony(last.bar, last.position, end, chord, last.key)
        else:
            found.append(Harmony(bar, position, end, chord, key))
    return found


def _beats(material: Material) -> list[tuple[Fraction, int, Key]]:
    """Where the beats begin, with their bar and key."""
    beats = []
    for start, measure in zip(material.starts, material.tune.measures, strict=True):
        beat = measure.meter.beat if measure.meter else Fraction(1, 4)
        at = Fraction(0)
        while at < measure.duration:
            beats.append((start + at, measure.number, measure.key))
            at += beat
    return beats


def _spread(midi: tuple[int, ...], start: Fraction, length: Fraction, edges: list[Fraction],
            grid: dict[Fraction, dict[int, Fraction]], bass: dict[Fraction, int]) -> None:  # fmt: skip
    """Add the time that notes sound in each beat, and what is lowest there."""
    from bisect import bisect_right

    index = max(bisect_right(edges, start) - 1, 0)
    while index < len(edges) and edges[index] < start + length:
        end = edges[index + 1] if index + 1 < len(edges) else start + length
        time = min(end, start + length) - max(edges[index], start)
        for note in midi:
            cell = grid.setdefault(edges[index], {})
            cell[note % 12] = cell.get(note % 12, Fraction(0)) + time
            bass[edges[index]] = min(bass.get(edges[index], note), note)
        index += 1


def _best_chord(
    cell: dict[int, Fraction], bass: int | None, key: Key, length: Fraction
) -> ChordSymbol | None:
    """The chord that explains most of a beat; None for too few notes or a poor fit."""
    if bass is None or not length:
        return None
    third = any((bass + n) % 12 in cell for n in (3, 4))
    if len(cell) < 2 or (len(cell) == 2 and not third):
        return None
    total = sum(cell.values(), Fraction(0))
    best: tuple[float, int, str] | None = None
    scale = scale_classes(key)
    for root in cell:
        for quality, intervals in _TEMPLATES.items():
            classes = {(root + i) % 12 for i in intervals}
            inside = sum((t for c, t in cell.items() if c in classes), Fraction(0)) / total
            missing = sum(c not in cell for c in classes)
            score = float(inside) - 0.2 * missing - 0.05 * (len(intervals) - 3)
            score += 0.1 * (bass % 12 == root) + 0.02 * (classes <= scale)
            if best is None or score > best[0]:
                best = (score, root, quality)
    if best is None or best[0] < 0.75:
        return None
    step, alter = spelled(best[1], key)
    low = spelled(bass % 12, key)
    tones = {(best[1] + i) % 12 for i in _TEMPLATES[best[2]]}
    slash = low if bass % 12 != best[1] and bass % 12 in tones else None
    return ChordSymbol(step, alter, best[2], slash)


def spelled(pitch_class: int, key: Key) -> tuple[str, int]:
    """A pitch class as the key spells it; outside the key as raised in sharp and lowered in flat keys."""
    for step, alter in key.scale:
        if round(STEP_SEMITONES[step] + alter) % 12 == pitch_class:
            return step, round(alter)
    raised = (pitch_class - key.pitch_class) % 12 in (6, 11) or key.sharps > 0
    for alter in (1, -1) if raised else (-1, 1):
        for step, natural in STEP_SEMITONES.items():
            if (natural + alter) % 12 == pitch_class:
                return step, alter
    return next((s, 0) for s, n in STEP_SEMITONES.items() if n == pitch_class)


def harmony_facts(material: Material) -> Iterator[Fact]:
    """Which chords there are, their functions, secondary dominants, borrowed chords, rate of change."""
    written = bool(material.chords)
    chords = material.chords or (sounding_chords(material) if _thick(material) else ())
    found = numerals(chords)
    if not found:
        return
    sure = 1.0 if written else 0.7
    yield from _chord_list(found, written, sure)
    yield from _functions(found, sure)
    yield from _inversions(found, sure)
    yield from _secondaries(found, sure)
    yield from _borrowed(found, sure)
    yield from _rate(material, chords, sure)


def _thick(material: Material) -> bool:
    """Whether three or more notes sound together often enough to speak of chords."""
    if len(material.tune.voices) >= 3:
        return True
    events = [e for v in material.tune.voices for e in v.events if e.notes]
    return sum(len(e.notes) >= 3 for e in events) * 4 >= len(events) > 0


def _chord_list(found: list[Numeral], written: bool, sure: float) -> Iterator[Fact]:
    counts = Counter((n.harmony.chord.text, n.roman) for n in found)
    value = {
        "written": written, "different": len(counts), "total": len(found),
        "chords": [{"symbol": s, "numeral": r, "count": c}
                   for (s, r), c in counts.most_common()],
    }  # fmt: skip
    yield Fact("chords", value, in_order(n.harmony.bar for n in found), sure)


def _functions(found: list[Numeral], sure: float) -> Iterator[Fact]:
    time: dict[str, Fraction] = defaultdict(Fraction)
    for item in found:
        time[item.function or "other"] += item.harmony.end - item.harmony.position
    total = sum(time.values())
    if total:
        shares = {name: round(100 * float(time[name] / total)) for name in ("T", "S", "D", "other")}
        yield Fact("functions", shares, in_order(n.harmony.bar for n in found), sure)


def _inversions(found: list[Numeral], sure: float) -> Iterator[Fact]:
    turned = [n for n in found if n.inversion]
    if turned:
        value = {"count": len(turned), "total": len(found),
                 "first": turned[0].harmony.chord.text, "numeral": turned[0].roman}  # fmt: skip
        yield Fact("inversions", value, in_order(n.harmony.bar for n in turned), sure)


def _secondaries(found: list[Numeral], sure: float) -> Iterator[Fact]:
    """Each secondary dominant once, those that resolve apart from those that do not."""
    groups: dict[tuple[str, str, bool], list[Numeral]] = defaultdict(list)
    for item in found:
        if item.target:
            groups[(item.harmony.chord.text, item.roman, item.resolved)].append(item)
    for (symbol, numeral, resolved), items in groups.items():
        value = {"symbol": symbol, "numeral": numeral, "target": items[0].target,
                 "resolved": resolved}  # fmt: skip
        yield Fact("secondary dominant", value, in_order(n.harmony.bar for n in items),
                   sure * (0.95 if resolved else 0.7))  # fmt: skip


def _borrowed(found: list[Numeral], sure: float) -> Iterator[Fact]:
    """Chords with notes outside the key that are no secondary dominants, each symbol once."""
    outside: dict[str, list[Numeral]] = {}
    for item in found:
        if not item.target and not item.harmony.chord.pitch_classes <= scale_classes(
            item.harmony.key
        ):
            outside.setdefault(item.harmony.chord.text, []).append(item)
    for symbol, items in outside.items():
        key, chord = items[0].harmony.key, items[0].harmony.chord
        other = "minor" if not key.minor_third else "major"
        parallel = scale_classes(Key(key.tonic, key.alter, other))
        value = {"symbol": symbol, "numeral": items[0].roman, "key": key.name,
                 "from": f"{other}" if chord.pitch_classes <= parallel else ""}  # fmt: skip
        kind = "borrowed chord" if value["from"] else "chromatic chord"
        yield Fact(kind, value, in_order(n.harmony.bar for n in items), sure * 0.85)


def _rate(material: Material, chords: Sequence[Harmony], sure: float) -> Iterator[Fact]:
    """How many chord changes a bar has on average, and where they come fastest."""
    bars = Counter(
        b.bar for a, b in itertools.pairwise(chords) if a.chord != b.chord or a.end != b.position
    )
    total = material.tune.bar_count
    if total < 4 or max(bars.values(), default=0) < 2:
        return
    most = max(bars.values())
    value = {"per_bar": round(sum(bars.values()) / total, 2), "most": most}
    yield Fact("harmonic rhythm", value, in_order(b for b, n in bars.items() if n == most), sure)
