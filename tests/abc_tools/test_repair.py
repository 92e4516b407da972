"""Repair: what was broken becomes valid, nothing is cut, nothing outside the span is touched."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abc_tools.edit import all_measures
from abc_tools.parse import parse, parse_tune
from abc_tools.repair import accidentals_needed, key_proposal, repair
from abc_tools.repair.fixes import fix_of, proposals
from abc_tools.spelling import notes_in_order
from abc_tools.text import Span, apply
from abc_tools.theory import Key, parse_key
from abc_tools.validate import errors, validate
from tests.abc_tools.strategies import near_abc, tunes

slow = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def note_count(text: str) -> int:
    return sum(1 for t in parse(text).tunes[:1] for m in all_measures(t) for _ in notes_in_order(m))


@given(tunes())
@slow
def test_a_right_tune_is_left_alone(text):
    assert not errors(parse_tune(text))
    result = repair(text)
    assert result.valid
    lengths = [entry for entry in result.log if entry.rule != "key-signature"]
    assert lengths == []


@given(tunes(min_bars=4), st.data())
@slow
def test_a_broken_bar_is_mended_and_no_note_is_lost(text, data):
    head, _, music = text.rpartition("\nK:")
    line, _, body = music.partition("\n")
    places = [m.start() for m in re.finditer(r"[A-Ga-g][,']*", body)]
    kind = data.draw(st.sampled_from(("barline", "longer", "junk")))
    if kind == "barline":
        places = [m.start() for m in re.finditer(r"\|(?!\])", body)]
    at = data.draw(st.sampled_from(places)) if places else 0
    if kind == "barline":
        body = body[:at] + " " + body[at + 1 :]
    elif kind == "longer":
        body = (
            body[: at + 1] + "3" + body[at + 1 :] if not body[at + 1 : at + 2].isdigit() else body
        )
    else:
        body = body[:at] + "@" + body[at:]
    broken = f"{head}\nK:{line}\n{body}"
    result = repair(broken)
    assert result.valid, [d.message for d in errors(parse_tune(result.abc))]
    assert note_count(result.abc) >= note_count(broken)
    assert repair(result.abc).abc == result.abc


@given(near_abc)
@settings(max_examples=80, deadline=None)
def test_noise_never_raises_and_repair_settles(text):
    result = repair(text)
    assert repair(result.abc).abc == result.abc


@given(tunes(min_bars=6))
@slow
def test_nothing_outside_the_span_is_touched(text):
    measures = parse_tune(text).measures
    inner = measures[3]
    at = inner.span.start
    broken = text[:at] + "c/4" + text[at:]
    span = Span(at, inner.span.end + 3)
    result = repair(broken, span)
    assert result.abc.startswith(broken[:at])
    assert result.abc.endswith(broken[span.end :])


def test_a_signature_that_fights_the_notes_is_only_proposed_and_would_change_no_sound():
    text = "X:1\nM:4/4\nL:1/4\nK:F#\n=G=B=d=g|=f=d=B=G|=A=c=e=a|=g=d=B=G|=C=E=G=c|=B=A=G2|=D=F=A=c|=B=G=G2|]\n"
    tune = parse_tune(text)
    assert repair(text).abc == text
    assert [entry.rule for entry in proposals(tune)] == ["key-signature"]
    proposed = key_proposal(tune)
    assert proposed is not None
    mended = parse_tune(apply(text, proposed[1]))
    assert [e.midi for e in mended.voices[0].events] == [e.midi for e in tune.voices[0].events]
    assert mended.key.sharps in (0, 1)
    assert accidentals_needed(mended, mended.key) < accidentals_needed(tune, tune.key) / 4


@pytest.mark.parametrize(
    ("key", "music"),
    [
        ("D", '"D"dAFA|"G"GBdB|"A7"ceac|"D"d4|'),
        ("Dm", '"Dm"dAFA|"Gm"GBdB|"A7"^ceac|"Dm"d4|'),
        ("Bb", '"Bb"BdfB|"F7"cefc|"Eb"eBGE|"Bb"B4|'),
    ],
)
def test_a_key_that_is_lost_is_found_from_letters_signs_and_chords(key, music):
    for line in ("", "K:H\n"):
        text = f"X:1\nM:4/4\nL:1/4\n{line}{music}\n"
        assert parse_tune(repair(text).abc).key == parse_key(key)


def test_signs_before_every_such_note_become_the_signature_of_a_missing_key():
    text = "X:1\nM:4/4\nL:1/4\nGABc|d^fga|b2ag|^fdAB|c2BA|G4|]\n"
    result = repair(text)
    assert parse_tune(result.abc).key == Key("G")
    assert "^f" not in result.abc


@pytest.mark.parametrize("text", ["", "hello", "\n\n\n", "T:only a title\n"])
def test_no_tune_is_not_valid_and_not_an_exception(text):
    result = repair(text)
    assert result.abc == text
    assert not result.valid


@pytest.mark.parametrize(
    ("music", "after"),
    [
        ("CDEF|GABc|c3|]", "CDEF|GABc|c3 z|]"),
        ("CDEF|GA-Bc|c4|]", "CDEF|GABc|c4|]"),
        ("CD)EF|GABc|c4|]", "CDEF|GABc|c4|]"),
        ("(CD EF|GABc|c4|]", "(CD) EF|GABc|c4|]"),
        ("|:CDEF|GABc|c4|]", "|:CDEF|GABc|c4:|"),
    ],
)
def test_what_is_only_suspicious_is_proposed_and_not_done(music, after):
    text = f"X:1\nM:4/4\nL:1/4\nK:C\n{music}\n"
    tune = parse_tune(text)
    assert repair(text).abc == text
    fixes = [fix_of(tune, d) for d in validate(tune) if d.severity == "warning"]
    assert [fix.safe for fix in fixes if fix] == [False]
    assert apply(text, fixes[0].edits) == text.replace(music, after)
    assert len(proposals(tune)) == 1


@slow
@given(near_abc)
def test_every_fix_of_an_error_leaves_fewer_errors(text):
    for tune in parse(text).tunes[:1]:
        found = validate(tune)
        for diagnostic in found[:5]:
            fix = fix_of(tune, diagnostic)
            if fix is not None and fix.safe:
                mended = parse(apply(text, fix.edits)).tunes[0]
                assert len(errors(mended)) < len(errors(tune))
