"""How a tune is laid out: its parts and their keys, which voice leads, how many bars there really are."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

from dataclasses import dataclass, replace

from abc_tools.analyse.degrees import degree
from abc_tools.analyse.fact import Fact, in_order
from abc_tools.analyse.line import Material, Sounded
from abc_tools.sections import sections
from abc_tools.theory import Key
from abc_tools.timeline import unfold
from chat.explain import counts, playing, timing, tonal
from chat.explain.scope import Scope, note_name
from chat.explain.statement import Statement
from chat.phrases import plain

SURE_NOTES = 6


def claim(s: Scope, term: str) -> list[Fact]:
    """Whether the tune has as many bars, notes … as is said ("bars 12")."""
    what, said = term.split()
    made = counts.count(s, what)
    if "count" not in made[0].value:
        return list(made)
    right = int(made[0].value["count"]) == int(said)
    verdict = Statement("claim right" if right else "claim wrong", {"said": int(said)}, s.bars)
    return [verdict, *made]


def section_keys(s: Scope) -> list[Fact]:
    """The written key of every section and the note that it ends on; where it sounds in another, that."""
    found: list[Fact] = []
    parts = sections(s.tune)
    for part in parts:
        notes = [n for n in s.material.notes if part.start <= n.index < part.stop]
        if not notes or not notes[-1].key.tonic:
            continue
        bars = tuple(b for b in s.tune.bar_numbers if part.first <= b <= part.last)
        home, last = notes[-1].key, notes[-1]
        value = {"name": plain(part.label), "key": home.name, "note": last.pitch.name,
                 "degree": degree(last.pitch.step, home)}  # fmt: skip
        found.append(Statement("section key", value, bars))
        other = _other_third(notes, home)
        if other is not None:
            third, low = other
            value = {"name": plain(part.label), "note": third, "mode": ["minor", "小调"] if low else ["major", "大调"]}  # fmt: skip
            found.append(Statement("section third", value, in_order(n.bar for n in notes if note_name(n.pitch) == third)))  # fmt: skip
    return found or [Statement("no key", {}, s.bars)]


def _other_third(notes: list[Sounded], home: Key) -> tuple[str, bool] | None:
    """The third that sounds instead of the key's own, and whether it is the minor one."""
    step, alter = home.scale[2]
    thirds = [n for n in notes if n.pitch.step == step]
    if len(notes) < SURE_NOTES or not thirds or any(n.pitch.alter == alter for n in thirds):
        return None
    return note_name(thirds[0].pitch), not home.minor_third


# -- voices -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A voice: its name, how many notes it has and how high they lie on average (MIDI)."""

    name: list[str]
    notes: int
    height: float


def _lines(s: Scope) -> list[Line]:
    found = []
    for n, voice in enumerate(s.tune.voices, 1):
        material = Material(replace(s.tune, voices=(voice,)))
        notes = [x for x in material.notes if s.first <= x.bar <= s.last]
        if notes:
            name = plain(voice.name) if voice.name else ""
            said = [name or f"voice {n}", name or f"第{n}声部"]
            found.append(Line(said, len(notes), sum(x.midi for x in notes) / len(notes)))
    return found


def lead_voice(s: Scope) -> list[Fact]:
    """The voice that has the melody: the highest, unless another has twice as many notes."""
    lines = _lines(s)
    if len(lines) < 2:
        return [Statement("single voice", {}, s.bars)]
    top = max(lines, key=lambda x: x.height)
    busy = max(lines, key=lambda x: x.notes)
    lead = busy if busy.notes >= 2 * top.notes else top
    value = {"name": lead.name, "count": lead.notes, "voices": len(lines)}
    found: list[Fact] = [
        Statement("lead voice" if lead is top else "lead voice low", value, s.bars)
    ]
    for line in lines:
        if line is not lead:
            found.append(Statement("other voice", {"name": line.name, "count": line.notes}, s.bars))
    return found


# -- the whole ----------------------------------------------------------------------------------------------------------


def construction(s: Scope) -> list[Fact]:
    """Bars, pickup, sections, phrases: how the tune is put together."""
    found: list[Fact] = [*counts.count(s, "bars")]
    for part in sections(s.tune):
        bars = tuple(b for b in s.tune.bar_numbers if part.first <= b <= part.last)
        if bars:
            kind = "section there twice" if part.repeated else "section there"
            found.append(Statement(kind, {"name": plain(part.label), "count": len([b for b in bars if b])}, bars))  # fmt: skip
    found += [f for f in timing.form(s)][:4]
    inside = s.phrases
    if len(inside) > 1:
        found.append(Statement("phrase ends", {"count": len(inside)}, in_order(p.last_bar for p in inside)))  # fmt: skip
    return found


