"""Words under a tune: given ones, or new verse that fits its notes.

New verse: the tune's phrases become lines, its notes slots (`lm.verse`), and words are written for them,
by the language model where it can write words, else by the verse writer. Given words are set by stress
(`abc_tools.edit.set_lyrics`). The notes stay as they are: asserted here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from abc_tools.edit.singing import set_lyrics, syllable_capacity
from abc_tools.parse import parse_tune
from abc_tools.places import Place
from abc_tools.prosody import line_end, rhyme, syllables
from abc_tools.prosody.sung import singing_voice, verses_of
from abc_tools.sections import sections
from abc_tools.text import apply
from abc_tools.tune import Tune
from abc_tools.validate import errors
from chat.act.change import Change, Context
from chat.act.lyricist import Written, write_verse_from
from chat.act.plan import verse_lines
from chat.act.rewrite import CannotChange
from chat.act.sing_rounds import with_imitations
from chat.act.sing_sayings import sung
from chat.phrases import plain
from chat.reply import Progress
from lm.verse import Order, SungLine, measured, plan_lines, put, sung_lines
from lm.verse.sense.lexicon import subject, theme_of

MOST_VERSES = 6
SHORT_LINES = 7
"""Slots in the mean below which only every other line rhymes."""


def write_words(
    tune: Tune, values: Mapping[str, str], context: Context, place: Place | None = None
) -> Iterator[Progress | Change]:
    """Words under the first voice: `given` ones, or new ones. CannotChange says why there are none.

    Values, all optional: `theme`, `language` (en, zh), `must` (one a line), `rhyme` (such as ABAB),
    `given` (a text to be set), `verse` (its number; verses before it that are missing are written too),
    `verses` (how many in all). `place`: only the lines that begin in these bars.
    """
    if not sum(syllable_capacity(tune)):
        raise CannotChange(sung(context.language, "no-notes"))
    yield Progress("composing")
    if "given" in values:
        yield _set(tune, values["given"], _verse_number(tune, values, context), context)
        return
    last = _verse_number(tune, values, context)
    count = len(verses_of(tune))
    first = last if last <= count + 1 else count + 1
    if values.get("verses", "").isdigit() and "verse" not in values:
        last = max(first, min(MOST_VERSES, int(values["verses"])))
    said: list[str] = []
    for number in range(first, last + 1):
        change = _write(
            tune,
            number,
            values if number == first else {**values, "must": "", "begin": ""},
            context,
            place,
        )
        tune = change.tune
        said.append(change.said)
    yield Change(tune, "\n\n".join(said))


def _verse_number(tune: Tune, values: Mapping[str, str], context: Context) -> int:
    """Which verse is asked for: the first where none is named."""
    text = values.get("verse", "")
    number = int(text) if text.isdigit() else 1
    if not 1 <= number <= MOST_VERSES:
        count = len(verses_of(tune))
        raise CannotChange(sung(context.language, "no-such-verse", count=count, next=count + 1))
    return number


# -- new words --------------------------------------------------------------------------------


def _write(
    tune: Tune, number: int, values: Mapping[str, str], context: Context, place: Place | None = None
) -> Change:  # fmt: skip
    """One verse of new words under the notes, and what is said about it."""
    language = values.get("language") or context.language
    language = language if language in ("en", "zh") else "en"
    lines = _inside(sung_lines(tune, number), tune, place)
    letters = _letters(values.get("rhyme", ""), lines)
    rhymes, again = plan_lines(lines, letters)
    again = {**again, **_chorus_again(tune, lines)}
    about = values.get("theme") or _theme_said(context.message)
    theme = about or theme_of("\n".join(verses_of(tune))) or _kind(tune) or _title(tune)
    must = tuple(w.strip() for w in values.get("must", "").splitlines() if w.strip())
    theme = _without(theme, must)
    order = Order(
        tuple(line.shape for line in lines), rhymes, language, theme, must,
        context.seed % 2**31 + 7919 * number, again, avoid=_ends_before(tune, number),
        before=_lines_before(tune, number),
    )  # fmt: skip
    written = write_verse_from(values.get("begin", ""), order, context.backend)
    try:
        edits = put(tune, lines, written.verse.lines, number)
    except ValueError as error:
        raise CannotChange(sung(context.language, "failed")) from error
    new = with_imitations(parse_tune(apply(tune.source, edits)))
    new = _checked(tune, new, context)
    return Change(new, _said(new, order, written, letters, number, about, context.language))


_LIKE = (
    (r"\bwint(?:ry|ery)\b|\bfrosty\b", "winter"), (r"\bsummery\b", "summer"), (r"\bspring-?like\b", "spring"),
    (r"\bchristmass?y\b|\bfestive\b", "christmas"), (r"\bnautical\b", "sea"), (r"\bsnowy\b", "snow"),
    (r"\bsunny\b", "sun"),
)  # fmt: skip
"""What words shall be like, and what they are about then."""
_NO_THEMES = re.compile(
    r"\b(?:bridge|waltz(?:es)?|jigs?|reels?|march(?:es)?|dances?|tunes?|choir|songs?|music|singers?|verses?|notes?|rhymes?|words|lyrics)\b|歌|曲|音乐|唱",
    re.IGNORECASE,
)
"""Words of music are no themes of a wish for words."""


def _theme_said(message: str) -> str:
    """What a wish for words is about, wherever it says so: "keep it wintry", 讲秋天; "" where it says nothing."""
    plain = _NO_THEMES.sub(" ", re.sub(r"[\"《][^\"》]*[\"》]", " ", message))
    like = next((theme for words, theme in _LIKE if re.search(words, plain.lower())), "")
    return like or theme_of(plain) or next(iter(subject(plain).themes), "")


def _chorus_again(tune: Tune, lines: Sequence[SungLine]) -> dict[int, int]:
    """Lines of a chorus that comes again, with the lines of the first one, which they repeat word for word."""
    parts = [s for s in sections(tune) if s.label.lower() in ("chorus", "refrain")]
    if len(parts) < 2:
        return {}
    bars = [m.number for m in singing_voice(tune).measures for _ in m.events]
    rows = [
        [
            n
            for n, line in enumerate(lines)
            if line.slots and part.first <= bars[line.slots[0].index] <= part.last
        ]
        for part in parts
    ]
    return {
        later: first
        for row in rows[1:]
        for first, later in zip(rows[0], row, strict=False)
        if lines[first].shape == lines[later].shape
    }


def _without(theme: str, names: tuple[str, ...]) -> str:
    """A theme without names in it, whose words mean nothing else: my cat Tiger is about a cat."""
    for name in names:
        if name[:1].isupper():
            theme = re.sub(rf"\b{re.escape(name)}\b(?:['’]s)?", " ", theme)
    return " ".join(theme.split())


def _inside(lines: list[SungLine], tune: Tune, place: Place | None) -> list[SungLine]:
    """The lines that begin in some bars; all of them where none do."""
    if place is None:
        return lines
    bars = [m.number for m in singing_voice(tune).measures for _ in m.events]
    own = [n for n in lines if n.slots and place.first <= bars[n.slots[0].index] <= place.last]
    return own or lines


def _letters(asked: str, lines: Sequence[SungLine]) -> str:
    """The rhyme scheme of a stanza: as asked, else pairs, or every other line where lines are short."""
    if re.fullmatch(r"[A-Za-z]{2,8}", asked):
        return asked.upper()
    mean = sum(len(line.slots) for line in lines) / max(1, len(lines))
    return "ABCB" if mean < SHORT_LINES and len(lines) % 4 == 0 else "AABB"


def _title(tune: Tune) -> str:
    """The tune's title as a theme; titles that only name a kind of piece, or no theme, say nothing."""
    title = re.sub(
        r"(?i)\b(?:untitled|tune|no\.?|number|in [a-g](?: (?:major|minor))?|\d+)\b", " ", tune.title
    )
    return " ".join(title.split()) if subject(title).themes else ""


