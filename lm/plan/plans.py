"""A new tune: from completed properties to messages and grammar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from abc_tools.theory import Key, parse_key, parse_meter
from lm.grammar import NOTE_LENGTHS, SectionSpec, TuneSpec, VoiceSpec, tune_grammar
from lm.plan.notes import (
    PLAYED_RANGE,
    SUNG_RANGE,
    VOICES,
    chord_symbols,
    read_progression,
    read_voices,
    scale_pitches,
    tonic_notes,
)
from lm.plan.properties import SUNG, complete, read_sections, write_section_specs
from lm.requests import compose_messages
from lm.spelling import tempo_unit

SHORTEST_REST = Fraction(1, 8)
"""New tunes breathe in eighths: shorter rests are what a model leaves when a bar does not come out."""


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
            closing = "|]" if i + 1 == len(self.form) else "||"
            body = re.sub(r"(?m)(\|\||\|\])$", closing, by_label[section.label])
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


def plan_tune(words: str, properties: Mapping[str, str], seed: int) -> Plan:
    """Messages and grammar for a new tune; `ValueError` names a property that cannot be read."""
    known = complete(properties, seed)
    spec = tune_spec(known, read_key(known["key"]))
    asked = dict(known)
    asked["sections"] = write_section_specs(spec.sections)
    asked["bars"] = str(sum(s.bars + s.endings for s in spec.sections))
    if "voices" in asked:
        asked["voices"] = str(read_voices(asked["voices"]))
    messages = compose_messages(words, asked)
    return Plan(messages, tune_grammar(spec), spec, known, read_sections(known["sections"]))


def read_key(text: str) -> Key:
    """A key with a tonic; `ValueError` for anything else."""
    key = parse_key(text)
    if key is None or not key.tonic:
        raise ValueError(f"key {text!r} is not one I know")
    return key


def tune_spec(known: Mapping[str, str], key: Key) -> TuneSpec:
    """The grammar's view of completed properties."""
    count = read_voices(known.get("voices", "1"))
    lengths = read_lengths(known)
    more = choice(known, "chromatic", "no", ("no", "some")) == "some"
    pitches = scale_pitches(key, *first_range(known, count), more=more)
    progression = read_progression(known["progression"]) if "progression" in known else ()
    chords = {"yes": "required", "no": "none"}.get(known["chords"], known["chords"])
    symbols = chord_symbols(key) if chords != "none" else ()
    pickup = Fraction(0) if known["pickup"] == "none" else Fraction(known["pickup"])
    free = "notes" not in known
    lower = tuple(
        VoiceSpec(
            scale_pitches(key, low, high, more=more),
            lengths,
            free,
            False,
            shortest_rest=SHORTEST_REST,
        )
        for low, high, _ in VOICES.get(count, ())[1:]
    )
    return TuneSpec(
        header=header_lines(known, key),
        meter=known["meter"],
        sections=distinct_sections(known, key, pitches, symbols, lengths, pickup),
        pitches=pitches,
        pickup=pickup,
        chords=chords,
        chord_symbols=symbols,
        lengths=lengths,
        triplets=free,
        rests=free,
        shortest_rest=SHORTEST_REST,
        progression=progression,
        lower=lower,
        words={"no": "none"}.get(known.get("words", "no"), known.get("words", "")),
    )


def choice(known: Mapping[str, str], name: str, default: str, allowed: tuple[str, ...]) -> str:
    """A property that has few values; `ValueError` names another one."""
    value = known.get(name, default)
    if value not in allowed:
        raise ValueError(f"{name} {value!r}: {' or '.join(allowed)}")
    return value


def read_lengths(known: Mapping[str, str]) -> tuple[Fraction, ...]:
    """The allowed note lengths."""
    if "notes" not in known:
        return NOTE_LENGTHS
    try:
        return tuple(Fraction(word) for word in known["notes"].split())
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"notes {known['notes']!r}: lengths like 1/8 1/4") from None


def first_range(known: Mapping[str, str], count: int) -> tuple[str, str]:
    """The lowest and the highest note of the first voice."""
    if "range" in known:
        ends = known["range"].split()
        if len(ends) != 2:
            raise ValueError(f"range {known['range']!r}: two notes, like D b")
        return ends[0], ends[1]
    if count in VOICES:
        return VOICES[count][0][:2]
    return SUNG_RANGE if is_sung(known) else PLAYED_RANGE


def is_sung(known: Mapping[str, str]) -> bool:
    """Whether the tune is for voices."""
    return known.get("rhythm") in SUNG or known.get("words", "no") != "no"


def distinct_sections(
    known: Mapping[str, str], key: Key, pitches: tuple[str, ...], symbols: tuple[str, ...],
    lengths: tuple[Fraction, ...], pickup: Fraction,
) -> tuple[SectionSpec, ...]:  # fmt: skip
    """The sections that are written (those that come again once), the last one ending at home."""
    form = read_sections(known["sections"])
    written = {s.label: s for s in reversed(form)}
    chosen = [s for i, s in enumerate(form) if s.label not in {x.label for x in form[:i]}]
    last = form[-1].label
    longest = Fraction(1, 4)
    if is_sung(known) and Fraction(known["meter"]) - pickup >= 1:
        longest = Fraction(1, 2)
    ending = max((d for d in lengths if d <= longest), default=Fraction(0))
    return tuple(
        replace(
            written[s.label],
            finals=tonic_notes(key, pitches) if s.label == last else (),
            cadence=symbols[:1] if s.label == last else (),
            opening=symbols[:1] if s is chosen[0] else (),
            ending=ending,
        )
        for s in chosen
    )


def header_lines(known: Mapping[str, str], key: Key) -> tuple[str, ...]:
    """The header in canonical order; a missing title is left to the model."""
    rhythm = [f"R:{known['rhythm']}"] if known.get("rhythm") else []
    meter = parse_meter(known["meter"])
    assert meter is not None, "completed properties have a meter"
    count = read_voices(known.get("voices", "1"))
    voices = [f"V:{n} clef={v[2]}" for n, v in enumerate(VOICES.get(count, ()), start=1)]
    return (
        "X:1",
        f"T:{known.get('title', '')}",
        *rhythm,
        f"M:{known['meter']}",
        "L:1/8",
        f"Q:{tempo_unit(meter)}={known['tempo']}",
        *voices,
        f"K:{key.abc}",
    )
