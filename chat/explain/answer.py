"""A question → its answer: the statements of its topic, worded in the user's language.

How `Question.term` and `other` are read: for "count" what is counted, "playable" an instrument, "key" a
key that was claimed, "mood" a name of `moods.MOODS`, "what-if" a wish of `whatif`, "compare" nothing
(`other` is the message), for theory the arguments of `theory`; "terms" compares two of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from abc_tools.analyse.fact import Fact
from abc_tools.theory import parse_key
from abc_tools.tune import Tune
from chat.explain import (
    analysis,
    causes,
    chord_roles,
    chord_trials,
    compare,
    counts,
    looking,
    playing,
    sung,
    teaching,
    theory,
    timing,
    together,
    tonal,
    whatif,
    written,
)
from chat.explain.children import CHILD
from chat.explain.frames import VERDICTS, frame
from chat.explain.offers import offered
from chat.explain.question import Question
from chat.explain.scales import SCALES
from chat.explain.scope import Scope, scope
from chat.explain.statement import Statement, bullets, prose
from chat.explain.terms import terms
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
    question: Question, tune: Tune | None, language: str, versions: Sequence[Tune] = ()
) -> Answer:
    """Answer a question in "en" or "zh"; `versions` are the earlier versions of the tune in order.

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
    try:
        s = scope(tune, question.place)
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
    if question.topic == "mood":
        return _why(question, s, language)
    return _single(question, s, language)


# -- single questions -------------------------------------------------------------------------


def _topic_key(s: Scope, term: str) -> list[Fact]:
    said = parse_key(term) if term else None
    claimed = tonal.claimed_key(s, said) if said is not None else []
    return [
        *claimed,
        *written.five_notes(s),
        *(f for f in tonal.key(s) if not (claimed and f.kind == "key signature")),
    ]


def _phrases(s: Scope, _: str) -> list[Fact]:
    return [*counts.count(s, "phrases"), *tonal.cadences(s)]


def _repeats(s: Scope, _: str) -> list[Fact]:
    return [*analysis.repeats(s), *counts.alike(s)]


def _several(s: Scope, term: str) -> list[Fact]:
    return [fact for name in term.split() for fact in _TOPICS[name](s, "")]


def _leading(s: Scope, _: str) -> list[Fact]:
    found = tonal.leading_note(s)
    return [found] if found is not None else [Statement("no key", {}, s.bars)]


def _caused(name: str) -> Callable[[Scope, str], list[Fact]]:
    def find(s: Scope, _: str) -> list[Fact]:
        found: list[Fact] = list(causes.causes(s, (name,)))
        return found or [Statement("term not there", {}, s.bars)]

    return find


def _passage(s: Scope, _: str) -> list[Fact]:
    """Some bars: their notes, chords, and what marks them."""
    every = causes.causes(s, tuple(causes.CAUSES))
    return [*counts.contents(s)[:4], *tonal.harmony(s)[:1], *every[:6]]


def _reasons(s: Scope) -> list[Fact]:
    """Why the notes outside the key are there."""
    return [f for f in analysis.known(s, ("degrees",)) if f.kind == "accidental"][:6]


def _secondary(s: Scope, _: str) -> list[Fact]:
    found = [f for f in analysis.known(s, ("harmony",))
             if f.kind in ("secondary dominant", "borrowed chord", "chromatic chord")]  # fmt: skip
    return list(found) or [Statement("term not there", {}, s.bars)]


