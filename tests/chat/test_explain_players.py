"""What players, singers, teachers and parents ask: several things at once, hard bars, singing, parts, versions, titles.

Each kind in wordings of both languages, and what is said of tunes of which the answer is known.
"""
# ruff: noqa: E501 - tables of phrasings

import pytest

from abc_tools.analyse.line import Material
from abc_tools.analyse.phrases import phrases
from abc_tools.parse import parse_tune
from chat.explain import answer, read_question
from chat.explain.asked_players import age_said
from chat.explain.statement import Statement, sayings
from chat.reply import Reply
from chat.session import Session
from chat.turn import respond
from chat.understand.intent import understand
from chat.understand.parts import pieces
from lm.generate import ScriptedBackend

JIG = (
    "X:1\nT:Stone Bridge\nR:jig\nM:6/8\nL:1/8\nQ:3/8=100\nK:G\n|:D|GBd gdB|cea ged|GBd gdB|AFD A2D|\n"
    "GBd gdB|cea ged|cBA DFA|G3 G2:|\n|:d|gfg bgd|ece gec|dBd gdB|AFD A2d|\ngfg bgd|ece gec|dcB AGF|G3 G2:|\n"
)
AIR = 'X:2\nT:Low Water\nM:3/4\nL:1/4\nQ:1/4=90\nK:Dm\n"Dm"D F A|"Gm"B2 G|"A7"A ^c e|"Dm"d3|"Dm"d A F|"Gm"G B d|"A7"e ^c A|"Dm"D3|]\n'
SONG = "X:3\nT:山村\nM:2/4\nL:1/8\nQ:1/4=80\nK:D\nD2E F|A2 F2|E D E F|E4|\nw: 青 山 青 水 青 又 青 呀 流\nF2A B|d2 B2|A F E F|D4|]\n"
DUO = (
    "X:4\nT:Two Lamps\nM:4/4\nL:1/4\nQ:1/4=84\nK:F\nV:1 name=\"Oboe\"\nV:2 clef=bass name=\"Bassoon\"\n"
    "[V:1] f a g f|e g c2|d f e d|c4|\n[V:2] F,2 C,2|C,2 E,2|B,,2 G,,2|F,4|\n"
)  # fmt: skip
CUT = "X:5\nT:Cut\nM:4/4\nL:1/4\nQ:1/4=120\nK:C\n|:G|cdec|e2dB|cdec|c3:|\n|:e|gfed|e2dB|cdec|[1c3:|[2c4|]\n"


def _session(text):
    return Session().add(text, "opened")


def _said(text, *messages, language=None):
    session = _session(text)
    reply = None
    for message in messages:
        for item in respond(
            session, message, backend=ScriptedBackend([]), seed=3, language=language
        ):
            if isinstance(item, Reply):
                reply = item
        session = reply.session
    return reply.text


