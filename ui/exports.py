"""Files of a tune that people keep: sound, MIDI, MusicXML, pictures, and a whole project.

All are made by ``abc_tools.formats``; here stands only which of them the page offers and how a project is
packed. Bytes in, bytes out; where files lie is the business of :mod:`ui.files`.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abc_tools.tune import Tune
    from chat.session import Session

SOUNDS = ("mp3", "ogg", "wav")
KINDS = ("mid", "musicxml", "pdf", "svg", "png", *SOUNDS)
"""What the server makes of a tune; ABC is saved by the page itself."""
IMPORTS = (".abc", ".txt", ".musicxml", ".xml", ".mxl", ".mid", ".midi", ".zip")
PROJECT = "project.json"
MOST_PROJECT = 4_000_000  # bytes of the JSON in an archive, unpacked


def write(tune: Tune, kind: str) -> bytes:
    """Return the tune as a file of a kind that makes no sound; ValueError if it cannot be made."""
    from abc_tools.formats.convert import export

    return export(tune, kind)


def file_name(title: str) -> str:
    """Return a name for a file from a title: letters, digits, spaces and a few signs.

    >>> file_name("Sally's / Garden?"), file_name("../../etc"), file_name("秋天的歌")
    ('Sallys Garden', 'etc', '秋天的歌')
    """
    plain = re.sub(r"[^\w \-]+", "", title, flags=re.UNICODE)
    return re.sub(r"\s+", " ", plain).strip(" -_")[:80] or "tune"


def pack_project(session: Session) -> bytes:
    """Return a project as a zip archive: each version as ABC, the shown one as MIDI and MusicXML."""
    from abc_tools.parse import parse
    from chat.project import dump

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PROJECT, dump(session))
        for version in session.versions:
            archive.writestr(f"versions/v{version.number}.abc", version.abc)
        tune = parse(session.abc or "").tunes[0]
        for kind in ("mid", "musicxml"):
            archive.writestr(f"{file_name(tune.title)}.{kind}", write(tune, kind))
    return target.getvalue()


def open_project(data: bytes) -> Session:
    """Return the session of a project's archive; NoProject if it is none. Nothing else is unpacked."""
    from chat.project import NoProject, load

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(PROJECT) as file:
            text = file.read(MOST_PROJECT + 1)
    except (
        zipfile.BadZipFile,
        KeyError,
        OSError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise NoProject("This archive is no Tunewright project.") from error
    if len(text) > MOST_PROJECT:
        raise NoProject("This project is too large.")
    return load(text.decode("utf-8", "replace"))
