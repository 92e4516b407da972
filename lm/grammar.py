"""A grammar in which a wrong bar cannot be spelled: what a tune must be → Lark text for llguidance.

Every measure is a chain of rules, one for each moment at which a note may begin; each element leads
to the rule of the moment where it ends, and only the end of the measure ends the chain. So every
bar adds up, pickups and their complements included, whatever the model would rather say. Moments
are counted in sixteenths.

What may begin where (so that the rhythm can be read): sixteenths come in pairs; a note may cross
the end of a beam only if it begins on a beat; triplets and `A>B` fill a beat or half of one. In a
tune's text: `L:1/8`, the canonical layout of four bars a line, beams separated by spaces, chord
symbols on beats. What it does not know: ties over barlines, several voices, which of the possible
tunes is a good one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from lm.spelling import beat_groups, write_length

UNIT = Fraction(1, 16)
BARS_A_LINE = 4
TITLE = r"/[A-Z][A-Za-z']{1,14}( [A-Za-z'][A-Za-z']{0,13}){0,4}/"
NOTE_LENGTHS = tuple(Fraction(n, 16) for n in (1, 2, 4, 6, 8, 12, 16))


@dataclass(frozen=True)
class SectionSpec:
    """A part: `bars` full bars (the last one shorter by the pickup), between repeats or not.

    `finals` are the notes its last measure may end on, `cadence` the chord symbols it may end with,
    `opening` those its first full bar may begin with; empty = any. `ending` is the shortest last
    note.
    """

    label: str
    bars: int
    repeat: bool = False
    finals: tuple[str, ...] = ()
    cadence: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    ending: Fraction = Fraction(0)


@dataclass(frozen=True)
class TuneSpec:
    """Everything about a tune that its grammar fixes.

    `header` holds the literal lines `X:` to `K:`; a line `T:` alone leaves the title to the model.
    `pitches` are ABC note names (`^c`, `d'`), `lengths` note lengths in whole notes, `chords` none,
    optional or required (each full bar then begins with a chord symbol).
    """

    header: tuple[str, ...]
    meter: str
    sections: tuple[SectionSpec, ...]
    pitches: tuple[str, ...]
    pickup: Fraction = Fraction(0)
    chords: str = "none"
    chord_symbols: tuple[str, ...] = ()
    lengths: tuple[Fraction, ...] = NOTE_LENGTHS
    rests: bool = True
    triplets: bool = True
    dotted: bool = True
    labels: bool = field(default=True)

    def __post_init__(self) -> None:
        """Refuse what no tune can satisfy, naming the value."""
        bar = Fraction(self.meter)
        if bar % UNIT or not 0 < bar <= 2:
            raise ValueError(f"meter {self.meter} is not one the grammar can count")
        if not 0 <= self.pickup < bar or self.pickup % UNIT:
            raise ValueError(f"pickup {self.pickup} does not fit a bar of {self.meter}")
        if self.chords not in ("none", "optional", "required"):
            raise ValueError(f"chords {self.chords!r}: none, optional or required")
        if self.chords != "none" and not self.chord_symbols:
            raise ValueError("chords are wanted but no chord symbol is allowed")
        if not self.pitches or not self.lengths or not self.sections:
            raise ValueError("a tune needs at least one pitch, one length and one section")
        if any(section.bars < 1 for section in self.sections):
            raise ValueError("a section needs at least one bar")


@dataclass(frozen=True)
class MeasureSpec:
    """A measure to fill: its length, the moment in the bar where it begins, and what it may end on."""

    length: Fraction
    start: Fraction = Fraction(0)
    finals: tuple[str, ...] = ()
    cadence: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    ending: Fraction = Fraction(0)


def _quote(text: str) -> str:
    """A Lark string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def _one_of(words: Iterable[str]) -> str:
    """The inside of a regular expression for one of the words, longest first."""
    escaped = []
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        escaped.append("".join("\\" + c if c in r"\^$.|?*+()[]{}/-" else c for c in word))
    return "(" + "|".join(escaped) + ")"


