"""From the properties of a request to what the model is asked and what its grammar allows.

`plan_tune` completes a request (a jig is in 6/8, sixteen bars are two repeated eights, …), by
chance where several answers are as good, always the same for the same seed, and gives messages,
grammar and the completed properties. `plan_fill` does so for some measures of a tune in canonical
form. The properties are those of `lm.requests`, as the normalised lines write them: `key: G major`,
`sections: |:A8:| B8`, `range: D b`, `notes: 1/8 1/4`. What it does not know: free words; the caller
reads them and names the properties.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from lm.grammar import NOTE_LENGTHS, MeasureSpec, SectionSpec, TuneSpec, fill_grammar, tune_grammar
from lm.names import make_title
from lm.requests import GAP, compose_messages, fill_messages
from lm.spelling import tempo_unit

if TYPE_CHECKING:
    from abc_tools.theory import Key
    from abc_tools.tune import Measure, Tune

KEYS = {"G major": 6, "D major": 6, "A major": 2, "C major": 3, "F major": 2, "Bb major": 1,
        "A minor": 2, "E minor": 2, "D minor": 1.5, "G minor": 1}  # fmt: skip
METERS = {
    "jig": "6/8", "slip jig": "9/8", "reel": "4/4", "hornpipe": "4/4", "waltz": "3/4",
    "march": "4/4", "polka": "2/4", "strathspey": "4/4", "minuet": "3/4", "hymn": "4/4",
    "carol": "4/4", "song": "4/4", "air": "3/4", "slide": "12/8", "lullaby": "3/4",
    "mazurka": "3/4", "barcarolle": "6/8", "sarabande": "3/4", "polonaise": "3/4", "gigue": "6/8",
    "quadrille": "2/4", "ragtime": "2/4",
}  # fmt: skip
BY_METER = {"6/8": "jig", "9/8": "slip jig"}
TEMPI = {
    "jig": 112, "slip jig": 110, "reel": 180, "hornpipe": 150, "waltz": 132, "march": 112,
    "polka": 116, "strathspey": 126, "minuet": 112, "hymn": 92, "carol": 104, "song": 100,
    "air": 76,
}  # fmt: skip
PICKUPS = {
    "jig": {"1/8": 5, "0": 2}, "reel": {"0": 5, "1/4": 3, "1/8": 2},
    "hornpipe": {"1/4": 5, "1/8": 3, "0": 2}, "waltz": {"1/4": 5, "0": 3},
    "hymn": {"0": 5, "1/4": 3}, "march": {"0": 4, "1/4": 3}, "strathspey": {"1/8": 1},
}  # fmt: skip
SUNG = ("hymn", "carol", "song", "air", "lullaby", "ballad", "folk song", "nursery rhyme")
SUNG_RANGE, PLAYED_RANGE = ("B,", "f"), ("A,", "b")
# Chords by mode: (degree 0-6, quality), the tonic first; degrees are those of the mode's own scale.
CHORDS = {
    "major": ((0, ""), (3, ""), (4, ""), (4, "7"), (1, "m"), (5, "m"), (2, "m")),
    "minor": ((0, "m"), (3, "m"), (4, "m"), (4, "7"), (2, ""), (5, ""), (6, "")),
    "dorian": ((0, "m"), (3, ""), (6, ""), (2, ""), (4, "m")),
    "mixolydian": ((0, ""), (3, ""), (6, ""), (1, "m"), (4, "m")),
    "phrygian": ((0, "m"), (1, ""), (2, ""), (6, "m")),
    "lydian": ((0, ""), (1, ""), (4, ""), (5, "m")),
    "locrian": ((0, "dim"), (1, ""), (2, "m"), (5, "")),
}  # fmt: skip
# Notes outside the scale that tunes of a mode use: (degree, semitones above the scale's own).
CHROMATIC = {"minor": ((6, 1),)}
SECTION = re.compile(r"(\|:)?([A-Z])(\d+)(:\|)?$")
MAX_BARS = 128


@dataclass(frozen=True)
class Plan:
    """What to ask the model, what it may answer, and the properties that were settled.

    `form` lists the sections to deliver; sections that come again are written once and copied by
    `finish`.
    """

    messages: list[dict[str, str]]
    grammar: str
    spec: TuneSpec
    properties: dict[str, str]
    form: tuple[SectionSpec, ...] = ()

    def finish(self, text: str) -> str:
        """The answer with the sections that come again put in, and no chord symbol said twice in a bar."""
        text = _drop_repeated_chords(text)
        if not self.form or len(self.form) == len(self.spec.sections):
            return text
        several = len(self.spec.sections) > 1
        head, *bodies = re.split(r"(?m)^P:\w+\n", text) if several else _split_body(text)
        if len(bodies) != len(self.spec.sections):
            return text
        by_label = {s.label: body for s, body in zip(self.spec.sections, bodies, strict=True)}
        parts = [head]
        for i, section in enumerate(self.form):
            closing = "|]\n" if i + 1 == len(self.form) else "||\n"
            body = re.sub(r"(\|\||\|\])\n$", closing, by_label[section.label])
            parts.append(f"P:{section.label}\n{body}")
        return "".join(parts)


def _drop_repeated_chords(text: str) -> str:
    """Chord symbols that only repeat the one already sounding in their bar, left out."""
    body = re.search(r"(?m)^K:.*\n", text)
    start = body.end() if body else 0

    def once(bar: re.Match[str]) -> str:
        sounding = ""
        out = []
        for part in re.split(r'("[^"\n]*")', bar.group()):
            if part.startswith('"'):
                if part == sounding:
                    continue
                sounding = part
            out.append(part)
        return "".join(out)

    return text[:start] + re.sub(r"[^|\n]+", once, text[start:])


def _split_body(text: str) -> tuple[str, str]:
    """Header and music of a tune of one section."""
    match = re.search(r"(?m)^K:.*\n", text)
    return (text[: match.end()], text[match.end() :]) if match else (text, "")


# -------------------------------------------------------------------------------------- properties
def complete(properties: Mapping[str, str], seed: int) -> dict[str, str]:
    """The properties with everything that a tune needs, defaults by rhythm and meter; `ValueError`
    names a bad one.
    """
    rng = random.Random(seed)
    known = dict(properties)
    rhythm = known.get("rhythm", "")
    meter = known.setdefault(
        "meter", METERS.get(rhythm, "") or rng.choice(("4/4", "4/4", "6/8", "3/4", "2/4"))
    )
    known["meter"] = meter = {"C": "4/4", "C|": "2/2"}.get(meter, meter)
    known.setdefault("key", rng.choices(list(KEYS), list(KEYS.values()))[0])
    known.setdefault(
        "tempo", str(TEMPI.get(rhythm, 108) if meter != "2/2" else TEMPI.get(rhythm, 160) // 2)
    )
    sections = read_sections(known["sections"]) if "sections" in known else default_sections(known)
    known["sections"] = write_section_specs(sections)
    known["bars"] = str(sum(s.bars for s in sections))
    pickups = PICKUPS.get(rhythm, {"0": 1})
    chosen = rng.choices(list(pickups), list(pickups.values()))[0]
    if Fraction(chosen) * 2 > Fraction(meter):
        chosen = "0"
    known.setdefault("pickup", "none" if chosen == "0" else chosen)
    known.setdefault("chords", "no")
    known.setdefault("title", make_title(rhythm, seed))
    return known


def read_sections(text: str) -> tuple[SectionSpec, ...]:
    """`|:A8:| B8` as section specs; `ValueError` for anything else."""
    sections = []
    for word in text.split():
        match = SECTION.match(word)
        if not match or bool(match[1]) != bool(match[4]) or not 0 < int(match[3]) <= MAX_BARS:
            raise ValueError(f"sections {text!r}: write them like |:A8:| B8")
        sections.append(SectionSpec(match[2], int(match[3]), bool(match[1])))
    if not sections or sum(s.bars for s in sections) > MAX_BARS:
        raise ValueError(f"sections {text!r}: between 1 and {MAX_BARS} bars")
    return tuple(sections)


def default_sections(properties: Mapping[str, str]) -> tuple[SectionSpec, ...]:
    """The usual form for a number of bars: dances repeat their parts, songs go straight through."""
    bars = int(properties.get("bars", 16))
    if not 0 < bars <= MAX_BARS:
        raise ValueError(f"bars {bars}: between 1 and {MAX_BARS}")
    size = 8 if bars >= 16 else 4 if bars == 8 else bars
    repeat = properties.get("rhythm") not in SUNG
    if not repeat and bars <= 16:
        return (SectionSpec("A", bars),)
    sizes = [size] * (bars // size)
    if bars % size and bars % size < 4 and len(sizes) > 1:
        sizes[-1] += bars % size
    elif bars % size:
        sizes.append(bars % size)
    even = len(set(sizes)) == 1 and len(sizes) > 1
    return tuple(SectionSpec(chr(ord("A") + i), n, repeat and even) for i, n in enumerate(sizes))


def write_section_specs(sections: Sequence[SectionSpec]) -> str:
    """The form as the normalised line writes it."""
    return " ".join(
        f"|:{s.label}{s.bars}:|" if s.repeat else f"{s.label}{s.bars}" for s in sections
    )


def note_step(name: str) -> int:
    """The staff step of an ABC note name, accidentals ignored: middle C is 28."""
    match = re.fullmatch(r"[_=^]*([A-Ga-g])([,']*)", name)
    if not match:
        raise ValueError(f"note {name!r}: write it as in ABC, like D or g'")
    step = "CDEFGAB".index(match[1].upper()) + (35 if match[1].islower() else 28)
    return step + 7 * (match[2].count("'") - match[2].count(","))


def scale_pitches(key: Key, low: str, high: str, chromatic: bool = True) -> tuple[str, ...]:
    """ABC names of the notes a tune in a key may use from `low` to `high`, with the usual notes
    outside the scale.
    """
    from lm.spelling import note_name

    first, last = sorted((note_step(low), note_step(high)))
    names = [note_name(step) for step in range(first, last + 1)]
    if chromatic and key.tonic:
        signature = key.signature
        for degree, raised in CHROMATIC.get(key.mode, ()):
            letter = key.scale[degree][0]
            alter = int(signature[letter]) + raised
            sign = {2: "^^", 1: "^", 0: "=", -1: "_"}[alter]
            natural = {1: "^", 0: "=", -1: "_"}[int(signature[letter])]
            places = [n for n in names if n[0].upper() == letter]
            names += [sign + n for n in places] + [natural + n for n in places]
    return tuple(names)


def chord_symbols(key: Key) -> tuple[str, ...]:
    """The chord symbols of a key, its tonic first."""
    table = CHORDS.get(key.mode, CHORDS["major"])
    return tuple(_degree_name(key, degree) + quality for degree, quality in table)


def _degree_name(key: Key, degree: int) -> str:
    letter, alter = key.scale[degree]
    return letter + "b#"[alter > 0] * abs(int(alter))


def tonic_notes(key: Key, pitches: Sequence[str]) -> tuple[str, ...]:
    """The pitches that are the tonic without an accidental."""
    return tuple(p for p in pitches if p[0].upper() == key.tonic)


# ------------------------------------------------------------------------------------------- plans
def plan_tune(words: str, properties: Mapping[str, str], seed: int) -> Plan:
    """Messages and grammar for a new tune; `ValueError` names a property that cannot be read."""
    known = complete(properties, seed)
    key = _read_key(known["key"])
    spec = tune_spec(known, key)
    asked = dict(known)
    asked["sections"] = write_section_specs(spec.sections)
    asked["bars"] = str(sum(s.bars for s in spec.sections))
    messages = compose_messages(words, asked)
    return Plan(messages, tune_grammar(spec), spec, known, read_sections(known["sections"]))


def _read_key(text: str) -> Key:
    from abc_tools.theory import parse_key

    key = parse_key(text)
    if key is None or not key.tonic:
        raise ValueError(f"key {text!r} is not one I know")
    return key


def tune_spec(known: Mapping[str, str], key: Key) -> TuneSpec:
    """The grammar's view of completed properties."""
    sung = known.get("rhythm") in SUNG
    low, high = known["range"].split() if "range" in known else SUNG_RANGE if sung else PLAYED_RANGE
    pitches = scale_pitches(key, low, high)
    chords = {"yes": "required", "no": "none"}.get(known["chords"], known["chords"])
    symbols = chord_symbols(key) if chords != "none" else ()
    pickup = Fraction(0) if known["pickup"] == "none" else Fraction(known["pickup"])
    form = read_sections(known["sections"])
    distinct = {s.label: s for s in reversed(form)}
    chosen = [s for i, s in enumerate(form) if s.label not in {x.label for x in form[:i]}]
    last = form[-1].label
    lengths = NOTE_LENGTHS
    if "notes" in known:
        lengths = tuple(Fraction(word) for word in known["notes"].split())
    longest = Fraction(1, 2) if sung and Fraction(known["meter"]) - pickup >= 1 else Fraction(1, 4)
    ending = max((d for d in lengths if d <= longest), default=Fraction(0))
    sections = tuple(
        replace(
            distinct[s.label],
            finals=tonic_notes(key, pitches) if s.label == last else (),
            cadence=symbols[:1] if s.label == last else (),
            opening=symbols[:1] if s is chosen[0] else (),
            ending=ending,
        )
        for s in chosen
    )
    plain = Fraction(1, 16) in lengths
    return TuneSpec(
        header=header_lines(known, key),
        meter=known["meter"],
        sections=sections,
        pitches=pitches,
        pickup=pickup,
        chords=chords,
        chord_symbols=symbols,
        lengths=lengths,
        dotted=plain,
        triplets="notes" not in known,
        rests="notes" not in known,
    )


