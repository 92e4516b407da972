"""How fast and in how much memory QLoRA trains a model of a given shape, with random weights.

    python -m benchmarks.qlora_throughput --shape 8b --rank 16 --length 1024
    python -m benchmarks.qlora_throughput --shape toy --steps 2          # a CPU is enough

Nothing is downloaded and nothing is written: each matrix is drawn on the device and quantised there, so that the
model never stands in full precision. One JSON object is printed: tokens a second, peak memory, seconds a step, and the
share of the device's matrix rate, which a plain product of two matrices measures in the same run. Random weights
train as fast as real ones; what they learn says nothing.
"""

from __future__ import annotations

import argparse
import json
import time
from typing import Any

SHAPES = {  # hidden, layers, inner, heads, kv heads, vocabulary
    "toy": (64, 2, 128, 4, 2, 512),
    "1b5": (1536, 28, 8960, 12, 2, 151_936),
    "8b": (4096, 36, 12_288, 32, 8, 151_936),
}


def make_model(shape: str, quantised: bool, device: str, dtype: Any) -> Any:
    """A Qwen3 model of the shape with random weights, its inner matrices in NF4 where asked."""
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
        tie_word_embeddings=False,
    )
    with torch.device("meta"):
        model = Qwen3ForCausalLM(config).to(dtype)
    head = model.lm_head
    for parent in list(model.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, torch.nn.Linear) and child is not head and quantised:
                setattr(parent, name, four_bit_layer(child, device, dtype))
    for module in model.modules():
        for name, weight in list(module.named_parameters(recurse=False)):
            if weight.is_meta:
                drawn = torch.randn(weight.shape, device=device, dtype=dtype) * 0.02
                drawn = drawn + 1 if weight.ndim == 1 else drawn  # norms are near one
                module.register_parameter(name, torch.nn.Parameter(drawn, requires_grad=False))
    model.model.rotary_emb = type(model.model.rotary_emb)(config).to(device)
    return model


def four_bit_layer(layer: Any, device: str, dtype: Any) -> Any:
    """A linear layer of the same size, drawn at random and quantised on the device."""
    import bitsandbytes
    import torch

    new = bitsandbytes.nn.Linear4bit(
        layer.in_features, layer.out_features, bias=layer.bias is not None, compute_dtype=dtype,
        compress_statistics=True, quant_type="nf4", device="meta",
    )  # fmt: skip
    drawn = torch.randn(layer.weight.shape, device=device, dtype=dtype) * 0.02
    new.weight = bitsandbytes.nn.Params4bit(
        drawn, requires_grad=False, compress_statistics=True, quant_type="nf4", module=new
    ).to(device)
    return new


def matrix_rate(device: str, dtype: Any, size: int) -> float:
    """Operations a second of a product of two square matrices: the ceiling."""
    import torch

    a, b = (torch.randn(size, size, device=device, dtype=dtype) for _ in range(2))
    for _ in range(3):
        a @ b
    wait(device)
    began = time.perf_counter()
    for _ in range(10):
        a @ b
    wait(device)
    return 20 * size**3 / (time.perf_counter() - began)


def wait(device: str) -> None:
    """Until the device has done what it was given."""
    import torch

    if device == "cuda":
        torch.cuda.synchronize()


def operations_per_token(shape: str, length: int, checkpointing: bool) -> float:
    """Multiplications and additions that a step needs for a token: through frozen matrices forwards
    and backwards (no gradients of the matrices themselves), once more forwards with checkpointing, and
    causal attention likewise. The adapter's own are left out.
    """
    hidden, layers, inner, heads, kv_heads, vocabulary = SHAPES[shape]
    size = hidden // heads
    matrices = layers * (hidden * size * (2 * heads + 2 * kv_heads) + 3 * hidden * inner)
    passes = 3 if checkpointing else 2
    attention = layers * 2 * length * heads * size  # two products over half of the square
    return 2 * matrices * passes + 2 * hidden * vocabulary * 2 + attention * (passes + 1.5)


def measure(
    shape: str = "toy", rank: int = 16, length: int = 512, rows: int = 2, steps: int = 5,
    plain: bool = False, checkpointing: bool = True,
) -> dict[str, object]:  # fmt: skip
    """Train a few steps on random tokens; the first two are not counted."""
    import torch
    from peft import LoraConfig, get_peft_model

    device = "cuda" if torch.cuda.is_available() else "cpu"
    gpu = device == "cuda"
    dtype = torch.bfloat16 if gpu else torch.float32
    rate = matrix_rate(device, dtype, 8192 if gpu else 512)
    if gpu:
        torch.cuda.reset_peak_memory_stats()
    model = make_model(shape, not plain, device, dtype)
    weights = torch.cuda.memory_allocated() / 2**30 if gpu else None
    lora = LoraConfig(r=rank, target_modules="all-linear", task_type="CAUSAL_LM")
    model = get_peft_model(model, lora)
    if checkpointing:
        model.gradient_checkpointing_enable({"use_reentrant": False})
    model.train()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=1e-4)
    seconds = []
    for _ in range(steps + 2):
        ids = torch.randint(0, model.config.vocab_size, (rows, length), device=device)
        wait(device)
        began = time.perf_counter()
        with torch.autocast(device, torch.bfloat16, enabled=gpu):
            loss = model(input_ids=ids, labels=ids, use_cache=False).loss
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        wait(device)
        seconds.append(time.perf_counter() - began)
    step = sum(seconds[2:]) / steps
    speed = rows * length / step
    return {
        "shape": shape,
        "four_bits": not plain,
        "rank": rank,
        "rows": rows,
        "length": length,
        "checkpointing": checkpointing,
        "trained_parameters": sum(p.numel() for p in trained),
        "loss_is_finite": bool(torch.isfinite(loss)),
        "seconds_per_step": round(step, 4),
        "tokens_per_second": round(speed, 1),
        "matrix_teraflops": round(rate / 1e12, 2),
        "share_of_matrix_rate": round(
            speed * operations_per_token(shape, length, checkpointing) / rate, 4
        ),
        "weights_gigabytes": weights and round(weights, 2),
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
    parser.add_argument(
        "--no-checkpointing", dest="checkpointing", action="store_false", help="keep activations"
    )
    print(json.dumps(measure(**vars(parser.parse_args()))))


if __name__ == "__main__":
    main()
