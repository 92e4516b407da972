"""Plain questions about the tune that is open, as teachers, singers and beginners ask them; the topics are those of `basics`."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.tune import Tune
from chat.explain.asked_names import SIGNS, Asked, key_in

KINDS = (
    "either key",
    "sharps",
    "opening interval",
    "beat length",
    "clef",
    "last beat",
    "bars in all",
    "edge degree",
    "first beat",
    "degrees used",
    "sung as",
    "counted",
)
"""The topics that this module reads beside those of others."""

_ORDERS = re.compile(
    r"^(?:please |now |then |and |can you |could you |would you )*(?:make|change|turn|put|set|write|transpose|move|keep|give|add|rewrite|arrange|let|end|finish|start|begin|use|play)\b|^(?:请|帮我)?(?:把|将|让|改|写|移|别|不要|加|换)|(?:改成|改到|移到|写成|变成|换成|转成|调成)|给(?:它|这首)?换"
)
_ASKS = re.compile(
    r"\?|^(?:so |and |but |ok,? |hmm,? )*(?:is|are|isn't|do|does|did|was|can|could|will|would|which|what|how|any|has|have|where)\b|\bwhich\b|\bwhat\b|\bwhether\b|\bi(?: am|'m)? (?:wonder|can't tell|cannot tell|not sure)|吗|哪|几|什么|有没有|[用有]没[用有]|多[长久]|是不是|会不会|还是|多少|么|怎么|到底|究竟"
)

# -- which of two keys -----------------------------------------------------------------------------

_OR = re.compile(r"\bor\b|\band not\b|\brather than\b|\binstead of\b|还是|或者?|/")
_KEY = r"(?:the key of )?[a-g](?:[ -]?(?:flat|sharp)|[#b])?(?:[ -]?(?:major|minor|maj|min|m))?"
_TWO = re.compile(
    rf"(?:\bin |\bis (?:it|this|that|the \w+) (?:really )?(?:in )?|\b(?:it's|its|key|whether) (?:in |it's |it is )?)(?P<a>{_KEY}),? (?:or|and not|rather than|instead of) (?:is it |rather |in |perhaps |maybe )*(?P<b>{_KEY})(?![a-z])"
    r"|(?P<za>[升降]?[a-g][#b]?(?:大调|小调|调)?)(?:,)?(?:还是|或者?|和)(?:是)?(?P<zb>[升降]?[a-g][#b]?(?:大调|小调|调))"
)


def _key_name(said: str) -> str:
    """The name of a key as it is said; a letter alone is major, as in "in F or D minor"."""
    said = re.sub(r"(?<=[a-g#b])调$", "大调", said)
    if re.search(r"major|minor|maj|min|(?<=[a-g#b])m$|大调|小调", said) is None:
        said = f"{said}大调" if re.search(r"[\u4e00-\u9fff]", said) else f"{said} major"
    key = key_in(said)
    return key.name if key is not None else ""


def either(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "C minor or E flat major?", 到底是c小调还是降E大调."""
    match = _TWO.search(lower)
    if (
        match is None
        or not _OR.search(match[0])
        or re.search(r"\bchords?\b|和弦|小节|段|\bsections?\b|\bbars?\b", lower)
    ):
        return None
    a, b = (match["a"], match["b"]) if match["a"] else (match["za"], match["zb"])
    names = [_key_name(a.strip()), _key_name(b.strip())]
    if not all(names) or names[0] == names[1]:
        return None
    return "either key", "|".join(names), ""


# -- first and last notes -----------------------------------------------------------------------------

_DEGREES = {"tonic": 1, "home note": 1, "keynote": 1, "key note": 1, "root note": 1, "home": 1, "do": 1, "dominant": 5, "fifth": 5, "third": 3,
            "mediant": 3, "leading note": 7, "leading tone": 7, "subdominant": 4, "supertonic": 2, "主音": 1, "属音": 5, "下属音": 4, "中音": 3,
            "导音": 7, "上主音": 2, "下中音": 6, "三音": 3, "五音": 5}  # fmt: skip
