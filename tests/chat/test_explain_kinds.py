"""Kinds of questions with a fixed shape: voices at once, words, chords in their roles and in thought, reasons, teaching.

Each kind in several wordings of both languages, and what is said of tunes made for it.
"""
# ruff: noqa: E501 - tables of phrasings

import pytest

from abc_tools.analyse.line import Material
from abc_tools.analyse.phrases import closes, phrases
from abc_tools.parse import parse_tune
from chat.explain import answer, read_question
from chat.explain.asked_chords import chords_said, notes_said
from chat.explain.terms import terms
from chat.explain.terms_why import WHY
from chat.session import Session
from chat.turn import respond
from chat.understand.intent import understand
from chat.understand.plainly import impossible, is_abuse
from chat.understand.tongues import is_foreign
from lm.generate import ScriptedBackend

AIR = parse_tune(
    'X:1\nT:Harbour Song\nM:4/4\nL:1/4\nQ:1/4=92\nK:Am\nE|"Am"A2 B c|"E7"B ^G E2|"F"A c "G"B G|"Am"A3 E|\n'
    "w: O my heart is far a-way, and the tide is low_\n"
    '"Am"A2 c e|"D"d ^f a2|"E7"e B ^G B|"Am"A3|]\n'
    "w: but the wind has turned for home, and I will be\n"
)
DUO = parse_tune(
    "X:1\nT:Two Boats\nM:3/4\nL:1/4\nQ:1/4=100\nK:G\nV:1\nV:2 clef=bass\n[V:1] B c d|e d B|A B c|B3|\n"
    "[V:2] G,2 B,|C,2 G,|F,2 D,|G,3|\n[V:1] d e f|g f d|c A F|G3|]\n[V:2] B,2 A,|E,2 B,|A,2 D,|G,3|]\n"
)
AGAIN = parse_tune(
    "X:1\nM:2/4\nL:1/8\nQ:1/4=90\nK:C\nCDEF|G2E2|FEDC|D4|CDEF|G2E2|GFED|C4|EGAG|c2A2|EGAG|C2c2|]\n"
)
UPBEATS = parse_tune(
    'X:1\nM:3/4\nL:1/4\nQ:1/4=80\nK:F\nC|"F"F A c|"Bb"d2 B|"C7"c B G|"F"A2 "C"C|"F"F A c|"Bb"d2 B|"C7"c B G|"F"F2|]\n'
)

