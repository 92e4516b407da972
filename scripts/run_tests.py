"""`make test`: every test, in two processes side by side; what the second one prints stands behind the first's.

The page's tests wait for servers and browsers, those of the music, the model and the library need processor and disk;
the conversation's go with the page's, so that both take as long. One after the other they last half as long again.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASIDE = ("tests/chat", "tests/ui", "chat", "ui")
"""What runs in the second process: the tests and the examples in the docstrings of the conversation and of the page."""
SOURCES = ("abc_tools", "library", "lm")


def others() -> list[str]:
    """Every other folder or file of tests, and the sources whose docstrings hold examples."""
    tests = sorted(
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").iterdir()
        if path.name.startswith("test_") or (path.is_dir() and any(path.rglob("test_*.py")))
    )
    return [*(name for name in tests if name not in ASIDE), *SOURCES]


def main() -> int:
    """Run both; the exit status is that of the first that failed."""
    command = [sys.executable, "-m", "pytest"]
    with tempfile.TemporaryFile() as printed:
        aside = subprocess.Popen(
            [*command, "-p", "no:cacheprovider", *ASIDE],
            cwd=ROOT, stdout=printed, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            first = subprocess.run([*command, *others()], cwd=ROOT, check=False).returncode
            second = aside.wait()
        finally:
            aside.kill()
        printed.seek(0)
        sys.stdout.write(printed.read().decode("utf-8", "replace"))
    return first or second


if __name__ == "__main__":
    sys.exit(main())
