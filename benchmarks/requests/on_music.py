"""Checks on the pitches of a delivered tune: key, mode, scale, range, leaps, the last note.

Each asks only for what its name says. Where music writes one thing in several ways, all are accepted: a
relative signature with the right final, an enharmonic tonic.
"""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise
from typing import Any

from abc_tools.theory import MODES, parse_key
from abc_tools.tune import Tune
from benchmarks.requests.registry import check
from benchmarks.requests.score import (
    Turn,
    all_events,
    notes,
    tune_of,
)  # fmt: skip

SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
PENTATONICS = {
    "gong": (0, 2, 4, 7, 9), "major": (0, 2, 4, 7, 9), "shang": (0, 2, 5, 7, 10),
    "jue": (0, 3, 5, 8, 10), "zhi": (0, 2, 5, 7, 9), "yu": (0, 3, 5, 7, 10), "minor": (0, 3, 5, 7, 10),
}  # fmt: skip
"""Mode → semitones above its tonic."""

COMPASS = {
    "violin": (55, 105), "flute": (59, 98), "trumpet": (52, 87), "erhu": (62, 98), "harmonica": (55, 96),
    "recorder": (72, 98), "cello": (36, 84),
}  # fmt: skip
"""Instrument → lowest and highest sounding note, generously."""

IN_SCALE = 0.85


def pitch(name: str) -> int:
    """MIDI number of a note name such as `F#4`; without an octave its pitch class.

    >>> pitch("C4"), pitch("Bb")
    (60, 10)
    """
    found = re.fullmatch(r"([A-G])([#b]?)(\d?)", name)
    if found is None:
        raise ValueError(f"no note: {name}")
    number = SEMITONES[found[1]] + {"#": 1, "b": -1, "": 0}[found[2]]
    return 12 * (int(found[3]) + 1) + number if found[3] else number % 12


def classes(tune: Tune) -> set[int]:
    """All pitch classes that sound."""
    return {midi % 12 for event in all_events(tune) for midi in event.midi}


def final(tune: Tune) -> int:
    """Pitch class of the first voice's last note."""
    found = notes(tune)
    if not found:
        raise ValueError("there is no note")
    return found[-1] % 12


@check
def key(turn: Turn, value: str) -> str | None:
    """Tonic and mode as the signature says them, and notes that keep to them.

    A signature of the same accidentals counts if the tune ends on the tonic. In minor, the raised sixth
    and seventh belong to the key.
    """
    tune, wanted = tune_of(turn.after), parse_key(value)
    assert wanted is not None, f"no key: {value}"
    given = tune.key
    named = bool(given.tonic) and given.pitch_class == wanted.pitch_class
    named = named and MODES[given.mode] == MODES[wanted.mode]
    relative = given.sharps == wanted.sharps and final(tune) == wanted.pitch_class
    if not named and not relative:
        return f"{given.name}, not {wanted.name}"
    scale = {(SEMITONES[s] + int(a)) % 12 for s, a in wanted.scale}
    if wanted.minor_third:
        scale |= {(wanted.pitch_class + step) % 12 for step in (9, 11)}
    inside = outside = Fraction(0)
    for voice in tune.voices:
        for measure in voice.measures:
            for event in measure.events if measure.key == given else ():
                for midi in event.midi:
                    if midi % 12 in scale:
                        inside += event.duration
                    else:
                        outside += event.duration
    share = inside / (inside + outside) if inside + outside else 0
    return None if share >= IN_SCALE else f"{float(share):.0%} of the notes in {wanted.name}"


@check
def key_in(turn: Turn, value: list[str]) -> str | None:
    """One of these keys."""
    return None if any(key(turn, name) is None for name in value) else f"none of {value}"


@check
def key_not(turn: Turn, value: str) -> str | None:
    """Any other key."""
    return f"it is {value}" if key(turn, value) is None else None


@check
def mode(turn: Turn, value: str) -> str | None:
    """`major`/`minor`: the third of the key; any other name: that very mode."""
    given = tune_of(turn.after).key
    thirds = {"major": False, "minor": True}
    right = given.minor_third == thirds[value] if value in thirds else given.mode == value
    return None if right else f"{given.name}"


