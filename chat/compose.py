"""A new tune from wishes: plan, drafts under the grammar, mending, checking, choosing.

Requirements shape the plan that `lm` turns into a prompt and a grammar; several drafts are written side
by side; each is repaired if need be and checked; the one that meets most, and is least odd, is taken.
A fixed number of attempts, never a loop until it works.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from abc_tools.edit import all_measures
from abc_tools.parse import parse
from abc_tools.repair import repair
from abc_tools.spelling import changed_only, respell
from abc_tools.styles import STYLES, usual_tempo
from abc_tools.text import apply
from abc_tools.theory import (
    ALTER_NAMES,
    STEP_SEMITONES,
    Key,
    Pitch,
    abc_letter,
    parse_key,
    parse_meter,
)
from abc_tools.tune import Tune
from abc_tools.validate import errors
from chat.check import check, range_midi
from chat.phrases import key_name, language_of, style_name
from chat.prompts import with_system
from chat.reply import Progress
from chat.requirements import Requirement, Wishes
from chat.vocabulary import INSTRUMENTS
from lm.generate import Backend, BackendError
from lm.grammar import tune_grammar
from lm.measures.statistics import strangeness_of
from lm.plan import Plan, plan_tune

ATTEMPTS = 2
DRAFTS = 4
DEFAULT_BARS = 16
SLOW_BPM, SLOW_COMPOUND, FAST_BPM, FAST_COMPOUND, MEDIUM_BPM = 76, 58, 132, 116, 100
TONICS = {
    "major": "GDCAF", "minor": "EADG", "dorian": "DEA", "mixolydian": "GDA", "phrygian": "EA",
    "lydian": "FCG", "locrian": "B",
}  # fmt: skip
MOOD_MODES = {"sad": "minor", "happy": "major", "calm": "major"}
MOOD_TEMPI = {"sad": "slow", "happy": "fast", "calm": "slow"}


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
            if best is None or _rank(draft) > _rank(best):
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


def _rank(draft: Draft) -> tuple[float, float]:
    return (draft.met, -strangeness_of(draft.tune.text))


def _reachable(draft: Draft) -> int:
    """Requirements that another attempt could meet; words and further voices are not among them."""
    return sum(r.name not in ("lyrics", "voices") for r in draft.requirements)


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
    """A candidate made deliverable: instrument, repair, unambiguous accidentals; None if it cannot be."""
    raw = parse(text).tunes
    raw_valid = bool(raw) and not errors(raw[0])
    instrument = wishes.values.get("instrument")
    if instrument:
        program = INSTRUMENTS[instrument][0]
        text = re.sub(r"(?m)^(?=K:)", f"%%MIDI program {program}\n", text, count=1)
    repaired = repair(text if text.endswith("\n") else text + "\n")
    if not repaired.valid:
        return None
    text = unambiguous(repaired.abc)
    tune = parse(text).tunes[0]
    assert not errors(tune), "writing out accidentals changes no length"
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


# -- plan -------------------------------------------------------------------------------------


def make_plan(message: str, wishes: Wishes, seed: int) -> Plan:
    """The plan for wishes; what the grammar cannot count (a rare note length) is left to the check."""
    properties = properties_of(wishes, random.Random(seed))
    if "title" not in properties and language_of(message) == "zh":
        properties["title"] = chinese_title(properties)
    try:
        plan = plan_tune(message, properties, seed)
    except ValueError:
        properties = {k: v for k, v in properties.items() if k not in ("notes", "range", "pickup")}
        plan = plan_tune(message, properties, seed)
    return _narrowed(plan, wishes)


def _narrowed(plan: Plan, wishes: Wishes) -> Plan:
    """Fewer pitches or chords than the plan's own, for pentatonic, diatonic or "only I, IV and V"."""
    key = parse_key(plan.properties["key"])
    if key is None:
        return plan
    spec = plan.spec
    if wishes.values.get("scale") or wishes.values.get("difficulty"):
        pitches = tuple(p for p in spec.pitches if p[0] not in "^_=")
        if wishes.values.get("scale") == "pentatonic":
            degrees = (0, 1, 2, 4, 5) if not key.minor_third else (0, 2, 3, 4, 6)
            kept = {key.scale[d][0] for d in degrees}
            pitches = tuple(p for p in pitches if p[0].upper() in kept)
        spec = replace(spec, pitches=pitches)
    allowed = wishes.values.get("chords", "")
    if allowed not in ("", "yes", "no"):
        wanted = _numerals(key, allowed.split())
        spec = replace(spec, chord_symbols=wanted or spec.chord_symbols)
        last = tuple(
            replace(s, cadence=wanted[:1]) if s.cadence else s for s in spec.sections
        )  # fmt: skip
        spec = replace(spec, sections=last)
    return plan if spec is plan.spec else replace(plan, spec=spec, grammar=tune_grammar(spec))


def _numerals(key: Key, numerals: list[str]) -> tuple[str, ...]:
    """Chord symbols of Roman numerals in a key, as they are written (I major, ii minor, V7)."""
    order = ("I", "II", "III", "IV", "V", "VI", "VII")
    symbols = []
    for numeral in numerals:
        base = numeral.removesuffix("7")
        if base.upper() not in order:
            continue
        step, alter = key.scale[order.index(base.upper())]
        quality = ("m" if base.islower() else "") + ("7" if numeral.endswith("7") else "")
        symbols.append(f"{step}{ALTER_NAMES[int(alter)]}{quality}")
    return tuple(symbols)


