"""Recommendation by taste: from the first like on, at once, with true reasons; and what other listeners add."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from library import LibraryError, Query
from library.catalogue import Library
from library.likeness import ALIKE
from library.privacy import hashed, today
from library.schema import EVENTS, LISTENERS
from library.taste import WEIGHTS, Action, Event, Listener, preferences
from library.taste import crowd as crowds
from library.taste.blend import _GRID, ALONE, EVIDENCE, PARTS, Model, _chosen, fit, parts_of
from library.taste.choose import different
from library.taste.content import VERSION, Content, content_of, fitting
from library.taste.crowd import CROWD, SUPPORT, gather
from tests.library.test_privacy import clear

MODES = ("", "dor", "mix", "m")
KINDS = (("jig", "6/8", 6), ("reel", "4/4", 8), ("waltz", "3/4", 6), ("polka", "2/4", 4))


def made_up(number: int) -> str:
    """A tune of eight bars by chance, its kind and mode by its number; each tenth is the one before in another key."""
    kind, meter, notes = KINDS[number % 4]
    copy = number % 10 == 9
    rng = random.Random(number - copy * 4)
    steps = [rng.randrange(8) for _ in range(8 * notes)]
    letters = ["CDEFGABc"[step] for step in steps]
    bars = "|".join("".join(letters[at : at + notes]) for at in range(0, len(letters), notes))
    return (f"X:{number + 1}\nT:Tune {number}\nR:{kind}\nM:{meter}\nL:1/8\n"
            f"K:C{MODES[number // 4 % 4]}{' transpose=2' if copy else ''}\n{bars}|]\n")  # fmt: skip


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A catalogue of sixty tunes, some of them versions of others."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "tunes.abc").write_text("\n".join(made_up(n) for n in range(60)), encoding="utf-8")
    opened = Library(f"sqlite:///{folder / 'town.sqlite3'}")
    assert opened.add([folder / "tunes.abc"], source="Town").new >= 50
    yield opened
    opened.close()


@pytest.fixture
def content(town: Library) -> Content:
    return content_of(town._store, town._shelf.index())


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


# -- from the tunes alone, on every database -------------------------------------------------------------


def test_one_like_is_enough_and_is_the_reason(library: Library) -> None:
    jig = library.search(Query(title="Copper"), 1)[0]
    found = library.taste().recommend([Event(jig.id, Action.LIKE)], 3)
    assert found[0].title == "The Kettle at Home" and jig.id not in ids_of(found)
    assert found[0].reason("en").startswith("Because you liked “The Copper Kettle”: ")
    assert found[0].reason("zh").startswith("因为你喜欢《The Copper Kettle》：")
    assert "same meter (6/8)" in found[0].reason() or "agree" in found[0].reason()
    assert 1.0 >= found[0].score >= found[-1].score


def test_a_profile_gives_what_its_events_give(library: Library) -> None:
    taste = library.taste()
    try:
        me, numbers = taste.join(), ids_of(library.search(Query(), 20))
        taste.record(me, numbers[0], Action.LIKE)
        taste.record(me, numbers[3], Action.DISLIKE)
        assert taste.recommend(me, 7) == taste.recommend(taste.events(me), 7)
    finally:
        clear(library)


def test_nothing_liked_yet_gives_one_tune_of_each_kind(library: Library) -> None:
    found = library.taste().recommend(None, 4)
    kinds = [library.get(one.id).style for one in found]
    assert len(found) == 4 and len(set(kinds)) == 4
    assert "typical" in found[0].reason() and "典型" in found[0].reason("zh")


def test_a_kept_prompt_speaks_before_anything_is_liked(library: Library) -> None:
    taste = library.taste()
    try:
        me = taste.join(prompts=True)
        taste.keep_prompt(me, "a reel in D dorian")
        assert taste.recommend(me, 3)[0].title == "Morning on the Wharf"
    finally:
        clear(library)


def test_wrong_arguments(library: Library, fresh: Library) -> None:
    with pytest.raises(ValueError, match="201"):
        library.taste().recommend(None, 201)
    assert fresh.taste().recommend([Event(1, Action.LIKE)]) == []
    assert library.taste().recommend([Event(99999, Action.LIKE)], 2), (
        "a tune that has gone is nothing"
    )


# -- feedback in the same session ------------------------------------------------------------------------


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(0, 59), st.sampled_from(list(Action))), min_size=1, max_size=12)
)
def test_what_holds_of_every_list(town: Library, done: list[tuple[int, Action]]) -> None:
    index, taste = town._shelf.index(), town.taste()
    content = content_of(town._store, index)
    events = [Event(int(index.ids[row % len(index)]), action) for row, action in done]
    weights = preferences(tuple(events))
    found = taste.recommend(events, 8)
    rows = [index.row_of(one.id) for one in found]
    assert not set(ids_of(found)) & set(weights), "what is known does not come again"
    for row in rows:
        family = set(content.versions(row or 0).tolist())
        assert not family & (set(rows) - {row}), "no tune comes in two versions"
        disliked = {index.row_of(tune) for tune, weight in weights.items() if weight < 0}
        assert not family & disliked, "a version of what was disliked is disliked"
    known = ids_of(taste.recommend(events, 8, known=True))
    assert not {tune for tune, weight in weights.items() if weight < 0} & set(known)
    for one in found:
        assert one.reason("en").endswith(".") and one.reason("zh").endswith("。")


def test_a_like_changes_the_list_at_once(town: Library) -> None:
    taste, index = town.taste(), town._shelf.index()
    events = [Event(int(index.ids[0]), Action.LIKE)]
    before = taste.recommend(events, 6)
    other = next(i for i in index.ids.tolist() if town.get(i).rhythm == "waltz")
    after = taste.recommend([*events, Event(other, Action.KEEP)], 6)
    assert ids_of(before) != ids_of(after)
    assert any("Because you kept" in one.reason() for one in after), "both tastes are served"
    assert any("Because you liked" in one.reason() for one in after)


def test_a_dislike_removes_and_what_is_like_it_sinks(town: Library) -> None:
    taste, index = town.taste(), town._shelf.index()
    events = [Event(int(index.ids[0]), Action.LIKE)]
    before = taste.recommend(events, 12)
    after = taste.recommend([*events, Event(before[0].id, Action.DISLIKE)], 12)
    assert before[0].id not in ids_of(after)
    scores = {one.id: one.score for one in after}
    lost = {one.id: one.score - scores[one.id] for one in before if one.id in scores}
    assert lost and min(lost.values()) >= 0
    content = content_of(town._store, index)
    like = content.likeness([index.row_of(before[0].id) or 0])[0]
    order = sorted(lost, key=lambda tune: like[index.row_of(tune)])
    assert lost[order[-1]] > lost[order[0]], "the liker it is, the more it loses"


def test_what_was_kept_comes_again_only_if_asked_for(town: Library) -> None:
    taste, index = town.taste(), town._shelf.index()
    kept = int(index.ids[4])
    events = [Event(kept, Action.KEEP)]
    assert kept not in ids_of(taste.recommend(events, 30))
    again = taste.recommend(events, 5, known=True)
    assert (
        again[0].id == kept and again[0].reason() == f"Because you kept “{town.get(kept).title}”."
    )


def test_a_query_narrows(town: Library) -> None:
    liked = int(town._shelf.index().ids[0])
    found = town.taste().recommend(
        [Event(liked, Action.LIKE)], 5, Query(rhythm="waltz", mode="dorian")
    )
    assert found and all(
        town.get(f.id).rhythm == "waltz" and town.get(f.id).mode == "dorian" for f in found
    )


def test_words_narrow_too(town: Library) -> None:
    liked = [Event(int(town._shelf.index().ids[0]), Action.LIKE)]
    for words in ("three waltzes I would like", "根据我的口味推荐三首圆舞曲"):
        found = town.taste().recommend(liked, where=words)
        assert len(found) == 3 and all(town.get(one.id).rhythm == "waltz" for one in found)
    assert len(town.taste().recommend(liked, where="what else would I enjoy")) == 5


def test_one_version_of_a_liked_tune_at_most() -> None:
    """Rows 1, 2 and 3 are versions of the liked row 0, rows 4 and 5 of each other."""

    class Families:
        def versions(self, row: int) -> Any:
            return np.array([0, 1, 2, 3] if row < 4 else [4, 5] if row < 6 else [row])

    scores = np.arange(8, 0, -1, dtype=np.float32)
    titles = {row: f"t{row}" for row in range(1, 8)} | {7: "t6"}
    assert different(Families(), scores, titles, [0], 5) == [1, 4, 6]  # type: ignore[arg-type]


def test_every_reason_is_true(town: Library) -> None:
    taste, index = town.taste(), town._shelf.index()
    for liked in index.ids[:12].tolist():
        entry = town.get(liked)
        for one in taste.recommend([Event(liked, Action.EDIT)], 6):
            other, told = town.get(one.id), {part.kind: dict(part.values) for part in one.parts}
            assert told.pop("you edited")["title"] == entry.title and told
            for kind, name in (("mode", "mode"), ("meter", "meter"), ("form", "form")):
                assert kind not in told or getattr(other, name) == getattr(entry, name)
            if {"notes", "moved"} & set(told):
                assert one.id in ids_of(
                    [f for f in town.similar(entry.text, 30) if f.score >= ALIKE]
                )
            if "rank" in told:
                assert 1 <= told["rank"]["rank"] <= told["rank"]["tunes"] == len(index)


def test_content_is_exact(content: Content) -> None:
    """The fast likeness beside one computed tune by tune."""
    index = content.index
    from library.likeness import style_likeness
    from library.taste.content import LABELS, MELODY, STYLE

    lines = content.likeness([3, 17])
    for line, row in zip(lines, (3, 17), strict=True):
        shared = index.shared(index.melody(row))
        style = style_likeness(index, index.features[row])
        same = sum(weight * ((content.labels[:, at] == content.labels[row, at]) & (content.labels[row, at] > 0))
                   for at, weight in enumerate(LABELS.values()))  # fmt: skip
        expected = STYLE * style + MELODY * np.where(shared >= 0.02, shared, 0) + same
        assert np.allclose(line, expected, atol=2e-4)
        assert row in content.versions(row)
        assert set(content.versions(row).tolist()) - {row} == set(
            np.flatnonzero(shared >= VERSION).tolist()
        ) - {row}


def test_weights_are_ordered() -> None:
    order = [Action.DISLIKE, Action.PLAY, Action.EDIT, Action.LIKE, Action.KEEP]
    assert set(WEIGHTS) == set(Action)
    assert sorted(order, key=lambda a: WEIGHTS[a]) == order
    many = tuple([Event(1, Action.PLAY)] * 30)
    assert preferences(many)[1] < WEIGHTS[Action.LIKE], "playing alone is never as much as a like"


# -- the crowd -------------------------------------------------------------------------------------------


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


def test_an_unknown_listener_is_told(town: Library) -> None:
    with pytest.raises(LibraryError, match="no profile"):
        town.taste().recommend(Listener("gone"))
    assert town.taste() is town.taste()
