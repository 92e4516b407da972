"""The embedded backend: the small model of `lm/weights` in this process, on the CPU.

Base and adapter are merged in memory at float32. Decoding runs on one thread: at this size a second
one gains nothing on an idle machine and costs much on a busy one. Weights are read at the first
request. One request at a time: callers on other threads wait.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lm.generate import MAX_TOKENS, TEMPERATURE, BackendError, Delta

WEIGHTS = Path(__file__).parent / "weights"


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


class EmbeddedBackend:
    """The model that comes with the repository."""

    name = "embedded"

    def __init__(self, weights: str | Path | None = None, adapter: bool = True) -> None:
        self.weights = Path(weights) if weights else WEIGHTS
        self.adapter = adapter
        self.lock = threading.Lock()
        self.loaded: tuple[Any, Any, Any] | None = None

    def load(self) -> tuple[Any, Any, Any]:
        """Model, tokenizer and masker, read at the first call."""
        with self.lock:
            if self.loaded is None:
                from lm.decode import Masker

                model, tokenizer = load_model(self.weights, self.adapter)
                self.loaded = model, tokenizer, Masker(tokenizer, model.config.vocab_size)
            return self.loaded

    def generate(
        self,
        messages: list[dict[str, str]],
        *,
        grammar: str | None = None,
        n: int = 1,
        seed: int = 0,
        max_tokens: int = MAX_TOKENS,
        temperature: float = TEMPERATURE,
    ) -> Iterator[Delta]:
        """Candidate answers, made in one batch."""
        import torch

        from lm.decode import decode

        model, tokenizer, masker = self.load()
        text = tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
        prompt = tokenizer(text, add_special_tokens=False)["input_ids"]
        room = model.config.max_position_embeddings - len(prompt)
        if room < 64:
            raise BackendError(
                "This is too long for the embedded model; ask about fewer bars at a time."
            )
        with self.lock:
            torch.set_num_threads(1)
            yield from decode(
                model,
                tokenizer,
                masker,
                prompt,
                grammar=grammar,
                n=n,
                seed=seed,
                max_tokens=min(max_tokens, room),
                temperature=temperature,
            )
