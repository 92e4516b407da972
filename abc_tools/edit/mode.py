"""Music put into another key or mode, degree by degree, with its chord symbols respelled."""

from __future__ import annotations

from collections.abc import Callable

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.edit.keys import key_field_edit, key_fields
from abc_tools.edit.selection import events, runs
from abc_tools.edit.symbols import chord_edit
from abc_tools.spelling import changed_only, respell
from abc_tools.text import Edit, Span
from abc_tools.theory import Key, Pitch, key_interval, parse_key
from abc_tools.tune import Event, Field, Measure, Note, Tune


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
            for run in runs(voice.measures, chosen):
                edits += _bracket_key(tune, run, voice.measures, new_key)
    if whole:
        edits += key_fields(tune, new_key)
    return changed_only(tune.source, edits)


def along(old: Key, home: Key, new: Key) -> Key:
    """Where a key inside the tune goes when the home key becomes `new`."""
    if old == home or not old.tonic or not home.tonic:
        return new if old == home else old
    return old.transposed(key_interval(home, new))


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
    diatonic_old, diatonic_new = triad(old, degree), triad(new, degree)
    plain = {"": "", "m": "m", "7": "7", "m7": "m7", "dim": "dim"}
    dominant = degree == 4 and new.mode == "minor" and not chord.minor_third
    if quality in plain and triad_kind(quality) == diatonic_old and not dominant:
        seventh = quality.endswith("7")
        quality = {"": "", "m": "m", "dim": "dim"}[diatonic_new]
        if seventh:
            quality = {"": "7", "m": "m7", "dim": "m7b5"}[diatonic_new]
    return ChordSymbol(step, int(alter), quality, bass if chord.bass else None)


def triad_kind(quality: str) -> str:
    """The triad of a plain quality: sevenths left out."""
    return {"7": "", "m7": "m"}.get(quality, quality)


def triad(key: Key, degree: int) -> str:
    """Quality of the triad that the scale builds on a degree (0 = tonic)."""
    scale = [(Pitch(step, alter, 4).midi) % 12 for step, alter in key.scale]
    root = scale[degree]
    third, fifth = ((scale[(degree + n) % 7] - root) % 12 for n in (2, 4))
    return {(4, 7): "", (3, 7): "m", (3, 6): "dim"}.get((third, fifth), "")


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
