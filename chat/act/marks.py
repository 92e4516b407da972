"""Changes of what is written around the notes: repeat signs, clefs, words under the notes.

What it does not know: signs of loudness (`loudness`), and new words for a whole tune (`sing`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from abc_tools.edit.endings import one_ending
from abc_tools.edit.singing import set_lyrics
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.prosody import syllables
from abc_tools.prosody.sung import singing_voice
from abc_tools.text import Edit, Span, apply
from abc_tools.tune import Measure, Tune
from chat.act.change import Act, Change, Context, Steps, an_edit, edited, targeted, then, where_text
from chat.act.rewrite import CannotChange
from chat.phrases import plain, say
from chat.reasons import reason
from chat.understand.operation import Operation


def drop_repeats(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The repeat signs go, so that every part is played once; bars with endings keep the last one."""
    if any(m.ending for m in tune.measures):
        tune = parse_tune(apply(tune.source, one_ending(tune)))
    place = operation.place
    edits = []
    for voice in tune.voices:
        for number, measure in enumerate(voice.measures):
            behind = voice.measures[number + 1] if number + 1 < len(voice.measures) else None
            if number == 0:
                edits += [
                    Edit(b.span, "")
                    for b in measure.before
                    if b.repeat_start and _within(measure, place)
                ]
            if measure.after is not None and ":" in measure.after.span.of(tune.source):
                edits += _barline(measure, behind, place)
    if not edits:
        raise CannotChange(reason("There is no repeat in this tune.", context.language))
    new = parse_tune(apply(tune.source, list(dict.fromkeys(edits))))
    said = "played-once" if place is None else "played-once-there"
    where = where_text(place, context.language)
    yield Change(new, say(context.language, said, where=where[:1].upper() + where[1:]))


def _within(measure: Measure, place: Place | None) -> bool:
    return place is None or place.first <= measure.number <= place.last


def _barline(measure: Measure, behind: Measure | None, place: Place | None) -> list[Edit]:
    """The barline behind a bar without the repeats of the bars that are named."""
    bar = measure.after
    assert bar is not None, "asked before"
    ends = bar.repeat_end and not _within(measure, place)
    starts = bar.repeat_start or (behind is not None and any(b.repeat_start for b in behind.before))
    kept = starts and behind is not None and not _within(behind, place)
    old = [bar, *(b for b in (behind.before if behind else ()) if b.span != bar.span)]
    text = (
        "::"
        if ends and kept
        else ":|"
        if ends
        else "|:"
        if kept
        else "|]"
        if behind is None
        else "||"
    )
    return [Edit(b.span, text if b is bar else "") for b in old]


_INSTEAD = {"roll": "grace", "turn": "mordent", "trill": "mordent", "mordent": "grace"}


def ornaments(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Ornaments of a kind, or of several in turn; where no note is long enough for it, of the next shorter kind."""
    kinds = operation.values.get("kind", "trill").split()
    most = int(operation.values.get("most", "0"))
    if len(kinds) > 1:
        shares = [
            most // len(kinds) + (n < most % len(kinds)) if most else 2 for n in range(len(kinds))
        ]
        steps: list[tuple[Act, Operation]] = [
            (an_edit, replace(operation, values={**operation.values, "kind": kind, "most": str(share)}))
            for kind, share in zip(kinds, shares, strict=True) if share
        ]  # fmt: skip
        try:
            yield from then(tune, steps, context)
            return
        except CannotChange:
            pass  # none of them fits: another kind may
    kind = kinds[0]
    while True:
        try:
            values = {**operation.values, "kind": kind}
            yield edited(tune, replace(operation, values=values), context)
            return
        except ValueError:
            if kind not in _INSTEAD:
                raise
            kind = _INSTEAD[kind]


def set_clef(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Another clef: in `V:` of the voice, or in `K:`."""
    clef = operation.values["clef"]
    start, end = tune.span.start, tune.measures[0].span.start
    head = tune.source[start:end]
    voice = operation.voice or tune.voices[0].id
    line = re.search(rf"(?m)^V: ?{re.escape(voice)}\b.*$", head) or re.search(r"(?m)^K:.*$", head)
    assert line is not None, "a tune has a key line before its music"
    plain = re.sub(r"\s*\b(?:clef=)?(?:treble|bass|alto|tenor)[+-]?\d?\b", "", line[0])
    edits = [Edit(Span(start + line.start(), start + line.end()), f"{plain} clef={clef}")]
    yield Change(
        parse_tune(apply(tune.source, edits)), say(context.language, "clef-set", clef=clef)
    )


def _however_cut(word: str) -> str:
    """A pattern for a word or words wherever their hyphens stand: Mo-ther and Moth-er are one word."""
    letters = [r"\s+" if c.isspace() else re.escape(c) for c in word if c != "-"]
    return "-?".join(letters).replace(r"-?\s+-?", r"\s+")


def replace_word(tune: Tune, operation: Operation, context: Context) -> Steps:
    """One sung word for another, in every verse; the new one has as many syllables or fewer."""
    old, new = (
        " ".join(s.text for s in syllables(operation.values[n])).replace("- ", "-")
        for n in ("old", "new")
    )
    left = len(syllables(operation.values["old"])) - len(syllables(operation.values["new"]))
    if left < 0:
        raise CannotChange(say(context.language, "other-syllables"))
    new += " _" * left  # the last syllable is held
    edits = []
    for line in re.finditer(r"(?m)^w:.*$", tune.source[tune.span.start : tune.span.end]):
        for match in re.finditer(
            rf"(?<![\w-]){_however_cut(old)}(?![\w-])", line[0], re.IGNORECASE
        ):
            at = tune.span.start + line.start() + match.start()
            word = new[:1].upper() + new[1:] if match[0][:1].isupper() else new
            edits.append(Edit(Span(at, at + len(match[0])), word))
    if re.search(r"\btitle\b|标题|曲名|歌名", context.message.lower()):
        pattern = re.compile(re.escape(operation.values["old"]), re.IGNORECASE)
        edits += [
            Edit(f.value_span, pattern.sub(lambda m: _cased(operation.values["new"], m[0]), f.value))
            for f in tune.fields if f.name == "T" and pattern.search(f.value)
        ]  # fmt: skip
    if not edits:
        raise CannotChange(reason("There are no such words in this tune.", context.language))
    yield Change(
        parse_tune(apply(tune.source, edits)),
        say(
            context.language,
            "word-replaced",
            old=plain(operation.values["old"]),
            new=plain(operation.values["new"]),
        ),
    )


def _cased(new: str, old: str) -> str:
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def words_at(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Given words under some bars, the others as they were."""
    place = operation.place
    assert place is not None, "the rule finds the bars"
    voice = singing_voice(tune)
    bars = [m for m in targeted(tune, place) if m in voice.measures]
    new = parse_tune(apply(tune.source, set_lyrics(tune, operation.values["text"], 1, bars)))
    where = where_text(place, context.language)
    yield Change(
        new,
        say(context.language, "words-there", where=where, words=plain(operation.values["text"])),
    )
