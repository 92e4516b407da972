"""One message, end to end: understand, act, check, answer. One turn is one function on this page.

`respond` yields `Progress` while it works and, last, exactly one `Reply`. No agent loop, no unbounded
retry; what cannot be understood or met gets a question or a plain refusal and the tune stays.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from abc_tools.parse import parse
from abc_tools.tune import Tune
from abc_tools.validate import Diagnostic, validate
from chat import answers, shelf
from chat.act import edits, history, new_tunes
from chat.act.seed import begin_from
from chat.incoming import NoTune, extract, open_tune
from chat.phrases import language_of, say
from chat.planner import can_plan, restated
from chat.reply import Progress, Reply
from chat.session import Memory, Selection, Session
from chat.suggest import suggestions
from chat.understand.intent import understand
from chat.understand.intents import Intent
from chat.understand.wishes import read
from lm.generate import Backend, BackendError

MESSAGE_LIMIT = 4000
FEW = 2
"""Requirements below which a wish for a tune is vague."""


@dataclass(frozen=True)
class Turn:
    """What an action gets: the conversation, the message and who writes music.

    `listener` is the id of a kept profile of taste, "" for those who have not asked for one.
    """

    session: Session
    message: str
    tune: Tune | None
    backend: Backend
    seed: int
    language: str
    listener: str = ""


Action = Callable[[Intent, Turn], Iterator[Progress | Reply]]


def respond(
    session: Session,
    message: str,
    *,
    backend: Backend,
    selection: Selection | None = None,
    abc: str | None = None,
    seed: int | None = None,
    language: str | None = None,
    listener: str = "",
) -> Iterator[Progress | Reply]:
    """Answer one message. `abc` is opened first; `selection` scopes the message to its bars.

    `listener` is the id of a profile of taste: what is said and done about known tunes is kept in it.

    The last item is the only `Reply`. Failures of the model become a sentence in `Reply.error`.
    """
    yield Progress("understanding")
    language = language or language_of(message)
    pasted, message = extract(message) if abc is None else (abc, message)
    opened = ""
    if pasted is not None:
        try:
            session, opened = open_tune(session, pasted, language)
        except NoTune as error:
            yield Reply(str(error), session, "refuse", error=str(error))
            return
        if not message.strip():
            yield _complete(Reply(opened, session, "edit", changed=True), language)
            return
    if len(message) > MESSAGE_LIMIT:
        said = say(language, "too-long", count=len(message), limit=MESSAGE_LIMIT)
        yield Reply(said, session, "refuse", error=said)
        return
    seed = random.SystemRandom().randrange(2**31) if seed is None else seed
    tune = _tune(session)
    turn = Turn(session, message, tune, backend, seed, language, listener)
    intent = understand(message, session, tune, _selected(session, selection))
    try:
        intent = _with_plan(intent, turn, _selected(session, selection))
        for item in ACTIONS[intent.kind](intent, turn):
            if isinstance(item, Reply):
                item = _answered_too(item, intent, turn)
                shelf.keep(listener, session.memory.liked, item.session.memory.liked)
                item = _complete(_remembered(item, intent, message), language)
                if opened:
                    item = replace(item, text=f"{opened}\n\n{item.text}", changed=True)
            yield item
    except BackendError as error:
        yield Reply(str(error), session, "refuse", error=str(error))


def _with_plan(intent: Intent, turn: Turn, selection: tuple[int, int] | None) -> Intent:
    """The intent, helped by an instruction model where code has read little: what the message says
    itself wins over what the model adds.
    """
    lost = intent.kind == "refuse" and intent.problem[0] in (
        "not-understood",
        "new-or-change",
        "no-tune",
        "which-of",
        "noted",
    )
    vague = intent.kind == "compose" and len(intent.wishes.values) < FEW
    if not (lost or vague) or not can_plan(turn.backend):
        return intent
    plan = restated(turn.message, turn.backend, turn.seed, turn.tune.title if turn.tune else "")
    if plan is None or plan.kind == "other":
        return intent
    if vague:
        found = read(plan.words)
        if found.problems:
            return intent
        implied = {**found.implied, **found.values, **intent.wishes.implied}
        wishes = replace(intent.wishes, implied=implied, mood=intent.wishes.mood or found.mood)
        return replace(intent, wishes=wishes)
    other = understand(plan.words, turn.session, turn.tune, selection)
    return intent if other.kind == "refuse" else other


ACTIONS: dict[str, Action] = {
    "compose": new_tunes.compose_tunes, "seed": begin_from, "choose": new_tunes.choose, "ideas": new_tunes.ideas,
    "edit": edits.make_changes, "history": history.travel, "question": answers.explain,
    "check": answers.check_tune, "recommend": answers.recommend, "answer": answers.small_talk,
    "refuse": answers.ask_back, "several": answers.explain_all,
}  # fmt: skip
"""Kind of intent → what is done. Every action yields progress and one reply."""


def _answered_too(reply: Reply, intent: Intent, turn: Turn) -> Reply:
    """The reply to a change with the answers to what was asked about the tune after it."""
    if not intent.then or reply.error is not None:
        return reply
    tune = _tune(reply.session)
    after = replace(turn, session=reply.session, tune=tune)
    said = [reply.text]
    for piece in intent.then:
        found = understand(piece, reply.session, tune)
        parts = found.parts or ((piece, found),)
        for answered in answers.explain_all(Intent("several", parts=parts), after):
            if isinstance(answered, Reply):
                said.append(answered.text)
    return replace(reply, text="\n\n".join(said))


def _remembered(reply: Reply, intent: Intent, message: str) -> Reply:
    """What was asked back is remembered until it is answered or something else happens."""
    pending = ("", "")
    if intent.kind == "refuse" and intent.problem[0] not in ("", "empty"):
        pending = (intent.problem[0], "\n".join(intent.options) or message)
    if reply.offers:
        pending = ("which-of", "\n".join(reply.offers))
    asked = intent.question.place if intent.question is not None else None
    memory: Memory = replace(
        reply.session.memory, pending=pending, asked=asked, question=intent.question
    )
    return replace(reply, session=replace(reply.session, memory=memory))


def _complete(reply: Reply, language: str) -> Reply:
    """The reply with what every reply has: diagnostics of the tune, and what one might ask next."""
    tune = _tune(reply.session)
    found: tuple[Diagnostic, ...] = ()
    if reply.changed and tune is not None:
        found = tuple(d for d in validate(tune) if d.severity != "info")
    return replace(
        reply, diagnostics=found, suggestions=reply.suggestions or suggestions(tune, language)
    )


def _tune(session: Session) -> Tune | None:
    if session.abc is None:
        return None
    tunes = parse(session.abc).tunes
    assert tunes, "a session keeps only texts with a tune"
    return tunes[0]


def _selected(session: Session, selection: Selection | None) -> tuple[int, int] | None:
    """The selection's bars, if it belongs to the version that is shown."""
    if selection is None or selection.version != session.current:
        return None
    return min(selection.first, selection.last), max(selection.first, selection.last)
