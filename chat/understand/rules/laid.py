"""How people ask for chords laid out: several in a bar, a row of them again and again, no slash chords, a proper cadence,
one of a few for those that are hard.

What it does not know: one chord in one bar, and chords that the program chooses (`chords`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from fractions import Fraction

from abc_tools import numbers
from abc_tools.chords import parse_chord
from abc_tools.places import Place
from chat.understand.place import sections_named
from chat.understand.rules.base import Clause, N, Rule, rule
from chat.understand.rules.chords import SYMBOL

_ZH_SIGN = re.compile(
    r"(?P<s>升|降)(?P<n>[A-G])(?=(?:maj|m|dim|sus|\d|和弦|,|;|\.|$|[\u4e00-\u9fff]))(?!大调|小调|调)"
)


_SPOKEN = re.compile(
    r"(?<![A-Za-z])(?P<n>[A-G])(?P<s>[ -]?(?:sharp|flat)|[#b])?[ -](?P<q>minor|major|diminished)(?P<k>[ -](?:seventh|seven|7th|7))?(?![a-z])"
)


def as_symbols(text: str) -> str:
    """A text with the chords that it says in words as symbols: 降D7 is Db7, "an A minor" is Am."""

    def spoken(match: re.Match[str]) -> str:
        sign = {"sharp": "#", "flat": "b"}.get((match["s"] or "").strip(" -"), match["s"] or "")
        kind = {"minor": "m", "major": "", "diminished": "dim"}[match["q"]]
        if match["k"]:
            kind = {"m": "m7", "": "maj7", "dim": "dim7"}[kind]
        return match["n"] + sign + kind

    text = _ZH_SIGN.sub(lambda m: m["n"] + ("#" if m["s"] == "升" else "b"), text)
    return _SPOKEN.sub(spoken, text)


def chords_named(text: str) -> list[tuple[str, tuple[int, int]]]:
    """The chords that a text in symbols names with where they stand."""
    return [(m[0], m.span()) for m in SYMBOL.finditer(text) if parse_chord(m[0]) is not None]


def _are_chords(names: list[str], clause: Clause) -> bool:
    """Whether letters are chords and no notes: one of them has a quality, or the clause says so."""
    plain = all(re.fullmatch(r"[A-G][#b]?", n) for n in names)
    return not plain or re.search(r"\bchords?\b|和弦", clause.lower) is not None


_ONE_FOR_OTHER = re.compile(
    r"\binstead of\b|\brather than\b|\bin place of\b|\breplace\b|\bswap\b|\bfrom\b[^.;]*\bto\b|\bchange (?:the |that |all |every |each )?[A-G]|代替|替换|\bfor (?:the |that )?[A-G]"
    r"|[A-G][#b]?(?:m|maj7|m7|7|dim)?(?:和弦)?(?:都|全|也)?(?:换|改|变)(?:成|为)"
)
_BEATS = re.compile(
    rf"\s*(?:chord |和弦)?(?:for|on|over|占|弹)?\s*(?:the )?(?:first|last|other|next|remaining)?\s*(?P<n>{N})\s*(?:beats?|拍|(?=$|[,.;!]|and\b|then\b))"
)
_ON_BEAT = re.compile(
    r"\s*(?:chord )?(?:on|at|from) (?:the )?(?:beat (?P<a>[1-9])|(?P<b>first|second|third|fourth|last) beat)"
)
_BEFORE_ZH = re.compile(
    rf"第\s*(?P<a>{N})\s*拍(?:是|用|上)?\s*$|(?P<half>后半(?:小节)?)(?:是|用)?\s*$|(?P<end>前|头|后|剩下)(?:面)?(?P<n>{N})拍(?:是|用)?\s*$"
)


def in_one_bar(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Several chords in one bar: shared evenly, or on the beats that are said."""
    text = as_symbols(clause.text)
    found = chords_named(text)
    place = clause.bars_in(clause.lower)
    if not _are_chords([name for name, _ in found], clause):
        return None
    if len(found) < 2 or place is None or place.first != place.last or _ONE_FOR_OTHER.search(text):
        return None
    if re.search(
        r"\bkey\b|\bnotes?\b|\bcapo\b|\btransposed?\b|大调|小调|移调|音(?!乐)", clause.lower
    ):
        return None
    if len({name for name, _ in found}) < 2:
        return None
    measure = next((m for m in clause.tune.measures if m.number == place.first), None)
    if measure is None or measure.meter is None:
        return None
    beats = measure.duration / measure.meter.beat
    starts = _starts(text, found, beats)
    if starts is None:
        return None
    clause.place = place
    spots = [f"{place.first}:{at}={name}" for at, (name, _) in zip(starts, found, strict=True)]
    return {"at": " ".join(spots)}


