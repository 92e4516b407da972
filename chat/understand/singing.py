"""Words to sing: whether there are any, in what language, about what, and which must be in them."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from chat.requirements import Wishes
from chat.understand.given_words import begins_with, chorus_words, given_words
from chat.understand.sung_names import asks_for_name, must_words
from chat.understand.tables import INSTRUMENTS
from lm.verse.sense.lexicon import subject

_LYRICS = re.compile(
    r"\b(?:(?:first|one|a single|two|three|only one|just one) verses?|verses? one)(?: only)?\b(?!,? (?:and|then|\+) (?:an? |one |the )?chorus)(?! (?:of|in|and a) )|\b(?:with |and |some |the )?(?:words|verses?) (?:about|on|telling)\b|\bwith (?:\w+ )?verses\b|\b(?:song|hymn|carol|ballad|shanty|round)\b[^.;]{0,60}\b(?:two|three|four|[2-4]) verses\b|\bwords? included\b|\bincluding words\b|\bsongs? in (?:english|chinese|mandarin)\b|\b(?:song|hymn|carol|ballad)\b[^.;]{0,40}\b(?:two|three|four|[2-4]) verses\b|\bwords too\b|\b(?:and|with|plus) (?:some )?words\b(?! only)|\blyrics?\b|\bwith (?:the )?words\b|\bwords? to sing\b|\bsing-?along words\b|\bsung text\b|\bverses? to sing\b|\bwrite (?:me )?(?:some )?words\b|\bto sing\b(?! along)|\bwords and (?:all|music)\b|\b(?:want|need|like|add|have|include|including|give it|love) (?:some |the |its |real |proper |good )?words\b|\bwords,? (?:please|pls|too|as well)\b|\bsing-?along\b|\b(?:can|could|will|to|should) (?:all )?sing (?:about|in|at|for|to)\b|\bwords (?:for|to) (?:an? |the |our |my )?[\w' ]{0,30}(?:song|hymn|carol|ballad)\b"
    r"|唱的(?:歌|儿歌)|有词|歌词|填词|带词|作词|词曲|配词|写词"
)
_NO_LYRICS = re.compile(
    r"\b(?:no|without(?: any)?|don't (?:want|need)(?: any)?) (?:lyrics|words)|\binstrumental\b|\bwordless\b|不要歌词|无歌词|没有歌词|不带词|不用歌词|纯音乐|纯器乐"
)
_MUST = re.compile(
    r"(?:(?:must|should|has to|have to|need to|needs to)?\s*(?:contain|include|mention|use)(?:s|ing)?|with) (?:the )?(?:words?|phrases?|names?)\s+(?!(?:saying|about|that|for|to|in|on|and|please)\b)((?:\"[^\"]{1,30}\"|'[^']{1,30}'|[a-z]+)(?:\s*(?:,|and|&)\s*(?:\"[^\"]{1,30}\"|'[^']{1,30}'|[a-z]+))*)"
    r"|(?:包含|要有|含有|提到|出现|带上|用上|必须有)(?:了)?(?:词语?|词|字|这个词|这些词)?\s*[:]?\s*((?:[\"][^\"]{1,12}[\"])(?:\s*[,和与]\s*(?:[\"][^\"]{1,12}[\"]))*)"
)
_SAYING = re.compile(
    r"\b(?:(?:words|lyrics) (?:that )?(?:say|saying|says|go|going)|(?:it|which|that|song|chorus|refrain|verse|words|lyrics|they) (?:has to|have to|had to|needs? to|must|should|ought to|is to|are to|got to|gotta) (?:say|sing|go))\s+(?:the words? )?[\"']?([a-z][a-z' ]{2,40}?)[\"']?(?=$|[,.;!?]| and | in | with )|歌词(?:里)?(?:有|唱|说|要有)[\"“]?([\u4e00-\u9fff]{1,8})[\"”]?",
    re.IGNORECASE,
)
_VERSES = re.compile(r"\b(two|three|four|2|3|4) (?:verses|stanzas)\b|([二两三四2-4])段(?:歌)?词")
_RHYME = re.compile(r"\b(?:rhym\w+(?: scheme)?:? )?([abc]{4}|[ABC]{4})\b(?:[- ]rhym\w*| scheme)?")
_ZH_WORDS = re.compile(
    r"(?:in|with) (?:chinese|mandarin)(?: (?:lyrics|words))?|chinese (?:lyrics|words)|中文(?:歌词|词)|汉语"
)
_EN_WORDS = re.compile(
    r"(?:in|with) english(?: (?:lyrics|words))?|english (?:lyrics|words)|英文(?:歌词|词)?|英语(?:歌词|词)?"
)


def read_lyrics(text: str, lower: str, wishes: Wishes) -> None:
    """`lyrics`: yes, or the language they are to be in; given words and words that must occur."""
    if _NO_LYRICS.search(lower):
        wishes.values["lyrics"] = "no"
        return
    words = given_words(text)
    if words and words.strip(" .!").lower() != _refrain(text).lower():
        wishes.words = words
        wishes.values["lyrics"] = "given"
        wishes.values.pop("theme", None)
        return
    must = must_words(text)
    if name := wishes.details.get("name-in-title"):
        must = tuple(m for m in must if m != name)
        lower = lower.replace("name in the title", " ")
    if name := wishes.details.get("name-in-words"):
        must = (name, *(m for m in must if m not in name))
        lower += " with words"
    if word := _refrain(text):
        wishes.values["lyrics"] = "yes"
        wishes.details["refrain"] = word
        wishes.must = (word,)
        wishes.values["words"] = word
        wishes.values.setdefault("title", word)
        return
    if (
        _LYRICS.search(lower) is None
        and not _sings_of(lower, wishes)
        and not (must and asks_for_name(text) and "name-in-title" not in wishes.details)
        and _SAYING.search(text) is None
        and not begins_with(text)
        and not chorus_words(text)
        and not ({"canon", "theme"} <= set(wishes.values) and re.search(r"\babout\b|关于", lower))
    ):
        return
    wishes.values["lyrics"] = (
        "zh" if _ZH_WORDS.search(lower) else "en" if _EN_WORDS.search(lower) else "yes"
    )
    _read_must(text, must, wishes)
    player = wishes.values.get("instrument", "")
    if any(m.lower() == player for m in must) and text.lower().count(player) == 1:
        wishes.values.pop("instrument")  # a dog called Banjo
    if row := chorus_words(text):
        wishes.details["chorus-words"] = row
        wishes.must = (row, *(m for m in wishes.must if m.lower() not in row.lower()))
        if not {"form", "bars"} & set(wishes.values):
            wishes.values["form"], wishes.details["parts"] = "ABAB", "Verse Chorus"
    if begin := begins_with(text):
        wishes.details["words-begin"] = begin
        wishes.must = (begin, *(m for m in wishes.must if m.lower() not in begin.lower()))
    _read_theme(text, wishes)
    known = " ".join(wishes.must).lower()
    if "name-in-words" in wishes.details:
        wishes.values.pop("theme", None)
    own = tuple(w for w in subject_words(wishes.values.get("theme", "")) if w.lower() not in known)
    if _SAYING.search(text) and wishes.must:
        own = ()  # a short song has room for what it has to say
    wishes.must = (*wishes.must, *own)[:4]
    if wishes.must:
        wishes.values["words"] = "; ".join(wishes.must)
    if verses := _VERSES.search(lower):
        wishes.details["verses"] = str(numbers.value(verses[1] or verses[2]) or 1)
    rhyme = _RHYME.search(text)
    if rhyme and re.search("rhym|押韵", lower):
        wishes.details["rhyme"] = rhyme[1].upper()


_REFRAINS = (
    "Alleluia", "Hallelujah", "Amen", "Kyrie eleison", "Hosanna", "Sanctus", "Dona nobis pacem", "Gloria", "Ave Maria",
    "Jubilate", "Cantate Domino", "哈利路亚", "阿门", "阿们",
)  # fmt: skip
"""Texts of one word or a few, that are sung again and again."""
_OF_PARTS = re.compile(
    r"\b(?:choir|voices?|round|canon|satb|sing\w*|chant|hymn|mass|anthem|chorus|congregation|parish|church|words?|text|lyrics)\b|合唱|轮唱|卡农|唱|歌词|声部"
)


def _refrain(text: str) -> str:
    """The word that is all of the text: an Alleluia round, a gentle Amen for the choir; "" for none."""
    if re.search(r"amen cadence", text, re.IGNORECASE) or not _OF_PARTS.search(text.lower()):
        return ""
    for word in _REFRAINS:
        if re.search(rf"(?<![A-Za-z]){re.escape(word)}s?(?![A-Za-z])", text, re.IGNORECASE):
            return word
    return ""


_SINGS_OF = re.compile(
    r"\b(?:song|anthem|carol|lullaby|hymn|ballad|shanty|rap|jingle)\b[^.;,]{0,24}\babout\b(?! (?:\d|a minute|one minute|two minutes|half))|\b(?:birthday|school|class|graduation|goodbye|farewell|welcome|team|camp|clean-?up|good ?night|good ?morning|counting|alphabet|abc|action|hello|tidy[- ]?up|washing[- ]?up|hand-?washing|days of the week|weather|safety|thank[- ]you|love|protest|break-?up|drinking|fight) (?:song|anthem)\b"
    r"|\b(?:round|canon|song|piece)\b[^.;]{0,40}\b(?:choir|chorus|singers|voices|class|assembly)\b[^.;]{0,60}\babout\b|(?:数数|数字|问好|再见|洗手|字母|感谢|安全|刷牙|整理|起床)(?:儿?)歌|关于[^,.;]{1,12}的(?:儿|童|民)?歌(?!曲集|剧|单)|(?:毕业|生日|校|班|队|厂|欢迎|告别|感恩|加油|思乡|晨|送别)歌(?!曲集|剧|单)|主歌[^.;]{0,12}副歌|(?:写|做|编|作|来)(?:个|一段|段)?副歌|(?:生日|毕业|爱情|友谊|思乡|过生日|感恩)的歌(?!剧|单)"
)
_PLAYED_ONLY = frozenset(INSTRUMENTS) - {"voice", "piano", "guitar", "ukulele", "accordion"}


def _sings_of(lower: str, wishes: Wishes) -> bool:
    """Whether a song is asked for that is about something: it has words, unless it is played."""
    return (
        _SINGS_OF.search(lower) is not None
        and wishes.values.get("instrument") not in _PLAYED_ONLY
        and not re.search(r"\b(?:melody|tune) (?:only|for)\b|只要旋律|旋律就行", lower)
    )


_SMALL_WORDS = frozenset(
    """the a an my our your his her their this that these those some all of in on at by to for from with into under over
    near who which when where while and or very little big old young new lost sleepy happy sad small tiny brave funny
    being going getting having love beautiful being me you us it them him life things something everything nothing
    someone everyone day days time way fun lot first last next""".split()  # noqa: SIM905
)


_VERBS_ZH = "过捡看去吃放上下打堆追听采种玩爱想"


def subject_words(theme: str) -> tuple[str, ...]:
    """The words that say what a song is about, which its words should have: at most two.

    >>> subject_words("the moon and a sleepy hedgehog"), subject_words("a lost parrot")
    (('moon', 'hedgehog'), ('parrot',))
    >>> subject_words("秋天捡树叶"), subject_words("going home for Christmas")
    (('秋天', '树叶'), ('home',))
    """
    if re.search(r"[\u3400-\u9fff]", theme):
        said = (w[1:] if len(w) == 3 and w[0] in _VERBS_ZH else w for w in subject(theme).said)
        return tuple(dict.fromkeys(w for w in said if len(w) > 1))[:2]
    found = []
    for part in re.split(r",|\band\b|&", theme):
        phrase = re.split(
            r"\b(?:of|in|on|at|by|to|for|from|with|into|under|over|near|who|which|that|when|where|while)\b",
            part.strip(),
        )
        words = re.findall(r"[A-Za-z'’-]+", next((p for p in phrase if p.strip()), ""))
        own = [
            w
            for w in words
            if w.lower() not in _SMALL_WORDS and not (len(words) > 1 and w.lower().endswith("ing"))
        ]
        if own and len(own[-1]) > 2:
            found.append(own[-1])
    return tuple(dict.fromkeys(found))[:2]


def _read_must(text: str, names: tuple[str, ...], wishes: Wishes) -> None:
    """The words that must occur: listed ones, names, a saying."""
    found: tuple[str, ...] = ()
    if must := _MUST.search(text):
        parts = re.split(r",|\band\b|&|和|与", must[1] or must[2])
        found = tuple(w.strip(" '\"") for w in parts if w.strip(" '\""))
    elif saying := _SAYING.search(text):
        said = saying[1] or saying[2]
        whole = not said.isascii() or f'"{said}' in text
        found = (said,) if whole else tuple(said.split())
    found = tuple(w for w in found if not _SOMEBODYS_NAME.fullmatch(w))
    known = {w.lower() for w in found}
    title = wishes.values.get("title", "")
    if title in names and not _TITLED.search(text):
        wishes.values.pop("title")  # who is called so is no title
    elif _TITLED.search(text):
        known.add(wishes.values.get("title", "").lower())
    wishes.must = (*found, *(n for n in names if n.lower() not in known))


_SOMEBODYS_NAME = re.compile(
    r"(?:(?:[他她它我你咱]们?|孩子|宝宝|女儿|儿子|宝贝|学生)的?)?(?:名字|小名|姓名)|(?:(?:her|his|their|my|our|its|the) )?names?",
    re.IGNORECASE,
)
"""A name that is not said there: "her name", 她的名字."""
_TITLED = re.compile(
    r"\b(?:song|tune|piece|it|this|carol|hymn|lullaby|waltz|march|jig|reel|round|shanty) (?:called|named|titled|entitled)\b|叫《|题为|名为"
)
_KIND = re.compile(r"\b(?:an?|the|our|my) ([A-Za-z]{4,}) (?:song|hymn|carol|round|ballad|anthem)\b")
_HOW = re.compile(
    r"(?:ful|ly|ing|ish|ous|ent|al|ive|ed|er|est|ic|[^l]y|ty)$|^(?:short|folk|rock|great|blues|solo|pop|soul|jazz|school|class|four|three|part|original|country|easy|calm|cute|sweet|warm|bright|grand|brisk|mellow|epic|minor|major)$"
)
_OCCASION_ONLY = frozenset("music joy dance play_list work market".split())  # noqa: SIM905
"""Themes whose words are said of songs themselves; they are no subject."""


_WHO_ASKS = re.compile(
    r"(?:结尾|最后|开头|中间)[^,.;]*|(?:我是|我在)[^,.;]{1,12}(?:老师|教师|学生|妈妈|爸爸)|(?:音乐|语文)?(?:老师|学校|领导|班主任|妈妈|爸爸)(?:让|要|叫|要求|布置|请|说)|给[^,.;]{0,6}(?:小朋友|孩子|学生|同学)们?(?:唱|写|学)|\b(?:i am|i'm|we are|we're) (?:an? )?(?:\w+ ){0,3}(?:teacher|choir|class|group|band)\b|\b(?:my|our|the) teacher (?:wants|asked|said|says)",
    re.IGNORECASE,
)
"""Who asks, which is not what the song is about."""


def _together(one: str, other: str, text: str) -> str:
    """Two things that a song is about as one theme: 秋天落叶 where they stand so, 外婆的生日, else 明月和思念."""
    if one + other in text:
        return one + other
    if "生日" in (one, other):
        return f"{other if one == '生日' else one}的生日"
    return f"{one}的{other}" if f"{one}的{other}" in text else f"{one}和{other}"


def _read_theme(text: str, wishes: Wishes) -> None:
    """What the words are about, where the wish names it in passing: an occasion, a season, a thing."""
    said = wishes.values.get("theme", "")
    about = re.search(r"\babout\b|关于", text) is not None
    if said and (about or subject(said).themes):
        return
    text = re.sub(
        r"(?:民谣|中国|古|国|爵士|摇滚|复古|流行|民族|欧美|日系|和|江南|抒情|电子|校园)风(?!吹|景|雨|中)",
        " ",
        text,
    )
    bare = _WHO_ASKS.sub(" ", re.sub(r'"[^"]*"', " ", text))
    for name in wishes.must:
        bare = bare.replace(name, " ")
    found = subject(bare)
    pairs = [
        (t, w) for t, w in zip(found.themes, found.said, strict=False) if t not in _OCCASION_ONLY
    ]
    words = list(dict.fromkeys(w for _, w in pairs))
    chinese = [w for w in words if not w.isascii() and w in bare]
    if len(chinese) > 1 and bare.index(chinese[0]) < bare.index(chinese[1]):
        words = [_together(chinese[0], chinese[1], bare)]
    if wishes.values.get("rhythm", "") == "lullaby" or wishes.values.get("rhythm") in words:
        words = [w for w in words if w not in ("lullaby", "lullabies", "摇篮曲", "摇篮")]
    kind = _KIND.search(bare)
    if (
        not words
        and not said
        and kind
        and subject(kind[1]).strange
        and not _HOW.search(kind[1].lower())
    ):
        words = [kind[1]]
    if words:
        wishes.values["theme"] = words[0]
