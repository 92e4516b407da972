"""The words by which people ask for musical properties, in English and Chinese, as complete tables.

Tables, not branches: adding a word is adding an entry. English words are matched as whole words in
lower case, Chinese ones anywhere. Longer entries win over shorter ones.
"""

from __future__ import annotations

import re
from functools import cache

MODES: dict[str, tuple[str, ...]] = {
    "major": ("major", "maj", "dur", "ionian", "大调", "宫调", "宫调式", "大調"),
    "minor": ("minor", "min", "moll", "aeolian", "natural minor", "harmonic minor", "melodic minor",
              "小调", "羽调", "羽调式", "小調", "和声小调", "旋律小调"),
    "dorian": ("dorian", "多利亚", "商调", "商调式", "多里安"),
    "phrygian": ("phrygian", "弗里几亚", "角调", "角调式", "弗里吉亚"),
    "lydian": ("lydian", "利底亚", "吕底亚"),
    "mixolydian": ("mixolydian", "混合利底亚", "徵调", "徵调式", "混合吕底亚"),
    "locrian": ("locrian", "洛克里亚"),
}  # fmt: skip

TEMPO_FEEL: dict[str, tuple[str, ...]] = {
    "slow": ("slow", "slowly", "very slow", "calm", "peaceful", "gentle", "relaxed", "tranquil",
             "sleepy", "solemn", "adagio", "largo", "lento", "andante", "larghetto", "grave",
             "慢", "缓慢", "舒缓", "慢板", "慢速", "安静", "宁静", "平静", "柔板", "行板", "庄严"),
    "fast": ("fast", "quick", "lively", "rapid", "brisk", "up-tempo", "uptempo", "energetic",
             "upbeat", "driving", "allegro", "vivace", "presto", "brisk", "spirited", "exciting",
             "快", "快速", "欢快", "轻快", "活泼", "快板", "急板", "激动", "热烈", "热闹"),
    "medium": ("moderate", "moderato", "medium tempo", "walking pace", "中速", "中板", "适中"),
}  # fmt: skip

TEMPO_WORDS: dict[str, tuple[str, ...]] = {
    "slow": ("slow", "slowly", "adagio", "largo", "lento", "andante", "larghetto", "慢", "慢板", "慢速"),
    "fast": ("fast", "quick", "quickly", "rapid", "allegro", "vivace", "presto", "快", "快板", "快速"),
    "medium": ("moderate", "moderato", "medium", "中速", "中板"),
}  # fmt: skip
"""Words that name a tempo and nothing else; `TEMPO_FEEL` has those that imply one, too."""

MOODS: dict[str, tuple[str, ...]] = {
    "sad": ("sad", "melancholy", "melancholic", "mournful", "sorrowful", "gloomy", "lonely", "dark",
            "wistful", "tragic", "grief", "tearful", "haunting", "mysterious", "nostalgic",
            "moody", "rainy", "farewell", "悲伤", "忧伤", "忧郁", "伤感", "哀伤", "孤独", "凄凉",
            "思乡", "离别", "神秘", "悲", "愁"),
    "happy": ("happy", "cheerful", "joyful", "merry", "bright", "sunny", "playful", "jolly", "glad",
              "festive", "celebration", "birthday", "快乐", "欢乐", "高兴", "喜庆", "明亮", "愉快",
              "开心", "欢快", "生日", "阳光"),
    "calm": ("calm", "peaceful", "gentle", "tender", "dreamy", "soft", "quiet", "sweet", "serene",
             "宁静", "温柔", "安静", "柔和", "优美", "抒情", "梦幻", "甜美"),
}  # fmt: skip

INSTRUMENTS: dict[str, tuple[int, str, str, tuple[str, ...]]] = {
    # General MIDI program (from 0), lowest and highest comfortable note in ABC, words
    "piano": (0, "A,", "a'", ("piano", "keyboard", "钢琴")),
    "flute": (73, "C", "c''", ("flute", "长笛")),
    "recorder": (74, "C", "d'", ("recorder", "descant recorder", "竖笛", "直笛")),
    "tin whistle": (78, "D", "b", ("tin whistle", "whistle", "penny whistle", "锡笛", "哨笛")),
    "dizi": (73, "A,", "a'", ("dizi", "bamboo flute", "笛子", "竹笛")),
    "violin": (40, "G,", "b", ("violin", "fiddle", "小提琴")),
    "erhu": (40, "D", "d'", ("erhu", "二胡")),
    "viola": (41, "C,", "e", ("viola", "中提琴")),
    "cello": (42, "C,", "c", ("cello", "大提琴")),
    "guitar": (24, "E,", "e", ("guitar", "吉他")),
    "guzheng": (107, "D,", "d'", ("guzheng", "古筝")),
    "clarinet": (71, "E,", "c'", ("clarinet", "单簧管")),
    "oboe": (68, "C", "d'", ("oboe", "双簧管")),
    "trumpet": (56, "G,", "a", ("trumpet", "小号")),
    "saxophone": (65, "C", "f'", ("saxophone", "sax", "萨克斯")),
    "accordion": (21, "G,", "c'", ("accordion", "手风琴")),
    "harp": (46, "C,", "c''", ("harp", "竖琴")),
    "organ": (19, "C,", "c''", ("organ", "管风琴")),
    "banjo": (105, "C", "a", ("banjo", "班卓琴")),
    "bagpipe": (109, "G", "a", ("bagpipe", "bagpipes", "pipes", "风笛")),
    "voice": (52, "C", "e", ("voice", "choir", "singer", "soprano", "人声", "女声", "男声", "演唱")),
}  # fmt: skip

NOTE_NAMES: dict[str, tuple[str, ...]] = {
    "1/1": ("whole", "semibreve", "全音符"),
    "1/2": ("half", "minim", "二分音符"),
    "1/4": ("quarter", "crotchet", "四分音符"),
    "1/8": ("eighth", "quaver", "八分音符"),
    "1/16": ("sixteenth", "semiquaver", "十六分音符"),
}


@cache
def _pattern(word: str) -> re.Pattern[str]:
    escaped = re.escape(word)
    return re.compile(rf"(?<![a-z]){escaped}(?![a-z])" if word.isascii() else escaped)


def mentions(text: str, word: str) -> re.Match[str] | None:
    """Where lower-case `text` has `word`: a whole word in English, anywhere in Chinese."""
    return _pattern(word).search(text)


def find(text: str, table: dict[str, tuple[str, ...]]) -> tuple[str, int] | None:
    """The entry whose longest word occurs in `text`, with its place; None if none does.

    >>> find("a song in d dorian please", MODES)
    ('dorian', 12)
    """
    best: tuple[int, int, str] | None = None
    for name, words in table.items():
        for word in (*words, name):
            match = mentions(text, word)
            if match and (best is None or (-len(word), match.start()) < best[:2]):
                best = (-len(word), match.start(), name)
    return None if best is None else (best[2], best[1])


def find_all(text: str, table: dict[str, tuple[str, ...]]) -> list[str]:
    """Every entry of which a word occurs in `text`, in the table's order."""
    return [
        name
        for name, words in table.items()
        if any(mentions(text, word) for word in (*words, name))
    ]
