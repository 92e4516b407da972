"""Scales by their semitones above the tonic, intervals, and key signatures: tables and spelling."""

from __future__ import annotations

from abc_tools.theory import ALTER_NAMES, STEP_SEMITONES, Key

SCALES: dict[str, tuple[tuple[int, int], ...]] = {
    "major": ((0, 0), (1, 2), (2, 4), (3, 5), (4, 7), (5, 9), (6, 11)),
    "minor": ((0, 0), (1, 2), (2, 3), (3, 5), (4, 7), (5, 8), (6, 10)),
    "dorian": ((0, 0), (1, 2), (2, 3), (3, 5), (4, 7), (5, 9), (6, 10)),
    "phrygian": ((0, 0), (1, 1), (2, 3), (3, 5), (4, 7), (5, 8), (6, 10)),
    "lydian": ((0, 0), (1, 2), (2, 4), (3, 6), (4, 7), (5, 9), (6, 11)),
    "mixolydian": ((0, 0), (1, 2), (2, 4), (3, 5), (4, 7), (5, 9), (6, 10)),
    "locrian": ((0, 0), (1, 1), (2, 3), (3, 5), (4, 6), (5, 8), (6, 10)),
    "harmonic minor": ((0, 0), (1, 2), (2, 3), (3, 5), (4, 7), (5, 8), (6, 11)),
    "melodic minor": ((0, 0), (1, 2), (2, 3), (3, 5), (4, 7), (5, 9), (6, 11)),
    "phrygian dominant": ((0, 0), (1, 1), (2, 4), (3, 5), (4, 7), (5, 8), (6, 10)),
    "double harmonic": ((0, 0), (1, 1), (2, 4), (3, 5), (4, 7), (5, 8), (6, 11)),
    "hungarian minor": ((0, 0), (1, 2), (2, 3), (3, 6), (4, 7), (5, 8), (6, 11)),
    "harmonic major": ((0, 0), (1, 2), (2, 4), (3, 5), (4, 7), (5, 8), (6, 11)),
    "lydian dominant": ((0, 0), (1, 2), (2, 4), (3, 6), (4, 7), (5, 9), (6, 10)),
    "major pentatonic": ((0, 0), (1, 2), (2, 4), (4, 7), (5, 9)),
    "minor pentatonic": ((0, 0), (2, 3), (3, 5), (4, 7), (6, 10)),
    "gong": ((0, 0), (1, 2), (2, 4), (4, 7), (5, 9)),
    "shang": ((0, 0), (1, 2), (3, 5), (4, 7), (6, 10)),
    "jue": ((0, 0), (2, 3), (3, 5), (5, 8), (6, 10)),
    "zhi": ((0, 0), (1, 2), (3, 5), (4, 7), (5, 9)),
    "yu": ((0, 0), (2, 3), (3, 5), (4, 7), (6, 10)),
    "blues": ((0, 0), (2, 3), (3, 5), (4, 6), (4, 7), (6, 10)),
    "whole tone": ((0, 0), (1, 2), (2, 4), (3, 6), (4, 8), (5, 10)),
    "octatonic": ((0, 0), (1, 2), (2, 3), (3, 5), (4, 6), (5, 8), (5, 9), (6, 11)),
    "chromatic": ((0, 0), (0, 1), (1, 2), (2, 3), (2, 4), (3, 5), (3, 6), (4, 7), (4, 8), (5, 9),
                  (6, 10), (6, 11)),
}  # fmt: skip
"""Scale → (letters, semitones) above the tonic of each note."""
SCALE_NAMES: dict[str, tuple[str, str]] = {
    "major": ("major", "自然大调音阶"), "minor": ("natural minor", "自然小调音阶"),
    "dorian": ("dorian", "多利亚调式"), "phrygian": ("phrygian", "弗里几亚调式"),
    "lydian": ("lydian", "利底亚调式"), "mixolydian": ("mixolydian", "混合利底亚调式"),
    "locrian": ("locrian", "洛克利亚调式"), "harmonic minor": ("harmonic minor", "和声小调音阶"),
    "melodic minor": ("melodic minor", "旋律小调音阶"),
    "phrygian dominant": ("phrygian dominant", "弗里几亚属音阶"),
    "double harmonic": ("double harmonic", "双和声音阶"),
    "hungarian minor": ("Hungarian minor", "匈牙利小调音阶"),
    "harmonic major": ("harmonic major", "和声大调音阶"),
    "lydian dominant": ("lydian dominant", "利底亚属音阶"),
    "major pentatonic": ("major pentatonic", "大调五声音阶"),
    "minor pentatonic": ("minor pentatonic", "小调五声音阶"),
    "gong": ("gong pentatonic", "宫调式"), "shang": ("shang pentatonic", "商调式"),
    "jue": ("jue pentatonic", "角调式"), "zhi": ("zhi pentatonic", "徵调式"),
    "yu": ("yu pentatonic", "羽调式"), "blues": ("blues", "布鲁斯音阶"),
    "whole tone": ("whole-tone", "全音音阶"), "octatonic": ("octatonic", "八声音阶"),
    "chromatic": ("chromatic", "半音阶"),
}  # fmt: skip
SCALE_WORDS: dict[str, tuple[str, ...]] = {
    "major": ("major", "ionian", "major scale", "大调", "伊奥尼亚", "自然大调"),
    "minor": ("minor", "aeolian", "natural minor", "minor scale", "小调", "爱奥利亚", "自然小调"),
    "dorian": ("dorian", "doric", "多利亚", "多里安", "多利安"),
    "phrygian": ("phrygian", "弗里几亚", "弗里吉亚", "弗利吉亚"),
    "lydian": ("lydian", "利底亚", "吕底亚"),
    "mixolydian": ("mixolydian", "myxolydian", "mixolidian", "混合利底亚", "混合吕底亚"),
    "locrian": ("locrian", "洛克里亚", "洛克利亚"),
    "harmonic minor": ("harmonic minor", "和声小调"),
    "melodic minor": ("melodic minor", "旋律小调"),
    "phrygian dominant": ("phrygian dominant", "spanish phrygian", "freygish", "弗里几亚属"),
    "double harmonic": ("double harmonic", "byzantine scale", "双和声"),
    "hungarian minor": ("hungarian minor", "gypsy minor", "匈牙利小调"),
    "harmonic major": ("harmonic major", "和声大调"),
    "lydian dominant": ("lydian dominant", "acoustic scale", "利底亚属"),
    "major pentatonic": ("major pentatonic", "pentatonic scale", "pentatonic", "大调五声", "五声音阶"),
    "minor pentatonic": ("minor pentatonic", "小调五声"),
    "gong": ("gong mode", "gong pentatonic", "宫调式", "宫调"),
    "shang": ("shang mode", "shang pentatonic", "商调式", "商调"),
    "jue": ("jue mode", "jue pentatonic", "角调式", "角调"),
    "zhi": ("zhi mode", "zhi pentatonic", "徵调式", "徵调"),
    "yu": ("yu mode", "yu pentatonic", "羽调式", "羽调"),
    "blues": ("blues scale", "blues", "布鲁斯音阶", "布鲁斯", "蓝调音阶", "蓝调"),
    "whole tone": ("whole tone scale", "whole-tone scale", "wholetone scale", "whole tone", "全音音阶"),
    "octatonic": ("octatonic", "diminished scale", "八声音阶", "减音阶"),
    "chromatic": ("chromatic scale", "半音阶", "半音音阶"),
}  # fmt: skip
"""Scale → what people call it."""

