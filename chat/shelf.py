"""The chat's door to the catalogue of known tunes: opened once, read from music21's corpus when first wanted.

Reading the corpus takes a minute or two, so another process does it while the conversation goes on;
answers come from what is there already and say so. LibraryError becomes a sentence for the user.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from abc_tools.tune import Tune

if TYPE_CHECKING:
    from library.catalogue import Library

ENOUGH = 400
"""Tunes from which there is something to recommend while the rest is still read."""
WAIT = 45.0
"""Seconds that a first question waits for them."""
CLOSE_RUN, CLOSE_SHARE = 16, 0.85
"""Notes in a row, or share of a melody, from which a new tune is called close to a known one."""
_lock = threading.Lock()
_open: list[Library] = []
_reader: list[subprocess.Popen[bytes]] = []


def shared() -> Library:
    """The catalogue of this process, opened at the first call. LibraryError if it cannot be."""
    from library import open_library

    with _lock:
        if not _open:
            _open.append(open_library())
        return _open[0]


def start_reading() -> None:
    """Have the corpus read by another process, once; it ends with this one and goes on at the next start."""
    with _lock:
        if _reader:
            return
        command = [sys.executable, "-m", "library", "import", "--workers", "1"]
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _reader.append(process)
        atexit.register(process.terminate)


def reading() -> bool:
    """Whether the corpus is being read now."""
    return bool(_reader) and _reader[0].poll() is None


def filled() -> Library:
    """The catalogue with enough in it, or what there is after WAIT seconds."""
    library = shared()
    if len(library) < ENOUGH:
        start_reading()
        end = time.monotonic() + WAIT
        while len(library) < ENOUGH and reading() and time.monotonic() < end:
            time.sleep(0.5)
    return library


def closeness(tune: Tune, language: str, known: int = 0) -> str:
    """A sentence if a tune is close to a known one; "" if not, or if there is no catalogue yet.

    `known` is a tune that it is said to begin like: that this one is close needs no more words.
    """
    from library import LibraryError

    try:
        library = shared()
        if not len(library):
            return ""
        found = library.closest(tune)
    except (LibraryError, ValueError):
        return ""
    if (
        found is None
        or found.found.id == known
        or (found.run < CLOSE_RUN and found.share < CLOSE_SHARE)
    ):
        return ""
    return found.sentence(language)
