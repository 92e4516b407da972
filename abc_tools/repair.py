"""Safe fixes until none is left: text with errors → text without, and a log of what was changed.

Each round takes the first error that something can be done about, applies the cheapest candidate that
makes the tune better (fewer errors, no new kind) and starts again; the number of rounds is bounded.
Only errors are mended, only inside the given span; notes are never removed. Keys are judged by
music21: a signature that fights the notes is replaced so that every note sounds as before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.edit import all_measures, key_field_edit, set_field
from abc_tools.lyrics import drop_last
from abc_tools.parse import parse
from abc_tools.repair_bars import bar_candidates, common_length
from abc_tools.score import judged_keys
from abc_tools.spelling import MeasureAccidentals, changed_only, notes_in_order, respell
from abc_tools.text import Edit, Span, apply
from abc_tools.theory import Key
from abc_tools.tune import Tune, Tunebook
from abc_tools.validate import Diagnostic, errors

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
    together = _many_bars(tune, found, span)
    if together is not None:
        return together
    for diagnostic, edits in _proposals(tune, found):
        edits = changed_only(tune.source, edits)
        if not edits or (span is not None and not all(span.contains(e.span) for e in edits)):
            continue
        new = apply(tune.source, edits)
        if diagnostic.rule == "key-signature" or _better(found, new, tune):
            return new, [_entry(tune, diagnostic, edits)]
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
    return new, [_entry(tune, diagnostic, edits) for diagnostic, edits in chosen]


def _entry(tune: Tune, diagnostic: Diagnostic, edits: list[Edit]) -> Repair:
    low, high = min(e.span.start for e in edits), max(e.span.end for e in edits)
    shifted = [Edit(Span(e.span.start - low, e.span.end - low), e.text) for e in edits]
    before = tune.source[low:high]
    return Repair(diagnostic.rule, diagnostic.bar, diagnostic.voice, before, apply(before, shifted))


def _better(found: list[Diagnostic], new: str, old: Tune) -> bool:
    """Whether a change leaves fewer errors and loses no note."""
    tunes = parse(new).tunes
    if len(tunes) == 0 or _notes(tunes[0]) < _notes(old):
        return False
    return len(errors(tunes[0])) < len(found)


def _notes(tune: Tune) -> int:
    return sum(1 for m in all_measures(tune) for _ in notes_in_order(m))


def _proposals(tune: Tune, found: list[Diagnostic]) -> Iterator[tuple[Diagnostic, list[Edit]]]:
    """Candidate edits: rule by rule (what others depend on first), whole-tune causes before bars."""
    length = common_length(tune)
    for rule, fixer in _FIXERS.items():
        hits = [diagnostic for diagnostic in found if diagnostic.rule == rule]
        if rule == "measure-length" and hits and length is not None:
            yield from ((hits[0], edits) for edits in _other_meter(tune, length))
        for diagnostic in hits:
            yield from ((diagnostic, edits) for edits in fixer(tune, diagnostic))
    yield from _key_signature(tune)


# -- bars -------------------------------------------------------------------------------------


def _other_meter(tune: Tune, length: Fraction) -> Iterator[list[Edit]]:
    """A wrong `L:` (bars twice or half as long) before a wrong `M:`."""
    assert tune.meter is not None, "free meter has no common wrong length"
    ratio = tune.meter.length / length
    if ratio in (2, 4, Fraction(1, 2), Fraction(1, 4)):
        yield [set_field(tune, "L", str(tune.unit * ratio))]
    unit = tune.meter.unit
    beats = length * unit
    if beats.denominator == 1:
        yield [set_field(tune, "M", f"{beats}/{unit}")]
    elif (length * 16).denominator == 1:
        yield [set_field(tune, "M", f"{length * 8}/8" if (length * 8).denominator == 1
                         else f"{length * 16}/16")]  # fmt: skip


def _bar(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    for voice in tune.voices:
        if voice.id != diagnostic.voice:
            continue
        for index, measure in enumerate(voice.measures):
            if measure.span == diagnostic.span:
                for candidate in bar_candidates(tune, voice, index):
                    yield list(candidate.edits)


def _tuplet(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    yield [Edit(diagnostic.span, "")]


def _voice(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    """Rests at the end of a voice that stops early, a bar at a time."""
    for voice in tune.voices:
        if voice.id != diagnostic.voice or not voice.measures:
            continue
        last = voice.measures[-1]
        longest = max(len(v.measures) for v in tune.voices)
        lacking = longest - len(voice.measures)
        at = last.after.span.end if last.after else last.span.end
        if 0 < lacking <= 64:
            bar = "" if last.after else "|"
            yield [Edit(Span(at, at), bar + "".join(["Z|"] * lacking))]


# -- text, header, words ----------------------------------------------------------------------


def _unknown(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    """All signs that mean nothing at once, else this one alone."""
    yield [Edit(mark.span, "") for mark in tune.unknown]
    yield [Edit(diagnostic.span, "")]


def _header(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    """A missing `K:` by music21's judgement of the notes, which keep their sound."""
    judged = judged_keys(tune)
    key = judged[0][0] if judged else Key()
    if any(field.where == "header" for field in tune.fields):
        yield [set_field(tune, "K", key.abc), *_resigned(tune, key)]
    else:
        at = tune.span.start
        yield [Edit(Span(at, at), f"X:1\nK:{key.abc}\n"), *_resigned(tune, key)]


def _field(tune: Tune, diagnostic: Diagnostic) -> Iterator[list[Edit]]:
    field = next(f for f in tune.fields if f.span == diagnostic.span)
    if field.name == "K":
        judged = judged_keys(tune)
        key = judged[0][0] if judged else Key()
        yield [Edit(field.value_span, key.abc), *_resigned(tune, key)]
    elif field.name == "L" and field.where == "header":
        yield [Edit(field.value_span, str(tune.unit))]
    elif field.name == "M" and field.where == "header":
        length = common_length(tune)
        yield from _other_meter(tune, length) if length else iter(())
        yield [Edit(field.value_span, tune.meter.text if tune.meter else "none")]


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


# -- key --------------------------------------------------------------------------------------


def _key_signature(tune: Tune) -> Iterator[tuple[Diagnostic, list[Edit]]]:
    """A `K:` that fights the notes: music21 hears another key, in which fewer accidentals remain."""
    field = next((f for f in tune.fields if f.name == "K" and f.where == "header"), None)
    if (
        field is None
        or not tune.key.tonic
        or any(f.name == "K" and f is not field for f in tune.fields)
    ):
        return
    here = accidentals_needed(tune, tune.key)
    if here < 4:
        return
    judged = judged_keys(tune)
    own = max((c for k, c in judged if k.sharps == tune.key.sharps), default=-1.0)
    for key, correlation in judged[:1]:
        there = accidentals_needed(tune, key)
        if correlation >= own + CLEAR and there * 2 <= here and key.sharps != tune.key.sharps:
            found = Diagnostic("key-signature", f"The notes are in {key.name}, the signature is that"
                               f" of {tune.key.name}.", field.span, "warning")  # fmt: skip
            yield found, [key_field_edit(field, key), *_resigned(tune, key)]


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
