"""How people ask for one note that fills its bar: a voice that sings it ("let the altos take the A below middle C in bar 8"), and
one more bar at the end that is nothing else ("one bar more, a long B flat", 最后加一小节长音C).

What it does not know: bars of several notes and long notes that are named without a voice (`picked`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from chat.understand.rules.base import Clause, Rule, rule
from chat.understand.text import in_letters
from chat.understand.voices_said import voice_meant

_NAME = r"(?P<n>[a-g])(?P<s>[ -]?(?:sharp|flat)|#|b)?(?P<o>[2-6])?(?![a-z#'])"
_VOICE = r"(?:the |my |our )?(?:(?:upper|lower|top|bottom|second|first|2nd|1st) (?:voice|part|line)|altos?|sopranos?|tenors?|basses|seconds)s?"
_SUNG = re.compile(
    rf"\b{_VOICE}(?: part| line)? (?:can |could |should |to |must |now |just |please )*(?:go(?:es)?|come|sing|sings|take|takes|have|has|hold|holds|get|drop|drops|move|moves|play|plays|end|finish|stay)(?: up| down| back)?(?: to| on| with)?(?: just)?(?: (?:an?|the|one|long|held))* (?P<p>low |high |middle )?{_NAME}(?P<b> (?P<w>below|above|over|under) middle c)?"
    r"|(?:女低音?|女高音?|女中音?|男高音?|(?:低|高|第[一二三])声部)[^,.;]{0,10}?(?:改)?(?:唱|拉|吹|弹|奏|停在|落在|结束在|用)(?:成|到|一个)?(?P<zp>低音?|高音?|中央)?(?P<zs>升|降)?(?P<z>[a-g])(?![a-z])(?!大调|小调|和弦)"
)
_MORE = re.compile(
    r"\b(?:one more |another |an? (?:extra |final |further |last |new )?|one (?:extra |final |last |new )?|1 (?:more )?)(?:bar|measure)\b(?! (?:from|of rests?|before|after bar))|(?:加|添|补|接|来)(?:上)?一(?:个)?小节|(?:加|添|补|接|来)(?:上)?个小节"
)
_AT_END = re.compile(
    r"\b(?:at|to|on|for) the (?:very )?end\b|\bafter the (?:last|final)\b|\bto (?:finish|end|close)\b|\bmore\b|最后|结尾|末尾|后面"
)
_LONG = re.compile(
    rf"\b(?:long|held|whole|sustained|single|one|of|a|an|on|nothing but|just|only)(?: (?:long|held|whole|big|low|high|note|notes|an?|the|on|of|single))* {_NAME}"
    r"|(?:长|全音符|一直|整)(?:的|音|小节)?(?:的|是)?(?P<zs>升|降)?(?P<z>[a-g])(?![a-z])|(?P<zt>升|降)?(?P<y>[a-g])(?:的)?(?:长音|全音符)"
)
_SIGN = {"sharp": "#", "flat": "b", "#": "#", "b": "b", "升": "#", "降": "b"}
_LONG_SAID = re.compile(
    r"\b(?:long|held|hold|whole|sustained|nothing but|semibreve|single note|one note|note)\b|长|全音符"
)


def _sign(said: str | None) -> str:
    return _SIGN.get((said or "").strip(" -"), "")


_HAVE_NOW = re.compile(
    rf"(?:^|[.,;!?] *|\b(?:and|but|because|since|that) )(?:i think |i see )?{_VOICE} (?:have|has|have got|has got) "
)


def sung(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The note that a voice has for a whole bar."""
    if re.search(
        r"\b(?:octave|key|third|sixth|chord|lyrics|words|why|what|how|if)\b", clause.lower
    ):
        return None
    found = _SUNG.search(in_letters(clause.text).lower())
    if found is None or voice_meant(clause.tune, clause.lower) is None:
        return None
    if len(clause.tune.voices) < 2:
        return None
    if _HAVE_NOW.search(clause.text.lower()):
        return None  # "the altos have an F in bar 3" tells what is there
    place = clause.bars_in(clause.lower)
    if place is None and re.search(r"\bthere\b|那里|那儿|这里|那个?小节", clause.lower):
        place = clause.pointed()
    if place is not None and place.first != place.last:
        return None
    clause.place = place  # without one it is asked for: a voice is not moved as a whole
    if found["z"]:
        octave = {"低": "3", "中": "4", "高": "5"}.get((found["zp"] or " ")[0], "")
        return {"notes": f"{found['z'].upper()}{_sign(found['zs'])}{octave}"}
    name, octave = found["n"].upper(), found["o"] or ""
    if found["b"]:
        below = found["w"] in ("below", "under")
        octave = "3" if below else "4"
    elif found["p"] == "middle ":
        octave = "4"
    return {"notes": f"{name}{_sign(found['s'])}{octave}"}


def one_more(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The note of one more bar at the end."""
    text = in_letters(clause.text).lower()
    if not _MORE.search(text) or not _AT_END.search(text) or not _LONG_SAID.search(text):
        return None
    found = _LONG.search(_MORE.sub("bar", text))
    if found is None:
        return None
    clause.place = None
    name = (found["n"] or found["z"] or found["y"]).upper()
    return {"note": name + _sign(found["s"] or found["zs"] or found["zt"])}


RULES: tuple[Rule, ...] = (
    rule("note-bar", _MORE.pattern, one_more),
    rule(
        "write-bar",
        r"\b(?:voice|part|line|altos?|sopranos?|tenors?|basses|seconds)\b|声部|[女男][高中低]",
        sung,
    ),
)
