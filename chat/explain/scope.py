"""`Scope`: a tune and the bars of it that are asked about, with what every answer reads from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from abc_tools.analyse.contour import interval_name
from abc_tools.analyse.fact import in_order
from abc_tools.analyse.line import Harmony, Material, Sounded
from abc_tools.analyse.phrases import Close, Phrase, closes, phrases
from abc_tools.places import Place
from abc_tools.theory import ALTER_NAMES, Key, Pitch
from abc_tools.tune import Measure, Tune


def note_name(pitch: Pitch) -> str:
    """A pitch's letter and sign, without its octave: "F#"; microtones by the nearest semitone."""
    return f"{pitch.step}{ALTER_NAMES.get(round(pitch.alter), '')}"


def tonic_name(key: Key) -> str:
    """The tonic's letter and sign."""
    return f"{key.tonic}{ALTER_NAMES[key.alter]}"


def signature_names(key: Key) -> list[str]:
    """The altered notes of a key signature, in the order in which they are written."""
    order = "FCGDAEB" if key.sharps >= 0 else "BEADGCF"
    alter = 1 if key.sharps >= 0 else -1
    return [f"{step}{ALTER_NAMES[alter]}" for step in order[: abs(key.sharps)]]


@dataclass(frozen=True)
class Scope:
    """Bars `first`–`last` of a tune (printed numbers, a pickup is 0); `whole`: no bars were named."""

    material: Material
    first: int
    last: int
    whole: bool

    @property
    def tune(self) -> Tune:
        """The tune."""
        return self.material.tune

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the leading voice."""
        return tuple(m for m in self.tune.measures if self.first <= m.number <= self.last)

    @cached_property
    def notes(self) -> tuple[Sounded, ...]:
        """The melody's notes that begin in these bars."""
        return tuple(n for n in self.material.notes if self.first <= n.bar <= self.last)

    @cached_property
    def bars(self) -> tuple[int, ...]:
        """The printed numbers."""
        return in_order(m.number for m in self.measures)

    @cached_property
    def chords(self) -> tuple[Harmony, ...]:
        """The chord symbols written in these bars."""
        return tuple(h for h in self.material.chords if self.first <= h.bar <= self.last)

    @cached_property
    def key(self) -> Key:
        """The written key where the bars begin; for the whole tune its own."""
        if self.whole or not self.measures:
            return self.tune.key
        return self.notes[0].key if self.notes else self.measures[0].key

    @cached_property
    def phrases(self) -> list[Phrase]:
        """The phrases of the whole tune."""
        return phrases(self.material)

    @cached_property
    def closes(self) -> list[tuple[Phrase, Close]]:
        """The phrases of the whole tune with their cadences."""
        return closes(self.material)


def scope(tune: Tune, place: Place | None) -> Scope:
    """The scope of a place; the whole tune for None. ValueError if the tune has no notes or bars."""
    material = Material(tune)
    if not material.notes:
        raise ValueError("There are no notes in this tune.")
    numbers = tune.bar_numbers
    if place is None:
        return Scope(material, min(numbers), max(numbers), True)
    first, last = max(place.first, min(numbers)), min(place.last, max(numbers))
    if first > last:
        raise ValueError(f"The tune has no bars {place.first} to {place.last}.")
    return Scope(material, first, last, False)


def distance(low: Pitch, high: Pitch) -> str:
    """The name of the interval between two pitches."""
    return interval_name(low, high)
