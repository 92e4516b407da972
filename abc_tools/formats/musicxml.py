"""Tune → MusicXML 4.0, written from our own tree.

One part a staff: voices that `%%score` puts in round brackets share one, curly and square ones become
part groups. Kept are everything that sounds or is read: clefs, keys, meters, transposition, tempo,
repeats, endings, chord symbols, words, slurs, ties, tuplets, grace notes, marks, overlays. Beams follow
the spaces of the ABC. Durations are counted in divisions of a quarter note that suit the whole tune.
What MusicXML has no place for (comments, directives, macros) is left out.
"""

from __future__ import annotations

import re
from fractions import Fraction
from math import lcm
from xml.etree import ElementTree

from abc_tools.fields import parse_voice
from abc_tools.formats.musicxml_facts import KEPT, PREFIX
from abc_tools.formats.musicxml_notes import LayerWriter, add, end_signs
from abc_tools.formats.musicxml_rhythm import DOTS, TYPES
from abc_tools.formats.musicxml_staves import Staff, staves_of
from abc_tools.instruments import program_of
from abc_tools.theory import Key, Meter
from abc_tools.tune import Barline, Measure, Tempo, Tune

DOCTYPE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE score-partwise PUBLIC '
    '"-//Recordare//DTD MusicXML 4.0 Partwise//EN" '
    '"http://www.musicxml.org/dtds/partwise.dtd">\n'
)
CLEFS: dict[str, tuple[str, int]] = {
    "treble": ("G", 2), "treble1": ("G", 1), "bass": ("F", 4), "bass3": ("F", 3), "alto": ("C", 3),
    "alto1": ("C", 1), "alto2": ("C", 2), "tenor": ("C", 4), "perc": ("percussion", 2),
    "none": ("G", 2), "G": ("G", 2), "F": ("F", 4), "C": ("C", 3),
}  # fmt: skip
_WORDS_BY = re.compile(r"^(?:words?|lyrics?|text|poem)(?: by)?[:\s]\s*", re.IGNORECASE)


def write_musicxml(tune: Tune) -> bytes:
    """The tune as MusicXML. ValueError if it has no music.

    >>> from abc_tools.parse import parse_tune
    >>> b"<fifths>1</fifths>" in write_musicxml(parse_tune("X:1\\nK:G\\nGABc|"))
    True
    """
    if not tune.voices:
        raise ValueError("There is no music in this tune.")
    score = ElementTree.Element("score-partwise", version="4.0")
    _identify(score, tune)
    staves, brackets = staves_of(tune)
    _part_list(score, staves, brackets)
    divisions = _divisions(tune)
    for number, staff in enumerate(staves, start=1):
        part = add(score, "part", id=f"P{number}")
        _PartWriter(tune, staff, divisions, lead=number == 1).write(part)
    ElementTree.indent(score, " ")
    return DOCTYPE.encode() + bytes(ElementTree.tostring(score, encoding="utf-8"))


def _identify(score: ElementTree.Element, tune: Tune) -> None:
    work = add(score, "work")
    add(work, "work-title", tune.title or "Untitled")
    titles = [f.value for f in tune.fields if f.name == "T" and f.where == "header"]
    if len(titles) > 1:
        add(score, "movement-title", titles[1])
    identification = add(score, "identification")
    for field in tune.fields:
        if field.name == "C" and field.value:
            words = _WORDS_BY.match(field.value)
            kind = "lyricist" if words else "composer"
            add(identification, "creator", field.value[words.end() if words else 0 :], type=kind)
        elif field.name == "A" and field.value:
            add(identification, "creator", field.value, type="lyricist")
    kept = [f for f in tune.fields if (f.name in KEPT and f.where == "header") or f.name == "W"]
    if kept:
        extra = add(identification, "miscellaneous")
        for field in kept:
            add(extra, "miscellaneous-field", field.value, name=PREFIX + field.name)


# -- the list of parts ----------------------------------------------------------------------


def _part_list(
    score: ElementTree.Element, staves: list[Staff], brackets: list[tuple[str, int, int]]
) -> None:
    parts = add(score, "part-list")
    for number, staff in enumerate(staves):
        for place, (sign, first, _) in enumerate(brackets, start=1):
            if first == number:
                group = add(parts, "part-group", number=str(place), type="start")
                add(group, "group-symbol", {"{": "brace", "[": "bracket"}.get(sign, "line"))
                add(group, "group-barline", "no" if sign == "|" else "yes")
        entry = add(parts, "score-part", id=f"P{number + 1}")
        name = " / ".join(dict.fromkeys(v.name for v in staff.voices if v.name))
        add(entry, "part-name", name)
        instrument = add(entry, "score-instrument", id=f"P{number + 1}-I1")
        add(instrument, "instrument-name", name or "Piano")
        midi = add(entry, "midi-instrument", id=f"P{number + 1}-I1")
        add(midi, "midi-channel", str((number + (number >= 9)) % 16 + 1))
        add(midi, "midi-program", str(program_of(staff.voices[0]) + 1))
        for place, (_, _, last) in enumerate(brackets, start=1):
            if last == number:
                add(parts, "part-group", number=str(place), type="stop")


