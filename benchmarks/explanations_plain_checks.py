"""Second computations for plain answers: transposing instruments and capos, strings and positions, solfège, first and last
notes, uneven beats, repeats counted out, equal rhythms, dotted notes, sequences, keys that suit.

As in `explanations_checks`: own small code on MIDI numbers and names; instruments are known here by their own table.
"""

# ruff: noqa: E501 - a table of checks: one line a kind
from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from fractions import Fraction

from abc_tools.analyse.fact import Fact
from benchmarks.explanations_checks import Line, chord_classes, has_bars, midi, pc, scale

HIGHER = {"B-flat": 2, "E-flat": 9, "in F": 7, "in A": 3, "alto saxophone": 9, "tenor saxophone": 14, "baritone saxophone": 21, "soprano saxophone": 2,
          "cornet": 2, "flugelhorn": 2, "bass clarinet": 14, "alto flute": 5, "cor anglais": 7}  # fmt: skip
"""Words of an instrument's name → semitones that it is written above its sound, octaves aside."""
OPEN = {"violin": "G3 D4 A4 E5", "viola": "C3 G3 D4 A4", "cello": "C2 G2 D3 A3", "guitar": "E3 A3 D4 G4 B4 E5", "double bass": "E2 A2 D3 G3",
        "mandolin": "G3 D4 A4 E5", "erhu": "D4 A4"}  # fmt: skip
SOLFA = {"do": 0, "re": 2, "mi": 4, "fa": 5, "sol": 7, "la": 9, "ti (si)": 11}


def _written(fact: Fact) -> int | None:
    name = fact.value["player"][0]
    return next((n % 12 for words, n in HIGHER.items() if words in name), None)


def _moved_key(line: Line, fact: Fact) -> bool:
    by = _written(fact)
    one, other = fact.value["key"].split(), fact.value["other"].split()
    up = (pc(other[0]) - pc(one[0])) % 12
    wanted = by if fact.kind.endswith("reads key") else -(by or 0) % 12
    return by is not None and one[1] == other[1] and up == wanted


def _moved_note(line: Line, fact: Fact) -> bool:
    by = _written(fact)
    up = (pc(fact.value["other"]) - pc(fact.value["note"])) % 12
    return by is not None and up == (by if fact.kind.endswith("reads note") else -by % 12)


def _capo_key(line: Line, fact: Fact) -> bool:
    way = -1 if fact.kind.endswith("shapes") else 1
    one, other = fact.value["key"].split(), fact.value["other"].split()
    return one[1] == other[1] and (pc(one[0]) + way * fact.value["fret"]) % 12 == pc(other[0])


def _strings(fact: Fact) -> list[int]:
    return [midi(n) for n in OPEN[fact.value["player"][0]].split()]


def _below(line: Line, fact: Fact) -> bool:
    opens = midi(fact.value["open"])
    if opens not in _strings(fact):
        return False
    under = {n.name for n in line.notes if n.midi < opens}
    if fact.kind == "not below string":
        return not under and midi(fact.value["note"]) == min(n.midi for n in line.notes)
    return under == set(fact.value["notes"]) and all(
        any(n.midi < opens for n in line.inside((b,))) for b in fact.bars
    )


def _position(line: Line, fact: Fact) -> bool:
    low, high = midi(fact.value["low"]), midi(fact.value["high"])
    reach = (
        4
        if fact.value["player"][0] in ("guitar", "double bass")
        else 5
        if fact.value["player"][0] == "cello"
        else 7
    )
    if low != _strings(fact)[0] or high != _strings(fact)[-1] + reach:
        return False
    if fact.kind in ("in position", "no shift"):
        return all(low <= n.midi <= high for n in line.inside(fact.bars)) and midi(
            fact.value["note"]
        ) == max(n.midi for n in line.inside(fact.bars))
    over = fact.kind == "beyond position"
    return all((midi(n) > high) if over else (midi(n) < low) for n in fact.value["notes"]) and set(
        fact.value["notes"]
    ) <= {n.name for n in line.inside(fact.bars)}


def _on_string(line: Line, fact: Fact) -> bool:
    strings = _strings(fact)
    opens = midi(fact.value["open"])
    above = min((n for n in strings if n > opens), default=10**6)
    here = {n.name for n in line.notes if opens <= n.midi < above}
    return opens in strings and (
        not here if fact.kind == "string unused" else here == set(fact.value["notes"])
    )


