"""Outside opinions on a tune: abcjs (under node) and abc2midi. Neither is needed to run the product.

`abcjs_bars` gives the length of every bar that abcjs reads; `abc2midi_complaints` the bar-length
warnings and errors that abc2midi prints. Both are None when the program is not installed.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from fractions import Fraction
from pathlib import Path

from abc_tools.tune import Tune

ROOT = Path(__file__).resolve().parent.parent
ABCJS = ROOT / "ui" / "vendor" / "abcjs" / "abcjs-basic-min.js"
SCRIPT = Path(__file__).with_name("abcjs_bars.js")
_COMPLAINT = re.compile(
    r"^(?:Error|Warning) in line-char.*(?:units|Bar |expected|Missing|unrecogni[sz]ed|tie)|^Error",
    re.I,
)


def abcjs_bars(texts: list[str]) -> list[list[list[Fraction]]] | None:
    """Per text and voice the length of every bar in whole notes, as abcjs understands it."""
    node = shutil.which("node")
    if node is None:
        return None
    done = subprocess.run(
        [node, str(SCRIPT), str(ABCJS)], input=json.dumps(texts), capture_output=True, text=True,
        check=True, timeout=300,
    )  # fmt: skip
    return [
        [[Fraction(length).limit_denominator(960) for length in voice] for voice in one["voices"]]
        for one in json.loads(done.stdout)
    ]


def our_bars(tune: Tune) -> list[list[Fraction]]:
    """The same from our parser."""
    return [[measure.duration for measure in voice.measures] for voice in tune.voices]


def abc2midi_complaints(text: str) -> list[str] | None:
    """Lines in which abc2midi finds a bar of the wrong length or something it cannot read."""
    program = shutil.which("abc2midi")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "tune.abc"
        source.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [program, str(source), "-o", str(Path(folder) / "tune.mid")], capture_output=True,
            text=True, check=False, timeout=60, errors="replace",
        )  # fmt: skip
        lines = (done.stdout + done.stderr).splitlines()
        made = (Path(folder) / "tune.mid").exists()
    found = [line for line in lines if _COMPLAINT.search(line)]
    return found if made else [*found, "no MIDI file was made"]
