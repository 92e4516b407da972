"""What a song's words must have: names and words that a wish asks for, whichever way it says so.

A name is what is asked to be in ("mention Frank", "get her name in", 歌里要有小明) and who the song is for or
about ("for Priya", "my dog Biscuit", 送给好朋友丽丽). What it does not know: a name in small letters that
nothing introduces.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from lm.verse.sense.lexicon import subject
from lm.verse.sense.names import like_a_name

_NAME = r"(?-i:(?:(?:Mr|Mrs|Ms|Miss|Dr|Uncle|Aunt|Auntie|Grandma|Grandpa|Nana|Granny)\.? )?[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)?)"
_NAMES = rf"({_NAME}(?:(?:\s*,\s*(?:and )?|\s+(?:and|&)\s+){_NAME})*)"
_ASKED = (
    # in so many words: mention X, include the name X, with X in it
    rf"\b(?:mention|includ|contain|featur|nam|us)(?:e|es|ed|ing|s|ning)?\s+(?:the |my |his |her |their |our )?(?:names? |words? |(?-i:[a-z]+ ))?(?:of )?{_NAMES}",
    rf"\b(?:says?|saying|sings?|singing)\s+(?:the )?(?:names? )?{_NAMES}\b",
    rf"\b(?:put|get|work|fit|have|has|with|slip|squeeze)\s+(?:the |her |his )?(?:names? )?{_NAMES}(?:['’]s name)?\s+in\b",
    rf"\b(?:names?|called|named)(?:['’]s| is| are|:)?\s+{_NAMES}",
    rf"{_NAMES} (?:has|have|must|needs?|should) (?:to )?be (?:in|mentioned|named)",
    rf"(?<=\w ){_NAMES}['’]s? (?:\w+ )?(?:birthday|party|retirement|wedding|baptism|christening|leaving|graduation|anniversary|day|naming|first|song|lullaby|adventure)",
    rf"\b(?:baby|little|dear|young|old|teacher|coach|captain|reverend|nurse|classmate|toddler)\s+{_NAMES}",
    # whom it is for or about
    rf"\b(?:for|about|of|to)\s+(?:(?:my|our|the|a|his|her|their|your) (?-i:[a-z']+ ){{1,3}})?(?:called |named )?{_NAMES}",
    rf"\b(?:my|our|his|her|their|\w+['’]s) (?:\w+ )?(?:son|daughter|wife|husband|friend|teacher|brother|sister|dog|cat|horse|pony|rabbit|hamster|baby|niece|nephew|cousin|partner|mate|boss|neighbour|grandson|granddaughter|mum|dad|boy|girl)\s*,?\s+{_NAMES}",
)
_SMALL = re.compile(
    r"\b(?:my|our) \w+['’]s name,? (?:is |being )?([a-z]{3,12})\b(?! (?:in|of|is|to|on|for|as|should|must|has|and)\b)|\b(?:his|her|their|its|the|whose)(?: name['’]?s| name is| names are| name)\s+(?!more\b|less\b|again\b|often\b|too\b|somewhere\b|twice\b|once\b|please\b|and\b|should\b|must\b|needs?\b|has\b|can\b|could\b|into\b|inside\b|for\b|with\b|there\b|here\b|instead\b)([a-z]{3,12})\b(?! (?:in|of|is|to)\b)|\b(?:she|he)(?:['’]s| is) (?:called|named) ([a-z]{3,12})\b",
    re.IGNORECASE,
)
_KIN = r"(?:baby|son|daughter|wife|husband|friend|teacher|brother|sister|dog|cat|horse|pony|rabbit|hamster|niece|nephew|cousin|grandson|granddaughter|mum|mom|dad|nan|gran|grandma|grandad|grandpa|boy|girl|toddler|newborn|kid|uncle|aunt|auntie|bestie|boyfriend|girlfriend|partner|colleague|boss|pupil|student|puppy|kitten|parrot|goldfish)"
_SMALL_KIN = re.compile(
    rf"\b(?:my|our|his|her|their)(?: (?:little|baby|dear|new|old|best|lovely|sweet|\w+ year old))* {_KIN},? (?:called |named )?(?!who|that|is|has|was|and|in|on|for|with|about|to|at|of|she|he|her|his|so|please|pls|called|named|can|will|from|the|turns|turned)([a-z]{{3,12}})\b(?! (?:song|tune|music|year))"
)
"""Somebody's name in small letters behind what they are: "my baby rosie"."""
_WORD = re.compile(
    r"\b(?:mention(?:s|ing)?|includ(?:e|es|ing)|contain(?:s|ing)?|featur(?:e|es|ing)) (?:the (?:words? )?|an? |our |my )?((?!words?\b|lyrics\b|names?\b|chords?\b|verses?\b|rests?\b|repeats?\b|it\b|that\b|her\b|his\b|him\b|them\b|some\b|all\b|two\b|both\b|bass\b|harmon|chorus\b|melod|accidental|guitar|piano|tempo|dynamic|triplet|quaver|crotchet|notes?\b)[a-z]+(?: (?!and\b|in\b|with\b|at\b|for\b|please\b|somewhere\b)[a-zA-Z]+){0,2}?)(?=[,.;!?]|$| and\b| in\b| with\b| at\b| for\b| please| somewhere)"
)
_IN_IT = re.compile(
    r"\b(?:has|have|having|with|put|get|got|work|fit)\s+(?:the |an? |our |my |some )?(?:words? )?((?!to\b|words?\b|lyrics\b|chords?\b|rests?\b|repeats?\b|it\b|that\b|name\b|names\b|her\b|his\b|notes?\b|bass\b|harmony\b|triplets?\b|melody\b|tune\b|drums?\b|fun\b|more\b|lots\b|bars?\b|something\b)[a-z]+(?: [a-z]+)?) in(?:to)? (?:it\b|the (?:words|song|lyrics|text)|them\b)"
)
_MUST_BE = re.compile(
    r"\bthe words? \"?(?P<a>[a-z]+)\"?(?: and \"?(?P<b>[a-z]+)\"?)? (?:has|have|must|needs?|should|ought)(?: got)?(?: to)? (?:be|appear|come|occur|turn|feature|show|stand)\b",
    re.IGNORECASE,
)
_QUOTED_ZH = re.compile(
    r"(?:要有|得有|必须有|里有|含有|出现|包含|提到|用到?|用上|带上?|写进|加进|唱到)[^\",.;]{0,6}\"([\u4e00-\u9fff]{1,8})\"(?:\s*[,和与、]\s*\"([\u4e00-\u9fff]{1,8})\")?"
)
_QUOTED = re.compile(
    r"\b(?:mention\w*|includ\w+|contain\w*|featur\w+|use\w*|using|say|says|saying|with|put|get|work|have|has)\b[^\".!?]{0,30}\"([^\"]{1,40})\"(?:\s*(?:,|and|&)\s*\"([^\"]{1,40})\")?"
)
_HAN = r"[\u4e00-\u9fff]"
_ZH_ASKED = re.compile(
    rf"(?:提到|出现|唱到|写到|带上|包含|含有|写进|加上|加进|有|用上)(?:了)?(?:他的名字|她的名字|名字|人名|这个词|词|字)?\s*[\"“「:：]?\s*({_HAN}{{1,6}}?)(?:的?名字|这个词|这两个字|两个字|几个字)?(?=[\"”」,。.!；;、\s]|$|和{_HAN}|在|哦|吧)(?:[\"”]?[和、]\s*[\"“]?({_HAN}{{2,4}})(?=[\"”,。.]|$))?"
)
_ZH_CALLED = re.compile(
    rf"(?:名叫|名字叫|名字是|叫做|(?<!大)叫)\s*[\"“]?({_HAN}{{2,4}}?)(?=[\"”,。.!；;\s的过写要]|$)"
)
_ZH_FOR = re.compile(
    rf"(?:送给|献给|写给|给|为|祝|祝福)(?:我家?的?|我们家?的?|咱们?的?)?(?P<kin>最?好朋友|朋友|女儿|儿子|妹妹|弟弟|姐姐|哥哥|同学|同桌|老师|宝宝|宝贝|外孙女?|孙子|孙女|小狗|小猫|侄子|侄女)?(?P<who>(?!写|唱|过|做|生日|的){_HAN}{{2,3}}?)(?=的|,|，|。|$|写|唱|过|做|庆|生日|同学|老师|加油)"
)
_ZH_KIN = re.compile(
    rf"(?:女儿|儿子|妹妹|弟弟|姐姐|哥哥|同学|同桌|老师|宝宝|宝贝|外孙女?|孙子|孙女|小狗|小猫|侄子|侄女|外甥女?|闺女|娃|老公|老婆|爷爷|奶奶|朋友|闺蜜)(?:叫|是|名叫)?({_HAN}{{2,3}}?)(?=[,。.!;\s]|$|今天|明天|后天|昨天|快|马上|要|的|过|这|下|生日|六|七|八|九|十|[一二三四五\d]+岁|满|刚|也|和)"
)
"""Who is named behind what they are; asked only where a name is to be in the words."""
_PERSON = re.compile(
    r"\b(?:my|our) \w+['’]s name\b|\b(?:her|his|their|the|its) names?\b|\bname in\b|\b(?:get|put|work|fit) (?:that|it|him|her|them) in\b|名字"
)
_NOT_NAMES = frozenset(
    """i january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday christmas easter halloween english chinese french german italian
    spanish irish scottish welsh british american mandarin latin major minor dorian mixolydian phrygian lydian
    aeolian ionian key part section verse chorus bar piano guitar violin please can could would will write make
    compose and the a an my our it this that no yes thanks something lyrics words satb abc uk usa mr mrs ms
    miss dr year grade key stage reception""".split()  # noqa: SIM905
)
_MUSIC_ZH = re.compile(
    r"歌词|和弦|伴奏|前奏|间奏|副歌|主歌|节奏|旋律|押韵|小节|声部|反复|她的|他的|我的|名字"
)


