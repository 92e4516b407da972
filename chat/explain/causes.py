"""What is really in some bars that colours them: each cause is computed and returns a statement or none."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from fractions import Fraction

from abc_tools.analyse import terms as t
from abc_tools.analyse.fact import in_order
from abc_tools.analyse.harmony import scale_classes
from abc_tools.analyse.keys import PENTATONIC
from abc_tools.analyse.line import Harmony, Sounded
from abc_tools.analyse.phrases import Close, Phrase
from abc_tools.analyse.rhythm import beat_cells, syncopations
from chat.explain.moods import MOODS
from chat.explain.scope import Scope, distance, note_name
from chat.explain.statement import Statement
from chat.explain.timing import meter_value
from chat.explain.tonal import NEAR, degree_sign

STRONG = 0.75
"""The metrical weight of a strong beat: the first, and the half of an even bar."""
_SLOW, _QUICK = 76, 126
"""Beats a minute up to which a tempo is slow, and from which it is quick (andante, allegro)."""


def sounding(s: Scope) -> tuple[Harmony, ...]:
    """The chords that hold in the bars, one that began before them included."""
    if s.chords or not s.measures:
        first = s.notes[0] if s.notes else None
        held = s.material.chord_at(first.position) if first else None
        return s.chords if held is None or held in s.chords else (held, *s.chords)
    held = s.material.chord_at(s.notes[0].position) if s.notes else None
    return (held,) if held else ()


def _chord_names(chords: Sequence[Harmony]) -> list[str]:
    return list(dict.fromkeys(h.chord.text for h in chords))


def _bars_of(s: Scope, chords: Sequence[Harmony]) -> tuple[int, ...]:
    return in_order(max(h.bar, s.first) for h in chords)


def _third(s: Scope, minor: bool) -> Statement | None:
    key = s.notes[0].key
    if not key.tonic or key.minor_third != minor:
        return None
    return Statement("minor key" if minor else "major key", {"key": key.name}, s.bars)


def _minor_chords(s: Scope) -> Statement | None:
    found = [h for h in sounding(s) if h.chord.minor_third]
    return (
        Statement("minor chords", {"chords": _chord_names(found)}, _bars_of(s, found))
        if found
        else None
    )


def _major_chords(s: Scope) -> Statement | None:
    found = sounding(s)
    if not found or any(4 not in h.chord.intervals for h in found):
        return None
    return Statement("major chords", {"chords": _chord_names(found)}, _bars_of(s, found))


def _more_major(s: Scope) -> Statement | None:
    """A share of chords with a major third that is at least 10 points above the tune's."""
    here, every = s.chords, s.material.chords
    if s.whole or not here:
        return None
    shares = [round(100 * sum(4 in h.chord.intervals for h in x) / len(x)) for x in (here, every)]
    if shares[0] < shares[1] + 10:
        return None
    return Statement("more major", {"percent": shares[0], "usual": shares[1]}, s.bars)


def _tense_chords(s: Scope) -> Statement | None:
    found = [h for h in sounding(s)
             if any((c + 6) % 12 in h.chord.pitch_classes for c in h.chord.pitch_classes)]  # fmt: skip
    return (
        Statement("tense chords", {"chords": _chord_names(found)}, _bars_of(s, found))
        if found
        else None
    )


def _borrowed(s: Scope) -> Statement | None:
    found = [h for h in sounding(s) if h.key.tonic
             and not h.chord.pitch_classes <= scale_classes(h.key)]  # fmt: skip
    if not found:
        return None
    same = [h for h in found if h.key == found[0].key]
    names = _chord_names(same)
    value = {"chords": names, "key": same[0].key.name,
             "verb": ["has" if len(names) == 1 else "have", ""]}  # fmt: skip
    return Statement("borrowed", value, _bars_of(s, same))


