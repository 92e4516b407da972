"""A person's tune as the model is shown it."""

from __future__ import annotations

from abc_tools.canonical import canonical
from abc_tools.parse import parse_tune
from abc_tools.tune import Tune
from lm.piece import Unreadable, without_words
from lm.reading import read_tune
from lm.spelling import write_piece


def view(tune: Tune) -> str:
    """The tune in the spelling that the model learned (beams by beat), without words.

    Where the model's view cannot hold the tune, or would number its bars in another way, it is
    `abc_tools.canonical`'s, which keeps the tune's own beams. ValueError if the tune has no measures.
    """
    plain = canonical(tune, lyrics=False)
    try:
        piece = without_words(read_tune(parse_tune(plain) if len(tune.voices) == 1 else tune))
        text = write_piece(piece, round(tune.tempo.bpm * tune.tempo.beat / piece.meter.beat))
    except Unreadable:
        return plain
    again = parse_tune(text)
    same = [(m.number, m.duration) for m in again.measures] == [
        (m.number, m.duration) for m in tune.measures
    ]
    return text if same else plain
