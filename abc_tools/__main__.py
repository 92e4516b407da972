"""The command line: `python -m abc_tools parse|check|repair|edit|analyse|convert`.

Files may hold many tunes; `-` is standard input. Text is read as UTF-8, else as Windows-1252.
Exit code 0: done, and for `check` no error found; 1: errors found or something could not be done.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from abc_tools.analyse import analyse, facts, facts_of
from abc_tools.canonical import canonical
from abc_tools.formats import convert_command
from abc_tools.parse import parse
from abc_tools.repair import repair_in
from abc_tools.repair.fixes import fix_of
from abc_tools.report import analysis_report, diagnostic_report, repair_report, tune_report
from abc_tools.text import Edit, apply, decode
from abc_tools.theory import MODES
from abc_tools.tune import Tune, Tunebook
from abc_tools.validate import validate

PROGRESS_SECONDS = 2.0


def read_text(path: str) -> str:
    """The text of a file, or of standard input for `-`."""
    return decode(sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes())


def _books(paths: list[str]) -> Iterator[tuple[str, Tunebook]]:
    """Each file with its tunes; long work says on standard error how far it has come."""
    said = time.monotonic()
    for number, path in enumerate(paths, start=1):
        yield path, parse(read_text(path))
        if len(paths) > 1 and time.monotonic() - said > PROGRESS_SECONDS:
            said = time.monotonic()
            sys.stderr.write(f"{number} of {len(paths)} files\n")


def _tunes(paths: list[str]) -> Iterator[Tune]:
    for _, book in _books(paths):
        yield from book.tunes


def _write_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def _parse(options: argparse.Namespace) -> int:
    if options.json:
        _write_json([tune_report(tune) for tune in _tunes(options.files)])
        return 0
    for tune in _tunes(options.files):
        sys.stdout.write(f"{tune.title or 'Untitled'}: {tune.key.name}, {tune.bar_count} bars, "
                         f"{len(tune.voices)} voice(s)\n")  # fmt: skip
    return 0


def _check(options: argparse.Namespace) -> int:
    """A line for everything found (`FILE:LINE: …` where there are several files), or a report a tune."""
    reports: list[dict[str, Any]] = []
    tunes = wrong = 0
    for path, book in _books(options.files):
        place = f"{path}:" if len(options.files) > 1 else ""
        for tune in book.tunes:
            found = validate(tune)
            tunes += 1
            wrong += any(d.severity == "error" for d in found)
            if options.json:
                described = [diagnostic_report(d, fix_of(tune, d)) for d in found]
                reports.append({"file": path, "title": tune.title, "diagnostics": described})
                continue
            for d in found:
                line = tune.source.count("\n", 0, d.span.start) + 1
                sys.stdout.write(f"{place}{line}: {d.severity}: {d.message} [{d.rule}]\n")
    if options.json:
        _write_json(reports)
    if not tunes:
        sys.stderr.write("There is no tune in this text.\n")
    return 1 if wrong or not tunes else 0


def _repair(options: argparse.Namespace) -> int:
    """Print the files with every tune mended in its place, or a report per tune."""
    reports = []
    for _, book in _books(options.files):
        mended = []
        for tune in book.tunes:
            result = repair_in(book, tune)
            reports.append(repair_report(result))
            mended.append(Edit(tune.span, result.abc))
        if not options.json:
            sys.stdout.write(apply(book.source, mended))
    if options.json:
        _write_json(reports)
    return 0 if reports and all(report["valid"] for report in reports) else 1


def _edit(options: argparse.Namespace) -> int:
    """Apply the edits that were asked for, one after the other, to every tune of the file."""
    from abc_tools.edit.command import carry_out, listing

    if options.list:
        sys.stdout.write(listing(json_=options.json))
        return 0
    if options.file is None:
        raise ValueError("Say which file to edit; --list prints the edits there are.")
    result = carry_out(read_text(options.file), options)
    if options.json:
        _write_json(result.report)
    else:
        sys.stdout.write(result.text)
    return 0 if result.report else 1


def _analyse(options: argparse.Namespace) -> int:
    """Sentences about every tune, or about some bars of it; as JSON with all that is computed."""
    reports = []
    for tune in _tunes(options.files):
        if not any(event.notes for measure in tune.measures for event in measure.events):
            sys.stderr.write(f"{tune.title or 'Untitled'}: there are no notes to analyse.\n")
            continue
        bars, judge = options.bars, options.music21
        found = facts_of(tune, *bars) if bars else facts(tune, second_opinion=judge)
        if options.json:
            reports.append(analysis_report(analyse(tune), found))
        else:
            said = "\n".join(f"- {fact.sentence(options.language)}" for fact in found)
            sys.stdout.write(f"{tune.title or 'Untitled'}\n{said}\n")
    if options.json:
        _write_json(reports)
    return 0


def _canonical(options: argparse.Namespace) -> int:
    sys.stdout.write("\n".join(canonical(tune) for tune in _tunes(options.files)))
    return 0


def _add_edit_command(commands: Any) -> None:
    command = commands.add_parser(
        "edit", help="change a tune: edit FILE NAME key=value … [--then NAME key=value …]"
    )
    command.add_argument("file", metavar="FILE", nargs="?")
    command.add_argument("words", metavar="NAME key=value", nargs="*", default=[],
                         help="an edit and its values; `,` or --then before the next edit")  # fmt: skip
    command.add_argument("--then", nargs="+", action="append", default=[],
                         metavar=("NAME", "key=value"), help="one more edit")  # fmt: skip
    command.add_argument("--bars", nargs=2, type=int, metavar=("FIRST", "LAST"))
    command.add_argument("--section", metavar="WORDS", help="such as “the bridge” or 副歌")
    command.add_argument("--voice", metavar="ID", help="only the bars of this voice")
    command.add_argument("--list", action="store_true", help="print the edits there are")
    command.add_argument("--json", action="store_true", help="print JSON")
    command.add_argument("--transpose", type=int, metavar="SEMITONES")
    command.add_argument("--key", help="move the tune to this tonic, e.g. D")
    command.add_argument("--mode", choices=sorted(MODES))
    command.add_argument("--octave", type=int, metavar="N")
    command.add_argument("--tempo", type=int, metavar="BPM")
    command.set_defaults(function=_edit)


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    main_parser = argparse.ArgumentParser(prog="python -m abc_tools", description=__doc__)
    commands = main_parser.add_subparsers(dest="command", required=True)
    for name, function, help_ in (
        ("parse", _parse, "what a tune consists of"),
        ("check", _check, "what is wrong with a tune"),
        ("repair", _repair, "mend what is wrong"),
        ("analyse", _analyse, "facts about a tune, in sentences"),
        ("canonical", _canonical, "the one spelling that the language model reads"),
    ):
        command = commands.add_parser(name, help=help_)
        command.add_argument("files", nargs="+", metavar="FILE")
        command.add_argument("--json", action="store_true", help="print JSON")
        command.set_defaults(function=function)
        if name == "analyse":
            command.add_argument("--bars", nargs=2, type=int, metavar=("FIRST", "LAST"),
                                 help="only what is special in these bars")  # fmt: skip
            command.add_argument("--music21", action="store_true",
                                 help="add what music21 takes the key for")  # fmt: skip
            command.add_argument("--language", choices=("en", "zh"), default="en")
    _add_edit_command(commands)
    convert_command.add_parser(commands)
    return main_parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    options = parser().parse_args(arguments)
    try:
        return int(options.function(options))
    except (ValueError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except AssertionError as error:  # a promise was about to be broken: nothing has been written
        sys.stderr.write(f"Nothing was changed: {error}.\n")
        return 1
    except BrokenPipeError:
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
