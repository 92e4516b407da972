"""The folder of rendered files: generated names, limited size, nothing half-written."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ui.files import YOUNG, FileCache, own_folder, remove_abandoned


def test_names_are_hashes_of_the_content(tmp_path: Path) -> None:
    cache = FileCache(1, tmp_path)
    path = cache.put("../../etc/passwd", "mid", b"data")
    assert path.parent == tmp_path.resolve()
    assert path.stem.isalnum() and path.suffix == ".mid"
    assert cache.find("../../etc/passwd", "mid") == path
    assert cache.find("something else", "mid") is None


@pytest.mark.parametrize("suffix", ["../x", "a/b", "", "."])
def test_a_suffix_cannot_be_a_path(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(ValueError, match="suffix"):
        FileCache(1, tmp_path).path("x", suffix)


def test_the_oldest_go_first_and_use_keeps_young(tmp_path: Path) -> None:
    cache = FileCache(1, tmp_path)
    paths = [cache.put(str(index), "wav", bytes(300_000)) for index in range(3)]
    for age, path in enumerate(paths):
        os.utime(path, (1000 + age, 1000 + age))
    assert cache.find("0", "wav") == paths[0]  # used now, so no longer the oldest
    cache.put("3", "wav", bytes(300_000))
    left = {path.name for path in tmp_path.iterdir()}
    assert paths[0].name in left and paths[1].name not in left
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 1_000_000


def test_a_file_larger_than_the_limit_is_still_delivered(tmp_path: Path) -> None:
    cache = FileCache(1, tmp_path)
    assert cache.put("large", "wav", bytes(2_000_000)).is_file()


def test_a_folder_of_our_own_goes_with_its_cache() -> None:
    cache = FileCache(1)
    folder, mark = cache.folder, cache.folder.with_suffix(".lock")
    cache.put("a", "mid", b"data")
    assert folder.is_dir() and mark.exists()
    del cache
    assert not folder.exists() and not mark.exists()


def test_a_given_folder_stays(tmp_path: Path) -> None:
    path = FileCache(1, tmp_path).put("a", "mid", b"data")
    assert path.exists()


def test_what_a_killed_process_left_goes_at_the_next_start(tmp_path: Path) -> None:
    """One process holds its folder, another was killed with a file in its own: only that one goes."""
    script = (
        "import os, sys, pathlib; from ui.files import own_folder;"
        "folder, lock = own_folder(pathlib.Path(sys.argv[1]));"
        "(folder / 'a.mid').write_bytes(b'data'); print(folder, flush=True); os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False
    )
    left = Path(killed.stdout.strip())
    assert killed.returncode == -9 and (left / "a.mid").exists()
    kept, lock = own_folder(tmp_path)
    assert left.exists(), "a mark this young may belong to a process that is starting"
    for mark in tmp_path.glob("*.lock"):
        os.utime(mark, (time.time() - YOUNG - 1,) * 2)
    remove_abandoned(tmp_path)
    assert not left.exists() and not left.with_suffix(".lock").exists()
    assert kept.exists()
    lock.release()
