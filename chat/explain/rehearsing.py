"""Hard bars and how to practise them: leaps, uneven rhythm, quick notes, signs and the player's own limits, bar by bar.

Each bar gets points for what makes it hard; the bars with most points are the hardest. What is advised is a rule of
thumb applied to what the bar is, never to the player. What this does not know: fingerings, and how the player plays.
"""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Sounded
from abc_tools.chords import parse_chord
from abc_tools.edit.instruments import Instrument, instrument
from chat.explain.playing import SLOWLY
from chat.explain.scope import Scope, distance, note_name
from chat.explain.statement import Statement
from chat.explain.timing import octaves_off, pitch_of, player_words

LEAP = 5
"""Semitones from which a move is a leap that a beginner may miss: a fourth."""
QUICK = 4.0
"""Notes a second from which a beginner has to hurry."""
MOST = 4
FIRST_YEARS = {
    "trumpet in b-flat": (60, 76), "cornet": (60, 76), "trumpet in c": (60, 76), "horn in f": (60, 74), "trombone": (46, 62),
    "flute": (62, 79), "clarinet in b-flat": (52, 72), "oboe": (62, 79), "alto saxophone": (62, 79), "tenor saxophone": (62, 79),
    "descant recorder": (60, 76), "treble recorder": (65, 81), "tin whistle in d": (62, 83), "violin": (55, 83), "viola": (48, 76),
    "cello": (36, 62), "erhu": (62, 81), "guitar": (52, 79), "ukulele": (60, 76),
}  # fmt: skip
"""Instrument → the written notes (MIDI) that most methods teach in the first two years."""
BREAKS = {
    "flute": 74, "oboe": 74, "clarinet in b-flat": 71, "alto saxophone": 74, "tenor saxophone": 74, "soprano saxophone": 74,
    "tin whistle in d": 74, "descant recorder": 74, "tenor recorder": 74, "treble recorder": 79,
}  # fmt: skip
"""Instrument → the first written note (MIDI) of its second register: fingers change across it."""


@dataclass
class Bar:
    """What makes one bar hard: `points` add up `leap`, `uneven`, `quick`, `signs`, `beyond` and `across`."""

    number: int
    notes: list[Sounded] = field(default_factory=list)
    leap: tuple[Sounded, Sounded] | None = None
    uneven: bool = False
    quick: bool = False
    signs: list[str] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)
    across: tuple[Sounded, Sounded] | None = None
    points: float = 0.0


def bars_of(s: Scope, player: str = "") -> list[Bar]:
    """Every bar of the scope with what makes it hard, for a player of the table."""
    who = instrument(player) if player else None
    whole = float(s.tune.tempo.seconds_per_whole)
    found: dict[int, Bar] = {}
    before: Sounded | None = None
    for note in s.material.notes:
        if s.first <= note.bar <= s.last:
            bar = found.setdefault(note.bar, Bar(note.bar))
            bar.notes.append(note)
            if before is not None:
                _between(bar, before, note, who)
            if note.pitch.alter != note.key.signature[note.pitch.step]:
                bar.signs.append(note_name(note.pitch))
            if who is not None and player in FIRST_YEARS and _beyond(note, who):
                bar.beyond.append(note.pitch.name)
            bar.quick |= 0 < float(note.duration) * whole < 1 / QUICK
        before = note
    for bar in found.values():
        bar.points = (_size(bar.leap) / 4 + 1.5 * bar.uneven + 2 * bar.quick + len(set(bar.signs))
                      + 2 * bool(bar.beyond) + bool(bar.across))  # fmt: skip
    return list(found.values())


def _size(pair: tuple[Sounded, Sounded] | None) -> int:
    return abs(pair[1].midi - pair[0].midi) if pair else 0


def _between(bar: Bar, a: Sounded, b: Sounded, who: Instrument | None) -> None:
    """What lies between two notes, the second in the bar."""
    size = abs(b.midi - a.midi)
    if size >= LEAP and size > _size(bar.leap):
        bar.leap = (a, b)
    if a.bar == b.bar and a.end == b.position and max(a.duration, b.duration) == 3 * min(a.duration, b.duration):  # fmt: skip
        bar.uneven = True
    top = BREAKS.get(who.name) if who is not None else None
    if who is not None and top is not None:
        one, other = (_written(n.midi, who) for n in (a, b))
        if (one < top) != (other < top) and bar.across is None:
            bar.across = (a, b)


