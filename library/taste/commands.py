"""`python -m library listener …`: a profile on the command line, from its beginning to its erasure."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from library.records import LANGUAGES
from library.taste.records import Action, Listener

if TYPE_CHECKING:
    from library.catalogue import Library

_DESCRIPTION = """A listener's profile: nothing is kept before `listener new`; docs/privacy.md says what is kept then.

listener new [--prompts]             begin a profile; prints its id, which nobody else has
listener record ID TUNE ACTION       play, edit, like, keep or dislike; --take-back removes it
listener recommend ID                tunes for this taste, each with its reason
listener export ID                   everything that is kept of it, as JSON
listener erase ID                    remove all of it
listener forget-old [--days N]       remove what is older than N days, of everyone
listener counts [QUESTION]           over all listeners, with noise: listeners, rhythm, mode, style, meter, region

ID may be -: then it is read from standard input and stays out of the shell's history."""


def add(commands: Any) -> None:
    """The command `listener` with its own commands."""
    text = "profiles: new, record, recommend, export, erase, forget-old, counts"
    parser = commands.add_parser(
        "listener", help=text, description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    verbs = parser.add_subparsers(required=True, metavar="COMMAND")
    one = verbs.add_parser("new", help="begin a profile and print its id")
    one.add_argument("--prompts", action="store_true", help="texts of prompts may be kept, too")
    one.set_defaults(run=_new)
    one = _of_listener(verbs, "record", _record, "keep that something was done with a tune")
    one.add_argument("tune", type=int, metavar="TUNE", help="its number in the catalogue")
    one.add_argument("action", choices=[action.value for action in Action], metavar="ACTION")
    one.add_argument("--take-back", action="store_true", help="remove it instead")
    one = _of_listener(verbs, "recommend", _recommend, "tunes for this taste")
    one.add_argument("--top", type=int, default=10, metavar="K")
    one.add_argument("--known", action="store_true", help="tunes that are known already, too")
    one.add_argument("--language", choices=LANGUAGES, default="en")
    one.add_argument("--json", action="store_true")
    _of_listener(verbs, "export", _export, "everything that is kept of a listener, as JSON")
    _of_listener(verbs, "erase", _erase, "remove everything of a listener")
    one = verbs.add_parser("forget-old", help="remove what is older than the limit")
    one.add_argument("--days", type=int, metavar="N", help="else TUNEWRIGHT_RETENTION_DAYS, or 180")
    one.set_defaults(run=_forget_old)
    one = verbs.add_parser("counts", help="how many listeners like what, with noise")
    one.add_argument("question", nargs="?", default="listeners", metavar="QUESTION")
    one.add_argument(
        "--fresh", action="store_true", help="a new answer, paid from the year's budget"
    )
    one.set_defaults(run=_counts)


def _of_listener(verbs: Any, name: str, run: Any, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=text, description=text)
    parser.add_argument("listener", metavar="ID", help="as `listener new` printed it; - reads it")
    parser.set_defaults(run=run)
    return parser


def _listener(given: argparse.Namespace) -> Listener:
    return Listener(sys.stdin.readline().strip() if given.listener == "-" else given.listener)


def _new(library: Library, given: argparse.Namespace) -> int:
    sys.stdout.write(library.taste().join(prompts=given.prompts).id + "\n")
    return 0


def _record(library: Library, given: argparse.Namespace) -> int:
    listener, action = _listener(given), Action(given.action)
    if given.take_back:
        count = library.taste().withdraw(listener, given.tune, action)
        sys.stdout.write(f"{count} removed\n")
    else:
        library.taste().record(listener, given.tune, action)
    return 0


def _recommend(library: Library, given: argparse.Namespace) -> int:
    taste, listener = library.taste(), _listener(given)
    taste.train()
    found = taste.recommend(listener, given.top, known=given.known)
    rows = [{"title": f.title, "source": f.source, "id": f.id, "score": f.score,
             "reason": f.reason(given.language), "licence": f.licence} for f in found]  # fmt: skip
    if given.json:
        _write(rows)
        return 0
    for row in rows:
        sys.stdout.write(
            f"{row['id']:>7}  {row['title'] or '–'}  [{row['source']}]\n         {row['reason']}\n"
        )
    return 0


def _export(library: Library, given: argparse.Namespace) -> int:
    _write(library.taste().export(_listener(given)))
    return 0


def _erase(library: Library, given: argparse.Namespace) -> int:
    gone = library.taste().erase(_listener(given))
    sys.stdout.write(
        f"The profile is erased, with {gone.events} events and {gone.prompts} prompts.\n"
    )
    return 0


def _forget_old(library: Library, given: argparse.Namespace) -> int:
    gone = library.taste().forget_old(given.days)
    sys.stdout.write(
        f"{gone.events} events, {gone.prompts} prompts and {gone.listeners} profiles removed\n"
    )
    return 0


def _counts(library: Library, given: argparse.Namespace) -> int:
    told = library.taste().published(given.question, fresh=given.fresh)
    for value, count in sorted(told.counts.items(), key=lambda item: -item[1]):
        sys.stdout.write(f"{count:>7}  {value}\n")
    sys.stdout.write(
        f"Noise is added: 95 % of the counts are within {told.error} of the truth. This answer cost ε = "
        f"{told.epsilon:g}; {told.left:g} is left this year.\n"
    )
    return 0


def _write(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
