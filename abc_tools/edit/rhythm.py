"""Note values: doubled, halved, swung, straightened, simplified. Pitches and words stay.

Durations are fractions of a whole note. Edits of several voices treat each voice by itself, so only
changes that keep every bar's length are made here, apart from doubling and halving.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from abc_tools.edit.header import set_field
from abc_tools.edit.layout import chain
from abc_tools.edit.pieces import without
from abc_tools.edit.rebar import rebar
from abc_tools.edit.retime import MeasureTokens, groups_of, retime
from abc_tools.edit.selection import all_measures
from abc_tools.fields import parse_tempo, parse_unit
from abc_tools.spelling import changed_only, length_span, respell
from abc_tools.text import Edit, Span
from abc_tools.theory import Meter, parse_meter
from abc_tools.tokens import Kind
from abc_tools.tune import Event, Field, Measure, Tune

EIGHTH, QUARTER = Fraction(1, 8), Fraction(1, 4)


# -- doubled and halved -----------------------------------------------------------------------


def double_values(tune: Tune, *, way: str = "meter", tempo: str = "keep") -> list[Edit]:
    """Every note twice as long. See `scale_values` for `way` and `tempo`."""
    return scale_values(tune, Fraction(2), way=way, tempo=tempo)


def halve_values(tune: Tune, *, way: str = "meter", tempo: str = "keep") -> list[Edit]:
    """Every note half as long. See `scale_values` for `way` and `tempo`."""
    return scale_values(tune, Fraction(1, 2), way=way, tempo=tempo)


def scale_values(
    tune: Tune, factor: Fraction, *, way: str = "meter", tempo: str = "keep"
) -> list[Edit]:
    """Every note `factor` (2 or 1/2) times as long, by the unit note length: no note is touched.

    `way="meter"` changes the meter with the notes (2/4 → 2/2), so bars stay bars; `way="bars"`
    keeps the meter and moves the barlines, one bar becoming two or two one. `tempo="keep"` leaves
    the beat's speed, so that the tune sounds slower or faster; `tempo="same"` changes only the look:
    it sounds as before. ValueError if the bars do not come out even, or values would be too small.
    """
    if factor not in (Fraction(2), Fraction(1, 2)):
        raise ValueError("Note values can be doubled or halved.")
    if way not in ("meter", "bars") or tempo not in ("keep", "same"):
        raise ValueError("The way is meter or bars; the tempo is keep or same.")
    if way == "meter":
        return _units(tune, factor) + _meters(tune, factor) + _tempos(tune, factor, tempo)
    meter = tune.meter
    if meter is None:
        raise ValueError("Music in free meter has no bars to keep.")

    def moved(scaled: Tune) -> list[Edit]:
        part = [m for m in all_measures(scaled) if m.meter is not None]
        back = _meters(scaled, 1 / factor)
        return rebar(scaled, part, meter.length) + back

    if any(m.meter != meter for m in all_measures(tune)):
        raise ValueError("The bars of a tune that changes its meter do not come out even.")
    return chain(
        tune,
        lambda t: _units(t, factor) + _meters(t, factor) + _tempos(t, factor, tempo),
        moved,
    )


def _units(tune: Tune, factor: Fraction) -> list[Edit]:
    fields = [f for f in tune.fields if f.name == "L" and parse_unit(f.value) is not None]
    edits = []
    for field in fields:
        unit = parse_unit(field.value)
        assert unit is not None, "only fields that can be read were taken"
        if (unit * factor).denominator > 64 or unit * factor > 1:
            raise ValueError("The notes would become too short or too long to write.")
        edits.append(Edit(field.value_span, _fraction(unit * factor)))
    if not any(f.where == "header" for f in fields):
        edits.append(set_field(tune, "L", _fraction(tune.unit * factor)))
    return edits


def _fraction(value: Fraction) -> str:
    return f"{value.numerator}/{value.denominator}"


def _meters(tune: Tune, factor: Fraction) -> list[Edit]:
    edits = []
    header = False
    for field in tune.fields:
        if field.name != "M":
            continue
        header = header or field.where == "header"
        meter = _read_meter(field)
        if meter is not None:
            edits.append(Edit(field.value_span, _scaled_meter(meter, factor)))
    if not header and tune.meter is not None:
        edits.append(set_field(tune, "M", _scaled_meter(tune.meter, factor)))
    return edits


def _read_meter(field: Field) -> Meter | None:
    try:
        return parse_meter(field.value)
    except ValueError:
        return None


def _scaled_meter(meter: Meter, factor: Fraction) -> str:
    """The meter with the same count of beats, each `factor` times as long.

    >>> _scaled_meter(parse_meter("6/8"), Fraction(2)), _scaled_meter(parse_meter("C"), Fraction(1, 2))
    ('6/4', '4/8')
    """
    unit = Fraction(meter.unit) / factor
    if unit.denominator > 1:
        return f"{2 * sum(meter.beats)}/{meter.unit}"
    if unit > 64:
        raise ValueError("The notes would become too short to write.")
    return f"{'+'.join(map(str, meter.beats))}/{unit}"


def _tempos(tune: Tune, factor: Fraction, tempo: str) -> list[Edit]:
    """`Q:` fields for `same`: the beat changes with the notes, so that all sounds as before."""
    if tempo == "keep":
        return []
    edits = []
    for field in tune.fields:
        if field.name == "Q":
            said = parse_tempo(field.value, tune.unit)
            if said is not None:
                word = f'"{said.text}" ' if said.text else ""
                text = f"{word}{said.beat * factor}={_number(said.bpm)}"
                edits.append(Edit(field.value_span, text))
    if not tune.field("Q"):
        text = f"{tune.tempo.beat * factor}={_number(tune.tempo.bpm)}"
        edits.append(set_field(tune, "Q", text))
    return edits


def _number(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):.2f}"


# -- swing ------------------------------------------------------------------------------------


def swing(
    tune: Tune, measures: list[Measure] | None = None, *, style: str = "dotted", of: str = "eighths"
) -> list[Edit]:
    """Pairs of equal notes on a beat made uneven: `dotted` (3:1), `snap` (1:3) or `triplet` (2:1).

    `of` eighths on a beat, of `quarters` on the first and third, or of `either`: in each bar of quarters where
    it has no such eighths. Triplets are of eighths. Only in meters whose beat divides in two. Chords and words stay on
    their notes. ValueError if there is no such pair.
    """
    if style not in ("dotted", "snap", "triplet"):
        raise ValueError("Swing is dotted, snap or triplet.")
    tokens = MeasureTokens(tune)
    chosen = all_measures(tune) if measures is None else measures
    lengths = {"eighths": (EIGHTH,), "quarters": (QUARTER,), "either": (EIGHTH, QUARTER)}[of]
    edits: list[Edit] = []
    for measure in chosen:
        for length in lengths if style != "triplet" else (EIGHTH,):
            pairs = _pairs(tune, measure, (length, length), tokens)
            if not pairs:
                continue  # a bar of quarters alone has pairs of quarters
            if style == "triplet":
                edits += [e for a, b in pairs for e in _triplet(tune, measure, a, b, tokens)]
            else:
                long_short = (length * Fraction(3, 2), length / 2)
                shape = long_short if style == "dotted" else long_short[::-1]
                durations = {e.span: d for pair in pairs for e, d in zip(pair, shape, strict=True)}
                edits += retime(tune, measure, durations, tokens).edits
            break
    if edits:
        return edits
    name = "quarters" if of == "quarters" else "eighths"
    raise ValueError(f"There are no pairs of equal {name} on a beat to swing.")


def straighten(tune: Tune, measures: list[Measure] | None = None) -> list[Edit]:
    """The way back from `swing`: uneven pairs on a beat become equal eighths.

    Reads dotted pairs (`A>B`, `A3/2B/`) and triplets of a quarter and an eighth; where there are none,
    dotted quarters with their eighths become two quarters. ValueError if there is nothing uneven.
    """
    tokens = MeasureTokens(tune)
    chosen = all_measures(tune) if measures is None else measures
    for even, shapes in _UNEVEN:
        edits: list[Edit] = []
        for measure in chosen:
            durations = {
                event.span: even
                for shape in shapes
                for pair in _pairs(tune, measure, shape, tokens)
                for event in pair
            }
            if durations:
                edits += retime(tune, measure, durations, tokens).edits
        if edits:
            return edits
    raise ValueError("There are no uneven pairs of notes to make straight.")


_UNEVEN = (
    (
        EIGHTH,
        (
            (Fraction(3, 16), Fraction(1, 16)),
            (Fraction(1, 16), Fraction(3, 16)),
            (Fraction(1, 6), Fraction(1, 12)),
        ),
    ),
    (QUARTER, ((Fraction(3, 8), Fraction(1, 8)), (Fraction(1, 8), Fraction(3, 8)))),
)
"""The length that both notes of a pair get, and the pairs that get it."""


def _pairs(
    tune: Tune, measure: Measure, shape: tuple[Fraction, Fraction], tokens: MeasureTokens
) -> list[tuple[Event, Event]]:
    """Neighbours of these two lengths that begin on a beat and belong to no other group; the beat of equal quarters
    is a half note.
    """
    if measure.meter is None or measure.meter.compound or measure.meter.unit > 4:
        return []
    offset = Fraction(0)
    if not measure.full and measure.expected is not None and not measure.ends_section:
        offset = measure.expected - measure.duration
    group_of = {e.span: g for g in groups_of(measure, tokens) for e in g.events}
    beat = 2 * QUARTER if shape == (QUARTER, QUARTER) else QUARTER
    found = []
    for layer in (measure.events, *measure.overlays):
        for one, other in pairwise(layer):
            on_beat = (one.onset + offset) % beat == 0
            if not on_beat or (one.duration, other.duration) != shape:
                continue
            sizes = {len(group_of[one.span].events), len(group_of[other.span].events)}
            if sizes <= {1} or (group_of[one.span] is group_of[other.span] and sizes == {2}):
                found.append((one, other))
    return found


def _triplet(
    tune: Tune, measure: Measure, first: Event, second: Event, tokens: MeasureTokens
) -> list[Edit]:
    """`AB` → `(3:2:2A2B`: the pair in the time of three eighths."""
    durations = {first.span: Fraction(1, 4), second.span: EIGHTH}
    group = next(g for g in groups_of(measure, tokens) if g.events[0] is first)
    if len(group.events) > 1:
        return []
    start = _attached(tune, first, tokens)
    sign = Edit(Span(start, start), "(3:2:2")
    return [sign, *retime(tune, measure, durations, tokens).edits]


def _attached(tune: Tune, event: Event, tokens: MeasureTokens) -> int:
    """Where an event begins, with its chord symbol, grace notes and decorations."""
    places = [event.span.start]
    if event.symbol_span is not None:
        places.append(event.symbol_span.start)
    if event.grace_span is not None:
        places.append(event.grace_span.start)
    low = min(places)
    line = tune.source.rfind("\n", 0, low) + 1
    for token in reversed(tokens.within(Span(line, low))):
        if token.kind not in (Kind.DECORATION, Kind.QUOTED):
            break
        low = token.start
    return low


# -- simpler ----------------------------------------------------------------------------------

SIMPLER = ("sixteenths", "dotted", "eighths", "quarters")


def simplify_rhythm(
    tune: Tune, level: str = "sixteenths", measures: list[Measure] | None = None
) -> list[Edit]:
    """Simpler rhythm: no `sixteenths` (and shorter), no `dotted` pairs, no `eighths` either, or few `quarters`.

    The note on the stronger place stays and takes the time of the short ones behind it; notes that
    carry a syllable or a chord symbol are kept whatever their length. `eighths` leaves the first of
    a triplet, and in compound meters one note for a beat's short ones. Every bar keeps its length.
    """
    if level not in SIMPLER:
        raise ValueError(f"“{level}” is no level. There are: {', '.join(SIMPLER)}.")
    if level == "dotted":
        return straighten(tune, measures)
    edits: list[Edit] = []
    gone: set[int] = set()
    tokens = MeasureTokens(tune)
    for measure in all_measures(tune) if measures is None else measures:
        grid = EIGHTH if level == "sixteenths" else QUARTER
        if level == "eighths" and measure.meter is not None and measure.meter.compound:
            grid = measure.meter.beat
        if level == "quarters":
            compound = measure.meter is not None and measure.meter.compound
            grid = 2 * (measure.meter.beat if compound and measure.meter else QUARTER)
        for layer in (measure.events, *measure.overlays):
            edits += _simpler(tune, measure, layer, grid, tokens, gone)
    if not edits:
        raise ValueError("No note can be left out: the rhythm is simple, or each note is sung.")
    return edits + without(tune, gone)


def _simpler(
    tune: Tune, measure: Measure, layer: tuple[Event, ...], grid: Fraction, tokens: MeasureTokens,
    gone: set[int],
) -> list[Edit]:  # fmt: skip
    offset = Fraction(0)
    if not measure.full and measure.expected is not None and not measure.ends_section:
        offset = measure.expected - measure.duration
    groups = [g for g in groups_of(measure, tokens) if g.events[0] in layer]
    fixed = {e.span for g in groups if g.tuplet for e in g.events}
    durations: dict[Span, Fraction] = {}
    dropped: list[Event] = []
    kept: Event | None = None
    for event in layer:
        off = (event.onset + offset) % grid != 0
        sung = any(event.syllables) or event.chord_symbol is not None
        merges = (
            kept is not None and off and not sung and event.span not in fixed
            and not event.tie and not event.tied and not event.measures and kept.notes
            and kept.span not in fixed and event.duration < grid
            and _same_cell(kept, event, offset, grid) and not kept.tie
        )  # fmt: skip
        if merges and kept is not None:
            durations[kept.span] = durations.get(kept.span, kept.duration) + event.duration
            dropped.append(event)
        else:
            kept = event
    if grid >= QUARTER:
        for group in (g for g in groups if g.tuplet):
            if _plain_triplet(group.events, offset):
                durations[group.events[0].span] = QUARTER
                durations.update((e.span, Fraction(1, 16)) for e in group.events[1:])
                dropped += group.events[1:]
    if not dropped:
        return []
    mates = [g for g in groups if not g.tuplet and any(e in dropped or e.span in durations
                                                      for e in g.events)]  # fmt: skip
    for group in mates:
        for event in group.events:
            durations.setdefault(event.span, event.duration)
    return written_without(tune, measure, durations, dropped, tokens, gone)


def _plain_triplet(events: tuple[Event, ...], offset: Fraction) -> bool:
    """Whether a tuplet is three eighths on a beat whose later notes may go."""
    later = events[1:]
    return (
        len(events) == 3
        and all(e.duration == Fraction(1, 12) and e.kind != "rest" for e in events)
        and (events[0].onset + offset) % QUARTER == 0
        and not any(any(e.syllables) or e.chord_symbol or e.tie or e.tied for e in later)
        and not events[0].tie
    )


def _same_cell(one: Event, other: Event, offset: Fraction, grid: Fraction) -> bool:
    return (one.onset + offset) // grid == (other.onset + offset) // grid


def written_without(
    tune: Tune, measure: Measure, durations: dict[Span, Fraction], dropped: list[Event],
    tokens: MeasureTokens, gone: set[int],
) -> list[Edit]:  # fmt: skip
    """The lengths of the notes that stay, and the others taken out with what hangs on them."""
    gone_lengths = {length_span(tune.source, e) for e in dropped}
    kept_lengths = {length_span(tune.source, e) for e in (*measure.events, *sum(measure.overlays, ()))
                    if e not in dropped}  # fmt: skip
    edits = [e for e in retime(tune, measure, durations, tokens).edits
             if e.span in kept_lengths or e.span not in gone_lengths]  # fmt: skip
    for event in dropped:
        start = _attached(tune, event, tokens)
        edits.append(Edit(Span(start, event.span.end), ""))
        gone.add(event.span.start)
    if any(note.accidental is not None for event in dropped for note in event.notes):
        left = replace(
            measure,
            events=tuple(e for e in measure.events if e not in dropped),
            overlays=tuple(tuple(e for e in la if e not in dropped) for la in measure.overlays),
        )
        edits += changed_only(tune.source, respell(left, left.key, lambda note: note.written))
    return edits
