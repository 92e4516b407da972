"""What messages mean, as a table: English, Chinese, terse, polite, mixed."""

# ruff: noqa: E501 - tables of messages

import random

import pytest

from abc_tools.parse import parse_tune
from abc_tools.places import NoPlace, find_place
from abc_tools.prosody import syllables
from chat.act.finish import _no_note_twice
from chat.act.lyricist import write_verse_from
from chat.act.plan.implied import settled
from chat.act.plan.lengths import tempo_of
from chat.check import CHECKS
from chat.session import Session
from chat.understand.followup import choice
from chat.understand.intent import understand
from chat.understand.operations import read_operations
from chat.understand.text import clauses, normalise, spelled
from chat.understand.wishes import read
from lm.generate import ScriptedBackend
from lm.verse import Order

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
        ("no sixteenth notes please", {"note_values": "1/1 3/4 1/2 3/8 1/4 1/8"}),
        ("AABA, 32 bars", {"form": "AABA", "bars": "32"}),
        ('a march called "In the Key of C" in F', {"title": "In the Key of C", "rhythm": "march", "key": "F major"}),
        ("use only I, IV and V in D", {"key": "D major", "chords": "I IV V"}),
        ("a six-eight tune for tin whistle", {"meter": "6/8", "instrument": "tin whistle"}),
        ("写一首关于秋天的歌", {"theme": "秋天", "rhythm": "song", "lyrics": "yes", "words": "秋天"}),
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
    ("message", "values"),
    [
        ("12-bar blues in A", {"key": "A major", "progression": "I7 I7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7"}),
        ("a song with the progression C G Am F, 8 bars", {"progression": "C G Am F", "bars": "8"}),
        ("chords i VII VI V in A minor", {"progression": "i VII VI V", "key": "A minor"}),
        ("用1645和弦进行写一首歌", {"progression": "I vi IV V"}),
        ("only C, F and G chords", {"chords": "C F G"}),
        ("ends on a half cadence", {"cadence": "half"}), ("结束在属和弦上", {"cadence": "half"}),
        ("finish with a plagal cadence", {"cadence": "plagal"}),
        ("modulates to the relative minor in the middle", {"modulation": "relative"}), ("中间转到属调", {"modulation": "dominant"}),
        ("a hymn for SATB", {"voices": "4"}), ("a duet for two flutes", {"voices": "2", "instrument": "flute"}),
        ("piano, both hands", {"voices": "2", "instrument": "piano"}), ("三声部合唱", {"voices": "3"}),
        ("a trio, within an octave", {"voices": "3", "range": "octave"}),
        ("from low G to high D", {"range": "G3 D5"}), ("nothing above the high D", {"range": "- D5"}), ("no lower than A3", {"range": "A3 -"}),
        ("with lyrics about trains", {"lyrics": "yes", "theme": "trains"}), ("instrumental, no words", {"lyrics": "no"}),
        ("带英文歌词", {"lyrics": "en"}),
        ("E harmonic minor", {"key": "E minor", "scale": "harmonic minor"}),
        ("G宫调式", {"key": "G major", "scale": "pentatonic"}), ("A羽调，七声", {"key": "A minor"}),
        ("about 45 seconds long", {"seconds": "45"}), ("半分钟左右", {"seconds": "30"}),
        ("no eighth notes or shorter", {"note_values": "1/1 3/4 1/2 1/4"}),
        ("nothing faster than eighth notes", {"note_values": "1/1 3/4 1/2 3/8 1/4 1/8"}),
        ("an eighth-note pickup", {"pickup": "1/8"}), ("something upbeat", {"tempo": "fast"}),
        ("not too fast", {"tempo": "medium"}), ("not slow, a lively one", {"tempo": "fast"}),
        ("nothing too hard", {"difficulty": "beginner"}), ("a virtuosic piece", {"difficulty": "advanced"}),
        ("no repeats please", {"repeats": "no"}), ("不要反复", {"repeats": "no"}),
        ("a hundred and twenty beats per minute", {}),
        ("quarter = 96", {"tempo": "96"}), ("verse and chorus", {"form": "ABAB"}), ("rondo", {"form": "ABACA"}),
        ("a waltz, no wait, a march in C", {"rhythm": "march", "key": "C major"}),
        ("in D major... sorry, I meant D minor", {"key": "D minor"}), ("写一首圆舞曲，不对，进行曲", {"rhythm": "march"}),
        ("a walts in d miner, 16 mesures", {"rhythm": "waltz", "key": "D minor", "bars": "16"}),
        ("write a waltz in a major and uh put the title as rainy tuesday", {"title": "Rainy Tuesday", "key": "A major"}),
        ("a jig in D, title it the fox in the barn", {"title": "The Fox in the Barn", "rhythm": "jig"}),
        ("a reel with the title of sad march please", {"title": "Sad March", "rhythm": "reel"}),
        ('a reel titled "Low Tide" please', {"title": "Low Tide"}),
        ("nothing wider than one octave from bottom to top", {"range": "octave"}),
        ("no note played twice in a row", {"repeated_notes": "no"}), ("no repeated notes", {"repeated_notes": "no"}),
        ("相邻的音不要相同", {"repeated_notes": "no"}), ("最高音和最低音相差不超过一个八度", {"range": "octave"}),
        ("来一首圆舞曲，标题就写雨后的桥吧", {"title": "雨后的桥", "rhythm": "waltz"}),
    ],
)  # fmt: skip
def test_more_requirements(message, values):
    found = read(message).values
    assert {name: found.get(name) for name in values} == values
    assert not read(message).problems


