"""Changes of time: another tempo, a slower end, a sadder or happier tune, a dance.

Tempi are beats a minute of the beat that is felt, or of the one in `Q:`. What it does not know: how loud
a tune is (`loudness`), and which words ask for a change (`chat.understand`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from abc_tools import edit
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.styles import STYLES, usual_tempo
from abc_tools.text import Edit, Span, apply
from abc_tools.theory import parse_meter
from abc_tools.tune import Event, Tune
from chat.act.change import Act, Change, Context, Steps, an_edit, edited, targeted, then, where_text
from chat.act.rewrite import CannotChange
from chat.phrases import say, style_name, tempo_text
from chat.reasons import reason
from chat.understand.operation import Operation

SADDER_TEMPO, HAPPIER_TEMPO = 0.85, 1.15
SLOWEST, FASTEST = 0.72, 1.3
"""How much of the tempo is left at the end of a ritardando, and how much an accelerando comes to."""
CLOSING = 2
"""Bars that slow down where none are named."""


def tempo(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A given number of beats a minute."""
    beat = tune.tempo.beat if tune.tempo.explicit else edit.felt_beat(tune)
    yield _set_tempo(tune, operation, context, Fraction(operation.values["bpm"]), beat)


def tempo_by(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Faster or slower: by a factor, by some beats a minute, or as a word such as "slow" feels."""
    beat = tune.tempo.beat if tune.tempo.explicit else edit.felt_beat(tune)
    before = tune.tempo.bpm * tune.tempo.beat / beat
    if "feel" in operation.values:
        bpm = _felt(operation.values["feel"], before)
    elif "add" in operation.values:
        bpm = max(20, min(360, round(float(before)) + int(operation.values["add"])))
    else:
        bpm = max(20, min(360, round(float(before) * float(operation.values["factor"]))))
    yield _set_tempo(tune, operation, context, Fraction(bpm), beat)


def _set_tempo(
    tune: Tune, operation: Operation, context: Context, bpm: Fraction, beat: Fraction
) -> Change:
    language = context.language
    before = tune.tempo.bpm * tune.tempo.beat / beat
    if operation.place is None:
        edits = edit.set_tempo(tune, bpm, beat)
        of = say(language, "of-whole")
    else:
        measures = targeted(tune, operation.place)
        edits = edit.set_tempo_of(tune, measures, round(bpm * beat / edit.felt_beat(tune)))
        of = ("of " if language == "en" else "") + where_text(operation.place, language)
    said = say(
        language, "tempoed", of=of, tempo=tempo_text(beat, bpm), before=tempo_text(beat, before)
    )
    return Change(parse_tune(apply(tune.source, edits)), said)


def _felt(feel: str, before: Fraction) -> int:
    """Beats a minute for "slow", "medium" or "fast", never against the word's direction."""
    now = float(before)
    if feel == "slow":
        return round(min(76, now * 0.8))
    return round(max(126, now * 1.2)) if feel == "fast" else 100


def slow_down(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A ritardando or accelerando: a tempo of its own for each bar, and the word above the first."""
    last = tune.bar_count
    place = operation.place or Place(max(1, last - CLOSING + 1), last)
    bars = [m for m in targeted(tune, place) if m in tune.voices[0].measures]
    notes = [e for m in bars for e in m.events if e.notes]
    if not notes:
        raise CannotChange(reason("There are no notes in these bars.", context.language))
    goal = SLOWEST if operation.values["kind"] == "slower" else FASTEST
    beat = edit.felt_beat(tune)
    start = float(tune.tempo.bpm * tune.tempo.beat / beat)
    edits = []
    for n, measure in enumerate(bars, 1):
        bpm = max(20, min(300, round(start * (1 + (goal - 1) * n / len(bars)))))
        edits.append(Edit(Span(measure.span.start, measure.span.start), f"[Q:{beat}={bpm}]"))
    if bars[-1] is not tune.voices[0].measures[-1]:
        edits.append(Edit(Span(bars[-1].span.end, bars[-1].span.end), f"[Q:{beat}={round(start)}]"))
    word = "rit." if operation.values["kind"] == "slower" else "accel."
    edits.append(_above(notes[0], word))
    yield Change(
        parse_tune(apply(tune.source, edits)),
        say(context.language, "slowed" if word == "rit." else "sped", where=where_text(place, context.language)),
    )  # fmt: skip


def _above(event: Event, word: str) -> Edit:
    start = (event.grace_span or event.symbol_span or event.span).start
    return Edit(Span(min(start, event.span.start), min(start, event.span.start)), f'"^{word}"')


def sadder(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Sadder and happier by the means that listeners agree on: the mode, and the tempo."""
    sad = operation.name == "sadder"
    there = targeted(tune, operation.place)[0].key if operation.place else tune.key
    steps: list[tuple[Act, Operation]] = []
    if there.tonic and there.minor_third is not sad:
        values = {"mode": "minor" if sad else "major"}
        steps.append((an_edit, replace(operation, name="mode", values=values)))
    factor = SADDER_TEMPO if sad else HAPPIER_TEMPO
    if operation.place is None or not steps:
        values = {"factor": str(factor)}
        steps.append((tempo_by, replace(operation, name="tempo-by", values=values)))
    yield from then(tune, steps, context)


def livelier(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A livelier or a calmer tune that is still the same tune: another tempo, more or fewer notes between its own."""
    more = operation.name == "livelier"
    factor = HAPPIER_TEMPO if more else SADDER_TEMPO
    steps: list[tuple[Act, Operation]] = [
        (tempo_by, replace(operation, name="tempo-by", values={"factor": str(factor)}))
    ]
    if more and len(tune.voices) == 1:
        busy = sum(len(m.events) for m in tune.measures) / len(tune.measures)
        if busy < 5:  # long notes leave room for figures
            steps.append((an_edit, replace(operation, name="embellish", values={})))
    elif not more:
        steps.append((an_edit, replace(operation, name="dynamic", values={"level": "p"})))
        steps.append(
            (an_edit, replace(operation, name="simplify-rhythm", values={"level": "sixteenths"}))
        )
    yield from then(tune, steps, context)


def dance(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A tune made into a dance: its meter, its name in `R:`, its usual tempo."""
    style = STYLES[operation.values["style"]]
    said: list[str] = []
    if operation.place is not None:  # some bars: their meter alone
        values = {"meter": style.meters[0]}
        yield edited(tune, replace(operation, name="meter", values=values), context)
        return
    meters = [parse_meter(text) for text in style.meters]
    if tune.meter is None or not any(
        m is not None and m.length == tune.meter.length and m.unit == tune.meter.unit
        for m in meters
    ):
        change = edited(tune, Operation("meter", {"meter": style.meters[0]}), context)
        tune, said = change.tune, [change.said]
    new = parse_tune(apply(tune.source, [edit.set_field(tune, "R", style.name)]))
    beat, bpm = usual_tempo(style.name, new.meter)
    new = parse_tune(apply(new.source, edit.set_tempo(new, Fraction(bpm), beat)))
    language = context.language
    said.append(
        say(
            language,
            "danced",
            style=style_name(language, style.name),
            tempo=tempo_text(beat, Fraction(bpm)),
        )
    )
    yield Change(new, "\n\n".join(said))


_SWUNG = re.compile(r"\bsw(?:ing|ung)|\bshuffle|摇摆", re.IGNORECASE)


def swing(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Pairs of eighths made uneven; where there are none, the word above the notes, for quarters are not swung."""
    if not _SWUNG.search(operation.said) or operation.values.get("of") != "either":
        yield edited(tune, operation, context)
        return
    values = {**operation.values, "of": "eighths"}
    try:
        yield edited(tune, replace(operation, values=values), context)
        return
    except ValueError:
        pass
    voice = next((v for v in tune.voices if v.id == operation.voice), tune.voices[0])
    bars = list(voice.measures) if operation.place is None else targeted(tune, operation.place)
    first = next((e for m in bars if m in voice.measures for e in m.events if e.notes), None)
    word = '"^Swing"'
    if first is None or "^Swing" in first.annotations:
        raise CannotChange(say(context.language, "swung-already"))
    spots = [first.span.start]
    spots += [s.start for s in (first.grace_span, first.symbol_span) if s is not None]
    edit = Edit(Span(min(spots), min(spots)), word)
    yield Change(parse_tune(apply(tune.source, [edit])), say(context.language, "swing-marked"))
