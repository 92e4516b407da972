"""The tunes that benchmarks read: the shared data beside the repository, and music21's own ABC corpus."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lm.data import data_folder, read_records

FILES = ("tunes_train", "tunes_valid", "tunes_nc_train", "tunes_nc_valid")


def open_tunes(files: Sequence[str] = FILES) -> list[dict[str, Any]]:
    """Every record of the shared data; see the README there for the fields."""
    records = []
    for name in files:
        records += read_records(data_folder() / f"{name}.jsonl.gz")
    return records


def corpus_files() -> list[Path]:
    """The ABC files of music21's corpus."""
    import music21

    return sorted((Path(music21.__file__).parent / "corpus").rglob("*.abc"))