def _written(midi: int, who: Instrument) -> int:
    """The written note for a player; music for instruments that sound octaves away is read as it is written."""
    return midi + (0 if octaves_off(who) else who.written.semitones)


def _beyond(note: Sounded, who: Instrument) -> bool:
    low, high = FIRST_YEARS[who.name]
    return not low <= _written(note.midi, who) <= high


# -- which bars are hard ----------------------------------------------------------------------------------------------


def hard_spots(s: Scope, player: str) -> list[Fact]:
    """The hardest bars, and what makes each hard."""
    bars = bars_of(s, player)
    top = sorted((b for b in bars if b.points > 0), key=lambda b: (-b.points, b.number))[:MOST]
    named: list[Fact] = [_first_years(s, player)] if player in FIRST_YEARS else []
    if not top:
        return [*named, Statement("no hard bars", {}, s.bars)]
    top = [b for b in top if b.points >= top[0].points / 2]
    found: list[Fact] = [
        Statement("hardest bars", {"count": len(top)}, in_order(b.number for b in top))
    ]
    return [*found, *named, *_together(sorted(top, key=lambda b: b.number), player)]


def _together(bars: list[Bar], player: str) -> list[Fact]:
    """The reasons of several bars by kind: each leap by itself, the others with all their bars."""
    every = [f for b in bars for f in reasons(b, player)]
    found: list[Fact] = []
    for kind in ("bar beyond", "bar leap", "bar uneven", "bar quick", "bar signs", "bar across"):
        here = [f for f in every if f.kind == kind]
        if kind in ("bar leap", "bar across"):
            found += here
        elif here:
            value = dict(here[0].value)
            if "notes" in value:
                value["notes"] = list(dict.fromkeys(n for f in here for n in f.value["notes"]))
            if "length" in value:
                value["length"] = str(min(Fraction(str(f.value["length"])) for f in here))
            found.append(Statement(kind, value, in_order(b for f in here for b in f.bars)))
    return found


def _first_years(s: Scope, player: str) -> Statement:
    """What beginners on the instrument usually play, as it sounds in the tune."""
    who = instrument(player)
    shift = _written(0, who)
    flat = s.key.sharps < 0
    low, high = (_spelt(n - shift, flat) for n in FIRST_YEARS[player])
    return Statement("first years", {"player": player_words(who), "low": low, "high": high}, s.bars)


_FLATS = {"C#": "Db", "D#": "Eb", "F#": "Gb", "G#": "Ab", "A#": "Bb"}


def _spelt(midi: int, flat: bool) -> str:
    """A MIDI number as a note name, with flats where the key has them."""
    name = pitch_of(midi)
    return _FLATS.get(name[:2], name[:2]) + name[2:] if flat and "#" in name else name


def reasons(bar: Bar, player: str) -> list[Fact]:
    """What makes one bar hard."""
    at = (bar.number,)
    found: list[Fact] = []
    value: dict[str, object]
    if bar.beyond:
        value = {
            "notes": list(dict.fromkeys(bar.beyond)),
            "player": player_words(instrument(player)),
        }
        found.append(Statement("bar beyond", value, at))
    if bar.leap:
        one, other = bar.leap
        low, high = sorted((one.pitch, other.pitch), key=lambda p: p.midi)
        value = {"first": one.pitch.name, "to": other.pitch.name, "interval": distance(low, high)}
        found.append(Statement("bar leap", value, in_order((one.bar, other.bar))))
    if bar.uneven:
        found.append(Statement("bar uneven", {}, at))
    if bar.quick:
        shortest = min(n.duration for n in bar.notes)
        found.append(Statement("bar quick", {"length": str(shortest)}, at))
    if bar.signs:
        found.append(Statement("bar signs", {"notes": list(dict.fromkeys(bar.signs))}, at))
    if bar.across:
        one, other = bar.across
        value = {"first": one.pitch.name, "to": other.pitch.name,
                 "player": player_words(instrument(player))}  # fmt: skip
        found.append(Statement("bar across", value, in_order((one.bar, other.bar))))
    return found


