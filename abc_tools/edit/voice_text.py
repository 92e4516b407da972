"""The text of a voice that comes behind the others: bar by bar as long as the melody it belongs to.

Barlines, endings and changes of key, meter and unit are those of the melody. A bar is given as text,
or as a `Part`: pitches (none for a rest) with lengths in whole notes, written by `bar_text`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from abc_tools.edit.pieces import line_start, next_line
from abc_tools.spelling import length_text
from abc_tools.text import Edit, Span
from abc_tools.theory import ALTER_SIGNS, Key, Pitch, abc_letter
from abc_tools.tune import Measure, Tune, Voice

Part = list[tuple[tuple[Pitch, ...], Fraction]]
Said = dict[tuple[str, int], int | Fraction]


@dataclass(frozen=True)
class NewVoice:
    """A voice to be added: its id, its name, its clef, and the text of its bars."""

    id: str
    name: str
    clef: str
    bars: tuple[str, ...]


def free_id(tune: Tune, wanted: str = "") -> str:
    """An id that no voice has: the wanted one if it is free, else a number."""
    taken = {v.id for v in tune.voices}
    if wanted and wanted not in taken:
        return wanted
    return next(str(n) for n in range(1, 100) if str(n) not in taken)


def own_id(tune: Tune, voice: Voice, wanted: str) -> str:
    """The id that the melody has or, where no voice is named yet, will have."""
    return voice.id if any(f.name == "V" for f in tune.fields) else wanted


def require_single_bars(voice: Voice) -> None:
    """ValueError for rests of several bars, and for bars whose length no notes add up to."""
    for measure in voice.measures:
        if measure.count > 1:
            raise ValueError(
                "Rests of several bars in the melody leave no place for another voice."
            )
        bottom = measure.duration.denominator
        if bottom & (bottom - 1):
            raise ValueError(f"Bar {measure.number} is not as long as plain notes can be.")


def added_voices(tune: Tune, voice: Voice, new: Sequence[NewVoice], *, melody: str = "",
                 score: str = "") -> list[Edit]:  # fmt: skip
    """The edits that put voices behind the others.

    `melody` is what the `V:` of the melody says if it has none yet; `score` the value of `%%score`.
    """
    source = tune.source
    end = _music_end(tune)
    text = "".join(f'V:{v.id} clef={v.clef} name="{v.name}"\n{_body(tune, voice, v.bars)}\n'
                   for v in new)  # fmt: skip
    lead = "" if end and source[end - 1] in "\r\n" else "\n"
    edits = [Edit(Span(end, end), lead + text)]
    keys = [f.span for f in tune.fields if f.name == "K" and f.where == "header"]
    place = keys[-1] if keys else Span(tune.span.start, tune.span.start)
    if not any(f.name == "V" for f in tune.fields):
        start = next_line(source, place.end)
        edits.append(Edit(Span(start, start), f"V:{melody or voice.id}\n"))
    if score:
        old = [m for m in tune.directives if re.match(r"(%%|I:)\s*(score|staves)\b", m.text)]
        start = line_start(source, place.start)
        edits += [Edit(m.span, f"%%score {score}") for m in old[:1]]
        if not old:
            edits.append(Edit(Span(start, start), f"%%score {score}\n"))
    return edits


def _body(tune: Tune, voice: Voice, bars: Sequence[str]) -> str:
    text = ""
    measures, breaks = voice.measures, line_breaks(tune, voice)
    for index, (measure, bar) in enumerate(zip(measures, bars, strict=True)):
        before = measures[index - 1] if index else None
        if index and Fraction(0) in breaks[index]:
            text += "\n"
        if index == 0:
            text += "".join(b.text for b in measure.before)
        text += _changed(tune, measure, before)
        if measure.ending and (before is None or before.ending != measure.ending):
            text += "[" + ",".join(map(str, measure.ending)) + " "
        text += bar
        last = index + 1 == len(measures)
        own = [b.text for b in (() if last else measures[index + 1].before)]
        own = own or ([measure.after.text] if measure.after else [])
        text += "".join(own) or ("" if last else "|")
    return text


def line_breaks(tune: Tune, voice: Voice) -> list[list[Fraction]]:
    """For each measure where in it a line of the melody begins; the new voice breaks there, too.

    Programs that draw line by line set the first lines of all voices together, and so on.
    """
    found: list[list[Fraction]] = []
    line = -1
    for measure in voice.measures:
        own = []
        for piece in measure.pieces:
            start = line_start(tune.source, piece.start)
            joined = tune.source[:start].rstrip("\r\n").endswith("\\")
            if start != line and not joined:
                own.append(next((e.onset for e in measure.events if e.span.start >= piece.start),
                                measure.duration))  # fmt: skip
            line = start
        found.append(own)
    return found


def _music_end(tune: Tune) -> int:
    """Behind the last line of music or of words under it."""
    ends = [m.after.span.end if m.after else m.span.end for v in tune.voices for m in v.measures]
    ends += [line.span.end for line in tune.lyrics]
    return next_line(tune.source, line_start(tune.source, max(ends) - 1))


def _changed(tune: Tune, measure: Measure, before: Measure | None) -> str:
    """Inline fields where key, meter or unit length differ from what was in force."""
    key = before.key_at_end if before else tune.key
    meter = before.meter if before else tune.meter
    unit = before.unit if before else tune.unit
    text = f"[K:{measure.key.abc}]" if measure.key != key or _turned(before) else ""
    if measure.meter != meter:
        text += f"[M:{measure.meter.text if measure.meter else 'none'}]"
    return text + (f"[L:{measure.unit}]" if measure.unit != unit else "")


def _turned(before: Measure | None) -> bool:
    """Whether the key changed within the bar before, which the new voice has not written."""
    return before is not None and before.key != before.key_at_end


def bar_text(key: Key, part: Part, unit: Fraction, breaks: Sequence[Fraction] = ()) -> str:
    """The notes of one bar, lengths that no single note has cut and tied, with breaks of the line.

    >>> bar_text(Key("G"), [((Pitch("F", 0, 4),), Fraction(5, 8)), ((), Fraction(1, 8))],
    ...          Fraction(1, 8))
    '=F4-Fz'
    """
    text = ""
    said: Said = {}
    at = Fraction(0)
    for pitches, length in part:
        stops = [*(b for b in breaks if at < b < at + length), at + length]
        pieces = [p for a, b in pairwise([at, *stops]) for p in _single(b - a)]
        for n, piece in enumerate(pieces):
            text += "\n" if at in breaks and at > 0 else ""
            at += piece
            heads = "".join(head_text(p, key, said) for p in pitches)
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


def head_text(pitch: Pitch, key: Key, said: Said) -> str:
    """A notehead with the accidental it needs after what the bar has `said` before, which it adds to."""
    place = (pitch.step, pitch.octave)
    sign = ""
    if said.get(place, key.signature[pitch.step]) != pitch.alter:
        said[place] = pitch.alter
        sign = ALTER_SIGNS[int(pitch.alter)]
    return sign + abc_letter(pitch)
