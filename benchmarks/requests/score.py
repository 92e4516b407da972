"""What the checks see of a turn and of a tune: bars, notes, chords, sections, words.

Conventions: durations are `Fraction`s of a whole note; pitches are sounding MIDI numbers; bars are printed
numbers, the pickup is bar 0; a bar's content is that of its longest measure, so that a pickup before a
repeat does not hide it. A voice is named by its place from 0. Nothing here imports the chat.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.parse import parse
from abc_tools.theory import STEP_SEMITONES
from abc_tools.timeline import unfold
from abc_tools.tune import Event, Measure, Tune

Sound = tuple[tuple[int, ...], Fraction]


@dataclass(frozen=True)
class Turn:
    """One message and what came of it.

    `before` and `after` are the tune's text on both sides of the turn; `reply` is the program
    interface's answer; `past[0]` is the tune that the conversation began with, `past[k]` the tune after turn k.
    `opening` is what the chat says when the tune is opened without a question, `fallback` the sentences with
    which it meets nonsense: words that answer nothing.
    """

    message: str
    language: str
    before: str | None
    after: str | None
    reply: dict[str, Any]
    past: tuple[str | None, ...] = ()
    opening: str = ""
    fallback: frozenset[str] = frozenset()

    @property
    def said(self) -> str:
        """The reply's words without its fenced music and without the lines of the opening at its head."""
        lines = str(self.reply.get("reply") or "").splitlines()
        known = self.opening.splitlines()
        same = 0
        while same < min(len(lines) - 1, len(known)) and lines[same] == known[same]:
            same += 1
        return re.sub(r"```.*?(```|$)", " ", "\n".join(lines[same:]), flags=re.DOTALL)

    @property
    def answer(self) -> str:
        """What was said, without the sentences with which nonsense is met."""
        return " ".join(part for part in sentences(self.said) if part not in self.fallback)


def sentences(text: str) -> list[str]:
    """The sentences of a reply, its lines divided at full stops."""
    parts = re.split(r"(?<=[.!?。！？])\s+|(?<=[。！？])|\n+", text)
    return [part.strip() for part in parts if part and part.strip()]


@lru_cache(maxsize=512)
def tunes_of(text: str) -> tuple[Tune, ...]:
    """The tunes of a text that have music."""
    return tuple(tune for tune in parse(text).tunes if tune.measures)


def tune_of(text: str | None) -> Tune:
    """The first tune. ValueError if there is no music."""
    tunes = tunes_of(text) if text else ()
    if not tunes:
        raise ValueError("there is no music")
    return tunes[0]


def sounds(events: tuple[Event, ...] | list[Event]) -> list[Sound]:
    """Pitches and length of every event, rests with no pitch; tied notes are one."""
    found: list[Sound] = []
    for event in events:
        if event.tied and found and event.midi:
            found[-1] = (found[-1][0], found[-1][1] + event.duration)
        elif event.duration:
            found.append((tuple(sorted(event.midi)), event.duration))
    return found


def melody(tune: Tune, voice: int = 0, bars: tuple[int, int] | None = None) -> list[Sound]:
    """The sounds of one voice, all of it or the bars from first to last."""
    return sounds(events(tune, voice, bars))


def events(tune: Tune, voice: int = 0, bars: tuple[int, int] | None = None) -> list[Event]:
    """The events of one voice, all or those in the bars from first to last. ValueError without the voice."""
    if voice >= len(tune.voices):
        raise ValueError(f"there is no voice {voice + 1}")
    first, last = bars or (0, 10**6)
    chosen = [m for m in tune.voices[voice].measures if first <= m.number <= last]
    return [event for measure in chosen for event in measure.events]


def all_events(tune: Tune) -> list[Event]:
    """The events of every voice."""
    return [event for voice in tune.voices for event in voice.events]


def notes(tune: Tune, voice: int = 0) -> list[int]:
    """The highest pitch of every sounding event of one voice."""
    return [pitches[-1] for pitches, _ in melody(tune, voice) if pitches]


def longest_measures(tune: Tune, voice: int = 0) -> dict[int, Measure]:
    """Printed bar number → its longest measure."""
    found: dict[int, Measure] = {}
    for measure in tune.voices[voice].measures:
        known = found.get(measure.number)
        if known is None or measure.duration > known.duration:
            found[measure.number] = measure
    return found


def printed(tune: Tune, voice: int = 0) -> list[list[Sound]]:
    """The content of every printed bar from bar 1 on."""
    found = longest_measures(tune, voice)
    return [sounds(found[n].events) for n in sorted(found) if n > 0]


def played(tune: Tune) -> list[list[Sound]]:
    """The content of every bar in the order in which it is played, pickups left out."""
    order: list[list[Sound]] = []
    longest = {id(measure) for measure in longest_measures(tune).values()}
    lead = max(tune.voices, key=lambda voice: len(voice.measures))
    if lead is not tune.voices[0]:
        return printed(tune)
    for timed in unfold(tune).measures:
        if timed.number > 0 and id(timed.measure) in longest:
            order.append(sounds(timed.measure.events))
    return order


def bar_text(tune: Tune, measure: Measure) -> str:
    """The text of a measure without white space."""
    return "".join("".join(piece.of(tune.source) for piece in measure.pieces).split())


def chords(tune: Tune) -> list[tuple[int, ChordSymbol]]:
    """(bar, chord symbol) for every chord symbol that can be read, in the order of the text."""
    found = []
    for voice in tune.voices:
        for measure in voice.measures:
            for event in measure.events:
                chord = parse_chord(event.chord_symbol) if event.chord_symbol else None
                if chord is not None:
                    found.append((measure.number, chord))
    return found


def root(chord: ChordSymbol) -> int:
    """Semitones of a chord's root above C."""
    return (STEP_SEMITONES[chord.root] + chord.alter) % 12


def syllables(tune: Tune, verse: int | None = None) -> list[str]:
    """The words under the notes: of one verse, or of all verses."""
    lines = [line for line in tune.lyrics if verse is None or line.verse == verse]
    return [s.strip("-_ ") for line in lines for s in line.syllables if s and s.strip("-_* ")]


def words(tune: Tune) -> str:
    """All syllables run together in lower case, so that a word is found however it was divided."""
    return re.sub(r"[\W_]+", "", "".join(syllables(tune)).lower())


def sections(tune: Tune) -> list[tuple[str, int, int]]:
    """(label, first bar, last bar) of every part that has a `P:` label or a comment that names it."""
    lead = tune.voices[0].measures
    starts = [(m.number, m.part) for m in lead if m.part]
    if not starts:
        starts = _commented(tune, lead)
    found = []
    for index, (number, label) in enumerate(starts):
        last = starts[index + 1][0] - 1 if index + 1 < len(starts) else tune.bar_count
        found.append((label.strip().lower(), number, last))
    return found


def _commented(tune: Tune, lead: tuple[Measure, ...]) -> list[tuple[int, str]]:
    found = []
    for comment in tune.comments:
        after = next((m.number for m in lead if m.span.start >= comment.span.end), None)
        if after is not None:
            found.append((after, comment.text.lstrip("% ")))
    return found
