"""From the lines of a tune to its rhymes and its refrain.

The rhyme scheme counts anew in each section whose lines come out even. Where a section comes again after
another one (A A B A), the last line of its first time is sung again, as songs do; the line that it
rhymes with then rhymes with the first time too.
"""

from __future__ import annotations

from collections.abc import Sequence

from lm.verse.order import scheme
from lm.verse.slots import SungLine


def plan_lines(lines: Sequence[SungLine], letters: str) -> tuple[str, dict[int, int]]:
    """The rhyme letter of each line, and which lines repeat which earlier ones."""
    stanzas = _stanzas(lines, len(letters))
    rhymes: list[str] = []
    for stanza in stanzas:
        used = len({c for c in rhymes if c != "-"})
        own = scheme(letters, len(stanza))
        rhymes += [c if c == "-" else chr(ord(c) + used) for c in own]
    again = _refrains(lines)
    for later, earlier in again.items():
        old, new = rhymes[later], rhymes[earlier]
        if "-" in (old, new):
            rhymes[later] = new
        else:
            rhymes = [new if c == old else c for c in rhymes]
    return "".join(rhymes), again


def _stanzas(lines: Sequence[SungLine], size: int) -> list[range]:
    """Stretches of lines that carry a scheme: sections of an even number of lines, else the whole tune."""
    bounds = [n for n in range(len(lines)) if n == 0 or lines[n].section != lines[n - 1].section]
    found = [range(a, b) for a, b in zip(bounds, [*bounds[1:], len(lines)], strict=True)]
    if len(found) > 1 and all(len(part) % 2 == 0 and len(part) >= size for part in found):
        return found
    return [range(len(lines))]


def _refrains(lines: Sequence[SungLine]) -> dict[int, int]:
    """Last lines of sections that come again after another one, and where they were sung first."""
    parts: dict[int, list[int]] = {}
    for n, line in enumerate(lines):
        parts.setdefault(line.section, []).append(n)
    sung = [(lines[part[0]].label, part) for part in parts.values()]

    def same(one: int, other: int) -> bool:
        return lines[one].shape == lines[other].shape

    found: dict[int, int] = {}
    first: dict[str, int] = {}
    for n, (label, part) in enumerate(sung):
        last = part[-1]
        if label not in first:
            first[label] = last
        elif n >= 2 and sung[n - 1][0] != label and len(part) > 1 and same(last, first[label]):
            found[last] = first[label]
    return found
