"""What puts the change before right, and what comes back by its name, in words unlike those of the requests."""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from __future__ import annotations

import pytest

from abc_tools.parse import parse_tune
from abc_tools.places import Place
from chat.act.kept_notes import kept_to, notes_meant
from chat.understand.put_right import opened
from chat.understand.without_step import without_step
from tests.chat.talking import talk, tune_of

MILL = 'X:1\nT:Mill Race\nM:4/4\nL:1/4\nQ:1/4=96\nK:G\n"G"G B d B|"C"c2 "D"A2|"G"B G A F|"G"G4|\n"G"B d e d|"C"c2 B2|"D"A B A F|"G"G4|]\n'
HANDS = "X:1\nT:Two Hands\nM:4/4\nL:1/4\nQ:1/4=92\nV:1 clef=treble\nV:2 clef=bass\nK:C\nV:1\nE G c G|A2 G2|F E D E|D4|]\nV:2\nC2 E2|F2 C2|D2 C2|G4|]\n"
SUNG = "X:1\nT:Harbour\nM:4/4\nL:1/4\nQ:1/4=88\nK:C\nG G E E|A A G2|F F E E|D4|]\nw: See the boat up-on the bay, wait-ing for me now.\n"
PUPPY = "X:1\nT:小羊\nM:4/4\nL:1/4\nQ:1/4=88\nK:C\nG G E E|A A G2|]\nw: 小 羊 小 羊 咩 咩 叫\n"


def heights(abc: str, *messages: str) -> list[int]:
    """By how much each note has moved, bar by bar, where a bar moved as a whole; 99 where it did not."""
    old, new = parse_tune(abc), tune_of(abc, *messages)
    found = []
    for one, other in zip(old.measures, new.measures, strict=True):
        moves = {
            b - a
            for e, f in zip(one.events, other.events, strict=True)
            for a, b in zip(e.midi, f.midi, strict=True)
        }
        found.append(moves.pop() if len(moves) == 1 else 99)
    return found


@pytest.mark.parametrize(("message", "moved"), [
    ("oh no, I meant down", -12), ("wrong direction!", -12), ("you've got it backwards", -12), ("sorry - lower, not higher", -12),
    ("no, a fifth", 7), ("a fifth instead, please", 7), ("I said a fifth", 7), ("弄反了", -12), ("不对,是降八度", -12), ("不是升,是降", -12),
    ("说错了,应该是五度", 7),
])  # fmt: skip
def test_a_correction_keeps_the_bars(message: str, moved: int) -> None:
    assert heights(MILL, "bars 3-4 up an octave", message) == [0, 0, moved, moved, 0, 0, 0, 0]


@pytest.mark.parametrize(("message", "first", "last"), [
    ("no, I said bars 5-6", 5, 6), ("not 3-4, bars 5-6", 5, 6), ("bars 5 and 6, not bars 3-4", 5, 6), ("wrong bars: 5-6", 5, 6),
    ("i meant the first two bars", 1, 2), ("看错了,是第5到6小节", 5, 6), ("我说的是最后两小节", 7, 8), ("不是第3到4小节,是第5到6小节", 5, 6),
])  # fmt: skip
def test_a_correction_keeps_the_change(message: str, first: int, last: int) -> None:
    moved = heights(MILL, "bars 3-4 up an octave", message)
    assert moved == [12 if first <= n <= last else 0 for n in range(1, 9)]


@pytest.mark.parametrize(("before", "message", "bpm"), [
    ("slower, 60", "hm, that's too sleepy... 76", 76), ("tempo 60", "no, 84", 84), ("速度60", "太慢了,84吧", 84), ("tempo 60", "oops I meant 84 bpm", 84),
    ("slower", "no, faster", 113), ("快一点", "反了,是慢一点", 79),
])  # fmt: skip
def test_another_tempo_than_the_one_that_was_said(before: str, message: str, bpm: int) -> None:
    assert round(tune_of(MILL, before, message).tempo.bpm) == bpm


@pytest.mark.parametrize(("before", "message", "key"), [
    ("transpose it to D", "sorry, E flat", "Eb major"), ("make it minor", "i meant dorian", "G dorian"), ("改成小调", "不对,我是说E小调", "E minor"),
    ("transpose it up a tone", "no, a minor third", "Bb major"),
])  # fmt: skip
def test_another_key_than_the_one_that_was_said(before: str, message: str, key: str) -> None:
    assert tune_of(MILL, before, message).key.name == key


