"""A question → its answer: the statements of its topic, worded in the user's language.

How `Question.term` and `other` are read: for "count" what is counted, "playable" an instrument, "key" a
key that was claimed, "mood" a name of `moods.MOODS`, "what-if" a wish of `whatif`, "compare" nothing
(`other` is the message), for theory the arguments of `theory`; "terms" compares two of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from abc_tools.analyse.fact import Fact
from abc_tools.theory import parse_key
from abc_tools.tune import Tune
from chat.explain import (
    analysis,
    causes,
    compare,
    listening,
    relations,
    since,
    theory,
    titles,
    tonal,
)
from chat.explain.children import CHILD
from chat.explain.frames import VERDICTS, frame
from chat.explain.offers import offered
from chat.explain.question import Question
from chat.explain.scales import SCALES
from chat.explain.scope import Scope, scope
from chat.explain.statement import Statement, bullets, prose
from chat.explain.terms import terms
from chat.explain.topic_table import TOPICS as _TOPICS
from chat.phrases import plain


@dataclass(frozen=True)
class Answer:
    """`text` is Markdown; `intent` is "analyse" (about the tune) or "answer" (theory in general).

    `facts` are what every statement rests on, in the order in which they are said; `offers` are changes that were
    spoken of, as messages that make them.
    """

    text: str
    intent: str
    facts: tuple[Fact, ...] = ()
    example: str = ""
    offers: tuple[str, ...] = ()


def answer(
    question: Question,
    tune: Tune | None,
    language: str,
    versions: Sequence[Tune] = (),
    request: str = "",
) -> Answer:
    """Answer a question in "en" or "zh"; `versions` are the earlier versions of the tune in order, `request` is what
    the tune was asked for.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/4\\nK:G\\nGA|Bc|dB|G2|]\\n")
    >>> answer(Question("highest"), tune, "en").text
    'The highest note is D5, in bar 3.'
    """
    if question.topic in _THEORY:
        return _theory(question, tune, language)
    if tune is None:
        return Answer(frame(language, "no-tune"), "answer")
    if question.topic == "no-place":
        low, high = min(tune.bar_numbers, default=0), tune.bar_count
        return Answer(frame(language, "no-place", said=plain(question.other), low=low, high=high),
                      "analyse")  # fmt: skip
    voice = next((v for v in tune.voices if v.id == question.voice), None)
    try:
        s = scope(replace(tune, voices=(voice,)) if voice else tune, question.place)
    except ValueError:
        return Answer(frame(language, "no-notes"), "analyse")
    if not s.notes and question.topic not in ("meter", "tempo", "compare"):
        silent = Statement("silence", {}, s.bars)
        return Answer(silent.sentence(language), "analyse", (silent,))
    if question.topic == "analysis":
        text, found = analysis.analysis(s, language, question.depth)
        return Answer(text, "analyse", tuple(found))
    if question.topic == "compare":
        return _compared(question, s, language, versions)
    if question.topic in _OF_VERSIONS:
        return _since(question, s, language, versions)
    if question.topic == "unknowable":
        return Answer(frame(language, "unknowable"), "analyse")
    if question.topic == "titles":
        return _titles(s, language, request)
    if question.topic == "mood":
        return _why(question, s, language)
    said = _single(question, s, language)
    if voice is None or not said.facts:
        return said
    told = frame(language, "of-voice", said=plain(voice.name or voice.id))
    return replace(said, text=f"{told}\n{said.text}")


# -- single questions -------------------------------------------------------------------------


def _single(question: Question, s: Scope, language: str) -> Answer:
    table = CHILD if question.depth == "child" and question.topic in CHILD else _TOPICS
    found = list(table[question.topic](s, question.term))
    if question.topic == "playable" and question.other != "level":
        found = [f for f in found if f.kind not in ("level", "hard", "range")]
    if question.topic == "chord choice":
        return _choice(question, s, found, language)
    said = prose(language, found) if len(found) <= 2 else bullets(language, found)
    first = VERDICTS.get(found[0].kind, "") if question.yes and found else ""
    if question.beyond and found:
        first = {"can": "none-beyond", "cannot": "some-beyond"}.get(
            VERDICTS.get(found[0].kind, ""), first
        )
    if first and not _ANSWERED.match(found[0].sentence(language)):
        said = (
            f"{frame(language, first)}{' ' if language == 'en' else ''}{said}"
            if len(found) <= 2
            else f"{frame(language, first)}\n{said}"
        )
    offers = offered(question.topic, found, language)
    if offers:
        said += "\n\n" + frame(language, "shall-i")
    return Answer(said, "analyse", tuple(found), offers=offers)


def _choice(question: Question, s: Scope, found: list[Fact], language: str) -> Answer:
    """Chords to choose from, numbered as they can be chosen."""
    if not s.material.chords:
        here = tonal.harmony(s)
        return Answer(bullets(language, here), "analyse", tuple(here))
    if s.whole and not question.term:
        return Answer(frame(language, "which-bar", bar=s.notes[0].bar), "analyse")
    if not found:
        return Answer(frame(language, "no-choice"), "analyse")
    lines = [f"{n}. {fact.sentence(language)}" for n, fact in enumerate(found, 1)]
    text = "\n".join(lines) + "\n\n" + frame(language, "which-chord")
    return Answer(text, "analyse", tuple(found), offers=offered("chord choice", found, language))


_ANSWERED = re.compile(r"(?:yes|no|not|both)\b|是|不|没|有", re.IGNORECASE)
# -- why, compare -----------------------------------------------------------------------------


def _why(question: Question, s: Scope, language: str) -> Answer:
    found, against, other = causes.why(s, question.term)
    pieces = [bullets(language, found)]
    first: list[Fact] = []
    if question.other.startswith("for "):
        first = [listening.occasion(s, question.other.removeprefix("for "))]
        pieces.insert(0, prose(language, first))
    if against:
        pieces.append(frame(language, "against") + "\n" + bullets(language, against))
    if other:
        pieces.append(frame(language, "instead") + "\n" + bullets(language, other))
    return Answer("\n\n".join(pieces), "analyse", (*first, *found, *against, *other))


_VERSIONS = re.compile(
    r"version|draft|before|previous|earlier|original|\bnow\b|changed|what did you|last time|old|new"
    r"|版本|之前|原来|原版|以前|改了|变了|变化|上一|刚才|改动|最初|先前"
)


def _compared(question: Question, s: Scope, language: str, versions: Sequence[Tune]) -> Answer:
    places = compare.two_places(s.tune, question.other)
    by_version = _VERSIONS.search(question.other) or (places is None and versions)
    if by_version and places is None:
        chosen = compare.chosen_version(s.tune, versions, question.other)
        if chosen is None:
            return Answer(frame(language, "no-version", count=len(versions)), "analyse")
        found = compare.compare_versions(chosen[0], s.tune, chosen[1])
        return Answer(bullets(language, found), "analyse", tuple(found))
    if places is None:
        return Answer(frame(language, "no-parts"), "analyse")
    one, other = scope(s.tune, places[0]), scope(s.tune, places[1])
    if not one.notes or not other.notes:
        silent = Statement("silence", {}, (other if one.notes else one).bars)
        return Answer(silent.sentence(language), "analyse", (silent,))
    found = compare.compare_parts(one, other)
    return Answer(bullets(language, found), "analyse", tuple(found))


_OF_VERSIONS = ("changed", "since", "which version")


def _since(question: Question, s: Scope, language: str, versions: Sequence[Tune]) -> Answer:
    """What is asked of the versions of the conversation."""
    if question.topic == "which version":
        found = since.which(s, versions, question.term or "any")
        return Answer(bullets(language, found), "analyse", tuple(found))
    before = compare.version_before(s.tune, versions)
    if before is None:
        return Answer(frame(language, "no-changes"), "analyse")
    if question.topic == "changed":
        found = since.changed(s, before, question.other == "whether")
    else:
        found = since.since(s, before, question.term == "home")
    return Answer(bullets(language, found), "analyse", tuple(found))


def _titles(s: Scope, language: str, request: str) -> Answer:
    """Titles to choose from, numbered as they can be chosen."""
    found = titles.ideas(s, request)
    lines = [f"{n}. {fact.sentence(language)}" for n, fact in enumerate(found[:-1], 1)]
    text = "\n".join(lines) + "\n\n" + found[-1].sentence(language)
    text += (
        " " + frame(language, "which-title") if language == "en" else frame(language, "which-title")
    )
    return Answer(text, "analyse", tuple(found), offers=titles.messages(found, language))


# -- theory -----------------------------------------------------------------------------------

_THEORY: dict[str, Callable[[str], theory.Said]] = {
    "scale": theory.scale, "interval": theory.interval, "between": theory.between,
    "chord theory": theory.chord, "key theory": theory.key, "diatonic": theory.diatonic,
    "numeral": theory.numeral, "degree": theory.degree, "meter theory": theory.meter,
    "player": theory.player, "relation": relations.relation, "term": theory.term, "terms": theory.term,
    "unknown": theory.unknown,
}  # fmt: skip


def _theory(question: Question, tune: Tune | None, language: str) -> Answer:
    if question.topic == "terms":
        return _two_terms(question, language)
    if question.topic == "unknown":
        found, _ = theory.unknown(question.term, language)
        more = " " + frame(language, "ask-differently") if len(found) > 1 else ""
        return Answer(prose(language, found) + more, "answer", tuple(found))
    found, example = _THEORY[question.topic](question.term)
    text = prose(language, found)
    here: list[Fact] = []
    if question.other == "tune" and tune is not None:
        here = _shown(question, tune)
    if here:
        text += "\n\n" + frame(language, "in-tune") + "\n" + bullets(language, here)
    if example:
        text += "\n\n" + frame(language, "example")
    return Answer(text, "analyse" if here else "answer", (*found, *here), example)


def _two_terms(question: Question, language: str) -> Answer:
    facts: list[Fact] = []
    pieces = []
    for asked in (question.term, question.other):
        topic, _, argument = asked.partition(":")
        found, _ = _THEORY[topic](argument)
        facts += found
        pieces.append("- " + prose(language, found))
    return Answer("\n".join(pieces), "answer", tuple(facts))


def _shown(question: Question, tune: Tune) -> list[Fact]:
    """What of a term is in the tune."""
    try:
        s = scope(tune, question.place)
    except ValueError:
        return []
    if question.topic == "scale":
        name = (
            question.term.split(" ", 1)[1]
            if re.match(r"[A-G][#b]? ", question.term)
            else question.term
        )
        return list(tonal.in_scale(s, name)) if name in SCALES else []
    if question.topic == "key theory":
        key = parse_key(question.term)
        return list(tonal.claimed_key(s, key)) if key is not None else []
    if question.topic == "chord theory":
        return list(tonal.harmony(s))
    if question.topic != "term" or not (shown := terms()[question.term].shown):
        return []
    topic, _, detail = shown.partition(":")
    found = list(_TOPICS[topic](s, detail))
    if topic == "cadence" and detail:
        found = [f for f in found if detail in str(f.value.get("type", ""))]
    elif topic == "chord tones" and detail:
        found = [f for f in found if f.kind == detail]
    return found or [Statement("term not there", {}, s.bars)]
