"""Words under the notes: syllables, lines, strong beats, several notes to one syllable, whether they fit."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Sounded
from chat.explain.scope import Scope
from chat.explain.statement import Statement
from chat.phrases import plain

STRONG = 0.75
MOST = 12


@dataclass(frozen=True)
class Sung:
    """One syllable of the first verse with its notes."""

    text: str
    notes: tuple[Sounded, ...]

    @property
    def first(self) -> Sounded:
        """The note that it begins on."""
        return self.notes[0]


def syllables(s: Scope) -> list[Sung]:
    """The syllables sung in the bars, each with the notes that it is held over; notes that a line of words leaves
    without any are not among them.
    """
    found: list[Sung] = []
    for note in s.notes:
        text = next(iter(note.event.syllables), None) if note.event.syllables else None
        if text:
            found.append(Sung(_bare(text), (note,)))
        elif found and note.position == found[-1].notes[-1].end:
            found[-1] = Sung(found[-1].text, (*found[-1].notes, note))
    for line in s.tune.lyrics:
        short = line.missing - len(
            re.findall(r"[_*]", s.tune.source[line.span.start : line.span.end])
        )
        last = next((_bare(text) for text in reversed(line.syllables) if _bare(text)), "")
        for n, item in enumerate(found if line.verse == 1 and short > 0 else ()):
            if item.text == last and len(item.notes) > short:
                found[n] = Sung(item.text, item.notes[:-short])
                break
    return [f for f in found if f.text]


def _bare(text: str) -> str:
    """A syllable without its signs."""
    return plain(text.strip('-_* ,.;:!?，。；：！？、“”"'))


def words_asked(s: Scope, term: str) -> list[Fact]:
    """What is asked of the words: the names of ASKED, parted by spaces."""
    sung = syllables(s)
    if not sung:
        return [Statement("no words", {}, s.bars)]
    return [fact for name in term.split() for fact in ASKED[name](s, sung)]


def _count(s: Scope, sung: list[Sung]) -> list[Fact]:
    return [Statement("syllables", {"count": len(sung)}, in_order(x.first.bar for x in sung))]


def _strong(s: Scope, sung: list[Sung]) -> list[Fact]:
    """The syllables that begin on strong beats, phrase by phrase."""
    strong = [x for x in sung if x.first.weight >= STRONG]
    if not strong:
        return [Statement("no strong words", {}, s.bars)]
    found: list[Fact] = []
    for first, last in _lines(s):
        here = [x for x in strong if first <= x.first.position < last]
        if here:
            bars = in_order(x.first.bar for x in here)
            found.append(Statement("strong words", {"words": [x.text for x in here]}, bars))
    return found


def _lines(s: Scope) -> list[tuple[Fraction, Fraction]]:
    """Where the phrases that touch the bars begin and end."""
    notes = s.material.notes
    return [(notes[p.start].position, notes[p.stop - 1].end) for p in s.phrases
            if p.last_bar >= s.first and p.first_bar <= s.last]  # fmt: skip


def _by_line(s: Scope, sung: list[Sung]) -> list[Fact]:
    found: list[Fact] = []
    for first, last in _lines(s):
        here = [x for x in sung if first <= x.first.position < last]
        if here:
            bars = in_order(x.first.bar for x in here)
            found.append(Statement("line syllables", {"count": len(here)}, bars))
    return found[:MOST]


def _melisma(s: Scope, sung: list[Sung]) -> list[Fact]:
    held = [x for x in sung if len(x.notes) > 1]
    if not held:
        return [Statement("no melisma", {"count": len(sung)}, in_order(x.first.bar for x in sung))]
    value = {"count": len(held), "words": [x.text for x in held[:MOST]],
             "most": max(len(x.notes) for x in held)}  # fmt: skip
    return [Statement("melisma", value, in_order(x.first.bar for x in held))]


def _fit(s: Scope, sung: list[Sung]) -> list[Fact]:
    surplus = sum(line.surplus for line in s.tune.lyrics)
    taken = {id(n) for x in sung for n in x.notes}
    bare = [n for n in s.notes if id(n) not in taken]
    if surplus:
        return [Statement("words surplus", {"count": surplus}, s.bars)]
    found: list[Fact] = []
    value = {"syllables": len(sung), "notes": len(s.notes)}
    if bare:
        found.append(Statement("words short", {"count": len(bare)}, in_order(n.bar for n in bare)))
    else:
        found.append(Statement("words fit", value, s.bars))
    return [*found, *(_melisma(s, sung) if any(len(x.notes) > 1 for x in sung) else [])]


ASKED: dict[str, Callable[[Scope, list[Sung]], list[Fact]]] = {
    "count": _count, "strong": _strong, "line": _by_line, "melisma": _melisma, "fit": _fit,
}  # fmt: skip
"""What is asked of the words → its statements."""

SAYINGS: dict[str, tuple[str, str]] = {
    "syllables": ("In {bars:bars} the first verse has {count:n syllable}.", "{bars:bars}的第一段歌词共{count}个字（音节）。"),
    "strong words": ("On the strong beats of {bars:bars} fall: {words:list}.", "{bars:bars}的强拍上是：{words:list}。"),
    "no strong words": ("No syllable begins on a strong beat in {bars:bars}.", "{bars:bars}的强拍上没有字开始。"),
    "line syllables": ("The line of {bars:bars} has {count:n syllable}.", "{bars:bars}这一句有{count}个字（音节）。"),
    "melisma": ("Yes: more than one note is sung to {words:list}, in {bars:bars} ({most} notes at the most).", "有一字多音：{bars:bars}的{words:list}，最多唱{most}个音。"),
    "no melisma": ("No syllable is held over more than one note: each of the {count} in {bars:bars} has one note.", "没有一字多音：{bars:bars}的{count}个字各唱一个音。"),
    "words fit": ("Yes: the words fit. All {syllables:n syllable} have their notes, and none of the {notes:n note} in {bars:bars} is left without one.",
                  "对得上：{syllables}个字（音节）都有音，{bars:bars}的{notes}个音没有一个落空。"),
    "words short": ("Not quite: there is no syllable for {count:n note}, in {bars:bars}.", "不完全对得上：{bars:bars}有{count}个音没有字。"),
    "words surplus": ("No: {count:n syllable} more than there are notes in {bars:bars}.", "对不上：{bars:bars}的音不够，多出{count}个字（音节）。"),
}  # fmt: skip
