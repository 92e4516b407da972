"""The lines that a tune can be sung in, and their slots: the notes that get a syllable each.

Lines are the phrases of the melody (`abc_tools.analyse.phrases`), long ones cut where a note is long or
a bar ends, very short ones joined. A note is a slot unless it is held from the one before: by a tie,
inside a slur, or because it is shorter than an eighth and begins between the eighths. Where a first
verse stands under the tune, its syllables say where the slots are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from abc_tools.analyse.line import Material
from abc_tools.analyse.phrases import phrases
from abc_tools.edit.words import remove_words
from abc_tools.parse import parse_tune
from abc_tools.prosody.sung import STRONG as STRONG_BEAT
from abc_tools.prosody.sung import beat_strength, singing_voice, slurred_notes
from abc_tools.sections import sections
from abc_tools.text import apply
from abc_tools.tune import Event, Measure, Tune, Voice
from lm.verse.order import MIDDLE, STRONG, WEAK, Shape

LONGEST, SHORTEST = 12, 3
"""Slots above which a line is cut, and below which it is joined to a neighbour."""
EIGHTH, QUARTER, HALF = Fraction(1, 8), Fraction(1, 4), Fraction(1, 2)
ON_BEAT = 0.5


@dataclass(frozen=True)
class Slot:
    """A note that takes a syllable: which one of the voice's events, its strength, its measure's index."""

    index: int
    strength: int
    measure: int
    duration: Fraction


@dataclass(frozen=True)
class SungLine:
    """The slots of one line and the section (its place and label) that the line begins in."""

    slots: tuple[Slot, ...]
    section: int
    label: str

    @property
    def shape(self) -> Shape:
        """The strengths of the slots."""
        return tuple(slot.strength for slot in self.slots)


def sung_lines(tune: Tune, verse: int = 1) -> list[SungLine]:
    """The lines of a tune for a verse, in order; [] without notes.

    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/8\\nK:C\\nCDEF|GGG2|AGFE|D4|CDEF|G/F/GG2|FEDB,|C4|]\\n")
    >>> [line.shape for line in sung_lines(tune)]
    [(2, 0, 2, 0, 2, 0, 2, 2, 0, 2, 0, 2), (2, 0, 2, 0, 2, 0, 2, 2, 0, 2, 0, 2)]
    """
    if not tune.voices:
        return []
    voice = singing_voice(tune)
    heads = _heads(voice, verse)
    if not heads:
        return []
    places = [(m, e) for _, _, m, e in heads]
    slots = [
        Slot(index, strength, measure, event.duration)
        for (index, measure, _, event), strength in zip(heads, strengths(places), strict=True)
    ]
    starts = {s.start: s.label for s in sections(tune)} if voice is tune.voices[0] else {0: "A"}
    groups = _joined([part for group in _grouped(tune, voice, slots) for part in _cut(group)])
    found = []
    for group in groups:
        start = max((n for n in starts if n <= group[0].measure), default=0)
        upbeat = min(
            (n for n in starts if group[0].measure < n <= group[-1].measure), default=start
        )
        inside = sum(slot.measure >= upbeat for slot in group)
        start = upbeat if inside * 2 > len(group) else start
        found.append(SungLine(tuple(group), start, starts.get(start, "A")))
    return found


def strengths(places: Sequence[tuple[Measure, Event]]) -> list[int]:
    """How strong each note of a line of sung notes is; a beat is `MIDDLE` if both neighbours are weaker.

    Where the beat is a half note (2/2), its quarters count as beats too.
    """
    values = [_weight(measure, event) for measure, event in places]
    found = []
    for n, value in enumerate(values):
        around = values[max(0, n - 1) : n] + values[n + 1 : n + 2]
        peak = value >= ON_BEAT and all(value > other for other in around)
        found.append(STRONG if value >= STRONG_BEAT else MIDDLE if peak else WEAK)
    return found


def _weight(measure: Measure, event: Event) -> float:
    value = beat_strength(measure, event)
    if value < ON_BEAT and measure.meter is not None and measure.meter.beat >= HALF:
        upbeat = measure.number == 0 and measure.expected is not None
        at = event.onset + (
            measure.expected - measure.duration if upbeat and measure.expected else 0
        )
        return ON_BEAT if at % QUARTER == 0 else value
    return value


def _heads(voice: Voice, verse: int) -> list[tuple[int, int, Measure, Event]]:
    """(index of the event, of its measure, measure, event) of each note that takes a syllable."""
    guided = verse > 1 and any(e.syllables and e.syllables[0] for e in voice.events)
    slurred = slurred_notes(voice)
    found: list[tuple[int, int, Measure, Event]] = []
    index, open_ = -1, False
    for number, measure in enumerate(voice.measures):
        for event in measure.events:
            index += 1
            if not event.notes:
                open_ = False
                continue
            if guided:
                begins = bool(event.syllables and event.syllables[0])
            elif event.tied or all(note.tied for note in event.notes):
                begins = False
            else:
                begins = not (open_ and (event.span.start in slurred or _short(event)))
            if begins:
                found.append((index, number, measure, event))
            open_ = open_ or begins
    return found


def _short(event: Event) -> bool:
    """Whether a note passes too fast for a syllable of its own."""
    return event.duration < EIGHTH and event.onset % EIGHTH != 0


def _grouped(tune: Tune, voice: Voice, slots: list[Slot]) -> list[list[Slot]]:
    """The slots phrase by phrase. The words that stand there do not move the phrases."""
    number = tune.voices.index(voice)
    bare = parse_tune(apply(tune.source, remove_words(tune))) if tune.lyrics else tune
    alone = replace(bare, voices=(bare.voices[number],))
    material = Material(alone)
    order = {e.span.start: n for n, e in enumerate(bare.voices[number].events)}
    ends = [order[material.notes[p.stop - 1].event.span.start] for p in phrases(material)]
    found: list[list[Slot]] = [[]]
    for slot in slots:
        while ends and slot.index > ends[0]:
            ends.pop(0)
            if found[-1]:
                found.append([])
        found[-1].append(slot)
    return [group for group in found if group]


def _cut(group: list[Slot]) -> list[list[Slot]]:
    """A phrase as lines that are not too long, cut behind long notes and at the ends of bars."""
    if len(group) <= LONGEST:
        return [group]
    middle = len(group) / 2
    mean = sum((s.duration for s in group), Fraction(0)) / len(group)

    def worth(n: int) -> float:
        before, after = group[n - 1], group[n]
        long = min(2.0, float(before.duration / mean) - 1)
        bar = 0.6 if after.measure > before.measure and after.strength == STRONG else 0.0
        return long + bar - 3 * abs(n - middle) / len(group)

    at = max(range(SHORTEST, len(group) - SHORTEST + 1), key=worth)
    return [*_cut(group[:at]), *_cut(group[at:])]


def _joined(groups: list[list[Slot]]) -> list[list[Slot]]:
    """Lines with very short ones joined to the one before (the first to the one behind)."""
    found: list[list[Slot]] = []
    for group in groups:
        short = found and min(len(group), len(found[-1])) < SHORTEST
        if short and len(found[-1]) + len(group) <= LONGEST + SHORTEST:
            found[-1] = found[-1] + group
        else:
            found.append(group)
    return found
