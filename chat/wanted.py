"""Recommendations with conditions: for an instrument, easier or harder than the tune that is open, of its dance or meter.

The catalogue reads most conditions from words itself (`library.asking`); here those that need the open tune or the table
of instruments are added. Each tune says how it meets them. A condition that nothing meets is given up, and that is said.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from abc_tools.analyse import facts
from abc_tools.analyse import terms as t
from abc_tools.edit.instruments import Instrument, instrument
from abc_tools.numbers import NUMBER
from abc_tools.tune import Tune
from chat.explain.asked_names import player_in
from chat.explain.timing import pitch_of, player_words

if TYPE_CHECKING:
    from library.catalogue import Library
    from library.records import Found

USUAL, LOOKED_AT = 5, 60
EASIEST, HARDEST = 1, 5
_EASIER = re.compile(
    r"\b(?:easier|simpler|less (?:hard|difficult|demanding))\b|(?:更|再|比[^,。]{0,6})(?:简单|容易|浅)|(?:简单|容易)(?:一)?[点些]"
)
_HARDER = re.compile(
    r"\b(?:harder|more (?:difficult|challenging|demanding|advanced))\b|(?:更|再|比[^,。]{0,6})(?:难|有挑战)|难(?:一)?[点些]"
)
_LIKE = re.compile(
    r"\b(?:like|similar to|resembl\w+|same (?:kind|sort|type|style|dance|feel))\b|\bsimilar\b|像|类似|相似|差不多|同(?:一)?(?:类|样|种|体裁)"
)
_COUNTED = re.compile(
    rf"(?<![\d/])(?:{NUMBER})(?![\d/])\s*(?=[首支个曲]|tunes?\b|songs?\b|pieces?\b)|几[首支个曲]|一些|\b(?:some|a few|a couple of)\b", re.IGNORECASE
)  # fmt: skip
METERS = (
    (r"三拍子?|\b(?:in (?:three|3)|triple time|three[- ]time|waltz time)\b", "3/4"), (r"[二两]拍子?|\b(?:duple time|two[- ]time)\b", "2/4"),
    (r"四拍子?|\b(?:common time|quadruple time)\b", "4/4"), (r"六八拍|八六拍|\bsix[- ]eight\b", "6/8"),
)  # fmt: skip
"""Words of a meter → how the catalogue reads it."""

SAID = {
    "level": ("the open tune is of level {own}", "现在这首是{own}级"),
    "range": ("its notes, {low} to {high}, lie in the usual range of the {player}", "音域{low}到{high}，在{player}的常用音域内"),
    "none easier": ("The tune that is open is of the easiest level already, so nothing is easier; these are as easy.", "现在这首已经是最容易的一级，没有更容易的；下面的同样容易。"),
    "none harder": ("The tune that is open is of the hardest level already; these are as hard.", "现在这首已经是最难的一级；下面的同样难。"),
    "no player": ("I found none in the usual range of the {player}; these meet the rest.", "没有找到在{player}常用音域内的；下面的符合其余条件。"),
    "other dance": ("Those that are no {dance} come last.", "不是{dance}的排在后面。"),
}  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What is asked for: `words` for the catalogue, whose tunes shall be in reach of `player`, of `dance`, and of a
    level from `least` to `most`; `own` is the level of the open tune, `like` says that it is the model.
    """

    words: str
    player: Instrument | None = None
    dance: str = ""
    least: int | None = None
    most: int | None = None
    own: int = 0
    like: bool = False
    notes: tuple[str, ...] = ()


def wanted(message: str, tune: Tune | None) -> Wanted:
    """The conditions of a message."""
    lower = message.lower()
    words = message
    for pattern, meter in METERS:
        words = re.sub(pattern, f" {meter} ", words, flags=re.IGNORECASE)
    name = player_in(lower)
    player = instrument(name) if name else None
    found = Wanted(_without_player(words, lower), player)
    if tune is None:
        return found
    field = tune.field("R")
    like = _LIKE.search(lower) is not None
    found = replace(found, like=like, dance=field.value.strip().lower() if field and like else "")
    own = next(
        (int(f.value["level"]) for f in facts(tune, ("difficulty",)) if f.kind == "difficulty"), 0
    )
    if own and _EASIER.search(lower):
        note = ("none easier",) if own == EASIEST else ()
        return replace(
            found,
            own=own,
            most=max(own - 1, EASIEST),
            notes=note,
            like=True,
            dance=found.dance or _dance(tune),
        )
    if own and _HARDER.search(lower):
        note = ("none harder",) if own == HARDEST else ()
        return replace(
            found,
            own=own,
            least=min(own + 1, HARDEST),
            notes=note,
            like=True,
            dance=found.dance or _dance(tune),
        )
    return found


