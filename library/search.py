"""A `Query` → the tunes that fit, best first.

What can be compared is compared by the database. Words are looked up in the index `words`: a tune counts for each
word found what the word counts in it times how rare the word is. Openings and outlines are found by the rows of
letters that `describe` made; where no tune begins with an outline, the nearest beginnings count, because people
hum wrongly.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from abc_tools.theory import parse_key, parse_meter
from library.describe import steps_of
from library.reasons import Part, part
from library.records import Query
from library.schema import TUNES, WORDS
from library.store import Store
from library.words import asked_terms, folded

_FEWEST = 3
IN_TITLE = 3.0
"""What a word of a title counts at least (`describe.index_of`)."""
_MOST_HUMMED = 60
_NEAREST = 0.25
"""Share of the moves of a hummed outline that may be wrong where none fits exactly."""
_LETTERS = re.compile(r"([A-Ga-g])([,']*)")


@dataclass(frozen=True)
class Hit:
    """A tune's id, how well it fits, and why."""

    id: int
    score: float
    parts: tuple[Part, ...]


def search(store: Store, query: Query, top: int) -> list[Hit]:
    """The `top` tunes that fit best. ValueError for a key, meter, opening or outline that cannot be read."""
    where = conditions(query)
    facts = stated(query)
    if query.incipit:
        pattern = opening(query.incipit)
        return _by_letters(store, TUNES.c.steps, pattern, where, facts, top, ("starts", "contains"))
    if query.contour:
        pattern = outline(query.contour)
        kinds = ("contour", "contour later")
        hits = _by_letters(store, TUNES.c.contour, pattern, where, facts, top, kinds)
        return hits or _nearly(store, pattern, where, facts, top)
    if query.words:
        found = by_words(store, query.words, where, top)
        return [Hit(number, score, facts) for number, score in found]
    question = select(TUNES.c.id).where(*where).order_by(TUNES.c.id).limit(top)
    return [Hit(row.id, 1.0, facts) for row in store.rows(question)]


def allowed(store: Store, query: Query) -> list[int]:
    """Ids of all tunes for which everything but words, opening and outline holds."""
    question = select(TUNES.c.id).where(*conditions(query))
    return [row.id for row in store.rows(question)]


# -- what is compared ------------------------------------------------------------------------------------


def conditions(query: Query) -> list[ColumnElement[bool]]:
    """What the database compares. ValueError for a key or meter that cannot be read."""
    found: list[ColumnElement[bool]] = []
    for name in ("composer", "source", "region"):
        if value := getattr(query, name):
            found.append(func.lower(TUNES.c[name]).like(_inside(value), escape="\\"))
    for word in asked_terms(query.title):
        titled = and_(WORDS.c.word == word, WORDS.c.weight >= IN_TITLE)
        found.append(TUNES.c.id.in_(select(WORDS.c.tune_id).where(titled)))
    if query.rhythm:
        found.append(func.lower(TUNES.c.rhythm) == query.rhythm.strip().lower())
    if query.style:
        kind = query.style.strip().lower()
        named = func.lower(TUNES.c.style).like(_inside(kind), escape="\\")
        found.append(or_(named, func.lower(TUNES.c.rhythm) == kind))
    if query.mode:
        found.append(TUNES.c.mode == _mode(query.mode))
    if query.form:
        found.append(TUNES.c.form == query.form.strip().upper())
    if query.key:
        found.append(_key(query.key))
    if query.meter:
        found.append(TUNES.c.meter == meter_name(query.meter))
    span = TUNES.c.high - TUNES.c.low
    for value, column, least in (
        (query.min_difficulty, TUNES.c.difficulty, True), (query.min_range, span, True),
        (query.max_difficulty, TUNES.c.difficulty, False), (query.max_range, span, False),
        (query.min_bars, TUNES.c.bars, True), (query.max_bars, TUNES.c.bars, False),
        (query.lowest, TUNES.c.low, True), (query.highest, TUNES.c.high, False),
    ):  # fmt: skip
        if value is not None:
            found.append(column >= value if least else column <= value)
    for flag, column in ((query.chords, TUNES.c.chords), (query.sung, TUNES.c.words)):
        if flag is not None:
            found.append(column.is_(flag))
    if query.voices is not None:
        found.append(TUNES.c.voices == query.voices)
    return found


def _inside(value: str) -> str:
    """A pattern for text that has the value in it."""
    plain = value.strip().lower()
    for sign in ("\\", "%", "_"):
        plain = plain.replace(sign, "\\" + sign)
    return f"%{plain}%"


def _mode(text: str) -> str:
    key = parse_key(f"C {text.strip().lower()}")
    if key is None or not text.strip():
        raise ValueError(f"“{text}” is no mode; one is major, minor, dorian or mixolydian.")
    return key.mode


