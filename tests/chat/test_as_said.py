"""Changes made as they were said: what a complaint asks for, which voice and which bars words point at, how much of a
thing, for how long. Worked examples in both languages, in other words than those that brought them up.
"""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from fractions import Fraction

import pytest

from abc_tools.parse import parse_tune
from chat.act.sing import _theme_said
from chat.session import Session
from chat.understand.intent import understand
from chat.understand.operations import read_operations
from tests.chat.talking import talk, tune_of

WALK = """X:1
T:Walk
M:4/4
L:1/8
Q:1/4=100
K:G
P:A
"G"G2 A2 B2 d2|"C"e2 d2 B4|"D"c2 B2 A2 G2|"D7"A4 D4|
P:B
"G"g2 a2 b2 g2|"C"e2 d2 B4|"D7"A2 B2 A2 F2|"G"G8|]
"""
PAIR = """X:1
T:Pair
M:4/4
L:1/4
Q:1/4=90
K:C
V:1 name="Flute"
V:2 name="Cello" clef=bass
[V:1] c d e c|e f g2|a g f e|d4|
[V:2] C,2 G,2|C,2 E,2|F,2 A,2|G,4|
"""
PARTS = """X:1
T:Three
M:2/4
L:1/8
P:ABC
K:D
P:A
|:d2 f2|e2 c2:|
P:B
|:a2 f2|g2 e2:|
P:C
|:f2 d2|c2 d2:|
"""


def told(message, abc=WALK):
    """Name, values and bars of the changes that a message is read as."""
    return [
        (o.name, {k: v for k, v in o.values.items() if k != "said"}, o.place and (o.place.first, o.place.last))
        for o in understand(message, Session(), parse_tune(abc)).operations
    ]  # fmt: skip


READ = [
    # an order with a complaint in front is an order
    ("Too low for the altos - could we bring it up so the bottom note is F#?", [("transpose", {"semitones": "4"}, None)]),
    ("it's too high for our juniors. down a minor third", [("transpose", {"semitones": "-3"}, None)]),
    ("My penny whistle is in C, could you move everything so it fits?", [("key", {"key": "C"}, None)]),
    ("我的口琴是F调的，帮我移一下", [("key", {"key": "F"}, None)]),
    ("our clarinets play in B flat so please write it out for them", [("instrument", {"name": "clarinet", "sounding": "yes"}, None)]),
    ("最难的小节简化一下", [("simplify", {}, (5, 5))]),
    # how much faster
    ("halve the speed", [("tempo-by", {"factor": "0.5"}, None)]),
    ("slower by twenty percent", [("tempo-by", {"factor": "0.8"}, None)]),
    ("speed it up by a third", [("tempo-by", {"factor": "1.333"}, None)]),
    ("慢五分之一", [("tempo-by", {"factor": "0.8"}, None)]),
    ("速度再降到六十", [("tempo", {"bpm": "60"}, None)]),
    ("能慢一点吗，八十左右", [("tempo", {"bpm": "80"}, None)]),
    # the level that is named
    ("bars 5-8 softer please, mark them pp", [("dynamic", {"level": "pp"}, (5, 8))]),
    ("dot it up: turn the even crotchets into dotted ones in bars 1-2", [("swing", {"style": "dotted", "of": "quarters"}, (1, 2))]),
    # limits
    ("can the second half stay below f, my whistle squeaks", [("limit-range", {"high": "F#5"}, (5, 8))]),
    ("nothing below D please", [("limit-range", {"low": "D4"}, None)]),
    # where
    ("a D drone for the last two bars please", [("add-drone", {"note": "D"}, (7, 8))]),
    ("加个D的持续低音，只在最后两小节", [("add-drone", {"note": "D"}, (7, 8))]),
    ("write words for it, just the first four bars", [("write-words", {}, (1, 4))]),
    ("keep only the first four bars", [("keep-bars", {}, (1, 4))]),
    # the second time
    ("repeat the last two bars, slower the second time", [("repeat-bars", {"way": "written"}, (7, 8)), ("tempo-by", {"factor": "0.82"}, (9, 10))]),
    ("softer the second time through", [("left-aside", {}, None)]),
    # how long one note is
    ("make the last note a whole note", [("note-length", {"length": "1", "nth": "-1"}, (8, 8))]),
    ("the final note is too long, make it a crotchet", [("note-length", {"length": "1/4", "nth": "-1"}, (8, 8))]),
    ("could the first note of bar 3 be a dotted quarter", [("note-length", {"length": "3/8", "nth": "1"}, (3, 3))]),
    ("最后那个音太长了，改成四分音符", [("note-length", {"length": "1/4", "nth": "-1"}, (8, 8))]),
    ("第2小节的长音改成四分音符加四分音符", [("split-note", {"lengths": "1/4 1/4"}, (2, 2))]),
    ("put a dot on the first note in every bar", [("note-length", {"dot": "yes", "nth": "1", "each": "yes"}, None)]),
    ("no notes longer than a minim in the second half", [("note-length", {"most": "1/2"}, (5, 8))]),
    ("draw out the word 'home' for two more bars", [("hold-word", {"word": "home", "bars": "2"}, None)]),
    ("把“月”字拖长一小节", [("hold-word", {"word": "月", "bars": "1"}, None)]),
    ("put the last bar in quarter notes", [("in-notes", {"length": "1/4"}, (8, 8))]),
    ("change the last note to a C", [("alter-notes", {"to": "C", "nth": "-1"}, (8, 8))]),
    # a tag
    ("add a two bar tag that dies away", [("ending", {"kind": "tag", "bars": "2"}, None), ("hairpin", {"kind": "softer"}, (7, 8))]),
]  # fmt: skip