def _edge(line: Line, fact: Fact) -> bool:
    note = line.notes[0 if fact.value["which"][0] == "first" else -1]
    letters = "CDEFGAB"
    number = (letters.index(note.name[0]) - letters.index(fact.value["key"][0])) % 7 + 1
    return note.name == fact.value["note"] and number == fact.value["degree"]


def _used(line: Line, fact: Fact) -> bool:
    here = sum(
        n.midi % 12 == pc(fact.value["note"]) and n.name.startswith(fact.value["note"][0])
        for n in line.notes
    )
    return here == fact.value.get("count", 0)


def _sung(line: Line, fact: Fact) -> bool:
    shift = {"sharp ": 1, "flat ": -1, "": 0}[fact.value["sign"][0]]
    degree = (pc(fact.value["note"]) - pc(fact.value["do"]) - shift) % 12
    return (
        SOLFA[fact.value["syllable"][0]] == degree
        and list(SOLFA.values())[fact.value["degree"] - 1] == degree
    )


def _sung_bar(line: Line, fact: Fact) -> bool:
    steps = list(SOLFA.values())
    said = [
        (steps[int(n[-1]) - 1] + n.count("#") - n.count("b")) % 12 for n in fact.value["numbers"]
    ]
    return said == [(n.midi - pc(fact.value["do"])) % 12 for n in line.inside(fact.bars)]


def _grouped(line: Line, fact: Fact) -> bool:
    row = [int(n) for n in fact.value["groups"].split("+")]
    meter = line.tune.meter
    assert meter is not None, "only meters are counted"
    starts = {Fraction(sum(row[:n]), meter.unit) for n in range(len(row))}
    bars = {b: {n.onset for n in line.inside((b,))} for b in fact.bars if b}
    agree = sum(starts <= onsets for onsets in bars.values())
    return sum(row) == sum(meter.beats) and abs(agree - fact.value["agree"]) <= 1


def _place(line: Line, fact: Fact) -> bool:
    row = fact.value["groups"].split("+")
    names = ("first", "second", "third", "fourth", "fifth")
    return row.count("3") == 1 and names[row.index("3")] == fact.value["place"][0]


def _phrases(line: Line, fact: Fact) -> bool:
    size, letters = fact.value["size"], fact.value["letters"].split()
    rows = [
        [(n.midi, n.length) for n in line.notes if i * size < n.bar <= (i + 1) * size]
        for i in range(len(letters))
    ]
    for (i, a), (j, b) in itertools.combinations(enumerate(letters), 2):
        alike = SequenceMatcher(None, rows[i], rows[j], autojunk=False).ratio()
        if (
            (a == b and alike < 1)
            or (a[0] == b[0] and alike < 0.5)
            or (a[0] != b[0] and alike == 1)
        ):
            return False
    return "".join(x[0] for x in letters) == fact.value["plain"]


def _times(line: Line, fact: Fact) -> bool:
    """How often bars are played, walked through sign by sign; a bar that a sign cuts in two is counted where it begins."""
    measures = line.tune.measures
    played: Counter[int] = Counter()
    first = {m.number: i for i, m in reversed(list(enumerate(measures)))}
    start, index, time = 0, 0, 1
    while index < len(measures) and sum(played.values()) < 2000:
        measure = measures[index]
        opens = any(b.repeat_start for b in measure.before) or (
            index > 0 and (a := measures[index - 1].after) is not None and a.repeat_start
        )
        if opens and index != start and not (measure.ending and time > 1):
            start, time = index, 1
        if measure.ending and time not in measure.ending:
            index += 1
            while (
                index < len(measures)
                and not measures[index].ending
                and not measures[index - 1].ends_section
            ):
                index += 1
            continue
        if first[measure.number] == index:
            played[measure.number] += 1
        if measure.after is not None and measure.after.repeat_end and time == 1:
            index, time = start, 2
            continue
        if measure.after is not None and measure.after.repeat_end:
            start, time = index + 1, 1
        index += 1
    return all(played[b] == fact.value["count"] for b in fact.bars)


def _rhythm_shared(line: Line, fact: Fact) -> bool:
    rows = [[n.length for n in line.inside((b,))] for b in fact.bars]
    return all([str(x) for x in row] == list(fact.value["lengths"]) for row in rows)


def _no_rhythm_shared(line: Line, fact: Fact) -> bool:
    rows = [tuple(n.length for n in line.inside((b,))) for b in fact.bars]
    rows = [row for row in rows if row]
    return len(set(rows)) == len(rows)


