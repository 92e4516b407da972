"""Questions about what stands on the page: endings, keys in ABC, a capo, another tempo, words, a written analysis."""
# ruff: noqa: E501 - tables of phrasings

import pytest

from abc_tools.parse import parse_tune
from chat.explain import answer
from chat.explain.capo import shape
from chat.session import Session
from chat.understand.intent import understand

TUNE = parse_tune(
    'X:1\nT:Night Guard\nM:4/4\nL:1/8\nQ:1/4=120\nK:Dm\nP:A\n|:"Dm"D3E F2A2|"Gm"G2E2 C4|1 "Am"c2A2 A4:|2 "A7"A2^C2 "Dm"D4||\n'
    "w:Watch the lan-tern burn-ing low, slow-ly low, wait till dawn\n"
    'P:B\n|:"Dm"f3e d2A2|"Gm"B2G2 "C"E4|"F"F3G "A7"A2^c2|"Dm"d4 D4:|\nw:Cap-tain sleeps and so shall I, far a-bove the har-bour\n'
)

ASKED = [
    ("how do I play the 1 and 2 above bar 3?", "first ending (played the first time) is bar 3"), ("一房子二房子分别是哪几小节", "第一结尾（第一遍奏）是第3小节"),
    ("what do the brackets with 1. and 2. mean?", "the second time leave it out"), ("what does C| mean?", "cut time (alla breve, C|) is 2/2"),
    ("这个C|是什么意思，和4/4有啥区别", "4/4是四拍子"), ("what does Ador actually mean?", "A dorian scale"), ("what is K:Gmix?", "G mixolydian scale"),
    ("if I capo at 2 what chords do I play?", "Cm for Dm"), ("what chords with a capo on the 3rd fret?", "Bm for Dm"),
    ("变调夹夹三品怎么按", "Dm按Bm"), ("where should I put a capo to make the chords easy?", "With a capo on fret 5"),
    ("how long does it take at 60 bpm?", "lasts 56 seconds"), ("按每分钟240拍演奏要多久", "共14秒"), ("how long are bars 1-2 at 60?", "lasts 8.0 seconds"),
    ("which bars aren't in the key?", "Outside the signature of D minor"), ("哪些小节有调外音", "升C"), ("is there anything outside D minor?", "C♯"),
    ("where does the melody peak, and on what syllable?", "falls on “Cap”"), ("what is the last word?", "“bour”"), ("第一个字是什么", "Watch"),
    ("which syllable gets the longest note?", "a half note each"), ("这首歌讲什么的？", "Watch the lantern"), ("which note is held longest", "a half note"),
    ("What's the worst bar for a beginner?", "hardest"), ("wots the time sig", "4/4"), ("why is there a C sharp?", "the raised degree 7"),
    ("Write a short style analysis that I can hand in: key, form, rhythm, melody.", "Key and mode"), ("给我写一份风格分析", "调"),
    ("write an analysis of the harmony", "A7"), ("写一段和声分析", "A7"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "expected"), ASKED)
def test_what_stands_on_the_page_is_told(message, expected):
    intent = understand(message, Session().add(TUNE.text, "first"), TUNE)
    assert intent.kind == "question", intent
    language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in message) else "en"
    assert expected in answer(intent.question, TUNE, language).text


ORDERS = [
    "merge the first and second endings", "give the first part a 1st and 2nd ending", "transpose it for capo 2", "set it to 60 bpm",
    "write a tune and an analysis of it", "加一房子二房子",
]  # fmt: skip


@pytest.mark.parametrize("message", ORDERS)
def test_orders_are_no_questions_about_the_page(message):
    assert understand(message, Session().add(TUNE.text, "first"), TUNE).kind != "question"


def test_a_shape_with_a_capo_sounds_as_the_chord():
    from abc_tools.chords import parse_chord

    for symbol in ("C", "Bb", "F#m", "Eb7", "G/B", "Abmaj7"):
        for fret in range(1, 8):
            chord, played = parse_chord(symbol), parse_chord(shape(symbol, fret))
            assert {(c + fret) % 12 for c in played.pitch_classes} == set(chord.pitch_classes)