@check
def scale(turn: Turn, value: str) -> str | None:
    """`harmonic minor`: the seventh is raised and never natural; `blues`: only its notes, a blue one among them."""
    tune = tune_of(turn.after)
    steps = {(midi - tune.key.pitch_class) % 12 for midi in classes(tune)}
    if value == "harmonic minor":
        return None if 11 in steps and 10 not in steps else f"steps {sorted(steps)}"
    if value == "blues":
        right = steps <= {0, 3, 4, 5, 6, 7, 10} and steps & {3, 6}
        return None if right else f"steps {sorted(steps)}"
    raise KeyError(value)


@check
def pentatonic(turn: Turn, value: str) -> str | None:
    """Only the five notes of a mode (`D yu`), and its tonic at the end; `any` for any five."""
    tune = tune_of(turn.after)
    if value == "any":
        kinds = [{(n + t) % 12 for n in PENTATONICS["gong"]} for t in range(12)]
        return None if any(classes(tune) <= k for k in kinds) else "more than a pentatonic"
    name, _, kind = value.partition(" ")
    tonic = pitch(name)
    strange = classes(tune) - {(tonic + step) % 12 for step in PENTATONICS[kind]}
    if strange:
        return f"pitch classes {sorted(strange)} are not in {value}"
    return None if final(tune) == tonic else f"the last note is not {name}"


@check
def no_accidentals(turn: Turn, value: Any) -> str | None:
    """No sign stands before a note of any voice."""
    found = [n for e in all_events(tune_of(turn.after)) for n in e.notes if n.accidental]
    return f"{len(found)} accidentals" if found else None


@check
def sharps(turn: Turn, value: list[int]) -> str | None:
    """Sharps of the signature from–to, flats negative."""
    found = tune_of(turn.after).key.sharps
    return None if value[0] <= found <= value[1] else f"{found} sharps"


@check
def within(turn: Turn, value: list[str]) -> str | None:
    """The first voice stays from–to."""
    found = notes(tune_of(turn.after))
    low, high = pitch(value[0]), pitch(value[1])
    right = found and low <= min(found) and max(found) <= high
    return None if right else f"{min(found, default=0)} to {max(found, default=0)}"


@check
def fits(turn: Turn, value: str) -> str | None:
    """The first voice can be played on the instrument."""
    found, (low, high) = notes(tune_of(turn.after)), COMPASS[value]
    right = found and low <= min(found) and max(found) <= high
    return None if right else f"not on a {value}"


@check
def ambitus(turn: Turn, value: list[int]) -> str | None:
    """Semitones from the lowest to the highest note of the first voice, from–to."""
    found = notes(tune_of(turn.after))
    wide = max(found, default=0) - min(found, default=0)
    return None if value[0] <= wide <= value[1] else f"{wide} semitones"


@check
def leap_max(turn: Turn, value: int) -> str | None:
    """No interval between neighbours of the first voice is wider."""
    found = notes(tune_of(turn.after))
    widest = max((abs(a - b) for a, b in pairwise(found)), default=0)
    return None if found and widest <= value else f"{widest} semitones"


@check
def no_repeated_notes(turn: Turn, value: Any) -> str | None:
    """No note is followed by itself."""
    found = notes(tune_of(turn.after))
    again = sum(a == b for a, b in pairwise(found))
    return f"{again} notes come twice" if again or not found else None


@check
def notes_only(turn: Turn, value: list[str]) -> str | None:
    """Only these pitch classes."""
    strange = classes(tune_of(turn.after)) - {pitch(v) for v in value}
    return f"also {sorted(strange)}" if strange else None


@check
def notes_without(turn: Turn, value: list[str]) -> str | None:
    """None of these pitch classes."""
    found = classes(tune_of(turn.after)) & {pitch(v) for v in value}
    return f"{sorted(found)}" if found else None


@check
def ends_note(turn: Turn, value: str) -> str | None:
    """The first voice ends on the key's `tonic`."""
    tune = tune_of(turn.after)
    return None if final(tune) == tune.key.pitch_class else "not on the tonic"


@check
def last_note_has(turn: Turn, value: str) -> str | None:
    """The pitch class sounds in the last bar of some voice."""
    tune = tune_of(turn.after)
    last = {m % 12 for v in tune.voices for e in v.measures[-1].events for m in e.midi}
    named = re.search(r'"E"[^"]*$', turn.after or "") if value == "G#" else None
    return None if pitch(value) in last or named else f"{sorted(last)}"
