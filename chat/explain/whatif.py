"""What would change if …: the change is really carried out, and both tunes are compared.

A wish is a text: "degree 7 +1", "mode minor", "key D", "tempo 120", "tempo x2", "meter 3/4", "pickup",
"transpose 2", "octave 1". The tune itself stays as it is.
"""

from __future__ import annotations

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.edit.registry import run
from abc_tools.parse import parse
from abc_tools.places import Place
from abc_tools.text import apply
from abc_tools.theory import Key
from abc_tools.timeline import unfold
from abc_tools.tune import Measure, Tune
from chat.explain.compare import differences
from chat.explain.scales import SCALE_NAMES, SCALES, spelled
from chat.explain.scope import Scope, note_name, scope, tonic_name
from chat.explain.statement import Statement

_NAMES = (["the tune as it is", "现在的曲子"], ["the changed one", "改后的曲子"])
_TRIADS = {(4, 7): "", (3, 7): "m", (3, 6): "dim", (4, 8): "aug"}


def what_if(s: Scope, wish: str) -> list[Fact]:
    """What a wish would change. ValueError for a wish that is none."""
    kind, _, value = wish.partition(" ")
    if kind == "degree":
        degree, _, shift = value.partition(" ")
        return list(_moved_degree(s, int(degree), int(shift)))
    name, values = _edit(kind, value, s)
    measures = None if s.whole or kind in ("meter", "pickup") else list(s.measures)
    if kind == "pickup" and 0 not in s.tune.bar_numbers:
        return [Statement("no pickup", {"what": ["a note", "音符"]}, (min(s.tune.bar_numbers),))]
    try:
        after = _changed(s.tune, name, values, measures)
    except ValueError:
        return [Statement("cannot change", {}, s.bars)]
    return list(_effects(s, after, kind))


def _edit(kind: str, value: str, s: Scope) -> tuple[str, dict[str, str]]:
    """The edit of the table that carries a wish out, and its values."""
    if kind == "tempo" and value.startswith("x"):
        bpm = float(s.tune.tempo.bpm) * float(value[1:])
        return "tempo", {"bpm": str(round(min(max(bpm, 20), 300)))}
    names = {"mode": "mode", "key": "key", "tempo": "bpm", "meter": "meter",
             "transpose": "semitones", "octave": "octaves"}  # fmt: skip
    if kind == "pickup":
        return "remove-pickup", {}
    if kind not in names:
        raise ValueError(f"“{kind}” is no change that can be tried.")
    return kind, {names[kind]: value}


def _changed(tune: Tune, name: str, values: dict[str, str], measures: list[Measure] | None) -> Tune:
    index = next(n for n, t in enumerate(parse(tune.source).tunes) if t.span == tune.span)
    return parse(apply(tune.source, run(tune, name, values, measures))).tunes[index]


def _effects(s: Scope, after: Tune, kind: str) -> list[Statement]:
    """The differences between the tune and the changed one."""
    place = None if s.whole else Place(s.first, s.last)
    other = scope(after, place)
    found: list[Statement] = []
    if kind == "pickup":
        gone = [n.pitch.name for n in s.material.notes if n.bar == 0]
        if not gone:
            return [Statement("pickup silent", {}, (0,))]
        value = {"notes": gone, "first": other.material.notes[0].pitch.name}
        return [Statement("pickup gone", value, (0, 1))]
    found += differences(s, other, _NAMES)
    found += _third(s, other)
    if kind != "meter":
        found += _pitches(s, other)
    before, now = (f"{unfold(t).seconds:.1f}" for t in (s.tune, after))
    if before != now:
        found.append(Statement("time changes", {"before": before, "after": now}, s.bars))
    silent = {"no notes change"}
    if all(f.kind in silent for f in found):
        return [Statement("already so", {}, s.bars)]
    return found


def _third(s: Scope, other: Scope) -> list[Statement]:
    one, two = s.key, other.key
    if not one.tonic or not two.tonic or one.minor_third == two.minor_third:
        return []
    names = [spelled(k.tonic, k.alter, 2, 3 if k.minor_third else 4) for k in (one, two)]
    dark = two.minor_third
    value = {"old": names[0], "new": names[1], "size": ["minor", "小"] if dark else ["major", "大"],
             "colour": ["darker", "较暗"] if dark else ["brighter", "较亮"]}  # fmt: skip
    return [Statement("third changes", value, s.bars)]