_TOPICS: dict[str, Callable[[Scope, str], Sequence[Fact]]] = {
    "count": lambda s, term: counts.count(s, term),
    "playable": lambda s, term: [*timing.playable(s, term), *counts.span(s)],
    "lasting": lambda s, _: counts.lasting(s),
    "alike": lambda s, _: looking.returns(s) if s.whole else counts.alike(s),
    "chord tones": lambda s, _: tonal.chord_tones(s),
    "outside": lambda s, _: [*counts.outside(s), *_reasons(s)],
    "highest": lambda s, _: counts.extreme(s, "highest"),
    "lowest": lambda s, _: counts.extreme(s, "lowest"),
    "longest": lambda s, _: counts.by_length(s, "longest"),
    "shortest": lambda s, _: counts.by_length(s, "shortest"),
    "first note": lambda s, _: counts.edge_note(s, "first note"),
    "last note": lambda s, _: counts.edge_note(s, "last note"),
    "climax": lambda s, _: counts.climax(s),
    "range": lambda s, _: counts.span(s),
    "modulation": lambda s, _: written.turns(s) or tonal.modulations(s) or tonal.key(s),
    "secondary": _secondary,
    "cadence": lambda s, _: tonal.cadences(s),
    "pickup": lambda s, _: timing.pickup(s),
    "syncopation": lambda s, _: _inside(s, timing.syncopation(s), "syncopated"),
    "triplets": lambda s, _: timing.triplets(s),
    "motif": lambda s, _: timing.motif(s),
    "degrees": lambda s, _: counts.degrees(s),
    "harmony": lambda s, _: tonal.harmony(s),
    "phrases": _phrases,
    "form": lambda s, _: timing.form(s) or tonal.cadences(s),
    "repeats": _repeats,
    "tempo": lambda s, _: timing.tempo(s),
    "meter": lambda s, _: timing.meter(s),
    "rhythm": lambda s, _: timing.rhythm(s) if s.whole else counts.rhythm_of(s),
    "voices": lambda s, _: counts.count(s, "voices"),
    "difficulty": lambda s, _: timing.difficulty(s),
    "style": lambda s, _: timing.style(s),
    "moves": lambda s, _: [*counts.moves(s), *playing.interval_here(s)],
    "commonest": lambda s, term: counts.commonest(s, term),
    "practice": lambda s, _: playing.practice(s),
    "breathing": lambda s, _: playing.breathing(s),
    "bowing": lambda s, _: playing.bowing(s),
    "fingering": lambda s, _: playing.fingering(s),
    "improvise": lambda s, _: playing.improvise(s),
    "interval here": playing.interval_here,
    "melody": lambda s, _: analysis.melody(s),
    "title": lambda s, _: timing.title(s),
    "key": _topic_key,
    "notes": lambda s, _: counts.contents(s),
    "passage": _passage,
    "leading": _leading,
    "one note": lambda s, term: [*written.raised_seventh(s, term), *tonal.one_note(s, term)],
    "find chord": lambda s, term: tonal.find_chord(s, term),
    "players": lambda s, _: timing.players(s),
    "scale here": lambda s, term: tonal.in_scale(s, term),
    "several": _several,
    "blue": _caused("blue notes"),
    "signs": lambda s, _: written.signs(s),
    "dynamics": lambda s, _: written.dynamics(s),
    "endings": lambda s, _: written.endings(s),
    "words": lambda s, _: written.words(s),
    "parallels": lambda s, _: written.parallels(s),
    "part": lambda s, term: written.part_place(s, term),
    "blues form": lambda s, _: written.blues_form(s),
    "voice range": lambda s, term: written.voice_range(s, term),
    "chord here": lambda s, term: [
        *chord_roles.chord_role(s, term),
        *written.chord_special(s, term),
    ],
    "chord role": lambda s, term: [
        *chord_roles.chord_role(s, term),
        *written.chord_special(s, term),
    ],
    "chord doubt": lambda s, term: chord_roles.chord_doubt(s, term),
    "note doubt": lambda s, term: chord_roles.note_doubt(s, term),
    "chord instead": lambda s, term: chord_trials.instead(s, term),
    "note instead": lambda s, term: chord_trials.note_instead(s, term),
    "chord choice": lambda s, term: chord_trials.choices(s, term),
    "pull": lambda s, term: chord_trials.pull(s, term),
    "at once": together.sounding_together,
    "apart": lambda s, term: [f for which in term.split() for f in together.apart(s, which)],
    "clashes": together.clashes,
    "sung": sung.words_asked,
    "minor kind": looking.minor_kind,
    "leaps over": looking.leaps_over,
    "tensest": looking.tensest,
    "teach": teaching.teach,
    "what-if": lambda s, term: whatif.what_if(s, term),
}
"""Topic → the statements that answer it, from the scope and the question's term."""


def _inside(s: Scope, found: Sequence[Fact], cause: str) -> Sequence[Fact]:
    """Facts of the whole tune; for some bars what is there of one cause."""
    if s.whole:
        return found
    here = causes.causes(s, (cause,))
    return here or [Statement("term not there", {}, s.bars)]


def _single(question: Question, s: Scope, language: str) -> Answer:
    table = CHILD if question.depth == "child" and question.topic in CHILD else _TOPICS
    found = list(table[question.topic](s, question.term))
    if question.topic == "playable" and question.other != "level":
        found = [f for f in found if f.kind not in ("level", "hard", "range")]
    if question.topic == "chord choice":
        return _choice(question, s, found, language)
    said = prose(language, found) if len(found) <= 2 else bullets(language, found)
    first = VERDICTS.get(found[0].kind, "") if question.yes and found else ""
    if first and not _ANSWERED.match(found[0].sentence(language)):
        said = (
            f"{frame(language, first)} {said}"
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
        return Answer(frame(language, "which-bar"), "analyse")
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
    if against:
        pieces.append(frame(language, "against") + "\n" + bullets(language, against))
    if other:
        pieces.append(frame(language, "instead") + "\n" + bullets(language, other))
    return Answer("\n\n".join(pieces), "analyse", (*found, *against, *other))


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


# -- theory -----------------------------------------------------------------------------------

_THEORY: dict[str, Callable[[str], theory.Said]] = {
    "scale": theory.scale, "interval": theory.interval, "between": theory.between,
    "chord theory": theory.chord, "key theory": theory.key, "diatonic": theory.diatonic,
    "numeral": theory.numeral, "degree": theory.degree, "meter theory": theory.meter,
    "player": theory.player, "term": theory.term, "terms": theory.term, "unknown": theory.unknown,
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