@pytest.mark.parametrize(
    "message",
    ["a march, the title is up to you", "a waltz and call it a day", "a jig, call it whatever you like", "写首曲子，名字你来取"],
)  # fmt: skip
def test_what_is_said_of_a_title_is_none(message):
    assert "title" not in read(message).values


@pytest.mark.parametrize(
    "said", ["8 bars to the part", "8 bars per strain", "8 bars in each part", "8 bars to a part", "parts 8 bars long",
             "8 bars a half", "每段8小节"],
)  # fmt: skip
def test_bars_of_each_part(said):
    wishes = read(f"reel, E dorian, AABB, {said}")
    assert wishes.details["part-size"] == "8" and "bars" not in wishes.values


def test_a_requirement_names_nothing_that_was_not_said():
    for message in (
        "something nice",
        "music for my cat's birthday",
        "春天的气息弥漫在空气中",
        "an airy tune in the air",
    ):
        assert set(read(message).values) <= {"theme", "rhythm"}, message


def test_several_tunes_given_words_and_words_that_must_occur():
    assert read("give me three short reels").count == 3 and read("写三首不同的小曲").count == 3
    assert read("a reel with three parts").count == 1
    given = read("Set these words to music: The rain came down on the roof all night")
    assert (
        given.words == "The rain came down on the roof all night"
        and given.values["lyrics"] == "given"
    )
    must = read('a song with lyrics, must contain the words "silver" and "tide"')
    assert must.must == ("silver", "tide")


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("make bars 9-16 minor", (9, 16)), ("bars 5–8 up a fourth", (5, 8)), ("bar 6 up an octave", (6, 6)),
        ("measures 3 to 4 down an octave", (3, 4)), ("the last four bars in minor", (13, 16)), ("make the first 8 bars minor", (1, 8)),
        ("make the bridge minor", (9, 16)), ("the B part an octave up", (9, 16)), ("section A in minor", (1, 8)),
        ("second half in minor", (9, 16)), ("the second part in minor", (9, 16)), ("the ending an octave higher", (13, 16)),
        ("第9到16小节改成小调", (9, 16)), ("第六小节升高八度", (6, 6)), ("最后四小节改成小调", (13, 16)), ("前八小节改成小调", (1, 8)),
        ("B段改成小调", (9, 16)), ("第二段改成小调", (9, 16)), ("副歌改成小调", (9, 16)), ("bars five through seven in minor", (5, 7)),
        ("everything except the A part an octave lower", (9, 16)),
    ],
)  # fmt: skip
def test_places(message, place):
    (operation,) = read_operations(message, TUNE)
    assert operation.place is not None
    assert (operation.place.first, operation.place.last) == place


def test_places_that_are_not_there_are_named_and_a_selection_is_the_last_resort():
    for words, code in (("bars 20-30", "bars"), ("the c part", "part")):
        with pytest.raises(NoPlace) as caught:
            find_place(TUNE, words)
        assert caught.value.code == code
    assert read_operations("make bars 20-30 minor", TUNE)[0].wrong is not None
    assert read_operations("make it minor", TUNE)[0].place is None
    selected = read_operations("make it minor", TUNE, (3, 5))[0].place
    assert selected is not None and (selected.first, selected.last) == (3, 5)
    named = read_operations("make bar 2 minor", TUNE, (3, 5))[0].place
    assert named is not None and named.first == 2
    assert read_operations("make the whole tune minor", TUNE, (3, 5))[0].place is None


