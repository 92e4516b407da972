"""Answers that change nothing: explanations, questions back, small talk, known tunes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from abc_tools.parse import parse_tune
from abc_tools.sections import sections
from abc_tools.tune import Tune
from chat import explain as explaining
from chat.phrases import bars_text, plain, say, style_name
from chat.reply import Progress, Reply
from chat.requirements import MAX_BARS
from chat.understand.intent import Intent

if TYPE_CHECKING:
    from chat.turn import Turn


def explain(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """A question about the tune or about music, answered from facts and tables."""
    assert intent.question is not None, "a question was read"
    session = turn.session
    others = [v for v in session.versions if v.number != session.current]
    versions = [parse_tune(v.abc) for v in others]
    found = explaining.answer(intent.question, turn.tune, turn.language, versions)
    text = found.text
    if found.example:
        text += f"\n\n```abc\n{found.example.strip()}\n```"
    place = intent.question.place
    if place is not None:
        session = session.remember(place=place)
    yield Reply(text, session, found.intent)


def recommend(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """Known tunes; the library is not part of this version."""
    yield Reply(say(turn.language, "recommend-not-yet"), turn.session, "recommend")


def small_talk(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """Greetings, thanks, insults."""
    sentence = {"praise": "glad", "insult": "insulted"}.get(intent.topic, "help")
    yield Reply(say(turn.language, sentence), turn.session, "answer")


def ask_back(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """A question back or a plain refusal; nothing changes."""
    language = turn.language
    code, said = intent.problem
    values = {
        "said": plain(said), "limit": MAX_BARS, "help": say(language, "help"),
        "example": "G major" if language == "en" else "G大调",
        **{k: plain(v) for k, v in intent.details.items()},
    }  # fmt: skip
    if turn.tune is not None:
        values |= _there(turn.tune, code, language)
    if "rhythm" in values:
        values["rhythm"] = style_name(language, str(values["rhythm"]))
    text = say(language, code or "not-understood", **values)
    yield Reply(text, turn.session, "refuse", error=text)


def _there(tune: Tune, code: str, language: str) -> dict[str, object]:
    """What bars and sections the tune has, for a question about those that it has not."""
    names = ", ".join(f"{plain(s.label)} ({bars_text(language, range(s.first, s.last + 1))})"
                      for s in sections(tune))  # fmt: skip
    found: dict[str, object] = {"low": 0 if 0 in tune.bar_numbers else 1, "sections": names}
    if code == "no-such-bars":
        found["said"] = tune.bar_count
    return found
