"""Fine-tune a model on tune dialogues with LoRA over a 4-bit base: `python -m lm finetune RECIPE`.

The same code for the embedded base and for instruction models of a hub: bitsandbytes quantises the
base to NF4, peft adds the adapter, transformers' Trainer runs the loop through accelerate (start it
with `accelerate launch` for several GPUs). The model's own chat template writes the dialogues; only
the answers carry loss. The prompts are the ones that the chat sends: free words and the completed
properties. What it does not know: the grammar.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lm import data, pretrain
from lm.piece import Piece
from lm.recipe import FinetuneRecipe
from lm.requests import compose_messages, describe
from lm.wording import request_words

DELIVERED = ("title", "rhythm", "key", "meter", "tempo", "bars", "sections", "pickup", "chords")


def is_model_tune(piece: Piece) -> bool:
    """Whether a tune is worth imitating: regular sections, last note on the tonic, no odd lengths."""
    last = next((e.pitch for e in reversed(piece.sections[-1].bars[-1]) if e.pitch), None)
    if last is None or last[0] % 7 != piece.key.letter:
        return False
    if any(len(s.bars) % 4 for s in piece.sections) or piece.n_bars > 32:
        return False
    return all(event.duration.denominator <= 48 for event in piece.events())


def dialogue(piece: Piece, rng: random.Random) -> data.Example:
    """A request as the chat sends it, and the tune."""
    if rng.random() < 0.2:
        return data.fill_example(piece, rng)
    tempo = data.choose_tempo(piece, rng)
    every = describe(piece, tempo)
    asked = {name: every[name] for name in DELIVERED if name in every}
    if rng.random() < 0.6:
        asked.pop("title")
    for name in ("range", "notes", "mood"):
        if rng.random() < 0.15:
            asked[name] = every[name]
    words = request_words(piece, tempo, rng) if rng.random() < 0.8 else ""
    return data.Example(compose_messages(words, asked), data.write_piece(piece, tempo))


def dialogues(pieces: Sequence[Piece], seed: int) -> Iterator[data.Example]:
    """One epoch of dialogues over the tunes worth imitating, those with human chords most often."""
    rng = random.Random(seed)
    chosen = []
    for piece in pieces:
        if is_model_tune(piece):
            chosen += [piece] * (int(piece.weight) + (rng.random() < piece.weight % 1))
    rng.shuffle(chosen)
    for piece in chosen:
        try:
            yield dialogue(data.vary(piece, rng), rng)
        except data.Unreadable:
            continue


class Rows:
    """Encoded dialogues as a map-style data set."""

    def __init__(self, examples: Sequence[data.Example], tokenizer: Any, length: int) -> None:
        encoded = [data.encode(e, tokenizer) for e in examples]
        self.rows = [row for row in encoded if len(row[0]) <= length]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index: int) -> dict[str, list[int]]:
        ids, labels = self.rows[index]
        return {"input_ids": ids, "labels": labels}


def collate(rows: Sequence[dict[str, list[int]]], pad: int) -> dict[str, Any]:
    """Pad a batch on the right; padding carries no loss and is not attended to."""
    import torch

    width = max(len(row["input_ids"]) for row in rows)
    out: dict[str, list[list[int]]] = {"input_ids": [], "labels": [], "attention_mask": []}
    for row in rows:
        n = len(row["input_ids"])
        out["input_ids"].append(row["input_ids"] + [pad] * (width - n))
        out["labels"].append(row["labels"] + [data.IGNORE] * (width - n))
        out["attention_mask"].append([1] * n + [0] * (width - n))
    return {name: torch.tensor(values) for name, values in out.items()}


def load_base(recipe: FinetuneRecipe) -> tuple[Any, Any]:
    """The base model, quantised and prepared as the recipe says, with the adapter on top; and the
    tokenizer.
    """
    import torch
    from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
    from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig

    if recipe.device == "cuda" and not torch.cuda.is_available():
        raise ValueError(
            "the recipe asks for a GPU and none is here; set `device: cpu` or leave it out"
        )
    dtype = getattr(torch, recipe.dtype)
    options: dict[str, Any] = {"dtype": dtype}
    if recipe.quantisation == "nf4":
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=recipe.double_quantisation,
            bnb_4bit_compute_dtype=dtype,
        )
    try:
        tokenizer = AutoTokenizer.from_pretrained(recipe.model)
        model = AutoModelForCausalLM.from_pretrained(recipe.model, **options)
    except OSError as error:
        raise ValueError(
            f"the model {recipe.model} cannot be read here: {str(error).splitlines()[0]}"
        ) from error
    if recipe.quantisation == "nf4":
        keep_differentiable(model)
        model = prepare_model_for_kbit_training(
            model, use_gradient_checkpointing=recipe.checkpointing
        )
    lora = LoraConfig(
        r=recipe.rank,
        lora_alpha=recipe.alpha,
        lora_dropout=recipe.dropout,
        target_modules=recipe.targets if isinstance(recipe.targets, str) else list(recipe.targets),
        task_type="CAUSAL_LM",
    )
    model = get_peft_model(model, lora)
    return model, tokenizer


def keep_differentiable(model: Any) -> None:
    """Stop 4-bit layers on the CPU from repacking their weights for inference.

    bitsandbytes does so at the first evaluation, and the packed layer passes no gradient on:
    training after it would go on quietly with wrong gradients.
    """
    for module in model.modules():
        if hasattr(module, "support_avx512bf16_for_cpu"):
            module.support_avx512bf16_for_cpu = False


def make_trainer(
    recipe: FinetuneRecipe, model: Any, tokenizer: Any, train: Rows, valid: Rows
) -> Any:
    """The Trainer of a recipe."""
    import torch
    from transformers import Trainer, TrainingArguments

    if recipe.threads:
        torch.set_num_threads(recipe.threads)
    pad = tokenizer.pad_token_id if tokenizer.pad_token_id is not None else tokenizer.eos_token_id
    arguments = TrainingArguments(
        output_dir=str(Path(recipe.out) / "state"),
        per_device_train_batch_size=recipe.rows,
        per_device_eval_batch_size=recipe.rows,
        gradient_accumulation_steps=recipe.accumulation,
        learning_rate=recipe.lr,
        lr_scheduler_type="cosine",
        warmup_steps=recipe.warmup_steps,
        weight_decay=0.0,
        max_grad_norm=1.0,
        max_steps=recipe.steps,
        num_train_epochs=recipe.epochs,
        logging_steps=recipe.log_every,
        eval_strategy="steps" if len(valid) else "no",
        eval_steps=recipe.check_every,
        save_strategy="steps",
        save_steps=recipe.check_every,
        save_total_limit=1,
        bf16=recipe.autocast,
        gradient_checkpointing=recipe.checkpointing,
        optim=recipe.optimiser,
        train_sampling_strategy="group_by_length",
        use_cpu=not torch.cuda.is_available(),
        report_to=[],
        seed=recipe.seed,
        data_seed=recipe.seed,
        remove_unused_columns=False,
        dataloader_pin_memory=False,
        disable_tqdm=True,
    )
    return Trainer(
        model=model,
        args=arguments,
        train_dataset=train,
        eval_dataset=valid if len(valid) else None,
        data_collator=lambda rows: collate(rows, pad),
    )


def examples(recipe: FinetuneRecipe, split: str) -> list[data.Example]:
    """The dialogues of a split; the training split is cut to what the recipe's steps can use."""
    source = pretrain.load_split(recipe.sources(), split)
    if split == "valid":
        return list(dialogues(source, 0))[: recipe.valid_examples]
    pieces = data.add_chords(source)
    wanted = recipe.steps * recipe.rows * recipe.accumulation if recipe.steps > 0 else 0
    found: list[data.Example] = []
    epoch = 0
    while True:
        found += dialogues(pieces, recipe.seed + epoch)
        epoch += 1
        if not found:
            raise ValueError("the data hold no tune to fine-tune on")
        if len(found) >= wanted:
            return found[:wanted] if wanted else found