_NAMES = "|".join(sorted(_DEGREES, key=len, reverse=True))
_EDGE = re.compile(
    rf"\b(?P<w>first|last|final|opening|closing|starting|ending) note\b[^.?!]{{0,16}}?\b(?:the |a |its )?(?P<d>{'|'.join(sorted((k for k in _DEGREES if k.isascii()), key=len, reverse=True))})\b"
    rf"|\b(?P<v>start|begin|open|end|finish|close|stop)s?\b[^.?!]{{0,10}}\bon (?:the |its |a )?(?P<d2>{'|'.join(sorted((k for k in _DEGREES if k.isascii()), key=len, reverse=True))})\b"
    rf"|(?P<zw>第一个音|开头的?音|起音|首音|最后一?个?音|末尾的?音|尾音|结束音|结尾的?音|结尾|结束|最后|开头|开始)[^,.?]{{0,6}}?(?:是|落|停|收|在|从)(?:不是|没有)?(?:在|到)?(?P<zd>{'|'.join(k for k in _DEGREES if not k.isascii())})"
)
_WHICH = re.compile(
    r"\b(?:which|what) (?:scale )?degree\b[^?]{0,24}\b(?P<v>start|begin|open|end|finish|close|first|last|final)|\b(?P<w>first|last|final|opening|closing) note\b[^?]{0,24}\b(?:which|what) (?:scale )?degree|(?P<zw>第一个音|最后一?个?音|开头的?音|结尾的?音|起音|尾音)[^,.?]{0,4}(?:第)?几级"
)


