"""The jobs of docs/gpu-queue.md in order, inside a time budget: `python -m benchmarks.gpu_queue --minutes 28`.

Each job runs in a process of its own, so that one that fails (or fills the memory) does not take the others along, and
leaves `OUT/NAME.json` at once. Jobs whose result is there are not run again: the same command goes on where
the last one stopped. A job is not begun when less time is left than it is expected to need; training jobs resume
from their checkpoints. `--toy` runs everything at a size that a CPU does in seconds, `--list` shows the jobs.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

Result = dict[str, Any]


@dataclass(frozen=True)
class Job:
    """Something to measure; `minutes` is what it is expected to take, starting included."""

    run: Callable[[bool, Path], Result]
    minutes: float
    words: str


def throughput(rank: int, length: int, plain: bool, toy: bool, _out: Path) -> Result:
    """QLoRA steps of an 8 B shape with random weights: 8,192 tokens a step."""
    from benchmarks.qlora_throughput import measure

    if toy:
        return dict(measure("toy", rank=rank, length=64, rows=1, steps=1, plain=plain))
    return dict(measure("8b", rank=rank, length=length, rows=8192 // length, steps=6, plain=plain))


def masks(toy: bool, _out: Path) -> Result:
    """What a grammar's mask over 150,000 tokens costs once its bits are known: the way to the device,
    spreading, and setting the forbidden to minus infinity.
    """
    import numpy as np
    import torch

    from lm.decode import spread

    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    width, found = 151_936, {}
    for rows in (1, 8, 32):
        words = np.random.default_rng(1).integers(-(2**31), 2**31, (rows, width // 32), np.int64)
        words = words.astype(np.int32)
        logits = torch.randn(rows, width, device=device)
        times = []
        for _ in range(5 if toy else 200):
            began = time.perf_counter()
            logits.masked_fill(spread(words, width, device) == 0, float("-inf"))
            if device.type == "cuda":
                torch.cuda.synchronize()
            times.append(time.perf_counter() - began)
        found[f"microseconds_for_{rows}_rows"] = round(1e6 * sorted(times)[len(times) // 2], 1)
    return {"device": device.type, "vocabulary": width, **found}


def four_bits_against_plain(toy: bool, out: Path) -> Result:
    """The embedded model's adapter trained over its base in NF4 and in half precision: losses, speed, and
    how many tunes each writes without an error when no grammar helps.
    """
    import torch

    from lm import finetune
    from lm.recipe import FinetuneRecipe, read

    gpu = torch.cuda.is_available()
    recipe = read(Path("lm/recipes/embedded-lora.yaml"), FinetuneRecipe)
    size = {"steps": 2, "rows": 1, "valid_examples": 2, "limit": 60} if toy else {"steps": 400}
    found: Result = {}
    for name in ("nf4", "none"):
        folder = out / f"embedded-{name}"
        values = vars(recipe) | size | {
            "quantisation": name, "device": None, "out": str(folder),
            "export": str(folder / "adapter"), "dtype": "bfloat16" if gpu else "float32",
            "rows": size.get("rows", 16), "check_every": 100, "threads": None if gpu else 1,
        }  # fmt: skip
        report = finetune.run(FinetuneRecipe(**values))
        kept = ("valid_loss_before", "valid_loss_after", "train_loss", "seconds", "peak_gigabytes")
        found[name] = {key: report[key] for key in kept}
        found[name]["curve"] = [
            {k: round(line[k], 4) for k in ("step", "loss", "eval_loss") if k in line}
            for line in report["log"]
        ]
        found[name]["valid_without_grammar"] = validity(recipe.model, folder / "adapter", name, toy)
    return found


def validity(base: str, adapter: Path, quantisation: str, toy: bool) -> Result:
    """How many of some tunes that are written freely are valid; asked for sixteen at a time."""
    from concurrent.futures import ThreadPoolExecutor

    from abc_tools.parse import parse_tune
    from abc_tools.validate import errors
    from lm.generate import collect
    from lm.hub import HubBackend
    from lm.plan import plan_tune
    from lm.sampling import requests

    settings = {"name": base, "adapter": str(adapter), "quantisation": quantisation}
    backend = HubBackend(settings | {"dtype": "float32"})

    def write(asked: tuple[str, Mapping[str, str], int]) -> str:
        words, properties, seed = asked
        messages = plan_tune(words, dict(properties), seed).messages
        return collect(backend.generate(messages, seed=seed, max_tokens=8 if toy else 900))[0]

    with ThreadPoolExecutor(2 if toy else 16) as pool:
        texts = list(pool.map(write, requests(2 if toy else 96, 1)))
    good = sum("\nK:" in text and not errors(parse_tune(text)) for text in texts)
    return {"tunes": len(texts), "valid": good}


def pretrain(toy: bool, out: Path) -> Result:
    """The larger embedded model; its recipe's minutes are what it takes."""
    from dataclasses import replace

    from lm import pretrain as training
    from lm.recipe import PretrainRecipe, read

    recipe = read(Path("lm/recipes/embedded-30m.yaml"), PretrainRecipe)
    if toy:
        shape = {"hidden": 64, "layers": 2, "inner": 96, "heads": 2, "kv_heads": 1, "head": 32,
                 "context": 2048}  # fmt: skip
        recipe = replace(
            recipe, shape=shape, minutes=None, steps=2, tokens=2560, vocabulary=420, limit=60,
            compile=False, bfloat16=False, valid_examples=2, threads=1,
            out=str(out / "embedded-30m"), export=str(out / "embedded-30m/base"),
        )  # fmt: skip
    training.run(recipe)
    lines = (Path(recipe.out) / "log.jsonl").read_text(encoding="utf-8").splitlines()
    return {"recipe": "lm/recipes/embedded-30m.yaml", "log": [json.loads(line) for line in lines]}


