"""Write what a hosted Space reads, from our own metadata: requirements.txt and packages.txt.

    python scripts/space_files.py [--check]

Python packages come from pyproject.toml, without gradio, which the Space installs in the version of
the README's front matter. System packages come from scripts/system_packages.py. With --check
nothing is written and the exit status says whether the files are up to date.
"""

from __future__ import annotations

import argparse
import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def read_dependencies(text: str) -> list[str]:
    """Return the run-time dependencies of a pyproject.toml.

    Read by pattern, because Python 3.10 has no TOML reader of its own.
    """
    block = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    if block is None:
        raise ValueError("pyproject.toml has no dependencies")
    return re.findall(r'^\s*"([^"]+)",?\s*$', block.group(1), re.MULTILINE)


def system_packages() -> tuple[str, ...]:
    """Return the Debian packages that the application uses."""
    spec = spec_from_file_location("system_packages", ROOT / "scripts" / "system_packages.py")
    assert spec is not None and spec.loader is not None, "the script stands beside this one"
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    packages: tuple[str, ...] = module.APT_RUNTIME
    return packages


def make_files() -> dict[str, str]:
    """Return the files' names and what should stand in them."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packages = [name for name in read_dependencies(text) if not name.startswith("gradio")]
    return {
        "requirements.txt": "\n".join(packages) + "\n",
        "packages.txt": "\n".join(system_packages()) + "\n",
    }


def main(arguments: list[str]) -> int:
    """Write or check the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, say what differs")
    check = parser.parse_args(arguments).check
    stale = []
    for name, content in make_files().items():
        path = ROOT / name
        if not path.is_file() or path.read_text(encoding="utf-8") != content:
            stale.append(name)
            if not check:
                path.write_text(content, encoding="utf-8")
    if check and stale:
        sys.stdout.write(f"Out of date: {', '.join(stale)}. Run make space-files.\n")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
