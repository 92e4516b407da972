"""Edits asked for in words, carried out by `abc_tools.edit`; what needs taste is written by the model.

Each change touches only the bars it was asked for: that the rest is byte-identical is asserted here,
where it happens. The bars that changed are computed from the notes afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from abc_tools import edit
from abc_tools.canonical import UNIT, canonical
from abc_tools.metrics import changed_bars
from abc_tools.parse import parse, parse_tune
from abc_tools.repair import repair
from abc_tools.spelling import length_text
from abc_tools.text import Edit, Span, apply
from abc_tools.theory import Interval, Key, key_interval, parse_key
from abc_tools.tokens import Kind, tokenize
from abc_tools.tune import Measure, Tune
from abc_tools.validate import errors
from abc_tools.values import length_value
from chat.operations import Operation
from chat.phrases import bars_text, key_name, plain, say, tempo_text
from chat.prompts import with_system
from chat.reply import Progress
from chat.target import Target
from lm.generate import Backend
from lm.measures.statistics import strangeness_of
from lm.plan import fill_targets, plan_fill
from lm.plan.view import view as model_view

DRAFTS = 6
INTERVAL_NAMES = {
    1: ("a semitone", "半音"), 2: ("a whole tone", "全音"), 3: ("a minor third", "小三度"),
    4: ("a major third", "大三度"), 5: ("a perfect fourth", "纯四度"), 6: ("a tritone", "三全音"),
    7: ("a perfect fifth", "纯五度"), 8: ("a minor sixth", "小六度"), 9: ("a major sixth", "大六度"),
    10: ("a minor seventh", "小七度"), 11: ("a major seventh", "大七度"), 12: ("an octave", "八度"),
}  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A tune after one operation and the sentence that says what was done."""

    tune: Tune
    said: str


class CannotChange(ValueError):
    """The operation cannot be done; the text is for the user."""


def carry_out(tune: Tune, operation: Operation, target: Target | None, language: str) -> Change:
    """Do one operation that has one right answer. CannotChange says why it cannot be done."""
    measures = None if target is None else targeted(tune, target)
    try:
        edits, said = _DOERS[operation.kind](tune, operation, target, measures, language)
    except ValueError as error:
        raise CannotChange(str(error)) from error
    text = apply(tune.source, edits)
    if measures is not None:
        assert_local(tune, edits, measures)
    new = parse_tune(text)
    if len(errors(new)) > len(errors(tune)):
        raise CannotChange(errors(new)[0].message)
    return Change(new, said)


def targeted(tune: Tune, target: Target) -> list[Measure]:
    """The measures that a target means."""
    return edit.select(tune, target.first, target.last, pickup=target.section)


def assert_local(tune: Tune, edits: list[Edit], measures: list[Measure]) -> None:
    """Every edit lies inside the bars that were asked for: the promise that edits are local."""
    for change in edits:
        inside = any(m.span.contains(change.span) for m in measures)
        assert inside, f"an edit at {change.span} lies outside the bars that were asked for"


Doer = Callable[[Tune, Operation, Target | None, list[Measure] | None, str], tuple[list[Edit], str]]


def where(target: Target | None, language: str) -> str:
    """The bars of a target in words."""
    if target is None:
        return say(language, "whole")
    return bars_text(language, range(target.first, target.last + 1))


def _transpose(
    tune: Tune, operation: Operation, target: Target | None, measures: list[Measure] | None,
    language: str,
) -> tuple[list[Edit], str]:  # fmt: skip
    interval = operation.interval or Interval(0, 0)
    edits = edit.transpose(tune, interval, measures)
    key = ""
    if measures is None and tune.key.tonic:
        new = tune.key.transposed(interval)
        key = say(language, "new-key", key=key_name(language, new))
    said = say(
        language, "transposed", where=where(target, language), interval=_interval(interval, language),
        direction=say(language, "up" if interval.semitones > 0 else "down"), key=key,
    )  # fmt: skip
    return edits, said


def _interval(interval: Interval, language: str) -> str:
    size = abs(interval.semitones)
    names = INTERVAL_NAMES.get(size)
    if names:
        return names[language == "zh"]
    return f"{size} semitones" if language == "en" else f"{size}个半音"


