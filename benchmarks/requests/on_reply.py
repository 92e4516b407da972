"""Checks on the reply: its words, its language, whether it asks or declines.

Replies are compared in lower case, with sharps and flats written `#` and `b` however they were said. A
word of letters is found at the start of a word (so "raise" finds "raised"); a token of up to three signs,
or with a digit, only when it stands alone. Fenced music is no part of the words, and what the chat says to nonsense
is neither an answer nor a question.
"""

from __future__ import annotations

import re
from typing import Any

from abc_tools.validate import errors
from benchmarks.requests.registry import check
from benchmarks.requests.score import Turn, tunes_of

_SPELLINGS = (
    (re.compile("♯"), "#"),
    (re.compile("♭"), "b"),
    (re.compile(r"\b([a-g])[ -](?:sharp|♯)"), r"\1#"),
    (re.compile(r"\b([a-g])[ -](?:flat|♭)"), r"\1b"),
    (re.compile(r"升\s*([a-g])"), r"\1#"),
    (re.compile(r"降\s*([a-g])"), r"\1b"),
    (re.compile(r"([a-g][#b]?)\s+([大小]调)"), r"\1\2"),
    (re.compile("[“”*_`]"), ""),
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")


def plain(text: str) -> str:
    """The text in lower case with one spelling of accidentals and without marks of emphasis.

    >>> plain("**B-flat** minor"), plain("降E 大调")
    ('bb minor', 'eb大调')
    """
    text = text.lower()
    for pattern, written in _SPELLINGS:
        text = pattern.sub(written, text)
    return text


def mentions(text: str, token: str) -> bool:
    """Whether a plain text mentions a token.

    >>> mentions("it is raised", "raise"), mentions("a minor third", "a"), mentions("d7", "d")
    (True, True, False)
    """
    token = plain(token)
    if not token.isascii():
        return token in text
    open_end = token.isalpha() and len(token) > 3
    after = "" if open_end else r"(?![a-z0-9#])"
    return re.search(rf"(?<![a-z0-9#]){re.escape(token)}{after}", text) is not None


@check
def says(turn: Turn, value: list[str]) -> str | None:
    """The reply mentions at least one of these."""
    text = plain(turn.answer)
    return None if any(mentions(text, token) for token in value) else f"none of {value}"


@check
def says_all(turn: Turn, value: list[list[str]]) -> str | None:
    """Of every list the reply mentions at least one."""
    text = plain(turn.answer)
    missing = [group for group in value if not any(mentions(text, token) for token in group)]
    return f"nothing of {missing}" if missing else None


@check
def not_says(turn: Turn, value: list[str]) -> str | None:
    """The reply mentions none of these."""
    text = plain(turn.said)
    found = [token for token in value if mentions(text, token)]
    return f"says {found}" if found else None


@check
def reply_language(turn: Turn, value: str) -> str | None:
    """Most of the reply's words are in this language (`en` or `zh`); ABC names and titles may be Latin."""
    han = len(_HAN.findall(turn.said))
    latin = len(_LATIN.findall(turn.said))
    right = han >= latin and han > 0 if value == "zh" else latin >= han and latin > 0
    return None if right else f"{han} Chinese characters and {latin} Latin words"


@check
def changed(turn: Turn, value: bool) -> str | None:
    """Whether the tune is another text than before."""
    is_new = turn.after is not None and turn.after != turn.before
    return None if is_new == value else ("nothing changed" if value else "the tune changed")


@check
def asks(turn: Turn, value: Any) -> str | None:
    """The reply asks something back and leaves the tune as it was."""
    if changed(turn, False):
        return "it acted"
    return None if re.search("[?？]", turn.answer) else "no question"


@check
def answers(turn: Turn, value: Any) -> str | None:
    """The reply is more than what nonsense is met with."""
    return None if turn.answer.strip() else "the same as to nonsense"


@check
def declines(turn: Turn, value: Any) -> str | None:
    """The reply says something and leaves the tune as it was."""
    if changed(turn, False):
        return "it acted"
    return None if turn.said.strip() else "no word"


@check
def graceful(turn: Turn, value: Any) -> str | None:
    """Words that are no accident, and a valid score if there is one that was not there before."""
    said = turn.said.strip()
    if not said:
        return "no word"
    if re.search(r"Traceback|object at 0x|\b\w+Error:|\bNoneType\b", said):
        return "the words of an accident"
    return valid_bars(turn, True) if turn.after and turn.after != turn.before else None


@check
def valid_bars(turn: Turn, value: Any) -> str | None:
    """No rule of the notation finds an error in any tune of the text."""
    found = [d.message for tune in tunes_of(turn.after or "") for d in errors(tune)]
    if not turn.after:
        return "no score"
    return found[0] if found else None


@check
def tune(turn: Turn, value: Any) -> str | None:
    """A score with notes in it is delivered."""
    has_notes = any(
        event.midi
        for t in tunes_of(turn.after or "")
        for voice in t.voices
        for event in voice.events
    )
    return None if has_notes and turn.after != turn.before else "no new score"


@check
def not_in_abc(turn: Turn, value: str) -> str | None:
    """The score does not contain this text."""
    return f"{value} is in the score" if value in (turn.after or "").lower() else None


@check
def reply_no_tag(turn: Turn, value: str) -> str | None:
    """The reply's Markdown holds no HTML tag of this name outside of code."""
    outside = re.sub(r"`[^`\n]*`", "", turn.said)
    return f"<{value} in the reply" if f"<{value}" in outside.lower() else None
