"""Recommendation by taste: from the first like on, at once, with true reasons; and what other listeners add."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from library import LibraryError, Query
from library.catalogue import Library
from library.likeness import ALIKE
from library.taste import WEIGHTS, Action, Event, Listener, preferences
from library.taste.choose import different
from library.taste.content import VERSION, Content, content_of
from tests.library.test_privacy import clear


def ids_of(found: list[Any]) -> list[int]:
    return [one.id for one in found]


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


def test_an_unknown_listener_is_told(town: Library) -> None:
    with pytest.raises(LibraryError, match="no profile"):
        town.taste().recommend(Listener("gone"))
    assert town.taste() is town.taste()
