"""Which bars some words mean: “bars 5–8”, “the bridge”, “second half”, 最后四小节, 副歌, 第二段.

English and Chinese. A section is found by its label (`P:`), by a comment above it, by its letter or
its place, by repeats and endings, by its words (a chorus is sung to the same words again) and by
likeness (a bridge is the part that differs between parts that are alike). Bars are printed numbers,
a pickup is bar 0. What the tune has not is said, with what there is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from abc_tools import numbers, places_within
from abc_tools.sections import Section, sections
from abc_tools.tune import Measure, Tune


@dataclass(frozen=True)
class Place:
    """Bars `first`–`last`; `name` is what they were called.

    `section` says that a whole section is meant, with the pickup that leads into it.
    """

    first: int
    last: int
    name: str = ""
    section: bool = False


class NoPlace(ValueError):
    """The words name no bars of the tune. `code` is why: `nothing` (they name none), `bars`, `part`,
    `pickup`, `ending` or `empty`; `said` is what was asked for.
    """

    def __init__(self, sentence: str, code: str, said: str = "") -> None:
        super().__init__(sentence)
        self.code, self.said = code, said


_NTH = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
_ORDINALS = {word: n for n, word in enumerate(_NTH, start=1)}
_ORDINALS |= {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "8th": 8}
_N = numbers.NUMBER
_O = "|".join(sorted(_ORDINALS, key=len, reverse=True))
_BAR = r"(?:bars?|measures?|mm?\.|个?小节)"
_END = r"(?:the\s+)?(?:end|last(?:\s+bar)?)|最后|末尾|结尾|结束"

number = numbers.value


def find_place(tune: Tune, words: str) -> Place:
    """The bars that `words` mean. NoPlace if they mean none, or none that the tune has.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/4\\nK:C\\nCD|EC|GE|DC|]\\n")
    >>> find_place(tune, "the second half"), find_place(tune, "最后一小节").first
    (Place(first=3, last=4, name='second half', section=False), 4)
    """
    lower = " ".join(words.lower().replace("–", "-").replace("—", "-").split())
    lower = lower.replace(" & ", " and ").replace("头一", "第一").replace("末了", "最后")
    lower = re.sub(
        r"(?<!每)(?<!各)首(?=[句行])",
        "第一",
        re.sub(r"(?<!每)(?<!各)[末尾](?=[句行])", "最后一", lower),
    )
    if not tune.measures:
        raise NoPlace("There is no music in this tune.", "empty")
    for finder in (
        _within,
        _ranges,
        _neighbours,
        _edges,
        _endings,
        _single,
        _halves,
        _labels,
        _letters,
        _ordinals,
        _named,
    ):
        place = finder(lower, tune)
        if place is not None:
            return _inside(place, tune, words)
    raise NoPlace(f"“{words}” names no bars of this tune. {_there(tune)}", "nothing", words)


def _inside(place: Place, tune: Tune, words: str) -> Place:
    low = 0 if 0 in tune.bar_numbers else 1
    if not low <= place.first <= place.last <= tune.bar_count:
        raise NoPlace(f"“{words}” names bars that are not there. {_there(tune)}", "bars", words)
    return place


def _there(tune: Tune) -> str:
    parts = sections(tune)
    said = ", ".join(f"{p.label} (bars {p.first} to {p.last})" for p in parts if p.marked)
    low = 0 if 0 in tune.bar_numbers else 1
    return f"The tune has bars {low} to {tune.bar_count}" + (
        f"; its parts: {said}." if said else "."
    )


def _within(lower: str, tune: Tune) -> Place | None:
    """Some bars of a part, or a bar counted from the end."""
    if span := places_within.span_from_end(lower, tune.bar_count):
        return Place(*span)
    if bar := places_within.from_end(lower, tune.bar_count):
        return Place(bar, bar)
    found = places_within.split(lower)
    if found is None or found[1] == "it":
        return None
    inner, outer = found
    part = find_place(tune, f"part {outer}" if len(outer) == 1 else outer)
    first = part.first
    opening = next((m for m in tune.measures if m.number == first), None)
    if opening is not None and not opening.full and first < part.last and not opening.ends_section:
        first += 1  # a pickup inside the tune, counted as a bar, is not the part's first one
    bars = places_within.inside(inner, first, part.last)
    if bars is None:
        raise NoPlace(f"“{lower}” names bars that are not there. {_there(tune)}", "bars", lower)
    return Place(*bars, f"{inner} of {outer}" if inner.isascii() else outer + inner)


# -- bars by number ---------------------------------------------------------------------------

_BEAT = rf"(?:,?\s*(?:on |at )?(?:the )?(?:beat\s+{_N}|(?:{_O})\s+beat),?)"
_COUNTS = (
    r"(?:beats?|notes?|(?:semi)?quavers?|crotchets?|minims?|eighths?|quarters?|halves|half notes"
    r"|chords?|times|triplets?)\b"
)
"""What a number behind a bar may count: "change bar 5 to 4 quavers" names one bar."""
_RANGES = (
    re.compile(
        rf"{_BAR}\s*({_N}){_BEAT}?\s*(?:-|to|through|thru|until|till)\s*(?:the\s+)?(?:(?:very\s+)?(?:end|start|beginning|middle|downbeat)\s+of\s+)?(?:the\s+)?(?:{_BAR}\s*)?({_N})(?!\d){_BEAT}?(?!\s*{_COUNTS})"
    ),
    re.compile(
        rf"第\s*({_N})\s*小节(?:的?第\s*{_N}\s*(?:拍|个?音))?(?:开始|起)?\s*(?:-|到|至|~)\s*第?\s*({_N})\s*个?小节"
    ),
    re.compile(
        rf"{_BAR}\s*({_N})\s*(?:-|to|through|thru|until|till|and)\s*(?:{_BAR}\s*)?({_N})(?!\d)(?!\s*{_COUNTS})"
    ),
    re.compile(rf"第?\s*({_N})\s*(?:小节)?\s*(?:-|到|至|~)\s*第?\s*({_N})\s*个?小节"),
    re.compile(rf"({_N})\s*(?:-|to)\s*({_N})\s*{_BAR}"),
    re.compile(
        rf"(?:bit|stretch|passage|part|section|music|stuff) (?:from|between) ({_N}) (?:to|and|till|until) ({_N})\b"
    ),
    re.compile(r"^(\d+)\s*-\s*(\d+)$"),
)
_TO_END = (
    re.compile(
        rf"(?:from\s+)?{_BAR}\s*({_N})\s*(?:-|to|until|till|through)?\s*(?:{_END}|onwards?)"
    ),
    re.compile(rf"from\s+(?:the\s+)?{_BAR}\s*({_N})(?!\s*(?:-|to\b|until|till|through|and\b|\d))"),
    re.compile(rf"(?:从)?第?\s*({_N})\s*个?小节\s*(?:(?:-|到|至)\s*(?:{_END})|往后|以后|起|开始)"),
)
_FROM_START = re.compile(
    rf"(?:from\s+)?(?:the\s+)?(?:start|beginning)\s+(?:to|until|till|through)\s+(?:the\s+)?{_BAR}\s*({_N})"
    rf"|(?:从)?开头\s*(?:到|至)\s*第?\s*({_N})\s*小节"
)


def _ranges(lower: str, tune: Tune) -> Place | None:
    for pattern in _RANGES:
        if match := pattern.search(lower):
            one, other = number(match[1]), number(match[2])
            if one is not None and other is not None:
                return Place(min(one, other), max(one, other))
    for pattern in _TO_END:
        if match := pattern.search(lower):
            first = number(match[1])
            if first is not None:
                return Place(first, max(first, tune.bar_count))
    if match := _FROM_START.search(lower):
        last = number(match[1] or match[2])
        return Place(1, last) if last is not None else None
    return None


_EDGE = re.compile(
    rf"(last|final|closing|first|opening|initial|最后|末尾?|前面?|开头|最初|后面?|倒数|头)\s*的?\s*({_N})\s*{_BAR}"
)
_NEIGHBOURS = (
    re.compile(
        rf"第?\s*({_N})\s*(?:小节)?\s*(?:,|、|和|与|及|跟)\s*第?\s*({_N})\s*(?:这|那)?(?:两|2)?个?小节"
    ),
    re.compile(rf"第\s*({_N})\s*第\s*({_N})\s*(?:这|那)?(?:两)?个?小节"),
    re.compile(
        r"(?<![一二三四五六七八九十第])第?([一二三四五六七八])([二三四五六七八九])(?:这|那)?两?个?小节"
    ),
    re.compile(rf"\b(?:the )?({_O}) (?:bars? )?and (?:the )?({_O}) (?:bars|measures)\b"),
)
"""Two bars that are named one after the other; a stretch only if they are neighbours."""
_MIDDLE = re.compile(rf"\bmiddle ({_N}) (?:bars|measures)\b|中间的?({_N})个?小节")
_SINGLE = (
    re.compile(rf"(?:bar|measure)\s*(?:number\s*|no\.?\s*|#\s*)?({_N})(?![\d-])"),
    re.compile(r"\b(?:bars|measures) (\d{1,3})(?![\d/-])(?! (?:bars|parts|sections|times))"),
    re.compile(rf"第\s*({_N})\s*个?小节"),
)
_ORDINAL_BAR = re.compile(
    rf"({_O}|last|final|最后[那这]?一?|最末一?|第一|末)\s*(?:个|a\s)?\s*(?:bar|measure|小节)(?!s)"
)


def _neighbours(lower: str, tune: Tune) -> Place | None:
    """Neighbouring bars in a list, and the middle bars."""
    for pattern in _NEIGHBOURS:
        if match := pattern.search(lower):
            one, other = (_ORDINALS.get(g) or number(g) or 0 for g in match.groups())
            if other - one == 1:
                return Place(one, other)
    if (match := _MIDDLE.search(lower)) and (count := number(match[1] or match[2])):
        first = (tune.bar_count - count) // 2 + 1
        return Place(first, first + count - 1, match[0])
    return None


def _edges(lower: str, tune: Tune) -> Place | None:
    match = _EDGE.search(lower)
    if match is None or (count := number(match[2])) is None or count < 1:
        return None
    if match[1] in ("first", "opening", "initial", "前", "前面", "开头", "最初", "头"):
        return Place(1, count, match[0])
    return Place(tune.bar_count - count + 1, tune.bar_count, match[0])


def _single(lower: str, tune: Tune) -> Place | None:
    for pattern in _SINGLE:
        if (match := pattern.search(lower)) and (bar := number(match[1])) is not None:
            return Place(bar, bar)
    if match := _ORDINAL_BAR.search(lower):
        bar = _ORDINALS.get(match[1], 1 if match[1] == "第一" else tune.bar_count)
        return Place(bar, bar, match[0])
    if re.search(r"pick-?up|anacrusis|upbeat|弱起", lower):
        if 0 not in tune.bar_numbers:
            raise NoPlace("The tune has no pickup.", "pickup")
        return Place(0, 0, "pickup")
    return None


_HALF = re.compile(r"(first|second|last|latter|other|前|后|上|下)\s*(?:half|半)(?:部分|段)?")
_QUARTER = re.compile(rf"({_O}|last)\s+quarter(?!\s*note)")


def _halves(lower: str, tune: Tune) -> Place | None:
    bars = tune.bar_count
    if (match := _HALF.search(lower)) and bars > 1:
        first = match[1] in ("first", "前", "上")
        return Place(1, bars // 2, match[0]) if first else Place(bars // 2 + 1, bars, match[0])
    if (match := _QUARTER.search(lower)) and bars > 3:
        nth = _ORDINALS.get(match[1], 4)
        if nth <= 4:
            return Place(bars * (nth - 1) // 4 + 1, bars * nth // 4, match[0])
    return None


_ENDING = re.compile(
    rf"({_O}|last|[12])\s*(?:time\s*)?(?:ending|volta|time bar)|第?\s*({_N})\s*(?:个)?(?:结尾|房子|跳房子)"
)


def _endings(lower: str, tune: Tune) -> Place | None:
    """First and second endings, by their numbers in the tune."""
    match = _ENDING.search(lower)
    if match is None:
        return None
    said = match[1] or match[2]
    nth = _ORDINALS.get(said) or number(said)
    measures = tune.measures
    found: list[tuple[int, int]] = []
    for index, measure in enumerate(measures):
        if measure.ending and (said == "last" or nth in measure.ending):
            stop = index
            while stop + 1 < len(measures) and not (
                measures[stop].ends_section or measures[stop + 1].ending
            ):
                stop += 1
            found.append((measure.number, measures[stop].number))
    if not found:
        raise NoPlace(f"The tune has no {match[0]}.", "ending", match[0])
    chosen = found[-1] if said == "last" else found[0]
    return Place(*chosen, match[0])


# -- sections ---------------------------------------------------------------------------------

_NAMES: dict[str, tuple[str, ...]] = {
    "bridge": ("bridge", "middle eight", "middle 8", "middle section", "middle part", "release",
               "桥段", "过渡段", "中段", "中间部分", "中间那段", "中间这段", "中间一段"),
    "pre-chorus": ("pre-chorus", "prechorus", "预副歌", "导歌"),
    "chorus": ("chorus", "refrain", "副歌", "叠句"),
    "verse": ("verse", "主歌"),
    "return": ("the return", "reprise", "recapitulation", "再现部", "再现"),
    "trio": ("trio", "三声中部"),
    "ending": ("ending", "the end", "tail end", "coda", "outro", "tag", "结尾", "尾声", "结束部分", "收尾"),
    "intro": ("introduction", "intro", "前奏", "引子"),
    "beginning": ("beginning", "opening", "the start", "开头", "开始部分"),
}  # fmt: skip
_LETTER = re.compile(
    r"(?:part|section|strain|段落?|部分)\s*['\"]?([b-h]|a(?!\s+(?!(?:up|down|an?|only|again|louder|softer|quieter"
    r"|higher|lower|should|is|and|or|to|in|with|please|minor|major|then|twice|more|after|before|at|on|for)\b)[a-z]))['\"]?(?![a-z])"
    r"|(?<![a-z])([a-h])['\"]?[\s-]*(?:part|section|strain|段|部分|乐段)|\(([a-h])\)"
    r"|(?<=\s)(?<!\d )(?:(?<=first )|(?<=second )|(?<=third )|(?<=last )|(?<=final )|(?<=opening ))['\"]?([a-h])['\"]?"
    r"(?=\s*(?:$|[,.;!?:]|an?\b|up\b|down\b|only\b|again\b|so\b|to\b|in\b|is\b|on\b|with\b|should\b|could\b|sounds?\b|tack\b|add\b|then\b|and\b|please\b"
    r"|louder|softer|quieter|higher|lower|minor|major|slower|faster|different))"
)
_ARTICLE = re.compile(
    r"\b(?:make|write|add|give|me|us|as|need|want|have|for|into|create|get|is|such|with|out) $"
)
_NUMBERED_PART = re.compile(
    r"\b(?:part|section|strain)\s+(one|two|three|four|five|[1-6]|i{1,3}|iv)\b"
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_NUMBERED_ROW = re.compile(rf"\b(line|phrase|row|system) (?:number )?({_N})\b")
_ORDINAL = re.compile(
    rf"({_O}|last|final)\s+(part|section|strain|phrase|verse|line|row|system|tune|chorus)"
    rf"|(?:第\s*({_N})|(最后))\s*个?一?\s*(段|部分|乐段|句|行|乐句)"
)


def chinese_name(name: str) -> str:
    """A section's name in Chinese where it is one of the usual ones, else as it is.

    >>> chinese_name("ending"), chinese_name("B")
    ('结尾', 'B')
    """
    usual = {
        "last bar": "最后一小节",
        "first bar": "第一小节",
        "pickup": "弱起",
        "middle": "中间",
        "line": "这一行",
    }
    return next(
        (w for w in _NAMES.get(name.lower(), ()) if not w.isascii()), usual.get(name.lower(), name)
    )


def _has(word: str, lower: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word),
                     lower) is not None  # fmt: skip


def _of(part: Section, name: str) -> Place:
    return Place(part.first, part.last, name, section=True)


def _labels(lower: str, tune: Tune) -> Place | None:
    """A label or comment of the tune itself that the words say: the nth of a name, if they count."""
    parts = sections(tune)
    if counted := _counted(lower, tune):
        return counted
    for part in parts:
        label = part.label.strip().lower()
        if len(label) > 1 and (_has(label, lower) or (len(lower) > 2 and lower in label)):
            return _of(part, part.label)
    for names in _NAMES.values():
        if not any(_has(word, lower) for word in names):
            continue
        for part in parts:
            if len(part.label) > 1 and any(word in part.label.lower() for word in names):
                return _of(part, part.label)
        place = _commented(tune, names)
        if place is not None:
            return place
    return _commented(tune, (lower.removeprefix("the ").strip(),)) if len(lower) > 3 else None


_COUNTED = re.compile(rf"({_O}|last|final)\s+$|(?:第\s*({_N})|(最后))\s*[个段次一遍]*\s*$")


def _counted(lower: str, tune: Tune) -> Place | None:
    """The second verse of a tune that labels its verses; one too many is no place."""
    parts = sections(tune)
    for names in _NAMES.values():
        for word in names:
            found = re.search(
                rf"(?<![a-z]){re.escape(word)}(?![a-z]| \d)" if word.isascii() else re.escape(word),
                lower,
            )
            own = [
                p
                for p in parts
                if len(p.label) > 1 and any(name in p.label.lower() for name in names)
            ]
            if found is None or not own:
                continue
            match = _COUNTED.search(lower[: found.start()])
            if match is None:
                continue
            last = match[1] in ("last", "final") or match[3] is not None
            nth = len(own) if last else _ORDINALS.get(match[1] or "") or number(match[2] or "") or 0
            said = lower[match.start() : found.end()].strip()
            if not 0 < nth <= len(own):
                raise NoPlace(f"The tune has no {said}. {_there(tune)}", "part", said)
            return _of(own[nth - 1], said)
    return None


def _commented(tune: Tune, words: tuple[str, ...]) -> Place | None:
    """The bars from a comment that says one of the words to the next comment or section's end."""
    measures = tune.measures
    marks = [
        c
        for c in tune.comments
        if c.span.start > measures[0].span.start or _above(tune, c.span.start)
    ]
    for comment in marks:
        text = comment.text.lower()
        if not any(_has(word, text) for word in words if word):
            continue
        behind = [n for n, m in enumerate(measures) if m.span.start > comment.span.end]
        if not behind:
            continue
        start = behind[0]
        others = [c.span.start for c in tune.comments if c.span.start > comment.span.start
                  and _names_part(c.text)]  # fmt: skip
        stops = [n for n in behind[1:] if others and measures[n].span.start > others[0]]
        stops += [p.start for p in sections(tune) if p.marked and p.start > start]
        stop = min(stops, default=len(measures))
        bars = [m.number for m in measures[start:stop] if m.number > 0]
        return Place(bars[0], bars[-1], comment.text.strip("% "), section=True) if bars else None
    return None


