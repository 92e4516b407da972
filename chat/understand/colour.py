"""What gives a new tune its colour: words of expression at its beginning, sevenths and ninths, a bright end, a name in
its title.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from chat.requirements import Wishes
from chat.understand.sung_names import must_words
from chat.understand.text import without_titles

EXPRESSIONS: dict[str, str] = {
    "freely": r"\brubato\b|\bfreely\b|\b(?:in )?free (?:time|rhythm|tempo|meter|metre)\b|\bad lib(?:itum)?\b|散板|自由(?:的)?(?:节奏|速度|拍)|(?:节奏|速度)自由|散(?:一)?点|散漫",
    "dolce": r"\bdolce\b", "cantabile": r"\bcantabile\b|歌唱(?:般|性)", "espressivo": r"\bespressivo\b|\bexpressive(?:ly)?\b|富有表情|有表情",
    "maestoso": r"\bmaestoso\b|\bmajestic(?:ally)?\b|\bstately\b|威武|雄壮|庄严|威风", "con brio": r"\bcon brio\b", "grazioso": r"\bgrazioso\b|\bgraceful(?:ly)?\b|优雅",
    "misterioso": r"\bmisterioso\b|\bmysterious(?:ly)?\b|神秘", "tranquillo": r"\btranquillo\b|\btranquil\b|恬静", "giocoso": r"\bgiocoso\b|\bplayful(?:ly)?\b|俏皮|诙谐",
    "leggiero": r"\bleggiero\b", "scherzando": r"\bscherzando\b", "sostenuto": r"\bsostenuto\b",
}  # fmt: skip
"""Words of expression as they stand above a staff, by what people say."""
_WRITTEN = (
    "freely",
    "dolce",
    "cantabile",
    "espressivo",
    "con brio",
    "grazioso",
    "leggiero",
    "scherzando",
    "sostenuto",
)
"""Those that are asked for by name; the others are moods that shape the tune, and are written beside."""


def read_expression(text: str, lower: str, wishes: Wishes) -> None:
    """`expression`: a word that is written at the first note."""
    plain = without_titles(lower)
    found = next((name for name, words in EXPRESSIONS.items() if re.search(words, plain)), "")
    if found in _WRITTEN:
        wishes.values["expression"] = found
    elif found:
        wishes.implied["expression"] = found


_COLOURS = re.compile(
    r"\b(?P<ninths>9ths?|ninths?|nine chords?)\b|九和弦|\b(?:with|using|use|lots of|some|full of|rich|lush) (?:\w+ ){0,2}(?P<sevenths>7ths?|sevenths?|seventh chords)\b|(?P<zh>七和弦)"
)


def read_colours(text: str, lower: str, wishes: Wishes) -> None:
    """`chord_colours`: sevenths, ninths."""
    found = []
    for match in _COLOURS.finditer(lower):
        found.append("ninths" if match["ninths"] or "九" in match[0] else "sevenths")
    if re.search(r"\b7ths?\b|\bsevenths\b", lower) and "ninths" in found:
        found.append("sevenths")
    if found and wishes.values.get("chords") != "no" and "progression" not in wishes.values:
        wishes.values["chord_colours"] = " ".join(sorted(set(found), reverse=True))


_BRIGHT_END = re.compile(
    r"\b(?:end(?:s|ing)?|finish(?:es|ing)?|clos(?:es?|ing))\b[^,.;]{0,20}\b(?:hope\w*|bright\w*|happ\w+|major|optimis\w+|uplift\w*|positive\w*|light)\b(?! in\b)|\b(?:hopeful|bright|happy|uplifting|optimistic) (?:ending|end|finish|close)\b|(?:结尾|结束|最后|末尾|收尾)[^,.;]{0,6}(?:希望|光明|明亮|转大调|大调|明朗|亮一?点|开心)|皮卡迪"
)


def read_bright_end(text: str, lower: str, wishes: Wishes) -> None:
    """`bright_end`: it closes in major, and upwards."""
    if _BRIGHT_END.search(without_titles(lower)) and "modulation" not in wishes.values:
        wishes.values["bright_end"] = "yes"


_IN_TITLE = re.compile(
    r"\b(?:his|her|their|its|the|our|that) names? (?:in|as part of) the title\b|\b(?:in|into) the title\b|\btitle\b[^.;]{0,20}\b(?:has|have|contain\w*|includ\w*|mention\w*|with)\b[^.;]{0,20}(?:names?|[A-Z])|(?:标题|题目|曲名|名字)里?(?:要|得|必须)?(?:有|带|含|包含|出现)",
)
_IN_WORDS = re.compile(
    r"\b(?:the|its|that|our|with the) (?:\w+ )?name (?:appearing |sung )?in (?:the )?(?:words|lyrics|text|song|jingle)\b|(?:歌词|词)里?(?:要|得|必须)?(?:有|带|唱|出现)(?:这个|它的|店的|我们的)?(?:名字|店名|名称)"
)
_KIND_WORDS = (
    ("lullaby", "Lullaby", "摇篮曲"), ("waltz", "Waltz", "圆舞曲"), ("march", "March", "进行曲"), ("jig", "Jig", "吉格"), ("reel", "Reel", "里尔"),
    ("song", "Song", "之歌"), ("hymn", "Hymn", "圣歌"), ("polka", "Polka", "波尔卡"), ("air", "Air", "小调"), ("minuet", "Minuet", "小步舞曲"),
)  # fmt: skip


def read_title_name(text: str, lower: str, wishes: Wishes) -> None:
    """A title with the name that it must have: Lullaby for Oscar."""
    if "title" in wishes.values or not _IN_TITLE.search(text):
        quoted = re.search(r'"([^"]{2,30})"', text)
        if quoted and _IN_WORDS.search(text):
            wishes.values.setdefault("title", quoted[1])
            wishes.values.pop("theme", None)
            wishes.values["lyrics"] = "yes"
            wishes.details["name-in-words"] = quoted[1]
        return
    names = must_words(text)
    if not names:
        return
    kind = wishes.values.get("rhythm", "")
    english, chinese = next(((e, z) for k, e, z in _KIND_WORDS if k == kind), ("Tune", "的曲子"))
    name = names[0]
    wishes.values["title"] = f"{english} for {name}" if name.isascii() else f"{name}{chinese}"
    wishes.details["name-in-title"] = name
    wishes.values.pop("theme", None)


COLOUR = (read_expression, read_colours, read_bright_end)