@pytest.mark.parametrize(
    ("message", "changes"),
    [
        ("transpose it up a tone", [("transpose", {"semitones": "2"})]), ("move it down a minor third", [("transpose", {"semitones": "-3"})]),
        ("升高两个半音", [("transpose", {"semitones": "2"})]), ("up 5 semitones", [("transpose", {"semitones": "5"})]),
        ("up a third within the key", [("transpose-diatonic", {"steps": "2"})]),
        ("put it in D", [("key", {"key": "D"})]), ("移到降B大调", [("key", {"key": "Bb major"})]),
        ("relative minor please", [("key", {"key": "E minor"})]), ("the B part in dorian please", [("mode", {"mode": "dorian"})]),
        ("tempo 90", [("tempo", {"bpm": "90"})]), ("twice as fast", [("tempo-by", {"factor": "2"})]), ("速度减半", [("tempo-by", {"factor": "0.5"})]),
        ("down an octave", [("octave", {"octaves": "-1"})]), ('call it "The Sea"', [("set-field", {"name": "T", "value": "The Sea"})]),
        ("change the title to Rock and Roll", [("set-field", {"name": "T", "value": "Rock and Roll"})]),
        ("remove the chords", [("remove-chords", {})]), ("add chords", [("add-chords", {})]),
        ("harmonise it with only I, IV and V", [("add-chords", {"only": "I IV V", "keep": "no"})]), ("jazzier chords", [("reharmonise", {"how": "sevenths"})]),
        ("change the chord in bar 5 to Em", [("set-chords", {"at": "5:1=Em"})]), ("第三小节的和弦改成D7", [("set-chords", {"at": "3:1=D7"})]),
        ("add a second voice in sixths above", [("second-voice", {"interval": "sixth", "above": "yes"})]), ("add an alberti bass", [("add-bass", {"pattern": "alberti"})]),
        ("arrange it for SATB", [("add-choir", {})]), ("加四部合唱", [("add-choir", {})]), ("give it a drone", [("add-drone", {})]),
        ("delete bar 3", [("delete-bars", {})]), ("删除第3小节", [("delete-bars", {})]),
        ("insert two empty bars after bar 4", [("insert-bars", {"bar": "4", "count": "2", "where": "after"})]),
        ("copy bars 1-4 after bar 8", [("copy-bars", {"after": "8"})]), ("move bars 1-2 to the end", [("move-bars", {"after": "end"})]),
        ("swap the A part and the B part", [("swap-bars", {"with": "9-16"})]), ("repeat the first four bars", [("repeat-bars", {"way": "signs"})]),
        ("write out the repeats", [("write-out-repeats", {})]), ("shorten it to 8 bars", [("new-length", {"bars": "8"})]),
        ("add an intro of 2 bars", [("intro", {"bars": "2", "kind": "ending"})]), ("add a tag", [("ending", {"kind": "tag", "bars": "2"})]),
        ("give it first and second endings", [("ending", {"kind": "first-second"})]), ("end it on the tonic", [("ending", {"kind": "tonic"})]),
        ("add a pickup", [("add-pickup", {})]), ("去掉弱起", [("remove-pickup", {})]), ("put a trill on the last bar", [("add-ornaments", {"kind": "trill"})]),
        ("no ornaments", [("remove-ornaments", {})]), ("play the first part softly", [("dynamic", {"level": "p"})]), ("swing it", [("swing", {"style": "dotted", "of": "either"})]),
        ("double the note values", [("double", {})]), ("时值减半", [("halve", {})]), ("change to 3/4", [("meter", {"meter": "3/4"})]),
        ("make it a waltz", [("dance", {"style": "waltz"})]), ("改成进行曲", [("dance", {"style": "march"})]), ("write it for alto sax", [("instrument", {"name": "alto sax", "sounding": "yes"})]),
        ("play it on the flute", [("play-on", {"instrument": "flute"})]), ("set these words: oh the sea is wide", [("set-lyrics", {"text": "oh the sea is wide"})]),
        ("write lyrics about the sea", [("write-words", {"theme": "the sea"})]), ("remove the lyrics and the chords", [("remove-words", {}), ("remove-chords", {})]),
        ("rewrite bars 5 to 8", [("rewrite", {})]), ("make bars 5–8 more exciting", [("rewrite", {})]), ("把副歌写得更抒情", [("rewrite", {})]),
        ("make it sadder", [("sadder", {})]), ("欢快一点", [("happier", {})]), ("make it simpler", [("simplify", {})]), ("太难了", [("simplify", {})]),
        ("make the tune longer", [("longer", {})]), ("don't touch the A part", [("lock", {})]), ("解锁", [("unlock", {})]),
        ("make the second half minor, slow it down a bit and add chords", [("mode", {"mode": "minor"}), ("tempo-by", {"factor": "0.9"}), ("add-chords", {})]),
        ("把速度改成100，再升高一个全音", [("tempo", {"bpm": "100"}), ("transpose", {"semitones": "2"})]),
        ("make it a waltz in g minor, and a bit faster", [("dance", {"style": "waltz"}), ("key", {"key": "G minor"}), ("tempo-by", {"factor": "1.1"})]),
    ],
)  # fmt: skip
def test_operations(message, changes):
    assert [(o.name, o.values) for o in read_operations(message, TUNE)] == changes


