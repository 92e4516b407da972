"""Advice to players, as far as it can be computed: practising, breathing, bowing, improvising.

Each piece of advice is a rule of thumb applied to what the bars are: the rule is said with its bars. What this does not
know: fingerings, taste, or the player.
"""

from __future__ import annotations

import itertools

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Sounded
from abc_tools.chords import ChordSymbol
from abc_tools.theory import STEPS, Key, Pitch
from chat.explain.scope import Scope, distance, note_name
from chat.explain.statement import Statement
from chat.explain.timing import difficulty

SLOWLY = 0.6
"""The share of the tempo at which hard bars are practised first."""
MOST_CHORDS = 8


def practice(s: Scope) -> list[Fact]:
    """What makes the bars hard, and which of them to play slowly first."""
    found = difficulty(s)
    hard = in_order(b for f in found if f.kind == "hard" for b in f.bars if s.first <= b <= s.last)
    bars = hard or _widest(s)
    bpm = round(float(s.tune.tempo.bpm) * SLOWLY)
    return [*found, Statement("practise first", {"bpm": bpm}, bars)]


def _widest(s: Scope) -> tuple[int, ...]:
    """The bars of the widest leap."""
    pair = _largest(s)
    return in_order(n.bar for n in pair) if pair else s.bars[:1]


def _largest(s: Scope) -> tuple[Sounded, Sounded] | None:
    pairs = list(itertools.pairwise(s.notes))
    return max(pairs, key=lambda p: abs(p[1].midi - p[0].midi)) if pairs else None


def breathing(s: Scope) -> list[Fact]:
    """Where phrases end, and how long the longest of them lasts."""
    inside = [p for p in s.phrases if p.last_bar >= s.first and p.first_bar <= s.last]
    found: list[Fact] = []
    for phrase in inside[:-1]:
        last = s.material.notes[phrase.stop - 1]
        found.append(Statement("breathe", {"note": last.pitch.name}, (last.bar,)))
    if not inside:
        return [Statement("no breath", {}, s.bars)]
    seconds = float(s.tune.tempo.seconds_per_whole)

    def length(n: int) -> float:
        notes = s.material.notes
        return float(notes[inside[n].stop - 1].end - notes[inside[n].start].position) * seconds

    longest = max(range(len(inside)), key=length)
    bars = tuple(range(inside[longest].first_bar, inside[longest].last_bar + 1))
    return [*found, Statement("longest breath", {"seconds": f"{length(longest):.1f}"}, bars)]


def bowing(s: Scope) -> list[Fact]:
    """How the first bow goes, and which first beats an up-bow meets if each note has its own bow."""
    first = s.notes[0]
    on_beat = first.bar != 0 and first.onset == 0
    found: list[Fact] = [Statement("bow down" if on_beat else "bow up", {}, (first.bar,))]
    down = on_beat
    against = []
    for note in s.notes:
        if note.onset == 0 and note.bar and not down:
            against.append(note.bar)
            down = True
        down = not down
    if against:
        found.append(Statement("bow against", {}, in_order(against)))
    return found


def fingering(s: Scope) -> list[Fact]:
    """What a hand has to reach; fingers themselves stand in no table here."""
    bottom, top = min(s.notes, key=lambda n: n.midi), max(s.notes, key=lambda n: n.midi)
    value = {"low": bottom.pitch.name, "high": top.pitch.name}
    found: list[Fact] = [Statement("no fingering", value, s.bars)]
    return [*found, *interval_here(s)]


def interval_here(s: Scope, term: str = "") -> list[Fact]:
    """The interval over a barline ("4 5": last note of bar 4, first of bar 5), else the widest of the bars."""
    bars = [int(n) for n in term.split()]
    if len(bars) == 2:
        notes = s.material.notes
        ends = [n for n in notes if n.bar == bars[0]][-1:] + [n for n in notes if n.bar == bars[1]][
            :1
        ]
        pair = (ends[0], ends[1]) if len(ends) == 2 else None
    else:
        pair = _largest(s)
    if pair is None:
        return [Statement("no interval", {}, s.bars)]
    one, other = pair
    low, high = sorted((one.pitch, other.pitch), key=lambda p: p.midi)
    value = {"first": one.pitch.name, "to": other.pitch.name, "interval": distance(low, high)}
    return [Statement("interval notes", value, in_order((one.bar, other.bar)))]


def improvise(s: Scope) -> list[Fact]:
    """The scale of the key, and third and seventh of each chord: what lines can be made of."""
    key = s.key
    if not key.tonic:
        return [Statement("no key", {}, s.bars)]
    scale = [note_name(Pitch(step, alter, 4)) for step, alter in key.scale]
    found: list[Fact] = [Statement("scale of key", {"key": key.name, "notes": scale}, s.bars)]
    seen: dict[str, list[int]] = {}
    for chord in s.chords:
        seen.setdefault(chord.chord.text, []).append(chord.bar)
    for held in s.chords:
        bars = seen.pop(held.chord.text, None)
        if bars is None or len(found) > MOST_CHORDS:
            continue
        third, seventh = (_above(held.chord, key, n) for n in (2, 6))
        value = {"chord": held.chord.text, "third": third, "seventh": seventh}
        found.append(Statement("guide tones", value, in_order(bars)))
    return found


def _above(chord: ChordSymbol, key: Key, steps: int) -> str:
    """The third (2) or seventh (6) above a chord's root: as the chord has it, else as the key has it."""
    root = Pitch(chord.root, chord.alter, 4)
    step = STEPS[(STEPS.index(chord.root) + steps) % 7]
    sizes = (3, 4) if steps == 2 else (10, 11)
    own = [a for a in (0, 1, -1) if (Pitch(step, a, 5).midi - root.midi) % 12 in sizes]
    sounding = [a for a in own if Pitch(step, a, 5).midi % 12 in chord.pitch_classes]
    usual = [a for a in own if a == key.signature[step]]
    return note_name(Pitch(step, (sounding or usual or own)[0], 4))
