"""Changes to a tune, each a pure function `(tune, …) → list[Edit]`.

Nothing here makes text: `text.apply` does. An edit touches only the spans it names; everything else
stays byte for byte. Bars are given as measures of each voice (see `select`). Functions raise
ValueError for what cannot be done, in a sentence for the user.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.fields import parse_tempo
from abc_tools.spelling import changed_only, respell
from abc_tools.text import Edit, Span
from abc_tools.theory import Interval, Key, Pitch, key_interval, parse_key
from abc_tools.tune import Event, Field, Measure, Note, Tune

_KEY_TEXT = re.compile(
    r"^(?:none|H[Pp]|[A-G][#b]?\s*(?:exp|(?:maj|min|ion|aeo|dor|phr|lyd|mix|loc)[a-z]*|m(?![a-z]))?)?"
    r"(?:\s*(?:\^\^|__|[\^_=])[A-Ga-g](?!\w))*",
    re.IGNORECASE,
)
MIDI_LOW, MIDI_HIGH = 24, 108


def select(tune: Tune, first: int, last: int, *, pickup: bool = False) -> list[Measure]:
    """The measures of all voices with printed numbers from `first` to `last`.

    A pickup inside the tune shares the number of the bar it completes but leads into the next one:
    it is left out of what ends with that bar. `pickup` takes in the one that leads into `first`, as
    people mean it when they name a section. ValueError if the tune has no such bars.
    """
    low, high = 0 if 0 in tune.bar_numbers else 1, tune.bar_count
    if not low <= first <= last <= high:
        raise ValueError(f"The tune has bars {low} to {high}.")
    chosen: list[Measure] = []
    for voice in tune.voices:
        for before, measure in zip((None, *voice.measures), voice.measures, strict=False):
            leads_on = before is not None and before.number == measure.number
            inside = first <= measure.number <= last and not (leads_on and measure.number == last)
            leads_in = measure.number == first - 1 and (leads_on or measure.number == 0)
            if inside or (pickup and leads_in):
                chosen.append(measure)
    return chosen


# -- pitch ------------------------------------------------------------------------------------


def transpose(tune: Tune, interval: Interval, measures: list[Measure] | None = None) -> list[Edit]:
    """Move everything (or only `measures`) by an interval: notes, chord symbols and keys.

    The whole tune changes its `K:`; a part of it stays in its key and gets accidentals.
    """
    whole = measures is None
    edits: list[Edit] = []
    for measure in all_measures(tune) if measures is None else measures:
        key = measure.key.transposed(interval) if whole else measure.key
        moved_key = measure.key.transposed(interval)
        enharmonic = _enharmonic(measure.key, moved_key, interval)
        edits += respell(measure, key, _note_by(enharmonic))
        for event in events(measure):
            edits += chord_edit(tune, event, _chord_by(enharmonic))
    if whole:
        edits += _key_fields(tune, lambda old: old.transposed(interval))
    _check_range(tune, edits, interval, measures)
    return changed_only(tune.source, edits)


def _note_by(interval: Interval) -> Callable[[Note], Pitch]:
    return lambda note: note.written.transposed(interval)


def _chord_by(interval: Interval) -> Callable[[ChordSymbol], ChordSymbol]:
    return lambda chord: chord.transposed(interval)


def _key_fields(tune: Tune, new_key: Callable[[Key], Key]) -> list[Edit]:
    """Every `K:` of the tune, header and inline, with another key."""
    keys = [(field, parse_key(field.value)) for field in tune.fields if field.name == "K"]
    return [key_field_edit(field, new_key(key)) for field, key in keys if key and key.tonic]


def _enharmonic(old: Key, new: Key, interval: Interval) -> Interval:
    """The interval with the steps that lead to the new key's own spelling (Db instead of C#)."""
    if not old.tonic:
        return interval
    octaves = round((interval.semitones - key_interval(old, new, direction=1).semitones) / 12)
    base = key_interval(old, new, direction=1)
    return Interval(base.steps + 7 * octaves, base.semitones + 12 * octaves)


def _check_range(
    tune: Tune, edits: list[Edit], interval: Interval, measures: list[Measure] | None
) -> None:
    for measure in all_measures(tune) if measures is None else measures:
        for event in events(measure):
            for midi in event.midi:
                if not MIDI_LOW <= midi + interval.semitones <= MIDI_HIGH:
                    raise ValueError("That would take notes out of the range that can be written.")


