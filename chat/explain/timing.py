"""Answers about meter, tempo, pickup, form, motifs, difficulty, players and names of a tune."""

from __future__ import annotations

import re

from abc_tools.analyse import facts
from abc_tools.analyse import terms as t
from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.motifs import motif_facts
from abc_tools.analyse.shape import likeness_kind
from abc_tools.edit.instruments import INSTRUMENTS, Instrument, instrument
from abc_tools.theory import Meter
from abc_tools.tune import Tempo
from chat.explain.scope import Scope, note_name
from chat.explain.statement import Statement
from chat.phrases import plain

KINDS = {
    (2, False): ("simple duple", "单二拍子"), (3, False): ("simple triple", "单三拍子"),
    (4, False): ("simple quadruple", "四拍子"), (2, True): ("compound duple", "复二拍子"),
    (3, True): ("compound triple", "复三拍子"), (4, True): ("compound quadruple", "复四拍子"),
    (1, True): ("compound single", "一拍的复拍子"), (1, False): ("one beat", "一拍子"),
}  # fmt: skip
"""(beats, compound) → what the meter is called; others are irregular."""


def meter_value(meter: Meter) -> dict[str, object]:
    """What is said of a meter: its kind, beats and beat."""
    beat = meter.beat
    count = meter.length / beat
    kind = KINDS.get((int(count), meter.compound), ("irregular", "混合拍子"))
    if count.denominator != 1 or len(meter.beats) > 1:
        kind = ("irregular", "混合拍子")
    shown = {"C": "4/4 (C)", "C|": "2/2 (C|)"}.get(meter.text, meter.text)
    return {"meter": shown, "kind": list(kind), "beats": int(count), "beat": str(beat)}


def meter(s: Scope) -> list[Fact]:
    """The meters of the bars, each with its bars."""
    groups: dict[str, tuple[Meter | None, list[int]]] = {}
    for measure in s.measures:
        text = measure.meter.text if measure.meter else ""
        groups.setdefault(text, (measure.meter, []))[1].append(measure.number)
    found: list[Fact] = []
    for value, bars in groups.values():
        found.append(Statement("no meter", {}, in_order(bars)) if value is None
                     else Statement("meter", meter_value(value), in_order(bars)))  # fmt: skip
    return found


def tempo(s: Scope) -> list[Fact]:
    """The tempo, whether it is written, and where it changes."""
    first = s.measures[0].number
    start = s.tune.tempo
    found: list[Fact] = [Statement("tempo" if start.explicit else "tempo unwritten",
                                   _beats(start), (first,))]  # fmt: skip
    if start.text.strip():
        found.append(Statement("tempo word", {"text": plain(start.text)}, (first,)))
    for measure in s.measures:
        own = measure.tempo
        if own is not None and (own.beat, own.bpm) != (start.beat, start.bpm):
            found.append(Statement("tempo change", _beats(own), (measure.number,)))
            start = own
    return found


def _beats(value: Tempo) -> dict[str, object]:
    bpm = value.bpm
    return {"bpm": str(bpm.numerator) if bpm.denominator == 1 else f"{float(bpm):.1f}",
            "beat": str(value.beat)}  # fmt: skip


def pickup(s: Scope) -> list[Fact]:
    """Whether the tune has a pickup, where it leads and what makes up for it."""
    measures = s.tune.measures
    first, last = measures[0], measures[-1]
    notes = s.material.notes
    if first.number != 0 or not first.expected or first.duration >= first.expected:
        event = next((e for m in measures for e in m.events), None)
        rest = event is not None and event.kind == "rest"
        what = ["a rest", "休止符"] if rest else ["a note", "音符"]
        return [Statement("no pickup", {"what": what}, (first.number,))]
    inside = [n for n in notes if n.index == 0]
    found: list[Fact] = [
        Statement("pickup", {"notes": len(inside), "length": str(first.duration)}, (0,))
    ]
    on_beat = next((n for n in notes if n.index == 1 and n.onset == 0), None)
    if inside and on_beat is not None:
        value = {"first": inside[0].pitch.name, "to": on_beat.pitch.name}
        found.append(Statement("pickup why", value, (0, 1)))
    if last.expected and last.duration + first.duration == last.expected and last is not first:
        value = {"short": str(last.expected - last.duration)}
        found.append(Statement("pickup made up", value, (last.number,)))
    return found


