"""How long a new tune is, in which sections, how fast, and with which pickup.

Lengths are bars, tempi beats a minute of the meter's own beat. What it does not know: the lengths of notes (`notes`).
"""

from __future__ import annotations

from fractions import Fraction

from abc_tools.styles import Style, usual_tempo
from abc_tools.theory import parse_meter
from chat.requirements import MAX_BARS

DEFAULT_BARS, SHORT_BARS = 16, 8
SLOW_BPM, SLOW_COMPOUND, FAST_BPM, FAST_COMPOUND, MEDIUM_BPM, UNHURRIED_BPM = (
    76,
    58,
    132,
    116,
    100,
    88,
)


def lengths(
    values: dict[str, str], details: dict[str, str], properties: dict[str, str]
) -> dict[str, str]:
    """Bars and sections: from a number of bars, seconds, a form in letters, sizes of parts, repeats."""
    form = values.get("form")
    bars = int(values["bars"]) if "bars" in values else _bars_of(values, properties)
    repeats = values.get("repeats")
    tail = int(details.get("canon-tail", 0))
    if "canon" in values and "asked-bars" in details and bars and bars >= tail + 2:
        bars -= tail  # its voices end one after the other
    if not form and not bars and "progression" in values:
        row = len(values["progression"].split())
        bars = row * (
            2 if "twice" in details else max(1, round(DEFAULT_BARS / row)) if row < 12 else 1
        )
    if "loop" in values and (not form or len(set(form)) == 1):
        if bars and "bars" not in values:  # so many seconds with the repeat
            bars = max(2, bars // 2)
        return {"sections": f"|:A{bars or SHORT_BARS}:|"}
    if "endings" in values:
        return {"sections": _with_endings(values["endings"], form, bars, details)}
    if not form and "twice" in details and "progression" in values:
        return {"sections": f"A{bars or DEFAULT_BARS}"}
    if not form:
        total = bars or DEFAULT_BARS
        if not repeats and "seconds" not in values and "part-size" not in details:
            return {"bars": str(total)}
        size = int(details.get("part-size", 0)) or (
            8 if total >= 16 else max(1, total // 2) if repeats == "yes" and total > 3 else total
        )
        total = bars or (2 * size if "part-size" in details else total)
        sizes = [size] * max(1, total // size)
        sizes[-1] += total - sum(sizes)
        letters = "ABCDEFGH"[: len(sizes)] if len(sizes) <= 8 else "A" * len(sizes)
        return {"sections": _words(letters, sizes, repeats == "yes")}
    pairs = len(form) % 2 == 0 and all(form[i] == form[i + 1] for i in range(0, len(form), 2)) and (
        len(set(form)) == len(form) // 2
    )  # fmt: skip
    pairs = pairs and repeats != "no"
    letters = form[::2] if pairs else form
    own = {
        letter: int(details[f"part-{letter}"])
        for letter in set(letters)
        if f"part-{letter}" in details
    }
    if own or "part-size" in details:
        usual = int(details.get("part-size", 8))
        sizes = [own.get(letter, usual) for letter in letters]
        if bars and not pairs and sum(sizes) != bars and own:
            others = [i for i, letter in enumerate(letters) if letter not in own]
            left = bars - sum(sizes[i] for i in range(len(letters)) if i not in others)
            if others and left >= len(others) and left % len(others) == 0:
                for i in others:
                    sizes[i] = left // len(others)
        return {"sections": _words(letters, sizes, pairs or repeats == "yes")}
    total = bars or min(8, MAX_BARS // len(letters)) * len(letters)
    size, rest = divmod(total, len(letters))
    if size == 0:
        return {"bars": str(total)}
    return {"sections": _words(letters, _shared(letters, size, rest), pairs or repeats == "yes")}


def _with_endings(which: str, form: str | None, bars: int | None, details: dict[str, str]) -> str:
    """Repeated parts, the first, the second or all of them with a first and a second ending of one bar."""
    letters = "".join(dict.fromkeys(form or "AB"))
    if bars is not None and bars < 4 * len(letters):
        letters = letters[: max(1, bars // 4)]
    size = int(details.get("part-size", 0)) or (bars or 8 * len(letters)) // len(letters)
    return " ".join(
        f"|:{c}{size}/1:|" if which in ("all", c) else f"|:{c}{size}:|" for c in letters
    )


def _shared(letters: str, size: int, rest: int) -> list[int]:
    """Sizes of sections: equal letters equally long, the bars left over to letters that come once."""
    sizes = [size] * len(letters)
    counts = {letter: letters.count(letter) for letter in letters}
    for letter, count in sorted(counts.items(), key=lambda item: -item[1]):
        while rest >= count and (count > 1 or rest):
            share = rest // count if count == 1 else 1
            sizes = [s + share if c == letter else s for s, c in zip(sizes, letters, strict=True)]
            rest -= share * count
            if count > 1:
                break
    return sizes


def _words(letters: str, sizes: list[int], repeats: bool) -> str:
    return " ".join(
        f"|:{c}{n}:|" if repeats else f"{c}{n}" for c, n in zip(letters, sizes, strict=True)
    )


def _bars_of(values: dict[str, str], properties: dict[str, str]) -> int | None:
    """Bars that last about so many seconds, in whole phrases of four."""
    if "seconds" not in values:
        return None
    meter = parse_meter(properties.get("meter", "4/4"))
    assert meter is not None, "a style's meter can be read"
    beat, usual = usual_tempo(properties.get("rhythm", ""), meter)
    bpm = int(properties.get("tempo", usual))
    properties.setdefault("tempo", str(bpm))
    properties.setdefault("meter", meter.text)
    bar = float(meter.length / beat) * 60 / bpm
    phrase = 4 if float(values["seconds"]) / bar >= 8 else 2
    return max(2, min(MAX_BARS, phrase * round(float(values["seconds"]) / bar / phrase)))


VERY_FAST = {"vivace": 160, "presto": 176, "prestissimo": 200}
"""Crotchets a minute of the markings that are faster than fast; dotted ones are four fifths as many."""
MOST_BEATS = 300


def tempo_of(
    feel: str | None, properties: dict[str, str], unhurried: bool = False, marking: str = ""
) -> str | None:
    """Beats a minute for a number, or for "slow", "medium" or "fast"; None for none asked for. What is not to be fast
    is `unhurried`; `marking` is the Italian word that was said, where it says more than fast.

    >>> tempo_of("fast", {"meter": "4/4"}, marking="presto"), tempo_of("fast", {"meter": "7/8"})
    ('176', '264')
    """
    if feel is None or feel.isdigit():
        return feel
    meter = parse_meter(properties.get("meter", "4/4"))
    assert meter is not None, "a style's meter can be read"
    compound = meter.compound
    usual = usual_tempo(properties.get("rhythm", ""), meter)[1] if "rhythm" in properties else 100
    crotchet = Fraction(1, 4) / (Fraction(1, 4) if compound else meter.beat)  # ♪ of 7/8: two
    if feel == "slow":
        return str(int(SLOW_COMPOUND if compound else SLOW_BPM * crotchet))
    if feel == "fast":
        least = FAST_COMPOUND if compound else FAST_BPM
        if marking in VERY_FAST:
            least = VERY_FAST[marking] * 4 // 5 if compound else VERY_FAST[marking]
        return str(min(MOST_BEATS, max(usual, int(least * crotchet))))
    return str(int((UNHURRIED_BPM if unhurried else MEDIUM_BPM) * (1 if compound else crotchet)))


def usual_beats(style: Style, meter: str) -> int:
    """Beats a minute of a style that the model was not taught; three quavers make a slower beat than two."""
    read = parse_meter(meter)
    compound = read is not None and read.compound and not style.meters[0].endswith("8")
    return style.bpm * 2 // 3 if compound else style.bpm


def pickup(said: str, meter: str) -> str:
    """The length of a pickup asked for; a quaver for one that fills the bar."""
    if said == "no":
        return "none"
    if said == "yes":
        return "1/8" if meter in ("6/8", "9/8", "12/8") else "1/4"
    found = parse_meter(meter)
    return said if found is not None and Fraction(said) < found.length else "1/8"
