"""Single-voice ABC tunes as the model learns them: read, put in order, transpose, write.

Training needs tens of thousands of tunes written in one spelling, in many keys. This module reads a
tune of a corpus into a `Piece` (sections of full bars of events), refuses what is not plainly
right, and writes the canonical text of the design: `L:1/8`, at most four bars a line, beams
separated by spaces, sections under `P:`, repeats as `|:` … `:|`.

Conventions: durations are `Fraction`s of a whole note; pitches are (step, alter) with step = 7 ×
octave + letter (C = 0), so middle C is (28, 0); accidentals are absolute and become signs only when
written. What it leaves out on purpose: lyrics, decorations, slurs, grace notes, annotations; of
first and second endings the last is kept. What it does not know: several voices, free meter,
changes of key or meter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from lm.piece import (
    ACCIDENTALS,
    EIGHTH,
    LETTERS,
    MODE_NAMES,
    Event,
    Key,
    Piece,
    Section,
    Unreadable,
)

# ----------------------------------------------------------------------------------------- reading
_TOKEN = re.compile(
    r'(?P<quoted>"[^"\n]*")|(?P<field>\[[A-Za-z]:[^\]\n]*\])|(?P<skip>![^!\n]*!|\+[^+\n]*\+|\{[^}\n]*\}|[~.HLMOPSTuv])'
    r"|(?P<bar>:+\|*\]?:*(?:\[?\d)?|\[?\|+[\]:|]*:?(?:\s*\[\d|\d)?|\[\d)"
    r"|(?P<tuplet>\(\d(?::\d*){0,2})"
    r"|(?P<chordnote>\[(?:[\^_=]*[A-Ga-g][,']*[\d/]*)+\][\d/]*)"
    r"|(?P<note>[\^_=]*[A-Ga-g][,']*[\d/]*)|(?P<rest>[zx][\d/]*)"
    r"|(?P<tie>-)|(?P<broken>>+|<+)|(?P<slur>[()])|(?P<space>[\s\\`]+)|(?P<other>.)"
)
_NOTE = re.compile(r"([\^_=]*)([A-Ga-g])([,']*)([\d/]*)")


def read_length(text: str) -> Fraction:
    """The factor after a note: `""` 1, `3/2`, `/` 1/2, `//` 1/4."""
    if not text:
        return Fraction(1)
    number, slash, rest = text.partition("/")
    value = Fraction(int(number) if number else 1)
    if not slash:
        return value
    slashes = 1 + rest.count("/")
    below = rest.strip("/")
    return value / (int(below) if below else 2**slashes)


def read_key(text: str) -> Key:
    """The key of a `K:` value such as `Bb`, `A Minor`, `Edor`, `F#m`; `Unreadable` otherwise."""
    match = re.match(r"\s*([A-G])([#b]?)\s*([A-Za-z]*)", text)
    if not match:
        raise Unreadable(f"key {text!r}")
    mode = match[3].lower()[:3] if match[3] != "m" else "m"
    if mode not in MODE_NAMES:
        raise Unreadable(f"key {text!r}")
    return Key(LETTERS.index(match[1]), {"": 0, "#": 1, "b": -1}[match[2]], MODE_NAMES[mode])


@dataclass
class _Bar:
    """A measure while it is read: its events and the barlines around it."""

    events: list[Event]
    left: str = ""
    right: str = ""
    ending: int = 0
    part: bool = False


def _read_fields(abc: str) -> tuple[dict[str, str], list[str]]:
    fields: dict[str, str] = {}
    lines: list[str] = []
    for line in abc.splitlines():
        line = line.split("%")[0].rstrip()
        match = re.match(r"([A-Za-z]):\s*(.*)", line)
        if not match:
            if line.strip():
                lines.append(line)
        elif match[1] == "P" and lines:
            lines.append("\0")
        elif match[1] in "KMLV" and lines:
            raise Unreadable(f"a change of {match[1]}: inside the tune")
        elif match[1] not in fields:
            fields[match[1]] = match[2].strip()
    return fields, lines


class _Reader:
    """The state of one pass over the music: accidentals of the bar, tuplet, broken rhythm."""

    def __init__(self, key: Key, unit: Fraction) -> None:
        self.signature = key.alters
        self.unit = unit
        self.bars = [_Bar([])]
        self.new_bar_state()
        self.tuplet: tuple[int, Fraction] = (0, Fraction(1))
        self.tuplet_size = 0
        self.broken = Fraction(1)
        self.chord: str | None = None

    def new_bar_state(self) -> None:
        self.accidentals: dict[int, int] = {}

    def pitch(self, sign: str, letter: str, octave: str) -> tuple[int, int]:
        step = LETTERS.index(letter.upper()) + 28 + (7 if letter.islower() else 0)
        step += 7 * (octave.count("'") - octave.count(","))
        if sign:
            if sign not in ACCIDENTALS:
                raise Unreadable(f"accidental {sign!r}")
            self.accidentals[step] = ACCIDENTALS[sign]
        return step, self.accidentals.get(step, self.signature[step % 7])

    def add(self, pitch: tuple[int, int] | None, length: Fraction) -> None:
        left, factor = self.tuplet
        duration = length * self.unit * self.broken
        tuplet = 0
        if left:
            duration *= factor
            tuplet = self.tuplet_size
            self.tuplet = (left - 1, factor)
        self.broken = Fraction(1)
        self.bars[-1].events.append(Event(duration, pitch, False, tuplet, self.chord))
        self.chord = None

    def amend(self, **changes: object) -> None:
        if self.bars[-1].events:
            self.bars[-1].events[-1] = replace(self.bars[-1].events[-1], **changes)  # type: ignore[arg-type]

    def barline(self, text: str) -> None:
        sign = re.sub(r"\s*\[?\d$", "", text)
        ending = int(text[-1]) if text[-1].isdigit() else 0
        self.new_bar_state()
        if self.bars[-1].events:
            self.bars[-1].right += sign
            self.bars.append(_Bar([], left=sign, ending=ending))
        else:
            self.bars[-1].left += sign
            self.bars[-1].ending = ending or self.bars[-1].ending
            if len(self.bars) > 1:
                self.bars[-2].right += sign


def _read_music(lines: Iterable[str], key: Key, unit: Fraction) -> list[_Bar]:
    r = _Reader(key, unit)
    for line in lines:
        if line == "\0":
            if r.bars[-1].events:
                raise Unreadable("a part inside a bar")
            r.bars[-1].part = True
            continue
        for match in _TOKEN.finditer(line):
            kind, text = match.lastgroup, match.group()
            if kind == "note":
                sign, letter, octave, length = _NOTE.fullmatch(text).groups()  # type: ignore[union-attr]
                r.add(r.pitch(sign, letter, octave), read_length(length))
            elif kind == "rest":
                r.add(None, read_length(text[1:]))
            elif kind == "chordnote":
                inner, _, outer = text[1:].partition("]")
                notes = [(r.pitch(*n.groups()[:3]), n[4]) for n in _NOTE.finditer(inner)]
                top = max(notes, key=lambda n: n[0][0])
                r.add(top[0], read_length(notes[0][1]) * read_length(outer))
            elif kind == "bar":
                r.barline(text)
            elif kind == "tie":
                r.amend(tie=True)
            elif kind == "broken":
                long, short = 2 - Fraction(1, 2 ** len(text)), Fraction(1, 2 ** len(text))
                if not r.bars[-1].events:
                    raise Unreadable("broken rhythm over a barline")
                first, second = (long, short) if text[0] == ">" else (short, long)
                r.amend(duration=r.bars[-1].events[-1].duration * first)
                r.broken = second
            elif kind == "tuplet":
                if text not in ("(3", "(3:2", "(3::", "(3:2:3", "(3:2:"):
                    raise Unreadable(f"tuplet {text!r}")
                r.tuplet, r.tuplet_size = (3, Fraction(2, 3)), 3
            elif kind == "quoted":
                name = text[1:-1].strip()
                if name and name[0] in "ABCDEFG":
                    r.chord = name
            elif kind in ("field", "other"):
                raise Unreadable(f"{text!r} in the music")
    return [b for b in r.bars if b.events]


def _drop_endings(bars: list[_Bar]) -> list[_Bar]:
    """Replace `|1 … :|2 …` by the last ending, which then closes the repeat."""
    kept: list[_Bar] = []
    i = 0
    while i < len(bars):
        if bars[i].ending != 1:
            kept.append(bars[i])
            i += 1
            continue
        stop = next((j for j in range(i, len(bars)) if bars[j].right.startswith(":")), None)
        if stop is None or stop + 1 >= len(bars) or bars[stop + 1].ending < 2:
            raise Unreadable("a first ending without a second")
        size = stop + 1 - i
        i = stop + 1
        for offset in range(size):
            if i + offset >= len(bars):
                raise Unreadable("a second ending that stops short")
            bar = bars[i + offset]
            kept.append(replace(bar, ending=0, left=bar.left if offset else ""))
            if re.search(r"[:\]]|\|\|", bar.right):
                break
        i += offset + 1
        kept[-1].right = ":|"
    return kept


def _cut_sections(bars: list[_Bar]) -> list[tuple[list[list[Event]], bool]]:
    """Cut at repeats, double bars and parts: (bars, is repeated) of each section."""
    cuts: list[tuple[list[list[Event]], bool]] = []
    current: list[list[Event]] = []
    for bar in bars:
        if current and (bar.part or ":" in bar.left or "||" in bar.left or "]" in bar.left):
            cuts.append((current, False))
            current = []
        current.append(list(bar.events))
        if ":" in bar.right[:1]:
            cuts.append((current, True))
            current = []
    if current:
        cuts.append((current, False))
    return cuts


def _length(bar: Iterable[Event]) -> Fraction:
    return sum((e.duration for e in bar), Fraction(0))


def _stretch(bar: list[Event], by: Fraction) -> list[Event] | None:
    """Lengthen or shorten the end of a bar (rests give way first); None when no plain note would be
    left.
    """
    last = bar[-1]
    duration = last.duration + by
    if last.pitch is None and duration <= 0 and len(bar) > 1:
        return _stretch(bar[:-1], duration) if duration else bar[:-1]
    if duration < EIGHTH or last.tuplet or duration.denominator > 8:
        return None
    return [*bar[:-1], replace(last, duration=duration, tie=False)]


def _join_split_bars(bars: list[list[Event]], full: Fraction) -> list[list[Event]]:
    """Join two short bars inside a section that make a full one (a line or double bar in
    mid-measure).
    """
    joined: list[list[Event]] = []
    for i, bar in enumerate(bars):
        previous = joined[-1] if joined else None
        if (
            i > 1
            and previous is not None
            and _length(previous) + _length(bar) == full > _length(previous)
        ):
            joined[-1] = previous + bar
        else:
            joined.append(bar)
    return joined


def _make_sections(
    cuts: list[tuple[list[list[Event]], bool]], full: Fraction
) -> tuple[Section, ...]:
    """Sections with labels; pickups and last bars are made to add up to a full bar."""
    parts: list[tuple[list[Event], list[list[Event]], bool]] = []
    lead: list[Event] = []  # a pickup written before the `|:` it belongs to
    for bars, repeat in cuts:
        if len(bars) == 1 and not repeat and not lead and _length(bars[0]) < full:
            lead = bars[0]
            continue
        bars = _join_split_bars(bars, full)
        pickup = bars.pop(0) if _length(bars[0]) < full and len(bars) > 1 else []
        parts.append((pickup or lead, bars, repeat))
        lead = []
    if lead or not parts:
        raise Unreadable("a short bar on its own")
    sections: list[Section] = []
    for i, (pickup, bars, repeat) in enumerate(parts):
        after = pickup if repeat or i + 1 == len(parts) else parts[i + 1][0]
        if any(_length(bar) != full for bar in bars[:-1]) or len(bars) < 2:
            raise Unreadable("a bar that is not full")
        change = full - _length(after) - _length(bars[-1])
        mended = _stretch(bars[-1], change) if change else bars[-1]
        if mended is None and _length(bars[-1]) == full and after is pickup:
            pickup, mended = [], bars[-1]
        if mended is None or abs(change) > full / 2:
            raise Unreadable("a last bar that cannot be mended")
        bars[-1] = mended
        sections.append(Section("", tuple(map(tuple, bars)), tuple(pickup), repeat))
    return _join_short_sections(sections)


def _join_short_sections(sections: list[Section]) -> tuple[Section, ...]:
    """Join unrepeated neighbours of less than eight bars: a double bar inside a phrase is no new
    part.
    """
    joined: list[Section] = []
    for section in sections:
        last = joined[-1] if joined else None
        if last is None or last.repeat or section.repeat or len(last.bars) >= 8:
            joined.append(section)
            continue
        seam = (*last.bars[-1], *section.pickup)
        joined[-1] = replace(last, bars=(*last.bars[:-1], seam, *section.bars))
    labels: list[Section] = []
    for section in joined:
        same = next((s.label for s in labels if s.bars == section.bars), None)
        label = same or "ABCDEFGHIJKLMNOP"[len({s.label for s in labels})]
        labels.append(replace(section, label=label))
    return tuple(labels)


def read_meter(text: str) -> str:
    """`6/8`, with `C` and `C|` as 4/4 and 2/2; `Unreadable` for what is not a plain fraction."""
    meter = {"C": "4/4", "C|": "2/2"}.get(text, text)
    if not re.fullmatch(r"\d{1,2}/(2|4|8)", meter):
        raise Unreadable(f"meter {text!r}")
    return meter


def read_piece(abc: str, record: Mapping[str, object] | None = None) -> Piece:
    """Read one single-voice tune; `record` may give title, rhythm, source and group. Raises
    `Unreadable`.
    """
    record = record or {}
    fields, lines = _read_fields(abc)
    if "V" in fields:
        raise Unreadable("several voices")
    key, meter = read_key(fields.get("K", "")), read_meter(fields.get("M", ""))
    unit = Fraction(fields.get("L", "1/8"))
    bars = _drop_endings(_read_music(lines, key, unit))
    full = Fraction(meter)
    sections = _make_sections(_cut_sections(bars), full)
    tempo = re.search(r"=\s*(\d+)", fields.get("Q", ""))
    return Piece(
        title=str(record.get("title") or fields.get("T", "")),
        rhythm=str(record["rhythm"]) if record.get("rhythm") else fields.get("R"),
        meter=meter,
        key=key,
        sections=sections,
        source=str(record.get("source", "")),
        group=str(record.get("group", "")),
        tempo=int(tempo[1]) if tempo else None,
    )
