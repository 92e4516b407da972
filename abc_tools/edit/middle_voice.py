"""A voice between two others: a chord tone for every note of the lower one, never outside the two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from statistics import mean

from abc_tools.chords import ChordSymbol
from abc_tools.edit.voice_text import (
    NewVoice,
    Part,
    added_voices,
    bar_text,
    free_id,
    require_single_bars,
)
from abc_tools.harmonise import Placed, chords_for
from abc_tools.text import Edit
from abc_tools.theory import STEPS, Key, Pitch
from abc_tools.tune import Measure, Tune, Voice
from abc_tools.voicing import chord_tones

LEAP, DOUBLED, PARALLEL, FOREIGN = 0.35, 1.5, 6.0, 3.0
"""What a semitone of leap costs, a tone that sounds already, a parallel perfect interval, a tone outside the chord."""


@dataclass(frozen=True)
class Slot:
    """One note of the new voice: how long, what sounds below and above it (`first` and `last` of the melody there), and
    the chord. Notes are MIDI numbers.
    """

    length: Fraction
    low: int
    high: int
    first: int
    last: int
    chord: ChordSymbol | None
    key: Key


def add_middle_voice(tune: Tune, name: str = "Middle") -> list[Edit]:
    """Put a voice between the two voices of a tune, in the rhythm of the lower one.

    Tones of the chord that neither of the two has come first, then small steps; parallel fifths and octaves with
    either voice are avoided. ValueError unless there are two voices with notes.
    """
    if len(tune.voices) != 2:
        raise ValueError("A voice can be put between two others; this tune has not two.")
    for voice in tune.voices:
        require_single_bars(voice)
    if len({len(v.measures) for v in tune.voices}) > 1 or not all(
        any(e.notes for e in v.events) for v in tune.voices
    ):
        raise ValueError("The two voices have not the same bars.")
    top, low = sorted(tune.voices, key=_height, reverse=True)
    chords = chords_for(tune) if any(m.key.tonic for m in low.measures) else []
    bars = [list(_slots(chords, top, low, index)) for index in range(len(low.measures))]
    chosen = _best([slot for bar in bars for slot in bar])
    pitches = iter(chosen)
    texts = []
    for measure, slots in zip(low.measures, bars, strict=True):
        part: Part = [((next(pitches),), slot.length) for slot in slots]
        texts.append(bar_text(measure.key, part or [((), measure.duration)], measure.unit))
    clef = "treble" if mean(p.midi for p in chosen) >= 57 else "bass"
    clef = "alto" if name.lower() == "viola" else clef
    order = [v.id for v in tune.voices]
    new = NewVoice(free_id(tune), name, clef, tuple(texts))
    return added_voices(tune, tune.voices[0], [new], score=" ".join([order[0], new.id, order[1]]))


def _height(voice: Voice) -> float:
    return mean(n for e in voice.events for n in e.midi)


def _slots(chords: list[Placed], top: Voice, low: Voice, index: int) -> Iterator[Slot]:
    """The slots of a bar: one for every note of the lower voice, and for its rests."""
    above: Measure = top.measures[index]
    below: Measure = low.measures[index]
    earlier = [c.chord for c in chords if c.index < index]
    here = [(c.onset, c.chord) for c in chords if c.index == index]
    for event in below.events:
        end = event.onset + event.duration
        over = [
            n
            for e in above.events
            if e.onset < end and event.onset < e.onset + e.duration
            for n in e.midi
        ]
        now = [c for at, c in here if at <= event.onset]
        chord = now[-1] if now else earlier[-1] if earlier else None
        bottom = max(event.midi, default=min(over, default=60) - 12)
        over = over or [bottom + 12]
        yield Slot(event.duration, bottom, min(over), over[0], over[-1], chord, below.key)


def _candidates(slot: Slot) -> list[tuple[float, Pitch]]:
    """The notes that a slot may have, with what each costs by itself."""
    low, high = min(slot.low, slot.high), max(slot.low, slot.high)
    tones = list(chord_tones(slot.chord)) if slot.chord else []
    classes = {t.step: t.alter for t in tones}
    found = []
    for octave in range(1, 8):
        for step in STEPS:
            pitch = Pitch(step, classes.get(step, slot.key.signature[step]), octave)
            if not low <= pitch.midi <= high:
                continue
            cost = 0.0 if step in classes or not tones else FOREIGN
            cost += DOUBLED * sum(pitch.midi % 12 == other % 12 for other in (slot.low, slot.high))
            cost += DOUBLED * (pitch.midi in (low, high))
            found.append((cost, pitch))
    return found or [(0.0, _nearest(slot))]


def _nearest(slot: Slot) -> Pitch:
    """The note of the key next to the lower voice, where there is no room between the two."""
    every = [Pitch(s, slot.key.signature[s], o) for o in range(1, 8) for s in STEPS]
    return min(every, key=lambda p: abs(p.midi - slot.low))


def _best(slots: list[Slot]) -> list[Pitch]:
    """The line that costs least, by dynamic programming."""
    best: list[tuple[float, list[Pitch]]] = []
    before: Slot | None = None
    for slot in slots:
        new = []
        for cost, pitch in _candidates(slot):
            if before is None or not best:
                new.append((cost, [pitch]))
                continue
            price, line = min(
                ((c + _step(before, p[-1], slot, pitch), p) for c, p in best),
                key=lambda item: item[0],
            )
            new.append((price + cost, [*line, pitch]))
        best, before = new, slot
    return min(best, key=lambda item: item[0])[1]


def _step(before: Slot, old: Pitch, slot: Slot, new: Pitch) -> float:
    """What going from one note to the next costs: the leap, and parallels with the voices around."""
    cost = LEAP * abs(new.midi - old.midi)
    for was, now in ((before.low, slot.low), (before.last, slot.first)):
        parallel = (old.midi - was) % 12 == (new.midi - now) % 12 in (0, 7) and was != now
        cost += PARALLEL if parallel else 0.0
    return cost
