"""Another chord or note in place of one, tried in thought: what it would do, which would fit, and why bars lead on.

A chord *fits* by the melody that sounds over it: the share of that time in which the melody has one of its notes. The
tune stays as it is. What this does not know: taste.
"""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from abc_tools.analyse.fact import Fact
from abc_tools.analyse.harmony import Numeral, numerals
from abc_tools.analyse.line import Harmony, Sounded
from abc_tools.chords import ChordSymbol, parse_chord, roman
from abc_tools.theory import STEPS, Pitch
from chat.explain.chord_roles import MOVES, chord_name, numbered, over, role, role_words, standing
from chat.explain.scales import spelled
from chat.explain.scope import Scope, distance, note_name
from chat.explain.statement import Statement
from chat.explain.theory import degree_triad, split_note
from chat.explain.tonal import chord_notes, degree_sign

LEAST_FIT = 0.5
"""The share of the melody's time that a chord must hold to be offered."""
OFFERED = 3

# -- another chord ----------------------------------------------------------------------------------------


def fit(notes: list[Sounded], chord: ChordSymbol) -> Fraction:
    """The share of the notes' time that belongs to a chord; 0 without notes."""
    whole = sum((n.duration for n in notes), Fraction(0))
    inside = sum((n.duration for n in notes if n.midi % 12 in chord.pitch_classes), Fraction(0))
    return inside / whole if whole else Fraction(0)


@dataclass(frozen=True)
class Spot:
    """Where a chord would be put: the chord that is there, those beside it, the melody over it."""

    bar: int
    old: Numeral
    before: Harmony | None
    after: Harmony | None
    notes: list[Sounded]


def spot(s: Scope, symbol: str) -> Spot | None:
    """The place of a chord in the bars; `symbol` is the chord that is there, "" for the first."""
    items = standing(s, symbol)
    if not items or not items[0].harmony.key.tonic:
        return None
    old = items[0]
    every = list(s.material.chords)
    index = every.index(old.harmony)
    bar = max(old.harmony.bar, s.first)
    notes = over(s, old.harmony, bar, max(s.last, bar)) or over(s, old.harmony)
    before = next((h for h in reversed(every[:index]) if h.chord.text != old.harmony.chord.text), None)  # fmt: skip
    return Spot(bar, old, every[index - 1] if index and before else None,
                every[index + 1] if index + 1 < len(every) else None, notes)  # fmt: skip


def instead(s: Scope, term: str) -> list[Fact]:
    """What another chord would do in place of the one there: "Am" or "Am F" (the second is there now)."""
    symbol, _, there = term.partition(" ")
    new = parse_chord(symbol)
    place = spot(s, there)
    if new is None or place is None:
        return [Statement("no chords", {}, s.bars)]
    old = place.old.harmony.chord
    key = place.old.harmony.key
    bars = (place.bar,)
    if new.text == old.text:
        return [Statement("chord there already", {"chord": old.text}, bars)]
    numeral = roman(new, key) or "?"
    made = Harmony(place.bar, place.old.harmony.position, place.old.harmony.end, new, key)
    item = numerals([made, place.after] if place.after else [made])[0]
    value: dict[str, object] = {"old": old.text, "new": new.text, "old_numeral": place.old.roman, "numeral": item.roman or numeral,
                                "key": key.name}  # fmt: skip
    found: list[Fact] = [Statement("chord instead", value, bars)]
    shared = [n for n in chord_notes(new) if n in chord_notes(old)]
    value = {"old": old.text, "new": new.text, "notes": shared,
             "gone": [n for n in chord_notes(old) if n not in shared],
             "come": [n for n in chord_notes(new) if n not in shared]}  # fmt: skip
    found.append(Statement("chords share" if shared else "chords share none", value, bars))
    if place.notes:
        found.append(_held(place, new, old))
    if role_words(item) != role_words(place.old):
        found.append(Statement("new role", {"chord": new.text, "old": old.text, "role": list(role_words(item)),
                                            "old_role": list(role_words(place.old))}, bars))  # fmt: skip
    else:
        found.append(Statement("same role", {"chord": new.text, "old": old.text}, bars))
    return [*found, *_beside(place, new)]


def _held(place: Spot, new: ChordSymbol, old: ChordSymbol) -> Statement:
    """How many of the melody's notes the new chord has, against the old one."""
    count = sum(n.midi % 12 in new.pitch_classes for n in place.notes)
    value = {"chord": new.text, "old": old.text, "count": count, "of": len(place.notes),
             "before": sum(n.midi % 12 in old.pitch_classes for n in place.notes)}  # fmt: skip
    return Statement("notes held", value, (place.bar,))


