"""What the grammar costs and what it forbids.

Three questions, each a part of the result: how long grammars take to build and compile and masks to compute,
beside a step of the embedded model in the same run and for a vocabulary of about 150,000 (`cost`); which
share of real tunes, in the writer's spelling, the grammar of their own spec accepts (`accepted`); how
often tokens sampled under a grammar are not those the tokenizer would give the same text (`spelling`).

Times are those of the processor, not of the clock, so that a busy machine changes them little.
Run: `python -m benchmarks.grammar_cost [--tunes N] [--samples N] [--part cost …]`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.data import open_tunes
from lm.data import data_folder
from lm.decode import Masker
from lm.embedded import WEIGHTS, load_model
from lm.grammar import spec_of, tune_grammar
from lm.piece import Unreadable
from lm.plan import plan_melody, plan_tune
from lm.reading import read_piece
from lm.spelling import write_piece

RESULTS = Path(__file__).with_name("results")
PARTS = ("cost", "accepted", "spelling")
LARGE = 150_000
WALKS, WARM, STEPS = 3, 8, 120
LONGEST = 500
TEMPERATURE = 0.9
CASES: dict[str, dict[str, str]] = {
    "4/4, 32 bars": {"meter": "4/4", "sections": "|:A8:| |:B8:| |:C8:| |:D8:|", "key": "G major"},
    "4/4, 32 bars, chords": {"meter": "4/4", "sections": "|:A16:| B16", "key": "G major",
                             "chords": "yes"},
    "4/4, 32 bars, chromatic": {"meter": "4/4", "sections": "A16 B16", "key": "G major",
                                "chromatic": "some"},
    "6/8, 32 bars, endings": {"meter": "6/8", "sections": "|:A16/1:| |:B16/1:|", "key": "D major"},
    "12/8, 16 bars": {"meter": "12/8", "sections": "|:A8:| |:B8:|", "key": "D major"},
    "SATB, 16 bars, chords": {"meter": "4/4", "sections": "A16", "key": "G major", "voices": "4",
                              "chords": "yes"},
    "SATB, 32 bars": {"meter": "3/4", "sections": "A16 B16", "key": "F major", "voices": "4"},
    "3/4, 16 bars, English words": {"meter": "3/4", "sections": "A16", "key": "F major",
                                    "words": "en"},
}  # fmt: skip
HYMN = "Amazing grace, how sweet the sound\nThat saved a wretch like me\n" * 2


def main() -> int:
    """Measure the chosen parts; those not chosen stay as recorded."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tunes", type=int, default=80, help="real tunes of each source")
    parser.add_argument("--samples", type=int, default=12, help="tunes sampled for the spelling")
    parser.add_argument("--part", nargs="*", choices=PARTS, default=PARTS)
    asked = parser.parse_args()
    path = RESULTS / "grammar.json"
    result = json.loads(path.read_text()) if path.exists() else {}
    result["command"] = "python -m benchmarks.grammar_cost"
    model, tokenizer = load_model(WEIGHTS)
    parts: dict[str, Callable[[], Any]] = {
        "cost": lambda: cost(model, tokenizer),
        "accepted": lambda: accepted(asked.tunes),
        "spelling": lambda: spelling(model, tokenizer, asked.samples),
    }
    for name in asked.part:
        result[name] = parts[name]()
        sys.stdout.write(json.dumps({name: result[name]}, indent=1, ensure_ascii=False) + "\n")
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


# --------------------------------------------------------------------------------------------- cost
def cost(model: Any, tokenizer: Any) -> dict[str, Any]:
    """Milliseconds of grammars and microseconds of masks for every case and both vocabularies."""
    grammars = {}
    for name, properties in CASES.items():
        grammars[name] = lambda p=properties: plan_tune("", p, 1).grammar
    grammars["3/4, 16 bars, words given"] = lambda: (
        plan_melody(HYMN, properties={"meter": "3/4", "key": "F major"}).grammar
    )
    step = model_step(model)
    large = large_tokenizer()
    maskers = {
        "embedded": Masker(tokenizer, len(tokenizer)),
        "large": Masker(large, len(large)),
    }
    table = {}
    for name, make in grammars.items():
        build, grammar = timed(make)
        row: dict[str, Any] = {"kB": round(len(grammar) / 1000, 1), "build ms": build}
        for which, masker in maskers.items():
            compiling, _ = timed(lambda g=grammar, m=masker: m.matcher(g))
            row[which] = {"compile ms": compiling, **mask_times(masker, grammar)}
        row["share of a step"] = round(row["embedded"]["mean us"] / (1000 * step), 4)
        table[name] = row
    return {
        "embedded vocabulary": len(tokenizer), "large vocabulary": len(large),
        "step of the embedded model ms": step, "cases": table,
    }  # fmt: skip


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """(processor milliseconds of the fastest of five calls, what it gave)."""
    best, given = float("inf"), None
    for _ in range(5):
        began = time.thread_time()
        given = call()
        best = min(best, time.thread_time() - began)
    return round(1000 * best, 1), given


