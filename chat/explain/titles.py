"""Titles that a tune could have: from what it was asked for, its dance, its mode and its tempo."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Sequence

from abc_tools.analyse import facts
from abc_tools.analyse.fact import Fact
from chat.explain.scope import Scope
from chat.explain.statement import Statement
from lm.names import THINGS

_SLOW, _QUICK = 84, 116
QUALITIES: dict[tuple[bool, str], tuple[tuple[str, str], tuple[str, str]]] = {
    (False, "slow"): (("Quiet", "宁静的"), ("Golden", "金色的")), (False, ""): (("Sunlit", "阳光下的"), ("Friendly", "友好的")),
    (False, "quick"): (("Merry", "欢快的"), ("Dancing", "跳舞的")), (True, "slow"): (("Lonely", "孤独的"), ("Patient", "慢慢的")),
    (True, ""): (("Wandering", "流浪的"), ("Autumn", "秋天的")), (True, "quick"): (("Restless", "不安的"), ("Stormy", "暴风雨中的")),
}  # fmt: skip
"""(minor third, slow or quick) → two words that suit it."""
THEMES: tuple[tuple[str, str, str], ...] = (
    (r"donkey|驴", "Donkey", "小毛驴"), (r"\bcats?\b|kitten|猫", "Cat", "小猫"), (r"\bdogs?\b|pupp(?:y|ies)|狗", "Dog", "小狗"),
    (r"horses?\b|pony|ponies|马(?!上)", "Pony", "小马"), (r"\bbirds?\b|swallow|鸟|燕", "Swallow", "燕子"), (r"\bfrogs?\b|青蛙", "Frog", "小青蛙"),
    (r"dragons?\b|龙", "Dragon", "龙"), (r"\bbears?\b|熊", "Bear", "小熊"), (r"\bbees?\b|蜜蜂", "Bee", "蜜蜂"), (r"\bfish\b|鱼", "Fish", "小鱼"),
    (r"snow|雪", "Snow", "雪"), (r"\brain|雨", "Rain", "雨"), (r"\bsea\b|ocean|harbour|ship|boat|海|船", "Harbour", "海港"), (r"river|stream|小河|江|溪", "River", "小河"),
    (r"moon|月亮|月光|中秋", "Moon", "月亮"), (r"\bstars?\b|星", "Star", "星星"), (r"spring\b|春", "Spring", "春天"), (r"summer|夏", "Summer", "夏天"),
    (r"autumn|\bfall\b|秋", "Autumn", "秋天"), (r"winter|冬", "Winter", "冬天"), (r"christmas|nativity|carol|圣诞", "Christmas", "圣诞"),
    (r"birthday|生日", "Birthday", "生日"), (r"wedding|married|bride|婚礼|结婚", "Wedding", "婚礼"), (r"grand(?:ad|pa|father)|爷爷|外公", "Grandad", "爷爷"),
    (r"grand(?:ma|mother)|gran(?:ny|)\b|nan\b|奶奶|外婆", "Grandma", "奶奶"), (r"mum|mother|mom\b|妈", "Mother", "妈妈"), (r"\bdad\b|father|爸", "Father", "爸爸"),
    (r"daughter|女儿", "Daughter", "女儿"), (r"\bson\b|儿子", "Son", "儿子"), (r"baby|lullab|sleep|宝宝|摇篮|睡", "Cradle", "摇篮"), (r"school|class|学校|班", "School", "学校"),
    (r"train|火车", "Train", "火车"), (r"garden|flower|花", "Garden", "花园"), (r"mountain|hill|山", "Mountain", "高山"), (r"home(?:town|land)?\b|故乡|家乡", "Home", "故乡"),
    (r"重阳", "Chrysanthemum", "重阳"), (r"new year|新年|春节|过年", "New Year", "新年"), (r"market|集市|广场", "Market", "广场"),
)  # fmt: skip
"""Words of a request → what a title can name."""
DANCES = {
    "jig": ("Jig", "吉格舞"), "slip jig": ("Slip Jig", "滑步吉格舞"), "reel": ("Reel", "里尔舞"), "hornpipe": ("Hornpipe", "号笛舞"), "waltz": ("Waltz", "圆舞曲"),
    "march": ("March", "进行曲"), "polka": ("Polka", "波尔卡"), "minuet": ("Minuet", "小步舞曲"), "hymn": ("Hymn", "颂歌"), "mazurka": ("Mazurka", "玛祖卡"),
}  # fmt: skip


def ideas(s: Scope, request: str) -> list[Fact]:
    """Three titles, and what they follow from; `request` is what the tune was asked for."""
    bpm = float(s.tune.tempo.bpm)
    pace = "slow" if bpm < _SLOW else "quick" if bpm > _QUICK else ""
    minor = bool(s.key.tonic) and s.key.minor_third
    words = QUALITIES[minor, pace]
    lower = f"{request} {s.tune.title}".lower()
    named = [(en, zh) for pattern, en, zh in THEMES if re.search(pattern, lower)]
    thing = THINGS[len(s.notes) % len(THINGS)]
    first = named[0] if named else (thing, "旋律")
    second = named[1] if len(named) > 1 else first
    dance = _dance(s)
    form = DANCES.get(dance, ("Song", "之歌") if not minor else ("Air", "曲"))
    titles = [
        [f"The {words[0][0]} {first[0]}", f"{words[0][1]}{first[1]}"],
        [f"{second[0]}’s {form[0]}" if second[0] in _PERSONS else f"The {second[0]} {form[0]}", f"{second[1]}{form[1]}"],
        [f"{words[1][0]} {form[0]}", f"{words[1][1]}{form[1].removeprefix('之')}"],
    ]  # fmt: skip
    found: list[Fact] = [Statement("title idea", {"title": title}, s.bars) for title in titles]
    kind = "titles why" if s.key.tonic else "titles why free"
    value: dict[str, object] = {"bpm": f"{bpm:.0f}"}
    if s.key.tonic:
        value["key"] = s.key.name
    return [*found, Statement(kind, value, s.bars)]


_PERSONS = ("Grandad", "Grandma", "Mother", "Father", "Daughter", "Son", "Donkey", "Cat", "Dog", "Pony", "Bear")  # fmt: skip


def _dance(s: Scope) -> str:
    """The dance that the rhythm field or the style names; "" for none."""
    field = s.tune.field("R")
    if field is not None and field.value.strip().lower() in DANCES:
        return field.value.strip().lower()
    style = next((f for f in facts(s.tune, ("style",)) if f.kind == "style"), None)
    name = str(style.value.get("style", "")) if style is not None else ""
    return name if name in DANCES else ""


def messages(found: Sequence[Fact], language: str) -> tuple[str, ...]:
    """The messages that give the tune one of the titles."""
    zh = language == "zh"
    said = "标题改成“{}”" if zh else "call it “{}”"
    return tuple(said.format(f.value["title"][zh]) for f in found if f.kind == "title idea")


SAYINGS: dict[str, tuple[str, str]] = {
    "title idea": ("“{title:word}”", "《{title:word}》"),
    "titles why": ("They go by the key, {key:key}, the tempo of {bpm} beats a minute, the kind of dance, and what it was asked for ({bars:bars}).",
                   "依据是调（{key:key}）、速度（每分钟{bpm}拍）、体裁和您当初的要求（{bars:bars}）。"),
    "titles why free": ("They go by the tempo of {bpm} beats a minute, the kind of dance, and what it was asked for ({bars:bars}).", "依据是速度（每分钟{bpm}拍）、体裁和您当初的要求（{bars:bars}）。"),
}  # fmt: skip
