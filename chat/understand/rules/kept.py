"""What people say is kept beside a change: a hand, the chords, the words. A voice that is there stays for this message;
what no change touches by itself needs nothing.

What this does not know: bars that are kept, and what is locked for good (`pitch.LOCKS`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from chat.understand.rules.base import Clause, N, Rule, rule
from chat.understand.rules.voices import voice_named
from chat.understand.voices_said import voice_meant

_PART_KEPT = r"left[- ]hand|right[- ]hand|bass(?: line| part)?|melody|tune|top (?:voice|line|part)|(?:second|lower|upper|other|alto|tenor|soprano) (?:voice|part|line)|accompaniment|drone|descant"
_SIGN_KEPT = r"chords?|chord symbols|harmony|words|lyrics|repeats?|repeat signs|tempo|speed|key|title|dynamics|ornaments|trills|rhythm|fingering"
_KEPT = re.compile(
    rf"^(?:and |but |just |please |so |can you |could you )*(?:keep|leave|retain|preserve)(?: me)? (?:the |my |her |his |our |those |these )?(?P<part>{_PART_KEPT}|{_SIGN_KEPT})(?: (?:in|there|please|though|on|as well|alone|intact))*\W*$"
    rf"|^(?:不过|但|但是|请)?(?:把)?(?P<zh>左手|右手|伴奏|旋律|低音|第二声部|和弦|歌词|反复|速度|标题|力度|装饰音)(?:部分|声部)?(?:就|都|还是|先|要|给我|请|继续|一定)*(?:留着|保留|留下来?|别动|不动|不要动|不用动|照旧|还要|别去|留)(?:吧|着|住|就好|就行)*$|^(?:不过|但|但是|请)?(?:保留|留着|留下|留住|别动|不动|不要动)(?P<zh2>左手|右手|伴奏|旋律|低音|第二声部|和弦|歌词|反复|速度|标题|力度|装饰音)(?:部分|声部)?(?:吧|就好|就行)*$",
    re.IGNORECASE,
)


def kept(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """What stays beside a change: a voice that is there, or what no change touches by itself."""
    said = (match["part"] or match["zh"] or match["zh2"]).lower()
    if re.fullmatch(f"{_SIGN_KEPT}|和弦|歌词|反复|速度|标题|力度|装饰音", said):
        return {"": "as-is"}
    voices = clause.tune.voices
    voice = voice_named(clause.tune, said) or voice_meant(
        clause.tune, f"the {said}" if said.isascii() else said
    )
    if len(voices) > 1 and voice is None and re.search(r"melody|tune|旋律", said):
        voice = voices[0].id
    return {"voice": voice} if len(voices) > 1 and voice else {"": "as-is"}


def _as_long(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Nothing to do, where the number that is said is that of the bars there are."""
    count = re.search(rf"({N}) ?(?:bars|个?小节)", match[0])
    return {} if count is None or numbers.value(count[1]) == clause.tune.bar_count else None


_LENGTH_KEPT = rf"\b(?:the |its )?(?:length|number of bars) (?:should |must |can |is to )?(?:stays?|remains?|unchanged|as it is|the same)\b[^,.;]*|\b(?:still|stays?(?: at)?|keep it(?: at)?|remains?) {N} bars\b|(?:长度|总长|篇幅|小节数)(?:还是|仍然?是?|保持|不变|不要?变|别变|照旧)[^,.;]*"
"""How long the tune is stays."""

RULES: tuple[Rule, ...] = (
    rule("lock", _KEPT.pattern, kept),
    rule("as-is", _LENGTH_KEPT, _as_long),
)
