"""What is asked of a tune and what is right to answer: one function a task, all in `TASKS`.

Every task turns a piece into an `Example`, or into None where the piece has nothing for it. Words of
requests are made from the tune's own computed properties (`lm.wording`), answers are the tune itself or
computed from it (`abc_tools`); nothing is invented. Deterministic in the generator. To add a task: write
the function, add a line here. What this does not know: tokens, training.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from lm.augment import LANGUAGES, vary
from lm.data import Example
from lm.piece import Piece, Unreadable
from lm.tasks.changes import edit, explain, variation
from lm.tasks.harmony import choir, harmonise, second_voice
from lm.tasks.music import compose, continue_, fill
from lm.tasks.words import melody, plan, title, words

Task = Callable[[Piece, random.Random, Sequence[Piece]], Example | None]
TASKS: dict[str, Task] = {
    "compose": compose, "fill": fill, "continue": continue_, "vary": variation, "edit": edit,
    "harmonise": harmonise, "second voice": second_voice, "choir": choir, "words": words,
    "melody": melody, "title": title, "plan": plan, "explain": explain,
}  # fmt: skip
MIX = {
    "compose": 1.0, "fill": 0.25, "continue": 0.13, "vary": 0.3, "edit": 0.06, "harmonise": 0.08,
    "second voice": 0.6, "choir": 0.6, "words": 0.25, "melody": 0.25, "title": 0.02, "plan": 0.04,
    "explain": 0.04,
}  # fmt: skip
"""Weights of the tasks that a piece has something for, in an epoch for a general model."""
FITS: dict[str, Callable[[Piece, Sequence[Piece]], bool]] = {
    "fill": lambda piece, kin: len(piece.clefs) == 1,
    "edit": lambda piece, kin: len(piece.clefs) == 1,
    "vary": lambda piece, kin: len({p.title for p in kin}) > 1,
    "harmonise": lambda piece, kin: piece.has_chords,
    "second voice": lambda piece, kin: len(piece.clefs) > 1,
    "choir": lambda piece, kin: len(piece.clefs) == 4,
    "words": lambda piece, kin: piece.has_words,
    "melody": lambda piece, kin: piece.has_words and piece.language in LANGUAGES,
}
"""Which pieces a task is tried on; the others take any."""
KEEPS_WORDS = ("words", "melody")
KEEPS_CHORDS = ("harmonise",)
MOST_BARS = 32
MOST_RESTS = Fraction(1, 16)


def is_regular(piece: Piece) -> bool:
    """Whether a tune is worth imitating: sections of whole phrases, last note on the tonic, few rests
    (the voice of an art song waits while the piano plays).
    """
    events = list(piece.events())
    last = next((e.top for e in reversed(events) if e.top), None)
    if last is None or last.step != piece.key.tonic or piece.n_bars > MOST_BARS:
        return False
    resting = sum((e.duration for e in events if not e.pitches), Fraction(0))
    if resting > MOST_RESTS * sum((e.duration for e in events), Fraction(0)):
        return False
    return all(s.size(piece.full) % 4 == 0 for s in piece.sections)


def dialogues(
    pieces: Sequence[Piece], seed: int, mix: Mapping[str, float] | None = None,
    regular: bool = False,
) -> Iterator[Example]:  # fmt: skip
    """One epoch in a random order: each tune as often as its weight says, each time with one task of
    the `mix` (weights by task name; `MIX` by default); `regular` leaves out tunes that no one should
    imitate. ValueError for an unknown task.
    """
    shares = dict(mix or MIX)
    unknown = set(shares) - set(TASKS)
    if unknown:
        raise ValueError(f"unknown tasks: {', '.join(sorted(unknown))}; known: {', '.join(TASKS)}")
    rng = random.Random(seed)
    families: dict[str, list[Piece]] = defaultdict(list)
    chosen: list[Piece] = []
    for piece in pieces:
        families[piece.group].append(piece)
        if not regular or is_regular(piece):
            chosen += [piece] * (int(piece.weight) + (rng.random() < piece.weight % 1))
    rng.shuffle(chosen)
    for piece in chosen:
        kin = families[piece.group] if piece.group else ()
        able = {n: w for n, w in shares.items() if n not in FITS or FITS[n](piece, kin)}
        name = rng.choices(list(able), list(able.values()))[0] if able else "compose"
        example = make(name, piece, rng, kin)
        if example is None:
            example = make("compose", piece, rng, ())
        if example is not None:
            yield example


def make(name: str, piece: Piece, rng: random.Random, kin: Sequence[Piece]) -> Example | None:
    """One example of a task; None where the piece has nothing for it."""
    try:
        shown = vary(
            piece, rng, words=1.0 if name in KEEPS_WORDS else 0.25, keep_chords=name in KEEPS_CHORDS
        )
        return TASKS[name](shown, rng, kin)
    except Unreadable:
        return None
