"""A stretch of bars of one voice as text that can be put in another place, with its words.

`block` reads it, `paste` writes it behind a measure. Key, meter and unit length that are others in
the new place are written round it as inline fields; repeat signs come along in pairs or not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from abc_tools.edit.bars import separator, stars
from abc_tools.edit.layout import cut_tie, endings_of, lines_of, reduced, signs
from abc_tools.edit.pieces import Row, joined, line_end, line_start, rows
from abc_tools.edit.retime import MeasureTokens
from abc_tools.spelling import sign_text
from abc_tools.text import Edit, Span, apply
from abc_tools.tokens import Kind
from abc_tools.tune import Barline, Event, Measure, Tune, Voice


@dataclass(frozen=True)
class BlockLine:
    """The part of a block that stands in one line: music, how many notes, pieces of each verse."""

    text: str
    notes: int
    pieces: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """Bars to be put somewhere; `opens` and `closes` say that repeat signs go round them."""

    lines: tuple[BlockLine, ...]
    measures: tuple[Measure, ...]
    opens: bool
    closes: bool

    def instrumental(self) -> Block:
        """The block without its words and without repeat signs."""
        lines = tuple(replace(line, pieces=()) for line in self.lines)
        return Block(lines, self.measures, False, False)


def block(tune: Tune, voice: Voice, first: int, last: int, *, plain: bool = False) -> Block:
    """Measures `first`–`last` (indices) of a voice; `plain` leaves all repeat signs round them.

    ValueError if the bars hold one side of a repeat only, or one of several endings.
    """
    measures = voice.measures
    run = measures[first : last + 1]
    for group in endings_of(voice):
        inside = [first <= a and b <= last for a, b in group]
        if not plain and any(inside) and not all(inside):
            raise ValueError("Those bars hold only one of several endings.")
    left = signs(run[0].before)
    following = measures[last + 1].before if last + 1 < len(measures) else (run[-1].after,)
    right = signs(following)
    inner = reduced([s for m in run[1:] for s in signs(m.before)], fresh=False)
    implicit = "open" not in left and (first == 0 or "close" in left)
    may_open = "open" in left or implicit
    may_close = right[:1] == ["close"]
    opens = closes = False
    if plain:
        inner = []
    if inner[:1] == ["close"] or (not inner and may_open and may_close):
        opens = True
    if inner[-1:] == ["open"] or (not inner and may_open and may_close):
        closes = True
    if plain:
        opens = closes = False
    if (opens and not may_open) or (closes and not may_close):
        raise ValueError("Those bars hold only one side of a repeat.")
    text = tuple(_lines(tune, voice, first, last))
    return Block(text, run, opens, closes)


def _lines(tune: Tune, voice: Voice, first: int, last: int) -> list[BlockLine]:
    measures = voice.measures
    tokens = MeasureTokens(tune)
    own_rows = [r for r in rows(tune) if r.line.voice == voice.id]
    found = []
    for line in lines_of(tune, voice):
        own = [(n, p) for n, p in line.pieces if first <= n <= last]
        if not own:
            continue
        start, end = own[0][1].start, own[-1][1].end
        if line.pieces[0] == own[0] and own[0][1] != measures[first].pieces[0]:
            start = _music_start(tokens, line.start, start)
        if line.pieces[-1] == own[-1] and own[-1][1] != measures[last].pieces[-1]:
            end = _music_end(tokens, end, line_end(tune.source, end))
        span = Span(start, end)
        numbers = sorted({n for n, _ in own})
        events = [e for n in numbers for e in measures[n].events
                  if e.kind != "rest" and span.contains(e.span)]  # fmt: skip
        text = _changes(tune, measures, numbers[0], first, span) + _text(
            tune, measures, first, last, span
        )
        pieces = tuple(_verse(r, events) for r in own_rows if events and events[0] in r.events)
        found.append(BlockLine(text, len(events), pieces))
    return found


def _text(tune: Tune, measures: tuple[Measure, ...], first: int, last: int, span: Span) -> str:
    """The text of a span, its ties to what stays outside cut."""
    edits: list[Edit] = []
    head, tail = measures[first], measures[last]
    if span.contains(Span(head.span.start, head.span.start)):
        for event in head.events[:1]:
            edits += [
                Edit(Span(note.head.start, note.head.start), sign_text(note.written.alter))
                for note in event.notes
                if note.tied and note.accidental is None
                and note.written.alter != head.key.signature[note.written.step]
            ]  # fmt: skip
    if tail.events and tail.events[-1].tie and span.contains(tail.events[-1].span):
        edits += [e for e in cut_tie(tune, tail, None) if span.contains(e.span)]
    shifted = [
        Edit(Span(e.span.start - span.start, e.span.end - span.start), e.text) for e in edits
    ]
    return apply(span.of(tune.source), shifted)


def _changes(tune: Tune, measures: tuple[Measure, ...], index: int, first: int, span: Span) -> str:
    """Inline fields for what a field on a line of its own had changed inside the block."""
    if index == first:
        return ""
    before, measure = measures[index - 1], measures[index]
    inline = {f.name for f in tune.fields if f.where == "inline" and span.contains(f.span)
              and measure.events and f.span.start < measure.events[0].span.start}  # fmt: skip
    text = ""
    if measure.key != before.key_at_end and "K" not in inline:
        text += f"[K:{measure.key.abc}]"
    if measure.meter != before.meter and "M" not in inline:
        text += f"[M:{measure.meter.text if measure.meter else 'none'}]"
    if measure.unit != before.unit and "L" not in inline:
        text += f"[L:{measure.unit}]"
    return text


def _music_start(tokens: MeasureTokens, line: int, limit: int) -> int:
    """Behind the `[V:]` and spaces that open a line."""
    for token in tokens.within(Span(line, limit)):
        voice = token.kind is Kind.INLINE_FIELD and token.text[1] == "V"
        if not voice and token.kind is not Kind.SPACE:
            return token.start
    return limit


def _music_end(tokens: MeasureTokens, start: int, limit: int) -> int:
    """The end of the last barline of a line."""
    end = start
    for token in tokens.within(Span(start, limit)):
        if token.kind is Kind.BARLINE:
            end = token.span.end
    return end


def _verse(row: Row, events: list[Event]) -> tuple[str, ...]:
    """The pieces under some events of a row's line; what a `|` passes over gets `*`."""
    places = [row.events.index(e) for e in events]
    said = {p.note: p.text for p in row.pieces if p.note is not None}
    skipped = {n for p in row.pieces for n in p.skipped}
    last = max((n for n in said), default=-1)
    texts = [said.get(n, "*") for n in places if n <= last or n in skipped]
    return tuple(texts)


