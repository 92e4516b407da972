"""Second computations for voices at once, words, chords in their roles and in thought, looking and teaching.

As in `explanations_checks`: own small code on MIDI numbers and chord symbols' text, nothing of what made the facts.
"""

# ruff: noqa: E501 - a table of checks: one line a kind
from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from fractions import Fraction

from abc_tools.analyse.fact import Fact
from benchmarks.explanations_checks import (
    Line,
    at_bars,
    bare,
    chord_classes,
    degree_of,
    has_bars,
    midi,
    pc,
    scale,
)

DISSONANT = {1, 2, 6, 10, 11}


def _sounding(line: Line, bars: tuple[int, ...]) -> list[tuple[int, Fraction, Fraction, list[int]]]:
    """(bar, onset, beat's place, MIDI numbers) wherever a voice begins a note and two sound."""
    found = []
    voices = [v for v in line.tune.voices if any(e.notes for m in v.measures for e in m.events)]
    for index in range(min(len(v.measures) for v in voices)):
        here = [v.measures[index] for v in voices]
        if here[0].number not in bars:
            continue
        starts = sorted({e.onset for m in here for e in m.events if e.notes and e.duration})
        for at in starts:
            heard = []
            for n, measure in enumerate(here):
                pick = min if n == len(here) - 1 else max
                heard += [pick(x.pitch.midi for x in e.notes) for e in measure.events
                          if e.notes and e.onset <= at < e.onset + e.duration]  # fmt: skip
            if len(heard) > 1:
                found.append((here[0].number, at, at, heard))
    return found


def _at_once(line: Line, fact: Fact) -> bool:
    high, low = midi(fact.value["upper"]), midi(fact.value["lower"])
    return high - low == fact.value["semitones"] and any(
        {high, low} <= set(heard) for _, _, _, heard in _sounding(line, fact.bars)
    )


def _apart(line: Line, fact: Fact) -> bool:
    sizes = [
        abs(a - b)
        for _, _, _, heard in _sounding(line, tuple(line.tune.bar_numbers))
        for a, b in itertools.combinations(heard, 2)
    ]
    end = max(sizes) if fact.kind == "widest apart" else min(sizes)
    return fact.value["semitones"] == end and _at_once(line, fact)


def _rough(line: Line, bars: tuple[int, ...]) -> bool:
    return any(
        (a - b) % 12 in DISSONANT or (b - a) % 12 in DISSONANT
        for _, _, _, heard in _sounding(line, bars)
        for a, b in itertools.combinations(heard, 2)
    )


def _syllables(line: Line) -> list[tuple[int, str]]:
    return [
        (m.number, e.syllables[0])
        for m in line.tune.measures
        for e in m.events
        if e.syllables and e.syllables[0]
    ]


def _sung_count(line: Line, fact: Fact) -> bool:
    return fact.value["count"] == sum(bar in fact.bars for bar, _ in _syllables(line))


def _strong_words(line: Line, fact: Fact) -> bool:
    there = " ".join(text for _, text in _syllables(line))
    return all(word in there for word in fact.value["words"])


def _seventh(line: Line, fact: Fact) -> bool:
    return any(bare(n.name) == fact.value["note"] for n in line.inside(fact.bars)) and (
        pc(fact.value["note"]) - pc(fact.value["key"].split()[0])
    ) % 12 in (9, 10, 11)


def _minor(line: Line, fact: Fact) -> bool:
    home = pc(line.key.split()[0])
    raised = any((n.midi - home) % 12 == 11 for n in line.notes)
    name = fact.value["name"][0]
    return raised == (name != "natural minor")


def _leaps(line: Line, fact: Fact) -> bool:
    names = [(n.name[0], int(n.name[-1])) for n in line.notes]
    places = ["CDEFGAB".index(letter) + 7 * octave for letter, octave in names]
    wide = sum(abs(b - a) >= fact.value["least"] for a, b in itertools.pairwise(places))
    return wide == fact.value["count"]


def _interval_there(line: Line, fact: Fact) -> bool:
    first, to = midi(fact.value["first"]), midi(fact.value["to"])
    return any((a.midi, b.midi) == (first, to) for a, b in itertools.pairwise(line.notes))


def _bar(line: Line, number: int) -> list[tuple[int, Fraction, Fraction]]:
    return [(n.midi, n.onset, n.length) for n in line.notes if n.bar == number]


def _comes_back(line: Line, fact: Fact) -> bool:
    pairs = zip(fact.value["first"], fact.value["again"], strict=True)
    return all(_bar(line, a) == _bar(line, b) and _bar(line, a) for a, b in pairs)


def _nearly(line: Line, fact: Fact) -> bool:
    one, other = (set(_bar(line, fact.value[k][0])) for k in ("first", "again"))
    return len(one & other) == fact.value["same"] < fact.value["of"]


