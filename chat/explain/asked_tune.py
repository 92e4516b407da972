"""Questions about the open tune that look like orders or like neighbours of other questions: features to be named, whether a
child can play it, how often a bar is played, equal rhythms, dotted notes, sequences, a key that suits somebody.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.tune import Tune
from chat.explain.asked_names import Asked, player_in
from chat.explain.compare import two_places
from chat.explain.moods import asked_mood
from chat.explain.timing import VOICES

KINDS = (
    "times played",
    "rhythms alike",
    "rhythm name",
    "accompaniment",
    "dotted",
    "sequences",
    "suits",
    "strong beats",
)
"""The topics that this module reads beside those of others."""

_FEATURES = re.compile(
    r"(?:please |can you |could you |now )*(?:name|list|give|identify|state|find|point out|tell|show|pick out|mention|outline|suggest|write down)(?: (?:me|us))?(?: out)? (?:(?:at least|the|one|two|three|four|five|some|a few|several|\d|main|key|musical|important)\s+)+(?:musical |stylistic |rhythmic |melodic |typical |important |interesting )*(?:features?|characteristics?|reasons?|elements?|aspects?|signs|clues|devices|things (?:that|about|which)|ways (?:in which|that|it))\b"
    r"|(?:说出|列出|指出|举出|找出|写出|说说)[^,.;]{0,4}(?:[一二两三四五几\d]个?|一些|主要)?(?:点|条|处|种)?(?:的)?(?:音乐|风格|节奏|旋律)?(?:特点|特征|理由|原因|手法|要素)"
)
_TYPICAL = re.compile(
    r"\btypical\b|\bstyle\b|\bgenre\b|\bcharacteristic of\b|\b(?:waltz|jig|reel|march|polka|hornpipe|minuet|lullaby|hymn|folk|irish|dance)\b|风格|体裁|圆舞|进行曲|舞曲|民歌"
)


def _features(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "name two features that make it typical of a waltz"."""
    if not _FEATURES.match(lower):
        return None
    if mood := asked_mood(lower):
        return "mood", mood, ""
    return ("style", "", "") if _TYPICAL.search(lower) else ("analysis", "", "")


_ABLE = re.compile(
    r"^(?:so |and |but |ok,? |do you think )*(?:can|could|would|will|might|is)(?:n't)? (?:my|an?|the|his|her|our|their|some|any|most|beginners?|kids?|children|students?|pupils?)\b[^?]{0,50}?\b(?:play|sing|manage|handle|cope|learn|perform|read|able to)\b"
    r"|^(?:我|他|她)?(?:的|家)?(?:\S{0,6})(?:能|会|可以)(?:不能)?(?:用\S{1,6})?(?:吹|拉|弹|唱|演奏|学)(?:得了|得来|会|好|下来)?(?:这首|这个|它)?(?:曲子|歌)?(?:吗|么|不)"
)


_PLAY_ON = re.compile(
    r"^(?:so |and |but |ok,? )?(?:can|could|would|might|will|may) (?:i|we|he|she|they|you|my \w+|an? \w+)(?: be able to)? (?:also |even |still )?play (?:it|this|that|this one)(?: (?:tune|song|piece))? (?:on|with) (?:an? |the |my |his |her )?[\w -]{3,24}(?: too| as well)?\??$"
)
_ABLE_ZH = re.compile(
    r"^(?:这首?(?:曲子|歌)?|这个(?:曲子)?|它|那)?(?:能不能|可不可以|能否|是否能|可以|能)用(?P<who>[\u4e00-\u9fff]{1,6}?)(?:吹|拉|弹|唱|演奏)(?:吗|么|得了吗|出来吗|下来吗)?[?。.!]*$"
)
"""Whether an instrument can play it, asked with 用."""


