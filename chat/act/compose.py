"""A new tune from wishes: plan, drafts under the grammar, mending, checking, choosing.

Requirements shape the plan that `lm` turns into a prompt and a grammar; several drafts are written side
by side; each is repaired if need be, mended where code can, and checked; the one that meets most, and is
least odd, is taken. A fixed number of attempts, never a loop until it works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from abc_tools.analyse import chord_at
from abc_tools.edit import all_measures
from abc_tools.parse import parse
from abc_tools.repair import repair
from abc_tools.spelling import changed_only, respell
from abc_tools.text import apply
from abc_tools.tune import Tune
from abc_tools.validate import errors
from chat.act.drills import drill
from chat.act.finish import mended
from chat.act.plan import make_plan
from chat.act.voicing import clashes
from chat.check import check
from chat.phrases import language_of
from chat.prompts import with_system
from chat.reply import Progress
from chat.requirements import Requirement, Wishes
from lm.generate import Backend, BackendError
from lm.measures.choice import oddness_of

ATTEMPTS = 2
DRAFTS = 8
"""Written side by side: eight take 1.4 times as long as four."""


@dataclass(frozen=True)
class Draft:
    """A candidate after mending; `raw_valid` says whether it was valid before."""

    tune: Tune
    requirements: tuple[Requirement, ...]
    raw_valid: bool

    @property
    def met(self) -> int:
        """How many requirements it meets."""
        return sum(bool(r.met) for r in self.requirements)


@dataclass(frozen=True)
class Composed:
    """The draft that was taken (None: no valid one) and figures for the benchmarks."""

    draft: Draft | None
    drafts: int = 0
    raw_valid: int = 0


def compose(
    message: str, wishes: Wishes, backend: Backend, seed: int
) -> Iterator[Progress | Composed]:
    """Write a tune; yields progress with drawable drafts, then one `Composed`.

    A second attempt is made only if no draft meets everything that can be met; if the model fails in
    it, the best of the first stands.
    """
    if "exercise" in wishes.values:
        yield Composed(finish(drill(wishes, language_of(message)), wishes), 1, 1)
        return
    best: Draft | None = None
    total = valid = 0
    for attempt in range(ATTEMPTS):
        texts: dict[int, str] = {}
        try:
            yield from _write(message, wishes, backend, seed + 7919 * attempt, texts)
        except BackendError:
            if best is None:
                raise
            break
        yield Progress("checking")
        for text in texts.values():
            total += 1
            draft = finish(text, wishes)
            if draft is None:
                continue
            valid += draft.raw_valid
            if best is None or _rank(draft, wishes) > _rank(best, wishes):
                best = draft
        if best is not None and best.met >= _reachable(best):
            break
    yield Composed(best, total, valid)


def _write(
    message: str, wishes: Wishes, backend: Backend, seed: int, texts: dict[int, str]
) -> Iterator[Progress]:
    """Fill `texts` with finished drafts; the first one is shown while it is written."""
    plan = make_plan(message, wishes, seed)
    yield Progress("composing")
    messages = with_system(plan.messages, backend, "compose")
    for delta in backend.generate(messages, grammar=plan.grammar, n=DRAFTS, seed=seed):
        texts[delta.index] = texts.get(delta.index, "") + delta.text
        if delta.index == 0 and "|" in delta.text:
            yield Progress("composing", abc=partial(texts[0]))
    for index, text in texts.items():
        texts[index] = plan.finish(abc_of(text))


STILL = 0.7
"""Share of bars on the tonic's chord from which a harmony stands still."""


def _stands_still(draft: Draft, wishes: Wishes) -> bool:
    """Whether nearly all chords are the tonic's, where nobody asked for certain ones."""
    tune = draft.tune
    if {"progression", "scale", "pitches"} & set(wishes.values) or not tune.key.tonic:
        return False
    roots = [chord.root_class for _, _, chord in chord_at(tune)]
    return len(roots) > 4 and roots.count(tune.key.pitch_class) > STILL * len(roots)


def _rank(draft: Draft, wishes: Wishes) -> tuple[float, ...]:
    if "canon" in wishes.values:
        return (
            draft.met,
            -clashes(draft.tune),
        )  # whatever its line is like, its voices have to agree
    return (
        draft.met,
        -_stands_still(draft, wishes),
        -oddness_of(draft.tune.text, wishes.values.get("rhythm")),
    )


def _reachable(draft: Draft) -> int:
    """Requirements that another attempt could meet; words are set after the notes."""
    return sum(r.name != "lyrics" for r in draft.requirements)


def abc_of(text: str) -> str:
    """The tune inside an answer: a fenced block, or from `X:` on; instruction models add prose."""
    fence = re.search(r"```(?:abc)?\s*\n(.*?)(?:```|$)", text, re.DOTALL)
    if fence:
        text = fence[1]
    start = re.search(r"(?m)^X:", text)
    return text[start.start() :] if start else text


def partial(text: str) -> str | None:
    """The part of an unfinished answer that can be drawn: up to its last barline."""
    text = abc_of(text)
    body = re.search(r"(?m)^K:.*\n", text)
    if body is None or "|" not in text[body.end() :]:
        return None
    return text[: text.rindex("|") + 1] + "\n"


def finish(text: str, wishes: Wishes) -> Draft | None:
    """A candidate made deliverable: repair, mending by code, unambiguous accidentals; None if it cannot be."""
    raw = parse(text).tunes
    raw_valid = bool(raw) and not errors(raw[0])
    repaired = repair(text if text.endswith("\n") else text + "\n")
    if not repaired.valid:
        return None
    tune = mended(parse(unambiguous(repaired.abc)).tunes[0], wishes)
    assert not errors(tune), "mending keeps a tune valid"
    return Draft(tune, check(tune, wishes.values), raw_valid)


def unambiguous(text: str) -> str:
    """Accidentals that two readings of ABC would take differently written out, needless ones dropped."""
    tune = parse(text).tunes[0]
    edits = [
        e
        for m in all_measures(tune)
        for e in respell(m, m.key, lambda note: note.written, keep_signs=False)
    ]
    return apply(text, changed_only(text, edits))
