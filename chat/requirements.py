"""What a message asks for: requirement values by name, and whether they are met.

The names are those of the program interface. Reading them is the business of `chat.understand`, checking
them that of `chat.check`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_BARS = 96
MAX_TUNES = 5


@dataclass(frozen=True)
class Requirement:
    """One thing that was asked for; `met` is None when nothing has been checked yet."""

    name: str
    value: str
    met: bool | None = None


OF_CHANGES = frozenset((
    "first_note", "last_note", "opening_notes", "figures", "no_figures", "groups", "end_dynamic", "register", "endings", "loop",
    "expression", "chord_colours", "bright_end", "cadences",
))  # fmt: skip
"""Requirements that a change of the tune that is open speaks of as well: alone they tell of no new tune."""


@dataclass
class Wishes:
    """Requirement values by name, in the order they are shown.

    `problems` are (code, what was said): what cannot be. `mood` and `implied` are what was not said but
    follows from it (a mood word, a kind of music); they shape a tune and are no requirements.
    `count` is how many tunes are wanted. `words` is a text to be set to music; `must` are words
    that lyrics must have.
    """

    values: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    mood: str = ""
    genre: str = ""
    implied: dict[str, str] = field(default_factory=dict)
    count: int = 1
    words: str = ""
    must: tuple[str, ...] = ()
    details: dict[str, str] = field(default_factory=dict)

    @property
    def telling(self) -> int:
        """How many values speak of a tune rather than of a change of one."""
        return len(self.values.keys() - OF_CHANGES)
