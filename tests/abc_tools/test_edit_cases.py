"""Worked examples of the edits: small tunes, and what a musician expects of them."""

from fractions import Fraction

import pytest

from abc_tools.edit.arrange import duplicate_bars, move_bars, repeat_bars, write_out_repeats
from abc_tools.edit.bars import delete_bars, insert_bars
from abc_tools.edit.instruments import INSTRUMENTS, instrument, write_for
from abc_tools.edit.meter import set_meter
from abc_tools.edit.ornaments import KINDS, add_ornaments, kind_of, remove_ornaments
from abc_tools.edit.parts import add_ending, add_intro, add_pickup, remove_pickup
from abc_tools.edit.pitch import transpose_diatonic
from abc_tools.edit.rhythm import double_values, halve_values, simplify_rhythm, swing
from abc_tools.edit.selection import select
from abc_tools.edit.symbols import primary_chords, set_chords, simplify_chords
from abc_tools.edit.voices import extract_voice, remove_voice
from abc_tools.edit.words import remove_words, set_words
from abc_tools.parse import parse_tune
from abc_tools.text import Edit, apply
from abc_tools.theory import MODES, Key
from abc_tools.timeline import unfold
from abc_tools.tune import Tune
from abc_tools.validate import errors

HEAD = "X:1\nM:4/4\nL:1/4\nK:G\n"


def tune_of(body: str, head: str = HEAD) -> Tune:
    return parse_tune(head + body + "\n")


def body(tune: Tune, edits: list[Edit]) -> str:
    text = apply(tune.source, edits)
    assert not errors(parse_tune(text))
    return text.split("K:G\n", 1)[1].rstrip("\n")


# -- bars -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "bars", "after"),
    [
        ("GABc|d4|e4|G4|]", (2, 3), "GABc|G4|]"),
        ("GABc|d4|e4|G4|]", (3, 4), "GABc|d4|]"),
        ("|:GABc|d4:|\n|:e4|G4:|", (1, 2), "|:e4|G4:|"),
        ("|:GABc|d4:|\n|:e4|G4:|", (2, 3), "|:GABc::\nG4:|"),
        ("GABc|[K:D]d4|c4|]", (2, 2), "GABc|[K:D]c4|]"),
        ("|:GABc|d4|1 e4:|2 G4|]", (3, 4), "|:GABc|d4:|"),
        ("GABc|d4|\nw:a b c d e\ne4|G4|]\nw:f g", (2, 3), "GABc|\nw:a b c d\nG4|]\nw:g"),
    ],
)
def test_deleted_bars(before, bars, after):
    tune = tune_of(before)
    assert body(tune, delete_bars(tune, select(tune, *bars))) == after


def test_a_line_goes_with_its_bars_and_words():
    tune = tune_of("GABc|d4|\nw:a b c d e\ne4|G4|\nw:f g\nG4|]\nw:h")
    assert body(tune, delete_bars(tune, select(tune, 3, 4))) == "GABc|d4|\nw:a b c d e\nG4|]\nw:h"


def test_not_everything_and_no_lone_ending_is_deleted():
    tune = tune_of("|:GABc|d4|1 e4:|2 G4|]")
    with pytest.raises(ValueError, match="belong together"):
        delete_bars(tune, select(tune, 3, 3))
    with pytest.raises(ValueError, match="no music"):
        delete_bars(tune, select(tune, 1, 4))


def test_inserted_bars_keep_the_words_under_their_notes():
    tune = tune_of("GABc|d4|]\nw:a b c d e")
    assert body(tune, insert_bars(tune, 1, ["G4"])) == "GABc|G4|d4|]\nw:a b c d * e"
    assert body(tune, insert_bars(tune, 2, 1, where="before")) == "GABc|z4|d4|]\nw:a b c d e"


def test_a_section_is_copied_with_repeats_words_and_key():
    tune = tune_of("|:GABc|d4:|\nw:a b c d e\n|:[K:D]e4|G4:|")
    text = body(tune, duplicate_bars(tune, select(tune, 1, 2)))
    assert text == "|:GABc|d4:|\nw:a b c d e\n|:GABc|d4:|\nw:a b c d e\n|:[K:D]e4|G4:|"
    moved = body(tune, move_bars(tune, select(tune, 1, 2), 4))
    assert moved == "|:[K:D]e4|G4:|\n|:[K:G]GABc|d4:|\nw:a b c d e"


