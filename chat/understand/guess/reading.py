"""A message that no pattern reads → what it probably wants: changes, a question, or two or three things to choose from.

How sure a guess must be stands here. A wrong change is worse than a question, so changes need the most; what is less
sure is offered, as sentences that the rules read. What this does not know: how a guess is made (`model`).
"""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import dataclass, replace

from abc_tools.numbers import in_digits
from abc_tools.places import NoPlace, Place
from abc_tools.tune import Tune
from chat.explain import Question
from chat.phrases import bars_text, language_of
from chat.understand.guess.changes import CHANGES, DESTRUCTIVE, Change
from chat.understand.guess.model import Guess, guesses
from chat.understand.guess.topics import TOPICS, question_of
from chat.understand.operation import Operation
from chat.understand.operations import Around, placed_by, read_operations
from chat.understand.place import bars_of, names_bars_only
from chat.understand.rules.base import Clause
from chat.understand.rules.pitch import THE_REST
from chat.understand.text import clauses, normalise, spelled
from chat.understand.unread import names_music

ACT, BESIDE, SURELY, ANSWER, TALK, DOUBT = 0.6, 0.75, 0.93, 0.45, 0.6, 0.45
"""How sure a change must be alone, beside others that are read, where it takes much away; an answer; small talk; what
is said to be left aside."""
OF_NOTES = frozenset(("invert", "retrograde"))
"""Changes of the melody whose words are said of chords, too."""
OFFER, TOGETHER = 0.12, 0.4
"""The least that each of the things offered must have, and that they must have together."""
MOST_OFFERED = 3
TALKING = {
    "undo": "undo", "redo": "redo", "versions": "list", "compose": "compose", "ideas": "ideas",
    "recommend": "recommend", "check": "check", "help": "help", "praise": "praise", "insult": "insult",
    "files": "files", "off-topic": "only-music", "nothing": "noted", "theory": "theory",
    "history-question": "no-history",
}  # fmt: skip
"""Labels that are neither a change nor a question about the tune."""
OFFERED = {
    "undo": ("undo", "撤销"), "compose": ("write a new tune", "写一首新曲子"), "ideas": ("give me some ideas", "给我一些灵感"),
    "recommend": ("find tunes like this", "推荐类似的曲子"), "check": ("are there any mistakes?", "检查一下有没有错"),
}  # fmt: skip
"""Labels of those that can be offered, too."""


@dataclass(frozen=True)
class Meaning:
    """What a message probably wants: one of these, or nothing. `problem` is what is asked back, about `options`."""

    operations: tuple[Operation, ...] = ()
    question: Question | None = None
    talk: str = ""
    problem: str = ""
    options: tuple[str, ...] = ()


def meaning(text: str, tune: Tune | None, around: Around) -> Meaning:
    """What a message that nothing else reads probably wants."""
    text = spelled(normalise(text)).strip()
    whole = guesses(text)
    if not whole:
        return Meaning()
    parts = [text[a:b].strip() for a, b in clauses(text)]
    if tune is not None:
        found = [
            o
            for part in parts
            for o in guessed(part, tune, around, BESIDE if len(parts) > 1 else ACT)
        ]
        found = found or guessed(text, tune, around, ACT)
        if found and not _asks(whole[0], parts):
            place = _place(text, tune) if len(parts) > 1 else None
            return Meaning(tuple(_at(o, place) for o in _once(found)))
    best = whole[0]
    if best.label in TOPICS and best.sure >= ANSWER:
        question = question_of(best.label, text, tune, around.selection)
        if question is not None:
            return Meaning(question=question)
    if best.label in TALKING and best.sure >= TALK:
        return Meaning(talk=TALKING[best.label])
    if best.label in CHANGES and best.sure >= ACT and tune is not None:
        return Meaning(problem=CHANGES[best.label].missing)
    return _offered(whole, text, tune) if tune is not None else Meaning()


def _at(operation: Operation, place: Place | None) -> Operation:
    """A change that names no bars, at those that another clause of the message names."""
    if operation.place is None and operation.takes_bars and place is not None:
        return replace(operation, place=place)
    return operation


def _hashable(operation: Operation) -> tuple[str, tuple[tuple[str, str], ...]]:
    return operation.name, tuple(sorted(operation.values.items()))


def _once(found: list[Operation]) -> list[Operation]:
    """The same change asked for in two clauses is one."""
    kept: dict[object, Operation] = {}
    for operation in found:
        if operation.name == "key":
            kept["key"] = operation  # the key that is said last
        else:
            kept.setdefault(_hashable(operation), operation)
    return list(kept.values())


def _asks(best: Guess, parts: list[str]) -> bool:
    """Whether the whole message is a question or talk, although a clause of it looks like a change."""
    sure = TALK if best.label in TALKING else ANSWER
    return best.label not in CHANGES and best.sure >= sure and len(parts) > 1


