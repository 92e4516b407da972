"""Backends: the scripted one, and the embedded one with the shipped weights."""

import re

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from lm.generate import (
    BACKENDS,
    Backend,
    BackendError,
    Delta,
    ScriptedBackend,
    collect,
    load_backend,
)
from lm.plan import plan_fill, plan_tune
from tests.lm.tunes import JIG


def test_scripted_answers_come_in_pieces_and_are_recorded():
    backend = ScriptedBackend(["first answer, a long one", "second"])
    messages = [{"role": "user", "content": "hello"}]
    deltas = list(backend.generate(messages, grammar="start: /a/", seed=3))
    assert "".join(d.text for d in deltas) == "first answer, a long one"
    assert [d.done for d in deltas] == [False, False, True]
    assert collect(backend.generate(messages)) == ["second"]
    assert [a["seed"] for a in backend.asked] == [3, 0]
    assert backend.asked[0]["grammar"] == "start: /a/"
    with pytest.raises(BackendError, match="no scripted answer"):
        list(backend.generate(messages))


def test_candidates_of_a_script_are_successive_answers():
    assert collect(ScriptedBackend(["a", "b", "c"]).generate([], n=2)) == ["a", "b"]


def test_backends_are_found_by_name_and_made_once():
    assert isinstance(load_backend({"backend": "scripted", "answers": ["x"]}), Backend)
    assert load_backend({"backend": "embedded"}) is load_backend({"backend": "embedded"})
    assert load_backend({"backend": "scripted"}) is not load_backend({"backend": "scripted"})
    with pytest.raises(ValueError, match="telepathy"):
        load_backend({"backend": "telepathy"})
    assert set(BACKENDS) == {"embedded", "transformers", "endpoint", "scripted"}


def test_collect_joins_candidates():
    deltas = [Delta(1, "b", False), Delta(0, "a", True), Delta(1, "c", True)]
    assert collect(iter(deltas)) == ["a", "bc"]


@pytest.fixture(scope="module")
def embedded():
    return load_backend({"backend": "embedded"})


def test_the_embedded_model_writes_what_was_asked(embedded):
    asked = {"rhythm": "jig", "key": "G major", "bars": "16", "chords": "yes"}
    plan = plan_tune("A lively jig in G major, 16 bars, with chords", asked, 4)
    texts = collect(embedded.generate(plan.messages, grammar=plan.grammar, n=2, seed=4))
    assert len(set(texts)) == 2
    for text in texts:
        tune = parse_tune(text)
        assert errors(tune) == []
        assert (tune.bar_count, tune.key.abc, tune.meter.text) == (16, "G", "6/8")
        assert all(m.events[0].chord_symbol for m in tune.measures if m.full)
        assert tune.measures[-1].events[-1].notes[0].written.step == "G"


def test_the_same_seed_writes_the_same_tune(embedded):
    plan = plan_tune("a song", {"rhythm": "song", "bars": "4", "key": "C major"}, 1)
    first, again, other = (
        collect(embedded.generate(plan.messages, grammar=plan.grammar, seed=seed))
        for seed in (7, 7, 8)
    )
    assert first == again != other


def test_the_embedded_model_fills_measures(embedded):
    tune = parse_tune(JIG)
    plan = plan_fill(tune, 5, 6)
    text = collect(embedded.generate(plan.messages, grammar=plan.grammar, seed=1))[0]
    bars = text.split("|")
    assert len(bars) == 2
    filled = parse_tune("X:1\nM:6/8\nL:1/8\nK:G\n" + text + "|\n")
    assert errors(filled) == []


def test_what_is_too_long_gets_a_sentence(embedded):
    with pytest.raises(BackendError, match="too long"):
        list(embedded.generate([{"role": "user", "content": "|GABc" * 2000}]))


def test_the_adapter_is_merged_as_peft_does_it():
    import torch
    from peft import PeftModel

    from lm.embedded import WEIGHTS, load_model

    ours, _ = load_model(WEIGHTS)
    base, _ = load_model(WEIGHTS, adapter=False)
    ids = torch.arange(20, 60)[None]
    with torch.no_grad():
        plain = base(ids).logits
        merged = PeftModel.from_pretrained(base, str(WEIGHTS / "adapter")).merge_and_unload()
        assert torch.allclose(ours(ids).logits, merged(ids).logits, atol=1e-3)
        assert not torch.allclose(ours(ids).logits, plain, atol=1e-1)


