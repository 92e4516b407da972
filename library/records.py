"""What goes in and out of the library: plain frozen records, without a database and without numbers.

Lengths are counted in notes of the melody (the top line of the leading voice, ties joined), pitches are
MIDI numbers, ranges semitones, times seconds, tempi quarter notes a minute; shares and scores run from 0 to 1.
`None` in a record means that it is not known, in a `Query` that it does not matter.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from library.chance import CLOSE
from library.reasons import Part, say

LANGUAGES = ("en", "zh")


class LibraryError(Exception):
    """The catalogue cannot be opened, read or written; its text is a sentence for users."""


@dataclass(frozen=True)
class Entry:
    """A tune of the catalogue. `rhythm` is the dance or song type in lower case, "" if none is stated.

    `style` is the name under which style pages file it; `form` has one letter a section, repeats
    written out; `difficulty` runs from 1 to 5; `key` is the written key ("D dorian"), or the key that
    is heard where none is written. `place` says where in its source the tune stands.
    """

    id: int
    title: str
    titles: tuple[str, ...]
    composer: str
    source: str
    place: str
    licence: str
    region: str
    rhythm: str
    style: str
    key: str
    mode: str
    meter: str
    form: str
    bars: int
    notes: int
    low: int
    high: int
    difficulty: int
    tempo: float
    seconds: float
    voices: int
    chords: bool
    words: bool
    text: str

    @property
    def range(self) -> int:
        """Semitones from the lowest note of the melody to the highest."""
        return self.high - self.low


@dataclass(frozen=True)
class Query:
    """What a tune must be; everything that is given must hold. Names are compared without case.

    `words` are looked for in titles, composer, origin and the tune's own words, any language; the more
    of them and the rarer, the better the rank, and at least one must be found. `key` is "D", "D dorian" or "F# minor";
    `incipit` is letters as one reads them ("G A B d") and finds the opening on any step;
    `contour` is Parsons' code of u, d and r (up, down, repeat), from humming.
    """

    words: str = ""
    title: str = ""
    composer: str = ""
    source: str = ""
    region: str = ""
    rhythm: str = ""
    style: str = ""
    key: str = ""
    mode: str = ""
    meter: str = ""
    form: str = ""
    incipit: str = ""
    contour: str = ""
    min_difficulty: int | None = None
    max_difficulty: int | None = None
    min_range: int | None = None
    max_range: int | None = None
    min_bars: int | None = None
    max_bars: int | None = None
    lowest: int | None = None
    highest: int | None = None
    chords: bool | None = None
    sung: bool | None = None
    voices: int | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for."""
        return all(getattr(self, f.name) == f.default for f in fields(self))


@dataclass(frozen=True)
class Found:
    """A tune that was found, how well it fits, and why, in parts that were each computed."""

    id: int
    title: str
    source: str
    licence: str
    score: float
    parts: tuple[Part, ...] = ()

    def reason(self, language: str = "en") -> str:
        """Why it was found, one sentence in "en" or "zh"."""
        return say(self.parts, language)


@dataclass(frozen=True)
class Closest:
    """The known tune that shares most with one, for a check of originality.

    `run` is the longest stretch of notes that both have alike, transposed or not, in notes; it begins
    at note `at` (from 0) of the tune asked about. `share` is how much of the asked tune's melody the two
    have in common in the same order, `score` their likeness. `rarer` is the share of unrelated tunes of its length
    that are less close to whatever is known (`library.chance`): 0.99 at most, None where the tune is too short to say.
    """

    found: Found
    run: int
    at: int
    share: float
    score: float
    notes: int
    rarer: float | None = None

    @property
    def close(self) -> bool:
        """Whether it is closer than chance brings unrelated tunes but once in a hundred times."""
        return self.rarer is not None and self.rarer >= CLOSE

    def sentence(self, language: str = "en") -> str:
        """What was found and how much more than chance it is, as one sentence."""
        values = {"title": self.found.title, "source": self.found.source, "run": self.run,
                  "share": round(100 * self.share), "notes": self.notes}  # fmt: skip
        judged = Part("too short to judge")
        if self.rarer is not None:
            level = Part("closer", (("level", round(100 * self.rarer)),))
            judged = level if self.rarer else Part("chance")
        return say((Part("closest", tuple(values.items())), judged), language)


@dataclass(frozen=True)
class Count:
    """How often something is so among the tunes of a style, with some of their ids."""

    value: str
    count: int
    share: float
    examples: tuple[int, ...]


@dataclass(frozen=True)
class StylePage:
    """What is typical of a genre, region, composer or source: counts, most frequent first.

    `tables` has modes, meters, forms, rhythms, bars, cadences, chords and difficulty; cadences and chords are
    counted in `looked_at` of the tunes. `typical` are ids of the tunes nearest to the middle of the style.
    """

    kind: str
    name: str
    tunes: int
    looked_at: int
    tables: dict[str, tuple[Count, ...]]
    typical: tuple[int, ...]


@dataclass(frozen=True)
class StyleShare:
    """A style of the catalogue and the probability that a tune is of it."""

    style: str
    probability: float
