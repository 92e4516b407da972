"""The command line: help at once, samples as JSON, errors as sentences."""

import json
import signal
import subprocess
import sys
import urllib.request

import pytest

from lm.__main__ import main
from lm.tasks import TASKS
from tests.lm.tunes import JIG


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


def test_a_wrong_recipe_is_one_sentence(tmp_path, capsys):
    path = tmp_path / "r.yaml"
    path.write_text("model: m\nout: o\nexport: e\nrank: many\n", encoding="utf-8")
    assert main(["finetune", str(path)]) == 1
    assert capsys.readouterr().err == f"{path}: rank is 'many'; int is wanted\n"


@pytest.mark.parametrize("command", [["export", "--to", "x"], ["push"]])
def test_exporting_before_training_is_one_sentence(command, tmp_path, capsys):
    path = tmp_path / "r.yaml"
    path.write_text(f"model: m\nout: o\nexport: {tmp_path}/none\n", encoding="utf-8")
    assert main([command[0], str(path), *command[1:]]) == 1
    said = capsys.readouterr().err
    assert "run `python -m lm finetune` first" in said and said.count("\n") == 1


def test_the_server_starts_and_answers():
    """The command itself: it says where it listens, answers, and ends with the interrupt."""
    process = subprocess.Popen(
        [sys.executable, "-m", "lm", "serve", "--port", "0"], stdout=subprocess.PIPE, text=True
    )
    try:
        line = process.stdout.readline()
        url = line.split(" ")[-1].strip()
        assert line.startswith("embedded listens on http://127.0.0.1:"), line
        with urllib.request.urlopen(f"{url}/models", timeout=30) as reply:
            assert json.load(reply)["data"][0]["id"] == "tunewright"
        body = {
            "messages": [{"role": "user", "content": "a jig"}],
            "structured_outputs": {"grammar": "start: /[A-G]{12}/"},
        }
        data = json.dumps(body).encode()
        with urllib.request.urlopen(f"{url}/chat/completions", data, timeout=60) as reply:
            assert len(json.load(reply)["choices"][0]["message"]["content"]) == 12
    finally:
        process.send_signal(signal.SIGINT)
        rest, _ = process.communicate(timeout=120)
    assert process.returncode == 0 and rest == "stopped\n"


def test_serving_without_weights_is_one_sentence(tmp_path, capsys):
    assert main(["serve", "--port", "0", "--weights", str(tmp_path)]) == 1
    assert capsys.readouterr().err.startswith("The model's weights are missing")


def test_dialogues_are_written_with_their_answers(tmp_path, capsys):
    (tmp_path / "tunes").mkdir()
    (tmp_path / "tunes" / "jig.abc").write_text(JIG, encoding="utf-8")
    path = tmp_path / "r.yaml"
    path.write_text(f"model: m\nout: o\nexport: e\nfolders: [{tmp_path}/tunes]\n", encoding="utf-8")
    assert main(["dialogues", str(path), "--n", "2"]) == 0
    assert main(["dialogues", str(path), "--n", "2", "--split", "valid"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines
    for line in lines:
        assert line["task"] in TASKS
        assert [m["role"] for m in line["messages"]] == ["user", "assistant"]