def _dotted(line: Line, fact: Fact) -> bool:
    dotted = [
        n
        for n in line.notes
        if n.bar in fact.bars
        and n.length.numerator == 3
        and bin(n.length.denominator).count("1") == 1
    ]
    if fact.kind == "no dotted notes":
        return not dotted
    return fact.value["count"] == sum(n.length == Fraction(fact.value["length"]) for n in dotted)


def _suits(line: Line, fact: Fact) -> bool:
    home = line.key.split()
    if fact.kind == "suits as it is":
        return fact.value["key"] == line.key
    by = fact.value["count"] * (1 if fact.value["way"][0] == "up" else -1)
    return (pc(home[0]) + by) % 12 == pc(fact.value["key"].split()[0]) and fact.value[
        "key"
    ].split()[1] == home[1]


def _edge_of_range(line: Line, fact: Fact) -> bool:
    names = {n.name: n.midi for n in line.inside(fact.bars)}
    high = fact.kind == "edge high"
    ends = {
        "soprano": (60, 81),
        "mezzo-soprano": (57, 79),
        "alto": (53, 74),
        "tenor": (48, 69),
        "baritone": (43, 67),
        "bass": (40, 64),
    }[fact.value["player"][0]]
    return all(
        (names[n] >= ends[1] - 1) if high else (names[n] <= ends[0] + 1)
        for n in fact.value["notes"]
    )


def _substitute(line: Line, fact: Fact) -> bool:
    root, goal = pc(fact.value["chord"]), pc(fact.value["next"])
    guides = {(root + 4) % 12, (root + 10) % 12}
    return (
        (root - goal) % 12 == 1
        and {pc(n) for n in fact.value["notes"]} == guides
        and guides <= chord_classes(fact.value["other"])
    )


def _in_key(line: Line, fact: Fact) -> bool:
    inside = pc(fact.value["note"]) in scale(fact.value["key"])
    spelled = fact.value["note"] in fact.value["notes"]
    return {pc(n) for n in fact.value["notes"]} == set(scale(fact.value["key"])) and (
        inside and spelled if fact.kind.endswith("note in key") else not spelled
    )


def _chord_in_key(line: Line, fact: Fact) -> bool:
    out = {pc(n) for n in fact.value.get("outside", [])}
    classes = chord_classes(fact.value["chord"])
    return {pc(n) for n in fact.value["notes"]} == classes and classes - set(
        scale(fact.value["key"])
    ) == out


def _begins(line: Line, fact: Fact) -> bool:
    if fact.kind == "begins on":
        return line.notes[0].name == fact.value["note"] and line.notes[0].onset == 0
    return (
        fact.kind != "begins before" or sum(n.index == 0 for n in line.notes) == fact.value["notes"]
    )


def _open_strings(line: Line, fact: Fact) -> bool:
    gaps = [abs(midi(b) - midi(a)) for a, b in itertools.pairwise(fact.value["notes"])]
    usual = {
        "violin": {7},
        "viola": {7},
        "cello": {7},
        "mandolin": {7},
        "erhu": {7},
        "guitar": {4, 5},
        "double bass": {5},
        "bass guitar": {5},
    }
    return len(fact.value["notes"]) == fact.value["count"] and set(gaps) <= usual.get(
        fact.value["player"][0], set(range(20))
    )


SPEEDS = {
    "largo": (0, 60),
    "adagio": (60, 76),
    "andante": (76, 108),
    "moderato": (108, 120),
    "allegro": (120, 168),
    "presto": (168, 10**6),
}


def _speed(line: Line, fact: Fact) -> bool:
    low, high = SPEEDS[fact.value["word"]]
    return low <= float(fact.value["bpm"]) + 0.5 and float(fact.value["bpm"]) - 0.5 < high


def _direction(line: Line, fact: Fact) -> bool:
    here = line.inside(fact.bars)
    moves = [b.midi - a.midi for a, b in itertools.pairwise(here)]
    ends = here[-1].midi - here[0].midi
    way = {"rises": 1, "falls": -1, "": 0}[fact.value.get("way", [""])[0]]
    return (ends > 0) - (ends < 0) == way and [
        sum(m > 0 for m in moves),
        sum(m < 0 for m in moves),
        moves.count(0),
    ] == [fact.value[k] for k in ("up", "down", "level")]


