"""Patterns by their names, faults between voices, and theory in passing: what a reply must say.

Each row is (tune, message, words of the reply).
"""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from __future__ import annotations

import pytest

from abc_tools.parse import parse_tune
from chat.explain.patterns import figure_of
from tests.chat.talking import talk

HANDS = 'X:1\nT:Hands\nM:3/4\nL:1/8\nQ:1/4=92\nK:F\nV:1\nf3g a2|c\'3b a2|g3a b2|a6|]\nV:2 clef=bass name="Left hand"\nF,2 [A,C]2 [A,C]2|F,2 [A,C]2 [A,C]2|C,2 [G,B,]2 [G,B,]2|F,6|]\n'
FIFTHS = "X:1\nT:Two\nM:4/4\nL:1/4\nK:D\nV:1\nA B c d|e d c2|A B c B|A4|]\nV:2\nD E F G|A G F2|F G A G|F4|]\n"
EVEN = "X:1\nT:Even\nM:4/4\nL:1/4\nK:G\nG A B c|d c B A|G B d B|G4|]\n"
SEVEN = "X:1\nT:Seven\nM:7/8\nL:1/8\nK:G\nG3A2B2|c3B2A2|B3c2d2|G7|]\n"

MINOR = 'X:1\nT:Minor\nM:4/4\nL:1/4\nK:Gm\n"Gm"G A B c|"D7"A ^F A c|"Cm"c B A G|"Gm"G4|"Eb"B A G A|"Cm"c d c A|"D7"A ^F E D|"Gm"G4|]\n'

ASKED = [
    (
        EVEN.replace("G4|]", "G4:|").replace("K:G\n", "K:G\n|:"),
        "those two dots beside the thick bar line, what do they do?",
        "repeat",
    ),
    (MINOR, "my teacher has written PAC over bar 8, what does that mean?", "cadence"),
    (MINOR, "what does tr over a note mean?", "rill"),
    (MINOR, "dots next to the double bar line?", "epeat"),
    (MINOR, "what's the relative major of the key it is in", "B♭ major"),
    (MINOR, "does the opening ever come back?", "No. The opening (bars 1–2) does not come back"),
    (MINOR, "开头会不会再出现", "没有原样再现"),
    (MINOR, "which notes do I have to play flat?", "B♭"),
    (None, "what is a diminished seventh on C sharp?", "C♯, E, G"),
    (None, "以D为根音构成属七和弦，是哪几个音", "升F"),
    (None, 'in band they talked about the "circle of fifths". what is that', "ring"),
    (None, "if I play an F on the piano, what does the trumpet in B flat have to finger?", "G"),
    (None, "附点二分音符是几拍？以四分音符为一拍的话", "3"),
    (None, "宫商角徵羽用数字怎么写？是哪几个", "1 2 3 5 6"),
    (MINOR, "and which is the relative major?", "B♭ major"),
    (MINOR, "parallel major?", "G major"),
    (MINOR, "它的关系大调是什么", "降B大调"),
    (MINOR, "why D7 and not Dm?", "leading note"),
    (MINOR, "D7是大和弦还是小和弦", "属七"),
    (MINOR, "label the roman numerals please", "V7"),
    (MINOR, "标上和弦级数", "V7"),
    (MINOR, "which scale is this based on?", "G minor"),
    (MINOR, "is it mostly stepwise?", "Not mostly by step: of 25 moves"),
    (MINOR, "旋律主要是级进吗", "级进为主"),
    (MINOR, "where does it build tension?", "most tension"),
    (MINOR, "compare the first four with the last 4", "bars 5–8"),
    (MINOR, "what could I show my class with it, which teaching points?", "bars 1–8"),
    (MINOR, "如何练习才有效", "小节"),
    (HANDS, "which kind of accompaniment has the left hand", "an oom-pah"),
    (HANDS, "左手的伴奏是哪种音型", "嘣嚓"),
    (
        HANDS,
        "do you know what that rhythm is called? the one that repeats",
        "a dotted rhythm, long–short",
    ),
    (HANDS, "老是出现的那个节奏叫什么", "附点节奏"),
    (EVEN, "which rhythm comes back most?", "No uneven rhythm"),
    (EVEN, "name the accompaniment pattern", "no accompaniment to name"),
    (FIFTHS, "there must be a mistake between the voices, which one?", "parallel fifths"),
    (FIFTHS, "两个声部之间有没有毛病", "平行五度"),
    (SEVEN, "how am I supposed to count this?", "3+2+2"),
    (EVEN, "point out the notes that are not in the key", "G major"),
    (EVEN, "how quick is adagio?", "Adagio"),
    (None, "there's Andante over the first bar, is that fast?", "Andante"),
    (None, "1=A是几个升号？", "3"),
    (EVEN, "how would I work out the relative minor of any key", "minor third"),
    (EVEN, "什么是三全音，为什么这么刺耳？", "不协和"),
    (EVEN, "which key is it in, and how can I tell?", "Its last note"),
    (EVEN, "forgive me if this is a silly question, but which meter is it?", "4/4"),
    (EVEN, "乐曲有几个部分，分别是哪几小节", "第1—4小节"),
    (EVEN, "are there any notes that a violin can't reach?", "No, none."),
    (EVEN.replace("G4", "G,,4"), "有小提琴拉不到的音吗", "有的。"),
]


@pytest.mark.parametrize(("abc", "message", "says"), ASKED)
def test_the_reply_says_it(abc, message, says):
    reply = talk(abc, message) if abc else talk_alone(message)
    assert says in reply.text and not reply.changed


def talk_alone(message):
    from chat.session import Session
    from chat.turn import respond
    from lm.generate import ScriptedBackend

    *_, reply = respond(Session(), message, backend=ScriptedBackend(), seed=5)
    return reply


@pytest.mark.parametrize(
    ("bar", "figure"),
    [
        ("C,G,E,G, C,G,E,G,", "alberti"), ("C,E,G,C E,G,CE", "broken"), ("C,2 [E,G,]2 C,2 [E,G,]2", "oompah"),
        ("[C,E,G,]2 [C,E,G,]2 [C,E,G,]4", "block"), ("C,2C2 C,2C2", "octaves"), ("C,2G,2 C,2G,2", "root-fifth"),
        ("C,2C,2 C,2C,2", "drone"), ("C,2D,2 E,2F,2", "walking"), ("C,8", "held"), ("z8", ""),
    ],
)  # fmt: skip
def test_a_figure_has_its_name(bar, figure):
    tune = parse_tune(f"X:1\nM:4/4\nL:1/8\nK:C\n{bar}|]\n")
    assert figure_of([e for e in tune.measures[0].events if e.notes]) == figure
