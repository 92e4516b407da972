"""Two shapes of a whole new tune: a call and a response that comes again, and chords without a melody.

What it does not know: how they are asked for (`understand.manner`), and an answer to a phrase of an open tune
(`rewrite`).
"""

from __future__ import annotations

from dataclasses import replace

from abc_tools.chords import parse_chord
from abc_tools.theory import Pitch
from abc_tools.tune import Tune
from abc_tools.voicing import chord_tones
from chat.act.change import edit_step
from chat.act.moving import changed, each_bar
from chat.requirements import Wishes
from lm.piece import Event, Line, Piece

BLOCK, RESPONSE = 4, 2
"""Bars of a call with its response, and of the response alone."""
LOWEST_ROOT, LEAST_NOTES = 55, 3
"""G3, where a chord's root lies or above, and how many notes a chord has."""


# -- call and response -------------------------------------------------------------------------


def _responses(tune: Tune) -> list[int]:
    """The first bars of the responses: of every four bars the last two."""
    return list(range(BLOCK - RESPONSE + 1, tune.bar_count, BLOCK))


def has_response(tune: Tune, value: str) -> bool:
    """Whether the last two of every four bars are always the same music, and what comes before is not always."""
    if tune.bar_count < 2 * BLOCK or tune.bar_count % BLOCK:
        return False
    bars = {m.number: [(e.midi, e.duration) for e in m.events] for m in tune.measures}
    answers = [[bars.get(first + n) for n in range(RESPONSE)] for first in _responses(tune)]
    calls = [
        [bars.get(first - RESPONSE + n) for n in range(RESPONSE)] for first in _responses(tune)
    ]
    return all(a == answers[0] for a in answers) and any(c != answers[0] for c in calls)


def answered(tune: Tune, wishes: Wishes) -> Tune:
    """The tune with its close as the response after every call; a sung one stays, its words would not fit."""
    if wishes.values.get("call_and_response") != "yes" or has_response(tune, "yes"):
        return tune
    last = tune.bar_count
    if any(any(e.syllables) for m in tune.measures for e in m.events):
        return tune
    for first in _responses(tune)[:-1]:
        tune = edit_step(tune, "copy-over", {"first": str(first)}, last - RESPONSE + 1, last)
    return tune


# -- chords alone ------------------------------------------------------------------------------


def has_no_melody(tune: Tune, value: str) -> bool:
    """Whether nothing but chords sounds."""
    sounding = [e for m in tune.measures for e in m.events if e.notes]
    return bool(sounding) and all(len(e.notes) >= LEAST_NOTES for e in sounding)


def chords_alone(tune: Tune, wishes: Wishes) -> Tune:
    """The chord symbols of a tune as blocks that are held as long as each of them stands."""
    return changed(tune, _blocks) if wishes.values.get("melody") == "no" else tune


def _blocks(piece: Piece) -> Piece:
    current: str | None = None

    def blocked(_: int, line: Line) -> Line:
        nonlocal current
        found: list[Event] = []
        for event in line:
            if event.chord and (parse_chord(event.chord) is not None):
                current = event.chord
                found.append(Event(event.duration, _voiced(event.chord), chord=event.chord))
            elif found:
                found[-1] = replace(found[-1], duration=found[-1].duration + event.duration)
            else:
                found.append(Event(event.duration, _voiced(current) if current else ()))
        return tuple(found)

    return each_bar(piece, blocked)


def _voiced(symbol: str) -> tuple[Pitch, ...]:
    """The notes of a chord close together, the root lowest."""
    chord = parse_chord(symbol)
    assert chord is not None, "symbols that are none are left out before"
    tones = chord_tones(chord)
    found = [next(p for o in range(2, 6) if (p := replace(tones[0], octave=o)).midi >= LOWEST_ROOT)]
    for tone in tones[1:]:
        found.append(
            next(p for o in range(2, 8) if (p := replace(tone, octave=o)).midi > found[-1].midi)
        )
    return tuple(found)
