"""What a fine-tuning run tells while it runs: a line of progress, a file of curves, a picture of them.

`curves.jsonl` holds one JSON a line: `step`, then `loss` and `rate` of training with `tokens_per_second`,
or `valid_loss`. Losses are nats a token of the answers.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

CURVES = "curves.jsonl"
NAMES = {
    "loss": "loss",
    "learning_rate": "rate",
    "grad_norm": "gradient",
    "eval_loss": "valid_loss",
}


def make_reporter(folder: Path, tokens_per_step: float) -> Any:
    """A callback for transformers' Trainer that writes the curves of a run into a folder.

    Lines of an interrupted run stay up to the step at which it is resumed.
    """
    from transformers import TrainerCallback

    class Reporter(TrainerCallback):  # type: ignore[misc]
        """Counts time and tokens from the start or the resumption."""

        def on_train_begin(self, args: Any, state: Any, control: Any, **kwargs: Any) -> None:
            """Drop lines from steps that will be done again."""
            self.began, self.first = time.monotonic(), state.global_step
            if state.is_world_process_zero:
                kept = [line for line in read_curves(folder) if line["step"] <= self.first]
                text = "".join(json.dumps(line) + "\n" for line in kept)
                (folder / CURVES).write_text(text if self.first else "", encoding="utf-8")

        def on_log(  # type: ignore[override]
            self, args: Any, state: Any, control: Any, logs: Mapping[str, Any], **kwargs: Any
        ) -> None:
            """Write one line to the file and one to standard output."""
            values = {ours: logs[name] for name, ours in NAMES.items() if name in logs}
            if not values or not state.is_world_process_zero or not hasattr(self, "began"):
                return
            line: dict[str, Any] = {"step": state.global_step} | values
            done, left = state.global_step - self.first, state.max_steps - state.global_step
            seconds = time.monotonic() - self.began
            if "loss" in values and done:
                line["tokens_per_second"] = round(done * tokens_per_step / seconds, 1)
                line["minutes_left"] = round(left * seconds / done / 60, 1)
            with (folder / CURVES).open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            sys.stdout.write(sentence(line, state.max_steps) + "\n")
            sys.stdout.flush()

    return Reporter()


def sentence(line: Mapping[str, Any], steps: int) -> str:
    """One line of progress for people."""
    if "valid_loss" in line:
        return f"step {line['step']}/{steps}  held-out loss {line['valid_loss']:.4f}"
    text = f"step {line['step']}/{steps}  loss {line['loss']:.4f}"
    if "tokens_per_second" in line:
        text += f"  {line['tokens_per_second']:.0f} tokens/s  {line['minutes_left']:.1f} min left"
    return text


def read_curves(folder: Path) -> list[dict[str, Any]]:
    """The lines that a run has written so far."""
    path = folder / CURVES
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def draw(folder: Path) -> Path:
    """Draw the losses of a run over its steps into `curves.svg`; the path comes back.

    matplotlib comes with music21, so nothing is added for it.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib.figure import Figure

    lines = read_curves(folder)
    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.add_subplot()
    for name, words in (("loss", "training"), ("valid_loss", "held out")):
        points = [(line["step"], line[name]) for line in lines if name in line]
        if points:
            axes.plot(*zip(*points, strict=True), label=words, marker="o", markersize=3)
    axes.set_xlabel("step")
    axes.set_ylabel("loss (nats a token)")
    if lines:
        axes.legend()
    path = folder / "curves.svg"
    # Without a date and with fixed ids, the same run draws the same file.
    with matplotlib.rc_context({"svg.hashsalt": "tunewright"}):
        figure.savefig(path, metadata={"Date": None})
    return path
