"""Measure a model: `python -m lm evaluate RECIPE` writes one JSON under `benchmarks/results`.

Measured on raw output, before any repair: share of valid tunes and of right bars with and without
the grammar, how many tunes meet the key, meter, number of bars, form and chords that were asked
for, how many distinct tunes there are, tunes that end on the tonic, the longest runs shared with
training tunes, and bits per character of held-out answers, each for the base with and without its
adapter. Intervals are 95 % Wilson intervals. Validity is judged by `abc_tools.validate`. What it
does not measure: whether people like the tunes.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from lm import data, model, pretrain
from lm.recipe import EvaluateRecipe


def wilson(hits: int, total: int) -> dict[str, float]:
    """A share with its 95 % interval."""
    if not total:
        return {"share": 0.0, "low": 0.0, "high": 1.0, "n": 0}
    p, z = hits / total, 1.96
    middle = (p + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(p * (1 - p) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return {"share": p, "low": max(0.0, middle - half), "high": min(1.0, middle + half), "n": total}


def judge(sample: dict[str, Any]) -> dict[str, Any]:
    """What is true of one raw sample: validity, bars, and each property that was asked for."""
    from abc_tools.parse import parse
    from abc_tools.theory import parse_key
    from abc_tools.validate import errors

    tunes = parse(sample["abc"]).tunes
    if not tunes or not tunes[0].measures:
        return {"valid": False, "bars": 0, "wrong_bars": 0, "met": {}, "tonic": False}
    tune, asked = tunes[0], sample["properties"]
    found = errors(tune)
    wrong = sum(d.rule == "measure-length" for d in found)
    bars = tune.bar_count
    met: dict[str, bool] = {}
    if asked:
        wanted = parse_key(asked["key"])
        form = [(s.bars, s.repeat) for s in read_form(asked["sections"])]
        symbols = [e.chord_symbol for m in tune.measures for e in m.events]
        met = {
            "key": tune.key == wanted,
            "meter": tune.meter is not None and tune.meter.text == asked["meter"],
            "bars": bars == sum(n for n, _ in form),
            "chords": any(symbols) == (asked["chords"] == "yes"),
            "repeats": sample["abc"].count(":|") == sum(r for _, r in form),
        }
    last = next((n for e in reversed(tune.measures[-1].events) for n in e.notes), None)
    tonic = last is not None and last.written.step == tune.key.tonic
    return {"valid": not found, "bars": bars, "wrong_bars": wrong, "met": met, "tonic": tonic}


def read_form(text: str) -> Sequence[Any]:
    """The sections the model was asked to write: each label once."""
    from lm.plan import read_sections

    seen: dict[str, Any] = {}
    for section in read_sections(text):
        seen.setdefault(section.label, section)
    return list(seen.values())


def melody(abc: str) -> list[tuple[int, str]]:
    """(interval, duration) of successive notes: the same in every key."""
    from abc_tools.parse import parse

    tunes = parse(abc).tunes
    if not tunes:
        return []
    notes = [
        (e.notes[0].pitch.midi, e.duration) for m in tunes[0].measures for e in m.events if e.notes
    ]
    return [(b[0] - a[0], str(b[1])) for a, b in pairwise(notes)]


def longest_shared(abcs: Iterable[str], training: Iterable[str], size: int = 16) -> list[int]:
    """For each tune the longest run of (interval, duration) pairs also in a training tune; under
    `size` counts 0.
    """
    grams: set[tuple[Any, ...]] = set()
    longer: list[list[tuple[int, str]]] = []
    for text in training:
        line = melody(text)
        longer.append(line)
        grams.update(tuple(line[i : i + size]) for i in range(len(line) - size + 1))
    runs = []
    for abc in abcs:
        line = melody(abc)
        best = run = 0
        for i in range(len(line) - size + 1):
            run = run + 1 if tuple(line[i : i + size]) in grams else 0
            best = max(best, run + size - 1 if run else 0)
        runs.append(best)
    return runs


def share_in_bands(abcs: Sequence[str]) -> dict[str, float]:
    """How many tunes lie inside the corpus' 5-95 % band in at least nine features of ten."""
    from lm.corpus import read_piece
    from lm.piece import Unreadable
    from lm.rank import BANDS, features

    inside = 0
    for abc in abcs:
        try:
            found = features(read_piece(abc))
        except Unreadable:
            continue
        kept = sum(BANDS[n][0] <= v <= BANDS[n][1] for n, v in found.items())
        inside += kept >= 0.9 * len(found)
    return wilson(inside, len(abcs))


