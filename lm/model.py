"""The embedded model: a small Qwen3 decoder made from a recipe, its loss on packed rows, its folder
on disk.

Conventions: B rows, T tokens, V vocabulary entries. Weights are saved as bfloat16 safetensors in
shards of at most 15 MB beside the tokenizer. What it does not know: music, data files, optimisers.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

SHARD_SIZE = "15MB"


def build(shape: Mapping[str, int], vocabulary: int, pad: int, end: int, seed: int) -> Any:
    """A freshly initialised model; `shape` has hidden, layers, inner, heads, kv_heads, head,
    context.
    """
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM

    torch.manual_seed(seed)
    config = Qwen3Config(
        vocab_size=vocabulary,
        hidden_size=shape["hidden"],
        num_hidden_layers=shape["layers"],
        intermediate_size=shape["inner"],
        num_attention_heads=shape["heads"],
        num_key_value_heads=shape["kv_heads"],
        head_dim=shape["head"],
        max_position_embeddings=shape["context"],
        tie_word_embeddings=True,
        pad_token_id=pad,
        eos_token_id=end,
        bos_token_id=None,
    )
    return Qwen3ForCausalLM(config)


def transfer(folder: Path, target: Any, tokenizer: Any) -> None:
    """Start `target` from the weights of an older model of the same shape, whatever its tokenizer.

    An entry that the old vocabulary has keeps its row; another begins as the mean of the old entries
    that spell the same text. `ValueError` when the shapes differ.
    """
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    old_tokenizer: Any = AutoTokenizer.from_pretrained(str(folder))
    old: Any = AutoModelForCausalLM.from_pretrained(str(folder), dtype=torch.float32)
    weights = old.state_dict()
    old_table = old.get_input_embeddings().weight.detach()  # (V, hidden)
    table = target.get_input_embeddings().weight.detach().clone()
    old_rows = old_tokenizer.get_vocab()
    for text, row in tokenizer.get_vocab().items():
        raw = tokenizer.convert_tokens_to_string([text])
        spelled = (
            [old_rows[text]] if text in old_rows
            else old_tokenizer(raw, add_special_tokens=False)["input_ids"]
        )  # fmt: skip
        table[row] = old_table[spelled].mean(0)
    own = target.state_dict()
    kept = {n: w for n, w in weights.items() if "embed_tokens" not in n and "lm_head" not in n}
    if any(own[name].shape != w.shape for name, w in kept.items() if name in own) or len(
        own
    ) != len(weights):
        raise ValueError(f"the model in {folder} has another shape than the recipe's")
    target.load_state_dict(kept, strict=False)
    with torch.no_grad():
        target.get_input_embeddings().weight.copy_(table)


def packed_mask(owners: Any) -> Any:
    """(B, T) owners → (B, 1, T, T) bool: causal, and only inside one example (padding sees itself)."""
    import torch

    length = owners.shape[1]
    causal = torch.ones(length, length, dtype=torch.bool, device=owners.device).tril()
    same = owners[:, :, None] == owners[:, None, :]
    return (same & causal)[:, None]


def packed_loss(model: Any, ids: Any, labels: Any, positions: Any, mask: Any) -> Any:
    """Summed cross-entropy in nats over the labelled tokens of packed rows."""
    import torch

    logits = model(
        input_ids=ids, position_ids=positions, attention_mask=mask, use_cache=False
    ).logits  # (B, T, V)
    flat = logits[:, :-1].float().reshape(-1, logits.shape[-1])
    return torch.nn.functional.cross_entropy(
        flat, labels[:, 1:].reshape(-1), ignore_index=-100, reduction="sum"
    )


def save(model: Any, tokenizer: Any, folder: Path) -> None:
    """Write weights (bfloat16), configuration and tokenizer."""
    import copy

    import torch

    folder.mkdir(parents=True, exist_ok=True)
    small = copy.deepcopy(model).to(torch.bfloat16)
    small.save_pretrained(str(folder), max_shard_size=SHARD_SIZE)
    tokenizer.save_pretrained(str(folder))
