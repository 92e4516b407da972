"""Which tokenizer suits a small model of tunes: `python -m benchmarks.tokenizers`.

The same small decoder learns the same examples for the same processor time with each tokenizer. Measured:
bits per character of held-out answers (so that long tokens gain nothing by being few), the share of valid
tunes and wrong bars among free samples, characters a token in answers and in English and Chinese requests,
and how many tokens break a note or reach over a barline. Writes `benchmarks/results/tokenizers.json`.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lm import data, dialogue, model, optimiser, tokenizer
from lm.data import Example
from lm.measures.judge import judge, wilson
from lm.recipe import EvaluateRecipe
from lm.tasks import dialogues

SHAPE = {
    "hidden": 192, "layers": 4, "inner": 512, "heads": 3, "kv_heads": 1, "head": 64, "context": 2048,
}  # fmt: skip
OUT = Path(__file__).parent / "results" / "tokenizers.json"
ROWS, LENGTH = 8, 768
BAR_SPLIT = r"\n|[|:\[\]]*\|[|:\[\]]*|[^\n|]+"
WORD_SPLIT = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
NOTE = re.compile(r"[\^_=]*[A-Ga-g][,']*\d*/*\d*")


def plain_bpe(texts: Sequence[str], size: int, split: str) -> Any:
    """A byte-level BPE of the tokenizers library, pre-split by a pattern."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(split), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=list(tokenizer.SPECIALS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        max_token_length=24,
    )
    made.train_from_iterator(texts, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=made, pad_token="<|pad|>", eos_token="<|end|>")
    fast.chat_template = tokenizer.CHAT_TEMPLATE
    return fast