def _starts(
    text: str, found: list[tuple[str, tuple[int, int]]], beats: Fraction
) -> list[Fraction] | None:
    """The beats on which chords stand; None where what is said does not fill the bar."""
    said: list[Fraction | None] = []
    counts: list[int | None] = []
    for n, (_, (start, end)) in enumerate(found):
        stop = found[n + 1][1][0] if n + 1 < len(found) else len(text)
        on = _ON_BEAT.match(text[end:stop].lower())
        before = _BEFORE_ZH.search(text[:start])
        named = (on["a"] or on["b"]) if on else (before["a"] or "") if before else ""
        number = numbers.ORDINALS.get(named) or numbers.value(named)
        if before and before["half"]:
            number = int(beats / 2) + 1
        if before and before["end"]:
            late = before["end"] in ("后", "剩下")
            number = int(beats) - (numbers.value(before["n"]) or 0) + 1 if late else 1
        said.append(Fraction(number) if number and number > 0 else None)
        count = _BEATS.match(text[end:stop].lower())
        counts.append(numbers.value(count["n"]) if count else None)
    if any(said):
        said[0] = said[0] or Fraction(1)
        return [s for s in said if s is not None] if all(said) else None
    if counts[0] and all(c for c in counts[:-1]):
        at = Fraction(1)
        starts: list[Fraction] = []
        for length in counts:
            starts.append(at)
            at += length or 0
        return starts if starts[-1] <= beats else None
    each = beats / len(found)
    if beats == 3 and len(found) == 2:
        return [Fraction(1), Fraction(3)]
    return [1 + each * n for n in range(len(found))]


_ROW_WORDS = r"\bprogression\b|\bloop\w*\b|\bcycl\w+\b|\bover and over\b|\bon repeat\b|\bround and round\b|\bsequence of chords\b|\bchord sequence\b|\bone (?:chord )?(?:per|a|each|every) bar\b|\b(?:two|half a?) (?:bars? each|bars? per chord)\b|\ba chord (?:a|per|each|every) bar\b|走向|和弦(?:进行|循环)|循环|一小节一个|每小节(?:一个|换一个)"


