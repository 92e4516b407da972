"""Requests in English and Chinese words for a tune with given properties: the varied half of the
training prompts.

Every word is derived from the tune's own computed properties, so that the model learns what the
words mean. Sampling is deterministic in the generator that is passed in. What it does not do:
understand requests; the chat reads those by code, and hands the model both the words and the
normalised lines.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from lm.piece import Piece
from lm.requests import BRIGHT, pace
from lm.spelling import meter_text

RHYTHMS_ZH = {
    "jig": ("吉格舞曲", "吉格"),
    "reel": ("里尔舞曲", "里尔"),
    "hornpipe": ("号笛舞曲", "角笛舞曲"),
    "slip jig": ("滑步吉格",),
    "waltz": ("圆舞曲", "华尔兹"),
    "march": ("进行曲",),
    "polka": ("波尔卡",),
    "hymn": ("赞美诗", "圣歌"),
    "carol": ("颂歌", "圣诞颂歌"),
    "song": ("歌曲", "歌", "民歌"),
    "air": ("小调", "抒情曲"),
    "strathspey": ("斯特拉斯贝舞曲",),
    "minuet": ("小步舞曲",),
    "morris": ("莫里斯舞曲",),
    "clog": ("木屐舞曲",),
    "art song": ("艺术歌曲",),
    "country-dance": ("乡村舞曲",),
}
TUNE_EN = ("tune", "melody", "piece", "folk tune", "little tune", "piece of music", "melody line")
TUNE_ZH = ("曲子", "旋律", "小曲", "民间曲调", "乐曲", "音乐")
FEELING_EN = {
    ("fast", True): (
        "lively",
        "happy",
        "cheerful",
        "upbeat",
        "fast",
        "bright",
        "merry",
        "energetic",
        "quick",
    ),
    ("fast", False): ("driving", "fast", "lively", "stormy", "energetic", "wild", "quick"),
    ("slow", True): ("gentle", "slow", "calm", "peaceful", "tender", "sweet", "warm"),
    ("slow", False): ("sad", "slow", "melancholy", "wistful", "mournful", "dark", "lonely"),
    ("medium", True): ("cheerful", "bright", "pleasant", "simple", "singable", "happy", "playful"),
    ("medium", False): ("dark", "sad", "moody", "wistful", "mysterious", "simple", "haunting"),
}
FEELING_ZH = {
    ("fast", True): ("欢快的", "快乐的", "轻快的", "活泼的", "热闹的", "明亮的"),
    ("fast", False): ("急促的", "激动的", "快速的", "有力的"),
    ("slow", True): ("舒缓的", "安静的", "温柔的", "慢的", "优美的"),
    ("slow", False): ("悲伤的", "忧郁的", "缓慢的", "哀伤的", "孤独的"),
    ("medium", True): ("明亮的", "简单的", "好听的", "愉快的", "适合唱的"),
    ("medium", False): ("忧郁的", "深沉的", "神秘的", "悲伤的", "有点忧伤的"),
}
OPEN_EN = (
    "Write {}", "Compose {}", "Please write {}", "Can you compose {}?", "Create {}", "I'd like {}",
    "Give me {}", "Make {}", "I need {}", "Could you write {}?", "{}, please", "{}",
    "Let's have {}", "Generate {}", "I want {} for my class", "Make up {}", "Help me write {}",
    "Show me {}", "Try {}", "We need {} for a dance",
)  # fmt: skip
OPEN_ZH = (
    "写{}",
    "请写{}",
    "帮我写{}",
    "创作{}",
    "给我{}",
    "来{}",
    "我想要{}",
    "请作{}",
    "生成{}",
    "能不能写{}？",
    "请创作{}",
    "想听{}",
    "做{}",
    "请帮我谱{}",
)
MODE_ZH = {"major": "大调", "minor": "小调", "dorian": "多利亚调式", "mixolydian": "混合利底亚调式",
           "phrygian": "弗里几亚调式", "lydian": "利底亚调式"}  # fmt: skip
DIGITS_ZH = "零一二三四五六七八九"
NUMBERS_EN = {
    4: "four",
    8: "eight",
    12: "twelve",
    16: "sixteen",
    24: "twenty-four",
    32: "thirty-two",
}


def number_zh(n: int) -> str:
    """A number below 100 in Chinese characters: 16 is 十六."""
    tens, ones = divmod(n, 10)
    head = "" if not tens else "十" if tens == 1 else DIGITS_ZH[tens] + "十"
    return (head + (DIGITS_ZH[ones] if ones else "")) or "零"


def key_en(piece: Piece, rng: random.Random) -> str:
    """The key in English words: `G major`, `G`, `A minor`, `Bb`, `B flat major`."""
    name = piece.key.name
    if rng.random() < 0.3:
        name = name.replace("b ", " flat ", 1).replace("#", " sharp")
    if piece.key.mode == "major" and rng.random() < 0.3:
        name = name.removesuffix(" major")
    return name


def key_zh(piece: Piece, rng: random.Random) -> str:
    """The key in Chinese words: G大调, 降B大调, 升F小调."""
    name, _, mode = piece.key.name.partition(" ")
    sign = {"b": "降", "#": "升"}.get(name[1:], "")
    return (sign + name[0] if rng.random() < 0.7 else name) + MODE_ZH.get(mode, mode)


def words_en(piece: Piece, tempo: int, rng: random.Random) -> str:
    """An English request for the tune that mentions some of its properties."""
    feeling = ""
    if rng.random() < 0.55:
        bright = piece.key.mode in BRIGHT
        feeling = rng.choice(FEELING_EN[pace(piece, tempo), bright]) + " "
    noun = piece.rhythm if piece.rhythm and rng.random() < 0.85 else rng.choice(TUNE_EN)
    before = f"{piece.n_bars}-bar " if rng.random() < 0.2 else ""
    phrase = f"{before}{feeling}{noun}"
    article = "an" if phrase[0] in "aeiou8" else "a"
    clauses = []
    if rng.random() < 0.75:
        clauses.append(f"in {key_en(piece, rng)}")
    if rng.random() < 0.35:
        clauses.append(f"in {meter_text(piece.meter)}" + rng.choice(("", " time")))
    if not before and rng.random() < 0.55:
        n = piece.n_bars
        count = NUMBERS_EN.get(n, str(n)) if rng.random() < 0.3 else str(n)
        clauses.append(
            rng.choice(
                (f"{count} bars", f"{count} bars long", f"of {count} bars", f"{count} measures")
            )
        )
    if rng.random() < (0.5 if piece.has_chords else 0.15):
        yes = (
            "with chords",
            "with chord symbols",
            "chords please",
            "with guitar chords",
            "and chords",
        )
        no = ("without chords", "no chords", "melody only")
        clauses.append(rng.choice(yes if piece.has_chords else no))
    if rng.random() < 0.2:
        clauses.append(rng.choice((f"at {tempo} bpm", f"tempo {tempo}", f"{tempo} beats a minute")))
    if rng.random() < 0.15:
        form = "".join(s.label * (2 if s.repeat else 1) for s in piece.sections)
        clauses.append(rng.choice((f"{form} form", f"form {form}", f"in {form} form")))
    if rng.random() < 0.12:
        clauses.append(rng.choice((f'called "{piece.title}"', f"with the title {piece.title}")))
    rng.shuffle(clauses)
    text = rng.choice(OPEN_EN).format(
        f"{article} {phrase}"
        + "".join((" " if rng.random() < 0.5 or c.startswith("in ") else ", ") + c for c in clauses)
    )
    text = (
        text[0].upper() + text[1:]
        if rng.random() < 0.7
        else text.lower()
        if rng.random() < 0.2
        else text
    )
    return text + rng.choice(("", ".", ".", "!")) if text[-1] != "?" else text


def words_zh(piece: Piece, tempo: int, rng: random.Random) -> str:
    """A Chinese request for the tune that mentions some of its properties."""
    bright = piece.key.mode in BRIGHT
    feeling = rng.choice(FEELING_ZH[pace(piece, tempo), bright]) if rng.random() < 0.55 else ""
    named = RHYTHMS_ZH.get(piece.rhythm or "")
    noun = rng.choice(named) if named and rng.random() < 0.85 else rng.choice(TUNE_ZH)
    key = key_zh(piece, rng) + rng.choice(("", "的")) if rng.random() < 0.7 else ""
    parts = [rng.choice(("一首", "一首", "一段", "一个")) + feeling + key + noun]
    clauses = []
    if rng.random() < 0.3:
        top, bottom = meter_text(piece.meter).split("/")
        clauses.append(
            rng.choice(
                (f"{top}/{bottom}拍", f"{number_zh(int(bottom))}分之{number_zh(int(top))}拍")
            )
        )
    if rng.random() < 0.6:
        count = number_zh(piece.n_bars) if rng.random() < 0.3 else str(piece.n_bars)
        clauses.append(rng.choice((f"{count}小节", f"共{count}小节", f"{count}个小节")))
    if rng.random() < (0.5 if piece.has_chords else 0.15):
        yes, no = ("带和弦", "要有和弦", "加上和弦", "配和弦"), ("不要和弦", "只要旋律")
        clauses.append(rng.choice(yes if piece.has_chords else no))
    if rng.random() < 0.25:
        speed = {
            "fast": ("快一点", "速度快", "快板"),
            "slow": ("慢一点", "速度慢", "慢板"),
            "medium": ("中速",),
        }
        clauses.append(rng.choice((f"速度{tempo}", f"每分钟{tempo}拍", *speed[pace(piece, tempo)])))
    rng.shuffle(clauses)
    comma = rng.choice(("，", "，", ","))
    return rng.choice(OPEN_ZH).format(comma.join(parts + clauses)) + rng.choice(("", "。", "！"))


FILL_EN = (
    "Fill in bars {0}-{1}", "Rewrite bars {0} to {1}", "Write new music for bars {0}-{1}",
    "Change bars {0}–{1}", "Make bars {0}-{1} different", "Complete the missing bars",
    "Finish this tune", "Give bars {0}-{1} another melody", "Compose the empty bars",
)  # fmt: skip
FILL_ZH = (
    "重写第{0}到{1}小节",
    "补全第{0}-{1}小节",
    "改一下第{0}到第{1}小节",
    "写出空缺的小节",
    "把第{0}-{1}小节换一个旋律",
)


def fill_words(first: int, last: int, rng: random.Random) -> str:
    """A request to rewrite bars `first` to `last` in words of either language."""
    return rng.choice(FILL_EN if rng.random() < 0.65 else FILL_ZH).format(first, last)


def request_words(piece: Piece, tempo: int, rng: random.Random) -> str:
    """A request in English (two times in three) or Chinese."""
    return words_en(piece, tempo, rng) if rng.random() < 0.65 else words_zh(piece, tempo, rng)


TASKS_EN: dict[str, tuple[str, ...]] = {
    "continue": ("Go on", "Continue this tune", "Write the rest", "Finish it, please", "What comes next?",
                 "Carry on from here", "Complete the melody", "How could this end?"),
    "vary": ("Write a variation", "Play it another way", "Give me another version of this tune",
             "Vary this", "How else might a fiddler play this?", "A different setting, please"),
    "harmonise": ("Add chords", "Put chords to this tune", "Which chords fit?", "Harmonise this melody",
                  "I need guitar chords for this", "Chords please", "Give me an accompaniment in chord symbols"),
    "second voice": ("Write a second voice", "Add a voice below", "Give me a harmony part",
                     "A duet part for my friend, please", "Write the alto"),
    "choir": ("Arrange it for choir", "Make it SATB", "Write alto, tenor and bass", "Harmonise in four parts",
              "Add the lower voices of a hymn"),
    "words": ("Write words to this tune", "Put lyrics under the notes", "Give it a text", "Make it a song",
              "Lyrics, please"),
    "melody": ("Set these words to music", "Write a melody for this text", "Make a song of this",
               "Compose a tune for my poem", "Music for these lines, please"),
    "title": ("What could it be called?", "Give this tune a title", "Find a name", "Title?"),
}  # fmt: skip
TASKS_ZH: dict[str, tuple[str, ...]] = {
    "continue": ("接着写", "继续写下去", "写完这首曲子", "请补全后面的部分", "后面怎么写？"),
    "vary": ("写一个变奏", "换一种奏法", "再写一个版本", "变化一下"),
    "harmonise": ("加上和弦", "给这段旋律配和弦", "配个和声", "用什么和弦好？"),
    "second voice": ("写第二声部", "加一个低声部", "配一个二重奏声部"),
    "choir": ("改成四部合唱", "写出女低、男高和男低声部", "配成SATB合唱"),
    "words": ("填词", "给这首曲子写歌词", "请配上歌词"),
    "melody": ("给这段词谱曲", "为这首诗写旋律", "把这些歌词写成歌"),
    "title": ("起个名字", "给这首曲子取个标题", "叫什么好？"),
}  # fmt: skip


def task_words(task: str, rng: random.Random) -> str:
    """A request to do a task of `TASKS_EN`, in either language."""
    return rng.choice((TASKS_EN if rng.random() < 0.65 else TASKS_ZH)[task])


BARS_EN = ("bars {0}-{1}", "bars {0} to {1}", "measures {0}–{1}", "bars {0} through {1}")
STEPS_EN = {1: "a step", 2: "a third", 4: "a fifth"}
STEPS_ZH = {1: "一级", 2: "三度", 4: "五度"}
EDITS_EN: dict[str, tuple[str, ...]] = {
    "transpose-diatonic": ("move {bars} {way} {steps}", "put {bars} {steps} {higher}", "{bars} {steps} {higher}"),
    "octave": ("{bars} an octave {higher}", "play {bars} an octave {higher}", "move {bars} {way} an octave"),
    "simplify-rhythm": ("simplify the rhythm of {bars}", "make {bars} easier: no {level}", "{bars} without {level}"),
    "swing": ("swing {bars}", "make {bars} swing", "dotted rhythm in {bars}"),
    "straighten": ("make the rhythm of {bars} even", "straighten {bars}", "no dotted rhythm in {bars}"),
    "mode": ("make {bars} {mode}", "{bars} in {mode}", "change {bars} to {mode}"),
    "remove-chords": ("take the chords out of {bars}", "no chords in {bars}"),
}  # fmt: skip
EDITS_ZH: dict[str, tuple[str, ...]] = {
    "transpose-diatonic": ("把{bars}{way}{steps}", "{bars}{way}移{steps}"),
    "octave": ("把{bars}{way}移一个八度", "{bars}{way}八度演奏"),
    "simplify-rhythm": ("把{bars}的节奏简化，不要{level}", "{bars}简单一点，去掉{level}"),
    "swing": ("把{bars}改成附点节奏", "{bars}要有摇摆感"),
    "straighten": ("把{bars}的附点改成平均的", "{bars}节奏平均一点"),
    "mode": ("把{bars}改成{mode}", "{bars}变成{mode}"),
    "remove-chords": ("去掉{bars}的和弦", "{bars}不要和弦"),
}  # fmt: skip
LEVELS_ZH = {"sixteenths": "十六分音符", "eighths": "八分音符"}


def edit_words(
    name: str, values: Mapping[str, str], first: int, last: int, rng: random.Random
) -> str:
    """A request for one of `lm.tasks.changes.EDITS` with its values, in either language."""
    count = int(values.get("steps", values.get("octaves", "1")))
    if rng.random() < 0.65:
        bars = rng.choice(BARS_EN).format(first, last) if first < last else f"bar {first}"
        text = rng.choice(EDITS_EN[name]).format(
            bars=bars, way="up" if count > 0 else "down", higher="higher" if count > 0 else "lower",
            steps=STEPS_EN[abs(count)], level=values.get("level", ""), mode=values.get("mode", ""),
        )  # fmt: skip
        return text[0].upper() + text[1:] if rng.random() < 0.6 else text
    bars = f"第{first}到{last}小节" if first < last else f"第{first}小节"
    return rng.choice(EDITS_ZH[name]).format(
        bars=bars, way="向上" if count > 0 else "向下", steps=STEPS_ZH[abs(count)],
        level=LEVELS_ZH.get(values.get("level", ""), ""), mode=MODE_ZH.get(values.get("mode", ""), ""),
    )  # fmt: skip


QUESTIONS: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "key": ("What key is this in?", "Which mode is it, and how do you know?", "Explain the key"),
        "form": ("What is the form?", "How is this tune built?", "Describe the sections"),
        "phrases": ("Where are the cadences?", "How do the phrases end?", "Show me the phrases"),
        "harmony": ("Explain the harmony", "What are the chords doing?", "Roman numerals, please"),
        "motifs": ("Which motifs come back?", "What holds it together?", "Find the motif"),
        "contour": ("Describe the melody", "How does the line move?", "What is the range?"),
        "rhythm": ("Describe the rhythm", "What is typical in its rhythm?", "Which rhythms come often?"),
        "style": ("What style is this?", "Which dance could this be?", "What marks the style?"),
        "difficulty": ("How hard is it?", "Can a beginner play this?", "Why is it difficult?"),
    },
    "zh": {
        "key": ("这是什么调？", "是什么调式，为什么？"), "form": ("曲式是什么？", "结构是怎样的？"),
        "phrases": ("终止式在哪里？", "乐句怎么结束的？"), "harmony": ("分析一下和声", "和弦是怎么进行的？"),
        "motifs": ("有哪些动机？", "哪个动机反复出现？"), "contour": ("旋律有什么特点？", "音域是多少？"),
        "rhythm": ("节奏有什么特点？", "哪些节奏常出现？"), "style": ("这是什么风格？", "像什么舞曲？"),
        "difficulty": ("难不难？", "初学者能演奏吗？"),
    },
}  # fmt: skip


def explain_words(subject: str, language: str, rng: random.Random) -> str:
    """A question about a subject of `abc_tools.analyse`."""
    return rng.choice(QUESTIONS[language][subject])


MOODS_EN = ("{0} music about {1}", "something {0}, like {1}", "{1}, {0}", "I feel {0}", "music for {1}",
            "a {0} piece for {1}", "write what {1} sounds like")  # fmt: skip
MOODS_ZH = (
    "{0}音乐",
    "想听{0}曲子",
    "写一段{0}音乐，关于《{1}》",
    "我现在想要{0}感觉",
    "为《{1}》写一首曲子",
)


def mood_words(piece: Piece, tempo: int, rng: random.Random) -> str:
    """A mood and a theme (the tune's title) without any technical word."""
    bright = piece.key.mode in BRIGHT
    feeling = (pace(piece, tempo), bright)
    if rng.random() < 0.65:
        return rng.choice(MOODS_EN).format(rng.choice(FEELING_EN[feeling]), piece.title)
    return rng.choice(MOODS_ZH).format(rng.choice(FEELING_ZH[feeling]), piece.title)
