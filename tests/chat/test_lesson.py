"""What is asked for in a lesson: notes of one length, parts in an order, variations, one thing put back, limits that
somebody cannot reach, and what only tells something before it asks. Worked examples in both languages.
"""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abc_tools.edit.registry import run
from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.validate import errors
from chat.act.rewrite import _kept
from chat.session import Session
from chat.understand.intent import understand
from chat.understand.operations import read_operations
from chat.understand.text import clauses, in_letters, normalise
from chat.understand.unread import unread
from chat.understand.wishes import read
from tests.chat.talking import talk, tune_of

WALK = """X:1
T:Walk
M:4/4
L:1/8
Q:1/4=96
K:G
P:A
"G"G2 A2 B2 d2|"C"e2 d2 c4|"D7"d2 c2 B2 A2|"G"G4 G4|
P:B
"C"c2 e2 "G"d2 B2|"D7"A2 B2 c2 d2|"D7"d2 c2 B2 A2|"G"G8|]
"""
PAIR = """X:1
T:Pair
M:3/4
L:1/4
Q:1/4=90
K:F
V:1 name="Oboe"
V:2 name="Bassoon" clef=bass
[V:1] f e d|c2 A|B A G|F3|
[V:2] F,3|A,2 F,|C,3|F,3|]
"""
ENDINGS = """X:1
T:Twice
M:2/4
L:1/8
K:D
|:d2 f2|e2 c2|1 d2 e2|f4:|2 A2 c2|d4|]
"""
SUNG = """X:1
T:Boat
M:2/4
L:1/4
K:G
G A|B G|A F|G2|]
w: row the lit-tle boat a-long
"""


def named(message, abc=WALK):
    return [
        (o.name, o.place and (o.place.first, o.place.last))
        for o in read_operations(message, parse_tune(abc))
    ]


def lengths(voice):
    return {e.duration for e in voice.events if e.notes}


# -- notes ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "message",
    [
        "could the bassoon move in crotchets",
        "the bassoon is dull. let it play only quarter notes",
        "put the bassoon part in quarter notes",
    ],
)
def test_one_voice_moves_in_notes_of_one_length(message):
    before, tune = parse_tune(PAIR), tune_of(PAIR, message)
    assert [e.midi for e in tune.voices[0].events] == [e.midi for e in before.voices[0].events]
    assert lengths(tune.voices[1]) <= {Fraction(1, 4), Fraction(3, 4)}, "the last note is held"
    assert sum(1 for _ in tune.voices[1].events) > sum(1 for _ in before.voices[1].events)


@given(st.sampled_from([Fraction(1, 2), Fraction(1, 4), Fraction(1, 8)]), st.booleans())
@settings(deadline=None, max_examples=12)
def test_equal_notes_keep_every_bar(length, longer):
    for abc in (WALK, PAIR):
        tune = parse_tune(abc)
        try:
            edits = run(
                tune, "in-notes", {"length": str(length), "longer": "yes" if longer else "no"}
            )
        except ValueError:
            continue
        new = parse_tune(apply(abc, edits))
        assert not errors(new)
        assert [m.duration for v in new.voices for m in v.measures] == [
            m.duration for v in tune.voices for m in v.measures
        ]
        symbols = [
            [e.chord_symbol for e in t.measures[0].events if e.chord_symbol] for t in (tune, new)
        ]
        assert symbols[0] == symbols[1]


def test_figures_keep_the_notes_where_they_were():
    before, tune = (
        parse_tune(WALK),
        tune_of(WALK, "liven the first four bars up with some running quavers"),
    )
    for old, new in zip(before.measures[:4], tune.measures[:4], strict=True):
        there = {e.onset: e.midi for e in new.events}
        assert all(there[e.onset] == e.midi for e in old.events)
    assert [m.events for m in tune.measures[4:]] != [] and tune.bar_count == before.bar_count


