"""What a rule is: a way of asking for a change, and the clause that it reads."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from abc_tools import numbers
from abc_tools.places import NoPlace, Place
from abc_tools.tune import Tune
from chat.understand.place import find_place_or_none

N = numbers.NUMBER
ADD = r"(?:add|put|give|insert|include|write|create|make|i want|i'd like|i need|need|want|with(?!out)|generate|attach|append|tack on|stick on|throw in|drop in|pop in|slip in|sneak in|work in|squeeze in|chuck in|tack|stick|加上?|添加?|配上?|写上?|做|给|来|编|要|增加|补上?)"
REMOVE = r"(?:\b(?:remove|delete|drop(?! in\b)|take (?:out|away|off)|get rid of|strip(?: out| away| off)?|omit|lose|cut(?: out)?|hide|clear|erase|ditch|scrap|discard|axe|bin|chop(?: off)?|lop off|trim off|shave off|leave out|no more|without|no)\b|删除|删掉|删去|删|去掉|去除|移除|拿掉|不要|不需要|不想要|用不着|取消|清除|抹掉|擦掉|撤掉|撤了)"
BARS = r"(?:bars?|measures?|小节)"
WORDS = r"(?:lyrics?|words|歌词|词(?!语))"
CHORDS = r"(?:chord symbols?|chords?|guitar symbols|harmony|harmonies|accompaniment chords|和弦(?:标记|符号)?|和声)"


@dataclass
class Clause:
    """A clause being read: `lower` loses the words that a rule has taken; `place` is set by a rule that
    finds its own bars.
    """

    text: str
    lower: str
    tune: Tune
    place: Place | None = None
    selection: tuple[int, int] | None = None
    focus: Place | None = None

    def pointed(self) -> Place | None:
        """What "this", "it" or "them" points at: the selection, else what was spoken of before."""
        if self.selection is not None:
            return Place(*self.selection, name="selection")
        return self.focus

    def take(self, match: re.Match[str]) -> None:
        """Blank the words of a match."""
        start, end = match.span()
        self.lower = self.lower[:start] + " " * (end - start) + self.lower[end:]

    def bars_in(self, words: str) -> Place | None:
        """The bars that some words of the clause mean; None for none (also where the tune has them not)."""
        try:
            return find_place_or_none(self.tune, words)
        except NoPlace:
            return None


Reader = Callable[[re.Match[str], Clause], dict[str, str] | None]


@dataclass(frozen=True)
class Rule:
    """A way of asking for an edit. `alone`: only where nothing else was found; `more`: the same clause may
    ask for something else, too ("a waltz in G minor").
    """

    name: str
    pattern: re.Pattern[str]
    read: Reader = lambda match, clause: {}
    alone: bool = False
    more: bool = False


def rule(
    name: str, pattern: str, read: Reader | None = None, *, alone: bool = False, more: bool = False
) -> Rule:
    """A rule; without a reader the edit has no values."""
    return Rule(name, re.compile(pattern), read or (lambda match, clause: {}), alone, more)


def group_of(match: re.Match[str]) -> str:
    """The first group of a match that found something."""
    return next((g for g in match.groups() if g), "")
