"""The settings file: every profile loads, mistakes are named, the environment chooses."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from chat.settings import PATH, SettingsError, load_settings
from lm.endpoint import GRAMMARS

PROFILES = tuple(yaml.safe_load(PATH.read_text(encoding="utf-8"))["profiles"])


@pytest.mark.parametrize("profile", PROFILES)
def test_every_profile_loads(profile: str) -> None:
    settings = load_settings(profile=profile)
    assert settings.profile == profile
    assert settings.model["backend"] in ("embedded", "transformers", "endpoint", "scripted")
    assert None not in settings.model.values()


def test_design_profiles_are_there() -> None:
    assert {"cpu", "t4", "zerogpu", "endpoint"} <= set(PROFILES)


def write(path: Path, text: str) -> Path:
    target = path / "settings.yaml"
    target.write_text(text, encoding="utf-8")
    return target


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("queue: 20", "queues: 20", "queues"),
        ("queue: 20", "queue: none at all", "queue"),
        ("format: mp3", "format: aiff", "format"),
        ("backend: embedded", "backend: magic", "backend"),
        ("schema: 1", "schema: 2", "schema"),
        ("defaults:", "default:", "default"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    text = PATH.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(SettingsError, match=named):
        load_settings(write(tmp_path, text.replace(old, new, 1)), "cpu")


@pytest.mark.parametrize("text", ["", "- a", "{", "schema: 1"])
def test_no_settings_at_all_is_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(write(tmp_path, text), "cpu")
    assert str(caught.value).endswith(".")


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path / "none.yaml", "cpu")


def test_unknown_profile_lists_the_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUNEWRIGHT_PROFILE", "moon")
    with pytest.raises(SettingsError, match="zerogpu"):
        load_settings()


def test_settings_do_not_change_after_reading() -> None:
    settings = load_settings(profile="cpu")
    with pytest.raises(ValueError, match="frozen"):
        settings.limits.queue = 3  # type: ignore[misc]


@pytest.mark.parametrize("dialect", [True, False, *GRAMMARS])
def test_an_endpoint_may_name_the_grammar_that_it_takes(
    tmp_path: Path, dialect: bool | str
) -> None:
    text = PATH.read_text(encoding="utf-8").replace("grammar: true", f"grammar: {dialect}")
    path = tmp_path / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    assert load_settings(path, "endpoint").model["grammar"] == dialect


def test_an_unknown_grammar_is_named(tmp_path: Path) -> None:
    text = PATH.read_text(encoding="utf-8").replace("grammar: true", "grammar: gbnf")
    path = tmp_path / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="grammar"):
        load_settings(path, "endpoint")