def _edge(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "is the last note the tonic?", 最后一个音是主音吗; "which degree does it start on?"."""
    if re.search(
        r"\bchords?\b|\bcadence|和弦|终止|\bphrases?\b|乐句|每句|\bwhy\b|为什么|小节|\bbars?\b|段",
        lower,
    ):
        return None
    match = _EDGE.search(lower) or _WHICH.search(lower)
    if match is None:
        return None
    groups = match.groupdict()
    said = groups.get("w") or groups.get("v") or groups.get("zw") or ""
    first = re.match(r"first|opening|start|begin|open|第一|开|起|首", said) is not None
    named = groups.get("d") or groups.get("d2") or groups.get("zd")
    return (
        "edge degree",
        f"{'first' if first else 'last'} note|{_DEGREES[named] if named else 0}",
        "",
    )


_FIRST_BEAT = re.compile(
    r"\b(?:start|begin|come in|comes in|enter)s?\b[^?]{0,16}\b(?:on|with) (?:the )?(?:first|strong|down|1st)[- ]?beat\b|\b(?:start|begin|come in)s?\b[^?]{0,12}\bon (?:beat )?(?:one|1)\b|\b(?:start|begin)s?\b[^?]{0,10}\b(?:on the beat|straight on the beat)\b|(?:从|在)(?:强拍|第一拍|正拍)(?:上)?(?:开始|起|进)|(?:是)?(?:强拍|正拍)(?:起|开始|进入)"
)


def _first_beat(plain: str, lower: str, tune: Tune) -> Asked | None:
    if re.search(r"\bphrases?\b|\bbars? \d|\bsyllable|\bword|乐句|第.{1,4}小节|字", lower):
        return None
    return ("first beat", "", "") if _FIRST_BEAT.search(lower) else None


# -- solfège -----------------------------------------------------------------------------------------

_SYLLABLES = {"do": 1, "doh": 1, "re": 2, "ray": 2, "mi": 3, "me": 3, "fa": 4, "fah": 4, "sol": 5, "so": 5, "soh": 5, "la": 6, "lah": 6, "si": 7, "ti": 7,
              "te": 7, "哆": 1, "来": 2, "咪": 3, "发": 4, "索": 5, "拉": 6, "西": 7}  # fmt: skip
_SYLLABLE = re.compile(
    r"(?<![a-z])(do|doh|re|ray|mi|fa|fah|sol|so|soh|la|lah|si|ti)(?![a-z'])|(?<![\d/=.])([1-7])(?=(?:和|、|与|跟|这|音|吗|$|[?,]))"
)
_USES = re.compile(
    r"\b(?:use|uses|used|have|has|contain|contains|include|includes|occur|occurs|appear|appears|there|any|sing|without|miss|missing)\b|用没用|用到?|有没有|有(?=[a-z\d])|出现|含|包含|带|缺"
)
_DEGREE_USED = re.compile(
    r"\b(?:use|uses|used|have|has|contain|include|any|there|without|miss\w*|lack\w*|avoid\w*|leave\w* out)\b[^?]{0,24}\b(?:the |a |its )?(?P<n>fourth|seventh|second|third|sixth|4th|7th|2nd|3rd|6th)(?: and (?:the )?(?P<m>fourth|seventh|second|third|sixth|4th|7th|2nd|3rd|6th))?(?: scale)? degrees?\b"
)
_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "sixth": 6, "6th": 6, "seventh": 7, "7th": 7}  # fmt: skip


def _used(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "does it use fa or ti?", 有没有用到fa和si; "does it use the fourth degree?"."""
    if match := _DEGREE_USED.search(lower):
        numbers = [_ORDINALS[g] for g in (match["n"], match["m"]) if g]
        return "degrees used", "tonic " + " ".join(map(str, numbers)), ""
    if not _USES.search(lower) or re.search(
        r"小节|\bbars?\b|拍|段|次|[一二三四五六七八]度|升降|几个|\bhow many\b", lower
    ):
        return None
    found = [_SYLLABLES.get(m[1] or "", 0) or int(m[2] or 0) for m in _SYLLABLE.finditer(lower)]
    sung = [m for m in _SYLLABLE.finditer(lower) if m[1] and m[1] not in ("do", "so", "me")]
    chinese = re.search(r"[\u4e00-\u9fff]", lower) is not None
    if not found or not (sung or (chinese and len(found) > 0)):
        return None
    if not chinese:
        found = [_SYLLABLES[m[1]] for m in sung]
    return "degrees used", " ".join(str(n) for n in dict.fromkeys(found)), ""


_ONE_IS = re.compile(r"1\s*=\s*(?P<s>[升降]|[#b♯♭])?(?P<n>[a-g])(?P<c>[#b♯♭])?(?![a-z])|\bdo (?:is |= ?|on )(?:on )?(?P<e>[a-g])(?P<ec>[#b♯♭]| flat| sharp)?\b")  # fmt: skip
_SUNG = re.compile(
    r"唱(?:作|成|做|的是|什么|几|啥)|唱名|简谱|是几(?!个|小|拍|度|级|分|句|段|次|号|升|降|声|首|遍|年)|\bsolf(?:a|ege|ège|eggio)\b|\bsol-?fa\b|\bdo[ -]re[ -]mi\b|\bsyllables? of solf|\bjianpu\b|\bnumbered notation\b|\bmovable do\b"
)
_NOTE = re.compile(r"(?P<f>第一个音|首音|开头(?:的|第一个)?音?|起音|\b(?:first|opening|starting) note\b)|(?P<l>最后一?个?音|尾音|结尾的?音|结束音|\b(?:last|final|closing) note\b)")  # fmt: skip


_SYLLABLES_OF = re.compile(
    r"\b(?:solf\w*|sol-?fa) (?:names?|syllables?)|\bin (?:solf\w*|sol-?fa|do re mi)\b|唱名|用do ?re ?mi|简谱(?:怎么写|是什么|怎么唱|怎么念)"
)


def _sung_as(plain: str, lower: str, tune: Tune) -> Asked | None:
    """按1=F，第一个音唱几: (do, which note)."""
    one, note = _ONE_IS.search(lower), _NOTE.search(lower)
    if not (_SUNG.search(lower) and (one or note or _SYLLABLES_OF.search(lower))):
        return None
    do = "-"
    if one is not None:
        letter = (one["n"] or one["e"]).upper()
        do = letter + SIGNS.get((one["s"] or one["c"] or one["ec"] or "").strip(), "")
    which = "" if note is None else "first" if note["f"] else "last"
    return "sung as", f"{do} {which}".strip(), ""


_OCCURS = re.compile(
    r"\b(?:where|which bars?|what bars?|in (?:which|what) bars?|how often|how many times)\b[^?]{0,24}?\b(?:the |an? )?(?:notes? |pitch )?(?P<n>[a-g])(?P<s>[ -]?(?:sharp|flat|natural)|[#b])?s?\b(?! (?:part|section|chord|major|minor|string))[^?]{0,12}\b(?:used|occurs?|appears?|comes?|played|found|sounds?|come up|happen)\b|\b(?:where|which bars?|in (?:which|what) bars?) (?:is|are|does|do|has|have) (?:there )?(?:the |an? )?(?P<w>notes? )?(?P<n2>[a-g])(?P<s2>[ -]?(?:sharp|flat|natural)|[#b])?s?(?: in it)?\??$|(?P<zs>[升降]?)(?P<z>[a-g])(?:音|这个音)?(?:出现)?(?:在)?(?:哪些|哪几个?|几个)(?:个)?小节|(?:哪些|哪几个?|哪)小节(?:里)?(?:有|出现|用到?)(?:了)?(?P<zs2>[升降]?)(?P<z2>[a-g])(?:音)?(?:[吗?]|$)"
)


def _occurs(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "in which bars is there an F sharp?": the note whose places are asked for."""
    match = _OCCURS.search(lower)
    if match is None or re.search(r"\bchords?\b|和弦|\bwhy\b|为什么", lower):
        return None
    letter = match["n"] or match["n2"] or match["z"] or match["z2"]
    said = (match["s"] or match["s2"] or match["zs"] or match["zs2"] or "").strip(" -")
    if letter == "a" and not said and not re.search(r"(?<![A-Za-z])A(?![A-Za-z])", plain):
        return None
    return "count", f"{letter.upper()}{SIGNS.get(said, '')}", ""


_SHARPS = re.compile(
    r"\b(?:which|what) notes\b[^?]{0,20}\b(?:play|sing|finger|read)(?:ed)?\b[^?]{0,12}\b(?:sharp|flat)|\b(?:which|what) notes (?:are|have to be|must be|should be) (?:sharp|flat|sharpened|flattened)\b|\b(?:any|are there|is there|which|what|how many|does it have|has it(?: got)?)\b[^?]{0,16}\b(?:sharps?|flats?)(?: (?:or|and) (?:sharps?|flats?))?(?: signs?)?(?:(?: are| is)?(?: there)?\s*(?:\?|$)| (?:are |is )?(?:there )?(?:in|does|do|has|i|should|must)\b[^?]{0,24}(?:\b(?:it|this|tune|piece|song|key|signature|remember|play|watch|mind)\b|\?|$))|(?:有没有|有|哪些|几个|哪几个|什么)(?:音)?(?:要|需要|是)?(?:升|降)(?:或降|号)?(?:号)?(?:的)?(?:音)?(?:吗|么|[?]|$)|哪些音(?:要|需要)(?:升|降)"
)


def _sharps(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "are there any sharps in it?": the signature and the signs beside it."""
    if re.search(
        r"\bbars? \d|第.{1,4}小节|\bhow many [a-g]\b|\bmajor\b|\bminor\b|\b(?:which|what) (?:major |minor )?keys? (?:has|have|with)\b|大调|小调|什么调|哪个调|\bwhy\b|为什么",
        lower,
    ):
        return None
    return ("sharps", "", "") if _SHARPS.search(lower) else None


_METER = re.compile(
    r"\b(?:is|are|was|does|do|what|which)\b[^?]{0,24}\b(?:two|three|four|six|nine|twelve|five|seven)[ -](?:four|eight|two)\b(?: time)?"
)
_OPENING = re.compile(
    r"\b(?:what(?:'s| is)?|which) (?:the )?(?:first |opening )?interval\b[^?]{0,16}\b(?:start|begin\w*|opening|first two notes)\b|\b(?:first|opening|starting) interval\b|\binterval (?:between|of) (?:the )?first two notes\b|(?:开头|第一个|起始)(?:的)?(?:音程|两个音)[^,?]{0,6}(?:什么|几度|音程)|开头是几度"
)
_BEAT = re.compile(
    r"\bhow long (?:is|does|lasts?) (?:one|a|each|every|the) beat\b|\bhow many seconds\b[^?]{0,12}\bbeat\b|一拍(?:是|有|要)?(?:多长|多久|几秒|多少秒)"
)


_LAST_BEAT = re.compile(
    r"\b(?:end|finish|close|stop)s?\b[^?]{0,12}\bon (?:an? |the )?(?:up|down|strong|weak|first|last|off)[- ]?(?:or (?:an? |the )?(?:up|down|strong|weak)[- ]?)?beat\b|\bon (?:which|what) beat\b[^?]{0,12}\b(?:end|finish|close)|\bwhich beat\b[^?]{0,16}\b(?:end|finish|last note)\b|(?:结束|落|收|停)在(?:强拍|弱拍|第几拍)|最后(?:一个音)?(?:是)?在(?:第几拍|强拍|弱拍)"
)
_SHORT_LAST = re.compile(
    r"(?:最后一?个?|末)小节[^,?]{0,6}(?:只有|不满|不够|不完整|少了?|缺)|\b(?:last|final) (?:bar|measure)\b[^?]{0,16}\b(?:only|short|incomplete|not full|missing|fewer|less)\b"
)
_PICKUP_COUNTS = re.compile(
    r"\bhow many (?:bars|measures)\b.*\bcount\b.*\b(?:small|short|little|first|incomplete|half|tiny)(?: one| bar| measure)\b|(?:弱起|起拍)(?:小节)?[^,?]{0,4}(?:算不算|算|计|是不是)[^,?]{0,6}小节|\b(?:pick-?up|upbeat|anacrusis)\b[^?]{0,16}\bcount(?:s|ed)?\b[^?]{0,16}\bbar|\bcount the (?:pick-?up|upbeat)\b"
)
_CLEF = re.compile(
    r"\b(?:what|which) clef\b|\b(?:treble|bass|alto|tenor)(?: clef)? or (?:the )?(?:treble|bass|alto|tenor) clef\b|\bis (?:it|this|that) in (?:the )?(?:treble|bass|alto|tenor) clef\b|(?:什么|哪个|哪种)谱号|[高中低次]音谱号(?:还是|吗)|是[高中低次]音谱号"
)


def _small(plain: str, lower: str, tune: Tune) -> Asked | None:
    """The meter by its words, the interval at the opening, how long a beat is."""
    if _OPENING.search(lower):
        return "opening interval", "", ""
    if _LAST_BEAT.search(lower):
        return "last beat", "", ""
    if _SHORT_LAST.search(lower):
        return "pickup", "", ""
    if _PICKUP_COUNTS.search(lower):
        return "bars in all", "", ""
    if _BEAT.search(lower):
        return "beat length", "", ""
    if _CLEF.search(lower) and not re.search(r"\bmean|什么意思|什么是|\bwhat is an? ", lower):
        return "clef", "", ""
    return ("meter", "", "") if _METER.search(lower) else None


# -- counting -----------------------------------------------------------------------------------------

_COUNTING = re.compile(
    r"\bhow (?:on earth |the (?:hell|heck) |exactly )?(?:do|should|would|can|does|to|am|are) (?:(?:i|we|you|one|they|my \w+) )?(?:supposed to |meant to )?count\b(?!\s*(?:in\b|the (?:bars|notes|rests|flats|sharps)))|\bhow (?:is|are) (?:it|this|the (?:beats?|bars?|quavers|eighths?)) (?:counted|grouped|divided|subdivided)\b|\bwhich (?:beat|group)\b[^?]{0,12}\blong\w*\b|\b(?:where|which)\b[^?]{0,12}\bthe long (?:beat|one|group)\b|\bhow (?:are|do) the (?:beats|quavers|eighth notes|eighths) (?:group|fall|divide)"
    r"|怎么数(?!.{0,2}(?:小节|音))|如何数|怎样数|数拍子|拍子怎么(?:数|打|分)|怎么打拍|(?:怎么|如何)分(?:组|拍)|哪(?:一)?(?:个|组|拍)(?:是)?(?:最)?长|长(?:的那个?|的)?拍(?:在|是)?哪"
)


def _counting(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "how do I count this one?", 这个拍子怎么数."""
    return (
        ("counted", "", "")
        if _COUNTING.search(lower) and not re.search(r"\bsyllab|\brest\b|\bnotes? last", lower)
        else None
    )


_FINDERS: tuple[Callable[[str, str, Tune], Asked | None], ...] = (
    _small,
    _occurs,
    _sharps, _edge, _first_beat, _sung_as, _used, _counting,
)  # fmt: skip


def _plain(plain: str, lower: str, tune: Tune) -> Asked | None:
    if (
        _ORDERS.search(lower)
        or not _ASKS.search(lower)
        or re.search(
            r"\b(?:can|could|should) (?:it|this|we|you|that)\b[^?]*\b(?:instead|rather|please)\b",
            lower,
        )
    ):
        return None
    return next(
        (found for find in _FINDERS if (found := find(plain, lower, tune)) is not None), None
    )


FINDERS: tuple[Callable[[str, str, Tune], Asked | None], ...] = (_plain,)
"""In the order in which they are asked."""
