"""Whether the language model's own view of a tune tells styles apart or finds versions better than computed numbers do.

A tune is shown to the embedded model as it is shown in a conversation, without title, kind and tempo, on the same
tonic (D); its embedding is the mean of the hidden states over all tokens (at most `LONGEST`), after the middle layer
and after the last. No training: these are the states of the model as it is delivered.

The model has learned from most of these tunes, with their kinds written above them: its states may know a tune and not
its style. So the styles are told once more of tunes that the model has not seen (the data's validation files; a
family lies in one file only), by regressions on tunes that it has seen.

Styles: the regression of `library.styles` on the library's numbers, on embeddings, and on both; groups on one side of
the split only; macro-F1 with a bootstrap, and of the gain a bootstrap of pairs. Versions: another tune of the family
comes first or in the first ten, by melody, by style numbers, by the cosine of embeddings (each number in units of its
spread), and by melody with a share of embeddings, which is chosen on one half of the families and measured on the
other. The catalogue is that of the styles and of the families asked about. Shares come with Wilson's 95 % interval.

Run: `python -m benchmarks.embeddings [--tunes 15000] [--versions 300]`, about twenty minutes on one core.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from typing import Any

import numpy as np

from benchmarks.data import open_tunes
from benchmarks.library import (
    MOST_OF_A_STYLE,
    RESULTS,
    SEED,
    _bootstrap,
    _macro_f1,
    filled,
    groups_to_ask,
    members_of_groups,
    share,
    shared_tunes,
    style_of,
)
from library.features import style_vector
from library.index import Index
from library.likeness import melody_matches, style_likeness
from library.styles import train
from lm.embedded import WEIGHTS, load_model
from lm.states import LONGEST, shown

SHARES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4)
TIMES = 500
FEWEST = 7
"""Tunes of a style that the model has not seen, from which it is measured on them."""


def embedded(texts: list[str]) -> tuple[Any, float]:
    """(tunes, 2, H): the means after the middle and the last layer; and the seconds a tune takes."""
    import torch

    model, tokenizer = load_model(WEIGHTS)
    found = []
    began = time.process_time()
    with torch.no_grad():
        for text in texts:
            ids = torch.tensor([tokenizer(text)["input_ids"][:LONGEST]])
            states = model.model(ids, output_hidden_states=True).hidden_states
            found.append(
                torch.stack([states[len(states) // 2][0].mean(0), states[-1][0].mean(0)]).numpy()
            )
    return np.stack(found), (time.process_time() - began) / max(1, len(texts))


def standard(table: Any) -> Any:
    """Every number in units of its spread, each row of length 1."""
    scaled = (table - table.mean(axis=0)) / np.maximum(table.std(axis=0), 1e-6)
    return scaled / np.linalg.norm(scaled, axis=1, keepdims=True)


def styled(records: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """(style, tune), of each style as many as `benchmarks.library` takes."""
    by_style: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        if style := style_of(record):
            by_style[style].append(record)
    rng = random.Random(SEED)
    return [(style, record) for style, found in sorted(by_style.items()) if len(found) >= 30
            for record in rng.sample(found, min(len(found), MOST_OF_A_STYLE))]  # fmt: skip


def asked_about(
    records: list[dict[str, Any]], count: int
) -> list[tuple[str, list[dict[str, Any]]]]:
    """Families, each with its tunes; the first tune of each is asked about."""
    members = members_of_groups(records)
    groups = groups_to_ask(members)
    rng = random.Random(SEED)
    return [
        (g, rng.sample(members[g], len(members[g])))
        for g in rng.sample(groups, min(count, len(groups)))
    ]


def styles_told(
    index: Index, chosen: list[tuple[str, dict[str, Any]]], vectors: dict[int, Any]
) -> dict[str, Any]:
    """Macro-F1 of five grouped folds for each kind of numbers, and what embeddings add."""
    labels = np.array([s for s, _ in chosen])
    groups = np.array([min(r["groups"]) for _, r in chosen])
    rows = [index.row_of(r["number"]) for _, r in chosen]
    ours = np.stack([style_vector(index.melody(row), index.features[row]) for row in rows])
    deep = np.stack([vectors[row] for row in rows])
    tables = {"numbers": ours, "middle layer": deep[:, 0], "last layer": deep[:, 1],
              "numbers and middle layer": np.hstack([ours, deep[:, 0]]),
              "numbers and last layer": np.hstack([ours, deep[:, 1]])}  # fmt: skip
    names = sorted(set(groups))
    fold = dict(zip(names, np.random.default_rng(SEED).integers(0, 5, len(names)), strict=True))
    folds = np.array([fold[g] for g in groups])
    result: dict[str, Any] = {"tunes": len(labels), "styles": len(set(labels))}
    guesses: dict[str, Any] = {}
    for name, table in tables.items():
        guessed = np.empty_like(labels)
        for number in range(5):
            test = folds == number
            model = train(table[~test], labels[~test], groups[~test])
            guessed[test] = np.array(model.styles)[model.probabilities(table[test]).argmax(axis=1)]
        guesses[name] = guessed
        result[name] = {
            "macro_f1": round(_macro_f1(labels, guessed), 3),
            "interval_95": _bootstrap(labels, guessed),
        }
        print(name, result[name], flush=True)
    for name in ("numbers and middle layer", "numbers and last layer"):
        result[name]["gain"] = gain(labels, guesses[name], guesses["numbers"])
    return result


def styles_of_unseen(
    index: Index, seen: list[tuple[str, dict[str, Any]]], fresh: list[tuple[str, dict[str, Any]]],
    vectors: dict[int, Any],
) -> dict[str, Any]:  # fmt: skip
    """Macro-F1 on tunes that the language model has not learned from, of the styles that have `FEWEST` of them."""
    counts = Counter(style for style, _ in fresh)
    fresh = [(s, r) for s, r in fresh if counts[s] >= FEWEST]
    rows = [[index.row_of(r["number"]) for _, r in part] for part in (seen, fresh)]
    ours = [
        np.stack([style_vector(index.melody(row), index.features[row]) for row in part])
        for part in rows
    ]
    deep = [np.stack([vectors[row] for row in part]) for part in rows]
    tables = {"numbers": ours}
    for at, layer in enumerate(("middle layer", "last layer")):
        tables[layer] = [d[:, at] for d in deep]
        tables[f"numbers and {layer}"] = [
            np.hstack([o, d[:, at]]) for o, d in zip(ours, deep, strict=True)
        ]
    labels, truth = (np.array([s for s, _ in part]) for part in (seen, fresh))
    groups = np.array([min(r["groups"]) for _, r in seen])
    result: dict[str, Any] = {"tunes": len(fresh), "styles": dict(Counter(truth.tolist()))}
    guesses: dict[str, Any] = {}
    for name, (known, asked) in tables.items():
        model = train(known, labels, groups)
        guesses[name] = np.array(model.styles)[model.probabilities(asked).argmax(axis=1)]
        result[name] = {
            "macro_f1": round(_macro_f1(truth, guesses[name]), 3), "interval_95": _bootstrap(truth, guesses[name]),
            "right": share(int((truth == guesses[name]).sum()), len(truth)),
            "gain": gain(truth, guesses[name], guesses["numbers"]),
        }  # fmt: skip
        print("unseen", name, result[name], flush=True)
    return result


def gain(truth: Any, one: Any, other: Any) -> dict[str, Any]:
    """How much greater the macro-F1 of one is, with an interval from drawing the same tunes for both."""
    rng = np.random.default_rng(SEED)
    values = []
    for _ in range(TIMES):
        at = rng.integers(0, len(truth), len(truth))
        values.append(_macro_f1(truth[at], one[at]) - _macro_f1(truth[at], other[at]))
    return {"macro_f1": round(_macro_f1(truth, one) - _macro_f1(truth, other), 3),
            "interval_95": [round(float(v), 3) for v in np.quantile(values, (0.025, 0.975))]}  # fmt: skip


def versions_found(
    index: Index, families: list[tuple[str, list[dict[str, Any]]]], vectors: dict[int, Any]
) -> dict[str, Any]:
    """Found first and in the first ten, by each likeness."""
    rows = np.array(sorted(vectors))
    place = {int(row): at for at, row in enumerate(rows)}
    deep = [standard(np.stack([vectors[int(row)][layer] for row in rows])) for layer in (0, 1)]
    asked, right = [], []
    for _, members in families:
        own = [index.row_of(m["number"]) for m in members]
        if all(row in place for row in own):
            asked.append(own[0])
            right.append({place[row] for row in own[1:]})
    scores: dict[str, list[Any]] = defaultdict(list)
    for row in asked:
        melody = np.zeros(len(rows))
        for other, value, _ in melody_matches(index, index.melody(row), rows):
            melody[place[other]] = value
        cosines = [table @ table[place[row]] for table in deep]
        scores["melody"].append(melody)
        scores["style numbers"].append(style_likeness(index, index.features[row])[rows])
        for name, cosine in zip(("middle layer", "last layer"), cosines, strict=True):
            scores[name].append(cosine)
            for part in SHARES:
                scores[f"melody and {part} of {name}"].append(melody + part * cosine)
        for found in scores.values():
            found[-1][place[row]] = -np.inf
    ranks = {
        name: np.array([_rank(s, r) for s, r in zip(found, right, strict=True)])
        for name, found in scores.items()
    }
    half = np.random.default_rng(SEED).random(len(asked)) < 0.5
    result: dict[str, Any] = {"catalogue": len(rows), "asked": len(asked)}
    for name in ("melody", "style numbers", "middle layer", "last layer"):
        result[name] = {"first": share(int((ranks[name] == 0).sum()), len(asked)),
                        "in_ten": share(int((ranks[name] < 10).sum()), len(asked))}  # fmt: skip
    for name in ("middle layer", "last layer"):
        best = max(
            SHARES, key=lambda p: ((ranks[f"melody and {p} of {name}"][half] == 0).mean(), -p)
        )
        found, plain = ranks[f"melody and {best} of {name}"][~half], ranks["melody"][~half]
        result[f"melody and {name}, held-out half"] = {
            "share_chosen": best, "first": share(int((found == 0).sum()), len(found)),
            "first_by_melody_alone": share(int((plain == 0).sum()), len(plain)),
            "in_ten": share(int((found < 10).sum()), len(found)),
            "in_ten_by_melody_alone": share(int((plain < 10).sum()), len(plain)),
            "only_with_it": int(((found == 0) & (plain != 0)).sum()),
            "only_without_it": int(((found != 0) & (plain == 0)).sum()),
        }  # fmt: skip
    return result


def _rank(scores: Any, right: set[int]) -> int:
    """How many come before the first right one."""
    best = max(scores[place] for place in right)
    return int((scores > best).sum())


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tunes", type=int, default=15_000)
    parser.add_argument("--versions", type=int, default=300)
    given = parser.parse_args()
    with filled(shared_tunes()[: given.tunes]) as (library, listed, _):
        result = measured(library._shelf.index(), listed, given.versions)
    result = {
        "command": f"python -m benchmarks.embeddings --tunes {given.tunes} --versions {given.versions}",
        **result,
    }
    (RESULTS / "embeddings.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


def measured(index: Index, listed: list[dict[str, Any]], versions: int) -> dict[str, Any]:
    """All figures."""
    families = asked_about(listed, versions)
    chosen = styled(listed)
    unseen = {r["id"] for r in open_tunes(("tunes_valid", "tunes_nc_valid"))}
    fresh = [(s, r) for r in listed if r["id"] in unseen and (s := style_of(r))]
    wanted = {r["number"]: r for r in [*(r for _, r in chosen), *(r for _, r in fresh),
                                       *(m for _, f in families for m in f)]}  # fmt: skip
    texts = {
        index.row_of(n): text for n, r in wanted.items() if (text := shown(r["abc"])) is not None
    }
    print(len(wanted), "tunes,", len(texts), "shown", flush=True)
    table, seconds = embedded(list(texts.values()))
    vectors = {int(row): one for row, one in zip(texts, table, strict=True) if row is not None}
    chosen = [(s, r) for s, r in chosen if index.row_of(r["number"]) in vectors]
    result = {"wanted": len(wanted), "embedded": len(vectors), "cpu_seconds_a_tune": round(seconds, 3),
              "versions": versions_found(index, families, vectors)}  # fmt: skip
    print(json.dumps(result), flush=True)
    seen = [(s, r) for s, r in chosen if r["id"] not in unseen]
    fresh = [(s, r) for s, r in fresh if index.row_of(r["number"]) in vectors]
    result["styles_of_unseen_tunes"] = styles_of_unseen(index, seen, fresh, vectors)
    return {**result, "styles": styles_told(index, chosen, vectors)}


if __name__ == "__main__":
    main()
