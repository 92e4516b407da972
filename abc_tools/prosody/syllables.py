"""Plain words → syllables for notes: English by a dictionary and rules, Chinese one character each.

Punctuation stays at the syllable it follows or opens; signs that mean something in a `w:` line
(`| * _ ~ \\`) go. A word without a vowel (`th'`) is sung with the next one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from abc_tools.prosody.chinese import HAN, digits_as_characters, is_han
from abc_tools.prosody.english import cut
from abc_tools.prosody.numbers import number_words, ordinal_words

_LETTER = rf"[^\W\d_{HAN}]"
_WORD = re.compile(
    rf"[{HAN}]|['’‘]?{_LETTER}+(?:['’\-‐‑]{_LETTER}+)*['’]?|\d+(?:[.,]\d{{3}})*(?:st|nd|rd|th)?"
)
_DROPPED = re.compile(r"[\s|*_~\\%\-–—―<>=+#$€£@^°/&-]")
_OPENING = re.compile(r"[(\[{“‘«「『《〈（【¿¡]+$|(?<![\w])[\"'’]+$")
_NO_VOWEL = re.compile(r"['’]?[^\W\daeiouyàáâäèéêëìíîïòóôöùúûü_]+['’]?", re.IGNORECASE)


@dataclass(frozen=True)
class Syllable:
    """One sung syllable: `text` with a hyphen inside a word; `stress` 2 main, 1 second, 0 none.

    `elides` says that singers may join it to the one before: glo-rious, heaven, wan-dering.
    """

    text: str
    stress: int
    elides: bool = False

    @property
    def stressed(self) -> bool:
        """Whether it wants a strong beat."""
        return self.stress == 2


def syllables(line: str) -> list[Syllable]:
    """The syllables of a line of words, English and Chinese mixed; punctuation stays attached.

    >>> [s.text for s in syllables("The morning light, 我爱你")]
    ['The', 'morn-', 'ing', 'light,', '我', '爱', '你']
    >>> [s.text for s in syllables("In 21 days th' eternal")]
    ['In', 'twen-', 'ty-', 'one', 'days', "th'~e-", 'ter-', 'nal']
    """
    line = _numbers_said(line if is_han(line) else line.replace("&", " and "))
    found: list[Syllable] = []
    matches = list(_WORD.finditer(line))
    joined = ""
    opening = _OPENING.search(line[: matches[0].start()] if matches else "")
    before = opening[0] if opening else ""
    for n, match in enumerate(matches):
        stop = matches[n + 1].start() if n + 1 < len(matches) else len(line)
        between = line[match.end() : stop]
        opening = _OPENING.search(between) if n + 1 < len(matches) else None
        tail = between[: opening.start()] if opening else between
        if _no_word(match[0]) and n + 1 < len(matches):
            joined += before + match[0] + "~"
        else:
            found += _of_word(joined + before, match[0], _DROPPED.sub("", tail))
            joined = ""
        before = opening[0] if opening else ""
    return found


def _numbers_said(line: str) -> str:
    """The line with its numbers as words; in a Chinese line, as characters."""
    if not re.search(r"\d", line):
        return line
    if is_han(line):
        return digits_as_characters(line)
    line = re.sub(r"(?<=\d),(?=\d{3})", "", line)
    line = re.sub(r"\b([0-9]{1,9})(?:st|nd|rd|th)\b", lambda m: ordinal_words(int(m[1])), line)
    return re.sub(r"[0-9]{1,15}", lambda m: number_words(int(m[0])), line)


def _no_word(word: str) -> bool:
    return _NO_VOWEL.fullmatch(word) is not None and word[-1] in "'’" and not is_han(word)


def _of_word(head: str, word: str, tail: str) -> list[Syllable]:
    """The syllables of a word with what stands before and behind it."""
    if is_han(word):
        return [Syllable(head + word + tail, 2)]
    if word[0] in "‘'’" and len(word) > 1:
        head, word = head + word[0], word[1:]
        if cut("'" + word) and f"'{word.lower()}" in ("'tis", "'twas"):
            return [Syllable(head + word + tail, 0)]
    pieces = [p for part in re.split("[-‐‑]", word) if part for p in cut(part)]
    found = []
    for n, (text, stress) in enumerate(pieces):
        shown = (head if n == 0 else "") + text + (tail if n == len(pieces) - 1 else "-")
        found.append(
            Syllable(shown, stress, n > 0 and not stress and elides(pieces[n - 1][0], text))
        )
    return found


def elides(before: str, text: str) -> bool:
    """Whether a weak syllable may be sung on one note with the one before.

    >>> elides("ri", "ous"), elides("heav", "en"), elides("der", "ing"), elides("morn", "ing")
    (True, True, True, False)
    """
    one, two = before.lower(), text.lower()
    if re.match("[aeiou]", two) and re.search(r"[^aeiou]i$|[ou]w$|er$", one):
        return True
    return re.fullmatch(r"en|ens|il|en's", two) is not None and one.endswith(("v", "s"))
