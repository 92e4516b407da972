"""What stands in a relation to what, worked out from the tables: the dominant of a key, the note an interval away, the
other name of a note, what two chords share, how long a note is, the chords that go with a mood.

`relation` takes "what:arguments" as `asked_relations` reads it and answers as `theory` does.
"""

# ruff: noqa: E501 - a wrapped saying is harder to read than a long line
from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from abc_tools.analyse import terms as t
from abc_tools.analyse.fact import Fact
from abc_tools.chords import parse_chord
from abc_tools.theory import ALTER_NAMES, Key, Pitch, parse_key, parse_meter
from chat.explain import abc_signs, concert, members, strings, theory
from chat.explain.scales import INTERVALS, relative, spelled
from chat.explain.scope import signature_names
from chat.explain.statement import Statement
from chat.explain.theory import Said, split_note
from chat.explain.tonal import chord_notes

DEGREES: dict[str, tuple[int, str]] = {
    "tonic": (1, "主音"), "supertonic": (2, "上主音"), "mediant": (3, "中音"), "subdominant": (4, "下属音"),
    "dominant": (5, "属音"), "submediant": (6, "下中音"), "leading note": (7, "导音"), "subtonic": (7, "下主音"),
}  # fmt: skip
"""Name of a degree → (its number, its Chinese name)."""


def relation(term: str) -> Said:
    """What stands in the relation that `term` names."""
    what, _, rest = term.partition(":")
    return _RELATIONS[what](rest)


# -- keys -------------------------------------------------------------------------------------


def _key(name: str) -> Key:
    found = parse_key(name)
    assert found is not None, "only keys are asked for"
    return found


def _related(rest: str) -> Said:
    """ "relative Ab major": the key of the same signature, or with "parallel" of the same tonic."""
    how, _, name = rest.partition(" ")
    home = _key(name)
    if how == "relative":
        other = relative(home)
    else:
        other = Key(home.tonic, home.alter, "minor" if home.mode == "major" else "major")
        if abs(other.sharps) > 7:
            value = {"key": other.name, "count": abs(other.sharps)}
            return [Statement("theory parallel unwritten", value, ())], ""
    mode = ["minor", "小调"] if other.mode == "minor" else ["major", "大调"]
    value = {
        "mode": mode,
        "key": home.name,
        "other": other.name,
        "signature": signature_names(other),
    }
    kind = "theory relative of" if how == "relative" else "theory parallel of"
    return [Statement(kind, value, ())], theory.scale_tune(other.tonic, other.alter, other.mode)


def _degree(rest: str) -> Said:
    """ "dominant|chord|Bb major": a named degree as a note, and as a chord unless only the note is wanted."""
    name, shape, key_name = rest.split("|")
    home = _key(key_name)
    number, chinese = DEGREES[name]
    own = home.scale[number - 1]
    note = f"{own[0]}{ALTER_NAMES[round(own[1])]}"
    raised = spelled(home.tonic, home.alter, 6, 11)
    if name == "leading note" and note != raised:
        found: list[Fact] = [Statement("theory leading", {"key": home.name, "note": raised, "plain": note}, ())]  # fmt: skip
        return found, ""
    value = {"name": [name, chinese], "degree": number, "key": home.name, "note": note}
    found = [Statement("theory named degree", value, ())]
    if shape == "note":
        return found, ""
    numeral = _numeral(number, home, seventh=shape == "seventh")
    said, tune = theory.numeral(f"{numeral} {home.name}")
    return ([] if shape == "seventh" else found) + said, tune


def _numeral(number: int, home: Key, *, seventh: bool) -> str:
    """The numeral of the chord on a degree; in minor the dominant is major, as it is usually written."""
    if number == 5 and home.mode in ("major", "minor"):
        return "V7" if seventh else "V"
    triad = parse_chord(theory.degree_triad(home, number - 1))
    assert triad is not None, "every degree has a triad"
    roman = ("I", "II", "III", "IV", "V", "VI", "VII")[number - 1]
    small = triad.quality.startswith(("m", "dim")) and not triad.quality.startswith("maj")
    shown = (roman.lower() if small else roman) + ("°" if triad.quality == "dim" else "")
    if not seventh:
        return shown
    scale = [Pitch(s, a, 4).midi % 12 for s, a in home.scale]
    wide = (scale[(number + 5) % 7] - scale[number - 1]) % 12 == 11
    return shown + ("maj7" if wide else "7")


def _signature(rest: str) -> Said:
    """ "-3 major": the key with so many sharps (flats below zero)."""
    count, mode = rest.split()
    home = next(k for s in "CDEFGAB" for a in (0, 1, -1) if (k := Key(s, a, mode)).sharps == int(count))  # fmt: skip
    names = signature_names(home)
    value = {"key": home.name, "signature": names}
    return [Statement("theory key" if names else "theory key plain", value, ())], ""


