"""What comes back by its name: "put the moon back", "I miss the left hand", 把刚才的和弦放回来, "the original bar 4 was best".

The step of the history that took it away is looked for, from the last one back: by what the version before it had and the
one after it has not. Where that is the last step, it is undone; otherwise that step alone is taken back and what came
later stays, where the two can be told apart. What this does not know: one value set again (`going_back`), and words of
another version (`sung_changes`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from abc_tools.parse import parse_tune
from abc_tools.places import NoPlace, Place
from abc_tools.prosody.sung import verses_of
from abc_tools.tune import Tune
from chat.session import Session, Version
from chat.understand.history import Step
from chat.understand.operation import Operation
from chat.understand.place import find_place_or_none
from chat.understand.without_step import without_step

_WHAT = r"(?:the |my |that |those |these |its |our |old |original |previous |earlier |first )*(?P<{}>[\w#'\" -]{{1,32}}?)"
_OPENS = r"(?:hm+|no+|nah|nope|well|actually|ok(?:ay)?|oh|sorry|but|and|now|so|then|please|i think|i guess|i(?:'ve| have) changed my mind|on second thoughts?|ah|eh|wait|still|maybe|can (?:you|we|i)|could (?:you|we|i)|let's)"
_BACK = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:put|bring|get|give (?:me|us)|take|turn|want|like|have|need|add|switch|set|change|move|restore)\s+{_WHAT.format('a')} back\b(?! (?:to|an?|one|two|by|up|down|\d))",
        rf"\b(?:bring|put|get|give (?:me|us)|add|take|switch|turn|change|move) back {_WHAT.format('a')}(?: again| please| in| there| now| for me| though| after all)*[.!?]*$",
        rf"\bback (?:in)?to {_WHAT.format('a')}(?: again| please| then| now)*[.!?]*$",
        rf"\bi (?:do )?(?:like|liked|prefer|preferred) (?:it|this|that)(?: better| more| best)? (?:in|with|as|when it was) {_WHAT.format('a')}[.!]*$",
        rf"\b(?:restore|reinstate|re-?add|return|recover|un-?delete) {_WHAT.format('a')}(?: again| please| now)*[.!?]*$",
        rf"\bi (?:do )?(?:miss|want|preferred|liked?|prefer) {_WHAT.format('a')}(?: better| more| back| again| though| after all| now| actually| please| the way (?:it|they) w\w+| (?:as|how) (?:it|they) w\w+| before)*[.!]*$",
        rf"^(?:{_OPENS}[\s,.!]+)*{_WHAT.format('a')} (?:again|back)(?: in| please| then| after all)*[.!]*$",
        rf"^(?:{_OPENS}[\s,.!]+)*{_WHAT.format('a')}(?: one| version)? (?:was|were|sounded|felt|looked|worked|is|are|sounds) (?:\w+ )?(?:better|nicer|best|good|fine|prettier|more beautiful|lovelier|ok|cooler|funnier|great)\b(?: before| after all| actually| really| though)*(?:[.,;!-]+ ?(?:please )?(?:(?:can you |could you )?(?:undo|put|give|bring|take|get|change|go|turn|switch|restore|have|revert|use|back)\b.{{0,40}})?)?[.!?]*$",
        r"(?:把|将)?(?:刚才|之前|原来|原先|先前|去掉|删掉|删|拿掉|那些|那个)*的?(?P<a>[\w\u4e00-\u9fff#\"《》]{1,10}?)(?:再|还是|还|都|也|给我|重新)*(?:放|加|还|拿|补|找|要|变|改|换|恢复|收|用|弄|搬|移)回(?:来|去|到?原来|原样|到?原位)(?:吧|好了|了)*[.!]*$",
        r"(?:恢复|还原|找回|还我|加回|放回)(?:刚才|之前|原来|原先|先前|一下)*的?(?P<a>[\w\u4e00-\u9fff#\"]{1,10}?)(?:吧|好了|来)*[.!]*$",
        r"(?:还是|我觉得|觉得)+(?:刚才|之前|原来|原先|先前)?的?(?P<a>[\w\u4e00-\u9fff#\"]{1,10}?)(?:更|比较|听着|要)?(?:好听?|顺耳|合适|舒服|美)(?:一?[点些])?[,.;!]?(?:恢复|还原|换回|改回|放回|撤|变回)?[^,.;]{0,6}[.!]*$",
        r"(?:还是)?(?:想|要|用|喜欢)(?:刚才|之前|原来|原先|先前)的(?P<a>[\w\u4e00-\u9fff#\"]{1,10}?)(?:吧|好了)*[.!]*$",
    )
)  # fmt: skip
"""Ways of asking for something that was there before."""

Has = Callable[[Tune], object]


def _sung(tune: Tune) -> str:
    return re.sub(r"\*|\||_|~", " ", re.sub(r"-\s*", "", " ".join(verses_of(tune)))).lower()


def _signs(tune: Tune) -> int:
    return sum(len(e.decorations) + bool(e.grace) for v in tune.voices for e in v.events)


def _chords(tune: Tune) -> list[str]:
    return [e.chord_symbol for v in tune.voices for e in v.events if e.chord_symbol]


_KINDS: tuple[tuple[str, Has], ...] = (
    (r"(?:left|right|other|second|lower|upper|bottom|third|top)[ -](?:hand|voice|part|line)|voices?|bass(?: line)?|accompaniment|harmony (?:part|line|voice)|descant|drone|counter-?melody|左手|右手|伴奏|第[二三四]声部|声部|低音(?:声部)?|和声声部", lambda t: [[e.midi for e in v.events] for v in t.voices[1:]]),
    (r"chords?|chord symbols?|harmon(?:y|ies)|和弦(?:标记|符号)?|和声|伴奏和弦", _chords),
    (r"(?:words|lyrics|text|singing|verse)|(?:歌)?词", lambda t: _sung(t).split()),
    (r"(?:ornaments?|trills?|grace notes?|decorations?|mordents?|turns?|staccatos?|accents?|dots|fermatas?|装饰音|颤音|倚音|跳音|断奏|重音|延长记号|波音)", _signs),
    (r"(?:repeats?|repeat signs?|反复(?:记号)?|重复(?:记号)?)", lambda t: len(re.findall(r":\||\|:|::", t.source))),
    (r"(?:dynamics?|louds?|softs?|crescendos?|hairpins?|力度(?:记号)?|强弱(?:记号)?|渐强|渐弱)", lambda t: sum(bool(re.search(r"[pf<>]", d)) for v in t.voices for e in v.events for d in e.decorations)),
    (r"(?:pick-?up|upbeat|anacrusis|弱起)", lambda t: t.measures[0].number == 0),
    (r"(?:intro(?:duction)?|outro|coda|tag|ending|bridge|(?:the |all )?bars?|deleted bars?|first bar|last bar|前奏|尾声|结尾|桥段|小节|(?:第|最后)\S{0,4}小节|bars? \d+(?: ?(?:-|to|and) ?\d+)?)", lambda t: t.bar_count),
    (r"(?:slurs?|phrasing|连线|连音线)", lambda t: t.source.count("(")),
    (r"(?:swing|dotted rhythm|rhythm|摇摆|附点|节奏)", lambda t: [e.duration for v in t.voices for e in v.events]),
    (r"(?:title|name|标题|曲名|名字|歌名)", lambda t: t.title or ""),
    (r"(?:tempo|speed|速度)", lambda t: re.findall(r"(?m)^Q:.*$", t.source)),
    (r"(?:clef|谱号)", lambda t: re.findall(r"clef=\w+", t.source)),
    (r"(?:melody|tune|notes|top line|旋律|主旋律|曲调|音)", lambda t: [e.midi for e in t.voices[0].events]),
)  # fmt: skip
"""What may have been taken away → what a tune has of it."""
_PITCHED = re.compile("|".join(f"(?:{_KINDS[n][0]})" for n in (0, 1, 7, 13)))
"""What stands in the key of its time: it cannot come back alone into another one."""
_MAJOR = re.compile(r"(?:the )?(?:major|happy|bright|cheerful|happier|brighter)(?: one| version| key)?|大调|欢快的?|明亮的?")  # fmt: skip
_MINOR = re.compile(r"(?:the )?(?:minor|sad|dark|sadder|darker)(?: one| version| key)?|小调|忧伤的?|暗的?")  # fmt: skip
_FAST = re.compile(r"(?:the )?(?:fast|faster|quick|quicker|lively)(?: one| version| tempo| speed)?|快(?:一?[点些])?的?(?:速度)?")  # fmt: skip
_SLOW = re.compile(r"(?:the )?(?:slow|slower|calm|calmer)(?: one| version| tempo| speed)?|慢(?:一?[点些])?的?(?:速度)?")  # fmt: skip
_HIGH = re.compile(r"(?:the )?(?:high|higher)(?: one| version| octave)?|高(?:一?[点些])?的?")
_LOW = re.compile(r"(?:the )?(?:low|lower)(?: one| version| octave)?|低(?:一?[点些])?的?")
_CHORD = re.compile(r"(?:the )?(?P<c>[A-G][#b]?(?:maj7|m7b5|m7|m|7|dim7?|sus[24]?|6|9)?)(?: chord|和弦)?s?")  # fmt: skip


def _minor(tune: Tune) -> bool:
    return tune.key.mode in ("minor", "aeolian", "dorian", "phrygian", "locrian")


def _speed(tune: Tune) -> float:
    return float(tune.tempo.bpm * tune.tempo.beat)


def _height(tune: Tune) -> float:
    notes = [n for v in tune.voices for e in v.events for n in e.midi]
    return sum(notes) / max(1, len(notes))


def _taken(what: str, before: Tune, after: Tune) -> bool:
    """Whether a step took something away: whether the version before it has it, and the one after it has it no more."""
    lower = what.lower().strip(" \"'《》")
    if chord := _CHORD.fullmatch(what.strip(' "')):
        return _chords(before).count(chord["c"]) > _chords(after).count(chord["c"])
    for words, was in ((_MAJOR, False), (_MINOR, True)):
        if words.fullmatch(lower):
            return _minor(before) is was and _minor(after) is not was
    for words, value, sign in (
        (_FAST, _speed, 1),
        (_SLOW, _speed, -1),
        (_HIGH, _height, 1),
        (_LOW, _height, -1),
    ):
        if words.fullmatch(lower):
            return (value(before) - value(after)) * sign > 0
    if (place := _bars_named(lower, before)) is not None and before.bar_count == after.bar_count:
        return _bars(before, place) != _bars(after, place)
    for pattern, has in _KINDS:
        if re.fullmatch(pattern, lower):
            return bool(has(before)) and has(before) != has(after)
    word = rf"\b{re.escape(lower)}s?\b" if lower.isascii() else re.escape(lower)
    if len(lower) > 1:
        sung = [
            _sung(t) if lower.isascii() else re.sub(r"\s", "", _sung(t)) for t in (before, after)
        ]
        if len(re.findall(word, sung[0])) > len(re.findall(word, sung[1])):
            return True
        titles = [(t.title or "").lower() for t in (before, after)]
        if re.search(word, titles[0]) and not re.search(word, titles[1]):
            return True
    return False


_NOTHING = frozenset((
    "it", "this", "that", "them", "one", "these", "those", "you", "me", "we", "i", "version", "what", "something", "all", "a", "an",
    "everything", "here", "there", "go", "step", "change", "changes", "together", "它", "这个", "那个", "这样", "那样", "曲子", "版本",
))  # fmt: skip
"""Words that name nothing that could come back by itself."""


def _bars_named(lower: str, tune: Tune) -> Place | None:
    """The bars that some words name: "the ending", "bars 3-4"."""
    if not re.fullmatch(_KINDS[7][0], lower):
        return None
    try:
        return find_place_or_none(tune, lower)
    except NoPlace:
        return None


def _bars(tune: Tune, place: Place) -> list[list[tuple[int, ...]]]:
    return [
        [tuple(e.midi) for e in m.events] for v in tune.voices for m in v.measures if place.first <= m.number <= place.last
    ]  # fmt: skip


_OTHER_BARS = re.compile(r"小节|\b(?:bars?|measures?) \d", re.IGNORECASE)


def brought_back(text: str, tune: Tune | None, session: Session) -> Step | list[Operation] | None:
    """The step, or the change, that brings something back; None where nothing of the kind was there and is gone."""
    if tune is None or session.version is None or session.version.parent is None:
        return None
    for pattern in _BACK:
        match = pattern.search(text)
        what = match["a"].strip() if match is not None else ""
        if not what or what.lower() in _NOTHING:
            continue
        if match is not None and _OTHER_BARS.search(text[: match.start()]):
            continue  # "wrong, bar 7, and bar 3 as it was" puts the change right
        if (found := _of(what, tune, session)) is not None:
            return found
    return None


def _of(what: str, tune: Tune, session: Session) -> Step | list[Operation] | None:
    for number, (before, after) in enumerate(_steps(session)):
        old, new = parse_tune(before.abc), parse_tune(after.abc)
        if not _taken(what, old, new):
            continue
        if number == 0 and len(session.memory.operations) <= 1:
            return Step("undo")
        pitched = _PITCHED.fullmatch(what.lower()) or _CHORD.fullmatch(what)
        moved = pitched is not None and new.key.name != tune.key.name
        merged = without_step(before.abc, after.abc, tune.source) if number and not moved else None
        if merged is not None:
            return [Operation("without-step", {"abc": merged, "what": what}, said=what)]
        if not pitched:
            return None
        return [Operation("came-later", {"what": what, "number": str(before.number)}, said=what)]
    return None


def _steps(session: Session) -> Iterator[tuple[Version, Version]]:
    """The steps that led to the version that is shown, the last one first: (version before, version after)."""
    after = session.version
    while after is not None and after.parent is not None:
        before = session.versions[after.parent - 1]
        yield before, after
        after = before