def test_repeats_by_signs_and_written_out_sound_the_same():
    tune = tune_of("GABc|d4|e4|G4|]")
    signs = parse_tune(apply(tune.source, repeat_bars(tune, select(tune, 1, 2))))
    assert signs.source.endswith("|:GABc|d4:|e4|G4|]\n")
    written = parse_tune(apply(signs.source, write_out_repeats(signs)))
    assert [n.midi for n in unfold(signs).events] == [n.midi for n in unfold(written).events]
    endings = tune_of("|:GABc|d4|1 e4:|2 G4|]")
    plain = parse_tune(apply(endings.source, write_out_repeats(endings)))
    assert ":" not in plain.source.split("K:G\n")[1]
    assert [n.midi for n in unfold(endings).events] == [n.midi for n in unfold(plain).events]


def test_intro_ending_and_pickup():
    tune = tune_of('"G"GABc|"D"d4|"C"e4|"G"G4|]\nw:a b c d e f g')
    assert body(tune, add_intro(tune, 1)).startswith('"G"G4|"G"GABc|')
    assert body(tune, add_ending(tune)).split("\n")[0].endswith('"G"G4|"G"G4|]')
    two = body(tune, add_ending(tune, "first-second"))
    assert two.startswith("|:") and ":|2" in two
    picked = parse_tune(apply(tune.source, add_pickup(tune)))
    assert body(tune, add_pickup(tune)) == 'D|"G"GABc|"D"d4|"C"e4|"G"G3|]\nw:* a b c d e f g'
    assert apply(picked.source, remove_pickup(picked)) == tune.source


# -- meter and rhythm -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meter", "after"),
    [
        ("3/4", "G2 A|"), ("6/8", "G3/2 A3/2|"), ("2/4", "G2| A2|"), ("5/4", "G3 A2|"),
    ],
)  # fmt: skip
def test_two_half_notes_in_another_meter(meter, after):
    tune = tune_of("G2 A2|B2 c2|d2 e2|G4|]")
    text = body(tune, set_meter(tune, meter))
    assert text.startswith(after)
    new = parse_tune(apply(tune.source, set_meter(tune, meter)))
    assert new.meter is not None and new.meter.length == Fraction(meter)


def test_words_and_chords_stay_on_their_notes_in_another_meter():
    tune = tune_of('"G"GA "C"B2|"D"c2 d2|"G"G4|]\nw:one two three four five six')
    new = parse_tune(apply(tune.source, set_meter(tune, "3/4")))
    said = [(e.midi, e.chord_symbol, e.syllables) for e in new.voices[0].events]
    assert said == [(e.midi, e.chord_symbol, e.syllables) for e in tune.voices[0].events]


def test_barlines_move_where_bars_are_multiples():
    tune = parse_tune("X:1\nM:2/4\nL:1/4\nK:G\nG^F|FA|B2-|B2|]\n")
    text = apply(tune.source, set_meter(tune, "4/4"))
    assert "M:4/4" in text
    new = parse_tune(text)
    assert len(new.measures[0].events) == 4
    assert [e.midi for e in new.voices[0].events][:4] == [(67,), (66,), (66,), (69,)]


def test_values_doubled_and_halved():
    tune = tune_of("GABc|d4|]")
    assert "M:4/2\nL:1/2" in apply(tune.source, double_values(tune))
    assert body(tune, double_values(tune, way="bars")) == "GA|Bc|d2-|d2|]"
    assert body(tune, halve_values(tune, way="bars")) == "GABcd4|]"
    longer = parse_tune(apply(tune.source, double_values(tune, way="bars")))
    assert apply(longer.source, halve_values(longer, way="bars")) == tune.source
    same = parse_tune(apply(tune.source, double_values(tune, tempo="same")))
    assert unfold(same).seconds == pytest.approx(unfold(tune).seconds)


def test_swing_and_simpler_rhythm():
    tune = tune_of("G/A/ B c2|d/>e/ d B/c/d/e/|G4|]")
    assert body(tune, swing(tune)).startswith("G3/4A/4 B c2|")
    assert body(tune, simplify_rhythm(tune, "eighths")) == "G B c2|d d Bd|G4|]"
    sharp = tune_of("B/^c/ B c2|(3G/A/B/ A G2|G4|]")
    assert body(sharp, simplify_rhythm(sharp, "eighths")) == "B B ^c2|G A G2|G4|]"
    sung = tune_of("G/A/ B c2|G4|]\nw:a b c d e")
    with pytest.raises(ValueError, match="sung"):
        simplify_rhythm(sung, "eighths")


