"""Changes that are told rather than ordered: what may go, one thing for another wherever it stands, what moves by an
interval, parts and bars that come again, a voice for somebody. Other words than those that brought them up.
"""

import pytest

from abc_tools.parse import parse_tune
from chat.session import Session
from chat.understand.intent import understand
from tests.chat.talking import talk

MILL = """X:1
T:Mill
M:4/4
L:1/4
Q:1/4=100
K:C
P:A
"C"C D "Am"E {F}G|"F"A2 F2|"G"E2 F G|"C"TE4|
P:B
"Am"c c A2|"G"B d G2|"F"A F "G"E D|"C"C4|]
"""


def told(message):
    found = understand(message, Session().add(MILL, ""), parse_tune(MILL))
    return found.kind, [
        (o.name, o.values, o.place and (o.place.first, o.place.last)) for o in found.operations
    ]


WISHES = [
    # what may go
    ("去掉所有装饰音", "remove-ornaments", {}, None),
    ("the guitar chords clutter up the page. Get rid of them", "remove-chords", {}, None),
    ("the key is fine, the chords may go", "remove-chords", {}, None),
    ("take the letters above the notes away", "remove-chords", {}, None),
    ("那些和弦我看不懂,帮我删了吧", "remove-chords", {}, None),
    ("谱子上面的字母她看不懂,都去掉吧", "remove-chords", {}, None),
    ("we don't use the words any more, they can go", "remove-words", {}, None),
    ("歌词可以不要了", "remove-words", {}, None),
    ("those grace notes are beyond her, just leave them all out", "remove-ornaments", {"kinds": "grace"}, None),
    ("这些装饰音太花了，能不能都去掉", "remove-ornaments", {}, None),
    ("颤音、倚音之类的我不会，删掉吧", "remove-ornaments", {}, None),
    ("remove the left hand", "no-voice", {"said": "left hand"}, None),
    # one for another
    ("anywhere there's an Am chord, play C instead", "swap-chord", {"old": "Am", "new": "C"}, None),
    ("只要是G的地方都换成Em", "swap-chord", {"old": "G", "new": "Em"}, None),
    ("every F should be F sharp", "alter-notes", {"to": "F#", "name": "F"}, None),
    ("第3小节的mi弹错了，应该是fa", "alter-notes", {"to": "F", "name": "E"}, (3, 3)),
    # what moves by an interval
    ("drop bars 3-4 an octave", "octave", {"octaves": "-1"}, (3, 4)),
    ("lower everything by a tone", "transpose", {"semitones": "-2"}, None),
    ("put it up a tone, into D major", "transpose", {"semitones": "2"}, None),
    ("it is too low for us, move it to D, a whole step up", "transpose", {"semitones": "2"}, None),
    ("移到D大调，高一个全音", "transpose", {"semitones": "2"}, None),
    ("I play alto sax, write it a major sixth higher", "instrument", {"name": "alto sax", "sounding": "yes"}, None),
    ("a third slower", "tempo-by", {"factor": "0.667"}, None),
    ("drop the tempo by a quarter", "tempo-by", {"factor": "0.75"}, None),
    # what comes again
    ("bars 7-8 again at the very end", "copy-bars", {"after": "end"}, (7, 8)),
    ("measures 1-2 one more time at the end, like a tag", "copy-bars", {"after": "end"}, (1, 2)),
    ("第7到8小节最后再来一遍", "copy-bars", {"after": "end"}, (7, 8)),
    # a voice for somebody, other values, other bar lines
    ("give the basses their own line underneath", "second-voice", {"interval": "third"}, None),
    ("给男高音写一个自己的声部", "second-voice", {"interval": "third"}, None),
    ("write quarters as halves, eighths as quarters and so on", "double", {}, None),
    ("crotchets become quavers, and so on", "halve", {}, None),
    ("把小节线重新画一遍，4/4变成2/4", "meter", {"meter": "2/4", "way": "rebar"}, None),
    ("avoid the 4th and 7th degrees", "pentatonic", {}, None),
    ("fa跟si都别用", "pentatonic", {}, None),
    ("one bar less please: take out bar 4", "delete-bars", {}, (4, 4)),
    ("少两小节吧，第5、6小节删掉", "delete-bars", {}, (5, 6)),
    ("can I hear this on the flute?", "play-on", {"instrument": "flute", "keep": "yes"}, None),
    ("播放换成小提琴的声音，乐谱不要动", "play-on", {"instrument": "violin", "keep": "yes"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("message", "name", "values", "bars"), WISHES)
def test_a_wish_that_is_told_is_one_change(message, name, values, bars):
    assert told(message) == ("edit", [(name, values, bars)])


@pytest.mark.parametrize(
    "message", ["We do the A part twice and then the B part twice", "A段弹两遍，B段弹两遍"]
)
def test_each_part_twice(message):
    kind, found = told(message)
    assert kind == "edit"
    assert sorted((name, bars) for name, _, bars in found) == [
        ("repeat-bars", (1, 4)),
        ("repeat-bars", (5, 8)),
    ]


@pytest.mark.parametrize(
    "message",
    ["drop those bars: 3-4", "so the ending can go up an octave", "the chords are fine, add words"],
)
def test_what_only_sounds_like_it_takes_nothing_else(message):
    assert {name for name, _, _ in told(message)[1]} <= {"delete-bars", "octave", "write-words"}


@pytest.mark.parametrize(
    "message", ["bar 40 sounds odd, can you mend it", "第四十小节不太对，能修一下吗"]
)
def test_a_bar_that_is_not_there_is_said(message):
    assert "8" in talk(MILL, message).text


SINGERS = (
    MILL.replace("K:C", "V:S\nV:A\nK:C\nV:S").rstrip()
    + """
V:A
C4|C4|C2 F2|C4|
C4|D4|C4|C4|]
"""
)


@pytest.mark.parametrize(
    "message",
    [
        "The altos have an F in bar 3. Make it F sharp please.",
        "I think the altos have an F in bar 3, make it F sharp",
    ],
)
def test_what_a_voice_has_now_is_no_order(message):
    tune = parse_tune(talk(SINGERS, message).abc)
    bar = [m for m in tune.voices[1].measures if m.number == 3]
    assert [n for m in bar for e in m.events for n in e.midi] == [60, 66]
