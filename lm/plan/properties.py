"""The properties of a request, read and completed: what a tune needs and nobody said.

A jig is in 6/8, sixteen bars are two repeated eights, …: by chance where several answers are as good,
always the same for the same seed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from lm.grammar import SectionSpec
from lm.names import make_title
from lm.requests import section_word

KEYS = {"G major": 6, "D major": 6, "A major": 2, "C major": 3, "F major": 2, "Bb major": 1,
        "A minor": 2, "E minor": 2, "D minor": 1.5, "G minor": 1}  # fmt: skip
METERS = {
    "jig": "6/8", "slip jig": "9/8", "reel": "4/4", "hornpipe": "4/4", "waltz": "3/4",
    "march": "4/4", "polka": "2/4", "strathspey": "4/4", "minuet": "3/4", "hymn": "4/4",
    "carol": "4/4", "song": "4/4", "air": "3/4", "slide": "12/8", "lullaby": "3/4",
    "mazurka": "3/4", "barcarolle": "6/8", "sarabande": "3/4", "polonaise": "3/4", "gigue": "6/8",
    "quadrille": "2/4", "ragtime": "2/4",
}  # fmt: skip
TEMPI = {
    "jig": 112, "slip jig": 110, "reel": 180, "hornpipe": 150, "waltz": 132, "march": 112,
    "polka": 116, "strathspey": 126, "minuet": 112, "hymn": 92, "carol": 104, "song": 100,
    "air": 76,
}  # fmt: skip
STEPS = ("march",)
"""Rhythms whose beat is a step, as many a minute in cut time as in common time."""
PICKUPS = {
    "jig": {"1/8": 5, "0": 2}, "reel": {"0": 5, "1/4": 3, "1/8": 2},
    "hornpipe": {"1/4": 5, "1/8": 3, "0": 2}, "waltz": {"1/4": 5, "0": 3},
    "hymn": {"0": 5, "1/4": 3}, "march": {"0": 4, "1/4": 3}, "strathspey": {"1/8": 1},
}  # fmt: skip
SUNG = ("hymn", "carol", "song", "air", "lullaby", "ballad", "folk song", "nursery rhyme")
SECTION = re.compile(r"(\|:)?([A-Z])(\d+)(?:/(\d+))?(:\|)?$")
MAX_BARS = 128


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
        "tempo",
        str(
            TEMPI.get(rhythm, 108)
            if meter != "2/2" or rhythm in STEPS
            else TEMPI.get(rhythm, 160) // 2
        ),
    )
    sections = read_sections(known["sections"]) if "sections" in known else default_sections(known)
    known["sections"] = write_section_specs(sections)
    known["bars"] = str(sum(s.bars + s.endings for s in sections))
    pickups = PICKUPS.get(rhythm, {"0": 1})
    chosen = rng.choices(list(pickups), list(pickups.values()))[0]
    if Fraction(chosen) * 2 > Fraction(meter):
        chosen = "0"
    known.setdefault("pickup", "none" if chosen == "0" else chosen)
    known.setdefault("chords", "yes" if "progression" in known else "no")
    known.setdefault("title", make_title(rhythm, seed))
    return known


def read_sections(text: str) -> tuple[SectionSpec, ...]:
    """`|:A8:| |:B8/1:| C8` as section specs (B: its last bar has a first and a second ending);
    `ValueError` for anything else.
    """
    sections = []
    for word in text.split():
        match = SECTION.match(word)
        if not match or bool(match[1]) != bool(match[5]) or not 0 < int(match[3]) <= MAX_BARS:
            raise ValueError(f"sections {text!r}: write them like |:A8:| |:B8/1:| C8")
        bars, endings = int(match[3]), int(match[4] or 0)
        if match[4] and not (match[1] and 0 < endings < bars):
            raise ValueError(f"sections {text!r}: endings are a part of a repeated section")
        sections.append(SectionSpec(match[2], bars, bool(match[1]), endings=endings))
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
    return " ".join(section_word(s.label, s.bars, s.endings, s.repeat) for s in sections)