def test_missing_weights_get_a_sentence(tmp_path):
    with pytest.raises(BackendError, match="weights are missing"):
        list(load_backend({"backend": "embedded", "weights": str(tmp_path)}).generate([]))


def test_a_model_that_is_not_there_gets_a_sentence(tmp_path):
    settings = {"backend": "transformers", "name": str(tmp_path / "none"), "device": "cpu"}
    with pytest.raises(BackendError, match="could not be loaded"):
        list(load_backend(settings).generate([{"role": "user", "content": "x"}]))
    with pytest.raises(BackendError, match="name no model"):
        list(load_backend({"backend": "transformers"}).generate([]))


HUB = {"backend": "transformers", "quantisation": "none", "dtype": "float32"}


def test_a_gpu_that_is_not_there_gets_a_sentence(base):
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    with pytest.raises(BackendError, match=r"none is here. Set `model.device: cpu`"):
        list(load_backend(HUB | {"name": str(base), "device": "cuda"}).generate([]))


def test_too_little_memory_is_said_before_the_model_is_read(base, monkeypatch):
    monkeypatch.setattr("lm.memory.free_bytes", lambda device: 1000.0)
    with pytest.raises(BackendError, match=r"0\.0 GB free; use 4 bits or a smaller model"):
        list(load_backend(HUB | {"name": str(base), "device": "cpu", "revision": "a"}).generate([]))


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("401 Client Error: gated repo", "put your token in HF_TOKEN"),
        ("We couldn't connect to the hub", "its hub cannot be reached"),
        ("no file named model\nand more", "could not be loaded: no file named model$"),
    ],
)
def test_why_a_model_cannot_be_read_is_one_sentence(reason, words):
    from lm.hub import unreachable

    said = unreachable("somebody/model", OSError(reason))
    assert re.search(words, said) and "somebody/model" in said and "\n" not in said


def test_a_model_can_be_moved_while_nobody_is_answered(base):
    backend = load_backend(HUB | {"name": str(base), "device": "cpu", "quantisation": "nf4"})
    backend.move("cpu")
    messages = [{"role": "user", "content": "x"}]
    assert len(collect(backend.generate(messages, grammar="start: /[A-G]{5}/"))[0]) == 5
    small = load_backend(HUB | {"name": str(base), "device": "cpu"})
    with pytest.raises(ValueError, match="stays there"):
        small.move("cpu")


def test_where_gpus_are_lent_the_weights_are_read_first_and_sent_then(base, monkeypatch):
    import torch
    from transformers import Qwen3ForCausalLM

    from lm.hub import load_hub_model
    from lm.memory import free_bytes

    sent = []
    move = torch.nn.Module.to
    monkeypatch.setattr(
        Qwen3ForCausalLM, "to", lambda self, *to: sent.append(to) or move(self, "cpu")
    )
    monkeypatch.setenv("SPACES_ZERO_GPU", "1")
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)  # as the host pretends

    def nothing_here(*_):
        raise RuntimeError("no GPU yet")

    monkeypatch.setattr("torch.cuda.mem_get_info", nothing_here)
    assert free_bytes("cuda") == float("inf")
    model, _ = load_hub_model(HUB | {"name": str(base), "device": "cuda"})
    assert sent == [("cuda",)] and model.device.type == "cpu"


@pytest.mark.parametrize(
    ("settings", "heat"), [({}, 0.9), ({"temperature": None}, 0.9), ({"temperature": 0}, 0.0),
                           ({"temperature": 0.4}, 0.4)]
)  # fmt: skip
def test_the_settings_temperature_is_taken_also_when_it_is_nothing(settings, heat):
    from lm.endpoint import EndpointBackend
    from lm.hub import HubBackend

    assert EndpointBackend(settings).heat == heat
    assert HubBackend({"name": "none", **settings}).heat == (heat, heat)
