"""The poems that the verse model is learnt from, as lines of words or of characters.

Files: `verse_en.txt.gz` and `verse_zh.txt.gz` of the data folder (`lm.data.data_folder`). A poem is a
head line `=== title | author | form (script)` and its lines; a blank line parts stanzas.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass

from lm.data import data_folder


@dataclass(frozen=True)
class Poem:
    """One poem: what its head says, and its lines as printed, with empty ones between stanzas."""

    head: str
    lines: tuple[str, ...]


def poems(name: str) -> Iterator[Poem]:
    """The poems of `verse_en` or `verse_zh`; `OSError` where the file is missing."""
    head, lines = "", list[str]()
    with gzip.open(data_folder() / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
        for raw in file:
            line = raw.strip()
            if line.startswith("==="):
                if lines:
                    yield Poem(head, tuple(lines))
                head, lines = line, []
            else:
                lines.append(line)
    if lines:
        yield Poem(head, tuple(lines))


_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|[,.;:!?]")


def tokens(line: str) -> list[str]:
    """The words of an English line in lower case (`I` aside) and its marks.

    >>> tokens("Oh! not in strange, long-gone way")
    ['oh', '!', 'not', 'in', 'strange', ',', 'long', 'gone', 'way']
    """
    plain = line.lower().replace("’", "'").replace("‘", "'").replace("—", ", ").replace("--", ", ")
    return _TOKEN.findall(re.sub(r"\bto-? ?(day|night|morrow)\b", r"to\1", plain))
