"""The plan for wishes: what is asked for becomes properties, and the properties what `lm.plan` completes.

What nobody asked for is chosen by chance, always the same for a seed. What it does not know: how a message is read
(`chat.understand`), and whether a tune has what was asked for (`chat.check`).
"""

from __future__ import annotations

import random
from dataclasses import replace

from abc_tools.styles import STYLES
from chat.act.plan.implied import settled
from chat.act.plan.keys import in_minor, key_of, symbols
from chat.act.plan.lengths import lengths, pickup, tempo_of, usual_beats
from chat.act.plan.notes import narrowed, notes_and_range
from chat.act.plan.words import first_words, sung_rows, title_of, usual_title
from chat.requirements import Wishes
from lm.grammar import tune_grammar
from lm.plan import Plan, plan_melody, plan_tune
from lm.plan.properties import TEMPI


def make_plan(message: str, wishes: Wishes, seed: int) -> Plan:
    """The plan for wishes; what the grammar cannot count (a rare note length) is left to the check."""
    rng = random.Random(seed)
    values = settled(wishes, rng)
    properties = properties_of(values, wishes, rng)
    if "title" not in properties:
        properties["title"] = first_words(wishes.words) or usual_title(message, wishes, properties)
        if not properties["title"]:
            del properties["title"]
    if wishes.words:
        return _melody(message, wishes, values, properties, seed)
    try:
        plan = plan_tune(message, properties, seed)
    except ValueError:
        properties = {k: v for k, v in properties.items() if k not in ("notes", "range", "pickup")}
        plan = plan_tune(message, properties, seed)
    return narrowed(plan, values)


def _melody(
    message: str, wishes: Wishes, values: dict[str, str], properties: dict[str, str], seed: int
) -> Plan:
    """A melody to given words: a line of four bars for each line of words."""
    kept = {
        k: v
        for k, v in properties.items()
        if k not in ("bars", "sections", "voices", "notes", "pickup")
    }
    meter = kept.setdefault("meter", "4/4")
    rows = _as_long(sung_rows(wishes.words, meter), int(values.get("bars", "0")))
    plan = plan_melody(rows, message, {**kept, "pickup": "none"}, seed)
    spec = replace(plan.spec, rests=False)  # a short line is sung on longer notes
    return narrowed(replace(plan, spec=spec, grammar=tune_grammar(spec)), values)


A_ROW = 4
"""Bars for a line of words."""


def _as_long(rows: str, bars: int) -> str:
    """The lines once more, as often as the bars that were asked for have room for all of them."""
    count = rows.count("\n") + 1
    times = bars // (A_ROW * count) if bars and bars % (A_ROW * count) == 0 else 1
    return "\n".join([rows] * max(1, times))


def properties_of(values: dict[str, str], wishes: Wishes, rng: random.Random) -> dict[str, str]:
    """The properties that `lm.plan` completes, from the values."""
    properties: dict[str, str] = {k: values[k] for k in ("rhythm", "meter") if k in values}
    style = STYLES.get(values.get("rhythm", ""))
    if style is not None and "meter" not in properties:
        properties["meter"] = style.meters[0]
    key = key_of(values, rng)
    properties["key"] = key.name
    properties["chords"] = "no" if values.get("chords") == "no" else "yes"
    title = values.get("title") or (title_of(values["theme"]) if "theme" in values else None)
    if title:
        properties["title"] = title
    tempo = tempo_of(
        values.get("tempo"), properties, "not-fast" in wishes.details,
        wishes.details.get("tempo-word", ""),
    )  # fmt: skip
    if tempo:
        properties["tempo"] = tempo
    elif style is not None and style.name not in TEMPI:
        properties["tempo"] = str(usual_beats(style, properties["meter"]))
    properties |= lengths(values, wishes.details, properties)
    if "pickup" in values:
        properties["pickup"] = pickup(values["pickup"], properties.get("meter", "4/4"))
    row = values.get("progression", "")
    if key.minor_third and "progression" not in wishes.values and "scale" not in wishes.implied:
        row = in_minor(row)
    if row and (chords := symbols(row, key)):
        properties["progression"] = " ".join(chords)
    if values.get("scale") == "chromatic":
        properties["chromatic"] = "some"
    return properties | notes_and_range(values, key)
