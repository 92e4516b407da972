"""The transformers backend: an instruction model from a hub or a folder, in 4 bits where asked,
with an adapter.

Settings: `name` (hub name or folder), `revision`, `adapter`, `quantisation` (nf4 or none), `dtype`,
`device`. Four-bit loading goes through bitsandbytes. Its own chat template writes the prompt. The
decoding loop and the grammar are those of the embedded model.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from typing import Any

from lm.generate import MAX_TOKENS, TEMPERATURE, BackendError, Delta


def load_hub_model(settings: Mapping[str, Any]) -> tuple[Any, Any]:
    """Model and tokenizer as the settings say; raises `BackendError` with what to do about it."""
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer, BitsAndBytesConfig

    name = settings.get("name")
    if not name:
        raise BackendError("The settings name no model; set `model.name`.")
    device = str(settings.get("device") or ("cuda" if torch.cuda.is_available() else "cpu"))
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise BackendError(
            "The settings ask for a GPU, but none is here. Set `model.device: cpu`, or use the"
            " cpu profile."
        )
    dtype = getattr(torch, str(settings.get("dtype") or "bfloat16"))
    options: dict[str, Any] = {"dtype": dtype, "revision": settings.get("revision") or "main"}
    if (settings.get("quantisation") or "nf4") == "nf4":
        options["quantization_config"] = BitsAndBytesConfig(
            load_in_4bit=True,
            bnb_4bit_quant_type="nf4",
            bnb_4bit_use_double_quant=True,
            bnb_4bit_compute_dtype=dtype,
        )
        options["device_map"] = {"": device}
    try:
        tokenizer = AutoTokenizer.from_pretrained(name, revision=options["revision"])
        model = AutoModelForCausalLM.from_pretrained(name, **options)
        if "device_map" not in options:
            model = model.to(device)
        if settings.get("adapter"):
            from peft import PeftModel

            model = PeftModel.from_pretrained(model, settings["adapter"])
    except (OSError, ValueError) as error:
        raise BackendError(
            f"The model {name} could not be loaded: {str(error).splitlines()[0]}"
        ) from error
    except torch.OutOfMemoryError as error:
        raise BackendError(
            f"There is too little memory for {name}; use 4 bits or a smaller model."
        ) from error
    return model.eval(), tokenizer


class HubBackend:
    """A model in this process that is not the embedded one."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.settings = dict(settings)
        self.name = f"transformers:{settings.get('name')}"
        self.lock = threading.Lock()
        self.loaded: tuple[Any, Any, Any] | None = None

    def load(self) -> tuple[Any, Any, Any]:
        """Model, tokenizer and masker, read at the first call."""
        with self.lock:
            if self.loaded is None:
                from lm.decode import Masker

                model, tokenizer = load_hub_model(self.settings)
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
        try:
            with self.lock:
                yield from decode(
                    model,
                    tokenizer,
                    masker,
                    prompt,
                    grammar=grammar,
                    n=n,
                    seed=seed,
                    max_tokens=max_tokens,
                    temperature=temperature,
                )
        except torch.OutOfMemoryError as error:
            raise BackendError(
                "The GPU's memory is full; ask for fewer bars or try again."
            ) from error