def summarise(samples: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Shares over a list of raw samples."""
    judged = [judge(s) for s in samples]
    bars = sum(j["bars"] for j in judged)
    names = sorted({name for j in judged for name in j["met"]})
    seconds, tokens = sum(s["seconds"] for s in samples), sum(s["tokens"] for s in samples)
    return {
        "valid": wilson(sum(j["valid"] for j in judged), len(judged)),
        "wrong_bars": wilson(sum(j["wrong_bars"] for j in judged), bars),
        "met": {n: wilson(sum(j["met"].get(n, False) for j in judged), len(judged)) for n in names},
        "ends_on_tonic": wilson(sum(j["tonic"] for j in judged), len(judged)),
        "in_corpus_bands": share_in_bands([s["abc"] for s in samples]),
        "distinct": len({s["abc"].split("K:", 1)[-1] for s in samples}),
        "tokens_per_second": round(tokens / seconds, 1) if seconds else None,
        "seconds_per_tune": round(seconds / len(samples), 3),
    }


def bits_per_character(weights: Path, adapter: bool, recipe: EvaluateRecipe) -> float:
    """Bits per character of held-out answers."""
    import torch

    from lm.embedded import load_model

    net, tokenizer = load_model(weights, adapter)
    pieces = pretrain.load_split(recipe.sources(), "valid")
    examples = list(data.make_examples(pieces, 0, 0.0))[: recipe.valid_examples]
    encoded = [data.encode(e, tokenizer) for e in examples]
    packed = data.pack(encoded, 640, tokenizer.pad_token_id)
    characters = sum(
        len(e.answer) for e, (ids, _) in zip(examples, encoded, strict=True) if len(ids) <= 640
    )
    nats = 0.0
    with torch.no_grad():
        for row in range(0, len(packed.ids), 4):
            part = slice(row, row + 4)
            ids, labels, positions = (
                torch.from_numpy(a[part]).long()
                for a in (packed.ids, packed.labels, packed.positions)
            )
            mask = model.packed_mask(torch.from_numpy(packed.owners[part]))
            nats += model.packed_loss(net, ids, labels, positions, mask).item()
    return nats / math.log(2) / characters


def run(recipe: EvaluateRecipe, path: Path) -> dict[str, Any]:
    """Measure everything the recipe asks for and write the result."""
    from lm.sampling import sample

    weights = Path(recipe.weights)
    results: dict[str, Any] = {
        "command": f"python -m lm evaluate {path.as_posix()}",
        "date": time.strftime("%Y-%m-%d"),
        "seed": recipe.seed,
    }
    training: list[str] | None = None
    for name, adapter, grammar in (
        ("adapter, grammar", True, True),
        ("adapter, free", True, False),
        ("base, grammar", False, True),
        ("base, free", False, False),
    ):
        if not adapter and not recipe.base:
            continue
        samples = list(
            sample(recipe.n, recipe.seed, with_grammar=grammar, adapter=adapter, weights=weights)
        )
        summary = summarise(samples)
        if grammar and adapter and recipe.memorisation:
            training = training or training_texts(recipe)
            runs = longest_shared((s["abc"] for s in samples), training)
            summary["shares_16_notes_with_training"] = wilson(sum(r >= 16 for r in runs), len(runs))
            summary["longest_shared_run"] = max(runs)
        results[name] = summary
        sys.stdout.write(f"{name}: valid {summary['valid']['share']:.3f}\n")
        sys.stdout.flush()
    results["bits_per_character"] = {
        "adapter": bits_per_character(weights, True, recipe),
        "base": bits_per_character(weights, False, recipe),
    }
    out = Path(recipe.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return results


def training_texts(recipe: EvaluateRecipe) -> list[str]:
    """The training tunes as canonical text."""
    from lm.spelling import write_piece

    return [write_piece(p, 100) for p in pretrain.load_split(recipe.sources(), "train")]
