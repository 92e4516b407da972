"""Pretraining learns, exports and resumes to the same loss."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from lm import pretrain, tokenizer
from lm.recipe import PretrainRecipe
from tests.lm.toy import SHAPE


@pytest.fixture(scope="module")
def pretrained(tunes, tmp_path_factory):
    """A tiny model trained for four steps: its recipe."""
    out = tmp_path_factory.mktemp("run")
    made = PretrainRecipe(
        out=str(out),
        export=str(out / "base"),
        folders=(str(tunes),),
        vocabulary=400,
        shape=SHAPE,
        tokens=1024,
        lengths=(512,),
        steps=4,
        compile=False,
        valid_examples=4,
        threads=1,
    )
    pretrain.run(made)
    return made


def losses(made):
    text = (Path(made.out) / "log.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(x) for x in text.splitlines()]
    return [x["bits_per_character"] for x in lines if "bits_per_character" in x]


def test_pretraining_learns_and_exports(pretrained):
    assert 0 < losses(pretrained)[-1] < math.log2(400)
    assert 390 <= len(tokenizer.load(Path(pretrained.export))) <= 410


def test_interrupted_pretraining_resumes_to_the_same_loss(pretrained, tmp_path):
    half = replace(pretrained, out=str(tmp_path), export=str(tmp_path / "base"))
    trainer = pretrain.Trainer(half)
    for _ in range(2):
        trainer.train_step()
    trainer.save()
    pretrain.run(half)
    assert losses(half)[-1] == pytest.approx(losses(pretrained)[-1], abs=1e-5)


def test_missing_data_gets_one_sentence(tmp_path):
    made = PretrainRecipe(str(tmp_path), str(tmp_path), data=str(tmp_path / "none"))
    with pytest.raises(ValueError, match="TUNEWRIGHT_DATA"):
        pretrain.run(made)
