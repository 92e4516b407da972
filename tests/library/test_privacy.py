"""What is kept of listeners, on every database: only what was asked for, all to be seen, none left after erasing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from library import LibraryError, Query, privacy
from library.catalogue import Library
from library.schema import BUDGETS, EVENTS, LISTENERS, METADATA, PERSONAL, PROMPTS, RELEASES
from library.taste import Action, Event, Listener
from library.taste.service import Taste

ROOT = Path(__file__).resolve().parents[2]
SLOW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))

ids = st.integers(1, 7)
actions = st.sampled_from(list(Action))
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
steps = st.one_of(
    st.tuples(st.just("record"), ids, actions),
    st.tuples(st.just("withdraw"), ids, actions),
    st.tuples(st.just("prompt"), texts),
    st.tuples(st.just("allow"), st.booleans()),
)
lives = st.lists(st.tuples(st.integers(0, 2), steps), max_size=25)


@pytest.fixture
def taste(library: Library) -> Iterator[Taste]:
    yield library.taste()
    clear(library)


def clear(library: Library) -> None:
    for table in (*reversed(PERSONAL), RELEASES, BUDGETS):
        library._store.write(lambda connection, t=table: connection.execute(t.delete()))


def tunes(library: Library) -> list[int]:
    return [found.id for found in library.search(Query(), 20)]


def rows(library: Library) -> dict[str, list[dict[str, Any]]]:
    return {
        t.name: [dict(r._mapping) for r in library._store.rows(select(t))] for t in METADATA.sorted_tables
        if t.name not in ("tunes", "words", "imports", "vectors")
    }  # fmt: skip


def number(library: Library, listener: Listener) -> int:
    own = select(LISTENERS.c.id).where(LISTENERS.c.hash == privacy.hashed(listener))
    return int(library._store.rows(own)[0].id)


def live(library: Library, people: list[Listener], life: list[tuple[int, Any]]) -> None:
    taste, known = library.taste(), tunes(library)
    for who, (what, *rest) in life:
        if what == "record":
            taste.record(people[who], known[rest[0] - 1], rest[1])
        elif what == "withdraw":
            taste.withdraw(people[who], known[rest[0] - 1], rest[1])
        elif what == "prompt":
            taste.keep_prompt(people[who], rest[0])
        else:
            taste.allow_prompts(people[who], rest[0])


# -- off until asked for ---------------------------------------------------------------------------------


def test_nothing_is_kept_of_whoever_did_not_ask(library: Library, taste: Taste) -> None:
    before = rows(library)
    first = tunes(library)[0]
    assert taste.recommend() and taste.recommend([Event(first, Action.LIKE)])
    library.recommend("a jig")
    stranger = Listener("nobody")
    for call in (
        lambda: taste.record(stranger, first, Action.LIKE), lambda: taste.recommend(stranger),
        lambda: taste.keep_prompt(stranger, "a jig"), lambda: taste.export(stranger),
        lambda: taste.erase(stranger), lambda: taste.withdraw(stranger, first),
        lambda: taste.allow_prompts(stranger, True),
    ):  # fmt: skip
        with pytest.raises(LibraryError, match="no profile"):
            call()
    assert rows(library) == before and not any(before.values())


def test_ids_are_random_long_and_not_stored(library: Library, taste: Taste) -> None:
    people = [taste.join() for _ in range(20)]
    assert len({p.id for p in people}) == 20 and all(
        re.fullmatch(r"\w[\w-]{31}", p.id) for p in people
    )
    stored = repr(rows(library))
    assert not any(p.id in stored for p in people)
    assert "Listener()" in repr(people[0]), "an id in a log would be a key in a log"


def test_unknown_tunes_are_told(taste: Taste) -> None:
    with pytest.raises(LibraryError, match="99999"):
        taste.record(taste.join(), 99999, Action.LIKE)


# -- what is kept ----------------------------------------------------------------------------------------


def test_like_and_dislike_replace_each_other_and_a_day_counts_once(
    library: Library, taste: Taste, monkeypatch: pytest.MonkeyPatch
) -> None:
    me, (one, two) = taste.join(), tunes(library)[:2]
    day = privacy.today()
    for action in (Action.PLAY, Action.PLAY, Action.LIKE, Action.DISLIKE, Action.KEEP, Action.KEEP):
        taste.record(me, one, action)
    taste.record(me, two, Action.DISLIKE)
    taste.record(me, two, Action.LIKE)
    expected = {(one, "play"), (one, "dislike"), (one, "keep"), (two, "like")}
    assert {(e.tune, e.action.value) for e in taste.events(me)} == expected
    monkeypatch.setattr(privacy, "today", lambda: day + timedelta(days=1))
    taste.record(me, one, Action.PLAY)
    taste.record(me, two, Action.LIKE)
    assert len(taste.events(me)) == 5, "another day of playing counts, a second like does not"
    assert taste.withdraw(me, one) == 4 and len(taste.events(me)) == 1


@SLOW
@given(life=lives)
def test_export_holds_every_row_and_erase_leaves_none(library: Library, life: Any) -> None:
    taste = library.taste()
    people = [taste.join(prompts=n == 1) for n in range(3)]
    try:
        live(library, people, life)
        before, numbers = rows(library), [number(library, p) for p in people]
        told = taste.export(people[0])
        own = {"events": before["events"], "prompts": before["prompts"]}
        for name, table in own.items():
            kept = [r for r in table if r["listener_id"] == numbers[0]]
            assert len(told[name]) == len(kept)
            for row in kept:
                plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in row.items()}
                assert any(plain.items() <= shown.items() for shown in told[name])
        assert set(told["listener"]) == {c.name for c in LISTENERS.columns}
        assert json.loads(json.dumps(told)) == told
        gone = taste.erase(people[0])
        after = rows(library)
        assert (gone.listeners, gone.events, gone.prompts) == (
            1,
            len(told["events"]),
            len(told["prompts"]),
        )
        assert all(numbers[0] not in (r.get("listener_id"), r.get("id") if t == "listeners" else None)
                   for t, table in after.items() for r in table)  # fmt: skip
        for t, table in before.items():
            mine = "id" if t == "listeners" else "listener_id"
            assert after[t] == [r for r in table if r.get(mine) != numbers[0]], (
                "others lose nothing"
            )
        assert not taste.known(people[0]) and taste.known(people[1])
    finally:
        clear(library)


@SLOW
@given(life=lives)
def test_two_listeners_never_see_each_other(library: Library, life: Any) -> None:
    taste = library.taste()
    people = [taste.join() for _ in range(3)]
    try:
        live(library, people[:1], [(0, step) for _, step in life if step[0] != "prompt"])
        alone = [f.id for f in taste.recommend(people[0], 7)], taste.export(people[0])
        live(library, people, [(max(1, who), step) for who, step in life])
        assert ([f.id for f in taste.recommend(people[0], 7)], taste.export(people[0])) == alone
    finally:
        clear(library)


# -- texts of prompts ------------------------------------------------------------------------------------


def test_prompts_are_kept_only_where_allowed_and_go_when_it_ends(
    library: Library, taste: Taste
) -> None:
    me, other = taste.join(prompts=True), taste.join()
    assert taste.keep_prompt(me, "a jig") and not taste.keep_prompt(other, "a reel")
    assert [r["text"] for r in rows(library)["prompts"]] == ["a jig"]
    assert taste.last_prompt(me) == "a jig" and taste.last_prompt(other) == ""
    assert taste.keep_prompt(me, "a waltz") and taste.last_prompt(me) == "a waltz"
    assert len(rows(library)["prompts"]) == 1, "what nothing uses is not kept"
    taste.allow_prompts(me, False)
    assert not rows(library)["prompts"] and not taste.keep_prompt(me, "a waltz")
    taste.allow_prompts(other, True)
    assert taste.keep_prompt(other, "一首D小调的圆舞曲")
    assert taste.erase(other).prompts == 1


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("write to jo.smith@example.co.uk please", "smith"),
        ("my password is hunter2, a reel", "hunter2"),
        ("api_key = 9f8e7d6c, a jig", "9f8e7d6c"),
        ("密码：开门大吉 一首圆舞曲", "开门大吉"),
        ("hf_abcdefgHIJKLMNOP1234 a jig", "abcdefg"),
        ("use https://me:pw@example.org/x", "pw@"),
        ("token:abc123", "abc123"),
        ("call +44 20 7946 0958 about a waltz", "7946"),
        ("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "eyJ"),
    ],
)
def test_secrets_are_left_out(text: str, secret: str) -> None:
    assert secret in text and secret not in privacy.without_secrets(text)


@pytest.mark.parametrize("text", ["a jig in D, 16 bars, 6/8 at 120", "GABc d2ef|gfed c4|", "写一首16小节的圆舞曲",
                                  "bars 5-8 and 13-16 an octave higher"])  # fmt: skip
def test_what_is_no_secret_stays(text: str) -> None:
    assert privacy.without_secrets(text) == text


# -- time ------------------------------------------------------------------------------------------------


def test_what_is_old_goes_on_opening_and_on_writing(
    library: Library, taste: Taste, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, first = privacy.today(), tunes(library)[0]
    silent, busy = taste.join(prompts=True), taste.join(prompts=True)
    for one in (silent, busy):
        taste.record(one, first, Action.PLAY)
        taste.keep_prompt(one, "a jig")

    def after(days: int) -> None:
        monkeypatch.setattr(privacy, "today", lambda: day + timedelta(days=days))

    after(taste.days)
    taste.record(busy, first, Action.LIKE)
    assert len(rows(library)["events"]) == 3, "on the last day everything is still there"
    after(taste.days + 1)
    Library(str(library._store.url.render_as_string(hide_password=False))).close()
    assert not taste.known(silent) and taste.known(busy)
    left = rows(library)
    assert [r["action"] for r in left["events"]] == ["like"] and not left["prompts"]
    after(2 * taste.days + 2)
    taste.join()
    assert len(rows(library)["listeners"]) == 1 and not rows(library)["events"]


def test_an_open_catalogue_prunes_when_it_writes(
    library: Library, taste: Taste, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, (one, two) = privacy.today(), tunes(library)[:2]
    me = taste.join()
    taste.record(me, one, Action.LIKE)
    monkeypatch.setattr(privacy, "today", lambda: day + timedelta(days=taste.days))
    taste.record(me, two, Action.PLAY)
    monkeypatch.setattr(privacy, "today", lambda: day + timedelta(days=taste.days + 1))
    taste.record(me, two, Action.LIKE)
    assert {e.tune for e in taste.events(me)} == {two}


def test_forget_old_by_hand(
    library: Library, taste: Taste, monkeypatch: pytest.MonkeyPatch
) -> None:
    me, day = taste.join(), privacy.today()
    taste.record(me, tunes(library)[0], Action.LIKE)
    monkeypatch.setattr(privacy, "today", lambda: day + timedelta(days=10))
    assert taste.forget_old(10).events == 0
    gone = taste.forget_old(9)
    assert (gone.listeners, gone.events) == (1, 1)
    with pytest.raises(ValueError, match="-1"):
        taste.forget_old(-1)


@pytest.mark.parametrize("days", ["0", "-3", "soon", "99999"])
def test_a_limit_that_is_none_is_told(
    days: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(privacy.VARIABLE, days)
    with pytest.raises(LibraryError, match="days"):
        Library(f"sqlite:///{tmp_path / 'x.sqlite3'}")


def test_the_limit_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert privacy.retention_days() == privacy.DAYS
    monkeypatch.setenv(privacy.VARIABLE, "30")
    assert privacy.retention_days() == 30


# -- nothing is left -------------------------------------------------------------------------------------


def test_erased_bytes_are_gone_from_the_files(
    fresh: Library, tunebook: Path, tmp_path: Path
) -> None:
    fresh.add([tunebook])
    taste = fresh.taste()
    me, words = taste.join(prompts=True), "a jig for the copper pots of Marrakesh"
    taste.record(me, 1, Action.LIKE)
    taste.keep_prompt(me, words)

    def stored() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("fresh.sqlite3*"))

    assert privacy.hashed(me).encode() in stored() and words.encode() in stored()
    taste.erase(me)
    assert privacy.hashed(me).encode() not in stored() and words.encode() not in stored()


def test_erasing_does_not_wait_for_a_reader(fresh: Library, tunebook: Path) -> None:
    fresh.add([tunebook])
    taste = fresh.taste()
    me = taste.join()
    with fresh._store.engine.connect() as reader:
        reader.exec_driver_sql("BEGIN")
        assert reader.exec_driver_sql("SELECT COUNT(*) FROM listeners").scalar() == 1
        assert taste.erase(me).listeners == 1, "what a reader still sees is no reason to keep it"
        assert not taste.known(me)


def test_the_number_of_an_erased_listener_is_not_given_again(
    library: Library, taste: Taste
) -> None:
    one = taste.join()
    first = number(library, one)
    taste.erase(one)
    assert number(library, taste.join()) > first


# -- the page that tells of it -----------------------------------------------------------------------------


def test_the_page_lists_every_column() -> None:
    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(\w+)\.(\w+)` \|", page, re.MULTILINE))
    tables = (LISTENERS, EVENTS, PROMPTS, RELEASES, BUDGETS)
    assert told == {(t.name, c.name) for t in tables for c in t.columns}
    others = {t.name for t in METADATA.sorted_tables} - {t.name for t in tables}
    assert others == {"tunes", "words", "imports", "vectors"}, (
        "a new table is described or named here"
    )


def test_the_page_tells_the_numbers() -> None:
    from library import published
    from library.taste import crowd

    page = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    for said in (f"{privacy.DAYS} days", f"{crowd.CROWD} listeners", f"{crowd.SUPPORT} listeners",
                 f"ε = {published.BUDGET / 1000:g}", f"ε = {published.COST / 1000:g}",
                 f"at most {published.BOUND} values"):  # fmt: skip
        assert said in page, said