def _divisions(tune: Tune) -> int:
    """Divisions of a quarter note in which every duration is whole."""
    found = 1
    for voice in tune.voices:
        for measure in voice.measures:
            for layer in (measure.events, *measure.overlays):
                for event in layer:
                    found = lcm(found, (event.duration * 4).denominator)
    return found if found < 1 << 24 else 1 << 24


# -- one part ---------------------------------------------------------------------------------


class _PartWriter:
    """Writes the measures of one part and remembers what is in force."""

    def __init__(self, tune: Tune, staff: Staff, divisions: int, *, lead: bool) -> None:
        self.tune, self.staff, self.divisions, self.lead = tune, staff, divisions, lead
        self.key: Key | None = None
        self.meter: Meter | str | None = ""
        self.clefs = _clef_changes(tune, staff.voices[0].id)
        self.clef = ""
        self.layers = [
            LayerWriter(tune.source, divisions, staff.semitones, number)
            for number in range(1, len(staff.voices) + 1)
        ]
        self.stops = _ending_stops(staff.measures[0])

    def write(self, part: ElementTree.Element) -> None:
        """All measures of the part."""
        rows = self.staff.measures
        count = len(rows[0])
        for index in range(count):
            first = rows[0][index]
            out = add(part, "measure", number=str(first.number))
            expected = first.expected
            if expected is not None and first.duration < expected:
                out.set("implicit", "yes")
            self._left(out, first)
            self._attributes(out, first, index)
            if self.lead:
                self._directions(out, first, index)
            self._music(out, [row[index] for row in rows])
            if self.lead:
                end_signs(out, first)
            self._right(out, first, index, last=index == count - 1)

    def _music(self, out: ElementTree.Element, measures: list[Measure]) -> None:
        voice, done = 0, Fraction(0)
        for number, measure in enumerate(measures):
            for depth, layer in enumerate((measure.events, *measure.overlays)):
                self._backup(out, done)
                voice += 1
                lone = len(measures) == 1 and not measure.overlays
                writer = self.layers[number]
                writer.layer(out, measure, layer, voice, main=depth == 0, lone=lone)
                done = sum((event.duration for event in layer), Fraction(0))

    def _backup(self, out: ElementTree.Element, length: Fraction) -> None:
        if length:
            backup = add(out, "backup")
            add(backup, "duration", str(round(length * 4 * self.divisions)))

    def _attributes(self, out: ElementTree.Element, measure: Measure, index: int) -> None:
        attributes = ElementTree.Element("attributes")
        if index == 0:
            add(attributes, "divisions", str(self.divisions))
        if measure.key != self.key:
            _key(attributes, measure.key)
        if measure.meter != self.meter:
            _time(attributes, measure.meter)
        self.key, self.meter = measure.key, measure.meter
        clef = self.clef if index else self.staff.voices[0].clef or "treble"
        for place, said in self.clefs:
            if place <= measure.span.start or (not index and place < measure.span.end):
                clef = said
        if clef != self.clef:
            _clef(attributes, clef)
            self.clef = clef
        if index == 0 and self.staff.semitones:
            transpose = add(attributes, "transpose")
            add(transpose, "chromatic", str(self.staff.semitones))
        if len(attributes):
            out.append(attributes)

    def _directions(self, out: ElementTree.Element, measure: Measure, index: int) -> None:
        if measure.part:
            add(_direction(out), "rehearsal", measure.part)
        tempo = measure.tempo
        if tempo is None and index == 0 and (self.tune.tempo.explicit or self.tune.tempo.text):
            tempo = self.tune.tempo
        if tempo is not None:
            _tempo(out, tempo)

    def _left(self, out: ElementTree.Element, measure: Measure) -> None:
        forward = any(bar.repeat_start for bar in measure.before)
        if not forward and not measure.ending:
            return
        barline = add(out, "barline", location="left")
        if forward:
            add(barline, "bar-style", "heavy-light")
        if measure.ending:
            numbers = ",".join(map(str, measure.ending))
            add(barline, "ending", f"{numbers}.", number=numbers, type="start")
        if forward:
            add(barline, "repeat", direction="forward")

    def _right(
        self, out: ElementTree.Element, measure: Measure, index: int, *, last: bool
    ) -> None:  # fmt: skip
        bar = measure.after
        style = _style(bar, last=last)
        stop = self.stops.get(index)
        if not style and stop is None:
            return
        barline = add(out, "barline", location="right")
        if style:
            add(barline, "bar-style", style)
        if stop is not None:
            add(barline, "ending", number=stop[0], type=stop[1])
        if bar is not None and bar.repeat_end:
            colons = len(bar.text) - len(bar.text.lstrip(":"))
            repeat = add(barline, "repeat", direction="backward")
            if colons > 1 and "|" in bar.text:
                repeat.set("times", str(min(colons + 1, 99)))


