"""The catalogue on the command line: import, search, similar, closest, recommend, show, style, styles, listener.

python -m library import PATH… [--source NAME]     files, folders, dumps; without PATH music21's corpus
python -m library search [WORDS…] [--mode dorian --rhythm jig …]    tunes that fit
python -m library similar FILE [--json] [--top K]  tunes like the first tune of a file (- is standard input)
python -m library recommend WORDS…                 "three jigs for beginners"
python -m library embed                            let the language model look at the tunes that styles are learnt from
python -m library listener new | record | recommend | export | erase …    profiles; off until asked for

TUNEWRIGHT_LIBRARY holds the address of the catalogue. The first question fills an empty one from music21's corpus.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, fields
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from library.records import LANGUAGES, Found, LibraryError, Query
from library.taste.commands import add as add_listener

if TYPE_CHECKING:
    from library.catalogue import Library
    from library.embedding import Embedder

DOOR = "lm.states:embedder"
"""The embedder of the command line, by name: who installs the library without a language model has none."""
_EMBEDDER: dict[str, Any] = {"default": DOOR, "metavar": "MODULE:NAME",
                             "help": "the function that gives the language model"}  # fmt: skip
_NUMBERS = {f.name for f in fields(Query) if "int" in str(f.type)}
_FLAGS = {f.name for f in fields(Query) if "bool" in str(f.type)}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 if it worked, 1 if it did not, 2 for wrong arguments."""
    given = _parser().parse_args(arguments)
    try:
        from library.catalogue import Library

        library = Library(given.library)
        try:
            return int(given.run(library, given))
        finally:
            library.close()
    except (LibraryError, ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m library",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--library", metavar="URL", help="the catalogue; else TUNEWRIGHT_LIBRARY")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    one = _command(
        commands, "import", _import, "read files, folders or dumps; without any, music21's corpus"
    )
    one.add_argument("paths", nargs="*", metavar="PATH")
    one.add_argument("--source", default="", help="what the tunes are called to come from")
    one.add_argument("--licence", default="", help="under which licence they stand")
    one.add_argument(
        "--workers", type=int, default=min(2, os.cpu_count() or 1), help="processes that read"
    )
    one = _command(commands, "search", _search, "tunes that fit", answers=True)
    one.add_argument("asked", nargs="*", metavar="WORDS")
    _query_options(one)
    one = _command(
        commands, "similar", _similar, "tunes like the first tune of a file", answers=True
    )
    one.add_argument("file", metavar="FILE")
    _query_options(one)
    text = "the known tune that has most of this one"
    one = _command(commands, "closest", _closest, text, answers=True)
    one.add_argument("file", metavar="FILE")
    one = _command(commands, "recommend", _recommend, "tunes for what words ask", answers=True)
    one.add_argument("asked", nargs="+", metavar="WORDS")
    one.add_argument(
        "--like", metavar="FILE", help="the tune that “like this” and “next” are about"
    )
    one = _command(commands, "show", _show, "the ABC text of a tune")
    one.add_argument("number", type=int, metavar="ID")
    one.add_argument("--json", action="store_true")
    one = _command(commands, "style", _style, "what is typical of a style")
    one.add_argument(
        "name", nargs="?", default="", metavar="NAME", help="without a name, those there are"
    )
    one.add_argument("--kind", default="style", help="style, rhythm, region, composer or source")
    one.add_argument("--json", action="store_true")
    one.add_argument("--svg", metavar="FILE", help="draw it; - is standard output")
    one.add_argument("--language", choices=LANGUAGES, default="en", help="of the picture")
    text = "the styles that a tune is closest to"
    one = _command(commands, "styles", _styles, text, answers=True)
    one.add_argument("file", metavar="FILE")
    one.add_argument("--embedder", **_EMBEDDER)
    text = "let a language model look at the tunes that styles are learnt from, so that styles are told better"
    one = _command(commands, "embed", _embed, text)
    one.add_argument("--embedder", **_EMBEDDER)
    one.add_argument("--prune", action="store_true", help="delete what other models made of tunes")
    add_listener(commands)
    return parser


def _command(
    commands: Any, name: str, run: Callable[[Library, argparse.Namespace], int], text: str,
    *, answers: bool = False,
) -> argparse.ArgumentParser:  # fmt: skip
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(run=run)
    if answers:
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--top", type=int, default=10, metavar="K")
        parser.add_argument("--language", choices=LANGUAGES, default="en")
    return parser


def _query_options(parser: argparse.ArgumentParser) -> None:
    """One option a field of a query, but for its words."""
    for field in fields(Query):
        name = f"--{field.name.replace('_', '-')}"
        if field.name in _FLAGS:
            parser.add_argument(name, action=argparse.BooleanOptionalAction)
        elif field.name != "words":
            parser.add_argument(name, type=int if field.name in _NUMBERS else str)


def _query(given: argparse.Namespace) -> Query:
    values = {f.name: getattr(given, f.name, None) for f in fields(Query) if f.name != "words"}
    words = " ".join(getattr(given, "asked", []))
    return Query(words=words, **{k: v for k, v in values.items() if v is not None})


# -- the commands ----------------------------------------------------------------------------------------


def _import(library: Library, given: argparse.Namespace) -> int:
    if not given.paths:
        done = library.fill(_progress, given.workers)
    else:
        done = library.add(given.paths, source=given.source, licence=given.licence,
                           progress=_progress, workers=given.workers)  # fmt: skip
    sys.stderr.write("\n")
    for failure in done.failures[:20]:
        sys.stderr.write(f"{failure}\n")
    sys.stdout.write(
        f"{done.new} new tunes from {done.files} files; {done.known} known already, {done.empty} without "
        f"music, {done.skipped} files read before, {len(done.failures)} failures; {len(library)} tunes in all\n"
    )
    return 0


