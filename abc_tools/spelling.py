"""Pitches and lengths → ABC spelling: which accidental sign a note needs, which length text.

Two readings of ABC differ on whether an accidental reaches other octaves in its bar (ABC 2.1 §11.3;
abcjs keeps it to its octave). What is written here means the same under both: where they would
differ, the sign is written out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from abc_tools.text import Edit, Span
from abc_tools.theory import ALTER_SIGNS, Key, Pitch, abc_letter
from abc_tools.tune import Event, Measure, Note


def length_text(factor: Fraction) -> str:
    """The ABC length of `factor` units.

    >>> [length_text(Fraction(n, 4)) for n in (4, 8, 6, 2, 1)]
    ['', '2', '3/2', '/', '/4']
    """
    if factor.denominator == 1:
        return "" if factor == 1 else str(factor)
    top = "" if factor.numerator == 1 else str(factor.numerator)
    return f"{top}/" + ("" if factor.denominator == 2 and not top else str(factor.denominator))


_OUTER = re.compile(r"[\d/]*$")


def length_span(text: str, event: Event) -> Span:
    """Where the length of an event stands, behind its head or its closing bracket."""
    if event.kind == "chord":
        match = _OUTER.search(event.span.of(text))
        assert match is not None, "the pattern matches the empty string, too"
        return Span(event.span.start + match.start(), event.span.end)
    if event.notes:
        return event.notes[0].length
    return Span(event.span.start + 1, event.span.end)


@dataclass
class MeasureAccidentals:
    """The accidentals in force while the notes of one measure are written in order."""

    key: Key
    _steps: dict[str, int | Fraction] = field(default_factory=dict)
    _octaves: dict[tuple[str, int], int | Fraction] = field(default_factory=dict)

    def sign(self, pitch: Pitch, *, explicit: bool = False) -> str:
        """The sign that `pitch` needs here (`explicit` writes it in any case); remembers it."""
        natural = self.key.signature[pitch.step]
        by_step = self._steps.get(pitch.step, natural)
        by_octave = self._octaves.get((pitch.step, pitch.octave), natural)
        if pitch.alter == by_step == by_octave and not explicit:
            return ""
        self._steps[pitch.step] = pitch.alter
        self._octaves[(pitch.step, pitch.octave)] = pitch.alter
        return sign_text(pitch.alter)


def sign_text(alter: int | Fraction) -> str:
    """The accidental sign of an alteration; microtones as fractions."""
    if alter in ALTER_SIGNS:
        return ALTER_SIGNS[int(alter)]
    return f"{'^' if alter > 0 else '_'}{abs(Fraction(alter))}"


def notes_in_order(measure: Measure) -> Iterator[Note]:
    """All notes of a measure as they stand in the text: grace notes, chords, overlays included."""
    layers: tuple[tuple[Event, ...], ...] = (measure.events, *measure.overlays)
    for layer in layers:
        for event in layer:
            yield from event.grace
            yield from event.notes


def respell(
    measure: Measure, key: Key, pitch_of: Callable[[Note], Pitch], *, keep_signs: bool = True
) -> list[Edit]:
    """Edits that give every note of `measure` the written pitch `pitch_of(note)` under `key`.

    Accidentals are written where the new key and bar ask for them; a sign that stood there stays a
    sign unless `keep_signs` is false, which drops the needless ones. Notes held by a tie from before
    carry none.
    """
    state = MeasureAccidentals(key)
    edits = []
    for note in notes_in_order(measure):
        pitch = pitch_of(note)
        signed = keep_signs and note.accidental is not None
        sign = "" if note.tied and not signed else state.sign(pitch, explicit=signed)
        edits.append(Edit(note.head, sign + abc_letter(pitch)))
    return edits


def changed_only(source: str, edits: list[Edit]) -> list[Edit]:
    """Drop edits that would write what already stands there."""
    return [edit for edit in edits if edit.span.of(source) != edit.text]