def _beside(place: Spot, new: ChordSymbol) -> list[Fact]:
    """The moves from the chord before and to the chord after."""
    found: list[Fact] = []
    if place.after is not None:
        after = place.after.chord
        if after.root_class == new.root_class:
            found.append(
                Statement("next same", {"chord": new.text, "next": after.text}, (place.bar,))
            )
        else:
            move = (after.root_class - new.root_class) % 12
            value = {
                "chord": new.text,
                "next": after.text,
                "move": list(MOVES[move]),
                "semitones": move,
            }
            found.append(Statement("move on", value, (place.bar,)))
        was = (after.root_class - place.old.harmony.chord.root_class) % 12
        if was == 5 and (after.root_class - new.root_class) % 12 != 5:
            value = {"old": place.old.harmony.chord.text, "next": after.text}
            found.append(Statement("pull lost", value, (place.bar,)))
    return found


def candidates(s: Scope, place: Spot) -> list[tuple[ChordSymbol, Fraction]]:
    """Chords of the key that fit the melody there, the best first, with their fit."""
    key = place.old.harmony.key
    old = place.old.harmony.chord
    names = [degree_triad(key, n) for n in range(7)]
    five = spelled(key.tonic, key.alter, 4, 7)
    names += [f"{five}7", *(f"{n}7" for n in names if n.endswith("m") and not n.endswith("dim"))]
    ranked: list[tuple[float, ChordSymbol, Fraction]] = []
    for name in dict.fromkeys(names):
        chord = parse_chord(name)
        assert chord is not None, "every degree has a chord"
        if chord.root_class == old.root_class or chord.intervals[:3] == (0, 3, 6):
            continue
        share = fit(place.notes, chord)
        if share < LEAST_FIT:
            continue
        score = float(share) + 0.15 * len(chord.pitch_classes & old.pitch_classes) / 3
        if place.after is not None:
            move = (place.after.chord.root_class - chord.root_class) % 12
            score += {5: 0.25, 0: -0.3}.get(move, 0.0)
        if place.before is not None and place.before.chord.root_class == chord.root_class:
            score -= 0.2
        ranked.append((score - 0.1 * (len(chord.intervals) > 3), chord, share))
    ranked.sort(key=lambda x: -x[0])
    best: dict[int, tuple[ChordSymbol, Fraction]] = {}
    for _, chord, share in ranked:
        best.setdefault(chord.root_class, (chord, share))
    return list(best.values())[:OFFERED]


def choices(s: Scope, there: str) -> list[Statement]:
    """Two or three chords that could stand in place of another, each with its reasons; none where nothing fits."""
    place = spot(s, there)
    if place is None:
        return []
    old = place.old.harmony.chord
    found = []
    for chord, _ in candidates(s, place):
        key = place.old.harmony.key
        made = Harmony(place.bar, place.old.harmony.position, place.old.harmony.end, chord, key)
        item = numerals([made, place.after] if place.after else [made])[0]
        value: dict[str, object] = {
            "chord": chord.text, "numeral": item.roman, "old": old.text, "key": key.name,
            "count": sum(n.midi % 12 in chord.pitch_classes for n in place.notes), "of": len(place.notes),
            "role": list(role_words(item)),
        }  # fmt: skip
        found.append(Statement("chord choice", value, (place.bar,)))
    return found


# -- another note ---------------------------------------------------------------------------------------------


def note_chosen(s: Scope, which: str) -> Sounded | None:
    """The note meant: the nth of the bars ("2", "-1" the last), "98" the highest, "99" the lowest, or a name."""
    if which == "98":
        return max(s.notes, key=lambda n: n.midi)
    if which == "99":
        return min(s.notes, key=lambda n: n.midi)
    if which.lstrip("-").isdecimal():
        nth = int(which)
        return s.notes[nth - (nth > 0)] if -len(s.notes) <= nth <= len(s.notes) else None
    return next((n for n in s.notes if note_name(n.pitch) == which), None)


