"""Whether a Chinese phrase looks like what somebody is called. A guess; things with such characters exist."""

from __future__ import annotations

import re
from functools import cache

from abc_tools.prosody.chinese import is_han
from lm.verse.sense.lexicon import HERE

FAMILY_NAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙朱胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁董余苏吕魏蒋田杜丁沈姜范傅钟"
    "卢汪戴崔任陆廖姚方邱谭韦贾邹石孟秦阎薛侯段郝孔邵史毛常顾赖武康贺严尹钱施洪龚"
)
_LITTLE = re.compile(r"[小阿][明红华刚丽强军芳英玲兰文东宝虎亮杰伟芸雅美燕敏静莉娟平宁乐雨雪云]$")
LONGEST = 4


@cache
def _texts() -> str:
    return "\n".join(p.read_text(encoding="utf-8") for p in sorted((HERE / "zh").glob("*.txt")))


def like_a_name(phrase: str) -> bool:
    """Whether a phrase is likely to be somebody's name.

    >>> [like_a_name(p) for p in ("小明", "李子涵", "乐乐", "小船", "星星", "Frank")]
    [True, True, True, False, False, False]
    """
    if not is_han(phrase) or len(phrase) > LONGEST:
        return False
    if _LITTLE.match(phrase):
        return True
    if phrase in _texts():
        return False
    doubled = len(phrase) == 2 and phrase[0] == phrase[1]
    return doubled or (len(phrase) in (2, 3) and phrase[0] in FAMILY_NAMES)
