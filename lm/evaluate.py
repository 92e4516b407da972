"""Measure a model: `python -m lm evaluate RECIPE` writes one JSON under `benchmarks/results`.

The same requests go to the model with and without its adapter, with and without the grammar, and to the
controls of `lm.measures.controls`; every answer is judged raw, before any repair; once more the least odd of
several drafts, which is what the chat takes. For each: valid tunes and wrong bars, requirements met, tunes
inside the corpus' bands, endings, quotations of 16 notes from training tunes, how much the tunes repeat each
other, a classifier that tells them from real tunes (area under the curve; 0.5 is the best), and the dance that
a judge hears who has not chosen between drafts. Also bits per character of held-out tunes beside a 5-gram
model, and the audit of the split. Shares have 95 % Wilson intervals. What it does not measure: whether people
like the tunes.
"""

from __future__ import annotations

import json
import math
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from abc_tools.parse import parse_tune
from abc_tools.text import Edit, apply
from lm import data, model, tasks
from lm.measures import controls, dances
from lm.measures.classify import real_or_made
from lm.measures.judge import Judgement, judge, shares, wilson
from lm.measures.memory import LONG, Memory, distinct, self_similarity
from lm.measures.statistics import share_inside
from lm.piece import Piece, without_words
from lm.plan import fill_targets, plan_fill, plan_tune
from lm.recipe import EvaluateRecipe
from lm.sampling import asked_properties, requests, sample
from lm.spelling import write_piece

INSIDE = 0.9
"""A tune counts as inside the corpus' bands with this share of its features inside their band."""
FEWEST = 20
"""Tunes of a family below which no classifier is trained on it alone."""
ROW = 640
Sample = dict[str, Any]


class Corpus:
    """The tunes that a model is compared with."""

    def __init__(self, recipe: EvaluateRecipe) -> None:
        self.train = data.load_split(recipe.sources(), "train")
        self.held_out = data.load_split(recipe.sources(), "valid")
        self.memory = Memory(self.train)
        self.valid = [p for p in self.held_out if self.memory.longest(p) < LONG]
        self.dance = dances.train(self.train, dances.MARKS)

    def audit(self) -> dict[str, Any]:
        """Whether the split leaks: families on both sides, and held-out tunes that share a run of 16
        notes (in any key) with a training tune. Those are left out of `valid`.
        """
        groups = {p.group for p in self.train if p.group}
        return {
            "train": len(self.train),
            "held_out": len(self.held_out),
            "families_on_both_sides": len(groups & {p.group for p in self.held_out if p.group}),
            "held_out_sharing_16_notes": wilson(
                len(self.held_out) - len(self.valid), len(self.held_out)
            ),
            "held_out_used": len(self.valid),
        }

    def dance_accuracy(self) -> dict[str, float]:
        """How often the judge of dances is right on held-out tunes."""
        found, of = dances.right(self.dance, self.valid)
        return wilson(found.total(), of.total())


def matched(samples: Sequence[Sample], pieces: Sequence[Piece], seed: int) -> list[Piece]:
    """For each sample another real tune: of its rhythm and meter where there is one, else of its meter."""
    rng = random.Random(seed)
    order = list(pieces)
    rng.shuffle(order)
    shelves: dict[tuple[str, str], list[Piece]] = defaultdict(list)
    for piece in order:
        for rhythm in (piece.rhythm or "", "*"):
            shelves[rhythm, piece.meter.text].append(piece)
    used: set[int] = set()
    found = []
    for item in samples:
        asked = item["properties"]
        shelf = shelves[asked.get("rhythm", "*"), asked["meter"]] or shelves["*", asked["meter"]]
        free = next((p for p in shelf if id(p) not in used), None)
        if free is not None:
            used.add(id(free))
            found.append(free)
    return found


def family(item: Sample) -> str:
    """The genre that a sample was asked for; `other` for none."""
    rhythm = item["properties"].get("rhythm", "")
    name = dances.ALIKE.get(rhythm, rhythm)
    return name if name in dances.DANCES else "other"


def language(item: Sample) -> str:
    """The language of the words that asked."""
    words = item["prompt"].split("\n\n")[0]
    return "zh" if any("\u4e00" <= c <= "\u9fff" for c in words) else "en"


