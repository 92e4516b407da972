"""Room for our patterns in Python's own cache.

The tables of the chat are written as patterns, more than three thousand of them, and are handed to `re.search` as text.
Python keeps the 512 it compiled last and compiles every other one anew: measured, that was five sixths of the time of a
turn (64 ms of the processor for a change, 10 ms without it). The limit is a private name of `re`; where a Python has it
no more, nothing breaks and turns are only slower.
"""

from __future__ import annotations

import re

MOST = 16_384
"""Enough for all our tables and for patterns with names of voices and words in them; the oldest go first."""


def keep_compiled() -> None:
    """Let Python keep that many compiled patterns."""
    if getattr(re, "_MAXCACHE", MOST) < MOST:
        re._MAXCACHE = MOST  # type: ignore[attr-defined]
