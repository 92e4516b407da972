"""What was done to the tune, told from its versions: where it changed, why it feels otherwise now, which version suits."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

from collections.abc import Sequence

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.places import Place
from abc_tools.sections import sections
from abc_tools.theory import STEP_SEMITONES
from abc_tools.tune import Tune
from chat.explain.compare import Names, changed_bars, compare_versions, differences
from chat.explain.scope import Scope, note_name, scope, tonic_name
from chat.explain.statement import Statement
from chat.phrases import plain

BEFORE: Names = (["the version before", "上一版"], ["the tune now", "现在的曲子"])
_KINDS = (
    ["notes", "音"],
    ["notes of the other voices", "其他声部的音"],
    ["chord symbols", "和弦"],
    ["words", "歌词"],
    ["signs", "记号"],
)


def changed(s: Scope, before: Tune, whether: bool) -> list[Fact]:
    """What differs from the version before: all of it, or in the bars that are asked about with yes or no."""
    if s.whole and not whether:
        return [*compare_versions(before, s.tune, BEFORE), *_by_section(s.tune, before)]
    groups = changed_bars(before, s.tune)
    here = {bar for group in groups for bar in group if s.first <= bar <= s.last}
    if not here:
        other = {bar for group in groups for bar in group}
        found: list[Fact] = [Statement("changed no", {"one": BEFORE[0]}, s.bars)]
        if other and not s.whole:
            found.append(Statement("changed elsewhere", {}, in_order(other)))
        elif s.whole:
            found = list(compare_versions(before, s.tune, BEFORE))
        return found
    found = []
    for name, group in zip(_KINDS, groups, strict=True):
        bars = in_order(b for b in group if s.first <= b <= s.last)
        if bars:
            kind = "changed yes" if whether and not found else "changed there"
            found.append(Statement(kind, {"what": name, "one": BEFORE[0]}, bars))
    if not whether:
        found += _differing(before, s)
    kept = tuple(b for b in s.bars if b not in here)
    if kept:
        found.append(Statement("changed not there", {}, kept))
    return [*found, *(_by_section(s.tune, before) if s.whole else [])]


def _differing(before: Tune, s: Scope) -> list[Fact]:
    """What differs between some bars before and now, beside where."""
    try:
        was = scope(before, Place(s.first, s.last))
    except ValueError:
        return []
    return list(differences(was, s, BEFORE)) if was.notes and s.notes else []


def _by_section(now: Tune, before: Tune) -> list[Fact]:
    """Section by section what changed, where there are several."""
    parts = [p for p in sections(now) if p.marked]
    if len(parts) < 2:
        return []
    every = {bar for group in changed_bars(before, now) for bar in group}
    found: list[Fact] = []
    for part in parts:
        inside = [b for b in now.bar_numbers if part.first <= b <= part.last]
        bars = in_order(b for b in inside if b in every)
        kind = "section changed" if bars else "section kept"
        found.append(Statement(kind, {"name": plain(part.label)}, bars or in_order(inside)))
    return found


# -- why it feels otherwise ---------------------------------------------------------------------------------------------


def since(s: Scope, before: Tune, home: bool) -> list[Fact]:
    """What differs from the version before; with `home`, first what pulls to the tonic in both."""
    found: list[Fact] = _pull(scope(before, None), s) if home else []
    compared = compare_versions(before, s.tune, BEFORE)
    return [*found, *(f for f in compared if f.kind != "bars equal")]


def _leading(s: Scope) -> tuple[int, str]:
    """The pitch class a semitone under the tonic, and its name."""
    step = s.key.scale[6][0]
    wanted = (s.key.pitch_class + 11) % 12
    alter = (wanted - STEP_SEMITONES[step] + 6) % 12 - 6
    return wanted, f"{step}{'#' * max(alter, 0)}{'b' * max(-alter, 0)}"


def _pull(one: Scope, now: Scope) -> list[Fact]:
    """The leading note in melody and chords, and the last note, before and now."""
    if not (one.key.tonic and now.key.tonic):
        return [Statement("no key", {}, now.bars)]
    counts = []
    chords = []
    for s in (one, now):
        wanted, _ = _leading(s)
        counts.append(sum(n.midi % 12 == wanted for n in s.notes))
        chords.append([h.chord.text for h in s.chords if wanted in h.chord.pitch_classes])
    name, tonic = _leading(now)[1], tonic_name(now.key)
    value = {"note": name, "tonic": tonic, "one": BEFORE[0], "other": BEFORE[1]}
    same = one.key.pitch_class == now.key.pitch_class
    found: list[Fact] = []
    kind = "leading same" if counts[0] == counts[1] else "leading differ"
    found.append(Statement(kind, {**value, "a": counts[0], "b": counts[1]}, now.bars))
    if any(chords):
        kind = "pulling same" if len(chords[0]) == len(chords[1]) and same else "pulling differ"
        found.append(Statement(kind, {**value, "a": len(chords[0]), "b": len(chords[1])}, now.bars))
    ends = [s.notes[-1].midi % 12 == s.key.pitch_class for s in (one, now)]
    if ends[0] != ends[1]:
        last = now.notes[-1]
        kind = "ends home now" if ends[1] else "ends away now"
        found.append(Statement(kind, {"note": note_name(last.pitch), "tonic": tonic}, (last.bar,)))
    return found


# -- which version ---------------------------------------------------------------------------------------------------


def which(s: Scope, versions: Sequence[Tune], occasion: str) -> list[Fact]:
    """The major or the minor version for an occasion, by the convention that major is heard as the brighter."""
    pair: dict[bool, int | None] = {}
    if s.tune.key.tonic:
        pair[s.tune.key.minor_third] = None
    for number, tune in reversed(list(enumerate(versions, 1))):
        if tune.key.tonic:
            pair.setdefault(tune.key.minor_third, number)
    found: list[Fact] = []
    want = {"bright": [False], "dark": [True], "any": [False, True]}[occasion]
    for minor in want:
        names = ["minor", "小调"] if minor else ["major", "大调"]
        if minor not in pair:
            found.append(Statement("choice missing minor" if minor else "choice missing", {"mode": names}, s.bars))  # fmt: skip
            continue
        made = pair[minor]
        where = (["the tune as it is now", "现在这一版"] if made is None
                 else [f"version {made}", f"版本{made}"])  # fmt: skip
        kind = "choice dark" if minor else "choice bright"
        found.append(Statement(kind, {"mode": names, "where": where}, s.bars))
    here = scope(s.tune, None)
    if here.key.tonic:
        step, alter = here.key.scale[2]
        thirds = [n for n in here.notes if (n.pitch.step, n.pitch.alter) == (step, alter)]
        if thirds:
            value = {"note": note_name(thirds[0].pitch), "tonic": tonic_name(here.key),
                     "size": "minor" if here.key.minor_third else "major", "size_zh": "小" if here.key.minor_third else "大"}  # fmt: skip
            found.append(Statement("third heard", value, in_order(n.bar for n in thirds)))
    return found


SAYINGS: dict[str, tuple[str, str]] = {
    "changed yes": ("Yes: the {what:word} of {bars:bars} are other than in {one:word}.", "变了：{bars:bars}的{what:word}与{one:word}不同。"),
    "changed there": ("The {what:word} of {bars:bars} are other than in {one:word}.", "{bars:bars}的{what:word}与{one:word}不同。"),
    "changed no": ("No: {bars:bars} are as they were in {one:word}.", "没有变：{bars:bars}与{one:word}一样。"),
    "changed elsewhere": ("What did change is in {bars:bars}.", "变了的是{bars:bars}。"),
    "changed not there": ("Nothing changed in {bars:bars}.", "{bars:bars}没有变。"),
    "section changed": ("In part {name} {bars:bars} changed.", "{name}段变了的是{bars:bars}。"),
    "section kept": ("Part {name} ({bars:bars}) is as it was.", "{name}段（{bars:bars}）没有变。"),
    "leading differ": ("The leading note {note:pitch}, which pulls to {tonic:pitch}, comes {a:times} in {one:word} and {b:times} in {other:word} ({bars:bars}).",
                       "向{tonic:pitch}倾向的导音{note:pitch}，{one:word}有{a}次，{other:word}有{b}次（{bars:bars}）。"),
    "leading same": ("The leading note {note:pitch}, which pulls to {tonic:pitch}, comes as often in {one:word} as in {other:word}: {a} and {b} ({bars:bars}).",
                     "向{tonic:pitch}倾向的导音{note:pitch}，{one:word}和{other:word}一样多：{a}次和{b}次（{bars:bars}）。"),
    "pulling differ": ("Chords that hold the leading note {note:pitch}, which pulls to {tonic:pitch}: {a} in {one:word}, {b} in {other:word} ({bars:bars}).",
                       "含有导音{note:pitch}（倾向{tonic:pitch}）的和弦：{one:word}有{a}个，{other:word}有{b}个（{bars:bars}）。"),
    "pulling same": ("The chords that hold the leading note {note:pitch} and pull to {tonic:pitch} are as many in {one:word} as in {other:word}: {a} and {b} ({bars:bars}). So nothing of that pull was taken away.",
                     "含有导音{note:pitch}、倾向{tonic:pitch}的和弦，{one:word}和{other:word}一样多：{a}个和{b}个（{bars:bars}），所以这种倾向并没有减少。"),
    "ends home now": ("Now it ends on the tonic {tonic:pitch} ({bars:bars}: {note:pitch}), which it did not before.", "现在结束在主音{tonic:pitch}上（{bars:bars}：{note:pitch}），之前不是。"),
    "ends away now": ("Now it does not end on the tonic {tonic:pitch} but on {note:pitch} ({bars:bars}); before it did.", "现在不再结束在主音{tonic:pitch}，而是{note:pitch}（{bars:bars}），之前是主音。"),
    "choice bright": ("For something bright I would play the {mode:word}, {where:word} ({bars:bars}): by convention a major third is heard as the brighter.",
                      "要明亮欢快，我选{mode:word}，就是{where:word}（{bars:bars}）：习惯上大三度听起来更明亮。"),
    "choice dark": ("For something dark or thoughtful I would play the {mode:word}, {where:word} ({bars:bars}): by convention a minor third is heard as the darker.",
                    "要深沉忧伤，我选{mode:word}，就是{where:word}（{bars:bars}）：习惯上小三度听起来更暗。"),
    "choice missing": ("By convention the {mode:word} would suit something bright better, but no version of {bars:bars} is in it yet; say “make it major”.",
                       "习惯上{mode:word}更适合明亮的场合，但{bars:bars}还没有这样的版本，可以说“改成大调”。"),
    "choice missing minor": ("By convention the {mode:word} would suit something dark better, but no version of {bars:bars} is in it yet; say “make it minor”.",
                             "习惯上{mode:word}更适合深沉的场合，但{bars:bars}还没有这样的版本，可以说“改成小调”。"),
}  # fmt: skip
