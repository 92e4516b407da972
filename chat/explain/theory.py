"""Theory from tables: scales, intervals, chords, keys, meters, instruments and the dictionary of terms.

Each function takes what is asked about as plain text (`term` of a `Question`) and returns statements
without bars, and an example tune or "".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from abc_tools.analyse import terms as t
from abc_tools.analyse.fact import Fact
from abc_tools.chords import QUALITIES, parse_chord, roman
from abc_tools.edit.instruments import instrument
from abc_tools.theory import ALTER_NAMES, Key, Pitch, abc_letter, parse_key, parse_meter
from chat.explain.scales import (
    INTERVALS,
    SCALE_NAMES,
    SCALE_NOTES,
    SCALES,
    relative,
    scale_notes,
    scale_steps,
    spelled,
)
from chat.explain.scope import signature_names
from chat.explain.statement import Statement
from chat.explain.terms import near_terms, terms
from chat.explain.timing import meter_value, pitch_of, player_words
from chat.explain.tonal import chord_notes
from chat.phrases import plain

Said = tuple[list[Fact], str]
_ALTERS = {name: alter for alter, name in ALTER_NAMES.items()}
_NEAREST = {
    "dorian": "minor", "phrygian": "minor", "locrian": "minor", "harmonic minor": "minor",
    "melodic minor": "minor", "hungarian minor": "harmonic minor", "lydian": "major",
    "mixolydian": "major", "harmonic major": "major", "lydian dominant": "mixolydian",
    "phrygian dominant": "phrygian", "double harmonic": "phrygian dominant",
}  # fmt: skip
"""Scale → the better known one that it is explained by."""


def split_note(name: str) -> tuple[str, int]:
    """A note name as letter and alteration: ("F", 1) for "F#"."""
    return name[0], _ALTERS[name[1:]]


# -- scales -----------------------------------------------------------------------------------


def scale(term: str) -> Said:
    """ "D dorian" or "dorian" (then on a tonic that shows it with few signs)."""
    tonic, _, name = term.partition(" ") if re.match(r"[A-G][#b]? ", term) else ("", "", term)
    own = {"dorian": "D", "phrygian": "E", "lydian": "F", "mixolydian": "G", "locrian": "B",
           "minor": "A", "harmonic minor": "A", "melodic minor": "A", "minor pentatonic": "A",
           "shang": "D", "jue": "E", "zhi": "G", "yu": "A", "phrygian dominant": "E",
           "hungarian minor": "A"}  # fmt: skip
    step, alter = split_note(tonic or own.get(name, "C"))
    if any(len(note) > 3 for note in scale_notes(step, alter, name)):
        other = Pitch(step, alter, 4).respelled()  # no triple sharps and flats
        step, alter = other.step, int(other.alter)
    notes = scale_notes(step, alter, name)
    names = list(SCALE_NAMES[name])
    found: list[Fact] = [
        Statement("theory scale", {"tonic": f"{step}{ALTER_NAMES[alter]}", "scale": names, "notes": notes,
                            "name": name}, ()),
        Statement("theory scale steps", {"steps": "–".join(map(str, scale_steps(name))), "name": name}, ()),
    ]  # fmt: skip
    if name in _NEAREST:
        found.append(_like(name))
    found.append(
        Statement("theory scale note", {"text": list(SCALE_NOTES[name]), "name": name}, ())
    )
    return found, scale_tune(step, alter, name)


def _like(name: str) -> Statement:
    """A scale by its difference from a better known one."""
    near = _NEAREST[name]
    changes = []
    for (letters, a), (_, b) in zip(SCALES[name], SCALES[near], strict=True):
        if a != b:
            way = ("raised", "升高") if a > b else ("lowered", "降低")
            changes.append([f"degree {letters + 1} {way[0]}", f"第{letters + 1}级{way[1]}"])
    value = {"near": list(SCALE_NAMES[near]), "changes": changes, "name": name}
    return Statement("theory scale like", value, ())


def _rising(notes: Sequence[str]) -> list[str]:
    """Names of notes as ABC, each above the one before; a natural only behind another sign on its letter."""
    heads: list[str] = []
    last, signed = -1, set[str]()
    for note in notes:
        letter, sign = split_note(note)
        pitch = next(p for octave in range(4, 8) if (p := Pitch(letter, sign, octave)).midi > last)
        last = pitch.midi
        plain = "=" if letter in signed else ""
        heads.append({-2: "__", -1: "_", 0: plain, 1: "^", 2: "^^"}[sign] + abc_letter(pitch))
        signed |= {letter} if sign else set()
    return heads


def scale_tune(step: str, alter: int, name: str) -> str:
    """A scale up to its octave and back to the tonic, as a tune."""
    heads = _rising([*scale_notes(step, alter, name), f"{step}{ALTER_NAMES[alter]}"])
    body = " ".join(heads[:4]) + "".join(
        " " + " ".join(heads[n : n + 4]) for n in range(4, len(heads), 4))  # fmt: skip
    sign = ALTER_NAMES[alter].replace("#", "♯").replace("b", "♭")
    title = f"{step}{sign} {SCALE_NAMES[name][0]}"
    length = Fraction(len(heads), 4)
    return f"X:1\nT:{title}\nM:{length.numerator * (4 // length.denominator)}/4\nL:1/4\nQ:1/4=100\nK:C\n{body}|]\n"


# -- intervals --------------------------------------------------------------------------------

_KINDS = {
    "perfect consonance": ("a perfect consonance", "完全协和音程"),
    "imperfect consonance": ("an imperfect consonance", "不完全协和音程"),
    "dissonance": ("a dissonance", "不协和音程"),
    "fourth": ("a consonance in itself, a dissonance above the bass", "协和音程，但在低音上方按不协和处理"),
}  # fmt: skip


def interval(term: str) -> Said:
    """An interval of the table by its English name."""
    letters, semitones, chinese = INTERVALS[term]
    low = "C"
    high = spelled("C", 0, letters, semitones)
    name = [t.interval("en", term), chinese]
    found: list[Fact] = [Statement("theory interval", {
        "name": name, "letters": letters + 1, "semitones": semitones, "low": low + "4",
        "high": f"{high}{4 + letters // 7}", "interval": term}, ())]  # fmt: skip
    if letters > 7:
        inner = _named(letters - 7, semitones - 12)
        found.append(Statement("theory interval sound wide", {
            "inner": [t.interval("en", inner), INTERVALS[inner][2]], "interval": term}, ()))  # fmt: skip
    else:
        inverse = _named(7 - letters, 12 - semitones) if letters < 7 else "perfect unison"
        value = {"kind": list(_KINDS[_sound(term)]), "interval": term,
                 "inverse": [t.interval("en", inverse), INTERVALS[inverse][2]]}  # fmt: skip
        found.append(Statement("theory interval sound", value, ()))
    tune = _interval_tune(term, letters, high)
    return found, tune


def _named(letters: int, semitones: int) -> str:
    found = (n for n, (a, b, _) in INTERVALS.items() if (a, b) == (letters, semitones))
    return next(found, "augmented unison")


def _sound(term: str) -> str:
    if term == "perfect fourth":
        return "fourth"
    if term in ("perfect unison", "perfect fifth", "perfect octave"):
        return "perfect consonance"
    imperfect = re.fullmatch(r"(?:major|minor) (?:third|sixth)", term)
    return "imperfect consonance" if imperfect else "dissonance"


def _interval_tune(term: str, letters: int, high: str) -> str:
    letter, sign = split_note(high)
    pitch = Pitch(letter, sign, 4 + letters // 7)
    head = {-2: "__", -1: "_", 0: "", 1: "^", 2: "^^"}[sign] + abc_letter(pitch)
    low = "=C" if letter == "C" and sign else "C"
    title = term[:1].upper() + term[1:]
    return f"X:1\nT:{title}\nM:4/4\nL:1/2\nQ:1/4=100\nK:C\nC {head}|[{low}{head}]2|]\n"


def between(term: str) -> Said:
    """ "C E": the interval from one note name up to another."""
    low, high = term.split()
    (a, x), (b, y) = split_note(low), split_note(high)
    one, other = Pitch(a, x, 4), Pitch(b, y, 4)
    if other.diatonic < one.diatonic or (other.diatonic == one.diatonic and other.midi < one.midi):
        other = Pitch(b, y, 5)
    steps, semitones = other.diatonic - one.diatonic, other.midi - one.midi
    name = next((n for n, (p, q, _) in INTERVALS.items() if (p, q) == (steps, semitones)), "")
    said = ([t.interval("en", name), INTERVALS[name][2]] if name else
            [f"{semitones} semitones", f"{semitones}个半音"])  # fmt: skip
    value = {"low": low, "high": high, "name": said, "semitones": semitones}
    return [Statement("theory interval between", value, ())], ""


# -- chords -----------------------------------------------------------------------------------

QUALITY_NAMES: dict[str, tuple[tuple[str, str], tuple[str, ...]]] = {
    "": (("a major triad", "大三和弦"), ("major triad", "major chord", "大三和弦", "大和弦")),
    "m": (("a minor triad", "小三和弦"), ("minor triad", "minor chord", "小三和弦", "小和弦")),
    "dim": (("a diminished triad", "减三和弦"), ("diminished triad", "diminished chord", "减三和弦", "减和弦")),
    "aug": (("an augmented triad", "增三和弦"), ("augmented triad", "augmented chord", "增三和弦", "增和弦")),
    "7": (("a dominant seventh chord", "属七和弦"),
          ("dominant seventh", "dominant 7th", "dominant seventh chord", "属七和弦", "大小七和弦", "属七")),
    "maj7": (("a major seventh chord", "大七和弦"),
             ("major seventh chord", "major 7th chord", "maj7", "大七和弦", "大大七和弦")),
    "m7": (("a minor seventh chord", "小七和弦"),
           ("minor seventh chord", "minor 7th chord", "m7 chord", "小七和弦", "小小七和弦")),
    "m7b5": (("a half-diminished seventh chord", "半减七和弦"),
             ("half-diminished", "half diminished", "half-diminished seventh", "m7b5", "半减七和弦", "半减七")),
    "dim7": (("a diminished seventh chord", "减七和弦"),
             ("diminished seventh chord", "diminished 7th chord", "fully diminished", "dim7", "减七和弦")),
    "mM7": (("a minor chord with a major seventh", "小大七和弦"), ("minor major seventh", "小大七和弦")),
    "sus4": (("a suspended fourth chord", "挂四和弦"), ("sus4", "suspended fourth", "sus chord", "suspended chord",
                                                  "挂四和弦", "挂留和弦")),
    "sus2": (("a suspended second chord", "挂二和弦"), ("sus2", "suspended second", "挂二和弦")),
    "6": (("a major sixth chord", "大六和弦"), ("major sixth chord", "sixth chord", "大六和弦")),
    "m6": (("a minor sixth chord", "小六和弦"), ("minor sixth chord", "小六和弦")),
    "add9": (("a major triad with an added ninth", "加九和弦"), ("add9", "added ninth", "加九和弦")),
    "9": (("a dominant ninth chord", "属九和弦"), ("ninth chord", "dominant ninth", "属九和弦", "九和弦")),
    "11": (("a dominant eleventh chord", "属十一和弦"), ("eleventh chord", "十一和弦")),
    "13": (("a dominant thirteenth chord", "属十三和弦"), ("thirteenth chord", "十三和弦")),
    "5": (("a bare fifth", "空五度"), ("bare fifth", "空五度", "五度和弦")),
    "aug7": (("an augmented seventh chord", "增七和弦"), ("augmented seventh chord", "增七和弦")),
}  # fmt: skip
"""Quality → (its name with an article, Chinese name), and what people call it."""


def chord(term: str) -> Said:
    """A chord symbol such as "F#m7b5"; a quality alone is shown on C."""
    found = parse_chord(term)
    assert found is not None, "only chord symbols are asked for"
    notes = chord_notes(found)
    same = next(
        (q for q, i in QUALITIES.items() if q in QUALITY_NAMES and i == found.intervals), None
    )
    value: dict[str, object] = {"chord": found.text, "notes": notes}
    said: list[Fact] = [Statement("theory chord plain", value, ())]
    if same is not None:
        said = [Statement("theory chord", {**value, "quality": list(QUALITY_NAMES[same][0])}, ())]
    steps = "–".join(str(i) for i in found.intervals)
    said.append(Statement("theory chord steps", {"steps": steps, "chord": found.text}, ()))
    if found.bass:
        bass = f"{found.bass[0]}{ALTER_NAMES[found.bass[1]]}"
        said.append(Statement("theory chord bass", {"note": bass, "chord": found.text}, ()))
    keys = chord_keys(found.pitch_classes)
    if keys:
        said.append(Statement("theory chord in keys", {"keys": keys, "chord": found.text}, ()))
    return said, _chord_tune(found.text, notes)


def chord_keys(classes: frozenset[int]) -> list[str]:
    """Major keys, and minor keys in their natural scale, that have all of some pitch classes."""
    names = []
    for mode in ("major", "minor"):
        for sharps in range(-6, 6):
            key = next(k for s in "CDEFGAB" for a in (-1, 0, 1)
                       if (k := Key(s, a, mode)).sharps == sharps)  # fmt: skip
            scale_of = {Pitch(step, alter, 4).midi % 12 for step, alter in key.scale}
            if classes <= scale_of:
                names.append(key.name)
    return names[:8]


def _chord_tune(symbol: str, notes: list[str]) -> str:
    heads = _rising(notes)
    return f'X:1\nT:{symbol}\nM:4/4\nL:1/1\nQ:1/4=100\nK:C\n"{symbol}"[{"".join(heads)}]|]\n'


# -- keys -------------------------------------------------------------------------------------


def key(term: str) -> Said:
    """ "Ab major": signature, notes, relatives and neighbours on the circle of fifths."""
    home = parse_key(term)
    assert home is not None, "only keys are asked for"
    names = signature_names(home)
    value: dict[str, object] = {"key": home.name, "signature": names}
    found: list[Fact] = [
        Statement("theory key" if names else "theory key plain", value, ()),
        Statement("theory key notes", {"notes": [f"{s}{ALTER_NAMES[round(a)]}" for s, a in home.scale],
                                "key": home.name}, ()),
    ]  # fmt: skip
    if home.mode in ("major", "minor"):
        other = relative(home)
        mode = ["minor", "小调"] if home.mode == "major" else ["major", "大调"]
        found.append(
            Statement("theory relative", {"mode": mode, "other": other.name, "key": home.name}, ())
        )
        twin = Key(home.tonic, home.alter, "minor" if home.mode == "major" else "major")
        if abs(twin.sharps) <= 7:
            found.append(
                Statement(
                    "theory parallel", {"mode": mode, "other": twin.name, "key": home.name}, ()
                )
            )
        up, down = (spelled(home.tonic, home.alter, *move) for move in ((4, 7), (3, 5)))
        value = {"up": f"{up} {home.mode}", "down": f"{down} {home.mode}", "key": home.name}
        found.append(Statement("theory fifths", value, ()))
    return found, scale_tune(home.tonic, home.alter, home.mode)


def diatonic(term: str) -> Said:
    """ "G major": the triads on its degrees."""
    home = parse_key(term)
    assert home is not None, "only keys are asked for"
    symbols = [degree_triad(home, n) for n in range(7)]
    numerals = [roman(c, home) or "?" for s in symbols if (c := parse_chord(s)) is not None]
    value = {"key": home.name, "chords": symbols, "numerals": numerals}
    found: list[Fact] = [Statement("theory diatonic", value, ())]
    if home.mode == "minor":
        five = spelled(home.tonic, home.alter, 4, 7)
        value = {"chord": five, "note": spelled(home.tonic, home.alter, 6, 11), "key": home.name}
        found.append(Statement("theory diatonic minor", value, ()))
    tune = "".join(f'"{s}"{s[0]}' for s in symbols)
    title = f"X:1\nT:Triads of {home.name}\nM:7/1\nL:1/1\nQ:1/4=100\nK:{home.abc}\n"
    return found, f"{title}{tune}|]\n"


def degree_triad(home: Key, n: int) -> str:
    """The triad on a degree (0 is the tonic) as a chord symbol."""
    scale_of = [(Pitch(s, a, 4).midi) % 12 for s, a in home.scale]
    third, fifth = ((scale_of[(n + d) % 7] - scale_of[n]) % 12 for d in (2, 4))
    quality = {(4, 7): "", (3, 7): "m", (3, 6): "dim", (4, 8): "aug"}[(third, fifth)]
    step, alter = home.scale[n]
    return f"{step}{ALTER_NAMES[round(alter)]}{quality}"


_ROMANS = {"I": 0, "II": 1, "III": 2, "IV": 3, "V": 4, "VI": 5, "VII": 6}


def numeral(term: str) -> Said:
    """ "V7 G major": the chord that a numeral means in a key."""
    name, _, key_name = term.partition(" ")
    home = parse_key(key_name)
    match = re.fullmatch(r"(b|#)?([IViv]+)(°|o|dim)?(7|maj7)?", name)
    assert home is not None and match is not None, "only numerals in keys are asked for"
    n = _ROMANS[match[2].upper()]
    step, alter = home.scale[n]
    root = f"{step}{ALTER_NAMES[round(alter) + {'b': -1, '#': 1}.get(match[1] or '', 0)]}"
    small = match[2].islower()
    quality = "dim" if match[3] else "m" if small else ""
    if match[4]:
        quality = "m7b5" if match[3] else quality + match[4]
    found = parse_chord(root + quality)
    assert found is not None, "every numeral has a symbol"
    value = {"numeral": name, "key": home.name, "chord": found.text, "notes": chord_notes(found)}
    return [Statement("theory numeral", value, ())], _chord_tune(found.text, chord_notes(found))


def degree(term: str) -> Said:
    """ "5 D major": the note on a degree."""
    number, _, key_name = term.partition(" ")
    home = parse_key(key_name)
    assert home is not None, "only keys are asked for"
    step, alter = home.scale[int(number) - 1]
    value = {"degree": int(number), "key": home.name, "note": f"{step}{ALTER_NAMES[round(alter)]}"}
    return [Statement("theory degree", value, ())], ""


# -- meters, instruments, terms ---------------------------------------------------------------


ACCENTS = {
    "2/4": ("strong–weak", "强—弱"), "3/4": ("strong–weak–weak", "强—弱—弱"),
    "4/4": ("strong–weak–medium–weak", "强—弱—次强—弱"),
    "2/2": ("strong–weak", "强—弱"), "3/8": ("strong–weak–weak", "强—弱—弱"),
    "6/8": ("strong–weak–weak–medium–weak–weak, felt as two beats of three eighths",
            "强—弱—弱—次强—弱—弱，感觉上是两大拍"),
    "9/8": ("three beats of three eighths, the first one strongest", "三大拍，每拍三个八分音符，第一拍最强"),
    "12/8": ("four beats of three eighths, the first one strongest", "四大拍，每拍三个八分音符，第一拍最强"),
}  # fmt: skip


def meter(term: str) -> Said:
    """ "6/8": what a meter means."""
    found = parse_meter(term)
    if found is None:
        return unknown(term)
    said: list[Fact] = [Statement("theory meter is", meter_value(found), ())]
    if accents := ACCENTS.get(found.text):
        said.append(
            Statement("theory accents", {"meter": found.text, "pattern": list(accents)}, ())
        )
    return said, ""


def player(term: str) -> Said:
    """An instrument of the table: its written range and how it sounds."""
    found = instrument(term)
    value: dict[str, object] = {"player": player_words(found), "low": pitch_of(found.low),
                                "high": pitch_of(found.high)}  # fmt: skip
    said: list[Fact] = [Statement("theory instrument", value, ())]
    shift = -found.written.semitones
    if not shift:
        return [*said, Statement("theory instrument plain", {"player": value["player"]}, ())], ""
    name = next((n for n, (a, b, _) in INTERVALS.items()
                 if (a, b) == (abs(found.written.steps), abs(shift))), f"{abs(shift)} semitones")  # fmt: skip
    way = ["higher", "高"] if shift > 0 else ["lower", "低"]
    said.append(Statement("theory instrument sounds", {"interval": name.replace("perfect octave", "octave"),
                                                "way": way, "player": value["player"]}, ()))  # fmt: skip
    return said, ""


def term(name: str) -> Said:
    """A term of the dictionary."""
    found = terms()[name]
    value = {"title": [found.title(x)[:1].upper() + found.title(x)[1:] for x in ("en", "zh")],
             "text": list(found.definitions), "name": name}  # fmt: skip
    return [Statement("theory term", value, ())], found.example


def unknown(said: str, language: str = "en") -> Said:
    """A term that no table has, with what is spelled like it."""
    found: list[Fact] = [Statement("theory unknown", {"said": plain(said[:60])}, ())]
    near = near_terms(said[:60])
    if near:
        names = [terms()[name].title(language) for name in near]
        found.append(Statement("theory near terms", {"names": names}, ()))
    return found, ""
