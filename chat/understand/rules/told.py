"""Single notes that one clause tells of and the next one changes: "the altos have an F natural in bar 3, make it F sharp",
唱到“星星”的那两个音，升高八度.

What it does not know: how notes are picked out (`picked`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import replace

from abc_tools.places import Place
from abc_tools.tune import Tune
from chat.understand.operation import Operation
from chat.understand.rules.base import Clause
from chat.understand.rules.notes import note_names
from chat.understand.rules.picking import picks
from chat.understand.text import in_letters

_A_NAMED = re.compile(
    r"\b(?:an?|the|that|this) (?P<n>[A-G](?:[ -]?(?:sharp|flat|natural)|#|b)?)(?: natural)?(?= (?:in|on|at)\b)"
)
_WHOLE = re.compile(
    r"\b(?:transpose|key|tune|song|piece|melody|everything|whole|all of it|voice|part)\b|整|全|移调|转调|曲|旋律"
)
_MOVES = {"octave": "octaves", "transpose": "semitones", "transpose-diatonic": "steps"}
_MAKE_IT = re.compile(r"\b(?:make|should|change|turn|needs?|be|to|into|as)\b|改|换|变|应该")


def picks_told(part: str, place: Place | None, tune: Tune) -> tuple[str, Place | None] | None:
    """The notes that a clause without a change is about, and the bars that it names; None for none."""
    found = picks(Clause(part, part.lower(), tune))
    if not found and place is not None and (match := _A_NAMED.search(part)):
        found = [(note_names(match["n"])[0][1], match.span())]
    if not found or (place is None and not found[0][0].startswith(("sung:", "1", "-1"))):
        return None
    return " ".join(word for word, _ in found), place


def of_told(operation: Operation, told: tuple[str, Place | None], part: str) -> Operation:
    """A change that says no notes, for those that were told of: a move by an interval, another name."""
    pick, place = told
    if operation.place is not None or _WHOLE.search(part.lower()):
        return operation
    if (kind := _MOVES.get(operation.name)) and kind in operation.values:
        size = int(operation.values[kind]) * (12 if kind == "octaves" else 1)
        kind = "steps" if kind == "steps" else "semitones"
        return replace(
            operation, name="move-notes", values={"pick": pick, kind: str(size)}, place=place
        )
    names = [name for _, name in note_names(in_letters(part))]
    if (
        operation.name in ("key", "left-aside", "alter-notes")
        and len(names) == 1
        and _MAKE_IT.search(part.lower())
    ):
        return replace(
            operation, name="rename-notes", values={"pick": pick, "to": names[0]}, place=place
        )
    return operation


_SHOULD_BE = re.compile(
    r"\b(?:it|that|this|one|which)?(?:'s| is| was)? ?(?:should|must|ought to|supposed to|meant to|has to|needs to)(?: really| actually)? (?:be|read|say)\b|\b(?:make|change|turn|correct|fix) (?:it|that|this)\b|(?:应该|应当|得|要)是|改[成为]|换成"
)


def named_instead(part: str, told: tuple[str, Place | None]) -> Operation | None:
    """What the notes that were told of should be: "it should be B flat"; None where that is not said."""
    names = [name for _, name in note_names(in_letters(part))]
    if len(names) != 1 or not _SHOULD_BE.search(part.lower()) or _WHOLE.search(part.lower()):
        return None
    return Operation("rename-notes", {"pick": told[0], "to": names[0]}, told[1], said=part)
