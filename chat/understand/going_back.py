"""What goes back: one thing as it was before ("put the tempo back", 还是原来的调吧), some bars, or the last change with
another in its place.

The version in which it was otherwise is looked for, from the last one back. Where that is what the last message
changed and nothing else, the step back is an undo; otherwise the value of that time is set again and the rest stays.
What this does not know: words, which are put back by `chat.act.sing`.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from abc_tools.parse import parse_tune
from abc_tools.places import NoPlace, Place
from abc_tools.theory import parse_meter
from abc_tools.tune import Tune
from chat.session import Session, Version
from chat.understand.history import Step
from chat.understand.operation import Operation
from chat.understand.operations import read_operations
from chat.understand.place import find_place_or_none

_ASPECTS = (
    ("tempo", r"tempo|speed|pace|速度"), ("key", r"key(?: signature)?|tonality|pitch|调(?!子)|调性|音高"),
    ("meter", r"met(?:er|re)|time signature|time|beat|拍子?|拍号"), ("chords", r"chords?|harmony|harmonies|chord symbols|和弦|和声"),
    ("title", r"title|name|标题|曲名|歌名|名字"),
)  # fmt: skip
_NAMES = "|".join(words for _, words in _ASPECTS)
_BACK = re.compile(
    rf"\b(?:put|change|turn|set|bring|switch|move|take|restore|revert|return|have|get|reset)\s+(?:the |my |its |that |old |original |previous )*(?P<a>{_NAMES})\s*(?:back\b|to (?:what|how|where) it was|(?:the way|as) it was|like (?:it was )?before|again$)"
    rf"|\bback to (?:the |its |my )?(?:old|original|previous|first|earlier|former) (?P<b>{_NAMES})\b|\b(?:the )?(?:old|original|previous|earlier|former) (?P<c>{_NAMES}) (?:back|again|was (?:better|fine|nicer))"
    rf"|(?P<d>{_NAMES})(?:再|还是|就)?(?:改|换|调|变|设|弄)?回(?:去|来|原来|原先|到?之前|到?原来)|(?:恢复|用回|换回|改回|调回|还是用?)(?:原来|之前|先前|原先|以前)的?(?P<e>{_NAMES})|(?:恢复|还原)(?P<f>{_NAMES})"
)
_BACK_TO = re.compile(
    r"\b(?:go|going|went|put (?:it|this|that)|change (?:it|this|that)|turn (?:it|this|that)|take (?:it|this|that)|switch(?: it)?|move it|bring it|get it|return)? ?back (?:in)?to (?!the (?:start|beginning|original|first|one)|normal|version|how|what)(?P<en>[\w/# ]{1,24}?)(?: again| please| then)*[.!]*$"
    r"|(?:改|换|调|变)回到?(?P<zh>[\w/#升降大小调拍分之]{1,8}?)(?:吧|好了)?[.!]*$"
)

_UNSWAP = re.compile(
    r"^(?:ok(?:ay)?,? |no,? |now |and |actually,? |please |hm+,? )*(?:swap|switch|change|turn|flip) (?:them|it|those|that|the (?:two|voices|parts|hands)) back(?: (?:round|around|again|please|(?:to )?(?:how|what|the way) (?:it|they) w\w+))*[.!]*$|^(?:再|还是|那|那就|算了|唉|嗯|不|都|请|给我|帮我|它|它们|[,.!])*(?:(?:换|调|改|变|还|移|搬|放|退)回(?:来|去|原来(?:的样子|那样)?|原样)|(?:恢复|还原)(?:一下|回来|回去|原来的|原样)?)(?:吧|好了|了)*[.!]*$"
)

_INTERJECTIONS = r"(?:(?:ach|och|ah|oh|ugh|eek|ew|hm+|mm+|no+|nope|nah|well|sorry|ok(?:ay)?|yikes|blimey|wow|god|ouch|actually|please|just|so|and|then|let's|can you|could you|would you|better|now|right|unfortunately)[,.! ]+)*"
_COMPLAINS = re.compile(
    rf"{_INTERJECTIONS}(?:(?:it|that|this|they|she|he|we|i|my \w+|the \w+)(?:'s|'re|'m|'ve)? )?(?:\w+ ){{0,4}}?(?:(?:far |way |much |a bit |just |still )*too|horrible|awful|terrible|ugly|squeaky|screechy|shrill|muddy|worse|no good|not (?:good|nice|right|it|for (?:me|us)|what i (?:meant|wanted))|hates? (?:it|that|this)|(?:don't|doesn't|can't|couldn't|didn't) (?:\w+ ){{0,3}}\w+)\b[^.;!?]{{0,40}}?[.,;!?-]+ *{_INTERJECTIONS}(?:(?:put|change|take|bring|turn|move|switch|set) (?:it|that|this|them|everything) (?:all )?back(?: again)?|(?:take|bring|put) back|undo(?: (?:it|that|this))?|revert(?: (?:it|that))?|go back|back(?= please| again|[.!]*$))(?: (?:to )?(?:how|what|where|the way|as) (?:it|that|they|we) (?:was|were|had)(?: (?:it|before))?)?(?: please| again| then| now| thanks)*[.! ]*"
    r"|(?:哎呀?|唉|呃|嗯|不|哦|啊|呀|[,.!])*[^,.;!?]{0,8}(?:太|不好|不行|难听|刺耳|别扭|奇怪|不对劲|更差|不合适|受不了|唱不了|够不着|上不去|下不来)[^,.;!?]{0,8}[,.;!?]+(?:还是|那|就|请|给我|帮我|麻烦|快|先|都|再)*(?:恢复|还原|退回|撤销|撤回|(?:改|换|变|调|移|弄)回(?:去|来|原来(?:的样子|那样)?|原样)|回到?原来(?:的样子|那样)?)(?:吧|好了|了|一下|回去|原来的|原样)*[.!]*"
)
"""What was done is not liked, and shall go back: "ach no, too squeaky. put it back". The complaint is no change of its own."""
_HAD = re.compile(
    rf"\b(?P<g>{_NAMES}) (?:that |which )?(?:we|it|you|i|they|this|the (?:tune|song|piece)) (?:had|have had|started(?: out| off)?|began|used|was|were|took|wrote|gave)\b|\b(?:the )?(?:first|very first|initial|starting|beginning) (?P<h>{_NAMES})\b(?! (?:note|bar|chord|is|of the))|(?:一开始|最开始|刚开始|最初|最早|开头|起初|起先|原先|当初)(?:用|定|写|给)?的(?:那个)?(?P<i>{_NAMES})"
)
_PREFERRED = re.compile(
    r"\b(?:was|were|is|sounded|felt|suited|worked) (?:me |us )?(?:\w+ )?(?:better|nicer|best|good|fine|right|ok)\b|\b(?:prefer\w*|go(?:ing)? (?:back|with)|back to|put|bring|give|take|return|restore|use|want|like[ds]?|stick|keep)\b|更?好|合适|舒服|恢复|还原|回|换|用|还是|要"
)
"""A value of the beginning is preferred: "the speed we had at first was better"."""


def _as_at_first(aspect: str, tune: Tune, session: Session) -> Step | list[Operation] | None:
    """One value as the first version has it; a step back where that is all there is between."""
    *_, first = _earlier(session)
    old = parse_tune(first.abc)
    if _VALUES[aspect](old) == _VALUES[aspect](tune):
        return None
    version = session.version
    assert version is not None, "there are earlier versions"
    if version.parent == first.number and len(session.memory.operations) == 1:
        return Step("undo")
    return _SET[aspect](old)


def went_back(
    text: str, lower: str, tune: Tune | None, session: Session
) -> Step | list[Operation] | None:
    """The step or the changes that put one thing back; None where a message means nothing of the kind."""
    if tune is None or session.version is None or session.version.parent is None:
        return None
    if session.memory.operations and (_UNSWAP.search(lower) or _COMPLAINS.fullmatch(lower)):
        return Step("undo")
    if (match := _HAD.search(lower)) and _PREFERRED.search(lower):
        said = next(g for g in match.groups() if g)
        aspect = next(name for name, words in _ASPECTS if re.fullmatch(words, said))
        return _as_at_first(aspect, tune, session)
    if match := _BACK.search(lower):
        said = next(g for g in match.groups() if g)
        aspect = next(name for name, words in _ASPECTS if re.fullmatch(words, said))
        return _as_before(aspect, tune, session)
    if match := _BACK_TO.search(lower):
        return _to_value((match["en"] or match["zh"]).strip(), tune, session)
    return None


def _earlier(session: Session) -> Iterator[Version]:
    """The versions before the one that is shown, the last one first."""
    version = session.version
    while version is not None and version.parent is not None:
        version = session.versions[version.parent - 1]
        yield version


def _as_before(aspect: str, tune: Tune, session: Session) -> Step | list[Operation] | None:
    value = _VALUES[aspect]
    for number, version in enumerate(_earlier(session)):
        old = parse_tune(version.abc)
        if value(old) != value(tune):
            if number == 0 and len(session.memory.operations) == 1:
                return Step("undo")
            return _SET[aspect](old)
    return None


def _to_value(said: str, tune: Tune, session: Session) -> Step | list[Operation] | None:
    """A meter, a key or a tempo by its name, if the tune has had it before."""
    version = next(_earlier(session))
    old = parse_tune(version.abc)
    one_change = len(session.memory.operations) == 1
    meters = [t.meter for t in (old, tune)]
    if (
        re.fullmatch(r"[2-9]|12|two|three|four|five|six|[二三四六]拍?", said)
        and meters[0] != meters[1]
    ):
        count = {
            "two": 2,
            "three": 3,
            "four": 4,
            "five": 5,
            "six": 6,
            "二": 2,
            "三": 3,
            "四": 4,
            "六": 6,
        }
        wanted = count.get(said.rstrip("拍"), 0) or int(re.sub(r"\D", "", said) or 0)
        if meters[0] is not None and int(meters[0].text.split("/")[0]) == wanted:
            return Step("undo") if one_change else _SET["meter"](old)
    if one_change and (chord := _CHORD.fullmatch(said)):
        had = [{name.lower() for _, _, name in _symbols(t)} for t in (old, tune)]
        return (
            Step("undo")
            if (chord[1] or chord[2]).lower() in had[0] and _symbols(old) != _symbols(tune)
            else None
        )
    zh = re.search(r"[\u4e00-\u9fff]", said) is not None
    operations = read_operations(f"改成{said}" if zh else f"put it in {said}", tune)
    if len(operations) != 1 or operations[0].name not in ("key", "mode", "meter", "tempo"):
        return None
    aspect = "key" if operations[0].name == "mode" else operations[0].name
    if (
        one_change
        and _VALUES[aspect](old) != _VALUES[aspect](tune)
        and _would_be(operations[0], old)
    ):
        return Step("undo")
    return operations


_CHORD = re.compile(
    r"(?:the |an? |my |that )?([a-g][#b]?(?:m|7|maj7|m7|dim7?|sus[24]?|6|9|m7b5)?) chord|(?:the |an? |my |that )?([a-g][#b]?(?:m7b5|maj7|m7|dim7|dim|sus4|sus2|m|7|6|9))",
    re.IGNORECASE,
)


def _would_be(operation: Operation, old: Tune) -> bool:
    """Whether the version before has what is asked for."""
    if operation.name == "meter":
        meter = parse_meter(operation.values["meter"])
        return meter is not None and old.meter is not None and meter.text == old.meter.text
    return re.sub(r"\s+|major$", "", operation.values.get("key", "?").lower()) == re.sub(
        r"\s+|major$", "", old.key.name.lower()
    )


def _field(name: str) -> Callable[[Tune], str]:
    def value(tune: Tune) -> str:
        return next((f.value for f in tune.fields if f.name == name), "")

    return value


def _symbols(tune: Tune) -> list[tuple[int, str, str]]:
    return [
        (m.number, str(1 + e.onset / m.meter.beat), e.chord_symbol)
        for m in tune.measures if m.meter is not None for e in m.events if e.chord_symbol
    ]  # fmt: skip


def _tempo_again(tune: Tune) -> list[Operation]:
    said = re.search(r"=\s*(\d+)", _field("Q")(tune))
    return [Operation("tempo", {"bpm": said[1]})] if said else []


def _chords_again(tune: Tune) -> list[Operation]:
    at = " ".join(f"{bar}:{beat}={name}" for bar, beat, name in _symbols(tune))
    gone = Operation("remove-chords", {})
    return [gone, Operation("set-chords", {"at": at})] if at else [gone]


_VALUES: dict[str, Callable[[Tune], object]] = {
    "tempo": _field("Q"), "key": lambda tune: tune.key.name, "meter": lambda tune: tune.meter and tune.meter.text,
    "chords": _symbols, "title": _field("T"),
}  # fmt: skip
_SET: dict[str, Callable[[Tune], list[Operation]]] = {
    "tempo": _tempo_again, "key": lambda tune: [Operation("key", {"key": tune.key.name})],
    "meter": lambda tune: [Operation("meter", {"meter": tune.meter.text})] if tune.meter else [],
    "chords": _chords_again, "title": lambda tune: [Operation("set-field", {"name": "T", "value": _field("T")(tune)})],
}  # fmt: skip


# -- the last change taken back ----------------------------------------------------------------

_UNDOES = re.compile(
    r"^(?:[^.;!?]{0,70}[.,;!?]\s*)??(?:hm+,? |no,? |oh,? |ok(?:ay)?,? |actually,? |wait,? |oops,? |please |let's |can you |could you )*(?:undo(?: that| it)?|put (?:it|that) back|take (?:it|that) back|go back|revert(?: that)?|change it back)(?: (?:the way|how|as|to how|to the way) it was)?(?: please)?(?:[.!,;]+| and| but| then)\s*(?:and |then |but |now |instead,? )*(?:(?:what|how) about )?(?:just )?(?P<rest>.{4,})$"
    r"|^(?:[^.;!?]{0,30}[.,;!?])??(?:不,?|哦不,?)?(?:先)?(?:撤销|撤回|改回去|改回来|恢复|退回去)(?:吧|它)?[.!,;]+\s*(?:然后|再|改成|还是)?(?P<zh>.{3,})$",
    re.IGNORECASE,
)


def undone_and(text: str, tune: Tune | None, session: Session) -> tuple[Operation, ...]:
    """What is asked for in place of the last change: "put it back. What about E minor?"."""
    match = _UNDOES.match(text)
    if match is None or tune is None or session.memory.before is None:
        return ()
    old = parse_tune(session.versions[session.memory.before - 1].abc)
    rest = re.sub(r"\?+\s*$", "", match["rest"] or match["zh"])
    rest = re.sub(r"^(\w+)ing\b", lambda m: _VERB_OF.get(m[0].lower(), m[0]), rest)
    return tuple(read_operations(rest, old))


_VERB_OF = {
    "dropping": "drop", "making": "make", "moving": "move", "raising": "raise", "lowering": "lower", "putting": "put",
    "adding": "add", "changing": "change", "turning": "turn", "taking": "take", "using": "use", "trying": "try",
    "playing": "play", "slowing": "slow", "transposing": "transpose",
}  # fmt: skip
_RESTORES = re.compile(
    r"\b(?:put|change|turn) (?:that|this|it)(?: one| bar)? back\b|\b(?:original|old|previous|earlier|first) (?:bars?|measures?) \d|\b(?:original|old|previous|earlier) (?:first|last|second|opening|final|closing|ending|bars?\b)|\b(?:put|get|give|want|have|bring|like|change|turn)\b[^.;]{0,16}\b(?:(?:bars?|measures?) \d[\d -]*|(?:first|last|second) (?:bar|half|line))\b[^.;]{0,12}\bback\b|\b(?:bars?|measures?) [\d -]+(?:was|were|sounded) (?:\w+ )?(?:better|best|nicer|fine)\b|\b(?:restore|revert|undo|put)\b[^.;]*\b(?:bars?|measures?|the (?:bridge|ending|chorus|verse|intro|[a-h] part|(?:first|second|last|other) (?:half|line|phrase|part|section)))\b|\b(?:bars?|measures?) [\d -]+\w* (?:back|as (?:it|they) (?:was|were)|how (?:it|they) (?:was|were))\b"
    r"|第.{1,4}小节(?:还是)?(?:用|要|按)?(?:回)?(?:原来|最初|之前|原先|一开始)的(?!.{0,3}(?:基础|样子上))|(?:原来|最初|之前|原先)的第.{1,4}小节|第.{1,8}小节(?:还是|都|就|给我|再)?(?:恢复|还原|改回|撤回|回到)(?!.{0,3}(?:记号|[A-G]))|(?:恢复|还原|撤销)第.{1,8}小节"
)


_AS_AT_FIRST = re.compile(
    r"\b(?:original|originally|first version|at first|in the beginning)\b|最初|一开始|最开始|原来|原版|原本"
)


def restoring(text: str, lower: str, tune: Tune | None, session: Session) -> tuple[Operation, ...]:
    """Some bars as they were before they were changed last, or at first: "put bar 5 back", 只要第10小节恢复原样."""
    version = session.version
    if tune is None or version is None or version.parent is None or not _RESTORES.search(lower):
        return ()
    if not _GOES_BACK.search(lower) or not _NAMES_BARS.search(lower):
        return ()
    try:
        place = find_place_or_none(tune, lower)
    except NoPlace:
        return ()
    if place is None:
        return ()
    found: Version | None = None
    for before in _earlier(session):
        old = parse_tune(before.abc)
        if old.bar_count != tune.bar_count:
            break
        if found is None or _AS_AT_FIRST.search(lower):
            found = before if _differs(old, tune, place) else found
    if found is None:
        return ()
    values = {"abc": found.abc} | (
        {"number": str(found.number)} if found.number != version.parent else {}
    )
    return (Operation("restore-bars", values, place, said=text),)


def _differs(old: Tune, new: Tune, place: Place) -> bool:
    """Whether some bars have other text in two versions."""
    said = [
        [m.span.of(t.source) for v in t.voices for m in v.measures if place.first <= m.number <= place.last]
        for t in (old, new)
    ]  # fmt: skip
    return said[0] != said[1]


_NAMES_BARS = re.compile(
    r"\b(?:bars?|measures?|half|line|phrase|part|section|bridge|ending|intro|chorus|verse)\b|小节|段|句|半|结尾|尾声|前奏"
)
_GOES_BACK = re.compile(
    r"\bback\b|\brestore|\brevert|\bundo|as (?:it|they) w|how (?:it|they) w|\b(?:was|were|sounded) (?:\w+ )?(?:better|best|nicer|fine)|\boriginal\b|恢复|还原|改回|撤|回到|放回|换回|还是.{0,12}好"
)
