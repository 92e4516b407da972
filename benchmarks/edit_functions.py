"""Every edit of `abc_tools.edit.registry.EDITS` on real tunes: done, refused, right, local, undone?

Run: `python -m benchmarks.edit_functions [--tunes N]`. Takes N tunes (300) with a fixed seed from the
shared data and runs every edit on each, on the whole tune and on some bars where it takes bars. Counted
for each edit: `done`; `refused` (a sentence for the user) and of these `would_be_wrong`; `invalid` results,
`outside` changes and `broken` promises (each must be 0); `inverse` tried and `restored` byte for byte.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from abc_tools.edit.outcome import broken, outside
from abc_tools.edit.registry import EDITS
from abc_tools.edit.registry import run as run_edit
from abc_tools.edit.selection import select
from abc_tools.parse import parse_tune
from abc_tools.spelling import length_text
from abc_tools.text import Edit, apply
from abc_tools.tune import Measure, Tune
from abc_tools.validate import errors
from benchmarks.data import open_tunes

RESULTS = Path(__file__).with_name("results")
SEED = 20
INVERSES = {
    "transpose": ("transpose", lambda v: {"semitones": str(-int(v["semitones"]))}),
    "transpose-diatonic": ("transpose-diatonic", lambda v: {"steps": str(-int(v["steps"]))}),
    "octave": ("octave", lambda v: {"octaves": str(-int(v["octaves"]))}),
    "double": ("halve", lambda v: v),
    "halve": ("double", lambda v: v),
    "add-ornaments": ("remove-ornaments", lambda v: {"kinds": v["kind"]}),
    "add-comment": ("remove-comments", lambda v: {}),
}


def values(name: str, tune: Tune, pick: random.Random) -> dict[str, str]:
    """Sensible parameters for an edit, chosen at random."""
    top = tune.bar_count
    voice = pick.choice(tune.voices).id if tune.voices else "1"
    table: dict[str, dict[str, str]] = {
        "transpose": {"semitones": str(pick.choice((-5, -3, -2, 2, 3, 5)))},
        "transpose-diatonic": {"steps": str(pick.choice((-2, -1, 1, 2)))},
        "key": {"key": pick.choice(("D", "F", "Am", "Gm", "Bb"))},
        "mode": {"mode": pick.choice(("minor", "major", "dorian", "mixolydian"))},
        "octave": {"octaves": pick.choice(("1", "-1"))},
        "instrument": {"name": pick.choice(("alto sax", "clarinet", "horn", "guitar", "flute"))},
        "meter": {"meter": pick.choice(("2/4", "3/4", "4/4", "6/8", "5/4")),
                  "way": pick.choice(("auto", "auto", "fit"))},
        "double": {"way": pick.choice(("meter", "bars"))},
        "halve": {"way": pick.choice(("meter", "bars"))},
        "tempo": {"bpm": str(pick.choice((60, 96, 140)))},
        "swing": {"style": pick.choice(("dotted", "triplet"))},
        "simplify-rhythm": {"level": pick.choice(("sixteenths", "dotted", "eighths"))},
        "add-ornaments": {"kind": pick.choice(("trill", "mordent", "turn", "roll", "grace",
                                               "fermata", "staccato", "accent"))},
        "remove-ornaments": {"kinds": pick.choice(("all", "trill grace", "slur"))},
        "dynamic": {"level": "mf"},
        "insert-bars": {"bar": str(pick.randint(1, max(top, 1))), "count": "2",
                        "where": pick.choice(("before", "after"))},
        "copy-bars": {"after": str(pick.randint(0, top))},
        "move-bars": {"after": str(pick.randint(0, top))},
        "repeat-bars": {"way": pick.choice(("signs", "written"))},
        "intro": {"bars": "4"},
        "ending": {"kind": pick.choice(("tonic", "tag", "first-second"))},
        "simplify-chords": {"level": pick.choice(("triads", "primary", "one-a-bar"))},
        "set-chords": {"at": f"1:1=C {max(top, 1)}:2=G7"},
        "set-words": {"syllables": "la le li lo"},
        "set-lyrics": {"text": "The evening sun goes down"},
        "reharmonise": {"how": pick.choice(("sevenths", "relative", "tritone", "simpler", "darker"))},
        "set-field": {"name": "composer", "value": "Nobody"},
        "add-comment": {"text": "here"},
        "extract-voice": {"voice": voice},
        "remove-voice": {"voice": voice},
    }  # fmt: skip
    return table.get(name, {})


def _rests(tune: Tune, measures: list[Measure]) -> str:
    """Rests as long as each of the first voice's bars."""
    own = [m for m in tune.voices[0].measures if m in measures]
    return "|".join("z" + length_text(m.duration / m.unit) for m in own)


