"""From collections of tunes to pieces worth learning, and from examples to rows of tokens.

Sources: JSONL records (`tunes_*.jsonl.gz`, see the model card), folders of ABC, MusicXML and MIDI
files, and the ABC collections that come with music21. Splits are by tune family: those of the records,
or, for a user's own tunes, the hash of the melody's opening (`family`), so that no melody stands on
both sides. Only the answer's tokens (and its closing mark) carry loss, the rest has the label `dialogue.IGNORE`.
What it does not know: what is asked of a tune (`lm.tasks`), the model, the training loop.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise
from pathlib import Path
from typing import Any, Protocol

from abc_tools.harmonise import chords_for
from abc_tools.parse import parse
from abc_tools.tune import Tune
from lm import dialogue
from lm.piece import Piece, Section, Unreadable, without_chords
from lm.reading import read_tune
from lm.requests import chromatic_share
from lm.spelling import meter_text, write_body

SOURCE_WEIGHTS = {
    "nottingham": 3.0, "openewld": 2.0, "openhymnal": 1.2, "bloomfield": 1.2, "lieder": 0.5,
    "vwml": 0.8, "quartets": 0.3,
}  # fmt: skip
HARMONISED = 0.45
"""Weight of the version under computed chords, of a tune that comes without any."""
MOST_EVENED = 3.0
"""How many times as often a rare rhythm may come (`evened`)."""
CHORDED = 0.3
"""Share of bars with a chord symbol from which a tune counts as one with chords."""
RHYTHM_IN_TITLE = (
    "slip jig", "jig", "reel", "hornpipe", "waltz", "march", "minuet", "polka", "strathspey",
)  # fmt: skip
RHYTHM_METERS = {
    "jig": ("6/8",), "slip jig": ("9/8",), "reel": ("4/4", "2/2", "2/4"),
    "hornpipe": ("4/4", "2/2", "2/4", "3/2"), "waltz": ("3/4", "3/8"), "minuet": ("3/4", "3/8"),
    "polka": ("2/4",), "strathspey": ("4/4", "2/2"), "march": ("4/4", "2/2", "2/4", "6/8"),
}  # fmt: skip
RHYTHM_NAMES = {"jigg": "jig", "jig, slide": "jig", "art song": "song", "gavotte, march": "march"}
REFUSED = re.compile(
    r"nigg|nigra|darke?y|darkie|\bcoon|squaw|\bjew|pickaninn|minstrel|whore|bitch|piss|\bfuck", re.I
)
MAX_VOICES, MAX_BARS, MAX_NOTES = 4, 64, 640
FEWEST_NOTES, MOST_CHROMATIC, WIDEST = 16, 0.2, 19  # notes, share, staff steps


class Sources(Protocol):
    """The part of a recipe that says where the tunes are."""

    @property
    def data(self) -> str | None:
        """Folder of the records; None is the default one."""

    @property
    def folders(self) -> tuple[str, ...]:
        """Folders of a user's own files instead."""

    @property
    def music21(self) -> bool:
        """Whether music21's ABC collections are read."""

    @property
    def limit(self) -> int | None:
        """How many records at most."""


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


def read_folder(folder: Path) -> Iterator[dict[str, Any]]:
    """Each tune of each ABC, MusicXML and MIDI file under a folder, as a record with `abc` and `source`."""
    from abc_tools.formats.convert import READERS, import_text

    for path in sorted(folder.rglob("*")):
        if path.suffix == ".abc":
            text = path.read_text(encoding="utf-8", errors="replace")
        elif path.suffix.lower() in READERS:
            try:
                text = import_text(path.read_bytes(), path.suffix.lower())
            except ValueError:
                continue  # a file that is no score is left out, as a tune with errors is
        else:
            continue
        for tune in re.split(r"(?m)^(?=X:)", text):
            if "\nK:" in tune:
                yield {"abc": tune, "source": path.stem}


def read_music21_corpus() -> Iterator[dict[str, Any]]:
    """The ABC tunes that come with music21 (the collections without stated limits on use)."""
    from music21 import common

    for name in ("airdsAirs", "oneills1850", "ryansMammoth", "miscFolk"):
        yield from read_folder(Path(common.getCorpusFilePath()) / name)