INTERVALS: dict[str, tuple[int, int, str]] = {
    "perfect unison": (0, 0, "纯一度"), "augmented unison": (0, 1, "增一度"),
    "minor second": (1, 1, "小二度"), "major second": (1, 2, "大二度"), "augmented second": (1, 3, "增二度"),
    "diminished third": (2, 2, "减三度"), "minor third": (2, 3, "小三度"), "major third": (2, 4, "大三度"),
    "diminished fourth": (3, 4, "减四度"), "perfect fourth": (3, 5, "纯四度"),
    "augmented fourth": (3, 6, "增四度"), "diminished fifth": (4, 6, "减五度"),
    "perfect fifth": (4, 7, "纯五度"), "augmented fifth": (4, 8, "增五度"),
    "minor sixth": (5, 8, "小六度"), "major sixth": (5, 9, "大六度"), "augmented sixth": (5, 10, "增六度"),
    "diminished seventh": (6, 9, "减七度"), "minor seventh": (6, 10, "小七度"),
    "major seventh": (6, 11, "大七度"), "perfect octave": (7, 12, "纯八度"),
    "minor ninth": (8, 13, "小九度"), "major ninth": (8, 14, "大九度"), "minor tenth": (9, 15, "小十度"),
    "major tenth": (9, 16, "大十度"), "perfect eleventh": (10, 17, "纯十一度"),
    "perfect twelfth": (11, 19, "纯十二度"), "major thirteenth": (12, 21, "大十三度"),
}  # fmt: skip
"""Interval → (letters, semitones, Chinese name)."""


def spelled(tonic: str, alter: int, letters: int, semitones: int) -> str:
    """The note some letters and semitones above another: ("F", 1, 2, 3) → "A"."""
    steps = "CDEFGAB"
    letter = steps[(steps.index(tonic) + letters) % 7]
    off = (STEP_SEMITONES[tonic] + alter + semitones - STEP_SEMITONES[letter] + 6) % 12 - 6
    return letter + ("#" * off if off > 0 else "b" * -off)