def mask_times(masker: Masker, grammar: str) -> dict[str, float]:
    """Microseconds a mask along random walks, each allowed token as likely as any other."""
    import llguidance.numpy as bits
    import numpy as np

    times = []
    for seed in range(WALKS):
        rng, matcher = random.Random(seed), masker.matcher(grammar)
        mask = bits.allocate_token_bitmask(1, masker.vocabulary)
        while not matcher.is_stopped():
            began = time.thread_time()
            bits.fill_next_token_bitmask(matcher, mask)
            times.append(time.thread_time() - began)
            allowed = np.nonzero(np.unpackbits(mask.view(np.uint8), bitorder="little"))[0]
            if not len(allowed) or not matcher.consume_token(int(rng.choice(list(allowed)))):
                raise AssertionError(f"a dead end: {matcher.get_error()[:200]}")
    found = 1e6 * np.array(times)
    p50, p99 = np.percentile(found, (50, 99))
    return {"masks": len(times), "mean us": round(float(found.mean()), 1),
            "p50 us": round(float(p50), 1), "p99 us": round(float(p99), 1)}  # fmt: skip


def model_step(model: Any) -> float:
    """Milliseconds a token of the embedded model, one row with a cache, on one thread."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    ids = torch.randint(5, model.config.vocab_size, (1, 64))
    cache, times = None, []
    with torch.inference_mode():
        for _ in range(WARM + STEPS):
            began = time.thread_time()
            out = model(input_ids=ids, past_key_values=cache, use_cache=True, logits_to_keep=1)
            times.append(time.thread_time() - began)
            cache, ids = out.past_key_values, out.logits[:, -1].argmax(-1)[:, None]
    torch.set_num_threads(threads)
    return round(1000 * sum(times[WARM:]) / STEPS, 3)


def large_tokenizer() -> Any:
    """A byte-level BPE of `LARGE` entries, trained on the shared verse and tunes."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=LARGE, special_tokens=["<|end|>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )  # fmt: skip

    def texts() -> Iterator[str]:
        for name in ("verse_en", "verse_zh", "theory_en"):
            with gzip.open(data_folder() / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
                yield from file
        for record in open_tunes(("tunes_train",)):
            yield record["abc"]

    tokenizer.train_from_iterator(texts(), trainer)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|end|>")


# ----------------------------------------------------------------------------------------- accepted
def accepted(count: int) -> dict[str, Any]:
    """How many real tunes are accepted, by source, for one voice and several, and where others stop."""
    rng = random.Random(1)
    by_source: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in open_tunes(("tunes_train", "tunes_nc_train")):
        by_source[record["source"]].append(record)
    masker = Masker(byte_tokenizer(), 257)
    seen: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for source, records in by_source.items():
        for record in rng.sample(records, min(count, len(records))):
            try:
                piece = read_piece(record["abc"], record)
                text = write_piece(piece, 100, verses=0)
            except Unreadable:
                continue
            kind = f"{source}, {'one voice' if len(piece.clefs) == 1 else 'several voices'}"
            seen[kind] += 1
            reason = refused(masker, piece, text)
            taken[kind] += not reason
            reasons[reason] += 1
    total: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    for kind, number in seen.items():
        name = kind.split(", ")[1]
        total[name], kept[name] = total[name] + number, kept[name] + taken[kind]
    return {
        "share": {name: round(kept[name] / total[name], 4) for name in total},
        "tunes": dict(total),
        "sources": {kind: [taken[kind], seen[kind]] for kind in sorted(seen)},
        "refused because": {r: n for r, n in reasons.most_common() if r},
    }


def refused(masker: Masker, piece: Any, text: str) -> str:
    """Why the grammar of a piece's own spec does not accept its text; "" if it does."""
    try:
        grammar = tune_grammar(spec_of(piece))
    except (Unreadable, ValueError):
        return "no spec for it"
    matcher = masker.matcher(grammar)
    data = list(text.encode())
    stop = matcher.try_consume_tokens(data)
    if stop == len(data) and matcher.is_accepting():
        return ""
    rest, before = (
        text.encode()[stop:].decode(errors="ignore"),
        text.encode()[:stop].decode(errors="ignore"),
    )
    if rest.startswith("-") or before.endswith("-"):
        return "a tie of several notes" if "]" in before[-12:] else "a tie"
    if rest.startswith('"'):
        return "a chord symbol off the eighths"
    if rest[:1] in "|:":
        return "a short bar"
    return "a note"


def byte_tokenizer() -> Any:
    """A tokenizer of single bytes: what it accepts, every tokenizer can write."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    byte_of = {c: byte for byte, c in _byte_letters().items()}
    vocabulary = {c: byte_of[c] for c in alphabet} | {"<|end|>": 256}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.add_special_tokens(["<|end|>"])
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|end|>")


def _byte_letters() -> dict[int, str]:
    """The letter that byte-level tokenizers write for each byte."""
    kept = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in kept]
    return {b: chr(b) for b in kept} | {b: chr(256 + n) for n, b in enumerate(others)}


# ----------------------------------------------------------------------------------------- spelling
def spelling(model: Any, tokenizer: Any, count: int) -> dict[str, Any]:
    """Sampled token sequences beside the tokenizer's own for the same text, with and without grammar;
    `mass` is the probability that the grammar takes away in a step.
    """
    masker = Masker(tokenizer, len(tokenizer))
    result = {}
    for name, limited in (("grammar", True), ("free", False)):
        tunes = same = tokens = stray = 0
        lost: list[float] = []
        for seed in range(count):
            properties = list(CASES.values())[seed % 4]
            plan = plan_tune("", {**properties, "sections": "|:A8:| |:B8:|"}, seed)
            ids, mass = sampled(model, tokenizer, masker, plan, seed, limited)
            text = tokenizer.decode(ids, clean_up_tokenization_spaces=False)
            own = tokenizer(text, add_special_tokens=False)["input_ids"]
            tunes, same, tokens = tunes + 1, same + (own == ids), tokens + len(ids)
            stray += len(boundaries(tokenizer, ids) - boundaries(tokenizer, own))
            lost += mass
        result[name] = {
            "tunes": tunes, "tokens": tokens, "tunes spelled the tokenizer's way": same,
            "token ends where the tokenizer has none, share": round(stray / tokens, 5),
            "mass taken away a step, mean": round(sum(lost) / max(1, len(lost)), 4),
            "steps with more than half taken away": sum(m > 0.5 for m in lost),
        }  # fmt: skip
    return result


def sampled(
    model: Any, tokenizer: Any, masker: Masker, plan: Any, seed: int, limited: bool
) -> tuple[list[int], list[float]]:
    """Token ids of one tune behind its header, and the probability the grammar forbade at each step."""
    import torch

    torch.set_num_threads(1)  # as the embedded backend does
    generator = torch.Generator().manual_seed(seed)
    prompt = tokenizer.apply_chat_template(
        plan.messages, add_generation_prompt=True, tokenize=False
    )
    header = "\n".join(plan.spec.header) + "\n"
    start = tokenizer(prompt + header, add_special_tokens=False)["input_ids"]
    matcher = masker.matcher(plan.grammar)
    matcher.consume_tokens(tokenizer(header, add_special_tokens=False)["input_ids"])
    ids, lost, cache = torch.tensor([start]), [], None
    out_ids: list[int] = []
    with torch.inference_mode():
        while len(out_ids) < LONGEST:
            out = model(input_ids=ids, past_key_values=cache, use_cache=True, logits_to_keep=1)
            cache = out.past_key_values
            chances = torch.softmax(out.logits[0, -1].float() / TEMPERATURE, -1)
            if limited:
                forbidden = masker.forbidden([matcher], len(chances), chances.device)[0]
                lost.append(float(chances[forbidden].sum()))
                chances = chances.masked_fill(forbidden, 0)
            chances = torch.where(chances < 0.03 * chances.max(), 0, chances)
            token = int(torch.multinomial(chances, 1, generator=generator))
            if token == tokenizer.eos_token_id:
                break
            out_ids.append(token)
            if limited:
                matcher.consume_token(token)
                if matcher.is_stopped():
                    break
            ids = torch.tensor([[token]])
    return out_ids, lost


def boundaries(tokenizer: Any, ids: list[int]) -> set[int]:
    """The positions, in bytes of the text, at which tokens end."""
    at, found = 0, set()
    for token in tokenizer.convert_ids_to_tokens(ids):
        at += len(token)
        found.add(at)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