def _above(tune: Tune, position: int) -> bool:
    """Whether a comment stands right above the first music, not among the fields."""
    last = max((f.span.end for f in tune.fields if f.where == "header"), default=0)
    return position > last


def _names_part(text: str) -> bool:
    lower = text.lower()
    return any(_has(word, lower) for names in _NAMES.values() for word in names)


def _letters(lower: str, tune: Tune) -> Place | None:
    match = _LETTER.search(lower)
    if (
        match is not None
        and re.match(r"a (?:part|section|strain)", match[0])
        and _ARTICLE.search(lower[: match.start()])
    ):
        match = None  # "make a part for trumpet" names no part A
    if match is None and re.fullmatch(r"[a-h]", lower):
        match = re.fullmatch(r"([a-h])()", lower)
    if match is None:
        return None
    letter = next(g for g in match.groups() if g).upper()
    parts = sections(tune)
    same = [part for part in parts if part.label.upper() == letter]
    if same:
        nth = re.search(
            rf"({_O}|last|final)\s+$|(第\s*({_N})|最后一?)\s*个?\s*$", lower[: match.start()]
        )
        if nth is None:
            return _of(same[0], letter)
        said = nth[1] or nth[2]
        place = (
            -1
            if said.startswith(("last", "final", "最后"))
            else _ORDINALS.get(said) or number(nth[3] or "") or 0
        )
        if place > len(same) or not place:
            raise NoPlace(
                f"The tune has {len(same)} parts {letter}. {_there(tune)}", "part", letter
            )
        return _of(same[place - 1 if place > 0 else -1], f"{said} {letter}")
    index = ord(letter) - ord("A")
    if len(parts) > index and all(len(p.label) > 1 for p in parts):
        return _of(parts[index], letter)
    raise NoPlace(f"The tune has no part {letter}. {_there(tune)}", "part", letter)


