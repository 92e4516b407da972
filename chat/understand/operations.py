"""The changes that a message asks for, in order: which edit, with what values, on which bars.

A message is cut into clauses; each clause is read by the rules of `rules`, the first that fits
taking its words. A clause without a change of its own (", in the second half") says where the
change before it goes. What needs taste ("more exciting") is an operation `rewrite`. What it does not
know: how a change is made (`chat.act`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from abc_tools import places_within
from abc_tools.edit.registry import EDITS
from abc_tools.numbers import in_digits
from abc_tools.places import NoPlace, Place
from abc_tools.sections import sections
from abc_tools.tune import Tune
from chat.understand.place import bars_of, names_bars_only, rest_of
from chat.understand.rules import RULES
from chat.understand.rules.base import Clause
from chat.understand.rules.voices import voice_of
from chat.understand.text import clauses, normalise, spelled

WHOLE = re.compile(
    r"\bwhole (?:tune|song|piece|thing|melody)|\beverything\b|\ball of it\b|\bentire\b|\ball bars\b|\bthroughout\b|整首|整个曲子|全曲|全部|整曲|从头到尾"
)
THEM = re.compile(
    r"\b(?:them|those|these|there|same (?:bars|part|section|place))\b|那(?:里|几|些)|这(?:里|几小节|些)|同样的地方|那段|这段|这一段"
)
MOST_OPERATIONS = 12


@dataclass(frozen=True)
class Operation:
    """One change. `name` is that of an edit or of a change in `chat.act.change`; `place` the bars it is
    for (None: as the change wants it), `voice` the voice; `wrong` says that it names bars the tune has not.
    """

    name: str
    values: dict[str, str] = field(default_factory=dict)
    place: Place | None = None
    wrong: NoPlace | None = None
    said: str = ""
    voice: str | None = None

    @property
    def takes_bars(self) -> bool:
        """Whether it can be made for some bars only."""
        return self.name in LOCAL or (self.name in EDITS and EDITS[self.name].scope != "tune")


LOCAL = {
    "rewrite", "dance", "tempo-by", "feel", "happier", "sadder", "swap-bars", "simplify", "harder", "louder",
    "quieter", "lock", "unlock", "answer-phrase", "hairpin", "keep-bars", "jazzy", "shorter",
    "slow-down", "swell", "swap-chord", "second-voice", "rest-voice", "split-note", "swap-notes", "words-at",
}  # fmt: skip
"""Changes of ours, besides the edits, that some bars are enough for."""
ONCE = {"add-bass", "second-voice", "add-chords"}
"""Changes that two ways of saying them ask for once: "a left hand, oom-pah-pah"."""
POINTS = {"rewrite", "delete-bars", "copy-bars", "repeat-bars"}
"""Changes for which "it" is what the question before was about."""
LOOSE = {"transpose": ("transpose", "octave", "key", "transpose-diatonic", "instrument"), "longer": ("repeat-bars", "intro", "ending"),
         "tempo-by": ("tempo",), "harder": ("reharmonise",), "simplify": ("simplify-chords", "simplify-bass")}  # fmt: skip
"""A change that only gives a reason ("too high, an octave down") goes where one of these is named."""


@dataclass(frozen=True)
class Around:
    """What words like "it" can point at: bars chosen on the score, bars spoken of, bars asked about."""

    selection: tuple[int, int] | None = None
    focus: Place | None = None
    asked: Place | None = None


def read_operations(
    text: str, tune: Tune, selection: tuple[int, int] | None = None, focus: Place | None = None,
    asked: Place | None = None, guess: Callable[[str], list[Operation]] | None = None,
) -> list[Operation]:  # fmt: skip
    """The operations of a message, in the order they are said; none if it asks for no change.

    `selection` are the bars chosen on the score; `focus` those spoken of before ("make them louder"),
    `asked` those that the question just before was about ("rewrite it"); `guess` reads clauses that no rule reads.
    """
    text = _together(spelled(normalise(text)).strip())
    around = Around(selection, focus, asked)
    found: list[Operation] = []
    lasting: Place | None = None
    before = ""
    for part in _joined(text, tune, around):
        if _PURPOSE.match(part.lower()):
            continue
        part = _SO_THAT.sub("", part)
        place, wrong = bars_of(_of_it(part, lasting), tune)
        operations = _of_clause(part, tune, around) or _with_verb(part, before, tune, around)
        before = part
        if not operations and guess is not None and not names_bars_only(part):
            found += guess(part)
        if not operations:
            if _done(found) and (place or wrong) and not _REASON.search(part.lower()):
                found = [_narrowed(o, part, place, wrong) for o in found]
            lasting = place or lasting
            continue
        whole = place is None and WHOLE.search(part.lower()) is not None
        if place is None and not whole and not wrong:
            place = _pointed(part, operations, _done(found), lasting, around)
        lasting = place or lasting
        several = sections_named(part, tune)
        if len(several) > 1:
            found += [
                _placed(o, p, None)
                for o in operations
                for p in (several if o.takes_bars else several[:1])
            ]
            continue
        found += [_placed(o, None if whole else place, wrong) for o in operations]
    return _settled(found, text, tune)[:MOST_OPERATIONS]


_PURPOSE = re.compile(
    r"(?:so (?:that )?(?:i|we|they|he|she|my \w+|the \w+) (?:can|could|may|will)\b)|我(?:要|想)?(?:拿去?|好)?给(?:学生|孩子|他们)|好让|让(?:学生|孩子|他们)自己"
)
"""What a change is for: no change of its own."""
_SO_THAT = re.compile(
    r"(?<=\w),? so (?:that )?(?:it|they|we|i|he|she|everyone|people|the (?:kids|children|students|class|choir|band|singers?|audience))\b(?![^.;]*(?:\d|\bbars?\b|\bnotes?\b))[^.;]*$",
    re.IGNORECASE,
)
"""What a change is for, at the end of a clause: "a little different so it's not just a copy"."""
_REASON = re.compile(r"\b(?:because|since|so that|too|is|are|was|sounds?)\b|太|因为|所以")
_DISCONTINUOUS = re.compile(
    r"\b(take|strip|cut|leave|clear) ((?:the |all |those |these |any |its )*)([a-z][a-z ]{2,24}?) (out|away|off)\b",
    re.IGNORECASE,
)


_SWELL = re.compile(
    r"\b(?:start|begin)\w*\b[^.;]{0,16}\b(?:soft|quiet|p)\w*[^.;]{0,24}\b(?:gr[eo]w|swell|build|rise|louder)[^.;]{0,50}\b(?:die|fade|dimin|away|sink|drop|quiet)\w*",
    re.IGNORECASE,
)
"""Soft, louder, soft again: one change in several clauses."""


def _together(text: str) -> str:
    """What belongs together in one piece: "take the trills out" is "take out the trills", and a swell is one change."""
    text = _SWELL.sub(lambda m: re.sub(r",|\band\b|\bthen\b", " ", m[0]), text)
    return _DISCONTINUOUS.sub(r"take out \2\3", text)


def _pointed(
    part: str, operations: list[Operation], found: list[Operation], lasting: Place | None, around: Around
) -> Place | None:  # fmt: skip
    """The bars of a clause that names none: those that it points at."""
    lower = part.lower()
    elliptic = len(part.split()) <= 2 and part.isascii() and bool(found)
    if THEM.search(lower) or elliptic:
        return lasting or around.focus or _selected(around.selection)
    if lasting and (not found or operations[0].name == "hairpin"):
        return lasting  # "bars 13-16 piano, then fade away"
    if around.selection is not None:
        return _selected(around.selection)
    if (
        around.asked
        and operations[0].name in POINTS
        and re.search(r"\b(?:it|that|this)\b|它|这段|那段", lower)
    ):
        return around.asked
    return None


def _settled(found: list[Operation], text: str, tune: Tune) -> list[Operation]:
    """Without what only gave a reason, what nobody has to do, and with the number that a speed was given."""
    named = {o.name for o in found}
    if len(found) > 1:
        found = [o for o in found if o.name != "rewrite" or not _COMPLAINT.search(o.said.lower())]
    lone = [o for o in found if not (o.name in LOOSE and _is_loose(o) and any(
        other is not o and other.name in LOOSE[o.name] and not (other.name == o.name and _is_loose(other))
        for other in found))]  # fmt: skip
    lone = [o for n, o in enumerate(lone) if o.name != "as-is" and not any(
        (o.name, o.values, o.place) == (p.name, p.values, p.place)
        or (o.name == p.name and o.name in ONCE) for p in lone[:n])]  # fmt: skip
    if any(
        o.name == "rewrite" and o.place for o in lone
    ):  # "it feels wrong, give me another" is one wish
        lone = [o for o in lone if o.name != "rewrite" or o.place]
    if _KEEP_HARMONY.search(text):
        lone = [p for o in lone for p in (_lower(o) if o.name == "sadder" else [o])]
    given = {o.said for o in lone if o.name == "tempo"}
    lone = [o for o in lone if o.name not in ("tempo-by", "feel") or o.said not in given]
    if {"tempo-by", "feel"} & named and "tempo" not in named and (bpm := _LONE_NUMBER.search(text)):
        lone = [
            Operation("tempo", {"bpm": bpm[1]}, o.place)
            if o.name in ("tempo-by", "feel") and "add" not in o.values
            else o
            for o in lone
        ]
    if len(lone) > 1 and any(o.name not in ("lock", "unlock") for o in lone):
        locks = [o for o in lone if o.name == "lock"]
        lone = [
            replace(o, name="only-now") if o in locks else _beside(o, locks, tune) for o in lone
        ]
    return lone


_KEEP_HARMONY = re.compile(
    r"\b(?:leave|keep|don't (?:touch|change)|do not (?:touch|change)|without (?:touching|changing)|not change|same)\b[^.;]{0,12}\b(?:harmon(?:y|ies)|chords?|changes)\b|(?:和声|和弦)[^,.;]{0,4}(?:不变|别动|不动|保持|照旧|别改)|(?:保持|保留|不动|别动|不改)[^,.;]{0,4}(?:和声|和弦)",
    re.IGNORECASE,
)


def _lower(operation: Operation) -> list[Operation]:
    """Darker without other chords: an octave lower and softer."""
    return [
        replace(operation, name="octave", values={"octaves": "-1"}),
        replace(operation, name="dynamic", values={"level": "p"}),
    ]


def _of_it(part: str, place: Place | None) -> str:
    """The clause with "of it" said as the bars that were spoken of before: "the first four bars of it"."""
    if place is None or not re.search(r"\b(?:of|in) (?:it|that|them)\b", part.lower()):
        return part
    inner = places_within.split(part.lower())
    bars = places_within.inside(inner[0], place.first, place.last) if inner else None
    return f"bars {bars[0]}-{bars[1]}" if bars else part


def _narrowed(
    operation: Operation, part: str, place: Place | None, wrong: NoPlace | None
) -> Operation:
    """A change at the bars of a clause that only says where; "only" narrows bars that were named before."""
    only = re.search(r"\b(?:only|just)\b|只|仅", part.lower())
    before = operation.place
    if operation.name == "write-words" and place is not None and before is None:
        return replace(operation, place=place)  # "words, please. Part A only."
    if before is None:
        return _placed(operation, place, wrong)
    if only and place is not None and before.first <= place.first <= place.last <= before.last:
        return replace(operation, place=place)
    return operation


def _beside(operation: Operation, locks: list[Operation], tune: Tune) -> Operation:
    """A change for no bars in particular goes where the same message locks nothing."""
    kept = next((o.place for o in locks if o.place is not None), None)
    if kept is None or operation.place is not None or not operation.takes_bars:
        return operation
    try:
        return replace(operation, place=rest_of(tune, kept))
    except NoPlace:
        return operation


_COMPLAINT = re.compile(
    r"\b(?:is|are|sounds?|was)\b.{0,16}\b(?:boring|dull|weak|bad)\b|don'?t like|无聊|单调|不好听|不喜欢"
)


def _is_loose(operation: Operation) -> bool:
    """Whether a change was read from a reason: "too high", "太难"."""
    if operation.name == "transpose":
        return re.search(r"\btoo (?:high|low)\b|太[高低]", operation.said.lower()) is not None and not re.search(
            r"\b(?:tone|step|semitone|third|fourth|fifth|octave)s?\b|度|音", operation.said.lower())  # fmt: skip
    if operation.name in ("harder", "simplify"):
        return re.search(r"\btoo\b|太", operation.said.lower()) is not None
    return (
        operation.name in ("longer", "tempo-by")
        and re.search(r"\btoo\b|twice as long|太", operation.said.lower()) is not None
    )


_LONE_NUMBER = re.compile(
    r"(?<![\d/.-])(?:number |about |around |say |maybe |to )?\b([3-9]\d|1\d\d|2[0-4]\d)\b(?!\s*(?:%|percent|bars?|measures?|小节|/|-|个|bpm more))"
)
_SEVERAL = re.compile(
    r"\b(?:(?:the|both|all|each|every|all the|both the|each of the) )?['\"]?([A-H])['\"]?(?:'?s)?[ -](?:sections|parts|strains)\b|\b(?:both|all|each|every)(?: the| of the)? ['\"]?([A-H])['\"]?s?\b(?! (?:note|flat|sharp|major|minor|chord))"
    r"|(?:两个|所有的?|每个|每一个|三个)([A-Ha-h])段"
)


def sections_named(part: str, tune: Tune) -> list[Place]:
    """The sections that a clause means when it speaks of all with one letter: "the A sections", 所有A段."""
    match = _SEVERAL.search(part)
    if match is None:
        return []
    letter = next(g for g in match.groups() if g).upper()
    return [
        Place(p.first, p.last, letter, section=True)
        for p in sections(tune)
        if p.label.upper() == letter
    ]


def _done(found: list[Operation]) -> list[Operation]:
    """Without what was only left aside."""
    return [o for o in found if o.name != "left-aside"]


_ORDER = re.compile(
    r"^(?:please |could you |can you |now |and |ok,? )*(?:(?:make|let|have|change|turn|give|do|try|work on|fix)\b|改|让|把|给)"
)


def free_wish(text: str, tune: Tune, selection: tuple[int, int] | None = None) -> list[Operation]:
    """A wish for some bars that no rule knows ("make the last bar lead back to the start") is a free one."""
    text = spelled(normalise(text)).strip()
    lower = text.lower()
    if not _ORDER.search(lower) or lower.endswith("?"):
        return []
    place, wrong = bars_of(text, tune)
    if wrong is not None:
        return [Operation("rewrite", {}, None, wrong, text)]
    if place is None and re.search(r"\b(?:this|these|here|them)\b|这里|这段|这几", lower):
        place = _selected(selection)
    return [Operation("rewrite", {}, place, None, text)] if place else []


_VERB = re.compile(
    r"^(?:please |now |can you |could you |and )*(remove|delete|add|drop|take away|take out|put|insert|use)\b"
)


def _with_verb(part: str, before: str, tune: Tune, around: Around) -> list[Operation]:
    """A clause that leans on the verb of the one before: "remove the words | and the chords"."""
    verb = _VERB.match(before.lower())
    return _of_clause(f"{verb[1]} {part}", tune, around) if verb else []


def _selected(selection: tuple[int, int] | None) -> Place | None:
    return Place(*selection, name="selection") if selection else None


def _placed(operation: Operation, place: Place | None, wrong: NoPlace | None) -> Operation:
    if not operation.takes_bars:
        return operation
    if operation.place is not None:
        return operation
    return replace(operation, place=place, wrong=wrong)


def placed_by(operation: Operation, part: str, tune: Tune, around: Around) -> Operation:
    """A change of one clause at the bars that the clause names or points at."""
    place, wrong = bars_of(part, tune)
    whole = place is None and WHOLE.search(part.lower()) is not None
    if place is None and not whole and not wrong:
        place = _pointed(part, [operation], [], None, around)
    operation = _placed(operation, None if whole else place, wrong)
    if operation.name in BY_VOICE:
        operation = replace(operation, voice=_voice(part.lower(), tune))
    return operation


_MORE_BARS = re.compile(
    r"\s*(?:bars? |measures? |第)?\d+(?:小节)?(?: (?:completely|entirely|altogether|please|too|as well|out|again))?[\s.!]*"
)


def _joined(text: str, tune: Tune, around: Around) -> list[str]:
    """The clauses of a message, joined again where cutting took a change apart ("swap bars 1 | and 2",
    "with I, | IV | and V", "call it Rock | and Roll").
    """
    spans: list[tuple[int, int]] = []
    anchor = -1  # the last span that has a change of its own
    for start, end in clauses(text):
        own = _of_clause(text[start:end], tune, around)
        if own:
            anchor = len(spans)
        elif anchor >= 0 and _MORE_BARS.fullmatch(text[start:end]):
            spans[anchor:] = [(spans[anchor][0], end)]  # "bars 3 | and 4"
            continue
        elif (
            anchor >= 0
            and len(spans) > anchor + 1
            and _of_clause(text[spans[anchor + 1][0] : end], tune, around)
        ):
            spans[anchor + 1 :] = [
                (spans[anchor + 1][0], end)
            ]  # "leave the intro | and the ending alone"
            anchor = len(spans) - 1
            continue
        elif anchor >= 0:
            first = spans[anchor][0]
            before, both = (
                _of_clause(text[first:stop], tune, around) for stop in (spans[anchor][1], end)
            )
            if [(o.name, o.values) for o in both] != [(o.name, o.values) for o in before]:
                spans[anchor:] = [(first, end)]
                continue
        elif spans and _of_clause(text[spans[0][0] : end], tune, around):
            spans, anchor = [(spans[0][0], end)], 0
            continue
        spans.append((start, end))
    return [text[a:b].strip() for a, b in spans]


VOICE = re.compile(
    r"\b(?:second|2nd|first|1st|third|fourth|top|bottom|upper|lower|middle|harmony|left|right)[- ](?:voice|part|line|violin|flute|hand|recorder|melody)\b|\b(?:the |only the |just the )(?:alto|tenor|bass|soprano|melody|descant)\b|第[一二三四]声部|(?:高|低|中)(?:音)?声部|左手|右手|旋律声部"
)
BY_VOICE = {
    "transpose",
    "transpose-diatonic",
    "octave",
    "dynamic",
    "simplify-rhythm",
    "add-ornaments",
    "remove-ornaments",
    "swing",
    "straighten",
}
"""Edits that can be made for the bars of one voice."""


_LONG_QUOTE = re.compile(r'"[^"]*\s[^"]*\s[^"]*"')
"""Three words and more between quotes ask for nothing themselves."""


def _of_clause(part: str, tune: Tune, around: Around) -> list[Operation]:
    """The operations of one clause: each rule takes the words it has read, so that none is read twice."""
    lower = in_digits(_LONG_QUOTE.sub('"…"', part.lower()))
    clause = Clause(part, lower, tune, None, around.selection, around.focus)
    found: list[Operation] = []
    for rule in RULES:
        match = rule.pattern.search(clause.lower)
        if match is None or (rule.alone and found):
            continue
        values = rule.read(match, clause)
        if values is None:
            continue
        place = clause.place
        clause.place = None
        name = values.pop("", rule.name)
        voice = _voice(part.lower(), tune) if name in BY_VOICE else None
        found.append(Operation(name, values, place, said=part, voice=voice))
        clause.take(match)
        if not rule.more:
            break
    return found


def _voice(lower: str, tune: Tune) -> str | None:
    """The voice that a clause is about, in a tune of several."""
    if len(tune.voices) < 2 or (match := VOICE.search(lower)) is None:
        return None
    return voice_of(tune, match[0])
