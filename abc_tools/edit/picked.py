"""Single notes of some bars, picked out by their number, name, beat or words: gone, joined, tied, moved, marked; rests
filled with notes, a triplet made one note, a bar with other notes or another rhythm.

A pick is said in one word a note: `2` (the second of the bars), `-1` (the last), `@3` (what sounds on beat 3), `D` or
`F#` (all of that name), `one:D` (the only one of that name), `2of:D` (the second one), `long` (the longest), `rest`,
`sung:words`, `span:3-4` (from one beat to another), `not:1` (all but these). What is not picked keeps its pitch and
its place.
What this does not know: which notes a message means (`chat.understand.rules.picked`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from abc_tools.edit.contour import plain_bar, with_symbols
from abc_tools.edit.ornaments import SIGNS
from abc_tools.edit.pieces import line_start, without
from abc_tools.edit.retime import MeasureTokens, groups_of, single
from abc_tools.edit.rhythm import written_without
from abc_tools.spelling import changed_only, length_text, respell, sign_text
from abc_tools.text import Edit, Span
from abc_tools.theory import Interval, Key, Pitch, abc_letter, in_key
from abc_tools.tokens import Kind
from abc_tools.tune import Event, Measure, Tune

Picked = list[tuple[Measure, Event]]
_NO_NOTE = "There is no such note in these bars."
_GOES = "A note that is sung or tied would have to go."
_NAME = re.compile(r"([A-G])(#|b|=)?(\d)?$")
MARKS = {
    **SIGNS, "tenuto": "!tenuto!", "tremolo": "!///!", "upbow": "!upbow!", "downbow": "!downbow!", "slide": "!slide!",
}  # fmt: skip
"""Signs that a note can be given, as they are written before it."""


def pick(measures: Sequence[Measure], words: Sequence[str]) -> Picked:
    """The notes (or rests) of some bars of one voice that are meant, in the order in which they are said.

    ValueError where one of them is not there.
    """
    sounding = [(m, e) for m in measures for e in m.events if e.notes and not e.tied]
    found: Picked = []
    for word in words:
        own = _of_word(measures, sounding, word)
        if not own:
            raise ValueError(_NO_NOTE)
        if word.startswith("one:") and len(own) > 1:
            raise ValueError(
                "There are several such notes in these bars; say which one by its number."
            )
        found += [one for one in own if one not in found]
    return found


def _of_word(measures: Sequence[Measure], sounding: Picked, word: str) -> Picked:
    if word == "rest":
        return [(m, e) for m in measures for e in m.events if e.kind == "rest"]
    if word == "long":
        return [max(sounding, key=lambda one: one[1].duration)] if sounding else []
    if word.startswith("sung:"):
        return _sung(measures, word.removeprefix("sung:"))
    if word.startswith("not:"):
        left = pick(measures, word.removeprefix("not:").split(","))
        return [one for one in sounding if one not in left]
    if word.startswith("span:"):
        return _between(measures, sounding, word.removeprefix("span:"))
    if word.startswith("@"):
        return [one for m in measures if (one := _at(m, Fraction(word[1:]))) is not None]
    if re.fullmatch(r"-?\d+", word):
        place = int(word) - 1 if int(word) > 0 else len(sounding) + int(word)
        return sounding[place : place + 1] if 0 <= place < len(sounding) else []
    if nth := re.match(r"(-?\d+)of:", word):
        own = _of_word(measures, sounding, word[nth.end() :])
        at = int(nth[1]) - 1 if int(nth[1]) > 0 else len(own) + int(nth[1])
        return own[at : at + 1] if 0 <= at < len(own) else []
    name = _NAME.match(word.removeprefix("one:"))
    if name is None:
        raise ValueError(f"“{word}” is no note.")
    return [one for one in sounding if any(_is(n.written, *name.groups()) for n in one[1].notes)]


def _is(pitch: Pitch, step: str, sign: str | None, octave: str | None) -> bool:
    alter = {"#": 1, "b": -1, "=": 0}.get(sign or "")
    return (
        pitch.step == step and alter in (None, pitch.alter) and octave in (None, str(pitch.octave))
    )


def _between(measures: Sequence[Measure], sounding: Picked, words: str) -> Picked:
    """The notes that begin from a beat of the first bar on (`3-`), to a beat of the last one (`3-4`), or in a half."""
    if not measures:
        return []
    first, last = measures[0], measures[-1]
    start, _, stop = words.partition("-")

    def at(measure: Measure, said: str, more: int) -> Fraction:
        size = measure.meter.beat if measure.meter else Fraction(1, 4)
        return measure.duration / 2 if said == "half" else (Fraction(said) - 1 + more) * size

    return [
        (m, e) for m, e in sounding
        if (m is not first or not start or e.onset >= at(m, start, 0))
        and (m is not last or not stop or e.onset < at(m, stop, 1))
    ]  # fmt: skip


def _at(measure: Measure, beat: Fraction) -> tuple[Measure, Event] | None:
    size = measure.meter.beat if measure.meter else Fraction(1, 4)
    at = (beat - 1) * size
    inside = [e for e in measure.events if e.onset <= at < e.onset + e.duration and e.notes]
    return (measure, inside[0]) if inside else None


def _sung(measures: Sequence[Measure], words: str) -> Picked:
    """The notes under some words, where they are sung first; those that hold a syllable belong to it."""
    wanted = re.sub(r"[\W_]", "", words.lower())
    line = [(m, e) for m in measures for e in m.events if e.notes]
    said = [re.sub(r"[\W_]", "", ((e.syllables or (None,))[0] or "").lower()) for _, e in line]
    for start in range(len(line)):
        text = ""
        for stop in range(start, len(line)):
            text += said[stop]
            if not said[start] or not wanted.startswith(text):
                break
            if text == wanted:
                while stop + 1 < len(line) and not said[stop + 1] and line[stop + 1][1].tied:
                    stop += 1
                return line[start : stop + 1]
    return []


# -- notes that go, or become one --------------------------------------------------------------


def drop(tune: Tune, chosen: Picked) -> list[Edit]:
    """Rests in the place of notes. ValueError where a note is sung or held."""
    if any(any(e.syllables) or e.tie or e.tied or e.kind == "rest" for _, e in chosen):
        raise ValueError(_GOES)
    tokens = MeasureTokens(tune)
    edits: list[Edit] = []
    for measure in {id(m): m for m, _ in chosen}.values():
        gone = [e for m, e in chosen if m is measure]
        for event in gone:
            start = _own_start(tune, event, tokens)
            edits.append(
                Edit(Span(start, event.span.end), "z" + length_text(event.written / measure.unit))
            )
        left = {id(n) for e in gone for n in (*e.notes, *e.grace)}
        signs = respell(_left(measure, gone), measure.key, lambda n: n.written)
        inside = [e.span for e in gone]
        edits += [
            e for e in changed_only(tune.source, signs) if not any(s.contains(e.span) for s in inside)
        ] if left else []  # fmt: skip
    return edits


def _left(measure: Measure, gone: list[Event]) -> Measure:
    return replace(measure, events=tuple(e for e in measure.events if e not in gone))


def _own_start(tune: Tune, event: Event, tokens: MeasureTokens) -> int:
    """Where a note begins with its grace notes and decorations; a chord symbol stays."""
    low = event.grace_span.start if event.grace_span else event.span.start
    for token in reversed(tokens.within(Span(line_start(tune.source, low), low))):
        if token.kind is not Kind.DECORATION:
            break
        low = token.start
    return low


def join(tune: Tune, chosen: Picked) -> list[Edit]:
    """Notes next to each other in a bar as one, of the first one's pitch. ValueError where that cannot be."""
    measure = chosen[0][0]
    events = sorted((e for _, e in chosen), key=lambda e: e.onset)
    places = [measure.events.index(e) for e in events if e in measure.events]
    if len(places) != len(events) or places != list(range(places[0], places[0] + len(places))):
        raise ValueError("Only notes next to each other in one bar can be joined.")
    first, rest = events[0], events[1:]
    if not rest:
        raise ValueError(_NO_NOTE)
    if any(any(e.syllables) or e.tie for e in rest) or any(e.tied for e in events):
        raise ValueError(_GOES)
    gone: set[int] = set()
    durations = {first.span: sum((e.duration for e in events), Fraction(0))}
    edits = written_without(tune, measure, durations, rest, MeasureTokens(tune), gone)
    return edits + without(tune, gone)


