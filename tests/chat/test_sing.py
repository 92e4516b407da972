"""Words under tunes: on every tune each syllable has its note, and the notes stay as they are."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from abc_tools.parse import parse, parse_tune
from abc_tools.prosody import line_end, rhyme, syllables
from abc_tools.prosody.chinese import is_han
from abc_tools.prosody.sung import verses_of
from abc_tools.tune import Tune
from abc_tools.validate import errors
from chat.act.change import Change, Context
from chat.act.lyricist import checked, read_lines, write_verse
from chat.act.rewrite import CannotChange
from chat.act.sing import write_words
from lm.generate import ScriptedBackend
from lm.verse import Order, fit, measured, plan_lines, sung_lines

SONG = """X:1
T:A Song
M:4/4
L:1/4
K:C
P:A
CCGG|AAG2|FFEE|DDC2|
P:A
CCGG|AAG2|FFEE|DDC2|
P:B
GGFF|EED2|GGFF|EED2|
P:A
CCGG|AAG2|FFEE|DDC2|]
"""
TWO_VOICES = """X:1
M:3/4
L:1/4
K:G
V:1
(GA)B|d2B|A/B/A/G/E|D3-|D3|]
V:2
G3|B3|c3|B3|B3|]
"""


class Embedded:
    """Stands for the embedded model, which is not asked for words."""

    name = "embedded"

    def generate(self, *_: object, **__: object) -> None:
        raise AssertionError("the embedded model is not asked")


def written(
    tune: Tune, language: str = "en", /, *, backend: object = None, seed: int = 4, **values: str
) -> Change:
    context = Context(backend or Embedded(), "", language, seed)  # type: ignore[arg-type]
    *_, last = write_words(tune, values, context)
    assert isinstance(last, Change)
    return last


def music(tune: Tune) -> list[tuple[object, ...]]:
    return [(v.id, m.number, e.midi, e.duration, e.tie, e.chord_symbol)
            for v in tune.voices for m in v.measures for e in m.events]  # fmt: skip


def under(tune: Tune, verse: int = 1, voice: int = 0) -> list[str]:
    found = (
        e.syllables[verse - 1] if verse <= len(e.syllables) else None
        for e in tune.voices[voice].events
    )
    return [s for s in found if s]


def shown(change: Change) -> list[str]:
    return [
        line[2:].strip().replace("\\", "")
        for line in change.said.splitlines()
        if line.startswith("> ")
    ]


@cache
def collection() -> tuple[str, ...]:
    """The texts of the tunes of music21's ABC corpus."""
    import music21

    found: list[str] = []
    for path in sorted((Path(music21.__file__).parent / "corpus").rglob("*.abc")):
        text = path.read_text(encoding="utf-8", errors="replace")
        found += ["X:" + part for part in re.split(r"(?m)^X:", text)[1:]][:60]
    return tuple(found)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(("en", "zh")), st.integers(0, 99))
def test_on_any_tune_every_syllable_has_its_note(number, language, seed):
    texts = collection()
    tunes = parse(texts[number % len(texts)].rstrip() + "\n").tunes
    assume(len(tunes) == 1 and tunes[0].voices and not errors(tunes[0]))
    tune = tunes[0]
    assume(8 <= sum(bool(e.notes) for e in tune.voices[0].events) <= 160)
    change = written(tune, language, seed=seed)
    assert music(change.tune) == music(tune)
    assert not errors(change.tune)
    slots = [slot for line in sung_lines(tune) for slot in line.slots]
    voice = [v.id for v in change.tune.voices].index(change.tune.lyrics[0].voice)
    said = under(change.tune, 1, voice)
    assert len(said) == len(slots)
    assert [s.text for line in shown(change) for s in syllables(line)] == said
    if language == "zh":
        assert all(len(re.findall(r"\w", s)) == 1 and is_han(s) for s in said)


def test_the_reply_shows_the_verse_and_what_was_measured():
    change = written(parse_tune(SONG), theme="the *sea*", rhyme="ABAB")
    lines = shown(change)
    assert len(lines) == 8
    assert "\\*sea\\*" in change.said
    found = measured(change.tune)
    assert f"({found.on_strong} of {found.stressed})" in change.said
    assert f"{round(100 * fit(change.tune))} %" in change.said
    assert "ABAB" in change.said
    assert rhyme(lines[0], lines[2])
    assert rhyme(lines[1], lines[3])
    assert lines[7].rstrip(".,") == lines[1].rstrip(".,")
    assert "Line 8 repeats line 2" in change.said


