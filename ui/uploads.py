"""Files that people bring: ABC, MusicXML, MIDI and projects, read with a bound and never by name.

A file's name chooses the reader by its suffix and is otherwise not used: nothing is written under it.
"""

from __future__ import annotations

import base64
import binascii
import logging
from pathlib import PurePath
from typing import TYPE_CHECKING

from ui.exports import IMPORTS, open_project
from ui.strings import PAGE

if TYPE_CHECKING:
    from chat.session import Session

log = logging.getLogger(__name__)

MOST_BYTES = 2_000_000


class Unreadable(ValueError):
    """The file cannot be opened; the sentence is for the user."""


def read_tune(data: bytes, suffix: str, language: str) -> str:
    """Return the ABC text of a file; Unreadable if it holds none."""
    from abc_tools.formats.convert import import_text
    from abc_tools.text import decode

    words = PAGE[language]
    kind = suffix.lower()
    if len(data) > MOST_BYTES:
        raise Unreadable(words["file_too_large"])
    if kind not in IMPORTS:
        raise Unreadable(words["file_unknown"])
    if kind in (".abc", ".txt"):
        return decode(data).replace("\r\n", "\n")
    try:
        return import_text(data, kind)
    except ValueError as error:
        log.info("a file with the suffix %s was not read: %s", kind, error)
        raise Unreadable(words["file_unreadable"].format(kind=kind.lstrip("."))) from error


def read_upload(name: str, content: object, language: str) -> str | Session:
    """Return the tune or the project of a file that the browser sent as base64; Unreadable if neither."""
    from chat.project import NoProject

    words = PAGE[language]
    if not isinstance(content, str) or len(content) > MOST_BYTES * 4 // 3 + 8:
        raise Unreadable(words["file_too_large"])
    try:
        data = base64.b64decode(content, validate=True)
    except binascii.Error as error:
        raise Unreadable(words["file_unknown"]) from error
    suffix = PurePath(name).suffix.lower()
    if suffix != ".zip":
        return read_tune(data, suffix, language)
    try:
        return open_project(data)
    except NoProject as error:
        raise Unreadable(words["file_unreadable"].format(kind="zip")) from error
