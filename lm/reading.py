"""ABC tunes → `Piece`s, through `abc_tools`: what is not plainly right is refused.

A tune comes in when the validator finds no error, all voices have the same bars, and it stays in one
key and meter. Sections are cut at repeats, double bars and `P:` labels; equal sections share a label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from abc_tools.chords import parse_chord
from abc_tools.parse import parse
from abc_tools.tune import Event as SourceEvent
from abc_tools.tune import Measure, Tune
from abc_tools.validate import errors
from lm.piece import Bar, Event, Line, Piece, Section, Unreadable

LABELS = "ABCDEFGHIJKLMNOP"
SHORTEST = 8
"""Unrepeated neighbours shorter than this many bars are one section: a double bar inside a phrase is
no new part."""


def read_piece(abc: str, record: Mapping[str, Any] | None = None) -> Piece:
    """The first tune of a text; `record` may give title, rhythm, source and group. `Unreadable` says
    why not.
    """
    tunes = parse(abc).tunes
    if not tunes:
        raise Unreadable("no tune")
    return read_tune(tunes[0], record)


def read_tune(tune: Tune, record: Mapping[str, Any] | None = None) -> Piece:
    """A parsed tune as a piece; raises `Unreadable`."""
    record = record or {}
    voices = [v for v in tune.voices if any(m.events for m in v.measures)]
    if not voices or not tune.key_given or not tune.key.tonic or tune.key.explicit:
        raise Unreadable("no voice, or no key")
    if tune.meter is None or len(tune.meter.beats) > 1 or tune.meter.length > 2:
        raise Unreadable("free or long meter")
    found = errors(tune)
    if found:
        raise Unreadable(found[0].message)
    columns = list(zip(*(v.measures for v in voices), strict=False))
    if any(len(v.measures) != len(columns) for v in voices):
        raise Unreadable("voices of different length")
    said = tune.field("R")
    tempo = round(tune.tempo.bpm * tune.tempo.beat / tune.meter.beat) if tune.tempo.explicit else 0
    return Piece(
        title=str(record.get("title") or tune.title),
        rhythm=str(record.get("rhythm") or (said.value if said else "")) or None,
        meter=tune.meter,
        key=tune.key,
        sections=_sections(columns, tune.meter.length),
        clefs=tuple(_clef(v.clef) for v in voices),
        tempo=tempo or None,
        language=record.get("lyrics_lang"),
        source=str(record.get("source", "")),
        group=str(record.get("group", "")),
    )


def _clef(text: str) -> str:
    return next((c for c in ("bass", "alto", "tenor") if c in text), "treble")


def _bar(column: tuple[Measure, ...], key: Any, meter: Any) -> Bar:
    """The bar of all voices; refuses changes of key or meter, layers and rests of several bars."""
    lines = []
    for measure in column:
        if measure.key != key or measure.key_at_end != key or measure.meter != meter:
            raise Unreadable("a change of key or meter")
        if measure.overlays or measure.count > 1:
            raise Unreadable("layers, or a rest of several bars")
        lines.append(tuple(_event(e) for e in measure.events))
    if len({sum((e.duration for e in line), Fraction(0)) for line in lines}) > 1:
        raise Unreadable("voices of different length in a bar")
    ending = column[0].ending[0] if column[0].ending else 0
    if ending > 2 or len(column[0].ending) > 1:
        raise Unreadable("endings other than a first and a second")
    return Bar(tuple(lines), ending)


def _event(event: SourceEvent) -> Event:
    chord = parse_chord(event.chord_symbol) if event.chord_symbol else None
    pitches = sorted((n.written for n in event.notes), key=lambda p: (p.midi, p.diatonic))
    if any(p.alter != int(p.alter) for p in pitches):
        raise Unreadable("microtones")
    syllables = event.syllables if any(event.syllables) else ()
    return Event(
        event.duration, tuple(pitches), event.tie, chord.text if chord else None, syllables
    )


def _sections(columns: list[tuple[Measure, ...]], full: Fraction) -> tuple[Section, ...]:
    """Cut at repeats, double bars and parts; refuse repeats that begin or end nowhere."""
    key, meter = columns[0][0].key, columns[0][0].meter
    cuts: list[tuple[list[Bar], bool, bool]] = []  # bars, repeated, labelled
    current: list[Bar] = []
    named = False
    for index, column in enumerate(columns):
        lead = column[0]
        boundary = any(b.boundary for b in lead.before) or bool(lead.part)
        if current and boundary and not lead.ending and not _inside_endings(current, lead):
            cuts.append((current, False, named))
            current = []
        named = named if current else bool(lead.part)
        current.append(_bar(column, key, meter))
        following = columns[index + 1][0] if index + 1 < len(columns) else None
        if _repeat_ends(lead, following) or _second_ending_ends(current, lead):
            cuts.append((current, True, named))
            current = []
    if current:
        cuts.append((current, any(b.ending for b in current), named))
    return _labelled(_joined(cuts, full))


def _repeat_ends(measure: Measure, following: Measure | None) -> bool:
    """Whether a repeat ends behind a measure, with no second ending to come."""
    after = measure.after
    return after is not None and after.repeat_end and not (following and following.ending)


def _second_ending_ends(current: list[Bar], measure: Measure) -> bool:
    """Whether the section's second ending is over behind a measure."""
    inside = any(b.ending == 2 for b in current) and current[-1].ending != 1
    return inside and _closes(measure)


