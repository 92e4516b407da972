"""Recommendation measured on a generated community: recall@10 of each part and of the blend, and how long it takes.

The community is written down in `benchmarks.taste_community`; its catalogue is that of `benchmarks.library` (shared
tunes). A fifth of its listeners are asked about, at most MOST_ASKED, the others are the crowd that everything learns
from, the mixes of the blend included. Half of an asked listener's liked tunes are shown, the other half looked for;
in a cold start 1, 2, 3 or 5 of the shown ones are all that is known. Recall@10 is the hidden tunes among the first
ten, over ten or over how many are hidden if fewer.

Baselines: fame (how many like a tune), fame within the genres of the shown tunes (weighted by how many are of
each), and co-occurrence (how many listeners like a tune together with a shown one, summed). Parts: the tunes
alone (`content`), co-occurrence by how many like the shown one (`company`), item and user similarity (`tunes`,
`listeners`), factorisation (`factors`). `knows all` ranks by the generator's own probabilities, which no
recommender can see: about the most that can be reached.

Intervals are 95 % percentiles of 2,000 bootstrap samples of the asked listeners of all seeds; differences and
ratios are paired. A part counts as better than the blend if the whole interval of the difference says so.
`Taste.recommend` is measured as well, with its filters and its variety, on the first seed.

Run: `python -m benchmarks.taste [--tunes 15000]`.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.library import RESULTS, SEED, fill, shared_tunes
from benchmarks.taste_community import RECIPES, SEEDS, Person, Recipe, World, chances, community
from library.catalogue import Library
from library.privacy import today
from library.schema import EVENTS, LISTENERS
from library.taste.blend import EVIDENCE, PARTS, Model, fit, parts_of
from library.taste.content import Content, content_of
from library.taste.records import Action, Event
from library.taste.service import Taste

MOST_ASKED = 300
TOP = 10
COLD = (1, 2, 3, 5)
TIMES = 2000
BASELINES = ("fame within genre", "co-occurrence")
Floats = NDArray[np.float64]
Recalls = dict[str, dict[str, list[float]]]
"""Condition → method → the recall of each listener."""


def recall(scores: NDArray[Any], shown: list[int], hidden: list[int]) -> float:
    """The hidden among the ten highest, those shown left out."""
    scores = scores.copy()
    scores[shown] = -np.inf
    first = np.argpartition(-scores, TOP)[:TOP]
    return float(np.isin(first, hidden).sum()) / min(TOP, len(hidden))


def baselines(likes: list[list[int]], world: World) -> dict[str, Callable[[list[int]], Floats]]:
    """Fame, fame within genre, and co-occurrence, from the liked rows of the crowd."""
    size = len(world.fame)
    counts = np.bincount(np.concatenate([np.array(own) for own in likes]), minlength=size)
    whose: dict[int, list[int]] = defaultdict(list)
    for number, own in enumerate(likes):
        for row in own:
            whose[row].append(number)

    def within(shown: list[int]) -> Floats:
        scores = np.zeros(size)
        for row in shown:
            same = world.genres == world.genres[row]
            scores[same] += counts[same]
        return scores

    def together(shown: list[int]) -> Floats:
        scores = 1e-6 * counts  # what is equal otherwise goes by fame
        for row in shown:
            for number in whose[row]:
                scores[likes[number]] += 1.0
        return np.asarray(scores)

    return {"fame": lambda shown: counts.astype(float), "fame within genre": within,
            "co-occurrence": together}  # fmt: skip


def asked(people: list[Person], seed: int) -> list[tuple[Person, list[int], list[int]]]:
    """Listeners with the rows that are shown and those that are hidden."""
    rng = random.Random(f"asked {seed}")
    cases = []
    for person in people[: min(MOST_ASKED, len(people) // 5)]:
        rows = list(person.liked)
        rng.shuffle(rows)
        cases.append((person, rows[: len(rows) // 2], rows[len(rows) // 2 :]))
    return cases


def measured(
    content: Content, recipe: Recipe, seed: int
) -> tuple[Recalls, Model | None, list[Person]]:
    """Every method on one community."""
    world, people = community(content, recipe, seed)
    crowd = people[len(people) // 5 :]
    model = fit(content, {n: p.weights([*p.liked, *p.others]) for n, p in enumerate(crowd)})
    simple = baselines([list(p.liked) for p in crowd], world)
    found: Recalls = defaultdict(lambda: defaultdict(list))
    for person, whole, hidden in asked(people, seed):
        for name in ("half", *COLD):
            shown = whole if name == "half" else whole[: int(name)]
            scores = {label: method(shown) for label, method in simple.items()}
            if model is not None:
                liked = person.weights(shown)
                rows, weights = np.array(shown), np.array([liked[r] for r in shown], np.float32)
                parts = parts_of(content.likeness(shown), model.crowd, rows, weights)
                scores |= {f"part: {part}": line for part, line in zip(PARTS, parts, strict=True)
                           if part != "fame"}  # fmt: skip
                scores["blend"] = np.array(model.mix(rows)) @ parts
            scores["knows all"] = chances(world, recipe, person)
            for label, values in scores.items():
                found[str(name)][label].append(recall(values, shown, hidden))
    return found, model, people


# -- intervals ---------------------------------------------------------------------------------------------


def summary(found: dict[str, list[float]]) -> dict[str, Any]:
    """Means with intervals; the blend beside the better baseline and beside every part."""
    names = list(found)
    table = np.array([found[name] for name in names])
    rng = np.random.default_rng(SEED)
    samples = np.stack([table[:, rng.integers(0, table.shape[1], table.shape[1])].mean(axis=1)
                        for _ in range(TIMES)])  # fmt: skip
    by = {name: (table[at].mean(), samples[:, at]) for at, name in enumerate(names)}
    result: dict[str, Any] = {
        "listeners": table.shape[1],
        "recall_at_10": {name: [round(float(mean), 4), *interval(draws)] for name, (mean, draws) in by.items()},
    }  # fmt: skip
    if "blend" not in by:
        return result
    blend, drawn = by["blend"]
    best = max(BASELINES, key=lambda name: by[name][0])
    # the better baseline is chosen anew in every sample, so that the choice is part of the uncertainty
    better = np.maximum(by[BASELINES[0]][1], by[BASELINES[1]][1])
    result["better_baseline"] = best
    result["blend_over_better_baseline"] = [
        round(float(blend / by[best][0]), 3),
        *interval(drawn / better),
    ]
    others = [name for name in names if name.startswith("part") or name == "fame"]
    result["blend_minus"] = {name: [round(float(blend - by[name][0]), 4), *interval(drawn - by[name][1])]
                             for name in others}  # fmt: skip
    result["parts_better_than_blend"] = [n for n in others if result["blend_minus"][n][2] < 0]
    return result


def interval(draws: Floats) -> list[float]:
    """The middle 95 % of bootstrap samples."""
    return [round(float(value), 4) for value in np.quantile(draws, (0.025, 0.975))]


def pooled(runs: list[Recalls]) -> dict[str, Any]:
    """All listeners of several seeds together, by condition."""
    together: Recalls = defaultdict(lambda: defaultdict(list))
    for run in runs:
        for name, methods in run.items():
            for method, values in methods.items():
                together[name][method] += values
    return {name: summary(methods) for name, methods in together.items()}


def mixes(model: Model | None) -> Any:
    """What the blend has chosen, by evidence."""
    if model is None:
        return "too few listeners: the tunes alone decide"
    return {f"from {least} known likes": {**dict(zip(PARTS, mix, strict=True)), "gain_over_content": list(gain)}
            for least, mix, gain in zip(EVIDENCE, model.mixes, model.gains, strict=True)}  # fmt: skip


# -- what a program gets -----------------------------------------------------------------------------------


def settle(library: Library, content: Content, people: list[Person]) -> Taste:
    """Put a community's crowd into the database, as if it had lived there, and train."""
    ids = content.index.ids
    library._store.write(lambda connection: connection.execute(LISTENERS.insert(), [
        {"hash": f"{number:064d}", "prompts": False, "seen": today()} for number in range(len(people))
    ]))  # fmt: skip
    numbers = sorted(int(r.id) for r in library._store.rows(LISTENERS.select()))
    rows = []
    for number, person in zip(numbers, people, strict=True):
        for row, actions in (person.liked | person.others).items():
            for times, action in enumerate(actions):
                rows.append({"listener_id": number, "tune_id": int(ids[row]), "action": action.value,
                             "day": today() - timedelta(days=times)})  # fmt: skip
    library._store.write(lambda connection: connection.execute(EVENTS.insert(), rows))
    taste = library.taste()
    taste.train()
    return taste


