"""`Sheet` → ABC text: the one writer for everything that is imported from another format.

What is written reads the same under both readings of accidentals (`spelling`), tuplets are `(p:q:r`
groups, ties run over barlines, several voices stand interleaved below each other, four bars a line.
Source: ABC 2.1 §3, §4, §5, §7.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from abc_tools.formats.sheet import ONE, ZERO, Bar, Item, Line, Sheet, close_ties, fill, split_at
from abc_tools.spelling import MeasureAccidentals, length_text
from abc_tools.theory import Key, Meter, Pitch, abc_letter
from abc_tools.tune import Tempo

BARS_PER_LINE = 4
LINE_WIDTH = 90
"""Characters of music after which a line ends early."""

_UNITS = (Fraction(1, 8), Fraction(1, 4), Fraction(1, 16))
_PLAIN = (1, 3, 7, 15)
_SHORT = {"staccato": ".", "upbow": "u", "downbow": "v"}


def write(sheet: Sheet, *, number: int = 1) -> str:
    """The sheet as one ABC tune, with a final newline. ValueError if it has no bars.

    >>> from abc_tools.theory import Pitch
    >>> bar = Bar(Fraction(1, 2), [[Item(ZERO, Fraction(1, 2), (Pitch("F", 1, 4),), (False,))]])
    >>> bar.key, bar.style = Key("G"), "|]"
    >>> print(write(Sheet([Line("1", [bar])], title="One")), end="")
    X:1
    T:One
    M:none
    L:1/8
    K:G
    F4|]
    """
    if not sheet.lines or not sheet.lines[0].bars:
        raise ValueError("There is no music in this file.")
    for line in sheet.lines:
        for bar in line.bars:
            more = [layer for layer in bar.layers[1:] if any(item.pitches for item in layer)]
            bar.layers = [_plain(fill(layer, bar.length)) for layer in (bar.layers[0], *more)]
        close_ties(line)
    unit = _unit(sheet)
    writers = [_LineWriter(line, unit, sheet.lines[0]) for line in sheet.lines]
    verses = [f"W:{field_text(value)}" for letter, value in sheet.fields if letter == "W"]
    return "\n".join([*_header(sheet, unit, number), *_body(sheet, writers), *verses]) + "\n"


def field_text(text: str) -> str:
    """Text fit for a field: one line, percent signs escaped."""
    return " ".join(text.split()).replace("%", "\\%")


def tempo_text(tempo: Tempo) -> str:
    """The value of a `Q:` field."""
    said = f'"{_quotable(tempo.text)}" ' if tempo.text else ""
    bpm = tempo.bpm
    number = str(bpm) if bpm.denominator == 1 else f"{float(bpm):.2f}".rstrip("0").rstrip(".")
    return f"{said}{tempo.beat}={number}"


def meter_text(meter: Meter | None) -> str:
    """The value of an `M:` field."""
    return "none" if meter is None else meter.text


def _quotable(text: str) -> str:
    return " ".join(text.split()).replace('"', "'")


# -- lengths ----------------------------------------------------------------------------------


def _plain(items: list[Item]) -> list[Item]:
    """Items whose written lengths are single notes: others are cut and tied, odd ones get a ratio."""
    made: list[Item] = []
    for item in items:
        if item.duration <= 0:
            continue
        whole = replace(item, ratio=_ratio(item))
        made += _pieces(whole)
    return made


def _ratio(item: Item) -> Fraction:
    """The item's ratio, or one found from its length when the written length would be odd."""
    if _dyadic(item.duration / item.ratio) and max(item.ratio.as_integer_ratio()) <= 99:
        return item.ratio
    odd = item.duration.denominator
    while odd % 2 == 0:
        odd //= 2
    if odd == 1 or odd > 99:
        return ONE
    return Fraction(1 << (odd.bit_length() - 1), odd)


def _dyadic(value: Fraction) -> bool:
    return value.denominator & (value.denominator - 1) == 0


def _pieces(item: Item) -> Iterator[Item]:
    written = item.duration / item.ratio
    while _dyadic(written) and not _single(written.numerator):
        top = 1 << (written.numerator.bit_length() - 1)
        first, item = split_at(item, item.onset + Fraction(top, written.denominator) * item.ratio)
        yield first
        written = item.duration / item.ratio
    yield item


def _single(numerator: int) -> bool:
    """Whether so many units are one notehead with at most three dots."""
    while numerator % 2 == 0:
        numerator //= 2
    return numerator in _PLAIN


def _unit(sheet: Sheet) -> Fraction:
    """The unit note length that needs the fewest characters."""
    lengths: dict[Fraction, int] = {}
    for line in sheet.lines:
        for bar in line.bars:
            for item in (item for layer in bar.layers for item in layer if item.pitches):
                written = item.duration / item.ratio
                lengths[written] = lengths.get(written, 0) + 1

    def cost(unit: Fraction) -> int:
        return sum(n * len(length_text(length / unit)) for length, n in lengths.items())

    return min(_UNITS, key=cost)


