"""Recipes: YAML files that say how a model is trained, read into checked values.

A relative path in a recipe is relative to the working directory. An unknown or missing name, a value
of a wrong type and one that cannot be are a `ValueError` that names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

Recipe = TypeVar("Recipe")


@dataclass(frozen=True)
class PretrainRecipe:
    """Pretraining from scratch, or from the weights in `start`; training stops after `minutes` of work
    or `steps`, whichever is given.

    A step sees about `tokens` tokens in rows of one of `lengths`; `mix` has weights by task name,
    `last_mix` those of the phase in which the learning rate decays (with regular tunes only). `hear_dances`
    names the dance of tunes that do not say it, where it is heard with that probability
    (`lm.measures.dances`); `even_out` between 0 and 1 lets rare dances come more often.
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
    last_mix: Mapping[str, float] | None = None
    hear_dances: float | None = None
    even_out: float = 0.0
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
    """LoRA over a base model; stops after `steps`, or after `epochs` when `steps` is -1.

    A step sees `rows` · `accumulation` rows of `length` tokens on each device, filled with whole
    dialogues. `dtype` is what the base computes in and, on a GPU, what training is cast to; the adapter
    itself is float32. `mix` has shares by task name; `hub` is where `push` puts the adapter.
    """

    model: str
    out: str
    export: str
    revision: str | None = None
    data: str | None = None
    folders: tuple[str, ...] = ()
    music21: bool = False
    limit: int | None = None
    mix: Mapping[str, float] | None = None
    quantisation: str = "nf4"
    double_quantisation: bool = True
    dtype: str = "bfloat16"
    attention: str | None = None
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
    hub: str | None = None
    private: bool = True

    def __post_init__(self) -> None:
        """Refuse values that would fail late."""
        one_of("quantisation", self.quantisation, ("nf4", "none"))
        one_of("dtype", self.dtype, ("bfloat16", "float16", "float32"))
        one_of("device", self.device, (None, "cuda", "cpu"))
        for name in ("rank", "alpha", "rows", "accumulation", "log_every", "check_every"):
            at_least(name, getattr(self, name), 1)
        at_least("length", self.length, 64)
        at_least("warmup_steps", self.warmup_steps, 0)
        at_least("valid_examples", self.valid_examples, 0)
        if self.steps < 1 and self.steps != -1:
            raise ValueError(f"steps {self.steps}: a positive number, or -1 to count epochs")
        if not self.epochs > 0 or not self.lr > 0:
            raise ValueError(f"epochs {self.epochs} and lr {self.lr} must be above 0")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout {self.dropout}: from 0 to below 1")

    def sources(self) -> PretrainRecipe:
        """The part of the recipe that says where the tunes are."""
        return PretrainRecipe("", "", self.data, self.folders, self.music21, self.limit)


def one_of(name: str, value: Any, choices: tuple[Any, ...]) -> None:
    """`ValueError` unless the value is one of the choices."""
    if value not in choices:
        known = ", ".join("nothing" if choice is None else str(choice) for choice in choices)
        raise ValueError(f"{name} {value!r}: one of {known}")


def at_least(name: str, value: float, least: float) -> None:
    """`ValueError` unless the value is large enough."""
    if value < least:
        raise ValueError(f"{name} {value}: at least {least}")


@dataclass(frozen=True)
class EvaluateRecipe:
    """What to measure of a weights folder, and where the result goes; `drafts` are written for each of the
    `n` requests where the best of several is measured.
    """

    out: str
    weights: str = "lm/weights"
    n: int = 100
    drafts: int = 8
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

    try:
        values: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ValueError(f"{path} is not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(values, dict):
        raise ValueError(f"{path}: a recipe is a list of `name: value` lines")
    known = get_type_hints(kind)
    unknown = sorted(str(name) for name in set(values) - set(known))
    if unknown:
        raise ValueError(
            f"{path}: unknown names {', '.join(unknown)}; known are {', '.join(known)}"
        )
    try:
        return kind(**{name: convert(name, value, known[name]) for name, value in values.items()})
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path}: {error}") from error


def convert(name: str, value: Any, hint: Any) -> Any:
    """A YAML value as the type that a recipe wants; `ValueError` when it is another.

    Whole numbers pass for floats, and so does `5e-4`, which YAML takes for a word.
    """
    choices = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    for choice in choices:
        if isinstance(value, list) and get_origin(choice) is tuple:
            item = get_args(choice)[0]
            return tuple(convert(name, part, item) for part in value)
        if isinstance(value, dict) and get_origin(choice) is Mapping:
            item = get_args(choice)[1]
            return {str(k): convert(f"{name}.{k}", part, item) for k, part in value.items()}
        if isinstance(choice, type) and type(value) is choice:
            return value
    if float in choices and not isinstance(value, bool):
        with suppress(TypeError, ValueError):
            return float(value)
    wanted = " or ".join(getattr(choice, "__name__", str(choice)) for choice in choices)
    raise ValueError(f"{name} is {value!r}; {wanted.replace('NoneType', 'nothing')} is wanted")