@pytest.mark.parametrize(("before", "message", "chord"), [
    ("change the C to Am", "no, Em", "Em"), ("put an F in bar 2", "I meant Dm7", "Dm7"), ("第二小节的C换成Am", "说错了,是Em", "Em"),
])  # fmt: skip
def test_another_chord_than_the_one_that_was_said(before: str, message: str, chord: str) -> None:
    tune = tune_of(MILL, before, message)
    assert next(e.chord_symbol for e in tune.measures[1].events if e.chord_symbol) == chord


def moved_voices(*messages: str) -> list[int]:
    old, new = parse_tune(HANDS), tune_of(HANDS, *messages)
    sums = [[sum(n for e in v.events for n in e.midi) for v in t.voices] for t in (old, new)]
    notes = [sum(len(e.midi) for e in v.events) for v in old.voices]
    return [(b - a) // n for a, b, n in zip(sums[0], sums[1], notes, strict=True)]


@pytest.mark.parametrize(("messages", "moved"), [
    (("the right hand an octave down", "no, the left"), [0, -12]), (("the right hand an octave down", "sorry, I meant the left one"), [0, -12]),
    (("右手高八度", "不对,是左手"), [0, 12]), (("left hand an octave up", "the same for the other hand"), [12, 12]),
    (("right hand an octave up", "and the left hand too"), [12, 12]), (("右手高八度", "左手也一样"), [12, 12]),
    (("左手低八度", "弄反了,应该是高八度"), [0, 12]),
])  # fmt: skip
def test_the_other_hand(messages: tuple[str, ...], moved: list[int]) -> None:
    assert moved_voices(*messages) == moved


@pytest.mark.parametrize(
    "message", ["same again for the other half", "now the other half, same thing", "另一半也一样"]
)
def test_the_other_half_is_the_one_that_was_not_changed(message: str) -> None:
    assert heights(MILL, "second half up an octave", message) == [12] * 8


@pytest.mark.parametrize(
    "message", ["i wanted the first bar gone", "I meant the first", "the first one I meant"]
)
def test_what_was_undone_is_put_right(message: str) -> None:
    tune = tune_of(MILL, "delete the last bar", "oops, undo", message)
    assert tune.bar_count == 7
    assert tune.measures[0].events[0].chord_symbol == "C"


@pytest.mark.parametrize("message", [
    "no, a bit faster still", "no, what key is it in?", "sorry, is that the dominant?", "no, that's fine", "wait, how many bars are there?",
])  # fmt: skip
def test_what_corrects_nothing(message: str) -> None:
    before = talk(MILL, "slower, 60")
    after = talk(MILL, "slower, 60", message)
    assert parse_tune(after.abc).tempo.bpm >= parse_tune(before.abc).tempo.bpm
    assert len(after.session.versions) >= 2
    assert parse_tune(after.abc).key.name == "G major"


@pytest.mark.parametrize(("text", "rest", "sure"), [
    ("sorry, no, I meant DOWN", "DOWN", 2), ("no, a fourth", "a fourth", 1), ("make it louder", "make it louder", 0),
    ("不对,我说的是左手", "左手", 2), ("E minor instead", "E minor", 1),
])  # fmt: skip
def test_how_a_correction_begins(text: str, rest: str, sure: int) -> None:
    said = opened(text)
    assert (said.rest, said.sure) == (rest, sure)


# -- what comes back ---------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "message"), [
    ("remove the chords", "too bare, bring the chords back"), ("remove the chords", "i miss the chords"), ("把和弦去掉", "太空了,把刚才的和弦放回来"),
    ("swap bars 1 and 2", "还是换回来吧"), ("make it minor", "nah, the happy one was nicer"), ("change the C to Am", "C sounded better"),
    ("delete bar 2", "i want bar 2 back"), ("add trills", "原来没有颤音的时候好,撤销"), ("slower", "the fast one was better"), ("把C换成Am", "还是C好听"),
])  # fmt: skip
def test_the_last_change_goes_back(before: str, message: str) -> None:
    assert talk(MILL, before, message).abc == talk(MILL).abc


@pytest.mark.parametrize("message", ["what key is it in?", "which bar is the highest?"])
def test_a_question_in_between_takes_nothing_away(message: str) -> None:
    assert talk(MILL, "remove the chords", message, "那还是换回去吧").abc == talk(MILL).abc


