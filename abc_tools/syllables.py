"""Plain words → syllables for notes: English by rules of spelling, Chinese one character a syllable.

Rules, no dictionary: a vowel group makes a syllable, a silent final `e` none; consonants go to the
syllable that they can begin. Irregular words may be cut wrongly; a hyphen in the text decides.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_WORD = re.compile(r"[一-鿿㐀-䶿]|[^\W\d_一-鿿㐀-䶿]+(?:['’\-][^\W\d_]+)*['’]?|\d+", re.UNICODE)
_VOWELS = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]+", re.IGNORECASE)
_ONSETS = frozenset(
    """bl br ch cl cr dr dw fl fr gl gr kl kn kr ph pl pr qu sc sch scr sh sk sl sm sn sp
    spl spr squ st str sw th thr tr tw wh wr""".split()  # noqa: SIM905
)
_SPLIT_PAIRS = re.compile(r"(?<![qg])(ia|io|iu|eo|ua|uo|ii|ao|oe(?=t)|ie(?=t)|ea(?=t(?:e|or|ion)))")
_ONE = re.compile(r"(?:ti|ci|si|xi|gi)o(?:n|us)|(?:ci|ti)a(?:l|n)|[bg]eon\b|iew")
WEAK = frozenset(
    """a an the of to in on at by for from with and or but nor as if than that is am are
    was were be been has have had do does did will would shall should can could may might must my
    your his her its our their me him them us it he she we you i so this these upon into o'er""".split()  # noqa: SIM905
)
_PREFIX = re.compile(
    r"^(?:a(?=[bcdfglmnrstw])|be|re|de|un|en|em|ex|for(?=g)|com|con|in(?=[dst])|pre|pro)(?=..[a-z])"
)


@dataclass(frozen=True)
class Syllable:
    """One sung syllable: `text` with a hyphen inside a word; whether it is stressed."""

    text: str
    stressed: bool


def split_word(word: str) -> list[str]:
    """The syllables of an English word by rules of spelling.

    >>> split_word("morning"), split_word("river"), split_word("amazing"), split_word("love")
    (['mor', 'ning'], ['ri', 'ver'], ['a', 'ma', 'zing'], ['love'])
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
            end == "e"
            and start >= 2
            and lower[start - 1] == "l"
            and lower[start - 2] not in "aeiouyrlw"
        )
        silent = end == "e" or (end == "es" and not re.search(r"(?:[sxzcg]|ch|sh)es$", lower))
        silent = silent or (end == "ed" and not re.search(r"[td]ed$", lower))
        if silent and not syllabic:
            groups.pop()
    return groups


def _stresses(word: str, pieces: list[str]) -> list[bool]:
    lower = word.lower().replace("’", "'")
    if len(pieces) == 1:
        return [lower not in WEAK]
    main = 1 if _PREFIX.match(lower) else 0
    if len(pieces) > 2 and re.search(r"(?:tion|sion|cian|cious|tious|ic|ity|ical)$", lower):
        main = len(pieces) - (3 if lower.endswith(("ity", "ical")) else 2)
    return [n == main for n in range(len(pieces))]


def syllables(line: str) -> list[Syllable]:
    """The syllables of a line of words, English and Chinese mixed; punctuation stays attached.

    >>> [s.text for s in syllables("The morning light, 我爱你")]
    ['The', 'mor-', 'ning', 'light,', '我', '爱', '你']
    """
    found: list[Syllable] = []
    matches = list(_WORD.finditer(line))
    for n, match in enumerate(matches):
        stop = matches[n + 1].start() if n + 1 < len(matches) else len(line)
        tail = re.sub(r"[\s|*_~\\-]", "", line[match.end() : stop])
        word = match[0]
        parts = [piece for part in word.split("-") if part for piece in split_word(part)]
        marks = _stresses(word, parts)
        for k, (piece, stressed) in enumerate(zip(parts, marks, strict=True)):
            text = piece + ("-" if k < len(parts) - 1 else tail)
            found.append(Syllable(text, stressed))
    return found


def rhyme_part(word: str) -> str:
    """What rhymes in an English word by its spelling: from the last stressed vowel on."""
    parts = split_word(word)
    main = max((n for n, s in enumerate(_stresses(word, parts)) if s), default=len(parts) - 1)
    rest = "".join(parts[main:]).lower()
    match = _VOWELS.search(rest)
    return rest[match.start() :] if match else rest
