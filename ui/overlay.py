"""What can be drawn onto the notes: names, scale degrees, Roman numerals, form, cadences; bars in words.

Everything is computed from the tune by ``abc_tools.analyse`` and told by positions of the exact text
(code points), so that the page can put it where the notes stand. A view for an instrument comes with
the edits that write the tune for it; names and pitches are then those that the player reads.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from abc_tools.analyse.line import Material
    from abc_tools.text import Edit
    from abc_tools.theory import Key, Pitch
    from abc_tools.tune import Measure, Tune, Voice

log = logging.getLogger(__name__)

SIGNS = {-2: "𝄫", -1: "♭", 0: "", 1: "♯", 2: "𝄪"}
FUNCTION_NAMES = {
    "en": {"T": "tonic", "S": "subdominant", "D": "dominant"},
    "zh": {"T": "主功能", "S": "下属功能", "D": "属功能"},
}
SHORT_CADENCES = {
    "perfect authentic": ("PAC", "完满正格终止"), "imperfect authentic": ("IAC", "不完满正格终止"),
    "half": ("HC", "半终止"), "plagal": ("PC", "变格终止"), "deceptive": ("DC", "阻碍终止"),
}  # fmt: skip
"""Cadences that have a usual abbreviation; others are not written on the score."""
WORDS = {
    "en": {"bar": "bar {n}", "pickup": "pickup", "rest": "rest", "chord": "chord {c}", "and": ", ", "part": "; ",
           "nothing": "empty", "words": "words: {w}", "colon": ": "},
    "zh": {"bar": "第{n}小节", "pickup": "弱起小节", "rest": "休止", "chord": "和弦 {c}", "and": "、", "part": "；",
           "nothing": "空", "words": "歌词：{w}", "colon": "："},
}  # fmt: skip


def make_overlay(tune: Tune, language: str, player: str | None = None) -> dict[str, Any]:
    """Return the overlay of a tune, for an instrument if one is named (:mod:`ui.players`).

    ``edits``: {start, end, text} that write the tune for the instrument, ``fits`` whether its range
    allows that; ``notes``: {voice, start, names, degrees, midi} a note or chord, the highest first;
    ``chords``: {start, bar, roman, function, title}; ``sections``: {label, first, last, starts} with
    the positions of their measures; ``cadences``: {start, bar, label, title}; ``bars``: {number, text}
    to be read aloud; ``level``: 1–5 or None. Times are not part of it: they come with the sound.
    """
    from abc_tools.analyse.line import Material
    from abc_tools.parse import parse_tune
    from abc_tools.text import apply

    material = Material(tune)
    edits, fits = _written_for(tune, player) if player else ([], True)
    written = parse_tune(apply(tune.source, edits)) if edits else tune
    return {
        "edits": [{"start": e.span.start, "end": e.span.end, "text": e.text} for e in edits],
        "fits": fits,
        "notes": list(_notes(tune, written)),
        "chords": list(_chords(material, language)),
        "sections": list(_sections(material)),
        "cadences": list(_cadences(material, language)),
        "bars": _spoken(written, language),
        "level": _level(material),
    }


def _written_for(tune: Tune, player: str) -> tuple[list[Edit], bool]:
    """The edits that write a tune for an instrument, and whether it can be written for it at all."""
    from abc_tools.edit import write_for

    try:
        return write_for(tune, player), True
    except ValueError as error:
        log.info("not written for %s: %s", player, error)
        return [], False


def _notes(tune: Tune, written: Tune) -> Iterator[dict[str, Any]]:
    """Every note and chord: where it stands in ``tune``, how it is called in ``written``."""
    from abc_tools.analyse.line import key_at

    for index, (voice, other) in enumerate(zip(tune.voices, written.voices, strict=True)):
        for measure, moved in zip(voice.measures, other.measures, strict=True):
            for event, read in zip(measure.events, moved.events, strict=True):
                if not event.notes or event.tied:
                    continue
                key = key_at(measure, event)
                heads = sorted(
                    zip(event.notes, read.notes, strict=True), key=lambda pair: -pair[0].pitch.midi
                )
                yield {
                    "voice": index,
                    "start": event.span.start,
                    "names": [name_of(other.written) for _, other in heads],
                    "degrees": [degree_of(note.written, key) for note, _ in heads],
                    "midi": [other.written.midi for _, other in heads],
                }


def name_of(pitch: Pitch) -> str:
    """Return the name of a note without its octave.

    >>> from abc_tools.theory import Pitch
    >>> name_of(Pitch("F", 1, 4)), name_of(Pitch("B", -1, 4))
    ('F♯', 'B♭')
    """
    if pitch.alter not in SIGNS:  # a quarter tone has no sign that every font knows
        return pitch.step
    return pitch.step + SIGNS[int(pitch.alter)]


def degree_of(pitch: Pitch, key: Key) -> str:
    """Return the scale degree of a note, with a sign where it is not the key's own; "" without a key.

    >>> from abc_tools.theory import Key, Pitch
    >>> degree_of(Pitch("F", 1, 4), Key("G")), degree_of(Pitch("F", 0, 4), Key("G"))
    ('7', '♭7')
    """
    from abc_tools.analyse.degrees import degree

    if not key.tonic:
        return ""
    above = pitch.alter - key.signature[pitch.step]
    return SIGNS.get(int(above), "") + str(degree(pitch.step, key))


def _chords(material: Material, language: str) -> Iterator[dict[str, Any]]:
    from abc_tools.analyse.harmony import numerals, sounding_chords

    tune = material.tune
    written = bool(material.chords)
    if not written and len(tune.voices) < 2:
        return
    found = material.chords if written else tuple(sounding_chords(material))
    names = FUNCTION_NAMES[language]
    places = list(_places(material))
    for numeral in numerals(found):
        position = numeral.harmony.position
        start = next((at for place, at in reversed(places) if place <= position), None)
        if start is None:
            continue
        yield {
            "start": start,
            "bar": numeral.harmony.bar,
            "roman": _figures(numeral.roman),
            "function": numeral.function,
            "title": f"{numeral.harmony.chord.text}: {numeral.roman}"
            + (f" ({names[numeral.function]})" if numeral.function else ""),
        }


def _figures(roman: str) -> str:
    """Accidentals of a numeral as signs: ``bIII`` becomes ``♭III``."""
    if roman[:1] in "b#" and roman[1:2] in "IViv":
        roman = {"b": "♭", "#": "♯"}[roman[0]] + roman[1:]
    return roman


def _places(material: Material) -> Iterator[tuple[Fraction, int]]:
    """(position, start in the text) of the leading voice's events, in order."""
    for start, measure in zip(material.starts, material.tune.measures, strict=True):
        for event in measure.events:
            yield start + event.onset, event.span.start


