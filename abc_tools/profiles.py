"""What each pitch class above a tonic says for a mode: weights for `keys`, and Temperley's profiles.

`WEIGHTS[mode][kind]` has twelve log-weights, one a semitone above the tonic, for the histograms of
`analyse.evidence`; `PRIOR` what is added for the mode itself. They were fitted once, by multinomial
logistic regression over 12 tonics × 4 modes, to four fifths of the openly licensed tunes of nottingham,
vwml, oneills, ryans, airds, miscfolk, litten and openewld (benchmarks/fit_keys.py; the other fifth is
what benchmarks/facts.py measures). Lydian, phrygian and locrian are too rare there: they are major and
minor with the one degree exchanged that tells them apart.
"""

from __future__ import annotations

PROFILES: dict[str, tuple[float, ...]] = {
    # Temperley's weights of the scale degrees (Music and Probability, 2007), for major and for minor
    "major": (0.748, 0.06, 0.488, 0.082, 0.67, 0.46, 0.096, 0.715, 0.104, 0.366, 0.057, 0.4),
    "minor": (0.712, 0.084, 0.474, 0.618, 0.049, 0.46, 0.105, 0.747, 0.404, 0.067, 0.133, 0.33),
    "dorian": (0.712, 0.06, 0.474, 0.618, 0.049, 0.46, 0.09, 0.747, 0.067, 0.38, 0.4, 0.06),
    "mixolydian": (0.748, 0.06, 0.488, 0.06, 0.67, 0.46, 0.08, 0.715, 0.08, 0.366, 0.4, 0.09),
}

KINDS = (
    "duration", "downbeat", "final", "bass_final", "section_end", "first", "chord", "last_chord",
    "presence",
)  # fmt: skip

PRIOR: dict[str, float] = {
    "major": 3.6,
    "minor": -3.1,
    "dorian": -0.4,
    "mixolydian": -0.2,
    "lydian": -5.1,
    "phrygian": -4.6,
    "locrian": -7.1,
}

