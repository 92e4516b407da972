"""Decoding of models in this process: who asks is served side by side, one grammar matcher a row, text
as it comes.

Requests that arrive while others are being answered join them: a step of four rows costs far less
than four steps of one. There is no thread of its own: whoever waits for text drives the next step,
for all. A consumer that stops reading gives its rows back.

The same seed gives the same text when a request is alone. Beside others, sums are rounded in another
order, which can tip a draw that was nearly even.

What it knows of the model is a runner (`lm.lean`, `lm.cached`) and token ids; what the text means it
does not know. What the grammar forces at the start (the header of a tune) is read together with the
prompt instead of token by token.
"""

from __future__ import annotations

import random
import threading
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lm.generate import BackendError, Delta

TOP_P = 0.95
MIN_P = 0.03
CANDIDATES = 512  # tokens that sampling looks at; beyond the floor of MIN_P there are never so many
LEAST_ROOM = 64  # tokens of the context that must be left for an answer
ROWS = 16


class Masker:
    """Grammar matchers for the rows of a batch, over one tokenizer."""

    def __init__(self, tokenizer: Any, vocabulary: int, ends: Sequence[int] = ()) -> None:
        import llguidance.hf

        ends = list(ends) or [tokenizer.eos_token_id]
        self.tokens = llguidance.hf.from_tokenizer(tokenizer, n_vocab=vocabulary, eos_token=ends)
        self.vocabulary = vocabulary

    def matcher(self, grammar: str) -> Any:
        """A matcher at the start of a grammar (Lark text); a bad grammar is a `ValueError`."""
        import llguidance

        matcher = llguidance.LLMatcher(self.tokens, llguidance.LLMatcher.grammar_from_lark(grammar))
        if matcher.is_error():
            raise ValueError(f"bad grammar: {matcher.get_error()}")
        return matcher

    def forbidden(self, matchers: Sequence[Any], width: int, device: Any) -> Any:
        """(b, width) bool of the tokens that the rows' grammars forbid; a row without one: none."""
        import llguidance.numpy

        # (b, V / 32) int32: bit t of word w allows token 32 w + t
        words = llguidance.numpy.allocate_token_bitmask(len(matchers), self.vocabulary)
        words.fill(-1)
        for row, matcher in enumerate(matchers):
            if matcher is not None:
                llguidance.numpy.fill_next_token_bitmask(matcher, words, row)
        return spread(words, width, device) == 0


def spread(words: Any, width: int, device: Any) -> Any:
    """(b, V / 32) int32 numpy words → (b, width) bits on a device; only the words travel there."""
    import numpy as np
    import torch

    if device.type == "cpu":
        unpacked = np.unpackbits(words.view(np.uint8), axis=1, bitorder="little")
        return torch.from_numpy(unpacked)[:, :width]
    shifts = torch.arange(32, device=device, dtype=torch.int32)
    bits = (torch.from_numpy(words).to(device)[:, :, None] >> shifts) & 1
    return bits.reshape(len(words), -1)[:, :width]


def sample(logits: Any, temperatures: Sequence[float], draws: Sequence[float]) -> list[int]:
    """A token for each row of (b, V) logits by a number in [0, 1); temperature 0 takes the
    likeliest.
    """
    import torch

    top, order = torch.softmax(logits, -1).topk(min(CANDIDATES, logits.shape[-1]))
    # Nucleus and floor are taken before the temperature, so that heat never lets in the unlikely.
    out = (top.cumsum(-1) - top >= TOP_P) | (top < MIN_P * top[:, :1])
    heat = torch.tensor(temperatures, device=top.device)[:, None].clamp_min(1e-4)
    heated = torch.softmax((top.log() / heat).masked_fill(out, float("-inf")), -1)
    reached = heated.cumsum(-1)
    at = torch.tensor(draws, device=top.device)[:, None] * reached[:, -1:]
    picked = torch.searchsorted(reached, at, right=True).clamp_max(top.shape[-1] - 1)
    return order.gather(-1, picked)[:, 0].tolist()


