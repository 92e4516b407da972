"""Syllables put under their slots, and how well the words of a tune fit its notes.

A stressed syllable (the main one of a long word, or a short word that is no function word) fits where it
begins on a strong place: the first beat of a bar or its middle, or another beat that both its sung
neighbours are weaker than. Chinese syllables are all alike and do not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from abc_tools.edit.pieces import hold
from abc_tools.edit.singing import set_lyrics
from abc_tools.edit.words import music_lines, write_verses
from abc_tools.parse import parse_tune
from abc_tools.prosody import syllables
from abc_tools.prosody.chinese import is_han
from abc_tools.prosody.english import cut
from abc_tools.prosody.sung import singing_voice
from abc_tools.text import Edit, apply
from abc_tools.tune import Event, Measure, Tune
from lm.verse.order import MIDDLE, STRONG
from lm.verse.slots import Slot, SungLine, strengths, sung_lines


def put(tune: Tune, lines: Sequence[SungLine], words: Sequence[str], verse: int = 1) -> list[Edit]:
    """Each line of words under its line of slots, a syllable a slot; notes between hold the one before.

    Notes before and behind all these lines, and between lines that are not neighbours, keep the words that
    they have. ValueError if a line has not exactly as many syllables as slots.
    """
    voice = singing_voice(tune)
    placed: dict[int, str] = {}
    for line, text in zip(lines, words, strict=True):
        said = [s.text for s in syllables(text)]
        if len(said) != len(line.slots):
            raise ValueError(f"{len(said)} syllables for {len(line.slots)} notes: {text}")
        placed.update(zip((slot.index for slot in line.slots), said, strict=True))
    order = {event.span.start: n for n, event in enumerate(voice.events)}
    mine = _stretches(lines, len(order), [s.index for s in _all_slots(tune, verse)])
    pieces: list[str] = []
    for events in music_lines(tune, voice):
        before = "*"
        for event in events:
            number = order[event.span.start]
            own = placed.get(number) if number in mine else _there(event, verse)
            piece = own if own is not None else "*" if before == "*" else hold(before)
            pieces.append(piece)
            before = piece
    return write_verses(tune, voice, {verse: pieces})


def _all_slots(tune: Tune, verse: int) -> list[Slot]:
    return [slot for line in sung_lines(tune, verse) for slot in line.slots]


def _stretches(lines: Sequence[SungLine], count: int, slots: Sequence[int]) -> set[int]:
    """The events that some lines cover: from each of their slots to the next slot of the tune."""
    own = {slot.index for line in lines for slot in line.slots}
    following = sorted({*slots, *own})
    found: set[int] = set()
    for n, start in enumerate(following):
        if start in own:
            stop = following[n + 1] if n + 1 < len(following) else count
            found.update(range(start, stop))
    return found


def _there(event: Event, verse: int) -> str | None:
    """The syllable that stands under an event, as it is written in a `w:` line."""
    said = event.syllables[verse - 1] if verse <= len(event.syllables) else None
    return said.replace(" ", "~") if said else None


@dataclass(frozen=True)
class Measured:
    """What words under notes come to: syllables, those stressed, and how many of those sit on strong places
    (`on_strict`: on the first beat of a bar or its middle).
    """

    syllables: int
    stressed: int
    on_strong: int
    on_strict: int

    @property
    def share(self) -> float:
        """The share of stressed syllables on strong places; 1 where nothing is stressed."""
        return self.on_strong / self.stressed if self.stressed else 1.0


def measured(tune: Tune, verse: int = 1) -> Measured:
    """Count the stresses of a verse. ValueError if the tune has no such verse.

    >>> from abc_tools.parse import parse_tune
    >>> measured(parse_tune("X:1\\nM:3/4\\nL:1/4\\nK:C\\nG|c2e|e2|]\\nw:A-maz-ing grace\\n"))
    Measured(syllables=4, stressed=2, on_strong=2, on_strict=2)
    """
    if not tune.voices:
        raise ValueError("There are no notes in this tune.")
    sung = _sung(tune, verse)
    if not sung:
        raise ValueError(f"There is no verse {verse} under this tune.")
    stresses = _stresses([text for _, _, text in sung])
    places = strengths([(measure, event) for measure, event, _ in sung])
    stressed = [p for p, s in zip(places, stresses, strict=True) if s == 2]
    return Measured(
        len(sung),
        len(stressed),
        sum(p >= MIDDLE for p in stressed),
        sum(p == STRONG for p in stressed),
    )


def fit(tune: Tune, verse: int = 1) -> float:
    """The share of stressed syllables on strong places, 0 to 1; ValueError without such a verse."""
    return measured(tune, verse).share


def fit_text(tune: Tune, text: str) -> float:
    """The share that `fit` would give if a plain text were set under a tune; 0 where it has no room, 1 for
    a text without stresses. For choosing among melodies made for a text.
    """
    try:
        edits = set_lyrics(tune, text)
    except ValueError:
        return 0.0
    return fit(parse_tune(apply(tune.source, edits)))


def _sung(tune: Tune, verse: int) -> list[tuple[Measure, Event, str]]:
    found = []
    for measure in singing_voice(tune).measures:
        for event in measure.events:
            said = event.syllables[verse - 1] if 0 < verse <= len(event.syllables) else None
            if event.notes and said:
                found.append((measure, event, said))
    return found


def _stresses(said: Sequence[str]) -> list[int]:
    """The stress of each syllable of running words; 0 for Chinese."""
    found: list[int] = []
    word: list[str] = []
    for n, text in enumerate(said):
        word.append(text)
        if text.endswith("-") and n + 1 < len(said):
            continue
        found += _of_word(word)
        word = []
    return found


def _of_word(pieces: list[str]) -> list[int]:
    if is_han("".join(pieces)):
        return [0] * len(pieces)
    letters = [re.sub(r"[^\w'’]|_", "", piece.split(" ")[-1]) for piece in pieces]
    whole = [stress for _, stress in cut("".join(letters))]
    if len(pieces) == 1:
        return [2 if 2 in whole else 0]
    return [whole[n] if n < len(whole) else 0 for n in range(len(pieces))]
