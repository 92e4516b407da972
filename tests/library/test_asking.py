"""Words that ask for tunes, in English and Chinese, and what is recommended for them."""

from __future__ import annotations

import pytest

from abc_tools.parse import parse
from library import Query
from library.asking import read
from library.catalogue import Library
from tests.library.conftest import TUNES

ASKED: list[tuple[str, int | None, dict[str, object]]] = [
    ("recommend three jigs for beginners", 3, {"rhythm": "jig", "max_difficulty": 2}),
    ("could you find me 4 easy waltzes please", 4, {"rhythm": "waltz", "max_difficulty": 2}),
    ("a couple of polkas", 2, {"rhythm": "polka"}),
    ("a Dorian reel from Ireland, 16 bars", None,
     {"rhythm": "reel", "mode": "dorian", "region": "Ireland", "min_bars": 16, "max_bars": 16}),
    ("challenging hornpipes in E major", None, {"rhythm": "hornpipe", "key": "E major", "min_difficulty": 4}),
    ("ten tunes in 9/8", 10, {"meter": "9/8"}),
    ("Bach in A minor with chords", None, {"composer": "Bach", "key": "A minor", "chords": True}),
    ("推荐几首中国民歌", 3, {"style": "folk song", "region": "China"}),
    ("给我推荐两首适合初学者的吉格舞曲", 2, {"rhythm": "jig", "max_difficulty": 2}),
    ("五首降B大调的圆舞曲", 5, {"rhythm": "waltz", "key": "Bb major"}),
    ("有没有苏格兰的进行曲？", None, {"rhythm": "march", "region": "Scotland"}),
    ("6/8拍的多利亚调式曲子", None, {"meter": "6/8", "mode": "dorian"}),
    ("来一首四分之三拍的曲子", 1, {"meter": "3/4"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "count", "facts"), ASKED, ids=[a[0] for a in ASKED])
def test_what_is_asked_is_read(text: str, count: int | None, facts: dict[str, object]) -> None:
    wish = read(text)
    assert (wish.count, wish.query) == (count, Query(**facts))  # type: ignore[arg-type]
    assert wish.words == "" and not wish.study


@pytest.mark.parametrize(("text", "words"), [("tunes about the sea", "sea"), ("茉莉花", "茉莉花"),
                                             ("songs with a nightingale", "nightingale")])  # fmt: skip
def test_other_words_are_looked_up(text: str, words: str) -> None:
    assert read(text).words == words


@pytest.mark.parametrize(
    ("text", "minor"),
    [("something sad for a rainy evening", True), ("something cheerful", False), ("来点悲伤的音乐", True),
     ("欢快的曲子", False)],
)  # fmt: skip
def test_moods_become_numbers(text: str, minor: bool) -> None:
    assert {m.minor for m in read(text).moods} == {minor}


@pytest.mark.parametrize("text", ["what should I study next?", "Which tune should I learn next", "接下来我应该练什么？",
                                  "下一步学什么"])  # fmt: skip
def test_the_next_tune_to_learn(text: str) -> None:
    assert read(text).study


@pytest.mark.parametrize(
    "text", ["find tunes like this", "something similar to mine", "找一些类似这首的曲子"]
)
def test_tunes_like_mine(text: str) -> None:
    assert read(text).like_mine


# -- what comes of it ----------------------------------------------------------------------------------------


def titles(library: Library, text: str, **more: object) -> list[str]:
    return [found.title for found in library.recommend(text, **more)]  # type: ignore[arg-type]


def test_what_is_asked_holds(library: Library) -> None:
    assert titles(library, "a jig") == ["The Copper Kettle"]
    assert titles(library, "推荐几首中国民歌", language="zh") == ["月光小路"]
    kettles = {"The Copper Kettle", "The Kettle at Home"}
    assert set(titles(library, "a tune with a kettle")[:2]) == kettles
    first = library.recommend("a reel in D dorian")[0]
    assert first.title == "Morning on the Wharf" and "D dorian" in first.reason("en")


def test_a_mood_orders_and_the_reason_says_what_is_true(library: Library) -> None:
    found = library.recommend("something sad", top=7)
    thirds = [library.get(f.id).mode in ("minor", "dorian") for f in found]
    assert thirds[:2] == [True, True]
    for one, minor in zip(found, thirds, strict=True):
        assert ("mode with a minor third" in one.reason("en")) == minor


def test_what_cannot_be_had_is_said(library: Library) -> None:
    found = library.recommend("a jig in 5/4")
    assert found[0].title == "The Copper Kettle"
    assert "no tune of the catalogue has all that was asked for (left out: 5/4)" in found[0].reason(
        "en"
    )
    assert "5/4" in found[0].reason("zh")
    assert "in 5/4," not in found[0].reason("en")


def test_the_next_tune_is_a_step_harder(library: Library) -> None:
    hymn = parse(TUNES).tunes[6]
    level = next(library.get(f.id).difficulty for f in library.search(Query(title="hymn")))
    found = library.recommend("what should I study next?", like=hymn)
    levels = {library.get(f.id).difficulty for f in found}
    assert levels == {level + 1} or levels == {level}
    assert "Evening Hymn" not in [f.title for f in found]
    assert f"difficulty {max(levels)} of 5" in found[0].reason("en").lower()


def test_like_mine_is_by_the_tune_and_leaves_it_out(library: Library) -> None:
    kettle = parse(TUNES).tunes[0]
    assert titles(library, "find tunes like this", like=kettle)[0] == "The Kettle at Home"


def test_wrong_arguments(library: Library) -> None:
    with pytest.raises(ValueError, match="fr"):
        library.recommend("a jig", "fr")
