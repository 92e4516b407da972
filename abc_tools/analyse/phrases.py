"""Where phrases end, and how: cadences with their type.

A phrase end is a note after which breath can be taken. Evidence, added up: a rest behind it (0.5),
a length of at least 1.6 times the mean and no shorter than its neighbours (0.4), the end of a
section (1), a bar number that groups by four or two since the section began (0.3, 0.15), a fermata
(0.8), a word line's end (0.5), an upbeat as long as the tune's own behind a group of four bars
(0.3); with 0.3 it is enough that the bar goes as one that ends a phrase elsewhere. A slur's end is
not counted because it marks bowing as often as breath. Ends with less than 0.6 (0.85 within two and
a half bars of the last end), and the weaker of two that are closer than a bar and a half, are left
out. Where the tune begins with a pickup, as long an upbeat at the end of a section's last bar
belongs to the phrase that follows.

Cadences with chord symbols are read from the last two different chords of the phrase: V–I authentic
(perfect if both in root position and the melody ends on the tonic), … –V half, IV–I plagal, V–vi
(or V–VI) deceptive, bVII–I modal. Without chords they are melodic: named by the degree that the
melody ends on and the one before.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.analyse.degrees import degree
from abc_tools.analyse.fact import Fact
from abc_tools.analyse.harmony import numerals, sounding_chords
from abc_tools.analyse.line import Harmony, Material, Sounded
from abc_tools.theory import Key
from abc_tools.tune import Measure

_ENOUGH = 0.6
_STRONG = 0.85
_FAINT = _BY_FOUR = 0.3
"""Evidence that a phrase end needs; what it needs within two and a half bars of the last one; what is enough where
the bar ends as one that ends a phrase elsewhere.
"""


@dataclass(frozen=True)
class Phrase:
    """Notes `start`–`stop` (half open, indices of the melody); `why` is the evidence of its end."""

    start: int
    stop: int
    first_bar: int
    last_bar: int
    why: tuple[str, ...]
    confidence: float


def phrases(material: Material) -> list[Phrase]:
    """The tune's phrases in order.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/8\\nK:C\\nCDEF|GGG2|AGFE|D4|CDEF|GGG2|FEDB,|C4|]\\n")
    >>> [(p.first_bar, p.last_bar) for p in phrases(Material(tune))]
    [(1, 4), (5, 8)]
    """
    notes = material.notes
    if not notes:
        return []
    mean = sum((n.duration for n in notes), Fraction(0)) / len(notes)
    first_bars = _section_starts(material)
    ends: list[tuple[int, float, tuple[str, ...]]] = []
    faint: dict[int, float] = {}
    for index in range(len(notes)):
        score, why = _evidence(material, index, mean, first_bars)
        held = _before_upbeat(material, index) if "section" in why else None
        if held is not None:
            ends = [end for end in ends if end[0] < held]
            ends.append((held, min(score, 2.0), why))
            continue
        if score >= _ENOUGH or index == len(notes) - 1:
            ends.append((index, min(score, 2.0), why))
        elif score >= _FAINT:
            faint[index] = score
    ends = _spaced(sorted([*ends, *_alike(faint, ends, material)]), material)
    found, start = [], 0
    for index, score, why in ends:
        found.append(Phrase(start, index + 1, notes[start].bar, _end_bar(material, notes[index]), why,
                            round(min(1.0, score), 2)))  # fmt: skip
        start = index + 1
    return found


def _before_upbeat(material: Material, index: int) -> int | None:
    """The note before an upbeat that leads into the next section, where a note ends just before a bar's last
    notes, is no shorter than they are together, and they are as long as the tune's own pickup; else None.
    """
    first, notes = material.tune.measures[0], material.notes
    if first.number != 0 or not first.duration or index == len(notes) - 1:
        return None
    stop = notes[index].end - first.duration
    for held in range(index - 1, -1, -1):
        note = notes[held]
        if note.index != notes[index].index or note.end < stop:
            return None
        if note.end == stop:
            return held if note.duration >= first.duration else None
    return None


def _end_bar(material: Material, note: Sounded) -> int:
    """The bar in which a note stops sounding."""
    index = max(bisect_left(material.starts, note.end) - 1, note.index)
    return material.tune.measures[index].number


def _section_starts(material: Material) -> list[int]:
    return [section.start for section in material.sections]


def _evidence(
    material: Material, index: int, mean: Fraction, starts: Sequence[int]
) -> tuple[float, tuple[str, ...]]:
    """How much speaks for a phrase end behind a note, and what."""
    notes = material.notes
    note = notes[index]
    after = notes[index + 1] if index + 1 < len(notes) else None
    if after is None:
        return 2.0, ("section",)
    score = 0.0
    why: list[str] = []
    if after.index != note.index and after.index in starts:
        score, why = score + 1, [*why, "section"]
    if after.position > note.end:
        score, why = score + 0.5, [*why, "rest"]
    gap = after.position - note.position
    before = notes[index - 1].duration if index else Fraction(0)
    if gap * 5 >= 8 * mean and gap >= before and gap > after.duration:
        score, why = score + 0.4, [*why, "long note"]
    if "fermata" in note.event.decorations:
        score, why = score + 0.8, [*why, "fermata"]
    if _ends_line(note):
        score, why = score + 0.5, [*why, "words"]
    grouped = _grouped(material, note, after, starts)
    if grouped:
        score, why = score + grouped, [*why, "bars"]
    if grouped >= _BY_FOUR and _upbeat_follows(material, note):
        score, why = score + 0.3, [*why, "upbeat"]
    return score, tuple(why)


def _upbeat_follows(material: Material, note: Sounded) -> bool:
    """Whether a note ends as long before the barline as the tune's own pickup is."""
    first = material.tune.measures[0]
    if (
        first.number != 0
        or not first.duration
        or not 0 < first.duration * 2 <= (first.expected or 0)
    ):
        return False
    stop = material.starts[note.index] + material.tune.measures[note.index].duration
    return note.end == stop - first.duration


