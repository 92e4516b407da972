"""The words by which people ask for musical properties, in English and Chinese, as complete tables.

Tables, not branches: adding a word is adding an entry. English words are matched as whole words in
lower case, Chinese ones anywhere. Longer entries win over shorter ones.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from functools import cache

MODES: dict[str, tuple[str, ...]] = {
    "major": ("major", "maj", "dur", "ionian", "大调", "宫调", "宫调式", "大調", "伊奥尼亚"),
    "minor": ("minor", "min", "moll", "aeolian", "natural minor", "harmonic minor", "melodic minor",
              "小调", "羽调", "羽调式", "小調", "和声小调", "旋律小调", "爱奥利亚"),
    "dorian": ("dorian", "多利亚", "商调", "商调式", "多里安"),
    "phrygian": ("phrygian", "弗里几亚", "角调", "角调式", "弗里吉亚"),
    "lydian": ("lydian", "利底亚", "吕底亚"),
    "mixolydian": ("mixolydian", "mixo", "混合利底亚", "徵调", "徵调式", "混合吕底亚"),
    "locrian": ("locrian", "洛克里亚"),
}  # fmt: skip

CHINESE_MODES = {"宫": "major", "商": "dorian", "角": "phrygian", "徵": "mixolydian", "羽": "minor"}
"""The five modes of Chinese tradition: their scale is pentatonic unless 清乐, 雅乐 or 燕乐 is said."""

SCALES: dict[str, tuple[str, ...]] = {
    "pentatonic": ("pentatonic", "five-note scale", "five note scale", "chinese-style",
                   "chinese style", "五声", "五声音阶", "五声调式", "中国风", "古风", "民族调式"),
    "blues": ("blues scale", "bluesy", "blue notes", "布鲁斯音阶", "蓝调音阶"),
    "harmonic minor": ("harmonic minor", "和声小调"),
    "melodic minor": ("melodic minor", "旋律小调"),
    "whole tone": ("whole tone scale", "whole-tone scale", "whole-tone", "全音阶"),
    "diatonic": ("diatonic", "white keys", "white notes", "no accidentals", "without accidentals",
                 "no chromatic notes", "no chromaticism", "no sharps or flats", "no flats or sharps",
                 "no sharps", "无变化音", "没有变化音", "没有升降", "不要升降", "不带升降",
                 "无升降", "不用黑键", "只用白键", "白键", "自然音阶", "不要变化音", "没有临时记号",
                 "不要临时记号", "不要临时升降号", "任何临时", "不写临时", "不用临时记号", "不出现临时", "没有任何升降", "不要任何升降", "没有临时升降号", "不带临时升降", "无临时升降号", "不要升降号"),
    "chromatic": ("chromatic", "with accidentals", "chromaticism", "半音阶", "变化音"),
}  # fmt: skip

TEMPO_FEEL: dict[str, tuple[str, ...]] = {
    "slow": ("slow", "slowly", "very slow", "calm", "peaceful", "gentle", "relaxed", "tranquil",
             "sleepy", "solemn", "stately", "dignified", "majestic", "adagio", "largo", "lento", "andante", "larghetto", "grave",
             "慢", "缓慢", "舒缓", "慢板", "慢速", "安静", "宁静", "平静", "柔板", "行板", "庄严"),
    "fast": ("fast", "quick", "lively", "rapid", "brisk", "up-tempo", "uptempo", "energetic",
             "upbeat", "driving", "allegro", "vivace", "presto", "prestissimo", "brisk", "spirited", "exciting",
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
            "wistful", "tragic", "grief", "grieving", "tearful", "haunting", "mysterious", "nostalgic",
            "moody", "rain", "rainy", "farewell", "goodbye", "funeral", "heartbreak", "heartbroken",
            "homesick", "missing you", "miss you", "lost", "spooky", "creepy", "halloween", "eerie",
            "winter", "autumn", "bittersweet", "lament", "died", "passed away",
            "悲伤", "忧伤", "忧郁", "伤感", "哀伤", "哀愁", "孤独", "凄凉", "思乡", "乡愁", "思念",
            "离别", "告别", "神秘", "悲", "愁", "雨夜", "失恋", "寂寞", "怀念", "秋雨", "难过"),
    "angry": ("angry", "fierce", "stormy", "storm", "battle", "war", "dramatic", "intense", "boss fight",
              "villain", "愤怒", "激烈", "暴风雨", "战斗", "战争", "紧张"),
    "happy": ("happy", "cheerful", "joyful", "merry", "bright", "sunny", "playful", "jolly", "glad",
              "festive", "celebration", "birthday", "celebrate", "party", "wedding", "fun", "funny",
              "silly", "summer", "spring", "victory", "triumphant", "excited", "puppy", "dance around",
              "bouncy", "cheery", "joy", "快乐", "欢乐", "高兴", "喜庆", "明亮", "愉快", "开心",
              "欢快", "生日", "阳光", "婚礼", "庆祝", "过年", "春节", "新年", "春天", "热闹", "俏皮",
              "胜利", "可爱", "喜悦"),
    "calm": ("calm", "peaceful", "gentle", "tender", "dreamy", "soft", "quiet", "sweet", "serene",
             "relaxing", "relaxed", "soothing", "sleepy", "bedtime", "meditation", "meditative",
             "moonlight", "evening", "sunset", "dusk", "river", "floating", "snow", "snowfall", "lake",
             "love", "romantic", "宁静", "温柔", "安静", "柔和", "优美", "抒情", "梦幻", "甜美",
             "月光", "月夜", "夜晚", "睡前", "黄昏", "夕阳", "小河", "湖", "放松", "舒缓", "雪", "恬静",
             "爱情", "浪漫", "思绪"),
}  # fmt: skip
"""Words from which listeners expect a mode and a pace; what each stands for is in `act.plan`."""

GENRES: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "blues": ({"scale": "blues", "progression": "I7 I7 I7 I7 IV7 IV7 I7 I7 V7 IV7 I7 V7", "bars": "12",
               "meter": "4/4"}, ("blues", "12-bar blues", "twelve-bar blues", "布鲁斯", "蓝调")),
    "pop": ({"rhythm": "song", "progression": "I V vi IV", "form": "ABAB"},
            ("pop", "pop song", "流行", "流行歌", "流行歌曲", "流行音乐")),
    "rock": ({"meter": "4/4", "progression": "I bVII IV I"}, ("rock", "rock song", "摇滚")),
    "country": ({"rhythm": "song", "chords": "I IV V"}, ("country", "country song", "乡村音乐", "乡村歌曲")),
    "jazz": ({"meter": "4/4", "progression": "Imaj7 vi7 ii7 V7", "form": "AABA"},
             ("jazz", "jazzy", "swing tune", "swing feel", "swing 感", "swing style", "swing number", "rhythm changes", "爵士", "摇摆乐")),
    "bossa nova": ({"meter": "4/4", "progression": "Imaj7 Imaj7 ii7 V7"}, ("bossa", "bossa nova", "波萨诺瓦")),
    "irish": ({"style": "jig reel"}, ("irish", "celtic", "ceilidh", "爱尔兰", "凯尔特")),
    "scottish": ({"style": "strathspey reel air"}, ("scottish", "highland", "苏格兰")),
    "chinese": ({"scale": "pentatonic", "style": "folk song"},
                ("chinese", "guofeng", "中国风", "古风", "国风", "民乐", "江南", "戏曲", "云南", "民族风", "陕北", "东北民歌", "新疆", "傣族", "藏族", "西藏",
                 "蒙古", "苗族", "彝族", "壮族", "侗族", "维吾尔", "少数民族", "草原", "水乡", "山歌", "秧歌", "信天游", "花鼓", "采茶", "京剧", "昆曲",
                 "闽南", "客家", "台湾民谣", "过年", "春节", "元宵", "庙会", "舞龙", "舞狮", "chinese new year", "lunar new year",
                 "spring festival", "peking opera")),
    "latin": ({"meter": "4/4", "figures": "syncopation"},
              ("latin", "salsa", "samba", "mambo", "rumba", "cha-cha", "cha cha", "calypso", "afro-cuban", "拉丁", "桑巴", "恰恰",
               "伦巴", "萨尔萨", "曼波")),
    "fanfare": ({"meter": "4/4", "mode": "major", "scale": "overtones", "figures": "dotted"},
                ("fanfare", "fanfares", "bugle call", "号角", "开场号", "礼号")),
    "procession": ({"meter": "4/4", "tempo": "slow", "mode": "major"},
                   ("procession", "processional", "recessional", "wedding entrance", "walk down the aisle", "bridal entrance",
                    "婚礼入场", "新娘入场", "走红毯")),
    "sonatina": ({"meter": "4/4"}, ("sonatina", "sonata", "小奏鸣曲", "奏鸣曲")),
    "japanese": ({"scale": "pentatonic", "mode": "minor"}, ("japanese", "日本", "和风")),
    "medieval": ({"mode": "dorian", "chords": "no"}, ("medieval", "gregorian", "plainchant", "中世纪")),
    "renaissance": ({"mode": "dorian"}, ("renaissance", "tavern", "文艺复兴")),
    "baroque": ({"style": "minuet gavotte bourree"}, ("baroque", "bach-like", "like bach", "style of bach", "bach style", "巴赫", "巴洛克")),
    "classical": ({"style": "minuet"}, ("classical", "like mozart", "古典")),
    "klezmer": ({"mode": "phrygian"}, ("klezmer",)),
    "flamenco": ({"mode": "phrygian"}, ("flamenco", "spanish", "弗拉门戈", "西班牙")),
    "christmas": ({"rhythm": "carol"}, ("christmas", "xmas", "noel", "圣诞", "圣诞节")),
    "church": ({"rhythm": "hymn"}, ("church", "worship", "教堂", "礼拜")),
    "game": ({"meter": "4/4", "tempo": "fast"}, ("video game", "8-bit", "8 bit", "chiptune", "platformer",
                                                 "游戏音乐", "游戏")),
    "bedtime": ({"rhythm": "lullaby", "mode": "major", "tempo": "slow"}, ("bedtime", "fall asleep", "go to sleep", "哄睡", "睡觉", "入睡", "哄娃", "哄宝宝", "哄孩子", "to sleep", "newborn")),
    "military": ({"rhythm": "march"}, ("military", "parade", "marching band", "阅兵", "军队", "军歌", "army song")),
    "sailors": ({"rhythm": "shanty"}, ("sailor song", "pirate", "pirates", "海盗")),
}  # fmt: skip
"""Kinds of music that are no dance: what each implies (only what nobody said otherwise), and its words."""

INSTRUMENTS: dict[str, tuple[int, str, str, tuple[str, ...]]] = {
    # General MIDI program (from 0), lowest and highest comfortable note in ABC, words
    "piano": (0, "A,", "a'", ("piano", "pianist", "keyboard", "钢琴", "電子琴", "电子琴")),
    "harpsichord": (6, "A,", "g'", ("harpsichord", "大键琴", "羽管键琴")),
    "glockenspiel": (9, "G", "c''", ("glockenspiel", "chime bars", "钟琴", "铝板琴")),
    "steel pan": (114, "C", "c''", ("steel pan", "steel pans", "steel drum", "steel drums", "steelpan", "steel band", "钢鼓")),
    "music box": (10, "G", "c''", ("music box", "八音盒")),
    "marimba": (12, "C", "c''", ("marimba", "马林巴")),
    "xylophone": (13, "G", "c''", ("xylophone", "木琴")),
    "handbells": (14, "C", "c''", ("handbells", "hand bells", "手铃")),
    "organ": (19, "C,", "c''", ("organ", "organist", "管风琴")),
    "accordion": (21, "G,", "c'", ("accordion", "concertina", "melodeon", "手风琴")),
    "harmonica": (22, "C", "c''", ("harmonica", "mouth organ", "口琴")),
    "guitar": (24, "E,", "e", ("guitar", "guitarist", "吉他")),
    "ukulele": (24, "C", "a", ("ukulele", "uke", "尤克里里", "乌克丽丽")),
    "mandolin": (25, "G,", "b", ("mandolin", "曼陀林")),
    "violin": (40, "G,", "b", ("violin", "fiddle", "violinist", "fiddler", "小提琴")),
    "erhu": (40, "D", "d'", ("erhu", "二胡")),
    "viola": (41, "C,", "e", ("viola", "violist", "中提琴")),
    "cello": (42, "C,,", "A", ("cello", "cellist", "violoncello", "大提琴")),
    "double bass": (43, "E,,", "G", ("double bass", "contrabass", "upright bass", "低音提琴")),
    "harp": (46, "C,", "c''", ("harp", "竖琴")),
    "voice": (52, "C", "e", ("voice", "singer", "soprano", "children's choir", "a cappella", "sopranos",
                             "人声", "女声", "男声", "演唱", "童声")),
    "trumpet": (56, "G,", "a", ("trumpet", "cornet", "flugelhorn", "小号", "短号")),
    "tenor horn": (60, "A,,", "e", ("tenor horn", "alto horn", "次中音号")),
    "trombone": (57, "E,,", "F", ("trombone", "长号")),
    "euphonium": (58, "E,,", "F", ("euphonium", "baritone horn", "上低音号")),
    "tuba": (58, "E,,,", "F,", ("tuba", "大号")),
    "brass": (61, "E,", "f", ("brass", "brass band", "brass section", "brass instruments", "铜管", "铜管乐", "铜管乐队")),
    "horn": (60, "C,", "e", ("french horn", "horn in f", "horn player", "圆号", "法国号")),
    "saxophone": (65, "C", "f'", ("saxophone", "sax", "alto sax", "tenor sax", "alto saxophone", "tenor saxophone", "soprano sax", "萨克斯")),
    "oboe": (68, "C", "d'", ("oboe", "oboist", "双簧管")),
    "bassoon": (70, "C,,", "G", ("bassoon", "巴松", "大管")),
    "clarinet": (71, "E,", "c'", ("clarinet", "clarinettist", "单簧管", "黑管")),
    "piccolo": (72, "D", "c''", ("piccolo", "短笛")),
    "flute": (73, "C", "c''", ("flute", "flutist", "flautist", "长笛")),
    "dizi": (73, "A,", "a'", ("dizi", "bamboo flute", "笛子", "竹笛")),
    "recorder": (74, "C", "d'", ("recorder", "descant recorder", "竖笛", "直笛")),
    "alto recorder": (74, "F", "g'", ("alto recorder", "treble recorder", "中音竖笛", "次中音竖笛")),
    "hulusi": (75, "G", "a", ("hulusi", "葫芦丝", "巴乌")),
    "yangqin": (15, "C", "c''", ("yangqin", "hammered dulcimer", "dulcimer", "扬琴")),
    "ruan": (105, "C,", "e", ("ruan", "zhongruan", "中阮", "月琴", "柳琴")),
    "xiao": (75, "D", "d'", ("xiao", "洞箫", "箫")),
    "tin whistle": (78, "D", "b", ("tin whistle", "whistle", "penny whistle", "锡笛", "哨笛")),
    "ocarina": (79, "A,", "f", ("ocarina", "陶笛")),
    "banjo": (105, "C", "a", ("banjo", "班卓琴")),
    "pipa": (106, "A,", "e'", ("pipa", "琵琶")),
    "guzheng": (107, "D,", "d'", ("guzheng", "koto", "古筝", "古琴")),
    "kalimba": (108, "C", "e'", ("kalimba", "卡林巴", "拇指琴")),
    "bagpipe": (109, "G", "a", ("bagpipe", "bagpipes", "pipes", "piper", "风笛")),
    "suona": (111, "A,", "c'", ("suona", "唢呐")),
}  # fmt: skip

ENSEMBLES: dict[str, tuple[int, tuple[int, ...], tuple[str, ...]]] = {
    # number of voices, General MIDI programs from the top, words
    "choir": (4, (52,), ("satb", "choir", "chorale", "four-part harmony", "four part harmony",
                         "four-part", "4-part", "four part", "4 part", "four voices", "4 voices",
                         "in four parts", "four-voice", "4-voice", "mixed choir", "四部", "四声部", "四部合唱", "混声合唱", "合唱")),
    "string quartet": (4, (40, 40, 41, 42), ("string quartet", "弦乐四重奏")),
    "quartet": (4, (), ("quartet", "四重奏")),
    "three voices": (3, (), ("three-part", "3-part", "three part", "3 part", "three voices", "trio", "ssa",
                             "三声部", "三部", "三重奏", "三重唱")),
    "two voices": (2, (), ("two-voice", "2-voice", "two-part", "2-part", "two part", "2 part", "two-part invention", "invention", "创意曲", "two voices", "2 voices", "duet", "duo",
                           "in two parts", "second voice", "second part", "harmony line", "with a descant", "and descant",
                           "两个声部", "二声部", "双声部", "两声部", "二部", "二重奏", "二重唱", "重唱")),
}  # fmt: skip
BASS_CLEF = frozenset(("cello", "double bass", "trombone", "tuba", "bassoon", "euphonium"))
"""Instruments that read the bass clef."""
READS_ALTO = frozenset(("viola",))
CHINESE_PLAYERS = frozenset(
    ("erhu", "dizi", "hulusi", "yangqin", "ruan", "xiao", "pipa", "guzheng", "suona")
)
"""Instruments that play five notes where nobody says otherwise."""
LEFT_HAND = ("left hand", "both hands", "two hands", "left-hand", "with a bass line", "bass line",
             "左手", "左右手", "双手", "两只手", "低音伴奏", "低音声部")  # fmt: skip
"""Words that ask for a bass below the tune, made from its chords."""

NOTE_NAMES: dict[str, tuple[str, ...]] = {
    "1/1": ("whole", "semibreve", "全音符"),
    "3/4": ("dotted half", "dotted minim", "附点二分音符"),
    "1/2": ("half", "minim", "二分音符"),
    "3/8": ("dotted quarter", "dotted crotchet", "附点四分音符"),
    "1/4": ("quarter", "crotchet", "四分音符"),
    "3/16": ("dotted eighth", "dotted quaver", "附点八分音符"),
    "1/8": ("eighth", "8th", "quaver", "八分音符"),
    "1/16": ("sixteenth", "16th", "semiquaver", "十六分音符"),
}  # fmt: skip


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


def range_of(instrument: str) -> tuple[int, int]:
    """MIDI numbers of an instrument's lowest and highest comfortable notes.

    >>> range_of("violin")
    (55, 83)
    """
    _, low, high, _ = INSTRUMENTS[instrument]
    return _midi(low), _midi(high)


def _midi(name: str) -> int:
    own = 60 + (0, 2, 4, 5, 7, 9, 11)["CDEFGAB".index(name[0].upper())] + 12 * name[0].islower()
    return own + 12 * (name.count("'") - name.count(","))
