"""Words for a tune from a model that can write them: asked for as JSON, checked by code, asked once more.

A line that has not the right number of syllables, does not rhyme as planned, or says what is not for
singing is not taken; `lm.verse` writes it instead. What this does not know: where the lines are sung.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from abc_tools.prosody import line_end, rhyme, syllables
from abc_tools.prosody.chinese import is_han
from chat.prompts import prompt
from lm.generate import Backend, BackendError, collect
from lm.verse import Order, Verse, write
from lm.verse.order import WEAK
from lm.verse.unwanted import insults

LANGUAGES = {"en": "English", "zh": "Chinese (simplified characters)"}
MAX_TOKENS = 900


@dataclass(frozen=True)
class Written:
    """A verse, and how many of its lines a model wrote (the others are the verse writer's)."""

    verse: Verse
    by_model: int


def write_verse(order: Order, backend: Backend) -> Written:
    """A verse by the backend's model where that can write words, line by line checked, else by `lm.verse`."""
    fixed = {} if backend.name == "embedded" else _asked(order, backend)
    fixed |= order.fixed
    missing = tuple(m for m in order.must if not any(_has(line, m) for line in fixed.values()))
    verse = write(replace(order, fixed=fixed, must=missing))
    if verse.missing and fixed:
        verse = write(order)
        return Written(verse, 0)
    return Written(verse, len(fixed))


def write_verse_from(begin: str, order: Order, backend: Backend) -> Written:
    """A verse that begins with given words, and goes on from there; any verse where they do not fit its lines.

    Where the words end inside a line, that line is written in two parts, of which the first one stands.
    """
    fixed, rest = begun(begin, order.shapes)
    if not fixed and not rest:
        return write_verse(order, backend)
    own = set(fixed) | ({len(fixed)} if rest else set())
    must = tuple(m for m in order.must if m.lower() not in begin.lower())
    if not rest:
        return write_verse(replace(order, fixed=fixed, must=must), backend)
    at = len(fixed)
    size = len(syllables(rest))
    shapes = (*order.shapes[:at], order.shapes[at][:size], order.shapes[at][size:])
    later = {n + 1: e + 1 if e > at else e for n, e in order.again.items() if e not in own}
    written = write_verse(
        replace(
            order, shapes=(*shapes, *order.shapes[at + 1 :]), must=must, again=later,
            rhymes=f"{order.rhymes[:at]}-{order.rhymes[at:]}", fixed={**fixed, at: rest},
        ), backend,
    )  # fmt: skip
    lines = list(written.verse.lines)
    more = lines.pop(at + 1)
    small = more if re.match(r"I\b|O\b", more) or is_han(more) else more[:1].lower() + more[1:]
    lines[at] = rest + small if is_han(rest) else f"{rest}, {small}"
    for n, earlier in order.again.items():
        if earlier in own:
            lines[n] = lines[earlier]
    return replace(written, verse=replace(written.verse, lines=tuple(lines)))


def begun(begin: str, shapes: Sequence[tuple[int, ...]]) -> tuple[dict[int, str], str]:
    """Words to begin with, over the lines: those that they fill, and what begins the line after them; nothing where
    a word would have to stand in two lines.

    >>> begun("Pack your tent", ((2, 0, 2), (2, 0))), begun("Pack your tent", ((2, 0), (2, 0)))
    (({0: 'Pack your tent'}, ''), ({0: 'Pack your'}, 'tent'))
    """
    units = list(re.sub(r"\s", "", begin)) if is_han(begin) else begin.split()
    glue = "" if is_han(begin) else " "
    fixed: dict[int, str] = {}
    row: list[str] = []
    for unit in units:
        if len(fixed) >= len(shapes):
            return {}, ""
        row.append(unit)
        count = len(syllables(glue.join(row)))
        if count > len(shapes[len(fixed)]):
            return {}, ""
        if count == len(shapes[len(fixed)]):
            fixed[len(fixed)] = glue.join(row)
            row = []
    return fixed, glue.join(row)


def _asked(order: Order, backend: Backend) -> dict[int, str]:
    """The lines of the model that hold, after at most two answers; {} where it does not answer."""
    messages = [{"role": "user", "content": _request(order)}]
    best: dict[int, str] = {}
    for attempt in range(2):
        try:
            answer = collect(
                backend.generate(messages, seed=order.seed + attempt, max_tokens=MAX_TOKENS)
            )[0]
        except BackendError:
            return best
        lines = read_lines(answer)
        good, wrong = checked(order, lines)
        if len(good) > len(best):
            best = good
        if not wrong:
            return best
        said = "Not right yet. " + " ".join(wrong) + " Answer with the whole JSON object again."
        messages = [
            *messages,
            {"role": "assistant", "content": answer},
            {"role": "user", "content": said},
        ]
    return best


def _request(order: Order) -> str:
    """The words of the request: a row for each line."""
    rows = []
    for n, shape in enumerate(order.shapes):
        pattern = "".join("w" if s == WEAK else "S" for s in shape)
        how = f"{n + 1}. {len(shape)} {'characters' if order.language == 'zh' else f'syllables, {pattern}'}"
        if order.rhymes[n] != "-":
            how += f", rhyme {order.rhymes[n]}"
        if n in order.again:
            how += f", the same words as line {order.again[n] + 1}"
        rows.append(how)
    must = f"These words must occur: {'; '.join(order.must)}" if order.must else ""
    return prompt("words", language=LANGUAGES[order.language], theme=order.theme or "what you like",
                  must=must, lines="\n".join(rows), count=str(len(order.shapes)))  # fmt: skip


def read_lines(answer: str) -> list[str]:
    """The lines of an answer: its JSON object, wherever it stands; [] where there is none.

    >>> read_lines('Sure! {"lines": ["One", "Two"]}'), read_lines("no")
    (['One', 'Two'], [])
    """
    for start in (m.start() for m in re.finditer(r"\{", answer)):
        try:
            found, _ = json.JSONDecoder().raw_decode(answer[start:])
        except json.JSONDecodeError:
            continue
        lines = found.get("lines") if isinstance(found, dict) else None
        if isinstance(lines, list):
            return [re.sub(r"\s+", " ", str(line)).strip() for line in lines]
    return []


def checked(order: Order, lines: list[str]) -> tuple[dict[int, str], list[str]]:
    """The lines that hold, by number, and a sentence for each thing that is wrong."""
    wrong: list[str] = []
    good: dict[int, str] = {}
    if len(lines) != len(order.shapes):
        wrong.append(f"There must be {len(order.shapes)} lines, not {len(lines)}.")
    for n, (shape, line) in enumerate(zip(order.shapes, lines, strict=False)):
        said = syllables(line)
        foreign = order.language == "zh" and any(not is_han(s.text) for s in said)
        if order.language == "en" and is_han(line):
            foreign = True
        if len(said) != len(shape):
            wrong.append(f"Line {n + 1} has {len(said)} syllables instead of {len(shape)}.")
        elif foreign or insults(line):
            wrong.append(f"Line {n + 1} cannot be sung like this.")
        elif problem := _rhyme_problem(order, n, line, good):
            wrong.append(problem)
        else:
            good[n] = line
    wrong += [
        f"“{m}” does not occur." for m in order.must if not any(_has(g, m) for g in good.values())
    ]
    return good, wrong


def _rhyme_problem(order: Order, n: int, line: str, good: dict[int, str]) -> str:
    """What is wrong with a line's end; an empty string if nothing is."""
    if n in order.again:
        same = good.get(order.again[n]) == line
        return "" if same else f"Line {n + 1} must repeat line {order.again[n] + 1}."
    for other, text in good.items():
        if order.rhymes[n] == "-" or order.rhymes[other] != order.rhymes[n]:
            continue
        if line_end(text).lower() == line_end(line).lower() and order.language == "en":
            return f"Lines {other + 1} and {n + 1} end on the same word."
        if not rhyme(text, line):
            return f"Line {n + 1} must rhyme with line {other + 1}."
    return ""


def _has(line: str, phrase: str) -> bool:
    """Whether a line has a given phrase, as words."""
    if is_han(phrase):
        return phrase in line
    return re.search(rf"(?<!\w){re.escape(phrase.lower())}(?!\w)", line.lower()) is not None