class _Bars:
    """Collects the rules of measures; equal measures share their rules."""

    def __init__(self, spec: TuneSpec) -> None:
        self.spec = spec
        beat, group = beat_groups(spec.meter)
        self.beat, self.group = int(beat / UNIT), int(group / UNIT)
        self.bar = int(Fraction(spec.meter) / UNIT)
        self.compound = self.group == self.beat and self.beat % 3 == 0
        self.rules: dict[str, str] = {}
        self.made: dict[MeasureSpec, str] = {}
        self.terminals: dict[str, str] = {}
        self.lengths = sorted(
            {int(d / UNIT) for d in spec.lengths if d % UNIT == 0 and d / UNIT != 3}
        )

    def measure(self, measure: MeasureSpec) -> str:
        """The name of the rule for a measure, made at the first use."""
        if measure not in self.made:
            self.made[measure] = name = f"m{len(self.made)}"
            start, length = int(measure.start / UNIT), int(measure.length / UNIT)
            assert start >= 0 and length > 0, (
                "a measure has a length and does not begin before itself"
            )
            self.chain(name, measure, start, start + length)
        return self.made[measure]

    def chain(self, name: str, measure: MeasureSpec, start: int, stop: int) -> None:
        """All rules of one measure. A `c` rule puts the chord symbol before the elements of its
        moment.

        State 1 means that a chord of the cadence sounds; without a cadence there is only state 1.
        """
        cadence = self.cadence(measure, start)
        states = (0, 1) if cadence else (1,)
        alive: set[tuple[int, int]] = set()  # (moment, state) whose chord rule has an end
        for at in reversed(self.reachable(start, stop, measure)):
            sounding = set()
            for state in states:
                options = [
                    text if end == stop else f"{text} {self.gap(end)}{name}c{end}s{state}"
                    for text, end in self.elements(at, stop, measure)
                    if (end == stop and state == 1) or (end, state) in alive
                ]
                if options:
                    self.rules[f"{name}e{at}s{state}"] = " | ".join(options)
                    sounding.add(state)
            for state in states:
                options = self.chord_options(name, at, start, state, measure, sounding)
                if options:
                    self.rules[f"{name}c{at}s{state}"] = " | ".join(options)
                    alive.add((at, state))
        first = 0 if cadence else 1
        if (start, first) not in alive:
            raise ValueError("the allowed note lengths cannot fill a measure")
        self.rules[name] = f"{name}c{start}s{first}"

    def chord_options(
        self, name: str, at: int, start: int, state: int, measure: MeasureSpec, sounding: set[int]
    ) -> list[str]:
        """A moment with its optional or required chord symbol; states in `sounding` can go on."""
        plain = [f"{name}e{at}s{state}"] if state in sounding else []
        if self.spec.chords == "none" or at % self.beat or (start and at == start):
            return plain
        must = self.spec.chords == "required" and at == 0
        opening = tuple(c for c in measure.opening if c in self.spec.chord_symbols)
        allowed = opening if must and opening else self.spec.chord_symbols
        cadence = self.cadence(measure, start)
        if not cadence:
            options = [f"{self.chord(allowed)} {p}" for p in plain]
        else:
            options = []
            home = tuple(c for c in allowed if c in cadence)
            other = tuple(c for c in allowed if c not in cadence)
            if 1 in sounding and home:
                options.append(f"{self.chord(home)} {name}e{at}s1")
            if 0 in sounding and other:
                options.append(f"{self.chord(other)} {name}e{at}s0")
        return options if must else options + plain

    def cadence(self, measure: MeasureSpec, start: int) -> tuple[str, ...]:
        """The chords that must sound at the end of a measure, if any."""
        return measure.cadence if self.spec.chords == "required" and start == 0 else ()

    def chord(self, symbols: tuple[str, ...]) -> str:
        """The terminal of one of some chord symbols."""
        name = "CHORD" if symbols == self.spec.chord_symbols else f"CHORD{hash_names(symbols)}"
        self.terminals[name] = f'/"{_one_of(symbols)}"/'
        return name

    def gap(self, at: int) -> str:
        """What stands between elements that meet at a moment: a space where a beam ends."""
        if at % self.group == 0:
            return '" " '
        return '" "? ' if at % self.beat == 0 else ""

    def reachable(self, start: int, stop: int, measure: MeasureSpec) -> list[int]:
        """The moments at which an element can begin, in order."""
        found, todo = {start}, [start]
        while todo:
            at = todo.pop()
            for _, end in self.elements(at, stop, measure):
                if end < stop and end not in found:
                    found.add(end)
                    todo.append(end)
        return sorted(found)

    def elements(self, at: int, stop: int, measure: MeasureSpec) -> list[tuple[str, int]]:
        """(terminal, end) of everything that may begin at a moment."""
        out: list[tuple[str, int]] = []
        finals, shortest = measure.finals, measure.ending / UNIT
        closed = (
            bool(finals) or shortest > 1
        )  # the last note is fixed: no rest, no group may end the measure
        for length in self.lengths:
            end = at + length
            if end > stop or not self.fits(at, length, stop) or (end == stop and length < shortest):
                continue
            out.append((self.note(length, finals if end == stop else ()), end))
            if self.spec.rests and length >= 2 and not (end == stop and closed):
                out.append((self.rest(length), end))
        room = stop - at - (1 if closed else 0)
        on_beat = at % self.group <= 2 if self.compound else at % 4 == 0
        if self.spec.dotted and room >= 4 and at % 2 == 0 and on_beat:
            out.append((self.pair(), at + 4))
        if self.spec.triplets and not self.compound:
            if room >= 4 and at % 4 == 0:
                out.append((self.triplet(""), at + 4))
            if room >= 2 and at % 2 == 0 and 1 in self.lengths:
                out.append((self.triplet("/"), at + 2))
        if at % 2 == 1:
            out = [o for o in out if o[1] == at + 1]
        return [o for o in out if o[1] == stop or self.can_go_on(o[1], stop)]

    def can_go_on(self, at: int, stop: int) -> bool:
        """Whether the rest of the measure can be filled from a moment: some allowed lengths add up
        to it.
        """
        smallest = 1 if 1 in self.lengths else min(self.lengths)
        return (stop - at) % smallest == 0 and (at % 2 == 0 or 1 in self.lengths)

    def fits(self, at: int, length: int, stop: int) -> bool:
        """Whether a plain note of `length` reads well at a moment."""
        if length == 1:
            return at % 2 == 1 or at + 2 <= stop or at + 1 == stop
        if at % 2:
            return False
        left = self.group - at % self.group
        return length <= left or at % self.beat == 0

    def note(self, length: int, finals: tuple[str, ...]) -> str:
        """The terminal of a note of a length, from the finals when there are any."""
        pitches = [p for p in self.spec.pitches if p in finals] if finals else []
        name = f"N{length}" + ("F" + str(abs(hash_names(pitches)) % 10**6) if pitches else "")
        written = write_length(length * UNIT)
        self.terminals[name] = (
            f"/{_one_of(pitches or self.spec.pitches)}{written.replace('/', chr(92) + '/')}/"
        )
        return name

    def rest(self, length: int) -> str:
        """The terminal of a rest."""
        name = f"Z{length}"
        self.terminals[name] = "/z" + write_length(length * UNIT).replace("/", "\\/") + "/"
        return name

    def pair(self) -> str:
        """The terminal of a dotted pair `A>B` or `A<B`."""
        pitch = _one_of(self.spec.pitches)
        self.terminals["PAIR"] = f"/{pitch}[<>]{pitch}/"
        return "PAIR"

    def triplet(self, length: str) -> str:
        """The terminal of a triplet of eighths or sixteenths."""
        one = _one_of(self.spec.pitches) + length.replace("/", "\\/")
        name = "TRIPLET" + ("S" if length else "E")
        self.terminals[name] = f"/\\(3{one}{one}{one}/"
        return name

    def text(self, start: str) -> str:
        """The whole grammar."""
        lines = [f"start: {start}"]
        lines += [f"{name}: {body}" for name, body in self.rules.items()]
        lines += [f"{name}: {body}" for name, body in sorted(self.terminals.items())]
        return "\n".join(lines) + "\n"


