"""Chords for a tune: its melody cut into slots, and the best chords for them (`harmony_model`).

The notes of all voices count; chords stand in the first voice. Chords that are there already are kept
as fixed points. Times are fractions of a whole note from the start of a measure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.harmony_model import Slot, State, Wishes, best_path, name_state, symbol, weight
from abc_tools.sections import sections
from abc_tools.theory import Key
from abc_tools.tune import Event, Measure, Tune, Voice

RATES = ("auto", "bar", "half", "beat")
HALVED = {("4/4"), ("C"), ("C|"), ("2/2"), ("6/8"), ("12/8"), ("4/2")}
PHRASE = 4


@dataclass(frozen=True)
class Placed:
    """A chord at an event of a measure; `index` is the measure's place in its voice."""

    index: int
    measure: Measure
    event: Event
    onset: Fraction
    chord: ChordSymbol
    given: bool


def melody_voice(tune: Tune) -> Voice:
    """The voice that carries the melody: the first. ValueError without notes."""
    for voice in tune.voices:
        if any(e.notes for e in voice.events):
            return voice
    raise ValueError("There are no notes in this tune, so there is nothing to harmonise.")


def step_of(measure: Measure, rate: str) -> Fraction:
    """The length of a slot in a measure."""
    if measure.meter is None:
        return max(measure.duration, Fraction(1, 4))
    whole, beat = measure.meter.length, measure.meter.beat
    if rate == "bar":
        return whole
    if rate == "beat":
        return beat
    even = (whole / 2 / beat).denominator == 1
    if rate == "half":
        return whole / 2 if even else whole
    return whole / 2 if measure.meter.text in HALVED else whole


def own_measures(tune: Tune, measures: Sequence[Measure] | None) -> list[Measure]:
    """Those of the melody's measures that are chosen: themselves, else those with the same numbers."""
    voice = melody_voice(tune)
    if measures is None:
        return list(voice.measures)
    spans, numbers = {m.span for m in measures}, {m.number for m in measures}
    return [m for m in voice.measures if m.span in spans] or [
        m for m in voice.measures if m.number in numbers
    ]


def chords_for(
    tune: Tune, measures: Sequence[Measure] | None = None, *, only: Sequence[str] = (),
    sevenths: bool = True, rate: str = "auto", end: str = "tonic", keep: bool = True,
) -> list[Placed]:  # fmt: skip
    """A chord for every slot of the tune, or of some measures of its first voice.

    `only` are the chords that may be used (numerals or symbols); `rate` how often they may change;
    `end` is "tonic", "half" (on V) or "open". With `keep`, chords that are there stay. ValueError
    for unknown values, and without a key.
    """
    if rate not in RATES:
        raise ValueError(f"“{rate}” is no harmonic rhythm. There are: {', '.join(RATES)}.")
    if end not in ("tonic", "half", "open"):
        raise ValueError(f"“{end}” is no way to close. There are: tonic, half, open.")
    voice = melody_voice(tune)
    chosen = {m.span for m in own_measures(tune, measures)}
    found: list[Placed] = []
    stretch: list[tuple[int, Measure]] = []
    for index, measure in enumerate(voice.measures):
        inside = bool(measure.events) and measure.span in chosen
        fresh_key = bool(stretch) and measure.key != stretch[-1][1].key
        if stretch and (not inside or fresh_key):
            found += _stretch(tune, voice, stretch, only, sevenths, rate, end, keep, found)
            stretch = []
        if inside:
            stretch.append((index, measure))
    if stretch:
        found += _stretch(tune, voice, stretch, only, sevenths, rate, end, keep, found)
    if not found:
        raise ValueError("There are no notes in these bars.")
    return found


def _stretch(
    tune: Tune, voice: Voice, stretch: list[tuple[int, Measure]], only: Sequence[str],
    sevenths: bool, rate: str, end: str, keep: bool, done: list[Placed],
) -> list[Placed]:  # fmt: skip
    key = stretch[0][1].key
    if not key.tonic:
        key = _heard(tune)
    ends = _phrase_ends(tune)
    places: list[tuple[int, Measure, Event, Fraction]] = []
    slots: list[Slot] = []
    last = len(voice.measures) - 1
    for index, measure in stretch:
        edges = _edges(measure, rate, keep)
        for n, (event, onset) in enumerate(edges):
            stop = edges[n + 1][1] if n + 1 < len(edges) else measure.duration
            notes = _notes(tune, voice, index, onset, stop)
            given = _given(event) if keep else None
            cadence = ""
            if n == len(edges) - 1:
                if index == stretch[-1][0]:
                    closing = {"tonic": "close" if index == last else "phrase", "half": "half"}
                    cadence = closing.get(end, "")
                elif index in ends:
                    cadence = "phrase"
            slots.append(Slot(notes, onset == 0, True, cadence, given))
            places.append((index, measure, event, onset))
    wishes = Wishes(frozenset(name_state(w, key) for w in only), sevenths)
    before = _before(voice, stretch[0][0], key, done)
    path = best_path(slots, key, wishes, before)
    return [
        Placed(i, m, e, onset, _kept(e, state, key, slot), slot.given is not None)
        for (i, m, e, onset), state, slot in zip(places, path, slots, strict=True)
    ]


