"""Words that stand under a tune: read back as plain text, and how well they fit the music.

A syllable is stressed as in `english`; a strong beat is the first of a bar or its middle where a beat
falls there. Chinese syllables are all alike in weight and do not count for the fit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.prosody.chinese import HAN, is_han
from abc_tools.prosody.english import cut
from abc_tools.tune import Event, Measure, Tune, Voice

STRONG = 0.75
"""From which `beat_strength` a beat is strong."""


@dataclass(frozen=True)
class Fit:
    """How words fit notes; shares are 0 to 1, and 0 where there is nothing to count.

    `stressed_on_strong` is the share of stressed syllables that begin on a strong beat,
    `unstressed_off_strong` that of the others that do not; `melisma` the share of sung notes that
    hold a syllable begun before. `notes` are those from the first syllable on, ties and notes
    without words aside.
    """

    syllables: int
    notes: int
    stressed_on_strong: float
    unstressed_off_strong: float
    melisma: float


def singing_voice(tune: Tune) -> Voice:
    """The voice that carries words: the first with any, else the first. ValueError without notes."""
    if not tune.voices:
        raise ValueError("There are no notes in this tune.")
    sung = {line.voice for line in tune.lyrics}
    return next((v for v in tune.voices if v.id in sung), tune.voices[0])


def verses_of(tune: Tune) -> list[str]:
    """The words under the notes as plain text, verse by verse, a line for each line of music.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nL:1/4\\nK:C\\nCDEF|G4|]\\nw:A-ma-zing~grace, how sweet\\n")
    >>> verses_of(tune)
    ['Amazing grace, how sweet']
    """
    if not tune.lyrics:
        return []
    voice = singing_voice(tune)
    count = max(line.verse for line in tune.lyrics if line.voice == voice.id)
    found = []
    for verse in range(count):
        lines = [line for line in tune.lyrics if line.voice == voice.id and line.verse == verse + 1]
        text = ""
        for line in lines:
            said = [s for s in line.syllables if s not in ("_", "*", "|", "-")]
            text += _plain(said)
            text += "" if text.endswith("-") or not said else "\n"
            text = text.removesuffix("-")
        found.append(text.strip())
    return found


def _plain(said: list[str]) -> str:
    """Syllables joined to words; a last hyphen stays."""
    text = ""
    for piece in said:
        if text.endswith("-"):
            text = text[:-1] + piece
        else:
            text += (" " if text else "") + piece
    text = re.sub(rf"(?<=[{HAN}，。；！？、]) (?=[{HAN}“‘（《])", "", text)
    return text.replace("\N{NON-BREAKING HYPHEN}", "-")


def fit_of(tune: Tune, verse: int = 1) -> Fit:
    """How well a verse fits its notes. ValueError if the tune has no such verse.

    >>> from abc_tools.parse import parse_tune
    >>> fit_of(parse_tune("X:1\\nM:3/4\\nL:1/4\\nK:C\\nG|c2e|e2|]\\nw:A-maz-ing grace\\n"))
    Fit(syllables=4, notes=4, stressed_on_strong=1.0, unstressed_off_strong=1.0, melisma=0.0)
    """
    sung = _sung(singing_voice(tune), verse)
    said = [(text, strong) for text, strong in sung if text]
    if not said:
        raise ValueError(f"There is no verse {verse} under this tune.")
    stressed: list[bool] = []
    other: list[bool] = []
    for stress, strong in zip(_stresses([text for text, _ in said]), said, strict=True):
        if stress is not None:
            (stressed if stress == 2 else other).append(strong[1])
    held = len(sung) - len(said)
    return Fit(
        len(said), len(sung),
        sum(stressed) / len(stressed) if stressed else 0.0,
        1 - sum(other) / len(other) if other else 0.0,
        held / len(sung),
    )  # fmt: skip


def _sung(voice: Voice, verse: int) -> list[tuple[str, bool]]:
    """(syllable or nothing, on a strong beat) of each note from the first syllable to the last."""
    found: list[tuple[str, bool]] = []
    for measure in voice.measures:
        for event in measure.events:
            if not event.notes or all(note.tied for note in event.notes):
                continue
            said = event.syllables[verse - 1] if 0 < verse <= len(event.syllables) else None
            if said or found:
                found.append((said or "", beat_strength(measure, event) >= STRONG))
    while found and not found[-1][0]:
        found.pop()
    return found


def _stresses(said: list[str]) -> list[int | None]:
    """The stress of each syllable of a verse; None for Chinese."""
    found: list[int | None] = []
    word: list[str] = []
    for text in said:
        word.append(text)
        if text.endswith("-"):
            continue
        found += _of_word(word)
        word = []
    return found + (_of_word(word) if word else [])


def _of_word(pieces: list[str]) -> list[int | None]:
    if is_han("".join(pieces)):
        return [None] * len(pieces)
    letters = [re.sub(r"[^\w'’]|_", "", piece.split(" ")[-1]) for piece in pieces]
    whole = [stress for _, stress in cut("".join(letters))]
    if len(pieces) == 1:
        return [2 if 2 in whole else 0]
    return [whole[n] if n < len(whole) else 0 for n in range(len(pieces))]


def strength(measure: Measure, event: Event) -> float:
    """How strong a note is, 0 to 1: by its beat, and a little by its length."""
    return min(1.0, beat_strength(measure, event) + min(0.2, float(event.duration) / 2))


def beat_strength(measure: Measure, event: Event) -> float:
    """How strong the place of a note in its bar is: 1 first beat, 0.8 middle, 0.5 beat, 0.1 off."""
    beat = measure.meter.beat if measure.meter else Fraction(1, 4)
    whole = measure.meter.length if measure.meter else measure.duration
    at = event.onset
    if measure.number == 0 and measure.expected:
        at += measure.expected - measure.duration
    if at == 0:
        return 1.0
    if at == whole / 2 and (whole / 2) % beat == 0:
        return 0.8
    return 0.5 if at % beat == 0 else 0.1


def slurred_notes(voice: Voice) -> set[int]:
    """Where the notes begin (positions in the text) that stand inside a slur, behind its first note."""
    marks = [(m.span.start, m.kind) for x in voice.measures for m in x.marks if "slur" in m.kind]
    notes = [(e.span.start, "note") for e in voice.events if e.notes]
    found, depth, first = set[int](), 0, False
    for place, kind in sorted(marks + notes):
        if kind == "slur-open":
            depth, first = depth + 1, True
        elif kind == "slur-close":
            depth = max(0, depth - 1)
        else:
            if depth and not first:
                found.add(place)
            first = False
    return found