def _struck_again(line: Line, fact: Fact) -> bool:
    here = line.inside(fact.bars)
    again = [
        b.bar for a, b in itertools.pairwise(line.notes) if a.midi == b.midi and b.bar in fact.bars
    ]
    return (
        not any(a.midi == b.midi for a, b in itertools.pairwise(here))
        if fact.kind == "not struck again"
        else abs(len(again) - fact.value["count"]) <= 1 and set(again) == set(fact.bars)
    )


def _opening(line: Line, fact: Fact) -> bool:
    one, other = line.notes[:2]
    return (one.name, other.name) == (fact.value["first"], fact.value["to"]) and (
        other.midi > one.midi
    ) == (fact.value["way"][0] == "up")


def _phrase_height(line: Line, fact: Fact) -> bool:
    midis = [n.midi for n in line.notes]
    edge = max(midis) if fact.value["which"][0] == "highest" else min(midis)
    return midi(fact.value["note"]) == edge and any(n.midi == edge for n in line.span(fact))


def _chords_enough(line: Line, fact: Fact) -> bool:
    have = len({s for _, _, s in line.symbols})
    return have == fact.value["count"] and (have <= fact.value["said"]) == (
        fact.kind == "chords enough"
    )


def _accompaniment(line: Line, fact: Fact) -> bool:
    """The figure counted on MIDI numbers: chords together or one after another, one note, fifths, octaves, steps."""
    voice = next(v for v in line.tune.voices if v.id == fact.value["id"])
    for measure in (m for m in voice.measures if m.number in fact.bars):
        struck = [sorted(e.midi) for e in measure.events if e.notes and not e.tied]
        if not struck:
            continue
        single = [m[0] for m in struck if len(m) == 1]
        gaps = [abs(b - a) for a, b in itertools.pairwise(single)]
        holds = {
            "alberti": len(single) >= 4 and single[1] == single[3] and single[0] < single[2] < single[1],
            "oompah": len(struck[0]) == 1 and any(len(m) > 1 for m in struck),
            "block": sum(len(m) > 1 for m in struck) * 2 > len(struck),
            "octaves": set(gaps) == {12}, "root-fifth": bool(gaps) and set(gaps) <= {5, 7},
            "drone": len(set(single)) == 1 and len(struck) == len(single),
            "broken": bool(gaps) and all(g == 0 or g > 2 for g in gaps), "walking": sum(g <= 2 for g in gaps) * 2 >= len(gaps),
            "held": len(struck) <= 2,
        }  # fmt: skip
        if not holds[fact.value["figure"]]:
            return False
    return len(line.tune.voices) > 1


def _returning(line: Line, fact: Fact) -> bool:
    """Every run of notes with just these lengths is counted by a search through the lengths of each bar."""
    wanted = [Fraction(x) for x in fact.value["lengths"]]
    count, where = 0, set()
    for measure in line.tune.measures:
        row = [n for n in line.notes if n.bar == measure.number]
        beat = measure.meter.beat if measure.meter else Fraction(1, 4)
        for at in range(len(row) - len(wanted) + 1):
            part = row[at : at + len(wanted)]
            if (
                [n.length for n in part] == wanted
                and part[0].onset % beat == 0
                and part[-1].onset - part[0].onset == sum(wanted[:-1])
            ):
                count += 1
                where.add(measure.number)
    return (
        len(set(wanted)) > 1 and abs(count - fact.value["count"]) <= 1 and set(fact.bars) <= where
    )


def _opening_again(line: Line, fact: Fact) -> bool:
    """The opening as a text of heights, looked for in the text of the rest."""
    rows = {
        b: tuple(f"{n.midi}:{n.length}" for n in line.inside((b,)))
        for b in {n.bar for n in line.notes if n.bar}
    }
    head = [rows[b] for b in fact.value["head"]]
    starts = [
        b
        for b in rows
        if b > fact.value["head"][-1] and [rows.get(b + k) for k in range(len(head))] == head
    ]
    if fact.kind == "opening alone":
        return not starts
    return bool(starts) and set(fact.bars) == {b + k for b in starts for k in range(len(head))}


def _by_step(line: Line, fact: Fact) -> bool:
    gaps = [abs(b.midi - a.midi) for a, b in itertools.pairwise(line.span(fact))]
    steps = sum(g in (1, 2) for g in gaps)
    same = (len(gaps), steps) == (fact.value["moves"], fact.value["steps"])
    return same and (2 * steps > len(gaps)) == (fact.kind == "mostly steps")


