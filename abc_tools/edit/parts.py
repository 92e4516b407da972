"""Beginnings and endings: an intro, a tag, a last bar, first and second endings, a pickup.

Nothing here invents a melody: intros and tags are made of the tune's own bars, last bars of the
tonic. Other voices get the same bars, or rests.
"""

from __future__ import annotations

from fractions import Fraction

from abc_tools.edit.arrange import copy_bars
from abc_tools.edit.bars import after_fields, delete_bars, insert_bars, stars
from abc_tools.edit.layout import chain, require_own_lines, signs
from abc_tools.edit.pieces import held_longer
from abc_tools.edit.retime import MeasureTokens, parts, retime, single
from abc_tools.edit.seams import with_seams
from abc_tools.edit.selection import felt_beat, select
from abc_tools.edit.voice_text import Part, bar_text
from abc_tools.spelling import MeasureAccidentals, length_text
from abc_tools.text import Edit, Span
from abc_tools.theory import Key, Pitch, abc_letter, in_key
from abc_tools.tune import Measure, Tune, Voice

INTROS = ("ending", "beginning", "tonic", "fanfare")
ENDINGS = ("tonic", "tag", "first-second", "held", "cadence")


def add_intro(tune: Tune, bars: int = 4, *, kind: str = "ending") -> list[Edit]:
    """Put an intro before the tune: its last `bars` bars, as hymns are introduced, its first, the `tonic` on every
    beat, or a `fanfare` on the tones of the tonic chord.

    The intro carries no words and stands outside the first section's repeat. ValueError if the
    tune has fewer bars.
    """
    if kind not in INTROS:
        raise ValueError(f"“{kind}” is no intro. There are: {', '.join(INTROS)}.")
    if not 1 <= bars <= tune.bar_count:
        raise ValueError(f"The tune has {tune.bar_count} bars; the intro needs as many or fewer.")
    first = tune.bar_count - bars + 1 if kind == "ending" else 1
    copied = select(tune, first, first + bars - 1)
    if kind in ("ending", "beginning"):
        return copy_bars(tune, copied, 0, words=False)
    texts = _called(tune, bars, kind)
    return chain(
        tune, lambda now: copy_bars(now, select(now, first, first + bars - 1), 0, words=False),
        lambda now: _written_over(now, texts),
    )  # fmt: skip


def _written_over(tune: Tune, texts: list[str]) -> list[Edit]:
    """The first bars of the first voice written anew; the other voices rest."""
    edits = []
    for number, voice in enumerate(tune.voices):
        for measure, text in zip(voice.measures, texts, strict=False):
            rest = "".join("z" + length_text(p / measure.unit) for p in parts(measure.duration))
            edits.append(Edit(measure.span, text if not number else rest))
    return edits


def _called(tune: Tune, bars: int, kind: str) -> list[str]:
    """Bars on the tonic chord: its root on every beat, or a call over its tones, dotted, that rests on the tonic."""
    if not 1 <= bars <= 16:
        raise ValueError("An intro has 1 to 16 bars.")
    voice = tune.voices[0]
    first = voice.measures[0]
    heights = [e.notes[-1].written for m in voice.measures for e in m.events if e.notes]
    if not first.key.tonic or first.meter is None or not heights:
        raise ValueError("A tune without key or meter has no intro on the tonic.")
    root = tonic_near(first.key, heights[0])
    tones = [root, *(in_key(first.key, root.diatonic + n) for n in (2, 4))]
    beat, length = first.meter.beat, first.meter.length
    chord = any(e.chord_symbol for m in voice.measures for e in m.events)
    name = _tonic_name(first.key)
    texts = []
    for number in range(bars):
        line: Part = [((root,), beat)] * int(length / beat)
        if kind == "fanfare":
            line = _call(tones, beat, length, last=number == bars - 1, up=number % 2 == 0)
        texts.append((name if chord else "") + bar_text(first.key, line, first.unit))
    return texts


def _tonic_name(key: Key) -> str:
    """The tonic chord as it is written over notes, in its quotes."""
    return f'"{key.tonic}{ {0: "", 1: "#", -1: "b"}[key.alter] }{"m" if key.minor_third else ""}"'


def _call(tones: list[Pitch], beat: Fraction, length: Fraction, *, last: bool, up: bool) -> Part:
    """One bar of a fanfare: long, short on the root, then the chord upwards or downwards."""
    if last:
        return [((tones[0],), length)]
    line: Part = [((tones[0],), beat * 3 / 4), ((tones[0],), beat / 4)]
    if beat.numerator % 3 == 0:  # a beat of three eighths: long and short
        line = [((tones[0],), beat * 2 / 3), ((tones[0],), beat / 3)]
    order = [tones[1], tones[2]] if up else [tones[2], tones[1]]
    count = int(length / beat) - 1
    return line + [((order[min(n, 1)],), beat) for n in range(count)]