def transpose_to(tune: Tune, key: Key, *, direction: int = 0) -> list[Edit]:
    """Move the whole tune so that its tonic is that of `key`; the mode stays what it is."""
    if not tune.key.tonic or not key.tonic:
        raise ValueError("A tune without a key cannot be moved to one.")
    return transpose(tune, key_interval(tune.key, key, direction=direction))


def set_mode(tune: Tune, mode: str, measures: list[Measure] | None = None) -> list[Edit]:
    """Change the mode on the same tonic: notes of the scale, chord symbols, key. See `set_key`."""
    return set_key(tune, lambda key: key.with_mode(mode), measures)


def set_key(
    tune: Tune, new_key: Callable[[Key], Key], measures: list[Measure] | None = None
) -> list[Edit]:
    """Put music into another key, degree by degree: `new_key(old)` says which.

    Scale notes become the same degree of the new scale, others keep their distance. Into minor, a
    leading tone that rises to the tonic or sounds with the dominant chord stays raised, as the
    harmonic minor has it. On a part of the tune an inline `[K:…]` opens it and another closes it
    before its last barline, inside the bars that were asked for.
    """
    edits: list[Edit] = []
    whole = measures is None
    for voice in tune.voices:
        chosen = [m for m in voice.measures if measures is None or m in measures]
        for position, measure in enumerate(chosen):
            new = new_key(measure.key) if measure.key.tonic else measure.key
            following = chosen[position + 1] if position + 1 < len(chosen) else None
            pitches = _in_mode(measure, following, new)
            edits += respell(measure, new, _pitch_in(pitches))
            for event in events(measure):
                edits += chord_edit(tune, event, _chord_in(measure.key, new))
        if not whole:
            for run in _runs(voice.measures, chosen):
                edits += _bracket_key(tune, run, voice.measures, new_key)
    if whole:
        edits += _key_fields(tune, new_key)
    return changed_only(tune.source, edits)


def _pitch_in(pitches: dict[Span, Pitch]) -> Callable[[Note], Pitch]:
    return lambda note: pitches[note.span]


def _chord_in(old: Key, new: Key) -> Callable[[ChordSymbol], ChordSymbol]:
    return lambda chord: chord_in_key(chord, old, new)


def _in_mode(measure: Measure, following: Measure | None, new: Key) -> dict[Span, Pitch]:
    """The written pitch of every note of the measure in the new mode."""
    old, old_scale = measure.key, measure.key.signature
    shift = new.pitch_class - old.pitch_class
    tonics = key_interval(old, new) if old.tonic and (shift or new.tonic != old.tonic) else None
    pitches: dict[Span, Pitch] = {}
    for layer in (measure.events, *measure.overlays):
        chord: ChordSymbol | None = None
        for index, event in enumerate(layer):
            chord = (parse_chord(event.chord_symbol) if event.chord_symbol else None) or chord
            after = layer[index + 1] if index + 1 < len(layer) else _first(following)
            for note in (*event.grace, *event.notes):
                pitch = note.written
                respelled = pitch.transposed(tonics) if tonics else pitch
                if pitch.alter == old_scale[pitch.step]:
                    alter = new.signature[respelled.step]
                    if _stays_leading(note, after, chord, old, new):
                        alter = respelled.alter
                    respelled = Pitch(respelled.step, alter, respelled.octave)
                pitches[note.span] = respelled
    return pitches


def _first(measure: Measure | None) -> Event | None:
    return measure.events[0] if measure and measure.events else None


def _stays_leading(
    note: Note, after: Event | None, chord: ChordSymbol | None, old: Key, new: Key
) -> bool:
    """Whether a raised seventh keeps its place in a new minor key (harmonic minor)."""
    if new.mode != "minor" or note.written.step != old.scale[6][0]:
        return False
    if (note.written.midi - old.pitch_class) % 12 != 11:
        return False
    if chord is not None and chord.root_class == (old.pitch_class + 7) % 12:
        return True
    rises = after is not None and any(
        other.written.diatonic == note.written.diatonic + 1 for other in after.notes
    )
    return rises and (chord is None or chord.root_class != (old.pitch_class + 9) % 12)


