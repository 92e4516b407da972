"""What strings a tune needs and how far up the neck it goes: open strings, first position, notes below a string.

The melody is compared with open strings as they are written for the instrument (guitar and double bass sound an octave
lower). First position is what methods of the first years call so; where a hand can stretch further, that is not counted.
"""

# ruff: noqa: E501 - a wrapped saying is harder to read than a long line
from __future__ import annotations

from dataclasses import dataclass

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.edit.instruments import INSTRUMENTS
from chat.explain.scope import Scope
from chat.explain.statement import Statement
from chat.explain.theory import Said
from chat.explain.timing import pitch_of, player_words


@dataclass(frozen=True)
class Strings:
    """The open strings from the lowest up and the highest note of first position, as written (MIDI numbers)."""

    open: tuple[int, ...]
    top: int


PLAYERS: dict[str, Strings] = {
    "violin": Strings((55, 62, 69, 76), 83), "viola": Strings((48, 55, 62, 69), 76), "cello": Strings((36, 43, 50, 57), 62),
    "double bass": Strings((40, 45, 50, 55), 59), "mandolin": Strings((55, 62, 69, 76), 83), "guitar": Strings((52, 57, 62, 67, 71, 76), 80),
    "erhu": Strings((62, 69), 76),
}  # fmt: skip
"""Instrument → its strings. On the guitar first position is the first four frets, on the erhu 上把."""


def likely(s: Scope, letter: str) -> str:
    """The player who is meant where only a string is named: the first of the table that has it and reaches the lowest note."""
    low = min(n.midi for n in s.notes)
    high = max(n.midi for n in s.notes)
    for name in ("violin", "viola", "cello", "guitar"):
        strings = PLAYERS[name]
        if letter and _string(strings, letter) is None:
            continue
        if strings.open[0] <= low and high <= strings.top + 12:
            return name
    return "violin"


def _string(strings: Strings, letter: str) -> int | None:
    """The open string of a letter; of two (the guitar's E) the lower."""
    return next((n for n in strings.open if pitch_of(n)[:-1] == letter), None)


def below(s: Scope, term: str) -> list[Fact]:
    """ "violin A": whether the melody goes below an open string."""
    name, _, letter = term.partition(" ")
    name = name.replace("_", " ") or likely(s, letter)
    if not letter:
        return needed(s, term)
    string = _string(PLAYERS[name], letter)
    if string is None:
        return [Statement("no such string", {"player": player_words(INSTRUMENTS[name]), "letter": letter,
                                             "strings": [pitch_of(n) for n in PLAYERS[name].open]}, s.bars)]  # fmt: skip
    value: dict[str, object] = {
        "player": player_words(INSTRUMENTS[name]),
        "letter": letter,
        "open": pitch_of(string),
    }
    under = [n for n in s.notes if n.midi < string]
    if not under:
        lowest = min(s.notes, key=lambda n: n.midi)
        return [Statement("not below string", {**value, "note": lowest.pitch.name}, s.bars)]
    value["notes"] = list(dict.fromkeys(n.pitch.name for n in sorted(under, key=lambda n: n.midi)))
    return [Statement("below string", value, in_order(n.bar for n in under))]


def position(s: Scope, term: str) -> list[Fact]:
    """Whether the melody stays in first position of an instrument ("" for the likeliest); "violin shift" asks whether
    the hand must leave it.
    """
    name = term.removesuffix("shift").strip() or likely(s, "")
    strings = PLAYERS[name]
    value: dict[str, object] = {"player": player_words(INSTRUMENTS[name]), "low": pitch_of(strings.open[0]),
                                "high": pitch_of(strings.top)}  # fmt: skip
    over = [n for n in s.notes if n.midi > strings.top]
    under = [n for n in s.notes if n.midi < strings.open[0]]
    found: list[Fact] = []
    for kind, notes in (("beyond position", over), ("below strings", under)):
        if notes:
            names = list(dict.fromkeys(n.pitch.name for n in notes))
            verb = ["lies" if len(names) == 1 else "lie", ""]
            found.append(
                Statement(
                    kind, {**value, "notes": names, "verb": verb}, in_order(n.bar for n in notes)
                )
            )
    if found:
        return found
    highest = max(s.notes, key=lambda n: n.midi)
    kind = "no shift" if term.endswith("shift") else "in position"
    return [Statement(kind, {**value, "note": highest.pitch.name}, s.bars)]


def needed(s: Scope, term: str) -> list[Fact]:
    """The strings that the melody is played on where every note is taken as low on the neck as it can be; "violin G" asks
    of one of them.
    """
    name, _, letter = term.partition(" ")
    name = name.replace("_", " ") or likely(s, letter)
    strings = PLAYERS[name]
    rows: dict[int, list[str]] = {}
    bars: dict[int, list[int]] = {}
    for note in s.notes:
        on = max((n for n in strings.open if n <= note.midi), default=None)
        if on is not None:
            rows.setdefault(on, []).append(note.pitch.name)
            bars.setdefault(on, []).append(note.bar)
    player = player_words(INSTRUMENTS[name])
    if letter:
        string = _string(strings, letter)
        if string is None:
            return below(s, term)
        value = {"player": player, "letter": letter, "open": pitch_of(string)}
        if string not in rows:
            return [Statement("string unused", value, s.bars)]
        return [
            Statement(
                "string used",
                {**value, "notes": list(dict.fromkeys(rows[string]))},
                in_order(bars[string]),
            )
        ]
    return [
        Statement("on string", {"player": player, "letter": pitch_of(on)[:-1], "open": pitch_of(on),
                                "notes": list(dict.fromkeys(rows[on]))}, in_order(bars[on]))
        for on in sorted(rows)
    ] or position(s, name)  # fmt: skip