def _ordinals(lower: str, tune: Tune) -> Place | None:
    if numbered := _NUMBERED_PART.search(lower):
        nth = _ROMAN.get(numbered[1]) or number(numbered[1]) or 0
        parts = sections(tune)
        if not 0 < nth <= len(parts):
            raise NoPlace(f"The tune has no {numbered[0]}. {_there(tune)}", "part", numbered[0])
        return _of(parts[nth - 1], numbered[0])
    match = _ORDINAL.search(lower)
    if row := _NUMBERED_ROW.search(lower):
        match, last, nth, kind = row, False, number(row[2]) or 0, row[1]
    elif match is None:
        return None
    else:
        last = match[1] in ("last", "final") or match[4] is not None
        nth = -1 if last else _ORDINALS.get(match[1] or "") or number(match[3] or "") or 0
        kind = match[2] or match[5]
    places = phrases_of(tune) if kind in _PHRASES | _ROWS else [
        _of(part, match[0]) for part in _by_kind(kind, tune)
    ]  # fmt: skip
    if kind in _ROWS and len(own := rows_of(tune)) >= max(2, nth):
        places = own
    if nth > len(places) and kind in _PHRASES | _ROWS:
        places = phrases_of(tune, 2)  # four short phrases in eight bars
    if not nth or nth > len(places):
        raise NoPlace(f"The tune has no {match[0]}. {_there(tune)}", "part", match[0])
    return replace(places[-1] if nth < 0 else places[nth - 1], name=match[0])


