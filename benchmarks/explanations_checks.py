"""A second computation of what replies state: own small code on MIDI numbers, and music21 for theory.

`CHECKS` maps a kind of fact to a function (line, fact) → bool. Nothing here calls the functions that made
the facts; only the parser's notes (MIDI numbers, onsets, lengths, bars) and chord symbols' text are read.
"""

# ruff: noqa: E501 - a table of checks: one line a kind
from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from fractions import Fraction
from functools import cached_property

from abc_tools.analyse.fact import Fact
from abc_tools.tune import Tune

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
MODES = {"major": "0 2 4 5 7 9 11", "minor": "0 2 3 5 7 8 10", "dorian": "0 2 3 5 7 9 10", "phrygian": "0 1 3 5 7 8 10",
         "lydian": "0 2 4 6 7 9 11", "mixolydian": "0 2 4 5 7 9 10", "locrian": "0 1 3 5 6 8 10"}  # fmt: skip


def pc(name: str) -> int:
    """The pitch class of a name such as F#4 or Bb."""
    match = re.match(r"([A-G])(#+|b+|)", name)
    assert match, name
    return (STEPS[match[1]] + match[2].count("#") - match[2].count("b")) % 12


def midi(name: str) -> int:
    """The MIDI number of a name with an octave."""
    match = re.match(r"([A-G])(#+|b+|)(-?\d+)", name)
    assert match, name
    return 12 * (int(match[3]) + 1) + STEPS[match[1]] + match[2].count("#") - match[2].count("b")


def scale(key: str) -> list[int]:
    """The pitch classes of "F# minor" from its tonic."""
    tonic, mode = key.split()
    return [(pc(tonic) + int(x)) % 12 for x in MODES[mode].split()]


@dataclass
class Note:
    """One sounding note of the top line, ties joined."""

    bar: int
    at: Fraction
    onset: Fraction
    length: Fraction
    midi: int
    name: str
    index: int


@dataclass
class Line:
    """A tune read anew: the top notes of its longest voice."""

    tune: Tune
    before: Tune | None = None

    @cached_property
    def notes(self) -> list[Note]:
        """The melody."""
        found: list[Note] = []
        at = Fraction(0)
        for index, measure in enumerate(self.tune.measures):
            for event in measure.events:
                if event.notes and event.duration:
                    top = max(event.notes, key=lambda n: n.pitch.midi)
                    if event.tied and found and found[-1].midi == top.pitch.midi:
                        found[-1].length += event.duration
                    else:
                        found.append(Note(measure.number, at + event.onset, event.onset, event.duration,
                                          top.pitch.midi, top.pitch.name, index))  # fmt: skip
            at += measure.events[-1].onset + measure.events[-1].duration if measure.events else 0
        return found

    @cached_property
    def length(self) -> Fraction:
        """The length of the leading voice."""
        return sum(
            (m.events[-1].onset + m.events[-1].duration for m in self.tune.measures if m.events),
            Fraction(0),
        )

    def inside(self, bars: tuple[int, ...]) -> list[Note]:
        """The notes of some bars."""
        return [n for n in self.notes if n.bar in bars]

    def span(self, fact: Fact) -> list[Note]:
        """The notes between a fact's first and last bar."""
        return [n for n in self.notes if min(fact.bars) <= n.bar <= max(fact.bars)]

    @cached_property
    def symbols(self) -> list[tuple[int, Fraction, str]]:
        """(bar, position, chord symbol), of the voice that has most."""
        best: list[tuple[int, Fraction, str]] = []
        for voice in self.tune.voices:
            found, at = [], Fraction(0)
            for measure in voice.measures:
                found += [(measure.number, at + e.onset, e.chord_symbol) for e in measure.events
                          if e.chord_symbol and re.match(r"[A-G]", e.chord_symbol)]  # fmt: skip
                at += (
                    measure.events[-1].onset + measure.events[-1].duration if measure.events else 0
                )
            best = found if len(found) > len(best) else best
        return best

    def symbol_at(self, at: Fraction) -> str:
        """The chord symbol that holds at a position."""
        return next((s for _, p, s in reversed(self.symbols) if p <= at), "")

    @property
    def key(self) -> str:
        """The written key's name."""
        return self.tune.key.name


def chord_classes(symbol: str) -> set[int]:
    """The pitch classes of a chord symbol, by music21 where it can, else by the few suffixes below."""
    root, _, bass = symbol.partition("/")
    match = re.match(r"([A-G][#b]?)(.*)", root)
    assert match, symbol
    suffixes = {"": "0 4 7", "m": "0 3 7", "7": "0 4 7 10", "m7": "0 3 7 10", "maj7": "0 4 7 11", "dim": "0 3 6",
                "aug": "0 4 8", "m7b5": "0 3 6 10", "dim7": "0 3 6 9", "sus4": "0 5 7", "6": "0 4 7 9", "m6": "0 3 7 9",
                "9": "0 4 7 10 2", "7sus4": "0 5 7 10", "min": "0 3 7", "sus2": "0 2 7", "add9": "0 4 7 2"}  # fmt: skip
    found = {(pc(match[1]) + int(x)) % 12 for x in suffixes[match[2]].split()}
    return found | ({pc(bass)} if bass else set())


def has_bars(line: Line, fact: Fact) -> bool:
    """Whether the tune has the cited bars."""
    return set(fact.bars) <= set(line.tune.bar_numbers)


def at_bars(notes: list[Note], fact: Fact) -> bool:
    """Whether the bars of some notes are exactly those that a fact cites."""
    return sorted({n.bar for n in notes}) == list(fact.bars)


def _signature(key: str) -> list[str]:
    from music21 import key as keys

    tonic, mode = key.split()
    found = keys.Key(tonic.replace("b", "-"), mode)
    return [p.name.replace("-", "b") for p in found.alteredPitches]


def _interval(low: str, high: str) -> str:
    from music21 import interval, pitch

    made = interval.Interval(
        pitch.Pitch(low.replace("b", "-")), pitch.Pitch(high.replace("b", "-"))
    )
    return made.niceName.lower()


_ORDINAL = {
    "octave": "perfect octave",
    "unison": "perfect unison",
    "double octave": "perfect double-octave",
}


def interval_right(low: str, high: str, said: str) -> bool:
    """An interval's name against music21's; wide or odd ones against their semitones."""
    one, other = sorted((low, high), key=midi)
    if "semitones" in said:
        return midi(other) - midi(one) == int(said.split()[0])
    return _interval(one, other).replace("-", " ") == _ORDINAL.get(said, said).replace("-", " ")


def degree_of(name: str, key: str) -> str:
    """The degree of a note name in a key with its sign, counted by letters."""
    tonic = key.split()[0]
    letters = "CDEFGAB"
    number = (letters.index(name[0]) - letters.index(tonic[0])) % 7
    off = (pc(name) - scale(key)[number] + 6) % 12 - 6
    return "#" * max(off, 0) + "b" * max(-off, 0) + str(number + 1)


def bare(name: str) -> str:
    """A note name without its octave."""
    return name.rstrip("0123456789")


def _count_letter(line: Line, fact: Fact) -> bool:
    here = [n for n in line.notes if bare(n.name) == fact.value["note"]]
    near = [n for n in here if min(fact.bars) <= n.bar <= max(fact.bars)]
    return len(near) == fact.value["count"] and at_bars(near, fact)


def _extreme(line: Line, fact: Fact, way: int) -> bool:
    """The highest or lowest note; of the whole tune, or of the bars that the question was about."""
    value = midi(fact.value["note"])
    here = [n for n in line.notes if n.midi == value]
    near = [n for n in here if n.bar in fact.bars]
    whole = value == (max if way > 0 else min)(n.midi for n in line.notes)
    return at_bars(near, fact) and (whole or line.before is not None or bool(near))


def _leading(line: Line, fact: Fact, there: bool) -> bool:
    tonic = pc(fact.value["tonic"])
    pairs = [
        (a, b)
        for a, b in itertools.pairwise(line.span(fact))
        if b.midi % 12 == tonic and b.midi - a.midi == 1
    ]
    every = [
        b
        for a, b in itertools.pairwise(line.notes)
        if b.midi % 12 == tonic and b.midi - a.midi == 1
    ]
    return (
        (bool(pairs or every) and set(fact.bars) <= {b.bar for b in every}) if there else not pairs
    )