def chord_in_key(chord: ChordSymbol, old: Key, new: Key) -> ChordSymbol:
    """The chord on the same degree of the new mode; the dominant stays major in minor keys.

    Chords that the old key has not keep their quality and their distance from the tonic.
    """
    degrees = [step for step, _ in old.scale]
    if chord.root not in degrees or chord.alter != old.signature[chord.root]:
        return chord.transposed(key_interval(old, new))
    degree = degrees.index(chord.root)
    step, alter = new.scale[degree]
    bass = None
    if chord.bass is not None and chord.bass[0] in degrees:
        bass_step, bass_alter = new.scale[degrees.index(chord.bass[0])]
        bass = (bass_step, int(bass_alter))
    quality = chord.quality
    diatonic_old, diatonic_new = _triad(old, degree), _triad(new, degree)
    plain = {"": "", "m": "m", "7": "7", "m7": "m7", "dim": "dim"}
    dominant = degree == 4 and new.mode == "minor" and not chord.minor_third
    if quality in plain and _kind(quality) == diatonic_old and not dominant:
        seventh = quality.endswith("7")
        quality = {"": "", "m": "m", "dim": "dim"}[diatonic_new]
        if seventh:
            quality = {"": "7", "m": "m7", "dim": "m7b5"}[diatonic_new]
    return ChordSymbol(step, int(alter), quality, bass if chord.bass else None)


def _kind(quality: str) -> str:
    return {"7": "", "m7": "m"}.get(quality, quality)


def _triad(key: Key, degree: int) -> str:
    """Quality of the triad that the scale builds on a degree (0 = tonic)."""
    scale = [(Pitch(step, alter, 4).midi) % 12 for step, alter in key.scale]
    root = scale[degree]
    third, fifth = ((scale[(degree + n) % 7] - root) % 12 for n in (2, 4))
    return {(4, 7): "", (3, 7): "m", (3, 6): "dim"}.get((third, fifth), "")


def _runs(all_: tuple[Measure, ...], chosen: list[Measure]) -> list[list[Measure]]:
    """Consecutive stretches of the chosen measures."""
    runs: list[list[Measure]] = []
    for before, measure in zip((None, *all_), all_, strict=False):
        if measure in chosen:
            if runs and before in runs[-1]:
                runs[-1].append(measure)
            else:
                runs.append([measure])
    return runs


def _bracket_key(
    tune: Tune, run: list[Measure], measures: tuple[Measure, ...], new_key: Callable[[Key], Key]
) -> list[Edit]:
    """Inline key fields round a run of measures; the closing one inside the run's last measure."""
    edits = []
    first, last = run[0], run[-1]
    old = first.key
    if not old.tonic:
        raise ValueError("These bars have no key, so their mode cannot be changed.")
    new = new_key(old)
    at_start = _inline_key(tune, first)
    if at_start is not None:
        edits.append(key_field_edit(at_start, new))
    else:
        edits.append(Edit(Span(first.span.start, first.span.start), f"[K:{new.abc}]"))
    for field in tune.fields:
        inside = any(measure.span.contains(field.span) for measure in run)
        if field.name == "K" and inside and field is not at_start:
            key = parse_key(field.value)
            if key is not None and key.tonic:
                edits.append(key_field_edit(field, new_key(key)))
    if last is not measures[-1]:
        end = last.span.end
        edits.append(Edit(Span(end, end), f"[K:{last.key_at_end.abc}]"))
    return edits


def _inline_key(tune: Tune, measure: Measure) -> Field | None:
    """The `[K:]` that opens a measure before its first note."""
    first_note = measure.events[0].span.start if measure.events else measure.span.end
    for field in tune.fields:
        if field.name == "K" and measure.span.start <= field.span.start < first_note:
            return field
    return None


def key_field_edit(field: Field, key: Key) -> Edit:
    """Replace the key in a `K:` field; clef and other attributes stay."""
    match = _KEY_TEXT.match(field.value)
    rest = field.value[match.end() :] if match else ""
    gap = " " if rest and not rest.startswith(" ") else ""
    return Edit(field.value_span, key.abc + gap + rest)


def chord_edit(
    tune: Tune, event: Event, change: Callable[[ChordSymbol], ChordSymbol]
) -> list[Edit]:
    """Edit of an event's chord symbol by a function on `ChordSymbol`; none if there is none."""
    if event.chord_symbol is None or event.symbol_span is None:
        return []
    chord = parse_chord(event.chord_symbol)
    if chord is None:
        return []
    new = change(chord)
    return [] if new == chord else [Edit(event.symbol_span, f'"{new.text}"')]