def save_adapter(model: Any, folder: Path) -> None:
    """Write the adapter in bfloat16, with nothing in it that names this machine's folders."""
    import torch
    from safetensors.torch import load_file, save_file

    model.save_pretrained(str(folder))
    (folder / "README.md").unlink(missing_ok=True)
    path = folder / "adapter_model.safetensors"
    tensors = {name: t.to(torch.bfloat16) for name, t in load_file(path).items()}
    save_file(tensors, path, metadata={"format": "pt"})


def run(recipe: FinetuneRecipe) -> dict[str, Any]:
    """Train, save the adapter to the recipe's `export`, and return what was measured."""
    model, tokenizer = load_base(recipe)
    train = Rows(examples(recipe, "train"), tokenizer, recipe.length)
    valid = Rows(examples(recipe, "valid"), tokenizer, recipe.length)
    trainer = make_trainer(recipe, model, tokenizer, train, valid)
    before = trainer.evaluate()["eval_loss"] if len(valid) else None
    began = time.monotonic()
    state = Path(recipe.out) / "state"
    resume = recipe.resume and any(state.glob("checkpoint-*"))
    result = trainer.train(resume_from_checkpoint=resume or None)
    seconds = time.monotonic() - began
    after = trainer.evaluate()["eval_loss"] if len(valid) else None
    adapter = Path(recipe.export)
    save_adapter(trainer.model, adapter)
    report = {
        "recipe": {k: v for k, v in asdict(recipe).items() if k not in ("out", "data")},
        "dialogues": len(train),
        "steps": result.global_step,
        "train_loss": result.training_loss,
        "valid_loss_before": before,
        "valid_loss_after": after,
        "seconds": round(seconds, 1),
        "log": trainer.state.log_history,
    }
    (Path(recipe.out) / "report.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    return report
