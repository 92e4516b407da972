"""Faults of voice leading in music of two to four voices, by the rules of four-part writing.

Voices stand highest first, as in a score. The music is cut into *sonorities*, one for every moment at
which a voice begins a note; each rule looks at one of them or at two that follow each other. Times are
fractions of a whole note from the start; intervals are counted in semitones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise

from abc_tools.theory import Key, Pitch
from abc_tools.tune import Tune, Voice

RANGES = {"soprano": (60, 81), "alto": (53, 74), "tenor": (48, 69), "bass": (40, 62)}
"""Voice → lowest and highest MIDI number that a choir sings with ease."""
OCTAVE, FIFTH, STEP = 12, 7, 2
LEADING = 11  # semitones of the leading tone above the tonic
DOMINANT = frozenset((7, 11, 2, 5))
SEVENTHS = (frozenset((0, 4, 10)), frozenset((0, 4, 7, 10)))

SENTENCES = {
    "parallel-fifths": "{0} and {1} move in parallel fifths {at}.",
    "parallel-octaves": "{0} and {1} move in parallel octaves {at}.",
    "parallel-unisons": "{0} and {1} move in parallel unisons {at}.",
    "hidden-fifths": "{0} and {1} both leap the same way into a fifth {at}.",
    "hidden-octaves": "{0} and {1} both leap the same way into an octave {at}.",
    "crossing": "{1} sounds above {0} {at}.",
    "overlap": "{0} and {1} overlap {at}: one moves past where the other just was.",
    "spacing": "{0} and {1} are more than an octave apart {at}.",
    "range": "{0} leaves its range {at}.",
    "leading-tone": "The leading tone in {0} does not rise to the tonic {at}.",
    "seventh": "The seventh of the chord in {0} does not fall by step {at}.",
    "doubled-leading-tone": "{0} and {1} double the leading tone {at}.",
    "leap-augmented": "{0} leaps an augmented interval {at}.",
    "leap-wide": "{0} leaps more than an octave {at}.",
}
"""Kind of fault → what it says; `{at}` is the bar."""


@dataclass(frozen=True)
class Fault:
    """A fault: its kind, the bars (printed numbers) and the names of the voices it concerns."""

    kind: str
    bars: tuple[int, ...]
    voices: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What is wrong, for people.

        >>> Fault("parallel-fifths", (2, 3), ("Alto", "Bass")).sentence
        'Alto and Bass move in parallel fifths from bar 2 to 3.'
        """
        first, last = self.bars[0], self.bars[-1]
        at = f"in bar {first}" if first == last else f"from bar {first} to {last}"
        return SENTENCES[self.kind].format(*self.voices, at=at)


@dataclass(frozen=True)
class Sonority:
    """What sounds from one onset to the next: a pitch (or None) and "struck" for each voice."""

    bar: int
    key: Key
    pitches: tuple[Pitch | None, ...]
    struck: tuple[bool, ...]

    @property
    def classes(self) -> frozenset[int]:
        """Pitch classes that sound."""
        return frozenset(p.midi % 12 for p in self.pitches if p)

    def degree(self, pitch: Pitch) -> int:
        """Semitones of a pitch above the tonic, -1 without a tonic."""
        return (pitch.midi - self.key.pitch_class) % 12 if self.key.tonic else -1


