"""Rules: a tune → diagnostics. Each rule has a name, a span, a severity and a message for musicians.

Severities: `error` — the score is wrong and must not be delivered; `warning` — legal but probably not
meant; `info` — worth knowing. All sums are exact fractions. To add a rule: write a function
`(tune) → Iterator[Diagnostic]` here, put `@rule("its-name")` above it, add a case file to
`tests/abc_tools/cases/`. Rules know nothing of repair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.chords import parse_chord
from abc_tools.fields import parse_tempo, parse_unit
from abc_tools.text import Span
from abc_tools.theory import parse_key, parse_meter
from abc_tools.tune import Event, Measure, Tune, Voice

LOWEST, HIGHEST = 21, 108


@dataclass(frozen=True)
class Diagnostic:
    """Something that a rule found; `bar` and `voice` where there is one."""

    rule: str
    message: str
    span: Span
    severity: str
    bar: int | None = None
    voice: str | None = None


Rule = Callable[[Tune], Iterator[Diagnostic]]
RULES: dict[str, Rule] = {}


def rule(name: str) -> Callable[[Rule], Rule]:
    """Register a rule under its name."""

    def register(function: Rule) -> Rule:
        assert name not in RULES, f"two rules are called {name}"
        RULES[name] = function
        return function

    return register


def validate(tune: Tune) -> list[Diagnostic]:
    """All that the rules find, in the order of the text.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:3/4\\nL:1/4\\nK:C\\nCDE|FG|ABc|]")
    >>> [(d.rule, d.bar, d.message) for d in validate(tune)]
    [('measure-length', 2, 'Bar 2 has 2 of 3 quarter notes.')]
    """
    found = [diagnostic for check in RULES.values() for diagnostic in check(tune)]
    return sorted(found, key=lambda d: (d.span.start, d.rule))


def errors(tune: Tune) -> list[Diagnostic]:
    """Only what makes a score undeliverable."""
    return [diagnostic for diagnostic in validate(tune) if diagnostic.severity == "error"]


# -- bars -------------------------------------------------------------------------------------


@rule("measure-length")
def _measure_length(tune: Tune) -> Iterator[Diagnostic]:
    for voice in tune.voices:
        measures = voice.measures
        for index, measure in enumerate(measures):
            if measure.expected is None:
                continue
            if not measure.full and (severity := _verdict(measures, index)):
                yield _bar_error(measure, measure.duration, voice, severity)
            for layer in measure.overlays:
                length = layer[-1].onset + layer[-1].duration if layer else Fraction(0)
                if length > measure.duration:
                    yield _bar_error(measure, length, voice, "error")


def _bar_error(measure: Measure, length: Fraction, voice: Voice, severity: str) -> Diagnostic:
    assert measure.expected is not None, "free meter has no wrong bars"
    more = "" if severity == "error" else ", and no pickup completes it"
    return Diagnostic(
        "measure-length",
        f"Bar {measure.number} has {in_beats(length, measure)} of "
        f"{in_beats(measure.expected, measure)} {beat_name(measure)}{more}.",
        measure.span, severity, measure.number, voice.id,
    )  # fmt: skip


def in_beats(length: Fraction, measure: Measure) -> str:
    """A length in the meter's own unit notes: `2`, `3/2`."""
    unit = measure.meter.unit if measure.meter else 4
    return str(length * unit)


def beat_name(measure: Measure) -> str:
    """The meter's unit note in words."""
    unit = measure.meter.unit if measure.meter else 4
    names = {1: "whole", 2: "half", 4: "quarter", 8: "eighth", 16: "sixteenth"}
    return f"{names.get(unit, f'1/{unit}')} notes"


