"""How well two line ends rhyme: by their sounds, English from the last stressed vowel on.

Grades: `perfect` (the same sounds from the stressed vowel on; in Chinese the same of the thirteen
rhyme groups), `slant` (the same vowel with other consonants behind it, the same end with another
vowel, a weak last syllable against a strong one, or alike to the eye, such as love and move), or an
empty string. The same word twice is a perfect rhyme here, though no poet's pride.
"""

from __future__ import annotations

import re
from functools import lru_cache

from abc_tools.prosody.chinese import HAN, is_han, rhyme_group
from abc_tools.prosody.english import cut
from abc_tools.prosody.lexicon import is_vowel, known, pronunciations, stress_of

Sounds = tuple[str, ...]

_LAST = re.compile(rf"[{HAN}]|['’]?[^\W\d_{HAN}]+(?:['’][^\W\d_{HAN}]+)*['’]?")
_SAME = {"ʌ": "ə", "ɔ": "ɑ"}
_PLAIN_ENDINGS: dict[str, Sounds] = {
    "'s": ("z",), "'ll": ("l",), "'d": ("d",), "'re": ("ɚ",), "'ve": ("v",), "ing": ("ɪ", "ŋ"),
    "est": ("ə", "s", "t"), "eth": ("ə", "θ"), "ness": ("n", "ə", "s"),
    "less": ("l", "ə", "s"), "ly": ("l", "i"), "er": ("ɚ",), "ed": ("d",), "s": ("z",),
    "'st": ("s", "t"), "èd": ("ə", "d"), "éd": ("ə", "d"),
}  # fmt: skip
_NEAR_GROUPS = ({"人辰", "中东"}, {"灰堆", "一七"}, {"梭坡", "乜斜"}, {"一七", "姑苏"})
_NEAR = ({"m", "n", "ŋ"}, {"s", "z", "ʃ", "θ", "ð", "f", "v", "ʒ"}, {"t", "d", "k", "p", "b", "ɡ"})


def line_end(line: str) -> str:
    """The last word, or Chinese character, of a line; an empty string if there is none.

    >>> line_end("the silent sky."), line_end("举头望明月，")
    ('sky', '月')
    """
    found = _LAST.findall(line)
    return found[-1] if found else ""


@lru_cache(maxsize=20000)
def sounds(word: str) -> tuple[Sounds, ...]:
    """The sounds of an English word in every way it is said; () if that is not known.

    >>> sounds("lovest")
    (('l', 'ˈʌ', 'v', 'ə', 's', 't'),)
    """
    word = word.lower().replace("’", "'")
    if word.endswith("in'") and len(word) > 4:
        return tuple((*said[:-1], "n") for said in sounds(word[:-1] + "g"))
    word = word.strip("'") or word
    if said := pronunciations(word):
        return tuple(said)
    for ending, more in _PLAIN_ENDINGS.items():
        stem = word.removesuffix(ending)
        if not word.endswith(ending) or len(stem) < 2:
            continue
        doubled = stem[:-1] if stem[-1:] == stem[-2:-1] else ""
        base = next((s for s in (stem, stem + "e", doubled) if s and known(s)), "")
        if base:
            return tuple((*said, *more) for said in pronunciations(base))
    for n in range(2, len(word) - 2):
        if known(word[n:]) and known(word[:n]):
            return tuple(pronunciations(word[n:]))
    return ()


def _tail(said: Sounds, *, weak: bool = False) -> Sounds:
    """The sounds from the last stressed vowel on, or with `weak` from the last vowel on."""
    vowels = [n for n, sound in enumerate(said) if is_vowel(sound)]
    if not vowels:
        return said
    strong = [n for n in vowels if stress_of(said[n])] or vowels
    start = vowels[-1] if weak else strong[-1]
    bare = (sound.lstrip("ˈˌ") for sound in said[start:])
    return tuple(_SAME.get(sound, sound) for sound in bare)


@lru_cache(maxsize=50000)
def rhyme(one: str, other: str) -> str:
    """How two words, lines or characters rhyme: `perfect`, `slant` or an empty string.

    >>> rhyme("high", "sky"), rhyme("love", "move"), rhyme("home", "stone"), rhyme("sun", "tree")
    ('perfect', 'slant', 'slant', '')
    >>> rhyme("疑是地上霜", "低头思故乡")
    'perfect'
    """
    a, b = line_end(one), line_end(other)
    if not a or not b or is_han(a) != is_han(b):
        return ""
    if is_han(a):
        return _chinese(one, other)
    first, second = sounds(a), sounds(b)
    if not first or not second:
        return _by_spelling(a, b)
    grades = {_grade(x, y) for x in first for y in second}
    if "perfect" in grades:
        return "perfect"
    return "slant" if "slant" in grades or _by_spelling(a, b) == "perfect" else ""


def _chinese(a: str, b: str) -> str:
    one, two = rhyme_group(a), rhyme_group(b)
    if not one or not two:
        return ""
    return "perfect" if one == two else "slant" if {one, two} in _NEAR_GROUPS else ""


def _grade(a: Sounds, b: Sounds) -> str:
    one, two = _tail(a), _tail(b)
    if one == two:
        return "perfect"
    last, end = _tail(a, weak=True), _tail(b, weak=True)
    if last == end or ({last[0], end[0]} == {"i", "aɪ"} and last[1:] == end[1:]):
        return "slant"
    if last[0] == end[0] and len(last) == len(end) and len(last) > 1:
        pairs = zip(last[1:], end[1:], strict=True)
        if all(x == y or any({x, y} <= near for near in _NEAR) for x, y in pairs):
            return "slant"
    return "slant" if len(last) > 2 and last[1:] == end[1:] else ""


def _by_spelling(a: str, b: str) -> str:
    """Alike to the eye: the same letters from the vowel of the last strong syllable on."""
    one, two = _spelled(a), _spelled(b)
    return "perfect" if one and one == two else ""


def _spelled(word: str) -> str:
    pieces = cut(word)
    main = max((n for n, (_, stress) in enumerate(pieces) if stress), default=len(pieces) - 1)
    rest = "".join(text for text, _ in pieces[main:]).lower()
    match = re.search(r"[aeiouyàâäèéêìíòóöùúü]", rest)
    return rest[match.start() :] if match else ""