# -- theory ------------------------------------------------------------------------------------------

OPEN: dict[str, tuple[str, ...]] = {
    "violin": ("G3", "D4", "A4", "E5"), "viola": ("C3", "G3", "D4", "A4"), "cello": ("C2", "G2", "D3", "A3"), "double bass": ("E1", "A1", "D2", "G2"),
    "guitar": ("E2", "A2", "D3", "G3", "B3", "E4"), "bass guitar": ("E1", "A1", "D2", "G2"), "ukulele": ("G4", "C4", "E4", "A4"),
    "mandolin": ("G3", "D4", "A4", "E5"), "banjo": ("G4", "D3", "G3", "B3", "D4"), "erhu": ("D4", "A4"),
}  # fmt: skip
"""Instrument → its open strings as they sound, in the order in which they lie."""


def open_strings(rest: str) -> Said:
    """ "violin": the notes of the open strings."""
    value = {
        "player": player_words(INSTRUMENTS[rest]),
        "notes": list(OPEN[rest]),
        "count": len(OPEN[rest]),
    }
    return [Statement("theory open strings", value, ())], ""


THEORY: dict[str, tuple[str, str]] = {
    "open strings": ("The {player:word} has {count} strings, tuned to {notes:notes} (as they sound).", "{player:word}有{count}根弦，依次是{notes:notes}（实际音高）。"),
}  # fmt: skip

SAYINGS: dict[str, tuple[str, str]] = {
    "below string": (
        "Yes: {notes:notes} in {bars:bars} lie below the open {letter:signs} string of the {player:word} ({open:pitch}).",
        "有：{bars:bars}的{notes:notes}低于{player:word}的空弦{letter:signs}（{open:pitch}）。",
    ),
    "not below string": (
        "No: nothing in {bars:bars} lies below the open {letter:signs} string of the {player:word} ({open:pitch}); the lowest note is {note:pitch}.",
        "没有：{bars:bars}没有低于{player:word}空弦{letter:signs}（{open:pitch}）的音，最低音是{note:pitch}。",
    ),
    "no such string": (
        "The {player:word} has no {letter:signs} string; its strings, as written, are {strings:notes}. {bars:bars} can be compared with one of these.",
        "{player:word}没有{letter:signs}弦，各弦（按记谱）是{strings:notes}；{bars:bars}可以和其中一根比。",
    ),
    "in position": (
        "All of {bars:bars} can be played in first position on the {player:word}, which reaches from {low:pitch} to {high:pitch}; the highest note is {note:pitch}.",
        "{bars:bars}在{player:word}的第一把位（{low:pitch}到{high:pitch}）都能演奏，最高音是{note:pitch}。",
    ),
    "no shift": (
        "No shift is needed on the {player:word}: all of {bars:bars} lies in first position, {low:pitch} to {high:pitch}; the highest note is {note:pitch}.",
        "{player:word}不用换把：{bars:bars}都在第一把位（{low:pitch}到{high:pitch}）之内，最高音是{note:pitch}。",
    ),
    "string used": (
        "Yes: the {letter:signs} string ({open:pitch}) of the {player:word} is needed for {notes:notes} in {bars:bars}.",
        "要用：{player:word}的{letter:signs}弦（{open:pitch}）要拉{bars:bars}的{notes:notes}。",
    ),
    "string unused": (
        "No: nothing in {bars:bars} needs the {letter:signs} string ({open:pitch}) of the {player:word}, where every note is taken on the highest string that has it.",
        "不用：每个音都用能奏它的最高的弦时，{bars:bars}用不到{player:word}的{letter:signs}弦（{open:pitch}）。",
    ),
    "beyond position": (
        "{notes:notes} in {bars:bars} {verb:word} above {high:pitch}, the highest note of first position on the {player:word}, so the hand must shift.",
        "{bars:bars}的{notes:notes}高于{high:pitch}，即{player:word}第一把位的最高音，要换把。",
    ),
    "below strings": (
        "{notes:notes} in {bars:bars} {verb:word} below the lowest string of the {player:word}, {low:pitch}.",
        "{bars:bars}的{notes:notes}低于{player:word}最低的空弦{low:pitch}。",
    ),
    "on string": (
        "On the {letter:signs} string ({open:pitch}) of the {player:word}: {notes:notes}, in {bars:bars}.",
        "{player:word}的{letter:signs}弦（{open:pitch}）上：{notes:notes}，在{bars:bars}。",
    ),
}  # fmt: skip
