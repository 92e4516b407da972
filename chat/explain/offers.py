"""Changes that an answer speaks of → messages that make them, so that "yes" or "the second one" can take one."""

from __future__ import annotations

from collections.abc import Sequence

from abc_tools.analyse.fact import Fact

CHORD = ("change the chord of bar {bar} to {chord}", "把第{bar}小节的和弦改成{chord}")


def offered(topic: str, found: Sequence[Fact], language: str) -> tuple[str, ...]:
    """The messages that make the changes of an answer, in its order."""
    kinds = {"chord choice": "chord", "chord instead": "new"}
    name = kinds.get(topic)
    if name is None:
        return ()
    return tuple(
        CHORD[language == "zh"].format(bar=f.bars[0], chord=f.value[name])
        for f in found
        if f.kind == topic
    )