def row(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A row of chords, one a bar unless more or fewer are said, again and again to the end of the bars."""
    found = [name for name, _ in chords_named(as_symbols(clause.text))]
    if len(found) < 3 or re.search(r"\b(?:compose|new (?:tune|song|piece))\b|一首", clause.lower):
        return None
    clause.place = clause.bars_in(clause.lower)
    each = "1"
    if re.search(r"\btwo bars (?:each|per|a)\b|every two bars|两小节一个|每两小节", clause.lower):
        each = "2"
    elif re.search(
        r"\btwo (?:chords )?(?:per|a|each|every|in each) bar\b|half a bar each|一小节两个|每小节两个|半小节一个",
        clause.lower,
    ):
        each = "1/2"
    return {"chords": " ".join(found), "each": each}


def plain_chords(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Chords without their bass notes."""
    clause.place = clause.bars_in(clause.lower)
    return {}


def in_listed_bars(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """One chord for another in bars that are named, wherever it stands in them."""
    text = as_symbols(clause.text)
    found = [name for name, _ in chords_named(text)]
    if len(found) != 2 or found[0] == found[1] or not _ONE_FOR_OTHER.search(text):
        return None
    if not _are_chords(found, clause):
        return None
    old, new = found
    if re.search(r"\binstead of\b|\brather than\b|\bin place of\b|代替", clause.lower):
        old, new = new, old
    if clause.bars_in(clause.lower) is None:
        there = any(e.chord_symbol == old for m in clause.tune.measures for e in m.events)
        return {"": "swap-chord", "old": old, "new": new} if there and "/" in old else None
    listed = sections_named(clause.text, clause.tune)
    place = clause.bars_in(clause.lower)
    bars = {b for p in listed or ([place] if place else []) for b in range(p.first, p.last + 1)}
    spots = [
        f"{m.number}:{1 + e.onset / m.meter.beat}={new}"
        for m in clause.tune.measures for e in m.events
        if m.meter is not None and e.chord_symbol == old and m.number in bars
    ]  # fmt: skip
    if not spots or re.search(r"\bnotes?\b|\bkey\b|音(?!替|乐)", clause.lower):
        return None
    clause.place = Place(min(bars), max(bars))
    return {"at": " ".join(spots)}


def last_chords(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The last few chord symbols, made others."""
    found = [name for name, _ in chords_named(as_symbols(clause.text))]
    count = numbers.value(match["n"] or match["z"]) or 0
    there = [
        (m, e) for m in clause.tune.measures for e in m.events if e.chord_symbol and m.meter is not None
    ][-count:]  # fmt: skip
    if count < 2 or len(found) != count or len(there) != count:
        return None
    clause.place = Place(there[0][0].number, there[-1][0].number)
    spots = [
        f"{m.number}:{1 + e.onset / m.meter.beat}={name}"
        for (m, e), name in zip(there, found, strict=True) if m.meter is not None
    ]  # fmt: skip
    return {"at": " ".join(spots)}


_AT_END = re.compile(
    r"\b(?:end(?:s|ing)?|last|final|finish\w*|close|stops?)\b|结尾|最后|末尾|结束|收尾"
)


def cadence(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The last two bars close with the dominant and the tonic; two bars more are another wish (`ends`)."""
    if re.search(r"\b(?:add|two more|extra)\b|加(?!一?个?属)|多", clause.lower):
        return None
    return {}


def one_of(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Chords that are hard, each for the one of a few that fits its notes best."""
    text = as_symbols(clause.text)
    found = chords_named(text)
    there = {e.chord_symbol for m in clause.tune.measures for e in m.events if e.chord_symbol}
    split = re.search(
        r"\b(?:for|with|by|to|into)\b (?:one of |any of |either |whichever of )?(?=[A-G])|(?:换|改)(?:成|为)",
        text,
    )
    if split is None:
        return None
    old = [n for n, (at, _) in found if at < split.start() and n in there]
    new = [n for n, (at, _) in found if at >= split.start()]
    if (
        len(old) < 1
        or len(new) < 2
        or (len(old) < 2 and not re.search(r"\bone of\b|\beither\b|\bor\b|或|其中", clause.lower))
    ):
        return None
    clause.place = clause.bars_in(clause.lower)
    return {"old": " ".join(dict.fromkeys(old)), "new": " ".join(dict.fromkeys(new))}


RULES: tuple[Rule, ...] = (
    rule(
        "plain-chords",
        r"\b(?:slash|inverted) chords?\b[^.;]{0,40}\b(?:confus\w*|too hard|difficult|plain|simple|without|out|off|simplif\w*|gone|lose|drop)\b|\b(?:no|without|drop|remove|lose|simplify|strip|get rid of|don'?t (?:want|need|like)) (?:the |all |any |more )*(?:slash|inverted) chords?\b|\bwithout (?:the |their |a )?(?:slash\w*|bass notes?)\b|\b(?:drop|remove|lose|leave out|strip|take (?:off|out|away)) (?:the |all )*(?:slash(?:es)?|bass notes?)\b[^.;]{0,16}\b(?:chords?|symbols?)\b|\broot position chords?\b|(?:斜线|斜杠|转位|分数)和弦[^;.]{0,12}(?:去掉|不要|简化|改|换|看不懂|太难|只)|(?:不要|去掉|别用|没有)(?:斜线|斜杠|转位|分数)和弦|和弦[^,.;]{0,4}(?:不要|去掉)(?:低音|斜线)",
        plain_chords,
    ),
    rule(
        "swap-for-one", r"\b(?:swap|change|replace|exchange|switch|substitute|turn)\b|换|改", one_of
    ),
    rule("lay-chords", _ROW_WORDS, row),
    rule("set-chords", rf"\b(?:last|final) (?P<n>{N}) chords\b|最后(?P<z>{N})个和弦", last_chords),
    rule("set-chords", r"\b(?:bar|measure)s?\b|小节|/[a-g]", in_listed_bars),
    rule("lay-bar", r"\b(?:bar|measure)\b|小节", in_one_bar),
    rule(
        "cadence-here",
        rf"(?=.*(?:{_AT_END.pattern}))(?=.*(?:\b(?:make|change|turn|put|give|want|finish|need|have|end|rewrite|fix|let|should)\b|改|换|用|写|变)).*?(?:\bV7?\s*(?:-|to|–|->|→)\s*[Ii]\b|\bfive[- ]one\b|\bdominant(?: seventh)?(?: chord)? (?:to|-|then|and then) (?:the )?tonic\b|属(?:七)?(?:和弦)?(?:到|-|接|进)主)|\bv7?\s*-\s*i (?:cadence|at the end|ending)\b"
        r"|\b(?:change|turn|rewrite|fix|make) (?:the )?(?:last two bars|ending|end|close|final bars) (?:in)?(?:to )?(?:an? )?(?:proper |real )?(?:perfect|authentic|full|v-i) (?:cadence|close)\b|(?:结尾|最后两小节|结束)(?:改|换|变)(?:成|为)(?:正格终止|完全终止)",
        cadence,
    ),
)
