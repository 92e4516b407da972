"""Questions about what was done so far: what changed, why it feels otherwise now, which version to play, what to call it."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.tune import Tune
from chat.explain.asked_comparison import comparison
from chat.explain.asked_names import Asked

KINDS = ("changed", "since", "which version", "titles")
"""The topics that this module reads beside those of others."""

_PLACED = re.compile(
    r"\b(?:bars?|measures?) \d|\b(?:part|section|half|ending|intro|verse|chorus|strain|melody|bass|words|chords)\b|第|[a-h]段|结尾|开头|前半|后半"
)


def _changed(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _IMAGINED.search(lower) or not (_DID.search(lower) or _WHAT_DONE.search(lower)):
        return None
    named = re.search(
        r"\bversion \d|\boriginal\b|\bversions\b|原版|原来的|版本\s*\d|最初|第一版", lower
    )
    if named or (comparison(lower, tune) is not None and not _PLACED.search(lower)):
        return None
    return "changed", "", "whether" if _DID.search(lower) else ""


_IMAGINED = re.compile(
    r"\bif\b|\bwould\b|\bshould\b|\bwhy\b|\bhow (?:do|can|could|to)\b|如果|要是|为什么|能不能|可不可以|怎么改|改成什么"
)
_DID = re.compile(
    r"(?:^|[,.;!?] *)(?:so |and |but |ok(?:ay)?,? |wait,? |hang on,? )*(?:did|have|has) (?:that|it|this|you|u|anything|something|the [\w ]{2,24}|bars? [\d\w -]+|any(?:thing)?)\b.{0,20}\b(?:chang\w*|alter\w*|touch\w*|affect\w*|mov\w+|differ\w*|do anything|go through|work(?:ed)?|survive\w*)\b|(?:^|[,.;!?] *)(?:so |and |but |ok(?:ay)?,? )*(?:is|are|was|were) (?:bars? [\d\w -]+|the [\w ]{2,24}|anything|everything|it|that|they)\b.{0,16}\b(?:changed|altered|touched|untouched|unchanged|still the same|still as (?:it|they) w|affected|the same as before|different now|as before)\b"
    r"|(?:换|改|变|动|删|加)(?:过|掉|好|到|进去)?(?:了|过)(?:没有|没(?!意思)|么|吗)[?？!。]*$|(?:有没有|是不是|是否)(?:都|全|也)?(?:已经)?(?:被)?(?:换|改|动|变)(?:到|过|掉|了|好)|(?:换|改|变|动)没(?:换|改|变|动)"
)
_WHAT_DONE = re.compile(
    r"\bwhat (?:exactly |all )?(?:did|have) (?:you|u|it|we|that) (?:actually |really |just |exactly |even )*(?:chang\w*|do(?:ne)?|alter\w*|touch\w*|add\w*|mov\w+|edit\w*)\b(?! wrong)|\b(?:what|which (?:bars?|notes?|parts?|bits?))(?:'s| has| have| is| are| was| were| got)? (?:been |actually |really |just |all |got )*(?:changed|altered|touched|affected|edited|different)(?: now| then| here)?\b(?! (?:about|between|from|in music|if))|\bwhere (?:did|have) (?:you|it) .{0,12}chang"
    r"|(?:到底|究竟|刚才|刚刚|你|实际|都|这次|具体)(?:都|到底|究竟|实际上|刚才)?(?:改|换|动|变|做)了(?:些)?(?:什么|哪)|(?:哪(?:些|几)?个?(?:小节|地方|音)?)(?:被)?(?:改|变|换|动)(?:过|了|掉)"
)


def _since(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "why does it feel less pulled home now?": whether home is meant."""
    if not _NOW_OTHERWISE.search(lower):
        return None
    return "since", "home" if _HOME.search(lower) else "", ""


_NOW_OTHERWISE = re.compile(
    r"\bwhy\b.{0,40}\b(?:less|more|not as|no longer|so much|n't|stronger|weaker|different|lost|\w+er)\b.{0,50}\b(?:now|any ?more|than before|this time|than it (?:was|did)|after (?:that|the change)|since)\b|\bwhy (?:has|did) (?:it|the \w+) (?:lost?|lose|become|got|get|stop)\b.{0,40}|\bwhat (?:made|makes) it .{0,30}\b(?:now|than before|all of a sudden)\b"
    r"|(?:现在|改完|改了(?:以后|之后)?|换了(?:以后|之后)?|改过之后).{0,8}(?:为什么|怎么|为何|为什么会).{0,24}(?:没|不|更|少|弱|强|变|了)|(?:为什么|怎么|为何).{0,10}(?:现在|改完|改了(?:以后|之后)|换了(?:以后|之后)|比(?:之前|刚才|原来)).{0,24}"
)
_HOME = re.compile(
    r"\bhome\b|\bpull\w*|\bdrawn\b|\bresolv\w*|\bsettl\w*|\bfinal\b|\bfinish\w*|\bat rest\b|\bclos\w*|\bconclu\w*|\bend\w*|家|倾向|解决|归|稳定|结束|终止|收"
)


