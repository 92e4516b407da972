import pytest
from hypothesis import given
from hypothesis import strategies as st

from abc_tools.text import Edit, Span, apply, moved, utf16_offset


@st.composite
def text_and_edits(draw):
    text = draw(st.text(max_size=60))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return text, [Edit(span, draw(st.text(max_size=5))) for span in spans]


@given(text_and_edits())
def test_what_no_edit_names_is_copied(case):
    text, edits = case
    new = apply(text, edits)
    position, rest = 0, new
    for edit in edits:
        kept = text[position : edit.span.start]
        assert rest.startswith(kept + edit.text)
        rest = rest[len(kept) + len(edit.text) :]
        position = edit.span.end
    assert rest == text[position:]


def test_edits_that_overlap_or_lie_outside_are_the_callers_error():
    with pytest.raises(ValueError, match="overlap"):
        apply("abcdef", [Edit(Span(0, 3), "x"), Edit(Span(2, 4), "y")])
    with pytest.raises(ValueError, match="outside"):
        apply("abc", [Edit(Span(2, 9), "x")])
    with pytest.raises(ValueError, match="not a span"):
        Span(3, 1)


def test_positions_after_an_edit_move_along():
    edits = [Edit(Span(1, 2), "xyz")]
    assert [moved(n, edits) for n in (0, 1, 2, 4)] == [0, 1, 4, 6]


def test_offsets_for_javascript_count_two_for_an_emoji():
    assert utf16_offset("🎵a🎵", 3) == 5
