"""The transformers backend: an instruction model from a hub or a folder, in 4 bits where asked,
with an adapter.

Settings: `name` (hub name or folder), `revision`, `adapter`, `quantisation` (nf4 or none), `dtype`,
`device`. Four-bit loading goes through bitsandbytes. Where a GPU is lent for single calls (ZeroGPU), the
weights are read on the CPU and only then sent to the device, which is recorded there and done when a
GPU comes; elsewhere `move` does the same by hand.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from lm.generate import BackendError, heat_of
from lm.local import LocalBackend
from lm.memory import shortage, weight_bytes

LENT_VARIABLE = "SPACES_ZERO_GPU"  # set by the host where GPUs are lent


def four_bits(dtype: Any, double: bool = True, storage: Any = None) -> Any:
    """The bitsandbytes configuration that training and answering share: NF4.

    `storage` is the type in which packed weights are kept; sharding over GPUs wants the compute type.
    """
    import torch
    from transformers import BitsAndBytesConfig

    return BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=double,
        bnb_4bit_compute_dtype=dtype,
        bnb_4bit_quant_storage=storage or torch.uint8,
    )


def read_config(name: str, revision: str | None = None) -> Any:
    """The configuration of a hub's or folder's model. Raises `BackendError` with what to do."""
    from transformers import AutoConfig

    try:
        return AutoConfig.from_pretrained(name, revision=revision or "main")
    except (OSError, ValueError) as error:
        raise BackendError(unreachable(name, error)) from error


def unreachable(name: str, error: Exception) -> str:
    """A sentence for a model that could not be read."""
    text = str(error)
    if "gated" in text or "401" in text or "403" in text:
        return (
            f"The model {name} could not be loaded: its hub wants a permission; ask for it there and"
            " put your token in HF_TOKEN."
        )
    if any(word in text for word in ("connect", "Connection", "offline", "internet", "resolve")):
        return (
            f"The model {name} could not be loaded: it is not on this machine and its hub cannot be"
            " reached; name a folder, or fetch it where there is a network."
        )
    return f"The model {name} could not be loaded: {(text.splitlines() or ['no reason given'])[0]}"


def load_hub_model(settings: Mapping[str, Any]) -> tuple[Any, Any]:
    """Model and tokenizer as the settings say; raises `BackendError` with what to do about it."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    name = settings.get("name")
    if not name:
        raise BackendError("The settings name no model; set `model.name`.")
    device = str(settings.get("device") or ("cuda" if torch.cuda.is_available() else "cpu"))
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise BackendError(
            "The settings ask for a GPU, but none is here. Set `model.device: cpu`, or use the"
            " cpu profile."
        )
    word = str(settings.get("dtype") or "bfloat16")
    dtype = getattr(torch, word)
    quantisation = str(settings.get("quantisation") or "nf4")
    revision = settings.get("revision") or "main"
    config = read_config(str(name), revision)
    lack = shortage(weight_bytes(config, quantisation, word), device, f"The model {name}")
    if lack:
        raise BackendError(f"{lack}; use 4 bits or a smaller model.")
    lent = bool(os.environ.get(LENT_VARIABLE))
    place = "cpu" if lent else device
    options: dict[str, Any] = {"dtype": dtype, "revision": revision, "device_map": {"": place}}
    if quantisation == "nf4" and not getattr(config, "quantization_config", None):
        options["quantization_config"] = four_bits(dtype)
    try:
        tokenizer = AutoTokenizer.from_pretrained(name, revision=revision)
        model: Any = AutoModelForCausalLM.from_pretrained(name, **options)
        if settings.get("adapter"):
            from peft import PeftModel

            model = PeftModel.from_pretrained(model, settings["adapter"])
        if lent:
            model = model.to(device)
    except (OSError, ValueError) as error:
        raise BackendError(unreachable(str(name), error)) from error
    except torch.OutOfMemoryError as error:
        raise BackendError(
            f"There is too little memory for {name}; use 4 bits or a smaller model."
        ) from error
    return model.eval(), tokenizer


class HubBackend(LocalBackend):
    """A model in this process that is not the embedded one."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        kept = dict(settings)
        heat = heat_of(settings)
        super().__init__(
            f"transformers:{settings.get('name')}", lambda: load_hub_model(kept), heat=(heat, heat)
        )

    def move(self, device: str) -> None:
        """Put the model on another device while nothing is being answered.

        `ValueError` for a small one that `lm.lean` decodes: that one lives on the CPU.
        """
        _, scheduler = self.load()
        if not hasattr(scheduler.runner, "model"):
            raise ValueError(f"{self.name} is decoded on the CPU and stays there")
        scheduler.runner.model.to(device)