def _which(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "for a party, the major or the minor?": the occasion."""
    both = re.search(
        r"\bmajor\b.{0,30}\bminor\b|\bminor\b.{0,30}\bmajor\b|大调.{0,8}小调|小调.{0,8}大调", lower
    )
    if not both or not _PREFERS.search(lower):
        return None
    return (
        "which version",
        next((name for name, words in OCCASIONS.items() if re.search(words, lower)), "any"),
        "",
    )


_PREFERS = re.compile(
    r"\b(?:would|should|do) (?:you|i|we|one|it)\b.{0,30}\b(?:play|use|pick|choose|prefer|take|go (?:with|for)|suit|work|fit|have)\b|\b(?:suits?|fits?|better|best|nicer|prefer|recommend)\b|选|挑|推荐|更(?:好|适合|合适|配)|适合|合适|用哪|弹哪|放哪|还是(?:大|小)调(?:更|比较)?(?:好|合适)"
)
OCCASIONS: dict[str, str] = {
    "bright": r"\bpart(?:y|ies)\b|\bkids?\b|\bchild(?:ren)?\b|\bbirthday\b|\bwedding\b|\bdanc\w+|\bchristmas\b|\bcheer\w*|\bfestiv\w*|\bcelebrat\w*|\bfair\b|\bplayground\b|\bspring\b|\bhappy\b|派对|聚会|孩子|小朋友|生日|婚礼|跳舞|节日|过年|庆|喜|联欢|幼儿园|欢快|开心",
    "dark": r"\bfuneral\b|\bmemorial\b|\bsad\b|\bgoodbye\b|\bfarewell\b|\brain\w*|\bnight\b|\bghost\w*|\bhalloween\b|\bspooky\b|\bwinter\b|\bremembrance\b|\bmystery\b|葬礼|追思|告别|离别|悲|伤感|下雨|万圣节|鬼|恐怖|清明|神秘",
}  # fmt: skip
"""What an occasion asks for by convention → the words of such occasions."""


def _titles(plain: str, lower: str, tune: Tune) -> Asked | None:
    given = re.search(r"《|叫(?:做|作|它|成)?\s*[\"“]|名字?(?:叫|为|是)\s*\S", lower) is not None
    return ("titles", "", "") if _TITLES.search(lower) and not given else None


_TITLES = re.compile(
    r"\bwhat (?:else )?(?:could|should|can|might|shall|would|do) (?:we|i|you|one|they) (?:call|name|title)(?: (?:it|this|that|her|him|(?:this|the|my|our) (?:tune|piece|song|thing|one|waltz|jig|reel|march)))?(?: then| instead)?\W*$|\bwhat (?:would be|is|'s) a (?:good|nice|fitting|suitable|catchy|better) (?:title|name)\b|\b(?:any|some|got any|have you any|suggest|think of|ideas? for|need) (?:\w+ ){0,4}(?:titles?|names?)\b(?! (?:of the|the|for the) (?:notes?|chords?))(?=.{0,24}(?:\?|$| for (?:it|this)))|\bhelp me (?:name|title) (?:it|this)\b|\b(?:suggest|give me|think of) an? (?:\w+ )?(?:title|name)\b|\bhow (?:could|should|shall|might) (?:we|i) (?:call|name) it"
    r"|(?:叫|取|起|想)个?(?:什么|啥)(?:样的)?(?:名字?|题目|标题|曲名|好|合适|比较好)|叫(?:什么|啥)(?:名字)?(?:好|合适|比较好)|(?:起|取|想)(?:一)?个(?:好听的|合适的)?(?:名字|标题|曲名|题目|名儿)|(?:标题|名字|曲名)(?:有什么|给点|给些|的)(?:建议|主意|想法|点子)"
)

FINDERS: tuple[Callable[[str, str, Tune], Asked | None], ...] = (_since, _which, _titles, _changed)
"""In the order in which they are asked."""
