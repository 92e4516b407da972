"""In which order the measures of a voice are played: repeats, endings, parts, da capo (ABC 2.1 §4.8–4.9, §3.1.9).

The order of parts in a header's `P:` goes first; where a tune says D.C. or D.S., the jump is taken
once, after all repeats, and then every repeat is left at its last ending, as players do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from abc_tools.tune import Measure, Tune

MAX_PLAYED = 5000
"""Measures of one voice that a performance may have; a bound for hostile repeats."""

_SIGNS: dict[str, str] = {
    "!D.C.!": "dc", "!dacapo!": "dc", "!D.C.alfine!": "dc", "!D.C.alcoda!": "dc", "!D.S.!": "ds",
    "!D.S.alfine!": "ds", "!D.S.alcoda!": "ds", "!segno!": "segno", "S": "segno", "!fine!": "fine",
    "!coda!": "coda", "O": "coda", "!dacoda!": "to coda", "!tocoda!": "to coda",
}  # fmt: skip
_WORDS = (
    (re.compile(r"^\W*(d\.? ?c\b\.?|da capo)", re.I), "dc"),
    (re.compile(r"^\W*(d\.? ?s\b\.?|dal segno)", re.I), "ds"),
    (re.compile(r"^\W*to coda\b", re.I), "to coda"),
    (re.compile(r"^\W*coda\W*$", re.I), "coda"),
    (re.compile(r"^\W*segno\W*$", re.I), "segno"),
    (re.compile(r"^\W*fine\W*$", re.I), "fine"),
)


def performed(tune: Tune, measures: Sequence[Measure]) -> list[int]:
    """Indices of a voice's measures in the order they are played, parts and jumps followed.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nP:ABA\\nL:1/4\\nM:1/4\\nK:C\\nP:A\\nC|\\nP:B\\n|:D:|\\n")
    >>> performed(tune, tune.measures)
    [0, 1, 1, 0]
    """
    field = next((f for f in tune.fields if f.name == "P" and f.where == "header"), None)
    parts = _parts(measures)
    wanted = part_order(field.value) if field else []
    if not wanted or not set(wanted) <= set(parts):
        return _jumped(measures, play_order(measures))
    order: list[int] = []
    for name in wanted:
        start, end = parts[name]
        order += [start + index for index in play_order(measures[start:end])]
        if len(order) > MAX_PLAYED:
            break
    return order[:MAX_PLAYED]


def _parts(measures: Sequence[Measure]) -> dict[str, tuple[int, int]]:
    """Where each part begins and ends; what stands before the first label belongs to no part."""
    starts = [index for index, measure in enumerate(measures) if measure.part]
    parts: dict[str, tuple[int, int]] = {}
    for start, end in pairwise([*starts, len(measures)]):
        parts.setdefault(measures[start].part.strip(), (start, end))
    return parts


def part_order(value: str) -> list[str]:
    """The parts that a header's `P:` names, written out.

    >>> part_order("A2.(BC)2D")
    ['A', 'A', 'B', 'C', 'B', 'C', 'D']
    """
    pieces = re.findall(r"[A-Za-z]|\d+|[()]", value)
    stack: list[list[str]] = [[]]
    last: list[str] = []
    for piece in pieces:
        if piece == "(":
            stack.append([])
            last = []
        elif piece.isdigit():
            times = min(int(piece), 64) - 1
            stack[-1] += (last * max(times, 0))[:MAX_PLAYED]
            last = []
        else:
            if piece == ")" and len(stack) > 1:
                last = stack.pop()
            elif piece != ")":
                last = [piece]
            else:
                last = []
            stack[-1] += last
        if sum(map(len, stack)) > MAX_PLAYED:
            return []
    return [name for level in stack for name in level]


def play_order(measures: Sequence[Measure]) -> list[int]:
    """Indices of measures with repeats and endings unfolded.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nL:1/4\\nM:1/4\\nK:C\\n|:C|D|1E:|2F|G|]")
    >>> play_order(tune.measures)
    [0, 1, 2, 0, 1, 3, 4]
    """
    order: list[int] = []
    index = start = 0
    turn = 1
    while index < len(measures) and len(order) < MAX_PLAYED:
        measure = measures[index]
        if index != start and any(bar.repeat_start for bar in measure.before):
            start, turn = index, 1
        if measure.ending and turn not in measure.ending:
            index = _after_ending(measures, index)
            continue
        order.append(index)
        bar = measure.after
        if bar is not None and bar.repeat_end:
            if turn < _turns(measures, start, index):
                turn, index = turn + 1, start
                continue
            start, turn = index + 1, 1
        elif bar is not None and bar.boundary and turn > 1:
            start, turn = index + 1, 1
        index += 1
    return order


def _after_ending(measures: Sequence[Measure], index: int) -> int:
    """The first measure after the ending that begins at `index`."""
    for position in range(index, len(measures)):
        if position > index and measures[position].ending:
            return position
        bar = measures[position].after
        if bar is not None and bar.repeat_end:
            return position + 1
    return len(measures)


def _turns(measures: Sequence[Measure], start: int, index: int) -> int:
    """How often the repeat that ends at `index` is played: colons, or its highest ending."""
    bar = measures[index].after
    assert bar is not None, "a repeat ends at a barline"
    colons = len(bar.text) - len(bar.text.lstrip(":"))
    turns = colons + 1 if "|" in bar.text else 2
    position = index + 1
    highest = max((max(m.ending) for m in measures[start:position] if m.ending), default=0)
    while position < len(measures) and measures[position].ending:
        highest = max(highest, *measures[position].ending)
        position = _after_ending(measures, position)
    return max(turns, highest)


# -- da capo, dal segno ---------------------------------------------------------------------------


def _jumped(measures: Sequence[Measure], order: list[int]) -> list[int]:
    """The order with a D.C. or D.S. followed, if there is one."""
    signs = [set(_signs_of(measure)) for measure in measures]
    jumps = [index for index, found in enumerate(signs) if found & {"dc", "ds"}]
    if not jumps or jumps[-1] not in order:
        return order
    jump = jumps[-1]
    first = order[: len(order) - order[::-1].index(jump)]  # up to the last time it is played
    start = 0
    if "ds" in signs[jump]:
        start = next((index for index in range(jump + 1) if "segno" in signs[index]), 0)
    return (first + _second_time(measures, signs, start, jump))[:MAX_PLAYED]


def _second_time(
    measures: Sequence[Measure], signs: list[set[str]], start: int, jump: int
) -> list[int]:
    """What is played after the jump: no repeats, last endings, to the Fine or over to the coda."""
    codas = [index for index, found in enumerate(signs) if "coda" in found]
    leave = next((index for index, found in enumerate(signs) if "to coda" in found), None)
    if leave is None and len(codas) > 1:
        leave = codas[0]
    order: list[int] = []
    index = start
    while index < len(measures):
        if _left_out(measures, index):
            index = max(_after_ending(measures, index), index + 1)
            continue
        if leave is not None and index == leave and codas and codas[-1] > leave:
            # a coda sign or "to coda" stands at the end of the measure that is still played
            order.append(index)
            return order + list(range(codas[-1], len(measures)))
        order.append(index)
        if "fine" in signs[index] or index == jump:
            break
        index += 1
    return order


def _left_out(measures: Sequence[Measure], index: int) -> bool:
    """Whether a measure begins an ending that is not the last one of its repeat."""
    if not measures[index].ending:
        return False
    after = _after_ending(measures, index)
    return after < len(measures) and bool(measures[after].ending) and after > index


def _signs_of(measure: Measure) -> Iterator[str]:
    """What the measure's decorations and words say about the order of playing."""
    texts = [mark.text for mark in measure.marks if mark.kind in ("decoration", "annotation")]
    for event in measure.events:
        texts += event.decorations
        texts += [text for text in event.annotations if not text.startswith("@")]
        if event.chord_symbol:
            texts.append(event.chord_symbol)
    for text in texts:
        if text in _SIGNS:
            yield _SIGNS[text]
        elif text[:1] != "!":
            yield from (name for pattern, name in _WORDS if pattern.search(text.lstrip("^_<>")))
