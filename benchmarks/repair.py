"""Damage done on purpose to real tunes that are right, and what repair makes of it.

Tunes: drawn by a frozen seed from all sources of the shared data, of one voice or many, if the data call
their bars right and our rules find no error. Each tune is damaged in one of eight ways, in turn. Measured:
valid after repair; notes outside the damaged bars unchanged (pitch, length, order); every bar as before
(the same pitches, lengths and chord symbols in bars of the same meter), and the very text again (spaces
apart); and that repair leaves the undamaged tune alone. Run:
`python -m benchmarks.repair [--limit N]`; the data are found as `lm.data` finds them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from fractions import Fraction
from pathlib import Path

from abc_tools.edit import all_measures
from abc_tools.parse import parse_tune
from abc_tools.repair import repair
from abc_tools.spelling import length_text, notes_in_order
from abc_tools.text import Edit, Span, apply
from abc_tools.tune import Event, Measure, Tune
from abc_tools.validate import errors
from benchmarks.data import open_tunes

SEED = 20261121
RESULTS = Path(__file__).with_name("results")
Damage = Callable[[Tune, random.Random], "tuple[list[Edit], set[Span]] | None"]


def right_tunes(limit: int) -> list[str]:
    """Tunes whose bars are right by the data's own word and by our rules."""
    records = [r for r in open_tunes() if r["bars_ok"] and len(r["abc"]) < 6000]
    random.Random(SEED).shuffle(records)
    texts = []
    for record in records:
        tune = parse_tune(record["abc"])
        if not errors(tune) and sum(len(v.measures) for v in tune.voices) >= 8:
            texts.append(record["abc"])
        if len(texts) == limit:
            break
    return texts


# -- eight ways of damage -------------------------------------------------------------------------


def _pairs(tune: Tune) -> list[tuple[Measure, Measure]]:
    """Neighbours with a plain barline between them, both full."""
    return [
        (one, two)
        for voice in tune.voices
        for one, two in zip(voice.measures, voice.measures[1:], strict=False)
        if one.after is not None and one.after.text == "|" and not two.ending and not two.part
        and len(two.before) == 1 and one.full and two.full and one.expected is not None
    ]  # fmt: skip


def _events(tune: Tune, kind: str = "") -> list[tuple[Measure, Event]]:
    return [
        (measure, event)
        for measure in all_measures(tune)
        for event in measure.events
        if measure.full and len(measure.events) > 1 and not event.measures
        and (not kind or event.kind == kind) and measure.expected is not None
    ]  # fmt: skip


def barline_lost(tune: Tune, rng: random.Random) -> tuple[list[Edit], set[Span]] | None:
    """`ab|cd` → `ab cd`."""
    if not (pairs := _pairs(tune)):
        return None
    one, two = rng.choice(pairs)
    assert one.after is not None, "pairs have a barline between them"
    return [Edit(one.after.span, " ")], {one.span, two.span}


def barline_added(tune: Tune, rng: random.Random) -> tuple[list[Edit], set[Span]] | None:
    """`abcd` → `ab|cd`."""
    if not (places := [(m, e) for m, e in _events(tune) if e is not m.events[-1] and not e.tie]):
        return None
    measure, event = rng.choice(places)
    return [Edit(Span(event.span.end, event.span.end), "|")], {measure.span}


def barline_moved(tune: Tune, rng: random.Random) -> tuple[list[Edit], set[Span]] | None:
    """`abcd|efgh` → `abc|defgh`."""
    if not (pairs := [p for p in _pairs(tune) if len(p[0].events) > 1 and not p[0].events[-1].tie]):
        return None
    one, two = rng.choice(pairs)
    assert one.after is not None, "pairs have a barline between them"
    at = one.events[-1].span.start
    if one.events[-2].span.end > at or one.events[-1].symbol_span or one.events[-1].grace_span:
        at = one.events[-2].span.end
    return [Edit(Span(at, at), "|"), Edit(one.after.span, " ")], {one.span, two.span}


def length_wrong(tune: Tune, rng: random.Random) -> tuple[list[Edit], set[Span]] | None:
    """`a` → `a2`, `a2` → `a`, `a` → `a3/2`."""
    if not (places := _events(tune, "note")):
        return None
    measure, event = rng.choice(places)
    note = event.notes[0]
    factor = note.factor * rng.choice([2, Fraction(1, 2), Fraction(3, 2)])
    return [Edit(note.length, length_text(factor))], {measure.span}


def note_lost(tune: Tune, rng: random.Random) -> tuple[list[Edit], set[Span]] | None:
    """`abcd` → `abd`."""
    if not (places := _events(tune)):
        return None
    measure, event = rng.choice(places)
    return [Edit(event.span, "")], {measure.span}


_CLOSING = re.compile(r"[\]}\"]|\(3")


def bracket_lost(tune: Tune, rng: random.Random) -> tuple[list[Edit], set[Span]] | None:
    """One of `] } "` or a tuplet's sign is lost; where there is none, a foreign sign comes in.

    A slur's end is left out: a slur that never ends changes no note, so it is reported, not mended.
    """
    places = [
        (measure, match.start(), match[0])
        for measure in all_measures(tune)
        for match in _CLOSING.finditer(tune.source, measure.span.start, measure.span.end)
    ]
    if not places:
        measures = all_measures(tune)
        measure = rng.choice(measures)
        at = rng.choice(measure.events).span.end
        return [Edit(Span(at, at), rng.choice("@#;?*"))], {measure.span}
    measure, start, text = rng.choice(places)
    return [Edit(Span(start, start + len(text)), "")], {measure.span}


