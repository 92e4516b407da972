"""Answers by looking at the whole tune: which minor it is, leaps beyond a size, bars that return, the tensest place."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import itertools
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Harmony, Sounded
from abc_tools.places import Place
from chat.explain import causes
from chat.explain.scales import spelled
from chat.explain.scope import Scope, distance, note_name, scope
from chat.explain.statement import Statement

MOST = 6
NEARLY = 0.75
"""The share of equal notes from which two bars are nearly the same."""

# -- which minor ------------------------------------------------------------------------------------

_MINORS = {"natural": ["natural minor", "自然小调"], "harmonic": ["harmonic minor", "和声小调"],
           "melodic": ["melodic minor", "旋律小调"]}  # fmt: skip


def minor_kind(s: Scope, _: str = "") -> list[Fact]:
    """Whether a minor tune is natural, harmonic or melodic, by its sixth and seventh degrees."""
    key = s.key
    if not key.tonic:
        return [Statement("no key", {}, s.bars)]
    if key.mode != "minor":
        return [Statement("not minor", {"key": key.name}, s.bars)]
    names = {n: spelled(key.tonic, key.alter, *n) for n in ((5, 8), (5, 9), (6, 10), (6, 11))}
    here = {n: [x for x in s.notes if note_name(x.pitch) == name] for n, name in names.items()}
    raised6, low7, high7 = here[5, 9], here[6, 10], here[6, 11]
    chords = [h for h in s.chords if (key.pitch_class + 11) % 12 in h.chord.pitch_classes]
    if high7 and low7:
        found: list[Fact] = [
            _seventh("minor both", key.name, names[6, 11], high7, low=names[6, 10])
        ]
        return [*found, _seventh("seventh low", key.name, names[6, 10], low7)]
    if high7:
        kind = "melodic" if raised6 else "harmonic"
        value = {"key": key.name, "name": _MINORS[kind]}
        found = [
            Statement("minor is", value, s.bars),
            _seventh("seventh raised", key.name, names[6, 11], high7),
        ]
        return [
            *found,
            *([_seventh("sixth raised", key.name, names[5, 9], raised6)] if raised6 else []),
        ]
    if low7:
        found = [Statement("minor is", {"key": key.name, "name": _MINORS["natural"]}, s.bars),
                 _seventh("seventh low", key.name, names[6, 10], low7)]  # fmt: skip
        return [*found, *_in_chords(chords, key.name, names[6, 11])]
    value = {"key": key.name, "low": names[6, 10], "high": names[6, 11]}
    return [Statement("minor open", value, s.bars), *_in_chords(chords, key.name, names[6, 11])]


def _seventh(kind: str, key: str, note: str, here: list[Sounded], low: str = "") -> Statement:
    value = {"key": key, "note": note} | ({"low": low} if low else {})
    return Statement(kind, value, in_order(n.bar for n in here))


def _in_chords(chords: list[Harmony], key: str, note: str) -> list[Fact]:
    if not chords:
        return []
    names = list(dict.fromkeys(h.chord.text for h in chords))
    return [Statement("seventh in chords", {"key": key, "note": note, "chords": names},
                      in_order(h.bar for h in chords))]  # fmt: skip


# -- leaps --------------------------------------------------------------------------------------------

SIZES = {1: ["a second", "二度"], 2: ["a third", "三度"], 3: ["a fourth", "四度"], 4: ["a fifth", "五度"],
         5: ["a sixth", "六度"], 6: ["a seventh", "七度"], 7: ["an octave", "八度"]}  # fmt: skip
"""Steps between two notes → what the interval is called without its quality."""


def leaps_over(s: Scope, term: str) -> list[Fact]:
    """Leaps wider than an interval: `term` is its steps, "4" for a fifth; "4+" counts the interval itself."""
    steps = int(term.rstrip("+"))
    least = steps if term.endswith("+") else steps + 1
    pairs = list(itertools.pairwise(s.notes))
    if not pairs:
        return [Statement("no interval", {}, s.bars)]
    wide = [(a, b) for a, b in pairs if abs(b.pitch.diatonic - a.pitch.diatonic) >= least]
    value: dict[str, object] = {"size": SIZES[steps], "least": least, "count": len(wide)}
    if wide:
        value["how"] = ["as wide as", "达到"] if term.endswith("+") else ["wider than", "超过"]
        found: list[Fact] = [Statement("leaps beyond", value, in_order(b.bar for _, b in wide))]
        return [*found, *(_leap("leap there", a, b) for a, b in wide[:MOST])]
    a, b = max(
        pairs,
        key=lambda p: (abs(p[1].pitch.diatonic - p[0].pitch.diatonic), abs(p[1].midi - p[0].midi)),
    )
    value["how"] = ["as wide as", "达到"] if term.endswith("+") else ["wider than", "超过"]
    return [Statement("no leap beyond", value, s.bars), _leap("widest leap there", a, b)]


def _leap(kind: str, a: Sounded, b: Sounded) -> Statement:
    low, high = sorted((a.pitch, b.pitch), key=lambda p: p.midi)
    value = {"first": a.pitch.name, "to": b.pitch.name, "interval": distance(low, high)}
    return Statement(kind, value, in_order((a.bar, b.bar)))


# -- bars that return -----------------------------------------------------------------------------------

Content = tuple[tuple[int, Fraction, Fraction], ...]


def returns(s: Scope, _: str = "") -> list[Fact]:
    """Bars that come back note for note, in stretches as long as can be; then those that nearly do."""
    contents, numbers = _contents(s)
    found: list[tuple[int, int, int]] = []
    taken: set[int] = set()
    for i in range(len(contents)):
        for j in range(i + 1, len(contents)):
            if j in taken or not contents[i] or contents[i] != contents[j]:
                continue
            if (
                i
                and j - 1 not in taken
                and i - 1 >= 0
                and contents[i - 1] == contents[j - 1]
                and contents[i - 1]
            ):
                continue
            length = 1
            while (j + length < len(contents) and i + length < j and contents[i + length]
                   and contents[i + length] == contents[j + length] and j + length not in taken):  # fmt: skip
                length += 1
            found.append((i, j, length))
            taken |= set(range(j, j + length))
    facts: list[Fact] = []
    for i, j, length in found:
        first, again = ([numbers[k + n] for n in range(length)] for k in (i, j))
        if s.whole or set(s.bars) & {*first, *again}:
            verb = ["comes" if length == 1 else "come", ""]
            facts.append(
                Statement(
                    "comes back",
                    {"first": first, "again": again, "verb": verb},
                    in_order((*first, *again)),
                )
            )
    near = _near(s, contents, numbers, taken)
    return [*facts[: MOST + 2], *near[:MOST]] or [Statement("none return", {}, s.bars)]


def _contents(s: Scope) -> tuple[list[Content], list[int]]:
    """What each printed bar of the melody holds, with its number (a bar that a repeat sign cuts is one); no pickup."""
    by_index: dict[int, list[Sounded]] = {}
    for note in s.material.notes:
        by_index.setdefault(note.index, []).append(note)
    contents: dict[int, Content] = {}
    for index, measure in enumerate(s.tune.measures):
        if measure.number:
            notes = tuple((n.midi, n.onset, n.duration) for n in by_index.get(index, ()))
            contents[measure.number] = (*contents.get(measure.number, ()), *notes)
    return list(contents.values()), list(contents)


def _near(s: Scope, contents: list[Content], numbers: list[int], taken: set[int]) -> list[Fact]:
    """Bars that have no equal and are nearly like an earlier one."""
    found: list[Fact] = []
    for j in range(1, len(contents)):
        if j in taken or len(contents[j]) < 3:
            continue
        best = max(range(j), key=lambda i: len(set(contents[i]) & set(contents[j])))
        same = len(set(contents[best]) & set(contents[j]))
        whole = max(len(contents[best]), len(contents[j]))
        if (
            same < whole
            and same >= NEARLY * whole
            and (s.whole or {numbers[best], numbers[j]} & set(s.bars))
        ):
            value = {"first": [numbers[best]], "again": [numbers[j]], "same": same, "of": whole}
            found.append(Statement("nearly back", value, in_order((numbers[best], numbers[j]))))
    return found


# -- the tensest place -----------------------------------------------------------------------------------

TENSE = ("tense chords", "borrowed", "dissonance", "leading tone", "high register", "shorter notes", "wide leap",
         "raised note", "syncopated", "half close", "deceptive close")  # fmt: skip
"""Causes that make a bar tense; each counts one, the first three two."""


def tensest(s: Scope, _: str = "") -> list[Fact]:
    """The bar for which most speaks, with what speaks for it."""
    best: tuple[int, list[Fact], int] = (0, [], s.first)
    for measure in s.measures:
        if not any(n.bar == measure.number for n in s.notes):
            continue
        here = scope(s.tune, Place(measure.number, measure.number))
        names = [name for name in TENSE if name in causes.CAUSES]
        found: list[Fact] = list(causes.causes(here, tuple(names)))
        score = sum(2 if f.kind in TENSE[:3] else 1 for f in found)
        score += max(n.midi for n in here.notes) == max(n.midi for n in s.notes)
        if score > best[0]:
            best = (score, found, measure.number)
    if not best[1]:
        return [Statement("nothing tense", {}, s.bars)]
    value = {"reasons": len(best[1]), "verb": ["speaks" if len(best[1]) == 1 else "speak", ""]}
    return [Statement("tensest", value, (best[2],)), *best[1]]


SAYINGS: dict[str, tuple[str, str]] = {
    "not minor": ("It is in {key:key} ({bars:bars}), so it is none of the three minors.", "它是{key:key}（{bars:bars}），不属于三种小调。"),
    "minor is": ("By its notes {bars:bars} are in {key:key}, {name:word}.", "从音来看，{bars:bars}是{key:key}，属于{name:word}。"),
    "minor both": ("Both: the seventh degree of {key:key} comes raised ({note:pitch}, as in harmonic or melodic minor) in {bars:bars}, and also as {low:pitch}.",
                   "两种都有：{bars:bars}的七级音升高为{note:pitch}（像和声小调或旋律小调），别处又是{low:pitch}（{key:key}）。"),
    "seventh low": ("The seventh degree of {key:key} is not raised: {note:pitch}, in {bars:bars}.", "{key:key}的七级音没有升高：{bars:bars}是{note:pitch}。"),
    "seventh raised": ("The seventh degree of {key:key} is raised: {note:pitch}, in {bars:bars}.", "{key:key}的七级音升高了：{bars:bars}有{note:pitch}。"),
    "sixth raised": ("The sixth degree of {key:key} is raised as well: {note:pitch}, in {bars:bars}.", "{key:key}的六级音也升高了：{bars:bars}有{note:pitch}。"),
    "seventh in chords": ("The chords have the raised seventh of {key:key}, {note:pitch}: {chords:chords} in {bars:bars}.", "和弦里有{key:key}升高的七级音{note:pitch}：{bars:bars}的{chords:chords}。"),
    "minor open": ("The melody of {bars:bars} does not tell: the seventh degree of {key:key}, {low:pitch} or {high:pitch}, does not sound.", "{bars:bars}的旋律看不出来：{key:key}的七级音（{low:pitch}或{high:pitch}）没有出现。"),
    "leaps beyond": ("Yes, {count:n leap} {how:word} {size:word}, in {bars:bars}.", "有，{how:word}{size:word}的跳进有{count}次，在{bars:bars}。"),
    "no leap beyond": ("No, no leap of {bars:bars} is {how:word} {size:word}.", "没有，{bars:bars}没有{how:word}{size:word}的跳进。"),
    "leap there": ("From {first:pitch} to {to:pitch} ({bars:bars}) it is {interval:interval}.", "从{first:pitch}到{to:pitch}（{bars:bars}）是{interval:interval}。"),
    "widest leap there": ("The widest is from {first:pitch} to {to:pitch} ({bars:bars}): {interval:interval}.", "最大的是从{first:pitch}到{to:pitch}（{bars:bars}）：{interval:interval}。"),
    "comes back": ("Note for note, {first:bars} {verb:word} back as {again:bars}.", "{first:bars}在{again:bars}一音不差地再现。"),
    "nearly back": ("{again:bars} is nearly like {first:bars}: {same} of {of:n note} agree.", "{again:bars}与{first:bars}几乎一样：{of}个音中{same}个相同。"),
    "none return": ("No bar of {bars:bars} comes back.", "{bars:bars}没有再现的小节。"),
    "tensest": ("By what can be counted, most tension is in {bars:bars}; {reasons:n thing} {verb:word} for it.", "从能数出来的看，{bars:bars}最紧张，理由有{reasons}个。"),
    "nothing tense": ("Nothing in {bars:bars} makes one place tenser than another.", "{bars:bars}没有哪一处比别处更紧张。"),
}  # fmt: skip
