"""Plain changes as strangers ask for them: a speed by its number alone, chords that somebody can play, what stays,
parts that come back, notes that can be read, who reaches which notes. Other words than those that brought them up.
"""

import pytest

from abc_tools.metrics import changed_bars
from abc_tools.parse import parse_tune
from abc_tools.sections import sections
from chat.act.shape import with_label
from chat.session import Session
from chat.understand.intent import understand
from chat.understand.operations import read_operations
from tests.chat.talking import talk, tune_of

ROOMS = """X:1
T:Rooms
M:4/4
L:1/8
Q:1/4=120
K:Dm
P:A
D2 EF A2 F2|G2 BA G4|F2 AG F2 E2|D8|
P:B
A2 cB A2 F2|G4 E4|F2 ED C2 E2|D2 F2 D4|]
"""
TWO = """X:1
T:Two
M:3/4
L:1/4
K:F
V:1 clef=treble
V:2 clef=bass
V:1
A2 F|c2 A|B2 G|A3|]
V:2
F,3|A,3|G,3|F,3|]
"""
SUNG = """X:1
T:Sung
M:4/4
L:1/4
K:C
"C"C E G E|"F"A2 "G"G2|"Am"A G "Bdim"F D|"C"C4|]
w: down by the ri-ver we go to the sea we go
"""


def told(message, abc=ROOMS):
    found = read_operations(message, parse_tune(abc))
    return [(o.name, o.values, (o.place.first, o.place.last) if o.place else None) for o in found]


@pytest.mark.parametrize(
    ("message", "bpm"),
    [
        ("120 is far too fast for them, make it 92", "92"),
        ("we struggle at 120. bring it down to 88", "88"),
        ("let's go for 76", "76"),
        ("现在120太快，改成80吧", "80"),
        ("降到96左右就好", "96"),
    ],
)
def test_a_speed_by_its_number(message, bpm):
    assert told(message) == [("tempo", {"bpm": bpm}, None)]


@pytest.mark.parametrize(
    "message", ["take it at half tempo for now", "先慢一半，音别动", "速度降一半"]
)
def test_half_the_speed(message):
    assert told(message) == [("tempo-by", {"factor": "0.5"}, None)]


@pytest.mark.parametrize(
    "message",
    [
        "These are the only chords I know: C, F and G. Rework the harmony so it only uses them.",
        "I know C, F and G only. Change the chords to those please",
        "和弦只能用C、F和G，帮我重新配",
        "change the chords so that I only need C, F and G",
    ],
)
def test_only_the_chords_that_somebody_can_play(message):
    assert told(message, SUNG) == [("add-chords", {"only": "C F G", "keep": "no"}, None)]
    chords = {e.chord_symbol for m in tune_of(SUNG, message).measures for e in m.events}
    assert chords - {None} <= {"C", "F", "G"}


@pytest.mark.parametrize(
    ("message", "name"),
    [
        ("the melody's finished, I just need some chords to go with it", "add-chords"),
        ("tune is ready - can I get chord symbols on top?", "add-chords"),
        ("旋律已经定了，现在需要和弦", "add-chords"),
        ("I'm happy with the tune. I want a bass line under it now", "add-bass"),
    ],
)
def test_a_tune_that_is_done_gets_what_it_lacks(message, name):
    session = Session().add(ROOMS, "")
    found = understand(message, session, parse_tune(ROOMS))
    assert found.kind == "edit" and [o.name for o in found.operations] == [name]


@pytest.mark.parametrize(
    "message", ["不需要歌词", "歌词可以不要了", "the lyrics are no longer needed", "we don't need the words any more"]
)  # fmt: skip
def test_words_that_are_not_needed_go(message):
    assert "w:" not in talk(SUNG, message).abc


@pytest.mark.parametrize(
    ("message", "bars"),
    [
        ("the first half is fine as it is, the rest needs fewer notes", [5, 7]),
        ("bars 5-8 have too many notes, thin them out. bars 1-4 are ok", [5, 7]),
        ("前四小节没问题，后四小节的音少一点", [5, 7]),
    ],
)
def test_what_is_fine_stays(message, bars):
    before = parse_tune(ROOMS)
    assert set(changed_bars(before, tune_of(ROOMS, message))) <= set(range(bars[0], 9))