ASKED = [
    (None, "reel vs hornpipe?", "terms"), (None, "I can never tell a jig from a slip jig", "terms"),
    (None, "what sets a polka apart from a march?", "terms"), (None, "is a minuet the same thing as a waltz?", "terms"),
    (None, "what's the difference between a reel and a hornpipe, I forget every time", "terms"),
    (None, "大三度和小三度怎么区分", "terms"), (None, "分不清里尔和号笛舞", "terms"), (None, "吉格和圆舞曲有啥不一样", "terms"),
    (None, "harmonic minor or melodic minor, which is which?", "terms"),
    (AIR, "what kind of minor is this", "minor kind"), (AIR, "is this melodic minor?", "minor kind"), (AIR, "是自然小调还是和声小调", "minor kind"),
    (DUO, "how far apart are the two parts at the start of bar 4?", "at once"), (DUO, "第3小节第一拍两个声部是几度", "at once"),
    (DUO, "where are the voices closest together?", "apart"), (DUO, "两个声部最近的时候隔多远", "apart"),
    (DUO, "do the parts clash anywhere", "clashes"), (DUO, "两个声部有没有冲突的地方", "clashes"), (AIR, "does the melody clash with the chords?", "clashes"),
    (AIR, "Which syllables land on downbeats?", "sung"), (AIR, "哪些字在强拍上？", "sung"), (AIR, "how many syllables per line", "sung"),
    (AIR, "do the words line up with the notes?", "sung"), (AIR, "歌词有几个字", "sung"), (AIR, "is any syllable stretched over two notes?", "sung"),
    (AIR, "Is the D major chord in bar 6 wrong?", "chord doubt"), (AIR, "第6小节的D和弦是不是写错了", "chord doubt"),
    (AIR, "did they mean to write E7 in bar 2?", "chord doubt"), (AIR, "is that G sharp in bar 2 a misprint?", "note doubt"),
    (AIR, "第6小节怎么会有升F", "note doubt"), (AIR, "第2小节的升G是怎么回事", "note doubt"),
    (AIR, "what job does the F chord do in bar 3", "chord role"), (AIR, "E7在这里起什么作用", "chord role"),
    (AIR, "what if bar 3 had a Dm instead of the F?", "chord instead"), (AIR, "How would C sound in bar 5?", "chord instead"),
    (AIR, "第5小节用C和弦行吗", "chord instead"), (AIR, "why didn't you use Em in bar 2", "chord instead"),
    (AIR, "要是第3小节的F换成Dm会怎么样？", "chord instead"), (AIR, "what if the last note of bar 4 were a G?", "note instead"),
    (AIR, "第2小节第一个音要是C会怎样", "note instead"), (AIR, "any better chord for bar 3?", "chord choice"),
    (AIR, "what else could I play in bar 5 instead of Am?", "chord choice"), (AIR, "第5小节还能配什么和弦", "chord choice"),
    (AIR, "有没有比D更好听的和弦，第6小节", "chord choice"), (AIR, "what makes bar 7 lead into bar 8?", "pull"),
    (AIR, "第7小节为什么要到第8小节", "pull"), (AIR, "are there jumps of more than an octave?", "leaps over"),
    (AIR, "有没有六度以上的跳进", "leaps over"), (AGAIN, "do any bars come back?", "alike"), (AGAIN, "哪些小节重现了", "alike"),
    (AIR, "which bar is the tensest", "tensest"), (AIR, "哪一小节最有张力", "tensest"), (AIR, "talk me through the chords", "harmony"),
    (AIR, "how would you explain 4/4 to kids", "teach"), (AIR, "怎么教学生这首曲子的曲式", "teach"), (AIR, "给小朋友讲讲曲式", "form"),
    (DUO, "On the third beat of bar 7, which interval do the two voices form?", "at once"), (DUO, "do the two lines ever cross?", "parallels"),
    (AIR, "harmonic minor, or just plain minor?", "minor kind"), (AIR, "what would a C chord do in bar 4 instead of Am?", "chord instead"),
    (AIR, "anything prettier than F for bar 3?", "chord choice"), (AIR, "what's pulling bar 7 towards bar 8", "pull"),
    (AIR, "how would I get eight-year-olds to feel the beats in this?", "teach"), (AIR, "does 'low' get two notes?", "sung"),
    (AIR, "How come E7 shows up in bar 2?", "chord role"), (None, "why do we use a harmonic minor at all?", "term"),
    (None, "how come the leading tone wants to go up?", "term"), (None, "为什么小调听起来忧伤", "term"), (AIR, "why does V7 go to I?", "term"),
]  # fmt: skip


@pytest.mark.parametrize(("tune", "said", "topic"), ASKED)
def test_a_kind_is_read_in_many_wordings(tune, said, topic):
    session = Session() if tune is None else Session().add(tune.source, "opened")
    found = understand(said, session, tune)
    assert found.kind == "question" and found.question.topic == topic, found


@pytest.mark.parametrize(
    "said",
    ["change the F in bar 3 to Dm", "put a C chord in bar 5 please", "use a better chord in bar 3", "把第3小节的F换成Dm",
     "make it natural minor", "add words that fit the melody", "transpose it to D minor", "swap bars 1 and 2"],
)  # fmt: skip
def test_orders_stay_orders(said):
    found = understand(said, Session().add(AIR.source, "opened"), AIR)
    assert found.kind in ("edit", "refuse"), found


@pytest.mark.parametrize("said", ["write a reel that's different from a hornpipe", "a waltz like Les Patineurs",
                                  "write a tune that's both fast and sad"])  # fmt: skip
def test_wishes_for_tunes_stay_wishes(said):
    assert understand(said, Session(), None).kind == "compose"


