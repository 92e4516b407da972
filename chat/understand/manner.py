"""How a new tune begins, ends and moves: first and last notes, figures of rhythm, groups of beats, loudness that
changes, the register, first and second endings, a loop.

Each reader fills requirement values of its own; `chat.check` checks them, `chat.act.finish` mends what the model wrote.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from chat.requirements import Wishes
from chat.understand.text import without_titles

_LETTER = r"(?-i:([A-G][#b]?))(?![A-Za-z#\d'])(?! ?(?:major|minor|dorian|chord|flat major|flat minor|大调|小调|和弦|部分|part|section|段))"
_DEGREES = {
    1: r"tonic|root|home note|do(?![a-z])|key ?note|主音",
    2: r"supertonic|second(?: (?:degree|note))?|2nd(?: degree)?|(?<![a-z])re(?![a-z])|上主音|二级音|第二级",
    3: r"mediant|third(?: (?:degree|note))?|3rd(?: degree)?|(?<![a-z])mi(?![a-z])|中音(?!区|域)|三音|三级音|第三级",
    4: r"subdominant(?: note)?|fourth(?: degree)?|4th(?: degree)?|(?<![a-z])fa(?![a-z])|下属音|四级音|第四级",
    5: r"fifth(?: (?:degree|note))?|5th(?: degree)?|dominant note|(?<![a-z])sol?(?![a-z])|属音|五音|五度音|五级音|第五级",
    6: r"submediant|sixth(?: degree)?|6th(?: degree)?|(?<![a-z])la(?![a-z])|六级音|第六级",
    7: r"leading[- ]?(?:note|tone)|seventh(?: degree)?|7th(?: degree)?|(?<![a-z])[ts]i(?![a-z])|导音|七级音|第七级",
}
"""Degrees of the scale as they are called."""
_DEGREE = "|".join(f"(?P<d{n}>{words})" for n, words in _DEGREES.items())
_NOTE = rf"(?:(?:an?|the|its|note|音|long|held|low|high|single|big|high|sustained|final)\s*)*(?:{_LETTER}|(?:{_DEGREE}))(?!\s*(?:beats?|bars?|measures?|lines?|strings?|fingers?|time|拍|小节|弦|遍))"
_ENDS = re.compile(
    rf"(?:\b(?:end(?:s|ing)?|finish(?:es|ing)?|clos(?:es?|ing)|land(?:s|ing)?|com(?:es?|ing) to rest|resolv(?:es?|ing))(?: up| there| it| the (?:tune|piece|melody|song))? (?:on|with|at|to)|\b(?:last|final|closing) note(?: must| should| has to)?(?: be| is|:| on| to be)?|(?:结束|结尾|收尾|最后|收|落|停)(?:的?一个)?(?:音|要|能|得|一定|必须|请)*(?:停|落|收|结束|回)?(?:在|到|于|是|为|用)|(?:末|尾|最后一个|最后的?|结束)音(?:要|必须|得)?(?:是|为|用|落在|停在)?)\s*{_NOTE}",
    re.IGNORECASE,
)
_STARTS = re.compile(
    rf"(?:\b(?:start|begin|open|commence)(?:s|ing|ning)?(?: off| it| the (?:tune|piece|melody|song))? (?:on|with|from)|\b(?:first|opening|starting) note(?: must| should| has to)?(?: be| is|:| on| to be)?|(?:开头|开始|起音|首音|第一个音|起始音)(?:要|必须|得|请)?(?:是|为|用|在|从|落在)?|从(?=[^,.;]{{1,8}}开始|[^,.;]{{1,8}}起))\s*{_NOTE}(?!\s*(?:to|up to|到|至))",
    re.IGNORECASE,
)
_LONG_END = re.compile(
    r"(?:\b(?:end(?:s|ing)?|finish(?:es|ing)?|clos(?:es?|ing))\b[^,.;]{0,18}?\b(?:on|with) (?:an?|the) (?:\w+ ){0,2}(?:long|held|sustained|whole)[- ]?(?:final |last )?(?:note|[A-G]\b)?|\b(?:last|final) note (?:\w+ ){0,2}(?:long|held|sustained)\b|\b(?:long|held|sustained) (?:last|final) note\b|\bhold(?:ing)? the (?:last|final) note\b|(?:最后|结尾|末尾|结束|尾音|末音)[^,.;]{0,10}(?:长音|拖长|延长|拉长|长一点|拖一拖))",
    re.IGNORECASE,
)


_ROW = r"(?:[A-G][#b]?[\s,-]+(?:and )?){2,8}[A-G][#b]?(?![A-Za-z#\d])"
_OPENING = re.compile(
    rf"\b(?i:begin|start|open|commence)(?i:s|ing|ning)? (?i:off )?(?i:with|on|from)(?: the)?(?i: notes?| pitches| tones| motif| motive| figure| melody)?:? ({_ROW})(?! ?(?:major|minor|chords?))"
    rf"|\b(?i:first|opening) (?i:few |\w+ )?(?i:notes|pitches|motif)(?i: are| is| should be|:)? ({_ROW})"
    rf"|(?:以|用|从)?(?:音)?({_ROW})(?:这几个音|几个音)?(?:开头|开始|起头|作开头|做开头)"
)
"""The notes that a tune begins with, one after the other."""


def _said(match: re.Match[str]) -> str:
    """A letter, or the number of a degree."""
    if match[1]:
        return match[1]
    return next((str(n) for n in _DEGREES if match[f"d{n}"]), "")


def read_ends(text: str, lower: str, wishes: Wishes) -> None:
    """`first_note` and `last_note`: a letter or a degree; `last_note` may be long."""
    plain = without_titles(text)
    last = _ENDS.search(plain)
    said = _said(last) if last else ""
    words = [said] if said else []
    if _LONG_END.search(plain):
        words.append("long")
    if words and (words != ["1"] or "cadence" not in wishes.values):  # mostly a cadence
        wishes.values["last_note"] = " ".join(words)
    if row := _OPENING.search(plain):
        names = re.findall(r"[A-G][#b]?", row[1] or row[2] or row[3])
        wishes.values["opening_notes"] = " ".join(names)
        wishes.values.pop("pitches", None)
        return
    first = _STARTS.search(plain)
    if first and (begin := _said(first)):
        wishes.values["first_note"] = begin


# -- figures of rhythm ------------------------------------------------------------------------

_NONE = r"(?:\bno|\bwithout(?: any)?|\bavoid(?:ing)?|\bnot?(?: too)? many|\bexcept|不要|没有|不用|不带|避免|别用|无)\s*(?:any |the |太多)?"
FIGURES = {
    "triplets": r"\btriplets?\b|三连音",
    "syncopation": r"\bsyncopat\w+|\boff-?beats? (?:accents?|rhythms?|notes?|melody)\b|切分",
    "dotted": r"\bdotted (?:rhythms?|notes?|figures?|patterns?|feel)\b|附点(?:节奏|音符|型|的感觉)?(?![四二八]分)",
    "sixteenths": r"\b(?:some|a few|with|including|include|has|have|add|plenty of|lots of|mostly|mainly) (?:runs? of |running |fast |quick )*(?:sixteenths?|16ths?|semiquavers?)\b|\brunning (?:sixteenths?|semiquavers?)|(?:有|带|加|一些|几个|要)(?:一些|几个|点|上)?十六分",
    "eighths": r"\b(?:some|a few|with|including|include|has|have|add|plenty of|lots of|mostly|mainly) (?:easy |running )*(?:eighths?(?: notes?)?|8ths?|quavers?)\b(?! (?:only|and (?:crotchets?|quarters?) only))|(?:有|带|加|一些|几个)(?:一些|几个|点)?八分",
    "rests": r"\b(?:some|a few|and|with|including|include|has|have|add|plenty of|practi[cs]e|practi[cs]ing) (?:\w+ )?rests\b|\b(?:with|and|has|have|put) an? (?:\w+ )?rest\b(?! of)|(?:有|带|加|练)(?:一些|几个|点)?[四八二]?分?休止",
}
"""Figures that a tune is to have: their words."""


def read_figures(text: str, lower: str, wishes: Wishes) -> None:
    """`figures`: what its rhythm is to have."""
    plain = without_titles(lower)
    found, denied = [], []
    for name, words in FIGURES.items():
        left = re.sub(rf"{_NONE}(?:\w+ (?:or|and) )?(?:{words})", " ", plain)
        if re.search(words, left):
            found.append(name)
        elif left != plain and name in ("triplets", "syncopation", "dotted"):
            denied.append(name)
    if denied:
        wishes.values["no_figures"] = " ".join(denied)
    if found:
        wishes.values["figures"] = " ".join(found)


_GROUPS = re.compile(r"(?<![\d+])([2-4](?:\s?\+\s?[2-4]){1,4})(?![\d+])")


def read_groups(text: str, lower: str, wishes: Wishes) -> None:
    """`groups`: how the beats of a bar are grouped, 2+2+3; the meter is their sum where none is named."""
    match = _GROUPS.search(without_titles(lower))
    if match is None:
        return
    groups = [int(n) for n in re.findall(r"\d", match[1])]
    meter = wishes.values.get("meter", "")
    if meter and int(meter.split("/")[0]) != sum(groups):
        return
    if not meter and sum(groups) in (5, 7, 8, 9, 10, 11):
        wishes.values["meter"] = f"{sum(groups)}/8"
    if "meter" in wishes.values:
        wishes.values["groups"] = "+".join(map(str, groups))


# -- loudness, register, repeats --------------------------------------------------------------

_LOUD_END = re.compile(
    r"\b(?:end(?:s|ing)?|finish(?:es|ing)?|clos(?:es?|ing))(?: (?:up|off|very|really|the tune|it))* (?P<end>soft|quiet|loud|pianissimo|fortissimo|piano|forte|pp|ff|p|f)(?:ly|er)?\b"
    r"|\b(?:soft|quiet|gentle) (?P<soft>end(?:ing)?|finish)\b|\b(?:loud|big loud) (?P<loud>end(?:ing)?|finish)\b"
    r"|(?:结尾|结束|最后|尾声|收尾)(?:时|处|要|得|部分)*(?P<zh>很?轻|弱|渐弱到?轻|安静|很?响|强|有力)"
)
_LOUD_START = re.compile(
    r"\b(?:start|begin|open)(?:s|ing|ning)?(?: (?:up|off|out|very|really|the tune|it))* (?P<start>soft|quiet|loud|pianissimo|fortissimo|piano|forte|pp|ff|p|f)(?:ly|er)?\b|(?:开头|开始|起头)(?:时|处|要|得|部分)*(?P<zh>很?轻|弱|安静|很?响|强|有力)"
)
_LEVELS = {
    "soft": "p", "quiet": "p", "loud": "f", "pianissimo": "pp", "fortissimo": "ff", "piano": "p", "forte": "f",
    "pp": "pp", "ff": "ff", "p": "p", "f": "f", "轻": "p", "很轻": "p", "弱": "p", "安静": "p", "渐弱轻": "p", "渐弱到轻": "p",
    "响": "f", "很响": "f", "强": "f", "有力": "f",
}  # fmt: skip


_HALVES = re.compile(
    r"(?:\b(?:first|opening) (?:half|part|phrase|section|four bars|4 bars|eight bars|8 bars)|\b(?:a|part a) (?:part|section)?|前(?:半|[一二三四五六七八\d]+小节|段|面)?[^,.;]{0,3}?)\s*(?:is|be|should be|plays?|要|得|部分)?\s*(?P<one>soft\w*|quiet\w*|loud\w*|calm\w*|安静|很?轻|弱|柔和|平静|有力|很?强|响|激动|热烈)"
    r"[^;.]{0,20}?(?:\b(?:second|last|final|closing) (?:half|part|phrase|section|four bars|4 bars|eight bars|8 bars)|\b(?:b|part b) (?:part|section)?|后(?:半|[一二三四五六七八\d]+小节|段|面)?[^,.;]{0,3}?)\s*(?:is|be|should be|plays?|要|得|部分)?\s*(?P<two>soft\w*|quiet\w*|loud\w*|calm\w*|excit\w*|安静|很?轻|弱|柔和|平静|有力|很?强|响|激动|热烈|激昂)"
)
_STRONG = re.compile(r"loud|excit|有力|强|响|激|热烈")


def read_loudness(text: str, lower: str, wishes: Wishes) -> None:
    """`dynamic` and `end_dynamic`: how loud it is at the first note and at the end, or in either half."""
    if halves := _HALVES.search(lower):
        one, two = ("f" if _STRONG.search(halves[name]) else "p" for name in ("one", "two"))
        if one != two:
            wishes.values["dynamic"], wishes.values["end_dynamic"] = one, two
            wishes.details["end-from"] = "half"
            return
    if start := _LOUD_START.search(lower):
        wishes.values["dynamic"] = _LEVELS[start["start"] or start["zh"]]
    if end := _LOUD_END.search(lower):
        said = end["end"] or end["zh"] or ("soft" if end["soft"] else "loud")
        wishes.values["end_dynamic"] = _LEVELS[said]
        if not start and wishes.values.get("dynamic") == wishes.values["end_dynamic"]:
            wishes.values.pop("dynamic")  # "a quiet ending" says nothing of the beginning


_LOW = re.compile(
    r"\b(?:low(?:er|est)?|bottom) (?:two |three |2 )?(?:strings?|register|notes|range|octave|end)\b|\b(?:chalumeau|g string)\b|\blow (?:down|and (?:dark|warm|rich|mellow))\b|\bin the low(?:er)? (?:part|end)\b|低音区|低音弦|低把位|低音域|音区(?:要)?低|(?:在|用)低处"
)
_HIGH = re.compile(
    r"\b(?:high(?:er|est)?|upper|top) (?:strings?|register|range|octave|end)\b|\be string\b|\bhigh up\b|高音区|高音弦|高把位|高音域|音区(?:要)?高"
)
_NOT_REGISTER = re.compile(
    r"\b(?:no|not|nothing|avoid|without|don't|never|can't|cannot)\b[^,.;]{0,24}$|(?:不要|别|避免|不能|没有)[^,.;]{0,6}$"
)


def read_register(text: str, lower: str, wishes: Wishes) -> None:
    """`register`: low or high, of the instrument or of a usual tune."""
    if "range" in wishes.values:
        return
    for name, pattern in (("low", _LOW), ("high", _HIGH)):
        match = pattern.search(lower)
        if match and not _NOT_REGISTER.search(lower[: match.start()]):
            wishes.values["register"] = name
            return


_LOOP = re.compile(
    r"\b(?:loop(?:s|ed|ing|able)?(?! pedal)\b|seamless\w*|(?:goes?|leads?|flows?) (?:straight |right |smoothly )?back (?:in)?to the (?:start|beginning|top)|repeats? (?:forever|endlessly|over and over))|循环|无缝|能接回开头|首尾相接"
)
_ENDINGS = re.compile(
    r"\b(?:first|1st|different|separate|alternate|two)(?:[- ]time)?(?: and| &|/| then|,)*(?: (?:second|2nd))?[- ]?(?:time)?(?:[- ]time)? ?(?:endings?|bars)\b(?<!first bars)(?<!two bars)(?<!different bars)|\b(?:second|2nd)[- ](?:time )?endings?\b|\bvoltas?\b|跳房子|第[一1](?:次|遍)?(?:、|和|与|,)?第?[二2](?:次|遍)?(?:结尾|结束|房子)|两个(?:不同的?)?结尾|[一1]房[^,.;]{0,3}[二2]房"
)
_LAST_PART = re.compile(
    r"\b(?:second|b|last|final) (?:part|half|section|strain)\b|\bpart b\b|b段|第二段|后半"
)


def read_repeating(text: str, lower: str, wishes: Wishes) -> None:
    """`endings`: of the first part, or of each; `loop`: it leads back to its beginning."""
    chords = re.search(
        r"chord loop|loop of chords|和弦循环|循环[^,.;]{0,4}和弦|chords?[^,.;]{0,20}\bloop", lower
    )
    if _LOOP.search(lower) and not chords:
        wishes.values["loop"] = "yes"
    match = _ENDINGS.search(without_titles(lower))
    if match is None or _NOT_REGISTER.search(lower[: match.start()]):
        return
    behind = lower[match.end() : match.end() + 40]
    only = re.match(r"\s*(?:on|in|of|for|at)\s+(?:the )?(?:a|first)\b", behind)
    wishes.values["endings"] = (
        "A"
        if only or re.search(r"a段|第一段", lower)
        else "B"
        if _LAST_PART.search(behind)
        else "all"
    )


_SHORT = re.compile(
    r"\b(?:short|brief|tiny|mini|teeny|bite-?sized?|quick little|wee)\b(?! (?:notes?|and long|breath|of|hands?|hand))|(?:短小|简短|小段|短曲|短的|短一?点|短些|短歌|短小曲|小曲子?|小调子|小旋律|片段|很短|不长)"
)
_NOT_SHORT = re.compile(r"\b(?:not|too|isn't) (?:too )?short\b|(?:别|不要?|不能)(?:太)?短")
_NOT_FAST = re.compile(
    r"\b(?:not|nothing|don't|isn't|never) (?:be |go |make it )?(?:too|very|so|that)? ?(?:fast|quick|lively|rushed)\b|(?:不|别)(?:要|能|用)?(?:太|很|那么|这么)?快"
)


_LONG_NOTES = re.compile(
    r"\b(?:mostly|mainly|lots of|nothing but|only|just|all) (?:\w+ )?long(?:er)? (?:notes|tones)\b|\blong (?:notes|tones) (?:mostly|mainly|only)\b|\blong[- ]tones?\b|(?:多用|主要是|都是|只用|多一些)(?:一些)?长音|长音(?:为主|练习)"
)


def read_pace(text: str, lower: str, wishes: Wishes) -> None:
    """Details of what is short, and of what is not to be fast: neither is a number."""
    plain = without_titles(lower)
    if _SHORT.search(plain) and not _NOT_SHORT.search(plain):
        wishes.details["short"] = "yes"
    other = re.search(r"\b(?:left hand|bass|second|lower|other|cello)\b|左手|低声部|第二", plain)
    if _LONG_NOTES.search(plain) and not other and "note_values" not in wishes.values:
        wishes.values["note_values"] = "1/1 3/4 1/2 1/4"
    if wishes.values.get("tempo") == "medium" and _NOT_FAST.search(plain):
        wishes.details["not-fast"] = "yes"


_CALLS = re.compile(
    r"\bcall(?:[- ](?:and|&|\+|n|then)[- ]|[-/])(?:a )?response|\b(?:leader|soloist|shanty-?man)\b[^.;]{0,30}\b(?:answer|reply|replies|respond|join|crew|chorus|everyone|all)\w*|一领众和|领唱[^,.;]{0,4}(?:应答|众和|和唱|齐唱)|一问一答的?(?:歌|曲|旋律)|呼应式"
)
_NO_MELODY = re.compile(
    r"\b(?:no|without(?: any| an?)?|not? (?:any |a )?) ?(?:melody|tune|melodic line|top line)\b(?! (?:should|may|can|goes))|\b(?:just|only|nothing but) (?:the |an? |some )?(?:chords?(?: progression| sequence)?|chord progression|progression)\b(?= for (?:an? |my |some |the )|\W*$)|\b(?:just|only|nothing but) (?:the |an? |some )?(?:chords?(?: progression| sequence)?|chord progression|progression)\b(?! (?:of|in the|that|from|should|tones|notes|symbols? (?:I|IV|V)|I\b|[A-G]\b))[^.;]{0,24}$|(?<![a-g] )(?<![a-g]m )(?<![a-g]7 )\bchords? only\b|只(?:要|写|需要|给我)和弦(?:进行)?(?!$|[,.]?只)|(?:不要|没有|不带|不用|不写)旋律"
)


def read_whole(text: str, lower: str, wishes: Wishes) -> None:
    """`call_and_response`: the same answer after every call; `melody`: no, where chords alone are wanted."""
    if _CALLS.search(lower):
        wishes.values["call_and_response"] = "yes"
    sung = re.search(r"\b(?:lyrics|words|verses|sing|sung)\b|歌词|唱", lower) is not None
    if (
        not sung
        and _NO_MELODY.search(lower)
        and re.search(r"\bchords?\b|\bprogression\b|和弦", lower)
    ):
        wishes.values["melody"] = "no"
        wishes.values["chords"] = (
            "yes" if wishes.values.get("chords") in (None, "no") else wishes.values["chords"]
        )
        wishes.values.pop("lyrics", None)
        wishes.implied |= {"repeats": "no"} | ({} if "bars" in wishes.values else {"bars": "8"})


MANNER = (
    read_whole,
    read_pace,
    read_ends,
    read_figures,
    read_groups,
    read_loudness,
    read_register,
    read_repeating,
)
