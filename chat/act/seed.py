"""A new tune that begins with the opening of a known one and goes on in its own way.

The opening is found (in the last list, by its title, in the open tune), moved to the key that is asked for, and
given to the model as the beginning of a tune; drafts are finished and checked like those of any new tune. That the
delivered tune begins with the very notes of the opening is compared before it is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from abc_tools.edit.registry import run
from abc_tools.parse import parse_tune
from abc_tools.styles import STYLES
from abc_tools.text import apply
from abc_tools.theory import parse_key, parse_meter
from abc_tools.tune import Tune
from abc_tools.validate import errors
from chat import shelf
from chat.act.compose import ATTEMPTS, DRAFTS, Draft, abc_of, finish
from chat.act.new_tunes import delivered
from chat.act.opening import FEW, USUAL, Opening, begun, in_key, opening_of, sounds
from chat.act.plan import DEFAULT_BARS, make_plan
from chat.act.seed_sayings import seeded
from chat.check import check
from chat.phrases import bars_text, key_name, plain, say, value_text
from chat.prompts import with_system
from chat.reasons import reason
from chat.reply import Progress, Reply
from chat.requirements import Wishes
from chat.understand.intents import Intent
from chat.understand.seeds import Seed
from lm.measures.choice import oddness_of
from lm.plan import Plan, plan_continue, read_sections
from lm.spelling import meter_text

if TYPE_CHECKING:
    from chat.turn import Turn

_BEGUN = ("voices", "words", "progression", "pickup", "chords", "key", "meter", "title", "rhythm")
"""Properties that the opening settles, or that the rest of a tune cannot be asked for."""


class NoOpening(ValueError):
    """There is no such opening, or it does not fit what else is asked; the text is for the user."""


@dataclass(frozen=True)
class Source:
    """The tune that an opening is taken from; `number` is its id in the catalogue, 0 for one of the conversation."""

    tune: Tune
    title: str
    source: str = ""
    licence: str = ""
    number: int = 0


def begin_from(intent: Intent, turn: Turn) -> Iterator[Progress | Reply]:
    """A new tune with the opening of a known one; the reply says which tune, which bars and what was moved."""
    from library import LibraryError

    assert intent.seed is not None, "an opening was asked for"
    language = turn.language
    yield Progress("searching")
    try:
        source = _source(intent.seed, turn)
        opening = _opening(source, intent.seed, intent.wishes, language)
    except NoOpening as error:
        yield Reply(str(error), turn.session, "refuse", error=str(error))
        return
    except LibraryError as error:
        said = say(language, "library-failed", why=reason(str(error), language))
        yield Reply(said, turn.session, "refuse", error=said)
        return
    original = opening.piece.key
    key = parse_key(intent.wishes.values.get("key", ""))
    opening = in_key(opening, key) if key is not None and key != original else opening
    yield Progress("composing")
    try:
        draft = _best(intent, turn, opening)
    except ValueError as error:
        said = seeded(language, "unreadable", title=plain(source.title), why=_why(error, language))
        yield Reply(said, turn.session, "refuse", error=said)
        return
    if draft is None:
        said = seeded(language, "failed")
        yield Reply(said, turn.session, "refuse", error=said)
        return
    how = seeded(language, "same")
    if opening.piece.key != original:
        moved = {"old": key_name(language, original), "new": key_name(language, opening.piece.key)}
        how = seeded(language, "moved", **moved)
    where = seeded(language, "from", source=plain(source.source)) if source.source else ""
    bars = bars_text(language, opening.bars)
    told = [seeded(language, "taken", bars=bars, title=plain(source.title), source=where, how=how,
                   next=opening.last + 1)]  # fmt: skip
    if source.licence:
        told.append(seeded(language, "licence", licence=plain(source.licence)))
    draft = replace(draft, tune=_noted(draft.tune, source, bars, language))
    yield from delivered(intent, turn, [draft], " ".join(told), source.number)


# -- which tune ---------------------------------------------------------------------------------------


def _source(seed: Seed, turn: Turn) -> Source:
    """The tune that is meant. NoOpening if there is none."""
    memory, language = turn.session.memory, turn.language
    if seed.title:
        return _titled(seed.title, turn)
    if not seed.place:
        if turn.tune is None:
            raise NoOpening(say(language, "no-tune"))
        return Source(turn.tune, turn.tune.title)
    listed = memory.choices or memory.found
    if not listed:
        raise NoOpening(seeded(language, "no-list"))
    place = seed.place if seed.place > 0 else len(listed)
    if place > len(listed):
        raise NoOpening(seeded(language, "no-place", count=len(listed)))
    if memory.choices:
        tune = parse_tune(turn.session.versions[listed[place - 1] - 1].abc)
        return Source(tune, tune.title)
    return _known(listed[place - 1])


def _known(number: int) -> Source:
    entry = shelf.shared().get(number)
    return Source(parse_tune(entry.text), entry.title, entry.source, entry.licence, number)


def _titled(title: str, turn: Turn) -> Source:
    """The tune of a title: of those listed first, then of the whole catalogue, the nearest title first."""
    from library import Query

    wanted = title.casefold()
    library = shelf.filled()
    for number in turn.session.memory.found:
        if wanted in (name.casefold() for name in library.get(number).titles):
            return _known(number)
    if turn.tune is not None and turn.tune.title.casefold() == wanted:
        return Source(turn.tune, turn.tune.title)
    found = library.search(Query(title=title), 20)
    if not found:
        raise NoOpening(seeded(turn.language, "no-title", title=plain(title)))
    best = min(found, key=lambda f: (f.title.casefold() != wanted, len(f.title), f.id))
    return _known(best.id)


# -- what of it -----------------------------------------------------------------------------------------


def _opening(source: Source, seed: Seed, wishes: Wishes, language: str) -> Opening:
    """The bars that are taken. NoOpening if they cannot be, or do not fit the meter or mode asked for."""
    title = plain(source.title)
    total = int(wishes.values.get("bars", DEFAULT_BARS))
    there = source.tune.bar_count
    if seed.bars > there:
        raise NoOpening(seeded(language, "too-short", title=title, all=there, bars=seed.bars))
    count = min(seed.bars or (USUAL if total > 2 * USUAL else FEW), there)
    if count >= total and "bars" in wishes.values:
        raise NoOpening(seeded(language, "too-long", bars=count, all=total))
    try:
        opening = opening_of(source.tune, count)
    except ValueError as error:
        why = _why(error, language)
        raise NoOpening(seeded(language, "unreadable", title=title, why=why)) from error
    _fits(opening, title, wishes, language)
    return opening


def _why(error: ValueError, language: str) -> str:
    return reason(str(error), language).rstrip(".。")


def _fits(opening: Opening, title: str, wishes: Wishes, language: str) -> None:
    """NoOpening where a meter or a mode is asked for that is not the opening's own."""
    own, values = opening.piece.meter, wishes.values
    style = STYLES.get(values.get("rhythm", ""))
    asked = [values["meter"]] if "meter" in values else list(style.meters) if style else []
    meters = [m for m in map(parse_meter, asked) if m is not None]
    if meters and not any(m.length == own.length and m.compound == own.compound for m in meters):
        raise NoOpening(seeded(language, "meter", title=title, old=meter_text(own), new=asked[0]))
    key = parse_key(values.get("key", ""))
    mode = key.mode if key is not None else values.get("mode", "")
    if mode and mode != opening.piece.key.mode:
        old = key_name(language, opening.piece.key)
        new, kept = (value_text(language, "mode", m) for m in (mode, opening.piece.key.mode))
        raise NoOpening(seeded(language, "mode", title=title, old=old, new=new, mode=kept))


