"""A tune → its row in the catalogue: everything that search and likeness need, computed once.

Only what is cheap is computed here, about 5 ms of processor time a tune; cadences and harmonies are left
to style pages. The digest is that of the canonical notes (every voice's onsets, lengths and pitches, and the
meter), so that the same music is kept once, whatever its title, layout and comments.
"""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from abc_tools.analyse.difficulty import difficulty_facts
from abc_tools.analyse.keys import heard_in
from abc_tools.analyse.line import Material
from abc_tools.sections import sections
from abc_tools.styles import STYLES, usual_tempo
from abc_tools.theory import Key
from abc_tools.tune import Tune
from library.features import features
from library.melody import melody_of, pack
from library.words import folded, terms

MOST_FORM = 16
_LONG_PIECE = 300
"""Bars from which the form is not sought: comparing all sections would take seconds."""
_MOST_STEPS = 4000
_WIDEST_STEP = 12
_FILE_END = re.compile(r"\.(?:mxl|xml|musicxml|krn|mei|midi?)$", re.IGNORECASE)
"""What scores without a title of their own are called after: the name of their file."""
_TITLE, _NAMES, _SUNG = 3.0, 1.5, 0.5
"""What a word counts in the index: of a title, of composer, place and kind, of the text sung."""


@dataclass(frozen=True)
class Origin:
    """Where a tune comes from, as far as its source as a whole says; the tune's own fields go first."""

    source: str
    place: str = ""
    licence: str = "not stated"
    region: str = ""
    composer: str = ""
    rhythm: str = ""
    style: str = ""


def describe(tune: Tune, origin: Origin) -> dict[str, Any] | None:
    """The row of a tune, with its words under "index"; None for a tune without notes."""
    material = Material(tune)
    notes = material.notes
    if len(notes) < 2 or not 0 <= min(n.midi for n in notes) <= max(n.midi for n in notes) <= 127:
        return None
    titles = [
        _FILE_END.sub("", f.value.strip()) for f in tune.fields if f.name == "T" and f.value.strip()
    ]
    composer = _field(tune, "C") or origin.composer
    region = _field(tune, "O") or origin.region
    own = rhythm_of(tune, titles)
    rhythm = own or origin.rhythm
    style = own if own in STYLES else origin.style or rhythm
    key = _key(material)
    bpm = _tempo(tune, rhythm)
    melody = melody_of(material)
    chords = any(e.chord_symbol for e in tune.voices[0].events)
    sung = any(line.syllables for line in tune.lyrics)
    numbers = features(melody, tune.meter, key.pitch_class, key.mode, bpm,
                       chords=chords, words=sung, voices=len(tune.voices))  # fmt: skip
    title = titles[0] if titles else ""
    return {
        "digest": digest(tune), "title": title[:500], "titles": "\n".join(dict.fromkeys(titles)),
        "composer": composer[:300], "source": origin.source[:300], "place": origin.place[:500],
        "licence": origin.licence[:300], "region": region[:300], "rhythm": rhythm[:120],
        "style": style[:120], "key": key.name if key.tonic else "",
        "mode": key.mode if key.tonic else "", "meter": _meter(tune), "form": form_of(tune),
        "bars": tune.bar_count, "notes": len(notes),
        "low": min(n.midi for n in notes), "high": max(n.midi for n in notes),
        "difficulty": next(f.value["level"] for f in difficulty_facts(material)),
        "tempo": bpm, "seconds": float(notes[-1].end) * 4 * 60 / bpm,
        "voices": len(tune.voices), "chords": chords, "words": sung,
        "pickup": sum(n.index == 0 for n in notes) if melody.pickup else 0,
        "steps": steps_of([n.pitch.diatonic for n in notes])[:_MOST_STEPS],
        "contour": contour_of([n.midi for n in notes])[:_MOST_STEPS],
        "melody": pack(melody), "features": numbers.astype("<f4").tobytes(), "text": tune.text,
        "index": index_of(tune, titles, f"{composer} {region} {rhythm} {origin.source} {style}"),
    }  # fmt: skip


def _field(tune: Tune, name: str) -> str:
    """All values of a field, joined."""
    return "; ".join(f.value.strip() for f in tune.fields if f.name == name and f.value.strip())


