"""Bars and sections duplicated, moved and repeated; repeats written out.

Works in all voices at once. Bars are given as measures (see `selection.select`).
"""

from __future__ import annotations

from abc_tools.edit.bars import delete_bars
from abc_tools.edit.blocks import Block, block, paste
from abc_tools.edit.layout import Step, bar_gone, endings_of, require_own_lines, signs
from abc_tools.edit.seams import with_seams
from abc_tools.edit.selection import runs
from abc_tools.spelling import changed_only
from abc_tools.text import Edit, Span
from abc_tools.tokens import Kind, tokenize
from abc_tools.tune import Measure, Tune, Voice


def duplicate_bars(tune: Tune, measures: list[Measure], times: int = 1) -> list[Edit]:
    """Put a copy of the bars right behind them, `times` times, with their words."""
    if not 1 <= times <= 16:
        raise ValueError("Bars can be copied 1 to 16 times.")
    places = _runs(tune, measures)

    def once(now: Tune) -> list[Edit]:
        return [e for voice, (first, last) in zip(now.voices, places, strict=True)
                if first >= 0
                for e in paste(now, voice, last, block(now, voice, first, last))]  # fmt: skip

    return with_seams(tune, *[once] * times)


def copy_bars(tune: Tune, measures: list[Measure], after: int, *, words: bool = True) -> list[Edit]:
    """Put a copy of the bars behind the printed bar `after`; 0 puts it before all.

    Without `words` the copy is for instruments only.
    """
    places = _runs(tune, measures)
    targets = [_behind(tune, voice, after) for voice in tune.voices]
    return with_seams(tune, _copier(places, targets, words=words))


def _copier(places: list[tuple[int, int]], targets: list[int], *, words: bool = True) -> Step:
    def taken(now: Tune, voice: Voice, first: int, last: int) -> Block:
        found = block(now, voice, first, last)
        return found if words else found.instrumental()

    def copied(now: Tune) -> list[Edit]:
        return [e for voice, target, (first, last) in zip(now.voices, targets, places, strict=True)
                if first >= 0
                for e in paste(now, voice, target, taken(now, voice, first, last))]  # fmt: skip

    return copied


def move_bars(tune: Tune, measures: list[Measure], after: int) -> list[Edit]:
    """Move bars behind the printed bar `after`; 0 puts them before all. They sound as before.

    ValueError if the place lies within the bars themselves.
    """
    places = _runs(tune, measures)
    targets = [_behind(tune, voice, after) for voice in tune.voices]
    for target, (first, last) in zip(targets, places, strict=True):
        if first >= 0 and first - 1 <= target <= last:
            raise ValueError("The bars stand there already.")

    def gone(now: Tune) -> list[Edit]:
        old: list[Measure] = []
        for voice, target, (first, last) in zip(now.voices, targets, places, strict=True):
            shift = last - first + 1 if target < first else 0
            old += voice.measures[first + shift : last + shift + 1] if first >= 0 else ()
        return delete_bars(now, old)

    return with_seams(tune, _copier(places, targets), gone)


def _runs(tune: Tune, measures: list[Measure]) -> list[tuple[int, int]]:
    """The stretch (first, last index) of each voice, (-1, -1) where it has none."""
    require_own_lines(tune)
    chosen = {id(m) for m in measures}
    found = []
    for voice in tune.voices:
        own = [m for m in voice.measures if id(m) in chosen]
        stretches = runs(voice.measures, own)
        if len(stretches) > 1:
            raise ValueError("The bars must follow each other.")
        index = {id(m): n for n, m in enumerate(voice.measures)}
        found.append((index[id(own[0])], index[id(own[-1])]) if own else (-1, -1))
    if all(place == (-1, -1) for place in found):
        raise ValueError("There are no such bars.")
    return found


def _behind(tune: Tune, voice: Voice, bar: int) -> int:
    """The index of the measure that ends a printed bar, -1 for the place before all music."""
    if bar < 1 and not (bar == 0 and voice.measures[0].number == 0):
        return -1
    found = [n for n, m in enumerate(voice.measures) if m.number <= bar < m.number + m.count]
    if bar == 0:
        return -1
    if not found:
        raise ValueError(f"The tune has bars 1 to {tune.bar_count}.")
    pickup = len(found) > 1 and voice.measures[found[-1]].starts_section
    return found[0] if pickup else found[-1]


# -- repeats ----------------------------------------------------------------------------------


def repeat_bars(tune: Tune, measures: list[Measure], *, way: str = "signs") -> list[Edit]:
    """Let bars be played twice: by repeat `signs` round them, or `written` out once more.

    ValueError if the bars lie in a repeat or hold repeat signs already.
    """
    if way == "written":
        return duplicate_bars(tune, measures)
    if way != "signs":
        raise ValueError("Bars are repeated by signs, or written.")
    edits = []
    for voice, (first, last) in zip(tune.voices, _runs(tune, measures), strict=True):
        if first >= 0:
            edits += _signs_round(voice, first, last)
    return edits


