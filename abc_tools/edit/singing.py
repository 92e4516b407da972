"""Plain words put under the notes: syllables, notes that share one, ties, rests and phrases.

All syllables of a verse are placed at once, by dynamic programming: stresses want strong beats, a
line of words wants to begin where a phrase of music does, and where notes are left over, those under
a slur, then the weak and short ones, hold the syllable before. Where another verse is there already,
its notes are taken.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.edit.pieces import SIGNS, Row, hold, rows
from abc_tools.edit.words import music_lines, write_verses
from abc_tools.prosody import Syllable, syllables
from abc_tools.prosody.chinese import is_han
from abc_tools.prosody.sung import singing_voice, slurred_notes, strength
from abc_tools.sections import sections
from abc_tools.text import Edit
from abc_tools.tune import Event, Measure, Tune, Voice

ELISION = 0.6
"""What it costs to sing two syllables of a word such as glorious on one note."""


@dataclass(frozen=True)
class Slot:
    """A note that may begin a syllable.

    `weight` says how strong it is, `opens` how much a phrase begins here, `skip` what it costs to
    hold the syllable before over it, `take` what it costs to begin a syllable here; about 0 to 3.
    """

    event: Event
    weight: float
    opens: float
    skip: float
    take: float


def syllable_capacity(tune: Tune) -> list[int]:
    """How many syllables each section's notes can take; tied notes share one.

    >>> from abc_tools.parse import parse_tune
    >>> syllable_capacity(parse_tune("X:1\\nM:2/4\\nL:1/4\\nK:C\\nCD|E-E:|\\nzE|DC|]\\n"))
    [3, 3]
    """
    if not tune.voices:
        return []
    measures = singing_voice(tune).measures
    return [sum(map(_begins, _events(measures[s.start : s.stop]))) for s in sections(tune)]


def _events(measures: tuple[Measure, ...]) -> list[Event]:
    return [event for measure in measures for event in measure.events]


def _begins(event: Event) -> bool:
    return bool(event.notes) and not all(note.tied for note in event.notes)


def set_lyrics(
    tune: Tune, text: str, verse: int = 1, measures: list[Measure] | None = None
) -> list[Edit]:
    """Put plain words under the melody as a verse, or under some measures only.

    A line of the text goes to a phrase of music. Blank lines part stanzas: they follow one another
    under the notes if there are notes enough for all, else they become verses, from `verse` on.
    ValueError, with both numbers, if there are more syllables than notes.

    >>> from abc_tools.parse import parse_tune
    >>> from abc_tools.text import apply
    >>> tune = parse_tune("X:1\\nM:3/4\\nL:1/4\\nK:C\\nG|c2 (e/c/)|e2 d|c2|]\\n")
    >>> apply(tune.source, set_lyrics(tune, "Amazing grace, how")).splitlines()[-1]
    'w:A-maz-ing_ grace,_ how'
    """
    stanzas = _stanzas(text)
    voice = singing_voice(tune)
    verses = max((line.verse for line in tune.lyrics if line.voice == voice.id), default=0)
    if not 1 <= verse <= verses + 1:
        raise ValueError(f"The tune has {verses} verses; the next one is verse {verses + 1}.")
    inside = None if measures is None else {e.span.start for m in measures for e in m.events}
    said: dict[int, list[str]] = {}
    sung = [event for events in music_lines(tune, voice) for event in events]
    for number, lines in enumerate(_verses(stanzas, _room(voice, inside)), start=verse):
        guide = _guide(voice, number)
        if guide is None and said:
            guide = _clauses(sung, next(iter(said.values())))
        slots = _slots(voice, inside, guide)
        total = sum(not syllable.elides for line in lines for syllable in line)
        if total > len(slots):
            which = f"Verse {number} has" if len(stanzas) > 1 else "The words have"
            raise ValueError(
                f"{which} {total} syllables, but there are only {len(slots)} notes for them."
            )
        said[number] = _pieces(tune, voice, number, slots, lines, inside)
    return write_verses(tune, voice, said)


def _stanzas(text: str) -> list[list[list[Syllable]]]:
    """The stanzas of a text: the syllables of their lines."""
    found = []
    for stanza in re.split(r"\n[^\S\n]*\n", text.replace("\r\n", "\n")):
        if lines := [line for line in map(syllables, stanza.split("\n")) if line]:
            found.append(lines)
    if not found:
        raise ValueError("There are no words to put under the notes.")
    return found


def _verses(stanzas: list[list[list[Syllable]]], room: int) -> list[list[list[Syllable]]]:
    total = sum(len(line) for lines in stanzas for line in lines)
    return [[line for lines in stanzas for line in lines]] if total <= room else stanzas


def _room(voice: Voice, inside: set[int] | None) -> int:
    return sum(_begins(e) and (inside is None or e.span.start in inside) for e in voice.events)


def _slots(voice: Voice, inside: set[int] | None, guide: Mapping[int, float] | None) -> list[Slot]:
    """The notes that can begin a syllable, with what speaks for and against each."""
    slurred = slurred_notes(voice)
    heads = [(m, e) for m in voice.measures for e in m.events]
    lengths = [e.duration for _, e in heads if e.notes]
    mean = sum(lengths, Fraction(0)) / max(1, len(lengths))
    found: list[Slot] = []
    opens, previous = 1.0, None
    for measure, event in heads:
        if not event.notes:
            opens = 1.0 if event.kind == "rest" and event.duration * 4 >= mean else opens
        elif not _begins(event):
            opens = max(opens, 0.6 if event.duration >= mean else 0.0)
            previous = event
        else:
            if previous is not None and (gap := _section(measure, event)):
                opens = max(opens, gap)
            if inside is None or event.span.start in inside:
                weight = strength(measure, event)
                beamed = previous is not None and previous.span.end == event.span.start
                take, skip = _costs(event, weight, beamed, event.span.start in slurred)
                if guide is not None:
                    held = event.span.start not in guide
                    take, skip = (1.5, 0.0) if held else (0.0, 1.5)
                    opens = max(opens, guide.get(event.span.start, 0.0))
                found.append(Slot(event, weight, opens, skip, take))
            opens = float(min(Fraction(1), max(Fraction(0), event.duration / mean - 1) / 2))
            previous = event
    return found


def _section(measure: Measure, event: Event) -> float:
    return 0.8 if measure.starts_section and event is measure.events[0] else 0.0


def _costs(event: Event, weight: float, beamed: bool, slurred: bool) -> tuple[float, float]:
    """What it costs to begin a syllable at a note, and to hold the one before over it."""
    if slurred:
        return 3.0, 0.0
    skip = 0.5 + 0.6 * weight + min(0.4, float(event.duration))
    return (0.2, skip - 0.25) if beamed and event.duration < Fraction(1, 4) else (0.0, skip)


def _guide(voice: Voice, verse: int) -> dict[int, float] | None:
    """Where another verse has syllables, and 0.7 where one begins a clause; None without such."""
    others = {n for e in voice.events for n, s in enumerate(e.syllables, 1) if s and n != verse}
    if not others:
        return None
    index = min(others) - 1
    events = list(voice.events)
    return _clauses(events, [(*e.syllables, *[None] * 99)[index] for e in events])


def _clauses(events: Sequence[Event], said: Sequence[str | None]) -> dict[int, float]:
    """Where syllables begin, and 0.7 for those behind a punctuation mark."""
    found: dict[int, float] = {}
    clause = False
    for event, piece in zip(events, said, strict=True):
        if piece and piece not in SIGNS:
            found[event.span.start] = 0.7 if clause else 0.0
            clause = piece[-1] in ",.;:!?，。；：！？”’"
    return found


def _pieces(
    tune: Tune, voice: Voice, verse: int, slots: list[Slot], lines: list[list[Syllable]],
    inside: set[int] | None,
) -> list[str]:  # fmt: skip
    """What stands under every note of the voice; notes outside keep what they have."""
    stop = _reach(slots, sum(map(len, lines)))
    placed = _placed(slots[:stop], lines)
    end = slots[stop].event.span.start if stop < len(slots) else None
    own = [r for r in rows(tune) if r.line.voice == voice.id and r.line.verse == verse]
    found: list[str] = []
    for events in music_lines(tune, voice):
        before = "*"
        for event in events:
            start = event.span.start
            if inside is not None and start not in inside:
                piece = _there(own, event)
            elif end is not None and start >= end:
                piece = "*"
            else:
                piece = placed.get(start) or ("*" if before == "*" else hold(before))
            found.append(piece)
            before = piece
    return found


def _there(own: list[Row], event: Event) -> str:
    """The piece that stands under a note now."""
    for row in own:
        for index, other in enumerate(row.events):
            if other is event and (piece := row.piece(index)) is not None:
                return piece.text
    return "*"


def _reach(slots: list[Slot], size: int) -> int:
    """How many notes the words take: all, or with few words the phrases that they fill."""
    free = sum(slot.take < 1 for slot in slots)
    if size * 2 > free:
        return len(slots)
    count = 0
    for n, slot in enumerate(slots):
        if count >= size and slot.opens >= 0.5:
            return n
        count += slot.take < 1
    return len(slots)


def _placed(slots: list[Slot], lines: list[list[Syllable]]) -> dict[int, str]:
    """Syllables by the start of their note, best in sum (dynamic programming)."""
    flat = [(s, k == 0) for line in lines for k, s in enumerate(line)]
    table: list[list[tuple[float, int]]] = []
    lost = float("-inf")
    for k, (syllable, begins) in enumerate(flat):
        row: list[tuple[float, int]] = []
        best, came = lost, -1
        before = flat[k - 1][0] if k else None
        last = len(slots) - sum(not after.elides for after, _ in flat[k + 1 :])
        for n, slot in enumerate(slots):
            if before is None:
                best = -1.2 * n
            elif n:
                held = best - slots[n - 1].skip - 1.5 * slots[n - 1].opens
                best, came = max((held, came), (table[-1][n - 1][0], n - 1))
            choice = (best + _match(syllable, slot, begins, before), came)
            if syllable.elides and k:
                choice = max(choice, (table[-1][n][0] - ELISION, n))
            row.append(choice if n < last else (lost, -1))
        table.append(row)
    after = [-sum(slot.skip for slot in slots[n + 1 :]) for n in range(len(slots))]
    at = max(range(len(slots)), key=lambda n: table[-1][n][0] + after[n])
    found: dict[int, str] = {}
    for k in range(len(flat) - 1, -1, -1):
        start = slots[at].event.span.start
        text = flat[k][0].text
        found[start] = text.removesuffix("-") + found[start] if start in found else text
        at = table[k][at][1]
    return found


def _match(syllable: Syllable, slot: Slot, begins: bool, before: Syllable | None) -> float:
    """How well a syllable sits on a note."""
    if is_han(syllable.text):
        value = 0.3 * slot.weight
    elif syllable.stress:
        value = slot.weight * (1.0 if syllable.stress == 2 else 0.6)
    else:
        value = 0.45 - 0.5 * slot.weight
    if begins:
        value += 1.2 * slot.opens
    elif before is not None and before.text.endswith("-"):
        value -= 0.6 * slot.opens
    elif before is not None and before.text[-1] in ",.;:!?，。；：！？、”":
        value += 0.6 * slot.opens
    return value - slot.take
