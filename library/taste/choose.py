"""From scores to a list: what is known or disliked left out, no tune twice in two versions, a true reason for each.

A reason begins with the liked tune that speaks most for a tune, or with what other listeners do where that counted
more; the facts beside it are computed from both tunes as everywhere in the library.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from library.align import align, best_shift, likeness
from library.likeness import Asked, Match, reasons
from library.melody import Ints
from library.reasons import Part, part
from library.taste.content import Content
from library.taste.crowd import SUPPORT, Crowd
from library.taste.records import Action
from library.words import folded

Floats = NDArray[np.float32]
_FACTS = 3
_SHARED = 0.05
_SAID = {Action.KEEP: "you kept", Action.LIKE: "you liked", Action.EDIT: "you edited",
         Action.PLAY: "you played"}  # fmt: skip
"""What is said of a tune that speaks for another, the strongest first."""


@dataclass(frozen=True)
class Grounds:
    """What a list was made from: the liked rows, their likeness to all tunes, and what was done with them.

    `own` and `others` have, for every tune, what the tunes themselves and the other listeners gave to its score.
    `without` is the listener, if there is one, whose own likes are not to be counted among those of others.
    """

    rows: Ints
    likeness: Floats
    done: Mapping[int, Action]
    own: Floats
    others: Floats
    crowd: Crowd | None = None
    without: int | None = None


def different(
    content: Content, scores: Floats, titles: Mapping[int, str], known: Sequence[int], count: int
) -> list[int]:
    """The best `count` rows, no two of them versions of one tune; `titles` has the rows looked at, best first.

    One version at most of each known tune is among them.
    """
    chosen: list[int] = []
    taken: set[int] = set()
    seen: set[str] = set()
    versions = [set(content.versions(row).tolist()) - {row} for row in known]
    for row, title in titles.items():
        if len(chosen) == count:
            break
        name = folded(title)
        if row in taken or (name and name in seen) or not np.isfinite(scores[row]):
            continue
        chosen.append(row)
        seen.add(name)
        taken.update(content.versions(row).tolist())
        for family in versions:
            if row in family:
                taken |= family
    return chosen


def why(
    content: Content, grounds: Grounds, row: int, entries: Mapping[int, Any]
) -> tuple[Part, ...]:
    """The reason for a tune; `entries` has the catalogue's rows by row of the index, those of liked tunes too."""
    if row in grounds.done:
        return (part(_SAID[grounds.done[row]], title=_title(entries[row])),)
    if grounds.crowd is not None and grounds.others[row] > grounds.own[row]:
        together = grounds.crowd.together(row, grounds.without)
        best = int(grounds.rows[int(together[grounds.rows].argmax())])
        if together[best] >= SUPPORT:
            head = part("others liked", title=_title(entries[best]))
            return head, *_facts(content, best, row, entries)
        if grounds.crowd.sharing(row, grounds.rows, grounds.without) >= SUPPORT:
            return (part("near listeners"),)
        if together[row] >= SUPPORT:
            return (part("several liked"),)
    return _near(content, grounds, row, entries)


def _near(
    content: Content, grounds: Grounds, row: int, entries: Mapping[int, Any]
) -> tuple[Part, ...]:
    """The liked tune that is likest to a tune, and what both have in common."""
    line = int(grounds.likeness[:, row].argmax())
    best = int(grounds.rows[line])
    head = part(_SAID[grounds.done[best]], title=_title(entries[best]))
    facts = _facts(content, best, row, entries)
    if not facts:
        rank = int((grounds.likeness[line] > grounds.likeness[line, row]).sum())
        facts = (part("rank", rank=max(1, rank), tunes=len(content.index)),)
    return head, *facts


def _facts(content: Content, liked: int, row: int, entries: Mapping[int, Any]) -> tuple[Part, ...]:
    """What two tunes of the catalogue have in common, the first three things."""
    index = content.index
    one, other = index.melody(liked), index.melody(row)
    asked = Asked(one, index.features[liked], entries[liked]._mapping)
    agrees, shift = 0.0, 0
    # without shingles in common an alignment, which is slow, finds chance agreement at most
    if content.shared(liked, row) >= _SHARED:
        shift = best_shift(one, other)
        agrees = likeness(float(align(one, [other], [shift])[0]), len(one), len(other))
    apart = np.sqrt(((index.standard[liked] - index.standard[row]) ** 2).mean())
    style = float(np.exp(-apart / np.sqrt(2.0)))
    return reasons(index, asked, Match(row, agrees, style, shift), entries[row])[:_FACTS]


def _title(entry: Any) -> str:
    """The title of a tune, its number where it has none."""
    return str(entry.title) or f"#{entry.id}"
