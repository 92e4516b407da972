"""The words of a new tune: a title for one that nobody named, and given words as lines.

What it does not know: how words lie under notes (`sing`).
"""

from __future__ import annotations

import re

from abc_tools.theory import parse_key
from chat.phrases import key_name, language_of, style_name
from chat.requirements import MAX_BARS, Wishes


def verse_lines(words: str) -> str:
    """Words as lines: as they stand, or cut at the signs where they come in one."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if len(lines) == 1:
        cut = r"\s*/\s*" if "/" in lines[0] else r"(?<=[,.;!?，。；！？])\s*"
        parts = re.split(cut, lines[0])
        lines = [p.strip(" /") for p in parts if p.strip(" /,.;")]
    joined: list[str] = []
    for line in lines:
        if joined and len(joined[-1].split()) + len(line.split()) <= 6 and line.isascii():
            joined[-1] += " " + line
        else:
            joined.append(line)
    return "\n".join(joined[: MAX_BARS // 4])


_SMALL = ("the", "a", "an", "of", "in", "on", "and", "for", "to", "at", "with", "my", "from")


def title_of(theme: str) -> str:
    """A title from a theme: "the sea" → The Sea."""
    cleaned = re.sub(r"[%\\\"]", "", theme).strip()
    if not cleaned.isascii():
        return cleaned
    words = cleaned.split()
    return " ".join(w if i and w in _SMALL else w[:1].upper() + w[1:] for i, w in enumerate(words))


def usual_title(message: str, wishes: Wishes, properties: dict[str, str]) -> str:
    """A title for a tune that nobody named: its theme, or (in Chinese) its key and style; "" leaves it
    to `lm`.
    """
    bare = not wishes.values and not wishes.details and not wishes.genre
    plain = re.sub(r"[^\w\s'，。,\u4e00-\u9fff-]", "", message).strip()
    if language_of(message) == "zh":
        first = re.split(r"[,，。!！?？;；\s]", plain)[0]
        if (
            bare
            and 2 <= len(first) <= 14
            and not re.search(r"写|作|来|给|曲|歌|音乐|想|要|请", first)
        ):
            return first
        return _chinese_title(properties)
    words = plain.split()
    if (
        bare
        and 2 <= len(words) <= 7
        and not re.search(
            r"\b(?:write|compose|make|give|please|tune|song|music|piece|me|i|you)\b", plain.lower()
        )
    ):
        return title_of(plain.lower())
    return ""


def _chinese_title(properties: dict[str, str]) -> str:
    """D大调进行曲."""
    key = parse_key(properties["key"])
    assert key is not None, "keys were read by parse_key"
    style = style_name("zh", properties["rhythm"]) if "rhythm" in properties else "小曲"
    return key_name("zh", key) + style