def contestants(examples: Sequence[Example], size: int) -> dict[str, Callable[[], Any]]:
    """Name → a function that trains the tokenizer."""
    answers = [e.answer for e in examples]
    requests = [m["content"] for e in examples for m in e.messages]

    def own(shares: tuple[float, float, float], entries: int) -> Any:
        kept, tokenizer.SHARES = tokenizer.SHARES, shares
        try:
            return tokenizer.train(answers, requests, entries)
        finally:
            tokenizer.SHARES = kept

    return {
        "units, beats and words": lambda: own((0.3, 0.45, 0.25), size),
        "units and words": lambda: own((0.6, 0.0, 0.4), size * 5 // 8),
        "bars (plain BPE)": lambda: plain_bpe([*answers, *requests], size, BAR_SPLIT),
        "words and signs (GPT-2's pre-split)": lambda: plain_bpe(
            [*answers, *requests], size, WORD_SPLIT
        ),
    }


def learn(tok: Any, examples: Sequence[Example], seconds: float, seed: int) -> tuple[Any, int]:
    """A model trained for some seconds of processor time, and the tokens it saw."""
    import torch

    torch.set_num_threads(1)
    net = model.build(SHAPE, len(tok), tok.pad_token_id, tok.eos_token_id, seed)
    optimisers = optimiser.make_optimisers(net, 0.008, 0.004, 0.05)
    rates = [[g["lr"] for g in o.param_groups] for o in optimisers]
    packed = data.pack([data.encode(e, tok) for e in examples], LENGTH, tok.pad_token_id)
    began, at, seen = time.process_time(), 0, 0
    while (used := time.process_time() - began) < seconds:
        factor = min(1.0, 2 * (1 - used / seconds))
        for opt, own in zip(optimisers, rates, strict=True):
            for group, rate in zip(opt.param_groups, own, strict=True):
                group["lr"] = rate * factor
        loss, count = loss_of(net, packed[at : at + ROWS])
        (loss / max(1, count)).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        for opt in optimisers:
            opt.step()
            opt.zero_grad(set_to_none=True)
        seen += ROWS * LENGTH
        at = (at + ROWS) % max(1, len(packed) - ROWS)
    return net.eval(), seen


def loss_of(net: Any, packed: data.Packed) -> tuple[Any, int]:
    """Summed loss in nats and the number of labels."""
    import torch

    ids, labels, positions = (
        torch.from_numpy(a).long() for a in (packed.ids, packed.labels, packed.positions)
    )
    mask = model.packed_mask(torch.from_numpy(packed.owners))
    return model.packed_loss(net, ids, labels, positions, mask), int(
        (labels[:, 1:] != dialogue.IGNORE).sum()
    )


def bits(net: Any, tok: Any, examples: Sequence[Example]) -> float:
    """Bits per character of answers."""
    import torch

    encoded = [data.encode(e, tok) for e in examples]
    fits = [i for i, (ids, _) in enumerate(encoded) if len(ids) <= LENGTH]
    packed = data.pack([encoded[i] for i in fits], LENGTH, tok.pad_token_id)
    with torch.no_grad():
        nats = sum(loss_of(net, packed[i : i + 4])[0].item() for i in range(0, len(packed), 4))
    return nats / math.log(2) / sum(len(examples[i].answer) for i in fits)


def write(net: Any, tok: Any, examples: Sequence[Example], seed: int) -> list[str]:
    """A free answer to each request (temperature 0.9, nucleus 0.95)."""
    import torch

    torch.manual_seed(seed)
    tok.padding_side = "left"
    prompts = [
        tok.apply_chat_template(e.messages, add_generation_prompt=True, tokenize=False)
        for e in examples
    ]
    out = []
    for start in range(0, len(prompts), 32):
        batch = tok(
            prompts[start : start + 32], return_tensors="pt", padding=True, add_special_tokens=False
        )
        made = net.generate(
            input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], do_sample=True,
            temperature=0.9, top_p=0.95, max_new_tokens=700, pad_token_id=tok.pad_token_id,
        )  # fmt: skip
        width = batch["input_ids"].shape[1]
        out += tok.batch_decode(
            made[:, width:], skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
    return out


def broken(tok: Any, answers: Sequence[str]) -> dict[str, float]:
    """Share of tokens of music that end inside a note or its length, and that hold notes on both sides of a
    barline.
    """
    total = inside = across = 0
    for answer in answers:
        body = answer[answer.index("\nK:") + 4 :]
        ends = {m.start() + n for m in NOTE.finditer(body) for n in range(1, len(m.group()))}
        at = 0
        for token in tok(body, add_special_tokens=False)["input_ids"]:
            text = tok.decode([token])
            at += len(text)
            total += 1
            inside += at in ends
            across += bool(re.search(r"[A-Ga-gz\d].*\|.*[A-Ga-gz]", text))
    return {
        "end_inside_a_note": round(inside / total, 4),
        "cross_a_barline": round(across / total, 4),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every tokenizer and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=420, help="processor seconds for each")
    parser.add_argument("--size", type=int, default=1664, help="entries")
    parser.add_argument("--samples", type=int, default=96)
    options = parser.parse_args(arguments)
    sources = EvaluateRecipe(out="").sources()
    examples = list(dialogues(data.load_split(sources, "train"), 1, {"compose": 1.0}))
    held = list(dialogues(data.load_split(sources, "valid"), 0, {"compose": 1.0}))
    random.Random(1).shuffle(held)
    table: dict[str, Any] = {}
    for name, make in contestants(examples, options.size).items():
        tok = make()
        net, seen = learn(tok, examples, options.seconds, 1)
        judged = [judge(text) for text in write(net, tok, held[: options.samples], 1)]
        answers = [e.answer for e in held[:200]]
        table[name] = {
            "entries": len(tok),
            "bits_per_character": round(bits(net, tok, held[:200]), 4),
            "valid_free": wilson(sum(j.valid for j in judged), len(judged)),
            "wrong_bars": wilson(sum(j.wrong_bars for j in judged), sum(j.bars for j in judged)),
            "tokens_seen": seen,
            "characters_a_token": {
                "answers": ratio(tok, answers),
                "english": ratio(tok, [t for t in words(held) if t.isascii()]),
                "chinese": ratio(tok, [t for t in words(held) if not t.isascii()]),
            },
            **broken(tok, answers),
        }
        sys.stdout.write(json.dumps({name: table[name]}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    result = {
        "command": f"python -m benchmarks.tokenizers --seconds {options.seconds:g} --size {options.size}",
        "model": SHAPE,
        "tokenizers": table,
    }
    OUT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def words(examples: Sequence[Example]) -> list[str]:
    """The free words of requests."""
    return [e.messages[0]["content"].split("\n\n")[0] for e in examples]


def ratio(tok: Any, texts: Sequence[str]) -> float:
    """Characters a token."""
    tokens = sum(len(tok(t, add_special_tokens=False)["input_ids"]) for t in texts)
    return round(sum(map(len, texts)) / max(1, tokens), 3)


if __name__ == "__main__":
    main()
