"""Hostile and random text against the whole way of reading: nothing may be lost, nothing may raise.

Two ways. `python -m benchmarks.fuzz strings --count 1000000` makes random and mutated strings from a frozen
seed and writes `results/fuzz.json` (worst time per kB included). `python -m benchmarks.fuzz guided --seconds 3600
CORPUS_FOLDER` lets atheris (not a dependency: `pip install atheris`) look for new paths through the code and keeps
what it finds in the folder. What either finds becomes a case in `tests/abc_tools/cases` or `test_noise.py`.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

SEED = 20261121
RESULTS = Path(__file__).with_name("results")
CASES = Path(__file__).parent.parent / "tests" / "abc_tools" / "cases"
PIECES = (
    "X:1\n", "K:C\n", "K:Gm\n", "M:6/8\n", "L:1/8\n", "V:1\n", "V:B clef=bass\n",
    "w: la la-la_ *|\n", "Q:1/4=120\n", "P:A2B\n", "P:A\n", "m:~n2=(3o/n/m/\n", "U:T=!trill!\n",
    "s:!f!**\n", "%%score (1 2)\n", "%%begintext\n", "%%endtext\n", "[V:2]", "[K:D]", "[M:3/4]",
    "|:", ":|", "::", "|1", "|2", "[1", "|]", "||", "|", "[CEG]", "[C-E-]", "{gf}", "{/g}", "(3",
    "(5:4:6", "(", ")", "-", ">", "<<", "&", "(&", "&)", "\"Am7\"", "\"^text\"", "!D.C.!",
    "!fermata!", ".", "~", "H", "z", "Z4", "x2", "y", "^F", "__B", "=c'", "C,,", "a3/2", "b//",
    "G16", " ", "\n", "\r\n", "\\\n", "%comment\n", "𝄞", "秋", "\x00", "\u2028", "[", "]", "{",
    "}", "\"", "!", "+", "$", "@", ":", "1", "99999999", "/", "`", "*", "A:", "r:x\n", "[r:x]",
    "I:x\n",
)  # fmt: skip


def check(text: str) -> None:
    """Read a text in every way; AssertionError or any other exception is a finding."""
    from abc_tools.parse import parse
    from abc_tools.report import tune_report
    from abc_tools.timeline import unfold
    from abc_tools.tokens import tokenize
    from abc_tools.validate import validate

    assert "".join(token.text for token in tokenize(text)) == text, "tokens must cover the text"
    for tune in parse(text).tunes:
        validate(tune)
        tune_report(tune)
        unfold(tune)


def check_repair(text: str) -> None:
    """Repair as well: it ends, and a second repair changes nothing."""
    from abc_tools.repair import repair

    once = repair(text).abc
    assert repair(once).abc == once, "a second repair changes nothing"


# -- random strings -------------------------------------------------------------------------------


def strings(count: int) -> dict[str, object]:
    """Random and mutated strings; every hundredth is repaired as well."""
    from abc_tools.parse import parse
    from abc_tools.validate import validate

    rng = random.Random(SEED)
    seeds = [
        path.read_text(encoding="utf-8").partition("% ---\n")[0]
        for path in sorted(CASES.glob("*.abc"))
    ]
    worst, characters, began = 0.0, 0, time.perf_counter()
    for number in range(count):
        text = _random(rng) if number % 2 else _mutated(rng.choice(seeds), rng)
        start = time.perf_counter()
        for tune in parse(text).tunes:
            validate(tune)
        worst = max(worst, (time.perf_counter() - start) / max(len(text), 200) * 1000)
        check(text)
        characters += len(text)
        if number % 100 == 0:
            check_repair(text)
    return {
        "command": f"python -m benchmarks.fuzz strings --count {count}", "seed": SEED, "strings": count,
        "characters": characters, "exceptions": 0, "lossless": count,
        "worst_milliseconds_per_kb_to_parse_and_validate": round(worst * 1000, 2),
        "mean_milliseconds_per_kb_for_all": round((time.perf_counter() - began) / characters * 1e6, 2),
    }  # fmt: skip


def _random(rng: random.Random) -> str:
    head = "X:1\nK:C\n" if rng.random() < 0.7 else ""
    return head + "".join(rng.choices(PIECES, k=rng.randrange(1, 40)))


def _mutated(text: str, rng: random.Random) -> str:
    for _ in range(rng.randrange(1, 6)):
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.choice((0, 0, 1, 1, 2, 5)))
        text = text[:start] + rng.choice(PIECES) * rng.choice((1, 1, 1, 3)) + text[end:]
    return text


def growth() -> dict[str, float]:
    """How much longer ten times the text takes, for texts that tempt a parser to go back; 10 is linear."""
    ratios = {}
    for name, piece in {
        "open brackets": "[", "open quotes": '"', "open graces": "{", "colons": ":", "slashes": "C/", "bars": "|",
        "tuplets": "(3:2:", "ties": "C-", "decorations": "!", "fields": "[K:", "overlays": "&", "notes": "abc ",
        "macro calls": "~G2", "words": "\nw:a\nC", "voices": "\nV:1\nC|\nV:2\nC|", "endings": "|1",
    }.items():  # fmt: skip
        head = "X:1\nm:~G2=G{A}G\nK:C\n"
        times = []
        for size in (2_000, 20_000):
            text = head + piece * (size // len(piece))
            start = time.perf_counter()
            check(text)
            times.append(time.perf_counter() - start)
        ratios[name] = round(times[1] / times[0], 1)
    return ratios


# -- coverage-guided ------------------------------------------------------------------------------


def guided(folder: Path, seconds: int) -> None:
    """Let atheris search for `seconds`; it stops at the first finding and names its file."""
    import atheris

    folder.mkdir(parents=True, exist_ok=True)
    for path in CASES.glob("*.abc"):
        (folder / path.name).write_bytes(path.read_bytes())
    with atheris.instrument_imports(include=["abc_tools"]):
        import abc_tools.parse
        import abc_tools.repair
        import abc_tools.report
        import abc_tools.timeline
        import abc_tools.validate  # noqa: F401

    def one_input(data: bytes) -> None:
        text = (
            data.decode("utf-8", errors="surrogateescape")
            .encode("utf-8", "replace")
            .decode("utf-8")
        )
        check(text)
        if len(text) < 400 and len(text) % 8 == 0:  # repairs take a hundred times as long
            check_repair(text)

    dictionary = folder.parent / "abc.dict"
    entries = (piece.encode("utf-8") for piece in PIECES)
    dictionary.write_text(
        "".join('"' + "".join(f"\\x{byte:02x}" for byte in entry) + '"\n' for entry in entries),
        encoding="ascii",
    )
    options = [f"-max_total_time={seconds}", f"-dict={dictionary}", "-max_len=1200", "-timeout=20"]
    atheris.Setup([sys.argv[0], str(folder), *options], one_input)
    atheris.Fuzz()


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(dest="command")
    command = commands.add_parser("strings")
    command.add_argument("--count", type=int, default=1_000_000)
    command = commands.add_parser("guided")
    command.add_argument("--seconds", type=int, default=3600)
    command.add_argument("folder", type=Path)
    options = parser.parse_args()
    if options.command == "guided":
        guided(options.folder, options.seconds)
        return 0
    result = strings(getattr(options, "count", 1_000_000))
    result["time_for_ten_times_the_text"] = growth()
    text = json.dumps(result, indent=1) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "fuzz.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
