"""What is true of one raw sample: is it valid, and does it have what was asked for?

Validity is `abc_tools.validate`'s: no error. A property counts as met when the parsed text has it. What it
does not know: who wrote the sample.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from abc_tools.parse import parse
from abc_tools.repair import repair
from abc_tools.theory import parse_key
from abc_tools.tune import Tune
from abc_tools.validate import errors
from lm.piece import Piece, Unreadable
from lm.plan.notes import note_step
from lm.reading import read_tune
from lm.requests import describe
from lm.spelling import meter_text

CHECKED = (
    "key", "meter", "bars", "sections", "pickup", "chords", "voices", "range", "notes", "rhythm", "tempo",
)  # fmt: skip


@dataclass(frozen=True)
class Judgement:
    """`wrong_bars` of `bars` measures have a wrong length (all voices counted); `delivered` says whether
    the text is valid after repair; `met` has the asked properties that can be checked; `piece` is None
    where the model's view cannot hold the text.
    """

    valid: bool
    delivered: bool = False
    bars: int = 0
    wrong_bars: int = 0
    rules: tuple[str, ...] = ()
    met: Mapping[str, bool] = field(default_factory=dict)
    tonic: bool = False
    piece: Piece | None = None


def judge(abc: str, asked: Mapping[str, str] | None = None) -> Judgement:
    """Judge a text against the properties that were asked for."""
    tunes = parse(abc).tunes
    if len(tunes) != 1 or not tunes[0].measures:
        return Judgement(False, rules=("no tune",), met=dict.fromkeys(_checked(asked), False))
    tune = tunes[0]
    found = errors(tune)
    try:
        piece: Piece | None = read_tune(tune)
    except Unreadable:
        piece = None
    last = next((n for e in reversed(tune.measures[-1].events) for n in e.notes), None)
    return Judgement(
        valid=not found,
        delivered=not found or repair(abc).valid,
        bars=sum(len(v.measures) for v in tune.voices),
        wrong_bars=sum(d.rule == "measure-length" for d in found),
        rules=tuple(sorted({d.rule for d in found})),
        met={name: _meets(tune, piece, name, (asked or {})[name]) for name in _checked(asked)},
        tonic=last is not None and last.written.step == tune.key.tonic,
        piece=piece,
    )


def _checked(asked: Mapping[str, str] | None) -> list[str]:
    return [name for name in CHECKED if name in (asked or {})]


def _meets(tune: Tune, piece: Piece | None, name: str, value: str) -> bool:
    """Whether a tune has a property, as the normalised line writes it."""
    if name == "key":
        return tune.key == parse_key(value)
    if name == "meter":
        return tune.meter is not None and meter_text(tune.meter) == value
    if name == "bars":
        return tune.bar_count == int(value)
    if name == "chords":
        return any(e.chord_symbol for m in tune.measures for e in m.events) == (value != "no")
    if name == "rhythm":
        said = tune.field("R")
        return said is not None and said.value.strip().lower() == value.lower()
    if name == "tempo":
        return tune.tempo.bpm == int(value)
    if piece is None:
        return False
    if name == "range":
        low, high = value.split()
        return note_step(low) <= piece.steps[0] and piece.steps[1] <= note_step(high)
    if name == "notes":
        allowed = {Fraction(word) for word in value.split()}
        return {
            e.duration for e in piece.events() if e.pitches and e.duration.denominator % 3
        } <= allowed
    return describe(piece, 100).get(name, "1" if name == "voices" else "") == value


def wilson(hits: int, total: int) -> dict[str, float]:
    """A share with its 95 % interval (Wilson)."""
    if not total:
        return {"share": 0.0, "low": 0.0, "high": 1.0, "n": 0}
    p, z = hits / total, 1.96
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return {
        "share": round(p, 4),
        "low": round(max(0.0, middle - half), 4),
        "high": round(min(1.0, middle + half), 4),
        "n": total,
    }


def shares(judged: list[Judgement]) -> dict[str, Any]:
    """Validity, wrong bars, requirements met and endings over a list."""
    names = sorted({name for j in judged for name in j.met})
    count: dict[str, int] = {}
    for rule in (r for j in judged for r in j.rules):
        count[rule] = count.get(rule, 0) + 1
    return {
        "valid": wilson(sum(j.valid for j in judged), len(judged)),
        "valid_after_repair": wilson(sum(j.delivered for j in judged), len(judged)),
        "wrong_bars": wilson(sum(j.wrong_bars for j in judged), sum(j.bars for j in judged)),
        "errors": dict(sorted(count.items())),
        "met": {
            n: wilson(sum(j.met[n] for j in judged if n in j.met), sum(n in j.met for j in judged))
            for n in names
        },
        "ends_on_tonic": wilson(sum(j.tonic for j in judged), len(judged)),
    }
