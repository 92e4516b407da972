"""Single notes and exact places, as people name them: which notes of which bars, and that nothing else changes. Worked
examples in both languages, in other words than those that brought them up.
"""

import pytest

from abc_tools.parse import parse_tune
from chat.act.picked_sayings import SAYINGS
from chat.understand.operations import read_operations
from chat.understand.place import bars_of, sections_named
from chat.understand.rephrased import rephrased
from chat.understand.text import normalise
from tests.chat.talking import talk, tune_of

LAMP = """X:1
T:Lamp
M:4/4
L:1/4
Q:1/4=90
K:G
G A B d|e d B2|c (3ABc A|G2 z2|
g f e d|e d c2|A B A F|G3 z|]
"""
DUO = """X:1
T:Duo
M:3/4
L:1/4
K:F
V:1 name="Violin"
V:2 name="Viola" clef=alto
V:1
A c f|e2 d|c A G|F3|
V:2
F A c|c2 _B|A F E|F3|
"""
SUNG = """X:1
T:Gull
M:2/4
L:1/4
K:C
C E|G2|A G|E2|
w: grey gull fly to the sea
"""
LONG = """X:1
T:Long
M:2/4
L:1/4
K:D
P:A
D F|A F|G E|D2|
D F|A d|c A|d2|
P:B
f e|d A|B c|d2|
f e|d A|G E|D2|]
"""
VERSES = "X:1\nT:V\nM:2/4\nL:1/4\nK:C\nP:Verse\nC E|G E|\nP:Chorus\nc G|E C|\nP:Verse\nC E|G C|\nP:Chorus\nc G|E C|]\n"

PLACES = [
    ("the final two bars of the first half", 7, 8),
    ("from bar 3, beat 2, to the end of bar 5", 3, 5),
    ("bar 3 beat 2 to the end of 5", 3, 5),
    ("the next to last bar", 15, 15),
    ("the last but two bar", 14, 14),
    ("the fourth bar from the end", 13, 13),
    ("the first bar of line 3", 9, 9),
    ("the last bar of the second line", 8, 8),
    ("the second half of the third phrase", 11, 12),
    ("bar 2 of the B section", 10, 10),
    ("the B part's last two bars", 15, 16),
    ("bars 6, 7 and 8", 6, 8),
    ("bars 6,7", 6, 7),
    ("the sixth and seventh bars", 6, 7),
    ("the middle four bars", 7, 10),
    ("everything up to bar 6", 1, 6),
    ("the first ten", 1, 10),
    ("change bar 5 to 4 quavers", 5, 5),
    ("倒数第四小节", 13, 13),
    ("倒数第四和第三小节", 13, 14),
    ("倒数三小节", 14, 16),
    ("第三句的前半句", 9, 10),
    ("第三行第二小节", 10, 10),
    ("末句的最后一个音", 16, 16),
    ("首句", 1, 4),
    ("第六、七小节", 6, 7),
    ("第六第七小节", 6, 7),
    ("六七两小节", 6, 7),
    ("B段第三小节", 11, 11),
    ("B段后半", 13, 16),
    ("最后那小节", 16, 16),
    ("中间六小节", 6, 11),
    ("到第6小节为止", 1, 6),
]


@pytest.mark.parametrize(("words", "first", "last"), PLACES)
def test_places_are_found_as_they_are_said(words, first, last):
    place, wrong = bars_of(rephrased(normalise(words)), parse_tune(LONG))
    assert wrong is None and place is not None and (place.first, place.last) == (first, last)


SEVERAL = [
    ("bars 3 and 6 down an octave", [3, 6]),
    ("bar 3 and bar 6 up an octave", [3, 6]),
    ("bars 2, 5 and 8 an octave lower", [2, 5, 8]),
    ("第三、第六小节低八度", [3, 6]),
    ("第2、5、8小节升高八度", [2, 5, 8]),
]


@pytest.mark.parametrize(("message", "bars"), SEVERAL)
def test_bars_in_a_list_are_each_meant(message, bars):
    found = read_operations(message, parse_tune(LONG))
    assert {o.name for o in found} == {"octave"}
    assert sorted(o.place.first for o in found) == bars == sorted(o.place.last for o in found)


def test_a_bar_of_every_chorus_is_that_bar_of_each():
    tune = parse_tune(VERSES)
    assert [(p.first, p.last) for p in sections_named("the last bar of the chorus", tune)] == [
        (4, 4),
        (8, 8),
    ]
    assert sections_named("第二段副歌", tune) == []
    place, _ = bars_of("an octave up in verse 2", tune)
    assert (place.first, place.last) == (5, 6)