def must_words(text: str) -> tuple[str, ...]:
    """The names and words that a wish for a song wants in it; () for a wish without any.

    >>> must_words("for my daughter, her name's Matilda so get that in"), must_words("mention Frank")
    (('Matilda',), ('Frank',))
    >>> must_words("写一首歌送给好朋友丽丽"), must_words("歌里要有小明")
    (('丽丽',), ('小明',))
    """
    found: list[str] = []
    for match in _QUOTED.finditer(text):
        if not re.search(r"\b(?:titled?|called|named)\b|标题", match[0]):
            found += [g for g in match.groups() if g]
    plain = re.sub(r'"[^"]*"', " ", text)
    for asked in _ASKED:
        for match in re.finditer(asked, plain, re.IGNORECASE):
            found += re.split(r"\s*,\s*(?:and )?|\s+(?:and|&)\s+", match[1])
    found += [(m[1] or m[2] or m[3]).capitalize() for m in _SMALL.finditer(plain)]
    if not found and _PERSON.search(plain):
        found += [m[1].capitalize() for m in _SMALL_KIN.finditer(plain)]
    found += [m[1] for m in _WORD.finditer(plain)]
    found += [m[1] for m in _IN_IT.finditer(plain)]
    found += [g for m in _MUST_BE.finditer(text) for g in m.groups() if g]
    if not re.search(r"标题|题目|曲名", text):
        found += [g for m in _QUOTED_ZH.finditer(text) for g in m.groups() if g]
    for match in _ZH_ASKED.finditer(plain):
        sure = match[0][:2] in (
            "提到",
            "出现",
            "唱到",
            "写到",
            "带上",
            "包含",
            "含有",
            "写进",
            "用上",
        )
        said = [g for g in match.groups() if g]
        found += [g for g in said if like_a_name(g) or (sure and not _MUSIC_ZH.search(g))]
    found += [m[1] for m in _ZH_CALLED.finditer(plain) if like_a_name(m[1])]
    found += [m["who"] for m in _ZH_FOR.finditer(plain) if m["kin"] or like_a_name(m["who"])]
    if "名" in plain:
        found += [m[1] for m in _ZH_KIN.finditer(plain) if like_a_name(m[1]) or m[1][0] == m[1][1]]
    kept = list(dict.fromkeys(w.strip(" '’.") for w in found))
    own = {m[1] for m in re.finditer(_ASKED[-1], plain, re.IGNORECASE)}
    kept = [w for w in kept if w and (w in own or not _wrong(w))]
    return tuple(w for w in kept if not any(w != o and w in o for o in kept))[:4]


def _wrong(word: str) -> bool:
    """Whether what looks like a name is none: a month, a language, a word of music, a theme."""
    if not word.isascii():
        return (len(word) < 4 and word[:1] in "我你他她这那一两几") or _MUSIC_ZH.search(
            word
        ) is not None
    first = word.split()[0].lower().rstrip(".")
    titled = first in ("mr", "mrs", "ms", "miss", "dr") and " " in word
    if first in _NOT_NAMES and not titled:
        return True
    return word[:1].isupper() and " " not in word and bool(subject(word.lower()).themes)


def asks_for_name(text: str) -> bool:
    """Whether somebody's name is to be in the words."""
    return _PERSON.search(text) is not None or re.search(r"\bmention\b|提到", text) is not None
