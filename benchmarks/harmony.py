"""Chords, parts and words beside people's: same roots, faults a bar, stresses on strong beats.

Run: `python -m benchmarks.harmony [--learn] [--part voices]`. Reads the shared tunes. With `--learn`, the table
`abc_tools/harmony_counts.py` is written anew from the training tunes (Nottingham, OpenEWLD); the
measurement uses only the validation tunes and a tenth of the training groups that is never learned from.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.edit.choir import add_choir
from abc_tools.edit.symbols import remove_chords
from abc_tools.harmonise import chords_for
from abc_tools.harmony_model import STATES, symbol, triad
from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.tune import Measure, Tune
from abc_tools.validate import errors
from abc_tools.voice_leading import SENTENCES, sonorities, voice_leading
from benchmarks.data import open_tunes

RESULTS = Path(__file__).with_name("results")
TABLE = Path(__file__).parent.parent / "abc_tools" / "harmony_counts.py"
SOURCES = ("nottingham", "openewld")
SEED = 7
CHORALES = 100


def held_out(record: dict[str, Any]) -> bool:
    """One group in ten, always the same, is only for measuring."""
    return int(hashlib.sha256(str(record["group"]).encode()).hexdigest(), 16) % 10 == 0


def spans(measure: Measure, before: ChordSymbol | None
          ) -> tuple[list[tuple[Fraction, Fraction, ChordSymbol]], ChordSymbol | None]:  # fmt: skip
    """(start, stop, chord) of what is written in a measure, and the chord at its end."""
    found = []
    at, sounding = Fraction(0), before
    for event in measure.events:
        chord = parse_chord(event.chord_symbol) if event.chord_symbol else None
        if chord is not None:
            if sounding is not None and event.onset > at:
                found.append((at, event.onset, sounding))
            at, sounding = event.onset, chord
    if sounding is not None and measure.duration > at:
        found.append((at, measure.duration, sounding))
    return found, sounding


def learn(records: Iterable[dict[str, Any]]) -> str:
    """The text of `harmony_counts.py`."""
    sounds: dict[str, list[float]] = defaultdict(lambda: [0.0] * 12)
    follows: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for record in records:
        tune = parse_tune(record["abc"])
        before: ChordSymbol | None = None
        last: tuple[str, str] | None = None
        for measure in tune.voices[0].measures if tune.voices else ():
            if measure.meter is None or not measure.key.tonic:
                continue
            parts, before = spans(measure, before)
            step = measure.meter.length / (1 if measure.meter.length < 1 and
                                           not measure.meter.compound else 2)  # fmt: skip
            for start, stop, chord in parts:
                kind = triad(chord.quality)
                for e in measure.events:
                    length = min(e.onset + e.duration, stop) - max(e.onset, start)
                    if length > 0:
                        for note in e.notes:
                            pc = (note.pitch.midi - chord.root_class) % 12
                            sounds[kind][pc] += float(length * 4)
            at = Fraction(0)
            while at < measure.duration and measure.number:
                now = next((c for a, b, c in parts if a <= at < b), None)
                if now is None:
                    break
                degree = (now.root_class - measure.key.pitch_class) % 12
                name = f"{degree}{triad(now.quality)}"
                if last is not None and last[0] == measure.key.mode:
                    follows[last[0]][("-" if at else "|") + last[1]][name] += 1
                last = (measure.key.mode, name)
                at += step
    return _module(sounds, follows)


def _module(sounds: dict[str, list[float]], follows: dict[str, dict[str, Counter[str]]]) -> str:
    lines = ['"""Numbers learned from open tunes with chords written by people; made by a program.',
             "", "`python -m benchmarks.harmony --learn` writes this file from the training part of the",
             "Nottingham and OpenEWLD tunes. `SOUNDS`: quality → how many quarter notes sounded so many",
             "semitones above the root. `FOLLOWS`: mode → chord before (`|` over a barline, `-` within a",
             'bar; semitones above the tonic and quality) → chord after → how often."""', "",
             "# fmt: off", "SOUNDS: dict[str, list[int]] = {"]  # fmt: skip
    for kind in sorted(sounds):
        lines.append(f'    "{kind}": {[round(v) for v in sounds[kind]]},')
    lines += ["}", "", "FOLLOWS: dict[str, dict[str, dict[str, int]]] = {"]
    for mode in ("major", "minor"):
        lines.append(f'    "{mode}": {{')
        for before, row in sorted(follows[mode].items()):
            kept = {k: v for k, v in sorted(row.items()) if v > 1}
            if not kept:
                continue
            lines.append(f'        "{before}": {{')
            line = "           "
            for name, count in kept.items():
                piece = f' "{name}": {count},'
                if len(line) + len(piece) > 99:
                    lines.append(line)
                    line = "           "
                line += piece
            lines += [line, "        },"]
        lines.append("    },")
    return "\n".join([*lines, "}", ""])