def summarise(samples: Sequence[Sample], corpus: Corpus, seed: int) -> dict[str, Any]:
    """Everything measured about one set of answers."""
    judged = [judge(s["abc"], s["properties"]) for s in samples]
    summary = shares(judged) | _likeness(samples, judged, corpus, seed)
    summary["families"] = {
        name: _part(samples, judged, corpus, seed, lambda s, n=name: family(s) == n)  # type: ignore[misc]
        for name in sorted({family(s) for s in samples})
    }
    summary["languages"] = {
        name: _part(samples, judged, corpus, seed, lambda s, n=name: language(s) == n)  # type: ignore[misc]
        for name in ("en", "zh")
    }
    seconds = sum(s.get("seconds", 0.0) for s in samples)
    if seconds:
        summary["seconds_per_tune"] = round(seconds / len(samples), 3)
        summary["tokens_per_second"] = round(sum(s["tokens"] for s in samples) / seconds, 1)
    return summary


def _part(
    samples: Sequence[Sample], judged: Sequence[Judgement], corpus: Corpus, seed: int,
    chosen: Callable[[Sample], bool],
) -> dict[str, Any]:  # fmt: skip
    """A summary of some of the samples."""
    kept = [i for i, s in enumerate(samples) if chosen(s)]
    own = [judged[i] for i in kept]
    found: dict[str, Any] = {"valid": wilson(sum(j.valid for j in own), len(own))}
    if len(kept) >= FEWEST:
        found |= _likeness([samples[i] for i in kept], own, corpus, seed)
    return found


def _likeness(
    samples: Sequence[Sample], judged: Sequence[Judgement], corpus: Corpus, seed: int
) -> dict[str, Any]:
    """How like real tunes the readable ones are, and how unlike each other."""
    pieces = [j.piece for j in judged if j.piece is not None]
    if len(pieces) < FEWEST:
        return {}
    real = matched(samples, [*corpus.valid, *corpus.train], seed)
    heard = [
        corpus.dance.guess(j.piece) == family(s)
        for j, s in zip(judged, samples, strict=True)
        if j.piece is not None and family(s) in dances.DANCES
    ]
    runs = [corpus.memory.longest(p) for p in pieces]
    return {
        "in_corpus_bands": wilson(sum(share_inside(p) >= INSIDE for p in pieces), len(judged)),
        "distinct": distinct(pieces),
        "shared_by_two": round(self_similarity(pieces), 3),
        "shares_16_notes_with_training": wilson(sum(r >= LONG for r in runs), len(runs)),
        "longest_shared_run": max(runs),
        "told_from_real": round(real_or_made(real, pieces), 3),
        "heard_as_asked": wilson(sum(heard), len(heard)),
    }


# -------------------------------------------------------------------------------------------- fills
def fills(weights: Path, corpus: Corpus, n: int, seed: int) -> dict[str, Any]:
    """How often held-out tunes are valid again when the model has written some of their bars anew, with
    and without the grammar.
    """
    from lm.embedded import EmbeddedBackend
    from lm.generate import collect

    backend = EmbeddedBackend(weights)
    rng = random.Random(seed)
    regular = [p for p in corpus.valid if len(p.clefs) == 1 and tasks.is_regular(p)]
    found: dict[str, list[bool]] = {"grammar": [], "free": []}
    for at, piece in enumerate(rng.sample(regular, min(n, len(regular)))):
        tune = parse_tune(write_piece(without_words(piece), 100))
        count = rng.choice((1, 2, 4, 4, 8))
        first = rng.randrange(1, max(2, tune.bar_count - count + 2))
        try:
            plan = plan_fill(tune, first, min(tune.bar_count, first + count - 1))
        except ValueError:
            continue
        targets = fill_targets(tune, first, min(tune.bar_count, first + count - 1))
        for name, grammar in (("grammar", plan.grammar), ("free", None)):
            text = collect(backend.generate(plan.messages, grammar=grammar, seed=at))[0]
            bars = text.strip().split("|")
            edits = [Edit(m.span, bar) for m, bar in zip(targets, bars, strict=False)]
            right = len(bars) == len(targets) and judge(apply(tune.source, edits)).valid
            found[name].append(right)
    return {name: wilson(sum(right), len(right)) for name, right in found.items()}


# --------------------------------------------------------------------------------------------- bits
def bits_per_character(weights: Path, adapter: bool, valid: Sequence[Piece], limit: int) -> float:
    """Bits per character of held-out answers."""
    import torch

    from lm.embedded import load_model

    net, tokenizer = load_model(weights, adapter)
    examples = list(tasks.dialogues(valid, 0, {"compose": 1.0}))[:limit]
    encoded = [data.encode(e, tokenizer) for e in examples]
    packed = data.pack(encoded, ROW, tokenizer.pad_token_id)
    characters = sum(
        len(e.answer) for e, (ids, _) in zip(examples, encoded, strict=True) if len(ids) <= ROW
    )
    nats = 0.0
    with torch.no_grad():
        for row in range(0, len(packed), 4):
            part = packed[row : row + 4]
            ids, labels, positions = (
                torch.from_numpy(a).long() for a in (part.ids, part.labels, part.positions)
            )
            mask = model.packed_mask(torch.from_numpy(part.owners))
            nats += model.packed_loss(net, ids, labels, positions, mask).item()
    return nats / math.log(2) / characters if characters else math.nan


