"""Reading files into the catalogue: in batches, on several cores if wished, and to be gone on with after a kill.

A file that was read to the end is remembered by the digest of its bytes and not read again. What a killed import
had committed stays; the file it was in is read again, and its tunes are known by their own digests.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from library.describe import describe
from library.sources import Item, tunes_in
from library.store import Store

BATCH = 200
"""Tunes of one transaction."""
Progress = Callable[[int, int, int], None]
"""Called with files read, files in all, and new tunes so far."""


@dataclass(frozen=True)
class Imported:
    """What an import did: tunes that are new, known already, without music; files left out, with why."""

    new: int
    known: int
    empty: int
    files: int
    skipped: int
    failures: tuple[str, ...]


@dataclass(frozen=True)
class Piece:
    """Some tunes of a file as rows of the catalogue; `failures` says what could not be read."""

    rows: tuple[dict[str, Any], ...] = ()
    empty: int = 0
    failures: tuple[str, ...] = ()


def pieces(item: Item) -> Iterator[Piece]:
    """A file in pieces of at most BATCH tunes. A tune that cannot be described is told and left out."""
    rows: list[dict[str, Any]] = []
    empty = 0
    try:
        for tune, origin in tunes_in(item):
            try:
                row = describe(tune, origin)
            except (ValueError, ArithmeticError, LookupError) as error:
                yield Piece(failures=(f"{origin.place}: {error}",))
                continue
            if row is None:
                empty += 1
                continue
            rows.append(row)
            if len(rows) == BATCH:
                yield Piece(tuple(rows))
                rows = []
    except (ValueError, OSError) as error:
        yield Piece(tuple(rows), empty, (f"{item.path.name}: {error}",))
    else:
        yield Piece(tuple(rows), empty)


def read(item: Item) -> list[Piece]:
    """All pieces of a file; runs in a process of its own where there are several."""
    return list(pieces(item))


def import_items(
    store: Store, items: list[Item], progress: Progress | None = None, workers: int = 1
) -> Imported:
    """Read files into the catalogue. LibraryError if it cannot be written; failures of files are reported."""
    done = store.finished()
    digests = {item: item.digest for item in items}
    todo = [item for item in items if digests[item] not in done]
    new = known = empty = 0
    failures: list[str] = []
    for number, (item, found) in enumerate(_read_all(todo, workers), start=1):
        size, failed = 0, len(failures)
        for piece in found:
            added = store.add(piece.rows)
            size += len(piece.rows)
            new, known, empty = new + added, known + len(piece.rows) - added, empty + piece.empty
            failures += piece.failures
            if progress is not None:
                progress(number - 1, len(todo), new)
        if len(failures) == failed:
            store.finish(digests[item], item.origin.place, size)
    if progress is not None:
        progress(len(todo), len(todo), new)
    return Imported(new, known, empty, len(todo), len(items) - len(todo), tuple(failures))


def _read_all(items: list[Item], workers: int) -> Iterator[tuple[Item, Iterable[Piece]]]:
    if workers <= 1 or len(items) < 2 * workers:
        yield from ((item, pieces(item)) for item in items)
    else:
        yield from _on_cores(items, workers)


def _on_cores(items: list[Item], workers: int) -> Iterator[tuple[Item, Iterable[Piece]]]:
    """Files read by several processes, in order; what a process that died left is read in this one."""
    finished = 0
    try:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for item, found in zip(items, pool.map(read, items), strict=True):
                yield item, found
                finished += 1
    except BrokenProcessPool:
        yield from ((item, pieces(item)) for item in items[finished:])
