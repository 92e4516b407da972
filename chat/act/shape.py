"""Changes of the shape of the whole: parts in another order, variations behind the tune, one ending for two.

What it does not know: single bars (`stretches`), and what a part is (`abc_tools.sections`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from abc_tools.edit.arrange import copy_bars
from abc_tools.edit.bars import delete_bars
from abc_tools.edit.endings import one_ending
from abc_tools.edit.selection import select
from abc_tools.edit.words import set_words
from abc_tools.parse import parse_tune
from abc_tools.sections import Section, sections
from abc_tools.text import Edit, Span, apply
from abc_tools.theory import ALTER_NAMES, Key, Pitch
from abc_tools.tune import Measure, Tune
from chat.act.change import Change, Context, Steps, edit_step
from chat.act.rewrite import CannotChange
from chat.act.stretches import new_bars
from chat.phrases import bars_text, say
from chat.reasons import reason
from chat.understand.operation import Operation

MOST_BARS = 128
"""No order of parts makes a tune longer than this."""


def order_parts(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The parts in the order of their letters: by the `P:` of the head where there is one, else written out."""
    language, wanted = context.language, operation.values["parts"]
    header = next((f for f in tune.fields if f.name == "P" and f.where == "header"), None)
    said = say(language, "parts-ordered", parts=wanted)
    if header is not None:
        new = parse_tune(apply(tune.source, [Edit(header.value_span, wanted)]))
        yield Change(new, said)
        return
    parts = {p.label.upper()[:1]: p for p in reversed(sections(tune))}
    length = sum(parts[letter].bars for letter in wanted if letter in parts)
    if length > MOST_BARS:
        raise CannotChange(say(language, "no-such-length", said=length, limit=MOST_BARS))
    if any(part.repeated for part in parts.values()):
        tune = edit_step(tune, "write-out-repeats", {})
        parts = {p.label.upper()[:1]: p for p in reversed(sections(tune))}
        said += " " + say(language, "each-once")
    if not set(wanted) <= set(parts):
        raise CannotChange(say(language, "no-such-parts", parts=wanted))
    own = {letter: _indices(tune, parts[letter]) for letter in wanted}
    counts, new = [len(v.measures) for v in tune.voices], tune
    for letter in wanted:
        new = parse_tune(apply(new.source, copy_bars(new, _at(new, own[letter]), new.bar_count)))
    gone = [
        v.measures[n] for v, count in zip(new.voices, counts, strict=True) for n in range(count)
    ]
    new = _labelled(parse_tune(apply(new.source, delete_bars(new, gone))), wanted, own)
    yield Change(new, said)


def new_part(tune: Tune, operation: Operation, context: Context) -> Steps:
    """New music as a part with a name, behind a part that is there."""
    values, language = operation.values, context.language
    count = int(values["count"])
    bars = {"bar": values["after"], "count": values["count"], "where": "after"}
    for item in new_bars(tune, replace(operation, name="new-bars", values=bars), context):
        if isinstance(item, Change):
            first = int(values["after"]) + 1
            named = with_label(item.tune, first, values["label"])
            where = bars_text(language, range(first, first + count))
            said = say(language, "new-part", label=values["label"], where=where)
            item = Change(named, said)
        yield item


def with_label(tune: Tune, bar: int, label: str) -> Tune:
    """The tune with the name of a part before a bar: on a line of its own where one voice stands alone, else inside."""
    measure = next(m for m in tune.measures if m.number == bar)
    at = measure.span.start
    line = tune.source.rfind("\n", 0, at) + 1
    stop = tune.source.find("\n", at)
    sung = tune.source[stop + 1 : stop + 3] in ("w:", "s:") if stop >= 0 else False
    alone = not tune.source[line:at].strip(" |:[]")
    text = f"P:{label}\n" if alone else f"\nP:{label}\n"
    if len(tune.voices) > 1 or (sung and not alone):
        text, alone = f"[P:{label}]", False
    place = line if alone else at
    return parse_tune(apply(tune.source, [Edit(Span(place, place), text)]))


def _labelled(tune: Tune, wanted: str, own: dict[str, list[list[int]]]) -> Tune:
    """The tune with its `P:` labels at the parts as they come now; as it is where it had none."""
    old = [f for f in tune.fields if f.name == "P" and f.where != "header"]
    if not old:
        return tune
    edits = [Edit(f.span, "") for f in old]
    index = 0
    for letter in wanted:
        at = tune.voices[0].measures[index].span.start
        line = tune.source.rfind("\n", 0, at) + 1
        alone = not tune.source[line:at].strip(" |:[]")
        edits.append(
            Edit(Span(line, line), f"P:{letter}\n")
            if alone
            else Edit(Span(at, at), f"[P:{letter}]")
        )
        index += len(own[letter][0])
    return parse_tune(re.sub(r"\n{2,}(?=\S)", "\n", apply(tune.source, edits)))