# -- how it goes on ---------------------------------------------------------------------------------------


def _best(intent: Intent, turn: Turn, opening: Opening) -> Draft | None:
    """The draft that meets most and is least odd; None if none begins with the opening. ValueError where the
    opening does not fit the form.
    """
    wishes = intent.wishes
    head, plan = _planned(intent, turn, opening)
    start = sounds(parse_tune(head), len(opening.bars))
    rhythm = plan.properties.get("rhythm")
    for attempt in range(ATTEMPTS):
        texts: dict[int, str] = {}
        messages = with_system(plan.messages, turn.backend, "compose")
        for delta in turn.backend.generate(
            messages, grammar=plan.grammar, n=DRAFTS, seed=turn.seed + 7919 * attempt
        ):
            texts[delta.index] = texts.get(delta.index, "") + delta.text
        drafts = [d for text in texts.values() if (d := _finished(head, text, plan, wishes))]
        drafts = [d for d in drafts if sounds(d.tune, len(start)) == start]
        if drafts:
            return max(drafts, key=lambda d: (d.met, -oddness_of(d.tune.text, rhythm)))
    return None


def _planned(intent: Intent, turn: Turn, opening: Opening) -> tuple[str, Plan]:
    """The beginning as text, and what to ask the model."""
    piece, wishes = opening.piece, intent.wishes
    values = {**wishes.values, "key": piece.key.name, "meter": meter_text(piece.meter)}
    if "rhythm" not in values and piece.rhythm in STYLES:
        values["rhythm"] = piece.rhythm
    for name in ("progression", "pickup"):
        values.pop(name, None)
    if "bars" not in values and "form" not in values and "seconds" not in values:
        values["bars"] = str(max(DEFAULT_BARS, 4 * opening.last))
    known = dict(
        make_plan(intent.request, replace(wishes, values=values, words=""), turn.seed).properties
    )
    sizes = read_sections(known["sections"])
    if sizes[0].bars <= opening.last and "form" not in wishes.values:
        known["sections"] = f"A{sum(s.bars for s in sizes)}"
    head = begun(opening, known, chords=wishes.values.get("chords") != "no")
    asked = {k: v for k, v in known.items() if k not in _BEGUN}
    plan = plan_continue(parse_tune(head), intent.request, asked, turn.seed)
    return head, replace(plan, form=read_sections(known["sections"]))


def _finished(head: str, text: str, plan: Plan, wishes: Wishes) -> Draft | None:
    """The opening and what was written behind it as a tune, with chords where they are wanted and there are none."""
    body = text if not text.lstrip().startswith(("X:", "```")) else ""
    whole = plan.finish(head + body) if body else plan.finish(abc_of(text))
    draft = finish(whole, wishes)
    if draft is None or wishes.values.get("chords", "no") == "no":
        return draft
    if any(e.chord_symbol for m in draft.tune.measures for e in m.events):
        return draft
    try:
        tune = parse_tune(apply(draft.tune.source, run(draft.tune, "add-chords", {})))
    except ValueError:
        return draft  # the requirement is then listed as not met
    return (
        draft
        if errors(tune)
        else replace(draft, tune=tune, requirements=check(tune, wishes.values))
    )


def _noted(tune: Tune, source: Source, bars: str, language: str) -> Tune:
    """The tune with a `%` line that says where its opening is from, for whoever gets the file."""
    name = "comment" if source.source else "comment-own"
    line = seeded(language, name, bars=bars, title=source.title, source=source.source)
    line = re.sub(r"[%\\\r\n]", " ", line)
    return parse_tune(re.sub(r"(?m)^(?=K:)", lambda _: f"% {line}\n", tune.source, count=1))