def product(
    taste: Taste, content: Content, cases: list[tuple[Person, list[int], list[int]]]
) -> dict[str, Any]:
    """Recall@10 of `Taste.recommend`, and its milliseconds on first and on later questions."""
    index = content.index
    result: dict[str, Any] = {}
    for name in ("half", *COLD):
        values, clock, later, cpu = [], [], [], []
        for person, whole, hidden in cases:
            shown = whole if name == "half" else whole[: int(name)]
            events = [
                Event(int(index.ids[row]), action) for row in shown for action in person.liked[row]
            ]
            began = time.perf_counter()
            listed = taste.recommend(events, TOP)
            clock.append(1000 * (time.perf_counter() - began))
            began, computed = time.perf_counter(), time.process_time()
            taste.recommend([*events, Event(events[0].tune, Action.PLAY)], TOP)
            later.append(1000 * (time.perf_counter() - began))
            cpu.append(1000 * (time.process_time() - computed))
            wanted = {int(index.ids[row]) for row in hidden}
            values.append(sum(one.id in wanted for one in listed) / min(TOP, len(hidden)))
        draws = np.random.default_rng(SEED).choice(values, (TIMES, len(values))).mean(axis=1)
        result[str(name)] = {
            "recall_at_10": [round(float(np.mean(values)), 4), *interval(draws)],
            "first_ms": times_of(clock), "later_ms": times_of(later),
            "later_cpu_ms": round(statistics.median(cpu), 1),
        }  # fmt: skip
    return result


