"""Terminals of the grammars: the notes, rests and signs of one voice as regular expressions.

llguidance reads the longest terminal that fits and never goes back. So a tied note is one terminal
with its length and its `-`, and a terminal remembers its pitch only where a tie has to.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache

from lm.grammar.spec import MAX_PITCHES, UNIT
from lm.spelling import write_length

TITLE = r"[A-Z][A-Za-z']{1,14}( [A-Za-z'][A-Za-z']{0,13}){0,4}"
SPECIAL = r"\^$.|?*+()[]{}/-"


def quote(text: str) -> str:
    """A Lark string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def one_of(words: Iterable[str]) -> str:
    """The inside of a regular expression for one of the words, longest first."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "(" + "|".join("".join(_literal(c) for c in word) for word in ordered) + ")"


def _literal(character: str) -> str:
    return "\\" + character if character in SPECIAL else character


def bare(pitch: str) -> str:
    """A note name without its accidental: how a held note is written."""
    return pitch.lstrip("^_=")


@cache
def length_text(length: int) -> str:
    """The text of a length in units."""
    return write_length(length * UNIT)


class Terminals:
    """Names for regular expressions; the same expression gets the same name."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.expressions: dict[str, str] = {}

    def name(self, expression: str) -> str:
        """The name of a regular expression, made at the first use."""
        if expression not in self.names:
            name = f"T{len(self.names)}"
            self.names[expression], self.expressions[name] = name, expression
        return self.names[expression]

    def literal(self, text: str) -> str:
        """A terminal for a text; nothing for the empty one."""
        return quote(text) if text else ""

    def either(self, names: list[str]) -> str:
        """The terminal for one of several."""
        if len(names) == 1:
            return names[0]
        return self.name("(" + "|".join(self.expressions[name] for name in names) + ")")

    def lines(self) -> list[str]:
        """The definitions."""
        return [f"{name}: /{expression}/" for expression, name in self.names.items()]


class Alphabet:
    """The terminals of one voice over its pitches. Lengths are in units, `gap` is "" or a space.

    `held` are notes that may also be held into the music; `rests` says whether a part of a tuplet or of a
    pair may be a rest.
    """

    def __init__(
        self,
        terminals: Terminals,
        pitches: tuple[str, ...],
        *,
        rests: bool,
        stack: int = 1,
        held: Iterable[str] = (),
    ) -> None:
        self.terminals = terminals
        self.pitches = pitches
        self.rests_inside = rests
        names = dict.fromkeys([*(bare(p) for p in pitches), *(bare(p) for p in held)])
        self.index = {name: number for number, name in enumerate(names, start=1)}
        self.own = {bare(p): self.index[bare(p)] for p in pitches}
        if len(self.index) > MAX_PITCHES:
            raise ValueError(f"{len(self.index)} notes from low to high: at most {MAX_PITCHES}")
        self._any = one_of(pitches)
        self._one = one_of(pitches)
        if stack > 1:
            self._one = f"({self._any}|\\[{self._any}{{2,{stack}}}\\])"
        self.spellings = {
            name: one_of([p for p in pitches if bare(p) == name] or [name]) for name in self.index
        }

    def note(self, length: int, gap: str, finals: tuple[str, ...] = ()) -> str:
        """A note, or notes in brackets, of a length; only from `finals` when there are any."""
        chosen = [p for p in self.pitches if p in finals]
        head = one_of(chosen) if chosen else self._one
        return self.terminals.name(head + _tail(length) + gap)

    def rest(self, length: int, gap: str) -> str:
        """A rest of a length."""
        return self.terminals.name("z" + _tail(length) + gap)

    def tied(self, name: str, length: int, gap: str) -> str:
        """A note of one pitch that is held on."""
        return self.terminals.name(self.spellings[name] + _tail(length) + "\\-" + gap)

    def pair(self, sign: str, gap: str, *, held: bool = False) -> str:
        """A dotted pair `A>B` or `A<B`; of a held note only the rest of it."""
        return self.terminals.name(("" if held else self._one) + sign + self._one + gap)

    def tuplet(self, lengths: tuple[int, ...], gap: str, *, held: bool = False) -> str:
        """A tuplet of three in the time of two, or of two such notes of unequal written length; what
        follows its first name if that is `held`.
        """
        one = self._one if not self.rests_inside else f"({self._one}|z)"
        sign = "\\(3" if len(lengths) == 3 else f"\\(3:2:{len(lengths)}"
        if held:
            rest = _tail(lengths[0]) + "".join(one + _tail(n) for n in lengths[1:])
            return self.terminals.name(rest + gap)
        return self.terminals.name(sign + "".join(one + _tail(n) for n in lengths) + gap)

    def chord(self, symbols: tuple[str, ...]) -> str:
        """One of some chord symbols in its quotation marks."""
        return self.terminals.name('"' + one_of(symbols) + '"')


def _tail(length: int) -> str:
    return length_text(length).replace("/", "\\/")


def whole(length: Fraction) -> int:
    """A length in units; `ValueError` if it is none."""
    units = length / UNIT
    if units.denominator != 1:
        raise ValueError(f"length {length} is finer than the grammar can count")
    return int(units)
