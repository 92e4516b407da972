"""Voices that sound at once: which interval they make, how far apart they stand, where they clash.

A *moment* is a place where a voice begins a note; of a chord in one voice the top note counts, in the lowest
voice the bottom one. Beats are counted from 1 and may have halves. What this does not know: which dissonance a
style allows; it says where they are and whether they stand on a beat.
"""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import metrical_weight
from abc_tools.theory import Meter, Pitch
from abc_tools.tune import Measure, Tune, Voice
from chat.explain.scope import Scope, distance, note_name
from chat.explain.statement import Statement
from chat.explain.tonal import note_kind

DISSONANT = frozenset((1, 2, 6, 10, 11))
"""Semitones, octaves left out, that are dissonant by themselves: seconds, tritone, sevenths."""
MOST = 6
ON_BEAT = 0.5


@dataclass(frozen=True)
class Moment:
    """What sounds where a voice begins a note: `pitches` highest voice first, as in the score."""

    bar: int
    onset: Fraction
    meter: Meter | None
    weight: float
    pitches: tuple[Pitch, ...]

    @property
    def beat(self) -> str:
        """The beat, "1", "2½" or "2.33"."""
        unit = self.meter.beat if self.meter else Fraction(1, 4)
        place = self.onset / unit + 1
        whole, rest = divmod(place, 1)
        return f"{whole}{'' if not rest else '½' if rest == Fraction(1, 2) else f'{float(rest):.2f}'[1:]}"


def singing(tune: Tune) -> list[Voice]:
    """The voices that have notes."""
    return [v for v in tune.voices if any(e.notes for e in v.events)]


def moments(tune: Tune, bars: Sequence[int]) -> list[Moment]:
    """The moments of some bars at which two voices or more sound."""
    voices = singing(tune)
    found: list[Moment] = []
    for index in range(min((len(v.measures) for v in voices), default=0)):
        here = [v.measures[index] for v in voices]
        if here[0].number in bars:
            found += _in_measure(here)
    return found


def _in_measure(here: Sequence[Measure]) -> list[Moment]:
    spans: list[list[tuple[Fraction, Fraction, Pitch]]] = []
    for n, measure in enumerate(here):
        choose = min if n == len(here) - 1 else max
        spans.append([
            (e.onset, e.onset + e.duration, choose(e.notes, key=lambda x: x.pitch.midi).pitch)
            for e in measure.events if e.notes and e.duration
        ])  # fmt: skip
    found = []
    short = here[0].expected - here[0].duration if here[0].expected and not here[0].number else 0
    for onset in sorted({a for voice in spans for a, _, _ in voice}):
        pitches = tuple(p for voice in spans for a, b, p in voice if a <= onset < b)
        if len(pitches) > 1:
            weight = metrical_weight(onset + short, here[0].meter)
            found.append(Moment(here[0].number, onset, here[0].meter, weight, pitches))
    return found


WIDEST_NAMED = 19
"""Semitones up to which an interval has a name that people use; wider ones are said with their octaves."""
_OCTAVES = {0: ["", ""], 1: [" and an octave", "加一个八度"], 2: [" and two octaves", "加两个八度"],
            3: [" and three octaves", "加三个八度"], 4: [" and four octaves", "加四个八度"]}  # fmt: skip


def _said(kind: str, moment: Moment, high: Pitch, low: Pitch) -> Statement:
    size = high.midi - low.midi
    octaves = (size - 1) // 12 if size > WIDEST_NAMED else 0
    near = replace(low, octave=low.octave + octaves)
    value = {"upper": high.name, "lower": low.name, "interval": distance(near, high), "beat": moment.beat,
             "octaves": _OCTAVES.get(octaves, _OCTAVES[4]), "semitones": size}  # fmt: skip
    return Statement(kind, value, (moment.bar,))


def _pairs(moment: Moment) -> list[tuple[Pitch, Pitch]]:
    """Every two of what sounds, the higher first."""
    return [(b, a) if b.midi > a.midi else (a, b) for a, b in combinations(moment.pitches, 2)]


