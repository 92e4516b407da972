"""`python -m benchmarks.lyrics`: words written to tunes by `chat.act.sing`, checked on the ABC that comes out.

Tunes: of music21's ABC corpus, from as many files as can be, and of the embedded model; each in English and in
Chinese, themes in turn, two verses, a word that must occur every third time. What is checked is read from
the delivered text anew: the `w:` lines, note by note. Shares come with Wilson's 95 % interval. Stress is counted
twice: on strong places as `lm.verse.measured` says, and strictly (first beat or middle of the bar, by
`abc_tools.prosody.sung.fit_of`); beside it, lines of real poems with the right number of syllables, put
under the same notes unfitted. Copying is checked against the poems themselves, not against the model's filter.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from abc_tools.parse import parse
from abc_tools.prosody import rhyme, syllables
from abc_tools.prosody.chinese import is_han
from abc_tools.prosody.sung import fit_of, singing_voice
from abc_tools.text import apply
from abc_tools.tune import Tune
from abc_tools.validate import errors
from benchmarks.data import corpus_files
from benchmarks.words import read_verse
from chat.act.change import Change, Context
from chat.act.sing import write_words
from lm.generate import load_backend
from lm.measures.judge import wilson
from lm.verse import measured, plan_lines, put, sung_lines
from lm.verse.unwanted import insults

RESULTS = Path(__file__).with_name("results") / "lyrics.json"
THEMES = {
    "en": ("the sea", "winter evening", "my old friend", "a birthday", "dancing", "rain in the city", "hope",
           "the long road home", ""),
    "zh": ("大海", "冬天的夜晚", "老朋友", "生日", "跳舞", "下雨", "希望", "故乡", ""),
}  # fmt: skip
MUST = {"en": ("river", "Emily", "lantern", "dancing"), "zh": ("小船", "明月", "灯", "外婆")}
SEED = 11
WORD_RUN, CLAUSE = 5, 5


def corpus_tunes(count: int) -> Iterator[tuple[str, Tune]]:
    """Valid tunes with 12 to 200 notes, of as many files as can be, by a fixed chance."""
    rng = random.Random(SEED)
    files = corpus_files()
    rng.shuffle(files)
    found = 0
    for path in files * 8:
        tunes = [
            t for t in parse(path.read_text(encoding="utf-8", errors="replace")).tunes if t.voices
        ]
        tune = rng.choice(tunes) if tunes else None
        if tune is None or tune.lyrics or errors(tune) or tune.meter is None:
            continue
        if 12 <= sum(bool(e.notes) for e in tune.voices[0].events) <= 200:
            yield f"{path.stem}: {tune.title}", alone(tune)
            found += 1
        if found == count:
            return


def alone(tune: Tune) -> Tune:
    """The tune without its neighbours in the file."""
    return parse(tune.text.rstrip() + "\n").tunes[0]


def model_tunes(count: int) -> Iterator[tuple[str, Tune]]:
    """Tunes that the embedded model writes, where they are valid."""
    from lm.sampling import sample

    for number, record in enumerate(sample(count, SEED)):
        tune = parse(record["abc"]).tunes[0]
        if not errors(tune) and not tune.lyrics:
            yield f"embedded {number}: {tune.title}", tune


def notes_of(tune: Tune) -> list[tuple[Any, ...]]:
    """What sounds, words aside."""
    return [(v.id, m.number, e.midi, e.duration, e.tie, e.chord_symbol)
            for v in tune.voices for m in v.measures for e in m.events]  # fmt: skip


def sung(tune: Tune, verse: int) -> list[str]:
    """The syllables under the notes of a verse, as they are read back."""
    found = (
        e.syllables[verse - 1] if verse <= len(e.syllables) else None
        for e in singing_voice(tune).events
    )
    return [s for s in found if s]


def lines_of(said: str) -> list[list[str]]:
    """The verses that a reply shows, as lines."""
    parts = re.findall(r"(?:^> .*\n?)+", said, re.MULTILINE)
    return [
        [line[2:].strip().replace("\\", "") for line in part.strip().splitlines()] for part in parts
    ]


class Counts(Counter[str]):
    """Hits and totals by name."""

    def add(self, name: str, hits: int, total: int) -> None:
        """Count some more."""
        self[name] += hits
        self[name + " of"] += total

    def shares(self) -> dict[str, Any]:
        """Each name's share with its interval."""
        return {n: wilson(self[n], self[n + " of"]) for n in self if n + " of" in self}


def verse_counts(
    counts: Counts, tune: Tune, verse: int, lines: list[str], language: str, letters: str
) -> None:
    """Count one verse under its tune."""
    wanted = [s.text for line in lines for s in syllables(line)]
    there = sung(tune, verse)
    slots = sum(len(line.slots) for line in sung_lines(tune, verse))
    counts.add("syllables on notes", sum(a == b for a, b in zip(wanted, there, strict=False)),
               max(len(wanted), len(there)))  # fmt: skip
    counts.add("slots filled", len(there), slots)
    if language == "zh":
        counts.add(
            "one character a slot",
            sum(is_han(s) and len(re.findall(r"\w", s)) == 1 for s in there),
            slots,
        )
    else:
        found, strict = measured(tune, verse), fit_of(tune, verse)
        counts.add("stress on strong beats", found.on_strong, found.stressed)
        counts.add("stress on first beat or middle", round(strict.stressed_on_strong * found.stressed),
                   found.stressed)  # fmt: skip
        counts.add("beats' share of slots", *strong_slots(tune, verse))
    rhymes, again = plan_lines(sung_lines(tune, verse), letters)
    for n, letter in enumerate(rhymes):
        before = [k for k in range(n) if rhymes[k] == letter]
        if letter == "-" or not before or n in again:
            continue
        grades = [rhyme(lines[k], lines[n]) for k in before if lines[k].lower() != lines[n].lower()]
        counts.add("rhymes", any(grades), 1)
        counts.add("perfect rhymes", "perfect" in grades, 1)
    counts.add("clean lines", sum(not insults(line) for line in lines), len(lines))