_PHRASES, _ROWS = {"phrase", "句", "乐句"}, {"line", "row", "system", "行"}


def rows_of(tune: Tune) -> list[Place]:
    """The lines of the score as they are written."""
    rows: dict[int, list[int]] = {}
    for measure in tune.measures:
        line = tune.source.count("\n", 0, measure.span.start)
        rows.setdefault(line, []).append(measure.number)
    found: list[Place] = []
    for bars in rows.values():
        first = found[-1].last + 1 if found else max(1, bars[0])
        if bars[-1] >= first:
            found.append(Place(first, bars[-1], "line", section=True))
    return found


def _by_kind(kind: str, tune: Tune) -> list[Section]:
    parts = sections(tune)
    own = [p for p in parts if kind in p.label.lower()]
    return own or parts


def phrases_of(tune: Tune, bars: int = 4) -> list[Place]:
    """Phrases of so many bars within the sections."""
    return [
        Place(first, min(first + bars - 1, part.last), "phrase")
        for part in sections(tune)
        for first in range(part.first, part.last + 1, bars)
    ]


def _named(lower: str, tune: Tune) -> Place | None:
    for name, words in _NAMES.items():
        if any(_has(word, lower) for word in words):
            place = _implied(name, tune)
            if place is None:
                sentence = f"The tune has no part that is its {name}. {_there(tune)}"
                raise NoPlace(sentence, "part", name)
            return place
    return None


