"""The command line: help at once, samples as JSON, errors as sentences."""

import json
import subprocess
import sys

import pytest

from lm.__main__ import main


def test_help_loads_nothing_heavy():
    code = (
        "import sys, lm.__main__ as m\n"
        "try: m.main(['--help'])\n"
        "except SystemExit: pass\n"
        "assert not {'torch', 'transformers', 'numpy', 'peft', 'music21'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "pretrain" in done.stdout


def test_samples_are_one_json_a_line(capsys):
    assert main(["sample", "--n", "2", "--seed", "3", "--jsonl"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2
    for line in lines:
        sample = json.loads(line)
        assert sample["abc"].startswith("X:1\nT:") and sample["prompt"] and sample["tokens"] > 10
        assert sample["seconds"] > 0


def test_a_prompt_of_words_and_properties(capsys):
    prompt = "A short one\nkey: D major\nmeter: 3/4\nsections: A4"
    assert main(["sample", "--n", "1", "--prompt", prompt, "--jsonl"]) == 0
    sample = json.loads(capsys.readouterr().out)
    assert "M:3/4" in sample["abc"] and "K:D\n" in sample["abc"]
    assert sample["prompt"].startswith("A short one\n\n")
    assert main(["sample", "--n", "1", "--prompt", "key: H"]) == 1
    assert "key 'H'" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["pretrain", "finetune", "evaluate"])
def test_a_missing_recipe_is_one_sentence(command, tmp_path, capsys):
    assert main([command, str(tmp_path / "none.yaml")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_shared_runs_are_found_in_any_key():
    from lm.corpus import read_piece
    from lm.evaluate import longest_shared
    from lm.spelling import transpose, write_piece
    from tests.lm.tunes import JIG, SONG

    moved = write_piece(transpose(read_piece(JIG), 1, 2), 100)
    assert longest_shared([moved, SONG], [JIG])[0] >= 80
    assert longest_shared([SONG], [JIG]) == [0]
