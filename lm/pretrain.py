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
import random
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

from lm import data, dialogue, model, optimiser, tasks, tokenizer
from lm.measures import dances
from lm.piece import Piece
from lm.recipe import PretrainRecipe


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
        pieces = data.load_split(recipe, "train")
        if recipe.hear_dances:
            pieces = dances.named(pieces, recipe.hear_dances)
        self.pieces = data.evened(pieces, recipe.even_out)
        self.valid_pieces = data.load_split(recipe, "valid")
        self.tokenizer = self.load_tokenizer()
        tok = self.tokenizer
        self.model = model.build(
            recipe.shape, len(tok), tok.pad_token_id, tok.eos_token_id, recipe.seed
        )
        if recipe.start:
            model.transfer(Path(recipe.start), self.model, tok)
        self.model.to(self.device)
        self.loss = torch.compile(model.packed_loss) if recipe.compile else model.packed_loss
        self.optimisers = optimiser.make_optimisers(
            self.model, recipe.matrix_lr, recipe.other_lr, recipe.weight_decay
        )
        self.base_rates = [[g["lr"] for g in o.param_groups] for o in self.optimisers]
        self.step, self.worked, self.epoch, self.at, self.tokens, self.last = 0, 0.0, 0, 0, 0, False
        self.batches: list[Any] = []

    def load_tokenizer(self) -> Any:
        """The run's tokenizer: its own if it has begun, that of the weights it starts from if they have as
        many entries as the recipe asks for, else one trained on the first epoch's examples.
        """
        folder = self.out / "tokenizer"
        if folder.exists():
            return tokenizer.load(folder)
        if self.recipe.start:
            known = tokenizer.load(Path(self.recipe.start))
            if len(known) == self.recipe.vocabulary:
                known.save_pretrained(str(folder))
                return known
        examples = list(tasks.dialogues(self.pieces, self.recipe.seed, self.recipe.mix))
        answers = (e.answer for e in examples)
        requests = (m["content"] for e in examples for m in e.messages)
        trained = tokenizer.train(answers, requests, self.recipe.vocabulary)
        trained.save_pretrained(str(folder))
        return trained

    def encode(
        self, pieces: list[Piece], seed: int, limit: int | None = None, last: bool = False
    ) -> tuple[list[Any], int]:
        """The batches of one pass over the pieces in random order, and the answer characters in them.

        `last` makes the examples of the last phase (the recipe's `last_mix`, regular tunes only).
        Examples are packed into rows of the shortest length of the recipe that holds them; longer ones
        are left out. A batch is rows of one length, as many as make `tokens` tokens.
        """
        recipe = self.recipe
        mix = recipe.last_mix if last else recipe.mix
        made = list(islice(tasks.dialogues(pieces, seed, mix, regular=last), limit))
        encoded = [data.encode(e, self.tokenizer) for e in made]
        batches: list[Any] = []
        characters, shortest = 0, 0
        for length in sorted(recipe.lengths):
            chosen = [i for i, (ids, _) in enumerate(encoded) if shortest < len(ids) <= length]
            characters += sum(len(made[i].answer) for i in chosen)
            packed = data.pack([encoded[i] for i in chosen], length, self.tokenizer.pad_token_id)
            rows = max(1, recipe.tokens // length)
            batches += [packed[at : at + rows] for at in range(0, len(packed), rows)]
            shortest = length
        random.Random(seed).shuffle(batches)
        return batches, characters

    def next_batch(self) -> Any:
        """The next rows; a new epoch is made when the last is used up, or when the last phase begins."""
        last = bool(self.recipe.last_mix) and self.progress() >= self.recipe.decay_from
        if self.at >= len(self.batches) or last != self.last:
            if self.batches:
                self.epoch, self.at = self.epoch + 1, 0
            self.last = last
            self.make_batches()
        self.at += 1
        return self.tensors(self.batches[self.at - 1])

    def make_batches(self) -> None:
        """The batches of the current epoch and phase, always the same."""
        seed = self.recipe.seed + 1 + self.epoch
        self.batches, _ = self.encode(self.pieces, seed, last=self.last)

    def tensors(self, packed: data.Packed) -> Any:
        """(ids, labels, positions, mask) of some rows on the device."""
        import torch

        parts = (packed.ids, packed.labels, packed.positions)
        ids, labels, positions = (torch.from_numpy(p).long().to(self.device) for p in parts)
        owners = torch.from_numpy(packed.owners).to(self.device)
        return ids, labels, positions, model.packed_mask(owners)

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
        count = max(1, int((labels[:, 1:] != dialogue.IGNORE).sum()))
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

        batches, characters = self.encode(self.valid_pieces, 0, self.recipe.valid_examples)
        nats = 0.0
        with (
            torch.no_grad(),
            torch.autocast(self.device, torch.bfloat16, enabled=self.recipe.bfloat16),
        ):
            for packed in batches:
                nats += model.packed_loss(self.model, *self.tensors(packed)).item()
        return nats / math.log(2) / characters if characters else math.nan

    def save(self) -> None:
        """Write a checkpoint (replacing the last one whole) and export the weights."""
        import torch

        state = {
            "model": self.model.state_dict(),
            "optimisers": [o.state_dict() for o in self.optimisers],
            "at": (self.step, self.worked, self.epoch, self.at, self.tokens, self.last),
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
        self.step, self.worked, self.epoch, self.at, self.tokens, self.last = state["at"]
        if self.at:
            self.make_batches()
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
