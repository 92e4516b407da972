"""One tune, shown differently every epoch: in another key, at another tempo, with or without its
chords and words. Deterministic in the generator that is passed in.
"""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

from abc_tools.theory import Interval, Key, key_interval, parse_meter
from lm.piece import Bar, Piece, transpose, without_chords, without_words
from lm.requests import BRIGHT
from lm.spelling import PLAIN_LENGTHS, meter_text

LOW_STEP, HIGH_STEP = 25, 43  # G, to d': what a fiddle, a flute or a singer can manage
MIDDLE = 33
MAJOR_TONICS = {"C": 3, "G": 5, "D": 5, "A": 3, "F": 3, "Bb": 2, "E": 1, "Eb": 1, "Ab": 0.4}
MINOR_TONICS = {"A": 5, "E": 4, "D": 4, "G": 3, "B": 2.5, "C": 1.5, "F": 1, "F#": 1, "C#": 0.4}
MOST_ACCIDENTALS = 5
TEMPO_RANGES = {
    "jig": (90, 130), "reel": (90, 120), "hornpipe": (80, 110), "slip jig": (90, 125),
    "waltz": (90, 170), "march": (90, 125), "strathspey": (80, 130), "hymn": (70, 120),
    "carol": (80, 130), "air": (60, 100), "song": (70, 130), "art song": (60, 120),
    "minuet": (90, 130), "polka": (100, 140),
}  # fmt: skip
RARE_METERS = {
    "2/4": ("5/8",), "3/4": ("5/4", "7/8", "7/4"), "4/4": ("5/4",), "6/8": ("7/8",),
}  # fmt: skip
"""Meters that the collections hardly know, made from common ones by holding one note a bar longer."""
RARE = 0.03
HELD_LENGTHS = {*PLAIN_LENGTHS, Fraction(3, 16)}
LANGUAGES = ("en", "zh")
COMMON_TIME = ("reel", "hornpipe", "strathspey", "march")


def move_to_random_key(piece: Piece, rng: random.Random, stay: float = 0.3) -> Piece:
    """Transpose to a key that people play in, inside a comfortable range; sometimes leave it where
    it is.
    """
    low, high = piece.steps
    if rng.random() < stay and low >= LOW_STEP and high <= HIGH_STEP:
        return piece
    tonics = MAJOR_TONICS if piece.key.mode in BRIGHT else MINOR_TONICS
    name = rng.choices(list(tonics), list(tonics.values()))[0]
    target = Key(name[0], {"": 0, "b": -1, "#": 1}[name[1:]], piece.key.mode)
    if abs(target.sharps) > MOST_ACCIDENTALS:
        return piece
    up = key_interval(piece.key, target, direction=1)
    options = [Interval(up.steps + 7 * o, up.semitones + 12 * o) for o in (-2, -1, 0, 1)]
    fitting = [o for o in options if low + o.steps >= LOW_STEP and high + o.steps <= HIGH_STEP]
    if not fitting:
        return piece
    return transpose(piece, min(fitting, key=lambda o: abs((low + high) / 2 + o.steps - MIDDLE)))


def choose_tempo(piece: Piece, rng: random.Random) -> int:
    """A plausible tempo for the rhythm; reels and hornpipes in 4/4 are counted in quarters."""
    low, high = TEMPO_RANGES.get(piece.rhythm or "", (60, 150))
    if piece.tempo and low <= piece.tempo <= high and rng.random() < 0.5:
        return piece.tempo
    tempo = rng.randint(low, high)
    if piece.rhythm in ("reel", "hornpipe") and meter_text(piece.meter) == "4/4":
        tempo = rng.randint(120, 200)
    return tempo - tempo % 2 if rng.random() < 0.7 else tempo


def in_rare_meter(piece: Piece, rng: random.Random) -> Piece:
    """The tune with one event of each bar held longer, so that it stands in a rarer meter; the piece
    itself where no such meter is known or no note can be held that long. Pickups stay.
    """
    names = RARE_METERS.get(meter_text(piece.meter))
    if not names:
        return piece
    meter = parse_meter(rng.choice(names))
    assert meter is not None
    more, late = meter.length - piece.full, rng.random() < 0.7
    sections = []
    for section in piece.sections:
        pickup = bool(section.pickup(piece.full))
        bars = [
            bar if pickup and not i else _held(bar, more, late)
            for i, bar in enumerate(section.bars)
        ]
        if None in bars:
            return piece
        sections.append(replace(section, bars=tuple(bar for bar in bars if bar)))
    return replace(piece, meter=meter, rhythm=None, sections=tuple(sections))


def _held(bar: Bar, more: Fraction, late: bool) -> Bar | None:
    """A bar with the last (`late`) or first event of each voice held longer whose new length one note
    can have; None where there is none.
    """
    voices = []
    for line in bar.voices:
        order = range(len(line) - 1, -1, -1) if late else range(len(line))
        at = next((i for i in order if line[i].duration + more in HELD_LENGTHS), None)
        if at is None:
            return None
        held = replace(line[at], duration=line[at].duration + more)
        voices.append((*line[:at], held, *line[at + 1 :]))
    return replace(bar, voices=tuple(voices))


def vary(piece: Piece, rng: random.Random, words: float = 0.25, keep_chords: bool = False) -> Piece:
    """The tune as one epoch shows it: another key, sometimes without its chords or words (`words` is
    the share that keeps English and Chinese words; others always lose them), 2/2 dances mostly as 4/4.
    """
    if (
        meter_text(piece.meter) == "2/2" and piece.rhythm in COMMON_TIME and rng.random() < 0.8
    ):  # fmt: skip
        meter = parse_meter("4/4")
        assert meter is not None
        piece = replace(piece, meter=meter)
    if rng.random() < RARE:
        piece = in_rare_meter(piece, rng)
    if piece.has_chords and not keep_chords and rng.random() < 0.12:
        piece = without_chords(piece)
    if piece.has_words and (piece.language not in LANGUAGES or rng.random() >= words):
        piece = without_words(piece)
    return move_to_random_key(piece, rng)
