"""Syllables and stress of English words by rules of spelling, for words that no dictionary has.

A vowel group makes a syllable, a silent final `e` none; consonants go to the syllable that they can
begin. Irregular words may be cut wrongly.
"""

from __future__ import annotations

import itertools
import re

_VOWELS = re.compile(r"[eo]'e+|[aeiouyàáâäèéêëìíîïòóôöùúûü]+", re.IGNORECASE)
_ONSETS = frozenset(
    """bl br ch cl cr dr dw fl fr gl gr kl kn kr ph pl pr qu sch scr sh
    spl spr squ str th thr tr tw wh wr""".split()  # noqa: SIM905
)
_SPLIT_PAIRS = re.compile(r"(?<![qg])(ia|io|iu|eo|ua|uo|ii|ao|oe(?=t)|ie(?=t)|ea(?=t(?:e|or|ion)))")
_ONE = re.compile(r"(?:ti|ci|si|xi|gi)o(?:n|us)|(?:ci|ti)a(?:l|n)|[bg]eon\b|iew|(?:ni|li)ons?\b")
_SILENT = re.compile(
    r"(?<=[^aeiou]e)(?:ly|ness|less|ful|ment|some|things?|times?|wards?|where|fore|'s)(?![aeiou])"
)
_PREFIX = re.compile(
    r"^(?:a(?=[bcdfglmnrstw])|be|re|de|un|en|em|ex|for(?=g)|com|con|in(?=[dst])|pre|pro)(?=..[a-z])"
)


def cut_by_spelling(word: str) -> list[str]:
    """The syllables of an English word by rules of spelling.

    >>> cut_by_spelling("morning"), cut_by_spelling("lonely"), cut_by_spelling("blithe")
    (['mor', 'ning'], ['lone', 'ly'], ['blithe'])
    """
    lower = word.lower()
    groups = _nuclei(lower)
    if len(groups) < 2:
        return [word]
    cuts = []
    for (_, stop), (start, _) in itertools.pairwise(groups):
        between = lower[stop:start]
        size = len(between)
        keep = next((n for n in (3, 2) if size >= n and between[-n:] in _ONSETS), min(size, 1))
        if between in ("ck", "ng", "x") or (size == 1 and between == "x"):
            keep = 0
        if between.endswith("'"):
            keep = 0
        cuts.append(start - keep)
    edges = [0, *cuts, len(word)]
    return [word[a:b] for a, b in itertools.pairwise(edges)]


def _nuclei(lower: str) -> list[tuple[int, int]]:
    """Where the sounding vowel groups of a word begin and end."""
    groups: list[tuple[int, int]] = []
    for match in _VOWELS.finditer(lower):
        start, stop = match.span()
        if match[0] == "e" and start and _SILENT.match(lower, stop):
            continue
        if start == 0 and lower[0] == "y" and stop > 1:
            start = 1
        if start and lower[start - 1] == "q" and lower[start] == "u" and stop - start > 1:
            start += 1
        pair = _SPLIT_PAIRS.search(lower, start, stop)
        if pair and not _ONE.search(lower, max(0, start - 1)):
            groups += [(start, pair.start() + 1), (pair.start() + 1, stop)]
        elif lower[start:stop] in ("eyi", "ayi", "oyi", "yi", "uyi"):
            groups += [(start, stop - 1), (stop - 1, stop)]
        else:
            groups.append((start, stop))
    if len(groups) > 1:
        start, stop = groups[-1]
        end = lower[start:]
        syllabic = (
            end in ("e", "es", "ed")
            and start >= 2
            and lower[start - 1] == "l"
            and lower[start - 2] not in "aeiouyrlw"
        )
        silent = end == "e" or (end == "es" and not re.search(r"(?:[sxzcg]|ch|sh)es$", lower))
        silent = silent or (end == "ed" and not re.search(r"[td]ed$", lower))
        if silent and not syllabic:
            groups.pop()
    return groups


def stress_by_spelling(word: str, pieces: list[str]) -> list[int]:
    """The stress of each piece by common endings and prefixes: 2 main, 0 none.

    >>> stress_by_spelling("revelation", ["re", "ve", "la", "tion"])
    [0, 0, 2, 0]
    """
    lower = word.lower()
    main = 1 if len(pieces) > 1 and _PREFIX.match(lower) else 0
    if len(pieces) > 2 and re.search(r"(?:tion|sion|cian|cious|tious|ic|ity|ical)$", lower):
        main = len(pieces) - (3 if lower.endswith(("ity", "ical")) else 2)
    return [2 if n == main else 0 for n in range(len(pieces))]
