"""A tune as the embedded model sees it, as one vector: the mean of its hidden states after the last layer.

The tune is shown as in a conversation, on D, without what names it (title, kind, tempo), at most LONGEST tokens of
it. `embedder()` gives the model of `lm/weights` with its digest. What it does not know: what the vectors are for.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any

from abc_tools.edit import transpose_to
from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.theory import Key
from lm.embedded import WEIGHTS, load_model
from lm.plan.view import view

LONGEST = 640
HIDDEN = ("T:", "R:", "Q:", "C:", "O:", "X:", "W:", "w:")
_VERSION = 1
"""Of what is shown and of the mean: counted up when they change, because the digest must change with the vectors."""


def shown(abc: str) -> str | None:
    """A tune as the model sees it, on D, without what names it; None where that cannot be had."""
    tune = parse_tune(abc)
    try:
        if tune.key.tonic:
            key = Key("D", 0, tune.key.mode)
            tune = parse_tune(apply(tune.source, transpose_to(tune, key)))
        text = view(tune)
    except ValueError:
        return None
    return "\n".join(line for line in text.splitlines() if not line.startswith(HIDDEN)) + "\n"


class Embedder:
    """The model of a weights folder; it is read at the first vector. Threads may share it."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self.digest = _digest(weights)
        self._weights = weights
        self._lock = Lock()
        self._loaded: tuple[Any, Any] | None = None

    def read(self) -> tuple[Any, Any]:
        """Model and tokenizer, now and not at the first vector: that takes seconds."""
        with self._lock:
            if self._loaded is None:
                self._loaded = load_model(self._weights)
            return self._loaded

    def vector(self, abc: str) -> Any:
        """The mean state of a tune, float32 (hidden size,); None where the model cannot be shown it."""
        import torch

        text = shown(abc)
        if text is None:
            return None
        model, tokenizer = self.read()
        ids = torch.tensor([tokenizer(text)["input_ids"][:LONGEST]])
        with torch.no_grad():
            return model.model(ids).last_hidden_state[0].mean(0).numpy()


def embedder(weights: Path = WEIGHTS) -> Embedder | None:
    """The embedded model as an embedder; None where its weights or the libraries that run it are missing."""
    if not (weights / "base" / "config.json").exists():
        return None
    if find_spec("torch") is None or find_spec("transformers") is None:
        return None
    return Embedder(weights)


def _digest(weights: Path) -> str:
    """The SHA-256 of all that decides the vectors: weights, adapter, tokenizer, and how a tune is shown."""
    found = hashlib.sha256(f"{_VERSION} {LONGEST} {HIDDEN}".encode())
    for name in ("base/config.json", "base/model.safetensors", "base/tokenizer.json",
                 "adapter/adapter_config.json", "adapter/adapter_model.safetensors"):  # fmt: skip
        path = weights / name
        found.update(f"\n{name}\n".encode() + (path.read_bytes() if path.exists() else b""))
    return found.hexdigest()
