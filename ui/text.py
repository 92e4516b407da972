"""Text between people and the page: what a message holds, and how it is shown as typed."""

from __future__ import annotations

import re

HEADER = re.compile(r"^[A-Za-z+]:")
START = re.compile(r"^X:\s*\d*\s*$", re.MULTILINE)
KEY = re.compile(r"^K:", re.MULTILINE)
FENCE = re.compile(r"^\s*```\w*\s*$", re.MULTILINE)
MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$&])")


def split_message(text: str) -> tuple[str, str | None]:
    """Return the words of a message and the ABC tune pasted into it, if there is one.

    A tune begins with its ``X:`` line, or with the fields above its ``K:`` line, and ends at the
    first empty line after ``K:``, as the ABC standard has it.

    >>> split_message("make this minor\\n\\nX:1\\nK:C\\nCDEF|")
    ('make this minor', 'X:1\\nK:C\\nCDEF|\\n')
    >>> split_message("a jig in G")
    ('a jig in G', None)
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    key = KEY.search(text)
    if key is None:
        return text.strip(), None
    lines = FENCE.sub("", text).split("\n")
    key_line = next(index for index, line in enumerate(lines) if line.startswith("K:"))
    start = key_line
    for index in range(key_line, -1, -1):
        if HEADER.match(lines[index]) or lines[index].startswith("%"):
            start = index
        if START.match(lines[index]) or not lines[index].strip():
            break
    end = next((i for i in range(key_line, len(lines)) if not lines[i].strip()), len(lines))
    if key_line == start and end == key_line + 1:
        return text.strip(), None  # a lone "K:" line is no tune
    words = "\n".join(lines[:start] + lines[end:])
    words = START.split(words)[0]  # further tunes below the first are not words
    tune = "\n".join(lines[start:end]) + "\n"
    return words.strip(), tune if START.match(tune) else f"X:1\n{tune}"


def show_plain(text: str) -> str:
    """Return Markdown that shows the text exactly as it was typed.

    >>> show_plain("A<b>c *d*")
    'A\\\\<b\\\\>c \\\\*d\\\\*'
    """
    lines = MARKUP.sub(r"\\\1", text).split("\n")
    return "\n".join(line.replace("    ", "\u00a0" * 4) for line in lines)


def show_abc(abc: str) -> str:
    """Return Markdown that shows ABC in a fence which the text itself cannot close."""
    longest = max((len(run) for run in re.findall(r"`+", abc)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}abc\n{abc.rstrip()}\n{fence}"
