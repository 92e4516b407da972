"""How close a tune comes to some known tune by chance, and from where on it is more than that.

Every tune of the catalogue (that of `benchmarks.library`) is asked about as a new one would be, its own family left
out: what is found then shares no `group` of the data with it, that is no title, no words and no stretch of melody by
which the data's families were made. How near the nearest is, and how long the run of equal notes, gives two
distributions for tunes of each length (those whose number of notes is within a factor of `WIDTH`). The reply says
that a tune is closer than a share L of unrelated tunes where one of the two is beyond its own quantile
1 - (1 - L) / 2: together they are so by chance in at most a share 1 - L (Bonferroni).

Checked: quantiles taken from half of the families, false alarms counted among the other half, and the versions
that are found (another tune of the family is there; how often is one of the two beyond its quantile). Measured as
well: how the quantiles change with the number of known tunes. Families that the data has not seen as such make
chance look closer than it is: the limits err on the careful side. Shares come with Wilson's 95 % interval.

Run: `python -m benchmarks.chance [--tunes 15000]`; what the library needs of it is written into its `chance.json`.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.conversation import wilson
from benchmarks.library import RESULTS, SEED, filled, shared_tunes
from library import chance
from library.index import Index
from library.likeness import closest, nearness

KNOTS = (20, 24, 32, 48, 64, 96, 128, 160, 192)
"""Numbers of notes at which quantiles are taken; between them they are interpolated over the logarithm, and of
shorter tunes nothing is said: there are too few of them for a quantile of 199 in 200."""
WIDTH = 1.35
LEVELS = (0.5, 0.75, 0.9, 0.95, 0.99)
"""Shares of unrelated tunes that the reply may speak of."""
SHARES = (0.25, 0.5, 1.0)
GROWN = (0.5, 0.9, 0.99)
"""Quantiles that are compared between catalogues of several sizes."""
FEWER = 1200
"""Tunes asked about with parts of the catalogue."""

Near = tuple[int, float, int]
"""(notes of the tune asked about, nearness, run) of what was found; (notes, 0, 0) for nothing."""


def near(index: Index, row: int, allowed: Any) -> Near:
    """What is found nearest to a tune among the rows allowed."""
    melody = index.melody(row)
    found = closest(index, melody, allowed)
    if found is None:
        return len(melody), 0.0, 0
    _, run, _, share, value = found
    return len(melody), nearness(value, run, share, len(melody)), run


def families(index: Index, records: list[dict[str, Any]]) -> tuple[list[int], dict[int, set[int]]]:
    """The rows, and for each the rows of its family, itself among them."""
    members: dict[str, set[int]] = defaultdict(set)
    own: dict[int, set[str]] = {}
    for record in records:
        row = index.row_of(record["number"])
        assert row is not None, "the catalogue has the tunes that were put in"
        own[row] = record["groups"]
        for group in record["groups"]:
            members[group].add(row)
    return sorted(own), {r: set().union(*(members[g] for g in groups)) for r, groups in own.items()}


def halves(rows: list[int], family: dict[int, set[int]]) -> dict[int, bool]:
    """For each row which half its family is in, by chance."""
    rng = random.Random(SEED)
    side: dict[int, bool] = {}
    for row in rows:
        if row not in side:
            half = rng.random() < 0.5
            todo = [row]
            while todo:  # families that share a tune stay together
                one = todo.pop()
                if one not in side:
                    side[one] = half
                    todo += family[one]
    return side


def quantiles(found: list[Near]) -> dict[str, Any]:
    """For each knot the quantiles of nearness and of runs that LEVELS need."""
    table = np.array(found, dtype=float)
    at = [1 - (1 - level) / 2 for level in LEVELS]
    near_rows, run_rows, counts = [], [], []
    for knot in KNOTS:
        part = table[(table[:, 0] >= knot / WIDTH) & (table[:, 0] <= knot * WIDTH)]
        counts.append(len(part))
        near_rows.append([round(float(q), 4) for q in np.quantile(part[:, 1], at)])
        run_rows.append([int(q) for q in np.quantile(part[:, 2], at, method="higher").astype(int)])
    return {"knots": list(KNOTS), "levels": list(LEVELS), "tunes_by_knot": counts,
            "nearness": near_rows, "run": run_rows}  # fmt: skip


def passed(found: list[Near], table: chance.Table) -> dict[str, Any]:
    """How many are closer than each level says."""
    levels = (table.rarer_than(notes, value, run) for notes, value, run in found)
    said = [level for level in levels if level is not None]
    return {str(level): wilson(sum(s >= level for s in said), len(said)) for level in LEVELS}


def by_length(found: list[Near], table: chance.Table) -> dict[str, Any]:
    """Closer than 99 of 100, by number of notes."""
    result = {}
    for low, high in ((KNOTS[0], 24), (24, 48), (48, 96), (96, 192), (192, 10_000)):
        part = [f for f in found if low <= f[0] < high]
        right = sum((table.rarer_than(*f) or 0) >= LEVELS[-1] for f in part)
        result[f"{low} to {high - 1}"] = wilson(right, len(part)) if part else None
    return result


def by_size(index: Index, rows: list[int], family: dict[int, set[int]]) -> dict[str, Any]:
    """Quantiles of nearness when only a share of the catalogue is known."""
    rng = np.random.default_rng(SEED)
    asked = rng.choice(rows, min(FEWER, len(rows)), replace=False)
    result = {}
    for share in SHARES:
        kept = np.sort(rng.choice(rows, int(share * len(rows)), replace=False))
        found = [near(index, int(r), np.setdiff1d(kept, list(family[int(r)]))) for r in asked]
        values, runs = np.array([f[1] for f in found]), np.array([f[2] for f in found])
        result[str(len(kept))] = {
            "nearness": {str(q): round(float(np.quantile(values, q)), 4) for q in GROWN},
            "run": {str(q): float(np.quantile(runs, q)) for q in GROWN},
        }  # fmt: skip
    return result


def doubling(sizes: dict[str, Any]) -> dict[str, float]:
    """By how much a quantile grows at most when twice as many tunes are known."""
    pairs = list(pairwise(sizes.values()))
    return {kind: round(max(b[kind][str(q)] - a[kind][str(q)] for a, b in pairs for q in GROWN), 4)
            for kind in ("nearness", "run")}  # fmt: skip


def measured(index: Index, records: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    """All figures, and the table that the library uses."""
    rows, family = families(index, records)
    every = np.array(rows)
    by_chance = {r: near(index, r, np.setdiff1d(every, list(family[r]))) for r in rows}
    versions = {r: near(index, r, np.array(sorted(family[r] - {r})))
                for r in rows if len(family[r]) > 1}  # fmt: skip
    side = halves(rows, family)
    one = chance.Table(**_plain(quantiles([by_chance[r] for r in rows if side[r]])))
    others = [by_chance[r] for r in rows if not side[r]]
    held = [versions[r] for r in versions if not side[r]]
    table = quantiles(list(by_chance.values()))
    sizes = by_size(index, rows, family)
    result = {
        "unrelated": len(by_chance), "families": len({min(f) for f in family.values()}),
        "quantiles": table,
        "half_of_the_families_limits_the_other": {
            "false_alarms": passed(others, one), "false_alarms_by_notes": by_length(others, one),
            "versions_found": passed(held, one), "versions_found_by_notes": by_length(held, one),
        },
        "by_number_of_known_tunes": sizes, "twice_as_many": doubling(sizes),
    }  # fmt: skip
    return result, {"known": len(rows), "twice": doubling(sizes), **_plain(table)}


def _plain(table: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in table.items() if k != "tunes_by_knot"}


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tunes", type=int, default=15_000)
    given = parser.parse_args()
    with filled(shared_tunes()[: given.tunes]) as (library, listed, _):
        result, table = measured(library._shelf.index(), listed)
    result = {"command": f"python -m benchmarks.chance --tunes {given.tunes}", **result}
    print(json.dumps(result["half_of_the_families_limits_the_other"], indent=1))
    (RESULTS / "chance.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    Path(chance.FILE).write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
