"""The folder of rendered files: generated names, limited size, nothing half-written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ui.files import FileCache


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
