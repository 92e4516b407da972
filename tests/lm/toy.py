"""A model of a few thousand parameters with its tokenizer, and a folder of tunes: what the tests of
training and of backends run on.
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

from lm import model, tokenizer
from lm.data import load_split
from lm.recipe import FinetuneRecipe, PretrainRecipe
from lm.tasks import dialogues
from tests.lm.tunes import JIG, REEL, SONG

SHAPE = {
    "hidden": 64, "layers": 2, "inner": 128, "heads": 2, "kv_heads": 1, "head": 32,
    "context": 2048,
}  # fmt: skip
CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def write_tunes(folder: Path, copies: int = 40) -> Path:
    """Tunes of one's own, as a user would give them; their first notes differ, so that each is a
    family of its own and some are held out.
    """
    rng = random.Random(1)
    for i in range(copies):
        tunes = []
        for tune in (JIG, REEL, SONG):
            head, body = tune.replace("T:", f"T:Number {i} ").split("\nK:", 1)
            key, notes = body.split("\n", 1)
            notes = re.sub(
                r"(?<![\"A-Za-z])[A-Gb-g](?![\"a-z7])",
                lambda _: rng.choice("DEFGABcd"),
                notes,
                count=9,
            )
            tunes.append(f"{head}\nK:{key}\n{notes}")
        (folder / f"{i}.abc").write_text("\n".join(tunes), encoding="utf-8")
    return folder


def write_base(folder: Path, tunes: Path, seed: int = 1) -> Path:
    """A randomly initialised model and a tokenizer that has learned the tunes, saved."""
    sources = PretrainRecipe("", "", folders=(str(tunes),))
    examples = list(dialogues(load_split(sources, "train"), 1))
    words = [m["content"] for e in examples for m in e.messages]
    tok = tokenizer.train([e.answer for e in examples], words, 420)
    built = model.build(SHAPE, len(tok), tok.pad_token_id, tok.eos_token_id, seed)
    model.save(built, tok, folder)
    return folder


def finetune_recipe(base: Path, tunes: Path, out: Path, **more: Any) -> FinetuneRecipe:
    """A recipe that a CPU runs through in a second or two."""
    values: dict[str, Any] = {
        "model": str(base), "out": str(out), "export": str(out / "adapter"),
        "folders": (str(tunes),), "rows": 2, "length": 768, "steps": 2, "rank": 4,
        "dtype": "float32", "valid_examples": 4, "warmup_steps": 0, "threads": 1,
        "log_every": 1,
    }  # fmt: skip
    return FinetuneRecipe(**(values | more))