@pytest.mark.parametrize(
    ("message", "key"),
    [
        ("from D minor to D dorian please", "D dorian"),
        ("把D小调改成D多利亚", "D dorian"),
        ("put it in a key without sharps or flats", "A"),
        ("换个最多两个升号的调", "E"),
    ],
)
def test_the_key_that_it_goes_to(message, key):
    assert told(message) == [("key", {"key": key}, None)]


@pytest.mark.parametrize(
    "message", ["not straight, swung please", "make the quavers swing rather than straight", "别那么平直，要摇摆"]
)  # fmt: skip
def test_swung_and_no_longer_straight(message):
    assert [name for name, *_ in told(message)] == ["swing"]
    assert [name for name, *_ in told("no swing please, straight eighths")] == ["straighten"]


@pytest.mark.parametrize(
    "message",
    ["bring A back at the end", "B段之后再来一次A段", "the A section should return at the end"],
)
def test_a_part_comes_back(message):
    tune = tune_of(ROOMS, message)
    assert [p.label for p in sections(tune)] == ["A", "B", "A"]
    assert tune.bar_count == 12


@pytest.mark.parametrize(
    "message",
    [
        "it stops too suddenly, two more bars at the end that come home to the tonic",
        "最后再补两小节，落在主音上，前面都不动",
    ],
)
def test_more_bars_at_the_end_close(message):
    new = {"bar": "end", "count": "2", "where": "after"}
    assert told(message) == [("new-bars", new, None), ("come-home", {}, None)]


def test_a_last_bar_comes_home_and_stays_where_it_has():
    open_end = ROOMS.replace("D2 F2 D4|]", "D2 F2 E4|]")
    tune = tune_of(open_end, "the last bar should come home to the key note")
    assert [e.midi[-1] % 12 for e in tune.measures[-1].events] == [2]
    assert list(changed_bars(parse_tune(open_end), tune)) == [8]


@pytest.mark.parametrize(
    "message",
    ["could use a bridge, 4 bars, between A and B", "write a four-bar bridge after part A", "A段后面写四小节桥段"],
)  # fmt: skip
def test_a_new_part_has_its_name(message):
    assert told(message) == [("new-part", {"label": "Bridge", "after": "4", "count": "4"}, None)]
    # new music is the model's: without one the bars cannot be written, and the reply says so
    assert not talk(ROOMS, message).changed


@pytest.mark.parametrize("bar", [3, 5])
def test_the_name_of_a_part_stands_before_its_first_bar(bar):
    plain = ROOMS.replace("P:B\n", "")
    named = with_label(parse_tune(plain), bar, "Bridge")
    assert [(p.label, p.first) for p in sections(named)] == [("A", 1), ("Bridge", bar)]
    assert not changed_bars(parse_tune(plain), named)
    assert "[P:Bridge]" in with_label(parse_tune(TWO), 3, "Bridge").source


@pytest.mark.parametrize(
    "message",
    [
        "my pupil hasn't learned quavers yet, crotchets and longer only please",
        "nothing shorter than a quarter note",
        "不要八分音符，孩子看不懂",
        "只用四分音符和更长的音",
    ],
)
def test_no_note_that_cannot_be_read(message):
    assert told(message) == [("simplify-rhythm", {"level": "eighths"}, None)]


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("bar 6: the minims as crotchets please", {"length": "1/4", "longer": "yes"}),
        ("把第6小节的两个二分音符换成四个四分音符好吗", {"length": "1/4", "longer": "yes"}),
        ("bar 6 feels empty - fill it with running quavers", {"length": "1/8"}),
        ("第6小节太空，用八分音符填满", {"length": "1/8"}),
    ],
)
def test_bars_in_notes_of_another_length(message, values):
    assert told(message) == [("in-notes", values, (6, 6))]


