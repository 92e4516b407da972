"""Reading: do we hear the same notes as abcjs, and how fast are we beside music21 and abc2midi?

Agreement: every tune of the shared data and of music21's ABC corpus, note for note: the length of every note and
rest from abcjs's engraved tree, the pitches from its first performance. A tune that differs is given to the
reasons below, each of which is decided by program at the note that differs; what is left is "unexplained" and listed.
Speed: parse + validate beside music21's ABC reader on the same tunes in the same run, and beside one abc2midi
process a tune. Run: `python -m benchmarks.reading [--limit N] [--timed N]` (needs node; abc2midi if it is there).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections import Counter
from pathlib import Path
from typing import Any

from abc_tools.parse import parse
from abc_tools.text import decode, utf16_offset
from abc_tools.tune import Event, Measure
from abc_tools.validate import validate
from benchmarks.data import corpus_files, open_tunes
from benchmarks.oracles import ABCJS

SEED = 20261121
RESULTS = Path(__file__).with_name("results")
SCRIPT = Path(__file__).with_name("abcjs_notes.js")
Placed = tuple[Event, Measure]


def all_texts() -> list[tuple[str, str]]:
    """(name, text) of every tune; the fields of a file's header are put before each of its tunes."""
    texts = [(record["id"], record["abc"]) for record in open_tunes()]
    for path in corpus_files():
        book = parse(decode(path.read_bytes()))
        head = "".join(f"{f.name}:{f.value}\n" for f in book.header if f.name in "ML")
        for tune in book.tunes:
            first, newline, rest = tune.text.partition("\n")
            texts.append((path.name, first + newline + head + rest if head else tune.text))
    return texts


# -- agreement with abcjs ---------------------------------------------------------------------------


def abcjs_notes(texts: list[str]) -> list[dict[str, Any]]:
    """What abcjs read; see abcjs_notes.js."""
    node = shutil.which("node")
    assert node is not None, "this measurement needs node"
    done = subprocess.run([node, str(SCRIPT), str(ABCJS)], input=json.dumps(texts), capture_output=True,
                          text=True, check=True)  # fmt: skip
    return [json.loads(line) for line in done.stdout.splitlines()]


OCTAVES = "%%propagate-accidentals octave\n\n"
"""Put before a text, it makes our parser let signs last in their own octave only, as abcjs does."""


def difference(text: str, theirs: dict[str, Any]) -> str:
    """Why the two readings of a text differ; an empty string if they do not."""
    if "error" in theirs:
        return "abcjs raises an exception"
    why = _first_difference(text, theirs)
    if why.startswith(("signs", "abcjs forgets", "abcjs lets", "abcjs ends", "unexplained: pitch")):
        shifted = [[a + len(OCTAVES), b + len(OCTAVES), *rest] for a, b, *rest in theirs["notes"]]
        pitches = {
            str(int(place) + len(OCTAVES)): heard for place, heard in theirs["pitches"].items()
        }
        again = {"notes": shifted, "pitches": pitches}
        other = _first_difference(OCTAVES + text, again)
        if not other:
            return "signs: ABC 2.1 lets them last in every octave, abcjs in their own"
    return why


def _first_difference(text: str, theirs: dict[str, Any]) -> str:
    tunes = parse(text).tunes
    placed: dict[int, Placed] = {}
    for voice in tunes[0].voices if tunes else ():
        for measure in voice.measures:
            for layer in (measure.events, *measure.overlays):
                for event in layer:
                    start = event.span.start
                    placed[start if text.isascii() else utf16_offset(text, start)] = (
                        event,
                        measure,
                    )
    starts = sorted(placed)
    seen = set()
    ties = ""
    for start, end, length, rest in sorted(theirs["notes"]):
        place = bisect_left(starts, start)
        if place >= len(starts) or starts[place] >= end:
            return _why_only_theirs(text, start, end)
        event, measure = placed[starts[place]]
        seen.add(starts[place])
        if abs(float(event.duration) - length) > 1e-4:
            return _why_length(event, rest, text)
        heard = set(theirs["pitches"].get(str(start), ()))
        ours = {note.pitch.midi for note in event.notes}
        if not heard <= ours:
            return _why_pitch(event, measure, text)
        if heard != {n.pitch.midi for n in event.notes if not n.tied} and heard and event.notes:
            ties = "ties: same pitches, but another opinion on which notes of a chord are held over"
    left = [start for start in starts if start not in seen]
    return _why_only_ours(text, placed[left[0]][0]) if left else ties


def _why_only_theirs(text: str, start: int, end: int) -> str:
    if "&" in text:
        return "overlays: abcjs fills the other layer with invisible rests"
    return f"unexplained: abcjs alone reads {text[start:end]!r}"


def _why_only_ours(text: str, event: Event) -> str:
    line = text[text.rfind("\n", 0, event.span.start) + 1 :].partition("\n")[0]
    if "+" in line:
        return "abcjs takes what follows a lone + for a decoration"
    if "&" in text:
        return "overlays: abcjs leaves out notes of a second layer"
    return f"unexplained: abcjs does not read {event.span.of(text)!r}"


