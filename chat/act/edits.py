"""The changes that a message asks for, one after the other, and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from abc_tools.metrics import changed_bars
from abc_tools.parse import parse_tune
from abc_tools.places import NoPlace, chinese_name, find_place
from abc_tools.tune import Tune
from chat.act.change import Change, Context, an_edit, carry_out
from chat.act.history import note
from chat.act.own import OWN
from chat.act.rewrite import CannotChange
from chat.act.sing import write_words
from chat.explain import refreshed
from chat.phrases import bars_text, plain, say
from chat.reasons import reason
from chat.reply import Progress, Reply
from chat.session import Lock, Session
from chat.understand.guess.changes import CHANGES
from chat.understand.intents import Intent
from chat.understand.operation import Operation

if TYPE_CHECKING:
    from chat.turn import Turn


NOTES = frozenset(("only-now", "left-aside", "lock", "unlock"))
"""Operations that change no note: locks, one for this message only, what was not understood beside others."""


def make_changes(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """Make every change; those that fail are said, and leave the tune as the ones before made it."""
    session, language = turn.session, turn.language
    start = session
    if intent.redo and session.memory.before is not None:
        start = session.go_to(session.memory.before)
        turn = replace(
            turn, seed=turn.seed + 7919 * len(session.versions)
        )  # other notes than before
    assert start.abc is not None, "edits are understood only when there is a tune"
    before = parse_tune(start.abc)
    yield Progress("editing")
    if len(intent.operations) == 1 and "versions" in intent.operations[0].values:
        yield from _variants(intent.operations[0], turn, start, before)
        return
    made = Made(before)
    now = tuple(
        Lock(o.place, o.values.get("voice")) for o in intent.operations if o.name == "only-now"
    )
    for operation in intent.operations:
        if operation.name in ("lock", "unlock"):
            start, sentence = _locked(start, operation, language)
            made = replace(made, said=(*made.said, sentence))
            continue
        context = Context(turn.backend, turn.message, language, turn.seed, (*start.locks, *now))
        operation = _at_the_end(operation, before, made.tune)
        for item in made_of(made, (operation,), context):
            if isinstance(item, Made):
                made = item
            else:
                yield item
    yield _reply(intent, turn, start, before, made)


_END = re.compile(r"\b(?:last|final|closing|end|ending)\b|最后|末|结尾|尾")


def _at_the_end(operation: Operation, before: Tune, now: Tune) -> Operation:
    """A change at the end of the tune, at the end that it has by now: "add a coda and slow down in the last bars"."""
    place = operation.place
    if place is None or now.bar_count == before.bar_count or not _END.search(place.name):
        return operation
    try:
        return replace(operation, place=find_place(now, place.name))
    except NoPlace:
        return operation


def _variants(
    operation: Operation, turn: Turn, start: Session, before: Tune
) -> Iterator[Progress | Reply]:
    """Several ways to write some bars, as versions to choose from."""
    language, parent = turn.language, start.current
    plain_one = replace(operation, values={})
    found: list[Tune] = []
    for number in range(int(operation.values["versions"])):
        context = Context(
            turn.backend, turn.message, language, turn.seed + 7919 * number, start.locks
        )
        made = Made(before)
        for item in made_of(made, (plain_one,), context):
            if isinstance(item, Made):
                made = item
            else:
                yield item
        if made.done and made.tune.source not in (before.source, *(t.source for t in found)):
            found.append(made.tune)
    if not found:
        said = say(language, "no-draft")
        yield Reply(said, turn.session, "refuse", error=said)
        return
    session, numbers = start, []
    asked = start.version.asked if start.version else ()
    for tune in found:
        bars = changed_bars(before, tune)
        session = session.add(tune.source, note(turn.message), bars, asked, parent)
        numbers.append(len(session.versions))
    session = session.go_to(numbers[0])
    session = session.remember(
        choices=tuple(numbers), operations=(plain_one,), before=parent, place=operation.place,
        ideas=(), found=(),
    )  # fmt: skip
    where = bars_text(language, changed_bars(before, found[0]))
    lines = [f"{n}. `{plain(_bars_of(t, operation))}`" for n, t in enumerate(found, 1)]
    said = say(language, "bar-choices", count=len(found), where=where) + "\n\n" + "\n".join(lines)
    yield Reply(said, session, "edit", True)


def _bars_of(tune: Tune, operation: Operation) -> str:
    """The bars of a change as ABC."""
    place = operation.place
    assert place is not None, "versions are made of bars that are named"
    bars = [m for m in tune.measures if place.first <= m.number <= place.last]
    return " | ".join(tune.source[m.span.start : m.span.end].strip() for m in bars)


@dataclass(frozen=True)
class Made:
    """A tune after some changes: what is said of them, why the last one that failed did, how many were done."""

    tune: Tune
    said: tuple[str, ...] = ()
    failed: str = ""
    done: int = 0


_WITHIN = "Every note is within that range already."


def made_of(
    made: Made, operations: Iterable[Operation], context: Context
) -> Iterator[Progress | Made]:
    """More changes, one after the other; one that fails leaves the tune as the ones before made it."""
    for operation in (o for o in operations if o.name not in NOTES):
        try:
            change: Change | None = None
            for item in _one(made.tune, operation, context):
                if isinstance(item, Change):
                    change = item
                else:
                    yield item
        except CannotChange as error:
            if made.done and str(error) == reason(_WITHIN, context.language):
                said = say(context.language, "within-now")  # what came before has seen to it
                made = replace(made, said=(*made.said, said), done=made.done + 1)
                continue
            made = replace(made, failed=str(error))
            continue
        assert change is not None, "a change is made or refused"
        new = change.said if change.tune.source != made.tune.source else ""
        made = replace(
            made, tune=change.tune, said=(*made.said, new) if new else made.said, done=made.done + 1
        )
    yield made


def _one(tune: Tune, operation: Operation, context: Context) -> Iterator[Progress | Change]:
    """One change, by whoever makes it; what is locked stays."""
    if operation.name == "write-words":
        yield from write_words(tune, operation.values, context, operation.place)
        return
    act = OWN.get(operation.name, an_edit)
    yield from carry_out(act, tune, operation, context)


def _reply(intent: Intent, turn: Turn, start: Session, before: Tune, made: Made) -> Reply:
    language, session = turn.language, turn.session
    tune, said, failed = made.tune, list(made.said), made.failed
    count = sum(o.name not in NOTES for o in intent.operations)
    aside = [
        say(language, "left-aside", said=plain(o.values["said"]))
        for o in intent.operations if o.name == "left-aside"
    ]  # fmt: skip
    if tune.source == before.source:
        if failed:
            text = say(language, "failed-edit", why=failed.rstrip(".。"))
            return Reply(text, session, "refuse", error=text)
        text = "\n\n".join([*said, *aside]) or _nothing_new(intent, language)
        return Reply(text, start if start.locks != session.locks else session, "edit")
    tune = refreshed(tune)
    bars = changed_bars(before, tune)
    named = next((o.place for o in intent.operations if o.place and o.place.name), None)
    moved = before.bar_count != tune.bar_count and named is not None and _END.search(named.name)
    if (
        named is not None
        and not moved
        and named.name not in ("selection", "added")
        and not named.name.isdigit()
    ):
        shown = chinese_name(named.name) if language == "zh" else named.name
        bars_named = bars_text(language, range(named.first, named.last + 1))
        said.insert(0, say(language, "bridge-note", name=plain(shown), bars=bars_named))
    if failed:
        said.append(say(language, "at-once", done=made.done, count=count, why=failed))
    said += aside
    if bars:
        said.append(say(language, "changed-bars", bars=bars_text(language, bars)))
    elif _music(tune) == _music(before):
        said.append(say(language, "changed-nothing-heard"))
    asked = start.version.asked if start.version else ()
    new = start.add(tune.source, note(turn.message), bars, asked)
    lasting = tuple(o for o in intent.operations if o.name not in NOTES)
    place = next((o.place for o in reversed(lasting) if o.place), None)
    new = new.remember(
        place=place, operations=lasting, before=start.current, undone=(), choices=(), ideas=()
    )  # fmt: skip
    return Reply("\n\n".join(said), new, "edit", True, error=None)


def _nothing_new(intent: Intent, language: str) -> str:
    """What is said where nothing changed: also how the message was read, so that a misreading shows."""
    zh = language == "zh"
    names = dict.fromkeys(o.name for o in intent.operations if o.name not in NOTES)
    plainly = [
        next((c.say[zh] for c in CHANGES.values() if c.operation == name), "") for name in names
    ]
    read = ("，" if zh else ", ").join(s.format(it="它" if zh else "it") for s in plainly if s)
    if not read:
        return say(language, "nothing-changes")
    return say(language, "nothing-changes-read", read=plain(read))


def _music(tune: Tune) -> list[str]:
    """The lines of a tune that are no fields: what its bars say."""
    fields = {tune.source.count("\n", 0, f.span.start) for f in tune.fields if f.where == "header"}
    return [line for n, line in enumerate(tune.source.split("\n")) if n not in fields]


def _locked(session: Session, operation: Operation, language: str) -> tuple[Session, str]:
    """The session with a lock set or all of them taken away, and the sentence for it."""
    if operation.name == "unlock":
        said = say(language, "lock-gone" if session.locks else "no-lock")
        return replace(session, locks=()), said
    place = operation.place
    lock = Lock(place, operation.values.get("voice"))
    where = (
        bars_text(language, range(place.first, place.last + 1)) if place else say(language, "whole")
    )
    if lock.voice is not None and session.abc is not None:
        voice = next(v for v in parse_tune(session.abc).voices if v.id == lock.voice)
        named = say(language, "the-voice", name=plain(voice.name or voice.id))
        where = f"{named} ({where})" if place else named
    return replace(session, locks=(*session.locks, lock)), say(language, "lock-set", where=where)
