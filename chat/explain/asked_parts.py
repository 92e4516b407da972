"""Questions that set parts or voices beside each other, and small ones with an answer of their own: the order in which the
parts are played, the scale to warm up with, where the chords change quickly, when the tune was written.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.tune import Tune
from chat.explain.asked_names import Asked, player_in

KINDS = ("beside", "same rhythm", "motion", "imitation", "order", "date", "colours", "own scale", "chord changes", "breaks",
         "unknowable")  # fmt: skip
"""The topics that this module reads beside those of others."""
WHOLE = ("beside", "order", "date", "colours", "own scale", "unknowable")
"""Those of them that are about the whole tune, whatever part is named."""

_ORDERS = re.compile(
    r"^(?:please |now |then |and |can you |could you |would you )*(?:make|change|turn|put|set|write|transpose|move|convert|give|add|rewrite|swap)\b|^(?:请|帮我)?[把将改写换移转加让]|(?:改成|变成|换成|写成)"
)
_PART = (
    r"(?:voices?|parts?|sections?|half|halves|strains?|verse|chorus|refrain|bridge|lines?|phrases?)"
)
_MEASURES: tuple[tuple[str, str], ...] = (
    ("high", r"\bhigher\b|\bhighest\b|更高|高一?[些点]|最高|(?:音|比.{1,8})高"), ("high", r"\blower\b|\blowest\b|更低|最低|低一?[些点]"),
    ("wide", r"\bwider\b|\bwidest\b|音域(?:更|最|比较)?(?:宽|大|广)"),
    ("long", r"\blonger\b|\blongest\b|\bshorter\b|更长|最长|更短|最短"), ("busy", r"\bbusier\b|\bbusiest\b|\bmore notes\b|\bfaster notes\b|\bfuller\b|更密|音(?:更|最)?多|更忙|更快"),
)  # fmt: skip
_BESIDE = re.compile(
    rf"\b(?:which|what|is|are|does)\b.{{0,24}}\b{_PART}\b.{{0,24}}\b(?:higher|lower|longer|shorter|busier|highest|lowest|longest|shortest|busiest|wider|widest|more notes|faster notes|fuller)\b|\b(?:higher|lower|longer|shorter|busier)\b.{{0,12}}\bthan (?:the )?(?:[a-h]\b|first|second|third|other).{{0,12}}\b{_PART}\b"
    r"|(?:[a-h]段|第[一二三]段|前半|后半|主歌|副歌).{0,8}(?:更|比|最)?(?:高|低|长|短|密|忙)(?!音谱)|哪(?:一)?个?(?:段|句|部分|半|声部).{0,6}(?:更|比较|最)?(?:高|低|长|短|密|忙|音多|宽)"
)


def _beside(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _ORDERS.search(lower) or not _BESIDE.search(lower):
        return None
    voices = " voices" if len(tune.voices) > 1 and re.search(r"\bvoices?\b|声部", lower) else ""
    found = next((name for name, words in _MEASURES if re.search(words, lower)), None)
    return ("beside", f"{found}{voices}", "") if found else None


_TWO = (
    r"(?:voices|parts|hands|lines|players|instruments|singers|they|both|two|声部|两手|左右手|两个)"
)


def _voices(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _MOTION.search(lower) and len(tune.voices) < 2 and not _ORDERS.search(lower):
        return "motion", "", ""
    if (
        len(tune.voices) < 2
        or _ORDERS.search(lower)
        or not (_OF_VOICES.search(lower) or _MOTION.search(lower) or _WRONG.search(lower))
    ):
        return None
    if _WRONG.search(lower):
        return "parallels", "", ""
    return next(((topic, "", "") for topic, words in _BETWEEN if words.search(lower)), None)


_MOTION = re.compile(r"\b(?:contrary|oblique|similar) motion\b|(?:同向|反向|斜向)(?:进行|运动)")
_WRONG = re.compile(
    r"\b(?:wrong|mistakes?|errors?|faults?|problems?|forbidden|not allowed|illegal|clumsy|bad)\b[^?]{0,40}\b(?:between|with)\b (?:the |my |these )?(?:two |both )?(?:voices|parts|hands|lines)\b|\b(?:between|with) (?:the |my |these )?(?:two |both )?(?:voices|parts|hands|lines)\b[^?]{0,30}\b(?:wrong|mistakes?|errors?|faults?|problems?)\b|\b(?:harmony|counterpoint|part[- ]writing|voice[- ]leading)\b[^?]{0,16}\b(?:rules?|mistakes?|errors?|wrong|faults?|correct|ok)\b"
    r"|(?:两个?|各)?声部(?:之间|进行|的?关系)?[^,?]{0,8}(?:错|毛病|犯规|违反|有问题|问题在)|(?:对位|声部进行|声部写作)[^,?]{0,8}(?:对吗|对不对|正确|有没有错|规则)"
)
_OF_VOICES = re.compile(_TWO + r"|卡农|\bcanon\b|\bimitat|模仿")
_BETWEEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("same rhythm", re.compile(r"\bsame (?:rhythms?|note (?:lengths|values)|time values)\b|\brhythm\w* (?:together|in common|the same|alike)\b|\bin rhythmic unison\b|节奏.{0,6}(?:一样|相同|一致)|(?:同样|相同|一样)的节奏")),
    ("imitation", re.compile(r"\bimitat\w*|\bcanon\b|\b(?:copy|copies|echo(?:es)?|follow)s? (?:each other|one another|the (?:other|first|top))|模仿|卡农|轮唱")),
    ("motion", re.compile(r"\b(?:same|opposite|contrary|parallel|similar|oblique) (?:direction|motion|way)\b|\bmove (?:together|apart|in opposite|the same)|(?:同向|反向|斜向|平行(?!纯?[五八]度))(?:进行|运动)?|(?:同一个|相反的?|同样的?)方向")),
)  # fmt: skip


def _order(plain: str, lower: str, tune: Tune) -> Asked | None:
    if re.search(r"\bchords?\b|和弦", lower):
        return None
    return ("order", "", "") if _ORDER.search(lower) and not _ORDERS.search(lower) else None


_ORDER = re.compile(
    rf"\b(?:what|which|in what)\b.{{0,12}}\border\b.{{0,24}}\b(?:play|sing|parts?|sections?|go|come)\b|\bhow many times\b.{{0,24}}\b(?:play|sing|repeat|go through|does|is)\b.{{0,20}}\b(?:each|every|the [a-h]|{_PART})|\bwhich {_PART}\b.{{0,16}}\b(?:repeat(?:s|ed)?|twice|played again)\b|\bdo (?:we|i) (?:play|repeat) (?:each|both|every|the [a-h])\b.{{0,16}}\b(?:twice|again|part|half|section)"
    r"|(?:按|是|照)?什么顺序(?:演奏|弹|唱|吹|拉|奏)?|(?:每|各|[a-h])段.{0,6}(?:几遍|几次|多少遍)|哪(?:一|几|些)?段.{0,4}(?:要|需要)?(?:反复|重复)"
)


def _date(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("date", "", "") if _DATE.search(lower) else None


_DATE = re.compile(
    r"\b(?:when|what year|which (?:year|century)|what century|in which (?:year|century|period))\b.{0,12}\b(?:was|is|were|did)\b.{0,24}\b(?:written|composed|made|from|published|write|compose)\b|\bhow old is (?:it|this|the)\b|\bwhat (?:period|era|century) (?:is|does)\b|\bwhere (?:does|is) (?:it|this (?:tune|song|piece)|the (?:tune|song|piece)) (?:come )?from\b"
    r"|什么(?:年代|时期|朝代)(?:的|写|作|创作)?|什么时候(?:的(?!和弦)|写|作|创作)|哪(?:一)?年(?:写|作|创)|哪个(?:年代|世纪|时期)|来自哪|是哪(?:里|儿|个地方|个国家|国)的(?:曲|歌|民歌|音乐|调)"
)


def _colours(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("colours", "", "") if _COLOURS.search(lower) and not _ORDERS.search(lower) else None


_COLOURS = re.compile(
    r"\b(?:major|minor)\b.{0,20}\b(?:all the way(?: through)?|throughout|the whole (?:time|way)|all along|from start to finish)\b|\bdoes (?:it|the \w+) (?:ever |at any point |anywhere )?(?:brighten|darken|lighten)\b|\b(?:go|goes|turn|turns|change|changes|switch|switches) (?:in)?to (?:the )?(?:major|minor)\b.{0,12}(?:anywhere|somewhere|at any point|\?)"
    r"|(?:全曲|整首|从头到尾|一直|始终)(?:都)?是(?:大调|小调)(?:吗|还是|么)|(?:有没有|哪里|什么地方).{0,8}(?:变|转)(?:成|到|为)?(?:大调|小调|明亮|暗)"
)


def _scale(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("own scale", "", "") if _SCALE.search(lower) and not _ORDERS.search(lower) else None


_SCALE = re.compile(
    r"\b(?:what|which) scales?\b.{0,40}\b(?:practi[sc]\w*|warm(?:ing)? up|learn|play|go(?:es)? with|know|should|before|for (?:this|it)|based on|use[sd]?|need)\b(?! (?:in|over|to improvise))"
    r"|(?:先|要|该|应该)?(?:练|复习|准备|热身).{0,6}(?:什么|哪个|哪条|哪些)音阶|(?:什么|哪个|哪条)音阶.{0,6}(?:热身|练|准备|打底)"
)


def _chord_changes(plain: str, lower: str, tune: Tune) -> Asked | None:
    return (
        ("chord changes", "", "") if _CHANGES.search(lower) and not _ORDERS.search(lower) else None
    )


_CHANGES = re.compile(
    r"\b(?:chord|harmonic) rhythm\b|和声节奏|\b(?:where|which|what bars?)\b.{0,24}\bchang\w*\b.{0,12}\bchords?\b|\b(?:where|which|how often|how quickly|how fast)\b.{0,30}\bchords?\b.{0,20}\b(?:chang\w*|mov\w+|switch\w*)\b|\bchord changes?\b.{0,20}\b(?:fast\w*|quick\w*|most|often|frequent)|\b(?:fastest|quickest) chord changes?"
    r"|换和弦.{0,8}(?:快|多|频繁|勤)|和弦.{0,4}(?:换|变|转换)得?.{0,6}(?:快|多|频繁|勤)|(?:几|多少)拍换(?:一(?:次|个))?和弦|(?:什么时候|哪里|哪儿|在哪)换和弦|\bwhen (?:do|should) (?:i|we|the chords?) change\b"
)


def _breaks(plain: str, lower: str, tune: Tune) -> Asked | None:
    player = player_in(lower)
    return ("breaks", player, "") if player and _BREAK.search(lower) else None


_BREAK = re.compile(
    r"\b(?:cross(?:es|ing)?|over|go over|across) the (?:register )?break\b|\bthe break\b|\bregister (?:change|key|break)\b|\bovertone\b|\bover-?blow|\bsecond (?:register|octave)\b|过(?:break|换音区|音区)|跨音区|换音区|泛音区|超吹|高音区"
)


def _unknowable(plain: str, lower: str, tune: Tune) -> Asked | None:
    """What no score tells: how long somebody will take to learn it."""
    return ("unknowable", "", "") if _LEARNT.search(lower) else None


_LEARNT = re.compile(
    r"\bhow (?:long|many (?:days|weeks|months|hours|lessons))\b.{0,24}\b(?:learn|practi[sc]e|master|memori[sz]e|get (?:it|this) (?:right|ready|up to speed)|pick (?:it|this) up)\b|(?:多久|多长时间|几天|多少(?:天|小时|节课)|几节课).{0,6}(?:练|学|背|弹会|拿下)|(?:练|学|背)(?:会|熟|好|下来)?.{0,4}(?:要|需要|得)(?:多久|多长|几天|多少)"
)


def _alike(plain: str, lower: str, tune: Tune) -> Asked | None:
    """Whether the parts have the same rhythm or melody, or close alike."""
    if _ORDERS.search(lower) or re.search(
        r"\b(?:bars?|measures?) \d|第.{1,4}小节|\bkeys?\b|调", lower
    ):
        return None
    if _ENDS.search(lower):
        return "cadence", "", ""
    if len(tune.voices) < 2 and _SAME.search(lower):
        halves = re.search(r"\bhal(?:f|ves)\b|半", lower)
        return "compare", "", f"{lower} {'the two halves' if halves else 'the two parts'}"
    return None


_ENDS = re.compile(
    rf"\b(?:do|does|are|is)\b.{{0,24}}\b(?:{_PART}|endings?|cadences)\b.{{0,16}}\b(?:end|finish|close|stop|the same|alike|identical)\b.{{0,16}}\b(?:same|alike|differ\w*|equally|way|same note)\b|(?:句|段|句尾|段尾).{{0,8}}(?:结束|收|落)(?:得|音|尾)?.{{0,6}}(?:一样|相同|不同)"
)
_SAME = re.compile(
    rf"\b(?:do|does|is|are|have|has)\b.{{0,30}}\b{_PART}\b.{{0,30}}\b(?:same|similar|alike|different|(?:a )?(?:repeat|copy|repetition|variation) of) ?(?:rhythms?|melod(?:y|ies)|tunes?|chords?)?\b|(?:节奏|旋律|曲调|和弦)(?:都|也)?(?:是)?(?:一样|相同|一致)(?:的)?(?:吗|么|不|没)"
)


def _form_bars(plain: str, lower: str, tune: Tune) -> Asked | None:
    """How many parts there are and which bars each has."""
    return (
        ("form", "", "") if _PARTS_WITH_BARS.search(lower) and not _ORDERS.search(lower) else None
    )


_PARTS_WITH_BARS = re.compile(
    r"(?:几段|几个(?:乐段|段落|部分)|段体|乐段|曲式|结构).{0,12}(?:怎么(?:分|划)|如何(?:分|划)|分别|哪几小节|哪些小节|从哪)|(?:怎么|如何)(?:分段|划分(?:段落|乐段)?)|是几段(?:体|式|曲式)|\b(?:how many|what|which|into) (?:sections|parts|strains)\b[^?]{0,40}\b(?:which bars|what bars|where|divided|split|bars?)\b|\bhow is (?:it|this|the (?:tune|piece|song)) (?:divided|split)(?: up)?\b"
)

FINDERS: tuple[Callable[[str, str, Tune], Asked | None], ...] = (
    _unknowable, _form_bars, _order, _date, _colours, _scale, _chord_changes, _breaks, _voices, _beside, _alike,
)  # fmt: skip
"""In the order in which they are asked."""
