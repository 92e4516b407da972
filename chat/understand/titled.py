"""A title that is said without quotes: "put the title as saturday kitchen", 标题就写周六厨房.

`with_title` sets it between quotes, so that no other reader takes its words for wishes. What it does not know:
a title in small letters that is not said to be one ("a jig called off").
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

_SAID = (
    r"\b(?:(?:put|write|set|make|have|keep|use|add)(?: down)?(?: in)?(?: (?:the|its|a|as the|as))? (?:title|name)(?: down)?(?: as| to| to be| it| of)?"
    r"|(?:the|its|my|a) (?:title|name)(?: of (?:it|the (?:tune|song|piece)))? (?:as|is|should be|shall be|will be|can be|could be|must be|is to be|to be|being)"
    r"|title it|title (?:the|this|my) (?:\w+ )?(?:tune|song|piece|one)(?: as)?|(?:with|under|give it|having|for) (?:the|a) title(?: of)?|entitled|titled"
    r"|(?:tune|song|piece|melody|waltz|march|jig|reel|hornpipe|polka|hymn|carol|lullaby|ballad|air|theme|shanty|it) (?:called|named)"
    r"|(?:and|then|just|please|,) (?:call|name) (?:it|this|the (?:tune|song|piece)))"
)
_END = (
    r"(?=\s*(?:[,.;!?\"\n]|$)|\s+(?:please|pls|thanks|thank you|thx|cheers|ta|ok|okay)\b|\s+in (?:[a-g]\b|the key|the style|\d|three|four|major|minor)"
    r"|\s+with (?:\w+ )?(?:chords?|words|lyrics|repeats?|accompaniment|an?|\d+)\b|\s+at (?:\d|around|about|a)|\s+and (?:make|it|give|put|add|use|then|i|have|keep|write|with|in|at|the (?:tempo|key|composer|meter|metre)|composer)\b)"
)
_TITLE = re.compile(
    rf"{_SAID}\s*:?\s+(?P<title>[^\W\d_][^,.;!?\"\n]{{0,50}}?){_END}", re.IGNORECASE
)
_NONE = re.compile(
    r"^(?:(?:a|an|the|it|this|that|some|any|your|what|my|our)?\s*(?:title|name|names?|tune|song|piece|something|anything|whatever|nothing|you|up to|your choice|day|off|out|at|on|in|of|to|too|not|top|above|after|from|about|short|simple|optional|unimportant|missing|wrong|the same|theirs|yours|mine)\b|how\b|quits\b|finished\b|done\b|good\b)",
    re.IGNORECASE,
)
"""What is said of a title that is none: "call it a day", "the title is up to you"."""
_TITLE_ZH = re.compile(
    r"(?:标题|题目|曲名|歌名|名字|名称)(?:上|里|处|一栏)?(?:就|请|要|可以|直接|帮我|给我)*(?:写成|写作|写上|写|填上|填|用|取作|取为|取|起作|起|定为|定成|定|叫做|叫作|叫|设为|设成|作)(?:为|成|上|作)?\s*[:]?\s*(?P<title>(?!个|一|什么|得|好|短|长|简|你|随|谁|中文|英文|在|上)[\u4e00-\u9fffA-Za-z0-9 ·]{1,20}?)(?:吧|就好|就行|就可以了?|好了|即可|哈|哦|啦|谢谢)?(?=[,.;!?\s]|$)"
)
_SMALL = frozenset("a an the and or but of in on at by to for from with as".split())  # noqa: SIM905


def with_title(text: str) -> str:
    """The text with a title that it says in plain words between quotes.

    >>> with_title("a waltz in a major and uh put the title as saturday kitchen")
    'a waltz in a major and uh titled "Saturday Kitchen"'
    >>> with_title("来一首圆舞曲,标题就写周六厨房吧")
    '来一首圆舞曲,标题是《周六厨房》'
    >>> with_title("a reel, the title is up to you")
    'a reel, the title is up to you'
    """
    for match in _TITLE.finditer(text):
        said = re.sub(r"^(?:as|to be|it|um|uh|er|like|erm)\s+", "", match["title"].strip())
        if said and not _NONE.match(said):
            return f'{text[: match.start()]}titled "{as_title(said)}"{text[match.end() :]}'
    if chinese := _TITLE_ZH.search(text):
        said = chinese["title"].strip()
        return f"{text[: chinese.start()]}标题是《{said}》{text[chinese.end() :]}"
    return text


def as_title(said: str) -> str:
    """Words in small letters as a title writes them; others stay as they are.

    >>> as_title("the cat in the kitchen"), as_title("McLeod's reel")
    ('The Cat in the Kitchen', "McLeod's reel")
    """
    if said != said.lower():
        return said
    words = said.split()
    return " ".join(
        w if 0 < at < len(words) - 1 and w in _SMALL else w[:1].upper() + w[1:]
        for at, w in enumerate(words)
    )
