"""Every task: asked in true words, answered by the tune itself or by what is computed from it."""

import random
import re

import pytest

from abc_tools.edit import select
from abc_tools.parse import parse_tune
from abc_tools.text import Edit, apply
from abc_tools.validate import errors
from lm import data, tasks
from lm.reading import read_piece
from lm.requests import (
    GAP,
    PROPERTIES,
    compose_messages,
    describe,
    fill_messages,
    read_request,
    write_spec,
)
from lm.tasks.harmony import write_chords
from lm.tasks.words import text_of
from lm.wording import number_zh, request_words, words_en, words_zh
from tests.lm.tunes import DUET, HYMN, JIG, RECORDS, REEL, WORDS


def examples(name, abc, count=12, kin=()):
    piece = read_piece(abc, {"lyrics_lang": "en", "source": "tests"})
    made = [tasks.make(name, piece, random.Random(n), kin) for n in range(count)]
    found = [e for e in made if e is not None]
    assert found, name
    assert all(e.kind == name for e in found)
    return found


def shown(example):
    """The tune that a request shows."""
    text = example.messages[0]["content"]
    return text[text.index("X:1") :] + "\n"


def test_a_composed_tune_is_the_answer_and_has_what_was_asked():
    for example in examples("compose", JIG, 30):
        assert errors(parse_tune(example.answer)) == []
        asked = read_request(example.messages[0]["content"])[1]
        facts = describe(read_piece(example.answer), int(asked.get("tempo", 100)))
        assert {n: v for n, v in facts.items() if n in asked and n != "mood"} == {
            n: v for n, v in asked.items() if n != "mood"
        }


def test_missing_bars_are_the_answer():
    for example in examples("fill", JIG, 30):
        text = shown(example)
        for bar in example.answer.split("|"):
            text = text.replace(GAP, bar, 1)
        assert GAP not in text
        assert errors(parse_tune(text)) == []


@pytest.mark.parametrize("abc", [JIG, REEL, HYMN])
def test_a_tune_goes_on_where_it_was_cut(abc):
    whole = len(read_piece(abc).bars)
    for example in examples("continue", abc, 20):
        cut = shown(example).rstrip("\n")
        assert cut.split("K:")[1].count("|") > 2
        joined = [cut + seam + example.answer for seam in ("", "\n")]
        assert any(
            len(parse_tune(t).measures) == whole and not errors(parse_tune(t)) for t in joined
        )


def test_a_variation_is_another_tune_of_the_family_in_the_same_key():
    other = JIG.replace("GAB AFD|GBd g2d", "GBd AFD|GBd gfe").replace(
        "The Tested Jig", "Other Name"
    )
    kin = [read_piece(JIG), read_piece(other)]
    for example in examples("vary", JIG, kin=kin):
        asked, answer = parse_tune(shown(example)), parse_tune(example.answer)
        assert asked.key == answer.key and answer.title == "Other Name"
        assert errors(answer) == []


def test_an_edit_is_done_on_the_bars_that_were_named():
    for example in examples("edit", JIG, 40):
        tune = parse_tune(shown(example))
        numbers = [
            int(n) for n in re.findall(r"\d+", example.messages[0]["content"].split("\n")[0])
        ]
        first, last = numbers[0], numbers[-1] if len(numbers) > 1 else numbers[0]
        spans = [m.span for m in select(tune, first, last)]
        bars = example.answer.split("|")
        assert len(bars) == len(spans)
        text = apply(tune.source, [Edit(s, b) for s, b in zip(spans, bars, strict=True)])
        assert errors(parse_tune(text)) == []


def test_chords_are_those_of_the_tune():
    for example in examples("harmonise", JIG):
        piece = read_piece(shown(example))
        assert not piece.has_chords
        lines = example.answer.split("\n")
        assert [len(line.split("|")) for line in lines] == [8, 8]
    assert write_chords(data.fill_chords(read_piece(JIG))) == (
        "G D7|G|C G|D7|D7|D7|C D7|G\nG C|G D7|G|C D7|G C|G D7|G D7|G"
    )


