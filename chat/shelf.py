"""The chat's door to the catalogue of known tunes: opened once, read from music21's corpus when first wanted.

Reading the corpus takes a minute or two, so another process does it while the conversation goes on;
answers come from what is there already and say so. LibraryError becomes a sentence for the user.
The embedded model's view of styles comes to the catalogue through here, too: the library knows no model.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

from abc_tools.tune import Tune
from lm.generate import BackendError

if TYPE_CHECKING:
    from library.catalogue import Library
    from library.taste import Listener

Told = tuple[tuple[int, str], ...]
"""What was said or done about tunes of the catalogue: (tune, action of `library.taste`), oldest first."""

log = logging.getLogger(__name__)

ENOUGH = 400
"""Tunes from which there is something to recommend while the rest is still read."""
WAIT = 45.0
"""Seconds that a first question waits for them."""
MOSTLY = 0.8
"""Share of its melody from which a tune that has a known opening is said to be close to the rest of that tune, too."""
LOOKING = "the model looks at styles"
"""The name of the thread that reads the language model."""
_lock = threading.Lock()
_open: list[Library] = []
_reader: list[subprocess.Popen[bytes]] = []
_looking = threading.Event()


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
    look_closer(library)
    return library


VECTORS_VARIABLE = "TUNEWRIGHT_STYLE_VECTORS"


def look_closer(library: Library) -> None:
    """Give the catalogue the embedded model's view of styles, aside and once; until then its numbers answer alone.

    The model is read in a thread. The vectors that are missing are made by another process of lowest priority, which
    ends with this one and goes on at the next start. `TUNEWRIGHT_STYLE_VECTORS=off` leaves all of it out.
    """
    if os.environ.get(VECTORS_VARIABLE, "").strip().lower() in ("off", "no", "0", "false"):
        return
    with _lock:
        if _looking.is_set() or reading():
            return
        _looking.set()
    threading.Thread(target=_look, args=(library,), name=LOOKING, daemon=True).start()


def _look(library: Library) -> None:
    from library import LibraryError
    from lm.states import embedder

    try:
        model = embedder() if library.tells_styles() else None
        if model is None:
            return
        model.read()
        library.use(model)
        if library.to_embed():
            _embed(library)
    except (LibraryError, BackendError) as error:
        log.warning("the language model was not asked about styles: %s", error)


def _embed(library: Library) -> None:
    """Have another process make the vectors that are missing."""
    nice = ["nice", "-n", "19"] if shutil.which("nice") else []
    command = [*nice, sys.executable, "-m", "library", "embed"]
    settings = {**os.environ, "TUNEWRIGHT_LIBRARY": library.url, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        command, env=settings, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    atexit.register(process.terminate)


def closeness(tune: Tune, language: str, known: int = 0) -> str:
    """A sentence if a tune is closer to a known one than chance brings it; "" if not, or if there is no catalogue yet.

    `known` is a tune that it is said to begin like: that the opening is close needs no more words.
    """
    from library import LibraryError

    try:
        library = shared()
        if not len(library):
            return ""
        found = library.closest(tune)
    except (LibraryError, ValueError):
        return ""
    if found is None or not found.close or (found.found.id == known and found.share < MOSTLY):
        return ""
    return found.sentence(language)


def listener_of(number: str) -> Listener | None:
    """The listener with a kept profile, None if there is none with this id; it may have been erased."""
    from library.taste import Listener

    who = Listener(number)
    return who if number and shared().taste().known(who) else None


def keep(number: str, before: Told, after: Told) -> None:
    """Keep what a turn has told of taste in the profile with this id, if there is one; else nothing is kept."""
    from library import LibraryError

    new = told_since(before, after)
    if not number or not new:
        return
    from library.taste import Action

    try:
        who = listener_of(number)
        for tune, action in new if who is not None else ():
            shared().taste().record(who, tune, Action(action))  # type: ignore[arg-type]
    except LibraryError as error:
        # a tune or a profile that is gone meanwhile; the answer itself is not in danger
        log.warning("taste was not kept: %s", error)


def told_since(before: Told, after: Told) -> Told:
    """What has come to the end of a list whose beginning may have been dropped.

    >>> told_since(((1, "like"), (2, "play")), ((2, "play"), (3, "like")))
    ((3, 'like'),)
    """
    for old in range(min(len(before), len(after)), 0, -1):
        if before[-old:] == after[:old]:
            return after[old:]
    return after
