"""A second opinion on what the tables have read: where they read nothing or loosely, the classifier
is asked; what both are unsure of is asked back.

The tables are right about ways of speaking that they know. They err where a word of theirs stands in a sentence about
something else: then a sure guess of another kind wins. A wrong change is worse than a question.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import dataclass, replace

from abc_tools.tune import Tune
from chat.explain import term_question
from chat.explain.requests import is_request
from chat.understand.guess.changes import CHANGES
from chat.understand.guess.model import Guess, guesses
from chat.understand.guess.reading import TALKING, Meaning, completed, meaning
from chat.understand.guess.topics import TOPICS, question_of
from chat.understand.history import Step
from chat.understand.intents import Intent, edit_of, lost
from chat.understand.operation import Operation
from chat.understand.operations import Around
from chat.understand.place import bars_of
from chat.understand.rules.times import FREE
from chat.understand.rules.voices import voice_named
from chat.understand.text import normalise, spelled

LIKELY, SURE, SURER = 0.6, 0.75, 0.9
"""How sure a guess must be to win over a general topic, a loose and a plain reading."""
LOOSE = frozenset(("rewrite", "longer", "shorter", "play-on", "instrument", "simplify", "harder"))
"""Changes whose words stand in many sentences about something else."""
GENERAL = frozenset((
    "key", "melody", "notes", "passage", "style", "title", "motif", "rhythm", "analysis", "voices", "count",
    "last note", "first note", "harmony", "form",
))  # fmt: skip
"""Topics whose words stand in many questions about something else."""


@dataclass(frozen=True)
class Said:
    """A message with what it may point at: `fresh` says that the tables take it for a new tune, `asks` that it has
    the form of a question.
    """

    text: str
    lower: str
    tune: Tune | None
    around: Around
    fresh: bool
    asks: bool


def weighed(found: Intent, said: Said) -> Intent:
    """What the tables have found, completed or put right by a guess where that is sure enough."""
    best = next(iter(guesses(spelled(normalise(said.text)).strip())), None)
    if best is None:
        return found
    if found.kind == "edit" and said.tune is not None:
        return _edit_weighed(found, best, said, said.tune)
    if found.kind == "question":
        return _question_weighed(found, best, said)
    if found.kind == "compose":
        return _compose_weighed(found, best, said)
    if found.kind == "refuse" and found.problem[0] in _UNREAD:
        if said.tune is not None:
            _, missing = bars_of(said.text, said.tune)
            if missing is not None:  # a bar that is not there is said, whatever was wanted of it
                return edit_of([Operation("rewrite", {}, None, missing, said.text)])
        other = _guessed(said.text, said.lower, said.tune, said.around)
        orders = other is not None and (
            other.kind == "edit" or other.problem[0].startswith("which")
        )
        if orders and _is_question(said):
            return _asked_after_all(said) or found  # a question that nothing answers is no order
        if other is not None and other.kind == "question":
            return replace(other, unsure=best.sure < SURE)
        return other or found
    return found


_UNREAD = ("not-understood", "new-or-change", "no-tune")
"""What is said where no table has read anything."""


_NEW = re.compile(
    r"\b(?:new|another) (?:tune|song|piece)|\bwrite (?:me|us)\b|\bcompose\b|一首|新的|\d+ (?:bars|measures)"
)


_MUSIC = re.compile(
    r"\b(?:tunes?|songs?|pieces?|music|melod\w+|ditt(?:y|ies)|themes?|jingles?|rounds?|canons?|stud(?:y|ies)|[eé]tudes?|exercises?|solos?|duets?|blues|something)\b|曲|歌|旋律|音乐|首|段"
)
_IT = re.compile(r"^(?:[\w']+ ){0,4}(?:it|this)\b(?! is\b)|^(?:让|把|给)?(?:它|这首|这个)")
_WRITES = re.compile(
    r"\b(?:write|compose|create|invent|improvise|generate|sketch|draft|knock|set)\b"
    r"|\b(?:make (?:me|us|up)|give (?:me|us)|come up with)\b"
    r"|写|作[一首段]|谱|来[一首段支个点]|编|创作"
)
"""Words of writing something new."""


def _edit_weighed(found: Intent, best: Guess, said: Said, tune: Tune) -> Intent:
    """Changes: a loose one gives way to another that is named, and all of them to what is surely no change."""
    names = {o.name for o in found.operations}
    if best.label == "compose" and best.sure >= SURE:
        return Intent("refuse", problem=("new-or-change", said.text))
    if _FACT.match(said.lower) and not _POLITE.search(said.lower):
        return _asked_after_all(said) or lost(tune)
    if _is_question(said) and best.label not in CHANGES and best.label != "nothing":
        other = _guessed(said.text, said.lower, tune, said.around)
        if other is not None and other.kind != "edit":
            return other
    if _PLAINLY_ASKED.match(said.lower) and not re.search(
        r"\bplease\b|\b(?:can|could|would) you\b", said.lower
    ):
        return _asked_after_all(said) or lost(tune)
    if best.label == "history-question" and best.sure >= SURE:
        return Intent("refuse", problem=("no-history", ""))
    exact = any(
        {"way", "versions"} & set(o.values)
        or (o.voice is not None and (o.place is not None or o.name == "play-on"))
        for o in found.operations
    )
    if (
        names == {"rewrite"}
        and not exact
        and not re.search(FREE, said.lower)
        and best.label != "rewrite"
        and best.sure >= LIKELY
    ):
        return _guessed(said.text, said.lower, tune, said.around) or lost(tune)
    loosely = names <= LOOSE or (names == {"transpose"} and not _PITCH.search(said.lower))
    if loosely and not exact and not _TOLD.search(said.lower):
        instead = meaning(said.text, tune, said.around)
        if instead.operations and best.sure >= SURE:
            return edit_of(list(instead.operations))
        if names == {"rewrite"} and instead.operations:
            return edit_of(list(instead.operations))
        if best.label != "rewrite" and best.sure >= SURE and instead.problem:
            return Intent("refuse", problem=(instead.problem, said.text), options=instead.options)
    return edit_of(_complete(found.operations, said, tune))


_KNOWS = re.compile(
    r"i(?:'d| would) (?:like|love) to know\b|i (?:want|need) to know\b|i(?:'m)? wonder(?:ing)?\b|(?:can|could) you (?:please )?tell (?:me|us)\b|do you know\b|(?:请)?告诉我|我想(?:知道|问)"
)
"""What opens a question, whatever follows."""
_PLAINLY_ASKED = re.compile(
    r"(?:so |and |but )?(?:which|where|who|when)\b[^.!;]*\?\s*$|(?:so |and |but )?what\b(?! (?:if|about|i'd|i want|i need))[^.!;]*\?\s*$"
)
"""A question with a question word and nothing behind it: never an order."""


_PITCH = re.compile(
    r"\b(?:transpose|pitch|note|top|bottom|highest|lowest|tone|semitone|step|third|fourth|fifth|octave|high|low|key)\w*|调|度|音|高|低"
)
_TOLD = re.compile(
    r"\bre-?write\b|\blength\b|\bbars more\b|\bmore bars\b|\banother (?:\w+ )?bars\b|\blonger\b|\bshorter\b|\bclimb|\bsoar|重写|加长|缩短|往[上下]走|向[上下]走|[A-G]调的?(?:圆号|单簧管|小号|短号|萨克斯)|移调谱"
)
"""Words that leave no doubt about a change that is read loosely otherwise."""


_FACT = re.compile(
    r"(?:so |and |but )?(?:is|are|was|were|does|did|has)\b.*\?\s*$|.*(?:是不是|有没有|会不会|够不够)[^把给]*$"
)
"""A question that can only be one."""
FAINT = 0.1


def _asked_after_all(said: Said) -> Intent | None:
    """The likeliest question that a message may ask, where it can be nothing else."""
    for guess in guesses(spelled(normalise(said.text)).strip()):
        question = question_of(guess.label, said.text, said.tune, said.around.selection)
        if question is not None and guess.sure >= FAINT and question.topic != "analysis":
            return Intent("question", question=question, unsure=guess.sure < SURE)
    return None


def _complete(operations: tuple[Operation, ...], said: Said, tune: Tune) -> list[Operation]:
    """With the changes of clauses that no rule knows."""
    return completed(said.text, tune, said.around) or list(operations)


def _is_question(said: Said) -> bool:
    """Whether a message has the form of a question that is no polite order."""
    if said.asks:
        return True
    if _UNWANTED.search(said.lower):
        return False
    if is_request(said.lower) or _POLITE.search(said.lower):
        return False
    return _ASKED.search(said.lower) is not None


_UNWANTED = re.compile(
    r"\b(?:i|we) (?:do not|don'?t|dont|really don'?t) (?:want|need) (?:them|it|those|any)\b[^?]*$|我们?(?:都)?(?:不想要|不需要)(?:了|它们?)?[^?吗]*$"
)
"""What is not wanted is to go, whatever is asked before."""
_POLITE = re.compile(
    r"\b(?:can|could|would|will|shall|may|might) (?:you|we|i|it|that|this|the|u)\b|\bplease\b|\bhow about\b|\bwhat about\b|\bwhy (?:not|don't)\b"
    r"|能不能|能否|可不可以|可以|请|帮|好吗|行吗|[把给]|试试"
)
_ASKED = re.compile(
    r"(?:^|[,;.] *|\band )(?:so |and |but )?(?:what|which|where|why|who|whose|when|how)(?:'s|s)?\b|^(?:is|are|does|do|did|has|have|was|were)\b|\?\W*$"
    r"|什么|哪|为何|怎么|几[个级度小]|多少|多久|是不是|有没有|吗\W*$|呢\W*$"
)


def _question_weighed(found: Intent, best: Guess, said: Said) -> Intent:
    """Questions: an order that only holds a word of theirs is an order, and a general topic gives way to a sure one."""
    question = found.question
    assert question is not None, "a question was read"
    least = SURER if _is_question(said) else SURE
    if _KNOWS.match(said.lower) or (_FACT.match(said.lower) and not _POLITE.search(said.lower)):
        return found
    if best.label in CHANGES and said.tune is not None and best.sure >= least:
        return _guessed(said.text, said.lower, said.tune, said.around) or found
    topic = TOPICS.get(best.label)
    if (
        topic is None
        or best.sure < SURE
        or question.topic not in GENERAL
        or topic.name == question.topic
    ):
        return found
    other = question_of(best.label, said.text, said.tune, said.around.selection)
    return (
        replace(found, question=replace(other, depth=question.depth))
        if other is not None
        else found
    )


def _compose_weighed(found: Intent, best: Guess, said: Said) -> Intent:
    """New tunes: with a tune open, what is surely something else is that."""
    if said.tune is None:
        talk = TALKING.get(best.label, "")
        if (
            talk in ("only-music", "no-history", "insult", "praise")
            and best.sure >= SURER
            and not found.wishes.values
        ):
            return _talked(Meaning(talk=talk), said.text, said.lower, None) or found
        return found
    if best.label == "compose":
        return found
    other = _guessed(said.text, said.lower, said.tune, said.around)
    place, _ = bars_of(said.text, said.tune)
    if (
        len(said.tune.voices) > 1
        and voice_named(said.tune, said.lower)
        and not _NEW.search(said.lower)
    ):
        return other or lost(said.tune)  # it speaks of a voice that is there
    if place is not None and not _NEW.search(said.lower):
        return other or lost(said.tune)  # it speaks of bars that are there
    if other is not None and other.kind == "question" and best.sure >= LIKELY:
        return other
    bare = not (found.wishes.values or found.wishes.genre or found.wishes.mood)
    if (bare and not _MUSIC.search(said.lower)) or (
        _IT.search(said.lower) and not _NEW.search(said.lower)
    ):
        return other or lost(said.tune)
    if (
        _is_question(said)
        and said.lower.rstrip().endswith(("?", "吗", "呢", "的?"))
        and not _WRITES.search(said.lower)
    ):
        return other or lost(said.tune)
    if said.fresh and _WRITES.search(said.lower):
        return found
    if other is not None and other.kind != "refuse" and best.sure >= SURE:
        return other
    if (
        other is not None
        and other.kind == "refuse"
        and other.problem[0] in ("only-music", "no-history")
    ):
        return other
    return found


def _guessed(
    text: str, lower: str, tune: Tune | None, around: Around
) -> Intent | None:  # fmt: skip
    """What a message that no table reads probably wants; None if that is not sure enough."""
    found = meaning(text, tune, around)
    if found.operations:
        return edit_of(list(found.operations))
    if found.question is not None:
        return Intent("question", question=found.question)
    if found.talk:
        return _talked(found, text, lower, tune)
    if found.problem:
        return Intent("refuse", problem=(found.problem, text), options=found.options)
    return None


def _talked(found: Meaning, text: str, lower: str, tune: Tune | None) -> Intent | None:
    """What is neither a change nor a question about the tune."""
    if found.talk in ("undo", "redo", "list"):
        return Intent("history", step=Step(found.talk)) if tune is not None else None
    if found.talk == "compose":
        return Intent("refuse", problem=("new-or-change", "")) if tune is not None else None
    if found.talk == "ideas":
        return Intent("ideas", topic=lower)
    if found.talk == "theory":
        question = term_question(text, tune)
        return Intent("question", question=question) if question is not None else None
    if found.talk in ("recommend", "check"):
        return Intent(found.talk) if tune is not None or found.talk == "recommend" else None
    if found.talk in ("only-music", "noted", "no-history"):
        return Intent("refuse", problem=(found.talk, ""))
    return Intent("answer", topic=found.talk)
