"""Chords for a melody: a model of functional harmony, and the best path through it.

A *slot* is a stretch of time that takes one chord: a bar, half a bar or a beat. A state is a chord of
the key: (semitones above the tonic, quality). A chord is judged by the notes that sound over it
(long and strong ones count most), by the chord before it (functions, and counts learned from open
tunes: `harmony_counts`), and by what a phrase's end asks for. Viterbi finds the best path. What it
does not know: style, inversions, modulation beyond applied dominants.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from abc_tools.chords import ChordSymbol, intervals_of
from abc_tools.harmony_counts import FOLLOWS, SOUNDS
from abc_tools.theory import ALTER_NAMES, Interval, Key, Pitch

State = tuple[int, str]

STATES: dict[str, tuple[State, ...]] = {
    "major": ((0, ""), (2, "m"), (4, "m"), (5, ""), (7, ""), (7, "7"), (9, "m"), (2, "7"), (2, ""),
              (4, "7"), (9, "7"), (0, "7"), (11, "dim"), (10, ""), (5, "m")),
    "minor": ((0, "m"), (2, "dim"), (3, ""), (5, "m"), (7, ""), (7, "7"), (7, "m"), (8, ""),
              (10, ""), (5, ""), (0, "7"), (0, "")),
    "dorian": ((0, "m"), (2, "m"), (3, ""), (5, ""), (7, "m"), (10, ""), (9, "dim")),
    "mixolydian": ((0, ""), (2, "m"), (5, ""), (7, "m"), (9, "m"), (10, "")),
    "phrygian": ((0, "m"), (1, ""), (3, ""), (5, "m"), (8, ""), (10, "m")),
    "lydian": ((0, ""), (2, ""), (4, "m"), (7, ""), (9, "m"), (11, "m")),
    "locrian": ((0, "dim"), (1, ""), (3, "m"), (5, "m"), (6, ""), (8, ""), (10, "m")),
}  # fmt: skip
"""Mode → its chords, plain ones first; applied dominants and borrowed chords of major and minor last."""

RARE = {("major", s): cost for s, cost in (
    ((4, "m"), 0.5), ((2, "7"), 0.8), ((2, ""), 1.0), ((4, "7"), 1.6), ((9, "7"), 1.3), ((0, "7"), 1.2),
    ((11, "dim"), 1.8), ((10, ""), 2.0), ((5, "m"), 2.5))} | {("minor", s): cost for s, cost in (
    ((2, "dim"), 1.2), ((7, "m"), 0.8), ((5, ""), 1.4), ((0, "7"), 2.0), ((0, ""), 2.5))}  # fmt: skip
"""How much a chord costs beyond the plain ones, in the same unit as log probabilities."""

DOMINANTS = {(7, ""), (7, "7"), (11, "dim"), (7, "m")}
SUBDOMINANTS = {(5, ""), (5, "m"), (2, "m"), (2, "dim"), (8, "")}
MODAL_DOMINANT = {"mixolydian": 10, "dorian": 10, "phrygian": 1, "lydian": 2, "locrian": 6}
NATURAL_STEPS = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
MEMORY = 12.0  # how many observations the functional table is worth beside the learned counts
FIT = 0.9  # weight of the notes beside the progression


@dataclass(frozen=True)
class Slot:
    """One place for a chord: notes as (pitch class, weight), and what is asked of it.

    `bar` says that it opens a bar, `fresh` that a chord may change here, `cadence` is "close",
    "phrase" or "half", `given` a chord that must stand, as pitch class of the root and quality.
    """

    notes: tuple[tuple[int, float], ...]
    bar: bool
    fresh: bool = True
    cadence: str = ""
    given: tuple[int, str] | None = None


@dataclass(frozen=True)
class Wishes:
    """What is asked of the chords: `only` these states, sevenths or none, how the end closes."""

    only: frozenset[State] = frozenset()
    sevenths: bool = True
    end: str = "tonic"
    extra: Mapping[State, float] = field(default_factory=dict)


def states_of(key: Key, wishes: Wishes = Wishes()) -> tuple[State, ...]:
    """The chords that may be used in a key. ValueError if the wishes leave none."""
    if wishes.only:
        return tuple(sorted(wishes.only))
    found = STATES[key.mode]
    if not wishes.sevenths:
        found = tuple(s for s in found if "7" not in s[1])
    return found


def triad(quality: str) -> str:
    """The class of a quality: major, minor, dim, with the dominant seventh apart.

    >>> triad("m7"), triad("7"), triad("maj9"), triad("m7b5")
    ('m', '7', '', 'dim')
    """
    notes = intervals_of(quality) or (0, 4, 7)
    if 3 in notes and 4 not in notes:
        return "dim" if 6 in notes and 7 not in notes else "m"
    return "7" if 10 in notes and 4 in notes else ""


def symbol(state: State, key: Key) -> ChordSymbol:
    """The chord symbol of a state in a key.

    >>> symbol((10, ""), Key("D", 0, "mixolydian")).text, symbol((7, "7"), Key("B", -1)).text
    ('C', 'F7')
    """
    steps, semitones = NATURAL_STEPS[state[0]], state[0]
    pitch = Pitch(key.tonic or "C", key.alter, 4).transposed(Interval(steps, semitones))
    if not -1 <= pitch.alter <= 1:
        pitch = pitch.respelled()
    return ChordSymbol(pitch.step, int(pitch.alter), state[1])


def state_of(chord: ChordSymbol, key: Key) -> State:
    """A chord symbol relative to the tonic."""
    return (chord.root_class - key.pitch_class) % 12, chord.quality


@lru_cache(maxsize=4096)
def fits(interval: int, quality: str) -> float:
    """Log probability that a note so many semitones above the root sounds over a chord.

    Learned, and mixed with what theory says: chord tones well, tones a half step above one badly.
    """
    kind = triad(quality)
    counts = SOUNDS.get(kind) or SOUNDS[""]
    total = sum(counts)
    learned = (counts[interval] + 1) / (total + 12)
    notes = {i % 12 for i in intervals_of(quality) or (0, 4, 7)}
    rule = 0.25 if interval in notes else 0.01 if (interval - 1) % 12 in notes else 0.03
    return math.log(0.7 * learned + 0.3 * rule)


def _function(state: State, mode: str) -> str:
    if state[0] == MODAL_DOMINANT.get(mode):
        return "D"
    if state in DOMINANTS or (state[0] == 7 and triad(state[1]) in ("", "7")):
        return "D"
    if state[0] == 0 and state[1] != "7":
        return "T"
    if state in SUBDOMINANTS or state[0] in (5, 2):
        return "S"
    return "t"


_PRIOR = {
    "TT": 0.3, "TS": 0.3, "TD": 0.3, "Tt": 0.1, "SS": 0.25, "ST": 0.3, "SD": 0.4, "St": 0.05,
    "DD": 0.3, "DT": 0.6, "DS": 0.05, "Dt": 0.1, "tS": 0.4, "tD": 0.25, "tT": 0.15, "tt": 0.2,
}  # fmt: skip


def _prior(before: State, after: State, mode: str) -> float:
    """Probability by function; applied dominants go to where they point."""
    one, other = _function(before, mode), _function(after, mode)
    value = _PRIOR[one + other] * (1.0 if before != after else 1.6)
    applied = triad(before[1]) == "7" and before[0] not in (7,)
    if applied:
        value = 0.6 if (after[0] - before[0]) % 12 == 5 else 0.03
    return value / 3


@lru_cache(maxsize=65536)
def follows(mode: str, new_bar: bool, before: State, after: State) -> float:
    """Log probability that a chord follows another, over a barline or within a bar."""
    row = FOLLOWS.get(mode, {}).get(f"{'|' if new_bar else '-'}{before[0]}{triad(before[1])}", {})
    total = sum(row.values())
    prior = _prior(before, after, mode)
    if not new_bar:
        prior = prior * 0.6 if before != after else 0.6
    seen = row.get(f"{after[0]}{triad(after[1])}", 0)
    return math.log((seen + MEMORY * prior) / (total + MEMORY))


def _start(state: State, slot: Slot, mode: str) -> float:
    return 1.0 if _function(state, mode) == "T" else 0.0


def _cadence(state: State, slot: Slot, mode: str) -> float:
    kind = _function(state, mode)
    if slot.cadence == "close":
        return 3.5 if kind == "T" else -2.0
    if slot.cadence == "half":
        return 0.0 if kind == "D" and state[1] != "dim" else -99.0
    if slot.cadence == "phrase":
        return 0.6 if kind in "TD" else -0.4
    return 0.0


def best_path(slots: Sequence[Slot], key: Key, wishes: Wishes = Wishes(),
              before: State | None = None) -> list[State]:  # fmt: skip
    """The best chord for every slot; `before` is the chord that sounded before the first.

    >>> notes = [((0, 2.0), (4, 1.0)), ((5, 2.0), (9, 1.0)), ((7, 1.0), (11, 2.0)), ((0, 4.0),)]
    >>> ends = ["", "", "", "close"]
    >>> [symbol(s, Key()).text for s in best_path(
    ...     [Slot(n, True, cadence=c) for n, c in zip(notes, ends)], Key())][1:]
    ['F', 'G7', 'C']
    """
    if not slots:
        return []
    usual = states_of(key, wishes)
    mode = key.mode
    five = _pentatonic(slots)
    table: dict[State, float] = {}
    came: list[dict[State, State]] = []
    for n, slot in enumerate(slots):
        root = slot.given
        states = ((((root[0] - key.pitch_class) % 12, root[1]),) if root else usual)  # fmt: skip
        held = n > 0 and not slot.fresh and not root
        if held:
            states = tuple(table)
        new: dict[State, float] = {}
        back: dict[State, State] = {}
        for state in states:
            own = _emission(slot, state, key, wishes, five) + _cadence(state, slot, mode)
            if n == 0:
                first = follows(mode, True, before, state) if before else _start(state, slot, mode)
                new[state] = own + first
                continue
            if held:
                back[state], new[state] = state, table[state] + own
                continue
            scores = {p: table[p] + follows(mode, slot.bar, p, state) for p in table}
            best = max(scores, key=lambda p: scores[p])
            back[state], new[state] = best, scores[best] + own
        table = new
        came.append(back)
    path = [max(table, key=lambda s: table[s])]
    for back in reversed(came[1:]):
        path.append(back[path[-1]])
    return path[::-1]


def _emission(slot: Slot, state: State, key: Key, wishes: Wishes, five: frozenset[int]) -> float:
    root = (state[0] + key.pitch_class) % 12
    value = FIT * sum(w * (fits((pc - root) % 12, state[1]) + 2.5) for pc, w in slot.notes)
    cost = RARE.get((key.mode, state), 0.0) if not wishes.only else 0.0
    if five:  # a tune on five notes sounds best with chords made of these
        notes = {(root + i) % 12 for i in intervals_of(state[1]) or ()}
        cost += 0.35 * len(notes - five)
    return value - cost + wishes.extra.get(state, 0.0)


def _pentatonic(slots: Sequence[Slot]) -> frozenset[int]:
    """The notes of a melody that has five or fewer; nothing for richer ones and short ones."""
    weights: dict[int, float] = {}
    for slot in slots:
        for pc, weight in slot.notes:
            weights[pc] = weights.get(pc, 0.0) + weight
    used = frozenset(pc for pc, w in weights.items() if w > 0.01 * sum(weights.values()))
    return used if len(used) <= 5 and len(slots) >= 6 else frozenset()


def name_state(word: str, key: Key) -> State:
    """A chord said as a Roman numeral or a symbol, relative to the key.

    ValueError if it is neither.

    >>> name_state("IV", Key("G")), name_state("ii7", Key("G")), name_state("D7", Key("G"))
    ((5, ''), (2, 'm7'), (7, '7'))
    """
    from abc_tools.chords import parse_chord

    numerals = ("vii", "iii", "vi", "iv", "ii", "v", "i")
    flat = {"b": -1, "#": 1}.get(word[:1], 0)
    rest = word[1:] if flat else word
    for name in numerals:
        if rest.lower().startswith(name):
            head, tail = rest[: len(name)], rest[len(name) :]
            if head not in (name, name.upper()):
                break
            degree = ("i", "ii", "iii", "iv", "v", "vi", "vii").index(name)
            step, alter = key.scale[degree]
            root = (Pitch(step, alter, 4).midi - key.pitch_class) % 12
            small = head == name
            tail = tail.replace("°", "dim").replace("o", "dim")
            quality = tail if not small or tail.startswith("dim") else "m" + tail
            if intervals_of(quality) is not None:
                return (root + flat) % 12, quality
    chord = parse_chord(word)
    if chord is None:
        raise ValueError(f"“{word}” is no chord: say a symbol such as Am or a numeral such as IV.")
    return state_of(chord, key)


def weight(duration: Fraction, on_beat: bool, first: bool, passing: bool) -> float:
    """How much a note counts for its chord: its length in quarters, more on beats."""
    value = min(float(duration * 4), 3.0)
    value *= 1.4 if first else 1.15 if on_beat else 0.8
    return value * (0.6 if passing else 1.0)


__all__ = [
    "ALTER_NAMES", "STATES", "Slot", "State", "Wishes", "best_path", "fits", "follows", "name_state",
    "state_of", "states_of", "symbol", "triad", "weight",
]  # fmt: skip