ASKED = [
    (AIR, "do the tune's notes agree with the harmony?", "fits"), (AIR, "第3小节的旋律和和弦配不配？", "fits"), (AIR, "does bar 2 go ok with its chord", "fits"),
    (SONG, "这个是羽调式吗", "chinese mode"), (SONG, "which Chinese mode is it in?", "chinese mode"), (SONG, "属于宫商角徵羽的哪一种", "chinese mode"),
    (JIG, "counting the repeats, how many bars do I end up playing?", "lasting"), (JIG, "连反复要弹多少个小节", "lasting"),
    (DUO, "check for consecutive octaves please, any?", "parallels"), (DUO, "这两个声部存在平行八度吗", "parallels"),
    (JIG, "so it's really 16 bars, is it? is it exactly 16 bars?", "claim"), (JIG, "是不是刚好16小节", "claim"),
    (DUO, "what instrument carries the melody?", "lead voice"), (DUO, "主旋律在哪个声部", "lead voice"),
    (JIG, "is the second part trickier?", "harder part"), (JIG, "哪段更容易一些", "harder part"),
    (JIG, "what keys are the two sections in", "section keys"), (JIG, "AB段各是什么调", "section keys"),
    (AIR, "how come there's a sharp in bar 3", "one note"), (AIR, "第3小节怎么会有升号", "one note"),
    (JIG, "where would a beginner stumble on the flute?", "hard spots"), (JIG, "长笛吹哪些小节最容易出错", "hard spots"),
    (JIG, "how would you go about learning bar 2?", "practice"), (JIG, "第2小节咋练才好", "practice"), (JIG, "she keeps stumbling in bar 4, any tips?", "practice"),
    (SONG, "could 4th graders sing this?", "singers"), (SONG, "三年级能唱吗", "singers"), (SONG, "what age would you give this song to?", "singers"),
    (SONG, "哪个地方容易走音", "wide leaps"), (SONG, "where might my choir go flat?", "wide leaps"),
    (AIR, "are those chords tricky on guitar?", "chord shapes"), (AIR, "what chords must I know", "chord names"), (AIR, "要会几个和弦，都是哪些和弦", "chord names"),
    (JIG, "how's the whole thing structured? I mean how is this piece put together", "construction"), (JIG, "这曲子是怎么搭起来的", "construction"),
    (JIG, "how many times is each section played?", "order"), (JIG, "B段奏几遍", "order"), (JIG, "how old is this tune?", "date"),
    (AIR, "does it turn to major anywhere?", "colours"), (AIR, "what scale do I warm up with?", "own scale"), (AIR, "which bars have the quickest chord changes", "chord changes"),
    (JIG, "does it go over the break on the clarinet?", "breaks"), (DUO, "do the two voices share the same rhythm?", "same rhythm"),
    (DUO, "两个声部有没有反向进行", "motion"), (DUO, "does the second voice imitate the first? do they imitate each other", "imitation"),
    (JIG, "which half lies lower?", "beside"), (JIG, "B段比A段高吗", "beside"), (JIG, "how many lessons to learn it?", "unknowable"),
    (JIG, "any ideas for a name?", "titles"), (JIG, "给它取个什么名字好", "titles"), (JIG, "has anything in bar 5 been changed?", "changed"), (JIG, "第三小节改了吗", "changed"),
    (JIG, "why does it sound less settled than before?", "since"), (JIG, "婚礼上用大调还是小调好", "which version"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "topic"), ASKED)
def test_a_kind_is_read_in_many_wordings(text, said, topic):
    found = understand(said, _session(text), parse_tune(text))
    questions = [p.question for _, p in found.parts] or [found.question]
    assert topic in [q.topic for q in questions if q is not None], found


# limits, words under notes, chords counted, ends of phrases
ASKED += [
    (SONG, "my sopranos can't go above A, where's the trouble?", "limit"), (SONG, "最多唱到b，会不会有问题", "limit"), (SONG, "哪个词唱得最低", "word at"),
    (AIR, "how often does Gm appear?", "chord times"), (AIR, "这些和弦各用了多少次", "chord times"), (JIG, "what note do the lines finish on?", "phrase notes"),
    (JIG, "is the second part a variation of the first part?", "compare"), (SONG, "一年级唱会不会太高", "singers"), (JIG, "where is it loudest?", "dynamics"),
    (JIG, "does it begin and end on the same note?", "both ends"), (JIG, "how many beats does the last note get?", "note beats"), (DUO, "what does the bassoon play in bar 3?", "notes"),
    (DUO, "哪个声部的音域宽", "beside"), (AIR, "what's the harmonic rhythm like?", "chord changes"), (JIG, "anything nasty in it for a fiddle?", "hard spots"),
    (JIG, "学生总是把第3小节吹得太快，怎么办", "practice"), (DUO, "列出同向进行", "motion"),
]  # fmt: skip

WISHES = [
    "could you make it easier for the B part?", "can you fix the parallel fifths?", "put more breaths in please", "change the chords so they're easy on guitar",
    "把B段改成小调", "换个名字叫山间", "把第3小节的升号去掉", "make the second part higher", "能不能让A段更简单一点", "swap the melody to the bassoon",
    "call it Stone Wall", "give it exactly 12 bars", "把它改成宫调式",
]  # fmt: skip