@pytest.mark.parametrize(("message", "operations"), READ)
def test_it_is_read_as_it_is_said(message, operations):
    assert told(message) == operations


def test_a_question_stays_one():
    tune = parse_tune(WALK)
    assert understand("is it too low for altos?", Session(), tune).kind == "question"
    assert understand("最难的小节是哪里？", Session(), tune).kind == "question"


def test_parts_and_what_comes_after_them():
    assert told("switch B and C over, and finish with A twice at the end", PARTS)[0][1] == {
        "parts": "ACBAA"
    }


def test_a_tag_closes_what_has_not_closed():
    open_end = WALK.replace('|"G"G8|]', '|"D7"F8|]')
    tune = tune_of(open_end, "add a 2-bar coda that fades")
    last = tune.measures[-1]
    assert tune.bar_count == 10
    assert [e.notes[0].pitch.step for e in last.events] == ["G"]


def test_a_drone_is_only_where_it_is_wanted():
    tune = tune_of(WALK, "add a D drone under bars 5-6")
    sounding = {m.number for m in tune.voices[-1].measures if any(e.notes for e in m.events)}
    assert sounding == {5, 6}
    assert {n.pitch.step for e in tune.voices[-1].events for n in e.notes} == {"D"}


def test_she_is_the_voice_that_was_added():
    before = tune_of(PAIR, "add a viola in between")
    tune = tune_of(PAIR, "add a viola in between", "only quarter notes for her please")
    for number in (0, 1):
        assert [e.midi for e in tune.voices[number].events] == [
            e.midi for e in before.voices[number].events
        ]
    assert len(list(tune.voices[2].events)) > len(list(before.voices[2].events))


def test_that_one_is_the_part_that_was_named():
    reply = talk(WALK, "which part is harder?", "an easier version of that one please")
    bars = {m.number for m in parse_tune(reply.abc).measures}
    assert reply.changed
    changed = {
        n.number for n, o in zip(parse_tune(reply.abc).measures, parse_tune(WALK).measures, strict=True)
        if [e.duration for e in n.events] != [e.duration for e in o.events]
    }  # fmt: skip
    assert changed <= {1, 2, 3, 4} or changed <= {5, 6, 7, 8}
    assert bars == set(range(1, 9))


def test_a_long_note_in_pieces_with_their_pitches():
    tune = tune_of(
        PAIR, "split the long note in bar 4 of the cello into two half notes, first G then B"
    )
    assert [e.notes[0].pitch.name for e in tune.voices[1].measures[3].events] == ["G3", "B3"]
    assert [e.duration for e in tune.voices[0].measures[3].events] == [1]