def _inside_endings(current: list[Bar], lead: Measure) -> bool:
    """Whether a first ending is open: what follows it belongs to the same section."""
    return any(b.ending == 1 for b in current) and not any(b.ending == 2 for b in current)


def _closes(measure: Measure) -> bool:
    return measure.after is not None and measure.after.boundary


def _joined(cuts: list[tuple[list[Bar], bool, bool]], full: Fraction) -> list[Section]:
    """Sections of two bars or more; a pickup before the repeat it leads into joins it."""
    out: list[Section] = []
    lead: list[Bar] = []
    for bars, repeat, named in cuts:
        if len(bars) == 1 and not repeat and bars[0].duration < full and not lead:
            lead = bars
            continue
        if lead and repeat and lead[0].duration + bars[-1].duration != full:
            raise Unreadable("a pickup outside the repeat")
        bars, lead = lead + bars, []
        last = out[-1] if out else None
        if (
            last is not None and not last.repeat and not repeat and not named
            and len(last.bars) < SHORTEST
        ):  # fmt: skip
            out[-1] = replace(last, bars=_seam(last.bars, tuple(bars), full))
            continue
        out.append(Section("", tuple(bars), repeat))
    if lead or not out:
        raise Unreadable("a short bar on its own")
    for section in out:
        if any(b.ending == 1 for b in section.bars) and not section.endings:
            raise Unreadable("a first ending without a second")
        starts = [i for i, b in enumerate(section.bars) if b.ending]
        if starts and (len(starts) != 2 or not section.repeat or starts[0] == 0):
            raise Unreadable("endings out of order")
        inner = section.bars[1:-1]
        if any(
            b.duration != full for i, b in enumerate(inner, 1) if i + 1 not in starts
        ):  # fmt: skip
            raise Unreadable("a bar inside a section that is not full")
    return out


def _seam(before: tuple[Bar, ...], after: tuple[Bar, ...], full: Fraction) -> tuple[Bar, ...]:
    """Two runs of bars as one; a bar that a double bar cut in two becomes whole."""
    last, first = before[-1], after[0]
    if last.duration == full or last.duration + first.duration != full:
        return before + after
    whole = Bar(tuple(a + b for a, b in zip(last.voices, first.voices, strict=True)))
    return (*before[:-1], whole, *after[1:])


def _labelled(found: list[Section]) -> tuple[Section, ...]:
    """Letters by equality of what sounds."""
    labels: list[Section] = []
    for section in found:
        shape = _shape(section)
        same = next((s.label for s in labels if _shape(s) == shape), None)
        used = len({s.label for s in labels})
        if same is None and used >= len(LABELS):
            raise Unreadable("too many sections")
        labels.append(replace(section, label=same or LABELS[used]))
    return tuple(labels)


def _shape(section: Section) -> list[list[tuple[tuple[int, ...], Fraction]]]:
    def sounds(line: Line) -> list[tuple[tuple[int, ...], Fraction]]:
        return [(tuple(p.midi for p in e.pitches), e.duration) for e in line]

    return [sounds(line) for bar in section.bars for line in bar.voices]