def _moves(line: Line, fact: Fact) -> bool:
    sizes = [abs(b.midi - a.midi) for a, b in itertools.pairwise(line.span(fact))]
    v = fact.value
    return [len(sizes), sum(0 < x < 3 for x in sizes), sum(x > 2 for x in sizes), sizes.count(0)] == [
        v["moves"], v["steps"], v["leaps"], v["repeats"]]  # fmt: skip


def _alike(line: Line, fact: Fact) -> bool:
    contents = {
        b: [(n.midi, n.onset, n.length) for n in line.notes if n.bar == b] for b in fact.bars
    }
    halves = {
        m.number
        for m in line.tune.measures
        if sum(x.number == m.number for x in line.tune.measures) > 1
    }
    wanted = [c for b, c in contents.items() if b not in halves]
    return all(c == wanted[0] for c in wanted) if wanted else True


def _note_list(line: Line, fact: Fact) -> bool:
    return [n.name for n in line.inside(fact.bars)] == list(fact.value["notes"])


def _tones(line: Line, fact: Fact) -> bool:
    symbol = fact.value["chord"]
    inside = {bare(n.name) for n in line.inside(fact.bars)
              if line.symbol_at(n.at) == symbol and n.midi % 12 in chord_classes(symbol)}  # fmt: skip
    return inside == set(fact.value["notes"])


def _non_tones(line: Line, fact: Fact) -> bool:
    symbol, kind = fact.value["chord"], fact.kind
    found = set()
    letters = "CDEFGAB"
    steps = [7 * int(re.sub(r"\D+", "", n.name)) + letters.index(n.name[0]) for n in line.notes]
    for i, n in enumerate(line.notes):
        if (
            n.bar not in fact.bars
            or line.symbol_at(n.at) != symbol
            or n.midi % 12 in chord_classes(symbol)
        ):
            continue
        got = "other notes"
        if (
            0 < i < len(line.notes) - 1
            and abs(steps[i] - steps[i - 1]) == abs(steps[i + 1] - steps[i]) == 1
        ):
            got = "passing notes" if steps[i + 1] - steps[i - 1] in (2, -2) else "neighbour notes"
        if got == kind:
            found.add(bare(n.name))
    return found == set(fact.value["notes"])


def _roman_root(numeral: str, key: str) -> int:
    """The pitch class of the root that a numeral means in a key."""
    names = ["I", "II", "III", "IV", "V", "VI", "VII"]
    if "/" in numeral.replace("6/4", "").replace("6/5", "").replace("4/3", "").replace("4/2", ""):
        head, target = numeral.rsplit("/", 1)
        match = re.match(r"([b#]?)([IViv]+)", target)
        assert match
        goal = scale(key)[names.index(match[2].upper())] + {"b": -1, "#": 1, "": 0}[match[1]]
        return (goal + (7 if head.startswith("V") else 11)) % 12
    match = re.match(r"([b#]?)([IViv]+)", numeral)
    assert match, numeral
    return (scale(key)[names.index(match[2].upper())] + {"b": -1, "#": 1, "": 0}[match[1]]) % 12


def _numerals(fact: Fact) -> bool:
    return all(pc(c) == _roman_root(n, fact.value["key"])
               for c, n in zip(fact.value["chords"], fact.value["numerals"], strict=True) if n != "?")  # fmt: skip


def _chords_of(line: Line, fact: Fact) -> bool:
    written = [s for _, _, s in line.symbols]
    said = [re.sub(r"♯", "#", c) for c in fact.value["chords"]]
    found = any(written[i : i + len(said)] == said for i in range(len(written)))
    bars = {b for b, _, s in line.symbols if s in said}
    return _numerals(fact) and (not written or (found and set(fact.bars) <= bars))


def _chord_of(line: Line, fact: Fact) -> bool:
    near = {s for b, _, s in line.symbols if b in fact.bars}
    return (not line.symbols or fact.value["chord"] in near) and pc(fact.value["chord"]) == _roman_root(
        fact.value["numeral"], fact.value["key"])  # fmt: skip


def _cadence(line: Line, fact: Fact) -> bool:
    """The last two roots and the last note of the phrase's bars, named again from scratch."""
    v = fact.value
    kind, chords = v["type"], list(v.get("chords", ()))
    if chords:
        key = v["key"]
        roots = [(pc(c) - pc(key.split()[0])) % 12 for c in chords]
        minor = bool(re.match(r"[A-G][#b]?m(?!aj)", chords[0]))
        near = {s for b, _, s in line.symbols}
        fits = {
            "perfect authentic": roots == [7, 0] and not minor, "half": roots[-1] == 7,
            "imperfect authentic": roots[-1] == 0 and roots[0] in (7, 11) and not minor,
            "plagal": roots == [5, 0], "deceptive": roots[0] == 7 and roots[-1] in (8, 9),
            "modal": roots[-1] == 0 and (roots[0] == 10 or (roots[0] == 7 and minor)),
            "tonic": roots[-1] == 0, "open": roots[-1] not in (0, 7),
        }  # fmt: skip
        return fits[kind] and set(chords) <= near | {""} if line.symbols else fits[kind]
    bar_notes = [n for n in line.notes if min(fact.bars) <= n.bar <= max(fact.bars)]
    ends = [n for n in bar_notes if n.bar >= max(fact.bars) - 1]
    key = line.key
    aboves = {(n.midi - pc(key.split()[0])) % 12 for n in ends}
    letters = {degree_of(bare(n.name), key).lstrip("#b") for n in ends}
    return {"melodic tonic": 0 in aboves, "melodic dominant": 7 in aboves, "melodic third": "3" in letters,
            "melodic leading tone": bool({"2", "7"} & letters), "open": bool(letters)}[kind]  # fmt: skip


def _lasting(line: Line, fact: Fact) -> bool:
    """Repeats unfolded by a walk of its own over signs and numbered endings."""
    measures = line.tune.measures
    order, i, start, done, seen = [], 0, 0, set(), Counter[int]()
    while i < len(measures) and len(order) < 4000:
        m = measures[i]
        if any(b.repeat_start for b in m.before) and start < i and i not in seen:
            start = i
        turn = seen[start] + 1
        if m.ending and turn not in m.ending:
            j = i
            while j < len(measures) and not (measures[j].after and measures[j].after.boundary):
                j += 1
            i = j + 1
            continue
        order.append(m)
        if m.after and m.after.repeat_end and i not in done:
            done.add(i)
            seen[start] += 1
            i = start
            continue
        if m.after and m.after.repeat_end:
            start = i + 1
        i += 1
    whole = sum(
        (m.events[-1].onset + m.events[-1].duration for m in order if m.events), Fraction(0)
    )
    tempo = line.tune.tempo
    seconds = float(whole / tempo.beat * 60 / tempo.bpm)
    return abs(seconds - float(fact.value["seconds"])) <= max(1.0, 0.02 * seconds)


def _playable(line: Line, fact: Fact) -> bool:
    low, high = midi(fact.value["low"]), midi(fact.value["high"])
    shift = {"playable": 0, "playable octave": 12 if fact.value.get("way", [""])[0] == "higher" else -12,
             "unplayable": 0}[fact.kind]  # fmt: skip
    notes = line.span(fact)
    out = [n for n in notes if not low <= n.midi + shift <= high]
    if fact.kind == "unplayable":
        return {n.name for n in out} == set(fact.value["outside"]) and at_bars(out, fact)
    return not out


def _third(line: Line, fact: Fact) -> bool:
    size = (pc(fact.value["note"]) - pc(fact.value["tonic"])) % 12
    here = [n for n in line.notes if bare(n.name) == fact.value["note"] and n.bar <= max(fact.bars)]
    return size == {"minor": 3, "major": 4}[fact.value["size"]] and set(fact.bars) <= {
        n.bar for n in here
    }


def _key_signature(line: Line, fact: Fact) -> bool:
    at = next(m for m in line.tune.measures if m.number in fact.bars)
    own = {line.key, at.key.name, at.key_at_end.name}
    return fact.value["key"] in own and _signature(fact.value["key"]) == list(
        fact.value["signature"]
    )


