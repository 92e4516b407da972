"""Second computations for what players, singers and teachers are told: chords under notes, hard bars, parts, versions.

As in `explanations_checks`: own small code on MIDI numbers and chord symbols' text, nothing of what made the facts.
"""

# ruff: noqa: E501 - a table of checks: one line a kind
from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from abc_tools.analyse.fact import Fact
from benchmarks.explanations_checks import (
    CHECKS,
    Line,
    Note,
    bare,
    chord_classes,
    has_bars,
    midi,
    pc,
)

FIVE = {"gong": (0, 2, 4, 7, 9), "shang": (0, 2, 5, 7, 10), "jue": (0, 3, 5, 8, 10), "zhi": (0, 2, 5, 7, 9), "yu": (0, 3, 5, 7, 10)}  # fmt: skip


def _under(line: Line, note: Note) -> str | None:
    """The chord symbol that holds where a note begins."""
    before = [symbol for _, at, symbol in line.symbols if at <= note.at]
    return before[-1] if before else None


def _inside(line: Line, fact: Fact) -> tuple[int, int]:
    """(chord tones, notes that have a chord) of the cited bars."""
    pairs = [(n, _under(line, n)) for n in line.inside(fact.bars)]
    with_chord = [(n, c) for n, c in pairs if c]
    return sum(n.midi % 12 in chord_classes(c) for n, c in with_chord), len(with_chord)


def _fits(line: Line, fact: Fact) -> bool:
    return (fact.value["inside"], fact.value["count"]) == _inside(line, fact)


def _outside_count(line: Line, fact: Fact) -> bool:
    out = [n for n in line.inside(fact.bars) if (c := _under(line, n)) and n.midi % 12 not in chord_classes(c)]  # fmt: skip
    return 1 <= fact.value["count"] <= len(out)


def _needed(line: Line, fact: Fact) -> bool:
    found = Counter(symbol for bar, _, symbol in line.symbols if bar in fact.bars)
    return fact.value["count"] == len(found) and found[fact.value["most"]] == fact.value["often"] == max(found.values())  # fmt: skip


def _symbols_there(line: Line, fact: Fact) -> bool:
    there = {symbol for bar, _, symbol in line.symbols if bar in fact.bars}
    return set(fact.value["chords"]) <= there


def _five(line: Line, fact: Fact) -> bool:
    home = line.notes[-1].midi % 12
    steps = {(n.midi - home) % 12 for n in line.notes}
    scale = set(FIVE[fact.value["name"][0]])
    if fact.kind == "not five mode":
        return all((pc(n) - home) % 12 not in scale for n in fact.value["notes"])
    named = {(pc(n) - home) % 12 for n in fact.value["notes"]}
    return pc(fact.value["note"]) == home and named == scale and (scale == steps or fact.kind == "mode with more")  # fmt: skip


def _last_and_notes(line: Line, fact: Fact) -> bool:
    return pc(fact.value["note"]) == line.notes[-1].midi % 12 and {pc(n) for n in fact.value["notes"]} == {n.midi % 12 for n in line.notes}  # fmt: skip


def _between(line: Line, fact: Fact) -> bool:
    first, to = (fact.value[k] for k in (("note", "to") if "note" in fact.value else ("first", "to")))  # fmt: skip
    return any((a.name, b.name) == (first, to) and set(fact.bars) <= {a.bar, b.bar} for a, b in itertools.pairwise(line.notes))  # fmt: skip


def _uneven(line: Line, fact: Fact) -> bool:
    return all(any(a.bar == b.bar == bar and 3 in (a.length / b.length, b.length / a.length) for a, b in itertools.pairwise(line.notes) if a.length and b.length) for bar in fact.bars)  # fmt: skip


def _signs(line: Line, fact: Fact) -> bool:
    names = {bare(n.name) for n in line.inside(fact.bars)}
    return set(fact.value["notes"]) <= names


def _lengths(line: Line, fact: Fact) -> bool:
    here = [str(n.length) for n in line.inside(fact.bars)]
    if "lengths" in fact.value:
        return here == list(fact.value["lengths"])
    return here == [fact.value["length"]] * fact.value["count"]


def _quick(line: Line, fact: Fact) -> bool:
    return Fraction(fact.value["length"]) in {n.length for n in line.inside(fact.bars)}


def _broken(line: Line, fact: Fact) -> bool:
    return {n.midi % 12 for n in line.inside(fact.bars)} == chord_classes(fact.value["chord"])


def _leap_count(line: Line, fact: Fact) -> bool:
    wide = [p for p in itertools.pairwise(line.notes) if abs(p[1].midi - p[0].midi) >= 7]
    return len(wide) == fact.value["count"] if set(n.bar for n in line.notes) else True


def _in_range(line: Line, fact: Fact) -> bool:
    low, high = midi(fact.value["low"]), midi(fact.value["high"])
    notes = [n.midi for n in line.notes]
    if fact.kind == "sung moved":
        by = fact.value["semitones"] * (-1 if fact.value["way"][0] == "lower" else 1)
        return low <= min(notes) + by and max(notes) + by <= high
    inside = low <= min(notes) and max(notes) <= high
    return inside if fact.kind in ("sung from", "sung yes") else True


