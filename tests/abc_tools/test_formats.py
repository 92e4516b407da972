"""Formats: what goes out comes back, what is damaged is said, music21 hears the same."""

import io
import json
import random
import warnings
import zipfile
from fractions import Fraction

import mido
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abc_tools.__main__ import main
from abc_tools.formats import convert, midi, midi_guess
from abc_tools.formats.convert import Options, export, import_text
from abc_tools.formats.midi import Mix
from abc_tools.formats.midi_import import bars_of, read_midi
from abc_tools.formats.musicxml import write_musicxml
from abc_tools.formats.musicxml_rhythm import split_length
from abc_tools.formats.sheet import Bar, Item, Line, Sheet, cut
from abc_tools.formats.write import syllable_text, write
from abc_tools.instruments import PROGRAMS, program_named
from abc_tools.parse import parse, parse_tune
from abc_tools.theory import Key, Pitch, parse_meter
from abc_tools.timeline import unfold
from abc_tools.validate import errors
from benchmarks.formats import played, stream_notes, written
from tests.abc_tools.strategies import tunes

SONG = """X:1
T:Evening
T:a second title
C:A. Maker
C:Words: B. Writer
R:air
O:Nowhere
P:AB
M:3/4
L:1/8
Q:"Andante" 1/4=72
%%score {(1 2) | 3}
V:1 clef=treble name="Voice"
V:2 clef=treble
V:3 clef=bass name="Piano"
K:Dm
P:A
[V:1] "Dm"!mf!(A2 d2) e2|"A7/C#"(3^cde !fermata!e4|{fg}f2 .e2 !trill!d2-|1 d6:|2 d4 z2||
w: One eve-ning in_ the val-ley lay- still
w: 二 月 春 风 似 剪 刀 谁 家
[V:2] F2 F2 G2|A4 A2|A2 G2 F2-|1 F6:|2 F4 z2||
[V:3] [D,A,]2 z4|A,,2 ^C,2 E,2|D,2 C,2 B,,2|1 D,6:|2 D,4 z2||
P:B
[V:1] [K:Bb]"Bb"B2 c2 d2|[M:2/4]"F7"c2 A2|"Bb"B4|]
[V:2] [K:Bb]D2 E2 F2|[M:2/4]E2 C2|D4|]
[V:3] [K:Bb]B,,2 C,2 D,2|[M:2/4]F,,4|B,,,4|]
W:A further verse
"""


def words(event):
    """The syllables of an event without empty verses at the end."""
    said = list(event.syllables)
    while said and not said[-1]:
        said.pop()
    return said


def test_a_song_in_three_voices_comes_back_from_musicxml():
    tune = parse_tune(SONG)
    assert not errors(tune)
    back = parse_tune(import_text(export(tune, ".musicxml"), ".musicxml"))
    assert played(back) == played(tune)
    assert not errors(back)
    for name in "TRPM":
        assert back.field(name).value == tune.field(name).value
    values = [(f.name, f.value) for f in back.fields]
    assert ("T", "a second title") in values and ("O", "Nowhere") in values
    assert ("C", "A. Maker") in values and ("C", "Words: B. Writer") in values
    assert ("W", "A further verse") in values
    assert back.tempo == tune.tempo
    assert [v.clef for v in back.voices] == ["treble", "treble", "bass"]
    assert [v.name for v in back.voices] == ["Voice", "", "Piano"]
    for ours, theirs in zip(tune.voices[0].measures, back.voices[0].measures, strict=True):
        assert [e.chord_symbol for e in theirs.events] == [e.chord_symbol for e in ours.events]
        assert [words(e) for e in theirs.events] == [words(e) for e in ours.events]
        assert (theirs.key, theirs.meter, theirs.ending) == (ours.key, ours.meter, ours.ending)
        assert theirs.part == ours.part
    marks = [d for e in back.voices[0].events for d in e.decorations]
    assert {"!mf!", "!fermata!", "!trill!", "."} <= set(marks)
    assert [m.kind for m in back.voices[0].measures[0].marks if "slur" in m.kind] == [
        "slur-open", "slur-close"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        "C4-C4|C8|]",  # ties inside and over a bar
        "(3CDE (3:2:2C2D (5:4:5CDEFG|c4 B4|]",  # tuplets
        "C8 & E4 F4|D8|]",  # an overlay
        "[CEG]4- [CEG]4|[C-E]4 [CF]4|]",  # ties of some notes of a chord
        "{cd}C4 {/e}D4|C>D E<F G4|]",  # grace notes, broken rhythm
        "|:C8:|:D8|1E8:|2F8|]",  # repeats and endings
        "C8|Z2|C8|]",  # a rest of two bars
        '"F#m7b5"C4 "Bb/D"D4|"Gsus4"E4 "C6"F4|"Em7"G4 "D7"A4|]',
        "[K:D]C8|[K:Ador]C8|[M:3/4]C6|]",
        "C5 D3|C7 D|]",  # lengths that no single note has
        "^C_D=E^^F __G4|^C8|]",
        "C8|!D.C.!D8|]",
    ],
)
def test_constructs_survive_musicxml(body):
    tune = parse_tune("X:1\nT:t\nM:4/4\nL:1/8\nQ:1/4=90\nK:C\n" + body + "\n")
    text = import_text(write_musicxml(tune), ".xml")
    assert played(parse_tune(text)) == played(tune), text
    symbols = [e.chord_symbol for v in tune.voices for e in v.events if e.chord_symbol]
    back = parse_tune(text)
    assert [e.chord_symbol for v in back.voices for e in v.events if e.chord_symbol] == symbols


