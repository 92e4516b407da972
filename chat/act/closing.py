"""The first and the last note of a new tune, and cadences at its bars, as they were asked for: mended by code.

Everything works on the model's view of a tune (`lm.piece`). What it does not know: how any of it was said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from abc_tools.chords import parse_chord
from abc_tools.parse import parse_tune
from abc_tools.theory import STEP_SEMITONES, Key, Pitch
from abc_tools.tune import Tune
from chat.act.moving import EIGHTH, LONG, QUARTER, each_bar
from chat.act.scales import chord_named
from lm.piece import Event, Line, Piece

# -- first and last notes ---------------------------------------------------------------------


def class_said(said: str, key: Key) -> tuple[str, int]:
    """The letter and its alteration that a letter or a degree of a key means."""
    if said.isdigit():
        step, alter = key.scale[int(said) - 1]
        return step, int(alter)
    if len(said) > 1:
        return said[0], {"#": 1, "b": -1}[said[1]]
    return said, int(key.signature[said])


def _nearest(step: str, alter: int, to: Pitch, low: int, high: int) -> Pitch:
    """The pitch of a letter nearest to another one, inside the tune's own range where that can be."""
    options = [Pitch(step, alter, octave) for octave in range(1, 8)]
    inside = [p for p in options if low <= p.midi <= high] or options
    return min(inside, key=lambda p: abs(p.midi - to.midi))


def _span(piece: Piece) -> tuple[int, int]:
    heights = [p.midi for e in piece.events() for p in e.pitches]
    return min(heights), max(heights)


def begun_on(piece: Piece, said: str) -> Piece:
    """The piece with another first note."""
    step, alter = class_said(said, piece.key)
    low, high = _span(piece)

    def first(line: Line) -> Line | None:
        for i, event in enumerate(line):
            if event.pitches:
                new = _nearest(step, alter, event.pitches[-1], low, high)
                return (*line[:i], replace(event, pitches=(new,), tie=False), *line[i + 1 :])
        return None

    section = piece.sections[0]
    for n, bar in enumerate(section.bars):
        if (line := first(bar.voices[0])) is not None:
            bars = (*section.bars[:n], replace(bar, voices=(line,)), *section.bars[n + 1 :])
            return replace(piece, sections=(replace(section, bars=bars), *piece.sections[1:]))
    return piece


def opened_with(piece: Piece, names: list[str]) -> Piece:
    """The piece with its first notes as they were named, each as near to the one before as it can be."""
    left = list(names)
    low, high = _span(piece)
    low, high = min(low, high - 12), max(high, low + 12)
    before: Pitch | None = None

    def named(event: Event) -> Event:
        nonlocal before
        if not left or not event.pitches:
            return event
        step, alter = class_said(left.pop(0), piece.key)
        new = _nearest(step, alter, before or event.pitches[-1], low, high)
        before = new
        return replace(event, pitches=(new,), tie=False)

    first = piece.sections[0]
    bars = tuple(
        replace(bar, voices=(tuple(named(e) for e in bar.voices[0]),)) for bar in first.bars
    )
    return replace(piece, sections=(replace(first, bars=bars), *piece.sections[1:]))


def ended_on(piece: Piece, said: str) -> Piece:
    """The piece with another last note: a letter or a degree, long or not; its chord has it."""
    words = said.split()
    section = piece.sections[-1]
    *rest, bar = section.bars
    line = bar.voices[0]
    if "long" in words:
        line = _long_end(line, piece.full)
    words = [w for w in words if w != "long"]
    if words and line and line[-1].pitches:
        step, alter = class_said(words[0], piece.key)
        new = _nearest(step, alter, line[-1].pitches[-1], *_span(piece))
        line = _with_chord((*line[:-1], replace(line[-1], pitches=(new,))), new, piece.key)
    bars = (*rest, replace(bar, voices=(line,)))
    return replace(piece, sections=(*piece.sections[:-1], replace(section, bars=bars)))


