"""Comment lines for a tune: one above each section with its harmony, cadence and range, computed."""

from __future__ import annotations

from abc_tools.analyse.fact import Fact
from abc_tools.edit.registry import run
from abc_tools.places import Place
from abc_tools.sections import Section, sections
from abc_tools.text import Edit
from abc_tools.tune import Tune
from chat.explain import counts, tonal
from chat.explain.scope import scope
from chat.explain.statement import Statement, prose
from chat.phrases import plain

MOST = 24
"""Most sections that get a comment."""


def comments(tune: Tune, language: str) -> list[Edit]:
    """A `%` line above every section, at most one a line of music; [] for a tune without notes.

    >>> from abc_tools.parse import parse_tune
    >>> from abc_tools.text import apply
    >>> tune = parse_tune('X:1\\nM:2/4\\nL:1/4\\nK:G\\n"G"GA|"D"A2|"D7"dc|"G"G2|]\\n')
    >>> apply(tune.source, comments(tune, "en")).splitlines()[4][:33]
    '% Section A is bars 1–4. The chor'
    """
    edits: list[Edit] = []
    for part in sections(tune)[:MOST]:
        said = section_facts(tune, part)
        if not said:
            continue
        measures = [m for v in tune.voices for m in v.measures[part.start : part.stop]]
        text = prose(language, said).replace("\n", " ").replace("\\", "")
        edit = run(tune, "add-comment", {"text": text}, measures)[0]
        if all(edit.span != other.span for other in edits):
            edits.append(edit)
    return edits


def section_facts(tune: Tune, part: Section) -> list[Fact]:
    """What a comment says of a section: its bars, chords, cadence and range; [] where it is silent."""
    s = scope(tune, Place(part.first, part.last))
    if not s.notes:
        return []
    again = [", repeated", "，反复"] if part.repeated else ["", ""]
    found: list[Fact] = [Statement("section", {"name": plain(part.label), "again": again}, s.bars)]
    if s.chords:
        found += tonal.harmony(s)[:1]
    closing = [f for f in tonal.cadences(s) if f.kind.startswith("cadence")]
    return [*found, *closing[-1:], *counts.span(s)[:1]]