def test_chinese_replies_are_chinese_and_english_words_can_be_asked_for():
    change = written(parse_tune(SONG), "zh")
    assert is_han(shown(change)[0])
    assert not re.search("[a-z]", change.said)
    english = written(parse_tune(SONG), "zh", language="en", theme="大海")
    assert not is_han("".join(shown(english)))
    assert "英文" in english.said


def test_a_second_verse_has_its_own_words_under_the_same_notes():
    one = written(parse_tune(SONG), theme="spring")
    two = written(one.tune, theme="spring", verse="2")
    assert under(two.tune, 1) == under(one.tune, 1)
    assert len(under(two.tune, 2)) == len(under(one.tune, 1))
    first, second = verses_of(two.tune)
    assert first != second
    ends = [{line_end(x).lower() for x in shown(c)} for c in (one, two)]
    assert not ends[0] & ends[1]


def test_several_verses_and_verses_that_are_missing_are_written():
    assert len(verses_of(written(parse_tune(SONG), verses="3").tune)) == 3
    assert len(verses_of(written(parse_tune(SONG), verse="2", must="lantern").tune)) == 2
    again = written(written(parse_tune(SONG)).tune, seed=77)
    assert len(verses_of(again.tune)) == 1


def test_given_words_occur_and_the_reply_names_those_without_a_place():
    change = written(parse_tune(SONG), must="lantern\nEmily")
    assert "lantern" in " ".join(shown(change)).lower()
    assert "Emily" in " ".join(shown(change))
    short = written(
        parse_tune("X:1\nM:2/4\nL:1/4\nK:C\nCD|E2|]\n"), must="unbelievable circumstances"
    )
    assert "no place for: unbelievable circumstances" in short.said


def test_ties_and_slurs_and_fast_notes_hold_a_syllable_and_the_first_voice_sings():
    tune = parse_tune(TWO_VOICES)
    change = written(tune)
    assert music(change.tune) == music(tune)
    held = [e.syllables[:1] for e in change.tune.voices[0].events]
    assert held[1] in ((), (None,))
    assert held[-1] in ((), (None,))
    assert under(change.tune, voice=1) == []


def test_a_given_text_is_set_as_it_is():
    text = "Twinkle twinkle little star, how I wonder what you are"
    change = written(parse_tune(SONG), given=text)
    assert "".join(under(change.tune)).replace("-", "").lower() == text.replace(" ", "").lower()
    assert "14 syllables" in change.said
    assert "stay without words" in change.said


def test_a_text_longer_than_the_tune_becomes_verses():
    lines = [f"The {a} moon is on the hill" for a in ("old", "cold", "bright", "white") * 3]
    change = written(parse_tune(SONG), given="\n".join(lines))
    assert len(verses_of(change.tune)) == 2
    assert len(under(change.tune, 1) + under(change.tune, 2)) == 12 * 7
    assert "2 verses" in change.said


@pytest.mark.parametrize(
    ("language", "given", "said"),
    [
        ("en", " ".join(["word"] * 200), "144 too many"),
        ("zh", "月" * 100, "多了44个"),
        ("en", "!!!", "no words"),
    ],
)
def test_what_cannot_be_set_is_refused_with_numbers(language, given, said):
    with pytest.raises(CannotChange, match=said):
        written(parse_tune(SONG), language, given=given)


def test_a_tune_without_notes_is_refused_in_the_users_language():
    with pytest.raises(CannotChange, match="no notes"):
        written(parse_tune("X:1\nM:4/4\nL:1/4\nK:C\nz4|z4|]\n"))
    with pytest.raises(CannotChange, match="没有"):
        written(parse_tune("X:1\nM:4/4\nL:1/4\nK:C\nz4|z4|]\n"), "zh")
    with pytest.raises(CannotChange, match="verses"):
        written(parse_tune(SONG), verse="40")


# -- a model that can write words ----------------------------------------------------------------

TROCHEE = (2, 0, 2, 0, 2, 0, 2)
ASKED = Order((TROCHEE,) * 4, "AABB", theme="the sun")
GOOD = ["Morning sun is warm and gold", "Many tales are softly told", "Birds are singing in the tree",
        "Come and walk along with me"]  # fmt: skip


def answer(lines: list[str]) -> str:
    return "Here you are:\n" + json.dumps({"lines": lines})


