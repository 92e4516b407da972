"""Where tunes come from: music21's corpus, files and folders, dumps of thesession.org.

`files` lists what there is to read, each as an `Item`; `tunes_in` reads one. A file that cannot be read is a
ValueError with a sentence. Nothing is fetched from anywhere.
"""

from __future__ import annotations

import csv
import hashlib
import importlib.util
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from abc_tools.fields import parse_unit
from abc_tools.formats.convert import READERS, import_text
from abc_tools.parse import parse
from abc_tools.styles import STYLES
from abc_tools.text import decode
from abc_tools.tune import Tune
from library.describe import Origin

SUFFIXES = (*READERS, ".csv", ".json")
_MOST_BYTES = 500_000_000
_CORPUS_LICENCE = "as distributed with music21, see its corpus/license.txt"
_ESSEN_LICENCE = "Essen Folksong Collection: research use, not for sale"
_SESSION_LICENCE = "thesession.org data, Open Database Licence"


@dataclass(frozen=True)
class Item:
    """One file to read. `origin` is what is known of its tunes before they are read."""

    path: Path
    origin: Origin

    @property
    def digest(self) -> str:
        """A name for the file's bytes and origin, 64 hexadecimal digits."""
        head = f"{self.origin.source}\n{self.path.suffix}\n".encode()
        return hashlib.sha256(head + self.path.read_bytes()).hexdigest()


# -- music21's corpus ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """Files of the corpus that belong together; the first that fits a file counts."""

    pattern: str
    source: str
    region: str = ""
    composer: str = ""
    rhythm: str = ""
    style: str = ""
    licence: str = _CORPUS_LICENCE


_CORPUS = (
    _Part("ryansMammoth/*.abc", "Ryan's Mammoth Collection (1883)", "United States"),
    _Part("oneills1850/*.abc", "O'Neill's Music of Ireland (1903)", "Ireland", style="irish tune"),
    _Part("airdsAirs/*.abc", "Aird's Airs (1782-1801)", "Scotland", style="scottish air"),
    _Part("miscFolk/*.abc", "Northumbrian Minstrelsy and fife tunes", "England", style="english air"),
    _Part("nottingham-dataset/*.abc", "Nottingham Music Database", "England"),
    _Part("essenFolksong/han*.abc", "Essen Folksong Collection: Chinese songs", "China",
          style="chinese folk song", licence=_ESSEN_LICENCE),
    _Part("essenFolksong/irl.abc", "Essen Folksong Collection: Irish songs", "Ireland",
          style="irish song", licence=_ESSEN_LICENCE),
    _Part("essenFolksong/lux.abc", "Essen Folksong Collection: Luxembourg", "Luxembourg",
          style="german folk song", licence=_ESSEN_LICENCE),
    _Part("essenFolksong/lot.abc", "Essen Folksong Collection: Lorraine", "Lorraine, France",
          style="german folk song", licence=_ESSEN_LICENCE),
    _Part("essenFolksong/ballad*.abc", "Essen Folksong Collection: ballads", "Germany",
          style="german ballad", licence=_ESSEN_LICENCE),
    _Part("essenFolksong/kinder*.abc", "Essen Folksong Collection: children's songs", "Germany",
          rhythm="nursery rhyme", style="german children's song", licence=_ESSEN_LICENCE),
    _Part("essenFolksong/*.abc", "Essen Folksong Collection: German songs", "Germany",
          style="german folk song", licence=_ESSEN_LICENCE),
    _Part("josquin/*.abc", "music21 corpus: Josquin", "France", "Josquin des Prez",
          style="renaissance polyphony"),
    _Part("bach/*.mxl", "music21 corpus: Bach", "Germany", "Johann Sebastian Bach", "hymn",
          "bach chorale"),
    _Part("leadSheet/*.mxl", "music21 corpus: lead sheets"),
    _Part("monteverdi/*.mxl", "music21 corpus: Monteverdi", "Italy", "Claudio Monteverdi",
          style="madrigal"),
    _Part("chopin/*.krn", "music21 corpus: Chopin", "Poland", "Frédéric Chopin"),
    _Part("handel/**/*.mxl", "music21 corpus: Handel", "", "George Frideric Handel"),
    _Part("haydn/**/*.mxl", "music21 corpus: Haydn", "Austria", "Joseph Haydn", style="string quartet"),
    _Part("joplin/*.mxl", "music21 corpus: Joplin", "United States", "Scott Joplin", "ragtime"),
    _Part("mozart/**/*.mxl", "music21 corpus: Mozart", "Austria", "Wolfgang Amadeus Mozart",
          style="string quartet"),
    _Part("schumann_robert/**/*.mxl", "music21 corpus: Robert Schumann", "Germany", "Robert Schumann"),
    _Part("schumann_clara/*.mxl", "music21 corpus: Clara Schumann", "Germany", "Clara Schumann"),
    _Part("verdi/*.mxl", "music21 corpus: Verdi", "Italy", "Giuseppe Verdi"),
)  # fmt: skip
_NOT_TUNES = ("essenFolksong/test",)
_LARGEST_SCORE = 60_000
"""Bytes of a score in the corpus that is still read at first use: larger ones take many seconds each."""