# -- header and lines -------------------------------------------------------------------------


def _header(sheet: Sheet, unit: Fraction, number: int) -> Iterator[str]:
    first = sheet.lines[0].bars[0]
    yield f"X:{number}"
    yield f"T:{field_text(sheet.title) or 'Untitled'}"
    if sheet.subtitle:
        yield f"T:{field_text(sheet.subtitle)}"
    if sheet.composer:
        yield f"C:{field_text(sheet.composer)}"
    if sheet.lyricist:
        yield f"C:Words: {field_text(sheet.lyricist)}"
    for letter, value in sheet.fields:
        if letter != "W":
            yield f"{letter}:{field_text(value)}"
    yield f"M:{meter_text(first.meter)}"
    yield f"L:{unit}"
    if sheet.tempo is not None:
        yield f"Q:{tempo_text(sheet.tempo)}"
    several = len(sheet.lines) > 1
    if several:
        yield f"%%score {_score(sheet)}"
        for line in sheet.lines:
            yield _voice(line)
    single = "" if several else _clef(sheet.lines[0])
    yield f"K:{(first.key or Key()).abc}{single}"
    for line in sheet.lines:
        if line.program:
            if several:
                yield f"V:{line.id}"
            yield f"%%MIDI program {line.program}"


def _voice(line: Line) -> str:
    name = f' name="{_quotable(line.name)}"' if line.name else ""
    clef = "" if "clef=" in _clef(line) else " clef=treble"
    return f"V:{line.id}{clef}{_clef(line)}{name}"


def _clef(line: Line) -> str:
    clef = f" clef={line.clef}" if line.clef and line.clef != "treble" else ""
    return clef + (f" transpose={line.transpose}" if line.transpose else "")


def _score(sheet: Sheet) -> str:
    """Which voices share a staff `( )` and which staves a brace `{ }`."""
    groups: dict[int, dict[int, list[str]]] = {}
    for line in sheet.lines:
        groups.setdefault(line.group, {}).setdefault(line.staff, []).append(line.id)
    texts = []
    for staves in groups.values():
        inner = [v[0] if len(v) == 1 else f"({' '.join(v)})" for v in staves.values()]
        texts.append(inner[0] if len(inner) == 1 else "{" + " | ".join(inner) + "}")
    return " ".join(texts)


def _body(sheet: Sheet, writers: list[_LineWriter]) -> Iterator[str]:
    """Lines of bars, voice by voice, each followed by its words."""
    count = len(sheet.lines[0].bars)
    texts = [[writer.bar(index) for index in range(count)] for writer in writers]
    start = 0
    while start < count:
        stop = start + 1
        width = max(len(voice[start]) for voice in texts)
        while stop < count and stop - start < BARS_PER_LINE and not sheet.lines[0].bars[stop].part:
            width += max(len(voice[stop]) for voice in texts)
            if width > LINE_WIDTH:
                break
            stop += 1
        if part := sheet.lines[0].bars[start].part:
            yield f"P:{field_text(part)}"
        for line, voice in zip(sheet.lines, texts, strict=True):
            mark = f"[V:{line.id}] " if len(sheet.lines) > 1 else ""
            opening = "|:" if line.bars[start].opens else ""
            pieces = []
            for index in range(start, stop):
                after = line.bars[index + 1] if index + 1 < count else None
                bar = _barline(line.bars[index], after, ends_line=index == stop - 1)
                pieces.append(voice[index] + bar)
            yield mark + opening + " ".join(pieces)
            yield from _words(line.bars[start:stop])
        start = stop


def _words(bars: list[Bar]) -> Iterator[str]:
    items = [item for bar in bars for item in bar.layers[0] if item.pitches]
    verses = max((len(item.words) for item in items), default=0)
    for verse in range(verses):
        said = [item.words[verse] if verse < len(item.words) else None for item in items]
        last = max((n for n, word in enumerate(said) if word), default=-1)
        if last < 0:
            yield "w:*"
            continue
        inside = False
        words = []
        for word in said[: last + 1]:
            held = "-" if inside and word == "_" else "_" if word == "_" else ""
            words.append(held or (syllable_text(word) if word else "*"))
            inside = inside and bool(held) if held else bool(word) and words[-1].endswith("-")
        yield "w: " + " ".join(words).replace("- -", "--").replace("- ", "-").replace(" _", "_")


def syllable_text(word: str) -> str:
    """A syllable as a `w:` line spells it; a final hyphen stays the sign that the word goes on.

    >>> syllable_text("half-way-"), syllable_text("to the")
    ('half\\\\-way-', 'to~the')
    """
    inner, hyphen = (word[:-1], "-") if word.endswith("-") and len(word) > 1 else (word, "")
    inner = re.sub(r"[*_|]+", "", inner.replace("\N{NON-BREAKING HYPHEN}", "-"))
    inner = "~".join(inner.split()).replace("-", "\\-").replace("%", "\\%")
    return (inner + hyphen) if inner else "*"


