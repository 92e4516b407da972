"""The grammars themselves: a whole tune, the rest of one, some measures of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lm.grammar.layout import Slot, slots
from lm.grammar.spec import MeasureSpec, TuneSpec
from lm.grammar.terminals import TITLE, quote
from lm.grammar.text import Grammar


def tune_grammar(spec: TuneSpec) -> str:
    """The grammar of a whole tune, header included, in canonical layout.

    Raises `ValueError` where the allowed lengths cannot fill a measure.
    """
    grammar = Grammar(spec)
    places = slots(spec)
    entry = grammar.chain(places)
    parts: list[str] = []
    literal = ""
    for line in spec.header:
        if line == "T:":
            parts += [quote(literal + "T:"), grammar.terminals.name(TITLE)]
            literal = "\n"
        else:
            literal += line + "\n"
    parts.append(quote(literal + places[0].before))
    return grammar.text(" ".join(parts) + f" {entry}")


def continue_grammar(spec: TuneSpec, done: int, held: str = "") -> str:
    """The grammar of what follows the first `done` bars (all that is written between barlines
    counts, pickups too): everything behind the barline of the last of them and its line end.

    `held` is the note that this bar ties over, if any. With several voices `done` must end a line.
    """
    places = slots(spec)
    last = [i for i, p in enumerate(places) if p.bar + 1 == done]
    begin = max(last, default=-1) + 1
    whole_lines = begin > 0 and {p.bar < done for p in places[:begin]} == {True}
    if not (0 < begin < len(places)) or not whole_lines:
        raise ValueError(f"bars {done}: inside the tune, and at the end of a line of all voices")
    if held and spec.lower:
        raise ValueError("a held note is carried for one voice only")
    grammar = Grammar(spec, [held] if held else [])
    entry = grammar.chain(places, begin=begin, held=held)
    return grammar.text(f"{quote(places[begin].before)} {entry}")


def fill_grammar(
    spec: TuneSpec, measures: Sequence[MeasureSpec], *, held: str = "", joined: bool = False
) -> str:
    """The grammar of some measures of one voice, joined by `|`: the answer to a fill request.

    `held` is the note that is tied into the first; `joined` says that the measures stand side by side,
    so that ties may lead from one to the next. The last one's `tie` says what it holds on.
    """
    if not measures:
        raise ValueError("no measure to fill")
    beyond = [m.tie for m in measures if m.tie not in ("", "any")]
    alone = replace(spec, lower=(), words="none", given=(), progression=())
    grammar = Grammar(alone, [held, *beyond] if held else beyond)
    places = [
        Slot(0, at, measure, "", "|" if at + 1 < len(measures) else "", joined)
        for at, measure in enumerate(measures)
    ]
    return grammar.text(grammar.chain(places, held=held))
