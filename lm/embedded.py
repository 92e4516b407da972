"""The embedded backend: the small model of `lm/weights` in this process, on the CPU.

Base and adapter are merged in memory at float32. Decoding runs on one thread: at this size a second
one gains little on an idle machine and costs much on a busy one. Weights are read at the first
request.
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

from lm.generate import BackendError
from lm.local import LocalBackend

WEIGHTS = Path(__file__).parent / "weights"
HEAT = (1.3, 0.85)
"""Under a grammar tunes are then as varied as real ones; without one, more heat costs wrong bars
(`docs/decisions/embedded-model.md`).
"""


def load_model(weights: Path, adapter: bool = True) -> tuple[Any, Any]:
    """Model (float32, adapter merged when there is one) and tokenizer of a weights folder."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    base = weights / "base"
    if not (base / "config.json").exists():
        raise BackendError(f"The model's weights are missing: there is no {base}.")
    tokenizer = AutoTokenizer.from_pretrained(str(base))
    model = AutoModelForCausalLM.from_pretrained(str(base), dtype=torch.float32)
    if adapter and (weights / "adapter" / "adapter_config.json").exists():
        merge_adapter(model, weights / "adapter")
    return model.eval(), tokenizer


def merge_adapter(model: Any, folder: Path) -> None:
    """Add a LoRA adapter to the weights of its base, in place.

    What peft's `merge_and_unload` does for plain linear layers, without loading peft and
    bitsandbytes, which would take longer than reading the model.
    """
    import torch
    from safetensors.torch import load_file

    config = json.loads((folder / "adapter_config.json").read_text(encoding="utf-8"))
    if config.get("use_rslora") or config.get("use_dora") or config.get("rank_pattern"):
        raise BackendError("The embedded model's adapter is of a kind that it cannot merge.")
    tensors = load_file(folder / "adapter_model.safetensors")
    scale = config["lora_alpha"] / config["r"]
    with torch.no_grad():
        for name, down in tensors.items():
            if ".lora_A." not in name:
                continue
            up = tensors[name.replace(".lora_A.", ".lora_B.")]
            path = name.removeprefix("base_model.model.").split(".lora_A.")[0]
            model.get_submodule(path).weight += scale * (up.float() @ down.float())


class EmbeddedBackend(LocalBackend):
    """The model that comes with the repository."""

    def __init__(self, weights: str | Path | None = None, adapter: bool = True) -> None:
        folder = Path(weights) if weights else WEIGHTS
        super().__init__("embedded", partial(load_model, folder, adapter), threads=1, heat=HEAT)
