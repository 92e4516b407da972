"""Rendered files on disk: sound and MIDI of tunes, kept in one folder of limited size.

Names are hashes of what was rendered, so equal requests share a file and no name comes from
outside. When the folder grows beyond its limit, the files used longest ago go first.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from pathlib import Path


class FileCache:
    """A folder of generated files; safe to use from several threads."""

    def __init__(self, megabytes: int, folder: Path | None = None) -> None:
        """Use ``folder``, or a fresh temporary one."""
        self.folder = (folder or Path(tempfile.mkdtemp(prefix="tunewright-"))).resolve()
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