def _climax(line: Line, fact: Fact) -> bool:
    top = midi(fact.value["note"])
    here = [n for n in line.notes if n.bar in fact.bars and n.midi == top]
    most = max(n.midi for n in line.span(fact))
    share = round(100 * float(here[0].at / line.length)) if here else -1
    return (
        most == top
        and at_bars(here, fact)
        and (fact.kind != "climax" or share == fact.value["percent"])
    )


def _outside(line: Line, fact: Fact) -> bool:
    signature = {n[0]: n for n in _signature(fact.value["key"])}
    named = {
        bare(n.name)
        for n in line.inside(fact.bars)
        if signature.get(n.name[0], n.name[0]) != bare(n.name)
    }
    return named == set(fact.value.get("notes", ()))


def _range(line: Line, fact: Fact) -> bool:
    notes = line.span(fact)
    low, high = midi(fact.value["low"]), midi(fact.value["high"])
    ends = min(n.midi for n in notes) == low and max(n.midi for n in notes) == high
    return ends and interval_right(fact.value["low"], fact.value["high"], fact.value["interval"])


def _final(line: Line, fact: Fact) -> bool:
    last = [n for n in line.notes if n.bar in fact.bars][-1]
    if last.name != fact.value["note"]:
        return False
    key = fact.value.get("key", line.tune.measures[last.index].key_at_end.name)
    if fact.kind in ("final tonic", "closed end", "child home"):
        return last.midi % 12 == pc(key.split()[0])
    return degree_of(bare(last.name), key) == fact.value["degree"] and last.midi % 12 != pc(
        key.split()[0]
    )


def _meter(line: Line, fact: Fact) -> bool:
    top, bottom = (int(x) for x in re.findall(r"\d+", fact.value["meter"])[:2])
    lengths = {m.expected for m in line.tune.measures if m.number in fact.bars}
    beat = Fraction(fact.value["beat"])
    return lengths == {Fraction(top, bottom)} and beat * fact.value["beats"] == Fraction(
        top, bottom
    )


def _pickup(line: Line, fact: Fact) -> bool:
    first = line.tune.measures[0]
    inside = [n for n in line.notes if n.index == 0]
    length = first.events[-1].onset + first.events[-1].duration
    return (
        first.number == 0
        and length == Fraction(fact.value["length"])
        and len(inside) == fact.value["notes"]
    )


def _shift(name: str, by: int) -> str:
    sign = name.count("#") - name[1:].count("b") + by
    return name[0] + ("#" * sign if sign > 0 else "b" * -sign)


def _degree_moved(line: Line, fact: Fact) -> bool:
    v = fact.value
    number = scale(v["key"])[v["degree"] - 1]
    by = 1 if "raised" in v["way"][0] else -1
    here = [n for n in line.notes if bare(n.name) == v["old"]]
    counted = len([n for n in here if min(fact.bars) <= n.bar <= max(fact.bars)]) == v.get(
        "count", 0
    )
    return pc(v["old"]) == number and _shift(v["old"], by) == v["new"] and counted


def _mean(notes: list[Note]) -> float:
    return float(sum(n.midi * n.length for n in notes) / sum(n.length for n in notes))


def _height(line: Line, fact: Fact) -> bool:
    off = _mean(line.span(fact)) - _mean(line.notes)
    up = fact.kind == "high register"
    return abs(abs(off) - fact.value["semitones"]) < 0.06 and (off > 0) == up


def _pace(line: Line, fact: Fact) -> bool:
    here, every = line.span(fact), line.notes
    ratio = float(sum(n.length for n in here) / len(here)) / float(
        sum(n.length for n in every) / len(every)
    )
    return round(100 * abs(ratio - 1)) == fact.value["percent"] and (ratio > 1) == (
        fact.kind == "longer notes"
    )


def _ends(line: Line, fact: Fact) -> bool:
    notes = line.span(fact)
    first, last = notes[0], notes[-1]
    up = last.midi > first.midi
    same = (first.name, last.name) == (fact.value["first"], fact.value["to"])
    return (
        same
        and up == (fact.kind == "rising line")
        and interval_right(first.name, last.name, fact.value["interval"])
    )


def _pair(line: Line, fact: Fact, test: Callable[[Note, Note], bool]) -> bool:
    names = (fact.value["first"], fact.value["to"])
    pairs = [(a, b) for a, b in itertools.pairwise(line.notes) if {a.bar, b.bar} == set(fact.bars)]
    return any((a.name, b.name) == names and test(a, b) for a, b in pairs)


def _phrase_end(line: Line, fact: Fact) -> bool:
    """The note is the last but those that begin the next phrase: it stands in the bar."""
    return fact.value["note"] in {n.name for n in line.inside(fact.bars)}


def _seconds_of(line: Line, fact: Fact) -> bool:
    """No longer than its bars, no shorter than all but two of them."""
    whole = line.tune.tempo.seconds_per_whole
    notes = line.span(fact)
    most = float((notes[-1].at + notes[-1].length - notes[0].at) * whole)
    return 0 < float(fact.value["seconds"]) <= most + 0.06


def _bow(line: Line, fact: Fact) -> bool:
    """Down where the very first note of its bar stands on the first beat of a whole bar."""
    first = line.span(fact)[0]
    return (first.bar != 0 and first.onset == 0) == (fact.kind == "bow down")


def _against(line: Line, fact: Fact) -> bool:
    """Each bar begins with a note on its first beat."""
    return all(any(n.bar == bar and n.onset == 0 for n in line.notes) for bar in fact.bars)


def _reach(line: Line, fact: Fact) -> bool:
    heights = [n.midi for n in line.span(fact)]
    return (midi(fact.value["low"]), midi(fact.value["high"])) == (min(heights), max(heights))


def _interval_notes(line: Line, fact: Fact) -> bool:
    low, high = sorted((fact.value["first"], fact.value["to"]), key=midi)
    pairs = [
        (a.name, b.name)
        for a, b in itertools.pairwise(line.notes)
        if {a.bar, b.bar} == set(fact.bars)
    ]
    there = (fact.value["first"], fact.value["to"]) in pairs
    return there and interval_right(low, high, fact.value["interval"])


def _guides(line: Line, fact: Fact) -> bool:
    root = pc(re.match(r"[A-G][#b]?", fact.value["chord"])[0])  # type: ignore[index]
    third, seventh = ((pc(fact.value[n]) - root) % 12 for n in ("third", "seventh"))
    return third in (3, 4, 5, 2) and seventh in (8, 9, 10, 11)


def _minor_chords(line: Line, fact: Fact) -> bool:
    said = list(fact.value["chords"])
    every = {s for _, _, s in line.symbols}
    return set(said) <= every and all((pc(c) + 3) % 12 in chord_classes(c) for c in said)


def _major_chords(line: Line, fact: Fact) -> bool:
    return all((pc(c) + 4) % 12 in chord_classes(c) for c in fact.value["chords"])


def _tense(line: Line, fact: Fact) -> bool:
    return all(
        any((x + 6) % 12 in chord_classes(c) for x in chord_classes(c))
        for c in fact.value["chords"]
    )


def _altered(line: Line, fact: Fact) -> bool:
    signature = {n[0]: n for n in _signature(fact.value["key"])}
    name = bare(fact.value["note"])
    own = pc(signature.get(name[0], name[0]))
    off = (pc(name) - own + 6) % 12 - 6
    there = any(n.name == fact.value["note"] for n in line.inside(fact.bars))
    return there and (off > 0) == (fact.kind == "raised note") and off != 0


def _above(line: Line, fact: Fact, semitones: int) -> bool:
    here = [n for n in line.inside(fact.bars) if bare(n.name) == fact.value["note"]]
    keys = {line.tune.measures[n.index].key for n in here}
    return bool(here) and all(
        (pc(fact.value["note"]) - k.pitch_class) % 12 == semitones for k in keys
    )


def _names(line: Line, fact: Fact) -> set[str]:
    return {bare(n.name) for n in line.span(fact)}


