"""Known tunes in the conversation, on a small catalogue of the test's own."""

import contextlib
import sqlite3

import pytest

from chat import shelf
from chat.reply import Reply
from chat.session import Session
from chat.turn import respond
from lm.generate import ScriptedBackend
from tests.chat.test_turn import JIG

TUNES = {
    "The First Jig": JIG.replace("T:Scripted", "T:The First Jig"),
    "Slow Waltz": "X:1\nT:Slow Waltz\nR:waltz\nM:3/4\nL:1/4\nQ:1/4=90\nK:Dm\n"
    "D F A|A2 G|F E D|E3|D F A|d2 c|A G E|D3|]\n",
    "Another Jig": "X:1\nT:Another Jig\nR:jig\nM:6/8\nL:1/8\nK:D\n"
    "A2d f2d|e2c A2c|d2f a2f|e2c d3|A2d f2d|e2c A2c|dfa gec|d3 d3|]\n",
}  # fmt: skip


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A catalogue with three tunes; the corpus is not read."""
    from library import open_library

    for name, abc in TUNES.items():
        (tmp_path / f"{name}.abc").write_text(abc, encoding="utf-8")
    library = open_library(f"sqlite:///{tmp_path}/tunes.sqlite3")
    library.add([tmp_path], source="test")
    monkeypatch.setattr(shelf, "_open", [library])
    monkeypatch.setattr(shelf, "ENOUGH", 1)
    yield library
    library.close()


def ask(session, message, answers=(JIG,)):
    items = list(respond(session, message, backend=ScriptedBackend(list(answers)), seed=1))
    assert isinstance(items[-1], Reply)
    return items[-1]


def test_recommendations_come_with_a_reason_and_can_be_opened(catalogue):
    reply = ask(Session(), "recommend two jigs")
    assert reply.intent == "recommend" and not reply.changed
    assert {r["title"] for r in reply.recommendations} == {"The First Jig", "Another Jig"}
    assert all(r["reason"] and r["source"] for r in reply.recommendations)
    opened = ask(reply.session, "the second one")
    assert opened.changed and f"T:{reply.recommendations[1]['title']}" in opened.abc


def test_tunes_like_this_and_how_close_it_is(catalogue):
    session = Session().add(TUNES["The First Jig"], "opened")
    like = ask(session, "find tunes like this")
    assert like.recommendations and like.recommendations[0]["title"] == "Another Jig"
    close = ask(session, "how close is my tune to anything known?")
    assert "The First Jig" in close.text and close.intent == "recommend"
    for said in ("这首曲子有多像已知的曲子？", "它和别的曲子相似吗？"):
        assert "The First Jig" in ask(session, said).text, said
    chinese = ask(session, "推荐一首圆舞曲")
    assert chinese.recommendations[0]["title"] == "Slow Waltz"


def test_what_was_liked_and_disliked_counts_in_the_same_conversation(catalogue):
    first = ask(Session(), "recommend two jigs")
    titles = [r["title"] for r in first.recommendations]
    more = ask(first.session, "more like the first one but not the second")
    assert more.intent == "recommend"
    said = {r["title"] for r in more.recommendations}
    assert said and titles[1] not in said, "what is disliked does not come back"
    assert titles[0] not in said, "nor what is known already"
    assert [how for _, how in more.session.memory.liked] == ["like", "dislike"]
    assert all(r["reason"] for r in more.recommendations)
    again = ask(more.session, "recommend something for my taste")
    assert titles[1] not in {r["title"] for r in again.recommendations}
    chinese = ask(first.session, "不喜欢第一首，再推荐几首")
    assert titles[0] not in {r["title"] for r in chinese.recommendations}
    assert "口味" in chinese.text


def test_liking_one_without_asking_for_more_opens_it(catalogue):
    first = ask(Session(), "recommend two jigs")
    opened = ask(first.session, "I like the second one")
    assert opened.changed and opened.session.memory.liked[-1][1] == "play"


def test_nothing_of_a_taste_is_stored(catalogue, tmp_path):
    first = ask(Session(), "recommend two jigs")
    ask(first.session, "more like the first one, please")
    with contextlib.closing(sqlite3.connect(tmp_path / "tunes.sqlite3")) as store:
        for table in ("listeners", "events", "prompts"):
            assert store.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_a_new_tune_that_is_a_known_one_is_said_to_be(catalogue):
    reply = ask(Session(), "a jig in G", [JIG] * 8)
    assert reply.changed and "The First Jig" in reply.text


def test_an_empty_catalogue_says_so(tmp_path, monkeypatch):
    from library import open_library

    library = open_library(f"sqlite:///{tmp_path}/none.sqlite3")
    monkeypatch.setattr(shelf, "_open", [library])
    monkeypatch.setattr(shelf, "start_reading", lambda: None)
    reply = ask(Session(), "recommend three jigs")
    assert reply.error and "library" in reply.text.lower()
    library.close()


def kept(catalogue, who):
    return {(event.tune, event.action.value) for event in catalogue.taste().events(who)}


def with_profile(session, message, who):
    backend = ScriptedBackend([JIG])
    return list(respond(session, message, backend=backend, seed=1, listener=who.id))[-1]


def test_with_a_profile_what_is_told_is_kept_and_counts_the_next_time(catalogue):
    who = catalogue.taste().join()
    first = with_profile(Session(), "recommend two jigs", who)
    assert kept(catalogue, who) == set(), "to be shown a tune tells nothing"
    ids = [r["id"] for r in first.recommendations]
    more = with_profile(first.session, "more like the first one but not the second", who)
    assert kept(catalogue, who) == {(ids[0], "like"), (ids[1], "dislike")}
    assert "your profile" in more.text and "stored" not in more.text
    opened = with_profile(first.session, "the first one", who)
    assert opened.changed and (ids[0], "play") in kept(catalogue, who)
    # another day, another conversation
    again = with_profile(Session(), "recommend something for my taste", who)
    titles = {r["title"] for r in again.recommendations}
    assert titles == {"Slow Waltz"} and "liked" in again.recommendations[0]["reason"]
    catalogue.taste().erase(who)
    after = with_profile(Session(), "recommend something for my taste", who)
    assert not after.error and "your profile" not in after.text


def test_an_id_that_nobody_has_keeps_nothing_and_breaks_nothing(catalogue):
    from library.taste import Listener

    first = with_profile(Session(), "recommend two jigs", Listener("nobody"))
    more = with_profile(first.session, "more like the first one, please", Listener("nobody"))
    assert not more.error and "nothing of it is stored" in more.text


@pytest.mark.parametrize(
    "said", ["第一首喜欢，第二首不喜欢，再推荐几首", "第一首不错；第二首不喜欢。再来几首"]
)
def test_chinese_signs_part_what_is_liked_from_what_is_not(catalogue, said):
    first = ask(Session(), "推荐两首吉格")
    more = ask(first.session, said)
    assert [how for _, how in more.session.memory.liked] == ["like", "dislike"]


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("what style is it closest to?", "jig: > 99 %"), ("which tradition does my tune resemble", "reel: 20 %"),
        ("is it more like a jig or a reel?", "estimates"), ("这首曲子最像哪种风格", "吉格"),
    ],
)  # fmt: skip
def test_the_closest_styles_are_said_with_their_probabilities(
    catalogue, monkeypatch, message, said
):
    from library.records import StyleShare

    sure = "jig: > 99" in said
    shares = [
        StyleShare("jig", 0.996 if sure else 0.78),
        StyleShare("reel", 0.004 if sure else 0.2),
    ]
    monkeypatch.setattr(type(catalogue), "styles_of", lambda self, tune, top=5: shares)
    opened = ask(Session(), "a jig in D")
    found = ask(opened.session, message)
    assert found.intent == "recommend" and said in found.text


def test_a_catalogue_of_few_tunes_tells_no_style(catalogue):
    opened = ask(Session(), "a jig in D")
    assert "cannot be told apart" in ask(opened.session, "what style is this closest to?").text
