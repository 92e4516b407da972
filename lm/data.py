"""From tunes to training examples: choose, transpose, ask in words, write the answer, encode, pack.

Conventions: everything is deterministic in a seed; an example is a list of messages and one answer;
only the answer's tokens (and its closing mark) carry loss, the rest has the label `IGNORE`. Splits
are those of the records, made by tune family, so no melody stands on both sides. Sources: JSONL
records (`tunes_*.jsonl.gz`, see the model card), folders of `.abc` files, and the corpus that comes
with music21. What it does not know: the model, or the training loop.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lm import chords
from lm.corpus import read_piece
from lm.piece import Key, Piece, Unreadable
from lm.requests import GAP, compose_messages, describe, fill_messages, write_sections
from lm.spelling import drop_chords, fill_chords, transpose, write_bars, write_piece
from lm.wording import fill_words, request_words

IGNORE = -100
LOW_STEP, HIGH_STEP = 25, 43  # G, to d': what a fiddle, a flute or a singer can manage
SOURCE_WEIGHTS = {
    "nottingham": 3.0, "openewld": 2.0, "openhymnal": 1.5, "bloomfield": 1.5, "lieder": 0.5,
    "vwml": 0.8,
}  # fmt: skip
HUMAN_CHORDS = ("nottingham", "openewld")
MAJOR_TONICS = {"C": 3, "G": 5, "D": 5, "A": 3, "F": 3, "Bb": 2, "E": 1, "Eb": 1, "Ab": 0.4}
MINOR_TONICS = {"A": 5, "E": 4, "D": 4, "G": 3, "B": 2.5, "C": 1.5, "F": 1, "F#": 1, "C#": 0.4}
TEMPO_RANGES = {
    "jig": (90, 130), "reel": (90, 120), "hornpipe": (80, 110), "slip jig": (90, 125),
    "waltz": (90, 170), "march": (90, 125), "strathspey": (80, 130), "hymn": (70, 120),
    "carol": (80, 130), "air": (60, 100), "song": (70, 130), "art song": (60, 120),
    "minuet": (90, 130), "polka": (100, 140),
}  # fmt: skip
RHYTHM_IN_TITLE = (
    "slip jig",
    "jig",
    "reel",
    "hornpipe",
    "waltz",
    "march",
    "minuet",
    "polka",
    "strathspey",
)
RHYTHM_METERS = {
    "jig": ("6/8",), "slip jig": ("9/8",), "reel": ("4/4", "2/2", "2/4"),
    "hornpipe": ("4/4", "2/2", "2/4", "3/2"), "waltz": ("3/4", "3/8"), "minuet": ("3/4", "3/8"),
    "polka": ("2/4",), "strathspey": ("4/4", "2/2"), "march": ("4/4", "2/2", "2/4", "6/8"),
}  # fmt: skip
RHYTHM_NAMES = {"jigg": "jig", "jig, slide": "jig", "art song": "song", "gavotte, march": "march"}
KEEP = {  # how often a property stands in the normalised lines
    "title": 0.3, "rhythm": 0.85, "key": 0.85, "meter": 0.85, "tempo": 0.5, "bars": 0.7,
    "sections": 0.65, "pickup": 0.55, "chords": 0.75, "range": 0.35, "notes": 0.35, "mood": 0.3,
}  # fmt: skip
REFUSED = re.compile(
    r"nigg|nigra|darke?y|darkie|\bcoon|squaw|\bjew|pickaninn|minstrel|whore|bitch|piss|\bfuck", re.I
)


@dataclass(frozen=True)
class Example:
    """One training example: the messages asked and the answer wanted."""

    messages: list[dict[str, str]]
    answer: str
    kind: str = "compose"


# ----------------------------------------------------------------------------------------- sources
def data_folder() -> Path:
    """Where the records lie: `TUNEWRIGHT_DATA`, else `../shared/data` beside the repository."""
    named = os.environ.get("TUNEWRIGHT_DATA")
    return Path(named) if named else Path(__file__).resolve().parents[2] / "shared" / "data"


def read_records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a `.jsonl` or `.jsonl.gz` file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:  # type: ignore[operator]
        for line in lines:
            yield json.loads(line)


def read_abc_folder(folder: Path) -> Iterator[dict[str, Any]]:
    """Each tune of each `.abc` file under a folder, as a record with only `abc` and `source`."""
    for path in sorted(folder.rglob("*.abc")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for tune in re.split(r"(?m)^(?=X:)", text):
            if "\nK:" in tune:
                yield {"abc": tune, "source": path.stem, "group": f"{path.name}:{hash_text(tune)}"}


def read_music21_corpus() -> Iterator[dict[str, Any]]:
    """The ABC tunes that come with music21 (the collections without stated limits on use)."""
    from music21 import common

    for name in ("airdsAirs", "oneills1850", "ryansMammoth", "miscFolk"):
        yield from read_abc_folder(Path(common.getCorpusFilePath()) / name)


def hash_text(text: str) -> str:
    """A short stable name for a text."""
    import hashlib

    return hashlib.sha256(text.encode()).hexdigest()[:12]


def clean_title(title: str) -> str:
    """A title as a person would write it: no catalogue remarks, no capitals throughout, at most 48
    characters.
    """
    title = re.split(r"\s+--? | - |\(|\[|;", title)[0].strip(" ,.-")
    if title.isupper():
        title = " ".join(word.capitalize() for word in title.lower().split())
    if title.endswith((", The", ", A")):
        head, _, article = title.rpartition(", ")
        title = f"{article} {head}"
    return re.sub(r"\s+", " ", title)[:48].strip()


def tidy(piece: Piece) -> Piece | None:
    """The tune with a clean title and rhythm, chords on every bar or none; None if it is not for
    the model.
    """
    title = clean_title(piece.title)
    if REFUSED.search(piece.title) or not title:
        return None
    rhythm = (piece.rhythm or "").split(",")[0].strip() or None
    rhythm = RHYTHM_NAMES.get(rhythm or "", rhythm)
    if rhythm is None:
        named = next(
            (r for r in RHYTHM_IN_TITLE if re.search(rf"\b{r}\b", piece.title, re.I)), None
        )
        rhythm = named if named and piece.meter in RHYTHM_METERS[named] else None
    elif rhythm in RHYTHM_METERS and piece.meter not in RHYTHM_METERS[rhythm]:
        rhythm = None
    notes = [e for e in piece.events() if e.pitch]
    if len(notes) < 16 or any(len(s.bars) < 4 for s in piece.sections):
        return None
    low, high = piece.steps
    chromatic = sum(e.pitch[1] != piece.key.alters[e.pitch[0] % 7] for e in notes if e.pitch) / len(
        notes
    )
    if high - low > 16 or chromatic > 0.12 or len(notes) > 480:
        return None
    chorded = (
        sum(any(e.chord for e in bar) for s in piece.sections for bar in s.bars) / piece.n_bars
    )
    weight = SOURCE_WEIGHTS.get(piece.source, 1.0)
    piece = replace(piece, title=title, rhythm=rhythm, weight=weight)
    return fill_chords(piece) if chorded > 0.5 else drop_chords(piece)


def load_pieces(records: Iterable[dict[str, Any]]) -> list[Piece]:
    """All records that the model's view has a place for, as pieces; the others are left out
    silently.
    """
    pieces = []
    for record in records:
        if record.get("n_voices", 1) != 1 or record.get("n_bars", 0) > 64:
            continue
        try:
            piece = tidy(read_piece(record["abc"], record))
            if piece is not None:
                write_piece(piece, 100)
                pieces.append(piece)
        except Unreadable:
            continue
    return pieces


def add_chords(pieces: Sequence[Piece], share: float = 0.45) -> list[Piece]:
    """The pieces, with a second version under chords for those that have none; the two share their
    weight.
    """
    harmoniser = chords.learn(p for p in pieces if p.has_chords and p.source in HUMAN_CHORDS)
    out = []
    for piece in pieces:
        if piece.has_chords or piece.key.mode not in harmoniser.chords:
            out.append(piece)
        else:
            out.append(replace(piece, weight=piece.weight * (1 - share)))
            out.append(replace(harmoniser.harmonise(piece), weight=piece.weight * share))
    return out


# ---------------------------------------------------------------------------------------- examples
def move_to_random_key(piece: Piece, rng: random.Random, stay: float = 0.3) -> Piece:
    """Transpose to a key that people play in, inside a comfortable range; sometimes leave it where
    it is.
    """
    low, high = piece.steps
    if rng.random() < stay and low >= LOW_STEP and high <= HIGH_STEP:
        return piece
    tonics = MAJOR_TONICS if piece.key.mode in ("major", "mixolydian", "lydian") else MINOR_TONICS
    name = rng.choices(list(tonics), list(tonics.values()))[0]
    target = Key("CDEFGAB".index(name[0]), {"": 0, "b": -1, "#": 1}[name[1:]], piece.key.mode)
    if abs(target.fifths) > 5:
        return piece
    scale = (0, 2, 4, 5, 7, 9, 11)
    steps = (target.letter - piece.key.letter) % 7
    semitones = (
        scale[target.letter] + target.alter - scale[piece.key.letter] - piece.key.alter
    ) % 12
    options = [(steps + 7 * o, semitones + 12 * o) for o in (-2, -1, 0, 1)]
    fitting = [o for o in options if low + o[0] >= LOW_STEP and high + o[0] <= HIGH_STEP]
    if not fitting:
        return piece
    middle = (low + high) / 2
    steps, semitones = min(fitting, key=lambda o: abs(middle + o[0] - 33))
    return transpose(piece, steps, semitones)


def choose_tempo(piece: Piece, rng: random.Random) -> int:
    """A plausible tempo for the rhythm; counted in halves when the meter is in halves."""
    low, high = TEMPO_RANGES.get(piece.rhythm or "", (60, 150))
    tempo = rng.randint(low, high)
    if piece.rhythm in ("reel", "hornpipe") and piece.meter == "4/4":
        tempo = rng.randint(120, 200)
    return tempo - tempo % 2 if rng.random() < 0.7 else tempo


def vary(piece: Piece, rng: random.Random) -> Piece:
    """The tune as one epoch shows it: another key, with or without its chords, 2/2 dances mostly as
    4/4.
    """
    if (
        piece.meter == "2/2"
        and piece.rhythm in ("reel", "hornpipe", "strathspey", "march")
        and rng.random() < 0.8
    ):
        piece = replace(piece, meter="4/4")
    if piece.has_chords and rng.random() < 0.12:
        piece = drop_chords(piece)
    return move_to_random_key(piece, rng)


def choose_properties(every: dict[str, str], rng: random.Random) -> dict[str, str]:
    """A random subset of the properties, sometimes all of them."""
    if rng.random() < 0.25:
        return every
    return {name: value for name, value in every.items() if rng.random() < KEEP[name]}


def compose_example(piece: Piece, rng: random.Random) -> Example:
    """Ask for a tune like this one; the tune is the answer."""
    tempo = choose_tempo(piece, rng)
    kind = rng.random()
    words = request_words(piece, tempo, rng) if kind < 0.65 else ""
    properties = (
        choose_properties(describe(piece, tempo), rng) if kind < 0.45 or kind >= 0.65 else {}
    )
    return Example(compose_messages(words, properties), write_piece(piece, tempo))


def fill_example(piece: Piece, rng: random.Random) -> Example:
    """Leave out one to eight bars of one section; they are the answer."""
    tempo = choose_tempo(piece, rng)
    section = rng.randrange(len(piece.sections))
    size = len(piece.sections[section].bars)
    count = min(size, rng.choice((1, 2, 2, 4, 4, 4, 8)))
    start = rng.randrange(0, size - count + 1)
    if rng.random() < 0.6:
        start -= start % min(count, 4)
    bars = range(start, start + count)
    before = sum(len(s.bars) for s in piece.sections[:section])
    first, last = before + start + 1, before + start + count
    every = describe(piece, tempo) | {"sections": write_sections(piece)}
    properties = {n: every[n] for n in ("rhythm", "key", "meter", "chords", "mood") if n in every}
    properties = {n: v for n, v in properties.items() if rng.random() < 0.6} | {
        "fill": f"{first}-{last}"
    }
    words = fill_words(first, last, rng) if rng.random() < 0.6 else ""
    tune = write_piece(piece, tempo, (section, bars))
    assert tune.count(GAP) == count, "every bar left out leaves one gap"
    return Example(fill_messages(words, properties, tune), write_bars(piece, section, bars), "fill")


def make_examples(pieces: Sequence[Piece], seed: int, fills: float = 0.2) -> Iterator[Example]:
    """One epoch of examples in a random order: each tune as often as its weight says."""
    rng = random.Random(seed)
    chosen = []
    for piece in pieces:
        chosen += [piece] * (int(piece.weight) + (rng.random() < piece.weight % 1))
    rng.shuffle(chosen)
    for piece in chosen:
        try:
            varied = vary(piece, rng)
            yield (
                fill_example(varied, rng) if rng.random() < fills else compose_example(varied, rng)
            )
        except Unreadable:
            continue


# ----------------------------------------------------------------------------- encoding and packing
def encode(example: Example, tokenizer: Any) -> tuple[list[int], list[int]]:
    """Token ids and labels of an example through the tokenizer's chat template; loss on the answer
    only.
    """
    full = [*example.messages, {"role": "assistant", "content": example.answer}]
    prompt = tokenizer.apply_chat_template(
        example.messages, add_generation_prompt=True, tokenize=False
    )
    text = tokenizer.apply_chat_template(full, tokenize=False)
    assert text.startswith(prompt), "the chat template must write the answer right after the prompt"
    head = tokenizer(prompt, add_special_tokens=False)["input_ids"]
    tail = tokenizer(text[len(prompt) :], add_special_tokens=False)["input_ids"]
    return head + tail, [IGNORE] * len(head) + tail


@dataclass(frozen=True)
class Packed:
    """Rows of `length` tokens: ids, labels, positions and the number of the example each token
    belongs to.
    """

    ids: Any  # (N, T) int32
    labels: Any  # (N, T) int32
    positions: Any  # (N, T) int32
    owners: Any  # (N, T) int32; -1 is padding


def pack(encoded: Sequence[tuple[list[int], list[int]]], length: int, pad: int) -> Packed:
    """Fill rows with whole examples, first fit over the last 64 open rows; longer examples are left
    out.
    """
    import numpy as np

    rows: list[list[int]] = []
    room: list[int] = []
    for i, (ids, _) in enumerate(encoded):
        if len(ids) > length:
            continue
        spot = next(
            (r for r in range(max(0, len(rows) - 64), len(rows)) if room[r] >= len(ids)), None
        )
        if spot is None:
            rows.append([])
            room.append(length)
            spot = len(rows) - 1
        rows[spot].append(i)
        room[spot] -= len(ids)
    shape = (len(rows), length)
    out = [np.full(shape, fill, np.int32) for fill in (pad, IGNORE, 0, -1)]
    for r, members in enumerate(rows):
        at = 0
        for i in members:
            ids, labels = encoded[i]
            stop = at + len(ids)
            values = (ids, [IGNORE, *labels[1:]], range(len(ids)), [i] * len(ids))
            for array, value in zip(out, values, strict=True):
                array[r, at:stop] = value
            at = stop
    return Packed(*out)
