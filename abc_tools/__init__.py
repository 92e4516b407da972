"""ABC notation: read exactly, judge strictly, mend gently, change locally. No model, no interface.

The names below are the stable surface; `docs/decisions/rooms-of-abc-tools.md` has the map of the rooms.
"""

from abc_tools.analyse import analyse
from abc_tools.canonical import canonical
from abc_tools.parse import parse, parse_tune
from abc_tools.repair import repair
from abc_tools.text import Edit, Span, apply
from abc_tools.tokens import tokenize
from abc_tools.validate import validate

__all__ = [
    "Edit", "Span", "analyse", "apply", "canonical", "parse", "parse_tune", "repair", "tokenize",
    "validate",
]  # fmt: skip
