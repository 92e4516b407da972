"""Answers about key, mode, chords and cadences of a tune."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from abc_tools.analyse import terms as t
from abc_tools.analyse.degrees import degree_facts
from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.harmony import numerals, sounding_chords
from abc_tools.analyse.keys import key_facts
from abc_tools.analyse.line import Harmony, Sounded
from abc_tools.analyse.modulation import modulation_facts
from abc_tools.analyse.phrases import Close, Phrase
from abc_tools.chords import ChordSymbol, parse_chord, roman
from abc_tools.harmonise import chords_for
from abc_tools.theory import STEP_SEMITONES, Key
from chat.explain.scales import SCALE_NAMES, scale_notes, spelled
from chat.explain.scope import Scope, note_name, signature_names, tonic_name
from chat.explain.statement import Statement

NEAR = {
    "dorian": ("minor", 6), "phrygian": ("minor", 2), "locrian": ("minor", 5),
    "lydian": ("major", 4), "mixolydian": ("major", 7),
}  # fmt: skip
"""Church mode → the plain mode that it is nearest to, and the degree that differs."""


def key(s: Scope) -> list[Fact]:
    """The written key with its evidence: signature, last note, third, leading note, mode's degree."""
    if not s.key.tonic:
        return [Statement("no key", {}, s.bars), *_heard(s)]
    if not s.whole:
        value = {"key": s.key.name, "signature": signature_names(s.key)}
        return [Statement("part key", value, s.bars), *modulations(s)]
    value = {"key": s.key.name, "signature": signature_names(s.key)}
    found: list[Fact] = [Statement("key signature", value, s.bars), final(s), third(s)]
    if s.key.mode in NEAR:
        found.append(mode_degree(s, s.key))
    elif (leading := leading_note(s)) is not None:
        found.append(leading)
    return [*found, *_heard(s)]


def _heard(s: Scope) -> list[Fact]:
    """What the notes alone say, where that is another key than the written one."""
    heard = [f for f in key_facts(s.material) if f.kind == "key"]
    return [f for f in heard if f.value["key"] != s.tune.key.name]


def final(s: Scope) -> Statement:
    """The last note and its degree."""
    note = s.notes[-1]
    home = note.key
    if note.midi % 12 == home.pitch_class:
        return Statement("final tonic", {"note": note.pitch.name}, (note.bar,))
    value = {"note": note.pitch.name, "degree": degree_sign(note), "key": home.name}
    return Statement("final other", value, (note.bar,))


def degree_sign(note: Sounded) -> str:
    """A note's degree in its written key, with # or b where it is raised or lowered."""
    steps = [step for step, _ in note.key.scale]
    shift = round(note.pitch.alter - note.key.signature[note.pitch.step])
    return f"{'#' * max(shift, 0)}{'b' * max(-shift, 0)}{steps.index(note.pitch.step) + 1}"


def third(s: Scope) -> Statement:
    """The third degree of the written scale and where it sounds."""
    home = s.key
    step, alter = home.scale[2]
    here = [n for n in s.notes if (n.pitch.step, n.pitch.alter) == (step, alter)]
    if not here:
        return Statement("third missing", {}, s.bars)
    size = ("minor", "小") if home.minor_third else ("major", "大")
    value = {"note": note_name(here[0].pitch), "tonic": tonic_name(home),
             "size": size[0], "size_zh": size[1]}  # fmt: skip
    return Statement("third heard", value, in_order(n.bar for n in here))


def leading_note(s: Scope) -> Statement | None:
    """Where the melody rises by a semitone into the tonic; None where the key has no tonic."""
    if not s.key.tonic:
        return None
    home = s.key.pitch_class
    here = [b for a, b in itertools.pairwise(s.notes)
            if b.midi % 12 == home and b.midi - a.midi == 1]  # fmt: skip
    value = {"tonic": tonic_name(s.key)}
    if not here:
        return Statement("no leading note", value, s.bars)
    before = next(a for a, b in itertools.pairwise(s.notes) if b is here[0])
    value["note"] = note_name(before.pitch)
    return Statement("leading note", value, in_order(n.bar for n in here))


def mode_degree(s: Scope, mode_key: Key) -> Statement:
    """The degree that sets a church mode apart from plain major or minor, and where it sounds."""
    near, degree = NEAR[mode_key.mode]
    step, alter = mode_key.scale[degree - 1]
    here = [n for n in s.notes if (n.pitch.step, n.pitch.alter) == (step, alter)]
    sign = {-1: "b", 0: "", 1: "#"}.get(round(alter), "")
    other = Key(mode_key.tonic, mode_key.alter, near)
    value = {"mode": mode_key.name, "near": other.name, "note": f"{step}{sign}"}
    if not here:
        return Statement("mode degree missing", value, s.bars)
    return Statement("mode degree heard", value, in_order(n.bar for n in here))