@pytest.mark.parametrize("said", WISHES)
def test_wishes_stay_wishes(said):
    for text in (JIG, AIR, DUO):
        found = understand(said, _session(text), parse_tune(text))
        assert found.kind not in ("question", "several", "check"), found


def test_every_part_of_a_message_is_answered_in_order():
    said = _said(
        JIG,
        "what key is it in? where does it get highest, and how many bars are there with the repeats?",
    )
    assert said.index("G major") < said.index("highest note is B5") < said.index("32 bars")
    said = _said(SONG, "最低音是哪个？是什么拍子？")
    assert said.index("D4") < said.index("2/4")
    assert (
        "Gm" in (said := _said(AIR, "which chords do I need, are they hard for a beginner"))
        and "barre" in said
    )


def test_what_cannot_be_answered_is_named():
    said = _said(JIG, "What key is it in? And who should dance to it on Saturday?")
    assert "G major" in said and "who should dance to it on Saturday" in said


def test_a_question_after_a_change_is_answered_of_the_changed_tune():
    said = _said(JIG, "transpose it to D and tell me what the lowest note is")
    assert "D major" in said and "The lowest note is A3" in said
    said = _said(JIG, "移到D大调，最低音是什么？")
    assert "D大调" in said and "A3" in said
    assert "Nothing" not in _said(JIG, "could you make it slower, it's hard for my class?")


@pytest.mark.parametrize(
    ("message", "count"),
    [
        ("which part is harder, and why?", 1), ("is it in 6/8? and how fast?", 2), ("if I raise the seventh, what happens?", 1),
        ("最高音是什么，在第几小节？", 1), ("这首几拍子？哪里换气？", 2), ("what's the form and the key?", 1),
    ],
)  # fmt: skip
def test_pieces(message, count):
    assert len(pieces(message)) == count


ONLY_ASKED = [
    "are these chords doable on a banjo?", "which bars could be left out?", "where would a repeat go?", "is it too busy for beginners?",
    "what would you simplify first?", "I'd like to know whether second violins could play this.", "can you tell me if an oboe suits it?", "这几个和弦手小的人好按吗？", "找出所有的反向进行", "学生老把第2小节吹快，怎么办？",
]  # fmt: skip


@pytest.mark.parametrize("said", ONLY_ASKED)
def test_a_question_changes_nothing(said):
    for text in (JIG, AIR):
        found = understand(said, _session(text), parse_tune(text))
        assert found.kind not in ("edit", "compose", "history"), found


def test_limits_and_words_and_other_voices():
    assert "3 notes above B4" in _said(
        SONG, "we can't get above B, which bars are too high?"
    ) or "above B4" in _said(SONG, "we can't get above B, which bars are too high?")
    assert "Nothing in bars 1–8 lies above D5" in _said(
        SONG, "is it ok if I only sing up to high D?"
    )
    assert "水" in _said(SONG, "哪个字唱得最低？") or "青" in _said(SONG, "哪个字唱得最低？")
    assert "A7 comes twice, in bars 3 and 7" in _said(AIR, "how many times does A7 come?")
    assert "Bassoon" in (said := _said(DUO, "how low does the bassoon go?")) and "G2" in said
    assert "声部Bassoon" in _said(DUO, "低音声部有没有大跳？")
    assert "最低音是C5" in _said(DUO, "最低音是什么？")


def test_melody_and_chords():
    assert _said(AIR, "do the notes of bar 3 fit the chord?").startswith("Yes: every note")
    assert "C♯ is the raised seventh of D minor" in _said(AIR, "why is there a sharp in bar 3?")
    assert "No flat stands in bar 3" in _said(AIR, "why is there a flat in bar 3?")
    assert "No sharp stands in bar 1" in _said(AIR, "how come there is a sharp in bar 1?")


def test_the_five_modes():
    assert "D宫调式" in (said := _said(SONG, "是宫调式还是羽调式？")) and "不是羽调式" in said
    assert "none of the five modes" in _said(
        "X:1\nM:2/4\nL:1/4\nK:C\nC^C|D^D|EF|^FG|]\n", "which chinese mode is it in?"
    )


