"""`make test`: every test, in two processes side by side; what the second one prints stands behind the first's.

The conversation's tests are a third of all and need nothing but a processor; beside the others, which wait for servers,
browsers and files, they cost little. One after the other both take a sixth longer.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASIDE = ("tests/chat", "chat")
"""What runs in the second process: the tests and the examples in the docstrings of the conversation."""
SOURCES = ("abc_tools", "library", "lm", "ui")


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
