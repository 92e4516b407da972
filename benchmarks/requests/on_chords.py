"""Checks on chord symbols.

A wanted chord is a symbol (`Am`: same root, same kind of third; sevenths and more are free) or a Roman
degree in capitals (`V`: the degree of the root in the tune's key, whatever stands on it).
"""

from __future__ import annotations

from typing import Any

from abc_tools.chords import ChordSymbol, intervals_of, parse_chord
from abc_tools.theory import Key
from abc_tools.tune import Tune
from benchmarks.requests.on_music import SEMITONES
from benchmarks.requests.registry import check
from benchmarks.requests.score import Turn, events, root, tune_of
from benchmarks.requests.score import chords as chords_of

DEGREES = {
    "I": (0,), "II": (1, 2), "III": (3, 4), "IV": (5,), "V": (7,), "VI": (8, 9), "VII": (10, 11),
}  # fmt: skip
"""Roman degree → semitones of its root above the tonic."""
KEPT = 0.8


def matches(chord: ChordSymbol, wanted: str, key: Key) -> bool:
    """Whether a chord is the wanted one."""
    if wanted in DEGREES:
        return (root(chord) - key.pitch_class) % 12 in DEGREES[wanted]
    other = parse_chord(wanted)
    assert other is not None, f"no chord: {wanted}"
    return root(chord) == root(other) and _minor(chord) == _minor(other)


def _minor(chord: ChordSymbol) -> bool:
    steps = intervals_of(chord.quality) or ()
    return 3 in steps and 4 not in steps


def _found(turn: Turn) -> tuple[Tune, list[tuple[int, ChordSymbol]]]:
    tune = tune_of(turn.after)
    found = chords_of(tune)
    if not found:
        raise ValueError("there are no chord symbols")
    return tune, found


@check
def chords(turn: Turn, value: bool) -> str | None:
    """Whether there are chord symbols: if so, at least one to four bars."""
    tune = tune_of(turn.after)
    found = chords_of(tune)
    right = len(found) * 4 >= tune.bar_count and bool(found) if value else not found
    return None if right else f"{len(found)} chord symbols"


@check
def chords_only(turn: Turn, value: list[str]) -> str | None:
    """There are chord symbols, and all are among these."""
    tune, found = _found(turn)
    strange = {c.text for _, c in found if not any(matches(c, v, tune.key) for v in value)}
    return f"also {sorted(strange)}" if strange else None


@check
def chords_used(turn: Turn, value: list[str]) -> str | None:
    """Every one of these occurs."""
    tune, found = _found(turn)
    missing = [v for v in value if not any(matches(c, v, tune.key) for _, c in found)]
    return f"no {missing}" if missing else None


@check
def progression(turn: Turn, value: list[str]) -> str | None:
    """These chords in this order, round and round; the first round exactly, 80 % of what follows.

    A chord that is written twice in a row counts once.
    """
    tune, found = _found(turn)
    told = [c for i, (_, c) in enumerate(found) if not i or c.text != found[i - 1][1].text]
    ring = [v for i, v in enumerate(value) if not i or v != value[i - 1]]
    if len(told) < len(ring):
        return f"only {[c.text for c in told]}"
    right = [matches(c, ring[i % len(ring)], tune.key) for i, c in enumerate(told)]
    fits = all(right[: len(ring)]) and sum(right) >= KEPT * len(right)
    return None if fits else f"{[c.text for c in told][:12]}"


@check
def ends_chord(turn: Turn, value: list[str]) -> str | None:
    """The last chord symbol is one of these; without symbols, the last note belongs to the triad."""
    tune = tune_of(turn.after)
    found = chords_of(tune)
    return _at_end(tune, found[-1][1] if found else None, value, events(tune))


@check
def chord_at(turn: Turn, value: list[Any]) -> str | None:
    """The last chord of a bar is this degree; without symbols, the bar's last note belongs to the triad."""
    tune = tune_of(turn.after)
    number, wanted = value
    found = [chord for bar, chord in chords_of(tune) if bar <= number]
    return _at_end(tune, found[-1] if found else None, [wanted], events(tune, 0, (number, number)))


def _at_end(tune: Tune, chord: ChordSymbol | None, value: list[str], last: list[Any]) -> str | None:
    if chord is not None:
        right = any(matches(chord, v, tune.key) for v in value)
        return None if right else f"it is {chord.text}"
    pitches = [event.midi[-1] % 12 for event in last if event.midi]
    triads = {
        (tune.key.pitch_class + DEGREES[v][0] + step) % 12 for v in value for step in (0, 3, 4, 7)
    }
    return None if pitches and pitches[-1] in triads else "the last note is of another chord"


@check
def chord_in(turn: Turn, value: list[Any]) -> str | None:
    """A chord with this root stands in this bar."""
    number, name = value
    roots = {root(chord) for bar, chord in chords_of(tune_of(turn.after)) if bar == number}
    wanted = {SEMITONES[name[0]] + {"#": 1, "b": -1, "": 0}[name[1:]]}
    return None if roots & wanted else f"roots {sorted(roots)}"


@check
def chords_changed(turn: Turn, value: list[int]) -> str | None:
    """From bar to bar there are chord symbols, and they are not those of before."""
    first, last = value

    def inside(text: str | None) -> list[tuple[int, str]]:
        return [(bar, c.text) for bar, c in chords_of(tune_of(text)) if first <= bar <= last]

    after = inside(turn.after)
    return None if after and after != inside(turn.before) else "the same chords, or none"


@check
def sevenths(turn: Turn, value: bool) -> str | None:
    """Whether some chord has a seventh (sixths and ninths count too)."""
    _, found = _found(turn)
    rich = [c.text for _, c in found if len(intervals_of(c.quality) or ()) > 3]
    return None if bool(rich) == value else f"{rich}"


@check
def blues_chords(turn: Turn, value: str) -> str | None:
    """Only degrees of the blues on this tonic, I and IV and V among them, if there are symbols.

    Without symbols, the tune must be in the key: ends on its tonic, third or fifth.
    """
    tune = tune_of(turn.after)
    tonic = SEMITONES[value[0]] + {"#": 1, "b": -1, "": 0}[value[1:]]
    if tune.key.pitch_class != tonic % 12:
        return f"{tune.key.name}"
    found = {(root(c) - tonic) % 12 for _, c in chords_of(tune)}
    return None if not found or {0, 5, 7} <= found else f"roots {sorted(found)}"
