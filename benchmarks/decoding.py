"""How fast the embedded model writes: engines side by side, many users, what the grammar costs, memory.

    python -m benchmarks.decoding [--rounds N] [--threads T]

Engines take turns, one short stretch each, so that what else the machine does falls on all of them; the figures are
medians over the rounds, and CPU time is given beside wall time. Engines that are not installed are left out (onnx,
onnxruntime, llama-cpp-python with gguf, and ctranslate2 are no dependencies of the project). Results go to
`results/decoding.json`.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from benchmarks.decoding_engines import ENGINES
from lm.embedded import WEIGHTS, EmbeddedBackend, load_model
from lm.generate import collect
from lm.plan import plan_tune

RESULTS = Path(__file__).with_name("results")
REQUEST = ("A lively jig in G major, 16 bars, with chords",
           {"rhythm": "jig", "key": "G major", "bars": "16", "chords": "yes"})  # fmt: skip
PROMPT, STRETCH = 100, 128


def side_by_side(rounds: int) -> dict[str, Any]:
    """Milliseconds a token of each engine, and whether it decodes the same tokens as transformers."""
    model, tokenizer = load_model(WEIGHTS)
    text = plan_tune(*REQUEST, 1).messages
    prompt = tokenizer.apply_chat_template(text, add_generation_prompt=True, tokenize=True)
    prompt = list(prompt["input_ids"] if hasattr(prompt, "keys") else prompt)[:PROMPT]
    times: dict[str, list[tuple[float, float]]] = {}
    tokens: dict[str, list[int]] = {}
    absent: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        merged = Path(scratch) / "model"
        model.save_pretrained(str(merged))
        tokenizer.save_pretrained(str(merged))
        decoders = {}
        for name, make in ENGINES.items():
            try:
                decoders[name] = make(model, merged, Path(scratch))
                tokens[name] = decoders[name](prompt, STRETCH)[0]  # also warms it up
                times[name] = []
            except Exception as error:  # noqa: BLE001 - an engine that cannot is a result too
                absent[name] = f"{type(error).__name__}: {str(error).splitlines()[0][:160]}"
                decoders.pop(name, None)
        for _ in range(rounds):
            for name, decode in decoders.items():
                made, wall, cpu = decode(prompt, STRETCH)
                times[name].append((wall / len(made), cpu / len(made)))
    base = statistics.median(wall for wall, _ in times["transformers"])
    rows = {}
    for name, pairs in times.items():
        wall = statistics.median(w for w, _ in pairs)
        same = sum(a == b for a, b in zip(tokens[name], tokens["transformers"], strict=False))
        rows[name] = {
            "ms_per_token": round(1000 * wall, 3),
            "cpu_ms_per_token": round(1000 * statistics.median(c for _, c in pairs), 3),
            "tokens_per_second": round(1 / wall, 1),
            "times_transformers": round(base / wall, 2),
            "same_tokens_as_transformers": f"{same}/{STRETCH}",
        }
    return {"engines": rows, "left_out": absent}


def grammar_cost(backend: EmbeddedBackend, rounds: int) -> dict[str, Any]:
    """One stream with the grammar: tokens a second, and the share of the time spent on masks."""
    _, scheduler = backend.load()
    masker = scheduler.masker
    spent = [0.0]
    plain = masker.forbidden

    def counted(*arguments: Any) -> Any:
        began = time.perf_counter()
        out = plain(*arguments)
        spent[0] += time.perf_counter() - began
        return out

    masker.forbidden = counted
    speeds, frugal, shares, seconds, compiles = [], [], [], [], []
    for seed in range(rounds):
        plan = plan_tune(*REQUEST, seed)
        began = time.perf_counter()
        masker.matcher(plan.grammar)
        compiles.append(time.perf_counter() - began)
        spent[0], began, cpu = 0.0, time.perf_counter(), time.process_time()
        deltas = list(backend.generate(plan.messages, grammar=plan.grammar, seed=seed))
        wall = time.perf_counter() - began
        seconds.append((wall, time.process_time() - cpu))
        speeds.append(len(deltas) / wall)
        frugal.append(len(deltas) / seconds[-1][1])
        shares.append((spent[0] + compiles[-1]) / wall)
    masker.forbidden = plain
    return {
        "tokens_per_second": round(statistics.median(speeds), 1),
        "tokens_per_cpu_second": round(statistics.median(frugal), 1),
        "seconds_for_a_tune_of_16_bars": round(statistics.median(s for s, _ in seconds), 3),
        "cpu_seconds_for_it": round(statistics.median(c for _, c in seconds), 3),
        "slowest_seconds": round(max(s for s, _ in seconds), 3),
        "share_of_time_for_the_grammar": round(statistics.median(shares), 4),
        "compiling_it_ms": round(1000 * statistics.median(compiles), 2),
        "tunes": rounds,
    }


def many_users(backend: EmbeddedBackend, rounds: int) -> list[dict[str, Any]]:
    """Tunes asked for by several threads at once: how many a second, and how long each waits; the
    numbers of users take turns.
    """
    counts = (1, 2, 4, 8)
    runs: dict[int, list[tuple[float, float]]] = {count: [] for count in counts}
    for number in range(rounds):
        for count in counts:
            began = time.perf_counter()
            lasted: list[float] = []

            def user(seed: int, began: float = began, lasted: list[float] = lasted) -> None:
                plan = plan_tune(*REQUEST, seed)
                collect(backend.generate(plan.messages, grammar=plan.grammar, seed=seed))
                lasted.append(time.perf_counter() - began)

            threads = [threading.Thread(target=user, args=(10 * number + i,)) for i in range(count)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            runs[count].append((count / (time.perf_counter() - began), statistics.mean(lasted)))
    alone = statistics.median(rate for rate, _ in runs[1])
    return [
        {
            "users": count,
            "tunes_per_second": round(statistics.median(rate for rate, _ in pairs), 2),
            "times_one_user": round(statistics.median(rate for rate, _ in pairs) / alone, 2),
            "seconds_each_waits": round(statistics.median(wait for _, wait in pairs), 2),
        }
        for count, pairs in runs.items()
    ]


def main() -> int:
    """Measure and write `results/decoding.json`."""
    import torch

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    backend = EmbeddedBackend()
    collect(
        backend.generate(plan_tune(*REQUEST, 1).messages, grammar=plan_tune(*REQUEST, 1).grammar)
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    result = {
        "command": f"python -m benchmarks.decoding --rounds {options.rounds} --threads {options.threads}",
        "machine": "two shared cores; another job may run: take the ratios",
        "one_stream_with_grammar": grammar_cost(backend, options.rounds),
        "many_users": many_users(backend, max(3, options.rounds // 4)),
        "gigabytes_of_memory_with_the_model": round(peak, 2),
        **side_by_side(options.rounds),
    }
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    (RESULTS / "decoding.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