def bind(tune: Tune, chosen: Picked) -> tuple[list[Edit], bool]:
    """Two notes tied, where they are the same one next to each other, else under one slur; whether it is a tie."""
    (_, one), (_, other) = chosen[0], chosen[-1]
    line = [e for v in tune.voices for m in v.measures for e in m.events]
    places = [next(n for n, e in enumerate(line) if e is x) for x in (one, other)]
    same = [n.written for n in one.notes] == [n.written for n in other.notes]
    if same and places[1] - places[0] == 1:
        if one.tie:
            raise ValueError("These notes are so already.")
        edits = [Edit(Span(one.span.end, one.span.end), "-")]
        row = without(tune, {other.span.start}) if any(other.syllables) else []
        if row:
            raise ValueError(_GOES)
        return edits, True
    start = one.grace_span.start if one.grace_span else one.span.start
    return [
        Edit(Span(start, start), "("), Edit(Span(other.span.end, other.span.end), ")"),
    ], False  # fmt: skip


def first_of_triplets(tune: Tune, measures: Sequence[Measure]) -> tuple[list[Edit], int]:
    """Each triplet as one note, its first, as long as all three; how many there were. ValueError for none."""
    tokens = MeasureTokens(tune)
    edits: list[Edit] = []
    gone: set[int] = set()
    count = 0
    for measure in measures:
        for group in groups_of(measure, tokens):
            if not group.tuplet or len(group.events) != 3:
                continue
            first, *rest = group.events
            length = sum((e.duration for e in group.events), Fraction(0))
            if (
                not single(length)
                or not first.notes
                or any(any(e.syllables) or e.tie for e in rest)
            ):
                raise ValueError(_GOES)
            head = tune.source[
                first.span.start : first.notes[0].head_end
                if first.kind == "note"
                else first.span.end
            ]
            sign = group.signs[0].span
            edits.append(Edit(sign, ""))
            end = rest[-1].span.end
            edits.append(
                Edit(Span(first.span.start, end), head + length_text(length / measure.unit))
            )
            gone |= {e.span.start for e in rest}
            count += 1
    if not edits:
        raise ValueError("There is no triplet in these bars.")
    return edits + without(tune, gone), count


