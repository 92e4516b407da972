"""Words of any language as an index keeps them: cut, folded, Chinese in single and paired characters.

Letters with marks lose them ("Déjà" is found as "deja"), plural and possessive endings of English go, and a
run of Chinese, Japanese or Korean characters gives each character and each pair of neighbours, so that a name of
two characters is found inside a longer one. The same rules cut texts and questions.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 40
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0002fa1f"
_RUN = re.compile(rf"[{_CJK}]+|[^\W_{_CJK}]+")
_MARKED = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"}


def folded(text: str) -> str:
    """The text in lower case without accents and apostrophes.

    >>> folded("O’Neill's Brúðkaup")
    'oneills brudkaup'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘`´")
    plain = "".join(_MARKED.get(c, c) for c in plain)
    return unicodedata.normalize("NFC", plain)


def terms(text: str) -> list[str]:
    """The words of a text as the index keeps them, in order, with repeats.

    >>> terms("The Miller's Daughters"), terms("茉莉花")
    (['the', 'miller', 'daughter'], ['茉', '莉', '花', '茉莉', '莉花'])
    """
    found: list[str] = []
    for run in _RUN.findall(folded(text)):
        if re.match(rf"[{_CJK}]", run):
            found += [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
        else:
            found.append(_stem(run)[:LONGEST])
    return found


def asked_terms(text: str) -> list[str]:
    """The words of a question, each once: of Chinese the pairs, single characters only where they stand alone."""
    found: list[str] = []
    for run in _RUN.findall(folded(text)):
        if not re.match(rf"[{_CJK}]", run):
            found.append(_stem(run)[:LONGEST])
        elif len(run) == 1:
            found.append(run)
        else:
            found += [run[i : i + 2] for i in range(len(run) - 1)]
    return list(dict.fromkeys(found))


def _stem(word: str) -> str:
    """An English plural without its ending; other words as they are."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