def claimed_key(s: Scope, said: Key) -> list[Statement]:
    """Whether the tune is in a key that was said; a shared signature is named."""
    home = s.tune.key
    if not home.tonic:
        return [Statement("no key", {}, s.bars)]
    if (said.pitch_class, said.mode) == (home.pitch_class, home.mode):
        return [Statement("that key", {"key": home.name}, s.bars)]
    found = [Statement("not that key", {"said": said.name, "key": home.name}, s.bars)]
    if said.sharps == home.sharps:
        value = {"said": said.name, "key": home.name, "signature": signature_names(home),
                 "said_tonic": tonic_name(said), "tonic": tonic_name(home)}  # fmt: skip
        found.append(Statement("same signature", value, s.bars))
    return found


def in_scale(s: Scope, scale: str) -> list[Statement]:
    """How a scale of the table stands to the tune: its written mode, and which notes lie outside."""
    home = s.key
    if not home.tonic:
        return [Statement("no key", {}, s.bars)]
    names = list(SCALE_NAMES[scale])
    found = []
    if scale in ("major", "minor", *NEAR):
        kind = "mode is" if home.mode == scale else "mode is not"
        found.append(Statement(kind, {"mode": names, "key": home.name}, s.bars))
    notes = scale_notes(home.tonic, home.alter, scale)
    classes = {(STEP_SEMITONES[n[0]] + n.count("#") - n[1:].count("b")) % 12 for n in notes}
    out = [n for n in s.notes if n.midi % 12 not in classes]
    value = {"tonic": tonic_name(home), "scale": names, "notes": notes}
    if out:
        value["outside"] = list(dict.fromkeys(note_name(n.pitch) for n in out))
        found.append(Statement("scale misfits", value, in_order(n.bar for n in out)))
    else:
        found.append(Statement("scale fits", value, s.bars))
    if scale in NEAR:
        found.append(mode_degree(s, Key(home.tonic, home.alter, scale)))
    return found


def modulations(s: Scope, asked: bool = False) -> list[Fact]:
    """Changes of key in these bars, written and heard; that there is none, for the whole tune or if `asked`."""
    found = [f for f in modulation_facts(s.material)
             if any(s.first <= b <= s.last for b in f.bars)]  # fmt: skip
    if found or not (s.whole or asked) or not s.key.tonic:
        return found
    return [Statement("no modulation", {"key": s.key.name}, s.bars)]


# -- chords -----------------------------------------------------------------------------------


def harmony(s: Scope) -> list[Fact]:
    """The chords of the bars with numerals; what sounds together or would fit where none stand."""
    chords = s.chords
    if not s.material.chords and len(s.tune.voices) >= 3:
        chords = tuple(h for h in sounding_chords(s.material) if s.first <= h.bar <= s.last)
    if chords:
        return _named(s, chords)
    if s.material.chords and not s.whole:
        before = [h for h in s.material.chords if h.bar < s.first]
        value: dict[str, object] = {}
        if before and s.measures:
            value = {"chord": before[-1].chord.text, "since": [before[-1].bar]}
            return [Statement("chord held", value, s.bars)]
        return [Statement("no chords", {}, s.bars)]
    return [implied] if (implied := implied_chords(s)) is not None else [
        Statement("no chords", {}, s.bars)]  # fmt: skip


def _named(s: Scope, chords: Sequence[Harmony]) -> list[Fact]:
    found: list[Fact] = []
    for name, group in itertools.groupby(chords, key=lambda h: h.key.name):
        items = list(group)
        symbols = [h.chord.text for h in items]
        by_place = {n.harmony.position: n.roman for n in numerals(s.material.chords or chords)}
        romans = [by_place.get(h.position, "?") for h in items]
        bars = in_order(h.bar for h in items)
        if not items[0].key.tonic:
            continue
        if len(items) == 1:
            value = {"chord": symbols[0], "numeral": romans[0], "key": name}
            found.append(Statement("chord of", value, bars))
            found.append(Statement("chord notes", {
                "chord": symbols[0], "notes": chord_notes(items[0].chord)}, bars))  # fmt: skip
            continue
        for start in range(0, min(len(items), 48), 12):
            part = items[start : start + 12]
            value = {"chords": symbols[start : start + 12], "key": name,
                     "numerals": romans[start : start + 12]}  # fmt: skip
            found.append(Statement("chords of", value, in_order(h.bar for h in part)))
    return found or [Statement("no key", {}, s.bars)]


