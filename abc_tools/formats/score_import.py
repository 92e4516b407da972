"""music21 score → `Sheet`: how MusicXML and whatever else music21 reads comes in.

music21 reads the file; this module turns its parts, measures and spanners into lines, bars and items.
A staff's second voice becomes a line of its own where it is used often, else a further layer of the
bar. It knows nothing of ABC text. What has no place in a `Sheet` (layout, figured bass, pedal marks)
is left out.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

from abc_tools.formats.musicxml_facts import Facts, stated
from abc_tools.formats.score_marks import (
    insert_field,
    put_harmonies,
    put_signs,
    put_spanners,
    tempo_words,
)
from abc_tools.formats.score_signs import (
    clef_text,
    decorations,
    key_of,
    meter_of,
    pitch_of,
    tempo_of,
    whole,
    words_of,
)
from abc_tools.formats.sheet import (
    ZERO,
    Bar,
    Item,
    Line,
    Sheet,
    join_halves,
    layered,
    recut,
)
from abc_tools.instruments import program_named

OFTEN = 0.25
"""Share of a staff's bars from which on its second voice is a line of its own."""
MAX_BARS = 5000
READING_ERRORS = (
    ArithmeticError, AssertionError, AttributeError, ElementTree.ParseError, LookupError, OSError,
    RecursionError, TypeError, UnicodeError, ValueError,
)  # fmt: skip
"""What music21 raises on files that are not what they say."""


def read_score(data: bytes, kind: str) -> list[Sheet]:
    """The sheets of a file that music21 reads as `kind` (musicxml, humdrum, mei).

    ValueError if it cannot be read; a file with several pieces gives several sheets.
    """
    import warnings

    from music21 import converter, stream
    from music21.exceptions21 import Music21Exception

    try:
        if kind == "musicxml":  # in whatever encoding; music21 takes UTF-8 only
            data = ElementTree.tostring(ElementTree.fromstring(data), encoding="utf-8")
        content: Any = data if kind == "musicxml" else data.decode("utf-8", errors="replace")
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # what music21 grumbles about is not the user's business
            found = converter.parseData(content, format=kind)
            scores = list(found.scores) if isinstance(found, stream.Opus) else [found]
            facts = stated(data) if kind == "musicxml" else None
            return [sheet_of(score, facts) for score in scores]
    except READING_ERRORS as error:
        if type(error) is ValueError and str(error).startswith(("There are", "This piece")):
            raise
        raise ValueError("This file cannot be read as a score; it may be damaged.") from error
    except Music21Exception as error:
        raise ValueError("This file cannot be read as a score; it may be damaged.") from error


def sheet_of(score: Any, facts: Facts | None = None) -> Sheet:
    """A `Sheet` of a music21 stream. ValueError if it holds no notes.

    `facts` are what the file itself states: music21 guesses a transposition from an instrument's
    name where the file has none.
    """
    from music21 import stream

    parts = list(score.parts) if isinstance(score, stream.Score) else [score]
    parts = [part for part in parts if part.recurse().notesAndRests]
    if not parts:
        raise ValueError("There are no notes in this file.")
    measured = [_measures(part) for part in parts]
    if max(len(measures) for measures in measured) > MAX_BARS:
        raise ValueError(f"This piece has more than {MAX_BARS} bars; please import a part of it.")
    lengths = _lengths(measured)
    groups = _groups(score, parts)
    sheet = Sheet([])
    places: dict[int, tuple[Line, Item]] = {}
    for number, (part, measures) in enumerate(zip(parts, measured, strict=True)):
        reader = _PartReader(part, measures, places)
        for line in reader.lines(number, groups[number]):
            line.id = str(len(sheet.lines) + 1)
            if facts is not None:
                line.transpose = facts.shifts.get(_part_id(part), 0)
            sheet.lines.append(line)
    put_spanners(score, places)
    lead = _lead(measured)
    for line in sheet.lines:
        if [bar.length for bar in line.bars] != lengths or _overfull(line):
            recut(line, lengths)
    _same_barlines(sheet)
    _head(score, sheet, measured[lead])
    join_halves(sheet)
    sheet.fields = facts.fields if facts is not None else []
    return sheet


def _part_id(part: Any) -> str:
    """The part's id in the MusicXML file."""
    instrument = part.getInstrument(returnDefault=False)
    known = getattr(instrument, "partId", None)
    return str(known or part.id).partition("-Staff")[0]


