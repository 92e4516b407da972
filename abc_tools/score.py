"""Tune → music21 Stream: our second judge of keys and bars (`score_import` reads files with it).

Streams are built from our own tree, never by music21's ABC reader. music21 is imported when a
function is called (half a second), not before.
"""

from __future__ import annotations

from typing import Any

from abc_tools.theory import Key
from abc_tools.tune import Event, Tune

_MIN_NOTES = 8


def to_stream(tune: Tune) -> Any:
    """A music21 `Score` with a part per voice and a measure per measure, notes and rests only.

    Chord symbols and words are left out: analysis would take the symbols for notes.
    """
    from music21 import key, metadata, meter, stream

    score = stream.Score()
    score.metadata = metadata.Metadata(title=tune.title)
    for voice in tune.voices:
        part = stream.Part(id=voice.id)
        part.partName = voice.name or voice.id
        current_key: Key | None = None
        current_meter = None
        for measure in voice.measures:
            out = stream.Measure(number=measure.number)
            if measure.key != current_key and measure.key.tonic:
                out.append(key.KeySignature(measure.key.sharps))
            if measure.meter is not None and measure.meter != current_meter:
                out.append(meter.TimeSignature(f"{sum(measure.meter.beats)}/{measure.meter.unit}"))
            current_key, current_meter = measure.key, measure.meter
            for event in measure.events:
                out.append(_element(event))
            part.append(out)
        score.append(part)
    return score


def _element(event: Event) -> Any:
    from music21 import chord, duration, note, pitch, tie

    length = duration.Duration(event.duration * 4)
    if event.kind == "rest":
        return note.Rest(duration=length)
    pitches = []
    for sounding in (n.pitch for n in event.notes):
        if sounding.alter == int(sounding.alter):
            sign = {-2: "--", -1: "-", 0: "", 1: "#", 2: "##"}[int(sounding.alter)]
            pitches.append(pitch.Pitch(f"{sounding.step}{sign}{sounding.octave}"))
        else:  # microtones are judged as the nearest semitone
            pitches.append(pitch.Pitch(sounding.midi))
    element = (
        chord.Chord(pitches, duration=length) if event.kind == "chord"
        else note.Note(pitches[0], duration=length)
    )  # fmt: skip
    if event.tie:
        element.tie = tie.Tie("continue" if event.tied else "start")
    elif event.tied:
        element.tie = tie.Tie("stop")
    return element


def judged_keys(tune: Tune) -> list[tuple[Key, float]]:
    """The keys that music21's Krumhansl–Schmuckler analysis finds, best first, with correlations.

    Only major and minor are judged; [] for a tune too short to judge (under eight notes).
    """
    if sum(len(e.notes) for v in tune.voices for e in v.events) < _MIN_NOTES:
        return []
    found = to_stream(tune).analyze("key")
    keys = [found, *found.alternateInterpretations]
    return [(_key(k), float(k.correlationCoefficient)) for k in keys]


def _key(found: Any) -> Key:
    alter = int(found.tonic.accidental.alter) if found.tonic.accidental else 0
    return Key(found.tonic.step, alter, found.mode)


def wrong_bars(tune: Tune) -> list[int]:
    """Bars whose length music21 finds at odds with their meter; bars at section ends are left out."""
    wrong = []
    for voice, part in zip(tune.voices, to_stream(tune).parts, strict=True):
        for ours, theirs in zip(voice.measures, part.getElementsByClass("Measure"), strict=True):
            if ours.starts_section or ours.ends_section or ours.number == 0 or ours.meter is None:
                continue
            if abs(float(theirs.duration.quarterLength - theirs.barDuration.quarterLength)) > 1e-6:
                wrong.append(ours.number)
    return wrong