def _beats(line: Line, fact: Fact, cells: list[list[Fraction]]) -> bool:
    count, bars = 0, set()
    for m in line.tune.measures:
        if m.meter is None or m.number not in fact.bars or not m.full:
            continue
        beat = Fraction(3, m.meter.unit) if m.meter.compound else Fraction(1, 4)
        at = Fraction(0)
        while at < m.duration:
            inside = [e for e in m.events if at <= e.onset < at + beat]
            good = inside and inside[0].onset == at and all(e.notes for e in inside)
            if good and [e.duration / beat for e in inside] in cells:
                count, bars = count + 1, bars | {m.number}
            at += beat
    return count == fact.value["count"] and bars == set(fact.bars)


def _repeat(line: Line, fact: Fact) -> bool:
    """Every bar between a repeat's opening (or the last one's end) and its close, endings left out."""
    start = 0
    for i, m in enumerate(line.tune.measures):
        if any(b.text.endswith(":") and len(b.text) > 1 for b in m.before):
            start = i
        if m.after and m.after.text.startswith(":") and len(m.after.text) > 1:
            if {x.number for x in line.tune.measures[start : i + 1] if not x.ending} == set(
                fact.bars
            ):
                return True
            start = i + 1
    return False


def _differs(one: Callable[[Line, tuple[int, ...]], object]) -> Callable[[Line, Fact], bool]:
    """A comparison of two values that `one` computes for the two things compared."""

    def check(line: Line, fact: Fact) -> bool:
        sides = _sides(line, fact)
        return sides is None or [one(*side) for side in sides] == [fact.value["a"], fact.value["b"]]

    return check


def _sides(line: Line, fact: Fact) -> list[tuple[Line, tuple[int, ...]]] | None:
    """The two things compared: parts by the bars in their names, else the tune before and now."""
    pairs = [
        re.fullmatch(r"bars? (\d+)(?:–(\d+))?", fact.value[side][0]) for side in ("one", "other")
    ]
    if pairs[0] and pairs[1]:
        return [(line, tuple(range(int(p[1]), int(p[2] or p[1]) + 1))) for p in pairs if p]
    if line.before is None or "changed" in fact.value["other"][0]:
        return None
    old = Line(line.before)
    return [(old, tuple(line.before.bar_numbers)), (line, tuple(line.tune.bar_numbers))]


def _share_of_steps(line: Line, bars: tuple[int, ...]) -> int:
    notes = line.inside(bars)
    sizes = [abs(b.midi - a.midi) for a, b in itertools.pairwise(notes)]
    return round(100 * sum(x < 3 for x in sizes) / len(sizes)) if sizes else 100


def _chord_row(line: Line, bars: tuple[int, ...]) -> list[str]:
    return [k for k, _ in itertools.groupby(s for b, _, s in line.symbols if b in bars)]


def _ranges(line: Line, fact: Fact) -> bool:
    sides = _sides(line, fact)
    if sides is None:
        return True
    ends = [f([n.midi for n in x.inside(bars)]) for x, bars in sides for f in (min, max)]
    return ends == [midi(fact.value[k]) for k in ("a_low", "a_high", "b_low", "b_high")]


def _density(line: Line, bars: tuple[int, ...]) -> float:
    return round(len(line.inside(bars)) / max(len([b for b in bars if b]), 1), 1)


def _content(tune: Tune, bar: int) -> list[object]:
    return [
        (e.midi, e.onset, e.duration, e.tied)
        for v in tune.voices
        for m in v.measures
        if m.number == bar
        for e in m.events
    ]


def _bars_changed(line: Line, fact: Fact) -> bool:
    if line.before is None:
        return False
    changed = [
        b for b in line.tune.bar_numbers if _content(line.before, b) != _content(line.tune, b)
    ]
    return changed == list(fact.bars)


def _nothing(line: Line, fact: Fact) -> bool:
    """For moods that are denied: each cause that was looked for is looked for again, the plain ones by hand."""
    notes = line.span(fact)
    tonic = pc(line.key.split()[0]) if line.tune.key.tonic else None
    sizes = [b.midi - a.midi for a, b in itertools.pairwise(notes)]
    chords = [s for b, _, s in line.symbols if b in fact.bars]
    wrong = {
        "a minor third in its key": tonic is not None and scale(line.key)[2] == (tonic + 3) % 12,
        "a major third in its key": tonic is not None and scale(line.key)[2] == (tonic + 4) % 12,
        "minor chords": any((pc(c) + 3) % 12 in chord_classes(c) for c in chords),
        "a leap of a fifth or more": any(abs(x) >= 7 for x in sizes),
        "rests": any(e.kind == "rest" for m in line.tune.measures if m.number in fact.bars for e in m.events),
        "a slow tempo": line.tune.tempo.bpm <= 76, "a quick tempo": line.tune.tempo.bpm >= 126,
        "four notes or fewer": len({bare(n.name) for n in notes}) <= 4,
        "nothing but steps": bool(sizes) and all(abs(x) <= 2 for x in sizes),
        "an end on the tonic": tonic is not None and notes[-1].midi % 12 == tonic,
        "an end away from the tonic": tonic is not None and notes[-1].midi % 12 != tonic,
    }  # fmt: skip
    return not any(wrong.get(name[0], False) for name in fact.value["looked"])


def _functions(line: Line, fact: Fact) -> bool:
    return abs(sum(fact.value[k] for k in ("T", "S", "D", "other")) - 100) <= 2


def _values(line: Line, fact: Fact) -> bool:
    counts = Counter(n.length for n in line.notes)
    v = fact.value
    usual = Fraction(v["usual"])
    return (counts[usual] == v["count"] == max(counts.values()) and len(line.notes) == v["notes"]
            and max(counts) == Fraction(v["longest"]) and min(counts) == Fraction(v["shortest"]))  # fmt: skip


def _widest(line: Line, fact: Fact) -> bool:
    sizes = [abs(b.midi - a.midi) for a, b in itertools.pairwise(line.notes)]
    v = fact.value
    counted = v["count"] == sizes.count(max(sizes)) and len(fact.bars) >= 1
    return (
        counted
        and max(sizes) == abs(midi(v["from"]) - midi(v["to"]))
        and interval_right(v["from"], v["to"], v["interval"])
    )


def _form(line: Line, fact: Fact) -> bool:
    parts = fact.value["sections"]
    bars = [b for b in line.tune.bar_numbers if b]
    covered = sorted({b for p in parts for b in range(p["first"], p["last"] + 1)})
    return set(covered) >= set(bars) and all(p["first"] <= p["last"] for p in parts)


def _same_notes(line: Line, first: list[int], second: list[int]) -> bool:
    one, other = (
        [(n.midi, n.length) for n in line.notes if pair[0] <= n.bar <= pair[1]]
        for pair in (first, second)
    )
    return one == other


def _likeness(line: Line, fact: Fact) -> bool:
    v = fact.value
    if v["kind"] != "same":
        return 0 < v["percent"] <= 100
    return _same_notes(line, v["bars"], v["like_bars"]) or min(v["bars"][0], v["like_bars"][0]) <= 1


def _motif(line: Line, fact: Fact) -> bool:
    v = fact.value
    names = [n.name for n in line.notes]
    size = v["length"]
    first = any(names[i : i + size] == list(v["notes"]) for i in range(len(names)))
    return (
        first
        and len(v["places"]) == v["times"]
        and {p["bar"] for p in v["places"]} <= set(line.tune.bar_numbers)
    )


def _scale_fact(line: Line, fact: Fact) -> bool:
    time: Counter[int] = Counter()
    for n in line.notes:
        time[n.midi % 12] += n.length  # type: ignore[assignment]
    total = sum(time.values())
    return sum(1 for t in time.values() if t / total >= Fraction(1, 100)) == fact.value["notes"]


def _scale_here(line: Line, fact: Fact) -> bool:
    classes = {pc(n) for n in fact.value["notes"]}
    if fact.value["notes"][0] != fact.value["tonic"]:
        return False
    out = [n for n in line.span(fact) if n.midi % 12 not in classes]
    if fact.kind == "scale fits":
        return not out
    return {bare(n.name) for n in out} == set(fact.value["outside"]) and at_bars(out, fact)


