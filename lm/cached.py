"""Decoding of any causal model of transformers, on any device: rows that come and go.

The same four things as `lm.lean`: `start` rows, `step` all, `keep` some, and say whether rows may
`join` others under way. Rows of different lengths stand side by side padded on the left; the padding
is masked, and positions count from each row's own beginning. A model with caches of other kinds than
plain keys and values (a sliding window, a state) gets one request at a time.

Conventions: b rows, T tokens, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class CachedRunner:
    """Rows of tokens and the model's cache after them. Not safe to share between threads."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.context: int = getattr(model.config, "max_position_embeddings", None) or 4096
        self.lengths: list[int] = []
        self.cache: Any = None
        self.joins = True  # settled by the first cache that is seen

    def start(self, ids: Sequence[int], n: int) -> Any:
        """Add `n` rows that begin with the same tokens; (V,) logits of what follows come back."""
        import torch

        assert self.joins or not self.lengths, "this model's rows cannot join others"
        tokens = torch.tensor([list(ids)], device=self.model.device)
        out = self.model(input_ids=tokens, use_cache=True, logits_to_keep=1)
        cache = out.past_key_values
        self.joins = _is_plain(cache)
        if n > 1:
            cache.batch_repeat_interleave(n)
        if self.lengths:
            cache = _join(self.cache, cache)
        self.cache = cache
        self.lengths += [len(ids)] * n
        return out.logits[0, -1].float()

    def step(self, tokens: Sequence[int]) -> Any:
        """Take one token into each row; (b, V) logits come back."""
        import torch

        device = self.model.device
        lengths = torch.tensor(self.lengths, device=device)
        # Without plain caches all rows are equally long, and the model knows its window best.
        options: dict[str, Any] = {}
        if self.joins:
            width = self.cache.get_seq_length() + 1
            places = torch.arange(width, device=device)
            options["attention_mask"] = (places >= width - 1 - lengths[:, None]).long()  # (b, T)
            options["position_ids"] = lengths[:, None]
        out = self.model(
            input_ids=torch.tensor(tokens, device=device)[:, None],
            past_key_values=self.cache,
            use_cache=True,
            logits_to_keep=1,
            **options,
        )
        self.cache = out.past_key_values
        self.lengths = [length + 1 for length in self.lengths]
        return out.logits[:, -1].float()

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these rows only, in this order."""
        import torch

        if list(rows) == list(range(len(self.lengths))):
            return
        self.lengths = [self.lengths[row] for row in rows]
        if not rows:
            self.cache = None
            return
        self.cache.batch_select_indices(torch.tensor(list(rows), device=self.model.device))
        if self.joins:
            _trim(self.cache, max(self.lengths))


def _is_plain(cache: Any) -> bool:
    """Whether each layer keeps the keys and values of all positions."""
    from transformers.cache_utils import DynamicLayer

    return all(type(layer) is DynamicLayer for layer in cache.layers)


def _trim(cache: Any, length: int) -> None:
    """Cut padding on the left that no row needs any more."""
    for layer in cache.layers:
        layer.keys = layer.keys[:, :, -length:]
        layer.values = layer.values[:, :, -length:]


def _join(first: Any, second: Any) -> Any:
    """One cache with the rows of both, the shorter padded on the left; the first is changed."""
    import torch

    width = max(first.get_seq_length(), second.get_seq_length())
    for one, other in zip(first.layers, second.layers, strict=True):
        for name in ("keys", "values"):
            parts = [getattr(layer, name) for layer in (one, other)]
            padded = [
                torch.nn.functional.pad(part, (0, 0, width - part.shape[2], 0)) for part in parts
            ]
            setattr(one, name, torch.cat(padded))
    return first