def _verdict(measures: tuple[Measure, ...], index: int) -> str:
    """How wrong a measure is that is not full: "" (not at all), "warning" or "error".

    A short bar may be a pickup, what completes one, or half of a bar that a repeat cuts. One that
    stands where such bars stand, but adds up with none, is only suspicious: old books are full of
    them. See docs/decisions/when-a-bar-is-right.md.
    """
    measure = measures[index]
    if not _short(measure):
        return "error"
    opens = index == 0 or measure.starts_section
    closes = measure.ends_section or _is_followed_by_another_part(measures, index)
    if len(measures) == 1 or not (opens or closes):
        return "error"
    if index == 0 and _is_pickup(measures, index):
        return ""
    if index and opens and _short(measures[index - 1]) and _completes(measures[index - 1], measure):
        return ""
    if index and opens and measures[index - 1].full and _is_pickup(measures, index):
        return ""
    if closes:
        partners = [measures[0], measures[_repeat_start(measures, index)]]
        partners += measures[index + 1 : index + 2]
        partners += [m for m in measures[:index] if m.starts_section]
        if any(_short(other) and _completes(measure, other) for other in partners):
            return ""
    return "warning"


def _is_followed_by_another_part(measures: tuple[Measure, ...], index: int) -> bool:
    """Whether the voice ends behind a measure, or a labelled part or another meter begins."""
    if index + 1 == len(measures):
        return True
    after = measures[index + 1]
    return bool(after.part) or after.meter != measures[index].meter


def _is_pickup(measures: tuple[Measure, ...], index: int) -> bool:
    """Whether a short bar at a section's start is a pickup: at most half a bar, or completed later.

    More than half a bar that no section's end completes is a bar that lost something.
    """
    measure = measures[index]
    assert measure.expected is not None, "free meter has no pickups"
    return measure.duration * 2 <= measure.expected or _is_completed(measures, index)


def _is_completed(measures: tuple[Measure, ...], index: int) -> bool:
    ends = [m for m in measures if m.ends_section and _short(m)]
    return any(_completes(end, measures[index]) for end in ends)


def _short(measure: Measure) -> bool:
    return measure.expected is not None and measure.duration < measure.expected


def _completes(one: Measure, other: Measure) -> bool:
    return one is not other and one.duration + other.duration == one.expected


def _repeat_start(measures: tuple[Measure, ...], index: int) -> int:
    """Where the repeat that ends at `index` goes back to."""
    for position in range(index, -1, -1):
        measure = measures[position]
        if any(bar.repeat_start for bar in measure.before):
            return position
        closed = position < index and measure.after is not None and measure.after.repeat_end
        if closed and not any(m.ending for m in measures[position + 1 : index + 1]):
            return position + 1
    return 0


@rule("pickup-complement")
def _pickup_complement(tune: Tune) -> Iterator[Diagnostic]:
    for voice in tune.voices:
        for index, measure in enumerate(voice.measures):
            opens = index == 0 or (measure.starts_section and voice.measures[index - 1].full)
            if not opens or not _short(measure) or measure.ends_section:
                continue
            if _is_pickup(voice.measures, index) and not _is_completed(voice.measures, index):
                yield Diagnostic("pickup-complement", "This pickup has no short bar to complete it.",
                                 measure.span, "info", measure.number, voice.id)  # fmt: skip


@rule("voice-length")
def _voice_length(tune: Tune) -> Iterator[Diagnostic]:
    if len(tune.voices) < 2:
        return
    totals = [sum((m.duration for m in v.measures), Fraction(0)) for v in tune.voices]
    longest = max(totals)
    for voice, total in zip(tune.voices, totals, strict=True):
        if total != longest:
            last = voice.measures[-1]
            yield Diagnostic(
                "voice-length",
                f"Voice {voice.id} is shorter than the longest voice by {longest - total} of a whole"
                " note.",
                last.span, "error", last.number, voice.id,
            )  # fmt: skip


@rule("repeat-structure")
def _repeat_structure(tune: Tune) -> Iterator[Diagnostic]:
    for voice in tune.voices:
        opened: Measure | None = None
        for measure in voice.measures:
            if any(bar.repeat_start for bar in measure.before):
                if opened is not None:
                    yield _never_closed(opened, voice)
                opened = measure
            if measure.after is not None and measure.after.repeat_end:
                opened = None
        if opened is not None:
            yield _never_closed(opened, voice)


