"""ABC that comes from outside: pasted into a message, uploaded, or shared.

It is hostile until shown otherwise: sizes are capped before parsing, one tune is taken, directives
pass an allow-list. The text is otherwise kept as it is; errors are mended only where a safe fix exists
and the reply says what was done.
"""

from __future__ import annotations

import re

from abc_tools.parse import parse
from abc_tools.repair import Repaired, repair
from abc_tools.tune import Tune
from abc_tools.validate import errors
from chat.explain import describe
from chat.phrases import plain, rule_text, say
from chat.session import Session

ABC_LIMIT = 20_000
BAR_LIMIT = 400
MENDED_ERRORS = 40
"""A text with more errors than this is shown as it is: mending it would be guessing, and slow."""
VOICE_LIMIT = 12
DIRECTIVES = re.compile(
    r"%%\s*(?:MIDI\s+(?:program|channel|transpose|chordprog|bassprog|gchord|gchordon|gchordoff)\b|score\b|staves\b|"
    r"propagate-accidentals\b|barnumbers?\b|measurenb\b|writefields\b|titleformat\b|scale\b|"
    r"stretchlast\b|barsperstaff\b)"
)


class NoTune(ValueError):
    """The text cannot be opened; the sentence is for the user."""


def extract(message: str) -> tuple[str | None, str]:
    """(ABC found in a message or None, the rest of the message).

    >>> extract("make it minor:\\nX:1\\nK:G\\nGABc|")
    ('X:1\\nK:G\\nGABc|', 'make it minor:')
    """
    fence = re.search(r"```(?:abc)?[ \t]*\n(.*?)```", message, re.DOTALL)
    if fence and re.search(r"(?m)^[XKTM]:", fence[1]):
        return fence[1], (message[: fence.start()] + message[fence.end() :]).strip()
    start = re.search(r"(?m)^[ \t]*(?=X:\s*\d*\s*$|X:\s*\d+|(?:T|M|L|K):[^\n]*\n)", message)
    if start is None or not re.search(r"(?m)^[ \t]*K:", message[start.start() :]):
        return None, message
    abc = message[start.start() :]
    end = re.search(r"\n[ \t]*\n", abc)
    rest = abc[end.end() :] if end else ""
    return (abc[: end.start()] if end else abc).rstrip(), (message[: start.start()] + rest).strip()


def open_tune(session: Session, text: str, language: str) -> tuple[Session, str]:
    """A session with the tune opened as a new version, and the sentence that says so.

    NoTune if there is no tune, it is too long, or it has no notes.
    """
    if len(text) > ABC_LIMIT:
        raise NoTune(say(language, "abc-too-long", count=len(text), limit=ABC_LIMIT))
    text = cleaned(text)
    tunes = [t for t in parse(text).tunes if any(e.notes for m in t.measures for e in m.events)]
    if not tunes:
        raise NoTune(say(language, "abc-noise"))
    tune = tunes[0]
    if _mostly_noise(tune) or len(tune.measures) > BAR_LIMIT or len(tune.voices) > VOICE_LIMIT:
        raise NoTune(say(language, "abc-noise"))
    own = tune.text if tune.text.endswith("\n") else tune.text + "\n"
    found = len(errors(parse(own).tunes[0]))
    repaired = repair(own) if found <= MENDED_ERRORS else Repaired(own, (), False)
    tune = parse(repaired.abc).tunes[0]
    said = say(language, "opened", title=plain(tune.title) or "—", facts=describe(tune, language))
    if repaired.log:
        rules = ("; " if language == "en" else "；").join(
            rule_text(entry.rule, entry.bar, language) for entry in repaired.log[:6]
        )
        said += (
            "\n\n" + say(language, "opened-repaired", count=len(repaired.log), what=rules).strip()
        )
    left = errors(tune)
    if left:
        what = " ".join(plain(d.message) for d in left[:4])
        said += "\n\n" + say(language, "opened-errors", count=len(left), what=what).strip()
    session = session.add(repaired.abc, plain(tune.title) or "ABC", tuple(tune.bar_numbers))
    mended = tuple((entry.rule, entry.bar) for entry in repaired.log)
    return session.remember(
        mended=mended, operations=(), before=None, choices=(), ideas=(), request=""
    ), said


def cleaned(text: str) -> str:
    """Line ends as LF, control characters and unknown directives dropped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)
    lines = [
        line for line in text.split("\n") if not line.startswith("%%") or DIRECTIVES.match(line)
    ]
    lines = [line.lstrip() if re.match(r"\s+[A-Za-z]:", line) else line for line in lines]
    return "\n".join(lines).strip("\n") + "\n"


def _mostly_noise(tune: Tune) -> bool:
    """Whether what could not be read is more than what could."""
    notes = sum(1 for m in tune.measures for e in m.events if e.notes)
    return sum(len(mark.text) for mark in tune.unknown) > max(20, 3 * notes)