def shift_octave(tune: Tune, octaves: int, measures: list[Measure] | None = None) -> list[Edit]:
    """Move notes by whole octaves; chord symbols and keys stay."""
    chosen = all_measures(tune) if measures is None else measures
    by = Interval(7 * octaves, 12 * octaves)
    _check_range(tune, [], by, measures)
    edits: list[Edit] = []
    for measure in chosen:
        edits += respell(measure, measure.key, lambda note: note.written.transposed(by))
    return changed_only(tune.source, edits)


# -- header -----------------------------------------------------------------------------------


def set_tempo(tune: Tune, bpm: Fraction | int, beat: Fraction | None = None) -> list[Edit]:
    """Set `Q:`; a beat is kept from the tune's own field unless one is given."""
    if not 10 <= bpm <= 400:
        raise ValueError("A tempo between 10 and 400 beats a minute can be played.")
    field = tune.field("Q")
    if beat is None:
        own = parse_tempo(field.value, tune.unit) if field else None
        beat = own.beat if own and own.explicit else felt_beat(tune)
    speed = Fraction(bpm)
    number = str(round(speed)) if speed.denominator == 1 else f"{float(speed):.1f}"
    return [set_field(tune, "Q", f"{beat}={number}")]


def set_tempo_of(tune: Tune, measures: list[Measure], bpm: int) -> list[Edit]:
    """Another tempo for some measures: an inline `[Q:…]` opens it, another restores what was before.

    The restoring field stands at the end of the last measure, inside the bars that were asked for.
    """
    if not 10 <= bpm <= 400:
        raise ValueError("A tempo between 10 and 400 beats a minute can be played.")
    voice = tune.voices[0].measures
    edits = []
    for run in _runs(voice, [m for m in voice if m in measures]):
        start, end = run[0].span.start, run[-1].span.end
        edits.append(Edit(Span(start, start), f"[Q:{felt_beat(tune)}={bpm}]"))
        if run[-1] is not voice[-1]:
            before = round(tune.tempo.bpm * tune.tempo.beat / felt_beat(tune))
            edits.append(Edit(Span(end, end), f"[Q:{felt_beat(tune)}={before}]"))
    return edits


def remove_chords(tune: Tune, measures: list[Measure] | None = None) -> list[Edit]:
    """Take the chord symbols away."""
    chosen = all_measures(tune) if measures is None else measures
    return [
        Edit(event.symbol_span, "")
        for measure in chosen
        for event in events(measure)
        if event.symbol_span is not None
    ]


def replace_measures(tune: Tune, measures: list[Measure], contents: list[str]) -> list[Edit]:
    """New contents for measures, one text each, barlines and everything else left as they are."""
    if len(measures) != len(contents):
        raise ValueError(f"{len(contents)} bars cannot replace {len(measures)}.")
    return [
        Edit(measure.span, content.strip())
        for measure, content in zip(measures, contents, strict=True)
    ]


def felt_beat(tune: Tune) -> Fraction:
    """The beat of the tune's meter, a quarter note in free meter."""
    return tune.meter.beat if tune.meter else Fraction(1, 4)


HEADER_ORDER = "XTCORMLQPVK"


def set_field(tune: Tune, name: str, value: str) -> Edit:
    """Set a header field: replace its value, or insert it where the canonical order wants it."""
    if re.search(r"[\r\n%]", value):
        raise ValueError("A field's value is one line without a percent sign.")
    header = [field for field in tune.fields if field.where == "header"]
    for field in header:
        if field.name == name:
            return Edit(field.value_span, value)
    rank = HEADER_ORDER.index(name)
    place, newline = tune.span.start, f"{name}:{value}\n"
    for field in header:
        if field.name in HEADER_ORDER and HEADER_ORDER.index(field.name) < rank:
            end = tune.source.find("\n", field.span.end)
            if end < 0:
                return Edit(Span(field.span.end, field.span.end), f"\n{name}:{value}")
            place = end + 1
    return Edit(Span(place, place), newline)


# -- helpers ----------------------------------------------------------------------------------


def all_measures(tune: Tune) -> list[Measure]:
    """Every measure of every voice."""
    return [measure for voice in tune.voices for measure in voice.measures]


def events(measure: Measure) -> Iterable[Event]:
    """Events of all layers of a measure."""
    for layer in (measure.events, *measure.overlays):
        yield from layer