# -- music ------------------------------------------------------------------------------------


class _LineWriter:
    """Writes the bars of one line in order; remembers the key and the meter in force."""

    def __init__(self, line: Line, unit: Fraction, lead: Line) -> None:
        self.line, self.unit = line, unit
        self.key = lead.bars[0].key or Key()
        self.meter = lead.bars[0].meter
        self.octaves = line.octaves

    def bar(self, index: int) -> str:
        """The text of one bar with its ending sign and changes, without barlines."""
        bar = self.line.bars[index]
        text = "[" + ",".join(map(str, bar.ending)) + " " if bar.ending else ""
        text += self._changes(bar)
        signs = MeasureAccidentals(self.key)
        signs_behind = "".join(f"!{sign}!" for sign in bar.signs)
        return text + " & ".join(self._layer(layer, signs) for layer in bar.layers) + signs_behind

    def _changes(self, bar: Bar) -> str:
        text = ""
        if bar.key is not None and bar.key != self.key:
            self.key = bar.key
            text += f"[K:{bar.key.abc}]"
        if (bar.meter is not None and bar.meter != self.meter) or (
            bar.free and self.meter is not None
        ):
            self.meter = bar.meter
            text += f"[M:{meter_text(bar.meter)}]"
        return text

    def _layer(self, items: list[Item], signs: MeasureAccidentals) -> str:
        beat = self.meter.beat if self.meter is not None else Fraction(1, 4)
        text = ""
        for group in tuplets(items):
            for number, item in enumerate(group):
                free = item.onset % beat == 0 or item.duration >= beat or item.fields
                text += " " if text and free and (number == 0 or len(group) > 6) else ""
                sign = _tuplet_sign(group) if number == 0 else ""
                text += self._item(item, signs, sign)
        return text

    def _item(self, item: Item, signs: MeasureAccidentals, tuplet: str) -> str:
        text = "".join(f"[{field}]" for field in item.fields) + "(" * item.opens + tuplet
        text += f'"{_quotable(item.chord)}"' if item.chord else ""
        text += "".join(f'"{_quotable(note)}"' for note in item.annotations)
        text += "".join(_SHORT.get(name, f"!{name}!") for name in item.decorations)
        if item.grace:
            inner = (self._pitches(chord, (), signs) for chord in item.grace)
            text += "{" + "".join(inner) + "}"
        length = length_text(item.duration / item.ratio / self.unit)
        if not item.pitches:
            return text + ("x" if item.hidden else "z") + length + ")" * item.closes
        some = any(item.ties) and not all(item.ties)
        text += self._pitches(item.pitches, item.ties if some else (), signs) + length
        return text + ("-" if item.ties and all(item.ties) else "") + ")" * item.closes

    def _pitches(
        self, pitches: tuple[Pitch, ...], ties: tuple[bool, ...], signs: MeasureAccidentals
    ) -> str:
        heads = []
        for number, pitch in enumerate(pitches):
            written = replace(pitch, octave=pitch.octave - self.octaves)
            tie = "-" if number < len(ties) and ties[number] else ""
            heads.append(signs.sign(written) + abc_letter(written) + tie)
        return heads[0] if len(heads) == 1 and not ties else "[" + "".join(heads) + "]"


def tuplets(items: list[Item]) -> Iterator[list[Item]]:
    """Items outside tuplets one by one, tuplets as groups that fill a plain length."""
    group: list[Item] = []
    for item in items:
        if group and item.ratio != group[0].ratio:
            yield group
            group = []
        if item.ratio == ONE:
            yield [item]
            continue
        group.append(item)
        total = sum((one.duration for one in group), ZERO)
        size = item.ratio.denominator
        if (len(group) > 1 and _dyadic(total / item.ratio / size)) or len(group) >= 40:
            yield group
            group = []
    if group:
        yield group


def _tuplet_sign(group: list[Item]) -> str:
    ratio = group[0].ratio
    if ratio == ONE:
        return ""
    p, q = ratio.denominator, ratio.numerator
    if q == 1:
        p, q = 2 * p, 2
    if (p, q, len(group)) == (3, 2, 3):
        return "(3"
    return f"({p}:{q}:{len(group)}"


def _barline(bar: Bar, after: Bar | None, *, ends_line: bool) -> str:
    """The barline after a bar; at a line's end the repeat that follows opens on the next line."""
    opens = after is not None and after.opens
    if bar.closes:
        colons = ":" * max(bar.closes - 1, 1)
        return f"{colons}:" if opens and not ends_line else f"{colons}|"
    if opens and not ends_line:
        return "|:"
    return bar.style if after is not None or bar.style in ("||", "|]") else "|"