def _dissonance(s: Scope) -> Statement | None:
    for note in s.notes:
        held = s.material.chord_at(note.position)
        if held and note.weight >= STRONG and note.midi % 12 not in held.chord.pitch_classes:
            near = {(note.midi + d) % 12 for d in (1, 2, 6, 10, 11)}
            if near & held.chord.pitch_classes:
                return Statement("dissonance", {"note": note.pitch.name, "chord": held.chord.text},
                                 (note.bar,))  # fmt: skip
    return None


def _line(s: Scope, way: int) -> Statement | None:
    first, last = s.notes[0], s.notes[-1]
    if way * (last.midi - first.midi) < 2 or (s.whole and len(s.bars) > 4):
        return None
    value = {"first": first.pitch.name, "to": last.pitch.name,
             "interval": distance(first.pitch, last.pitch)}  # fmt: skip
    return Statement("rising line" if way > 0 else "falling line", value, s.bars)


def _mean(notes: Sequence[Sounded]) -> float:
    total = sum((n.duration for n in notes), Fraction(0)) or Fraction(1)
    return float(sum((n.midi * n.duration for n in notes), Fraction(0)) / total)


def _register(s: Scope, way: int) -> Statement | None:
    off = _mean(s.notes) - _mean(s.material.notes)
    if way * off < 2:
        return None
    value = {"semitones": round(abs(off), 1)}
    return Statement("high register" if way > 0 else "low register", value, s.bars)


def _pace(s: Scope, way: int) -> Statement | None:
    here = sum((n.duration for n in s.notes), Fraction(0)) / len(s.notes)
    every = s.material.notes
    usual = sum((n.duration for n in every), Fraction(0)) / len(every)
    if not usual or way * (here / usual - 1) < Fraction(15, 100):
        return None
    value = {"percent": round(100 * abs(float(here / usual) - 1))}
    return Statement("longer notes" if way > 0 else "shorter notes", value, s.bars)


def _altered(s: Scope, way: int) -> Statement | None:
    for note in s.notes:
        if note.key.tonic:
            shift = note.pitch.alter - note.key.signature[note.pitch.step]
            if shift * way > 0:
                value = {"note": note.pitch.name, "key": note.key.name}
                return Statement("raised note" if way > 0 else "lowered note", value, (note.bar,))
    return None


def _sighs(s: Scope) -> Statement | None:
    found = [(a, b) for a, b in itertools.pairwise(s.notes)
             if a.midi - b.midi == 1 and a.weight > b.weight]  # fmt: skip
    if not found:
        return None
    a, b = found[0]
    return Statement("sighs", {"first": a.pitch.name, "to": b.pitch.name}, in_order((a.bar, b.bar)))


def _leap(s: Scope) -> Statement | None:
    pairs = list(itertools.pairwise(s.notes))
    if not pairs:
        return None
    a, b = max(pairs, key=lambda p: abs(p[1].midi - p[0].midi))
    if abs(a.midi - b.midi) < 7:
        return None
    value = {"first": a.pitch.name, "to": b.pitch.name, "interval": distance(a.pitch, b.pitch)}
    return Statement("wide leap", value, in_order((a.bar, b.bar)))


def _steps(s: Scope) -> Statement | None:
    sizes = [abs(b.midi - a.midi) for a, b in itertools.pairwise(s.notes)]
    return Statement("steps only", {}, s.bars) if sizes and max(sizes) <= 2 else None


def _repeated(s: Scope) -> Statement | None:
    count = sum(a.midi == b.midi for a, b in itertools.pairwise(s.notes))
    return Statement("repeated notes", {"count": count}, s.bars) if count >= 2 else None


def _syncopated(s: Scope) -> Statement | None:
    found = [n for n, _ in syncopations(s.material) if s.first <= n.bar <= s.last]
    if not found:
        return None
    value = {"notes": len(found), "verb": ["is" if len(found) == 1 else "are", ""]}
    return Statement("syncopated", value, in_order(n.bar for n in found))