def header_lines(known: Mapping[str, str], key: Key) -> tuple[str, ...]:
    """The header in canonical order; a missing title is left to the model."""
    rhythm = [f"R:{known['rhythm']}"] if known.get("rhythm") else []
    unit = tempo_unit(known["meter"])
    return (
        "X:1",
        f"T:{known.get('title', '')}",
        *rhythm,
        f"M:{known['meter']}",
        "L:1/8",
        f"Q:{unit}={known['tempo']}",
        f"K:{key.abc}",
    )


def plan_fill(
    tune: Tune, first: int, last: int, words: str = "", properties: Mapping[str, str] | None = None
) -> Plan:
    """Messages and grammar for new music in the printed bars `first` to `last` of a parsed
    canonical tune.

    The answer is one text a measure, joined by `|`, in the order of `fill_targets`.
    """
    targets = fill_targets(tune, first, last)
    key = targets[0].key
    asked = {"key": key.name, **(properties or {}), "fill": f"{first}-{last}"}
    known = dict(asked)
    style = tune.field("R")
    rhythm = known.get("rhythm") or (style.value if style else "")
    if rhythm:
        known["rhythm"] = asked["rhythm"] = rhythm
    meter = targets[0].meter
    if meter is None:
        raise ValueError("these bars are in free meter; there is no bar length to keep")
    has_chords = any(e.chord_symbol for m in tune.measures for e in m.events)
    known.setdefault("chords", "yes" if has_chords else "no")
    asked["chords"] = known["chords"]
    known |= {
        "meter": str(meter.length.numerator) + "/" + str(meter.length.denominator),
        "tempo": "100",
    }
    known |= {"sections": "A8", "pickup": "none", "meter": _meter_text(meter.text)}
    spec = tune_spec(known, _read_key(known["key"]))
    closing = _closing(tune, targets[-1], spec)
    bar = Fraction(meter.length)
    measures = []
    for i, m in enumerate(targets):
        opens = m.duration < bar and (m.number == 0 or m.starts_section)
        start = bar - m.duration if opens else Fraction(0)
        plain = MeasureSpec(m.duration, start)
        measures.append(
            replace(closing, length=m.duration, start=start) if i + 1 == len(targets) else plain
        )
    text = _with_gaps(tune, targets)
    return Plan(fill_messages(words, asked, text), fill_grammar(spec, measures), spec, known)


def _meter_text(text: str) -> str:
    return {"C": "4/4", "C|": "2/2"}.get(text, text)


def fill_targets(tune: Tune, first: int, last: int) -> list[Measure]:
    """The measures printed as `first` to `last`; `ValueError` when there are none."""
    from abc_tools.edit import select

    try:
        chosen = select(tune, first, last)
    except ValueError:
        chosen = []
    targets = [m for m in chosen if m.events]
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