def _kind(tune: Tune) -> str:
    """What a song of its kind is about: a lullaby, a carol, a shanty; "" for all others."""
    field = tune.field("R")
    kind = field.value.strip().lower() if field else ""
    return kind if kind in ("lullaby", "carol", "shanty") else ""


def _ends_before(tune: Tune, number: int) -> frozenset[str]:
    """The last words of the lines, and of their parts, of verses that stay."""
    found = set()
    for n, verse in enumerate(verses_of(tune), start=1):
        if n != number:
            found |= {line_end(part).lower() for part in re.split(r"[,.;:!?，。；：！？\n]", verse)}
    return frozenset(found - {""})


def _lines_before(tune: Tune, number: int) -> tuple[str, ...]:
    """The lines, and parts of lines, of verses that stay."""
    return tuple(
        part.strip()
        for n, verse in enumerate(verses_of(tune), start=1)
        if n != number
        for part in re.split(r"[,.;:!?，。；：！？\n]", verse)
        if part.strip()
    )


def _checked(before: Tune, after: Tune, context: Context) -> Tune:
    """The tune with words, if nothing but words changed and nothing is wrong that was right."""
    assert _music(before) == _music(after), "words change no notes"
    if len(errors(after)) > len(errors(before)):
        raise CannotChange(sung(context.language, "failed"))
    return after


