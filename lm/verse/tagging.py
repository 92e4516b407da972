"""Parts of speech of English words in a line, for building the verse model (not needed to write).

The tagger is the linear-chain model that the package `gruut-lang-en` brings (`pos/model.crf`, in
CRFsuite's file format), read here and decoded by Viterbi. Tags are the Penn Treebank's: NN noun, NNS
plural, VBD past, JJ adjective … What it does not know: words are tagged as prose would be, and old
verse is sometimes read wrongly.
"""

from __future__ import annotations

import base64
import struct
from functools import cache
from importlib.resources import files

import numpy as np

_FEATURE = np.dtype([("type", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])


@cache
def _model() -> tuple[list[str], dict[str, int], np.ndarray, np.ndarray]:
    """Labels, attribute → row, weights of attributes by label, weights from label to label."""
    data = (files("gruut_lang_en") / "pos" / "model.crf").read_bytes()
    head = struct.unpack_from("<4sI4s9I", data)
    labels = _strings(data, head[8], head[5])
    attributes = _strings(data, head[9], head[6])
    (count,) = struct.unpack_from("<I", data, head[7] + 8)
    features = np.frombuffer(data, _FEATURE, count, head[7] + 12)
    states = features[features["type"] == 0]
    steps = features[features["type"] == 1]
    emit = np.zeros((len(attributes), len(labels)))
    move = np.zeros((len(labels), len(labels)))
    emit[states["source"], states["target"]] = states["weight"]
    move[steps["source"], steps["target"]] = steps["weight"]
    return labels, {name: n for n, name in enumerate(attributes)}, emit, move


def _strings(data: bytes, start: int, count: int) -> list[str]:
    """The strings of a constant database, in the order of their numbers."""
    table = struct.unpack_from("<I", data, start + 20)[0]
    found = []
    for n in range(count):
        place = start + struct.unpack_from("<I", data, start + table + 4 * n)[0]
        size = struct.unpack_from("<I", data, place + 4)[0]
        found.append(data[place + 8 : place + 7 + size].decode())
    return found


def _attributes(words: list[str], n: int) -> list[tuple[str, float]]:
    """What the tagger looks at for word `n`: its letters, and those of two words either side."""
    own = words[n]
    found = [("bias", 1.0), ("len(word)", float(len(own)))]
    if n == 0:
        found.append(("BOS", 1.0))
    if n == len(words) - 1:
        found.append(("EOS", 1.0))
    for shift in (0, -1, 1, -2, 2):
        if not 0 <= n + shift < len(words):
            continue
        word, sign = words[n + shift], f"{shift:+d}:" if shift else ""
        whole = base64.b64encode(word.encode()).decode()
        for name, text in (
            ("word", whole), ("word[:2]", word[:2]), ("word[:3]", word[:3]),
            ("word[-3:]", word[-3:]), ("word[-2:]", word[-2:]),
        ):  # fmt: skip
            found.append((f"{sign}{name}:{text}", 1.0))
        if not word[0].isalnum() and len(word) == 1:
            found.append((f"{sign}word.ispunctuation", 1.0))
    return found


def tags(words: list[str]) -> list[str]:
    """The tag of each word of a line, punctuation marks being words of their own.

    >>> tags("the moon is shining on the quiet sea .".split())
    ['DT', 'NN', 'VBZ', 'VBG', 'IN', 'DT', 'JJ', 'NN', '.']
    """
    labels, rows, emit, move = _model()
    if not words:
        return []
    scores = np.zeros((len(words), len(labels)))
    for n in range(len(words)):
        for name, value in _attributes(words, n):
            if (row := rows.get(name)) is not None:
                scores[n] += value * emit[row]
    best = scores[0]
    came = []
    for row_scores in scores[1:]:
        table = best[:, None] + move
        came.append(table.argmax(0))
        best = table.max(0) + row_scores
    at = int(best.argmax())
    path = [at]
    for back in reversed(came):
        at = int(back[at])
        path.append(at)
    return [labels[n] for n in reversed(path)]
