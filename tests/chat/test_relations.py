"""Theory that is put together from parts: a relation and what it is asked of, in many words; never a tune by mistake."""
# ruff: noqa: E501 - tables of phrasings

import pytest
from music21 import interval, pitch

from chat.explain import Question, answer, read_question
from chat.explain.asked_relations import asked
from chat.explain.relations import PROGRESSIONS, relation
from chat.explain.scales import INTERVALS
from chat.explain.terms_style import style_asked
from chat.session import Session
from chat.understand.intent import understand

SAID = [
    ("What's the dominant seventh of D?", "A7: A, C♯, E and G"), ("what is the dominant of B flat", "is F, its degree 5"),
    ("subdominant of A major?", "is D, its degree 4"), ("which note is the leading note in E minor", "is D♯"),
    ("A major's submediant", "is F♯"), ("relative minor of Ab?", "is F minor"), ("what's the relative major of c minor", "is E♭ major"),
    ("what is the parallel major of F# minor?", "is F♯ major"), ("name the notes of a C minor triad", "C, E♭ and G"),
    ("how do I build a diminished seventh chord", "C, E♭, G♭ and B♭♭"), ("notes of the D blues scale?", "D F G A♭ A C"),
    ("how many beats does a dotted minim last", "lasts 3 beats"), ("in 6/8 how many beats is a dotted crotchet", "lasts 1 beat."),
    ("how long is a quaver in 4/4", "½ beat"), ("how many semiquavers in a minim", "8 sixteenth notes"),
    ("enharmonic of G sharp", "G♯ and A♭"), ("is G# the same as Ab?", "two names of one sound"), ("is E the same as F?", "different notes"),
    ("what's the tonic of a piece in 3 flats major", "E♭ major has 3 flats"), ("what key am I in if there are two sharps", "D major"),
    ("what is a major sixth above F", "is D: 9"), ("a fifth below D", "is G: 7"), ("whats the V chord in E flat", "In E♭ major V is B♭"),
    ("the iv of A minor", "In A minor iv is Dm"), ("what is the third of a D major chord", "is F♯"), ("what's the 5th of F#m", "is C♯"),
    ("how do I modulate from C to G", "on to G"), ("what chords go with the A minor pentatonic", "Am"),
    ("what's a good chord progression for a sad song", "Am  F  C  G"), ("what are the chords of a 12 bar blues in A", "A7  A7  A7  A7  D7"),
    ("what mode starts on D using only white notes", "D dorian"), ("how are Am and C related", "share C and E"),
    ("属七和弦 D调的是什么", "A7：A、升C、E和G"), ("B大调的属和弦是哪个", "升F"), ("降E大调的关系小调", "是C小调"), ("G大调的下属和弦是什么", "C、E和G"),
    ("什么调有两个降号", "降B大调"), ("减七和弦怎么构成", "重降B"), ("附点二分音符几拍", "3拍"), ("一个全音符等于几个八分音符", "8个八分音符"),
    ("降A的等音是什么", "降A和升G"), ("比G低一个小三度是什么音", "是E"), ("Am和C有什么关系", "共同音是C和E"), ("E和G sharp是几度", "大三度"),
    ("适合悲伤歌曲的和弦进行有哪些", "Am  F  C  G"), ("A小调的导音", "升G"), ("从C大调怎么转到G大调", "D7"), ("写旋律有什么技巧", "动机"),
    ("what makes a tune sound Irish?", "jigs in 6/8"), ("中国风的音乐有什么特点", "五声音阶"), ("why do songs have verses and choruses?", "chorus"),
    ("为什么歌曲要有副歌", "副歌每次相同"), ("why do folk tunes repeat each part", "dancers"), ("how do I find the key of a piece", "last note"),
    ("how are jigs and reels different", "Reel:"), ("how fast is andante", "76 to 108"), ("can a violin play a low F?", "G3 to A6"),
    ("三连音怎么数", "三个均匀的音节"), ("what is a pivot chord", "two keys"), ("什么是简谱", "数字"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "expected"), SAID)