def test_bars_that_are_played():
    tune = parse_tune(CUT)
    said = answer(read_question("how long is it with the repeats?", tune), tune, "en").text
    assert "16 bars are played" in said and "32 seconds" in said


def test_phrases_end_alike_and_before_upbeats():
    ends = [p.last_bar for p in phrases(Material(parse_tune(JIG)))]
    assert ends == [4, 8, 12, 16]


def test_practice_is_about_the_bar():
    said = _said(JIG, "my pupil always trips up in bar 7, how should she practise it?")
    assert (
        "bar 7" in said and "60 beats a minute" in said and "D4 to F♯4" in said
    ) or "A4 to D4" in said
    assert "F♯dim" in _said(JIG.replace("cBA DFA", "cAF Acc"), "how should I practise bar 7?")


def test_hard_bars_for_an_instrument():
    said = _said(JIG, "which bars are hardest on the flute?")
    assert "first two years" in said and "B5" in said


def test_singing():
    assert "fifth lower" not in _said(SONG, "can year 4s sing it?")
    assert _said(SONG, "can year 4s sing it?").startswith("- Yes: bars 1–8") or "Yes" in _said(
        SONG, "can year 4s sing it?"
    )
    assert "Not as it stands" in _said(JIG, "can grade 1 sing this?")
    assert [age_said(x) for x in ("grade 3", "五年级", "7-year-olds", "the choir")] == [
        "9",
        "11",
        "7",
        "",
    ]


def test_parts_beside_each_other():
    assert "Part B lies higher" in _said(JIG, "which part is higher?")
    assert "A, A, B and B: 32 bars" in _said(JIG, "in what order do we play the parts?")
    assert "The melody is in Oboe" in _said(DUO, "who has the tune?")
    assert _said(JIG, "is it exactly 12 bars?").startswith("- No")
    assert _said(JIG, "is it exactly 16 bars?").startswith("- Yes")


def test_what_changed_is_told_from_the_versions():
    assert "Nothing was changed" in _said(JIG, "did that change anything in bar 3?")
    said = _said(JIG, "move bars 9 to 12 up an octave", "did that touch the first part?")
    assert said.startswith("- No") and "bars 9–12" in said
    assert "bars 9–12" in _said(
        JIG, "move bars 9 to 12 up an octave", "ok so what did you actually do?"
    )
    assert "变了" in _said(JIG, "把第9到12小节升高八度", "第10小节变了没？")


def test_two_versions_beside_each_other():
    said = _said(AIR, "make it major", "for a funeral, would you play the major or the minor?")
    assert "minor, version 1" in said
    said = _said(AIR, "change the A7 chords to Am", "why does it feel less pulled home now?")
    assert ("C♯" in said and "2 in the version before, 0" in said) or "leading" in said


def test_titles_follow_from_the_tune_and_can_be_taken():
    said = _said(JIG, "what should we call it?")
    assert "Jig" in said and said.count("\n") >= 3
    assert "The title is now" in _said(JIG, "what should we call it?", "the second one")


def test_a_guess_says_what_it_takes_a_question_for():
    said = _said(JIG, "what rhythm would an elephant tap while crossing frozen rivers?")
    assert "I take it as" in said or "did not understand" in said


@pytest.mark.parametrize("kind", sorted(sayings()))
def test_no_saying_can_leave_a_slot_empty(kind):
    import string

    fields = [f for f in string.Formatter().parse(sayings()[kind][0]) if f[1] and f[1] != "bars"]
    for _, name, way, _ in fields:
        if (way or "").split(" ")[0] in ("word", "signature"):
            continue

        class Full(dict):
            def __missing__(self, key):
                return "C4"

        for empty in ("", [], None):
            value = {f[1]: ["x", "x"] if f[2] in ("word",) else "C4" for f in fields} | {
                name: empty
            }
            with pytest.raises(
                (AssertionError, TypeError, KeyError, ValueError, IndexError, AttributeError)
            ):
                Statement(kind, value, (1,)).sentence("en")
