"""A tune in another format, chosen by a file's suffix. Each writer is one function on bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from abc_tools import audio, midi
from abc_tools.score import write_musicxml
from abc_tools.tune import Tune


def _sound(kind: str) -> Callable[[Tune], bytes]:
    return lambda tune: audio.encode(audio.render(midi.write(tune)), kind)


WRITERS: dict[str, Callable[[Tune], bytes]] = {
    ".abc": lambda tune: tune.text.encode(),
    ".mid": midi.write,
    ".midi": midi.write,
    ".musicxml": write_musicxml,
    ".wav": _sound("wav"),
    ".ogg": _sound("ogg"),
    ".mp3": _sound("mp3"),
}


def convert(tune: Tune, target: Path) -> None:
    """Write `tune` to `target`. ValueError for a suffix that cannot be written."""
    writer = WRITERS.get(target.suffix.lower())
    if writer is None:
        known = ", ".join(WRITERS)
        raise ValueError(f"“{target.suffix}” cannot be written; these can: {known}.")
    try:
        target.write_bytes(writer(tune))
    except audio.AudioError as error:
        raise ValueError(str(error)) from error
