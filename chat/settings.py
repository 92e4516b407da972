"""Run-time settings: one YAML file of profiles, validated when it is read.

``load_settings()`` picks a profile (the argument, else ``TUNEWRIGHT_PROFILE``, else what the
hardware of a Space says, else ``cpu``), lays it over the defaults and checks every key: an unknown
one is an error, so that a typing mistake cannot silently change nothing. Everything below gets
values, never this module.

What it does not know: what the backends do with ``model``, which is handed on as a mapping.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import pydantic

PATH = Path(__file__).resolve().parent.parent / "spaces_config.yaml"
PROFILE_VARIABLE = "TUNEWRIGHT_PROFILE"


class SettingsError(Exception):
    """The settings cannot be used; the text says which key and why."""


class _Strict(pydantic.BaseModel):
    """A section in which every key is known and nothing changes after reading."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)


class ModelSettings(_Strict):
    """Which backend writes the music, and what it needs to know."""

    backend: Literal["embedded", "transformers", "endpoint", "scripted"]
    name: str | None = None
    revision: str | None = None
    adapter: str | None = None
    weights: str | None = None
    quantisation: Literal["nf4", "none"] | None = None
    dtype: Literal["float16", "bfloat16", "float32"] | None = None
    device: str | None = None
    url: str | None = None
    url_variable: str | None = None
    key_variable: str | None = None
    grammar: bool | Literal["vllm", "vllm-guided", "sglang", "llama.cpp"] | None = None
    timeout: float | None = pydantic.Field(default=None, gt=0)
    max_tokens: int | None = pydantic.Field(default=None, ge=1)
    temperature: float | None = pydantic.Field(default=None, ge=0, le=2)
    answers: tuple[str, ...] | None = None


class LimitSettings(_Strict):
    """How much one person may ask for, and how many at a time."""

    message_characters: int = pydantic.Field(ge=100)
    abc_characters: int = pydantic.Field(ge=1000)
    bars: int = pydantic.Field(ge=1)
    messages_per_minute: int = pydantic.Field(ge=1)
    queue: int = pydantic.Field(ge=1)
    concurrency: int = pydantic.Field(ge=1)


class AudioSettings(_Strict):
    """What is rendered and how much of it is kept."""

    soundfont: str | None = None
    format: Literal["mp3", "ogg", "wav"]
    seconds: int = pydantic.Field(ge=1)
    cache_megabytes: int = pydantic.Field(ge=1)


class PageSettings(_Strict):
    """What the page offers."""

    languages: tuple[Literal["en", "zh"], ...]
    tools: bool


class _Whole(_Strict):
    """One profile laid over the defaults."""

    model: ModelSettings
    limits: LimitSettings
    audio: AudioSettings
    page: PageSettings


class Settings(_Strict):
    """The settings of this process; ``model`` holds only the keys that were set."""

    profile: str
    model: Mapping[str, Any]
    limits: LimitSettings
    audio: AudioSettings
    page: PageSettings


def choose_profile(environment: Mapping[str, str]) -> str:
    """Return the profile for an environment: named, or by the Space's hardware, or ``cpu``.

    >>> choose_profile({"TUNEWRIGHT_PROFILE": "endpoint"}), choose_profile({"ACCELERATOR": "t4"})
    ('endpoint', 't4')
    >>> choose_profile({"SPACES_ZERO_GPU": "true"}), choose_profile({"ACCELERATOR": "none"})
    ('zerogpu', 'cpu')
    """
    named = environment.get(PROFILE_VARIABLE, "").strip()
    if named:
        return named
    if environment.get("SPACES_ZERO_GPU", "").lower() in ("1", "true", "yes"):
        return "zerogpu"
    if environment.get("ACCELERATOR", "none").lower() not in ("", "none", "cpu"):
        return "t4"
    return "cpu"


def load_settings(path: Path | None = None, profile: str | None = None) -> Settings:
    """Read the file and return the settings of a profile; SettingsError says what is wrong."""
    path = path or PATH
    profile = profile or choose_profile(os.environ)
    document = read_document(path)
    profiles = document["profiles"]
    if profile not in profiles:
        known = ", ".join(sorted(profiles))
        raise SettingsError(f"{path.name} has no profile {profile!r}; it has {known}.")
    merged = merge(document.get("defaults") or {}, profiles[profile] or {})
    try:
        whole = _Whole.model_validate(merged)
    except pydantic.ValidationError as error:
        # A misspelt key also makes the right one missing; the misspelling is what helps.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        where = ".".join(str(part) for part in first["loc"])
        message = f"{path.name}, profile {profile}, {where}: {first['msg']}."
        raise SettingsError(message) from error
    model = {key: value for key, value in whole.model.model_dump().items() if value is not None}
    return Settings(
        profile=profile, model=model, limits=whole.limits, audio=whole.audio, page=whole.page
    )


def read_document(path: Path) -> dict[str, Any]:
    """Return the parsed file after checking its outermost shape."""
    import yaml

    try:
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"The settings file {path.name} cannot be read.") from error
    except yaml.YAMLError as error:
        raise SettingsError(f"The settings file {path.name} is not valid YAML.") from error
    if not isinstance(document, dict) or document.get("schema") != 1:
        raise SettingsError(f"{path.name} must be a mapping with `schema: 1`.")
    unknown = set(document) - {"schema", "defaults", "profiles"}
    if unknown:
        raise SettingsError(f"{path.name} has unknown keys: {', '.join(sorted(unknown))}.")
    if not isinstance(document.get("profiles"), dict):
        raise SettingsError(f"{path.name} has no profiles.")
    return document


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping with the values of ``above`` over those of ``below``, nested ones merged.

    >>> merge({"a": {"b": 1, "c": 2}}, {"a": {"c": 3}})
    {'a': {'b': 1, 'c': 3}}
    """
    result = dict(below)
    for key, value in above.items():
        old = result.get(key)
        both = isinstance(value, Mapping) and isinstance(old, Mapping)
        result[key] = merge(old, value) if both else value  # type: ignore[arg-type]
    return result
