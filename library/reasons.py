"""Why a tune was found: parts that were computed, put into one sentence in English or Chinese.

A `Part` is a kind and its values; `SENTENCES` has its wording in both languages. Nothing here judges:
who makes a part has computed what it says. A value named `key`, `mode`, `style` or `difficulty` is a
term and is translated, all others are shown as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Template


@dataclass(frozen=True)
class Part:
    """One reason: its kind, a key of SENTENCES, and its values by name."""

    kind: str
    values: tuple[tuple[str, object], ...] = ()


SENTENCES: dict[str, tuple[str, str]] = {
    # kind: (English, Chinese), to be joined with commas
    "same tune": ("it has the same notes", "音符完全相同"),
    "transposed": ("it has the same melody in $key", "旋律相同，记在$key上"),
    "notes": ("$share % of the melody's notes agree", "旋律中有$share%的音相合"),
    "moved": ("$share % of the melody's notes agree when it is moved by $semitones semitones",
              "移动$semitones个半音后，旋律中有$share%的音相合"),
    "run": ("$run notes in a row are alike", "连续$run个音相同"),
    "opening": ("the opening is alike ($count notes)", "开头相同（$count个音）"),
    "same title": ("same title", "标题相同"),
    "title": ("nearly the same title (“$title”)", "标题相近（《$title》）"),
    "form": ("same form ($form)", "曲式相同（$form）"),
    "mode": ("same mode ($mode)", "调式相同（$mode）"),
    "meter": ("same meter ($meter)", "拍号相同（$meter）"),
    "rhythm": ("the same kind of tune ($style)", "同一体裁（$style）"),
    "rhythms": ("similar rhythms and intervals", "节奏和音程的用法相近"),
    "range": ("a range of $range semitones, like yours", "音域同为$range个半音"),
    "is rhythm": ("a tune in the style asked for ($style)", "体裁符合（$style）"),
    "is key": ("in $key", "$key"),
    "is mode": ("in the mode asked for ($mode)", "调式符合（$mode）"),
    "is meter": ("in $meter", "$meter拍"),
    "is form": ("its form is $form", "曲式为$form"),
    "is region": ("from the place asked for ($region)", "产地符合（$region）"),
    "is composer": ("by $composer", "作者$composer"),
    "is source": ("from $source", "出自$source"),
    "level": ("difficulty $level of 5", "难度$level级（共5级）"),
    "harder": ("difficulty $level of 5, one step above yours", "难度$level级（共5级），比你的曲子高一级"),
    "spans": ("a range of $range semitones", "音域$range个半音"),
    "length": ("$bars bars long", "长$bars小节"),
    "within": ("all its notes lie within the range asked for", "所有音都在要求的音域内"),
    "chords": ("with chord symbols", "带和弦标记"),
    "sung": ("with words", "带歌词"),
    "words": ("it has the word “$words”", "含有“$words”"),
    "starts": ("it starts with these steps", "开头的音级走向相同"),
    "contains": ("the steps come later in the tune", "曲中出现同样的音级走向"),
    "contour": ("its outline begins as asked", "旋律轮廓的开头相同"),
    "contour later": ("the outline comes later in the tune", "曲中出现同样的旋律轮廓"),
    "contour near": ("its outline begins nearly as asked ($errors of $count moves differ)",
                     "旋律轮廓的开头相近（$count处走向中有$errors处不同）"),
    "mood mode": ("a mode with a $third third, for “$mood”", "“$mood”：$third三度的调式"),
    "mood pace": ("$pace beats a minute as marked or usual for its kind, for “$mood”",
                  "“$mood”：每分钟约$pace拍（标记或同类曲的惯用速度）"),
    "mood motion": ("$share % of its moves are steps or repeated notes, for “$mood”",
                    "“$mood”：$share%为级进或同音"),
    "closest": ("$share % of its $notes notes agree with “$title” ($source), $run notes in a row alike",
                "$notes个音中有$share%与《$title》（$source）相合，最长连续相同$run个音"),
    "closer": ("closer to a known tune than at least $level of 100 unrelated tunes of such a length are",
               "在长度相近的无关曲子中，100首里至少有$level首与已知曲子都没有这么接近"),
    "chance": ("no closer than chance brings unrelated tunes of such a length", "并不比长度相近的无关曲子更接近"),
    "too short to judge": ("too short a tune to tell that from chance", "曲子太短，无法与巧合区分"),
    "missing": ("no tune of the catalogue has all that was asked for (left out: $what)",
                "曲库里没有完全符合的曲子（放宽了：$what）"),
    "you kept": ("because you kept “$title”", "因为你收藏了《$title》"),
    "you liked": ("because you liked “$title”", "因为你喜欢《$title》"),
    "you edited": ("because you worked on “$title”", "因为你改过《$title》"),
    "you played": ("because you played “$title”", "因为你听过《$title》"),
    "others liked": ("listeners who like “$title” like this too", "喜欢《$title》的人也喜欢这首"),
    "near listeners": ("listeners who share likes with you like it", "与你口味有交集的听众喜欢它"),
    "several liked": ("several listeners like it", "有好几位听众喜欢它"),
    "rank": ("by likeness number $rank of $tunes tunes", "相似度在$tunes首中排第$rank"),
    "typical": ("among the most typical of its kind ($style)", "同类（$style）中最典型的曲子之一"),
    "chosen": ("one of the tunes of the catalogue", "曲库中的一首"),
}  # fmt: skip
"""Kind → its wording in English and in Chinese."""

HEADS = frozenset(("you kept", "you liked", "you edited", "you played", "others liked"))
"""What the parts after it give grounds for: a colon follows."""
THIRDS = {"minor": "小", "major": "大"}
PLACES = {
    "China": "中国", "Ireland": "爱尔兰", "Scotland": "苏格兰", "England": "英格兰", "Germany": "德国",
    "United States": "美国", "France": "法国", "Luxembourg": "卢森堡", "Italy": "意大利", "Austria": "奥地利",
    "Poland": "波兰", "Wales": "威尔士", "Sweden": "瑞典", "Shaanxi": "陕西",
}  # fmt: skip
STYLES = {
    "irish tune": "爱尔兰乐曲", "irish song": "爱尔兰歌曲", "scottish air": "苏格兰歌调", "english air": "英格兰歌调",
    "chinese folk song": "中国民歌", "german folk song": "德国民歌", "german ballad": "德国叙事歌",
    "german children's song": "德国儿歌", "renaissance polyphony": "文艺复兴复调", "bach chorale": "巴赫众赞歌",
    "madrigal": "牧歌", "string quartet": "弦乐四重奏",
}  # fmt: skip
"""Places and styles of the catalogue that only the library names, in Chinese."""


def part(kind: str, **values: object) -> Part:
    """A part from its kind and values. ValueError if there is no such kind."""
    if kind not in SENTENCES:
        raise ValueError(f"There is no reason {kind!r}.")
    return Part(kind, tuple(values.items()))


def say(parts: tuple[Part, ...], language: str = "en") -> str:
    """One sentence of all parts. ValueError for a language other than "en" and "zh".

    >>> say((part("mode", mode="dorian"), part("form", form="AABB")), "en")
    'Same mode (dorian), same form (AABB).'
    >>> say((part("mode", mode="dorian"), part("form", form="AABB")), "zh")
    '调式相同（多利亚调式），曲式相同（AABB）。'
    >>> say((part("you liked", title="Banish Misfortune"), part("mode", mode="mixolydian")))
    'Because you liked “Banish Misfortune”: same mode (mixolydian).'
    """
    if language not in ("en", "zh"):
        raise ValueError(f"The language is en or zh, not {language!r}.")
    chinese = language == "zh"
    said = [Template(SENTENCES[p.kind][chinese]).substitute(_worded(p, language)) for p in parts]
    if not said:
        said = [SENTENCES["chosen"][chinese]]
    if parts and parts[0].kind in HEADS and said[1:]:
        said[:2] = [("：" if chinese else ": ").join(said[:2])]
    text = ("，" if chinese else ", ").join(said) + ("。" if chinese else ".")
    return text[0].upper() + text[1:]


def _worded(one: Part, language: str) -> dict[str, str]:
    """The values of a part as they are said in a language."""
    from abc_tools.analyse import terms

    worded = {}
    for name, value in one.values:
        text = str(value)
        if name == "key":
            text = terms.key(language, text)
        elif language == "zh" and name == "mode":
            text = terms.KEY_MODES.get(text, text)
        elif language == "zh" and name == "style":
            text = style_word(text, language)
        elif language == "zh" and name == "region":
            text = PLACES.get(text, text)
        elif language == "zh" and name == "third":
            text = THIRDS[text]
        worded[name] = text
    return worded


def style_word(name: str, language: str) -> str:
    """A style as it is said: in Chinese as the library, the analysis or the table of styles calls it, else as it is."""
    if language != "zh":
        return name
    from abc_tools.analyse import terms
    from abc_tools.styles import STYLES as DANCES

    chinese = [w for w in DANCES[name].words if not w.isascii()] if name in DANCES else []
    return STYLES.get(name) or terms.STYLES.get(name) or next(iter(chinese), name)