def load_split(sources: Sources, split: str) -> list[Piece]:
    """The pieces of `train` or `valid`; folders of a user's own tunes are cut by tune family."""
    parts: list[Iterator[dict[str, Any]]] = []
    if not sources.folders and not sources.music21:
        folder = Path(sources.data) if sources.data else data_folder()
        path = folder / f"tunes_{split}.jsonl.gz"
        if not path.exists():
            raise ValueError(
                f"no training data at {path}; set TUNEWRIGHT_DATA, or name `folders` in the recipe"
            )
        parts.append(read_records(path))
    for name in sources.folders:
        if not Path(name).is_dir():
            raise ValueError(f"there is no folder {name}, which the recipe names in `folders`")
        parts.append(_own_split(read_folder(Path(name)), split))
    if sources.music21:
        parts.append(_own_split(read_music21_corpus(), split))
    return load_pieces(islice(chain.from_iterable(parts), sources.limit))


def _own_split(records: Iterable[dict[str, Any]], split: str) -> Iterator[dict[str, Any]]:
    for record in records:
        name = record["group"] = family(record["abc"])
        if (int(name, 16) % 33 == 0) == (split == "valid"):
            yield record


def family(abc: str) -> str:
    """A short name that a tune shares with its transpositions: the hash of its first 20 intervals."""
    tunes = parse(abc).tunes
    notes = [e.midi[-1] for m in tunes[0].measures for e in m.events if e.midi] if tunes else []
    opening = [b - a for a, b in pairwise(notes[:21])]
    return hashlib.sha256(str(opening).encode()).hexdigest()[:12]


# ------------------------------------------------------------------------------------------ pieces
def clean_title(title: str) -> str:
    """A title as a person would write it: no catalogue remarks, no capitals throughout, at most 48
    characters.

    >>> clean_title("BONNY LASS, The (2nd version)")
    'The Bonny Lass'
    """
    title = re.split(r"\s+--? | - |\(|\[|;", title)[0].strip(' ,.-"“”')
    if title.endswith((", The", ", A")):
        head, _, article = title.rpartition(", ")
        title = f"{article} {head}"
    words = title.split()
    if sum(word.isupper() for word in words) * 2 > len(words):
        title = " ".join(word.capitalize() for word in words)
    title = re.sub(r"\s+", " ", title)[:48].strip()
    return title[:1].upper() + title[1:]


def tidy_rhythm(piece: Piece) -> str | None:
    """The rhythm in one word of ours where the meter agrees with it; from the title if `R:` is silent."""
    rhythm = (piece.rhythm or "").lower().split(",")[0].strip() or None
    rhythm = RHYTHM_NAMES.get(rhythm or "", rhythm)
    meter = meter_text(piece.meter)
    if rhythm is None:
        named = next(
            (r for r in RHYTHM_IN_TITLE if re.search(rf"\b{r}\b", piece.title, re.I)), None
        )
        return named if named and meter in RHYTHM_METERS[named] else None
    return None if rhythm in RHYTHM_METERS and meter not in RHYTHM_METERS[rhythm] else rhythm


def tidy(piece: Piece) -> Piece:
    """The tune with a clean title and rhythm, and chords throughout or not at all; `Unreadable` if it
    is not for the model.
    """
    title = clean_title(piece.title)
    if REFUSED.search(piece.title) or not title:
        raise Unreadable("a title that is not for the model")
    notes = sum(bool(e.pitches) for v in range(len(piece.clefs)) for e in piece.events(v))
    if not FEWEST_NOTES <= notes <= MAX_NOTES or piece.n_bars > MAX_BARS:
        raise Unreadable("too short or too long")
    low, high = piece.steps
    if high - low > WIDEST or chromatic_share(piece) > MOST_CHROMATIC:
        raise Unreadable("a range or an idiom outside the model's")
    chorded = sum(any(e.chord for e in bar.voices[0]) for bar in piece.bars) / len(piece.bars)
    weight = SOURCE_WEIGHTS.get(piece.source, 1.0)
    piece = replace(piece, title=title, rhythm=tidy_rhythm(piece), weight=weight)
    return fill_chords(piece) if chorded > CHORDED else without_chords(piece)