def _end(s: Scope, closed: bool) -> Statement | None:
    note = s.notes[-1]
    if not note.key.tonic or (note.midi % 12 == note.key.pitch_class) != closed:
        return None
    value = {"note": note.pitch.name, "key": note.key.name}
    if not closed:
        value["degree"] = degree_sign(note)
    return Statement("closed end" if closed else "open end", value, (note.bar,))


def _close(s: Scope, kind: str) -> Statement | None:
    wanted = {"half close": ("half",), "deceptive close": ("deceptive",),
              "full close": ("perfect authentic", "imperfect authentic", "plagal")}[kind]  # fmt: skip
    found: list[tuple[Phrase, Close]] = [
        (p, c) for p, c in s.closes
        if s.first <= p.last_bar <= s.last and c.kind in wanted and c.chords
    ]  # fmt: skip
    if not found:
        return None
    phrase, close = found[-1]
    value = {"chords": list(close.chords), "name": list(t.CADENCES[close.kind]), "type": close.kind}
    return Statement(kind, value, (phrase.last_bar,))


def _pentatonic(s: Scope) -> Statement | None:
    classes = {n.midi % 12 for n in s.notes}
    scales = ({(c + tonic) % 12 for c in scale} for scale in PENTATONIC for tonic in range(12))
    if len(classes) < 4 or not any(classes <= scale for scale in scales):
        return None
    return Statement("pentatonic", {"notes": _names(s.notes)}, s.bars)


def _few(s: Scope) -> Statement | None:
    names = _names(s.notes)
    return Statement("few notes", {"notes": names}, s.bars) if len(names) <= 4 else None


def _names(notes: Sequence[Sounded]) -> list[str]:
    names = {note_name(n.pitch) for n in notes}
    return sorted(names, key=lambda n: ("CDEFGAB".index(n[0]), n))


def _modal(s: Scope) -> Statement | None:
    key = s.notes[0].key
    if not key.tonic or key.mode not in NEAR:
        return None
    step, alter = key.scale[NEAR[key.mode][1] - 1]
    here = [n for n in s.notes if (n.pitch.step, n.pitch.alter) == (step, alter)]
    if not here:
        return None
    value = {"key": key.name, "note": note_name(here[0].pitch)}
    return Statement("modal", value, in_order(n.bar for n in here))


def _above(s: Scope, semitones: int) -> list[Sounded]:
    return [n for n in s.notes if n.key.tonic and (n.midi - n.key.pitch_class) % 12 == semitones]


def _lowered_seventh(s: Scope) -> Statement | None:
    here = [n for n in _above(s, 10) if n.key.scale[6][0] == n.pitch.step]
    return Statement("lowered seventh", {"note": note_name(here[0].pitch)},
                     in_order(n.bar for n in here)) if here else None  # fmt: skip


def _flat_second(s: Scope) -> Statement | None:
    here = [n for n in _above(s, 1) if n.key.scale[1][0] == n.pitch.step]
    return Statement("flat second", {"note": note_name(here[0].pitch)},
                     in_order(n.bar for n in here)) if here else None  # fmt: skip


def _leading(s: Scope) -> Statement | None:
    here = [n for n in _above(s, 11) if n.key.scale[6][0] == n.pitch.step]
    return Statement("leading tone", {"note": note_name(here[0].pitch)},
                     in_order(n.bar for n in here)) if here else None  # fmt: skip


def _augmented_second(s: Scope) -> Statement | None:
    for a, b in itertools.pairwise(s.notes):
        if abs(a.pitch.diatonic - b.pitch.diatonic) == 1 and abs(a.midi - b.midi) == 3:
            return Statement("augmented second", {"first": a.pitch.name, "to": b.pitch.name},
                             in_order((a.bar, b.bar)))  # fmt: skip
    return None


def _blue(s: Scope) -> Statement | None:
    here = [n for n in s.notes if n.key.tonic and not n.key.minor_third
            and (n.midi - n.key.pitch_class) % 12 in (3, 6, 10)
            and n.pitch.alter < n.key.signature[n.pitch.step]]  # fmt: skip
    if not here:
        return None
    value = {"notes": _names(here), "key": here[0].key.name}
    return Statement("blue notes", value, in_order(n.bar for n in here))