def _long_end(line: Line, full: Fraction) -> Line:
    """A last bar whose last note is long: a half note, or all of a bar that is no longer than three quarters."""
    whole = sum((e.duration for e in line), Fraction(0))
    sung = [e for e in line if e.pitches]
    size = whole if full <= Fraction(3, 4) else LONG
    if not sung or (line[-1].pitches and line[-1].duration >= min(size, whole)):
        return line
    kept: list[Event] = []
    left = whole - size
    for event in line:
        if left <= 0:
            break
        kept.append(replace(event, duration=min(event.duration, left), tie=False))
        left -= event.duration
    chords = [e.chord for e in line if e.chord]
    return (*kept, Event(size, sung[-1].pitches, chord=chords[-1] if chords else None))


def _with_chord(line: Line, last: Pitch, key: Key) -> Line:
    """The chord over the last note is one that has it: the one that stands there, else a chord of the key."""
    at = next((i for i in reversed(range(len(line))) if line[i].chord), None)
    if at is None:
        return line
    own = parse_chord(line[at].chord or "")
    if own is not None and last.midi % 12 in own.pitch_classes:
        return line
    numerals = (
        ("i", "v", "iv", "VI", "III", "VII") if key.minor_third else ("I", "V", "IV", "vi", "ii")
    )
    for numeral in numerals:
        chord = chord_named(numeral, key)
        if chord is not None and last.midi % 12 in chord.pitch_classes:
            end = len(line) - 1
            return tuple(replace(e, chord=chord.text if i == end else None if i == at and at == end else e.chord)
                         for i, e in enumerate(line))  # fmt: skip
    return line


# -- cadences ---------------------------------------------------------------------------------


def closed(piece: Piece, number: int, kind: str) -> Piece:
    """The piece with a cadence at a bar (counted from 1): the dominant and one of its notes, or dominant and tonic with
    the tonic above them.
    """
    key = piece.key
    tonic, dominant = chord_named("i" if key.minor_third else "I", key), chord_named("V7", key)
    half = chord_named("V", key)
    assert tonic is not None and dominant is not None and half is not None, "every key has them"
    low, high = _span(piece)

    def close(at: int, line: Line) -> Line:
        if at + 1 != number or not any(e.pitches for e in line):
            return line
        end = max(i for i, e in enumerate(line) if e.pitches)
        kept = _room(line[: end + 1])
        kept = (*kept, *line[end + 1 :])
        end = max(i for i, e in enumerate(kept) if e.pitches)
        last = kept[end].pitches[-1]
        if kind == "half":
            goals = half.pitch_classes
            new = _tone(goals, last, key, low, high)
            return tuple(
                replace(e, pitches=(new,), chord=half.text, tie=False) if i == end
                else replace(e, chord=None) if i and e.chord and i > end - 1 else e
                for i, e in enumerate(kept)
            )  # fmt: skip
        step, alter = key.scale[0]
        new = _nearest(step, int(alter), last, low, high)
        line_ = [replace(e, chord=e.chord if i == 0 else None) for i, e in enumerate(kept)]
        if end and kind == "authentic":
            line_[0] = replace(line_[0], chord=dominant.text)
            for i in range(end):
                if line_[i].pitches and line_[i].duration >= EIGHTH and i in (0, end - 1):
                    own = line_[i].pitches[-1]
                    if own.midi % 12 not in dominant.pitch_classes:
                        line_[i] = replace(
                            line_[i], pitches=(_tone(dominant.pitch_classes, own, key, low, high),)
                        )
        line_[end] = replace(line_[end], pitches=(new,), chord=tonic.text, tie=False)
        return tuple(line_)

    return each_bar(piece, close)


def _room(line: Line) -> Line:
    """A closing bar with a note before its last one, and a last one of at least a quarter."""
    if len(line) == 1 and line[0].duration >= LONG:
        half = line[0].duration / 2
        if half.numerator == 3:  # two quarters and one
            half = line[0].duration * 2 / 3
        return (
            replace(line[0], duration=line[0].duration - half, tie=False),
            Event(half, line[0].pitches),
        )
    *before, last = line
    while before and last.duration < QUARTER and len(before) > 1:
        taken = before.pop()
        last = replace(
            last, duration=last.duration + taken.duration, chord=last.chord or taken.chord
        )
    if last.duration.numerator in (5, 7) and before:
        return line
    return (*before, last)