def form(s: Scope) -> list[Fact]:
    """The form, how sections are alike, phrases, periods and sentences."""
    wanted = {"form", "section likeness", "period", "sentence"}
    found = [f for f in facts(s.tune, ("form",)) if f.kind in wanted]
    found = [f for f in found if s.whole or any(b in s.bars for b in f.bars)]
    phrases = _by_phrases(s) if s.whole else []
    if phrases and phrases[0].value["plain"] == "AABA":
        found = [f for f in found if f.kind != "form"]  # by length alone it would be AB
    return [*phrases, *found]


def _by_phrases(s: Scope) -> list[Fact]:
    """The form by quarters of a tune whose sections nothing marks, as A A B A; nothing where no quarter returns."""
    parts = s.material.sections
    bars = [m.number for m in s.tune.measures if m.number > 0]
    if (
        any(p.marked or p.repeated for p in parts)
        or len(bars) not in (12, 16, 24, 32)
        or len(set(bars)) < len(bars)
    ):
        return []
    size = 4 if len(bars) == 12 else len(bars) // 4
    stretches = [[n for n in s.material.notes if first <= n.bar < first + size]
                 for first in range(bars[0], bars[-1] + 1, size)]  # fmt: skip
    letters: list[str] = []
    for index, notes in enumerate(stretches):
        like = [likeness_kind(stretches[i], notes)[0] for i in range(index)]
        same = next((i for i, kind in enumerate(like) if kind == "same"), None)
        varied = next((i for i, kind in enumerate(like) if kind == "varied"), None)
        if same is not None:
            letters.append(letters[same])
        elif varied is not None:
            letters.append(letters[varied].rstrip("′") + "′")
        else:
            letters.append(chr(65 + len({x[0] for x in letters})))
    plain_letters = "".join(x[0] for x in letters)
    if len(set(plain_letters)) == len(letters) or len(set(plain_letters)) == 1:
        return []
    song = plain_letters == "AABA"
    name = (
        [" (AABA, song form)", "（AABA，歌曲体）"]
        if song
        else [f" ({plain_letters})", f"（{plain_letters}）"]
    )
    value = {"letters": " ".join(letters), "size": size, "plain": plain_letters, "name": name}
    return [Statement("phrase letters", value, tuple(bars))]


def syncopation(s: Scope) -> list[Fact]:
    """Syncopated notes, or that there are none."""
    return [f for f in facts(s.tune, ("rhythm",)) if "syncopation" in f.kind]


def rhythm(s: Scope) -> list[Fact]:
    """Usual lengths, density, syncopation, cells."""
    return [f for f in facts(s.tune, ("rhythm",)) if f.kind != "pickup"]


def triplets(s: Scope) -> list[Fact]:
    """Triplets, or that there are none."""
    found = [f for f in facts(s.tune, ("rhythm",)) if f.kind == "triplets"]
    return list(found) or [Statement("triplets none", {}, s.bars)]


def motif(s: Scope) -> list[Fact]:
    """Figures that return, and sequences; with bars named, those that touch the bars."""
    found = list(motif_facts(s.material))
    if not s.whole:
        found = [f for f in found if any(b in s.bars for b in f.bars)]
    return list(found[:4]) or [Statement("no motif", {}, s.bars)]


def style(s: Scope) -> list[Fact]:
    """What the tune's features are closest to, and what its rhythm field says."""
    found: list[Fact] = []
    field = s.tune.field("R")
    if field is not None and field.value.strip():
        found.append(Statement("dance field", {"name": plain(field.value)}, s.bars))
    found += [f for f in facts(s.tune, ("style",)) if f.kind == "style"]
    return [*found, *meter(s), *syncopation(s)]