def add_ending(
    tune: Tune, kind: str = "tonic", bars: int = 2, at: int = 0, *, lead: bool = False
) -> list[Edit]:
    """End the tune otherwise: a last bar on the `tonic`, a `tag`, or `first-second` endings.

    `tonic` adds one bar with the tonic held; `tag` says the last `bars` bars once more, and closes on the tonic where
    they did not; `held` holds the tonic in the last bar; `cadence` adds a bar of the dominant and one of the tonic.
    `first-second` makes the last bar (of the section that ends in bar `at`) the first ending of a repeat and adds a
    second one on the tonic, or one that `lead`s up to the bar behind it.
    """
    if kind not in ENDINGS:
        raise ValueError(f"“{kind}” is no ending. There are: {', '.join(ENDINGS)}.")
    if kind == "tag":
        if not 1 <= bars <= tune.bar_count:
            raise ValueError(f"The tune has {tune.bar_count} bars; the tag needs as many or fewer.")
        top = tune.bar_count
        if _closes(tune):
            return copy_bars(tune, select(tune, top - bars + 1, top), top)
        return chain(
            tune, lambda now: copy_bars(now, select(now, top - bars + 1, top), top, words=False), _on_tonic
        )  # fmt: skip
    require_own_lines(tune)
    if kind == "first-second":
        return [e for voice in tune.voices for e in _two_endings(tune, voice, at, lead=lead)]
    if kind == "held":
        edits = [e for e in _on_tonic(tune) if e.text != e.span.of(tune.source)]
        if not edits or any(
            s for v in tune.voices for e in v.measures[-1].events[1:] for s in e.syllables
        ):
            raise ValueError("The last bar holds the tonic already, or is sung.")
        return edits
    if kind == "cadence":
        return with_seams(tune, lambda now: [e for v in now.voices for e in _cadence(now, v)])
    contents = [_tonic_bar(tune, tune.voices[0])] if tune.voices else []
    if len(tune.voices) < 2:
        return insert_bars(tune, tune.bar_count, contents)
    return with_seams(tune, lambda now: [e for v in now.voices for e in _last_bar(now, v)])


def _closes(tune: Tune) -> bool:
    """Whether the melody ends on the tonic; a tune without a key ends as it does."""
    heads = [e.notes[-1].written for e in tune.voices[0].events if e.notes] if tune.voices else []
    key = tune.voices[0].measures[-1].key_at_end if heads else tune.key
    return not heads or not key.tonic or heads[-1].midi % 12 == key.pitch_class


def _on_tonic(tune: Tune) -> list[Edit]:
    """The last bar of every voice on the tonic, so that what has not closed does."""
    bars = [(v, v.measures[-1]) for v in tune.voices if v.measures[-1].full]
    return [Edit(m.span, _tonic_bar(tune, v)) for v, m in bars]


def _last_bar(tune: Tune, voice: Voice) -> list[Edit]:
    measure = voice.measures[-1]
    return [Edit(Span(measure.span.end, measure.span.end), "|" + _tonic_bar(tune, voice))]


def _cadence(tune: Tune, voice: Voice) -> list[Edit]:
    """A bar that leads from the second degree by the leading note home, over the dominant, and a bar of the tonic."""
    last = voice.measures[-1]
    key, meter = last.key_at_end, last.meter
    if not key.tonic or meter is None:
        raise ValueError("A tune without key or meter has no last bar on the tonic.")
    heights = [e.notes[-1].written for m in voice.measures for e in m.events if e.notes]
    if not heights:
        return [
            Edit(
                Span(last.span.end, last.span.end),
                f"|{_tonic_bar(tune, voice)}|{_tonic_bar(tune, voice)}",
            )
        ]
    home = tonic_near(key, heights[-1])
    leading = in_key(key, home.diatonic - 1)
    if key.minor_third:
        leading = Pitch(leading.step, home.midi - 1 - leading.midi + leading.alter, leading.octave)
    longer = parts(meter.length)[0] if len(parts(meter.length)) > 1 else meter.length / 2
    if meter.length - longer <= 0 or meter.compound:
        longer = meter.length / 2
    line: Part = [((in_key(key, home.diatonic + 1),), longer), ((leading,), meter.length - longer)]
    chord = any(e.chord_symbol for m in voice.measures for e in m.events)
    fifth = in_key(key, home.diatonic + 4)
    sign = {1: "#", -1: "b"}.get(round(fifth.alter), "")
    symbol = f'"{fifth.step}{sign}7"' if chord else ""
    text = f"|{symbol}{bar_text(key, line, last.unit)}|{_tonic_bar(tune, voice)}"
    return [Edit(Span(last.span.end, last.span.end), text)]


