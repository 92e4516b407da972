"""The shipped tokenizer: nothing is lost, nothing crosses a barline."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lm import tokenizer
from lm.embedded import WEIGHTS
from tests.lm.tunes import JIG, REEL, SONG


@pytest.fixture(scope="module")
def shipped():
    return tokenizer.load(WEIGHTS / "base")


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=120))
def test_any_text_comes_back(text):
    shipped = tokenizer.load(WEIGHTS / "base") if not _cache else _cache[0]
    _cache[:] = [shipped]
    ids = shipped(text, add_special_tokens=False, split_special_tokens=True)["input_ids"]
    assert shipped.decode(ids, clean_up_tokenization_spaces=False) == text


_cache: list = []


@pytest.mark.parametrize("abc", [JIG, REEL, SONG])
def test_no_token_joins_two_bars(shipped, abc):
    ids = shipped(abc)["input_ids"]
    assert "".join(shipped.decode([i]) for i in ids) == abc
    for i in ids:
        piece = shipped.decode([i])
        assert "|" not in piece.strip("|:[]"), piece


def test_requests_are_affordable_in_both_languages(shipped):
    english = "Write a lively jig in G major, 16 bars, with chords."
    chinese = "写一首欢快的G大调吉格舞曲，16小节，带和弦"
    assert len(shipped(english)["input_ids"]) < len(english) / 1.8
    assert len(shipped(chinese)["input_ids"]) < 1.7 * len(chinese)


def test_the_chat_template_marks_the_turns(shipped):
    messages = [{"role": "user", "content": "hi"}]
    text = shipped.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
    assert text == "<|user|>hi<|end|><|assistant|>"
    assert shipped.eos_token == "<|end|>"
