"""What the model is measured beside: a 5-gram model, a composer by rules, a tune of the corpus.

All three answer the same requests as the model. The 5-gram model counts the tokens of the model's own
tokenizer and writes under the same grammar; the rules know scales, chords and phrases but no tune.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import log2
from typing import Any

from abc_tools.theory import Key, Pitch, key_interval, parse_key, parse_meter
from lm.augment import choose_tempo
from lm.piece import Bar, Event, Piece, Section, transpose
from lm.plan import Plan, read_sections
from lm.spelling import meter_text, write_piece

ORDER = 5


class NGram:
    """An interpolated 5-gram model over token ids (Witten and Bell's weights)."""

    def __init__(self, texts: Iterable[Sequence[int]], vocabulary: int) -> None:
        self.vocabulary = vocabulary
        self.counts: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        for ids in texts:
            for at, token in enumerate(ids):
                for size in range(min(ORDER - 1, at) + 1):
                    self.counts[tuple(ids[at - size : at])][token] += 1

    def probabilities(self, before: Sequence[int]) -> Any:
        """(V,) next-token probabilities after some tokens."""
        import numpy as np

        table = np.full(self.vocabulary, 1.0 / self.vocabulary)
        for size in range(min(ORDER - 1, len(before)) + 1):
            found = self.counts.get(tuple(before[len(before) - size :]))
            if not found:
                break
            total, kinds = sum(found.values()), len(found)
            table *= kinds / (total + kinds)
            for token, n in found.items():
                table[token] += n / (total + kinds)
        return table

    def bits(self, ids: Sequence[int], start: int) -> float:
        """Bits that the tokens from `start` on cost."""
        return -sum(
            log2(self.probabilities(ids[max(0, i - ORDER + 1) : i])[ids[i]])
            for i in range(start, len(ids))
        )

    def write(self, grammar: str, masker: Any, tokenizer: Any, seed: int, limit: int = 1500) -> str:
        """A text of the grammar, sampled token by token."""
        import llguidance.numpy
        import numpy as np

        rng = np.random.default_rng(seed)
        matcher = masker.matcher(grammar)
        ids = list(matcher.compute_ff_tokens())
        matcher.consume_tokens(ids)
        words = llguidance.numpy.allocate_token_bitmask(1, self.vocabulary)
        while not matcher.is_stopped() and len(ids) < limit:
            llguidance.numpy.fill_next_token_bitmask(matcher, words, 0)
            allowed = np.unpackbits(words.view(np.uint8), bitorder="little")[: self.vocabulary]
            table = self.probabilities(ids[-ORDER + 1 :]) * allowed
            token = int(rng.choice(self.vocabulary, p=table / table.sum()))
            matcher.consume_token(token)
            if token != tokenizer.eos_token_id:
                ids.append(token)
        return str(tokenizer.decode(ids, clean_up_tokenization_spaces=False))


def copied(properties: Mapping[str, str], pieces: Sequence[Piece], seed: int) -> str:
    """A tune of the corpus that comes nearest to the request (rhythm, meter, bars, mode), in its key."""
    rng = random.Random(seed)
    key = parse_key(properties["key"])
    assert key is not None, "completed properties have a key"

    def distance(piece: Piece) -> float:
        return (
            4.0 * (meter_text(piece.meter) != properties["meter"])
            + 2.0 * (piece.rhythm != properties.get("rhythm"))
            + 2.0 * (piece.key.mode != key.mode)
            + abs(piece.n_bars - int(properties["bars"])) / 8
            + (piece.has_chords != (properties["chords"] != "no"))
        )

    sample = rng.sample(pieces, min(len(pieces), 2000))
    nearest = min(sample, key=distance)
    return write_piece(
        transpose(nearest, key_interval(nearest.key, key)), choose_tempo(nearest, rng)
    )


RHYTHMS: dict[str, tuple[str, ...]] = {
    "6/8": ("3/8 3/8", "1/8 1/8 1/8 1/4 1/8", "1/8 1/8 1/8 1/8 1/8 1/8", "1/4 1/8 1/4 1/8"),
    "3/4": ("1/4 1/4 1/4", "1/2 1/4", "1/4 1/8 1/8 1/4", "3/8 1/8 1/4"),
}
PROGRESSIONS = ((0, 3, 4, 0), (0, 5, 3, 4), (0, 0, 4, 0), (0, 3, 0, 4))


def composed_by_rules(plan: Plan, seed: int) -> str:
    """A tune by rules of thumb: a chord a bar, chord notes on the beats, steps between them, the first
    phrase again as the third, the tonic at the end.
    """
    rng = random.Random(seed)
    known = plan.properties
    key, meter = parse_key(known["key"]), parse_meter(known["meter"])
    assert key is not None and meter is not None, "completed properties have a key and a meter"
    specs = {s.label: s for s in reversed(read_sections(known["sections"]))}
    order = [s for s in read_sections(known["sections"])]
    made: dict[str, tuple[Bar, ...]] = {}
    for label, spec in specs.items():
        made[label] = _section(rng, key, meter.length, known["meter"], spec.bars)
    sections = tuple(Section(s.label, made[s.label], s.repeat) for s in order)
    piece = Piece(known["title"], known.get("rhythm") or None, meter, key, sections)
    return write_piece(piece, int(known["tempo"]))


def _section(
    rng: random.Random, key: Key, full: Fraction, meter: str, size: int
) -> tuple[Bar, ...]:
    phrase = [_bar(rng, key, full, meter, rng.choice(PROGRESSIONS)[n]) for n in range(4)]
    bars: list[Bar] = []
    while len(bars) < size:
        bars += (
            phrase
            if len(bars) % 8 == 0
            else [*phrase[:2], *(_bar(rng, key, full, meter, d) for d in (4, 0))]
        )
    bars = bars[: size - 1]
    return (*bars, Bar(((Event(full, (_degree(key, 0),)),),)))


def _bar(rng: random.Random, key: Key, full: Fraction, meter: str, degree: int) -> Bar:
    """A bar over the chord on a degree."""
    if meter in RHYTHMS:
        lengths = [Fraction(word) for word in rng.choice(RHYTHMS[meter]).split()]
    else:
        lengths = []
        while sum(lengths) < full:
            rest = full - sum(lengths, Fraction(0))
            lengths.append(min(rest, rng.choice((Fraction(1, 4), Fraction(1, 8), Fraction(1, 8)))))
    at, events = degree + rng.choice((0, 2, 4)), []
    for n, length in enumerate(lengths):
        at = degree + rng.choice((0, 2, 4)) if n % 2 == 0 else at + rng.choice((-1, 1))
        events.append(Event(length, (_degree(key, at),)))
    return Bar((tuple(events),))


def _degree(key: Key, degree: int) -> Pitch:
    """The pitch of a scale degree above the tonic nearest to g'."""
    start = "CDEFGAB".index(key.tonic) + (28 if key.tonic in "DEFGAB" else 35)
    step = start + degree
    letter = "CDEFGAB"[step % 7]
    return Pitch(letter, key.signature[letter], step // 7)
