"""Edits as the command line says them: names with `key=value` words, one after the other.

`transpose semitones=2 , add-ornaments kind=trill` is two edits. A value with spaces is quoted for the
shell. Bars (`--bars`, `--section`) are found in the tune as it is when the edit's turn comes.
"""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from typing import Any

from abc_tools import sections
from abc_tools.edit.pieces import next_line
from abc_tools.edit.registry import EDITS, find, read_key, run
from abc_tools.edit.selection import select
from abc_tools.edit.voices import find_voice
from abc_tools.parse import parse
from abc_tools.text import Edit, Span, apply
from abc_tools.theory import ALTER_NAMES
from abc_tools.tune import Measure, Tune
from abc_tools.validate import errors


@dataclass(frozen=True)
class Outcome:
    """The new text, and a report for each tune."""

    text: str
    report: list[dict[str, Any]]


def listing(*, json_: bool = False) -> str:
    """The edits with their parameters, for people or as JSON."""
    import json

    if json_:
        table = [
            {
                "name": kind.name,
                "help": kind.help,
                "scope": kind.scope,
                "parameters": [
                    {"name": p.name, "kind": p.kind, "help": p.help, "default": p.default,
                     "choices": list(p.choices)}
                    for p in kind.parameters
                ],
            }
            for kind in EDITS.values()
        ]  # fmt: skip
        return json.dumps(table, ensure_ascii=False, indent=1) + "\n"
    lines = []
    for kind in EDITS.values():
        bars = {"tune": "", "any": " [bars]", "bars": " (bars)"}[kind.scope]
        lines.append(f"{kind.name}{bars}: {kind.help}")
        for p in kind.parameters:
            choice = f" ({', '.join(p.choices)})" if p.choices else ""
            default = "" if p.default is None else f" [{p.default}]"
            lines.append(f"    {p.name}={p.kind}: {p.help}{choice}{default}")
    return "\n".join(lines) + "\n"


def read_words(words: list[str]) -> list[tuple[str, dict[str, str]]]:
    """Edits from words.

    >>> read_words(["octave", "octaves=1", ",", "remove-chords"])
    [('octave', {'octaves': '1'}), ('remove-chords', {})]
    """
    found: list[tuple[str, dict[str, str]]] = []
    fresh = True
    for word in words:
        ends = word.endswith(",") and word != ","
        said = word[:-1] if ends else word
        if word == ",":
            fresh = True
            continue
        if fresh:
            found.append((find(said).name, {}))
        elif "=" not in said:
            raise ValueError(f"“{said}” is no value; values are written key=value.")
        else:
            key, _, value = said.partition("=")
            found[-1][1][key] = value
        fresh = ends
    return found


def asked(options: Namespace) -> list[tuple[str, dict[str, str]]]:
    """All edits that a command line asks for: flags first, then words, then each `--then`."""
    found: list[tuple[str, dict[str, str]]] = []
    flags = (
        ("transpose", "semitones", options.transpose), ("key", "key", tonic(options.key)),
        ("mode", "mode", options.mode), ("octave", "octaves", options.octave),
        ("tempo", "bpm", options.tempo),
    )  # fmt: skip
    for name, key, value in flags:
        if value is not None:
            found.append((name, {key: str(value)}))
    found += read_words(options.words)
    for words in options.then:
        found += read_words(words)
    return found


def tonic(text: str | None) -> str | None:
    """The tonic alone of a key: the old flag keeps the mode."""
    if text is None:
        return None
    key = read_key(text)
    return f"{key.tonic}{ALTER_NAMES[key.alter]}"


def chosen(tune: Tune, options: Namespace) -> list[Measure] | None:
    """The measures that `--bars`, `--section` and `--voice` mean; None for the whole tune."""
    measures: list[Measure] | None = None
    if options.bars:
        measures = select(tune, *options.bars)
    elif options.section:
        place = sections.find(tune, options.section)
        measures = select(tune, place.first, place.last, pickup=place.section)
    if options.voice:
        voice = find_voice(tune, options.voice)
        own = {id(m) for m in voice.measures}
        measures = [m for m in measures or list(voice.measures) if id(m) in own]
    return measures


def carry_out(text: str, options: Namespace) -> Outcome:
    """Do all edits on every tune of a text. ValueError if one cannot be done."""
    steps = asked(options)
    report, changes = [], []
    outside, position = "", 0
    for place in parse(text).tunes:
        outside += text[position : place.span.start]
        end = next_line(text, place.span.end)
        position = place.span.end
        # A tune is edited alone, under what stands between the tunes before it: files can be long.
        own = outside + text[place.span.start : end]
        for name, values in steps:
            own = _one(own, name, values, options)
        tune = parse(own).tunes[0]
        changes.append(Edit(Span(place.span.start, end), own[len(outside) :]))
        report.append({
            "title": tune.title, "abc": tune.text, "edits": [name for name, _ in steps],
            "bars": tune.bar_count, "valid": not errors(tune),
        })  # fmt: skip
    return Outcome(apply(text, changes), report)


def _one(text: str, name: str, values: dict[str, str], options: Namespace) -> str:
    tune = parse(text).tunes[0]
    measures = chosen(tune, options)
    if EDITS[name].scope == "tune" and not (options.bars or options.section):
        measures = None
    return apply(text, run(tune, name, values, measures))
