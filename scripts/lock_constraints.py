"""Write constraints.txt: one tested version of every dependency for each Python we support.

    python scripts/lock_constraints.py python3.10 python3.11 python3.12 python3.13

Each interpreter resolves the project's own metadata with ``pip install --dry-run --report``;
nothing is installed. Where all of them agree the line has no marker; where a release dropped an
older Python, one line a version with a ``python_version`` marker. The file holds names and versions
only. Local version labels (``+cpu``) are left out: which build is taken is the index's business.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = "constraints.txt"
# A wish the resolver alone would not make: the version everything here was measured with.
WISHES = {"torch": "2.13.0"}
# Only pulled in by CUDA builds of torch, which pins them exactly by itself.
LEFT_TO_TORCH = re.compile(r"^(nvidia-|cuda-|triton$)")


def resolve(python: str) -> tuple[str, dict[str, str]]:
    """Return the ``major.minor`` of an interpreter and the versions pip would install for it."""
    wishes = [f"{name}=={version}" for name, version in WISHES.items()]
    command = [python, "-m", "pip", "install", "--dry-run", "--ignore-installed", "--quiet"]
    command += ["--report", "-", ".[test,dev]", *wishes]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{python} cannot resolve the project:\n{done.stderr[-4000:]}")
    report = json.loads(done.stdout)
    versions = {}
    for entry in report["install"]:
        name = re.sub(r"[-_.]+", "-", entry["metadata"]["name"]).lower()
        if name != "tunewright" and not LEFT_TO_TORCH.match(name):
            versions[name] = entry["metadata"]["version"].split("+")[0]
    environment = report["environment"]
    return str(environment["python_version"]), versions


def merge(resolved: dict[str, dict[str, str]]) -> list[str]:
    """Turn versions by Python into requirement lines, with markers only where they differ."""
    by_name: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for python, versions in resolved.items():
        for name, version in versions.items():
            by_name[name][version].append(python)
    lines = []
    for name in sorted(by_name):
        choices = by_name[name]
        if len(choices) == 1:
            # Also when only some Pythons need it: a constraint on what is not installed is
            # harmless.
            lines.append(f"{name}=={next(iter(choices))}")
            continue
        for version, pythons in choices.items():
            marker = " or ".join(f'python_version == "{python}"' for python in pythons)
            lines.append(f"{name}=={version} ; {marker}")
    return lines


def main(arguments: list[str]) -> int:
    """Resolve for every interpreter named and write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pythons", nargs="+", help="interpreters, one for each supported Python")
    pythons = parser.parse_args(arguments).pythons
    resolved = dict(resolve(python) for python in pythons)
    head = [
        f"# Written by scripts/lock_constraints.py for Python {', '.join(sorted(resolved))}.",
        "# Everything the project installs, at the version tested with. Not edited by hand.",
    ]
    (ROOT / TARGET).write_text("\n".join(head + merge(resolved)) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
