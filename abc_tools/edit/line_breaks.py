"""How many bars stand on each line of the score: line breaks between bars moved, nothing else.

Only line breaks and the blanks around barlines change. Words stand under the notes of their own line, so a tune with
words keeps its lines; so does one whose voices take turns line by line, where bars would have to change lines.
"""

from __future__ import annotations

import re
from itertools import pairwise

from abc_tools.edit.layout import lines_of, require_own_lines
from abc_tools.edit.pieces import line_end, line_start
from abc_tools.text import Edit, Span
from abc_tools.tune import Measure, Tune, Voice

MOST = 16
_BARLINES = re.compile(r"[|:\[\]\s\d,\-\\$.]*")
"""What may stand between two bars whose line break moves: barlines, endings, blanks."""


def bars_per_line(tune: Tune, count: int) -> list[Edit]:
    """So many bars on each line; a part (`P:`) begins a new one, and the last line of a part may be shorter.

    ValueError where words or voices in turn hold the lines, or nothing would change.
    """
    if not 1 <= count <= MOST:
        raise ValueError(f"A line has between 1 and {MOST} bars.")
    require_own_lines(tune)
    if any(any(e.syllables) for v in tune.voices for e in v.events):
        raise ValueError("The words stand under the lines as they are, so the lines stay.")
    edits = [e for v in tune.voices for run in _runs(tune, v) for e in _broken(tune, run, count)]
    if not edits:
        raise ValueError("Each line has that many bars already.")
    return edits


def _runs(tune: Tune, voice: Voice) -> list[list[Measure]]:
    """The bars of a voice that stand on lines one right below the other."""
    found: list[list[Measure]] = []
    end = -1
    for line in lines_of(tune, voice):
        measures = [voice.measures[index] for index, _ in line.pieces]
        if any(len(m.pieces) > 1 for m in measures):
            raise ValueError("A bar stands on two lines, so the lines stay.")
        if found and line_start(tune.source, end + 1) == line.start and end >= 0:
            found[-1] += measures
        else:
            found.append(measures)
        end = line_end(tune.source, line.start)
    short = len(found) > 1 and len(tune.voices) > 1
    if short and not any(m.part for run in found[1:] for m in run[:1]):
        raise ValueError("The voices take turns line by line, so the lines stay.")
    return found


def _broken(tune: Tune, run: list[Measure], count: int) -> list[Edit]:
    """The line breaks of a run of bars, behind each so many full ones."""
    edits = []
    done = 0
    for one, other in pairwise(run):
        done += one.number > 0 and (one.full or done > 0)
        span = Span(one.span.end, other.span.start)
        text = span.of(tune.source)
        if not _BARLINES.fullmatch(text):
            raise ValueError("Something stands between the lines, so they stay.")
        new = _between(text, ends=bool(done) and done % count == 0)
        if new != text:
            edits.append(Edit(span, new))
    return edits


def _between(text: str, *, ends: bool) -> str:
    """What stands between two bars, with a line break or without one.

    >>> _between("|", ends=True), _between("|\\n", ends=False), _between(":|\\n|:", ends=False)
    ('|\\n', '|', ':| |:')
    """
    if ends:
        return text if "\n" in text else re.sub(r"(\s*)$", "\n", text, count=1)
    parts = [p.strip().rstrip("\\").strip() for p in text.split("\n")]
    return text if "\n" not in text else " ".join(p for p in parts if p)