def hash_names(names: Sequence[str]) -> int:
    """A number that is the same in every process, unlike `hash`."""
    import zlib

    return zlib.crc32(" ".join(names).encode())


def tune_grammar(spec: TuneSpec) -> str:
    """The grammar of a whole tune, header included, in canonical layout."""
    bars = _Bars(spec)
    full = Fraction(spec.meter)
    parts: list[str] = []
    literal = ""
    for line in spec.header:
        if line == "T:":
            bars.terminals["TITLE"] = TITLE
            parts += [_quote(literal + "T:"), "TITLE"]
            literal = "\n"
        else:
            literal += line + "\n"
    for i, section in enumerate(spec.sections):
        if spec.labels and len(spec.sections) > 1:
            literal += f"P:{section.label}\n"
        literal += "|:" if section.repeat else ""
        if literal:
            parts.append(_quote(literal))
        if spec.pickup:
            parts += [bars.measure(MeasureSpec(spec.pickup, full - spec.pickup)), '"|"']
        for number in range(1, section.bars):
            closing = "|\n" if number % BARS_A_LINE == 0 else "|"
            opening = section.opening if number == 1 else ()
            parts += [bars.measure(MeasureSpec(full, opening=opening)), _quote(closing)]
        last = MeasureSpec(
            length=full - spec.pickup,
            finals=section.finals,
            cadence=section.cadence,
            ending=section.ending,
        )
        parts.append(bars.measure(last))
        literal = (":|" if section.repeat else "|]" if i + 1 == len(spec.sections) else "||") + "\n"
    parts.append(_quote(literal))
    return bars.text(" ".join(parts))


def fill_grammar(spec: TuneSpec, measures: Sequence[MeasureSpec]) -> str:
    """The grammar of some measures alone, joined by `|`: the answer to a fill request."""
    if not measures:
        raise ValueError("no measure to fill")
    bars = _Bars(spec)
    return bars.text(' "|" '.join(bars.measure(m) for m in measures))