def _never_closed(opened: Measure, voice: Voice) -> Diagnostic:
    message = f"The repeat opened at bar {opened.number} is never closed."
    span, number = opened.span, opened.number
    return Diagnostic("repeat-structure", message, span, "warning", number, voice.id)


# -- notes ------------------------------------------------------------------------------------


@rule("tie-target")
def _tie_target(tune: Tune) -> Iterator[Diagnostic]:
    for voice in tune.voices:
        open_: tuple[Measure, Event] | None = None
        for measure in voice.measures:
            for event in measure.events:
                if open_ is not None and not set(open_[1].midi) & set(event.midi):
                    yield _tie_to_nothing(*open_, voice)
                open_ = (measure, event) if event.tie else None
        if open_ is not None:
            yield _tie_to_nothing(*open_, voice)


def _tie_to_nothing(measure: Measure, event: Event, voice: Voice) -> Diagnostic:
    message = f"A tie in bar {measure.number} leads to no note of the same pitch."
    return Diagnostic("tie-target", message, event.span, "warning", measure.number, voice.id)


@rule("tuplet-length")
def _tuplet_length(tune: Tune) -> Iterator[Diagnostic]:
    for voice in tune.voices:
        for measure in voice.measures:
            for mark in measure.marks:
                if mark.kind != "tuplet":
                    continue
                numbers = [int(n) if n else 0 for n in mark.text[1:].split(":")]
                wanted = numbers[2] if len(numbers) > 2 and numbers[2] else numbers[0]
                layers = (measure.events, *measure.overlays)
                inside = sum(e.span.start > mark.span.start for layer in layers for e in layer)
                if inside < wanted:
                    yield Diagnostic("tuplet-length", f"A tuplet in bar {measure.number} has"
                                     f" {inside} of {wanted} notes.", mark.span, "error",
                                     measure.number, voice.id)  # fmt: skip


@rule("slur-open")
def _slur_open(tune: Tune) -> Iterator[Diagnostic]:
    for voice in tune.voices:
        open_: list[tuple[Span, int]] = []
        for measure in voice.measures:
            for mark in measure.marks:
                if mark.kind == "slur-open":
                    open_.append((mark.span, measure.number))
                elif mark.kind == "slur-close":
                    if not open_:
                        yield Diagnostic("slur-open", f"A slur ends in bar {measure.number} that"
                                         " never began.", mark.span, "warning", measure.number,
                                         voice.id)  # fmt: skip
                    else:
                        open_.pop()
        for span, bar in open_:
            yield Diagnostic("slur-open", f"The slur that begins in bar {bar} never ends.", span,
                             "warning", bar, voice.id)  # fmt: skip


@rule("key-signature")
def _key_signature(tune: Tune) -> Iterator[Diagnostic]:
    """A step that almost always carries the same sign: the signature is at odds with the notes."""
    field = next((f for f in tune.fields if f.name == "K" and f.where == "header"), None)
    if field is None or sum(f.name == "K" for f in tune.fields) > 1 or not tune.key.tonic:
        return
    heard: dict[str, dict[int | Fraction, int]] = {}
    for voice in tune.voices:
        for event in voice.events:
            for note in event.notes:
                counts = heard.setdefault(note.written.step, {})
                counts[note.written.alter] = counts.get(note.written.alter, 0) + 1
    for step, counts in sorted(heard.items()):
        alter, count = max(counts.items(), key=lambda item: item[1])
        expected = tune.key.signature[step]
        if alter != expected and count >= 5 and counts.get(expected, 0) * 10 <= count:
            yield Diagnostic(
                "key-signature",
                f"Almost every {step} is {_ALTERED.get(alter, 'altered')}, which the key"
                f" {tune.key.name} does not say.", field.span, "warning",
            )  # fmt: skip


_ALTERED: dict[int | Fraction, str] = {
    -2: "doubly flat",
    -1: "flat",
    0: "natural",
    1: "sharp",
    2: "doubly sharp",
}


