"""New music for some bars, written by the model under the grammar; everything else stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from statistics import mean

from abc_tools import edit
from abc_tools.canonical import UNIT, canonical
from abc_tools.chords import parse_chord
from abc_tools.edit.registry import run
from abc_tools.metrics import changed_bars
from abc_tools.parse import parse, parse_tune
from abc_tools.places import Place
from abc_tools.repair import repair
from abc_tools.spelling import length_text
from abc_tools.text import Edit, Span, apply
from abc_tools.tokens import Kind, tokenize
from abc_tools.tune import Measure, Tune
from abc_tools.values import length_value
from chat.act.directed import goes
from chat.act.kept_notes import kept_to, notes_meant
from chat.phrases import say
from chat.prompts import with_system
from chat.reasons import reason
from chat.reply import Progress
from lm.generate import Backend
from lm.measures.choice import oddness_of
from lm.plan import fill_targets, plan_fill
from lm.plan.view import view as model_view

DRAFTS = 6
ATTEMPTS = 2
MORE_NOTES = (
    r"excit|livel|bus(?:y|ier)|faster notes|playful|energ|intense|dramatic|wild|bounc|interesting|virtuos"
    r"|激动|活泼|有趣|激昂|丰富|热烈|有活力"
)
FEWER_NOTES = r"simple|calm|lyrical|flowing|eas(?:y|ier)|gentl|smooth|peaceful|sing|抒情|简单|安静|柔和|平静|流畅"


class CannotChange(ValueError):
    """The change cannot be made; the text is for the user."""


def assert_local(tune: Tune, edits: list[Edit], measures: list[Measure]) -> None:
    """Every edit lies inside the bars that were asked for: the promise that edits are local."""
    for change in edits:
        inside = any(m.span.contains(change.span) for m in measures)
        assert inside, f"an edit at {change.span} lies outside the bars that were asked for"


def rewrite(
    tune: Tune,
    place: Place,
    message: str,
    backend: Backend,
    seed: int,
    language: str,
    voice: int = 0,
    chords: bool = False,
    way: str = "",
) -> Iterator[Progress | Tune]:
    """New music for the bars of a voice; progress, then the tune with the best draft put in. With `chords`, drafts
    whose notes on the beats are in the chords that stand there come first; with a `way`, those that go it.

    CannotChange where the model's view cannot hold the tune, or no draft fits.
    """
    own = tune.voices[voice].measures
    view = parse_tune(model_view(_alone(tune, voice)))
    if len(view.voices) > 1 or len(view.measures) != len(own):
        raise CannotChange(say(language, "cannot-view"))
    try:
        plan = plan_fill(view, place.first, place.last, words=message)
        shown = fill_targets(view, place.first, place.last)
    except ValueError as error:
        raise CannotChange(reason(str(error), language)) from error
    yield Progress("editing")
    measures = [own[view.measures.index(m)] for m in shown]
    found: list[Tune] = []
    for attempt in range(ATTEMPTS):
        texts: dict[int, str] = {}
        for delta in backend.generate(
            with_system(plan.messages, backend, "fill"),
            grammar=plan.grammar,
            n=DRAFTS,
            seed=seed + 7919 * attempt,
        ):
            texts[delta.index] = texts.get(delta.index, "") + delta.text
        yield Progress("checking")
        found += [t for text in texts.values() if (t := _filled(tune, measures, text)) is not None]
        alike = _UNLIKE.search(message.lower()) is not None
        if (
            found
            and not chords
            and not (alike and min(_kept(tune, t, measures, message) for t in found))
        ):
            break  # what has to be unlike others, or fit chords, has more to choose from
    if not found:
        raise CannotChange(say(language, "no-draft"))
    under = _chords_by_beat(tune, measures) if chords else {}
    far = goes(tune, voice, place, way) if way else 0.0

    def rank(draft: Tune) -> tuple[int, bool, int, float]:
        strays = bool(way) and goes(draft, voice, place, way) < far + 1
        odd = _oddness(draft) - _bias(message, draft, tune)
        return _kept(tune, draft, measures, message), strays, round(4 * _foreign(draft, under)), odd

    best = min(found, key=rank)
    yield kept_to(best, place, notes_meant(message, tune, place, voice), voice)


def _chords_by_beat(
    tune: Tune, measures: list[Measure]
) -> dict[tuple[int, Fraction], frozenset[int]]:
    """(place of a bar in the first voice, beat) → the pitch classes of the chord that sounds there."""
    found = {}
    sounding: frozenset[int] = frozenset()
    for place, measure in enumerate(tune.measures):
        beat = measure.meter.beat if measure.meter else Fraction(1, 4)
        at = Fraction(0)
        while at < measure.duration:
            for event in measure.events:
                if (
                    event.chord_symbol
                    and event.onset == at
                    and (chord := parse_chord(event.chord_symbol))
                ):
                    sounding = chord.pitch_classes
            if measure in measures and sounding:
                found[place, at] = sounding
            at += beat
    return found


def _foreign(tune: Tune, under: dict[tuple[int, Fraction], frozenset[int]]) -> float:
    """The share of the beats whose note is not in the chord under it."""
    notes = [
        (e.midi[-1] % 12, under[n, e.onset])
        for n, m in enumerate(tune.measures) for e in m.events if e.notes and (n, e.onset) in under
    ]  # fmt: skip
    return mean(note not in chord for note, chord in notes) if notes else 0.0


_UNLIKE = re.compile(
    r"\b(?:different|samey|same|similar|alike|repetitive|repeats?|contrast\w*)\b|太像|一样|重复|雷同|对比"
)


def _kept(tune: Tune, new: Tune, measures: list[Measure], message: str) -> int:
    """How many of the bars are what they were; where they shall be unlike others, also those that are like another."""
    sounds, old = _sounding(new), _sounding(tune)
    places = [(v.id, n) for v in tune.voices for n, m in enumerate(v.measures) if m in measures]
    count = sum(sounds.get(p) == old[p] for p in places)
    if _UNLIKE.search(message.lower()):
        others = {bar for p, bar in sounds.items() if p not in places}
        count += sum(sounds.get(p) in others for p in places)
    return count


def _sounding(tune: Tune) -> dict[tuple[str, int], tuple[object, ...]]:
    """(voice, place of the bar) → what sounds in it."""
    return {
        (v.id, n): tuple((e.midi, e.duration) for e in m.events)
        for v in tune.voices for n, m in enumerate(v.measures)
    }  # fmt: skip


def _alone(tune: Tune, voice: int) -> Tune:
    """One voice of the tune as a tune of its own: what the model is shown of several."""
    if len(tune.voices) == 1:
        return tune
    edits = run(tune, "extract-voice", {"voice": tune.voices[voice].id})
    return parse_tune(apply(tune.source, edits))


def _oddness(tune: Tune) -> float:
    """How odd the whole tune is; the same for all drafts of a tune that cannot be compared."""
    return min(oddness_of(canonical(tune)), 1000.0)


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


def _bias(message: str, new: Tune, old: Tune) -> float:
    """Prefer more notes for "exciting", fewer for "simpler" and "calmer"."""
    lower = message.lower()
    more = re.search(MORE_NOTES, lower)
    less = re.search(FEWER_NOTES, lower)
    notes = sum(1 for m in new.measures for e in m.events if e.notes)
    before = sum(1 for m in old.measures for e in m.events if e.notes)
    change = (notes - before) / max(before, 1)
    wanted = 4 * change if more else -4 * change if less else 0.0
    rising = 1 if re.search(RISING, lower) else -1 if re.search(FALLING, lower) else 0
    return wanted + rising * _slope(new, old)


RISING = r"\b(?:climb|soar|ascend|build|rise|rising|upward)\w*|[往向]上|上行|攀升"
FALLING = r"\b(?:descend|fall|falling|sink|downward)\w*|[往向]下|下行|下沉"


def _slope(new: Tune, old: Tune) -> float:
    """How much the bars that differ climb from their first half to their second, in octaves."""
    bars = changed_bars(old, new)
    heights = [n for m in new.measures if m.number in bars for e in m.events for n in e.midi]
    half = len(heights) // 2
    return (mean(heights[half:]) - mean(heights[:half])) / 4 if half else 0.0
