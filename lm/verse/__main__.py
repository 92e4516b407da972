"""The verse writer's command line: `python -m lm.verse build | write`.

`build` learns the model from the data folder (`TUNEWRIGHT_DATA`); `write` shows a few verses.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

SHAPES = {"en": (0, 2, 0, 2, 0, 2, 0, 2), "zh": (2, 0, 2, 0, 2, 0, 2)}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; the exit status comes back."""
    parser = argparse.ArgumentParser(prog="python -m lm.verse", description="Small verse writer.")
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="learn the model from the data folder")
    build.add_argument("--to", type=Path, help="another file than the one that is used")
    write = commands.add_parser("write", help="write verses of four lines")
    write.add_argument("--language", choices=("en", "zh"), default="en")
    write.add_argument("--theme", default="")
    write.add_argument("--rhymes", default="AABB")
    write.add_argument("--must", action="append", default=[], help="a word that must occur")
    write.add_argument("--seed", type=int, default=1)
    write.add_argument("--n", type=int, default=1, help="how many verses")
    options = parser.parse_args(arguments)
    try:
        if options.command == "build":
            from lm.verse.build import build as rebuild

            size = rebuild(options.to) if options.to else rebuild()
            sys.stdout.write(f"{size} bytes\n")
        else:
            _write(options)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _write(options: argparse.Namespace) -> None:
    from lm.verse import Order, scheme, write

    shapes = (SHAPES[options.language],) * 4
    for seed in range(options.seed, options.seed + options.n):
        rhymes = scheme(options.rhymes.upper(), 4)
        verse = write(
            Order(shapes, rhymes, options.language, options.theme, tuple(options.must), seed)
        )
        sys.stdout.write("\n".join(verse.lines) + "\n\n")


if __name__ == "__main__":
    sys.exit(main())
