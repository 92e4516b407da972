"""Writing a `Piece` as canonical ABC text: the one spelling the model reads and writes.

Rules: `L:1/8`; numeric `Q:`; sections start on a new line (under `P:` when there are several); at
most four bars a line and no spaces round barlines; several voices line by line under `[V:1]`, `[V:2]`
…, words under their line; beams end at beats (in 4/4 and 2/2 four plain eighths stay together); a
dotted eighth and a sixteenth side by side are `A>B`; tied notes inside a bar become one note where
one note can say it. `FORMAT` counts the changes of these rules: a model knows only the one it learned.
What it does not know: where the tune came from, and whether it is any good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from abc_tools.spelling import MeasureAccidentals, length_text
from abc_tools.theory import Meter, Pitch, abc_letter
from lm.piece import Bar, Event, Line, Piece, Section, Unreadable

FORMAT = 2
UNIT = Fraction(1, 8)
BARS_A_LINE = 4
GAP = "[...]"
PLAIN_LENGTHS = tuple(Fraction(n, 8) for n in (1, 2, 3, 4, 6, 8, 12))
DOTTED, SIXTEENTH = Fraction(3, 16), Fraction(1, 16)
TUPLETS = {3: 2, 5: 4}  # notes in the time of


def beat_groups(meter: Meter) -> tuple[Fraction, Fraction]:
    """(beat, group): beams end at every group; at a beat inside it unless all notes there are plain
    eighths.
    """
    if meter.compound and meter.unit == 8:
        return Fraction(3, 8), Fraction(3, 8)
    if meter.length == 1 and meter.unit in (2, 4):
        return Fraction(1, 4), Fraction(1, 2)
    return Fraction(1, 4), Fraction(1, 4)


def tempo_unit(meter: Meter) -> str:
    """The note a `Q:` counts: dotted quarters in compound time, halves in x/2, else the unit."""
    if meter.unit == 8:
        return "3/8" if meter.compound or meter.beats == (3,) else "1/8"
    return f"1/{meter.unit}"


def meter_text(meter: Meter) -> str:
    """`M:` as a fraction, also for `C` and `C|`."""
    return f"{meter.beats[0]}/{meter.unit}" if meter.text not in ("C", "C|") else (
        "4/4" if meter.text == "C" else "2/2"
    )  # fmt: skip


def write_length(duration: Fraction) -> str:
    """A duration as the factor after a note under `L:1/8`."""
    if (duration / UNIT).denominator not in (1, 2, 4):
        raise Unreadable(f"a note of {duration}")
    return length_text(duration / UNIT)


def merge_ties(events: Line) -> list[Event]:
    """Join tied notes of one bar where the sum is a plain length; drop ties that lead nowhere."""
    merged: list[Event] = []
    for event in events:
        last = merged[-1] if merged else None
        if last is not None and last.tie:
            same = event.pitches == last.pitches
            total = last.duration + event.duration
            if same and not event.chord and total in PLAIN_LENGTHS:
                merged[-1] = replace(last, duration=total, tie=event.tie)
                continue
            if not set(event.pitches) & set(last.pitches):
                merged[-1] = replace(last, tie=False)
        merged.append(event)
    return merged


def _plain_eighths(events: Sequence[Event], start: Fraction, stop: Fraction) -> bool:
    position = Fraction(0)
    for event in events:
        if start <= position < stop and (event.duration != UNIT or not event.pitches):
            return False
        position += event.duration
    return True


class BarWriter:
    """Writes the events of bars of one voice; `held` are pitches tied over the last barline."""

    def __init__(self, piece: Piece) -> None:
        self.key, self.full = piece.key, piece.full
        self.beat, self.group = beat_groups(piece.meter)
        self.held: tuple[Pitch, ...] = ()

    def write(self, events: Sequence[Event], start: Fraction) -> str:
        """The text of a bar that begins `start` into the measure (a pickup begins late)."""
        self.state = MeasureAccidentals(self.key)
        out: list[str] = []
        position, i, inside = start, 0, 0  # `inside`: notes left of a tuplet
        while i < len(events):
            event = events[i]
            if out and not inside and self._space(events, position, start):
                out.append(" ")
            if event.chord:
                out.append(f'"{event.chord}"')
            if not inside and _odd(event.duration):
                inside, size = _tuplet(events, i)
                plain = (inside, size) == (3, 3)
                out.append("(3" if plain else f"({size}:{TUPLETS[size]}:{inside}")
                factor = Fraction(size, TUPLETS[size])
            sign, lengths = self._broken(events, i, bool(inside))
            length = event.duration * factor if inside else lengths[0]
            out.append(self._note(event, length) + sign)
            position += event.duration
            if sign:
                i += 1
                out.append(self._note(events[i], lengths[1]))
                position += events[i].duration
            inside = max(0, inside - 1)
            i += 1
        return "".join(out)

    def _space(self, events: Sequence[Event], position: Fraction, start: Fraction) -> bool:
        if position % self.group == 0:
            return True
        if position % self.beat:
            return False
        begin = position - position % self.group - start
        return not _plain_eighths(events, begin, begin + self.group)

    def _broken(
        self, events: Sequence[Event], i: int, inside: bool
    ) -> tuple[str, tuple[Fraction, Fraction]]:
        duration = events[i].duration
        if not inside and i + 1 < len(events) and events[i].pitches:
            after = events[i + 1]
            plain = after.pitches and not (after.chord or events[i].tie)
            if plain and (duration, after.duration) == (DOTTED, SIXTEENTH):
                return ">", (UNIT, UNIT)
            if plain and (duration, after.duration) == (SIXTEENTH, DOTTED):
                return "<", (UNIT, UNIT)
        return "", (duration, duration)

    def _note(self, event: Event, length: Fraction) -> str:
        if not event.pitches:
            self.held = ()
            return "z" + write_length(length)
        names = []
        for pitch in event.pitches:
            sign = "" if pitch in self.held else self.state.sign(pitch)
            names.append(sign + abc_letter(pitch))
        self.held = event.pitches if event.tie else ()
        head = names[0] if len(names) == 1 else f"[{''.join(names)}]"
        return head + write_length(length) + ("-" if event.tie else "")


def _odd(duration: Fraction) -> bool:
    return duration.denominator & (duration.denominator - 1) != 0


def _tuplet(events: Sequence[Event], i: int) -> tuple[int, int]:
    """(notes, size) of the tuplet that begins at an event."""
    size = next((p for p in TUPLETS if events[i].duration.denominator % p == 0), 0)
    total = Fraction(0)
    for n, event in enumerate(events[i : i + 8], start=1):
        total += event.duration
        plain = event.duration * Fraction(size, TUPLETS[size]) if size else Fraction(1, 3)
        if _odd(plain):
            break
        if not _odd(total):
            return n, size
    raise Unreadable("a tuplet that does not come out even")


def section_lines(
    piece: Piece, index: int, gaps: frozenset[int] = frozenset(), verses: int = 1, first: int = 1
) -> list[str]:
    """The lines of a section; bars whose place in it lies in `gaps` become `[...]`; `first` is the
    number of the first voice.
    """
    section = piece.sections[index]
    writers = [BarWriter(piece) for _ in piece.clefs]
    out: list[str] = []
    for chunk in chunks(section, piece.full):
        for voice, writer in enumerate(writers):
            line = f"[V:{voice + first}]" if len(writers) > 1 or first > 1 else ""
            for at in chunk:
                line += _bar_text(piece, index, at, voice, writer, at in gaps, at == chunk[0])
            out.append(line)
            bars = [section.bars[at] for at in chunk if at not in gaps]
            out += word_lines([e for bar in bars for e in merge_ties(bar.voices[voice])], verses)
    return out


def chunks(section: Section, full: Fraction) -> list[list[int]]:
    """The bars of each line: at most four, a pickup joins the line it leads into."""
    lines: list[list[int]] = [[]]
    count = 0
    for at in range(len(section.bars)):
        if count == BARS_A_LINE:
            lines.append([])
            count = 0
        lines[-1].append(at)
        count += 0 if at == 0 and section.pickup(full) else 1
    return lines


def _bar_text(
    piece: Piece, index: int, at: int, voice: int, writer: BarWriter, gap: bool, opens_line: bool
) -> str:
    """One bar with the signs before and after it."""
    section = piece.sections[index]
    bar: Bar = section.bars[at]
    before = sign_before(section, at, opens_line)
    start = piece.full - bar.duration if at == 0 and section.pickup(piece.full) else Fraction(0)
    text = GAP if gap else writer.write(merge_ties(bar.voices[voice]), start)
    if gap:
        writer.held = ()
    return before + text + closing(piece, index, at)


def sign_before(section: Section, at: int, opens_line: bool) -> str:
    """What stands between a barline and the bar: the sign of a repeat or the number of an ending."""
    sign = "|:" if section.repeat and at == 0 else ""
    ending = section.bars[at].ending
    if ending:
        sign += f"[{ending} " if opens_line else f"{ending} "
    return sign


def closing(piece: Piece, index: int, at: int) -> str:
    """The barline behind a bar of a section."""
    section = piece.sections[index]
    if at + 1 < len(section.bars):
        return ":|" if section.bars[at + 1].ending == 2 else "|"
    final = index + 1 == len(piece.sections)
    if section.repeat and not section.endings:
        return ":|"
    return "|]" if final else "||"


def word_lines(events: Sequence[Event], verses: int) -> list[str]:
    """`w:` lines for the events of a line of bars."""
    sung = [e for e in events if e.pitches]
    lines = []
    for verse in range(min(verses, max((len(e.syllables) for e in sung), default=0))):
        words: list[str] = []
        for event in sung:
            said = event.syllables[verse] if verse < len(event.syllables) else None
            if said is None:
                held = bool(words) and words[-1] != "*"
                words.append(("-" if words[-1].endswith("-") else "_") if held else "*")
            else:
                words.append(said.replace(" ", "~").replace("\N{NON-BREAKING HYPHEN}", "\\-"))
        while words and words[-1] in "*_-":
            words.pop()  # what stands behind the last syllable need not be said
        if words:
            lines.append("w:" + " ".join(words).replace("- ", "-").replace(" _", "_"))
    return lines


def write_header(piece: Piece, tempo: int) -> str:
    """The header lines in canonical order, with a final newline."""
    lines = ["X:1", f"T:{piece.title}"]
    if piece.rhythm:
        lines.append(f"R:{piece.rhythm}")
    lines += [f"M:{meter_text(piece.meter)}", "L:1/8", f"Q:{tempo_unit(piece.meter)}={tempo}"]
    if len(piece.clefs) > 1:
        lines += [f"V:{n} clef={clef}" for n, clef in enumerate(piece.clefs, start=1)]
    return "\n".join([*lines, f"K:{piece.key.abc}"]) + "\n"


def write_body(
    piece: Piece, gaps: dict[int, frozenset[int]] | None = None, verses: int = 1, first: int = 1
) -> str:
    """Everything below `K:`; `gaps` leaves bars of sections (by index) out; `first` numbers the first
    of several voices.
    """
    parts: list[str] = []
    for index, section in enumerate(piece.sections):
        if len(piece.sections) > 1:
            parts.append(f"P:{section.label}")
        parts += section_lines(piece, index, (gaps or {}).get(index, frozenset()), verses, first)
    return "\n".join(parts) + "\n"


def write_piece(piece: Piece, tempo: int, verses: int = 1) -> str:
    """The whole tune as canonical text ending in a newline."""
    return write_header(piece, tempo) + write_body(piece, verses=verses)


def write_bars(piece: Piece, index: int, bars: range, voice: int = 0) -> str:
    """The text of some bars of a section in one voice, joined by `|`: the answer to a fill request."""
    section, writer = piece.sections[index], BarWriter(piece)
    if bars.start and section.bars[bars.start - 1].voices[voice]:
        before = section.bars[bars.start - 1].voices[voice][-1]
        writer.held = before.pitches if before.tie else ()
    out = []
    for at in bars:
        bar = section.bars[at]
        late = at == 0 and section.pickup(piece.full)
        out.append(
            writer.write(
                merge_ties(bar.voices[voice]), piece.full - bar.duration if late else Fraction(0)
            )
        )
    return "|".join(out)
