"""What is missing of a tune in canonical form: some of its bars, its rest, its words, its lower voices.

Ties are kept: what is held into the missing music must be taken up by it, and what the music behind it
holds on to must be led into.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from abc_tools.edit import select
from abc_tools.prosody import syllables
from abc_tools.theory import Meter, abc_letter
from abc_tools.tune import Event, Measure, Tune
from lm.grammar import (
    MeasureSpec,
    TuneSpec,
    VoiceSpec,
    continue_grammar,
    fill_grammar,
    slots,
    spec_of,
    tune_grammar,
    words_grammar,
)
from lm.plan.notes import VOICES, scale_pitches
from lm.plan.plans import Plan, read_key, tune_spec
from lm.plan.properties import complete
from lm.reading import read_tune
from lm.requests import fill_messages, note_name, task_messages
from lm.spelling import BARS_A_LINE, GAP, meter_text


@dataclass(frozen=True)
class Ask:
    """What to ask the model and what it may answer."""

    messages: list[dict[str, str]]
    grammar: str


def plan_fill(
    tune: Tune,
    first: int,
    last: int,
    words: str = "",
    properties: Mapping[str, str] | None = None,
    voice: int = 0,
) -> Plan:
    """Messages and grammar for new music in the printed bars `first` to `last` of a voice (0 is the
    first) of a parsed canonical tune.

    The answer is one text a measure, joined by `|`, in the order of `fill_targets`.
    """
    targets = fill_targets(tune, first, last, voice)
    own = tune.voices[voice].measures
    key, meter = targets[0].key, targets[0].meter
    if meter is None:
        raise ValueError("these bars are in free meter; there is no bar length to keep")
    asked = {"key": key.name, **(properties or {}), "fill": f"{first}-{last}"}
    known = dict(asked)
    rhythm = known.get("rhythm") or field(tune, "R")
    if rhythm:
        known["rhythm"] = asked["rhythm"] = rhythm
    has_chords = any(e.chord_symbol for m in own for e in m.events)
    known.setdefault("chords", "yes" if has_chords else "no")
    asked["chords"] = known["chords"]
    known |= {"meter": meter_text(meter), "tempo": "100", "sections": "A8", "pickup": "none"}
    if voice:
        known.setdefault("range", range_of(own))
    spec = tune_spec({**known, "voices": "1", "words": "no"}, read_key(known["key"]))
    places = [own.index(m) for m in targets]
    joined = places == list(range(places[0], places[0] + len(places)))
    held = held_after(own[places[0] - 1]) if places[0] else ""
    tie = held_after(targets[-1]) if places[-1] + 1 < len(own) else ""
    closing = MeasureSpec(Fraction(0), tie=tie)
    if not (tie or voice or (held and len(targets) == 1)):
        closing = _closing(tune, targets[-1], spec)
    measures = [MeasureSpec(m.duration, _start(m, meter)) for m in targets]
    measures[-1] = replace(closing, length=measures[-1].length, start=measures[-1].start)
    grammar = fill_grammar(spec, measures, held=held, joined=joined)
    text = _with_gaps(tune, targets)
    return Plan(fill_messages(words, asked, text), grammar, spec, known)


def _start(measure: Measure, meter: Meter) -> Fraction:
    """The moment of the full bar at which a measure begins: late for a pickup."""
    opens = measure.number == 0 or measure.starts_section
    short = measure.duration < meter.length
    return meter.length - measure.duration if opens and short else Fraction(0)


def field(tune: Tune, name: str) -> str:
    """The value of a header field, empty if there is none."""
    found = tune.field(name)
    return found.value if found else ""


def held_after(measure: Measure) -> str:
    """The ABC name of the note that a measure ties over its end, without its accidental; "" for none."""
    last: Event | None = measure.events[-1] if measure.events else None
    if last is None or not last.tie or len(last.notes) != 1:
        return ""
    return abc_letter(replace(last.notes[0].written, alter=0))


def range_of(measures: Sequence[Measure]) -> str:
    """The lowest and the highest note of some measures, as the property `range`."""
    steps = [n.written.diatonic for m in measures for e in m.events for n in e.notes]
    if not steps:
        raise ValueError("the voice has no notes to take its range from")
    return f"{note_name(min(steps))} {note_name(max(steps))}"


def fill_targets(tune: Tune, first: int, last: int, voice: int = 0) -> list[Measure]:
    """The measures of a voice printed as `first` to `last`; `ValueError` when there are none."""
    own = tune.voices[voice].measures if voice < len(tune.voices) else ()
    try:
        chosen = select(tune, first, last)
    except ValueError:
        chosen = []
    targets = [m for m in chosen if m.events and m in own]
    if not targets:
        raise ValueError(f"the tune has no bars {first} to {last}")
    return targets


def _closing(tune: Tune, measure: Measure, spec: TuneSpec) -> MeasureSpec:
    """How the last measure to fill may end: as a cadence where the tune ends or had one."""
    home = spec.sections[0]
    last = next((n for e in reversed(measure.events) for n in e.notes), None)
    ended_on = measure.key.tonic if last is None else last.written.step
    if measure is not tune.measures[-1] and not (
        measure.ends_section
        and ended_on == measure.key.tonic
        and measure.duration >= Fraction(1, 2)
    ):
        return MeasureSpec(measure.duration)
    ending = home.ending if measure.duration >= home.ending else Fraction(0)
    return MeasureSpec(measure.duration, Fraction(0), home.finals, home.cadence, ending=ending)


def _with_gaps(tune: Tune, targets: Sequence[Measure]) -> str:
    """The tune's text with each target's content replaced by the gap sign."""
    text, at = [], tune.span.start
    for measure in targets:
        text += [tune.source[at : measure.span.start], GAP]
        at = measure.span.end
    return "".join([*text, tune.source[at : tune.span.end]])


# --------------------------------------------------------------------------------- the rest of a tune
def plan_continue(
    tune: Tune, words: str = "", properties: Mapping[str, str] | None = None, seed: int = 0
) -> Plan:
    """Messages and grammar for the rest of a tune whose beginning is given in canonical form, up to a
    barline; `properties` say how the whole is to be (`sections`, …), defaults as for a new tune.

    The answer is all that follows the last barline and its line end. `ValueError` where the
    beginning is not that of such a tune.
    """
    own = [m for m in tune.voices[0].measures if m.events]
    if not own or tune.meter is None:
        raise ValueError("there is no bar to go on from")
    rhythm = field(tune, "R")
    begun = {"key": tune.key.name, "meter": meter_text(tune.meter), "title": tune.title}
    begun |= {"rhythm": rhythm} if rhythm else {}
    short = own[0].duration < tune.meter.length
    begun["pickup"] = str(own[0].duration) if short else "none"
    begun["chords"] = "yes" if any(e.chord_symbol for m in own for e in m.events) else "no"
    if len(tune.voices) > 1:
        begun["voices"] = str(len(tune.voices))
    known = complete({**(properties or {}), **begun}, seed)
    spec = tune_spec(known, read_key(known["key"]))
    wanted = [s.measure.length for s in slots(spec) if s.voice == 0]
    if [m.duration for m in own] != wanted[: len(own)]:
        raise ValueError(f"the tune does not begin like {known['sections']}")
    grammar = continue_grammar(spec, len(own), held_after(own[-1]))
    asked = {**known, "task": "continue"}
    text = tune.source[tune.span.start : tune.span.end]
    return Plan(task_messages(words, asked, text), grammar, spec, known)


# ------------------------------------------------------------------------------- words, lower voices
def plan_melody(
    text: str, words: str = "", properties: Mapping[str, str] | None = None, seed: int = 0
) -> Plan:
    """Messages and grammar for a melody to plain words, a line of music (four bars) to a line of words;
    each syllable has one note. `ValueError` where they do not fit.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    given = tuple(" ".join(s.text for s in syllables(line)).replace("- ", "-") for line in lines)
    if not given or not all(given):
        raise ValueError("there are no words to sing")
    bars = BARS_A_LINE * len(lines)
    asked = {"rhythm": "song", "sections": f"A{bars}", **(properties or {})}
    known = complete(asked, seed)
    plain = {**known, "words": "no", "voices": "1"}
    spec = replace(tune_spec(plain, read_key(known["key"])), given=given, triplets=False)
    messages = task_messages(words, {**known, "task": "melody"}, "\n".join(lines))
    return Plan(messages, tune_grammar(spec), spec, known)