def _ends_line(note: Sounded) -> bool:
    """Whether a syllable here closes a line of words: punctuation stands behind it."""
    syllable = next((s for s in note.event.syllables if s), None)
    if syllable is None:
        return False
    return syllable.rstrip("\"'”’)")[-1:] in {*".,;:!?，。；！？、"}


def _grouped(material: Material, note: Sounded, after: Sounded, starts: Sequence[int]) -> float:
    """How well the bars since the section began group at this note: by four or by two."""
    last = max(bisect_left(material.starts, note.end) - 1, note.index)
    begin = starts[max(bisect_right(starts, last) - 1, 0)]
    measures = material.tune.measures
    if _is_upbeat(measures, begin):
        begin += 1
    done = last - begin + 1
    # the note must be the last to begin in its bar, an upbeat to the next one left out
    later = after.index > note.index or after.position - material.starts[note.index] >= (
        measures[note.index].duration * 3 / 4
    )
    if not later or note.weight < 0.5 or done <= 0:
        return 0.0
    return _BY_FOUR if done % 4 == 0 else 0.15 if done % 2 == 0 else 0.0


def _is_upbeat(measures: Sequence[Measure], index: int) -> bool:
    """Whether a measure is the upbeat that a section begins with: a pickup, or the rest of a bar cut by a repeat."""
    if measures[index].number == 0:
        return True
    return index > 0 and measures[index - 1].number == measures[index].number


def _alike(
    candidates: dict[int, float], ends: list[tuple[int, float, tuple[str, ...]]], material: Material
) -> list[tuple[int, float, tuple[str, ...]]]:
    """Notes with some evidence of an end whose bar, up to them, is note for note that of an end already found."""

    def close(index: int) -> tuple[tuple[object, ...], ...]:
        notes = material.notes
        return tuple((n.midi, n.onset, n.duration) for n in notes[max(0, index - 12) : index + 1]
                     if n.index == notes[index].index)  # fmt: skip

    known = {content for end in ends if len(content := close(end[0])) > 1}
    return [(index, _ENOUGH, ("like",)) for index in candidates if close(index) in known]


def _spaced(
    ends: list[tuple[int, float, tuple[str, ...]]], material: Material
) -> list[tuple[int, float, tuple[str, ...]]]:
    """Ends that leave every phrase at least a bar and a half, the stronger kept."""
    meter = material.tune.meter
    least = (meter.length if meter else Fraction(1)) * 3 / 2
    kept: list[tuple[int, float, tuple[str, ...]]] = []
    notes = material.notes
    for end in ends:
        gone = notes[end[0]].end - (notes[kept[-1][0]].end if kept else Fraction(0))
        if gone < least * 5 / 3 and end[1] < _STRONG:
            continue
        while kept and notes[end[0]].position - notes[kept[-1][0]].position < least:
            if kept[-1][1] > end[1]:
                break
            kept.pop()
        else:
            kept.append(end)
    if not kept or kept[-1][0] != len(notes) - 1:
        if kept and notes[-1].position - notes[kept[-1][0]].position < least:
            kept.pop()
        kept.append((len(notes) - 1, 2.0, ("section",)))
    return kept


# -- cadences ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Close:
    """How a phrase closes: `kind`, the chords and numerals (if any), the melody's last degrees."""

    kind: str
    bars: tuple[int, ...]
    chords: tuple[str, ...]
    numerals: tuple[str, ...]
    degrees: tuple[int, ...]
    confidence: float


CADENCES = (
    "perfect authentic", "imperfect authentic", "half", "plagal", "deceptive", "modal",
    "tonic", "melodic tonic", "melodic leading tone", "melodic dominant", "melodic third", "open",
)  # fmt: skip