def _style(bar: Barline | None, *, last: bool) -> str:
    if bar is None or bar.text in ("|", ":"):
        return ""
    if bar.repeat_end or (last and bar.text == "|]"):
        return "light-heavy"
    table = {"||": "light-light", "|]": "light-heavy", "[|": "heavy-light", ".|": "dotted"}
    return "none" if bar.text == "[|]" else table.get(bar.text, "")


def _ending_stops(measures: tuple[Measure, ...]) -> dict[int, tuple[str, str]]:
    """Index of the measure in which each ending stops → (its numbers, stop or discontinue)."""
    stops: dict[int, tuple[str, str]] = {}
    numbers = ""
    for index, measure in enumerate(measures):
        if measure.ending:
            numbers = ",".join(map(str, measure.ending))
        following = measures[index + 1] if index + 1 < len(measures) else None
        bar = measure.after
        closes = bar is not None and bar.boundary
        if numbers and (closes or following is None or following.ending):
            stops[index] = (numbers, "stop" if closes else "discontinue")
            numbers = ""
    return stops


def _clef_changes(tune: Tune, voice: str) -> list[tuple[int, str]]:
    """(position, clef) of every inline or body field that changes the clef of a voice."""
    current = ""
    found = []
    for field in tune.fields:
        if field.where == "header":
            continue
        if field.name == "V":
            current = parse_voice(field.value).id
        if field.name in "VK" and current in ("", voice):
            said = parse_voice(field.value if field.name == "V" else f"x {field.value}")
            if said.clef:
                found.append((field.span.start, said.clef))
    return found


def _key(attributes: ElementTree.Element, key: Key) -> None:
    out = add(attributes, "key")
    if key.explicit:
        for step, alter in key.signature.items():
            if alter:
                add(out, "key-step", step)
                add(out, "key-alter", str(float(alter) if alter != int(alter) else int(alter)))
        if len(out):
            return
    add(out, "fifths", str(key.sharps))
    if key.tonic:
        add(out, "mode", key.mode)


def _time(attributes: ElementTree.Element, meter: Meter | None) -> None:
    out = add(attributes, "time")
    if meter is None:
        add(out, "senza-misura")
        return
    if meter.text in ("C", "C|"):
        out.set("symbol", "common" if meter.text == "C" else "cut")
    beats = (4,) if meter.text == "C" else (2,) if meter.text == "C|" else meter.beats
    add(out, "beats", "+".join(map(str, beats)))
    add(out, "beat-type", str(meter.unit))


def _clef(attributes: ElementTree.Element, clef: str) -> None:
    name = re.sub(r"[-+_^]8$", "", clef)
    sign, line = CLEFS.get(name, CLEFS.get(name.rstrip("1234567"), ("G", 2)))
    out = add(attributes, "clef")
    add(out, "sign", sign)
    if sign != "percussion":
        add(out, "line", str(line))
    if clef[-2:] in ("-8", "+8", "_8", "^8"):
        add(out, "clef-octave-change", "-1" if clef[-2] in "-_" else "1")


def _direction(out: ElementTree.Element) -> ElementTree.Element:
    return add(add(out, "direction", placement="above"), "direction-type")


def _tempo(out: ElementTree.Element, tempo: Tempo) -> None:
    direction = add(out, "direction", placement="above")
    if tempo.text:
        words = add(add(direction, "direction-type"), "words", f"{tempo.text} ")
        words.set("font-weight", "bold")
    if tempo.explicit:
        metronome = add(add(direction, "direction-type"), "metronome")
        name, dots = _beat(tempo.beat)
        add(metronome, "beat-unit", name)
        for _ in range(dots):
            add(metronome, "beat-unit-dot")
        add(metronome, "per-minute", f"{float(tempo.bpm):g}")
    add(direction, "sound", tempo=f"{float(tempo.bpm * tempo.beat * 4):.6g}")


def _beat(beat: Fraction) -> tuple[str, int]:
    """The note that counts the tempo: (type, dots); a quarter for beats that no note has."""
    for length, name in TYPES.items():
        for dots, factor in enumerate(DOTS[:3]):
            if beat == length * factor:
                return name, dots
    return "quarter", 0
