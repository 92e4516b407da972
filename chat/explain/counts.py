"""Answers by counting and looking: bars, notes, rests, lengths, highest and lowest, what bars hold."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction

from abc_tools.analyse.degrees import degree
from abc_tools.analyse.fact import in_order
from abc_tools.analyse.line import Sounded
from abc_tools.sections import sections
from abc_tools.timeline import unfold
from abc_tools.tune import Measure
from chat.explain.scope import Scope, distance, note_name
from chat.explain.statement import Statement
from chat.phrases import plain

LENGTH_WORDS: dict[str, tuple[str, ...]] = {
    "1": ("whole note", "semibreve", "全音符"), "1/2": ("half note", "minim", "二分音符"),
    "1/4": ("quarter note", "quarter", "crotchet", "四分音符"),
    "1/8": ("eighth note", "eighth", "quaver", "八分音符"),
    "1/16": ("sixteenth note", "sixteenth", "semiquaver", "十六分音符"),
    "1/32": ("thirty-second note", "demisemiquaver", "三十二分音符"),
    "3/4": ("dotted half", "dotted minim", "附点二分音符"),
    "3/8": ("dotted quarter", "dotted crotchet", "附点四分音符"),
    "3/16": ("dotted eighth", "dotted quaver", "附点八分音符"),
    "2": ("double whole note", "breve", "倍全音符"),
}  # fmt: skip
"""Length in whole notes → what people call it; longer words are looked for first."""
COUNTED: dict[str, tuple[str, ...]] = {
    "bars": ("bar", "measure", "小节"), "rests": ("rest", "休止"),
    "chords": ("chord", "和弦"), "voices": ("voice", "声部"),
    "sections": ("section", "part", "段"), "phrases": ("phrase", "乐句"),
    "pitches": ("different note", "distinct note", "different pitch", "pitch class", "不同的音", "种音"),
    "notes": ("note", "音符", "个音", "音"),
}  # fmt: skip


def note_lengths(lower: str) -> str:
    """The note length that a text names, "1/8"; "" for none."""
    words = sorted(((w, k) for k, ws in LENGTH_WORDS.items() for w in ws), key=lambda p: -len(p[0]))
    for word, value in words:
        if re.search(rf"(?<![a-z]){word}s?(?![a-z])" if word.isascii() else word, lower):
            return value
    return ""


_LETTER = re.compile(
    r"(?<![a-z])(?:notes?\s+)?([a-g])(?:[\s-]?(sharp|flat|natural)|([#b♯♭]))?(?:['’]?s)?(?![a-z'’])"
    r"|(升|降)([a-g])|([a-g])音"
)


def letter(text: str) -> str:
    """The note name that a text in lower case names after its counting word: "F#"; "" for none.

    >>> letter("how many f sharps are there"), letter("how many g's"), letter("多少个降b")
    ('F#', 'G', 'Bb')
    """
    text = re.sub(r"\ba (?=bar|measure|note|rest|[a-z]{2})", "", text)
    text = re.sub(r"(sharp|flat|natural)s\b", r"\1", text)
    found = None
    for found in _LETTER.finditer(text):
        if found[1] != "a" or found[0] != "a":
            break
    if found is None:
        return ""
    name = (found[1] or found[5] or found[6]).upper()
    sign = found[2] or found[3] or found[4]
    return name + {"sharp": "#", "#": "#", "♯": "#", "升": "#", "flat": "b", "b": "b", "♭": "b",
                   "降": "b"}.get(sign or "", "")  # fmt: skip


def what_counted(lower: str) -> str:
    """What is counted: a note name, a length, or a key of COUNTED."""
    lower = re.sub(
        r"times (?:does|is|do|did|was|has|can) (?:we |you |i |it )?(?:hear |see |play |meet |have |sing )?(?:the |an? )?(?:note )?",
        "",
        lower,
    )
    after = re.split(r"how many|number of|how often|count|多少|几|any ", lower, maxsplit=1)[-1]
    if (length := note_lengths(after)) and not re.search(r"\bparts?\b", after):
        return length
    words = re.sub(r"\b(?:in|of|from|during|within)\b.*", "", after).strip(" ?")
    if re.match(
        r"(?:个|次)?(?:降|升)?[a-g](?![a-z])|(?:the )?(?:notes? )?[a-g](?:\s?(?:sharp|flat)s?|#)?(?:'?s)?(?![a-z])",
        words,
    ):
        return letter(words)
    places = []
    for name, said in COUNTED.items():
        for word in said:
            pattern = rf"(?<![a-z]){word}s?(?![a-z])" if word.isascii() else word
            if match := re.search(pattern, after):
                places.append((match.start(), name))
    return min(places)[1] if places else ""


def count(s: Scope, what: str) -> list[Statement]:
    """How many of something: a key of COUNTED, a length ("1/8") or a note name ("F#")."""
    if re.fullmatch(r"[A-G][#b]?", what):
        return _letters(s, what)
    if re.fullmatch(r"\d+(/\d+)?", what):
        return _lengths(s, what)
    return _COUNTERS.get(what, _notes)(s)


def _bars(s: Scope) -> list[Statement]:
    bars = tuple(b for b in s.bars if b)
    found = [Statement("count bars", {"count": len(bars)}, bars)]
    if not s.whole:
        return found
    if 0 in s.bars:
        found.append(Statement("count pickup", {}, (0,)))
    played = bars_played(s)
    if played != len(bars):
        found.append(Statement("count played", {"played": played}, bars))
    return found


def _notes(s: Scope) -> list[Statement]:
    return [Statement("count notes", {"count": len(s.notes)}, s.bars)]


def _rests(s: Scope) -> list[Statement]:
    rests = [(m.number, e) for m in s.measures for e in m.events if e.kind == "rest"]
    found = [Statement("count rests", {"count": len(rests)}, s.bars)]
    if rests:
        found.append(Statement("count rests where", {}, in_order(bar for bar, _ in rests)))
    return found


def _letters(s: Scope, name: str) -> list[Statement]:
    here = [n for n in s.notes if note_name(n.pitch) == name]
    if not here:
        return [Statement("count letter none", {"note": name}, s.bars)]
    return [Statement("count letter", {"note": name, "count": len(here)},
                      in_order(n.bar for n in here))]  # fmt: skip


def commonest(s: Scope, what: str) -> list[Statement]:
    """The note name, or the chord symbol, that comes most often."""
    chords = what == "chord"
    names = [(h.chord.text, h.bar) for h in s.chords] if chords else [
        (note_name(n.pitch), n.bar) for n in s.notes
    ]  # fmt: skip
    if not names:
        return [Statement("term not there", {}, s.bars)]
    name, count = Counter(n for n, _ in names).most_common(1)[0]
    kind = "commonest chord" if chords else "commonest note"
    value = {"name": name, "count": count, "of": len(names)}
    return [Statement(kind, value, in_order(b for n, b in names if n == name))]


def _lengths(s: Scope, length: str) -> list[Statement]:
    here = [n for n in s.notes if n.duration == Fraction(length)]
    if not here:
        return [Statement("count length none", {"length": length}, s.bars)]
    return [Statement("count length", {"length": length, "count": len(here)},
                      in_order(n.bar for n in here))]  # fmt: skip


def _chords(s: Scope) -> list[Statement]:
    if not s.chords:
        return [Statement("no chords", {}, s.bars)]
    value = {"count": len(s.chords), "different": len({h.chord.text for h in s.chords}),
             "stand": ["stands", ""] if len(s.chords) == 1 else ["stand", ""]}  # fmt: skip
    return [Statement("count chords", value, s.bars)]


def _voices(s: Scope) -> list[Statement]:
    return [Statement("count voices", {"count": len(s.tune.voices)}, s.bars)]


def _sections(s: Scope) -> list[Statement]:
    parts = sections(s.tune)
    value = {"count": len(parts), "names": [plain(p.label) for p in parts]}
    return [Statement("count sections", value, s.bars)]


def _phrases(s: Scope) -> list[Statement]:
    inside = [p for p in s.phrases if s.first <= p.last_bar <= s.last]
    return [Statement("count phrases", {"count": len(inside)}, s.bars)]


def _pitches(s: Scope) -> list[Statement]:
    names = sorted({note_name(n.pitch) for n in s.notes}, key=lambda x: ("CDEFGAB".index(x[0]), x))
    return [Statement("pitches used", {"count": len(names), "names": names}, s.bars)]


_COUNTERS: dict[str, Callable[[Scope], list[Statement]]] = {
    "bars": _bars, "notes": _notes, "rests": _rests, "chords": _chords, "voices": _voices,
    "sections": _sections, "phrases": _phrases, "pitches": _pitches,
}  # fmt: skip


# -- extremes ---------------------------------------------------------------------------------


def extreme(s: Scope, which: str) -> list[Statement]:
    """The "highest" or "lowest" note and where it comes."""
    end = (max if which == "highest" else min)(n.midi for n in s.notes)
    here = [n for n in s.notes if n.midi == end]
    return [Statement(which, {"note": here[0].pitch.name}, in_order(n.bar for n in here))]


def span(s: Scope) -> list[Statement]:
    """The range, and its two ends with their bars."""
    low = min(s.notes, key=lambda n: n.midi)
    high = max(s.notes, key=lambda n: n.midi)
    value = {"low": low.pitch.name, "high": high.pitch.name,
             "interval": distance(low.pitch, high.pitch)}  # fmt: skip
    return [Statement("range", value, s.bars), *extreme(s, "lowest"), *extreme(s, "highest")]


def by_length(s: Scope, which: str) -> list[Statement]:
    """The "longest" or "shortest" notes."""
    lengths = {n.duration for n in s.notes}
    end = (max if which == "longest" else min)(lengths)
    if len(lengths) == 1:
        return [Statement("one length", {"length": str(end)}, s.bars)]
    here = [n for n in s.notes if n.duration == end]
    names = list(dict.fromkeys(n.pitch.name for n in here))
    return [Statement(which, {"notes": names, "length": str(end)}, in_order(n.bar for n in here))]


def edge_note(s: Scope, which: str) -> list[Statement]:
    """The "first note" or "last note" of the bars."""
    note = s.notes[0] if which == "first note" else s.notes[-1]
    value = {"note": note.pitch.name, "length": str(note.duration)}
    return [Statement(which, value, (note.bar,))]


def contents(s: Scope) -> list[Statement]:
    """The notes of each bar, for at most eight bars; the note names of more."""
    if len(s.bars) > 8:
        return [*_notes(s), *_pitches(s)]
    found = []
    for bar in s.bars:
        names = [n.pitch.name for n in s.notes if n.bar == bar]
        found.append(Statement("notes of", {"notes": names}, (bar,)) if names
                     else Statement("silence", {}, (bar,)))  # fmt: skip
    return found


def degrees(s: Scope) -> list[Statement]:
    """The scale degrees that the melody goes through."""
    notes = [n for n in s.notes if n.key.tonic]
    found = []
    for (bar, name), group in itertools.groupby(notes, key=lambda n: (n.bar, n.key.name)):
        value = {"degrees": [_degree(n) for n in group], "key": name}
        found.append(Statement("degrees of", value, (bar,)))
    return found[:8] or [Statement("no key", {}, s.bars)]


def _degree(note: Sounded) -> str:
    """A degree with its sign where the note is raised or lowered: "7", "#4", "b3"."""
    shift = round(note.pitch.alter - note.key.signature[note.pitch.step])
    return f"{'#' * max(shift, 0)}{'b' * max(-shift, 0)}{degree(note.pitch.step, note.key)}"


def rhythm_of(s: Scope) -> list[Statement]:
    """The note lengths bar by bar, for at most eight bars; the usual lengths of more."""
    if len(s.bars) > 8:
        lengths = Counter(n.duration for n in s.notes).most_common(3)
        return [*_notes(s), *(x for length, _ in lengths for x in _lengths(s, str(length)))]
    found = []
    for bar in s.bars:
        lengths_here = [str(n.duration) for n in s.notes if n.bar == bar]
        value = {"count": len(lengths_here), "lengths": lengths_here}
        found.append(Statement("rhythm of", value, (bar,)) if lengths_here
                     else Statement("silence", {}, (bar,)))  # fmt: skip
    return found


def alike(s: Scope) -> list[Statement]:
    """Groups of bars with the same melody, at most six; with bars named: the bars like the first."""
    groups: dict[tuple[tuple[int, Fraction, Fraction], ...], list[int]] = {}
    by_index: dict[int, list[Sounded]] = {}
    for note in s.material.notes:
        by_index.setdefault(note.index, []).append(note)
    for notes in by_index.values():
        content = tuple((n.midi, n.onset, n.duration) for n in notes)
        groups.setdefault(content, []).append(notes[0].bar)
    found = [in_order(bars) for bars in groups.values() if len(set(bars)) > 1]
    if not s.whole:
        found = [bars for bars in found if any(s.first <= b <= s.last for b in bars)]
        if not found:
            return [Statement("none alike", {}, in_order(n.bar for n in s.material.notes))] \
                if not any(len(set(b)) > 1 for b in groups.values()) else _unlike(s)  # fmt: skip
    if not found:
        return [Statement("none alike", {}, in_order(n.bar for n in s.notes))]
    found.sort(key=lambda bars: (-len(bars), bars))
    return [Statement("alike", {}, bars) for bars in found[:6]]


def _unlike(s: Scope) -> list[Statement]:
    return [Statement("unlike", {}, s.bars)]


def climax(s: Scope) -> list[Statement]:
    """Where the highest note stands, if it comes once (notes in a row count as one)."""
    top = max(n.midi for n in s.notes)
    places = [i for i, n in enumerate(s.notes) if n.midi == top]
    runs = sum(1 for a, b in itertools.pairwise([-2, *places]) if b != a + 1)
    here = [s.notes[i] for i in places]
    value = {"note": here[0].pitch.name, "count": len(here),
             "percent": round(100 * float(here[0].position / (s.material.length or 1)))}  # fmt: skip
    kind = "climax" if runs == 1 else "no climax"
    return [Statement(kind, value, in_order(n.bar for n in here))]


def moves(s: Scope) -> list[Statement]:
    """Steps, leaps and repeated notes."""
    sizes = [abs(b.midi - a.midi) for a, b in itertools.pairwise(s.notes)]
    value = {"moves": len(sizes), "steps": sum(0 < x <= 2 for x in sizes),
             "leaps": sum(x > 2 for x in sizes), "repeats": sum(x == 0 for x in sizes)}  # fmt: skip
    return [Statement("intervals", value, s.bars)]


def outside(s: Scope) -> list[Statement]:
    """Melody notes outside the key signature, by key."""
    found = []
    for name in dict.fromkeys(n.key.name for n in s.notes if n.key.tonic):
        inside = [n for n in s.notes if n.key.name == name]
        out = [n for n in inside if n.pitch.alter != n.key.signature[n.pitch.step]]
        bars = in_order(n.bar for n in (out or inside))
        names = list(dict.fromkeys(note_name(n.pitch) for n in out))
        verb = ["is" if len(names) == 1 else "are", ""]
        found.append(Statement("outside", {"key": name, "notes": names, "verb": verb}, bars) if out
                     else Statement("none outside", {"key": name}, bars))  # fmt: skip
    return found or [Statement("no key", {}, s.bars)]


def _even_bars(s: Scope, played: Sequence[Measure]) -> int:
    """The bars' worth of music that is played where all has one meter: pickups and the short bars that they complete, whatever
    they are numbered, make whole bars together; 0 where the meter changes, is none, or does not come out even.
    """
    meters = {m.meter.text for m in s.tune.measures if m.meter} | (
        {s.tune.meter.text} if s.tune.meter else set()
    )
    if len(meters) != 1 or s.tune.meter is None or not s.tune.meter.length:
        return 0
    bars = sum((m.duration for m in played), Fraction(0)) / s.tune.meter.length
    return int(bars) if bars.denominator == 1 else 0


def bars_played(s: Scope) -> int:
    """How many full bars are played with all repeats: a bar that a repeat sign cuts in two counts once."""
    played = [timed.measure for timed in unfold(s.tune).measures]
    if bars := _even_bars(s, played):
        return bars
    rest = set()
    for before, measure in itertools.pairwise(s.tune.measures):
        if before.number == measure.number:
            rest.add(measure.span.start)
    return sum(m.count for m in played if m.number and m.span.start not in rest)


def lasting(s: Scope, term: str = "") -> list[Statement]:
    """How long the tune, or some bars, last in seconds; "110 3/8" is a tempo and its beat (the tune's, if none is said)."""
    tempo = s.tune.tempo
    seconds = float(unfold(s.tune).seconds) if s.whole else float(
        sum((m.duration for m in s.measures), Fraction(0)) * tempo.seconds_per_whole)  # fmt: skip
    value: dict[str, object] = {"played": bars_played(s)} if s.whole else {}
    if not term:
        value["seconds"] = _seconds(seconds)
        return [Statement("lasts" if s.whole else "lasts part", value, s.bars)]
    rate, _, beat = term.partition(" ")
    unit = Fraction(beat) if beat else tempo.beat
    slower = tempo.bpm * tempo.beat / (int(rate) * unit)
    value |= {"seconds": _seconds(seconds * float(slower)), "rate": int(rate), "beat": str(unit)}
    return [Statement("lasts at" if s.whole else "lasts part at", value, s.bars)]


def _seconds(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"
