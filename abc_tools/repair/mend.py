"""Safe fixes until none is left: text with errors → text without, and a log of what was changed.

Each round takes the first error that something can be done about, applies the cheapest candidate that
makes the tune better (fewer errors, no new kind) and starts again; the number of rounds is bounded.
Only errors are mended, only inside the given span; notes are never removed. A tune without an error
stays as it is, unless another bar of it shows what a short bar at a section's edge has lost. What is a
matter of taste is only proposed (`proposals`): a signature that fights the notes, judged by music21.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.edit import all_measures, key_field_edit, set_field
from abc_tools.lyrics import drop_last
from abc_tools.parse import parse
from abc_tools.repair.bars import Candidate, bar_candidates, rests_at_end
from abc_tools.repair.header import (
    common_length,
    lost_key,
    other_meter,
    readable_meter,
    readable_unit,
    signed_key,
)
from abc_tools.repair.signs import partners
from abc_tools.score import judged_keys
from abc_tools.spelling import MeasureAccidentals, changed_only, notes_in_order, respell
from abc_tools.text import Edit, Span, apply
from abc_tools.theory import Key
from abc_tools.tune import Tune, Tunebook
from abc_tools.validate import Diagnostic, errors, validate

MAX_ROUNDS = 300
MANY_BARS = 4
CLEAR = 0.08
"""How much better music21 must think another key than the written one."""


@dataclass(frozen=True)
class Repair:
    """One change: which rule asked for it, where, the text before and after."""

    rule: str
    bar: int | None
    voice: str | None
    before: str
    after: str


@dataclass(frozen=True)
class Repaired:
    """The mended text, what was changed, and whether no error is left."""

    abc: str
    log: tuple[Repair, ...]
    valid: bool


def repair(text: str, span: Span | None = None) -> Repaired:
    """Mend the first tune of `text`, inside `span` only if one is given.

    A second repair changes nothing.

    >>> repair("X:1\\nM:2/4\\nL:1/4\\nK:C\\nCDEF|GA|Bc|]\\n").abc
    'X:1\\nM:2/4\\nL:1/4\\nK:C\\nCD|EF|GA|Bc|]\\n'
    """
    log: list[Repair] = []
    for _ in range(MAX_ROUNDS):
        tunes = parse(text).tunes
        if not tunes:
            return Repaired(text, tuple(log), False)
        step = _one_step(tunes[0], span)
        if step is None:
            return Repaired(text, tuple(log), not errors(tunes[0]))
        new, entries = step
        if span is not None:
            span = Span(span.start, span.end + len(new) - len(text))
        text = new
        log += entries
    return Repaired(text, tuple(log), False)


def repair_in(book: Tunebook, tune: Tune) -> Repaired:
    """Mend one tune of a tunebook, whose file header holds for it; `abc` is the tune's own text."""
    prefix = "".join(field.span.of(book.source) + "\n" for field in book.header)
    prefix += "\n" if prefix else ""
    text = prefix + tune.text
    result = repair(text, Span(len(prefix), len(text)))
    return Repaired(result.abc[len(prefix) :], result.log, result.valid)


def _one_step(tune: Tune, span: Span | None) -> tuple[str, list[Repair]] | None:
    """The first change that makes the tune better, or many independent ones at once."""
    found = errors(tune)
    if not found:
        return _suspicious_bar(tune, span)
    together = _many_bars(tune, found, span)
    if together is not None:
        return together
    for diagnostic, edits in _proposals(tune, found):
        edits = changed_only(tune.source, edits)
        if not edits or (span is not None and not all(span.contains(e.span) for e in edits)):
            continue
        if improves(tune, diagnostic, edits, len(found)):
            return apply(tune.source, edits), [entry(tune, diagnostic, edits)]
    return None


def _suspicious_bar(tune: Tune, span: Span | None) -> tuple[str, list[Repair]] | None:
    """A short bar at a section's edge, mended only if another bar of the tune shows how it was."""
    for diagnostic in validate(tune):
        if diagnostic.rule != "measure-length" or diagnostic.severity != "warning":
            continue
        for candidate in _candidates(tune, diagnostic):
            if not candidate.proven:
                continue
            edits = changed_only(tune.source, list(candidate.edits))
            if edits and (span is None or all(span.contains(e.span) for e in edits)):
                new = apply(tune.source, edits)
                if not errors(parse(new).tunes[0]):
                    return new, [entry(tune, diagnostic, edits)]
    return None


