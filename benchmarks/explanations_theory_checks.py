"""Second computations for theory that is put together from parts, for capos and for what stands on the page: music21's
keys, intervals and Roman numerals, and fractions, instead of our tables.
"""

# ruff: noqa: E501 - a table of checks: one line a kind
from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from abc_tools.analyse.fact import Fact
from benchmarks.explanations_checks import Line, bare, chord_classes, pc, scale


def _music21_key(name: str) -> Any:
    from music21 import key

    tonic, mode = name.split()
    return key.Key(tonic.replace("b", "-"), mode)


def _related(line: Line, fact: Fact) -> bool:
    home = _music21_key(fact.value["key"])
    other = home.relative if fact.kind.endswith("relative of") else home.parallel
    return f"{other.tonic.name.replace('-', 'b')} {other.mode}" == fact.value["other"] and len(
        fact.value["signature"]
    ) == abs(other.sharps)


def _degree(line: Line, fact: Fact) -> bool:
    names = {
        "tonic": 1,
        "supertonic": 2,
        "mediant": 3,
        "subdominant": 4,
        "dominant": 5,
        "submediant": 6,
    }
    number = names.get(fact.value["name"][0], 7)
    return (
        number == fact.value["degree"]
        and pc(fact.value["note"]) == scale(fact.value["key"])[number - 1]
    )


def _away(line: Line, fact: Fact) -> bool:
    from music21 import interval, pitch

    quality, _, number = (
        fact.value["interval"][0].removeprefix("an ").removeprefix("a ").partition(" ")
    )
    sizes = (
        "unison",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "octave",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
    )
    letter = {"perfect": "P", "major": "M", "minor": "m", "augmented": "A", "diminished": "d"}
    number = number or quality
    short = f"{letter.get(quality, 'P')}{sizes.index(number) + 1}"
    down = fact.value["way"][0] == "below"
    moved = pitch.Pitch(fact.value["note"].replace("b", "-") + "4").transpose(
        interval.Interval(("-" if down else "") + short)
    )
    return moved.name.replace("-", "b") == fact.value["other"]


def _progression(line: Line, fact: Fact) -> bool:
    from music21 import roman

    home = _music21_key(fact.value["key"])
    for numeral, symbol in zip(fact.value["numerals"], fact.value["chords"], strict=True):
        if "maj7" in numeral:
            continue  # music21 reads no such figure
        figure = roman.RomanNumeral(numeral, home)
        if numeral[-1] == "7" and numeral[0] in "IV":
            root = figure.root().pitchClass
            if chord_classes(symbol) != {(root + n) % 12 for n in (0, 4, 7, 10)}:
                return False
        elif chord_classes(symbol) != {p.pitchClass for p in figure.pitches}:
            return False
    return True


def _shared(line: Line, fact: Fact) -> bool:
    both = chord_classes(fact.value["a"]) & chord_classes(fact.value["b"])
    return {pc(n) for n in fact.value["notes"]} == both


def _member(line: Line, fact: Fact) -> bool:
    place = {"root": (0,), "third": (2, 3, 4, 5), "fifth": (6, 7, 8), "seventh": (9, 10, 11)}[
        fact.value["name"][0]
    ]
    return (pc(fact.value["note"]) - pc(fact.value["chord"])) % 12 in place and pc(
        fact.value["note"]
    ) in chord_classes(fact.value["chord"])


def _modulate(line: Line, fact: Fact) -> bool:
    one, other = set(scale(fact.value["key"])), set(scale(fact.value["goal"]))
    tonic = pc(fact.value["goal"].split()[0])
    return (
        all(chord_classes(c) <= one & other for c in fact.value["chords"])
        and chord_classes(fact.value["dominant"]) == {(tonic + n) % 12 for n in (7, 11, 2, 5)}
        and pc(fact.value["tonic"]) == tonic
    )


def _capo(line: Line, fact: Fact) -> bool:
    chords = fact.value.get("chords", [s for s in dict.fromkeys(s for _, _, s in line.symbols)])
    fret = fact.value["fret"]
    return all(
        {(n + fret) % 12 for n in chord_classes(shape)} == chord_classes(chord)
        for shape, chord in zip(fact.value["shapes"], chords, strict=True)
    )


