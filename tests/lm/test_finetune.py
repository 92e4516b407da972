"""Fine-tuning: packed rows lose what single dialogues lose, resuming changes nothing, processes share
the work, and what cannot be done is said in a sentence.
"""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lm import curves, dialogue, finetune
from lm.data import Example
from lm.generate import BackendError, collect, load_backend
from lm.memory import training_bytes, weight_bytes
from tests.lm.toy import finetune_recipe

EXAMPLES = [
    Example([{"role": "user", "content": "a jig"}], "X:1\nT:One\nK:G\nGAB c2d|"),
    Example([{"role": "user", "content": "a longer reel in D"}], "X:1\nT:Two\nK:D\nDEFG ABcd|d8|"),
    Example([{"role": "user", "content": "song"}], "X:1\nT:3\nK:C\nC4|"),
]


@pytest.mark.parametrize("quantisation", ["none", "nf4"])
@pytest.mark.parametrize("attention", ["sdpa", "eager"])
def test_a_packed_row_loses_what_its_dialogues_lose_alone(base, tmp_path, quantisation, attention):
    import torch

    made = finetune_recipe(base, tmp_path, tmp_path, quantisation=quantisation)
    model = finetune.load_base(replace(made, attention=attention))
    tokenizer = finetune.read_tokenizer(made)
    model.eval()

    def summed_loss(rows, index=0):
        row = {name: values[None] for name, values in rows[index].items()}
        with torch.no_grad():
            logits = model(
                **{k: v for k, v in row.items() if k != "labels"}, use_cache=False
            ).logits
        return torch.nn.functional.cross_entropy(
            logits[0, :-1], row["labels"][0, 1:], ignore_index=-100, reduction="sum"
        )

    packed = finetune.pack_examples(EXAMPLES, tokenizer, 256)
    assert len(packed) == 1 and 0.2 < packed.fill < 1
    alone = sum(summed_loss(finetune.pack_examples([e], tokenizer, 256)) for e in EXAMPLES)
    assert summed_loss(packed) == pytest.approx(alone.item(), rel=1e-5)
    # The comparison notices when attention leaks: one long dialogue instead of three is another loss.
    leaking = dict(packed[0])
    leaking["position_ids"] = torch.arange(256)
    assert summed_loss([leaking]) != pytest.approx(alone.item(), rel=1e-4)


def test_padding_and_prompts_carry_no_loss(base):
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(str(base))
    rows = finetune.pack_examples(EXAMPLES[:1], tokenizer, 128)
    labels = rows[0]["labels"].tolist()
    answered = [label for label in labels if label != dialogue.IGNORE]
    assert tokenizer.decode(answered) == EXAMPLES[0].answer + "<|end|>"
    assert set(labels[labels.index(answered[-1]) + 1 :]) == {dialogue.IGNORE}


def test_four_bit_fine_tuning_learns_and_the_backend_answers(base, tunes, tmp_path):
    made = finetune_recipe(base, tunes, tmp_path, steps=6, lr=0.02, checkpointing=True)
    model = finetune.load_base(made)
    assert "Linear4bit" in {type(m).__name__ for m in model.modules()}
    trained = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    assert trained and all("lora" in n and str(p.dtype) == "torch.float32" for n, p in trained)
    report = finetune.run(made)
    assert report["steps"] == 6
    assert report["valid_loss_after"] < report["valid_loss_before"]
    assert json.loads((tmp_path / "report.json").read_text())["steps"] == 6
    lines = curves.read_curves(tmp_path)
    assert [line["step"] for line in lines if "loss" in line] == [1, 2, 3, 4, 5, 6]
    assert all(line["tokens_per_second"] > 0 for line in lines if "loss" in line)
    assert "<svg" in (tmp_path / "curves.svg").read_text()
    assert sorted(p.name for p in (tmp_path / "adapter").iterdir()) == [
        "adapter_config.json",
        "adapter_model.safetensors",
    ]

    settings = {"name": str(base), "quantisation": "nf4", "dtype": "float32", "device": "cpu"}
    settings["backend"] = "transformers"
    messages = [{"role": "user", "content": "a jig"}]
    plain = load_backend(settings)
    tuned = load_backend(settings | {"adapter": str(tmp_path / "adapter")})
    texts = [
        collect(b.generate(messages, grammar="start: /[A-G]{40}/", temperature=0))[0]
        for b in (plain, tuned)
    ]
    assert all(len(text) == 40 and set(text) <= set("ABCDEFG") for text in texts)
    assert texts[0] != texts[1]


