"""Bars deleted and inserted, in all voices at once, with their words, repeats and lines.

A line of music that loses all its bars goes with its `w:` lines; fields that stand on lines of their
own stay. What sounds in the bars that stay does not change: key, meter and unit length in force are
written again where the text that set them went.
"""

from __future__ import annotations

from collections.abc import Sequence

from abc_tools.edit.layout import (
    Line,
    bar_gone,
    cut_tie,
    endings_of,
    lines_of,
    reduced,
    require_own_lines,
    signs,
    whole_line,
)
from abc_tools.edit.pieces import line_start, rows, without
from abc_tools.edit.retime import MeasureTokens
from abc_tools.edit.seams import with_seams
from abc_tools.edit.selection import replace_measures, runs
from abc_tools.spelling import length_text
from abc_tools.text import Edit, Span
from abc_tools.tokens import Kind
from abc_tools.tune import Barline, Measure, Tune, Voice


def delete_bars(tune: Tune, measures: list[Measure]) -> list[Edit]:
    """Take measures out, in every voice that has them; what stays sounds as before.

    Repeat signs that open and close within the bars go with them; a section that loses its first
    or last bars keeps its signs. ValueError if nothing would be left, or if one of several endings
    would go and the others stay.
    """
    require_own_lines(tune)
    index = {id(m): (n, k) for n, v in enumerate(tune.voices) for k, m in enumerate(v.measures)}
    places = [index[id(m)] for m in measures]
    return with_seams(
        tune, lambda now: _deleted(now, [now.voices[n].measures[k] for n, k in places])
    )


def _deleted(tune: Tune, measures: list[Measure]) -> list[Edit]:
    gone = {id(m) for m in measures}
    if not any(id(m) not in gone for v in tune.voices for m in v.measures if _sounds(m)):
        raise ValueError("That would leave no music.")
    edits: dict[Edit, None] = {}
    for voice in tune.voices:
        index = {id(m): n for n, m in enumerate(voice.measures)}
        chosen = [m for m in voice.measures if id(m) in gone]
        lines = lines_of(tune, voice)
        dead = [li for li in lines if all(id(voice.measures[n]) in gone for n, _ in li.pieces)]
        for line in dead:
            edits.update(dict.fromkeys(_line_and_words(tune, voice, line)))
        for run in runs(voice.measures, chosen):
            job = _Deletion(tune, voice, index[id(run[0])], index[id(run[-1])], lines, dead)
            edits.update(dict.fromkeys(job.edits()))
    return _distinct([*edits, *_words_gone(tune, gone)])


def _sounds(measure: Measure) -> bool:
    return any(event.notes for event in measure.events)


def _words_gone(tune: Tune, gone: set[int]) -> list[Edit]:
    return without(
        tune,
        {e.span.start for v in tune.voices for m in v.measures if id(m) in gone for e in m.events},
    )


def _line_and_words(tune: Tune, voice: Voice, line: Line) -> list[Edit]:
    spans = [whole_line(tune, line.start)]
    for row in rows(tune):
        starts = {line_start(tune.source, e.span.start) for e in row.events}
        if row.line.voice == voice.id and starts == {line.start}:
            spans.append(whole_line(tune, line_start(tune.source, row.line.span.start)))
    return [Edit(span, "") for span in spans]


def _distinct(edits: Sequence[Edit]) -> list[Edit]:
    """Without deletions that lie inside other deletions."""
    kept: list[Edit] = []
    for edit in sorted(set(edits), key=lambda e: (e.span.start, -e.span.end)):
        inside = kept and kept[-1].span.contains(edit.span) and edit.span.start < edit.span.end
        if inside and not kept[-1].text and not edit.text:
            continue
        last = kept[-1] if kept else None
        joins = last and not last.text and not edit.text and edit.span.start < last.span.end
        if joins and last is not None:
            kept[-1] = Edit(Span(last.span.start, edit.span.end), "")
        else:
            kept.append(edit)
    return kept


