"""What a MIDI file does not say: meter, pickup, key, spelling of pitches.

Meter and pickup are those under which long notes, many notes at once and low notes stand on strong
beats most often. The key is that of the profile which fits best (`KEY_PROFILE`, after Krumhansl and
Kessler), the first and last notes weighed in. Notes are (onset, end, MIDI number) in whole notes.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from abc_tools.theory import STEP_SEMITONES, Key, Meter, Pitch

Note = tuple[Fraction, Fraction, int]

METERS = ("4/4", "3/4", "2/4", "6/8", "9/8", "12/8", "5/4")
_PRIOR = {"4/4": 1.06, "3/4": 1.0, "2/4": 0.97, "6/8": 1.0, "9/8": 0.85, "12/8": 0.9, "5/4": 0.8}
MAJOR_PROFILE = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
MINOR_PROFILE = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)
KEY_PROFILE = {"major": MAJOR_PROFILE, "minor": MINOR_PROFILE}
_TONICS = {
    "major": ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B"),
    "minor": ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "G#", "A", "Bb", "B"),
}
MAX_ONSETS = 2000


def meter_of(notes: list[Note]) -> tuple[Meter, Fraction]:
    """The most likely meter and the length of the pickup (0 for none).

    >>> half, quarter = Fraction(1, 2), Fraction(1, 4)
    >>> waltz = [n for b in range(8) for n in ((b * 3 * quarter, b * 3 * quarter + half, 60),
    ...     (b * 3 * quarter + half, (b + 1) * 3 * quarter, 64))]
    >>> meter_of(waltz)[0].text
    '3/4'
    """
    weights = _accents(notes)
    total = sum(weights.values()) or 1.0
    end = max(end for _, end, _ in notes)
    best: tuple[float, Meter, Fraction] | None = None
    for text in METERS:
        beats, unit = (int(n) for n in text.split("/"))
        meter = Meter((beats,), unit, text)
        step = Fraction(1, 8)
        alike = _likeness(weights, meter.length)
        for shift in range(int(meter.length / step)):
            pickup = shift * step
            score = _fit(weights, meter, pickup) / total * _PRIOR[text]
            score *= 1.0 if not shift else 0.94
            score += 0.15 * alike - 0.4 * _crossing(notes, meter, pickup)
            score += 0.03 if end % meter.length in (0, pickup) else 0.0
            if best is None or score > best[0]:
                best = (score, meter, pickup)
    assert best is not None, "there are meters to choose from"
    return best[1], best[2]


def _accents(notes: list[Note]) -> dict[Fraction, float]:
    """How strong each onset sounds: longer, thicker and lower is stronger."""
    weights: dict[Fraction, float] = defaultdict(float)
    lowest = min(midi for _, _, midi in notes)
    for start, end, midi in notes[:MAX_ONSETS]:
        weights[start] += min(float(end - start), 1.0) ** 0.7 + 0.1
        weights[start] += 0.15 if midi <= lowest + 7 else 0.0
    return weights


def _likeness(weights: dict[Fraction, float], length: Fraction) -> float:
    """How much of the accents comes again a bar later."""
    both = sum(min(w, weights.get(place + length, 0.0)) for place, w in weights.items())
    return both / (sum(weights.values()) or 1.0)


def _crossing(notes: list[Note], meter: Meter, pickup: Fraction) -> float:
    """Share of the notes that sound over a barline."""
    over = 0
    for start, end, _ in notes[:MAX_ONSETS]:
        place = (start - pickup) % meter.length
        over += place + (end - start) > meter.length
    return over / min(len(notes), MAX_ONSETS)


def _fit(weights: dict[Fraction, float], meter: Meter, pickup: Fraction) -> float:
    """Accents on strong places, less what the meter expects by chance."""
    score = 0.0
    for place, weight in weights.items():
        score += weight * _strength(meter, (place - pickup) % meter.length)
    return score


def _strength(meter: Meter, offset: Fraction) -> float:
    """How strong a place in the bar is; the mean over the bar's eighths is near nought."""
    if offset == 0:
        raw = 1.0
    elif meter.text in ("4/4", "12/8") and offset == meter.length / 2:
        raw = 0.6
    elif offset % meter.beat == 0:
        raw = 0.35
    elif offset % Fraction(1, 8) == 0:
        raw = -0.1
    else:
        raw = -0.35
    return raw - {"2/4": 0.33, "4/4": 0.2, "3/4": 0.23, "6/8": 0.17, "9/8": 0.12, "12/8": 0.15,
                  "5/4": 0.19}[meter.text]  # fmt: skip


def key_of(notes: list[Note]) -> Key:
    """The most likely major or minor key.

    >>> key_of([(Fraction(i), Fraction(i + 1), m) for i, m in enumerate((62, 64, 66, 67, 69, 62))]).name
    'D major'
    """
    weights = [0.0] * 12
    for start, end, midi in notes:
        weights[midi % 12] += min(float(end - start), 1.0)
    last = max(notes, key=lambda note: (note[0], -note[2]))[2] % 12
    weights[last] += 0.04 * sum(weights)
    best: tuple[float, str] | None = None
    for mode, profile in KEY_PROFILE.items():
        for tonic in range(12):
            turned = [profile[(pc - tonic) % 12] for pc in range(12)]
            score = _correlation(weights, turned) + (0.08 if tonic == last else 0.0)
            name = _TONICS[mode][tonic] + ("" if mode == "major" else "m")
            if best is None or score > best[0]:
                best = (score, name)
    assert best is not None, "there are keys to choose from"
    return _named(best[1])


def _named(name: str) -> Key:
    alter = {"#": 1, "b": -1}.get(name[1:2], 0)
    return Key(name[0], alter, "minor" if name.endswith("m") else "major")


def _correlation(left: list[float], right: list[float]) -> float:
    mean_l, mean_r = sum(left) / 12, sum(right) / 12
    top = sum((a - mean_l) * (b - mean_r) for a, b in zip(left, right, strict=True))
    below = sum((a - mean_l) ** 2 for a in left) * sum((b - mean_r) ** 2 for b in right)
    return top / below**0.5 if below > 0 else 0.0


def spelled(midi: int, key: Key) -> Pitch:
    """A MIDI number spelled in a key: its own notes first, then raised degrees in sharp keys.

    >>> spelled(70, Key("F")).name, spelled(61, Key("D", 0, "minor")).name
    ('Bb4', 'C#4')
    """
    octave = midi // 12 - 1
    signature = key.signature
    leading = (key.pitch_class + 11) % 12 if key.minor_third and key.tonic else -1
    best: tuple[tuple[int, int], Pitch] | None = None
    for step, natural in STEP_SEMITONES.items():
        for alter in (-2, -1, 0, 1, 2):
            if (natural + alter - midi) % 12:
                continue
            place = octave + (1 if natural + alter < 0 else -1 if natural + alter > 11 else 0)
            pitch = Pitch(step, alter, place)
            if pitch.midi != midi:
                pitch = Pitch(step, alter, place + (1 if pitch.midi < midi else -1))
            change = alter - int(signature[step])
            cost = 0 if change == 0 else 2 + abs(alter)
            if midi % 12 == leading and change == 1:
                cost = 1
            elif change and (change > 0) == (key.sharps < 0):
                cost += 1 if alter else 0
            if best is None or (cost, abs(alter)) < best[0]:
                best = ((cost, abs(alter)), pitch)
    assert best is not None and best[1].midi == midi, "every MIDI number has a spelling"
    return best[1]
