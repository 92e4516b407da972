"""Decoding in this process: the fast path says what transformers says, rows come and go, threads share
the steps, and who stops reading gives his rows back.
"""

import random
import threading
import time

import pytest

from lm import cached, decode, lean
from lm.generate import BackendError, collect
from lm.local import LocalBackend, end_tokens

MESSAGES = [{"role": "user", "content": "a jig"}]
LETTERS = "start: /[A-G]{200}/"


@pytest.fixture(scope="module")
def loaded(base):
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    model = AutoModelForCausalLM.from_pretrained(str(base), dtype=torch.float32).eval()
    with torch.no_grad():  # norms that do something, as trained ones do
        for name, weight in model.named_parameters():
            if "norm" in name:
                weight += 0.3 * torch.randn(
                    weight.shape, generator=torch.Generator().manual_seed(1)
                )
    return model, AutoTokenizer.from_pretrained(str(base))


@pytest.fixture
def backend(loaded):
    return LocalBackend("toy", lambda: loaded, threads=1)


def slide(model):
    """The same model with a sliding window in one layer: a cache that rows cannot join."""
    import copy

    config = copy.deepcopy(model.config)
    config.use_sliding_window, config.sliding_window = True, 64
    config.layer_types = ["full_attention", "sliding_attention"]
    other = type(model)(config).eval()
    other.load_state_dict(model.state_dict())
    return other


@pytest.mark.parametrize("runner", [lean.LeanRunner, cached.CachedRunner])
def test_rows_that_come_and_go_see_what_they_see_alone(loaded, runner):
    import torch

    model, _ = loaded
    rng = random.Random(3)
    running, texts = runner(model), []

    def alone(ids):
        return model(input_ids=torch.tensor([ids])).logits[0, -1]

    def begin(length, n):
        ids = [rng.randrange(5, 400) for _ in range(length)]
        assert torch.allclose(running.start(ids, n), alone(ids), atol=1e-4)
        texts.extend(list(ids) for _ in range(n))

    def go_on(steps):
        for _ in range(steps):
            tokens = [rng.randrange(5, 400) for _ in texts]
            logits = running.step(tokens)
            for row, (text, token) in enumerate(zip(texts, tokens, strict=True)):
                text.append(token)
                assert torch.allclose(logits[row], alone(text), atol=1e-4)
        assert running.lengths == [len(text) for text in texts]

    def keep(rows):
        running.keep(rows)
        texts[:] = [texts[row] for row in rows]

    with torch.inference_mode():
        begin(50, 2)
        go_on(2)
        begin(120, 1)
        go_on(2)
        keep([2, 0])
        go_on(2)
        begin(7, 3)
        go_on(2)
        keep([4, 1, 0])
        go_on(2)
        begin(280, 1)  # beyond the room that the fast path first reserves
        go_on(2)
        keep([])
        begin(5, 1)
        go_on(2)


def test_the_fast_path_takes_only_what_it_knows(loaded):
    import copy

    from peft import LoraConfig, get_peft_model
    from transformers import LlamaConfig, LlamaForCausalLM

    small = {"hidden_size": 32, "intermediate_size": 32, "num_hidden_layers": 1}
    llama = LlamaForCausalLM(LlamaConfig(vocab_size=64, num_attention_heads=2, **small))
    assert lean.suits(loaded[0]) and not lean.suits(llama) and not lean.suits(slide(loaded[0]))
    adapted = get_peft_model(copy.deepcopy(loaded[0]), LoraConfig(target_modules="all-linear"))
    assert not lean.suits(adapted)
    with pytest.raises(ValueError, match="llama"):
        lean.LeanRunner(llama)
    with pytest.raises(ValueError, match="context"):
        lean.LeanRunner(loaded[0]).start([5] * 2049, 1)


def test_a_model_with_a_window_takes_one_request_at_a_time(loaded):
    model = slide(loaded[0])
    backend = LocalBackend("window", lambda: (model, loaded[1]))
    texts = ask_together(backend, 3)
    assert all(len(text) == 200 for pair in texts for text in pair)
    assert not backend.load()[1].runner.joins


