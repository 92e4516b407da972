"""Facts: tunes of which a musician knows the answer, and promises that hold for any tune."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abc_tools.__main__ import main
from abc_tools.analyse import ROOMS, Fact, facts, facts_of, heard_keys
from abc_tools.analyse import terms as t
from abc_tools.analyse.degrees import ACCIDENTALS, accidentals
from abc_tools.analyse.keys import scale_of
from abc_tools.analyse.line import Material
from abc_tools.analyse.motifs import sequences
from abc_tools.analyse.phrases import CADENCES, closes, phrases
from abc_tools.analyse.rhythm import CELL_NAMES, syncopations
from abc_tools.analyse.shape import form_name
from abc_tools.analyse.style import FEATURES, STYLE_NAMES, closest_styles, features
from abc_tools.analyse.words import sayings
from abc_tools.parse import parse, parse_tune
from abc_tools.profiles import KINDS, PRIOR, WEIGHTS
from abc_tools.theory import MODES, Interval, Key
from abc_tools.tune import Tune

from .strategies import near_abc, songs, tunes


def head(key: str, meter: str = "4/4", unit: str = "1/4") -> str:
    return f"X:1\nT:t\nM:{meter}\nL:{unit}\nK:{key}\n"


def of_kind(tune: Tune, kind: str) -> list[Fact]:
    return [fact for fact in facts(tune) if fact.kind == kind]


HARMONIC_MINOR = head("Am", unit="1/8") + "A2c2 e2c2|d2f2 e4|e2d2 c2B2|A2^G2 A4|]\n"
DORIAN = head("Ddor", unit="1/8") + "D2FA d2cB|A2GE C2E2|D2FA B2dc|AFGE D4|]\n"
TO_DOMINANT = head("C") + (
    '"C"CEGE|"F"FA"G"GF|"C"EGcG|"G"BG"C"E2|"D7"^FAdA|"G"GBdB|"D7"c^FAF|"G"G4|'
    '"C"CEGE|"F"FA"G"GF|"G7"FDB,D|"C"C4|]\n'
)
A8 = "CDEF|GAG2|EFED|C4|CDEF|GAGE|DEDB,|C4|"
AABA = head("C") + A8 + "\n" + A8 + "\nA2F2|A2F2|G2E2|G2E2|AcAF|GcGE|^FGAB|G4|\n" + A8 + "]\n"
SEQUENCE = head("C", unit="1/8") + "cdcB cAGA|G2C2 E4|dcBc A2A2|cBAB G2G2|BAGA F2F2|E4 C4|]\n"


# -- keys ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [(HARMONIC_MINOR, "A minor"), (DORIAN, "D dorian"), (AABA, "C major"), (SEQUENCE, "C major")],
)
def test_the_key_is_heard_without_the_signature(text, key):
    assert heard_keys(parse_tune(text))[0].key.name == key
    fact = of_kind(parse_tune(text), "key")[0]
    assert fact.value["key"] == key and fact.confidence > 0.5


def test_scales():
    def scale(text: str, key: Key) -> tuple[str, str]:
        found = scale_of(Material(parse_tune(text)), key)
        return found["name"], found["chinese"]

    assert scale(HARMONIC_MINOR, Key("A", 0, "minor")) == ("harmonic minor", "")
    gong = head("C") + "CDEG|AGED|CDEG|C4|]\n"
    assert scale(gong, Key("C")) == ("major pentatonic", "gong")
    zhi = head("G") + "GABd|edBA|GEDE|G4|]\n"
    assert scale(zhi, Key("D")) == ("zhi pentatonic", "zhi")
    assert "宫调式" in of_kind(parse_tune(gong), "scale")[0].sentence("zh")


def test_tables_are_complete():
    assert set(WEIGHTS) == set(PRIOR) == set(MODES)
    assert all(set(rows) == set(KINDS) for rows in WEIGHTS.values())
    assert all(len(row) == 12 for rows in WEIGHTS.values() for row in rows.values())
    assert set(t.CADENCES) == set(CADENCES) and set(t.ACCIDENTALS) == set(ACCIDENTALS)
    assert set(CELL_NAMES.values()) <= set(t.CELLS) and set(MODES) == set(t.KEY_MODES)
    assert set(STYLE_NAMES) == set(t.STYLES)


@given(tunes(min_bars=4), st.integers(-5, 6))
@settings(max_examples=25)
def test_hearing_moves_with_transposition(text, semitones):
    from abc_tools.edit.pitch import transpose
    from abc_tools.text import apply

    tune = parse_tune(text)
    interval = Interval(7 * semitones // 12, semitones)
    moved = parse_tune(apply(text, transpose(tune, interval)))
    before, after = heard_keys(tune), heard_keys(moved)
    shares = {(h.key.pitch_class, h.key.mode): h.probability for h in after}
    for heard in before:
        there = ((heard.key.pitch_class + semitones) % 12, heard.key.mode)
        assert shares[there] == pytest.approx(heard.probability, abs=1e-6)


# -- harmony, modulation, cadences ----------------------------------------------------------------


def test_a_modulation_to_the_dominant_and_back():
    found = of_kind(parse_tune(TO_DOMINANT), "modulation")
    assert [(f.value["to"], f.value["relation"], f.bars) for f in found] == [
        ("G major", "dominant", (5, 6, 7, 8))
    ]
    assert "F♯" in found[0].sentence()


def test_written_key_changes():
    tune = parse_tune(head("G") + "GABc|d4|[K:Em]EFGA|B4|]\n")
    fact = of_kind(tune, "key change")[0]
    assert (fact.value["to"], fact.value["relation"], fact.bars) == (
        "E minor", "relative minor", (3, 4),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("chords", "melody", "kind"),
    [
        (("C", "G7", "C"), "C", "perfect authentic"), (("C", "G7", "C"), "E", "imperfect authentic"),
        (("C", "G7", "Am"), "C", "deceptive"), (("G", "F", "C"), "C", "plagal"),
        (("C", "F", "G"), "D", "half"), (("C", "Bb", "C"), "C", "modal"),
    ],
)  # fmt: skip
def test_cadences_by_chords(chords, melody, kind):
    one, two, three = chords
    tune = parse_tune(head("C") + f'"{one}"CEGE|"{one}"GEGE|"{two}"G2G2|"{three}"{melody}4|]\n')
    assert closes(Material(tune))[-1][1].kind == kind


def test_cadences_without_chords_follow_the_melody():
    kinds = [
        closes(Material(parse_tune(head("C") + f"CEGE|FAGF|EGED|{last}4|]\n")))[-1][1].kind
        for last in "CGDE"
    ]
    assert kinds == ["melodic tonic", "melodic dominant", "melodic leading tone", "melodic third"]


def test_secondary_dominants_and_borrowed_chords():
    tune = parse_tune(head("C") + '"C"E4|"D7"^F4|"G"G4|"Fm"_A4|"C"G4|]\n')
    dominant = of_kind(tune, "secondary dominant")[0]
    assert (dominant.value["numeral"], dominant.bars, dominant.value["resolved"]) == (
        "V7/V", (2,), True,
    )  # fmt: skip
    borrowed = of_kind(tune, "borrowed chord")[0]
    assert (borrowed.value["symbol"], borrowed.value["from"], borrowed.bars) == (
        "Fm", "minor", (4,),
    )  # fmt: skip


def test_chords_of_several_voices():
    text = head("C") + "V:1\nG4|A4|G4|G4|]\nV:2\nE4|F4|F4|E4|]\nV:3\nC4|F,4|B,4|C4|]\n"
    fact = of_kind(parse_tune(text), "chords")[0]
    symbols = [chord["symbol"] for chord in fact.value["chords"]]
    assert not fact.value["written"] and symbols[:2] == ["C", "F"]


# -- melody ---------------------------------------------------------------------------------------


def test_accidentals_are_explained():
    def why(text: str) -> list[str]:
        return [reason for _, reason in accidentals(Material(parse_tune(text)))]

    assert why(HARMONIC_MINOR) == ["leading tone"]
    assert why(head("C") + "CD^DE|F2E2|]\n") == ["chromatic passing tone"]
    assert why(head("C") + "G^FGE|C4|]\n") == ["chromatic neighbour"]
    assert why(head("C") + '"C"G2E2|"D7"A^FD2|"G"G4|]\n') == ["secondary dominant"]
    assert why(head("Am") + "E^F^GA|A4|]\n") == ["melodic minor", "leading tone"]


def test_syncopation_is_a_note_held_over_a_stronger_place():
    assert not syncopations(Material(parse_tune(head("C") + "CDEF|G4|]\n")))
    held = Material(parse_tune(head("C", unit="1/8") + "C2E4G2|c8|]\n"))
    assert [(n.pitch.name, strength) for n, strength in syncopations(held)] == [("E4", 1)]


def test_sequence_with_its_bars():
    tune = parse_tune(SEQUENCE)
    assert [(times, steps, size) for _, _, times, steps, size in sequences(Material(tune))] == [
        (3, -1, 1)
    ]
    fact = of_kind(tune, "sequence")[0]
    assert fact.bars == (3, 4, 5)
    assert fact.sentence() == (
        "Bars 3–5 are a sequence: the same figure a step lower every bar, 3 times in all."
    )
    assert "模进" in fact.sentence("zh")


# -- form -----------------------------------------------------------------------------------------------


def test_aaba():
    tune = parse_tune(AABA)
    fact = of_kind(tune, "form")[0]
    assert (fact.value["letters"], fact.value["name"]) == ("AABA", "song form")
    same = [f.value["bars"] for f in of_kind(tune, "section likeness") if f.value["kind"] == "same"]
    assert same == [[9, 16], [25, 32]]


def test_form_names():
    names = {"AABB": "binary", "ABA": "ternary", "ABACA": "rondo", "ABCD": "through-composed",
             "AABA": "song form", "AABBCC": "multi-part", "ABAB": "alternating"}  # fmt: skip
    assert {letters: form_name(letters) for letters in names} == names


def test_a_period_asks_and_answers():
    text = head("C") + '"C"CEGE|"F"FAGF|"C"EGED|"G"D4|"C"CEGE|"F"FAGF|"G7"EDFB,|"C"C4|]\n'
    fact = of_kind(parse_tune(text), "period")[0]
    assert (fact.value["antecedent"], fact.value["consequent"]) == ([1, 4], [5, 8])
    assert (fact.value["first_close"], fact.value["second_close"]) == ("half", "perfect authentic")


# -- style and difficulty --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "style"),
    [
        (head("D", "6/8", "1/8") + "|:AFA dAF|GBd cBA|AFA dfe|dAF D3:|\n", "jig"),
        (head("G", "4/4", "1/8") + "|:GABc dBGB|cABG AGFD|GABc dedB|cAFA G2G2:|\n", "reel"),
        (head("G", "4/4", "1/8") + "|:G>AB>c d>BG>B|c>AB>G A>GF>D|(3GAB c>d e>d(3cBA|G2G2 G4:|\n",
         "hornpipe"),
        (head("G", "3/4") + '|:"G"B2A|"G"G3|"C"e2d|"G"d3|"Am"c2B|"D7"A2F|"G"G3|"G"G3:|\n', "waltz"),
    ],
)  # fmt: skip
def test_styles_by_rule(text, style):
    assert closest_styles(Material(parse_tune(text)))[0].style == style


def test_a_plain_tune_is_easy_and_a_wild_one_is_hard():
    easy = of_kind(parse_tune(head("C") + "CDEF|G2E2|FEDC|C4|]\n"), "difficulty")[0]
    wild = of_kind(
        parse_tune(head("F#", unit="1/16") + "Q:1/4=160\nF,c=ga^^gf'F,c' =egf'F,c=gaf'|f'16|]\n"),
        "difficulty",
    )[0]
    assert easy.value["level"] == 1 and wild.value["level"] >= 4


# -- bars -------------------------------------------------------------------------------------------------


def test_why_a_bar_sounds_sad():
    tune = parse_tune(head("C") + '"C"CEGc|"G"BGDG|"Fm"c_AFC|"C"E4|]\n')
    found = {fact.kind: fact for fact in facts_of(tune, 3, 3)}
    assert found["bar chords"].value["minor"] == 1
    assert found["bar line"].value["direction"] == "falls"
    assert found["bar accidental"].value["degree"] == 6
    assert all(3 in fact.bars for fact in found.values())


def test_bars_that_are_not_there_are_refused():
    with pytest.raises(ValueError, match="bars 1 to 2"):
        facts_of(parse_tune(head("C") + "C4|C4|]\n"), 7, 9)
    with pytest.raises(ValueError, match="no subject"):
        facts(parse_tune(head("C") + "C4|C4|]\n"), ("colour",))
    with pytest.raises(ValueError, match="no notes"):
        facts(parse_tune(head("C") + "z4|z4|]\n"))


# -- promises for any tune --------------------------------------------------------------------------------


def numbers_in(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))


def allowed(fact: Fact) -> set[str]:
    """Every number that the fact holds, as it may be said: values, bars, counts of bars."""
    said = json.dumps(dict(fact.value)) + " " + " ".join(map(str, fact.bars))
    found = numbers_in(said)
    found |= {str(n) for n in range(max(len(fact.bars), len(fact.value)) + 1)}
    for number in list(found):
        found |= {f"{float(number):.0f}", f"{float(number):.1f}", f"{100 * float(number):.0f}"}
    for items in fact.value.values():
        if isinstance(items, list):
            found |= {str(n) for n in range(len(items) + 1)}
            found |= {str(n) for pair in [items] if all(isinstance(i, int) for i in pair) and pair
                      for n in range(min(pair), max(pair) + 1)}  # fmt: skip
    return found | {"5"} if fact.kind == "difficulty" else found


def holds(tune: Tune, fact: Fact) -> None:
    assert fact.bars and set(fact.bars) <= set(tune.bar_numbers), fact
    assert list(fact.bars) == sorted(set(fact.bars))
    assert 0 <= fact.confidence <= 1
    for language in ("en", "zh"):
        said = fact.sentence(language)
        assert said.endswith("." if language == "en" else "。") and "\n" not in said
        assert "{" not in said and "None" not in said
        plain = re.sub(r"°7|ø7|[A-G][♯♭#b]?[\w°ø+]*(?:/[A-G][♯♭]?)?", "", said)
        strange = numbers_in(plain) - allowed(fact)
        assert not strange, (fact, said, strange)
    again = json.loads(json.dumps(fact.report()))
    restored = Fact(again["kind"], again["value"], tuple(again["bars"]), again["confidence"])
    assert restored.sentence() == fact.sentence()


@given(st.one_of(tunes(), songs()))
@settings(max_examples=60, deadline=None)
def test_every_sentence_is_true_to_its_fact(text):
    tune = parse_tune(text)
    if not Material(tune).notes:
        return
    for fact in facts(tune):
        assert fact.kind in sayings()
        holds(tune, fact)
    for number in tune.bar_numbers[:2]:
        for fact in facts_of(tune, number, number):
            holds(tune, fact)


@given(tunes())
@settings(max_examples=30)
def test_phrases_cover_the_melody_and_features_have_names(text):
    material = Material(parse_tune(text))
    found = phrases(material)
    edges = [p.start for p in found] + [len(material.notes)]
    assert [p.stop for p in found] == edges[1:] if found else not material.notes
    assert not found or edges[0] == 0
    assert set(features(material)) in (set(FEATURES), set())


def test_every_subject_says_something():
    tune = parse_tune(TO_DOMINANT)
    assert all(facts(tune, (name,)) for name in ROOMS)
    with pytest.raises(ValueError, match="zh"):
        facts(tune)[0].sentence("fr")


def test_the_command_prints_sentences_and_json(tmp_path, capsys):
    file = tmp_path / "one.abc"
    file.write_text(AABA)
    assert main(["analyse", str(file)]) == 0
    assert "song form" in capsys.readouterr().out
    assert main(["analyse", str(file), "--language", "zh", "--bars", "3", "4"]) == 0
    assert "第3—4小节" in capsys.readouterr().out
    assert main(["analyse", str(file), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)[0]
    assert report["form"] == "AABA" and all(f["bars"] and f["zh"] for f in report["facts"])
    assert main(["analyse", str(file), "--music21"]) == 0
    assert "music21's key analysis agrees on C major" in capsys.readouterr().out
    assert main(["analyse", str(file), "--bars", "90", "91"]) == 1


MINOR_SONG = head("Gm", "3/4") + (
    '"Gm"G2A|"Gm"B2G|"Cm"c2B|"D7"A3|"Gm"B2c|"Eb"d2B|"D7"A2^F|"Gm"G3|'
    '"Bb"d2d|"F7"c2A|"Bb"B2c|"Bb"d3|"Cm"e2d|"Gm"d2B|"D7"A2^F|"Eb"G3|"Gm"G3|]\n'
)


def test_phrases_end_on_long_notes_that_group_the_bars():
    found = closes(Material(parse_tune(MINOR_SONG)))
    assert [(p.first_bar, p.last_bar) for p, _ in found] == [(1, 4), (5, 8), (9, 12), (13, 17)]
    assert [c.kind for _, c in found][:2] == ["half", "perfect authentic"]


@given(near_abc)
@settings(max_examples=150, deadline=None)
def test_text_of_any_kind_has_facts_or_a_plain_refusal(text):
    for tune in parse(text).tunes:
        try:
            found = facts(tune)
        except ValueError as error:
            assert str(error) == "There are no notes to analyse."
            continue
        for fact in found:
            assert fact.sentence() and fact.sentence("zh")


def test_a_chord_that_the_last_note_does_not_belong_to_makes_no_cadence():
    text = 'X:1\nM:4/4\nL:1/4\nK:D\n"D"DDAA|"A"AAGE|FAGE|D4|]\n'
    said = [fact.sentence("en") for fact in facts(parse_tune(text)) if fact.kind == "cadence"]
    assert said and not any("half" in sentence for sentence in said)
