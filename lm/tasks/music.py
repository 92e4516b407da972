"""Tasks whose answer is music: a new tune, missing bars, how a tune goes on."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from lm.augment import choose_tempo
from lm.data import Example
from lm.piece import Piece
from lm.requests import compose_messages, describe, task_messages
from lm.spelling import GAP, write_bars, write_body, write_header, write_piece
from lm.wording import fill_words, request_words, task_words

KEEP = {  # how often a property stands in the normalised lines
    "title": 0.5, "rhythm": 0.85, "key": 0.85, "meter": 0.85, "tempo": 0.5, "bars": 0.7,
    "sections": 0.65, "pickup": 0.55, "chords": 0.75, "voices": 0.9, "words": 0.9,
    "chromatic": 0.3, "range": 0.35, "notes": 0.35, "mood": 0.3,
}  # fmt: skip
DELIVERED = ("rhythm", "key", "meter", "tempo", "bars", "sections", "pickup", "chords",
             "voices", "words")  # fmt: skip
"""What the chat always settles before it asks (`lm.plan.complete`)."""


def choose_properties(every: Mapping[str, str], rng: random.Random) -> dict[str, str]:
    """Sometimes all properties, sometimes what the chat sends, else a random subset."""
    kind = rng.random()
    if kind < 0.2:
        return dict(every)
    if kind < 0.5:
        extra = ("title", "range", "notes", "mood", "chromatic")
        return {
            name: value for name, value in every.items()
            if name in DELIVERED or (name in extra and rng.random() < 0.2)
        }  # fmt: skip
    return {name: value for name, value in every.items() if rng.random() < KEEP[name]}


def compose(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example:
    """Ask for a tune like this one; the tune is the answer."""
    tempo = choose_tempo(piece, rng)
    kind = rng.random()
    words = request_words(piece, tempo, rng) if kind < 0.65 else ""
    asked = choose_properties(describe(piece, tempo), rng) if kind < 0.45 or kind >= 0.65 else {}
    return Example(compose_messages(words, asked), write_piece(piece, tempo))


def fill(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """Leave out one to eight bars of one section; they are the answer."""
    tempo = choose_tempo(piece, rng)
    index = rng.randrange(len(piece.sections))
    section = piece.sections[index]
    pickup = int(bool(section.pickup(piece.full)))
    size = len(section.bars) - pickup
    if len(piece.clefs) > 1 or size < 1:
        return None
    count = min(size, rng.choice((1, 2, 2, 4, 4, 4, 8)))
    start = rng.randrange(0, size - count + 1)
    if rng.random() < 0.6:
        start -= start % min(count, 4)
    bars = range(start + pickup, start + pickup + count)
    before = sum(len(s.bars) - bool(s.pickup(piece.full)) for s in piece.sections[:index])
    first, last = before + start + 1, before + start + count
    every = describe(piece, tempo)
    named = ("rhythm", "key", "meter", "chords", "mood")
    asked: dict[str, str] = {n: every[n] for n in named if n in every}
    asked = {n: v for n, v in asked.items() if rng.random() < 0.6} | {"fill": f"{first}-{last}"}
    words = fill_words(first, last, rng) if rng.random() < 0.6 else ""
    tune = write_header(piece, tempo) + write_body(piece, {index: frozenset(bars)}, verses=0)
    assert tune.count(GAP) == count, "every bar left out leaves one gap"
    return Example(task_messages(words, asked, tune), write_bars(piece, index, bars), "fill")


def continue_(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """The tune up to a barline; the rest is the answer."""
    tempo = choose_tempo(piece, rng)
    body = write_body(piece, verses=0)
    cuts = cutting_points(body, several=len(piece.clefs) > 1)
    if not cuts:
        return None
    cut = rng.choice(cuts)
    asked = choose_properties(describe(piece, tempo), rng) | {"task": "continue"}
    asked.pop("words", None)
    said = task_words("continue", rng) if rng.random() < 0.6 else ""
    tune = write_header(piece, tempo) + body[:cut]
    return Example(task_messages(said, asked, tune), body[cut:].lstrip("\n"), "continue")


def cutting_points(body: str, several: bool) -> list[int]:
    """Where a tune may be cut: behind a line before another of music, and in one voice behind any
    barline; never in the first two bars.
    """
    lines = [i + 1 for i, c in enumerate(body[:-1]) if c == "\n"]
    if several:
        return [i for i in lines if body.startswith(("[V:1]", "P:"), i)]
    bars = [
        i + 1 for i, c in enumerate(body[:-1]) if c == "|" and body[i + 1] not in ":|]\n0123456789"
    ]
    return sorted({*lines, *bars[2:]} - {i for i in lines if body[:i].count("|") < 3})