@pytest.mark.parametrize(
    ("voice", "sounding"),
    [("clef=treble-8", 48), ("clef=bass", 60), ("transpose=-2", 58), ("clef=treble+8", 72)],
)
def test_octave_clefs_and_transposing_instruments(voice, sounding):
    tune = parse_tune(f"X:1\nT:t\nM:4/4\nL:1/4\nV:1 {voice}\nK:C\nC4|]\n")
    assert unfold(tune).events[0].midi == sounding
    back = parse_tune(import_text(write_musicxml(tune), ".musicxml"))
    assert unfold(back).events[0].midi == sounding


def test_an_instrument_named_in_a_key_does_not_transpose_by_its_name():
    text = 'X:1\nT:t\nM:4/4\nL:1/4\nV:1 name="Horn in F"\nK:C\nC4|]\n'
    back = parse_tune(import_text(write_musicxml(parse_tune(text)), ".musicxml"))
    assert unfold(back).events[0].midi == 60


@given(tunes())
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_any_tune_comes_back_from_musicxml_and_midi(text):
    tune = parse_tune(text)
    for suffix, data in ((".musicxml", write_musicxml(tune)),
                         (".mid", midi.write(tune, chords=False))):  # fmt: skip
        back = parse_tune(import_text(data, suffix))
        assert played(back) == played(tune), suffix
        assert not errors(back), suffix


def test_chord_symbols_and_words_come_back_from_midi():
    tune = parse_tune(
        'X:1\nT:t\nM:3/4\nL:1/4\nQ:1/4=100\nK:G\nD|"G"G2 A|"D7"B3|"G"G2|]\nw:How sweet the sound and\n'
    )
    back = parse_tune(import_text(midi.write(tune), ".mid"))
    assert played(back) == played(tune)
    assert [e.chord_symbol for v in back.voices for e in v.events if e.chord_symbol] == [
        "G", "D7", "G"
    ]  # fmt: skip
    sung = [e.syllables[0] for e in back.voices[0].events if e.syllables and e.syllables[0]]
    assert sung == ["How", "sweet", "the", "sound", "and"]
    assert back.measures[0].number == 0, "the pickup is a pickup again"
    assert back.key == tune.key and back.meter == tune.meter and back.tempo.bpm == 100


# -- MIDI without help ------------------------------------------------------------------------


def midi_file(notes, ticks=480, metas=()):
    """A file of (start, end, number) in ticks, with nothing else said."""
    track = mido.MidiTrack(metas)
    events = [(s, 1, n) for s, _, n in notes] + [(e, 0, n) for _, e, n in notes]
    now = 0
    for time, on, number in sorted(events):
        kind = "note_on" if on else "note_off"
        track.append(mido.Message(kind, note=number, velocity=80, time=time - now))
        now = time
    file = mido.MidiFile(type=0, ticks_per_beat=ticks, tracks=[track])
    buffer = io.BytesIO()
    file.save(file=buffer)
    return buffer.getvalue()