def _mode_degree(line: Line, fact: Fact) -> bool:
    v = fact.value
    differing = {pc(v["note"])} == set(scale(v["mode"])) - set(scale(v["near"]))
    here = [
        n
        for n in line.notes
        if bare(n.name) == v["note"] and min(fact.bars) <= n.bar <= max(fact.bars)
    ]
    return differing and (at_bars(here, fact) if fact.kind.endswith("heard") else not here)


def _accidental(line: Line, fact: Fact) -> bool:
    here = {bare(n.name) for n in line.inside(fact.bars)} & {fact.value["note"]}
    signature = {n[0]: n for n in _signature(fact.value["key"])}
    name = fact.value["note"]
    return bool(here) and signature.get(name[0], name[0]) != name


def _syncopated(line: Line, fact: Fact) -> bool:
    """Each cited bar has a note off the downbeat that sounds over a stronger place or across the bar."""
    return all(any(n.onset > 0 or b == 0 for n in line.notes if n.bar == b) for b in fact.bars)


def _triplets(line: Line, fact: Fact) -> bool:
    here = [n for n in line.notes if n.length.denominator % 3 == 0]
    return bool(here) and abs(len(here) - fact.value["notes"]) <= 1


def _modulation(line: Line, fact: Fact) -> bool:
    """The new key has the cited notes and they sound there, or its tonic closes the stretch."""
    signs = [s for s in fact.value["signs"] if s != "cadence"]
    sounding = {n.midi % 12 for n in line.inside(fact.bars)}
    for b, _, s in line.symbols:
        sounding |= chord_classes(s) if b in fact.bars else set()
    return all(pc(s) in sounding for s in signs) if signs else True


def _key_heard(line: Line, fact: Fact) -> bool:
    """music21's judges: the heard key's tonic is among the three keys that one of them finds likeliest."""
    from music21.analysis import discrete

    from abc_tools.score import to_stream

    stream = to_stream(line.tune)
    tonic = pc(fact.value["key"].split()[0])
    for name in (
        "KrumhanslSchmuckler",
        "AardenEssen",
        "TemperleyKostkaPayne",
        "BellmanBudge",
        "SimpleWeights",
    ):
        found = getattr(discrete, name)(stream).getSolution(stream)
        if tonic in {k.tonic.pitchClass for k in [found, *found.alternateInterpretations[:2]]}:
            return True
    return line.notes[-1].midi % 12 == tonic


def _degrees(line: Line, fact: Fact) -> bool:
    notes = [n for n in line.inside(fact.bars)]
    return [degree_of(bare(n.name), fact.value["key"]) for n in notes][: len(fact.value["degrees"])] == list(
        fact.value["degrees"])  # fmt: skip


def _percent_degrees(line: Line, fact: Fact) -> bool:
    time: Counter[str] = Counter()
    for n in line.notes:
        key = line.tune.measures[n.index].key
        if key.tonic:
            time[degree_of(bare(n.name), key.name).lstrip("#b")] += n.length  # type: ignore[assignment]
    total = sum(time.values())
    share = {d: round(100 * float(time[str(d)] / total)) for d in range(1, 8)}
    main = fact.value["main"]
    return (
        all(abs(share[d] - fact.value["percent"][str(d)]) <= 1 for d in share)
        and share[main] >= max(share.values()) - 1
    )


def _implied(line: Line, fact: Fact) -> bool:
    """Every chord shares a note with the melody of the bars, and its numeral is right."""
    sounding = {n.midi % 12 for n in line.inside(fact.bars)}
    return (
        not line.symbols
        and _numerals(fact)
        and all(chord_classes(c) & sounding for c in fact.value["chords"])
    )


def _phrase_count(line: Line, fact: Fact) -> bool:
    return 0 < fact.value["count"] <= len(line.notes)


def _time_changes(line: Line, fact: Fact) -> bool:
    return (
        float(fact.value["before"]) > 0 < float(fact.value["after"])
        and fact.value["before"] != fact.value["after"]
    )


def _theory_scale(line: Line, fact: Fact) -> bool:
    """The notes against music21's scales where it has them, else against the semitones of the table's name."""
    from music21 import scale as scales

    known = {"major": scales.MajorScale, "minor": scales.MinorScale, "dorian": scales.DorianScale, "lydian": scales.LydianScale,
             "phrygian": scales.PhrygianScale, "mixolydian": scales.MixolydianScale, "locrian": scales.LocrianScale,
             "harmonic minor": scales.HarmonicMinorScale, "melodic minor": scales.MelodicMinorScale}  # fmt: skip
    name, notes = fact.value["name"], list(fact.value["notes"])
    if notes[0] != fact.value["tonic"]:
        return False
    if name in known:
        made = known[name](notes[0].replace("b", "-")).getPitches(
            direction=scales.Direction.ASCENDING
        )
        return [p.name.replace("-", "b") for p in made][:7] == notes
    own = {"major pentatonic": "0 2 4 7 9", "minor pentatonic": "0 3 5 7 10", "gong": "0 2 4 7 9", "shang": "0 2 5 7 10",
           "jue": "0 3 5 8 10", "zhi": "0 2 5 7 9", "yu": "0 3 5 7 10", "blues": "0 3 5 6 7 10", "whole tone": "0 2 4 6 8 10",
           "chromatic": "0 1 2 3 4 5 6 7 8 9 10 11"}[name]  # fmt: skip
    return [(pc(n) - pc(notes[0])) % 12 for n in notes] == [int(x) for x in own.split()]


def _theory_chord(line: Line, fact: Fact) -> bool:
    return {pc(n) for n in fact.value["notes"]} == chord_classes(fact.value["chord"])


def _theory_key(line: Line, fact: Fact) -> bool:
    return _signature(fact.value["key"]) == list(fact.value["signature"])


def _theory_relative(line: Line, fact: Fact) -> bool:
    from music21 import key as keys

    tonic, mode = fact.value["key"].split()
    twin = keys.Key(tonic.replace("b", "-"), mode)
    twin = twin.relative if fact.kind.endswith("relative") else twin.parallel
    return f"{twin.tonic.name.replace('-', 'b')} {twin.mode}" == fact.value["other"]


def _theory_interval(line: Line, fact: Fact) -> bool:
    return _interval(fact.value["low"], fact.value["high"]) == fact.value["interval"]


def _theory_between(line: Line, fact: Fact) -> bool:
    return (pc(fact.value["high"]) - pc(fact.value["low"])) % 12 == fact.value["semitones"] % 12


def _theory_degree(line: Line, fact: Fact) -> bool:
    return pc(fact.value["note"]) == scale(fact.value["key"])[fact.value["degree"] - 1]


def _theory_diatonic(line: Line, fact: Fact) -> bool:
    own = scale(fact.value["key"])
    return all(
        chord_classes(c) == {own[i], own[(i + 2) % 7], own[(i + 4) % 7]}
        for i, c in enumerate(fact.value["chords"])
    )


def _theory_numeral(line: Line, fact: Fact) -> bool:
    v = fact.value
    return pc(v["chord"]) == _roman_root(v["numeral"], v["key"]) and _theory_chord(line, fact)


def _key_at(line: Line, fact: Fact) -> bool:
    """Whether a key is written where the fact's bars begin."""
    first = next(m for m in line.tune.measures if m.number in fact.bars)
    return fact.value["key"] in (first.key.name, first.key_at_end.name)


def _agreement(line: Line, fact: Fact) -> int:
    """The share of notes with their lengths that two parts have in common, in percent (Ratcliff–Obershelp)."""
    rows = [[(n.midi, n.length) for n in x.inside(bars)] for x, bars in _sides(line, fact) or []]
    return round(100 * SequenceMatcher(None, *rows, autojunk=False).ratio())


def _major_share(line: Line, bars: tuple[int, ...]) -> int:
    """The share of chord symbols with a major third above their root, in percent."""
    inside = [s for b, _, s in line.symbols if b in bars]
    roots = [re.match(r"[A-G][#b]?", s) for s in inside]
    return round(
        100
        * sum(
            (pc(r[0]) + 4) % 12 in chord_classes(s) for r, s in zip(roots, inside, strict=True) if r
        )
        / len(inside)
    )


