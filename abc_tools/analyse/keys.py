"""The key and mode that a tune sounds in, how sure that is, and which scale it draws on.

Every tonic and mode gets a score: the evidence of the sound (`evidence`), weighted by what each pitch
class above the tonic says for the mode (`profiles`). Scores become probabilities by the exponential
(softmax); the confidence is the probability of the best. The written signature can be heard as well:
it then counts like strong evidence, not as the answer. Mode names beyond the seven church modes
(harmonic minor, pentatonic, blues) are decided afterwards by the pitch classes that sound.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from abc_tools.analyse.degrees import natural_classes, scale_used
from abc_tools.analyse.evidence import evidence
from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.harmony import scale_classes, spelled
from abc_tools.analyse.line import Material
from abc_tools.profiles import KINDS, PRIOR, WEIGHTS
from abc_tools.theory import ALTER_NAMES, MODES, Key
from abc_tools.tune import Tune

_SHARP_WEIGHT = 1.5
_TONIC_WEIGHT = 1.5
_MODE_WEIGHT = 0.7
"""What a sharp too many, the named tonic and the named mode count where the signature is seen."""
_MIN_NOTES = 4

PENTATONIC = {
    frozenset((0, 2, 4, 7, 9)): ("major pentatonic", "gong"),
    frozenset((0, 2, 5, 7, 10)): ("suspended pentatonic", "shang"),
    frozenset((0, 3, 5, 8, 10)): ("jue pentatonic", "jue"),
    frozenset((0, 2, 5, 7, 9)): ("zhi pentatonic", "zhi"),
    frozenset((0, 3, 5, 7, 10)): ("minor pentatonic", "yu"),
}
"""Semitones above the tonic of the five modes without half steps: English name, Chinese mode."""
BLUES = frozenset((0, 3, 5, 6, 7, 10))


@dataclass(frozen=True)
class HeardKey:
    """A key and the probability that the tune is in it."""

    key: Key
    probability: float


def heard_keys(tune: Tune, *, signature: bool = False) -> list[HeardKey]:
    """All 84 keys, likeliest first; [] for under four notes. `signature`: look at `K:` as well.

    >>> from abc_tools.parse import parse_tune
    >>> text = "X:1\\nM:4/4\\nL:1/8\\nK:C\\nD2^FA d2cB|A2GE E2D2|DEFG A2dc|A2GE D4|]\\n"
    >>> heard_keys(parse_tune(text.replace("^F", "F")))[0].key.name
    'D dorian'
    """
    return heard_in(Material(tune), signature=signature)


def heard_in(material: Material, *, signature: bool = False) -> list[HeardKey]:
    """`heard_keys` of a tune whose material is at hand."""
    if len(material.notes) < _MIN_NOTES:
        return []
    histograms = [
        [(n, share) for n, share in enumerate(histogram) if share]
        for histogram in evidence(material)
    ]
    written = material.tune.key
    scores = {}
    for mode, prior in PRIOR.items():
        rows = [WEIGHTS[mode][kind] for kind in KINDS]
        for tonic in range(12):
            score = prior
            for row, histogram in zip(rows, histograms, strict=True):
                for n, share in histogram:
                    score += share * row[(n - tonic) % 12]
            scores[(tonic, mode)] = score
    if signature and written.tonic:
        for tonic, mode in scores:
            scores[(tonic, mode)] += _seen(written, tonic, mode)
    top = max(scores.values())
    total = sum(math.exp(score - top) for score in scores.values())
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    return [HeardKey(_named(tonic, mode, written), math.exp(score - top) / total)
            for (tonic, mode), score in ranked]  # fmt: skip


def _seen(written: Key, tonic: int, mode: str) -> float:
    """What the written key says for a tonic and mode."""
    sharps = (7 * tonic + MODES[mode] - written.sharps) % 12
    score = -_SHARP_WEIGHT * min(sharps, 12 - sharps)
    score += _TONIC_WEIGHT * (tonic == written.pitch_class)
    return score + _MODE_WEIGHT * (mode == written.mode)


def _named(tonic: int, mode: str, written: Key) -> Key:
    """The key with this tonic in the spelling nearest to the written signature."""
    step, alter = spelled(tonic, written)
    key = Key(step, alter, mode)
    if abs(key.sharps) <= 7:
        return key
    others = [Key(s, a, mode) for s in "CDEFGAB" for a in (-1, 0, 1)]
    fitting = [k for k in others if k.pitch_class == tonic and abs(k.sharps) <= 7]
    return min(fitting, key=lambda k: abs(k.sharps))


def scale_of(material: Material, key: Key) -> dict[str, str]:
    """The scale that sounds on a key's tonic: its English name, and its Chinese mode or "".

    Five pitch classes or fewer without half steps are pentatonic; minor is natural, harmonic (raised
    seventh) or melodic (raised sixth and seventh) by what sounds; blues needs its flat fifth.
    """
    sounding = scale_used(material)
    used = frozenset((c - key.pitch_class) % 12 for c in sounding)
    if 4 <= len(used) <= 5:
        for scale, (english, chinese) in PENTATONIC.items():
            if used <= scale and len(used) == 5:
                return {"name": english, "chinese": chinese}
    if used == BLUES or (used == BLUES | {4}):
        return {"name": "blues", "chinese": ""}
    if key.mode == "minor":
        raised6, raised7 = 9 in used, 11 in used
        name = "natural minor"
        if raised7:
            name = "melodic minor" if raised6 else "harmonic minor"
        return {"name": name, "chinese": ""}
    return {"name": key.mode, "chinese": ""}


def key_facts(material: Material) -> Iterator[Fact]:
    """The written key, the key that is heard beside it, and the scale."""
    tune = material.tune
    bars = in_order(n.bar for n in material.notes)
    if tune.key.tonic and tune.key_given:
        yield Fact("written key", {"key": tune.key.name, "sharps": tune.key.sharps}, bars)
    blind = heard_in(material)
    if not blind:
        return
    first = heard_in(material, signature=True)[0] if tune.key_given and tune.key.tonic else blind[0]
    others = [{"key": h.key.name, "percent": round(100 * h.probability)}
              for h in blind[:3] if h.probability >= 0.05]  # fmt: skip
    value = {
        "key": first.key.name, "agrees": first.key == tune.key and tune.key_given,
        "blind": blind[0].key.name, "percent": round(100 * blind[0].probability),
        "alternatives": others,
        "reasons": _reasons(material, first.key),
    }  # fmt: skip
    yield Fact("key", value, bars, first.probability)
    scale = scale_of(material, first.key)
    used = scale_used(material)
    own = (
        scale_classes(first.key) if scale["name"] != "natural minor" else natural_classes(first.key)
    )
    outside = 0 if "pentatonic" in scale["name"] or scale["name"] == "blues" else len(used - own)
    value = {"tonic": tonic_name(first.key), **scale, "notes": len(used), "outside": outside}
    yield Fact("scale", value, bars, min(first.probability, 0.95))


def _reasons(material: Material, key: Key) -> list[str]:
    """Which plain signs speak for a key: the last note, the last chord, the last bass note."""
    reasons = []
    if material.notes[-1].midi % 12 == key.pitch_class:
        reasons.append("final note")
    if material.chords and material.chords[-1].chord.root_class == key.pitch_class:
        reasons.append("final chord")
    return reasons


def tonic_name(key: Key) -> str:
    """The tonic's letter with its sign: "F#"."""
    return f"{key.tonic}{ALTER_NAMES[key.alter]}"


def other_judge(material: Material) -> Iterator[Fact]:
    """What music21's Krumhansl–Schmuckler analysis hears, which knows major and minor only."""
    from abc_tools.score import judged_keys

    for key, correlation in judged_keys(material.tune)[:1]:
        ours = heard_in(material, signature=True)[0].key
        value = {"key": key.name, "correlation": round(correlation, 2), "agrees": key == ours}
        bars = in_order(n.bar for n in material.notes)
        yield Fact("second opinion", value, bars, max(0.0, min(correlation, 1.0)))
