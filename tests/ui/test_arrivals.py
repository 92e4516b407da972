"""What comes from outside: links, uploads, kept projects, and how often one may ask."""

from __future__ import annotations

import base64
import contextlib
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.project import NoProject, dump, load, pack, unpack
from chat.session import Lock, Session
from ui.limits import Bucket, Visitors, address_of
from ui.share import MOST_LINK, make_qr, pack_tune, read_arrival, share, unpack_tune
from ui.uploads import MOST_BYTES, Unreadable, read_tune, read_upload

TUNE = "X:1\nT:Kept\nM:4/4\nL:1/4\nK:G\nGABc|d4|]\n"


# ---- links ---------------------------------------------------------------------------------------


@given(st.text(min_size=1, max_size=400).filter(lambda text: text.strip() != ""))
def test_a_link_brings_the_very_text(text: str) -> None:
    assert unpack_tune(pack_tune(text), 1000) == text


@given(st.text(max_size=60))
def test_any_link_is_a_text_or_a_value_error(packed: str) -> None:
    with contextlib.suppress(ValueError):
        unpack_tune(packed, 1000)


def test_a_small_link_cannot_become_a_large_text() -> None:
    bomb = base64.urlsafe_b64encode(zlib.compress(b"A" * 50_000_000, 9)).decode()
    assert len(bomb) > MOST_LINK or pytest.fail("the bomb is smaller than any link")
    small = base64.urlsafe_b64encode(zlib.compress(b"A" * 500_000, 9)).decode()
    assert len(small) < MOST_LINK
    with pytest.raises(ValueError, match="too long"):
        unpack_tune(small, 20_000)


def test_an_address_says_what_to_open_and_how() -> None:
    query = {"z": pack_tune(TUNE), "task": "blanks", "seed": "7", "lang": "zh-CN", "view": "score"}
    arrival = read_arrival(query, 1000, ("en", "zh"))
    assert (arrival.abc, arrival.language, arrival.score_only) == (TUNE, "zh", True)
    assert (arrival.task, arrival.seed) == ("blanks", 7)


@pytest.mark.parametrize(
    "query",
    [{}, {"z": ""}, {"z": "!!"}, {"lang": "<script>"}, {"seed": "-1"}, {"seed": "９"},
     {"task": "blanks"}, {"z": "x" * 9000}, {"view": "admin"}],
)  # fmt: skip
def test_addresses_may_hold_anything(query: dict[str, str]) -> None:
    arrival = read_arrival(query, 1000, ("en", "zh"))
    assert arrival.abc is None and arrival.language is None and not arrival.score_only
    assert (arrival.task, arrival.seed) == ("", 0)
    assert arrival.damaged == (len(query.get("z", "")) > 0)


def test_codes_are_squares_with_a_quiet_zone_and_long_links_have_none() -> None:
    rows = make_qr("http://localhost:7860/?z=" + pack_tune(TUNE))
    assert rows is not None and all(len(row) == len(rows) for row in rows)
    assert set("".join(rows[:4])) == {"0"} and {row[-4:] for row in rows} == {"0000"}
    assert make_qr("x" * 5000) is None
    answer = share({"abc": TUNE, "base": "http://localhost/", "more": ""}, 1000)
    assert unpack_tune(answer["z"], 1000) == TUNE and answer["qr"] is not None
    assert share({"abc": "".join(chr(33 + i * i % 9000) for i in range(20_000))}, 60_000)["z"] == ""


# ---- projects ------------------------------------------------------------------------------------


def grown(count: int) -> Session:
    session = Session()
    for number in range(count):
        session = session.add(TUNE.replace("d4", f"d{number % 3 + 2}"), f"v {number}", (2,))
    return session


def test_a_project_is_the_session_without_its_memory() -> None:
    session = grown(4).undo()
    locked = Session(session.versions, session.current, (), (Lock(None, "1"),))
    assert unpack(pack(locked)) == locked
    assert pack(Session()) == ""