def test_a_second_voice_has_the_bars_of_the_first():
    for example in examples("second voice", DUET):
        first = parse_tune(shown(example))
        below = parse_tune(
            f"X:1\nM:2/4\nL:1/8\nK:{first.key.abc}\n" + example.answer.replace("[V:2]", "")
        )
        assert [m.duration for m in first.measures] == [m.duration for m in below.measures]


def test_a_choir_has_three_voices_below():
    for example in examples("choir", HYMN):
        assert {line[:5] for line in example.answer.splitlines()} == {"[V:2]", "[V:3]", "[V:4]"}


def test_words_fit_the_tune_that_was_shown():
    for example in examples("words", WORDS):
        bare = parse_tune(shown(example))
        assert not bare.lyrics
        sung = parse_tune(shown(example) + example.answer + "\n")
        assert sung.lyrics and all(not line.surplus for line in sung.lyrics)


def test_a_melody_carries_the_words_that_were_given():
    for example in examples("melody", WORDS):
        assert "Over the sea the ships go by" in example.messages[0]["content"]
        assert text_of(read_piece(example.answer)) == "Over the sea the ships go by"


def test_a_title_is_not_shown_before_it_is_asked_for():
    for example in examples("title", JIG):
        assert "Tested Jig" not in example.messages[0]["content"]
        assert example.answer == "The Tested Jig"


def test_a_plan_is_made_of_known_properties():
    for example in examples("plan", JIG):
        words, properties = read_request(example.answer)
        assert words == "" and {"key", "meter", "bars"} <= set(properties)


def test_explanations_are_computed_facts():
    from abc_tools.analyse import facts

    for example in examples("explain", JIG, 20):
        tune = parse_tune(shown(example))
        known = {f.sentence(lang) for f in facts(tune) for lang in ("en", "zh")}
        rest = example.answer
        for sentence in sorted(known, key=len, reverse=True):
            rest = rest.replace(sentence, "")
        assert rest.strip() == ""


def test_descriptions_are_computed_from_the_notes():
    facts = describe(read_piece(JIG), 120)
    assert facts["key"] == "G major"
    assert facts["bars"] == "16"
    assert facts["sections"] == "|:A8:| |:B8:|"
    assert facts["pickup"] == "1/8"
    assert facts["chords"] == "yes"
    assert facts["range"] == "D g"
    assert facts["notes"] == "1/8 1/4 3/8"
    assert facts["mood"].startswith("lively, bright")
    assert list(facts) == [name for name in PROPERTIES if name in facts]
    assert describe(read_piece(DUET), 100)["voices"] == "2"


def test_words_say_nothing_that_is_not_true():
    piece = read_piece(JIG)
    rng = random.Random(1)
    for _ in range(200):
        text = request_words(piece, 120, rng)
        for number in re.findall(r"(\d+)[ -]?(?:bars?|measures?|小节|个小节)", text):
            assert number == "16"
        assert "minor" not in text and "reel" not in text and "小调" not in text
    assert len({words_en(piece, 120, rng) for _ in range(100)}) > 70
    assert len({words_zh(piece, 120, rng) for _ in range(100)}) > 70


@pytest.mark.parametrize(
    ("n", "text"), [(4, "四"), (8, "八"), (10, "十"), (16, "十六"), (32, "三十二"), (40, "四十")]
)
def test_chinese_numbers(n, text):
    assert number_zh(n) == text


def test_requests_refuse_what_they_do_not_know():
    with pytest.raises(ValueError, match="colour"):
        write_spec({"colour": "blue"})
    with pytest.raises(ValueError, match="measure"):
        fill_messages("fill", {}, "X:1\nK:C\nC8|\n")
    assert compose_messages("", {"key": "G major"})[0]["content"] == "key: G major"


def test_every_record_of_an_epoch_is_shown():
    pieces = data.load_pieces(RECORDS)
    assert len(list(tasks.dialogues(pieces, 1))) >= 3
    assert list(tasks.dialogues(pieces, 1, regular=True))
