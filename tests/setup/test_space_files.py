"""What the hosted Space reads is what the project says about itself."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent.parent


def front_matter() -> dict[str, object]:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    assert block is not None, "README.md begins with the Space's front matter"
    data = yaml.safe_load(block.group(1))
    assert isinstance(data, dict)
    return data


def test_generated_files_are_up_to_date() -> None:
    script = ROOT / "scripts" / "space_files.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_front_matter_is_a_gradio_space() -> None:
    data = front_matter()
    assert data["sdk"] == "gradio"
    assert (ROOT / str(data["app_file"])).is_file()
    assert isinstance(data["python_version"], str), "unquoted, 3.10 would become 3.1"


def test_front_matter_names_the_gradio_that_was_tested() -> None:
    pinned = re.search(
        r"^gradio==(\S+)$", (ROOT / "constraints.txt").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert pinned is not None
    assert front_matter()["sdk_version"] == pinned.group(1)


def test_constraints_are_names_and_versions_only() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .*python_version.*)?", line), line


def test_every_dependency_has_a_tested_version() -> None:
    pinned = {
        line.split("==")[0]
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    }
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    named = re.findall(r'^    "([a-zA-Z0-9-]+)[>=<]', text, re.MULTILINE)
    assert len(named) > 15
    assert {name.lower() for name in named} <= pinned


def test_the_soundfont_stands_beside_the_library() -> None:
    packages = (ROOT / "packages.txt").read_text(encoding="utf-8").split()
    assert "libfluidsynth3" in packages
    assert any(name.endswith("-soundfont") for name in packages)
    assert "timgm6mb-soundfont" not in packages


def test_what_is_pushed_runs_on_its_own(tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "scripts" / "push_space.py"), "someone/something"]
    done = subprocess.run([*script, "--dry-run"], capture_output=True, text=True, check=True)
    names = done.stdout.splitlines()[1:]
    assert {"app.py", "README.md", "requirements.txt", "ui/static/score.js"} <= set(names)
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", ".ci/"))]
    for name in names:
        if not name.endswith((".safetensors", ".npz")):
            target = tmp_path / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    code = (
        "from chat.settings import load_settings; from ui.blocks import build;"
        "from ui.bridge import Bridge; import ui.bridge;"
        "assert ui.bridge.__file__.startswith(__import__('os').getcwd()), ui.bridge.__file__;"
        "print(len(build(Bridge(load_settings(profile='scripted'))).get_api_info()['named_endpoints']))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert ran.stdout.strip().endswith("6"), ran.stderr[-2000:]


def test_a_wrong_name_is_a_sentence() -> None:
    script = [sys.executable, str(ROOT / "scripts" / "push_space.py"), "nothing"]
    done = subprocess.run(script, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and "OWNER/NAME" in done.stdout
