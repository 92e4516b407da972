"""Links that carry a tune in themselves, and their QR codes.

``?z=`` holds the ABC text, compressed and in URL-safe base64: it needs no storage, survives restarts
and works on every copy of the Space. It is read with a bound, and what is in it is treated as a pasted
tune. ``task`` and ``seed`` make it an assignment, ``view=score`` leaves the chat away, ``lang`` sets the
language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chat.project import deflate, inflate

MOST_LINK = 8000
"""Characters of ``z`` that are read: servers and messengers cut longer links."""


@dataclass(frozen=True)
class Arrival:
    """What the address of the page asks for."""

    abc: str | None = None
    damaged: bool = False
    language: str | None = None
    score_only: bool = False
    task: str = ""
    seed: int = 0


def pack_tune(abc: str) -> str:
    """Return the text of ``z`` for a tune.

    >>> unpack_tune(pack_tune("X:1\\nK:C\\nCDEF|\\n"), 100)
    'X:1\\nK:C\\nCDEF|\\n'
    """
    return deflate(abc)


def unpack_tune(packed: str, most: int) -> str:
    """Return the tune of a link, at most ``most`` characters; ValueError if there is none in it."""
    if len(packed) > MOST_LINK:
        raise ValueError("This link is too long.")
    text = inflate(packed, 4 * most)
    if not text.strip() or len(text) > most:
        raise ValueError("This link holds no tune.")
    return text


def read_arrival(query: Mapping[str, str], most: int, languages: tuple[str, ...]) -> Arrival:
    """Return what a query string asks for; what cannot be read is left out."""
    abc, damaged = None, False
    if packed := query.get("z"):
        try:
            abc = unpack_tune(packed, most)
        except ValueError:
            damaged = True
    language = (query.get("lang") or "")[:2].lower()
    seed = query.get("seed") or ""
    return Arrival(
        abc=abc,
        damaged=damaged,
        language=language if language in languages else None,
        score_only=query.get("view") == "score",
        task=(query.get("task") or "")[:20] if abc else "",
        seed=int(seed) if seed.isascii() and seed.isdigit() and len(seed) < 10 else 0,
    )


def make_qr(link: str) -> list[str] | None:
    """Return the modules of the QR code of a link as rows of 0 and 1; None if the link is too long.

    With the quiet zone of four modules that readers need.
    """
    import segno

    try:
        code = segno.make(link, error="l", micro=False, boost_error=False)
    except segno.DataOverflowError:
        return None
    return ["".join("1" if dark else "0" for dark in row) for row in code.matrix_iter(border=4)]


def share(request: Any, most: int) -> dict[str, Any]:
    """Answer the page: {z, qr} for a tune; ``base`` of the request is the page's own address.

    ``z`` is "" for a tune that is too long for a link.
    """
    fields = request if isinstance(request, dict) else {}
    abc, base, more = (fields.get(name) for name in ("abc", "base", "more"))
    if not isinstance(abc, str) or not 0 < len(abc) <= most:
        return {"z": "", "qr": None}
    packed = pack_tune(abc)
    if len(packed) > MOST_LINK:
        return {"z": "", "qr": None}
    qr = None
    if isinstance(base, str) and len(base) < 500 and isinstance(more, str) and len(more) < 200:
        qr = make_qr(f"{base}?z={packed}{more}")
    return {"z": packed, "qr": qr}
