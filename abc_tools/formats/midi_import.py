"""MIDI file → `Sheet`: notes on a grid, bars, keys and voices, found again from what the file holds.

Meter, key and tempo come from the file where it says them, else from the notes (`midi_guess`). A file
written by a notation program lies on an exact grid and is read as it stands; played timing is
quantised beat by beat to the simplest division that fits, triplets included, and small gaps between
notes are closed. Percussion (channel 10) is left out. Conventions: positions are whole notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from abc_tools.formats import midi_guess
from abc_tools.formats.midi_content import Content, Grid, Played, read_content
from abc_tools.formats.sheet import ZERO, Bar, Item, Line, Sheet, attach, cut, layered
from abc_tools.instruments import program_named
from abc_tools.theory import Key, Meter, Pitch, parse_meter
from abc_tools.tune import Tempo

MAX_BARS = 5000
SPLIT = 60
"""Pitch around which two hands on one track are told apart."""


def read_midi(data: bytes) -> Sheet:
    """The sheet of a MIDI file. ValueError if it cannot be read or holds no notes."""
    content = read_content(data)
    grid = Grid(content)
    notes = [(grid.span(note), note) for note in content.notes]
    length = max(end for (_, end), _ in notes)
    melody = [(start, end, note.midi) for (start, end), note in notes]
    meters = [(grid.sign(tick), meter) for tick, meter in content.meters]
    if not meters:
        meter, pickup = midi_guess.meter_of(melody)
        meters = [(ZERO, meter)] if not pickup else [(ZERO, meter), (pickup, meter)]
    lengths, barred = bars_of(meters, length)
    keys = [(grid.sign(tick), key) for tick, key in content.keys]
    keys = keys or [(ZERO, midi_guess.key_of(melody))]
    sheet = Sheet([], title=content.names.get(0, ""), tempo=_tempo(content))
    for track, name, program, members in _voices(content, notes):
        line = _line(members, lengths, keys, program)
        line.id, line.name = str(len(sheet.lines) + 1), name
        line.program = 0 if program == program_named(name) else program
        line.staff = line.group = len(sheet.lines)
        for bar, (said, free) in zip(line.bars, barred, strict=True):
            bar.meter, bar.free = said, free
            if said is not None and bar.length < said.length and bar is not line.bars[0]:
                bar.style = "||"  # only a section's end may cut a bar
        line.bars[-1].style = "|]"
        _words(line, [(grid.place(t), word) for t, word in content.lyrics.get(track, [])])
        sheet.lines.append(line)
    for tick, text in content.chords:
        if found := _bar_at(sheet.lines[0], grid.place(tick)):
            attach(*found, text)
    _tempo_changes(content, grid, sheet)
    return sheet


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
        if len(lengths) > MAX_BARS:
            raise ValueError(
                f"This MIDI file has more than {MAX_BARS} bars; please import a part of it."
            )
        now += step
    first = meters[0][1]
    if len(meters) > 1 and first.length < meters[1][1].length and meters[1][0] <= first.length:
        said[0] = (meters[1][1], False)
    _short_bars(lengths, said)
    _last_bar(lengths, said, length)
    return lengths, said


def _last_bar(
    lengths: list[Fraction], said: list[tuple[Meter | None, bool]], end: Fraction
) -> None:
    """After a pickup the last bar is as much shorter, if the music ends by then."""
    first, last = said[0][0], said[-1][0]
    if len(lengths) < 2 or first is None or last != first or lengths[0] >= first.length:
        return
    left = end - sum(lengths[:-1], ZERO)
    if lengths[-1] == first.length and left <= first.length - lengths[0]:
        lengths[-1] = first.length - lengths[0]


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
    if len(said) > 1:
        before, here = said[-2][0], said[-1][0]
        if before is not None and here is not None and here.length < before.length:
            said[-1] = said[-2]


# -- voices -----------------------------------------------------------------------------------

Placed = tuple[tuple[Fraction, Fraction], Played]


def _voices(
    content: Content, notes: list[Placed]
) -> Iterator[tuple[int, str, int, list[Placed]]]:  # fmt: skip
    """(track, name, program, notes) of every voice: one a track and channel, two where two hands play."""
    groups: dict[tuple[int, int], list[Placed]] = {}
    for placed in notes:
        groups.setdefault((placed[1].track, placed[1].channel), []).append(placed)
    single = len({track for track, _ in groups}) == len(groups)
    for (track, channel), members in sorted(groups.items()):
        name = content.names.get(track, "") if single and track and len(groups) > 1 else ""
        if name == content.names.get(0):
            name = ""
        program = content.programs.get((track, channel), 0)
        upper, lower = _hands(members)
        yield track, name, program, upper
        if lower:
            yield -1, "", program, lower


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
    chords: dict[tuple[Fraction, Fraction], list[int]] = {}
    for (start, end), note in members:
        chords.setdefault((start, end - start), []).append(note.midi)
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
    middle = sorted(midi for midis in numbers for midi in midis)[len(members) // 2 :][:1]
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


def _bar_at(line: Line, place: Fraction) -> tuple[Bar, Fraction] | None:
    """The bar that holds a position, and the onset in it."""
    start = ZERO
    for bar in line.bars:
        if start <= place < start + bar.length:
            return bar, place - start
        start += bar.length
    return None


def _words(line: Line, words: list[tuple[Fraction, str]]) -> None:
    """Syllables under the notes that begin with them."""
    by_place = {place: word.lstrip("/\\") for place, word in words}
    start = ZERO
    for bar in line.bars:
        for item in bar.layers[0]:
            word = by_place.get(start + item.onset)
            if word and item.pitches:
                item.words = (word,)
        start += bar.length


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


def _tempo_changes(content: Content, grid: Grid, sheet: Sheet) -> None:
    """`Q:` where the tempo changes by more than a little, at most once a bar."""
    from abc_tools.formats.write import tempo_text

    last = content.tempos[0][1] if content.tempos else 0
    bars = sheet.lines[0].bars
    starts = [ZERO]
    for bar in bars:
        starts.append(starts[-1] + bar.length)
    seen: set[int] = set()
    for tick, microseconds in content.tempos[1:]:
        place = grid.sign(tick)
        number = next((n for n in range(len(bars)) if starts[n] <= place < starts[n + 1]), None)
        if number is None or number in seen or abs(microseconds - last) < 0.03 * last:
            continue
        seen.add(number)
        last = microseconds
        tempo = _beats_a_minute(microseconds, bars[number].meter)
        first = bars[number].layers[0][0]
        first.fields = (*first.fields, f"Q:{tempo_text(tempo)}")
