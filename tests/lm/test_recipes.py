"""Recipes: wrong ones are refused in a sentence, those of the repository can be read and fit their cards,
and accelerate understands its configurations.
"""

import re
from dataclasses import fields, replace
from pathlib import Path

import pytest

from lm import recipe
from lm.memory import training_bytes
from lm.recipe import EvaluateRecipe, FinetuneRecipe, PretrainRecipe

FOLDER = Path(recipe.__file__).parent / "recipes"
KINDS = {"pretrain": PretrainRecipe, "finetune": FinetuneRecipe, "evaluate": EvaluateRecipe}
FOUND = sorted(FOLDER.glob("*.yaml"))
NEEDED = "model: m\nout: o\nexport: e\n"
SHAPES = {  # hidden, layers, inner, heads, kv heads, vocabulary, tied: as the models are published
    "Qwen/Qwen2.5-1.5B-Instruct": (1536, 28, 8960, 12, 2, 151_936, True),
    "HuggingFaceTB/SmolLM3-3B": (2048, 36, 11_008, 16, 4, 128_256, True),
    "Qwen/Qwen2.5-7B-Instruct": (3584, 28, 18_944, 28, 4, 152_064, False),
    "mistralai/Mistral-7B-Instruct-v0.3": (4096, 32, 14_336, 32, 8, 32_768, False),
    "meta-llama/Llama-3.1-8B-Instruct": (4096, 32, 14_336, 32, 8, 128_256, False),
    "Qwen/Qwen3-8B": (4096, 36, 12_288, 32, 8, 151_936, False),
}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("stepps: 3\n", "unknown names stepps; known are model, out"),
        ("rank: many\n", "rank is 'many'; int is wanted"),
        ("rank: 8.5\n", "rank is 8.5; int is wanted"),
        ("rank: yes\n", "rank is True; int is wanted"),
        ("checkpointing: 1\n", "checkpointing is 1; bool is wanted"),
        ("lr: fast\n", "lr is 'fast'; float is wanted"),
        ("folders: [1]\n", "folders is 1; str is wanted"),
        ("data: 5\n", "data is 5; str or nothing is wanted"),
        ("mix: {compose: lots}\n", "mix.compose is 'lots'; float is wanted"),
        ("quantisation: int3\n", "quantisation 'int3': one of nf4, none"),
        ("dtype: float8\n", "dtype 'float8'"),
        ("device: abacus\n", "device 'abacus': one of nothing, cuda, cpu"),
        ("rank: 0\n", "rank 0: at least 1"),
        ("steps: 0\n", "steps 0: a positive number"),
        ("epochs: 0\n", "must be above 0"),
        ("lr: -1\n", "must be above 0"),
        ("dropout: 1\n", "dropout 1.0: from 0 to below 1"),
        ("length: 8\n", "length 8: at least 64"),
        ("a: [\n", "is not YAML"),
    ],
)
def test_wrong_recipes_get_one_sentence(tmp_path, text, words):
    path = tmp_path / "r.yaml"
    path.write_text(NEEDED + text, encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(words)) as caught:
        recipe.read(path, FinetuneRecipe)
    assert str(path) in str(caught.value) and "\n" not in str(caught.value)


def test_what_is_missing_is_named(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text("out: a\n", encoding="utf-8")
    with pytest.raises(ValueError, match="'model' and 'export'"):
        recipe.read(path, FinetuneRecipe)
    path.write_text("- 1\n", encoding="utf-8")
    with pytest.raises(ValueError, match="a recipe is"):
        recipe.read(path, FinetuneRecipe)


def test_values_become_what_they_are_meant_to_be(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text(
        NEEDED + "lr: 5e-4\nepochs: 2\nfolders: [a, b]\ntargets: [q_proj]\nmix: {fill: 1}\n",
        encoding="utf-8",
    )
    made = recipe.read(path, FinetuneRecipe)
    assert (made.lr, made.epochs, made.folders) == (0.0005, 2.0, ("a", "b"))
    assert (made.targets, made.mix) == (("q_proj",), {"fill": 1.0})
    assert isinstance(made.epochs, float)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_every_recipe_says_its_command_and_can_be_read(path):
    first = path.read_text(encoding="utf-8").splitlines()[0]
    name = next(name for name in KINDS if f"-m lm {name} lm/recipes/{path.name}" in first)
    made = recipe.read(path, KINDS[name])
    config = re.search(r"--config_file (\S+)", first)
    assert config is None or (FOLDER.parents[1] / config[1]).exists()
    assert {f.name for f in fields(made)}


HUB = [path for path in FOUND if path.stem.startswith("hub-")]


@pytest.mark.parametrize("path", HUB, ids=lambda path: path.stem)
def test_a_recipe_fits_the_card_that_it_names(path):
    from transformers import LlamaConfig

    made = recipe.read(path, FinetuneRecipe)
    card = float(re.search(r"# Card: (\d+) GB", path.read_text(encoding="utf-8"))[1])
    hidden, layers, inner, heads, kv_heads, vocabulary, tied = SHAPES[made.model]
    config = LlamaConfig(
        vocab_size=vocabulary, hidden_size=hidden, num_hidden_layers=layers,
        intermediate_size=inner, num_attention_heads=heads, num_key_value_heads=kv_heads,
        tie_word_embeddings=tied,
    )  # fmt: skip
    needed = training_bytes(config, made) / 1e9
    assert 0.2 * card < needed < 0.85 * card
    assert training_bytes(config, replace(made, rows=64)) / 1e9 > card
    # A card of the T4 kind has no bfloat16.
    assert (made.dtype == "float16") == (card == 16)


@pytest.mark.parametrize("name", ["ddp", "fsdp", "zero3"])
def test_accelerate_understands_its_configurations(name):
    from accelerate.commands.config.config_args import load_config_from_file
    from accelerate.commands.launch import launch_command_parser

    config = load_config_from_file(str(FOLDER / "accelerate" / f"{name}.yaml"))
    kinds = {"ddp": "MULTI_GPU", "fsdp": "FSDP", "zero3": "DEEPSPEED"}
    assert config.distributed_type.value == kinds[name]
    known = vars(launch_command_parser().parse_args(["x"]))
    options = (config.fsdp_config or {}) | (config.deepspeed_config or {})
    assert set(options) <= set(known)
    assert bool(options) == (name != "ddp")


def test_spread_weights_ask_for_packed_ones_of_their_own_type(monkeypatch):
    import torch

    from lm import finetune, hub

    assert hub.four_bits(torch.bfloat16).bnb_4bit_quant_storage is torch.uint8
    shared = hub.four_bits(torch.bfloat16, storage=torch.bfloat16)
    assert shared.bnb_4bit_quant_storage is torch.bfloat16
    assert not finetune.sharded()
    monkeypatch.setenv("ACCELERATE_USE_FSDP", "true")
    assert finetune.sharded()
