"""Merging, quantising and pushing what was trained, on a toy model and a hub that is not one."""

import json
from dataclasses import replace

import pytest

from lm import export, finetune
from lm.generate import BackendError, collect
from lm.hub import HubBackend
from tests.lm.toy import finetune_recipe


@pytest.fixture(scope="module")
def trained(base, tunes, tmp_path_factory):
    """A recipe whose adapter has been trained."""
    made = finetune_recipe(
        base, tunes, tmp_path_factory.mktemp("out"), steps=3, lr=0.02, valid_examples=0,
        hub="somebody/tunes",
    )  # fmt: skip
    finetune.run(made)
    return made


def logits(folder, adapter=None, **options):
    import torch
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(str(folder), dtype=torch.float32, **options)
    if adapter:
        model = PeftModel.from_pretrained(model, str(adapter))
    with torch.no_grad():
        return model.eval()(torch.arange(20, 60)[None]).logits


def test_the_merged_model_says_what_base_and_adapter_say(trained, tmp_path):
    export.merge(trained, tmp_path)
    apart, base = logits(trained.model, trained.export), logits(trained.model)
    merged = logits(tmp_path)
    changed = (apart - base).norm()
    assert changed > 0.1 * base.norm()
    assert (merged - apart).norm() < 0.03 * changed + 0.01 * base.norm()
    assert "Merged model" in (tmp_path / "README.md").read_text()


def test_a_merged_model_in_four_bits_is_loaded_as_it_is(trained, tmp_path):
    export.merge(trained, tmp_path, "nf4")
    config = json.loads((tmp_path / "config.json").read_text())
    assert config["quantization_config"]["bnb_4bit_quant_type"] == "nf4"
    files = list(tmp_path.glob("*.safetensors"))
    assert sum(path.stat().st_size for path in files) < 300_000
    apart = logits(trained.model, trained.export)
    assert (logits(tmp_path) - apart).norm() < 0.35 * apart.norm()
    backend = HubBackend({"name": str(tmp_path), "device": "cpu", "dtype": "float32"})
    messages = [{"role": "user", "content": "a jig"}]
    assert len(collect(backend.generate(messages, grammar="start: /[A-G]{9}/"))[0]) == 9


class FakeHub:
    """Remembers what it is given, as `HfApi` would take it; fails when told to."""

    def __init__(self, error=None):
        self.error, self.calls = error, []

    def create_repo(self, name, *, private, exist_ok):
        if self.error:
            raise self.error
        self.calls.append(("create", name, private, exist_ok))
        return f"https://hub.example/{name}"

    def upload_file(self, *, path_or_fileobj, path_in_repo, repo_id):
        self.calls.append((path_in_repo, path_or_fileobj.decode(), repo_id))

    def upload_folder(self, *, folder_path, repo_id, allow_patterns, commit_message):
        self.calls.append(("folder", folder_path, repo_id, tuple(allow_patterns)))


def test_the_fake_hub_takes_what_the_real_one_takes():
    import inspect

    from huggingface_hub import HfApi

    for name in ("create_repo", "upload_file", "upload_folder"):
        real = inspect.signature(getattr(HfApi, name)).parameters
        assert set(inspect.signature(getattr(FakeHub, name)).parameters) - {"name"} <= set(real)


def test_adapter_and_card_go_to_the_hub(trained, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "secret")
    hub = FakeHub()
    assert export.push(trained, hub) == "https://hub.example/somebody/tunes"
    create, card, folder = hub.calls
    assert create == ("create", "somebody/tunes", True, True)
    assert card[0] == "README.md" and "library_name: peft" in card[1] and "rank" in card[1].lower()
    assert "steps: 3" in card[1] and "secret" not in repr(hub.calls)
    assert folder == ("folder", trained.export, "somebody/tunes", ("adapter_*",))


def test_what_keeps_an_adapter_from_the_hub_is_said(trained, tmp_path, monkeypatch):
    import httpx
    from huggingface_hub.errors import HfHubHTTPError

    monkeypatch.delenv("HF_TOKEN", raising=False)
    with pytest.raises(BackendError, match="put it in HF_TOKEN"):
        export.push(trained, FakeHub())
    monkeypatch.setenv("HF_TOKEN", "secret")
    with pytest.raises(ValueError, match="set `hub: user/name`"):
        export.push(replace(trained, hub=None), FakeHub())
    with pytest.raises(ValueError, match="there is no adapter"):
        export.push(replace(trained, export=str(tmp_path)), FakeHub())
    with pytest.raises(BackendError, match="cannot be reached: no route"):
        export.push(trained, FakeHub(httpx.ConnectError("no route")))
    response = httpx.Response(403, request=httpx.Request("POST", "https://hub.example"))
    with pytest.raises(BackendError, match="The hub refused somebody/tunes: forbidden"):
        export.push(trained, FakeHub(HfHubHTTPError("forbidden", response=response)))


def test_merging_needs_room(trained, tmp_path, monkeypatch):
    monkeypatch.setattr("lm.memory.free_bytes", lambda device: 1000.0)
    with pytest.raises(BackendError, match="merge on a larger machine"):
        export.merge(trained, tmp_path)
    with pytest.raises(ValueError, match="gguf"):
        export.merge(trained, tmp_path, "gguf")
