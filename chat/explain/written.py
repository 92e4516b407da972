"""What stands on the page besides notes: signs, dynamics, endings, words, faults of voice leading, parts."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.analyse.fact import Fact, in_order
from abc_tools.chords import parse_chord
from abc_tools.edit.ornaments import kind_of
from abc_tools.sections import sections
from abc_tools.theory import STEP_SEMITONES, Interval
from abc_tools.voice_leading import Fault, voice_leading
from chat.explain.analysis import known
from chat.explain.scope import Scope, note_name, tonic_name
from chat.explain.statement import Statement
from chat.phrases import plain

SIGN_NAMES = {
    "trill": ["trill", "颤音"], "mordent": ["mordent", "波音"], "turn": ["turn", "回音"],
    "roll": ["roll", "滚音"], "fermata": ["fermata", "延长记号"], "staccato": ["staccato dot", "跳音"],
    "accent": ["accent", "重音记号"], "grace": ["grace note", "倚音"], "bowing": ["bowing sign", "弓法记号"],
    "fingering": ["fingering", "指法"],
}  # fmt: skip
DYNAMIC_NAMES = {
    "<(": ["crescendo", "渐强"], "crescendo(": ["crescendo", "渐强"], ">(": ["diminuendo", "渐弱"],
    "diminuendo(": ["diminuendo", "渐弱"],
}  # fmt: skip
MOST = 10
BLUES = (0, 0, 0, 0, 5, 5, 0, 0, 7, 5, 0, 7)
"""Semitones of the chord roots above the tonic in the standard twelve bars (bars 2, 10 and 12 vary)."""
VARIES = {1: (0, 5), 9: (5, 7), 11: (0, 7)}


def signs(s: Scope) -> list[Fact]:
    """Every kind of ornament and sign with its bars."""
    places: dict[str, list[int]] = {}
    for measure in s.measures:
        for event in measure.events:
            kinds = [kind_of(sign) for sign in event.decorations]
            for kind in (*kinds, "grace" if event.grace else None):
                if kind in SIGN_NAMES:
                    places.setdefault(kind, []).append(measure.number)
    if not places:
        return [Statement("no signs", {}, s.bars)]
    return [
        Statement("sign", {"sign": SIGN_NAMES[kind], "count": len(bars)}, in_order(bars))
        for kind, bars in places.items()
    ]  # fmt: skip


def dynamics(s: Scope) -> list[Fact]:
    """Every dynamic mark, in order."""
    found: list[Fact] = []
    for measure in s.measures:
        for event in measure.events:
            for sign in event.decorations:
                mark = sign.strip("!+")
                if kind_of(sign) == "dynamics" and not mark.endswith(")"):
                    name = DYNAMIC_NAMES.get(mark, [mark, mark])
                    found.append(Statement("dynamic", {"mark": name}, (measure.number,)))
    return found[:24] or [Statement("no dynamics", {}, s.bars)]


def endings(s: Scope) -> list[Fact]:
    """First and second endings with their bars."""
    found: list[Fact] = []
    measures = s.tune.measures
    for index, measure in enumerate(measures):
        if measure.ending:
            stop = index
            while stop + 1 < len(measures) and not (
                measures[stop].ends_section or measures[stop + 1].ending
            ):
                stop += 1
            bars = in_order(m.number for m in measures[index : stop + 1])
            nth = measure.ending[0]
            name = {1: ["first ending (played the first time)", "第一结尾（第一遍奏）"],
                    2: ["second ending (played the second time)", "第二结尾（第二遍奏）"]}  # fmt: skip
            found.append(
                Statement(
                    "ending", {"name": name.get(nth, [f"ending {nth}", f"第{nth}结尾"])}, bars
                )
            )
    if len(found) > 1:
        found.append(
            Statement("endings played", {}, in_order(n for fact in found for n in fact.bars))
        )
    return found or [Statement("no endings", {}, s.bars)]


def words(s: Scope) -> list[Fact]:
    """Whether there are words, and how they begin; what they are about is not for us to say."""
    sung = [(e, m.number) for m in s.measures for e in m.events if e.syllables and e.syllables[0]]
    if not sung:
        return [Statement("no words", {}, s.bars)]
    text = " ".join(str(e.syllables[0]) for e, _ in sung)
    text = re.sub(r"-\s+", "", text).replace("_", "").strip()
    if re.search(r"[\u4e00-\u9fff]", text):
        text = text.replace(" ", "")
    verses = max(len(e.syllables) for e, _ in sung)
    return [Statement("words", {"text": plain(text[:160]), "count": len(sung), "verses": verses},
                      in_order(bar for _, bar in sung))]  # fmt: skip


def parallels(s: Scope) -> list[Fact]:
    """Faults of voice leading; none to be had of one voice."""
    if len(s.tune.voices) < 2:
        return [Statement("one voice", {}, s.bars)]
    found = [f for f in voice_leading(s.tune) if set(f.bars) & set(s.bars)]
    if not found:
        return [Statement("no faults", {}, s.bars)]
    none = not any(f.kind.startswith("parallel") for f in found)
    first: list[Fact] = [Statement("no parallels", {}, s.bars)] if none else []
    return first + [
        Statement("fault", {"said": [f.sentence, _in_chinese(f)]}, f.bars) for f in found[:MOST]
    ]


def _in_chinese(fault: Fault) -> str:
    return f"{'、'.join(fault.voices)}：{FAULTS_ZH.get(fault.kind, '声部进行的问题')}"


FAULTS_ZH = {
    "parallel-fifths": "平行五度", "parallel-octaves": "平行八度", "parallel-unisons": "平行同度",
    "hidden-fifths": "隐伏五度", "hidden-octaves": "隐伏八度", "crossing": "声部交叉", "overlap": "声部超越",
    "spacing": "声部间距过大", "range": "超出声部音域", "leading-tone": "导音没有上行到主音",
    "seventh": "七音没有级进下行", "doubled-leading-tone": "重复导音", "leap-augmented": "增音程跳进",
    "leap-wide": "超过八度的跳进",
}  # fmt: skip


FIVE = {
    (0, 2, 4, 7, 9): ["", "，宫调式或大调五声"], (0, 3, 5, 7, 10): ["", "，羽调式或小调五声"], (0, 2, 5, 7, 10): ["", "，商调式"],
    (0, 3, 5, 8, 10): ["", "，角调式"], (0, 2, 5, 7, 9): ["", "，徵调式"],
}  # fmt: skip
"""Semitones above the last note → what the five notes are called in Chinese theory."""


def five_notes(s: Scope) -> list[Fact]:
    """Whether the melody has the five notes of a pentatonic scale, seen from its last note."""
    pitches = {n.midi % 12: n.pitch for n in s.notes}
    home = s.notes[-1].midi % 12
    steps = tuple(sorted((c - home) % 12 for c in pitches))
    if steps not in FIVE:
        return []
    english = {(0, 2, 4, 7, 9): " (major pentatonic, the mode gong)", (0, 3, 5, 7, 10): " (minor pentatonic, the mode yu)",
               (0, 2, 5, 7, 10): " (the mode shang)", (0, 3, 5, 8, 10): " (the mode jue)", (0, 2, 5, 7, 9): " (the mode zhi)"}[steps]  # fmt: skip
    names = [note_name(pitches[(home + step) % 12]) for step in steps]
    return [Statement("five notes", {"notes": names, "name": [english, FIVE[steps][1]]}, s.bars)]


def turns(s: Scope) -> list[Fact]:
    """Parts that turn to a near key: all their notes in it, its leading note among them, its tonic last."""
    home = s.tune.key
    found: list[Fact] = []
    if not home.tonic:
        return found
    for part in sections(s.tune):
        notes = [n for n in s.material.notes if part.first <= n.bar <= part.last]
        if len(notes) < 6:
            continue
        used = {n.midi % 12 for n in notes}
        for steps, semitones, mode in ((4, 7, "major"), (3, 5, "major"), (5, 9, "minor"), (1, 2, "minor"), (2, 4, "minor"),
                                       (4, 7, "minor"), (3, 5, "minor"), (2, 3, "major")):  # fmt: skip
            key = home.transposed(Interval(steps, semitones)).with_mode(mode)
            leading = (key.pitch_class + 11) % 12
            scale = {(STEP_SEMITONES[step] + int(alter)) % 12 for step, alter in key.scale} | {
                leading
            }
            foreign = leading not in {
                (STEP_SEMITONES[step] + int(alter)) % 12 for step, alter in home.scale
            }
            closes = notes[-1].midi % 12 == key.pitch_class
            if (
                foreign
                and leading in used
                and used <= scale | {(key.pitch_class + 10) % 12}
                and closes
            ):
                note = next(n for n in notes if n.midi % 12 == leading)
                value = {
                    "name": plain(part.label),
                    "key": key.name,
                    "note": note_name(note.pitch),
                    "tonic": tonic_name(key),
                }
                found.append(
                    Statement("section turns", value, tuple(range(part.first, part.last + 1)))
                )
                break
    return found


def raised_seventh(s: Scope, name: str) -> list[Fact]:
    """Whether a note is the raised seventh of a minor key."""
    here = [n for n in s.notes if note_name(n.pitch) == name]
    key = here[0].key if here else s.key
    if (
        not here
        or not key.tonic
        or not key.minor_third
        or here[0].midi % 12 != (key.pitch_class + 11) % 12
    ):
        return []
    return [
        Statement("raised seventh", {"note": name, "key": key.name}, in_order(n.bar for n in here))
    ]


PART_NAMES = {"chorus": ("chorus", "副歌"), "verse": ("verse", "主歌"), "bridge": ("bridge", "桥段"), "refrain": ("refrain", "副歌"),
               "coda": ("coda", "尾声"), "intro": ("introduction", "前奏"), "outro": ("outro", "尾奏"), "interlude": ("interlude", "间奏")}  # fmt: skip
"""Parts that words name, in both languages."""


def part_place(s: Scope, name: str) -> list[Fact]:
    """Where a part begins and ends."""
    wanted = name.lower()
    found = [p for p in sections(s.tune) if p.label.lower() == wanted or wanted in p.label.lower()]
    if not found:
        said = PART_NAMES.get(wanted, (plain(name.upper()), plain(name.upper())))
        names = [plain(p.label) for p in sections(s.tune)][:MOST]
        return [Statement("no part", {"name": list(said), "names": names}, s.bars)]
    return [Statement("part", {"name": plain(p.label), "first": p.first},
                      tuple(range(p.first, p.last + 1))) for p in found[:MOST]]  # fmt: skip


def blues_form(s: Scope) -> list[Fact]:
    """Whether the chords are those of the standard twelve-bar blues."""
    measures = [m for m in s.tune.measures if m.number > 0]
    roots: list[int | None] = []
    last: int | None = None
    for measure in measures:
        for event in measure.events:
            chord = parse_chord(event.chord_symbol) if event.chord_symbol else None
            if chord is not None:
                last = (chord.root_class - s.key.pitch_class) % 12
                break
        roots.append(last)
    off = [i + 1 for i, (have, want) in enumerate(zip(roots, BLUES, strict=False))
           if have not in VARIES.get(i, (want,))]  # fmt: skip
    if len(measures) != len(BLUES):
        return [Statement("not blues bars", {"count": len(measures)}, s.bars)]
    if off:
        return [Statement("not blues", {}, tuple(off))]
    return [Statement("blues", {}, s.bars)]


def voice_range(s: Scope, name: str) -> list[Fact]:
    """Lowest and highest note of one voice, by its id."""
    voice = next((v for v in s.tune.voices if v.id == name), None)
    notes = [(n.pitch, m.number) for m in (voice.measures if voice else ()) for e in m.events for n in e.notes
             if s.first <= m.number <= s.last]  # fmt: skip
    if voice is None or not notes:
        return [Statement("silence", {}, s.bars)]
    low, high = min(notes, key=lambda n: n[0].midi), max(notes, key=lambda n: n[0].midi)
    value = {"name": plain(voice.name or voice.id), "low": low[0].name, "high": high[0].name}
    return [Statement("voice range", value, in_order((low[1], high[1])))]


def chord_special(s: Scope, symbol: str) -> list[Fact]:
    """What is known of a chord from outside the key where it stands."""
    bars = {h.bar for h in s.chords if h.chord.text == symbol}
    return [
        f for f in known(s, ("harmony",))
        if f.kind in ("secondary dominant", "borrowed chord", "chromatic chord") and bars & set(f.bars)
    ]  # fmt: skip


SAYINGS: dict[str, tuple[str, str]] = {
    "sign": ("{count:n sign} in {bars:bars}: {sign:word}.", "{bars:bars}有{count}个{sign:word}。"),
    "no signs": ("There are no ornaments or other signs over the notes in {bars:bars}.", "{bars:bars}的音符上没有装饰音或其他记号。"),
    "dynamic": ("{bars:bars}: {mark:word}.", "{bars:bars}：{mark:word}。"),
    "no dynamics": ("No dynamics are marked in {bars:bars}.", "{bars:bars}没有标力度记号。"),
    "ending": ("The {name:word} is {bars:bars}.", "{name:word}是{bars:bars}。"),
    "endings played": (
        "The first time play the first ending and go back to where the repeat begins; the second time leave it out and play the second one ({bars:bars}).",
        "第一遍奏第一结尾，然后回到反复开始的地方；第二遍跳过它，奏第二结尾（{bars:bars}）。",
    ),
    "no endings": ("The tune has no first and second endings.", "这首曲子没有第一、第二结尾。"),
    "words": ("There are words, {count:n syllable} in {verses:n verse}, sung in {bars:bars}. They begin: “{text}”.",
              "有歌词：{bars:bars}唱{count}个音节，共{verses}段。开头是：“{text}”。"),
    "no words": ("There are no words (lyrics) under the notes.", "音符下面没有歌词。"),
    "fault": ("{bars:bars}: {said:word}", "{bars:bars}：{said:word}。"),
    "no faults": ("No parallel fifths or octaves, crossings or wide gaps are in {bars:bars}.", "{bars:bars}没有平行五度、平行八度、声部交叉或过大的间距。"),
    "no parallels": ("No voices move in parallel fifths or octaves in {bars:bars}.", "{bars:bars}没有声部作平行五度或平行八度进行。"),
    "five notes": ("The melody of {bars:bars} has only five notes, {notes:pitches}: it is pentatonic{name:word}.", "{bars:bars}的旋律只用{notes:pitches}五个音，是五声音阶{name:word}。"),
    "raised seventh": ("{note:pitch} is the raised seventh of {key:key}, its leading note, as in the harmonic minor scale: a semitone below the tonic ({bars:bars}).",
                       "{note:pitch}是{key:key}升高的第七级，也就是导音，像和声小调那样比主音低半音（{bars:bars}）。"),
    "section turns": ("Part {name} ({bars:bars}) turns to {key:key}: it has {note:pitch}, the leading note there, and closes on {tonic:pitch}.",
                      "{name}段（{bars:bars}）转向{key:key}：有它的导音{note:pitch}，并收在{tonic:pitch}上。"),
    "one voice": ("The tune has one voice, so there are no parallels between voices.", "这首曲子只有一个声部，所以没有声部之间的平行进行。"),
    "part": ("Part {name} starts in bar {first}: it is {bars:bars}.", "{name}段从第{first}小节开始，是{bars:bars}。"),
    "no part": ("No part of the tune is marked {name:word}; it has {names:list}.", "曲子里没有标出{name:word}段，有的段落是{names:list}。"),
    "blues": ("Yes: the chords of {bars:bars} are those of the standard twelve-bar (12-bar) blues, I–I–I–I–IV–IV–I–I–V–IV–I–V with its usual variants.",
              "是的：{bars:bars}的和弦就是标准十二小节布鲁斯（I–I–I–I–IV–IV–I–I–V–IV–I–V及其常见变体）。"),
    "not blues": ("Not quite: it has twelve bars, but {bars:bars} differ from the standard blues I–I–I–I–IV–IV–I–I–V–IV–I–V.",
                  "不完全是：它有十二小节，但{bars:bars}与标准布鲁斯 I–I–I–I–IV–IV–I–I–V–IV–I–V 不同。"),
    "not blues bars": ("No: a standard blues has twelve bars; this tune has {count}.", "不是：标准布鲁斯有十二小节，这首曲子有{count}小节。"),
    "voice range": ("Voice {name} ranges from {low:pitch} to {high:pitch} ({bars:bars}).", "声部{name}从{low:pitch}到{high:pitch}（{bars:bars}）。"),
    "chord here": ("{chord:signs} in {bars:bars} has the notes {notes:pitches}; it is {numeral:signs}.", "{bars:bars}的{chord:signs}由{notes:pitches}组成，是{numeral:signs}。"),
}  # fmt: skip
