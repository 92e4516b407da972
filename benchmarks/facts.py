"""Facts against labels: keys beside music21's analysers, styles against `R:`, cadences and phrases counted.

Keys: the notes as they sound, the signature hidden, against the `K:` that a person wrote. Only sources whose
`K:` names modes count for "key and mode"; the Essen and Bach files carry wrong or signature-only labels in
part (a look at the disagreements shows it) and are listed beside them. The fifth of the tunes that is
asked is chosen by a hash of the group, and is not in the four fifths that the weights of
`abc_tools.profiles` were fitted to.
music21 gets streams made from our own tree, so that its ABC reader's errors do not count against it; it
judges major and minor only, so its share of right tonics and its share on major and minor tunes are given, too.
Time: `facts` for a tune beside music21's key analysis of the same tune (building its stream included).

Run: `python -m benchmarks.facts [--keys N] [--styles N]`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from abc_tools.analyse import facts, heard_keys
from abc_tools.analyse.line import Material
from abc_tools.analyse.phrases import closes, phrases
from abc_tools.analyse.style import closest_styles
from abc_tools.parse import parse
from abc_tools.score import to_stream
from abc_tools.tune import Tune
from benchmarks.data import open_tunes

SEED = 20261121
RESULTS = Path(__file__).with_name("results")
LABELLED = ("nottingham", "oneills", "ryans", "airds", "vwml", "miscfolk", "litten", "openewld")
DOUBTFUL = ("essen", "bach")
ANALYSERS = (
    "KrumhanslSchmuckler",
    "AardenEssen",
    "TemperleyKostkaPayne",
    "BellmanBudge",
    "SimpleWeights",
)
STYLES = {"jig": "jig", "double jig": "jig", "slip jig": "slip jig", "reel": "reel", "hornpipe": "hornpipe",
          "waltz": "waltz", "polka": "polka", "march": "march", "hymn": "hymn", "strathspey": "strathspey",
          "minuet": "minuet", "air": "song", "song": "song", "art song": "song", "slide": "slide"}  # fmt: skip


def held_out(record: dict[str, Any]) -> bool:
    """Whether a tune is in the fifth that nothing was fitted to."""
    name = f"{SEED}:{record.get('group') or record['id']}"
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 == 0


def music21_keys(tune: Tune) -> tuple[dict[str, tuple[int, str]], float]:
    """(tonic, mode) by each of music21's analysers, and the seconds of the first."""
    from music21.analysis import discrete

    start = time.perf_counter()
    stream = to_stream(tune)
    found = {}
    seconds = 0.0
    for name in ANALYSERS:
        key = getattr(discrete, name)(stream).getSolution(stream)
        found[name] = (key.tonic.pitchClass, key.mode)
        seconds = seconds or time.perf_counter() - start
    return found, seconds