def closes(material: Material) -> list[tuple[Phrase, Close]]:
    """Every phrase with its cadence; phrases without a tonic (`K:none`) are left out."""
    chords = material.chords
    sure = 1.0
    if not chords and len(material.tune.voices) >= 3:
        chords, sure = tuple(sounding_chords(material)), 0.75
    found = []
    for phrase in phrases(material):
        key = material.notes[phrase.stop - 1].key
        if key.tonic:
            found.append((phrase, close(material, phrase, chords, key, sure)))
    return found


def close(
    material: Material, phrase: Phrase, chords: Sequence[Harmony], key: Key, sure: float = 1.0
) -> Close:
    """The cadence of one phrase in a key."""
    notes = material.notes[phrase.start : phrase.stop]
    last = notes[-1]
    degrees = tuple(degree(n.pitch.step, key) for n in notes[-2:])
    begin, until = notes[0].position, max(last.end, last.position)
    inside = [h for h in chords if h.position < until and h.end > begin]
    moves: list[Harmony] = []
    for item in inside:
        if not moves or moves[-1].chord.root_class != item.chord.root_class:
            moves.append(item)
        else:
            moves[-1] = item if moves[-1].chord.bass and not item.chord.bass else moves[-1]
    if moves and last.midi % 12 not in moves[-1].chord.pitch_classes:
        moves = []  # the chord that was written last is not the one that the phrase ends on
    if not moves:
        kind, certain = _melodic(last, degrees, key)
        return Close(kind, (last.bar,), (), (), degrees, certain * phrase.confidence)
    names = tuple(h.chord.text for h in moves[-2:])
    romans = tuple(n.roman for n in numerals(moves)[-2:])
    kind = _harmonic(moves[-2:], last, key)
    bars = tuple(dict.fromkeys((*(h.bar for h in moves[-2:]), last.bar)))
    certain = sure * (0.6 if kind == "open" else 1.0) * max(phrase.confidence, 0.6)
    return Close(kind, tuple(sorted(bars)), names, romans, degrees, certain)


def _harmonic(moves: Sequence[Harmony], last: Sounded, key: Key) -> str:
    """The kind of cadence that the last two chords make."""
    roots = [(h.chord.root_class - key.pitch_class) % 12 for h in moves]
    final, before = roots[-1], roots[-2] if len(roots) > 1 else None
    if final == 0:
        dominant = before == 7 and not moves[0].chord.minor_third
        if dominant or (before == 11 and moves[0].chord.intervals[:3] == (0, 3, 6)):
            root_position = not moves[0].chord.bass and not moves[-1].chord.bass
            on_tonic = last.midi % 12 == key.pitch_class
            return (
                "perfect authentic"
                if root_position and on_tonic and before == 7
                else ("imperfect authentic")
            )
        return {5: "plagal", 10: "modal", 7: "modal"}.get(-1 if before is None else before, "tonic")
    if final == 7:
        return "half"
    if before == 7 and final in (8, 9):
        return "deceptive"
    return "open"


def _melodic(last: Sounded, degrees: tuple[int, ...], key: Key) -> tuple[str, float]:
    """The kind of a close without chords, from the last degrees, and how sure it is."""
    above = (last.midi - key.pitch_class) % 12
    before = degrees[0] if len(degrees) > 1 else 0
    if above == 0:
        return ("melodic tonic", 0.9) if before in (2, 7, 5) else ("melodic tonic", 0.8)
    if degrees[-1] == 5 and above == 7:
        return "melodic dominant", 0.7
    if degrees[-1] in (2, 7):
        return "melodic leading tone", 0.65
    return ("melodic third", 0.6) if degrees[-1] == 3 else ("open", 0.5)


def _bars_long(material: Material, phrase: Phrase) -> int:
    """How many bars a phrase lasts, rounded; the printed ones in free meter."""
    notes = material.notes[phrase.start : phrase.stop]
    meter = material.tune.meter
    if meter is None:
        return phrase.last_bar - phrase.first_bar + 1
    return max(1, round((notes[-1].end - notes[0].position) / meter.length))


def phrase_facts(material: Material) -> Iterator[Fact]:
    """One fact for the phrases together, one for each cadence."""
    found = phrases(material)
    if len(found) > 1:
        lengths = Counter(_bars_long(material, p) for p in found)
        value = {
            "count": len(found), "usual_bars": lengths.most_common(1)[0][0],
            "phrases": [{"first": p.first_bar, "last": p.last_bar, "why": list(p.why),
                         "confidence": p.confidence} for p in found],
        }  # fmt: skip
        yield Fact("phrases", value, tuple(sorted({p.last_bar for p in found})),
                   sum(p.confidence for p in found) / len(found))  # fmt: skip
    for phrase, item in closes(material):
        value = {"type": item.kind, "chords": list(item.chords), "numerals": list(item.numerals),
                 "degrees": list(item.degrees), "bar": phrase.last_bar,
                 "phrase": [phrase.first_bar, phrase.last_bar]}  # fmt: skip
        yield Fact("cadence", value, item.bars, round(item.confidence, 2))