def _measures(part: Any) -> list[Any]:
    found = list(part.getElementsByClass("Measure"))
    return found or list(part.makeMeasures().getElementsByClass("Measure"))


def _lead(measured: list[list[Any]]) -> int:
    """The part whose barlines count: the first with most measures."""
    return max(range(len(measured)), key=lambda i: len(measured[i]))


def _lengths(measured: list[list[Any]]) -> list[Fraction]:
    """The length of every bar of the leading part, the last one long enough for all parts."""
    own = _own_lengths(measured[_lead(measured)])
    end = max(whole(measures[-1].offset + measures[-1].highestTime) for measures in measured)
    own[-1] = max(own[-1], end - sum(own[:-1], ZERO))
    return own


def _own_lengths(measures: list[Any]) -> list[Fraction]:
    """The length of every bar of one part: up to the next one, or what the last one holds."""
    lengths = [whole(b.offset - a.offset) for a, b in pairwise(measures)]
    return [*lengths, whole(measures[-1].highestTime) or Fraction(1)]


def _overfull(line: Line) -> bool:
    return any(item.end > bar.length for bar in line.bars for layer in bar.layers for item in layer)


def _groups(score: Any, parts: list[Any]) -> list[int]:
    """A number for every part; parts that a brace holds together share one."""
    groups = list(range(1, len(parts) + 1))
    places = {id(part): number for number, part in enumerate(parts)}
    for group in score.recurse().getElementsByClass("StaffGroup"):
        inside = [places[id(p)] for p in group.getSpannedElements() if id(p) in places]
        if group.symbol == "brace" and len(inside) == 2:
            groups[inside[1]] = groups[inside[0]]
    return groups


class _PartReader:
    """Reads one part (one staff) into one line or several."""

    def __init__(
        self, part: Any, measures: list[Any], places: dict[int, tuple[Line, Item]]
    ) -> None:
        self.part, self.measures, self.places = part, measures, places
        self.lengths = _own_lengths(measures)
        self.sources: dict[int, Any] = {}

    def lines(self, staff: int, group: int) -> list[Line]:
        """The lines of the part, the upper one first."""
        contents = [self._voices(measure) for measure in self.measures]
        separate = self._separate(contents)
        lines = [Line("", [], staff=staff, group=group) for _ in range(1 + len(separate))]
        for index, length in enumerate(self.lengths):
            voices = contents[index] if index < len(contents) else {}
            inner = [v for k, v in sorted(voices.items()) if k not in separate]
            first = inner[0] if inner else []
            others = [item for voice in inner[1:] for item in voice]
            layers = layered(first) + ([] if not others else layered(others))
            lines[0].bars.append(Bar(length, layers))
            for line, key in zip(lines[1:], separate, strict=True):
                line.bars.append(Bar(length, layered(voices.get(key, []))))
        for line in lines:
            self._describe(line)
            for bar in line.bars:
                for item in (item for layer in bar.layers for item in layer):
                    self.places[self.sources.get(id(item), 0)] = (line, item)
        if len(lines) > 1 and lines[0].name:
            lines[1].name = ""
        for line in lines:
            put_harmonies(self.measures, line, first=line is lines[0])
            put_signs(self.measures, line, first=line is lines[0])
        return lines

    def _separate(self, contents: list[dict[str, list[Item]]]) -> list[str]:
        """Voices besides the first that are used often or carry words."""
        used: dict[str, int] = {}
        worded: set[str] = set()
        for voices in contents:
            for key, items in voices.items():
                used[key] = used.get(key, 0) + any(item.pitches for item in items)
                if any(item.words for item in items):
                    worded.add(key)
        first = min(used, default="")
        often = OFTEN * len(contents)
        return sorted(k for k, n in used.items() if k != first and (n >= often or k in worded))

    def _voices(self, measure: Any) -> dict[str, list[Item]]:
        """Items by voice number; what stands in no voice belongs to the first."""
        found: dict[str, list[Item]] = {}
        for number, voice in enumerate(measure.voices):
            found[str(number)] = self._items(voice, whole(voice.offset))
        loose = self._items(measure, ZERO)
        if loose or not found:
            found["0"] = sorted([*found.get("0", []), *loose], key=lambda item: item.onset)
        return found

    def _items(self, voice: Any, shift: Fraction) -> list[Item]:
        items: list[Item] = []
        grace: list[Any] = []
        for element in voice.notesAndRests:
            if "Harmony" in element.classes:
                continue
            if element.duration.isGrace:
                grace.append(element)
                continue
            item = self._item(element, shift + whole(element.offset))
            if item.duration <= 0:
                continue
            if grace and item.pitches:
                item.grace = tuple(pitches_of(one)[0] for one in grace)
                grace = []
            self.sources[id(item)] = id(element)
            items.append(item)
        return items

    def _item(self, element: Any, onset: Fraction) -> Item:
        pitches, ties = pitches_of(element)
        ratio = Fraction(1)
        for tuplet in element.duration.tuplets:
            ratio *= Fraction(tuplet.numberNotesNormal, tuplet.numberNotesActual)
        marks, notes = decorations(element)
        hidden = not pitches and bool(element.style.hideObjectOnPrint)
        return Item(onset, whole(element.duration.quarterLength), pitches, ties, ratio, hidden,
                    decorations=marks, annotations=notes, words=words_of(element))  # fmt: skip

    def _describe(self, line: Line) -> None:
        """Name, clef, instrument, keys and meters of a line."""
        instrument = self.part.getInstrument(returnDefault=False)
        line.name = " ".join((self.part.partName or "").split())
        if instrument is not None:
            program = min(int(instrument.midiProgram or 0), 127)
            line.program = 0 if program == program_named(line.name) else program
            if instrument.transposition is not None:
                line.transpose = int(instrument.transposition.semitones)
        clef = ""
        for measure, bar in zip(self.measures, line.bars, strict=False):
            for found in measure.getElementsByClass("Clef"):
                text, place = clef_text(found), whole(found.offset)
                if not line.clef:
                    line.clef = clef = text
                elif text != clef and text[-2:] not in ("-8", "+8") and not line.octaves:
                    insert_field(bar, place, f"K:clef={text}")
                    clef = text
            for signature in measure.getElementsByClass("KeySignature"):
                if signature.offset == 0:
                    bar.key = key_of(signature)


