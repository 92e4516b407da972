"""Plain questions with a yes or a no: does it end on the tonic, does it use fa, does it begin on the first beat; how a note is
sung in solfège or numbers, how an odd meter is counted, which of two keys it is.

Solfège is movable: do is the tonic of the major key with the same signature (1=F for F major and D minor), unless another
is said.
"""

# ruff: noqa: E501 - a wrapped saying is harder to read than a long line
from __future__ import annotations

import itertools
from fractions import Fraction

from abc_tools.analyse.degrees import degree
from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Sounded
from abc_tools.analyse.terms import pitch
from abc_tools.theory import Key, parse_key
from chat.explain import timing, tonal
from chat.explain.recurring import strong_beats
from chat.explain.scope import Scope, distance, tonic_name
from chat.explain.statement import Statement
from chat.phrases import plain

SOLFA = (
    ("do", "do"),
    ("re", "re"),
    ("mi", "mi"),
    ("fa", "fa"),
    ("sol", "sol"),
    ("la", "la"),
    ("ti (si)", "si"),
)
"""The syllables of the degrees of a major scale, in English and Chinese."""
NAMES = {1: ("tonic", "主音"), 2: ("supertonic", "上主音"), 3: ("mediant", "中音"), 4: ("subdominant", "下属音"),
         5: ("dominant", "属音"), 6: ("submediant", "下中音"), 7: ("seventh degree", "七级音")}  # fmt: skip
_SIZE = {1: 0, 2: 2, 3: 4, 4: 5, 5: 7, 6: 9, 7: 11}


# -- keys --------------------------------------------------------------------------------------------


def either_key(s: Scope, term: str) -> list[Fact]:
    """ "C minor|Eb major": which of two keys it is in, and why not in the other."""
    said = [key for name in term.split("|") if (key := parse_key(name)) is not None]
    home = s.tune.key
    other = [k for k in said if (k.pitch_class, k.mode) != (home.pitch_class, home.mode)]
    against = [
        f for key in other for f in tonal.claimed_key(s, key)[-1:]
    ]  # a shared signature says more
    return [*tonal.key(s)[:1], *against, *tonal.key(s)[1:]]


# -- first and last notes ------------------------------------------------------------------------------


def edge_degree(s: Scope, term: str) -> list[Fact]:
    """ "last note|1": whether the first or last note is a degree; with "0" which degree it is."""
    which, _, wanted = (term or "last note|0").partition("|")
    note = s.notes[0] if which == "first note" else s.notes[-1]
    if not note.key.tonic:
        return [Statement("no key", {}, s.bars)]
    number = degree(note.pitch.step, note.key)
    altered = note.pitch.alter != note.key.signature[note.pitch.step]
    own = [tonal.degree_sign(note)] * 2 if altered else list(NAMES[number])
    value: dict[str, object] = {
        "which": ["first", "第一个"] if which == "first note" else ["last", "最后一个"], "note": note.pitch.name,
        "key": note.key.name, "degree": number, "name": own,
    }  # fmt: skip
    if altered:
        value["name"] = [f"an altered note (degree {own[0]})", f"变化音（{own[0]}级）"]
    else:
        value["name"] = [f"the {own[0]}", own[1]]
    if wanted == "0":
        return [Statement("edge degree", value, (note.bar,))]
    value["said"] = [f"the {NAMES[int(wanted)][0]}", NAMES[int(wanted)][1]]
    kind = "edge is" if number == int(wanted) and not altered else "edge is not"
    return [Statement(kind, value, (note.bar,))]


def first_beat(s: Scope, _: str = "") -> list[Fact]:
    """Whether the music begins on the first beat of a bar."""
    found = timing.pickup(s)
    bar = s.tune.measures[0].number
    if found[0].kind == "pickup":
        return [Statement("begins before", {**found[0].value}, (bar,)), *found[1:]]
    event = next((e for e in s.tune.measures[0].events if e.notes), None)
    if event is None or event.onset:
        return [Statement("begins after", {}, (bar,)), *found[1:]]
    return [Statement("begins on", {"note": s.material.notes[0].pitch.name}, (bar,))]


# -- solfège -------------------------------------------------------------------------------------------


def do_of(key: Key) -> Key:
    """The major key on do: the one with the same signature."""
    for letter in "CDEFGAB":
        for alter in (0, 1, -1):
            found = Key(letter, alter, "major")
            if found.sharps == key.sharps:
                return found
    return Key("C", 0, "major")


def _sung(note: Sounded, do: Key) -> tuple[int, int]:
    """(degree, semitones that it is raised) of a note over do."""
    number = degree(note.pitch.step, do)
    shift = (note.midi - do.pitch_class - _SIZE[number] + 6) % 12 - 6
    return number, shift