def _kept(event: Event, state: State, key: Key, slot: Slot) -> ChordSymbol:
    own = parse_chord(event.chord_symbol or "") if slot.given else None
    return own or symbol(state, key)


def _heard(tune: Tune) -> Key:
    from abc_tools.analyse.keys import heard_keys

    found = heard_keys(tune)
    if not found:
        raise ValueError("The tune names no key, so its chords cannot be chosen.")
    return found[0].key


def _given(event: Event) -> tuple[int, str] | None:
    chord = parse_chord(event.chord_symbol) if event.chord_symbol else None
    return (chord.root_class, chord.quality) if chord else None


def _before(voice: Voice, index: int, key: Key, done: list[Placed]) -> State | None:
    """The chord that sounds before a measure, if one is written."""
    if done and done[-1].index == index - 1:
        return (done[-1].chord.root_class - key.pitch_class) % 12, done[-1].chord.quality
    for measure in reversed(voice.measures[:index]):
        for event in reversed(measure.events):
            given = _given(event)
            if given:
                return (given[0] - key.pitch_class) % 12, given[1]
    return None


def _edges(measure: Measure, rate: str, keep: bool) -> list[tuple[Event, Fraction]]:
    """The events where a chord may stand: where slots begin, and where chords are given."""
    step = step_of(measure, rate)
    shift = Fraction(0)
    short = measure.expected is not None and measure.duration < measure.expected
    if short and measure.number == 0 and measure.expected is not None:
        given = [(e, e.onset) for e in measure.events if keep and _given(e)]
        if given:
            return given
        shift = measure.expected - measure.duration
        if shift >= measure.expected / 2:  # a short pickup sounds alone
            return []
    found = []
    for event in measure.events:
        at = event.onset + shift
        if at % step == 0 or event.onset == 0 or (keep and _given(event)):
            found.append((event, event.onset))
    return found


def _notes(
    tune: Tune, voice: Voice, index: int, start: Fraction, stop: Fraction
) -> tuple[tuple[int, float], ...]:
    """The notes that sound in a slot, in all voices that have as many measures."""
    found: list[tuple[int, float]] = []
    for other in tune.voices:
        if len(other.measures) != len(voice.measures):
            continue
        measure = other.measures[index]
        beat = measure.meter.beat if measure.meter else Fraction(1, 4)
        events = measure.events
        for n, event in enumerate(events):
            begin, end = max(event.onset, start), min(event.onset + event.duration, stop)
            if end <= begin:
                continue
            on_beat = event.onset % beat == 0
            passing = not on_beat and _passing(events, n)
            for note in event.notes:
                value = weight(end - begin, on_beat, event.onset == start, passing)
                found.append((note.pitch.midi % 12, value))
    return tuple(found)


def _passing(events: tuple[Event, ...], n: int) -> bool:
    """Whether a note is reached and left by step."""
    if not 0 < n < len(events) - 1 or not all(events[k].notes for k in (n - 1, n, n + 1)):
        return False
    a, b, c = (events[k].notes[-1].pitch.midi for k in (n - 1, n, n + 1))
    return 0 < abs(a - b) <= 2 and 0 < abs(b - c) <= 2


def _phrase_ends(tune: Tune) -> set[int]:
    """Indices of measures that end a phrase: sections, and every four bars within."""
    ends = set()
    for section in sections(tune):
        ends.add(section.stop - 1)
        first = section.start + (tune.measures[section.start].number == 0)
        ends |= set(range(first + PHRASE - 1, section.stop, PHRASE))
    return ends


def changes(placed: Sequence[Placed]) -> list[Placed]:
    """Only where the chord changes, and at the start of every section."""
    found: list[Placed] = []
    sounding: str | None = None
    seen = -1
    for item in placed:
        opens = item.index != seen and item.measure.starts_section
        if item.chord.text != sounding or opens or item.given:
            found.append(item)
        sounding, seen = item.chord.text, item.index
    return found
