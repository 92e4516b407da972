"""Melody and chords: whether the notes belong to their chords, and which chords a player has to know."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

from collections import Counter

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Harmony
from chat.explain.scope import Scope
from chat.explain.statement import Statement
from chat.explain.tonal import chord_tones, note_kind

SHOWN = 4
"""Bars up to which the chord tones of each are named."""
OPEN = frozenset(
    ("C", "A", "G", "E", "D", "Am", "Em", "Dm", "E7", "A7", "D7", "G7", "C7", "B7", "Em7", "Am7", "Dm7", "Cmaj7", "Fmaj7",
     "Gmaj7", "Dmaj7", "Amaj7", "Asus4", "Asus2", "Dsus4", "Dsus2", "Esus4", "Cadd9")
)  # fmt: skip
"""Chords that beginners on the guitar learn first: open strings, no barre."""


def fits(s: Scope) -> list[Fact]:
    """Whether the melody notes belong to the chords that hold under them, and which do not."""
    inside = 0
    passing: list[int] = []
    other: list[int] = []
    for index, note in enumerate(s.material.notes):
        held = s.material.chord_at(note.position) if note in s.notes else None
        if held is None:
            continue
        kind = note_kind(s.material.notes, index, held.chord)
        if kind == "chord tones":
            inside += 1
        else:
            (other if kind == "other notes" else passing).append(note.bar)
    count = inside + len(passing) + len(other)
    if not count:
        return [Statement("no chords", {}, s.bars)]
    value = {"inside": inside, "count": count}
    kind = "fits everywhere" if inside == count else "fits by step" if not other else "fits partly"
    found: list[Fact] = [Statement(kind, value, s.bars)]
    if passing:
        bars = in_order(passing)
        found.append(
            Statement(
                "fits passing", {"count": len(passing), "verb": _are(passing, *_PASSING)}, bars
            )
        )
    if other:
        found.append(
            Statement(
                "fits not", {"count": len(other), "verb": _are(other, *_OTHER)}, in_order(other)
            )
        )
    return [*found, *chord_tones(s)] if len(s.bars) <= SHOWN else found


_PASSING = ("is no chord tone but comes and goes by step", "are no chord tones but come and go by step")  # fmt: skip
_OTHER = ("is neither a chord tone nor passed by step", "are neither chord tones nor passed by step")  # fmt: skip


def _are(notes: list[int], one: str, many: str) -> list[str]:
    return [one if len(notes) == 1 else many, ""]


def _different(s: Scope) -> Counter[str]:
    return Counter(h.chord.text for h in s.chords)


def names(s: Scope) -> list[Fact]:
    """The different chords, the commonest first, each with how often it comes."""
    found = _different(s)
    if not found:
        return [Statement("no chords", {}, s.bars)]
    chords = [name for name, _ in found.most_common()]
    return [
        Statement("chords needed", {"count": len(found), "chords": chords[:12], "most": chords[0],
                                    "often": found[chords[0]]}, s.bars)
    ]  # fmt: skip


def _plain(symbol: str) -> str:
    """A chord without its bass."""
    return symbol.split("/")[0]


def shapes(s: Scope) -> list[Fact]:
    """Which chords a beginner on the guitar has early, and which need a barre; how quickly they change."""
    found = _different(s)
    if not found:
        return [Statement("no chords", {}, s.bars)]
    easy = [name for name in found if _plain(name) in OPEN]
    hard = [name for name in found if _plain(name) not in OPEN]
    said: list[Fact] = []
    if easy:
        kind = "open chords" if hard else "only open chords"
        what = ["is an open chord" if len(easy) == 1 else "are open chords", ""]
        said.append(Statement(kind, {"chords": easy[:12], "verb": what}, _bars(s, easy)))
    if hard:
        kind = "closed chords" if easy else "only closed chords"
        verb = ["is" if len(hard) == 1 else "are", ""]
        said.append(Statement(kind, {"chords": hard[:12], "verb": verb}, _bars(s, hard)))
    return [*said, *changes(s)]


def changes(s: Scope) -> list[Fact]:
    """How often the chord changes in a bar at most, and where."""
    bars = Counter(h.bar for h in _changes(s))
    if not bars:
        return [Statement("no chords", {}, s.bars)]
    most = max(bars.values())
    return [Statement("chord changes", {"count": most}, in_order(b for b in bars if bars[b] == most))]  # fmt: skip


def _bars(s: Scope, symbols: list[str]) -> tuple[int, ...]:
    return in_order(h.bar for h in s.chords if h.chord.text in symbols)


def _changes(s: Scope) -> list[Harmony]:
    """The chord symbols that differ from the one before them."""
    return [b for a, b in zip([None, *s.chords], s.chords, strict=False)
            if a is None or a.chord.text != b.chord.text]  # fmt: skip


SAYINGS: dict[str, tuple[str, str]] = {
    "fits everywhere": ("Yes: every note of the melody that has a chord under it in {bars:bars} belongs to that chord ({inside} of {count}).",
                        "对得上：{bars:bars}里有和弦的旋律音都是和弦音（{count}个中的{inside}个）。"),
    "fits by step": ("Yes: {inside} of {count:n note} in {bars:bars} belong to their chords, and the others only pass by step.",
                     "对得上：{bars:bars}的{count}个音中{inside}个是和弦音，其余只是级进经过。"),
    "fits partly": ("Not everywhere: {inside} of {count:n note} in {bars:bars} belong to their chords.", "不是处处都对得上：{bars:bars}的{count}个音中{inside}个是和弦音。"),
    "fits passing": ("{count:n note} in {bars:bars} {verb:word}.", "{bars:bars}有{count}个音不是和弦音，但都是级进的经过音或辅助音。"),
    "fits not": ("{count:n note} in {bars:bars} {verb:word}.", "{bars:bars}有{count}个音既不是和弦音，也不是级进经过。"),
    "chords needed": ("{count:n different chord} stand in {bars:bars}: {chords:list}; {most:signs} comes most often, {often:times}.",
                      "{bars:bars}一共用了{count}个不同的和弦：{chords:list}；{most:signs}最多，{often}次。"),
    "only open chords": ("No, not hard: {chords:list} ({bars:bars}) {verb:word} on the guitar, among the first that beginners learn.",
                         "不难：{chords:list}（{bars:bars}）在吉他上都是开放和弦，初学者最先学的就是这些。"),
    "open chords": ("{chords:list} ({bars:bars}) {verb:word} on the guitar, among the first that beginners learn.", "{chords:list}（{bars:bars}）是吉他的开放和弦，初学者最先学的那些。"),
    "closed chords": ("{chords:list} ({bars:bars}) {verb:word} not among them: most players take a barre there, which is hard at first.",
                      "{chords:list}（{bars:bars}）不在其中：一般要用横按，初学时比较难。"),
    "only closed chords": ("Yes, for a beginner on the guitar: {chords:list} ({bars:bars}) {verb:word} usually played with a barre.", "对吉他初学者来说比较难：{chords:list}（{bars:bars}）一般要用横按。"),
    "chord changes": ("The chord changes at most {count:times} a bar, in {bars:bars}.", "一小节最多换{count}次和弦，在{bars:bars}。"),
}  # fmt: skip
