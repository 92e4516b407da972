"""Ideas before notes: whole requests that anyone can take as they are, from tables, never twice alike.

Deterministic in the seed. A theme that the message names runs through all of them.
"""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import random
import re

from abc_tools import numbers

COUNT, MOST = 4, 6
IMAGES = {
    "en": ("a boat coming home at dusk", "the first frost of the year", "a market in the morning", "two cats on a roof",
           "a letter that never came", "snow falling on a quiet street", "a fair on the village green", "lanterns on the river",
           "a long train journey", "the last day of school", "a storm over the hills", "grandmother's kitchen"),
    "zh": ("傍晚归来的小船", "初雪的早晨", "热闹的集市", "屋顶上的两只猫", "一封没有寄到的信", "江上的灯火",
           "山里的雾", "放学路上", "外婆的厨房", "远行的列车", "秋天的稻田", "雨后的竹林"),
}  # fmt: skip
KINDS = {
    "en": ("a slow waltz in {minor}", "a lively jig in {major}", "a calm air in {dorian}", "a reel in {mixolydian}",
           "a song in {major} with verse and chorus", "a lullaby in {major}", "a march in {major}", "a pentatonic folk song in {major}"),
    "zh": ("一首{minor}慢圆舞曲", "一首欢快的{major}吉格舞曲", "一首宁静的{dorian}慢歌", "一首{mixolydian}里尔舞曲",
           "一首{major}的歌，有主歌和副歌", "一首{major}摇篮曲", "一首{major}进行曲", "一首{major}五声音阶民歌"),
}  # fmt: skip
KEYS = {
    "en": {"major": ("G major", "D major", "C major", "F major", "A major"), "minor": ("D minor", "E minor", "A minor", "G minor"),
           "dorian": ("D dorian", "E dorian", "A dorian"), "mixolydian": ("D mixolydian", "A mixolydian", "G mixolydian")},
    "zh": {"major": ("G大调", "D大调", "C大调", "F大调", "A大调"), "minor": ("D小调", "E小调", "A小调", "G小调"),
           "dorian": ("D多利亚", "E多利亚", "A多利亚"), "mixolydian": ("D混合利底亚", "A混合利底亚", "G混合利底亚")},
}  # fmt: skip
WITH = {
    "en": ("16 bars, with chords", "16 bars, only I, IV and V", "AABA, 32 bars, with chords", "for beginners, 8 bars",
           "16 bars, with a pickup", "24 bars, ending softly on the tonic"),
    "zh": ("16小节，带和弦", "16小节，只用I、IV、V和弦", "AABA曲式，32小节，带和弦", "适合初学者，8小节",
           "16小节，带弱起", "24小节，结束在主音"),
}  # fmt: skip
_THEME = re.compile(
    r"(?:ideas?|inspiration|something) (?:for|about|on) (?!me\b|us\b|my (?:tune|song)|(?:an? )?(?:\w+ )?(?:tune|song|piece|chorus|verse|bridge|hook|melody|waltz|jig|reel)s?\b)(?:an? )?([a-z][a-z' -]{2,30})|关于([^,.，。!！?？的]{1,10})"
)
_COUNT = re.compile(
    rf"({numbers.NUMBER}) (?:\w+ )?ideas|({numbers.NUMBER})个(?:主意|点子|想法|灵感)"
)
_KEY = re.compile(
    r"(?<=in )[A-G](?:#|b| sharp| flat)?(?: (?:major|minor|dorian|mixolydian))?\b|[升降]?[A-G](?:大调|小调|多利亚|调)"
)


def ideas(message: str, language: str, seed: int) -> tuple[str, ...]:
    """A few requests in a language, each another kind of tune about another image."""
    rng = random.Random(seed)
    match = _THEME.search(message.lower())
    theme = (match[1] or match[2]).strip() if match else ""
    key = _KEY.search(message)
    asked = _COUNT.search(message.lower())
    count = min(MOST, numbers.value(asked[1] or asked[2]) or COUNT) if asked else COUNT
    kinds = rng.sample(KINDS[language], count)
    images = [theme] * count if theme else rng.sample(IMAGES[language], count)
    withs = rng.sample(WITH[language], count)
    found = []
    for kind, image, rest in zip(kinds, images, withs, strict=True):
        named = kind.format(
            **{mode: key[0] if key else rng.choice(keys) for mode, keys in KEYS[language].items()}
        )
        found.append(
            f"{named} about {image}, {rest}"
            if language == "en"
            else f"{named}，关于{image}，{rest}"
        )
    return tuple(found)
