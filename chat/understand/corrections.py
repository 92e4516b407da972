"""What a short message changes in the change before: other bars ("no, only the ending"), another size or place of what was
written, another pattern, fewer of what was added; what is put right in its words is read in `put_right`.

What this does not know: answers and what is done once more (`followup`), and what goes back (`going_back`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import replace

from abc_tools import numbers
from abc_tools.parse import parse_tune
from abc_tools.places import NoPlace, Place
from abc_tools.tune import Tune
from chat.session import Session
from chat.understand.operation import Operation
from chat.understand.operations import BY_VOICE, read_operations
from chat.understand.place import find_place_or_none
from chat.understand.pointing import the_other
from chat.understand.put_right import after_complaint, corrects, names_a_value, opened, put_right
from chat.understand.rules.voices import pattern_of

_NO_ONLY = re.compile(
    r"^(?:no+|nope|oops|wait|sorry|not (?:that|there|everything|the whole (?:tune|thing|song))|hmm|i meant?|actually|ah)\b[,.!]?\s*(?:no,?\s*)?(?:not (?:that|the whole (?:tune|thing|song|piece)|everything|all of it)[,.;]?\s*)?(?:i (?:only )?mean(?:t)? )?(?:please )?(?:do (?:it|that) )?(?:but )?(?:only|just)?\s*(?:for|in|on|to|at)?\s*"
    r"|^(?:only|just)\s+(?:for |in |on )?(?=the |bars? |measures? )|^(?:不对?|不是|哦不|等等|我是说|错了|不要全部)[,.!]?\s*(?:我)?(?:是说)?(?:只(?:要|改|需要|是)?|就)?|^只(?:要|改|需要)?"
)
_TOO_MUCH = re.compile(
    r"^.{1,40}?[,.;!-]+\s*(?:so |please )?(?:only|just) (?:do |change |want |take |use |in |on |for )*(?:it |that )?(?:in |on |for |with )?(?=(?:the |bars? |measures? )?\w)"
    r"|^[^,.;!]{0,16}[,.;!]\s*(?:就|只)(?:要|改|弄|动|做)?(?=第|最后|前|后|[a-h]段|\d)"
)
"""A complaint, then where alone it should have been."""
_ENOUGH = re.compile(
    rf"({numbers.NUMBER})\s*(?:个)?\s*(?:bars?|measures?|小节)\s*(?:is |are |will be |would be )?(?:就够|够了|就行|就好|就可以|enough|plenty|will do|is fine)"
    rf"|(?:make (?:it|that) |only |just |改成|改为|只要)({numbers.NUMBER})\s*(?:个)?\s*(?:bars?|measures?|小节)(?: long)?\W*$"
)
_ELSEWHERE = re.compile(
    rf"(?:put|move|place|insert) (?:it|that|this|them|the \w+) (?P<en>before|after|behind) (?:bar|measure) (?P<n>{numbers.NUMBER})|(?:放|移|挪|插)(?:到|在|入)?第?\s*(?P<zn>{numbers.NUMBER})\s*小节(?P<zh>后|前|之后|之前|后面|前面)"
)
_NEW = {
    "new-bars": "count",
    "insert-bars": "count",
    "intro": "bars",
    "ending": "bars",
    "longer": "more",
}
"""Changes that write bars, and what says how many."""


def _resized(lower: str, operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """The bars that were just written, as many as are said now, or elsewhere."""
    last = operations[-1]
    if last.name not in _NEW:
        return ()
    if found := _ENOUGH.search(lower):
        count = numbers.value(found[1] or found[2])
        if count and 1 <= count <= 32:
            return (
                *operations[:-1],
                replace(last, values={**last.values, _NEW[last.name]: str(count)}),
            )
    if last.name in ("new-bars", "insert-bars") and (found := _ELSEWHERE.search(lower)):
        bar = numbers.value(found["n"] or found["zn"])
        late = found["en"] != "before" and (found["zh"] or "后").endswith(("后", "后面"))
        if bar:
            where = "after" if late else "before"
            return (
                *operations[:-1],
                replace(last, values={**last.values, "bar": str(bar), "where": where}),
            )
    return ()


_ABOUT_THE_BASS = re.compile(
    r"\bit(?:'s| is)?\b|\bthat(?:'s| is)?\b|\b(?:too|more|less) (?:busy|heavy|plain|boring|much|fast|jumpy|lively|interesting)\b|\bonly\b|\binstead\b|\btry\b|太|一点|改|换|用|只要"
)


def _repatterned(lower: str, operations: tuple[Operation, ...]) -> tuple[Operation, ...]:
    """An accompaniment that was just written, in another pattern: "too busy, long notes only"."""
    last = operations[-1]
    if last.name != "add-bass" or len(lower) > 60 or not _ABOUT_THE_BASS.search(lower):
        return ()
    if re.search(
        r"\b(?:melody|tune|top|right hand|chords?|tempo|bars?|measures?)\b|旋律|右手|速度|小节",
        lower,
    ):
        return ()
    found = pattern_of(lower) or ("held" if re.search(r"\bbusy\b|太(?:忙|满|吵)", lower) else "")
    found = {"held": "root"}.get(found, found)  # one line stays one line
    if not found or found == last.values.get("pattern"):
        return ()
    return (*operations[:-1], replace(last, values={**last.values, "pattern": found}))


_FEWER = re.compile(
    r"^(?:that's |those are |there are |hm+,? |a bit )*(?:way |far )?(?:too many|too much|fewer|less|not so many|not that many|half as many|a few less)\b[^.;]{0,40}$|^(?:有点|太|好像)?(?:太)?多了[^.;]{0,12}$|^少(?:一[点些]|几个|点)[^.;]{0,6}$"
)


def _fewer(lower: str, operations: tuple[Operation, ...], tune: Tune) -> tuple[Operation, ...]:
    """Fewer of the ornaments that were just added: "too many, fewer please"."""
    last = operations[-1]
    if last.name != "add-ornaments" or not _FEWER.match(lower):
        return ()
    bars = last.place.last - last.place.first + 1 if last.place else tune.bar_count
    most = int(last.values.get("most", "0")) // 2 or max(2, bars // 4)
    return (*operations[:-1], replace(last, values={**last.values, "most": str(max(1, most))}))


def correction(text: str, tune: Tune | None, session: Session) -> tuple[Operation, ...]:
    """The last change as it was meant: on other bars ("no, only the ending"), the other way, with another value; nothing if
    that is not meant. After an undo it is the change that was undone.
    """
    memory = session.memory
    undone = not memory.operations and bool(memory.undone)
    last = memory.operations or memory.undone
    if tune is None or not last:
        return ()
    if not undone and (memory.before is None or session.current != len(session.versions)):
        return ()
    lower = text.lower()
    again = (
        ()
        if undone
        else _resized(lower, last) or _repatterned(lower, last) or _fewer(lower, last, tune)
    )
    if again:
        return again
    old = tune
    if not undone and memory.before is not None:
        old = parse_tune(session.versions[memory.before - 1].abc)
    if corrects(text) and (tail := _FIRST_BACK.search(lower)):
        return _elsewhere(text[: tail.start()], last, old)
    if _UNDOES.search(lower):
        return ()
    if corrects(text) and (value := names_a_value(text, last, old)):
        return value
    if (other := _in_other_voice(lower, last, old)) is not None:
        return other
    if (corrects(text) or undone) and (place := _place_alone(opened(text).rest, old, memory.place)):
        return tuple(moved_to(o, place) for o in last)
    match = _NO_ONLY.match(lower) or _TOO_MUCH.match(lower)
    if match is not None and match[0].strip() and (place := _place_alone(text[match.end() :], old)):
        return tuple(moved_to(o, place) for o in last)
    if right := put_right(text, old, last, undone=undone):
        return right
    if undone:
        return ()
    if _TRY_AGAIN.match(lower) and any(o.name in ADDED for o in last):
        return last
    return after_complaint(text, tune, old, last)


_FIRST_BACK = re.compile(
    r"[,.;!?]+\s*(?:and |so |please |then )*(?:(?:put|take|bring|change|set) (?:bars?|measures?) [\d -]+ back|(?:bars?|measures?) [\d -]+ (?:goes back|back|as (?:it|they) w\w+|(?:is|was|were) (?:fine|right|ok)(?: before| as (?:it|they) w\w+)?)|(?:leave|restore|undo|keep) (?:bars?|measures?) [\d -]+(?: as (?:it|they) (?:was|were))?)(?: (?:how|as|the way) (?:it|they) w\w+| please| again)*[.!]*$"
    r"|[,.;!?]+(?:请|把|那|麻烦|帮我)*第[^,.;]{1,6}小节(?:还是|就|都|给我|请)*(?:还原|恢复|改回|变回|换回|撤回|不动|照旧|不变|保持原样)(?:来|去|原样|原来的?样?子?)?(?:吧|好了)?[.!]*$"
)
"""Bars that were changed by mistake are to be as they were, beside the bars that were meant."""


def _elsewhere(text: str, last: tuple[Operation, ...], old: Tune) -> tuple[Operation, ...]:
    """The change before on the bars that a text names, or the change that it names for them: 是第7小节要低八度."""
    rest = opened(text).rest
    found = read_operations(rest, old)
    same = len(found) == len(last) == 1 and {found[0].name, last[0].name} <= _MOVES
    if len(found) == 1 and not same:
        return tuple(found)
    place = found[0].place if same else _place_alone(rest, old)
    if place is None:
        return tuple(found)
    if same and found[0].name == last[0].name:
        return tuple(found)
    return tuple(moved_to(o, place) for o in last)


_MOVES = frozenset(("transpose", "transpose-diatonic", "octave"))
_OTHER_VOICE = re.compile(
    r"^(?:no+|nope|not that(?: one)?|oops|wait|sorry|hm+|wrong (?:voice|hand|one|part))[,.! -]*(?:i mean[t]? |not (?:that|this) (?:one|voice|hand)[,. ]*)?(?:do |on |in |for |it was |it's )*the other (?:voice|part|hand|line|one|staff|player)\b[^.;]{0,12}$|^i mean[t]? the other (?:voice|part|hand|line|staff|player)\b[^.;]{0,12}$|^(?:不对?|不是|错了|我是说|弄错了|不是这个)[,. ]*(?:是|要)?另(?:外)?(?:一|那)?个?(?:声部|手|行|声音)[^,.;]{0,3}$|^另(?:外)?(?:一|那)个声部[.!]*$"
)


def _in_other_voice(
    lower: str, last: tuple[Operation, ...], old: Tune
) -> tuple[Operation, ...] | None:
    """The last change in the other of two voices: "no, the other voice"; None where that is not said."""
    if len(old.voices) != 2 or not _OTHER_VOICE.search(lower):
        return None
    one, two = (v.id for v in old.voices)
    moved = tuple(
        replace(o, voice=one if o.voice == two else two) for o in last if o.name in BY_VOICE
    )
    return moved or None


ADDED = frozenset((
    "new-bars", "insert-bars", "intro", "ending", "longer", "answer-phrase", "second-voice", "middle-voice", "add-bass", "add-choir",
    "add-chords", "reharmonise", "write-words", "add-variations",
))  # fmt: skip
"""Changes that write something anew: another try takes the place of the one before."""
WRITTEN = frozenset(("rewrite", "vary", "harder", "line-words", "livelier", "embellish"))
"""Changes that put new music for what is there: another try goes on from it, so that it is another one."""
_TRY_AGAIN = re.compile(
    r"^(?:[^.;!?]{0,60}?[.,;!?…-]+\s*)?(?:ok(?:ay)?,? |and |now |please |can you |could you |let's |just |maybe |give it |have |do |nah,? |no,? |hm+,? |make |write )*(?:one more (?:try|go|attempt|version|shot|time)|another (?:try|go|attempt|version|shot|one|idea|take)|try (?:it |that |this )?(?:again|once more|one more time|something else)|a second (?:go|try)|once more|again|do (?:it|that) (?:again|over)|re-?do (?:it|that)|something else)"
    r"(?:[,. -]+(?:again |for |in |on |at |with |of |but )*(?:just |only )?(?:the )?(?:(?:same|that|this|those|these|very same) (?:bars?|measures?|place|spot|part|section|passage|one|bit|ending|line|phrase|half)|(?:bars?|measures?) \d+(?: ?(?:-|to|and) ?\d+)?(?: only)?))?(?: please| then| thanks| again)*[.!?]*$"
    r"|^(?:[^.;!?]{0,30}?[.,;!?]+\s*)?(?:还是|请|帮我|那|就|给我)*(?:再(?:试|来|换|写|改|做|弹|重写|重新写|给)(?:一?(?:次|遍|个|版|下)|试)(?:别的|新的)?(?:吧|看)?|重(?:新)?(?:来|试|写|做)(?:一?(?:次|遍|个|版)|过)?|换(?:一)?(?:个|种|版)(?:别的|新的)?(?:吧|试试)?)(?:[,. ]*(?:还是|就是|就|同样|同|一样是|仍是|只改|只动)+[^,.;]{0,8}(?:小节|地方|那段|这段|位置|那里|这里))?(?:吧)?[.!]*$"
)


def another_try(lower: str, session: Session) -> tuple[Operation, ...]:
    """The bars that were written anew, once more: "still not nice. one more try, same bar"."""
    last = session.memory.operations
    written = tuple(o for o in last if o.name in WRITTEN)
    return written if written and _TRY_AGAIN.match(lower) else ()


def _place_alone(rest: str, old: Tune, focus: Place | None = None) -> Place | None:
    """The bars that a text names, where it names nothing else."""
    if re.fullmatch(
        r"[\d\s,&~-]*\d(?:\s*(?:and|to|through|和|到|至|-)\s*\d+)?\W*(?:小节)?\W*", rest.lower()
    ):
        rest = f"bars {rest}"
    if bare := _BARE_ORDINAL.fullmatch(rest.lower()):
        said = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", bare[1] or bare[2])
        rest = f"bar {numbers.ORDINALS.get(said) or numbers.value(said)}"
    if not rest or len(rest.split()) > LONGEST_PLACE or _ASKS.search(rest.lower()):
        return None
    if read_operations(rest, old):
        return None
    if (place := the_other(rest.lower(), focus, old)) is not None:
        return place
    try:
        return find_place_or_none(old, rest.lower())
    except NoPlace:
        return None


LONGEST_PLACE = 8
_ASKS = re.compile(
    r"^(?:so |and |but )?(?:what|which|where|how|why|who|is|are|does|do|did|has)\b|什么|哪|怎么|为何|多少|[吗呢]$|(?<!第)几"
)
"""A question that names bars is no place alone."""
_UNDOES = re.compile(
    r"\bback (?:in)?to\b|\b(?:undo|revert|restore|put|take|bring|change|go|give) (?:\w+ ){0,3}?back\b|\b(?:undo|revert|restore|keep|leave)\b|撤|恢复|还原|保留|留着"
)


_BARE_ORDINAL = re.compile(
    rf"(?:i meant? |it(?:'s| is| should be) |do )?(?:in |the |bar |at )*({'|'.join(o for o in numbers.ORDINALS if o != 'last')}|\d+(?:st|nd|rd|th))(?: (?:one|bar|measure))?(?: please| instead)?\W*|(?:我)?(?:是|要|说的是|指的是)?第({numbers.NUMBER})个?(?:吧|才对)?\W*"
)
"""A bar by its number alone: "not there, the seventh"."""


def can_move(operation: Operation) -> bool:
    """Whether a change can be made at other bars: one that takes bars, or chords named for one bar."""
    return operation.takes_bars or len(CHORD_BARS.findall(operation.values.get("at", ""))) == 1


CHORD_BARS = re.compile(r"(\d+)(?=:\S+=)")


def moved_to(operation: Operation, place: Place) -> Operation:
    """The change at other bars, where it is one that takes bars."""
    if operation.name == "set-chords" and can_move(operation):
        at = CHORD_BARS.sub(str(place.first), operation.values["at"])
        return replace(operation, values={**operation.values, "at": at}, place=None)
    return replace(operation, place=place, wrong=None) if operation.takes_bars else operation
