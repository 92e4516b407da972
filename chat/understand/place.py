"""Which bars a message means: the words of `abc_tools.places`, and what was spoken of before."""

from __future__ import annotations

from abc_tools.places import NoPlace, Place, find_place
from abc_tools.tune import Tune


def find_place_or_none(tune: Tune, words: str) -> Place | None:
    """The bars that words name; None if they name none. NoPlace if the tune has not what they name."""
    try:
        return find_place(tune, words)
    except NoPlace as error:
        if error.code in ("nothing", "empty"):
            return None
        raise