def header_wrong(tune: Tune, rng: random.Random) -> tuple[list[Edit], set[Span]] | None:
    """Another `M:`, or `L:` twice or half as long."""
    fields = {f.name: f for f in tune.fields if f.where == "header" and f.name in "ML"}
    name = rng.choice(sorted(fields)) if fields else ""
    if name == "L":
        return [
            Edit(fields["L"].value_span, str(tune.unit * rng.choice([2, Fraction(1, 2)])))
        ], set()
    if name == "M" and tune.meter is not None:
        others = [m for m in ("4/4", "3/4", "2/4", "6/8") if Fraction(m) != tune.meter.length]
        return [Edit(fields["M"].value_span, rng.choice(others))], set()
    return None


def field_spoilt(tune: Tune, rng: random.Random) -> tuple[list[Edit], set[Span]] | None:
    """A header field that cannot be read, or words with syllables too many."""
    words = [f for f in tune.fields if f.name == "w"]
    if words and rng.random() < 0.5:
        at = rng.choice(words).value_span.end
        return [Edit(Span(at, at), " la la la")], set()
    name = rng.choice("MLK")
    field = next((f for f in tune.fields if f.name == name and f.where == "header"), None)
    if field is None:
        return None
    return [Edit(field.value_span, {"M": "4/0", "L": "1/x", "K": "H"}[name])], set()


DAMAGES: dict[str, Damage] = {
    "barline lost": barline_lost, "barline added": barline_added, "barline moved": barline_moved,
    "length wrong": length_wrong, "note or rest lost": note_lost, "bracket lost": bracket_lost,
    "header wrong": header_wrong, "field spoilt": field_spoilt,
}  # fmt: skip


# -- measuring ------------------------------------------------------------------------------------


def _sequence(tune: Tune, without: set[Span]) -> list[tuple[object, ...]]:
    """(voice, pitches, length) of every event outside some measures."""
    return [
        (voice.id, event.midi, event.duration)
        for voice in tune.voices
        for measure in voice.measures
        if measure.span not in without
        for event in measure.events
    ]


def kept(original: Tune, repaired: Tune, damaged: set[Span]) -> tuple[int, int]:
    """How many events outside the damaged measures are there after the repair, of how many."""
    one, two = _sequence(original, damaged), _sequence(repaired, set())
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()), len(one)


def music(tune: Tune) -> list[object]:
    """Everything that sounds, bar by bar, with the length that each bar should have."""
    return [
        (voice.id, measure.expected, [(e.midi, e.duration, e.chord_symbol) for e in measure.events])
        for voice in tune.voices
        for measure in voice.measures
    ]


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _notes(text: str) -> int:
    return sum(1 for m in all_measures(parse_tune(text)) for _ in notes_in_order(m))


def run(limit: int, show: str = "") -> dict[str, object]:
    """Damage and repair `limit` tunes."""
    rng = random.Random(SEED)
    counts: dict[str, Counter[str]] = {name: Counter() for name in DAMAGES}
    untouched = Counter[str]()
    seconds = 0.0
    names = list(DAMAGES)
    for number, text in enumerate(right_tunes(limit)):
        untouched["tunes"] += 1
        untouched["changed"] += repair(text).abc != text
        for turn in range(len(names)):
            name = names[(number + turn) % len(names)]
            tune = parse_tune(text)
            done = DAMAGES[name](tune, rng)
            if done is None:
                continue  # this way of damage does not fit this tune: take the next one
            edits, damaged = done
            broken = apply(text, edits)
            count = counts[name]
            count["tunes"] += 1
            count["no error"] += not errors(parse_tune(broken))
            began = time.perf_counter()
            result = repair(broken)
            seconds += time.perf_counter() - began
            there, of = kept(tune, parse_tune(result.abc), damaged)
            count["valid"] += result.valid
            count["kept"] += there
            count["of"] += of
            count["no note lost"] += _notes(result.abc) >= _notes(broken)
            same = music(parse_tune(result.abc)) == music(tune)
            count["as before"] += same
            count["text as before"] += _squeezed(result.abc) == _squeezed(text)
            if show and ((show in name and not same) or (show == "invalid" and not result.valid)):
                sys.stderr.write(
                    f"{errors(parse_tune(result.abc))[:2]}\n" if not result.valid else ""
                )
                sys.stderr.write(f"--- {name} {[e.text for e in edits]}\n{_region(text, broken)}\n")
                sys.stderr.write(f"{_region(text, result.abc)}\n")
            break
    total = Counter[str]()
    for count in counts.values():
        total += count
    return {
        "command": f"python -m benchmarks.repair --limit {limit}",
        "seed": SEED,
        "undamaged": dict(untouched),
        "by_damage": {name: dict(counter) for name, counter in counts.items()},
        "total": dict(total),
        "share_valid": round(total["valid"] / total["tunes"], 4),
        "share_of_untouched_notes_kept": round(total["kept"] / total["of"], 4),
        "share_as_before": round(total["as before"] / total["tunes"], 4),
        "milliseconds_per_repair": round(1000 * seconds / total["tunes"], 1),
    }


def _region(one: str, other: str) -> str:
    """Where a text differs from another, with some of what stands around."""
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    return repr(other[max(0, start - 60) : start + 60])


def main() -> int:
    """Run and write `results/repair.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=2000)
    parser.add_argument("--show", default="", help="print the failures of this kind of damage")
    options = parser.parse_args()
    result = run(options.limit, options.show)
    text = json.dumps(result, indent=1) + "\n"
    if not options.show:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "repair.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
