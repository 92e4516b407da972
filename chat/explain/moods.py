"""Words for how music sounds, and which computed causes speak for each. The causes stand in `causes`."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Mood:
    """A way to sound: its name in both languages, words that mean it, causes for and against it."""

    name: tuple[str, str]
    words: tuple[str, ...]
    causes: tuple[str, ...]
    against: tuple[str, ...] = ()


_DARK = ("minor key", "minor chords", "lowered note", "sighs", "falling line", "low register",
         "slow tempo", "longer notes")  # fmt: skip
_LIGHT = ("major key", "major chords", "more major", "rising line", "high register", "quick tempo",
          "shorter notes", "compound time")  # fmt: skip
_RESTLESS = ("tense chords", "dissonance", "borrowed", "raised note", "lowered note", "syncopated",
             "open end", "half close", "leading tone", "augmented second")  # fmt: skip

MOODS: dict[str, Mood] = {
    "sad": Mood(("sad", "悲伤"), (
        "sad", "sadder", "sadness", "melancholy", "melancholic", "mournful", "sorrowful", "gloomy", "lonely",
        "wistful", "tragic", "depressing", "depressed", "plaintive", "nostalgic", "tearful", "dark", "darker", "somber",
        "sombre", "unhappy", "heavy", "悲伤", "伤感", "忧伤", "忧郁", "悲", "哀伤", "难过", "凄凉", "孤独", "阴暗", "暗淡",
        "沉重", "怀旧", "惆怅", "低沉"), _DARK, ("major key", "major chords", "rising line", "quick tempo")),
    "happy": Mood(("happy", "快乐"), (
        "happy", "happier", "cheerful", "joyful", "joyous", "merry", "bright", "brighter", "sunny", "playful", "jolly",
        "festive", "upbeat", "light", "optimistic", "uplifting", "funny", "快乐", "欢快", "高兴", "开心", "欢乐", "明亮",
        "愉快", "喜庆", "轻快", "阳光"), _LIGHT, ("minor key", "minor chords", "falling line", "slow tempo")),
    "tense": Mood(("tense", "紧张"), (
        "tense", "tension", "restless", "dissonant", "harsh", "unstable", "anxious", "nervous", "dramatic", "scary",
        "creepy", "threatening", "angry", "suspenseful", "spooky", "紧张", "不安", "不协和", "刺耳", "不稳定", "戏剧性",
        "可怕", "恐怖", "愤怒"), _RESTLESS, ("steps only", "closed end", "full close")),
    "unfinished": Mood(("unfinished", "没有结束"), (
        "unfinished", "incomplete", "open", "unresolved", "hanging", "like a question", "questioning", "not over",
        "not finished", "not final", "not ended", "suspended", "没结束", "未完", "没有结束", "没完", "悬着", "不完整", "像问句",
        "没有解决", "没说完", "话没说完", "没落下", "没唱完", "up in the air", "cliffhanger", "left hanging", "悬而未决", "没有终止感"), ("open end", "half close", "deceptive close", "tense chords"),
        ("closed end", "full close")),
    "final": Mood(("final", "结束"), (
        "final", "finished", "complete", "conclusive", "resolved", "like an ending", "like the end", "settled", "closed", "finality", "closure",
        "like home", "终止感", "结束感", "完整", "像结尾", "像结束", "稳定", "圆满"),
        ("closed end", "full close", "longer notes", "falling line"), ("open end", "half close", "deceptive close")),
    "surprising": Mood(("surprising", "意外"), (
        "surprising", "surprise", "unexpected", "odd", "strange", "weird", "wrong", "out of place", "unusual", "funny note",
        "jazzy note", "off", "意外", "奇怪", "突然", "惊讶", "出乎意料", "不对劲", "怪", "特别", "不寻常"),
        ("raised note", "lowered note", "borrowed", "deceptive close", "wide leap", "syncopated", "dissonance", "rests")),
    "calm": Mood(("calm", "平静"), (
        "calm", "peaceful", "gentle", "relaxed", "relaxing", "serene", "soft", "quiet", "dreamy", "smooth", "soothing",
        "tender", "tranquil", "lullaby-like", "boring", "flat", "平静", "安静", "宁静", "舒缓", "温柔", "柔和", "梦幻", "放松",
        "平淡", "单调"), ("steps only", "longer notes", "slow tempo", "few notes", "closed end"),
        ("wide leap", "syncopated", "quick tempo", "shorter notes")),
    "lively": Mood(("lively", "活跃"), (
        "lively", "exciting", "energetic", "fast", "busy", "driving", "dance-like", "danceable", "bouncy", "dancing",
        "excited", "powerful", "strong", "rushed", "hurried", "intense", "活泼", "激动", "热烈", "有活力", "跳跃", "像舞曲", "兴奋",
        "有力", "激烈", "急促", "热闹"), ("quick tempo", "shorter notes", "running", "dotted", "compound time", "syncopated",
                                   "wide leap", "rising line", "high register"), ("longer notes", "slow tempo", "rests")),
    "slow": Mood(("slow", "缓慢"), ("slow", "dragging", "slower", "sleepy", "tired", "慢", "缓慢", "拖沓", "拖"),
                 ("longer notes", "slow tempo", "rests"), ("shorter notes", "quick tempo", "running")),
    "grand": Mood(("grand", "雄壮"), (
        "grand", "majestic", "heroic", "noble", "triumphant", "epic", "solemn", "stately", "climactic", "like a climax",
        "雄壮", "庄严", "英雄", "宏伟", "辉煌", "壮丽", "高潮", "隆重"),
        ("top of tune", "high register", "rising line", "wide leap", "dotted", "longer notes", "major chords")),
    "mysterious": Mood(("mysterious", "神秘"), (
        "mysterious", "haunting", "magical", "eerie", "ethereal", "otherworldly", "神秘", "诡异", "飘渺", "虚幻"),
        ("modal", "borrowed", "lowered note", "raised note", "augmented second", "tense chords", "minor key", "low register")),
    "irish": Mood(("Irish or Scottish", "爱尔兰或苏格兰风格"), (
        "irish", "celtic", "scottish", "scotch", "gaelic", "folky", "folk-like", "like folk", "爱尔兰", "苏格兰", "凯尔特", "像民谣",
        "民谣"), ("compound time", "lowered seventh", "modal", "snaps", "pentatonic", "running", "dotted")),
    "chinese": Mood(("Chinese", "中国风格"), (
        "chinese", "asian", "oriental", "japanese", "eastern", "中国", "中国风", "东方", "民族", "古风", "日本"),
        ("pentatonic", "few notes")),
    "spanish": Mood(("Spanish or Middle Eastern", "西班牙或中东风格"), (
        "spanish", "flamenco", "arabic", "arab", "middle eastern", "jewish", "klezmer", "gypsy", "exotic", "turkish",
        "西班牙", "阿拉伯", "中东", "异国", "犹太", "吉普赛"), ("augmented second", "flat second")),
    "bluesy": Mood(("bluesy", "蓝调"), ("bluesy", "blues", "jazzy", "jazz", "swinging", "蓝调", "布鲁斯", "爵士"),
                   ("blue notes", "syncopated", "lowered seventh", "tense chords")),
    "old": Mood(("old", "古老"), (
        "old", "ancient", "medieval", "mediaeval", "modal", "archaic", "antique", "churchy", "renaissance", "古老", "古代",
        "中世纪", "古朴", "教堂"), ("modal", "lowered seventh", "pentatonic", "no chords")),
    "simple": Mood(("simple", "简单"), ("simple", "childish", "childlike", "innocent", "naive", "plain", "easy", "简单",
                                     "童趣", "天真", "朴素", "像儿歌"),
                   ("few notes", "steps only", "repeated notes", "major chords"), ("wide leap", "syncopated", "borrowed")),
    "martial": Mood(("like a march", "像进行曲"), ("martial", "military", "like a march", "marching", "march-like", "进行曲",
                                              "军队", "像行军"), ("duple time", "dotted", "repeated notes"), ("triple time", "compound time")),
    "waltzing": Mood(("like a waltz", "像圆舞曲"), ("like a waltz", "waltz-like", "waltzy", "像华尔兹", "像圆舞曲", "圆舞曲"),
                     ("triple time",), ("duple time", "compound time")),
    "romantic": Mood(("expressive", "抒情"), ("romantic", "expressive", "emotional", "passionate", "warm", "sweet", "beautiful",
                                           "lyrical", "moving", "touching", "nice", "good", "pretty", "浪漫", "抒情", "深情", "热情",
                                           "温暖", "甜美", "优美", "动人", "好听", "美"),
                     ("wide leap", "rising line", "dissonance", "top of tune", "longer notes", "sighs")),
}  # fmt: skip


_FLAT = re.compile(
    r"(?<![a-z])[a-h][ -]flat\b|\b(?:a|the|one|every|any) flat\b(?! (?:mood|feel\w*|sound\w*))|\bflat (?=sign)"
)
"""The sign, which is no mood."""


def find_mood(lower: str) -> str:
    """The mood whose longest word a text has; "" for none.

    >>> find_mood("why does bar 3 sound so gloomy"), find_mood("为什么听起来没结束")
    ('sad', 'unfinished')
    """
    lower = _FLAT.sub(" ", lower)
    best = (0, "")
    for name, mood in MOODS.items():
        for word in mood.words:
            pattern = rf"(?<![a-z-]){re.escape(word)}(?![a-z-])" if word.isascii() else word
            if len(word) > best[0] and re.search(pattern, lower):
                best = (len(word), name)
    return best[1]


def asked_mood(lower: str) -> str | None:
    """The mood that a why-question is about; "" for a why without a mood that is known."""
    asks = re.search(
        r"\bwhy\b|\bhow come\b|what (?:makes|gives|causes|is it that makes|creates)|where does .{0,30}come from|what'?s (?:so |with )"
        r"|为什么|为何|为啥|怎么会|什么(?:使|让)|哪里(?:让|使)", lower
    )  # fmt: skip
    sounds = re.search(
        r"\bsounds?\b|\bfeels?\b|\bfeeling\b|\bmood\b|atmosphere|character|emotions?\b|convey|听起来|感觉|听上去|情绪|气氛|显得|给人",
        lower,
    )
    mood = find_mood(lower)
    if asks and (mood or sounds):
        return mood
    if sounds and (
        mood
        or re.search(
            r"what.{0,20}(?:mood|feeling|character|atmosphere|emotion)|how does .{0,30}(?:sound|feel)|什么(?:情绪|感觉|气氛)|(?:情绪|气氛|感觉)(?:是)?(?:怎样|怎么样|如何|什么)",
            lower,
        )
    ):
        return mood
    if (
        mood
        and re.search(
            r"^(?:is|does|are|do) (?:it|this|the|bars?|measures?|these)\b.{0,40}\?", lower
        )
        and mood not in ("simple", "irish", "waltzing", "martial", "slow", "romantic")
    ):
        return mood
    return None
