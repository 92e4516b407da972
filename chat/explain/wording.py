"""A question made ready for reading: one spelling of signs, slips of the pen mended, courtesies taken off."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
import unicodedata

TYPOS = {
    "wat": "what", "wot": "what", "wots": "what's", "hows": "how's", "wheres": "where's", "whos": "who's",
    "whens": "when's", "whys": "why is", "wht": "what", "whats": "what's", "hw": "how", "wich": "which", "whch": "which", "wher": "where",
    "explane": "explain", "explian": "explain", "anlyse": "analyse", "anylyse": "analyse", "analise": "analyse",
    "analyize": "analyze", "cadance": "cadence", "cadances": "cadences", "rythm": "rhythm", "rhythem": "rhythm", "rythym": "rhythm",
    "chrods": "chords", "chrod": "chord", "cords": "chords", "cord": "chord", "harmonie": "harmony", "melodie": "melody",
    "signiture": "signature", "signture": "signature", "mesure": "measure", "mesures": "measures", "tempoe": "tempo",
    "diffrence": "difference", "diference": "difference", "diffrent": "different", "higest": "highest", "heighest": "highest",
    "lowst": "lowest", "minr": "minor", "majer": "major", "syncopaton": "syncopation", "syncopatd": "syncopated", "modulats": "modulates",
    "structer": "structure", "strcture": "structure", "begginer": "beginner", "beginer": "beginner", "difficlt": "difficult",
    "recoder": "recorder", "scael": "scale", "intervall": "interval", "dorien": "dorian", "souds": "sounds",
}  # fmt: skip
"""Words as they are often misspelt → the word."""


def normalised(text: str) -> str:
    """NFKC, plain quotes and spaces, courtesies taken off; the case stays (chords need it)."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    text = re.sub(r"[“”「」『』]", '"', text).replace("–", "-").replace("—", "-")
    text = (
        re.sub(r"(?i)\bwhat (an?) ([a-z -]{2,24}?) is\b", r"what is \1 \2", " ".join(text.split()))
        .replace("井号", "升号")
        .replace("这几小节", "这些小节")
        .replace("这几个小节", "这些小节")
        .replace("啥", "什么")
        .replace("咋", "怎么")
    )
    text = re.sub(
        r"(?i)^(?:[^.?!]{0,60}\b)?(?:there(?:'s| is)|heard (?:of|about)|told me about|read about|talk(?:s|ed|ing)? about|mention(?:s|ed)|call(?:s|ed)|says?|said|wrote) (?:an? |the |something called )?\"?([A-Za-z' -]{3,30}?)\"?[.,;!]+ *what(?:'s| is| does) (?:that|it|this)(?: mean| exactly)?\??$",
        r"what is \1?",
        text,
    )
    courtesy = r"^(?:(?:(?:please|pls|plz|hey|hi|hello|ok(?:ay)?|so|well|now|and|also|um+|thanks|thank you|great|nice|cool|sorry|excuse me|quick question|question|one more (?:thing|question)|by the way|btw|just curious|out of curiosity)\b|(?:请问一下|请问|麻烦(?:您|你)?|你好|您好|那么|那|嗯|好的|谢谢|请))[\s,，.!:;、]*)+"
    text = re.sub(r"\b(sharps?|flats?) (?:on|before|by|to) (?:all |every |each )?(?:the |of the )*([A-G])(?:'?s)?\b",
                  lambda m: f"{m[2]} {m[1].rstrip('s')}", text)  # fmt: skip
    text = re.sub(
        r"\b([A-G])'?s (?=(?:are |been |made |become )*(sharp|flat|natural)(?:ened|tened)?\b)",
        r"\1 \2 ",
        text,
    )
    text = re.sub(r"[A-Za-z]+", lambda word: TYPOS.get(word[0].lower(), word[0]), text)
    taken = re.sub(courtesy, "", text, flags=re.IGNORECASE)
    return taken or text
