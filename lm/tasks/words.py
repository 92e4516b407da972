"""Tasks about words: words to a tune, a tune to words, a title, a plan from a mood."""

from __future__ import annotations

import random
from collections.abc import Sequence

from lm.augment import LANGUAGES, choose_tempo
from lm.data import Example
from lm.piece import Piece, without_words
from lm.requests import PROPERTIES, compose_messages, describe, task_messages, write_spec
from lm.spelling import write_body, write_piece
from lm.wording import mood_words, task_words

PLANNED = ("rhythm", "key", "meter", "tempo", "bars", "sections", "pickup", "chords", "mood")


def words(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """The tune without its words; the answer is one `w:` line a line of music."""
    if not piece.has_words:
        return None
    tempo = choose_tempo(piece, rng)
    lines = [line for line in write_body(piece).splitlines() if line.startswith("w:")]
    asked = {"task": "words", "title": piece.title, "words": piece.language or "yes"}
    said = task_words("words", rng) if rng.random() < 0.6 else ""
    shown = write_piece(without_words(piece), tempo)
    return Example(task_messages(said, asked, shown), "\n".join(lines), "words")


def melody(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """The words alone; the answer is the tune with them."""
    sung = text_of(piece)
    if len(sung.split()) < 8 and piece.language not in LANGUAGES:
        return None
    tempo = choose_tempo(piece, rng)
    every = describe(piece, tempo)
    asked = {n: v for n, v in every.items() if n in PLANNED and rng.random() < 0.5}
    said = task_words("melody", rng) if rng.random() < 0.6 else ""
    messages = task_messages(said, {"task": "melody", **asked}, sung)
    return Example(messages, write_piece(piece, tempo), "melody")


def text_of(piece: Piece) -> str:
    """The first verse as plain lines, one a line of music.

    Syllables of a word are joined again; what is held over several notes stands once.
    """
    lines = []
    for line in write_body(piece).splitlines():
        if line.startswith("w:"):
            plain = line[2:].replace("-", "").replace("_", "").replace("*", "").replace("~", " ")
            lines.append(" ".join(plain.split()))
    return "\n".join(line for line in lines if line)


def title(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """The tune without its title; the title is the answer."""
    tempo = choose_tempo(piece, rng)
    shown = write_piece(piece, tempo).replace(f"T:{piece.title}\n", "T:\n", 1)
    said = task_words("title", rng) if rng.random() < 0.6 else ""
    return Example(task_messages(said, {"task": "title"}, shown), piece.title, "title")


def plan(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """A mood and a theme without any technical word; the answer is the plan in normalised lines."""
    tempo = choose_tempo(piece, rng)
    every = describe(piece, tempo)
    chosen = {name: every[name] for name in PROPERTIES if name in PLANNED and name in every}
    said = mood_words(piece, tempo, rng)
    return Example(compose_messages(said, {"task": "plan"}), write_spec(chosen), "plan")
