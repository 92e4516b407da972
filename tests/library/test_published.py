"""Counts over all listeners: the noise is what it is said to be, one listener is bounded, the budget holds."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library import LibraryError, Query, published
from library.catalogue import Library
from library.noise import _coin_exp, discrete_laplace, widest
from library.published import BOUND, BUDGET, COST, QUESTIONS
from library.taste import Action
from library.taste.service import Taste
from tests.library.test_privacy import clear


@pytest.fixture
def taste(library: Library) -> Iterator[Taste]:
    yield library.taste()
    clear(library)


def silent(_scale: Fraction) -> int:
    """No noise, to see what it would be added to."""
    return 0


# -- the noise -------------------------------------------------------------------------------------------


def share(x: int, scale: float) -> float:
    """The probability of x, from the definition of the distribution."""
    q = math.exp(-1 / scale)
    return (1 - q) / (1 + q) * q ** abs(x)


@pytest.mark.parametrize("scale", [Fraction(1, 3), Fraction(1), Fraction(7, 2), Fraction(12)])
def test_the_noise_has_its_distribution(scale: Fraction) -> None:
    rng, count = random.Random(f"noise {scale}"), 20_000
    drawn = Counter(discrete_laplace(scale, rng.randrange) for _ in range(count))
    reach = next(x for x in range(200) if count * share(x + 1, float(scale)) < 8)
    inside = {x: share(x, float(scale)) for x in range(-reach, reach + 1)}
    cells = [(drawn[x], count * p) for x, p in inside.items()]
    cells.append((count - sum(o for o, _ in cells), count * (1 - sum(inside.values()))))
    squares = sum((seen - due) ** 2 / due for seen, due in cells)
    freedom = len(cells) - 1
    assert squares < freedom + 4 * math.sqrt(2 * freedom), "chi-square, four standard deviations"


@pytest.mark.parametrize("gamma", [Fraction(0), Fraction(1, 7), Fraction(1, 2), Fraction(1)])
def test_a_coin_falls_with_its_probability(gamma: Fraction) -> None:
    """The chance of heads, from every draw that the coin can make and not from samples: exact up to 1 / 12!."""
    heads, reached = Fraction(0), Fraction(1)
    for k in range(1, 13):
        fails = 1 - gamma / k
        asked: list[int] = []

        def draw(below: int, stop: int = k, asked: list[int] = asked) -> int:
            asked.append(below)
            return 0 if len(asked) < stop else below - 1

        if reached and fails:
            heads += reached * fails * _coin_exp(gamma, draw)
        reached *= gamma / k
    assert abs(float(heads) - math.exp(-float(gamma))) < 1e-8


@given(st.fractions(Fraction(1, 20), 40))
def test_how_far_it_goes(scale: Fraction) -> None:
    far = widest(scale)
    inside = sum(share(x, float(scale)) for x in range(-far, far + 1))
    assert inside >= 0.95 - 1e-9
    assert far == 0 or inside - 2 * share(far, float(scale)) < 0.95


@given(st.integers(1, BUDGET), st.integers(-60, 60), st.integers(-BOUND, BOUND))
def test_one_listener_is_hardly_told_from_none(cost: int, told: int, change: int) -> None:
    """The promise itself: moving a count by what one listener can, nothing gets e^ε times as likely."""
    epsilon = cost / 1000
    scale = float(Fraction(BOUND * 1000, cost))
    assert share(told, scale) <= share(told - change, scale) * math.exp(epsilon) * (1 + 1e-9)


@pytest.mark.parametrize("scale", [Fraction(0), Fraction(-1)])
def test_no_scale_no_noise(scale: Fraction) -> None:
    with pytest.raises(ValueError, match="above 0"):
        discrete_laplace(scale)


# -- one listener ----------------------------------------------------------------------------------------


@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(list(Action))), max_size=12))
def test_a_listener_counts_for_a_bounded_number_of_values(
    library: Library, done: list[tuple[int, Action]]
) -> None:
    taste, tunes = library.taste(), [f.id for f in library.search(Query(), 20)]
    try:
        before = {
            q: published.published(library._store, q, noise=silent, epsilon=0.001)
            for q in QUESTIONS
        }
        me = taste.join()
        for place, action in done:
            taste.record(me, tunes[place], action)
        for question, old in before.items():
            new = published.published(
                library._store, question, fresh=True, noise=silent, epsilon=0.001
            )
            assert set(new.counts) == set(old.counts), "what is listed depends on the tunes alone"
            moved = sum(abs(new.counts[v] - old.counts[v]) for v in new.counts)
            assert moved <= new.bound == (1 if question == "listeners" else BOUND)
    finally:
        clear(library)


def test_what_is_counted_without_noise(library: Library, taste: Taste) -> None:
    jig = library.search(Query(rhythm="jig"), 1)[0].id
    for action in (Action.LIKE, Action.KEEP, Action.PLAY, Action.DISLIKE):
        taste.record(taste.join(), jig, action)
    counts = published.published(library._store, "rhythm", noise=silent).counts
    assert counts["jig"] == 2 and counts["reel"] == 0
    assert published.published(library._store, "listeners", noise=silent).counts == {"listeners": 4}


# -- the budget ------------------------------------------------------------------------------------------


def test_the_budget_is_paid_and_ends(
    library: Library, taste: Taste, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = taste.published("rhythm")
    assert (first.epsilon, first.left) == (COST / 1000, (BUDGET - COST) / 1000)
    again = taste.published("rhythm")
    assert again == first, "the same answer again costs nothing and tells nothing new"
    left = first.left
    while left >= COST / 1000:
        left = taste.published("mode", fresh=True).left
    with pytest.raises(LibraryError, match="budget"):
        taste.published("mode", fresh=True)
    assert taste.published("rhythm").counts == first.counts, "old answers can still be read"
    with pytest.raises(LibraryError, match="budget"):
        taste.published("region")
    day = date(published.today().year + 1, 1, 1)
    monkeypatch.setattr(published, "today", lambda: day)
    assert taste.published("region").left == (BUDGET - COST) / 1000


def test_who_asks_at_once_cannot_overspend(library: Library, taste: Taste) -> None:
    def ask(number: int) -> bool:
        try:
            taste.published(QUESTIONS[number % len(QUESTIONS)], fresh=True, epsilon=0.3)
        except LibraryError as error:
            assert "budget" in str(error)
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        paid = sum(pool.map(ask, range(12)))
    assert paid == 3
    assert published.budget_left(library._store) == pytest.approx(0.1)


@pytest.mark.parametrize(("question", "epsilon"), [("names", 0.25), ("mode", 0.0), ("mode", -0.1), ("mode", 1.001),
                                                   ("mode", 0.0005)])  # fmt: skip
def test_wrong_questions(taste: Taste, question: str, epsilon: float) -> None:
    with pytest.raises(ValueError, match=r"Counted are|costs"):
        taste.published(question, epsilon=epsilon)
