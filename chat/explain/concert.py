"""Keys and notes as one player reads them and another hears them: transposing instruments, and shapes on a guitar with a
capo. Worked out from the table of instruments; with a tune open its own key is taken where none is said.
"""

# ruff: noqa: E501 - a wrapped saying is harder to read than a long line
from __future__ import annotations

from abc_tools.analyse import terms as t
from abc_tools.edit.instruments import INSTRUMENTS
from abc_tools.theory import ALTER_NAMES, Interval, Key, Pitch, parse_key
from chat.explain.scales import INTERVALS, spelled
from chat.explain.statement import Statement
from chat.explain.theory import Said, split_note
from chat.explain.timing import player_words

OTHERS: dict[str, tuple[tuple[str, str], Interval]] = {
    "tenor horn": (("tenor horn in E-flat", "降E调次中音号"), Interval(5, 9)),
    "baritone horn": (("baritone horn in B-flat (treble clef)", "降B调上低音号（高音谱号）"), Interval(8, 14)),
    "instrument in b-flat": (("instrument in B-flat", "降B调乐器"), Interval(1, 2)),
    "instrument in e-flat": (("instrument in E-flat", "降E调乐器"), Interval(5, 9)),
    "instrument in f": (("instrument in F", "F调乐器"), Interval(4, 7)),
}  # fmt: skip
"""Who reads otherwise than they sound, besides the table of instruments: names and the interval from sounding to written."""


def names_of(player: str) -> list[str]:
    """What a player is called in both languages."""
    return list(OTHERS[player][0]) if player in OTHERS else player_words(INSTRUMENTS[player])


def written(player: str) -> Interval:
    """The interval from the sounding to the written pitch."""
    return OTHERS[player][1] if player in OTHERS else INSTRUMENTS[player].written


def key_moved(key: Key, semitones: int) -> Key:
    """The key some semitones away, with as few signs as may be.

    >>> key_moved(parse_key("C major"), 3).name, key_moved(parse_key("E minor"), -2).name
    ('Eb major', 'D minor')
    """
    names = [spelled(key.tonic, key.alter, n, semitones % 12) for n in range(7)]
    keys = [Key(n[0], {"": 0, "#": 1, "b": -1}[n[1:]], key.mode) for n in names if len(n) < 3]
    return min(keys, key=lambda k: (abs(k.sharps), (k.sharps > 0) != (key.sharps > 0)))


def _interval(by: Interval) -> list[str]:
    name = next((n for n, (a, b, _) in INTERVALS.items() if (a, b) == (abs(by.steps), abs(by.semitones))), "")  # fmt: skip
    if not name:
        return [f"{abs(by.semitones)} semitones", f"{abs(by.semitones)}个半音"]
    return [t.interval("en", name), INTERVALS[name][2]]


def _way(by: Interval) -> dict[str, object]:
    return {"way": ["higher", "高"] if by.semitones > 0 else ["lower", "低"], "interval": _interval(by)}  # fmt: skip


def reads(rest: str) -> Said:
    """ "alto saxophone|F major": the key that a player reads where the music sounds in one."""
    player, name = rest.split("|")
    return _keys(player, name, "theory reads key", written(player).semitones)


def hears(rest: str) -> Said:
    """ "alto saxophone|D major": the key in which it sounds what a player reads in one."""
    player, name = rest.split("|")
    return _keys(player, name, "theory sounds key", -written(player).semitones)


def _keys(player: str, name: str, kind: str, semitones: int) -> Said:
    said = parse_key(name)
    assert said is not None, "only keys are asked for"
    by = written(player)
    value: dict[str, object] = {"player": names_of(player), "key": said.name}
    if by.semitones % 12 == 0:
        return [Statement("theory reads as it sounds", value, ())], ""
    value |= {"other": key_moved(said, semitones).name, **_way(by)}
    return [Statement(kind, value, ())], ""


def reads_note(rest: str) -> Said:
    """ "trumpet in b-flat|C": the note that a player reads for a sounding one."""
    player, name = rest.split("|")
    return _notes(player, name, "theory reads note", written(player))


def hears_note(rest: str) -> Said:
    """ "trumpet in b-flat|C": what sounds where a player reads a note."""
    player, name = rest.split("|")
    return _notes(player, name, "theory sounds note", -written(player))


def _notes(player: str, name: str, kind: str, by: Interval) -> Said:
    value: dict[str, object] = {"player": names_of(player), "note": name}
    if by.semitones % 12 == 0:
        return [Statement("theory notes as they sound", value, ())], ""
    other = Pitch(*split_note(name), 4).transposed(by)
    value |= {"other": f"{other.step}{ALTER_NAMES[round(other.alter)]}", **_way(by if kind.endswith("reads note") else -by)}  # fmt: skip
    return [Statement(kind, value, ())], ""


