"""`w:` lines with an exact number of entries, one for each note (ABC 2.1 §5), as `lm.spelling` writes them.

English: words apart by spaces, syllables by hyphens; `_` holds the last syllable of a word for one
more note, a further hyphen one inside a word. Chinese: one character a note. What it does not know:
rhyme, stress, or whether the words mean anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from abc_tools.lyrics import split_syllables

_LETTERS = r"['’]?[A-Za-zÀ-ÖØ-öø-ÿ]{1,14}(['’][a-z]{0,3})?"
ENTRY = {
    "en": rf"[(“]?{_LETTERS}(~{_LETTERS})?[,.;:!?]{{0,2}}[)”]?",
    "zh": r"[“《]?\p{Han}[，。！？；：、]?[”》]?",
}
BITS = 7


def entries_of(words: str) -> int:
    """The number of notes that a line of words is for.

    >>> entries_of("Hal-le--lu-jah _ sing~ye")
    7
    """
    return len(split_syllables(words))


class Rules(Protocol):
    """What the words need of a grammar."""

    @property
    def counter(self) -> str: ...  # noqa: D102

    def add(self, name: str, alternatives: Sequence[str]) -> str: ...  # noqa: D102


def word_rules(grammar: Rules, language: str) -> None:
    """The rules `words` (from behind the last barline of a line, to the rule `below`, which ends the
    line): as many entries as notes were counted, no line where there were none.
    """
    bits = grammar.counter
    grammar.add(
        "words",
        [f'"\\nw:" first_word::_ %if gt({bits}, 0)', f"below::_ %if is_zeros({bits})"],
    )
    _entries(grammar, language, bits, "below")


def _entries(grammar: Rules, language: str, bits: str, after: str) -> None:
    """Rules for the rest of a line: `first_word`, `word` after a space, `part` after a hyphen."""
    more, last = f"%if gt({bits}, 1)", f"%if eq({bits}, 1)"

    def entry(text: str, target: str) -> str:
        guard = last if target == after else more
        return f"{text} {target}::decr({bits}) {guard}"

    said = [entry("WORD", after), entry('WORD " "', "word")]
    if language == "en":
        said += [entry('WORD "-"', after), entry('WORD "-"', "part")]
        grammar.add("part", [*said, entry('"-"', "part"), entry('"-"', after)])
    grammar.add("first_word", [*said, entry('"* "', "first_word")])
    grammar.add("word", [*said, entry('"_ "', "word"), entry('"_"', after)])


def words_grammar(counts: Sequence[int], language: str) -> str:
    """The grammar of `w:` lines alone: one for each number of notes, in order.

    Raises `ValueError` for an unknown language or a line of no notes.
    """
    if language not in ENTRY:
        raise ValueError(f"words {language!r}: en or zh")
    if not counts or min(counts) < 1 or max(counts) >= 1 << BITS:
        raise ValueError(f"notes {list(counts)}: between 1 and {(1 << BITS) - 1} a line")
    rules = _Plain()
    # The line's number is counted above the entries' counter, which is empty when a line ends.
    line = f"[{BITS}:{BITS + 9}]"
    _entries(rules, language, rules.counter, "newline")
    lines = []
    for number, count in enumerate(counts):
        lines.append(f'"w:" first_word::bit_or({count}) %if eq({line}, {number})')
    rules.add("line", [*lines, '"~" %if not(true)'])
    guard = f"%if lt({line}, {len(counts) - 1})"
    rules.add("newline", [f'"\\n" line::incr({line}) {guard}',
                          f'"" %if eq({line}, {len(counts) - 1})'])  # fmt: skip
    body = [f"{name}::_: {text}" for name, text in rules.rules.items()]
    return "\n".join(["start: line::0", *body, f"WORD: /{ENTRY[language]}/"]) + "\n"


class _Plain:
    """Rules of a grammar that has only words."""

    counter = f"[0:{BITS}]"

    def __init__(self) -> None:
        self.rules: dict[str, str] = {}

    def add(self, name: str, alternatives: Sequence[str]) -> str:
        self.rules[name] = " | ".join(alternatives)
        return name
