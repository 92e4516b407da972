"""The examples: what people say, by what they mean, with places and values filled in.

`examples/*.txt` has headings (`== label`) and below each the ways to say it, a line each. `{bars}` and other
slots are filled from `SLOTS`, in the language of the line. A line is a family: what is made from it is never
divided between training and judging.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import random
import re
from dataclasses import dataclass
from importlib.resources import files

VARIANTS = 3
"""How many sentences are made of a line that has slots."""

SLOTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "bars": (
        ("bars 5 to 8", "bar 3", "measures 9-12", "bar seven", "the first four bars", "the last two bars", "m. 6", "bars 1-2", "these bars", "bar 12"),
        ("第5到8小节", "第3小节", "第九到十二小节", "前四小节", "最后两小节", "第七小节", "1到4小节", "这几小节"),
    ),
    "bars2": (
        ("bars 13 and 14", "bar 15", "measures 1-4", "the last four bars", "bar 16", "bars 7-8"),
        ("第13、14小节", "第15小节", "1到4小节", "最后四小节", "第16小节"),
    ),
    "bar": (
        ("bar 6", "measure 3", "bar seven", "the last bar", "bar 12", "the second bar", "m. 9"),
        ("第6小节", "第三小节", "最后一小节", "第12小节", "第二小节"),
    ),
    "part": (
        ("the B part", "the second half", "the chorus", "the ending", "part A", "the beginning", "B", "the first phrase", "the bridge", "the first section", "the opening"),
        ("B段", "后半部分", "副歌", "结尾", "A段", "开头", "第一句", "前半段", "第二段", "最后一句"),
    ),
    "part2": (("the A part", "the first half", "the verse"), ("A段", "前半部分", "主歌")),
    "key": (
        ("G", "F major", "A minor", "B flat", "E minor", "C", "D major", "Eb major", "F sharp minor", "c minor"),
        ("G大调", "F大调", "a小调", "降B大调", "e小调", "C调", "D大调", "降E调", "升f小调"),
    ),
    "tonic": (("G", "C", "B flat", "F", "A"), ("G", "C", "F", "降B", "A")),
    "interval": (
        ("a tone", "a semitone", "a third", "two steps", "a fourth", "three semitones", "a fifth", "a bit"),
        ("一个全音", "半音", "三度", "两个音", "四度", "三个半音", "五度", "一点"),
    ),
    "anint": (("a fifth", "a third", "a sixth", "an octave"), ("五度", "三度", "六度", "八度")),
    "zint": (("a fifth",), ("五度", "三度", "四度", "八度")),
    "mode": (
        ("dorian", "mixolydian", "lydian", "phrygian", "pentatonic", "harmonic minor", "aeolian"),
        ("多利亚", "混合利底亚", "利底亚", "五声", "羽", "和声小调", "弗里几亚"),
    ),
    "inst": (
        ("flute", "violin", "alto sax", "recorder", "cello", "clarinet", "tin whistle", "trumpet", "viola", "harp", "fiddle"),
        ("长笛", "小提琴", "萨克斯", "竖笛", "大提琴", "单簧管", "二胡", "小号", "古筝", "葫芦丝", "竹笛"),
    ),
    "note": (("A", "high B", "G", "the top E", "D5", "F sharp", "middle C"), ("A", "高音B", "E5", "小字二组的d", "G", "升F")),
    "note2": (("E", "D5", "the A above", "high C"), ("E", "D5", "高音C")),
    "note0": (("F sharp", "G", "C", "B", "F", "A"), ("升F", "G", "C", "B", "F", "sol")),
    "anote": (("a D", "an E", "D", "F natural", "A", "G sharp", "a B flat"), ("D", "E", "还原F", "A", "升G", "降B")),
    "ord": (("first", "second", "third", "last", "fourth"), ("第一个",)),
    "zord": (("first",), ("第一个", "第二个", "第三个", "最后一个")),
    "chord": (("Am", "D7", "G", "Em", "A", "C", "Bm7", "F"), ("Am", "D7", "G", "Em", "A", "C", "F")),
    "chord2": (("Bm", "A7", "F#m", "D", "Gmaj7", "E7"), ("Bm", "A7", "F#m", "D", "E7")),
    "chord3": (("D", "G7", "Dm"), ("D", "G7", "Dm")),
    "achord": (("an Am", "a D7", "a G chord", "an E minor chord", "a IV chord"), ("Am", "D7", "G和弦", "四级和弦")),
    "meter": (("4/4", "6/8", "3/4", "two four", "9/8", "cut time", "5/4"), ("4/4", "6/8", "3/4", "四二", "八六", "5/4")),
    "dance": (
        ("jig", "waltz", "reel", "march", "polka", "minuet", "tango", "hornpipe", "lullaby"),
        ("吉格舞曲", "圆舞曲", "进行曲", "波尔卡", "小步舞曲", "探戈", "摇篮曲", "里尔舞曲"),
    ),
    "bpm": (("96", "120", "72", "60", "140"), ("96", "120", "72", "60", "140")),
    "n": (("4", "eight", "12", "16", "two"), ("4", "八", "12", "16", "两")),
    "level": (
        ("pp", "mf", "forte", "piano", "ff", "pianissimo", "mezzo forte", "p", "f"),
        ("pp", "mf", "强", "弱", "很弱", "中强", "p", "f"),
    ),
    "theme": (
        ("the sea", "my grandmother", "spring", "a lost mitten", "friendship", "going home"),
        ("春天", "妈妈", "月亮", "小猫", "毕业", "回家"),
    ),
    "word": (("river", "love", "house"), ("春风", "月亮", "故乡")),
    "word2": (("water", "sun", "hill"), ("秋雨", "太阳", "他乡")),
    "name": (('"Harbour Lights"', "Nell's Garden", "Morning Walk", "'Blue Door'"), ("《小蚂蚁》", "月光", "《晨雾》", "山路")),
    "person": (("Mary Smith", "J. Brown", "me"), ("李明", "王老师", "我")),
    "term": (
        ("cadence", "mordent", "tie", "slur", "hemiola", "suspension", "dominant seventh", "leading note", "circle of fifths", "triplet", "fermata", "coda", "counterpoint", "picardy third", "neapolitan chord", "secondary dominant", "anacrusis", "syncopation", "minor scale", "passing note"),
        ("终止式", "波音", "连音线", "属七和弦", "导音", "五度圈", "三连音", "延长记号", "对位", "副属和弦", "弱起", "切分音", "和声小调", "经过音", "模进", "转调", "终止四六和弦"),
    ),
    "term2": (("turn", "slur", "half cadence", "phrase", "motif"), ("回音", "圆滑线", "半终止", "乐句", "动机")),
}  # fmt: skip
"""What slots stand for, in English and in Chinese."""


@dataclass(frozen=True)
class Example:
    """A sentence, what it means, its language, and the line that it was made of."""

    label: str
    language: str
    text: str
    family: int


def lines() -> list[tuple[str, str]]:
    """(label, line) of every line of every file, in the order of names and lines."""
    found = []
    folder = files("chat.understand.guess").joinpath("examples")
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        label = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("== "):
                label = line[3:].strip()
            elif line.strip() and not line.startswith("#"):
                assert label, f"a sentence before any heading in {file.name}"
                found.append((label, line.strip()))
    return found


def examples() -> list[Example]:
    """Every example, slots filled: the same ones each time."""
    found = []
    for family, (label, line) in enumerate(lines()):
        language = "zh" if re.search(r"[\u4e00-\u9fff]", line) else "en"
        said = [_filled(line, language, f"{label} {line} {n}") for n in range(VARIANTS)]
        found += [Example(label, language, text, family) for text in dict.fromkeys(said)]
    return found


def _filled(line: str, language: str, seed: str) -> str:
    pick = random.Random(seed)
    return re.sub(r"\{(\w+)\}", lambda m: pick.choice(SLOTS[m[1]][language == "zh"]), line)
