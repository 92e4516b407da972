"""Tasks about a tune that is there: change some bars, play it another way, say what is in it."""

from __future__ import annotations

import random
from collections.abc import Sequence

from abc_tools.analyse import facts
from abc_tools.edit import registry, select
from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.theory import key_interval
from abc_tools.tune import Tune
from lm.augment import choose_tempo
from lm.data import Example
from lm.piece import Piece, transpose, with_voices, without_words
from lm.requests import task_messages
from lm.spelling import write_piece
from lm.wording import edit_words, explain_words, task_words

EDITS: dict[str, tuple[dict[str, str], ...]] = {
    "transpose-diatonic": tuple({"steps": str(n)} for n in (-4, -2, -1, 1, 2, 4)),
    "octave": ({"octaves": "1"}, {"octaves": "-1"}),
    "simplify-rhythm": ({"level": "sixteenths"}, {"level": "eighths"}),
    "swing": ({"style": "dotted"},),
    "straighten": ({},),
    "mode": ({"mode": "minor"}, {"mode": "major"}, {"mode": "dorian"}),
    "remove-chords": ({},),
}
"""Edits with one right answer that the model sees done, and the values they are done with."""
SUBJECTS = (
    "key",
    "form",
    "phrases",
    "harmony",
    "motifs",
    "contour",
    "rhythm",
    "style",
    "difficulty",
)


def edit(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """Some bars changed by one of `abc_tools`' edits; the answer is those bars."""
    if len(piece.clefs) > 1:
        return None
    text = write_piece(without_words(piece), choose_tempo(piece, rng))
    tune = parse_tune(text)
    count = min(tune.bar_count, rng.choice((1, 2, 4, 4, 8)))
    first = rng.randrange(1, tune.bar_count - count + 2)
    name = rng.choice(list(EDITS))
    values = rng.choice(EDITS[name])
    try:
        measures = select(tune, first, first + count - 1)
        changed = parse_tune(apply(text, registry.run(tune, name, values, measures)))
    except ValueError:
        return None
    before, answer = (bars_text(t, first, first + count - 1) for t in (tune, changed))
    if answer == before:
        return None
    said = edit_words(name, values, first, first + count - 1, rng)
    return Example(task_messages(said, {"task": "edit"}, text), answer, "edit")


def bars_text(tune: Tune, first: int, last: int) -> str:
    """The text of the printed bars, joined by `|`."""
    return "|".join(m.span.of(tune.source) for m in select(tune, first, last))


def variation(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """Another version of the tune as people played it: from the same family, in the same mode and
    meter, moved to the same key.
    """
    others = [
        p for p in kin
        if p.title != piece.title and p.key.mode == piece.key.mode and p.full == piece.full
        and len(p.clefs) == 1
    ]  # fmt: skip
    if not others:
        return None
    other = rng.choice(others)
    moved = without_words(transpose(other, key_interval(other.key, piece.key)))
    tempo = choose_tempo(piece, rng)
    shown = write_piece(without_words(with_voices(piece, (0,))), tempo)
    said = task_words("vary", rng) if rng.random() < 0.6 else ""
    messages = task_messages(said, {"task": "vary"}, shown)
    return Example(messages, write_piece(moved, tempo), "vary")


def explain(piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """A question about the tune; the answer is computed facts, with their bars."""
    text = write_piece(without_words(piece), choose_tempo(piece, rng))
    subject = rng.choice(SUBJECTS)
    language = "en" if rng.random() < 0.65 else "zh"
    found = [f.sentence(language) for f in facts(parse_tune(text), (subject,))][:4]
    if not found:
        return None
    said = explain_words(subject, language, rng)
    joint = " " if language == "en" else ""
    return Example(task_messages(said, {"task": "explain"}, text), joint.join(found), "explain")
