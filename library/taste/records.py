"""What a listener does, and what is said of it: plain frozen records, without a database and without numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum


class Action(str, Enum):
    """Something a listener did with a tune. Its value is what is stored; its weight how much it tells."""

    PLAY = "play"
    EDIT = "edit"
    LIKE = "like"
    KEEP = "keep"
    DISLIKE = "dislike"


WEIGHTS: dict[Action, float] = {
    Action.PLAY: 0.5, Action.EDIT: 1.5, Action.LIKE: 2.0, Action.KEEP: 2.5, Action.DISLIKE: -2.0,
}  # fmt: skip
"""How much an action tells of liking. A play may be chance; keeping costs most. Set by judgement, not fitted."""
MOST_PLAYS = 3
"""Days of playing that count: a tune left running for a month is not loved thirty times as much."""


@dataclass(frozen=True)
class Listener:
    """Someone who asked for a profile: a random id and nothing else. Who has the id has the profile."""

    id: str = field(repr=False)


@dataclass(frozen=True)
class Event:
    """What was done with a tune (its id in the catalogue) on a day (UTC)."""

    tune: int
    action: Action
    day: date | None = None


@dataclass(frozen=True)
class Erased:
    """How many rows of each kind were removed."""

    listeners: int
    events: int
    prompts: int


@dataclass(frozen=True)
class Counts:
    """How many listeners like tunes of each value of something, with noise: never exact, and some below the truth.

    `epsilon` is what of the year's budget the answer cost, `left` what was left after it. `error` says how
    far a count is from the truth at most, 95 times in 100. A listener counts for `bound` values at most.
    """

    question: str
    counts: dict[str, int]
    epsilon: float
    left: float
    bound: int
    error: int


def preferences(events: tuple[Event, ...]) -> dict[int, float]:
    """Tune → how much it is liked, the sum of the weights of what was done with it; below 0 if disliked.

    A dislike outweighs everything else: the tune counts with the dislike alone.

    >>> preferences((Event(7, Action.PLAY), Event(7, Action.LIKE), Event(8, Action.DISLIKE)))
    {7: 2.5, 8: -2.0}
    """
    done: dict[int, dict[Action, int]] = {}
    for event in events:
        actions = done.setdefault(event.tune, {})
        actions[event.action] = actions.get(event.action, 0) + 1
    found = {}
    for tune, actions in done.items():
        if Action.DISLIKE in actions:
            found[tune] = WEIGHTS[Action.DISLIKE]
        else:
            found[tune] = sum(WEIGHTS[action] * (min(count, MOST_PLAYS) if action is Action.PLAY else 1)
                              for action, count in actions.items())  # fmt: skip
    return found
