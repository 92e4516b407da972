"""Musical terms in English and Chinese, and how bars, pitches, keys and lengths are said.

Every term that a fact can hold stands in a table here; a test asks for all of them. English is
British-American mixed usage of schools: bar, quarter note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

KEY_MODES = {
    "major": "大调", "minor": "小调", "dorian": "多利亚调式", "phrygian": "弗里几亚调式",
    "lydian": "利底亚调式", "mixolydian": "混合利底亚调式", "locrian": "洛克利亚调式",
}  # fmt: skip
SCALES = {
    **KEY_MODES, "major": "自然大调音阶", "natural minor": "自然小调音阶", "harmonic minor": "和声小调音阶",
    "melodic minor": "旋律小调音阶", "blues": "布鲁斯音阶", "major pentatonic": "大调五声音阶",
    "minor pentatonic": "小调五声音阶", "suspended pentatonic": "五声音阶", "jue pentatonic": "五声音阶",
    "zhi pentatonic": "五声音阶",
}  # fmt: skip
CHINESE_MODES = {"gong": "宫", "shang": "商", "jue": "角", "zhi": "徵", "yu": "羽"}
RELATIONS = {
    "dominant": "属调", "subdominant": "下属调", "relative minor": "关系小调", "relative major": "关系大调",
    "parallel minor": "同主音小调", "parallel major": "同主音大调", "supertonic minor": "上主音小调",
    "mediant minor": "中音小调", "minor dominant": "属小调", "minor subdominant": "下属小调",
    "submediant": "下中音调", "subtonic": "下主音调",
}  # fmt: skip
FORMS = {
    "song form": "歌曲体", "binary": "二部曲式", "rondo": "回旋曲式", "through-composed": "通谱体",
    "one-part": "一部曲式", "strophic": "单一段落反复", "ternary": "三部曲式", "alternating": "两段交替",
    "bar form": "巴歌体", "multi-part": "多段体", "mixed": "混合曲式",
}  # fmt: skip
SHAPES = {
    "arch": "拱形",
    "inverted arch": "倒拱形",
    "rising": "上行",
    "falling": "下行",
    "level": "平稳",
}
CADENCES = {
    "perfect authentic": ("a perfect authentic cadence", "完满正格终止"),
    "imperfect authentic": ("an imperfect authentic cadence", "不完满正格终止"),
    "half": ("a half cadence", "半终止"), "plagal": ("a plagal cadence", "变格终止"),
    "deceptive": ("a deceptive cadence", "阻碍终止"), "modal": ("a modal cadence", "调式终止"),
    "tonic": ("the tonic chord", "主和弦"), "melodic tonic": ("the tonic note", "主音"),
    "melodic leading tone": ("an open ending that asks for the tonic", "期待主音的开放结尾"),
    "melodic dominant": ("an open ending on the dominant", "停在属音上的开放结尾"),
    "melodic third": ("the third of the key", "调的三音"), "open": ("an open ending", "开放的结尾"),
}  # fmt: skip
LIKENESS = {
    "same": ("is the same as", "与{}相同"), "varied": ("is a variation of", "是{}的变化重复"),
    "transposed": ("has the shape of {} from another note:", "是{}的移位"),
    "same rhythm": ("has the rhythm of", "与{}节奏相同"),
}  # fmt: skip
ACCIDENTALS = {
    "leading tone": ("a leading tone that rises to the tonic", "向上进行到主音的导音"),
    "melodic minor": ("the raised sixth of melodic minor", "旋律小调升高的六级音"),
    "secondary dominant": ("a note of a secondary dominant", "副属和弦的和弦音"),
    "chromatic passing tone": ("a chromatic passing tone", "半音经过音"),
    "chromatic neighbour": ("a chromatic neighbour", "半音辅助音"),
    "chromatic approach": ("a chromatic approach to the next note", "引向下一个音的半音"),
    "borrowed": ("a note borrowed from the parallel mode", "借自同主音调的音"),
    "blue note": ("a blue note", "布鲁斯音"), "altered": ("an altered note", "变化音"),
}  # fmt: skip
HARD = {
    "wide range": "音域宽", "many signs": "调号升降多", "accidentals": "临时变音多", "wide leaps": "大跳",
    "quick notes": "快速音符", "syncopation": "切分", "triplets": "三连音", "several notes at once": "多音同时出现",
}  # fmt: skip
STYLES = {
    "jig": "吉格舞曲", "slip jig": "滑步吉格", "slide": "slide舞曲", "reel": "里尔舞曲", "hornpipe": "号笛舞曲",
    "strathspey": "斯特拉斯佩舞曲", "march": "进行曲", "polka": "波尔卡", "waltz": "圆舞曲", "mazurka": "玛祖卡",
    "minuet": "小步舞曲", "hymn": "圣歌", "song": "歌曲",
}  # fmt: skip
STYLE_REASONS = {
    "meter": "拍号", "running threes": "连续的三音组", "skipping beats": "长短相间的拍", "running notes": "连续快速音",
    "even notes": "均匀的音符", "dotted notes": "附点音符", "triplets": "三连音", "firm closing beats": "稳固的收束拍",
    "Scotch snaps": "苏格兰短长节奏", "plain beats": "一拍一音", "few running notes": "少有快速音",
    "two or three notes a beat": "一拍两三个音", "chords": "和弦", "several voices": "多个声部",
    "many chords": "和弦密集", "words": "歌词", "no repeats": "没有反复",
}  # fmt: skip
CELLS = {
    "dotted": "附点节奏", "Scotch snap": "短长倒附点节奏", "long–short–short": "前长后短短",
    "short–short–long": "短短长",
    "short–long–short": "小切分", "four equal notes": "四个均等音", "two equal notes": "两个均等音",
    "three equal notes": "三个均等音", "long–short in three": "三分拍的长短", "short–long in three": "三分拍的短长",
    "dotted group of three": "附点三音组", "": "混合节奏",
}  # fmt: skip
_NUMBERS_ZH = {"unison": "一度", "second": "二度", "third": "三度", "fourth": "四度", "fifth": "五度",
               "sixth": "六度", "seventh": "七度", "octave": "八度", "ninth": "九度", "tenth": "十度",
               "eleventh": "十一度", "twelfth": "十二度", "thirteenth": "十三度", "fourteenth": "十四度",
               "double octave": "两个八度"}  # fmt: skip
_KINDS_ZH = {"perfect": "纯", "major": "大", "minor": "小", "augmented": "增", "diminished": "减"}
LENGTHS = {
    "1": ("whole note", "全音符"), "1/2": ("half note", "二分音符"), "1/4": ("quarter note", "四分音符"),
    "1/8": ("eighth note", "八分音符"), "1/16": ("sixteenth note", "十六分音符"),
    "1/32": ("thirty-second note", "三十二分音符"), "3/2": ("dotted whole note", "附点全音符"),
    "3/4": ("dotted half note", "附点二分音符"), "3/8": ("dotted quarter note", "附点四分音符"),
    "3/16": ("dotted eighth note", "附点八分音符"), "3/32": ("dotted sixteenth note", "附点十六分音符"),
    "1/12": ("triplet eighth note", "三连音八分音符"), "1/6": ("triplet quarter note", "三连音四分音符"),
    "1/24": ("triplet sixteenth note", "三连音十六分音符"), "2": ("double whole note", "倍全音符"),
}  # fmt: skip


def signs(text: str) -> str:
    """Note and chord names with musical signs.

    >>> signs("F#4"), signs("Bbb"), signs("Ebm7")
    ('F♯4', 'B♭♭', 'E♭m7')
    """
    return re.sub(r"(?<=[A-G])bb?(?!l)", lambda m: "♭" * len(m[0]), text.replace("#", "♯"))


def pitch(language: str, name: str) -> str:
    """A pitch or note name: F♯4; in Chinese 升F4."""
    if language == "en":
        return signs(name)
    match = re.match(r"([A-G])(##|bb|#|b)?(.*)", name)
    if match is None:
        return name
    sign = {"#": "升", "b": "降", "##": "重升", "bb": "重降", None: ""}[match[2]]
    return f"{sign}{match[1]}{match[3]}"


def key(language: str, name: str) -> str:
    """A key by its English name ("Bb minor"): B♭ minor; 降B小调."""
    tonic, _, mode = name.partition(" ")
    if name == "no key":
        return name if language == "en" else "无调"
    return f"{signs(tonic)} {mode}" if language == "en" else pitch("zh", tonic) + KEY_MODES[mode]


def interval(language: str, name: str) -> str:
    """An interval by its English name, with its article in English."""
    if "semitones" in name:
        return name if language == "en" else name.replace(" semitones", "个半音")
    if language == "en":
        return f"{'an' if name[0] in 'aeiou' and name != 'unison' else 'a'} {name}"
    if name == "tritone":
        return "三全音"
    kind, _, number = ("", "", name) if name == "double octave" else name.rpartition(" ")
    return (_KINDS_ZH[kind] if kind else "") + _NUMBERS_ZH[number]


def length(language: str, value: str) -> str:
    """A note length: "3/8" → dotted quarter note; others as fractions of a whole note."""
    known = LENGTHS.get(value)
    if known:
        return known[language == "zh"]
    return f"note of {value} of a whole note" if language == "en" else f"{value}个全音符长的音"


def bars(language: str, numbers: Iterable[int]) -> str:
    """Bars as people say them: "bar 3", "bars 1–3, 5 and 9"; 第1—3、5小节.

    >>> bars("en", [1, 2, 3, 5]), bars("zh", [4])
    ('bars 1–3 and 5', '第4小节')
    """
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    dash = "–" if language == "en" else "—"
    parts = [str(r[0]) if len(r) == 1 else f"{r[0]}{dash}{r[-1]}" for r in runs]
    shown, more = parts[:6], sum(len(r) for r in runs[6:])
    if language == "zh":
        return "第" + "、".join(shown) + "小节" + (f"等（另有{more}小节）" if more else "")
    word = "bar" if len(runs) == 1 and len(runs[0]) == 1 else "bars"
    if more:
        return f"{word} {', '.join(shown)} and {more} more"
    return (
        f"{word} {', '.join(shown[:-1])} and {shown[-1]}"
        if len(shown) > 1
        else (f"{word} {shown[0]}" if shown else "no bar")
    )


def listed(language: str, items: Iterable[str]) -> str:
    """a, b and c; a、b和c."""
    found = list(items)
    if len(found) < 2:
        return "".join(found)
    comma, last = (", ", " and ") if language == "en" else ("、", "和")
    return comma.join(found[:-1]) + last + found[-1]


def article(noun: str) -> str:
    """A noun with a or an."""
    return f"{'an' if noun[:1].lower() in 'aeiou' else 'a'} {noun}"


def times(count: int) -> str:
    """once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def plural(count: int, noun: str) -> str:
    """1 note, 2 notes."""
    return f"{count} {noun}" + ("" if count == 1 else "es" if noun.endswith("ch") else "s")
