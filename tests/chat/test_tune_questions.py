"""Questions about the open tune that look like orders, or like neighbours of other questions."""
# ruff: noqa: E501 - tables of phrasings

import pytest

from abc_tools.parse import parse_tune
from chat.explain import answer
from chat.session import Session
from chat.understand.intent import understand

TUNE = parse_tune(
    'X:1\nT:Willow Lane\nM:3/4\nL:1/8\nQ:1/4=92\nK:G\nD2|"G"G3A B2|"C"c2B2A2|"G"B2d2B2|"D"A4 D2|"G"G3A B2|"C"c2e2d2|"D7"c2A2F2|"G"G4:|\n'
    "w:Down by wil-low lane I go, sing-ing soft and slow, sing-ing all the songs I know\n"
    '|:B2|"Em"e3d B2|"Am"c2B2A2|"D"d2c2A2|"G"B4 B2|"Em"e3d B2|"C"c2e2g2|"D7"f2e2d2|"G"G4:|\n'
)

ASKED = [
    ("is this tune in a major or minor key and how can you tell", "written in G major"), ("what's the relationship between the first and second half", "bars 9–16"),
    ("name two features that make it typical of a waltz", "3/4"), ("list three characteristics of this tune", "Key and mode"), ("说出这首曲子的两个特点", "G大调"),
    ("does the B part modulate?", "No. The tune stays in G major"), ("is bar 7 a dominant seventh?", "V7 in G major"), ("第7小节是属七和弦吗", "V7"),
    ("how many times do I play bar 5", "bar 5 is played twice"), ("第5小节要奏几遍", "2次"), ("which beats are strong", "strong–weak–weak"),
    ("can my 8 year old play this on recorder", "descant recorder"), ("could my daughter manage this on the flute?", "flute"), ("can an 8 year old sing it?", "D4 to G5"),
    ("are there any sequences", "no sequence"), ("which bars share the same rhythm", "The same rhythm"), ("哪些小节节奏相同", "节奏相同"),
    ("what key would suit an alto singer", "in D major"), ("which key would be better for a bass?", "bass"), ("哪里用了附点节奏", "附点四分音符4次"), ("are there dotted notes", "dotted quarter note"),
    ("what's this tune about then", "Down by willow"), ("could I use Bm instead of G in bar 3", "Bm"), ("is it ok to play Em instead of G in bar 1?", "Em"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "expected"), ASKED)
def test_questions_change_nothing_and_are_answered(message, expected):
    intent = understand(message, Session().add(TUNE.text, "first"), TUNE)
    assert intent.kind == "question", intent
    language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in message) else "en"
    assert expected in answer(intent.question, TUNE, language).text


ORDERS = [
    "could you use Bm instead of G in bar 3", "make it typical of a waltz", "can the flute play the melody instead", "use Bm in bar 3", "add dotted rhythms",
    "can you make it easier for my 8 year old", "name it Willow Road",
]  # fmt: skip


@pytest.mark.parametrize("message", ORDERS)
def test_orders_stay_orders(message):
    assert understand(message, Session().add(TUNE.text, "first"), TUNE).kind != "question"