# -- notes and intervals ------------------------------------------------------------------------


def _enharmonic(note: str) -> Said:
    """ "G#": the other usual name of the same key of a piano."""
    step, alter = split_note(note)
    sounding = Pitch(step, alter, 4).midi % 12
    names = [f"{s}{ALTER_NAMES[a]}" for a in (0, 1, -1, 2, -2) for s in "CDEFGAB"
             if s != step and Pitch(s, a, 4).midi % 12 == sounding]  # fmt: skip
    kind = "theory enharmonic" if len(names[0]) < 3 else "theory enharmonic rare"
    return [Statement(kind, {"note": note, "other": names[0]}, ())], ""


def _equal(rest: str) -> Said:
    """ "G# Ab": whether two names mean one sound."""
    one, other = rest.split()
    same = Pitch(*split_note(one), 4).midi % 12 == Pitch(*split_note(other), 4).midi % 12
    if same and one != other:
        return [Statement("theory enharmonic", {"note": one, "other": other}, ())], ""
    return [
        Statement("theory not enharmonic", {"note": one, "other": other}, ()),
        *theory.between(rest)[0],
    ], ""


def _away(rest: str) -> Said:
    """ "up|major sixth|F": the note an interval above or below another."""
    way, interval, note = rest.split("|")
    step, alter = split_note(note)
    letters, semitones, chinese = INTERVALS[interval]
    if way == "down":
        letters, semitones = -letters, -semitones
    found = spelled(step, alter, letters, semitones)
    value = {"interval": [t.interval("en", interval), chinese], "note": note, "other": found,
             "way": ["above", "上方"] if way == "up" else ["below", "下方"], "semitones": abs(semitones)}  # fmt: skip
    return [Statement("theory away", value, ())], ""


# -- chords -------------------------------------------------------------------------------------


def _common(rest: str) -> Said:
    """ "Am C": what two chords share, and how their roots lie."""
    one, other = rest.split()
    a, b = parse_chord(one), parse_chord(other)
    assert a is not None and b is not None, "only chord symbols are asked for"
    notes = [n for n in chord_notes(a) if n in chord_notes(b)]
    value: dict[str, object] = {"a": one, "b": other, "notes": notes}
    found: list[Fact] = [
        Statement("theory shared" if notes else "theory nothing shared", value, ())
    ]
    found += theory.between(f"{a.root}{ALTER_NAMES[a.alter]} {b.root}{ALTER_NAMES[b.alter]}")[0]
    keys = theory.chord_keys(a.pitch_classes | b.pitch_classes)
    if keys:
        found.append(Statement("theory both in keys", {"a": one, "b": other, "keys": keys}, ()))
    for major, minor in ((a, b), (b, a)):
        if major.quality == "" and minor.quality == "m":
            home = Key(major.root, major.alter, "major")
            if relative(home).tonic == minor.root and relative(home).alter == minor.alter:
                found.append(Statement("theory relatives", {"minor": minor.text, "key": home.name}, ()))  # fmt: skip
    return found, ""


def _roman(rest: str) -> Said:
    """ "5|triad|Eb major": the chord on a degree, large or small as the key has it."""
    number, shape, name = rest.split("|")
    home = _key(name)
    return theory.numeral(f"{_numeral(int(number), home, seventh=shape == 'seventh')} {home.name}")


def _member(rest: str) -> Said:
    """ "1 Dm": the third (0 is the root) of a chord."""
    which, symbol = rest.split(maxsplit=1)
    chord = parse_chord(symbol)
    assert chord is not None, "only chord symbols are asked for"
    notes = chord_notes(chord)
    if int(which) >= len(notes):
        return theory.chord(symbol)
    name = [("root", "根音"), ("third", "三音"), ("fifth", "五音"), ("seventh", "七音")][int(which)]
    value = {"chord": chord.text, "name": list(name), "note": notes[int(which)], "notes": notes}
    return [Statement("theory member", value, ())], ""


def _modulate(rest: str) -> Said:
    """ "C major|G major": the chords that two keys share, and the dominant that leads to the second."""
    home, goal = (_key(name) for name in rest.split("|"))
    triads = [theory.degree_triad(goal, n) for n in range(7)]
    shared = [c for c in (theory.degree_triad(home, n) for n in range(7)) if c in triads]
    dominant = str(theory.numeral(f"V7 {goal.name}")[0][0].value["chord"])
    value: dict[str, object] = {"key": home.name, "goal": goal.name, "chords": shared, "dominant": dominant,
                                "tonic": theory.degree_triad(goal, 0)}  # fmt: skip
    kind = "theory modulate" if shared else "theory modulate far"
    return [Statement(kind, value, ())], ""


PROGRESSIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "sad": ("minor", ("i VI III VII", "i iv v i", "i VII VI V")),
    "happy": ("major", ("I IV V I", "I V vi IV", "I vi IV V")),
    "calm": ("major", ("I IV I V", "I iii IV I", "I vi ii V")),
    "epic": ("minor", ("i VI III VII", "i VII VI VII", "i iv VI V")),
    "dreamy": ("major", ("Imaj7 IVmaj7", "I iii IV iv", "I iii vi IV")),
    "spooky": ("minor", ("i VI iv V", "i bII i V", "i v VI V")),
    "blues": ("major", ("I7 I7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7",)),
    "folk": ("major", ("I IV V I", "I I V I", "I vi IV V")),
    "pop": ("major", ("I V vi IV", "vi IV I V", "I vi IV V")),
    "jazz": ("major", ("ii7 V7 Imaj7", "Imaj7 vi7 ii7 V7", "iii7 vi7 ii7 V7")),
}
"""Mood or style → mode and progressions in Roman numerals that are usual for it."""
PROGRESSION_WORDS: dict[str, tuple[str, str]] = {
    "sad": ("a sad mood", "悲伤的情绪"), "happy": ("a happy mood", "欢快的情绪"), "calm": ("a calm mood", "平静的情绪"),
    "epic": ("an epic mood", "宏大的情绪"), "dreamy": ("a dreamy mood", "梦幻的情绪"), "spooky": ("a spooky mood", "诡异的情绪"),
    "blues": ("blues", "布鲁斯"), "folk": ("folk songs", "民歌"), "pop": ("pop songs", "流行歌曲"), "jazz": ("jazz", "爵士乐"),
}  # fmt: skip


def _progressions(rest: str) -> Said:
    """ "sad A minor": progressions that are usual for a mood, in a key."""
    mood, _, name = rest.partition(" ")
    home = _key(name)
    found: list[Fact] = []
    rows = []
    for numerals in PROGRESSIONS[mood][1]:
        symbols = [_symbol(numeral, home) for numeral in numerals.split()]
        rows.append(symbols)
        value = {
            "mood": list(PROGRESSION_WORDS[mood]),
            "numerals": numerals.split(),
            "chords": symbols,
            "key": home.name,
        }
        found.append(Statement("theory progression", value, ()))
    music = "".join(f'"{s}"{s[0]}4|' for s in rows[0])
    return found, f"X:1\nT:A progression\nM:4/4\nL:1/4\nQ:1/4=100\nK:{home.abc}\n{music}]\n"


def _symbol(numeral: str, home: Key) -> str:
    said = theory.numeral(f"{numeral} {home.name}")[0][0]
    return str(said.value["chord"])


# -- note values ----------------------------------------------------------------------------------


def _lasting(rest: str) -> Said:
    """ "3/4 4/4": how many beats a note lasts in a meter."""
    length, meter_name = rest.split(" ", 1)
    meter = parse_meter(meter_name)
    assert meter is not None, "only meters are asked for"
    count = Fraction(length) / meter.beat
    english, chinese = _beats(count)
    beats = [f"{english} beat{'' if count <= 1 else 's'}", f"{chinese}拍"]
    value = {"length": length, "beats": beats, "meter": meter.text, "beat": str(meter.beat)}
    return [Statement("theory lasting", value, ())], ""


def _beats(count: Fraction) -> list[str]:
    """A number of beats in both languages: ["three", "3"], ["one and a half", "1½"]."""
    whole, rest = divmod(count, 1)
    part = {Fraction(1, 2): "½", Fraction(1, 4): "¼", Fraction(3, 4): "¾", Fraction(1, 3): "⅓", Fraction(2, 3): "⅔"}.get(rest, "")  # fmt: skip
    if rest and not part:
        return [str(count), str(count)]
    shown = (str(whole) if whole or not part else "") + part
    return [shown, shown]


def _fitting(rest: str) -> Said:
    """ "1/8|1/2": how many of one note value another has room for."""
    small, large = rest.split("|")
    value = {"small": small, "large": large, "count": _beats(Fraction(large) / Fraction(small))}
    return [Statement("theory fitting", value, ())], ""


