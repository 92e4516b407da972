"""The engines that `benchmarks.decoding` sets side by side: each decodes one token after another, greedily.

An engine is a function from (model, folder of the model, scratch folder) to a *decoder*: called with a prompt and a
number of tokens, it returns the tokens that it decoded. Engines that are not installed are left out. Prompts are
read outside the time that is measured, where the engine lets us.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Decoder = Callable[[list[int], int], tuple[list[int], float, float]]  # tokens, seconds, CPU seconds


def timed(
    prompt_logits: Any, step: Callable[[int], Any], count: int
) -> tuple[list[int], float, float]:
    """Greedy decoding by a step function, timed without the prompt."""
    token = int(prompt_logits.argmax())
    tokens = [token]
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(count - 1):
        token = int(step(token).argmax())
        tokens.append(token)
    return tokens, time.perf_counter() - wall, time.process_time() - cpu


def runner(kind: str) -> Callable[[Any, Path, Path], Decoder]:
    """Our own loops: `lean`, or transformers with its growing cache (`cached`)."""

    def make(model: Any, _folder: Path, _scratch: Path) -> Decoder:
        import torch

        from lm.cached import CachedRunner
        from lm.lean import LeanRunner

        running: Any = (LeanRunner if kind == "lean" else CachedRunner)(model)

        def decode(prompt: list[int], count: int) -> tuple[list[int], float, float]:
            with torch.inference_mode():
                running.keep([])
                first = running.start(prompt, 1)
                return timed(first, lambda token: running.step([token])[0], count)

        return decode

    return make


def compiled(model: Any, _folder: Path, _scratch: Path) -> Decoder:
    """transformers with a cache of fixed size and the step compiled by torch."""
    import copy

    import torch
    from transformers import StaticCache

    own = copy.deepcopy(model)
    step_model = torch.compile(own.forward)

    def decode(prompt: list[int], count: int) -> tuple[list[int], float, float]:
        cache = StaticCache(config=own.config, max_cache_len=512)
        at = torch.tensor([len(prompt)])

        def step(token: int) -> Any:
            out = step_model(
                input_ids=torch.tensor([[token]]), past_key_values=cache, position_ids=at[None]
            )
            at.add_(1)
            return out.logits[0, -1]

        with torch.no_grad():
            first = own(input_ids=torch.tensor([prompt]), past_key_values=cache).logits[0, -1]
            step(int(first.argmax()))  # compile outside the time
            at.fill_(len(prompt))
            cache = StaticCache(config=own.config, max_cache_len=512)
            first = own(input_ids=torch.tensor([prompt]), past_key_values=cache).logits[0, -1]
            return timed(first, step, count)

    return decode


def make_exportable(model: Any) -> Any:
    """The model as a plain module of real numbers: (token, position, keys, values) → (logits, keys,
    values); caches are (layers, kv_heads, T, D) and grow by one.
    """
    import torch
    from torch.nn import functional

    config = model.config
    size, heads, kv_heads = config.head_dim, config.num_attention_heads, config.num_key_value_heads

    class Step(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.inner = model
            powers = torch.arange(0, size, 2) / size
            self.register_buffer("speeds", config.rope_parameters["rope_theta"] ** -powers)

        def norm(self, x: Any, weight: Any) -> Any:
            return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + config.rms_norm_eps) * weight

        def turn(self, x: Any, position: Any) -> Any:
            angles = position.float() * self.speeds
            cos, sin = torch.cos(angles), torch.sin(angles)
            a, b = x[..., : size // 2], x[..., size // 2 :]
            return torch.cat((a * cos - b * sin, b * cos + a * sin), -1)

        def forward(self, token: Any, position: Any, keys: Any, values: Any) -> Any:
            inner = self.inner.model
            x = inner.embed_tokens(token)  # (1, H)
            all_keys, all_values = [], []
            for number, layer in enumerate(inner.layers):
                own, h = layer.self_attn, self.norm(x, layer.input_layernorm.weight)
                q = self.norm(own.q_proj(h).view(heads, size), own.q_norm.weight)
                k = self.norm(own.k_proj(h).view(kv_heads, size), own.k_norm.weight)
                k = torch.cat((keys[number], self.turn(k, position)[:, None]), 1)
                v = torch.cat((values[number], own.v_proj(h).view(kv_heads, 1, size)), 1)
                q = self.turn(q, position).view(kv_heads, heads // kv_heads, size)
                weights = torch.softmax(q @ k.transpose(1, 2) / size**0.5, -1)
                x = x + own.o_proj((weights @ v).reshape(1, -1))
                h, mlp = self.norm(x, layer.post_attention_layernorm.weight), layer.mlp
                x = x + mlp.down_proj(functional.silu(mlp.gate_proj(h)) * mlp.up_proj(h))
                all_keys.append(k)
                all_values.append(v)
            logits = self.inner.lm_head(self.norm(x, inner.norm.weight))
            return logits[0], torch.stack(all_keys), torch.stack(all_values)

    return Step().eval()


def onnx(quantised: bool) -> Callable[[Any, Path, Path], Decoder]:
    """ONNX Runtime on an export of the step, in float32 or with int8 weights."""

    def make(model: Any, _folder: Path, scratch: Path) -> Decoder:
        import numpy as np
        import onnxruntime
        import torch

        config, path = model.config, scratch / "step.onnx"
        shape = (config.num_hidden_layers, config.num_key_value_heads, 0, config.head_dim)
        if not path.exists():
            filled = torch.zeros(shape[0], shape[1], 3, shape[3])
            torch.onnx.export(
                make_exportable(model),
                (torch.tensor([5]), torch.tensor([3]), filled, filled),
                str(path),
                input_names=["token", "position", "keys", "values"],
                output_names=["logits", "new_keys", "new_values"],
                dynamic_axes={n: {2: "T"} for n in ("keys", "values")}
                | {n: {2: "T1"} for n in ("new_keys", "new_values")},
                dynamo=False,
            )
        if quantised:
            from onnxruntime.quantization import QuantType, quantize_dynamic

            small = scratch / "step8.onnx"
            quantize_dynamic(str(path), str(small), weight_type=QuantType.QInt8)
            path = small
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = torch.get_num_threads()
        session = onnxruntime.InferenceSession(str(path), options, ["CPUExecutionProvider"])

        def decode(prompt: list[int], count: int) -> tuple[list[int], float, float]:
            state = [np.zeros(shape, np.float32), np.zeros(shape, np.float32)]
            at = np.zeros(1, np.int64)

            def step(token: int) -> Any:
                logits, *state[:] = session.run(
                    None, {"token": np.array([token]), "position": at,
                           "keys": state[0], "values": state[1]},
                )  # fmt: skip
                at[:] += 1
                return logits

            for token in prompt:
                first = step(token)
            return timed(first, step, count)

        return decode

    return make


def llama_cpp(kind: str) -> Callable[[Any, Path, Path], Decoder]:
    """llama.cpp through llama-cpp-python, on a GGUF file of `f32` or `q8_0` weights."""

    def make(model: Any, _folder: Path, scratch: Path) -> Decoder:
        import ctypes

        import llama_cpp as library
        import numpy as np
        import torch

        path = scratch / f"{kind}.gguf"
        write_gguf(model, path, kind)
        llama = library.Llama(
            str(path), n_ctx=1024, n_threads=torch.get_num_threads(),
            n_threads_batch=torch.get_num_threads(), verbose=False, logits_all=False,
        )  # fmt: skip
        width = model.config.vocab_size

        def last() -> Any:
            pointer = library.llama_get_logits(llama.ctx)
            return np.ctypeslib.as_array(
                ctypes.cast(pointer, ctypes.POINTER(ctypes.c_float)), (width,)
            )

        def step(token: int) -> Any:
            llama.eval([token])
            return last()

        def decode(prompt: list[int], count: int) -> tuple[list[int], float, float]:
            llama.reset()
            llama.eval(prompt)
            return timed(last().copy(), step, count)

        return decode

    return make


def write_gguf(model: Any, path: Path, kind: str, tokenizer: Any = None) -> None:
    """The weights of a Qwen3 model as GGUF; without a tokenizer, with a vocabulary that only counts."""
    import gguf
    import numpy as np

    config = model.config
    writer = gguf.GGUFWriter(str(path), "qwen3")
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(config.head_dim)
    writer.add_value_length(config.head_dim)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("default")
    tokens, merges = [f"t{n}" for n in range(config.vocab_size)], ["t 5"]
    kinds = [gguf.TokenType.NORMAL] * config.vocab_size
    if tokenizer is not None:
        tokens = tokenizer.convert_ids_to_tokens(range(config.vocab_size))
        pairs = json.loads(tokenizer.backend_tokenizer.to_str())["model"]["merges"]
        merges = [pair if isinstance(pair, str) else " ".join(pair) for pair in pairs]
        for special in tokenizer.all_special_ids:
            kinds[special] = gguf.TokenType.CONTROL
        writer.add_eos_token_id(tokenizer.eos_token_id)
    writer.add_token_list(tokens)
    writer.add_token_types(kinds)
    writer.add_token_merges(merges)
    names = {
        "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
        "self_attn.o_proj": "attn_output", "self_attn.q_norm": "attn_q_norm",
        "self_attn.k_norm": "attn_k_norm", "input_layernorm": "attn_norm",
        "post_attention_layernorm": "ffn_norm", "mlp.gate_proj": "ffn_gate",
        "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down",
    }  # fmt: skip
    found = {
        "token_embd.weight": model.model.embed_tokens.weight,
        "output_norm.weight": model.model.norm.weight,
    }
    for number, layer in enumerate(model.model.layers):
        for ours, theirs in names.items():
            found[f"blk.{number}.{theirs}.weight"] = layer.get_submodule(ours).weight
    for name, weight in found.items():
        array = weight.detach().float().numpy().astype(np.float32)
        if kind == "q8_0" and array.ndim == 2:
            packed = gguf.quants.quantize(array, gguf.GGMLQuantizationType.Q8_0)
            writer.add_tensor(name, packed, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
        else:
            writer.add_tensor(name, array)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def ctranslate2(kind: str) -> Callable[[Any, Path, Path], Decoder]:
    """CTranslate2; it decodes by itself, so that the prompt is in its time and no mask can be set."""

    def make(model: Any, folder: Path, scratch: Path) -> Decoder:
        import ctranslate2 as library
        import torch
        from transformers import AutoTokenizer

        target = scratch / f"ct2-{kind}"
        library.converters.TransformersConverter(str(folder)).convert(
            str(target), quantization=kind
        )
        names = AutoTokenizer.from_pretrained(str(folder)).convert_ids_to_tokens
        generator = library.Generator(
            str(target), device="cpu", inter_threads=1, intra_threads=torch.get_num_threads()
        )

        def decode(prompt: list[int], count: int) -> tuple[list[int], float, float]:
            wall, cpu = time.perf_counter(), time.process_time()
            result = generator.generate_batch(
                [names(prompt)], max_length=count, min_length=count, sampling_topk=1,
                include_prompt_in_result=False,
            )[0]  # fmt: skip
            seconds = time.perf_counter() - wall, time.process_time() - cpu
            return list(result.sequences_ids[0]), *seconds

        return decode

    return make


ENGINES: dict[str, Callable[[Any, Path, Path], Decoder]] = {
    "ours (lean)": runner("lean"),
    "transformers": runner("cached"),
    "transformers, static cache, torch.compile": compiled,
    "onnxruntime float32": onnx(False),
    "onnxruntime int8": onnx(True),
    "llama.cpp f32": llama_cpp("f32"),
    "llama.cpp q8_0": llama_cpp("q8_0"),
    "ctranslate2 float32": ctranslate2("float32"),
    "ctranslate2 int8": ctranslate2("int8"),
}
