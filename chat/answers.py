"""Answers that change nothing: explanations, questions back, small talk, known tunes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.sections import sections
from abc_tools.tune import Tune
from abc_tools.validate import Diagnostic, validate
from chat import explain as explaining
from chat import shelf
from chat.asides import aside
from chat.explain.frames import frame
from chat.phrases import bars_text, plain, rule_text, say, style_name
from chat.reasons import reason
from chat.reply import Progress, Reply
from chat.requirements import MAX_BARS
from chat.session import Version
from chat.understand.guess.topics import TOPICS
from chat.understand.intents import Intent
from chat.understand.liking import asks_for_style, asks_for_taste, feedback
from chat.understand.text import normalise
from chat.wanted import recommended, remarks, told_why, wanted

if TYPE_CHECKING:
    from chat.turn import Turn
    from library.catalogue import Library
    from library.records import Found
    from library.taste import Listener


def explain(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """A question about the tune or about music, answered from facts and tables."""
    assert intent.question is not None, "a question was read"
    session = turn.session
    found = _answer_of(intent, turn)
    text = found.text
    if found.example:
        text += f"\n\n```abc\n{found.example.strip()}\n```"
    if (taken := _taken_as(intent, turn.language)) is not None:
        text = f"{taken}\n\n{text}"
    place = intent.question.place or _pointed_out(found)
    if place is not None:
        session = session.remember(place=place)
    yield Reply(text, session, found.intent, offers=found.offers)


_POINTING = frozenset(("harder part", "easier part", "hardest bars"))
"""Facts that single out some bars: "that one" in the next message means them."""


def _pointed_out(found: explaining.Answer) -> Place | None:
    """The bars that an answer names as the ones that were asked for."""
    bars = found.facts[0].bars if found.facts and found.facts[0].kind in _POINTING else ()
    bars = tuple(b for b in bars if b > 0)
    if not bars or bars[-1] - bars[0] != len(bars) - 1:
        return None
    return Place(bars[0], bars[-1])


def _taken_as(intent: Intent, language: str) -> str | None:
    """What a question was taken for, where it may be another; None where that is plain."""
    question = intent.question
    if question is None or not (intent.unsure or question.loose):
        return None
    say = next((t.say for t in TOPICS.values() if t.name == question.topic), None)
    if say is None:
        return None
    zh = language == "zh"
    where = "这里" if zh else "it"
    if question.place is not None:
        where = bars_text(language, range(question.place.first, question.place.last + 1))
    return frame(language, "unsure", said=say[zh].format(it=where))


def _answer_of(intent: Intent, turn: Turn) -> explaining.Answer:
    """The answer to the question of an intent."""
    assert intent.question is not None, "a question was read"
    versions = [parse_tune(v.abc) for v in _earlier(intent, turn)]
    request = turn.session.memory.request
    return explaining.answer(intent.question, turn.tune, turn.language, versions, request)


def _without(
    text: str, answered: explaining.Answer, told: set[str], language: str
) -> tuple[str, set[str]]:
    """A text without what was told already, and all that is told then."""
    here = [fact.sentence(language) for fact in answered.facts]
    if all(sentence in told for sentence in here) and here:
        return "", told
    for sentence in (s for s in here if s in told):
        text = (
            text.replace(f"- {sentence}\n", "").replace(f"\n- {sentence}", "").replace(sentence, "")
        )
    return text.strip(), told | set(here)


def explain_all(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """Several questions, answered in order; what cannot be answered is named."""
    session = turn.session
    said: list[str] = []
    told: set[str] = set()
    offers: tuple[str, ...] = ()
    kind = "answer"
    for piece, part in intent.parts:
        if part.kind not in ("question", "check"):
            said.append(frame(turn.language, "part-unanswered", said=plain(piece.strip(" ?？"))))
            continue
        action = explain if part.kind == "question" else check_tune
        reply = next(r for r in action(part, turn) if isinstance(r, Reply))
        session, kind = reply.session, "analyse" if reply.intent == "analyse" else kind
        offers = offers or reply.offers
        text = reply.text
        if part.question is not None:
            answered = _answer_of(part, turn)
            text, told = _without(text, answered, told, turn.language)
        if text.strip():
            said.append(text)
    yield Reply("\n\n".join(said), session, kind, offers=offers)


_BEFORE = re.compile(r"before|previous|last version|之前|上一|刚才")


def _earlier(intent: Intent, turn: Turn) -> tuple[Version, ...]:
    """The versions before the one that is shown, in order; up to its own parent where "before" is asked."""
    session, question = turn.session, intent.question
    version = session.version
    if version is None or question is None:
        return session.versions
    if question.topic == "which version":
        return session.versions
    if question.topic in ("changed", "since"):
        return session.versions[: version.parent or 0]
    if question.topic == "compare" and version.parent and _BEFORE.search(question.other.lower()):
        return session.versions[: version.parent]
    return session.versions[: version.number - 1] or session.versions


def check_tune(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """Whether the tune is right: what the rules find, and what was mended when it was opened."""
    assert turn.tune is not None, "there is a tune to check"
    language = turn.language
    found = [d for d in validate(turn.tune) if d.severity != "info"]
    said = []
    if turn.session.memory.mended and turn.session.current == len(turn.session.versions):
        what = ("; " if language == "en" else "；").join(
            rule_text(rule, bar, language) for rule, bar in turn.session.memory.mended
        )
        said.append(say(language, "check-mended", count=len(turn.session.memory.mended), what=what))
    if found:
        what = ("; " if language == "en" else "；").join(
            _problem(d, turn.tune, language) for d in found[:8]
        )
        said.append(say(language, "check-wrong", count=len(found), what=what))
    else:
        said.append(say(language, "check-right"))
    yield Reply("\n\n".join(said), turn.session, "analyse")


def _problem(found: Diagnostic, tune: Tune, language: str) -> str:
    bar = next(
        (
            m.number
            for v in tune.voices
            for m in v.measures
            if m.span.start <= found.span.start <= m.span.end
        ),
        None,
    )
    return plain(found.message) if language == "en" else rule_text(found.rule, bar, language)


def recommend(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """Known tunes for what was asked, each with the reason why; or how close the tune is to a known one."""
    from library import LibraryError

    language, session = turn.language, turn.session
    yield Progress("searching")
    try:
        library = shelf.filled()
        if not len(library):
            said = say(language, "library-empty")
            yield Reply(said, session, "recommend", error=said)
            return
        if _HOW_CLOSE.search(turn.message.lower()):
            yield _closeness(library, turn)
            return
        said_of = normalise(turn.message).lower()
        if asks_for_style(said_of):
            yield _styles(library, turn)
            return
        told = feedback(said_of, len(session.memory.found))
        liked = (*session.memory.liked, *((session.memory.found[n - 1], how) for n, how in told))
        who = shelf.listener_of(turn.listener)
        tasted = bool(told) or asks_for_taste(said_of)
        asked = wanted(turn.message, turn.tune)
        if tasted:
            found = for_taste(library, liked, turn.message, who)
        else:
            found, asked = recommended(library, asked, turn.tune, language)
    except (LibraryError, ValueError) as error:
        text = say(language, "library-failed", why=reason(str(error), language))
        yield Reply(text, session, "recommend", error=text)
        return
    if not found:
        session = session.remember(liked=liked[-MOST_LIKED:])
        yield Reply(say(language, "nothing-found"), session, "recommend")
        return
    heading = "recommended-kept" if who else "recommended-taste" if liked else "recommended"
    lines = [say(language, heading if tasted else "recommended")]
    reasons = [
        f.reason(language) if tasted else told_why(library, asked, f, language) for f in found
    ]
    lines += [
        f"{n}. **{plain(f.title)}** — {why} ({plain(f.source)})"
        for n, (f, why) in enumerate(zip(found, reasons, strict=True), 1)
    ]
    lines += [] if tasted else remarks(asked, turn.message, language)
    if shelf.reading():
        lines.append(say(language, "still-reading", count=len(library)))
    listed = tuple(
        {
            "title": f.title,
            "source": f.source,
            "id": f.id,
            "score": f.score,
            "licence": f.licence,
            "reason": why,
        }
        for f, why in zip(found, reasons, strict=True)
    )
    found_ids = tuple(f.id for f in found)
    session = session.remember(found=found_ids, liked=liked[-MOST_LIKED:], choices=(), ideas=())
    yield Reply("\n".join(lines), session, "recommend", recommendations=listed)


MOST_LIKED = 200
"""Tunes whose liking one conversation remembers."""


def for_taste(
    library: Library, liked: shelf.Told, message: str, who: Listener | None = None
) -> list[Found]:
    """Tunes for what was liked and disliked in this conversation, of which nothing is stored here, and for what is
    kept in a listener's profile.

    What the message asks for beside that (three, jigs, in G) holds too.
    """
    from library.taste import Action, Event

    taste = library.taste()
    events = [Event(tune, Action(how)) for tune, how in liked]
    if who is None:
        return taste.recommend(events, where=message)
    kept = taste.events(who)
    known = {(event.tune, event.action) for event in kept}
    more = [event for event in events if (event.tune, event.action) not in known]
    return taste.recommend([*kept, *more] if more else who, where=message)


_HOW_CLOSE = re.compile(
    r"how (?:close|similar|near|original|unique)|\boriginal\b|plagiari|already exist"
    r"|is (?:this|it|my \w+) (?:new|known|mine)|sound like any|抄袭|原创|撞曲|有多(?:像|接近|相似)"
    r"|[跟和与]\S{1,8}(?:像|接近|相似|雷同)[吗不么]"
)


def _closeness(library: Library, turn: Turn) -> Reply:
    """The known tune that has most of this one."""
    language = turn.language
    if turn.tune is None:
        return Reply(say(language, "no-tune"), turn.session, "answer")
    found = library.closest(turn.tune)
    said = (
        say(language, "nothing-close", count=len(library))
        if found is None
        else found.sentence(language)
    )
    return Reply(said, turn.session, "recommend")


MOST_STYLES, LEAST_SHARE = 3, 0.05
"""So many styles are named, none that is less likely than this."""


def _styles(library: Library, turn: Turn) -> Reply:
    """The styles of the catalogue that the tune is closest to, each with its probability."""
    language = turn.language
    if turn.tune is None:
        return Reply(say(language, "no-tune"), turn.session, "answer")
    found = [s for s in library.styles_of(turn.tune) if s.probability >= LEAST_SHARE][:MOST_STYLES]
    lines = [say(language, "styles-like", count=len(library))]
    lines += [f"- {style_name(language, s.style)}: {_percent(s.probability)}" for s in found]
    lines.append(say(language, "styles-caution"))
    return Reply("\n".join(lines), turn.session, "recommend")


def _percent(share: float) -> str:
    """A probability in per cent; an estimate is never a hundred."""
    return "> 99 %" if share > 0.99 else f"{round(100 * share)} %"


def small_talk(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """Greetings, thanks, insults, questions about us, wishes that exclude themselves."""
    if (said := aside(intent.topic, turn.language)) is not None:
        text, kind = said
        error = text if kind == "refuse" else None
        yield Reply(text, turn.session, kind, error=error)
        return
    sentence = {"praise": "glad", "insult": "insulted", "files": "files"}.get(intent.topic, "help")
    yield Reply(say(turn.language, sentence), turn.session, "answer")


def ask_back(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """A question back or a plain refusal; nothing changes."""
    language = turn.language
    code, said = intent.problem
    values: dict[str, object] = {
        "said": plain(said), "limit": MAX_BARS, "help": say(language, "help"),
        "example": "G major" if language == "en" else "G大调",
        **{k: plain(v) for k, v in intent.details.items()},
    }  # fmt: skip
    if turn.tune is not None:
        values |= _there(turn.tune, code, language)
    if "rhythm" in values:
        values["rhythm"] = style_name(language, str(values["rhythm"]))
    text = say(language, code or "not-understood", **values)
    if intent.options:
        text += "\n" + "\n".join(f"{n}. {option}" for n, option in enumerate(intent.options, 1))
    yield Reply(text, turn.session, "refuse", suggestions=intent.options, error=text)


def _there(tune: Tune, code: str, language: str) -> dict[str, object]:
    """What bars and sections the tune has, for a question about those that it has not."""
    names = ", ".join(f"{plain(s.label)} ({bars_text(language, range(s.first, s.last + 1))})"
                      for s in sections(tune))  # fmt: skip
    found: dict[str, object] = {"low": 0 if 0 in tune.bar_numbers else 1, "sections": names}
    if code == "no-such-bars":
        found["said"] = tune.bar_count
    return found