def difficulty(s: Scope) -> list[Fact]:
    """The level for a beginner and what makes it harder."""
    fact = next(f for f in facts(s.tune, ("difficulty",)) if f.kind == "difficulty")
    found: list[Fact] = [Statement("level", {"level": fact.value["level"]}, s.bars)]
    for reason in fact.value["reasons"]:
        why = [reason["why"], t.HARD[reason["why"]]]
        found.append(Statement("hard", {"why": why}, tuple(reason["bars"])))
    return found


NAMES_ZH = {
    "piccolo": "短笛", "flute": "长笛", "alto flute": "中音长笛", "oboe": "双簧管", "cor anglais": "英国管",
    "clarinet in b-flat": "降B调单簧管", "clarinet in a": "A调单簧管", "clarinet in e-flat": "降E调单簧管",
    "clarinet in c": "C调单簧管", "bass clarinet": "低音单簧管", "bassoon": "大管",
    "contrabassoon": "低音大管", "soprano saxophone": "高音萨克斯", "alto saxophone": "中音萨克斯",
    "tenor saxophone": "次中音萨克斯", "baritone saxophone": "上低音萨克斯", "trumpet in b-flat": "降B调小号",
    "trumpet in c": "C调小号", "trumpet in d": "D调小号", "cornet": "短号", "flugelhorn": "富鲁格号",
    "horn in f": "F调圆号", "horn in e-flat": "降E调圆号", "trombone": "长号", "euphonium": "尤风宁号",
    "tuba": "大号", "guitar": "吉他", "bass guitar": "电贝司", "double bass": "低音提琴", "ukulele": "尤克里里",
    "mandolin": "曼陀林", "banjo": "班卓琴", "violin": "小提琴", "viola": "中提琴", "erhu": "二胡", "cello": "大提琴",
    "harp": "竖琴", "piano": "钢琴", "accordion": "手风琴", "descant recorder": "高音竖笛",
    "treble recorder": "中音竖笛", "tenor recorder": "次中音竖笛", "bass recorder": "低音竖笛",
    "tin whistle in d": "D调锡笛", "glockenspiel": "钟琴", "xylophone": "木琴", "celesta": "钢片琴",
    "marimba": "马林巴", "vibraphone": "颤音琴", "soprano": "女高音", "mezzo-soprano": "女中音",
    "alto": "女低音", "tenor": "男高音", "baritone": "男中音", "bass": "男低音",
}  # fmt: skip


def player_words(player: Instrument) -> list[str]:
    """An instrument's name in both languages."""
    english = re.sub(r"(?<= in )[a-g]", lambda letter: letter[0].upper(), player.name)
    return [english, NAMES_ZH.get(player.name, player.name)]


def pitch_of(midi: int) -> str:
    """A MIDI number as a note name with sharps: 66 → "F#4"."""
    names = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
    return f"{names[midi % 12]}{midi // 12 - 1}"


def octaves_off(player: Instrument) -> int:
    """How many octaves an instrument sounds above what is written for it; 0 also where it transposes otherwise."""
    off = -player.written.semitones
    return off // 12 if off % 12 == 0 else 0


_SOUNDS = {
    1: ["an octave above", "高八度"],
    2: ["two octaves above", "高两个八度"],
    -1: ["an octave below", "低八度"],
}
SCALES_OF = {"tin whistle in d": ("D major", (2, 4, 6, 7, 9, 11, 1))}
"""Instrument → the scale that its open holes give, with its pitch classes."""


_SOUNDING = ("playable", "unplayable", "playable octave")
_WRITTEN = ("playable written", "unplayable written", "playable octave written")


