"""Which voices share a staff, in which order and under which brackets (`%%score`, `%%staves`).

Rests of several measures become as many measures here, and short voices are filled with rests, so that
all staves have the same number of measures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from abc_tools.fields import parse_voice
from abc_tools.tune import Event, Measure, Tune, Voice


@dataclass(frozen=True)
class Staff:
    """One part: the voices on it, each as its measures one by one, and its transposition."""

    voices: tuple[Voice, ...]
    measures: tuple[tuple[Measure, ...], ...]
    semitones: int


def staves_of(tune: Tune) -> tuple[list[Staff], list[tuple[str, int, int]]]:
    """The staves in the order of `%%score`, and (sign, first, last) of its brackets."""
    by_id = {voice.id: voice for voice in tune.voices}
    groups: list[list[str]] = []
    brackets: list[tuple[str, int, int]] = []
    said = next((d.text for d in tune.directives if re.match(r"%%\s*(score|staves)\b", d.text)), "")
    shared = False
    opened: list[tuple[str, int]] = []
    for token in re.findall(r"[(){}\[\]]|[^\s(){}\[\]|*]+", said.partition(" ")[2]):
        if token in "{[":
            opened.append((token, len(groups)))
        elif token in "}]" and opened:
            sign, first = opened.pop()
            brackets.append((sign, first, len(groups) - 1))
        elif token in "()":
            shared = token == "("
            groups += [[]] if shared else []
        elif token in by_id and not any(token in group for group in groups):
            if shared:
                groups[-1].append(token)
            else:
                groups.append([token])
    if any(not group for group in groups):
        groups, brackets = [group for group in groups if group], []
    named = {id_ for group in groups for id_ in group}
    groups += [[voice.id] for voice in tune.voices if voice.id not in named]
    shift = _transpositions(tune)
    flat = {voice.id: _single_bars(voice) for voice in tune.voices}
    length = max(len(measures) for measures in flat.values())
    longest = next(measures for measures in flat.values() if len(measures) == length)
    staves = []
    for group in groups:
        rows = tuple(_padded(flat[id_], longest) for id_ in group)
        staves.append(Staff(tuple(by_id[id_] for id_ in group), rows, shift.get(group[0], 0)))
    brackets = [bracket for bracket in brackets if bracket[1] < bracket[2]]
    if len(staves) > 1 and (not brackets or len(staves) > 2):
        whole = ("[" if not brackets else "|", 0, len(staves) - 1)
        brackets = [whole, *(b for b in brackets if b[1:] != whole[1:])]
    return staves, brackets


def _transpositions(tune: Tune) -> dict[str, int]:
    """Semitones by which voices sound other than written."""
    found: dict[str, int] = {}
    for field in tune.fields:
        if field.name == "V":
            said = parse_voice(field.value)
            if said.semitones is not None:
                found[said.id] = said.semitones
        elif field.name == "K" and field.where == "header":
            shift = parse_voice(f"x {field.value}").semitones
            found |= {voice.id: shift for voice in tune.voices if shift}
    return found


def _single_bars(voice: Voice) -> list[Measure]:
    """The voice's measures; a rest of several measures becomes as many."""
    single: list[Measure] = []
    for measure in voice.measures:
        rest = measure.events[0] if measure.events else None
        if measure.count == 1 or rest is None or len(measure.events) != 1:
            single.append(measure)
            continue
        length = rest.duration / measure.count
        for turn in range(measure.count):
            last = turn == measure.count - 1
            event = replace(rest, duration=length, written=length, measures=1)
            single.append(replace(
                measure, events=(event,), count=1, number=measure.number + turn,
                before=measure.before if turn == 0 else (), after=measure.after if last else None,
                ending=measure.ending if turn == 0 else (), part=measure.part if turn == 0 else "",
                tempo=measure.tempo if turn == 0 else None,
            ))  # fmt: skip
    return single


def _padded(measures: list[Measure], longest: list[Measure]) -> tuple[Measure, ...]:
    """The measures, with rests behind them so that all parts are equally long."""
    more = [
        replace(m, events=(Event("rest", m.span, Fraction(0), m.duration, m.duration),),
                overlays=(), marks=(), part="", tempo=None)
        for m in longest[len(measures) :]
    ]  # fmt: skip
    return (*measures, *more)