def _music(tune: Tune) -> list[tuple[object, ...]]:
    """What sounds, words aside."""
    return [
        (voice.id, measure.number, event.midi, event.duration, event.chord_symbol, event.tie)
        for voice in tune.voices for measure in voice.measures
        for layer in (measure.events, *measure.overlays) for event in layer
    ]  # fmt: skip


def rhymes_kept(order: Order, lines: Sequence[str]) -> tuple[int, int]:
    """How many of the rhymes that the scheme asks for hold, of how many; a refrain counts with its line."""
    kept = total = 0
    for n, letter in enumerate(order.rhymes):
        before = [k for k in range(n) if order.rhymes[k] == letter and n not in order.again]
        if letter == "-" or not before:
            continue
        total += 1
        kept += any(rhyme(lines[k], lines[n]) and lines[k] != lines[n] for k in before)
    return kept, total


def _said(
    tune: Tune, order: Order, written: Written, letters: str, number: int, theme: str, language: str
) -> str:
    """What was written and measured, and the verse itself."""
    lines = written.verse.lines
    found = measured(tune, number)
    about = sung(language, "about", theme=plain(theme)) if theme else ""
    name = "wrote-en" if language == "zh" and order.language == "en" else "wrote"
    parts = [
        sung(language, name, verse=number, about=about, lines=len(lines), syllables=found.syllables)
    ]
    kept, pairs = rhymes_kept(order, lines)
    if pairs:
        parts.append(sung(language, "scheme", scheme=letters, kept=kept, pairs=pairs))
    parts += [sung(language, "refrain", later=a + 1, earlier=b + 1) for a, b in order.again.items()]
    if found.stressed:
        share = round(100 * found.share)
        parts.append(sung(language, "stress", share=share, on=found.on_strong, all=found.stressed))
    if written.by_model:
        parts.append(sung(language, "model", count=written.by_model))
    if written.verse.missing:
        words = ", ".join(map(plain, written.verse.missing))
        parts.append(sung(language, "missing", words=words))
    return ("" if language == "zh" else " ").join(parts) + "\n\n" + shown(lines)


def shown(lines: Sequence[str]) -> str:
    """Lines of words as Markdown, so that they show and do nothing else."""
    return "\n".join(f"> {plain(line)}  " for line in lines)


# -- given words ------------------------------------------------------------------------------


