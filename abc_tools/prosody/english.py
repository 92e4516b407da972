"""English words cut into syllables for singing, with their stress.

The dictionary says how many syllables a word has and which letters make them; where the word is cut
follows the books: before a single consonant after a long vowel (`glo-ry`), behind it after a short
stressed one (`heav-en`), between two (`mer-cy`). Words that the dictionary does not have are traced to
words that it has (`lovest`, `starlit`, `singin'`), else cut by rules of spelling.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from functools import lru_cache

from abc_tools.prosody.lexicon import Unit, is_vowel, known, stress_of, units
from abc_tools.prosody.spelling import cut_by_spelling, stress_by_spelling

Cut = tuple[tuple[str, int], ...]
"""Pieces of a word and their stress: 2 main, 1 second, 0 none."""

WEAK = frozenset(
    """a an the of to in on at by for from with and or but nor as if than that is am are
    was were be been has have had do does did will would shall should can could may might must my
    your his her its our their me him them us it he she we you i so this these into o'er thy ye
    thee thou who whom whose which when where while till ere i'll i'm he's she's it's 'tis 'twas we'll
    you'll they they'll thou'lt there's let's some am art hath hast doth""".split()  # noqa: SIM905
)
"""Words of one syllable that are sung on weak beats as well as on strong ones."""

_SUFFIXES = ("ing", "in'", "edst", "est", "eth", "ed", "er", "ers", "less", "ness", "ful", "ly",
             "some", "ward", "like", "ship")  # fmt: skip
_ONSETS = frozenset(
    """bl br ch cl cr dr dw fl fr gl gr ph pl pr sh th tr wh qu
    scr spl spr str shr thr chr sch squ""".split()  # noqa: SIM905
)
_OPEN_ONSETS = frozenset("sc sk sl sm sn sp st sw".split())  # noqa: SIM905
"""Onsets too, behind a weak first syllable: be-stow, but mas-ter."""
_BEHIND = frozenset(
    "less ness ful ly ment ments ward wards some ship like dom hood".split()  # noqa: SIM905
)
_HEADS = ("with", "where", "what", "when", "there", "here", "over", "under", "every", "some",
          "any", "out", "how", "up")  # fmt: skip
_AS_PRINTED: dict[str, Cut] = {
    "every": (("ev", 2), ("ery", 0)), "evening": (("eve", 2), ("ning", 0)),
    "alleluia": (("al", 1), ("le", 0), ("lu", 2), ("ia", 0)), "saviour": (("sav", 2), ("iour", 0)),
    "savior": (("sav", 2), ("ior", 0)),
    "beloved": (("be", 0), ("lov", 2), ("ed", 0)), "wherever": (("wher", 0), ("ev", 2), ("er", 0)),
    "forever": (("for", 0), ("ev", 2), ("er", 0)),
}  # fmt: skip
"""Words that song books cut in a way that no rule gives."""
_LAX = frozenset(("ɛ", "æ", "ɪ", "ʌ", "ʊ", "ɑ"))
_LETTERS = "aeiouyàáâäèéêëìíîïòóôöùúûü"


@lru_cache(maxsize=20000)
def cut(word: str) -> Cut:
    """The pieces of one word without hyphens, each with its stress.

    >>> cut("heaven"), cut("Fire"), cut("upon")
    ((('heav', 2), ('en', 0)), (('Fire', 2),), (('up', 0), ('on', 2)))
    >>> cut("Redeemer's"), cut("ev'ry")
    ((('Re', 0), ('dee', 2), ("mer's", 0)), (("ev'", 2), ('ry', 0)))
    """
    lower = word.lower().replace("’", "'")
    plain = "".join(unicodedata.normalize("NFD", letter)[0] for letter in lower)
    found = _cut(plain if known(plain) else lower)
    if len(lower) != len(word) or not found:
        return ((word, 2),)
    pieces, at = [], 0
    for text, stress in found:
        pieces.append((word[at : at + len(text)], stress))
        at += len(text)
    if len(pieces) == 1:
        return ((word, 0 if lower in WEAK else 2),)
    if not any(stress == 2 for _, stress in pieces):
        top = max(range(len(pieces)), key=lambda n: pieces[n][1])
        pieces[top] = (pieces[top][0], 2)
    return tuple(pieces)


