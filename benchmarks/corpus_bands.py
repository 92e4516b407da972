"""The band in which each feature of real tunes lies: `python benchmarks/corpus_bands.py`.

Reads the training tunes (8 to 32 bars), writes the 5th and 95th percentile of each feature of
`lm.measures.statistics` to `lm/measures/bands.json`, where the chat's choice between candidates and the
evaluation of the model read them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from statistics import quantiles

from lm.data import load_split
from lm.measures.statistics import TABLE, features
from lm.recipe import EvaluateRecipe

BARS = (8, 32)


def main() -> None:
    """Measure and write the table."""
    values: dict[str, list[float]] = defaultdict(list)
    count = 0
    for piece in load_split(EvaluateRecipe(out="").sources(), "train"):
        if BARS[0] <= piece.n_bars <= BARS[1]:
            count += 1
            for name, value in features(piece).items():
                values[name].append(value)
    table = {}
    for name, found in values.items():
        cuts = quantiles(found, n=20)
        table[name] = [round(cuts[0], 4), round(cuts[-1], 4)]
    result = {"command": "python benchmarks/corpus_bands.py", "tunes": count, "bands": table}
    TABLE.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