def _many_bars(
    tune: Tune, found: list[Diagnostic], span: Span | None
) -> tuple[str, list[Repair]] | None:
    """The cheapest mending of every wrong bar at once, if that mends them all.

    Only a shortcut for texts with many wrong bars: whatever else is wrong is mended before.
    """
    if len(found) < MANY_BARS or any(d.rule != "measure-length" for d in found):
        return None
    if common_length(tune) is not None:
        return None
    chosen: list[tuple[Diagnostic, list[Edit]]] = []
    end = -1
    for diagnostic in found:
        edits = changed_only(tune.source, next(_bar(tune, diagnostic), []))
        if not edits or (span is not None and not all(span.contains(e.span) for e in edits)):
            return None
        if min(e.span.start for e in edits) <= end:
            return None
        end = max(e.span.end for e in edits)
        chosen.append((diagnostic, edits))
    new = apply(tune.source, [edit for _, edits in chosen for edit in edits])
    if errors(parse(new).tunes[0]) or _notes(parse(new).tunes[0]) < _notes(tune):
        return None
    return new, [entry(tune, diagnostic, edits) for diagnostic, edits in chosen]


def entry(tune: Tune, diagnostic: Diagnostic, edits: list[Edit]) -> Repair:
    """The log's line about edits: the text that they change, before and after."""
    low, high = min(e.span.start for e in edits), max(e.span.end for e in edits)
    shifted = [Edit(Span(e.span.start - low, e.span.end - low), e.text) for e in edits]
    before = tune.source[low:high]
    return Repair(diagnostic.rule, diagnostic.bar, diagnostic.voice, before, apply(before, shifted))


def improves(tune: Tune, diagnostic: Diagnostic, edits: list[Edit], before: int) -> bool:
    """Whether edits leave fewer errors than the tune has `before` them, and lose no note."""
    tunes = parse(apply(tune.source, edits)).tunes
    misread = diagnostic.span.of(tune.source) == '"'  # chord names were read as notes
    if not tunes or (not misread and _notes(tunes[0]) < _notes(tune)):
        return False
    return len(errors(tunes[0])) < before


def _notes(tune: Tune) -> int:
    return sum(1 for m in all_measures(tune) for _ in notes_in_order(m))


def _proposals(tune: Tune, found: list[Diagnostic]) -> Iterator[tuple[Diagnostic, list[Edit]]]:
    """Candidate edits: rule by rule (what others depend on first), whole-tune causes before bars."""
    length = common_length(tune)
    for rule, fixer in _FIXERS.items():
        hits = [diagnostic for diagnostic in found if diagnostic.rule == rule]
        if rule == "unknown-text":  # a lost quotation mark makes nonsense of much that follows it
            hits.sort(key=lambda d: '"[]{}'.find(d.span.of(tune.source)) % 6)
        if rule == "measure-length" and hits and length is not None:
            yield from ((hits[0], edits) for edits in other_meter(tune, length))
        for diagnostic in hits:
            yield from ((diagnostic, edits) for edits in fixer(tune, diagnostic))


# -- bars -------------------------------------------------------------------------------------


