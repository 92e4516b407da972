"""Several things in one message: questions side by side, and a question after a change.

A message is cut at signs and at words that begin a question ("… and what …"), and every piece is read by itself; pieces
that mean nothing alone ("and why?") stay with the one before. What cannot be answered is kept, so that it can be named.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from abc_tools.tune import Tune
from chat.explain.placing import PLACED
from chat.explain.question import Question
from chat.explain.requests import is_request
from chat.explain.terms_why import reason_asked
from chat.understand.elliptic import same_question, subject
from chat.understand.intents import Intent

_BEGINS = r"(?:what(?:'s|s)?|which|where(?:'s|s)?|who(?:se|'s)?|why|when|how|is|are|was|were|does|do|did|has|have|can|could|will|would|should|any|tell me|let me know|say (?=what|which|how|whether|if|where)|explain)"
_CUTS = re.compile(
    rf"(?<=[?？!！。；;])\s*|(?<=[a-z)”\"'])\.\s+|,?\s+(?:and|also|plus|&)\s+(?:also\s+|then\s+)?(?={_BEGINS}\b)|\s*,\s*(?:and |but |so )?(?={_BEGINS}\b)|(?<=[\u4e00-\u9fff\dA-G]),(?=[\u4e00-\u9fff])(?:还有|另外|以及|并且|而且|再|顺便(?:说|问)?)?|(?<=[\u4e00-\u9fff\w])(?:还有|以及|另外)(?=[\u4e00-\u9fff]{{2,}})",
    re.IGNORECASE,
)
_ASKS = re.compile(
    rf"^(?:so |and |but |ok(?:ay)?,? |well,? |also,? |then |now |oh |hi,? |hey,? )*{_BEGINS}\b|\?\s*$|什么|哪|几|多少|多(?:大|高|低|快|慢|长|久|难)|怎么|怎样|为何|如何|啥|咋|谁|找出|列出|指出|说说|讲讲|告诉|是不是|还是|有没有|能不能|难不难|是否|对不对|吗[?!.]?$|呢[?!.]?$|没有?[?]$",
    re.IGNORECASE,
)
_WORDED = re.compile(_ASKS.pattern.replace(r"|\?\s*$", ""), re.IGNORECASE)
"""A question by its words, whatever sign stands behind it."""
_ORDERS = re.compile(
    r"^(?:so |and |but |ok(?:ay)?,? |please |then |now |could you |can you |would you )+(?=(?:please |also |just |now )*(?:make|change|put|move|transpose|add|remove|take|turn|set|give|slow|speed|write|rewrite|simplify|repeat|double|swap|replace|raise|lower|undo)\b)|^(?:make|change|put|move|transpose|add|remove|take|turn|set|give it|slow|speed|write|rewrite|simplify|repeat|double|swap|replace|raise|lower|undo)\b|(?:请|帮我)?[把将]|(?:改|换|变|移|转|加|删|升|降)(?:成|到|为|高|低|上|掉|一)",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"[\s,.;:!?？，。]|\b(?:so|and|but|also|then|or|ok|please|why|how|where|when|what|which|who|don'?t|doesn'?t|isn'?t|aren'?t|didn'?t|is|are|was|were|does|do|did|can|could|would|will|should|it|its|it's|that|this|they|them|these|those|you|i|we|tell|know|me|the|a|an|one|ones|bars?|of|in|at|on|there|here|so|right|true|mean|say|think|about|for|to|not|s|happen|happens|be|ok|exactly|come|work|please|explain|example|give|if|long|them)\b"
    r"|为什么|为何|怎么|什么|哪|在|第|几|小节|里|个|些|是|呢|吗|的|它|这|那|会|有|知道|看出来?|说|分别|请|讲|解释|一下|对|吧|呀|啊|了|样|回事|办",
    re.IGNORECASE,
)
"""What says nothing by itself."""


def pieces(text: str) -> list[str]:
    """The pieces of a message, each a question or not; what means nothing alone stays with the piece before.

    >>> pieces("Do they clash? And are there any parallel fifths?")
    ['Do they clash?', 'And are there any parallel fifths?']
    >>> pieces("which part is harder, and why?"), pieces("最高音是什么，在第几小节？")
    (['which part is harder, and why?'], ['最高音是什么,在第几小节？'])
    """
    text = text.replace("，", ",").replace("、", "、")
    found: list[str] = []
    begin = 0
    ends = [(m.start(), m.end()) for m in _CUTS.finditer(text)] + [(len(text), len(text))]
    start = 0
    for stop, after in ends:
        piece = text[begin:stop].strip(" ,")
        if not piece:
            begin = max(begin, after)
            continue
        alone = (_EMPTY.sub("", piece) or _DOES.match(piece)) and (
            not found or text[begin - 1 : begin] in _STOPS or _WORDED.search(piece)
        )
        if found and not alone:
            found[-1] = text[start:stop].strip(" ,")
        else:
            start = begin
            found.append(piece)
        begin = after
    return found


def asks(piece: str) -> bool:
    """Whether a piece has the form of a question and not of a wish."""
    wish = _ORDERS.search(piece) is not None or is_request(piece.lower())
    return _ASKS.search(piece) is not None and not wish


_STOPS = tuple("?!.。;； ")
"""What may stand before a piece that has no word of a question."""
Reader = Callable[[str], Intent]


def several(
    text: str, read: Reader, is_question: Callable[[str], bool], tune: Tune | None = None
) -> Intent | None:
    """The intent of a message of several questions, or of a change and questions after it; None for all others.

    `is_question` says whether the tables know what a piece asks; after a change nothing is guessed.
    """
    found = pieces(text)
    if len(found) < 2 or len(text) > 600:
        return None
    first = next((n for n, piece in enumerate(found) if asks(piece)), None)
    if first is None:
        return None
    head, asked = found[:first], found[first:]
    if head and (changed := _after_change(head, asked, read, is_question)) is not None:
        return changed
    asked = _joined(asked)
    if head:
        asked[0] = f"{' '.join(head)} {asked[0]}"
    if len(asked) < 2:
        return None
    return _side_by_side(asked, read, tune)


def _joined(asked: list[str]) -> list[str]:
    """Questions, with what stands between them and is none left to the question before."""
    found: list[str] = []
    for piece in asked:
        if found and not asks(piece):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return found


def _after_change(
    head: list[str], asked: list[str], read: Reader, is_question: Callable[[str], bool]
) -> Intent | None:
    """A change with the questions that shall be answered once it is made."""
    wish = ", ".join(head)
    kept = [piece for piece in asked if _WORDED.search(piece) and is_question(piece)]
    if not kept or not all(asks(piece) for piece in asked):
        return None
    if not any(_ORDERS.search(piece) or is_request(piece.lower()) for piece in head):
        return None
    change = read(wish)
    return replace(change, then=tuple(kept)) if change.kind in ("edit", "history") else None


_THEY = re.compile(r"\b(?:they|them|these|those)\b", re.IGNORECASE)
_OF_PLAYER = ("hard spots", "practice", "playable")
"""Topics of one player, who is named once."""
_CHORDS = ("harmony", "chord names", "count")


def _side_by_side(asked: list[str], read: Reader, tune: Tune | None) -> Intent | None:
    """Several questions; None where fewer than two say something, or where one of them is a wish."""
    found: list[tuple[str, Intent]] = []
    for piece in asked:
        said = piece
        before = found[-1][1].question if found else None
        if before is not None and before.topic in _CHORDS and "chord" not in piece.lower():
            said = _THEY.sub("the chords", said)
            if re.match(r"(?:会|好|都|是|算)?(?:不)?(?:难|容易|简单|好按)", said):
                said = "这些和弦" + said
        intent = _leaning(said, before, tune) or _reason(found, said) or read(said)
        if intent.kind not in ("question", "check") and (whole := subject(said)):
            intent = read(whole)
        if intent.kind in ("edit", "compose", "seed", "history", "choose", "recommend", "ideas"):
            return None
        question = intent.question
        if question is not None and before is not None and question.topic in _OF_PLAYER and before.topic in _OF_PLAYER:  # fmt: skip
            question = replace(question, term=question.term or before.term)
            intent = replace(intent, question=question)
        if (
            question is not None
            and before is not None
            and before.place is not None
            and question.place is None
            and question.topic in PLACED
        ):
            intent = replace(intent, question=replace(question, place=before.place))
        found.append((piece, intent))
    found = [(piece, _sure(intent)) for piece, intent in found]
    answered = [i for _, i in found if i.kind in ("question", "check")]
    if not answered or (len(answered) < 2 and not _named_apart(found)):
        return None
    questions = {i.question for i in answered}
    if len(questions) == 1 and len(answered) == len(found):
        return answered[0]
    return Intent("several", parts=tuple(found), question=answered[-1].question)


def _sure(intent: Intent) -> Intent:
    """A question that was only guessed is none among others: it is better named as not answered."""
    question = intent.question
    if question is not None and (intent.unsure or question.loose):
        return Intent("refuse", problem=("not-understood", ""))
    return intent


_DOES = re.compile(
    r"(?:and |so )*(?:what|how) (?:does|do|is|are|'s) (?:it|they|that|this|its|the) ?(?:chord )?(?:do|doing|for|function|role|job|there for|purpose)\b[^?]{0,12}\??$|(?:and |so )*what'?s (?:it|its|that) ?(?:doing|function|role|job|for|purpose)\b[^?]{0,12}\??$|(?:它|那|在这里|在那里)?(?:有|起|是)?(?:什么|啥)(?:作用|功能)(?:呢)?[?.]?$|(?:它的)?(?:作用|功能)(?:是什么|呢)?[?.]?$",
    re.IGNORECASE,
)
"""What a chord does that was named just before."""


_PROVED = (
    "key",
    "meter",
    "form",
    "style",
    "cadence",
    "scale here",
    "minor kind",
    "either key",
    "modulation",
)
"""Topics whose answers name their evidence themselves."""
_HOW_KNOWN = re.compile(
    r"(?:and |so |but )*(?:how|why) (?:would|could|can|do|did|should|might|does) (?:i|you|we|one|anyone|somebody|people)(?: ever)? (?:have )?(?:know|known|tell|told|see|seen|recogni[sz]e[d]?|work(?:ed)? (?:it|that) out|be sure|say)(?: that| it| this| so)?\W*|(?:是|你|我)?(?:怎么|如何|从哪)(?:能|可以)?(?:看出来?|知道|判断|听出来?|确定|看出)(?:的|呢|是)?\W*",
    re.IGNORECASE,
)
_WHY_IT = re.compile(
    r"(?:and |so |but )*why\b(?: (?:is|does|do|are|did))?(?: (?:it|that|this|they|people|we|one))?\b|(?:那|它|这)?(?:又|会|听)?(?:为什么|为何|为啥|怎么会)",
    re.IGNORECASE,
)


def _reason(found: list[tuple[str, Intent]], said: str) -> Intent | None:
    """Why the thing is so that the question before asked about: 什么叫三全音?为什么听着不舒服?"""
    question = found[-1][1].question if found else None
    if question is None or question.topic != "term" or not _WHY_IT.match(said):
        return None
    reason = reason_asked(f"{found[-1][0]} {said}".lower())
    return Intent("question", question=Question("term", term=reason)) if reason else None


_EDGES = {"highest": "highest", "climax": "highest", "lowest": "lowest", "longest": "longest"}
_WORD_THERE = re.compile(
    r"(?:and |so )*(?:what|which) (?:word|syllable)s?\b[^?]{0,30}\??$|(?:那|它)?[是在唱的]*(?:哪|什么)(?:一)?个?(?:字|词)[^?]{0,4}[?]?$",
    re.IGNORECASE,
)
"""The word on a note that was named just before."""


def _leaning(said: str, before: Question | None, tune: Tune | None) -> Intent | None:
    """What says only how it differs from the question before, or asks what the chord of that one does."""
    if before is None:
        return None
    if (
        before.topic in (*_CHORDS, "chord role", "chord here")
        and _DOES.match(said)
        and tune is not None
    ):
        return Intent(
            "question",
            question=Question(
                "chord role", before.place, before.term if before.topic.startswith("chord ") else ""
            ),
        )
    if before.topic in _EDGES and _WORD_THERE.match(said) and tune is not None:
        return Intent("question", question=Question("word at", None, _EDGES[before.topic]))
    if before.topic in _PROVED and _HOW_KNOWN.fullmatch(said):
        return Intent("question", question=before)
    same = same_question(said, before, tune)
    return Intent("question", question=same) if same is not None else None


_ZH = re.compile(r"[\u4e00-\u9fff].*(?:吗|么|什么|哪|几|多少|怎么|多久)")


def _named_apart(found: list[tuple[str, Intent]]) -> bool:
    """Whether what is not answered is a question of its own and no context of the one that is."""
    return all(
        intent.kind == "question" or piece.rstrip().endswith("?") or _ZH.search(piece)
        for piece, intent in found
    )