# -- notes, signs, chords, words --------------------------------------------------------------


def test_thirds_by_the_scale():
    tune = tune_of('"G"GABc|"C"e4|]')
    assert body(tune, transpose_diatonic(tune, 2)) == '"Bm"Bcde|"Em"g4|]'


@pytest.mark.parametrize("name", sorted(INSTRUMENTS))
def test_an_instrument_sounds_what_was_written_up_to_the_octave(name):
    player = instrument(name)
    tune = tune_of("GABc|d4|]")
    new = parse_tune(apply(tune.source, write_for(tune, name)))
    for old, written in zip(tune.voices[0].events, new.voices[0].events, strict=True):
        sounding = written.midi[0] - player.written.semitones
        assert (sounding - old.midi[0]) % 12 == 0
        assert player.low <= written.midi[0] <= player.high
    assert new.key.pitch_class == (tune.key.pitch_class + player.written.semitones) % 12


def test_ornaments_sit_on_long_strong_notes_and_go_again():
    tune = tune_of("G2 A/B/c|d4|]")
    text = body(tune, add_ornaments(tune, "trill"))
    assert text == "!trill!G2 A/B/!trill!c|!trill!d4|]"
    many = tune_of("~G .A !f!B {c}d|(G2 !trill!A2)|]")
    assert body(many, remove_ornaments(many)) == "G .A !f!B d|(G2 A2)|]"
    assert body(many, remove_ornaments(many, ("all",))) == "G A B d|G2 A2|]"


def test_a_grace_note_leaves_its_accidental_behind():
    tune = tune_of("{^c}d c G2|]")
    assert body(tune, remove_ornaments(tune, ("grace",))) == "d ^c G2|]"


def test_kinds_of_signs_do_not_overlap():
    names = [name for kind in KINDS.values() for name in kind]
    assert len(names) == len(set(names))
    assert all(kind_of(f"!{name}!") == kind for kind, own in KINDS.items() for name in own)


def test_chord_symbols():
    tune = tune_of('"Em7"G2 "D7/F#"A2|"Am"d4|]\nw:a b c')
    assert body(tune, simplify_chords(tune)).startswith('"Em"G2 "D"A2|"Am"')
    assert body(tune, simplify_chords(tune, "primary")).startswith('"G"G2 "D"A2|"C"')
    assert body(tune, simplify_chords(tune, "one-a-bar")).startswith('"Em7"G2 A2|')
    cut = set_chords(tune, [(2, 3, "D7"), (1, 1, "G")])
    assert body(tune, cut) == '"G"G2 "D7/F#"A2|"Am"d2-"D7"d2|]\nw:a b c'


@pytest.mark.parametrize("mode", sorted(MODES))
def test_every_mode_has_three_primary_chords(mode):
    chords = primary_chords(Key("D", 0, mode))
    assert len({c.root_class for c in chords}) == 3


def test_words():
    tune = tune_of("GABc|d4|]\nw:a b c d e\nw:f g h i j")
    assert body(tune, remove_words(tune, 1)) == "GABc|d4|]\nw:f g h i j"
    assert body(tune, remove_words(tune, None, select(tune, 2, 2))).endswith("w:f g h i *")
    assert body(tune, set_words(tune, ["A-", "ma-", "zing"], 3)).endswith("j\nw:A-ma-zing")
    with pytest.raises(ValueError, match="no note"):
        set_words(tune, ["la"] * 6)
    with pytest.raises(ValueError, match="verse 3"):
        set_words(tune, ["la"], 5)


def test_voices_apart():
    text = (
        "X:1\n%%score (S A) | B\nM:4/4\nL:1/4\nV:S name=\"Soprano\"\nV:A\nV:B\nK:G\n"
        "V:S\nGABc|d4|]\nw:a b c d e\nV:A\nD4|D4|]\nV:B\nG,4|D,4|]\n"
    )  # fmt: skip
    tune = parse_tune(text)
    alone = apply(text, extract_voice(tune, "soprano"))
    assert alone == (
        "X:1\n%%score S\nM:4/4\nL:1/4\nV:S name=\"Soprano\"\nK:G\nV:S\nGABc|d4|]\nw:a b c d e\n"
    )  # fmt: skip
    rest = parse_tune(apply(text, remove_voice(tune, "A")))
    assert [v.id for v in rest.voices] == ["S", "B"]
    assert "%%score S | B" in rest.source
