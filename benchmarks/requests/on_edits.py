"""Checks on what an edit did: the tune after the turn beside the tune before it.

Bars are printed numbers of the tune before. A pitch moves "by n": by n semitones exactly, every note, in
the order of the text. Lists of n name alternatives (up or down).
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from statistics import mean
from typing import Any

from abc_tools.tune import Event, Tune
from benchmarks.requests.registry import check
from benchmarks.requests.score import (
    Turn,
    all_events,
    bar_text,
    events,
    melody,
    notes,
    played,
    printed,
    sounds,
    syllables,
    tune_of,
)  # fmt: skip

DYNAMICS = re.compile(r"^(p{1,4}|f{1,4}|m[pf]|sfz|[<>][()]|(crescendo|diminuendo)[()])$")
ROUNDING = 0.03


def _both(turn: Turn) -> tuple[Tune, Tune]:
    return tune_of(turn.before), tune_of(turn.after)


def _steps(before: list[Event], after: list[Event]) -> set[int] | None:
    """The semitones by which notes moved; None if there are not the same notes in the same rhythm."""
    if [e.duration for e in before] != [e.duration for e in after]:
        return None
    pairs = list(zip(before, after, strict=True))
    if any(len(b.midi) != len(a.midi) for b, a in pairs):
        return None
    return {
        y - x
        for b, a in pairs
        for x, y in zip(sorted(b.midi), sorted(a.midi), strict=True)
    }  # fmt: skip


@check
def transposed(turn: Turn, value: list[int]) -> str | None:
    """Every note of every voice moved by one of these numbers of semitones."""
    before, after = _both(turn)
    steps = _steps(all_events(before), all_events(after))
    return None if steps in [{n} for n in value] else f"moved by {steps}"


@check
def transposed_in(turn: Turn, value: list[Any]) -> str | None:
    """The notes of the bars from first to last moved by n (or one of a list) in the first voice."""
    first, last, by = value
    before, after = _both(turn)
    steps = _steps(events(before, 0, (first, last)), events(after, 0, (first, last)))
    allowed = by if isinstance(by, list) else [by]
    return None if steps in [{n} for n in allowed] else f"moved by {steps}"


@check
def transposed_in_from_start(turn: Turn, value: list[Any]) -> str | None:
    """As `transposed_in`, beside the tune that the conversation began with, all else as it was there."""
    from_start = replace(turn, before=turn.past[0])
    return transposed_in(from_start, value) or outside(from_start, value[:2])


@check
def voice_transposed(turn: Turn, value: list[Any]) -> str | None:
    """The voice of this name or place moved by n."""
    name, by = value
    before, after = _both(turn)
    index = next((i for i, v in enumerate(before.voices) if v.id == name), None)
    if index is None or index >= len(after.voices):
        return f"no voice {name}"
    steps = _steps(list(before.voices[index].events), list(after.voices[index].events))
    return None if steps == {by} else f"moved by {steps}"


@check
def rhythm_kept(turn: Turn, value: Any) -> str | None:
    """Every voice has the lengths that it had, note by note and rest by rest."""
    before, after = _both(turn)
    old, new = ([e.duration for e in all_events(t)] for t in (before, after))
    return None if old == new else "another rhythm"


@check
def melody_kept(turn: Turn, value: Any) -> str | None:
    """The first voice has the notes and lengths that it had."""
    before, after = _both(turn)
    return None if melody(before) == melody(after) else "another melody"


@check
def all_melodies_kept(turn: Turn, value: Any) -> str | None:
    """Every voice has the notes and lengths that it had."""
    before, after = _both(turn)
    old, new = ([sounds(list(v.events)) for v in t.voices] for t in (before, after))
    return None if old == new else "other notes"


@check
def same_notes_as(turn: Turn, value: str | int) -> str | None:
    """The first voice sounds as at the `start` or after turn n."""
    return melody_kept(replace(turn, before=turn.past[0 if value == "start" else int(value)]), True)


@check
def same_as(turn: Turn, value: str | int) -> str | None:
    """The text is, to the byte, that of the `start` or of after turn n."""
    old = turn.past[0 if value == "start" else int(value)]
    return None if old == turn.after else "another text"


@check
def outside(turn: Turn, value: list[int]) -> str | None:
    """Outside the bars from first to last, the text of every measure and of the header is what it was.

    White space aside (an edit may lay out its own lines); where bars came or went, those behind move along.
    """
    first, last = value
    before, after = _both(turn)
    if len(before.voices) != len(after.voices):
        return "another number of voices"
    shift = after.bar_count - before.bar_count
    for old, new in zip(before.voices, after.voices, strict=True):
        kept = [
            (m.number, bar_text(before, m)) for m in old.measures if not first <= m.number <= last
        ]
        found = [
            (m.number - shift if m.number > last + shift else m.number, bar_text(after, m))
            for m in new.measures
            if not first <= m.number <= last + shift
        ]
        if kept != found:
            wrong = next((n for (n, t), f in zip(kept, found, strict=False) if (n, t) != f), "?")
            return f"bar {wrong} is not as it was"
    old_head, new_head = (t.source[: t.measures[0].span.start].split() for t in (before, after))
    return None if old_head == new_head else "the header is not as it was"


@check
def changed_in(turn: Turn, value: list[int]) -> str | None:
    """Some note between these bars is another, in some voice."""
    span = (value[0], value[1])
    before, after = _both(turn)
    voices = min(len(before.voices), len(after.voices))
    same = all(melody(before, v, span) == melody(after, v, span) for v in _upto(voices))
    return "the same notes" if same and len(before.voices) == len(after.voices) else None


def _upto(count: int) -> list[int]:
    return [index for index, _ in enumerate(" " * count)]


@check
def voice_changed_in(turn: Turn, value: list[Any]) -> str | None:
    """Some note of the named voice is another in this bar."""
    name, bar = value
    before, after = _both(turn)
    found = [
        sounds([e for m in v.measures if m.number == bar for e in m.events])
        for t in (before, after)
        for v in t.voices
        if v.id == name
    ]
    return None if len(found) == 2 and found[0] != found[1] else "the same notes"


@check
def voices_same(turn: Turn, value: list[str]) -> str | None:
    """The named voices have the notes that they had."""
    before, after = _both(turn)
    old, new = ({v.id: sounds(list(v.events)) for v in t.voices} for t in (before, after))
    wrong = [name for name in value if old.get(name) != new.get(name)]
    return f"{wrong} are others" if wrong else None


@check
def voice_kept(turn: Turn, value: int) -> str | None:
    """Some voice has the melody that voice n had."""
    before, after = _both(turn)
    wanted = melody(before, value - 1)
    kept = any(sounds(list(v.events)) == wanted for v in after.voices)
    return None if kept else "no voice has that melody"


@check
def second_below(turn: Turn, value: Any) -> str | None:
    """The last voice lies lower than the first."""
    tune = tune_of(turn.after)
    lowest = notes(tune, len(tune.voices) - 1)
    return None if lowest and mean(lowest) < mean(notes(tune)) else "it does not lie below"


@check
def voice_notes(turn: Turn, value: list[Any]) -> str | None:
    """Voice n has only these pitch classes (given as names without octave)."""
    from benchmarks.requests.on_music import pitch

    number, names = value
    found = {n % 12 for n in notes(tune_of(turn.after), number - 1)}
    strange = found - {pitch(name) for name in names}
    return f"also {sorted(strange)}" if strange or not found else None


@check
def bars_are(turn: Turn, value: list[Any]) -> str | None:
    """The bars now, printed or played, are these bars of before; `*` is any bar."""
    before, after = _both(turn)
    old = printed(before)
    if any(n != "*" and n > len(old) for n in value):
        return f"there were only {len(old)} bars before"
    wanted = [None if n == "*" else old[n - 1] for n in value]
    for order in (printed(after), played(after)):
        if len(order) == len(wanted):
            pairs = zip(order, wanted, strict=True)
            if all(w is None or w == found for found, w in pairs):
                return None
    return f"{len(printed(after))} bars printed, {len(played(after))} played; not in that order"


@check
def bars_delta(turn: Turn, value: list[int]) -> str | None:
    """So many bars more (from–to, negative for fewer), printed or played."""
    before, after = _both(turn)
    by = {after.bar_count - before.bar_count, len(played(after)) - len(played(before))}
    return None if any(value[0] <= n <= value[1] for n in by) else f"{sorted(by)}"


@check
def prefix_kept(turn: Turn, value: Any) -> str | None:
    """The tune begins with all bars that it had; the last of them may lead on."""
    before, after = _both(turn)
    old = printed(before)[:-1]
    return None if printed(after)[: len(old)] == old else "the bars before the end are others"


@check
def prefix_bars_kept(turn: Turn, value: int) -> str | None:
    """The first n bars are what they were."""
    before, after = _both(turn)
    return None if printed(after)[:value] == printed(before)[:value] else "the beginning is another"


@check
def suffix_kept(turn: Turn, value: Any) -> str | None:
    """The tune ends with all bars that it had."""
    before, after = _both(turn)
    old = printed(before)
    return None if printed(after)[-len(old) :] == old else "the bars that were there are others"


@check
def scaled(turn: Turn, value: int) -> str | None:
    """Every length of the first voice is n times what it was, the pitches are the same."""
    before, after = _both(turn)
    wanted = [(pitches, duration * value) for pitches, duration in melody(before)]
    return None if melody(after) == wanted else "not the same notes in that proportion"


def _speed(turn: Turn) -> float:
    """How many times faster a whole note passes than before."""
    before, after = _both(turn)
    return float(before.tempo.seconds_per_whole / after.tempo.seconds_per_whole)


@check
def tempo_ratio(turn: Turn, value: list[float]) -> str | None:
    """The new tempo is from–to times the old one, rounding allowed."""
    speed = _speed(turn)
    low, high = value[0] * (1 - ROUNDING), value[1] * (1 + ROUNDING)
    return None if low <= speed <= high else f"{speed:.2f} times"


@check
def slower(turn: Turn, value: Any) -> str | None:
    """The tune takes longer: by its tempo, not by more bars."""
    return None if _speed(turn) < 1 else f"{_speed(turn):.2f} times as fast"


@check
def faster(turn: Turn, value: Any) -> str | None:
    """The tempo is faster."""
    return None if _speed(turn) > 1 else f"{_speed(turn):.2f} times as fast"


def _lift(turn: Turn, span: tuple[int, int] | None) -> float:
    before, after = _both(turn)
    heights = [[p[-1] for p, _ in melody(tune, 0, span) if p] or [0] for tune in (before, after)]
    return mean(heights[1]) - mean(heights[0])


@check
def lower(turn: Turn, value: Any) -> str | None:
    """The first voice lies lower on average."""
    return None if _lift(turn, None) < 0 else "not lower"


@check
def higher_in(turn: Turn, value: list[int]) -> str | None:
    """Between these bars the first voice lies higher on average."""
    return None if _lift(turn, (value[0], value[1])) > 0 else "not higher"


@check
def notes_fewer(turn: Turn, value: Any) -> str | None:
    """The first voice has fewer notes."""
    before, after = _both(turn)
    return None if len(notes(after)) < len(notes(before)) else f"{len(notes(after))} notes"


@check
def notes_fewer_in(turn: Turn, value: list[int]) -> str | None:
    """Between these bars the first voice has fewer notes."""
    counts = [len([p for p, _ in melody(t, 0, (value[0], value[1])) if p]) for t in _both(turn)]
    return None if counts[1] < counts[0] else f"{counts[1]} notes after {counts[0]}"


@check
def lengths_in(turn: Turn, value: list[Any]) -> str | None:
    """This bar has only these note lengths."""
    bar, allowed = value
    found = {e.duration for e in events(tune_of(turn.after), 0, (bar, bar)) if e.midi}
    return None if found == {Fraction(a) for a in allowed} else f"{sorted(map(str, found))}"


def _ornaments(found: list[Event]) -> int:
    return sum(
        bool(e.grace) + sum(not DYNAMICS.match(d.strip("!+")) for d in e.decorations) for e in found
    )


def _dynamics(tune: Tune) -> int:
    loud = [d for e in all_events(tune) for d in e.decorations if DYNAMICS.match(d.strip("!+"))]
    return len(loud)


@check
def decorations(turn: Turn, value: bool) -> str | None:
    """True: more ornaments or articulations than before; False: none, no grace notes either."""
    before, after = _both(turn)
    old, new = (_ornaments(all_events(t)) for t in (before, after))
    return None if (new > old if value else new == 0) else f"{new} after {old}"


@check
def decorations_in(turn: Turn, value: list[Any]) -> str | None:
    """As `decorations`, in one bar."""
    bar, wanted = value
    old, new = (_ornaments(events(t, 0, (bar, bar))) for t in _both(turn))
    return None if (new > old if wanted else new == 0) else f"{new} after {old}"


@check
def dynamics(turn: Turn, value: bool) -> str | None:
    """True: more or other dynamic marks than before; False: none."""
    before, after = _both(turn)
    if not value:
        return f"{_dynamics(after)} marks" if _dynamics(after) else None
    return None if _dynamics(after) > _dynamics(before) else f"{_dynamics(after)} marks"


@check
def swing(turn: Turn, value: Any) -> str | None:
    """The score says swing, or more of its notes are long-short pairs than before."""
    before, after = _both(turn)
    word = "swing" in (turn.after or "").lower() and "swing" not in (turn.before or "").lower()
    return None if word or _uneven(after) > _uneven(before) else "as straight as before"


def _uneven(tune: Tune) -> int:
    lengths = [e.duration for e in events(tune)]
    short = [(a, b) for a, b in pairwise(lengths) if 0 < b < Fraction(1, 8)]
    return sum(a / b in (2, 3) for a, b in short)


@check
def lyrics_changed(turn: Turn, value: Any) -> str | None:
    """There are words, and they are not those of before."""
    before, after = _both(turn)
    new = syllables(after)
    return None if new and new != syllables(before) else "the same words, or none"