def test_what_is_asked_of_theory_is_answered_where_no_tune_is_open(message, expected):
    intent = understand(message, Session(), None)
    assert intent.kind == "question", intent
    language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in message) else "en"
    assert expected in answer(intent.question, None, language).text


WISHES = [
    "a waltz in the dominant of D", "write a tune in the relative minor of C", "a jig in A major?", "something sad in E minor?",
    "how about a reel in D?", "what about a slow waltz in G?", "do a march in B flat", "16 bars of jig in D?", "give me a blues in E",
    "来一首G大调的进行曲", "写一首降E大调的关系小调的曲子", "能写一首悲伤的曲子吗",
]  # fmt: skip


@pytest.mark.parametrize("message", WISHES)
def test_wishes_for_tunes_stay_wishes(message):
    assert understand(message, Session(), None).kind == "compose"
    assert asked(message.lower()) is None


WONDERS = [
    "which scale has a blue note in C?", "is D minor sadder than E minor?", "F sharp minor?", "who composed in E flat major?",
    "D大调和E大调哪个更亮", "B小调？",
]  # fmt: skip


@pytest.mark.parametrize("message", WONDERS)
def test_a_key_in_a_question_is_no_wish_for_a_tune(message):
    assert understand(message, Session(), None).kind != "compose"


@pytest.mark.parametrize("name", sorted(INTERVALS))
@pytest.mark.parametrize("note", ["C", "F#", "Bb", "E"])
def test_notes_above_and_below_agree_with_music21(name, note):
    for way, sign in (("up", ""), ("down", "-")):
        if name == "perfect unison" and way == "down":
            continue  # music21 knows no descending unison
        found = relation(f"away:{way}|{name}|{note}")[0][0].value["other"]
        short = interval.Interval(pitch.Pitch("C4"), pitch.Pitch("C4").transpose(_semitones(name)))
        assert short.semitones == INTERVALS[name][1]
        base = pitch.Pitch(note.replace("b", "-") + "4")
        moved = base.transpose(interval.Interval(f"{sign}{_short(name)}"))
        assert found == moved.name.replace("-", "b")


def _semitones(name: str) -> int:
    return INTERVALS[name][1]


def _short(name: str) -> str:
    quality, number = name.split()
    numbers = {"unison": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "octave": 8, "ninth": 9,
               "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13}  # fmt: skip
    return {"perfect": "P", "major": "M", "minor": "m", "augmented": "A", "diminished": "d"}[
        quality
    ] + str(numbers[number])


def test_every_progression_can_be_said_in_every_key():
    for mood, (mode, _) in PROGRESSIONS.items():
        for tonic in ("C", "Eb", "F#", "A"):
            facts, example = relation(f"progressions:{mood} {tonic} {mode}")
            assert facts and example
            assert all(fact.sentence(language) for fact in facts for language in ("en", "zh"))


def test_a_note_lasts_as_long_as_the_meter_of_the_open_tune_has_it():
    from abc_tools.parse import parse_tune

    tune = parse_tune("X:1\nM:6/8\nL:1/8\nK:G\nGAB c2d|d3 G3|]\n")
    question = read_question("how many beats does a dotted crotchet get?", tune)
    assert question == Question("relation", term="lasting:3/8 6/8")
    cut = parse_tune("X:1\nM:C|\nL:1/8\nK:G\nGABc d4|]\n")
    question = read_question("how many beats does a minim get?", cut)
    assert "lasts 1 beat" in answer(question, cut, "en").text


def test_styles_are_told_in_general_and_not_of_a_tune():
    assert style_asked("what makes music sound medieval?") == "what sounds medieval"
    assert not style_asked("what makes this sound irish?") and not style_asked("make it irish")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("a waltz in the key of Q", "no-such-key"), ("a jig in X minor", "no-such-key"), ("something in Z flat major", "no-such-key"),
        ("一首K大调的曲子", "no-such-key"), ("16.5 bars of reel in D", "no-such-length"), ("a tune at 10000 bpm", "no-such-tempo"),
        ("写一首3.5小节的曲子", "no-such-length"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_asked_back(message, code):
    intent = understand(message, Session(), None)
    assert intent.kind == "refuse" and intent.problem[0] == code
