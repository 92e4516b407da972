"""Verse that says something: lines composed of clauses written by hand, theme by theme.

`lexicon` reads the plain text files of clauses (`en/`, `zh/`) and finds the themes of a wish, `pieces`
makes clauses into pieces with their stresses and ends, `writer` composes lines for slots and rhymes.
"""

from __future__ import annotations

from lm.verse.sense.lexicon import about
from lm.verse.sense.writer import write

__all__ = ["about", "write"]
