"""`Intent`: what a message wants, as the rooms of `chat.act` take it."""

from __future__ import annotations

from dataclasses import dataclass, field

from abc_tools.places import NoPlace
from abc_tools.tune import Tune
from chat.explain import Question
from chat.requirements import Wishes
from chat.understand.history import Step
from chat.understand.operation import Operation
from chat.understand.seeds import Seed


@dataclass(frozen=True)
class Intent:
    """What to do. `problem` is (name of a sentence, what was said) where something is asked back, `options`
    what is offered then; `redo` says that the last change is taken back first; `request` is the text a new
    tune is written for, `seed` the opening that it shall have. `unsure` says that a question was
    guessed. `then` are questions to answer once the change is made;
    `parts` are questions asked side by side, each as it was said and as it was read.
    """

    kind: str
    wishes: Wishes = field(default_factory=Wishes)
    operations: tuple[Operation, ...] = ()
    step: Step | None = None
    question: Question | None = None
    problem: tuple[str, str] = ("", "")
    details: dict[str, str] = field(default_factory=dict)
    redo: bool = False
    request: str = ""
    topic: str = ""
    number: int = 0
    options: tuple[str, ...] = ()
    seed: Seed | None = None
    unsure: bool = False
    then: tuple[str, ...] = ()
    parts: tuple[tuple[str, Intent], ...] = ()


def edit_of(operations: list[Operation]) -> Intent:
    """The intent of some changes; what cannot be is asked back."""
    impossible = next((o for o in operations if o.name.startswith("impossible")), None)
    if impossible is not None:
        code = {"impossible-key": "no-such-key", "impossible-tempo": "no-such-tempo"}[
            impossible.name
        ]
        return Intent("refuse", problem=(code, impossible.values["said"]))
    wrong = next((o.wrong for o in operations if o.wrong is not None), None)
    if wrong is not None:
        return Intent("refuse", problem=_no_place(wrong))
    return Intent("edit", operations=tuple(operations))


def _no_place(wrong: NoPlace) -> tuple[str, str]:
    code = "no-such-bars" if wrong.code == "bars" else "no-such-section"
    return code, wrong.said or wrong.code


def lost(tune: Tune | None) -> Intent:
    """What is said where nothing was understood."""
    return Intent("refuse", problem=("no-tune" if tune is None else "not-understood", ""))