def _why_length(event: Event, rest: bool, text: str) -> str:
    if rest and event.duration == 1:
        return "abcjs takes a rest of a whole note for a rest of one measure, whatever the meter"
    if event.duration.denominator % 3 == 0 or event.duration.denominator % 5 == 0:
        return "tuplets: another opinion on (p:q:r or on broken rhythm inside"
    if event.duration != event.written or re.search(r"[<>]\s*[|:]", text):
        return "broken rhythm in a tuplet or over a barline: another opinion"
    if len(re.findall(r"^L:", text, re.M)) > 1 and "\nV:" in text:
        return "a body's L: acts on its own voice (ABC 2.1 §7), in abcjs on all"
    return f"unexplained: length {event.duration} of {event.span}"


def _why_pitch(event: Event, measure: Measure, text: str) -> str:
    """A reason for another pitch; signs in other octaves have been looked at by `difference`."""
    steps = {note.written.step for note in event.notes}
    for other in measure.events:
        for note in other.notes:
            signed = note.accidental is not None and note.written.step in steps
            if signed and note.tied and other.onset <= event.onset:
                return "abcjs forgets a sign that is written again before a tied note"
    if (
        any("\n" in text[piece.start : measure.span.end] for piece in measure.pieces)
        or measure.after is None
    ):
        return "abcjs ends a sign's effect at the end of a line, ABC 2.1 at the barline"
    start = text.rfind("\n", 0, measure.span.start)
    if text[start + 1 : measure.span.start].strip(" |:[]") == "" and start > 0:
        return "abcjs lets a sign last over a barline that begins a line"
    if any(note.tied for note in event.notes):
        return "abcjs forgets a sign that is written again before a tied note"
    if any(e.grace for e in measure.events) or any(b.text != "|" for b in measure.before):
        return "signs of grace notes or before a repeat: another opinion on how long they last"
    return f"unexplained: pitch of {event.span.of(text)!r} at {event.span.start}"


def agreement(texts: list[tuple[str, str]]) -> dict[str, Any]:
    """How many tunes are read alike, and why the others are not."""
    reasons: Counter[str] = Counter()
    unexplained = []
    for start in range(0, len(texts), 500):
        part = texts[start : start + 500]
        for (name, text), theirs in zip(part, abcjs_notes([text for _, text in part]), strict=True):
            why = difference(text, theirs)
            if why.startswith("unexplained"):
                unexplained.append(f"{name}: {why}")
            reasons[why.partition(":")[0] if why.startswith("unexplained") else why] += 1
    same = reasons.pop("", 0)
    explained = sum(count for why, count in reasons.items() if why != "unexplained")
    return {
        "tunes": len(texts), "read_alike": same, "share_read_alike": round(same / len(texts), 4),
        "share_alike_or_explained": round((same + explained) / len(texts), 4),
        "reasons": dict(reasons.most_common()), "unexplained": unexplained[:40],
    }  # fmt: skip


# -- speed ------------------------------------------------------------------------------------------


def speed(texts: list[str]) -> dict[str, Any]:
    """Seconds of processor time a tune: ours, music21's ABC reader, an abc2midi process."""
    from music21 import converter

    ours, theirs, failed = [], [], 0
    for text in texts:
        start = time.process_time()
        for tune in parse(text).tunes:
            validate(tune)
        ours.append(time.process_time() - start)
        start = time.process_time()
        try:
            converter.parse(text, format="abc", forceSource=True)
        except Exception:  # noqa: BLE001 - whatever music21 raises on a tune counts as its failure
            failed += 1
        theirs.append(time.process_time() - start)
    result: dict[str, Any] = {
        "tunes": len(texts),
        "characters_a_tune": round(sum(map(len, texts)) / len(texts)),
        "ours_milliseconds": round(1000 * statistics.mean(ours), 2),
        "music21_milliseconds": round(1000 * statistics.mean(theirs), 2),
        "times_faster_than_music21": round(sum(theirs) / sum(ours), 1),
        "median_of_ratios": round(
            statistics.median(b / a for a, b in zip(ours, theirs, strict=True)), 1
        ),
        "music21_raises_on": failed,
    }
    program = shutil.which("abc2midi")
    if program is not None:
        result["abc2midi_process_milliseconds"] = round(1000 * _abc2midi(program, texts), 2)
    return result


def _abc2midi(program: str, texts: list[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "tune.abc"
        start = time.perf_counter()
        for text in texts:
            source.write_text(text, encoding="utf-8")
            subprocess.run([program, str(source), "-o", str(source.with_suffix(".mid"))], check=False,
                           capture_output=True)  # fmt: skip
        return (time.perf_counter() - start) / len(texts)


def main() -> int:
    """Run and write `results/reading.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=0, help="tunes to compare with abcjs; 0: all")
    parser.add_argument("--timed", type=int, default=600, help="tunes to time beside music21")
    options = parser.parse_args()
    texts = [(name, text) for name, text in all_texts() if re.search(r"^K:", text, re.M)]
    random.Random(SEED).shuffle(texts)
    result = {
        "command": "python -m benchmarks.reading"
        + (f" --limit {options.limit}" if options.limit else ""),
        "seed": SEED,
        "agreement_with_abcjs": agreement(texts[: options.limit or None]),
        "speed": speed([text for _, text in texts[: options.timed]]),
    }
    text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "reading.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