def _symbols(line: Line, bars: tuple[int, ...]) -> list[str]:
    return [s for b, _, s in line.symbols if b in bars]


def _there(line: Line, fact: Fact) -> bool:
    return fact.value["chord"] in _symbols(line, tuple(line.tune.bar_numbers))


def _moves(line: Line, fact: Fact) -> bool:
    old, new = fact.value["chord"], fact.value["next"]
    return (pc(new) - pc(old)) % 12 == fact.value["semitones"]


def _shares(line: Line, fact: Fact) -> bool:
    one, other = (fact.value["chord"], fact.value["other"]) if "other" in fact.value else (
        fact.value["new"], fact.value["old"])  # fmt: skip
    both = chord_classes(one) & chord_classes(other)
    return {pc(n) for n in fact.value["notes"]} == both


def _share_and_come(line: Line, fact: Fact) -> bool:
    old, new = chord_classes(fact.value["old"]), chord_classes(fact.value["new"])
    return {pc(n) for n in fact.value["come"]} == new - old and {
        pc(n) for n in fact.value["gone"]
    } == old - new


def _held(line: Line, fact: Fact) -> bool:
    here = line.inside(fact.bars)
    inside = sum(n.midi % 12 in chord_classes(fact.value["chord"]) for n in here)
    return fact.value["count"] <= min(inside, fact.value["of"]) and fact.value["of"] <= len(here)


def _function(line: Line, fact: Fact) -> bool:
    """Roots against the tonic: T on I, iii, vi; S on ii, IV; D on V, vii, bVII; none of these from outside."""
    above = (pc(fact.value["chord"]) - pc(fact.value["key"].split()[0])) % 12
    kinds = {"T": (0, 3, 4, 8, 9), "S": (2, 5), "D": (7, 10, 11)}
    return (
        bool(fact.value["target"])
        or not fact.value["function"]
        or above in kinds[fact.value["function"]]
    )


def _new_numeral(line: Line, fact: Fact) -> bool:
    return fact.value["old"] in _symbols(line, tuple(line.tune.bar_numbers)) and fact.value[
        "key"
    ] in {m.key.name for m in line.tune.measures}


def _leading(line: Line, fact: Fact) -> bool:
    return (pc(fact.value["to"]) - pc(fact.value["note"])) % 12 == 1 and pc(
        fact.value["note"]
    ) in chord_classes(fact.value["chord"])


def _falls(line: Line, fact: Fact) -> bool:
    return (pc(fact.value["note"]) - pc(fact.value["to"])) % 12 in (1, 2) and pc(
        fact.value["note"]
    ) in chord_classes(fact.value["chord"])


def _leaves_off(line: Line, fact: Fact) -> bool:
    last = [n for n in line.notes if n.bar == fact.bars[0]][-1]
    return (
        last.name == fact.value["note"]
        and degree_of(bare(last.name), fact.value["key"]) == fact.value["degree"]
    )


def _note_of_chord(line: Line, fact: Fact) -> bool:
    return pc(fact.value["note"]) in chord_classes(fact.value["chord"])


def _degrees(line: Line, fact: Fact) -> bool:
    return degree_of(bare(fact.value["new"]), fact.value["key"]) == fact.value["degree"]


def _on_chord(line: Line, fact: Fact) -> bool:
    says = {"belongs to": True, "does not belong to": False}
    return (midi(fact.value["new"]) % 12 in chord_classes(fact.value["chord"])) == says[
        fact.value["how"][0]
    ]


def _even(line: Line, fact: Fact) -> bool:
    return {n.length for n in line.inside(fact.bars)} == {Fraction(fact.value["length"])}


def _first_bars(line: Line, fact: Fact) -> bool:
    return any(b in fact.bars for b in line.tune.bar_numbers)


def _range_written(line: Line, fact: Fact) -> bool:
    low, high = midi(fact.value["low"]), midi(fact.value["high"])
    shift = 0 if "octave" not in fact.kind else 12 if fact.value["way"][0] == "higher" else -12
    out = [n for n in line.span(fact) if not low <= n.midi + shift <= high]
    if fact.kind == "unplayable written":
        return {n.name for n in out} == set(fact.value["outside"]) and at_bars(out, fact)
    return not out


def _holes(line: Line, fact: Fact) -> bool:
    out = [n for n in line.span(fact) if n.midi % 12 not in scale(fact.value["scale"])]
    if fact.kind == "open holes":
        return not out
    return {bare(n.name) for n in out} == set(fact.value["notes"]) and at_bars(out, fact)