@pytest.mark.parametrize("message", [
    "undo those last two changes", "take back the last two", "undo the last 2 things please", "把刚才两步都撤销", "最后两个改动都不要了",
])  # fmt: skip
def test_so_many_steps_back(message: str) -> None:
    assert (
        talk(MILL, "slower", "make it minor", "remove the chords", message).abc
        == talk(MILL, "slower").abc
    )


@pytest.mark.parametrize("message", [
    "back to how I gave it to you", "put it back the way it was at the start", "恢复成一开始的样子", "还是回到最初那样吧", "back to square one",
])  # fmt: skip
def test_all_the_way_back(message: str) -> None:
    assert talk(MILL, "slower", "make it minor", message).abc == talk(MILL).abc


@pytest.mark.parametrize(("messages", "words", "bpm"), [
    (("change boat to ship", "slower", "put the boat back"), "boat", 72), (("change boat to ship", "slower", "i'd like the boat back please"), "boat", 72),
    (("remove the words", "slower", "give me the words back"), "boat", 72),
])  # fmt: skip
def test_what_came_later_stays(messages: tuple[str, ...], words: str, bpm: int) -> None:
    tune = tune_of(SUNG, *messages)
    assert words in tune.source
    assert round(tune.tempo.bpm) == bpm


def test_chords_of_another_key_do_not_come_back() -> None:
    reply = talk(MILL, "remove the chords", "transpose it up a tone", "bring back the chords")
    assert not reply.changed
    assert "version 1" in reply.text


def test_the_bars_of_the_beginning() -> None:
    reply = talk(
        MILL,
        "bar 2 up an octave",
        "bar 2 up an octave",
        "slower",
        "the original bar 2 was best, give it back",
    )
    assert "version 1" in reply.text
    assert (
        heights(
            MILL,
            "bar 2 up an octave",
            "bar 2 up an octave",
            "slower",
            "put the original bar 2 back",
        )
        == [0] * 8
    )


@pytest.mark.parametrize(("abc", "message", "there", "gone"), [
    (PUPPY, "不要小羊了,换成小狗", "小 狗", "小 羊 小"), (PUPPY, "别唱小羊,唱小鸭吧", "小 鸭", "小 羊 小"),
    (SUNG, "I'd like boat changed to ship", "ship", "boat"), (SUNG, "no more boat, make it ship", "ship", "boat"),
    (SUNG, "i don't want boat in it - use ship instead", "ship", "boat"),
])  # fmt: skip
def test_one_sung_word_for_another(abc: str, message: str, there: str, gone: str) -> None:
    tune = tune_of(abc, message)
    assert there in tune.source
    assert gone not in tune.source


def test_steps_are_merged_as_texts() -> None:
    before, after = 'K:C\n"C"C D|"G"E F|\n', "K:C\nC D|E F|\n"
    assert without_step(before, after, "Q:1/4=60\n" + after) == "Q:1/4=60\n" + before
    assert without_step("K:C\nC D|E F|\n", "K:C\nc D|E F|\n", "K:C\nd D|E F|\n") is None


# -- in other words ------------------------------------------------------------------------------


@pytest.mark.parametrize(("before", "message", "changed"), [
    ("change the G to Em", "everywhere? no only in bar 1", [1]), ("play bar 2 forte", "not bar 2 I said bar 3", [3]),
    ("make bar 5 staccato", "legato, sorry", [5]), ("bar 3 up a fifth", "a third is enough", [3]), ("copy bar 1 to bar 8", "no, to bar 4", [4]),
    ("swap bars 1 and 2", "sorry, bars 1 and 3", [1, 3]), ("change the last note to A", "I mean B", [8]),
    ("第一小节和第二小节对调", "不对,是第一小节和第三小节", [1, 3]),
])  # fmt: skip
def test_only_what_was_meant_is_changed(before: str, message: str, changed: list[int]) -> None:
    old, new = parse_tune(MILL), tune_of(MILL, before, message)
    texts = [[m.span.of(t.source).strip() for m in t.measures] for t in (old, new)]
    assert [n for n, (a, b) in enumerate(zip(*texts, strict=True), 1) if a != b] == changed


def test_a_number_alone_is_the_one_that_was_wrong() -> None:
    assert heights(MILL, "transpose up 3 semitones", "2 sorry") == [2] * 8


