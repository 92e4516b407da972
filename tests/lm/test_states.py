"""A tune as a vector of the embedded model: what it is shown, and that the digest tells one model from another."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from lm.embedded import WEIGHTS
from lm.states import Embedder, embedder, shown

JIG = "X:1\nT:The Name\nR:jig\nQ:3/8=120\nM:6/8\nL:1/8\nK:G\nGBd gdB|cAF GBd|ecA dBG|AFD G3|]\n"
MOVED = JIG.replace("The Name", "Another").replace("K:G", "K:F").replace(
    "GBd gdB|cAF GBd|ecA dBG|AFD G3|]", "FAc fcA|BGE FAc|dBG cAF|GEC F3|]"
)  # fmt: skip


def test_what_names_a_tune_is_not_shown() -> None:
    text = shown(JIG)
    assert text is not None and "K:D" in text
    assert not any(word in text for word in ("Name", "jig", "Q:"))
    assert shown(MOVED) == text, "the same a tone lower"
    assert shown("X:1\nT:Nothing\nK:C\n") is None


def test_a_vector_is_a_mean_of_states() -> None:
    model = embedder()
    assert model is not None
    one = model.vector(JIG)
    assert one.shape == (256,) and one.dtype == np.float32 and np.isfinite(one).all()
    assert (model.vector(MOVED) == one).all()
    assert model.vector("X:1\nT:Nothing\nK:C\n") is None


def test_the_digest_changes_with_the_weights(tmp_path: Path) -> None:
    assert embedder(tmp_path) is None
    copy = tmp_path / "weights"
    shutil.copytree(WEIGHTS / "base", copy / "base")
    plain = Embedder(copy).digest
    assert plain != Embedder(WEIGHTS).digest, "without the adapter it is another model"
    shutil.copytree(WEIGHTS / "adapter", copy / "adapter")
    assert Embedder(copy).digest == Embedder(WEIGHTS).digest and len(plain) == 64
    with (copy / "base" / "tokenizer.json").open("a") as file:
        file.write(" ")
    assert Embedder(copy).digest != Embedder(WEIGHTS).digest
