"""One measure as an automaton: every moment at which something may begin, and what may begin there.

A path from the first moment to the end is exactly one measure in the spelling of `lm.spelling`:
spaces where beams end, `A>B` for a dotted pair and nothing else for it, no tie where one longer note
says the same. Moments are counted in units of `spec.UNIT` from the start of the full bar. States
that lead nowhere are left out, equal ones are one. What may begin where (so that the rhythm can be
read) is in `Rhythm.may_begin`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lm.grammar.spec import MeasureSpec
from lm.grammar.terminals import Alphabet, whole
from lm.spelling import DOTTED, PLAIN_LENGTHS, SIXTEENTH
from lm.spelling import UNIT as EIGHTH

END = -1
EIGHTH_UNITS, DOTTED_UNITS, SIXTEENTH_UNITS = whole(EIGHTH), whole(DOTTED), whole(SIXTEENTH)
PLAIN = frozenset(whole(length) for length in PLAIN_LENGTHS)
# Written lengths of a tuplet's notes → how long it sounds and on which grid it may begin, in units.
TUPLETS = {
    (8, 8, 8): (16, 16), (4, 4, 4): (8, 8), (2, 2, 2): (4, 4), (1, 1, 1): (2, 2),
    (8, 4): (8, 8), (4, 8): (8, 8), (4, 2): (4, 4), (2, 4): (4, 4),
}  # fmt: skip
PAIRS = ((">", DOTTED_UNITS), ("<", SIXTEENTH_UNITS))
FROM_BEFORE = -1  # a note is held over the barline


class Edge(NamedTuple):
    """Text (terminals of the grammar), where it leads, notes it adds, and what it does to ties:
    "" nothing, "hold" begins one on any pitch, "held" and "release" end it (only on `finals`, if any),
    "on" holds the note still. `lead` stands before the held note.
    `allowed` are the numbers of notes that may still come in the line, where they are counted.
    """

    text: str
    target: int
    sung: int = 0
    tie: str = ""
    length: int = 0
    gap: str = ""
    finals: tuple[str, ...] = ()
    lead: str = ""
    allowed: tuple[int, ...] = ()


class State(NamedTuple):
    """A moment. `chorded`: its chord symbol is settled; `last`: a plain note of 3/16 or 1/16 came just
    before; `beam`: what is known of the eighths in the beam (see `Rhythm.beams`); `home`: a chord
    of the cadence sounds; `tied`: length of the note that is held here, 0 for none.
    """

    at: int
    chorded: bool = False
    last: int = 0
    beam: str = "even"
    home: bool = True
    tied: int = 0


@dataclass(frozen=True)
class Rhythm:
    """What one voice may do in a measure of a meter. `lengths` in units."""

    beat: int
    group: int
    compound: bool
    lengths: tuple[int, ...]
    rests: bool
    triplets: bool
    dotted: bool
    ties: bool = True
    chords: str = "none"
    symbols: tuple[str, ...] = ()
    shortest_rest: int = 0

    @property
    def pairs(self) -> bool:
        """Whether `A>B` is offered: its two lengths are allowed ones."""
        return self.dotted and {DOTTED_UNITS, SIXTEENTH_UNITS} <= set(self.lengths)

    def tuplets(self) -> dict[tuple[int, ...], tuple[int, int]]:
        """The tuplets of allowed lengths; in compound meters only short ones."""
        return {
            lengths: place
            for lengths, place in TUPLETS.items()
            if self.triplets
            and set(lengths) <= set(self.lengths)
            and (not self.compound or max(lengths) < EIGHTH_UNITS)
        }

    def rests_for(self, length: int) -> bool:
        """Whether a rest of this length may be written."""
        return self.rests and length >= self.shortest_rest

    def may_begin(self, at: int, length: int) -> bool:
        """Whether a plain note may begin here: off the eighths only short ones."""
        if at % EIGHTH_UNITS == 0:
            return True
        return length <= DOTTED_UNITS if at % SIXTEENTH_UNITS == 0 else length in (1, 3)

    def beams(
        self, state: State, end: int, stop: int, plain: bool, inner: int = 0
    ) -> list[tuple[str, str]]:
        """(space, beam) after an element that ends at `end`; nothing if it may not end there.
        `inner` is the moment of its last note.

        In a beam of two beats the beats are joined only if all of it is plain eighths. So in its
        middle an even first half either goes on ("all": no space, only eighths from here) or does
        not ("mixed": a space, and something else must come); "free" is settled.
        """
        beam = state.beam
        if beam == "all" and not plain:
            return []
        leaves = end == stop or end // self.group != state.at // self.group
        if beam == "mixed" and leaves and plain:
            return []
        if end == stop:
            return [("", "even")]
        if leaves:
            beam = "free" if inner >= end - end % self.group else "even"
        elif not plain:
            beam = "free"
        if end % self.group == 0:
            return [(" ", "even")]
        if end % self.beat or beam == "mixed":
            return [("", beam)]
        return [("", "all"), (" ", "mixed")] if beam == "even" else [(" ", beam)]


class Automaton:
    """Interned states of the measures of one voice: number → edges. `END` closes every measure."""

    def __init__(self, rhythm: Rhythm, alphabet: Alphabet) -> None:
        self.rhythm, self.alphabet = rhythm, alphabet
        self.edges: list[tuple[Edge, ...]] = []
        self._numbers: dict[tuple[Edge, ...], int] = {}

    def add(self, edges: tuple[Edge, ...]) -> int:
        """The number of the state with these edges."""
        if edges not in self._numbers:
            self._numbers[edges] = len(self.edges)
            self.edges.append(edges)
        return self._numbers[edges]

    def counts(self, number: int) -> tuple[int, ...]:
        """The numbers of notes that may come from a state to the end of its line."""
        return tuple(sorted({n for edge in self.edges[number] for n in edge.allowed}))

    def measure(self, spec: MeasureSpec) -> Measure:
        """The entries of a measure; `ValueError` if nothing can fill it."""
        return Measure(self, spec)


class Measure:
    """The states of one measure. `entry` begins it afresh, `held` with a note held from before (None
    if no such measure exists).
    """

    def __init__(self, automaton: Automaton, spec: MeasureSpec) -> None:
        self.automaton, self.spec = automaton, spec
        self.rhythm, self.alphabet = automaton.rhythm, automaton.alphabet
        self.start = whole(spec.start)
        self.stop = self.start + whole(spec.length)
        self.finals = tuple(p for p in spec.finals if p in self.alphabet.pitches)
        self.shortest = whole(spec.ending)
        self.fixed = None if spec.chords is None else {whole(m): c for m, c in spec.chords}
        counted = self.rhythm.chords == "required" and self.start == 0 and self.fixed is None
        self.cadence = spec.cadence if counted else ()
        self._made: dict[State, int | None] = {}
        first = State(self.start, home=not self.cadence)
        entry = self.node(first)
        if entry is None:
            raise ValueError("the allowed note lengths cannot fill a measure")
        self.entry = entry
        self.held = self.node(first._replace(tied=FROM_BEFORE))

    def node(self, state: State) -> int | None:
        """The number of a state, None if the measure cannot be ended from it."""
        if state not in self._made:
            options = self.with_chord if not state.chorded else self.elements
            edges = tuple(dict.fromkeys(self.counted(edge) for edge in options(state)))
            self._made[state] = self.automaton.add(edges) if edges else None
        return self._made[state]

    def counted(self, edge: Edge) -> Edge:
        """The edge with the numbers of notes that lead over it to the end of the line."""
        after = self.spec.after
        if after is None:
            return edge
        behind = after if edge.target == END else self.automaton.counts(edge.target)
        return edge._replace(allowed=tuple(n + edge.sung for n in behind))

    @property
    def takes_held(self) -> bool:
        """Whether any note at all may be held into the measure."""
        return self.held is not None and self._holds(self.held)

    def _holds(self, node: int) -> bool:
        """Whether a state can go on with any held note, not only with one that may end a section."""
        edges = self.automaton.edges[node]
        return any(
            (bool(e.tie) and not e.finals) or (not e.tie and self._holds(e.target)) for e in edges
        )

    # ------------------------------------------------------------------------------ chord symbols
    def with_chord(self, state: State) -> Iterator[Edge]:
        """A moment with its optional or required chord symbol."""
        symbols, must = self.symbols_at(state.at)
        plain = state._replace(chorded=True)
        if not symbols:
            yield from self.elements(plain)
            return
        unchorded = None if must else self.node(plain)
        if unchorded is not None:
            yield Edge("", unchorded)
        for home, chosen in self.by_cadence(symbols):
            target = self.node(
                plain._replace(last=0, home=home, tied=FROM_BEFORE if state.tied else 0)
            )
            if target is not None:
                yield Edge(self.alphabet.chord(chosen), target)

    def by_cadence(self, symbols: tuple[str, ...]) -> Iterator[tuple[bool, tuple[str, ...]]]:
        """The symbols apart by whether they may end the measure."""
        for home in (True, False):
            chosen = tuple(s for s in symbols if (not self.cadence or s in self.cadence) == home)
            if chosen:
                yield home, chosen

    def symbols_at(self, at: int) -> tuple[tuple[str, ...], bool]:
        """(chord symbols, whether one must stand) at a moment."""
        if self.fixed is not None:
            return ((self.fixed[at],), True) if at in self.fixed else ((), False)
        mode = self.rhythm.chords
        grid = EIGHTH_UNITS if mode == "optional" else self.rhythm.beat
        if mode == "none" or at % grid:
            return (), False
        if mode == "required" and self.start and at == self.start:
            return (), False
        must = mode == "required" and at == 0
        opening = tuple(c for c in self.spec.opening if c in self.rhythm.symbols)
        return (opening if must and opening else self.rhythm.symbols), must

    # ----------------------------------------------------------------------------------- elements
    def elements(self, state: State) -> Iterator[Edge]:
        """Everything that may begin at a moment."""
        if state.tied:
            yield from self.held_notes(state)
            return
        yield from self.notes(state)
        yield from self.groups(state)

    def after(
        self, state: State, length: int, plain: bool, last: int = 0, tied: int = 0, inner: int = 0
    ) -> Iterator[tuple[str, int]]:
        """(space, target) behind an element of `length`; nothing where it cannot end."""
        end = state.at + length
        if end > self.stop or self.skips_chord(state.at, end):
            return
        for gap, beam in self.rhythm.beams(state, end, self.stop, plain, inner):
            if end == self.stop:
                if state.home:
                    yield gap, END
                continue
            kept = last if last in (DOTTED_UNITS, SIXTEENTH_UNITS) else 0
            target = self.node(State(end, False, kept, beam, state.home, tied))
            if target is not None:
                yield gap, target

    def skips_chord(self, at: int, end: int) -> bool:
        """Whether a fixed chord symbol would fall inside an element."""
        return self.fixed is not None and any(at < moment < end for moment in self.fixed)

    def pairs_up(self, state: State, length: int) -> bool:
        """Whether the note before and one of `length` would have to be written `A>B`."""
        return {state.last, length} == {DOTTED_UNITS, SIXTEENTH_UNITS}

    def notes(self, state: State) -> Iterator[Edge]:
        """Plain notes, tied notes and rests."""
        for length in self.rhythm.lengths:
            if not self.rhythm.may_begin(state.at, length):
                continue
            even = length == EIGHTH_UNITS
            if not self.pairs_up(state, length):
                yield from self.note(state, length, even)
                yield from self.tied(state, length, even)
            if self.rhythm.rests_for(length) and not self.closes(state.at + length):
                for gap, target in self.after(state, length, plain=False):
                    yield Edge(self.alphabet.rest(length, gap), target)

    def note(self, state: State, length: int, even: bool) -> Iterator[Edge]:
        """A plain note."""
        closing = self.closes(state.at + length)
        if self.tie_must(state.at + length) or (closing and length < self.shortest):
            return
        finals = self.finals if closing else ()
        for gap, target in self.after(state, length, even, last=length):
            yield Edge(self.alphabet.note(length, gap, finals), target, 1)

    def tied(self, state: State, length: int, even: bool) -> Iterator[Edge]:
        """A note held on, over the barline or inside the measure."""
        end = state.at + length
        if end == self.stop:
            if self.tie_must(end):
                yield Edge(self.alphabet.tied(self.spec.tie, length, ""), END, 1)
            if self.spec.tie != "any":
                return
        elif not self.may_tie_inside(state, end):
            return
        for gap, target in self.after(state, length, even, tied=length):
            if target == END or self._holds(target):
                yield Edge("", target, 1, "hold", length, gap)

    def may_tie_inside(self, state: State, end: int) -> bool:
        """Whether a note may be tied to the next one of the measure: it ends on a beat and begins on
        one, or just before.
        """
        short = end - state.at == EIGHTH_UNITS
        begins = state.at % self.rhythm.beat == 0 or short
        return self.rhythm.ties and end % self.rhythm.beat == 0 and begins

    def held_notes(self, state: State) -> Iterator[Edge]:
        """The note that a tie holds; its pitch is known to the grammar's parameter."""
        for length in self.rhythm.lengths:
            merged = state.tied > 0 and state.tied + length in PLAIN
            if merged or not self.rhythm.may_begin(state.at, length):
                continue
            even, end = length == EIGHTH_UNITS, state.at + length
            closing = self.closes(end)
            if not self.tie_must(end) and not (closing and length < self.shortest):
                for gap, target in self.after(state, length, even, last=length):
                    yield Edge("", target, 1, "held", length, gap, self.finals if closing else ())
            if self.spec.tie == "any" if end == self.stop else self.may_tie_inside(state, end):
                for gap, target in self.after(state, length, even, tied=length):
                    if target == END or self._holds(target):
                        yield Edge("", target, 1, "on", length, gap)
        if self.rhythm.pairs and not self.closes(state.at + EIGHTH_UNITS * 2):
            for sign, first in PAIRS:
                for gap, target in self.pair_ends(state, first):
                    yield Edge(self.alphabet.pair(sign, gap, held=True), target, 2, "release")
        for lengths, (size, grid) in self.rhythm.tuplets().items():
            equal = len(set(lengths)) == 1
            if equal and state.at % grid == 0 and not self.closes(state.at + size):
                for gap, target in self.after(state, size, plain=False):
                    text = self.alphabet.tuplet(lengths, gap, held=True)
                    yield Edge(text, target, len(lengths), "release", lead="(3")

    def groups(self, state: State) -> Iterator[Edge]:
        """Dotted pairs and tuplets; they never close a measure whose last note is fixed."""
        if self.rhythm.pairs and not self.closes(state.at + EIGHTH_UNITS * 2):
            for sign, first in PAIRS:
                if not self.pairs_up(state, first):
                    for gap, target in self.pair_ends(state, first):
                        yield Edge(self.alphabet.pair(sign, gap), target, 2)
        for lengths, (size, grid) in self.rhythm.tuplets().items():
            if state.at % grid == 0 and not self.closes(state.at + size):
                for gap, target in self.after(state, size, plain=False):
                    yield Edge(self.alphabet.tuplet(lengths, gap), target, len(lengths))

    def pair_ends(self, state: State, first: int) -> Iterator[tuple[str, int]]:
        """Where a dotted pair leads whose first note is that long."""
        if state.at % SIXTEENTH_UNITS == 0:
            yield from self.after(state, EIGHTH_UNITS * 2, plain=False, inner=state.at + first)

    # ------------------------------------------------------------------------------------ endings
    def closes(self, end: int) -> bool:
        """Whether an element that ends here must be the fixed last note of the measure."""
        fixed = bool(self.finals) or self.shortest > 1 or self.tie_must(end)
        return end == self.stop and fixed

    def tie_must(self, end: int) -> bool:
        """Whether what ends here must be tied to a given note."""
        return end == self.stop and self.spec.tie not in ("", "any")
