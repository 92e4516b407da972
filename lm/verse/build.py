"""The verse model built anew from the poems of the data folder: `python -m lm.verse build`."""

from __future__ import annotations

from pathlib import Path

from lm.verse.build_chinese import chinese
from lm.verse.build_english import english
from lm.verse.files import PATH, save
from lm.verse.source import poems


def build(path: Path = PATH) -> int:
    """Write the file; its size in bytes. About four minutes on one core; the same bytes each time."""
    save({"en": english(poems("verse_en")), "zh": chinese(poems("verse_zh"))}, path)
    return path.stat().st_size
