"""Single signs of a music21 score in our words: pitches, keys, meters, clefs, chord symbols, marks.

Each function takes one music21 object and returns a plain value; tables are complete for what
`write` can say in ABC, everything else becomes None or an empty text.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from abc_tools.chords import QUALITIES, parse_chord
from abc_tools.theory import ALTER_NAMES, MODES, SHARP_ORDER, Key, Meter, Pitch, parse_meter
from abc_tools.tune import Tempo

CLEFS = {
    "TrebleClef": "treble", "Treble8vbClef": "treble-8", "Treble8vaClef": "treble+8",
    "BassClef": "bass", "Bass8vbClef": "bass-8", "Bass8vaClef": "bass+8", "AltoClef": "alto",
    "TenorClef": "tenor", "SopranoClef": "alto1", "MezzoSopranoClef": "alto2",
    "CBaritoneClef": "bass3", "FBaritoneClef": "bass3", "GSopranoClef": "treble",
    "FrenchViolinClef": "treble1", "SubBassClef": "bass", "PercussionClef": "perc",
}  # fmt: skip

ARTICULATIONS = {
    "Staccato": "staccato", "Staccatissimo": "wedge", "Spiccato": "wedge", "Accent": "accent",
    "StrongAccent": "marcato", "Tenuto": "tenuto", "DetachedLegato": "tenuto", "UpBow": "upbow",
    "DownBow": "downbow", "BreathMark": "breath", "SnapPizzicato": "snap",
    "OpenString": "open", "StringThumbPosition": "thumb",
}  # fmt: skip
EXPRESSIONS = {
    "Trill": "trill", "InvertedMordent": "pralltriller", "Mordent": "mordent", "Turn": "turn",
    "InvertedTurn": "invertedturn", "Fermata": "fermata", "ArpeggioMark": "arpeggio",
    "Schleifer": "slide",
}  # fmt: skip
REPEATS = {
    "Segno": "segno", "Coda": "coda", "Fine": "fine", "DaCapo": "D.C.", "DalSegno": "D.S.",
    "DaCapoAlFine": "D.C.alfine", "DaCapoAlCoda": "D.C.alcoda", "DalSegnoAlFine": "D.S.alfine",
    "DalSegnoAlCoda": "D.S.alcoda",
}  # fmt: skip
AT_THE_END = tuple(name for name in REPEATS.values() if name not in ("segno", "coda"))
"""Decorations that stand before the barline."""
DYNAMICS = ("pppp", "ppp", "pp", "p", "mp", "mf", "f", "ff", "fff", "ffff", "sfz")

KINDS = {
    "major": "", "minor": "m", "augmented": "aug", "diminished": "dim", "dominant": "7",
    "dominant-seventh": "7", "major-seventh": "maj7", "minor-seventh": "m7",
    "diminished-seventh": "dim7", "augmented-seventh": "aug7", "half-diminished": "m7b5",
    "half-diminished-seventh": "m7b5", "major-minor": "mM7", "minor-major-seventh": "mM7",
    "major-sixth": "6", "minor-sixth": "m6", "dominant-ninth": "9", "major-ninth": "maj9",
    "minor-ninth": "m9", "dominant-11th": "11", "minor-11th": "m11", "dominant-13th": "13",
    "suspended-second": "sus2", "suspended-fourth": "sus4", "power": "5",
    "suspended-fourth-seventh": "7sus4",
}  # fmt: skip
"""music21's chord kinds → our qualities."""


def whole(quarters: Any) -> Fraction:
    """music21's quarter lengths as a fraction of a whole note."""
    return Fraction(quarters).limit_denominator(1 << 14) / 4


def pitch_of(note: Any) -> Pitch:
    """The written pitch; of an unpitched note the place where it is drawn."""
    pitch = note.pitch if hasattr(note, "pitch") else note.displayPitch()
    alter = Fraction(pitch.alter)
    small = int(alter) if alter.denominator == 1 else alter
    return Pitch(pitch.step, small, pitch.implicitOctave)


def key_of(signature: Any) -> Key:
    """The key of a signature; without a mode the major key is taken."""
    mode = getattr(signature, "mode", None) or "major"
    mode = {"ionian": "major", "aeolian": "minor"}.get(mode, mode)
    if mode not in MODES:
        mode = "major"
    sharps = max(-7, min(7, signature.sharps or 0))
    place = sharps - MODES[mode] + 1
    alter, index = divmod(place, 7)
    if abs(alter) > 1:
        mode, (alter, index) = "major", divmod(sharps + 1, 7)
    return Key(SHARP_ORDER[index], alter, mode)


