"""What players, singers, teachers and parents ask of the tune that is open, each kind by words that leave no doubt:
does the melody fit its chords, which bars are hard and how are they practised, who can sing it, how many bars are played.

What they ask is (topic, term, other) of a `Question`; wishes for a change are left alone by the shapes themselves.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.numbers import NUMBER
from abc_tools.numbers import value as number
from abc_tools.tune import Tune
from chat.explain.asked_names import Asked, player_in
from chat.explain.five_modes import modes_said

KINDS = ("fits", "chinese mode", "claim", "lead voice", "harder part", "section keys", "hard spots", "singers",
         "wide leaps", "chord shapes", "chord names", "construction")  # fmt: skip
"""The topics that this module reads beside those of others."""
WHOLE = ("claim", "harder part", "section keys", "singers", "construction")
"""Those of them that are about the whole tune, whatever part is named."""

_THEORY = re.compile(
    r"\bwhat (?:is|are) (?:an? )?(?!the\b)[\w ]{3,24}\?*$|\bmeans?\b|\bwhy (?:do|are|is|does) parallel|什么是|什么叫|何谓|是什么意思|怎么判断|如何判断"
)
_ORDERS = re.compile(
    r"^(?:please |now |then |and |can you |could you |would you )*(?:make|change|turn|put|set|write|transpose|move|convert|give|add|rewrite|fix|simplify)\b|^(?:请|帮我)?[把将改写换移转加]|(?:改成|改为|变成|换成|写成|转成|写一[首段个])|(?:能不能|可不可以|能否|可以|请)?让.{1,12}(?:一?[点些])"
)
_PLACE = re.compile(
    r"\b(?:bars?|measures?) \d|\bhere\b|\bthere\b|第.{1,4}小节|这里|那里|这个小节|这一小节"
)


def _fits(plain: str, lower: str, tune: Tune) -> Asked | None:
    if re.search(r"\bwords?\b|\blyrics\b|歌词|字", lower) or _BETTER.search(lower):
        return None
    return ("fits", "", "") if _FITS.search(lower) else None


_BETTER = re.compile(r"\b(?:what|which) (?:other )?chords?\b|\bwould\b|什么和弦|哪个和弦|换")
_FITS = re.compile(
    r"\b(?:melody|tune|notes?|singers?|voice)\b.{0,30}\b(?:fits?|match(?:es)?|agrees?|belongs?|goes|go|lines? up|works?)\b.{0,16}\b(?:chords?|harmony|harmonies)\b"
    r"|\b(?:chords?|harmony|harmonies)\b.{0,30}\b(?:fits?|match(?:es)?|agrees?|goes with|go with|line up with|works? with|suits?)\b.{0,16}\b(?:melody|tune|notes?)\b"
    r"|\b(?:sounds?|goes|go|fits?|works?|sits?) (?:right|ok(?:ay)?|well|good|nicely|fine)? ?(?:with|over|against|on) (?:that|the|this|its|their|each|every) (?:chords?|harmony)\b|\b(?:which|what) (?:of the )?notes?\b.{0,30}\bbelongs? to (?:the |its |their )?chords?\b|\bonly (?:notes?|tones?) (?:from|of|in) (?:the|their|its) chords?\b|\b(?:all|any) (?:of )?(?:the )?notes?\b.{0,24}\bin (?:the|their|its) chords?\b"
    r"|(?:旋律|音).{0,6}(?:都|全)?(?:在|是|属于).{0,3}和弦(?:里|内|中|音)?(?:吗|么|的吗)|(?:旋律|音符?|曲调).{0,8}(?:和弦|和声|伴奏).{0,6}(?:对(?:得|不)上|对不对|配|吻合|符合|匹配|合不合|合得|合适|一致|相符)|(?:和弦|和声|伴奏).{0,8}(?:旋律|曲调|音).{0,6}(?:对(?:得|不)上|对不对|配|吻合|符合|匹配|合不合|合得|合适|一致|相符)"
)


def _five_mode(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _FIVE.search(lower) is None or _THEORY.search(lower) or _ORDERS.search(lower):
        return None
    return "chinese mode", " ".join(modes_said(lower)), ""


_FIVE = re.compile(
    r"[宫商角徵羽]调|[宫商角徵羽](?:还是|或者?|、)[宫商角徵羽]|(?:民族|五声|中国)(?:性)?调式.{0,6}(?:什么|哪)|(?:什么|哪).{0,4}(?:民族|五声)调式|属于(?:宫商角徵羽|五声).{0,6}(?:哪|什么)|宫商角徵羽.{0,8}(?:哪|什么)"
    r"|\b(?:gong|shang|jue|zhi|yu) mode\b|\b(?:which|what) (?:chinese|pentatonic) mode\b|\bgong\b.{0,8}\bor\b.{0,8}\b(?:zhi|shang|yu|jue)\b"
)


def _played(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("lasting", "", "") if _PLAYED.search(lower) else None


_PLAYED = re.compile(
    r"\bhow many (?:bars|measures)\b.{0,40}\b(?:played|play|in all|in total|with (?:the |all )?repeats|including|counting|altogether|repeats)\b|\b(?:with|counting|including) (?:the |all |all the )?repeats\b.{0,40}\bhow (?:many|long)\b|\b(?:how long|length)\b.{0,40}\bwith (?:the |all )*repeats"
    r"|(?:带|连|加上?|算上|包括|含)(?:了)?(?:所有)?反复.{0,20}(?:多少|几)个?(?:小节|秒|分钟)|(?:一共|总共|实际|全部)(?:得|要|会)?(?:吹|弹|拉|唱|演奏|奏)(?:了)?(?:多少|几)个?小节|反复.{0,8}(?:一共|总共).{0,6}(?:多少|几|多久|多长)"
)


def _parallel(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _PARALLEL.search(lower) is None or _THEORY.search(lower) or _ORDERS.search(lower):
        return None
    return "parallels", "", ""


_PARALLEL = re.compile(
    r"\bparallel something\b|\bwrong with the (?:harmony|voice[- ]leading|part[- ]writing|counterpoint)\b|\b(?:any|are there|is there|do|does|have|has|find|check|look for|spot|where|which|got)\b.{0,50}\b(?:parallel|consecutive|hidden) (?:perfect )?(?:fifths?|octaves?|5ths?|8ves?|unisons?)|\b(?:parallel|consecutive|hidden) (?:fifths?|octaves?|5ths?|8ves?)\b.{0,24}(?:anywhere|here|in (?:it|this|these|bars?|the)|between)"
    r"|(?:有没有|有无|是否|哪|查|检查|找|存在|出现|看看|有).{0,12}(?:平行|隐伏)(?:的)?(?:纯)?[五八]度|(?:平行|隐伏)(?:纯)?[五八]度.{0,12}(?:吗|没有|有没有|哪|么)"
)


def _claim(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "is that exactly 12 bars?": (what is counted, how many)."""
    if _ORDERS.search(lower):
        return None
    match = _CLAIM.search(lower)
    if match is None:
        return None
    said = next(g for g in (match["n"], match["z"]) if g)
    noun = match["w"] or "小节"
    count = number(said)
    names = {"b": "bars", "m": "bars", "小": "bars", "n": "notes", "音": "notes", "c": "chords", "和": "chords",
             "v": "voices", "声": "voices", "s": "sections", "p": "sections", "段": "sections"}  # fmt: skip
    return ("claim", f"{names[noun[0]]} {count}", "") if count is not None else None


