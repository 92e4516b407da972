"""What people say after a change: it is taken back, done elsewhere, or in the title, too; names are put right."""

# ruff: noqa: E501 - a wrapped message is harder to read than a long line
from __future__ import annotations

import pytest

from abc_tools.parse import parse_tune
from chat.session import Session
from chat.understand.intent import understand
from chat.understand.names_exchanged import names_exchanged
from tests.chat.talking import talk, tune_of

WALK = "X:1\nT:Walking to Rosa\nM:4/4\nL:1/4\nQ:1/4=90\nK:F\nF G A c|B A G2|A c d c|A2 G2|\nF A c A|d c B A|G B A G|F4|]\n"
SUNG = "X:1\nT:Rosa's Song\nM:4/4\nL:1/4\nK:F\nF G A c|B A G2|\nw:Ro-sa is a friend of mine\nA c d c|F4|]\nw:all day long now\n"
JAZZ = 'X:1\nT:Late\nM:4/4\nL:1/4\nK:C\n"C"E G c2|"A7"^c A G2|"Dm7"F A d2|"G7"B G F2|"C"c4|]\n'
OTHER = 'X:1\nT:Pairs\nM:4/4\nL:1/4\nK:F\nP:A\n"F"F G A c|"C"B A G2|\nP:B\n"F"A c d c|"Dm"A4|]\n'


@pytest.mark.parametrize("message", [
    "the original version was nicer", "I preferred the first one", "still think the first version is better", "还是第一版好听", "最初的版本更好",
])  # fmt: skip
def test_the_first_version_comes_back(message: str) -> None:
    first = talk(WALK).abc
    assert talk(WALK, "make it minor", "slower", message).abc == first


@pytest.mark.parametrize(
    "message",
    ["hmm that sounds weird, undo", "too dark. undo please", "the previous version was better"],
)
def test_an_undo_at_the_end_of_a_sentence(message: str) -> None:
    assert talk(WALK, "make it minor", message).abc == talk(WALK).abc


@pytest.mark.parametrize(
    "message", ["not there, the sixth", "no, i meant the 6th bar", "错了,是第六"]
)
def test_the_right_bar_by_its_number_alone(message: str) -> None:
    tune, old = tune_of(WALK, "bar 2 up an octave", message), parse_tune(WALK)
    bars = [[n for e in m.events for n in e.midi] for m in tune.measures]
    before = [[n for e in m.events for n in e.midi] for m in old.measures]
    assert bars[5] == [n + 12 for n in before[5]]
    assert bars[:5] == before[:5]
    assert bars[6:] == before[6:]


def test_the_same_some_bars_later() -> None:
    tune = tune_of(WALK, "bar 1 up an octave", "same again four bars later")
    old = parse_tune(WALK)
    moved = [m.number for m, was in zip(tune.measures, old.measures, strict=True)
             if [e.midi for e in m.events] != [e.midi for e in was.events]]  # fmt: skip
    assert moved == [1, 5]


def test_a_word_exchanged_in_the_title_too() -> None:
    assert tune_of(SUNG, 'change "Rosa" to "Ella"', "in the title too").title == "Ella's Song"


@pytest.mark.parametrize(("message", "title", "words"), [
    ("her name is Nora not Rosa, fix the title", "Nora's Song", "Ro"),
    ("it isn't Rosa, it's Nora", "Nora's Song", "No"),
    ("she's called Nora, not Rosa, in the words", "Rosa's Song", "No"),
])  # fmt: skip
def test_a_name_is_put_right_where_it_stands(message: str, title: str, words: str) -> None:
    tune = tune_of(SUNG, message)
    assert tune.title == title
    assert str(next(tune.voices[0].events).syllables[0]).startswith(words)


@pytest.mark.parametrize(
    "message", ["make it D major not minor", "louder, not faster", "not Am but Dm in bar 2"]
)
def test_what_is_no_exchange_of_names(message: str) -> None:
    assert not names_exchanged(message, message.lower(), parse_tune(SUNG))


@pytest.mark.parametrize(
    "message", ["copy bar 2 to bar 6", "put bar 2 in place of bar 6", "把第二小节复制到第六小节"]
)
def test_a_bar_written_over_another(message: str) -> None:
    tune = tune_of(WALK, message)
    second, sixth = ([e.midi for e in tune.measures[n].events] for n in (1, 5))
    assert tune.bar_count == 8
    assert second == sixth


def test_bars_that_come_again_elsewhere() -> None:
    tune = tune_of(WALK, "bars 1-2 again after bar 4")
    assert tune.bar_count == 10
    assert [e.midi for e in tune.measures[4].events] == [e.midi for e in tune.measures[0].events]


@pytest.mark.parametrize(
    "message",
    ["swap it for its tritone substitute", "use a tritone sub there", "换成三全音代理和弦"],
)
def test_the_chord_that_was_asked_about(message: str) -> None:
    tune = parse_tune(talk(JAZZ, "why does the A7 in bar 2 work?", message).abc)
    chords = [e.chord_symbol for m in tune.measures for e in m.events if e.chord_symbol]
    assert chords == ["C", "Eb7", "Dm7", "G7", "C"]


