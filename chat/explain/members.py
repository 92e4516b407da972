"""What belongs to what: is F# in C major, which note of A7 is not, the notes of a chord that is named by its kind and its root
(以B为根音的减七和弦, "a dominant seventh on E flat"). Asked in words and answered here.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.chords import parse_chord
from abc_tools.theory import ALTER_NAMES, Pitch, parse_key
from chat.explain.asked_chords import chords_said
from chat.explain.asked_names import SIGNS, Asked, key_in
from chat.explain.statement import Statement
from chat.explain.theory import QUALITY_NAMES, Said, split_note
from chat.explain.tonal import chord_notes

# -- notes and chords in keys ----------------------------------------------------------------------------

_KEY = r"(?:the (?:key|scale) of )?[a-g](?:[ -]?(?:flat|sharp)|[#b])?[ -](?:major|minor)(?: scale| key)?"
_NOTE = r"(?<![a-z])(?P<{0}>[a-g](?:[ -]?(?:flat|sharp)|[#b♯♭])?)(?: natural)?"
_NOTE_IN = (
    re.compile(rf"^(?:so |and |but )?(?:is|does|would)(?:n't)? (?:the note |an? )?{_NOTE.format('n')} (?:in|part of|one of the notes (?:of|in)|belong(?:ing)? (?:to|in)|a note of|a note in|found in|occur in|outside|foreign to) (?:the )?(?P<k>{_KEY})\??$"),
    re.compile(rf"^(?:so |and |but )?(?:does|has) (?:the )?(?P<k>{_KEY}) (?:have|has|contain|include|use) (?:an? |the note )?{_NOTE.format('n')}(?: in it)?\??$"),
    re.compile(r"^(?P<n>[升降]?[a-g][#b]?)(?:音|这个音)?(?:在不在|属不属于|是不是|属于|在|是)(?P<k>[升降]?[a-g][#b]?[大小]调)(?:里面?|中|的|里的|内|音阶里)?(?:音)?(?:吗|么)?[?.]?$"),
    re.compile(r"^(?P<k>[升降]?[a-g][#b]?[大小]调)(?:里面?|中|的音阶里?|音阶里?)?(?:有没有|是否有|含不含|有)(?P<n>[升降]?[a-g][#b]?)(?:音|这个音)?(?:吗|么)?[?.]?$"),
)  # fmt: skip
_CHORD_IN = re.compile(
    r"\b(?:in|belongs? to|part of|fits?|outside|not in|isn't in|aren't in|from|diatonic (?:to|in)|foreign to|out of)\b|属于|在|不在|哪个音|哪些音"
)
_ASKS = re.compile(
    r"\?|^(?:so |and |but )?(?:is|are|does|do|which|what|spell|tell|name)\b|\b(?:which|what) notes?\b|吗|哪|什么|是不是|属不属于|在不在"
)


def _said_key(said: str) -> str:
    key = key_in(said)
    return key.name if key is not None else ""


def _name(said: str) -> str:
    """A note name as people write it: "f sharp", 升f → "F#"."""
    letter = re.search(r"[a-g]", said)
    assert letter is not None, "every note has a letter"
    sign = said.replace(letter[0], "", 1).strip(" -")
    return letter[0].upper() + SIGNS.get(sign, "")


def _note_in(lower: str) -> Asked | None:
    match = next((m for words in _NOTE_IN if (m := words.match(lower))), None)
    key = _said_key(match["k"]) if match else ""
    if match is None or not key:
        return None
    return "relation", f"note in key:{_name(match['n'])}|{key}", ""


def _chord_in(plain: str, lower: str) -> Asked | None:
    """ "which note of A7 isn't in C major", "does the D major chord belong to C major"."""
    key = _said_key(
        re.sub(r"\b[a-g](?:[ -]?(?:flat|sharp)|[#b])? (?:major|minor) (?:chord|triad)", " ", lower)
    )
    if not key or not _CHORD_IN.search(lower) or not _ASKS.search(lower):
        return None
    said = [
        c
        for c, at in chords_said(plain)
        if len(c) > 1 or re.match(rf"{c}(?: \w+)? (?:chord|triad)|{c}和弦", plain[at:])
    ]
    asks_note = re.search(r"\b(?:which|what) notes?\b|哪(?:个|些)音", lower)
    belongs = re.search(
        r"\bchord|\btriad|和弦|^(?:so |and )?is [a-g]\S+ (?:in|diatonic|part)\b", lower
    )
    if (
        len(said) != 1
        or not (asks_note or belongs)
        or re.search(r"\bchords\b|哪些和弦|什么和弦|\bnumeral|几级", lower)
    ):
        return None
    if asks_note and not re.search(
        r"\bnot\b|n't\b|\boutside\b|\bforeign\b|\bout of\b|不在|不属于|外", lower
    ):
        return None
    return "relation", f"chord in key:{said[0]}|{key}", ""


# -- a chord by its kind and root -------------------------------------------------------------------------

_QUALITIES = sorted(
    ((word, quality) for quality, (_, words) in QUALITY_NAMES.items() for word in words if quality),
    key=lambda pair: -len(pair[0]),
)
_PLAIN = (("大三和弦", ""), ("major triad", ""), ("major chord", ""), ("diminished seventh", "dim7"), ("minor seventh", "m7"), ("major seventh", "maj7"),
          ("diminished 7th", "dim7"), ("minor 7th", "m7"), ("major 7th", "maj7"))  # fmt: skip
"""Kinds that have no sign, or that are intervals where nothing says on which root a chord stands."""
_ROOT = re.compile(
    r"(?:以)?(?P<z>[升降]?[a-g][#b]?)(?:音)?(?:为根音|作根音|为根|上|音上)|根音(?:是|为)(?P<z2>[升降]?[a-g][#b]?)|^(?P<z3>[升降]?[a-g][#b]?)(?=[大小减增属半挂])|\b(?:on|from|built on|with root|whose root is|rooted on|starting on) (?:an? (?=[b-g]\b)|the note )?(?P<e>[a-g](?:[ -]?(?:flat|sharp)|[#b♯♭])?)(?![a-z])"
)
_ASKS_CHORD = re.compile(
    r"\?|\b(?:what|which|spell|name|give|tell|notes?|how)\b|哪|什么|几个音|组成|构成|包含|是啥"
)


def _on_root(lower: str) -> Asked | None:
    """ "a diminished seventh built on B": the chord symbol."""
    if not _ASKS_CHORD.search(lower) or re.search(
        r"\bbars?\b|\bmeasures?\b|小节|大调|小调|这首|\bthis\b", lower
    ):
        return None
    words = next(((w, q) for w, q in (*_QUALITIES, *_PLAIN) if _has(lower, w)), None)
    root = _ROOT.search(lower)
    if words is None or root is None:
        return None
    symbol = _name(next(g for g in root.groups() if g)) + words[1]
    return ("chord theory", symbol, "") if parse_chord(symbol) else None


def _has(lower: str, word: str) -> bool:
    if not word.isascii():
        return word in lower
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", lower) is not None and len(word) > 4


def asked(plain: str, lower: str) -> Asked | None:
    """What a message asks of members of keys and chords; None for every other message.

    >>> asked("is F# in C major?", "is f# in c major?"), asked("以B为根音的减七和弦有哪几个音", "以b为根音的减七和弦有哪几个音")
    (('relation', 'note in key:F#|C major', ''), ('chord theory', 'Bdim7', ''))
    """
    if len(lower) > 120:
        return None
    return _note_in(lower) or _chord_in(plain, lower) or _on_root(lower)


# -- answers --------------------------------------------------------------------------------------------


def _classes(name: str) -> tuple[set[int], list[str]]:
    key = parse_key(name)
    assert key is not None, "only keys are asked for"
    scale = [f"{step}{ALTER_NAMES[round(alter)]}" for step, alter in key.scale]
    return {Pitch(step, alter, 4).midi % 12 for step, alter in key.scale}, scale


def note_in_key(rest: str) -> Said:
    """ "F#|C major"."""
    note, name = rest.split("|")
    _, scale = _classes(name)
    value = {"note": note, "key": name, "notes": scale}
    kind = "theory note in key" if note in scale else "theory note not in key"
    return [Statement(kind, value, ())], ""


def chord_in_key(rest: str) -> Said:
    """ "A7|C major"."""
    symbol, name = rest.split("|")
    chord = parse_chord(symbol)
    assert chord is not None, "only chord symbols are asked for"
    classes, _ = _classes(name)
    notes = chord_notes(chord)
    out = [n for n in notes if Pitch(*split_note(n), 4).midi % 12 not in classes]
    value = {"chord": chord.text, "key": name, "notes": notes}
    if not out:
        return [Statement("theory chord in key", value, ())], ""
    return [
        Statement(
            "theory chord not in key",
            {**value, "outside": out, "verb": ["is" if len(out) == 1 else "are", ""]},
            (),
        )
    ], ""


RELATIONS = {"note in key": note_in_key, "chord in key": chord_in_key}
"""Relation → its answer, as `relations` has them."""

SAYINGS: dict[str, tuple[str, str]] = {
    "note in key": ("Yes: {note:pitch} is in {key:key}, whose notes are {notes:notes}.", "在：{note:pitch}属于{key:key}，它的音是{notes:notes}。"),
    "note not in key": ("No: {note:pitch} is not in {key:key}, whose notes are {notes:notes}.", "不在：{note:pitch}不属于{key:key}，它的音是{notes:notes}。"),
    "chord in key": ("{chord:signs} has the notes {notes:notes}; all of them are in {key:key}.", "{chord:signs}由{notes:notes}组成，都在{key:key}里。"),
    "chord not in key": ("{chord:signs} has the notes {notes:notes}; {outside:notes} {verb:word} not in {key:key}.", "{chord:signs}由{notes:notes}组成，其中{outside:notes}不在{key:key}里。"),
}  # fmt: skip
