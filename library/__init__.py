"""A catalogue of tunes: search it, find tunes like one, ask for recommendations, read what is typical of a style.

    from library import Query, open_library
    library = open_library()                      # TUNEWRIGHT_LIBRARY, else a file of the user
    library.fill(progress)                        # music21's corpus; about three minutes on one core, once
    library.search(Query(rhythm="jig", mode="dorian", max_difficulty=2))
    library.similar(abc, 5)[0].reason("zh")
    library.recommend("three jigs for beginners")
    library.closest(abc).sentence("en")

Importing this loads nothing but plain records; SQLAlchemy and NumPy come with `open_library`. What it does not know:
the conversation, the page, the network. `docs/library.md` describes all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from library.reasons import Part, say
from library.records import (
    Closest,
    Count,
    Entry,
    Found,
    LibraryError,
    Query,
    StylePage,
    StyleShare,
)

if TYPE_CHECKING:
    from library.catalogue import Library

__all__ = [
    "Closest", "Count", "Entry", "Found", "LibraryError", "Part", "Query", "StylePage",
    "StyleShare", "open_library", "say",
]  # fmt: skip


def open_library(url: str | None = None) -> Library:
    """Open a catalogue, made if it is not there, its tables brought up to date.

    `url` is one of SQLAlchemy's ("sqlite:///tunes.sqlite3", "postgresql://user@host/name",
    "mysql://user@host/name"); None means TUNEWRIGHT_LIBRARY, else a SQLite file in the user's data directory.
    LibraryError if it cannot be opened.
    """
    from library.catalogue import Library

    return Library(url)