def implied_chords(s: Scope) -> Statement | None:
    """Chords that would fit the melody, one or two a bar; None where none can be found."""
    chosen = [m for m in s.measures if any(e.notes for e in m.events)][:12]
    if not chosen or not s.key.tonic:
        return None
    try:
        placed = chords_for(s.tune, chosen, rate="bar", end="open")
    except ValueError:
        return None
    symbols = [p.chord.text for p in placed][:12]
    romans = [roman(p.chord, p.measure.key) or "?" for p in placed][:12]
    value = {"chords": symbols, "numerals": romans, "key": s.key.name}
    return Statement("implied", value, in_order(p.measure.number for p in placed[:12]), 0.6)


def chord_notes(chord: ChordSymbol) -> list[str]:
    """The notes of a chord, spelled in thirds above its root.

    >>> from abc_tools.chords import parse_chord
    >>> chord_notes(parse_chord("F#m7b5"))
    ['F#', 'A', 'C', 'E']
    """
    steps = {0: 0, 1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 4, 7: 4, 8: 4, 9: 5, 10: 6, 11: 6, 13: 1, 14: 1,
             15: 1, 17: 3, 18: 3, 20: 5, 21: 5}  # fmt: skip
    found = []
    for above in chord.intervals:
        number = steps[above]
        if above == 9 and 6 in chord.intervals:
            number = 6  # the diminished seventh
        if above == 6 and 7 in chord.intervals:
            number = 3
        found.append(spelled(chord.root, chord.alter, number, above))
    return found


def chord_tones(s: Scope) -> list[Statement]:
    """Which melody notes belong to the chord under them, which pass, which neighbour."""
    notes = s.material.notes
    groups: dict[tuple[int, str], dict[str, list[str]]] = {}
    for index, note in enumerate(notes):
        if not s.first <= note.bar <= s.last:
            continue
        held = s.material.chord_at(note.position)
        if held is None:
            continue
        kind = note_kind(notes, index, held.chord)
        names = groups.setdefault((note.bar, held.chord.text), {}).setdefault(kind, [])
        names.append(note_name(note.pitch))
    found = []
    for (bar, chord), kinds in list(groups.items())[:8]:
        found += _tones(bar, chord, kinds)
    if found:
        return found
    return [Statement("no chords", {}, s.bars)]


_NOUNS = {
    "passing notes": (["passes", ""], ["pass", ""], ["a passing note", ""], ["passing notes", ""]),
    "neighbour notes": (["is", ""], ["are", ""], ["a neighbour note", ""], ["neighbour notes", ""]),
    "other notes": (["is", ""], ["are", ""], ["note", ""], ["notes", ""]),
}  # fmt: skip


def _tones(bar: int, chord: str, kinds: dict[str, list[str]]) -> list[Statement]:
    found = []
    if kinds.get("chord tones"):
        value: dict[str, object] = {
            "chord": chord,
            "notes": list(dict.fromkeys(kinds["chord tones"])),
        }
        found.append(Statement("chord tones", value, (bar,)))
    else:
        found.append(Statement("no chord tones", {"chord": chord}, (bar,)))
    for kind, (one, many, noun, nouns) in _NOUNS.items():
        names = list(dict.fromkeys(kinds.get(kind, ())))
        if names:
            value = {"chord": chord, "notes": names, "verb": one if len(names) == 1 else many,
                     "noun": noun if len(names) == 1 else nouns}  # fmt: skip
            found.append(Statement(kind, value, (bar,)))
    return found


def note_kind(notes: Sequence[Sounded], index: int, chord: ChordSymbol) -> str:
    """What a melody note is to its chord."""
    note = notes[index]
    if note.midi % 12 in chord.pitch_classes:
        return "chord tones"
    if 0 < index < len(notes) - 1:
        came = note.pitch.diatonic - notes[index - 1].pitch.diatonic
        goes = notes[index + 1].pitch.diatonic - note.pitch.diatonic
        if abs(came) == abs(goes) == 1:
            return "passing notes" if came == goes else "neighbour notes"
    return "other notes"


# -- cadences ---------------------------------------------------------------------------------


def cadences(s: Scope) -> list[Statement]:
    """How the phrases that end in these bars close."""
    inside = [(p, c) for p, c in s.closes if s.first <= p.last_bar <= s.last]
    if inside:
        return [cadence_of(s, phrase, close) for phrase, close in inside[:16]]
    ends = [p.last_bar for p in s.phrases]
    before = [b for b in ends if b < s.first][-1:]
    after = [b for b in ends if b > s.last][:1]
    return [Statement("no cadence", {"near": [*before, *after]}, s.bars)]


