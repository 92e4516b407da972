"""Damage done on purpose to tunes that are right, and what repair makes of it.

Tunes: the single-voice folk tunes of music21's corpus in which our rules find no error. One damage
each, drawn by a frozen seed: a barline lost, a barline doubled, a note length changed, a foreign sign, a
note lost. Measured: valid after repair, no note lost, the very text again (spaces apart). Run:
`python -m benchmarks.repair [--limit N]`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from abc_tools.edit import all_measures
from abc_tools.parse import parse, parse_tune
from abc_tools.repair import repair
from abc_tools.spelling import notes_in_order
from abc_tools.validate import errors

SEED = 20261121
RESULTS = Path(__file__).with_name("results")


def corpus_tunes(limit: int) -> list[str]:
    """Right tunes of music21's corpus, evenly drawn."""
    from music21 import corpus

    texts = []
    for name in ("oneills1850", "ryansMammoth", "airdsAirs"):
        for path in sorted(corpus.getComposer(name), key=str):
            text = Path(str(path)).read_text(encoding="utf-8", errors="replace")
            for tune in parse(text).tunes:
                if len(tune.voices) == 1 and 8 <= len(tune.measures) <= 40 and not errors(tune):
                    texts.append(tune.text + "\n")
    return random.Random(SEED).sample(texts, min(limit, len(texts)))


def _replace(
    pattern: str, change: Callable[[re.Match[str]], str]
) -> Callable[[str, random.Random], str | None]:
    def damage(body: str, rng: random.Random) -> str | None:
        places = list(re.finditer(pattern, body))[1:-1]
        if not places:
            return None
        match = rng.choice(places)
        return body[: match.start()] + change(match) + body[match.end() :]

    return damage


NOTE = r"(?<![\w!:])[A-Ga-g][,']*(?![\w/',:])"
DAMAGES: dict[str, Callable[[str, random.Random], str | None]] = {
    "barline lost": _replace(r"(?<![|:\[])\|(?![|:\]\d])", lambda m: " "),
    "barline doubled": _replace(NOTE, lambda m: m[0] + "|"),
    "note longer": _replace(NOTE, lambda m: m[0] + "2"),
    "note shorter": _replace(NOTE, lambda m: m[0] + "/"),
    "foreign sign": _replace(NOTE, lambda m: "@" + m[0]),
    "note lost": _replace(NOTE, lambda m: ""),
}


def _notes(text: str) -> int:
    return sum(1 for m in all_measures(parse_tune(text)) for _ in notes_in_order(m))


def run(limit: int) -> dict[str, object]:
    """Damage and repair `limit` tunes in every way."""
    rng = random.Random(SEED)
    counts: dict[str, Counter[str]] = {name: Counter() for name in DAMAGES}
    for text in corpus_tunes(limit):
        head, key, rest = text.partition("\nK:")
        line, newline, body = rest.partition("\n")
        for name, damage in DAMAGES.items():
            broken_body = damage(body, rng)
            if broken_body is None:
                continue
            broken = head + key + line + newline + broken_body
            if not errors(parse_tune(broken)):
                counts[name]["not an error"] += 1
                continue
            result = repair(broken)
            counts[name]["damaged"] += 1
            counts[name]["valid"] += result.valid
            counts[name]["no note lost"] += _notes(result.abc) >= _notes(broken)
            counts[name]["as before"] += "".join(result.abc.split()) == "".join(text.split())
    return {
        "command": f"python -m benchmarks.repair --limit {limit}",
        "seed": SEED,
        "by_damage": {name: dict(counter) for name, counter in counts.items()},
        "damaged": sum(c["damaged"] for c in counts.values()),
        "valid": sum(c["valid"] for c in counts.values()),
        "as_before": sum(c["as before"] for c in counts.values()),
    }


def main() -> int:
    """Run and write `results/repair.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=150)
    result = run(parser.parse_args().limit)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, indent=1) + "\n"
    (RESULTS / "repair.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