NOTES = [
    ("let the last note of bar 4 ring for the full bar, no rest", {4: "G4"}),
    ("第4小节最后一个音唱满整小节，后面不要休止", {4: "G4"}),
    ("take out the second note of bar 1", {1: "G z B d"}),
    ("the B in bar 1 should go", {1: "G A z d"}),
    ("第5小节的第三个音去掉", {5: "g f z d"}),
    ("turn the last note of bar 6 into a rest", {6: "e d z2"}),
    ("the first two notes of bar 5 are the wrong way round, swap them", {5: "f g e d"}),
    ("第五小节最后两个音换一下", {5: "g f d e"}),
    ("make the A in bar 1 a minim", {1: "G A2  d"}),
    ("the second A in bar 7 should be a minim", {7: "A B A2"}),
    ("join the first two notes of bar 5 into one half note", {5: "g2  e d"}),
    ("move the third note of bar 1 up a step", {1: "G A c d"}),
    ("raise the first note of bar 2 by a tone", {2: "f d B2"}),
    ("change the first two notes of bar 5 to e and c", {5: "e c e d"}),
    ("put an accent on the third note of bar 1", {1: "G A !accent!B d"}),
    ("第2小节那个长音加震音记号", {2: "e d !///!B2"}),
    ("fill the rest in bar 4 with quavers going up", {4: "G2 A/B/ c/d/"}),
    ("bar 1 should be B A G D", {1: "B A G D"}),
    ("第一小节改成 si la sol re", {1: "B A G D"}),
    ("bar 2: just one long D", {2: "d4"}),
    ("change the rhythm of bar 1 to minim, crotchet, crotchet", {1: "G2 B d"}),
    ("could every triplet be a single crotchet?", {3: "c A2 A"}),
    ("there's an A in bar 2, that's wrong, it should be G", {}),
    ("the first note of bar 6 is too high, put it down an octave", {6: "E d c2"}),
    ("the F in bar 7 is a misprint, it should be G", {7: "A B A G"}),
]  # fmt: skip


@pytest.mark.parametrize(("message", "bars"), NOTES)
def test_single_notes_change_and_nothing_else(message, bars):
    before = [
        t.strip() for t in LAMP.replace("|]", "|").split("K:G\n")[1].replace("\n", "").split("|")
    ]
    reply = talk(LAMP, message)
    after = [
        t.strip()
        for t in reply.abc.replace("|]", "|").split("K:G\n")[1].replace("\n", "").split("|")
    ]
    assert len(after) == len(before)
    for n, (one, other) in enumerate(zip(before, after, strict=True), start=1):
        assert other.split() == bars.get(n, one).split() or (n not in bars and one == other), (
            reply.text
        )


def test_several_such_notes_are_asked_about():
    reply = talk(LAMP, "make the A in bar 7 a minim")
    assert not reply.changed and "which one" in reply.text
    reply = talk(LAMP, "第7小节的la改成二分音符")
    assert not reply.changed and "第几个音" in reply.text


def test_a_note_of_one_voice_is_put_right():
    tune = tune_of(DUO, "the viola has a B flat in bar 2, that's a slip. make it B natural")
    assert [e.midi for e in tune.voices[1].events][4] == (71,)
    assert [e.midi for e in tune.voices[0].events] == [
        e.midi for e in parse_tune(DUO).voices[0].events
    ]


def test_notes_are_found_by_their_words():
    tune = tune_of(SUNG, 'the two notes on "to the" up a third')
    assert [n.pitch.name for e in tune.voices[0].events for n in e.notes] == [
        "C4",
        "E4",
        "G4",
        "C5",
        "B4",
        "E4",
    ]
    assert not talk(SUNG, "take out the last note").changed  # it is sung


def test_a_tie_joins_the_same_note_and_a_slur_others():
    tied = "X:1\nM:2/4\nL:1/4\nK:C\nC G|G E|C2|]\n"
    assert "C G-|G E|" in talk(tied, "tie the last note of bar 1 to the first of bar 2").abc
    reply = talk(tied, "第2小节最后一个音和第3小节第一个音连起来")
    assert "(E|C2)" in reply.abc and "圆滑线" in reply.text


def test_both_languages_say_the_same():
    assert SAYINGS["en"].keys() == SAYINGS["zh"].keys()


# -- voices -----------------------------------------------------------------------------------

