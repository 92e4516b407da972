"""How much memory a model will need, before a byte of it is read; and how much there is.

Estimates count weights, adapter, optimiser, activations and logits; they leave out fragments and
what the libraries keep, so `SLACK` is added. They are for saying no early in a clear sentence, not
for filling a card to the last gigabyte.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

GIGABYTE = 2**30
SLACK = 0.6 * GIGABYTE
BYTES = {"float32": 4.0, "bfloat16": 2.0, "float16": 2.0}
NF4_BYTES = (
    0.5 + 1 / 64 + 4 / (64 * 256)
)  # four bits, a quantised scale a block of 64, its own scale


def count_parameters(config: Any) -> tuple[int, int]:
    """(parameters of the linear layers inside, all parameters) of a model's configuration."""
    import torch
    from transformers import AutoModelForCausalLM

    with torch.device("meta"):
        model = AutoModelForCausalLM.from_config(config)
    head = model.get_output_embeddings()
    inside = sum(
        module.weight.numel()
        for module in model.modules()
        if isinstance(module, torch.nn.Linear) and module is not head
    )
    return inside, sum(p.numel() for p in model.parameters())


def weight_bytes(config: Any, quantisation: str, dtype: str) -> float:
    """Bytes of a model's weights; 4 bits hold for the linear layers inside."""
    inside, every = count_parameters(config)
    plain = BYTES[dtype]
    each = NF4_BYTES if quantisation == "nf4" else plain
    return inside * each + (every - inside) * plain


def training_bytes(config: Any, recipe: Any) -> float:
    """Bytes that fine-tuning by a recipe will need on its device."""
    weights = weight_bytes(config, recipe.quantisation, recipe.dtype)
    hidden, layers = config.hidden_size, config.num_hidden_layers
    inner = getattr(config, "intermediate_size", None) or 4 * hidden
    tokens = recipe.rows * recipe.length
    # Adapters stand on seven matrices a layer: four of attention, three of the feed-forward part.
    adapter = layers * recipe.rank * (8 * hidden + 3 * (hidden + inner))
    states = 2 if "8bit" in recipe.optimiser else 8
    trained = adapter * (4 + 4 + states)  # weights, gradients, moments
    half = BYTES[recipe.dtype]
    one_layer = tokens * (10 * hidden + 4 * inner) * half
    kept = (
        tokens * hidden * layers * half + one_layer if recipe.checkpointing else one_layer * layers
    )
    logits = tokens * config.vocab_size * 4 * 2  # float32, and their gradients
    return float(weights + trained + kept + logits + SLACK)


def free_bytes(device: str) -> float:
    """Memory that is free on a device now; infinite where it cannot be read."""
    import torch

    if device.startswith("cuda") and torch.cuda.is_available():
        try:
            return float(torch.cuda.mem_get_info(torch.device(device))[0])
        except RuntimeError:  # a GPU that is promised and not here yet says nothing of its memory
            return float("inf")
    names = getattr(os, "sysconf_names", {})
    if device == "cpu" and "SC_AVPHYS_PAGES" in names:
        return _available(os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    return float("inf")


def _available(plainly_free: float) -> float:
    """What the kernel would hand out, caches included, where it says so."""
    try:
        with open("/proc/meminfo", encoding="ascii") as lines:
            found = {line.split(":")[0]: line.split()[1] for line in lines if ":" in line}
    except OSError:
        return plainly_free
    return _kibibytes(found, "MemAvailable") or plainly_free


def _kibibytes(found: Mapping[str, str], name: str) -> float:
    return float(found.get(name, 0)) * 1024


def shortage(needed: float, device: str, what: str) -> str | None:
    """A sentence when `needed` bytes are not free on the device, else None."""
    free = free_bytes(device)
    if needed <= free:
        return None
    place = "GPU" if device.startswith("cuda") else "machine"
    return (
        f"{what} needs about {needed / GIGABYTE:.1f} GB of memory and this {place} has"
        f" {free / GIGABYTE:.1f} GB free"
    )
