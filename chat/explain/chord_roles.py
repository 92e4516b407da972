"""What a chord does where it stands: its role in the key, what follows it, whether it (or a note) may be a slip.

Roles after Riemann, as `abc_tools.analyse.harmony` finds them. What this does not know: what was meant.
"""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

from abc_tools.analyse import terms as t
from abc_tools.analyse.degrees import degree_facts
from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.harmony import Numeral, numerals, scale_classes
from abc_tools.analyse.line import Harmony, Sounded
from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.theory import ALTER_NAMES, STEP_SEMITONES, Key
from chat.explain.scales import spelled
from chat.explain.scope import Scope, note_name
from chat.explain.statement import Statement
from chat.explain.theory import degree_triad
from chat.explain.tonal import chord_notes, degree_sign, note_kind

MOVES = {
    0: ("stays where it is", "不动"), 1: ("goes up a semitone", "上行半音"), 2: ("goes up a tone", "上行全音"),
    3: ("goes up a minor third", "上行小三度"), 4: ("goes up a major third", "上行大三度"),
    5: ("goes up a fourth (down a fifth), the strongest move", "上四度（下五度），最有力的进行"),
    6: ("goes a tritone away", "相隔三全音"), 7: ("goes up a fifth (down a fourth)", "上五度（下四度）"),
    8: ("goes down a major third", "下行大三度"), 9: ("goes down a minor third", "下行小三度"),
    10: ("goes down a tone", "下行全音"), 11: ("goes down a semitone", "下行半音"),
}  # fmt: skip
"""Semitones from one root up to the next → how that is said."""


def numbered(s: Scope) -> list[Numeral]:
    """All chords of the tune with their numerals and functions."""
    return numerals(s.material.chords)


def chord_name(root: str, alter: int, quality: str = "") -> str:
    """A chord symbol."""
    return f"{root}{ALTER_NAMES[alter]}{quality}"


def tonic_chord(key: Key) -> ChordSymbol:
    """The triad of the tonic."""
    found = parse_chord(degree_triad(key, 0))
    assert found is not None, "every degree has a triad"
    return found


# -- roles --------------------------------------------------------------------------------------------


def role_words(item: Numeral) -> tuple[str, str]:
    """What a chord does in its key, in both languages."""
    key, chord = item.harmony.key, item.harmony.chord
    above = (chord.root_class - key.pitch_class) % 12
    if item.target:
        goal = t.signs(_goal(item))
        return (f"is a secondary dominant, a dominant borrowed for a moment: it wants to go to {goal}",
                f"是副属和弦（临时借来的属和弦），倾向于进行到{goal}")  # fmt: skip
    if item.function == "T" and above == 0:
        return "is the tonic, the chord of rest", "是主和弦，安定的和弦"
    if item.function == "T":
        return "has tonic function: it can stand for the tonic", "有主功能，可以代替主和弦"
    if item.function == "S":
        name = (
            ("is the subdominant", "是下属和弦")
            if above == 5
            else ("has subdominant function", "有下属功能")
        )
        return f"{name[0]}: it leads away from the tonic and prepares the dominant", f"{name[1]}，离开主和弦、准备属和弦"  # fmt: skip
    if item.function == "D" and above == 7 and not chord.minor_third:
        return "is the dominant: it wants to go to the tonic", "是属和弦，倾向于进行到主和弦"
    if item.function == "D" and above == 7:
        return (
            "is the minor dominant: without a leading note it pulls little to the tonic",
            "是小属和弦，没有导音，对主和弦的倾向较弱",
        )
    if item.function == "D":
        return "has dominant function: it leads to the tonic", "有属功能，引向主和弦"
    outside = chord.pitch_classes - scale_classes(key)
    if outside:
        return "comes from outside the key, for colour", "来自调外，起色彩作用"
    return (
        "belongs to the key, without one of the three functions",
        "属于本调，但不属于三种基本功能",
    )


def _goal(item: Numeral) -> str:
    """The chord that a secondary dominant leads to, by its root."""
    chord, key = item.harmony.chord, item.harmony.key
    letters, semitones = (3, 5) if 4 in chord.intervals else (1, 1)
    goal = spelled(chord.root, chord.alter, letters, semitones)
    minor = item.target.islower()
    assert key.tonic, "only keys with a tonic have numerals"
    return goal + ("m" if minor else "")


def role(item: Numeral) -> Statement:
    """The role of one chord as a statement."""
    value = {"chord": item.harmony.chord.text, "numeral": item.roman, "key": item.harmony.key.name,
             "function": item.function, "target": item.target, "role": list(role_words(item))}  # fmt: skip
    return Statement("chord role", value, (item.harmony.bar,))


