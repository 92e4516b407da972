"""The spec that a given tune meets: everything it uses is allowed, nothing more is asked."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from abc_tools.spelling import sign_text
from abc_tools.theory import Key, Pitch, abc_letter
from lm.grammar.spec import SectionSpec, TuneSpec, VoiceSpec
from lm.piece import Event, Line, Piece, Section, Unreadable
from lm.spelling import merge_ties, meter_text, write_header


def spec_of(piece: Piece, tempo: int = 100) -> TuneSpec:
    """The spec of a piece: its own form, pitches, lengths and chord symbols, chords optional.

    `Unreadable` where its bars have lengths that a spec has no place for.
    """
    voices = [
        _voice([bar.voices[number] for bar in piece.bars], piece.key)
        for number in range(len(piece.clefs))
    ]
    symbols = tuple(dict.fromkeys(e.chord for e in piece.events() if e.chord))
    widest = max(len(e.pitches) for number in range(len(piece.clefs)) for e in piece.events(number))
    return TuneSpec(
        header=tuple(write_header(piece, tempo).splitlines()),
        meter=meter_text(piece.meter),
        sections=tuple(_section(section, piece.full) for section in piece.sections),
        pitches=voices[0].pitches,
        lengths=voices[0].lengths,
        chords="optional" if symbols else "none",
        chord_symbols=symbols,
        stack=max(1, widest),
        lower=tuple(voices[1:]),
    )


def _section(section: Section, full: Fraction) -> SectionSpec:
    pickup = section.pickup(full)
    size, endings = section.size(full), section.endings
    middle = list(section.bars[bool(pickup) : -1])
    turn = middle.pop(-endings).duration if endings else None
    if any(bar.duration != full for bar in middle) or (endings and size == endings):
        raise Unreadable("a short bar inside a section")
    last = section.bars[-1].duration
    return SectionSpec(
        section.label, size, section.repeat, endings=endings, pickup=pickup, last=last, turn=turn
    )


def _voice(lines: Iterable[Line], key: Key) -> VoiceSpec:
    """The pitches, each with the signs it may need, and lengths of a voice."""
    events: list[Event] = [e for line in lines for e in merge_ties(line)]
    names = {name for e in events for p in e.pitches for name in spellings(p, key)}
    return VoiceSpec(tuple(sorted(names)) or ("C",), written_lengths(events))


def spellings(pitch: Pitch, key: Key) -> tuple[str, str]:
    """How a pitch may be written: without a sign, and with one."""
    return abc_letter(pitch), sign_text(pitch.alter) + abc_letter(pitch)


def written_lengths(events: Iterable[Event]) -> tuple[Fraction, ...]:
    """The lengths of plain notes and of the written notes of tuplets."""
    found = set()
    for event in events:
        duration = event.duration
        found.add(duration * Fraction(3, 2) if duration.denominator % 3 == 0 else duration)
    return tuple(sorted(found))