MORE: dict[str, Callable[[Line, Fact], bool]] = {
    "single voice": lambda x, f: len(x.tune.voices) == 1, "not at once": has_bars, "at once": _at_once,
    "widest apart": _apart, "closest apart": _apart, "no clash": lambda x, f: not _rough(x, f.bars), "clash": lambda x, f: all(
        _rough(x, (b,)) for b in f.bars), "clash between beats": lambda x, f: all(_rough(x, (b,)) for b in f.bars),
    "nothing to clash": lambda x, f: not x.symbols, "rubs": lambda x, f: pc(f.value["note"]) not in chord_classes(f.value["chord"])
    and any((pc(f.value["note"]) + d) % 12 in chord_classes(f.value["chord"]) for d in (1, 11)),
    "rubbing": lambda x, f: f.value["count"] >= len(f.bars), "rubs by step": lambda x, f: f.value["count"] >= len(f.bars), "no rub": has_bars,
    "syllables": _sung_count, "line syllables": _sung_count, "no words": lambda x, f: not _syllables(x), "strong words": _strong_words,
    "no strong words": has_bars, "melisma": lambda x, f: f.value["count"] >= 1 and f.value["most"] >= 2, "no melisma": _sung_count,
    "words fit": lambda x, f: f.value["syllables"] == len(_syllables(x)) <= f.value["notes"],
    "words short": lambda x, f: f.value["count"] <= len(x.notes), "words surplus": lambda x, f: f.value["count"] == sum(
        line.surplus for line in x.tune.lyrics),
    "not minor": lambda x, f: f.value["key"].split()[1] != "minor", "minor is": _minor, "seventh low": _seventh, "seventh raised": _seventh,
    "sixth raised": _seventh, "minor both": _seventh, "minor open": lambda x, f: not any(
        (n.midi - pc(f.value["key"].split()[0])) % 12 in (10, 11) for n in x.span(f)),
    "seventh in chords": lambda x, f: all(pc(f.value["note"]) in chord_classes(c) for c in f.value["chords"]),
    "leaps beyond": _leaps, "no leap beyond": _leaps, "leap there": _interval_there, "widest leap there": _interval_there,
    "comes back": _comes_back, "nearly back": _nearly, "none return": lambda x, f: not any(
        _bar(x, a) and _bar(x, a) == _bar(x, b) for a, b in itertools.combinations(sorted(set(x.tune.bar_numbers) - {0}), 2)),
    "tensest": lambda x, f: f.value["reasons"] > 0, "nothing tense": has_bars,
    "chord here": lambda x, f: {pc(n) for n in f.value["notes"]} == chord_classes(f.value["chord"].split("/")[0]) and _there(x, f),
    "chord role": _function, "chord shares": _shares, "chord last": _there, "chord next": _moves, "chord unresolved": lambda x, f: (
        pc(f.value["goal"]) != pc(f.value["next"])), "chord absent": lambda x, f: f.value["chord"] not in _symbols(x, f.bars),
    "no slip": _there, "good chord": _there, "odd chord": _there, "note of chord": _note_of_chord, "note by step": has_bars,
    "note of key": lambda x, f: pc(f.value["note"]) in scale(f.value["key"]), "note odd": has_bars, "chord instead": _new_numeral,
    "chord there already": _there, "chords share": lambda x, f: _shares(x, f) and _share_and_come(x, f), "chords share none": lambda x, f: not (
        chord_classes(f.value["new"]) & chord_classes(f.value["old"])),
    "notes held": _held, "chord choice": _held, "new role": has_bars, "same role": has_bars, "next same": lambda x, f: pc(
        f.value["chord"]) == pc(f.value["next"]), "move on": _moves, "pull lost": lambda x, f: (pc(f.value["next"]) - pc(f.value["old"])) % 12 == 5,
    "pull roots": _moves, "pull leading": _leading, "pull seventh": _falls, "pull melody": _leaves_off,
    "note other": has_bars, "note degrees": _degrees, "note on chord": _on_chord, "note from": has_bars, "note on": has_bars,
    "child part": has_bars, "child part new": has_bars, "child part again": has_bars, "child one part": has_bars,
    "child chords": lambda x, f: f.value["count"] == len(dict.fromkeys(_symbols(x, tuple(x.tune.bar_numbers)))),
    "teach elsewhere": lambda x, f: f.value["meter"] not in {m.meter.text for m in x.tune.measures if m.meter}, "teach walk": has_bars,
    "teach even": _even, "teach beats": lambda x, f: all(any(n.length == Fraction(f.value["length"]) for n in x.inside((b,))) for b in f.bars),
    "teach first": _first_bars, "teach cards": lambda x, f: f.value["count"] == len(f.value["names"]), "teach listen": has_bars,
    "teach phrase": has_bars, "teach join": has_bars, "playable written": _range_written, "unplayable written": _range_written,
    "playable octave written": _range_written, "half holes": _holes, "open holes": _holes,
}  # fmt: skip
"""Kind of fact → its second computation."""
NUMBERED = re.compile(r"(?m)^\d\. ")
"""The numbers before things to choose from: no part of any sentence."""
