"""How people ask for bars that come, go, change places or are played twice."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.numbers import in_digits
from abc_tools.places import Place
from abc_tools.sections import sections
from abc_tools.spelling import length_text
from chat.understand.rules.base import (
    ADD,
    BARS,
    CHORDS,
    REMOVE,
    WORDS,
    Clause,
    N,
    Rule,
    group_of,
    rule,
)
from chat.understand.rules.signs import ANY_SIGN, hold_last

_AFTER = re.compile(
    rf"(?:after|behind|following)\s+(?:the\s+)?(?:{BARS}\s*)?({N}|last bar|end|pick-?up)|第?\s*({N})\s*小节?\s*(?:之后|后面|后)|到?(?:第\s*({N})\s*小节)(?:之后|后面|后)"
)
_BEFORE = re.compile(
    rf"(?:before|in front of|ahead of)\s+(?:the\s+)?(?:{BARS}\s*)?({N}|first bar|beginning|start)|第?\s*({N})\s*小节?\s*(?:之前|前面|前)"
)
_TO_END = re.compile(
    r"(?:to|at|onto) the (?:very )?end|at the end|到(?:最后|结尾|末尾)|(?:放|加|移)(?:到|在)(?:最后|结尾|末尾)|在(?:最后|结尾|末尾)"
)
_IN_MIDDLE = re.compile(r"in(?:to)? the middle|halfway|在?中间")
_TO_START = re.compile(
    r"(?:to|at) the (?:very )?(?:beginning|start|front)|\bup front\b|到(?:开头|最前|前头|前面去)|打头|(?:放|加|移)(?:到|在)(?:开头|最前|前面)|在(?:开头|最前)"
)


def goal_of(clause: Clause) -> str | None:
    """The bar behind which something goes; "0" is before all, "end" behind the last bar there will be."""
    lower = clause.lower
    if match := _AFTER.search(lower):
        said = group_of(match)
        number = 0 if said.startswith("pick") else numbers.value(said)
        return "end" if said in ("last bar", "end") else None if number is None else str(number)
    if match := _BEFORE.search(lower):
        said = group_of(match)
        number = 1 if said in ("first bar", "beginning", "start") else numbers.value(said)
        return None if number is None else str(number - 1)
    if _TO_END.search(lower):
        return "end"
    if _IN_MIDDLE.search(lower):
        return str(clause.tune.bar_count // 2)
    return "0" if _TO_START.search(lower) else None


def without_goal(lower: str) -> str:
    """The words without those that say where something goes."""
    for pattern in (_AFTER, _BEFORE, _TO_END, _TO_START):
        lower = pattern.sub(" ", lower)
    return lower


def placed_at(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Copying and moving: bars, and a place to put them."""
    goal = goal_of(clause)
    place = clause.bars_in(without_goal(clause.lower))
    place = place or clause.pointed()
    if goal is None or place is None:
        return None
    clause.place = place
    return {"after": goal}