def test_some_bars_can_be_simpler_than_quarters():
    tune = tune_of(WALK, "bar 3 is too hard, make it easier")
    assert len(tune.measures[2].events) == 2
    assert len(tune.measures[0].events) == 4


def test_nothing_is_said_twice_of_one_voice():
    found = read_operations("too busy, half notes only for the cello", parse_tune(PAIR))
    assert [(o.name, o.voice) for o in found] == [("in-notes", "2")]


SUNG = """X:1
T:Boat
M:4/4
L:1/4
K:G
"G"G A B2|"D"A F D2|"G"G2 B2|"G"G4|]
w: row the boat, down the stream, my love, oh
"""


def test_a_note_takes_its_time_from_its_neighbours():
    bar = tune_of(WALK, "make the first note of bar 1 a half note").measures[0]
    assert [(e.notes[0].pitch.step, e.duration) for e in bar.events] == [
        ("G", Fraction(1, 2)), ("B", Fraction(1, 4)), ("D", Fraction(1, 4)),
    ]  # fmt: skip
    bar = tune_of(
        WALK, "the last note of bar 7 should be a half note, drop what is before it"
    ).measures[6]
    assert [e.notes[0].pitch.step for e in bar.events] == ["A", "B", "F"]
    bar = tune_of(WALK, "shorten the last note to a half note").measures[-1]
    assert [(e.kind, e.duration) for e in bar.events] == [
        ("note", Fraction(1, 2)),
        ("rest", Fraction(1, 2)),
    ]


def test_only_what_can_grow_is_dotted():
    tune = tune_of(WALK, "dot the first note of every bar that starts with a half note")
    assert [e.duration for e in tune.measures[3].events] == [Fraction(3, 4), Fraction(1, 4)]
    assert len(tune.measures[0].events) == 4


def test_a_word_is_held_and_the_words_stay():
    tune = tune_of(SUNG, "hold the word 'love' one bar longer")
    assert tune.bar_count == 5
    assert tune.measures[2].events[-1].tie
    sung = [s for e in tune.voices[0].events for s in e.syllables if s]
    assert sung == [s for e in parse_tune(SUNG).voices[0].events for s in e.syllables if s]
    reply = talk(SUNG, "the first note of bar 1 should be a half note")
    assert not reply.changed, "a sung note would go"


def test_no_note_is_longer_than_said():
    tune = tune_of(WALK, "no note longer than a half note please")
    assert max(e.duration for e in tune.voices[0].events if e.notes) == Fraction(1, 2)


def heights(tune, first, last):
    return [
        max(n for e in m.events for n in e.midi) for m in tune.measures if first <= m.number <= last
    ]


@pytest.mark.parametrize(
    ("message", "rises"),
    [
        ("bars 1-4 should climb", True),
        ("第1到4小节往上走", True),
        ("let bars 1-4 sink downwards", False),
    ],
)
def test_bars_go_the_way_that_is_said(message, rises):
    before, tune = parse_tune(WALK), tune_of(WALK, message)
    new = heights(tune, 1, 4)
    gone = (new[2] + new[3]) - (new[0] + new[1])
    was = heights(before, 1, 4)
    assert (gone > (was[2] + was[3]) - (was[0] + was[1])) is rises
    for one, other in zip(tune.measures, before.measures, strict=True):
        assert [e.duration for e in one.events] == [e.duration for e in other.events]
        assert [e.chord_symbol for e in one.events] == [e.chord_symbol for e in other.events]


def test_an_end_that_is_higher_stays_on_the_tonic():
    tune = tune_of(WALK, "could it end on a higher note")
    assert heights(tune, 1, 6) == heights(parse_tune(WALK), 1, 6)
    last = tune.measures[-1].events[-1].notes[0].pitch
    assert (last.step, last.octave) == ("G", 5)
    tune = tune_of(WALK, "最后两小节高一点，更响")
    assert tune.measures[-1].events[-1].notes[0].pitch.name == "G4"
    assert tune.measures[6].events[0].decorations and not tune.measures[0].events[0].decorations


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("in line one, 'boat' should be 'ship'. sorry, typo", {"old": "boat", "new": "ship"}),
        ("Change 'love' to 'heart' in the words, the rest stays", {"old": "love", "new": "heart"}),
    ],
)
def test_a_word_for_another_whatever_is_said_besides(message, values):
    assert [(n, v) for n, v, _ in told(message, SUNG)] == [("replace-word", values)]


