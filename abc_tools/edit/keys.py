"""Edits of `K:` fields: another key in the same field, its clef and other attributes kept."""

from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.text import Edit, Span
from abc_tools.theory import ALTER_NAMES, Key, parse_key
from abc_tools.tune import Field, Tune

_KEY_TEXT = re.compile(
    r"^(?:none|H[Pp]|[A-G][#b]?\s*(?:exp|(?:maj|min|ion|aeo|dor|phr|lyd|mix|loc)[a-z]*|m(?![a-z]))?)?"
    r"(?:\s*(?:\^\^|__|[\^_=])[A-Ga-g](?!\w))*",
    re.IGNORECASE,
)
_TONIC = re.compile(r"[A-G][#b]?(?![#b])")


def key_fields(tune: Tune, new_key: Callable[[Key], Key]) -> list[Edit]:
    """Every `K:` of the tune, header and inline, with another key."""
    keys = [(field, parse_key(field.value)) for field in tune.fields if field.name == "K"]
    return [key_field_edit(field, new_key(key)) for field, key in keys if key and key.tonic]


def key_field_edit(field: Field, key: Key) -> Edit:
    """Replace the key in a `K:` field; clef and other attributes stay."""
    old = parse_key(field.value)
    tonic = _TONIC.match(field.value)
    same = old is not None and old.tonic and old.mode == key.mode
    if same and old is not None and tonic and key.tonic and not (old.explicit or key.explicit):
        start = field.value_span.start  # the mode's name stays as it is written
        return Edit(Span(start, start + tonic.end()), f"{key.tonic}{ALTER_NAMES[key.alter]}")
    match = _KEY_TEXT.match(field.value)
    rest = field.value[match.end() :] if match else ""
    gap = " " if rest and not rest.startswith(" ") else ""
    return Edit(field.value_span, key.abc + gap + rest)