# -- notes that become others ------------------------------------------------------------------


def repitched(tune: Tune, new: Sequence[tuple[Measure, Event, Sequence[Pitch]]]) -> list[Edit]:
    """Notes with other pitches, wherever they stand; all others sound as before."""
    own: dict[int, Pitch] = {}
    bars: dict[int, Measure] = {}
    for measure, event, pitches in new:
        bars[id(measure)] = measure
        own |= {id(n): p for n, p in zip(event.notes, pitches, strict=True)}
    edits = [
        e for m in bars.values() for e in respell(m, m.key, lambda n: own.get(id(n), n.written), keep_signs=False)
    ]  # fmt: skip
    edits = changed_only(tune.source, edits)
    if not edits:
        raise ValueError("These notes are so already.")
    return edits


def swap(tune: Tune, chosen: Picked) -> list[Edit]:
    """Two notes in each other's place; the rhythm stays."""
    if len(chosen) != 2 or any(len(e.notes) != 1 for _, e in chosen):
        raise ValueError(_NO_NOTE)
    (m, a), (n, b) = chosen
    return repitched(tune, [(m, a, [b.notes[0].written]), (n, b, [a.notes[0].written])])


def move(tune: Tune, chosen: Picked, steps: int = 0, semitones: int = 0) -> list[Edit]:
    """Notes moved by steps of the scale, or by semitones."""

    def moved(pitch: Pitch, key: Key) -> Pitch:
        if not steps:
            sizes = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4, 8: 5, 9: 5, 10: 6, 11: 6, 12: 7}
            way = 1 if semitones > 0 else -1
            octaves, rest = divmod(abs(semitones), 12)
            size = 7 * octaves + (sizes[rest] if rest else 0)
            return pitch.transposed(Interval(way * size, semitones))
        return in_key(key, pitch.diatonic + steps)

    return repitched(
        tune, [(m, e, [moved(n.written, m.key) for n in e.notes]) for m, e in chosen if e.notes]
    )


