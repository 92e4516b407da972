"""Barlines moved: the lengths of notes stay, the bars get another length.

Works section by section (between repeats, double bars, endings), in every voice. A note that a new
barline falls into is cut in two tied ones; accidentals are written where the new bars ask for them.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from abc_tools.edit.layout import bar_gone, signs
from abc_tools.edit.pieces import bars_written_out, held_longer, without
from abc_tools.edit.retime import MeasureTokens, groups_of, parts, plain_head, single
from abc_tools.spelling import changed_only, length_span, length_text, respell
from abc_tools.text import Edit, Span
from abc_tools.tokens import Kind, Token
from abc_tools.tune import Event, Measure, Tune, Voice


def rebar(tune: Tune, part: list[Measure], length: Fraction) -> list[Edit]:
    """Edits that give the measures of `part` bars of another length, their notes unchanged.

    A pickup stays as it is. ValueError if a section does not come out even, or if it holds layers,
    rests of several bars or tuplets that a barline would cut.
    """
    chosen = {id(m) for m in part}
    tokens = MeasureTokens(tune)
    edits: list[Edit] = bars_written_out(tune)
    added: dict[int, int] = {}
    joined: set[int] = set()
    for voice in tune.voices:
        for section in _sections(voice, chosen):
            job = _Section(tune, voice, section, length, tokens)
            edits += job.edits()
            added.update(job.added)
            joined |= job.joined
    return edits + held_longer(tune, added) + without(tune, joined)


def _sections(voice: Voice, chosen: set[int]) -> list[list[Measure]]:
    found: list[list[Measure]] = []
    ended = True
    for measure in voice.measures:
        if id(measure) not in chosen:
            ended = True
            continue
        if ended or measure.starts_section or measure.ending:
            found.append([])
        found[-1].append(measure)
        ended = measure.ends_section
    return found


class _Section:
    """One section of a voice that gets new barlines."""

    def __init__(
        self, tune: Tune, voice: Voice, measures: list[Measure], length: Fraction,
        tokens: MeasureTokens,
    ) -> None:  # fmt: skip
        self.tune, self.measures, self.length, self.tokens = tune, measures, length, tokens
        self.added: dict[int, int] = {}
        self.joined: set[int] = set()
        self.number = measures[0].number
        self.starts = [Fraction(0)]
        for measure in measures:
            self.starts.append(self.starts[-1] + measure.duration)
        first_short = voice.measures[0] if not voice.measures[0].full else None
        self.lead = first_short.duration if first_short is not None else Fraction(0)
        self._check()

    def _check(self) -> None:
        for measure in self.measures:
            if measure.overlays or any(e.measures for e in measure.events):
                raise ValueError(f"The barlines round bar {measure.number} cannot be moved: it has"
                                 " several layers or a rest of whole bars.")  # fmt: skip
        first, last = self.measures[0], self.measures[-1]
        self.pickup = Fraction(0)
        if not first.full and len(self.measures) > 1:
            self.pickup = first.duration
        rest = (self.starts[-1] - self.pickup) % self.length
        allowed = {Fraction(0), self.length - self.pickup, self.length - self.lead}
        if self.pickup >= self.length or rest not in allowed or (rest and last.full):
            raise ValueError(
                f"The section from bar {self.number} on does not come out even in that meter."
            )

    def _cuts(self) -> list[Fraction]:
        """Where the new barlines stand, counted from the section's start."""
        cut = self.pickup or self.length
        found = []
        while cut < self.starts[-1]:
            found.append(cut)
            cut += self.length
        return found

    def edits(self) -> list[Edit]:
        """Barlines removed and added, notes cut, accidentals written."""
        cuts = self._cuts()
        found: list[Edit] = []
        for index, start in enumerate(self.starts[1:-1], start=1):
            if start not in cuts and (join := self._join(index, cuts)):
                found += join
            elif start not in cuts:
                for bar in self.measures[index].before:
                    assert not signs([bar]), "a section has no repeats inside"
                    found.append(bar_gone(self.tune, bar))
        bars: list[list[tuple[Event, Measure]]] = [[]]
        for measure, start in zip(self.measures, self.starts, strict=False):
            for index, event in enumerate(measure.events):
                begin = start + event.onset
                end = begin + event.duration
                inside = [c - begin for c in cuts if begin < c < end]
                if begin in cuts:
                    bars.append([])
                    if event.onset and event.span.start not in self.joined:
                        place = self._before(measure, index)
                        found.append(Edit(Span(place, place), "|"))
                if event.span.start not in self.joined:
                    bars[-1].append((event, measure))
                if inside:
                    found.append(self._cut(measure, event, inside))
                    bars += [[] for _ in inside]
            self._check_groups(measure, start, cuts)
        for content in bars:
            found += self._respelled(content)
        return found

    def _join(self, index: int, cuts: list[Fraction]) -> list[Edit]:
        """Two tied notes that no barline parts any more, written as one if one note shows them."""
        before, measure = self.measures[index - 1], self.measures[index]
        one, other = before.events[-1], measure.events[0]
        gap = self.tokens.within(Span(one.span.end, other.span.start))
        written = one.written + other.written
        alike = one.tie and one.midi == other.midi and all(n.tied for n in other.notes)
        bare = {t.kind for t in gap} <= {Kind.TIE, Kind.SPACE, Kind.BARLINE}
        plain = (one.written, other.written) == (one.duration, other.duration)
        begin = self.starts[index] - one.duration
        parted = any(begin < c < self.starts[index] + other.duration for c in cuts)
        if (
            not (alike and bare and plain and single(written))
            or parted
            or (
                one.span.start in self.joined
                or other.kind != one.kind
                or before.unit != measure.unit
            )
        ):
            return []
        scale = one.notes[0].factor if one.kind == "chord" else Fraction(1)
        self.joined.add(other.span.start)
        return [
            Edit(length_span(self.tune.source, one), length_text(written / before.unit / scale)),
            Edit(Span(one.span.end, other.span.end), ""),
        ]

    def _check_groups(self, measure: Measure, start: Fraction, cuts: list[Fraction]) -> None:
        for group in groups_of(measure, self.tokens):
            begin = start + group.events[0].onset
            end = start + group.events[-1].onset + group.events[-1].duration
            if len(group.events) > 1 and any(begin < c < end for c in cuts):
                raise ValueError(f"A barline would fall into a group of notes in bar"
                                 f" {measure.number}.")  # fmt: skip

    def _before(self, measure: Measure, index: int) -> int:
        """Where a barline before an event goes: behind what belongs to the event before it."""
        before = measure.events[index - 1]
        place = before.span.end
        limit = measure.events[index].span.start
        for token in self.tokens.within(Span(place, limit)):
            if not _closes(token):
                break
            place = token.span.end
        return place

    def _cut(self, measure: Measure, event: Event, inside: list[Fraction]) -> Edit:
        text = self.tune.source
        place = length_span(text, event)
        scale = event.notes[0].factor if event.kind == "chord" else Fraction(1)
        head = plain_head(text[event.span.start : place.start], event)
        tie = "-" if event.notes else ""
        written = ""
        points = [Fraction(0), *inside, event.duration]
        count = 0
        for a, b in pairwise(points):
            pieces = [length_text(p / measure.unit / scale) for p in parts(b - a)]
            count += len(pieces)
            bar = "" if not a else tie + "|" + head
            written += bar + (tie + head).join(pieces)
        if event.notes:
            self.added[event.span.start] = count - 1
        return Edit(place, written)

    def _respelled(self, bar: list[tuple[Event, Measure]]) -> list[Edit]:
        """Accidentals of one new bar, as its notes meet in it."""
        if not bar:
            return []
        if len({m.key for _, m in bar}) > 1 or any(m.key_at_end != m.key for _, m in bar):
            if len({id(m) for _, m in bar}) > 1:
                raise ValueError(f"The key changes inside what would become one bar, at bar"
                                 f" {bar[-1][1].number}.")  # fmt: skip
            return []
        measure = replace(bar[0][1], events=tuple(e for e, _ in bar), overlays=())
        edits = respell(measure, measure.key, lambda note: note.written)
        return changed_only(self.tune.source, edits)


def _closes(token: Token) -> bool:
    return token.kind in (Kind.TIE, Kind.SLUR_CLOSE, Kind.BACKTICK, Kind.BROKEN)
