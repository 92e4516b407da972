"""The line of a melody: leaps made smaller or filled with steps, bars turned upside down or read backwards.

Melodies of single notes; a bar with chords, tuplets or layers is left alone or refused. Chord symbols, barlines and
the length of every bar stay.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from abc_tools.edit.notes import Spot, chord_tone, spots
from abc_tools.edit.selection import runs
from abc_tools.edit.voice_text import Part, bar_text
from abc_tools.spelling import changed_only, respell
from abc_tools.text import Edit, Span
from abc_tools.theory import STEPS, Key, Pitch, in_key
from abc_tools.tune import Event, Measure, Note, Tune

SMALLEST = Fraction(1, 16)
"""The shortest note that filling a leap writes."""


def _lead(tune: Tune, measures: list[Measure] | None) -> list[Measure]:
    """The chosen measures of the first voice that has any."""
    for voice in tune.voices:
        own = [m for m in voice.measures if measures is None or m in measures]
        if own:
            return own
    raise ValueError("There are no bars to change.")


def smooth(tune: Tune, measures: list[Measure] | None = None, most: int = 5) -> list[Edit]:
    """Make leaps of more than `most` semitones smaller: the later note becomes the tone of its chord that is nearest to
    it was and near enough to the note before. The first note of the bars stays, and the last one of the tune.
    """
    own = _lead(tune, measures)
    line = [s for s in spots(tune, own) if not s.event.tied]
    every = spots(tune)
    last = every[-1].event if every else None
    new: dict[int, Pitch] = {}
    before: Pitch | None = None
    for spot in line:
        pitch = spot.pitch
        if before is not None and abs(pitch.midi - before.midi) > most and spot.event is not last:
            pitch = chord_tone(pitch, spot, before.midi - most, before.midi + most)
            new[id(spot.event)] = pitch
        before = pitch
    if not new:
        raise ValueError("There is no leap as wide as that in these bars.")
    return _moved(tune, own, new)


def _moved(tune: Tune, measures: list[Measure], new: dict[int, Pitch]) -> list[Edit]:
    """Edits for single notes that get other pitches; notes held by a tie go along."""
    edits: list[Edit] = []
    held: Pitch | None = None
    for measure in measures:
        own: dict[int, Pitch] = {}
        for event in measure.events:
            pitch = held if event.tied else new.get(id(event))
            held = pitch if event.tie else None
            if pitch is not None and event.notes:
                top = max(event.notes, key=lambda n: n.written.midi)
                own[id(top)] = pitch
        edits += respell(measure, measure.key, _pitches(own))
    edits = changed_only(tune.source, edits)
    if not edits:
        raise ValueError("Nothing would change in these bars.")
    return edits


def _pitches(own: dict[int, Pitch]) -> Callable[[Note], Pitch]:
    def pitch_of(note: Note) -> Pitch:
        return own.get(id(note), note.written)

    return pitch_of


# -- written anew -----------------------------------------------------------------------------


def plain_bar(measure: Measure) -> bool:
    """Whether a bar can be written anew from its notes alone: no chords, tuplets, ties, layers, words or macros."""
    return not measure.overlays and all(
        e.kind in ("note", "rest") and e.written == e.duration and not e.grace and not e.tie and not e.tied
        and not e.macro and not e.measures and not any(e.syllables)
        for e in measure.events
    )  # fmt: skip


def fill_leaps(tune: Tune, measures: list[Measure] | None = None, least: int = 3) -> list[Edit]:
    """Fill leaps with steps of the scale, in the time of the note before: leaps of at least `least` semitones.

    The steps share the second half of that note, or all of it; where they do not fit, as many as do. ValueError if
    no leap can be filled.
    """
    own = _lead(tune, measures)
    edits: list[Edit] = []
    line = spots(tune, own)
    for one, other in pairwise(line):
        gap = abs(one.pitch.midi - other.pitch.midi)
        simple = one.event.kind == "note" and not one.event.tie and not any(one.event.syllables)
        plain = one.event.written == one.event.duration and not one.event.macro
        if gap < least or not simple or not plain or not one.measure.key.tonic:
            continue
        text = _walked(one, other.pitch)
        if text:
            edits.append(Edit(_body(one.event), text))
    if not edits:
        raise ValueError("There is no leap in these bars that steps could fill.")
    return edits


def _body(event: Event) -> Span:
    """The span of a note's head and length."""
    note = event.notes[0]
    return Span(note.head.start, max(note.head.end, note.length.end))


