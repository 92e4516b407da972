"""Voices made from a melody: a bass and a drone below it, measure by measure as long as it.

The new voice stands behind the music of the tune, with the same barlines and endings. Chords are
those of the tune; where there are none they are chosen (`harmonise.chords_for`).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from abc_tools.chords import ChordSymbol
from abc_tools.edit.pieces import line_start, next_line
from abc_tools.harmonise import chords_for, melody_voice
from abc_tools.spelling import length_text
from abc_tools.text import Edit, Span
from abc_tools.theory import ALTER_SIGNS, Key, Pitch, abc_letter
from abc_tools.tune import Measure, Tune, Voice

Part = list[tuple[tuple[Pitch, ...], Fraction]]
PATTERNS = ("root", "root-fifth", "block")
BASS_LOW = 38  # D2: the lowest root


def add_bass(tune: Tune, pattern: str = "root-fifth") -> list[Edit]:
    """A left hand from the chords: `root` held, `root-fifth` on the beats, or `block` chords.

    ValueError for an unknown pattern, and when there are no notes.
    """
    if pattern not in PATTERNS:
        raise ValueError(f"“{pattern}” is no accompaniment. There are: {', '.join(PATTERNS)}.")
    voice = melody_voice(tune)
    chords: dict[int, list[tuple[Fraction, ChordSymbol]]] = {}
    for item in chords_for(tune):
        chords.setdefault(item.index, []).append((item.onset, item.chord))
    parts: list[Part] = []
    sounding: ChordSymbol | None = None
    for index, measure in enumerate(voice.measures):
        own = chords.get(index, [])
        parts.append(_stretches(measure, own, sounding, pattern))
        sounding = own[-1][1] if own else sounding
    return _new_voice(tune, voice, parts, "Bass", "bass")


def _stretches(measure: Measure, own: list[tuple[Fraction, ChordSymbol]],
               before: ChordSymbol | None, pattern: str) -> Part:  # fmt: skip
    if not own or measure.number == 0:
        return [((), measure.duration)]
    part: Part = []
    if own[0][0] > 0:
        part.append((_tones(before, pattern)[0] if before else (), own[0][0]))
    stops = [*(at for at, _ in own[1:]), measure.duration]
    for (at, chord), stop in zip(own, stops, strict=True):
        tones = _tones(chord, pattern)
        beat = measure.meter.beat if measure.meter and pattern != "root" else stop - at
        count = 0
        while at < stop:
            length = min(beat, stop - at)
            part.append((tones[count % len(tones)], length))
            at, count = at + length, count + 1
    return part


def _tones(chord: ChordSymbol, pattern: str) -> list[tuple[Pitch, ...]]:
    root = Pitch(chord.root, chord.alter, 2)
    if root.midi < BASS_LOW:
        root = Pitch(chord.root, chord.alter, 3)
    third, fifth = (_above(chord, root, n) for n in (1, 2))
    if pattern == "block":
        return [(root, third, fifth)]
    return [(root,)] if pattern == "root" else [(root,), (fifth,)]


def _above(chord: ChordSymbol, root: Pitch, n: int) -> Pitch:
    """The third or fifth of a chord, spelled by its steps."""
    from abc_tools.theory import Interval

    notes = chord.intervals
    size = next((i for i in notes if (3 <= i <= 5 if n == 1 else 6 <= i <= 8)), 7)
    steps = (3 if size == 5 else 2) if n == 1 else 4
    return root.transposed(Interval(steps, size))


def add_drone(tune: Tune) -> list[Edit]:
    """A drone of tonic and fifth, held under every bar. ValueError without a key."""
    voice = melody_voice(tune)
    parts: list[Part] = []
    for measure in voice.measures:
        key = measure.key
        if not key.tonic:
            raise ValueError("The tune names no key, so it has no tonic for a drone.")
        tones = _tones(ChordSymbol(key.tonic, key.alter, ""), "root-fifth")
        both = (*tones[0], *tones[1]) if measure.number else ()
        parts.append([(both, measure.duration)])
    return _new_voice(tune, voice, parts, "Drone", "bass")


def _new_voice(tune: Tune, voice: Voice, parts: list[Part], name: str, clef: str) -> list[Edit]:
    """The edits that put a voice behind the others."""
    if any(m.count > 1 for m in voice.measures):
        raise ValueError("Rests of several bars in the melody leave no place for another voice.")
    number = next(n for n in range(1, 100) if str(n) not in {v.id for v in tune.voices})
    text = f'V:{number} clef={clef} name="{name}"\n'
    for index, (measure, part) in enumerate(zip(voice.measures, parts, strict=True)):
        before = voice.measures[index - 1] if index else None
        if index and (measure.number - 1) % 4 == 0 and measure.number != before_number(before):
            text += "\n"
        if index == 0:
            text += "".join(b.text for b in measure.before)
        text += _changed(tune, measure, before)
        if measure.ending and (before is None or before.ending != measure.ending):
            text += "[" + ",".join(map(str, measure.ending)) + " "
        text += _bar(measure.key, part, measure.unit)
        following = voice.measures[index + 1].before if index + 1 < len(voice.measures) else ()
        own = [b.text for b in following] or ([measure.after.text] if measure.after else [])
        text += "".join(own) or ("|" if index + 1 < len(voice.measures) else "")
    end = _music_end(tune)
    source = tune.source
    lead = "" if end and source[end - 1] == "\n" else "\n"
    edits = [Edit(Span(end, end), lead + text + "\n")]
    named = any(f.name == "V" for f in tune.fields)
    if not named:
        key = max(
            (f.span.end for f in tune.fields if f.name == "K" and f.where == "header"), default=0
        )
        start = next_line(source, key)
        edits.append(Edit(Span(start, start), f"V:{voice.id}\n"))
    return edits


def before_number(measure: Measure | None) -> int:
    """The printed number of a measure; -1 of none."""
    return measure.number if measure else -1


def _music_end(tune: Tune) -> int:
    """Behind the last line of music or of words under it."""
    ends = [m.after.span.end if m.after else m.span.end for v in tune.voices for m in v.measures]
    ends += [line.span.end for line in tune.lyrics]
    return next_line(tune.source, line_start(tune.source, max(ends) - 1))


def _changed(tune: Tune, measure: Measure, before: Measure | None) -> str:
    """Inline fields where key, meter or unit length differ from what was in force."""
    key = before.key if before else tune.key
    meter = before.meter if before else tune.meter
    unit = before.unit if before else tune.unit
    text = f"[K:{measure.key.abc}]" if measure.key != key else ""
    if measure.meter != meter:
        text += f"[M:{measure.meter.text if measure.meter else 'none'}]"
    return text + (f"[L:{measure.unit}]" if measure.unit != unit else "")


def _bar(key: Key, part: Part, unit: Fraction) -> str:
    """The notes of one bar, lengths that no single note has cut and tied."""
    text = ""
    said: dict[tuple[str, int], int | Fraction] = {}
    for pitches, length in part:
        pieces = list(_single(length))
        for n, piece in enumerate(pieces):
            heads = "".join(_head(p, key, said) for p in pitches)
            heads = f"[{heads}]" if len(pitches) > 1 else heads or "z"
            tie = "-" if pitches and n < len(pieces) - 1 else ""
            text += heads + length_text(piece / unit) + tie
    return text


def _single(length: Fraction) -> list[Fraction]:
    pieces = []
    while length > 0 and length.numerator not in (1, 3):
        piece = Fraction(1 << (length.numerator.bit_length() - 1), length.denominator)
        if piece == length:
            break
        pieces.append(piece)
        length -= piece
    return [*pieces, length] if length > 0 else pieces


def _head(pitch: Pitch, key: Key, said: dict[tuple[str, int], int | Fraction]) -> str:
    place = (pitch.step, pitch.octave)
    sign = ""
    if said.get(place, key.signature[pitch.step]) != pitch.alter:
        said[place] = pitch.alter
        sign = ALTER_SIGNS[int(pitch.alter)]
    return sign + abc_letter(pitch)


MAKERS: dict[str, Callable[[Tune], list[Edit]]] = {"bass": add_bass, "drone": add_drone}
"""Voices that can be added, by name."""
