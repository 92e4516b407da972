"""ABC text → tokens, without losing a byte and without ever failing.

`tokenize` cuts any string into tokens whose texts, joined, are the string again. Lines are told apart
first (ABC 2.1 §2.2, §3): fields, directives, comments, free text, blank lines, music; music lines are
then cut by one regular expression (§4). Every alternative of it is bounded, so the time grows
linearly. What cannot be understood is a token of kind UNKNOWN, never an exception.

Conventions: offsets are code points. A `Token` knows nothing of pitch, duration or voices.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from abc_tools.text import Span


class Kind(str, Enum):
    """What a token is; line kinds first, then the kinds inside music lines.

    A `str` as well, because an Enum's own hash is computed in Python and the parser looks up one
    handler for every token.
    """

    FIELD = "field"  # T:Title, up to a comment or the line's end
    DIRECTIVE = "directive"  # %%name value
    COMMENT = "comment"  # % …
    TEXT_BLOCK = "text-block"  # a line between %%begintext and %%endtext
    FREE_TEXT = "free-text"  # outside tunes
    BLANK = "blank"  # an empty line: ends a tune
    NEWLINE = "newline"

    SPACE = "space"
    NOTE = "note"
    REST = "rest"  # z x Z X
    SPACER = "spacer"  # y
    CHORD_OPEN = "chord-open"
    CHORD_CLOSE = "chord-close"  # with the outer length
    GRACE_OPEN = "grace-open"
    GRACE_CLOSE = "grace-close"
    TUPLET = "tuplet"
    SLUR_OPEN = "slur-open"
    SLUR_CLOSE = "slur-close"
    TIE = "tie"
    BROKEN = "broken"  # > >> <
    BARLINE = "barline"
    ENDING = "ending"  # 1 or [1 or [1,2
    INLINE_FIELD = "inline-field"
    QUOTED = "quoted"  # chord symbol or annotation
    DECORATION = "decoration"  # !trill! +trill+ . ~ H …
    OVERLAY = "overlay"  # & and, over several measures, (& … &)
    CONTINUATION = "continuation"  # \ at the end of a line
    BACKTICK = "backtick"
    LINE_BREAK = "line-break"  # $ or a lone !
    UNKNOWN = "unknown"


class Token(NamedTuple):
    """A stretch of text with its kind; `start` is its offset in the whole text."""

    kind: Kind
    text: str
    start: int

    @property
    def span(self) -> Span:
        """Where the token stands."""
        return Span(self.start, self.start + len(self.text))


ACCIDENTAL = r"(?:\^\^|__|\^(?:\d{1,3}/\d{1,3}|\d{0,3}/)?|_(?:\d{1,3}/\d{1,3}|\d{0,3}/)?|=)"
LENGTH = r"(?:\d{1,6}(?:/{1,6}\d{0,6})?|/{1,6}\d{0,6})?"

NOTE_PARTS = re.compile(rf"({ACCIDENTAL}?)([A-Ga-g])([,']*)({LENGTH})$")
"""Accidental, letter, octave marks, length of a NOTE token."""

_MUSIC = re.compile(
    rf"""
    (?P<SPACE>[ \t\f\v\u00a0]+)
  | (?P<COMMENT>%[^\n\r]*)
  | (?P<QUOTED>"(?:\\.|[^"\\\n\r])*")
  | (?P<INLINE_FIELD>\[(?:[rN]:[^\]\n\r]{{0,400}}|[A-Za-z]:(?:[^|\]\n\r]|\|(?=\])){{0,400}})\])
  | (?P<DECORATION>![^!\s|"\[\]]{{1,40}}!|\+[A-Za-z0-9<>().^/]{{1,40}}\+)
  | (?P<BARLINE>\[\|\]|:+\|{{1,2}}(?:\]|:+)?|::+|\[\|{{1,2}}:*|\.?\|{{1,3}}(?:\]|:+)?|:)
  | (?P<ENDING>\[[1-9][0-9]{{0,2}}(?:[,\-x][0-9]{{1,3}})*)
  | (?P<OVERLAY>\(&|&\)?)
  | (?P<TUPLET>\([1-9][0-9]?(?::[0-9]{{0,2}}){{0,2}})
  | (?P<SLUR_OPEN>\.?\()
  | (?P<SLUR_CLOSE>\))
  | (?P<NOTE>{ACCIDENTAL}?[A-Ga-g][,']*{LENGTH})
  | (?P<REST>[zxZX]{LENGTH})
  | (?P<SPACER>y[0-9]{{0,4}})
  | (?P<CHORD_OPEN>\[)
  | (?P<CHORD_CLOSE>\]{LENGTH})
  | (?P<GRACE_OPEN>\{{/?)
  | (?P<GRACE_CLOSE>\}})
  | (?P<TIE>\.?-)
  | (?P<BROKEN>>{{1,3}}|<{{1,3}})
  | (?P<SHORTHAND>[.~H-Wh-w])
  | (?P<CONTINUATION>\\(?=[ \t]*(?:%|$)))
  | (?P<BACKTICK>`+)
  | (?P<DIGITS>[1-9][0-9]{{0,2}}(?:[,\-][0-9]{{1,3}})*)
  | (?P<LINE_BREAK>[$!])
  | (?P<UNKNOWN>.)
    """,
    re.VERBOSE,
)
_CLOSED_CHORD = re.compile(r"\[[^\]\[|\n\r]{1,200}\]")
"""A chord is closed before the next bar: it never holds a barline. Nor do grace notes."""
_OPEN_CHORD = re.compile(r"\[[\^_=A-Ga-g,'/\d]{0,12}\s*$")
_CHORD_END = re.compile(r"[\^_=A-Ga-g,'/\d]{1,12}\]")
_CLOSED_GRACE = re.compile(r"\{/?[^{}|\n\r]{0,200}\}")
_LINE = re.compile(r"[^\n\r]*(?:\r\n|\n|\r|$)")
_FIELD = re.compile(r"[A-Za-z+]:")
_MUSIC_LETTERS = frozenset("ABCDEFGXZabcdefgxyz")
_STARTS_TUNE = re.compile(r"X:\s*\d*\s*(?:%|$)")
_BLOCK_BEGIN = re.compile(r"%%\s*begin(\w+)")


def tokenize(text: str) -> list[Token]:
    """Cut `text` into tokens; `"".join(t.text for t in tokenize(text)) == text` for every string.

    >>> [t.text for t in tokenize("X:1\\nK:C\\nC2 D|")]
    ['X:1', '\\n', 'K:C', '\\n', 'C2', ' ', 'D', '|']
    """
    tokens = _tokens(text)
    assert sum([len(t.text) for t in tokens]) == len(text), "tokens must cover the text"
    return tokens


def _tokens(text: str) -> list[Token]:
    tokens: list[Token] = []
    lines = _lines(text)
    has_reference = any(_STARTS_TUNE.match(body) for _, body, _ in lines)
    awaits_key = _before_key(lines)
    state = "outside"  # outside | header | body
    block = ""
    for number, (start, body, newline) in enumerate(lines):
        if block:
            tokens.append(Token(Kind.TEXT_BLOCK if body else Kind.BLANK, body, start))
            if re.match(rf"%%\s*end{block}\b", body):
                block = ""
        else:
            state = _next_state(body, state, has_reference, awaits_key[number])
            if state == "body" and _is_music(body):
                after = lines[number + 1][1] if number + 1 < len(lines) else ""
                tokens += music_tokens(body, start, before=tokens[-5:], after=after)
            else:
                tokens += _line_tokens(body, start, state)
            begin = _BLOCK_BEGIN.match(body)
            block = begin[1] if begin else ""
            if state == "header" and body.startswith("K:"):
                state = "body"
        if newline:
            tokens.append(Token(Kind.NEWLINE, newline, start + len(body)))
    return tokens


def _lines(text: str) -> list[tuple[int, str, str]]:
    """(offset, text, line end) of every line."""
    lines = []
    position = 0
    while position < len(text):
        line = _LINE.match(text, position)
        assert line is not None, "every position starts a line"
        body = line[0].rstrip("\r\n")
        lines.append((position, body, line[0][len(body) :]))
        position = line.end()
    return lines


def _before_key(lines: list[tuple[int, str, str]]) -> list[bool]:
    """For each line whether a `K:` follows it in the same tune: until then nothing is music."""
    found = [False] * len(lines)
    follows = False
    for number in range(len(lines) - 1, -1, -1):
        body = lines[number][1]
        found[number] = follows
        if body.startswith("K:"):
            follows = True
        elif not body.strip() or _STARTS_TUNE.match(body):
            follows = False
    return found


def _next_state(body: str, state: str, has_reference: bool, awaits_key: bool) -> str:
    """The state that the line itself is read in; a `K:` line is still header."""
    if not body.strip():
        return "outside"
    if _STARTS_TUNE.match(body):
        return "header"
    field = is_field(body, in_body=False)
    if state == "outside" and not has_reference and field:
        return "header"
    if state == "header" and not awaits_key and not body.startswith("%") and not field:
        return "body"
    return state


def is_field(line: str, *, in_body: bool) -> bool:
    """Whether a line is an information field; in a tune body `d:|` and `A:|` are music."""
    if _FIELD.match(line) is None:
        return False
    if not in_body or line[0] not in _MUSIC_LETTERS:
        return not (in_body and line[0] in "uv")
    return (
        line[0].isupper()
        and line[2:3] not in ("|", ":", "]")
        and not re.match(r".:\s*[\[|]*\s*$", line)
    )


def _is_music(body: str) -> bool:
    """Whether a line of a tune's body is music."""
    return bool(body) and not body.isspace() and body[0] != "%" and not is_field(body, in_body=True)


def _line_tokens(body: str, start: int, state: str) -> list[Token]:
    """The tokens of a line that is not music."""
    if not body or body.isspace():
        return [Token(Kind.BLANK, body, start)] if body else []
    if body[0] == "%":
        return [Token(Kind.DIRECTIVE if body[1:2] == "%" else Kind.COMMENT, body, start)]
    if is_field(body, in_body=state == "body"):
        return _field_tokens(body, start)
    return [Token(Kind.FREE_TEXT, body, start)]


def _field_tokens(body: str, start: int) -> list[Token]:
    """A field and, if there is one, its trailing comment (`\\%` is a percent sign)."""
    comment = re.search(r"(?<!\\)%", body)
    if comment is None:
        return [Token(Kind.FIELD, body, start)]
    cut = comment.start()
    return [Token(Kind.FIELD, body[:cut], start), Token(Kind.COMMENT, body[cut:], start + cut)]


def music_tokens(
    line: str, start: int, *, before: Sequence[Token] = (), after: str = ""
) -> list[Token]:
    """The tokens of a music line whose first character stands at `start`.

    `before` are the last tokens of the text before it, `after` is the line that follows: an ending's
    number may follow a barline that a backslash carries over, and old books break chords at lines' ends.
    """
    tokens: list[Token] = []
    position = 0
    state = _State(before, after)
    while position < len(line):
        for found in _MUSIC.finditer(line, position):
            position = found.end()
            kind, piece = _KINDS[found.lastgroup or "UNKNOWN"], found[0]
            if kind in _DEPENDENT:
                kind, used = state.settle(kind, piece, line, found.start())
                if used < len(piece):  # the rest of it is read anew
                    piece = piece[:used]
                    position = found.start() + used
                    tokens.append(Token(kind, piece, start + found.start()))
                    break
            elif kind is not Kind.SPACE:
                state.after_bar = False
            tokens.append(Token(kind, piece, start + found.start()))
    return tokens


class _State:
    """What the meaning of a few signs depends on: the barline and the brackets before them."""

    def __init__(self, before: Sequence[Token], after: str) -> None:
        kinds = [t.kind for t in before if t.kind not in (Kind.SPACE, Kind.NEWLINE)]
        self.after_bar = kinds[-2:] == [Kind.BARLINE, Kind.CONTINUATION]
        self.in_chord = _ends_open(before)
        self.in_grace = False
        self.after = after

    def settle(self, kind: Kind, piece: str, line: str, position: int) -> tuple[Kind, int]:
        """The kind that a sign really has, and how many of its characters belong to it."""
        ends_bar, self.after_bar = self.after_bar, kind is Kind.BARLINE
        known = True
        if kind is Kind.ENDING:
            known = piece[0] == "[" or ends_bar
        elif kind is Kind.CHORD_OPEN:
            closed = _CLOSED_CHORD.match(line, position) is not None
            broken = not closed and _OPEN_CHORD.match(line, position) is not None
            known = self.in_chord = closed or (broken and _CHORD_END.match(self.after) is not None)
        elif kind is Kind.CHORD_CLOSE:
            known, self.in_chord = self.in_chord, False
        elif kind is Kind.GRACE_OPEN:
            known = self.in_grace = _CLOSED_GRACE.match(line, position) is not None
        elif kind is Kind.GRACE_CLOSE:
            known, self.in_grace = self.in_grace, False
        return (kind, len(piece)) if known else (Kind.UNKNOWN, 1)


def _ends_open(tokens: Sequence[Token]) -> bool:
    """Whether the last chord bracket of the text so far is one that opens."""
    for token in reversed(tokens):
        if token.kind in (Kind.CHORD_OPEN, Kind.CHORD_CLOSE, Kind.BARLINE):
            return token.kind is Kind.CHORD_OPEN
    return False


_DEPENDENT = frozenset({
    Kind.BARLINE, Kind.ENDING, Kind.CHORD_OPEN, Kind.CHORD_CLOSE, Kind.GRACE_OPEN, Kind.GRACE_CLOSE,
})  # fmt: skip
_KINDS = {kind.name: kind for kind in Kind} | {
    "SHORTHAND": Kind.DECORATION,
    "DIGITS": Kind.ENDING,
}