def _key(
    tune: Tune, operation: Operation, target: Target | None, measures: list[Measure] | None,
    language: str,
) -> tuple[list[Edit], str]:  # fmt: skip
    if not tune.key.tonic:
        raise ValueError(say(language, "not-understood", help=say(language, "help")))
    new = parse_key(operation.value)
    assert new is not None, "operations name keys that exist"
    if len(operation.value.split()) == 1:
        new = Key(new.tonic, new.alter, (measures[0].key if measures else tune.key).mode)
    home = tune.key

    def to(old: Key) -> Key:
        return new if measures is not None or old == home else _along(old, home, new)

    edits = edit.set_key(tune, to, measures)
    return edits, say(language, "keyed", where=where(target, language), key=key_name(language, new))


def _along(old: Key, home: Key, new: Key) -> Key:
    """Where a key inside the tune goes when the home key goes to `new`."""
    return old.transposed(key_interval(home, new))


def _mode(
    tune: Tune, operation: Operation, target: Target | None, measures: list[Measure] | None,
    language: str,
) -> tuple[list[Edit], str]:  # fmt: skip
    edits = edit.set_mode(tune, operation.value, measures)
    old = measures[0].key if measures else tune.key
    many = target is not None and target.first != target.last
    words = where(target, language)
    said = say(language, "moded" if many else "moded-one", where=words[0].upper() + words[1:],
               key=key_name(language, old.with_mode(operation.value)))  # fmt: skip
    return edits, said


def _tempo(
    tune: Tune, operation: Operation, target: Target | None, measures: list[Measure] | None,
    language: str,
) -> tuple[list[Edit], str]:  # fmt: skip
    beat = tune.tempo.beat if tune.tempo.explicit else edit.felt_beat(tune)
    before = tune.tempo.bpm * tune.tempo.beat / beat
    if operation.value.isdigit():
        bpm = int(operation.value)
    elif operation.value:
        bpm = _felt(operation.value, before)
    else:
        bpm = max(20, min(360, round(float(before) * operation.factor)))
    if measures is None:
        edits = edit.set_tempo(tune, bpm, beat)
        of = say(language, "of-whole")
    else:
        edits = edit.set_tempo_of(tune, measures, round(bpm * beat / edit.felt_beat(tune)))
        of = ("of " if language == "en" else "") + where(target, language)
    said = say(language, "tempoed", of=of, tempo=tempo_text(beat, Fraction(bpm)),
               before=tempo_text(beat, before))  # fmt: skip
    return edits, said


def _felt(feel: str, before: Fraction) -> int:
    """Beats a minute for "slow", "medium" or "fast", never against the word's direction."""
    now = float(before)
    if feel == "slow":
        return round(min(76, now * 0.8))
    return round(max(126, now * 1.2)) if feel == "fast" else 100


def _octave(
    tune: Tune, operation: Operation, target: Target | None, measures: list[Measure] | None,
    language: str,
) -> tuple[list[Edit], str]:  # fmt: skip
    count = int(operation.value)
    edits = edit.shift_octave(tune, count, measures)
    said = say(language, "octaved", where=where(target, language), count=abs(count),
               direction=say(language, "up" if count > 0 else "down"))  # fmt: skip
    return edits, said


def _title(
    tune: Tune, operation: Operation, target: Target | None, measures: list[Measure] | None,
    language: str,
) -> tuple[list[Edit], str]:  # fmt: skip
    title = re.sub(r"[%\\\r\n]", "", operation.value)
    return [edit.set_field(tune, "T", title)], say(language, "titled", title=plain(title))


def _chords(
    tune: Tune, operation: Operation, target: Target | None, measures: list[Measure] | None,
    language: str,
) -> tuple[list[Edit], str]:  # fmt: skip
    of = "" if target is None else (" of " if language == "en" else "") + where(target, language)
    return edit.remove_chords(tune, measures), say(language, "unchorded", of=of)


_DOERS: dict[str, Doer] = {
    "transpose": _transpose, "key": _key, "mode": _mode, "tempo": _tempo, "octave": _octave,
    "title": _title, "chords": _chords,
}  # fmt: skip


# -- new music for some bars ------------------------------------------------------------------


