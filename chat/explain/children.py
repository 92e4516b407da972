"""Single questions answered for a child: no technical word that is not explained, no percentages."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

from collections.abc import Callable

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.sections import sections
from chat.explain import analysis
from chat.explain.looking import returns
from chat.explain.scope import Scope
from chat.explain.statement import Statement
from chat.phrases import plain


def form(s: Scope, _: str) -> list[Fact]:
    """The sections as rooms that come again or are new."""
    parts = sections(s.tune)
    found: list[Fact] = []
    seen: dict[str, tuple[int, ...]] = {}
    for part in parts:
        bars = tuple(range(part.first, part.last + 1))
        name = plain(part.label)
        letter = name.rstrip("'′’0123456789")
        if letter in seen:
            found.append(
                Statement("child part again", {"name": letter, "before": list(seen[letter])}, bars)
            )
        else:
            found.append(
                Statement("child part" if not seen else "child part new", {"name": letter}, bars)
            )
            seen[letter] = bars
    if len(parts) < 2:
        found = [Statement("child one part", {}, s.bars), *analysis.repeats(s)[:2]]
        return [*found, *returns(s)[:2]]
    return found


def of_kinds(*kinds: str) -> Callable[[Scope, str], list[Fact]]:
    """The sentences of the child's analysis that are of some kinds."""

    def find(s: Scope, _: str) -> list[Fact]:
        return [f for f in analysis.child(s) if f.kind in kinds]

    return find


def harmony(s: Scope, _: str) -> list[Fact]:
    """Chords as notes sounding together, and which comes most."""
    if not s.chords:
        return [Statement("no chords", {}, s.bars)]
    names = list(dict.fromkeys(h.chord.text for h in s.chords))
    value = {"count": len(names), "names": names[:8]}
    return [Statement("child chords", value, in_order(h.bar for h in s.chords))]


CHILD: dict[str, Callable[[Scope, str], list[Fact]]] = {
    "form": form, "meter": of_kinds("child meter"), "key": of_kinds("child home", "child away", "child colour"),
    "range": of_kinds("child range"), "melody": of_kinds("child moves", "child range"), "moves": of_kinds("child moves"),
    "tempo": of_kinds("child pace"), "repeats": of_kinds("child repeat", "child again"), "harmony": harmony,
    "rhythm": of_kinds("child meter", "child pace"),
}  # fmt: skip
"""Topic → how it is said to a child."""

SAYINGS: dict[str, tuple[str, str]] = {
    "child part": ("First comes the tune that we call {name}, in {bars:bars}.", "先是{name}段，在{bars:bars}。"),
    "child part new": ("Then comes something new, called {name}: {bars:bars}. It sounds different, like going out to play.", "然后是新的{name}段，在{bars:bars}，听起来不一样，就像出门去玩。"),
    "child part again": ("Then {name} comes back, in {bars:bars}, like coming home: listen how it is like {before:bars}.", "然后{name}段又回来了，在{bars:bars}，就像回家：听听它和{before:bars}多像。"),
    "child one part": ("The whole tune, {bars:bars}, is one piece without different parts.", "整首曲子（{bars:bars}）是一整段，没有分成不同的部分。"),
    "child chords": ("Chords are notes that sound together, like friends singing at once; here are {count} of them: {names:chords} ({bars:bars}).",
                     "和弦就是几个音一起响，像几个朋友一起唱；这里有{count}个：{names:chords}（{bars:bars}）。"),
}  # fmt: skip
