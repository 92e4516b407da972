"""Tune → printed music without a browser: SVG, PNG and PDF.

The tune goes as MusicXML to Verovio and its pages to Typst, both in a child process with a time limit:
an engraver that dies on an odd tune takes nothing else with it. Sizes are in tenths of a millimetre, as
Verovio counts. Words in Chinese need a font with Chinese characters on the machine. Why these two:
`docs/decisions/engraving.md`.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

from abc_tools.formats.musicxml import write_musicxml
from abc_tools.tune import Tune

WORKER = Path(__file__).with_name("engrave_worker.py")
TIME_LIMIT = 60.0
MAX_EVENTS = 30_000
PAPERS = {"a4": (2100, 2970), "letter": (2159, 2794)}
PPI = 150


class EngraveError(ValueError):
    """The tune cannot be drawn; the text says why, for the user."""


def find_problem() -> str | None:
    """Why this machine cannot engrave, or None when it can."""
    for name in ("verovio", "typst"):
        if importlib.util.find_spec(name) is None:
            return f"The Python package {name} is not installed, so the score cannot be drawn here."
    return None


def engrave(tune: Tune, kind: str, *, paper: str = "a4", ppi: int = PPI) -> bytes:
    """The tune as the bytes of an `svg`, `png` (one picture as long as needed) or `pdf` (pages).

    EngraveError if it cannot be drawn; ValueError for an unknown kind or paper.
    """
    if kind not in ("svg", "png", "pdf"):
        raise ValueError(f"“{kind}” is no format for a score; svg, png and pdf are.")
    if paper not in PAPERS:
        raise ValueError(f"“{paper}” is no paper that is known; {', '.join(PAPERS)} are.")
    if problem := find_problem():
        raise EngraveError(problem)
    if sum(len(m.events) for v in tune.voices for m in v.measures) > MAX_EVENTS:
        raise EngraveError("This tune is too long to be drawn at once; please take a part of it.")
    staves = len(tune.voices)
    titles = [f.value for f in tune.fields if f.name == "T" and f.where == "header" and f.value]
    people = [f.value for f in tune.fields if f.name == "C" and f.value]
    job = {
        "musicxml": write_musicxml(tune).decode(), "kind": kind, "paper": PAPERS[paper],
        "zoom": 1.0 if staves <= 2 else 0.85 if staves == 3 else 0.75,
        "ppi": max(36, min(ppi, 600)), "titles": titles[:3], "people": people[:4],
    }  # fmt: skip
    return _run(json.dumps(job).encode())


def _run(job: bytes) -> bytes:
    """What the child makes of a job."""
    try:
        done = subprocess.run(
            [sys.executable, str(WORKER)], input=job, capture_output=True, timeout=TIME_LIMIT,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise EngraveError("Drawing this tune took too long and was stopped.") from error
    if done.returncode != 0 or not done.stdout:
        raise EngraveError("The engraver could not draw this tune.")
    return done.stdout