def _indices(tune: Tune, part: Section) -> list[list[int]]:
    """Where the measures of a part stand in each voice, its pickup with them."""
    chosen = {id(m) for m in select(tune, part.first, part.last, pickup=True)}
    return [[n for n, m in enumerate(v.measures) if id(m) in chosen] for v in tune.voices]


def _at(tune: Tune, indices: list[list[int]]) -> list[Measure]:
    return [v.measures[n] for v, own in zip(tune.voices, indices, strict=True) for n in own]


def merge_endings(tune: Tune, operation: Operation, context: Context) -> Steps:
    """First and second endings become one: the last one, played both times."""
    yield Change(
        parse_tune(apply(tune.source, one_ending(tune))), say(context.language, "one-ending")
    )


def come_home(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The last bar holds the tonic; where it ends there already, it stays."""
    key = tune.key
    last = next((e for e in reversed(tune.measures[-1].events) if e.notes), None)
    if last is None or not key.tonic or last.midi[-1] % 12 == key.pitch_class:
        yield Change(tune, "")
        return
    said = say(context.language, "came-home", bar=tune.bar_count)
    yield Change(edit_step(tune, "ending", {"kind": "held"}), said)


# -- variations -------------------------------------------------------------------------------

_WAYS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("figures", "embellish", {}), ("dotted", "swing", {"style": "dotted", "of": "either"}), ("mode", "mode", {}),
    ("high", "octave", {"octaves": "1"}), ("eighths", "in-notes", {"length": "1/8", "longer": "yes"}),
)  # fmt: skip
"""What a variation does to the theme: its name in sentences, the edit, its values."""
MOST_THEME = 32


def variations(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Variations behind the theme, each the theme once more with another change: figures between its notes, dotted,
    in the other mode, an octave higher, in eighths.
    """
    language, count = context.language, int(operation.values["count"])
    said: list[str] = []
    place = operation.place
    first, last = (place.first, place.last) if place else (1, tune.bar_count)
    size = last - first + 1
    if size > MOST_THEME:
        raise CannotChange(say(language, "theme-too-long", most=MOST_THEME))
    new = tune
    for name, edit, values in _WAYS:
        if len(said) == count:
            break
        try:
            longer = edit_step(new, "copy-bars", {"after": str(new.bar_count)}, first, last)
            start = longer.bar_count - size + 1
            if name == "mode":
                values = {"mode": "major" if tune.key.minor_third else "minor"}
            changed = edit_step(longer, edit, values, start, longer.bar_count)
        except ValueError:
            continue  # not every theme can be changed in every way
        new = changed
        bars = bars_text(language, range(start, new.bar_count + 1))
        said.append(say(language, f"variation-{name}", number=len(said) + 1, where=bars))
    if not said:
        raise CannotChange(reason("There are no notes in these bars.", language))
    yield Change(new, " ".join(said))


# -- names of notes ---------------------------------------------------------------------------

_SOL_FA = ("do", "re", "mi", "fa", "sol", "la", "ti")


def note_names(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The names of the melody's notes as words under them: letters, sol-fa or degrees."""
    language, kind = context.language, operation.values["kind"]
    voice = tune.voices[0]
    if any(s for e in voice.events for s in e.syllables):
        raise CannotChange(say(language, "words-in-the-way-of-names"))
    names = [
        _name(m.key, max((n.written for n in e.notes), key=lambda p: p.midi), kind)
        for m in voice.measures for e in m.events if e.notes and not e.tied
    ]  # fmt: skip
    if not names:
        raise CannotChange(reason("There are no notes in these bars.", language))
    new = parse_tune(apply(tune.source, set_words(tune, names)))
    yield Change(new, say(language, "names-written"))


def _name(key: Key, pitch: Pitch, kind: str) -> str:
    sign = ALTER_NAMES.get(round(pitch.alter), "")
    if kind == "letters" or not key.tonic:
        return pitch.step + {"#": "♯", "b": "♭"}.get(sign, sign)
    steps = [step for step, _ in key.scale]
    degree = steps.index(pitch.step)
    extra = Fraction(pitch.alter) - Fraction(key.scale[degree][1])
    mark = {1: "♯", -1: "♭"}.get(int(extra), "")
    return mark + (_SOL_FA[degree] if kind == "sol-fa" else str(degree + 1))
