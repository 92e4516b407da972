"""What messages mean, as a table: English, Chinese, terse, polite, mixed."""

import pytest

from abc_tools.parse import parse_tune
from abc_tools.theory import Interval
from chat.intent import understand
from chat.operations import read_operations
from chat.requirements import normalise, read
from chat.target import NoTarget, Target, find_target

TUNE = parse_tune(
    "X:1\nT:t\nM:4/4\nL:1/4\nK:G\nP:A\n|:GABd|cBAG|FGAF|G4|GABd|cBAG|FGAF|G4:|\n"
    "P:B\n|:gfed|edcB|AGFA|G4|gfed|edcB|AGFA|G4:|\n"
)


@pytest.mark.parametrize(
    ("message", "values"),
    [
        ("a lively jig in G major, 16 bars, with chords",
         {"rhythm": "jig", "key": "G major", "tempo": "fast", "bars": "16", "chords": "yes"}),
        ("a slow waltz in D minor about the sea, 16 bars, for beginners",
         {"theme": "the sea", "rhythm": "waltz", "key": "D minor", "tempo": "slow", "bars": "16",
          "difficulty": "beginner"}),
        ("Reel in A dorian.", {"rhythm": "reel", "key": "A dorian"}),
        ("something in a minor key", {"mode": "minor"}),
        ("a tune in a minor, 12 bars", {"key": "A minor", "bars": "12"}),
        ("a minor waltz", {"rhythm": "waltz", "mode": "minor"}),
        ("compose in B flat major, 3/4, 24 measures, tempo 90",
         {"key": "Bb major", "meter": "3/4", "bars": "24", "tempo": "90"}),
        ("key: F#m, sixteen bars, no chords", {"key": "F# minor", "bars": "16", "chords": "no"}),
        ("only quarter notes and half notes, C major", {"key": "C major", "note_values": "1/2 1/4"}),
        ("no sixteenth notes please", {"note_values": "1/1 1/2 1/4 1/8"}),
        ("AABA, 32 bars", {"form": "AABA", "bars": "32"}),
        ('a march called "In the Key of C" in F', {"title": "In the Key of C", "rhythm": "march", "key": "F major"}),
        ("use only I, IV and V in D", {"key": "D major", "chords": "I IV V"}),
        ("a six-eight tune for tin whistle", {"meter": "6/8", "instrument": "tin whistle"}),
        ("写一首关于秋天的歌", {"theme": "秋天", "rhythm": "song"}),
        ("来一首欢快的D大调进行曲，十六小节，带和弦",
         {"rhythm": "march", "key": "D major", "tempo": "fast", "bars": "16", "chords": "yes"}),
        ("降B大调圆舞曲，三四拍，２４小节", {"rhythm": "waltz", "key": "Bb major", "meter": "3/4", "bars": "24"}),
        ("A小调，AABA曲式，没有升降号", {"key": "A minor", "form": "AABA", "scale": "diatonic"}),
        ("D商调式，五声音阶", {"key": "D dorian", "scale": "pentatonic"}),
        ("写一首《小河》，四分之二拍，速度100", {"title": "小河", "meter": "2/4", "tempo": "100"}),
        ("请写一首 jig，G大调", {"rhythm": "jig", "key": "G major"}),
    ],
)  # fmt: skip
def test_requirements(message, values):
    assert read(message).values == values


@pytest.mark.parametrize(
    ("message", "problem"),
    [("a tune in H sharp major", "no-such-key"), ("in 4/0 time", "no-such-meter"), ("0 bars please", "no-such-length"),
     ("9999 bars", "no-such-length"), ("at 5000 bpm", "no-such-tempo"), ("in 7/16", "meter-unsupported"),
     ("写一首0小节的曲子", "no-such-length")],
)  # fmt: skip
def test_what_cannot_be_is_a_problem(message, problem):
    assert [code for code, _ in read(message).problems] == [problem]


@pytest.mark.parametrize(
    ("message", "target"),
    [
        ("make bars 9-16 minor", (9, 16)), ("bars 5–8 up a fourth", (5, 8)), ("bar 6", (6, 6)),
        ("measures 3 to 4", (3, 4)), ("the last four bars", (13, 16)), ("first 8 bars", (1, 8)),
        ("the bridge", (9, 16)), ("the B part", (9, 16)), ("section A", (1, 8)), ("the second half", (9, 16)),
        ("the second part", (9, 16)), ("the ending", (13, 16)), ("the last bar", (16, 16)),
        ("第9到16小节", (9, 16)), ("第六小节", (6, 6)), ("最后四小节", (13, 16)), ("前八小节", (1, 8)),
        ("B段", (9, 16)), ("第二段", (9, 16)), ("后半部分", (9, 16)), ("副歌", (9, 16)), ("结尾", (13, 16)),
        ("bars five through seven", (5, 7)),
    ],
)  # fmt: skip
def test_targets(message, target):
    found = find_target(normalise(message).lower(), TUNE, None)
    assert isinstance(found, Target)
    assert (found.first, found.last) == target


