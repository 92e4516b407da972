"""Train the embedded model from scratch on the CPU or a GPU: `python -m lm pretrain
lm/recipes/embedded.yaml`.

One loop, read from top to bottom. The schedule (warm-up, plateau, linear decay to zero) follows the
clock when the recipe gives minutes, so that a run ends when it must, however busy the machine is.
Every check writes a checkpoint from which the run resumes at the same loss, and exports usable
weights. Lines of `log.jsonl` hold the curves. What it does not know: what a good tune is.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from lm import data, model, optimiser, tokenizer
from lm.piece import Piece
from lm.recipe import PretrainRecipe


def load_split(recipe: PretrainRecipe, split: str) -> list[Piece]:
    """The pieces of `train` or `valid`; folders of a user's own tunes are cut by the hash of the
    tune.
    """
    records: list[dict[str, Any]] = []
    if not recipe.folders and not recipe.music21:
        folder = Path(recipe.data) if recipe.data else data.data_folder()
        path = folder / f"tunes_{split}.jsonl.gz"
        if not path.exists():
            raise ValueError(
                f"no training data at {path}; set TUNEWRIGHT_DATA, or name `folders` in the recipe"
            )
        records += islice(data.read_records(path), recipe.limit)
    for name in recipe.folders:
        records += _own_split(data.read_abc_folder(Path(name)), split)
    if recipe.music21:
        records += _own_split(data.read_music21_corpus(), split)
    return data.load_pieces(records)


def _own_split(records: Iterator[dict[str, Any]], split: str) -> list[dict[str, Any]]:
    return [
        r for r in records if (int(data.hash_text(r["abc"]), 16) % 33 == 0) == (split == "valid")
    ]


def rate(progress: float, recipe: PretrainRecipe) -> float:
    """The factor on the learning rates at `progress` from 0 to 1."""
    if progress < recipe.warmup:
        return max(progress / recipe.warmup, 0.02)
    if progress < recipe.decay_from:
        return 1.0
    return max(0.0, (1.0 - progress) / (1.0 - recipe.decay_from))


class Trainer:
    """The state of one run: model, optimisers, where it is in the data, and how long it has worked."""

    def __init__(self, recipe: PretrainRecipe) -> None:
        import torch

        self.recipe, self.out = recipe, Path(recipe.out)
        self.out.mkdir(parents=True, exist_ok=True)
        if recipe.threads:
            torch.set_num_threads(recipe.threads)
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.pieces = data.add_chords(load_split(recipe, "train"))
        self.valid_pieces = load_split(recipe, "valid")
        self.tokenizer = self.load_tokenizer()
        tok = self.tokenizer
        self.model = model.build(
            recipe.shape, len(tok), tok.pad_token_id, tok.eos_token_id, recipe.seed
        )
        self.model.to(self.device)
        self.loss = torch.compile(model.packed_loss) if recipe.compile else model.packed_loss
        self.optimisers = optimiser.make_optimisers(
            self.model, recipe.matrix_lr, recipe.other_lr, recipe.weight_decay
        )
        self.base_rates = [[g["lr"] for g in o.param_groups] for o in self.optimisers]
        self.step, self.worked, self.epoch, self.row, self.tokens = 0, 0.0, 0, 0, 0
        self.packed: Any = None

    def load_tokenizer(self) -> Any:
        """The run's tokenizer; trained on the first epoch's examples when there is none yet."""
        folder = self.out / "tokenizer"
        if folder.exists():
            return tokenizer.load(folder)
        examples = list(data.make_examples(self.pieces, self.recipe.seed, fills=0.0))
        answers = (e.answer for e in examples)
        requests = (m["content"] for e in examples for m in e.messages)
        trained = tokenizer.train(answers, requests, self.recipe.vocabulary)
        trained.save_pretrained(str(folder))
        return trained

    def encode(self, pieces: list[Piece], seed: int, limit: int | None = None) -> tuple[Any, int]:
        """Packed rows of one pass over the pieces, and the number of answer characters in them."""
        examples = list(islice(data.make_examples(pieces, seed, self.recipe.fills), limit))
        encoded = [data.encode(e, self.tokenizer) for e in examples]
        fits = [len(ids) <= self.recipe.length for ids, _ in encoded]
        characters = sum(len(e.answer) for e, fit in zip(examples, fits, strict=True) if fit)
        return data.pack(encoded, self.recipe.length, self.tokenizer.pad_token_id), characters

    def next_batch(self) -> Any:
        """The next rows; a new epoch is made when the last is used up."""
        if self.packed is None or self.row + self.recipe.rows > len(self.packed.ids):
            if self.packed is not None:
                self.epoch, self.row = self.epoch + 1, 0
            self.packed, _ = self.encode(self.pieces, self.recipe.seed + 1 + self.epoch)
        rows = slice(self.row, self.row + self.recipe.rows)
        self.row += self.recipe.rows
        return self.tensors(self.packed, rows)

    def tensors(self, packed: Any, rows: slice) -> Any:
        """(ids, labels, positions, mask) of some rows on the device."""
        import torch

        parts = (packed.ids[rows], packed.labels[rows], packed.positions[rows])
        ids, labels, positions = (torch.from_numpy(p).long().to(self.device) for p in parts)
        return (
            ids,
            labels,
            positions,
            model.packed_mask(torch.from_numpy(packed.owners[rows]).to(self.device)),
        )

    def progress(self) -> float:
        """How much of the run is done, by the clock or by steps."""
        if self.recipe.minutes:
            return self.worked / (60 * self.recipe.minutes)
        return self.step / (self.recipe.steps or 1)

    def train_step(self) -> dict[str, float]:
        """One update; the loss in nats per answer token."""
        import torch

        ids, labels, positions, mask = self.next_batch()
        factor = rate(self.progress(), self.recipe)
        for opt, rates in zip(self.optimisers, self.base_rates, strict=True):
            for group, lr in zip(opt.param_groups, rates, strict=True):
                group["lr"] = lr * factor
        with torch.autocast(self.device, torch.bfloat16, enabled=self.recipe.bfloat16):
            loss = self.loss(self.model, ids, labels, positions, mask)
        count = max(1, int((labels[:, 1:] != data.IGNORE).sum()))
        (loss / count).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for opt in self.optimisers:
            opt.step()
            opt.zero_grad(set_to_none=True)
        self.step += 1
        self.tokens += ids.numel()
        return {"loss": loss.item() / count, "rate": factor}

    def bits_per_character(self) -> float:
        """Validation: bits per character of the answers; nan when there is nothing to validate on."""
        import torch

        packed, characters = self.encode(self.valid_pieces, 0, self.recipe.valid_examples)
        nats = 0.0
        with (
            torch.no_grad(),
            torch.autocast(self.device, torch.bfloat16, enabled=self.recipe.bfloat16),
        ):
            for start in range(0, len(packed.ids), self.recipe.rows):
                batch = self.tensors(packed, slice(start, start + self.recipe.rows))
                nats += model.packed_loss(self.model, *batch).item()
        return nats / math.log(2) / characters if characters else math.nan

    def save(self) -> None:
        """Write a checkpoint (replacing the last one whole) and export the weights."""
        import torch

        state = {
            "model": self.model.state_dict(),
            "optimisers": [o.state_dict() for o in self.optimisers],
            "at": (self.step, self.worked, self.epoch, self.row, self.tokens),
        }
        torch.save(state, self.out / "checkpoint.new")
        (self.out / "checkpoint.new").replace(self.out / "checkpoint.pt")
        model.save(self.model, self.tokenizer, Path(self.recipe.export))

    def resume(self) -> bool:
        """Go on from the checkpoint in the run's folder, if there is one."""
        import torch

        path = self.out / "checkpoint.pt"
        if not path.exists():
            return False
        state = torch.load(path, map_location=self.device, weights_only=True)
        self.model.load_state_dict(state["model"])
        for opt, saved in zip(self.optimisers, state["optimisers"], strict=True):
            opt.load_state_dict(saved)
        self.step, self.worked, self.epoch, self.row, self.tokens = state["at"]
        if self.row:
            self.packed, _ = self.encode(self.pieces, self.recipe.seed + 1 + self.epoch)
        return True

    def log(self, **values: float) -> None:
        """One line of the run's log, also on standard output."""
        values = {
            "step": self.step,
            "epoch": self.epoch,
            "minutes": round(self.worked / 60, 2),
        } | values
        line = json.dumps({k: round(v, 5) for k, v in values.items()})
        with (self.out / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(line + "\n")
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def run(recipe: PretrainRecipe) -> None:
    """Train until the recipe's minutes or steps are used up; resumes by itself."""
    trainer = Trainer(recipe)
    resumed = trainer.resume()
    count = sum(p.numel() for p in trainer.model.parameters())
    trainer.log(tunes=len(trainer.pieces), parameters=count, resumed=float(resumed))
    last_check, began = trainer.worked, time.monotonic()
    start = trainer.worked
    losses: list[float] = []
    while trainer.progress() < 1.0:
        losses.append(trainer.train_step()["loss"])
        trainer.worked = start + time.monotonic() - began
        if trainer.step % 20 == 0:
            mean = sum(losses) / len(losses)
            trainer.log(loss=mean, rate=rate(trainer.progress(), recipe), tokens=trainer.tokens)
            losses.clear()
        if trainer.worked - last_check > 60 * recipe.check_minutes:
            trainer.log(bits_per_character=trainer.bits_per_character())
            trainer.save()
            last_check = trainer.worked
    trainer.log(bits_per_character=trainer.bits_per_character(), tokens=trainer.tokens)
    trainer.save()