def fill_chords(piece: Piece) -> Piece:
    """A chord symbol on the first event of each bar of the first voice (the one still sounding) where
    some bars have one.
    """
    sounding: str | None = None
    sections: list[Section] = []
    for section in piece.sections:
        bars = []
        for at, bar in enumerate(section.bars):
            events = list(bar.voices[0])
            if at or not section.pickup(piece.full):
                if events[0].chord is None and sounding:
                    events[0] = replace(events[0], chord=sounding)
                sounding = next((e.chord for e in reversed(events) if e.chord), sounding)
            else:
                events = [replace(e, chord=None) for e in events]
            bars.append(replace(bar, voices=(tuple(events), *bar.voices[1:])))
        sections.append(replace(section, bars=tuple(bars)))
    return replace(piece, sections=tuple(sections))


def harmonised(tune: Tune) -> Tune:
    """The tune with computed chord symbols (`abc_tools.harmonise`); ValueError if there are none."""
    from abc_tools.text import Edit, Span, apply

    found = chords_for(tune, sevenths=False, keep=False)
    placed = [
        p for before, p in zip([None, *found], found, strict=False)
        if before is None or before.chord != p.chord or p.onset == 0
    ]  # fmt: skip
    spots = [
        Edit(Span(p.event.span.start, p.event.span.start), f'"{p.chord.text}"') for p in placed
    ]
    return parse(apply(tune.source, spots)).tunes[0]


def load_pieces(records: Iterable[dict[str, Any]]) -> list[Piece]:
    """All records that the model's view has a place for, as pieces; the others are left out silently.

    A tune without chords comes a second time with computed ones; the two share its weight.
    """
    pieces = []
    for record in records:
        if record.get("n_voices", 1) > MAX_VOICES or record.get("n_bars", 0) > MAX_BARS:
            continue
        try:
            tunes = parse(record["abc"]).tunes
            if not tunes:
                continue
            piece = tidy(read_tune(tunes[0], record))
            write_body(piece)
        except Unreadable:
            continue
        if piece.has_chords or len(piece.clefs) > 1 or piece.key.mode not in ("major", "minor"):
            pieces.append(piece)
            continue
        pieces.append(replace(piece, weight=piece.weight * (1 - HARMONISED)))
        try:
            chorded = tidy(read_tune(harmonised(tunes[0]), record))
            pieces.append(replace(chorded, weight=piece.weight * HARMONISED))
        except ValueError:
            continue
    return pieces


def evened(pieces: Sequence[Piece], strength: float) -> list[Piece]:
    """The pieces with weights that let rare rhythms come more often. A rhythm is rare beside the rhythm of
    the mean tune: with a share s of all weight, where the mean tune's rhythm has m, it counts (m/s) times to
    the power of `strength`, at most `MOST_EVENED` times. 0 changes nothing; unnamed tunes keep their weight.
    """
    shares: dict[str, float] = defaultdict(float)
    for piece in pieces:
        if piece.rhythm:
            shares[piece.rhythm] += piece.weight
    mean = sum(s * s for s in shares.values()) / max(1e-9, sum(shares.values()))
    factors = {name: min(MOST_EVENED, (mean / s) ** strength) for name, s in shares.items() if s}
    return [replace(p, weight=p.weight * factors.get(p.rhythm or "", 1.0)) for p in pieces]


# ----------------------------------------------------------------------------- encoding and packing
@dataclass(frozen=True)
class Example:
    """One training example: the messages asked and the answer wanted; `kind` is its task."""

    messages: list[dict[str, str]]
    answer: str
    kind: str = "compose"


def encode(example: Example, tokenizer: Any) -> tuple[list[int], list[int]]:
    """Token ids and labels of an example; loss on the answer and its end mark only."""
    return dialogue.encode(example.messages, example.answer, tokenizer)


@dataclass(frozen=True)
class Packed:
    """Rows of `length` tokens: ids, labels, positions and the number of the example each token
    belongs to.
    """

    ids: Any  # (N, T) int32
    labels: Any  # (N, T) int32
    positions: Any  # (N, T) int32
    owners: Any  # (N, T) int32; -1 is padding

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, rows: slice) -> Packed:
        return Packed(self.ids[rows], self.labels[rows], self.positions[rows], self.owners[rows])


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
    out = [np.full(shape, fill, np.int32) for fill in (pad, dialogue.IGNORE, 0, -1)]
    for r, members in enumerate(rows):
        at = 0
        for i in members:
            ids, labels = encoded[i]
            stop = at + len(ids)
            values = (ids, [dialogue.IGNORE, *labels[1:]], range(len(ids)), [i] * len(ids))
            for array, value in zip(out, values, strict=True):
                array[r, at:stop] = value
            at = stop
    return Packed(*out)