def sounding_together(s: Scope, term: str) -> list[Fact]:
    """The intervals of the bars asked about; `term` is a beat ("1") or ""."""
    if len(singing(s.tune)) < 2:
        return [Statement("single voice", {}, s.bars)]
    here = moments(s.tune, s.bars)
    if term == "last":
        here = here[-1:]
    elif term:
        here = [m for m in here if m.beat == term] or here
    if s.whole and not term:
        return [*apart(s, "widest"), *apart(s, "closest")]
    found: list[Fact] = []
    for moment in here[: MOST + 2]:
        low = min(moment.pitches, key=lambda p: p.midi)
        others = [p for p in moment.pitches if p is not low]
        found += [_said("at once", moment, other, low) for other in others]
    return found or [Statement("not at once", {}, s.bars)]


def apart(s: Scope, which: str) -> list[Fact]:
    """The "widest" or "closest" that voices stand, with every bar where they do."""
    if len(singing(s.tune)) < 2:
        return [Statement("single voice", {}, s.bars)]
    pairs = [(m, high, low) for m in moments(s.tune, s.bars) for high, low in _pairs(m)]
    if not pairs:
        return [Statement("not at once", {}, s.bars)]
    size = (max if which == "widest" else min)(h.midi - low.midi for _, h, low in pairs)
    first = next(p for p in pairs if p[1].midi - p[2].midi == size)
    there = [p for p in pairs if p[1:] == first[1:]]
    value = {**_said("", *first).value}
    return [Statement(f"{which} apart", value, in_order(m.bar for m, _, _ in there))]


def clashes(s: Scope, _: str = "") -> list[Fact]:
    """Where voices are dissonant with each other; in one voice, the melody with the chords."""
    if len(singing(s.tune)) < 2:
        return _against_chords(s)
    every = [(m, high, low) for m in moments(s.tune, s.bars) for high, low in _pairs(m)]
    if not every:
        return [Statement("not at once", {}, s.bars)]
    rough = [p for p in every if (p[1].midi - p[2].midi) % 12 in DISSONANT]
    if not rough:
        return [Statement("no clash", {}, s.bars)]
    strong = [p for p in rough if p[0].weight >= ON_BEAT]
    if not strong:
        value = {"count": len(rough)}
        return [Statement("clash between beats", value, in_order(m.bar for m, _, _ in rough))]
    found: list[Fact] = [
        Statement("clash", {"count": len(strong)}, in_order(m.bar for m, _, _ in strong))
    ]
    return [*found, *(_said("at once", *p) for p in strong[:MOST])]


def _against_chords(s: Scope) -> list[Fact]:
    """Where the melody stands a semitone from a chord's note on a beat, what passes by step told apart."""
    if not s.chords:
        return [Statement("nothing to clash", {}, s.bars)]
    found: list[Fact] = []
    passing: list[int] = []
    for index, note in enumerate(s.material.notes):
        held = s.material.chord_at(note.position)
        if note not in s.notes or held is None or note.weight < ON_BEAT:
            continue
        near = {(note.midi + 1) % 12, (note.midi - 1) % 12} & held.chord.pitch_classes
        kind = note_kind(s.material.notes, index, held.chord)
        if kind == "chord tones" or not near:
            continue
        if kind != "other notes":
            passing.append(note.bar)
        else:
            value = {"note": note_name(note.pitch), "chord": held.chord.text}
            found.append(Statement("rubs", value, (note.bar,)))
    if not found and passing:
        return [Statement("rubs by step", {"count": len(passing)}, in_order(passing))]
    if not found:
        return [Statement("no rub", {}, s.bars)]
    bars = in_order(b for f in found for b in f.bars)
    return [Statement("rubbing", {"count": len(found)}, bars), *found[:MOST]]


