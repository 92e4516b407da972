"""The library measured: versions of a tune found, import and latency, styles told apart.

Catalogue: the shared tunes (piano songs, quartets and derived lead sheets left out), up to `--tunes`, imported
into a new SQLite file; import speed is taken there. Versions: a tune of the catalogue is changed by program (moved to
another key, a quarter of its notes ornamented, half of it cut away, all three) and must come back first, or a
tune of its `group`, which is the same melody by the data's own account. Real versions: a tune is asked
about with itself left out, and another of its group must come. Groups are joined by titles and words as well, so
these are counted three ways: with titles, without, and without among groups that share melody (three or more
different runs of six intervals in common with another member, counted here and not by the library).
Baselines: cosine of interval 4-grams, and the edit distance of the intervals to every tune, by the longer length.
Styles: regression as in `library.styles`, groups on one side of the split only, macro-F1 with a bootstrap; the
baseline is the same regression on counts of single intervals. Shares come with Wilson's 95 % interval.

What music21 offers for finding versions is measured in `benchmarks.library_music21`, how near chance comes in
`benchmarks.chance`, what the language model's embeddings add in `benchmarks.embeddings`.

Run: `python -m benchmarks.library [--tunes 15000] [--queries 200]`; with `--only-latency` the times of questions are
measured again and the other figures stay.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from abc_tools.parse import parse_tune
from benchmarks.conversation import wilson
from benchmarks.data import open_tunes
from library.catalogue import Library
from library.describe import Origin, describe
from library.features import style_vector
from library.importing import BATCH
from library.index import Index
from library.likeness import melody_matches
from library.melody import Melody, _codes
from library.records import Query
from library.styles import train

SEED = 20261121
RESULTS = Path(__file__).with_name("results")
LEFT_OUT = {"lieder", "quartets"}
SHARED_RUNS = 3
DANCES = {"reel", "jig", "hornpipe", "slip jig", "waltz", "strathspey", "clog", "march", "polka", "air",
          "song", "carol", "hymn", "chorale"}  # fmt: skip
MOST_OF_A_STYLE = 300


def share(right: int, count: int) -> dict[str, Any]:
    """Wilson's interval of a share."""
    return wilson(right, count)


# -- the catalogue ---------------------------------------------------------------------------------------


def shared_tunes() -> list[dict[str, Any]]:
    """The shared tunes that the catalogue is made of, in an order that is always the same."""
    records = [r for r in open_tunes() if r["source"] not in LEFT_OUT and not r["derived"]]
    random.Random(SEED).shuffle(records)
    return records


@contextmanager
def filled(
    records: Sequence[dict[str, Any]],
) -> Iterator[tuple[Library, list[dict[str, Any]], dict[str, Any]]]:
    """A library of these tunes for as long as it is used, its records with their ids, and the speed of import."""
    with tempfile.TemporaryDirectory() as folder:
        library = Library(f"sqlite:///{folder}/tunes.sqlite3")
        try:
            kept, speed = fill(library, records)
            yield library, with_ids(library, kept), speed
        finally:
            library.close()


