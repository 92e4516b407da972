"""A MIDI file's notes and what it says about them, and the grid that its ticks are read on.

Conventions: ticks count from the file's beginning, places are whole notes. Percussion (channel 10) is
left out.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import Any

from abc_tools.chords import parse_chord
from abc_tools.formats.midi import BASS_TRACK, CHORD_TRACK
from abc_tools.theory import Key, Meter, parse_key, parse_meter

MAX_NOTES = 200_000
PERCUSSION = 9
GRIDS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 5, 7, 48, 64)
"""Parts that a quarter note may be cut into, the simplest first."""
SIMPLE_GRIDS = (1, 2, 3, 4, 6, 8)
PLAYED_GRIDS = (1, 2, 4, 3, 8, 6)


@dataclass(frozen=True)
class Played:
    """One note of the file: ticks from the beginning, MIDI number, track and channel."""

    start: int
    end: int
    midi: int
    track: int
    channel: int


@dataclass
class Content:
    """What a MIDI file says: notes, metas by tick, names and programs of its tracks."""

    ticks: int
    notes: list[Played]
    meters: list[tuple[int, Meter]]
    keys: list[tuple[int, Key]]
    tempos: list[tuple[int, int]]
    names: dict[int, str]
    programs: dict[tuple[int, int], int]
    chords: list[tuple[int, str]]
    lyrics: dict[int, list[tuple[int, str]]]


def read_content(data: bytes) -> Content:
    """Everything that the importer uses of a file. ValueError if it is no MIDI file."""
    import mido

    try:
        file = mido.MidiFile(file=BytesIO(data), clip=True)
    except (EOFError, OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise ValueError("This is not a MIDI file that can be read.") from error
    ticks = file.ticks_per_beat
    if not 0 < ticks < 1 << 15:
        raise ValueError(
            "This MIDI file counts in film frames, not in beats; it has no bars to read."
        )
    content = Content(ticks, [], [], [], [], {}, {}, [], {})
    for number, track in enumerate(file.tracks):
        _read_track(content, number, track)
    _drop_accompaniment(content)
    if not content.notes:
        raise ValueError("There are no notes in this MIDI file.")
    if len(content.notes) > MAX_NOTES:
        raise ValueError(
            f"This MIDI file has more than {MAX_NOTES} notes; please import a part of it."
        )
    for metas in (content.meters, content.keys, content.tempos):
        metas.sort(key=lambda pair: pair[0])  # type: ignore[attr-defined]
    content.notes.sort(key=lambda note: (note.start, note.midi))
    return content


def _read_track(content: Content, number: int, track: Any) -> None:
    now = 0
    sounding: dict[tuple[int, int], list[int]] = {}
    for message in track:
        now += message.time
        kind = message.type
        if kind == "note_on" and message.velocity:
            sounding.setdefault((message.channel, message.note), []).append(now)
        elif kind in ("note_on", "note_off"):
            starts = sounding.get((message.channel, message.note))
            if starts and message.channel != PERCUSSION:
                start = starts.pop(0)
                note = Played(start, max(now, start + 1), message.note, number, message.channel)
                content.notes.append(note)
        elif kind == "program_change":
            content.programs.setdefault((number, message.channel), message.program)
        elif message.is_meta:
            _read_meta(content, number, now, message)


def _read_meta(content: Content, track: int, now: int, message: Any) -> None:
    if message.type == "time_signature" and message.numerator:
        try:
            meter = parse_meter(f"{message.numerator}/{message.denominator}")
        except ValueError:
            return
        if meter is not None:
            content.meters.append((now, meter))
    elif message.type == "key_signature":
        key = parse_key(message.key)
        if key is not None:
            content.keys.append((now, key))
    elif message.type == "set_tempo" and message.tempo > 0:
        content.tempos.append((now, message.tempo))
    elif message.type == "track_name" and message.name.strip():
        content.names.setdefault(track, _decoded(message.name))
    elif message.type == "text" and content.names.get(track) == CHORD_TRACK:
        if parse_chord(message.text) is not None:
            content.chords.append((now, message.text))
    elif message.type == "lyrics":
        content.lyrics.setdefault(track, []).append((now, _decoded(message.text)))


def _drop_accompaniment(content: Content) -> None:
    """Our own files say their chord symbols: the accompaniment made from them is not music."""
    names = (BASS_TRACK, CHORD_TRACK)
    kept = [note for note in content.notes if content.names.get(note.track) not in names]
    if content.chords and kept:
        content.notes = kept


def _decoded(text: str) -> str:
    """Text of a file: mido reads Latin-1; UTF-8 is what programs write today."""
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        text = text.encode("latin-1").decode("utf-8")
    return "".join(c for c in text if c.isprintable()).strip()


# -- the grid ---------------------------------------------------------------------------------


class Grid:
    """Ticks → whole notes. Every quarter note has the simplest division that its onsets allow."""

    def __init__(self, content: Content) -> None:
        self.ticks = content.ticks
        starts = [note.start for note in content.notes]
        self.exact = self._is_exact(starts)
        self.tolerance = 1.01 if self.exact else self.ticks / 12
        self.divisions: dict[int, int] = {}
        beats: dict[int, list[int]] = {}
        for tick in starts:
            beats.setdefault(tick // self.ticks, []).append(tick % self.ticks)
        for beat, offsets in beats.items():
            self.divisions[beat] = self._division(offsets)

    def _is_exact(self, starts: list[int]) -> bool:
        """Whether (nearly) all onsets lie on 1/48 or 1/64 of a quarter note, to the tick."""
        fine = [s for s in starts if self._miss(s, 48) <= 1.01 or self._miss(s, 64) <= 1.01]
        coarse = [s for s in starts if self._miss(s, 4) <= 1.01 or self._miss(s, 3) <= 1.01]
        enough = self.ticks >= 96 or len(coarse) >= 0.9 * len(starts)
        return enough and len(fine) >= 0.95 * len(starts) and len(coarse) >= 0.5 * len(starts)

    def _miss(self, tick: int, division: int) -> float:
        step = self.ticks / division
        return abs(tick - round(tick / step) * step)

    def _division(self, offsets: list[int]) -> int:
        """The first grid that all onsets of a beat are near; played timing takes the best of few."""
        if self.exact:
            for division in GRIDS:
                if all(self._miss(offset, division) <= self.tolerance for offset in offsets):
                    return division
            return 64
        costs = {}
        for rank, division in enumerate(PLAYED_GRIDS):
            error = sum((self._miss(o, division) / self.ticks) ** 2 for o in offsets) / len(offsets)
            merged = len(set(offsets)) - len({round(o * division / self.ticks) for o in offsets})
            costs[division] = error + 0.0012 * rank + 0.002 * max(0, merged)
        return min(costs, key=lambda division: costs[division])

    def place(self, tick: int) -> Fraction:
        """The onset of a tick in whole notes."""
        beat, offset = divmod(tick, self.ticks)
        division = self.divisions.get(beat) or self._division([offset])
        return (beat + Fraction(round(offset * division / self.ticks), division)) / 4

    def sign(self, tick: int) -> Fraction:
        """Where a meter, key or tempo stands: to the tick if it can be, whatever the notes do."""
        beat, offset = divmod(tick, self.ticks)
        for division in GRIDS:
            if self._miss(offset, division) <= 1.01:
                return (beat + Fraction(round(offset * division / self.ticks), division)) / 4
        return self.place(tick)

    def span(self, note: Played) -> tuple[Fraction, Fraction]:
        """Onset and end of a note; ends lie on the grid of their beat, at least of eighths."""
        start = self.place(note.start)
        beat, offset = divmod(note.end, self.ticks)
        if self.exact:
            division = self._end_division(note, beat, offset)
        else:
            known = self.divisions.get(beat, 2)
            division = known if known > 1 else 2
        end = (beat + Fraction(round(offset * division / self.ticks), division)) / 4
        if end <= start:
            end = start + Fraction(1, 4 * max(self.divisions.get(note.start // self.ticks, 4), 4))
        return start, end

    def _end_division(self, note: Played, beat: int, offset: int) -> int:
        """The grid of an exact file's note end; an end on no likely grid is played a little short."""
        known = self.divisions.get(beat, 1)
        own = self.divisions.get(note.start // self.ticks, 1)
        for division in (known, own, *SIMPLE_GRIDS):
            if self._miss(offset, division) <= self.tolerance:
                return division
        return max(known, 2)
