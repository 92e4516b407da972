"""How people ask for intros, endings and pickups."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from fractions import Fraction

from abc_tools import numbers
from abc_tools.edit.voice_text import bar_text
from abc_tools.theory import in_key
from chat.understand.rules.base import ADD, REMOVE, Clause, N, Rule, rule


def count_bars(clause: Clause, usual: str) -> str:
    """How many bars a clause asks for, 1 to 16; the usual number where it says none."""
    found = re.search(rf"({N})[- ]?(?:个)?(?:bars?|measures?|小节)", clause.lower)
    number = numbers.value(found[1]) if found else None
    return str(number) if number and 1 <= number <= 16 else usual


def intro(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """How long an intro is and what it is made of."""
    kind = (
        "beginning"
        if re.search(r"(?:from|of|with) the (?:beginning|opening|first)|用开头", clause.lower)
        else "ending"
    )
    if re.search(r"fanfare|bugle|trumpet call|号角|军号", clause.lower):
        kind = "fanfare"
    elif re.search(
        r"\brepeated (?:[a-g]\b|notes?|quavers|crotchets)|\b(?:just|only) (?:the )?(?:tonic|home|root)|\b(?:tonic|one) (?:chord|note) only|vamp|主和弦|只用主音|重复(?:的)?主?音",
        clause.lower,
    ):
        kind = "tonic"
    return {"bars": count_bars(clause, "4"), "kind": kind}


def tag(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """How long a tag is."""
    return {"kind": "tag", "bars": count_bars(clause, "2")}


_PICKUP_NOTES = re.compile(
    rf"({N})\s*(?:个)?\s*(?:(?P<e>quavers?|eighths?(?: notes?)?|八分(?:音符)?)|(?P<q>crotchets?|quarters?(?: notes?)?|四分(?:音符)?)|(?P<s>semiquavers?|sixteenths?(?: notes?)?|十六分(?:音符)?))"
    rf"|(?P<n>{N}|single)[- ](?P<kind>quaver|eighth|crotchet|quarter)(?:[- ]note)?"
)
_UNITS = {"e": Fraction(1, 8), "q": Fraction(1, 4), "s": Fraction(1, 16)}


def pickup(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """The notes of a pickup whose number and length are said: steps of the key that lead up to the first note. A pickup
    to a part inside the tune is none of the tune's.
    """
    plain = re.sub(r"\bpick-?\s?ups?\b|\bupbeats?\b|\banacrusis\b|弱起", " ", clause.lower)
    place = clause.bars_in(_PICKUP_NOTES.sub(" ", plain))
    if place is not None and place.first > 1 and not re.search(r"\bfrom\b|\blike\b", clause.lower):
        return {"": "left-aside", "said": clause.text}
    found = _PICKUP_NOTES.search(clause.lower)
    first = next((m for m in clause.tune.measures if any(e.notes for e in m.events)), None)
    if found is None or first is None or not first.key.tonic:
        return {}
    word = found["n"] or found[1]
    count = 1 if word == "single" else numbers.value(word) or 0
    unit = next((u for name, u in _UNITS.items() if found[name]), None) or (
        Fraction(1, 8) if found["kind"] in ("quaver", "eighth") else Fraction(1, 4)
    )
    if not 1 <= count <= 8:
        return {}
    goal = next(e for e in first.events if e.notes).notes[-1].written.diatonic
    heads = [in_key(first.key, place) for place in range(goal - count, goal)]
    return {"notes": bar_text(first.key, [((p,), unit) for p in heads], first.unit)}


def two_endings(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """Two endings for the section that is named, else at the end; the second one may lead on."""
    said = re.sub(
        r"\b(?:first|1st) (?:and|&) (?:second|2nd)\b|\b(?:first|second|1st|2nd)[- ]time\b|第二遍",
        " ",
        clause.lower,
    )
    place = clause.bars_in(re.sub(r"\b(?:in)?to bar \d+.*", " ", said))
    values = {"kind": "first-second"}
    if place is not None and place.last < clause.tune.bar_count:
        values["at"] = str(place.last)
        if re.search(r"\blead|\bup (?:in)?to\b|引|过渡|连到|接到", clause.lower):
            values["lead"] = "yes"
    return values


_KNOWN = frozenset(("new", "different", "other", "another", "better", "nicer", "stronger", "little", "short", "shorter", "longer", "long", "proper", "simple"))  # fmt: skip


def another_ending(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Other music for the last bars, of the part that is named; a feeling that it shall have is kept to be spoken of."""
    how = (match["how"] or match["alone"] or match["zh"] or "").strip().rstrip("的")
    if re.search(r"\b(?:add|tack|append|stick)\b|加", clause.lower[: match.end()]) or how in _SIGNS:
        return None
    part = re.search(
        r"\b([a-h]) (?:part|section|strain)\b|\bpart ([a-h])\b|([a-h])段", clause.lower
    )
    letter = next((g for g in part.groups() if g), "") if part else ""
    clause.place = (
        clause.bars_in(f"the end of part {letter}") if letter else clause.bars_in("the ending")
    )
    if clause.place is None:
        return None
    return {"as": how} if how and how not in _KNOWN and how.isascii() else {}


