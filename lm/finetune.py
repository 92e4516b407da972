"""Fine-tune a model on tune dialogues with LoRA over a 4-bit base: `python -m lm finetune RECIPE`.

The same code for the embedded base and for instruction models of a hub: bitsandbytes quantises the
base to NF4, peft adds the adapter, transformers' Trainer runs the loop through accelerate (start it
with `accelerate launch` for several GPUs, see docs/fine-tuning.md). The model's own chat template writes
the dialogues; only the answers and their end marks carry loss. Rows are filled with whole dialogues,
and attention stays inside each: positions that begin anew tell transformers where. What it does not
know: the grammar.

Conventions: N rows, T tokens a row.
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from lm import curves, data, dialogue
from lm.generate import BackendError
from lm.recipe import FinetuneRecipe

HALVES = {"bfloat16": "bf16", "float16": "fp16"}


# ---------------------------------------------------------------------------------------- the data
class Rows:
    """Packed dialogues as a map-style data set of (T,) tensors."""

    def __init__(self, packed: data.Packed) -> None:
        self.packed = packed

    def __len__(self) -> int:
        return len(self.packed)

    def __getitem__(self, index: int) -> dict[str, Any]:
        import torch

        names = ("input_ids", "labels", "position_ids")
        arrays = (self.packed.ids, self.packed.labels, self.packed.positions)
        return {
            name: torch.from_numpy(array[index]).long()
            for name, array in zip(names, arrays, strict=True)
        }

    @property
    def fill(self) -> float:
        """The share of tokens that are not padding."""
        return float((self.packed.owners >= 0).mean()) if len(self) else 0.0


def pack_examples(
    examples: Sequence[data.Example], tokenizer: Any, length: int, most: int | None = None
) -> Rows:
    """Rows of `length` tokens, at most `most`; dialogues that are longer than a row are left out."""
    encoded = [data.encode(e, tokenizer) for e in examples]
    packed = data.pack(encoded, length, dialogue.pad_token(tokenizer))
    # Padding is a dialogue of its own, not many of one token: attention kernels want few pieces.
    for row in range(len(packed)):
        blank = packed.owners[row] < 0
        packed.positions[row][blank] = range(int(blank.sum()))
    return Rows(packed[:most] if most else packed)


def training_rows(recipe: FinetuneRecipe, tokenizer: Any) -> Rows:
    """As many rows as the recipe's steps or epochs use; each epoch shows the tunes in other keys."""
    from lm.tasks import dialogues

    pieces = data.load_split(recipe.sources(), "train")
    wanted = recipe.steps * recipe.rows * recipe.accumulation * world_size()
    found: list[data.Example] = []
    for epoch in range(10_000 if recipe.steps > 0 else math.ceil(recipe.epochs)):
        fresh = list(dialogues(pieces, recipe.seed + epoch, recipe.mix, regular=True))
        if recipe.steps < 0 and recipe.epochs - epoch < 1:
            fresh = fresh[: math.ceil(len(fresh) * (recipe.epochs - epoch))]
        if not fresh:
            raise ValueError("the data hold no tune to fine-tune on")
        found += fresh
        rows = None
        if recipe.steps > 0 and 4 * len(found) >= wanted:
            rows = pack_examples(found, tokenizer, recipe.length, wanted)
            if not len(rows):
                raise ValueError(f"length {recipe.length}: no dialogue is that short")
            if len(rows) >= wanted:
                return rows
    random.Random(recipe.seed).shuffle(found)
    return rows or pack_examples(found, tokenizer, recipe.length)


def valid_rows(recipe: FinetuneRecipe, tokenizer: Any) -> Rows:
    """The held-out dialogues, the same for every run."""
    from lm.tasks import dialogues

    pieces = data.load_split(recipe.sources(), "valid") if recipe.valid_examples else []
    examples = list(islice(dialogues(pieces, 0, recipe.mix, regular=True), recipe.valid_examples))
    return pack_examples(examples, tokenizer, recipe.length)