@pytest.mark.parametrize(
    ("message", "bar", "first"),
    [
        ("dot the crotchets in bar 1", 1, Fraction(3, 8)),
        ("bar 3 in a dotted rhythm please", 3, Fraction(3, 8)),
        ("第1小节改成附点节奏", 1, Fraction(3, 8)),
    ],
)
def test_quarters_are_dotted_where_there_are_no_eighths(message, bar, first):
    tune = tune_of(WALK, message)
    assert tune.measures[bar - 1].events[0].duration == first
    assert tune.measures[4].events[0].duration == Fraction(1, 4)


@pytest.mark.parametrize(
    ("message", "bar", "letter"),
    [
        ("bar 2, top note to c instead of e", 2, "C"),
        ("the lowest note of bar 3 should be a g", 3, "G"),
        ("第2小节最高的音改成C", 2, "C"),
    ],
)
def test_the_highest_or_lowest_note_of_a_bar(message, bar, letter):
    before, tune = parse_tune(WALK), tune_of(WALK, message)
    changed = [
        m.number
        for m, n in zip(before.measures, tune.measures, strict=True)
        if [e.midi for e in m.events] != [e.midi for e in n.events]
    ]
    assert changed == [bar]
    assert letter in {n.written.step for e in tune.measures[bar - 1].events for n in e.notes}


@pytest.mark.parametrize(
    "message",
    [
        "my sopranos can't get above D, please fix anything higher",
        "they cannot reach the high e. could you bring that one note down and leave the rest",
        "最高别超过高音re",
    ],
)
def test_what_cannot_be_reached_is_brought_down_and_nothing_else(message):
    before, tune = parse_tune(WALK), tune_of(WALK, message)
    highest = max(n for m in tune.measures for e in m.events for n in e.midi)
    assert highest <= 74
    old = [e.midi for m in before.measures for e in m.events]
    new = [e.midi for m in tune.measures for e in m.events]
    assert all(a == b for a, b in zip(old, new, strict=True) if max(a) <= 74)


# -- the shape of the whole -------------------------------------------------------------------


def test_parts_come_in_the_order_that_is_said():
    for message in ("play it as B A B", "先B后A，最后再来一遍B", "make the order B, A, B"):
        tune = tune_of(WALK, message)
        assert tune.bar_count == 12
        assert tune.measures[0].events[0].midi == (72,) and tune.measures[4].events[0].midi == (67,)
        assert [f.value for f in tune.fields if f.name == "P"] == ["B", "A", "B"]


def test_variations_stand_behind_the_theme():
    tune = tune_of(WALK, "add two variations")
    assert tune.bar_count == 24
    old = [e.midi for m in parse_tune(WALK).measures for e in m.events]
    assert [e.midi for m in tune.measures[:8] for e in m.events] == old
    assert len([e for m in tune.measures[8:16] for e in m.events]) > len(old)
    assert tune_of(WALK, "写一段变奏").bar_count == 16


def test_one_ending_for_two_is_the_last_one():
    tune = tune_of(ENDINGS, "just one plain ending please, no first and second endings")
    assert tune.bar_count == 4 and not any(m.ending for m in tune.measures)
    assert tune.measures[-1].after.repeat_end and tune.measures[-1].events[0].midi == (74,)


@pytest.mark.parametrize(
    ("message", "bars"),
    [
        ("double the length", 16),
        ("make it half the length", 4),
        ("写长一倍", 16),
        ("could you add another four bars", 12),
    ],
)
def test_length_is_said_in_shares(message, bars):
    operations = read_operations(message, parse_tune(WALK))
    said = {
        "longer": {16: {"twice": "yes"}, 12: {"more": "4"}}.get(bars),
        "new-length": {"bars": str(bars)},
    }
    assert [o.values for o in operations] == [said[operations[0].name]]


def test_a_voice_between_two_lies_between_them():
    tune = tune_of(
        PAIR, "a viola is joining us, could you write a part for it in between the other two"
    )
    assert [v.name for v in tune.voices] == [
        "Oboe",
        "Bassoon",
        "Viola",
    ] and "%%score 1 3 2" in tune.source
    top, low, middle = tune.voices
    for a, b, c in zip(top.measures, low.measures, middle.measures, strict=True):
        assert c.duration == a.duration
        assert min(n for e in b.events for n in e.midi) <= min(n for e in c.events for n in e.midi)
        assert max(n for e in c.events for n in e.midi) <= max(n for e in a.events for n in e.midi)