class _Deletion:
    """One run of measures (`first`–`last`, indices) that leaves one voice."""

    def __init__(
        self, tune: Tune, voice: Voice, first: int, last: int, lines: list[Line], dead: list[Line]
    ) -> None:
        self.tune, self.voice, self.first, self.last = tune, voice, first, last
        self.measures = voice.measures
        self.lines, self.dead = lines, [whole_line(tune, line.start) for line in dead]
        self.before = self.measures[first - 1] if first else None
        self.after = self.measures[last + 1] if last + 1 < len(self.measures) else None
        self.left = list(self.measures[first].before)
        self.right = (
            list(self.after.before) if self.after
            else [b for b in (self.measures[last].after,) if b]
        )  # fmt: skip

    def edits(self) -> list[Edit]:
        """Content, signs, labels and the state that must be written again."""
        self._check_endings()
        inner = [b for m in self.measures[self.first + 1 : self.last + 1] for b in m.before]
        said = signs(self.left) + signs(inner) + signs(self.right)
        needed = reduced(said, fresh=self.before is None)
        if self.before is None:
            needed = [sign for sign in needed if sign == "open"]
        found = [bar_gone(self.tune, b) for b in inner if self._alive(b)] + self._ending_signs()
        found += self._content(needed)
        if self.before is not None and self.before.events:
            found += cut_tie(self.tune, self.before, None)
        held = self.measures[self.last]
        if self.after is not None and held.events and held.events[-1].tie:
            found += [e for e in cut_tie(self.tune, held, self.after) if e.text]
        return found + self._labels() + self._state()

    def _alive(self, bar: Barline) -> bool:
        return not any(span.contains(bar.span) for span in self.dead)

    def _check_endings(self) -> None:
        for group in endings_of(self.voice):
            whole = [self.first <= a and b <= self.last for a, b in group]
            heads = [self.first < a <= self.last < b for a, b in group]
            if any(heads) or (any(whole) and not all(whole)):
                number = self.measures[group[0][0]].number
                raise ValueError(
                    f"The endings from bar {number} on belong together: delete all of them or none."
                )

    def _ending_signs(self) -> list[Edit]:
        """The numbers of endings that go."""
        found = []
        tokens = MeasureTokens(self.tune)
        for index in range(self.first, self.last + 1):
            measure = self.measures[index]
            if measure.ending and not (index == self.first and self._inside_ending()):
                low = measure.before[0].span.start if measure.before else measure.span.start
                low = max(low, line_start(self.tune.source, measure.span.start))
                gap = tokens.within(Span(low, measure.span.start))
                for number, token in enumerate(gap):
                    if token.kind is Kind.ENDING:
                        space = gap[number + 1 :] and gap[number + 1].kind is Kind.SPACE
                        end = gap[number + 1].span.end if space else token.span.end
                        found.append(Edit(Span(token.start, end), ""))
        return found

    def _kept(self, needed: list[str]) -> str:
        """Which barlines stay: those to the `left`, to the `right`, or `none` (one is rewritten)."""
        double = any(b.boundary and not signs([b]) for b in (*self.left, *self.right))

        def right_signs(bars: list[Barline]) -> bool:
            if not bars and self.before is None and not needed:
                return True
            own = any(b.boundary and not signs([b]) for b in bars)
            return signs(bars) == needed and (bool(needed) or own == double) and bool(bars)

        left = right_signs(self.left) and all(map(self._alive, self.left))
        right = right_signs(self.right) and all(map(self._alive, self.right))
        ends_group = self.after is not None and bool(self.after.ending)
        if ends_group:
            left = False
        if self.measures[self.first].ending and not ends_group and self._inside_ending():
            right = False
        if left and (self._joined(self.last) or not right or not self._joined(self.first - 1)):
            return "left"
        return "right" if right else "none"

    def _inside_ending(self) -> bool:
        groups = [e for group in endings_of(self.voice) for e in group]
        return any(a == self.first and b > self.last for a, b in groups)

    def _joined(self, index: int) -> bool:
        """Whether measures `index` and `index + 1` stand next to each other in one line."""
        if not 0 <= index < len(self.measures) - 1:
            return False
        one, other = self.measures[index], self.measures[index + 1]
        return line_start(self.tune.source, one.span.end) == line_start(
            self.tune.source, other.span.start
        )

    def _content(self, needed: list[str]) -> list[Edit]:
        found = []
        kept = self._kept(needed)
        for line in self.lines:
            inside = [p for n, p in line.pieces if self.first <= n <= self.last]
            if not inside or any(span.start <= line.start < span.end for span in self.dead):
                continue
            start, end = inside[0].start, inside[-1].end
            numbers = [n for n, _ in line.pieces]
            if kept == "left" and self.last + 1 in numbers and self.after is not None:
                own = [p for n, p in line.pieces if n == self.last + 1]
                end = max(end, own[0].start) if own[0].start > start else end
            elif kept == "right" and self.first - 1 in numbers:
                own = [p for n, p in line.pieces if n == self.first - 1]
                start = own[-1].end if own[-1].end <= start else start
            found.append(Edit(Span(start, end), ""))
        if kept == "left":
            found += [bar_gone(self.tune, b) for b in self.right if self._alive(b)]
        elif kept == "right":
            found += [bar_gone(self.tune, b) for b in self.left if self._alive(b)]
        else:
            found += self._rewritten(needed, found)
        return found

    def _rewritten(self, needed: list[str], found: list[Edit]) -> list[Edit]:
        """One barline gets the signs that are needed; the others between the bars go."""
        alive = [b for b in (*self.left, *self.right) if self._alive(b)]
        plain = next(
            (b.text for b in reversed((*self.left, *self.right)) if b.boundary and not signs([b])),
            "|",
        )
        text = {(): plain, ("close",): ":|", ("open",): "|:", ("close", "open"): "::"}[
            tuple(needed)
        ]
        if self.before is None and not needed:
            text = ""
        if alive:
            holder = alive[0] if self.before is not None else alive[-1]
            return [Edit(b.span, text) if b is holder and text else bar_gone(self.tune, b)
                    for b in alive]  # fmt: skip
        if self.after is not None and text:
            return [Edit(Span(self.after.span.start, self.after.span.start), text)]
        if self.before is not None and text:
            return [Edit(Span(self.before.span.end, self.before.span.end), text)]
        return []

    def _labels(self) -> list[Edit]:
        """`P:` lines of sections that go completely."""
        if self.after is not None and not self.after.part:
            return []
        starts = [m.span.start for m in self.measures[self.first : self.last + 1] if m.part]
        found = []
        for start in starts:
            fields = [f for f in self.tune.fields
                      if f.name == "P" and f.where == "body" and f.span.start < start]  # fmt: skip
            if fields:
                place = line_start(self.tune.source, fields[-1].span.start)
                found.append(Edit(whole_line(self.tune, place), ""))
        return found

    def _state(self) -> list[Edit]:
        """Inline fields for what the deleted text had set and the next bar relies on."""
        if self.after is None:
            return []
        first, after = self.measures[self.first], self.after
        zone = Span(first.span.start, self.measures[self.last].span.end)
        spans = [m.span for m in self.measures[self.first : self.last + 1]]
        names = {f.name for f in self.tune.fields if f.where == "inline" and zone.contains(f.span)
                 and any(s.contains(f.span) for s in spans)}  # fmt: skip
        own = {f.name for f in self.tune.fields
               if f.where == "inline" and after.events
               and after.span.start <= f.span.start < after.events[0].span.start}  # fmt: skip
        key = self.before.key_at_end if self.before else self.tune.key
        meter = self.before.meter if self.before else self.tune.meter
        unit = self.before.unit if self.before else self.tune.unit
        text = ""
        if "K" in names - own and after.key != key:
            text += f"[K:{after.key.abc}]"
        if "M" in names - own and after.meter != meter:
            text += f"[M:{after.meter.text if after.meter else 'none'}]"
        if "L" in names - own and after.unit != unit:
            text += f"[L:{after.unit}]"
        return [Edit(Span(after.span.start, after.span.start), text)] if text else []


