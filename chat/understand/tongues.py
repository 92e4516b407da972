"""Whether a message is in another language than the two that are read here.

Told by its script, or in Latin letters by small words of a language, where no English one stands beside them. Words
of music (Italian tempo marks, names of dances) are not among them, and quoted titles are taken off before.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

_SCRIPTS = re.compile(
    r"[\u3041-\u30ff]{2}|[\uac00-\ud7af]{2}|[\u0400-\u04ff]{3}|[\u0600-\u06ff]{2}|[\u0590-\u05ff]{2}|[\u0e00-\u0e7f]{2}|[\u0900-\u097f]{2}|[\u0370-\u03ff]{3}"
)
WORDS: dict[str, str] = {
    "German": "bitte schreib schreibe mir einen eine einem einer ein und mit der das ist nicht für wie kannst du ich mach takte takten welche welcher tonart moll dur lied stück warum sie auf im zum den dem von",
    "French": "écris ecris moi une un avec et le la les des pour plaît plait est quelle quel mesures majeur mineur peux tu je dans fais pourquoi ce cette du en chanson sont",
    "Spanish": "escribe escríbeme una un con por favor el la los para compás compases es qué cuál tonalidad puedes hazme en de canción esta este del y",
    "Italian": "scrivi scrivimi una un con per favore il la di battute che è tonalità puoi fammi qual questa questo del della canzone brano e",
    "Portuguese": "escreva uma um com por favor em compassos qual é tom não você para de uma esta este música o e",
    "Dutch": "schrijf een met het van voor maten alsjeblieft welke toonsoort ik kun je mij en op dit deze liedje waarom",
    "Polish": "napisz proszę jest jaka jak w z na i dla mi taktów tonacja",
    "Swedish": "skriv en ett med och för det är takter tonart vad kan du mig på",
}  # fmt: skip
"""Language → small words of it."""
_ENGLISH = re.compile(
    r"\b(?:the|of|to|with|make|write|give|it|this|that|for|and|please|what|which|how|why|bars?|add|my|your|you|in an?|a|an|is it|tune|song|lyrics|words|called)\b"
)


def is_foreign(text: str) -> bool:
    """Whether a message is in neither English nor Chinese.

    >>> is_foreign("Schreib mir bitte einen Walzer"), is_foreign("an allegro con brio"), is_foreign("ハーモニーを付けて")
    (True, False, True)
    """
    lower = text.lower()
    if "|" in text or re.search(r"(?m)^\s*[XKM]:", text):
        return False
    english = _ENGLISH.search(lower) is not None
    if _SCRIPTS.search(lower):
        return not english and len(re.findall(r"[\u4e00-\u9fff]", lower)) < 2 * len(
            re.findall(r"[\u3041-\u30ff\uac00-\ud7af\u0370-\u06ff\u0900-\u0e7f]", lower)
        )
    if english or re.search(r"[\u4e00-\u9fff]", lower):
        return False
    said = re.findall(r"[^\W\d_]+", lower)
    best = max(len({w for w in said if w in words.split()}) for words in WORDS.values())
    return len(said) >= 3 and best >= 2 and 3 * best >= len(said)