Way = Callable[[Tune], list[tuple[int, Fraction, ChordSymbol]]]


def model(tune: Tune) -> list[tuple[int, Fraction, ChordSymbol]]:
    """Our chords."""
    return [(p.index, p.onset, p.chord) for p in chords_for(tune)]


def always_tonic(tune: Tune) -> list[tuple[int, Fraction, ChordSymbol]]:
    """The tonic all the time."""
    home = symbol((0, "m" if tune.key.minor_third else ""), tune.key)
    return [(0, Fraction(0), home)]


def best_cover(tune: Tune) -> list[tuple[int, Fraction, ChordSymbol]]:
    """For each bar the plain chord of the key whose tones cover most of it; the first of equals."""
    found = []
    for index, measure in enumerate(tune.voices[0].measures):
        weights: Counter[int] = Counter()
        for event in measure.events:
            for note in event.notes:
                weights[note.pitch.midi % 12] += event.duration  # type: ignore[assignment]
        choices = [symbol(s, tune.key) for s in STATES[tune.key.mode][:8] if "7" not in s[1]]
        best = max(choices, key=lambda c: sum(weights[p] for p in c.pitch_classes))
        found.append((index, Fraction(0), best))
    return found


def agreement(tune: Tune, bare: Tune, way: Way) -> Counter[str]:
    """Quarter notes with a chord by people, and those with the same root, and root and class."""
    said = sorted(way(bare), key=lambda c: c[:2])
    counts: Counter[str] = Counter()
    before: ChordSymbol | None = None
    ours: ChordSymbol | None = None
    for index, measure in enumerate(tune.voices[0].measures):
        parts, before = spans(measure, before)
        own = [c for c in said if c[0] == index]
        edges = sorted(
            {*(o for _, o, _ in own), *(a for a, _, _ in parts), *(b for _, b, _ in parts)}
        )
        for a, b in itertools.pairwise(edges):
            now = next((c for s, e, c in parts if s <= a < e), None)
            ours = next((c for _, o, c in reversed(own) if o <= a), ours)
            if now is None or ours is None:
                continue
            length = float((b - a) * 4)
            counts["all"] += length  # type: ignore[assignment]
            if now.root_class == ours.root_class:
                counts["root"] += length  # type: ignore[assignment]
                one, two = triad(now.quality), triad(ours.quality)
                if {one, two} <= {"", "7"} or one == two:
                    counts["class"] += length  # type: ignore[assignment]
        if own:
            ours = own[-1][2]
    return counts