def named(name: str, key: Key, near: Pitch) -> Pitch:
    """The pitch that a name means, in the octave nearest to another pitch where it says none."""
    match = _NAME.match(name)
    if match is None:
        raise ValueError(f"“{name}” is no note.")
    step, sign, octave = match.groups()
    alter = {"#": 1, "b": -1, "=": 0}[sign] if sign else key.signature[step]
    if octave:
        return Pitch(step, alter, int(octave))
    around = [Pitch(step, alter, near.octave + n) for n in (-1, 0, 1)]
    return min(around, key=lambda p: abs(p.midi - near.midi))


def _around(tune: Tune, chosen: Picked) -> tuple[int, int]:
    """The lowest and highest sounding of the notes of the voices that are chosen from."""
    voices = [v for v in tune.voices if any(m is own for m, _ in chosen for own in v.measures)]
    heights = [n.written.midi for v in voices for e in v.events for n in e.notes]
    return min(heights, default=0), max(heights, default=127)


def _within(pitch: Pitch, low: int, high: int) -> Pitch:
    """A pitch in the octave that lies in a range, if another one does."""
    for way in (1, -1):
        other = Pitch(pitch.step, pitch.alter, pitch.octave + way)
        if not low <= pitch.midi <= high and low <= other.midi <= high:
            return other
    return pitch


def rename(tune: Tune, chosen: Picked, names: Sequence[str]) -> list[Edit]:
    """Notes made others, one name for each or one for all; a sign alone (#, b, =) leaves the letter as it is."""
    wanted = list(names) * len(chosen) if len(names) == 1 else list(names)
    if len(wanted) != len(chosen):
        raise ValueError("There are not as many notes as names.")
    low, high = _around(tune, chosen)
    return repitched(
        tune,
        [
            (
                m,
                e,
                [
                    _within(named(_lettered(name, n.written), m.key, n.written), low, high)
                    for n in e.notes
                ],
            )
            for (m, e), name in zip(chosen, wanted, strict=True)
        ],
    )


def _lettered(name: str, pitch: Pitch) -> str:
    return pitch.step + name if name in ("#", "b", "=") else name


def mark(tune: Tune, chosen: Picked, sign: str) -> list[Edit]:
    """A sign on each of the notes that are meant."""
    if sign not in MARKS:
        raise ValueError(f"“{sign}” cannot be added. There are: {', '.join(MARKS)}.")
    spots = [e.grace_span.start if e.grace_span else e.span.start for _, e in chosen if e.notes]
    if not spots:
        raise ValueError(_NO_NOTE)
    return [Edit(Span(at, at), MARKS[sign]) for at in spots]


# -- bars --------------------------------------------------------------------------------------


def write_notes(tune: Tune, measure: Measure, names: Sequence[str]) -> list[Edit]:
    """A bar with the notes that are named: its own rhythm if they are as many as its notes, else equal ones.

    ValueError where the bar cannot be shared equally, or has words under another number of notes.
    """
    notes = [e for e in measure.events if e.notes and not e.tied]
    near = notes[0].notes[-1].written if notes else Pitch("B", 0, 4)
    pitches: list[Pitch] = []
    for name in names:
        near = named(name, measure.key, near)
        pitches.append(near)
    if len(names) == len(notes):
        return repitched(
            tune, [(measure, e, [p] * len(e.notes)) for e, p in zip(notes, pitches, strict=True)]
        )
    length = measure.duration / len(names)
    if not plain_bar(measure):
        raise ValueError(
            f"Bar {measure.number} has {len(notes)} notes, and its words, ties or chords hold them."
        )
    if not single(length):
        raise ValueError(f"{len(names)} equal notes do not fill bar {measure.number}.")
    symbols = [(e.onset, e.chord_symbol) for e in measure.events if e.chord_symbol]
    return [Edit(measure.span, with_symbols(measure, [(p, length) for p in pitches], symbols))]


