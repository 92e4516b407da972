"""What could be done about a diagnostic: the edits, and whether they are safe to make unasked.

Safe fixes are those that `repair` makes. The others are a matter of taste or a guess at what was meant: they
are only proposed, by `proposals` and in the reports of the command line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from abc_tools.repair.bars import rests_at_end
from abc_tools.repair.mend import Repair, candidates_for, entry, improves, key_proposal
from abc_tools.spelling import changed_only
from abc_tools.text import Edit, Span
from abc_tools.tune import Measure, Tune
from abc_tools.validate import Diagnostic, errors, validate


@dataclass(frozen=True)
class Fix:
    """Edits that would settle a diagnostic."""

    edits: tuple[Edit, ...]
    safe: bool


def fix_of(tune: Tune, diagnostic: Diagnostic) -> Fix | None:
    """The fix of a diagnostic of this tune; None if nobody can tell what was meant.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/4\\nK:C\\nCDEF|GA|Bc|]\\n")
    >>> [fix_of(tune, d) for d in validate(tune)]
    [Fix(edits=(Edit(span=Span(start=22, end=22), text='|'),), safe=True)]
    """
    if diagnostic.severity == "error":
        before = len(errors(tune))
        for edits in candidates_for(tune, diagnostic):
            edits = changed_only(tune.source, edits)
            if edits and improves(tune, diagnostic, edits, before):
                return Fix(tuple(edits), True)
        return None
    fixer = _GUESSES.get(diagnostic.rule)
    edits = fixer(tune, diagnostic) if fixer else []
    return Fix(tuple(edits), False) if edits else None


def proposals(tune: Tune) -> list[Repair]:
    """What is not wrong enough to be mended unasked, as repairs that could be made."""
    found = []
    for diagnostic in validate(tune):
        if diagnostic.severity == "warning":
            fix = fix_of(tune, diagnostic)
            if fix is not None:
                found.append(entry(tune, diagnostic, list(fix.edits)))
    return found


# -- guesses --------------------------------------------------------------------------------------


def _measure_of(tune: Tune, diagnostic: Diagnostic) -> Measure | None:
    for voice in tune.voices:
        for measure in voice.measures:
            if measure.span.contains(diagnostic.span) and voice.id == diagnostic.voice:
                return measure
    return None


def _short_bar(tune: Tune, diagnostic: Diagnostic) -> list[Edit]:
    """A rest at the end of a bar that nothing completes."""
    measure = _measure_of(tune, diagnostic)
    if measure is None or measure.expected is None or measure.duration >= measure.expected:
        return []
    found = rests_at_end(tune.source, measure, measure.expected - measure.duration)
    return list(found[0].edits) if found else []


def _signature(tune: Tune, diagnostic: Diagnostic) -> list[Edit]:
    found = key_proposal(tune)
    return found[1] if found is not None else []


def _tie(tune: Tune, diagnostic: Diagnostic) -> list[Edit]:
    """The tie goes."""
    end = diagnostic.span.end
    at = tune.source.find("-", end)
    blank = at >= 0 and tune.source[end:at].strip(" )") == ""
    return [Edit(Span(at, at + 1), "")] if blank else []


def _slur(tune: Tune, diagnostic: Diagnostic) -> list[Edit]:
    """An end that nothing began goes; a beginning gets its end after the notes written with it."""
    if diagnostic.span.of(tune.source) == ")":
        return [Edit(diagnostic.span, "")]
    measure = _measure_of(tune, diagnostic)
    inside = [e for e in measure.events if e.span.start > diagnostic.span.start] if measure else []
    for number, event in enumerate(inside):
        after = inside[number + 1] if number + 1 < len(inside) else None
        apart = after is None or " " in tune.source[event.span.end : after.span.start]
        if number and apart:
            return [Edit(Span(event.span.end, event.span.end), ")")]
    return []


def _repeat(tune: Tune, diagnostic: Diagnostic) -> list[Edit]:
    """The repeat closes at the end of its section."""
    for voice in tune.voices:
        if voice.id != diagnostic.voice:
            continue
        for measure in voice.measures:
            after = measure.after
            if measure.span.start >= diagnostic.span.start and after is not None and after.boundary:
                return [Edit(after.span, ":|")]
    return []


def _header(tune: Tune, diagnostic: Diagnostic) -> list[Edit]:
    if tune.field("X") is None and "X:" in diagnostic.message:
        return [Edit(diagnostic.span, "X:1\n")]
    return []


def _field(tune: Tune, diagnostic: Diagnostic) -> list[Edit]:
    """A tempo that cannot be read goes with its line."""
    end = diagnostic.span.end
    return [Edit(Span(diagnostic.span.start, end + (tune.source[end : end + 1] == "\n")), "")]


_GUESSES: dict[str, Callable[[Tune, Diagnostic], list[Edit]]] = {
    "measure-length": _short_bar,
    "key-signature": _signature,
    "tie-target": _tie,
    "slur-open": _slur,
    "repeat-structure": _repeat,
    "header": _header,
    "field-value": _field,
}
