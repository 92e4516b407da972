"""Questions that say only what is different from the one before: "and bar 4?", 第8小节呢, "what about the very end?", "and a
clarinet?", "and the meter?".

What stands there must be nothing but a place, a player, a key, a chord or a subject; everything else is for others to read.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import replace

from abc_tools.places import Place
from abc_tools.theory import parse_key
from abc_tools.tune import Tune
from chat.explain.asked_concert import player_said
from chat.explain.asked_names import SYMBOL, entity, key_in
from chat.explain.placing import place_of
from chat.explain.question import Question

_LEAD = r"(?:so |and |but |ok(?:ay)?,? |also |then |now )*"
_ASKED = re.compile(
    rf"{_LEAD}(?:what|how) about (?P<a>[^?.!]+)[?.!]*$|(?:so |and |but |or )+(?:(?:in|at|of|for|on|with) )*(?P<b>[^?.!]{{1,40}})\?+$|(?:那么?|那|然后|还有)?(?P<z>[^?.!,]{{1,14}})呢[?.!]*$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:(?:in|at|of|for|on) )?(?:(?:the |its )?(?:bars?|measures?) \d+(?:\s*(?:-|–|to|and)\s*\d+)?|(?:the |its )?(?:very |first |second |third |last |final |opening |closing |other )*(?:end|ending|beginning|start|opening|half|section|part|bar|measure|line|phrase|verse|chorus|bit|cadence|strain)|(?:the )?[a-d] (?:part|section|strain)|(?:section|part) [a-d])"
    r"|第.{1,6}小节|(?:最后|开头|结尾|前|后|第)[一二两三四五六七八九十\d]*个?(?:小节|句|段|半|乐句)|开头|结尾|最后|末尾|前半段?|后半段?|[a-d]段|副歌|主歌|尾声|(?:最后|第)[一二三四]句",
    re.IGNORECASE,
)
_OF_PLAYER = frozenset(
    ("playable", "practice", "hard spots", "position", "strings", "breaks", "suits", "player")
)
_OF_CHORD = frozenset(("chord theory", "chord role", "chord doubt", "chord here", "chord times"))
_RELATION = re.compile(r"(?P<what>reads|hears|reads note|hears note):(?P<who>[^|]+)\|(?P<rest>.+)")


def same_question(text: str, before: Question | None, tune: Tune | None) -> Question | None:
    """The question before, asked of what a text names instead; None for every other text.

    >>> same_question("and bar 4?", Question("harmony", Place(2, 2)), None) is None
    True
    >>> same_question("and E major?", Question("key theory", term="D major"), None).term
    'E major'
    """
    match = _ASKED.fullmatch(text.strip())
    if match is None or before is None:
        return None
    said = next(g for g in match.groups() if g).strip(" ,")
    lower = said.lower()
    for instead in (_elsewhere, _other_player, _other_key, _other_chord):
        if (found := instead(said, lower, before, tune)) is not None:
            return found
    return None


def subject(text: str) -> str:
    """What "and the meter?" or 拍号呢 asks about, as a whole question; "" for every other text.

    >>> subject("and the meter?"), subject("拍号呢？"), subject("what about making it sad?")
    ('what is the meter?', '拍号是什么?', '')
    """
    match = _ASKED.fullmatch(text.strip().replace("？", "?"))
    if match is None:
        return ""
    if match["z"]:
        return f"{match['z']}是什么?"
    said = (match["a"] or match["b"]).strip(" ,").lower()
    bare = re.fullmatch(r"(?:the |its |their )?([a-z]+(?: [a-z]+)?)", said)
    return (
        f"what is the {bare[1]}?"
        if bare and not bare[1].startswith(("making", "a ", "an "))
        else ""
    )


def _elsewhere(said: str, lower: str, before: Question, tune: Tune | None) -> Question | None:
    if tune is None or _PLACE.fullmatch(lower) is None:
        return None
    found = place_of(before.topic, re.sub(r"\bvery ", "", lower), tune, None)
    if not isinstance(found, Place):
        return None
    term = "" if before.topic in _OF_CHORD else before.term
    return replace(before, place=found, term=term, loose=False)


def _other_player(said: str, lower: str, before: Question, tune: Tune | None) -> Question | None:
    bare = re.sub(r"^(?:an? |the |my |on |for |with |用)+", "", lower)
    player = player_said(bare)
    if not player or len(bare) > 24:
        return None
    if before.topic in _OF_PLAYER:
        return replace(before, term=player)
    match = _RELATION.fullmatch(before.term) if before.topic == "relation" else None
    return replace(before, term=f"{match['what']}:{player}|{match['rest']}") if match else None


def _other_key(said: str, lower: str, before: Question, tune: Tune | None) -> Question | None:
    key = key_in(lower)
    if key is None or len(lower) > 20:
        return None
    if before.topic in ("key theory", "diatonic", "key"):
        return replace(before, term=key.name)
    if before.topic in ("numeral", "degree", "scale") and " " in before.term:
        first, _, rest = before.term.partition(" ")
        if parse_key(rest) is not None:
            return replace(before, term=f"{first} {key.name}")
    return None


def _other_chord(said: str, lower: str, before: Question, tune: Tune | None) -> Question | None:
    if before.topic not in _OF_CHORD:
        return None
    bare = re.sub(r"^(?:an? |the |in |of )+", "", said, flags=re.IGNORECASE)
    bare = re.sub(r" ?(?:chord|和弦)$", "", bare)
    found = entity(f"{bare} chord")
    if SYMBOL.fullmatch(bare):
        return replace(before, term=bare)
    return (
        replace(before, term=found[1]) if found is not None and found[0] == "chord theory" else None
    )
