"""New tunes for a message: one, or several to choose from; ideas before notes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.tune import Tune
from abc_tools.validate import errors
from chat import ideas as inspiration
from chat import shelf
from chat.act.change import Change, Context
from chat.act.compose import Composed, Draft, compose
from chat.act.extras import Extras, with_extras
from chat.act.history import note
from chat.act.plan import in_minor
from chat.act.rewrite import CannotChange
from chat.act.sing import write_words
from chat.act.sing_rounds import repeated
from chat.act.sung_lines import line_words
from chat.check import check
from chat.explain import comments, describe, heading
from chat.incoming import NoTune, open_tune
from chat.phrases import (
    key_name,
    plain,
    requirement_name,
    say,
    style_name,
    tempo_text,
    value_text,
)
from chat.reply import Progress, Reply
from chat.requirements import MAX_TUNES, Wishes
from chat.sayings import requirement_list
from chat.understand.intents import Intent
from chat.understand.operation import Operation
from chat.understand.wishes import read
from lm.verse import sung_lines

if TYPE_CHECKING:
    from chat.turn import Turn


def compose_tunes(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """As many tunes as were asked for; several become versions to choose from."""
    wishes, language = intent.wishes, turn.language
    drafts: list[Draft] = []
    for number in range(wishes.count):
        composed: Composed | None = None
        for item in compose(intent.request, wishes, turn.backend, turn.seed + 104_729 * number):
            if isinstance(item, Composed):
                composed = item
            else:
                yield item
        assert composed is not None, "composing ends with a result"
        if composed.draft is not None:
            drafts.append(composed.draft)
    if not drafts:
        said = say(language, "failed-compose", why="")
        yield Reply(said, turn.session, "refuse", error=said)
        return
    yield from delivered(intent, turn, drafts)


def delivered(
    intent: Intent, turn: Turn, drafts: list[Draft], told: str = "", known: int = 0
) -> Iterator[Progress | Reply]:
    """Drafts with words and comments, as the reply to a message; `told` is said of the first one besides.

    `known` is a tune of the catalogue that it is said to begin like.
    """
    wishes, language = intent.wishes, turn.language
    finished: list[Draft] = []
    beside: list[str] = []
    for number, draft in enumerate(drafts):
        for step in _with_words(draft, wishes, turn):
            if isinstance(step, Draft):
                draft = step
            else:
                yield step
        extras = Extras(draft.tune)
        context = Context(turn.backend, turn.message, language, turn.seed)
        for item in with_extras(draft.tune, "" if told else intent.request, context, wishes.values):
            if isinstance(item, Extras):
                extras = item
            else:
                yield item
        if extras.longer and "bars" in wishes.values:  # an intro comes to the bars
            wishes.values["bars"] = str(int(wishes.values["bars"]) + extras.longer)
        draft = replace(draft, tune=extras.tune, requirements=check(extras.tune, wishes.values))
        finished.append(_commented(draft, wishes, language))
        if not number:
            beside = [told, *_beside(extras, language)]
    yield _reply(intent, turn, finished, beside, known)


def _beside(extras: Extras, language: str) -> list[str]:
    """What is said of the parts of a wish that the requirements do not list."""
    said = list(extras.said)
    said += [say(language, "wish-failed", said=plain(p), why=why) for p, why in extras.failed]
    if extras.aside:
        quoted = ("”, “" if language == "en" else "”、“").join(plain(a) for a in extras.aside)
        said.append(say(language, "wish-aside", said=quoted))
    return said


def _with_words(draft: Draft, wishes: Wishes, turn: Turn) -> Iterator[Progress | Draft]:
    """The draft with words under it, where words are wanted and none were given."""
    wanted = wishes.values.get("lyrics", "no")
    if wanted == "no":
        yield draft
        return
    context = Context(turn.backend, turn.message, turn.language, turn.seed)
    values = {
        "theme": wishes.values.get("theme", ""),
        "language": wanted if wanted in ("en", "zh") else "",
        "must": "\n".join(wishes.must),
        "rhyme": wishes.details.get("rhyme", ""),
        "given": wishes.words,
        "begin": wishes.details.get("words-begin", ""),
    }
    tune = draft.tune
    if word := wishes.details.get("refrain"):
        tune = repeated(tune, word)
        yield replace(draft, tune=tune, requirements=check(tune, wishes.values))
        return
    for verse in range(1, int(wishes.details.get("verses", "1")) + 1):
        asked = {k: v for k, v in values.items() if v} | (
            {"verse": str(verse), "begin": ""} if verse > 1 else {}
        )
        try:
            for item in write_words(tune, asked, replace(context, seed=turn.seed + verse)):
                if isinstance(item, Change):
                    tune = item.tune
                else:
                    yield item
        except CannotChange:
            break  # the requirement is then listed as not met
    if row := wishes.details.get("chorus-words"):
        tune = _chorus_begins(tune, row, context)
    yield replace(draft, tune=tune, requirements=check(tune, wishes.values))


def _chorus_begins(tune: Tune, words: str, context: Context) -> Tune:
    """The tune with given words at the beginning of each chorus, where they fit its line; else as it is."""
    lines = sung_lines(tune)
    names = [s.label or "" for s in lines]
    for at, name in enumerate(names):
        if re.match(r"(?i)chorus|b\b|副歌", name) and (
            not at or lines[at - 1].section != lines[at].section
        ):
            asked = Operation("line-words", {"line": str(at + 1), "text": words})
            try:
                for item in line_words(tune, asked, context):
                    if isinstance(item, Change):
                        tune = item.tune
            except CannotChange:
                continue
    return tune


def _commented(draft: Draft, wishes: Wishes, language: str) -> Draft:
    """The draft with `%` lines, which every tool reads over: what was asked for, and its sections."""
    tune = parse_tune(apply(draft.tune.source, comments(draft.tune, language)))
    if wishes.values:
        name = "Asked for: " if language == "en" else "要求："
        listed = "; ".join(
            f"{requirement_name(language, k)}: {value_text(language, k, v)}"
            for k, v in wishes.values.items()
        )
        line = re.sub(r"[%\\\r\n]", " ", name + listed)
        tune = parse_tune(re.sub(r"(?m)^(?=K:)", lambda _: f"% {line}\n", tune.source, count=1))
    if errors(tune):
        return draft
    return replace(draft, tune=tune, requirements=check(tune, wishes.values))


def _reply(intent: Intent, turn: Turn, drafts: list[Draft], beside: list[str], known: int) -> Reply:
    wishes, language, session = intent.wishes, turn.language, turn.session
    parent = session.current
    asked = tuple(wishes.values.items())
    numbers = []
    for draft in drafts:
        text = draft.tune.text
        session = session.add(
            text, note(turn.message), tuple(draft.tune.bar_numbers), asked, parent
        )
        numbers.append(len(session.versions))
    session = session.go_to(numbers[0]) if len(numbers) > 1 else session
    session = session.remember(
        request=intent.request, choices=tuple(numbers) if len(numbers) > 1 else (), operations=(),
        before=None, place=None, ideas=(), found=session.memory.found if known else (),
    )  # fmt: skip
    first = drafts[0]
    said = []
    if len(drafts) > 1:
        said.append(say(language, "choices", count=len(drafts)))
        said.append(
            "\n".join(
                f"{n}. **{plain(d.tune.title)}** — {heading(d.tune, language)}"
                for n, d in enumerate(drafts, 1)
            )
        )
        said += [f"```abc\n{d.tune.text.strip()}\n```" for d in drafts]
        if "too-many" in wishes.details:
            said.append(say(language, "too-many", limit=MAX_TUNES))
    else:
        said.append(
            say(
                language,
                "composed",
                title=plain(first.tune.title),
                facts=describe(first.tune, language),
            )
        )
        if wishes.mood or wishes.genre or len(wishes.values) < 2:
            said.append(say(language, "plan", what=_plan(first.tune, wishes, language)))
    said.append(requirement_list(language, first.requirements))
    said += beside
    said.append(shelf.closeness(first.tune, language, known))
    return Reply("\n\n".join(p for p in said if p), session, "compose", True, first.requirements)


def _plan(tune: Tune, wishes: Wishes, language: str) -> str:
    """The musical plan that a mood or a theme became: what was chosen and not asked for."""
    parts = []
    if tune.field("R") is not None and "rhythm" not in wishes.values:
        parts.append(style_name(language, tune.field("R").value))  # type: ignore[union-attr]
    if "key" not in wishes.values and tune.key.tonic:
        parts.append(key_name(language, tune.key))
    if "meter" not in wishes.values and tune.meter is not None:
        parts.append(tune.meter.text if language == "en" else f"{tune.meter.text}拍")
    if not wishes.values.get("tempo", "").isdigit():
        parts.append(tempo_text(tune.tempo.beat, tune.tempo.bpm))
    if "bars" not in wishes.values:
        parts.append(f"{tune.bar_count} bars" if language == "en" else f"{tune.bar_count}小节")
    for name in ("scale", "progression"):
        if name in wishes.implied and name not in wishes.values:
            said = wishes.implied[name]
            if name == "progression" and tune.key.minor_third and "scale" not in wishes.implied:
                said = in_minor(said)
            parts.append(value_text(language, name, said))
    return (", " if language == "en" else "，").join(parts)


def choose(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """One of the tunes or ideas that were offered."""
    session, language, memory = turn.session, turn.language, turn.session.memory
    if memory.choices and intent.number <= len(memory.choices):
        new = session.go_to(memory.choices[intent.number - 1])
        assert new.abc is not None, "a version has a text"
        title = plain(parse_tune(new.abc).title)
        yield Reply(
            say(language, "chosen", number=intent.number, title=title), new, "compose", True
        )
        return
    if memory.found and not memory.ideas:
        yield from _open_known(memory.found[min(intent.number, len(memory.found)) - 1], turn)
        return
    request = memory.ideas[min(intent.number, len(memory.ideas)) - 1]
    yield from compose_tunes(replace(intent, wishes=read(request), request=request), turn)


def _open_known(number: int, turn: Turn) -> Iterator[Progress | Reply]:
    """A tune of the catalogue, opened as a new version."""
    from library import LibraryError

    try:
        entry = shelf.shared().get(number)
        session, said = open_tune(turn.session, entry.text, turn.language)
    except (LibraryError, NoTune) as error:
        yield Reply(str(error), turn.session, "refuse", error=str(error))
        return
    # Opening it tells a little of what is liked, to this conversation only.
    session = session.remember(liked=(*session.memory.liked, (number, "play")))
    yield Reply(said, session, "edit", changed=True)


def ideas(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """Ideas before notes: requests that can be taken as they are."""
    found = inspiration.ideas(turn.message, turn.language, turn.seed)
    lines = [say(turn.language, "ideas"), *(f"{n}. {idea}" for n, idea in enumerate(found, 1))]
    session = turn.session.remember(ideas=found, choices=())
    yield Reply("\n".join(lines), session, "answer", suggestions=found[:3])