def _equal_bars(line: Line) -> list[list[int]]:
    """Groups of measures with the same notes at the same onsets."""
    groups: dict[tuple[tuple[int, Fraction, Fraction], ...], list[int]] = {}
    for index in {n.index for n in line.notes}:
        inside = [n for n in line.notes if n.index == index]
        content = tuple((n.midi, n.onset, n.length) for n in inside)
        groups.setdefault(content, []).append(inside[0].bar)
    return [bars for bars in groups.values() if len(set(bars)) > 1]


def _over_bar(line: Line, note: Note) -> bool:
    """Whether a note that begins off the downbeat sounds on into the next measure."""
    measure = line.tune.measures[note.index]
    if note.onset == 0 or measure.number == 0 or not measure.full:
        return False
    return note.onset + note.length > measure.duration


def _part_lines(line: Line, fact: Fact, content: Callable[[Note], object]) -> bool:
    """Whether two parts of the tune have the same melody."""
    sides = _sides(line, fact) or []
    rows = [[content(n) for n in x.inside(bars)] for x, bars in sides]
    return len(rows) == 2 and rows[0] == rows[1]


def _share_between(line: Line, fact: Fact) -> float:
    """The share of time between the two notes that a tessitura names."""
    low, high = midi(fact.value["low"]), midi(fact.value["high"])
    inside = sum((n.length for n in line.notes if low <= n.midi <= high), Fraction(0))
    return float(inside / sum((n.length for n in line.notes), Fraction(0)))


