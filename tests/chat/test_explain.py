"""Answers: any tune and any topic gives one; worked examples of which a musician knows the answer."""
# ruff: noqa: E501 - tables of phrasings

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.text import apply
from chat import explain
from chat.explain import Question, answer, comments, describe, read_question
from chat.explain.answer import _TOPICS
from chat.explain.causes import CAUSES
from chat.explain.moods import MOODS
from chat.explain.statement import Statement, sayings
from tests.abc_tools.strategies import tunes

SONG = (
    "X:1\nT:Bench\nM:4/4\nL:1/4\nQ:1/4=100\nK:Dm\nP:A\n"
    'A|"Dm"DFAF|"Gm"GBdB|"A7"^CEAG|"Dm"F2D2|"Dm"DFAF|"Gm"GBdB|"A7"AG^CE|"Dm"D3|]\n'
    'P:B\n|:"F"fcAc|"C"egec|"Gm"dBGB|"A7"A2^c2|"F"fcAc|"C"egec|"A7"Ae^cA|"Dm"d4:|\n'
)
DORIAN = "X:1\nM:4/4\nL:1/8\nK:Ddor\nD2FA d2cB|A2GE C2E2|D2FA B2dc|AFGE D4|]\n"
PENTATONIC = "X:1\nM:2/4\nL:1/8\nK:C\nCDEG|AGED|EGAc|A2G2|CDEG|AGED|E2D2|C4|]\n"
TERMS = {"count": "G", "playable": "flute", "one note": "C#", "find chord": "V", "scale here": "dorian",
         "several": "key form", "what-if": "degree 7 +1", "chord role": "G7", "chord doubt": "G7", "note doubt": "F#",
         "chord instead": "Am", "note instead": "1 G", "pull": "1 2", "apart": "widest closest",
         "sung": "count line strong melisma fit", "leaps over": "4", "teach": "meter 4/4", "claim": "bars 12", "practice": "flute", "hard spots": "trumpet in b-flat",
         "breaks": "flute", "beside": "high", "chinese mode": "gong zhi", "singers": "8", "harder part": "easier",
         "limit": "C up", "word at": "highest", "below string": "violin A", "position": "viola shift", "strings": "violin G",
         "either key": "C minor|Eb major", "edge degree": "last note|1", "degrees used": "4 7", "sung as": "F first"}  # fmt: skip
WISHES = ("degree 7 +1", "degree 3 -1", "mode major", "mode minor", "tempo 60", "tempo x2", "meter 3/4", "pickup",
          "transpose 2", "octave 1", "key D maj")  # fmt: skip


def said(message: str, text: str = SONG, language: str = "en", versions=()) -> str:
    tune = parse_tune(text)
    return answer(read_question(message, tune), tune, language, versions).text


def bars_in(text: str) -> set[int]:
    """Every bar number that a reply cites."""
    found = set()
    for run in re.findall(r"\bbars? ([\d–, and]+)|第([\d—、]+)小节", text):
        for pair in re.findall(r"(\d+)(?:[–—](\d+))?", run[0] or run[1]):
            found |= {int(pair[0]), int(pair[1] or pair[0])}
    return found