JOBS: dict[str, Job] = {
    **{
        f"qlora-8b-r{rank}-t{length}": Job(
            partial(throughput, rank, length, False), 1.5,
            f"QLoRA of an 8 B shape, rank {rank}, rows of {length} tokens",
        )
        for rank, length in (
            (16, 1024), (16, 512), (16, 2048), (8, 1024), (64, 1024),
            (8, 512), (8, 2048), (64, 512), (64, 2048),
        )
    },
    "lora-8b-bf16-r16-t1024": Job(
        partial(throughput, 16, 1024, True), 1.5, "the same in bfloat16, the control"
    ),
    "masks": Job(masks, 0.5, "grammar masks of 150,000 tokens on the device"),
    "embedded-nf4-and-bf16": Job(
        four_bits_against_plain, 6, "the embedded model's adapter over 4 bits and over half precision"
    ),
    "embedded-30m": Job(pretrain, 21, "the larger embedded model, 20 minutes of pretraining"),
}  # fmt: skip


def run_queue(
    names: list[str], minutes: float, out: Path, command: Callable[[str], list[str]],
    jobs: Mapping[str, Job] = JOBS,
) -> list[str]:  # fmt: skip
    """Run what has no result yet while there is time; what was done comes back, in words."""
    began = time.monotonic()
    said = []
    out.mkdir(parents=True, exist_ok=True)
    for name in names:
        path, left = out / f"{name}.json", minutes - (time.monotonic() - began) / 60
        if path.exists():
            said.append(f"{name}: has its result")
            continue
        if left < jobs[name].minutes:
            said.append(f"{name}: {left:.1f} minutes left, {jobs[name].minutes:g} wanted")
            continue
        started = time.monotonic()
        try:
            done = subprocess.run(command(name), timeout=60 * left, check=False)
            ended = f"status {done.returncode}"
        except subprocess.TimeoutExpired:
            ended = "out of time"
        state = "done" if path.exists() else f"failed ({ended})"
        said.append(f"{name}: {state} after {time.monotonic() - started:.0f} s")
        sys.stdout.write(said[-1] + "\n")
        sys.stdout.flush()
    return said


def run_one(name: str, toy: bool, out: Path) -> None:
    """Run one job and leave its result, whole or not at all."""
    import platform

    import torch

    began = time.monotonic()
    result = JOBS[name].run(toy, out)
    card = torch.cuda.get_device_name() if torch.cuda.is_available() else "no GPU"
    result |= {
        "job": name,
        "toy": toy,
        "device": card,
        "torch": torch.__version__,
        "python": platform.python_version(),
        "job_seconds": round(time.monotonic() - began, 1),
    }
    fresh = out / f"{name}.new"
    fresh.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    fresh.replace(out / f"{name}.json")


def main(arguments: list[str] | None = None) -> int:
    """Run the queue, or one job of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=28, help="time for all of it (default 28)")
    parser.add_argument("--out", type=Path, default=Path("checkpoints/gpu-queue"))
    parser.add_argument("--jobs", help="only these, in this order, joined by commas")
    parser.add_argument("--toy", action="store_true", help="at a size for a CPU")
    parser.add_argument("--list", action="store_true", help="show the jobs")
    parser.add_argument("--one", choices=list(JOBS), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.list:
        for name, job in JOBS.items():
            sys.stdout.write(f"{name:26} {job.minutes:4g} min  {job.words}\n")
        return 0
    if options.one:
        options.out.mkdir(parents=True, exist_ok=True)
        run_one(options.one, options.toy, options.out)
        return 0
    names = options.jobs.split(",") if options.jobs else list(JOBS)
    unknown = [name for name in names if name not in JOBS]
    if unknown:
        parser.error(f"unknown jobs {', '.join(unknown)}; see --list")
    base = [sys.executable, "-m", "benchmarks.gpu_queue", "--out", str(options.out)]
    toy = ["--toy"] if options.toy else []
    said = run_queue(names, options.minutes, options.out, lambda name: [*base, "--one", name, *toy])
    sys.stdout.write("\n".join(["", *said, ""]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
