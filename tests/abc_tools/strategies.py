"""Random material for property tests: any text, near-ABC text, and tunes that are right by construction."""

from __future__ import annotations

import re
from fractions import Fraction

from hypothesis import strategies as st

ABC_ALPHABET = "ABCDEFGabcdefgzxyZXKLMQTVPwW:|[]{}()\"!+-<>^_=,'/0123456789 \n\r\t%\\&$`~.é中🎵"
near_abc = st.builds(
    lambda head, body: head + body,
    st.sampled_from(["", "X:1\nK:C\n", "X:1\nT:t\nM:3/4\nL:1/8\nK:Gm\n"]),
    st.text(alphabet=ABC_ALPHABET, max_size=120),
)
any_text = st.text(max_size=200)

METERS = ("2/4", "3/4", "4/4", "6/8", "9/8", "5/4", "2/2", "12/8")
KEYS = ("C", "G", "D", "F", "Bb", "Am", "Em", "Gm", "Ador", "Dmix", "F#m", "Eb", "C#", "Cb")
NOTES = ("C", "D", "E", "F", "G", "A", "B", "c", "d", "e", "f", "g", "^F", "_B", "=c", "^g", "B,")
LENGTHS = {Fraction(1, 16): "/", Fraction(1, 8): "", Fraction(1, 4): "2", Fraction(3, 8): "3",
           Fraction(1, 2): "4"}  # fmt: skip
CHORDS = ("G", "Am", "D7", "F#m", "Bb/D", "Cmaj7")


@st.composite
def bars(draw: st.DrawFn, length: Fraction, chords: bool) -> str:
    """The text of one bar of exactly `length` under L:1/8."""
    left = length
    pieces = []
    while left > 0:
        fitting = [d for d in LENGTHS if d <= left]
        duration = draw(st.sampled_from(fitting))
        kind = draw(st.sampled_from(("note", "note", "note", "rest", "chord", "triplet")))
        symbol = f'"{draw(st.sampled_from(CHORDS))}"' if chords and left == length else ""
        if kind == "triplet" and duration == Fraction(1, 4):
            notes = "".join(draw(st.sampled_from(NOTES)) for _ in range(3))
            pieces.append(f"{symbol}(3{notes}")
        elif kind == "rest":
            pieces.append(f"{symbol}z{LENGTHS[duration]}")
        elif kind == "chord":
            pair = draw(st.lists(st.sampled_from(NOTES), min_size=2, max_size=3, unique=True))
            pieces.append(f"{symbol}[{''.join(pair)}]{LENGTHS[duration]}")
        else:
            pieces.append(f"{symbol}{draw(st.sampled_from(NOTES))}{LENGTHS[duration]}")
        left -= duration
    return draw(st.sampled_from(("", " "))).join(pieces)


@st.composite
def tunes(draw: st.DrawFn, min_bars: int = 2, max_bars: int = 10) -> str:
    """A valid tune: every bar full, or a pickup completed by the last bar; one or two sections."""
    meter = draw(st.sampled_from(METERS))
    length = Fraction(meter)
    chords = draw(st.booleans())
    count = draw(st.integers(min_bars, max_bars))
    body = [draw(bars(length, chords)) for _ in range(count)]
    pickup = draw(st.sampled_from((None, Fraction(1, 8), Fraction(1, 4))))
    text = f"X:1\nT:Made\nM:{meter}\nL:1/8\nQ:1/4=100\nK:{draw(st.sampled_from(KEYS))}\n"
    if pickup is not None and pickup < length:
        body[-1] = draw(bars(length - pickup, chords))
        text += draw(bars(pickup, False)) + "|"
    if draw(st.booleans()):
        text += "%a comment\n"
    for number, bar in enumerate(body, start=1):
        text += bar + ("|]" if number == count else "|") + ("\n" if number % 4 == 0 else "")
    return text if text.endswith("\n") else text + "\n"


@st.composite
def songs(draw: st.DrawFn) -> str:
    """A valid tune of one or two voices, with repeats or endings, words of one or two verses."""
    meter = draw(st.sampled_from(METERS))
    length = Fraction(meter)
    count = draw(st.integers(3, 8))
    voices = draw(st.integers(1, 2))
    chords = draw(st.booleans())
    verses = draw(st.integers(0, 2))
    shape = draw(st.sampled_from(("plain", "repeat", "two", "endings")))
    text = f"X:1\nT:Made\nM:{meter}\nL:1/8\nK:{draw(st.sampled_from(KEYS))}\n"
    half = (count + 1) // 2
    for half_number, numbers in enumerate((range(half), range(half, count))):
        for voice in range(1, voices + 1):
            contents = [draw(bars(length, chords and voice == 1)) for _ in numbers]
            if voices > 1:
                text += f"V:{voice}\n"
            text += _line(contents, shape, half_number == 1) + "\n"
            for verse in range(verses if voice == 1 else 0):
                text += (
                    "w:" + " ".join(f"la{verse}" for _ in range(sum(map(_sung, contents)))) + "\n"
                )
    return text


def _line(contents: list[str], shape: str, last: bool) -> str:
    opening = "|:" if shape in ("repeat", "two", "endings") and (shape == "two" or not last) else ""
    closing = ":|" if opening and shape != "endings" else ("|]" if last else "|")
    if shape == "endings" and not last:
        if len(contents) > 2:
            head = "|".join(contents[:-2])
            return f"{opening}{head}|1 {contents[-2]}:|2 {contents[-1]}||"
        return opening + "|".join(contents) + ":|"
    return opening + "|".join(contents) + closing


def _sung(text: str) -> int:
    """How many notes and chords of `bars` a syllable can stand under."""
    plain = re.sub(r'"[^"]*"|\(3', "", text)
    chords = len(re.findall(r"\[", plain))
    return chords + len(re.findall(r"[A-Ga-g]", re.sub(r"\[[^\]]*\]", "", plain)))