def collection(count: int) -> list[str]:
    """ABC of `count` tunes that no rule or weight was made on, the same each time."""
    found = [record["abc"] for record in open_tunes(("tunes_valid", "tunes_nc_valid"))]
    random.Random(SEED).shuffle(found)
    return found[:count]


def stretches(tune: Tune, scope: str, pick: random.Random) -> Iterator[list[Measure] | None]:
    """Nothing for the whole tune, and some bars, as the edit takes them."""
    if scope in ("tune", "any"):
        yield None
    if scope in ("any", "bars") and tune.bar_count > 1:
        first = pick.randint(1, tune.bar_count)
        last = min(tune.bar_count, first + pick.randint(0, 7))
        yield select(tune, first, last)


def one(
    tune: Tune, name: str, said: dict[str, str], measures: list[Measure] | None,
    counts: Counter[str], failures: list[dict[str, str]],
) -> None:  # fmt: skip
    """Run one edit on one tune and judge what comes out."""
    kind = EDITS[name]
    label = {"edit": name, "tune": tune.title, "values": json.dumps(said),
             "bars": "" if measures is None else f"{measures[0].number}-{measures[-1].number}"}  # fmt: skip
    counts["tried"] += 1
    try:
        edits = run_edit(tune, name, said, measures)
    except ValueError as error:
        counts["refused"] += 1
        if "make the tune wrong" in str(error):
            counts["would_be_wrong"] += 1
            failures.append({**label, "what": str(error)})
        return
    except AssertionError as error:
        counts["broken"] += 1
        failures.append({**label, "what": f"broken: {error}"})
        return
    text = apply(tune.source, edits)
    new = parse_tune(text)
    counts["done"] += 1
    counts["unchanged"] += text == tune.source
    if errors(new) and not errors(tune):
        counts["invalid"] += 1
        failures.append({**label, "what": "invalid"})
    lost = broken(tune, new, kind.keeps)
    if lost:
        counts["broken"] += 1
        failures.append({**label, "what": f"lost {lost}"})
    if kind.scope == "any" and measures is not None and outside(tune, edits, measures):
        counts["outside"] += 1
        failures.append({**label, "what": "outside"})
    _inverse(tune, new, name, said, measures, counts, failures)


def _inverse(
    tune: Tune, new: Tune, name: str, said: dict[str, str], measures: list[Measure] | None,
    counts: Counter[str], failures: list[dict[str, str]],
) -> None:  # fmt: skip
    back: list[Edit] | None = None
    if measures is None and name in INVERSES:
        other, change = INVERSES[name]
        try:
            back = run_edit(new, other, change(said))
        except ValueError:
            return
        except AssertionError as error:
            counts["broken"] += 1
            failures.append({"edit": other, "tune": tune.title, "values": json.dumps(change(said)),
                             "bars": "", "what": f"undoing {name}: {error}"})  # fmt: skip
            return
    elif name == "insert-bars":
        first = int(said["bar"]) + (said["where"] == "after")
        try:
            back = run_edit(new, "delete-bars", {}, select(new, first, first + 1))
        except ValueError:
            return
    if back is not None:
        counts["inverse"] += 1
        counts["restored"] += apply(new.source, back) == tune.source


def run(count: int = 300) -> dict[str, Any]:
    """Measure; the result as plain data."""
    texts = collection(count)
    pick = random.Random(SEED)
    table: dict[str, Counter[str]] = {name: Counter() for name in EDITS}
    failures: list[dict[str, str]] = []
    begin = time.monotonic()
    for text in texts:
        tune = parse_tune(text)
        for name, kind in EDITS.items():
            for measures in stretches(tune, kind.scope, pick):
                said = values(name, tune, pick)
                if name == "replace-bars" and measures is not None:
                    said = {"music": _rests(tune, measures)}
                one(tune, name, said, measures, table[name], failures)
    total: Counter[str] = sum(table.values(), Counter())
    keys = ("tried", "done", "unchanged", "refused", "would_be_wrong", "invalid", "outside",
            "broken", "inverse", "restored")  # fmt: skip
    return {
        "command": f"python -m benchmarks.edit_functions --tunes {count}",
        "tunes": len(texts),
        "seed": SEED,
        "seconds": round(time.monotonic() - begin, 1),
        "total": {key: total[key] for key in keys},
        "edits": {name: {key: counts[key] for key in keys} for name, counts in table.items()},
        "failures": failures,
    }


def main(arguments: list[str] | None = None) -> int:
    """Run and write `results/edit_functions.json`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tunes", type=int, default=300)
    options = parser.parse_args(arguments)
    result = run(options.tunes)
    RESULTS.mkdir(exist_ok=True)
    kept = {**result, "failures": result["failures"][:40]}
    text = json.dumps(kept, ensure_ascii=False, indent=1) + "\n"
    (RESULTS / "edit_functions.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
