"""Scales, arpeggios and broken thirds written by code: what a teacher writes on the board, in one key, up and down.

What it does not know: how they are asked for (`chat.understand.drills`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from abc_tools.spelling import length_text
from abc_tools.theory import (
    ALTER_SIGNS,
    STEP_SEMITONES,
    Key,
    Pitch,
    abc_letter,
    parse_key,
    parse_meter,
)
from chat.act.scales import classes
from chat.phrases import key_name
from chat.requirements import Wishes
from chat.understand.tables import BASS_CLEF, range_of

QUARTER = Fraction(1, 4)
WHOLE_NOTES = tuple(Fraction(n) for n in ("1/8", "1/4", "3/8", "1/2", "3/4", "1"))
"""Lengths that one note can have."""
WARM_UP = "vocal warm-up"
TIMES = 6
"""How many keys a warm-up goes through where its length is not said."""
_TITLES = {
    "scale": ("{key} scale", "{key}音阶"), "arpeggio": ("{key} arpeggio", "{key}琶音"),
    "broken thirds": ("{key} in broken thirds", "{key}三度音阶"),
}  # fmt: skip
_KIND_ZH = {
    "harmonic minor": "和声", "melodic minor": "旋律", "pentatonic": "五声", "blues": "布鲁斯", "chromatic": "半",
    "whole tone": "全",
}  # fmt: skip


def drill(wishes: Wishes, language: str) -> str:
    """The exercise as ABC: up and down in equal notes, the last one held to the end of its bar."""
    values = wishes.values
    if values["exercise"] == WARM_UP:
        return _warm_up(wishes, language)
    scale = values.get("scale", "diatonic")
    mode = "minor" if scale in ("harmonic minor", "melodic minor") else values.get("mode", "major")
    key = parse_key(values.get("key", f"C {mode}")) or parse_key("C major")
    assert key is not None, "keys were read by parse_key"
    notes = _sequence(values["exercise"], scale, key, wishes)
    meter = values.get("meter", "4/4")
    unit = _unit(wishes.details.get("drill-unit", "") or values.get("note_values", ""))
    text = _bars(notes, unit, Fraction(meter), key, int(values.get("bars", 0)))
    clef = " clef=bass" if values.get("instrument") in BASS_CLEF else ""
    title = values.get("title") or _title(values["exercise"], scale, key, language)
    bpm = values["tempo"] if values.get("tempo", "").isdigit() else "80"
    beat = parse_meter(meter)
    assert beat is not None, "meters were read by parse_meter"
    return f"X:1\nT:{title}\nM:{meter}\nL:1/8\nQ:{beat.beat}={bpm}\nK:{key.abc}{clef}\n{text}\n"


def _warm_up(wishes: Wishes, language: str) -> str:
    """Five notes up and down and a rest for the chord of the next key, which lies a semitone higher: two bars a key."""
    values = wishes.values
    key = parse_key(wishes.details.get("first-key", "C major"))
    assert key is not None, "keys were read by parse_key"
    first = _start(key, 1, "")
    times = max(1, int(values["bars"]) // 2) if "bars" in values else TIMES
    falls = wishes.details.get("direction") == "down"
    rows = []
    for n in range(times):
        shift = -n if falls else n
        here = _key_near(key, shift)
        octaves = (Pitch(here.tonic, here.alter, o) for o in range(1, 7))
        start = next(p for p in octaves if p.midi == first.midi + shift)
        names = [abc_letter(_above(here, start, d)) for d in (0, 1, 2, 3, 4, 3, 2, 1)]
        sung = " ".join(f"{a}{b}" for a, b in zip(names[::2], names[1::2], strict=True))
        rows.append(f"{f'[K:{here.abc}]' if n else ''}{sung}|{names[0]}4 z4|")
    lines = ["".join(rows[n : n + 2]) for n in range(0, times, 2)]
    lines[-1] = f"{lines[-1]}]"
    title = values.get("title") or ("Vocal warm-up", "练声曲")[language == "zh"]
    bpm = values["tempo"] if values.get("tempo", "").isdigit() else "84"
    return (
        f"X:1\nT:{title}\nM:4/4\nL:1/8\nQ:1/4={bpm}\n%%MIDI program 52\nK:{key.abc}\n"
        + "\n".join(lines)
        + "\n"
    )


def _key_near(key: Key, shift: int) -> Key:
    """The key of the same mode so many semitones away, in its spelling of few signs."""
    if not shift:
        return key
    options = [Key(step, alter, key.mode) for step in "CDEFGAB" for alter in (-1, 0, 1)]
    there = [k for k in options if k.pitch_class == (key.pitch_class + shift) % 12]
    return min(there, key=lambda k: abs(k.sharps))


def _title(kind: str, scale: str, key: Key, language: str) -> str:
    tonic = key_name(language, key)
    if scale in _KIND_ZH and language == "zh":
        tonic += _KIND_ZH[scale]
    elif scale in _KIND_ZH:
        tonic = f"{tonic.split()[0]} {scale}"
    return _TITLES[kind][language == "zh"].format(key=tonic)


def _unit(said: str) -> Fraction:
    lengths = [Fraction(n) for n in said.split()]
    return QUARTER if QUARTER in lengths or not lengths else lengths[0]


def _sequence(kind: str, scale: str, key: Key, wishes: Wishes) -> list[Pitch]:
    """The pitches in order; the top one comes once."""
    octaves = int(wishes.details.get("octaves", "1"))
    start = _start(key, octaves, wishes.values.get("instrument", ""))
    if kind == "arpeggio":
        up = [_above(key, start, degree + 7 * o) for o in range(octaves) for degree in (0, 2, 4)]
        up.append(_above(key, start, 7 * octaves))
        row, down = up, up[::-1]
    elif kind == "broken thirds":
        degrees = [d for n in range(7 * octaves) for d in (n, n + 2)]
        up = [_above(key, start, d) for d in degrees]
        back = [d for n in range(7 * octaves, 0, -1) for d in (n, n - 2)]
        row, down = [*up], [_above(key, start, d) for d in (*back, 0)]
        return row if wishes.details.get("direction") == "up" else [*row, *down]
    else:
        row = _scale(scale, key, start, octaves, rising=True)
        down = _scale(scale, key, start, octaves, rising=False)[::-1]
    direction = wishes.details.get("direction")
    return row if direction == "up" else down if direction == "down" else [*row, *down[1:]]


def _start(key: Key, octaves: int, instrument: str) -> Pitch:
    """The lowest tonic, near middle C, from which the octaves fit the instrument."""
    low, high = range_of(instrument) if instrument else (57, 84)
    options = [Pitch(key.tonic or "C", key.alter, octave) for octave in range(1, 7)]
    inside = [p for p in options if low <= p.midi and p.midi + 12 * octaves <= high]
    return min(inside or options, key=lambda p: abs(p.midi - 62))


def _above(key: Key, start: Pitch, degree: int) -> Pitch:
    step, alter = key.scale[degree % 7]
    octave = start.octave + (start.diatonic - 7 * start.octave + degree) // 7
    return Pitch(step, int(alter), octave)


def _scale(scale: str, key: Key, start: Pitch, octaves: int, *, rising: bool) -> list[Pitch]:
    """A scale from the bottom to the top, as it is spelled on the way up or down."""
    if scale == "melodic minor":
        scale = "rising" if rising else "diatonic"
    own = {(STEP_SEMITONES[s] + int(a)) % 12: (s, int(a)) for s, a in key.scale}
    if scale in ("rising", "harmonic minor"):
        for degree in (5, 6) if scale == "rising" else (6,):
            step, alter = key.scale[degree]
            own.pop((STEP_SEMITONES[step] + int(alter)) % 12)
            own[(STEP_SEMITONES[step] + int(alter) + 1) % 12] = (step, int(alter) + 1)
        wanted = frozenset(own)
    else:
        wanted = classes(scale, key) if scale != "diatonic" else frozenset(own)
    found = []
    for midi in range(start.midi, start.midi + 12 * octaves + 1):
        if midi % 12 in wanted:
            found.append(_spelled(midi, own, rising=rising))
    return found


def _spelled(midi: int, own: dict[int, tuple[str, int]], *, rising: bool) -> Pitch:
    """A pitch as the key has it, else the note below raised on the way up, the one above lowered on the way down."""
    if midi % 12 in own:
        step, alter = own[midi % 12]
    else:
        step, alter = own.get((midi + (-1 if rising else 1)) % 12, ("C", 0))
        alter += 1 if rising else -1
        if (midi + (-1 if rising else 1)) % 12 not in own:
            plain = {0: "C", 2: "D", 4: "E", 5: "F", 7: "G", 9: "A", 11: "B"}
            below = (midi - 1) % 12
            step, alter = (plain[midi % 12], 0) if midi % 12 in plain else (plain[below], 1)
    octave = (midi - alter - STEP_SEMITONES[step]) // 12 - 1
    return Pitch(step, alter, octave)


def _bars(notes: Sequence[Pitch], unit: Fraction, bar: Fraction, key: Key, asked: int) -> str:
    """The notes in bars, a space between beats; as often as makes the bars that were asked for."""
    row = list(notes)
    top = max(range(len(row)), key=lambda n: row[n].midi)
    if len(row) * unit % bar and (len(row) + 1) * unit % bar == 0 and 0 < top < len(row) - 1:
        row.insert(top, row[top])  # the top note twice fills the bar
    lengths = [unit] * len(row)
    left = -(len(row) * unit) % bar
    rest = Fraction(0)
    if left and unit + left in WHOLE_NOTES:
        lengths[-1] += left
    else:
        rest = left
    times = (
        asked * bar // (sum(lengths) + rest)
        if asked and not asked * bar % (sum(lengths) + rest)
        else 1
    )
    words: list[str] = []
    at = Fraction(0)
    altered: dict[tuple[str, int], int] = {}
    for _ in range(max(1, int(times))):
        for pitch, length in zip(row, lengths, strict=True):
            if at and at % bar == 0:
                words.append("|\n" if (at / bar) % 4 == 0 else "|")
                altered = {}
            elif at and at % QUARTER == 0:
                words.append(" ")
            place = (pitch.step, pitch.octave)
            usual = altered.get(place, int(key.signature[pitch.step]))
            sign = "" if int(pitch.alter) == usual else ALTER_SIGNS[int(pitch.alter)]
            altered[place] = int(pitch.alter)
            words.append(sign + abc_letter(pitch) + length_text(length / Fraction(1, 8)))
            at += length
        if rest:
            words.append(" z" + length_text(rest / Fraction(1, 8)))
            at += rest
    return "".join(words) + "|]"