def _tonic_bar(tune: Tune, voice: Voice) -> str:
    """One bar that holds the tonic next to the voice's last note, with its chord if chords are used."""
    last = voice.measures[-1]
    key, meter = last.key_at_end, last.meter
    if not key.tonic or meter is None:
        raise ValueError("A tune without key or meter has no last bar on the tonic.")
    heights = [e.notes[-1].written for m in voice.measures for e in m.events if e.notes]
    if not heights:
        return "z" + length_text(meter.length / last.unit)
    pitch = tonic_near(key, heights[-1])
    sign = MeasureAccidentals(key).sign(pitch)
    letter = sign + abc_letter(pitch)
    texts = [letter + length_text(p / last.unit) for p in parts(meter.length)]
    chord = any(e.chord_symbol for m in voice.measures for e in m.events)
    return (_tonic_name(key) if chord else "") + "-".join(texts)


def tonic_near(key: Key, pitch: Pitch) -> Pitch:
    """The tonic nearest to a pitch, the lower of two.

    >>> tonic_near(Key("G"), Pitch("A", 0, 4)).name
    'G4'
    """
    octaves = (Pitch(key.tonic, key.alter, n) for n in range(pitch.octave - 1, pitch.octave + 2))
    return min(octaves, key=lambda p: (abs(p.midi - pitch.midi), p.midi))


def _two_endings(tune: Tune, voice: Voice, at: int = 0, *, lead: bool = False) -> list[Edit]:
    """`… X :|` → `…|1 X:|2 T|]`, with the repeat opened if it was not."""
    measures = voice.measures
    place = next((n for n, m in enumerate(measures) if at and m.number == at), len(measures) - 1)
    last = measures[place]
    if any(m.ending for m in measures[max(0, place - 2) : place + 1]) or len(measures) < 3:
        raise ValueError("The tune has two endings already, or is too short for them.")
    start = place
    while start > 0 and not measures[start].starts_section:
        start -= 1
    edits = []
    closed = last.after is not None and last.after.repeat_end
    bars = measures[start].before
    if not closed and bars and "open" not in signs(bars):
        edits.append(Edit(bars[-1].span, "::" if bars[-1].repeat_end else "|:"))
    elif not closed and not bars:
        edits.append(Edit(Span(measures[start].span.start, measures[start].span.start), "|:"))
    if start == place or not last.before:
        raise ValueError("The last section is too short for two endings.")
    edits.append(Edit(Span(last.span.start, last.span.start), "[1 "))
    behind = measures[place + 1] if place + 1 < len(measures) else None
    second = _shortened(_tonic_bar(tune, voice), last)
    if lead and behind is not None and any(e.notes for e in behind.events):
        second = _leading_bar(tune, voice, last, behind)
    opens = last.after is not None and last.after.repeat_start
    text = ":|2 " + second + ("|]" if behind is None else "|:" if opens else "||")
    span = last.after.span if last.after is not None else Span(last.span.end, last.span.end)
    return [*edits, Edit(span, text)]