def _time(s: Scope, kind: str) -> Statement | None:
    meter = next((m.meter for m in s.measures), None)
    if meter is None or len(meter.beats) > 1:
        return None
    count = meter.length / meter.beat
    fits = {
        "compound time": meter.compound,
        "triple time": not meter.compound and count == 3,
        "duple time": not meter.compound and count in (2, 4),
    }[kind]
    return Statement(kind, {"meter": meter_value(meter)["meter"]}, s.bars) if fits else None


def _beats(s: Scope, kind: str) -> Statement | None:
    quarter, third = Fraction(1, 4), Fraction(1, 3)
    cells: dict[str, set[tuple[Fraction, ...]]] = {
        "dotted": {(3 * quarter, quarter)},
        "snaps": {(quarter, 3 * quarter)},
        "running": {(quarter,) * 4, (third,) * 3},
    }
    wanted = cells[kind]
    bars = [b for cell, bars in beat_cells(s.material).items() if cell in wanted
            for b in bars if s.first <= b <= s.last]  # fmt: skip
    return Statement(kind, {"count": len(bars)}, in_order(bars)) if bars else None


def _tempo(s: Scope, slow: bool) -> Statement | None:
    bpm = s.tune.tempo.bpm
    for measure in s.tune.measures:
        if measure.tempo is not None and measure.number <= s.first:
            bpm = measure.tempo.bpm
    if (bpm > _SLOW) if slow else (bpm < _QUICK):
        return None
    return Statement(
        "slow tempo" if slow else "quick tempo", {"bpm": f"{float(bpm):.0f}"}, (s.first,)
    )


def _rests(s: Scope) -> Statement | None:
    bars = [m.number for m in s.measures for e in m.events if e.kind == "rest"]
    return Statement("rests", {"count": len(bars)}, in_order(bars)) if bars else None


def _end_of_range(s: Scope, top: bool) -> Statement | None:
    end = (max if top else min)(n.midi for n in s.material.notes)
    here = [n for n in s.notes if n.midi == end]
    kind = "top of tune" if top else "bottom of tune"
    return (
        Statement(kind, {"note": here[0].pitch.name}, in_order(n.bar for n in here))
        if here
        else None
    )


def _no_chords(s: Scope) -> Statement | None:
    return None if sounding(s) else Statement("no chords", {}, s.bars)


