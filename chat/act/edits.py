"""The changes that a message asks for, one after the other, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from abc_tools.metrics import changed_bars
from abc_tools.parse import parse_tune
from abc_tools.tune import Tune
from chat.act.change import Change, Context, carry_out, check_locks
from chat.act.history import note
from chat.act.rewrite import CannotChange
from chat.act.shapes import SHAPES
from chat.act.sing import write_words
from chat.explain import refreshed
from chat.phrases import bars_text, plain, say
from chat.reasons import reason
from chat.reply import Progress, Reply
from chat.session import Lock, Session
from chat.understand.intents import Intent
from chat.understand.operations import Operation

if TYPE_CHECKING:
    from chat.turn import Turn


NOTES = frozenset(("only-now", "left-aside"))
"""Operations that do nothing: a lock for this message only, and what was not understood beside others."""


def make_changes(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """Make every change; those that fail are said, and leave the tune as the ones before made it."""
    session, language = turn.session, turn.language
    start = session
    if intent.redo and session.memory.before is not None:
        start = session.go_to(session.memory.before)
    assert start.abc is not None, "edits are understood only when there is a tune"
    before = parse_tune(start.abc)
    yield Progress("editing")
    tune, said, failed = before, [], ""
    done = 0
    now = tuple(
        Lock(o.place, o.values.get("voice")) for o in intent.operations if o.name == "only-now"
    )
    for operation in (o for o in intent.operations if o.name not in NOTES):
        if operation.name in ("lock", "unlock"):
            start, sentence = _locked(start, operation, language)
            said.append(sentence)
            continue
        context = Context(turn.backend, turn.message, language, turn.seed, (*start.locks, *now))
        try:
            change: Change | None = None
            for item in _one(tune, operation, context):
                if isinstance(item, Change):
                    change = item
                else:
                    yield item
        except CannotChange as error:
            failed = str(error)
            continue
        assert change is not None, "a change is made or refused"
        done += 1
        if change.tune.source != tune.source and change.said:
            said.append(change.said)
        tune = change.tune
    yield _reply(intent, turn, start, before, tune, said, failed, done)


def _one(tune: Tune, operation: Operation, context: Context) -> Iterator[Progress | Change]:
    """One change, by whoever makes it; what is locked stays."""
    if operation.name == "write-words":
        yield from write_words(tune, operation.values, context, operation.place)
        return
    if operation.name not in SHAPES:
        yield from carry_out(tune, operation, context)
        return
    try:
        for item in SHAPES[operation.name](tune, operation, context):
            if isinstance(item, Change):
                check_locks(tune, item.tune, context)
            yield item
    except CannotChange:
        raise
    except ValueError as error:
        raise CannotChange(reason(str(error), context.language)) from error


def _reply(
    intent: Intent, turn: Turn, start: Session, before: Tune, tune: Tune, said: list[str], failed: str,
    done: int,
) -> Reply:  # fmt: skip
    language, session = turn.language, turn.session
    count = sum(o.name not in NOTES for o in intent.operations)
    if tune.source == before.source:
        if failed:
            text = say(language, "failed-edit", why=failed.rstrip(".。"))
            return Reply(text, session, "refuse", error=text)
        text = "\n\n".join(said) or say(language, "nothing-changes")
        return Reply(text, start if start.locks != session.locks else session, "edit")
    tune = refreshed(tune)
    bars = changed_bars(before, tune)
    named = next((o.place for o in intent.operations if o.place and o.place.name), None)
    if named is not None and named.name != "selection" and not named.name.isdigit():
        bars_named = bars_text(language, range(named.first, named.last + 1))
        said.insert(0, say(language, "bridge-note", name=plain(named.name), bars=bars_named))
    if failed:
        said.append(say(language, "at-once", done=done, count=count, why=failed))
    said += [
        say(language, "left-aside", said=plain(o.values["said"]))
        for o in intent.operations if o.name == "left-aside"
    ]  # fmt: skip
    if bars:
        said.append(say(language, "changed-bars", bars=bars_text(language, bars)))
    elif _music(tune) == _music(before):
        said.append(say(language, "changed-nothing-heard"))
    asked = start.version.asked if start.version else ()
    new = start.add(tune.source, note(turn.message), bars, asked)
    lasting = tuple(o for o in intent.operations if o.name not in ("lock", "unlock", *NOTES))
    place = next((o.place for o in reversed(lasting) if o.place), None)
    new = new.remember(place=place, operations=lasting, before=start.current, choices=(), ideas=())
    return Reply("\n\n".join(said), new, "edit", True, error=None)


def _music(tune: Tune) -> list[str]:
    """The lines of a tune that are no fields: what its bars say."""
    fields = {tune.source.count("\n", 0, f.span.start) for f in tune.fields if f.where == "header"}
    return [line for n, line in enumerate(tune.source.split("\n")) if n not in fields]


def _locked(session: Session, operation: Operation, language: str) -> tuple[Session, str]:
    """The session with a lock set or all of them taken away, and the sentence for it."""
    from dataclasses import replace

    if operation.name == "unlock":
        said = say(language, "lock-gone" if session.locks else "no-lock")
        return replace(session, locks=()), said
    place = operation.place
    lock = Lock(place, operation.values.get("voice"))
    where = (
        bars_text(language, range(place.first, place.last + 1)) if place else say(language, "whole")
    )
    return replace(session, locks=(*session.locks, lock)), say(language, "lock-set", where=where)
