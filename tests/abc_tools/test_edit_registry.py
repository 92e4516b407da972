"""Every edit of the registry: right results, local changes, kept notes, inverses, clear refusals."""

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from abc_tools.edit.outcome import outside, pitches, rhythm, sung
from abc_tools.edit.registry import EDITS, find, run
from abc_tools.edit.selection import select
from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.tune import Tune
from abc_tools.validate import errors
from tests.abc_tools.strategies import songs

VALUES: dict[str, tuple[dict[str, str], ...]] = {
    "transpose": ({"semitones": "2"}, {"semitones": "-3"}),
    "transpose-diatonic": ({"steps": "2"}, {"steps": "-1"}),
    "key": ({"key": "D"}, {"key": "Gm"}),
    "mode": ({"mode": "dorian"}, {"mode": "minor"}),
    "octave": ({"octaves": "1"},),
    "instrument": ({"name": "clarinet"}, {"name": "alto sax", "sounding": "no"}),
    "alter-notes": (
        {"to": "D", "nth": "-1"},
        {"to": "up", "name": "F"},
        {"to": "chord", "nth": "2"},
        {"to": "B=", "beat": "2"},
    ),
    "limit-range": ({"high": "D5"}, {"low": "G4"}, {"low": "E4", "high": "E5"}),
    "smooth": ({}, {"most": "3"}),
    "fill-leaps": ({}, {"least": "4"}),
    "repeat-notes": ({}, {"count": "4"}),
    "in-notes": ({"length": "1/4"}, {"length": "1/8", "longer": "yes"}, {"length": "1/2"}),
    "mark-notes": ({}, {"sign": "staccato", "length": "short"}),
    "copy-over": ({"first": "2"}, {"first": "1"}),
    "meter": ({"meter": "3/4"}, {"meter": "6/8"}, {"meter": "4/4", "way": "fit"}, {"meter": "2/4"}),
    "double": ({}, {"way": "bars"}, {"tempo": "same"}),
    "halve": ({}, {"way": "bars"}),
    "tempo": ({"bpm": "90"},),
    "swing": ({}, {"style": "triplet"}),
    "simplify-rhythm": ({}, {"level": "eighths"}, {"level": "dotted"}),
    "add-ornaments": ({}, {"kind": "grace"}, {"kind": "staccato"}, {"kind": "fermata"}),
    "remove-ornaments": ({}, {"kinds": "all"}),
    "dynamic": ({"level": "mp"},),
    "insert-bars": ({"bar": "2"}, {"bar": "1", "where": "before", "count": "3"}),
    "replace-bars": ({"music": "z8"},),
    "duplicate-bars": ({}, {"times": "2"}),
    "copy-bars": ({"after": "0"}, {"after": "2"}),
    "move-bars": ({"after": "0"}, {"after": "2"}),
    "repeat-bars": ({}, {"way": "written"}),
    "intro": (
        {"bars": "1"},
        {"bars": "2", "kind": "beginning"},
        {"bars": "2", "kind": "tonic"},
        {"kind": "fanfare"},
    ),
    "ending": ({}, {"kind": "tag"}, {"kind": "first-second"}),
    "add-pickup": ({}, {"notes": "G"}),
    "simplify-chords": ({}, {"level": "primary"}, {"level": "one-a-bar"}),
    "set-chords": ({"at": "1:1=G 2:2=D7"},),
    "set-words": ({"syllables": "la le"},),
    "set-field": ({"name": "composer", "value": "Anon"}, {"name": "T", "value": "New"}),
    "add-comment": ({"text": "here"},),
    "extract-voice": ({"voice": "1"}, {"voice": "2"}),
    "remove-voice": ({"voice": "2"},),
    "add-choir": ({}, {"first": "2"}, {"first": "1", "last": "2"}),
    "second-voice": ({}, {"interval": "sixth"}, {"above": "yes"}),
    "add-bass": ({}, {"pattern": "oompah"}, {"pattern": "alberti"}, {"pattern": "walking"}),
}
READERS = {"pitch": pitches, "rhythm": rhythm, "words": sung}


@given(songs(), st.sampled_from(sorted(EDITS)), st.data())
@settings(deadline=None, max_examples=250, suppress_health_check=list(HealthCheck))
def test_every_edit_keeps_its_promises(text, name, data):
    tune = parse_tune(text)
    assert not errors(tune)
    kind = EDITS[name]
    values = data.draw(st.sampled_from(VALUES.get(name, ({},))))
    measures = None
    if kind.scope == "bars" or (kind.scope == "any" and data.draw(st.booleans())):
        first = data.draw(st.integers(1, tune.bar_count))
        measures = select(tune, first, data.draw(st.integers(first, tune.bar_count)))
    try:
        edits = run(tune, name, values, measures)
    except ValueError as refusal:
        assert str(refusal).endswith((".", "?")), refusal
        return
    new = parse_tune(apply(text, edits))
    assert not errors(new)
    for kept in kind.keeps:
        assert READERS[kept](new) == READERS[kept](tune)
    if measures is not None and kind.scope == "any":
        assert not outside(tune, edits, measures)


