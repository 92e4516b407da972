"""Going back and forth between versions, and saying which there are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from abc_tools.parse import parse_tune
from abc_tools.tune import Tune
from chat.act.change import Change, Context, Steps
from chat.act.rewrite import CannotChange
from chat.phrases import bars_text, plain, say
from chat.reply import Progress, Reply
from chat.session import Session, Version
from chat.understand.intents import Intent
from chat.understand.operation import Operation

if TYPE_CHECKING:
    from chat.turn import Turn

NOTE_LENGTH = 60


def travel(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """Undo, redo, a version by number, or the list of them."""
    step, session, language = intent.step, turn.session, turn.language
    assert step is not None, "a history intent has a step"
    if not session.versions:
        yield Reply(say(language, "no-tune"), session, "edit")
        return
    if step.kind == "list":
        yield Reply(_list(session, language), session, "answer")
        return
    if step.kind == "missing":
        said = (
            say(language, "missing-version", said=plain(step.said))
            + "\n\n"
            + _list(session, language)
        )
        yield Reply(said, session, "edit", error=said)
        return
    if step.kind == "undo":
        new, done, nothing = session.undo(max(1, step.number)), "undone", "nothing-to-undo"
    elif step.kind == "redo":
        new, done, nothing = session.redo(), "redone", "nothing-to-redo"
    else:
        if not 1 <= step.number <= len(session.versions):
            said = say(language, "no-version", number=step.number, count=len(session.versions))
            yield Reply(said, session, "edit", error=said)
            return
        new, done, nothing = session.go_to(step.number), "went", "went"
    version = new.version
    assert version is not None, "there are versions"
    if new.current == session.current and step.kind != "version":
        yield Reply(say(language, nothing), session, "edit")
        return
    undone = session.memory.operations if step.kind == "undo" and step.number <= 1 else ()
    new = new.remember(operations=(), before=None, undone=undone, choices=())
    said = say(language, done, number=version.number, note=plain(version.note))
    yield Reply(said, new, "edit", changed=new.abc != session.abc)


def bring_back(tune: Tune, operation: Operation, context: Context) -> Steps:
    """One step of before taken back, while what came after it stays (`understand.without_step` merges)."""
    if operation.name == "came-later":
        values = {"what": plain(operation.values["what"]), "number": operation.values["number"]}
        raise CannotChange(say(context.language, "came-later", **values))
    new = parse_tune(operation.values["abc"])
    yield Change(new, say(context.language, "without-step", what=plain(operation.values["what"])))


def _list(session: Session, language: str) -> str:
    lines = [say(language, "versions", count=len(session.versions))]
    lines += [
        _line(version, version.number == session.current, language) for version in session.versions
    ]
    return "\n".join(lines)


def _line(version: Version, current: bool, language: str) -> str:
    changed = (
        f" ({bars_text(language, version.changed)})" if version.changed and version.parent else ""
    )
    return f"{version.number}. {plain(version.note)}{changed}{' ←' if current else ''}"


def note(message: str) -> str:
    """A message as the note of the version it made: one line, shortened."""
    line = " ".join(message.split())
    return line if len(line) <= NOTE_LENGTH else line[: NOTE_LENGTH - 1] + "…"
