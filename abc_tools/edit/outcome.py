"""What an edit has kept: proved from the notes of the tune before and after, when it runs."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from abc_tools.edit.pieces import line_start, rows
from abc_tools.text import Edit, Span
from abc_tools.tune import Measure, Tune


def pitches(tune: Tune) -> list[list[tuple[int, ...]]]:
    """The sounding pitches of every voice in order; notes held by a tie count once."""
    return [
        [e.midi for m in v.measures for layer in (m.events, *m.overlays) for e in layer
         if e.notes and not all(n.tied for n in e.notes)]
        for v in tune.voices
    ]  # fmt: skip


def rhythm(tune: Tune) -> list[list[tuple[bool, Fraction]]]:
    """Note or rest, and its length, of every event of every voice."""
    return [
        [(bool(e.notes), e.duration) for m in v.measures for la in (m.events, *m.overlays)
         for e in la]
        for v in tune.voices
    ]  # fmt: skip


def sung(tune: Tune) -> list[list[str]]:
    """The syllables of every voice in order, verse by verse."""
    found = []
    for voice in tune.voices:
        verses = max((len(e.syllables) for e in voice.events), default=0)
        found.append([
            e.syllables[n] or "" for n in range(verses) for e in voice.events
            if n < len(e.syllables) and e.syllables[n]
        ])  # fmt: skip
    return found


def broken(before: Tune, after: Tune, keeps: tuple[str, ...]) -> str | None:
    """The first of the things to be kept (`pitch`, `rhythm`, `words`) that was not."""
    readers = {"pitch": pitches, "rhythm": rhythm, "words": sung}
    return next((k for k in keeps if readers[k](before) != readers[k](after)), None)


def outside(tune: Tune, edits: list[Edit], measures: list[Measure]) -> list[Edit]:
    """Edits that lie outside the measures and the words under them.

    A line that comes in right above the bars, or fields of the header that say what the text took
    for granted, count as inside: they change nothing elsewhere.
    """
    chosen = {id(m) for m in measures}
    spans = [m.span for m in measures]
    for voice in tune.voices:
        spans += [Span(one.span.end, other.span.start) for one, other in pairwise(voice.measures)
                  if id(one) in chosen and id(other) in chosen]  # fmt: skip
    lyrics = [
        row.value for row in rows(tune)
        if any(s.contains(e.span) for s in spans for e in row.events)
    ]  # fmt: skip
    return [
        e for e in edits
        if not any(s.contains(e.span) for s in (*spans, *lyrics))
        and not (e.text.startswith("% ") and any(line_start(tune.source, s.start) == e.span.start
                                                 for s in spans))
    ]  # fmt: skip


def assert_kept(
    before: Tune, after: Tune, edits: list[Edit], keeps: tuple[str, ...],
    measures: list[Measure] | None,
) -> None:  # fmt: skip
    """Assert what an edit promises: what it keeps, and that it stays inside its bars."""
    lost = broken(before, after, keeps)
    assert lost is None, f"the edit was to keep the {lost}"
    if measures is not None:
        strays = outside(before, edits, measures)
        assert not strays, f"an edit at {strays[0].span} lies outside the bars that were asked for"