def members_of_groups(records: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The tunes of each group of versions."""
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        for group in record["groups"]:
            members[group].append(record)
    return members


def groups_to_ask(members: dict[str, list[dict[str, Any]]]) -> list[str]:
    """The groups that have another version to find, and not so many that any answer is right."""
    return sorted(g for g, m in members.items() if 2 <= len(m) <= 12)


def fill(
    library: Library, records: Sequence[dict[str, Any]]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Import records; those that are in the catalogue with their ids, and the speed."""
    kept: list[dict[str, Any]] = []
    batch: list[tuple[dict[str, Any], dict[str, Any]]] = []
    began, computed = time.perf_counter(), time.process_time()
    for record in records:
        row = describe(parse_tune(record["abc"]), Origin(record["source"], record["id"]))
        if row is not None and row["notes"] >= 12:
            batch.append((record, row))
        if len(batch) == BATCH or record is records[-1]:
            library._store.add([row for _, row in batch])
            kept += [{**record, "digest": row["digest"]} for record, row in batch]
            batch = []
    seconds, cpu = time.perf_counter() - began, time.process_time() - computed
    speed = {"tunes": len(kept), "seconds": round(seconds, 1), "cpu_seconds": round(cpu, 1),
             "seconds_for_10000_on_one_core": round(cpu / len(kept) * 10_000, 1)}  # fmt: skip
    return kept, speed


def with_ids(library: Library, kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One record a tune of the catalogue, with its id and the groups of all its copies."""
    from sqlalchemy import select

    from library.schema import TUNES

    ids = {row.digest: row.id for row in library._store.rows(select(TUNES.c.digest, TUNES.c.id))}
    found: dict[int, dict[str, Any]] = {}
    for record in kept:
        number = ids[record["digest"]]
        one = found.setdefault(number, {**record, "number": number, "groups": set()})
        one["groups"].add(record["group"])
    return list(found.values())


# -- versions ----------------------------------------------------------------------------------------------


def moved(melody: Melody, rng: random.Random) -> Melody:
    """In another key."""
    shift = rng.choice([n for n in range(-7, 8) if n])
    return Melody(
        melody.pitches + shift,
        melody.lengths,
        melody.starts,
        melody.beat,
        melody.pickup,
        melody.thirds,
    )


def ornamented(melody: Melody, rng: random.Random) -> Melody:
    """A quarter of the notes give half their time to a neighbour or a chord note."""
    pitches, lengths, starts = [], [], []
    for pitch, length, start in zip(melody.pitches, melody.lengths, melody.starts, strict=True):
        pitches.append(int(pitch))
        starts.append(int(start))
        if rng.random() < 0.25 and length >= 48:
            half = int(length) // 2
            lengths += [half, int(length) - half]
            pitches.append(int(pitch) + rng.choice((-4, -3, -2, -1, 1, 2, 3, 4)))
            starts.append(int(start) + half)
        else:
            lengths.append(int(length))
    return Melody(
        np.array(pitches),
        np.array(lengths),
        np.array(starts),
        melody.beat,
        melody.pickup,
        melody.thirds,
    )


def cut(melody: Melody, rng: random.Random) -> Melody:
    """Half of the notes, from anywhere."""
    size = max(8, len(melody) // 2)
    at = rng.randrange(max(1, len(melody) - size + 1))
    part = slice(at, at + size)
    return Melody(melody.pitches[part], melody.lengths[part], melody.starts[part] - melody.starts[at],
                  melody.beat, 0, melody.thirds)  # fmt: skip


def every(melody: Melody, rng: random.Random) -> Melody:
    """Cut, ornamented and moved."""
    return moved(ornamented(cut(melody, rng), rng), rng)


CHANGES: dict[str, Callable[[Melody, random.Random], Melody]] = {
    "moved": moved, "ornamented": ornamented, "cut": cut, "all three": every,
}  # fmt: skip

Ranker = Callable[[Melody], list[int]]


def ours(index: Index) -> Ranker:
    """Rows by the library's melody likeness."""
    return lambda melody: [row for row, _, _ in melody_matches(index, melody)]


def by_ngrams(index: Index) -> Ranker:
    """Rows by the cosine of counts of interval 4-grams."""
    counts = [Counter(_codes(index.melody(row).pitches, 4).tolist()) for row in range(len(index))]
    where: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row, found in enumerate(counts):
        for code, count in found.items():
            where[code].append((row, count))
    norms = np.array([np.sqrt(sum(n * n for n in c.values())) or 1.0 for c in counts])

    def rank(melody: Melody) -> list[int]:
        scores = np.zeros(len(index))
        for code, count in Counter(_codes(melody.pitches, 4).tolist()).items():
            for row, other in where.get(code, ()):
                scores[row] += count * other
        return np.argsort(-scores / norms, kind="stable")[:64].tolist()

    return rank


def by_edits(index: Index, most: int = 200) -> Ranker:
    """Rows by the edit distance of intervals over the longer length; 200 intervals at most."""
    moves = [np.diff(index.melody(row).pitches)[:most] for row in range(len(index))]
    sizes = np.array([len(m) for m in moves])
    table = np.full((len(index), most), 99, dtype=np.int8)
    for row, one in enumerate(moves):
        table[row, : len(one)] = np.clip(one, -60, 60)
    places = np.arange(most + 1, dtype=np.int16)

    def rank(melody: Melody) -> list[int]:
        asked = np.clip(np.diff(melody.pitches)[:most], -60, 60).astype(np.int8)
        above = np.tile(places, (len(index), 1))
        for line, move in enumerate(asked, start=1):
            now = np.empty_like(above)
            now[:, 0] = line
            np.minimum(above[:, :-1] + (table != move), above[:, 1:] + 1, out=now[:, 1:])
            above = np.minimum.accumulate(now - places, axis=1) + places
        distance = above[np.arange(len(index)), sizes] / np.maximum(sizes, len(asked))
        return np.argsort(distance, kind="stable")[:64].tolist()

    return rank


def changed_versions(
    index: Index, records: list[dict[str, Any]], rankers: dict[str, tuple[Ranker, int]]
) -> Any:
    """Rank of the tune itself (or of its group) after each change, by every ranker."""
    groups = {index.row_of(r["number"]): r["groups"] for r in records}
    result: dict[str, Any] = {}
    for name, (rank, count) in rankers.items():
        result[name] = {}
        for how, change in CHANGES.items():
            rng = random.Random(f"{SEED} {how}")
            first = ten = 0
            for record in rng.sample(records, count):
                row = index.row_of(record["number"])
                found = rank(change(index.melody(row), rng))
                right = [groups[r] & groups[row] != set() for r in found[:10]]
                first, ten = first + any(right[:1]), ten + any(right)
            result[name][how] = {"first": share(first, count), "in_ten": share(ten, count)}
    return result


def real_versions(library: Library, index: Index, records: list[dict[str, Any]], count: int,
                  rankers: dict[str, tuple[Ranker, int]]) -> Any:  # fmt: skip
    """Another tune of the group, the asked one left out: with titles, without, and where melody is shared."""
    members = members_of_groups(records)
    groups = groups_to_ask(members)
    rng = random.Random(SEED)
    asked = [rng.choice(members[g]) for g in rng.sample(groups, min(count, len(groups)))]
    of = {r["number"]: r["groups"] for r in records}
    melodic = {r["number"] for r in asked if _shares_melody(index, r, members)}
    tally: dict[str, list[tuple[bool, bool, bool]]] = defaultdict(list)
    for record in asked:
        number, row = record["number"], index.row_of(record["number"])
        named = [f.id for f in library.similar(record["abc"], 12) if f.id != number]
        orders = {"with titles": named}
        for name, (rank, most) in rankers.items():
            if len(tally[f"{name}, without titles"]) < most:
                orders[f"{name}, without titles"] = [
                    int(index.ids[r]) for r in rank(index.melody(row)) if r != row
                ]
        for name, order in orders.items():
            right = [bool(of[n] & of[number]) for n in order[:10]]
            tally[name].append((any(right[:1]), any(right), number in melodic))
    result: dict[str, Any] = {
        "groups": len(groups),
        "asked": len(asked),
        "of_these_melodic": len(melodic),
    }
    for name, found in tally.items():
        for label, part in (("all", found), ("melodic", [f for f in found if f[2]])):
            result[f"{name}, {label}"] = {"first": share(sum(f[0] for f in part), len(part)),
                                          "in_ten": share(sum(f[1] for f in part), len(part))}  # fmt: skip
    return result


def _shares_melody(
    index: Index, record: dict[str, Any], members: dict[str, list[dict[str, Any]]]
) -> bool:
    """Whether a tune and another of its group have SHARED_RUNS different runs of six intervals in common."""
    own = set(_codes(index.melody(index.row_of(record["number"])).pitches, 6).tolist())
    others = [m for g in record["groups"] for m in members[g] if m["number"] != record["number"]]
    return any(len(own & set(_codes(index.melody(index.row_of(o["number"])).pitches, 6).tolist())) >= SHARED_RUNS
               for o in others)  # fmt: skip


# -- time --------------------------------------------------------------------------------------------------


def latency(library: Library, records: list[dict[str, Any]]) -> dict[str, Any]:
    """Milliseconds of a question: median and 95th percentile by the clock, median of the processor's time."""
    rng = random.Random(SEED)
    texts = [r["abc"] for r in rng.sample(records, 40)]
    questions: dict[str, list[Callable[[], object]]] = {
        "similar": [lambda t=t: library.similar(t, 10) for t in texts],  # type: ignore[misc]
        "closest": [lambda t=t: library.closest(t + "\n") for t in texts],  # type: ignore[misc]
        "recommend": [lambda w=w: library.recommend(w) for w in (
            "three jigs for beginners", "推荐几首中国民歌", "something sad for a rainy evening", "a reel in D",
            "tunes about the sea", "五首简单的圆舞曲") * 4],  # type: ignore[misc]
        "search": [lambda q=q: library.search(q) for q in (
            Query(words="miller daughter"), Query(mode="dorian", meter="6/8"), Query(incipit="G A B d e d"),
            Query(contour="uudrdudu"), Query(rhythm="jig", max_difficulty=2)) * 4],  # type: ignore[misc]
    }  # fmt: skip
    result = {}
    for name, calls in questions.items():
        calls[0]()
        clock, cpu = [], []
        for call in calls:
            began, computed = time.perf_counter(), time.process_time()
            call()
            clock.append(1000 * (time.perf_counter() - began))
            cpu.append(1000 * (time.process_time() - computed))
        result[name] = {"median_ms": round(statistics.median(clock)), "p95_ms": round(float(np.quantile(clock, 0.95))),
                        "p95_cpu_ms": round(float(np.quantile(cpu, 0.95))),
                        "median_cpu_ms": round(statistics.median(cpu))}  # fmt: skip
    return result


def renew_latency(library: Library, records: list[dict[str, Any]], tunes: int) -> None:
    """Put the times of questions as they are now among the figures that are kept."""
    library._shelf.index()
    path = RESULTS / "library.json"
    result = json.loads(path.read_text(encoding="utf-8"))
    result["latency"] = latency(library, records) | {
        "command": f"python -m benchmarks.library --tunes {tunes} --only-latency",
        "load_of_two_cores": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(result["latency"]))
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


# -- styles ------------------------------------------------------------------------------------------------


def style_of(record: dict[str, Any]) -> str | None:
    """The style that a record states: a dance or song type, or a national collection."""
    rhythm = record["rhythm"] or ""
    if rhythm in DANCES:
        return str(rhythm)
    if record["source"] == "essen":
        region = record["region"] or ""
        return (
            "chinese folk song"
            if "hin" in region or record["id"].startswith("essen:han")
            else "german folk song"
        )
    return None


def styles(library: Library, index: Index, records: list[dict[str, Any]]) -> dict[str, Any]:
    """Macro-F1 of five grouped folds, ours and the bag of intervals."""
    rng = random.Random(SEED)
    by_style: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        style = style_of(record)
        if style:
            by_style[style].append(record)
    used = {
        s: rng.sample(f, min(len(f), MOST_OF_A_STYLE))
        for s, f in sorted(by_style.items())
        if len(f) >= 30
    }
    chosen = [(s, r) for s, found in used.items() for r in found]
    labels = np.array([s for s, _ in chosen])
    groups = np.array([min(r["groups"]) for _, r in chosen])
    rows = [index.row_of(r["number"]) for _, r in chosen]
    melodies = [index.melody(row) for row in rows]
    vectors = {
        "ours": np.stack(
            [style_vector(m, index.features[row]) for m, row in zip(melodies, rows, strict=True)]
        ),
        "bag of intervals": np.stack([_bag(m) for m in melodies]),
    }
    names = sorted(set(groups))
    fold = dict(zip(names, np.random.default_rng(SEED).integers(0, 5, len(names)), strict=True))
    folds = np.array([fold[g] for g in groups])
    result: dict[str, Any] = {"styles": {s: len(f) for s, f in used.items()}}
    for name, table in vectors.items():
        guessed, sure = np.empty_like(labels), np.zeros(len(labels))
        for number in range(5):
            test = folds == number
            model = train(table[~test], labels[~test], groups[~test])
            shares = model.probabilities(table[test])
            guessed[test], sure[test] = (
                np.array(model.styles)[shares.argmax(axis=1)],
                shares.max(axis=1),
            )
        result[name] = {"macro_f1": round(_macro_f1(labels, guessed), 3), "interval_95": _bootstrap(labels, guessed),
                        "right": share(int((labels == guessed).sum()), len(labels)),
                        "mean_confidence": round(float(sure.mean()), 3)}  # fmt: skip
    return result


def _bag(melody: Melody) -> Any:
    moves = np.clip(np.diff(melody.pitches), -12, 12) + 12
    return (np.bincount(moves, minlength=25) / max(1, len(moves))).astype(np.float32)


def _macro_f1(truth: Any, guessed: Any) -> float:
    scores = []
    for style in sorted(set(truth)):
        hit = int(((truth == style) & (guessed == style)).sum())
        scores.append(2 * hit / max(1, int((truth == style).sum()) + int((guessed == style).sum())))
    return float(np.mean(scores))


def _bootstrap(truth: Any, guessed: Any, times: int = 500) -> list[float]:
    rng = np.random.default_rng(SEED)
    values = []
    for _ in range(times):
        at = rng.integers(0, len(truth), len(truth))
        values.append(_macro_f1(truth[at], guessed[at]))
    return [round(float(v), 3) for v in np.quantile(values, (0.025, 0.975))]


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tunes", type=int, default=15_000)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument(
        "--edits", type=int, default=40, help="queries for the slow edit-distance baseline"
    )
    parser.add_argument("--only-latency", action="store_true")
    given = parser.parse_args()
    with filled(shared_tunes()[: given.tunes]) as (library, listed, speed):
        if given.only_latency:
            renew_latency(library, listed, given.tunes)
            return
        began = time.perf_counter()
        index = library._shelf.index()
        result: dict[str, Any] = {
            "command": f"python -m benchmarks.library --tunes {given.tunes} "
            f"--queries {given.queries} --edits {given.edits}",
            "machine": "one of two shared cores, another job running", "catalogue": len(index), "import": speed,
            "index_seconds": round(time.perf_counter() - began, 1), "latency": latency(library, listed),
        }  # fmt: skip
        print(json.dumps(result), flush=True)
        result["styles"] = styles(library, index, listed)
        print(json.dumps(result["styles"]), flush=True)
        rankers = {"library": (ours(index), given.queries), "interval 4-grams": (by_ngrams(index), given.queries),
                   "edit distance": (by_edits(index), given.edits)}  # fmt: skip
        result["changed_versions"] = changed_versions(index, listed, rankers)
        print(json.dumps(result["changed_versions"]), flush=True)
        result["real_versions"] = real_versions(library, index, listed, given.queries, rankers)
        print(json.dumps(result["real_versions"]), flush=True)
    (RESULTS / "library.json").write_text(
        json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
