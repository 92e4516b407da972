"""Form: sections, how they are alike, the name of the whole, periods and sentences.

Two sections are the same if all their notes agree, varied if at least 72 % of notes with their lengths
do (`sections.ALIKE`), transposed if their intervals agree to 85 % from another note, and have the same
rhythm if at least 90 % of their lengths do. A period is two phrases of equal length that begin alike,
the first ending open and the second closed; a sentence is a two-bar idea, its repeat (varied or on
another step), and a continuation as long as both (Caplin, "Classical Form", 1998).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Material, Sounded
from abc_tools.analyse.phrases import Close, Phrase, closes
from abc_tools.sections import ALIKE, Section

_TRANSPOSED = 0.85
_SAME_RHYTHM = 0.9
_OPEN = {"half", "open", "melodic dominant", "melodic leading tone", "melodic third",
         "imperfect authentic", "deceptive"}  # fmt: skip


def shape_facts(material: Material) -> Iterator[Fact]:
    """The form, each pair of sections that are alike, equal bars, periods and sentences."""
    parts = material.sections
    if not material.notes:
        return
    letters = form_letters(parts)
    own = all(len(part.label) == 1 for part in parts)
    bars = in_order(m.number for m in material.tune.measures)
    shown = "".join(p.label * (1 + p.repeated) for p in parts) if own else letters
    once = form_letters([replace(part, repeated=False) for part in parts])
    name = "bar form" if once == letters == "AAB" else form_name(letters)
    value = {
        "letters": shown if len(shown) <= 24 else "", "name": name,
        "sections": [{"label": s.label, "first": s.first, "last": s.last, "repeated": s.repeated}
                     for s in parts],
    }  # fmt: skip
    marked = any(s.marked for s in parts)
    yield Fact("form", value, bars, 0.9 if marked else 0.6 if len(parts) > 1 else 0.5)
    yield from _likenesses(material, parts)
    yield from _equal_bars(material)
    found = closes(material)
    yield from _periods(material, found)
    yield from _sentences(material, parts)


def form_letters(parts: Sequence[Section]) -> str:
    """Labels as one capital each, repeats written out; sections with words for names get letters.

    "Verse" and "Chorus" count as A and B by the order in which they come.
    """
    names: dict[str, str] = {}
    letters = ""
    for part in parts:
        plain = re.sub(r"[\d'’]+$", "", part.label.strip()).lower() or part.label
        name = names.setdefault(plain, chr(65 + len(names) % 26))
        letters += name * (2 if part.repeated else 1)
    return letters


def form_name(letters: str) -> str:
    """The usual name of a form given in letters.

    >>> [form_name(f) for f in ("AABA", "AABB", "ABACA", "ABCD", "A", "ABA", "ABAB")]
    ['song form', 'binary', 'rondo', 'through-composed', 'one-part', 'ternary', 'alternating']
    """
    if len(set(letters)) <= 1:
        return "one-part" if len(letters) <= 1 else "strophic"
    if len(set(letters)) == len(letters):
        return "binary" if len(letters) == 2 else "through-composed"
    single = "".join(a for a, b in zip(letters, " " + letters, strict=False) if a != b)
    if letters in ("AABA", "AABABA", "AABAABA"):
        return "song form"
    if single == "ABA":
        return "ternary"
    if single == "AB":
        return "binary"
    if re.fullmatch(r"A(?:[^A]A){2,}", single) and len(set(single)) > 2:
        return "rondo"
    if re.fullmatch(r"(?:AB){2,}A?", single):
        return "alternating"
    if re.fullmatch(r"(.)\1?(.)\2?(.)\3?(?:(.)\4?)?(?:(.)\5?)?(?:(.)\6?)?", letters) and (
        len(set(single)) == len(single)
    ):
        return "multi-part"
    return "mixed"


# -- likeness -------------------------------------------------------------------------------------------


def likeness_kind(one: Sequence[Sounded], other: Sequence[Sounded]) -> tuple[str, float, int]:
    """How two stretches are alike: kind, share, semitones between them if transposed.

    Kinds: same, varied, transposed, same rhythm, different.
    """
    if not one or not other:
        return "different", 0.0, 0
    a = [(n.midi, n.duration) for n in one]
    b = [(n.midi, n.duration) for n in other]
    if a == b:
        return "same", 1.0, 0
    share = SequenceMatcher(None, a, b, autojunk=False).ratio()
    if share >= ALIKE:
        return "varied", share, 0
    moved = _transposed(one, other)
    if moved is not None:
        return "transposed", moved[0], moved[1]
    rhythm = SequenceMatcher(None, [d for _, d in a], [d for _, d in b], autojunk=False).ratio()
    if rhythm >= _SAME_RHYTHM and len({d for _, d in a}) > 1:
        return "same rhythm", rhythm, 0
    return "different", share, 0


def _transposed(one: Sequence[Sounded], other: Sequence[Sounded]) -> tuple[float, int] | None:
    """Share of equal steps and the most common distance, if the shapes agree from another note."""
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > len(one) // 8:
        return None
    a = [(y.pitch.diatonic - x.pitch.diatonic, x.duration)
         for x, y in itertools.pairwise(one)]  # fmt: skip
    b = [(y.pitch.diatonic - x.pitch.diatonic, x.duration)
         for x, y in itertools.pairwise(other)]  # fmt: skip
    share = SequenceMatcher(None, a, b, autojunk=False).ratio()
    distance = other[0].midi - one[0].midi
    return (share, distance) if share >= _TRANSPOSED and distance else None


def _notes_in(material: Material, part: Section) -> list[Sounded]:
    return [n for n in material.notes if part.start <= n.index < part.stop]


def _likenesses(material: Material, parts: Sequence[Section]) -> Iterator[Fact]:
    """Each section beside the earlier one that it is most like."""
    order = ("same", "varied", "transposed", "same rhythm", "different")
    contents = [_notes_in(material, part) for part in parts[:24]]
    for index, part in enumerate(parts[:24]):
        kinds = [(*likeness_kind(contents[i], contents[index]), i) for i in range(index)]
        kinds = [k for k in kinds if k[0] != "different"]
        if not kinds:
            continue
        kind, share, moved, i = min(kinds, key=lambda k: (order.index(k[0]), -k[1]))
        value = {
            "kind": kind, "percent": round(100 * share), "semitones": moved,
            "section": part.label, "bars": [part.first, part.last],
            "like": parts[i].label, "like_bars": [parts[i].first, parts[i].last],
        }  # fmt: skip
        yield Fact("section likeness", value,
                   (*range(parts[i].first, parts[i].last + 1), *range(part.first, part.last + 1)),
                   share)  # fmt: skip


def _equal_bars(material: Material) -> Iterator[Fact]:
    """How many bars are different, and the one that comes most often."""
    contents: dict[tuple[tuple[int, Fraction], ...], list[int]] = {}
    by_index: dict[int, list[tuple[int, Fraction]]] = {}
    for note in material.notes:
        by_index.setdefault(note.index, []).append((note.midi, note.duration))
    for index, content in by_index.items():
        number = material.tune.measures[index].number
        contents.setdefault(tuple(content), []).append(number)
    if len(by_index) < 4:
        return
    most = max(contents.values(), key=len)
    value = {"different": len(contents), "total": len(by_index), "most": len(most)}
    yield Fact("repeated bars", value, in_order(most) if len(most) > 1 else
               in_order(n for b in contents.values() for n in b))  # fmt: skip


# -- periods and sentences ---------------------------------------------------------------------------------


def _periods(material: Material, found: Sequence[tuple[Phrase, Close]]) -> Iterator[Fact]:
    """Neighbouring phrases that ask and answer."""
    notes = material.notes
    for (first, one), (second, other) in itertools.pairwise(found):
        length = first.last_bar - first.first_bar
        if abs((second.last_bar - second.first_bar) - length) > 1 or length < 1:
            continue
        if one.kind not in _OPEN or other.kind in _OPEN - {"imperfect authentic"}:
            continue
        a, b = notes[first.start : first.stop], notes[second.start : second.stop]
        head = max(3, len(a) // 3)
        kind, share, _ = likeness_kind(a[:head], b[:head])
        if kind not in ("same", "varied"):
            continue
        value = {"antecedent": [first.first_bar, first.last_bar], "first_close": one.kind,
                 "consequent": [second.first_bar, second.last_bar],
                 "second_close": other.kind}  # fmt: skip
        yield Fact("period", value, tuple(range(first.first_bar, second.last_bar + 1)),
                   round(share * min(one.confidence, other.confidence), 2))  # fmt: skip


def _sentences(material: Material, parts: Sequence[Section]) -> Iterator[Fact]:
    """Sections of eight bars that begin with a two-bar idea and its repeat, then go on."""
    for part in parts:
        measures = material.tune.measures[part.start : part.stop]
        begin = part.start + (1 if measures[0].number == 0 or not measures[0].full else 0)
        if part.stop - begin < 8:
            continue
        two = [[n for n in material.notes if begin + 2 * i <= n.index < begin + 2 * i + 2]
               for i in range(4)]  # fmt: skip
        kind, share, _moved = likeness_kind(two[0], two[1])
        if kind == "same rhythm" and len(two[0]) < 4:
            continue
        if kind not in ("same", "varied", "transposed", "same rhythm"):
            continue
        if likeness_kind(two[0], two[2])[0] in ("same", "varied"):
            continue
        number = material.tune.measures[begin].number
        value = {"idea": [number, number + 1], "repeat": [number + 2, number + 3], "how": kind,
                 "continuation": [number + 4, number + 7]}  # fmt: skip
        yield Fact("sentence", value, tuple(range(number, number + 8)), round(0.8 * share, 2))
