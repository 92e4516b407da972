"""Outside opinions: abcjs, abc2midi and music21 read our tunes and edits as we do, bar for bar."""

import shutil

import pytest

from abc_tools import edit
from abc_tools.formats.musicxml import write_musicxml
from abc_tools.parse import parse, parse_tune
from abc_tools.repair import repair
from abc_tools.score import judged_keys, to_stream, wrong_bars
from abc_tools.text import apply
from abc_tools.theory import Interval
from abc_tools.validate import errors
from benchmarks.oracles import abc2midi_complaints, abcjs_bars, our_bars

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
needs_abc2midi = pytest.mark.skipif(
    shutil.which("abc2midi") is None, reason="abc2midi is not installed"
)

HEAD = "X:1\nT:t\nQ:1/4=100\n"
TUNES = {
    "jig with pickups": HEAD + 'M:6/8\nL:1/8\nK:G\n|:D|"G"GAB "D7"AFD|"G"G2B A2:|\n|:d|gfg "C"edc|BAG A2:|\n',
    "endings": HEAD + "M:C|\nL:1/8\nK:Ador\n|:A2 (3Bcd ecAc|BGdG eGdG|1 A>B c<d e2 ag:|2 edBd cA A2|]\n",
    "chords and ties": HEAD + "M:3/4\nL:1/4\nK:Eb\n[EGB]2 A-|A [Bd] _G|=A3|]\n",
    "two voices": HEAD + "M:4/4\nL:1/4\nK:D\nV:1\nDEFA|d4|\nV:2 clef=bass\nD,2A,,2|D,4|\n",
    "key and meter inside": HEAD + "M:4/4\nL:1/8\nK:F\nFGAB c4|[K:Dm]d2 ^c2 d4|[M:3/4]A2 F2 D2|]\n",
    "odd meter": HEAD + "M:5/4\nL:1/8\nK:Bm\nB2 cd e2 fe dc|B10|]\n",
}  # fmt: skip


def edited(text: str) -> list[str]:
    """The tune and what some edits make of it."""
    tune = parse_tune(text)
    last = edit.select(tune, tune.bar_count, tune.bar_count)
    return [
        text,
        apply(text, edit.transpose(tune, Interval(2, 3))),
        apply(text, edit.set_mode(tune, "phrygian", last)),
        apply(text, edit.set_tempo_of(tune, last, 60)),
        apply(text, edit.shift_octave(tune, 1)),
    ]


@needs_node
@pytest.mark.parametrize("name", TUNES)
def test_abcjs_reads_the_same_bars(name):
    texts = edited(TUNES[name])
    judged = abcjs_bars(texts)
    assert judged is not None
    for text, bars in zip(texts, judged, strict=True):
        assert not errors(parse_tune(text))
        assert bars == our_bars(parse_tune(text)), text


@needs_node
def test_abcjs_sees_a_wrong_bar_too():
    text = HEAD + "M:4/4\nL:1/4\nK:C\nCDE|FGAB|\n"
    judged = abcjs_bars([text])
    assert judged == [our_bars(parse_tune(text))]
    assert errors(parse_tune(HEAD + "M:4/4\nL:1/4\nK:C\nCDEF|FGA|c4|\n"))


@needs_abc2midi
@pytest.mark.parametrize("name", TUNES)
def test_abc2midi_has_nothing_to_say(name):
    for text in edited(TUNES[name]):
        assert abc2midi_complaints(text) == []


@needs_abc2midi
def test_abc2midi_complains_before_repair_and_not_after():
    broken = HEAD + "M:4/4\nL:1/4\nK:C\nCDEF|GABcd|c4|CDEF GABc|\n"
    assert abc2midi_complaints(broken)
    assert abc2midi_complaints(repair(broken).abc) == []


@pytest.mark.parametrize("name", TUNES)
def test_music21_hears_the_same_notes_in_full_bars(name):
    tune = parse_tune(TUNES[name])
    score = to_stream(tune)
    ours = [sorted(e.midi) for voice in tune.voices for e in voice.events if e.notes]
    theirs = [sorted(p.midi for p in n.pitches) for part in score.parts
              for n in part.recurse().notes]  # fmt: skip
    assert theirs == ours
    assert wrong_bars(tune) == []


def test_music21_judges_keys_and_reads_our_musicxml():
    tune = parse_tune(HEAD + 'M:4/4\nL:1/4\nK:G\n"G"GBdB|"D7"AFDF|"C"cedc|"G"G4|]\nw:la la la la\n')
    assert judged_keys(tune)[0][0] == tune.key
    from music21 import converter

    score = converter.parseData(write_musicxml(tune).decode(), format="musicxml")
    heard = [n.pitch.midi for n in score.recurse().notes if n.isNote]
    assert heard == [e.midi[0] for e in tune.voices[0].events]
    assert [n.lyric for n in score.recurse().notes if n.isNote][:4] == ["la"] * 4


def test_the_folk_tunes_of_music21s_corpus_come_back_and_are_mostly_right():
    from music21 import corpus

    paths = [p for p in corpus.getComposer("oneills1850") if str(p).endswith(".abc")][:1]
    assert paths, "music21 ships O'Neill's collection"
    with open(paths[0], encoding="utf-8") as file:
        tunes = parse(file.read()).tunes
    assert len(tunes) >= 20
    right = sum(not errors(tune) for tune in tunes)
    assert right >= 0.6 * len(tunes)
    for tune in tunes[:25]:
        mended = repair(tune.text + "\n")
        assert repair(mended.abc).abc == mended.abc
