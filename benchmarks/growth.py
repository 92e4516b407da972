"""How the library grows: the same questions over ever more tunes, up to a million made-up ones.

A made-up tune is the first part of one real melody and the rest of another with the same beat, moved to another
key, a tenth of its notes changed; its numbers are those of the first parent with a little noise, its title has a
word of each. So stretches of melody are shared by ever more tunes, which is hard for the first stage of likeness.
They are put into the database directly, without ABC being read (how fast that is stands in `library.json`). At
each size: the file, the index (made, loaded), and the milliseconds of questions, by the processor and by the clock.

Run: `python -m benchmarks.growth [--most 1000000]`; the last size takes about half an hour and 10 GB of memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import func, select

from benchmarks.data import open_tunes
from benchmarks.library import LEFT_OUT, RESULTS, SEED, fill
from library.catalogue import Library
from library.index import build
from library.melody import Melody, pack, unpack
from library.records import Query
from library.schema import TUNES, WORDS
from library.taste.records import Action, Event

SIZES = (15_000, 60_000, 250_000, 1_000_000)
BATCH = 5_000
QUESTIONS = 12


def crossed(one: Melody, other: Melody, rng: np.random.Generator) -> Melody:
    """The beginning of a melody and the end of another, moved, a tenth of the notes a step or a third away."""
    cut, rest = len(one) // 2, len(other) // 2
    pitches = np.concatenate([one.pitches[:cut], other.pitches[rest:]])
    lengths = np.concatenate([one.lengths[:cut], other.lengths[rest:]])
    changed = rng.random(len(pitches)) < 0.1
    pitches = (
        pitches + changed * rng.choice((-4, -2, -1, 1, 2, 4), len(pitches)) + rng.integers(-5, 6)
    )
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]) + int(one.starts[0])
    return Melody(np.clip(pitches, 21, 108), lengths, starts, one.beat, one.pickup, one.thirds)


def made_up(
    library: Library, rng: np.random.Generator
) -> Iterator[tuple[dict[str, Any], dict[str, float]]]:
    """Rows of tunes without end, each with its words."""
    parents = [dict(r._mapping) for r in library._store.rows(select(TUNES)) if r.notes >= 16]
    words: dict[int, dict[str, float]] = {}
    for tune, word, weight in library._store.rows(
        select(WORDS.c.tune_id, WORDS.c.word, WORDS.c.weight)
    ):
        words.setdefault(tune, {})[word] = weight
    melodies = [unpack(row["melody"]) for row in parents]
    by_beat: dict[tuple[int, bool], list[int]] = {}
    for at, melody in enumerate(melodies):
        by_beat.setdefault((melody.beat, melody.thirds), []).append(at)
    number = 0
    while True:
        at = int(rng.integers(len(parents)))
        own = melodies[at]
        other = int(rng.choice(by_beat[own.beat, own.thirds]))
        melody = crossed(own, melodies[other], rng)
        features = np.frombuffer(parents[at]["features"], "<f4")
        noisy = (features * rng.normal(1, 0.05, len(features))).astype("<f4")
        titles = [parents[n]["title"].split() or ["air"] for n in (at, other)]
        title = f"{titles[0][-1]} and {titles[1][0]} {number}"[:500]
        row = {k: v for k, v in parents[at].items() if k != "id"}
        row |= {"digest": f"{number:064x}", "title": title, "titles": title, "melody": pack(melody),
                "features": noisy.tobytes(), "notes": len(melody), "low": int(melody.pitches.min()),
                "high": int(melody.pitches.max())}  # fmt: skip
        number += 1
        yield row, words.get(parents[at]["id"], {})


def grow(
    library: Library, tunes: Iterator[tuple[dict[str, Any], dict[str, float]]], size: int
) -> float:
    """Put tunes in until there are `size`; the seconds it took."""
    began = time.perf_counter()
    while (missing := size - len(library)) > 0:
        rows = [next(tunes) for _ in range(min(BATCH, missing))]
        first = int(library._store.rows(select(func.max(TUNES.c.id)))[0][0] or 0) + 1
        numbered = [row | {"id": first + at} for at, (row, _) in enumerate(rows)]
        told = [{"word": word, "tune_id": first + at, "weight": weight}
                for at, (_, own) in enumerate(rows) for word, weight in own.items()]  # fmt: skip

        def work(connection: Any, numbered: Any = numbered, told: Any = told) -> None:
            connection.execute(TUNES.insert(), numbered)
            connection.execute(WORDS.insert(), told)

        library._store.write(work)
    return time.perf_counter() - began


def questions(library: Library, texts: list[str]) -> dict[str, list[Callable[[], object]]]:
    """What is asked, by kind."""
    ids = library._shelf.index().ids
    rng = np.random.default_rng(SEED)
    taste = library.taste()
    liked = [[Event(int(ids[row]), Action.LIKE) for row in rng.choice(len(ids), 5)] for _ in texts]
    asked = ("three jigs for beginners", "something sad for a rainy evening", "tunes about the sea",
             "a reel in D", "推荐几首中国民歌", "五首简单的圆舞曲")  # fmt: skip
    wanted = (
        Query(words="miller daughter"),
        Query(mode="dorian", meter="6/8"),
        Query(rhythm="jig", max_difficulty=2),
    )
    openings = (Query(incipit="G A B d e d"), Query(contour="uudrdudu"))
    return {
        "similar": [lambda t=t: library.similar(t, 10) for t in texts],  # type: ignore[misc]
        "closest": [lambda t=t: library.closest(t) for t in texts],  # type: ignore[misc]
        "recommend in words": [lambda w=w: library.recommend(w) for w in asked],  # type: ignore[misc]
        "search": [lambda q=q: library.search(q) for q in wanted * 3],  # type: ignore[misc]
        "search by opening": [lambda q=q: library.search(q) for q in openings * 2],  # type: ignore[misc]
        "recommend by 5 likes": [lambda e=e: taste.recommend(e, 10) for e in liked],  # type: ignore[misc]
    }


def timed(calls: list[Callable[[], object]]) -> dict[str, float]:
    """Medians in milliseconds and the slowest by the clock; the first call, which warms up, is left out."""
    calls[0]()
    clock, cpu = [], []
    for call in calls:
        began, computed = time.perf_counter(), time.process_time()
        call()
        clock.append(1000 * (time.perf_counter() - began))
        cpu.append(1000 * (time.process_time() - computed))
    return {"median_cpu_ms": round(statistics.median(cpu), 1), "median_ms": round(statistics.median(clock), 1),
            "slowest_ms": round(max(clock), 1)}  # fmt: skip


def measured(library: Library, path: Path, texts: list[str]) -> dict[str, Any]:
    """The file, the index and the questions of a catalogue as it is now."""
    began = time.perf_counter()
    index = library._shelf.index()
    made = time.perf_counter() - began
    began = time.perf_counter()
    build(library._store)
    loaded = time.perf_counter() - began
    arrays = (index.ids, index.codes, index.starts, index.rows, index.features, index.standard)
    return {
        "tunes": len(library), "file_mb": round(path.stat().st_size / 1e6),
        "index_made_seconds": round(made, 1), "index_loaded_seconds": round(loaded, 1),
        "index_mb": round((sum(a.nbytes for a in arrays) + sum(map(len, index.packed))) / 1e6),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
        "questions": {name: timed(calls) for name, calls in questions(library, texts).items()},
    }  # fmt: skip


def main() -> None:
    """Grow, measure, print and keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=SIZES[-1])
    given = parser.parse_args()
    records = [r for r in open_tunes() if r["source"] not in LEFT_OUT and not r["derived"]]
    rng = np.random.default_rng(SEED)
    rng.shuffle(records)  # type: ignore[arg-type]
    texts = [str(r["abc"]) for r in records[:QUESTIONS]]
    result: dict[str, Any] = {
        "command": f"python -m benchmarks.growth --most {given.most}",
        "machine": "one of two shared cores, other jobs running", "sizes": {},
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tunes.sqlite3"
        os.environ["XDG_CACHE_HOME"] = folder  # a million tunes are nothing for a user's own cache
        library = Library(f"sqlite:///{path}")
        fill(library, records[: SIZES[0]])
        tunes = made_up(library, rng)
        for size in (size for size in SIZES if size <= given.most):
            inserted = grow(library, tunes, size)
            one = measured(library, path, texts) | {"insert_seconds": round(inserted)}
            result["sizes"][str(size)] = one
            print(json.dumps(one), flush=True)
            (RESULTS / "growth.json").write_text(
                json.dumps(result, indent=1) + "\n", encoding="utf-8"
            )
        library.close()


if __name__ == "__main__":
    main()