def voice_leading(tune: Tune) -> list[Fault]:
    """Every fault of voice leading in a tune of two to four voices, in the order of the music.

    Of a chord in one voice the top note counts, in the lowest voice the bottom one. A fault that
    lasts (crossing, spacing) is named where it begins. ValueError for fewer or more voices.

    >>> from abc_tools.parse import parse_tune
    >>> head = "X:1\\nM:2/4\\nL:1/4\\nK:C\\n"
    >>> [f.kind for f in voice_leading(parse_tune(head + "V:1\\nGA|]\\nV:2\\nCD|]\\n"))]
    ['parallel-fifths']
    """
    voices = [v for v in tune.voices if any(e.notes for e in v.events)]
    if not 2 <= len(voices) <= 4:
        raise ValueError(
            f"Voice leading is checked for two to four voices; this tune has {len(voices)}."
        )
    names = [v.name or f"Voice {v.id}" for v in voices]
    sounds = sonorities(voices)
    found: list[tuple[int, str, tuple[int, ...], tuple[int, ...]]] = []
    for n, (before, after) in enumerate(pairwise([None, *sounds])):
        assert after is not None, "only the first is no sonority"
        found += [(n, kind, (after.bar,), who) for kind, who in _standing(before, after, voices)]
        if before is not None:
            bars = (before.bar, after.bar)
            found += [(n, kind, bars, who) for kind, who in _moving(before, after)]
    found += _resolutions(sounds)
    found.sort(key=lambda f: f[0])
    return [Fault(kind, bars, tuple(names[v] for v in who)) for _, kind, bars, who in found]


def sonorities(voices: list[Voice]) -> list[Sonority]:
    """The sonorities of voices that run together, measure by measure; ties hold a note."""
    found: list[Sonority] = []
    last: tuple[Pitch | None, ...] = (None,) * len(voices)
    for index in range(max(len(v.measures) for v in voices)):
        here = [v.measures[index] if index < len(v.measures) else None for v in voices]
        starts: dict[Fraction, dict[int, tuple[Pitch | None, bool]]] = {}
        for n, measure in enumerate(here):
            low = n == len(voices) - 1
            for event in measure.events if measure else ():
                order = sorted(event.notes, key=lambda note: note.pitch.midi, reverse=not low)
                pitch = order[0].pitch if order else None
                struck = bool(order) and not order[0].tied
                starts.setdefault(event.onset, {})[n] = (pitch, struck)
        measure = next(m for m in here if m)
        for _, changes in sorted(starts.items(), key=lambda item: item[0]):
            now = tuple(changes[n][0] if n in changes else p for n, p in enumerate(last))
            begins = tuple(n in changes and changes[n][1] for n in range(len(voices)))
            if now != last or any(begins):
                found.append(Sonority(measure.number, measure.key, now, begins))
            last = now
    return found


Found = Iterator[tuple[str, tuple[int, ...]]]


def _standing(before: Sonority | None, now: Sonority, voices: list[Voice]) -> Found:
    """Faults of one sonority; those that lasted already are left out."""
    heard = before.pitches if before else (None,) * len(now.pitches)
    last = len(now.pitches) - 1
    for n, (upper, lower) in enumerate(pairwise(now.pitches)):
        if upper is None or lower is None:
            continue
        was = (heard[n], heard[n + 1])
        gap = upper.midi - lower.midi
        old = was[0].midi - was[1].midi if was[0] and was[1] else 0
        if gap < 0 <= old:
            yield "crossing", (n, n + 1)
        if gap > OCTAVE >= old and last > 1 and n + 1 < last:
            yield "spacing", (n, n + 1)
    for n, pitch in enumerate(now.pitches):
        limits = RANGES.get(_part(voices, n))
        if pitch and limits and now.struck[n] and not limits[0] <= pitch.midi <= limits[1]:
            yield "range", (n,)
    lead = [n for n, p in enumerate(now.pitches) if p and now.degree(p) == LEADING]
    relative = {(c - now.key.pitch_class) % 12 for c in now.classes}
    if len(lead) > 1 and len(relative) > 1 and relative <= DOMINANT:
        yield "doubled-leading-tone", (lead[0], lead[1])


def _part(voices: list[Voice], n: int) -> str:
    """Which voice of a choir it is: by its name, of four voices by its place."""
    name = voices[n].name.lower()
    if name in RANGES:
        return name
    return list(RANGES)[n] if len(voices) == 4 and not name else ""


