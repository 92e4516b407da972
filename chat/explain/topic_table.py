"""Topic → the statements that answer it, from the bars that are asked about and the question's term.

A new topic is a function on a `Scope` and one line of `TOPICS` here; `topics` or an `asked_*` module reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from abc_tools.analyse.fact import Fact
from abc_tools.theory import parse_key
from chat.explain import (
    analysis,
    basics,
    between_voices,
    capo,
    causes,
    chord_roles,
    chord_trials,
    counts,
    fitting,
    five_modes,
    harder,
    layout,
    limits,
    listening,
    looking,
    patterns,
    playing,
    recurring,
    rehearsing,
    singers,
    strings,
    sung,
    teaching,
    timing,
    together,
    tonal,
    whatif,
    written,
)
from chat.explain.scope import Scope
from chat.explain.statement import Statement


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
    return [fact for name in term.split() for fact in TOPICS[name](s, "")]


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


def _one_note(s: Scope, term: str) -> list[Fact]:
    """A note that is named; for a sign alone ("#", "♭", "♮" or any) every note of the bars that has one."""
    if term[:1].isalpha():
        return [*written.raised_seventh(s, term), *tonal.one_note(s, term)]
    names = dict.fromkeys(tonal.altered(s, term))
    if not names:
        other = dict.fromkeys(tonal.altered(s, ""))
        found: list[Fact] = [Statement("no such sign", {"sign": list(tonal.SIGNS[term])}, s.bars)]
        return [*found, *(f for name in other for f in _one_note(s, name))][:8]
    return [f for name in names for f in _one_note(s, name)][:8]


def _secondary(s: Scope, _: str) -> list[Fact]:
    found = [f for f in analysis.known(s, ("harmony",))
             if f.kind in ("secondary dominant", "borrowed chord", "chromatic chord")]  # fmt: skip
    return list(found) or [Statement("term not there", {}, s.bars)]


TOPICS: dict[str, Callable[[Scope, str], Sequence[Fact]]] = {
    "count": lambda s, term: counts.count(s, term),
    "playable": lambda s, term: [*timing.playable(s, term), *counts.span(s)],
    "lasting": counts.lasting,
    "capo": capo.capo,
    "times played": recurring.times_played,
    "rhythms alike": recurring.same_rhythm,
    "rhythm name": patterns.returning_rhythm,
    "accompaniment": patterns.accompaniment,
    "stepwise": patterns.stepwise,
    "opening returns": patterns.opening_returns,
    "dotted": recurring.dotted,
    "sequences": recurring.sequences,
    "suits": recurring.suits,
    "either key": basics.either_key,
    "speed": listening.tempo_asked,
    "direction": listening.shape,
    "repeated notes": listening.repeated_notes,
    "phrase height": listening.phrase_height,
    "chord count": listening.chord_count,
    "note beats": listening.note_beats,
    "opening interval": basics.opening_interval,
    "clef": basics.clef,
    "bars in all": lambda s, _: counts.count(s, "bars"),
    "last beat": basics.last_beat,
    "beat length": basics.beat_length,
    "sharps": lambda s, _: [*tonal.key(s)[:1], *counts.outside(s)],
    "edge degree": basics.edge_degree,
    "first beat": basics.first_beat,
    "degrees used": basics.used,
    "sung as": basics.sung_as,
    "counted": basics.counted,
    "below string": strings.below,
    "position": strings.position,
    "strings": strings.needed,
    "strong beats": recurring.strong_beats,
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
    "modulation": lambda s, _: written.turns(s) or tonal.modulations(s, True) or tonal.key(s),
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
    "practice": rehearsing.practice,
    "hard spots": rehearsing.hard_spots,
    "harder part": harder.harder,
    "fits": lambda s, _: fitting.fits(s),
    "chord names": lambda s, _: fitting.names(s),
    "chord shapes": lambda s, _: fitting.shapes(s),
    "chinese mode": five_modes.mode,
    "claim": layout.claim,
    "lead voice": lambda s, _: layout.lead_voice(s),
    "section keys": lambda s, _: layout.section_keys(s),
    "construction": lambda s, _: layout.construction(s),
    "order": lambda s, _: layout.order(s),
    "date": lambda s, _: layout.date(s),
    "colours": lambda s, _: layout.colours(s),
    "own scale": lambda s, _: layout.own_scale(s),
    "chord changes": lambda s, _: fitting.changes(s),
    "beside": harder.beside,
    "breaks": rehearsing.breaks,
    "same rhythm": lambda s, _: between_voices.same_rhythm(s),
    "motion": lambda s, _: between_voices.motion(s),
    "imitation": lambda s, _: between_voices.imitation(s),
    "limit": limits.limit,
    "both ends": lambda s, _: limits.both_ends(s),
    "word at": limits.word_at,
    "chord times": limits.chord_times,
    "phrase notes": lambda s, _: limits.phrase_notes(s),
    "singers": singers.singers,
    "wide leaps": lambda s, _: singers.wide_leaps(s),
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
    "one note": _one_note,
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
    "nth chord": chord_roles.nth,
    "edge chords": chord_roles.edges,
    "without chord": chord_roles.without,
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
