"""The decoding loop of models in this process: a batch of candidates, one grammar matcher a row,
text as it comes.

The loop knows token ids and a causal model of transformers; what the text means it does not know.
What the grammar forces at the start (the header of a tune) is read together with the prompt instead
of token by token.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lm.generate import BackendError, Delta

TOP_P = 0.95
MIN_P = 0.03


class Masker:
    """Grammar matchers for the rows of a batch, over one tokenizer."""

    def __init__(self, tokenizer: Any, vocabulary: int) -> None:
        import llguidance.hf

        self.tokens = llguidance.hf.from_tokenizer(tokenizer, n_vocab=vocabulary)
        self.vocabulary = vocabulary
        self.end = tokenizer.eos_token_id

    def matcher(self, grammar: str) -> Any:
        """A matcher at the start of a grammar (Lark text); a bad grammar is a `ValueError`."""
        import llguidance

        matcher = llguidance.LLMatcher(self.tokens, llguidance.LLMatcher.grammar_from_lark(grammar))
        if matcher.is_error():
            raise ValueError(f"bad grammar: {matcher.get_error()}")
        return matcher

    def mask(self, matchers: Sequence[Any], logits: Any, done: Sequence[bool]) -> None:
        """Set what the grammar forbids to minus infinity, in place; finished rows are left alone."""
        import llguidance.numpy
        import numpy as np
        import torch

        live = [row for row in range(len(matchers)) if not done[row]]
        # (live, V / 32) int32: bit t of word w allows token 32 w + t
        words = llguidance.numpy.allocate_token_bitmask(len(live), self.vocabulary)
        for at, row in enumerate(live):
            llguidance.numpy.fill_next_token_bitmask(matchers[row], words, at)
        allowed = np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")
        forbidden = torch.from_numpy(allowed[:, : logits.shape[-1]] == 0).to(logits.device)
        logits[live] = logits[live].masked_fill(forbidden, float("-inf"))


def sample(logits: Any, temperature: float, generator: Any) -> Any:
    """(n, V) logits → (n,) token ids; temperature 0 takes the likeliest."""
    import torch

    if temperature <= 0:
        return logits.argmax(-1)
    # Nucleus and floor are taken before the temperature, so that heat never lets in the unlikely.
    probabilities = torch.softmax(logits, -1)
    top, order = probabilities.sort(-1, descending=True)
    keep = (top.cumsum(-1) - top < TOP_P) & (top >= MIN_P * top[:, :1])
    heated = torch.softmax(
        (logits / temperature).gather(-1, order).masked_fill(~keep, float("-inf")), -1
    )
    picked = torch.multinomial(heated.cpu(), 1, generator=generator).to(order.device)
    return order.gather(-1, picked)[:, 0]


class _Text:
    """The text of one row as its tokens come; holds back bytes of unfinished characters."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer, self.ids, self.shown = tokenizer, [], ""

    def add(self, ids: Sequence[int]) -> str:
        """The new text that these tokens complete."""
        self.ids += ids
        whole = self.tokenizer.decode(self.ids, clean_up_tokenization_spaces=False)
        if whole.endswith("\ufffd"):
            return ""
        fresh = whole[len(self.shown) :]
        if fresh.endswith("\n"):
            self.ids, self.shown = [], ""
        else:
            self.shown = whole
        return fresh


def decode(
    model: Any,
    tokenizer: Any,
    masker: Masker | None,
    prompt: Sequence[int],
    *,
    grammar: str | None,
    n: int,
    seed: int,
    max_tokens: int,
    temperature: float,
) -> Iterator[Delta]:
    """Candidates for one prompt. Raises `BackendError` when a grammar leads nowhere."""
    import torch

    matchers: list[Any] = []
    forced: list[int] = []
    if grammar is not None:
        assert masker is not None, "a grammar needs a masker"
        first = masker.matcher(grammar)
        forced = first.compute_ff_tokens()
        first.consume_tokens(forced)
        matchers = [first, *(first.deep_copy() for _ in range(n - 1))]
    texts = [_Text(tokenizer) for _ in range(n)]
    done = [False] * n
    for row in range(n):
        done[row] = bool(matchers) and matchers[row].is_stopped()
        yield Delta(row, texts[row].add(forced), done[row])
    generator = torch.Generator().manual_seed(seed)
    # (n, T): every row has the same prompt, so the cache needs no padding.
    ids = torch.tensor([[*prompt, *forced]] * n, device=model.device)
    cache: Any = None
    budget = max_tokens - len(forced)
    with torch.inference_mode():
        while not all(done) and budget > 0:
            out = model(input_ids=ids, past_key_values=cache, use_cache=True, logits_to_keep=1)
            cache, logits = out.past_key_values, out.logits[:, -1].float()
            if matchers and masker is not None:
                masker.mask(matchers, logits, done)
            chosen = sample(logits, temperature, generator)
            budget -= 1
            for row, token in enumerate(chosen.tolist()):
                if done[row]:
                    continue
                yield from _advance(row, token, matchers, texts, done, tokenizer.eos_token_id)
            ids = chosen[:, None]
    for row in range(n):
        if not done[row]:
            yield Delta(row, "", True)


def _advance(
    row: int, token: int, matchers: list[Any], texts: list[_Text], done: list[bool], end: int
) -> Iterator[Delta]:
    """Take one token into a row."""
    if matchers:
        if not matchers[row].consume_token(token):
            raise BackendError("The model could not go on inside the form that was asked for.")
        done[row] = matchers[row].is_stopped()
    if token == end:
        done[row] = True
        yield Delta(row, "", True)
        return
    yield Delta(row, texts[row].add([token]), done[row])