def _dance(tune: Tune) -> str:
    field = tune.field("R")
    return field.value.strip().lower() if field else ""


def _without_player(words: str, lower: str) -> str:
    """The words without the instrument and those around it, which would be looked for in titles."""
    from abc_tools.edit.instruments import ALIASES, INSTRUMENTS

    for name in sorted([*INSTRUMENTS, *ALIASES], key=len, reverse=True):
        pattern = (
            rf"(?<![a-z])(?:for (?:the |an? )?)?(?:beginning |beginner |young )?{re.escape(name)}s?(?: players?| beginners?)?(?![a-z])"
            if name.isascii()
            else rf"{re.escape(name)}(?:独奏|的)?"
        )
        if re.search(pattern, lower):
            kept = (
                " for beginners "
                if re.search(
                    rf"(?:beginn\w+|young) {re.escape(name)}|{re.escape(name)} beginn", lower
                )
                else " "
            )
            return re.sub(
                r"拉|吹|弹|演奏|子(?=曲)", " ", re.sub(pattern, kept, words, flags=re.IGNORECASE)
            )
    return words


def recommended(
    library: Library, asked: Wanted, tune: Tune | None, language: str
) -> tuple[list[Found], Wanted]:
    """The tunes that meet the conditions, best first, and the conditions as they were met."""
    from library.asking import read

    wish = read(asked.words)
    count = min(max(wish.count or USUAL, 1), LOOKED_AT)
    if asked.like and tune is not None:
        query = replace(wish.query, words="", min_difficulty=asked.least or wish.query.min_difficulty,
                        max_difficulty=asked.most or wish.query.max_difficulty)  # fmt: skip
        found = library.similar(tune, LOOKED_AT, query, same=False)
    else:
        words = _COUNTED.sub(" ", asked.words) if asked.player else asked.words
        found = library.recommend(words, language, LOOKED_AT if asked.player else None, like=tune)
    if asked.player is not None:
        inside = [
            f
            for f in found
            if in_reach(asked.player, library.get(f.id).low, library.get(f.id).high)
        ]
        if not inside:
            asked = replace(asked, player=None, notes=(*asked.notes, "no player"))
        found = inside or found
    if asked.dance:
        found.sort(key=lambda f: library.get(f.id).rhythm.lower() != asked.dance)
        if any(library.get(f.id).rhythm.lower() != asked.dance for f in found[:count]):
            asked = replace(asked, notes=(*asked.notes, "other dance"))
    return found[:count], asked


def in_reach(player: Instrument, low: int, high: int) -> bool:
    """Whether notes lie in an instrument's usual range, read as they are written for it where it sounds in octaves."""
    shift = 0 if player.written.semitones % 12 == 0 else player.written.semitones
    return player.low <= low + shift and high + shift <= player.high


def told_why(library: Library, asked: Wanted, found: Found, language: str) -> str:
    """Why a tune was found, and how it meets the conditions."""
    zh = language == "zh"
    entry = library.get(found.id)
    pieces = []
    if asked.own:
        pieces.append(SAID["level"][zh].format(own=asked.own))
    if asked.player is not None:
        low, high = (t.pitch(language, pitch_of(end)) for end in (entry.low, entry.high))
        player = player_words(asked.player)[zh]
        pieces.append(SAID["range"][zh].format(low=low, high=high, player=player))
    why = found.reason(language)
    if not pieces:
        return why
    return f"{why.rstrip('.。')}{'；' if zh else '; '}{('；' if zh else '; ').join(pieces)}{'。' if zh else '.'}"


def remarks(asked: Wanted, message: str, language: str) -> list[str]:
    """What is said of conditions that could not be met."""
    name = player_in(message.lower())
    player = player_words(instrument(name))[language == "zh"] if name else ""
    return [
        SAID[note][language == "zh"].format(player=player, dance=asked.dance)
        for note in asked.notes
    ]
