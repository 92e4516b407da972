"""Checks on the shape of a delivered tune: meter, bars, tempo, lengths, form, parts, voices, words.

Each asks only for what its name says. Where music writes one thing in several ways, all are accepted: bars
printed or played, parts by `P:` or by a comment, a tempo in the written or the felt beat.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from abc_tools.instruments import program_named, program_of
from abc_tools.theory import parse_meter
from benchmarks.requests.registry import check
from benchmarks.requests.score import (
    Turn,
    all_events,
    events,
    melody,
    played,
    printed,
    syllables,
    tune_of,
    tunes_of,
)  # fmt: skip
from benchmarks.requests.score import (
    sections as sections_of,
)
from benchmarks.requests.score import (
    words as words_of,
)

SECTION_NAMES = {
    "verse": ("verse", "主歌"), "chorus": ("chorus", "refrain", "副歌"),
    "bridge": ("bridge", "middle", "桥"), "intro": ("intro", "前奏"),
}  # fmt: skip
ALIKE = 0.5


@check
def meter(turn: Turn, value: str) -> str | None:
    """The meter, C and C| read as 4/4 and 2/2."""
    return meter_in(turn, [value])


@check
def meter_in(turn: Turn, value: list[str]) -> str | None:
    """One of these meters, and every bar that says one says this."""
    tune = tune_of(turn.after)
    wanted = {(sum(m.beats), m.unit) for v in value if (m := parse_meter(v))}
    found = {(sum(m.meter.beats), m.meter.unit) for m in tune.measures if m.meter}
    return None if found and found <= wanted else f"{sorted(found)}"


@check
def meter_not(turn: Turn, value: list[str]) -> str | None:
    """None of these meters."""
    return "the meter that was not wanted" if meter_in(turn, value) is None else None


@check
def bars(turn: Turn, value: int | list[int]) -> str | None:
    """So many bars (or from–to), printed or played."""
    tune = tune_of(turn.after)
    low, high = value if isinstance(value, list) else (value, value)
    counts = {tune.bar_count, len(played(tune))}
    return None if any(low <= n <= high for n in counts) else f"{sorted(counts)} bars"


@check
def tempo(turn: Turn, value: float | list[float]) -> str | None:
    """Beats a minute (or from–to); it must stand in the score.

    The beat is the written one or the meter's own, and a quarter note where beats are not of three.
    """
    tune = tune_of(turn.after)
    given, meters = tune.tempo, tune.meter
    if not given.explicit:
        return "no tempo is written"
    low, high = value if isinstance(value, list) else (value, value)
    beats = {given.beat, meters.beat if meters else Fraction(1, 4)}
    if meters is None or not meters.compound:
        beats.add(Fraction(1, 4))
    right = any(low <= given.bpm * given.beat / beat <= high for beat in beats)
    return None if right else f"{float(given.beat)} = {float(given.bpm)}"


@check
def title(turn: Turn, value: str) -> str | None:
    """The title contains these words."""
    given = tune_of(turn.after).title
    return None if value.lower() in given.lower() else f"it is called {given}"


@check
def title_is(turn: Turn, value: str) -> str | None:
    """The title is this, letter case and quotation marks aside; an empty one may read `Untitled`."""
    given = tune_of(turn.after).title.strip(" \"'“”‘’《》").lower()
    allowed = {value.lower()} | ({"untitled", "无题"} if not value else set())
    return None if given in allowed else f"it is called {given}"


@check
def clef(turn: Turn, value: str) -> str | None:
    """The first voice stands in this clef."""
    given = tune_of(turn.after).voices[0].clef or "treble"
    return None if given.startswith(value) else given


@check
def pickup(turn: Turn, value: bool) -> str | None:
    """Whether the tune begins before bar 1."""
    first = tune_of(turn.after).measures[0].number
    return None if (first == 0) == value else f"it begins with bar {first}"


@check
def lengths(turn: Turn, value: list[str]) -> str | None:
    """The first voice uses only these note lengths; a note tied over a barline counts as its parts."""
    allowed = {Fraction(v) for v in value}
    found = {e.duration for e in events(tune_of(turn.after)) if e.midi}
    return None if found <= allowed else f"also {sorted(map(str, found - allowed))}"


@check
def shortest(turn: Turn, value: str) -> str | None:
    """No note is shorter than this."""
    found = min((e.duration for e in all_events(tune_of(turn.after)) if e.midi), default=None)
    return None if found is not None and found >= Fraction(value) else f"{found}"


@check
def longest(turn: Turn, value: str) -> str | None:
    """No note of the first voice is longer than this, ties counted together."""
    found = max((d for p, d in melody(tune_of(turn.after)) if p), default=None)
    return None if found is not None and found <= Fraction(value) else f"{found}"


@check
def notes_per_bar(turn: Turn, value: int) -> str | None:
    """Every bar of the first voice has so many notes."""
    counts = {sum(1 for p, _ in bar if p) for bar in printed(tune_of(turn.after))}
    return None if counts == {value} else f"{sorted(counts)}"


@check
def voices(turn: Turn, value: int) -> str | None:
    """So many voices have notes; a chord of the first voice is no voice."""
    found = [v for v in tune_of(turn.after).voices if any(e.midi for e in v.events)]
    return None if len(found) == value else f"{len(found)} voices"


@check
def instrument(turn: Turn, value: str) -> str | None:
    """Some voice plays it, by program or by name."""
    wanted = program_named(value)
    found = {program_of(v) for v in tune_of(turn.after).voices}
    return None if wanted in found else f"programs {sorted(found)}"


@check
def repeats(turn: Turn, value: bool) -> str | None:
    """Whether a repeat is written."""
    tune = tune_of(turn.after)
    has = any(m.after and m.after.repeat_end for m in tune.measures)
    return None if has == value else ("no repeat" if value else "a repeat")


@check
def form(turn: Turn, value: str) -> str | None:
    """Equal parts, printed or played, of which those with one letter are alike and those with two are not."""
    tune = tune_of(turn.after)
    labels = "".join(label[:1].upper() for label, _, _ in sections_of(tune))
    for order in (printed(tune), played(tune)):
        size, rest = divmod(len(order), len(value))
        if (
            not rest
            and size
            and _has_form([order[i * size : (i + 1) * size] for i in _count(value)], value)
        ):
            return None
    named = [printed(tune)[first - 1 : last] for _, first, last in sections_of(tune)]
    if len(named) == len(value) and _has_form(named, value):
        return None  # parts that are not equally long, by their labels
    return f"not {value} (labels {labels or 'none'})"


def _has_form(parts: list[list[Any]], letters: str) -> bool:
    for i in _count(letters):
        for j in _count(letters[:i]):
            alike = sum(a == b for a, b in zip(parts[i], parts[j], strict=False))
            same = alike / max(1, len(parts[i]), len(parts[j]))
            if letters[i] == letters[j] and same < ALIKE:
                return False
            if letters[i] != letters[j] and same == 1:
                return False
    return True


def _count(items: str) -> list[int]:
    return [index for index, _ in enumerate(items)]


@check
def sections(turn: Turn, value: list[str]) -> str | None:
    """Every one of these parts is labelled in the score, by `P:` or a comment."""
    labels = " ".join(label for label, _, _ in sections_of(tune_of(turn.after)))
    missing = [v for v in value if not any(name in labels for name in SECTION_NAMES[v])]
    return f"no {missing} in “{labels}”" if missing else None


@check
def section_length(turn: Turn, value: list[Any]) -> str | None:
    """The part of this name has so many bars."""
    name, wanted = value
    found = [
        last - first + 1
        for label, first, last in sections_of(tune_of(turn.after))
        if any(n in label for n in SECTION_NAMES[name])
    ]
    return None if wanted in found else f"{found} bars"


@check
def lyrics(turn: Turn, value: bool) -> str | None:
    """Whether there are words under the notes."""
    found = syllables(tune_of(turn.after))
    return None if bool(found) == value else f"{len(found)} syllables"


@check
def words(turn: Turn, value: list[str]) -> str | None:
    """The words under the notes contain all of these."""
    sung = words_of(tune_of(turn.after))
    missing = [v for v in value if v.lower() not in sung]
    return f"no {missing}" if missing else None


@check
def words_not(turn: Turn, value: list[str]) -> str | None:
    """The words under the notes contain none of these."""
    found = [v for v in value if v.lower() in words_of(tune_of(turn.after))]
    return f"{found}" if found else None


@check
def words_language(turn: Turn, value: str) -> str | None:
    """Most syllables are in this language."""
    found = syllables(tune_of(turn.after))
    han = sum(bool(re.search(r"[\u3400-\u9fff]", s)) for s in found)
    right = found and (han * 2 > len(found)) == (value == "zh")
    return None if right else f"{han} of {len(found)} syllables are Chinese"


@check
def verses(turn: Turn, value: int) -> str | None:
    """So many verses, under one another or in parts called verse."""
    tune = tune_of(turn.after)
    under = max((line.verse for line in tune.lyrics), default=0)
    labelled = sum(
        any(n in label for n in SECTION_NAMES["verse"]) for label, _, _ in sections_of(tune)
    )
    sung = labelled if tune.lyrics else 0
    return None if max(under, sung) >= value else f"{under} verses"


@check
def tunes(turn: Turn, value: int) -> str | None:
    """So many different tunes, in the score or fenced in the reply."""
    found = {tune.text.partition("K:")[2] for tune in tunes_of(turn.after or "")}
    fenced = re.findall(r"```\w*\n(.*?)```", str(turn.reply.get("reply", "")), re.DOTALL)
    shown = {tune.text.partition("K:")[2] for block in fenced for tune in tunes_of(block)}
    return None if max(len(found), len(found | shown)) >= value else f"{len(found | shown)} tunes"
