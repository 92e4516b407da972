"""Values of information fields: tempo, voice, length, directives (ABC 2.1 §3.1, §4.18, §7; 2.2 drafts).

Each reader takes the value of one field and returns a plain value, or None when it cannot be read:
the caller keeps what was in force before, and `validate` reports it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.tune import Tempo

TEMPO_WORDS: dict[str, int] = {
    "larghissimo": 24, "grave": 40, "lento": 50, "largo": 52, "larghetto": 60, "adagio": 66,
    "adagietto": 70, "andante": 80, "andantino": 88, "moderato": 108, "allegretto": 116,
    "animato": 120, "allegro moderato": 120, "allegro": 132, "vivace": 152, "vivo": 152,
    "vivacissimo": 164, "allegrissimo": 168, "presto": 180, "prestissimo": 200,
}  # fmt: skip
"""Italian tempo words → beats a minute, the middle of the usual metronome ranges."""

_QUOTED = re.compile(r'"([^"]*)"')
_TEMPO = re.compile(r"^((?:\d+/\d+\s*)+)=\s*\D{0,6}?(\d+(?:\.\d+)?)")
_TEMPO_C = re.compile(r"^C(\d*)\s*=\s*(\d+)")
_NUMBER = re.compile(r"^(\d+(?:\.\d+)?)$")
_ATTRIBUTE = re.compile(r'([A-Za-z]+)\s*=\s*("[^"]*"|[^\s"]+)')


def parse_tempo(value: str, unit: Fraction) -> Tempo | None:
    """Read `Q:`. A bare number counts unit notes, as old files mean it.

    >>> parse_tempo('"Allegro" 3/8=120', Fraction(1, 8))
    Tempo(beat=Fraction(3, 8), bpm=Fraction(120, 1), text='Allegro', explicit=True)
    """
    quoted = _QUOTED.findall(value)
    text = quoted[0] if quoted else ""
    rest = _QUOTED.sub("", value).strip()
    if match := _TEMPO.match(rest):
        beats = [Fraction(b) for b in match[1].split() if not b.endswith("/0")]
        return _tempo(sum(beats, Fraction(0)), match[2], text)
    if match := _TEMPO_C.match(rest):
        return _tempo(unit * int(match[1] or 1), match[2], text)
    if match := _NUMBER.match(rest):
        return _tempo(unit if unit > Fraction(1, 16) else Fraction(1, 8), match[1], text)
    word = (text or rest).lower()
    for name in sorted(TEMPO_WORDS, key=len, reverse=True):
        if name in word:
            return Tempo(Fraction(1, 4), Fraction(TEMPO_WORDS[name]), text or rest, explicit=False)
    return None


def _tempo(beat: Fraction, bpm: str, text: str) -> Tempo | None:
    speed = Fraction(bpm)
    return Tempo(beat, speed, text) if beat > 0 and 1 <= speed <= 1000 else None


def parse_unit(value: str) -> Fraction | None:
    """Read `L:`.

    >>> parse_unit("1/8")
    Fraction(1, 8)
    """
    match = re.match(r"^\s*(\d{1,3})\s*(?:/\s*(\d{1,3}))?\s*$", value)
    if match is None or int(match[1]) == 0 or int(match[2] or 1) == 0:
        return None
    return Fraction(int(match[1]), int(match[2] or 1))


@dataclass(frozen=True)
class VoiceField:
    """What a `V:` field says; `semitones` is the sounding shift of clef, octave and transpose."""

    id: str
    name: str
    clef: str
    semitones: int | None
    octaves: int | None


def parse_voice(value: str) -> VoiceField:
    """Read `V:`; the first word is the id, the rest are attributes and clef names.

    >>> parse_voice('B name="Bass" clef=bass').name
    'Bass'
    """
    words = value.split(maxsplit=1)
    rest = words[1] if len(words) > 1 else ""
    attributes = dict(parse_attributes(rest))
    name = attributes.get("name") or attributes.get("nm") or ""
    clef, octaves, semitones = parse_clef(rest)
    return VoiceField(words[0] if words else "1", name.strip('"'), clef, semitones, octaves)


def parse_attributes(text: str) -> list[tuple[str, str]]:
    """`name="value"` pairs with lower-case names."""
    return [(m[1].lower(), m[2].strip('"')) for m in _ATTRIBUTE.finditer(text)]


def parse_clef(text: str) -> tuple[str, int | None, int | None]:
    """Clef name, octave shift and transposition in semitones of `K:`/`V:` text; None = not said.

    `treble-8` sounds an octave lower, `octave=` and `transpose=`/`sound`-like words add to it
    (ABC 2.2 draft §4.6).
    """
    attributes = dict(parse_attributes(text))
    clef = attributes.get("clef", "")
    if not clef:
        bare = re.search(r"\b(treble|bass|alto|tenor|perc|none)([-+_^]8)?\d?\b", _strip(text))
        clef = bare[0] if bare else ""
    octaves: int | None = None
    if clef:
        octaves = {"-8": -1, "+8": 1, "_8": 0, "^8": 0}.get(clef[-2:], 0)
    if "octave" in attributes and re.fullmatch(r"[-+]?\d", attributes["octave"]):
        octaves = (octaves or 0) + int(attributes["octave"])
    shift = attributes.get("transpose", attributes.get("t", ""))
    semitones = int(shift) if re.fullmatch(r"[-+]?\d{1,2}", shift) else None
    return clef, octaves, semitones


def _strip(text: str) -> str:
    return _ATTRIBUTE.sub(" ", text)


@dataclass(frozen=True)
class Macro:
    """A macro of an `m:` field (ABC 2.1 §9): `target` is what is written, `text` what it stands for.

    In a transposing macro the target has an `n` for any note, and in the text the letters `h`–`z`
    are notes some steps away from it (`m` one below, `o` one above).
    """

    target: str
    text: str
    pattern: re.Pattern[str]

    def match(self, source: str, position: int) -> tuple[str, int] | None:
        """The expansion of a call at `position` and where the call ends; None if there is none."""
        found = self.pattern.match(source, position)
        if found is None:
            return None
        if "n" not in self.target:
            return self.text, found.end()
        return _transposed(self.text, found[1], found[2]), found.end()


_LETTERS = "CDEFGAB"


def _transposed(text: str, letter: str, marks: str) -> str:
    """A macro's text with `h`–`z` replaced by the notes that lie that far from the written one."""
    octave = (1 if letter.islower() else 0) + marks.count("'") - marks.count(",")
    step = 7 * octave + _LETTERS.index(letter.upper())

    def note(match: re.Match[str]) -> str:
        number, index = divmod(step + ord(match[0]) - ord("n"), 7)
        if number >= 1:
            return _LETTERS[index].lower() + "'" * (number - 1)
        return _LETTERS[index] + "," * -number

    pieces = re.split(r'("[^"]*"|![^!\s]*!)', text)  # what is quoted keeps its letters
    return "".join(p if k % 2 else re.sub(r"[h-z]", note, p) for k, p in enumerate(pieces))


def parse_macro(value: str) -> Macro | None:
    """Read `m:`; None if it defines nothing.

    >>> parse_macro("~n2 = (3o/n/m/ n").match("~G2", 0)
    ('(3A/G/F/ G', 3)
    """
    target, equals, text = (part.strip() for part in value.partition("="))
    if not equals or not target or not text or len(target) > 31 or len(text) > 500:
        return None
    if "n" in target:
        before, _, after = target.partition("n")
        pattern = rf"{re.escape(before)}([A-Ga-g])([,']*){re.escape(after)}"
    else:
        pattern = re.escape(target)
    return Macro(target, text, re.compile(pattern + r"(?![0-9/,'])"))
