"""Bars led another way: their own figures carried upwards or downwards bar by bar, into an arch, or all of them higher.

Rhythm, words and chord symbols stay; each bar moves by steps of its key, so far that its notes on the beats suit the
chords that stand there. What it does not know: which bars are meant, and new music (`rewrite`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import mean

from abc_tools.chords import parse_chord
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.spelling import changed_only, respell
from abc_tools.text import apply
from abc_tools.theory import Pitch
from abc_tools.tune import Measure, Note, Tune, Voice
from abc_tools.validate import errors

WAYS: tuple[tuple[str, str], ...] = (
    ("arch", r"起伏|\brise and fall\b|\bups and downs\b|\barch(?:es|ed|ing)?\b|\b(?:more|better) (?:shape|contour|shapely)\b"),
    ("up", r"\b(?:climb|soar|ascend|rise)(?:s|ing)?\b|\bupwards?\b|\bgo(?:es|ing)? up(?:wards)?\b|\b(?:end|finish|close)(?:s|ing)? (?:up )?(?:a (?:bit|little) |much |more )?(?:on something )?(?:high(?:er)?|up)\b|[往向]上(?:走|爬|扬|推|升)|上行|攀升|越来越高|收得高|扬起来"),
    ("down", r"\b(?:descend|sink)(?:s|ing)?\b|\bfall(?:s|ing)? (?:away|down)?\b|\bdownwards?\b|\bgo(?:es|ing)? down(?:wards)?\b|\b(?:end|finish|close)(?:s|ing)? (?:a (?:bit|little) |much |more )?(?:low(?:er)?|down)\b|[往向]下(?:走|落|沉)|下行|收得低"),
    ("higher", r"\bhigher\b|更高|高一?[点些]"), ("lower", r"\blower\b|更低|低一?[点些]"),
)  # fmt: skip
_ANEW = re.compile(
    r"\b(?:re-?write|recompose|new|another|different|fresh|replace|else|exciting|interesting|dramatic|lively|livelier|busier|boring|dull)\b|重写|换|新|重新|激动|有趣|活泼|丰富"
)
"""Words that want other music, whichever way it goes."""
STEPS = range(-5, 8)
MOST_BARS = 8
HIGH = 79
"""G5: what melodies that climb may come to in any case."""
RISE = 3
"""Semitones by which the second half of bars that climb lies higher beside the first than it did."""


def way_of(text: str) -> str:
    """The way that a wish for some bars names; "" for none.

    >>> way_of("the bridge should climb more"), way_of("往下走"), way_of("make it better")
    ('up', 'down', '')
    """
    return next((way for way, words in WAYS if re.search(words, text.lower())), "")


def only_led(text: str) -> bool:
    """Whether a wish names a way and no other music."""
    return bool(way_of(text)) and _ANEW.search(text.lower()) is None


@dataclass(frozen=True)
class _Bar:
    """A bar to be led: its notes, the chord classes under those on the beats, whether it is tied to the bar before."""

    measure: Measure
    on_beats: tuple[tuple[Pitch, frozenset[int]], ...]
    tied: bool

    def foreign(self, steps: int) -> float:
        """The share of the notes on the beats that are not in their chords."""
        moved = [(_moved(p, self.measure, steps).midi % 12, c) for p, c in self.on_beats]
        return mean(n not in c for n, c in moved) if moved else 0.0

    def height(self, steps: int) -> float:
        notes = [
            _moved(n.written, self.measure, steps).midi
            for e in self.measure.events
            for n in e.notes
        ]
        return mean(notes) if notes else 0.0


def led(tune: Tune, voice: Voice, place: Place, way: str, peak: int = 0) -> Tune | None:
    """The tune with the bars of a voice led that way, an arch to its top in the bar `peak`; None where they cannot be."""
    bars = _bars(tune, voice, place)
    if not bars or any(not b.measure.key.tonic for b in bars):
        return None
    home = _ends_on_tonic(voice, bars)
    shifts = _shifts(bars, way, home, peak)
    if shifts is None:
        return None
    edits = []
    for bar, steps in zip(bars, shifts, strict=True):
        kept = bar.measure.events[-1].notes if home and bar is bars[-1] and steps % 7 else ()
        edits += respell(
            bar.measure, bar.measure.key, _by(bar.measure, steps, kept), keep_signs=False
        )
    new = parse_tune(apply(tune.source, changed_only(tune.source, edits)))
    return None if errors(new) or new.source == tune.source else new


def _by(measure: Measure, steps: int, kept: Sequence[Note]) -> Callable[[Note], Pitch]:
    return lambda note: note.written if note in kept else _moved(note.written, measure, steps)


def _moved(pitch: Pitch, measure: Measure, steps: int) -> Pitch:
    """A pitch so many steps of the key away; a step that the bar has altered keeps its sign."""
    if not steps:
        return pitch
    octave, place = divmod(pitch.diatonic + steps, 7)
    step = "CDEFGAB"[place]
    signature = measure.key.signature
    own = {n.written.step: n.written.alter for e in measure.events for n in e.notes}
    altered = step in own and own[step] != signature[step]
    return Pitch(step, own[step] if altered else signature[step], octave)


def _bars(tune: Tune, voice: Voice, place: Place) -> list[_Bar]:
    found: list[_Bar] = []
    chord: frozenset[int] = frozenset()
    held = False
    for index, measure in enumerate(voice.measures):
        symbols = (
            tune.voices[0].measures[index] if index < len(tune.voices[0].measures) else measure
        )
        named = {e.onset: e.chord_symbol for e in symbols.events if e.chord_symbol}
        beat = measure.meter.beat if measure.meter else Fraction(1, 4)
        on_beats = []
        for event in measure.events:
            for onset in sorted(named):
                parsed = parse_chord(named[onset] or "") if onset <= event.onset else None
                chord = parsed.pitch_classes if parsed else chord
            if event.notes and event.onset % beat == 0 and chord:
                on_beats.append((event.notes[-1].written, chord))
        if place.first <= measure.number <= place.last and any(e.notes for e in measure.events):
            found.append(_Bar(measure, tuple(on_beats), held and measure.events[0].tied))
        held = bool(measure.events) and measure.events[-1].tie
    return found


def _ends_on_tonic(voice: Voice, bars: list[_Bar]) -> bool:
    """Whether the bars close the tune on its tonic: the last note stays the tonic then."""
    last = bars[-1].measure
    sounding = [e for e in last.events if e.notes]
    closes = last is next(m for m in reversed(voice.measures) if any(e.notes for e in m.events))
    return closes and sounding[-1].notes[-1].written.midi % 12 == last.key.pitch_class


def _shifts(bars: list[_Bar], way: str, home: bool, peak: int = 0) -> list[int] | None:
    """How many steps each bar moves: the way that suits the chords best, by small moves."""
    if way in ("higher", "lower"):
        sign = 1 if way == "higher" else -1
        usual = [s * sign for s in (2, 1, 3, 4, 5, 7)]
        best = min(usual, key=lambda s: (sum(b.foreign(s) for b in bars), abs(s - 2 * sign)))
        return [best] * len(bars)
    if len(bars) == 1:
        return None
    count = len(bars)
    ways = {
        "up": [n / (count - 1) for n in range(count)], "down": [1 - n / (count - 1) for n in range(count)],
        "arch": _arch(bars, peak),
    }  # fmt: skip
    slope = _slope([b.height(0) for b in bars], way)
    for reach in (3, 4, 5, 6, 7):
        goal = [round(reach * (share - 0.2)) for share in ways[way]]
        if home:
            goal[-1] = (
                7 if way == "up" and _top(bars[-1:], 7) <= max(_top(bars, 0) + 5, HIGH) else 0
            )
        shifts = _near(bars, goal, way)
        heights = [b.height(s) for b, s in zip(bars, shifts, strict=True)]
        fits = max(_top([b], s) for b, s in zip(bars, shifts, strict=True)) <= max(
            _top(bars, 0) + 7, HIGH
        )
        if fits and _slope(heights, way) >= max(slope + RISE, RISE):
            return shifts
    return None


def _arch(bars: list[_Bar], peak: int) -> list[float]:
    """How high the bars of an arch lie, 0 to 1: up to a bar, or to three fifths of the way, and down again."""
    count = len(bars)
    if not peak:
        return [1 - abs(2 * n / (count - 1) - 1.2) for n in range(count)]
    top = next((n for n, b in enumerate(bars) if b.measure.number >= peak), count - 1)
    return [n / top if 0 < n <= top else (count - 1 - n) / max(1, count - 1 - top) if n > top else float(top == 0)
            for n in range(count)]  # fmt: skip


def _top(bars: list[_Bar], steps: int) -> int:
    return max(
        _moved(n.written, b.measure, steps).midi
        for b in bars
        for e in b.measure.events
        for n in e.notes
    )


def _near(bars: list[_Bar], goal: list[int], way: str) -> list[int]:
    """Shifts next to the wanted ones whose notes on the beats suit the chords."""
    found: list[int] = []
    for number, (bar, wanted) in enumerate(zip(bars, goal, strict=True)):
        if bar.tied and found:
            found.append(found[-1])
            continue
        exact = number == len(bars) - 1 and wanted in (0, 7) and goal[-1] == wanted
        options = [wanted] if exact else [s for s in range(wanted - 1, wanted + 2) if s in STEPS]
        found.append(min(options, key=lambda s: (round(4 * bar.foreign(s)), abs(s - wanted))))
    return found


def _slope(heights: list[float], way: str) -> float:
    """How far the bars go the way: the second half above the first, or the middle above the edges."""
    half = max(1, len(heights) // 2)
    if way == "arch":
        return max(heights) - min(heights)
    rise = mean(heights[-half:]) - mean(heights[:half])
    return rise if way == "up" else -rise


def goes(tune: Tune, voice: int, place: Place, way: str) -> float:
    """How far some bars go a way, in semitones: the second half above the first, or all of them by their height."""
    bars = [
        mean(n for e in m.events for n in e.midi)
        for m in tune.voices[voice].measures if place.first <= m.number <= place.last and any(e.notes for e in m.events)
    ]  # fmt: skip
    if not bars:
        return 0.0
    if way in ("higher", "lower"):
        return mean(bars) * (1 if way == "higher" else -1)
    return _slope(bars, way) if len(bars) > 1 else sum(b - a for a, b in pairwise(bars))


def stepped(tune: Tune, voice: Voice, place: Place | None, steps: int) -> Tune:
    """The notes of a voice so many steps of the key away, in some bars or all; chord symbols stay. ValueError without a
    key.
    """
    edits = []
    for measure in voice.measures:
        if place is not None and not place.first <= measure.number <= place.last:
            continue
        if not measure.key.tonic:
            raise ValueError("Music without a key has no scale to move along.")
        edits += respell(measure, measure.key, _by(measure, steps, ()), keep_signs=False)
    return parse_tune(apply(tune.source, changed_only(tune.source, edits)))
