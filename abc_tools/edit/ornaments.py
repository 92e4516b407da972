"""Ornaments, articulation, dynamics, fermatas and slurs: added at musical places, or removed.

Kinds are named as people say them (`trill`, `grace`, `staccato` …, see KINDS). Signs stand right
before their note; notes, lengths and words never change (ABC 2.1 §4.12–4.14).
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from abc_tools.edit.retime import MeasureTokens
from abc_tools.edit.selection import all_measures, events, felt_beat
from abc_tools.spelling import changed_only, respell
from abc_tools.text import Edit, Span
from abc_tools.theory import Interval, Pitch, abc_letter
from abc_tools.tokens import Kind
from abc_tools.tune import Event, Measure, Tune

KINDS: dict[str, frozenset[str]] = {
    "trill": frozenset({"T", "trill", "trill(", "trill)"}),
    "mordent": frozenset({"M", "P", "mordent", "lowermordent", "uppermordent", "pralltriller"}),
    "turn": frozenset({"turn", "turnx", "invertedturn", "invertedturnx"}),
    "roll": frozenset({"~", "roll", "slide", "J", "R"}),
    "fermata": frozenset({"H", "fermata", "invertedfermata"}),
    "staccato": frozenset({".", "staccato", "wedge", "staccatissimo"}),
    "accent": frozenset({"L", "accent", ">", "emphasis", "marcato", "^", "tenuto"}),
    "dynamics": frozenset({
        "pppp", "ppp", "pp", "p", "mp", "mf", "f", "ff", "fff", "ffff", "sfz", "fp", "crescendo(",
        "crescendo)", "<(", "<)", "diminuendo(", "diminuendo)", ">(", ">)", "crescendo",
        "diminuendo",
    }),
    "bowing": frozenset({"u", "v", "upbow", "downbow"}),
    "fingering": frozenset("012345"),
    "breath": frozenset({"breath"}),
}  # fmt: skip
"""Kind → the decorations (signs, or names between `!` `!`) that belong to it."""

SIGNS = {
    "trill": "!trill!", "mordent": "!mordent!", "turn": "!turn!", "roll": "~",
    "fermata": "!fermata!", "staccato": ".", "accent": "!accent!", "breath": "!breath!",
}  # fmt: skip
ORNAMENTS = ("trill", "mordent", "turn", "roll", "grace")
ALL_KINDS = (*KINDS, "grace", "slur")


def kind_of(decoration: str) -> str | None:
    """The kind that a decoration belongs to, None for signs of structure (segno, coda …).

    >>> kind_of("!trill!"), kind_of("."), kind_of("!coda!")
    ('trill', 'staccato', None)
    """
    name = decoration[1:-1] if decoration[:1] in "!+" and len(decoration) > 1 else decoration
    return next((kind for kind, names in KINDS.items() if name in names), None)


def remove_ornaments(
    tune: Tune, kinds: tuple[str, ...] = ORNAMENTS, measures: list[Measure] | None = None
) -> list[Edit]:
    """Take decorations of some kinds away; `grace` notes and `slur`s count as kinds, too.

    `("all",)` means every kind. ValueError for a kind that does not exist.
    """
    wanted = set(ALL_KINDS) if "all" in kinds else set(kinds)
    if unknown := wanted - set(ALL_KINDS):
        raise ValueError(
            f"“{sorted(unknown)[0]}” is no kind of sign. There are: {', '.join(ALL_KINDS)}."
        )
    tokens = MeasureTokens(tune)
    edits = []
    for measure in all_measures(tune) if measures is None else measures:
        if "grace" in wanted:
            edits += _without_grace(tune, measure)
        for token in (t for piece in measure.pieces for t in tokens.within(piece)):
            gone = token.kind is Kind.DECORATION and kind_of(token.text) in wanted
            slur = token.kind in (Kind.SLUR_OPEN, Kind.SLUR_CLOSE) and "slur" in wanted
            if (gone or slur) and not any(e.span.contains(token.span) for e in edits):
                edits.append(Edit(token.span, ""))
    return _whole_slurs(tune, edits) if "slur" in wanted and measures is not None else edits


def _without_grace(tune: Tune, measure: Measure) -> list[Edit]:
    """Grace notes away; a note that took its accidental from one gets the sign itself."""
    found = [Edit(e.grace_span, "") for e in events(measure) if e.grace_span is not None]
    if any(note.accidental is not None for e in events(measure) for note in e.grace):
        bare = replace(
            measure,
            events=tuple(replace(e, grace=()) for e in measure.events),
            overlays=tuple(tuple(replace(e, grace=()) for e in la) for la in measure.overlays),
        )
        found += changed_only(tune.source, respell(bare, bare.key, lambda note: note.written))
    return found


def _whole_slurs(tune: Tune, edits: list[Edit]) -> list[Edit]:
    """Leave a slur that crosses the edge of the bars as it is: half a slur is wrong."""
    pairs: dict[Span, Span] = {}
    for voice in tune.voices:
        opened: list[Span] = []
        for measure in voice.measures:
            for mark in sorted(measure.marks, key=lambda m: m.span.start):
                if mark.kind == "slur-open":
                    opened.append(mark.span)
                elif mark.kind == "slur-close" and opened:
                    other = opened.pop()
                    pairs[other], pairs[mark.span] = mark.span, other
    spans = {edit.span for edit in edits}
    return [e for e in edits if e.span not in pairs or pairs[e.span] in spans]


def add_ornaments(
    tune: Tune, kind: str = "trill", measures: list[Measure] | None = None, most: int = 0, at: str = ""
) -> list[Edit]:  # fmt: skip
    """Put an ornament on notes that carry one well: long notes on strong beats.

    Trills, turns and mordents want at least a beat, rolls at least a beat and a half (or the beat of
    a compound meter); grace notes are the upper neighbour before a strong beat; staccato falls on
    notes of a beat or less, accents on downbeats, a fermata on the last note. Notes that carry a sign of that
    sort keep it. `most` is how many there are (0: as many as fit), `at` says that they stand on the first note of the
    `bars` or of the `phrases`. ValueError if the kind is unknown or no note takes it.
    """
    if kind not in SIGNS and kind != "grace":
        names = ", ".join((*SIGNS, "grace"))
        raise ValueError(f"“{kind}” cannot be added. There are: {names}.")
    chosen = all_measures(tune) if measures is None else measures
    leading = {id(m) for m in tune.voices[0].measures} if tune.voices else set()
    places = [
        (measure, event)
        for measure in chosen
        if id(measure) in leading or kind in ("staccato", "accent", "fermata", "breath")
        for event in measure.events
        if event.notes and not event.tied and not event.grace
        and all(kind_of(d) is None or (kind == "breath" and kind_of(d) != kind) for d in event.decorations)
    ]  # fmt: skip
    beat = felt_beat(tune)
    last = kind in ("fermata", "breath")
    taken = _last_notes(tune, places) if last else [p for p in places if _suits(kind, *p, beat)]
    if at:
        taken = _first_notes(tune, places, at)
    if most:
        taken = _spread(taken, most)
    signs = [(e, SIGNS[kind] if kind in SIGNS else _grace(m, e)) for m, e in taken]
    edits = [Edit(Span(e.span.start, e.span.start), sign) for e, sign in signs if sign]
    if not edits:
        raise ValueError(f"No note in these bars takes a {kind}.")
    return edits


def _first_notes(
    tune: Tune, places: list[tuple[Measure, Event]], at: str
) -> list[tuple[Measure, Event]]:
    """The first note of each bar, or of each phrase, within the chosen places."""
    from abc_tools.analyse.line import Material
    from abc_tools.analyse.phrases import phrases

    material = Material(tune)
    starts = {
        (material.notes[p.start].bar, material.notes[p.start].position) for p in phrases(material)
    }
    bars = {n for n, _ in starts}
    found: dict[int, tuple[Measure, Event]] = {}
    for measure, event in places:
        if measure.full and (at == "bars" or measure.number in bars):
            found.setdefault(measure.number, (measure, event))
    return list(found.values())


def _spread(places: list[tuple[Measure, Event]], most: int) -> list[tuple[Measure, Event]]:
    """At most so many of the places, far from each other: no two in one bar where there are bars enough."""
    by_bar: dict[int, tuple[Measure, Event]] = {}
    for measure, event in places:
        by_bar.setdefault(measure.number, (measure, event))
    found = list(by_bar.values()) if len(by_bar) >= min(most, len(places)) else places
    if len(found) <= most:
        return found
    return [found[(2 * n + 1) * len(found) // (2 * most)] for n in range(most)]


def _last_notes(tune: Tune, places: list[tuple[Measure, Event]]) -> list[tuple[Measure, Event]]:
    """The last note of every voice within the chosen places."""
    last: dict[int, tuple[Measure, Event]] = {}
    for number, voice in enumerate(tune.voices):
        own = {id(m) for m in voice.measures}
        for measure, event in places:
            if id(measure) in own:
                last[number] = (measure, event)
    return list(last.values())


def _suits(kind: str, measure: Measure, event: Event, beat: Fraction) -> bool:
    on_beat = event.onset % beat == 0 and measure.full
    if kind == "staccato":
        return event.duration <= beat and not event.tie
    if kind == "accent":
        return event.onset == 0 and measure.full
    if kind == "grace":
        half = measure.duration / 2 % beat == 0 and measure.duration > 2 * beat
        strong = event.onset == 0 or (half and event.onset == measure.duration / 2)
        return strong and on_beat and event.duration * 2 >= beat and event.kind == "note"
    long = beat if kind != "roll" or beat == Fraction(3, 8) else beat * 3 / 2
    return on_beat and event.duration >= long and event.kind == "note"


def _grace(measure: Measure, event: Event) -> str:
    """The upper neighbour of an event as a grace note; none where the bar has altered that step."""
    pitch = event.notes[-1].written.transposed(Interval(1, 2))
    neighbour = Pitch(pitch.step, measure.key.signature[pitch.step], pitch.octave)
    altered = any(
        note.accidental is not None and note.written.step == pitch.step
        for other in events(measure)
        for note in (*other.grace, *other.notes)
    )
    return "" if altered else f"{{{abc_letter(neighbour)}}}"


def set_dynamic(tune: Tune, level: str, measures: list[Measure] | None = None) -> list[Edit]:
    """Write a dynamic (`p`, `mf`, `ff` …) at the first note of the bars, in every voice."""
    if re.fullmatch(r"p{1,4}|f{1,4}|m[pf]|sfz", level) is None:
        raise ValueError(f"“{level}” is no dynamic. There are: pp, p, mp, mf, f, ff.")
    edits = []
    for voice in tune.voices:
        chosen = [m for m in voice.measures if measures is None or m in measures]
        first = next((e for m in chosen for e in m.events if e.notes), None)
        if first is not None:
            edits.append(Edit(Span(first.span.start, first.span.start), f"!{level}!"))
    if not edits:
        raise ValueError("There is no note in these bars.")
    return edits


def add_slurs(tune: Tune, measures: list[Measure] | None = None, every: int = 1) -> list[Edit]:
    """A slur over the notes of each `every` bars that have two or more and none yet: what is to be played smoothly."""
    edits = []
    for group in _groups(tune, all_measures(tune) if measures is None else measures, every):
        notes = [e for measure in group for e in measure.events if e.notes]
        text = " ".join(tune.source[m.span.start : m.span.end] for m in group)
        slurred = any(c in re.sub(r'"[^"]*"|!\S*?!|\(\d(?::\d*)*', "", text) for c in "()")
        if len(notes) < 2 or slurred or any(m.overlays for m in group):
            continue
        edits.append(Edit(Span(notes[0].span.start, notes[0].span.start), "("))
        edits.append(Edit(Span(notes[-1].span.end, notes[-1].span.end), ")"))
    if not edits:
        raise ValueError("There is nothing to slur in these bars.")
    return edits


def _groups(tune: Tune, measures: list[Measure], size: int) -> list[list[Measure]]:
    """Measures of one voice that follow each other, `size` together, none over the end of a section."""
    chosen = {id(m) for m in measures}
    found: list[list[Measure]] = []
    for voice in tune.voices:
        group: list[Measure] = []
        for measure in voice.measures:
            if id(measure) not in chosen:
                group = []
                continue
            if not group:
                found.append(group)
            group.append(measure)
            if len(group) == size or measure.ends_section:
                group = []
    return found


def mark_notes(tune: Tune, sign: str, measures: list[Measure] | None, long: bool) -> list[Edit]:
    """Staccato or tenuto on every long note, or on every short one: what is longer than a beat is long."""
    beat, sign = felt_beat(tune), {"staccato": ".", "tenuto": "!tenuto!"}[sign]
    places = [
        e for m in (all_measures(tune) if measures is None else measures) for e in m.events
        if e.notes and not e.tied and (e.duration > beat) is long
    ]  # fmt: skip
    edits = [
        Edit(Span(e.span.start, e.span.start), sign) for e in places if sign not in e.decorations
    ]
    if not edits:
        raise ValueError("No note in these bars takes that sign.")
    return edits