@given(text=tunes(), topic=st.sampled_from(sorted(_TOPICS)), data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_tune_and_topic_has_an_answer_within_its_bars(text, topic, data):
    tune = parse_tune(text)
    bars = tune.bar_numbers
    first = data.draw(st.sampled_from(bars))
    place = data.draw(st.sampled_from([None, Place(first, max(first, bars[-1]))]))
    for language in ("en", "zh"):
        found = answer(Question(topic, place, TERMS.get(topic, "")), tune, language)
        assert found.text and found.intent == "analyse"
        assert bars_in(found.text) <= set(bars)
        for fact in found.facts:
            assert set(fact.bars) <= set(bars)
            assert fact.sentence(language) in found.text


@given(text=tunes(), mood=st.sampled_from([*MOODS, ""]), wish=st.sampled_from(WISHES))
@settings(max_examples=60, deadline=None)
def test_any_mood_and_wish_has_an_answer(text, mood, wish):
    tune = parse_tune(text)
    bar = tune.bar_numbers[-1]
    for language in ("en", "zh"):
        why = answer(Question("mood", Place(bar, bar), mood), tune, language)
        tried = answer(Question("what-if", None, wish), tune, language)
        assert bars_in(why.text) <= set(tune.bar_numbers) and tried.text
        assert "{" not in why.text + tried.text


@given(text=tunes(), depth=st.sampled_from(("child", "student", "musician")))
@settings(max_examples=40, deadline=None)
def test_analyses_at_every_depth(text, depth):
    tune = parse_tune(text)
    for language in ("en", "zh"):
        found = answer(Question("analysis", depth=depth), tune, language)
        assert len(found.facts) >= 5
        assert all(fact.sentence(language) in found.text for fact in found.facts)
        assert describe(tune, language)


@given(text=tunes())
@settings(max_examples=40, deadline=None)
def test_comments_change_no_note_and_there_is_one_a_section_at_most(text):
    tune = parse_tune(text)
    for language in ("en", "zh"):
        edits = comments(tune, language)
        after = parse_tune(apply(tune.source, edits))
        assert [m.events[0].midi for m in after.measures if m.events] == [
            m.events[0].midi for m in tune.measures if m.events
        ]
        assert len(after.comments) == len(tune.comments) + len(edits)


def test_every_saying_is_said_somewhere():
    folder = Path(explain.__file__).parent
    code = "".join(p.read_text() for p in folder.glob("*.py") if not p.name.startswith("sayings_"))
    assert [kind for kind in sayings() if f'"{kind}"' not in code] == []


def test_every_mood_names_causes_that_there_are():
    for mood in MOODS.values():
        assert {*mood.causes, *mood.against} <= set(CAUSES)


def test_every_saying_has_the_same_fields_in_both_languages():
    extra = {"noun", "verb", "size", "size_zh", "stand"}
    for kind, (english, chinese) in sayings().items():
        fields = [set(re.findall(r"\{(\w+)", text)) - extra for text in (english, chinese)]
        assert fields[0] == fields[1], kind


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("what key is it in?", "D minor (bars 0–16), with 1 flat (B♭)"),
        ("where is the leading note?", "In bars 0–16 the melody never steps up a semitone into the tonic D."),
        ("why is this in F major?", "It is not in F major: the tune is written in D minor"),
        ("why is this in F major?", "share a signature of 1 flat (B♭), but not a tonic (F and D"),
        ("how many bars are there?", "16 bars (bars 1–16)"),
        ("how many C sharps are there?", "C♯ comes 4 times"),
        ("what's the highest note?", "The highest note is G5, in bars 10 and 14"),
        ("what chord is in bar 3?", "The chord of bar 3 is A7, which is V7 in D minor"),
        ("what cadence is at bar 8?", "a perfect authentic cadence: A7–Dm (V7–i in D minor)"),
        ("which notes of bar 3 are chord tones and which are passing notes?", "chord tones are C♯, E, A and G"),
        ("is there a pickup?", "a pickup (bar 0) of 1 note, 1/4 of a whole note long"),
        ("is it syncopated?", "No note of the melody is syncopated."),
        ("what is the C sharp in bar 3?", "a leading tone that rises to the tonic"),
        ("what changes if I raise the seventh?", "The scale of bars 0–16 becomes D harmonic minor: D E F G A B♭ C♯"),
        ("what changes if I raise the seventh?", "F–Am–C become Faug–A–C♯dim"),
        ("what would happen if it were in major?", "The key is D minor in the tune as it is and D major"),
        ("why does bar 2 sound sad?", "Chords with a minor third sound in bar 2: Gm."),
        ("compare bars 1-4 and bars 5-8", "The melody of bars 5–8 is a variation of that of bars 1–4"),
        ("what is in bar 99?", "The tune has bars 0 to 16"),
        ("can I play it on the cello?", "usually reaches C2 to C5 as it sounds"),
    ],
)  # fmt: skip
def test_worked_examples(message, expected):
    assert expected in said(message)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("这是什么调？", "乐曲记谱为D小调（第0—16小节），1个降号（降B）"), ("为什么是F大调？", "它不是F大调：乐曲记谱为D小调"),
        ("第3小节是什么和弦？", "第3小节的和弦是A7，在D小调中是V7"), ("一共有多少小节？", "乐曲共有16小节"),
        ("如果升高第七级会怎样？", "音阶变为D和声小调音阶：D E F G A 降B 升C"), ("第2小节为什么听起来悲伤？", "含小三度的和弦：Gm"),
        ("最高音是什么？", "最高音是G5，在第10、14小节"), ("第8小节是什么终止？", "以完满正格终止收束：A7–Dm"),
    ],
)  # fmt: skip
def test_worked_examples_in_chinese(message, expected):
    assert expected in said(message, language="zh")


def test_dorian_and_pentatonic_are_shown_in_the_tune():
    dorian = said("What is a Dorian mode? Show me in this tune.", DORIAN)
    assert "The D dorian scale has the notes D E F G A B C." in dorian
    assert "the tune is an example of dorian" in dorian
    assert "The degree that sets D dorian apart from D minor, B, sounds in bars 1 and 3" in dorian
    assert "the tune is no example of dorian" in said(
        "what is a dorian mode? show me in this tune", SONG
    )
    assert "which is a pentatonic scale" in said("why does it sound Chinese?", PENTATONIC)


def test_a_mood_that_nothing_supports_is_denied():
    text = said("why does bar 4 sound jazzy?", PENTATONIC)
    assert text.startswith("- Nothing in bar 4 usually makes music sound bluesy")
    assert "What is there instead:" in text


def test_versions_are_compared_by_their_bars():
    before = parse_tune(SONG.replace('"Gm"GBdB|', '"Gm"GdBG|', 1))
    text = said("what changed since version 1?", versions=[before])
    assert text.startswith("- The melody differs between version 1 and the tune now in bar 2.")
    same = said(
        "what is different from before?", versions=[parse_tune(SONG), before, parse_tune(SONG)]
    )
    assert "version 2" in same
    assert "no such earlier version" in said("what changed?", versions=[])


def test_text_of_people_is_escaped():
    text = SONG.replace("T:Bench", "T:<b>x</b> [y](z) *w*").replace("P:A", "P:<i>")
    assert "<b>" not in said("what is it called?", text)
    assert "\\<i\\>" in said("how many sections are there?", text)


def test_a_child_hears_no_technical_word():
    words = "tonic|cadence|interval|semitone|major|minor|dominant|syncop|motif|Roman|scale degree|phrase"
    assert not re.search(words, said("explain it like I'm eight"))


def test_there_is_an_answer_without_a_tune_and_without_notes():
    assert "no tune yet" in answer(Question("key"), None, "en").text
    assert "没有音符" in answer(Question("key"), parse_tune("X:1\nK:C\nz4|\n"), "zh").text


def test_a_statement_knows_two_languages_only():
    with pytest.raises(ValueError, match="English"):
        Statement("silence", {}, (1,)).sentence("de")
