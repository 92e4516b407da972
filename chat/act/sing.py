"""Words under a tune: given ones, or new verse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from abc_tools.edit.registry import run
from abc_tools.parse import parse_tune
from abc_tools.text import apply
from abc_tools.tune import Tune
from chat.act.change import Change, Context
from chat.act.plan import verse_lines
from chat.act.rewrite import CannotChange
from chat.phrases import say
from chat.reasons import reason
from chat.reply import Progress


def write_words(tune: Tune, values: Mapping[str, str], context: Context) -> Iterator[Progress | Change]:
    """Words under the first voice: `given` ones, or new ones. CannotChange says why there are none."""
    if "given" not in values:
        raise CannotChange(say(context.language, "words-failed", why=""))
    try:
        edits = run(tune, "set-lyrics", {"text": verse_lines(values["given"])})
    except ValueError as error:
        raise CannotChange(reason(str(error), context.language)) from error
    yield Change(parse_tune(apply(tune.source, edits)), say(context.language, "sung", about=""))