def test_a_long_project_keeps_its_newest_versions_and_the_one_that_is_shown() -> None:
    session = grown(420)
    kept = load(dump(session))
    assert len(kept.versions) == 300 and kept.abc == session.abc
    assert kept.version is not None and kept.version.note == "v 419"
    old = load(dump(session.go_to(3)))
    assert old.abc == session.versions[2].abc and len(old.versions) == 300
    assert all(v.parent is None or v.parent < v.number for v in old.versions)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-5], lambda text: text.replace('"schema":1', '"schema":2'),
        lambda text: text.replace('"current":2', '"current":9'),
        lambda text: text.replace('"number":2', '"number":3'),
        lambda text: text.replace("GABc", "z4").replace("|d", "|z"),
        lambda text: text.replace('"parent":1', '"parent":2'),
        lambda text: text.replace('"note"', '"__class__"'), lambda text: "[" * 50_000,
        lambda text: "null", lambda text: "",
    ],
)  # fmt: skip
def test_what_is_no_project_is_a_sentence(change: Any) -> None:
    text = change(dump(grown(2)))
    with pytest.raises(NoProject):
        load(text)


@given(st.text(max_size=80))
def test_anything_packed_is_a_project_or_none(text: str) -> None:
    with pytest.raises(NoProject):
        unpack(text)


# ---- files ---------------------------------------------------------------------------------------


def test_files_are_read_by_their_suffix() -> None:
    from abc_tools.formats.convert import export
    from abc_tools.parse import parse_tune

    tune = parse_tune(TUNE)
    for kind in ("musicxml", "mxl", "mid"):
        abc = read_tune(export(tune, kind), f".{kind}", "en")
        assert [m.notes[0].pitch.midi for m in parse_tune(abc).voices[0].events][:4] == [
            67,
            69,
            71,
            72,
        ]
    assert read_tune(b"\xef\xbb\xbfX:1\r\nK:C\r\nC|\r\n", ".abc", "en").startswith("X:1\nK:C")


@pytest.mark.parametrize(
    ("data", "suffix"),
    [(b"", ".mid"), (b"MThd", ".mid"), (b"<xml>", ".musicxml"), (b"PK\x03\x04", ".mxl"),
     (b"x", ".exe"), (b"x", ""), (b"x" * (MOST_BYTES + 1), ".abc")],
)  # fmt: skip
def test_files_that_cannot_be_read_are_a_sentence_in_both_languages(
    data: bytes, suffix: str
) -> None:
    said = []
    for language in ("en", "zh"):
        with pytest.raises(Unreadable) as found:
            read_tune(data, suffix, language)
        said.append(str(found.value))
    assert said[0] != said[1]


@pytest.mark.parametrize("name", ["../../etc/passwd.abc", "a\x00b.abc", "x" * 500 + ".abc"])
def test_a_file_name_is_only_looked_at_for_its_suffix(name: str, tmp_path: Path) -> None:
    content = base64.b64encode(TUNE.encode()).decode()
    assert read_upload(name, content, "en") == TUNE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [None, 5, "%%%", "", "A" * 3_000_000])
def test_uploads_may_be_anything(content: object) -> None:
    with pytest.raises(Unreadable):
        read_upload("tune.zip", content, "en")


# ---- how often -----------------------------------------------------------------------------------


def test_a_bucket_fills_slowly() -> None:
    now = [0.0]
    bucket = Bucket(60, 3, lambda: now[0])
    assert [bucket.take("a") for _ in range(4)] == [True, True, True, False]
    assert bucket.take("b"), "others are not touched"
    now[0] = 1.0
    assert [bucket.take("a") for _ in range(2)] == [True, False]
    now[0] = 1000.0
    assert [bucket.take("a") for _ in range(4)] == [True, True, True, False]


def visitor(session: str, address: str = "10.0.0.1", forwarded: str = "") -> SimpleNamespace:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return SimpleNamespace(
        session_hash=session, headers=headers, client=SimpleNamespace(host=address)
    )


def test_a_class_behind_one_address_may_ask_much_more_than_one_page() -> None:
    visitors = Visitors(per_minute=5, address_factor=4)
    assert sum(visitors.allow(visitor("one")) for _ in range(9)) == 5
    pupils = sum(visitors.allow(visitor(f"pupil {n}")) for n in range(40))
    assert pupils == 4 * 5 - 9, "a refused message counts for the address"
    assert visitors.allow(visitor("elsewhere", "10.9.9.9"))
    assert visitors.allow(None)


def test_an_address_cannot_be_made_up_in_front_of_the_proxys() -> None:
    assert address_of(visitor("a", forwarded="1.2.3.4, 5.6.7.8")) == "5.6.7.8"
    assert address_of(visitor("a", "9.9.9.9")) == "9.9.9.9"
