"""A language model for tests: it counts the notes of four pitches, and may be ended, changed or at a loss."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np


@dataclass
class FakeModel:
    """Vectors of four numbers; `most` is the vector after which it is ended."""

    digest: str = "fake one"
    most: int | None = None
    lost: str = "\0"
    seen: list[str] = field(default_factory=list)

    def vector(self, abc: str) -> object:
        if self.most is not None and len(self.seen) >= self.most:
            raise KeyboardInterrupt
        self.seen.append(abc)
        if self.lost in abc:
            return None
        body = abc.split("K:", 1)[1]
        return np.array([body.count(letter) / 24 for letter in "CDEG"])


def made() -> FakeModel:
    """What `--embedder tests.library.fake_model:made` names."""
    return FakeModel()


def absent() -> None:
    """A model that is not there."""


def slow() -> FakeModel:
    """A model that takes its time, so that it can be killed."""

    class Slow(FakeModel):
        def vector(self, abc: str) -> object:
            time.sleep(0.02)
            return super().vector(abc)

    return Slow()
