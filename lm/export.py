"""From an adapter to what others can use: a merged model in a folder, or the adapter on a hub.

Merging goes into the base as it was published, in half precision: merging into its 4-bit copy keeps
the rounding of both (a relative output error of .35 was measured where the plain base gave .016). Four
bits come after. What it does not know: GGUF, for which llama.cpp has its own converter
(docs/fine-tuning.md).
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from lm.generate import BackendError
from lm.recipe import FinetuneRecipe

TOKEN_VARIABLE = "HF_TOKEN"


def adapter_of(recipe: FinetuneRecipe) -> Path:
    """The adapter that a recipe has trained; `ValueError` when it has not yet."""
    folder = Path(recipe.export)
    if not (folder / "adapter_config.json").exists():
        raise ValueError(f"there is no adapter in {folder}; run `python -m lm finetune` first")
    return folder


def merge(recipe: FinetuneRecipe, target: Path, quantise: str = "none") -> None:
    """Write base and adapter as one model into a folder; `quantise` is `none` (half precision) or
    `nf4`. Raises `BackendError` when the base cannot be read or memory is short.
    """
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from lm.hub import read_config, unreachable
    from lm.memory import shortage, weight_bytes

    adapter = adapter_of(recipe)
    if quantise not in ("none", "nf4"):
        raise ValueError(f"quantise {quantise!r}: none or nf4")
    config = read_config(recipe.model, recipe.revision)
    lack = shortage(weight_bytes(config, "none", "bfloat16"), "cpu", f"Merging {recipe.model}")
    if lack:
        raise BackendError(f"{lack}; merge on a larger machine, or ship base and adapter apart.")
    options = {"revision": recipe.revision or "main"}
    try:
        tokenizer = AutoTokenizer.from_pretrained(recipe.model, **options)
        base = AutoModelForCausalLM.from_pretrained(recipe.model, dtype=torch.bfloat16, **options)
    except OSError as error:
        raise BackendError(unreachable(recipe.model, error)) from error
    merged = PeftModel.from_pretrained(base, str(adapter)).merge_and_unload()
    target.mkdir(parents=True, exist_ok=True)
    merged.save_pretrained(str(target))
    tokenizer.save_pretrained(str(target))
    if quantise == "nf4":
        del base, merged
        _quantise(target)
    (target / "README.md").write_text(card(recipe, merged=True), encoding="utf-8")


def _quantise(folder: Path) -> None:
    """Replace a model's weights by their 4-bit form, which transformers loads as it is."""
    import torch
    from transformers import AutoModelForCausalLM

    from lm.hub import four_bits

    model = AutoModelForCausalLM.from_pretrained(
        str(folder), dtype=torch.bfloat16, quantization_config=four_bits(torch.bfloat16)
    )
    for path in folder.glob("*.safetensors*"):
        path.unlink()
    model.save_pretrained(str(folder))


def card(recipe: FinetuneRecipe, merged: bool = False) -> str:
    """A model card: what it is made of, how it was trained, what was measured."""
    path = Path(recipe.out) / "report.json"
    report = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    kind = "Merged model" if merged else "LoRA adapter"
    sources = "own folders" if recipe.folders else "the open tunes of the Tunewright project"
    bits = "NF4" if recipe.quantisation == "nf4" else recipe.dtype
    lines = [
        "---",
        f"base_model: {recipe.model}",
        *([] if merged else ["library_name: peft"]),
        "tags: [abc-notation, music, lora]",
        "---",
        f"# {kind} that writes ABC notation",
        "",
        f"Trained by Tunewright on dialogues made of {sources}, over {recipe.model} in {bits}.",
        (
            f"Rank {recipe.rank}, alpha {recipe.alpha}, learning rate {recipe.lr:g}, rows of"
            f" {recipe.length} tokens."
        ),
        "",
    ]
    names = {
        "steps": "steps",
        "valid_loss_before": "held-out loss before (nats a token)",
        "valid_loss_after": "held-out loss after",
        "seconds": "seconds",
    }
    for name, words in names.items():
        if report.get(name) is not None:
            lines.append(f"- {words}: {report[name]:.4g}")
    lines += ["", "The licence is that of the base model; the tunes keep theirs.", ""]
    return "\n".join(lines)


def push(recipe: FinetuneRecipe, api: Any = None) -> str:
    """Put the adapter and its card on the hub; its address comes back. The token is read from
    HF_TOKEN. Raises `BackendError` when the hub cannot be reached or refuses.
    """
    import httpx
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError

    adapter = adapter_of(recipe)
    if not recipe.hub:
        raise ValueError("the recipe names no place to push to; set `hub: user/name`")
    token = os.environ.get(TOKEN_VARIABLE)
    if not token:
        raise BackendError(f"Pushing needs a token that may write; put it in {TOKEN_VARIABLE}.")
    api = api or HfApi(token=token)
    try:
        address = api.create_repo(recipe.hub, private=recipe.private, exist_ok=True)
        api.upload_file(
            path_or_fileobj=card(recipe).encode(), path_in_repo="README.md", repo_id=recipe.hub
        )
        api.upload_folder(
            folder_path=str(adapter),
            repo_id=recipe.hub,
            allow_patterns=["adapter_*"],
            commit_message="Adapter trained by Tunewright",
        )
    except HfHubHTTPError as error:
        reason = str(error).splitlines()[0]
        raise BackendError(f"The hub refused {recipe.hub}: {reason}") from error
    except (httpx.HTTPError, OSError) as error:
        raise BackendError(f"The hub cannot be reached: {error}") from error
    return str(address)
