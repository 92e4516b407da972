"""Decoding of a small Qwen3 model on the CPU in plain torch: the embedded model's fast path.

A step of a small model costs its modules more than its arithmetic: transformers calls some hundred
Python functions a token. Here the same weights are laid out for decoding (query, key and value in
one matrix, gate and up in one, norms folded into the matrix behind them, keys and values in
preallocated tensors), and a token is about a dozen torch calls a layer. Results equal those of
transformers to rounding; a test compares them.

Conventions: b rows that are decoded side by side, T tokens, H hidden size, D size of a head, V
vocabulary. Everything is float32: bfloat16 and int8 kernels depend too much on the processor. What
it does not know: other architectures, grammars, sampling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

GROWTH = 256  # tokens by which the room for keys and values grows


@dataclass(frozen=True)
class _Layer:
    """The weights of one layer as decoding wants them."""

    attend: Any  # (heads · D + 2 · kv_heads · D, H), the norm before it folded in
    gains: Any  # (heads + kv_heads, D) of the norms over query and key
    out: Any  # (H, heads · D)
    expand: Any  # (2 · inner, H), the norm before it folded in
    shrink: Any  # (H, inner)


def suits(model: Any) -> bool:
    """Whether a transformers model is one that this module can decode; one under an adapter is not."""
    config = model.config
    return (
        type(model).__name__ == "Qwen3ForCausalLM"
        and config.hidden_act == "silu"
        and not config.attention_bias
        and (config.rope_parameters or {}).get("rope_type", "default") == "default"
        and all(kind == "full_attention" for kind in config.layer_types or ())
        and not hasattr(config, "quantization_config")
        and next(model.parameters()).device.type == "cpu"
    )


class LeanRunner:
    """Rows of tokens and the model's state after them. Not safe to share between threads."""

    joins = True  # new rows may start while others are under way

    def __init__(self, model: Any) -> None:
        import torch

        if not suits(model):
            raise ValueError(f"the lean decoder cannot run a {model.config.model_type} model")
        config = model.config
        self.heads, self.kv_heads = config.num_attention_heads, config.num_key_value_heads
        self.size, self.epsilon = config.head_dim, config.rms_norm_eps
        self.context: int = config.max_position_embeddings
        self.lengths: list[int] = []  # tokens of each row
        with torch.no_grad():
            self.layers = [self._lay_out(layer) for layer in model.model.layers]
            self.embedding = model.model.embed_tokens.weight.detach().float()
            self.head = (model.lm_head.weight * model.model.norm.weight).detach().float()
            powers = torch.arange(0, self.size, 2) / self.size
            speeds = config.rope_parameters["rope_theta"] ** -powers
            angles = torch.outer(torch.arange(self.context).float(), speeds)
            self.turns = torch.polar(torch.ones_like(angles), angles)  # (context, D / 2) complex
        self.keys: list[Any] = []  # a layer: (rows, kv_heads, room, D)
        self.values: list[Any] = []

    def _lay_out(self, layer: Any) -> _Layer:
        """Fuse and fold one layer. The two halves of each head are interleaved, so that a rotation
        is one complex product; query and key alike, so their products stay the same.
        """
        import torch

        attention, mlp, size = layer.self_attn, layer.mlp, self.size
        pairs = torch.arange(size).view(2, size // 2).t().reshape(-1)

        def interleave(weight: Any) -> Any:
            return weight.view(-1, size, weight.shape[-1])[:, pairs].reshape(weight.shape)

        attend = [
            interleave(attention.q_proj.weight),
            interleave(attention.k_proj.weight),
            attention.v_proj.weight,
        ]
        gains = [
            attention.q_norm.weight[pairs].expand(self.heads, size),
            attention.k_norm.weight[pairs].expand(self.kv_heads, size),
        ]
        expand = [mlp.gate_proj.weight, mlp.up_proj.weight]
        return _Layer(
            (torch.cat(attend) * layer.input_layernorm.weight).detach().float(),
            torch.cat(gains).detach().float(),
            attention.o_proj.weight.detach().float(),
            (torch.cat(expand) * layer.post_attention_layernorm.weight).detach().float(),
            mlp.down_proj.weight.detach().float(),
        )

    def start(self, ids: Sequence[int], n: int) -> Any:
        """Add `n` rows that begin with the same tokens; (V,) logits of what follows come back."""
        import torch

        at, length = len(self.lengths), len(ids)
        self._reserve(at + n, length)
        x = self.embedding[torch.tensor(ids)]  # (T, H)
        turns = self.turns[:length, None]
        for number, layer in enumerate(self.layers):
            query, key, value = self._project(x, layer, turns)  # (T, heads, D)
            self.keys[number][at : at + n, :, :length] = key.transpose(0, 1)
            self.values[number][at : at + n, :, :length] = value.transpose(0, 1)
            seen = torch.nn.functional.scaled_dot_product_attention(
                query.transpose(0, 1)[None],
                key.transpose(0, 1)[None],
                value.transpose(0, 1)[None],
                is_causal=True,
                enable_gqa=True,
            )[0]
            x = self._feed(x, seen.transpose(0, 1).reshape(length, -1), layer)
        self.lengths += [length] * n
        return self._logits(x[-1:])[0]

    def step(self, tokens: Sequence[int]) -> Any:
        """Take one token into each row; (b, V) logits come back."""
        import torch

        b, longest = len(self.lengths), max(self.lengths) + 1
        assert len(tokens) == b, "one token for each row"
        self._reserve(b, longest)
        at = torch.tensor(self.lengths)
        rows = torch.arange(b)
        x = self.embedding[torch.tensor(tokens)]  # (b, H)
        turns = self.turns[at][:, None]
        mask = None
        if min(self.lengths) + 1 < longest:
            mask = (torch.arange(longest) <= at[:, None])[:, None, None]  # (b, 1, 1, T)
        for number, layer in enumerate(self.layers):
            query, key, value = self._project(x, layer, turns)
            keys, values = self.keys[number], self.values[number]
            if mask is None:
                keys[:b, :, longest - 1], values[:b, :, longest - 1] = key, value
            else:
                keys[rows, :, at], values[rows, :, at] = key, value
            # The heads that share a key stand where the positions of a sequence would.
            seen = torch.nn.functional.scaled_dot_product_attention(
                query.reshape(b, self.kv_heads, -1, self.size),
                keys[:b, :, :longest],
                values[:b, :, :longest],
                attn_mask=mask,
            )
            x = self._feed(x, seen.reshape(b, -1), layer)
        self.lengths = [length + 1 for length in self.lengths]
        return self._logits(x)

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these rows only, in this order; without any, the room is given back."""
        if list(rows) == list(range(len(self.lengths))):
            return
        self.lengths = [self.lengths[row] for row in rows]
        if not rows:
            self.keys, self.values = [], []
            return
        longest = max(self.lengths)
        for cache in (*self.keys, *self.values):
            cache[: len(rows), :, :longest] = cache[list(rows), :, :longest]

    def _project(self, x: Any, layer: _Layer, turns: Any) -> tuple[Any, Any, Any]:
        """Query, key (both normed and rotated) and value of (T, H): each (T, heads, D)."""
        import torch

        count = self.heads + self.kv_heads
        mixed = torch.nn.functional.linear(self._norm(x), layer.attend)
        both = mixed[:, : count * self.size].view(len(x), count, self.size)
        both = self._norm(both) * layer.gains
        turned = torch.view_as_complex(both.view(len(x), count, -1, 2)) * turns
        both = torch.view_as_real(turned).view(len(x), count, self.size)
        value = mixed[:, count * self.size :].view(len(x), self.kv_heads, self.size)
        return both[:, : self.heads], both[:, self.heads :], value

    def _feed(self, x: Any, seen: Any, layer: _Layer) -> Any:
        """The rest of a layer after attention has looked: (T, H)."""
        import torch

        linear = torch.nn.functional.linear
        x = x + linear(seen, layer.out)
        gate, up = linear(self._norm(x), layer.expand).chunk(2, -1)
        return x + linear(torch.nn.functional.silu(gate) * up, layer.shrink)

    def _norm(self, x: Any) -> Any:
        import torch

        return torch.nn.functional.rms_norm(x, x.shape[-1:], None, self.epsilon)

    def _logits(self, x: Any) -> Any:
        import torch

        return torch.nn.functional.linear(self._norm(x), self.head)

    def _reserve(self, rows: int, length: int) -> None:
        """Make room for keys and values; what is there is copied."""
        import torch

        if length > self.context:
            raise ValueError(f"{length} tokens: the model's context is {self.context}")
        have = self.keys[0].shape if self.keys else (0, 0, 0, 0)
        if rows <= have[0] and length <= have[2]:
            return
        room = min(self.context, -(-(length + GROWTH // 2) // GROWTH) * GROWTH)
        shape = (max(rows, have[0]), self.kv_heads, max(room, have[2]), self.size)
        for caches in (self.keys, self.values):
            grown = [torch.zeros(shape) for _ in self.layers]
            for old, new in zip(caches, grown, strict=False):
                new[: have[0], :, : have[2]] = old
            caches[:] = grown
