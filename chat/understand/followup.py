"""What a short message means after the one before it: answers, choices, corrections, "again", "the same there"."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import replace

from abc_tools import numbers
from abc_tools.parse import parse_tune
from abc_tools.places import NoPlace, Place
from abc_tools.tune import Tune
from chat.session import Session
from chat.understand.corrections import another_try, can_move, moved_to
from chat.understand.operation import Operation
from chat.understand.operations import read_operations
from chat.understand.place import find_place_or_none
from chat.understand.pointing import the_other
from chat.understand.put_right import in_the_other, same_in_voice
from chat.understand.wishes import read

_CHOICE = re.compile(
    rf"^(?:i(?:'ll| will| would| do|'d)? (?:take|like|prefer|choose|want|pick|love)(?: it)?|let's (?:take|go with|use|do|try)|take|use|choose|pick|give me|show me|go with|open|play|ok,?|yes,?|select|keep|do|try|write)?\s*(?:the\s+)?(?:(first|second|third|fourth|fifth|last|middle)(?: (?:one|version|tune|option|idea|draft))?|(?:number|no\.?|nr\.?|option|#|tune|idea|version)\s*({numbers.NUMBER})|(\d))(?: please| one)?[\s.!]*$"
    rf"|^(?:那|那就|再|还是)?(?:我)?(?:选|要|用|来|来个|喜欢|就|写|听)?(?:择)?(?:第\s*({numbers.NUMBER})|最后一)\s*(?:个|首|种|版|条)?(?:吧|好了|的)?[.!]*$"
)


def choice(lower: str, count: int) -> int:
    """Which of `count` things was chosen, from 1; 0 if none was."""
    match = _CHOICE.match(lower)
    if match is None or not count:
        return 0
    said = next((g for g in match.groups() if g), "last")
    if said == "last":
        return count
    if said == "middle":
        return (count + 1) // 2
    number = numbers.ORDINALS.get(said) or numbers.value(said) or 0
    return number if 1 <= number <= count else 0


_YES = re.compile(
    r"^(?:yes|yeah|yep|sure|ok(?:ay)?|please(?: do)?|go ahead|fine|do (?:it|that)|sounds good|好(?:的|啊|吧)?|可以|行|是(?:的)?|对|嗯)[\s!.]*(?:please)?[\s!.]*$"
)
_NO = re.compile(
    r"^(?:no|nope|never ?mind|forget it|cancel|stop|不(?:用|要)?(?:了)?|算了|取消)[\s!.]*$"
)
_CHANGE_THIS = re.compile(
    r"\b(?:change|edit|modify|this one|the current|existing)\b|改(?:这|现在)|修改"
)
LONGEST_ANSWER = 60
_ORDERS = re.compile(
    r"\b(?:make|simplif\w*|add|delete|remove|change|move|transpose|put|play|write|copy|repeat|swap|raise|lower|shorten|double|analy\w+|what|why|which|how)\b|加|删|改|换|移|升|降|写|重复|简化|什么|为什么|怎么"
)
"""An order or a question, which answers nothing."""


def after_question(code: str, asked: str, text: str, lower: str) -> str | None:
    """The message that was asked about, completed by the answer; None if this is no answer to it."""
    if _NO.match(lower) or len(text) > LONGEST_ANSWER:
        return None
    if code in ("which-of", "advice"):
        return _offered(asked.split("\n"), lower)
    if code in ASKED_FOR:
        return _supplied(code, asked, text)
    if code == "contradiction":
        return _settled(asked, text, lower)
    if code == "new-or-change":
        if _CHANGE_THIS.search(lower):
            return None
        return (
            f"write a new tune: {asked}"
            if _YES.match(lower) or re.search(r"\bnew\b|新", lower)
            else None
        )
    if code in ("no-such-bars", "no-such-section"):
        if _ORDERS.search(lower):
            return None  # a message of its own
        return (
            f"{asked}, {text}"
            if re.search(
                r"\b(?:bars?|measures?|part|section|half|whole|end|beginning|all)\b|小节|段|部分|半|全|\d",
                lower,
            )
            else None
        )
    values = read(text).values
    if code in ("no-such-key", "two-keys") and (
        "key" in values or "mode" in values or re.fullmatch(r"[a-g][#b]?m?", lower)
    ):
        return f"{asked} no wait, in {text}" if text.isascii() else f"{asked} 不对,{text}"
    wanted = {"no-such-meter": "meter", "meter-unsupported": "meter", "two-meters": "meter", "no-such-tempo": "tempo",
              "no-such-length": "bars", "form-too-long": "bars"}.get(code)  # fmt: skip
    if wanted and wanted in values:
        return f"{asked} no wait, {text}"
    if wanted and (found := re.fullmatch(rf"(?:about |around )?({numbers.NUMBER})[.!]?", lower)):
        number = numbers.value(found[1])
        unit = {"tempo": f"at {number} bpm", "bars": f"{number} bars"}.get(wanted)
        return f"{asked} no wait, {unit}" if unit else None
    return None


ASKED_FOR: dict[str, tuple[str, str]] = {
    "which-key": ("put {it} in {value}", "把{it}改成{value}"), "which-mode": ("make {it} {value}", "把{it}改成{value}"),
    "which-instrument": ("play it on the {value}", "换成{value}演奏"), "which-tempo": ("tempo {value}", "速度{value}"),
    "which-level": ("play {it} {value}", "{it}力度{value}"),
    "which-meter": ("put {it} in {value}", "把{it}改成{value}"), "which-dance": ("make it a {value}", "改成{value}"),
    "which-title": ('call it "{value}"', "标题改成《{value}》"), "which-composer": ("composer: {value}", "作曲者是{value}"),
}  # fmt: skip
"""What was asked for → the message that the answer completes, in English and Chinese."""
MOST_WORDS = 5


def _supplied(code: str, asked: str, text: str) -> str | None:
    """The value that was asked for, in a message that says what it is for; a longer text is a message of its own."""
    zh = re.search(r"[\u4e00-\u9fff]", asked + text) is not None
    if len(text.split()) > MOST_WORDS or len(text) > LONGEST_ANSWER // 2:
        return None
    value = re.sub(
        r"^(?:in|to|a|an|the|on|at|for|maybe|please|let's say)\s+", "", text.strip(" .!。")
    )
    bars = re.search(
        r"(?:bars?|measures?) [\d -]+\d|第.{1,8}小节|\b(?:the )?[a-h] (?:part|section)\b",
        asked.lower(),
    )
    it = bars[0] if bars else ("这首曲子" if zh else "it")
    return ASKED_FOR[code][zh].format(it=it, value=value)


def _offered(options: list[str], lower: str) -> str | None:
    """The one of the things offered that was chosen; yes takes the first."""
    number = choice(lower, len(options))
    if not number and (_YES.match(lower) or re.match(r"^(?:the )?(?:former|first)\b", lower)):
        number = 1
    return options[number - 1] if number else None


def _settled(asked: str, text: str, lower: str) -> str | None:
    """A waltz in 4/4? Which of the two goes: the answer names what stays."""
    wishes = read(asked)
    rhythm, meter = wishes.values.get("rhythm", ""), wishes.values.get("meter", "")
    answer = read(text).values
    first = (
        _YES.match(lower)
        or re.search(r"\bfirst\b|前者|第一", lower)
        or answer.get("rhythm") == rhythm
    )
    second = answer.get("meter") == meter or re.search(r"\bsecond\b|\blatter\b|后者|第二", lower)
    if second and answer.get("rhythm") != rhythm:
        return f"{_without(asked, rhythm)}, {meter}"
    if answer.get("meter") and answer["meter"] != meter:
        return f"{asked} no wait, {answer['meter']}"
    if first:
        from abc_tools.styles import STYLES

        return f"{asked} no wait, {STYLES[rhythm].meters[0]}"
    return None


def _without(asked: str, rhythm: str) -> str:
    from abc_tools.styles import STYLES

    for word in sorted((rhythm, *STYLES[rhythm].words), key=len, reverse=True):
        asked = re.sub(re.escape(word), "tune", asked, flags=re.IGNORECASE)
    return asked


# -- changes said again -----------------------------------------------------------------------
_AGAIN = re.compile(
    r"^(?:ok,? |and |now |yes,? |please |good,? |nice,? )*(?:do (?:it|that) )?(?:again|once more|one more time|more|even more|a (?:bit|little) more|still more|more please|further|same again|keep going|repeat that)(?: please)?[\s!.]*$|^(?:再(?:来)?(?:一次|一遍|一点|来|多一点)?|还要|继续|更多)[!.]*$"
)
_SAME_THERE = re.compile(
    r"\b(?:do )?(?:the )?same (?:thing |again |change )*(?:for|to|in|on|with)\b|\bsame (?:thing|again)\b|\b(?:also|too|as well)\b|\b(?:and|now) (?:for |in |on )?(?:the|bars?)\b|\bwhat about\b|也(?:一样|这样|要|改|是|同样)?|同样"
)


_DO_THE_SAME = re.compile(
    r"^(?:ok(?:ay)?,? |and |now |then |good,? |great,? |nice,? |please |can you |could you )*(?:do )?(?:the )?(?:same|that|this) (?:thing |again )?(?:for|to|in|on|with)\b(?!.*\bbut\b)"
    r"|^(?:对|给|把)?[^,.;]{1,8}也(?:一样|这样|同样|照样|来一遍|这么改|如此)"
)


_EVERYWHERE = re.compile(
    r"\beverywhere\b|\bevery time\b|\bwherever\b|\ball the (?:others|other (?:places|ones|bars))\b|\b(?:in|at) all (?:the )?other (?:places|bars)\b|\b(?:the|all) rest of them\b|其他(?:的)?(?:地方|小节)?(?:也|都)|所有(?:的)?地方|凡是出现|每(?:一)?(?:次|处)"
)


def _everywhere(last: tuple[Operation, ...], session: Session) -> tuple[Operation, ...]:
    """What was done at one place, wherever the same thing stands: a chord for another, a note for another."""
    change = last[-1]
    if change.name == "alter-notes" and "name" in change.values:
        return (replace(change, place=None),)
    if change.name != "set-chords" or not can_move(change) or session.memory.before is None:
        return ()
    bar, _, new = re.split("[:=]", change.values["at"])
    old = parse_tune(session.versions[session.memory.before - 1].abc)
    there = [
        (e.onset, e.chord_symbol) for m in old.measures if m.number == int(bar) for e in m.events if e.chord_symbol
    ]  # fmt: skip
    return (Operation("swap-chord", {"old": str(there[0][1]), "new": new}),) if there else ()


_CHORD_INSTEAD = re.compile(
    r"^(?:ok(?:ay)?,? |hm+,? |and |so |then |now |well,? |nice,? |please |no,? )*(?:could|can|would|should|what if|how about|what about|try|use|put|make|change|swap|let|have|turn|i'd (?:like|prefer))?\b[^.;]{0,24}?(?:an? |the |to |into |with |for )?(?:plain |simple |just |normal )?(?P<chord>[A-G][#b]?(?:maj7|m7|min|m|7|dim|sus4|sus2)?)(?P<word> minor| major| seventh| 7)?(?: chord)?(?: instead| there| here| in place of it| in its place)*[?.! ]*$"
    r"|^(?:那|这里|那里|可以|能)?[^,.;]{0,6}(?:换成|改成|用|变成)(?P<zh>[A-G][#b]?(?:maj7|m7|m|7|dim|sus4)?)(?:和弦)?(?:吧|行吗|可以吗|好吗|试试)?[?.!]*$"
)
_POINTS_AT_IT = re.compile(r"\b(?:that|it|this|there|instead|here)\b|那|这|换|改")


_TRITONE = re.compile(
    r"\b(?:swap|replace|substitute|exchange|change|try|use|turn|make|put)\b[^.;]{0,24}\b(?:it|that|this|its|there|here|a|the)\b[^.;]{0,12}\btritone\b|(?:换成|用|改成)[^,.;]{0,6}三全音"
)


def chord_instead(text: str, tune: Tune, session: Session) -> tuple[Operation, ...]:
    """Another chord for the one that the question before was about: "could that be a plain E instead?"."""
    asked = session.memory.asked
    match = _CHORD_INSTEAD.match(text)
    if asked is not None and _TRITONE.search(text.lower()):
        return (Operation("reharmonise", {"how": "tritone"}, asked, said=text),)
    if (
        asked is None
        or match is None
        or asked.first != asked.last
        or not _POINTS_AT_IT.search(text.lower())
    ):
        return ()
    there = [
        e for m in tune.measures if m.number == asked.first for e in m.events if e.chord_symbol
    ]
    meter = next((m.meter for m in tune.measures if m.number == asked.first), None)
    if not there or meter is None:
        return ()
    word = {" minor": "m", " seventh": "7", " 7": "7"}.get(match["word"] or "", "")
    beat = 1 + there[0].onset / meter.beat
    name = (match["chord"] or match["zh"]) + word
    return (Operation("set-chords", {"at": f"{asked.first}:{beat}={name}"}, said=text),)


_NEXT = re.compile(
    rf"\b(?:the )?(?:next|following) ({numbers.NUMBER})(?: (?:bars?|measures?|ones))?\b|(?:接下来|后面|下面|再往后)的?({numbers.NUMBER})个?小节"
)


def _next_bars(lower: str, session: Session, tune: Tune) -> Place | None:
    """So many bars behind those of the last change: "and the next four as well"."""
    match, before = _NEXT.search(lower), session.memory.place
    count = numbers.value(match[1] or match[2]) if match else None
    if before is None or not count or before.last + count > tune.bar_count:
        return None
    return Place(before.last + 1, before.last + count)


_LATER = re.compile(
    rf"\b(?:same|again|repeat (?:that|it)|do (?:that|it)|and)\b[^.;]{{0,16}}?\b({numbers.NUMBER}|a) (?:bars?|measures?) (?P<en>later|earlier|further on|on|before that|after that)\b|(?:过|再过|往后|隔)({numbers.NUMBER})个?小节[^,.;]{{0,3}}(?:也|再|同样)|({numbers.NUMBER})个?小节(?P<zh>之后|后|以后|之前|前)[^,.;]{{0,4}}(?:也|再来|同样|一样)"
)


def _bars_later(lower: str, session: Session, tune: Tune) -> Place | None:
    """The bars so many bars behind, or before, those of the last change: "same again two bars later"."""
    match, at = _LATER.search(lower), session.memory.place
    if match is None or at is None:
        return None
    said = next(g for g in (match[1], match[3], match[4]) if g)
    count = 1 if said == "a" else numbers.value(said) or 0
    early = (match["en"] or "").startswith(("earlier", "before")) or (match["zh"] or "") in (
        "之前",
        "前",
    )
    first, last = at.first + (-count if early else count), at.last + (-count if early else count)
    return Place(first, last) if count and first >= 1 and last <= tune.bar_count else None


_HALF_THAT = re.compile(
    r"^(?:and |now |then |ok(?:ay)?,? |so |please |make it )*(?:(?P<half>half(?: of)? (?:that|it|the speed)|halve (?:that|it))|(?P<double>(?:double|twice) (?:that|it)))(?: again| please| now)*\W*$|^(?:再)?(?:(?P<zh>减半|慢一半)|(?P<zd>加倍|快一倍))(?:吧)?\W*$"
)


def _half_that(lower: str, session: Session) -> tuple[Operation, ...]:
    """Half or twice the tempo, where the tempo was spoken of last."""
    match = _HALF_THAT.match(lower)
    tempi = {"".join(re.findall(r"(?m)^Q:.*$", version.abc)) for version in session.versions}
    if match is None or len(tempi) < 2:
        return ()
    factor = "0.5" if match["half"] or match["zh"] else "2"
    return (Operation("tempo-by", {"factor": factor}),)


_TITLE_TOO = re.compile(
    r"^(?:and |also |now |ok(?:ay)?,? |please |in |change |do |fix |same (?:for|in) )*(?:the |its )?(?:title|name)(?: as well| too| also| please)*\W*$|^(?:标题|曲名|歌名|题目)(?:里|中)?也(?:要|一样|改|换|同样)?(?:改|换)?(?:一下|掉|吧)?\W*$"
)


def _title_too(lower: str, last: tuple[Operation, ...], tune: Tune) -> tuple[Operation, ...]:
    """The word that was exchanged in what is sung, exchanged in the title: "title too"."""
    change = last[-1]
    if change.name != "replace-word" or not _TITLE_TOO.match(lower):
        return ()
    old, new = change.values["old"], change.values["new"]
    title = re.sub(
        re.escape(old),
        lambda m: new.capitalize() if m[0][:1].isupper() else new,
        tune.title or "",
        flags=re.IGNORECASE,
    )
    return (Operation("set-field", {"name": "T", "value": title}),) if title != tune.title else ()


def repeated(text: str, lower: str, tune: Tune, session: Session) -> tuple[Operation, ...]:
    """The last changes once more: "again", "a bit more", or "the same for bars 5-8"."""
    last = session.memory.operations
    if half := _half_that(lower, session):
        return half
    if not last:
        return ()
    if titled := _title_too(lower, last, tune):
        return titled
    if _AGAIN.match(lower):
        return last
    if written := another_try(lower, session):
        return written
    if _EVERYWHERE.search(lower) and (all_of_them := _everywhere(last, session)):
        return all_of_them
    if (later := _bars_later(lower, session, tune)) and any(map(can_move, last)):
        return tuple(moved_to(o, later) for o in last if can_move(o))
    if _SAME_THERE.search(lower) and (
        other := in_the_other(lower, last, tune) or same_in_voice(lower, last, tune)
    ):
        return other
    if not _SAME_THERE.search(lower) or (
        not _DO_THE_SAME.search(lower) and read_operations(text, tune)
    ):
        return ()
    try:
        place = _next_bars(lower, session, tune) or the_other(lower, session.memory.place, tune)
        place = place or find_place_or_none(tune, lower)
    except NoPlace:
        return ()
    if place is None or not any(map(can_move, last)):
        return ()
    return tuple(moved_to(o, place) for o in last if can_move(o))
