"""Tunes, diagnostics and repairs as plain JSON values: the program interface of `python -m abc_tools`.

Field names are stable. Durations are strings of fractions of a whole note, spans are [start, end] in
characters of the text that was read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from abc_tools.analyse import Analysis, Fact
from abc_tools.parse import parse
from abc_tools.repair import Repaired
from abc_tools.repair.fixes import Fix, proposals
from abc_tools.text import Span
from abc_tools.tune import Event, Measure, Tune
from abc_tools.validate import Diagnostic


def span_list(span: Span) -> list[int]:
    """A span as [start, end]."""
    return [span.start, span.end]


def tune_report(tune: Tune) -> dict[str, Any]:
    """What `parse --json` prints for a tune."""
    fields: dict[str, list[str]] = {}
    for field in tune.fields:
        if field.where == "header":
            fields.setdefault(field.name, []).append(field.value)
    return {
        "fields": fields,
        "voices": [
            {"id": voice.id, "name": voice.name,
             "measures": [measure_report(measure) for measure in voice.measures]}
            for voice in tune.voices
        ],
    }  # fmt: skip


def measure_report(measure: Measure) -> dict[str, Any]:
    """One measure with its elements in the order of the text."""
    elements = [item for event in measure.events for item in _elements(event, 0)]
    for layer, events in enumerate(measure.overlays, start=1):
        elements += [item for event in events for item in _elements(event, layer)]
    elements += [
        {"kind": mark.kind, "span": span_list(mark.span), "duration": "0", "midi": [],
         "text": mark.text}
        for mark in measure.marks
    ]  # fmt: skip
    elements.sort(key=lambda e: (e["span"][0], e["span"][1]))
    return {
        "number": measure.number,
        "span": span_list(measure.span),
        "duration": str(measure.duration),
        "expected": None if measure.expected is None else str(measure.expected),
        "key": measure.key.name,
        "meter": measure.meter.text if measure.meter else None,
        "elements": elements,
    }


def _elements(event: Event, layer: int) -> Iterator[dict[str, Any]]:
    if event.grace and event.grace_span is not None:
        yield {"kind": "grace", "span": span_list(event.grace_span), "duration": "0",
               "midi": [note.pitch.midi for note in event.grace]}  # fmt: skip
    element: dict[str, Any] = {
        "kind": event.kind, "span": span_list(event.span), "duration": str(event.duration),
        "onset": str(event.onset), "midi": list(event.midi),
        "pitches": [note.pitch.name for note in event.notes], "tie": event.tie, "tied": event.tied,
        "chord_symbol": event.chord_symbol,
        "syllables": [s for s in event.syllables if s is not None],
    }  # fmt: skip
    if event.decorations:
        element["decorations"] = list(event.decorations)
    if layer:
        element["layer"] = layer
    yield element


def diagnostic_report(diagnostic: Diagnostic, fix: Fix | None = None) -> dict[str, Any]:
    """One diagnostic, with what could be done about it (spans and new texts) if that is known."""
    edits = [{"span": span_list(e.span), "text": e.text} for e in fix.edits] if fix else []
    return {
        "rule": diagnostic.rule, "message": diagnostic.message,
        "span": span_list(diagnostic.span), "severity": diagnostic.severity,
        "bar": diagnostic.bar, "voice": diagnostic.voice,
        "fix": {"edits": edits, "safe": fix.safe} if fix else None,
    }  # fmt: skip


def repair_report(repaired: Repaired) -> dict[str, Any]:
    """What `repair --json` prints for a tune; `proposed` are changes that were not made."""
    tunes = parse(repaired.abc).tunes
    return {
        "abc": repaired.abc,
        "log": [asdict(entry) for entry in repaired.log],
        "valid": repaired.valid,
        "proposed": [asdict(entry) for entry in (proposals(tunes[0]) if tunes else ())],
    }


def analysis_report(found: Analysis, facts: Sequence[Fact] = ()) -> dict[str, Any]:
    """What `analyse --json` prints for a tune: the summary, and under `facts` every fact."""
    return {
        "title": found.title,
        "key": found.key.name,
        "meter": found.meter.text if found.meter else None,
        "tempo": {"beat": str(found.tempo.beat), "bpm": float(found.tempo.bpm)},
        "bars": found.bars,
        "pickup": str(found.pickup),
        "form": found.form,
        "sections": [
            {"label": s.label, "first": s.first, "last": s.last, "repeated": s.repeated}
            for s in found.sections
        ],
        "range": {
            "lowest": found.lowest.name if found.lowest else None, "lowest_bar": found.lowest_bar,
            "highest": found.highest.name if found.highest else None,
            "highest_bar": found.highest_bar,
        },
        "chords": [{"symbol": s, "numeral": r, "count": n} for s, r, n in found.chords],
        "cadences": [
            {"bar": c.bar, "kind": c.kind, "chords": list(c.chords), "section": c.section}
            for c in found.cadences
        ],
        "note_values": [{"value": str(v), "count": n} for v, n in found.values],
        "stepwise": round(found.steps, 3),
        "largest_leap": {"semitones": found.largest_leap[0], "bar": found.largest_leap[1]},
        "key_changes": [{"bar": bar, "key": name} for bar, name in found.key_changes],
        "bars_alike": [list(pair) for pair in found.alike],
        "facts": [fact.report() for fact in facts],
    }  # fmt: skip