_RELATIONS: dict[str, Callable[[str], Said]] = {
    "related": _related, "degree": _degree, "signature": _signature, "enharmonic": _enharmonic, "equal": _equal, "roman": _roman, "member": _member,
    "modulate": _modulate, "away": _away,
    "common": _common, "progressions": _progressions, "lasting": _lasting, "fitting": _fitting,
    **concert.RELATIONS, "abc sign": abc_signs.meaning,
    **members.RELATIONS, "open strings": strings.open_strings,
}  # fmt: skip

SAYINGS: dict[str, tuple[str, str]] = {
    "relative of": (
        "The relative {mode:word} of {key:key} is {other:key}; both have {signature:signature} in their signature.",
        "{key:key}的关系{mode:word}是{other:key}，两者的调号都是{signature:signature}。",
    ),
    "parallel of": (
        "The parallel {mode:word} of {key:key}, on the same tonic, is {other:key}, with {signature:signature} in its signature.",
        "{key:key}的同主音{mode:word}是{other:key}，调号是{signature:signature}。",
    ),
    "parallel unwritten": (
        "That would be {key:key}, which would need {count} signs in its signature; nobody writes it so.",
        "那就是{key:key}，调号要写{count}个记号，实际上没有人这样写。",
    ),
    "named degree": (
        "The {name:word} of {key:key} is {note:pitch}, its degree {degree}.",
        "{key:key}的{name:word}是{note:pitch}，即第{degree}级音。",
    ),
    "leading": (
        "The leading note of {key:key} is {note:pitch}: the seventh degree raised, a semitone below the tonic. Without the raising it is {plain:pitch}, a tone below.",
        "{key:key}的导音是{note:pitch}：升高的七级音，比主音低半音。不升高时是{plain:pitch}，比主音低全音。",
    ),
    "enharmonic": (
        "{note:pitch} and {other:pitch} are two names of one sound (enharmonic equivalents).",
        "{note:pitch}和{other:pitch}是同一个音的两个名字（等音）。",
    ),
    "enharmonic rare": (
        "{note:pitch} has no other usual name; it could only be written as {other:pitch}.",
        "{note:pitch}没有别的常用名字，只能写成{other:pitch}。",
    ),
    "not enharmonic": (
        "{note:pitch} and {other:pitch} are different notes.",
        "{note:pitch}和{other:pitch}是不同的音。",
    ),
    "member": (
        "The {name:word} of {chord:signs} ({notes:notes}) is {note:pitch}.",
        "{chord:signs}（{notes:notes}）的{name:word}是{note:pitch}。",
    ),
    "modulate": (
        "{key:key} and {goal:key} share the chords {chords:row}: go over one of them (a pivot chord) to {dominant:signs}, the dominant of {goal:key}, and on to {tonic:signs}.",
        "{key:key}和{goal:key}有共同的和弦{chords:row}：经过其中一个（共同和弦）到{goal:key}的属七和弦{dominant:signs}，再到{tonic:signs}。",
    ),
    "modulate far": (
        "{key:key} and {goal:key} have no triad in common: go straight to {dominant:signs}, the dominant of {goal:key}, and on to {tonic:signs}, best with one note held over.",
        "{key:key}和{goal:key}没有共同的三和弦：直接到{goal:key}的属七和弦{dominant:signs}，再到{tonic:signs}，最好有一个音保持不动。",
    ),
    "away": (
        "{interval:word} {way:word} {note:pitch} is {other:pitch}: {semitones:n semitone}.",
        "{note:pitch}{way:word}{interval:word}是{other:pitch}，相距{semitones}个半音。",
    ),
    "shared": (
        "{a:signs} and {b:signs} share {notes:notes}.",
        "{a:signs}和{b:signs}的共同音是{notes:notes}。",
    ),
    "nothing shared": (
        "{a:signs} and {b:signs} have no note in common.",
        "{a:signs}和{b:signs}没有共同音。",
    ),
    "both in keys": (
        "Both belong to {keys:keys}.",
        "两者都属于{keys:keys}。",
    ),
    "relatives": (
        "{minor:signs} is the tonic chord of the relative minor of {key:key}, so one can often stand for the other.",
        "{minor:signs}是{key:key}的关系小调的主和弦，所以常可互相代替。",
    ),
    "progression": (
        "Usual for {mood:word}: {numerals:row}; in {key:key} {chords:row}.",
        "{mood:word}常用：{numerals:row}；在{key:key}里是{chords:row}。",
    ),
    "lasting": (
        "In {meter}, where the beat is {beat:alength}, {length:alength} lasts {beats:word}.",
        "在{meter}拍里以{beat:length}为一拍，{length:length}唱奏{beats:word}。",
    ),
    "fitting": (
        "{large:alength} lasts as long as {count:word} {small:length}s.",
        "{large:length}等于{count:word}个{small:length}。",
    ),
}
