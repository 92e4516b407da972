"""Rendered files on disk: sound and MIDI of tunes, kept in one folder of limited size.

Names are hashes of what was rendered, so equal requests share a file and no name comes from
outside. When the folder grows beyond its limit, the files used longest ago go first.

A folder of our own goes with its process. A process that was killed cannot tidy up, so each marks its folder with a
lock, and the next to start removes the folders whose locks nobody holds.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
import time
import weakref
from pathlib import Path

from filelock import FileLock, Timeout

PREFIX = "tunewright-files-"
YOUNG = 60.0
"""Seconds in which a lock without a holder may belong to a process that is about to take it."""


def own_folder(parent: Path | None = None) -> tuple[Path, FileLock]:
    """A fresh folder in ``parent`` (or where the system keeps what is temporary) and the lock that marks it as ours."""
    parent = parent or Path(tempfile.gettempdir())
    remove_abandoned(parent)
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=parent))
    lock = FileLock(folder.with_suffix(".lock"))
    lock.acquire(timeout=0)
    return folder, lock


def remove_abandoned(parent: Path) -> None:
    """Remove the folders that ended processes left; one that cannot be removed is left to the next start."""
    for mark in parent.glob(f"{PREFIX}*.lock"):
        try:
            if time.time() - mark.stat().st_mtime < YOUNG:
                continue
            with FileLock(mark, timeout=0):
                _remove(mark.with_suffix(""), mark)
        except (OSError, Timeout):
            continue


def _remove(folder: Path, mark: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    mark.unlink(missing_ok=True)


def _give_up(folder: Path, lock: FileLock) -> None:
    _remove(folder, Path(lock.lock_file))
    lock.release()


class FileCache:
    """A folder of generated files; safe to use from several threads."""

    def __init__(self, megabytes: int, folder: Path | None = None) -> None:
        """Use ``folder``, or a fresh temporary one that goes with this object or its process."""
        if folder is None:
            folder, lock = own_folder()
            weakref.finalize(self, _give_up, folder, lock)
        self.folder = folder.resolve()
        self.folder.mkdir(parents=True, exist_ok=True)
        self.limit = megabytes * 1_000_000
        self._lock = threading.Lock()

    def path(self, content: str, suffix: str) -> Path:
        """Return where the rendering of a text belongs; the file need not exist."""
        if not suffix.isalnum():
            raise ValueError(f"not a file suffix: {suffix!r}")
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
        return self.folder / f"{digest[:32]}.{suffix}"

    def find(self, content: str, suffix: str) -> Path | None:
        """Return the file if it is there, and count it as used now."""
        path = self.path(content, suffix)
        try:
            os.utime(path)
        except FileNotFoundError:
            return None
        return path

    def put(self, content: str, suffix: str, data: bytes) -> Path:
        """Write a file in one step, so that nobody ever reads half of it, and prune the folder."""
        path = self.path(content, suffix)
        with self._lock:
            partial = path.with_suffix(f".{os.getpid()}.partial")
            partial.write_bytes(data)
            partial.replace(path)
            self.prune(keep=path)
        return path

    def prune(self, keep: Path) -> None:
        """Delete the oldest files until the folder is within its limit; ``keep`` stays."""
        entries = []
        for path in self.folder.iterdir():
            stat = path.stat()
            entries.append((stat.st_mtime, stat.st_size, path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= self.limit:
                return
            if path != keep:
                path.unlink(missing_ok=True)
                total -= size
