"""A second voice in thirds or sixths with the melody, in its own rhythm.

The bars of the melody are copied note for note, so rhythm, ties, slurs and tuplets are the same; only
the noteheads are others. Each note has several candidates: the third and the sixth of the key, and the
tones of the chord; the best way through them is found by dynamic programming.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from abc_tools.chords import ChordSymbol
from abc_tools.edit.retime import MeasureTokens
from abc_tools.edit.voice_text import NewVoice, Said, added_voices, free_id, head_text
from abc_tools.harmonise import chords_for, melody_voice
from abc_tools.spelling import length_text
from abc_tools.text import Edit, Span
from abc_tools.theory import STEPS, Key, Pitch
from abc_tools.tokens import Kind
from abc_tools.tune import Event, Measure, Tune, Voice
from abc_tools.voicing import chord_tones

INTERVALS = ("third", "sixth", "octave")
_STEPS = {"third": 2, "sixth": 5}
CLASH, WEAK_CLASH, PERFECT = 5.0, 0.8, 12.0


@dataclass(frozen=True)
class Place:
    """A note of the melody: where it is, its key, the chord under it, how much it counts."""

    index: int
    event: Event
    key: Key
    chord: ChordSymbol | None
    strong: bool
    closing: bool

    @property
    def pitch(self) -> Pitch:
        """The note that is sung, of several the highest."""
        return max((n.written for n in self.event.notes), key=lambda p: p.midi)


def add_second_voice(tune: Tune, interval: str = "third", above: bool = False) -> list[Edit]:
    """A voice a third, a sixth or an octave below the melody, or above it, within the key.

    Where that would clash with the chord, the note moves to a tone of the chord; phrases close on
    a sixth, third or octave. ValueError for another interval, and without a melody.
    """
    if interval not in INTERVALS:
        raise ValueError(
            f"“{interval}” is no interval for a second voice. There are: third, sixth, octave."
        )
    voice = melody_voice(tune)
    _require_plain(voice)
    places = _places(tune, voice)
    way = 1 if above else -1
    if interval == "octave":
        pitches = [Pitch(p.pitch.step, p.pitch.alter, p.pitch.octave + way) for p in places]
    else:
        pitches = _way(places, _STEPS[interval], way)
    at = {p.event.span: pitch for p, pitch in zip(places, pitches, strict=True)}
    tokens = MeasureTokens(tune)
    bars = tuple(_bar(tune, m, at, tokens) for m in voice.measures)
    new = NewVoice(free_id(tune), "Second voice", voice.clef or "treble", bars)
    return added_voices(tune, voice, [new])


def add_doubling(tune: Tune, of: str, octaves: int, name: str) -> list[Edit]:
    """A voice that plays what another one has, some octaves away; of chords the highest note."""
    voice = next(v for v in tune.voices if v.id == of)
    _require_plain(voice)
    at: dict[Span, Pitch] = {}
    for event in (e for e in voice.events if e.notes):
        high = max((n.written for n in event.notes), key=lambda p: p.midi)
        at[event.span] = Pitch(high.step, high.alter, high.octave + octaves)
    if not at:
        raise ValueError("There are no notes in these bars.")
    tokens = MeasureTokens(tune)
    bars = tuple(_bar(tune, m, at, tokens) for m in voice.measures)
    clef = voice.clef or "treble"
    if sum(p.midi for p in at.values()) / len(at) < 55:
        clef = "bass"
    return added_voices(tune, voice, [NewVoice(free_id(tune), name, clef, bars)])


def _require_plain(voice: Voice) -> None:
    for measure in voice.measures:
        if measure.count > 1:
            raise ValueError(
                "Rests of several bars in the melody leave no place for another voice."
            )
        if measure.overlays or any(e.macro for e in measure.events):
            raise ValueError(
                f"Bar {measure.number} has layers or macros, which a second voice cannot follow."
            )


def _places(tune: Tune, voice: Voice) -> list[Place]:
    chords: dict[int, list[tuple[Fraction, ChordSymbol]]] = {}
    if any(m.key.tonic for m in voice.measures):
        for item in chords_for(tune):
            chords.setdefault(item.index, []).append((item.onset, item.chord))
    found = []
    sounding: ChordSymbol | None = None
    for index, measure in enumerate(voice.measures):
        beat = measure.meter.beat if measure.meter else Fraction(1, 4)
        own = chords.get(index, [])
        sung = [e for e in measure.events if e.notes]
        last = index + 1 == len(voice.measures) or measure.ends_section
        for event in sung:
            now = [c for at, c in own if at <= event.onset]
            chord = now[-1] if now else sounding
            strong = event.onset % beat == 0 or event.duration >= beat
            closing = last and event is sung[-1]
            found.append(Place(index, event, measure.key, chord, strong, closing))
        sounding = own[-1][1] if own else sounding
    return found


def _in_key(pitch: Pitch, steps: int, place: Place) -> Pitch:
    """So many steps of the scale away; a chord tone on that step takes the chord's accidental."""
    octave, index = divmod(pitch.diatonic + steps, 7)
    step = STEPS[index]
    tones = {t.step: t.alter for t in chord_tones(place.chord)} if place.chord else {}
    return Pitch(step, tones.get(step, place.key.signature[step]), octave)