def _implied(name: str, tune: Tune) -> Place | None:
    """Where a part without a label is."""
    parts, bars = sections(tune), tune.bar_count
    if name in ("ending", "beginning", "intro"):
        count = min(4, max(1, bars // 2))
        first = bars - count + 1 if name == "ending" else 1
        return Place(first, first + count - 1, name)
    sung = _sung_parts(name, tune, parts)
    if sung is not None:
        return sung
    home = parts[0].label
    if name == "return":
        again = [p for p in parts[1:] if p.label == home]
        return _of(again[-1], name) if again else None
    other = [part for part in parts if part.label != home]
    if not other or name in ("pre-chorus", "trio"):
        return _of(other[-1], name) if other and name == "trio" else None
    if name == "verse":
        return _of(parts[0], name)
    if name == "bridge" and len(other) > 1 and any(p.label == home for p in parts[1:]):
        between = [p for p in other if p.first > parts[0].first and p.last < parts[-1].last]
        alone = [p for p in between if sum(q.label == p.label for q in parts) == 1]
        other = alone or between or other
    return _of(other[0], name)


def _sung_parts(name: str, tune: Tune, parts: list[Section]) -> Place | None:
    """A chorus by its words: the same in each verse, said again, or written for one verse only."""
    if name not in ("chorus", "verse") or len(parts) < 2:
        return None
    measures = tune.measures
    texts = [_verses(measures[p.start : p.stop]) for p in parts]
    if not any(texts):
        return None
    most = max(len(t) for t in texts)
    same = [
        i for i, said in enumerate(texts)
        if said and ((most > 1 and (len(said) == 1 or len(set(said)) == 1))
                     or any(said[0] == other[0] for j, other in enumerate(texts) if other and j != i))
    ]  # fmt: skip
    if not same or len(same) == len(parts):
        return None
    chosen = same if name == "chorus" else [i for i in range(len(parts)) if i not in same]
    return _of(parts[chosen[0]], name)


def _verses(measures: tuple[Measure, ...]) -> list[str]:
    """The words of some measures, verse by verse, verses without words left out."""
    events = [e for m in measures for e in m.events]
    count = max((len(e.syllables) for e in events), default=0)
    said = [
        " ".join((e.syllables[n] or "").lower().strip("-,.;:!?") for e in events
                 if n < len(e.syllables) and e.syllables[n])
        for n in range(count)
    ]  # fmt: skip
    return [text for text in said if text]
