"""Notes beyond somebody's limit, the word under a note, how often a chord comes, the notes that phrases rest on."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

from collections import Counter

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.theory import STEP_SEMITONES
from chat.explain.scope import Scope
from chat.explain.statement import Statement
from chat.explain.sung import syllables
from chat.explain.timing import pitch_of

MOST = 8


def limit(s: Scope, term: str) -> list[Fact]:
    """The notes above or below a note ("C up"), in the octave that lies nearest to the end of the range."""
    name, way = term.split()
    wanted = (STEP_SEMITONES[name[0]] + name.count("#") - name[1:].count("b")) % 12
    low, high = min(n.midi for n in s.notes), max(n.midi for n in s.notes)
    end = high if way == "up" else low
    near = [m for m in range(end - 12, end + 13) if m % 12 == wanted]
    inside = [m for m in near if (m <= end if way == "up" else m >= end)]
    edge = (max if way == "up" else min)(inside or near)
    beyond = [n for n in s.notes if (n.midi > edge if way == "up" else n.midi < edge)]
    value: dict[str, object] = {"edge": _named(edge, name), "way": ["above", "高于"] if way == "up" else ["below", "低于"]}  # fmt: skip
    if not beyond:
        return [Statement("within limit", value, s.bars)]
    value |= {"count": len(beyond), "notes": list(dict.fromkeys(n.pitch.name for n in beyond))}
    semitones = high - edge if way == "up" else edge - low
    value |= {"semitones": semitones, "move": ["lower", "低"] if way == "up" else ["higher", "高"]}
    return [Statement("beyond limit", value, in_order(n.bar for n in beyond))]


def _named(midi: int, name: str) -> str:
    """A MIDI number under the name that was used for it."""
    return f"{name}{pitch_of(midi)[-1]}"


def word_at(s: Scope, which: str) -> list[Fact]:
    """The syllables sung to the "highest", "lowest" or "longest" notes, or the "first" or "last" one."""
    sung = syllables(s)
    if not sung:
        return [Statement("no words", {}, s.bars)]
    if which in ("first", "last"):
        edge = sung[0 if which == "first" else -1]
        value: dict[str, object] = {"words": [edge.text], "note": edge.first.pitch.name}
        return [
            Statement("word first" if which == "first" else "word last", value, (edge.first.bar,))
        ]

    def size(index: int) -> float:
        notes = sung[index].notes
        if which == "longest":
            return float(sum(n.duration for n in notes))
        return float(max(n.midi for n in notes) if which == "highest" else -min(n.midi for n in notes))  # fmt: skip

    top = max(size(n) for n in range(len(sung)))
    here = [x for n, x in enumerate(sung) if size(n) == top]
    pick = min if which == "lowest" else max
    note = pick((n for n in here[0].notes), key=lambda n: n.midi)
    value = {"words": list(dict.fromkeys(x.text for x in here))}
    value |= (
        {"length": str(sum(n.duration for n in here[0].notes))}
        if which == "longest"
        else {"note": note.pitch.name}
    )
    return [Statement(f"word {which}", value, in_order(x.first.bar for x in here))]


def chord_times(s: Scope, symbol: str) -> list[Fact]:
    """How often a chord symbol comes, or each of them, and where."""
    found = Counter(h.chord.text for h in s.chords)
    if not found:
        return [Statement("no chords", {}, s.bars)]
    if symbol and symbol not in found:
        return [Statement("chord never", {"chord": symbol}, s.bars)]
    names = [symbol] if symbol else [name for name, _ in found.most_common(MOST)]
    return [
        Statement("chord times", {"chord": name, "count": found[name]}, in_order(h.bar for h in s.chords if h.chord.text == name))
        for name in names
    ]  # fmt: skip


def both_ends(s: Scope) -> list[Fact]:
    """The first and the last note, and whether they are the same."""
    first, last = s.notes[0], s.notes[-1]
    octave = (first.midi - last.midi) % 12 == 0
    kind = "ends same" if first.midi == last.midi else "ends octave" if octave else "ends other"
    value = {"first": first.pitch.name, "last": last.pitch.name}
    return [Statement(kind, value, in_order((first.bar, last.bar)))]


def phrase_notes(s: Scope) -> list[Fact]:
    """The note that each phrase ends on, and whether they are the same."""
    inside = [p for p in s.phrases if p.last_bar >= s.first and p.first_bar <= s.last]
    ends = [(p, s.material.notes[p.stop - 1]) for p in inside]
    if not ends:
        return [Statement("no breath", {}, s.bars)]
    names = list(dict.fromkeys(n.pitch.name for _, n in ends))
    bars = in_order(n.bar for _, n in ends)
    kind = "phrases end alike" if len(names) == 1 else "phrases end otherwise"
    found: list[Fact] = [Statement(kind, {"count": len(ends), "notes": names}, bars)]
    if len(names) > 1:
        for phrase, note in ends[:MOST]:
            here = tuple(range(phrase.first_bar, phrase.last_bar + 1))
            found.append(Statement("phrase note", {"note": note.pitch.name}, here))
    return found


SAYINGS: dict[str, tuple[str, str]] = {
    "within limit": ("Nothing in {bars:bars} lies {way:word} {edge:pitch}.", "{bars:bars}没有{way:word}{edge:pitch}的音。"),
    "beyond limit": ("Beyond it there is this: {count:n note} {way:word} {edge:pitch}, {notes:notes}, in {bars:bars}. Moved {semitones:n semitone} {move:word}, all would lie within it.",
                     "{bars:bars}有{count}个音{way:word}{edge:pitch}：{notes:notes}。移{move:word}{semitones}个半音就都在范围之内。"),
    "word highest": ("The highest note that is sung, {note:pitch}, falls on “{words:list}”, in {bars:bars}.", "唱得最高的音{note:pitch}落在“{words:list}”上，在{bars:bars}。"),
    "word lowest": ("The lowest note that is sung, {note:pitch}, falls on “{words:list}”, in {bars:bars}.", "唱得最低的音{note:pitch}落在{words:list}上，在{bars:bars}。"),
    "word longest": ("Held longest, {length:alength} each, is “{words:list}”, in {bars:bars}.", "唱得最长的是{words:list}，各唱{length:length}，在{bars:bars}。"),
    "word first": ("The first syllable sung is “{words:list}”, on {note:pitch} in {bars:bars}.", "第一个字是“{words:list}”，唱在{bars:bars}的{note:pitch}上。"),
    "word last": ("The last syllable sung is “{words:list}”, on {note:pitch} in {bars:bars}.", "最后一个字是“{words:list}”，唱在{bars:bars}的{note:pitch}上。"),
    "chord never": ("{chord:signs} does not stand in {bars:bars}.", "{bars:bars}没有{chord:signs}。"),
    "chord times": ("{chord:signs} comes {count:times}, in {bars:bars}.", "{chord:signs}出现{count}次，在{bars:bars}。"),
    "ends same": ("Yes, it begins on {first:pitch} and ends on {last:pitch} ({bars:bars}).", "是同一个音：从{first:pitch}开始，到{last:pitch}结束（{bars:bars}）。"),
    "ends octave": ("The same note in another octave: it begins on {first:pitch} and ends on {last:pitch} ({bars:bars}).", "同名音，相差八度：从{first:pitch}开始，到{last:pitch}结束（{bars:bars}）。"),
    "ends other": ("No, it begins on {first:pitch} and ends on {last:pitch} ({bars:bars}).", "不是：从{first:pitch}开始，到{last:pitch}结束（{bars:bars}）。"),
    "phrases end alike": ("Yes, all {count:n phrase} end on the same note, {notes:notes} ({bars:bars}).", "一样：{count}个乐句都落在{notes:notes}上（{bars:bars}）。"),
    "phrases end otherwise": ("Not all on the same note: the {count:n phrase} end on {notes:notes} ({bars:bars}).", "不完全一样：{count}个乐句落在{notes:notes}上（{bars:bars}）。"),
    "phrase note": ("The phrase of {bars:bars} ends on {note:pitch}.", "{bars:bars}的乐句落在{note:pitch}上。"),
}  # fmt: skip
