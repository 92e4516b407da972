"""Recipes: YAML files that say how a model is trained, read into checked values.

A relative path in a recipe is relative to the working directory. An unknown or missing name is a
`ValueError` that names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

Recipe = TypeVar("Recipe")


@dataclass(frozen=True)
class PretrainRecipe:
    """Pretraining from scratch, or from the weights in `start`; training stops after `minutes` of work
    or `steps`, whichever is given.

    A step sees about `tokens` tokens in rows of one of `lengths`; `mix` has shares by task name.
    """

    out: str
    export: str
    data: str | None = None
    folders: tuple[str, ...] = ()
    music21: bool = False
    limit: int | None = None
    start: str | None = None
    vocabulary: int = 1664
    shape: Mapping[str, int] = field(default_factory=dict)
    mix: Mapping[str, float] | None = None
    tokens: int = 6144
    lengths: tuple[int, ...] = (512,)
    minutes: float | None = None
    steps: int | None = None
    warmup: float = 0.02
    decay_from: float = 0.6
    matrix_lr: float = 0.01
    other_lr: float = 0.003
    weight_decay: float = 0.05
    seed: int = 1
    threads: int | None = None
    compile: bool = True
    bfloat16: bool = False
    check_minutes: float = 8.0
    valid_examples: int = 160


@dataclass(frozen=True)
class FinetuneRecipe:
    """LoRA over a base model; stops after `steps`, or after `epochs` when `steps` is -1."""

    model: str
    out: str
    export: str
    data: str | None = None
    folders: tuple[str, ...] = ()
    music21: bool = False
    limit: int | None = None
    quantisation: str = "nf4"
    double_quantisation: bool = True
    dtype: str = "bfloat16"
    autocast: bool = False
    device: str | None = None
    rank: int = 16
    alpha: int = 32
    dropout: float = 0.0
    targets: str | tuple[str, ...] = "all-linear"
    rows: int = 8
    accumulation: int = 1
    length: int = 640
    steps: int = -1
    epochs: float = 1.0
    lr: float = 5e-4
    warmup_steps: int = 20
    optimiser: str = "adamw_torch"
    checkpointing: bool = False
    log_every: int = 10
    check_every: int = 200
    valid_examples: int = 96
    resume: bool = True
    seed: int = 1
    threads: int | None = None

    def __post_init__(self) -> None:
        """Refuse values that would fail late."""
        if self.quantisation not in ("nf4", "none"):
            raise ValueError(f"quantisation {self.quantisation!r}: nf4 or none")
        if self.dtype not in ("bfloat16", "float16", "float32"):
            raise ValueError(f"dtype {self.dtype!r}: bfloat16, float16 or float32")

    def sources(self) -> PretrainRecipe:
        """The part of the recipe that says where the tunes are."""
        return PretrainRecipe("", "", self.data, self.folders, self.music21, self.limit)


@dataclass(frozen=True)
class EvaluateRecipe:
    """What to measure of a weights folder, and where the result goes."""

    out: str
    weights: str = "lm/weights"
    n: int = 100
    seed: int = 1
    base: bool = True
    memorisation: bool = True
    data: str | None = None
    folders: tuple[str, ...] = ()
    music21: bool = False
    limit: int | None = None
    valid_examples: int = 200

    def sources(self) -> PretrainRecipe:
        """The part of the recipe that says where the tunes are."""
        return PretrainRecipe("", "", self.data, self.folders, self.music21, self.limit)


def read(path: Path, kind: type[Recipe]) -> Recipe:
    """The recipe in a YAML file as a value of the class `kind`."""
    import yaml

    values: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(values, dict):
        raise ValueError(f"{path}: a recipe is a list of `name: value` lines")
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise ValueError(
            f"{path}: unknown names {', '.join(unknown)}; known are {', '.join(known)}"
        )
    try:
        return kind(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})
    except TypeError as error:
        raise ValueError(f"{path}: {error}") from error
