"""Measures in order → Lark text for llguidance, as one right-linear grammar with a parameter.

llguidance lets a rule carry 64 bits. Here they count the measures written so far, name for each voice
the pitch that a tie holds (0: none), and count the notes of a line that has words. So equal
measures share their rules however often they come, a tie is kept over barlines, over lines and past the
lines of other voices, and the number of bars needs no rules of its own: the end of a measure looks up
by the counter what is written next.

A rule with one alternative that changes the parameter trips llguidance 1.9 when it inlines the rule, and
so does one that only changes it. `NEVER` is a second alternative that no parameter allows, `nothing` a
rule of the empty text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lm.grammar.layout import Slot
from lm.grammar.measure import END, Automaton, Edge, Measure, Rhythm
from lm.grammar.spec import MAX_SLOTS, MeasureSpec, TuneSpec, VoiceSpec
from lm.grammar.terminals import Alphabet, Terminals, bare, length_text, one_of, quote, whole
from lm.grammar.words import ENTRY, entries_of, word_rules
from lm.spelling import beat_groups

SLOT_BITS, PITCH_BITS, SUNG_BITS = 9, 6, 7
NEVER = '"~" %if not(true)'
FAN = 12
EMPTY = "empty"


class Grammar:
    """Collects the rules of a tune or of some of its measures."""

    def __init__(self, spec: TuneSpec, held: Sequence[str] = ()) -> None:
        self.spec = spec
        self.rules: dict[str, str] = {}
        self.terminals = Terminals()
        self.automata = [self._automaton(i, v, held) for i, v in enumerate(_voices(spec))]
        self.sung = SLOT_BITS + PITCH_BITS * len(self.automata)
        self._measures: dict[tuple[int, MeasureSpec], Measure] = {}
        self._ruled: set[tuple[int, int]] = set()
        self.settled: MeasureSpec | None = None  # the first measure, its tie decided
        self.count = f"decr({self.counter})" if spec.given else f"incr({self.counter})"

    def _automaton(self, number: int, voice: VoiceSpec, held: Sequence[str]) -> Automaton:
        spec = self.spec
        beat, group = beat_groups(spec.time)
        chords = spec.chords if number == 0 and not spec.progression else "none"
        rhythm = Rhythm(
            whole(beat), whole(group), spec.time.compound,
            tuple(sorted({whole(length) for length in voice.lengths})),
            voice.rests, voice.triplets, voice.dotted, spec.ties and not spec.given, chords,
            spec.chord_symbols, whole(voice.shortest_rest),
        )  # fmt: skip
        sung = spec.words != "none" or bool(spec.given)  # every tuplet has as many notes as it says
        alphabet = Alphabet(
            self.terminals, voice.pitches, stack=spec.stack, held=held,
            rests=voice.rests and not voice.shortest_rest and not (number == 0 and sung),
        )  # fmt: skip
        return Automaton(rhythm, alphabet)

    # ---------------------------------------------------------------------------------- parameter
    def field(self, voice: int) -> str:
        """The bits that name the pitch held in a voice."""
        low = SLOT_BITS + PITCH_BITS * voice
        return f"[{low}:{low + PITCH_BITS}]"

    def hold(self, voice: int, pitch: int) -> int:
        """The parameter's value for a pitch held in a voice."""
        return pitch << (SLOT_BITS + PITCH_BITS * voice)

    def release(self, voice: int) -> str:
        """The change that ends the tie of a voice."""
        every = (1 << PITCH_BITS) - 1
        return f"bit_and({hex((1 << 64) - 1 - self.hold(voice, every))})"

    @property
    def counter(self) -> str:
        """The bits that count the notes of a line."""
        return f"[{self.sung}:{self.sung + SUNG_BITS}]"

    # --------------------------------------------------------------------------------- measures
    def measure(self, voice: int, spec: MeasureSpec) -> Measure:
        """The automaton's states of a measure."""
        key = (voice, spec)
        if key not in self._measures:
            self._measures[key] = self.automata[voice].measure(spec)
        return self._measures[key]

    def enter(self, voice: int, measure: Measure) -> str:
        """The name of the rule that begins a measure, with or without a note held into it."""
        fresh = self.state(voice, measure.entry)
        if not (measure.takes_held and self.automata[voice].rhythm.ties):
            return fresh
        assert measure.held is not None, "a measure that takes a held note has a state for it"
        held = self.state(voice, measure.held)
        name = f"in_{fresh}_{held}"
        field = self.field(voice)
        self.rules[name] = f"{fresh}::_ %if is_zeros({field}) | {held}::_ %if gt({field}, 0)"
        return name

    def state(self, voice: int, number: int) -> str:
        """The name of a state's rule; its rules and those it leads to are made at the first use."""
        if number == END:
            return "end"
        todo = [number]
        while todo:
            node = todo.pop()
            if (voice, node) in self._ruled:
                continue
            self._ruled.add((voice, node))
            edges = self.automata[voice].edges[node]
            self.add(f"v{voice}s{node}", [self.alternative(voice, e) for e in self.joined(edges)])
            todo += [e.target for e in edges if e.target != END]
        return f"v{voice}s{number}"

    def joined(self, edges: Sequence[Edge]) -> list[Edge]:
        """The edges with those that lead to the same state under one terminal."""
        texts: dict[Edge, list[str]] = {}
        for edge in edges:
            texts.setdefault(edge._replace(text="" if edge.text else EMPTY), []).append(edge.text)
        return [
            e._replace(text=self.terminals.either(t) if any(t) else "") for e, t in texts.items()
        ]

    def add(self, name: str, alternatives: Sequence[str]) -> str:
        """A rule of one or more alternatives."""
        options = [*alternatives, NEVER] if len(alternatives) == 1 else alternatives
        self.rules[name] = " | ".join(options)
        return name

    def alternative(self, voice: int, edge: Edge) -> str:
        """An edge as the alternative of a rule."""
        target = "end" if edge.target == END else f"v{voice}s{edge.target}"
        writes = self.spec.words != "none" and voice == 0
        count = edge.sung if writes or edge.allowed else 0
        if edge.tie == "hold":
            return f"{self.holding(voice, edge, self.counted(target, count))}::_"
        if edge.tie == "" and count:
            guard = within(self.counter, edge.allowed)
            return f"{edge.text} {self.counted(target, count - 1)}::{self.count}{guard}"
        target = self.counted(target, count)
        if edge.tie == "":
            return f"{edge.text} {target}::_{within(self.counter, edge.allowed)}".lstrip()
        if edge.tie == "release":
            lead = self.terminals.literal(edge.lead)
            return f"{lead} {self.held(voice)}::_ {edge.text} {target}::{self.release(voice)}"
        sign = "-" if edge.tie == "on" else ""
        tail = self.terminals.literal(length_text(edge.length) + sign + edge.gap)
        change = "_" if edge.tie == "on" else self.release(voice)
        return f"{self.held(voice, edge.finals)}::_ {tail} {target}::{change}"

    def holding(self, voice: int, edge: Edge, target: str) -> str:
        """The rule of a tied note of a length: each pitch sets the parameter."""
        name = f"tie{voice}_{edge.length}{'g' if edge.gap else ''}_{target}"
        if name not in self.rules:
            alphabet = self.automata[voice].alphabet
            self.add(name, [
                f"{alphabet.tied(pitch, edge.length, edge.gap)} {target}"
                f"::bit_or({self.hold(voice, number)})"
                for pitch, number in alphabet.own.items()
            ])  # fmt: skip
        return name

    def held(self, voice: int, finals: tuple[str, ...] = ()) -> str:
        """The rule of the name of the held note; of those of the final ones that have no accidental."""
        alphabet = self.automata[voice].alphabet
        chosen = {n: k for n, k in alphabet.index.items() if not finals or n in finals}
        name = f"held{voice}" + ("_" + "_".join(map(str, chosen.values())) if finals else "")
        if name not in self.rules:
            chosen = chosen or {"~": 0}  # finals with accidentals only: nothing can be held
            self.add(name, [
                f"{self.terminals.name(one_of([pitch]))} %if eq({self.field(voice)}, {number})"
                for pitch, number in chosen.items()
            ])  # fmt: skip
        return name

    def counted(self, target: str, count: int) -> str:
        """A rule that counts some notes of the line and goes on to `target`."""
        for _ in range(count):
            name = f"n_{target}"
            if name not in self.rules:
                self.add("nothing", ['""'])
                self.add(name, [f"nothing::_ {target}::{self.count}"])
            target = name
        return target

    # ------------------------------------------------------------------------------------- order
    def chain(self, places: Sequence[Slot], *, begin: int = 0, held: str = "") -> str:
        """The rules that lead from measure to measure; the entries of the runs in order, from that of the
        measure numbered `begin`, with a note that is held into it or none.

        Within a run every rule ends with the next one, so that all of them are complete only at its end;
        llguidance takes no more than 2,000 at once. No tie leads from one run to the next.
        """
        if len(places) > MAX_SLOTS:
            raise ValueError(f"{len(places)} measures in all voices: at most {MAX_SLOTS}")
        lines = sum(place.line is not None for place in places)
        if self.spec.given and len(self.spec.given) != lines:
            raise ValueError(f"words for {len(self.spec.given)} lines: the music has {lines}")
        entries = self.entries(places, begin)
        between: dict[int, str] = {}
        below: dict[int, str] = {}  # behind the words of a line
        for number, (place, entry) in enumerate(zip(places, [*entries[1:], ""], strict=True)):
            if number < begin:
                continue
            before = places[number + 1].before if entry else ""
            go_on = f"{entry}::incr([0:{SLOT_BITS}])" if entry and not place.closes else ""
            if self.spec.words != "none" and place.line is not None:
                assert place.after.endswith("\n"), "words stand under whole lines"
                between[number] = f"{quote(place.after[:-1])} words::_"
                below[number] = f"{quote(chr(10) + before)} {go_on}"
            else:
                words = "" if place.line is None else self.given(place.line)
                below_line = f"w:{words}\n" if words else ""
                between[number] = f"{quote(place.after + below_line + before)} {go_on}"
        self.by_slot("end", between)
        if below:
            self.by_slot("below", below)
            word_rules(self, self.spec.words)
        starts = [i + 1 for i, p in enumerate(places[:-1]) if p.closes and i >= begin]
        first = self.begin(places[begin], entries[begin], begin, held)
        return " ".join([first, *(f"{entries[n]}::{n}" for n in starts)])

    def begin(self, place: Slot, entry: str, number: int, held: str) -> str:
        """An entry with the parameter to begin with."""
        if not held:
            return f"{entry}::{number}"
        assert self.settled is not None, "the entries are made first"
        measure = self.measure(place.voice, self.settled)
        able = measure.takes_held or (measure.held is not None and held in measure.spec.finals)
        if measure.held is None or not able:
            raise ValueError(f"held {held!r}: the measure behind cannot begin with it")
        pitch = self.automata[place.voice].alphabet.index[bare(held)]
        return f"{self.state(place.voice, measure.held)}::{number + self.hold(place.voice, pitch)}"

    def entries(self, places: Sequence[Slot], begin: int) -> list[str]:
        """The entry rule of each measure. From the last to the first: a note may be held over a
        barline only if the measure behind it can begin with any held note.
        """
        names: list[str] = []
        takes: dict[int, bool] = {}
        line: int | None = None  # of the given words, and what the rest of it may have
        after: tuple[int, ...] | None = None
        for place in reversed(places[begin:]):
            if place.line is not None:
                self.open_line(line, names, after)
                line = place.line if self.given(place.line) else None
                after = None if line is None else (0,)
            counted = after if place.voice == 0 else None
            tie = place.measure.tie
            if not tie and place.tie and takes.get(place.voice) and not self.spec.given:
                tie = "any"
            self.settled = replace(place.measure, tie=tie, after=counted)
            measure = self.measure(place.voice, self.settled)
            takes[place.voice] = measure.takes_held
            names.append(self.enter(place.voice, measure))
            if counted is not None:
                after = self.automata[0].counts(measure.entry)
        self.open_line(line, names, after)
        return [""] * begin + names[::-1]

    def given(self, line: int) -> str:
        """The words given for a line."""
        return self.spec.given[line] if self.spec.given else ""

    def open_line(self, line: int | None, names: list[str], able: tuple[int, ...] | None) -> None:
        """Let the entry made last set the number of notes that the words of its line need."""
        if line is None:
            return
        needed = entries_of(self.given(line))
        if not able or needed not in able or needed >= 1 << SUNG_BITS:
            raise ValueError(
                f"words {self.given(line)!r}: {needed} notes do not fit line {line + 1}"
            )
        name = f"line{line}"
        self.add("nothing", ['""'])
        self.add(name, [f"nothing::_ {names[-1]}::bit_or({needed << self.sung})"])
        names[-1] = name

    def by_slot(self, name: str, texts: dict[int, str]) -> None:
        """A rule that goes on as the measure's number says, in two levels, so that few conditions are
        tried at a time.
        """
        bits = f"[0:{SLOT_BITS}]"
        numbers = sorted(texts)
        parts = [numbers[i : i + FAN] for i in range(0, len(numbers), FAN)]
        for part in parts:
            own = name if len(parts) == 1 else f"{name}_{part[0]}"
            self.add(own, [f"{texts[n]} %if eq({bits}, {n})" for n in part])
        if len(parts) > 1:
            self.add(name, [
                f"{name}_{part[0]}::_ %if and(ge({bits}, {part[0]}), le({bits}, {part[-1]}))"
                for part in parts
            ])  # fmt: skip

    def text(self, start: str) -> str:
        """The whole grammar."""
        lines = [f"start: {start}"]
        lines += [f"{name}::_: {body}" for name, body in self.rules.items()]
        if self.spec.words != "none":
            lines.append(f"WORD: /{ENTRY[self.spec.words]}/")
        return "\n".join([*lines, *self.terminals.lines()]) + "\n"


def within(bits: str, numbers: tuple[int, ...]) -> str:
    """The condition that some bits are one of the numbers, nothing where there are none."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"and(ge({bits}, {run[0]}), le({bits}, {run[-1]}))" for run in runs]
    while len(parts) > 1:
        parts[:2] = [f"or({parts[0]}, {parts[1]})"]
    return f" %if {parts[0]}" if parts else ""


def _voices(spec: TuneSpec) -> list[VoiceSpec]:
    first = VoiceSpec(
        spec.pitches, spec.lengths, spec.rests, spec.triplets, spec.dotted, spec.shortest_rest
    )
    return [first, *spec.lower]