def _candidates(place: Place, steps: int, way: int) -> list[tuple[float, Pitch]]:
    """What the second voice may sing with a note, and what it costs."""
    melody = place.pitch
    found: dict[int, tuple[float, Pitch]] = {}
    prices = {steps: 0.0, 7 - steps: 2.0, 3: 3.0, 4: 3.5, 7: 4.0, 0: 5.0}
    classes = place.chord.pitch_classes if place.chord else frozenset()
    for size, price in prices.items():
        pitch = _in_key(melody, way * size, place) if size % 7 else melody
        if size == 7:
            pitch = Pitch(melody.step, melody.alter, melody.octave + way)
        gap = abs(pitch.midi - melody.midi)
        cost = price + (4.0 if gap in (6, 10, 11, 1, 2) else 0.0)
        if classes and pitch.midi % 12 not in classes:
            own = melody.midi % 12 in classes  # both pass together where the melody passes
            cost += CLASH if place.strong and own else WEAK_CLASH
        if place.closing:
            cost += {3: 0.0, 4: 0.0, 8: 0.0, 9: 0.0, 0: -2.5, 12: -2.5}.get(gap, 4.0)
        found.setdefault(pitch.midi, (cost, pitch))
    return list(found.values())


def _way(places: list[Place], steps: int, way: int) -> list[Pitch]:
    """The pitches of least cost: smooth, without parallel fifths and octaves; ties are held."""
    tables: list[list[tuple[float, Pitch, int]]] = []
    for n, place in enumerate(places):
        choices = _candidates(place, steps, way)
        before = places[n - 1] if n else None
        rows = []
        for own, pitch in choices:
            costs = [
                total + _step(before, old, place, pitch)
                for total, old, _ in (tables[-1] if before else [])
                if before is not None
            ]
            came = costs.index(min(costs)) if costs else 0
            rows.append((own + (costs[came] if costs else 0.0), pitch, came))
        tables.append(rows)
    found: list[Pitch] = []
    at = min(range(len(tables[-1])), key=lambda k: tables[-1][k][0]) if tables else 0
    for rows in reversed(tables):
        _, pitch, came = rows[at]
        found.append(pitch)
        at = came
    found.reverse()
    for n, place in enumerate(places):
        if n and all(note.tied for note in place.event.notes):
            found[n] = found[n - 1]
    return found


def _step(before: Place | None, old: Pitch, place: Place, new: Pitch) -> float:
    if before is None:
        return 0.0
    one, other = before.pitch, place.pitch
    cost = 0.12 * abs(new.midi - old.midi) + (1.0 if abs(new.midi - old.midi) > 7 else 0.0)
    if all(n.tied for n in place.event.notes):
        return 0.0 if new == old else 50.0
    was, now = abs(one.midi - old.midi) % 12, abs(other.midi - new.midi) % 12
    if was == now and now in (0, 7) and one.midi != other.midi and old.midi != new.midi:
        cost += PERFECT
    return cost


_KEPT = frozenset((
    Kind.TUPLET, Kind.BROKEN, Kind.SPACE, Kind.SLUR_OPEN, Kind.SLUR_CLOSE, Kind.BACKTICK, Kind.REST,
    Kind.INLINE_FIELD,
))  # fmt: skip


def _bar(tune: Tune, measure: Measure, at: dict[Span, Pitch], tokens: MeasureTokens) -> str:
    """The text of a bar with other noteheads: rhythm and slurs stay, chords and signs go."""
    events = {e.span.start: e for e in measure.events if e.notes}
    said: Said = {}
    key, text, position = measure.key, "", 0
    starts = {p.start: q.end for q, p in pairwise(measure.pieces)}
    for token in (t for piece in measure.pieces for t in tokens.within(piece)):
        if token.start in starts and text.strip():
            joined = "\\" in tune.source[starts[token.start] : token.start]
            text = text.rstrip() + (" " if joined else "\n")
        event = events.get(token.start)
        if event is not None:
            pitch = at[event.span]
            text += head_text(pitch, key, said) + _length(tune, measure, event)
            position = event.span.end
        elif token.start >= position and token.kind in _KEPT:
            if token.text.startswith("[K:"):
                key, said = measure.key_at_end, {}
            if token.text[:3] in ("[K:", "[M:", "[L:") or token.kind is not Kind.INLINE_FIELD:
                text += token.text
    return text.strip()


def _length(tune: Tune, measure: Measure, event: Event) -> str:
    """The length of a note as it stands there, of several in one the length they have together."""
    tie = "-" if event.tie and all(n.tie for n in event.notes) else ""
    if event.kind == "note":
        return event.notes[0].length.of(tune.source) + tie
    return length_text(event.written / measure.unit) + tie