def _moving(before: Sonority, now: Sonority) -> Found:
    """Faults between two sonorities that follow each other."""
    moves = [(n, a, b) for n, (a, b) in enumerate(zip(before.pitches, now.pitches, strict=True))
             if a and b and a.midi != b.midi]  # fmt: skip
    last = len(now.pitches) - 1
    for (n, a, b), (m, c, d) in combinations(moves, 2):
        old, new = a.midi - c.midi, b.midi - d.midi
        if (b.midi > a.midi) != (d.midi > c.midi):
            continue
        perfect = new % 12 in (0, FIFTH)
        if perfect and old % 12 == new % 12:
            yield f"parallel-{_perfect(new, old)}", (n, m)
        elif perfect and (n, m) == (0, last) and abs(b.midi - a.midi) > STEP:
            yield f"hidden-{'fifths' if new % 12 else 'octaves'}", (n, m)
    for n, a, b in moves:
        for m, above in ((n - 1, True), (n + 1, False)):
            other = before.pitches[m] if 0 <= m <= last else None
            past = other and (b.midi > other.midi if above else b.midi < other.midi)
            if past and now.pitches[m] and now.pitches[m] != other:
                yield "overlap", (min(n, m), max(n, m))
        if abs(b.midi - a.midi) > OCTAVE:
            yield "leap-wide", (n,)
        elif augmented(a, b):
            yield "leap-augmented", (n,)


def _perfect(new: int, old: int) -> str:
    return "fifths" if new % 12 else "unisons" if new == old == 0 else "octaves"


def augmented(one: Pitch, other: Pitch) -> bool:
    """Whether the interval between two spelled pitches is augmented; a half step is none.

    >>> augmented(Pitch("F", 0, 4), Pitch("G", 1, 4)), augmented(Pitch("G", 1, 4), Pitch("F", 0, 4))
    (True, True)
    >>> augmented(Pitch("F", 0, 4), Pitch("F", 1, 4)), augmented(Pitch("B", 0, 4), Pitch("F", 0, 5))
    (False, False)
    """
    steps = other.diatonic - one.diatonic
    size = (other.midi - one.midi) * (1 if steps >= 0 else -1)
    widest = (0, 2, 4, 5, 7, 9, 11)[abs(steps) % 7] + 12 * (abs(steps) // 7)
    return steps != 0 and size > widest


def _resolutions(
    sounds: list[Sonority],
) -> list[tuple[int, str, tuple[int, ...], tuple[int, ...]]]:
    """Leading tones at cadences and sevenths of dominant chords that do not go where they should."""
    found: list[tuple[int, str, tuple[int, ...], tuple[int, ...]]] = []
    last = len(sounds[0].pitches) - 1 if sounds else 0
    for n, (now, after) in enumerate(pairwise(sounds), start=1):
        bars = (now.bar, after.bar)
        low, new = now.pitches[last], after.pitches[last]
        cadence = low and new and now.degree(low) in (7, LEADING) and after.degree(new) == 0
        for v, (a, b) in enumerate(zip(now.pitches, after.pitches, strict=True)):
            if a is None or b is None:
                continue
            inner = 0 < v < last
            if cadence and now.degree(a) == LEADING and _triad(now):
                down = b.midi - a.midi in (-4, -3, 0) and inner
                if b.midi - a.midi != 1 and not down:
                    found.append((n, "leading-tone", bars, (v,)))
            root = _seventh(now, a)
            if root is not None and _seventh_free(root, after, a, b):
                found.append((n, "seventh", bars, (v,)))
    return found


def _triad(now: Sonority) -> bool:
    return {(c - now.key.pitch_class) % 12 for c in now.classes} <= DOMINANT


def _seventh(now: Sonority, pitch: Pitch) -> int | None:
    """The root of the dominant seventh chord of which a pitch is the seventh."""
    root = (pitch.midi + 2) % 12
    return root if frozenset((c - root) % 12 for c in now.classes) in SEVENTHS else None


def _seventh_free(root: int, after: Sonority, old: Pitch, new: Pitch) -> bool:
    """Whether the seventh goes elsewhere than down by step, while the chord changes."""
    if root in after.classes and old.midi % 12 in after.classes:
        return False  # the chord goes on, or the note is held
    return not (new.midi == old.midi or 1 <= old.midi - new.midi <= STEP)