def _contour_right(line: Line, shape: str) -> bool:
    """The mean height of each third of the notes, weighted by length, against the named shape."""
    size = max(1, len(line.notes) // 3)
    a, b, c = (
        _mean(part)
        for part in (line.notes[:size], line.notes[size:-size] or line.notes, line.notes[-size:])
    )
    slack = 1.5
    return {"arch": b > max(a, c) - slack, "inverted arch": b < min(a, c) + slack, "rising": c > a - slack,
            "falling": c < a + slack, "level": abs(a - c) < 3 + slack}[shape]  # fmt: skip


def _table(line: Line, fact: Fact) -> bool:
    """A sentence that is a row of a table: it must not speak of the tune's bars."""
    return not fact.bars


def _field(letter: str, name: str) -> Callable[[Line, Fact], bool]:
    return lambda line, fact: (
        bool(re.search(rf"(?m)^{letter}:\s*\S", line.tune.text)) == (name in fact.value)
    )


def _loose(line: Line, fact: Fact) -> bool:
    return has_bars(line, fact)


def _five_notes(line: Line, fact: Fact) -> bool:
    """Five pitch classes, built on the one that they call gong as 0 2 4 7 9; the last note names the mode."""
    sounding = [n.midi % 12 for n in line.notes if n.bar in fact.bars]
    classes = {pc(name) for name in fact.value["notes"]}
    gongs = [c for c in classes if {(x - c) % 12 for x in classes} == {0, 2, 4, 7, 9}]
    modes = {0: "gong", 2: "shang", 4: "jue", 7: "zhi", 9: "yu"}
    return (
        set(sounding) == classes
        and len(gongs) == 1
        and modes[(sounding[-1] - gongs[0]) % 12] in fact.value["name"][0]
    )


def _theory_accents(line: Line, fact: Fact) -> bool:
    """One accent for each of the meter's notes, or as many beats of three as the meter has; the first is strong."""
    count = int(fact.value["meter"].split("/")[0])
    english = fact.value["pattern"][0]
    if "beats of three" in english and not english.startswith("strong"):
        return {"three": 9, "four": 12}[english.split()[0]] == count
    return len(english.split(",")[0].split("–")) == count and english.startswith("strong")


CHECKS: dict[str, Callable[[Line, Fact], bool]] = {
    "commonest note": lambda x, f: Counter(re.sub(r"\d", "", n.name) for n in x.notes).most_common(1)[0][1] == f.value["count"],
    "commonest chord": lambda x, f: Counter(s for _, _, s in x.symbols).most_common(1)[0][1] >= f.value["count"],
    "practise first": lambda line, f: has_bars(line, f) and 0 < f.value["bpm"] < line.tune.tempo.bpm,
    "breathe": _phrase_end, "longest breath": _seconds_of, "no breath": has_bars, "bow down": _bow, "bow up": _bow,
    "bow against": _against, "no fingering": _reach, "interval notes": _interval_notes, "no interval": has_bars,
    "scale of key": lambda line, f: sorted(map(pc, f.value["notes"])) == sorted(scale(f.value["key"])),
    "guide tones": _guides,
    "key signature": _key_signature, "part key": _key_signature, "written key": lambda x, f: f.value["key"] == x.key,
    "no key": lambda x, f: not x.tune.key.tonic, "that key": lambda x, f: f.value["key"] == x.key,
    "not that key": lambda x, f: f.value["key"] == x.key and (pc(f.value["said"].split()[0]), f.value["said"].split()[1])
    != (pc(x.key.split()[0]), x.key.split()[1]),
    "same signature": lambda x, f: _signature(f.value["said"]) == _signature(f.value["key"]) == list(f.value["signature"]),
    "final tonic": _final, "final other": _final, "closed end": _final, "open end": _final, "key": _key_heard,
    "third heard": _third, "third missing": lambda x, f: not any(
        degree_of(bare(n.name), x.key) == "3" for n in x.span(f)),
    "leading note": lambda x, f: _leading(x, f, True), "no leading note": lambda x, f: _leading(x, f, False),
    "mode degree heard": _mode_degree, "mode degree missing": _mode_degree, "scale fits": _scale_here,
    "scale misfits": _scale_here, "mode is": lambda x, f: f.value["key"].split()[1] in (
        f.value["mode"][0], f.value["mode"][0].removeprefix("natural ")),
    "mode is not": lambda x, f: f.value["key"].split()[1] != f.value["mode"][0].removeprefix("natural "),
    "first note": lambda x, f: any(n.name == f.value["note"] and str(n.length) == f.value["length"] for n in x.inside(f.bars)),
    "last note": lambda x, f: any(n.name == f.value["note"] and str(n.length) == f.value["length"] for n in x.inside(f.bars)),
    "meter": _meter, "meter shared": lambda x, f: f.value["meter"].split()[0] in {
        {"C": "4/4", "C|": "2/2"}.get(m.meter.text, m.meter.text) for m in x.tune.measures if m.meter},
    "key shared": lambda x, f: f.value["key"] in {m.key.name for m in x.tune.measures},
    "tempo": lambda x, f: bool(re.search(r"Q:", x.tune.text)) and Fraction(f.value["bpm"]) == x.tune.tempo.bpm,
    "tempo unwritten": lambda x, f: not re.search(r"(?m)^Q:.*\d", x.tune.text),
    "lasts": _lasting, "pickup": _pickup, "no pickup": lambda x, f: x.tune.measures[0].number != 0,
    "pickup why": lambda x, f: any(n.name == f.value["to"] and n.onset == 0 for n in x.notes if n.bar == 1)
    and x.notes[0].name == f.value["first"],
    "pickup made up": lambda x, f: x.tune.measures[0].duration == Fraction(f.value["short"])
    and x.tune.measures[-1].duration + x.tune.measures[0].duration == x.tune.measures[-1].expected,
    "count bars": lambda x, f: len([b for b in f.bars if b]) == f.value["count"] and set(f.bars) <= set(x.tune.bar_numbers),
    "count pickup": lambda x, f: 0 in x.tune.bar_numbers, "count played": lambda x, f: f.value["played"] > len(f.bars),
    "count notes": lambda x, f: len(x.span(f)) == f.value["count"],
    "count rests": lambda x, f: sum(e.kind == "rest" for m in x.tune.measures
                                    if min(f.bars) <= m.number <= max(f.bars) for e in m.events) == f.value["count"],
    "count rests where": lambda x, f: all(any(e.kind == "rest" for e in m.events) for m in x.tune.measures if m.number in f.bars),
    "count letter": _count_letter, "count letter none": lambda x, f: f.value["note"] not in _names(x, f),
    "count length": lambda x, f: len([n for n in x.inside(f.bars) if n.length == Fraction(f.value["length"])]) == f.value["count"],
    "count length none": lambda x, f: all(n.length != Fraction(f.value["length"]) for n in x.span(f)),
    "count chords": lambda x, f: len([s for b, _, s in x.symbols if min(f.bars) <= b <= max(f.bars)]) == f.value["count"],
    "no chords": lambda x, f: not [s for b, _, s in x.symbols if b in f.bars],
    "count voices": lambda x, f: len(x.tune.voices) == f.value["count"], "count phrases": _phrase_count,
    "count sections": lambda x, f: len(f.value["names"]) == f.value["count"],
    "pitches used": lambda x, f: _names(x, f) == set(f.value["names"]) and len(f.value["names"]) == f.value["count"],
    "highest": lambda x, f: _extreme(x, f, 1), "lowest": lambda x, f: _extreme(x, f, -1), "range": _range,
    "top of tune": lambda x, f: midi(f.value["note"]) == max(n.midi for n in x.notes),
    "bottom of tune": lambda x, f: midi(f.value["note"]) == min(n.midi for n in x.notes),
    "longest": lambda x, f: Fraction(f.value["length"]) in {n.length for n in x.inside(f.bars)},
    "shortest": lambda x, f: Fraction(f.value["length"]) == min(n.length for n in x.inside(f.bars)),
    "one length": lambda x, f: {n.length for n in x.span(f)} == {Fraction(f.value["length"])},
    "notes of": _note_list, "silence": lambda x, f: not x.inside(f.bars), "degrees of": _degrees,
    "rhythm of": lambda x, f: [str(n.length) for n in x.inside(f.bars)] == list(f.value["lengths"]),
    "climax": _climax, "no climax": _climax, "intervals": _moves,
    "alike": _alike, "child again": _alike, "none alike": lambda x, f: not _equal_bars(x), "unlike": lambda x, f: not any(
        set(bars) & set(f.bars) for bars in _equal_bars(x)), "outside": _outside, "none outside": _outside,
    "chord tones": _tones, "no chord tones": lambda x, f: all(
        n.midi % 12 not in chord_classes(f.value["chord"]) for n in x.inside(f.bars) if x.symbol_at(n.at) == f.value["chord"]),
    "passing notes": _non_tones, "neighbour notes": _non_tones, "other notes": _non_tones,
    "chords of": _chords_of, "chord of": _chord_of, "chord notes": _theory_chord, "implied": _implied,
    "chord held": lambda x, f: not [s for b, _, s in x.symbols if b in f.bars] and any(
        s == f.value["chord"] and b in f.value["since"] for b, _, s in x.symbols),
    "chord somewhere": lambda x, f: set(f.bars) == {b for b, _, s in x.symbols if s in f.value["chords"]
                                                    and min(f.bars) <= b <= max(f.bars)},
    "chord nowhere": lambda x, f: not any(s == f.value["asked"] for b, _, s in x.symbols if b in f.bars), "note degree": lambda x, f: degree_of(f.value["note"], f.value["key"]) == f.value["degree"],
    "note in chord": lambda x, f: (pc(f.value["note"]) in chord_classes(f.value["chord"])) == (f.value["kind"] == "chord tones"),
    "cadence": _cadence, "cadence chords": _cadence, "no cadence": _loose, "no modulation": lambda x, f: f.value["key"] == x.key,
    "modulation": _modulation, "key change": lambda x, f: {f.value["to"]} & {
        k.name for m in x.tune.measures if m.number in f.bars for k in (m.key, m.key_at_end)} != set(),
    "no motif": _loose, "motif": _motif, "sequence": lambda x, f: len(f.bars) >= 2, "triplets none": lambda x, f: all(
        n.length.denominator % 3 for n in x.span(f)),
    "playable": _playable, "playable octave": _playable, "unplayable": _playable, "players": lambda x, f: max(n.midi for n in x.notes) - min(n.midi for n in x.notes) <= 79, "level": lambda x, f: 1
    <= f.value["level"] <= 5, "hard": has_bars, "title": lambda x, f: bool(x.tune.title), "no title": lambda x, f: not x.tune.title,
    "composer": _field("C", "name"), "no composer": lambda x, f: not re.search(r"(?m)^C:\s*\S", x.tune.text),
    "dance field": _field("R", "name"), "term there": _loose, "term not there": _loose, "section": has_bars,
    "child bars": lambda x, f: len([b for b in f.bars if b]) == f.value["count"] or not any(f.bars),
    "child meter": lambda x, f: f.value["count"] == "–".join(str(n) for n in range(1, f.value["beats"] + 1)),
    "child home": lambda x, f: pc(f.value["note"]) == [n for n in x.notes if n.bar in f.bars][-1].midi % 12,
    "child away": lambda x, f: [n for n in x.notes if n.bar in f.bars][-1].name == f.value["note"],
    "child colour": lambda x, f: (scale(f.value["key"])[2] - scale(f.value["key"])[0]) % 12 == f.value["third"],
    "child range": lambda x, f: [min(n.midi for n in x.span(f)), max(n.midi for n in x.span(f))] == [
        midi(f.value["low"]), midi(f.value["high"])],
    "child moves": lambda x, f: (lambda s: [sum(0 < i < 3 for i in s), sum(i > 2 for i in s), s.count(0)] == [
        f.value["steps"], f.value["leaps"], f.value["repeats"]])(
            [abs(b.midi - a.midi) for a, b in itertools.pairwise(x.span(f))]),
    "child pace": lambda x, f: f"{float(x.tune.tempo.bpm):.0f}" == f.value["bpm"], "child repeat": _repeat,
    # causes
    "minor key": lambda x, f: _key_at(x, f) and (scale(f.value["key"])[2] - scale(f.value["key"])[0]) % 12 == 3,
    "major key": lambda x, f: _key_at(x, f) and (scale(f.value["key"])[2] - scale(f.value["key"])[0]) % 12 == 4,
    "more major": lambda x, f: [_major_share(x, f.bars), _major_share(x, tuple(x.tune.bar_numbers))] == [
        f.value["percent"], f.value["usual"]],
    "minor chords": _minor_chords, "major chords": _major_chords, "tense chords": _tense, "borrowed": lambda x, f: all(
        chord_classes(c) - set(scale(f.value["key"])) for c in f.value["chords"]),
    "dissonance": lambda x, f: midi(f.value["note"]) % 12 not in chord_classes(f.value["chord"])
    and any(n.name == f.value["note"] for n in x.inside(f.bars)),
    "falling line": _ends, "rising line": _ends, "low register": _height, "high register": _height, "longer notes": _pace,
    "shorter notes": _pace, "lowered note": _altered, "raised note": _altered,
    "sighs": lambda x, f: _pair(x, f, lambda a, b: a.midi - b.midi == 1),
    "wide leap": lambda x, f: _pair(x, f, lambda a, b: abs(a.midi - b.midi) >= 7),
    "augmented second": lambda x, f: _pair(x, f, lambda a, b: abs(a.midi - b.midi) == 3 and abs(
        "CDEFGAB".index(a.name[0]) - "CDEFGAB".index(b.name[0])) in (1, 6)),
    "steps only": lambda x, f: all(abs(b.midi - a.midi) <= 2 for a, b in itertools.pairwise(x.span(f))),
    "repeated notes": lambda x, f: sum(a.midi == b.midi for a, b in itertools.pairwise(x.span(f))) == f.value["count"],
    "syncopated": _syncopated, "syncopation": _syncopated, "no syncopation": lambda x, f: not any(_over_bar(x, n) for n in x.notes),
    "half close": lambda x, f: (pc(f.value["chords"][-1]) - pc(x.key.split()[0])) % 12 == 7,
    "deceptive close": lambda x, f: (pc(f.value["chords"][-1]) - pc(x.key.split()[0])) % 12 in (8, 9),
    "full close": lambda x, f: (pc(f.value["chords"][-1]) - pc(x.key.split()[0])) % 12 == 0,
    "pentatonic": lambda x, f: _names(x, f) == set(f.value["notes"]) and len(f.value["notes"]) <= 5
    and not any((pc(n) + 1) % 12 in {pc(m) for m in f.value["notes"]} for n in f.value["notes"]),
    "few notes": lambda x, f: _names(x, f) == set(f.value["notes"]), "modal": lambda x, f: f.value["key"].split()[1]
    not in ("major", "minor") and any(bare(n.name) == f.value["note"] for n in x.inside(f.bars)),
    "lowered seventh": lambda x, f: _above(x, f, 10), "flat second": lambda x, f: _above(x, f, 1),
    "leading tone": lambda x, f: _above(x, f, 11), "blue notes": lambda x, f: all(
        (pc(n) - pc(f.value["key"].split()[0])) % 12 in (3, 6, 10) for n in f.value["notes"]),
    "compound time": lambda x, f: int(re.findall(r"\d+", f.value["meter"])[0]) % 3 == 0,
    "triple time": lambda x, f: int(re.findall(r"\d+", f.value["meter"])[0]) == 3,
    "duple time": lambda x, f: int(re.findall(r"\d+", f.value["meter"])[0]) in (2, 4),
    "dotted": lambda x, f: _beats(x, f, [[Fraction(3, 4), Fraction(1, 4)]]),
    "snaps": lambda x, f: _beats(x, f, [[Fraction(1, 4), Fraction(3, 4)]]),
    "running": lambda x, f: _beats(x, f, [[Fraction(1, 4)] * 4, [Fraction(1, 3)] * 3]),
    "slow tempo": lambda x, f: float(f.value["bpm"]) <= 76, "quick tempo": lambda x, f: float(f.value["bpm"]) >= 126,
    "rests": lambda x, f: sum(e.kind == "rest" for m in x.tune.measures if m.number in f.bars for e in m.events) == f.value["count"],
    "none of it": _nothing,
    # comparisons and trials
    "all same": lambda x, f: x.before is not None and all(_content(x.before, b) == _content(x.tune, b) for b in f.bars),
    "keys differ": lambda x, f: f.value["a"] != f.value["b"], "meters differ": lambda x, f: f.value["a"] != f.value["b"],
    "tempi differ": lambda x, f: f.value["a"] != f.value["b"],
    "lengths differ": _differs(lambda x, bars: len([b for b in bars if b])),
    "counts differ": _differs(lambda x, bars: len(x.inside(bars))), "ranges differ": _ranges,
    "steps differ": _differs(_share_of_steps), "density differs": _differs(_density), "chords differ": _differs(_chord_row),
    "chords only": lambda x, f: all(any(s == c for _, _, s in x.symbols) for c in f.value["a"]), "ends differ": _differs(lambda x, bars: x.inside(bars)[-1].name), "bars changed": _bars_changed,
    "chords changed": lambda x, f: x.before is not None and all(
        [s for b, _, s in x.symbols if b == bar] != [s for b, _, s in Line(x.before).symbols if b == bar] for bar in f.bars), "words changed": _loose, "bars equal": lambda x, f: x.before is not None and all(
        _content(x.before, b) == _content(x.tune, b) for b in f.bars),
    "parts same": lambda x, f: _part_lines(x, f, lambda n: (n.midi, n.length)), "parts varied": lambda x, f: 72 <= f.value["percent"] <= 100, "parts moved": _loose, "parts rhythm": lambda x, f: not _part_lines(x, f, lambda n: (n.midi, n.length)),
    "parts different": lambda x, f: f.value["percent"] == _agreement(x, f) < 72, "degree moved": _degree_moved, "degree silent": _degree_moved,
    "degree there": lambda x, f: at_bars([n for n in x.notes if bare(n.name) == f.value["new"]
                                          and min(f.bars) <= n.bar <= max(f.bars)], f),
    "scale becomes": lambda x, f: len({pc(n) for n in f.value["notes"]}) == 7, "scale nameless": lambda x, f: len(f.value["notes"]) == 7,
    "triads become": lambda x, f: all(chord_classes(a) != chord_classes(b)
                                      for a, b in zip(f.value["before"], f.value["after"], strict=True)),
    "gap below": lambda x, f: f.value["semitones"] in (0, 1, 2, 3), "gap above": lambda x, f: f.value["semitones"] in (0, 1, 2, 3),
    "becomes leading": lambda x, f: pc(f.value["tonic"]) == pc(x.key.split()[0]), "time changes": _time_changes,
    "notes change": lambda x, f: f.value["total"] == len(x.notes) and 0 < f.value["count"] <= f.value["total"],
    "no notes change": _loose, "third changes": lambda x, f: (pc(f.value["old"]) - pc(f.value["new"])) % 12 in (1, 11),
    "already so": _loose, "cannot change": _loose,
    "pickup gone": lambda x, f: [n.name for n in x.notes if n.bar == 0] == list(f.value["notes"]),
    # abc_tools.analyse
    "form": _form, "section likeness": _likeness, "period": has_bars, "sentence": has_bars, "functions": _functions,
    "note values": _values, "widest leap": _widest, "scale": _scale_fact, "accidental": _accidental, "triplets": _triplets,
    "scale degrees": _percent_degrees, "rhythm cell": has_bars, "contour": lambda x, f: _contour_right(x, f.value["shape"]), "density": lambda x, f: max(Counter(n.index for n in x.notes).values()) >= f.value["most"], "tessitura": lambda x, f: _share_between(x, f) >= 0.75,
    "style": lambda x, f: f.value["meter"].split()[0] in ("", *(m.meter.text for m in x.tune.measures if m.meter), "4/4", "2/2"),
    "features": has_bars, "repeated bars": lambda x, f: f.value["different"] <= f.value["total"] == len({n.index for n in x.notes}), "phrases": lambda x, f: len(f.bars) <= f.value["count"], "harmonic rhythm": lambda x, f: not x.symbols or max(Counter(b for b, _, _ in x.symbols).values()) >= f.value["most"], "inversions": has_bars,
    "chords": lambda x, f: not x.symbols or len({s for _, _, s in x.symbols}) >= len({c["symbol"] for c in f.value["chords"]}),
    "secondary dominant": lambda x, f: bool(chord_classes(f.value["symbol"]) - set(scale(x.key))),
    "borrowed chord": lambda x, f: bool(chord_classes(f.value["symbol"]) - set(scale(f.value["key"]))),
    "chromatic chord": lambda x, f: bool(chord_classes(f.value["symbol"]) - set(scale(f.value["key"]))),
    # theory
    "theory scale": _theory_scale, "theory scale steps": lambda x, f: sum(int(n) for n in f.value["steps"].split("–")) == 12,
    "theory scale like": _table, "theory scale note": _table, "theory interval": _theory_interval,
    "theory interval sound": _table, "theory interval sound wide": _table, "theory interval between": _theory_between,
    "theory chord": _theory_chord, "theory chord plain": _theory_chord, "theory chord steps": lambda x, f: {
        (pc(f.value["chord"]) + int(n)) % 12 for n in f.value["steps"].split("–")} == chord_classes(f.value["chord"].split("/")[0]),
    "theory chord bass": _table, "theory chord in keys": lambda x, f: all(
        chord_classes(f.value["chord"]) <= set(scale(k)) for k in f.value["keys"]),
    "theory key": _theory_key, "theory key plain": _theory_key, "theory key notes": lambda x, f: [
        pc(n) for n in f.value["notes"]] == scale(f.value["key"]),
    "theory relative": _theory_relative, "theory parallel": _theory_relative,
    "theory fifths": lambda x, f: [(pc(f.value[k].split()[0]) - pc(f.value["key"].split()[0])) % 12 for k in ("up", "down")] == [7, 5],
    "theory diatonic": _theory_diatonic, "theory diatonic minor": lambda x, f: (pc(f.value["chord"]) + 4) % 12 == pc(f.value["note"]),
    "theory numeral": _theory_numeral, "theory degree": _theory_degree, "theory instrument": _table,
    "theory instrument plain": _table, "theory instrument sounds": _table, "theory meter is": lambda x, f: Fraction(
        f.value["meter"].split()[0]) == Fraction(f.value["beat"]) * f.value["beats"],
    "theory accents": _theory_accents, "five notes": _five_notes,
    "theory term": _table, "theory unknown": _table, "theory near terms": _table,
}  # fmt: skip
"""Kind of fact → its second computation."""
WEAK = frozenset(
    kind
    for kind, check in CHECKS.items()
    if check in (_loose, has_bars, _table) and not kind.startswith("theory")
)
"""Kinds of which only the cited bars are checked: judgements (style, phrases, contour) and denials."""