def _cut(word: str) -> Cut:
    if word in _AS_PRINTED:
        return _AS_PRINTED[word]
    if word.endswith("n't") and word[-4:-3] in ("d", "s", "t", "v"):
        return (*_cut(word[:-3]), ("n't", 0))
    if whole := _compound(word):
        return whole
    if aligned := units(word):
        return _aligned(word, aligned)
    marked = re.fullmatch(r"(.*[^aeiou])[èé]d", word)
    if marked and len(marked[1]) > 1:
        return (*_cut(marked[1]), (word[-2:], 0))
    for ending in ("'s", "s'", "'d", "'ll", "'ve", "'re", "n't", "s"):
        stem = word.removesuffix(ending) + ("s" if ending == "s'" else "")
        if word.endswith(ending) and known(stem):
            return _longer(_cut(stem), word)
    if stem_cut := _suffixed(word):
        return stem_cut
    if "'" not in word:
        for n in range(len(word) - 4, 2, -1):
            if known(word[:n]) and known(word[n:]):
                second = tuple((text, min(stress, 1)) for text, stress in _cut(word[n:]))
                return (*_cut(word[:n]), *second)
    pieces = cut_by_spelling(word)
    return tuple(zip(pieces, stress_by_spelling(word, pieces), strict=True))


def _compound(word: str) -> Cut:
    """The cut of a word that begins with another one, such as `with-in`; () if it is none."""
    for head in _HEADS:
        rest = word.removeprefix(head)
        if word == rest or len(rest) < 2 or rest in ("er", "ers", "ed", "en", "es", "ing", "ly"):
            continue
        if not known(rest) and rest not in ("e'er", "soe'er"):
            continue
        first, second = _cut(head), _cut(rest)
        said = [s for _, sounds in units(word) for s in sounds if is_vowel(s)]
        if said and len(said) == len(first) + len(second):
            texts = [text for text, _ in (*first, *second)]
            return tuple(zip(texts, map(stress_of, said), strict=True))
        if not said:
            return (*((text, 0) for text, _ in first), *second)
    return ()


def _longer(stem: Cut, word: str) -> Cut:
    """The cut of a stem for the stem with letters behind it that make no syllable."""
    head = stem[:-1]
    return (*head, (word[sum(len(text) for text, _ in head) :], stem[-1][1]))


def _suffixed(word: str) -> Cut:
    """The cut of a word made of a known one and a common ending; () if it is none."""
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if not word.endswith(suffix) or len(stem) < 2:
            continue
        base = next((s for s in (stem, stem + "e") if known(s)), "")
        doubled = len(stem) > 3 and stem[-1] == stem[-2] and known(stem[:-1])
        if not base and not doubled:
            if stem[-1] != "i" or not known(stem[:-1] + "y"):
                continue
            return (*_longer(_cut(stem[:-1] + "y"), stem), (suffix, 0))
        own = _cut(base or stem[:-1])
        size = len(stem) - (0 if base else 1)
        if suffix == "ed" and not stem.endswith(("t", "d")):
            return _longer(own, word)
        head = own[:-1]
        start = sum(len(text) for text, _ in head)
        if suffix == "ly" and stem.endswith("le") and len(own) > 1:
            return (*own[:-1], (word[start:], 0))
        return (*head, (word[start:size], own[-1][1]), (word[size:], 0))
    return ()