def _tone(classes: frozenset[int], near: Pitch, key: Key, low: int, high: int) -> Pitch:
    """The pitch of a chord nearest to another one."""
    options = [p for step in "CDEFGAB" for own in (int(key.signature[step]),) for alter in (own, own + 1)
               for octave in range(1, 8) if (p := Pitch(step, alter, octave)).midi % 12 in classes
               and (alter == own or (STEP_SEMITONES[step] + alter - key.pitch_class) % 12 == 11)]  # fmt: skip
    inside = [p for p in options if low - 2 <= p.midi <= high + 2] or options
    return min(inside, key=lambda p: abs(p.midi - near.midi))


def ended_bright(piece: Piece) -> Piece:
    """The piece with a major chord at its end, its last note a tone of it, above the note before where that is near."""
    key = piece.key
    chord = chord_named("I", key)
    assert chord is not None, "every key has it"
    section = piece.sections[-1]
    *rest, bar = section.bars
    line = bar.voices[0]
    sung = [i for i, e in enumerate(line) if e.pitches]
    if not sung:
        return piece
    end = sung[-1]
    last = line[end].pitches[-1]
    step, alter = key.scale[0]
    third_step, _ = key.scale[2]
    third = next(Pitch(third_step, a, last.octave) for a in (-1, 0, 1)
                 if (Pitch(third_step, a, last.octave).midi - key.pitch_class) % 12 == 4)  # fmt: skip
    low, high = _span(piece)
    tonic = _nearest(step, int(alter), last, low, high)
    options = [Pitch(third.step, third.alter, o) for o in range(2, 7)] + [tonic]
    above = [p for p in options if last.midi <= p.midi <= min(high + 4, last.midi + 7)]
    new = min(above or [tonic], key=lambda p: p.midi)
    major = chord.pitch_classes
    if piece.has_chords and all(p.midi % 12 in major for e in line for p in e.pitches):
        line = tuple(replace(e, chord=chord.text if i == 0 else None) for i, e in enumerate(line))
        new_line = tuple(
            replace(e, pitches=(new,)) if i == end and end else e for i, e in enumerate(line)
        )
        bars = (*rest, replace(bar, voices=(new_line,)))
        return replace(piece, sections=(*piece.sections[:-1], replace(section, bars=bars)))
    changed_line = tuple(
        replace(e, pitches=(new,), chord=chord.text if piece.has_chords else e.chord, tie=False) if i == end
        else replace(e, chord=None) if i == 0 and end and e.chord == chord.text else e
        for i, e in enumerate(line)
    )  # fmt: skip
    if piece.has_chords and end and changed_line[0].chord is None and line[0].chord:
        changed_line = (replace(changed_line[0], chord=line[0].chord), *changed_line[1:])
    bars = (*rest, replace(bar, voices=(changed_line,)))
    return replace(piece, sections=(*piece.sections[:-1], replace(section, bars=bars)))


_SEVENTH = re.compile(r'(?<=")([A-G][#b]?)(maj|m)?7(?=")')


def coloured(tune: Tune) -> Tune:
    """The tune with every other chord of the seventh made one of the ninth."""
    count = 0

    def ninth(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f"{match[1]}{match[2] or ''}9" if count % 2 else match[0]

    return parse_tune(_SEVENTH.sub(ninth, tune.source))


def annotated(tune: Tune, word: str) -> Tune:
    """The tune with a word above its first note."""
    first = next((e for m in tune.measures for e in m.events if e.notes), None)
    if first is None:
        return tune
    at = first.span.start
    if first.symbol_span is not None:
        at = min(at, first.symbol_span.start)
    return parse_tune(tune.source[:at] + f'"^{word}"' + tune.source[at:])
