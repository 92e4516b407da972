"""How fast and in how much memory QLoRA trains a model of a given shape, with random weights.

    python benchmarks/qlora_throughput.py --shape 8b --rank 16 --length 1024
    python benchmarks/qlora_throughput.py --shape toy --steps 2          # a CPU is enough

No weights are downloaded: the model is made from its configuration, saved once in a temporary folder
and loaded in four bits like any other. One JSON object is printed: tokens a second, peak memory, seconds
a step. Random weights train as fast as real ones; what they learn says nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

SHAPES = {  # hidden, layers, inner, heads, kv heads, vocabulary
    "toy": (64, 2, 128, 4, 2, 512),
    "1b5": (1536, 28, 8960, 12, 2, 151_936),
    "8b": (4096, 36, 12_288, 32, 8, 151_936),
}


def make_folder(shape: str, folder: Path) -> None:
    """Save a randomly initialised model of the shape in bfloat16."""
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM

    hidden, layers, inner, heads, kv_heads, vocabulary = SHAPES[shape]
    config = Qwen3Config(
        vocab_size=vocabulary,
        hidden_size=hidden,
        num_hidden_layers=layers,
        intermediate_size=inner,
        num_attention_heads=heads,
        num_key_value_heads=kv_heads,
        head_dim=hidden // heads,
        tie_word_embeddings=shape != "8b",
    )
    torch.set_default_dtype(torch.bfloat16)
    model = Qwen3ForCausalLM(config)
    torch.set_default_dtype(torch.float32)
    model.save_pretrained(str(folder))


def measure(options: argparse.Namespace) -> dict[str, object]:
    """Train a few steps on random tokens; the first is not counted."""
    import torch
    from peft import LoraConfig, get_peft_model, prepare_model_for_kbit_training
    from transformers import AutoModelForCausalLM, BitsAndBytesConfig

    gpu = torch.cuda.is_available()
    dtype = torch.bfloat16 if gpu else torch.float32
    four_bits = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=dtype,
    )
    with tempfile.TemporaryDirectory() as folder:
        make_folder(options.shape, Path(folder))
        model = AutoModelForCausalLM.from_pretrained(
            folder,
            quantization_config=None if options.plain else four_bits,
            dtype=dtype,
            device_map={"": "cuda" if gpu else "cpu"},
        )
    if not options.plain:
        model = prepare_model_for_kbit_training(model)
    lora = LoraConfig(r=options.rank, target_modules="all-linear", task_type="CAUSAL_LM")
    model = get_peft_model(model, lora)
    model.train()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=1e-4)
    size = (options.rows, options.length)
    seconds = []
    for _ in range(options.steps + 1):
        ids = torch.randint(0, model.config.vocab_size, size, device=model.device)
        began = time.perf_counter()
        with torch.autocast(model.device.type, torch.bfloat16, enabled=gpu):
            loss = model(input_ids=ids, labels=ids, use_cache=False).loss
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        if gpu:
            torch.cuda.synchronize()
        seconds.append(time.perf_counter() - began)
    step = sum(seconds[1:]) / options.steps
    return {
        "shape": options.shape,
        "four_bits": not options.plain,
        "rank": options.rank,
        "rows": options.rows,
        "length": options.length,
        "trained_parameters": sum(p.numel() for p in trained),
        "seconds_per_step": round(step, 4),
        "tokens_per_second": round(options.rows * options.length / step, 1),
        "peak_gigabytes": round(torch.cuda.max_memory_allocated() / 2**30, 2) if gpu else None,
        "device": torch.cuda.get_device_name() if gpu else "cpu",
    }


def main() -> None:
    """Read the options, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shape", choices=sorted(SHAPES), default="toy")
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--length", type=int, default=512)
    parser.add_argument("--rows", type=int, default=2)
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--plain", action="store_true", help="bfloat16 instead of four bits")
    print(json.dumps(measure(parser.parse_args())))


if __name__ == "__main__":
    main()