def _sections(material: Material) -> Iterator[dict[str, Any]]:
    measures = material.tune.measures
    if len(material.sections) < 2:
        return
    for section in material.sections:
        yield {
            "label": section.label,
            "first": section.first,
            "last": section.last,
            "starts": [m.span.start for m in measures[section.start : section.stop]],
        }


def _cadences(material: Material, language: str) -> Iterator[dict[str, Any]]:
    from abc_tools.analyse.phrases import closes

    for phrase, close in closes(material):
        known = SHORT_CADENCES.get(close.kind)
        if known is not None:
            last = material.notes[phrase.stop - 1]
            title = f"{close.kind} cadence" if language == "en" else known[1]
            label = known[0] if language == "en" else known[1]
            yield {"start": last.event.span.start, "bar": last.bar, "label": label, "title": title}


def _level(material: Material) -> int | None:
    from abc_tools.analyse.difficulty import difficulty_facts

    fact = next(iter(difficulty_facts(material)), None)
    return None if fact is None else int(fact.value["level"])


# ---- bars in words -------------------------------------------------------------------------------


def _spoken(tune: Tune, language: str) -> list[dict[str, Any]]:
    """Return each printed bar as a sentence, all its voices one after the other."""
    words = WORDS[language]
    parts: dict[int, list[str]] = {}
    for voice in tune.voices:
        for measure in voice.measures:
            text = _measure_in_words(measure, words)
            if len(tune.voices) > 1:
                text = f"{_voice_name(voice)}{words['colon']}{text}"
            parts.setdefault(measure.number, []).append(text)
    return [
        {
            "number": number,
            "text": words["bar" if number else "pickup"].format(n=number)
            + words["colon"]
            + words["part"].join(found),
        }
        for number, found in sorted(parts.items())
    ]


def _voice_name(voice: Voice) -> str:
    return voice.name or voice.id


def _measure_in_words(measure: Measure, words: dict[str, str]) -> str:
    sounds: list[str] = []
    chords: list[str] = []
    syllables: list[str] = []
    for event in measure.events:
        if event.notes:
            sounds.append("+".join(name_of(note.written) for note in event.notes))
        elif event.kind == "rest":
            sounds.append(words["rest"])
        if event.chord_symbol:
            chords.append(event.chord_symbol)
        syllables += [word for word in event.syllables[:1] if word]
    said = [words["and"].join(sounds) or words["nothing"]]
    if chords:
        said.append(words["chord"].format(c=words["and"].join(chords)))
    if syllables:
        said.append(words["words"].format(w=" ".join(syllables)))
    return words["part"].join(said)
