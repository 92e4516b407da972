"""The verse writer: every order is filled exactly, rhymes as planned, copies nothing, insults nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abc_tools.parse import parse_tune
from abc_tools.prosody import line_end, rhyme, syllables
from abc_tools.prosody.chinese import is_han
from abc_tools.validate import errors
from lm.verse import Order, fit_text, scheme, sung_to, write
from lm.verse.chinese import store as chinese_store
from lm.verse.english import store as english_store
from lm.verse.files import PATH
from lm.verse.filters import remember, remembered
from lm.verse.unwanted import archaic, insults

IAMBIC = (0, 2, 0, 2, 0, 2, 0, 2)
WALTZ = (2, 0, 0, 2, 0, 0, 2)
SHAPES = st.lists(
    st.lists(st.sampled_from((0, 0, 1, 2)), min_size=1, max_size=17).map(tuple),
    min_size=1,
    max_size=5,
)
THEMES = st.sampled_from(
    ("", "the sea", "春天的花", "robots and homework", "my cat's birthday", "qqq", "故乡")
)


def order(lines: int = 4, letters: str = "AABB", **more: object) -> Order:
    return replace(Order((IAMBIC,) * lines, scheme(letters, lines)), **more)  # type: ignore[arg-type]


def kept(lines: tuple[str, ...], rhymes: str) -> list[bool]:
    pairs = [(a, b) for b in range(len(lines)) for a in range(b) if rhymes[a] == rhymes[b] != "-"]
    return [
        rhyme(lines[a], lines[b]) != "" and line_end(lines[a]) != line_end(lines[b])
        for a, b in pairs
    ]


@settings(max_examples=20, deadline=None)
@given(
    SHAPES,
    THEMES,
    st.sampled_from(("en", "zh")),
    st.sampled_from(("AABB", "ABAB", "ABCB")),
    st.integers(0, 999),
)
def test_any_slots_are_filled_exactly(shapes, theme, language, letters, seed):
    wanted = Order(tuple(shapes), scheme(letters, len(shapes)), language, theme, seed=seed)
    verse = write(wanted)
    assert [len(syllables(line)) for line in verse.lines] == [len(shape) for shape in shapes]
    for line in verse.lines:
        assert not insults(line)
        assert all(is_han(s.text) for s in syllables(line)) is (language == "zh")
        if language == "en":
            assert not any(archaic(word.strip(",.").lower()) for word in line.split())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("letters", ["AABB", "ABAB", "ABCB", "AAAA"])
def test_lines_rhyme_as_planned_and_never_on_the_same_word(language, letters):
    wanted = order(8, letters, language=language, theme="the sea", seed=3)
    found = kept(write(wanted).lines, wanted.rhymes)
    assert len(found) >= 2
    assert all(found)


@pytest.mark.parametrize("shape", [IAMBIC, WALTZ, (2, 0, 2, 0, 2, 0, 2)])
def test_stresses_sit_on_strong_slots(shape):
    stressed = on_strong = 0
    for seed in range(6):
        for line in write(replace(order(), shapes=(shape,) * 4, seed=seed)).lines:
            places = [slot for s, slot in zip(syllables(line), shape, strict=True) if s.stressed]
            stressed += len(places)
            on_strong += sum(slot > 0 for slot in places)
    assert stressed > 40
    assert on_strong >= 0.95 * stressed


@pytest.mark.parametrize(
    ("language", "must"),
    [("en", ("river",)), ("en", ("Emily", "lantern")), ("en", ("my little boat",)), ("en", ("dancing",)),
     ("zh", ("小船",)), ("zh", ("外婆", "澎湖湾")), ("zh", ("灯",))],
)  # fmt: skip
def test_given_words_are_used(language, must):
    verse = write(order(language=language, must=must, seed=5))
    assert verse.missing == ()
    assert all(word.lower() in " ".join(verse.lines).lower() for word in must)


def test_what_has_no_room_is_said_to_be_missing():
    verse = write(Order(((2, 0),) * 2, "AA", must=("an extraordinarily long phrase",)))
    assert verse.missing == ("an extraordinarily long phrase",)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_refrain_and_fixed_lines_stand_as_they_are(language):
    own = {"en": "And so I walk along the shore,", "zh": "月亮升起在东方的山岗，"}[language]
    shapes = [IAMBIC] * 4
    shapes[1] = IAMBIC[: len(syllables(own))]
    verse = write(Order(tuple(shapes), "AAAA", language, again={3: 2}, fixed={1: own}))
    assert verse.lines[1] == own
    assert verse.lines[3].rstrip("，。,.") == verse.lines[2].rstrip("，。,.")
    assert rhyme(verse.lines[0], own)


def test_the_same_seed_gives_the_same_verse_and_another_seed_another():
    for language in ("en", "zh"):
        one, same, other = (write(order(language=language, seed=s)) for s in (1, 1, 2))
        assert one == same != other


def test_orders_that_make_no_sense_are_refused():
    with pytest.raises(ValueError, match="rhyme scheme"):
        Order((IAMBIC,), "AA")
    with pytest.raises(ValueError, match="slots"):
        Order(((),), "A")
    with pytest.raises(ValueError, match="refrain"):
        Order((IAMBIC,), "A", again={0: 0})
    with pytest.raises(ValueError, match="language"):
        write(Order((IAMBIC,), "-", "fr"))


def test_lines_of_the_poems_are_known_as_copied():
    assert remembered(english_store().runs, "barley loaves were daily bread")
    assert remembered(chinese_store().clauses, "昨夜西风凋碧树")
    assert not remembered(english_store().runs, "barley robots were daily bread")


def test_a_filter_forgets_nothing_and_rarely_invents():
    known = [f"{n} one" for n in range(4000)]
    bits = remember(known)
    assert all(remembered(bits, text) for text in known)
    assert sum(remembered(bits, f"{n} two") for n in range(4000)) < 0.03 * 4000


def test_the_file_is_small_and_holds_no_insult():
    assert PATH.stat().st_size < 6_000_000
    assert not [w for w in english_store().words if insults(w)]
    assert not [t for t in chinese_store().texts if insults(t)]


@pytest.mark.parametrize("text", ["You fool!", "the savages", "胡虏", "the Jews"])
def test_insults_are_known(text):
    assert insults(text)


def test_the_model_is_built_the_same_each_time_from_a_folder(tmp_path, monkeypatch):
    """A few poems are enough for a (poor) model; its bytes depend on nothing but them."""
    import gzip

    line = "The {a} {n} is in the {a} {m},\nAnd all the {n} are {a} and {a}.\n\n"
    words = [
        ("old", "moon", "sky"),
        ("cold", "stone", "tree"),
        ("green", "field", "hill"),
        ("white", "sea", "wind"),
    ]
    text = "".join(
        "=== one | a (d. 1900)\n" + line.format(a=a, n=n, m=m) * 12 for a, n, m in words * 4
    )
    chinese = "=== 一 | 甲 | 宋词 (simplified)\n" + "明月照人归故里，春风吹水过江南。\n" * 2
    for name, poem in (("verse_en", text), ("verse_zh", chinese * 8)):
        with gzip.open(tmp_path / f"{name}.txt.gz", "wt", encoding="utf-8") as file:
            file.write(poem)
    monkeypatch.setenv("TUNEWRIGHT_DATA", str(tmp_path))
    from lm.verse.build import build

    sizes = [build(tmp_path / f"{n}.npz") for n in (1, 2)]
    assert sizes[0] == sizes[1] > 0
    assert (tmp_path / "1.npz").read_bytes() == (tmp_path / "2.npz").read_bytes()


@pytest.mark.parametrize("meter", ["4/4", "3/4", "6/8", "2/4"])
@pytest.mark.parametrize(
    "text",
    ["My bonnie lies over the ocean\nMy bonnie lies over the sea", "Walking in the summer rain\nDancing under trees",
     "床前明月光\n疑是地上霜"],
)  # fmt: skip
def test_a_melody_for_given_words_takes_their_rhythm(meter, text):
    """A melody with one note a syllable, all in the first bars of its lines, against every stress."""
    bar = {"4/4": 8, "3/4": 6, "6/8": 6, "2/4": 4}[meter]
    lines = []
    for line in text.splitlines():
        count = len(syllables(line))
        units = [*["G"] * count, *["z"] * (4 * bar - count)]
        lines.append("|".join("".join(units[n : n + bar]) for n in range(0, 4 * bar, bar)))
    tune = parse_tune(
        f"X:1\nT:One\nM:{meter}\nL:1/8\nQ:1/4=100\nK:C\n" + "|\n".join(lines) + "|]\n"
    )
    new = sung_to(tune, text)
    assert not errors(new)
    assert new.bar_count == tune.bar_count
    assert sum(bool(e.notes) and not e.tied for e in new.voices[0].events) == len(syllables(text))
    share = fit_text(new, text)
    assert share == 1 or (
        share >= 0.75 and meter == "3/4"
    )  # "bonnie lies" has two stresses in three beats
    assert sung_to(tune, text + "\nand one line more") is tune