def _leading_bar(tune: Tune, voice: Voice, last: Measure, behind: Measure) -> str:
    """A bar as long as the last one: the tonic, then eighths by step to the first note behind."""
    key = last.key_at_end
    goal = next(e for e in behind.events if e.notes).notes[-1].written
    heights = [e.notes[-1].written for m in voice.measures for e in m.events if e.notes]
    home = tonic_near(
        key, heights[-1] if last is voice.measures[-1] else _last_note(last, heights[0])
    )
    eighth = Fraction(1, 8)
    count = min(4, int(last.duration / eighth) // 2)
    way = 1 if goal.midi >= home.midi else -1
    steps = [in_key(key, goal.diatonic - way * n) for n in range(count, 0, -1)]
    line: Part = [((home,), last.duration - count * eighth), *(((p,), eighth) for p in steps)]
    chord = any(e.chord_symbol for m in voice.measures for e in m.events)
    return (_tonic_name(key) if chord else "") + bar_text(key, line, last.unit)


def _last_note(measure: Measure, usual: Pitch) -> Pitch:
    return next((e.notes[-1].written for e in reversed(measure.events) if e.notes), usual)


def _shortened(text: str, last: Measure) -> str:
    """The tonic bar as long as the bar that it stands for: a complement stays one."""
    if last.full or last.meter is None:
        return text
    head = text.split("-")[0].rstrip("0123456789/")
    return "-".join(
        (head if not n else head.rpartition('"')[2]) + length_text(p / last.unit)
        for n, p in enumerate(parts(last.duration))
    )


# -- pickup -----------------------------------------------------------------------------------


def add_pickup(tune: Tune, notes: str | None = None) -> list[Edit]:
    """Put a pickup before the first bar; the last bar gives up as much time.

    `notes` is its text in the tune's unit note length; without it the dominant below the first note
    leads in, one beat long (an eighth in compound meters). Other voices rest. ValueError if there
    is a pickup already, or the last note is too short to be shortened.
    """
    require_own_lines(tune)
    if not tune.voices:
        raise ValueError("There are no notes in this tune.")
    if 0 in tune.bar_numbers:
        raise ValueError("The tune has a pickup already.")
    meter = tune.voices[0].measures[0].meter
    if meter is None:
        raise ValueError("Music in free meter has no pickup.")
    unit = tune.voices[0].measures[0].unit
    size = Fraction(1, 8) if meter.compound else felt_beat(tune)
    text = notes if notes is not None else _dominant(tune, size / unit)
    length, count = _length(text, unit)
    if not 0 < length < meter.length:
        raise ValueError("A pickup is shorter than a bar.")
    edits: list[Edit] = []
    added: dict[int, int] = {}
    tokens = MeasureTokens(tune)
    for number, voice in enumerate(tune.voices):
        first = voice.measures[0]
        rest = "".join("z" + length_text(p / first.unit) for p in parts(length))
        place = after_fields(tune, first)
        edits.append(Edit(Span(place, place), (text if not number else rest) + "|"))
        if not number:
            edits += stars(tune, place, count)
        for measure in _returns(voice):
            done = _changed_end(tune, measure, -length, tokens)
            edits += done[0]
            added.update(done[1])
    return edits + held_longer(tune, added)


def _length(text: str, unit: Fraction) -> tuple[Fraction, int]:
    from abc_tools.parse import parse

    tunes = parse(f"X:1\nM:none\nL:{unit}\nK:C\n{text}|\n").tunes
    found = [e for t in tunes for v in t.voices for e in v.events]
    if not found or "|" in text or "\n" in text:
        raise ValueError("A pickup is written as notes, without a barline.")
    return sum((e.duration for e in found), Fraction(0)), sum(e.kind != "rest" for e in found)


def _dominant(tune: Tune, factor: Fraction) -> str:
    """The fifth of the key next below the first note."""
    events = [e for e in tune.voices[0].events if e.notes]
    key = tune.voices[0].measures[0].key
    if not events or not key.tonic:
        raise ValueError("Say which notes the pickup has; the tune has no key to take them from.")
    step, alter = key.scale[4]
    high = events[0].notes[-1].written
    found = [Pitch(step, alter, o) for o in range(high.octave - 1, high.octave + 1)]
    pitch = max((p for p in found if p.midi <= high.midi), key=lambda p: p.midi)
    return abc_letter(pitch) + length_text(factor)


def _returns(voice: Voice) -> list[Measure]:
    """The bars after which the pickup is played again, and the last bar."""
    measures = voice.measures
    found = [measures[-1]]
    for measure in measures[:-1]:
        if measure.after is not None and measure.after.repeat_end:
            found.append(measure)
            break
    return [m for m in found if m.full and not any(e.measures for e in m.events)]


def _changed_end(
    tune: Tune, measure: Measure, by: Fraction, tokens: MeasureTokens
) -> tuple[list[Edit], dict[int, int]]:
    """The last note of every layer longer or shorter."""
    durations = {}
    for layer in (measure.events, *measure.overlays):
        last = layer[-1]
        if last.duration + by <= 0 or not single(last.written):
            raise ValueError(
                f"The last note of bar {measure.number} cannot make room for the pickup."
            )
        durations[last.span] = last.duration + by
    done = retime(tune, measure, durations, tokens)
    return done.edits, done.added


def remove_pickup(tune: Tune) -> list[Edit]:
    """Take the pickup away; the short bar that it completed holds its last note longer.

    ValueError if the tune begins without one.
    """
    require_own_lines(tune)
    pickups = [v.measures[0] for v in tune.voices if v.measures and v.measures[0].number == 0]
    if not pickups:
        raise ValueError("The tune has no pickup.")
    length = pickups[0].duration
    if any(p.duration != length for p in pickups):
        raise ValueError("The voices' pickups are not equally long.")
    ends = [
        (n, k)
        for n, voice in enumerate(tune.voices)
        for k, m in enumerate(voice.measures)
        if k and m.ends_section and m.expected is not None and m.duration + length == m.expected
        and not (k + 1 < len(voice.measures) and voice.measures[k + 1].number == m.number)
    ]  # fmt: skip

    def longer(now: Tune) -> list[Edit]:
        tokens = MeasureTokens(now)
        edits: list[Edit] = []
        added: dict[int, int] = {}
        for n, k in ends:
            done = _changed_end(now, now.voices[n].measures[k], length, tokens)
            edits += done[0]
            added.update(done[1])
        return edits + held_longer(now, added)

    def gone(now: Tune) -> list[Edit]:
        return delete_bars(now, [v.measures[0] for v in now.voices if v.measures[0].number == 0])

    return chain(tune, longer, gone)
