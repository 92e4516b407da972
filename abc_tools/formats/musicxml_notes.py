"""The notes of one layer of a measure as MusicXML: pitches, lengths, tuplets, beams, words, marks.

Slurs and tuplets stand in the ABC beside the notes; they are matched to events by position. Lengths
that no single notehead has are cut and tied.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

from abc_tools.chords import parse_chord
from abc_tools.formats.musicxml_rhythm import (
    beams_of,
    ratios_of,
    slurs_of,
    split_length,
    tuplets_of,
)
from abc_tools.theory import Pitch
from abc_tools.tune import Event, Measure, Note

Element = ElementTree.Element

ACCIDENTALS = {-2: "flat-flat", -1: "flat", 0: "natural", 1: "sharp", 2: "double-sharp"}
SHORTHAND = {
    ".": "staccato", "~": "roll", "H": "fermata", "L": "accent", "M": "lowermordent",
    "O": "coda", "P": "uppermordent", "S": "segno", "T": "trill", "u": "upbow", "v": "downbow",
}  # fmt: skip
ARTICULATIONS = {
    "staccato": "staccato", "accent": "accent", "emphasis": "accent", ">": "accent",
    "tenuto": "tenuto", "wedge": "staccatissimo", "marcato": "strong-accent", "^": "strong-accent",
    "breath": "breath-mark",
}  # fmt: skip
ORNAMENTS = {
    "trill": "trill-mark", "mordent": "mordent", "lowermordent": "mordent",
    "uppermordent": "inverted-mordent", "pralltriller": "inverted-mordent", "turn": "turn",
    "roll": "turn", "invertedturn": "inverted-turn",
}  # fmt: skip
TECHNICAL = {"upbow": "up-bow", "downbow": "down-bow", "open": "open-string", "thumb": "thumb-position",
             "snap": "snap-pizzicato", "+": "stopped", "plus": "stopped"}  # fmt: skip
DYNAMICS = ("pppp", "ppp", "pp", "p", "mp", "mf", "f", "ff", "fff", "ffff", "sfz")
WORDS = {
    "D.C.": "D.C.", "D.S.": "D.S.", "fine": "Fine", "dacapo": "Da Capo", "dacoda": "To Coda", "tocoda": "To Coda",
    "D.C.alfine": "D.C. al Fine", "D.S.alfine": "D.S. al Fine", "D.C.alcoda": "D.C. al Coda",
    "D.S.alcoda": "D.S. al Coda",
}  # fmt: skip
FINGERS = ("1", "2", "3", "4", "5")
WEDGES = {
    "<(": "crescendo", "crescendo(": "crescendo", ">(": "diminuendo", "diminuendo(": "diminuendo",
    "<)": "stop", "crescendo)": "stop", ">)": "stop", "diminuendo)": "stop",
}  # fmt: skip
KINDS = {
    "": "major", "maj": "major", "M": "major", "5": "power", "m": "minor", "min": "minor",
    "-": "minor", "mi": "minor", "6": "major-sixth", "m6": "minor-sixth", "7": "dominant",
    "maj7": "major-seventh", "M7": "major-seventh", "Maj7": "major-seventh", "m7": "minor-seventh",
    "min7": "minor-seventh", "-7": "minor-seventh", "mM7": "major-minor", "m(maj7)": "major-minor",
    "mmaj7": "major-minor", "9": "dominant-ninth", "m9": "minor-ninth", "maj9": "major-ninth",
    "11": "dominant-11th", "m11": "minor-11th", "13": "dominant-13th", "dim": "diminished",
    "o": "diminished", "°": "diminished", "dim7": "diminished-seventh", "o7": "diminished-seventh",
    "m7b5": "half-diminished", "ø": "half-diminished", "ø7": "half-diminished",
    "aug": "augmented", "+": "augmented", "aug7": "augmented-seventh", "+7": "augmented-seventh",
    "sus4": "suspended-fourth", "sus": "suspended-fourth", "sus2": "suspended-second",
}  # fmt: skip
"""Our chord qualities → MusicXML kinds; the others are written as a plain kind and degrees."""
DEGREES: dict[str, tuple[str, tuple[tuple[int, int, str], ...]]] = {
    "7sus4": ("dominant", ((3, 0, "subtract"), (4, 0, "add"))),
    "7sus": ("dominant", ((3, 0, "subtract"), (4, 0, "add"))),
    "7#5": ("augmented-seventh", ()), "7b5": ("dominant", ((5, -1, "alter"),)),
    "7b9": ("dominant", ((9, -1, "add"),)), "7#9": ("dominant", ((9, 1, "add"),)),
    "7#11": ("dominant", ((11, 1, "add"),)), "add9": ("major", ((9, 0, "add"),)),
    "add2": ("major", ((2, 0, "add"),)), "madd9": ("minor", ((9, 0, "add"),)),
    "6/9": ("major-sixth", ((9, 0, "add"),)), "69": ("major-sixth", ((9, 0, "add"),)),
}  # fmt: skip


def add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """A new child element; characters that XML forbids are dropped."""
    child = ElementTree.SubElement(parent, tag, attributes)
    if text is not None:
        child.text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)
    return child


class LayerWriter:
    """Writes the layers of one voice; remembers slurs, wedges and words that run on."""

    def __init__(self, source: str, divisions: int, semitones: int, number: int) -> None:
        self.source, self.divisions, self.semitones = source, divisions, semitones
        self.number = number
        self.slurs: list[int] = []
        self.inside: dict[int, bool] = {}

    def layer(
        self, out: Element, measure: Measure, events: tuple[Event, ...], voice: int, *,
        main: bool, lone: bool,
    ) -> None:  # fmt: skip
        """One layer of one measure."""
        opens, closes = slurs_of(measure, events)
        ratios = ratios_of(measure, events)
        tuplets = tuplets_of(events, ratios)
        beams = beams_of(self.source, events, ratios)
        for index, event in enumerate(events):
            if main:
                self._before(out, event)
            notations = [*tuplets.get(index, ())]
            notations += self._slur_signs(opens.get(index, 0), closes.get(index, 0))
            whole = lone and len(events) == 1 and event.kind == "rest" and measure.full
            self._event(out, event, ratios[index], voice, notations, beams.get(index, []), whole)

    # -- what stands before a note -------------------------------------------------------------

    def _before(self, out: Element, event: Event) -> None:
        if event.chord_symbol and not _harmony(out, event.chord_symbol):
            add(_direction(out, "above"), "words", event.chord_symbol)
        for note in event.annotations:
            below = note.startswith("_")
            text = note[1:] if note[:1] in "^_<>@" else note
            add(_direction(out, "below" if below else "above"), "words", text)
        for name in _names(event):
            if name in WEDGES:
                add(_direction(out, "below"), "wedge", type=WEDGES[name])
            elif name in DYNAMICS:
                add(add(_direction(out, "below"), "dynamics"), name)
            else:
                _road_sign(out, name)

    def _slur_signs(self, opens: int, closes: int) -> list[Element]:
        signs = []
        for _ in range(min(closes, len(self.slurs))):
            signs.append(Element("slur", type="stop", number=str(self.slurs.pop())))
        for _ in range(opens):
            number = next((n for n in range(1, 7) if n not in self.slurs), 0)
            if number:
                self.slurs.append(number)
                signs.append(Element("slur", type="start", number=str(number)))
        return signs

    # -- notes ---------------------------------------------------------------------------------

    def _event(
        self, out: Element, event: Event, ratio: Fraction, voice: int, notations: list[Element],
        beams: list[str], whole: bool,
    ) -> None:  # fmt: skip
        for grace in event.grace if event.notes else ():
            self._grace(out, grace, voice)
        pieces = list(split_length(event.duration, ratio))
        for number, (length, kind, dots) in enumerate(pieces):
            first, last = number == 0, number == len(pieces) - 1
            heads = event.notes or (None,)
            for place, head in enumerate(heads):
                note = add(out, "note")
                if head is None and event.span.of(self.source)[:1] in ("x", "X"):
                    note.set("print-object", "no")
                if place:
                    add(note, "chord")
                self._head(note, head, signed=first, whole=whole)
                add(note, "duration", str(round(length * 4 * self.divisions)))
                stop = bool(head and head.tied) or not first
                start = bool(head and head.tie) or not last
                if head is not None:
                    _ties(note, stop, start)
                add(note, "voice", str(voice))
                self._shape(note, head, kind, dots, ratio, signed=first, whole=whole)
                for level, sign in enumerate(beams if place == 0 and len(pieces) == 1 else ()):
                    add(note, "beam", sign, number=str(level + 1))
                here = _chosen(notations, first, last) if place == 0 else []
                _notations(note, head is not None and stop, head is not None and start, here,
                           _names(event) if place == 0 and first else [])  # fmt: skip
                if place == 0 and first:
                    self._words(note, event)

    def _head(self, note: Element, head: Note | None, *, signed: bool, whole: bool) -> None:
        if head is None:
            rest = add(note, "rest")
            if whole:
                rest.set("measure", "yes")
            return
        _pitch(note, self._written(head))

    def _written(self, head: Note) -> Pitch:
        """The pitch with the clef's octave, without the instrument's transposition."""
        shift = head.pitch.midi - head.written.midi - self.semitones
        if shift % 12:
            return head.pitch
        return replace(head.written, octave=head.written.octave + shift // 12)

    def _shape(
        self, note: Element, head: Note | None, kind: str, dots: int, ratio: Fraction, *,
        signed: bool, whole: bool,
    ) -> None:  # fmt: skip
        if not whole and kind:
            add(note, "type", kind)
            for _ in range(dots):
                add(note, "dot")
        if head is not None and head.accidental is not None and signed:
            name = (
                ACCIDENTALS.get(int(head.accidental))
                if head.accidental == int(head.accidental)
                else None
            )
            if name:
                add(note, "accidental", name)
        if ratio != 1:
            time = add(note, "time-modification")
            add(
                time,
                "actual-notes",
                str(ratio.denominator if ratio.numerator > 1 else 2 * ratio.denominator),
            )
            add(time, "normal-notes", str(ratio.numerator if ratio.numerator > 1 else 2))

    def _grace(self, out: Element, head: Note, voice: int) -> None:
        note = add(out, "note")
        add(note, "grace")
        _pitch(note, self._written(head))
        add(note, "voice", str(voice))
        add(note, "type", "eighth")
        if head.accidental in ACCIDENTALS:
            add(note, "accidental", ACCIDENTALS[int(head.accidental)])

    def _words(self, note: Element, event: Event) -> None:
        for number, word in enumerate(event.syllables, start=1):
            if not word:
                continue
            going = word.endswith("-") and len(word) > 1
            lyric = add(note, "lyric", number=str(number))
            before = self.inside.get(number, False)
            syllabic = {(False, False): "single", (False, True): "begin",
                        (True, True): "middle", (True, False): "end"}[(before, going)]  # fmt: skip
            self.inside[number] = going
            add(lyric, "syllabic", syllabic)
            text = (word[:-1] if going else word).replace("\N{NON-BREAKING HYPHEN}", "-")
            add(lyric, "text", text)


def end_signs(out: Element, measure: Measure) -> None:
    """Signs and words that stand right before the barline: Fine, D.C., a segno."""
    for mark in measure.marks:
        if mark.kind == "annotation":
            add(_direction(out, "above"), "words", mark.text.lstrip("^_<>@"))
        elif mark.kind == "decoration":
            _road_sign(out, SHORTHAND.get(mark.text, mark.text.strip("!+") or mark.text))


def _road_sign(out: Element, name: str) -> None:
    if name in ("segno", "coda"):
        add(_direction(out, "above"), name)
    elif name in WORDS:
        add(_direction(out, "above"), "words", WORDS[name])


def _pitch(note: Element, pitch: Pitch) -> None:
    out = add(note, "pitch")
    add(out, "step", pitch.step)
    if pitch.alter:
        alter = Fraction(pitch.alter)
        add(out, "alter", str(alter) if alter.denominator == 1 else f"{float(alter):g}")
    add(out, "octave", str(pitch.octave))


def _ties(note: Element, stop: bool, start: bool) -> None:
    if stop:
        add(note, "tie", type="stop")
    if start:
        add(note, "tie", type="start")


def _chosen(signs: list[Element], first: bool, last: bool) -> list[Element]:
    """Signs that begin stand on the first piece of a cut note, signs that end on the last."""
    return [s for s in signs if (first if s.get("type") == "start" else last)]


def _notations(
    note: Element, stop: bool, start: bool, signs: list[Element], names: list[str]
) -> None:  # fmt: skip
    out = Element("notations")
    if stop:
        add(out, "tied", type="stop")
    if start:
        add(out, "tied", type="start")
    out.extend(signs)
    for table, tag in ((ORNAMENTS, "ornaments"), (TECHNICAL, "technical"),
                       (ARTICULATIONS, "articulations")):  # fmt: skip
        inner = [table[name] for name in names if name in table]
        fingers = [n for n in names if n in FINGERS] if tag == "technical" else []
        if inner or fingers:
            group = add(out, tag)
            for name in inner:
                add(group, name)
            for finger in fingers:
                add(group, "fingering", finger)
    if "fermata" in names or "invertedfermata" in names:
        add(out, "fermata", type="inverted" if "invertedfermata" in names else "upright")
    if "arpeggio" in names:
        add(out, "arpeggiate")
    if len(out):
        note.append(out)


def _names(event: Event) -> list[str]:
    return [SHORTHAND.get(d, d.strip("!+") or d) for d in event.decorations]


def _direction(out: Element, placement: str) -> Element:
    return add(add(out, "direction", placement=placement), "direction-type")


def _harmony(out: Element, text: str) -> bool:
    """Write a chord symbol; False if it is none."""
    chord = parse_chord(text)
    if chord is None:
        return False
    harmony = add(out, "harmony")
    root = add(harmony, "root")
    add(root, "root-step", chord.root)
    if chord.alter:
        add(root, "root-alter", str(chord.alter))
    kind, degrees = DEGREES.get(chord.quality, (KINDS.get(chord.quality, "other"), ()))
    add(harmony, "kind", kind).set("text", chord.quality)
    if chord.bass:
        bass = add(harmony, "bass")
        add(bass, "bass-step", chord.bass[0])
        if chord.bass[1]:
            add(bass, "bass-alter", str(chord.bass[1]))
    for value, alter, way in degrees:
        degree = add(harmony, "degree")
        degree.set("print-object", "no")
        add(degree, "degree-value", str(value))
        add(degree, "degree-alter", str(alter))
        add(degree, "degree-type", way)
    return True
