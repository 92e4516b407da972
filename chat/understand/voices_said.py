"""Which voice of a tune words mean, and which they mean that it has not: "the altos", "left hand", 女低音声部.

A change that names a voice is for that voice alone; where there is none such, nothing may change in its stead. People
for whom a tune is ("too low for the altos") are no voice of it.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import dataclass

from abc_tools.tune import Tune, Voice
from chat.understand.tables import INSTRUMENTS


@dataclass(frozen=True)
class _Kind:
    """A kind of voice: how it is said, what voices of it are called, and its place among unnamed ones (`size` of them)."""

    said: str
    called: str
    place: int | None = None
    size: int = 2


_KINDS = (
    _Kind(r"left[- ]hands?|左手", r"left|\blh\b|左手|\bbass\b|低音|piano|钢琴", -1),
    _Kind(r"right[- ]hands?|右手", r"right|\brh\b|右手|melody|treble|旋律|高音", 0, 1),
    _Kind(r"sopranos?|女高音?", r"sopran|^s\d?$|女高", 0, 1),
    _Kind(r"altos?|女低音?|女中音?", r"\balto|^a\d?$|女低|女中", 1, 3),
    _Kind(r"tenors?|男高音?", r"tenor|^t\d?$|男高", 2, 3),
    _Kind(r"bass(?:es)?(?! (?:notes?|clef|drum|guitar|clarinet))|男低音?|(?<![男女])低音声部", r"bass|^b\d?$|男低|低|左手|left|\blh\b", -1),
    _Kind(r"(?:second|2nd) (?:voice|part|line|violin|flute|fiddle|recorder|clarinet|trumpet)|harmony (?:line|part|voice)|第二(?:个)?声部|二声部", r"\b(?:2nd|second|ii|2)\b|harmony|第二", 1),
    _Kind(r"(?:first|1st) (?:voice|part|violin|flute|fiddle|recorder|clarinet|trumpet)|第一(?:个)?声部|一声部", r"\b(?:1st|first|i|1)\b|第一", 0, 1),
    _Kind(r"third (?:voice|part)|第三(?:个)?声部|三声部", r"\b(?:3rd|third|iii|3)\b|第三", 2, 3),
    _Kind(r"fourth (?:voice|part)|第四(?:个)?声部", r"\b(?:4th|fourth|iv|4)\b|第四", 3, 4),
    _Kind(r"(?:lower|bottom) (?:voice|part|line|stave|staff)|低声部|下(?:面|方)?(?:那个|的)?声部", r"$^", -1),
    _Kind(r"(?:upper|top) (?:voice|part|line|stave|staff)|高声部|(?<![男女])高音声部|上(?:面|方)?(?:那个|的)?声部", r"$^", 0, 1),
    _Kind(r"(?:middle|inner) (?:voice|part|line)|中(?:间)?声部|内声部", r"middle|中", 1, 3),
    _Kind(r"melody|旋律声部|主旋律", r"melody|旋律", 0, 1),
    _Kind(r"descant", r"descant", -1),
)  # fmt: skip
_SUNG = re.compile(r"sopran|\balto|tenor|女高|女低|男高", re.IGNORECASE)
_WHOSE = r"\b(?:the|my|our|her|his|their|only|just|of|in)\s+(?:the |my |our )?"
_FOR = re.compile(
    r"\b(?:for|by|suits?|fits?|than|like|with|because) (?:the |my |our |an? |some )*$|\b(?:add|write|compose|want|need|create|insert) (?:an?|another|some|one|new) (?:\w+ )?$|(?:给|适合|为|对|比|加|写|配|来)(?:上|一|个|条)*$"
)
_TELLS = re.compile(
    r"\s*(?:can'?t|cannot|can not|could|find|finds|sings?\b|struggle|complain|say|says|are\b|is too|were|will|need|want|have|has|get\b|keep|don'?t|never)|\s*(?:唱|够|说|觉得|太|要|上不|下不|找)"
)


def _mentions(kind: _Kind, lower: str) -> list[re.Match[str]]:
    pattern = rf"(?:{_WHOSE})?(?P<said>(?<![a-z])(?:{kind.said})(?![a-z]))(?P<part>\s*(?:part|line|voice|section|声部))?"
    return [m for m in re.finditer(pattern, lower) if not _FOR.search(lower[: m.start("said")])]


def _of_kind(kind: _Kind, tune: Tune) -> Voice | None:
    """The voice of a kind: by its name, else by its place where names do not say otherwise."""
    voices = tune.voices
    for voice in voices:
        if any(re.search(kind.called, name.lower()) for name in (voice.name, voice.id) if name):
            return voice
    named = any(v.name.strip() for v in voices) and kind.called != r"$^"
    if re.search(r"bass|left", kind.called) and any(_SUNG.search(v.name) for v in voices):
        return None  # a choir without basses
    choir = kind.place in (1, 2) and kind.size == 3
    if kind.place is None or (named and choir):
        return None
    if len(voices) == 2 and kind.place == 1:
        return voices[1]  # sopranos and altos: the lower of two voices without names
    if len(voices) < kind.size:
        return None
    return voices[kind.place]


def voice_meant(tune: Tune, lower: str) -> str | None:
    """The id of the one voice that a clause is about; None where it names none, or several."""
    found = {
        voice.id
        for kind in _KINDS
        for m in _mentions(kind, lower)
        if _object(m, lower) and (voice := _of_kind(kind, tune)) is not None
    }
    return found.pop() if len(found) == 1 else None


_ALL = re.compile(
    r"\b(?:both|all|every|each|the two|all the|all of the|both the|all (?:two|three|four)) (?:of the )?(?:voices?|parts?|hands?|lines?|staves)\b|(?:两|三|四|所有|全部|各|每)(?:个)?(?:的)?声部|左右手|双手|两只手"
)


def all_voices(tune: Tune, lower: str) -> bool:
    """Whether every voice is meant: "both parts" of a tune in two voices whose sections have no names."""
    if len(tune.voices) < 2:
        return False
    match = _ALL.search(lower)
    named = any(m.part for m in tune.measures)
    return match is not None and not (named and "part" in match[0])


_LINE = re.compile(
    r"(?:upper|top|lower|bottom|middle|first|second|third|right|left) (?:voice|part|line|hand|stave|staff)s?|(?:bass|treble) (?:voice|part|line|stave|staff)|melody|(?:高|低|上|下|中)(?:面|方)?(?:的|那个)?声部|第[一二三](?:个)?声部|左手|右手|主旋律|高音声部|低音声部"
)


def line_named(tune: Tune, lower: str) -> str | None:
    """The id of the one line of several that is named, whatever stands before it: "a flute for the upper part"."""
    if len(tune.voices) < 2:
        return None
    found = {
        voice_meant(tune, m[0]) or voice_meant(tune, f"the {m[0]}") for m in _LINE.finditer(lower)
    }
    return found.pop() if len(found) == 1 else None


def _object(match: re.Match[str], lower: str) -> bool:
    """Whether a mention is a voice that something is done with: "the alto", "altos' part", not a line of talk."""
    begins = match.start() == 0 and _CHANGED.search(lower[match.end() :])
    return bool(match[0] != match["said"] or not match["said"].isascii() or match["part"] or begins)


_HAND_LIES = re.compile(
    r"(?P<said>\b(?:left|right)[- ]hand\b|左手|右手)(?:部分|声部| part)?(?: (?:is|lies|sits|sounds|seems))?(?: ?(?:a bit|much|far|way|太|有点|偏|弹得太| too)){1,2} ?(?:high|low|loud|quiet|高|低|响|轻)"
)
"""A hand that is said to lie somewhere is a line of music and no part of the body."""


def tells_of_hand(lower: str) -> bool:
    """Whether a clause tells where the music of a hand lies."""
    return _HAND_LIES.search(lower) is not None


def missing_voice(tune: Tune, lower: str) -> str:
    """The voice that a clause is about though the tune has none such, as it is said; "" for none."""
    if len(tune.voices) == 1 and (hand := _HAND_LIES.search(lower)):
        return hand["said"]
    for kind in _KINDS:
        for match in _mentions(kind, lower):
            plain = match["said"].isascii()
            if not match["part"] and (
                not _object(match, lower) or _TELLS.match(lower[match.end() :])
            ):
                continue
            if not plain and not match["part"] and not re.search(r"手|声部", match["said"]):
                continue
            section = len(tune.voices) == 1 and re.search(r"\b(?:part|line)$", match["said"])
            if _of_kind(kind, tune) is None and not section:
                return match["said"]
    return _player(tune, lower)


def _player(tune: Tune, lower: str) -> str:
    """A player who is named with "the" in a tune whose voices have names, none of them that one."""
    if len(tune.voices) < 2 or not any(v.name.strip() for v in tune.voices):
        return ""
    for name, (*_, words) in INSTRUMENTS.items():
        for word in words:
            pattern = (
                rf"\bthe (?P<said>{re.escape(word)})s?\b"
                if word.isascii()
                else rf"(?P<said>{re.escape(word)})(?=声部|的|第)"
            )
            match = re.search(pattern, lower)
            if (
                match
                and not _FOR.search(lower[: match.start()])
                and not any(w in v.name.lower() for v in tune.voices for w in (name, *words))
            ):
                return match["said"]
    return ""


_CHANGED = re.compile(
    r"\b(?:up|down|higher|lower|raise|octaves?|louder|quieter|softer|loud|soft|forte|piano|staccato|legato|slur\w*|accents?|trills?|rests?|silent|mute|longer|shorter|transpose|dotted|swing|swung|tremolo|(?:bar|measure)s? \d)\b"
    r"|低(?!音)|高(?!音)|升|降|八度|[轻响弱强]一?[点些]|跳音|断奏|休止|延长|长一?点|短一?点|连奏|颤音|第[^,.;]{1,4}小节"
)
_THE = re.compile(
    r"\b(?:the|my|her|his|our|their) (?:left[- ]hand|right[- ]hand|bass(?: line| part)?|second (?:voice|part)|lower (?:voice|part)|upper (?:voice|part)|harmony|accompaniment|alto|tenor)|(?:把|让|给)?(?:左手|低音声部|低声部|第二声部|伴奏)"
)
_ANEW = re.compile(
    r"\b(?:alberti|broken|arpeggi\w*|walking|oom-?pah|block|chords?|pattern|waltz bass|roots?|fifths|simple|simpler|an? (?:new |simple |walking |little |second )?(?:bass|left[- ]hand|second|harmony) ?(?:voice|part|line)?)\b|分解|琶音|柱式|行走|和弦|阿尔贝蒂|(?:加|写|配|来|做)(?:上)?(?:一)?(?:个|条)"
)


def is_addressed(lower: str) -> bool:
    """Whether a voice that is there is to change, rather than to be written: "put the left hand an octave lower"."""
    return (
        _THE.search(lower) is not None
        and _CHANGED.search(_THE.sub(" ", lower)) is not None
        and _ANEW.search(lower) is None
    )
