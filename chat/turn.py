"""One message, end to end: understand, act, check, answer. One turn is one function on this page.

`respond` yields `Progress` while it works and, last, exactly one `Reply`. No agent loop, no unbounded
retry; what cannot be understood or met gets a question or a plain refusal and the tune stays.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from abc_tools.metrics import changed_bars
from abc_tools.parse import parse
from abc_tools.sections import sections
from abc_tools.tune import Tune
from abc_tools.validate import Diagnostic, validate
from chat import explain
from chat.changes import CannotChange, Change, carry_out, rewrite
from chat.compose import Composed, compose
from chat.incoming import NoTune, extract, open_tune
from chat.intent import Intent, understand
from chat.phrases import bars_text, language_of, plain, say
from chat.reply import Progress, Reply
from chat.requirements import MAX_BARS
from chat.session import Selection, Session
from chat.target import NoTarget, Target
from lm.generate import Backend, BackendError

MESSAGE_LIMIT = 4000
NOTE_LENGTH = 60


def respond(
    session: Session,
    message: str,
    *,
    backend: Backend,
    selection: Selection | None = None,
    abc: str | None = None,
    seed: int | None = None,
    language: str | None = None,
) -> Iterator[Progress | Reply]:
    """Answer one message. `abc` is opened first; `selection` scopes the message to its bars.

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
            yield Reply(opened, session, "edit", changed=True, diagnostics=_diagnostics(session),
                        suggestions=_suggestions(language, session))  # fmt: skip
            return
    if len(message) > MESSAGE_LIMIT:
        said = say(language, "too-long", count=len(message), limit=MESSAGE_LIMIT)
        yield Reply(said, session, "refuse", error=said)
        return
    chosen = _selected(session, selection)
    intent = understand(message, _tune(session), chosen)
    try:
        for item in _act(intent, session, message, backend, seed, language):
            if isinstance(item, Reply) and opened:
                item = _with_opening(item, opened)
            yield item
    except BackendError as error:
        yield Reply(str(error), session, "refuse", error=str(error))


def _act(
    intent: Intent,
    session: Session,
    message: str,
    backend: Backend,
    seed: int | None,
    language: str,
) -> Iterator[Progress | Reply]:
    """Do what the intent says; the last item is the reply."""
    seed = random.SystemRandom().randrange(2**31) if seed is None else seed
    if intent.kind == "compose":
        yield from _compose(intent, session, message, backend, seed, language)
    elif intent.kind == "edit":
        yield from _edit(intent, session, message, backend, seed, language)
    elif intent.kind == "history":
        yield _history(intent, session, language)
    elif intent.kind == "analyse":
        yield _analyse(intent, session, language)
    elif intent.kind == "recommend":
        yield Reply(say(language, "recommend-not-yet"), session, "recommend")
    else:
        yield _question(intent, session, language)


def _compose(
    intent: Intent, session: Session, message: str, backend: Backend, seed: int, language: str
) -> Iterator[Progress | Reply]:
    composed: Composed | None = None
    for item in compose(message, intent.wishes, backend, seed):
        if isinstance(item, Composed):
            composed = item
        else:
            yield item
    assert composed is not None, "composing ends with a result"
    if composed.draft is None:
        said = say(language, "failed-compose", why="")
        yield Reply(said, session, "refuse", error=said)
        return
    draft = composed.draft
    tune = draft.tune
    session = session.add(tune.text, _note(message), tuple(tune.bar_numbers))
    parts = [say(language, "composed", title=plain(tune.title),
                 facts=explain.facts(language, tune)),
             explain.requirement_list(language, draft.requirements)]  # fmt: skip
    yield Reply("\n\n".join(p for p in parts if p), session, "compose", True, draft.requirements,
                diagnostics=_diagnostics(session), suggestions=_suggestions(language, session))  # fmt: skip


def _edit(
    intent: Intent, session: Session, message: str, backend: Backend, seed: int, language: str
) -> Iterator[Progress | Reply]:
    before = _tune(session)
    assert before is not None, "edits are understood only when there is a tune"
    if isinstance(intent.target, NoTarget):
        yield _no_target(intent.target, before, session, language)
        return
    yield Progress("editing")
    tune, said = before, []
    try:
        for operation in intent.operations:
            if operation.kind == "rewrite":
                change = None
                for item in rewrite(
                    tune, _whole(tune, intent.target), message, backend, seed, language
                ):
                    if isinstance(item, Change):
                        change = item
                    else:
                        yield item
                assert change is not None, "rewriting ends with a change or raises"
            else:
                change = carry_out(tune, operation, intent.target, language)
            if change.tune.source != tune.source:
                said.append(change.said)
            tune = change.tune
    except CannotChange as error:
        text = say(language, "failed-edit", why=str(error).rstrip("."))
        yield Reply(text, session, "refuse", error=text)
        return
    if tune.source == before.source:
        yield Reply(
            say(language, "nothing-changes"),
            session,
            "edit",
            suggestions=_suggestions(language, session),
        )
        return
    bars = changed_bars(before, tune)
    if intent.target is not None and intent.target.name not in ("", "selection"):
        said.insert(0, _named_bars(intent.target, language))
    said.append(say(language, "changed-bars", bars=bars_text(language, bars)) if bars
                else say(language, "changed-nothing-heard"))  # fmt: skip
    session = session.add(tune.source, _note(message), bars)
    yield Reply("\n\n".join(said), session, "edit", True, diagnostics=_diagnostics(session),
                suggestions=_suggestions(language, session))  # fmt: skip