def test_a_models_lines_are_taken_where_they_fit():
    backend = ScriptedBackend([answer(GOOD)])
    assert write_verse(ASKED, backend).verse.lines == tuple(GOOD)
    assert len(backend.asked) == 1
    request = backend.asked[0]["messages"][0]["content"]
    assert "1. 7 syllables, SwSwSwS, rhyme A" in request
    assert "the sun" in request


def test_a_model_is_told_what_was_wrong_once_and_then_helped():
    bad = [GOOD[0], "Too short", GOOD[2], "This one does not rhyme at all, no"]
    backend = ScriptedBackend([answer(bad), answer([*GOOD[:3], "Never on a winter day"])])
    done = write_verse(ASKED, backend)
    told = backend.asked[1]["messages"][-1]["content"]
    assert "Line 2 has 2 syllables instead of 7." in told
    assert len(backend.asked) == 2
    assert done.by_model == 3
    assert done.verse.lines[:3] == tuple(GOOD[:3])
    assert len(syllables(done.verse.lines[3])) == 7
    assert rhyme(done.verse.lines[3], GOOD[2])


@pytest.mark.parametrize("said", ["", "no idea", "{", '{"lines": 3}', '{"lines": ["you fool"]}'])
def test_an_answer_of_no_use_costs_one_retry(said):
    backend = ScriptedBackend([said, said])
    done = write_verse(ASKED, backend)
    assert len(backend.asked) == 2
    assert done.by_model == 0
    assert len(done.verse.lines) == 4
    assert write_verse(ASKED, ScriptedBackend([])).by_model == 0


def test_lines_are_checked_for_all_that_was_asked():
    chinese = Order(((2,) * 5,) * 2, "AA", "zh", must=("小船",))
    good, wrong = checked(chinese, ["月亮照小船", "my words go in here"])
    assert good == {0: "月亮照小船"}
    assert len(wrong) == 1
    _, wrong = checked(chinese, ["明月照山川", "清风过水边"])
    assert wrong == ["“小船” does not occur."]
    refrain = Order((TROCHEE,) * 2, "AA", again={1: 0})
    assert checked(refrain, [GOOD[0], GOOD[1]])[1] == ["Line 2 must repeat line 1."]
    assert read_lines('x {"a": 1} {"lines": ["b"]}') == ["b"]


# -- lines of a tune --------------------------------------------------------------------------------


def test_lines_follow_the_phrases_and_a_section_that_returns_brings_its_refrain():
    lines = sung_lines(parse_tune(SONG))
    assert [line.shape for line in lines] == [TROCHEE] * 8
    assert [line.label for line in lines] == list("AAAABBAA")
    rhymes, again = plan_lines(lines, "AABB")
    assert again == {7: 1}
    assert rhymes[6] == rhymes[7] == rhymes[1]


def test_fit_tells_good_words_from_bad_ones():
    head = "X:1\nM:4/4\nL:1/4\nK:C\nCDEF|GAGE|]\n"
    assert fit(parse_tune(head + "w:Morn-ing light is on the riv-er\n")) == 1
    assert fit(parse_tune(head + "w:The morn-ing light is on the hill\n")) == 0
    with pytest.raises(ValueError, match="no verse 2"):
        fit(parse_tune(head + "w:Morn-ing\n"), 2)


@pytest.mark.parametrize(
    ("meter", "bar", "shape"),
    [("4/4", "CCCCCCCC", (2, 0, 1, 0, 2, 0, 1, 0)), ("2/2", "CCCCCCCC", (2, 0, 1, 0, 2, 0, 1, 0)),
     ("3/4", "C2C2C2", (2, 0, 0)), ("6/8", "CCCCCC", (2, 0, 0, 2, 0, 0)), ("4/4", "C2C2C2C2", (2, 0, 2, 0)),
     ("4/4", "C/C/CC2C4", (2, 0, 0, 2))],
)  # fmt: skip
def test_slots_are_as_strong_as_their_places(meter, bar, shape):
    tune = parse_tune(f"X:1\nM:{meter}\nL:1/8\nK:C\n{bar}|]\n")
    assert sum((line.shape for line in sung_lines(tune)), ()) == shape


def test_the_voices_of_a_round_sing_the_same_words():
    head = "X:1\nT:Round\nM:2/4\nL:1/4\nK:C\n"
    head += "V:1\nCD|EC|EF|G2|z2|z2|]\nV:2\nz2|z2|CD|EC|EF|G2|]\nV:3\nC2|C2|G,2|G,2|C2|C2|]\n"
    change = written(parse_tune(head), theme="frogs")
    assert under(change.tune, voice=1) == under(change.tune, voice=0) != []
    assert under(change.tune, voice=2) == []
