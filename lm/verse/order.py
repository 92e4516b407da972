"""What a verse is to be: its lines, their slots, their rhymes, what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

WEAK, MIDDLE, STRONG = 0, 1, 2
"""How strong a slot is: between the beats, on a beat that its neighbours are weaker than, on a strong beat."""

Shape = tuple[int, ...]
"""The slots of a line: one strength for each syllable."""


@dataclass(frozen=True)
class Order:
    """A verse that is asked for.

    `rhymes` has a letter a line: equal letters rhyme, `-` is free. `again` maps a line to an earlier
    one that it repeats word for word (a refrain), `fixed` a line to words that stand already. `avoid`
    are words that ends of lines of other verses have used, `before` those lines themselves. `language` is
    `en` or `zh`.
    """

    shapes: tuple[Shape, ...]
    rhymes: str
    language: str = "en"
    theme: str = ""
    must: tuple[str, ...] = ()
    seed: int = 0
    again: dict[int, int] = field(default_factory=dict)
    fixed: dict[int, str] = field(default_factory=dict)
    avoid: frozenset[str] = frozenset()
    before: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.rhymes) != len(self.shapes):
            raise ValueError(f"{len(self.shapes)} lines, but a rhyme scheme for {len(self.rhymes)}")
        if any(not 0 < len(shape) <= 64 for shape in self.shapes):
            raise ValueError("a line has 1 to 64 slots")
        if any(not 0 <= earlier < line for line, earlier in self.again.items()):
            raise ValueError("a refrain repeats an earlier line")


def scheme(letters: str, lines: int) -> str:
    """A rhyme scheme for any number of lines: `letters` again and again, with new letters.

    A letter that stands alone in its stanza rhymes with nothing: `-`.

    >>> scheme("ABCB", 8), scheme("AABB", 6), scheme("ABAB", 3)
    ('-A-A-B-B', 'AABBCC', 'A-A')
    """
    found: list[str] = []
    used = 0
    for start in range(0, lines, len(letters)):
        part = letters[: lines - start]
        names = [c for c in dict.fromkeys(part) if part.count(c) > 1]
        table = {c: chr(ord("A") + (used + n) % 26) for n, c in enumerate(names)}
        used += len(names)
        found += [table.get(c, "-") for c in part]
    return "".join(found)


def partners(order: Order, line: int, written: Sequence[str]) -> list[str]:
    """The lines, written before or fixed, that a line is to rhyme with.

    >>> order = Order(((2,), (2,), (2,)), "A-A", fixed={2: "Sea"})
    >>> partners(order, 0, []), partners(order, 1, ["Me"])
    (['Sea'], [])
    """
    letter = order.rhymes[line]
    if letter == "-":
        return []
    known = {**order.fixed, **dict(enumerate(written))}
    return [known[n] for n in sorted(known) if n != line and order.rhymes[n] == letter]
