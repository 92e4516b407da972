"""What a listener asks: is that fast, does it rise or fall, which line lies highest, are notes repeated, how many chords must I
know, what occasion it would suit. Answered by counting; speeds by the usual Italian words.
"""

# ruff: noqa: E501 - a wrapped saying is harder to read than a long line
from __future__ import annotations

import itertools
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from chat.explain import analysis, counts, fitting, timing
from chat.explain.relations import relation
from chat.explain.scope import Scope, distance
from chat.explain.statement import Statement

SPEEDS: tuple[tuple[int, str, str, str], ...] = (
    (60, "very slow", "很慢", "largo"), (76, "slow", "慢", "adagio"), (108, "a walking pace, neither slow nor fast", "行走的速度，不快不慢", "andante"),
    (120, "moderate", "中速", "moderato"), (168, "fast", "快", "allegro"), (10**6, "very fast", "很快", "presto"),
)  # fmt: skip
"""(beats a minute below which it holds, in English, in Chinese, the Italian word), as metronomes have them."""


def speed(s: Scope, term: str = "") -> list[Fact]:
    """Whether the tempo is slow or fast, or a number of beats a minute that was said."""
    bpm = Fraction(term) if term else s.tune.tempo.bpm
    english, chinese, italian = next((e, z, i) for below, e, z, i in SPEEDS if bpm < below)
    value = {
        "bpm": f"{float(bpm):.0f}",
        "beat": str(s.tune.tempo.beat),
        "speed": [english, chinese],
        "word": italian,
    }
    return [Statement("speed", value, (s.measures[0].number,))]


def direction(s: Scope, _: str = "") -> list[Fact]:
    """Whether the melody of the bars rises or falls, from end to end and move by move."""
    first, last = s.notes[0], s.notes[-1]
    moves = [b.midi - a.midi for a, b in itertools.pairwise(s.notes)]
    value: dict[str, object] = {"first": first.pitch.name, "last": last.pitch.name, "up": sum(m > 0 for m in moves), "down": sum(m < 0 for m in moves),
                                "level": sum(m == 0 for m in moves)}  # fmt: skip
    if first.midi == last.midi:
        return [Statement("direction level", value, s.bars)]
    low, high = sorted((first.pitch, last.pitch), key=lambda p: p.midi)
    value |= {"way": ["rises", "上行"] if last.midi > first.midi else ["falls", "下行"], "interval": distance(low, high)}  # fmt: skip
    return [Statement("direction", value, s.bars)]


def repeated_notes(s: Scope, _: str = "") -> list[Fact]:
    """Where the melody strikes a note again at once."""
    here = [b for a, b in itertools.pairwise(s.notes) if a.midi == b.midi]
    if not here:
        return [Statement("not struck again", {}, s.bars)]
    value = {"count": len(here), "notes": list(dict.fromkeys(n.pitch.name for n in here))}
    return [Statement("struck again", value, in_order(n.bar for n in here))]


def phrase_height(s: Scope, term: str) -> list[Fact]:
    """The phrase that goes "highest" or "lowest"."""
    notes = s.material.notes
    lines = [
        (p, [n.midi for n in notes[p.start : p.stop]]) for p in s.phrases if notes[p.start : p.stop]
    ]
    if len(lines) < 2:
        return list(counts.extreme(s, term or "highest"))
    low = term == "lowest"
    edge = min(min(m) for _, m in lines) if low else max(max(m) for _, m in lines)
    found: list[Fact] = []
    for phrase, _midis in lines:
        here = [n for n in notes[phrase.start : phrase.stop] if n.midi == edge]
        if here:
            value = {"which": ["lowest", "最低"] if low else ["highest", "最高"], "note": here[0].pitch.name,
                     "first": phrase.first_bar, "last": phrase.last_bar}  # fmt: skip
            bars = tuple(b for b in s.tune.bar_numbers if phrase.first_bar <= b <= phrase.last_bar)
            found.append(Statement("phrase height", value, in_order(bars)))
    return found[:3]


def chord_count(s: Scope, term: str) -> list[Fact]:
    """ "3": whether so many chords are enough to play it."""
    found = fitting.names(s)
    if found[0].kind != "chords needed":
        return found
    have, wanted = int(found[0].value["count"]), int(term or 3)
    value = {"count": have, "said": wanted}
    return [
        Statement("chords enough" if have <= wanted else "chords too many", value, s.bars),
        *found,
    ]