PLAIN: dict[str, Callable[[Line, Fact], bool]] = {
    "theory reads key": _moved_key, "theory sounds key": _moved_key, "theory reads note": _moved_note, "theory sounds note": _moved_note,
    "theory reads as it sounds": lambda x, f: _written(f) is None, "theory notes as they sound": lambda x, f: _written(f) is None,
    "theory capo sounds": _capo_key, "theory capo shapes": _capo_key, "theory capo fret": _capo_key, "theory capo none": lambda x, f: pc(f.value["key"]) == pc(f.value["other"]),
    "theory abc sign": lambda x, f: len(f.value["text"]) == 2 and bool(f.value["sign"]), "theory open strings": _open_strings,
    "theory note in key": _in_key, "theory note not in key": _in_key, "theory chord in key": _chord_in_key, "theory chord not in key": _chord_in_key,
    "below string": _below, "not below string": _below, "no such string": lambda x, f: f.value["letter"] not in {s[0] for s in OPEN[f.value["player"][0]].split()},
    "in position": _position, "no shift": _position, "beyond position": _position, "below strings": _position,
    "on string": _on_string, "string used": _on_string, "string unused": _on_string,
    "edge is": _edge, "edge is not": _edge, "edge degree": _edge, "begins before": _begins, "begins after": _begins, "begins on": _begins,
    "degree used": _used, "degree unused": _used, "sung as": _sung, "sung bar": _sung_bar, "counted groups": _grouped, "long group": _place,
    "phrase letters": _phrases, "edge high": _edge_of_range, "edge low": _edge_of_range, "tritone substitute": _substitute,
    "fewer chords": lambda x, f: f.value["count"] == len(x.symbols),
    "played times": _times, "rhythm shared": _rhythm_shared, "no rhythm shared": _no_rhythm_shared, "dotted notes": _dotted, "no dotted notes": _dotted,
    "accompaniment": _accompaniment, "accompaniment unnamed": lambda x, f: len(x.tune.voices) > 1, "no accompaniment": lambda x, f: len(x.tune.voices) == 1,
    "rhythm named": _returning, "rhythm returns": _returning, "no rhythm returns": has_bars, "opening returns": _opening_again, "opening alone": _opening_again, "mostly steps": _by_step, "not mostly steps": _by_step,
    "no sequence": lambda x, f: not _exact_sequence(x), "suits as it is": _suits, "suits moved": _suits,
    "opening interval": _opening, "beat length": lambda x, f: abs(float(f.value["seconds"]) * float(f.value["bpm"]) - 60) < 1.5,
    "clef": lambda x, f: f.value["clef"][0].split()[0] in x.tune.voices[0].clef, "clef unwritten": lambda x, f: not x.tune.voices[0].clef,
    "voice clef": lambda x, f: any(f.value["clef"][0].split()[0] in (v.clef or "treble") for v in x.tune.voices),
    **dict.fromkeys(("last on downbeat", "last on beat", "last off beat"), lambda x, f: x.notes[-1].name == f.value["note"] and (x.notes[-1].onset == 0) == (f.kind == "last on downbeat")),
    "edge chords same": lambda x, f: x.symbols[0][2] == x.symbols[-1][2] == f.value["first"], "edge chords differ": lambda x, f: (x.symbols[0][2], x.symbols[-1][2]) == (f.value["first"], f.value["last"]),
    "every bar has a chord": lambda x, f: set(f.bars) <= {b for b, _, _ in x.symbols}, "bars without chord": lambda x, f: not set(f.bars) & {b for b, _, _ in x.symbols},
    "speed": _speed, "direction": _direction, "direction level": _direction, "struck again": _struck_again, "not struck again": _struck_again,
    "phrase height": _phrase_height, "chords enough": _chords_enough, "chords too many": _chords_enough, "occasion": has_bars, "no part": has_bars,
}  # fmt: skip
"""Kind → its check."""


def _exact_sequence(line: Line) -> bool:
    """Whether two bars of five notes and more have the same steps, in a row, from another note: too plain to be missed."""
    by_bar: dict[int, list[int]] = {}
    rhythms: dict[int, list[Fraction]] = {}
    for note in line.notes:
        by_bar.setdefault(note.index, []).append(note.midi)
        rhythms.setdefault(note.index, []).append(note.length)
    for a, b in itertools.pairwise(sorted(by_bar)):
        one, other = by_bar[a], by_bar[b]
        if len(one) < 5 or len(one) != len(other) or one[0] == other[0] or rhythms[a] != rhythms[b]:
            continue
        if [y - x for x, y in itertools.pairwise(one)] == [
            y - x for x, y in itertools.pairwise(other)
        ]:
            return True
    return False
