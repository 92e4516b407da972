"""Which bars a message means: the words of `abc_tools.places`, and what was spoken of before."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import itertools
import re
from dataclasses import replace

from abc_tools import numbers, places_within
from abc_tools.numbers import in_digits
from abc_tools.places import NoPlace, Place, find_place, phrases_of, rows_of
from abc_tools.sections import sections
from abc_tools.tune import Tune
from chat.understand.voices_said import all_voices


def find_place_or_none(tune: Tune, words: str) -> Place | None:
    """The bars that words name; None if they name none. NoPlace if the tune has not what they name."""
    try:
        return find_place(tune, words)
    except NoPlace as error:
        if error.code in ("nothing", "empty"):
            return None
        raise


_NAMES_BARS_ONLY = re.compile(
    r"(?:\s|\W|\b(?:only|just|in|on|at|for|to|the|of|it|that|this|please|but|not|and|or|maybe|bars?|measures?|part|section|half|phrase|line|strain|first|second|third|last|final|whole|tune|beginning|middle|ending|end|start|opening|bridge|chorus|verse|all|take|with|now|then|look|[a-h]|\d+|one|two|three|four|five|six|seven|eight)\b"
    r"|只|要|就|好|行|仅|限|在|从|到|第|小节|段|句|部分|前|后|半|的|吧|最|末|开头|结尾|副歌|主歌|全曲|整首|[一二两三四五六七八九十几])*"
)
"""A clause that only says where."""


def names_bars_only(part: str) -> bool:
    """Whether a clause says where, and nothing else."""
    return _NAMES_BARS_ONLY.fullmatch(part.lower()) is not None


_EXCEPT = re.compile(
    r"\b(?:except(?: for)?|apart from|but not|other than|excluding)\b(.+)$|除了?(.+?)(?:以外|之外|外)"
)


_IN_THE_MIDDLE = re.compile(
    r"\b(?:through|in|over|during|towards?|across|around) the middle\b(?! (?:of|voice|part|line|section|c\b))|(?:到|在)?中间(?!加|添|插|声|的?[ABab])"
)


def bars_of(part: str, tune: Tune) -> tuple[Place | None, NoPlace | None]:
    """The bars that a clause names, or what it names that the tune has not."""
    try:
        if match := _EXCEPT.search(part.lower()):
            return rest_of(tune, find_place_or_none(tune, match[1] or match[2])), None
        lower = part.lower()
        found = _beyond(lower, tune) or _numbered_verse(lower, tune)
        found = found or find_place_or_none(tune, _only_places(part))
        found = found or _without_noun(lower, tune)
        if found is None and _IN_THE_MIDDLE.search(part.lower()) and tune.bar_count >= 4:
            quarter = tune.bar_count // 4
            found = Place(quarter + 1, tune.bar_count - quarter, "middle")
        return found, None
    except NoPlace as error:
        return None, error


_BEYOND = re.compile(
    r"\b(?:everything|all(?: the bars| of it)?|anything|the bars?|whatever(?: comes)?|what comes|all that comes) (?:that (?:is|comes) )?(?P<way>after|before|behind|past) (?:bar|measure) (?P<n>\d+)|第(?P<zn>\d+)小节(?P<zway>以后|之后|以前|之前|往后)的?(?:全部|所有|都|部分|小节)"
)
_UP_TO = re.compile(
    r"\b(?:up (?:to|till|until)|until|till) (?:and including )?(?:bar|measure) (?P<n>\d+)\b|(?:一直)?到第(?P<zn>\d+)小节为止"
)
_STARTS = re.compile(r"\b(?:from|bars?|measures?)\b|从|小节")
_NO_NOUN = re.compile(
    rf"\b(?:the|in|only|just) (?:the )?(?P<end>first|last) (?P<n>{numbers.NUMBER})(?=\s*(?:$|[,.;!?]|(?:please|only|up|down|an?|louder|softer|quieter|higher|lower|again|should|with|and|in|to)\b))"
)
_NO_BARS = re.compile(
    r"\b(?:notes?|chords?|beats?|words?|verses?|times?|lines?|phrases?|quavers?|crotchets?|minims?|syllables?|rests?|sections?|parts?)\b"
)
_VERSE = re.compile(r"\b(?:(?P<nth>second|third|2nd|3rd) verse|verse (?P<n>2|3|two|three))\b")
_OF_WORDS = re.compile(r"\b(?:words|lyrics|write|add|sing|text|sung)\b")


def _beyond(lower: str, tune: Tune) -> Place | None:
    """The bars on one side of a bar: "everything after bar 8"."""
    match = _BEYOND.search(in_digits(lower, 1))
    if match is None:
        return _so_far(in_digits(lower, 1), tune)
    bar = int(match["n"] or match["zn"])
    if (match["way"] or match["zway"]) in ("before", "以前", "之前"):
        return Place(1, bar - 1) if 1 < bar <= tune.bar_count else None
    return Place(bar + 1, tune.bar_count) if 0 < bar < tune.bar_count else None


def _so_far(lower: str, tune: Tune) -> Place | None:
    """The bars from the first one to the one that is named, where no other beginning is."""
    match = _UP_TO.search(lower)
    if match is None or _STARTS.search(lower[: match.start()]):
        return None
    last = int(match["n"] or match["zn"])
    return Place(1, last) if 0 < last <= tune.bar_count else None


def _without_noun(lower: str, tune: Tune) -> Place | None:
    """Bars without a noun: "the first eight an octave up"."""
    match = _NO_NOUN.search(lower)
    count = numbers.value(match["n"]) if match else None
    if match is None or count is None or _NO_BARS.search(lower) or not 1 < count <= tune.bar_count:
        return None
    return find_place_or_none(tune, f"{match['end']} {count} bars")


def _numbered_verse(lower: str, tune: Tune) -> Place | None:
    """The bars of a later verse, in a tune that writes its verses one after the other."""
    match = _VERSE.search(lower)
    if match is None or _OF_WORDS.search(lower):
        return None
    nth = 3 if (match["nth"] or match["n"])[0] in "t3" and (match["n"] or "") != "two" else 2
    verses = [p for p in sections(tune) if p.label.lower().startswith("verse")]
    if len(verses) < nth:
        return None
    if places_within.split(lower) is not None:
        return find_place_or_none(tune, lower)
    found = verses[nth - 1]
    return Place(found.first, found.last, match[0], section=True)


def rest_of(tune: Tune, place: Place | None) -> Place | None:
    """What is left of the tune without a place at its beginning or end."""
    if place is None:
        return None
    if place.first <= 1 and place.last < tune.bar_count:
        return Place(place.last + 1, tune.bar_count)
    if place.last == tune.bar_count and place.first > 1:
        return Place(1, place.first - 1)
    raise NoPlace("What is left is in two pieces.", "bars", f"{place.first}-{place.last}")


_NO_PLACES = re.compile(
    r"(?<=\b[a-g]) on the (?:\w+ )?(?:line|space)\b|\b(?:the )?(?:first|second|other|one|lower|upper) half of (?:the |my |our )?(?:band|class|group|choir|orchestra|room|kids|students|pupils|players|singers|term|year|lesson|concert|gig|game|match)\b"
    r"|\b(?:a|an|by a|minor|major|perfect|augmented|diminished) (?:second|third|fourth|fifth|sixth|seventh)\b(?! (?:part|section|half|strain|bar|measure|ending))"
    r"|\b(?:second|another|third|bass|alto|tenor|soprano|top|lower|upper) (?:voice|part of harmony)s?\b"
    r"|\b(?:add|write|make|give it|put in|insert|need|with)\s+(?:it\s+)?(?:an?|another|some|two|four|\d+ bars? of)\s+(?!(?:new|better|different|nicer)\b)(?:\w+[- ])*?(?:bridge|ending|intro(?:duction)?|pick-?up|upbeat|anacrusis|coda|outro|tag|chorus|verse|section|part)\b(?! part)"
    r"|(?<!the )(?:second|third) verses?\b|(?:another|new|extra|more|next|\d+) verses?\b|(?:加|添|写|来|做)(?:上|一)*(?:个|段|条)?(?:前奏|尾声|结尾|弱起|引子|桥段|副歌|主歌|间奏)|第[二三]段歌词|第[二三]声部",
    re.IGNORECASE,
)


_LAST_NOTE = re.compile(
    r"\b(?:last|final|very last|closing) note\b|(?P<zh>最后(?:那)?一?个?音(?!乐))", re.IGNORECASE
)


def _only_places(part: str) -> str:
    """The clause without intervals and new parts, which are no places: "up a second", "add an ending"; the
    last note stands in the last bar.
    """
    part = _LAST_NOTE.sub(lambda m: "最后一小节" if m["zh"] else "last bar", part)
    return _NO_PLACES.sub(" ", re.sub(r"\"[^\"]*\"|《[^》]*》", " ", part)).lower()


# -- several places at once --------------------------------------------------------------------

_SEVERAL = re.compile(
    r"\b(?:(?:the|both|all|each|every|all the|both the|each of the) )?['\"]?([A-H])['\"]?(?:'?s)?[ -](?:sections|parts|strains)\b|\b(?:both|all|each|every)(?: the| of the)? ['\"]?([A-H])['\"]?s?\b(?! (?:note|flat|sharp|major|minor|chord))"
    r"|(?:两个|所有的?|每个|每一个|三个)([A-Ha-h])段"
)


def sections_named(part: str, tune: Tune) -> list[Place]:
    """The sections that a clause means when it speaks of all with one letter: "the A sections", 所有A段."""
    if scattered := _scattered(part.lower(), tune):
        return scattered
    match = _SEVERAL.search(part)
    if match is None and (named := _all_called(part.lower(), tune)):
        return named
    if match is None:
        return _in_each(part.lower(), tune) or _listed(part.lower(), tune)
    letter = next(g for g in match.groups() if g).upper()
    return [
        Place(p.first, p.last, letter, section=True)
        for p in sections(tune)
        if p.label.upper() == letter
    ]


_ALTERNATE = re.compile(
    r"\b(?P<odd>every (?:other|second) (?:bar|measure)|alternate (?:bars|measures)|odd(?:-numbered)? (?:bars|measures|ones)|the odds)\b|\beven(?:-numbered)? (?:bars|measures|ones)\b|\bthe evens\b|(?P<zodd>单数|奇数|每?隔一个?)的?小节|(?:双数|偶数)的?小节"
)
_ENDS = re.compile(
    r"\b(?:bar|measure) (?P<n>\d+) (?:and|&) the (?:very )?last (?:bar|measure)\b|\b(?:the )?first(?: bar)? (?:and|&) (?:the )?last (?:bars?|measures?)\b|第(?P<z>\d+)小节(?:和|与|跟)最后一?小节|首尾两?小节"
)
_ALL_BUT = re.compile(
    r"\b(?:everything|all(?: the)? bars|all of it|the whole (?:tune|thing|song|piece)|every bar|the rest)\b[^.;]{0,30}?\b(?:except(?: for)?|but(?: not)?|apart from|other than)\b (?P<what>(?:bars?|measures?) [^,.;]{1,20})|除了?(?P<zh>第[^,.;]{1,10}?小节)(?:以外|之外|外)?[^,.;]{0,3}(?:都|全|其他|其余)"
)


def _scattered(lower: str, tune: Tune) -> list[Place]:
    """Bars that are no stretch: every other one, the first and the last, all but some in the middle."""
    lower = in_digits(lower, 1)
    last = tune.bar_count
    if match := _ALTERNATE.search(lower):
        first = 1 if match["odd"] or match["zodd"] else 2
        return [Place(n, n) for n in reversed(range(first, last + 1, 2))]
    if match := _ENDS.search(lower):
        bar = int(match["n"] or match["z"] or 1)
        return [Place(last, last), Place(bar, bar)] if 0 < bar < last else []
    if match := _ALL_BUT.search(lower):
        place = find_place_or_none(tune, match["what"] or match["zh"])
        return pieces_left(tune, place) if place is not None else []
    return []


def pieces_left(tune: Tune, place: Place) -> list[Place]:
    """What is left of the tune without some bars: one piece or two."""
    pieces = [(1, place.first - 1), (place.last + 1, tune.bar_count)]
    return [Place(a, b) for a, b in reversed(pieces) if a <= b]


_CALLED = re.compile(
    r"(?<!first )(?<!second )(?<!last )(?<!final )(?<!third )(?<!1st )(?<!2nd )(?<!one )\b(?P<chorus>chorus(?:es)?|refrains?)\b|\b(?:all|both|each|every|the) (?:of )?(?:the )?(?P<verse>verses)\b|(?<![段遍次个])(?P<zc>副歌)|(?:所有|每段|两段)(?P<zv>主歌)"
)


def _all_called(lower: str, tune: Tune) -> list[Place]:
    """Every chorus of a tune that has several, where "the chorus" is spoken of; every verse where all are."""
    match = _CALLED.search(lower)
    if match is None:
        return []
    names = ("chorus", "refrain") if match["chorus"] or match["zc"] else ("verse",)
    inner = places_within.split(lower)
    found = [
        Place(p.first, p.last, p.label, section=True)
        for p in sections(tune)
        if p.label.lower().startswith(names)
    ]
    if inner is not None:
        bars = [places_within.inside(inner[0], p.first, p.last) for p in found]
        found = [Place(*b) for b in bars if b is not None]
    return found if len(found) > 1 else []


_EACH = re.compile(
    r"\b(?:of|in|to|from|off|at|on)?\s*(?:each|every|both|all(?: the)?) (?:of the )?(?:parts?|sections?|strains?|(?P<halves>halves))\b"
    r"|\b(?:of|in|to|from|at|on|repeat) (?:each|every|both|either|all(?: the)?) (?:of the )?(?:(?P<half>half|halves)|(?P<phrase>phrases?)|(?P<line>lines?|rows?))\b"
    r"|(?:每(?:一)?|各|两)(?:个)?(?:段|部分|乐段|(?P<zhalf>半|半部分|半段))|每(?:一)?个?乐?(?P<zphrase>句)|每(?:一)?(?P<zline>行)"
)
_INNER = re.compile(
    r"\b(?:first|opening|last|final) (?:\w+ )?bars?\b|\bfirst phrase\b|\blast phrase\b|\bend(?:ing)?\b|\bbeginning\b|最后.{0,2}小节|前.{1,2}小节|第[一1]个?小节|末小节|开头|结尾|末尾"
)


_LIST = re.compile(
    r"\bbars? (?P<en>\d+(?:\s*(?:,|and|&)\s*\d+)*,?\s*(?:and|&)\s*\d+)\b(?!\s*(?:-|to\b|/))|第(?P<zh>\d+(?:小节)?(?:\s*[,和与及]\s*第?\d+(?:小节)?)+)小节"
)


def _listed(lower: str, tune: Tune) -> list[Place]:
    """Single bars in a list that is no stretch: "bars 8 and 16", 第3、5、7小节; the last one first."""
    lower = re.sub(
        r"第([一二三四五六七八九十]+)(?=小节)", lambda m: f"第{numbers.value(m[1]) or m[1]}", lower
    )
    match = _LIST.search(in_digits(lower))
    if match is None:
        return []
    bars = sorted({int(n) for n in re.findall(r"\d+", match["en"] or match["zh"])}, reverse=True)
    if any(a - b == 1 for a, b in itertools.pairwise(bars)) or not all(
        b in tune.bar_numbers for b in bars
    ):
        return []
    return [Place(bar, bar) for bar in bars]


def _in_each(lower: str, tune: Tune) -> list[Place]:
    """What is said of each part: the parts, or the same bars of each; the last one first, because bars may go."""
    match = _EACH.search(lower)
    if match is None or all_voices(tune, lower):
        return []
    inner = _INNER.search(lower)
    pieces = _pieces(match, tune)
    repeats = re.search(r"\brepeat|反复", lower) is not None and inner is None
    if (
        not pieces[0].section
        and not repeats
        and (inner is None or not re.search(r"\bbars?\b|小节", inner[0]))
    ):
        return []  # all halves are the whole; at the ends of phrases single notes are meant
    found = []
    for part in reversed(pieces):
        bars = (
            places_within.inside(inner[0], part.first, part.last)
            if inner
            else (part.first, part.last)
        )
        if bars is not None:
            found.append(Place(*bars, part.name, section=inner is None))
    return found


def _pieces(match: re.Match[str], tune: Tune) -> list[Place]:
    """What a tune is cut into by the word that stands behind "each": parts, halves, phrases or lines."""
    last = tune.bar_count
    if match["half"] or match["halves"] or match["zhalf"]:
        return [Place(1, last // 2, "half"), Place(last // 2 + 1, last, "half")]
    if match["phrase"] or match["zphrase"]:
        return phrases_of(tune)
    if match["line"] or match["zline"]:
        return [replace(p, section=False) for p in rows_of(tune)]
    return [Place(p.first, p.last, p.label, section=True) for p in sections(tune)]