@pytest.mark.parametrize(
    ("message", "theme"),
    [("another verse please. keep it summery", "summer"), ("歌词换成写冬天的", "冬天"), ("words for the bridge", "")],
)  # fmt: skip
def test_words_are_about_what_is_said_anywhere(message, theme):
    assert _theme_said(message) == theme


def test_a_little_different_stays_the_same_music():
    before, tune = parse_tune(WALK), tune_of(WALK, "make the B part slightly different")
    assert [e.chord_symbol for m in tune.measures for e in m.events if e.chord_symbol] == [
        e.chord_symbol for m in before.measures for e in m.events if e.chord_symbol
    ]
    for old, new in zip(before.measures[4:7], tune.measures[4:7], strict=True):
        assert old.events[0].midi == new.events[0].midi
        assert len(new.events) > len(old.events)


# -- endings and repeats ----------------------------------------------------------------------

REPEATED = """X:1
T:Twice
M:4/4
L:1/4
K:G
|:G A B d|B A G2:|
|:d e d B|A B G2:|
"""
ENDS = [
    ("a different ending", [("rewrite", {}, (5, 8))]),
    ("give the A part another ending", [("rewrite", {}, (3, 4))]),
    ("can you give it a spooky ending?", [("rewrite", {"as": "spooky"}, (5, 8))]),
    ("给A段换一个结尾", [("rewrite", {}, (3, 4))]),
    ("it needs to close properly, a strong cadence", [("ending", {"kind": "cadence"}, None)]),
    ("最后用正格终止收", [("ending", {"kind": "cadence"}, None)]),
    ("把最后一小节改得收得住", [("ending", {"kind": "held"}, None)]),
    ("first and second endings for the first half please", [("ending", {"kind": "first-second", "at": "4"}, None)]),
    ("第二遍的结尾换一个", [("ending", {"kind": "first-second"}, None)]),
    ("scrap the repeats", [("drop-repeats", {}, None)]),
    ("把反复记号去掉", [("drop-repeats", {}, None)]),
    ("remove the repeat signs in the second half", [("drop-repeats", {}, (5, 8))]),
    ("take the repeats out and write each part out in full twice", [("write-out-repeats", {}, None)]),
    ("把反复展开", [("write-out-repeats", {}, None)]),
    ("gimme a 2 bar intro and an ending", [("intro", {"bars": "2", "kind": "ending"}, None), ("ending", {"kind": "tag", "bars": "2"}, None)]),
    ("cancel all the soft and loud marks", [("remove-ornaments", {"kinds": "dynamics"}, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("message", "operations"), ENDS)
def test_an_end_or_a_repeat_is_read_as_it_is_said(message, operations):
    assert told(message) == operations


def test_repeats_go_where_they_are_named():
    tune = tune_of(REPEATED, "ditch the repeats")
    assert not any(m.after and m.after.repeat_end for m in tune.measures)
    assert tune.bar_count == 4
    tune = tune_of(REPEATED, "drop the repeats in the first half")
    assert [bool(m.after and m.after.repeat_end) for m in tune.measures] == [
        False,
        False,
        False,
        True,
    ]


def test_two_endings_stand_at_the_part_that_is_named():
    tune = tune_of(
        REPEATED, "a first and second ending on the A part, the second one leading into bar 3"
    )
    endings = [(m.number, m.ending) for m in tune.measures if m.ending]
    assert [n for n, _ in endings] == [2, 3]
    lead = [e.notes[0].pitch.diatonic for e in tune.measures[2].events]
    assert lead[-1] == tune.measures[3].events[0].notes[0].pitch.diatonic - 1


def test_a_cadence_goes_by_the_dominant_home():
    tune = tune_of(WALK, "finish with a proper cadence")
    assert [e.chord_symbol for m in tune.measures[-2:] for e in m.events if e.chord_symbol] == [
        "D7",
        "G",
    ]
    assert tune.measures[-1].events[0].notes[0].pitch.step == "G"


def test_a_shortened_tune_does_not_end_on_an_upbeat():
    long = WALK.replace('"D7"A4 D4', '"G"G6 f2')
    tune = tune_of(long, "shorten it to 4 bars")
    assert [e.duration for e in tune.measures[-1].events] == [1]


# -- players and signs ------------------------------------------------------------------------


def test_a_voice_is_written_for_another_player():
    reply = talk(
        PAIR, "I have a viola instead of the cello, can you rewrite the lower part for her?"
    )
    tune = parse_tune(reply.abc)
    assert [v.name for v in tune.voices] == ["Flute", "Viola"] and tune.voices[1].clef == "alto"
    assert min(n for e in tune.voices[1].events for n in e.midi) >= 48
    tune = tune_of(PAIR, "make the top line a violin, an octave down")
    assert tune.voices[0].name == "Violin"
    assert [n for e in tune.voices[0].events for n in e.midi] == [
        n - 12 for e in parse_tune(PAIR).voices[0].events for n in e.midi
    ]


def test_a_part_of_a_choir_is_no_instrument():
    choir = PAIR.replace('"Cello"', '"Tenor"')
    assert told("Tenor part only: change bar 3 a bit", choir) == [("rewrite", {}, (3, 3))]


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("add an ornament or two", {"kind": "trill", "most": "2"}),
        ("a mordent or a trill here and there", {"kind": "trill mordent", "most": "2"}),
        ("每个乐句开头加个倚音", {"kind": "grace", "at": "phrases"}),
        ("put a trill on the first note of every bar", {"kind": "trill", "at": "bars"}),
    ],
)
def test_how_many_signs_and_where(message, values):
    assert [(n, v) for n, v, _ in told(message)] == [("add-ornaments", values)]


def test_two_ornaments_are_two():
    tune = tune_of(WALK, "add an ornament or two in the first half")
    assert sum(len(e.decorations) for e in tune.voices[0].events) == 2


def test_the_high_one_alone_goes_down():
    tune = tune_of(WALK, "孩子们吹不到第5小节的高音b，降个八度")
    old = [e.midi for e in parse_tune(WALK).measures[4].events]
    new = [e.midi for e in tune.measures[4].events]
    assert [a != b for a, b in zip(old, new, strict=True)] == [False, False, True, False]


def test_who_wrote_it():
    assert told("it was my uncle Bob who wrote this so put his name on as composer") == [
        ("set-field", {"name": "C", "value": "Bob"}, None)
    ]


# -- what else strangers say ------------------------------------------------------------------

MORE = [
    ("make it finish on an F sharp", [("alter-notes", {"to": "F#", "nth": "-1"}, (8, 8))]),
    ("end on a B please", [("alter-notes", {"to": "B", "nth": "-1"}, (8, 8))]),
    ("can we hear bar 4 once more at the end", [("copy-bars", {"after": "end"}, (4, 4))]),
    ("the last note is too short, hold it for two bars", [("hold-word", {"last": "yes", "bars": "1"}, None)]),
    ("最后一个音再延长两小节", [("hold-word", {"last": "yes", "bars": "2"}, None)]),
    ("第4小节的音改成两个二分音符", [("split-note", {"count": "2", "length": "1/2"}, (4, 4))]),
    ("最后一小节加个延长记号，慢一点", [("add-ornaments", {"kind": "fermata"}, (8, 8)), ("slow-down", {"kind": "slower"}, (7, 8))]),
    ("the first two bars staccato and the rest legato", [("add-ornaments", {"kind": "staccato"}, (1, 2)), ("slur", {}, (3, 8))]),
    ("move the tune in bars 5-8 up a third but keep the chords", [("melody-steps", {"steps": "2"}, (5, 8))]),
    ("旋律上移三度，和弦不动", [("melody-steps", {"steps": "2"}, None)]),
    ("a breath before bar 5", [("add-ornaments", {"kind": "breath"}, (4, 4))]),
    ("call it Snow", [("set-field", {"name": "T", "value": "Snow"}, None)]),
    ("the B part needs an upbeat of one quaver", [("left-aside", {}, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("message", "operations"), MORE)
def test_other_ways_of_saying_it(message, operations):
    assert told(message) == operations


PLAYERS = [
    ("move just the flute up a third", [("transpose-diatonic", "1")]),
    ("move the flute up a major third", [("transpose", "1")]),
    ("let the cello come in two bars later", [("rest-voice", None)]),
    ("大提琴第3小节才进", [("rest-voice", None)]),
    ("lose the cello", [("remove-voice", None)]),
    ("把长笛去掉", [("remove-voice", None)]),
    ("the cello should double the flute in bars 3-4", [("double-voice", None)]),
    ("两个声部都轻一点", [("quieter", None)]),
]


@pytest.mark.parametrize(("message", "operations"), PLAYERS)
def test_players_that_are_named(message, operations):
    found = understand(message, Session(), parse_tune(PAIR)).operations
    assert [(o.name, o.voice) for o in found] == operations


def test_a_voice_doubles_another_in_its_own_octave():
    tune = tune_of(PAIR, "the cello should double the flute in bars 3-4")
    for one, other in zip(tune.voices[0].measures[2:], tune.voices[1].measures[2:], strict=True):
        assert [
            (n - m) % 12
            for a, b in zip(one.events, other.events, strict=True)
            for n, m in zip(a.midi, b.midi, strict=True)
        ] == [0] * len(one.events)
    assert max(n for e in tune.voices[1].events for n in e.midi) < 60


def test_small_words_are_no_words_of_the_song():
    assert told("take it down a tone, it's too high for the men", SUNG) == [
        ("transpose", {"semitones": "-2"}, None)
    ]
    found = told("put the words of verse two: shine the big moon all the night, my star, ah", SUNG)
    assert [(n, v["verse"]) for n, v, _ in found] == [("set-lyrics", "2")]


def test_what_would_be_nice_and_what_comes_next():
    assert told("but chords would be nice", SUNG) == [("add-chords", {}, None)]
    assert told("有和弦就好了", SUNG) == [("add-chords", {}, None)]
    assert told("can we have it in F instead of G") == [("key", {"key": "F"}, None)]
    tune = tune_of(WALK, "bars 1-2 an octave higher", "and the next two as well")
    assert heights(tune, 1, 4) == [n + 12 for n in heights(parse_tune(WALK), 1, 4)]
    tune = tune_of(WALK, "slower", "back to the start", "now half that")
    assert tune.tempo.bpm == 50


LAST_ONES = [
    ("slower by 20 bpm", [("tempo-by", {"add": "-20"}, None)]),
    ("lower everything after bar 4 by an octave", [("octave", {"octaves": "-1"}, (5, 8))]),
    ("整个降一个八度", [("octave", {"octaves": "-1"}, None)]),
    ("play it without the second part", [("delete-bars", {}, (5, 8))]),
    ("the chord in bar 2 clashes, try Am instead", [("set-chords", {"at": "2:1=Am"}, None)]),
    ("第2小节的和弦不好听，换成Am吧", [("set-chords", {"at": "2:1=Am"}, None)]),
    ("the tune wants to be in A", [("key", {"key": "A"}, None)]),
    ("give the last bar a proper long note", [("ending", {"kind": "held"}, None)]),
    ("最后一小节只留一个长音", [("ending", {"kind": "held"}, None)]),
    (
        "make bars 1-4 more exciting, a bit higher maybe, but keep the chords",
        [("rewrite", {"way": "higher"}, (1, 4))],
    ),
    ("bring bars 1-2 down a third", [("transpose-diatonic", {"steps": "-2"}, (1, 2))]),
    ("bring bars 1-2 down a major third", [("transpose", {"semitones": "-4"}, (1, 2))]),
]


@pytest.mark.parametrize(("message", "operations"), LAST_ONES)
def test_numbers_places_and_chords_of_a_message(message, operations):
    assert told(message) == operations


def test_a_note_by_its_word_and_a_voice_by_its_player():
    assert told("put the note on 'love' an octave up", SUNG) == [
        ("alter-notes", {"to": "octave-up", "name": "B4"}, (3, 3))
    ]
    assert not talk(SUNG, "把歌词的两行对调").changed
    found = understand("the cello louder please", Session(), parse_tune(PAIR)).operations
    assert [(o.name, o.voice) for o in found] == [("louder", "2")]
    assert talk(PAIR, "let the cello be more mellow").intent != "compose"