def candidates_for(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    """Ways to mend one error, the likeliest first; whether they do is for `improves` to say."""
    fixer = _FIXERS.get(diagnostic.rule)
    yield from fixer(tune, diagnostic) if fixer else ()


def _bar(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    yield from (list(candidate.edits) for candidate in _candidates(tune, diagnostic))


def _candidates(tune: Tune, diagnostic: Diagnostic) -> list[Candidate]:
    for voice in tune.voices:
        for index, measure in enumerate(voice.measures):
            if voice.id == diagnostic.voice and measure.span == diagnostic.span:
                return bar_candidates(tune, voice, index)
    return []


def _tuplet(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    yield [Edit(diagnostic.span, "")]


def _voice(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    """Rests where a voice is shorter than the longest: in the bar that is short, or whole bars."""
    for voice in tune.voices:
        if voice.id != diagnostic.voice or not voice.measures:
            continue
        longest = max(tune.voices, key=lambda v: sum((m.duration for m in v.measures), Fraction(0)))
        for one, other in zip(voice.measures, longest.measures, strict=False):
            if one.duration < other.duration:
                yield from (
                    list(c.edits)
                    for c in rests_at_end(tune.source, one, other.duration - one.duration)
                )
                break
        last = voice.measures[-1]
        lacking = len(longest.measures) - len(voice.measures)
        at = last.after.span.end if last.after else last.span.end
        if 0 < lacking <= 64:
            bar = "" if last.after else "|"
            yield [Edit(Span(at, at), bar + "".join(["Z|"] * lacking))]


# -- text, header, words ----------------------------------------------------------------------


def _unknown(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    """A bracket or quotation mark gets its partner; other signs that mean nothing are taken out."""
    found = list(partners(tune, diagnostic))
    yield from found
    if not found:
        others = [mark for mark in tune.unknown if mark.text not in '[]{}"']
        yield [Edit(mark.span, "") for mark in others]
    yield [Edit(diagnostic.span, "")]


def _header(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    """A missing `K:`: the key that the letters, their accidentals and the chords speak for."""
    signed = signed_key(tune)
    key = signed or lost_key(tune)
    respelled = _resigned(tune, key) if signed else []
    if any(field.where == "header" for field in tune.fields):
        yield [set_field(tune, "K", key.abc), *respelled]
    else:
        at = tune.span.start
        yield [Edit(Span(at, at), f"X:1\nK:{key.abc}\n"), *respelled]


def _field(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    field = next(f for f in tune.fields if f.span == diagnostic.span)
    if field.name == "K":
        yield [Edit(field.value_span, lost_key(tune).abc)]
    elif field.name == "L" and field.where == "header":
        yield from readable_unit(tune, field)
    elif field.name == "M" and field.where == "header":
        yield from readable_meter(tune, field)
    elif field.name in "ML":
        yield [Edit(field.span, "")]  # a change in the middle that changes nothing readable


def _lyrics(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    """Left-over syllables are taken off the end of their line."""
    field = next(f for f in tune.fields if f.span == diagnostic.span)
    line = next(line for line in tune.lyrics if line.span == diagnostic.span)
    yield [Edit(field.value_span, drop_last(field.value, line.surplus))]


_FIXERS: dict[str, Callable[[Tune, Diagnostic], Iterator[list[Edit]]]] = {
    "unknown-text": _unknown,
    "header": _header,
    "field-value": _field,
    "tuplet-length": _tuplet,
    "measure-length": _bar,
    "voice-length": _voice,
    "lyrics-surplus": _lyrics,
}


# -- the signature ------------------------------------------------------------------------------------


def key_proposal(tune: Tune) -> tuple[Diagnostic, list[Edit]] | None:
    """A `K:` that fits the notes better: music21 hears that key, and far fewer signs are needed.

    Every note keeps its sound; only the spelling changes, so it is a matter of taste.
    """
    field = next((f for f in tune.fields if f.name == "K" and f.where == "header"), None)
    if (
        field is None
        or not tune.key.tonic
        or any(f.name == "K" and f is not field for f in tune.fields)
    ):
        return None
    here = accidentals_needed(tune, tune.key)
    if here < 4:
        return None
    judged = judged_keys(tune)
    own = max((c for k, c in judged if k.sharps == tune.key.sharps), default=-1.0)
    for key, correlation in judged[:1]:
        there = accidentals_needed(tune, key)
        if correlation >= own + CLEAR and there * 2 <= here and key.sharps != tune.key.sharps:
            found = Diagnostic("key-signature", f"The notes are in {key.name}, the signature is that"
                               f" of {tune.key.name}.", field.span, "warning")  # fmt: skip
            return found, [key_field_edit(field, key), *_resigned(tune, key)]
    return None


def accidentals_needed(tune: Tune, key: Key) -> int:
    """How many accidental signs the tune would need under a key."""
    count = 0
    for measure in all_measures(tune):
        state = MeasureAccidentals(key)
        count += sum(bool(state.sign(note.written)) for note in notes_in_order(measure))
    return count


def _resigned(tune: Tune, key: Key) -> list[Edit]:
    """Every note written anew under `key`, sounding as before; needless accidentals go."""
    return [
        edit
        for measure in all_measures(tune)
        for edit in respell(measure, key, lambda note: note.written, keep_signs=False)
    ]
