"""Words of one line of a song, and the words of an earlier version under the tune as it is now.

A line is one of `lm.verse.sung_lines`, as replies show them. The notes stay, and so do all other words.
"""

from __future__ import annotations

from abc_tools.edit.pieces import hold
from abc_tools.edit.singing import set_lyrics
from abc_tools.edit.words import music_lines, remove_words, write_verses
from abc_tools.parse import parse_tune
from abc_tools.prosody import line_end, syllables
from abc_tools.prosody.sung import singing_voice, verses_of
from abc_tools.text import apply
from abc_tools.tune import Tune
from chat.act.change import Change, Context, Steps
from chat.act.lyricist import write_verse
from chat.act.rewrite import CannotChange
from chat.act.sing import shown
from chat.act.sing_sayings import sung
from chat.understand.operation import Operation
from lm.verse import Order, SungLine, put, sung_lines
from lm.verse.sense.lexicon import theme_of

MOST_LINES = 4
"""How many lines a given text may run over."""


def line_words(tune: Tune, operation: Operation, context: Context) -> Steps:
    """Given words, or new ones, for one line; the other lines keep theirs."""
    values, language = operation.values, context.language
    lines = sung_lines(tune)
    asked = int(values["line"])
    at = len(lines) - 1 if asked < 0 else asked - 1
    if not 0 <= at < len(lines):
        raise CannotChange(sung(language, "no-such-line", count=len(lines)))
    if "text" in values:
        text = values["text"].replace("- ", "-")
        new = _given(tune, lines, at, _plain(text), language)
    else:
        text = _written(tune, lines, at, operation, context)
        new = parse_tune(apply(tune.source, put(tune, [lines[at]], [text], 1)))
    yield Change(new, sung(language, "line", line=at + 1) + "\n\n" + shown([_plain(text)]))


def _plain(text: str) -> str:
    """A text without the hyphens that cut its words: `Lit-tle ri-ver` is Little river.

    >>> _plain("Lit-tle ri-ver flows a-long")
    'Little river flows along'
    """
    words = [w.replace("-", "") if w.count("-") and len(w) > 3 else w for w in text.split(" ")]
    return " ".join(words)


def _given(tune: Tune, lines: list[SungLine], at: int, text: str, language: str) -> Tune:
    """A text under a line; under the lines behind it, too, where it has just as many syllables."""
    size = len(syllables(text))
    if not size:
        raise CannotChange(sung(language, "no-words"))
    room = 0
    for stop in range(at + 1, min(len(lines), at + MOST_LINES) + 1):
        room = sum(len(line.slots) for line in lines[at:stop])
        if room == size:
            whole = SungLine(
                tuple(s for line in lines[at:stop] for s in line.slots),
                lines[at].section,
                lines[at].label,
            )
            return parse_tune(apply(tune.source, put(tune, [whole], [text], 1)))
        if room > size:
            break
    own = lines[at : max(at + 1, stop)]
    if size > room:
        have = room
        raise CannotChange(sung(language, "line-too-long", have=size, room=have, over=size - room))
    inside = {slot.index for line in own for slot in line.slots}
    events = list(singing_voice(tune).events)
    starts = {events[n].span.start for n in inside}
    bars = [
        m for m in singing_voice(tune).measures if any(e.span.start in starts for e in m.events)
    ]
    try:
        return parse_tune(apply(tune.source, set_lyrics(tune, text, 1, bars)))
    except ValueError as error:
        raise CannotChange(sung(language, "failed")) from error


def _written(
    tune: Tune, lines: list[SungLine], at: int, operation: Operation, context: Context
) -> str:
    """New words for a line: they rhyme with what the old ones rhymed with, as far as that is known."""
    words = _line_texts(tune, lines)
    before = "\n".join(verses_of(tune))
    language = "zh" if any("\u4e00" <= c <= "\u9fff" for c in before) else "en"
    partner = at - 1 if at % 2 else at + 1
    shapes = [lines[at].shape]
    fixed: dict[int, str] = {}
    rhymes = "-"
    if 0 <= partner < len(lines) and words[partner] and line_end(words[partner]):
        shapes, fixed, rhymes = [lines[at].shape, lines[partner].shape], {1: words[partner]}, "AA"
    must = tuple(w for w in operation.values.get("must", "").splitlines() if w)
    theme = operation.values.get("theme") or theme_of(before) or tune.title
    order = Order(
        tuple(shapes), rhymes, language, theme, must, context.seed % 2**31 + 101 * at, fixed=fixed,
        before=tuple(w for w in words if w),
    )  # fmt: skip
    verse = write_verse(order, context.backend).verse
    if verse.missing:
        order = Order(
            (lines[at].shape,), "-", language, theme, must, context.seed % 2**31 + 7,
            before=tuple(w for w in words if w),
        )  # fmt: skip
        verse = write_verse(order, context.backend).verse
    if verse.missing:
        raise CannotChange(sung(context.language, "missing", words=", ".join(verse.missing)))
    return verse.lines[0].rstrip(".。,，") + ("" if language == "zh" else ",")


def _line_texts(tune: Tune, lines: list[SungLine]) -> list[str]:
    """What is sung now in each line."""
    events = list(singing_voice(tune).events)
    found = []
    for line in lines:
        said = [events[s.index].syllables[:1] for s in line.slots]
        text = " ".join(s[0] for s in said if s and s[0])
        found.append(text.replace("- ", ""))
    return found


def words_again(tune: Tune, operation: Operation, context: Context) -> Steps:
    """The words of an earlier version, note by note where there are as many notes, else by stress."""
    old = parse_tune(operation.values["abc"])
    verses = verses_of(old)
    bare = parse_tune(apply(tune.source, remove_words(tune))) if tune.lyrics else tune
    here, there = singing_voice(bare), list(singing_voice(old).events)
    if len(list(here.events)) == len(there):
        order = {e.span.start: n for n, e in enumerate(here.events)}
        said = {}
        for verse in range(1, len(verses) + 1):
            pieces, before = [], "*"
            for row in music_lines(bare, here):
                for event in row:
                    own = there[order[event.span.start]].syllables[verse - 1 : verse]
                    text = own[0] if own and own[0] else ""
                    pieces.append(
                        text.replace(" ", "~") or ("*" if before == "*" else hold(before))
                    )
                    before = pieces[-1]
            said[verse] = pieces
        new = parse_tune(apply(bare.source, write_verses(bare, here, said)))
    else:
        new = bare
        for verse, text in enumerate(verses, start=1):
            try:
                new = parse_tune(apply(new.source, set_lyrics(new, text, verse)))
            except ValueError as error:
                raise CannotChange(sung(context.language, "failed")) from error
    lines = "\n".join(verses[0].splitlines()) if verses else ""
    yield Change(new, sung(context.language, "again") + "\n\n" + shown(lines.splitlines()[:8]))
