"""Another meter: the bars' rhythms fitted to it, or the barlines moved.

`fit` makes one new bar of each old one: the notes of weak beats are shortened or lengthened, none is
lost, chords and words stay on their notes. `rebar` keeps every length and moves the barlines, cutting
notes in two tied ones where a barline falls into them.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

from abc_tools.edit.fit import Stretch, fitted
from abc_tools.edit.header import set_field
from abc_tools.edit.pieces import held_longer
from abc_tools.edit.rebar import rebar
from abc_tools.edit.retime import MeasureTokens, groups_of, retime, single
from abc_tools.edit.selection import all_measures, runs
from abc_tools.text import Edit, Span
from abc_tools.theory import Meter, parse_meter
from abc_tools.tokens import Kind
from abc_tools.tune import Measure, Tune

WAYS = ("auto", "fit", "rebar", "relabel")


def set_meter(
    tune: Tune, meter: str, measures: list[Measure] | None = None, *, way: str = "auto"
) -> list[Edit]:
    """Put the tune, or some measures, into another meter.

    `way` is `fit` (one bar stays one bar), `rebar` (lengths stay, barlines move), `relabel` (only
    the sign changes, for meters of the same length) or `auto`: rebar where one bar's length is a
    multiple of the other's and every section comes out even, relabel 4/4 and C, else fit. Bars that
    stand in other meters than the tune's first stay. ValueError says what cannot be done.
    """
    new = _meter(meter)
    if way not in WAYS:
        raise ValueError(f"“{way}” is no way to change a meter. There are: {', '.join(WAYS)}.")
    chosen = all_measures(tune) if measures is None else measures
    old = next((m.meter for m in chosen if m.meter is not None), None)
    if old is None:
        raise ValueError("Music in free meter has no bars that could take another meter.")
    if (old.beats, old.unit, old.text) == (new.beats, new.unit, new.text):
        raise ValueError(f"The music is in {old.text} already.")
    part = [m for m in chosen if m.meter == old]
    same = old.length == new.length
    if way == "relabel" or (way == "auto" and same and old.compound == new.compound):
        if not same:
            raise ValueError(f"A bar of {old.text} is not as long as one of {new.text}.")
        return _fields(tune, old, new, measures)
    if way == "rebar" or (way == "auto" and _multiple(old, new)):
        try:
            return _rebarred(tune, part, old, new, measures)
        except ValueError:
            if way == "rebar":
                raise
    return _fitted(tune, part, old, new, measures)


def _meter(text: str) -> Meter:
    try:
        meter = parse_meter(text)
    except ValueError:
        raise ValueError(f"“{text}” is no meter that can be read.") from None
    if meter is None:
        raise ValueError("The new meter is given as a fraction, such as 3/4.")
    if not Fraction(1, 8) <= meter.length <= 4:
        raise ValueError(f"A meter of {text} is not singable.")
    return meter


def _multiple(old: Meter, new: Meter) -> bool:
    ratio = new.length / old.length
    alike = old.compound == new.compound or old.beats == new.beats
    return alike and ratio != 1 and 1 in (ratio.numerator, ratio.denominator)


def _fields(tune: Tune, old: Meter, new: Meter, measures: list[Measure] | None) -> list[Edit]:
    """The meter's own signs: every `M:` of the old meter, or inline fields round a part."""
    if measures is not None:
        return [e for voice in tune.voices
                for run in runs(voice.measures, [m for m in voice.measures if m in measures])
                for e in _bracket(tune, run, new, voice.measures)]  # fmt: skip
    edits = []
    found = [f for f in tune.fields if f.name == "M"]
    for field in found:
        try:
            meter = parse_meter(field.value)
        except ValueError:
            continue
        if meter is not None and meter == old:
            edits.append(Edit(field.value_span, new.text))
    if not any(f.where == "header" for f in found):
        edits.append(set_field(tune, "M", new.text))
    if not any(f.name == "L" and f.where == "header" for f in tune.fields):
        edits.append(set_field(tune, "L", str(tune.unit)))
    return edits


def _bracket(tune: Tune, run: list[Measure], new: Meter, all_: tuple[Measure, ...]) -> list[Edit]:
    first, last = run[0], run[-1]
    index = all_.index(last)
    opening = [f for f in tune.fields if f.name == "M" and first.events
               and first.span.start <= f.span.start < first.events[0].span.start]  # fmt: skip
    start = first.span.start
    edits = (
        [Edit(opening[0].value_span, new.text)] if opening
        else [Edit(Span(start, start), f"[M:{new.text}]")]
    )  # fmt: skip
    if index + 1 < len(all_):
        following = all_[index + 1].meter
        text = last.meter.text if last.meter else "none"
        if following == last.meter:
            edits.append(Edit(Span(last.span.end, last.span.end), f"[M:{text}]"))
    return edits


# -- fit --------------------------------------------------------------------------------------


def _fitted(
    tune: Tune, part: list[Measure], old: Meter, new: Meter, measures: list[Measure] | None
) -> list[Edit]:
    edits: list[Edit] = []
    added: dict[int, int] = {}
    tokens = MeasureTokens(tune)
    for column in columns(tune, part):
        moment = _moments(column, old, new, tokens)
        for measure in column:
            durations = {
                e.span: moment(e.onset + e.duration) - moment(e.onset)
                for layer in (measure.events, *measure.overlays)
                for e in layer
                if not e.measures
            }
            done = retime(tune, measure, durations, tokens)
            edits += done.edits
            added.update(done.added)
            edits += tuplet_signs(measure, old, new, tokens, done.edits)
    return edits + _fields(tune, old, new, measures) + held_longer(tune, added)


