"""A conversation's tunes as a file: every version with where it came from, and which one is shown.

A project is JSON: {schema, current, versions [{number, abc, note, parent, changed, asked}], locks}. It
holds no messages. What is read may come from anywhere, so it is bounded, checked by its schema, and
every text passes the same door as a pasted tune. What a conversation remembers beside that (what was
spoken of last) is not kept.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import replace

import pydantic

from abc_tools.parse import parse
from abc_tools.places import Place
from chat.incoming import ABC_LIMIT, cleaned
from chat.session import Lock, Session, Version

SCHEMA = 1
MOST_VERSIONS = 300
MOST_CHARACTERS = 4_000_000
"""Of JSON, unpacked; a packed text that is longer is not unpacked further."""


class NoProject(ValueError):
    """The text is no project that can be opened."""


class _Version(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid")

    number: int
    abc: str = pydantic.Field(max_length=ABC_LIMIT)
    note: str = pydantic.Field(default="", max_length=2000)
    parent: int | None = None
    changed: tuple[int, ...] = pydantic.Field(default=(), max_length=1000)
    asked: tuple[tuple[str, str], ...] = pydantic.Field(default=(), max_length=100)


class _Lock(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid")

    first: int | None = None
    last: int | None = None
    voice: str | None = pydantic.Field(default=None, max_length=200)


class _Project(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra="forbid")

    program: str = "tunewright"
    schema_number: int = pydantic.Field(alias="schema")
    current: int
    versions: tuple[_Version, ...] = pydantic.Field(min_length=1, max_length=MOST_VERSIONS)
    locks: tuple[_Lock, ...] = pydantic.Field(default=(), max_length=100)


def dump(session: Session) -> str:
    """The session's versions as JSON; "" if it has none. The newest are kept where there are too many."""
    if not session.versions or session.current is None:
        return ""
    session = _newest(session)
    return json.dumps(
        {
            "program": "tunewright",
            "schema": SCHEMA,
            "current": session.current,
            "versions": [
                {
                    "number": v.number, "abc": v.abc, "note": v.note, "parent": v.parent,
                    "changed": list(v.changed), "asked": [list(pair) for pair in v.asked],
                }
                for v in session.versions
            ],
            "locks": [
                {
                    "first": lock.place.first if lock.place else None,
                    "last": lock.place.last if lock.place else None,
                    "voice": lock.voice,
                }
                for lock in session.locks
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )  # fmt: skip


def _newest(session: Session) -> Session:
    """The session with its newest versions and the one that is shown, numbered anew."""
    kept = session.versions[-MOST_VERSIONS:]
    if len(kept) == len(session.versions):
        return session
    if session.version is not None and session.version not in kept:
        kept = (session.version, *kept[1:])
    numbers = {version.number: place for place, version in enumerate(kept, start=1)}
    return replace(
        session,
        versions=tuple(
            replace(v, number=numbers[v.number], parent=numbers.get(v.parent or 0)) for v in kept
        ),
        current=numbers[session.current or 0],
    )


def load(text: str) -> Session:
    """The session of a project. NoProject if the text is none, or holds a version without music."""
    if len(text) > MOST_CHARACTERS:
        raise NoProject("This project is too large.")
    try:
        project = _Project.model_validate_json(text)
    except pydantic.ValidationError as error:
        raise NoProject("This is no Tunewright project.") from error
    numbers = [version.number for version in project.versions]
    if project.schema_number != SCHEMA or numbers != list(range(1, len(numbers) + 1)):
        raise NoProject("This is no Tunewright project.")
    if not 1 <= project.current <= len(numbers):
        raise NoProject("This project shows a version that it does not have.")
    return Session(
        versions=tuple(_version(version) for version in project.versions),
        current=project.current,
        locks=tuple(_lock(lock) for lock in project.locks),
    )


def _version(given: _Version) -> Version:
    abc = cleaned(given.abc)
    tunes = parse(abc).tunes
    if not tunes or not any(event.notes for m in tunes[0].measures for event in m.events):
        raise NoProject(f"Version {given.number} of this project holds no tune.")
    if given.parent is not None and not 1 <= given.parent < given.number:
        raise NoProject(f"Version {given.number} of this project has no place in its history.")
    return Version(given.number, abc, given.note, given.parent, given.changed, given.asked)


def _lock(given: _Lock) -> Lock:
    if given.first is None or given.last is None:
        return Lock(None, given.voice)
    first, last = sorted((given.first, given.last))
    return Lock(Place(first, last), given.voice)


def pack(session: Session) -> str:
    """The project as a short text for a browser to keep; "" without versions."""
    text = dump(session)
    return deflate(text) if text else ""


def unpack(packed: str) -> Session:
    """The session of a packed project, read with a bound. NoProject if it is none."""
    try:
        return load(inflate(packed, MOST_CHARACTERS))
    except ValueError as error:
        raise NoProject("This is no Tunewright project.") from error


def deflate(text: str) -> str:
    """A text compressed and written in URL-safe base64, without its padding."""
    return base64.urlsafe_b64encode(zlib.compress(text.encode("utf-8"), 9)).decode().rstrip("=")


def inflate(packed: str, most: int) -> str:
    """A text that was compressed and written in URL-safe base64, at most `most` bytes of it.

    ValueError if it is no such text, or a longer one.

    >>> inflate("eJzLSM3JyVcozy_KSQEAGgsEXQ==", 100)
    'hello world'
    >>> inflate("eJzLSM3JyVcozy_KSQEAGgsEXQ", 5)
    Traceback (most recent call last):
    ValueError: too long
    """
    try:
        raw = base64.urlsafe_b64decode(packed.rstrip("=") + "=" * (-len(packed.rstrip("=")) % 4))
        reader = zlib.decompressobj()
        data = reader.decompress(raw, most)
    except (binascii.Error, zlib.error, UnicodeError) as error:
        raise ValueError("not a packed text") from error
    if reader.unconsumed_tail:
        raise ValueError("too long")
    if not reader.eof:
        raise ValueError("not a packed text")
    return data.decode("utf-8")
