"""Styles told by the library as it is built, without and with the language model's vectors.

A catalogue of tunes that the model has learned from, at most 300 of each style of `benchmarks.library.style_of`; all
of it goes through `Library.use`, the fill and `styles_of`. Asked:

- styles of the catalogue's own tunes by five grouped folds (`StyleBook.examples` and `train`): macro-F1 with a
  bootstrap, the gain with a bootstrap of pairs;
- styles of tunes that the model has not learned from (the data's validation files), by `styles_of`: the same, for
  the styles that have `FEWEST` of them;
- reliability in both: how sure it was in the mean and how often right, and the expected calibration error of ten bins;
- style likeness: the share of the first ten tunes, versions left out, that are of the same style; also where only
  a half of the catalogue has vectors. What the cosine counts is looked at on the catalogue's own tunes only;
- how long filling, learning and a question take.

Run: `python -m benchmarks.style_vectors`, about six minutes on one core.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from abc_tools.parse import parse_tune
from benchmarks.data import open_tunes
from benchmarks.embeddings import FEWEST, gain, styled
from benchmarks.library import RESULTS, SEED, _bootstrap, _macro_f1, share, shared_tunes, style_of
from library import embedding
from library.catalogue import Library, _asked
from library.describe import Origin, describe
from library.embedding import Neighbours
from library.likeness import style_likeness
from library.styles import train
from lm.states import embedder

TUNES = 15_000
BATCH = 500
COSINES = (0.0, 0.1, 0.3, 0.5, 1.0)


def split() -> tuple[list[tuple[str, dict[str, Any]]], list[tuple[str, dict[str, Any]]]]:
    """(style, record): of the catalogue, and of the tunes that the model has not learned from."""
    records = shared_tunes()[:TUNES]
    unseen = {r["id"] for r in open_tunes(("tunes_valid", "tunes_nc_valid"))}
    seen = styled([r for r in records if r["id"] not in unseen])
    styles = {style for style, _ in seen}
    fresh = [(s, r) for r in records if r["id"] in unseen and (s := style_of(r)) in styles]
    counts = Counter(s for s, _ in fresh)
    return seen, [(str(s), r) for s, r in fresh if counts[s] >= FEWEST]


def imported(library: Library, seen: list[tuple[str, dict[str, Any]]]) -> dict[str, str]:
    """The catalogue filled; the group of versions of each tune by its digest."""
    groups, rows = {}, []
    for style, record in seen:
        row = describe(parse_tune(record["abc"]), Origin(record["source"], record["id"]))
        if row is not None and row["notes"] >= 12:
            rows.append({**row, "style": style})
            groups[row["digest"]] = record["group"]
    for start in range(0, len(rows), BATCH):
        library._store.add(rows[start : start + BATCH])
    return groups


def told(labels: Any, styles: Any, shares: Any) -> dict[str, Any]:
    """Macro-F1 and reliability of probabilities."""
    guessed, sure = np.array(styles)[shares.argmax(axis=1)], shares.max(axis=1)
    right = guessed == labels
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(abs(float(right[bins == b].mean() - sure[bins == b].mean())) * float((bins == b).mean())
                for b in set(bins.tolist()))  # fmt: skip
    return {"macro_f1": round(_macro_f1(labels, guessed), 3), "interval_95": _bootstrap(labels, guessed),
            "right": share(int(right.sum()), len(right)), "mean_confidence": round(float(sure.mean()), 3),
            "calibration_error": round(error, 3)}  # fmt: skip


def by_folds(library: Library, groups: dict[str, str]) -> dict[str, Any]:
    """Five grouped folds on what the library itself would learn from."""
    index, book, vectors = library._shelf.index(), library._styles, library._vectors
    assert vectors is not None
    known = vectors.known()
    family = _families(library, groups)
    have = [one for one in book.sample(index) if known[one.id] is not None]
    kept = np.array([known[one.id] is not None for one in book.sample(index)])
    numbers, labels, _ = (part[kept] for part in book.examples(index))
    both, again, _ = book.examples(index, known)
    assert (labels == again).all(), "the same tunes in the same order"
    of = np.array([family[one.id] for one in have])
    names = sorted(set(of))
    fold = dict(zip(names, np.random.default_rng(SEED).integers(0, 5, len(names)), strict=True))
    folds = np.array([fold[g] for g in of])
    result: dict[str, Any] = {"tunes": len(labels), "styles": dict(Counter(labels.tolist()))}
    guesses = {}
    for name, table in (("numbers", numbers), ("numbers and vectors", both)):
        styles = sorted(set(labels))
        shares = np.zeros((len(labels), len(styles)))
        for number in range(5):
            test = folds == number
            model = train(table[~test], labels[~test], of[~test])
            assert list(model.styles) == styles
            shares[test] = model.probabilities(table[test])
        guesses[name] = np.array(styles)[shares.argmax(axis=1)]
        result[name] = told(labels, styles, shares)
        print(name, result[name], flush=True)
    return {**result, "gain": gain(labels, guesses["numbers and vectors"], guesses["numbers"])}


def asked(
    library: Library, fresh: list[tuple[str, dict[str, Any]]]
) -> tuple[Any, Any, list[float]]:
    """Styles, probabilities and seconds by `styles_of`, tune after tune."""
    styles = sorted(one.style for one in library.styles_of(fresh[0][1]["abc"], 100))
    rows, seconds = [], []
    for _, record in fresh:
        began = time.perf_counter()
        found = {one.style: one.probability for one in library.styles_of(record["abc"], 100)}
        seconds.append(time.perf_counter() - began)
        rows.append([found[s] for s in styles])
    return styles, np.array(rows), seconds


def _families(library: Library, groups: dict[str, str]) -> dict[int, str]:
    from sqlalchemy import select

    from library.schema import TUNES as TABLE

    rows = library._store.rows(select(TABLE.c.id, TABLE.c.digest))
    return {row.id: groups[row.digest] for row in rows}


def likeness(
    library: Library, groups: dict[str, str], fresh: list[tuple[str, dict[str, Any]]]
) -> dict[str, Any]:
    """The share of the first ten by style likeness that are of the same style."""
    index, vectors = library._shelf.index(), library._vectors
    assert vectors is not None
    near = library._styles.neighbours(index, vectors)
    assert near is not None
    learnt = library._styles.sample(index)
    style = np.array([""] * len(index), dtype=object)
    family = np.array([""] * len(index), dtype=object)
    known = _families(library, groups)
    for one in learnt:
        style[one.at], family[one.at] = one.style, known[one.id]
    deep = vectors.known()
    own = [(one.style, known[one.id], index.features[one.at], deep[one.id]) for one in learnt[::3]]
    new = [(s, r["group"], _asked(r["abc"]).features, vectors.of(_asked(r["abc"]).row["text"]))
           for s, r in fresh]  # fmt: skip

    def same(tunes: Any, order: Callable[[Any, Any], Any]) -> Any:
        shares = []
        for label, group, features, vector in tunes:
            if vector is not None:
                values = order(style_likeness(index, features), vector)
                values = np.where((family == group) | (style == ""), -np.inf, values)
                shares.append((style[np.argsort(-values, kind="stable")[:10]] == label).mean())
        return np.array(shares)

    result: dict[str, Any] = {}
    for cosine in COSINES:
        embedding.COSINE = cosine
        result[f"own tunes, cosine {cosine}"] = round(float(same(own, near.ordered).mean()), 3)
    embedding.COSINE = 0.5
    some = np.random.default_rng(SEED).random(len(near.rows)) < 0.5
    half = Neighbours(near.rows[some], near.table[some], near.mean, near.spread)
    plain = same(new, lambda values, _: values)
    result["unseen tunes, numbers"] = round(float(plain.mean()), 3)
    for name, neighbours in (("all", near), ("half of the tunes", half)):
        found = same(new, neighbours.ordered)
        rng = np.random.default_rng(SEED)
        draws = [
            (found - plain)[rng.integers(0, len(plain), len(plain))].mean() for _ in range(500)
        ]
        result[f"unseen tunes, vectors of {name}"] = {
            "same_style": round(float(found.mean()), 3),
            "gain_95": [round(float(v), 3) for v in np.quantile(draws, (0.025, 0.975))],
        }  # fmt: skip
    return result


def measured(folder: Path) -> dict[str, Any]:
    """All figures, in a catalogue of its own."""
    os.environ["XDG_CACHE_HOME"] = str(folder)
    seen, fresh = split()
    library = Library(f"sqlite:///{folder}/tunes.sqlite3")
    groups = imported(library, seen)
    truth = np.array([s for s, _ in fresh])
    began = time.process_time()
    library.styles_of(fresh[0][1]["abc"])
    learning = time.process_time() - began
    styles, plain, seconds = asked(library, fresh)
    model = embedder()
    assert model is not None, "the weights of the embedded model are needed"
    model.read()
    library.use(model)
    waiting = library.to_embed()
    assert (asked(library, fresh[:20])[1] == plain[:20]).all(), "numbers alone until all are there"
    index, vectors = library._shelf.index(), library._vectors
    assert vectors is not None
    began, clock = time.process_time(), time.perf_counter()
    vectors.fill([one.id for one in library._styles.sample(index)])
    filling, wall = time.process_time() - began, time.perf_counter() - clock
    began = time.process_time()
    assert library._styles.learn(index, vectors)
    learning_both = time.process_time() - began
    again, shares, seconds_both = asked(library, fresh)
    assert again == styles
    guesses = [np.array(styles)[table.argmax(axis=1)] for table in (plain, shares)]
    result = {
        "tunes": len(library), "vectors": waiting, "without": int(sum(v is None for v in vectors.known().values())),
        "fill": {"cpu_seconds": round(filling, 1), "seconds": round(wall, 1),
                 "cpu_milliseconds_a_tune": round(1000 * filling / waiting, 1)},
        "learning_cpu_seconds": {"numbers": round(learning, 1), "numbers and vectors": round(learning_both, 1)},
        "question_milliseconds": {"numbers": _spread(seconds), "numbers and vectors": _spread(seconds_both)},
        "unseen_tunes": {
            "tunes": len(truth), "styles": dict(Counter(truth.tolist())),
            "numbers": told(truth, styles, plain), "numbers and vectors": told(truth, styles, shares),
            "gain": gain(truth, guesses[1], guesses[0])},
    }  # fmt: skip
    print(json.dumps(result), flush=True)
    result["likeness_first_ten_of_the_same_style"] = likeness(library, groups, fresh)
    result["grouped_folds"] = by_folds(library, groups)
    library.close()
    return result


def _spread(seconds: list[float]) -> dict[str, float]:
    middle, most = np.quantile(seconds, (0.5, 0.95)) * 1000
    return {"median": round(float(middle), 1), "percentile_95": round(float(most), 1)}


def main() -> None:
    """Measure, print and keep."""
    import torch

    torch.set_num_threads(1)
    with tempfile.TemporaryDirectory() as folder:
        result = measured(Path(folder))
    kept = {"command": "python -m benchmarks.style_vectors", **result}
    (RESULTS / "style_vectors.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