def set_rhythm(
    tune: Tune, measure: Measure, lengths: Sequence[Fraction], *, rest_last: bool = False
) -> list[Edit]:
    """A bar in other lengths: its notes in order if they are as many, else what sounded where each one begins; the
    last of them silent where `rest_last`.
    """
    if sum(lengths) != measure.duration:
        raise ValueError(f"These lengths do not fill bar {measure.number}.")
    if not plain_bar(measure):
        raise ValueError(
            f"Bar {measure.number} has words, ties, chords or triplets that hold its rhythm."
        )
    notes = [e for e in measure.events if e.notes]
    line: list[tuple[Pitch | None, Fraction]] = []
    at = Fraction(0)
    for n, length in enumerate(lengths):
        if len(lengths) == len(notes):
            event = notes[n]
        else:
            event = next(e for e in measure.events if e.onset <= at < e.onset + e.duration)
        silent = not event.notes or (rest_last and n == len(lengths) - 1)
        line.append((None if silent else event.notes[-1].written, length))
        at += length
    symbols = [(e.onset, e.chord_symbol) for e in measure.events if e.chord_symbol]
    text = with_symbols(measure, line, symbols)
    if text == measure.span.of(tune.source):
        raise ValueError("These notes are so already.")
    return [Edit(measure.span, text)]


def fill_rests(
    tune: Tune, measures: Sequence[Measure], length: Fraction | None = None, way: int = 0
) -> list[Edit]:
    """Notes in the place of the rests of some bars: steps of the scale from the note before to the one behind, or up
    (1) or down (-1). ValueError for no rest, or where the length does not fit.
    """
    edits: list[Edit] = []
    for voice in tune.voices:
        line = [(m, e) for m in voice.measures for e in m.events]
        for place, (measure, event) in enumerate(line):
            if event.kind != "rest" or measure not in measures or event.measures:
                continue
            size = length or _usual(event.duration)
            count = event.duration / size
            if count.denominator != 1:
                raise ValueError(f"Such notes do not fill the rest in bar {measure.number}.")
            before = next((e for _, e in reversed(line[:place]) if e.notes), None)
            after = next((e for _, e in line[place + 1 :] if e.notes), None)
            heads = _walk(measure.key, before, after, int(count), way)
            edits.append(Edit(event.span, _spelled(measure, heads, size, event.onset)))
    if not edits:
        raise ValueError("There is no rest in these bars.")
    return edits


def _usual(rest: Fraction) -> Fraction:
    """The length of notes in a rest: eighths, or the rest itself where it is short."""
    eighth = Fraction(1, 8)
    if rest <= eighth or (rest / eighth).denominator != 1:
        return rest
    return eighth if rest <= Fraction(1, 2) else Fraction(1, 4)


def _walk(key: Key, before: Event | None, after: Event | None, count: int, way: int) -> list[Pitch]:
    start = before.notes[-1].written.diatonic if before else None
    end = after.notes[-1].written.diatonic if after else start
    if start is None:
        start = end if end is not None else Pitch("B", 0, 4).diatonic
    if way:
        return [in_key(key, start + way * n) for n in range(1, count + 1)]
    assert end is not None, "there is a note before or behind, or a middle one"
    gap = end - start
    places = [start + round(Fraction(gap * n, count + 1)) for n in range(1, count + 1)]
    for n, place in enumerate(places):
        last = places[n - 1] if n else start
        if place == last:
            places[n] = last + (1 if gap >= 0 or n % 2 else -1)
    return [in_key(key, p) for p in places]


def _spelled(measure: Measure, heads: list[Pitch], size: Fraction, onset: Fraction) -> str:
    """Notes of the key, with a sign where an accidental before them in the bar would hold."""
    beat = measure.meter.beat if measure.meter else Fraction(1, 4)
    own = [n.written for e in measure.events for n in e.notes]
    altered = {p.step for p in own if p.alter != measure.key.signature[p.step]}
    text, at = "", onset
    for head in heads:
        sign = sign_text(head.alter) if head.step in altered else ""
        text += " " if text and at % beat == 0 else ""
        text += sign + abc_letter(head) + length_text(size / measure.unit)
        at += size
    return text
