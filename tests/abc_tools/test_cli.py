"""The command line as other programs use it."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from abc_tools.__main__ import main

BOOK = (
    "%abc-2.1\nM:3/4\nL:1/4\n\nX:1\nT:One\nK:C\nCDE|FG|Bcd|c3|]\n\n"
    "some free text\n\nX:2\nT:Two\nK:G\n[GB]2 z|{g}A3-|A3|]\n"
)


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.abc"
    path.write_text(BOOK, encoding="utf-8")
    return path


def run(capsys, *arguments) -> tuple[int, str]:
    code = main([str(a) for a in arguments])
    return code, capsys.readouterr().out


def test_parse_gives_what_the_interface_promises(capsys, book):
    code, out = run(capsys, "parse", book, "--json")
    one, two = json.loads(out)
    assert code == 0
    assert two["fields"]["T"] == ["Two"]
    measures = two["voices"][0]["measures"]
    assert [(m["number"], m["duration"], m["expected"]) for m in measures] == [
        (1, "3/4", "3/4"), (2, "3/4", "3/4"), (3, "3/4", "3/4")
    ]  # fmt: skip
    chord = measures[0]["elements"][0]
    assert chord["kind"] == "chord" and chord["midi"] == [67, 71] and chord["duration"] == "1/2"
    assert BOOK[slice(*chord["span"])] == "[GB]2"
    assert [e["kind"] for e in measures[1]["elements"]] == ["grace", "note", "tie"] or (
        measures[1]["elements"][1]["tie"] is True
    )
    assert [m["duration"] for m in one["voices"][0]["measures"]][1] == "1/2"


def test_check_tells_by_its_exit_code(capsys, book, tmp_path):
    code, out = run(capsys, "check", book, "--json")
    assert code == 1
    diagnostics = json.loads(out)[0]["diagnostics"]
    assert [(d["rule"], d["severity"]) for d in diagnostics] == [("measure-length", "error")]
    right = tmp_path / "right.abc"
    right.write_text("X:1\nT:a\nM:2/4\nL:1/4\nK:C\nCD|EF|]\n", encoding="utf-8")
    assert run(capsys, "check", right)[0] == 0
    noise = tmp_path / "noise.abc"
    noise.write_text("nothing", encoding="utf-8")
    assert run(capsys, "check", noise)[0] == 1


def test_repair_mends_each_tune_in_its_place(capsys, book):
    code, out = run(capsys, "repair", book)
    assert code == 0
    assert out == BOOK.replace("FG|Bcd", "FG2|Bcd")
    code, out = run(capsys, "repair", book, "--json")
    reports = json.loads(out)
    assert [r["valid"] for r in reports] == [True, True]
    assert reports[0]["log"][0]["rule"] == "measure-length" and reports[0]["log"][0]["bar"] == 2
    assert reports[1]["log"] == []


def test_edit_changes_every_tune_and_nothing_else(capsys, book):
    _, out = run(capsys, "edit", book, "--transpose", 2)
    assert out == BOOK.replace("K:C\nCDE|FG|Bcd|c3", "K:D\nDEF|GA|cde|d3").replace(
        "K:G\n[GB]2 z|{g}A3-|A3", "K:A\n[Ac]2 z|{a}B3-|B3"
    )
    code = main(["edit", str(book), "--bars", "7", "9", "--mode", "minor"])
    assert code == 1 and "bars 1 to 4" in capsys.readouterr().err


def test_convert_and_analyse(capsys, book, tmp_path):
    target = tmp_path / "one.mid"
    assert run(capsys, "convert", book, target)[0] == 0
    assert target.read_bytes()[:4] == b"MThd"
    assert main(["convert", str(book), str(tmp_path / "x.xyz")]) == 1
    assert ".musicxml" in capsys.readouterr().err
    _, out = run(capsys, "analyse", book, "--json")
    assert json.loads(out)[1]["key"] == "G major"


def test_standard_input_and_other_encodings(capsys, monkeypatch):
    class Stdin:
        buffer = io.BytesIO("X:1\nT:Caf\xe9\nK:C\nC8|\n".encode("cp1252"))

    monkeypatch.setattr(sys, "stdin", Stdin)
    _, out = run(capsys, "parse", "-", "--json")
    assert json.loads(out)[0]["fields"]["T"] == ["Café"]


@pytest.mark.parametrize("module", ["abc_tools", "chat", "lm"])
def test_help_does_not_load_heavy_libraries(module):
    code = (
        f"import sys, runpy; sys.argv = ['{module}', '--help']\n"
        f"try: runpy.run_module('{module}', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'transformers', 'gradio', 'music21', 'llguidance'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False
    )
    assert done.returncode == 0, done.stderr