def rewrite(
    tune: Tune, target: Target, message: str, backend: Backend, seed: int, language: str
) -> Iterator[Progress | Change]:
    """New music for the target's bars, written by the model under the grammar; the rest stays."""
    view = parse_tune(model_view(tune))
    if len(tune.voices) > 1 or len(view.measures) != len(tune.measures):
        raise CannotChange(
            "I can rewrite bars of a single melody only so far."
            if language == "en" else "目前我只能重写单声部旋律的小节。"
        )  # fmt: skip
    try:
        plan = plan_fill(view, target.first, target.last, words=message)
    except ValueError as error:
        raise CannotChange(str(error)) from error
    yield Progress("editing")
    texts: dict[int, str] = {}
    for delta in backend.generate(
        with_system(plan.messages, backend, "fill"), grammar=plan.grammar, n=DRAFTS, seed=seed
    ):
        texts[delta.index] = texts.get(delta.index, "") + delta.text
    yield Progress("checking")
    measures = [tune.measures[view.measures.index(m)] for m in
                fill_targets(view, target.first, target.last)]  # fmt: skip
    found = [t for text in texts.values() if (t := _filled(tune, measures, text)) is not None]
    if not found:
        raise CannotChange("no draft fitted" if language == "en" else "没有合适的草稿")
    best = min(found, key=lambda t: _oddness(t) - _bias(message, t, tune))
    said = say(language, "rewritten", where=where(target, language),
               notes=_count(best, target), before=_count(tune, target))  # fmt: skip
    yield Change(best, said)


def _oddness(tune: Tune) -> float:
    """How odd the whole tune is; the same for all drafts of a tune that cannot be compared."""
    return min(strangeness_of(canonical(tune)), 1000.0)


def _filled(tune: Tune, measures: list[Measure], text: str) -> Tune | None:
    """The tune with a draft's measures put in; None if it is no valid tune or nothing changed."""
    parts = [rescaled(part.strip(), UNIT, m.unit) for part, m in
             zip(text.strip().strip("|]").split("|"), measures, strict=False)]  # fmt: skip
    if len(parts) != len(measures) or not all(parts):
        return None
    edits = edit.replace_measures(tune, measures, parts)
    assert_local(tune, edits, measures)
    new = apply(tune.source, edits)
    low, high = measures[0].span.start, measures[-1].span.end
    mended = repair(new, Span(low, high + len(new) - len(tune.source)))
    tunes = parse(mended.abc).tunes
    if not mended.valid or not changed_bars(tune, tunes[0]):
        return None
    kept = mended.abc.startswith(tune.source[:low]) and mended.abc.endswith(tune.source[high:])
    assert kept, "rewriting leaves everything outside the bars as it was"
    return tunes[0]


def rescaled(text: str, old: Fraction, new: Fraction) -> str:
    """Music text written under one unit note length, written under another.

    >>> rescaled("A2 B/ z", Fraction(1, 8), Fraction(1, 4))
    'A B/4 z/'
    """
    if old == new:
        return text
    head = "X:1\nK:C\n"
    pieces = []
    for token in tokenize(head + text):
        if token.start < len(head):
            continue
        if token.kind in (Kind.NOTE, Kind.REST):
            match = re.match(r"(.*?[A-Ga-gzx][,']*)([\d/]*)$", token.text)
            assert match is not None, "notes and rests are a head and a length"
            pieces.append(match[1] + length_text(length_value(match[2]) * old / new))
        else:
            pieces.append(token.text)
    return "".join(pieces)


def _count(tune: Tune, target: Target) -> int:
    return sum(
        len(e.notes) > 0 for m in tune.measures if target.first <= m.number <= target.last
        for e in m.events
    )  # fmt: skip


def _bias(message: str, new: Tune, old: Tune) -> float:
    """Prefer more notes for "exciting", fewer for "simpler" and "calmer"."""
    lower = message.lower()
    more = re.search(r"excit|lively|busier|faster notes|playful|激动|活泼|有趣", lower)
    less = re.search(r"simple|calm|lyrical|flowing|easier|抒情|简单|安静", lower)
    notes = sum(1 for m in new.measures for e in m.events if e.notes)
    before = sum(1 for m in old.measures for e in m.events if e.notes)
    change = (notes - before) / max(before, 1)
    return 4 * change if more else -4 * change if less else 0.0