def _key(text: str) -> ColumnElement[bool]:
    """A tonic in any mode ("D"), or a whole key ("D minor", "F#m", "Bb dorian")."""
    plain = text.strip().replace("♯", "#").replace("♭", "b")
    plain = re.sub(r"\b(sharp|flat)\b", lambda m: "#" if m[1] == "sharp" else "b", plain)
    plain = re.sub(r"^([A-Ga-g])\s*([#b]?)", lambda m: m[1].upper() + m[2], plain)
    key = parse_key(plain)
    if key is None or not key.tonic:
        raise ValueError(f"“{text}” is no key; one is D, D minor or F# dorian.")
    if re.fullmatch(r"[A-G][#b]?", plain):
        return TUNES.c.key.like(f"{plain} %")
    return TUNES.c.key == key.name


def meter_name(text: str) -> str:
    """A meter as the catalogue writes it. ValueError if it is none.

    >>> meter_name("C|"), meter_name("6/8")
    ('2/2', '6/8')
    """
    if text.strip().lower() == "free":
        return "free"
    try:
        meter = parse_meter(text)
    except ValueError as error:
        raise ValueError(f"“{text}” is no meter; one is 6/8, 4/4 or C|.") from error
    return f"{'+'.join(map(str, meter.beats))}/{meter.unit}" if meter else "free"


def stated(query: Query) -> tuple[Part, ...]:
    """The parts of a reason that hold for every tune of a query, because they were asked for."""
    parts = []
    if query.rhythm or query.style:
        parts.append(part("is rhythm", style=query.rhythm or query.style))
    if query.mode:
        parts.append(part("is mode", mode=_mode(query.mode)))
    if query.meter:
        parts.append(part("is meter", meter=meter_name(query.meter)))
    if query.form:
        parts.append(part("is form", form=query.form.strip().upper()))
    for name in ("region", "composer", "source"):
        if value := getattr(query, name):
            parts.append(part(f"is {name}", **{name: value}))
    if query.lowest is not None or query.highest is not None:
        parts.append(part("within"))
    if query.chords:
        parts.append(part("chords"))
    if query.sung:
        parts.append(part("sung"))
    return tuple(parts)


def own_parts(query: Query, row: Any) -> tuple[Part, ...]:
    """The parts that say a tune's own value of what was asked for: key, difficulty, range, length."""
    parts = []
    if query.key:
        parts.append(part("is key", key=row.key))
    if query.min_difficulty is not None or query.max_difficulty is not None:
        parts.append(part("level", level=row.difficulty))
    if query.min_range is not None or query.max_range is not None:
        parts.append(part("spans", range=row.high - row.low))
    if query.min_bars is not None or query.max_bars is not None:
        parts.append(part("length", bars=row.bars))
    return tuple(parts)


# -- words -----------------------------------------------------------------------------------------------


def by_words(
    store: Store, text: str, where: Iterable[ColumnElement[bool]] = (), top: int = 10
) -> list[tuple[int, float]]:
    """(id, score) of the tunes that have the words, best first; 1 for a tune that has all in its title."""
    wanted = asked_terms(text)
    if not wanted:
        return []
    counts = dict(
        store.rows(select(WORDS.c.word, func.count()).where(WORDS.c.word.in_(wanted)).group_by(WORDS.c.word))
    )  # fmt: skip
    size = max(store.size(), 1)
    rarity = {word: math.log(1 + size / count) for word, count in counts.items()}
    unknown = math.log(1 + size)
    most = 3.0 * (sum(rarity.values()) + unknown * (len(wanted) - len(rarity))) or 1.0
    where = list(where)
    found: dict[int, float] = {}
    # the rarest words first: of the others only what could still change the order is read
    for word in sorted(rarity, key=lambda w: -rarity[w]):
        question = select(WORDS.c.tune_id, WORDS.c.weight).where(WORDS.c.word == word)
        if where:
            question = question.join(TUNES, TUNES.c.id == WORDS.c.tune_id).where(*where)
        if found and counts[word] > 0.05 * size and counts[word] > 500:
            known = sorted(found, key=lambda n: -found[n])[:500]
            question = question.where(WORDS.c.tune_id.in_(known))
        for number, weight in store.rows(question):
            found[number] = found.get(number, 0.0) + weight * rarity[word]
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:top]
    return [(number, min(1.0, score / most)) for number, score in ranked]


def word_parts(text: str, row: Any) -> tuple[Part, ...]:
    """Which of the asked words stand in a tune's titles, names or text."""
    there = folded(f"{row.titles} {row.composer} {row.region} {row.rhythm} {row.source} {row.text}")
    shown = [w for w in re.findall(r"\w+", text) if folded(w) and folded(w)[: -1 or None] in there]
    return (part("words", words=" ".join(dict.fromkeys(shown))),) if shown else ()


# -- openings and outlines -------------------------------------------------------------------------------