def meter_of(signature: Any) -> Meter | None:
    """The meter; None for senza misura or one that ABC cannot say."""
    text = signature.ratioString
    if signature.symbol == "common" and text == "4/4":
        text = "C"
    elif signature.symbol == "cut" and text == "2/2":
        text = "C|"
    terms = text.split("+")
    if len(terms) > 1 and "/" in terms[0]:  # 3/8+2/8 → 3+2/8 where the unit is one
        units = {term.split("/")[1] for term in terms}
        if len(units) == 1:
            text = "+".join(term.split("/")[0] for term in terms) + "/" + units.pop()
    try:
        return parse_meter(text)
    except ValueError:
        return None


def clef_text(clef: Any) -> str:
    """The name of a clef in ABC."""
    for name in clef.classes:
        if name in CLEFS:
            return CLEFS[name]
    return {"G": "treble", "F": "bass", "C": "alto"}.get(clef.sign or "", "perc")


def tempo_of(mark: Any) -> Tempo | None:
    """The tempo of a metronome mark; words alone are read as ABC reads them."""
    from abc_tools.fields import parse_tempo

    said = None if getattr(mark, "textImplicit", False) else getattr(mark, "text", None)
    text = " ".join((said or "").split())
    number = getattr(mark, "number", None)
    if number is None and getattr(mark, "numberImplicit", None) is None:
        number = getattr(mark, "numberSounding", None)
    if number and 1 <= number <= 1000:
        beat = Fraction(mark.referent.quarterLength).limit_denominator(64) / 4
        bpm = Fraction(number).limit_denominator(100)
        return Tempo(beat, bpm, text) if beat > 0 else None
    read = parse_tempo(f'"{text}"', Fraction(1, 4)) if text and '"' not in text else None
    return Tempo(read.beat, read.bpm, text) if read is not None else None


def chord_text(harmony: Any) -> str:
    """A chord symbol as ABC writes it; "" for one that cannot be read (or no chord)."""
    if "NoChord" in harmony.classes or "ChordSymbol" not in harmony.classes:
        return ""
    try:
        root, bass = harmony.root(), harmony.bass()
    except Exception as error:  # noqa: BLE001 - music21 raises its own kinds here
        del error
        return ""
    if root is None:
        return ""
    name = f"{root.step}{ALTER_NAMES.get(int(root.alter), '')}"
    quality = KINDS.get(harmony.chordKind or "")
    if quality is None:
        shown = re.sub(r"[()]", "", harmony.chordKindStr or "")
        quality = shown if shown in QUALITIES else ""
    added = "".join(_degree(step) for step in getattr(harmony, "chordStepModifications", ()))
    if quality + added in QUALITIES:
        quality += added
    slash = ""
    if bass is not None and bass.name != root.name:
        slash = f"/{bass.step}{ALTER_NAMES.get(int(bass.alter), '')}"
    text = name + quality + slash
    return text if parse_chord(text) is not None else ""


def _degree(step: Any) -> str:
    sign = {-1: "b", 1: "#"}.get(int(step.interval.semitones) if step.interval else 0, "")
    if step.modType == "add":
        return f"add{step.degree}" if not sign else f"{sign}{step.degree}"
    return f"{sign}{step.degree}" if step.modType == "alter" else ""


def bar_style(barline: Any) -> str:
    """The sign of a barline that is no repeat."""
    if barline is None or "Repeat" in barline.classes:
        return "|"
    return {"final": "|]", "double": "||"}.get(barline.type, "|")


def decorations(element: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(decorations, annotations) of a note, chord or rest."""
    names: list[str] = []
    notes: list[str] = []
    for mark in element.articulations:
        if "Fingering" in mark.classes and str(mark.fingerNumber) in "12345":
            names.append(str(mark.fingerNumber))
        names += _first(mark, ARTICULATIONS)
    for mark in element.expressions:
        if "TextExpression" in mark.classes:
            notes.append(f"^{mark.content}")
        names += _first(mark, EXPRESSIONS)
    return tuple(dict.fromkeys(names)), tuple(notes)


def _first(mark: Any, table: dict[str, str]) -> list[str]:
    return next(([table[name]] for name in mark.classes if name in table), [])


def dynamic_name(element: Any) -> str:
    """The decoration for a dynamic or a repeat expression of a measure; "" for anything else."""
    if "Dynamic" in element.classes:
        value = str(element.value)
        return value if value in DYNAMICS else {"sf": "sfz", "fz": "sfz"}.get(value, "")
    if "RepeatExpression" in element.classes:
        return next(iter(_first(element, REPEATS)), "")
    return ""


def words_of(element: Any) -> tuple[str | None, ...]:
    """One syllable a verse, with a hyphen where the word goes on."""
    verses: dict[int, str] = {}
    for lyric in getattr(element, "lyrics", ()):
        text = " ".join((lyric.text or "").split())
        number = lyric.number if isinstance(lyric.number, int) and 0 < lyric.number < 20 else 1
        if text:
            verses[number] = text + ("-" if lyric.syllabic in ("begin", "middle") else "")
    return tuple(verses.get(n) for n in range(1, max(verses, default=0) + 1))
