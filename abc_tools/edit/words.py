"""Words under the notes and verses below the tune: removed, replaced, added. The music stays.

A verse is counted from 1 in the order of its `w:` lines. Syllables are given ready cut: a list of
pieces (`"A-"`, `"ma-"`, `"zing"`, `"_"`, `"*"`), one a note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from abc_tools.edit.layout import whole_line
from abc_tools.edit.pieces import SIGNS, Row, hold, joined, line_end, line_start, rows
from abc_tools.text import Edit, Span
from abc_tools.tune import Event, Measure, Tune, Voice


def remove_words(
    tune: Tune, verse: int | None = None, measures: list[Measure] | None = None
) -> list[Edit]:
    """Take words away: all of them, one verse, or those of some measures.

    All words include the verses printed below the tune (`W:`). ValueError if there is nothing to
    remove.
    """
    edits = []
    if measures is not None:
        inside = {e.span.start for m in measures for e in m.events}
        edits = _blanked(tune, inside, verse)
    else:
        for line in tune.lyrics:
            if verse in (None, line.verse):
                edits.append(_whole_line(tune, line.span))
        if verse is None:
            edits += [_whole_line(tune, f.span) for f in tune.fields if f.name == "W"]
    if not edits:
        raise ValueError("There are no such words in this tune.")
    return edits


def _whole_line(tune: Tune, span: Span) -> Edit:
    """Delete the line of a field, its line break included."""
    return Edit(whole_line(tune, line_start(tune.source, span.start)), "")


def _blanked(tune: Tune, inside: set[int], verse: int | None) -> list[Edit]:
    edits = []
    for row in rows(tune):
        if verse not in (None, row.line.verse):
            continue
        for piece in row.pieces:
            under = piece.note is not None and row.events[piece.note].span.start in inside
            if not under or piece.text == "*":
                continue
            before, after = piece.span.start, piece.span.end
            text = tune.source
            gap = "" if before == row.value.start or text[before - 1] in " _*|" else " "
            behind = "" if after >= len(text) or text[after] in " \r\n_*-|" else " "
            edits.append(Edit(piece.span, gap + "*" + behind))
    return edits


def set_words(
    tune: Tune, syllables: list[str], verse: int = 1, voice: str | None = None
) -> list[Edit]:
    """Put syllables under the notes of a voice, as a verse: replaced if it is there, else added.

    One syllable or sign a note; notes held by a tie take `_` by themselves. Notes beyond the last
    syllable stay without words. A new verse stands below the verses that are there. ValueError if
    there are more syllables than notes, or the verse would leave a gap below the others.
    """
    if not syllables or any("|" in s or not s.strip() for s in syllables):
        raise ValueError("Words are given as a list of syllables, one for each note.")
    singer = _voice(tune, voice)
    own = [row for row in rows(tune) if row.line.voice == singer.id]
    verses = max((row.line.verse for row in own), default=0)
    if not 1 <= verse <= verses + 1:
        raise ValueError(f"The tune has {verses} verses; the next one is verse {verses + 1}.")
    pieces = list(syllables)
    said: list[str] = []
    for events in music_lines(tune, singer):
        start = len(said)
        for event in events:
            if event.tied and len(said) > start and (not pieces or pieces[0] not in SIGNS):
                said.append("*" if said[-1] == "*" else hold(said[-1]))
            else:
                said.append(pieces.pop(0) if pieces else "*")
    if left := sum(p not in SIGNS for p in pieces):
        raise ValueError(f"{left} syllables find no note.")
    return write_verses(tune, singer, {verse: said})


def write_verses(tune: Tune, voice: Voice, said: Mapping[int, Sequence[str]]) -> list[Edit]:
    """Write verses under a voice: verse → one piece for each of its notes, `*` for none.

    A verse that is there is replaced, line by line. Under a line of music with fewer verses, `*`
    stands for those between, so that the verse counts the same everywhere.
    """
    own = [row for row in rows(tune) if row.line.voice == voice.id]
    edits, at = [], 0
    for events in music_lines(tune, voice):
        part = {verse: list(all_[at : at + len(events)]) for verse, all_ in said.items()}
        edits += _line_of_words(tune, events, own, part)
        at += len(events)
    return edits


def _voice(tune: Tune, voice: str | None) -> Voice:
    found = [v for v in tune.voices if voice is None or v.id == voice]
    if not found:
        names = ", ".join(v.id for v in tune.voices)
        raise ValueError(f"There is no voice {voice}. There are: {names}." if names
                         else "There are no notes in this tune.")  # fmt: skip
    sung = [v for v in found if any(line.voice == v.id for line in tune.lyrics)]
    return (sung or found)[0]


def music_lines(tune: Tune, voice: Voice) -> list[list[Event]]:
    """The notes and chords of a voice, line by line of the text."""
    lines: dict[int, list[Event]] = {}
    for event in voice.events:
        if event.kind != "rest":
            lines.setdefault(line_start(tune.source, event.span.start), []).append(event)
    return list(lines.values())


def _line_of_words(
    tune: Tune, events: list[Event], own: list[Row], said: Mapping[int, list[str]]
) -> list[Edit]:
    """Edits that write verses under one line of music; new ones stand below those there are."""
    under = {row.line.verse: row for row in own if row.events and row.events[0] is events[0]}
    edits, fresh = [], []
    count = max(under, default=0)
    for verse, pieces in sorted(said.items()):
        while pieces and pieces[-1] == "*":
            pieces = pieces[:-1]
        text = joined(pieces) or "*"
        if verse in under:
            value = under[verse].value
            if value.of(tune.source) != text:
                edits.append(Edit(value, text))
        elif pieces:
            fresh += ["w:*"] * (verse - count - 1) + ["w:" + text]
            count = verse
    if fresh:
        place = max((row.line.span.end for row in under.values()), default=events[-1].span.end)
        end = line_end(tune.source, place)
        newline = "\r\n" if tune.source[end : end + 2] == "\r\n" else "\n"
        edits.append(Edit(Span(end, end), newline + newline.join(fresh)))
    return edits