def breaks(s: Scope, player: str) -> list[Fact]:
    """Where the melody crosses from one register of an instrument to the other."""
    who = instrument(player)
    value: dict[str, object] = {"player": player_words(who)}
    if player not in BREAKS:
        return [Statement("no break known", value, s.bars)]
    top = BREAKS[player]
    pairs = [(a, b) for a, b in itertools.pairwise(s.notes)
             if (_written(a.midi, who) < top) != (_written(b.midi, who) < top)]  # fmt: skip
    if not pairs:
        return [Statement("no breaks", value, s.bars)]
    note = _spelt(top - _written(0, who), s.key.sharps < 0)
    value |= {"count": len(pairs), "note": note}
    return [Statement("breaks", value, in_order(b.bar for _, b in pairs))]


# -- how they are practised ---------------------------------------------------------------------------------------------


def practice(s: Scope, player: str) -> list[Fact]:
    """Steps for the bars that are named, or for the hardest of them: slow tempo, rhythm alone, leaps alone, joining."""
    bars = bars_of(s, player)
    top = sorted(bars, key=lambda b: (-b.points, b.number))
    here = sorted(top[:MOST] if s.whole else top[:2], key=lambda b: b.number)
    if s.whole:
        here = [b for b in here if b.points >= top[0].points / 2]
    bpm = round(float(s.tune.tempo.bpm) * SLOWLY)
    numbers = in_order(b.number for b in here)
    found: list[Fact] = hard_spots(s, player) if s.whole else []
    found.append(
        Statement("step slow", {"bpm": bpm, "tempo": f"{float(s.tune.tempo.bpm):.0f}"}, numbers)
    )
    for bar in _unlike(here)[: 2 if s.whole else MOST]:
        found += [f for f in _steps(bar, player) if f not in found]
    last = here[-1]
    after = next((n for n in s.material.notes if n.position >= last.notes[-1].end), None)
    before = next((n for n in reversed(s.material.notes) if n.end <= here[0].notes[0].position), None)  # fmt: skip
    if before is not None:
        found.append(Statement("step into", {"note": before.pitch.name, "to": here[0].notes[0].pitch.name},
                               in_order((before.bar, here[0].number))))  # fmt: skip
    if after is not None:
        found.append(Statement("step out", {"note": last.notes[-1].pitch.name, "to": after.pitch.name},
                               in_order((last.number, after.bar))))  # fmt: skip
    return found


def _unlike(bars: list[Bar]) -> list[Bar]:
    """Of bars with the same notes the first."""
    found: dict[tuple[object, ...], Bar] = {}
    for bar in bars:
        found.setdefault(tuple((n.midi, n.onset, n.duration) for n in bar.notes), bar)
    return list(found.values())


def _steps(bar: Bar, player: str) -> list[Fact]:
    """What to do with one bar, from what it is."""
    at = (bar.number,)
    found: list[Fact] = []
    lengths = [str(n.duration) for n in bar.notes]
    if bar.uneven or len(set(lengths)) > 2:
        found.append(Statement("step rhythm", {"lengths": lengths}, at))
    elif len(set(lengths)) == 1 and len(lengths) > 1:
        found.append(Statement("step even", {"length": lengths[0], "count": len(lengths)}, at))
    names = list(dict.fromkeys(note_name(n.pitch) for n in bar.notes))
    if (chord := _broken(bar)) is not None:
        found.append(Statement("step chord", {"notes": names, "chord": chord}, at))
    if bar.leap:
        one, other = bar.leap
        low, high = sorted((one.pitch, other.pitch), key=lambda p: p.midi)
        value = {"first": one.pitch.name, "to": other.pitch.name, "interval": distance(low, high)}
        found.append(Statement("step leap", value, in_order((one.bar, other.bar))))
    elif len(names) > 1 and chord is None:
        found.append(Statement("step notes", {"notes": [n.pitch.name for n in bar.notes]}, at))
    if bar.signs:
        found.append(Statement("step signs", {"notes": list(dict.fromkeys(bar.signs))}, at))
    if bar.across:
        found += [f for f in reasons(bar, player) if f.kind == "bar across"]
    return found


def _broken(bar: Bar) -> str | None:
    """The chord that a bar of skips goes through note by note; None where there is none."""
    classes = {n.midi % 12 for n in bar.notes}
    if not 3 <= len(classes) <= 4:
        return None
    for note in bar.notes:
        root = note_name(note.pitch)
        for quality in ("", "m", "7", "m7", "dim", "maj7"):
            chord = parse_chord(root + quality)
            if chord is not None and set(chord.pitch_classes) == classes:
                return root + quality
    return None
