"""What speaks for a tonic: nine histograms over the twelve pitch classes, taken from the sound alone.

Spelling and signature are not looked at. Each histogram sums to 1, or is all 0 where the tune has
nothing of the kind; "presence" is the root of the first. `profiles.KINDS` names them in order.
"""

from __future__ import annotations

from abc_tools.analyse.line import Material
from abc_tools.tune import Event

Histogram = list[float]


def evidence(material: Material) -> list[Histogram]:
    """The histograms of a tune, by `profiles.KINDS`; index 0 is the pitch class C.

    >>> from abc_tools.parse import parse_tune
    >>> found = evidence(Material(parse_tune("X:1\\nM:2/4\\nL:1/4\\nK:C\\nCE|C2|]\\n")))
    >>> found[0][0], found[0][4], found[2][0]
    (0.75, 0.25, 1.0)
    """
    notes = material.notes
    empty = [0.0] * 12
    duration, downbeat, ends, roots = empty[:], empty[:], empty[:], empty[:]
    for voice in material.tune.voices:
        for measure in voice.measures:
            for event in measure.events:
                for head in event.notes:
                    duration[head.pitch.midi % 12] += float(event.duration)
    for note in notes:
        if note.weight == 1.0:
            downbeat[note.midi % 12] += float(note.duration)
    stops = {section.stop for section in material.sections}
    for note, after in zip(notes, [*notes[1:], None], strict=True):
        if after is None or (after.index > note.index and after.index in stops):
            ends[note.midi % 12] += 1
    for chord in material.chords:
        roots[chord.chord.root_class] += float(chord.end - chord.position)
    first = next((n for n in notes if n.weight == 1.0), notes[0] if notes else None)
    shares = _shares(duration)
    return [
        shares, _shares(downbeat), _one(notes[-1].midi if notes else None),
        _one(_bass_final(material)), _shares(ends), _one(first.midi if first else None),
        _shares(roots), _one(material.chords[-1].chord.root_class if material.chords else None),
        [share**0.5 for share in shares],
    ]  # fmt: skip


def _bass_final(material: Material) -> int | None:
    """The lowest last note of all voices; None for a single voice without chords of notes."""
    finals: list[Event] = []
    for voice in material.tune.voices:
        last = [e for m in voice.measures[-2:] for e in m.events if e.notes]
        if last:
            finals.append(last[-1])
    sounding = [midi for event in finals for midi in event.midi]
    return min(sounding) if len(sounding) > 1 else None


def _shares(histogram: Histogram) -> Histogram:
    total = sum(histogram)
    return [value / total for value in histogram] if total else histogram


def _one(midi: int | None) -> Histogram:
    return [float(midi is not None and midi % 12 == n) for n in range(12)]