def test_targets_that_are_not_there_are_named_and_a_selection_is_the_last_resort():
    assert find_target("bars 20-30", TUNE, None) == NoTarget("no-such-bars", "16")
    assert find_target("the c part", TUNE, None) == NoTarget("no-such-section", "C")
    assert find_target("make it minor", TUNE, None) is None
    assert find_target("make it minor", TUNE, (3, 5)) == Target(3, 5, "selection")
    assert find_target("bar 2", TUNE, (3, 5)) == Target(2, 2)


@pytest.mark.parametrize(
    ("message", "kind", "detail"),
    [
        ("transpose it up a tone", "transpose", Interval(1, 2)),
        ("move it down a minor third", "transpose", Interval(-2, -3)),
        ("升高两个半音", "transpose", Interval(1, 2)),
        ("把整首曲子降低一个全音", "transpose", Interval(-1, -2)),
        ("up 5 semitones", "transpose", Interval(3, 5)),
        ("put it in D", "key", "D"),
        ("transpose to E minor", "key", "E minor"),
        ("移到降B大调", "key", "Bb major"),
        ("make bars 9-16 minor", "mode", "minor"),
        ("the B part in dorian please", "mode", "dorian"),
        ("把桥段变成小调", "mode", "minor"),
        ("tempo 90", "tempo", "90"),
        ("play it at 140 bpm", "tempo", "140"),
        ("down an octave", "octave", "-1"),
        ("最后四小节升高八度", "octave", "1"),
        ('call it "The Sea"', "title", "The Sea"),
        ("remove the chords", "chords", "no"),
        ("rewrite bars 5 to 8", "rewrite", ""),
        ("make bars 5–8 more exciting", "rewrite", ""),
        ("improvise a new B section", "rewrite", ""),
        ("转成F大调", "key", "F major"),
        ("调到A调", "key", "A"),
        ("half a step down", "transpose", Interval(-1, -1)),
        ("把副歌写得更抒情", "rewrite", ""),
    ],
)
def test_operations(message, kind, detail):
    text = normalise(message)
    operations = read_operations(text, text.lower())
    assert [o.kind for o in operations] == [kind]
    assert detail in (operations[0].interval, operations[0].value)


@pytest.mark.parametrize(
    ("message", "faster"),
    [("faster", True), ("a bit slower please", False), ("速度慢一点", False), ("快一些", True), ("slow it down", False),
     ("twice as fast", True), ("太快了", False), ("20% slower", False)],
)  # fmt: skip
def test_tempo_goes_the_right_way(message, faster):
    text = normalise(message)
    (operation,) = read_operations(text, text.lower())
    assert operation.kind == "tempo"
    assert (operation.factor > 1) is faster


@pytest.mark.parametrize(
    ("message", "with_tune", "without"),
    [
        ("a jig in G", "compose", "compose"),
        ("write a new bridge", "edit", "compose"),
        ("can you make it minor?", "edit", "compose"),
        ("transpose it up a tone", "edit", "refuse"),
        ("undo", "history", "history"),
        ("撤销", "history", "history"),
        ("go back to version 2", "history", "history"),
        ("why does bar 6 sound sad?", "analyse", "analyse"),
        ("分析一下", "analyse", "analyse"),
        ("find tunes like this", "recommend", "recommend"),
        ("推荐几首中国民歌", "recommend", "recommend"),
        ("", "refuse", "refuse"),
        ("?!", "refuse", "refuse"),
        ("help", "answer", "answer"),
        ("make it a waltz", "refuse", "compose"),
        ("add a second voice", "refuse", "compose"),
        ("delete bar 3", "refuse", "refuse"),
        ("make the tune longer", "refuse", "compose"),
        ("make it sadder", "edit", "refuse"),
        ("thanks, that is lovely!", "answer", "answer"),
        ("Lovely!", "answer", "answer"),
        ("thank you", "answer", "answer"),
        ("很好听！", "answer", "answer"),
        ("nice, but make it minor", "edit", "compose"),
        ("a waltz in 4/4", "refuse", "refuse"),
        ("<img src=x onerror=alert(1)>", "refuse", "refuse"),
        ("春天的气息弥漫在空气中", "refuse", "compose"),
        ("a spring morning in the mountains", "refuse", "compose"),
        ("写一首关于秋天的歌", "compose", "compose"),
        ("transpose it to H major", "refuse", "refuse"),
    ],
)
def test_intents(message, with_tune, without):
    assert understand(message, TUNE, None).kind == with_tune
    assert understand(message, None, None).kind == without
