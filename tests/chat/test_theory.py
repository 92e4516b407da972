"""Theory: tables against music21, terms complete in both languages, examples valid, unknown terms said so."""
# ruff: noqa: E501 - tables of phrasings

import pytest

from abc_tools.parse import parse
from abc_tools.validate import errors
from chat.explain import Question, answer, read_question, theory
from chat.explain.answer import _TOPICS
from chat.explain.scales import (
    INTERVALS,
    SCALE_NAMES,
    SCALE_NOTES,
    SCALE_WORDS,
    SCALES,
    scale_notes,
)
from chat.explain.terms import exact_term, find_term, near_terms, terms
from chat.explain.theory import QUALITY_NAMES


def said(message: str, language: str = "en") -> str:
    return answer(read_question(message, None), None, language).text


def valid(example: str) -> bool:
    return not errors(parse(example).tunes[0])


def test_there_are_terms_enough_each_in_both_languages():
    assert len(terms()) + len(SCALES) + len(INTERVALS) + len(QUALITY_NAMES) >= 220
    for term in terms().values():
        assert term.english and term.chinese[0] and all(len(d) >= 8 for d in term.definitions), (
            term.name
        )
        assert any("\u4e00" <= c <= "\u9fff" for c in term.definition("zh")), term.name
        assert not any("\u4e00" <= c <= "\u9fff" for c in term.definition("en")), term.name
        topic = term.shown.partition(":")[0]
        assert not topic or topic in _TOPICS, term.shown


@pytest.mark.parametrize("name", [n for n, t in terms().items() if t.example])
def test_examples_of_terms_are_valid(name):
    assert valid(terms()[name].example)


def test_every_term_is_found_by_each_of_its_names():
    for term in terms().values():
        for name in (*term.english, *term.chinese):
            assert exact_term(name) or exact_term(name.lower()), name
    assert find_term("please explain what a half cadence is") == "half cadence"


def test_scales_agree_with_music21_and_examples_are_valid():
    from music21 import scale

    made = {"major": scale.MajorScale, "minor": scale.MinorScale, "dorian": scale.DorianScale, "lydian": scale.LydianScale,
            "phrygian": scale.PhrygianScale, "mixolydian": scale.MixolydianScale, "locrian": scale.LocrianScale,
            "harmonic minor": scale.HarmonicMinorScale}  # fmt: skip
    assert set(SCALES) == set(SCALE_NAMES) == set(SCALE_NOTES) == set(SCALE_WORDS)
    for tonic in ("C", "D", "F#", "Bb", "Eb"):
        alter = {"#": 1, "b": -1}.get(tonic[1:], 0)
        for name, kind in made.items():
            pitches = kind(tonic.replace("b", "-")).getPitches()[:7]
            assert scale_notes(tonic[0], alter, name) == [p.name.replace("-", "b") for p in pitches]
        for name in SCALES:
            assert valid(theory.scale(f"{tonic} {name}")[1])


def test_intervals_agree_with_music21():
    from music21 import interval, pitch

    for name in INTERVALS:
        fact = theory.interval(name)[0][0]
        low, high = (pitch.Pitch(fact.value[end].replace("b", "-")) for end in ("low", "high"))
        assert interval.Interval(low, high).niceName.lower() == name
        assert valid(theory.interval(name)[1])


@pytest.mark.parametrize(
    ("symbol", "notes"),
    [("Cmaj7", "C, E, G and B"), ("F#m7b5", "F♯, A, C and E"), ("Bdim7", "B, D, F and A♭"), ("Caug", "C, E and G♯"),
     ("Dsus4", "D, G and A"), ("Ab6", "A♭, C, E♭ and F"), ("E7#9", "E, G♯, B, D and F𝄪"), ("C/E", "C, E and G")],
)  # fmt: skip
def test_chords_are_spelled(symbol, notes):
    text = answer(Question("chord theory", term=symbol), None, "en").text
    assert notes.replace("F𝄪", "F♯♯") in text
    assert valid(theory.chord(symbol)[1])


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("how many flats has Ab major?", "A♭ major has 4 flats (B♭, E♭, A♭ and D♭)"),
        ("what is the relative minor of E flat major?", "The relative minor of E♭ major is C minor"),
        ("which major key has three sharps?", "A major has 3 sharps"), ("chords in G major", "G  Am  Bm  C  D  Em  F♯dim"),
        ("what is V7 in Bb major", "In B♭ major V7 is F7: F, A, C and E♭."),
        ("what's the interval between C and E flat?", "is a minor third: 3 semitones"),
        ("what is the fifth degree of D major?", "Degree 5 of D major is A."),
        ("what is a Dorian mode?", "It is natural minor with degree 6 raised."), ("what is 6/8?", "compound duple: 2 beats"),
        ("what is a diminished seventh chord?", "Cdim7 is a diminished seventh chord"), ("what's a crotchet?", "British: crotchet"),
        ("what is the range of the clarinet?", "It sounds a major second lower than written."),
        ("what is a half cadance?", "stops on the dominant chord V"), ("what is a flumpet?", "I do not know the term “flumpet”."),
        ("how do I write a melody?", "short motif"), ("what does |: mean?", "played twice"),
        ("what's the difference between a tie and a slur?", "one longer note"),
    ],
)  # fmt: skip
def test_questions_of_theory(message, expected):
    assert expected in said(message)


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("降A大调有几个降号？", "4个降号"), ("什么是多利亚调式？", "第6级升高"), ("G大调的关系小调是什么？", "E小调"),
        ("什么是徵调式？", "由G A C D E组成"), ("C和降E之间是什么音程？", "小三度，共3个半音"), ("什么是属七和弦？", "C、E、G和降B"),
        ("什么是弱起？", "第一个强拍之前"), ("怎么写终止式？", "导向属和弦"), ("6/8拍和3/4拍有什么区别？", "复二拍子"),
        ("什么是呜哇音？", "我不认识"),
    ],
)  # fmt: skip
def test_questions_of_theory_in_chinese(message, expected):
    assert expected in said(message, "zh")


def test_near_terms_are_offered():
    assert near_terms("cadance") and near_terms("ritardano")[0] == "ritardando"
    assert near_terms("zzzzzz") == []


def test_theory_answers_cite_no_bars_and_say_so_by_their_intent():
    found = answer(read_question("what is a cadence", None), None, "en")
    assert found.intent == "answer" and found.example and all(not fact.bars for fact in found.facts)
