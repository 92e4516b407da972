"""Writing a `Piece` as canonical ABC text, in any key: the one spelling the model reads and writes.

Rules: `L:1/8`; numeric `Q:`; sections start on a new line (under `P:` when there are several); at
most four bars a line and no spaces round barlines; beams end at beats (in 4/4 and 2/2 four plain
eighths stay together); a dotted eighth and a sixteenth side by side are `A>B`; tied notes inside a
bar become one note where one note can say it. What it does not know: where the tune came from, and
whether it is any good.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lm.piece import (
    EIGHTH,
    LETTERS,
    MAX_BARS_A_LINE,
    SEMITONES,
    SIGNS,
    Event,
    Key,
    Piece,
    Section,
    Unreadable,
)

PLAIN_LENGTHS = tuple(Fraction(n, 8) for n in (1, 2, 3, 4, 6, 8, 12))
DOTTED, SIXTEENTH = Fraction(3, 16), Fraction(1, 16)


# ------------------------------------------------------------------------------------- transposing
def transpose(piece: Piece, steps: int, semitones: int) -> Piece:
    """Move everything by an interval of `steps` staff steps and `semitones`; chord symbols move
    along.
    """

    def move(event: Event) -> Event:
        pitch = event.pitch
        if pitch is not None:
            step = pitch[0] + steps
            pitch = (step, pitch[1] + _semitones(pitch[0]) + semitones - _semitones(step))
        chord = event.chord and move_chord(event.chord, steps, semitones)
        return replace(event, pitch=pitch, chord=chord)

    sections = tuple(
        replace(
            s,
            pickup=tuple(move(e) for e in s.pickup),
            bars=tuple(tuple(move(e) for e in bar) for bar in s.bars),
        )
        for s in piece.sections
    )
    tonic = move_name((piece.key.letter, piece.key.alter), steps, semitones)
    return replace(piece, key=Key(*tonic, piece.key.mode), sections=sections)


def _semitones(step: int) -> int:
    return 12 * (step // 7) + SEMITONES[step % 7]


def move_name(name: tuple[int, int], steps: int, semitones: int) -> tuple[int, int]:
    """Move a pitch name (letter number, alteration); the alteration is kept within a tritone."""
    letter = (name[0] + steps) % 7
    alter = SEMITONES[name[0]] + name[1] + semitones - SEMITONES[letter]
    return letter, (alter + 6) % 12 - 6


def move_chord(chord: str, steps: int, semitones: int) -> str:
    """`"Gm7/D"` moved by an interval; the quality is copied."""
    head, slash, bass = chord.partition("/")
    moved = _move_root(head, steps, semitones)
    if slash and bass[:1] in LETTERS:
        return moved + "/" + _move_root(bass, steps, semitones)
    return moved


def _move_root(text: str, steps: int, semitones: int) -> str:
    signs = len(text[1:3]) - len(text[1:3].lstrip("#b")) if text[1:2] in ("#", "b") else 0
    alter = text[1 : 1 + signs].count("#") - text[1 : 1 + signs].count("b")
    letter, alter = move_name((LETTERS.index(text[0]), alter), steps, semitones)
    return LETTERS[letter] + "b#"[alter > 0] * abs(alter) + text[1 + signs :]


# ----------------------------------------------------------------------------------------- writing
def beat_groups(meter: str) -> tuple[Fraction, Fraction]:
    """(beat, group): beams end at every group; at a beat inside it unless all notes there are plain
    eighths.
    """
    top, bottom = map(int, meter.split("/"))
    if bottom == 8 and top % 3 == 0:
        return Fraction(3, 8), Fraction(3, 8)
    if meter in ("4/4", "2/2"):
        return Fraction(1, 4), Fraction(1, 2)
    return Fraction(1, 4), Fraction(1, 4)


def tempo_unit(meter: str) -> str:
    """The note a `Q:` counts: dotted quarters in compound time, halves in x/2, else quarters."""
    top, bottom = map(int, meter.split("/"))
    if bottom == 8:
        return "3/8" if top % 3 == 0 else "1/8"
    return f"1/{bottom}"


def write_length(duration: Fraction) -> str:
    """A duration as the factor after a note under `L:1/8`."""
    factor = duration / EIGHTH
    top, bottom = factor.numerator, factor.denominator
    if bottom == 1:
        return "" if top == 1 else str(top)
    if bottom not in (2, 4):
        raise Unreadable(f"a note of {duration}")
    return ("" if top == 1 else str(top)) + "/" + ("" if bottom == 2 else str(bottom))


def note_name(step: int) -> str:
    """The letter and octave marks of a step: 28 is `C`, 35 is `c`, 21 is `C,`."""
    letter, octave = LETTERS[step % 7], step // 7
    if octave >= 5:
        return letter.lower() + "'" * (octave - 5)
    return letter + "," * (4 - octave)


def _merge_ties(events: tuple[Event, ...]) -> list[Event]:
    """Join tied notes of one bar where the sum is a plain length; drop ties that lead nowhere."""
    merged: list[Event] = []
    for event in events:
        last = merged[-1] if merged else None
        if last is not None and last.tie:
            same = event.pitch == last.pitch and not (event.tuplet or last.tuplet)
            if same and not event.chord and last.duration + event.duration in PLAIN_LENGTHS:
                merged[-1] = replace(last, duration=last.duration + event.duration, tie=event.tie)
                continue
            if event.pitch != last.pitch:
                merged[-1] = replace(last, tie=False)
        merged.append(event)
    return merged


def _plain_eighths(events: list[Event], start: Fraction, stop: Fraction) -> bool:
    position = Fraction(0)
    for event in events:
        if start <= position < stop and (event.duration != EIGHTH or event.pitch is None):
            return False
        position += event.duration
    return True


class _BarWriter:
    """Writes the events of one bar; knows the accidentals that hold so far."""

    def __init__(self, piece: Piece) -> None:
        self.signature = piece.key.alters
        self.beat, self.group = beat_groups(piece.meter)
        self.bar = piece.bar

    def write(self, events: list[Event], start: Fraction) -> str:
        """The text of a bar that begins `start` into the measure (a pickup begins late)."""
        held: dict[int, int] = {}
        out: list[str] = []
        position, i, tuplet_left = start, 0, 0
        while i < len(events):
            event = events[i]
            if out and not tuplet_left and self._space(events, position, start):
                out.append(" ")
            if event.chord:
                out.append(f'"{event.chord}"')
            if event.tuplet and not tuplet_left:
                trio = events[i : i + 3]
                if (
                    len(trio) < 3
                    or len({e.duration for e in trio}) > 1
                    or not all(e.tuplet for e in trio)
                ):
                    raise Unreadable("an uneven triplet")
                out.append("(3")
                tuplet_left = 3
            sign, written = self._broken(events, i, tuplet_left)
            out.append(self._note(event, written[0], held) + sign)
            position += event.duration
            if sign:
                i += 1
                out.append(self._note(events[i], written[1], held))
                position += events[i].duration
            tuplet_left = max(0, tuplet_left - 1)
            i += 1
        return "".join(out)

    def _space(self, events: list[Event], position: Fraction, start: Fraction) -> bool:
        if position % self.group == 0:
            return True
        if position % self.beat:
            return False
        begin = position - position % self.group - start
        return not _plain_eighths(events, begin, begin + self.group)

    def _broken(
        self, events: list[Event], i: int, tuplet_left: int
    ) -> tuple[str, tuple[Fraction, Fraction]]:
        duration = events[i].duration
        if tuplet_left:
            return "", (duration * Fraction(3, 2), duration)
        if i + 1 < len(events):
            after = events[i + 1]
            plain = not (after.chord or after.tuplet or events[i].tie)
            if plain and (duration, after.duration) == (DOTTED, SIXTEENTH):
                return ">", (EIGHTH, EIGHTH)
            if plain and (duration, after.duration) == (SIXTEENTH, DOTTED):
                return "<", (EIGHTH, EIGHTH)
        return "", (duration, duration)

    def _note(self, event: Event, duration: Fraction, held: dict[int, int]) -> str:
        if event.pitch is None:
            return "z" + write_length(duration)
        step, alter = event.pitch
        sign = ""
        if held.get(step, self.signature[step % 7]) != alter or any(
            other % 7 == step % 7 and other != step and value != alter and step not in held
            for other, value in held.items()
        ):
            if alter not in SIGNS:
                raise Unreadable("a triple alteration")
            sign = SIGNS[alter]
            held[step] = alter
        return sign + note_name(step) + write_length(duration) + ("-" if event.tie else "")


def write_section(section: Section, piece: Piece, last: bool, gap: range | None = None) -> str:
    """The lines of a section; bars whose number lies in `gap` (0 = the first full bar here) become
    `[...]`.
    """
    writer = _BarWriter(piece)
    lines: list[str] = []
    line = "|:" if section.repeat else ""
    if section.pickup:
        line += writer.write(_merge_ties(section.pickup), piece.bar - _sum(section.pickup)) + "|"
    for i, bar in enumerate(section.bars):
        text = (
            writer.write(_merge_ties(bar), Fraction(0)) if gap is None or i not in gap else "[...]"
        )
        if i + 1 == len(section.bars):
            lines.append(line + text + (":|" if section.repeat else "|]" if last else "||"))
        elif (i + 1) % MAX_BARS_A_LINE == 0:
            lines.append(line + text + "|")
            line = ""
        else:
            line += text + "|"
    return "\n".join(lines)


def _sum(events: tuple[Event, ...]) -> Fraction:
    return sum((e.duration for e in events), Fraction(0))


def write_bars(piece: Piece, section: int, bars: range) -> str:
    """The text of some bars of a section alone, joined by `|`: the answer to a fill request."""
    writer = _BarWriter(piece)
    chosen = piece.sections[section].bars[bars.start : bars.stop]
    return "|".join(writer.write(_merge_ties(bar), Fraction(0)) for bar in chosen)


def write_header(piece: Piece, title: str, tempo: int) -> str:
    """The header lines in canonical order, without a final newline."""
    lines = ["X:1", f"T:{title}"]
    if piece.rhythm:
        lines.append(f"R:{piece.rhythm}")
    lines += [
        f"M:{piece.meter}",
        "L:1/8",
        f"Q:{tempo_unit(piece.meter)}={tempo}",
        f"K:{piece.key.abc}",
    ]
    return "\n".join(lines)


def write_piece(piece: Piece, tempo: int, gap: tuple[int, range] | None = None) -> str:
    """The whole tune as canonical text ending in a newline; `gap` = (section, bars) leaves bars
    out.
    """
    parts = [write_header(piece, piece.title, tempo)]
    for i, section in enumerate(piece.sections):
        if len(piece.sections) > 1:
            parts.append(f"P:{section.label}")
        hole = gap[1] if gap and gap[0] == i else None
        parts.append(write_section(section, piece, i + 1 == len(piece.sections), hole))
    return "\n".join(parts) + "\n"


def fill_chords(piece: Piece) -> Piece:
    """Put a chord symbol on the first note of each full bar (the one still sounding) where some
    bars have one.
    """
    sounding: str | None = None
    sections = []
    for section in piece.sections:
        bars = []
        for bar in section.bars:
            events = list(bar)
            if events[0].chord is None and sounding:
                events[0] = replace(events[0], chord=sounding)
            sounding = next((e.chord for e in reversed(events) if e.chord), sounding)
            bars.append(tuple(events))
        pickup = tuple(replace(e, chord=None) for e in section.pickup)
        sections.append(replace(section, bars=tuple(bars), pickup=pickup))
    return replace(piece, sections=tuple(sections))


def drop_chords(piece: Piece) -> Piece:
    """The tune without chord symbols."""
    return replace(
        piece,
        sections=tuple(
            replace(
                s,
                pickup=tuple(replace(e, chord=None) for e in s.pickup),
                bars=tuple(tuple(replace(e, chord=None) for e in bar) for bar in s.bars),
            )
            for s in piece.sections
        ),
    )
