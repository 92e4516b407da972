"""The opening of a tune as the beginning of another: its bars, another key, written as the model reads them.

Nothing of the opening is changed but its key: ornaments and words are left out, as everywhere in what the model
sees. What this does not know: how the tune goes on, and who asked.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from abc_tools.canonical import canonical
from abc_tools.edit.registry import run
from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.theory import Key, key_interval
from abc_tools.tune import Measure, Tune
from lm.piece import Bar, Piece, Section, Unreadable, transpose, without_chords, without_words
from lm.plan import read_sections
from lm.reading import read_tune
from lm.spelling import write_body, write_header

USUAL, FEW = 4, 2
"""Bars that are taken where nobody says how many, and in a tune of at most twice `USUAL` bars."""
Sounds = list[list[tuple[tuple[int, ...], Fraction]]]
"""For each bar what sounds in it: the MIDI numbers of each event with its length."""


@dataclass(frozen=True)
class Opening:
    """The first bars of a tune, the pickup among them; `bars` are their printed numbers."""

    piece: Piece
    bars: tuple[int, ...]

    @property
    def last(self) -> int:
        """The printed number of its last bar."""
        return self.bars[-1]


def opening_of(tune: Tune, count: int) -> Opening:
    """The first `count` full bars of the first voice, with the pickup. Unreadable says why that cannot be."""
    alone = tune if len(tune.voices) == 1 else _first_voice(tune)
    view = parse_tune(canonical(alone, lyrics=False))
    measures = [m for m in view.measures if m.events]
    if not measures or view.meter is None:
        raise Unreadable("free or long meter")
    taken: list[Measure] = []
    for measure in measures:
        if measure.number > count:
            break
        taken.append(measure)
    if taken[-1].number < count or taken[-1].duration != view.meter.length:
        raise Unreadable("a bar that is not full")
    if any(m.key != view.key or m.meter != view.meter or m.ending for m in taken):
        raise Unreadable("a change of key or meter")
    # a bar that ends in a tie is cut there: what it was held into is not taken
    bars = [view.source[m.span.start : m.span.end].rstrip() for m in taken]
    bars[-1] = bars[-1].removesuffix("-")
    head = view.source[: view.source.index("\n", view.source.index("\nK:") + 1) + 1]
    piece = without_words(read_tune(parse_tune(head + "|".join(bars) + "|]\n")))
    if len(piece.bars) != len(taken):
        raise Unreadable("a bar that is not full")
    return Opening(piece, tuple(m.number for m in taken))


def _first_voice(tune: Tune) -> Tune:
    return parse_tune(apply(tune.source, run(tune, "extract-voice", {"voice": tune.voices[0].id})))


def in_key(opening: Opening, key: Key) -> Opening:
    """The opening moved to the tonic of a key of the same mode, by the smaller way."""
    return replace(opening, piece=transpose(opening.piece, key_interval(opening.piece.key, key)))


def begun(opening: Opening, known: dict[str, str], *, chords: bool) -> str:
    """The beginning of a tune of the properties `known`: header and opening, up to a barline and its line end.

    ValueError where the first section of the form is not longer than the opening.
    """
    piece = opening.piece if chords else without_chords(opening.piece)
    form = read_sections(known["sections"])
    written = list({s.label: s for s in reversed(form)}.values())[::-1]
    full = sum(b.duration == piece.full for b in piece.bars)
    first = form[0]
    if full >= first.bars:
        raise ValueError(f"an opening of {full} bars in a first part of {first.bars}")
    rest = Bar(piece.bars[-1].voices)  # stands for what is to be written
    sections = [Section(first.label, (*piece.bars, *[rest] * (first.bars - full)), first.repeat)]
    sections += [Section(s.label, (rest,) * s.bars, s.repeat) for s in written if s is not first]
    whole = replace(piece, title=known["title"], rhythm=known.get("rhythm") or None,
                    sections=tuple(sections), tempo=None)  # fmt: skip
    text = write_header(whole, int(known["tempo"])) + write_body(whole, verses=0)
    last = parse_tune(text).measures[len(piece.bars) - 1]
    assert last.after is not None, "every bar of ours ends in a barline"
    end = last.after.span.end
    return text[: end + (text[end : end + 1] == "\n")]


def sounds(tune: Tune, count: int) -> Sounds:
    """What sounds in the first `count` written bars of the first voice."""
    return [
        [(tuple(e.midi), e.duration) for e in m.events] for m in tune.voices[0].measures[:count]
    ]
