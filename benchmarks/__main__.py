"""`python -m benchmarks`: every measurement, one after the other; results in `benchmarks/results/`."""

from __future__ import annotations

import subprocess
import sys

MEASUREMENTS = (
    "reading",
    "fuzz",
    "repair",
    "edits",
    "edit_functions",
    "compose",
    "formats",
    "facts",
    "harmony",
    "words",
    "grammar_cost",
    "decoding",
    "tokenizers",
)


def main() -> int:
    """Run each measurement in its own process, so that one cannot help another."""
    for name in MEASUREMENTS:
        sys.stdout.write(f"== {name}\n")
        sys.stdout.flush()
        done = subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