HANDS = """X:1
T:Hands
M:2/4
L:1/4
K:G
V:RH clef=treble
V:LH clef=bass
V:RH
G B|d B|A F|G2|]
V:LH
G,2|D,2|D,2|G,,2|]
"""


def heights(tune, voice):
    return [n for e in tune.voices[voice].events for n in e.midi]


@pytest.mark.parametrize(
    "message",
    [
        "put the left hand up an octave",
        "write the left hand an octave higher",
        "左手高八度",
        "把左手移高一个八度",
    ],
)
def test_a_hand_that_is_there_is_changed_and_not_written_anew(message):
    before, after = parse_tune(HANDS), tune_of(HANDS, message)
    assert [n + 12 for n in heights(before, 1)] == heights(after, 1)
    assert heights(before, 0) == heights(after, 0)


@pytest.mark.parametrize(
    ("abc", "message", "said"),
    [
        (LAMP, "move the alto up a third in bar 2", "alto"),
        (LAMP, "左手低八度", "左手"),
        (LAMP, "make the second voice quieter in bar 3", "second voice"),
        (LAMP, "put the left hand an octave lower", "left hand"),
        (DUO, "the tenors a step lower in bar 2", "tenors"),
        (DUO, "the cello in bar 2 an octave lower", "cello"),
        (DUO, "把男高音声部的第二小节升高三度", "男高音"),
    ],
)  # fmt: skip
def test_a_voice_that_is_not_there_is_said_and_nothing_changes(abc, message, said):
    reply = talk(abc, message)
    assert not reply.changed and said in reply.text


@pytest.mark.parametrize(
    "message",
    [
        "it's too low for the altos, up a third please",
        "a third higher, for the tenors",
        "给女低音唱太低了，升高三度",
    ],
)
def test_people_it_is_for_are_no_voices(message):
    assert {o.name for o in read_operations(message, parse_tune(LAMP))} <= {
        "transpose",
        "transpose-diatonic",
    }


def test_a_voice_more_doubles_another_one():
    tune = tune_of(DUO, "add a cello part an octave below the viola")
    assert [v.name for v in tune.voices] == ["Violin", "Viola", "Cello"]
    assert heights(tune, 2) == [n - 12 for n in heights(tune, 1)]
    tune = tune_of(DUO, "加一个声部，跟Viola一样，低八度")
    assert len(tune.voices) == 3 and heights(tune, 2) == [n - 12 for n in heights(tune, 1)]


def test_a_player_is_not_written_over():
    brass = DUO.replace('name="Viola" clef=alto', 'name="Euphonium" clef=bass')
    tune = tune_of(brass, "add a bass part")
    assert [v.name for v in tune.voices][:2] == ["Violin", "Euphonium"] and len(tune.voices) == 3


# -- parts of bars, and bars that are no stretch ------------------------------------------------

SOME = [
    ("raise bar 1 beat 3 to the end of 2 by an octave", {1: "G A b d'", 2: "e' d' b2"}),
    ("bar 5 beats 3 and 4 an octave lower", {5: "g f E D"}),
    ("the second half of bar 5 an octave lower", {5: "g f E D"}),
    ("第五小节后半小节低八度", {5: "g f E D"}),
    ("第1小节第3拍到第2小节末尾高八度", {1: "G A b d'", 2: "e' d' b2"}),
    ("第五小节除了第一个音都低八度", {5: "g F E D"}),
    ("the two bars before the last two an octave lower", {5: "G F E D", 6: "E D C2"}),
    ("最后两小节前面的两小节低八度", {5: "G F E D", 6: "E D C2"}),
    ("bar 5 and the last bar an octave lower", {5: "G F E D", 8: "G,3 z"}),
]


@pytest.mark.parametrize(("message", "bars"), SOME)
def test_some_beats_or_bars_and_no_others(message, bars):
    test_single_notes_change_and_nothing_else(message, bars)


def test_every_other_bar_and_all_but_one():
    tune = parse_tune(LONG)
    assert sorted(p.first for p in sections_named("every other bar", tune)) == list(range(1, 16, 2))
    assert [(p.first, p.last) for p in sections_named("everything except bar 4", tune)] == [
        (5, 16),
        (1, 3),
    ]


def test_the_rest_is_what_is_left():
    found = read_operations("bars 3 to 4 staccato, the rest legato", parse_tune(LONG))
    assert [(o.name, o.place.first, o.place.last) for o in found] == [
        ("add-ornaments", 3, 4), ("slur", 5, 16), ("slur", 1, 2)
    ]  # fmt: skip