def _walked(one: Spot, goal: Pitch) -> str:
    """The text of a note and the steps that lead on from it to another; empty where there is no time."""
    steps = _between(one.pitch, goal, one.measure.key)
    for count, parts in ((3, 4), (1, 2)):
        share = one.event.duration / parts
        chosen = steps if len(steps) == count else _spread(steps, count)
        if chosen and share >= SMALLEST and share.denominator & (share.denominator - 1) == 0:
            heads = [one.pitch, *chosen]
            part: Part = [((p,), share) for p in heads]
            said_before = any(n.accidental for e in one.measure.events for n in e.notes)
            if said_before:
                return ""
            return bar_text(one.measure.key, part, one.measure.unit)
    return ""


def _between(low: Pitch, high: Pitch, key: Key) -> list[Pitch]:
    """The steps of the scale strictly between two pitches, from the first on."""
    way = 1 if high.diatonic > low.diatonic else -1
    found = []
    for place in range(low.diatonic + way, high.diatonic, way):
        found.append(in_key(key, place))
    return found


def _spread(steps: list[Pitch], count: int) -> list[Pitch]:
    """Those steps next to the goal, so many of them; none if there are fewer."""
    return steps[-count:] if len(steps) >= count else []


def invert(tune: Tune, measures: list[Measure] | None = None) -> list[Edit]:
    """Turn a melody upside down around its first note, by steps of the scale: what rose by a third falls by one."""
    own = _lead(tune, measures)
    found = [s.pitch for s in spots(tune, own)]
    if not found:
        raise ValueError("There are no notes in these bars.")
    axis = found[0].diatonic

    edits: list[Edit] = []
    for measure in own:
        edits += respell(measure, measure.key, _turned(measure.key, axis), keep_signs=False)
    edits = changed_only(tune.source, edits)
    if not edits:
        raise ValueError("Upside down these bars are what they are now.")
    return edits


def _turned(key: Key, axis: int) -> Callable[[Note], Pitch]:
    signature = key.signature

    def pitch_of(note: Note) -> Pitch:
        octave, index = divmod(2 * axis - note.written.diatonic, 7)
        step = STEPS[index]
        alter = signature[step] - (note.written.alter - signature[note.written.step])
        pitch = Pitch(step, alter, octave)
        return pitch if -2 <= alter <= 2 else pitch.respelled()

    return pitch_of


def retrograde(tune: Tune, measures: list[Measure] | None = None) -> list[Edit]:
    """Read bars backwards: the last note first, each with its length. Bars must be equally long and plain."""
    own = _lead(tune, measures)
    edits: list[Edit] = []
    for voice in tune.voices:
        for run in runs(voice.measures, [m for m in own if m in voice.measures]):
            edits += _backwards(run)
    edits = changed_only(tune.source, edits)
    if not edits:
        raise ValueError("Backwards these bars are what they are now.")
    return edits


def _backwards(run: list[Measure]) -> list[Edit]:
    if not all(plain_bar(m) for m in run):
        raise ValueError("Bars with chords, tuplets, ties or words cannot be read backwards here.")
    if len({m.duration for m in run}) > 1:
        raise ValueError("Only bars of the same length can be read backwards together.")
    edits = []
    for measure, source in zip(run, reversed(run), strict=True):
        notes = [
            (e.notes[0].written if e.notes else None, e.duration) for e in reversed(source.events)
        ]
        symbols = [(e.onset, e.chord_symbol) for e in measure.events if e.chord_symbol]
        edits.append(Edit(measure.span, with_symbols(measure, notes, symbols)))
    return edits


def with_symbols(
    measure: Measure, notes: list[tuple[Pitch | None, Fraction]], symbols: list[tuple[Fraction, str]]
) -> str:  # fmt: skip
    """Notes as text, the bar's own chord symbols at the first note from their place on."""
    part: Part = [((pitch,) if pitch else (), length) for pitch, length in notes]
    text, at = "", Fraction(0)
    left = list(symbols)
    pieces: list[str] = []
    for n in range(len(part)):
        whole = bar_text(measure.key, part[: n + 1], measure.unit)
        piece = whole[len(text) :]
        lead = ""
        while left and left[0][0] <= at:
            lead += f'"{left.pop(0)[1]}"'
        pieces.append(lead + piece)
        text, at = whole, at + part[n][1]
    beat = measure.meter.beat if measure.meter else Fraction(1, 4)
    return _beamed(pieces, [length for _, length in part], beat)


def _beamed(pieces: list[str], lengths: list[Fraction], beat: Fraction) -> str:
    """Notes with a space at every beat, so that short ones are beamed by beats."""
    text, at = "", Fraction(0)
    for piece, length in zip(pieces, lengths, strict=True):
        text += " " if text and at % beat == 0 else ""
        text += piece
        at += length
    return text