def repeat(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "repeat bars 1-4" with signs; "twice more" or "write it out" as copies."""
    if re.search(
        r"\b(?:tag|coda|outro)\b|\brepeats? (?:itself|too|a lot|so)\b|\brepeated (?:[a-g](?: flat| sharp|#|b)?s?\b|notes?|chords?|quavers|crotchets|eighths|quarters|bass)|尾声|尾奏",
        clause.lower,
    ):
        return None  # what repeats there is the tag
    if (
        re.search(r"\bnotes?\b(?! (?:pattern|figure))|个音(?!乐)", clause.lower)
        and clause.bars_in(clause.lower) is None
    ):
        return None  # a single note
    if re.search(r"repeats? (?:out|signs? (?:away|out))|without repeat|no repeat", clause.lower):
        return None
    goal = goal_of(clause)
    if goal is not None and (there := clause.bars_in(without_goal(clause.lower))):
        clause.place = there
        return {"": "copy-bars", "after": goal}
    named = re.search(
        r"\brepeat (?:only |just )?(?:the )?([a-h])\b(?! (?:bar|measure|note|few|couple|lot))",
        clause.lower,
    )
    place = clause.bars_in("part " + named[1]) if named else None
    points = re.search(r"\b(?:it|this|that|these|those|them|there)\b|这|那", clause.lower)
    pointed = clause.pointed() if points or clause.selection else None
    place = place or clause.bars_in(clause.lower) or pointed or Place(1, clause.tune.bar_count)
    clause.place = place
    if re.search(r"written out|write (?:it |them )?out|without signs|写出来", clause.lower):
        return {"way": "written"}
    return {"way": "signs"}


def _times(clause: Clause) -> str:
    if re.search(r"\bthree times|thrice|三(?:次|遍)", clause.lower):
        return "2"
    if more := re.search(rf"({N}) more times?|再(?:复制|重复)?({N})(?:次|遍)", clause.lower):
        return str(numbers.value(group_of(more)) or 1)
    return "1"


def duplicate(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Bars to write once more, and where."""
    goal = goal_of(clause)
    if goal is not None:
        place = clause.bars_in(without_goal(clause.lower)) or clause.pointed()
        if place is None:
            return None
        clause.place = place
        return {"": "copy-bars", "after": goal}
    clause.place = clause.bars_in(clause.lower) or clause.pointed()
    return {"times": _times(clause)} if clause.place else None


def insert(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "insert two empty bars after bar 4"; bars that are numbered are copied instead."""
    count = re.search(
        rf"(?<!bar )(?<!bars )({N}|an?|another|some|new|rest of)\s+(?:more |one |a |new |empty |blank |extra |additional |silent |rest )*(?:bars?|measures?)(?! \d)|(?<!第)({N})\s*个?(?:空|新)?(?:的)?小节",
        re.sub(rf"第\s*{N}\s*小节", " ", clause.lower),
    )
    goal = goal_of(clause)
    if re.search(
        r"渐[强弱慢快]|力度|连线|跳音|\b(?:cresc\w*|dim\w*|rit\w*|hairpin|slurs?|trills?)\b",
        clause.lower,
    ):
        return None  # signs for bars that are there
    if count is None or re.search(
        r"\bintro|\blead-?in\b|\bcoda\b|\boutro\b|前奏|引子|尾声|尾奏", clause.lower
    ):
        return None
    said = group_of(count)
    number = (
        {"a": 1, "an": 1, "another": 1, "new": 1, "rest of": 1, "some": 2}.get(said)
        or numbers.value(said)
        or 1
    )
    empty = re.search(r"empty|blank|rest|silent|silence|空|休止", clause.lower)
    if goal is None:
        return None
    values = {
        "bar": "1" if goal == "0" else goal,
        "count": str(number),
        "where": "before" if goal == "0" else "after",
    }
    if not empty:
        values |= {"": "new-bars"}
    return values


_PAIRS = re.compile(
    r"\b(?:bars?|measures?) (?P<a>\d+)(?: ?- ?| ?(?:and|&|,) ?)(?P<b>\d+) (?:with|for|and) (?:bars? |measures? )?(?P<c>\d+)(?: ?- ?| ?(?:and|&|,) ?)(?P<d>\d+)\b"
    r"|(?:第)?(?P<e>\d+)[-,和](?P<f>\d+)(?:小节)?(?:,)?(?:跟|和|与|同)(?:第)?(?P<g>\d+)[-,和](?P<h>\d+)(?:小节)?"
)


def swap(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Two stretches that change places."""
    if re.search(r"\bchords?\b|和弦", clause.lower):
        return None
    said = re.sub(
        r"\b(?:round|around|over)\b",
        " ",
        clause.lower[: match.start()] + " " + clause.lower[match.end() :],
    )
    if pairs := _PAIRS.search(in_digits(said, 1)):
        found = [int(g) for g in pairs.groups() if g]
        one, other = sorted(found[:2]), sorted(found[2:])
        clause.place = clause.bars_in(f"bars {one[0]}-{one[1]}")
        late = clause.bars_in(f"bars {other[0]}-{other[1]}")
        return {"with": f"{late.first}-{late.last}"} if clause.place and late else None
    said = re.sub(
        rf"\b(the )?(first|last) ({N})\b(?! bars?| notes?| measures?)", r"\1\2 \3 bars", said
    )
    if re.search(r"\bhalves\b|前后两半|前后两部分", said):
        clause.place = clause.bars_in("first half")
        late = clause.bars_in("second half")
        return {"with": f"{late.first}-{late.last}"} if clause.place and late else None
    halves = re.split(r"\b(?:and|with|for)\b|和|与|跟", said, maxsplit=1)
    if len(halves) < 2:
        return None
    first = clause.bars_in(re.sub(r"\b(bar|measure)s\b", r"\1", halves[0]))
    if first is None and (letter := re.match(r"\s*(?:the )?(?:parts? )?([a-h])\s*$", halves[0])):
        first = clause.bars_in("part " + letter[1])
    second = clause.bars_in(halves[1]) or clause.bars_in("bar " + halves[1].strip())
    if second is None and re.match(r"\s*(?:the )?([a-h])\b", halves[1]):
        second = clause.bars_in("part " + halves[1].strip()[0])
    if first is None or second is None:
        return None
    clause.place = first
    return {"with": f"{second.first}-{second.last}"}


_OF_NOTES = re.compile(
    r"\b(?:notes?|rests?|chords?|pick-?up|trills?|beats?|breath|bow|(?:semi)?quavers?|crotchets?|minims?|eighths?|quarters?|sixteenths?|words|lyrics|verses?|title|line)\b|音(?!乐)|休止|歌?词|标题"
)


def shorter(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A tune loses its second half, and so does a part of it; a note that shall be shorter is none of both."""
    if _OF_NOTES.search(clause.lower):
        return None
    place = clause.bars_in(clause.lower)
    if place is None or place.last == place.first:
        return {} if place is None else None
    clause.place = Place(place.first + (place.last - place.first + 1) // 2, place.last)
    return {"": "delete-bars"}


def _first(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "play the B part first": it goes before all."""
    clause.place = clause.bars_in(match["what"] or match["zh"])
    return {"after": "0"} if clause.place and clause.place.first > 1 else None


def length(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A number of bars for the tune, not for a note of it."""
    if _OF_NOTES.search(clause.lower) or re.search(
        r"第.{1,5}小节|\b(?:bar|measure) \d", clause.lower
    ):
        return None
    count = numbers.value(group_of(match))
    return {"bars": str(count)} if count else None


_NEAR = (("subdominant", r"\bsub-?dominant\b|\btrio\b|下属调"), ("dominant", r"\bdominant\b|属调"), ("relative", r"\brelative (?:minor|major|key)\b|关系(?:大|小)?调"), ("parallel", r"\bparallel (?:minor|major)\b|同主音"))  # fmt: skip


def _near(lower: str) -> dict[str, str]:
    """The near key that new bars shall be in; a trio is in the subdominant."""
    near = next((name for name, words in _NEAR if re.search(words, lower)), "")
    return {"near": near} if near else {}


def longer(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """How much is added; a note or word that shall be longer adds nothing."""
    if re.fullmatch(r"\W*(?:and |or )?longer(?: ones| values| only)+(?: please)?\W*", clause.lower):
        return None  # "crotchets and longer only"
    if _OF_NOTES.search(clause.lower) or re.search(
        r"\b(?:hold|sustain|word|syllable|fermata|pause)\b|记号", clause.lower
    ):
        return None
    if found := re.search(
        rf"by ({N}) (?:bars|measures)|({N}) (?:bars|measures) longer|(?:加长|延长|增加|续写)\s*({N})\s*(?:个)?小节|({N}) more (?:bars|measures)|another ({N}) (?:bars|measures)",
        clause.lower,
    ):
        return {"more": str(numbers.value(group_of(found)) or 8)} | _near(clause.lower)
    if found := re.search(
        rf"(?:strain|section|part|phrase|trio) of ({N}) (?:bars|measures)|({N})[- ](?:bar|measure) (?:strain|section|part|trio)|({N})\s*个?小节的?(?:新)?(?:段落|一段|中段|三声中部)",
        clause.lower,
    ):
        return {"more": str(numbers.value(group_of(found)) or 8)} | _near(clause.lower)
    return (
        {"twice": "yes"}
        if re.search(r"twice as long|double the length|长一倍|两倍长", clause.lower)
        else {}
    )


def keep(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Only some bars are to stay; not "only the ending" after a change, which is a correction."""
    place = clause.bars_in(match["what"] or match["zh"])
    if place is None or not re.search(
        r"keep|leave|separate|new (?:tune|piece)|just the|留", clause.lower
    ):
        return None
    clause.place = place
    return {}


_NO_BARS = re.compile(rf"{ANY_SIGN}|{CHORDS}|{WORDS}|voice|声部|dynamics|强弱|repeats?\b")


def _bars_out(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Bars are taken out, not something in them."""
    return None if _NO_BARS.search(clause.lower) else {}


def pointed_or_named(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Bars that a clause names or points at."""
    clause.place = clause.bars_in(clause.lower) or clause.pointed()
    return {} if clause.place else None


def _pointed_bars(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    clause.place = clause.pointed()
    return {} if clause.place else None


_MUSIC = re.compile(
    r"(?:with|as|to|by|into|换成|改成|写成)\s*:?\s*\"?((?:[\^_=]*[A-Ga-gz][,']*\d*/?\d*[\s|]*)+)\"?$"
)


def _given_notes(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "replace bar 3 with G A B c": the notes as ABC."""
    found = _MUSIC.search(clause.text.strip().rstrip("."))
    place = clause.bars_in(clause.lower[: found.start()] if found else "")
    if found is None or place is None or len(re.findall(r"[A-Ga-gz]", found[1])) < 2:
        return None
    clause.place = place
    return {"music": found[1].strip()}


def interlude(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """New music between: behind the bar that is named, else behind the first section; four bars unless it says more."""
    count = re.search(
        rf"({N})[- ]?(?:个)?(?:bars?|measures?|小节)(?! ?(?:later|\d))",
        re.sub(rf"第\s*{N}\s*小节", " ", clause.lower),
    )
    number = (numbers.value(count[1]) if count else 4) or 4
    goal = goal_of(clause)
    parts = sections(clause.tune)
    bar = (
        goal
        if goal not in (None, "0")
        else str(parts[0].last if len(parts) > 1 else clause.tune.bar_count // 2)
    )
    return {"": "new-bars", "bar": str(bar), "count": str(min(16, number)), "where": "after"}


def silent_bars(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Bars that become rests."""
    clause.place = clause.bars_in(clause.lower) or clause.pointed()
    if clause.place is None or re.search(r"\bbeat\b|拍", clause.lower):
        return None
    rests = [
        "z" + length_text(m.duration / m.unit) for m in clause.tune.measures
        if clause.place.first <= m.number <= clause.place.last
    ]  # fmt: skip
    return {"music": " | ".join(rests)} if rests else None


def variants(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Several versions of some bars, to choose from."""
    single = re.sub(
        r"\b(ending|beginning|opening|bridge|intro)s\b|\b(chorus)es\b",
        lambda m: "the " + (m[1] or m[2]),
        clause.lower,
    )
    clause.place = clause.bars_in(single) or clause.pointed()
    count = numbers.value(group_of(match)) or {"some": 3, "a few": 3, "several": 3, "几": 3}.get(
        group_of(match), 0
    )
    return {"versions": str(min(5, count))} if clause.place and count > 1 else None


RULES: tuple[Rule, ...] = (
    rule(
        "rewrite",
        rf"({N}|some|a few|several)\s+(?:different |new |other |possible )*(?:versions?|alternatives?|options?|variants?|ways|ideas?|takes?)\s+(?:of|for|to (?:play|do|end|begin))\b|(?:给我|来|写|要|出)?({N}|几)\s*(?:个|种)(?:不同的?)?(?:版本|写法|方案|备选|改法)|\b({N}|some|a few|several)\s+(?:different |new |other |possible |alternative )*(?:endings|beginnings|openings|bridges|intros|choruses)\b(?! (?:in|from))|({N}|几)\s*(?:个|种)(?:不同的?)?(?:结尾|开头|副歌|桥段|前奏)[^,.;]{{0,6}}(?:选|挑|看看|试试|听听)",
        variants,
    ),
    rule(
        "insert-bars",
        rf"{ADD}[^,.;]{{0,16}}?(?:\binterlude\b|\bbreak\b(?! (?:in|up|out))|间奏|过门)",
        interlude,
    ),
    rule(
        "replace-bars",
        r"\b(?:replace|change|write|make|set)\b[^;]{0,30}\b(?:bars?|measures?)\b|小节.{0,6}(?:换成|改成|写成)",
        _given_notes,
    ),
    rule(
        "replace-bars",
        r"\b(?:make|turn|leave|change|let)\b[^.;]{0,24}\b(?:bars?|measures?) [\d -]+(?: (?:be|into|to|as))?(?: (?:a|all|just|one|whole|bar'?s?|of))* (?:rests?|silen(?:t|ce)|empty|blank)\b|\b(?:empty|clear|blank out|silence) (?:bars?|measures?) \d|小节(?:改成|变成|换成|改为)(?:全)?(?:休止|空)",
        silent_bars,
    ),
    rule(
        "swap-bars",
        r"\b(?:swap|exchange|switch|interchange|flip)\b|交换(?:一下)?|对调(?:位置)?|互换(?:位置)?|调换(?:位置)?|(?<=[\u4e00-\u9fff])换(?:一下位置|个?位置?|过来)|(?<=小节)换一下|(?<=段)换一下|(?<=句)换一下",
        swap,
    ),
    rule(
        "move-bars",
        r"\b(?:play|put|start with|have) (?:the )?(?P<what>[\w ]{1,24}?) first\b|先(?:演?奏|放)(?P<zh>.{1,6}?)(?:再|,|$)",
        _first,
    ),
    rule(
        "drop-repeats",
        rf"{REMOVE} (?:the |all |any |those |these |both )*repeat(?:s| signs?| marks?)?\b(?!.*\b(?:write|writ|full|out twice)\w*)|(?:去掉|删掉|取消|删除|拿掉|不要|去除)[^,.;]{{0,6}}(?:反复|重复)(?:记号)?|(?:反复|重复)(?:记号)?(?:都|全|全部|给我)?(?:去掉|删掉|删了|取消|拿掉|不要)|\btake (?:out )?the repeats? (?:signs? )?(?:out|off|away)\b|"
        r"\b(?:only|just) (?:play(?:ed)? |sing |do )?(?:\w+ ){0,2}once\b|\bonce is enough\b|\bplay(?:ed)? (?:\w+ ){0,3}(?:only |just )?once\b|\bdon't repeat\b|\bwithout repeat(?:ing|s)\b|\bno repeats\b|(?:别|不要?|不用)(?:再)?(?:反复|重复)|一遍就(?:够|行|好)|只(?:奏|唱|弹|演奏)一遍",
    ),
    rule(
        "write-out-repeats",
        rf"\bwrite (?:it|them|this|that|everything|the (?:whole )?(?:tune|thing|piece|song|music)) (?:all )?out(?: in full| fully| completely)?\b(?! (?:for|as|at|in (?!full)))|(?:write|spell) out (?:the |all )?(?:the )?repeats?|unfold (?:the )?repeats?|(?:{REMOVE}|expand) (?:the |all |any )*repeat(?:s|ed parts| signs?| marks?)?\b|\bwrite (?:each|every|the|both|all) (?:of the )?(?:parts?|sections?|repeats?)\b[^.;]{0, 12}\bout\b(?! (?:for|in letters))|(?:展开|写出)(?:所有)?(?:反复|重复)(?:记号)?|(?:反复|重复)(?:记号|的部分|的地方|段落)?(?:都|全|全部|给我)?(?:展开|写出来|写开)|每段(?:都)?(?:完整地?)?写(?:两遍|出来)",
    ),
    rule(
        "new-length",
        rf"^(?:a |an |just |only |make it )*(?:loop of |total of )?({N}) (?:bars|measures)(?: loop| long| total| please)*[.!]?$|^({N})\s*个?小节[.!]?$",
        length,
    ),
    rule(
        "new-length",
        rf"(?:shorten|cut|reduce|trim|extend|lengthen|stretch)[^,.;]{{0,20}}?\bto ({N}) (?:bars|measures)|make (?:it|this|the (?:tune|song|piece)) ({N}) (?:bars|measures)(?: long)?(?! longer| shorter)|(?:改成|缩短到|延长到|加长到|变成|缩到|扩(?:展|充|写)?(?:成|到|为)|加到|写到|补到)\s*({N})\s*个?小节",
        length,
    ),
    rule("move-bars", r"\bmove\b|\bshift bars?\b|移(?:动|到)|挪到?|放到", placed_at),
    rule("insert-bars", rf"{ADD}[^;]{{0,30}}?(?:bars?|measures?|小节)|插入", insert),
    rule(
        "duplicate-bars",
        r"\b(?:duplicate|copy|paste|clone)\b|复制|拷贝|\b(?:bars?|measures?) [\d &,to-]+\b(?:once )?(?:again|once more)\b[^.;]{0,8}\b(?:after|before|behind|at the end)\b|小节(?:再来|重复|再奏|再唱|再弹)一[遍次](?:,)?(?:放|加|接|插)?(?:在|到)?第.{1,4}小节(?:后|之后|后面)",
        duplicate,
    ),
    rule(
        "repeat-bars",
        r"\brepeat(?:ed|s)?\b(?!itive)|\bplayed twice\b|\b(?:have|hear|put|play|want|add|sing|do|finish with|end with)\b[^,.;]{0,24}\b(?:again|once more|one more time|another time|one last time) (?:at|right at|on) the (?:very )?end\b|\b(?:play|sing|do) [^,.;]{0,24}(?:twice|again|two times|one more time|once more|another time)|重复|反复|再来一遍|演奏两遍|两遍",
        repeat,
    ),
    rule(
        "keep-bars",
        r"\b(?:just|only|keep only|leave only|keep just)\s+(?:keep |leave )?(?P<what>(?:the )?(?:[a-d] (?:part|section)|first|second|last|bars?|bridge|chorus|verse|ending|opening)[\w -]*?)(?: then)?(?:,? as a (?:separate|new) (?:tune|piece))?[.!]?$|只(?:留|保留|要)(?P<zh>[^,.]{1,10}(?:段|小节|部分|副歌|主歌))(?:就行|吧)?$",
        keep,
    ),
    rule(
        "delete-bars",
        r"^(?:please |now |and |just )*(?:delete|remove|cut|erase)(?: out)?(?: (?:it|(?:this|that|these|those)(?: (?:bits?|bars?|measures?|parts?|passages?|sections?|stretch|notes))?|them|the (?:selection|selected bars|marked bars)|here))?(?: out| here| please| altogether| completely)*[.!]*$|^(?:把)?(?:这里|这段|这(?:几|一|两)?(?:个)?小节|这一?段|选中的(?:小节)?|它)?(?:删掉|删除|删了|去掉)(?:吧|它)?[.!]*$",
        _pointed_bars,
    ),
    rule(
        "delete-bars",
        rf"{REMOVE}\s*the (?:first|second|third|last|final) ['\"]?[a-h]['\"]?(?! (?:note|sharp|flat|chord|string|major|minor))(?![a-z])",
    ),
    rule(
        "delete-bars",
        rf"{REMOVE}\s*(?:[^,.;]{{0,16}})?(?:{BARS}|section|part\b|\bstrain|half\b|the bridge|(?:the|second|first|third|last) ending|the intro|the chorus|the verse\b(?! (?:words|lyrics|of))|the coda|the outro|the interlude|段|部分|桥段|结尾|副歌|主歌|前奏|间奏|尾声|引子)|(?:把)?第[^,.;]{{1,10}}小节(?:都)?(?:删掉|删除|去掉|删了)|(?:段|部分|桥段|结尾|副歌|主歌|前奏|间奏|尾声|引子)(?:\([a-h]\))?(?:给我|都|全)?(?:删掉|删除|删去|去掉|去除|拿掉|移除|砍掉|删了|删|不要了?)",
        _bars_out,
    ),
    rule(
        "add-ornaments",
        r"(?:extend|hold|lengthen|sustain|prolong)[^,.;]{0,14}(?:last|final) note|最后一?个?音.{0,4}(?:延长|拖长|长一点)|(?:最后|结尾|末尾|收尾|末)[^,.;]{0,4}音[^,.;]{0,3}(?:加|放|标|打|写)?(?:上|个|一个)?(?:延长|拖长|延音)",
        hold_last,
    ),
    rule(
        "longer",
        r"\b(?:make|turn) (?:it|this|the (?:tune|song|piece)) (?:\w+ ){0,2}longer|\blonger\b|\bextend\b|\bcontinue\b|\bcarry on\b|\bkeep going\b|\bgo on\b|\bwhat comes next\b|\bfinish (?:it|this|the tune)\b|\b(?:add|write) (?:\w+ ){0,3}(?:more (?:bars|measures|music)|(?:c|d|new|another|third|fourth|extra) (?:section|part|strain))\b|\badd (?:\w+[ -]){0,5}?(?:bridge|chorus|middle eight|section|trio|strain)\b|\badd a (?:verse|part)\b|twice as long|加长|延长|续写|接着写|继续写|写下去|往下写|(?:加|写|添)(?:上)?一?(?:个|段)(?:新的?)?(?:桥段|副歌|主歌|新段落|段落|部分)|长一[点些倍]",
        longer,
        alone=True,
    ),
    rule(
        "shorter", r"\bshort(?:er|en)\b|\bhalf as long\b|缩短|短一[点些]|太长", shorter, alone=True
    ),
)