# --------------------------------------------------------------------------------------- the model
def world_size() -> int:
    """How many processes train together."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def sharded() -> bool:
    """Whether accelerate was told to spread the weights over GPUs (FSDP, or DeepSpeed's ZeRO)."""
    return any(
        os.environ.get(f"ACCELERATE_USE_{name}", "false").lower() == "true"
        for name in ("FSDP", "DEEPSPEED")
    )


def check_machine(recipe: FinetuneRecipe) -> str:
    """The device to train on. Raises `BackendError` in a sentence when it will not do."""
    import torch

    from lm.hub import read_config
    from lm.memory import shortage, training_bytes

    gpu = torch.cuda.is_available()
    if recipe.device == "cuda" and not gpu:
        raise BackendError(
            "The recipe asks for a GPU and none is here; set `device: cpu` or leave it out."
        )
    device = recipe.device or ("cuda" if gpu else "cpu")
    if device == "cpu" and recipe.dtype == "float16":
        raise BackendError("float16 trains on a GPU only; set `dtype: float32` or bfloat16.")
    if device == "cuda" and recipe.dtype == "bfloat16" and not torch.cuda.is_bf16_supported(False):
        raise BackendError("This GPU has no bfloat16; set `dtype: float16` in the recipe.")
    if not sharded():
        config = read_config(recipe.model, recipe.revision)
        lack = shortage(training_bytes(config, recipe), device, f"Fine-tuning {recipe.model}")
        if lack:
            raise BackendError(
                f"{lack}; take fewer `rows` or a shorter `length`, set `checkpointing: true`,"
                " or choose a smaller model."
            )
    return device


def read_tokenizer(recipe: FinetuneRecipe) -> Any:
    """The base's tokenizer; `BackendError` when it cannot be read."""
    from transformers import AutoTokenizer

    from lm.hub import unreachable

    try:
        return AutoTokenizer.from_pretrained(recipe.model, revision=recipe.revision or "main")
    except (OSError, ValueError) as error:
        raise BackendError(unreachable(recipe.model, error)) from error


def load_base(recipe: FinetuneRecipe) -> Any:
    """The base model, quantised as the recipe says, with the adapter on top."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    from lm.hub import four_bits, unreachable

    device = check_machine(recipe)
    dtype = getattr(torch, recipe.dtype)
    options: dict[str, Any] = {"dtype": dtype, "revision": recipe.revision or "main"}
    if recipe.attention:
        options["attn_implementation"] = recipe.attention
    if recipe.quantisation == "nf4":
        # Shards are cut through the packed weights, so these must look like the other weights.
        storage = dtype if sharded() else None
        options["quantization_config"] = four_bits(dtype, recipe.double_quantisation, storage)
    if device == "cuda" and not sharded():
        options["device_map"] = {"": int(os.environ.get("LOCAL_RANK", "0"))}
    try:
        model = AutoModelForCausalLM.from_pretrained(recipe.model, **options)
    except OSError as error:
        raise BackendError(unreachable(recipe.model, error)) from error
    keep_differentiable(model)
    model.config.use_cache = False
    lora = LoraConfig(
        r=recipe.rank,
        lora_alpha=recipe.alpha,
        lora_dropout=recipe.dropout,
        target_modules=recipe.targets if isinstance(recipe.targets, str) else list(recipe.targets),
        task_type="CAUSAL_LM",
    )
    torch.manual_seed(recipe.seed)  # the adapter's first values
    # Not peft's `prepare_model_for_kbit_training`: it copies embedding and head to float32, which is
    # 4 GB of an 8 B model; norms compute in float32 anyway. Shards want one type throughout.
    return get_peft_model(model, lora, autocast_adapter_dtype=not sharded())


def keep_differentiable(model: Any) -> None:
    """Stop 4-bit layers on the CPU from repacking their weights for inference.

    bitsandbytes does so at the first evaluation, and the packed layer passes no gradient on:
    training after it would go on quietly with wrong gradients.
    """
    for module in model.modules():
        if hasattr(module, "support_avx512bf16_for_cpu"):
            module.support_avx512bf16_for_cpu = False


# ------------------------------------------------------------------------------------ the training
def make_arguments(recipe: FinetuneRecipe, checked: bool) -> Any:
    """What the Trainer is told. Made before the model is read: it is here that accelerate learns of
    the other processes, and a model that is spread over GPUs is read with that in mind.
    """
    import torch
    from transformers import TrainingArguments

    if recipe.threads:
        torch.set_num_threads(recipe.threads)
    gpu = torch.cuda.is_available() and recipe.device != "cpu"
    halves: dict[str, Any] = {HALVES[recipe.dtype]: True} if gpu and recipe.dtype in HALVES else {}
    return TrainingArguments(
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
        num_train_epochs=1,
        logging_steps=recipe.log_every,
        eval_strategy="steps" if checked else "no",
        eval_steps=recipe.check_every,
        save_strategy="steps",
        save_steps=recipe.check_every,
        save_total_limit=1,
        gradient_checkpointing=recipe.checkpointing,
        gradient_checkpointing_kwargs={"use_reentrant": False} if recipe.checkpointing else None,
        optim=recipe.optimiser,
        use_cpu=not gpu,
        report_to=[],
        seed=recipe.seed,
        data_seed=recipe.seed,
        remove_unused_columns=False,
        dataloader_pin_memory=gpu,
        disable_tqdm=True,
        ddp_find_unused_parameters=False,
        **halves,
    )


def make_trainer(
    recipe: FinetuneRecipe, arguments: Any, model: Any, train: Rows, valid: Rows
) -> Any:
    """The Trainer of a recipe."""
    from transformers import PrinterCallback, Trainer, default_data_collator

    seen = recipe.rows * recipe.length * recipe.accumulation * world_size() * train.fill
    trainer = Trainer(
        model=model,
        args=arguments,
        train_dataset=train,
        eval_dataset=valid if len(valid) else None,
        data_collator=default_data_collator,
        callbacks=[curves.make_reporter(Path(recipe.out), seen)],
    )
    trainer.remove_callback(PrinterCallback)  # the reporter's lines are enough
    return trainer


@contextmanager
def memory_in_a_sentence() -> Iterator[None]:
    """Turn a full memory into a sentence."""
    import torch

    try:
        yield
    except torch.OutOfMemoryError as error:
        raise BackendError(
            "The GPU's memory is full: take fewer `rows` or a shorter `length`, or set"
            " `checkpointing: true`; what was saved is kept, and the same command goes on from there."
        ) from error


def save_adapter(trainer: Any, folder: Path) -> None:
    """Write the adapter in bfloat16, gathered from all processes, without anything of this run."""
    import torch
    from safetensors.torch import load_file, save_file

    trainer.save_model(str(folder))
    if not trainer.is_world_process_zero():
        return
    for name in ("README.md", "training_args.bin"):
        (folder / name).unlink(missing_ok=True)
    path = folder / "adapter_model.safetensors"
    tensors = {name: t.to(torch.bfloat16) for name, t in load_file(path).items()}
    save_file(tensors, path, metadata={"format": "pt"})


def run(recipe: FinetuneRecipe) -> dict[str, Any]:
    """Train, save the adapter to the recipe's `export`, and return what was measured."""
    import torch

    out = Path(recipe.out)
    out.mkdir(parents=True, exist_ok=True)
    with memory_in_a_sentence():
        check_machine(recipe)
        tokenizer = read_tokenizer(recipe)
        train, valid = training_rows(recipe, tokenizer), valid_rows(recipe, tokenizer)
        arguments = make_arguments(recipe, bool(len(valid)))
        model = load_base(recipe)
        trainer = make_trainer(recipe, arguments, model, train, valid)
        if trainer.is_world_process_zero():
            sys.stdout.write(describe(recipe, model, train, valid))
        resume = recipe.resume and any((out / "state").glob("checkpoint-*"))
        before = trainer.evaluate()["eval_loss"] if len(valid) else None
        began = time.monotonic()
        result = trainer.train(resume_from_checkpoint=resume or None)
        seconds = time.monotonic() - began
        after = trainer.evaluate()["eval_loss"] if len(valid) else None
    save_adapter(trainer, Path(recipe.export))
    report = {
        "recipe": {k: v for k, v in asdict(recipe).items() if k not in ("out", "data")},
        "rows": len(train),
        "share_of_rows_filled": round(train.fill, 4),
        "devices": world_size(),
        "steps": result.global_step,
        "train_loss": result.training_loss,
        "valid_loss_before": before,
        "valid_loss_after": after,
        "resumed": resume,
        "seconds": round(seconds, 1),
        "peak_gigabytes": round(torch.cuda.max_memory_allocated() / 2**30, 2)
        if torch.cuda.is_available()
        else None,
        "log": trainer.state.log_history,
    }
    if trainer.is_world_process_zero():
        (out / "report.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
        curves.draw(out)
    return report


def describe(recipe: FinetuneRecipe, model: Any, train: Rows, valid: Rows) -> str:
    """What is about to be trained, in one line."""
    trained, every = model.get_nb_trainable_parameters()
    return (
        f"{recipe.model}: {trained / 1e6:.1f} M of {every / 1e6:.0f} M parameters are trained, on"
        f" {len(train)} rows of {recipe.length} tokens ({100 * train.fill:.0f} % filled),"
        f" {len(valid)} rows held out\n"
    )
