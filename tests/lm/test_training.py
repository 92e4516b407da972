"""Pretraining resumes to the same loss; fine-tuning in four bits runs and saves an adapter."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from lm import finetune, pretrain, recipe, tokenizer
from lm.generate import collect, load_backend
from lm.plan import plan_tune
from lm.recipe import FinetuneRecipe, PretrainRecipe
from tests.lm.tunes import JIG, REEL, SONG

SHAPE = {
    "hidden": 64,
    "layers": 2,
    "inner": 128,
    "heads": 2,
    "kv_heads": 1,
    "head": 32,
    "context": 1024,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Tunes of one's own, as a user would give them."""
    path = tmp_path_factory.mktemp("tunes")
    for i in range(40):
        (path / f"{i}.abc").write_text(
            "\n".join(t.replace("T:", f"T:Number {i} ") for t in (JIG, REEL, SONG)),
            encoding="utf-8",
        )
    return path


@pytest.fixture(scope="module")
def base(folder, tmp_path_factory):
    """A tiny model trained for four steps, and its recipe."""
    out = tmp_path_factory.mktemp("run")
    made = PretrainRecipe(
        out=str(out),
        export=str(out / "base"),
        folders=(str(folder),),
        vocabulary=400,
        shape=SHAPE,
        rows=2,
        length=512,
        steps=4,
        compile=False,
        bfloat16=False,
        valid_examples=4,
        threads=1,
    )
    pretrain.run(made)
    return made


def losses(made):
    text = (Path(made.out) / "log.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(x) for x in text.splitlines()]
    return [x["bits_per_character"] for x in lines if "bits_per_character" in x]


def test_pretraining_learns_and_exports(base):
    assert 0 < losses(base)[-1] < math.log2(400)
    assert len(tokenizer.load(Path(base.export))) == 400


def test_interrupted_pretraining_resumes_to_the_same_loss(base, tmp_path):
    half = replace(base, out=str(tmp_path), export=str(tmp_path / "base"), steps=4)
    trainer = pretrain.Trainer(half)
    for _ in range(2):
        trainer.train_step()
    trainer.save()
    pretrain.run(half)
    assert losses(half)[-1] == pytest.approx(losses(base)[-1], abs=1e-5)


def test_two_steps_of_four_bit_fine_tuning(base, folder, tmp_path):
    import torch

    made = FinetuneRecipe(
        model=base.export,
        out=str(tmp_path),
        export=str(tmp_path / "adapter"),
        folders=(str(folder),),
        rows=2,
        steps=2,
        rank=4,
        dtype="float32",
        valid_examples=4,
        warmup_steps=0,
        threads=1,
        checkpointing=True,
    )
    model, _ = finetune.load_base(made)
    kinds = {type(m).__name__ for m in model.modules()}
    assert "Linear4bit" in kinds
    assert all("lora" in n for n, p in model.named_parameters() if p.requires_grad)
    report = finetune.run(made)
    assert report["steps"] == 2 and report["valid_loss_after"] is not None
    from safetensors.torch import load_file

    adapter = load_file(tmp_path / "adapter" / "adapter_model.safetensors")
    assert any(torch.any(v != 0) for n, v in adapter.items() if "lora_B" in n)

    settings = {"name": base.export, "adapter": str(tmp_path / "adapter"), "quantisation": "nf4"}
    backend = load_backend(
        {"backend": "transformers", "dtype": "float32", "device": "cpu", **settings}
    )
    asked = {"key": "C major", "meter": "4/4", "sections": "A4", "title": "Four Bars"}
    plan = plan_tune("", asked, 1)
    text = collect(backend.generate(plan.messages, grammar=plan.grammar, seed=1))[0]
    assert errors(parse_tune(text)) == [] and parse_tune(text).bar_count == 4


def test_an_evaluation_does_not_change_the_gradients_of_four_bit_training(base, tmp_path):
    import torch

    made = FinetuneRecipe(model=base.export, out="", export="", rank=4, dtype="float32", threads=1)
    model, _ = finetune.load_base(made)
    ids = torch.arange(20, 60)[None]

    def gradients():
        model.train()
        model.zero_grad()
        model(input_ids=ids, labels=ids, use_cache=False).loss.backward()
        return [p.grad.clone() for p in model.parameters() if p.requires_grad]

    before = gradients()
    model.eval()
    with torch.no_grad():
        model(input_ids=ids, labels=ids)
    after = gradients()
    assert any(g.abs().max() > 0 for g in before)
    assert all(torch.allclose(a, b, atol=1e-6) for a, b in zip(before, after, strict=True))


def test_padding_carries_no_loss():
    batch = finetune.collate(
        [{"input_ids": [1, 2, 3], "labels": [-100, 2, 3]}, {"input_ids": [4], "labels": [4]}], pad=0
    )
    assert batch["labels"].tolist() == [[-100, 2, 3], [4, -100, -100]]
    assert batch["attention_mask"].tolist() == [[1, 1, 1], [1, 0, 0]]
    assert batch["input_ids"].tolist() == [[1, 2, 3], [4, 0, 0]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("out: a\nexport: b\nstepps: 3\n", "unknown names stepps"),
        ("out: a\n", "export"),
        ("- 1\n", "a recipe is"),
    ],
)
def test_wrong_recipes_get_one_sentence(tmp_path, text, words):
    path = tmp_path / "r.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        recipe.read(path, PretrainRecipe)


def test_missing_data_and_models_get_one_sentence(tmp_path):
    with pytest.raises(ValueError, match="TUNEWRIGHT_DATA"):
        pretrain.load_split(PretrainRecipe("", "", data=str(tmp_path)), "train")
    with pytest.raises(ValueError, match="cannot be read"):
        finetune.load_base(FinetuneRecipe(model=str(tmp_path / "no"), out="", export=""))
    with pytest.raises(ValueError, match="quantisation"):
        FinetuneRecipe(model="m", out="", export="", quantisation="int3")


def test_every_recipe_in_the_repository_can_be_read():
    kinds = {
        "pretrain": PretrainRecipe,
        "finetune": FinetuneRecipe,
        "evaluate": recipe.EvaluateRecipe,
    }
    found = sorted((Path(recipe.__file__).parent / "recipes").glob("*.yaml"))
    assert found
    for path in found:
        first = path.read_text(encoding="utf-8").splitlines()[0]
        kind = next(k for name, k in kinds.items() if f"lm {name}" in first)
        recipe.read(path, kind)
