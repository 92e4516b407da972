"""The words of a new tune: a title for one that nobody named, and given words as lines.

What it does not know: how words lie under notes (`sing`).
"""

from __future__ import annotations

import re

from abc_tools.prosody import syllables
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


ROOM = {"4/4": 16, "2/2": 16, "3/4": 11, "2/4": 9, "6/8": 13, "9/8": 16, "12/8": 20, "3/8": 8}
"""Syllables that four bars of a meter hold at a walking pace."""
_JOINS = frozenset(
    """and but or for nor so yet has had have is was are were in on at with who that when where while till
    until then""".split()  # noqa: SIM905
)


def sung_rows(words: str, meter: str) -> str:
    """Words as rows of four bars of music: short lines of a text two by two, long ones cut where they breathe.

    >>> sung_rows("Rain, rain on the window pane, / Tap, tap, tapping again and again", "4/4").count(chr(10))
    0
    >>> sung_rows("and all the day I've tried to keep has gone and is no more", "3/4").splitlines()[1]
    'has gone and is no more'
    """
    room = ROOM.get(meter, 12)
    rows: list[str] = []
    joined_last = False
    for line in verse_lines(words).splitlines():
        for part in _cut(line, room):
            joined = f"{rows[-1]} {part}" if rows else ""
            short = rows and max(_size(rows[-1]), _size(part)) <= room * 5 // 8
            if short and _size(joined) <= room and not joined_last:
                rows[-1], joined_last = joined, True
            else:
                rows.append(part)
                joined_last = False
    return "\n".join(rows[: MAX_BARS // 4])


def _size(line: str) -> int:
    return len(syllables(line))


def _cut(line: str, room: int) -> list[str]:
    """A line, cut in two near its middle where it has more syllables than there is room."""
    if _size(line) <= room:
        return [line]
    chinese = not line.isascii() and " " not in line.strip()
    words = list(line) if chinese else line.split()
    space = "" if chinese else " "
    best: tuple[float, int] | None = None
    for at in range(1, len(words)):
        left, right = space.join(words[:at]), space.join(words[at:])
        breath = 0 if words[at - 1][-1:] in ",;:，；、" else 1 if words[at].lower() in _JOINS else 4
        cost = abs(_size(left) - _size(right)) + breath
        if best is None or cost < best[0]:
            best = cost, at
    if best is None:
        return [line]
    at = best[1]
    return _cut(space.join(words[:at]), room) + _cut(space.join(words[at:]), room)


_SMALL = ("the", "a", "an", "of", "in", "on", "and", "for", "to", "at", "with", "my", "from")


def title_of(theme: str) -> str:
    """A title from a theme: "the sea" → The Sea."""
    cleaned = re.sub(r"[%\\\"]", "", theme).strip()
    if not cleaned.isascii():
        return cleaned
    words = cleaned.split()
    return " ".join(w if i and w in _SMALL else w[:1].upper() + w[1:] for i, w in enumerate(words))


LONGEST_TITLE = 6
"""Words, or eight characters, of a title taken from what is sung."""


def first_words(words: str) -> str:
    """The beginning of given words as the title of a song that nobody named, as hymn books have it; "" for none.

    >>> first_words("Early birds are singing, / wake up now"), first_words("床前明月光，疑是地上霜")
    ('Early Birds Are Singing', '床前明月光')
    """
    first = re.split(r"[,.;:!?/\n，。；！？、]", words.strip(), maxsplit=1)[0].strip()
    if not first:
        return ""
    if re.search(r"[\u4e00-\u9fff]", first):
        return first[:8]
    return title_of(" ".join(re.sub(r"[%\\\"]", "", first).split()[:LONGEST_TITLE]))


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