def note_instead(s: Scope, term: str) -> list[Fact]:
    """What another note would be in place of one: "-1 G" or "F F#"."""
    which, _, name = term.partition(" ")
    old = note_chosen(s, which)
    if old is None:
        return [Statement("count letter none", {"note": which}, s.bars)]
    step, alter = split_note(name)
    octave = min(
        (old.pitch.octave + n for n in (-1, 0, 1)),
        key=lambda o: abs(Pitch(step, alter, o).midi - old.midi),
    )
    new = Pitch(step, alter, octave)
    bars = (old.bar,)
    found: list[Fact] = [Statement("note other", {"old": old.pitch.name, "new": new.name}, bars)]
    if old.key.tonic:
        scale = [STEPS.index(x) for x, _ in old.key.scale]
        shift = alter - round(old.key.signature[step])
        degree = f"{'#' * max(shift, 0)}{'b' * max(-shift, 0)}{scale.index(STEPS.index(step)) + 1}"
        value: dict[str, object] = {
            "new": new.name,
            "degree": degree,
            "old_degree": degree_sign(old),
            "key": old.key.name,
        }
        found.append(Statement("note degrees", value, bars))
    held = s.material.chord_at(old.position)
    if held is not None:
        inside = [p.midi % 12 in held.chord.pitch_classes for p in (new, old.pitch)]
        words = {True: ["belongs to", "属于"], False: ["does not belong to", "不属于"]}
        value = {
            "new": new.name,
            "old": old.pitch.name,
            "chord": held.chord.text,
            "how": words[inside[0]],
            "was": words[inside[1]],
        }
        found.append(Statement("note on chord", value, bars))
    notes = s.material.notes
    index = notes.index(old)
    for beside, kind in ((index - 1, "note from"), (index + 1, "note on")):
        if 0 <= beside < len(notes):
            other = notes[beside].pitch
            low, high = sorted((other, new), key=lambda p: p.midi)
            before = sorted((other, old.pitch), key=lambda p: p.midi)
            value = {
                "new": new.name,
                "other": other.name,
                "interval": distance(low, high),
                "was": distance(*before),
            }
            found.append(Statement(kind, value, bars))
    return found


# -- from one bar to the next ---------------------------------------------------------------------------------


def pull(s: Scope, term: str) -> list[Fact]:
    """Why one bar leads to another, "12 13": the chords, the leading note, the seventh, the melody's step."""
    first, last = (int(n) for n in term.split())
    notes = s.material.notes
    chords = [n for n in numbered(s) if n.harmony.bar <= first]
    here, there = [n for n in notes if n.bar == first], [n for n in notes if n.bar == last]
    goal = next((n for n in numbered(s) if n.harmony.bar == last), None)
    found: list[Fact] = []
    if chords and goal is not None and there and chords[-1].harmony.key.tonic:
        item = chords[-1]
        found += [_placed(role(item), first), *_tendencies(item, goal, first, last)]
    if here and there:
        found += _step_across(here[-1], there[0], first, last)
    return found or [Statement("no chords", {}, s.bars)]


def _placed(found: Statement, bar: int) -> Statement:
    return Statement(found.kind, found.value, (bar,))


def _leads(chord: ChordSymbol, above: int) -> bool:
    """Whether a note of a chord is a leading note: the major third of a dominant, the root of a diminished chord."""
    return above == 4 or (above == 0 and chord.intervals[:3] == (0, 3, 6))


def _tendencies(item: Numeral, goal: Numeral, first: int, last: int) -> list[Fact]:
    """The move of the roots, the leading note and the seventh of a chord that wants to go on."""
    chord, after = item.harmony.chord, goal.harmony.chord
    move = (after.root_class - chord.root_class) % 12
    value: dict[str, object] = {"chord": chord.text, "next": after.text, "numerals": [item.roman, goal.roman],
                                "move": list(MOVES[move]), "semitones": move}  # fmt: skip
    found: list[Fact] = [Statement("pull roots", value, (first, last))]
    names = chord_notes(chord)
    below = next((n for n, a in zip(names, chord.intervals, strict=False)
                  if _leads(chord, a) and (chord.root_class + a + 1) % 12 == after.root_class), "")  # fmt: skip
    if below:
        value = {"note": below, "chord": chord.text, "to": chord_name(after.root, after.alter)}
        found.append(Statement("pull leading", value, (first, last)))
    third = next(
        (n for n, a in zip(chord_notes(after), after.intervals, strict=False) if a in (3, 4)), ""
    )
    if 10 in chord.intervals and third and move == 5:
        seventh = names[chord.intervals.index(10)]
        value = {"note": seventh, "chord": chord.text, "to": third}
        found.append(Statement("pull seventh", value, (first, last)))
    return found


def _step_across(a: Sounded, b: Sounded, first: int, last: int) -> list[Fact]:
    step = abs(a.midi - b.midi)
    if a.midi % 12 == a.key.pitch_class or not a.key.tonic:
        return []
    value = {"note": a.pitch.name, "to": b.pitch.name, "degree": degree_sign(a), "key": a.key.name,
             "how": ["by step", "级进"] if 0 < step <= 2 else
             ["by staying", "停留在同音"] if not step else ["by leap", "跳进"]}  # fmt: skip
    return [Statement("pull melody", value, (first, last))]