def pitches_of(element: Any) -> tuple[tuple[Any, ...], tuple[bool, ...]]:
    """Pitches of a note or chord, and which of them are held into the next."""
    if element.isRest:
        return (), ()
    members = element.notes if "ChordBase" in element.classes else [element]
    pitches, ties = [], []
    for one in members:
        tie = one.tie or (element.tie if len(members) == 1 else None)
        held = tie is not None and tie.type in ("start", "continue")
        pitches.append(pitch_of(one))
        ties.append(held)
    return tuple(pitches), tuple(ties)


def _same_barlines(sheet: Sheet) -> None:
    """Repeats and endings of any line hold for all."""
    for index in range(len(sheet.lines[0].bars)):
        bars = [line.bars[index] for line in sheet.lines]
        style = next((bar.style for bar in bars if bar.style != "|"), "|")
        closes = max(bar.closes for bar in bars)
        opens = any(bar.opens for bar in bars)
        ending = next((bar.ending for bar in bars if bar.ending), ())
        for bar in bars:
            bar.opens, bar.closes, bar.ending, bar.style = opens, closes, ending, style


def _head(score: Any, sheet: Sheet, measures: list[Any]) -> None:
    """Title, composer, lyricist, tempo; key and meter in force for bars that say nothing."""
    data = score.metadata
    if data is not None:
        sheet.title = data.title or data.movementName or ""
        if data.movementName and data.movementName != sheet.title:
            sheet.subtitle = data.movementName
        sheet.composer = data.composer or ""
        sheet.lyricist = data.lyricist or ""
    for number, measure in enumerate(measures):
        for mark in measure.recurse().getElementsByClass("TempoIndication"):
            tempo = tempo_of(mark)
            if tempo is None:
                continue
            place = whole(mark.getOffsetInHierarchy(measure))
            if not tempo.text:
                tempo = replace(tempo, text=tempo_words(sheet.lines[0].bars[number], place))
            if number == 0 and sheet.tempo is None:
                sheet.tempo = tempo
            else:
                from abc_tools.formats.write import tempo_text

                insert_field(sheet.lines[0].bars[number], place, f"Q:{tempo_text(tempo)}")
    meters = {}
    for index, measure in enumerate(measures):
        for signature in measure.getElementsByClass("TimeSignature"):
            meters[index] = meter_of(signature)
    for line in sheet.lines:
        for index, meter in meters.items():
            line.bars[index].meter, line.bars[index].free = meter, meter is None
        meter, free = line.bars[0].meter, line.bars[0].meter is None
        for bar in line.bars:
            if bar.meter is not None or bar.free:
                meter, free = bar.meter, bar.free
            bar.meter, bar.free = meter, free