def cadence_of(s: Scope, phrase: Phrase, close: Close) -> Statement:
    """One cadence as a statement."""
    name = list(t.CADENCES[close.kind])
    bars = tuple(range(phrase.first_bar, phrase.last_bar + 1))
    if not close.chords:
        return Statement("cadence", {"name": name, "type": close.kind}, bars, close.confidence)
    home = s.material.notes[phrase.stop - 1].key
    value = {"name": name, "type": close.kind, "chords": list(close.chords),
             "numerals": list(close.numerals), "key": home.name}  # fmt: skip
    return Statement("cadence chords", value, bars, close.confidence)


SIGNS = {
    "#": ("sharp", "升号"), "♭": ("flat", "降号"), "♮": ("natural sign", "还原号"), "": ("accidental", "临时变音记号"),
}  # fmt: skip
"""A sign → its names; "" is any of them."""


def altered(s: Scope, sign: str) -> list[str]:
    """The names of the notes that are not as the key signature has them, with one sign ("" for any)."""
    found = []
    for note in s.notes:
        name = note_name(note.pitch)
        own = name[1:2].replace("b", "♭") or "♮"
        if note.pitch.alter != note.key.signature[note.pitch.step] and sign in ("", own):
            found.append(name)
    return found


def one_note(s: Scope, name: str) -> list[Fact]:
    """What a note such as "C#" is where it sounds: its degree, why it is altered, its chord."""
    here = [n for n in s.notes if note_name(n.pitch) == name]
    if not here:
        return [Statement("count letter none", {"note": name}, s.bars)]
    bars = in_order(n.bar for n in here)
    found: list[Fact] = []
    if here[0].key.tonic:
        value = {"note": name, "degree": degree_sign(here[0]), "key": here[0].key.name}
        found.append(Statement("note degree", value, bars))
    found += [f for f in degree_facts(s.material) if f.kind == "accidental"
              and f.value["note"] == name and any(b in s.bars for b in f.bars)]  # fmt: skip
    for index, note in enumerate(s.material.notes):
        held = s.material.chord_at(note.position) if note in here else None
        if held is not None and not any(
            f.kind.startswith("note ") and f.bars == (note.bar,) for f in found
        ):
            kind = note_kind(s.material.notes, index, held.chord)
            over: dict[str, object] = {"note": name, "chord": held.chord.text, "kind": kind,
                                       "what": list(_WHAT[kind])}  # fmt: skip
            found.append(Statement("note in chord", over, (note.bar,)))
    return found[:6]


_WHAT = {
    "chord tones": ("a chord tone", "和弦音"), "passing notes": ("a passing note", "经过音"),
    "neighbour notes": ("a neighbour note", "辅助音"), "other notes": ("no chord tone", "和弦外音"),
}  # fmt: skip
_PLAIN = {0: "I", 2: "II", 4: "III", 5: "IV", 7: "V", 9: "VI", 11: "VII"}
"""Semitones of a root above the tonic → its numeral, as people ask for it."""


def find_chord(s: Scope, what: str) -> list[Fact]:
    """The bars in which chords of a kind stand: a numeral ("V", "V7"), a symbol, "minor", "major", "dim"."""
    if not s.chords:
        return [Statement("no chords", {}, s.bars)]
    here = [h for h in s.chords if _is_chord(h, what)]
    name: list[str] = {"minor": ["a minor chord", "小和弦"], "major": ["a major chord", "大和弦"],
            "dim": ["a diminished chord", "减和弦"]}.get(what) or [t.signs(what), t.signs(what)]  # fmt: skip
    if not here:
        return [Statement("chord nowhere", {"what": name, "asked": what}, s.bars)]
    value = {"what": name, "asked": what, "chords": list(dict.fromkeys(h.chord.text for h in here))}
    return [Statement("chord somewhere", value, in_order(h.bar for h in here))]


def _is_chord(item: Harmony, what: str) -> bool:
    chord = item.chord
    if what in ("minor", "major", "dim"):
        wanted = {"minor": (0, 3, 7), "major": (0, 4, 7), "dim": (0, 3, 6)}[what]
        return chord.intervals[:3] == wanted
    if what.rstrip("7") in _PLAIN.values():
        above = (chord.root_class - item.key.pitch_class) % 12
        third = {3: "III", 8: "VI", 10: "VII"} if item.key.minor_third else {}
        numeral = third.get(above, _PLAIN.get(above, ""))
        return bool(item.key.tonic) and numeral == what.rstrip("7") and (
            not what.endswith("7") or 10 in chord.intervals)  # fmt: skip
    named = parse_chord(what)
    return named is not None and (named.root_class, named.intervals) == (
        chord.root_class,
        chord.intervals,
    )
