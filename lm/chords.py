"""Chord symbols for tunes that have none, in the manner of people who wrote them: training data
only.

A hidden Markov model counted from tunes with human chords: which chord follows which (within a bar
and over a barline, by mode), and which notes sound over which kind of chord. Viterbi then finds the
best chords for a melody. A slot is half a bar in 4/4, 2/2, 6/8 and 12/8, else a bar. Chords are
relative to the major key of the signature. What it does not know: cadences as such, inversions,
anything about style.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from lm.piece import LETTERS, SEMITONES, Event, Piece, Section
from lm.spelling import move_name

Chord = tuple[int, str]  # semitones above the tonic of the signature's major key, quality
DEGREES = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)
HALVED = ("4/4", "2/2", "6/8", "12/8")
PLAIN = {  # the chords of modes for which there are few tunes with human chords
    "dorian": ((2, "m"), (0, ""), (7, ""), (9, "m"), (5, "")),
    "mixolydian": ((7, ""), (5, ""), (0, ""), (2, "m")),
}
QUALITIES = {
    "": "",
    "m": "m",
    "7": "7",
    "m7": "m",
    "maj7": "",
    "6": "",
    "dim": "dim",
    "dim7": "dim",
    "m7b5": "dim",
}


def signature_tonic(piece: Piece) -> tuple[int, int]:
    """The tonic (letter number, alteration) of the major key with the piece's signature."""
    letter, alter = 0, 0
    for _ in range(abs(piece.key.fifths)):
        up = piece.key.fifths > 0
        letter, alter = move_name((letter, alter), 4 if up else 3, 7 if up else 5)
    return letter, alter


def read_chord(name: str, tonic: tuple[int, int]) -> Chord | None:
    """A chord symbol relative to a tonic; None when the quality is not one we model."""
    head = name.partition("/")[0]
    alter = 1 if head[1:2] == "#" else -1 if head[1:2] == "b" else 0
    quality = QUALITIES.get(head[1 + abs(alter) :])
    if quality is None:
        return None
    root = SEMITONES[LETTERS.index(head[0])] + alter
    return (root - SEMITONES[tonic[0]] - tonic[1]) % 12, quality


def write_chord(chord: Chord, tonic: tuple[int, int]) -> str:
    """The chord symbol of a relative chord."""
    letter, alter = move_name(tonic, DEGREES[chord[0]], chord[0])
    return LETTERS[letter] + "b#"[alter > 0] * abs(alter) + chord[1]


def slots(
    section: Section, piece: Piece
) -> list[tuple[bool, list[tuple[int, float]], str | None, bool]]:
    """Each slot: starts a bar, (pitch class, weight) of its notes, its chord symbol, whether a note
    begins it.
    """
    size = piece.bar / 2 if piece.meter in HALVED else piece.bar
    found = []
    for bar in section.bars:
        starts = [n * size for n in range(int(piece.bar / size))]
        notes: list[list[tuple[int, float]]] = [[] for _ in starts]
        names: list[str | None] = [None] * len(starts)
        begins = [False] * len(starts)
        at = Fraction(0)
        for event in bar:
            i = min(len(starts) - 1, int(at / size))
            if event.pitch:
                weight = float(event.duration * 8) * (1.5 if at == starts[i] else 1.0)
                notes[i].append(((SEMITONES[event.pitch[0] % 7] + event.pitch[1]) % 12, weight))
            if at in starts:
                begins[i] = True
            names[i] = names[i] or event.chord
            at += event.duration
        found += [
            (i == 0, n, c, b) for i, (n, c, b) in enumerate(zip(notes, names, begins, strict=True))
        ]
    return found