# -- paste ------------------------------------------------------------------------------------


def paste(tune: Tune, voice: Voice, index: int, content: Block) -> list[Edit]:
    """Put a block behind the measure `index` of a voice; -1 puts it before the first one.

    A block with repeat signs of its own stands behind the barline that closes the measure, any
    other before it, in the same section. ValueError inside a repeat that would then be nested, and
    between endings.
    """
    if index < 0:
        return _paste_first(tune, voice, content)
    measures = voice.measures
    measure = measures[index]
    after = measures[index + 1] if index + 1 < len(measures) else None
    if after is not None and after.ending and (content.opens or content.closes):
        raise ValueError(f"Nothing can stand between the endings at bar {after.number}.")
    outside = content.opens or content.closes
    if outside and _inside_repeat(measures, index):
        raise ValueError(f"Bar {measure.number} lies inside a repeat; repeats cannot be nested.")
    edits = cut_tie(tune, measure, after)
    fields = _state(content, measure, after)
    texts = [line.text for line in content.lines]
    texts[0] = fields[0] + texts[0]
    texts[-1] += fields[1]
    if content.opens:
        texts[0] = "|:" + texts[0]
    bar = measure.after
    if outside:
        change, closing = _junction(bar, after, content)
    else:
        change, closing = [], bar.text if bar is not None else ""
    if bar is None:
        texts[0] = ("" if content.opens else "|") + texts[0]
    place = bar.span.end if bar is not None else measure.span.end
    if _line_is_over(tune, place) and (len(texts) > 1 or outside or _long(tune, voice, index)):
        if not outside and bar is not None:
            change = [Edit(bar.span, "|")]
        texts[-1] += closing
        return edits + change + _as_lines(tune, voice, index, texts, content)
    if outside:
        text = " ".join(texts) + closing
        edits += [*change, Edit(Span(place, place), text)]
        return edits + _inline_words(tune, place, content)
    text = separator(tune, voice) + " ".join(texts)
    end = measure.span.end
    return [*edits, Edit(Span(end, end), text), *_inline_words(tune, end, content)]


def _inline_words(tune: Tune, place: int, content: Block) -> list[Edit]:
    count = sum(line.notes for line in content.lines)
    verses = max((len(line.pieces) for line in content.lines), default=0)
    said = []
    for verse in range(verses):
        texts: list[str] = []
        for line in content.lines:
            own = line.pieces[verse] if verse < len(line.pieces) else ()
            texts += [*own, *["*"] * (line.notes - len(own))]
        said.append(texts)
    return stars(tune, place, count, said)