def _able(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "can my 8 year old play this on recorder": an instrument or a voice and how hard it is."""
    if _PLAY_ON.search(lower) and (player := player_in(lower)):
        return "playable", player, "level"
    if match := _ABLE_ZH.search(lower):
        player = player_in(match["who"])
        if player:
            return "playable", player, "level"
    if not _ABLE.search(lower) or re.search(
        r"\binstead\b|\bplay the (?:melody|tune|bass)\b", lower
    ):
        return None
    if re.search(r"\bsing\b|唱", lower):
        if (voice := player_in(lower)) in VOICES:
            return "playable", voice, ""
        age = re.search(r"\b(\d{1,2})[- ]?(?:year|yr)|(\d{1,2})岁", lower)
        return "singers", next((g for g in age.groups() if g), "") if age else "", ""
    player = player_in(lower)
    return ("playable", player, "level") if player else ("difficulty", "", "")


_SIGNS = {"sharp": "#", "flat": "b", "natural": "", "升": "#", "降": "b", "还原": ""}
_WHY_SIGN = (
    re.compile(r"\b(?:why|how come)\b.{0,60}?\b(?P<n>[a-g])(?:'?s)?[ -]?(?P<s>sharp|flat|natural)s?\b(?! (?:major|minor|dorian))"),
    re.compile(r"\b(?:why|how come)\b.{0,40}?\b(?P<n>[a-g])(?:'?s)? (?:has|have|had|got|gets?|carr(?:y|ies)|needs?) (?:got )?(?:an? )?(?P<s>sharp|flat|natural)s?\b"),
    re.compile(r"\b(?:why|how come)\b.{0,40}?\b(?P<s>sharp|flat|natural)s?(?: signs?)? (?:on|before|in front of|by|next to|beside|against) (?:the |every |each |all the |that |those |some )*(?P<n>[a-g])(?:'?s)?\b"),
    re.compile(r"(?:为什么|为何)[^,.?]{0,12}?(?P<s>升|降|还原)(?P<n>[a-g])(?!大调|小调|调)"),
    re.compile(r"(?:为什么|为何|怎么)[^,.?]{0,12}?(?P<n>[a-g])(?:音)?(?:前面?)?(?:都|又|会|要|是|被|有|加|带|用|写|了|成|个|上)*(?P<s>升|降|还原)"),
    re.compile(r"(?P<n>[a-g])(?:音)?(?:前面?)?(?:为什么|为何|怎么)(?:都|又|会|要|是|被|有|加|带|用|写|了|成|个|上)*(?P<s>升|降|还原)"),
)  # fmt: skip
"""A sign with the name of its note, and why it is there."""


def why_sign(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "why has the composer put a G sharp?", 为什么有的B是还原的: the note that has the sign."""
    if re.search(r"\bin the (?:key )?signature\b|调号里", lower):
        return None
    found = (m for words in _WHY_SIGN if (m := words.search(lower)) is not None)
    named = re.search(r"\bA(?:'?s)?[ -]?(?:sharp|flat|natural)|A", plain)
    match = next((m for m in found if m["n"] != "a" or named), None)
    if match is None:
        return None  # "why is there a sharp in bar 3?"
    return "one note", f"{match['n'].upper()}{_SIGNS[match['s']]}", ""


_TIMES = re.compile(
    r"\bhow (?:many times|often) (?:do|does|should|must|will|is|are|am|would)\b.{0,20}\b(?:play|sing|perform|repeat|hear|played|sung|heard)\b.{0,20}\b(?:bars?|measures?) \d|\bhow (?:many times|often) (?:is|are) (?:bars?|measures?) \d+.{0,12}\b(?:played|sung|heard)|第.{1,4}小节(?:要|一共|总共)?(?:演奏|奏|弹|拉|吹|唱|重复)(?:了)?(?:几|多少)[次遍]"
)
_RHYTHM = re.compile(
    r"\b(?:which|what|any|do any|are there)\b.{0,16}\bbars?\b.{0,24}\b(?:same|equal|identical|similar) rhythm|\bbars? (?:with|that (?:have|share)) the same rhythm|\brhythms?\b.{0,20}\b(?:repeat(?:ed|s)?|return|come back|again)\b|(?:哪些|哪几个|有没有)小节.{0,6}节奏(?:型)?(?:相同|一样|重复)"
)
_RHYTHM_NAME = re.compile(
    r"\b(?:what(?:'s| is| are| do (?:you|we|they) call)?|which|name(?: of)?|how (?:is|do you call))\b[^?]{0,40}\brhythm(?:ic)?(?: (?:pattern|figure|cell|motif))?s?\b[^?]{0,40}\b(?:called|call(?: it)?|named?|known as)\b|\b(?:there(?:'s| is) (?:one|a|this)|the(?: same)?|this|that|one) rhythm\b[^?]{0,60}\b(?:called|name|call it)\b|\bname (?:the|that|this) (?:main |repeated |recurring |typical )?rhythm\b|\b(?:what|which) rhythm(?:ic (?:pattern|figure|cell))?s?\b[^?]{0,30}\b(?:repeat\w*|com(?:es|ing) back|recur\w*|return\w*|dominat\w*|most)\b"
    r"|(?:反复|总是|一直|老是|经常|重复)?(?:出现)?(?:的)?(?:这个|那个|这种|那种)?节奏(?:型)?(?:是)?叫(?:什么|啥)|(?:什么|哪个|哪种)节奏(?:型)?[^,?]{0,8}(?:反复|重复|总是|最多|贯穿)|(?:反复|重复|贯穿|最多)[^,?]{0,8}(?:是)?(?:什么|哪种|哪个)节奏"
)
_ACCOMPANIMENT = re.compile(
    r"\b(?:what|which|name|how)\b[^?]{0,40}\b(?:left[- ]hand|accompaniment|accompanying|bass(?: line)?|backing)\b[^?]{0,30}\b(?:called|call(?: it)?|pattern|figure|figuration|texture|style|named?|type|kind)\b|\b(?:what|which) (?:kind|type|sort|style) of (?:left[- ]hand|accompaniment|bass)\b|\b(?:left[- ]hand|accompaniment|bass) (?:pattern|figure|figuration)\b[^?]{0,24}\b(?:called|name|is (?:it|this|that))\b|\bis (?:it|this|that|the (?:left hand|bass|accompaniment)) (?:an? )?(?:alberti|walking|oom-?pah|broken|block|stride)\b"
    r"|(?:左手|伴奏|(?<!最)低音(?:声部|线条|伴奏|音型|部分))[^,?]{0,14}(?:叫(?:什么|啥)|是(?:什么|哪种|哪一种)(?:音型|织体|伴奏|形式|类型|手法|写法|模式)?(?:[?]|$))|(?:什么|哪种|哪一种)(?:伴奏|织体|音型)(?:音型|织体|形式|类型)?(?:[?]|$)"
)
_DOTTED = re.compile(
    r"\b(?:which|what|where|any|are there|is there|does|do)\b.{0,30}\bdotted\b|(?:哪|有没有|什么地方|几处).{0,10}附点"
)
_SEQUENCE = re.compile(
    r"\b(?:any|are there|is there|where|which|find|does|has|spot|can you see)\b.{0,24}\bsequences?\b(?! of)|(?:有没有|哪|找|有).{0,8}模进"
)
_STRONG = re.compile(
    r"\bwhich beats?\b.{0,16}\b(?:strong|accented|weak|stressed|heavy)|\bwhere (?:do|does|are|is)\b.{0,16}\b(?:accents?|strong beats?|stress)\b(?!.{0,16}\bwords?)|\bwhat(?:'s| is| are) the (?:strong|weak) beats?|(?:哪|什么).{0,4}(?:拍|几拍).{0,4}(?:强|重|弱)|强拍(?:是|在)(?:哪|第几)"
)
_SUITS = re.compile(
    r"\b(?:what|which) key\b.{0,30}\b(?:suit|fit|best for|good for|right for|comfortable|work for|be (?:good|better|best|easier) for|for (?:an? |my )?(?:alto|tenor|soprano|bass|baritone|mezzo|choir))|(?:什么|哪个)调.{0,8}(?:适合|合适)|(?:适合).{0,8}(?:唱|吹|拉|弹|演奏).{0,4}(?:什么|哪个)调"
)
_IS_CHORD = re.compile(
    r"^(?:so |and |but )?(?:is|isn't|was|would) (?:(?:the )?chord (?:in|of|at) )?(?:bar|measure) \d+ (?:really |actually )?(?:an? |the )?(?:dominant|subdominant|tonic|diminished|augmented|secondary|minor|major|[ivx]+7?|[a-g](?:#|b)?(?:m|7|maj7|dim)*)(?: (?:seventh|7th|chord|triad|7))*\??$|第.{1,4}小节(?:的和弦)?是(?:不是)?(?:属七|属|主|下属|减|增|大|小)(?:三|七)?和弦"
)


def _shaped(plain: str, lower: str, tune: Tune) -> Asked | None:
    for topic, pattern in (
        ("times played", _TIMES), ("rhythm name", _RHYTHM_NAME), ("accompaniment", _ACCOMPANIMENT), ("rhythms alike", _RHYTHM), ("dotted", _DOTTED), ("sequences", _SEQUENCE),
        ("strong beats", _STRONG), ("harmony", _IS_CHORD),
    ):  # fmt: skip
        if pattern.search(lower) and not _ORDERS.match(lower):
            return topic, "", ""
    if _SUITS.search(lower) and (player := player_in(lower)):
        return "suits", player, ""
    return None


_ORDERS = re.compile(
    r"(?:please |can you |could you |now )*(?:make|change|write|turn|put|give|add|use|play|take|remove|dot|swap)\b|[把请改加换写]"
)


_RELATION = re.compile(
    r"\bwhat(?:'s| is)? the (?:relationship|relation|connection|link|contrast)\b.{0,8}\b(?:between|of)\b.{2,60}\b(?:and|to|with)\b|\bhow (?:do|does|are|is) .{2,40}\b(?:relate|related|connected|contrast)\b|(?:关系|联系|对比)(?:是什么|如何|怎样|在哪)"
)


def _relation(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "what's the relationship between the first and second half"."""
    if not _RELATION.search(lower):
        return None
    said = re.sub(
        r"\bfirst and (?:the )?second (half|part|section)", r"first \1 and the second \1", lower
    )
    return ("compare", "", f"compare {said}".strip(" ?")) if two_places(tune, said) else None


FINDERS: tuple[Callable[[str, str, Tune], Asked | None], ...] = (
    _features,
    _able,
    _shaped,
    _relation,
)
"""In the order in which they are asked."""
