"""Messages: where the words end and the tune begins, and text that is shown as it was typed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.text import show_abc, show_plain, split_message

TUNE = "X:1\nT:Test\nM:4/4\nL:1/8\nK:G\nG2B2 d4|]\n"


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (TUNE, ""),
        (f"make it minor\n\n{TUNE}", "make it minor"),
        (f"{TUNE}\nmake it minor", "make it minor"),
        (f"please\n```abc\n{TUNE}```\ntranspose it", "please\ntranspose it"),
        (f"one\n{TUNE}\n\nX:2\nT:Second\nK:D\nd4|\n", "one"),
        (TUNE.replace("\n", "\r\n"), ""),
    ],
)
def test_a_pasted_tune_is_found(message: str, words: str) -> None:
    text, tune = split_message(message)
    assert tune is not None
    assert tune.strip() == TUNE.strip()
    assert re.sub(r"\n+", "\n", text) == words


def test_a_tune_without_its_number_gets_one() -> None:
    _, tune = split_message("T:Test\nM:4/4\nK:G\nG4|]")
    assert tune == "X:1\nT:Test\nM:4/4\nK:G\nG4|]\n"


@pytest.mark.parametrize(
    "message", ["a jig in G", "K: that is the key I like", "", "M:4/4 please", "K:"]
)
def test_words_are_not_a_tune(message: str) -> None:
    assert split_message(message) == (message.strip(), None)


@given(st.text(max_size=300))
def test_any_text_is_split_without_failing(message: str) -> None:
    words, tune = split_message(message)
    assert isinstance(words, str)
    assert tune is None or tune.startswith(("X:", "%"))


@given(st.text(alphabet="`abc\n|", max_size=80))
def test_a_fence_is_never_closed_from_inside(abc: str) -> None:
    shown = show_abc(abc)
    fence = shown.split("abc\n", 1)[0]
    assert fence not in shown[len(fence) : -len(fence)]


def test_markup_is_shown_and_not_read() -> None:
    shown = show_plain('<img src=x onerror="alert(1)"> *a* `b` ${c} |G2|')
    for sign in "<>*`${}|":
        for match in re.finditer(re.escape(sign), shown):
            assert shown[match.start() - 1] == "\\"