@pytest.mark.parametrize(
    ("message", "faster"),
    [("faster", True), ("a bit slower please", False), ("速度慢一点", False), ("快一些", True), ("slow it down", False),
     ("twice as fast", True), ("太快了", False), ("20% slower", False)],
)  # fmt: skip
def test_tempo_goes_the_right_way(message, faster):
    (operation,) = read_operations(message, TUNE)
    assert operation.name == "tempo-by"
    assert (float(operation.values["factor"]) > 1) is faster


def test_each_change_has_its_own_bars():
    found = read_operations("bars 9 to 12 up a fourth, bars 13-16 down a fourth", TUNE)
    assert [(o.place.first, o.place.last) for o in found if o.place] == [(9, 12), (13, 16)]
    found = read_operations("raise bars 1-4 an octave and make them louder", TUNE)
    assert [(o.name, o.place.first if o.place else 0) for o in found] == [
        ("octave", 1),
        ("louder", 1),
    ]


def test_clauses_keep_quotes_whole():
    text = normalise("call it “Rain, and then Sun”, then slow it down")
    assert [text[a:b] for a, b in clauses(text)] == ['call it "Rain, and then Sun"', "slow it down"]
    assert spelled("a walts in d miner") == "a waltz in d minor"


def test_choices():
    assert [
        choice(m, 3)
        for m in (
            "the second one",
            "number 3",
            "i'll take the last one",
            "第二个",
            "选第三首",
            "make it minor",
            "4",
        )
    ] == [2, 3, 3, 2, 3, 0, 0]


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
        ("why does bar 6 sound sad?", "question", "question"),
        ("分析一下", "question", "question"),
        ("find tunes like this", "recommend", "recommend"),
        ("推荐几首中国民歌", "recommend", "recommend"),
        ("", "refuse", "refuse"),
        ("?!", "refuse", "refuse"),
        ("help", "answer", "answer"),
        ("make it a waltz", "edit", "compose"),
        ("add a second voice", "edit", "refuse"),
        ("delete bar 3", "edit", "refuse"),
        ("make the tune longer", "edit", "compose"),
        ("make it sadder", "edit", "compose"),
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
    assert understand(message, Session(), TUNE).kind == with_tune
    assert understand(message, Session(), None).kind == without


def test_a_leap_is_no_range_and_a_note_twice_is_no_repeat():
    assert "range" not in read("leaps no bigger than a fifth").values
    wishes = read("a reel in D, never the same note twice running")
    assert "repeats" not in wishes.values and "twice" not in wishes.details


def test_no_note_is_struck_twice():
    tune = parse_tune("X:1\nM:4/4\nL:1/4\nK:G\nG G B B|A A A d|B G G A|F G3|]\n")
    new = _no_note_twice(tune, read("no repeated notes"))
    assert CHECKS["repeated_notes"](new, "no") and new.voices[0].measures[-1].events[-1].midi == (
        67,
    )


@pytest.mark.parametrize(
    ("message", "meter", "bpm"),
    [("presto", "7/8", "300"), ("a lively one", "7/8", "264"), ("presto", "4/4", "176"), ("急板", "2/4", "176"),
     ("a slow one", "2/2", "38")],
)  # fmt: skip
def test_a_marking_at_the_beat_that_is_printed(message, meter, bpm):
    wishes = read(f"{message}, {meter}")
    marking = wishes.details.get("tempo-word", "")
    assert tempo_of(wishes.values["tempo"], {"meter": meter}, marking=marking) == bpm


def test_a_dance_has_its_meter_whatever_note_values_there_are():
    wishes = read("a polka, no semiquavers")
    assert "meter" not in settled(wishes, random.Random(1))


def test_words_that_must_occur_and_words_to_begin_with():
    assert read("a song in C, 4 bars, it has to say hello friends").must == ("hello", "friends")
    named = read("a ballad in G, words about me dog Banjo")
    assert "Banjo" in named.must and "instrument" not in named.values
    begun = read("eight bars, starting words 'Fold the map'")
    assert begun.details["words-begin"] == "Fold the map" and begun.values["lyrics"] == "yes"
    assert read('a song, beginning with the words "Oh my river runs"').words == ""
    assert read("一首儿歌，歌词以“小雨沙沙”开头").details["words-begin"] == "小雨沙沙"


@pytest.mark.parametrize(
    ("begin", "language"),
    [("Fold the map", "en"), ("Fold the map and come with me", "en"), ("小雨沙沙", "zh")],
)
def test_the_words_begin_as_they_are_to(begin, language):
    order = Order(((2, 0, 1, 0, 2, 0, 1),) * 4, "AABB", language, "rain", (begin,), 3, {2: 0})
    lines = write_verse_from(begin, order, ScriptedBackend()).verse.lines
    assert lines[0].startswith(begin) and lines[2].strip(",.") == lines[0].strip(",.")
    assert all(len(syllables(line)) == 7 for line in lines)
