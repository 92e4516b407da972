"""Chinese characters as they are sung: one a syllable, with pinyin, tone and rhyme group.

The rhyme groups are the thirteen of northern song and opera (十三辙), by the modern final; `er` goes
with 一七. Tones count 1 to 4, 0 is the neutral tone.
"""

from __future__ import annotations

import re
from functools import lru_cache

HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, for use inside a class of a regular expression."""
_HAN = re.compile(f"[{HAN}]")

GROUPS = {
    "发花": "a ia ua", "梭坡": "o e uo", "乜斜": "ie ve ê", "一七": "i v er -i", "姑苏": "u",
    "怀来": "ai uai", "灰堆": "ei uei ui", "遥条": "ao iao", "由求": "ou iou iu",
    "言前": "an ian uan van", "人辰": "en in un uen vn", "江阳": "ang iang uang",
    "中东": "eng ing ueng ong iong",
}  # fmt: skip
"""Rhyme group → its finals (`v` is ü, `-i` the vowel of zi and zhi)."""
_GROUP_OF = {final: group for group, finals in GROUPS.items() for final in finals.split()}
_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))


def is_han(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return _HAN.search(text) is not None


@lru_cache(maxsize=20000)
def reading(text: str) -> tuple[str, str, int]:
    """Syllable, final and tone of the last character, as the words around it ask for.

    ValueError if the text has no Chinese character.

    >>> reading("银行"), reading("行")
    (('hang', 'ang', 2), ('xing', 'ing', 2))
    """
    from pypinyin import Style, pinyin

    stretches = re.findall(f"[{HAN}]+", text)
    if not stretches:
        raise ValueError("There is no Chinese character in this text.")
    said = pinyin(stretches[-1], style=Style.TONE3, neutral_tone_with_five=True)[-1][0]
    tone = int(said[-1]) % 5 if said[-1:].isdigit() else 0
    syllable = said.rstrip("012345")
    return syllable, _final(syllable), tone


def _final(syllable: str) -> str:
    from pypinyin.style import convert
    from pypinyin import Style  # isort: skip

    if re.fullmatch(r"(?:[zcs]h?|r)i", syllable):
        return "-i"
    return convert(syllable.replace("ü", "v"), Style.FINALS, strict=True).replace("ü", "v")


def rhyme_group(text: str) -> str:
    """The rhyme group of the last character; an empty string for one without a known reading.

    >>> rhyme_group("疑是地上霜"), rhyme_group("低头思故乡")
    ('江阳', '江阳')
    """
    return _GROUP_OF.get(reading(text)[1], "")


def tones(line: str) -> list[int]:
    """The tone of each Chinese character of a line, as the words around it ask for.

    >>> tones("床前明月光")
    [2, 2, 2, 4, 1]
    """
    from pypinyin import Style, pinyin

    found = []
    for stretch in re.findall(f"[{HAN}]+", line):
        for text in pinyin(stretch, style=Style.TONE3, neutral_tone_with_five=True):
            found.append(int(text[0][-1]) % 5 if text[0][-1:].isdigit() else 0)
    return found


def level(tone: int) -> bool:
    """Whether a tone is level (平) rather than oblique (仄), in modern speech."""
    return tone in (1, 2)


def digits_as_characters(text: str) -> str:
    """Digits as the characters that are read for them, one by one.

    >>> digits_as_characters("2024年")
    '二零二四年'
    """
    return "".join(_DIGITS.get(c, c) for c in text)
