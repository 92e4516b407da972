"""The embedded model's own tokenizer: byte-level BPE that keeps notes apart.

Three rounds of merges, each only inside its own kind of piece, and earlier ones always applied first:
*units* (a note with its accidental, octave and length; a chord symbol; a barline; a field), then *beats*
(units that stand together under a beam, with the space before them), then *words* of requests, English
and Chinese. So a token is whole units, or a part of one rare unit; none holds a note together with a part
of another. Every byte can be written, so no text is unknown. `docs/decisions/embedded-model.md` has the
measurements that chose it. A tokenizer like any other comes out: `PreTrainedTokenizerFast`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

SPECIALS = ("<|pad|>", "<|end|>", "<|user|>", "<|assistant|>", "<|system|>")
CHAT_TEMPLATE = (
    "{% for m in messages %}{{ '<|' + m['role'] + '|>' + m['content'] + '<|end|>' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}"
)
# A piece that merges may not leave: a chord symbol, a voice or field mark, a word (with a letter that is
# no note), Chinese text, a barline, a line's end, a beat.
PIECES = (
    r'"[^"\n]*"|\[V:\d\]|[A-Zw]:| ?[A-Za-z]*[H-Yh-y][A-Za-z\']*:?|[\u4e00-\u9fff\u3000-\u303f]+'
    r'|[|:\[\]]*\|[|:\[\]]*(?:\d )?|\n| ?[^\s"|\u4e00-\u9fff]+|\s'
)
# The units inside a beat.
UNITS = r"[\^_=]*[A-Ga-gz][,']*\d*/*\d*-?|\(\d(?::\d)*|[<>\[\]]| |[^A-Ga-gz<>\[\] ]+"
MUSIC_FIELDS = ("X", "M", "L", "Q", "K", "V", "P", "R")
SHARES = (0.3, 0.45, 0.25)
"""How the entries beyond the bytes are shared out: units, beats, words."""
FEWEST = 4
"""A pair that is rarer is not joined."""


def pieces(text: str) -> list[str]:
    """The pieces of a text; joined they are the text."""
    return re.findall(PIECES, text)


def units(piece: str) -> list[str]:
    """The units of a piece of music; joined they are the piece."""
    return [piece] if piece.startswith('"') else re.findall(UNITS, piece)


def byte_symbols() -> dict[int, str]:
    """The printable character by which byte-level BPE names each byte."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    names = {b: chr(b) for b in plain}
    rest = (b for b in range(256) if b not in names)
    return names | {b: chr(256 + n) for n, b in enumerate(rest)}


BYTES = byte_symbols()
Merge = tuple[str, str]


def symbols(text: str) -> tuple[str, ...]:
    """A text as its bytes' symbols."""
    return tuple(BYTES[b] for b in text.encode())


def join(word: tuple[str, ...], merge: Merge) -> tuple[str, ...]:
    """A word with every occurrence of a pair joined."""
    out: list[str] = []
    i = 0
    while i < len(word):
        if word[i : i + 2] == merge:
            out.append(word[i] + word[i + 1])
            i += 2
        else:
            out.append(word[i])
            i += 1
    return tuple(out)


def learn_merges(words: Counter[tuple[str, ...]], count: int) -> list[Merge]:
    """The `count` most frequent merges in order (fewer when every pair is rare), ties by spelling."""
    counts: Counter[Merge] = Counter()
    places: dict[Merge, set[int]] = defaultdict(set)
    entries, numbers = list(words), list(words.values())
    for i, word in enumerate(entries):
        for pair in pairwise(word):
            counts[pair] += numbers[i]
            places[pair].add(i)
    merges: list[Merge] = []
    while len(merges) < count and counts:
        best = max(counts, key=lambda pair: (counts[pair], pair))
        if counts[best] < FEWEST:
            break
        merges.append(best)
        for i in places.pop(best):
            for pair in pairwise(entries[i]):
                counts[pair] -= numbers[i]
            entries[i] = join(entries[i], best)
            for pair in pairwise(entries[i]):
                counts[pair] += numbers[i]
                places[pair].add(i)
        counts = +counts
    return merges


def segment(words: Counter[str], merges: Iterable[Merge]) -> Counter[tuple[str, ...]]:
    """Words cut into symbols with the merges applied in order, as byte-pair encoding would."""
    ranks = {merge: n for n, merge in enumerate(merges)}
    out: Counter[tuple[str, ...]] = Counter()
    for text, n in words.items():
        word = symbols(text)
        while len(word) > 1:
            best = min(pairwise(word), key=lambda p: ranks.get(p, len(ranks)))
            if best not in ranks:
                break
            word = join(word, best)
        out[word] += n
    return out


def music_pieces(answer: str) -> Iterator[str]:
    """The pieces of a tune's music and short fields; titles and words under the notes are words."""
    for line in answer.splitlines(keepends=True):
        if not re.match(r"[A-Za-z]:", line) or line[0] in MUSIC_FIELDS:
            yield from pieces(line)


def word_pieces(texts: Iterable[str]) -> Iterator[str]:
    """The pieces of requests, titles and sung words."""
    for text in texts:
        yield from pieces(text)


def train(answers: Iterable[str], requests: Iterable[str], size: int) -> Any:
    """Train on tunes and on requests; a `PreTrainedTokenizerFast` with the chat template comes back."""
    kept = list(answers)
    music = Counter(p for answer in kept for p in music_pieces(answer))
    titles = (
        line[2:] for answer in kept for line in answer.splitlines() if line[:2] in ("T:", "w:")
    )
    words = Counter(word_pieces([*requests, *titles]))
    free = size - len(SPECIALS) - len(BYTES)
    alone: Counter[str] = Counter()
    for piece, n in music.items():
        for unit in units(piece):
            alone[unit] += n
    merges: list[Merge] = []
    for counted, share in zip((alone, music, words), SHARES, strict=True):
        merges += learn_merges(segment(counted, merges), round(free * share))
    return make(merges)


def make(merges: list[Merge]) -> Any:
    """The tokenizer of a list of merges."""
    from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    entries = [*SPECIALS, *BYTES.values()]
    entries += [a + b for a, b in merges]
    vocabulary = {text: n for n, text in enumerate(dict.fromkeys(entries))}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(PIECES), "isolated"),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(list(SPECIALS))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="<|pad|>", eos_token="<|end|>"
    )
    fast.chat_template = CHAT_TEMPLATE
    return fast


def load(folder: Path) -> Any:
    """The tokenizer saved in a model folder."""
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(str(folder))
