"""What code can mend in a new tune: who plays it, a left hand, where it modulates, how it closes.

Each step leaves the tune as it is where it cannot be done: the check then says what is not met.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from abc_tools.analyse import chord_at
from abc_tools.parse import parse_tune
from abc_tools.sections import sections
from abc_tools.spelling import changed_only, respell
from abc_tools.text import apply
from abc_tools.theory import Interval, Key, Pitch
from abc_tools.tune import Note, Tune
from abc_tools.validate import errors
from chat.act.change import edit_step
from chat.act.closing import (
    annotated,
    begun_on,
    closed,
    coloured,
    ended_bright,
    ended_on,
    opened_with,
)
from chat.act.contour import contoured
from chat.act.moving import changed, group_text, grouped, with_figures
from chat.act.placing import (
    bars_inside,
    by_octaves,
    in_position,
    moved,
    voice_inside,
    with_clefs,
)
from chat.act.responses import answered, chords_alone
from chat.act.scales import chord_named
from chat.act.scored import scored
from chat.act.voicing import in_canon
from chat.requirements import Wishes
from chat.understand.ranges import range_midi
from chat.understand.tables import BASS_CLEF, ENSEMBLES, INSTRUMENTS, range_of

BEFORE_LAST = {"authentic": "V7", "plagal": "IV"}
"""The chord before the last one of a cadence."""


def mended(tune: Tune, wishes: Wishes) -> Tune:
    """The tune after every step that can be done and leaves it valid."""
    for step in STEPS:
        try:
            new = step(tune, wishes)
        except ValueError:
            continue
        if not errors(new):
            tune = new
    return tune


def _sung(tune: Tune, wishes: Wishes) -> Tune:
    """A melody to given words: its rhythm set so that their stresses fall on strong beats."""
    if not wishes.words:
        return tune
    from chat.act.plan import sung_rows
    from lm.verse import sung_to

    meter = tune.meter.text if tune.meter is not None else "4/4"
    sung = sung_to(tune, sung_rows(wishes.words, meter))
    return sung if _silent_bars(sung) <= _silent_bars(tune) else tune


def _silent_bars(tune: Tune) -> int:
    """Bars in which nobody sings: stresses on strong beats are not worth a hole in the melody."""
    return sum(not any(event.midi for event in measure.events) for measure in tune.measures)


def _figures(tune: Tune, wishes: Wishes) -> Tune:
    implied = (
        ""
        if {"note_values", "difficulty"} & set(wishes.values)
        else wishes.implied.get("figures", "")
    )
    names = wishes.values.get("figures", implied).split()
    allowed = [Fraction(n) for n in wishes.values.get("note_values", "").split()]
    return with_figures(tune, names, allowed) if names and not wishes.words else tune


def _groups(tune: Tune, wishes: Wishes) -> Tune:
    """No note held over the beginning of a group of beats."""
    said = wishes.values.get("groups")
    return changed(tune, lambda piece: grouped(piece, _numbers(said))) if said else tune


def _written_groups(tune: Tune, wishes: Wishes) -> Tune:
    """The groups in the meter and in the beams."""
    said = wishes.values.get("groups")
    return group_text(tune, _numbers(said)) if said else tune


def _numbers(said: str) -> list[int]:
    return [int(n) for n in said.split("+")]


def _cadences(tune: Tune, wishes: Wishes) -> Tune:
    """Each cadence that was asked for at its bar, and an authentic one at the end with the tonic above it."""
    wanted = [(int(at), kind) for at, kind in cadences_of(wishes.values)]
    if wishes.values.get("cadence") == "authentic" and chord_at(tune):
        wanted.append((tune.bar_count, "authentic"))
    for at, kind in wanted:
        tune = changed(tune, lambda piece, at=at, kind=kind: closed(piece, at, kind))  # type: ignore[misc]
    return tune


def cadences_of(values: Mapping[str, str]) -> list[tuple[str, str]]:
    """`4:half 8:authentic` as pairs."""
    pairs = (word.partition(":") for word in values.get("cadences", "").split())
    return [(at, kind) for at, _, kind in pairs]


def _ends(tune: Tune, wishes: Wishes) -> Tune:
    """The first and the last note."""
    if row := wishes.values.get("opening_notes"):
        tune = changed(tune, lambda piece: opened_with(piece, row.split()))
    if first := wishes.values.get("first_note"):
        tune = changed(tune, lambda piece: begun_on(piece, first))
    if last := wishes.values.get("last_note"):
        tune = changed(tune, lambda piece: ended_on(piece, last))
    return tune


def _bright_end(tune: Tune, wishes: Wishes) -> Tune:
    """The last chord in major, the last note its highest tone that is near."""
    return changed(tune, ended_bright) if "bright_end" in wishes.values else tune


def _colours(tune: Tune, wishes: Wishes) -> Tune:
    """Chord symbols with sevenths and ninths."""
    wanted = wishes.values.get("chord_colours", "").split()
    if not wanted or not chord_at(tune):
        return tune
    if not any("7" in chord.text for _, _, chord in chord_at(tune)):
        tune = edit_step(tune, "reharmonise", {"how": "sevenths"})
    return coloured(tune) if "ninths" in wanted else tune


def _expression(tune: Tune, wishes: Wishes) -> Tune:
    """A word of expression over the first note."""
    word = wishes.values.get("expression") or wishes.implied.get("expression", "")
    return annotated(tune, word) if word else tune


def _cadence(tune: Tune, wishes: Wishes) -> Tune:
    """The chord symbols of the close: V7 before I, IV before I, VI instead of I."""
    wanted = wishes.values.get("cadence", "")
    found = chord_at(tune)
    if wanted not in (*BEFORE_LAST, "deceptive") or len(found) < 2 or not tune.key.tonic:
        return tune
    if wanted == "deceptive":
        chord = chord_named("vi" if not tune.key.minor_third else "VI", tune.key)
        measure, event, _ = found[-1]
    else:
        chord = chord_named(BEFORE_LAST[wanted], tune.key)
        measure, event, _ = found[-2]
        if wanted == "plagal" and tune.key.minor_third:
            chord = chord_named("iv", tune.key)
    assert chord is not None and tune.meter is not None, "a key has these chords"
    beat = 1 + event.onset / tune.meter.beat
    return edit_step(tune, "set-chords", {"at": f"{measure.number}:{beat}={chord.text}"})


def _modulation(tune: Tune, wishes: Wishes) -> Tune:
    """The middle section (or the second half of the first one) moved to a near key."""
    wanted = wishes.values.get("modulation")
    if not wanted or not tune.key.tonic:
        return tune
    first, last = _middle(tune)
    at = wishes.details.get("modulation-at")
    if at == "last section":
        first, last = sections(tune)[-1].first, sections(tune)[-1].last
    elif at:
        first, last = tune.bar_count // 2 + 1, tune.bar_count
        last -= (last - first + 1) // 2 if at == "third quarter" else 0
    if bars := wishes.details.get("modulation-bars"):
        first, last = (min(int(n), tune.bar_count) for n in bars.split())
    new = goal(tune.key, wanted)
    if wanted == "parallel":
        return edit_step(tune, "mode", {"mode": new.mode}, first, last)
    if chord_at(tune):  # the new key is heard when it closes
        tune = changed(tune, lambda piece: closed(piece, last, "authentic"))
    heights = [n for m in tune.measures for e in m.events for n in e.midi]
    low, high = min(heights) - 7, max(heights) + 2
    if name := wishes.values.get("instrument"):
        low, high = range_of(name)
    return bars_inside(
        edit_step(tune, "key", {"key": new.name}, first, last), first, last, low, high
    )


def _middle(tune: Tune) -> tuple[int, int]:
    parts = sections(tune)
    if len(parts) > 2:
        once = [p for p in parts[1:-1] if p.label != parts[0].label] or parts[1:-1]
        return once[0].first, once[0].last
    part = parts[0]
    return part.first + (part.last - part.first + 1) // 2, part.last


def goal(key: Key, wanted: str) -> Key:
    """The dominant, subdominant, relative or parallel key."""
    if wanted == "parallel":
        return key.with_mode("major" if key.minor_third else "minor")
    if wanted == "relative":
        steps = Interval(2, 3) if key.minor_third else Interval(-2, -3)
        return key.transposed(steps).with_mode("major" if key.minor_third else "minor")
    return key.transposed(Interval(4, 7) if wanted == "dominant" else Interval(3, 5))


def _left_hand(tune: Tune, wishes: Wishes) -> Tune:
    below = wishes.details.get("below", "")
    if not ("left-hand" in wishes.details or below) or len(tune.voices) > 1:
        return tune
    wanted = wishes.details.get("left-hand", "yes")
    five = wishes.values.get("range", "").split()
    narrow = len(five) == 2 and "-" not in five and _span(wishes.values["range"]) == FIFTH
    easy = narrow or wishes.values.get("difficulty") == "beginner"
    pattern = wanted if wanted != "yes" and not narrow else "root" if easy else "root-fifth"
    tune = edit_step(tune, "add-bass", {"pattern": pattern})
    if narrow and len(tune.voices) == 2:
        low, high, _ = range_midi(wishes.values["range"])
        assert low is not None and high is not None, "a position has both ends"
        tune = in_position(tune, tune.voices[1], low - 12, high - 12)
    return tune


FIFTH = 7


def _span(value: str) -> int:
    low, high, size = range_midi(value)
    return size if size else (high or 0) - (low or 0)


def _voices(tune: Tune, wishes: Wishes) -> Tune:
    """Voices below the melody, by the rules of voice leading."""
    count = int(wishes.values.get("voices", "1"))
    if count < 2 or len(tune.voices) > 1 or {"left-hand", "below"} & set(wishes.details):
        return tune
    if named := wishes.details.get("players"):
        return scored(tune, [(n, w) for n, _, w in (p.partition(":") for p in named.split(", "))])
    if count == 2 and "simple-lower" not in wishes.details:
        tune = edit_step(tune, "second-voice", {"interval": "third"})
        name = wishes.details.get("second-player") or wishes.values.get("instrument", "voice")
        return voice_inside(tune, tune.voices[1], *range_of(name))
    choir = edit_step(tune, "add-choir", {})
    name = wishes.values.get("instrument", "")
    if count == 2:
        return _one_below(choir, name)
    tune = choir
    if count == 3:
        tune = edit_step(tune, "remove-voice", {"voice": tune.voices[2].id})
    return tune


def _one_below(choir: Tune, player: str) -> Tune:
    """Of a choir the melody and the voice next to it, which moves with the chords, for two players of an instrument."""
    tune = choir
    for _ in range(2):
        tune = edit_step(tune, "remove-voice", {"voice": tune.voices[-1].id})
    text = re.sub(r"(?m)^%%score.*\n", "", tune.source)
    if player and player != "voice":
        for number, part in enumerate(("Soprano", "Alto"), 1):
            text = text.replace(f'name="{part}"', f'name="{player.title()} {number}"')
    tune = parse_tune(text)
    return voice_inside(tune, tune.voices[1], *range_of(player or "voice"))


def _named_parts(tune: Tune, wishes: Wishes) -> Tune:
    """`P:Verse` for `P:A`, where the parts were asked for by their names."""
    names = wishes.details.get("parts", "").split()
    if not names:
        return tune
    text = re.sub(
        r"(?m)^P:([A-F])[ \t]*$",
        lambda m: "P:" + names[ord(m[1]) - ord("A")] if ord(m[1]) - ord("A") < len(names) else m[0],
        tune.source,
    )
    return parse_tune(text)


def _leaps(tune: Tune, wishes: Wishes) -> Tune:
    """Notes that lie too far from the one before are moved to the nearest place inside the limit: an octave, where none
    is said.
    """
    limit = int(wishes.values.get("leap", "12"))
    moved: dict[int, Pitch] = {}
    before: Pitch | None = None
    for event in (e for m in tune.measures for e in m.events if e.notes):
        note = event.notes[-1]
        pitch = note.pitch
        if before is not None and abs(pitch.midi - before.midi) > limit:
            pitch = _nearer(pitch, before, limit, tune.key)
            moved[id(note)] = pitch
        before = pitch
    edits = [
        e
        for m in tune.measures
        for e in respell(m, m.key, lambda n: moved.get(id(n), n.pitch), keep_signs=False)
    ]
    return parse_tune(apply(tune.source, changed_only(tune.source, edits)))


def _no_note_twice(tune: Tune, wishes: Wishes) -> Tune:
    """A note that is the one before becomes the nearest other note of the tune; the last one stays, and the one
    before it moves instead.
    """
    if wishes.values.get("repeated_notes") != "no" or len(tune.voices) > 1:
        return tune
    limit = int(wishes.values.get("leap", "12"))
    notes = [e.notes[-1] for m in tune.measures for e in m.events if e.notes]
    pitches = [n.pitch for n in notes]
    own = sorted({p.midi: p for p in pitches}.values(), key=lambda p: p.midi)
    for at in range(1, len(notes)):
        if pitches[at].midi != pitches[at - 1].midi:
            continue
        turn = at if at < len(notes) - 1 else at - 1
        beside = [pitches[n] for n in (turn - 1, turn + 1) if 0 <= n < len(notes)]
        free = [p for p in own if all(0 < abs(p.midi - b.midi) <= limit for b in beside)]
        # beside a note that changes later itself, the note before it is what counts
        free = free or [p for p in own if 0 < abs(p.midi - beside[0].midi) <= limit]
        if free:
            pitches[turn] = min(free, key=lambda p: abs(p.midi - pitches[at].midi))
    moved = {id(n): p for n, p in zip(notes, pitches, strict=True) if p.midi != n.pitch.midi}
    edits = [
        e
        for m in tune.measures
        for e in respell(m, m.key, lambda n: moved.get(id(n), n.pitch), keep_signs=False)
    ]
    return parse_tune(apply(tune.source, changed_only(tune.source, edits)))


def _nearer(pitch: Pitch, before: Pitch, limit: int, key: Key) -> Pitch:
    """The same note in another octave, else the note of the key in its direction at the limit."""
    for octave in (-1, 1, -2, 2):
        other = Pitch(pitch.step, pitch.alter, pitch.octave + octave)
        if abs(other.midi - before.midi) <= limit:
            return other
    up = pitch.midi > before.midi
    scale = [Pitch(s, int(a), o) for s, a in key.scale for o in range(1, 8)]
    inside = [
        p for p in scale if abs(p.midi - before.midi) <= limit and (p.midi > before.midi) == up
    ]
    return max(inside, key=lambda p: abs(p.midi - before.midi)) if inside else before


def _canon(tune: Tune, wishes: Wishes) -> Tune:
    """The melody in canon."""
    if "canon" not in wishes.values:
        return tune
    voices, entry = map(int, wishes.values["canon"].split())
    found = in_canon(tune, voices, entry)
    return tune if found is None else found


def _whole_tones(tune: Tune, wishes: Wishes) -> Tune:
    """A melody in whole tones: each step of the staff is one, counted from the tonic."""
    if wishes.values.get("scale") != "whole tone" or not tune.key.tonic:
        return tune
    low, high = 48, 96
    if name := wishes.values.get("instrument"):
        low, high = range_of(name)
    home = Pitch(tune.key.tonic, tune.key.alter, 4)

    def place(note: Note) -> Pitch:
        midi = home.midi + 2 * (note.written.diatonic - home.diatonic)
        return by_octaves(_with_sharps(midi), low, high)

    return moved(tune, tune.measures, place)


def _with_sharps(midi: int) -> Pitch:
    """A pitch as a natural or a sharp."""
    return next(p for step in "CDEFGAB" for alter in (0, 1)
                if (p := Pitch(step, alter, midi // 12 - 1)).midi == midi)  # fmt: skip


def _raised_seventh(tune: Tune, wishes: Wishes) -> Tune:
    """Harmonic minor shows its leading note: the note before the last becomes it where none is there."""
    if wishes.values.get("scale") != "harmonic minor" or not tune.key.tonic:
        return tune
    leading = (tune.key.pitch_class + 11) % 12
    notes = [n for m in tune.measures for e in m.events for n in e.notes]
    if any(n.pitch.midi % 12 == leading for n in notes) or len(notes) < 2:
        return tune
    last, target = notes[-1].pitch, notes[-2]
    step, alter = tune.key.scale[6]
    options = [Pitch(step, int(alter) + 1, o) for o in range(1, 8)]
    near = min(options, key=lambda p: abs(p.midi - last.midi))
    edits = [
        e
        for m in tune.measures
        for e in respell(m, m.key, lambda n: near if n is target else n.pitch, keep_signs=False)
    ]
    return parse_tune(apply(tune.source, changed_only(tune.source, edits)))


def _low_player(tune: Tune, wishes: Wishes) -> Tune:
    """The tune of a low instrument, which is written where tunes usually lie, in its own octave."""
    name = wishes.values.get("instrument", "")
    if name not in BASS_CLEF:
        return tune
    least, most = range_of(name)
    low, high, _ = range_midi(wishes.values.get("range", "- -"))
    least, most = max(least, low or least), min(most, high or most)
    if wishes.values.get("register") == "low":
        most = min(most, least + 20)
    heights = [n for m in tune.measures for e in m.events for n in e.midi]
    down = 0
    while max(heights) - 12 * down > most and min(heights) - 12 * (down + 1) >= least:
        down += 1
    return edit_step(tune, "octave", {"octaves": str(-down)}) if down else tune


def _players(tune: Tune, wishes: Wishes) -> Tune:
    """`%%MIDI program` for each voice."""
    if "players" in wishes.details and len(tune.voices) > 1:
        return tune  # they have theirs
    instrument = wishes.values.get("instrument")
    ensemble = ENSEMBLES.get(wishes.details.get("ensemble", ""), (0, (), ()))[1]
    programs = (INSTRUMENTS[instrument][0],) if instrument else ensemble
    below = wishes.details.get("below") or wishes.details.get("second-player", "")
    if instrument and below in INSTRUMENTS:
        programs = (INSTRUMENTS[instrument][0], INSTRUMENTS[below][0])
    if not programs:
        return tune
    tune = with_clefs(tune, instrument or "")
    text = tune.source
    if below and len(tune.voices) == 2:
        text = re.sub(
            r"(?m)^(V: ?1\b(?!.*name=).*)$",
            rf'\g<1> name="{(instrument or "").title()}"',
            text,
            count=1,
        )
        text = re.sub(r'(?m)^(V: ?2\b.*name=")[^"]*"', rf'\g<1>{below.title()}"', text, count=1)
    if len(tune.voices) == 1:
        text = re.sub(r"(?m)^(?=K:)", f"%%MIDI program {programs[0]}\n", text, count=1)
    else:
        for at, voice in enumerate(tune.voices):
            program = programs[min(at, len(programs) - 1)]
            text = re.sub(
                rf"(?m)^(V: ?{re.escape(voice.id)}\b.*\n)",
                rf"\g<1>%%MIDI program {program}\n",
                text,
                count=1,
            )
    return parse_tune(text)


def _fields(tune: Tune, wishes: Wishes) -> Tune:
    """Title and tempo as asked, where a model that no grammar binds wrote others."""
    title = wishes.values.get("title")
    if title and tune.title != title:
        tune = edit_step(tune, "set-field", {"name": "T", "value": title})
    tempo = wishes.values.get("tempo", "")
    if tempo.isdigit() and round(tune.tempo.bpm) != int(tempo):
        tune = edit_step(tune, "tempo", {"bpm": tempo})
    return tune


def _dynamic(tune: Tune, wishes: Wishes) -> Tune:
    """The level of loudness at the first note."""
    level, last = wishes.values.get("dynamic", ""), wishes.values.get("end_dynamic", "")
    if level:
        tune = edit_step(tune, "dynamic", {"level": level})
    elif last:
        tune = edit_step(tune, "dynamic", {"level": "f" if last.startswith("p") else "p"})
    if last:
        first = max(1, tune.bar_count - (1 if tune.bar_count < 12 else 3))
        if "end-from" in wishes.details:
            first = tune.bar_count // 2 + 1
        tune = edit_step(tune, "dynamic", {"level": last}, first, tune.bar_count)
    return tune


STEPS: tuple[Callable[[Tune, Wishes], Tune], ...] = (
    chords_alone, answered, _sung, _low_player, _figures, _groups, _fields, _whole_tones, _raised_seventh, _leaps,
    _cadences, _cadence, _ends, _bright_end, _no_note_twice, _colours, _modulation, contoured, _canon, _left_hand,
    _voices, _written_groups, _players, _named_parts, _expression, _dynamic,
)  # fmt: skip