_CLAIM = re.compile(
    rf"^(?:so |and |but |ok,? )?(?:is|are|was|does|has|did|do)(?:n't)? (?:it|this|that|there|the (?:tune|piece|song|whole thing)|these|we|you|they)\b(?! .{{0,20}}\b(?:bars?|measures?) \d)[^?]{{0,24}}?\b(?:exactly |really |only |actually |just |still |in fact |about )*(?P<n>{NUMBER})[ -](?P<w>bars?|measures?|notes|chords|voices|sections|parts)\b(?! (?:in|of) bar)"
    rf"|(?:是不是|是否|刚好|正好|恰好|真的|确实|一共|总共|现在)(?:是|有)?(?:一共|刚好|正好|恰好)?(?P<z>{NUMBER})个?(?:小节|音(?=吗)|和弦|声部|段)(?:吗|么|没有|没|对吧|是吧|对吗|的吗|[?？]|$)"
)


def _lead(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("lead voice", "", "") if _LEAD.search(lower) and not _ORDERS.search(lower) else None


_LEAD = re.compile(
    r"\b(?:which|what) (?:of the (?:two|three|four)? ?)?(?:voices?|parts?|hands?|instruments?|lines?|stave|staff|one)\b.{0,24}\b(?:has|have|plays?|sings?|carr(?:y|ies|ying)|gets?|is|got)\b.{0,16}\b(?:melody|tune|theme|main line)\b|\bwho(?:'s)? (?:has|got|plays|sings|gets|carries|playing) (?:the )?(?:main )?(?:melody|tune|theme)\b|\b(?:where(?:'s| is)|in which (?:voice|part|hand)) (?:is )?the (?:main )?(?:melody|tune|theme)\b.{0,30}(?:voice|part|hand|\?|$)"
    r"|(?:哪|谁)(?:一)?(?:个|条|只|件|行)?(?:声部|手|乐器|人)?.{0,6}(?:是|有|唱|奏|拉|吹|弹|负责)(?:的)?(?:主)?旋律|主?旋律(?:是)?(?:在|由)(?:哪|谁)"
)


def _harder(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _ORDERS.search(lower) or not _HARDER.search(lower):
        return None
    of_voices = re.search(r"\bvoices?\b|\bhands?\b|\binstruments?\b|\bplayers?\b|声部|手", lower)
    easier = re.search(
        r"\beas\w+|\bsimpl\w+|容易|简单|好(?:弹|唱|吹|拉|练|学)", lower
    ) and not re.search(r"\bhard|\btrick|difficult|tough|难", lower)
    term = f"{'voices' if of_voices else ''}{' easier' if easier else ''}".strip()
    return "harder part", term, ""


_HARD = r"(?:hard(?:er|est)?|eas(?:ier|iest)|trick(?:ier|iest)|(?:more|most|less|least) (?:difficult|demanding|challenging)|tougher|toughest|simpler|simplest)"
_HARDER = re.compile(
    rf"\b(?:which|what)\b.{{0,30}}\b(?:part|section|half|voice|hand|strain|instrument|of the two|one)s?\b.{{0,24}}\b{_HARD}\b|\b(?:of|between) the (?:two |three )?(?:parts|sections|halves|voices|hands|strains)\b.{{0,24}}\b{_HARD}\b"
    rf"|\b(?:is|are) (?:the )?(?:[a-d]|first|second|third|last|other|left|right|top|bottom|upper|lower)[ -](?:part|half|section|hand|voice|strain|bit)s?\b.{{0,12}}\b(?:harder|easier|trickier|more difficult|tougher|simpler)\b"
    r"|\bwho(?:'s| has| is|'s got)?\b.{0,16}\b(?:harder|easier|trickier|tougher) (?:job|parts?|lines?|role|time)\b"
    r"|(?:哪|两|ab|各)(?:一)?(?:个)?(?:段|部分|声部|半|只手|边手).{0,8}(?:更|比较|最|要)?(?:难|容易|简单|好弹|好唱|好吹|好拉|好练|好学)|[ab]段.{0,16}(?:变)?(?:更|最|比较)?(?:难|容易|简单)|(?:第[一二三]段|前半|后半|左手|右手)(?!.{0,4}怎么|.{0,4}如何).{0,6}(?:更|比较|最)(?:难|容易|简单)(?:吗|些|一点)?"
)


def _keys(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("section keys", "", "") if _KEYS.search(lower) and not _ORDERS.search(lower) else None


_KEYS = re.compile(
    r"\b(?:what|which) (?:are the )?keys?\b.{0,40}\b(?:each|both|the two|every|all the|the different|respective)\b.{0,10}(?:sections?|parts?|halves|half|strains?)\b|\b(?:each|both|every|the two)\b.{0,6}\b(?:sections?|parts?|halves|half|strains?)\b.{0,30}\bkeys?\b|\bkeys? (?:of|for|is|are) (?:each|both|the two|every)\b"
    r"|(?:两|各|每|ab|几|三)(?:个)?(?:段|部分).{0,10}(?:什么|哪个?)调|(?:什么|哪个?)调.{0,6}(?:各|每|两)(?:个)?(?:段|部分)|[abc]段.{0,4}[abc]段.{0,10}(?:什么|哪个?)调"
)


def _sign(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "why is there a sharp in bar 11": a sign without the name of a note."""
    if _SIGN.search(lower) is None or not _PLACE.search(lower) or _ORDERS.search(lower):
        return None
    lower = re.sub(r"\ban? (?=(?:sharp|flat|natural)s?\b)", "", lower)
    if re.search(
        r"(?<![a-z])[a-g][ -]?(?:sharp|flat|natural|#)|[升降还原][a-g]|[a-g](?:升|降)|signature (?:of|in) bar",
        lower,
    ):
        return None
    before = lower.split("signature")[0] if "signature" in lower else lower
    sign = ("#" if re.search(r"sharp|升", before) else "♭" if re.search(r"flat|降", before)
            else "♮" if re.search(r"natural|还原", before) else "")  # fmt: skip
    return "one note", sign, ""


_SIGN = re.compile(
    r"\b(?:why|how come|what(?:'s| is| are)|explain|where does)\b.{0,40}\b(?:sharps?|flats?|naturals?|accidentals?)\b|\b(?:sharps?|flats?|naturals?|accidentals?)\b.{0,30}\b(?:why|how come|what for|doing|come from)\b"
    r"|(?:为什么|为何|怎么|解释|什么).{0,16}(?:升号|降号|还原号|临时(?:变音)?记号|变音记?号?)|(?:升号|降号|还原号|临时(?:变音)?记号|变音记号).{0,10}(?:为什么|怎么回事|哪来|干什么|什么用|怎么来)"
)


def _practised(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _ORDERS.search(lower):
        return None
    if _HOW_TO_PRACTISE.search(lower):
        return "practice", player_in(lower), ""
    if _HARD_SPOTS.search(lower):
        return "hard spots", player_in(lower), ""
    return None


_HOW_TO_PRACTISE = re.compile(
    r"\bhow (?:should|do|can|could|would|shall|might|best to|to|does|did) ?(?:i|we|one|they|he|she|you|my \w+|the \w+|our \w+|someone|a \w+)?,? (?:best |best to |go about )?(?:practi[sc](?:e|ing)|learn(?:ing)?|rehears\w+|work on|working on|master|tackl(?:e|ing)|get (?:it|this|that|bar \d+) right|get better at)\b(?! (?:a |my |the )?(?:scales?|chords? in general|sight|music theory|improvis))"
    r"|\b(?:practi[sc]e|work on) first\b|\b(?:best|good|right) way to (?:practi[sc]e|learn|work on|tackle)\b|\bpractice (?:tips?|advice|plan)|\bwhat (?:can|should|could|do) (?:i|we|he|she|they|you) (?:do|try) (?:about|with|to help|to get)\b(?=.{0,40})|\b(?:rush(?:es|ing)?|drag(?:s|ging)?|trip(?:s|ping)?|stumbl\w+|struggl\w+|keeps? getting|can't get)\b.{0,40}\b(?:what|how|any (?:tips|ideas))\b|\bhow\b.{0,40}\b(?:remember|memori[sz]e)\b|\b(?:gets?|getting|keeps?|always|can't)\b.{0,40}\bany (?:ideas|suggestions|tips|advice)\b|\bany (?:tips|advice)\b.{0,30}\b(?:practi[sc]|bar|play)|\bhow (?:can|do|should) .{1,30}\bstop (?:tripping|stumbling|getting)\b"
    r"|(?:怎么|如何|怎样|咋)(?:样)?(?:才能|去|来)?(?:练|攻克|突破)(?!耳|听力)|(?:老是|总是|一直|经常|容易|每次|吹|拉|弹|唱|奏).{0,24}(?:怎么办|咋办|怎么纠正|怎么改掉)|练习(?:的)?(?:建议|方法|步骤)|先练(?:哪|什么)"
)
_HARD_SPOTS = re.compile(
    r"\b(?:hardest|trickiest|worst|nastiest|most (?:difficult|awkward)|toughest) (?:bars?|bits?|places?|spots?|passages?|measures?|corners?)\b|\b(?:which|what|where)\b.{0,24}\b(?:bars?|bits?|spots?|places?|measures?|corners?|passages?)\b.{0,30}\b(?:hard|harder|hardest|tricky|trickiest|difficult|tough|toughest|awkward|trip|stumble|struggle|problems?|trouble|trips?)\b"
    r"|\bwhere (?:will|would|might|do|does|are) .{1,24}\b(?:trip(?: up)?|stumble|struggle|go wrong|get stuck|have trouble|slip)\b|\bwhat(?:'s| is) (?:so |really )?(?:hard|tricky|difficult|awkward|tough)\b(?: in| about| here| for|,|\?)|\banything (?:hard|tricky|difficult|awkward|nasty)\b|\bwhat\b.{1,24}\b(?:watch out for|look out for|be careful (?:of|about|with)|mind)\b|\bwhich notes?\b.{0,24}\b(?:hard|tricky|awkward|difficult|problem\w*)\b"
    r"|(?:哪|几)(?:些|几|里|儿)?个?(?:小节|地方|句|处)?(?:会|是)?(?:最|比较|更)(?:难|不好(?:吹|弹|拉|唱|练)|容易(?:出?错|吹错|弹错|拉错|唱错))|最难的?(?:是)?(?:哪|几小节|小节|地方)|难点(?:在哪|是什么|有哪些)|(?:要|应该|需要|得|该)注意(?:些)?(?:什么|哪)|(?:哪|几).{0,6}(?:容易|会)(?:出错|弹错|吹错|拉错|卡住)|(?:哪里|哪儿|哪些?地方|什么地方|哪几?个?小节)[^,?]{0,8}(?:唱|弹|吹|拉|奏)(?:错|不准|不好)|(?:常|容易|经常|总是?)(?:会)?(?:在)?(?:哪里|哪儿|什么地方|哪些小节)[^,?]{0,4}(?:错|不准|跑调)"
)


def _sung_by(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _ORDERS.search(lower):
        return None
    sings = _SINGS.search(lower)
    if _SCHOOL.search(lower) and (
        sings
        or not (_PLAYS.search(lower) or re.search(r"\b(?:what|which) (?:grade|level)\b", lower))
    ):
        return "singers", age_said(lower), ""
    return ("wide leaps", "", "") if _LEAPS.search(lower) else None


_SINGS = re.compile(r"\bsing\w*|\bsong\b|\bchoir\b|\bvoices?\b|唱|歌")
_PLAYS = re.compile(r"\bplay\w*\b|[弹吹拉奏]")


def age_said(lower: str) -> str:
    """The age in years that a school year, a grade or an age names, "8"; "" for none.

    >>> age_said("would year 4 manage it"), age_said("适合三年级吗"), age_said("my six-year-olds")
    ('8', '9', '6')
    """
    if match := re.search(rf"\byears? ({NUMBER})s?\b(?! old)", lower):
        return str((number(match[1]) or 0) + 4)
    if match := re.search(
        rf"\bgrades? ({NUMBER})\b|\b(\d)(?:st|nd|rd|th) grade|({NUMBER})年级", lower
    ):
        return str((number(next(g for g in match.groups() if g)) or 0) + 6)
    if match := re.search(
        rf"\b({NUMBER})[- ]years?[- ]olds?\b|\baged? ({NUMBER})\b|({NUMBER})岁", lower
    ):
        return str(number(next(g for g in match.groups() if g)) or "")
    return (
        "5" if re.search(r"\breception\b|\bkindergarten\b|\bnursery\b|幼儿园|幼儿", lower) else ""
    )


_GROUP = rf"(?:years? {NUMBER}s?|grades? {NUMBER}|\d(?:st|nd|rd|th) grade\w*|{NUMBER}[- ]years?[- ]olds?|reception|kindergarten|nursery|primary school|key stage \d|infants|juniors)"
_SCHOOL = re.compile(
    rf"\b(?:what|which) (?:ages?|grades?|years?|classes|class|school year|key stage|age group)\b.{{0,50}}\b(?:sing|song|suits?|for|could|can|would|manage|right)\b|\b(?:suitable|right|good|ok|okay|appropriate|fine|too (?:high|low|hard)) for (?:my |a |the |our )?{_GROUP}|\b(?:can|could|will|would|should) (?:my |a |the |our )?{_GROUP}\b.{{0,24}}\b(?:sing|manage|cope|reach)\b"
    r"|(?:适合|给|让)?(?:几|哪个|什么|哪些)年级|(?:几|多大)(?:岁|年纪)?的?(?:孩子|小朋友|学生|学童).{0,6}(?:唱|适合)|(?:[一二三四五六七八九]年级|幼儿园|小学|中学|\S岁).{0,12}(?:唱得|能唱|适合唱|适合吗|唱合适|唱得了|能不能唱|可以唱|唱.{0,4}(?:会不会|太高|太难|太低|行不行|行吗|可以吗))|适合(?:[一二三四五六七八九]年级|幼儿园|\S{1,2}岁)"
)
_LEAPS = re.compile(
    r"\b(?:where|which|are there|any|what)\b.{0,40}\b(?:wide|big|large|biggest|widest|largest|awkward|tricky|difficult|dangerous)\b.{0,8}\b(?:leaps?|jumps?|skips?|intervals?)\b|\b(?:leaps?|jumps?|skips?|intervals?)\b.{0,40}\b(?:singers?|choir|pitch|miss(?:ed)?|out of tune|off key)\b|\bwhere\b.{0,40}\b(?:go|sing|drift|going) (?:flat|sharp|out of tune|off(?: key| pitch)?)\b|\b(?:hard|tricky|difficult) to pitch\b"
    r"|跑调|走音|唱不准|音准|(?:哪|有没有|什么地方|几处).{0,14}(?:大跳|跳得(?:比较|很|太)?(?:大|远)|跳进(?:比较|很)?大)"
)


def _chords(plain: str, lower: str, tune: Tune) -> Asked | None:
    if _ORDERS.search(lower) or re.search(
        r"\b(?:bars?|measures?) \d|第.{1,4}小节|\bright\b|\bwrong\b|太\S{1,4}[,.].{0,6}[换改重]|[配加写](?:个|上|点|一下|几个|些)*和弦",
        lower,
    ):
        return None
    if _SHAPES.search(lower):
        return "chord shapes", "", ""
    return ("chord names", "", "") if _NEEDED.search(lower) else None


_SHAPES = re.compile(
    r"\b(?:are|is|will|would|how|do|does|can|could)\b.{0,24}\bchords?\b.{0,40}\b(?:hard|easy|difficult|tricky|beginners?|simple|manage(?:able)?|doable|playable|learner|novice|new to)\b|\b(?:hard|easy|difficult|tricky|simple)\b.{0,12}\b(?:are|is) (?:the |these |those )?chords?\b|\b(?:barre?|open) chords?\b.{0,24}(?:\?|in (?:this|it)|here|$)|\b(?:any|are there) (?:hard|easy|difficult|tricky|barre?) chords\b"
    r"|和弦.{0,10}(?:难(?:不难|吗|按|弹|度)?|容易|好按|简单|初学|新手)(?!听)|(?:有没有|要不要|用不用).{0,6}(?:大?横按|封闭和弦)"
)
_NEEDED = re.compile(
    r"\b(?:which|what)\b (?:different )?chords?\b.{0,40}\b(?:need|know|learn|strum|used|use|uses|required|involved)\b(?! (?:most|oftenest|instead))|\bchords? (?:do|will|would|should) (?:i|we|he|she|they|you|my \w+) need\b"
    r"|(?:一共|总共|都|要|需要|得)(?:会|用|学|用到|弹)?(?:了)?(?:哪(?:些|几个?)|几个|什么)和弦|(?:要|需要|得)(?:会|学会|掌握)(?:哪|几|什么).{0,3}和弦"
)


def _constructed(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("construction", "", "") if _BUILT.search(lower) and not _ORDERS.search(lower) else None


_BUILT = re.compile(
    r"\bhow (?:is|was|are|does) (?:it|this|that|the (?:tune|piece|song|music|whole thing)|this (?:tune|piece|song|music))(?: all)? (?:put together|built(?: up)?|constructed|made up|organi[sz]ed|laid out|structured|assembled|hang together|fit together|divided(?: up)?)\b|\bhow (?:it|this|that|this (?:tune|piece|song)|the (?:tune|piece|song))(?:'s| is| was)(?: all)? (?:put together|built|constructed|made|organi[sz]ed|laid out|structured)"
    r"|(?:这首|这支|这个|曲子|歌|整首|它).{0,8}(?:是)?(?:怎么|如何|怎样)(?:构成|搭(?:建)?|组织|安排|组成|写成|拼)(?:起来)?的?|由(?:哪几|几|哪些)(?:个)?(?:段|部分|乐段)(?:落)?(?:组成|构成)"
)

FINDERS: tuple[Callable[[str, str, Tune], Asked | None], ...] = (
    _fits, _five_mode, _played, _parallel, _claim, _lead, _harder, _keys, _sign, _sung_by, _chords, _practised, _constructed,
)  # fmt: skip
"""In the order in which they are asked."""