@pytest.mark.parametrize(
    ("message", "low", "high"),
    [
        ("my range is from the G below middle C to C5", 55, 72),
        ("I can sing from middle C up to the B above the next C, please adapt it", 60, 83),
        ("二胡最低只能拉到D4，低的拉不到", 62, 127),
        ("the lowest note on my flute is middle C", 60, 127),
    ],
)
def test_notes_that_somebody_reaches(message, low, high):
    abc = ROOMS.replace("D8|", "A,8|").replace("C2 E2", "B,2 E2")
    heights = [n for m in tune_of(abc, message).measures for e in m.events for n in e.midi]
    assert low <= min(heights) and max(heights) <= high


@pytest.mark.parametrize(
    ("message", "voice", "instrument"),
    [
        ("the top line on oboe please", "1", "oboe"),
        ("let a cello play the lower voice", "2", "cello"),
        ("左手换成大提琴，右手不变", "2", "cello"),
        ("I'd like the melody on clarinet and leave the bass as it is", "1", "clarinet"),
    ],
)
def test_one_line_for_a_player(message, voice, instrument):
    found = [o for o in read_operations(message, parse_tune(TWO)) if o.name == "play-on"]
    assert [(o.values["instrument"], o.voice) for o in found] == [(instrument, voice)]


def test_another_sound_keeps_the_notes():
    reply = talk(TWO, "a flute sound for the upper part, no other notes")
    before, after = parse_tune(TWO), parse_tune(reply.abc)
    assert "%%MIDI program 73" in reply.abc
    assert [e.midi for v in before.voices for e in v.events] == [
        e.midi for v in after.voices for e in v.events
    ]


@pytest.mark.parametrize(
    "message",
    [
        "both voices down a whole tone please",
        "the flutes are straining, take everything down a tone, both parts",
        "高声部太高了，两个声部都降一个全音",
    ],
)
def test_both_parts_are_both_voices(message):
    before, after = parse_tune(TWO), tune_of(TWO, message)
    assert all(
        [n - 2 for e in a.events for n in e.midi] == [n for e in b.events for n in e.midi]
        for a, b in zip(before.voices, after.voices, strict=True)
    )


@pytest.mark.parametrize(
    ("message", "most"),
    [
        ("Nothing wider than a fourth from note to note, please", "5"),
        ("keep every interval to a third or less", "4"),
        ("limit the leaps to a fifth at most", "7"),
        ("跳进最大不超过纯五度", "7"),
        ("大跳太多，改成四度以内", "5"),
    ],
)
def test_no_leap_wider_than_this(message, most):
    found = understand(message, Session().add(ROOMS, ""), parse_tune(ROOMS))
    assert [(o.name, o.values) for o in found.operations] == [("smooth", {"most": most})]


@pytest.mark.parametrize(
    "message", ["two bars on each line", "start a new line every two bars", "每行放两小节", "2 bars per line please"]
)  # fmt: skip
def test_bars_on_a_line(message):
    reply = talk(ROOMS, message)
    assert reply.changed and "\nF2 AG F2 E2|D8|\nP:B\n" in reply.abc
    assert not changed_bars(parse_tune(ROOMS), parse_tune(reply.abc))


def test_lines_with_words_stay():
    reply = talk(SUNG, "每行两小节")
    assert not reply.changed and "歌词" in reply.text


@pytest.mark.parametrize(
    "message",
    [
        "my brother sings lower than I do. Is there a second voice for him, under the tune?!",
        "妹妹声音低一点，给她写一个低声部，旋律不要动",
        "our altos sing lower, write them a harmony line under the melody",
    ],
)
def test_who_sings_lower_moves_nothing(message):
    assert [name for name, *_ in told(message)] == ["second-voice"]


@pytest.mark.parametrize(
    "message",
    [
        "最后一小节只要一个长音，落在主音上",
        "let it end on the tonic, just one long note, and only touch the last bar",
    ],
)
def test_one_long_note_closes(message):
    tune = tune_of(ROOMS, message)
    assert tune.bar_count == 8
    assert [e.duration for e in tune.measures[-1].events] == [1]
    assert list(changed_bars(parse_tune(ROOMS), tune)) == [8]