_SIGNS = frozenset(("soft", "softer", "quiet", "loud", "louder", "big", "grand", "slow", "slower", "first", "second", "time", "plain", "single", "picardy", "major", "minor", "tonic", "strong"))  # fmt: skip
"""Endings of another loudness, tempo or kind: other rules know them."""


def bar_on_tonic(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The last note of a bar that is named becomes the tonic; a bar at the end of all is a matter of endings."""
    place, key = clause.bars_in(match["bar"] or match["zh"]), clause.tune.key
    if place is None or place.first != place.last or not key.tonic:
        return None
    if place.last == clause.tune.bar_count:
        return None
    clause.place = place
    sign = {1: "#", -1: "b"}.get(int(key.alter), "")
    return {"": "alter-notes", "nth": "-1", "to": f"{key.tonic}{sign}"}


_HOME = r"\b(?:last|final|closing) (?:bar|measure|note)\b[^.;]{0,40}?\b(?:home|(?:on|to|at|with) (?:the |its |a )?(?:tonic|home note|key ?note|root|do|key note|note of the key))\b(?! (?:chord|triad))|\b(?:come|comes|bring|brought|lead|get|go|settle|land|arrive|finish|end|resolve|rest)s?\b[^.;]{0,24}?\b(?:home to|back (?:home )?to|on|at|down on|onto) (?:the |its )?(?:tonic|home note|key ?note|root note|note of the key)\b[^.;]{0,40}\b(?:last|final) (?:bar|measure)\b"
_HOME_ZH = r"(?:最后一?(?:个)?小节|末小节|结尾|最后)[^,.;]{0,10}(?:落|停|收|结束|回)(?:回|在|到)(?:了)?主音"


def home(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """The last bar comes home: it holds the tonic. Where only the end is spoken of, a bar may come."""
    last = re.search(r"\b(?:bar|measure|note)\b|小节", match[0])
    return {"kind": "held" if last else "tonic"}


RULES: tuple[Rule, ...] = (
    rule(
        "ending",
        rf"(?P<bar>\b(?:bar|measure) {N})\b[^.;,]{{0,16}}?\b(?:ends?|finish(?:es)?|closes?|lands?|come to rest|stops?) on (?:the |a )?(?:tonic|home note|key ?note|root|do)\b|(?P<zh>第\s*{N}\s*小节)[^,.;]{{0,6}}(?:落|停|结束|收)(?:在|到)主音",
        bar_on_tonic,
    ),
    rule(
        "intro",
        rf"(?:{ADD}[^,.;]{{0,24}}?|^(?:and |then |now )*(?:an? )?(?:(?:{N}|short|long|little|nice|slow)[- ](?:bar[- ])?){{0,3}})(?:\bintro(?:duction)?\b|\blead-?in\b|前奏|引子)|{N}[- ]bars? (?:intro|introduction|lead-?in)\b|(?:开头|前面)[^,.;]{{0,4}}加[^,.;]{{0,8}}(?:前奏|引子)",
        intro,
    ),
    rule("amen", r"\bamens?\b|阿门|阿们"),
    rule(
        "ending",
        rf"(?:{ADD}[^,.;]{{0,24}}?(?:\btag\b|\bcoda\b|\boutro\b|尾声|尾奏)|\b(?:add|tack on|stick on|put) (?:it |me |us )?an? (?!second|2nd|first|1st)(?:\w+ )?ending\b|repeat the (?:last|ending) (?:as a )?tag)",
        tag,
    ),
    rule(
        "ending",
        r"(?:first and second|1st and 2nd|1st & 2nd|first/second|1st/2nd|two)(?: (?:time|different))? endings?\b|\bdifferent (?:time )?endings\b|\b(?:add|put in|give it|make|write|need|want) (?:an? |the )?(?:second|2nd)(?:[- ]time)? (?:ending|bar)s?\b(?! (?:go|end|start|higher|lower|louder|softer|longer|shorter))|first[- ](?:and second[- ])?time bars?\b|\b(?:a )?(?:different|another|other|new) ending (?:for |on )?(?:the )?(?:second|2nd) time\b|一房子?(?:和)?二房子?|两个结尾|跳房子|第二遍的?(?:结尾|收尾|结束)[^,.;]{0,4}(?:换|改|不同|不一样|另)",
        two_endings,
    ),
    rule(
        "ending",
        r"最后一?小节[^,.;]{0,4}(?:只|就)?(?:留|要|用|改成|换成)[^,.;]{0,2}(?:一个)?长音|\b(?:last|final) bar (?:be )?(?:just )?(?:an? |one )(?:\w+ )?long note\b|收得住|收住|站得住|有(?:终止|结束|收束)感|\b(?:make|have|let) (?:the |its )?(?:very )?(?:last|final) (?:bar|measure|note) (?:sound |feel )?(?:more )?(?:final|settled|conclusive|finished|like an? end(?:ing)?)\b",
        lambda m, c: {"kind": "held"},
    ),
    rule(
        "ending",
        r"\b(?:big|proper|real|full|strong|perfect|authentic|final|conclusive|stronger|better|more final|grand|v-i|v7-i) cadence\b|\bend (?:it )?(?:on|with) an? (?:\w+ )?cadence\b|(?:完全|正格|完满|圆满)终止|(?:加|用|来)(?:一)?个?(?:完整的?)?终止式",
        lambda m, c: {"kind": "cadence"},
    ),
    rule("ending", f"{_HOME}|{_HOME_ZH}", home),
    rule(
        "ending",
        r"(?:end|finish|close|resolve|conclude)s?(?:ing)?\s+(?:it |this |the (?:tune|piece|song) )?(?:on|with|to) (?:the |a )?(?:tonic|home|root|key ?note|do|final|proper|long (?:note|tonic))\b|(?:strong|proper|final|conclusive|better final)(?:er)? (?:ending|cadence|close)|(?:ending|cadence|close)[^,.;]{0,10}(?:stronger|more final|more conclusive|conclusive)|(?:结束|结尾|停|落)(?:在|到)主音|(?:结尾|最后|末尾)[^,.;]{0,8}长音",
        lambda m, c: {"kind": "tonic"},
    ),
    rule(
        "rewrite",
        r"\b(?:give|write|make|want|need|like|have|try|put|find)\b[^.;]{0,30}\ban?(?:other)? (?P<how>[a-z-]+(?:er)? )?(?:ending|finish|close)\b(?! (?:on|with|in)\b)|^(?:an? |another )?(?P<alone>different|new|other|another|better) ending\W*$|(?:换|写|来|改)(?:一)?个(?:别的|新的?|不同的?|更好的)?(?P<zh>[\u4e00-\u9fff]{0,4}的)?结尾",
        another_ending,
    ),
    rule(
        "remove-pickup",
        rf"{REMOVE}\s*(?:the |that |its )?(?:pick-?\s?up|upbeat|anacrusis|弱起)|把?弱起(?:小节)?(?:去掉|删掉|删除)",
    ),
    rule(
        "add-pickup",
        rf"{ADD}[^,.;]{{0,24}}?(?:pick-?\s?up|upbeat\b|anacrusis|弱起)|start (?:on|with) (?:an|the) (?:upbeat|pick-?up)",
        pickup,
    ),
)