def measure_keys(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Shares right, per source and per mode, for us and for each of music21's analysers."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    ours_time, theirs_time = [], []
    for record in records:
        tune = parse(record["abc"]).tunes[0]
        if not tune.key.tonic or not tune.key_given or len(Material(tune).notes) < 8:
            continue
        label = (tune.key.pitch_class, tune.key.mode)
        start = time.perf_counter()
        facts(tune)
        ours_time.append(time.perf_counter() - start)
        blind = heard_keys(tune)[0].key
        seen = heard_keys(tune, signature=True)[0].key
        theirs, seconds = music21_keys(tune)
        theirs_time.append(seconds)
        judged = {"ours": (blind.pitch_class, blind.mode), **theirs,
                  "ours, signature seen": (seen.pitch_class, seen.mode)}  # fmt: skip
        groups = [record["source"]]
        if record["source"] in LABELLED:
            groups += ["all labelled", f"mode {label[1]}"]
            groups += ["labelled major and minor"] if label[1] in ("major", "minor") else []
        for group in groups:
            for name, found in judged.items():
                count = counts[group][name]
                count["tunes"] += 1
                count["key and mode"] += found == label
                count["tonic"] += found[0] == label[0]
    shares = {
        group: {name: {"tunes": c["tunes"], **{k: round(c[k] / c["tunes"], 4) for k in ("key and mode", "tonic")}}
                for name, c in by_name.items()}
        for group, by_name in sorted(counts.items())
    }  # fmt: skip
    return {
        "shares": shares,
        "time": {
            "median_ms_all_facts": round(1000 * statistics.median(ours_time), 2),
            "median_ms_music21_key": round(1000 * statistics.median(theirs_time), 2),
            "ratio_music21_key_to_all_facts": round(sum(theirs_time) / sum(ours_time), 2),
        },
    }


def measure_styles(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Share of tunes whose `R:` is the closest style by rule, and what they are taken for."""
    confusion: dict[str, Counter[str]] = defaultdict(Counter)
    top_two: Counter[str] = Counter()
    for record in records:
        label = STYLES[record["rhythm"]]
        material = Material(parse(record["abc"]).tunes[0])
        if not material.notes:
            continue
        guesses = [guess.style for guess in closest_styles(material)] or ["none"]
        confusion[label][guesses[0]] += 1
        top_two[label] += label in guesses[:2]
    total = sum(sum(c.values()) for c in confusion.values())
    return {
        "tunes": total,
        "right": round(sum(c[label] for label, c in confusion.items()) / total, 4),
        "right_in_first_two": round(sum(top_two.values()) / total, 4),
        "by_style": {label: {"tunes": sum(c.values()), "right": round(c[label] / sum(c.values()), 4),
                             "taken_for": dict(c.most_common(4))}
                     for label, c in sorted(confusion.items())},
    }  # fmt: skip


def measure_phrases(records: list[dict[str, Any]]) -> dict[str, Any]:
    """How long phrases are, how they close, and how the last one of a tune does."""
    lengths: Counter[int] = Counter()
    kinds: dict[str, Counter[str]] = {"with chords": Counter(), "without": Counter()}
    finals: dict[str, Counter[str]] = {"with chords": Counter(), "without": Counter()}
    essen = [0, 0, 0]
    for record in records:
        material = Material(parse(record["abc"]).tunes[0])
        group = "with chords" if material.chords else "without"
        found = phrases(material)
        lengths.update(min(p.last_bar - p.first_bar + 1, 12) for p in found)
        closed = [close.kind for _, close in closes(material)]
        kinds[group].update(closed)
        finals[group].update(closed[-1:])
        if record["source"] == "essen":
            ours, theirs = {p.stop for p in found}, _line_ends(record["abc"], material)
            essen = [
                a + b
                for a, b in zip(essen, (len(ours & theirs), len(ours), len(theirs)), strict=True)
            ]
    return {
        "bars_of_a_phrase": dict(sorted(lengths.items())), "cadences": {g: dict(c) for g, c in kinds.items()},
        "last_cadence": {g: dict(c) for g, c in finals.items()},
        "essen_lines": {"precision": round(essen[0] / max(essen[1], 1), 3),
                        "recall": round(essen[0] / max(essen[2], 1), 3)},
    }  # fmt: skip


def _line_ends(text: str, material: Material) -> set[int]:
    """Indices behind the last note of every line of music: Essen's phrases."""
    return {
        index + 1
        for index, note in enumerate(material.notes)
        if index + 1 == len(material.notes)
        or "\n" in text[note.event.span.end : material.notes[index + 1].event.span.start]
    }


def main() -> int:
    """Measure and write results/facts.json."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--keys", type=int, default=2500, help="tunes of the labelled sources")
    options.add_argument("--styles", type=int, default=3000)
    chosen = options.parse_args()
    draw = random.Random(SEED)
    records = open_tunes()
    labelled = [r for r in records if r["source"] in LABELLED and held_out(r)]
    doubtful = [r for r in records if r["source"] in DOUBTFUL and held_out(r)]
    draw.shuffle(labelled)
    draw.shuffle(doubtful)
    styled = [r for r in records if (r["rhythm"] or "") in STYLES]
    draw.shuffle(styled)
    result = {
        "keys": measure_keys(labelled[: chosen.keys] + doubtful[: chosen.keys // 5]),
        "styles": measure_styles(styled[: chosen.styles]),
        "phrases": measure_phrases(labelled[:400] + [r for r in doubtful if r["source"] == "essen"][:400]),
    }  # fmt: skip
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "facts.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(json.dumps(result["keys"]["shares"].get("all labelled"), indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