def columns(tune: Tune, part: list[Measure]) -> list[list[Measure]]:
    """The measures of all voices that stand over each other, bar by bar.

    ValueError where the voices' bars are not equally long.
    """
    chosen = {id(m) for m in part}
    found: dict[tuple[int, int], list[Measure]] = {}
    for voice in tune.voices:
        seen: dict[int, int] = {}
        for measure in voice.measures:
            nth = seen.get(measure.number, 0)
            seen[measure.number] = nth + 1
            if id(measure) in chosen and not any(e.measures for e in measure.events):
                found.setdefault((measure.number, nth), []).append(measure)
    for (number, _), column in found.items():
        if len({m.duration for m in column}) > 1:
            raise ValueError(f"The voices are not equally long in bar {number}.")
    return list(found.values())


def _moments(
    column: list[Measure], old: Meter, new: Meter, tokens: MeasureTokens
) -> Callable[[Fraction], Fraction]:
    """A function from old to new moments within one bar, the same for all voices."""
    length = column[0].duration
    points = {Fraction(0), length}
    tuplets: dict[Fraction, tuple[Fraction, int]] = {}
    for measure in column:
        for group in groups_of(measure, tokens):
            first, last = group.events[0], group.events[-1]
            end = last.onset + last.duration
            points |= {first.onset, end}
            if group.tuplet:
                size = len(group.events)
                tuplets[first.onset] = max((end, size), tuplets.get(first.onset, (end, size)))
            else:
                points |= {e.onset for e in group.events}
    points = {p for p in points if p <= length
              and not any(s < p < e for s, (e, _) in tuplets.items())}  # fmt: skip
    ordered = sorted(points)
    stretches = tuple(
        Stretch(b - a, tuplets[a][1] if a in tuplets else 0) for a, b in pairwise(ordered)
    )
    opens = opening(column[0])
    total = short_length(length, old, new, opens=opens)
    start = old.length - length if opens else Fraction(0)
    new_start = new.length - total if opens else Fraction(0)
    places = [Fraction(0)]
    for share in fitted(stretches, old, new, start, new_start, total):
        places.append(places[-1] + share)

    def moment(position: Fraction) -> Fraction:
        if position >= ordered[-1]:
            return places[-1]
        index = max(n for n, p in enumerate(ordered) if p <= position)
        inside = (position - ordered[index]) / (ordered[index + 1] - ordered[index])
        return places[index] + inside * (places[index + 1] - places[index])

    return moment


def opening(measure: Measure) -> bool:
    """Whether a short measure leads in (a pickup) and is not the end of a section."""
    if measure.full:
        return False
    return measure.number == 0 or (measure.starts_section and not measure.ends_section)


def short_length(length: Fraction, old: Meter, new: Meter, *, opens: bool) -> Fraction:
    """The new length of a bar: full bars are full; a pickup and its complement fill one again."""
    if length >= old.length:
        return new.length * (length / old.length)
    if not opens:
        return new.length - short_length(old.length - length, old, new, opens=True)
    scaled = length * new.length / old.length
    grid = Fraction(1, 16) if new.length % Fraction(1, 16) == 0 else Fraction(1, 32)
    candidates = [n * grid for n in range(1, int(new.length / grid))]

    def cost(size: Fraction) -> float:
        far = abs(float(size / scaled) - 1)
        return (
            far
            + (0 if single(size) else 0.4)
            + (0 if size % Fraction(1, 8) == 0 else 0.15)
            - (0.3 if size == length and length <= min(old.beat, new.beat) else 0)
        )

    return min(candidates, key=cost)


def tuplet_signs(
    measure: Measure, old: Meter, new: Meter, tokens: MeasureTokens, edits: list[Edit]
) -> list[Edit]:
    """Tuplets of 5, 7 and 9 say their time where the meter's kind changes it (ABC 2.1 §4.13)."""
    if old.compound == new.compound:
        return []
    gone = {edit.span for edit in edits}
    found = []
    for token in (t for piece in measure.pieces for t in tokens.within(piece)):
        if token.kind is Kind.TUPLET and token.span not in gone:
            numbers = token.text[1:].split(":")
            if numbers[0] in ("5", "7", "9") and (len(numbers) < 2 or not numbers[1]):
                rest = f":{numbers[2]}" if len(numbers) > 2 and numbers[2] else ""
                time = 3 if old.compound else 2
                found.append(Edit(token.span, f"({numbers[0]}:{time}{rest}"))
    return found


# -- rebar ------------------------------------------------------------------------------------


def _rebarred(
    tune: Tune, part: list[Measure], old: Meter, new: Meter, measures: list[Measure] | None
) -> list[Edit]:
    edits = rebar(tune, part, new.length)
    tokens = MeasureTokens(tune)
    for measure in part:
        edits += tuplet_signs(measure, old, new, tokens, edits)
    return edits + _fields(tune, old, new, measures)
