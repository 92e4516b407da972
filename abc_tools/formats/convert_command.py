"""`python -m abc_tools convert`: files from one format to another, one by one or many at once.

`convert IN OUT` writes one file; `convert IN… --to SUFFIX` writes one file a tune into a folder. What
goes wrong with one file is said and does not stop the others.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from abc_tools.formats.convert import READERS, WRITERS, Options, export, tunes_of
from abc_tools.formats.midi import Mix
from abc_tools.tune import Tune

PROGRESS_SECONDS = 1.0


def add_parser(commands: Any) -> None:
    """Add the command to the command line's grammar."""
    command = commands.add_parser(
        "convert", help="write another format, chosen by the suffix",
        description=f"Reads {' '.join(READERS)}; writes {' '.join(WRITERS)}.",
    )  # fmt: skip
    command.add_argument("files", nargs="+", metavar="FILE", help="IN OUT, or IN… with --to")
    command.add_argument("--to", metavar="SUFFIX", help="write every tune of every file as this")
    command.add_argument("--output", metavar="FOLDER", default=".", help="where --to writes")
    command.add_argument("--tune", type=int, metavar="N", help="the Nth tune of a book")
    command.add_argument("--json", action="store_true", help="print what was written as JSON")
    command.add_argument("--tempo", type=int, metavar="BPM", help="quarter notes a minute")
    command.add_argument("--no-chords", action="store_true", help="leave the accompaniment out")
    for name, text in (("program", "General MIDI program"), ("volume", "0–127"),
                       ("pan", "0 left, 64 centre, 127 right")):  # fmt: skip
        command.add_argument(f"--{name}", action="append", default=[], metavar="V=N",
                             help=f"of voice V: {text}")  # fmt: skip
    for name in ("mute", "solo"):
        command.add_argument(f"--{name}", action="append", default=[], metavar="V")
    for name in ("reverb", "chorus"):
        command.add_argument(f"--{name}", type=float, default=1.0, metavar="X",
                             help="0 none, 1 usual, 4 most")  # fmt: skip
    command.add_argument("--paper", choices=("a4", "letter"), default="a4")
    command.add_argument("--ppi", type=int, default=150, metavar="N", help="of a PNG")
    command.set_defaults(function=run)


def run(options: argparse.Namespace) -> int:
    """Do what the command line says; 1 if anything could not be converted."""
    wishes = read_options(options)
    reports = []
    started = time.monotonic()
    jobs = list(plan(options))
    for number, job in enumerate(jobs, start=1):
        reports += _convert_file(*job, options, wishes)
        if len(jobs) > 1 and time.monotonic() - started > PROGRESS_SECONDS:
            started = time.monotonic()
            sys.stderr.write(f"{number} of {len(jobs)} files\n")
    for report in reports:
        if "error" in report:
            sys.stderr.write(f"{report['source']}: {report['error']}\n")
    if options.json:
        sys.stdout.write(json.dumps(reports, ensure_ascii=False, indent=1) + "\n")
    return 1 if any("error" in report for report in reports) else 0


def read_options(options: argparse.Namespace) -> Options:
    """The wishes for sound and picture. ValueError for a setting that is none."""
    mix: dict[str, Mix] = {}
    for name in ("program", "volume", "pan"):
        for setting in getattr(options, name):
            voice, sign, value = setting.rpartition("=")
            if not sign or not voice or not value.isdigit():
                raise ValueError(
                    f"--{name} wants a voice and a number, as in 1=40, not “{setting}”."
                )
            mix[voice] = _with(mix.get(voice, Mix()), name, int(value))
    for voice in options.mute:
        mix[voice] = replace(mix.get(voice, Mix()), mute=True)
    for voice in options.solo:
        mix[voice] = replace(mix.get(voice, Mix()), solo=True)
    return Options(chords=not options.no_chords, mix=mix, tempo=options.tempo, reverb=options.reverb,
                   chorus=options.chorus, paper=options.paper, ppi=options.ppi)  # fmt: skip


def _with(mix: Mix, name: str, value: int) -> Mix:
    if name == "program":
        return replace(mix, program=value)
    return replace(mix, volume=value) if name == "volume" else replace(mix, pan=value)


def plan(options: argparse.Namespace) -> Iterator[tuple[Path, str, Path | None]]:
    """(source, suffix, target) of every file; the target is None where `--to` names it."""
    if options.to is None:
        if len(options.files) != 2:
            raise ValueError("convert wants IN and OUT, or files and --to SUFFIX.")
        source, target = (Path(name) for name in options.files)
        if source.resolve() == target.resolve():
            raise ValueError("IN and OUT are the same file.")
        _check_suffix(target.suffix)
        yield source, target.suffix, target
        return
    suffix = options.to if options.to.startswith(".") else f".{options.to}"
    _check_suffix(suffix)
    Path(options.output).mkdir(parents=True, exist_ok=True)
    for name in options.files:
        yield Path(name), suffix, None


def _check_suffix(suffix: str) -> None:
    if suffix.lower() not in WRITERS:
        raise ValueError(f"“{suffix}” cannot be written; these can: {', '.join(WRITERS)}.")


def _convert_file(
    source: Path, suffix: str, target: Path | None, options: argparse.Namespace, wishes: Options
) -> list[dict[str, Any]]:
    """Convert one file; a report for every tune."""
    try:
        tunes = tunes_of(source.read_bytes(), source.suffix or ".abc")
        chosen = list(_chosen(tunes, options.tune))
    except (ValueError, OSError) as error:
        return [{"source": str(source), "error": _sentence(error, source)}]
    if target is not None and len(chosen) > 1:
        sys.stderr.write(
            f"{source} holds {len(chosen)} tunes; the first is written. "
            "--tune N takes another, --to all of them.\n"
        )
        chosen = chosen[:1]
    reports = []
    for number, tune in chosen:
        name = source.stem if len(chosen) == 1 else f"{source.stem}-{number:03}"
        place = target or Path(options.output) / f"{name}{suffix}"
        reports.append(_convert_tune(source, number, tune, place, wishes))
    return reports


def _chosen(tunes: tuple[Tune, ...], number: int | None) -> Iterator[tuple[int, Tune]]:
    if number is None:
        yield from enumerate(tunes, start=1)
    elif 1 <= number <= len(tunes):
        yield number, tunes[number - 1]
    else:
        raise ValueError(f"There is no tune {number}; the file holds {len(tunes)}.")


def _convert_tune(
    source: Path, number: int, tune: Tune, place: Path, wishes: Options
) -> dict[str, Any]:
    report: dict[str, Any] = {"source": str(source), "tune": number, "title": tune.title}
    started = time.monotonic()
    try:
        data = export(tune, place.suffix, wishes)
        place.write_bytes(data)
    except (ValueError, OSError) as error:
        return report | {"error": _sentence(error, place)}
    seconds = round(time.monotonic() - started, 3)
    return report | {"target": str(place), "bytes": len(data), "seconds": seconds}


def _sentence(error: ValueError | OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no file {path}."
    return str(error)
