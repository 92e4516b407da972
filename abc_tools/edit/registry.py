"""Every edit under one name, with its parameters: what the command line and the chat offer.

`EDITS` is the table; `run` reads parameters given as text, carries an edit out and proves the
promises: the result is no more wrong than the tune was, nothing outside the bars changed, and what
the edit keeps (pitches, rhythm) is kept. To add an edit: write the function, add a line to EDITS.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from abc_tools.edit import (
    added_voices,
    arrange,
    bars,
    choir,
    chording,
    contour,
    figures,
    header,
    instruments,
    line_breaks,
    meter,
    middle_voice,
    mode,
    notes,
    ornaments,
    parts,
    pitch,
    rhythm,
    second_voice,
    singing,
    symbols,
    voices,
    words,
)
from abc_tools.edit.outcome import assert_kept
from abc_tools.edit.selection import select
from abc_tools.harmonise import RATES
from abc_tools.parse import parse
from abc_tools.text import Edit, apply
from abc_tools.theory import MODES, Interval, Key, parse_key
from abc_tools.tune import Measure, Tune
from abc_tools.validate import errors

Measures = list[Measure] | None
SEMITONE_STEPS = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)


@dataclass(frozen=True)
class Parameter:
    """A parameter of an edit: `kind` is int, number, text, yes/no or list; no default: required."""

    name: str
    kind: str
    help: str
    default: str | None = None
    choices: tuple[str, ...] = ()

    def read(self, text: str) -> Any:
        """The value that a text means; ValueError with what would be right."""
        value = text.strip()
        if self.choices and value not in self.choices:
            there = ", ".join(self.choices)
            raise ValueError(f"{self.name} cannot be “{value}”. There are: {there}.")
        try:
            if self.kind == "int":
                return int(value)
            if self.kind == "number":
                return Fraction(value)
        except (ValueError, ZeroDivisionError):
            raise ValueError(f"{self.name} is a number, not “{value}”.") from None
        if self.kind == "yes/no":
            if value.lower() not in ("yes", "no", "true", "false", "1", "0"):
                raise ValueError(f"{self.name} is yes or no, not “{value}”.")
            return value.lower() in ("yes", "true", "1")
        if self.kind == "list":
            return value.split()
        return text


@dataclass(frozen=True)
class EditKind:
    """One edit: its function `(tune, measures, **values)`, what it is, and what it promises.

    `scope` says whether it takes bars: `tune` (never), `any` (all or some), `bars` (it needs some).
    `keeps` names what it leaves: `pitch` (the notes, up to ties), `rhythm`, `words`.
    """

    name: str
    function: Callable[..., list[Edit]]
    help: str
    parameters: tuple[Parameter, ...] = ()
    scope: str = "tune"
    keeps: tuple[str, ...] = ()


def semitones(count: int) -> Interval:
    """The usual spelling of an interval of so many semitones."""
    octaves, rest = divmod(abs(count), 12)
    steps = 7 * octaves + SEMITONE_STEPS[rest]
    return Interval(steps if count >= 0 else -steps, count)


def read_key(text: str) -> Key:
    """A key said as in `K:`; ValueError if it is none."""
    key = parse_key(text)
    if key is None or not key.tonic:
        raise ValueError(f"“{text}” is no key.")
    return key


def _to_key(tune: Tune, measures: Measures, key: str) -> list[Edit]:
    new = read_key(key)
    if measures is None and len(key.split()) == 1 and new.mode == "major" and "maj" not in key:
        return pitch.transpose_to(tune, new)
    if measures is not None:
        return mode.set_key(tune, lambda _: new, measures)
    home = tune.key
    return mode.set_key(tune, lambda old: mode.along(old, home, new))


def _tempo(tune: Tune, measures: Measures, bpm: Fraction) -> list[Edit]:
    if measures is not None:
        return header.set_tempo_of(tune, measures, round(bpm))
    return header.set_tempo(tune, bpm)


def _chords_at(tune: Tune, measures: Measures, at: Sequence[str]) -> list[Edit]:
    """`5:3=Am 6=D7`: bar, beat (1 if not said), symbol."""
    found = []
    for word in at:
        place, _, name = word.partition("=")
        bar, _, beat = place.partition(":")
        try:
            found.append((int(bar), Fraction(beat or 1), name))
        except (ValueError, ZeroDivisionError):
            raise ValueError(
                f"“{word}” is no place for a chord; write it as bar:beat=chord, such as 5:3=Am."
            ) from None
    return symbols.set_chords(tune, found)


def _add_chords(
    tune: Tune, measures: Measures, only: Sequence[str], sevenths: bool, rate: str, end: str,
    keep: bool,
) -> list[Edit]:  # fmt: skip
    return chording.add_chords(
        tune, measures, only=only, sevenths=sevenths, rate=rate, end=end, keep=keep
    )


def _choir(tune: Tune, measures: Measures, first: int, last: int) -> list[Edit]:
    chosen = select(tune, first, last or tune.bar_count) if first or last else None
    return choir.add_choir(tune, chosen)


def _insert(
    tune: Tune, measures: Measures, bar: int, count: int, music: str, where: str
) -> list[Edit]:
    contents = [part for part in music.split("|") if part.strip()] if music.strip() else count
    return bars.insert_bars(tune, bar, contents, where=where)


def _alter(
    tune: Tune, measures: Measures, to: str, name: str, nth: int, beat: Fraction, edge: str
) -> list[Edit]:
    return notes.alter_notes(tune, measures, to, name=name, nth=nth, beat=beat, edge=edge)


def _needed(measures: Measures) -> list[Measure]:
    if measures is None:
        raise ValueError("Say which bars are meant.")
    return measures


def _p(name: str, kind: str, help_: str, default: str | None = None, *choices: str) -> Parameter:
    return Parameter(name, kind, help_, default, choices)


_KIND = _p("kind", "text", "which sign", "trill", *ornaments.SIGNS, "grace")
_ALL = (
    EditKind("transpose", lambda t, m, semitones: pitch.transpose(t, _interval(semitones), m),
             "move the notes by semitones, with chords and key",
             (_p("semitones", "int", "up, or down if negative"),), "any", ("rhythm", "words")),
    EditKind("transpose-diatonic", lambda t, m, steps: pitch.transpose_diatonic(t, steps, m),
             "move the notes by steps of the scale; the key stays",
             (_p("steps", "int", "2 is a third up"),), "any", ("rhythm", "words")),
    EditKind("key", _to_key, "move to another key: a tonic alone transposes, a mode changes it, too",
             (_p("key", "text", "as in K:, such as Em"),), "any", ("rhythm", "words")),
    EditKind("mode", lambda t, m, mode_: mode.set_mode(t, mode_, m), "another mode on the same tonic",
             (_p("mode", "text", "which", None, *sorted(MODES)),), "any", ("rhythm", "words")),
    EditKind("octave", lambda t, m, octaves: pitch.shift_octave(t, octaves, m),
             "move the notes by octaves", (_p("octaves", "int", "up, or down if negative"),), "any",
             ("rhythm", "words")),
    EditKind("alter-notes", _alter,
             "some notes made others",
             (_p("to", "text", "a note such as F#, D or F=, or up, down, chord"),
              _p("name", "text", "which notes, by name", ""),
              _p("nth", "int", "which one, counted in the bars; -1 the last", "0"),
              _p("beat", "number", "the one at this beat", "0"),
              _p("edge", "text", "the highest or the lowest", "", "", "high", "low")), "any", ("rhythm", "words")),
    EditKind("limit-range", lambda t, m, low, high, by: notes.limit_range(t, m, low, high, by),
             "notes outside a range brought inside",
             (_p("low", "text", "lowest note, such as C4", ""), _p("high", "text", "highest note", ""),
              _p("by", "text", "how", "ear", "ear", "octave")), "any",
             ("rhythm", "words")),
    EditKind("smooth", lambda t, m, most: contour.smooth(t, m, most), "wide leaps made smaller",
             (_p("most", "int", "semitones that are still allowed", "5"),), "any", ("rhythm", "words")),
    EditKind("fill-leaps", lambda t, m, least: contour.fill_leaps(t, m, least), "leaps filled with steps of the scale",
             (_p("least", "int", "semitones from which on a leap is filled", "3"),), "any"),
    EditKind("in-notes", lambda t, m, length, longer: figures.in_notes(t, length, m, only_longer=longer),
             "notes of one length", (_p("length", "number", "of a whole note, such as 1/4"),
              _p("longer", "yes/no", "only the longer ones; short notes stay", "no")), "any", ("words",)),
    EditKind("repeat-notes", lambda t, m, count: figures.repeat_notes(t, count, m), "every note several times",
             (_p("count", "int", "how many times", "2"),), "any", ("words",)),
    EditKind("embellish", lambda t, m: figures.embellish(t, m), "figures between the notes of the melody", (), "any",
             ("words",)),
    EditKind("invert", lambda t, m: contour.invert(t, m), "the melody upside down around its first note", (), "any",
             ("rhythm", "words")),
    EditKind("retrograde", lambda t, m: contour.retrograde(t, m), "the bars read backwards", (), "any"),
    EditKind("slur", lambda t, m, every: ornaments.add_slurs(t, m, every), "a slur over each bar, or each few",
             (_p("every", "int", "bars under one slur", "1"),), "any",
             ("pitch", "rhythm", "words")),
    EditKind("mark-notes", lambda t, m, sign, length: ornaments.mark_notes(t, sign, m, length == "long"),
             "staccato or tenuto on the long or the short notes",
             (_p("sign", "text", "which", "tenuto", "tenuto", "staccato"),
              _p("length", "text", "of which notes", "long", "long", "short")), "any",
             ("pitch", "rhythm", "words")),
    EditKind("copy-over", lambda t, m, first: arrange.copy_over(t, _needed(m), first),
             "bars written over others", (_p("first", "int", "the first of the bars that give way"),), "bars"),
    EditKind("instrument", lambda t, m, name, sounding: instruments.write_for(t, name, sounding=sounding),
             "write for an instrument: transposed by its interval, in its range",
             (_p("name", "text", "such as alto sax"),
              _p("sounding", "yes/no", "whether it shall sound the same notes", "yes")), "tune",
             ("rhythm", "words")),
    EditKind("meter", lambda t, m, meter_, way: meter.set_meter(t, meter_, m, way=way),
             "another meter, rhythms fitted or barlines moved",
             (_p("meter", "text", "such as 3/4"), _p("way", "text", "how", "auto", *meter.WAYS)), "any",
             ("pitch", "words")),
    EditKind("double", lambda t, m, way, tempo: rhythm.double_values(t, way=way, tempo=tempo),
             "note values doubled",
             (_p("way", "text", "change the meter, or make more bars", "meter", "meter", "bars"),
              _p("tempo", "text", "keep the beat, or sound the same", "keep", "keep", "same")), "tune",
             ("pitch", "words")),
    EditKind("halve", lambda t, m, way, tempo: rhythm.halve_values(t, way=way, tempo=tempo),
             "note values halved",
             (_p("way", "text", "change the meter, or make fewer bars", "meter", "meter", "bars"),
              _p("tempo", "text", "keep the beat, or sound the same", "keep", "keep", "same")), "tune",
             ("pitch", "words")),
    EditKind("tempo", _tempo, "another tempo", (_p("bpm", "number", "beats a minute"),), "any",
             ("pitch", "rhythm", "words")),
    EditKind("swing", lambda t, m, style, of: rhythm.swing(t, m, style=style, of=of),
             "pairs of equal notes made uneven",
             (_p("style", "text", "how", "dotted", "dotted", "triplet", "snap"),
              _p("of", "text", "pairs of which notes", "eighths", "eighths", "quarters", "either")), "any",
             ("pitch", "words")),
    EditKind("straighten", lambda t, m: rhythm.straighten(t, m), "uneven pairs made even", (), "any",
             ("pitch", "words")),
    EditKind("simplify-rhythm", lambda t, m, level: rhythm.simplify_rhythm(t, level, m),
             "short notes left out or made even",
             (_p("level", "text", "what goes", "sixteenths", *rhythm.SIMPLER),), "any", ("words",)),
    EditKind("add-ornaments", lambda t, m, kind, most, at: ornaments.add_ornaments(t, kind, m, most, at),
             "ornaments where they sit well",
             (_KIND, _p("most", "int", "how many; 0: as many as fit", "0"),
              _p("at", "text", "on the first notes of what", "", "", "bars", "phrases")),
             "any", ("pitch", "rhythm", "words")),
    EditKind("remove-ornaments", lambda t, m, kinds: ornaments.remove_ornaments(t, tuple(kinds), m),
             "ornaments and other signs taken away",
             (_p("kinds", "list", "which kinds, or all", " ".join(ornaments.ORNAMENTS)),), "any",
             ("pitch", "rhythm", "words")),
    EditKind("dynamic", lambda t, m, level: ornaments.set_dynamic(t, level, m), "a dynamic at the first note",
             (_p("level", "text", "p, mf, ff …"),), "any", ("pitch", "rhythm", "words")),
    EditKind("delete-bars", lambda t, m: bars.delete_bars(t, _needed(m)), "bars taken out", (), "bars"),
    EditKind("insert-bars", _insert, "bars of rest, or of given notes, put in",
             (_p("bar", "int", "the bar next to it"), _p("count", "int", "how many empty bars", "1"),
              _p("music", "text", "the bars' notes, with | between them", ""),
              _p("where", "text", "on which side", "after", "before", "after"))),
    EditKind("replace-bars", lambda t, m, music: bars.replace_bars(t, _needed(m), music),
             "other notes in the bars", (_p("music", "text", "the bars' notes, with | between them"),), "bars"),
    EditKind("duplicate-bars", lambda t, m, times: arrange.duplicate_bars(t, _needed(m), times),
             "a copy of the bars right behind them", (_p("times", "int", "how many copies", "1"),), "bars"),
    EditKind("copy-bars", lambda t, m, after: arrange.copy_bars(t, _needed(m), after),
             "a copy of the bars elsewhere", (_p("after", "int", "behind this bar; 0: before all"),), "bars"),
    EditKind("move-bars", lambda t, m, after: arrange.move_bars(t, _needed(m), after),
             "the bars moved elsewhere", (_p("after", "int", "behind this bar; 0: before all"),), "bars"),
    EditKind("repeat-bars", lambda t, m, way: arrange.repeat_bars(t, _needed(m), way=way),
             "the bars played twice", (_p("way", "text", "how", "signs", "signs", "written"),), "bars"),
    EditKind("write-out-repeats", lambda t, m: arrange.write_out_repeats(t), "repeats written out"),
    EditKind("bars-per-line", lambda t, m, count: line_breaks.bars_per_line(t, count),
             "so many bars on each line of the score", (_p("count", "int", "how many", "4"),), "tune",
             ("pitch", "rhythm", "words")),
    EditKind("intro", lambda t, m, bars_, kind: parts.add_intro(t, bars_, kind=kind),
             "an intro made of the tune's own bars",
             (_p("bars", "int", "how many", "4"), _p("kind", "text", "which bars", "ending", *parts.INTROS))),
    EditKind("ending", lambda t, m, kind, bars_, at, lead: parts.add_ending(t, kind, bars_, at, lead=lead),
             "another ending",
             (_p("kind", "text", "which", "tonic", *parts.ENDINGS), _p("bars", "int", "of a tag", "2"),
              _p("at", "int", "the last bar of the section that gets two endings; 0: of the tune", "0"),
              _p("lead", "yes/no", "whether the second ending leads on", "no"))),
    EditKind("add-pickup", lambda t, m, notes: parts.add_pickup(t, notes or None),
             "a pickup; the last bar makes room", (_p("notes", "text", "its notes", ""),)),
    EditKind("remove-pickup", lambda t, m: parts.remove_pickup(t), "no pickup; the last bar is filled"),
    EditKind("remove-chords", lambda t, m: symbols.remove_chords(t, m), "no chord symbols", (), "any",
             ("pitch", "rhythm", "words")),
    EditKind("simplify-chords", lambda t, m, level: symbols.simplify_chords(t, level, m),
             "simpler chord symbols", (_p("level", "text", "how", "triads", *symbols.LEVELS),), "any",
             ("pitch", "rhythm", "words")),
    EditKind("set-chords", _chords_at, "chord symbols at given places",
             (_p("at", "list", "bar:beat=chord, several with spaces between"),), "tune",
             ("pitch", "words")),
    EditKind("remove-words", lambda t, m, verse: words.remove_words(t, verse or None, m), "no words",
             (_p("verse", "int", "only this verse; 0: all", "0"),), "any", ("pitch", "rhythm")),
    EditKind("set-words", lambda t, m, syllables, verse: words.set_words(t, syllables, verse),
             "words put under the notes", (_p("syllables", "list", "one a note: A- ma- zing grace"),
                                           _p("verse", "int", "which verse", "1")), "tune",
             ("pitch", "rhythm")),
    EditKind("set-field", lambda t, m, name, value: header.set_any_field(t, name, value),
             "title, composer or another field; empty removes it",
             (_p("name", "text", "letter or name"), _p("value", "text", "what it says", "")), "tune",
             ("pitch", "rhythm", "words")),
    EditKind("add-comment", lambda t, m, text: header.add_comment(t, text, m), "a comment above the bars",
             (_p("text", "text", "what it says"),), "any", ("pitch", "rhythm", "words")),
    EditKind("remove-comments", lambda t, m: header.remove_comments(t), "no comments", (), "tune",
             ("pitch", "rhythm", "words")),
    EditKind("extract-voice", lambda t, m, voice: voices.extract_voice(t, voice), "one voice alone",
             (_p("voice", "text", "its id or name"),)),
    EditKind("remove-voice", lambda t, m, voice: voices.remove_voice(t, voice), "the tune without one voice",
             (_p("voice", "text", "its id or name"),)),
    EditKind("add-chords", _add_chords, "chord symbols chosen for the notes",
             (_p("only", "list", "the chords that may be used, such as I IV V", ""),
              _p("sevenths", "yes/no", "whether sevenths may come", "yes"),
              _p("rate", "text", "how often chords may change", "auto", *RATES),
              _p("end", "text", "how it closes", "tonic", "tonic", "half", "open"),
              _p("keep", "yes/no", "whether chords that are there stay", "yes")), "any",
             ("pitch", "rhythm", "words")),
    EditKind("reharmonise", lambda t, m, how: chording.reharmonise(t, m, how),
             "other chords under the same notes", (_p("how", "text", "which", "sevenths", *chording.WAYS),),
             "any", ("pitch", "rhythm", "words")),
    EditKind("set-lyrics", lambda t, m, text, verse: singing.set_lyrics(t, text, verse),
             "plain words put under the notes", (_p("text", "text", "the words, a line a phrase"),
                                                 _p("verse", "int", "which verse", "1")), "tune",
             ("pitch", "rhythm")),
    EditKind("add-bass", lambda t, m, pattern: added_voices.add_bass(t, pattern),
             "a left hand made from the chords",
             (_p("pattern", "text", "how it moves", "root-fifth", *added_voices.PATTERNS),)),
    EditKind("add-drone", lambda t, m: added_voices.add_drone(t), "a drone of tonic and fifth"),
    EditKind("add-choir", _choir, "alto, tenor and bass under the melody",
             (_p("first", "int", "the first bar in parts; 0: all bars", "0"),
              _p("last", "int", "the last bar in parts; 0: to the end", "0"))),
    EditKind("middle-voice", lambda t, m, name: middle_voice.add_middle_voice(t, name), "a voice between two others",
             (_p("name", "text", "what it is called", "Middle"),)),
    EditKind("second-voice",
             lambda t, m, interval, above: second_voice.add_second_voice(t, interval, above),
             "a second voice in thirds or sixths",
             (_p("interval", "text", "how far", "third", *second_voice.INTERVALS),
              _p("above", "yes/no", "above the melody, not below", "no"))),
)  # fmt: skip

EDITS: dict[str, EditKind] = {kind.name: kind for kind in _ALL}
"""Name → edit, in the order in which they are listed."""


def _interval(count: int) -> Interval:
    return semitones(count)


def find(name: str) -> EditKind:
    """The edit of a name; ValueError with the names there are."""
    kind = EDITS.get(name.strip().replace("_", "-"))
    if kind is None:
        raise ValueError(f"There is no edit “{name}”. There are: {', '.join(EDITS)}.")
    return kind


def run(
    tune: Tune, name: str, values: Mapping[str, str] | None = None, measures: Measures = None
) -> list[Edit]:
    """Carry an edit out: values as text by parameter name, `measures` for only some bars.

    ValueError for an unknown edit or value, for what cannot be done, and for a result that would be
    wrong where the tune was right.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:4/4\\nL:1/4\\nK:C\\nCDEF|]\\n")
    >>> apply(tune.source, run(tune, "transpose", {"semitones": "2"})).splitlines()[-1]
    'DEFG|]'
    """
    kind = find(name)
    said = dict(values or {})
    arguments: dict[str, Any] = {}
    for parameter in kind.parameters:
        text = said.pop(parameter.name, parameter.default)
        if text is None:
            raise ValueError(f"{kind.name} needs {parameter.name}: {parameter.help}.")
        own = {"mode": "mode_", "meter": "meter_"}.get(parameter.name, parameter.name)
        if parameter.name == "bars":
            own = "bars_"
        arguments[own] = parameter.read(text)
    if said:
        there = ", ".join(p.name for p in kind.parameters) or "none"
        raise ValueError(f"{kind.name} has no “{next(iter(said))}”. Its parameters: {there}.")
    if measures is not None and kind.scope == "tune":
        raise ValueError(f"{kind.name} changes the whole tune, not some bars of it.")
    edits = kind.function(tune, measures, **arguments)
    return checked(tune, kind, edits, measures)


def checked(tune: Tune, kind: EditKind, edits: list[Edit], measures: Measures) -> list[Edit]:
    """The edits, if what they lead to keeps the promises. ValueError if it would be wrong music."""
    text = apply(tune.source, edits)
    number = next(n for n, t in enumerate(parse(tune.source).tunes) if t.span == tune.span)
    tunes = parse(text).tunes
    if number >= len(tunes):
        raise ValueError("That would leave no tune.")
    before, found = errors(tune), errors(tunes[number])
    known = {d.rule for d in before}
    fresh = [d for d in found if d.rule not in known] or (found if not before else [])
    if fresh:
        raise ValueError(f"That would make the tune wrong. {fresh[0].message}")
    local = measures if kind.scope == "any" else None
    assert_kept(tune, tunes[number], edits, kind.keeps, local)
    return edits