def guessed(part: str, tune: Tune, around: Around, sure: float) -> list[Operation]:
    """The change that a clause asks for, its values and bars read by the tables; nothing if a value is missing."""
    best = next(iter(guesses(part)), None)
    if names_bars_only(part):
        return []
    if best is None or best.label not in CHANGES:
        return []
    if _COMPLAINS.search(part.lower()):
        return []  # what is wrong with it says not what to do
    if best.label in OF_NOTES and re.search(r"\bchords?\b|和弦", part.lower()):
        return []  # a chord's inversion is no melody's
    if best.label == "lock" and THE_REST.search(part.lower()):
        return []  # every change leaves the rest as it is
    if best.sure < (max(sure, SURELY) if best.label in DESTRUCTIVE else sure):
        return []
    found = operation_of(CHANGES[best.label], part, tune, around)
    return [found] if found is not None else []


_COMPLAINS = re.compile(
    r"\b(?:drags?|dragging|plods?|falls? flat|lacks?|over before|too (?:soon|short)|stops? dead)\b|\b(?:sings?|speaks?|voices? (?:is|are)) (?:a (?:bit|little) |much |rather |quite )?(?:lower|higher)\b|(?:声音|嗓子|嗓音)(?:比[^,.;]{1,4})?(?:更|比较|要|偏)?[高低]|拖沓|没劲|平淡"
)


def operation_of(change: Change, part: str, tune: Tune, around: Around) -> Operation | None:
    """A change with the values and bars that a clause names; None where it lacks a value."""
    clause = Clause(part, in_digits(part.lower()), tune, None, around.selection, around.focus)
    match = re.search(r"(?s).*", clause.lower)
    assert match is not None, "every text is matched"
    values = change.read(match, clause) if change.read is not None else dict(change.values)
    if values is None:
        return None
    place = clause.place
    name = values.pop("", change.operation)
    values.pop("of", None)  # `placed_by` says whose it is
    operation = Operation(name, values, place, said=part)
    return placed_by(operation, part, tune, around)


def _offered(whole: tuple[Guess, ...], text: str, tune: Tune) -> Meaning:
    """Two or three things that may be meant, to choose from."""
    likely = [g for g in whole if g.sure >= OFFER and _sentence(g.label) is not None][:MOST_OFFERED]
    if not likely or sum(g.sure for g in likely) < TOGETHER:
        return Meaning()
    language = language_of(text)
    place = _place(text, tune)
    said = [_plain(g.label, language, place) for g in likely]
    return Meaning(problem="which-of", options=tuple(dict.fromkeys(said)))


def _sentence(label: str) -> tuple[str, str] | None:
    if label in CHANGES:
        return CHANGES[label].say
    if label in TOPICS:
        return TOPICS[label].say
    return OFFERED.get(label)


def _plain(label: str, language: str, place: Place | None) -> str:
    """What a label means in a sentence that the rules read."""
    sentence = _sentence(label)
    assert sentence is not None, "only what has a sentence is offered"
    zh = language == "zh"
    it = "这首曲子" if zh else "it"
    if place is not None:
        it = bars_text(language, range(place.first, place.last + 1)).replace(
            "–", "-" if not zh else "到"
        )
    return sentence[zh].format(it=it)


def _place(text: str, tune: Tune) -> Place | None:
    try:
        place, _ = bars_of(text, tune)
    except NoPlace:
        return None
    return place


def completed(text: str, tune: Tune, around: Around) -> list[Operation]:
    """The changes of a message, clauses that no rule reads guessed where that is sure."""
    plain = read_operations(text, tune, around=around)
    named = {o.name for o in plain}
    every = read_operations(
        text,
        tune,
        around=around,
        guess=lambda part: guessed(part, tune, around, BESIDE) or _left_aside(part),
    )
    done = {o.name for o in every}
    return [
        o for o in every
        if o in plain or (o.name not in named and not _ALIKE.get(o.values.get("like", ""), {o.values.get("like")}) & done)
    ]  # fmt: skip


_TELLS_ABOUT = re.compile(
    r"\b(?:i|we|my|our|you|he|she|they|it|its|this|that|because|since|is|are|was|were|sounds?|so|as|when|if|otherwise|thanks?|please|than|like|think|feel|love|enough)\b|\?|[太我们你他她吗呢因为所以如果谢]|这样|那样|好听|喜欢|觉得|样子|听起来"
)


def _orders_music(part: str) -> bool:
    """Whether a clause names something of music and tells no reason, no feeling and no story."""
    lower = part.lower()
    return len(lower) <= 60 and names_music(lower) and not _TELLS_ABOUT.search(lower)