def scale_notes(tonic: str, alter: int, scale: str) -> list[str]:
    """The notes of a scale.

    >>> scale_notes("D", 0, "dorian"), scale_notes("B", -1, "blues")
    (['D', 'E', 'F', 'G', 'A', 'B', 'C'], ['Bb', 'Db', 'Eb', 'Fb', 'F', 'Ab'])
    """
    return [spelled(tonic, alter, letters, semitones) for letters, semitones in SCALES[scale]]


def scale_steps(scale: str) -> list[int]:
    """The semitones between neighbours of a scale, up to the octave."""
    above = [semitones for _, semitones in SCALES[scale]]
    return [b - a for a, b in zip(above, [*above[1:], 12], strict=True)]


def relative(key: Key) -> Key:
    """The major or minor key of the same signature."""
    letters, semitones, mode = (5, 9, "minor") if key.mode == "major" else (2, 3, "major")
    name = spelled(key.tonic, key.alter, letters, semitones)
    return Key(name[0], {v: k for k, v in ALTER_NAMES.items()}[name[1:]], mode)


SCALE_NOTES: dict[str, tuple[str, str]] = {
    "major": (
        "Its third is major and its seventh a leading note.",
        "三级音是大三度，七级音是导音。",
    ),
    "minor": ("Its third, sixth and seventh are minor.", "三、六、七级音都是小的。"),
    "dorian": (
        "Much Irish, Scottish and English folk music is in it.",
        "许多爱尔兰、苏格兰和英格兰民歌用它。",
    ),
    "phrygian": (
        "The semitone above its tonic is heard in Spanish music.",
        "主音上方的半音常见于西班牙音乐。",
    ),
    "lydian": (
        "Its raised fourth makes a tritone with the tonic.",
        "升高的四级音与主音构成三全音。",
    ),
    "mixolydian": (
        "Its seventh lies a whole tone under the tonic; fiddle and pipe tunes use it.",
        "七级音比主音低全音；提琴与风笛曲常用它。",
    ),
    "locrian": (
        "Its fifth is diminished, so that it has no stable tonic chord.",
        "五级音是减五度，主和弦不稳定。",
    ),
    "harmonic minor": (
        (
            "Its raised seventh gives the dominant chord a leading note; to it from degree 6 is an augmented "
            "second."
        ),
        "升高的七级音使属和弦有导音；六级到七级是增二度。",
    ),
    "melodic minor": (
        "It is used upwards; downwards it is natural minor.",
        "上行时用；下行时用自然小调。",
    ),
    "phrygian dominant": (
        "It is the fifth mode of harmonic minor, heard in klezmer and flamenco.",
        "它是和声小调的第五个调式，见于犹太和弗拉门戈音乐。",
    ),
    "double harmonic": ("It has two augmented seconds.", "它有两个增二度。"),
    "hungarian minor": ("It has two augmented seconds.", "它有两个增二度。"),
    "harmonic major": ("It is major with a minor sixth.", "它是六级音降低的大调。"),
    "lydian dominant": ("It is the fourth mode of melodic minor.", "它是旋律小调的第四个调式。"),
    "major pentatonic": (
        "It is major without degrees 4 and 7, and has no semitones.",
        "它是没有四、七级的大调，没有半音。",
    ),
    "minor pentatonic": (
        "It is minor without degrees 2 and 6, and has no semitones.",
        "它是没有二、六级的小调，没有半音。",
    ),
    "gong": (
        "It is the first of the five Chinese modes and has the notes of major pentatonic.",
        "宫调式是五声调式之首，与大调五声音阶相同。",
    ),
    "shang": (
        "It is the second of the five Chinese modes, on the second note of gong.",
        "商调式以宫的第二个音为主音。",
    ),
    "jue": (
        "It is the third of the five Chinese modes; it has no fifth above its tonic.",
        "角调式以宫的第三个音为主音，没有五度音。",
    ),
    "zhi": (
        "It is the fourth of the five Chinese modes, frequent in folk song.",
        "徵调式以宫的第四个音为主音，民歌中常见。",
    ),
    "yu": (
        "It is the fifth of the five Chinese modes and has the notes of minor pentatonic.",
        "羽调式以宫的第五个音为主音，与小调五声音阶相同。",
    ),
    "blues": (
        "It is minor pentatonic with a lowered fifth, the blue note, beside the plain one.",
        "它是小调五声音阶加上降低的五级音（布鲁斯音）。",
    ),
    "whole tone": (
        "All its steps are whole tones, so that no note is felt as tonic.",
        "相邻音都是全音，没有明确的主音。",
    ),
    "octatonic": ("Whole tones and semitones alternate.", "全音与半音交替。"),
    "chromatic": ("It has all twelve notes, a semitone apart.", "它包括全部十二个音，相邻为半音。"),
}
"""What marks a scale; pure statements of its table or of its use."""
