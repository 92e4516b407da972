"""One name for another in the title and in what is sung: "it's Milo not Teddy, fix the title", 标题不是春天是秋天.

Only a name that stands there is exchanged; where the message names the place (title, words) it is that place alone.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.tune import Tune
from chat.understand.operation import Operation

_N = r"[\"']?(?P<{0}>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?|(?<=[\"'])[\w’' -]{{1,24}})[\"']?"
_ZH = r"[\"“《]?(?P<{0}>[\u4e00-\u9fff]{{1,6}}?)[\"”》]?"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:is|it's|its|it is|should be|be|say|says|called|named|spelled|spelt|meant|means|with|to) {_N.format('new')},? (?:and )?(?:not|rather than|instead of) {_N.format('old')}(?=$|[,.;!?]|\s)",
        rf"\b(?:isn't|is not|it's not|not|wasn't|never) (?:called |named )?{_N.format('old')},? (?:but |it's |it is |it should be |should be |rather |, )+(?:called |named )?{_N.format('new')}(?=$|[,.;!?]|\s)",
        rf"(?:应该)?(?:叫|是){_ZH.format('new')}[,]?(?:而)?不(?:是|叫){_ZH.format('old')}(?=$|[,.;!?]|吧|啊|哦)",
        rf"不(?:是|叫){_ZH.format('old')}[,]?(?:而|应该|要)?(?:是|叫){_ZH.format('new')}(?=$|[,.;!?]|吧|啊|哦)",
    )
)
_TITLE = re.compile(r"\btitle\b|标题|曲名|歌名|题目")
_WORDS = re.compile(r"\b(?:words|lyrics|verse|sung|sing|text|everywhere)\b|歌词|词里|都改|唱")


def names_exchanged(text: str, lower: str, tune: Tune) -> list[Operation]:
    """The changes that put one name for another; none where neither title nor words have the first one."""
    match = next((m for p in _PATTERNS if (m := p.search(text))), None)
    if match is None:
        return []
    old, new = match["old"].strip(), match["new"].strip()
    title = tune.title or ""
    sung = " ".join(s for v in tune.voices for e in v.events for s in e.syllables if s)
    plain = re.sub(r"-\s*", "", sung)
    titled, worded = bool(_TITLE.search(lower)), bool(_WORDS.search(lower))
    in_title = old.lower() in title.lower() and (titled or not worded)
    bare = re.sub(r"[\s,，。]", "", plain)
    in_words = old in bare if not old.isascii() else re.search(rf"(?i)\b{re.escape(old)}\b", plain)
    found = []
    if in_title:
        changed = re.sub(re.escape(old), lambda _: new, title, flags=re.IGNORECASE)
        found.append(Operation("set-field", {"name": "T", "value": changed}, said=text))
    if in_words and (worded or not titled):
        found.append(Operation("replace-word", {"old": old, "new": new}, said=text))
    return found
