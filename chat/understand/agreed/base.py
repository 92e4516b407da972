"""What the agreements between changes are made of: names, values, and changes left out."""

from __future__ import annotations

import re
from dataclasses import replace

from chat.understand.operation import Operation

Found = list[Operation]
SIZE = re.compile(
    r"\b(?:tone|step|semitone|second|third|fourth|fifth|sixth|seventh|octave)s?\b|度|半音|全音"
)
"""An interval that is named."""


def names_of(found: Found) -> set[str]:
    """What the changes are called."""
    return {o.name for o in found}


def with_values(found: Found, name: str, **values: str) -> Found:
    """The changes, those of a name with other values."""
    return [replace(o, values={**o.values, **values}) if o.name == name else o for o in found]


def without(found: Found, names: set[str], words: str = "") -> Found:
    """The changes without those of some names (whose clause has some words)."""
    return [
        o for o in found if o.name not in names or (words and not re.search(words, o.said.lower()))
    ]
