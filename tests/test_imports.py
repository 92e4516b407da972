"""The import table of the project: who may import whom, and where heavy libraries may be named.

Imports go one way: app → ui → chat → {library, lm} → abc_tools → soundfonts. Heavy libraries are
imported in the rooms that own them and, but for the page itself, inside the functions that use
them, so that `--help` is instant everywhere.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# Room → rooms it may import (besides itself).
ALLOWED: dict[str, set[str]] = {
    "soundfonts": set(),
    "abc_tools": {"soundfonts"},
    "lm": {"abc_tools"},
    "library": {"abc_tools"},
    "chat": {"abc_tools", "lm", "library"},
    "ui": {"abc_tools", "lm", "library", "chat"},
    "app": {"chat", "ui"},
}

# Library → files or rooms where it may be imported.
HEAVY: dict[str, tuple[str, ...]] = {
    "gradio": ("ui/", "app.py"),
    "spaces": ("ui/space.py",),
    "segno": ("ui/share.py",),
    "torch": ("lm/",),
    "transformers": ("lm/",),
    "peft": ("lm/",),
    "bitsandbytes": ("lm/",),
    "accelerate": ("lm/",),
    "llguidance": ("lm/",),
    "music21": (
        "abc_tools/score.py",
        "abc_tools/formats/score_import.py",
        "abc_tools/analyse.py",
        "abc_tools/keys.py",
        "lm/",
    ),
    "fluidsynth": ("abc_tools/formats/audio.py",),
    "soundfile": ("abc_tools/formats/audio.py",),
    "verovio": ("abc_tools/formats/engrave_worker.py",),
    "typst": ("abc_tools/formats/engrave_worker.py",),
    "fontTools": ("abc_tools/formats/engrave_worker.py",),
    "sqlalchemy": ("library/",),
    "alembic": ("library/",),
    "sklearn": ("library/", "chat/understand/guess/train.py", "lm/measures/dances.py"),
    "implicit": ("library/taste/",),
    "scipy": ("library/taste/", "chat/understand/guess/train.py"),
}
# Rooms that are the library's own and may name it at the top of a module.
# Those of library/ are loaded when a catalogue is opened, not with `import library`.
AT_THE_TOP: dict[str, tuple[str, ...]] = {
    "gradio": ("ui/blocks.py", "ui/score.py", "ui/page.py", "ui/api.py"),
    "sqlalchemy": (
        "library/catalogue.py",
        "library/embedding.py",
        "library/index.py",
        "library/migrations/versions/v0001_catalogue.py",
        "library/migrations/versions/v0002_listeners.py",
        "library/migrations/versions/v0003_vectors.py",
        "library/privacy.py",
        "library/published.py",
        "library/schema.py",
        "library/search.py",
        "library/store.py",
        "library/styles.py",
        "library/taste/content.py",
        "library/taste/service.py",
    ),
    "alembic": (
        "library/migrations/env.py",
        "library/migrations/versions/v0001_catalogue.py",
        "library/migrations/versions/v0002_listeners.py",
        "library/migrations/versions/v0003_vectors.py",
    ),
}


def modules() -> list[Path]:
    found = [ROOT / "app.py"]
    for room in ALLOWED:
        found += sorted((ROOT / room).rglob("*.py"))
    return [path for path in found if path.is_file()]


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """Yield (top-level package, whether the import runs when the module is imported)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside: set[int] = set()
    typing_only: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            inside |= {id(child) for child in ast.walk(node) if child is not node}
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            typing_only |= {id(child) for child in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        at_import = id(node) not in inside
        if isinstance(node, ast.Import):
            for name in node.names:
                yield name.name.split(".")[0], at_import
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield str(node.module).split(".")[0], at_import


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    room = name.split("/")[0].removesuffix(".py")
    for package, at_import in imports(path):
        if package in ALLOWED and package != room:
            assert package in ALLOWED[room], f"{name} may not import {package}"
        if package in HEAVY:
            assert name.startswith(HEAVY[package]), f"{package} has no place in {name}"
            top = AT_THE_TOP.get(package, ())
            assert not at_import or name in top, f"{name} imports {package} before it is needed"


def test_every_room_is_looked_at() -> None:
    rooms = {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in modules()}
    assert {"abc_tools", "lm", "chat", "ui", "app", "soundfonts", "library"} <= rooms


def test_the_test_would_notice(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text("import torch\ndef f():\n    import gradio.themes\n", encoding="utf-8")
    assert list(imports(path)) == [("torch", True), ("gradio", False)]