def _inside_repeat(measures: tuple[Measure, ...], index: int) -> bool:
    """Whether the place behind a measure lies between the two signs of a repeat."""
    for measure in measures[index + 1 :]:
        found = signs(measure.before)
        if found:
            return found[0] == "close" and measure is not measures[index + 1]
    following = measures[-1].after
    last = index == len(measures) - 1
    return not last and following is not None and following.repeat_end


def _junction(bar: Barline | None, after: Measure | None, content: Block) -> tuple[list[Edit], str]:
    """What the barline before a block with repeats becomes, and what closes the block."""
    change = []
    closing = ":|" if content.closes else "|"
    if bar is not None and bar.repeat_start:
        change.append(Edit(bar.span, ":|" if bar.repeat_end else "||"))
        closing = "::" if content.closes else "|:"
    elif bar is not None and bar.text == "|]" and after is None:
        change.append(Edit(bar.span, "||"))
        closing = ":|" if content.closes else "|]"
    return change, closing


def _state(content: Block, here: Measure, after: Measure | None) -> tuple[str, str]:
    """Inline fields before and behind a block whose key, meter or unit length is another here."""
    first, last = content.measures[0], content.measures[-1]
    opening = re.match(r"(?:\[[A-Za-z]:[^\]]*\])*", content.lines[0].text)
    own = set(re.findall(r"\[([A-Z]):", opening[0] if opening else ""))
    before = behind = ""
    if first.key != here.key_at_end and "K" not in own:
        before += f"[K:{first.key.abc}]"
    if first.meter != here.meter and "M" not in own:
        before += f"[M:{first.meter.text if first.meter else 'none'}]"
    if first.unit != here.unit and "L" not in own:
        before += f"[L:{first.unit}]"
    if after is None:
        return before, behind
    if last.key_at_end != here.key_at_end:
        behind += f"[K:{here.key_at_end.abc}]"
    if last.meter != here.meter:
        behind += f"[M:{here.meter.text if here.meter else 'none'}]"
    if last.unit != here.unit:
        behind += f"[L:{here.unit}]"
    return before, behind


def _line_is_over(tune: Tune, place: int) -> bool:
    rest = tune.source[place : line_end(tune.source, place)]
    return re.fullmatch(r"\s*(?:\\\s*)?(?:%.*)?", rest) is not None


def _long(tune: Tune, voice: Voice, index: int) -> bool:
    """Whether the measure's line has four bars already."""
    start = line_start(tune.source, voice.measures[index].span.end)
    return any(line.start == start and len(line.pieces) >= 4 for line in lines_of(tune, voice))


def _as_lines(tune: Tune, voice: Voice, index: int, texts: list[str], content: Block) -> list[Edit]:
    """The block on lines of its own, below the measure's line and its words."""
    source = tune.source
    start = line_start(source, voice.measures[index].span.end)
    opening = re.match(r"\s*\[V:[^\]]*\]\s*", source[start : line_end(source, start)])
    under = [
        r for r in rows(tune) if r.events and line_start(source, r.events[0].span.start) == start
    ]
    place = line_end(source, max([start, *(r.line.span.end for r in under)]))
    newline = "\r\n" if source[place : place + 2] == "\r\n" else "\n"
    out = ""
    for text, line in zip(texts, content.lines, strict=True):
        out += newline + (opening[0] if opening else "") + text
        for pieces in line.pieces:
            out += newline + "w:" + (joined(pieces) or "*")
    return [Edit(Span(place, place), out)]


def _paste_first(tune: Tune, voice: Voice, content: Block) -> list[Edit]:
    """The block before all music of a voice; the first section's repeat keeps its beginning."""
    first = voice.measures[0]
    bars = list(first.before)
    place = min([b.span.start for b in bars] + [first.span.start])
    said = [s for m in voice.measures[1:] for s in signs(m.before)]
    said += signs([voice.measures[-1].after])
    implicit = not signs(bars) and said[:1] == ["close"]
    fields = _state(content, _before_all(tune, first), first)
    text = fields[0] + " ".join(line.text for line in content.lines) + fields[1]
    if content.opens:
        text = "|:" + text
    if implicit:
        text += "::" if content.closes else "|:"
    elif content.closes:
        text += ":|"
    else:
        text += "" if bars else "|" if first.full else "||"
    return [Edit(Span(place, place), text), *_inline_words(tune, place, content)]


def _before_all(tune: Tune, first: Measure) -> Measure:
    """The first measure with what is in force before its own inline fields."""
    own = {f.name for f in tune.fields if f.where == "inline" and f.span.start >= first.span.start
           and first.events and f.span.end <= first.events[0].span.start}  # fmt: skip
    key = tune.key if "K" in own else first.key
    meter = tune.meter if "M" in own else first.meter
    unit = tune.unit if "L" in own else first.unit
    return replace(first, key=key, key_at_end=key, meter=meter, unit=unit)