def _aligned(word: str, parts: list[Unit]) -> Cut:
    """The cut of a word whose letters are known beside their sounds."""
    nuclei: list[tuple[int, int, str]] = []
    at = 0
    for letters, sounds in parts:
        for sound in sounds:
            if is_vowel(sound) and not _glide(letters, sound, nuclei):
                nuclei.append((at, at + len(letters), sound))
        at += len(letters)
    if not nuclei:
        return ((word, 2),)
    places = [0]
    for (_, stop, before), (start, _, after) in itertools.pairwise(nuclei):
        place = _place(word, stop, start, (before, after), parts)
        places.append(max(places[-1] + 1, place))
    places.append(len(word))
    if any(a >= b for a, b in itertools.pairwise(places)):
        return ((word, 2),)
    return tuple(
        (word[a:b], stress_of(sound))
        for a, b, (_, _, sound) in zip(places, places[1:], nuclei, strict=False)
    )


def _glide(letters: str, sound: str, nuclei: list[tuple[int, int, str]]) -> bool:
    """Whether an `r` after a diphthong makes no syllable of its own, as in fire and hour."""
    before = nuclei[-1][2].lstrip("ˈˌ") if nuclei else ""
    return sound == "ɚ" and letters == "r" and before in ("aɪ", "aʊ")


def _place(word: str, stop: int, start: int, around: tuple[str, str], parts: list[Unit]) -> int:
    """Where to cut between two vowels: `word[stop:start]` are the letters between them."""
    before, after = around
    if word[start] not in _LETTERS:
        # The sound hides at a consonant: lit-tle, ta-ble, did-n't, pris-m.
        return start - 1 if word[start] == "l" and start > stop else start
    while stop < start and word[stop] in _LETTERS:
        stop += 1
    while start > stop and word[start - 1] in _LETTERS:
        start -= 1
    if stop == start:
        leading = word[stop - 1] == "r" and not stress_of(before) and stop == 2
        return start - 1 if leading else start
    for place in range(stop, start):
        if word[place:] in _BEHIND and not stress_of(after):
            return place
    if word[start:] in ("ing", "ings", "est", "eth", "ed", "es", "y") and _stem(word, stop, start):
        return start
    ends = list(itertools.accumulate(len(letters) for letters, _ in parts))
    between = _consonants(word, stop, start, ends)
    return _among(word, stop, start, before, between)


def _stem(word: str, stop: int, start: int) -> bool:
    """Whether the ending that begins at `start` stands behind a word, which is kept whole."""
    head, ending = word[:start], word[start:]
    if ending == "y":
        return start - stop > 1 and len(head) > 4 and head[-1] != head[-2] and known(head)
    if ending == "es":
        return known(head + "e")
    return known(head) or (ending != "ed" and known(head + "e"))


def _consonants(word: str, stop: int, start: int, ends: list[int]) -> list[str]:
    """The consonants between two vowels, letters of one sound together unless it is doubled."""
    found, at = [], stop
    for end in [*(e for e in ends if stop < e < start), start]:
        letters = word[at:end]
        if len(letters) == 2 and letters[0] == letters[1]:
            found += list(letters)
        else:
            found.append(letters)
        at = end
    return found


def _among(word: str, stop: int, start: int, before: str, between: list[str]) -> int:
    """Where to cut among consonants, after the vowel sound `before`."""
    vowel = before.lstrip("ˈˌ")
    if len(between) == 1:
        short = bool(stress_of(before)) and vowel in _LAX
        if vowel == "ɑ":
            short = short and word[stop - 1] == "o"
        if between[0] == "r" and vowel in ("ɪ", "ɛ"):
            short = (
                short and word[stop - 1] in "ei" and word[stop - 2 : stop - 1] not in set("aeio")
            )
        return start if between[0] in ("x", "ck", "ng", "dg") or short else stop
    open_ = not stress_of(before) and stop <= 3
    whole = open_ or vowel not in _LAX
    for size in range(len(between) - 1 + whole, 0, -1):
        onset = "".join(between[-size:])
        legal = onset in _ONSETS or (open_ and onset in _OPEN_ONSETS)
        if size == 1 or legal:
            return start - len(onset)
    return start
