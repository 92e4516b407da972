"""Versions of a tune found by what music21 offers for it, beside the library, on the same small catalogue.

music21 has two searches for likeness. `search.segment` cuts a part into segments of 30 notes that overlap by 12, as
text, and compares texts by `difflib`; of its translations `translateIntervalsAndSpeed` is the same in every key, so
that one is taken, and a tune is as like as its likest pair of segments. `search.approximateNoteSearch` compares
whole tunes as texts of note names and lengths. Both compare one pair after the other: a question about 15,000 tunes
would take minutes, so all methods are asked about a catalogue of `--tunes` that holds the families asked about and
others by chance. Segments shorter than music21's own least length (20 notes) are compared as well where a melody has
no longer one, else short tunes could not be found. Questions are those of `benchmarks.library`: changed tunes, and
real versions without titles. Shares come with Wilson's 95 % interval.

Run: `python -m benchmarks.library_music21 [--tunes 800] [--changed 40] [--versions 80]`.
"""

from __future__ import annotations

import argparse
import difflib
import json
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from benchmarks.library import (
    CHANGES,
    RESULTS,
    SEED,
    Ranker,
    _shares_melody,
    by_edits,
    by_ngrams,
    filled,
    groups_to_ask,
    members_of_groups,
    ours,
    share,
    shared_tunes,
)
from library.index import Index
from library.melody import TICKS, Melody

SHORTEST = 20
"""music21's own least length of a segment that is compared (`scoreSimilarity`)."""


def part_of(melody: Melody) -> Any:
    """The melody as a music21 part, in one measure: only its notes are read."""
    from music21 import note, stream

    measure = stream.Measure(number=1)
    for pitch, length in zip(melody.pitches, melody.lengths, strict=True):
        measure.append(note.Note(int(pitch), quarterLength=4 * int(length) / TICKS))
    part = stream.Part()
    part.append(measure)
    return part


def segments_of(melody: Melody) -> list[str]:
    """music21's segments, without the short ones where there are others."""
    from music21 import search

    found, _ = search.segment.translateMonophonicPartToSegments(
        part_of(melody), algorithm=search.translateIntervalsAndSpeed
    )
    return [s for s in found if len(s) >= SHORTEST] or list(found)


def by_segments(index: Index) -> Ranker:
    """Rows by the likest pair of segments, as `search.segment.scoreSimilarity` computes it."""
    from music21.search.segment import getDifflibOrPyLev

    known = [segments_of(index.melody(row)) for row in range(len(index))]

    def rank(melody: Melody) -> list[int]:
        best = [0.0] * len(known)
        for own in segments_of(melody):
            matcher = getDifflibOrPyLev(own, forceDifflib=True)
            for row, theirs in enumerate(known):
                for text in theirs:
                    matcher.set_seq1(text)
                    # upper bounds of difflib's own: what cannot be better is not computed
                    if matcher.real_quick_ratio() > best[row] < matcher.quick_ratio():
                        best[row] = max(best[row], matcher.ratio())
        return sorted(range(len(known)), key=lambda row: -best[row])[:64]

    return rank


def by_note_search(index: Index) -> Ranker:
    """Rows by `search.approximateNoteSearch`: its texts, made once for each tune, and its ratio."""
    from music21 import search

    def text_of(melody: Melody) -> str:
        return str(search.translateStreamToString(part_of(melody).flatten().notesAndRests))

    known = [text_of(index.melody(row)) for row in range(len(index))]

    def rank(melody: Melody) -> list[int]:
        own = text_of(melody)
        ratios = [difflib.SequenceMatcher(None, own, text).ratio() for text in known]
        return sorted(range(len(known)), key=lambda row: -ratios[row])[:64]

    return rank


def tally(right: Sequence[Sequence[bool]]) -> dict[str, Any]:
    """Found first, and in the first ten."""
    return {"first": share(sum(any(r[:1]) for r in right), len(right)),
            "in_ten": share(sum(any(r) for r in right), len(right))}  # fmt: skip


def compared(index: Index, listed: list[dict[str, Any]], asked: list[dict[str, Any]],
             rankers: dict[str, Ranker], changed: int) -> dict[str, Any]:  # fmt: skip
    """Every ranker on changed tunes and on real versions, with the seconds of a question."""
    groups = {index.row_of(r["number"]): r["groups"] for r in listed}
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in listed:
        for group in record["groups"]:
            members[group].append(record)
    melodic = {r["number"] for r in asked if _shares_melody(index, r, members)}
    result: dict[str, Any] = {"asked": len(asked), "of_these_melodic": len(melodic)}
    for name, rank in rankers.items():
        began, count = time.process_time(), 0
        result[name] = {}
        for how, change in CHANGES.items():
            rng = random.Random(f"{SEED} {how}")
            right = []
            for record in rng.sample(listed, changed):
                row = index.row_of(record["number"])
                found = rank(change(index.melody(row), rng))
                right.append([bool(groups[r] & groups[row]) for r in found[:10]])
            count += changed
            result[name][how] = tally(right)
        versions, shared = [], []
        for record in asked:
            row = index.row_of(record["number"])
            found = [r for r in rank(index.melody(row)) if r != row]
            right_ones = [bool(groups[r] & groups[row]) for r in found[:10]]
            versions.append(right_ones)
            if record["number"] in melodic:
                shared.append(right_ones)
        count += len(asked)
        result[name] |= {"real versions": tally(versions), "real versions that share melody": tally(shared),
                         "cpu_seconds_a_question": round((time.process_time() - began) / count, 3)}  # fmt: skip
        print(name, json.dumps(result[name]), flush=True)
    return result


def chosen(
    listed: list[dict[str, Any]], tunes: int, versions: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The tunes of the small catalogue, and those asked about: one of each family that is drawn."""
    members = members_of_groups(listed)
    groups = groups_to_ask(members)
    rng = random.Random(SEED)
    drawn = rng.sample(groups, min(versions, len(groups)))
    asked = [rng.choice(members[g]) for g in drawn]
    kept = {r["number"]: r for g in drawn for r in members[g]}
    for record in rng.sample(listed, len(listed)):
        if len(kept) >= tunes:
            break
        kept.setdefault(record["number"], record)
    return list(kept.values()), list({r["number"]: r for r in asked}.values())


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tunes", type=int, default=800)
    parser.add_argument("--changed", type=int, default=40)
    parser.add_argument("--versions", type=int, default=80)
    given = parser.parse_args()
    few, asked = chosen([{**r, "number": n, "groups": {r["group"]}} for n, r in enumerate(shared_tunes())],
                        given.tunes, given.versions)  # fmt: skip
    wanted = {r["id"] for r in asked}
    with filled(few) as (library, listed, _):
        index = library._shelf.index()
        rankers = {"library": ours(index), "interval 4-grams": by_ngrams(index), "edit distance": by_edits(index),
                   "music21, segments of intervals": by_segments(index),
                   "music21, approximateNoteSearch": by_note_search(index)}  # fmt: skip
        there = [r for r in listed if r["id"] in wanted]
        result = {
            "command": f"python -m benchmarks.library_music21 --tunes {given.tunes} --changed {given.changed} "
            f"--versions {given.versions}",
            "catalogue": len(index),
        } | compared(index, listed, there, rankers, given.changed)  # fmt: skip
    (RESULTS / "library_music21.json").write_text(
        json.dumps(result, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