def plan_words(tune: Tune, language: str, words: str = "") -> Ask:
    """Messages and grammar for words to a tune (`en` or `zh`): one `w:` line for each line of its first
    voice, an entry for each note.
    """
    counts = Counter[int]()
    for measure in tune.voices[0].measures:
        line = tune.source.count("\n", 0, measure.span.start)
        counts[line] += sum(bool(e.notes) for e in measure.events)
    grammar = words_grammar([n for _, n in sorted(counts.items()) if n], language)
    asked = {"task": "words", "title": tune.title, "words": language}
    text = tune.source[tune.span.start : tune.span.end]
    return Ask(task_messages(words, asked, text), grammar)


def plan_voices(tune: Tune, count: int, words: str = "") -> Ask:
    """Messages and grammar for the voices below a melody in canonical form, `count` in all: 2 or 4.

    The answer is their lines alone, `[V:2]` first.
    """
    if count not in (2, 4):
        raise ValueError(f"voices {count}: 2 or 4")
    form = spec_of(read_tune(tune))
    voices = [
        VoiceSpec(scale_pitches(tune.key, low, high, more=True), triplets=False)
        for low, high, _ in VOICES[count][1:]
    ]
    spec = TuneSpec(
        (), form.meter, form.sections, voices[0].pitches, triplets=False,
        lower=tuple(voices[1:]), number=2,
    )  # fmt: skip
    task = "second voice" if count == 2 else "choir"
    asked = {"task": task, "key": tune.key.name, "meter": form.meter}
    text = tune.source[tune.span.start : tune.span.end]
    return Ask(task_messages(words, asked, text), tune_grammar(spec))
