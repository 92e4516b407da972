"""Playing with a capo: which shapes a guitarist takes for the chords of the tune, or where a capo makes them easy."""

# ruff: noqa: E501 - a wrapped saying is harder to read than a long line
from __future__ import annotations

from abc_tools.analyse import terms as t
from abc_tools.analyse.fact import Fact, in_order
from abc_tools.chords import ChordSymbol, parse_chord
from abc_tools.theory import ALTER_NAMES, Pitch
from chat.explain.scope import Scope
from chat.explain.statement import Statement

OPEN = frozenset(
    (
        "C",
        "A",
        "G",
        "E",
        "D",
        "Am",
        "Em",
        "Dm",
        "E7",
        "A7",
        "D7",
        "G7",
        "C7",
        "B7",
        "Cmaj7",
        "Fmaj7",
        "Em7",
        "Am7",
        "Dm7",
        "Dsus4",
        "Asus4",
        "Esus4",
    )
)
"""Chords that are played on open strings at the nut, the first that guitarists learn."""
HIGHEST = 7
"""The highest fret on which a capo is usual."""
_NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


def shape(symbol: str, fret: int) -> str:
    """The chord whose shape sounds as `symbol` with a capo on a fret.

    >>> shape("D", 2), shape("Bbm7/F", 1), shape("A7", 2)
    ('C', 'Am7/E', 'G7')
    """
    found = parse_chord(symbol)
    assert found is not None, "only chords are played"
    root = _NAMES[(found.root_class - fret) % 12]
    bass = None
    if found.bass:
        step, alter = found.bass
        name = _NAMES[(Pitch(step, alter, 4).midi - fret) % 12]
        bass = (name[0], {v: k for k, v in ALTER_NAMES.items()}[name[1:]])
    alter = {v: k for k, v in ALTER_NAMES.items()}[root[1:]]
    return ChordSymbol(root[0], alter, found.quality, bass).text


def capo(s: Scope, term: str) -> list[Fact]:
    """The shapes with a capo on the fret that `term` names; without one, the lowest fret with most open shapes."""
    symbols = list(dict.fromkeys(h.chord.text for h in s.chords))
    bars = in_order(h.bar for h in s.chords)
    if not symbols:
        return [Statement("capo no chords", {}, s.bars)]
    if term:
        fret = int(term)
        shapes = [shape(c, fret) for c in symbols]
        pairs = [
            f"{t.signs(new)} for {t.signs(old)}" for new, old in zip(shapes, symbols, strict=True)
        ]
        chinese = [
            f"{t.signs(old)}按{t.signs(new)}" for new, old in zip(shapes, symbols, strict=True)
        ]
        value: dict[str, object] = {"fret": fret, "shapes": shapes, "chords": symbols,
                                    "pairs": [list(pair) for pair in zip(pairs, chinese, strict=True)]}  # fmt: skip
        return [Statement("capo", value, bars), *_open(shapes, bars)]
    best = max(range(HIGHEST + 1), key=lambda n: (sum(shape(c, n) in OPEN for c in symbols), -n))
    shapes = [shape(c, best) for c in symbols]
    value = {
        "fret": best,
        "shapes": shapes,
        "count": sum(x in OPEN for x in shapes),
        "of": len(shapes),
    }
    return [Statement("capo best" if best else "no capo needed", value, bars)]


def _open(shapes: list[str], bars: tuple[int, ...]) -> list[Fact]:
    if all(x in OPEN for x in shapes):
        return [Statement("capo all open", {"shapes": shapes}, bars)]
    closed = [x for x in shapes if x not in OPEN]
    return [Statement("capo not open", {"shapes": closed}, bars)]


SAYINGS: dict[str, tuple[str, str]] = {
    "capo": (
        "With a capo on fret {fret} play, in {bars:bars}: {pairs:words}.",
        "变调夹夹第{fret}品，{bars:bars}这样按：{pairs:words}。",
    ),
    "capo all open": (
        "All of these are open chords: {shapes:chords}.",
        "这些都是开放和弦：{shapes:chords}。",
    ),
    "capo not open": (
        "Not open chords among these: {shapes:chords}.",
        "其中不是开放和弦的：{shapes:chords}。",
    ),
    "capo best": (
        "With a capo on fret {fret}, {count} of {of} chords of {bars:bars} are open chords; the shapes are {shapes:chords}.",
        "变调夹夹第{fret}品时，{bars:bars}的{of}个和弦中有{count}个是开放和弦，按法是{shapes:chords}。",
    ),
    "no capo needed": (
        "No capo helps here: without one, {count} of {of} chords of {bars:bars} ({shapes:chords}) are open chords, and no fret gives more.",
        "这里不需要变调夹：不用时{bars:bars}的{of}个和弦（{shapes:chords}）中有{count}个是开放和弦，夹在别的品上也不会更多。",
    ),
    "capo no chords": (
        "No chords are written in {bars:bars}, so there are no shapes to name; ask me to add chords first.",
        "{bars:bars}没有写和弦，说不出按法；可以先让我配和弦。",
    ),
}  # fmt: skip
