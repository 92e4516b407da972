"""Arrays that were computed from a catalogue, kept in the user's cache directory until the catalogue changes.

A file is named by what it is, the catalogue's address and its state; the files of older states are removed. What
cannot be read is computed again, what cannot be written is computed again next time.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np


def _place(kind: str, url: str, state: str) -> Path:
    from platformdirs import user_cache_path

    catalogue, now = (hashlib.sha256(t.encode()).hexdigest()[:16] for t in (url, state))
    return user_cache_path("tunewright") / f"{kind}-{catalogue}-{now}.npz"


def load(kind: str, url: str, state: str) -> dict[str, Any] | None:
    """The arrays kept for this state; None if there are none that can be read."""
    try:
        with np.load(_place(kind, url, state), allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile):
        return None


def save(kind: str, url: str, state: str, arrays: Mapping[str, Any]) -> None:
    """Keep arrays for this state, in the place of those for other states."""
    path = _place(kind, url, state)
    part = path.with_suffix(f".{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            np.savez(file, **arrays)
        part.replace(path)
        for old in path.parent.glob(f"{path.name[: -len(path.name.split('-')[-1])]}*.npz"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return
