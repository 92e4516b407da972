"""Verse that says something: themes are found, slots filled, names said, nothing said twice."""

# ruff: noqa: E501 - messages are easier to read on one line
from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abc_tools.prosody import syllables
from abc_tools.prosody.chinese import is_han
from lm.verse import Order, about, scheme, write
from lm.verse.sense.lexicon import FRAMES, GENERAL, NAMES, subject, theme_of, themes
from lm.verse.sense.pieces import pool, variants
from lm.verse.sense.writer import write as compose
from lm.verse.unwanted import insults

TROCHEE = (2, 0, 2, 0, 2, 0, 2)
IAMB = (0, 2, 0, 2, 0, 2, 0, 2)
JIG = (2, 0, 0, 2, 0, 0, 2, 0)
SHAPES = (TROCHEE, IAMB, JIG, (2, 0, 2, 0, 2, 0, 2, 0), (0, 2, 0, 0, 2, 0, 0, 2), (2, 0, 2, 0, 2))
WISHES = {
    "en": ("a hedgehog in autumn leaves", "our teacher is retiring", "snowmen", "Granny's birthday", "the harvest", "robots"),
    "zh": ("捡树叶", "重阳节", "送给老师的歌", "奶奶的生日", "小刺猬", "赛龙舟"),
}  # fmt: skip


def verse(
    theme: str, language: str = "en", shape: tuple[int, ...] = TROCHEE, **more: object
) -> tuple[str, ...]:
    wanted = Order((shape,) * 4, scheme("AABB", 4), language, theme, **more)  # type: ignore[arg-type]
    return write(wanted).lines


def test_themes_are_the_same_sections_in_both_languages_or_said_in_one_only():
    for language in ("en", "zh"):
        sections = themes(language)
        assert {GENERAL, FRAMES, NAMES} <= set(sections)
        for name, theme in sections.items():
            if name in (GENERAL, FRAMES, NAMES):
                continue
            assert theme.triggers, name
            assert len(theme.clauses) >= 5, name
            assert theme.things and theme.doings, name
            assert theme.behind and theme.before, name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_piece_can_be_sung_by_children(language):
    for name in themes(language):
        if name in (FRAMES, NAMES):
            continue
        found = pool(language, name)
        for piece in (*found.clauses, *found.before, *found.behind):
            assert not insults(piece.text), piece.text
            assert piece.size == len(syllables(piece.text))
            assert not re.search(r"[(){}|]", piece.text), piece.source
            assert is_han(piece.text) is (language == "zh"), piece.text


def test_choices_are_written_out():
    assert variants("(a|the) cat (sleeps|)") == [
        "a cat sleeps",
        "a cat",
        "the cat sleeps",
        "the cat",
    ]
    assert len(variants("(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d)(a|b|c|d)")) <= 240


@pytest.mark.parametrize(
    ("wish", "theme"),
    [("Autumn leaves", "autumn"), ("a nativity play", "christmas"), ("二年级小朋友捡树叶", "autumn"), ("retirement", "farewell"),
     ("重阳节", "double_ninth"), ("my cat's kittens", "cat"), ("a football match", "sport"), ("丰收", "farm")],
)  # fmt: skip
def test_a_wish_names_its_theme(wish, theme):
    assert theme in subject(wish).themes


def test_words_without_a_theme_are_kept_and_small_words_say_nothing():
    assert subject("robots and computers").strange == ("robots", "computers")
    assert subject("a nice little song about the").strange == ()
    assert theme_of("the cat and the kitten sleep on the mat, soft are her paws") == "cat"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("number", range(6))
def test_words_are_about_what_was_wished(language, number):
    wish = WISHES[language][number]
    lines = verse(wish, language, seed=number)
    assert about("\n".join(lines), wish), lines


def test_what_is_about_something_else_is_not_taken_for_it():
    assert not about("Soldiers at my window with immortal eyes", "a birthday")
    assert not about("小桥流水，羌笛声声", "秋天捡树叶")
    assert about("The candles glow upon the cake", "birthday")


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(("en", "zh")), st.sampled_from(SHAPES), st.integers(0, 999), st.integers(0, 5),
    st.sampled_from(("AABB", "ABAB", "ABCB")),
)  # fmt: skip
def test_no_line_is_said_twice_and_all_slots_are_filled(language, shape, seed, number, letters):
    order = Order((shape,) * 8, scheme(letters, 8), language, WISHES[language][number], seed=seed)
    lines = write(order).lines
    assert [len(syllables(line)) for line in lines] == [len(shape)] * 8
    bare = [re.sub(r"\W", "", line.lower()) for line in lines]
    assert len(set(bare)) == len(bare)


@pytest.mark.parametrize(
    ("language", "name"),
    [("en", "Matilda"), ("en", "Frank"), ("en", "Mrs Patel"), ("en", "green wellies"), ("en", "swimming"), ("zh", "小明"), ("zh", "丽丽"),
     ("zh", "李子涵"), ("zh", "红气球")],
)  # fmt: skip
def test_names_and_words_are_said(language, name):
    for shape in SHAPES[:4]:
        lines = verse(WISHES[language][3], language, shape, must=(name,), seed=3)
        assert name.lower() in " ".join(lines).lower(), (shape, lines)


def test_two_verses_share_no_line():
    one = verse("the sea", seed=1)
    two = verse("the sea", seed=2, before=one)
    assert not {line.rstrip(".,") for line in one} & {line.rstrip(".,") for line in two}


def test_one_person_speaks_in_a_verse():
    for seed in range(12):
        spoken = set(re.findall(r"[a-z]+", " ".join(verse("friends", seed=seed)).lower()))
        assert not ({"i", "my"} & spoken and {"we", "our"} & spoken)


def test_usual_lines_are_all_composed_and_quickly():
    verse("winter", seed=1)
    start = time.process_time()
    for seed in range(4):
        order = Order((TROCHEE, IAMB) * 4, scheme("ABAB", 8), "en", "winter", seed=seed)
        found, missing = compose(order)
        assert len(found) == 8 and not missing
    assert time.process_time() - start < 8