def _beats(text: str) -> Fraction:
    """ "1½ beats" as a number."""
    signs = {
        "½": Fraction(1, 2),
        "¼": Fraction(1, 4),
        "¾": Fraction(3, 4),
        "⅓": Fraction(1, 3),
        "⅔": Fraction(2, 3),
    }
    number = text.split()[0]
    part = signs.get(number[-1], Fraction(0))
    whole = number.rstrip("".join(signs))
    return Fraction(whole or 0) + part


def _lasting(line: Line, fact: Fact) -> bool:
    """The bars that are played, times their usual length, at the tempo; pickups and changes of meter make it rough."""
    lengths = sorted(m.duration for m in line.tune.measures)
    bars = fact.value.get("played", len(fact.bars))
    wanted = (
        bars * lengths[len(lengths) // 2] * 60 / (fact.value["rate"] * Fraction(fact.value["beat"]))
    )
    return abs(float(fact.value["seconds"]) / float(wanted) - 1) < 0.2


def _word(line: Line, fact: Fact) -> bool:
    note = line.notes[0 if fact.kind == "word first" else -1]
    return (note.name == fact.value["note"] or fact.kind == "word last") and note.bar >= fact.bars[
        0
    ]


THEORY: dict[str, Callable[[Line, Fact], bool]] = {
    "theory relative of": _related, "theory parallel of": _related, "theory named degree": _degree,
    "theory parallel unwritten": lambda x, f: abs(_music21_key(f.value["key"]).sharps) == f.value["count"] > 7,
    "theory leading": lambda x, f: (pc(f.value["note"]) + 1) % 12 == pc(f.value["key"].split()[0]) and pc(f.value["plain"]) == scale(f.value["key"])[6],
    "theory enharmonic": lambda x, f: pc(f.value["note"]) == pc(f.value["other"]) and f.value["note"] != f.value["other"],
    "theory enharmonic rare": lambda x, f: pc(f.value["note"]) == pc(f.value["other"]) and len(f.value["other"]) > 2,
    "theory not enharmonic": lambda x, f: pc(f.value["note"]) != pc(f.value["other"]), "theory away": _away,
    "theory shared": _shared, "theory nothing shared": lambda x, f: not chord_classes(f.value["a"]) & chord_classes(f.value["b"]),
    "theory both in keys": lambda x, f: all(chord_classes(f.value["a"]) | chord_classes(f.value["b"]) <= set(scale(k)) for k in f.value["keys"]),
    "theory relatives": lambda x, f: (pc(f.value["key"].split()[0]) - pc(f.value["minor"])) % 12 == 3,
    "theory progression": _progression, "theory member": _member, "theory modulate": _modulate, "theory modulate far": _modulate,
    "theory lasting": lambda x, f: _beats(f.value["beats"][0]) == Fraction(f.value["length"]) / Fraction(f.value["beat"]),
    "theory fitting": lambda x, f: _beats(f.value["count"][0]) == Fraction(f.value["large"]) / Fraction(f.value["small"]),
    "capo": _capo, "capo best": _capo, "no capo needed": _capo, "capo no chords": lambda x, f: not x.symbols,
    "capo all open": lambda x, f: "F" not in f.value["shapes"] and all(len(bare(c)) < 5 for c in f.value["shapes"]),
    "capo not open": lambda x, f: all(c not in ("C", "G", "D", "A", "E", "Am", "Em", "Dm") for c in f.value["shapes"]),
    "word first": _word, "word last": _word, "word longest": lambda x, f: any(n.length <= Fraction(f.value["length"]) for n in x.inside(f.bars)),
    "longest": lambda x, f: Fraction(f.value["length"]) == max(n.length for n in x.inside(f.bars)) and {n.name for n in x.inside(f.bars) if n.length == Fraction(f.value["length"])} >= set(f.value["notes"]),
    "lasts at": _lasting, "lasts part at": _lasting,
    "ending": lambda x, f: any(m.ending and m.number in f.bars for m in x.tune.measures),
    "no endings": lambda x, f: not any(m.ending for m in x.tune.measures),
    "endings played": lambda x, f: {n for m in x.tune.measures if 2 in m.ending for n in (m.number,)} <= set(f.bars),
}  # fmt: skip
"""Kind of fact → its second computation."""