def said(message, tune, language="en"):
    return answer(read_question(message, tune), tune, language).text


def test_voices_at_once_and_apart():
    assert said("what interval is it between the voices on beat 3 of bar 2?", DUO) == (
        "On beat 3 of bar 2 B4 sounds over G3: a major tenth."
    )
    assert "bar 2: E5 over C3, a major third and two octaves (28 semitones)" in said(
        "biggest gap between the two lines?", DUO
    )
    assert said("do the parts clash?", DUO).startswith("- Yes: on a beat the voices are dissonant")
    assert "only one voice" in said("how far apart do the voices get at most?", AIR)


def test_words_on_beats_melismas_and_whether_they_fit():
    assert said("which words fall on the strong beats?", AIR).startswith(
        "On the strong beats of bar"
    )
    assert "low" in said("is any syllable sung to more than one note?", AIR)
    short = AIR.source.replace("I will be", "I")
    assert said("do the words fit?", parse_tune(short)).startswith(
        "Not quite: there is no syllable for 2 notes"
    )
    long = AIR.source.replace("will be", "will be there today")
    assert said("歌词对得上吗", parse_tune(long), "zh").startswith("对不上")


def test_which_minor():
    assert said("which kind of minor is it?", AIR).startswith(
        "Both: the seventh degree of A minor comes raised (G♯"
    )
    plain = parse_tune("X:1\nM:4/4\nL:1/4\nK:Dm\nDEFG|AcBA|GFED|C2D2|]\n")
    assert "natural minor" in said("natural or harmonic minor?", plain)
    assert "none of the three" in said("natural or harmonic minor?", DUO)


def test_doubts_are_answered_with_what_explains_the_chord_or_note():
    text = said("is the E7 in bar 2 a mistake?", AIR)
    assert (
        text.startswith("- No, nothing speaks for a mistake in bar 2") and "is the dominant" in text
    )
    assert said("is that G sharp in bar 2 wrong?", AIR).startswith(
        "- No mistake: G♯ in bar 2 is a note of the chord E7"
    )
    assert "There is no chord B♭7" in said("is the Bb7 a mistake?", AIR)


def test_a_secondary_dominant_that_does_not_resolve_is_said_so():
    tune = parse_tune('X:1\nM:4/4\nL:1/4\nK:C\n"C"CEGE|"D7"^FADA|"C"GECE|"G7"DFBd|"C"c4|]\n')
    text = said("what's the D7 doing in bar 2?", tune)
    assert "secondary dominant" in text and "G was to be expected after bar 2, but C comes" in text


def test_another_chord_in_thought_can_be_taken_with_yes():
    session = Session().add(AIR.source, "opened")
    first = turn(session, "what if bar 3 had a Dm?")
    assert not first.changed and "would stand for F" in first.text and first.offers
    second = turn(first.session, "ok try it")
    assert second.changed and '"Dm"A c "G"B G' in second.abc


def test_chords_to_choose_from_can_be_chosen():
    session = Session().add(AIR.source, "opened")
    first = turn(session, "what chord would be nicer than F in bar 3?")
    assert first.text.startswith("1. **") and len(first.offers) >= 2
    chord = first.offers[1].rsplit(" ", 1)[1]
    second = turn(first.session, "go with the second one")
    assert second.changed and f'"{chord}"A c "G"B G' in second.abc
    third = turn(first.session, "how hard is it?")
    assert not turn(third.session, "yes").changed, (
        "an offer is forgotten when something else was said"
    )


def test_leaps_yes_and_no():
    assert said("any leaps bigger than a fifth?", AIR).startswith(
        "No, no leap of bars 0–8 is wider than a fifth."
    )
    assert said("any leaps of an octave or more?", AGAIN).startswith(
        "- Yes, 1 leap as wide as an octave"
    ) or (
        said("any leaps of an octave or more?", AGAIN).startswith(
            "Yes, 1 leap as wide as an octave"
        )
    )


