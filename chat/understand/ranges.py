"""What the value of a range means: MIDI limits, or the size of an interval.

What it does not know: how people say it (`pitch`).
"""

from __future__ import annotations

from abc_tools.theory import STEP_SEMITONES
from chat.understand.pitch import SIZES


def range_midi(value: str) -> tuple[int | None, int | None, int]:
    """Lowest and highest MIDI number of `C4 G5` (None for `-`), and the semitones of an interval's name.

    >>> range_midi("C4 G5"), range_midi("- D5"), range_midi("octave")
    ((60, 79, 0), (None, 74, 0), (None, None, 12))
    """
    if value in SIZES:
        return None, None, SIZES[value]

    def midi(name: str) -> int | None:
        if name == "-":
            return None
        step = STEP_SEMITONES[name[0]] + (1 if "#" in name else -1 if "b" in name[1:] else 0)
        return 12 * (int(name[-1]) + 1) + step

    first, second = value.split()
    return midi(first), midi(second), 0
