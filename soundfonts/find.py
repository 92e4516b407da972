"""Find a General MIDI soundfont on this machine.

``TUNEWRIGHT_SOUNDFONT`` wins when it names a file. Then the known places of Debian, Ubuntu, Fedora,
Arch, Homebrew and macOS are looked through for the fonts of :data:`KNOWN`, in that order: fonts
under the MIT licence first, the quickest to load first among those. Last comes any other ``.sf2``
or ``.sf3`` file there.

Standard library only, because the set-up script asks too, before anything is installed. The file is
not opened: whether it is a good soundfont is found out by the synthesiser.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

VARIABLE = "TUNEWRIGHT_SOUNDFONT"


@dataclass(frozen=True)
class Soundfont:
    """A soundfont file and the licence it is known under (``unknown`` where we cannot tell)."""

    path: Path
    licence: str


# File name → licence, best first. The GPL-2 font is a last resort on machines that already have it;
# we never install it.
KNOWN: Mapping[str, str] = {
    "FluidR3_GM.sf2": "MIT",
    "FluidR3Mono_GM.sf3": "MIT",
    "FluidR3_GM.sf3": "MIT",
    "MuseScore_General.sf3": "MIT",
    "MuseScore_General_Full.sf3": "MIT",
    "MuseScore_General_Lite.sf3": "MIT",
    "MuseScore_General.sf2": "MIT",
    "GeneralUser-GS.sf2": "GeneralUser GS licence",
    "default-GM.sf3": "unknown",
    "default-GM.sf2": "unknown",
    "TimGM6mb.sf2": "GPL-2",
}

FOLDERS: tuple[str, ...] = (
    "~/.local/share/soundfonts",
    "~/Library/Audio/Sounds/Banks",
    "/usr/share/sounds/sf2",
    "/usr/share/sounds/sf3",
    "/usr/share/soundfonts",
    "/usr/local/share/soundfonts",
    "/opt/homebrew/share/soundfonts",
    "/usr/local/share/sounds/sf2",
    "/Library/Audio/Sounds/Banks",
)


def list_soundfonts(folders: Sequence[str | Path] = FOLDERS) -> Iterator[Soundfont]:
    """Yield the soundfonts found in the folders, the preferred first, each file once."""
    present = [Path(folder).expanduser() for folder in folders]
    seen: set[Path] = set()
    for name, licence in KNOWN.items():
        for folder in present:
            path = folder / name
            if path.is_file() and path.resolve() not in seen:
                seen.add(path.resolve())
                yield Soundfont(path, licence)
    for folder in present:
        if not folder.is_dir():
            continue
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in (".sf2", ".sf3") and path.is_file():
                if path.resolve() in seen:
                    continue
                seen.add(path.resolve())
                yield Soundfont(path, "unknown")


def find_soundfont(
    environment: Mapping[str, str] | None = None, folders: Sequence[str | Path] = FOLDERS
) -> Soundfont | None:
    """Return the soundfont to use, or None when the machine has none.

    A file named by ``TUNEWRIGHT_SOUNDFONT`` that does not exist counts as none at all: the user
    asked for that one, and another sound without a word would be a puzzle.
    """
    named = (os.environ if environment is None else environment).get(VARIABLE, "").strip()
    if named:
        path = Path(named).expanduser()
        return Soundfont(path, KNOWN.get(path.name, "unknown")) if path.is_file() else None
    return next(list_soundfonts(folders), None)
