"""Plain words put under the notes: syllables, notes that share one, ties and rests.

A line of words goes to a phrase of the melody: the notes are cut at section ends and long notes in
proportion to the lines. Notes under one slur, and tied notes, share a syllable.
"""

from __future__ import annotations

from fractions import Fraction

from abc_tools.edit.words import set_words
from abc_tools.sections import sections
from abc_tools.prosody import Syllable, syllables
from abc_tools.text import Edit
from abc_tools.tune import Event, Measure, Tune, Voice


def singing_voice(tune: Tune) -> Voice:
    """The voice that carries words: the first with any, else the first."""
    if not tune.voices:
        raise ValueError("There are no notes in this tune.")
    sung = {line.voice for line in tune.lyrics}
    return next((v for v in tune.voices if v.id in sung), tune.voices[0])


def syllable_capacity(tune: Tune) -> list[int]:
    """How many syllables each section's notes can take; tied notes share one.

    >>> from abc_tools.parse import parse_tune
    >>> syllable_capacity(parse_tune("X:1\\nM:2/4\\nL:1/4\\nK:C\\nCD|E-E:|\\nzE|DC|]\\n"))
    [3, 3]
    """
    return [sum(len(_heads(m)) for m in tune.measures[s.start : s.stop]) for s in sections(tune)]


def _heads(measure: Measure) -> list[Event]:
    return [e for e in measure.events if e.notes and not all(n.tied for n in e.notes)]


def set_lyrics(tune: Tune, text: str, verse: int = 1) -> list[Edit]:
    """Put plain words under the melody, as a verse; lines of the text take stretches of notes.

    Each line's share of the notes goes by its syllables; with more notes than syllables, the weak
    notes hold the syllable before. ValueError if there are more syllables than notes.
    """
    lines = [found for found in map(syllables, text.splitlines()) if found]
    if not lines:
        raise ValueError("There are no words to put under the notes.")
    voice = singing_voice(tune)
    notes = [(m, e) for m in voice.measures for e in m.events if e.notes]
    heads = [(m, e) for m, e in notes if not all(n.tied for n in e.notes)]
    total = sum(map(len, lines))
    if total > len(heads):
        raise ValueError(
            f"The words have {total} syllables, but there are only {len(heads)} notes for them."
        )
    said: dict[int, str] = {}
    begin, left = 0, total
    for n, line in enumerate(lines):
        stop = len(heads) if n == len(lines) - 1 else _cut(heads, begin, len(line), left)
        said |= _placed(heads[begin:stop], line)
        begin, left = stop, left - len(line)
    pieces: list[str] = []
    for _, event in notes:
        word = said.get(id(event))
        pieces.append(word or ("_" if pieces and not pieces[-1].endswith("-") else "*"))
        if word is None and len(pieces) > 1 and pieces[-1] == "*":
            pieces[-1] = "_"
    return set_words(tune, pieces, verse, voice.id)


def _cut(heads: list[tuple[Measure, Event]], begin: int, size: int, left: int) -> int:
    """Where the line that begins here ends: near its share, behind a long note if one is there."""
    room = len(heads) - begin
    ideal = begin + round(room * size / left)
    low, high = begin + size, len(heads) - (left - size)
    best = max(low, min(ideal, high))
    near = [k for k in range(max(low, best - 2), min(high, best + 2) + 1)]
    return max(near, key=lambda k: (heads[k - 1][1].duration, -abs(k - best)), default=best)


def _placed(heads: list[tuple[Measure, Event]], line: list[Syllable]) -> dict[int, str]:
    """Syllables on the notes where stresses and strong notes meet best (dynamic programming)."""
    weights = [strength(m, e) for m, e in heads]
    width = len(heads)
    table: list[dict[int, tuple[float, int]]] = []
    for k, syllable in enumerate(line):
        row: dict[int, tuple[float, int]] = {}
        best, came = (0.0, -1) if k == 0 else (float("-inf"), -1)
        for n in range(k, width - (len(line) - k - 1)):
            if k and n - 1 in table[-1]:
                value = table[-1][n - 1][0] - 0.001 * k
                if value > best:
                    best, came = value, n - 1
            own = weights[n] if syllable.stressed else 0.45 - 0.5 * weights[n]
            if k and came == n - 1:
                own += 0.3
            skipped = -0.8 * n if k == 0 else 0.0
            row[n] = (best + own + skipped, came)
        table.append(row)
    at = max(table[-1], key=lambda n: table[-1][n][0])
    found = {}
    for k in range(len(line) - 1, -1, -1):
        found[id(heads[at][1])] = line[k].text
        at = table[k][at][1]
    return found


def strength(measure: Measure, event: Event) -> float:
    """How strong a note is, 0 to 1: by its beat, and a little by its length."""
    beat = measure.meter.beat if measure.meter else Fraction(1, 4)
    whole = measure.meter.length if measure.meter else measure.duration
    at = event.onset
    if measure.number == 0 and measure.expected:
        at += measure.expected - measure.duration
    if at == 0:
        value = 1.0
    elif at == whole / 2 and (whole / 2) % beat == 0:
        value = 0.8
    else:
        value = 0.5 if at % beat == 0 else 0.1
    return min(1.0, value + min(0.2, float(event.duration) / 2))