def _shares(item: Numeral) -> list[Fact]:
    """The notes that a chord of tonic function shares with the tonic."""
    key, chord = item.harmony.key, item.harmony.chord
    home = tonic_chord(key)
    if item.function != "T" or chord.root_class == home.root_class:
        return []
    shared = [n for n in chord_notes(chord) if n in chord_notes(home)]
    value = {"chord": chord.text, "other": home.text, "notes": shared}
    return [Statement("chord shares", value, (item.harmony.bar,))] if shared else []


def following(s: Scope, item: Numeral) -> list[Fact]:
    """What comes after a chord, and whether that is what it leads to."""
    every = numbered(s)
    index = every.index(item)
    root = item.harmony.chord.root_class
    later = next((n for n in every[index + 1 :] if n.harmony.chord.root_class != root), None)
    if later is None:
        return [Statement("chord last", {"chord": item.harmony.chord.text}, (item.harmony.bar,))]
    move = (later.harmony.chord.root_class - root) % 12
    value: dict[str, object] = {"chord": item.harmony.chord.text, "next": later.harmony.chord.text,
                                "numeral": later.roman, "move": list(MOVES[move]), "semitones": move}  # fmt: skip
    found: list[Fact] = [Statement("chord next", value, in_order((item.harmony.bar, later.harmony.bar)))]  # fmt: skip
    if item.target and not item.resolved:
        value = {"chord": item.harmony.chord.text, "goal": _goal(item), "next": later.harmony.chord.text}  # fmt: skip
        found.append(Statement("chord unresolved", value, (item.harmony.bar,)))
    return found


def chord_role(s: Scope, symbol: str) -> list[Fact]:
    """One chord symbol where it stands ("" for the first there): notes, role, what follows."""
    items = standing(s, symbol)
    if not items:
        return [Statement("chord absent", {"chord": symbol}, s.bars)] if symbol else [Statement("no chords", {}, s.bars)]  # fmt: skip
    first = items[0]
    chord = first.harmony.chord
    bars = in_order(n.harmony.bar for n in items if n.harmony.chord.text == chord.text)
    value = {"chord": chord.text, "notes": chord_notes(chord), "numeral": first.roman}
    found: list[Fact] = [Statement("chord here", value, bars)]
    if first.harmony.key.tonic:
        found += [role(first), *_shares(first), *_substitute(s, first)]
    return [*found, *following(s, first)]


def nth(s: Scope, term: str) -> list[Fact]:
    """ "3" or "-1": one chord of the bars by its number, counted from either end."""
    items = [n for n in numbered(s) if s.first <= n.harmony.bar <= s.last]
    place = int(term or 1)
    if not items:
        return [Statement("no chords", {}, s.bars)]
    if abs(place) > len(items):
        return [Statement("fewer chords", {"count": len(items)}, s.bars)]
    item = items[place - 1 if place > 0 else place]
    chord = item.harmony.chord
    value = {"chord": chord.text, "notes": chord_notes(chord), "numeral": item.roman}
    found: list[Fact] = [Statement("chord here", value, (item.harmony.bar,))]
    if item.harmony.key.tonic:
        found += [role(item), *_shares(item), *_substitute(s, item)]
    return [*found, *following(s, item)]


def edges(s: Scope, _: str = "") -> list[Fact]:
    """Whether the tune ends on the chord with which it begins."""
    if not s.material.chords:
        return [Statement("no chords", {}, s.bars)]
    first, last = s.material.chords[0], s.material.chords[-1]
    value = {"first": first.chord.text, "last": last.chord.text}
    kind = "edge chords same" if first.chord.text == last.chord.text else "edge chords differ"
    return [Statement(kind, value, in_order((first.bar, last.bar)))]


def without(s: Scope, _: str = "") -> list[Fact]:
    """The bars over which no chord symbol is written."""
    if not s.chords:
        return [Statement("no chords", {}, s.bars)]
    bare = [b for b in s.bars if b not in {h.bar for h in s.chords}]
    if not bare:
        return [Statement("every bar has a chord", {}, s.bars)]
    return [Statement("bars without chord", {}, in_order(bare))]


def _substitute(s: Scope, item: Numeral) -> list[Fact]:
    """Whether a dominant seventh stands a tritone from the dominant that would lead to the next chord, and slides down."""
    chord = item.harmony.chord
    every = numbered(s)
    later = every[every.index(item) + 1 :]
    if not {4, 10} <= set(chord.intervals) or not later:
        return []
    goal = later[0].harmony.chord
    if (chord.root_class - goal.root_class) % 12 != 1:
        return []
    other = parse_chord(spelled(goal.root, goal.alter, 4, 7) + "7")
    assert other is not None, "every root has a dominant seventh"
    guides = {(chord.root_class + 4) % 12, (chord.root_class + 10) % 12}
    shared = [n for n in chord_notes(chord) if _class(n) in guides]
    value = {"chord": chord.text, "other": other.text, "next": goal.text, "notes": shared}
    return [
        Statement("tritone substitute", value, in_order((item.harmony.bar, later[0].harmony.bar)))
    ]