@pytest.mark.parametrize(
    "message", ["I like it better in major", "could we go back to major", "还是恢复吧"]
)
def test_back_to_what_it_was_in(message: str) -> None:
    assert talk(MILL, "make it minor", message).abc == talk(MILL).abc


@pytest.mark.parametrize(("before", "message"), [
    ("make it a waltz", "nah back to the reel"), ("last two bars up an octave", "no, I preferred the earlier ending"),
])  # fmt: skip
def test_a_no_that_goes_back_is_no_new_change(before: str, message: str) -> None:
    reel = MILL.replace("M:4/4", "R:reel\nM:4/4")
    assert talk(reel, before, message).abc == talk(reel).abc


def test_one_of_two_changes_is_undone_by_its_bars() -> None:
    moved = heights(
        MILL, "second half up an octave", "same for the first half", "actually undo the first half"
    )
    assert moved == [0, 0, 0, 0, 12, 12, 12, 12]


@pytest.mark.parametrize("message", [
    "slower, keep the left hand", "slower but leave the left hand please", "慢一点,左手保留", "左手留着,慢一点",
])  # fmt: skip
def test_what_is_kept_is_not_written(message: str) -> None:
    old, tune = parse_tune(HANDS), tune_of(HANDS, message)
    assert tune.tempo.bpm < old.tempo.bpm
    assert [[e.midi for e in v.events] for v in tune.voices] == [
        [e.midi for e in v.events] for v in old.voices
    ]


@pytest.mark.parametrize("message", [
    "he doesn't need the chords any more, take them off", "my pupil no longer wants the chord symbols", "we don't like the chords",
])  # fmt: skip
def test_what_nobody_needs_goes(message: str) -> None:
    assert not [e for e in tune_of(MILL, message).voices[0].events if e.chord_symbol]


@pytest.mark.parametrize("message", ["remove the last chord", "去掉最后一个和弦"])
def test_one_chord_goes(message: str) -> None:
    chords = [e.chord_symbol for e in tune_of(MILL, message).voices[0].events if e.chord_symbol]
    assert chords == ["G", "C", "D", "G", "G", "G", "C", "D"]


def test_all_of_it_a_little_more_high() -> None:
    assert (
        heights(MILL, "Is possible also everything one octave more high? For my wife") == [12] * 8
    )


@pytest.mark.parametrize(
    "message", ["the left hand is too high, an octave down", "左手太低了,高一个八度"]
)
def test_a_hand_that_is_not_there_moves_nothing(message: str) -> None:
    reply = talk(MILL, message)
    assert not reply.changed
    assert "left hand" in reply.text or "左手" in reply.text


@pytest.mark.parametrize(
    "message",
    ["the last note should be two bars long", "two bars for the last note", "最后一个音要两小节长"],
)
def test_how_long_the_last_note_is_to_be(message: str) -> None:
    tune = tune_of(MILL, message)
    assert tune.bar_count == 9
    assert tune.measures[8].events[-1].midi == tune.measures[7].events[-1].midi


@pytest.mark.parametrize(
    "message", ["不要反复记号,直接写成8小节", "no repeat signs please, write 8 bars"]
)
def test_repeats_written_out_by_their_count(message: str) -> None:
    tune = tune_of("X:1\nT:Round\nM:4/4\nL:1/4\nK:C\n|:CDEF|GABc|cBAG|FEDC:|\n", message)
    assert tune.bar_count == 8
    assert ":|" not in tune.source


def test_new_bars_on_the_notes_that_are_there() -> None:
    old = parse_tune("X:1\nT:Three\nM:4/4\nL:1/4\nK:G\nBAGA|BBB2|AAA2|G4|]\n")
    message = "four more bars, still the same three notes"
    notes = notes_meant(message, old, Place(9, 12))
    assert {p.step for p in notes} == {"B", "A", "G"}
    other = parse_tune(MILL)
    kept = kept_to(other, Place(1, 8), notes)
    assert {n.written.step for e in kept.voices[0].events for n in e.notes} == {"B", "A", "G"}
    assert [e.duration for e in kept.voices[0].events] == [
        e.duration for e in other.voices[0].events
    ]
    assert not notes_meant("four more bars", old, Place(9, 12))
    assert {p.step for p in notes_meant("rewrite it using only C, D and E", old, Place(1, 2))} == {
        "C",
        "D",
        "E",
    }