def _set(tune: Tune, given: str, number: int, context: Context) -> Change:
    """Given words under the notes, as one verse, or as several where they are longer than the tune."""
    language = context.language
    stanzas = _stanzas(given)
    total = sum(_size(line) for stanza in stanzas for line in stanza)
    if not total:
        raise CannotChange(sung(language, "no-words"))
    room = len([s for line in sung_lines(tune, number) for s in line.slots]) if number > 1 else 0
    room = max(room, sum(syllable_capacity(tune)))
    verses = (
        [[line for stanza in stanzas for line in stanza]]
        if total <= room
        else _split(stanzas, room)
    )
    if not verses:
        longest = max(_size(line) for stanza in stanzas for line in stanza)
        have = longest if longest > room else total
        raise CannotChange(sung(language, "too-long", have=have, room=room, over=have - room))
    if len(verses) > MOST_VERSES:
        full = room * MOST_VERSES
        raise CannotChange(sung(language, "too-many", have=total, limit=MOST_VERSES, room=full,
                                over=max(1, total - full)))  # fmt: skip
    new = tune
    for n, lines in enumerate(verses):
        try:
            edits = set_lyrics(new, "\n".join(lines), number + n)
        except ValueError as error:
            count = len(verses_of(tune))
            raise CannotChange(
                sung(language, "no-such-verse", count=count, next=count + 1)
            ) from error
        new = parse_tune(apply(new.source, edits))
    return Change(_checked(tune, new, context), _said_set(new, verses, number, total, language))


def _size(line: str) -> int:
    return len(syllables(line))


def _stanzas(given: str) -> list[list[str]]:
    """The stanzas of a text as lines; a text on one line is cut at its marks."""
    text = given.replace("\r\n", "\n").strip()
    if "\n" not in text:
        return [[line for line in verse_lines(text).splitlines() if _size(line)]]
    parts = [
        [ln.strip() for ln in part.split("\n") if _size(ln)] for part in re.split(r"\n\s*\n", text)
    ]
    return [part for part in parts if part]


def _split(stanzas: list[list[str]], room: int) -> list[list[str]]:
    """Stanzas, or equal runs of lines, as verses that fit the tune; [] where a line alone does not."""
    if len(stanzas) > 1 and all(sum(map(_size, part)) <= room for part in stanzas):
        return stanzas
    lines = [line for part in stanzas for line in part]
    if any(_size(line) > room for line in lines):
        return []
    sizes = (
        n for n in range(len(lines), 0, -1) if len(lines) % n == 0 and (n > 1 or len(lines) < 4)
    )
    for size in sizes:
        runs = [lines[n : n + size] for n in range(0, len(lines), size)]
        if all(sum(map(_size, run)) <= room for run in runs):
            return runs
    found: list[list[str]] = [[]]
    for line in lines:
        if sum(map(_size, found[-1])) + _size(line) > room:
            found.append([])
        found[-1].append(line)
    return found


def _said_set(tune: Tune, verses: list[list[str]], number: int, total: int, language: str) -> str:
    """What was set and measured, and the words."""
    name = "set-verses" if len(verses) > 1 else "set"
    parts = [sung(language, name, syllables=total, verses=len(verses))]
    counts = [measured(tune, number + n) for n in range(len(verses))]
    stressed, strong = sum(c.stressed for c in counts), sum(c.on_strong for c in counts)
    if stressed:
        parts.append(
            sung(language, "stress", share=round(100 * strong / stressed), on=strong, all=stressed)
        )
    bare = _bare(tune, number + len(verses) - 1)
    if bare:
        parts.append(sung(language, "short", left=bare))
    text = "\n>\n".join(shown(lines) for lines in verses)
    return ("" if language == "zh" else " ").join(parts) + "\n\n" + text


def _bare(tune: Tune, number: int) -> int:
    """How many notes have no words behind the last syllable of a verse."""
    notes = [e for e in singing_voice(tune).events if e.notes and not e.tied]
    last = max(
        (n for n, e in enumerate(notes) if e.syllables[number - 1 : number] not in ((), (None,))),
        default=-1,
    )
    held = 1 if 0 <= last < len(notes) - 1 else 0
    return len(notes) - 1 - last if held else 0