def _progress(files: int, all_files: int, tunes: int) -> None:
    """One line that is written over."""
    if files == all_files or sys.stderr.isatty() or tunes % 1000 == 0:
        sys.stderr.write(f"\r{files} of {all_files} files, {tunes} new tunes")
        sys.stderr.flush()


def _filled(library: Library) -> Library:
    """The catalogue, filled from music21's corpus if it is empty."""
    if not len(library):
        sys.stderr.write(
            "The catalogue is empty; reading music21's corpus (a few minutes, once).\n"
        )
        library.fill(_progress, min(2, os.cpu_count() or 1))
        sys.stderr.write("\n")
    return library


def _read(name: str) -> str:
    """The ABC text of a file in any format that can be read."""
    from abc_tools.formats.convert import import_text

    if name == "-":
        return sys.stdin.read()
    path = Path(name)
    return import_text(path.read_bytes(), path.suffix or ".abc")


def _answer(found: list[Found], given: argparse.Namespace) -> int:
    rows = [{"title": f.title, "source": f.source, "id": f.id, "score": f.score,
             "reason": f.reason(given.language), "licence": f.licence} for f in found]  # fmt: skip
    if given.json:
        _write_json(rows)
        return 0
    for row in rows:
        sys.stdout.write(f"{row['id']:>7}  {row['score']:.3f}  {row['title'] or '–'}  [{row['source']}]\n"
                         f"         {row['reason']}\n")  # fmt: skip
    return 0


def _write_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _search(library: Library, given: argparse.Namespace) -> int:
    return _answer(_filled(library).search(_query(given), given.top), given)


def _similar(library: Library, given: argparse.Namespace) -> int:
    text = _read(given.file)
    return _answer(_filled(library).similar(text, given.top, _query(given)), given)


def _recommend(library: Library, given: argparse.Namespace) -> int:
    like = _read(given.like) if given.like else None
    words = " ".join(given.asked)
    return _answer(_filled(library).recommend(words, given.language, given.top, like), given)


def _closest(library: Library, given: argparse.Namespace) -> int:
    text = _read(given.file)
    best = _filled(library).closest(text)
    if given.json:
        _write_json(None if best is None else {
            "id": best.found.id, "title": best.found.title, "source": best.found.source,
            "run": best.run, "at": best.at, "share": best.share, "score": best.score, "notes": best.notes,
            "rarer": best.rarer,
        })  # fmt: skip
    else:
        nothing = {"en": "Nothing known is like it.", "zh": "没有找到相似的曲子。"}[given.language]
        sys.stdout.write((best.sentence(given.language) if best else nothing) + "\n")
    return 0


def _show(library: Library, given: argparse.Namespace) -> int:
    entry = library.get(given.number)
    if given.json:
        _write_json(asdict(entry))
    else:
        sys.stdout.write(
            f"% {entry.source}, {entry.place}; licence: {entry.licence}\n{entry.text.rstrip()}\n"
        )
    return 0


def _style(library: Library, given: argparse.Namespace) -> int:
    _filled(library)
    if not given.name:
        for name, count in library.style_names(given.kind):
            sys.stdout.write(f"{count:>6}  {name}\n")
        return 0
    if given.svg:
        drawn = library.style_picture(given.kind, given.name, given.language)
        if given.svg == "-":
            sys.stdout.write(drawn)
        else:
            Path(given.svg).write_text(drawn, encoding="utf-8")
        return 0
    page = library.style_page(given.kind, given.name)
    if given.json:
        _write_json(asdict(page))
        return 0
    sys.stdout.write(f"{page.name}: {page.tunes} tunes; cadences and chords of {page.looked_at}\n")
    for table, counts in page.tables.items():
        shown = ", ".join(
            f"{c.value} {c.count} ({c.share:.0%}; e.g. {c.examples[0]})" for c in counts
        )
        sys.stdout.write(f"  {table}: {shown or '–'}\n")
    return 0


def _embedder(name: str) -> Embedder | None:
    """The language model behind a name; None where the module or its model is missing."""
    module, _, attribute = name.partition(":")
    try:
        make = getattr(import_module(module), attribute)
    except (ImportError, AttributeError, ValueError):
        return None
    found: Embedder | None = make()
    return found


def _embed(library: Library, given: argparse.Namespace) -> int:
    embedder = _embedder(given.embedder)
    if embedder is None:
        sys.stderr.write(f"There is no language model behind {given.embedder}.\n")
        return 1
    _filled(library).use(embedder)

    def progress(done: int, all_tunes: int) -> None:
        if sys.stderr.isatty() or done == all_tunes:
            sys.stderr.write(f"\r{done} of {all_tunes} tunes")
            sys.stderr.flush()

    made = library.embed(progress)
    gone = library.forget_other_models() if given.prune else 0
    sys.stderr.write("\n" if made else "")
    sys.stdout.write(f"{made} new vectors; {gone} of other models deleted\n")
    return 0


def _styles(library: Library, given: argparse.Namespace) -> int:
    text = _read(given.file)
    if _filled(
        library
    ).has_vectors():  # only then is it worth the seconds that reading a model takes
        library.use(_embedder(given.embedder))
    found = library.styles_of(text, given.top)
    if given.json:
        _write_json([asdict(one) for one in found])
    else:
        sys.stdout.writelines(f"{one.probability:7.1%}  {one.style}\n" for one in found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
