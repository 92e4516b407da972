"""The counts of a style page as a picture: bars with their shares, beside the share in the whole catalogue, as SVG.

Text in, text out: no plotting library, no fonts, no script. Colours come from the page around it (`currentColor`); a
file of its own is dark on light or light on dark as the system asks. Names from the catalogue are escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from library.reasons import PLACES, style_word
from library.records import Count, StylePage

Shares = Mapping[str, Mapping[str, float]]
TABLES: dict[str, tuple[str, str]] = {
    "rhythms": ("Rhythms", "体裁"), "modes": ("Modes", "调式"), "meters": ("Meters", "拍号"),
    "forms": ("Forms", "曲式"), "bars": ("Bars", "小节数"), "difficulty": ("Difficulty, of 5", "难度（共5级）"),
    "cadences": ("Phrases end on", "乐句结束于"), "chords": ("Chords", "和弦"),
}  # fmt: skip
"""Which tables are drawn, in which order, and what stands above them."""
_HEAD = {
    "en": ("{name}: what is typical of {tunes:,} tunes", "cadences and chords of {looked} of them",
           "in the whole catalogue", "{value}: {count} ({share})", "{share} of the whole catalogue"),
    "zh": ("{name}：{tunes:,}首曲子的典型特征", "终止式与和弦取自其中{looked}首", "整个曲库中的比例",
           "{value}：{count}（{share}）", "整个曲库中占{share}"),
}  # fmt: skip
_WIDTH, _COLUMN, _LABEL, _BAR = 840, 420, 184, 150
_LINE, _TOP, _GAP = 20, 56, 22
_COLOURS = ("<style>svg:root{color:#222;background:#fff}"
            "@media(prefers-color-scheme:dark){svg:root{color:#eee;background:#181818}}</style>")  # fmt: skip


def picture(page: StylePage, elsewhere: Shares, language: str = "en") -> str:
    """A style page as an SVG document in "en" or "zh".

    `elsewhere` has, by table and value, the share of all tunes of the catalogue; where it says nothing no mark
    is drawn.
    ValueError for another language.
    """
    if language not in _HEAD:
        raise ValueError(f"The language is en or zh, not {language!r}.")
    heights, pieces = [_TOP, _TOP], []
    for table in TABLES:
        counts = page.tables.get(table, ())
        if len(counts) < 2:  # one value is no distribution
            continue
        column = heights.index(min(heights))
        pieces.append(_panel(table, counts, elsewhere.get(table, {}), language,
                             column * _COLUMN, heights[column]))  # fmt: skip
        heights[column] += _LINE * (len(counts) + 1) + _GAP
    return _document(page, pieces, max(heights) + _LINE, language)


def _document(page: StylePage, pieces: list[str], height: int, language: str) -> str:
    title, looked, mark, _, _ = _HEAD[language]
    name = style_word(page.name, language)
    if language == "zh":
        name = PLACES.get(name, name)
    head = title.format(name=name, tunes=page.tunes)
    under = looked.format(looked=page.looked_at)
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" lang="{language}" '
        'font-family="system-ui, sans-serif" font-size="13" fill="currentColor">'
    )
    return "\n".join([
        opening, f"<title>{escape(head)}</title>", _COLOURS,
        _text(8, 22, head, size=16, weight="600"),
        _text(8, 42, f"▏{mark} · {under}", size=11, opacity=0.7),
        *pieces, "</svg>\n",
    ])  # fmt: skip


def _panel(
    table: str, counts: tuple[Count, ...], elsewhere: Mapping[str, float], language: str, x: int, y: int
) -> str:  # fmt: skip
    """One table: its name and a bar for every value, the longest of full length."""
    chinese = language == "zh"
    longest = max([count.share for count in counts] + [elsewhere.get(c.value, 0.0) for c in counts])
    lines = ["<g>", _text(x + 8, y + 14, TABLES[table][chinese], weight="600")]
    for place, count in enumerate(counts, start=1):
        lines.append(
            _bar(table, count, elsewhere.get(count.value), language, longest, x, y + place * _LINE)
        )
    return "\n".join([*lines, "</g>"])


def _bar(
    table: str, count: Count, mark: float | None, language: str, longest: float, x: int, y: int
) -> str:  # fmt: skip
    *_, told, told_mark = _HEAD[language]
    value = _worded(table, count.value, language)
    shown = value if _wide(value) <= 22 else _cut(value)
    left = x + _LABEL
    hint = told.format(value=value, count=count.count, share=_percent(count.share))
    if mark is not None:
        hint += "; " + told_mark.format(share=_percent(mark))
    parts = [
        f"<g><title>{escape(hint)}</title>",
        _text(left - 6, y + 14, shown, anchor="end"),
        f'<rect x="{left}" y="{y + 4}" width="{_BAR * count.share / longest:.1f}" height="12" opacity="0.55"/>',
        _text(
            left + _BAR + 8,
            y + 14,
            f"{_percent(count.share)} · {count.count}",
            size=11,
            opacity=0.8,
        ),
    ]
    if mark is not None:
        at = left + _BAR * mark / longest
        parts.append(f'<rect x="{at - 1:.1f}" y="{y + 1}" width="2" height="18"/>')
    return "\n".join([*parts, "</g>"])


def _text(
    x: int, y: int, text: str, *, size: int = 13, weight: str = "400", anchor: str = "start",
    opacity: float = 1.0,
) -> str:  # fmt: skip
    return (f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" text-anchor="{anchor}" '
            f'opacity="{opacity:g}">{escape(text)}</text>')  # fmt: skip


def _worded(table: str, value: str, language: str) -> str:
    """A value of a table as it is said in a language."""
    from abc_tools.analyse import terms

    if table == "cadences" and value in terms.CADENCES:
        said = terms.CADENCES[value][language == "zh"]
        return said.removeprefix("a ").removeprefix("an ").removeprefix("the ")
    if table == "modes" and language == "zh":
        return terms.KEY_MODES.get(value, value)
    return style_word(value, language) if table == "rhythms" else value


def _percent(share: float) -> str:
    """A share for people: none is said to be nothing.

    >>> _percent(0.834), _percent(0.0113), _percent(0.0004)
    ('83 %', '1 %', '< 1 %')
    """
    return f"{share:.0%}".replace("%", " %") if share >= 0.005 else "< 1 %"


def _wide(text: str) -> int:
    """Width in Latin letters: a Chinese character takes two."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _cut(text: str) -> str:
    while _wide(text) > 21:
        text = text[:-1]
    return text + "…"