def test_back_to_a_chord_of_before() -> None:
    assert talk(JAZZ, "change the chord in bar 2 to Em", "no, back to the A7").abc == talk(JAZZ).abc


@pytest.mark.parametrize(
    ("message", "bar"),
    [
        ("the last chord of the A part should be C7", 2),
        ("A段最后那个和弦换成C7", 2),
        ("最后那个和弦换成C7", 4),
    ],
)
def test_the_last_chord_of_a_part(message: str, bar: int) -> None:
    tune = tune_of(OTHER, message)
    changed = [m.number for m in tune.measures for e in m.events if e.chord_symbol == "C7"]
    assert changed == [bar]


VERSES = "X:1\nT:Parts\nM:4/4\nL:1/4\nK:C\nP:Verse\nCDEF|GABc|\nP:Chorus\ncBAG|FEDC|]\n"


@pytest.mark.parametrize(("message", "left"), [
    ("delete the verse", "Chorus"), ("把主歌删掉", "Chorus"), ("副歌不要了", "Verse"), ("take out the chorus", "Verse"),
])  # fmt: skip
def test_a_part_goes_by_its_name(message: str, left: str) -> None:
    tune = tune_of(VERSES, message)
    assert tune.bar_count == 2
    assert f"P:{left}" in tune.source


@pytest.mark.parametrize(
    "message", ["结尾加个延长记号", "put a fermata at the end", "最后一个音延长"]
)
def test_a_fermata_at_the_end_is_on_the_last_note(message: str) -> None:
    reply = talk(WALK, message)
    assert [
        m.number
        for m in parse_tune(reply.abc).measures
        for e in m.events
        if "fermata" in " ".join(e.decorations)
    ] == [8]
    assert "ending" not in reply.text or message.isascii()


LEFT = "X:1\nT:Two hands\nM:4/4\nL:1/4\nK:C\nV:1\nCDEF|GABc|cBAG|E2C2|]\nV:2 clef=bass\nC,2G,2|C,2G,2|C,2G,2|C,4|]\n"


@pytest.mark.parametrize("message", ["the left hand is too low", "左手太低了"])
def test_a_left_hand_moves_by_octaves(message: str) -> None:
    tune, old = tune_of(LEFT, message), parse_tune(LEFT)
    assert [n for e in tune.voices[1].events for n in e.midi] == [
        n + 12 for e in old.voices[1].events for n in e.midi
    ]


@pytest.mark.parametrize("message", ["three endings to choose from", "给我三个不同的结尾挑挑"])
def test_endings_to_choose_from(message: str) -> None:
    found = understand(message, Session().add(WALK, ""), parse_tune(WALK)).operations
    assert [(o.name, o.values.get("versions")) for o in found] == [("rewrite", "3")]


@pytest.mark.parametrize("message", ["keep this one", "ok, let's keep it like that", "就用这个吧"])
def test_what_is_to_stay_stays(message: str) -> None:
    reply = talk(WALK, "slower", message)
    assert not reply.changed
    assert reply.abc == talk(WALK, "slower").abc


def test_an_order_is_no_answer_to_which_bars() -> None:
    reply = talk(WALK, "make the second ending louder", "transpose bars 1-2 up a tone")
    changed = [m.number for m, was in zip(parse_tune(reply.abc).measures, parse_tune(WALK).measures, strict=True)
               if [e.midi for e in m.events] != [e.midi for e in was.events]]  # fmt: skip
    assert changed == [1, 2]


def test_gentler_is_no_new_music() -> None:
    tune = tune_of(WALK, "slower and gentler")
    assert [e.midi for e in tune.voices[0].events] == [
        e.midi for e in parse_tune(WALK).voices[0].events
    ]


def test_the_old_chords_were_better_where_none_were_changed() -> None:
    assert not talk(WALK, "slower", "the original chords were better").changed


@pytest.mark.parametrize(
    "message",
    [
        "show me where the highest note is",
        "can you show us what changed",
        "use his name more often",
        "tell me which bars repeat",
    ],
)
def test_no_new_tune_is_written_for_it(message: str) -> None:
    assert understand(message, Session().add(SUNG, ""), parse_tune(SUNG)).kind != "compose"


@pytest.mark.parametrize(("message", "title"), [
    ("给它取个名字叫《晨光》", "晨光"), ("起名叫小河", "小河"), ('give it the name "Dawn"', "Dawn"),
])  # fmt: skip
def test_a_name_that_is_given_is_set(message: str, title: str) -> None:
    assert tune_of(WALK, message).title == title


@pytest.mark.parametrize("message", ["make bar 3 end on the tonic", "第3小节停在主音"])
def test_a_bar_ends_on_the_tonic(message: str) -> None:
    tune, old = tune_of(WALK, message), parse_tune(WALK)
    last = [e for e in tune.measures[2].events if e.notes][-1]
    assert last.notes[-1].pitch.step == "F"
    assert tune.bar_count == old.bar_count


def test_fewer_of_the_ornaments_that_were_just_added() -> None:
    def signs(*messages: str) -> int:
        return sum(
            len(e.decorations) + bool(e.grace)
            for m in tune_of(WALK, *messages).measures
            for e in m.events
        )

    assert 0 < signs("add trills", "too many, fewer please") < signs("add trills")