def _pitches(s: Scope, other: Scope) -> list[Statement]:
    """How many melody notes have another pitch; only where the notes are as many."""
    if len(s.notes) != len(other.notes):
        return []
    pairs = [(a, b) for a, b in zip(s.notes, other.notes, strict=True) if a.midi != b.midi]
    if not pairs:
        return [Statement("no notes change", {}, s.bars)]
    value = {"count": len(pairs), "total": len(s.notes)}
    return [Statement("notes change", value, in_order(a.bar for a, _ in pairs))]


# -- one degree raised or lowered -----------------------------------------------------------------


def _moved_degree(s: Scope, degree: int, shift: int) -> list[Statement]:
    key = s.key
    if not key.tonic:
        return [Statement("no key", {}, s.bars)]
    step, alter = key.scale[degree - 1]
    old, new = _name(step, round(alter)), _name(step, round(alter) + shift)
    way = (
        ["raised by a semitone", "升高半音"] if shift > 0 else ["lowered by a semitone", "降低半音"]
    )
    here = [n for n in s.notes if note_name(n.pitch) == old]
    value = {"degree": degree, "key": key.name, "way": way, "old": old, "new": new}
    found = [
        Statement("degree moved", {**value, "count": len(here)}, in_order(n.bar for n in here))
        if here else Statement("degree silent", value, s.bars)
    ]  # fmt: skip
    there = [n for n in s.notes if note_name(n.pitch) == new]
    if there:
        found.append(Statement("degree there", {"new": new}, in_order(n.bar for n in there)))
    found += _new_scale(s, key, degree, shift)
    return found


def _name(step: str, alter: int) -> str:
    return step + ("#" * alter if alter > 0 else "b" * -alter)


def _new_scale(s: Scope, key: Key, degree: int, shift: int) -> list[Statement]:
    """The scale, its gaps round the degree, and its triads after the change."""
    above = [semitones for _, semitones in SCALES[key.mode]]
    moved = [a + shift * (n + 1 == degree) for n, a in enumerate(above)]
    notes = [spelled(key.tonic, key.alter, n, a) for n, a in enumerate(moved)]
    same = [name for name, scale in SCALES.items()
            if scale == tuple(enumerate(moved)) and name in SCALE_NAMES]  # fmt: skip
    found = []
    if same:
        value: dict[str, object] = {"tonic": tonic_name(key), "scale": list(SCALE_NAMES[same[0]]),
                                    "notes": notes}  # fmt: skip
        found.append(Statement("scale becomes", value, s.bars))
    else:
        found.append(Statement("scale nameless", {"notes": notes}, s.bars))
    found += _gaps(s, moved, notes, degree)
    if degree == 7 and moved[6] == 11 and above[6] != 11:
        ends = in_order(p.last_bar for p in s.phrases if s.first <= p.last_bar <= s.last)
        found.append(Statement("becomes leading", {"tonic": tonic_name(key)}, ends or s.bars))
    before, after = _triads(key, above), _triads(key, moved)
    pairs = [(a, b) for a, b in zip(before, after, strict=True) if a != b and a and b]
    if pairs:
        value = {"before": [a for a, _ in pairs], "after": [b for _, b in pairs]}
        found.append(Statement("triads become", value, s.bars))
    return found


_GAPS = {0: "diminished second", 1: "minor second", 2: "major second", 3: "augmented second"}


def _gaps(s: Scope, moved: list[int], notes: list[str], degree: int) -> list[Statement]:
    below = (moved[degree - 1] - moved[degree - 2]) % 12
    above = (moved[degree % 7] - moved[degree - 1]) % 12
    found = []
    if below in _GAPS:
        value = {"low": notes[degree - 2], "interval": _GAPS[below], "semitones": below}
        found.append(Statement("gap below", value, s.bars))
    if above in _GAPS:
        value = {"high": notes[degree % 7], "interval": _GAPS[above], "semitones": above}
        found.append(Statement("gap above", value, s.bars))
    return found


def _triads(key: Key, above: list[int]) -> list[str]:
    """The triads on a scale of seven, as chord symbols; "" for one without a name."""
    found = []
    for n in range(7):
        third, fifth = ((above[(n + d) % 7] - above[n]) % 12 for d in (2, 4))
        name = spelled(key.tonic, key.alter, n, above[n])
        quality = _TRIADS.get((third, fifth))
        found.append("" if quality is None else name + quality)
    return found