def _out_of_range(line: Line, fact: Fact) -> bool:
    low, high = midi(fact.value["low"]), midi(fact.value["high"])
    return all(not low <= midi(n) <= high for n in fact.value["notes"]) and set(fact.value["notes"]) <= {n.name for n in line.notes}  # fmt: skip


def _voice_notes(line: Line) -> list[int]:
    return [
        sum(1 for m in v.measures for e in m.events if e.notes and not e.tied)
        for v in line.tune.voices
    ]


def _has_count(line: Line, fact: Fact) -> bool:
    return any(abs(count - fact.value["count"]) <= 2 for count in _voice_notes(line))


def _section(line: Line, fact: Fact) -> bool:
    return fact.value["count"] == len([b for b in fact.bars if b]) and has_bars(line, fact)


def _counted(line: Line, fact: Fact) -> bool:
    counts = {len([b for b in line.tune.bar_numbers if b]), len(line.notes), len(line.symbols), len(line.tune.voices)}  # fmt: skip
    return (fact.value["said"] in counts) == (
        fact.kind == "claim right"
    ) or fact.kind == "claim wrong"


def _leading(line: Line, fact: Fact) -> bool:
    return fact.value["b"] == sum(n.midi % 12 == pc(fact.value["note"]) for n in line.notes)


def _pulling(line: Line, fact: Fact) -> bool:
    return fact.value["b"] == sum(pc(fact.value["note"]) in chord_classes(s) for _, _, s in line.symbols)  # fmt: skip


def _changed(line: Line, fact: Fact) -> bool:
    return line.before is not None and has_bars(line, fact)


def _busiest(line: Line, fact: Fact) -> bool:
    return all(sum(b == bar for b, _, _ in line.symbols) >= fact.value["count"] for bar in fact.bars)  # fmt: skip


def _third(line: Line, fact: Fact) -> bool:
    return any(bare(n.name) == fact.value["note"] for n in line.inside(fact.bars))


def _limit(line: Line, fact: Fact) -> bool:
    edge, up = midi(fact.value["edge"]), fact.value["way"][0] == "above"
    beyond = [n for n in line.inside(fact.bars) if (n.midi > edge if up else n.midi < edge)]
    return len(beyond) == fact.value.get("count", 0)


def _sung_word(line: Line, fact: Fact) -> bool:
    return any(n.name == fact.value["note"] for n in line.inside(fact.bars))


def _since_before(line: Line, fact: Fact) -> bool:
    """What differs in some bars between the version before and now; of other pairs the older check."""
    if fact.value["one"][0] != "the version before" or line.before is None:
        return CHECKS[fact.kind](line, fact)
    was, now = (x.inside(fact.bars) for x in (Line(line.before), line))
    if fact.kind == "ranges differ":
        ends = [[n.midi for n in sorted(x, key=lambda n: n.midi)] for x in (was, now)]
        said = [midi(fact.value[k]) for k in ("a_low", "a_high", "b_low", "b_high")]
        return said == [ends[0][0], ends[0][-1], ends[1][0], ends[1][-1]]
    if fact.kind == "ends differ":
        return [fact.value["a"], fact.value["b"]] == [was[-1].name, now[-1].name]
    if fact.kind == "counts differ":
        return [fact.value["a"], fact.value["b"]] == [len(was), len(now)]
    shares = [round(100 * sum(abs(b.midi - a.midi) <= 2 for a, b in itertools.pairwise(x)) / (len(x) - 1)) for x in (was, now)]  # fmt: skip
    return [fact.value["a"], fact.value["b"]] == shares


def _length_of(names: str) -> Callable[[Line, Fact], bool]:
    """A check that a number of the value is no smaller than another."""
    one, other = re.split(r"\W+", names)
    return lambda line, fact: fact.value[one] >= fact.value[other] and has_bars(line, fact)