# -- capo -----------------------------------------------------------------------------------------


def capo_sounds(rest: str) -> Said:
    """ "3|C major": the key in which shapes of one key sound with a capo on a fret."""
    fret, name = rest.split("|")
    shapes = parse_key(name)
    assert shapes is not None, "only keys are asked for"
    value = {"fret": int(fret), "key": shapes.name, "other": key_moved(shapes, int(fret)).name}
    return [Statement("theory capo sounds", value, ())], ""


def capo_shapes(rest: str) -> Said:
    """ "3|Eb major": the key whose shapes sound in one with a capo on a fret."""
    fret, name = rest.split("|")
    sounding = parse_key(name)
    assert sounding is not None, "only keys are asked for"
    value = {"fret": int(fret), "key": sounding.name, "other": key_moved(sounding, -int(fret)).name}
    return [Statement("theory capo shapes", value, ())], ""


def capo_fret(rest: str) -> Said:
    """ "G major|Bb major": the fret on which shapes of the first key sound in the second."""
    shapes, sounding = (parse_key(name) for name in rest.split("|"))
    assert shapes is not None and sounding is not None, "only keys are asked for"
    fret = (sounding.pitch_class - shapes.pitch_class) % 12
    value = {"fret": fret, "key": shapes.name, "other": sounding.name}
    return [Statement("theory capo fret" if fret else "theory capo none", value, ())], ""


RELATIONS = {
    "reads": reads, "hears": hears, "reads note": reads_note, "hears note": hears_note,
    "capo sounds": capo_sounds, "capo shapes": capo_shapes, "capo fret": capo_fret,
}  # fmt: skip
"""Relation → its answer, as `relations` has them."""

SAYINGS: dict[str, tuple[str, str]] = {
    "reads key": (
        "For music that sounds in {key:key} the {player:word} reads and plays in {other:key}: it is written {interval:word} {way:word} than it sounds.",
        "实际音高是{key:key}时，{player:word}要按{other:key}来写、来吹：它的记谱比实际发音{way:word}{interval:word}。",
    ),
    "sounds key": (
        "What the {player:word} reads in {key:key} sounds in {other:key} (concert pitch): it is written {interval:word} {way:word} than it sounds.",
        "{player:word}按{key:key}的谱演奏，实际听到的是{other:key}：它的记谱比实际发音{way:word}{interval:word}。",
    ),
    "reads as it sounds": (
        "The {player:word} does not transpose to another key: {key:key} is read as {key:key}.",
        "{player:word}不移到别的调：{key:key}就按{key:key}读谱。",
    ),
    "reads note": (
        "For a sounding {note:pitch} the {player:word} reads {other:pitch}: it is written {interval:word} {way:word} than it sounds.",
        "要发出实际的{note:pitch}，{player:word}的谱上写{other:pitch}：它的记谱比实际发音{way:word}{interval:word}。",
    ),
    "sounds note": (
        "A written {note:pitch} on the {player:word} sounds as {other:pitch}: it is written {interval:word} {way:word} than it sounds.",
        "{player:word}谱上的{note:pitch}，实际发出的是{other:pitch}：它的记谱比实际发音{way:word}{interval:word}。",
    ),
    "notes as they sound": (
        "The {player:word} reads notes by the names that they sound: {note:pitch} is {note:pitch}.",
        "{player:word}的音名就是实际的音名：{note:pitch}就是{note:pitch}。",
    ),
    "capo sounds": (
        "With a capo on fret {fret} the shapes of {key:key} sound in {other:key}: every fret is a semitone.",
        "变调夹夹第{fret}品，按{key:key}的指法，实际是{other:key}：每一品高半音。",
    ),
    "capo shapes": (
        "To sound in {key:key} with a capo on fret {fret}, play the shapes of {other:key}: every fret is a semitone.",
        "变调夹夹第{fret}品，要实际是{key:key}，就按{other:key}的指法：每一品高半音。",
    ),
    "capo fret": (
        "Put the capo on fret {fret}: there the shapes of {key:key} sound in {other:key}, every fret a semitone higher.",
        "变调夹夹第{fret}品：按{key:key}的指法，实际就是{other:key}，每一品高半音。",
    ),
    "capo none": (
        "No capo is needed: the shapes of {key:key} sound in {other:key} as they are.",
        "不用变调夹：按{key:key}的指法本来就是{other:key}。",
    ),
}  # fmt: skip