_ALIKE = {
    "key": {"key", "transpose", "mode", "octave", "transpose-diatonic", "instrument"},
    "add-bass": {"add-bass", "swap-voices", "simplify-bass"},
    "simplify-bass": {"simplify-bass", "add-bass"},
    "instrument": {"instrument", "play-on", "swap-voices"},
    "second-voice": {"second-voice", "swap-voices", "add-choir", "canon"},
    "ending": {"ending", "new-bars", "copy-bars", "repeat-bars"},
}  # fmt: skip
"""What a clause may be like → changes that have done it, when another clause named them."""


_FOLLOWS = re.compile(
    r"^(?:so |please |and |then )*(?:change|fix|mend|alter|redo|improve|sort|adjust) (?:it|that|this|them|those)(?: out)?(?: please)?\W*$"
    r"|^(?:the )?(?:chords?|words|lyrics|everything|all)(?: symbols)? (?:as well|too|along|included|with it)\W*$|\b(?:accordingly|along with (?:it|them)|to match|to suit|correspondingly)\b|(?:跟着|一起|相应地?|随之)(?:要)?(?:改|变|移|换|调)"
    r"|\b(?:keep|leave|stays?|remains?|don't (?:touch|change)|unchanged|as (?:it|they) (?:is|are))\b|留着|保留|不动|别动|^(?:请)?只(?:改|动|换)(?:这|那|第)|^(?:please |and )*only (?:change|touch|alter|edit) (?:that|this|those|these|the|bars?)\b|^(?:再|稍微|就)?(?:少|多)(?:一)?[点些](?:就好|就行|吧)?$|能(?:拉|唱|吹|弹|奏)(?:到|出|得了)?的?(?:音域|范围|音区|调)|^(?:so |and |please |can you |could you )*(?:make|fix|adapt|adjust|change) (?:it|that|this)(?: (?:so (?:that )?it )?fits?| to fit| for me| for us| please)*\W*$|音区(?:要)?合适|\bcomfortable (?:range|register)\b|^\W*(?:自然音级|调内|diatonic(?:ally)?|within the key)\W*$|不变|照旧|保持|不要变|别变|交叉|\bcross(?:ing)?\b|直接从[^,.;]{0,8}(?:进|开始|起)|\bstart(?:ing)? (?:right |straight )?on the (?:down)?beat\b"
)
"""What every change does anyway: chords go along with a key, the rest stays as it is."""


_BACKGROUND = re.compile(
    r"^(?:因为|毕竟)?(?:我们?|她们?|他们?|孩子们?|学生们?|大家|这孩子|女儿|儿子)(?:才|刚|还|只|也)*(?:学|练|是|在|会|有|想|喜欢|今年|已经)"
    r"|^(?:and |but |cos |because |since |as |oh )*(?:she|he|they|i|we|(?:my|our|the) \w+)(?:'s|'re|'m|'ve| is| are| am| has| have| was| were| only| just| can'?t| cannot| plays?| sings?| loves?| likes?| started| needs?) (?!(?:to (?:be|go|get|become)|the|it)\b)"
    r"|^(?:so |now |ok(?:ay)?,? |right,? )*(?:the |my |our |this )?(?:\w+ )?(?:tune|melody|song|piece|words|lyrics|chords?|verse|chorus|part|notes?)(?:'s| is| are) (?:already |all |now |pretty much )*(?:done|finished|ready|fixed|written|complete|there|settled)\W*$|^(?:旋律|曲子|曲调|调子|歌词|和弦|谱子|歌)(?:已经|都|就|也)*(?:写好|做好|编好|定|完成|有|弄好)了|\b(?:feels?|seems?|looks?|sounds?) (?:\w+ )?(?:empty|bare|thin|dead|weak|odd|strange|wrong|off|heavy|crowded)\W*$|[还也]?(?:不会看|看不懂|不认识|没学过|还没学)"
    r"|^(?:right now |at the moment |currently )?(?:it|this|the (?:tune|song|piece|ending|last bar)) (?:just |only )?(?:stops|ends|finishes|closes|hangs)\b(?!.*\bshould\b)"
)
"""Who it is for and how long they have learned: no wish."""


def _left_aside(part: str) -> list[Operation]:
    """A clause that asks for something, it is not sure for what: the reply says that it was not done."""
    best = next(iter(guesses(part)), None)
    if best is None or names_bars_only(part) or THE_REST.search(part.lower()):
        return []
    if _BACKGROUND.search(part.lower()):
        return []
    if _FOLLOWS.search(part.lower()) or _COMPLAINS.search(part.lower()):
        return []
    if re.fullmatch(r".{0,10}太.{1,5}", part) or re.search(r"\btoo \w+\W*$", part.lower()):
        return []  # a complaint gives a reason
    if (best.label not in CHANGES or best.sure < DOUBT) and not _orders_music(part):
        return []
    if best.label not in CHANGES:
        return [Operation("left-aside", {"said": part})]
    return [Operation("left-aside", {"said": part, "like": CHANGES[best.label].operation})]
