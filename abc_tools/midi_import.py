"""MIDI file → `Sheet`: notes on a grid, bars, keys and voices, found again from what the file holds.

Meter, key and tempo come from the file where it says them, else from the notes (`midi_guess`). A file
written by a notation program lies on an exact grid and is read as it stands; played timing is
quantised beat by beat to the simplest division that fits, triplets included, and small gaps between
notes are closed. Percussion (channel 10) is left out. Conventions: positions are whole notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import Any

from abc_tools import midi_guess
from abc_tools.sheet import ZERO, Bar, Item, Line, Sheet, cut, layered
from abc_tools.theory import Key, Meter, Pitch, parse_key, parse_meter
from abc_tools.tune import Tempo

MAX_NOTES = 200_000
PERCUSSION = 9
GRIDS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 5, 7, 48, 64)
"""Parts that a quarter note may be cut into, the simplest first."""
PLAYED_GRIDS = (1, 2, 4, 3, 8, 6)
SPLIT = 60
"""Pitch around which two hands on one track are told apart."""


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
    texts: list[tuple[int, str]]
    lyrics: dict[int, list[tuple[int, str]]]


def read_midi(data: bytes) -> Sheet:
    """The sheet of a MIDI file. ValueError if it cannot be read or holds no notes."""
    content = read_content(data)
    grid = _Grid(content)
    notes = [(grid.span(note), note) for note in content.notes]
    length = max(end for (_, end), _ in notes)
    melody = [(start, end, note.midi) for (start, end), note in notes]
    meters = [(grid.place(tick), meter) for tick, meter in content.meters]
    if not meters:
        meter, pickup = midi_guess.meter_of(melody)
        meters = [(ZERO, meter)] if not pickup else [(ZERO, meter), (pickup, meter)]
    lengths, barred = bars_of(meters, length)
    keys = [(grid.place(tick), key) for tick, key in content.keys]
    keys = keys or [(ZERO, midi_guess.key_of(melody))]
    sheet = Sheet([], title=content.names.get(0, ""), tempo=_tempo(content))
    for name, program, members in _voices(content, notes):
        line = _line(members, lengths, keys, program)
        line.id, line.name = str(len(sheet.lines) + 1), name
        line.staff = line.group = len(sheet.lines)
        for bar, (meter, free) in zip(line.bars, barred, strict=True):
            bar.meter, bar.free = meter, free
        line.bars[-1].style = "|]"
        sheet.lines.append(line)
    _tempo_changes(content, grid, sheet)
    return sheet


def read_content(data: bytes) -> Content:
    """Everything that the importer uses of a file. ValueError if it is no MIDI file."""
    import mido

    try:
        file = mido.MidiFile(file=BytesIO(data), clip=True)
    except (EOFError, OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise ValueError("This is not a MIDI file that can be read.") from error
    ticks = file.ticks_per_beat
    if not 0 < ticks < 1 << 15:
        raise ValueError("This MIDI file counts in film frames, not in beats; it has no bars to read.")
    content = Content(ticks, [], [], [], [], {}, {}, [], {})
    for number, track in enumerate(file.tracks):
        _read_track(content, number, track)
    if not content.notes:
        raise ValueError("There are no notes in this MIDI file.")
    if len(content.notes) > MAX_NOTES:
        raise ValueError(f"This MIDI file has more than {MAX_NOTES} notes; please import a part of it.")
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
    elif message.type == "lyrics":
        content.lyrics.setdefault(track, []).append((now, _decoded(message.text)))


def _decoded(text: str) -> str:
    """Text of a file: mido reads Latin-1; UTF-8 is what programs write today."""
    try:
        text = text.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        pass
    return "".join(c for c in text if c.isprintable()).strip()


# -- the grid ---------------------------------------------------------------------------------


class _Grid:
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

    def span(self, note: Played) -> tuple[Fraction, Fraction]:
        """Onset and end of a note; ends lie on the grid of their beat, at least of eighths."""
        start = self.place(note.start)
        beat, offset = divmod(note.end, self.ticks)
        if self.exact:
            division = self._end_division(beat, offset)
        else:
            known = self.divisions.get(beat, 2)
            division = known if known > 1 else 2
        end = (beat + Fraction(round(offset * division / self.ticks), division)) / 4
        if end <= start:
            end = start + Fraction(1, 4 * max(self.divisions.get(note.start // self.ticks, 4), 4))
        return start, end

    def _end_division(self, beat: int, offset: int) -> int:
        known = self.divisions.get(beat, 1)
        if self._miss(offset, known) <= self.tolerance:
            return known
        return self._division([offset])


# -- bars -------------------------------------------------------------------------------------


def bars_of(
    meters: list[tuple[Fraction, Meter]], length: Fraction
) -> tuple[list[Fraction], list[tuple[Meter | None, bool]]]:
    """Lengths of the bars up to `length` and the meter of each.

    A first meter that lasts less than a bar of the next one is a pickup, not a change of meter.
    """
    meters = _first_meter(meters)
    lengths: list[Fraction] = []
    said: list[tuple[Meter | None, bool]] = []
    now = ZERO
    index = 0
    while now < length or not lengths:
        while index + 1 < len(meters) and meters[index + 1][0] <= now:
            index += 1
        meter = meters[index][1]
        following = meters[index + 1][0] if index + 1 < len(meters) else None
        step = meter.length
        if following is not None and now < following < now + step:
            step = following - now
        lengths.append(step)
        said.append((meter, False))
        now += step
    first = meters[0][1]
    if len(meters) > 1 and first.length < meters[1][1].length and meters[1][0] <= first.length:
        said[0] = (meters[1][1], False)
    _short_bars(lengths, said)
    return lengths, said


def _first_meter(meters: list[tuple[Fraction, Meter]]) -> list[tuple[Fraction, Meter]]:
    """One meter for each place, the first of them at the beginning."""
    by_place = dict(sorted(meters, key=lambda pair: pair[0]))
    if not by_place or min(by_place) > 0:
        by_place[ZERO] = parse_meter("4/4") or Meter((4,), 4, "4/4")
    return sorted(by_place.items())


def _short_bars(lengths: list[Fraction], said: list[tuple[Meter | None, bool]]) -> None:
    """A single bar in a shorter meter between bars of one meter is a cut bar of that meter."""
    for index in range(1, len(said) - 1):
        before, here, after = said[index - 1][0], said[index][0], said[index + 1][0]
        if here is None or before is None or after is None or here == before:
            continue
        if before == after and here.length < before.length:
            said[index] = (before, False)


# -- voices -----------------------------------------------------------------------------------

Placed = tuple[tuple[Fraction, Fraction], Played]


def _voices(
    content: Content, notes: list[Placed]
) -> Iterator[tuple[str, int, list[Placed]]]:  # fmt: skip
    """(name, program, notes) of every voice: one a track and channel, two where two hands play."""
    groups: dict[tuple[int, int], list[Placed]] = {}
    for placed in notes:
        groups.setdefault((placed[1].track, placed[1].channel), []).append(placed)
    single = len({track for track, _ in groups}) == len(groups)
    for (track, channel), members in sorted(groups.items()):
        name = content.names.get(track, "") if single and (track or len(groups) == 1) else ""
        if len(groups) == 1:
            name = ""
        program = content.programs.get((track, channel), 0)
        upper, lower = _hands(members)
        yield name, program, upper
        if lower:
            yield "", program, lower


def _hands(members: list[Placed]) -> tuple[list[Placed], list[Placed]]:
    """The notes of two hands where a track spans both staves and is mostly chords, else one."""
    pitches = [note.midi for _, note in members]
    low = sum(pitch < SPLIT - 5 for pitch in pitches)
    high = sum(pitch > SPLIT + 5 for pitch in pitches)
    onsets = Counter(start for (start, _), _ in members)
    thick = sum(1 for count in onsets.values() if count > 1)
    if min(low, high) < 0.15 * len(pitches) or thick < 0.25 * len(onsets):
        return members, []
    upper = [one for one in members if one[1].midi >= SPLIT]
    return upper, [one for one in members if one[1].midi < SPLIT]


def _line(
    members: list[Placed], lengths: list[Fraction], keys: list[tuple[Fraction, Key]], program: int
) -> Line:
    """One voice: chords put together, cut into bars, spelled in the key of their bar."""
    chords: dict[tuple[Fraction, Fraction], set[int]] = {}
    for (start, end), note in members:
        chords.setdefault((start, end - start), set()).add(note.midi)
    items = [
        Item(start, length, tuple(Pitch("C", 0, 4) for _ in pitches), (False,) * len(pitches))
        for (start, length), pitches in chords.items()
    ]
    numbers = [tuple(sorted(pitches)) for pitches in chords.values()]
    for item, midis in zip(items, numbers, strict=True):
        key = next((k for place, k in reversed(keys) if place <= item.onset), keys[0][1])
        item.pitches = tuple(midi_guess.spelled(midi, key) for midi in midis)
    line = Line("", [], program=program)
    start = ZERO
    layers = [cut(layer, lengths) for layer in layered(items)]
    for number, length in enumerate(lengths):
        own = [layer[number] for layer in layers if layer[number]]
        bar = Bar(length, _rested(own, length))
        inside = [key for place, key in keys if start <= place < start + length]
        bar.key = inside[-1] if inside else (keys[0][1] if not number else None)
        line.bars.append(bar)
        start += length
    middle = sorted(midi for midis in numbers for midi in midis)[len(members) // 2 : ][:1]
    line.clef = "bass" if middle and middle[0] < 57 else "treble"
    return line


def _rested(layers: list[list[Item]], length: Fraction) -> list[list[Item]]:
    """The first layer with visible rests in its gaps."""
    if not layers:
        return [[Item(ZERO, length)]]
    first: list[Item] = []
    now = ZERO
    for item in sorted(layers[0], key=lambda i: i.onset):
        if item.onset > now:
            first.append(Item(now, item.onset - now))
        first.append(item)
        now = item.end
    if now < length:
        first.append(Item(now, length - now))
    return [first, *layers[1:]]


# -- tempo ------------------------------------------------------------------------------------


def _tempo(content: Content) -> Tempo | None:
    if not content.tempos:
        return None
    return _beats_a_minute(content.tempos[0][1], content.meters[0][1] if content.meters else None)


def _beats_a_minute(microseconds: int, meter: Meter | None) -> Tempo:
    beat = meter.beat if meter is not None and meter.compound else Fraction(1, 4)
    exact = Fraction(60_000_000, microseconds) / (beat * 4)
    near = Fraction(round(exact))
    bpm = near if abs(exact - near) < Fraction(1, 20) else Fraction(round(exact * 100), 100)
    return Tempo(beat, max(Fraction(1), min(bpm, Fraction(1000))))


def _tempo_changes(content: Content, grid: _Grid, sheet: Sheet) -> None:
    """`Q:` where the tempo changes by more than a little, at most once a bar."""
    from abc_tools.write import tempo_text

    last = content.tempos[0][1] if content.tempos else 0
    bars = sheet.lines[0].bars
    starts = [ZERO]
    for bar in bars:
        starts.append(starts[-1] + bar.length)
    seen: set[int] = set()
    for tick, microseconds in content.tempos[1:]:
        place = grid.place(tick)
        number = next((n for n in range(len(bars)) if starts[n] <= place < starts[n + 1]), None)
        if number is None or number in seen or abs(microseconds - last) < 0.03 * last:
            continue
        seen.add(number)
        last = microseconds
        tempo = _beats_a_minute(microseconds, bars[number].meter)
        first = bars[number].layers[0][0]
        first.fields = (*first.fields, f"Q:{tempo_text(tempo)}")
