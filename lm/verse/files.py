"""Where the verse model lies, and its arrays by language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

PATH = Path(__file__).resolve().parent.parent / "weights" / "verse" / "verse.npz"


def arrays(language: str) -> dict[str, Any]:
    """The arrays of one language (`en`, `zh`) by name; `FileNotFoundError` where the file is missing."""
    with np.load(PATH) as file:
        start = f"{language}."
        return {n.removeprefix(start): file[n] for n in file.files if n.startswith(start)}


@cache
def arrays_of(language: str, name: str) -> Any:
    """One array of a language alone, kept."""
    with np.load(PATH) as file:
        return file[f"{language}.{name}"]


def save(parts: dict[str, dict[str, Any]], path: Path = PATH) -> None:
    """Write the arrays of all languages into one file, the same bytes for the same arrays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    named = {f"{lang}.{name}": a for lang, found in parts.items() for name, a in found.items()}
    np.savez_compressed(path, **named)
