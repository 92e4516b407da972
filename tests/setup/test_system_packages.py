"""The system packages script: it looks first, says one line if it may not install, never fails."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def script() -> ModuleType:
    path = ROOT / "scripts" / "system_packages.py"
    spec = importlib.util.spec_from_file_location("system_packages", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["system_packages"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def commands(script: Any, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Pretend to be Debian without any of the packages and record what would be run."""
    ran: list[list[str]] = []

    class Done:
        returncode = 0

    def run(command: list[str], **_: object) -> Done:
        ran.append(command)
        return Done()

    monkeypatch.setattr(script.platform, "system", lambda: "Linux")
    monkeypatch.setattr(script.shutil, "which", lambda name: "/usr/bin/" + name)
    monkeypatch.setattr(script.subprocess, "run", run)
    monkeypatch.setattr(script, "CHECKS", dict.fromkeys(script.CHECKS, lambda: False))
    return ran


def test_root_installs_font_and_library_together(
    script: Any, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script.os, "geteuid", lambda: 0)
    assert script.main([]) == 0
    update, install = commands
    assert "update" in update
    assert {"libfluidsynth3", "fluidr3mono-gm-soundfont"} <= set(install)
    assert "chromium" not in install


def test_without_the_right_to_install_it_says_what_to_type_and_succeeds(
    script: Any,
    commands: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(script, "root_prefix", lambda: None)
    assert script.main(["--test"]) == 0
    assert commands == []
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and all("sudo apt-get" in line for line in lines)
    assert "abcmidi" in lines[0] and "mariadb" in lines[1]


def test_a_database_that_a_system_does_not_know_costs_nothing_else(
    script: Any, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script.os, "geteuid", lambda: 0)
    assert script.main(["--test"]) == 0
    installs = [command for command in commands if "install" in command]
    assert ["mariadb-server-core" in command for command in installs] == [False, True]
    assert "chromium" in installs[0]


def test_nothing_missing_means_nothing_run(
    script: Any,
    commands: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(script, "CHECKS", dict.fromkeys(script.CHECKS, lambda: True))
    assert script.main(["--test"]) == 0
    assert commands == [] and capsys.readouterr().out == ""


def test_the_gpl_font_is_never_chosen_by_apt(
    script: Any, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script.os, "geteuid", lambda: 0)
    monkeypatch.setitem(script.CHECKS, "fluidr3mono-gm-soundfont", lambda: True)
    script.main([])
    assert "fluidr3mono-gm-soundfont" in commands[-1]


def test_macos_uses_brew(
    script: Any, commands: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script.platform, "system", lambda: "Darwin")
    assert script.main([]) == 0
    assert commands == [["brew", "install", "--quiet", "fluid-synth"]]
