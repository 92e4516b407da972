"""How people ask for another layout of the page: so many bars on each line.

What it does not know: what is on the page (questions are `chat.explain`'s).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from chat.understand.rules.base import Clause, N, Rule, rule

_LINE = r"(?:lines?|rows?|systems?|staves|staff)"
_PER_LINE = (
    rf"\b(?P<a>{N})[- ](?:bars?|measures?) (?:on |in |per |to |for )?(?:each|every|a|an|one|per|the) {_LINE}\b|\b(?P<b>{N}) (?:bars?|measures?) (?:per|/) ?{_LINE}\b|\b(?:each|every) {_LINE} (?:should |to |must |could )?(?:have|has|hold|be|with|of|contain)s?(?: only| just)? (?P<c>{N}) (?:bars|measures)\b"
    rf"|\b(?:new {_LINE}|break(?: the)? {_LINE}|{_LINE} breaks?)\b[^.;]{{0,24}}?\b(?:every|each|after every|after each) (?P<d>{N}) (?:bars|measures)\b|\b(?:put|lay|print|set|write)\b[^.;]{{0,24}}\b(?P<e>{N}) (?:bars|measures)\b[^.;]{{0,12}}\b(?:per|each|every|a) {_LINE}\b"
    rf"|\b{_LINE} of (?P<f>{N}) (?:bars|measures)\b|(?:每|一)(?:一)?行(?:只|都|就)?(?:放|排|写|要|有|是|打印|印|显示)?(?P<z>{N})个?小节|(?P<y>{N})个?小节(?:一|换一|排一|为一|占一)行"
)


def per_line(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """So many bars on a line; a question how many there are is none."""
    if re.search(r"\bhow many\b|\bwhat\b|\bwhich\b|\bwhy\b|多少|几|什么|哪", clause.lower):
        return None
    said = next(v for v in match.groupdict().values() if v)
    count = numbers.value(said)
    return {"count": str(count)} if count and count <= 16 else None


RULES: tuple[Rule, ...] = (rule("bars-per-line", _PER_LINE, per_line),)