def corpus_folder() -> Path | None:
    """Where music21 keeps its corpus; None if it is not installed or came without."""
    spec = importlib.util.find_spec("music21")
    places = spec.submodule_search_locations if spec is not None else None
    folder = Path(next(iter(places))) / "corpus" if places else None
    return folder if folder is not None and folder.is_dir() else None


def corpus_items() -> list[Item]:
    """The files of music21's corpus that the catalogue starts with, tune books before scores."""
    folder = corpus_folder()
    if folder is None:
        return []
    items: dict[Path, Item] = {}
    for part in _CORPUS:
        origin = Origin(part.source, "", part.licence, part.region, part.composer, part.rhythm,
                        part.style)  # fmt: skip
        for path in sorted(folder.glob(part.pattern)):
            name = path.relative_to(folder).as_posix()
            small = path.suffix == ".abc" or path.stat().st_size <= _LARGEST_SCORE
            if path not in items and small and not name.startswith(_NOT_TUNES):
                items[path] = Item(path, replace(origin, place=f"music21/corpus/{name}"))
    return list(items.values())


# -- files and folders -----------------------------------------------------------------------------------


def items(paths: list[Path], source: str = "", licence: str = "") -> list[Item]:
    """Every file that can be read in some files and folders, in order. ValueError for a path that is not there."""
    found: dict[Path, Item] = {}
    for path in paths:
        if not path.exists():
            raise ValueError(f"There is no file or folder “{path}”.")
        inside = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in inside:
            if file.suffix.lower() not in SUFFIXES and path.is_dir():
                continue
            place = file.relative_to(path.parent).as_posix() if path.is_dir() else file.name
            name = source or (path.name if path.is_dir() else file.stem)
            found.setdefault(file, Item(file, Origin(name, place, licence or "not stated")))
    return list(found.values())


def tunes_in(item: Item) -> Iterator[tuple[Tune, Origin]]:
    """The tunes of a file with their origins. ValueError if it cannot be read."""
    suffix = item.path.suffix.lower()
    if item.path.stat().st_size > _MOST_BYTES:
        raise ValueError(f"“{item.path.name}” is larger than {_MOST_BYTES // 1_000_000} MB.")
    data = item.path.read_bytes()
    if suffix in (".csv", ".json"):
        yield from _dumped(data, suffix, item)
        return
    text = decode(data) if suffix == ".abc" else import_text(data, suffix)
    tunes = parse(text).tunes
    for number, tune in enumerate(tunes, start=1):
        field = tune.field("X")
        mark = field.value.strip() if field and field.value.strip() else str(number)
        place = f"{item.origin.place}#{mark}" if len(tunes) > 1 else item.origin.place
        yield tune, replace(item.origin, place=place)


# -- dumps -----------------------------------------------------------------------------------------------


def _dumped(data: bytes, suffix: str, item: Item) -> Iterator[tuple[Tune, Origin]]:
    """Tunes of a dump: rows with `name`, `type`, `meter`, `mode` and `abc`, as thesession.org writes them."""
    for row in _records(data, suffix, item.path.name):
        text = _whole_tune(row)
        if text is None:
            continue
        tunes = parse(text).tunes
        if not tunes:
            continue
        session = "tune_id" in row or "setting_id" in row
        origin = item.origin
        if session:
            number = f"tune {row.get('tune_id', '')}, setting {row.get('setting_id', row.get('setting', ''))}"
            licence = origin.licence if origin.licence != "not stated" else _SESSION_LICENCE
            origin = replace(origin, source="thesession.org", place=number, licence=licence)
        yield tunes[0], replace(origin, composer=str(row.get("composer") or ""))


def _records(data: bytes, suffix: str, name: str) -> Iterator[dict[str, Any]]:
    text = decode(data)
    if suffix == ".csv":
        csv.field_size_limit(10_000_000)
        try:
            yield from csv.DictReader(io.StringIO(text))
        except csv.Error as error:
            raise ValueError(f"“{name}” is not a table that can be read: {error}.") from error
        return
    try:
        records = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"“{name}” is not JSON that can be read.") from error
    if not isinstance(records, list):
        raise ValueError(f"“{name}” holds no list of tunes.")
    yield from (record for record in records if isinstance(record, dict))


def _whole_tune(row: dict[str, Any]) -> str | None:
    """ABC with a header, made from a row of a dump; None for a row without music."""
    body = str(row.get("abc") or "").replace("\\n", "\n").replace("\r\n", "\n").strip()
    if not body:
        return None
    if body.startswith("X:"):
        return body
    kind = _line(row.get("type") or row.get("rhythm"))
    style = STYLES.get(kind)
    meter = _line(row.get("meter")) or (style.meters[0] if style else "4/4")
    unit = _line(row.get("unit"))
    lines = ["X:1", f"T:{_line(row.get('name') or row.get('title'))}"]
    if kind:
        lines.append(f"R:{kind}")
    lines += [f"M:{meter}", f"L:{unit if unit and parse_unit(unit) else '1/8'}",
              f"K:{_line(row.get('mode') or row.get('key')) or 'C'}", body]  # fmt: skip
    return "\n".join(lines) + "\n"


def _line(value: object) -> str:
    """A value as it may stand in a field: one line."""
    return " ".join(str(value or "").split())