@given(songs(), st.sampled_from(("sixteenths", "eighths")))
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_a_simpler_rhythm_keeps_the_pitches_that_stay(text, level):
    tune = parse_tune(text)
    try:
        new = done(tune, "simplify-rhythm", level=level)
    except ValueError:
        return
    for before, after in zip(tune.voices, new.voices, strict=True):
        for old, left in zip(before.measures, after.measures, strict=True):
            rest = iter((e.onset, e.midi) for e in old.events)
            assert all((e.onset, e.midi) in rest for e in left.events if not e.tied)


def done(tune: Tune, name: str, /, **values: str) -> Tune:
    return parse_tune(apply(tune.source, run(tune, name, values)))


@given(songs(), st.sampled_from(("after", "before")), st.integers(1, 3), st.data())
@settings(deadline=None, suppress_health_check=list(HealthCheck))
def test_deleting_inserted_bars_restores_the_text(text, where, count, data):
    tune = parse_tune(text)
    assume(not any(m.events[-1].tie for v in tune.voices for m in v.measures))
    bar = data.draw(st.integers(1, tune.bar_count))
    here = next(m for m in tune.measures if m.number == bar)
    assume(here.full)
    new = done(tune, "insert-bars", bar=str(bar), count=str(count), where=where)
    first = bar + (where == "after")
    back = run(new, "delete-bars", {}, select(new, first, first + count - 1))
    assert apply(new.source, back) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("octave", {"octaves": "1"}), ("octave", {"octaves": "-1"})),
        (("double", {}), ("halve", {})),
        (("double", {"tempo": "same"}), ("halve", {"tempo": "same"})),
        (("add-ornaments", {"kind": "trill"}), ("remove-ornaments", {"kinds": "trill"})),
        (("add-ornaments", {"kind": "grace"}), ("remove-ornaments", {"kinds": "grace"})),
        (("add-comment", {"text": "here"}), ("remove-comments", {})),
        (("swing", {}), ("straighten", {})),
        (("swing", {"style": "triplet"}), ("straighten", {})),
        (("set-field", {"name": "notes", "value": "x"}), ("set-field", {"name": "notes"})),
        (("meter", {"meter": "2/4"}), ("meter", {"meter": "4/4"})),
        (("add-pickup", {}), ("remove-pickup", {})),
    ],
)
def test_inverses_restore_the_text(one, other):
    text = "X:1\nT:t\nM:4/4\nL:1/8\nQ:1/4=100\nK:G\nG2 AB c2 d2|e2 dc B4|A2 GF E2 F2|G4 z4|]\n"
    tune = parse_tune(text)
    new = done(tune, one[0], **one[1])
    assert new.source != text
    assert done(new, other[0], **other[1]).source == text


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("nonsense", {}, "There is no edit"),
        ("transpose", {}, "needs semitones"),
        ("transpose", {"semitones": "much"}, "is a number"),
        ("mode", {"mode": "jazzy"}, "There are: dorian"),
        ("octave", {"octaves": "1", "by": "2"}, "has no “by”"),
        ("delete-bars", {}, "which bars"),
        ("instrument", {"name": "kazoo orchestra"}, "no instrument"),
        ("set-chords", {"at": "Am"}, "bar:beat=chord"),
        ("extract-voice", {"voice": "9"}, "There is no voice"),
        ("set-field", {"name": "K", "value": "D"}, "together with the music"),
        ("meter", {"meter": "waltz"}, "no meter"),
    ],
)
def test_what_cannot_be_done_is_said_for_people(name, values, sentence):
    tune = parse_tune("X:1\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|]\n")
    with pytest.raises(ValueError, match=sentence):
        run(tune, name, values)


def test_every_edit_says_what_it_does():
    for kind in EDITS.values():
        assert find(kind.name) is kind
        assert kind.help and not kind.help.endswith(".")
        assert kind.scope in ("tune", "any", "bars")
        assert all(p.help for p in kind.parameters)


def run_command(capsys, *words: object) -> tuple[int, str]:
    from abc_tools.__main__ import main

    code = main(["edit", *map(str, words)])
    return code, capsys.readouterr().out


def test_edits_by_name_on_the_command_line(capsys, tmp_path):
    book = tmp_path / "book.abc"
    text = "M:4/4\nL:1/4\n\nX:1\nT:One\nK:G\nGABc|d4|e4|G4|]\n\nX:2\nT:Two\nK:C\nCDEF|G4|A4|C4|]\n"
    book.write_text(text)
    code, out = run_command(
        capsys, book, "octave", "octaves=1", ",", "set-field", "name=title", "value=New"
    )
    assert code == 0
    assert out == text.replace("One", "New").replace("Two", "New").replace(
        "GABc|d4|e4|G4", "gabc'|d'4|e'4|g4").replace("CDEF|G4|A4|C4", "cdef|g4|a4|c4")  # fmt: skip
    code, out = run_command(capsys, book, "delete-bars", "--section", "the last two bars")
    assert out == text.replace("|e4|G4|]", "|]").replace("|A4|C4|]", "|]")
    code, out = run_command(
        capsys, book, "octave", "octaves=1", "--bars", 2, 2, "--then", "dynamic", "level=p"
    )
    assert "|!p!d'4|" in out and "|!p!g4|" in out
    assert run_command(capsys, book, "nonsense")[0] == 1
    assert "delete-bars" in run_command(capsys, "--list")[1]
    code, out = run_command(capsys, book, "remove-pickup", "--json")
    assert code == 1
