"""The changes that a message asks for, in order: which edit, with what values, on which bars.

A message is cut into clauses; each clause is read by the rules of `edit_rules`, the first that fits
taking its words. A clause without a change of its own (", in the second half") says where the
change before it goes. What needs taste ("more exciting") is an operation `rewrite`. What it does not
know: how a change is made (`chat.act`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from abc_tools.edit.registry import EDITS
from abc_tools.places import NoPlace, Place
from abc_tools.tune import Tune
from chat.understand import edit_rules, pitch_rules
from chat.understand.edit_rules import Clause
from chat.understand.place import find_place_or_none
from chat.understand.text import clauses, normalise, spelled

WHOLE = re.compile(
    r"\bwhole (?:tune|song|piece|thing|melody)|\beverything\b|\ball of it\b|\bentire\b|\ball bars\b|\bthroughout\b|整首|整个曲子|全曲|全部|整曲|从头到尾"
)
THEM = re.compile(r"\b(?:them|those|these|there|same (?:bars|part|section|place))\b|那(?:里|几|些)|这(?:里|几小节|些)|同样的地方|那段|这段|这一段")
MOST_OPERATIONS = 12
RULES = (*pitch_rules.LOCKS, *edit_rules.RULES, *pitch_rules.RULES)


@dataclass(frozen=True)
class Operation:
    """One change. `name` is that of an edit or of a change in `chat.act.change`; `place` the bars it is
    for (None: as the change wants it); `wrong` says that it names bars the tune has not.
    """

    name: str
    values: dict[str, str] = field(default_factory=dict)
    place: Place | None = None
    wrong: NoPlace | None = None
    said: str = ""

    @property
    def takes_bars(self) -> bool:
        """Whether it can be made for some bars only."""
        return self.name in LOCAL or (self.name in EDITS and EDITS[self.name].scope != "tune")


LOCAL = {
    "rewrite", "tempo-by", "feel", "happier", "sadder", "swap-bars", "simplify", "harder", "louder",
    "quieter", "lock", "unlock", "answer-phrase",
}  # fmt: skip
"""Changes of ours, besides the edits, that some bars are enough for."""


def read_operations(
    text: str, tune: Tune, selection: tuple[int, int] | None = None, focus: Place | None = None
) -> list[Operation]:
    """The operations of a message, in the order they are said; none if it asks for no change.

    `selection` are the bars chosen on the score; `focus` those spoken of before ("make them louder").
    """
    text = spelled(normalise(text)).strip()
    found: list[Operation] = []
    lasting: Place | None = None
    before = ""
    for part in _joined(text, tune):
        place, wrong = _place_of(part, tune)
        whole = WHOLE.search(part.lower()) is not None
        operations = _of_clause(part, tune) or _with_verb(part, before, tune)
        before = part
        if not operations:
            if found and (place or wrong):
                found = [_placed(o, place, wrong) if o.place is None else o for o in found]
                lasting = place or lasting
            elif place and not found:
                lasting = place
            continue
        whole = whole and place is None
        if place is None and not whole and not wrong:
            elliptic = len(part.split()) <= 2 and part.isascii() and bool(found)
            if THEM.search(part.lower()) or elliptic:
                place = lasting or focus or _selected(selection)
            elif not found and lasting:
                place = lasting
            elif selection is not None:
                place = _selected(selection)
        lasting = place or lasting
        found += [_placed(o, None if whole else place, wrong) for o in operations]
    return found[:MOST_OPERATIONS]


_VERB = re.compile(r"^(?:please |now |can you |could you |and )*(remove|delete|add|drop|take away|take out|put|insert|use)\b")


def _with_verb(part: str, before: str, tune: Tune) -> list[Operation]:
    """A clause that leans on the verb of the one before: "remove the words | and the chords"."""
    verb = _VERB.match(before.lower())
    return _of_clause(f"{verb[1]} {part}", tune) if verb else []


def _selected(selection: tuple[int, int] | None) -> Place | None:
    return Place(*selection, name="selection") if selection else None


def _placed(operation: Operation, place: Place | None, wrong: NoPlace | None) -> Operation:
    if not operation.takes_bars:
        return operation
    if operation.place is not None:
        return operation
    return replace(operation, place=place, wrong=wrong)


_EXCEPT = re.compile(r"\b(?:except(?: for)?|apart from|but not|other than|excluding)\b(.+)$|除了?(.+?)(?:以外|之外|外)")


def _place_of(part: str, tune: Tune) -> tuple[Place | None, NoPlace | None]:
    try:
        if match := _EXCEPT.search(part.lower()):
            return _rest_of(tune, find_place_or_none(tune, match[1] or match[2])), None
        return find_place_or_none(tune, _only_places(part)), None
    except NoPlace as error:
        return None, error


def _rest_of(tune: Tune, place: Place | None) -> Place | None:
    """What is left of the tune without a place at its beginning or end."""
    if place is None:
        return None
    if place.first <= 1 and place.last < tune.bar_count:
        return Place(place.last + 1, tune.bar_count)
    if place.last == tune.bar_count and place.first > 1:
        return Place(1, place.first - 1)
    raise NoPlace("What is left is in two pieces.", "bars", f"{place.first}-{place.last}")


_NO_PLACES = re.compile(
    r"\b(?:a|an|by a|minor|major|perfect|augmented|diminished) (?:second|third|fourth|fifth|sixth|seventh)\b(?! (?:part|section|half|strain|bar|measure|ending))"
    r"|\b(?:second|another|third|bass|alto|tenor|soprano|top|lower|upper) (?:voice|part of harmony)s?\b"
    r"|\b(?:add|write|make|give it|put in|insert|need|with)\s+(?:it\s+)?(?:an?|another|some|two|four|\d+ bars? of)\s+(?!(?:new|better|different|nicer)\b)(?:\w+[- ])*?(?:bridge|ending|intro(?:duction)?|pick-?up|upbeat|anacrusis|coda|outro|tag|chorus|verse|section|part)\b(?! part)"
    r"|(?:second|third|another|new|extra|more|next|\d+) verses?\b|(?:加|添|写|来|做)(?:上|一)*(?:个|段|条)?(?:前奏|尾声|结尾|弱起|引子|桥段|副歌|主歌|间奏)|第[二三]段歌词|第[二三]声部",
    re.IGNORECASE,
)


def _only_places(part: str) -> str:
    """The clause without intervals and new parts, which are no places: "up a second", "add an ending"."""
    return _NO_PLACES.sub(" ", re.sub(r"\"[^\"]*\"|《[^》]*》", " ", part)).lower()


def _joined(text: str, tune: Tune) -> list[str]:
    """The clauses of a message, joined again where cutting took a change apart ("swap bars 1 | and 2",
    "with I, | IV | and V", "call it Rock | and Roll").
    """
    spans: list[tuple[int, int]] = []
    for start, end in clauses(text):
        own = _of_clause(text[start:end], tune)
        if spans and not own:
            first = spans[-1][0]
            before, both = (_of_clause(text[first:stop], tune) for stop in (spans[-1][1], end))
            if [(o.name, o.values) for o in both] != [(o.name, o.values) for o in before]:
                spans[-1] = (first, end)
                continue
        spans.append((start, end))
    return [text[a:b].strip() for a, b in spans]


def _of_clause(part: str, tune: Tune) -> list[Operation]:
    """The operations of one clause: each rule takes the words it has read, so that none is read twice."""
    clause = Clause(part, part.lower(), tune)
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
        found.append(Operation(values.pop("", rule.name), values, place, said=part))
        clause.take(match)
        if not rule.more:
            break
    return found
