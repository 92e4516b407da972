"""How the measures of a voice lie in the lines of the text, and the signs between them.

Also the small tools that edits of whole bars share: edits done one after the other and given back as
edits of the first text (`chain`), and ties that lose their partner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from abc_tools.edit.pieces import line_end, line_start, next_line
from abc_tools.edit.retime import MeasureTokens
from abc_tools.parse import parse
from abc_tools.spelling import sign_text
from abc_tools.text import Edit, Span, apply
from abc_tools.tokens import Kind
from abc_tools.tune import Barline, Event, Measure, Tune, Voice

Step = Callable[[Tune], list[Edit]]


@dataclass(frozen=True)
class Line:
    """A line of music of one voice: its start, and (measure index, piece) in order."""

    start: int
    pieces: tuple[tuple[int, Span], ...]


def lines_of(tune: Tune, voice: Voice) -> list[Line]:
    """The music lines of a voice in the order of the text."""
    found: dict[int, list[tuple[int, Span]]] = {}
    for index, measure in enumerate(voice.measures):
        for piece in measure.pieces:
            found.setdefault(line_start(tune.source, piece.start), []).append((index, piece))
    return [Line(start, tuple(pieces)) for start, pieces in found.items()]


def shared_lines(tune: Tune) -> bool:
    """Whether two voices stand in one line of the text."""
    starts = [line.start for voice in tune.voices for line in lines_of(tune, voice)]
    return len(starts) != len(set(starts))


def require_own_lines(tune: Tune) -> None:
    """ValueError if voices share a line, so that bars cannot be taken from one alone."""
    if shared_lines(tune):
        raise ValueError("Voices share a line in this tune, so its bars cannot be rearranged.")


def signs(bars: Iterable[Barline | None]) -> list[str]:
    """What barlines do, in order: `close` and `open` repeats."""
    found = []
    for bar in bars:
        if bar is not None and bar.repeat_end:
            found.append("close")
        if bar is not None and bar.repeat_start:
            found.append("open")
    return found


def reduced(said: list[str], *, fresh: bool) -> list[str]:
    """Signs after repeats that open and close among them are gone; `fresh`: a repeat may begin here.

    >>> reduced(["close", "open", "close", "open"], fresh=False)
    ['close', 'open']
    """
    stack: list[str] = []
    for sign in said:
        if sign == "close" and stack and stack[-1] == "open":
            stack.pop()
            continue
        implicit = stack[-1:] == ["close"] or (fresh and not stack)
        if (sign == "close" and implicit) or (sign == "open" and stack[-1:] == ["open"]):
            continue
        stack.append(sign)
    return stack


def endings_of(voice: Voice) -> list[list[tuple[int, int]]]:
    """Groups of endings, each a list of (first, last) measure indices of its endings."""
    groups: list[list[tuple[int, int]]] = []
    measures = voice.measures
    index = 0
    while index < len(measures):
        if not measures[index].ending:
            index += 1
            continue
        stop = index
        while stop + 1 < len(measures) and not (
            measures[stop].ends_section or measures[stop + 1].ending
        ):
            stop += 1
        follows = groups and groups[-1][-1][1] == index - 1
        if follows and min(measures[index].ending) > 1:
            groups[-1].append((index, stop))
        else:
            groups.append([(index, stop)])
        index = stop + 1
    return groups


def chain(tune: Tune, *steps: Step) -> list[Edit]:
    """Edits that do several edits one after the other, given as edits of the tune's own text.

    Lines that come out as they were are not named by any edit.
    """
    text, number = tune.source, _number(tune)
    for step in steps:
        text = apply(text, step(parse(text).tunes[number]))
    return line_edits(tune.source, text)


def _number(tune: Tune) -> int:
    return next(n for n, t in enumerate(parse(tune.source).tunes) if t.span == tune.span)


def line_edits(old: str, new: str) -> list[Edit]:
    """Edits by whole lines that make `new` of `old`."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    places = [0]
    for line in before:
        places.append(places[-1] + len(line))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        _trimmed(old, Span(places[a], places[b]), "".join(after[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


def _trimmed(old: str, span: Span, text: str) -> Edit:
    """The edit without the characters that it would write as they are."""
    said = span.of(old)
    head = 0
    while head < min(len(said), len(text)) and said[head] == text[head]:
        head += 1
    tail = 0
    while tail < min(len(said), len(text)) - head and said[-1 - tail] == text[-1 - tail]:
        tail += 1
    return Edit(Span(span.start + head, span.end - tail), text[head : len(text) - tail])


def cut_tie(tune: Tune, before: Measure, after: Measure | None) -> list[Edit]:
    """Edits for a tie from `before` to `after` whose notes come apart.

    The sign goes, and a note that had its accidental by the tie takes it written.
    """
    edits: list[Edit] = []
    tokens = MeasureTokens(tune)
    for layer in (before.events, *before.overlays):
        if layer and layer[-1].tie:
            last = layer[-1]
            limit = line_end(tune.source, last.span.start)
            behind = tokens.within(Span(last.span.start, limit))
            for token in behind:
                if token.kind is Kind.TIE:
                    edits.append(Edit(token.span, ""))
                elif token.start >= last.span.end and token.kind not in (
                    Kind.SPACE, Kind.SLUR_CLOSE, Kind.BACKTICK
                ):  # fmt: skip
                    break
    return edits + (_signed(after) if edits and after is not None else [])


def _signed(measure: Measure) -> list[Edit]:
    first: Event | None = measure.events[0] if measure.events else None
    return [
        Edit(Span(note.head.start, note.head.start), sign_text(note.written.alter))
        for note in (first.notes if first else ())
        if note.tied
        and note.accidental is None
        and note.written.alter != measure.key.signature[note.written.step]
    ]


def whole_line(tune: Tune, start: int) -> Span:
    """A line with its break; of a last line without one, the break before it."""
    text = tune.source
    stop = next_line(text, start)
    if stop == line_end(text, start) and start > 0:
        return Span(line_end(text, line_start(text, start - 1)), stop)
    return Span(start, stop)


def bar_gone(tune: Tune, bar: Barline) -> Edit:
    """Delete a barline, and its line if nothing else stands there: an empty line ends a tune."""
    start, end = line_start(tune.source, bar.span.start), line_end(tune.source, bar.span.end)
    alone = Span(start, end).of(tune.source).strip() == bar.text
    return Edit(whole_line(tune, start) if alone else bar.span, "")