# -- inserting --------------------------------------------------------------------------------


def insert_bars(
    tune: Tune, bar: int, contents: Sequence[str] | int = 1, *, where: str = "after",
    voice: str | None = None,
) -> list[Edit]:  # fmt: skip
    """Insert bars before or after a printed bar: given ones, or so many bars of rest.

    `contents` are the texts of the bars for one voice (the first, or `voice`), in the unit note length
    in force there; other voices take rests. The bars become part of the section that `bar` is in.
    """
    require_own_lines(tune)
    if where not in ("before", "after"):
        raise ValueError("Bars are inserted before or after a bar.")
    count = contents if isinstance(contents, int) else len(contents)
    if not 1 <= count <= 200:
        raise ValueError("Between 1 and 200 bars can be inserted at once.")
    return with_seams(tune, lambda now: _inserted(now, bar, contents, where, voice))


def _inserted(
    tune: Tune, bar: int, contents: Sequence[str] | int, where: str, voice: str | None
) -> list[Edit]:
    count = contents if isinstance(contents, int) else len(contents)
    edits: list[Edit] = []
    singer = tune.voices[0].id if voice is None and tune.voices else voice
    for own in tune.voices:
        index = _index_of(tune, own, bar, where)
        texts = None if isinstance(contents, int) or own.id != singer else list(contents)
        measure = own.measures[index]
        if texts is None:
            texts = [_rest(measure)] * count
        if any("|" in t or "\n" in t or not t.strip() for t in texts):
            raise ValueError("A bar's content is notes and rests, without a barline.")
        edits += _insertion(tune, own, index, [t.strip() for t in texts], where)
    return edits