def _signs_round(voice: Voice, first: int, last: int) -> list[Edit]:
    measures = voice.measures
    run = measures[first : last + 1]
    following = measures[last + 1].before if last + 1 < len(measures) else (run[-1].after,)
    inner = [s for m in run[1:] for s in signs(m.before)]
    left, right = signs(run[0].before), signs(following)
    nested = left[-1:] == ["open"] or right[:1] == ["close"] or inner
    if nested or _within_repeat(voice, first, last) or any(m.ending for m in run):
        raise ValueError("There is a repeat at these bars already.")
    edits = []
    bars = [b for b in run[0].before if b is not None]
    if bars:
        edits.append(Edit(bars[-1].span, "::" if bars[-1].repeat_end else "|:"))
    elif first:
        raise ValueError("The bars have no barline before them.")
    else:
        edits.append(Edit(Span(run[0].span.start, run[0].span.start), "|:"))
    after = run[-1].after
    if after is None:
        edits.append(Edit(Span(run[-1].span.end, run[-1].span.end), ":|"))
    else:
        edits.append(Edit(after.span, "::" if after.repeat_start else ":|"))
    return edits


def _within_repeat(voice: Voice, first: int, last: int) -> bool:
    """Whether a repeat is open at the stretch: one opened before it that closes behind it."""
    said = [s for m in voice.measures[last + 1 :] for s in signs(m.before)[:]]
    said += signs([voice.measures[-1].after]) if last + 1 < len(voice.measures) else []
    before = [s for m in voice.measures[: first + 1] for s in signs(m.before)]
    return said[:1] == ["close"] and (before[-1:] == ["open"] or first == 0 or not before)


def write_out_repeats(tune: Tune) -> list[Edit]:
    """Every repeat written out: the bars stand twice, with the second ending the second time.

    Words of the second verse stay under the first playing only as further verses. ValueError if
    there is no repeat.
    """
    require_own_lines(tune)
    count = max((_closes(voice) for voice in tune.voices), default=0)
    if not count:
        raise ValueError("There is no repeat in this tune.")
    return with_seams(tune, *[_write_out_last] * count)


def _closes(voice: Voice) -> int:
    said = [s for m in voice.measures for s in signs(m.before)] + signs([voice.measures[-1].after])
    return said.count("close")


def _write_out_last(tune: Tune) -> list[Edit]:
    """The last repeat of every voice written out."""
    return [e for voice in tune.voices if _closes(voice) for e in _written_out(tune, voice)]


def _written_out(tune: Tune, voice: Voice) -> list[Edit]:
    measures = voice.measures
    closing = [n for n, m in enumerate(measures) if m.after is not None and m.after.repeat_end]
    if not closing:
        raise ValueError("This tune's repeats cannot be written out.")
    close = closing[-1]
    start = close
    while start > 0 and not signs(measures[start].before):
        start -= 1
    group = next((g for g in endings_of(voice) if any(a <= close <= b for a, b in g)), None)
    if group is not None and len(group) > 2:
        raise ValueError("More than two endings cannot be written out.")
    last = group[0][0] - 1 if group else close
    edits: list[Edit] = []
    if last >= start:
        content = block(tune, voice, start, last, plain=True)
        edits += paste(tune, voice, close, Block(content.lines, content.measures, False, False))
    opening = [b for b in measures[start].before if b.repeat_start]
    for bar in opening:
        alone = start and len(measures[start].before) == 1
        text = ":|" if bar.repeat_end else ("||" if alone else "")
        edits.append(Edit(bar.span, text) if text else bar_gone(tune, bar))
    edits = _plain_close(measures[close], edits, final=close == len(measures) - 1)
    if group:
        ends = tokenize(tune.source)
        for first, _ in group:
            low = measures[first - 1].span.end if first else tune.span.start
            edits += [Edit(t.span, "") for t in ends
                      if t.kind is Kind.ENDING and low <= t.start < measures[first].span.start]  # fmt: skip
    return edits


def _plain_close(measure: Measure, edits: list[Edit], *, final: bool) -> list[Edit]:
    """The closing sign without its repeat: where it stands, or where `paste` has taken it."""
    bar = measure.after
    assert bar is not None, "a repeat is closed by a barline"
    text = "|:" if bar.repeat_start else "|]" if final else "||"
    if any(e.span == bar.span for e in edits):
        closing = [e for e in edits if e.text.endswith(bar.text) or f"{bar.text}\nw:" in e.text]
        return [
            Edit(e.span, text.join(e.text.rsplit(bar.text, 1))) if e in closing else e
            for e in edits
        ]
    return [*edits, Edit(bar.span, text)]


def copy_over(tune: Tune, measures: list[Measure], first: int) -> list[Edit]:
    """The music of some bars in place of as many others, from bar `first` on, in every voice.

    Barlines and words stay where they are. ValueError if bars are missing, differ in length or key, or overlap.
    """
    edits: list[Edit] = []
    for voice in tune.voices:
        own = [m for m in voice.measures if m in measures]
        goal = {m.number: m for m in voice.measures}
        for n, source in enumerate(own):
            there = goal.get(first + n)
            if there is None:
                raise ValueError("There are not so many bars to write over.")
            if there in own:
                raise ValueError("Those bars overlap, so one cannot be written over the other.")
            if there.duration != source.duration or there.key != source.key:
                raise ValueError("Those bars differ in length or key.")
            if there.unit != source.unit or len(there.pieces) > 1 or len(source.pieces) > 1:
                raise ValueError("Those bars are written in ways that cannot be exchanged.")
            edits.append(Edit(there.span, source.span.of(tune.source)))
    return changed_only(tune.source, edits)