Cause = Callable[[Scope], "Statement | None"]
CAUSES: dict[str, tuple[tuple[str, str], Cause]] = {
    "minor key": (("a minor third in its key", "小三度的调"), lambda s: _third(s, True)),
    "major key": (("a major third in its key", "大三度的调"), lambda s: _third(s, False)),
    "minor chords": (("minor chords", "小和弦"), _minor_chords),
    "major chords": (("major chords only", "全部大和弦"), _major_chords),
    "more major": (("more major chords than elsewhere", "比别处更多的大和弦"), _more_major),
    "tense chords": (("chords with a tritone", "含三全音的和弦"), _tense_chords),
    "borrowed": (("chords from outside the key", "调外和弦"), _borrowed),
    "dissonance": (("dissonances on the beat", "强位不协和音"), _dissonance),
    "falling line": (("a falling line", "下行的旋律"), lambda s: _line(s, -1)),
    "rising line": (("a rising line", "上行的旋律"), lambda s: _line(s, 1)),
    "low register": (("a low register", "低音区"), lambda s: _register(s, -1)),
    "high register": (("a high register", "高音区"), lambda s: _register(s, 1)),
    "longer notes": (("longer notes than elsewhere", "比别处更长的音"), lambda s: _pace(s, 1)),
    "shorter notes": (("shorter notes than elsewhere", "比别处更短的音"), lambda s: _pace(s, -1)),
    "raised note": (("a raised note", "升高的音"), lambda s: _altered(s, 1)),
    "lowered note": (("a lowered note", "降低的音"), lambda s: _altered(s, -1)),
    "sighs": (("a semitone falling off a beat", "强位下行半音"), _sighs),
    "wide leap": (("a leap of a fifth or more", "五度以上的跳进"), _leap),
    "steps only": (("nothing but steps", "纯级进"), _steps),
    "repeated notes": (("repeated notes", "同音反复"), _repeated),
    "syncopated": (("syncopation", "切分"), _syncopated),
    "open end": (("an end away from the tonic", "不在主音上的结尾"), lambda s: _end(s, False)),
    "closed end": (("an end on the tonic", "主音上的结尾"), lambda s: _end(s, True)),
    "half close": (("a half cadence", "半终止"), lambda s: _close(s, "half close")),
    "deceptive close": (("a deceptive cadence", "阻碍终止"), lambda s: _close(s, "deceptive close")),
    "full close": (("a full cadence", "完全的终止"), lambda s: _close(s, "full close")),
    "pentatonic": (("a pentatonic scale", "五声音阶"), _pentatonic),
    "few notes": (("four notes or fewer", "不超过四个音名"), _few),
    "modal": (("the own note of a church mode", "教会调式的特征音"), _modal),
    "lowered seventh": (("a lowered seventh", "降低的七级音"), _lowered_seventh),
    "flat second": (("a note a semitone above the tonic", "主音上方半音的音"), _flat_second),
    "leading tone": (("a leading note", "导音"), _leading),
    "augmented second": (("an augmented second", "增二度"), _augmented_second),
    "blue notes": (("blue notes", "布鲁斯音"), _blue),
    "compound time": (("beats of three", "三等分的拍子"), lambda s: _time(s, "compound time")),
    "triple time": (("three beats in a bar", "三拍子"), lambda s: _time(s, "triple time")),
    "duple time": (("beats two by two", "二拍或四拍"), lambda s: _time(s, "duple time")),
    "dotted": (("dotted beats", "附点拍"), lambda s: _beats(s, "dotted")),
    "snaps": (("Scotch snaps", "苏格兰短长节奏"), lambda s: _beats(s, "snaps")),
    "running": (("beats of equal quick notes", "均匀快速音"), lambda s: _beats(s, "running")),
    "slow tempo": (("a slow tempo", "慢速"), lambda s: _tempo(s, True)),
    "quick tempo": (("a quick tempo", "快速"), lambda s: _tempo(s, False)),
    "rests": (("rests", "休止"), _rests),
    "top of tune": (("the tune's highest note", "全曲最高音"), lambda s: _end_of_range(s, True)),
    "bottom of tune": (("the tune's lowest note", "全曲最低音"), lambda s: _end_of_range(s, False)),
    "no chords": (("a melody without chords", "没有和弦的旋律"), _no_chords),
}  # fmt: skip
"""Cause → (what it is called, the function that finds it)."""


def causes(s: Scope, names: Sequence[str]) -> list[Statement]:
    """Those of some causes that are really in the bars, in the order given."""
    found = (CAUSES[name][1](s) for name in names)
    return [statement for statement in found if statement is not None]


def why(s: Scope, mood: str) -> tuple[list[Statement], list[Statement], list[Statement]]:
    """(what speaks for a mood, what speaks against it, else what marks the bars) of some bars.

    Where nothing speaks for the mood, the first list holds one statement that says what was looked for.
    """
    if not s.notes:
        return [Statement("silence", {}, s.bars)], [], []
    if mood not in MOODS:
        return causes(s, tuple(CAUSES))[:7], [], []
    found = causes(s, MOODS[mood].causes)
    against = causes(s, MOODS[mood].against)
    if found:
        return found, against, []
    looked = [list(CAUSES[name][0]) for name in MOODS[mood].causes]
    value = {"word": list(MOODS[mood].name), "looked": looked, "mood": mood}
    nothing = Statement("none of it", value, s.bars)
    other = [x for x in causes(s, tuple(CAUSES)) if x.kind not in {a.kind for a in against}]
    return [nothing], against, other[:5]