def opening(text: str) -> str:
    """Letters as one reads them → moves in steps, as the catalogue keeps them. ValueError for under three notes.

    Capital and small letters are octaves as in ABC where both are used; else each letter is taken
    as near to the one before as it can be.

    >>> opening("G A B d"), opening("g a b d"), opening("C, E, G,")
    ('nno', 'nno', 'oo')
    """
    notes = _LETTERS.findall(re.sub(r"\b(starts?|begins?|with|opening)\b", " ", text))
    if len(notes) < _FEWEST:
        raise ValueError(
            f"An opening needs at least {_FEWEST} notes, like G A B d; “{text}” has {len(notes)}."
        )
    mixed = any(n.isupper() for n, _ in notes) and any(n.islower() for n, _ in notes)
    marked = mixed or any(marks for _, marks in notes)
    places: list[int] = []
    for letter, marks in notes:
        place = "CDEFGAB".index(letter.upper())
        if marked:
            place += 7 * (letter.islower() + marks.count("'") - marks.count(","))
        elif places:
            place += 7 * round((places[-1] - place) / 7)
        places.append(place)
    return steps_of(places)


def outline(text: str) -> str:
    """Parsons' code in small letters, without the star. ValueError for anything else.

    >>> outline("*UUDDR")
    'uuddr'
    """
    plain = re.sub(r"[\s*,.-]+", "", text.lower())
    if len(plain) < _FEWEST or set(plain) - set("udr"):
        raise ValueError(
            f"An outline is three or more of u (up), d (down) and r (repeat), like uurdd; “{text}” is not."
        )
    return plain[:_MOST_HUMMED]


def _by_letters(
    store: Store, column: Any, pattern: str, where: list[ColumnElement[bool]],
    facts: tuple[Part, ...], top: int, kinds: tuple[str, str],
) -> list[Hit]:  # fmt: skip
    """Tunes that begin with a row of letters (from the first note or the first bar), then those that have it later."""
    rows = store.rows(
        select(TUNES.c.id, TUNES.c.pickup, column.label("letters"))
        .where(and_(column.like(f"%{pattern}%"), *where))
        .order_by(TUNES.c.id)
    )
    hits = []
    for row in rows:
        starts = row.letters.startswith(pattern) or row.letters.startswith(pattern, row.pickup)
        at = 0 if starts else row.letters.index(pattern)
        score = 1.0 if starts else 0.5 / (1 + math.log1p(at))
        hits.append(Hit(row.id, score, (part(kinds[0] if starts else kinds[1]), *facts)))
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:top]


def _nearly(
    store: Store, pattern: str, where: list[ColumnElement[bool]], facts: tuple[Part, ...], top: int
) -> list[Hit]:
    """Tunes whose outline begins nearly like a hummed one, by the fewest moves left out, added or changed."""
    import numpy as np

    most = int(_NEAREST * len(pattern))
    length = len(pattern) + most
    head = func.substr(TUNES.c.contour, 1, length)
    rows = store.rows(select(TUNES.c.id, head.label("head")).where(and_(True, *where)))
    if not rows or not most:
        return []
    table = np.array([[ord(c) for c in row.head.ljust(length)] for row in rows], dtype=np.int16)
    above = np.tile(np.arange(length + 1), (len(rows), 1))
    for letter in pattern:
        now = np.empty_like(above)
        now[:, 0] = above[:, 0] + 1
        differ = (table != ord(letter)).astype(above.dtype)
        best = np.minimum(above[:, :-1] + differ, above[:, 1:] + 1)
        for column in range(length):
            now[:, column + 1] = np.minimum(best[:, column], now[:, column] + 1)
        above = now
    errors = above.min(axis=1)
    order = np.lexsort(([row.id for row in rows], errors))[:top]
    return [Hit(rows[i].id, 0.9 - float(errors[i]) / len(pattern),
                (part("contour near", errors=int(errors[i]), count=len(pattern)), *facts))
            for i in order if errors[i] <= most]  # fmt: skip


def same_titles(store: Store, titles: str, top: int) -> dict[int, float]:
    """Tunes with nearly the same title: id → 0.5 to 1. Words that stand in many titles do not count."""
    wanted = asked_terms(titles.split("\n")[0])
    if not wanted:
        return {}
    size = max(store.size(), 1)
    question = (
        select(WORDS.c.word, func.count())
        .where(and_(WORDS.c.word.in_(wanted), WORDS.c.weight >= IN_TITLE))
        .group_by(WORDS.c.word)
    )
    rarity = {word: math.log(size / count) for word, count in store.rows(question)}
    rare = [word for word in rarity if rarity[word] > 4.0]
    if not rare:
        return {}
    found: dict[int, float] = {}
    question = select(WORDS.c.tune_id, WORDS.c.word).where(
        and_(WORDS.c.word.in_(list(rarity)), WORDS.c.weight >= IN_TITLE, WORDS.c.tune_id.in_(
            select(WORDS.c.tune_id).where(and_(WORDS.c.word.in_(rare), WORDS.c.weight >= IN_TITLE))))
    )  # fmt: skip
    for number, word in store.rows(question):
        found[number] = found.get(number, 0.0) + rarity[word]
    total = sum(rarity.values()) + math.log(size) * (len(wanted) - len(rarity))
    near = {n: score / total for n, score in found.items() if score >= 0.6 * total}
    ranked = sorted(near.items(), key=lambda item: (-item[1], item[0]))
    return dict(ranked[:top])