def _class(name: str) -> int:
    return (STEP_SEMITONES[name[0]] + name.count("#") - name[1:].count("b")) % 12


def standing(s: Scope, symbol: str) -> list[Numeral]:
    """The chords of the bars that have a symbol; those that hold into the bars count where none begins."""
    inside = [n for n in numbered(s) if s.first <= n.harmony.bar <= s.last]
    if not inside and s.notes:
        held = s.material.chord_at(s.notes[0].position)
        inside = [n for n in numbered(s) if n.harmony == held]
    wanted = parse_chord(symbol) if symbol else None
    if wanted is None:
        return inside
    exact = [n for n in inside if n.harmony.chord.text == wanted.text]
    return exact or [n for n in inside if n.harmony.chord.root_class == wanted.root_class
                     and n.harmony.chord.minor_third == wanted.minor_third]  # fmt: skip


def over(s: Scope, held: Harmony, first: int = 0, last: int = 10**6) -> list[Sounded]:
    """The melody's notes that begin while a chord holds, inside some bars."""
    return [n for n in s.material.notes if held.position <= n.position < held.end
            and first <= n.bar <= last]  # fmt: skip


# -- may it be a slip? ----------------------------------------------------------------------------------


_WHY_RIGHT = {
    "key": ("every note of it belongs to the key", "它的音都属于本调"),
    "minor": ("its notes belong to the key with the sixth or seventh degree raised, as is usual in minor",
              "它的音属于本调，六级或七级音升高，这在小调里很常见"),
    "secondary": ("a secondary dominant may come from outside the key", "副属和弦本来就可以来自调外"),
    "odd": ("it has notes outside the key and is no secondary dominant", "它有调外音，又不是副属和弦"),
}  # fmt: skip
"""What speaks for a chord, or against it."""


def _natural(chord: ChordSymbol, key: Key) -> bool:
    """Whether a chord's notes are those of the key's signature."""
    classes = {round(STEP_SEMITONES[step] + alter) % 12 for step, alter in key.scale}
    return chord.pitch_classes <= classes


def chord_doubt(s: Scope, symbol: str) -> list[Fact]:
    """Whether a chord may be a mistake: what explains it, and the melody over it."""
    items = standing(s, symbol)
    if not items:
        return chord_role(s, symbol)
    item = items[0]
    chord, key = item.harmony.chord, item.harmony.key
    inside = bool(key.tonic) and chord.pitch_classes <= scale_classes(key)
    out = [n for n in over(s, item.harmony) if n.midi % 12 not in chord.pitch_classes and n.weight >= 0.75]  # fmt: skip
    good = inside or bool(item.target)
    kind = "no slip" if good and not out else "good chord" if good else "odd chord"
    why = list(_WHY_RIGHT["key" if inside and _natural(chord, key) else "minor" if inside else
                          "secondary" if item.target else "odd"])  # fmt: skip
    value: dict[str, object] = {"chord": chord.text, "why": why, "notes": list(dict.fromkeys(note_name(n.pitch) for n in out))}  # fmt: skip
    return [Statement(kind, value, (item.harmony.bar,)), *chord_role(s, symbol)]


def note_doubt(s: Scope, name: str) -> list[Fact]:
    """Whether a note such as "A" in Eb major may be a mistake, and what explains it."""
    here = [
        (i, n)
        for i, n in enumerate(s.material.notes)
        if n in s.notes and note_name(n.pitch) == name
    ]
    if not here:
        return [Statement("count letter none", {"note": name}, s.bars)]
    altered = [x for x in here if x[1].pitch.alter != x[1].key.signature[x[1].pitch.step]]
    index, note = (altered or here)[0]
    held = s.material.chord_at(note.position)
    kind = note_kind(s.material.notes, index, held.chord) if held else ""
    value: dict[str, object] = {
        "note": name,
        "key": note.key.name,
        "chord": held.chord.text if held else "",
    }
    found: list[Fact] = []
    if held and kind == "chord tones":
        found.append(Statement("note of chord", value, (note.bar,)))
    elif kind in ("passing notes", "neighbour notes"):
        found.append(Statement("note by step", value, (note.bar,)))
    elif not altered:
        found.append(Statement("note of key", value, (note.bar,)))
    else:
        found.append(Statement("note odd", value, (note.bar,)))
    if note.key.tonic:
        value = {"note": name, "degree": degree_sign(note), "key": note.key.name}
        found.append(Statement("note degree", value, in_order(n.bar for _, n in altered or here)))
    found += [f for f in degree_facts(s.material) if f.kind == "accidental"
              and f.value["note"] == name and note.bar in f.bars][:1]  # fmt: skip
    if held and kind == "chord tones" and note.key.tonic:
        item = next((n for n in numbered(s) if n.harmony == held), None)
        found += [role(item), *following(s, item)] if item is not None else []
    return found