@rule("range")
def _range(tune: Tune) -> Iterator[Diagnostic]:
    for voice in tune.voices:
        for measure in voice.measures:
            for event in measure.events:
                if any(not LOWEST <= note.pitch.midi <= HIGHEST for note in event.notes):
                    yield Diagnostic("range", f"A note in bar {measure.number} lies outside the"
                                     " piano's range.", event.span, "warning", measure.number,
                                     voice.id)  # fmt: skip


@rule("chord-symbol")
def _chord_symbol(tune: Tune) -> Iterator[Diagnostic]:
    for voice in tune.voices:
        for measure in voice.measures:
            for event in measure.events:
                said = event.chord_symbol
                if said and event.symbol_span and said[0] in "ABCDEFG" and not parse_chord(said):
                    yield Diagnostic("chord-symbol", f"“{said}” in bar {measure.number} is no chord"
                                     " that can be read.", event.symbol_span, "warning",
                                     measure.number, voice.id)  # fmt: skip


@rule("unknown-text")
def _unknown_text(tune: Tune) -> Iterator[Diagnostic]:
    """Signs that mean nothing are errors; prose in the header and ties or `>` without a note stand in the way."""
    for mark in tune.unknown:
        yield Diagnostic("unknown-text", f"“{mark.text[:40]}” is no music that can be read.", mark.span,
                         "warning" if mark.kind == "free-text" else "error")  # fmt: skip
    for voice in tune.voices:
        for measure in voice.measures:
            for mark in measure.marks:
                if mark.kind == "unknown" and mark.text[0] in "-.<>":
                    yield Diagnostic("unknown-text", f"“{mark.text[:40]}” in bar {measure.number} joins no"
                                     " two notes.", mark.span, "warning", measure.number,
                                     voice.id)  # fmt: skip


# -- header and words -------------------------------------------------------------------------


@rule("empty-tune")
def _empty_tune(tune: Tune) -> Iterator[Diagnostic]:
    if not any(voice.measures for voice in tune.voices):
        yield Diagnostic("empty-tune", "There are no notes in this tune.", tune.span, "error")


_ONCE = {"M": "meter", "L": "unit length", "Q": "tempo", "X": "number"}


@rule("header")
def _header(tune: Tune) -> Iterator[Diagnostic]:
    place = Span(tune.span.start, tune.span.start)
    for name, what in _ONCE.items():
        said = [f for f in tune.fields if f.name == name and f.where == "header"]
        if len({f.value for f in said}) > 1:
            yield Diagnostic("header", f"The header has two different {name}: fields; the {what} is"
                             f" taken from the last.", said[-1].span, "warning")  # fmt: skip
    if tune.field("X") is None:
        yield Diagnostic("header", "The tune has no X: number.", place, "warning")
    if not any(field.name == "K" for field in tune.fields):
        yield Diagnostic(
            "header", "The tune has no K: field, so its key is unknown.", place, "error"
        )


@rule("field-value")
def _field_value(tune: Tune) -> Iterator[Diagnostic]:
    for field in tune.fields:
        readable = True
        if field.name == "M":
            try:
                parse_meter(field.value)
            except ValueError:
                readable = False
        elif field.name == "L":
            readable = parse_unit(field.value) is not None
        elif field.name == "Q":
            readable = parse_tempo(field.value, tune.unit) is not None
        elif field.name == "K" and field.value:
            readable = (
                parse_key(field.value) is not None
                or "=" in field.value
                or (field.value.split()[0] in ("treble", "bass", "alto", "tenor", "perc"))
            )
        if not readable:
            severity = "warning" if field.name == "Q" else "error"
            yield Diagnostic("field-value", f"“{field.name}:{field.value[:40]}” cannot be read.",
                             field.span, severity)  # fmt: skip


@rule("lyrics-surplus")
def _lyrics_surplus(tune: Tune) -> Iterator[Diagnostic]:
    for line in tune.lyrics:
        if line.surplus:
            yield Diagnostic("lyrics-surplus", f"{line.surplus} syllables have no note.", line.span,
                             "error", None, line.voice)  # fmt: skip
