"""`python -m library listener …` from a profile's beginning to its erasure."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from library.__main__ import main
from library.catalogue import Library

ROOT = Path(__file__).resolve().parents[2]


def test_the_command_line_of_a_listener(
    tmp_path: Path,
    tunebook: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    url = f"sqlite:///{tmp_path / 'c.sqlite3'}"
    opened = Library(url)
    opened.add([tunebook])
    opened.close()

    def run(*arguments: str) -> tuple[int, str]:
        code = main(["--library", url, "listener", *arguments])
        shown = capsys.readouterr()
        return code, shown.out + shown.err

    me = run("new")[1].strip()
    assert run("record", me, "1", "like") == (0, "")
    found = json.loads(run("recommend", me, "--json", "--top", "3")[1])
    assert found and all("The Copper Kettle" in row["reason"] for row in found)
    assert "因为你喜欢" in run("recommend", me, "--language", "zh")[1]
    monkeypatch.setattr(sys, "stdin", io.StringIO(me + "\n"))
    assert json.loads(run("export", "-")[1])["events"][0]["action"] == "like"
    assert run("record", me, "1", "like", "--take-back")[1] == "1 removed\n"
    assert "ε = 0.25; 0.75 is left" in run("counts", "rhythm")[1]
    assert run("forget-old", "--days", "3")[1].startswith("0 events")
    assert "0 events and 0 prompts" in run("erase", me)[1]
    code, told = run("export", me)
    assert code == 1 and "no profile" in told


def test_help_loads_nothing_heavy() -> None:
    script = ("import sys; sys.argv = ['library', 'listener', 'erase', '--help'];"
              "from library.__main__ import main\n"
              "try: main()\n"
              "except SystemExit: print({'numpy', 'sqlalchemy', 'scipy', 'implicit'} & set(sys.modules))")  # fmt: skip
    shown = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip().endswith("set()")
