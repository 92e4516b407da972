"""Scale degrees of the melody, and why notes stand outside the written scale.

A note outside the scale is explained by its neighbours and its chord, the first that fits: a raised
seventh that rises to the tonic is a leading tone; a raised sixth before it in minor is melodic minor;
a chord that is a secondary dominant contains it; it passes chromatically between two notes a step away
on either side; it neighbours the same note before and after; it leads by a semitone to the next note;
it belongs to the parallel mode (borrowed). What nothing explains is "altered".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.harmony import secondary
from abc_tools.analyse.line import Material, Sounded
from abc_tools.theory import STEP_SEMITONES, STEPS, Key

ACCIDENTALS = (
    "leading tone", "melodic minor", "secondary dominant", "chromatic passing tone",
    "chromatic neighbour", "chromatic approach", "borrowed", "blue note", "altered",
)  # fmt: skip


def degree_facts(material: Material) -> Iterator[Fact]:
    """How much of the melody lies on each degree, missing degrees, and each kind of accidental."""
    notes = [n for n in material.notes if n.key.tonic]
    if not notes:
        return
    time: dict[int, Fraction] = defaultdict(Fraction)
    for note in notes:
        time[degree(note.pitch.step, note.key)] += note.duration
    total = sum(time.values())
    shares = {str(d): round(100 * float(time[d] / total)) for d in range(1, 8)}
    main = max(range(1, 8), key=lambda d: time[d])
    missing = [d for d in range(1, 8) if not time[d]]
    value = {"percent": shares, "main": main, "missing": missing}
    yield Fact("scale degrees", value, in_order(n.bar for n in notes))
    yield from _accidentals(material)


def degree(step: str, key: Key) -> int:
    """The degree 1–7 of a letter in a key.

    >>> degree("C", Key("G"))
    4
    """
    return (STEPS.index(step) - STEPS.index(key.tonic)) % 7 + 1


def _accidentals(material: Material) -> Iterator[Fact]:
    groups: dict[tuple[str, str, str], list[Sounded]] = defaultdict(list)
    for note, kind in accidentals(material):
        groups[(kind, note.pitch.name[:-1], note.key.name)].append(note)
    for (kind, name, key), notes in sorted(
        groups.items(), key=lambda g: (ACCIDENTALS.index(g[0][0]), g[1][0].position)
    ):
        value = {"why": kind, "note": name, "key": key, "count": len(notes),
                 "degree": degree(notes[0].pitch.step, notes[0].key)}  # fmt: skip
        if kind == "secondary dominant":
            chord = material.chord_at(notes[0].position)
            value["chord"] = chord.chord.text if chord else ""
        yield Fact("accidental", value, in_order(n.bar for n in notes), 
                   0.5 if kind == "altered" else 0.9)  # fmt: skip


def accidentals(material: Material) -> list[tuple[Sounded, str]]:
    """Every melody note outside its key's signature, with what explains it (one of ACCIDENTALS).

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:4/4\\nL:1/4\\nK:Am\\nEA^GA|c^cd2|]\\n")
    >>> [(n.pitch.name, why) for n, why in accidentals(Material(tune))]
    [('G#4', 'leading tone'), ('C#5', 'chromatic passing tone')]
    """
    notes = material.notes
    found = []
    for index, note in enumerate(notes):
        if not note.key.tonic:
            continue
        if note.pitch.alter != note.key.signature[note.pitch.step]:
            found.append((note, _why(material, index)))
    return found


def _why(material: Material, index: int) -> str:
    notes = material.notes
    note = notes[index]
    before = notes[index - 1] if index else None
    after = notes[index + 1] if index + 1 < len(notes) else None
    above = (note.midi - note.key.pitch_class) % 12
    chord = material.chord_at(note.position)
    up = after.midi - note.midi if after else None
    came = note.midi - before.midi if before else None
    minor = note.key.minor_third
    if (
        chord
        and secondary(chord.chord, note.key) is not None
        and (note.midi % 12 in chord.chord.pitch_classes)
    ):
        return "secondary dominant"
    if above == 11 and _is_leading(material, index):
        return "leading tone"
    if minor and above == 9 and (up == 2 or came == -2):
        return "melodic minor"
    if before and after:
        if (
            came is not None
            and up is not None
            and came * up > 0
            and abs(came) <= 2
            and abs(up) <= 2
        ) and (abs(came) == 1 or abs(up) == 1):
            return "chromatic passing tone"
        if before.midi == after.midi and abs(note.midi - before.midi) == 1:
            return "chromatic neighbour"
    parallel = Key(note.key.tonic, note.key.alter, "major" if minor else "minor")
    borrowed = note.pitch.alter == parallel.signature[note.pitch.step]
    if not borrowed and up is not None and abs(up) == 1:
        return "chromatic approach"
    if borrowed:
        return "borrowed" if above in (3, 8, 4, 9, 10) else "altered"
    return "blue note" if above == 6 and note.pitch.alter < 0 else "altered"


def _is_leading(material: Material, index: int) -> bool:
    """Whether the tonic follows within the next three notes, or the chord is a dominant."""
    note = material.notes[index]
    tonic = note.key.pitch_class
    if any(n.midi % 12 == tonic for n in material.notes[index + 1 : index + 4]):
        return True
    chord = material.chord_at(note.position)
    return chord is not None and (chord.chord.root_class - tonic) % 12 in (7, 11)


def scale_used(material: Material) -> frozenset[int]:
    """Pitch classes that sound for at least 1 % of the melody's time."""
    time: dict[int, Fraction] = defaultdict(Fraction)
    for note in material.notes:
        time[note.midi % 12] += note.duration
    total = sum(time.values()) or Fraction(1)
    return frozenset(c for c, t in time.items() if t / total >= Fraction(1, 100))


def natural_classes(key: Key) -> frozenset[int]:
    """The pitch classes of the written scale."""
    return frozenset(round(STEP_SEMITONES[s] + a) % 12 for s, a in key.scale)
