"""The order of a tune's measures on the page, and the text between them, as `lm.spelling` writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from abc_tools.theory import Key
from lm.grammar.spec import MeasureSpec, SectionSpec, TuneSpec
from lm.piece import Bar, Event, Piece, Section
from lm.spelling import BARS_A_LINE, chunks, closing, sign_before

ITEMS = 1700
"""Notes and measures that one run may have in all voices; llguidance has room for 2,000."""


@dataclass(frozen=True)
class Slot:
    """One measure of one voice: the text before it and the barline (with the end of the line) behind.

    `bar` counts the bars of a voice from 0; `tie` says whether a note may be held into the next bar;
    `line` is the number of the line of the first voice that ends here, None elsewhere; `closes` says
    that a run of measures ends here in all voices: a section, or a part of a long one.
    """

    voice: int
    bar: int
    measure: MeasureSpec
    before: str
    after: str
    tie: bool = False
    line: int | None = None
    closes: bool = False


def skeleton(spec: TuneSpec) -> Piece:
    """A piece of rests with the bars of the tune."""
    voices = 1 + len(spec.lower)
    sections = []
    for section in spec.sections:
        pickup = spec.pickup if section.pickup is None else section.pickup
        once = [spec.bar] * section.bars
        once[-1] = spec.bar - pickup if section.last is None else section.last
        lengths = [*([pickup] if pickup else []), *once]
        starts = {}
        if section.endings:
            starts = {len(lengths) - section.endings: 1, len(lengths): 2}
            lengths += once[-section.endings :]
            if section.turn is not None:
                lengths[len(lengths) - section.endings - 1] = section.turn
        bars = tuple(
            Bar(((Event(length),),) * voices, starts.get(at, 0))
            for at, length in enumerate(lengths)
        )
        sections.append(Section(section.label, bars, section.repeat))
    return Piece("", None, spec.time, Key("C", 0, "major"), tuple(sections), ("treble",) * voices)


def slots(spec: TuneSpec) -> list[Slot]:
    """All measures in the order in which they are written."""
    piece = skeleton(spec)
    out: list[Slot] = []
    first = line = full_bars = begun = 0
    longest = longest_run(spec)
    for index, section in enumerate(piece.sections):
        measures = list(measures_of(spec, index, section, full_bars))
        label = spec.labels and len(piece.sections) > 1
        head = f"P:{section.label}\n" if label else ""
        for chunk in chunks(section, piece.full):
            for voice in range(len(piece.clefs)):
                several = bool(spec.lower) or spec.number > 1
                opening = head + (f"[V:{voice + spec.number}]" if several else "")
                head = ""
                for at in chunk:
                    before = opening + sign_before(section, at, at == chunk[0])
                    last = at == chunk[-1]
                    after = closing(piece, index, at) + ("\n" if last else "")
                    measure = measures[at] if voice == 0 else replace(
                        measures[at], finals=(), cadence=(), opening=(), ending=Fraction(0), chords=None
                    )  # fmt: skip
                    number = line if voice == 0 and last else None
                    tie = spec.ties and leads_on(section, at)
                    out.append(Slot(voice, first + at, measure, before, after, tie, number))
                    opening = ""
            line += 1
            if chunk[-1] + 1 == len(section.bars) or len(out) - begun >= longest:
                out = [replace(s, tie=s.tie and s.bar != first + chunk[-1]) for s in out]
                out[-1] = replace(out[-1], closes=True)
                begun = len(out)
        first += len(section.bars)
        full_bars += spec.sections[index].bars
    return out


def longest_run(spec: TuneSpec) -> int:
    """The number of measures, in all voices, after which the end of a line ends a run; no tie leads
    over it.
    """
    lengths = [spec.lengths, *(voice.lengths for voice in spec.lower)]
    shortest = min(min(own) for own in lengths)
    most = spec.bar / shortest + 3
    return int(ITEMS / most) - BARS_A_LINE * (1 + len(spec.lower))


def leads_on(section: Section, at: int) -> bool:
    """Whether the bar written next is the one that sounds next."""
    return at + 1 < len(section.bars) and section.bars[at + 1].ending != 2


def measures_of(
    spec: TuneSpec, index: int, section: Section, full_bars: int
) -> Iterator[MeasureSpec]:
    """The measures of a section; `full_bars` of the progression are over."""
    wanted: SectionSpec = spec.sections[index]
    pickup = bool(section.pickup(spec.bar))
    for at, bar in enumerate(section.bars):
        number = at - pickup
        if pickup and at == 0:
            chords = () if spec.progression else None
            yield MeasureSpec(bar.duration, spec.bar - bar.duration, chords=chords)
            continue
        if number >= wanted.bars:
            number -= wanted.endings  # a second ending has the chords of the first
        measure = MeasureSpec(
            bar.duration, chords=fixed_chords(spec, full_bars + number, bar.duration)
        )
        if number == 0:
            measure = replace(measure, opening=wanted.opening)
        if at + 1 == len(section.bars):
            measure = replace(
                measure, finals=wanted.finals, cadence=wanted.cadence, ending=wanted.ending
            )
        yield measure


def fixed_chords(
    spec: TuneSpec, number: int, length: Fraction
) -> tuple[tuple[Fraction, str], ...] | None:
    """The chord symbols of a full bar of the progression, at equal distances on beats."""
    if not spec.progression:
        return None
    symbols = spec.progression[number % len(spec.progression)]
    beat = spec.time.beat
    beats = int(spec.bar / beat)
    moments = [beats * i // max(1, len(symbols)) * beat for i in range(len(symbols))]
    if len(set(moments)) < len(moments):
        raise ValueError(f"progression {' '.join(symbols)!r}: more chords than beats in a bar")
    return tuple((m, s) for m, s in zip(moments, symbols, strict=True) if m < length)