def used(s: Scope, term: str) -> list[Fact]:
    """ "4 7": whether degrees of the major scale on do are used; "tonic 4" counts from the tonic of the key."""
    words = term.split() or list("1234567")
    home = s.key
    if not home.tonic:
        return [Statement("no key", {}, s.bars)]
    from_tonic = words[0] == "tonic"
    do = home if from_tonic else do_of(home)
    found: list[Fact] = []
    for number in (int(w) for w in words[from_tonic:]):
        step, alter = do.scale[number - 1]
        name = f"{step}{ {-2: 'bb', -1: 'b', 0: '', 1: '#', 2: '##'}[round(alter)] }"
        here = [n for n in s.notes if n.pitch.step == step and n.pitch.alter == alter]
        said = (
            [f"degree {number}", f"{number}级音"]
            if from_tonic
            else [f"{SOLFA[number - 1][0]} ({number})", f"{SOLFA[number - 1][1]}（{number}）"]
        )
        value: dict[str, object] = {"said": said, "note": name, "degree": number,
                                    "do": [f"counted from {pitch('en', tonic_name(do))}", f"从{pitch('zh', tonic_name(do))}数起"] if from_tonic else [f"do is {pitch('en', tonic_name(do))}", f"1={pitch('zh', tonic_name(do))}"]}  # fmt: skip
        if here:
            found.append(
                Statement(
                    "degree used", {**value, "count": len(here)}, in_order(n.bar for n in here)
                )
            )
        else:
            found.append(Statement("degree unused", value, s.bars))
    return found


def sung_as(s: Scope, term: str) -> list[Fact]:
    """ "F first": how the first note ("last", "" for every note of the bars) is sung with 1=F; no letter is the key's own do."""
    letter, _, which = term.partition(" ")
    do = parse_key(f"{letter} major") if letter and letter != "-" else do_of(s.key)
    if do is None or not do.tonic:
        return [Statement("no key", {}, s.bars)]
    notes = s.notes[:1] if which == "first" else s.notes[-1:] if which == "last" else s.notes
    if len(notes) == 1:
        number, shift = _sung(notes[0], do)
        sign = ["sharp ", "升"] if shift > 0 else ["flat ", "降"] if shift else ["", ""]
        value: dict[str, object] = {"do": tonic_name(do), "note": notes[0].pitch.name, "degree": number, "sign": sign,
                                    "syllable": list(SOLFA[number - 1])}  # fmt: skip
        return [Statement("sung as", value, (notes[0].bar,))]
    found: list[Fact] = []
    for bar, group in itertools.groupby(notes, key=lambda n: n.bar):
        sung = [_sung(n, do) for n in group]
        numbers = [f"{'#' * max(x, 0)}{'b' * max(-x, 0)}{n}" for n, x in sung]
        value = {
            "do": tonic_name(do),
            "numbers": numbers,
            "syllables": [list(SOLFA[n - 1]) for n, _ in sung],
        }
        found.append(Statement("sung bar", value, (bar,)))
    return found[:8]


# -- counting -------------------------------------------------------------------------------------------


def groups(s: Scope) -> tuple[tuple[int, ...], int, int]:
    """How the units of an uneven meter are grouped: (groups, bars that agree, bars looked at). Of all rows of twos and threes
    the one on whose beginnings most notes begin, the one with fewer bars against it first.
    """
    meter = next((m.meter for m in s.measures if m.meter), s.tune.meter)
    if meter is None:
        return (), 0, 0
    if len(meter.beats) > 1:
        return (
            meter.beats,
            len([m for m in s.measures if m.number]),
            len([m for m in s.measures if m.number]),
        )
    total = sum(meter.beats)
    unit = Fraction(1, meter.unit)
    onsets = {m.number: {e.onset for e in m.events if e.notes} for m in s.measures
              if m.number and m.duration == meter.length}  # fmt: skip
    lengths = {m.number: {e.onset: e.duration for e in m.events if e.notes} for m in s.measures}
    best: tuple[tuple[int, int, int], tuple[int, ...], int] | None = None
    for row in rows(total):
        starts = [unit * sum(row[:n]) for n in range(len(row))]
        agree = sum(all(at in found for at in starts) for found in onsets.values())
        ends = {unit * sum(row[: n + 1]) for n in range(len(row))}
        # a note that fills a group speaks for it: it ends where the group does
        filled = sum(
            at + lengths[bar][at] in ends and lengths[bar][at] > unit
            for bar, found in onsets.items() for at in found if at in starts
        )  # fmt: skip
        score = (agree, filled, -len([x for x in row if x == 3]))
        if best is None or score > best[0]:
            best = (score, row, agree)
    return (best[1], best[2], len(onsets)) if best else ((), 0, 0)


