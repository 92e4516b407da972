"""From wishes to what is asked of the model and what its grammar allows.

Requirements become properties of `lm.plan`; a mood or a kind of music adds what it implies; what the
properties cannot say (a scale, a cadence, only some chords) narrows the plan's grammar. What
nobody asked for is chosen by chance, always the same for a seed.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from fractions import Fraction

from abc_tools.chords import parse_chord
from abc_tools.styles import STYLES, Style, usual_tempo
from abc_tools.theory import STEP_SEMITONES, Key, Pitch, abc_letter, parse_key, parse_meter
from chat.act.scales import FIXED, chord_named, classes, names_of, scale_names
from chat.check import class_of, range_midi
from chat.phrases import key_name, language_of, style_name
from chat.requirements import MAX_BARS, Wishes
from chat.understand.tables import INSTRUMENTS
from lm.grammar import SectionSpec, TuneSpec, tune_grammar
from lm.plan import Plan, note_step, plan_melody, plan_tune
from lm.plan.notes import PLAYED_RANGE, SUNG_RANGE
from lm.plan.properties import SUNG, TEMPI
from lm.requests import note_name

DEFAULT_BARS = 16
SLOW_BPM, SLOW_COMPOUND, FAST_BPM, FAST_COMPOUND, MEDIUM_BPM = 76, 58, 132, 116, 100
TONICS = {
    "major": "GDCAF", "minor": "EADG", "dorian": "DEA", "mixolydian": "GDA", "phrygian": "EA",
    "lydian": "FCG", "locrian": "B",
}  # fmt: skip
MOODS = {
    "sad": {"mode": "minor", "tempo": "slow"}, "happy": {"mode": "major", "tempo": "fast"},
    "calm": {"mode": "major", "tempo": "slow"}, "angry": {"mode": "minor", "tempo": "fast"},
}  # fmt: skip
"""What listeners expect of a mood; only what nobody said otherwise."""
CHOIR_TOP = (62, 79)
"""MIDI limits of a melody that leaves room for the voices below it."""
HALF_FINALS = (4, 6, 1)
"""Degrees (0 is the tonic) of the dominant triad, on which a half cadence ends."""


def make_plan(message: str, wishes: Wishes, seed: int) -> Plan:
    """The plan for wishes; what the grammar cannot count (a rare note length) is left to the check."""
    rng = random.Random(seed)
    values = settled(wishes, rng)
    properties = properties_of(values, wishes, rng)
    if "title" not in properties:
        properties["title"] = _title(message, wishes, properties)
        if not properties["title"]:
            del properties["title"]
    if wishes.words:
        return _melody(message, wishes, values, properties, seed)
    try:
        plan = plan_tune(message, properties, seed)
    except ValueError:
        properties = {k: v for k, v in properties.items() if k not in ("notes", "range", "pickup")}
        plan = plan_tune(message, properties, seed)
    return narrowed(plan, values)


def _melody(
    message: str, wishes: Wishes, values: dict[str, str], properties: dict[str, str], seed: int
) -> Plan:
    """A melody to given words: a line of four bars for each line of words."""
    kept = {
        k: v
        for k, v in properties.items()
        if k not in ("bars", "sections", "voices", "notes", "progression", "pickup")
    }
    plan = plan_melody(verse_lines(wishes.words), message, {**kept, "pickup": "none"}, seed)
    spec = replace(plan.spec, rests=False)  # a short line is sung on longer notes
    return narrowed(replace(plan, spec=spec, grammar=tune_grammar(spec)), values)


def verse_lines(words: str) -> str:
    """Words as lines: as they stand, or cut at the signs where they come in one."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    if len(lines) == 1:
        cut = r"\s*/\s*" if "/" in lines[0] else r"(?<=[,.;!?，。；！？])\s*"
        parts = re.split(cut, lines[0])
        lines = [p.strip(" /") for p in parts if p.strip(" /,.;")]
    joined: list[str] = []
    for line in lines:
        if joined and len(joined[-1].split()) + len(line.split()) <= 6 and line.isascii():
            joined[-1] += " " + line
        else:
            joined.append(line)
    return "\n".join(joined[: MAX_BARS // 4])


# -- what is implied --------------------------------------------------------------------------


def settled(wishes: Wishes, rng: random.Random) -> dict[str, str]:
    """The values asked for, completed by what a kind of music or a mood implies."""
    values = dict(wishes.values)
    implied = dict(wishes.implied)
    if "style" in implied and "rhythm" not in values and "meter" not in values:
        values["rhythm"] = rng.choice([s for s in _styles(implied.pop("style")) if s in STYLES])
    implied.pop("style", None)
    if "not-key" in wishes.details:
        values["not-key"] = wishes.details["not-key"]
    if "seconds" in values or "form" in values:
        implied.pop("bars", None)
    if "bars" in values and "form" in implied and int(values["bars"]) < 2 * len(implied["form"]):
        implied.pop("form")
    if values.get("chords") in ("no",) or "progression" in values:
        implied.pop("progression", None)
        implied.pop("chords", None)
    if "rhythm" in implied and "meter" in values:
        implied.pop("rhythm")
    if "1/1" in values.get("note_values", "").split() and "meter" not in values:
        implied["meter"] = "4/4"  # a bar that holds a whole note
    if "key" in values:
        implied.pop("mode", None)
    for name, value in (*implied.items(), *MOODS.get(wishes.mood, {}).items()):
        if name == "mode" and "key" in values:
            continue
        values.setdefault(name, value)
    return values


_MINOR = {
    "I": "i", "Imaj7": "i7", "I7": "i7", "ii": "ii°", "ii7": "iim7b5", "iii": "III", "IV": "iv", "IV7": "iv7",
    "vi": "VI", "vi7": "VImaj7",
}  # fmt: skip
"""Degrees of a major key as they are in minor; the dominant keeps its leading note."""


def in_minor(progression: str) -> str:
    """A usual row of chords as it is played in minor.

    >>> in_minor("Imaj7 vi7 ii7 V7")
    'i7 VImaj7 iim7b5 V7'
    """
    return " ".join(_MINOR.get(chord, chord) for chord in progression.split())


def _styles(text: str) -> list[str]:
    names = sorted(STYLES, key=len, reverse=True)
    found = [n for n in names if re.search(rf"\b{n}\b", text)]
    return [n for n in found if not any(n != other and n in other for other in found)]


def properties_of(values: dict[str, str], wishes: Wishes, rng: random.Random) -> dict[str, str]:
    """The properties that `lm.plan` completes, from the values."""
    properties: dict[str, str] = {k: values[k] for k in ("rhythm", "meter") if k in values}
    style = STYLES.get(values.get("rhythm", ""))
    if style is not None and "meter" not in properties:
        properties["meter"] = style.meters[0]
    key = _key(values, rng)
    properties["key"] = key.name
    properties["chords"] = "no" if values.get("chords") == "no" else "yes"
    title = values.get("title") or (title_of(values["theme"]) if "theme" in values else None)
    if title:
        properties["title"] = title
    tempo = _tempo(values.get("tempo"), properties)
    if tempo:
        properties["tempo"] = tempo
    elif style is not None and style.name not in TEMPI:
        properties["tempo"] = str(_usual(style, properties["meter"]))
    properties |= _length(values, wishes.details, properties)
    if "pickup" in values:
        properties["pickup"] = _pickup(values["pickup"], properties.get("meter", "4/4"))
    row = values.get("progression", "")
    if key.minor_third and "progression" not in wishes.values and "scale" not in wishes.implied:
        row = in_minor(row)
    if row and (chords := _symbols(row, key)):
        properties["progression"] = " ".join(chords)
    if values.get("scale") == "chromatic":
        properties["chromatic"] = "some"
    return properties | _notes_and_range(values, key)


def _key(values: dict[str, str], rng: random.Random) -> Key:
    """The key asked for, the one that a row of chords is in, or one that people play in."""
    key = parse_key(values["key"]) if "key" in values else None
    if key is None and "progression" in values:
        key = key_of_chords(values["progression"].split(), values.get("mode"))
    if key is None and values.get("chords", "")[:1] in "ABCDEFG" and values.get("chords"):
        key = key_of_chords(values["chords"].split(), values.get("mode"))
    if key is None and "pitches" in values:
        key = _key_of_notes(values["pitches"].split(), values.get("mode"))
    if key is None:
        mode = values.get("mode") or rng.choices(("major", "minor"), (3, 1))[0]
        tonics = [t for t in TONICS[mode] if f"{t} {mode}" != values.get("not-key") and not (
            "without" in values and values["without"][0] in _letters(f"{t} {mode}"))]  # fmt: skip
        key = parse_key(f"{rng.choice(tonics or list(TONICS[mode]))} {mode}")
    assert key is not None, "keys were read by parse_key"
    return key


def _letters(name: str) -> set[str]:
    """The letters of a key's own triad."""
    key = parse_key(name)
    assert key is not None, "a key of our own table"
    return {key.scale[d][0] for d in (0, 2, 4)}


def _key_of_notes(names: list[str], mode: str | None) -> Key | None:
    """A key for a few notes: one whose scale has them all, its tonic among them, the last one first."""
    wanted = {class_of(n) for n in names}
    for tonic in reversed(names):
        for found in (mode,) if mode else ("major", "minor", "dorian", "mixolydian"):
            key = parse_key(f"{tonic} {found}")
            if (
                key is not None
                and abs(key.sharps) <= 6
                and wanted <= {(STEP_SEMITONES[s] + int(a)) % 12 for s, a in key.scale}
            ):
                return key
    return None


def key_of_chords(names: list[str], mode: str | None = None) -> Key | None:
    """The key that holds most notes of some chord symbols; the first chord's own where several do."""
    chords = [c for c in map(parse_chord, names) if c is not None and names[0][:1] in "ABCDEFG"]
    if not chords:
        return None
    notes = [n for c in chords for n in c.pitch_classes]
    best: tuple[float, Key] | None = None
    for tonic in ("C", "G", "D", "A", "E", "B", "F#", "F", "Bb", "Eb", "Ab", "Db"):
        for name in (mode,) if mode else ("major", "minor"):
            key = parse_key(f"{tonic} {name}")
            if key is None or abs(key.sharps) > 6:
                continue
            scale = {(STEP_SEMITONES[s] + int(a)) % 12 for s, a in key.scale}
            fits = sum(n in scale for n in notes) / len(notes)
            root = key.pitch_class
            third_fits = (chords[0].text[1:2] == "m") == bool(key.minor_third)
            score = (
                fits
                + 0.1 * (chords[0].root_class == root and third_fits)
                + 0.06 * (chords[-1].root_class == root)
            )
            if best is None or score > best[0]:
                best = score, key
    return best[1] if best else None


def _symbols(text: str, key: Key) -> list[str]:
    chords = [chord_named(word, key) for word in text.split()]
    return [c.text for c in chords if c is not None] if all(chords) else []


# -- title, length, tempo ---------------------------------------------------------------------

_SMALL = ("the", "a", "an", "of", "in", "on", "and", "for", "to", "at", "with", "my", "from")


def title_of(theme: str) -> str:
    """A title from a theme: "the sea" → The Sea."""
    cleaned = re.sub(r"[%\\\"]", "", theme).strip()
    if not cleaned.isascii():
        return cleaned
    words = cleaned.split()
    return " ".join(w if i and w in _SMALL else w[:1].upper() + w[1:] for i, w in enumerate(words))


def _title(message: str, wishes: Wishes, properties: dict[str, str]) -> str:
    """A title for a tune that nobody named: its theme, or (in Chinese) its key and style; "" leaves it
    to `lm`.
    """
    bare = not wishes.values and not wishes.details and not wishes.genre
    plain = re.sub(r"[^\w\s'，。,\u4e00-\u9fff-]", "", message).strip()
    if language_of(message) == "zh":
        first = re.split(r"[,，。!！?？;；\s]", plain)[0]
        if (
            bare
            and 2 <= len(first) <= 14
            and not re.search(r"写|作|来|给|曲|歌|音乐|想|要|请", first)
        ):
            return first
        return _chinese_title(properties)
    words = plain.split()
    if (
        bare
        and 2 <= len(words) <= 7
        and not re.search(
            r"\b(?:write|compose|make|give|please|tune|song|music|piece|me|i|you)\b", plain.lower()
        )
    ):
        return title_of(plain.lower())
    return ""


def _chinese_title(properties: dict[str, str]) -> str:
    """D大调进行曲."""
    key = parse_key(properties["key"])
    assert key is not None, "keys were read by parse_key"
    style = style_name("zh", properties["rhythm"]) if "rhythm" in properties else "小曲"
    return key_name("zh", key) + style


def _length(
    values: dict[str, str], details: dict[str, str], properties: dict[str, str]
) -> dict[str, str]:
    """Bars and sections: from a number of bars, seconds, a form in letters, sizes of parts, repeats."""
    form = values.get("form")
    bars = int(values["bars"]) if "bars" in values else _bars_of(values, properties)
    repeats = values.get("repeats")
    if not form and not bars and "progression" in values:
        row = len(values["progression"].split())
        bars = row * (
            2 if "twice" in details else max(1, round(DEFAULT_BARS / row)) if row < 12 else 1
        )
    if not form:
        total = bars or DEFAULT_BARS
        if not repeats and "seconds" not in values and "part-size" not in details:
            return {"bars": str(total)}
        size = int(details.get("part-size", 0)) or (
            8 if total >= 16 else max(1, total // 2) if repeats == "yes" and total > 3 else total
        )
        total = bars or (2 * size if "part-size" in details else total)
        sizes = [size] * max(1, total // size)
        sizes[-1] += total - sum(sizes)
        letters = "ABCDEFGH"[: len(sizes)] if len(sizes) <= 8 else "A" * len(sizes)
        return {"sections": _words(letters, sizes, repeats == "yes")}
    pairs = len(form) % 2 == 0 and all(form[i] == form[i + 1] for i in range(0, len(form), 2)) and (
        len(set(form)) == len(form) // 2
    )  # fmt: skip
    pairs = pairs and repeats != "no"
    letters = form[::2] if pairs else form
    own = {
        letter: int(details[f"part-{letter}"])
        for letter in set(letters)
        if f"part-{letter}" in details
    }
    if own or "part-size" in details:
        usual = int(details.get("part-size", 8))
        sizes = [own.get(letter, usual) for letter in letters]
        if bars and not pairs and sum(sizes) != bars and own:
            others = [i for i, letter in enumerate(letters) if letter not in own]
            left = bars - sum(sizes[i] for i in range(len(letters)) if i not in others)
            if others and left >= len(others) and left % len(others) == 0:
                for i in others:
                    sizes[i] = left // len(others)
        return {"sections": _words(letters, sizes, pairs or repeats == "yes")}
    total = bars or min(8, MAX_BARS // len(letters)) * len(letters)
    size, rest = divmod(total, len(letters))
    if size == 0:
        return {"bars": str(total)}
    return {"sections": _words(letters, _shared(letters, size, rest), pairs or repeats == "yes")}


def _shared(letters: str, size: int, rest: int) -> list[int]:
    """Sizes of sections: equal letters equally long, the bars left over to letters that come once."""
    sizes = [size] * len(letters)
    counts = {letter: letters.count(letter) for letter in letters}
    for letter, count in sorted(counts.items(), key=lambda item: -item[1]):
        while rest >= count and (count > 1 or rest):
            share = rest // count if count == 1 else 1
            sizes = [s + share if c == letter else s for s, c in zip(sizes, letters, strict=True)]
            rest -= share * count
            if count > 1:
                break
    return sizes


def _words(letters: str, sizes: list[int], repeats: bool) -> str:
    return " ".join(
        f"|:{c}{n}:|" if repeats else f"{c}{n}" for c, n in zip(letters, sizes, strict=True)
    )


def _bars_of(values: dict[str, str], properties: dict[str, str]) -> int | None:
    """Bars that last about so many seconds, in whole phrases of four."""
    if "seconds" not in values:
        return None
    meter = parse_meter(properties.get("meter", "4/4"))
    assert meter is not None, "a style's meter can be read"
    beat, usual = usual_tempo(properties.get("rhythm", ""), meter)
    bpm = int(properties.get("tempo", usual))
    properties.setdefault("tempo", str(bpm))
    properties.setdefault("meter", meter.text)
    bar = float(meter.length / beat) * 60 / bpm
    phrase = 4 if float(values["seconds"]) / bar >= 8 else 2
    return max(2, min(MAX_BARS, phrase * round(float(values["seconds"]) / bar / phrase)))


def _tempo(feel: str | None, properties: dict[str, str]) -> str | None:
    if feel is None or feel.isdigit():
        return feel
    meter = parse_meter(properties.get("meter", "4/4"))
    assert meter is not None, "a style's meter can be read"
    compound = meter.compound
    usual = usual_tempo(properties.get("rhythm", ""), meter)[1] if "rhythm" in properties else 100
    halved = 2 if meter.unit == 2 else 1
    if feel == "slow":
        return str((SLOW_COMPOUND if compound else SLOW_BPM) // halved)
    if feel == "fast":
        return str(max(usual, FAST_COMPOUND if compound else FAST_BPM // halved))
    return str(MEDIUM_BPM // halved)


def _usual(style: Style, meter: str) -> int:
    """Beats a minute of a style that the model was not taught; three quavers make a slower beat than two."""
    read = parse_meter(meter)
    compound = read is not None and read.compound and not style.meters[0].endswith("8")
    return style.bpm * 2 // 3 if compound else style.bpm


def _pickup(said: str, meter: str) -> str:
    if said == "no":
        return "none"
    if said == "yes":
        return "1/8" if meter in ("6/8", "9/8", "12/8") else "1/4"
    found = parse_meter(meter)
    return said if found is not None and Fraction(said) < found.length else "1/8"


# -- notes and range --------------------------------------------------------------------------


def _notes_and_range(values: dict[str, str], key: Key) -> dict[str, str]:
    found: dict[str, str] = {}
    if "note_values" in values:
        found["notes"] = values["note_values"]
    elif values.get("difficulty") == "beginner":
        found["notes"] = "1/8 1/4 3/8 1/2 3/4"
    limits = _limits(values, key)
    if limits is not None:
        found["range"] = f"{_name(key, limits[0], up=True)} {_name(key, limits[1], up=False)}"
    elif "instrument" in values:
        _, low, high, _ = INSTRUMENTS[values["instrument"]]
        found["range"] = f"{low} {high}"
    return found


def _limits(values: dict[str, str], key: Key) -> tuple[int, int] | None:
    """Lowest and highest MIDI number asked for; None for none."""
    if "range" in values:
        low, high, size = range_midi(values["range"])
        if size:
            return _above_tonic(key, size)
        if low is not None and high is not None:
            return low, high
        if high is not None:
            return high - 16, high
        assert low is not None, "a range has an end"
        return low, low + 16
    if int(values.get("voices", "1")) > 2:
        return CHOIR_TOP
    return (
        _above_tonic(key, 14)
        if values.get("difficulty") == "beginner" and "instrument" not in values
        else None
    )


def _above_tonic(key: Key, size: int) -> tuple[int, int]:
    """MIDI limits of a range that holds the tonic, a fourth lower for high tonics."""
    low = 60 + key.pitch_class
    low = low - 5 if key.pitch_class >= 9 and size > 12 else low
    return low, low + size


def _name(key: Key, midi: int, *, up: bool) -> str:
    """ABC name of the nearest scale note at or inside a limit."""
    for distance in range(12):
        target = midi + distance if up else midi - distance
        for step, alter in key.scale:
            octave, rest = divmod(target - STEP_SEMITONES[step] - int(alter), 12)
            if rest == 0:
                return abc_letter(Pitch(step, 0, octave - 1))
    raise AssertionError("every octave has a note of the scale")


# -- narrower grammars ------------------------------------------------------------------------


def narrowed(plan: Plan, values: dict[str, str]) -> Plan:
    """The plan with fewer pitches or chords than its own, and another close, where they are asked for."""
    key = parse_key(plan.properties["key"])
    if key is None:
        return plan
    spec = plan.spec
    if "pitches" in values or "without" in values:
        spec = _with_pitches(spec, values, key)
    scale = values.get("scale") or ("diatonic" if values.get("difficulty") == "beginner" else "")
    if scale and scale != "chromatic" and "pitches" not in values and "without" not in values:
        spec = _in_scale(spec, scale, key, plan.properties)
    if scale in FIXED:
        spec = _chords_inside(spec, classes(scale, key))
    allowed = values.get("chords", "")
    if allowed not in ("", "yes", "no"):
        wanted = tuple(_symbols(allowed, key))
        if wanted:
            home = tuple(
                c
                for c in wanted
                if (parsed := chord_named(c, key)) and parsed.root_class == key.pitch_class
            )
            spec = replace(spec, chord_symbols=wanted)
            spec = _closing(spec, None, home or wanted[:1])
    if values.get("cadence") == "half":
        spec = _half(spec, key)
    return plan if spec is plan.spec else replace(plan, spec=spec, grammar=tune_grammar(spec))


def _with_pitches(spec: TuneSpec, values: dict[str, str], key: Key) -> TuneSpec:
    """Only the notes that are named, or all but one."""
    steps = sorted({note_step(p) for p in spec.pitches})
    low, high = note_name(steps[0]), note_name(steps[-1])
    if "pitches" in values:
        wanted = frozenset(class_of(name) for name in values["pitches"].split())
    else:
        without = values["without"]
        wanted = classes("diatonic", key)
        wanted -= {class_of(without)} if len(without) > 1 else set()
    names = names_of(wanted, key, low, high)
    if len(values.get("without", "")) == 1:
        names = tuple(n for n in names if n.strip("^_=")[0].upper() != values["without"])
    finals = tuple(n for n in names if n[0].upper() == key.tonic) or names
    sections = tuple(replace(s, finals=finals if s.finals else ()) for s in spec.sections)
    return replace(spec, pitches=names, sections=sections) if names else spec


def _in_scale(spec: TuneSpec, scale: str, key: Key, properties: dict[str, str]) -> TuneSpec:
    usual = SUNG_RANGE if properties.get("rhythm") in SUNG else PLAYED_RANGE
    low, high = properties["range"].split() if "range" in properties else usual
    names = scale_names(scale, key, low, high)
    tonic = tuple(n for n in names if n == n.strip("^_=") and n[0].upper() == key.tonic)
    sections = tuple(replace(s, finals=tonic or s.finals) if s.finals else s for s in spec.sections)
    return replace(spec, pitches=names, sections=sections) if names else spec


def _chords_inside(spec: TuneSpec, notes: frozenset[int]) -> TuneSpec:
    """Only chord symbols whose notes are all in a scale, where that leaves at least two."""
    kept = tuple(c for c in spec.chord_symbols
                 if (chord := parse_chord(c)) is not None and set(chord.pitch_classes) <= notes)  # fmt: skip
    return replace(spec, chord_symbols=kept) if len(kept) > 1 else spec


def _closing(spec: TuneSpec, finals: tuple[str, ...] | None, cadence: tuple[str, ...]) -> TuneSpec:
    sections = tuple(
        replace(s, cadence=cadence if s.cadence else (), finals=finals or s.finals) if s.finals or s.cadence else s
        for s in spec.sections
    )  # fmt: skip
    return replace(spec, sections=sections)


def _half(spec: TuneSpec, key: Key) -> TuneSpec:
    """The last section ends on the dominant."""
    letters = {key.scale[d][0] for d in HALF_FINALS}
    finals = tuple(p for p in spec.pitches if p[0] not in "^_=" and p[0].upper() in letters)
    dominant = chord_named("V", key)
    assert dominant is not None, "every key has a dominant"
    last: SectionSpec = spec.sections[-1]
    cadence = (dominant.text,) if spec.chords == "required" and not spec.progression else ()
    symbols = tuple(dict.fromkeys((*spec.chord_symbols, *cadence)))
    last = replace(last, finals=finals or last.finals, cadence=cadence)
    return replace(spec, sections=(*spec.sections[:-1], last), chord_symbols=symbols)