def digest(tune: Tune) -> str:
    """A name for the notes alone: the same for the same music, 64 hexadecimal digits."""
    lines = [tune.meter.text if tune.meter else "free"]
    for voice in tune.voices:
        sounding = [
            (e.onset, e.duration, e.midi) for m in voice.measures for e in m.events if e.notes
        ]
        bars = [str(m.duration) for m in voice.measures]
        lines.append(f"{bars} {[(str(o), str(d), p) for o, d, p in sounding]}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


_KIND = re.compile(r"[^a-z ]+")
_NAMED = {word: style.name for style in STYLES.values()
          for word in (style.name, *style.words) if word.isascii()}  # fmt: skip
_NAMED |= {f"{word}s": name for word, name in list(_NAMED.items())} | {
    "waltzes": "waltz", "marches": "march", "jigg": "jig", "gigg": "jig", "reell": "reel",
    "polkas": "polka", "valse": "waltz", "quickstep": "march", "quick step": "march",
    "slipjig": "slip jig", "double jig": "jig", "single jig": "jig",
}  # fmt: skip
_IN_TITLES = set(_NAMED) - {"air", "airs", "song", "songs", "rag", "rags", "ballad", "ballads",
                            "slide", "slides", "rant", "carol", "carols"}  # fmt: skip
"""Words of a title that name its kind; the others are as often something else ("Carol", "fresh air")."""


def rhythm_of(tune: Tune, titles: list[str]) -> str:
    """The dance or song type in lower case: what `R:` says, else what a title ends with; "" if neither does."""
    stated = folded(_field(tune, "R")).strip(" ].")
    if stated:
        words = _KIND.sub(" ", stated).strip()
        return _NAMED.get(words, re.sub(r"\s+", " ", stated))
    for title in titles:
        row = _KIND.sub(" ", folded(title)).split()
        for size in (2, 1):
            for at in range(len(row) - size, -1, -1):
                phrase = " ".join(row[at : at + size])
                if phrase in _IN_TITLES:
                    return _NAMED[phrase]
    return ""


def _key(material: Material) -> Key:
    """The written key; the likeliest one where none is written."""
    tune = material.tune
    if tune.key_given and tune.key.tonic:
        return tune.key
    heard = heard_in(material)
    return heard[0].key if heard else tune.key


def _tempo(tune: Tune, rhythm: str) -> float:
    """Quarter notes a minute: as marked, else as is usual for the kind and meter."""
    if tune.tempo.explicit:
        beat, bpm = tune.tempo.beat, tune.tempo.bpm
    else:
        beat, number = usual_tempo(rhythm, tune.meter)
        bpm = beat * 0 + number
    return min(max(float(beat * 4 * bpm), 10.0), 1000.0)


def _meter(tune: Tune) -> str:
    """The meter as a fraction: C is 4/4, C| is 2/2; "free" without one."""
    if tune.meter is None:
        return "free"
    return f"{'+'.join(map(str, tune.meter.beats))}/{tune.meter.unit}"[:20]


def form_of(tune: Tune) -> str:
    """One letter a section, repeats written out, up to 16; "" for long pieces and many sections."""
    if len(tune.measures) > _LONG_PIECE:
        return ""
    names: dict[str, str] = {}
    letters = ""
    for section in sections(tune):
        name = names.setdefault(section.label, chr(65 + len(names) % 26))
        letters += name * (1 + section.repeated)
    return letters if len(letters) <= MOST_FORM else ""


def steps_of(places: list[int]) -> str:
    """Moves in diatonic steps, a letter each: m repeats, n is a step up, l a step down."""
    moves = (b - a for a, b in itertools.pairwise(places))
    return "".join(chr(109 + max(-_WIDEST_STEP, min(_WIDEST_STEP, move))) for move in moves)


def contour_of(pitches: list[int]) -> str:
    """Parsons' code: u, d or r for every move.

    >>> contour_of([60, 60, 67, 65])
    'rud'
    """
    return "".join("u" if b > a else "d" if b < a else "r" for a, b in itertools.pairwise(pitches))


def index_of(tune: Tune, titles: list[str], names: str) -> Mapping[str, float]:
    """The words that a tune is found by, and what each counts."""
    sung = " ".join(_sung(line.syllables) for line in tune.lyrics)
    weights: dict[str, float] = {}
    for text, weight in ((" ".join(titles), _TITLE), (names, _NAMES), (sung, _SUNG)):
        for word in set(terms(text)):
            weights[word] = weights.get(word, 0.0) + weight
    return weights


def _sung(syllables: tuple[str, ...]) -> str:
    """The words of a line of syllables: hyphens join, and so do Chinese characters."""
    text = ""
    for syllable in syllables:
        plain = syllable.strip("_* ")
        if not plain.strip("-"):
            continue
        text += (
            plain[:-1]
            if plain.endswith("-")
            else plain
            if not plain.isascii() and len(plain) == 1
            else f"{plain} "
        )
    return text
