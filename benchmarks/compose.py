"""One hundred tunes asked for in varied words: how many are valid, and how many requirements are met.

Validity of what is delivered is judged by our rules, by abcjs and by abc2midi, bar for bar. `raw` counts
the drafts of the model before any repair. Run: `python -m benchmarks.compose [--limit N]`.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from benchmarks.oracles import abc2midi_complaints, abcjs_bars, our_bars
from benchmarks.requests import REQUESTS
from chat.act.compose import Composed, compose
from chat.phrases import language_of
from chat.session import Session
from chat.understand.intent import understand
from lm.generate import load_backend

RESULTS = Path(__file__).with_name("results")


def run(limit: int) -> dict[str, object]:
    """Ask for the first `limit` tunes and judge them."""
    backend = load_backend({"backend": "embedded"})
    wishes: Counter[str] = Counter()
    met: Counter[str] = Counter()
    delivered: list[tuple[str, str]] = []
    unmet: list[dict[str, str]] = []
    drafts = raw_valid = 0
    seconds = []
    for number, request in enumerate(REQUESTS[:limit]):
        intent = understand(request, Session(), None)
        started = time.monotonic()
        done = None
        if intent.kind == "compose":
            for item in compose(request, intent.wishes, backend, 1000 + number):
                done = item if isinstance(item, Composed) else done
        seconds.append(time.monotonic() - started)
        if done is None or done.draft is None:
            unmet.append({"request": request, "requirement": "a tune", "intent": intent.kind})
            continue
        drafts, raw_valid = drafts + done.drafts, raw_valid + done.raw_valid
        delivered.append((request, done.draft.tune.text))
        for requirement in done.draft.requirements:
            wishes[requirement.name] += 1
            met[requirement.name] += bool(requirement.met)
            if not requirement.met:
                unmet.append({"request": request, "requirement": requirement.name,
                              "value": requirement.value})  # fmt: skip
    texts = [text for _, text in delivered]
    judged = abcjs_bars(texts)
    by_abcjs = (
        None
        if judged is None
        else sum(
            bars == our_bars(parse_tune(text)) for bars, text in zip(judged, texts, strict=True)
        )
    )
    complaints = [abc2midi_complaints(text) for text in texts]
    return {
        "command": f"python -m benchmarks.compose --limit {limit}",
        "requests": limit,
        "delivered": len(texts),
        "valid_by_our_rules": sum(not errors(parse_tune(text)) for text in texts),
        "valid_by_abcjs_bar_for_bar": by_abcjs,
        "valid_by_abc2midi": None if None in complaints else sum(not c for c in complaints),
        "drafts": drafts,
        "drafts_valid_before_repair": raw_valid,
        "requirements_asked": sum(wishes.values()),
        "requirements_met": sum(met.values()),
        "by_requirement": {name: [met[name], wishes[name]] for name in sorted(wishes)},
        "languages": dict(Counter(language_of(request) for request in REQUESTS[:limit])),
        "different_tunes": len({text.split("\nK:", 1)[1] for text in texts}),
        "seconds_median": round(statistics.median(seconds), 2),
        "seconds_most": round(max(seconds), 2),
        "unmet": unmet,
        "sample": [text for _, text in random.Random(1).sample(delivered, min(10, len(delivered)))],
    }  # fmt: skip


def main() -> int:
    """Run and write `results/compose.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=len(REQUESTS))
    options = parser.parse_args()
    result = run(options.limit)
    RESULTS.mkdir(exist_ok=True)
    target = RESULTS / "compose.json"
    target.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    shown = {k: v for k, v in result.items() if k not in ("sample", "unmet")}
    sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