def test_an_interrupted_run_resumes_to_the_same_loss(base, tunes, tmp_path, monkeypatch):
    whole = finetune_recipe(base, tunes, tmp_path / "whole", steps=4, check_every=2, dropout=0.1)
    expected = finetune.run(whole)

    broken = replace(whole, out=str(tmp_path / "broken"), export=str(tmp_path / "broken/adapter"))
    make = finetune.make_trainer

    def make_one_that_stops(*arguments):
        from transformers import TrainerCallback

        class Stop(TrainerCallback):
            def on_step_begin(self, _arguments, state, _control, **_):
                if state.global_step == 3:
                    raise KeyboardInterrupt

        trainer = make(*arguments)
        trainer.add_callback(Stop())
        return trainer

    monkeypatch.setattr(finetune, "make_trainer", make_one_that_stops)
    with pytest.raises(KeyboardInterrupt):
        finetune.run(broken)
    assert [x["step"] for x in curves.read_curves(Path(broken.out)) if "loss" in x] == [1, 2, 3]
    monkeypatch.undo()
    report = finetune.run(broken)
    assert report["resumed"] and report["steps"] == 4
    assert report["valid_loss_after"] == pytest.approx(expected["valid_loss_after"], abs=1e-6)
    ran = [
        [line["loss"] for line in curves.read_curves(Path(made.out)) if "loss" in line]
        for made in (whole, broken)
    ]
    assert len(ran[0]) == 4 and ran[0] == pytest.approx(ran[1], abs=1e-6)


def test_an_evaluation_does_not_change_the_gradients_of_four_bit_training(base, tmp_path):
    import torch

    model = finetune.load_base(finetune_recipe(base, tmp_path, tmp_path))
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


def test_two_processes_train_together(base, tunes, tmp_path):
    made = finetune_recipe(base, tunes, tmp_path, steps=2, rows=1, valid_examples=0)
    lines = [f"{n}: {json.dumps(v)}" for n, v in vars(made).items() if v is not None]
    (tmp_path / "r.yaml").write_text("\n".join(lines), encoding="utf-8")
    root = Path(finetune.__file__).parents[1]
    command = [
        "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2",
        "-m", "lm", "finetune", str(tmp_path / "r.yaml"),
    ]  # fmt: skip
    environment = os.environ | {"PYTHONPATH": str(root), "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=root, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads((tmp_path / "report.json").read_text())
    assert (report["devices"], report["steps"], report["rows"]) == (2, 2, 4)
    assert (tmp_path / "adapter" / "adapter_model.safetensors").exists()


# ---------------------------------------------------------------------------------- what goes wrong
def test_no_gpu_no_model_and_no_data_get_a_sentence_each(base, tunes, tmp_path):
    import torch

    made = finetune_recipe(base, tunes, tmp_path)
    if not torch.cuda.is_available():
        with pytest.raises(BackendError, match="asks for a GPU and none is here"):
            finetune.load_base(replace(made, device="cuda"))
    with pytest.raises(BackendError, match="float16 trains on a GPU only"):
        finetune.check_machine(replace(made, device="cpu", dtype="float16"))
    for step in (finetune.load_base, finetune.read_tokenizer):
        with pytest.raises(BackendError, match="could not be loaded"):
            step(replace(made, model=str(tmp_path / "no")))
    with pytest.raises(ValueError, match="TUNEWRIGHT_DATA"):
        finetune.run(replace(made, folders=(), data=str(tmp_path)))
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ValueError, match="hold no tune"):
        finetune.run(replace(made, folders=(str(empty),)))
    with pytest.raises(ValueError, match="no dialogue is that short"):
        finetune.run(replace(made, length=64))


def test_no_hub_gets_a_sentence(base, tunes, tmp_path, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    made = finetune_recipe(base, tunes, tmp_path, model="nobody/has-this-model")
    with pytest.raises(BackendError, match="its hub cannot be reached"):
        finetune.check_machine(made)


def test_too_little_memory_is_said_before_anything_is_loaded(base, tunes, tmp_path, monkeypatch):
    made = finetune_recipe(base, tunes, tmp_path)
    monkeypatch.setattr("lm.memory.free_bytes", lambda device: 5e8)
    with pytest.raises(
        BackendError, match=r"needs about 0\.\d GB of memory and this machine has 0.5"
    ):
        finetune.load_base(made)


def test_a_full_memory_gets_a_sentence(base, tunes, tmp_path, monkeypatch):
    import torch

    def burst(*_):
        raise torch.OutOfMemoryError("out of memory")

    monkeypatch.setattr(finetune, "make_trainer", burst)
    with pytest.raises(BackendError, match="memory is full"):
        finetune.run(finetune_recipe(base, tunes, tmp_path))


def test_estimates_are_near_what_is_known_of_an_8_b_model():
    from transformers import Qwen3Config

    config = Qwen3Config(
        vocab_size=151_936, hidden_size=4096, num_hidden_layers=36, intermediate_size=12_288,
        num_attention_heads=32, num_key_value_heads=8, head_dim=128, tie_word_embeddings=False,
    )  # fmt: skip
    gigabytes = weight_bytes(config, "nf4", "bfloat16") / 2**30
    assert 5.3 < gigabytes < 6.3  # 6.95 G linear weights at 4.13 bits, 1.24 G others at 16
    assert weight_bytes(config, "none", "bfloat16") / 2**30 == pytest.approx(15.26, abs=0.1)
    made = finetune_recipe(Path("m"), Path("t"), Path("o"), rank=16, rows=1, length=1024)
    bits = replace(made, dtype="bfloat16", checkpointing=True)
    assert training_bytes(config, bits) < training_bytes(config, replace(bits, checkpointing=False))
    assert 7 < training_bytes(config, bits) / 2**30 < 12