def _index_of(tune: Tune, voice: Voice, bar: int, where: str) -> int:
    found = [n for n, m in enumerate(voice.measures) if m.number <= bar < m.number + m.count]
    if not found:
        low = 0 if 0 in tune.bar_numbers else 1
        raise ValueError(f"The tune has bars {low} to {tune.bar_count}.")
    if voice.measures[found[0]].count > 1:
        raise ValueError("Bars cannot be inserted inside a rest of several bars.")
    if where == "before":
        return found[0] if found[0] == 0 or bar == 0 or voice.measures[found[0]].full else found[-1]
    pickup = len(found) > 1 and voice.measures[found[-1]].starts_section
    return found[0] if pickup else found[-1]


def _rest(measure: Measure) -> str:
    if measure.meter is None:
        raise ValueError("Music in free meter has no empty bars; give the notes to insert.")
    return "z" + length_text(measure.meter.length / measure.unit)


def separator(tune: Tune, voice: Voice) -> str:
    """The barline as the voice writes it between bars of a line: with spaces or without."""
    for one, other in zip(voice.measures, voice.measures[1:], strict=False):
        gap = tune.source[one.span.end : other.span.start]
        if gap in ("|", " | ", "| ", " |"):
            return gap
    return "|"


def _insertion(tune: Tune, voice: Voice, index: int, texts: list[str], where: str) -> list[Edit]:
    measure = voice.measures[index]
    bar = separator(tune, voice)
    before = voice.measures[index - 1] if index and where == "before" else measure
    after = voice.measures[index + 1 : index + 2] if where == "after" else (measure,)
    edits = cut_tie(tune, before, after[0] if after else None) if where == "after" or index else []
    if where == "after":
        place = measure.span.end
        edits.append(Edit(Span(place, place), "".join(bar + t for t in texts)))
    else:
        place = after_fields(tune, measure)
        edits.append(Edit(Span(place, place), "".join(t + bar for t in texts)))
    return edits + stars(tune, place, sum(note_count(tune, measure, t) for t in texts))


def after_fields(tune: Tune, measure: Measure) -> int:
    """Where a measure's music begins, behind the inline fields that open it."""
    place = measure.span.start
    for field in tune.fields:
        if field.where == "inline" and field.span.start == place:
            place = field.span.end
    return place


def note_count(tune: Tune, measure: Measure, text: str) -> int:
    """How many notes and chords a bar's text has, as a `w:` line counts them."""
    from abc_tools.parse import parse

    tunes = parse(f"X:1\nM:none\nL:{measure.unit}\nK:C\n{text}|\n").tunes
    return sum(e.kind != "rest" for v in tunes[0].voices for e in v.events) if tunes else 0


def stars(tune: Tune, place: int, count: int, pieces: Sequence[Sequence[str]] = ()) -> list[Edit]:
    """Pieces in the `w:` lines for notes that come in at a place: given verse by verse, else `*`."""
    edits = []
    for row in rows(tune) if count else []:
        line = line_start(tune.source, row.events[0].span.start)
        if line_start(tune.source, place) != line:
            continue
        index = sum(e.span.start < place for e in row.events)
        verse = row.line.verse - 1
        said = list(pieces[verse]) if verse < len(pieces) and pieces[verse] else ["*"] * count
        follows = [p for p in row.pieces if p.note is not None and p.note >= index]
        if follows:
            from abc_tools.edit.pieces import joined

            start = follows[0].span.start
            edits.append(Edit(Span(start, start), joined(said) + " "))
    return edits


def replace_bars(tune: Tune, measures: list[Measure], music: str) -> list[Edit]:
    """Other notes for the bars of the first voice that has them: texts with `|` between them.

    ValueError if there are more or fewer texts than bars, or the words would not fit any more.
    """
    own = [m for v in tune.voices[:1] for m in v.measures if m in measures] or measures
    texts = [text for text in music.strip().strip("|]").split("|") if text.strip()]
    edits = replace_measures(tune, own, texts)
    for measure, text in zip(own, texts, strict=True):
        sung = {e.span.start for e in measure.events if e.kind != "rest"}
        if len(sung) != note_count(tune, measure, text):
            edits += without(tune, sung)
            place = measure.span.start
            edits += stars(tune, place, note_count(tune, measure, text))
    return edits
