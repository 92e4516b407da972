"""Building frozen dataclasses as quickly as plain ones.

A frozen dataclass sets every field through `object.__setattr__`, which is what most of the time of reading
a tune went into: 1.7 µs an `Event` against 0.4 µs here (Python 3.11). What `builder` returns makes the object
as an instance of a subclass that may still be written to, and hands it over as the frozen class.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


def builder(frozen: Callable[..., T]) -> Callable[..., T]:
    """A quick constructor of a frozen dataclass; it takes all fields, by position.

    >>> from abc_tools.text import Span
    >>> made = builder(Span)(1, 2)
    >>> made == Span(1, 2), type(made) is Span
    (True, True)
    """
    names = [field.name for field in fields(frozen)]  # type: ignore[arg-type]
    lines = [f"    self.{name} = {name}" for name in names]
    code = f"def __init__(self, {', '.join(names)}):\n" + "\n".join(lines)
    scope: dict[str, Any] = {"frozen": frozen}
    exec(f"{code}\n    self.__class__ = frozen\n", scope)
    body = {
        "__slots__": (),
        "__init__": scope["__init__"],
        "__setattr__": object.__setattr__,  # only both together bring the quick way back
        "__delattr__": object.__delattr__,
    }
    quick: Callable[..., T] = type("Quick", (frozen,), body)  # type: ignore[arg-type]
    return quick
