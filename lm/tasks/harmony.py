"""Tasks about what sounds under a melody: chords, a second voice, a choir."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from lm.augment import choose_tempo
from lm.data import Example
from lm.piece import Bar, Piece, with_voices, without_chords, without_words
from lm.requests import describe, task_messages
from lm.spelling import write_body, write_piece
from lm.wording import task_words


def harmonise(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """The melody alone; the answer is its chords, a bar each, lines as in the tune."""
    if not piece.has_chords:
        return None
    melody = without_words(with_voices(piece, (0,)))
    chords = write_chords(melody)
    if chords is None:
        return None
    return _example("harmonise", without_chords(melody), chords, rng)


def write_chords(piece: Piece) -> str | None:
    """The chords of every full bar: `G|C D7|Am . D .`; symbols share the bar evenly, `.` holds the one
    before. None where a chord begins off the beat.

    The lines are those of the sections; pickups have no entry.
    """
    lines = []
    for section in piece.sections:
        bars = section.bars[bool(section.pickup(piece.full)) :]
        cells = [_bar_chords(bar, piece) for bar in bars]
        if any(c is None for c in cells):
            return None
        lines.append("|".join(c or "." for c in cells))
    return "\n".join(lines)


def _bar_chords(bar: Bar, piece: Piece) -> str | None:
    at, found = Fraction(0), {}
    for event in bar.voices[0]:
        if event.chord:
            found[at] = event.chord
        at += event.duration
    for size in (piece.full, piece.full / 2, piece.meter.beat):
        slots = piece.full / size
        if slots.denominator == 1 and all(start % size == 0 for start in found):
            return " ".join(found.get(n * size, ".") for n in range(int(slots)))
    return None


def second_voice(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """The upper of two or more voices; the answer is the one below it."""
    if len(piece.clefs) < 2:
        return None
    bare = without_words(piece)
    return _example(
        "second voice",
        with_voices(bare, (0,)),
        write_body(without_chords(with_voices(bare, (1,))), first=2),
        rng,
    )


def choir(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """The melody of a piece in four parts; the answer is the three below it."""
    if len(piece.clefs) != 4:
        return None
    bare = without_words(piece)
    below = write_body(with_voices(bare, (1, 2, 3)), first=2)
    return _example("choir", with_voices(bare, (0,)), below, rng)


def _example(task: str, shown: Piece, answer: str, rng: random.Random) -> Example:
    tempo = choose_tempo(shown, rng)
    every = describe(shown, tempo)
    asked: dict[str, str] = {"task": task}
    for name in ("rhythm", "key", "meter"):
        if name in every and rng.random() < 0.6:
            asked[name] = every[name]
    said = task_words(task, rng) if rng.random() < 0.6 else ""
    messages = task_messages(said, asked, write_piece(shown, tempo, verses=0))
    return Example(messages, answer, task)