def test_bars_that_return_are_named_in_pairs():
    text = said("which bars come back?", AGAIN)
    assert "bars 1–2 come back as bars 5–6" in text and "bar 9 comes back as bar 11" in text


def test_a_bar_leads_to_the_next():
    text = said("why does bar 7 want to go to bar 8?", AIR)
    assert "V7–i" in text and "G♯ in E7 lies a semitone below A" in text


def test_to_a_child_without_percentages():
    text = said("explain the form to my six year old", AGAIN)
    assert "%" not in text and "bars" in text
    assert "节拍" not in said("给小朋友讲讲拍子", AGAIN, "zh")


def test_an_upbeat_before_a_section_belongs_to_the_next_phrase():
    found = phrases(Material(UPBEATS))
    assert [(p.first_bar, p.last_bar) for p in found][-1] == (4, 8)
    kinds = [c.kind for _, c in closes(Material(UPBEATS))]
    assert "half" not in kinds


def test_octave_instruments_are_read_as_written():
    jig = parse_tune("X:1\nM:6/8\nL:1/8\nK:G\nG2B dBG|A2c ecA|B2d gdB|A3 G3|]\n")
    text = said("is there anything a tin whistle can't reach?", jig)
    assert "as it is written for it" in text and "outside" not in text.split("half-covered")[
        0
    ].replace("Outside the scale", "")
    assert "C in bar 2" in text


def test_every_reason_is_a_term_with_an_example_in_both_languages():
    for name, _ in WHY:
        assert name in terms(), name


def test_chords_and_notes_as_people_write_them():
    assert [c for c, _ in chords_said("a G7 or an A, B minor chord, in bar 3 of the A part")] == [
        "G7",
        "A",
        "Bm",
    ]
    assert [n[0] for n in notes_said("the f sharp, a b flat and 升c")] == ["F#", "Bb", "C#"]


def turn(session, message):
    return list(respond(session, message, backend=ScriptedBackend([]), seed=1))[-1]


@pytest.mark.parametrize(
    ("message", "foreign"),
    [("Schreib mir bitte einen Walzer in G-Dur", True), ("Écris-moi une valse avec des accords", True), ("escribe una canción para mi madre por favor", True),
     ("ハーモニーを付けてください", True), ("왈츠를 써 주세요", True), ("напиши вальс", True), ("allegro con brio", False), ("a waltz", False),
     ("Ave Maria", False), ("写一首圆舞曲", False), ("do re mi fa sol la ti", False), ("andante cantabile, con espressione", False),
     ("play La Marseillaise for me", False), ("D F A D", False)],
)  # fmt: skip
def test_other_languages_are_told(message, foreign):
    assert is_foreign(message) == foreign


def test_what_is_said_beside_the_music():
    assert "English and Chinese only" in turn(Session(), "Schreib mir bitte einen Ländler").text
    who = turn(Session(), "who made you, and will you remember me?")
    assert (
        "Tunewright developers" in who.text
        and "the server stores nothing of our conversation" in who.text
    )
    assert "没有音符" in turn(Session(), "写一首没有音符的曲子").text
    assert "minus eight" in turn(Session(), "a tune with minus eight bars").text
    assert turn(Session(), "you are useless, that last thing was garbage").intent == "answer"
    assert turn(Session(), "which stocks should I buy?").text.startswith("I only make")


@pytest.mark.parametrize(
    ("message", "wrong"),
    [("make it faster and slower at the same time", True), ("又快又慢一点", True), ("louder in bar 1, softer in bar 2", False),
     ("the melody louder and the bass softer, both", False), ("slower and higher at the same time", False),
     ("change the key but keep all the notes", True), ("a tune with no notes longer than a crotchet", False), ("写-4小节", False)],
)  # fmt: skip
def test_wishes_that_exclude_themselves(message, wrong):
    assert (impossible(message) is not None) == wrong


def test_abuse_is_no_wish_and_a_wish_is_no_abuse():
    assert is_abuse("you suck") and is_abuse("你这个程序太烂了")
    assert not is_abuse("your chords are awful, change them") and not is_abuse(
        "a song about a rubbish bin"
    )