def chords(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Agreement of each way with people's chords, by source."""
    ways: dict[str, Way] = {"model": model, "tonic": always_tonic, "cover": best_cover}
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for record in records:
        tune = parse_tune(record["abc"])
        if not tune.voices or not tune.key.tonic:
            continue
        bare = parse_tune(apply(tune.source, remove_chords(tune)))
        for name, way in ways.items():
            counts = agreement(tune, bare, way)
            totals[f"{record['source']} {name}"] += counts
            totals[f"all {name}"] += counts
    return {
        name: {k: round(counts[k] / counts["all"], 4) for k in ("root", "class")}
        for name, counts in sorted(totals.items()) if counts["all"]
    }  # fmt: skip


PARTS = ("Soprano", "Alto", "Tenor", "Bass")


def voices(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Faults of voice leading per 100 chords in choirs under chorale melodies, and in Bach's own.

    A chord is a moment at which a voice begins a note. `hidden`: only the soprano is given; `shown`:
    with chord symbols that music21 read from Bach's voices. Faults of the soprano alone are left out.
    """
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for bach, sheet in _chorales(records):
        for name, tune in (("bach", bach), ("hidden", None), ("shown", sheet)):
            if tune is None:
                tune = parse_tune(apply(sheet.source, remove_chords(sheet)))
            done = tune if tune is bach else parse_tune(apply(tune.source, add_choir(tune)))
            assert not errors(done) or tune is bach, "a choir is right music"
            faults = [f for f in voice_leading(done) if f.voices != ("Soprano",)]
            counts[name].update(f.kind for f in faults)
            counts[name]["chords"] += len(sonorities(list(done.voices)))
            counts[name]["chorales"] += 1
    return {
        name: {"chorales": found.pop("chorales"), "chords": (chords_ := found.pop("chords")),
               "faults": round(100 * found.total() / chords_, 2)}
        | {kind: round(100 * found[kind] / chords_, 2) for kind in SENTENCES}
        for name, found in counts.items()
    }  # fmt: skip


def _chorales(records: list[dict[str, Any]]) -> list[tuple[Tune, Tune]]:
    """A hundred chorales in four voices by Bach, each with its soprano under chord symbols."""
    sheets = {r["id"].removesuffix(":leadsheet"): r for r in records if r["derived"] == "leadsheet"}
    found: list[tuple[Tune, Tune]] = []
    for record in records:
        if record["id"] in sheets and len(found) < CHORALES:
            bach = parse_tune(record["abc"])
            sheet = parse_tune(sheets[record["id"]]["abc"])
            plain = not errors(bach) and not errors(sheet) and len(sheet.voices) == 1
            if plain and tuple(v.name for v in bach.voices) == PARTS:
                found.append((bach, sheet))
    return found


def _measured(train: list[dict[str, Any]], part: str) -> dict[str, Any]:
    """The sections of the result that belong to a part: `chords`, `voices` or `all`."""
    result: dict[str, Any] = {}
    if part in ("chords", "all"):
        valid = [r for r in open_tunes(("tunes_valid",)) if _chorded(r)]
        tested = valid + [r for r in train if held_out(r)]
        random.Random(SEED).shuffle(tested)
        result |= {"tunes": len(tested), "chords": chords(tested)}
    if part in ("voices", "all"):
        bach = [r for r in open_tunes() if r["source"] == "bach"]
        random.Random(SEED).shuffle(bach)
        result["voices"] = voices(bach)
    return result


def _chorded(record: dict[str, Any]) -> bool:
    return record["source"] in SOURCES and bool(record["has_chords"])


def main(arguments: list[str] | None = None) -> int:
    """Learn if asked; measure and write into `results/harmony.json`, other sections kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learn", action="store_true")
    parser.add_argument("--part", choices=("chords", "voices", "all"), default="all")
    options = parser.parse_args(arguments)
    train = [r for r in open_tunes(("tunes_train",)) if _chorded(r)]
    if options.learn:
        TABLE.write_text(learn(r for r in train if not held_out(r)), encoding="utf-8")
        return 0
    path = RESULTS / "harmony.json"
    RESULTS.mkdir(exist_ok=True)
    result = _measured(train, options.part)
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    merged = before | {"command": "python -m benchmarks.harmony", "seed": SEED} | result
    text = json.dumps(merged, ensure_ascii=False, indent=1) + "\n"
    path.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