def ngram_bits(gram: controls.NGram, tokenizer: Any, valid: Sequence[Piece], limit: int) -> float:
    """Bits per character of the same answers under the 5-gram model."""
    examples = list(tasks.dialogues(valid, 0, {"compose": 1.0}))[:limit]
    bits = characters = 0.0
    for example in examples:
        ids = tokenizer(example.answer, add_special_tokens=False)["input_ids"]
        bits += gram.bits([*ids, tokenizer.eos_token_id], 0)
        characters += len(example.answer)
    return bits / characters if characters else math.nan


def train_ngram(corpus: Corpus, tokenizer: Any, seed: int, epochs: int = 2) -> controls.NGram:
    """The 5-gram model of the training tunes in the keys of some epochs."""
    texts = (
        [*tokenizer(e.answer, add_special_tokens=False)["input_ids"], tokenizer.eos_token_id]
        for epoch in range(epochs)
        for e in tasks.dialogues(corpus.train, seed + epoch, {"compose": 1.0})
    )
    return controls.NGram(texts, len(tokenizer))


# ---------------------------------------------------------------------------------------------- run
def control_samples(
    recipe: EvaluateRecipe, corpus: Corpus, gram: controls.NGram, tokenizer: Any
) -> dict[str, list[Sample]]:
    """What the controls answer to the same requests."""
    from lm.decode import Masker

    masker = Masker(tokenizer, len(tokenizer))
    found: dict[str, list[Sample]] = defaultdict(list)
    for words, properties, seed in requests(recipe.n, recipe.seed):
        plan = plan_tune(words, properties, seed)
        frame = {"prompt": plan.messages[-1]["content"], "properties": asked_properties(plan)}
        for name, text in (
            ("5-gram, grammar", gram.write(plan.grammar, masker, tokenizer, seed)),
            ("rules", controls.composed_by_rules(plan, seed)),
            ("copy of a training tune", controls.copied(plan.properties, corpus.train, seed)),
        ):
            found[name].append({"abc": text, **frame})
    return found


def run(recipe: EvaluateRecipe, path: Path) -> dict[str, Any]:
    """Measure everything the recipe asks for and write the result."""
    from transformers import AutoTokenizer

    weights = Path(recipe.weights)
    corpus = Corpus(recipe)
    tokenizer = AutoTokenizer.from_pretrained(str(weights / "base"))
    gram = train_ngram(corpus, tokenizer, recipe.seed)
    results: dict[str, Any] = {
        "command": f"python -m lm evaluate {path.as_posix()}",
        "date": time.strftime("%Y-%m-%d"),
        "recipe": {k: v for k, v in asdict(recipe).items() if k not in ("data", "folders")},
        "split": corpus.audit(),
        "dance_classifier_on_held_out_tunes": corpus.dance_accuracy(),
        "bits_per_character": {
            "adapter": bits_per_character(weights, True, corpus.valid, recipe.valid_examples),
            "base": bits_per_character(weights, False, corpus.valid, recipe.valid_examples),
            "5-gram": ngram_bits(gram, tokenizer, corpus.valid, recipe.valid_examples),
        },
    }
    results["missing bars"] = fills(weights, corpus, recipe.n // 2, recipe.seed)
    runs = [(True, True, 1), (True, True, recipe.drafts), (True, False, 1)]
    runs += [(False, True, 1), (False, False, 1)] if recipe.base else []
    for adapter, grammar, drafts in runs:
        name = f"{'adapter' if adapter else 'base'}, {'grammar' if grammar else 'free'}"
        name += f", best of {drafts}" if drafts > 1 else ""
        made = list(
            sample(
                recipe.n, recipe.seed, with_grammar=grammar, adapter=adapter, weights=weights, drafts=drafts,
            )
        )  # fmt: skip
        results[name] = summarise(made, corpus, recipe.seed)
        report(name, results[name])
    for name, made in control_samples(recipe, corpus, gram, tokenizer).items():
        results[name] = summarise(made, corpus, recipe.seed)
        report(name, results[name])
    out = Path(recipe.out)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return results


def report(name: str, summary: dict[str, Any]) -> None:
    """One line on standard output."""
    line = f"{name}: valid {summary['valid']['share']:.3f}"
    for key in ("in_corpus_bands", "heard_as_asked", "told_from_real"):
        value = summary.get(key)
        line += f", {key} {value['share'] if isinstance(value, dict) else value}"
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
