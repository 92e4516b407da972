"""Comment lines for a tune: one above each section with its bars, computed.

A comment says only what a change of some notes leaves true, so that an edit of some bars need not
touch the lines above them; where bars come or go, `refreshed` counts anew.
"""

from __future__ import annotations

import re

from abc_tools.analyse.fact import Fact
from abc_tools.edit.registry import run
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.sections import Section, sections
from abc_tools.text import Edit, apply
from abc_tools.tune import Tune
from chat.explain.scope import scope
from chat.explain.statement import Statement, prose
from chat.phrases import plain

OURS = re.compile(r"(?m)^% (?:Section \S+ is bars? |\S+段是第).*\n")
"""Comment lines that were written here."""
MOST = 24
"""Most sections that get a comment."""


def comments(tune: Tune, language: str) -> list[Edit]:
    """A `%` line above every section, at most one a line of music; [] for a tune without notes.

    >>> from abc_tools.parse import parse_tune
    >>> from abc_tools.text import apply
    >>> tune = parse_tune('X:1\\nM:2/4\\nL:1/4\\nK:G\\n"G"GA|"D"A2|"D7"dc|"G"G2|]\\n')
    >>> apply(tune.source, comments(tune, "en")).splitlines()[4][:25]
    '% Section A is bars 1–4.'
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


def refreshed(tune: Tune) -> Tune:
    """The tune with our own comments as they are true now; a tune without any stays as it is."""
    text = tune.text
    lines = OURS.findall(text)
    if not lines:
        return tune
    language = "en" if lines[0].startswith("% Section") else "zh"
    bare = parse_tune(OURS.sub("", text))
    new = apply(bare.source, comments(bare, language))
    return tune if new == text else parse_tune(new)


def section_facts(tune: Tune, part: Section) -> list[Fact]:
    """What a comment says of a section: its bars, and whether it is repeated; [] where it is silent."""
    s = scope(tune, Place(part.first, part.last))
    if not s.notes:
        return []
    again = [", repeated", "，反复"] if part.repeated else ["", ""]
    return [Statement("section", {"name": plain(part.label), "again": again}, s.bars)]
