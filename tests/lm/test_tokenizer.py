"""The shipped tokenizer: nothing is lost, no note is broken, nothing crosses a barline."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lm import tokenizer
from lm.embedded import WEIGHTS
from lm.reading import read_piece
from lm.spelling import write_body, write_piece
from tests.lm.tunes import DUET, HYMN, JIG, REEL, SONG, WORDS

NOTE = re.compile(r"[\^_=]*[A-Ga-gz][,']*\d*/*\d*")


@cache
def shipped():
    return tokenizer.load(WEIGHTS / "base")


def tokens(text):
    tok = shipped()
    return [tok.decode([i]) for i in tok(text, add_special_tokens=False)["input_ids"]]


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=120))
def test_any_text_comes_back(text):
    ids = shipped()(text, add_special_tokens=False, split_special_tokens=True)["input_ids"]
    assert shipped().decode(ids, clean_up_tokenization_spaces=False) == text


@pytest.mark.parametrize("abc", [JIG, REEL, SONG, DUET, HYMN])
def test_a_token_is_whole_notes_or_a_part_of_one_and_keeps_to_its_bar(abc):
    body = write_body(read_piece(abc))
    notes = [m.span() for m in NOTE.finditer(body)]
    at = 0
    for part in tokens(body):
        start, at = at, at + len(part)
        assert "|" not in part.strip("|:[] 12"), part
        for first, last in notes:
            cut = max(first, start) < min(last, at) and not (start <= first and last <= at)
            assert not cut or first <= start < at <= last, part
    assert at == len(body)


def test_music_is_short():
    for abc in (JIG, REEL, SONG, HYMN):
        text = write_piece(read_piece(abc), 100)
        assert len(tokens(text)) < len(text) / 1.5


def test_words_under_notes_and_titles_cost_no_more_than_their_bytes():
    text = write_piece(read_piece(WORDS), 100)
    assert len(tokens(text)) < len(text) / 1.3


def test_requests_are_affordable_in_both_languages():
    english = "Write a lively jig in G major, 16 bars, with chords."
    chinese = "写一首欢快的G大调吉格舞曲，16小节，带和弦"
    assert len(tokens(english)) < len(english) / 1.8
    assert len(shipped()(chinese)["input_ids"]) < 1.7 * len(chinese)


def test_the_chat_template_marks_the_turns():
    messages = [{"role": "user", "content": "hi"}]
    text = shipped().apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
    assert text == "<|user|>hi<|end|><|assistant|>"
    assert shipped().eos_token == "<|end|>"


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.sampled_from(["GAB", " c2", "|", "\n", '"Am"', "K:G\n", "e>d", " (3abc"]), max_size=30
    )
)
def test_a_tokenizer_trained_on_anything_gives_it_back(parts):
    text = "".join(parts)
    tok = tokenizer.train([text] * 4, ["Write a jig"] * 4, 320)
    ids = tok(text, add_special_tokens=False)["input_ids"]
    assert tok.decode(ids, clean_up_tokenization_spaces=False) == text