def _history(intent: Intent, session: Session, language: str) -> Reply:
    name, number = intent.history
    if not session.versions:
        return Reply(say(language, "no-tune"), session, "edit")
    if name == "undo":
        new, done, nothing = session.undo(), "undone", "nothing-to-undo"
    elif name == "redo":
        new, done, nothing = session.redo(), "redone", "nothing-to-redo"
    else:
        if not 1 <= number <= len(session.versions):
            said = say(language, "no-version", number=number, count=len(session.versions))
            return Reply(said, session, "edit", error=said)
        new, done, nothing = session.go_to(number), "went", "went"
    version = new.version
    assert version is not None, "there are versions"
    if new.current == session.current and name != "version":
        return Reply(
            say(language, nothing), session, "edit", suggestions=_suggestions(language, session)
        )
    said = say(language, done, number=version.number, note=plain(version.note))
    return Reply(said, new, "edit", changed=new.abc != session.abc, diagnostics=_diagnostics(new),
                 suggestions=_suggestions(language, session))  # fmt: skip


def _analyse(intent: Intent, session: Session, language: str) -> Reply:
    tune = _tune(session)
    if intent.topic.startswith("mode:"):
        said = explain.mode_answer(language, intent.topic.removeprefix("mode:"), tune)
        return Reply(said, session, "answer" if tune is None else "analyse")
    if tune is None or not any(e.notes for m in tune.measures for e in m.events):
        return Reply(say(language, "no-tune"), session, "answer")
    if isinstance(intent.target, NoTarget):
        return _no_target(intent.target, tune, session, language)
    if intent.topic == "key" and intent.target is None:
        said = explain.key_answer(language, tune)
    elif intent.topic == "bars":
        said = explain.bars_answer(language, tune)
    elif intent.target is not None:
        said = explain.bar_answer(language, tune, intent.target.first, intent.target.last)
    else:
        said = say(
            language, "analysis", title=plain(tune.title), facts=explain.facts(language, tune)
        )
    return Reply(said, session, "analyse", suggestions=_suggestions(language, session))


def _question(intent: Intent, session: Session, language: str) -> Reply:
    """Ask back, refuse or help; nothing changes."""
    help_ = say(language, "help")
    code, said = intent.problem
    if intent.kind == "answer":
        help_ = say(language, "glad") if intent.topic == "praise" else help_
        return Reply(help_, session, "answer", suggestions=_suggestions(language, session))
    values = {"said": plain(said), "limit": MAX_BARS, "help": help_, "what": plain(said),
              "example": "G major" if language == "en" else "G大调",
              **{k: plain(v) for k, v in intent.details.items()}}  # fmt: skip
    text = say(language, code or "not-understood", **values)
    return Reply(text, session, "refuse", error=text)


# -- helpers ----------------------------------------------------------------------------------


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


def _whole(tune: Tune, target: Target | NoTarget | None) -> Target:
    if isinstance(target, Target):
        return target
    return Target(1, max(tune.bar_count, 1))


def _no_target(found: NoTarget, tune: Tune, session: Session, language: str) -> Reply:
    names = ", ".join(f"{plain(s.label)} ({bars_text(language, range(s.first, s.last + 1))})"
                      for s in sections(tune))  # fmt: skip
    low = 0 if 0 in tune.bar_numbers else 1
    said = say(language, found.code, said=plain(found.said), low=low, sections=names)
    return Reply(said, session, "refuse", error=said)


def _named_bars(target: Target, language: str) -> str:
    bars = bars_text(language, range(target.first, target.last + 1))
    return say(language, "bridge-note", name=plain(target.name), bars=bars)


def _note(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= NOTE_LENGTH else line[: NOTE_LENGTH - 1] + "…"


def _diagnostics(session: Session) -> tuple[Diagnostic, ...]:
    tune = _tune(session)
    return tuple(d for d in validate(tune) if d.severity != "info") if tune else ()


def _with_opening(reply: Reply, opened: str) -> Reply:
    return replace(reply, text=f"{opened}\n\n{reply.text}", changed=True)


def _suggestions(language: str, session: Session) -> tuple[str, ...]:
    """What one might ask next: all of it things that can be done with this tune."""
    english = language == "en"
    tune = _tune(session)
    if tune is None:
        return _FIRST[language]
    major = tune.key.minor_third
    mode = ("major" if major else "minor") if english else ("大调" if major else "小调")
    first = f"make the second half {mode}" if english else f"把后半部分改成{mode}"
    return (first, *_NEXT[language])


_FIRST = {
    "en": ("a lively jig in G major, 16 bars, with chords", "a slow waltz in D minor"),
    "zh": ("一首欢快的G大调吉格舞曲，16小节，带和弦", "D小调慢圆舞曲"),
}
_NEXT = {
    "en": ("transpose it up a tone", "rewrite the last four bars", "analyse it"),
    "zh": ("升高一个全音", "重写最后四小节", "分析一下"),
}