def test_played_timing_is_put_on_the_grid_and_gaps_are_closed():
    rng = random.Random(3)
    exact = [(i * 240, (i + 1) * 240, 60 + (0, 2, 4, 5, 7, 5, 4, 2)[i % 8]) for i in range(64)]
    loose = [
        (max(0, s + rng.randint(-25, 25)), e - rng.randint(20, 60), n) for s, e, n in exact
    ]  # fmt: skip
    sheet = read_midi(midi_file(loose))
    items = [item for bar in sheet.lines[0].bars for layer in bar.layers for item in layer]
    assert [item.pitches[0].midi for item in items if item.pitches] == [n for _, _, n in exact]
    onsets, start = [], Fraction(0)
    for bar in sheet.lines[0].bars:
        onsets += [start + i.onset for layer in bar.layers for i in layer if i.pitches]
        start += bar.length
    assert onsets == [Fraction(i, 8) for i in range(64)]
    assert sum(item.duration == Fraction(1, 8) for item in items) >= 60


def test_triplets_are_found_among_loosely_played_notes():
    rng = random.Random(5)
    notes = []
    for beat in range(16):
        parts = 3 if beat % 2 else 2
        for part in range(parts):
            start = beat * 480 + part * 480 // parts
            notes.append(
                (max(0, start + rng.randint(-12, 12)), start + 480 // parts - 15, 60 + part)
            )
    text = write(read_midi(midi_file(notes)))
    assert text.count("(3") == 8 and not errors(parse_tune(text))


@pytest.mark.parametrize(
    ("abc", "meter"),
    [
        ("M:3/4\nL:1/4\nK:G\n" + "G2B|A2c|B2d|G3|" * 4, "3/4"),
        ("M:6/8\nL:1/8\nK:D\n" + "dAA FAA|dfe d3|ede cBA|d6|" * 4, "6/8"),
        ("M:4/4\nL:1/4\nK:F\n" + "F2AB|c4|BAGF|C4|" * 4, "4/4"),
    ],
)
def test_the_meter_is_found_from_the_notes(abc, meter):
    tune = parse_tune("X:1\n" + abc + "\n")
    notes = [(e.position, e.position + e.length, e.midi) for e in unfold(tune).events]
    found, pickup = midi_guess.meter_of(notes)
    assert found.length == parse_meter(meter).length and pickup == 0


@given(st.integers(0, 127), st.sampled_from(["C", "G", "F#", "Db", "Am", "Ebm", "C#m"]))
def test_every_number_is_spelled_as_itself(number, name):
    from abc_tools.theory import parse_key

    assert midi_guess.spelled(number, parse_key(name)).midi == number


def test_a_note_at_the_end_of_time_is_refused():
    with pytest.raises(ValueError, match="more than 5000 bars"):
        read_midi(midi_file([(0, 480, 60), (1 << 27, (1 << 27) + 480, 62)]))


def test_a_short_first_meter_is_a_pickup():
    waltz, beat = parse_meter("3/4"), parse_meter("1/4")
    lengths, said = bars_of([(Fraction(0), beat), (Fraction(1, 4), waltz)], Fraction(7, 4))
    assert lengths == [Fraction(1, 4), Fraction(3, 4), Fraction(3, 4)]
    assert said[0][0] == waltz


# -- sheets and writing -----------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=12))
def test_cutting_at_barlines_keeps_the_sound(spans):
    items = [
        Item(Fraction(a, 16), Fraction(b, 16), (Pitch("C", 0, 4),), (False,)) for a, b in spans
    ]
    lengths = [Fraction(1)] * 6
    bars = cut(items, lengths)
    assert sum(i.duration for bar in bars for i in bar) == sum(i.duration for i in items)
    assert all(i.end <= 1 for bar in bars for i in bar)


@given(st.fractions(min_value=Fraction(1, 64), max_value=4, max_denominator=64))
def test_split_lengths_add_up(length):
    ratio = Fraction(1)
    while length.denominator & (length.denominator - 1):
        length = Fraction(length.numerator, length.denominator + 1)
    assert sum(piece for piece, _, _ in split_length(length, ratio)) == length


def test_writing_nothing_is_refused():
    with pytest.raises(ValueError, match="no music"):
        write(Sheet([]))
    with pytest.raises(ValueError, match="no music"):
        write_musicxml(parse_tune("X:1\nT:t\nK:C\n"))


@pytest.mark.parametrize("word", ["la", "half-way-", "to the", "100%", "*", "a_b|c", "花", "l'a"])
def test_syllables_read_back(word):
    bar = Bar(Fraction(1), [[Item(Fraction(0), Fraction(1), (Pitch("C", 0, 4),), (False,),
                                  words=(word,))]], key=Key("C"), meter=parse_meter("4/4"))  # fmt: skip
    tune = parse_tune(write(Sheet([Line("1", [bar])])))
    said = tune.voices[0].measures[0].events[0].syllables
    plain = word.replace("*", "").replace("_", "").replace("|", "")
    got = (said[0] or "") if said else ""
    assert got.replace("\N{NON-BREAKING HYPHEN}", "-").replace("\\%", "%") == plain
    assert syllable_text(word)


# -- other people's files ---------------------------------------------------------------------


def test_music21s_own_scores_import_note_for_note():
    from music21 import converter, corpus

    for name in ("bach/bwv66.6", "schoenberg/opus19/movement2", "weber/concertino_clarinet"):
        path = corpus.getWork(name)
        path = path[0] if isinstance(path, list) else path
        if path.stat().st_size > 300_000:
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            score = converter.parse(path, forceSource=True)
        tune = parse_tune(import_text(path.read_bytes(), path.suffix))
        assert written(tune) == stream_notes(score), name


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_musicxml_in_other_encodings_imports(encoding):
    tune = parse_tune(SONG.replace("二 月 春 风 似 剪 刀 谁 家", "é é").replace("Evening", "Été"))
    text = write_musicxml(tune).decode().replace('encoding="UTF-8"', f'encoding="{encoding}"')
    back = parse_tune(import_text(text.encode(encoding), ".musicxml"))
    assert back.title == "Été" and played(back) == played(tune)


def test_a_humdrum_file_imports():
    text = "**kern\n*M4/4\n*k[f#]\n=1\n4g\n4a\n4b\n4cc\n=2\n1dd\n==\n*-\n"
    tune = parse_tune(import_text(text.encode(), ".krn"))
    assert [e.midi[0] for e in tune.voices[0].events] == [67, 69, 71, 72, 74]


@pytest.mark.parametrize("suffix", [".mid", ".musicxml", ".mxl", ".mei", ".krn"])
@given(data=st.binary(max_size=200))
@settings(deadline=None, max_examples=6, suppress_health_check=[HealthCheck.too_slow])
def test_damaged_files_are_a_sentence(suffix, data):
    try:
        text = import_text(data, suffix)
    except ValueError as error:
        assert str(error).endswith(".")
    else:
        assert parse(text).tunes


@pytest.mark.parametrize("suffix", [".mid", ".musicxml", ".mxl"])
def test_cut_off_files_are_a_sentence_or_a_tune(suffix):
    whole = export(parse_tune(SONG), suffix)
    for end in range(0, len(whole), max(1, len(whole) // 23)):
        try:
            import_text(whole[:end], suffix)
        except ValueError as error:
            assert str(error).endswith(".")


def test_an_archive_that_unpacks_too_large_is_refused(monkeypatch):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("score.xml", b" " * 5000)
    monkeypatch.setattr(convert, "MAX_UNPACKED", 1000)
    with pytest.raises(ValueError, match="too large"):
        import_text(buffer.getvalue(), ".mxl")
    monkeypatch.setattr(convert, "MAX_BYTES", 10)
    with pytest.raises(ValueError, match="larger than"):
        import_text(b"x" * 11, ".mid")


# -- mix and options --------------------------------------------------------------------------


def tracks_of(data):
    return mido.MidiFile(file=io.BytesIO(data)).tracks


def test_the_mix_sets_program_volume_and_pan_and_silences():
    tune = parse_tune(SONG)
    mix = {"1": Mix(program=40, volume=90, pan=20), "2": Mix(mute=True), "chords": Mix(volume=30)}
    tracks = tracks_of(midi.write(tune, mix=mix))
    first = [m for m in tracks[1] if not m.is_meta][:3]
    assert [(m.type, getattr(m, "program", None) or m.value) for m in first] == [
        ("program_change", 40), ("control_change", 90), ("control_change", 20)
    ]  # fmt: skip
    assert not any(m.type == "note_on" for m in tracks[2])
    assert any(m.type == "note_on" for m in tracks[3])
    solo = tracks_of(midi.write(tune, mix={"3": Mix(solo=True)}))
    assert [any(m.type == "note_on" for m in t) for t in solo[1:]] == [False, False, True] + [
        False
    ] * (len(solo) - 4)


def test_a_mix_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="no voice “9”"):
        midi.write(parse_tune(SONG), mix={"9": Mix()})
    with pytest.raises(ValueError, match="volume"):
        Mix(volume=200)


def test_instruments_are_found_by_name():
    assert all(program_named(name) is not None for name in PROGRAMS)
    assert program_named("Violin I") == 40 and program_named("Violoncello") == 42
    assert program_named("Melody") is None
    tune = parse_tune('X:1\nM:4/4\nL:1/4\nV:1 name="Flute"\nK:C\nC4|]\n')
    programs = [m.program for m in tracks_of(midi.write(tune))[1] if m.type == "program_change"]
    assert programs == [73]


def test_many_voices_share_channels_but_never_the_drums():
    voices = "".join(f"V:{n}\nC4|]\n" for n in range(1, 31))
    tracks = tracks_of(midi.write(parse_tune("X:1\nM:4/4\nL:1/4\nK:C\n" + voices)))
    used = {m.channel for t in tracks for m in t if m.type == "note_on"}
    assert 9 not in used and len(tracks) == 31


def test_tempo_option_and_unknown_suffix():
    tune = parse_tune(SONG)
    data = export(tune, ".mid", Options(tempo=200))
    tempos = [m.tempo for m in tracks_of(data)[0] if m.type == "set_tempo"]
    assert tempos == [300_000]
    for call in (lambda: export(tune, ".xyz"), lambda: import_text(b"x", ".xyz"),
                 lambda: export(tune, ".mid", Options(tempo=1000))):  # fmt: skip
        with pytest.raises(ValueError, match=r"\.$"):
            call()


# -- the command ------------------------------------------------------------------------------


def test_convert_writes_one_file_or_many(tmp_path, capsys):
    book = tmp_path / "book.abc"
    book.write_text(SONG + "\n" + SONG.replace("X:1", "X:2").replace("Evening", "Other"))
    target = tmp_path / "one.musicxml"
    assert main(["convert", str(book), str(target), "--tune", "2"]) == 0
    assert b"Other" in target.read_bytes()
    assert main(["convert", str(target), str(tmp_path / "back.abc")]) == 0
    assert "T:Other" in (tmp_path / "back.abc").read_text(encoding="utf-8")
    capsys.readouterr()
    out = tmp_path / "out"
    arguments = ["convert", str(book), str(target), "--to", "mid", "--output", str(out), "--json",
                 "--program", "1=73", "--volume", "2=50", "--mute", "3"]  # fmt: skip
    assert main(arguments) == 0
    reports = json.loads(capsys.readouterr().out)
    assert [r["tune"] for r in reports] == [1, 2, 1]
    assert sorted(p.name for p in out.iterdir()) == ["book-001.mid", "book-002.mid", "one.mid"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["missing.abc", "x.mid"], "There is no file"),
        (["song.abc", "x.doc"], "cannot be written"),
        (["song.abc"], "IN and OUT"),
        (["song.abc", "song.abc"], "same file"),
        (["song.abc", "x.mid", "--tune", "7"], "no tune 7"),
        (["song.abc", "x.mid", "--volume", "loud"], "a voice and a number"),
        (["song.abc", "x.mid", "--program", "77=3"], "no voice"),
        (["broken.mid", "x.abc"], "not a MIDI file"),
        (["broken.xml", "x.abc"], "cannot be read as a score"),
    ],
)
def test_convert_says_what_is_wrong(arguments, said, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "song.abc").write_text(SONG, encoding="utf-8")
    (tmp_path / "broken.mid").write_bytes(b"MThd nonsense")
    (tmp_path / "broken.xml").write_bytes(b"<score-partwise><part>")
    assert main(["convert", *arguments]) == 1
    assert said in capsys.readouterr().err
