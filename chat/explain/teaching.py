"""How something can be taught with the tune that is open: a few steps, each with its bars.

Steps are rules of thumb (hear it, move to it, find it, change it) applied to what the bars are. What this does not
know: the pupils.
"""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

from collections import Counter
from fractions import Fraction

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.sections import sections
from abc_tools.theory import Meter
from chat.explain import theory
from chat.explain.children import form as child_form
from chat.explain.scope import Scope
from chat.explain.statement import Statement
from chat.explain.timing import meter_value
from chat.phrases import plain


def teach(s: Scope, term: str) -> list[Fact]:
    """Steps for a subject: "meter 6/8", "form", "term syncopation", or the tune itself ("tune")."""
    subject, _, detail = term.partition(" ")
    if subject == "meter":
        return _meter(s, detail)
    if subject == "form":
        return _form(s)
    return _tune(s)


def _meter(s: Scope, said: str) -> list[Fact]:
    """Counting and clapping a meter, then the bars where it is plainest."""
    own = next((m.meter for m in s.measures if m.meter), None)
    if own is None or (said and said != own.text):
        found, _ = theory.meter(said)
        return [*found, Statement("teach elsewhere", {"meter": said}, s.bars)]
    found = [Statement("meter", meter_value(own), s.bars)]
    beats = int(own.length / own.beat) or 1
    even = _even_bars(s, own)
    full = tuple(b for b in s.bars if b) or s.bars
    value: dict[str, object] = {"beats": beats, "count": _count(own)}
    found.append(Statement("teach walk", value, even[:2] or full[:2]))
    if even:
        found.append(
            Statement(
                "teach even",
                {"length": str(_part(own)), "each": int(own.beat / _part(own))},
                even[:4],
            )
        )
    long = _beat_bars(s, own)
    if long:
        found.append(Statement("teach beats", {"length": str(own.beat)}, long[:4]))
    found.append(Statement("teach first", {}, full[:4]))
    return list(found)


def _part(meter: Meter) -> Fraction:
    """A beat's first division: thirds in compound meters, halves in others."""
    return meter.beat / (3 if meter.compound else 2)


def _count(meter: Meter) -> str:
    """How a bar is counted aloud: "1–2–3 2–2–3" in 6/8, "1 & 2 & 3 &" in 3/4."""
    beats = int(meter.length / meter.beat) or 1
    if meter.compound:
        return " ".join(f"{n}–2–3" for n in range(1, beats + 1))
    return " ".join(f"{n} &" for n in range(1, beats + 1))


def _even_bars(s: Scope, meter: Meter) -> tuple[int, ...]:
    """Bars that have nothing but the division of the beat."""
    return _only(s, {_part(meter)})


def _beat_bars(s: Scope, meter: Meter) -> tuple[int, ...]:
    """Bars with a note as long as a beat on the beat."""
    return in_order(
        n.bar for n in s.notes if n.bar and n.duration == meter.beat and n.onset % meter.beat == 0
    )


def _only(s: Scope, lengths: set[Fraction]) -> tuple[int, ...]:
    by_bar: dict[int, set[Fraction]] = {}
    for note in s.notes:
        by_bar.setdefault(note.bar, set()).add(note.duration)
    return in_order(bar for bar, found in by_bar.items() if found == lengths and bar)


def _form(s: Scope) -> list[Fact]:
    parts = sections(s.tune)
    found: list[Fact] = list(child_form(s, ""))
    counts = Counter(p.label for p in parts)
    if len(parts) > 1:
        value = {"names": list(dict.fromkeys(plain(p.label) for p in parts)), "count": len(counts)}
        found.append(Statement("teach cards", value, in_order(p.first for p in parts)))
    return found


def _tune(s: Scope) -> list[Fact]:
    """Phrase by phrase: listen, sing, join."""
    inside = [p for p in s.phrases if p.last_bar >= s.first and p.first_bar <= s.last][:6]
    found: list[Fact] = [Statement("teach listen", {}, s.bars)]
    for n, phrase in enumerate(inside, 1):
        bars = tuple(range(phrase.first_bar, phrase.last_bar + 1))
        found.append(Statement("teach phrase", {"number": n}, bars))
    if len(inside) > 1:
        found.append(Statement("teach join", {}, s.bars))
    return found


SAYINGS: dict[str, tuple[str, str]] = {
    "teach elsewhere": ("The tune that is open ({bars:bars}) is not in {meter}, so take another to clap it with.", "现在这首曲子（{bars:bars}）不是{meter}拍，练拍子要另选一首。"),
    "teach walk": ("First feel it: let the pupils step the {beats:n beat} of {bars:bars} and count “{count}” aloud while you play.", "先感受：您演奏{bars:bars}，让学生每小节踏{beats}步，并大声数“{count}”。"),
    "teach even": ("Then fill the beats: in {bars:bars} every note is {length:alength}, {each} to a beat; clap them and make the first of each beat louder.", "再填满拍子：{bars:bars}每个音都是{length:length}，一拍{each}个；拍手，每拍第一个重一点。"),
    "teach beats": ("Then hear one note as long as a beat ({length:length}), in {bars:bars}, and swap between the two.", "再听和一拍一样长的音（{length:length}），在{bars:bars}，两种交替着拍。"),
    "teach first": ("Last, let one half clap only the first beat of {bars:bars} and the other half all of them: the bar line is heard.", "最后，一半学生只拍{bars:bars}每小节的第一拍，另一半拍全部：小节线就听得出来了。"),
    "teach cards": ("Give out cards {names:list} and let the pupils hold up the right one when a part begins: {bars:bars}.", "发写着{names:list}的卡片，每段开始时（{bars:bars}）让学生举起对的那张。"),
    "teach listen": ("Play {bars:bars} once through while the pupils only listen and tap the beat.", "先完整演奏{bars:bars}，学生只听、轻轻打拍子。"),
    "teach phrase": ("Phrase {number}, {bars:bars}: sing it, let them sing it back, then play it.", "第{number}句（{bars:bars}）：您唱一遍，学生跟唱，再演奏。"),
    "teach join": ("Join two phrases at a time until {bars:bars} run through.", "每次连两句，直到{bars:bars}连成一气。"),
}  # fmt: skip
