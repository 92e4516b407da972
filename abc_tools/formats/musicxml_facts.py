"""What a MusicXML file states and music21 does not hand on: transpositions and our own extra fields.

ABC has header fields that MusicXML has no element for; `write_musicxml` keeps them as miscellaneous
fields whose names begin with `abc-`, and they come back from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree

PREFIX = "abc-"
KEPT = "ABDFGHNOPRSWZ"
"""Letters of the header fields that are kept; the others have elements of their own."""


@dataclass(frozen=True)
class Facts:
    """`shifts` are semitones by part id; `fields` are (letter, value) in the order of the file."""

    shifts: dict[str, int] = field(default_factory=dict)
    fields: list[tuple[str, str]] = field(default_factory=list)


def stated(data: bytes) -> Facts:
    """The facts of a MusicXML document. ElementTree.ParseError if it is no XML."""
    root = ElementTree.fromstring(data)
    facts = Facts()
    for part in root.iter("part"):
        transpose = part.find("./measure/attributes/transpose")
        if transpose is not None:
            octaves = _number(transpose.findtext("octave-change"))
            shift = _number(transpose.findtext("chromatic")) + 12 * octaves
            facts.shifts[part.get("id", "")] = shift
    for entry in root.iter("miscellaneous-field"):
        letter = entry.get("name", "").removeprefix(PREFIX)
        if entry.get("name", "").startswith(PREFIX) and letter in tuple(KEPT) and entry.text:
            facts.fields.append((letter, entry.text))
    return facts


def _number(text: str | None) -> int:
    try:
        return int(float(text or 0))
    except ValueError:
        return 0