def test_names_of_notes_stand_under_them():
    tune = tune_of(
        SUNG.replace("w: row the lit-tle boat a-long\n", ""),
        "write the letter names under the notes",
    )
    assert [s for e in tune.voices[0].events for s in e.syllables] == [
        *list("GABGAF")[:5],
        "F♯",
        "G",
    ]
    assert "Remove the words first" in talk(SUNG, "write the note names underneath").text
    sung = tune_of(SUNG.replace("w: row the lit-tle boat a-long\n", ""), "写上唱名")
    assert [s for e in sung.voices[0].events for s in e.syllables][:3] == ["do", "re", "mi"]


# -- chords -----------------------------------------------------------------------------------


def symbols(tune):
    return [e.chord_symbol for m in tune.measures for e in m.events if e.chord_symbol]


@pytest.mark.parametrize(
    ("message", "old", "new", "bar"),
    [
        ("swap the C in bar 2 for an A minor", "C", "Am", 2), ("could we have an E minor instead of the G in bar 1", "G", "Em", 1),
        ("change the D7s to plain Ds, the chords I mean", "D7", "D", None),
    ],
)  # fmt: skip
def test_a_chord_for_another_in_words(message, old, new, bar):
    tune = tune_of(WALK, message)
    found = [(m.number, e.chord_symbol) for m in tune.measures for e in m.events if e.chord_symbol]
    places = [
        m.number for m in parse_tune(WALK).measures for e in m.events if e.chord_symbol == old
    ]
    assert [b for b, s in found if s == new] == ([bar] if bar else places)


def test_a_chord_that_a_question_was_about_and_then_everywhere():
    asked = ("what chord is in bar 3?", "could that be a plain D instead")
    once = tune_of(WALK, *asked)
    assert symbols(once).count("D") == 1 and symbols(once).count("D7") == 2
    every = tune_of(WALK, *asked, "do the same everywhere it comes")
    assert symbols(every).count("D") == 3 and "D7" not in symbols(every)


def test_a_chord_that_hands_cannot_play_goes_everywhere():
    assert "D7" not in symbols(tune_of(WALK, "D7我按不好，都换成D吧"))


# -- back ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "back", "field"),
    [("slow it to 60", "put the tempo back", "Q"), ("try it in 3/4", "hm, go back to 4/4", "M"), ("put it in A", "back to G please", "K"),
     ("速度改成60", "速度改回来", "Q"), ("call it \"Rain\"", "the old title was nicer, put the title back", "T")],
)  # fmt: skip
def test_one_thing_goes_back_to_what_it_was(change, back, field):
    tune = tune_of(WALK, change, back)
    assert next(f.value for f in tune.fields if f.name == field) == next(
        f.value for f in parse_tune(WALK).fields if f.name == field
    )


def test_what_came_between_stays():
    tune = tune_of(WALK, "slow it to 60", "put it in D", "put the tempo back")
    assert tune.key.name == "D major" and round(tune.tempo.bpm) == 96


@pytest.mark.parametrize(
    "back",
    ["hmm no, don't like that, take it out again", "nah, take it out", "i don't like that. undo"],
)
def test_what_is_not_liked_is_undone(back):
    assert len(parse_tune(talk(WALK, "add a left hand", back).abc).voices) == 1


def test_back_and_something_else_instead():
    reply = talk(
        WALK, "make it minor", "that's lost the sunshine. go back, and only make bars 5 to 8 minor"
    )
    tune = parse_tune(reply.abc)
    assert tune.measures[0].key.name == "G major" and tune.measures[4].key.name == "G minor"


# -- what a clause only tells -------------------------------------------------------------------


def test_what_is_told_of_some_bars_is_where_the_change_goes():
    assert named("The B part sits too high for us. Drop just that bit an octave") == [
        ("octave", (5, 8))
    ]
    assert named("附点太多的地方都改匀，另外第2小节太高了，降个八度")[-1] == ("octave", (2, 2))


def test_what_somebody_thinks_is_no_change():
    assert named("turn it into minor, my gran thinks it's too cheerful") == [("mode", None)]