def properties_of(wishes: Wishes, rng: random.Random) -> dict[str, str]:
    """The properties that `lm.plan` completes, from requirements and mood."""
    values = wishes.values
    properties: dict[str, str] = {k: values[k] for k in ("rhythm", "meter") if k in values}
    style = STYLES.get(values.get("rhythm", ""))
    if style is not None and "meter" not in properties:
        properties["meter"] = style.meters[0]
    properties["key"] = values.get("key") or _some_key(values.get("mode"), wishes.mood, rng)
    properties["chords"] = "no" if values.get("chords") == "no" else "yes"
    title = values.get("title") or (title_of(values["theme"]) if "theme" in values else None)
    if title:
        properties["title"] = title
    properties |= _length(values)
    feel = values.get("tempo") or MOOD_TEMPI.get(wishes.mood)
    tempo = _tempo(feel, properties)
    if tempo:
        properties["tempo"] = tempo
    if "pickup" in values:
        compound = properties.get("meter") in ("6/8", "9/8", "12/8")
        properties["pickup"] = "none" if values["pickup"] == "no" else "1/8" if compound else "1/4"
    key = parse_key(properties["key"])
    assert key is not None, "keys were read by parse_key"
    properties |= _notes_and_range(values, key, properties.get("meter", ""))
    return properties


def _some_key(mode: str | None, mood: str, rng: random.Random) -> str:
    mode = mode or MOOD_MODES.get(mood) or rng.choices(("major", "minor"), (3, 1))[0]
    return f"{rng.choice(TONICS[mode])} {mode}"


def chinese_title(properties: dict[str, str]) -> str:
    """A plain Chinese title from key and style, for requests in Chinese: D大调进行曲."""
    key = parse_key(properties["key"])
    assert key is not None, "keys were read by parse_key"
    style = style_name("zh", properties["rhythm"]) if "rhythm" in properties else "小曲"
    return key_name("zh", key) + style


def title_of(theme: str) -> str:
    """A title from a theme: "the sea" → The Sea."""
    cleaned = re.sub(r"[%\\\"]", "", theme).strip()
    return cleaned.title().replace("'S", "'s") if cleaned.isascii() else cleaned


def _length(values: dict[str, str]) -> dict[str, str]:
    """Bars and sections from a number of bars and a form in letters."""
    form = values.get("form")
    bars = int(values["bars"]) if "bars" in values else None
    if not form:
        return {"bars": str(bars)} if bars else {"bars": str(DEFAULT_BARS)}
    pairs = len(form) % 2 == 0 and all(
        form[i] == form[i + 1] for i in range(0, len(form), 2)
    ) and len(set(form)) == len(form) // 2  # fmt: skip
    letters = form[::2] if pairs else form
    total = bars or min(8, 96 // len(letters)) * len(letters)
    size, rest = divmod(total, len(letters))
    if size == 0:
        return {"bars": str(total)}
    sizes = [size] * len(letters)
    if rest and letters.count(letters[-1]) == 1:
        sizes[-1] += rest
    words = [f"|:{c}{n}:|" if pairs else f"{c}{n}" for c, n in zip(letters, sizes, strict=True)]
    return {"sections": " ".join(words)}


def _tempo(feel: str | None, properties: dict[str, str]) -> str | None:
    if feel is None:
        return None
    if feel.isdigit():
        return feel
    meter = parse_meter(properties.get("meter", "4/4"))
    assert meter is not None, "a style's meter can be read"
    compound = meter.compound
    usual = usual_tempo(properties.get("rhythm", ""), meter)[1] if "rhythm" in properties else 100
    halved = 2 if meter.unit == 2 else 1
    if feel == "slow":
        return str((SLOW_COMPOUND if compound else SLOW_BPM) // halved)
    if feel == "fast":
        return str(max(usual, FAST_COMPOUND if compound else FAST_BPM // halved))
    return str(MEDIUM_BPM // halved)


def _notes_and_range(values: dict[str, str], key: Key, meter: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if "note_values" in values:
        found["notes"] = values["note_values"]
    elif "difficulty" in values:
        found["notes"] = "1/8 1/4 3/8 1/2 3/4"
    limits: tuple[int, int] | None = None
    if values.get("range") == "octave":
        limits = _above_tonic(key, 12)
    elif "range" in values:
        limits = range_midi(values["range"])
    elif "difficulty" in values:
        limits = _above_tonic(key, 14)
    if limits is not None:
        found["range"] = f"{_name(key, limits[0], up=True)} {_name(key, limits[1], up=False)}"
    elif "instrument" in values:
        _, low, high, _ = INSTRUMENTS[values["instrument"]]
        found["range"] = f"{low} {high}"
    return found


def _above_tonic(key: Key, size: int) -> tuple[int, int]:
    """MIDI limits of a range that begins on the tonic, or a fourth below for high tonics."""
    low = 60 + key.pitch_class
    low = low - 5 if key.pitch_class >= 9 and size > 12 else low
    return low, low + size


def _name(key: Key, midi: int, *, up: bool) -> str:
    """ABC name of the nearest scale note at or inside a limit."""
    for distance in range(12):
        target = midi + distance if up else midi - distance
        for step, alter in key.scale:
            octave, rest = divmod(target - STEP_SEMITONES[step] - int(alter), 12)
            if rest == 0:
                return abc_letter(Pitch(step, 0, octave - 1))
    raise AssertionError("every octave has a note of the scale")
