"""Chords, progressions, cadences and modulations, as people say them."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.chords import parse_chord
from abc_tools.numbers import NUMBER
from abc_tools.numbers import value as value_of
from abc_tools.theory import Key, parse_key
from chat.requirements import Wishes
from chat.understand.pitch import key_of, spoken_key
from chat.understand.text import without_titles

NUMERAL = r"(?:b|#)?(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(?:maj7|7|°|o|dim|m|\+)?"
_SYMBOL = r"[A-G](?:#|b)?(?:maj|min|m|dim|aug|ø|°|\+)?(?:13|11|6/9|[679])?(?:sus[24]?|add\d{1,2}|[b#]5|[b#]9)?(?:/[A-G][#b]?)?"
_BETWEEN = r"\s*(?:[-,|>→/ ]|\band\b|\bor\b|\bthen\b|和|与|到)+\s*"
_NUMERALS = re.compile(rf"(?<![A-Za-z]){NUMERAL}(?:{_BETWEEN}{NUMERAL})+(?![A-Za-z])")
_SYMBOLS = re.compile(rf"(?<![A-Za-z]){_SYMBOL}(?:{_BETWEEN}{_SYMBOL})+(?![A-Za-z])")
_ONLY = re.compile(
    r"\b(?:only|just|nothing but|limited to|restrict(?:ed)? to|no chords? (?:other than|but|except)|stick(?:ing)? to)\b|只用|只有|仅用|只能用|限用|只要"
)
_THREE = re.compile(
    r"(?:three|3)[- ](?:basic |simple |primary )?chords?\b|primary (?:chords|triads)|basic (?:chords|triads)|三个(?:基本|主要)?和弦|正三和弦"
)
_ROW = re.compile(
    r"\|\s*[A-G]|\bover\b|progression|chord (?:sequence|loop|pattern)|chords? (?:go|are|:)|over (?:the )?chords|\bloop\b|changes|和弦(?:进行|走向|顺序|循环)|走向|(?:use|using|with|on|over) (?:the )?chords?\b|和弦(?:是|为|用|:)|用和弦|chords\s+[A-G]"
)
_DIGITS = re.compile(r"(?<!\d)([1-6](?:[-,\s]?[1-6]){2,7})(?!\d|\s*(?:bars?|小节|/))")
_LOOPS = {
    "I V vi iii IV I IV V": ("pachelbel", "canon progression", "canon chord", "canon changes", "卡农和弦", "卡农的和弦", "卡农进行", "卡农的进行", "卡农走向", "卡农的走向", "卡农式"),
    "I vi IV V": ("doo-wop", "doo wop", "fifties progression", "50s progression", "ice cream changes"),
    "ii7 V7 Imaj7 Imaj7": ("ii-v-i", "two-five-one", "2-5-1", "二五一"),
    "i VII VI V": ("andalusian",), "I V vi IV": ("four chord song", "axis of awesome", "four-chord"),
    "I7 I7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7": ("12-bar blues", "12 bar blues", "twelve-bar blues", "twelve bar blues", "十二小节布鲁斯"),
}  # fmt: skip
_NO_CHORDS = re.compile(
    r"(?:no|without|w/o|omit|don't (?:want|need|add)|skip)(?: any| the)? (?:chord|harmon|accompan)|melody (?:only|line only|alone)|(?:only|just) (?:the|a) (?:melody|tune)\b|unaccompanied|monophonic"
    r"|(?:不要|不带|无|没有|不用|不需要|不必|无需|用不着|别|别加)(?:加|有|写|配|标|要)?和弦|只要旋律|只有旋律|单旋律|无伴奏"
)
_CHORDS = re.compile(
    r"\bchords?\b|\bharmon(?:y|ies|i[sz]ed)\b|lead ?sheet|accompan|\bstrum|guitar symbols|和弦|和声(?!小调)|伴奏"
)


_EASY = re.compile(
    r"\b(?:easy|easier|simple|open|beginner|campfire|cowboy)(?:[- ](?:guitar|uke|ukulele|open|first|position))*[- ]chords?\b|\bchords?\b[^.;]{0,24}\b(?:beginners?|learners?|kids|children|we|i|they) (?:can|could) (?:play|manage|strum)\b|\b(?:guitar|uke|ukulele) chords?\b[^.;]{0,30}\b(?:beginners?|easy|simple)\b|\bno barr[eé]|(?:简单|容易)的?(?:吉他|尤克里里)?和弦|和弦(?:要|得|尽量)?(?:简单|容易)|开放和弦|(?:不要|没有|不用|别用)大?横按"
)


_QUOTED_ROW = re.compile(
    r"\"((?:[A-G][#b]?(?:maj7|m7b5|m7|m|7|6|9|dim7?|sus[24]?|add9)?(?:/[A-G][#b]?)?[\s,|>-]*){2,})\""
)
"""Chords between quotes, which are no title."""


def read_chords(text: str, lower: str, wishes: Wishes) -> None:
    """`chords`: yes, no, or the only ones allowed; `progression`: the chords bar by bar."""
    plain = without_titles(_QUOTED_ROW.sub(r" \1 ", text))
    if _NO_CHORDS.search(lower):
        wishes.values["chords"] = "no"
        return
    row = _chord_row(plain, lower)
    only = _limits(plain, row)
    if re.search(r"\btwice\b|两遍", lower):
        wishes.details["twice"] = "yes"
    loop = next((n for n, words in _LOOPS.items() if any(w in lower for w in words)), "")
    if row and only and not re.search(r"progression|走向|进行", lower):
        wishes.values["chords"] = " ".join(dict.fromkeys(row))
    elif loop and len(row) < 4:  # a row that is written out says more than its name
        wishes.values["progression"] = loop
    elif row and (_ROW.search(lower) or len(row) > 2):
        wishes.values["progression"] = " ".join(row)
    elif row and re.search(r"和弦|chords?", lower):
        wishes.values["chords"] = " ".join(dict.fromkeys(row))
    elif _THREE.search(lower):
        wishes.values["chords"] = "I IV V"
    elif _EASY.search(lower):
        wishes.values["chords"] = "easy"
    elif _CHORDS.search(lower):
        wishes.values["chords"] = "yes"


def _limits(text: str, row: list[str]) -> bool:
    """Whether "only" stands right before the chords, or behind them."""
    if not row:
        return False
    first = text.find(row[0])
    last = text.rfind(row[-1]) + len(row[-1])
    if first < 0:  # named by their degrees in words
        return re.search(rf"(?:{_ONLY.pattern})[^.;]{{0,12}}[一二三四五六]级", text) is not None
    before = re.search(rf"(?:{_ONLY.pattern})[^.;]{{0,30}}$", text[:first].lower())
    behind = re.match(
        r"\s*(?:chords?\s*)?only\b|\s*(?:这)?(?:几|三|两)?个?和弦$", text[last:].lower()
    )
    return before is not None or behind is not None


_STRUMMED = re.compile(
    r"\b(?:uke|ukulele|guitar|banjo|strum\w*|autoharp)\b.{0,40}\b(?:only|just)\b|\b(?:only|just)\b.{0,24}\b[a-g](?:m|7|maj7)\b"
)
"""Players of chords, and limits that name a chord no note is called."""


def _chord_row(text: str, lower: str) -> list[str]:
    """Chord symbols or Roman numerals that stand in a row; 1645 counts where chords are spoken of."""
    for pattern, one in ((_NUMERALS, NUMERAL), (_SYMBOLS, _SYMBOL)):
        for match in pattern.finditer(text):
            names = [m[0] for m in re.finditer(rf"(?<![A-Za-z]){one}(?![A-Za-z])", match[0])]
            if one is NUMERAL and set("".join(names)) <= {"I", "i"} and len(names) < 3:
                continue
            spoken = (
                _ROW.search(lower) or "chord" in lower or "和弦" in lower or _STRUMMED.search(lower)
            )
            telling = len(names) > 2 and any(re.search(r"m|7|dim|sus|aug", n) for n in names)
            if one is _SYMBOL and not spoken and not telling:
                continue
            if one is NUMERAL or all(parse_chord(n) is not None for n in names):
                return names
    if row := re.search(r"((?:[一二三四五六]级[,和与及]*){2,7})(?:的)?(?:三?和弦)", lower):
        return [
            ["I", "ii", "iii", "IV", "V", "vi"]["一二三四五六".index(d)]
            for d in re.findall(r"([一二三四五六])级", row[1])
        ]
    if re.search(r"和弦|走向|进行|progression|chords|走\d", lower) and (
        digits := _DIGITS.search(lower)
    ):
        return [
            ["I", "ii", "iii", "IV", "V", "vi"][int(d) - 1] for d in re.findall(r"\d", digits[1])
        ]
    return []


_HALF = re.compile(
    r"half[- ](?:cadence|close)|imperfect cadence|(?:end|finish|stop|close)s?(?:ing)? (?:like a question )?(?:open )?(?:on|with) (?:a |the )?(?:dominant|V\b|v chord|open ending|question)|end(?:s|ing)? like a question|半终止|(?:停|结束|落)在属(?:和弦|音)?|不完全终止"
)
_PLAGAL = re.compile(r"plagal|amen cadence|\biv[- ]i\b cadence|变格终止|阿门")
_PERFECT = re.compile(
    r"(?:perfect|authentic|full)(?: authentic)? (?:cadence|close)|(?:end|finish|close|resolve)s?(?:ing)? (?:on|with|to|back on|back to) (?:the )?(?:tonic|home|i chord|root|do)\b|完全终止|正格终止|(?:结束|停|落|回)(?:在|到)主(?:音|和弦)"
)
_DECEPTIVE = re.compile(r"deceptive|interrupted cadence|阻碍终止")


def read_cadence(text: str, lower: str, wishes: Wishes) -> None:
    """How the tune closes."""
    for name, pattern in (
        ("half", _HALF),
        ("plagal", _PLAGAL),
        ("deceptive", _DECEPTIVE),
        ("authentic", _PERFECT),
    ):
        if pattern.search(lower):
            wishes.values["cadence"] = name
            return


_KIND_OF_CLOSE = (
    ("half", rf"{_HALF.pattern}|\bhc\b|imperfect|半终止|属和弦|属音"),
    (
        "authentic",
        rf"{_PERFECT.pattern}|\bp\.?a\.?c\b|\biac\b|\bauthentic\b|\bperfect\b|完全终止|全终止|正格|主和弦|主音",
    ),
)
_FIRST_PHRASE = re.compile(
    r"antecedent|first (?:phrase|half|four bars|4 bars|sentence)|opening phrase|\bquestion\b|前(?:乐)?句|前半|上(?:乐)?句|第一(?:个)?乐?句|问句"
)
_SECOND_PHRASE = re.compile(
    r"consequent|(?:second|last|final|other) (?:one|phrase|half|four bars|4 bars|sentence)|\banswer(?:ing)?\b|后(?:乐)?句|后半|下(?:乐)?句|第二(?:个)?乐?句|答句"
)
_AT_THE_END = re.compile(
    r"\bat the (?:very )?end\b|\bto (?:end|finish|close)\b|\bfinally\b|最后|结尾|末尾"
)
_AT_BAR = re.compile(
    rf"\b(?:bars?|measures?|m\.|mm\.) ?({NUMBER})\b|第\s*({NUMBER})\s*小节|(?<![a-z])({NUMBER})(?:st|nd|rd|th) (?:bar|measure)"
)


def read_cadences(text: str, lower: str, wishes: Wishes) -> None:
    """`cadences`: which closes stand at which bars (`4:half 8:authentic`): at bars that are named, or of the two halves
    of a period.
    """
    plain = without_titles(lower)
    bars = int(wishes.values.get("bars", "0")) or 8
    places: list[tuple[int, int]] = []
    for match in _AT_BAR.finditer(plain):
        if number := value_of(next(g for g in match.groups() if g)):
            places.append((match.start(), number))
    if first := _FIRST_PHRASE.search(plain):
        places.append((first.start(), bars // 2))
    if second := _SECOND_PHRASE.search(plain):
        places.append((second.start(), bars))
    if end := _AT_THE_END.search(plain):
        places.append((end.start(), bars))
    found: dict[int, str] = {}
    for name, pattern in _KIND_OF_CLOSE:
        for match in re.finditer(pattern, plain):
            at = match.start()
            near = [(bool(re.search(r",|和|与|\band\b", between)), abs(place - at), n) for place, n in places
                    if not re.search(r"[.;]", between := plain[min(place, at) : max(place, at)])]  # fmt: skip
            if near:
                found.setdefault(min(near)[2], name)
    if len(found) < 2 and not (found and min(found) < bars):
        return
    if wishes.values.get("cadence") in ("half", "authentic"):
        wishes.values.pop("cadence")
    if first and second and bars not in found:
        found[bars] = "authentic"
    wishes.values["cadences"] = " ".join(
        f"{at}:{kind}" for at, kind in sorted(found.items()) if at <= bars
    )
    wishes.values.setdefault("bars", str(bars))
    wishes.implied.setdefault("repeats", "no")


_MODULATES = re.compile(
    r"\bmodulat\w*|\bchang(?:es?|ing) key|\bkey change|\bgo(?:es)? (?:in)?to (?:the )?(?:dominant|relative|subdominant|parallel)|\b(?:in|into|to) (?:the |its )?(?:dominant|relative|subdominant|parallel)(?: key| major| minor)\b|\b(?:middle|b|second|contrasting) (?:section|part|half)\b[^,.;]{0,12}\bin (?:the |its )?(?:dominant|relative|subdominant|parallel)|转调|转到|转(?=[升降]?[A-Ga-g][#b]?[大小])|转入|离调|移到"
)
_GOALS = {
    "dominant": r"dominant(?! seventh)|属调|v\b|fifth", "subdominant": r"subdominant|下属调|fourth",
    "relative": r"relative|关系(?:大|小)?调|平行调", "parallel": r"parallel|同主音",
}  # fmt: skip


_IN_TURN = re.compile(
    r"\b(?:first|second|other) (?:half|part|section)\b|\bthen\b|\bmiddle\b|\bending in\b|转到|再转|然后|后半|中间|\b(?:ends?|finish(?:es)?|closes?) (?:up )?in\b|结束(?:在|于)|B段"
)


def _relation(home: str, other: str) -> str:
    """How a second key is related to the first: its relative, its parallel, its dominant or subdominant."""
    one, two = parse_key(home), parse_key(other)
    assert one is not None and two is not None, "keys are read before"
    if one.sharps == two.sharps:
        return "relative"
    if (one.tonic, one.alter) == (two.tonic, two.alter):
        return "parallel"
    return "subdominant" if two.sharps < one.sharps else "dominant"


def _near(one: Key, two: Key) -> bool:
    """Whether a key is the relative, the parallel, the dominant or the subdominant of another."""
    if one.sharps == two.sharps or (one.tonic, one.alter) == (two.tonic, two.alter):
        return True
    return abs(one.sharps - two.sharps) == 1 and one.mode == two.mode


_TRIO = re.compile(
    r"\b(?:with|and|has|plus|then|including) an? (?:\w+ )?trio\b(?! (?:of|sonata|for))|\btrio (?:section|part|strain)\b|\btrio in the sub-?dominant\b|三声中部|带.{0,4}中部\(trio\)"
)
"""The third strain of a march, in the key of the subdominant."""
_LATE = re.compile(
    r"\b(?:second|last|latter|other) half\b|\bhalfway\b|后半|\b(?:ends?|ending|finish(?:es|ing)?|closes?) (?:up )?in (?=[a-g]\b|[a-g](?:b|#| flat| sharp)? (?:major|minor))|结束(?:在|于)(?=[升降]?[a-g][大小])"
)


_HOME = re.compile(
    r"\b(?:and|then|before)\b[^.;,]{0,16}\b(?:back|home|returns?|returning)\b|\b(?:back to|returns? to) (?:the )?(?:tonic|home|original|first|[a-g]\b)|回到|转回|回来|回主调|回原调"
)
"""The key comes home again before the end."""
_MIDDLE_OTHER = re.compile(
    r"中间[^.;]{0,16}(?:变成?|转到?|换成?|改成)[^.;]{0,6}(?:大调|小调|调)[^.;]{0,24}(?:最后|再|然后)[^.;]{0,4}(?:回|转回)|\bmiddle\b[^.;]{0,40}\b(?:major|minor)\b[^.;]{0,30}\b(?:back|return)"
)


_BARS_IN = re.compile(
    r"\b(?:bars?|measures?) (\d{1,2})\s*(?:to|-|–|until|through)\s*(\d{1,2})\b[^.;,]{0,24}?\b(?:in|into|to)\b|第\s*(\d{1,2})\s*(?:到|至|-|–)\s*第?(\d{1,2})\s*小节[^.;,]{0,8}?(?:转|用|在|为|是|变)"
)
"""Bars that stand in a key of their own."""


_PART_IN = re.compile(
    r"\b(?:b|second|2nd|last|other) (?P<part>part|section|strain|half)\b[^.;,]{0,20}?\b(?:in|into|to)\b (?=[A-Ga-g](?:b|#| flat| sharp)?(?:\b|m\b))|\bpart b\b[^.;,]{0,20}?\b(?:in|into|to)\b (?=[A-Ga-g](?:b|#| flat| sharp)?\b)|(?:b段|第二段|(?P<half>后半段?|后半部分?))[^.;,]{0,6}?(?:用|在|转到?|是|为|改成|换成|变成?|写)(?=[升降]?[A-Ga-g])"
)
_MINOR_MAJOR = re.compile(
    r"先(?P<a>[大小])调[^.;]{0,6}(?:后|再|然后|接着)[^.;]{0,4}(?P<b>[大小])调|从(?P<c>[大小])调(?:转|变|走)(?:向|到|成|为)?(?P<d>[大小])调|\b(?:starts?|begins?|starting|beginning|first(?: half| part)?) (?:off )?in (?:an? )?(?P<e>minor|major)\b[^.;]{0,40}?\b(?P<f>minor|major)\b|\bfrom (?P<g>minor|major) (?:in)?to (?P<h>minor|major)\b"
)


def _part_in_key(text: str, lower: str, wishes: Wishes) -> bool:
    """The second part in a key of its own, near the first: "make the B part in D"."""
    match, home = _PART_IN.search(lower), parse_key(wishes.values.get("key", ""))
    if match is None or home is None or len(text) != len(lower):
        return False
    said = spoken_key(f"in {text[match.end() :].strip()}")
    other = key_of(said[0], said[1] or "major") if said else None
    if other is None or other == home or not _near(home, other):
        return False
    wishes.values["modulation"] = _relation(home.name, other.name)
    half = match["part"] == "half" or match["half"]
    wishes.details["modulation-at"] = "second half" if half else "last section"
    wishes.details.pop("other-key", None)
    return True


def _two_modes(lower: str, wishes: Wishes) -> bool:
    """Minor and then major, or the other way round, on one tonic."""
    match = _MINOR_MAJOR.search(lower)
    if match is None:
        return False
    first, second = (
        "minor" if g in ("小", "minor") else "major" for g in match.groups() if g is not None
    )
    if first == second:
        return False
    home = parse_key(wishes.values.get("key", ""))
    if home is not None:
        wishes.values["key"] = home.with_mode(first).name
    else:
        wishes.values["mode"] = first
    wishes.values["modulation"] = "parallel"
    wishes.details["modulation-at"] = "second half"
    return True


def read_modulation(text: str, lower: str, wishes: Wishes) -> None:
    """Where the middle of the tune goes: dominant, subdominant, relative, parallel."""
    if (own := _BARS_IN.search(lower)) and "key" in wishes.values:
        said = spoken_key(text[own.end() - 1 :]) or spoken_key(text[own.start() :])
        home = parse_key(wishes.values["key"])
        other = key_of(said[0], said[1] or "major") if said else None
        if other is not None and home is not None and other != home and _near(home, other):
            wishes.values["modulation"] = _relation(home.name, other.name)
            bars = [g for g in own.groups() if g]
            wishes.details["modulation-bars"] = f"{bars[0]} {bars[1]}"
            return
    if _part_in_key(text, lower, wishes) or _two_modes(lower, wishes):
        return
    found = _MODULATES.search(lower)
    named = "other-key" in wishes.details and "key" in wishes.values
    if _LATE.search(lower):
        wishes.details["modulation-at"] = "third quarter" if _HOME.search(lower) else "second half"
    if re.search(r"\bb (?:part|section)\b|\bpart b\b|b段", lower) and "b" in lower:
        wishes.details["modulation-at"] = "last section"
    if _MIDDLE_OTHER.search(lower) and "form" not in wishes.values:
        wishes.values["form"] = "ABA"
    if _TRIO.search(lower) and "modulation" not in wishes.values:
        wishes.values["modulation"] = "subdominant"
        wishes.details["modulation-at"] = "last section"
        wishes.implied["form"] = "AABBCC"
        return
    middle = _MIDDLE_OTHER.search(text.lower())
    home = parse_key(wishes.values.get("key", ""))
    if middle is not None and home is not None and "other-key" not in wishes.details:
        said = spoken_key(
            re.sub(
                r"^.*?(?:变成?|转到?|换成?|改成|\bto\b|\binto\b|\bin\b)",
                "",
                text[middle.start() :],
                count=1,
            )
        )
        other = key_of(said[0], said[1] or "major") if said else None
        if other is not None and other != home:
            wishes.values["modulation"] = _relation(home.name, other.name)
            return
    if found is not None and home is not None and "other-key" not in wishes.details:
        said = spoken_key(
            re.sub(r"^\D*?(?:转到|移到|转调到|\bto\b|\binto\b)", "", text[found.start() :], count=1)
        )
        other = key_of(said[0], said[1] or "major") if said else None
        if other is not None and other != home and _near(home, other):
            wishes.values["modulation"] = _relation(home.name, other.name)
            if re.search(r"中间|\bmiddle\b", text.lower()) and "form" not in wishes.values:
                wishes.values["form"] = "ABA"
            return
    if named and (found or _IN_TURN.search(lower)):
        wishes.values["modulation"] = _relation(wishes.values["key"], wishes.details["other-key"])
        return
    if found is None:
        return
    rest = lower[found.start() : found.start() + 60]
    if re.search(
        r"\bup (?:an?|one) |\b(?:whole|half)[- ](?:step|tone)|\bsemitone|升(?:高)?(?:一个)?(?:全音|半音|[二三]度)",
        rest,
    ):
        return  # a key by its distance: none of the near ones
    order = ("subdominant", "relative", "parallel", "dominant")
    goal = next((g for g in order if re.search(_GOALS[g], rest)), "dominant")
    wishes.values["modulation"] = goal
