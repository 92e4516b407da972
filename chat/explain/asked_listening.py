"""What listeners, singers and parents ask of the tune that is open; the topics are those of `listening`."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.numbers import NUMBER
from abc_tools.numbers import value as number
from abc_tools.tune import Tune
from chat.explain.asked_names import Asked
from chat.explain.listening import OCCASIONS

KINDS = ("speed", "direction", "repeated notes", "phrase height", "chord count", "note beats")
"""The topics that this module reads beside those of others."""

_ORDERS = re.compile(
    r"^(?:please |now |then |and |can you |could you |would you )*(?:make|change|turn|put|set|write|transpose|move|keep|give|add|rewrite|arrange|let|play|use|take out|remove)\b|^(?:请|帮我)?(?:把|将|让|改|写|移|别|不要|加|换|去掉)|(?:改成|改到|移到|写成|变成|换成)"
)
_SPEED = re.compile(
    r"\b(?:is|was|would) (?:it|that|this|the (?:tempo|speed)|\d{2,3}(?: ?bpm)?|♩ ?= ?\d{2,3})\b[^?]{0,24}\b(?:fast|slow|quick)\b(?! enough| part)[^?]{0,16}\??$|\b(?:is|are) \d{2,3} (?:bpm |beats (?:a|per) minute )?(?:fast|slow|quick)|\bhow (?:fast|slow|quick) is (?:that|\d{2,3})|\b(?:fast or slow|slow or fast)\b|(?:是|算|属于)(?:快|慢)(?:板|速)?(?:还是|吗)|快的?还是慢|慢的?还是快|算不算(?:快|慢)|(?:快|慢)不(?:快|慢)"
)
_DIRECTION = re.compile(
    r"\b(?:go|goes|going|move|moves|moving|run|runs|climb\w*|head\w*)\b[^?]{0,16}\bup(?:wards?)? or (?:go |mov\w+ )?down|\b(?:ris(?:e|es|ing)|ascend\w*|climb\w*)\b[^?]{0,12}\bor\b[^?]{0,8}\b(?:fall\w*|descend\w*|sink\w*|drop\w*)\b|(?:往|向)?(?:上|高)(?:走|行|去)?还是(?:往|向)?(?:下|低)(?:走|行|去)?|上行还是下行|下行还是上行"
)
_REPEATED = re.compile(
    r"\brepeated notes?\b|\b(?:same|a) note\b[^?]{0,16}\b(?:twice|again|two times|repeated)(?: in a row| running)?\b|\bnotes? (?:that )?(?:is|are|get)?\s?(?:repeated|played twice|struck twice)\b|同音反复|重复(?:的)?音(?!型)|连续(?:的)?(?:相同|同)(?:的)?音|同一个音[^,?]{0,6}(?:连|重复|两次)"
)
_HEIGHT = re.compile(
    r"\bwhich (?:line|phrase|sentence)\b[^?]{0,24}\b(?P<w>highest|lowest|high|low|top)\b|哪(?:一)?(?:个)?(?:乐)?句(?:音)?(?:唱得|的音)?(?:最|比较|更)?(?P<z>高|低)"
)
_COUNT = re.compile(
    rf"\b(?:just|only|no more than|with) (?P<n>{NUMBER}) chords?\b|\b(?P<n2>{NUMBER}) chords? (?:enough|only|will do|do)\b|(?:只|仅)(?:用|会|要)(?P<z>{NUMBER})个和弦|(?P<z2>{NUMBER})个和弦(?:够|就够|能|行)"
)
_BEATS = re.compile(
    r"\bhow many (?:beats|counts)\b.{0,30}\b(?P<w>last|final|first|opening|longest|shortest) note\b|\b(?P<w2>last|final|first|opening|longest|shortest) note\b.{0,24}\bhow many (?:beats|counts)\b|(?P<z>最后一个|最后|第一个|最长的?|最短的?|结尾的?)(?:那个)?音[^,?]{0,6}(?:几|多少)个?拍"
)
_HAS_PART = re.compile(
    r"\b(?:is there|does it have|has it(?: got)?|does (?:the|this) \w+ have|do we have)\b (?:an? |any )?(intro|introduction|coda|outro|bridge|chorus|refrain)\b|有(?:没有)?(前奏|尾声|尾奏|间奏|桥段|副歌|主歌)"
)
_PARTS = {"introduction": "intro", "前奏": "intro", "尾声": "coda", "尾奏": "outro", "间奏": "interlude", "桥段": "bridge", "副歌": "chorus", "主歌": "verse"}  # fmt: skip
_EASY = re.compile(r"好(?:学|弹|唱|吹|拉|练|奏)(?:吗|么|不好|不$|$)|好不好(?:学|弹|唱|吹|拉|练)")
_LINES_AGAIN = re.compile(
    r"(?:有没有|有)[^,?]{0,4}(?:重复|再现|一样|相同)的?乐?句|\b(?:any|are there) (?:repeated|recurring|identical) (?:phrases|lines)\b"
)
_FINISHED = re.compile(r"(?:结束|收束|终止|完结)感")
_LEFT = re.compile(
    r"\b(?:what|which|how|suggest\w*|any)\b[^?]{0,30}\b(?:easy|easiest|simple|simplest|basic)\b[^?]{0,12}\b(?:left hand|bass(?: line| part)?|accompaniment)\b|左手[^,?]{0,6}(?:怎么|弹什么|用什么)|(?:简单|容易)的?(?:左手|伴奏)[^,?]{0,6}(?:怎么|什么|吗|有)"
)
_QUESTION = re.compile(
    r"\?|^(?:so |and |but |ok,? )?(?:is|are|do|does|did|was|can|could|will|would|which|what|how|any|has|have|where)\b|吗|哪|几|什么|有没有|是不是|还是|多少|么|怎么|(.)不\1|够"
)


def _heard(plain: str, lower: str, tune: Tune) -> Asked | None:
    if (
        _ORDERS.search(lower)
        or not _QUESTION.search(lower)
        or re.search(r"\bwhy\b|为什么|如果|\bwhat if\b|\bif (?:i|we|you)\b", lower)
    ):
        return None
    if part := _HAS_PART.search(lower):
        said = next(g for g in part.groups() if g)
        return "part", _PARTS.get(said, said), ""
    if _LINES_AGAIN.search(lower):
        return "alike", "", ""
    if _EASY.search(lower):
        return "difficulty", "", ""
    if _FINISHED.search(lower):
        return "mood", "final", ""
    if _LEFT.search(lower):
        return "term", "how to write a bass line", "tune"
    if _SPEED.search(lower):
        rate = re.search(r"(?<!\d)(\d{2,3})(?!\d)(?! ?小节)", lower)
        return "speed", rate[1] if rate and 20 <= int(rate[1]) <= 400 else "", ""
    if _DIRECTION.search(lower):
        return "direction", "", ""
    if _REPEATED.search(lower) and not re.search(r"小节|\bbars?\b|\bhow many times\b", lower):
        return "repeated notes", "", ""
    if match := _HEIGHT.search(lower):
        low = (match["w"] or match["z"]) in ("lowest", "low", "低")
        return "phrase height", "lowest" if low else "highest", ""
    if match := _COUNT.search(lower):
        said = number(next(g for g in match.groups() if g))
        return "chord count", str(said or 3), ""
    if match := _BEATS.search(lower):
        said_which = match["w"] or match["w2"] or match["z"]
        topics = {"last": "last note", "final": "last note", "最后": "last note", "结尾": "last note", "longest": "longest", "最长": "longest",
                  "shortest": "shortest", "最短": "shortest"}  # fmt: skip
        return (
            "note beats",
            next((t for w, t in topics.items() if said_which.startswith(w)), "first note"),
            "",
        )
    return None


_OCCASIONS: tuple[tuple[str, str], ...] = (
    ("funeral", r"\bfunerals?\b|\bmemorial\b|葬礼|追悼"), ("party", r"\b(?:birthday|party|parties|celebrations?)\b|生日|聚会|派对"), ("dance", r"\b(?:danc(?:e|es|ing)|ceilidh|ball)\b|跳舞|舞会|广场舞"),
    ("sleep", r"\b(?:lullaby|bedtime|sleep|babies|a baby|relax\w*|meditation|yoga)\b|摇篮|催眠|睡前|哄睡|放松|冥想"), ("wedding", r"\b(?:weddings?|church|service|ceremony|graduation|communion)\b|婚礼|教堂|典礼|毕业"),
)  # fmt: skip
_SUITS = re.compile(
    r"\b(?:good|suitable|right|appropriate|fit|fitting|ok(?:ay)?|work|suit|too \w+) (?:for|as|at|to)\b|\bsuits?\b|\bwould (?:it|this) (?:do|work|fit)\b|适不适合|适合|合适|能用(?:在|于)|可以用(?:在|于|作)|(?:能|可以|可不可以|能不能)(?:当|作|做)"
)


def _occasion(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "is it good for a funeral?": the mood that such an occasion wants, and what of it is there."""
    if _ORDERS.search(lower) or not _QUESTION.search(lower) or not _SUITS.search(lower):
        return None
    name = next((name for name, words in _OCCASIONS if re.search(words, lower)), "")
    return ("mood", OCCASIONS[name][0], f"for {name}") if name else None


FINDERS: tuple[Callable[[str, str, Tune], Asked | None], ...] = (_heard, _occasion)
"""In the order in which they are asked."""