def times_of(values: list[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    return {
        "median": round(statistics.median(values), 1),
        "p95": round(float(np.quantile(values, 0.95)), 1),
    }


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tunes", type=int, default=15_000)
    parser.add_argument("--library", help="a catalogue that is filled already, to save time")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        library = Library(given.library or f"sqlite:///{folder}/tunes.sqlite3")
        if not len(library):
            fill(library, shared_tunes()[: given.tunes])
        index = library._shelf.index()
        content = content_of(library._store, index)
        result: dict[str, Any] = {
            "command": f"python -m benchmarks.taste --tunes {given.tunes}",
            "machine": "one of two shared cores, other jobs running", "catalogue": len(index),
        }  # fmt: skip
        for name, recipe in RECIPES.items():
            seeds = SEEDS if name == "as described" else SEEDS[:1]
            began = time.perf_counter()
            runs = [measured(content, recipe, seed) for seed in seeds]
            result[name] = {"recipe": recipe.__dict__, "seeds": list(seeds), **pooled([run for run, _, _ in runs]),
                            "mixes": mixes(runs[0][1]), "seconds": round(time.perf_counter() - began)}  # fmt: skip
            print(name, json.dumps(result[name]), flush=True)
            if name == "as described":
                people = runs[0][2]
                taste = settle(library, content, people[len(people) // 5 :])
                result["Taste.recommend"] = product(taste, content, asked(people, seeds[0]))
                print(json.dumps(result["Taste.recommend"]), flush=True)
        library.close()
    text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    (RESULTS / "taste.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