def strong_slots(tune: Tune, verse: int) -> tuple[int, int]:
    """How many slots are strong, of how many: what words without regard for the beat would come to."""
    shape = [s for line in sung_lines(tune, verse) for s in line.shape]
    return sum(s > 0 for s in shape), len(shape)


def copied(lines: list[str], known: set[str], language: str) -> int:
    """How many lines have a run of five words, or a clause of five characters or more, of one poem."""
    count = 0
    for line in lines:
        if language == "zh":
            count += any(
                c in known for c in re.findall(r"[\u3400-\u9fff]+", line) if len(c) >= CLAUSE
            )
        else:
            words = re.findall(r"[a-z]+(?:'[a-z]+)*", line.lower())
            runs = (" ".join(words[n : n + WORD_RUN]) for n in range(len(words) - WORD_RUN + 1))
            count += any(run in known for run in runs)
    return count


def poems(language: str) -> set[str]:
    """Every run of five words inside a line of the English poems; every clause of the Chinese ones."""
    text = read_verse(f"verse_{language}")
    if language == "zh":
        return {c for c in re.findall(r"[\u3400-\u9fff]+", text) if len(c) >= CLAUSE}
    found = set()
    for line in text.lower().replace("’", "'").splitlines():
        words = re.findall(r"[a-z]+(?:'[a-z]+)*", line)
        found |= {" ".join(words[n : n + WORD_RUN]) for n in range(len(words) - WORD_RUN + 1)}
    return found


def unfitted(counts: Counts, tune: Tune, by_size: dict[int, list[str]], rng: random.Random) -> None:
    """Lines of poems with the right number of syllables under the same notes, whatever their stress."""
    lines = sung_lines(tune)
    chosen = [rng.choice(by_size[len(line.slots)]) for line in lines if len(line.slots) in by_size]
    if len(chosen) == len(lines):
        from abc_tools.parse import parse_tune

        other = parse_tune(apply(tune.source, put(tune, lines, chosen)))
        found = measured(other)
        counts.add(
            "unfitted lines of poems: stress on strong beats", found.on_strong, found.stressed
        )


def sized_lines() -> dict[int, list[str]]:
    """Lines of the English poems by their number of syllables."""
    rng = random.Random(SEED)
    lines = [
        ln for ln in read_verse("verse_en").splitlines() if ln.strip() and not ln.startswith("===")
    ]
    found: dict[int, list[str]] = {}
    for line in rng.sample(lines, 4000):
        found.setdefault(len(syllables(line)), []).append(line)
    return found


def one(
    tune: Tune, language: str, number: int, backend: Any, counts: Counts
) -> tuple[float, list[str], Tune]:
    """Two verses under one tune, counted; the seconds of the first, and all lines."""
    letters = ("AABB", "ABAB", "ABCB")[number % 3]
    values = {"theme": THEMES[language][number % len(THEMES[language])], "rhyme": letters}
    must = MUST[language][number // 3 % 4] if number % 3 == 0 else ""
    context = Context(backend, "", language, SEED + number)
    every: list[str] = []
    start, seconds, new = time.process_time(), 0.0, tune
    for verse in (1, 2):
        asked = {**values, "verse": str(verse), **({"must": must} if must and verse == 1 else {})}
        change = next(c for c in write_words(new, {k: v for k, v in asked.items() if v}, context)
                      if isinstance(c, Change))  # fmt: skip
        seconds = seconds or time.process_time() - start
        new = change.tune
        lines = lines_of(change.said)[0]
        verse_counts(counts, new, verse, lines, language, letters)
        if must and verse == 1:
            counts.add("given words used", must.lower() in " ".join(lines).lower(), 1)
        every += lines
    counts.add("notes unchanged", notes_of(new) == notes_of(tune), 1)
    counts.add("valid", not errors(new), 1)
    return seconds, every, new


def measure(tunes: list[tuple[str, Tune]], language: str) -> dict[str, Any]:
    """All tunes in one language."""
    backend = load_backend({"backend": "embedded"})
    counts, seconds, shown = Counts(), [], []
    known, rng = poems(language), random.Random(SEED)
    by_size = sized_lines() if language == "en" else {}
    for number, (name, tune) in enumerate(tunes):
        taken, lines, _ = one(tune, language, number, backend, counts)
        seconds.append(taken)
        counts.add("lines not copied", len(lines) - copied(lines, known, language), len(lines))
        if by_size:
            unfitted(counts, tune, by_size, rng)
        if number % 12 == 0:
            shown.append({"tune": name, "lines": lines[:8]})
    return {"tunes": len(tunes), **counts.shares(),
            "processor seconds for a verse": {
                "median": round(statistics.median(seconds), 2), "most": round(max(seconds), 2)},
            "some of them": shown}  # fmt: skip


def main() -> int:
    """Measure and write `results/lyrics.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=int, default=90, help="tunes of music21's corpus")
    parser.add_argument("--model", type=int, default=20, help="tunes of the embedded model")
    chosen = parser.parse_args()
    tunes = [*corpus_tunes(chosen.corpus), *model_tunes(chosen.model)]
    result = {"command": "python -m benchmarks.lyrics", "seed": SEED,
              **{language: measure(tunes, language) for language in ("en", "zh")}}  # fmt: skip
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
