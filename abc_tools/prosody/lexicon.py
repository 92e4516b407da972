"""The pronouncing dictionary: English words, their sounds, and which letters make which sound.

Sounds are IPA, one string each; a vowel has `ˈ` (main stress) or `ˌ` (second stress) before it. The
words come with the package `gruut-lang-en`; the file is read once, at the first word.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from importlib.resources import as_file, files

VOWELS = frozenset("ɑ æ ʌ ə ɔ ɛ ɚ ɪ i ʊ u aɪ aʊ eɪ oʊ ɔɪ".split())  # noqa: SIM905
MAIN, SECOND = "ˈ", "ˌ"

Unit = tuple[str, tuple[str, ...]]
"""Letters and the sounds that they make; no sounds if they are silent."""


@cache
def _tables() -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """Word → its pronunciations, and word → letters beside sounds, as the file has them."""
    said: dict[str, tuple[str, ...]] = {}
    with (
        as_file(files("gruut_lang_en") / "lexicon.db") as path,
        closing(sqlite3.connect(path.resolve().as_uri() + "?mode=ro", uri=True)) as base,
    ):
        query = "select word, phonemes from word_phonemes where role != 'gruut:letter'"
        for word, phonemes in base.execute(query + " order by word, pron_order"):
            known = said.get(word, ())
            said[word] = known if phonemes in known else (*known, phonemes)
        aligned = dict(base.execute("select word, alignment from g2p_alignments"))
    return said, aligned


def is_vowel(sound: str) -> bool:
    """Whether a sound makes a syllable.

    >>> is_vowel("ˈaɪ"), is_vowel("t")
    (True, False)
    """
    return sound.lstrip(MAIN + SECOND) in VOWELS


def stress_of(sound: str) -> int:
    """2 for main stress, 1 for second stress, 0 for none."""
    return 2 if sound.startswith(MAIN) else 1 if sound.startswith(SECOND) else 0


def pronunciations(word: str) -> list[tuple[str, ...]]:
    """The sounds of a word in every way that the dictionary has; [] if it has none.

    >>> pronunciations("heaven")
    [('h', 'ˈɛ', 'v', 'ə', 'n')]
    """
    return [tuple(text.split()) for text in _tables()[0].get(word, ())]


def units(word: str) -> list[Unit]:
    """The letters of a word in order with their sounds; [] if the dictionary does not have it.

    >>> units("high")
    [('h', ('h',)), ('i', ('ˈaɪ',)), ('gh', ())]
    """
    text = _tables()[1].get(word)
    if text is None:
        return []
    found: list[Unit] = []
    for pair in text.split():
        letters, _, sounds = pair.partition("}")
        made = () if sounds == "_" else tuple(sounds.split("|"))
        found.append((letters.replace("|", ""), made))
    return found if "".join(letters for letters, _ in found) == word else []


def known(word: str) -> bool:
    """Whether the dictionary has a word of at least two letters, in lower case."""
    return len(word) > 1 and word in _tables()[0]
