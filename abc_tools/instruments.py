"""General MIDI instruments by name: which program a voice called “Violin” or “长笛” plays.

Conventions: programs count from 0, as `%%MIDI program` does. Names are looked for as words inside a
voice's name, the longest first; singers get a choir sound.
"""

from __future__ import annotations

import re

from abc_tools.tune import Voice

PROGRAMS: dict[str, int] = {
    "piano": 0, "pianoforte": 0, "klavier": 0, "electric piano": 4, "harpsichord": 6, "cembalo": 6,
    "clavichord": 7, "celesta": 8, "glockenspiel": 9, "music box": 10, "vibraphone": 11,
    "marimba": 12, "xylophone": 13, "bells": 14, "dulcimer": 15, "organ": 19, "orgel": 19,
    "accordion": 21, "concertina": 21, "harmonica": 22, "guitar": 24, "steel guitar": 25,
    "electric guitar": 27, "acoustic bass": 32, "bass guitar": 33, "violin": 40, "violino": 40,
    "violine": 40, "fiddle": 40, "viola": 41, "bratsche": 41, "cello": 42, "violoncello": 42,
    "contrabass": 43, "double bass": 43, "harp": 46, "timpani": 47, "strings": 48, "choir": 52,
    "voice": 52, "singstimme": 52, "gesang": 52, "chant": 52, "soprano": 52, "alto": 52,
    "tenor": 52, "bass": 52, "trumpet": 56, "trombone": 57, "tuba": 58, "french horn": 60,
    "horn": 60, "brass": 61, "soprano sax": 64, "alto sax": 65, "tenor sax": 66,
    "baritone sax": 67, "saxophone": 65, "oboe": 68, "english horn": 69, "cor anglais": 69,
    "bassoon": 70, "fagott": 70, "clarinet": 71, "piccolo": 72, "flute": 73, "recorder": 74,
    "pan flute": 75, "whistle": 78, "ocarina": 79, "sitar": 104, "banjo": 105, "shamisen": 106,
    "koto": 107, "kalimba": 108, "bagpipe": 109, "shanai": 111, "steel drums": 114,
    "钢琴": 0, "鋼琴": 0, "管风琴": 19, "手风琴": 21, "吉他": 24, "小提琴": 40, "二胡": 40,
    "中提琴": 41, "大提琴": 42, "低音提琴": 43, "竖琴": 46, "弦乐": 48, "合唱": 52, "人声": 52,
    "女高音": 52, "女低音": 52, "男高音": 52, "男低音": 52, "小号": 56, "长号": 57, "圆号": 60,
    "萨克斯": 65, "双簧管": 68, "巴松": 70, "单簧管": 71, "长笛": 73, "笛子": 73, "竹笛": 73,
    "箫": 75, "古筝": 107, "琵琶": 106, "扬琴": 15, "唢呐": 111,
}  # fmt: skip
"""Name in lower case → General MIDI program."""

_NAMES = sorted(PROGRAMS, key=len, reverse=True)


def program_named(name: str) -> int | None:
    """The program of the instrument that a name mentions; None if it mentions none.

    >>> program_named("Violin II"), program_named("第一小提琴"), program_named("Melody")
    (40, 40, None)
    """
    said = name.lower()
    for known in _NAMES:
        pattern = rf"\b{known}s?\b" if known.isascii() else known
        if re.search(pattern, said):
            return PROGRAMS[known]
    return None


def program_of(voice: Voice) -> int:
    """The program that a voice plays: what the tune says, else what its name says, else piano."""
    return voice.program or program_named(voice.name) or 0