def ask_together(backend, count, **more):
    """The answers of `count` threads that ask at once, two candidates each."""
    answers = [None] * count

    def ask(number):
        deltas = backend.generate(MESSAGES, grammar=LETTERS, n=2, seed=number, **more)
        answers[number] = collect(deltas)

    threads = [threading.Thread(target=ask, args=(number,), daemon=True) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_threads_that_ask_together_get_their_own_answers_in_shared_steps(backend):
    scheduler = backend.load()[1]
    alone = [collect(backend.generate(MESSAGES, grammar=LETTERS, n=2, seed=s)) for s in range(5)]
    widths = []
    step = scheduler.runner.step

    def counting(tokens):
        widths.append(len(tokens))
        return step(tokens)

    scheduler.runner.step = counting
    together = ask_together(backend, 5)
    assert all(len(text) == 200 and set(text) <= set("ABCDEFG") for two in together for text in two)
    # Rounding differs with the number of rows, so that a draw may tip; that is rare.
    assert sum(a == b for a, b in zip(alone, together, strict=True)) >= 3
    assert max(widths) > 2 and sum(widths) > 1.5 * len(widths)
    assert scheduler.rows == [] and scheduler.runner.lengths == [] and not scheduler.waiting


def test_nobody_waits_for_another_to_finish(backend):
    """A short request that comes while a long one runs is done long before it."""
    long = backend.generate(MESSAGES, grammar="start: /[A-G]{1500}/", n=4, seed=1, max_tokens=1500)
    for _ in range(20):
        next(long)
    began = time.monotonic()
    assert len(collect(backend.generate(MESSAGES, grammar="start: /[A-G]{20}/", seed=2))[0]) == 20
    short = time.monotonic() - began
    began = time.monotonic()
    assert len(collect(long)) == 4
    assert short < time.monotonic() - began


def test_who_stops_reading_gives_the_rows_back(backend):
    scheduler = backend.load()[1]
    first = backend.generate(MESSAGES, grammar=LETTERS, n=3, seed=1)
    second = backend.generate(MESSAGES, grammar=LETTERS, n=1, seed=2)
    for _ in range(10):
        next(first)
        next(second)
    assert len(scheduler.rows) == 4
    first.close()
    assert len(scheduler.rows) == len(scheduler.runner.lengths) == 1
    assert len(collect(second)[0]) > 100
    never = backend.generate(MESSAGES, grammar=LETTERS, n=decode.ROWS, seed=3)
    waits = backend.generate(MESSAGES, grammar=LETTERS, n=2, seed=4)
    next(never)
    never.close()
    assert len(collect(waits)[0]) == 200
    assert scheduler.rows == [] and scheduler.runner.lengths == []


def test_more_than_there_is_room_for_waits_its_turn(backend):
    scheduler = backend.load()[1]
    scheduler.most = 4
    texts = ask_together(backend, 5)
    assert all(len(text) == 200 for pair in texts for text in pair)
    with pytest.raises(ValueError, match="n 5: from 1 to 4"):
        collect(backend.generate(MESSAGES, n=5))


def test_one_bad_request_does_not_touch_the_others(backend):
    good = backend.generate(MESSAGES, grammar=LETTERS, seed=1)
    next(good)
    with pytest.raises(ValueError, match="bad grammar"):
        collect(backend.generate(MESSAGES, grammar="start: nothing"))
    with pytest.raises(BackendError, match="too long"):
        collect(backend.generate([{"role": "user", "content": "|GABc" * 2000}]))
    assert len(collect(good)[0]) > 150


def test_a_step_that_breaks_ends_everybody_with_the_reason(backend):
    import torch

    scheduler = backend.load()[1]
    first = backend.generate(MESSAGES, grammar=LETTERS, seed=1)
    second = backend.generate(MESSAGES, grammar=LETTERS, seed=2)
    next(first), next(second)
    step = scheduler.runner.step

    def burst(_):
        raise torch.OutOfMemoryError("full")

    scheduler.runner.step = burst
    for deltas in (first, second):
        with pytest.raises(BackendError, match="memory is full"):
            collect(deltas)
    scheduler.runner.step = step
    assert len(collect(backend.generate(MESSAGES, grammar=LETTERS, seed=1))[0]) == 200


def test_budgets_and_forced_text(backend):
    deltas = list(backend.generate(MESSAGES, grammar=LETTERS, max_tokens=5))
    assert deltas[-1].done and len(deltas) <= 6 and not any(d.done for d in deltas[:-1])
    forced = list(backend.generate(MESSAGES, grammar='start: "X:1\\nT:" /[A-C]/', n=2))
    assert collect(iter(forced))[0][:-1] == "X:1\nT:"
    assert [d.index for d in forced if d.done] in ([0, 1], [1, 0])
    only = list(backend.generate(MESSAGES, grammar='start: "X:1"', n=2))
    assert collect(iter(only)) == ["X:1", "X:1"] and sum(d.done for d in only) == 2


def test_the_mask_leaves_rows_without_a_grammar_alone(backend, loaded):
    import torch

    masker = backend.load()[1].masker
    width = loaded[0].config.vocab_size
    forbidden = masker.forbidden([masker.matcher(LETTERS), None], width, torch.device("cpu"))
    assert forbidden.shape == (2, width) and not forbidden[1].any()
    allowed = {loaded[1].decode([t]) for t in torch.nonzero(~forbidden[0])[:, 0].tolist()}
    assert set("ABCDEFG") <= allowed and all(set(word) <= set("ABCDEFG") for word in allowed)


def test_the_mask_of_a_gpu_is_that_of_the_cpu(backend, monkeypatch):
    """The bits are spread by shifts there; the same shifts run on any device."""
    import torch

    masker = backend.load()[1].masker
    matchers = [masker.matcher(LETTERS), None, masker.matcher("start: /[x-z]+/")]

    class Elsewhere:
        type = "elsewhere"

    on_cpu = masker.forbidden(matchers, masker.vocabulary, torch.device("cpu"))
    monkeypatch.setattr(torch.Tensor, "to", lambda self, *_: self)
    arange = torch.arange
    monkeypatch.setattr(torch, "arange", lambda n, device, dtype: arange(n, dtype=dtype))
    assert torch.equal(masker.forbidden(matchers, masker.vocabulary, Elsewhere()), on_cpu)


def test_sampling_keeps_to_nucleus_and_floor():
    import torch

    probabilities = torch.tensor([[0.6, 0.3, 0.09, 0.01], [0.97, 0.01, 0.01, 0.01]])
    draws = [i / 100 for i in range(100)]
    first = [decode.sample(probabilities[:1].log(), [1.0], [d])[0] for d in draws]
    assert {t: first.count(t) for t in set(first)} == pytest.approx({0: 61, 1: 30, 2: 9}, abs=1.5)
    hot = [decode.sample(probabilities[1:].log(), [5.0], [d])[0] for d in draws]
    assert set(hot) == {0}
    assert decode.sample(probabilities.log(), [0.0, 0.0], [0.99, 0.99]) == [0, 0]


def test_text_comes_in_whole_characters(loaded):
    text = decode.Text(loaded[1])
    parts = [
        text.add([token]) for token in loaded[1]("一首\n歌", add_special_tokens=False)["input_ids"]
    ]
    assert "".join(parts) == "一首\n歌" and not any("\ufffd" in part for part in parts)


def test_all_marks_that_end_an_answer_are_known(loaded):
    import copy

    model, tokenizer = copy.copy(loaded[0]), loaded[1]
    assert end_tokens(model, tokenizer) == [tokenizer.eos_token_id]
    model.generation_config = copy.copy(model.generation_config)
    model.generation_config.eos_token_id = [tokenizer.eos_token_id, 3]
    assert end_tokens(model, tokenizer) == [tokenizer.eos_token_id, 3]


def test_a_model_that_cannot_be_asked_says_so(loaded):
    import copy

    mute = copy.deepcopy(loaded[1])
    mute.chat_template = None
    with pytest.raises(
        BackendError, match="mute cannot be asked: the tokenizer has no chat template"
    ):
        LocalBackend("mute", lambda: (loaded[0], mute)).load()
