"""Pictures of style pages: well-formed, true to the counts, in both languages, safe with any name."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.catalogue import Library
from library.plots import TABLES, picture
from library.records import Count, StylePage

SVG = "{http://www.w3.org/2000/svg}"


def page(
    name: str = "jig", values: tuple[tuple[str, int], ...] = (("major", 6), ("dorian", 2))
) -> StylePage:
    total = sum(count for _, count in values)
    counts = tuple(Count(value, count, count / total, (1,)) for value, count in values)
    return StylePage("rhythm", name, total, total, {"modes": counts}, (1,))


def bars(root: ElementTree.Element) -> list[tuple[float, float]]:
    """x and width of the bars, without the marks."""
    drawn = [(float(r.get("x", "0")), float(r.get("width", "0"))) for r in root.iter(f"{SVG}rect")]
    return [one for one in drawn if one[1] != 2]


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60),
    st.sampled_from(["en", "zh"]),
)
def test_any_name_is_only_a_name(name: str, language: str) -> None:
    told = picture(page(name or "x", ((name or "x", 2), ("<script>", 1))), {}, language)
    root = ElementTree.fromstring(told)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} == {
        "svg",
        "title",
        "style",
        "text",
        "g",
        "rect",
    }


def test_bars_are_as_long_as_their_shares() -> None:
    root = ElementTree.fromstring(picture(page(), {"modes": {"major": 0.5}}))
    first, second = bars(root)
    assert first[1] == pytest.approx(3 * second[1], abs=0.2)
    marks = [r for r in root.iter(f"{SVG}rect") if r.get("width") == "2"]
    assert len(marks) == 1, "where nothing is known of the catalogue no mark is drawn"
    assert float(marks[0].get("x", "0")) + 1 == pytest.approx(
        first[0] + first[1] * 0.5 / 0.75, abs=0.2
    )
    hints = [t.text for t in root.iter(f"{SVG}title")]
    assert (
        hints[1] == "major: 6 (75 %); 50 % of the whole catalogue"
        and hints[2] == "dorian: 2 (25 %)"
    )


def test_a_style_of_the_catalogue_in_both_languages(library: Library) -> None:
    for language, word in (("en", "Modes"), ("zh", "调式")):
        texts = [
            t.text
            for t in ElementTree.fromstring(library.style_picture("source", "Own", language)).iter()
        ]
        assert word in texts
    shares = library._styles.everywhere()
    assert set(shares) <= set(TABLES)
    assert all(sum(found.values()) == pytest.approx(1) for found in shares.values() if found)
    assert shares["modes"]["dorian"] == pytest.approx(1 / 7)


def test_another_language_is_told() -> None:
    with pytest.raises(ValueError, match="fr"):
        picture(page(), {}, "fr")
