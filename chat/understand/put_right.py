"""What puts the change before right: "sorry, I meant DOWN", "no, a fourth", "the other way round", 不对，我说的是左手.

A correction takes the place of the change before: it is made from the version that one was made from, on the same bars,
for the same voice and with the same values, except what is put right. After an undo it is the change that was undone.
What this does not know: where a message wants to go in the history (`history`, `going_back`), and what is done once more
(`followup.repeated`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from abc_tools.places import NoPlace
from abc_tools.tune import Tune
from chat.understand.operation import Operation
from chat.understand.operations import BY_VOICE, THEM, WHOLE, read_operations
from chat.understand.place import find_place_or_none
from chat.understand.rules.voices import voice_named
from chat.understand.voices_said import voice_meant

# -- how a correction begins ------------------------------------------------------------------

_SIGHS = re.compile(
    r"(?:(?:oh|ah|eh|uh|um|ugh|well|but|so|and|ok(?:ay)?|please|thanks|thank you|argh|hm+|er+|啊|哦|呃|嗯|唔|唉)\b[\s,.!…-]*|(?:哎呀|哎哟|糟了|糟糕|[啊哦呃嗯唔唉诶])[\s,.!]*|(?:everywhere|really|what|huh|all of (?:it|them)|the whole (?:thing|tune|song)|not (?:everywhere|all of (?:it|them)))\s*[?!]+\s*)+",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"(?P<weak>(?:(?:no+|nope|nah|sorry|oops|whoops|wait|hang on|hold on|actually|apologies|pardon|damn)\b|不对?不?对?(?=[,.!\s我]|应该)|不是的?(?=[,.!\s])|哦不|等等|等一下|抱歉|对不起|不好意思)"
    r"|(?P<strong>(?:that(?:'s| is| was) (?:wrong|not (?:it|right|what i (?:meant|said|wanted|asked(?: for)?)))|(?:you(?:'ve| have)? |that's )?(?:got|have|took) (?:that|it|me) (?:wrong|backwards|the wrong way(?: round)?|mixed up)|you misunderst(?:ood|and)(?: me)?|my (?:mistake|bad|fault)|wrong (?:one|bars?|measures?|hand|half|part|voice|notes?|place|spot|section|word|chord|key|octave|number)|typo|i (?:misspoke|mistyped|misread(?: (?:it|that|the \w+))?|miscounted|lost count|counted wrong|looked at the wrong (?:bar|line|place)|said (?:it|that) wrong|typed (?:it|that) wrong|got (?:it|that) wrong|mixed (?:it|that|them) up|made a mistake)|not that(?: one)?|not there)\b|(?:你|我)?(?:刚才|刚刚)?(?:说|搞|弄|打|写|改|听|理解|看|选|做|数|记)[错反](?:一?行|小节|地方|位置)?了?|错了|反了(?=[,.!\s]*\S)|不是(?:这|那)(?:个|里|儿|一?小节|段|句)|(?:你)?(?:理解|会)错(?:我的意思)?了?|口误|手误)"
    r")[\s,.;:!?…-]*",
    re.IGNORECASE,
)
_MEANT = re.compile(
    r"(?:but |what )?i(?:'d| had)? (?:really |actually |only |just |of course )*(?:meant|mean|wanted|said|asked(?: you)?(?: for)?|was (?:thinking|talking)(?: of| about)?|intended)\b(?: was| is)?(?: (?:to (?:say|write|type|do|ask(?: for)?)|for))?(?: (?:that|it) (?:to be|to go|should (?:be|go)))?[\s,:]*"
    r"|(?:it|that|this) (?:should(?:'ve| have)?|was (?:meant|supposed) to|has to|needs? to) (?:be|have been|been|gone?|have gone)\b[\s,:]*|(?:that )?should(?:'ve| have)? (?:be(?:en)?|say|said|read)\b[\s,:]*|make that\b[\s,:]*"
    r"|我(?:(?:刚才|其实|本来|原本|原来|的本意|的意思|想说|要说)(?:是|应该)*)*(?:说的是|指的是|想的是|要的是|是说|是指|是想|想说的是|想说|意思是|本来是想|要说)(?:让你|要|把)?[\s,:]*|我(?:的意思|的本意|本来|原本|其实|刚才)(?:其实|应该)?(?:是|想|要)?[\s,:]*|(?:应该|应当|本来|原本)(?:是|要)?[\s,:]*|是(?=[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"[\s,]*(?:\binstead(?: of (?:that|this|it))?|\brather|\b(?:is|would be|will be|'d be|'s) (?:enough|plenty|better|nicer|sufficient|more like it)|\bwill do|就够了?|就好了?|就行了?|就可以了?)(?: please| then)*\W*$",
    re.IGNORECASE,
)
_NOT_THAT = re.compile(
    r"[\s,;-]*\b(?:and |but )?(?:not|rather than|instead of)(?: (?:to|by|in|on|for|at|the|an?))* (?P<en>(?!that\b|so\b|too\b|as\b|sure\b)[^,.;!?]{1,32}?)\W*$|[\s,;.]*(?:而)?(?:不是|不要|别)(?P<zh>[^,.;!?]{1,12}?)(?:的)?\W*$",
    re.IGNORECASE,
)
"""What was not meant, behind what was: "bar 4, not bar 3"."""
_NOT_BUT = re.compile(
    r"^(?:it(?:'s| is| was)? |i did(?:n't| not) (?:mean|say|want) )?(?:not )?(?:the |in |on |for |by )*(?P<en>[^,.;!?]{1,32}?)(?:(?:,? but|[,.;!?-]+)\s+(?=\S)|,?\s+(?=i (?:said|meant?|wanted|asked)\b))|^(?:我)?(?:说的|指的|要的)?不是(?P<zh>[^,.;!?]{1,12}?)[,.;!?]*(?:而)?(?=是|要)(?:是|要)",
    re.IGNORECASE,
)
"""What was not meant, before what was: "not the left hand, the right one", 不是第三，是第四."""
_BEGINS_NOT = re.compile(
    r"^(?:it(?:'s| is| was)? not|not|i did(?:n't| not) (?:mean|say|want))\b", re.IGNORECASE
)
_MEANT_LAST = re.compile(
    r"[\s,-]*(?:(?:is|was)(?: the one)? (?:what |that )?|that'?s what )?i (?:meant|mean|wanted|said|was (?:thinking|talking) (?:of|about))\W*$|[\s,-]+(?:sorry|oops|my (?:bad|mistake))\W*$|(?:才是|是)我(?:说的|要的|想的|指的)\W*$",
    re.IGNORECASE,
)
_PLEASE = re.compile(
    r"[\s,]*(?:please|pls|thanks|thank you|of course|then|才对|吧|啦|哈|呢|啊|谢谢)[\s,.!?]*$",
    re.IGNORECASE,
)
NONE, WEAK, STRONG = 0, 1, 2


@dataclass(frozen=True)
class Said:
    """What a message puts in place of something: `sure` says how plainly it is a correction, `wrong` what was not meant."""

    rest: str
    sure: int
    wrong: str = ""


def opened(text: str) -> Said:
    """The message without what only says that it corrects."""
    rest, sure, wrong = text.strip(), NONE, ""
    while rest:
        sigh = _SIGHS.match(rest)
        if sigh is not None and sigh.end():
            rest = rest[sigh.end() :]
            continue
        if (meant := _MEANT.match(rest)) is not None:
            rest, sure = rest[meant.end() :], STRONG
            continue
        if (opens := _OPENS.match(rest)) is not None and opens.end():
            sure = max(sure, STRONG if opens["strong"] else WEAK)
            rest = rest[opens.end() :]
            continue
        break
    if (_BEGINS_NOT.match(rest) or rest.startswith("不是")) and (first := _NOT_BUT.match(rest)):
        rest, sure = rest[first.end() :], STRONG
        wrong = first["en"] or first["zh"]
        if (meant := _MEANT.match(rest)) is not None:
            rest = rest[meant.end() :]
    rest = _PLEASE.sub("", rest)
    if (meant := _MEANT_LAST.search(rest)) is not None and meant.start():
        rest, sure = rest[: meant.start()], STRONG
    if (instead := _INSTEAD.search(rest)) is not None:
        rest, sure = rest[: instead.start()], max(sure, WEAK)
    elif not wrong and (last := _NOT_THAT.search(rest)) is not None and last.start():
        rest, wrong, sure = rest[: last.start()], last["en"] or last["zh"], max(sure, WEAK)
    return Said(rest.strip(" ,.!?;:-"), sure, wrong)


def names_a_value(text: str, last: tuple[Operation, ...], old: Tune) -> tuple[Operation, ...]:
    """The last change with what is said read as its value or its second place and not as bars: a note B, "to bar 4"."""
    rest = opened(text).rest
    if not last or not rest:
        return ()
    if len(last) == 1 and (again := _said_again(rest, last[0], old)):
        return tuple(again)
    if _NOTE.fullmatch(rest) or _CHORD.fullmatch(rest) or _COUNT.fullmatch(rest):
        return tuple(_of_value(rest, last, old, WEAK))
    return ()


def corrects(text: str) -> bool:
    """Whether a message begins as a correction does."""
    return opened(text).sure > NONE


# -- what is put right ------------------------------------------------------------------------

_FAMILIES = (
    {"octave", "transpose", "transpose-diatonic", "key", "melody-steps", "limit-range"}, {"louder", "quieter", "dynamic", "hairpin", "swell"},
    {"tempo", "tempo-by", "feel", "slow-down", "livelier", "calmer"}, {"key", "mode", "happier", "sadder"},
    {"new-bars", "insert-bars", "intro", "ending", "longer", "shorter"}, {"simplify", "harder"},
    {"set-chords", "swap-chord", "reharmonise", "add-chords", "lay-chords"}, {"meter", "dance", "feel"},
    {"add-bass", "second-voice", "add-drone", "middle-voice"}, {"delete-bars", "keep-bars"}, {"instrument", "play-on"},
    {"repeat-bars", "duplicate-bars", "copy-bars"}, {"add-ornaments", "mark-notes", "mark-picked", "slur"},
)  # fmt: skip
"""Changes one of which can be said in the place of another."""


def _akin(one: Operation, other: Operation) -> bool:
    return one.name == other.name or any(
        one.name in family and other.name in family for family in _FAMILIES
    )


_SIGNED = {"octave": "octaves", "transpose": "semitones", "transpose-diatonic": "steps"}
_OTHER_WAY = {
    "louder": "quieter", "quieter": "louder", "happier": "sadder", "sadder": "happier", "simplify": "harder", "harder": "simplify",
    "longer": "shorter", "shorter": "longer", "livelier": "calmer", "calmer": "livelier",
}  # fmt: skip
_OPPOSITES = {
    "octave-up": "octave-down", "octave-down": "octave-up", "up": "down", "down": "up", "louder": "quieter", "quieter": "louder",
    "before": "after", "after": "before", "major": "minor", "minor": "major",
}  # fmt: skip
_REVERSED = re.compile(
    r"(?:i meant |it's |that's |do |go |in |to )*(?:the )?(?:other way(?: a?round)?|opposite(?: (?:direction|way|of that))?|(?:wrong|other) (?:direction|way(?: a?round)?)|reverse|backwards|the contrary)|(?:你)?(?:把?方向)?(?:搞|弄|做|改)?反了|(?:方向|高低|快慢)(?:搞|弄)?(?:反|错)了|反过来|(?:正好|刚好|恰恰)?相反(?:的方向)?|(?:往|朝)?反方向|(?:往|朝)?另一个方向",
    re.IGNORECASE,
)
_UP = re.compile(r"(?:go |move (?:it )?|take (?:it )?)?(?:up(?:wards?)?|higher|raised?)(?: not down)?|(?:往|向)?上(?:移|面)?|(?:是)?(?:升|高|升高|提高)(?:的|一?[点些])?", re.IGNORECASE)  # fmt: skip
_DOWN = re.compile(r"(?:go |move (?:it )?|take (?:it )?|bring (?:it )?)?(?:down(?:wards?)?|lower(?:ed)?)(?: not up)?|(?:往|向)?下(?:移|面)?|(?:是)?(?:降|低|降低|放低)(?:的|一?[点些])?", re.IGNORECASE)  # fmt: skip


def _turned(operation: Operation) -> Operation:
    """The change in the other direction; itself where it has none."""
    values = dict(operation.values)
    if key := _SIGNED.get(operation.name):
        number = values[key]
        values[key] = number[1:] if number.startswith("-") else f"-{number}"
        return replace(operation, values=values)
    if operation.name == "tempo-by":
        return replace(operation, values={**values, "factor": f"{1 / float(values['factor']):.3g}"})
    if operation.name in _OTHER_WAY:
        return replace(operation, name=_OTHER_WAY[operation.name])
    for key in ("to", "kind", "where", "mode"):
        if values.get(key) in _OPPOSITES:
            values[key] = _OPPOSITES[values[key]]
            return replace(operation, values=values)
    return operation


def _upwards(operation: Operation) -> bool | None:
    """Whether a change moves up; None where it moves nowhere."""
    if key := _SIGNED.get(operation.name):
        return not operation.values[key].startswith("-")
    to = operation.values.get("to", "")
    return to.endswith("up") if to in ("octave-up", "octave-down", "up", "down") else None


def _directed(rest: str, last: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """The change in the direction that is said now, or in the other one."""
    reverse = _REVERSED.fullmatch(rest) is not None
    up, down = _UP.fullmatch(rest) is not None, _DOWN.fullmatch(rest) is not None
    if not (reverse or up or down):
        return ()
    found = tuple(
        _turned(o) if reverse or (_upwards(o) is not None and _upwards(o) != up) else o
        for o in last
    )
    return found if found != last else ()


_INTERVAL = re.compile(
    r"(?:by |up |down )*(?:an? |one |two |three |four |five |\d+ )?(?:(?:major|minor|perfect|augmented|diminished|whole|half) ?)?(?:semi|half |whole )?-?(?:tone|step|second|third|fourth|fifth|sixth|seventh|octave|semitone|2nd|3rd|4th|5th|6th|7th)s?|(?:升|降)?(?:大|小|纯|增|减|一个?|两个?|三个?|半个?)*(?:[二三四五六七八]度|八度|半音|全音)",
    re.IGNORECASE,
)
_CHORD = re.compile(
    r"(?:to |an? |the |use |try |with |it |是|用|换成|改成)*(?P<name>[A-G][#b]?(?:maj7|m7b5|m7|min|m|7|dim7?|sus[24]?|6|9|add9)?)(?: chord|和弦)?"
)
_RATE = re.compile(
    r"(?:to |at |about |around |more like |maybe |try |it at |make it |just |用|大概|大约|差不多|改成|调到|就|是)*(?P<bpm>\d{2,3})(?: ?bpm| beats.*)?(?:左右|就好|就行|就够)?"
)
_NAMED = re.compile(r"(?:to |called |叫|是|改成|换成)?[\"《]?(?P<it>[^\"》,.;]{1,40}?)[\"》]?")


def _interval(rest: str, last: Operation) -> str:
    zh = re.search(r"[\u4e00-\u9fff]", rest) is not None
    up = _upwards(last)
    if up is None or _INTERVAL.fullmatch(rest) is None:
        return ""
    if re.match(r"(?:by )?(?:up|down)\b|升|降", rest.lower()):
        return f"transpose it {rest}" if not zh else rest
    if zh:
        return f"{'升高' if up else '降低'}{rest}"
    return f"transpose it {'up' if up else 'down'} {rest}"


def _rate(rest: str, last: Operation) -> str:
    match = _RATE.fullmatch(rest.lower())
    return f"tempo {match['bpm']}" if match else ""


_AS: dict[str, tuple[str, str]] = {
    "key": ("put it in {}", "改成{}"), "mode": ("make it {}", "改成{}"), "meter": ("put it in {}", "改成{}"), "dynamic": ("play it {}", "力度{}"),
    "louder": ("play it {}", "力度{}"), "quieter": ("play it {}", "力度{}"), "instrument": ("play it on the {}", "换成{}演奏"),
    "play-on": ("play it on the {}", "换成{}演奏"), "dance": ("make it a {}", "改成{}"), "add-ornaments": ("add {}", "加{}"),
    "mark-notes": ("add {}", "加{}"), "happier": ("put it in {}", "改成{}"), "sadder": ("put it in {}", "改成{}"), "feel": ("make it {}", "{}"),
}  # fmt: skip
"""A change → the message that a bare value completes, in English and Chinese."""


def _completed(rest: str, last: Operation) -> str:
    """The message that a bare value means after a change."""
    if last.name in _SIGNED or "to" in last.values:
        return _interval(rest, last)
    if last.name in ("tempo", "tempo-by", "livelier", "calmer", "feel") and (
        said := _rate(rest, last)
    ):
        return said
    forms = _AS.get(last.name)
    bare = re.sub(r"^(?:to|in|an?|the|on|at|for|it|is|是|用|要|成)\s+", "", rest)
    if forms is None or len(rest.split()) > 4 or len(rest) > 24:
        return ""
    return forms[re.search(r"[\u4e00-\u9fff]", rest) is not None].format(bare)


_COMPLAINT = re.compile(
    r"(?:[^.;!?\d]{0,70}?\b(?:too|not|isn'?t|doesn'?t|don'?t|never|hates?|awful|bit|rather|sounds?|feels?|still|weird|wrong|boring|harsh|quite|cannot|can'?t|rushed|dragg\w+|slow|fast)\b[^.;!?\d]{0,50}|[^,.;!?\d]{0,12}(?:太|不|别|难|没|有点|偏|稍|还是)[^,.;!?\d]{0,12})[.,;!?…\s-]*[.,;!?…-]\s*(?:so |then |maybe |perhaps |rather |try |let's (?:try|say|do) |make (?:it|that) |how about |what about |go (?:for|to|with) |use |put it (?:at|in|to) |i'd say |那就?|就|要不|试试|改成|换成|调到|调成|用|来个)*(?P<rest>[^.,;!?]{1,24}?)(?: please| instead| then| maybe| perhaps|吧|试试|看看|行吗|好吗|左右)*[.!?]*$",
    re.IGNORECASE,
)


def after_complaint(
    text: str, tune: Tune, old: Tune, last: tuple[Operation, ...]
) -> tuple[Operation, ...]:
    """The last change with the bare value that stands behind a complaint: "that's too sleepy... 76"."""
    match = _COMPLAINT.fullmatch(text.strip())
    if match is None or read_operations(match["rest"], tune):
        return ()
    found = _of_value(match["rest"].strip(), last, old, WEAK)
    return _merged(last, found, match["rest"]) if found else ()


_AT = re.compile(
    r"(?P<p>to|into|onto|from|by|in|on|at|after|before|behind|with|for|over|under|between)\b\s*\S",
    re.IGNORECASE,
)


def _said_again(rest: str, last: Operation, old: Tune) -> list[Operation]:
    """The change before with the end of its words put right: "copy bar 1 to bar 8", "no, to bar 4"."""
    if (begins := _AT.match(rest)) is not None:
        spots = [m.start() for m in re.finditer(rf"\b{begins['p']}\b", last.said, re.IGNORECASE)]
        said = f"{last.said[: spots[-1]]}{rest}" if spots else ""
    elif last.name in _OF_TWO:
        said = _same_verb(rest, last)
    else:
        return []
    found = read_operations(said, old) if said else []
    same = [(o.name, o.values, o.place) for o in found] == [(last.name, last.values, last.place)]
    return found if found and not same and all(o.name == last.name for o in found) else []


_OF_TWO = frozenset(("swap-bars", "copy-over", "swap-voices", "swap-notes", "swap-picked"))
"""Changes of two places: those that are said now are both."""
_VERB = re.compile(
    r"^(?:please |now |can you |could you |and |then |i want (?:you )?to )*(?P<en>remove|delete|add|drop|take away|take out|put in|insert|use|get rid of|write|give (?:it|me)|repeat|copy|rewrite|redo|simplify|change|swap|exchange|switch)\b|(?P<after>对调|互换|交换(?:一下)?|换位置)\W*$|(?P<zh>去掉|删掉|删除|拿掉|加上|加|添加|换成|重写|简化|重复)"
)


def _same_verb(rest: str, last: Operation) -> str:
    """What is said now done with the verb of the change before: "remove the words", "I meant the chords"."""
    match = _VERB.search(last.said.lower())
    if match is None:
        return ""
    if match["en"]:
        return f"{match['en']} {rest}"
    return f"{rest}{match['after']}" if match["after"] else f"{match['zh']}{rest}"


def _of_value(rest: str, last: tuple[Operation, ...], old: Tune, sure: int) -> list[Operation]:
    """The changes that a bare value means: "a fourth", "76", "E minor", "the chords"."""
    first = last[0]
    if (note := _NOTE.fullmatch(rest)) and re.fullmatch(r"[A-G][#b]?", first.values.get("to", "")):
        sign = {"sharp": "#", "flat": "b", "升": "#", "降": "b"}.get(
            (note["s"] or note["z"] or "").lower(), note["s"] or ""
        )
        return [replace(first, values={**first.values, "to": note["n"].upper() + sign})]
    if (count := _COUNT.fullmatch(rest)) and (found := _counted(count[0], first, old)):
        return found
    if (chord := _CHORD.fullmatch(rest)) and first.name in ("swap-chord", "set-chords"):
        return [_with_chord(o, chord["name"]) for o in last]
    short = len(rest.split()) <= 2 or rest[:1] in '"《'
    if first.name == "replace-word" and short and (name := _NAMED.fullmatch(rest)):
        return [replace(first, values={**first.values, "new": name["it"].strip()})]
    if first.name == "set-field" and sure == STRONG and (name := _NAMED.fullmatch(rest)):
        return [replace(first, values={**first.values, "value": name["it"].strip()})]
    ways: tuple[Callable[[str, Operation], str], ...] = (_completed, _same_verb)
    for way in ways[: 1 + (sure == STRONG)]:
        said = way(rest, first)
        found = read_operations(said, old) if said else []
        found = [o for o in found if o.name not in ("left-aside", "rewrite", "keep-bars")]
        if found and (way is _same_verb or any(_akin(o, was) for o in found for was in last)):
            return found
    return []


_NOTE = re.compile(
    r"(?:to |an? |the |是|改成)*(?P<z>[升降])?(?P<n>[A-Ga-g])[ -]?(?P<s>sharp|flat|#|b)?(?: note|音)?"
)
_COUNT = re.compile(
    r"(?:just |only |by |是|就)*(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|[一二两三四五六七八])(?:个)?"
)
_NUMBER = re.compile(
    r"(?<![\w.])(?:\d+|one|two|three|four|five|six|seven|eight)(?![\w.])|[一二两三四五六七八]"
)


def _counted(said: str, last: Operation, old: Tune) -> list[Operation]:
    """The change before with another number, where its words have one alone: "up 3 semitones", "2, sorry"."""
    numbers = list(_NUMBER.finditer(last.said.lower()))
    if len(numbers) != 1 or last.name in ("tempo", "tempo-by") or last.place is not None:
        return []
    spot = numbers[0]
    text = f"{last.said[: spot.start()]}{_COUNT.fullmatch(said)['n']}{last.said[spot.end() :]}"  # type: ignore[index]
    found = read_operations(text, old)
    return found if found and all(o.name == last.name for o in found) else []


def _with_chord(operation: Operation, name: str) -> Operation:
    values = dict(operation.values)
    if operation.name == "swap-chord":
        values["new"] = name
    else:
        values["at"] = re.sub(r"=\S+", f"={name}", values["at"])
    return replace(operation, values=values)


def _merged(
    last: tuple[Operation, ...], new: list[Operation], rest: str
) -> tuple[Operation, ...]:  # fmt: skip
    """The changes before with the new ones in the place of those they are akin to: at their bars, for their voice."""
    found: list[Operation] = []
    for operation in last:
        akin = [o for o in new if _akin(o, operation)]
        if not akin:
            found.append(operation)
        for o in akin:
            own = o.place is not None or WHOLE.search(rest.lower()) is not None
            if own and o in found:
                continue
            place = o.place if own or not o.takes_bars else operation.place
            voice = o.voice or (operation.voice if o.name in BY_VOICE else None)
            found.append(replace(o, place=place, voice=voice))
    if not any(_akin(o, was) for o in new for was in last):
        at = last[-1]
        found = [
            replace(o, place=at.place) if o.takes_bars and o.place is None and not WHOLE.search(rest.lower()) else o
            for o in new
        ]  # fmt: skip
    return tuple(found)


_STILL = re.compile(
    r"\b(?:still|even|another|further|again|more|too|also|enough|a (?:bit|little|tad|touch)|slightly|as well|keep|leave)\b|再|还|更|也|太|够|保留|别动|继续"
)
"""Words of a further step, or of a complaint: what is said behind a plain "no" goes on from where we are."""
MOST_WORDS = 9


_ASKS = re.compile(
    r"(?:what|which|where|why|who|when|how|is|are|was|were|does|do|did|has|have)\b(?! about)|.*(?:吗|什么|哪|几个|多少|为什么|怎么)[^把]*$",
    re.IGNORECASE,
)


def put_right(
    text: str, old: Tune, last: tuple[Operation, ...], *, undone: bool = False
) -> tuple[Operation, ...]:
    """The last changes as they were meant; none where the message does not correct them.

    `old` is the tune that they were made from; `undone` says that they are taken back already.
    """
    said = opened(text)
    rest, sure = said.rest, said.sure
    if _ASKS.match(rest):
        return ()
    if not rest or len(rest.split()) > MOST_WORDS + 6:
        if not rest and _REVERSED.search(text):
            return _directed(_REVERSED.search(text)[0], last)  # type: ignore[index]
        return ()
    if turned := _directed(rest, last):
        return turned if sure or _REVERSED.fullmatch(rest) else ()
    if not sure or any("versions" in o.values for o in last):
        return ()
    if sure == WEAK and said.wrong and not _about(said.wrong, last, old):
        return ()
    if voiced := _other_voice(rest, last, old):
        return voiced
    if len(last) == 1 and (again := _said_again(rest, last[0], old)):
        return tuple(again)
    new = [o for o in read_operations(rest, old) if o.name != "left-aside"]
    if not new:
        return (
            _merged(last, of_value, rest) if (of_value := _of_value(rest, last, old, sure)) else ()
        )
    if sure == STRONG and not undone:
        right = _merged(last, new, rest)
        return (
            ()
            if [(o.name, o.values, o.place, o.voice) for o in right]
            == [(o.name, o.values, o.place, o.voice) for o in last]
            else right
        )
    if THEM.search(rest.lower()) or _STILL.search(rest.lower()) or len(rest.split()) > MOST_WORDS:
        return ()
    if not all(any(_akin(o, was) for was in last) for o in new) or _relative(new, last):
        return ()
    found = _merged(last, new, rest)
    same = [(o.name, o.values, o.place, o.voice) for o in found] == [
        (o.name, o.values, o.place, o.voice) for o in last
    ]
    return () if same else found


def _relative(new: list[Operation], last: tuple[Operation, ...]) -> bool:
    """Whether a change goes on from a value that was just set: "no, faster" after "tempo 60"."""
    return any(
        was.name in ("tempo", "dynamic") and o.name in ("tempo-by", "louder", "quieter", "livelier", "calmer")
        for o in new for was in last
    )  # fmt: skip


def _about(wrong: str, last: tuple[Operation, ...], old: Tune) -> bool:
    """Whether what was not meant is what was done."""
    lower = wrong.lower().strip()
    if any(lower in o.said.lower() or lower in map(str.lower, o.values.values()) for o in last):
        return True
    if any(_akin(o, was) for o in read_operations(wrong, old) for was in last):
        return True
    try:
        place = find_place_or_none(old, lower)
    except NoPlace:
        return False
    return place is not None and any(
        o.place is not None and (o.place.first, o.place.last) == (place.first, place.last)
        for o in last
    )


_VOICE_ONLY = re.compile(
    r"(?:\b(?:only|just|for|in|on|to|with|the|my|his|her|its|part|line|voice|stave|staff|one|hands?|left|right|upper|lower|top|bottom|first|second|third|fourth|middle|inner|melody|sopranos?|altos?|tenors?|bass(?:es)?|clef)\b|[\s,.!]|只|就|是|要|在|给|让|改|动|弄|那个|的|左手|右手|[高低中内上下]?(?:[一二三四]|第[一二三四])?(?:音)?声部|女高音?|女低音?|男高音?|男低音?|主?旋律)+",
    re.IGNORECASE,
)
_HAND = re.compile(r"\b(left|right)\b(?: one)?(?! hand)")


def _other_voice(rest: str, last: tuple[Operation, ...], old: Tune) -> tuple[Operation, ...]:
    """The last changes for another voice, where only that is said."""
    if len(old.voices) < 2 or not _VOICE_ONLY.fullmatch(rest):
        return ()
    lower = re.sub(
        r"^(?:the |my |in |on |for |only |just )*", "the ", _HAND.sub(r"\1 hand", rest.lower())
    )
    voice = voice_named(old, lower) or voice_meant(old, lower if lower.isascii() else rest)
    if voice is None or not any(o.name in BY_VOICE or "voice" in o.values for o in last):
        return ()
    return tuple(
        replace(o, values={**o.values, "voice": voice}) if "voice" in o.values
        else replace(o, voice=voice) if o.name in BY_VOICE else o
        for o in last
    )  # fmt: skip


_OTHER_VOICE = re.compile(
    r"\bother (?:hand|voice|part|line|one|stave|player)\b|另(?:外)?(?:一|那)?(?:只|个|条)?(?:手|声部|声)"
)


def in_the_other(lower: str, last: tuple[Operation, ...], tune: Tune) -> tuple[Operation, ...]:
    """The last changes for the other of two voices: "the same for the other hand"."""
    of = next((o.voice for o in reversed(last) if o.voice is not None), None)
    if of is None or len(tune.voices) != 2 or not _OTHER_VOICE.search(lower):
        return ()
    other = next((v.id for v in tune.voices if v.id != of), None)
    return tuple(replace(o, voice=other) for o in last if o.name in BY_VOICE)


_SAME_IN = re.compile(
    r"^(?:and |now |also |then |ok(?:ay)?,? |please )*(?P<too>(?:the |my |her |his )?[a-z ]{3,20}?),? (?:too|as well|also)(?: please| now)*\W*$|\b(?:for|to|in|on|with) (?P<en>(?:the |my |her |his )?[\w ]{3,24}?)(?: (?:too|as well|also|please))*\W*$|^(?:那|再|也|请|把|给|让|对)*(?P<zh>[^,.;]{1,6}?)也"
)


def same_in_voice(lower: str, last: tuple[Operation, ...], tune: Tune) -> tuple[Operation, ...]:
    """The last changes for a voice that is named: "the same in the left hand", 左手也一样."""
    match = _SAME_IN.search(lower)
    return (
        _other_voice((match["too"] or match["en"] or match["zh"]).strip(), last, tune)
        if match
        else ()
    )