def rows(total: int) -> list[tuple[int, ...]]:
    """All rows of twos and threes that make a number.

    >>> rows(5), rows(7)
    ([(2, 3), (3, 2)], [(2, 2, 3), (2, 3, 2), (3, 2, 2)])
    """
    if total in (0, 1):
        return [()] if total == 0 else []
    return [(n, *rest) for n in (2, 3) for rest in (rows(total - n) if total >= n else [])]


_COUNT = {2: "one-two", 3: "one-two-three"}
_PLACE = (
    ("first", "第一"),
    ("second", "第二"),
    ("third", "第三"),
    ("fourth", "第四"),
    ("fifth", "第五"),
)


def counted(s: Scope, _: str = "") -> list[Fact]:
    """How the bars are counted: an uneven meter by its groups, others by beats and accents."""
    meter = next((m.meter for m in s.measures if m.meter), s.tune.meter)
    total = sum(meter.beats) if meter is not None else 0
    uneven = meter is not None and (
        len(meter.beats) > 1
        or (total in (5, 7, 8, 10, 11, 13) and not (total == 8 and meter.unit < 8))
    )
    if not uneven or total > 13:
        return strong_beats(s)
    row, agree, of = groups(s)
    if not row or agree * 2 < of:
        return timing.meter(s)
    long = [list(_PLACE[n]) for n, size in enumerate(row) if size == 3 and n < len(_PLACE)]
    value: dict[str, object] = {"groups": "+".join(str(n) for n in row), "count": ", ".join(_COUNT[n] for n in row),
                                "agree": agree, "of": of}  # fmt: skip
    found: list[Fact] = [*timing.meter(s), Statement("counted groups", value, s.bars)]
    if len(long) == 1:
        found.append(Statement("long group", {"place": long[0], "groups": value["groups"]}, s.bars))
    return found


def opening_interval(s: Scope, _: str = "") -> list[Fact]:
    """The interval between the first two notes."""
    if len(s.material.notes) < 2:
        return [Statement("no interval", {}, s.bars)]
    one, other = s.material.notes[:2]
    low, high = sorted((one.pitch, other.pitch), key=lambda p: p.midi)
    value: dict[str, object] = {"first": one.pitch.name, "to": other.pitch.name, "interval": distance(low, high),
                                "way": ["up", "向上"] if other.midi > one.midi else ["down", "向下"] if other.midi < one.midi else ["", ""]}  # fmt: skip
    return [Statement("opening interval", value, in_order((one.bar, other.bar)))]


def beat_length(s: Scope, _: str = "") -> list[Fact]:
    """How long a beat of the tempo lasts in seconds."""
    tempo = s.tune.tempo
    value = {
        "bpm": f"{float(tempo.bpm):.0f}",
        "beat": str(tempo.beat),
        "seconds": f"{60 / float(tempo.bpm):.2f}".rstrip("0").rstrip("."),
    }
    return [Statement("beat length", value, (s.measures[0].number,))]