@pytest.mark.parametrize(
    ("message", "old"),
    [
        ("I can't play barre chords, could we avoid them", "Bdim F"),
        ("Bdim is too hard for her", "Bdim"),
        ("Am和Bdim我按不了，换简单的", "Am Bdim"),
        ("please replace Am and Bdim with something easier", "Am Bdim"),
    ],
)
def test_chords_out_of_hand(message, old):
    found = told(message, SUNG)
    assert {n for _, v, _ in found for n in v["old"].split()} == set(old.split())
    assert {name for name, *_ in found} == {"swap-chord"}
    chords = {e.chord_symbol for m in tune_of(SUNG, message).measures for e in m.events}
    assert not chords & set(old.split())


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("keep the opening four bars, but simplify what follows", [("only-now", (1, 4)), ("simplify", (5, 8))]),
        ("leave the first half, but simplify the rest", [("only-now", (1, 4)), ("simplify", (5, 8))]),
        ("bars 5 to 8 should have half as many notes", [("simplify-rhythm", (5, 8))]),
        ("加个渐弱在最后两小节", [("hairpin", (7, 8))]),
        ("without the trills and grace notes please", [("remove-ornaments", None)]),
        ("notate it in 2/2 instead of 4/4, sounding the same", [("meter", None)]),
        ("break up the long notes in bar 4", [("in-notes", (4, 4))]),
        ("he only reads half notes and quarter notes", [("simplify-rhythm", None)]),
        ("a little bridge would be nice at the end, 2 bars", [("new-part", None)]),
    ],
)  # fmt: skip
def test_each_goes_where_it_is_said(message, expected):
    assert [(name, place) for name, _, place in told(message)] == expected


def test_one_voice_is_changed_and_the_others_stay():
    found = read_operations("change just the top voice to flute", parse_tune(TWO))
    assert [(o.name, o.voice) for o in found] == [("play-on", "1")]
    named = TWO.replace("clef=treble", "name=Soprano").replace("clef=bass", "name=Alto")
    found = read_operations("could we have this a tone lower for all singers", parse_tune(named))
    assert [(o.name, o.voice) for o in found] == [("transpose", None)]
    found = read_operations(
        "the alto line is fine, bring the soprano down a tone", parse_tune(named)
    )
    assert [(o.name, o.voice or o.values.get("voice")) for o in found] == [
        ("only-now", "2"),
        ("transpose", "1"),
    ]


@pytest.mark.parametrize(
    "message",
    [
        "bar 3's B diminished should be an F",
        "the Bdim in bar 3 ought to be F",
        "the Bdim chord in bar 3 must be an F",
    ],
)
def test_a_chord_that_should_be_another(message):
    found = told(message, SUNG)
    assert [(name, values) for name, values, _ in found] == [("set-chords", {"at": "3:3=F"})]


def test_a_chord_out_of_hand_gives_way_to_the_one_that_is_named():
    found = told("she can't do the F chord yet, swap every F for Dm please", SUNG)
    assert [(name, values) for name, values, _ in found] == [
        ("swap-chord", {"old": "F", "new": "Dm"})
    ]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("quiet at first, loud finish", [("dynamic", "p"), ("dynamic", "f")]),
        ("put p at the beginning and ff at the end", [("dynamic", "p"), ("dynamic", "ff")]),
    ],
)
def test_loudness_at_both_ends(message, expected):
    assert [(name, values["level"]) for name, values, _ in told(message)] == expected


def test_what_is_left_as_is_is_not_written_anew():
    message = "the finish needs more excitement; leave the first half as is"
    found = understand(message, Session().add(ROOMS, ""), parse_tune(ROOMS)).operations
    assert [(o.name, o.place and (o.place.first, o.place.last)) for o in found] == [
        ("rewrite", (5, 8)), ("only-now", (1, 4)),
    ]  # fmt: skip
