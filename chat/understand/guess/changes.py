"""What each label that is a change means: the operation, how its values are read, and how it is said plainly.

The plain sentences are offered where a guess is not sure enough; each is read by the rules as this very change, and
a test holds that. `{it}` stands for the bars. `missing` asks for a value without which nothing can be done.
"""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from abc_tools import numbers
from chat.understand.rules import (
    bars,
    chords,
    ends,
    notes,
    pitch,
    signs,
    speed,
    times,
    voices,
    words,
)
from chat.understand.rules.base import Clause, Reader


@dataclass(frozen=True)
class Change:
    """`operation` with fixed `values`, or those that `read` finds; `say` is (English, Chinese)."""

    operation: str
    say: tuple[str, str]
    values: Mapping[str, str] = field(default_factory=dict)
    read: Reader | None = None
    missing: str = ""


DESTRUCTIVE = frozenset(
    (
        "melody-only",
        "keep-only",
        "delete-bars",
        "remove-bass",
        "remove-words",
        "remove-chords",
        "shorter",
    )
)
"""Labels of changes that take much away: a guess of them must be surer than of others."""


def _interval(sign: int) -> Reader:
    """How far up or down; a tone where nothing is said, a third where something is too high or low."""

    def read(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
        found = pitch.moved(clause.lower, sign)
        if found is not None or re.search(r"\d{2}", clause.lower):
            return found  # an interval that is named and cannot be is none
        far = re.search(
            r"\btoo\b|can'?t|cannot|crack|strain|squeak|太|不上|不下|够不", clause.lower
        )
        return {"semitones": str(sign * (3 if far else 2))}

    return read


def _kinds(match: re.Match[str], clause: Clause) -> dict[str, str]:
    found = next((n for n, said in signs.SIGNS if re.search(said, clause.lower)), "")
    return {"kind": found if found not in ("fermata", "staccato", "accent", "") else "grace"}


def _length(match: re.Match[str], clause: Clause) -> dict[str, str]:
    found = re.search(rf"({numbers.NUMBER})\s*个?\s*(?:bars?|measures?|小节)", clause.lower)
    count = numbers.value(found[1]) if found else None
    return {"": "new-length", "bars": str(count)} if count else {}


def _lowest(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The voice that is named, or the lowest one."""
    tune = clause.tune
    if len(tune.voices) < 2:
        return None
    return {"voice": voices.voice_of(tune, clause.lower) or tune.voices[-1].id}


def _melody(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    tune = clause.tune
    if len(tune.voices) < 2:
        return {"": "remove-chords"}
    return {"voice": voices.voice_of(tune, clause.lower) or tune.voices[0].id}


_NATURAL_KEY = re.compile(
    r"\b(?:no|without|fewer|get rid of the|any) (?:black keys?|sharps?|flats?|accidentals)|\bwhite keys?\b|黑键|白键|(?:没有?|不要|少|别用?)[^,.;]{0,5}(?:升|降)"
)


def _key_of(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The key that is named, or the one without sharps and flats where that is wished."""
    found = pitch.other_key(match, clause)
    if found is None and _NATURAL_KEY.search(clause.lower):
        return {"key": "Am" if clause.tune.key.minor_third else "C"}
    return found


CHANGES: dict[str, Change] = {
    "transpose-up": Change("transpose", ("move {it} up a tone", "把{it}升高一个全音"), read=_interval(1)),
    "transpose-down": Change("transpose", ("move {it} down a tone", "把{it}降低一个全音"), read=_interval(-1)),
    "octave-up": Change("octave", ("move {it} up an octave", "把{it}升高八度"), {"octaves": "1"}),
    "octave-down": Change("octave", ("move {it} down an octave", "把{it}降低八度"), {"octaves": "-1"}),
    "key": Change("key", ("put {it} in another key", "给{it}换个调"), read=_key_of, missing="which-key"),
    "to-minor": Change("mode", ("make {it} minor", "把{it}改成小调"), {"mode": "minor"}),
    "to-major": Change("mode", ("make {it} major", "把{it}改成大调"), {"mode": "major"}),
    "to-mode": Change("mode", ("put {it} in another mode", "给{it}换个调式"), read=pitch.other_key, missing="which-mode"),
    "sadder": Change("sadder", ("make {it} sadder", "让{it}悲伤一点")),
    "happier": Change("happier", ("make {it} happier", "让{it}欢快一点")),
    "instrument": Change("instrument", ("write it for another instrument", "换一种乐器"), read=times.instrument, missing="which-instrument"),
    "faster": Change("tempo-by", ("make {it} faster", "{it}快一点"), read=speed.by_share(1)),
    "slower": Change("tempo-by", ("make {it} slower", "{it}慢一点"), read=speed.by_share(-1)),
    "tempo": Change("tempo", ("set another tempo", "换个速度"), read=lambda m, c: speed.bpm(m, c) or speed.feel(m, c), missing="which-tempo"),
    "meter": Change("meter", ("put {it} in another metre", "给{it}换个拍号"), read=times.meter, missing="which-meter"),
    "dance": Change("dance", ("make it a dance", "改成一种舞曲"), read=times.dance, missing="which-dance"),
    "swing": Change("swing", ("swing {it}", "把{it}改成摇摆节奏"), {"style": "dotted"}),
    "straighten": Change("straighten", ("straighten the rhythm of {it}", "把{it}的节奏改均匀")),
    "ritardando": Change("slow-down", ("slow down gradually in {it}", "{it}渐慢"), {"kind": "slower"}),
    "accelerando": Change("slow-down", ("speed up gradually in {it}", "{it}渐快"), {"kind": "faster"}),
    "range-limit": Change("limit-range", ("keep {it} within an octave", "把{it}控制在一个八度以内"), read=notes.limits),
    "note-change": Change("alter-notes", ("change one note", "改一个音"), read=notes.altered, missing="which-note"),
    "smooth-leaps": Change("smooth", ("fewer leaps in {it}", "{it}少一点大跳"), read=notes.smoothed),
    "invert": Change("invert", ("invert {it}", "把{it}倒影"), missing="which-bars"),
    "retrograde": Change("retrograde", ("play {it} backwards", "{it}倒着来"), missing="which-bars"),
    "copy-over": Change("copy-over", ("copy some bars over others", "用几小节替换另外几小节"), read=notes.over, missing="which-over"),
    "swap-chord": Change("swap-chord", ("replace one chord everywhere", "把一个和弦全部换掉"), read=chords.exchanged, missing="which-swap"),
    "legato": Change("slur", ("slur {it}", "给{it}加连线")),
    "swell": Change("swell", ("swell and fade over {it}", "{it}先渐强再渐弱"), read=signs.swelling),
    "new-bars": Change("new-bars", ("write two new bars", "写两个新小节"), read=bars.insert, missing="after-which"),
    "simplify": Change("simplify", ("make {it} simpler", "把{it}简化一下"), read=signs.simpler),
    "harder": Change("harder", ("make {it} harder", "{it}难一点")),
    "double-values": Change("double", ("double the note values", "时值加倍")),
    "halve-values": Change("halve", ("halve the note values", "时值减半")),
    "add-chords": Change("add-chords", ("add chords to {it}", "给{it}配和弦"), read=chords.chosen_chords),
    "remove-chords": Change("remove-chords", ("remove the chords of {it}", "去掉{it}的和弦")),
    "richer-chords": Change("reharmonise", ("reharmonise {it}", "给{it}重新配和声"), read=chords.other_chords),
    "simpler-chords": Change("simplify-chords", ("simplify the chords of {it}", "{it}的和弦简单一点"), read=chords.simpler_chords),
    "set-chord": Change("set-chords", ("change one chord", "换一个和弦"), read=chords.chords_there, missing="which-chord"),
    "add-bass": Change("add-bass", ("add a left hand", "加左手伴奏"), read=voices.bass),
    "simplify-bass": Change("simplify-bass", ("make the left hand simpler", "左手简单一点"), read=voices.bass_simpler),
    "remove-bass": Change("remove-voice", ("remove the lowest voice", "去掉低音声部"), read=_lowest, missing="no-left-hand"),
    "melody-only": Change("extract-voice", ("keep only the melody", "只留主旋律"), read=_melody),
    "second-voice": Change("second-voice", ("add a second voice", "加第二声部"), read=voices.second),
    "choir": Change("add-choir", ("arrange it for SATB", "写成四部合唱")),
    "drone": Change("add-drone", ("add a drone", "加持续低音")),
    "add-ornaments": Change("add-ornaments", ("add ornaments to {it}", "给{it}加装饰音"), read=_kinds),
    "remove-ornaments": Change("remove-ornaments", ("remove the ornaments of {it}", "去掉{it}的装饰音"), read=signs.less_ornament),
    "staccato": Change("add-ornaments", ("make {it} staccato", "给{it}加跳音"), {"kind": "staccato"}),
    "fermata": Change("add-ornaments", ("add a fermata on the last note", "给最后一个音加延长记号"), read=signs.hold_last),
    "accents": Change("add-ornaments", ("add accents to {it}", "给{it}加重音"), {"kind": "accent"}),
    "louder": Change("louder", ("make {it} louder", "{it}响一点")),
    "softer": Change("quieter", ("make {it} softer", "{it}轻一点")),
    "dynamics": Change("dynamic", ("mark {it} mf", "{it}力度mf"), read=signs.dynamic, missing="which-level"),
    "crescendo": Change("hairpin", ("write a crescendo over {it}", "{it}渐强"), {"kind": "louder"}),
    "diminuendo": Change("hairpin", ("write a diminuendo over {it}", "{it}渐弱"), {"kind": "softer"}),
    "no-dynamics": Change("remove-ornaments", ("remove the dynamics", "去掉力度记号"), {"kinds": "dynamics"}),
    "delete-bars": Change("delete-bars", ("delete {it}", "删掉{it}")),
    "insert-bars": Change("insert-bars", ("insert an empty bar", "插入一个空小节"), read=bars.insert, missing="after-which"),
    "duplicate-bars": Change("duplicate-bars", ("duplicate {it}", "复制{it}"), read=bars.duplicate, missing="which-bars"),
    "move-bars": Change("move-bars", ("move {it} elsewhere", "把{it}移到别处"), read=bars.placed_at, missing="after-which"),
    "swap-bars": Change("swap-bars", ("swap two parts", "交换两段"), read=bars.swap, missing="which-two"),
    "repeat-bars": Change("repeat-bars", ("repeat {it}", "反复{it}"), read=bars.repeat),
    "no-repeats": Change("drop-repeats", ("play it only once", "只奏一遍")),
    "write-out-repeats": Change("write-out-repeats", ("write out the repeats", "展开反复")),
    "keep-only": Change("keep-bars", ("keep only {it}", "只留{it}"), read=bars.pointed_or_named, missing="which-bars"),
    "longer": Change("longer", ("make it longer", "加长一点"), read=bars.longer),
    "shorter": Change("shorter", ("make it shorter", "缩短一点"), read=_length),
    "intro": Change("intro", ("add an intro", "加前奏"), read=ends.intro),
    "tonic-ending": Change("ending", ("end it on the tonic", "结束在主音"), {"kind": "tonic"}),
    "coda": Change("ending", ("add a coda", "加尾声"), read=ends.tag),
    "two-endings": Change("ending", ("add a first and second ending", "加一房子二房子"), {"kind": "first-second"}),
    "add-pickup": Change("add-pickup", ("add a pickup", "加弱起")),
    "no-pickup": Change("remove-pickup", ("remove the pickup", "去掉弱起")),
    "rewrite": Change("rewrite", ("rewrite {it}", "重写{it}")),
    "answer-phrase": Change("answer-phrase", ("answer this phrase", "写个答句")),
    "write-words": Change("write-words", ("write words for {it}", "给{it}写歌词"), read=words.new_words),
    "replace-word": Change("replace-word", ("change one word of the lyrics", "换歌词里的一个词"), read=lambda m, c: None, missing="which-word"),
    "remove-words": Change("remove-words", ("remove the words", "去掉歌词"), read=words.gone_words),
    "title": Change("set-field", ("give it a title", "起个标题"), read=words.title, missing="which-title"),
    "composer": Change("set-field", ("name the composer", "写上作曲者"), read=words.composer, missing="which-composer"),
    "lock": Change("lock", ("lock {it}", "锁定{it}"), read=pitch.locked),
    "unlock": Change("unlock", ("unlock", "解锁")),
}  # fmt: skip
"""Label → the change."""
