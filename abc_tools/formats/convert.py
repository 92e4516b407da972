"""One format into another, chosen by suffix: what can be read becomes ABC, ABC becomes what is asked.

Readers turn the bytes of a file into ABC text (`import_text`), writers a tune into the bytes of a file
(`export`). Every failure is a ValueError with a sentence for users.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from abc_tools.formats import audio, midi
from abc_tools.formats.engrave import PPI, engrave
from abc_tools.formats.musicxml import write_musicxml
from abc_tools.parse import parse
from abc_tools.text import decode
from abc_tools.tune import Tune

MAX_BYTES = 20_000_000
MAX_UNPACKED = 100_000_000


@dataclass(frozen=True)
class Options:
    """Wishes for sound and picture; `tempo` is in quarter notes a minute, None as the tune says."""

    chords: bool = True
    mix: Mapping[str, midi.Mix] = field(default_factory=dict)
    tempo: int | None = None
    reverb: float = 1.0
    chorus: float = 1.0
    paper: str = "a4"
    ppi: int = PPI


# -- reading ----------------------------------------------------------------------------------


def _read_midi(data: bytes) -> str:
    from abc_tools.formats.midi_import import read_midi
    from abc_tools.formats.write import write

    return write(read_midi(data))


def _read_score(kind: str) -> Callable[[bytes], str]:
    def read(data: bytes) -> str:
        from abc_tools.formats.score_import import read_score
        from abc_tools.formats.write import write

        sheets = read_score(data, kind)
        return "\n".join(write(sheet, number=n) for n, sheet in enumerate(sheets, start=1))

    return read


def _read_compressed(data: bytes) -> str:
    return _read_score("musicxml")(unpack(data))


def unpack(data: bytes) -> bytes:
    """The MusicXML inside an .mxl file. ValueError if there is none or it is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [i for i in archive.infolist() if not i.filename.startswith("META-INF")]
            scores = [i for i in names if i.filename.lower().endswith((".xml", ".musicxml"))]
            if not scores:
                raise ValueError("There is no score in this .mxl file.")
            if scores[0].file_size > MAX_UNPACKED:
                raise ValueError("The score in this .mxl file is too large.")
            return archive.read(scores[0])
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ValueError("This .mxl file is damaged and cannot be opened.") from error


READERS: dict[str, Callable[[bytes], str]] = {
    ".abc": decode,
    ".mid": _read_midi,
    ".midi": _read_midi,
    ".musicxml": _read_score("musicxml"),
    ".xml": _read_score("musicxml"),
    ".mxl": _read_compressed,
    ".krn": _read_score("humdrum"),
    ".mei": _read_score("mei"),
}
"""Suffix → what makes ABC of the file's bytes."""


def import_text(data: bytes, suffix: str) -> str:
    """The ABC text of a file's bytes. ValueError if the format is unknown or cannot be read.

    >>> import_text(b"X:1\\nK:C\\nCDE|", ".abc")
    'X:1\\nK:C\\nCDE|'
    """
    kind = suffix.lower() if suffix.startswith(".") else f".{suffix.lower()}"
    reader = READERS.get(kind)
    if reader is None:
        raise ValueError(f"“{kind}” cannot be read; these can: {', '.join(READERS)}.")
    if len(data) > MAX_BYTES:
        raise ValueError(f"This file is larger than {MAX_BYTES // 1_000_000} MB.")
    if not data.strip():
        raise ValueError("This file is empty.")
    if kind in (".musicxml", ".xml") and data[:2] == b"PK":
        reader = _read_compressed
    return reader(data)


# -- writing ----------------------------------------------------------------------------------


def _sound(kind: str) -> Callable[[Tune, Options], bytes]:
    def write(tune: Tune, options: Options) -> bytes:
        data = midi.write(tune, chords=options.chords, mix=options.mix)
        sound = audio.render(data, reverb=options.reverb, chorus=options.chorus)
        return audio.encode(sound, kind)

    return write


def _picture(kind: str) -> Callable[[Tune, Options], bytes]:
    return lambda tune, options: engrave(tune, kind, paper=options.paper, ppi=options.ppi)


def _midi(tune: Tune, options: Options) -> bytes:
    return midi.write(tune, chords=options.chords, mix=options.mix)


def _compressed(tune: Tune, options: Options) -> bytes:
    """MusicXML in its own kind of zip archive."""
    container = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<container><rootfiles>'
        '<rootfile full-path="score.musicxml"/></rootfiles></container>\n'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (
            ("META-INF/container.xml", container.encode()),
            ("score.musicxml", write_musicxml(tune)),
        ):
            entry = zipfile.ZipInfo(name)  # with a fixed date: same tune, same bytes
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


WRITERS: dict[str, Callable[[Tune, Options], bytes]] = {
    ".abc": lambda tune, options: (tune.text.rstrip("\r\n") + "\n").encode(),
    ".mid": _midi,
    ".midi": _midi,
    ".musicxml": lambda tune, options: write_musicxml(tune),
    ".xml": lambda tune, options: write_musicxml(tune),
    ".mxl": _compressed,
    ".svg": _picture("svg"),
    ".png": _picture("png"),
    ".pdf": _picture("pdf"),
    ".wav": _sound("wav"),
    ".ogg": _sound("ogg"),
    ".mp3": _sound("mp3"),
    ".flac": _sound("flac"),
}
"""Suffix → what makes the file's bytes of a tune."""


def export(tune: Tune, suffix: str, options: Options | None = None) -> bytes:
    """The tune as the bytes of a file with this suffix. ValueError if that cannot be made."""
    kind = suffix.lower() if suffix.startswith(".") else f".{suffix.lower()}"
    writer = WRITERS.get(kind)
    if writer is None:
        raise ValueError(f"“{kind}” cannot be written; these can: {', '.join(WRITERS)}.")
    if kind != ".abc" and not tune.voices:
        raise ValueError("There is no music in this tune.")
    chosen = options or Options()
    if chosen.tempo is not None:
        tune = _at_tempo(tune, chosen.tempo)
    try:
        return writer(tune, chosen)
    except audio.AudioError as error:
        raise ValueError(str(error)) from error


def _at_tempo(tune: Tune, bpm: int) -> Tune:
    """The tune with another speed, in quarter notes a minute."""
    if not 10 <= bpm <= 400:
        raise ValueError(f"The tempo must be a number from 10 to 400, not {bpm}.")
    tempo = replace(tune.tempo, beat=Fraction(1, 4), bpm=Fraction(bpm), explicit=True)
    return replace(tune, tempo=tempo)


def tunes_of(data: bytes, suffix: str) -> tuple[Tune, ...]:
    """The tunes of a file in any format that can be read. ValueError if there are none."""
    tunes = parse(import_text(data, suffix)).tunes
    if not tunes:
        raise ValueError("There is no tune in this file.")
    return tunes