def last_beat(s: Scope, _: str = "") -> list[Fact]:
    """On which beat of its bar the last note begins."""
    note = s.notes[-1]
    meter = next((m.meter for m in s.measures if m.number == note.bar and m.meter), s.tune.meter)
    if meter is None:
        return [Statement("no meter", {}, s.bars)]
    place = note.onset / meter.beat + 1
    value: dict[str, object] = {
        "note": note.pitch.name,
        "beat": str(place.numerator // place.denominator),
    }
    kind = "last on beat" if place.denominator == 1 else "last off beat"
    if place == 1:
        kind = "last on downbeat"
    return [Statement(kind, value, (note.bar,))]


_CLEFS = {
    "treble": "高音谱号",
    "bass": "低音谱号",
    "alto": "中音谱号",
    "tenor": "次中音谱号",
    "perc": "打击乐谱号",
    "": "高音谱号",
}


def clef(s: Scope, _: str = "") -> list[Fact]:
    """The clefs of the voices; without one the treble clef is meant."""
    found: list[Fact] = []
    for voice in s.tune.voices:
        name = next(
            (c for c in ("treble", "bass", "alto", "tenor", "perc") if c in voice.clef.lower()), ""
        )
        value: dict[str, object] = {"clef": [f"{name or 'treble'} clef", _CLEFS[name]]}
        if len(s.tune.voices) > 1:
            found.append(
                Statement("voice clef", {**value, "name": plain(voice.name or voice.id)}, s.bars)
            )
        else:
            found.append(Statement("clef" if voice.clef else "clef unwritten", value, s.bars))
    return found


SAYINGS: dict[str, tuple[str, str]] = {
    "edge is": ("Yes: the {which:word} note, {note:pitch} in {bars:bars}, is {said:word} of {key:key}.",
                "是：{which:word}音{note:pitch}（{bars:bars}）是{key:key}的{said:word}。"),
    "edge is not": ("No: the {which:word} note, {note:pitch} in {bars:bars}, is {name:word} of {key:key}, not {said:word}.",
                    "不是：{which:word}音{note:pitch}（{bars:bars}）是{key:key}的{name:word}，不是{said:word}。"),
    "edge degree": ("The {which:word} note, {note:pitch} in {bars:bars}, is {name:word} of {key:key} (degree {degree}).",
                    "{which:word}音{note:pitch}（{bars:bars}）是{key:key}的{name:word}（{degree}级）。"),
    "begins before": ("No, it begins before the first beat, with a pickup of {notes:n note} ({bars:bars}), {length:alength} long.", "不是，它从第一拍之前的弱起开始（{bars:bars}，{notes}个音，共{length:length}）。"),
    "begins after": ("No, {bars:bars} begins with a rest; the first note comes after the first beat.", "不是，{bars:bars}先是休止，第一个音在第一拍之后。"),
    "begins on": ("Yes, it begins on the first beat of {bars:bars}, with {note:pitch}; there is no pickup.", "是的，它从{bars:bars}的第一拍开始，第一个音是{note:pitch}，没有弱起。"),
    "degree used": ("Yes: {said:word}, {note:pitch}, comes {count:times} in {bars:bars} ({do:word}).",
                    "用到了{said:word}，即{note:pitch}：{bars:bars}共{count:times}（{do:word}）。"),
    "degree unused": ("No: {said:word}, {note:pitch}, does not occur in {bars:bars} ({do:word}).",
                      "没有用到{said:word}，即{note:pitch}，{bars:bars}都没有（{do:word}）。"),
    "sung as": ("With do (1) on {do:pitch}, {note:pitch} in {bars:bars} is sung {sign:word}{syllable:word}, {sign:word}{degree}.",
                "按1={do:pitch}，{bars:bars}的{note:pitch}唱{sign:word}{degree}（{sign:word}{syllable:word}）。"),
    "sung bar": ("With do (1) on {do:pitch}, {bars:bars} is {numbers:row}: {syllables:words}.", "按1={do:pitch}，{bars:bars}唱{numbers:row}（{syllables:words}）。"),
    "last on downbeat": ("The last note, {note:pitch}, begins on the first beat of {bars:bars}, the strong one.", "最后一个音{note:pitch}落在{bars:bars}的第一拍，也就是强拍上。"),
    "last on beat": ("The last note, {note:pitch}, begins on beat {beat} of {bars:bars}, not on the first, strong one.", "最后一个音{note:pitch}落在{bars:bars}的第{beat}拍，不是第一拍（强拍）。"),
    "last off beat": ("The last note, {note:pitch}, begins off the beat, after beat {beat} of {bars:bars}.", "最后一个音{note:pitch}不在拍点上，在{bars:bars}第{beat}拍之后。"),
    "clef": ("It is written in the {clef:word} ({bars:bars}).", "记在{clef:word}上（{bars:bars}）。"),
    "clef unwritten": ("No clef is named in the ABC, so the {clef:word} is meant ({bars:bars}).", "ABC里没有写谱号，就是{clef:word}（{bars:bars}）。"),
    "voice clef": ("Voice {name} is written in the {clef:word} ({bars:bars}).", "声部{name}记在{clef:word}上（{bars:bars}）。"),
    "opening interval": ("From its first note, {first:pitch}, to the second, {to:pitch}, it is {interval:interval} {way:word} ({bars:bars}).", "从第一个音{first:pitch}{way:word}到第二个音{to:pitch}是{interval:interval}（{bars:bars}）。"),
    "beat length": ("At {bpm} beats a minute one beat ({beat:alength}) lasts {seconds} seconds ({bars:bars}).", "每分钟{bpm}拍，一拍（{beat:length}）长{seconds}秒（{bars:bars}起）。"),
    "counted groups": ("Its beats are grouped {groups}: count “{count}”. Notes begin on every group in {agree} of {of} bars ({bars:bars}).",
                       "一小节分成{groups}：数作“{count}”。{bars:bars}中{of}小节里有{agree}小节的音正好落在每一组的开头。"),
    "long group": ("The long beat is the {place:word} group ({groups}; {bars:bars}).", "长的那一拍是{place:word}组（{groups}；{bars:bars}）。"),
}  # fmt: skip