_BEAT = re.compile(
    r"\b(?:beat|count) (?:number )?(?P<n>\d|one|two|three|four)\b|\b(?P<o>first|second|third|fourth|last|1st|2nd|3rd|4th) (?:beat|count)\b|第\s*(?P<z>[一二三四1-4])\s*拍"
    r"|(?P<down>\bdown-?beat\b|\bstart of\b|\bbeginning of\b|开头|强拍)"
)
_NUMBERS = {"one": "1", "first": "1", "1st": "1", "一": "1", "two": "2", "second": "2", "2nd": "2", "二": "2",
            "three": "3", "third": "3", "3rd": "3", "三": "3", "four": "4", "fourth": "4", "4th": "4", "四": "4"}  # fmt: skip


def beat_said(lower: str) -> str:
    """The beat that a text names, "1"; "" for none.

    >>> beat_said("on the first beat of bar 5"), beat_said("第3拍"), beat_said("in bar 5")
    ('1', '3', '')
    """
    match = _BEAT.search(lower)
    if match is None:
        return ""
    if match["down"]:
        return "1"
    said = match["n"] or match["o"] or match["z"]
    return _NUMBERS.get(said, said if said.isdigit() else "")


SAYINGS: dict[str, tuple[str, str]] = {
    "single voice": ("There is only one voice in {bars:bars}, so nothing sounds against it but chord symbols.", "{bars:bars}只有一个声部，除了和弦标记没有别的声部与它同时发响。"),
    "not at once": ("In {bars:bars} no two voices sound at once.", "{bars:bars}没有两个声部同时发响。"),
    "at once": ("On beat {beat} of {bars:bars} {upper:pitch} sounds over {lower:pitch}: {interval:interval}{octaves:word}.", "{bars:bars}第{beat}拍，{upper:pitch}在{lower:pitch}之上：{interval:interval}{octaves:word}。"),
    "widest apart": ("The voices stand farthest apart in {bars:bars}: {upper:pitch} over {lower:pitch}, {interval:interval}{octaves:word} ({semitones:n semitone}).",
                     "声部相距最远的地方在{bars:bars}：{upper:pitch}和{lower:pitch}，{interval:interval}{octaves:word}（{semitones}个半音）。"),
    "closest apart": ("They come closest in {bars:bars}: {upper:pitch} over {lower:pitch}, {interval:interval}{octaves:word} ({semitones:n semitone}).",
                      "声部最靠近的地方在{bars:bars}：{upper:pitch}和{lower:pitch}，{interval:interval}{octaves:word}（{semitones}个半音）。"),
    "no clash": ("No: nowhere in {bars:bars} do two voices make a second, a tritone or a seventh.", "没有：{bars:bars}的声部之间没有二度、三全音或七度。"),
    "clash between beats": ("Not on a beat: the voices are dissonant {count:times} in {bars:bars}, each time between beats, in passing.",
                            "拍点上没有：声部在{bars:bars}有{count}次不协和，都在拍与拍之间，是经过性的。"),
    "clash": ("Yes: on a beat the voices are dissonant (a second, tritone or seventh) {count:times}, in {bars:bars}.", "有：声部在拍点上有{count}次不协和（二度、三全音或七度），在{bars:bars}。"),
    "nothing to clash": ("There is one voice and no chord in {bars:bars}, so nothing can clash.", "{bars:bars}只有一个声部，也没有和弦，所以谈不上冲突。"),
    "rubbing": ("Yes: on a beat the melody stands a semitone from a note of the chord {count:times}, in {bars:bars}.", "有：旋律在拍点上与和弦音相差半音{count}次，在{bars:bars}。"),
    "rubs": ("In {bars:bars} {note:pitch} rubs against {chord:signs}.", "{bars:bars}的{note:pitch}与{chord:signs}相碰。"),
    "rubs by step": ("Only in passing: {count:times} on a beat of {bars:bars} the melody comes a semitone from a note of the chord, and goes by step.", "只是经过：旋律在{bars:bars}的拍点上与和弦音相差半音{count}次，都是级进经过。"),
    "no rub": ("No: on no beat of {bars:bars} does the melody stand a semitone from a note of its chord.", "没有：{bars:bars}的拍点上，旋律没有与和弦音相差半音。"),
}  # fmt: skip
