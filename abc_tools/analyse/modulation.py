"""Stretches in other keys: written `K:` changes and those that only the notes tell.

Every measure is scored against the 24 major and minor keys by the notes that sound and the chord
symbols (Temperley's profiles, log-likelihood); a change of key costs a fixed amount, so that the best
path stays in a key until enough speaks for another (Viterbi). A heard stretch must last two bars and
have a cadence on its tonic or a note that the home key lacks; otherwise it is only colour.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from abc_tools.analyse.degrees import natural_classes
from abc_tools.analyse.fact import Fact
from abc_tools.analyse.harmony import spelled
from abc_tools.analyse.keys import heard_in
from abc_tools.analyse.line import Harmony, Material
from abc_tools.profiles import PROFILES
from abc_tools.theory import ALTER_NAMES, Key

_CHANGE = 4.0
"""What a change of key costs, in log-likelihood of quarter notes."""
_LEAST = 2
_LOGS = {mode: tuple(math.log(p / sum(PROFILES[mode])) for p in PROFILES[mode])
         for mode in ("major", "minor")}  # fmt: skip
RELATIONS = {
    ("major", "major", 7): "dominant", ("major", "major", 5): "subdominant",
    ("major", "minor", 9): "relative minor", ("major", "minor", 0): "parallel minor",
    ("major", "minor", 2): "supertonic minor", ("major", "minor", 4): "mediant minor",
    ("minor", "major", 3): "relative major", ("minor", "major", 0): "parallel major",
    ("minor", "minor", 7): "minor dominant", ("minor", "minor", 5): "minor subdominant",
    ("minor", "major", 8): "submediant", ("minor", "major", 10): "subtonic",
    ("minor", "major", 7): "dominant",
}  # fmt: skip
"""(home mode, new mode, semitones up) → what the new key is to the home key."""


def modulation_facts(material: Material) -> Iterator[Fact]:
    """Written key changes first, then heard stretches in other keys."""
    yield from _written(material)
    yield from _heard(material)


def _written(material: Material) -> Iterator[Fact]:
    measures = material.tune.measures
    before = material.tune.key
    for index, measure in enumerate(measures):
        for key in (measure.key, measure.key_at_end):
            if key != before and key.tonic:
                stop = index + 1
                while stop < len(measures) and measures[stop].key == key:
                    stop += 1
                bars = tuple(dict.fromkeys(m.number for m in measures[index:stop]))
                value = {"from": before.name, "to": key.name, "relation": relation(before, key)}
                yield Fact("key change", value, bars)
            before = key


def relation(home: Key, new: Key) -> str:
    """What a key is to another: "dominant", "relative minor" …; "" for more distant ones."""
    if not home.tonic or not new.tonic:
        return ""
    kinds = ["minor" if key.minor_third else "major" for key in (home, new)]
    up = (new.pitch_class - home.pitch_class) % 12
    return RELATIONS.get((kinds[0], kinds[1], up), "")


def _heard(material: Material) -> Iterator[Fact]:
    measures = material.tune.measures
    if len(measures) < 4 or any(m.key != material.tune.key for m in measures):
        return
    found = heard_in(material, signature=True)
    if not found:
        return
    home = found[0].key
    path, gains = _path(material, home)
    start = 0
    while start < len(path):
        stop = start
        while stop < len(path) and path[stop] == path[start]:
            stop += 1
        tonic, mode = path[start]
        if path[start] != _state(home) and stop - start >= _LEAST:
            step, alter = spelled(tonic, home)
            key = Key(step, alter, mode)
            fresh = _fresh(material, start, stop, home, key)
            if fresh:
                gain = sum(gains[start:stop])
                bars = tuple(dict.fromkeys(m.number for m in measures[start:stop]))
                value = {"from": home.name, "to": key.name, "relation": relation(home, key),
                         "signs": fresh}  # fmt: skip
                yield Fact("modulation", value, bars, round(1 - 0.6 * math.exp(-gain / 10), 2))
        start = stop


def _state(key: Key) -> tuple[int, str]:
    return key.pitch_class, "minor" if key.minor_third else "major"


def _path(material: Material, home: Key) -> tuple[list[tuple[int, str]], list[float]]:
    """The best key of every measure, and by how much it beats the home key there."""
    states = [(t, m) for m in _LOGS for t in range(12)]
    home_state = _state(home)
    weights = _bar_weights(material)
    scores: list[dict[tuple[int, str], float]] = []
    for weight in weights:
        cell = [(n, w) for n, w in enumerate(weight) if w]
        scores.append({
            (t, m): sum(w * _LOGS[m][(n - t) % 12] for n, w in cell) for t, m in states
        })  # fmt: skip
    best = {s: scores[0][s] - (0 if s == home_state else _CHANGE / 2) for s in states}
    back: list[dict[tuple[int, str], tuple[int, str]]] = []
    for score in scores[1:]:
        top = max(best, key=lambda s: best[s])
        came = {s: s if best[s] >= best[top] - _CHANGE else top for s in states}
        best = {s: score[s] + (best[s] if came[s] == s else best[top] - _CHANGE) for s in states}
        back.append(came)
    best[home_state] += _CHANGE / 2
    path = [max(best, key=lambda s: best[s])]
    for came in reversed(back):
        path.append(came[path[-1]])
    path.reverse()
    return path, [sc[s] - sc[home_state] for s, sc in zip(path, scores, strict=True)]


def _bar_weights(material: Material) -> list[list[float]]:
    """How long each pitch class sounds in every measure, in quarter notes, the chords beside them."""
    weights = [[0.0] * 12 for _ in material.tune.measures]
    for voice in material.tune.voices:
        for index, measure in enumerate(voice.measures[: len(weights)]):
            for event in measure.events:
                for note in event.notes:
                    weights[index][note.pitch.midi % 12] += 4 * float(event.duration)
    share = max(1, len(material.tune.voices)) ** 0.5
    weights = [[w / share for w in row] for row in weights]
    for item in material.chords:
        index = max(bisect_right(material.starts, item.position) - 1, 0)
        length = min(float(item.end - item.position), 1.0)
        for pitch_class in item.chord.pitch_classes:
            weights[index][pitch_class] += 2.5 * length
    return weights


def _fresh(material: Material, start: int, stop: int, home: Key, key: Key) -> list[str]:
    """What tells the new key: notes that the home key lacks, a close on the new tonic."""
    home_scale = natural_classes(home)
    own = natural_classes(key) | ({(key.pitch_class + 11) % 12} if key.minor_third else set())
    inside = [n for n in material.notes if start <= n.index < stop]
    new = [n.pitch for n in inside if n.midi % 12 in own - home_scale]
    signs = list(dict.fromkeys(p.name.rstrip("0123456789") for p in new))
    closes = bool(inside) and inside[-1].midi % 12 == key.pitch_class
    chords = [h for h in material.chords if material.starts[start] <= h.position]
    end = material.starts[stop] if stop < len(material.starts) else material.length
    chords = [h for h in chords if h.position < end]
    for h in chords:
        for pitch_class in sorted(h.chord.pitch_classes & (own - home_scale)):
            name = _name(pitch_class, key)
            if name not in signs:
                signs.append(name)
    relative = own == home_scale or own - home_scale == {(key.pitch_class + 11) % 12}
    if not signs and not (relative and closes and _dominant(chords, key)):
        return []
    return signs[:4] or ["cadence"]


def _dominant(chords: Sequence[Harmony], key: Key) -> bool:
    """Whether the chords of a stretch make V–I in its key."""
    roots = [(h.chord.root_class - key.pitch_class) % 12 for h in chords]
    return any(a == 7 and b == 0 for a, b in itertools.pairwise(roots))


def _name(pitch_class: int, key: Key) -> str:
    step, alter = spelled(pitch_class, key)
    return step + ALTER_NAMES[alter]