PLAYER: dict[str, Callable[[Line, Fact], bool]] = {
    "no parallels": lambda x, f: len(x.tune.voices) > 1, "fault": has_bars,
    "pickup silent": lambda x, f: not x.inside(f.bars),
    "within limit": _limit, "beyond limit": _limit, "word highest": _sung_word, "word lowest": _sung_word, "word longest": _sung_word,
    "chord times": lambda x, f: f.value["count"] == sum(s == f.value["chord"] for _, _, s in x.symbols),
    "chord never": lambda x, f: all(s != f.value["chord"] for _, _, s in x.symbols),
    "phrases end alike": lambda x, f: set(f.value["notes"]) <= {n.name for n in x.inside(f.bars)},
    "phrases end otherwise": lambda x, f: set(f.value["notes"]) <= {n.name for n in x.inside(f.bars)},
    "phrase note": lambda x, f: any(n.name == f.value["note"] for n in x.inside(f.bars)),
    "ranges differ": _since_before, "ends differ": _since_before, "counts differ": _since_before, "steps differ": _since_before,
    **dict.fromkeys(("ends same", "ends octave", "ends other"), lambda x, f: (f.value["first"], f.value["last"]) == (x.notes[0].name, x.notes[-1].name)),
    "one voice": lambda x, f: len(x.tune.voices) == 1, "raised seventh": lambda x, f: any((pc(f.value[k].split()[0]) - pc(f.value["note"])) % 12 == 1 for k in ("key", "tonic") if k in f.value),
    "fits everywhere": _fits, "fits by step": _fits, "fits partly": _fits, "fits passing": _outside_count, "fits not": _outside_count,
    "chords needed": _needed, "only open chords": _symbols_there, "open chords": _symbols_there, "closed chords": _symbols_there,
    "only closed chords": _symbols_there, "chord changes": _busiest, "no such sign": has_bars,
    "five mode": _five, "mode with more": _five, "not five mode": _five, "not that mode": has_bars, "modes open": _last_and_notes, "no five mode": _last_and_notes,
    "hardest bars": lambda x, f: f.value["count"] == len(f.bars), "no hard bars": has_bars, "first years": has_bars,
    "bar beyond": lambda x, f: set(f.value["notes"]) <= {n.name for n in x.inside(f.bars)}, "bar leap": _between, "bar uneven": _uneven,
    "bar quick": _quick, "bar signs": _signs, "bar across": _between, "breaks": has_bars, "no breaks": has_bars, "no break known": has_bars,
    "step slow": lambda x, f: f.value["bpm"] < float(f.value["tempo"]) or f.value["bpm"] <= 1, "step rhythm": _lengths, "step even": _lengths,
    "step chord": _broken, "step leap": _between, "step notes": lambda x, f: f.value["notes"] == [n.name for n in x.inside(f.bars)],
    "step signs": _signs, "step into": _between, "step out": _between, "one part": has_bars,
    "harder part": has_bars, "easier part": has_bars, "equally hard": has_bars, "harder but": has_bars,
    "harder leaps": _length_of("a b"), "harder signs": _length_of("a b"), "harder rhythm": _length_of("a b"), "harder notes": _length_of("a b"),
    "harder range": _length_of("a b"), "harder high": lambda x, f: midi(f.value["a"]) > midi(f.value["b"]),
    "beside high": lambda x, f: f.value["mean"] >= 0, "beside long": _length_of("a b"), "beside busy": _length_of("a b"), "beside wide": _length_of("a b"), "beside same": has_bars,
    "sung from": _in_range, "sung moved": _in_range, "sung by none": has_bars, "sung yes": _in_range, "sung not": _out_of_range,
    "sung leaps": has_bars, "wide leaps": _leap_count, "no wide leap": lambda x, f: all(abs(b.midi - a.midi) < 7 for a, b in itertools.pairwise(x.inside(f.bars))),
    "claim right": _counted, "claim wrong": _counted, "section key": lambda x, f: pc(f.value["note"]) in {n.midi % 12 for n in x.inside(f.bars)},
    "section third": _third, "lead voice": _has_count, "lead voice low": _has_count, "other voice": _has_count,
    "section there": _section, "section there twice": _section, "phrase ends": lambda x, f: f.value["count"] >= len(f.bars),
    "played order": lambda x, f: f.value["played"] >= 1, "part times": lambda x, f: f.value["count"] >= 1, "no date": has_bars,
    "field origin": has_bars, "field source": has_bars, "field history": has_bars,
    "changed yes": _changed, "changed there": _changed, "changed no": _changed, "changed elsewhere": _changed, "changed not there": _changed,
    "section changed": _changed, "section kept": _changed, "leading differ": _leading, "leading same": _leading,
    "pulling differ": _pulling, "pulling same": _pulling, "ends home now": lambda x, f: pc(f.value["note"]) == x.notes[-1].midi % 12,
    "ends away now": lambda x, f: pc(f.value["note"]) == x.notes[-1].midi % 12,
    "choice bright": has_bars, "choice dark": has_bars, "choice missing": has_bars, "choice missing minor": has_bars,
    "title idea": has_bars, "titles why": lambda x, f: f.value["key"] == x.key, "titles why free": has_bars,
    "rhythm same": lambda x, f: f.value["count"] == len(f.bars), "rhythm same all": lambda x, f: f.value["count"] == len(f.bars), "rhythms differ": has_bars,
    "motion similar": lambda x, f: f.value["count"] >= len(f.bars), "motion contrary": lambda x, f: f.value["count"] >= len(f.bars),
    "motion oblique": lambda x, f: f.value["count"] >= len(f.bars), "motion no similar": has_bars, "motion no contrary": has_bars,
    "imitates": has_bars, "no imitation": has_bars,
    "voices differ": lambda x, f: f.value["b"] == len(x.tune.voices), "voices changed": _changed, "signs changed": _changed, "titles differ": _changed,
}  # fmt: skip
"""Kind → its check; judgements and conventions are checked for their bars."""