def order(s: Scope) -> list[Fact]:
    """The parts in the order in which they are played, how often each, and how many bars that makes."""
    parts = sections(s.tune)
    measures = s.tune.measures
    played: list[str] = []
    times: dict[str, int] = {}
    last: tuple[str, int] | None = None
    places = {m.span.start: index for index, m in enumerate(measures)}
    for timed in unfold(s.tune).measures:
        index = places[timed.measure.span.start]
        part = next((p for p in parts if p.start <= index < p.stop), None)
        if part is None:
            continue
        if last is None or last[0] != f"{part.start}" or index <= last[1]:
            label = plain(part.label)
            played.append(label)
            times[label] = times.get(label, 0) + 1
        last = (f"{part.start}", index)
    value = {"order": played[:16], "played": counts.bars_played(s)}
    found: list[Fact] = [Statement("played order", value, s.bars)]
    for label, count in times.items():
        bars = in_order(b for p in parts if plain(p.label) == label for b in s.tune.bar_numbers if p.first <= b <= p.last)  # fmt: skip
        found.append(Statement("part times", {"name": label, "count": count}, bars or s.bars))
    return found


def date(s: Scope) -> list[Fact]:
    """What the heading says of where the tune comes from; when it was written is in none of its fields."""
    found: list[Fact] = [*timing.title(s)]
    for letter, kind in (("O", "origin"), ("S", "source"), ("H", "history")):
        own = s.tune.field(letter)
        if own is not None and own.value.strip():
            found.append(Statement(f"field {kind}", {"text": plain(own.value.strip()[:200])}, s.bars))  # fmt: skip
    return [*found, Statement("no date", {}, s.bars)]


def colours(s: Scope) -> list[Fact]:
    """Whether it leaves its mode, and where chords of the other colour stand."""
    found: list[Fact] = [*tonal.modulations(s)]
    if s.chords and s.key.tonic:
        found += tonal.find_chord(s, "major" if s.key.minor_third else "minor")
    return found or [*tonal.key(s)]


def own_scale(s: Scope) -> list[Fact]:
    """The scale of the key with its notes, and what of the melody lies outside it."""
    scale = [f for f in playing.improvise(s) if f.kind in ("scale of key", "no key")]
    return [*scale, *counts.outside(s)]


SAYINGS: dict[str, tuple[str, str]] = {
    "claim right": ("Yes, it has exactly {said} ({bars:bars}).", "是的，正好{said}（{bars:bars}）。"),
    "claim wrong": ("No, it does not have {said} ({bars:bars}).", "不是{said}（{bars:bars}）。"),
    "section key": ("Part {name} ({bars:bars}) is written in {key:key} and ends on {note:pitch}, its degree {degree}.", "{name}段（{bars:bars}）记谱为{key:key}，结束在{note:pitch}，是它的第{degree}级音。"),
    "section third": ("The third of part {name} is {note:pitch} ({bars:bars}), so it sounds {mode:word}.", "{name}段的三级音是{note:pitch}（{bars:bars}），所以听起来是{mode:word}。"),
    "lead voice": ("The melody is in {name:word}: of the {voices:n voice} of {bars:bars} it lies highest on average, with {count:n note}.",
                   "主旋律在{name:word}：{bars:bars}的{voices}个声部中它平均音高最高，有{count}个音。"),
    "lead voice low": ("The melody is probably in {name:word}: of the {voices:n voice} of {bars:bars} it does not lie highest, but moves most, with {count:n note}.",
                       "主旋律大概在{name:word}：{bars:bars}的{voices}个声部中它不是最高的，但动得最多，有{count}个音。"),
    "other voice": ("{name:word} has {count:n note} there ({bars:bars}).", "{name:word}在那里有{count}个音（{bars:bars}）。"),
    "played order": ("The parts are played in the order {order:list}: {played:n bar} in all ({bars:bars}).", "各段的演奏顺序是{order:list}，一共{played}小节（{bars:bars}）。"),
    "part times": ("Part {name} ({bars:bars}) is played {count:times}.", "{name}段（{bars:bars}）演奏{count}遍。"),
    "no date": ("When it was written does not stand in its heading ({bars:bars}), and it cannot be heard from the notes.", "谱头没有写创作年代（{bars:bars}），从音符里也看不出来。"),
    "field origin": ("Its origin is given as “{text}” ({bars:bars}).", "谱头写的来源地是“{text}”（{bars:bars}）。"),
    "field source": ("Its source is given as “{text}” ({bars:bars}).", "谱头写的出处是“{text}”（{bars:bars}）。"),
    "field history": ("Its heading says of its history: “{text}” ({bars:bars}).", "谱头写的历史是：“{text}”（{bars:bars}）。"),
    "section there": ("Part {name} is {bars:bars}: {count:n bar}.", "{name}段是{bars:bars}，共{count}小节。"),
    "section there twice": ("Part {name} is {bars:bars}: {count:n bar}, repeated.", "{name}段是{bars:bars}，共{count}小节，反复。"),
    "phrase ends": ("It falls into {count:n phrase}, which end in {bars:bars}.", "全曲分{count}个乐句，分别结束在{bars:bars}。"),
}  # fmt: skip
