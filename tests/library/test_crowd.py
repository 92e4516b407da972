"""What other listeners add: similarities as they are defined, few people no crowd, feedback at once, and the mixes."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from library.catalogue import Library
from library.privacy import hashed, today
from library.schema import EVENTS, LISTENERS
from library.taste import Action, Listener
from library.taste import crowd as crowds
from library.taste.blend import _GRID, ALONE, EVIDENCE, PARTS, Model, _chosen, fit, parts_of
from library.taste.content import Content, content_of, fitting
from library.taste.crowd import CROWD, SUPPORT, gather
from tests.library.test_privacy import clear


@pytest.fixture
def people(town: Library) -> Iterator[list[Listener]]:
    """Thirty listeners in two circles, each of which likes tunes of its own in no order that features see."""
    taste, ids = town.taste(), town._shelf.index().ids
    rng = random.Random(5)
    circles = [rng.sample(range(len(ids)), 16) for _ in range(2)]
    joined = [Listener(f"someone {number}") for number in range(30)]
    rows = [{"hash": hashed(one), "prompts": False, "seen": today()} for one in joined]
    town._store.write(lambda connection: connection.execute(LISTENERS.insert(), rows))
    numbers = {row.hash: row.id for row in town._store.rows(select(LISTENERS))}
    likes = [{"listener_id": numbers[hashed(one)], "tune_id": int(ids[row]), "action": "like", "day": today()}
             for number, one in enumerate(joined) for row in rng.sample(circles[number % 2], 9)]  # fmt: skip
    town._store.write(lambda connection: connection.execute(EVENTS.insert(), likes))
    yield joined
    clear(town)
    taste._forget()


def ids_of(found: list[Any]) -> list[int]:
    return [one.id for one in found]


def likes_of(rng: random.Random, people: int = 40, tunes: int = 60) -> dict[int, dict[int, float]]:
    return {n + 1: {row: rng.choice((0.5, 2.0, 2.5, -2.0)) for row in rng.sample(range(tunes), 8)}
            for n in range(people)}  # fmt: skip


# -- similarities ----------------------------------------------------------------------------------------


def rows_weights(rng: random.Random) -> tuple[Any, Any]:
    rows = np.array(sorted(rng.sample(range(60), 5)))
    return rows, np.array([rng.choice((0.5, 2.0, 2.5)) for _ in rows], dtype=np.float32)


def test_the_factors_fold_in_as_implicit_does() -> None:
    from implicit.als import AlternatingLeastSquares
    from scipy.sparse import csr_matrix

    rng = random.Random(3)
    crowd = gather(likes_of(rng), 60)
    assert crowd is not None
    model = AlternatingLeastSquares(
        factors=crowd.factors.shape[1], regularization=crowds.REGULAR, alpha=crowds.ALPHA, num_threads=1,
        dtype=np.float32, use_cg=False,
    )  # fmt: skip
    model.item_factors = crowd.factors
    rows, weights = rows_weights(rng)
    own = csr_matrix((weights, ([0] * len(rows), rows)), shape=(1, 60))
    folded = model.recalculate_user(0, own)
    assert np.allclose(crowd.by_factors(rows, weights), crowd.factors @ folded, atol=1e-3)


def test_similarities_beside_their_definitions() -> None:
    rng = random.Random(4)
    likes = likes_of(rng)
    crowd = gather(likes, 60)
    assert crowd is not None
    rows, weights = rows_weights(rng)
    table = np.zeros((len(crowd.listeners), 60))
    for at, number in enumerate(crowd.listeners):
        for row, weight in likes[int(number)].items():
            table[at, row] = (
                max(weight, 0) if sum(w.get(row, 0) > 0 for w in likes.values()) >= SUPPORT else 0
            )
    liked = table > 0
    assert np.allclose(crowd.counts, liked.sum(axis=0))
    both = liked[:, rows].T.astype(float) @ liked
    norm = np.sqrt(np.outer(crowd.counts[rows], crowd.counts)) + crowds._SHRINK
    assert np.allclose(crowd.by_tunes(rows, weights), weights @ (both / norm), atol=1e-4)
    fame = np.sqrt(np.maximum(crowd.counts[rows], 1))[:, None]
    assert np.allclose(crowd.by_company(rows), (both / fame).sum(axis=0), atol=1e-4)
    own = np.zeros(60)
    own[rows] = weights
    cosine = table @ own / np.maximum(np.linalg.norm(table, axis=1) * np.linalg.norm(own), 1e-9)
    out = int(crowd.listeners[7])
    cosine[7] = 0
    assert np.allclose(crowd.by_listeners(rows, weights, out), cosine @ liked, atol=1e-4)
    someone = int(rows[0])
    assert np.allclose(crowd.together(someone), liked[liked[:, someone]].sum(axis=0))


@given(st.integers(0, CROWD - 1))
@settings(max_examples=5, deadline=None)
def test_few_people_are_no_crowd(count: int) -> None:
    assert gather(likes_of(random.Random(1), count), 60) is None


def test_what_few_like_is_told_to_nobody() -> None:
    likes = {n: {row: 2.0 for row in range(10)} for n in range(1, 31)}
    for number in range(1, SUPPORT):
        likes[number][55] = 2.0
    crowd = gather(likes, 60)
    assert crowd is not None
    rows, weights = np.array([1, 2]), np.array([2.0, 2.0], dtype=np.float32)
    told = [crowd.counts, crowd.by_company(rows), crowd.by_tunes(rows, weights), crowd.by_listeners(rows, weights),
            crowd.by_factors(rows, weights)]  # fmt: skip
    assert all(abs(float(scores[55])) < 1e-6 for scores in told)
    assert crowd.told(np.array([1, 2, 55])) == 2


def test_people_with_unlike_tunes_are_recommended_each_other_s(
    town: Library, people: list[Listener]
) -> None:
    taste, index = town.taste(), town._shelf.index()
    alone = {p.id: ids_of(taste.recommend(taste.events(p), 5)) for p in people[:6]}
    assert taste.train()
    theirs = {p.id: {e.tune for e in taste.events(p)} for p in people}
    right = {True: 0, False: 0}
    for number, listener in enumerate(people[:6]):
        circle = set().union(*(theirs[p.id] for p in people[number % 2 :: 2])) - theirs[listener.id]
        found = taste.recommend(listener, 5)
        right[True] += sum(one.id in circle for one in found)
        right[False] += sum(one in circle for one in alone[listener.id])
        for one in found:
            assert one.id not in theirs[listener.id]
            kinds = {part.kind for part in one.parts}
            if kinds & {"others liked", "near listeners", "several liked"}:
                fans = [p for p in people if one.id in theirs[p.id] and p != listener]
                assert len(fans) >= SUPPORT
    assert right[True] > 1.5 * right[False]
    assert len(index) == len(town)


def test_feedback_counts_at_once_with_a_crowd_too(town: Library, people: list[Listener]) -> None:
    taste = town.taste()
    taste.train()
    me = taste.join()
    circle = [{e.tune for e in taste.events(people[n])} for n in (0, 1)]
    for tune in sorted(circle[0])[:4]:
        taste.record(me, tune, Action.LIKE)
    one = taste.recommend(me, 6)
    for tune in sorted(circle[0])[:4]:
        taste.withdraw(me, tune)
    for tune in sorted(circle[1])[:4]:
        taste.record(me, tune, Action.LIKE)
    assert ids_of(taste.recommend(me, 6)) != ids_of(one)


def test_the_crowd_forgets_who_is_erased(
    town: Library, people: list[Listener], monkeypatch: pytest.MonkeyPatch
) -> None:
    taste = town.taste()
    assert taste.train() and taste._desk is not None and taste._desk.model is not None
    taste.erase(people[0])
    assert taste._desk.model is None, "at once in the program that erased"
    assert taste.train()
    monkeypatch.setattr(taste, "_train_aside", lambda: None)
    other = Library(str(town._store.url))
    other.taste().erase(people[1])
    other.close()
    taste.recommend(None, 1)
    assert taste._desk.model is None, "at its next question in another program"


def test_training_goes_on_aside(town: Library, people: list[Listener]) -> None:
    taste = town.taste()
    taste._forget()
    before = threading.active_count()
    assert taste.recommend(people[0], 3), "the tunes alone answer meanwhile"
    for _ in range(200):
        if (
            taste._desk is not None
            and taste._desk.model is not None
            and threading.active_count() <= before
        ):
            break
        threading.Event().wait(0.1)
    assert taste._desk is not None and taste._desk.model is not None


# -- how much which part counts ---------------------------------------------------------------------------


def test_mixes_are_shares_and_the_crowd_grows(content: Content) -> None:
    rng = random.Random(8)
    circles = [rng.sample(range(len(content.index)), 20) for _ in range(3)]
    likes = {n: {row: 2.0 for row in rng.sample(circles[n % 3], 14)} for n in range(1, 91)}
    model = fit(content, likes)
    assert model is not None
    assert all(abs(sum(mix) - 1) < 1e-3 and len(mix) == len(PARTS) for mix in model.mixes)
    own = [mix[0] for mix in model.mixes]
    assert own == sorted(own, reverse=True)
    assert own[3] < 0.5, "in a world of circles the crowd is heard"
    for mix, (gain, error) in zip(model.mixes, model.gains, strict=True):
        assert mix == ALONE or gain > error or mix in model.mixes


def test_many_listeners_of_few_tunes(library: Library) -> None:
    content = content_of(library._store, library._shelf.index())
    rng = random.Random(2)
    model = fit(content, {n: {row: 2.0 for row in rng.sample(range(7), 5)} for n in range(1, 61)})
    assert model is not None and len(model.mixes) == len(EVIDENCE)


def test_a_mix_must_earn_its_place() -> None:
    rng = np.random.default_rng(1)
    nothing = np.repeat(rng.random((50, 1)), len(_GRID), axis=1)
    assert _chosen(nothing, ALONE)[0] == ALONE, "where nothing is gained the tunes alone decide"
    worse = nothing - 0.1
    worse[:, _GRID.index(ALONE)] += 0.1
    assert _chosen(worse, ALONE)[0] == ALONE
    better = nothing.copy()
    best = next(at for at, mix in enumerate(_GRID) if mix[0] == 0.4)
    better[:, best] += 0.8
    mix, (gain, error) = _chosen(better, ALONE)
    assert mix != ALONE and gain > error


def test_cold_start_equals_content(content: Content) -> None:
    """Whom the crowd knows nothing of is served by the tunes alone, whatever the mixes are."""
    likes = {n: {row: 2.0 for row in range(10)} for n in range(1, 31)}
    crowd = gather(likes, len(content.index))
    assert crowd is not None
    hungry = tuple(float(at == 2) for at in range(len(PARTS)))
    model = Model(crowd, (hungry,) * len(EVIDENCE), ((0.1, 0.01),) * len(EVIDENCE))
    assert model.mix(np.array([40, 41])) == ALONE and model.mix(np.array([1])) == hungry
    rows, weights = np.array([40, 41]), np.ones(2, dtype=np.float32)
    parts = parts_of(content.likeness([40, 41]), crowd, rows, weights)
    expected = fitting(content.likeness([40, 41]), rows, weights)
    blended = np.array(ALONE, dtype=np.float32) @ parts
    assert np.allclose(blended, expected / expected.max(), atol=1e-6)