def test_a_key_and_a_direction_are_one_change():
    before, tune = parse_tune(WALK), tune_of(WALK, "put it in C, lower rather than higher")
    assert tune.key.name == "C major"
    assert max(n for e in tune.voices[0].events for n in e.midi) < max(
        n for e in before.voices[0].events for n in e.midi
    )


@pytest.mark.parametrize(
    "message",
    ["the words? i really don't want them", "歌词？不要了", "as for the words, we don't need them"],
)
def test_what_is_not_wanted_is_named_first(message):
    assert not any(s for e in tune_of(SUNG, message).voices[0].events for s in e.syllables)


def test_a_title_and_a_composer_in_one_message():
    tune = tune_of(WALK, "rename it Paper Boats and credit me, Ines Silva, as composer")
    fields = {f.name: f.value for f in tune.fields}
    assert (fields["T"], fields["C"]) == ("Paper Boats", "Ines Silva")
    assert {
        f.name: f.value
        for f in tune_of(WALK, "it's not called that any more, it's Granny's Hat").fields
    }["T"] == "Granny's Hat"


def test_chinese_sentences_end_at_their_full_stops():
    text = normalise("只把B段变小调呢？A段别动。A段再慢一点")
    assert [text[a:b] for a, b in clauses(text)] == ["只把B段变小调呢", "A段别动", "A段再慢一点"]
    assert normalise("要swing的感觉，标题《我的song》") == "要 swing 的感觉,标题《我的song》"
    assert in_letters("别超过高音do") == "别超过高音C" and in_letters("do it") == "do it"


def test_a_wish_about_a_song_that_is_there_is_no_new_song():
    tune = parse_tune(SUNG)
    intent = understand("孩子们嗓子够不着，整首往下移一个大二度，歌词别动", Session(), tune)
    assert intent.kind == "edit" and [o.name for o in intent.operations] == ["transpose"]
    assert (
        understand(
            "a town theme for my game, 8 bars, it has to loop back to the start", Session(), None
        ).kind
        == "compose"
    )


# -- wishes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("a tune for recorder, nothing above top D", {"range": "- D5"}),
        ("a piece in C position for piano", {"range": "C4 G4"}),
        ("a warm-up, nothing outside D to A", {"range": "D4 A4"}),
        ("写首儿歌，最高别超过高音mi", {"range": "- E5"}),
        ("一首进行曲，A段B段各6小节", {"form": "AB"}),
        ("圆舞曲，d小调开头，中间8小节换成D大调，最后再回来，一共32小节", {"bars": "32", "form": "ABA", "modulation": "parallel"}),
        ("来个十五秒的开场音乐", {"seconds": "15"}),
        ("练习曲，只用四分、八分和附点四分", {"note_values": "3/8 1/4 1/8"}),
        ("a march for trumpet with a tuba underneath", {"instrument": "trumpet", "voices": "2"}),
    ],
)  # fmt: skip
def test_wishes_are_read(message, values):
    found = read(message).values
    assert {name: found.get(name) for name in values} == values


def test_a_part_of_so_many_bars_is_no_length_of_the_whole():
    wishes = read("一首进行曲，A段B段各6小节")
    assert "bars" not in wishes.values and wishes.details["part-size"] == "6"
    assert read("圆舞曲，中间8小节换成D大调，一共32小节").details["part-B"] == "8"


def test_a_round_has_the_voices_that_enter():
    found = read("we are a choir and would love a round in three parts about apples").values
    assert found["canon"] == "3 2" and "voices" not in found


def test_english_words_inside_chinese_are_read():
    assert unread("写一首八小节的曲子，要swing的感觉") == ["要 swing 的感觉"]


def test_a_draft_that_lost_a_bar_is_compared_too():
    tune = parse_tune(WALK)
    shorter = parse_tune(WALK.replace('"D7"d2 c2 B2 A2|"G"G8|]', '"G"G8|]'))
    assert _kept(tune, shorter, list(tune.measures[6:]), "something different") == 0
    assert _kept(tune, tune, list(tune.measures[:4]), "livelier") == 4