def playable(s: Scope, name: str) -> list[Fact]:
    """Whether the bars lie in an instrument's range, at pitch or an octave away; then how hard.

    Music for instruments that sound octaves away (whistle, guitar, descant recorder) is read as it is written for them.
    """
    player = instrument(name)
    octaves = octaves_off(player)
    shift = 0 if octaves else player.written.semitones
    low, high = player.low - shift, player.high - shift
    kinds = _WRITTEN if octaves else _SOUNDING
    value: dict[str, object] = {"player": player_words(player), "low": pitch_of(low),
                                "high": pitch_of(high)}  # fmt: skip
    if octaves:
        value["sounds"] = _SOUNDS[octaves]
    bottom, top = min(n.midi for n in s.notes), max(n.midi for n in s.notes)
    if low <= bottom and top <= high:
        found: list[Fact] = [
            Statement(kinds[0], value, s.bars),
            *_at_the_edge(s, player, low, high),
        ]
        return [*found, *_half_holes(s, player), *difficulty(s)]
    out = [n for n in s.notes if not low <= n.midi <= high]
    names = list(dict.fromkeys(n.pitch.name for n in out))
    verb = ["lies" if len(names) == 1 else "lie", ""]
    found = [Statement(kinds[1], {**value, "outside": names, "verb": verb},
                       in_order(n.bar for n in out))]  # fmt: skip
    for move, way in ((12, ["higher", "移高"]), (-12, ["lower", "移低"])):
        if low <= bottom + move and top + move <= high:
            found.append(Statement(kinds[2], {**value, "way": way}, s.bars))
            break
    return [*found, *_half_holes(s, player), *difficulty(s)]


VOICES = ("soprano", "mezzo-soprano", "alto", "tenor", "baritone", "bass")
"""Singers among the players."""
_EDGE = 2
"""Semitones from an end of a voice's usual range within which a note is an effort."""


def _at_the_edge(s: Scope, player: Instrument, low: int, high: int) -> list[Fact]:
    """Notes at the very top or bottom of a voice's usual range."""
    if player.name not in VOICES:
        return []
    found: list[Fact] = []
    for kind, notes in (("edge high", [n for n in s.notes if n.midi > high - _EDGE]),
                        ("edge low", [n for n in s.notes if n.midi < low + _EDGE])):  # fmt: skip
        if notes:
            value = {"player": player_words(player), "notes": list(dict.fromkeys(n.pitch.name for n in notes)),
                     "verb": ["is" if len({n.midi for n in notes}) == 1 else "are", ""]}  # fmt: skip
            found.append(Statement(kind, value, in_order(n.bar for n in notes)))
    return found


def _half_holes(s: Scope, player: Instrument) -> list[Fact]:
    """Notes outside the scale that the open holes of a whistle give."""
    if player.name not in SCALES_OF:
        return []
    scale, classes = SCALES_OF[player.name]
    out = [n for n in s.notes if n.midi % 12 not in classes]
    value: dict[str, object] = {"player": player_words(player), "scale": scale}
    if not out:
        return [Statement("open holes", value, s.bars)]
    value["notes"] = list(dict.fromkeys(note_name(n.pitch) for n in out))
    return [Statement("half holes", value, in_order(n.bar for n in out))]


def players(s: Scope) -> list[Fact]:
    """The instruments of the table whose usual range holds every note of the melody."""
    bottom, top = min(n.midi for n in s.notes), max(n.midi for n in s.notes)
    fitting = [
        p for p in INSTRUMENTS.values() for shift in (0 if octaves_off(p) else p.written.semitones,)
        if p.low <= bottom + shift and top + shift <= p.high
    ]  # fmt: skip
    if not fitting:
        return [Statement("no players", {}, s.bars)]
    return [Statement("players", {"names": [player_words(p) for p in fitting]}, s.bars)]


def title(s: Scope) -> list[Fact]:
    """The title and composer as the fields say them."""
    own = s.tune.title.strip()
    composer = s.tune.field("C")
    found: list[Fact] = [
        Statement("title", {"title": plain(own)}, s.bars) if own
        else Statement("no title", {}, s.bars)
    ]  # fmt: skip
    if composer is not None and composer.value.strip():
        return [*found, Statement("composer", {"name": plain(composer.value)}, s.bars)]
    return [*found, Statement("no composer", {}, s.bars)]