@dataclass(frozen=True)
class Harmoniser:
    """Counted log probabilities; make one with `learn`."""

    sounds: dict[tuple[str, int], float]
    follows: dict[tuple[str, bool, Chord, Chord], float]
    chords: dict[str, tuple[Chord, ...]]

    def harmonise(self, piece: Piece) -> Piece:
        """The piece with a chord symbol on every full bar, and at half bars where the chord
        changes.
        """
        tonic = signature_tonic(piece)
        offset = (SEMITONES[tonic[0]] + tonic[1]) % 12
        sections = []
        for section in piece.sections:
            cells = slots(section, piece)
            path = self.best_path(cells, piece.key.mode, offset, self.home(piece.key.mode))
            names = [write_chord(chord, tonic) for chord in path]
            sections.append(_place(section, piece, names))
        return replace(piece, sections=tuple(sections))

    def home(self, mode: str) -> Chord:
        """The tonic chord of a mode."""
        return {"major": (0, ""), "minor": (9, "m"), "dorian": (2, "m"), "mixolydian": (7, "")}[
            mode
        ]

    def fit(self, notes: Sequence[tuple[int, float]], chord: Chord, offset: int) -> float:
        """Log probability of a slot's notes over a chord."""
        return 0.6 * sum(
            w * self.sounds[chord[1], (pc - offset - chord[0]) % 12] for pc, w in notes
        )

    def best_path(self, cells: Sequence[tuple], mode: str, offset: int, home: Chord) -> list[Chord]:
        """Viterbi over the slots; the last chord is drawn to the tonic."""
        chords = self.chords[mode]
        scores = {c: self.fit(cells[0][1], c, offset) + (1.5 if c == home else 0.0) for c in chords}
        back: list[dict[Chord, Chord]] = []
        for new_bar, notes, _, begins in cells[1:]:
            table: dict[Chord, float] = {}
            came: dict[Chord, Chord] = {}
            for c in chords:
                options = chords if begins or new_bar else (c,)
                before = max(options, key=lambda p: scores[p] + self.step(mode, new_bar, p, c))
                came[c] = before
                table[c] = (
                    scores[before]
                    + self.step(mode, new_bar, before, c)
                    + self.fit(notes, c, offset)
                )
            scores = table
            back.append(came)
        if home in scores:
            scores[home] += 2.0
        path = [max(scores, key=lambda c: scores[c])]
        for came in reversed(back):
            path.append(came[path[-1]])
        return path[::-1]

    def step(self, mode: str, new_bar: bool, before: Chord, after: Chord) -> float:
        """Log probability that `after` follows `before`."""
        if mode in PLAIN:
            return (
                math.log(0.75 if before == after else 0.06)
                if not new_bar
                else math.log(0.4 if before == after else 0.2)
            )
        return self.follows[mode, new_bar, before, after]


def _place(section: Section, piece: Piece, names: list[str]) -> Section:
    size = piece.bar / 2 if piece.meter in HALVED else piece.bar
    per_bar = int(piece.bar / size)
    bars = []
    for b, bar in enumerate(section.bars):
        events: list[Event] = []
        at, sounding = Fraction(0), None
        for event in bar:
            name = (
                names[b * per_bar + int(at / size)] if at % size == 0 and at < piece.bar else None
            )
            events.append(replace(event, chord=name if name != sounding else None))
            sounding = name or sounding
            at += event.duration
        bars.append(tuple(events))
    return replace(section, bars=tuple(bars))


def learn(pieces: Iterable[Piece]) -> Harmoniser:
    """Count chords and notes in pieces with human chords (major and minor)."""
    sounds: Counter[tuple[str, int]] = Counter()
    follows: Counter[tuple[str, bool, Chord, Chord]] = Counter()
    used: dict[str, Counter[Chord]] = {"major": Counter(), "minor": Counter()}
    for piece in pieces:
        mode = piece.key.mode
        if mode not in used:
            continue
        tonic = signature_tonic(piece)
        offset = (SEMITONES[tonic[0]] + tonic[1]) % 12
        for section in piece.sections:
            before: Chord | None = None
            for new_bar, notes, name, _ in slots(section, piece):
                chord = read_chord(name, tonic) if name else before
                if chord is None:
                    continue
                used[mode][chord] += 1
                for pc, weight in notes:
                    sounds[chord[1], (pc - offset - chord[0]) % 12] += weight  # type: ignore[assignment]
                if before is not None:
                    follows[mode, new_bar, before, chord] += 1
                before = chord
    chords: dict[str, tuple[Chord, ...]] = {
        m: tuple(c for c, _ in n.most_common(10)) for m, n in used.items() if n
    }
    quality_totals = {
        q: sum(v for (k, _), v in sounds.items() if k == q) for q in QUALITIES.values()
    }
    log_sounds = {
        (q, i): math.log((sounds[q, i] + 2.0) / (total + 24.0))
        for q, total in quality_totals.items()
        for i in range(12)
    }
    log_follows = {}
    for mode, known in chords.items():
        for new_bar in (True, False):
            for a in known:
                total = sum(follows[mode, new_bar, a, b] for b in known)
                for b in known:
                    log_follows[mode, new_bar, a, b] = math.log(
                        (follows[mode, new_bar, a, b] + 0.5) / (total + 0.5 * len(known))
                    )
    return Harmoniser(log_sounds, log_follows, chords | PLAIN if chords else {})
