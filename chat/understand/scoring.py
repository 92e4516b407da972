"""For whom a piece is scored, where its players are named one by one: "two trumpets and a tuba", 两把小提琴和大提琴.

What it does not know: choirs and parts that nobody names (`tables.ENSEMBLES`), a bass below a tune (`players`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from functools import cache

from abc_tools import numbers
from chat.understand.tables import INSTRUMENTS, range_of

MOST = 5
"""Players that a new tune is scored for at most."""
_GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"\bstring trio\b|弦乐三重奏", ("violin", "viola", "cello")),
    (r"\bstring quintet\b|弦乐五重奏", ("violin", "violin", "viola", "cello", "double bass")),
    (r"\bbrass trio\b|铜管三重奏", ("trumpet", "horn", "trombone")),
    (r"\bbrass quartet\b|铜管四重奏", ("trumpet", "trumpet", "horn", "trombone")),
    (r"\bbrass quintet\b|铜管五重奏", ("trumpet", "trumpet", "horn", "trombone", "tuba")),
    (r"\b(?:wood)?wind trio\b|木管三重奏", ("flute", "clarinet", "bassoon")),
    (r"\b(?:wood)?wind quartet\b|木管四重奏", ("flute", "oboe", "clarinet", "bassoon")),
    (r"\b(?:wood)?wind quintet\b|木管五重奏", ("flute", "oboe", "clarinet", "horn", "bassoon")),
)
"""Groups that have a name, with who usually plays in them, from the top."""
_OF_ONE_KIND = {
    "trio": 3,
    "quartet": 4,
    "quintet": 5,
    "consort": 4,
    "三重奏": 3,
    "四重奏": 4,
    "五重奏": 5,
}
"""Groups of one instrument, with how many play in them."""
_ONE = frozenset("a an the our my one first second third fourth 1st 2nd 3rd 4th".split())  # noqa: SIM905
"""What stands before a single player."""
_COUNT = rf"(?:(?P<count>{numbers.NUMBER}|an?|the|our|my|one|both|first|second|third|fourth|1st|2nd|3rd|4th|[两三四五])\s*(?:个|把|支|只|位|台|架|名)?\s*)?"
_NTH = re.compile(
    r"(?:\s*(?:[1-4I]+|one|two|three)\b(?:\s*(?:&|and|,|/|\+)\s*(?:[1-4I]+|two|three)\b)*)"
)
_HOW = r"(?:(?:bb|b flat|eb|e flat|f|c|bass clef|solo|high|low|concert|young|beginner|alto|tenor|soprano|bass|baritone|descant|treble|lead) )??"
_BETWEEN = (
    r"\s*(?:,\s*(?:and|plus|with|和|加)?|\band\b|\bplus\b|\bwith\b|&|\+|/|和|与|跟|加上?|以及)\s*"
)


@cache
def _names() -> dict[str, str]:
    """Every word for an instrument that one person plays → the instrument."""
    left_out = {"voice", "brass", "music box", "handbells"}
    return {
        w: n for n, (*_, words) in INSTRUMENTS.items() if n not in left_out for w in (n, *words)
    }


def _words() -> str:
    return "|".join(re.escape(w) for w in sorted(_names(), key=len, reverse=True))


@cache
def _of_one_kind() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z])({_words()})s? ?({'|'.join(_OF_ONE_KIND)})(?! in the)")


@cache
def _row() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = _words()
    one = rf"{_COUNT}{_HOW}(?<![a-z])(?P<word>{words})(?:e?s)?(?![a-z]){_NTH.pattern}?(?: (?:part|player)s?)?"
    plain = re.sub(r"\(\?P<\w+>", "(?:", one)
    return re.compile(one), re.compile(rf"{plain}(?:{_BETWEEN}{plain})*")


def scoring(lower: str) -> tuple[tuple[str, str], ...]:
    """The players that a text names, (instrument, word) each, from the highest instrument to the lowest; () where they
    are fewer than three, or no row of players.

    >>> [word for _, word in scoring("march for two trumpets and a tuba")]
    ['trumpet', 'trumpet', 'tuba']
    >>> [name for name, _ in scoring("两把小提琴、中提琴和大提琴".replace("、", ","))]
    ['violin', 'violin', 'viola', 'cello']
    >>> scoring("for violin or flute"), scoring("for flute and cello")
    ((), ())
    """
    one, row = _row()
    best: tuple[tuple[str, str], ...] = ()
    for run in row.finditer(lower):
        if re.match(r"\s*(?:or\b|或)", lower[run.end() :]):
            continue
        found: list[tuple[str, str]] = []
        for match in one.finditer(run[0]):
            count = _many(match)
            found += [(_names()[match["word"]], match["word"])] * count
        if len(found) > len(best):
            best = tuple(found)
    if not 3 <= len(best) <= MOST:
        return _group(lower)
    order = sorted(range(len(best)), key=lambda n: (-sum(range_of(best[n][0])) // 8, n))
    return tuple(best[n] for n in order)


def _group(lower: str) -> tuple[tuple[str, str], ...]:
    """A group by its name: a brass quintet, a sax quartet, 长笛三重奏; () for none."""
    for words, players in _GROUPS:
        if re.search(words, lower):
            return tuple((name, name) for name in players)
    match = _of_one_kind().search(lower)
    if match is None or _names()[match[1]] in ("piano", "harpsichord"):
        return ()  # a piano trio has one piano
    return ((_names()[match[1]], match[1]),) * _OF_ONE_KIND[match[2]]


def _many(match: re.Match[str]) -> int:
    said = match["count"] or ""
    one = match["word"].isascii() and not re.search(rf"{re.escape(match['word'])}e?s\b", match[0])
    if one and said not in ("", "both"):
        return 1  # "my grade 3 clarinet pupil" is one
    if nth := _NTH.search(match[0][match.start("word") - match.start() :]):
        numbers_said = re.findall(r"[1-4]|I+|one|two|three", nth[0])
        if len(numbers_said) > 1:
            return len(numbers_said)
    if not said or said in _ONE:
        return 1
    return 2 if said == "both" else min(MOST, numbers.value(said) or 1)


def spoken(players: tuple[tuple[str, str], ...]) -> str:
    """The players as a requirement's value: `trumpet, trumpet, tuba`."""
    return ", ".join(name for name, _ in players)
