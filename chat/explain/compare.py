"""Two tunes, or two parts of one, held side by side: what differs and what is shared, computed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from abc_tools.analyse.shape import likeness_kind
from abc_tools.numbers import NUMBER
from abc_tools.places import Place, find_place, number
from abc_tools.sections import sections
from abc_tools.tune import Measure, Tune
from chat.explain.scope import Scope, scope
from chat.explain.statement import Statement
from chat.explain.timing import meter_value
from chat.phrases import plain

Names = tuple[list[str], list[str]]
_PARTS = {"same": "parts same", "varied": "parts varied", "transposed": "parts moved",
          "same rhythm": "parts rhythm", "different": "parts different"}  # fmt: skip


def _both(one: Scope, other: Scope) -> tuple[int, ...]:
    """The bars of both scopes."""
    return tuple(sorted({*one.bars, *other.bars}))


def _named(names: Names, **values: object) -> dict[str, object]:
    return {"one": names[0], "other": names[1], **values}


def _chord_row(s: Scope) -> list[str]:
    return [h.chord.text for h, before in zip(s.chords, [None, *s.chords], strict=False)
            if before is None or before.chord != h.chord]  # fmt: skip


def _step_share(s: Scope) -> int:
    sizes = [abs(b.midi - a.midi) for a, b in itertools.pairwise(s.notes)]
    return round(100 * sum(x <= 2 for x in sizes) / len(sizes)) if sizes else 100


def _full_bars(s: Scope) -> int:
    return sum(1 for b in s.bars if b)


def differences(one: Scope, other: Scope, names: Names) -> list[Statement]:
    """What differs between two scopes, by subject; [] where nothing of it does."""
    bars = _both(one, other)
    found: list[Statement] = []

    def add(kind: str, a: object, b: object) -> None:
        if a != b:
            found.append(Statement(kind, _named(names, a=a, b=b), bars))

    if one.key.tonic and other.key.tonic:
        add("keys differ", one.key.name, other.key.name)
    add("meters differ", _meter(one), _meter(other))
    add("tempi differ", _bpm(one), _bpm(other))
    add("lengths differ", _full_bars(one), _full_bars(other))
    add("counts differ", len(one.notes), len(other.notes))
    low = [min(s.notes, key=lambda n: n.midi).pitch.name for s in (one, other)]
    high = [max(s.notes, key=lambda n: n.midi).pitch.name for s in (one, other)]
    if low[0] != low[1] or high[0] != high[1]:
        value = _named(names, a_low=low[0], a_high=high[0], b_low=low[1], b_high=high[1])
        found.append(Statement("ranges differ", value, bars))
    add("steps differ", _step_share(one), _step_share(other))
    chords = _chord_row(one), _chord_row(other)
    if all(chords):
        add("chords differ", chords[0], chords[1])
    elif any(chords):
        first = names if chords[0] else (names[1], names[0])
        found.append(Statement("chords only", _named(first, a=chords[0] or chords[1]), bars))
    add("ends differ", one.notes[-1].pitch.name, other.notes[-1].pitch.name)
    return found


def _meter(s: Scope) -> str:
    meter = next((m.meter for m in s.measures), None)
    return str(meter_value(meter)["meter"]) if meter else "none"


def _bpm(s: Scope) -> str:
    value = s.tune.tempo
    bpm = value.bpm
    for measure in s.tune.measures:
        if measure.tempo is not None and measure.number <= s.first and not s.whole:
            bpm = measure.tempo.bpm
    return f"{float(bpm):.0f}"


# -- parts of one tune ----------------------------------------------------------------------------


def compare_parts(one: Scope, other: Scope) -> list[Statement]:
    """Two parts of one tune."""
    names = (_bars_name(one), _bars_name(other))
    bars = _both(one, other)
    kind, share, _ = likeness_kind(one.notes, other.notes)
    value = _named(names, percent=round(100 * share))
    found = [Statement(_PARTS[kind], value, bars)]
    differing = [f for f in differences(one, other, names) if f.kind != "tempi differ"]
    density = [round(len(s.notes) / max(_full_bars(s), 1), 1) for s in (one, other)]
    if density[0] != density[1]:
        value = _named(names, a=density[0], b=density[1])
        differing.append(Statement("density differs", value, bars))
    kinds = {f.kind for f in differing}
    if "keys differ" not in kinds and one.key.tonic:
        found.append(Statement("key shared", {"key": one.key.name}, bars))
    if "meters differ" not in kinds and _meter(one) != "none":
        found.append(Statement("meter shared", {"meter": _meter(one)}, bars))
    return [*found, *differing]


def _bars_name(s: Scope) -> list[str]:
    if s.first == s.last:
        return [f"bar {s.first}", f"第{s.first}小节"]
    return [f"bars {s.first}–{s.last}", f"第{s.first}—{s.last}小节"]


_SPLIT = re.compile(r"\b(?:and|with|to|vs\.?|versus|against|from|than)\b|和|与|跟|同|比|、|,|,")


def two_places(tune: Tune, words: str) -> tuple[Place, Place] | None:
    """The two parts that some words name, "the A part and the B part"; None for other words.

    Where one part is named, the other is the rest: the other half, the next section, or the whole.
    """
    words = re.sub(
        r"\b(bar|measure)s (\d+) (?:and|or|with|vs) (\d+)(?! ?[-–\d])", r"\1 \2 and \1 \3", words
    )
    pieces = _SPLIT.split(words)
    for index in range(1, len(pieces)):
        left, right = " ".join(pieces[:index]), " ".join(pieces[index:])
        places = _place(tune, left), _place(tune, right)
        if places[0] and places[1] and places[0] != places[1]:
            return places[0], places[1]
    if re.search(r"halves|前后两半|前半.*后半|两半", words) and tune.bar_count > 1:
        middle = tune.bar_count // 2
        return Place(1, middle), Place(middle + 1, tune.bar_count)
    parts = sections(tune)
    if re.search(r"\b(?:parts|sections|strains)\b|两段|各段|两部分|段落", words) and len(parts) > 1:
        first = parts[0]
        second = next((p for p in parts[1:] if p.label != first.label), parts[1])
        return Place(first.first, first.last), Place(second.first, second.last)
    return None


_WITHOUT_NOUN = re.compile(
    rf"\b(first|last|opening|final|closing|other) ({NUMBER})\b(?! ?(?:bars?|measures?|notes?|beats?|lines?|phrases?))"
)


def _place(tune: Tune, words: str) -> Place | None:
    words = _WITHOUT_NOUN.sub(r"\1 \2 bars", words)  # "compare the first 8 bars with the last 8"
    letters = re.search(r"(?<![a-z])([a-h])(?![a-z])", words)
    for said in (words, f"part {letters[1]}" if letters else ""):
        try:
            return find_place(tune, said) if said.strip() else None
        except ValueError:
            continue
    pair = re.search(r"(?<![\d.])(\d{1,3})(?:\s*-\s*(\d{1,3}))?(?![\d.])", words)
    if pair is not None:
        first, last = int(pair[1]), int(pair[2] or pair[1])
        if first in tune.bar_numbers and last in tune.bar_numbers and first <= last:
            return Place(first, last)
    return None


# -- versions ---------------------------------------------------------------------------------


def chosen_version(tune: Tune, versions: Sequence[Tune], said: str) -> tuple[Tune, Names] | None:
    """The earlier version that some words mean and what the two are called; None if there is none."""
    earlier = list(versions)
    while earlier and earlier[-1].text == tune.text:
        earlier.pop()
    if not earlier:
        return None
    match = re.search(
        r"(?:version|draft|v\.?|take|版本|第)\s*(\d+|[一二两三四五六七八九十]+)", said
    )
    index = len(earlier) - 1
    if match and (count := number(match[1])) is not None:
        if not 1 <= count <= len(earlier):
            return None
        index = count - 1
    elif re.search(r"first|original|beginning|最初|原来|原版|一开始|第一", said):
        index = 0
    names = ([f"version {index + 1}", f"版本{index + 1}"], ["the tune now", "现在的曲子"])
    return earlier[index], names


def version_before(tune: Tune, versions: Sequence[Tune]) -> Tune | None:
    """The last of some versions that is not the tune as it is; None for none."""
    return next((v for v in reversed(versions) if v.text != tune.text), None)


def compare_versions(before: Tune, now: Tune, names: Names) -> list[Statement]:
    """An earlier version and the tune as it is: what differs, with the bars whose notes changed."""
    one, other = scope(before, None), scope(now, None)
    found = differences(one, other, names)
    melody, *rest = changed_bars(before, now)
    if melody:
        found.insert(0, Statement("bars changed", _named(names), melody))
    if len(before.voices) != len(now.voices):
        value = _named(names, a=len(before.voices), b=len(now.voices))
        found.append(Statement("voices differ", value, other.bars))
    for kind, bars in zip(_OTHERS, rest, strict=True):
        if bars:
            found.append(Statement(kind, _named(names), bars))
    if before.title != now.title and before.title and now.title:
        value = _named(names, a=plain(before.title), b=plain(now.title))
        found.append(Statement("titles differ", value, other.bars))
    if not found:
        return [Statement("all same", _named(names), other.bars)]
    equal = tuple(b for b in other.bars if b not in melody and b in one.bars)
    if melody and equal:
        found.append(Statement("bars equal", _named(names), equal))
    return found


_OTHERS = ("voices changed", "chords changed", "words changed", "signs changed")
Bars = tuple[int, ...]


def changed_bars(before: Tune, now: Tune) -> tuple[Bars, Bars, Bars, Bars, Bars]:
    """Bars of the tune as it is whose melody, other voices, chord symbols, words or signs are other than before.

    Voices that only one of the two has are not compared.
    """
    voices = min(len(before.voices), len(now.voices))
    old, new = _contents(before, voices), _contents(now, voices)
    found: list[list[int]] = [[], [], [], [], []]
    for bar, content in new.items():
        was = old.get(bar, _NOTHING)
        for index in range(5):
            if content[index] != was[index]:
                found[index].append(bar)
    melody, others, chords, words, signs = (tuple(bars) for bars in found)
    return melody, others, chords, words, signs


Content = tuple[tuple[object, ...], ...]
_NOTHING: Content = ((), (), (), (), ())


def _contents(tune: Tune, voices: int) -> dict[int, Content]:
    """Bar → notes of the first voice, of the others, chord symbols, syllables and signs."""
    found: dict[int, Content] = {}
    for index, voice in enumerate(tune.voices[:voices]):
        for measure in voice.measures:
            notes, *rest = _content(measure)
            mine = (notes, ()) if index == 0 else ((), notes)
            was = found.get(measure.number, _NOTHING)
            found[measure.number] = tuple(a + b for a, b in zip(was, (*mine, *rest), strict=True))
    return found


def _content(measure: Measure) -> Content:
    notes = tuple((e.midi, e.onset, e.duration, e.tied) for e in measure.events)
    chords = tuple((e.onset, e.chord_symbol) for e in measure.events if e.chord_symbol)
    words = tuple((e.onset, e.syllables) for e in measure.events if any(e.syllables))
    signs = tuple((e.onset, e.decorations) for e in measure.events if e.decorations)
    return notes, chords, words, signs
