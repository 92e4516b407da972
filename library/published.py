"""Counts over all listeners that tell of none of them: noise is added, and what it costs is paid from a budget.

Asked is how many listeners like tunes of each rhythm, mode, style, meter or region of the catalogue, or how many
listeners there are. A listener counts for at most BOUND values (drawn by chance if there are more), so that all
counts together change by BOUND at most when one listener comes or goes; each gets discrete Laplace noise of scale
BOUND / ε. Which values are listed depends on the tunes alone. Every new answer costs its ε of the calendar
year's budget, in the same transaction in which it is kept; without budget there is no answer. The newest
answer is given again for nothing. ε is counted in thousandths.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Callable
from fractions import Fraction

from sqlalchemy import Connection, func, select, update

from library.noise import discrete_laplace, widest
from library.privacy import today
from library.records import LibraryError
from library.schema import BUDGETS, EVENTS, LISTENERS, RELEASES, TUNES
from library.store import Store
from library.taste.records import Action, Counts

QUESTIONS = ("listeners", "rhythm", "mode", "style", "meter", "region")
BUDGET = 1000
"""Thousandths of ε that may be spent in a calendar year, on all questions together."""
COST = 250
"""Thousandths of ε of one answer, unless another price is named."""
BOUND = 3
"""For how many values of a question a listener counts at most."""
_LIKED = (Action.LIKE.value, Action.KEEP.value)


def published(
    store: Store, question: str, *, fresh: bool = False, epsilon: float = COST / 1000,
    noise: Callable[[Fraction], int] = discrete_laplace,
) -> Counts:  # fmt: skip
    """The newest answer to a question, or a new one if there is none this year or `fresh` is asked for.

    `epsilon` is the price of a new answer, from 0.001 to 1 in thousandths; a low price means much noise.
    ValueError for an unknown question or price, LibraryError if the year's budget does not suffice.
    """
    cost = round(epsilon * 1000)
    if question not in QUESTIONS:
        raise ValueError(f"Counted are {', '.join(QUESTIONS)}, not {question!r}.")
    if not 1 <= cost <= BUDGET or abs(cost - epsilon * 1000) > 1e-6:
        raise ValueError(f"An answer costs from 0.001 to 1 in thousandths, not {epsilon}.")
    year = today().year
    if not fresh:
        kept = _newest(store, question, year)
        if kept is not None:
            return kept
    _open_year(store, year)
    bound = 1 if question == "listeners" else BOUND
    scale = Fraction(bound * 1000, cost)

    def work(connection: Connection) -> None:
        _pay(connection, year, cost)
        true = _counted(connection, question, bound)
        told = {value: max(0, count + noise(scale)) for value, count in true.items()}
        row = {"question": question, "year": year, "epsilon": cost,
               "counts": json.dumps(told, ensure_ascii=False)}  # fmt: skip
        connection.execute(RELEASES.insert(), [row])

    store.write(work)
    answer = _newest(store, question, year)
    assert answer is not None, "what was just written can be read"
    return answer


def budget_left(store: Store) -> float:
    """How much ε this calendar year has left."""
    return (BUDGET - _spent(store, today().year)) / 1000


def _newest(store: Store, question: str, year: int) -> Counts | None:
    """The last answer of a year that was paid for."""
    where = (RELEASES.c.question == question) & (RELEASES.c.year == year)
    rows = store.rows(select(RELEASES).where(where).order_by(RELEASES.c.id.desc()).limit(1))
    if not rows:
        return None
    bound = 1 if question == "listeners" else BOUND
    row = rows[0]
    left = (BUDGET - _spent(store, year)) / 1000
    error = widest(Fraction(bound * 1000, row.epsilon))
    return Counts(question, json.loads(row.counts), row.epsilon / 1000, left, bound, error)


def _spent(store: Store, year: int) -> int:
    rows = store.rows(select(BUDGETS.c.spent).where(BUDGETS.c.year == year))
    return int(rows[0].spent) if rows else 0


def _open_year(store: Store, year: int) -> None:
    """An account for a year, empty if it is new."""

    def work(connection: Connection) -> None:
        if connection.scalar(select(BUDGETS.c.year).where(BUDGETS.c.year == year)) is None:
            connection.execute(BUDGETS.insert(), [{"year": year, "spent": 0}])

    store.write(work)


def _pay(connection: Connection, year: int, cost: int) -> None:
    """Take from a year's budget in one statement, so that two who ask at once cannot both have the last of it."""
    enough = (BUDGETS.c.year == year) & (BUDGETS.c.spent <= BUDGET - cost)
    paid = connection.execute(update(BUDGETS).where(enough).values(spent=BUDGETS.c.spent + cost))
    if paid.rowcount != 1:
        raise LibraryError(
            f"This year's privacy budget does not allow another answer at {cost / 1000:g}; "
            "the last one can still be read."
        )


def _counted(connection: Connection, question: str, bound: int) -> dict[str, int]:
    """The true counts of every value that the catalogue has; each listener in at most `bound` of them."""
    if question == "listeners":
        return {
            "listeners": int(connection.scalar(select(func.count()).select_from(LISTENERS)) or 0)
        }
    column = TUNES.c[question]
    values = [str(v) for v in connection.scalars(select(column).distinct()) if v]
    liked: dict[int, set[str]] = defaultdict(set)
    rows = connection.execute(
        select(EVENTS.c.listener_id, column).distinct()
        .join(TUNES, TUNES.c.id == EVENTS.c.tune_id).where(EVENTS.c.action.in_(_LIKED))
    )  # fmt: skip
    for listener, value in rows:
        if value:
            liked[listener].add(str(value))
    chance = secrets.SystemRandom()
    counts: Counter[str] = Counter()
    for own in liked.values():
        counts.update(chance.sample(sorted(own), min(bound, len(own))))
    return {value: counts[value] for value in sorted(values)}
