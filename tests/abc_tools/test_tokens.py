import pytest
from hypothesis import given, settings

from abc_tools.parse import parse
from abc_tools.tokens import Kind, tokenize
from abc_tools.validate import validate
from tests.abc_tools.strategies import any_text, near_abc, tunes


@given(any_text)
def test_any_text_comes_back(text):
    assert "".join(token.text for token in tokenize(text)) == text


@given(near_abc)
@settings(max_examples=300)
def test_near_abc_comes_back_and_is_judged_without_an_exception(text):
    tokens = tokenize(text)
    assert "".join(token.text for token in tokens) == text
    assert all(text[t.span.start : t.span.end] == t.text for t in tokens)
    for tune in parse(text).tunes:
        validate(tune)


@given(tunes())
def test_a_right_tune_has_no_unknown_token(text):
    assert not [t for t in tokenize(text) if t.kind is Kind.UNKNOWN]


@pytest.mark.parametrize(
    "unit", ["|", "[", '"', "!", "(3", "{", "[K:", "A", "^", "%%begin", ":", "[CEG", "&"]
)
def test_long_noise_is_cut_into_no_more_tokens_than_characters(unit):
    text = "X:1\nK:C\n" + unit * 20_000
    tokens = tokenize(text)
    assert len(tokens) <= len(text)
    assert "".join(token.text for token in tokens) == text


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A::B", ["note", "barline", "note"]),
        ("|1 A:|2 B|]", ["barline", "ending", "space", "note", "barline", "ending", "space", "note", "barline"]),
        ("[CEG]2[K:D][1", ["chord-open", "note", "note", "note", "chord-close", "inline-field", "ending"]),
        ('"Am"!trill!~A', ["quoted", "decoration", "decoration", "note"]),
        ("(3abc (ab)", ["tuplet", "note", "note", "note", "space", "slur-open", "note", "note", "slur-close"]),
        ("d>{g}c-", ["note", "broken", "grace-open", "note", "grace-close", "note", "tie"]),
        ("^3/2c_/d", ["note", "note"]),
        ("Z4|x2 y", ["rest", "barline", "rest", "space", "spacer"]),
    ],
)  # fmt: skip
def test_signs_that_look_alike_are_told_apart(text, kinds):
    tokens = tokenize("X:1\nK:C\n" + text)[4:]
    assert [token.kind.value for token in tokens] == kinds


def test_letters_at_line_starts_are_music_or_fields_by_what_follows():
    kinds = [
        t.kind.value
        for t in tokenize("X:1\nK:C\nd:|\nw:la\nP:B\nA:|\n")
        if t.kind is not Kind.NEWLINE
    ]
    assert kinds == ["field", "field", "note", "barline", "field", "field", "note", "barline"]