def note_beats(s: Scope, which: str) -> list[Fact]:
    """How many beats the first, last, longest or shortest note lasts."""
    edges = ("first note", "last note")
    found: list[Fact] = list(
        counts.edge_note(s, which) if which in edges else counts.by_length(s, which or "longest")
    )
    meter = s.tune.meter
    length = found[0].value.get("length")
    if meter is None or not length or Fraction(str(length)) <= 0:
        return found
    return [*found, *relation(f"lasting:{length} {meter.text}")[0]]


def shape(s: Scope, _: str = "") -> list[Fact]:
    """The direction, then the contour."""
    return [*direction(s), *analysis.melody(s)[:3]]


def tempo_asked(s: Scope, term: str = "") -> list[Fact]:
    """The tempo and whether it is fast."""
    return [*speed(s, term), *timing.tempo(s)]


OCCASIONS: dict[str, tuple[str, str, str]] = {
    "funeral": ("calm", "a funeral", "葬礼"), "party": ("happy", "a party", "聚会"), "dance": ("lively", "dancing", "跳舞"),
    "sleep": ("calm", "falling asleep", "入睡"), "wedding": ("grand", "a wedding or a ceremony", "婚礼或典礼"),
}  # fmt: skip
"""Occasion → the mood that is usual there, and its names."""


def occasion(s: Scope, name: str) -> Fact:
    """What is usually looked for at an occasion."""
    mood, english, chinese = OCCASIONS[name]
    return Statement(
        "occasion", {"occasion": [english, chinese], "mood": list(_MOOD_WORDS[mood])}, s.bars
    )


_MOOD_WORDS = {"calm": ("calm", "平静"), "happy": ("cheerful", "欢快"), "lively": ("lively", "活泼"), "grand": ("solemn or festive", "庄重或喜庆")}  # fmt: skip


SAYINGS: dict[str, tuple[str, str]] = {
    "speed": ("{bpm} beats of {beat:alength} a minute ({bars:bars}) is {speed:word}, about what {word} means.", "每分钟{bpm}拍（以{beat:length}为一拍，{bars:bars}起）属于{speed:word}，大约是{word}。"),
    "occasion": ("For {occasion:word} music that is {mood:word} is usual; whether this suits, only you can say. What speaks for it in {bars:bars}, as far as notes tell:",
                 "{occasion:word}一般用{mood:word}的音乐；合不合适由您来定。就{bars:bars}的音符来看，支持的因素有："),
    "direction": ("From its first note {first:pitch} to its last {last:pitch} the melody of {bars:bars} {way:word} by {interval:interval}; {up} moves go up, {down} down, {level} stay.",
                  "{bars:bars}的旋律从第一个音{first:pitch}到最后一个音{last:pitch}总的是{way:word}（{interval:interval}）；上行{up}次，下行{down}次，同音{level}次。"),
    "direction level": ("The melody of {bars:bars} ends on the note on which it begins, {last:pitch}; {up} moves go up, {down} down, {level} stay.",
                        "{bars:bars}的旋律最后回到开始的音{last:pitch}；上行{up}次，下行{down}次，同音{level}次。"),
    "struck again": ("Yes: {count:times} a note is struck again at once ({notes:notes}), in {bars:bars}.", "有：同音反复{count:times}（{notes:notes}），在{bars:bars}。"),
    "not struck again": ("No note of {bars:bars} is struck again at once.", "{bars:bars}没有同音反复。"),
    "phrase height": ("The phrase of {bars:bars} goes {which:word}, to {note:pitch}.", "{bars:bars}这一句{which:word}，到{note:pitch}。"),
    "chords enough": ("Yes: it has only {count:n chord}, as they are written ({bars:bars}).", "可以：照谱只有{count}个不同的和弦（{bars:bars}）。"),
    "chords too many": ("Not as it is written: it has {count} different chords, not {said} ({bars:bars}).", "照谱不行：一共有{count}个不同的和弦，不止{said}个（{bars:bars}）。"),
}  # fmt: skip