WEIGHTS: dict[str, dict[str, tuple[float, ...]]] = {
    "major": {
        "duration": (3.7, -0.7, -0.7, -1.4, 3.2, -3.2, -2.4, 3.5, -0.1, 1.3, -0.7, -2.4),
        "downbeat": (1.1, 0.4, 0.6, -1.4, 0.6, 0.0, -0.7, 1.3, -1.1, 0.8, 0.8, -0.4),
        "final": (0.1, 1.1, -0.1, 0.7, -0.5, -0.1, -1.2, -0.4, 0.9, -0.1, 0.1, -0.6),
        "bass_final": (0.6, 0.9, 0.3, 0.0, -0.3, 0.1, 0.0, 1.2, 0.0, 0.7, -0.2, 1.0),
        "section_end": (1.2, 0.0, -0.1, 0.6, 0.1, -1.0, -0.9, 0.1, 0.8, 0.1, -0.8, -0.1),
        "first": (0.9, -0.5, -0.3, 0.7, 0.9, -0.4, -1.0, 0.9, 0.9, 0.0, -1.8, -0.3),
        "chord": (2.6, 0.1, 2.4, 1.7, -1.5, -0.2, 0.1, 0.0, 1.1, 0.4, 0.3, -0.6),
        "last_chord": (0.1, 0.0, 0.9, 0.6, 1.0, 1.3, 0.0, 1.0, 1.1, 0.3, 0.2, -0.1),
        "presence": (4.8, -3.2, -1.3, -4.5, 4.3, 5.2, -6.7, 0.5, -1.9, -1.1, -8.6, 4.9),
    },
    "minor": {
        "duration": (3.2, -1.3, 1.1, 1.3, -1.5, -1.0, -0.3, 1.8, -1.4, -1.8, 0.7, -0.9),
        "downbeat": (0.3, -0.4, -0.3, 1.2, -1.2, -1.1, 0.0, 2.1, 0.2, -2.0, 1.9, -2.2),
        "final": (0.6, -0.6, 0.2, -0.4, -0.1, -0.5, -0.1, -0.2, 0.0, -0.4, -0.1, 1.7),
        "bass_final": (-0.2, 0.0, -0.3, 2.4, -0.7, -0.1, 0.0, 1.8, -0.5, 0.0, -0.2, 0.0),
        "section_end": (2.8, -0.5, 0.9, -0.2, -0.5, 0.4, -0.5, 0.5, -2.2, -1.2, 0.7, -0.1),
        "first": (1.1, -0.6, -0.3, 1.0, -0.7, -0.4, -0.1, 1.2, -0.4, -0.9, -0.1, 0.2),
        "chord": (3.2, -0.2, 0.1, -1.2, -0.1, -1.4, -0.1, 0.9, 0.1, -0.2, 0.0, -0.1),
        "last_chord": (0.3, -0.1, -0.3, 1.1, 0.0, -0.5, 0.0, -0.3, -0.6, 0.0, 1.8, 0.0),
        "presence": (5.9, -5.0, 3.3, 3.7, -4.0, 2.2, -1.1, 5.4, 3.9, -6.9, 2.7, 2.9),
    },
    "dorian": {
        "duration": (2.1, -0.5, 0.7, -0.7, -2.1, 0.9, -0.5, 3.2, -1.3, -2.6, 1.3, -0.5),
        "downbeat": (0.1, -0.2, -0.8, 0.6, 1.3, 0.0, 0.3, 0.8, -1.2, 1.0, 0.9, 1.1),
        "final": (1.1, 0.0, 1.3, -0.5, -0.1, -0.2, 0.0, -0.5, -0.2, -1.2, 0.5, -0.1),
        "bass_final": (-0.4, 0.0, -0.5, -0.3, 0.0, -0.2, 0.0, -0.3, 0.0, -0.1, -0.4, 0.0),
        "section_end": (2.2, -0.2, -0.8, 1.0, -0.4, -0.1, -0.1, 0.0, -0.7, -0.1, -0.2, -0.4),
        "first": (0.8, 0.0, -0.3, 1.1, -1.0, 0.0, 0.0, 1.0, -0.5, -0.6, -0.1, -0.4),
        "chord": (-1.1, 0.0, -0.1, -0.5, 0.0, -0.5, 0.0, -0.4, -0.1, 0.0, -0.9, 0.0),
        "last_chord": (-1.8, 0.0, -0.1, -0.3, 0.0, -0.4, 0.0, -0.3, 0.0, 0.0, -0.7, 0.0),
        "presence": (3.2, -2.3, 4.3, 2.5, -6.2, 0.7, -2.9, 3.1, -8.5, 1.6, 3.7, -4.3),
    },
    "mixolydian": {
        "duration": (4.0, -0.6, -1.5, -1.8, 2.1, -0.5, -0.7, 2.4, -0.7, -0.5, 0.0, -2.1),
        "downbeat": (-0.7, -0.9, -0.6, -1.0, -0.5, 0.3, -0.4, 0.2, -0.4, 1.1, -0.6, -1.3),
        "final": (0.6, -0.1, 0.3, -0.5, -0.8, -0.7, -0.4, -0.5, -0.3, 0.4, -0.3, 2.1),
        "bass_final": (-1.4, 0.0, -0.1, 0.0, -0.7, -0.9, 0.0, -0.1, 0.0, -0.6, -0.3, -0.1),
        "section_end": (1.7, -0.1, 0.4, -0.5, 0.2, -0.4, -0.3, 0.1, -0.4, -0.5, -0.4, 0.2),
        "first": (0.7, -0.2, 0.0, 0.2, 0.0, 0.2, -0.1, -0.1, -0.4, 0.5, -0.6, -0.3),
        "chord": (-1.3, 0.0, -0.3, -0.3, 0.0, -0.7, 0.0, -0.5, 0.0, -0.2, -0.6, 0.0),
        "last_chord": (-1.6, 0.0, -0.5, -0.4, 0.0, -0.8, 0.0, -0.3, 0.0, -0.1, -0.3, 0.0),
        "presence": (4.7, -2.8, 0.2, -6.0, 6.3, 3.4, -4.0, 3.6, -1.7, 1.0, 5.0, -10.0),
    },
}  # fmt: skip
"""Mode → kind of evidence → weight of each semitone above the tonic."""

_RELATED = {"lydian": ("major", 5, 6), "phrygian": ("minor", 1, 2), "locrian": ("phrygian", 6, 7)}
for _mode, (_source, _one, _other) in _RELATED.items():
    WEIGHTS[_mode] = {
        kind: tuple(row[{_one: _other, _other: _one}.get(n, n)] for n in range(12))
        for kind, row in WEIGHTS[_source].items()
    }