class Text:
    """The text of one row as its tokens come; holds back bytes of unfinished characters."""

    def __init__(self, tokenizer: Any) -> None:
        self.tokenizer, self.shown = tokenizer, ""
        self.ids: list[int] = []

    def add(self, ids: Sequence[int]) -> str:
        """The new text that these tokens complete."""
        self.ids += ids
        whole: str = self.tokenizer.decode(
            self.ids, skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        if whole.endswith("\ufffd"):
            return ""
        fresh = whole[len(self.shown) :]
        if fresh.endswith("\n"):
            self.ids, self.shown = [], ""
        else:
            self.shown = whole
        return fresh


@dataclass
class Job:
    """One request and what has come of it."""

    prompt: Sequence[int]
    grammar: str | None
    n: int
    seed: int
    max_tokens: int
    temperature: float
    ready: deque[Delta] = field(default_factory=deque)
    open: int = 0  # rows under way
    begun: bool = False
    left: bool = False  # nobody reads any more
    error: BaseException | None = None

    @property
    def over(self) -> bool:
        """Whether no more deltas will come."""
        return self.error is not None or (self.begun and not self.open)


@dataclass
class Row:
    """One candidate of a job while it is decoded."""

    job: Job
    index: int
    matcher: Any
    text: Text
    draws: random.Random
    budget: int
    token: int = -1


class Scheduler:
    """Decodes the jobs of all threads over one runner. `rows` is the most that run side by side."""

    def __init__(
        self, runner: Any, tokenizer: Any, masker: Masker, ends: Collection[int],
        rows: int = ROWS, threads: int | None = None,
    ) -> None:  # fmt: skip
        self.runner, self.tokenizer, self.masker = runner, tokenizer, masker
        self.ends, self.most, self.threads = frozenset(ends), rows, threads
        self.waiting: deque[Job] = deque()
        self.rows: list[Row] = []
        self.turn = threading.Condition()
        self.driving = False

    def run(self, job: Job) -> Iterator[Delta]:
        """The deltas of a job. Raises `BackendError`, and `ValueError` for a bad grammar."""
        if not 1 <= job.n <= self.most:
            raise ValueError(f"n {job.n}: from 1 to {self.most} candidates")
        with self.turn:
            self.waiting.append(job)
        try:
            while True:
                while job.ready:
                    yield job.ready.popleft()
                if job.error is not None:
                    raise job.error
                if job.over:
                    return
                self._wait_or_drive(job)
        finally:
            self._leave(job)

    def _wait_or_drive(self, job: Job) -> None:
        """Until something of the job is ready: let another thread drive, or take one step."""
        with self.turn:
            while self.driving and not job.ready and not job.over:
                self.turn.wait()
            if job.ready or job.over:
                return
            self.driving = True
        try:
            self._advance()
        except BaseException as error:
            self._fail(error)
            raise
        finally:
            with self.turn:
                self.driving = False
                self.turn.notify_all()

    def _leave(self, job: Job) -> None:
        """Forget a job; its rows go with the next step, or at once when none is under way."""
        with self.turn:
            job.left = True
            if job in self.waiting:
                self.waiting.remove(job)
            if not self.driving and any(row.job is job for row in self.rows):
                self._drop_ended()

    def _advance(self) -> None:
        """One step for every row; a waiting job joins first, in the order of arrival."""
        import torch

        threads = torch.get_num_threads()
        torch.set_num_threads(self.threads or threads)
        try:
            with torch.inference_mode():
                self._drop_ended()
                job = self._next_job()
                if job is not None:
                    self._try_to_begin(job)
                elif self.rows:
                    self._choose(self.rows, self.runner.step([row.token for row in self.rows]))
                self._drop_ended()
        except torch.OutOfMemoryError as error:
            raise BackendError("The memory is full; ask for fewer bars or try again.") from error
        finally:
            torch.set_num_threads(threads)

    def _next_job(self) -> Job | None:
        """The job that has waited longest, if there is room for it now."""
        with self.turn:
            if not self.waiting or (self.rows and not self.runner.joins):
                return None
            if len(self.rows) + self.waiting[0].n > self.most:
                return None
            return self.waiting.popleft()

    def _try_to_begin(self, job: Job) -> None:
        """Begin a job; what is wrong with it is its own affair, and nobody waits for it for ever."""
        try:
            self._begin(job)
        except (ValueError, BackendError) as error:
            job.error = error
        except BaseException as error:
            job.error = error
            raise

    def _begin(self, job: Job) -> None:
        """Read a job's prompt and choose the first token of each candidate."""
        matcher, forced = None, []
        try:
            if job.grammar is not None:
                matcher = self.masker.matcher(job.grammar)
                forced = matcher.compute_ff_tokens()
                matcher.consume_tokens(forced)
            room = self.runner.context - len(job.prompt) - len(forced)
            if room < LEAST_ROOM:
                raise BackendError(
                    "This is too long for the model; ask about fewer bars at a time."
                )
        except (ValueError, BackendError) as error:
            job.error = error
            return
        rows = []
        for index in range(job.n):
            own = matcher.deep_copy() if matcher is not None else None
            draws = random.Random(f"{job.seed}:{index}")
            budget = min(job.max_tokens, room + len(forced)) - len(forced)
            rows.append(Row(job, index, own, Text(self.tokenizer), draws, budget))
            done = budget <= 0 or (own is not None and own.is_stopped())
            self._tell(rows[-1], rows[-1].text.add(forced), done)
        job.open, job.begun = sum(row.budget > 0 for row in rows), True
        rows = [row for row in rows if row.budget > 0]
        if rows:
            logits = self.runner.start([*job.prompt, *forced], len(rows))
            self.rows += rows
            self._choose(rows, logits.expand(len(rows), -1))

    def _choose(self, rows: Sequence[Row], logits: Any) -> None:
        """Sample a token for each row from (b, V) logits and take it in."""
        matchers = [row.matcher for row in rows]
        if any(matcher is not None for matcher in matchers):
            logits = logits.masked_fill(
                self.masker.forbidden(matchers, logits.shape[-1], logits.device), float("-inf")
            )
        draws = [row.draws.random() for row in rows]
        chosen = sample(logits, [row.job.temperature for row in rows], draws)
        for row, token in zip(rows, chosen, strict=True):
            self._take(row, token)

    def _take(self, row: Row, token: int) -> None:
        """Take one token into a row and tell its job."""
        row.token, row.budget = token, row.budget - 1
        if row.matcher is not None and not row.matcher.consume_token(token):
            row.job.error = BackendError(
                "The model could not go on inside the form that was asked for."
            )
            return
        ended = token in self.ends
        stopped = row.matcher is not None and row.matcher.is_stopped()
        text = "" if ended else row.text.add([token])
        self._tell(row, text, ended or stopped or row.budget <= 0)

    def _tell(self, row: Row, text: str, done: bool) -> None:
        """Hand a delta to the row's job; a row that is done has no budget left."""
        row.job.ready.append(Delta(row.index, text, done))
        if done:
            row.budget = 0
            row.job.open -= row.job.begun

    def _drop_ended(self) -> None:
        """Free the rows that are done, have failed, or are no longer read."""
        kept = [
            number
            for number, row in enumerate(self.rows)
            if row.budget > 0 and not row.job.left and row.job.error is None
        ]
        if len(kept) < len(self.rows):
            import torch

            with torch.inference_mode():
                self.runner.keep(kept)
            self.rows = [self.rows[number] for number in kept]

    def _fail(self, error: BaseException) -> None:
        """The step broke: nobody who was part of it can go on."""
        with self.turn:
            for row in self.rows:
                row.job.error = row.job.error or error
            self.rows = []
            self.runner.keep([])
