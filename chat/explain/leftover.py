"""What of a question the words of its topic do not account for: where much is left, the topic may be the wrong one."""

# ruff: noqa: E501 - a list of words
from __future__ import annotations

import re

_SMALL = frozenset(
    re.findall(r"\S+", """a an the this that these those it its it's is are was were be been being am do does did has have had can could would will shall should may might must
    i i'm i'd i've me my we we're us our you your he she him her his they them their there here what what's which who whose where where's when why how how's
    and or but so if then than as of in on at to for from with without by about into over under between up down out off again also too very really quite
    just only even still yet ever never not no n't don't doesn't isn't aren't any some all every each both one ones two three four first second third last
    next other another same please tell explain describe show give say name list find identify know think see hear mean means meant make makes made go goes
    get gets come comes use uses used play plays played call called look looks sound sounds like let's ok okay well now hi hey thanks hmm um actually
    tune tunes piece song music melody bar bars measure measures note notes part parts section sections whole thing bit kind sort type exactly whether
    much many more most less least lot little good right main overall mind wondering wonder curious question ask help want need understand please simple
    words terms detail details short briefly quick quickly analyse analyze analysis comment discuss outline summarise exam homework class teacher student
    students pupil pupils kid kids child children beginner friend someone people someone's""")
)  # fmt: skip
_ZH_SMALL = re.compile(
    r"这首|这个|这支|这里|这段|这|那|曲子|歌曲|歌|乐曲|音乐|旋律|小节|第|[一二两三四五六七八九十百\d]+|请问|请|帮我|告诉我|我想知道|想知道|给我|我们|我|你|您|他|她|它|老师|学生|小朋友|孩子|"
    r"什么样|什么|哪些|哪个|哪里|哪儿|哪|几|多少|怎么样|怎么|怎样|如何|为什么|为何|是不是|有没有|能不能|是否|吗|呢|吧|啊|呀|嘛|的|了|是|有|在|里|里面|中|上|和|与|跟|也|都|还|就|会|能|可以|要|用|个|些|种|点|下|一下|"
    r"说说|讲讲|说明|说|讲|解释|分析|介绍|看看|看|听起来|听|知道|觉得|一共|总共|大概|现在|整首|全曲|整个|主要|具体|到底|主|被|把|对|从|到|以|及|或者|还是|，|。|？|！|,|\?|!|、|\s"
)
MUCH = 3
"""Words (in Chinese: pairs of characters) that must be left for a topic to be doubtful."""


def leftover(lower: str, pattern: str) -> int:
    """How many words of a message neither belong to a topic's pattern nor are small words.

    >>> leftover("what is the tempo of this tune?", "tempo"), leftover("what tempo would a horse trot across the yard at", "tempo")
    (0, 4)
    """
    rest = re.sub(pattern, " ", lower)
    rest = re.sub(r"\b(?:bars?|measures?) [\d -]+|\b[a-g][#b]?\d?\b|\b\d+\b", " ", rest)
    if re.search(r"[\u4e00-\u9fff]", rest):
        return len(re.sub(r"[^\u4e00-\u9fff]", "", _ZH_SMALL.sub("", rest))) // 2
    words = [w for w in re.findall(r"[a-z']{3,}", rest) if w not in _SMALL]
    return len(words)
