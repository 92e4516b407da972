"""The GPU queue: every job runs at toy size, and the queue keeps to its time and its results."""

import json
import sys
from pathlib import Path

import pytest

from benchmarks import gpu_queue, qlora_throughput
from benchmarks.gpu_queue import JOBS, Job, run_queue
from tests.lm.toy import finetune_recipe


@pytest.fixture(autouse=True)
def one_thread():
    """Two threads that wait for each other on a busy machine take ten times as long."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize("name", ["qlora-8b-r8-t512", "lora-8b-bf16-r16-t1024", "masks"])
def test_a_job_runs_at_toy_size_and_leaves_its_result(name, tmp_path):
    assert gpu_queue.main(["--one", name, "--toy", "--out", str(tmp_path)]) == 0
    result = json.loads((tmp_path / f"{name}.json").read_text())
    assert result["job"] == name and result["toy"] and result["job_seconds"] > 0
    if name == "masks":
        assert result["microseconds_for_1_rows"] > 0
    else:
        assert result["loss_is_finite"] and 0 < result["share_of_matrix_rate"] < 1
        assert result["four_bits"] == name.startswith("qlora")


def test_training_jobs_run_at_toy_size(base, tunes, tmp_path, monkeypatch):
    """On tunes of the test, since the large collection is not everywhere."""
    from lm import recipe

    read = recipe.read

    def small(path, kind):
        made = read(path, kind)
        values = vars(made) | {"folders": (str(tunes),)}
        if kind is recipe.FinetuneRecipe:
            values |= vars(finetune_recipe(base, tunes, tmp_path))
        return kind(**values)

    monkeypatch.setattr(recipe, "read", small)
    result = JOBS["embedded-nf4-and-bf16"].run(True, tmp_path)
    for name in ("nf4", "none"):
        assert result[name]["valid_loss_after"] > 0 and result[name]["curve"]
        assert result[name]["valid_without_grammar"]["tunes"] == 2
    assert result["nf4"]["valid_loss_before"] != result["none"]["valid_loss_before"]
    log = JOBS["embedded-30m"].run(True, tmp_path)["log"]
    assert log[-1]["step"] == 2 and "bits_per_character" in log[-1]


def test_the_queue_goes_on_where_it_stopped_and_keeps_to_its_time(tmp_path):
    jobs = {name: Job(lambda *_: {}, minutes, "") for name, minutes in
            (("first", 0.1), ("broken", 0.1), ("long", 9), ("last", 0.1))}  # fmt: skip
    ran = tmp_path / "ran"

    def command(name):
        write = f"open({str(ran)!r}, 'a').write('{name} ')"
        result = f"open({str(tmp_path / f'{name}.json')!r}, 'w').write('{{}}')"
        return [sys.executable, "-c", f"{write}; {'1/0' if name == 'broken' else result}"]

    said = run_queue(list(jobs), 1, tmp_path, command, jobs)
    assert [line.split(" after")[0] for line in said] == [
        "first: done", "broken: failed (status 1)", said[2], "last: done",
    ]  # fmt: skip
    assert said[2].startswith("long: 1.0 minutes left, 9 wanted")
    assert ran.read_text().split() == ["first", "broken", "last"]
    again = run_queue(list(jobs), 1, tmp_path, command, jobs)
    assert again[0] == "first: has its result" and again[3] == "last: has its result"
    assert ran.read_text().split()[3:] == ["broken"]


def test_a_job_that_outlasts_the_time_is_stopped(tmp_path):
    jobs = {"slow": Job(lambda *_: {}, 0.01, "")}
    command = [sys.executable, "-c", "import time; time.sleep(30)"]
    said = run_queue(["slow"], 0.02, tmp_path, lambda _: command, jobs)
    assert said[0].startswith("slow: failed (out of time) after 1 s")


def test_every_job_is_listed_in_the_document(capsys):
    assert gpu_queue.main(["--list"]) == 0
    listed = capsys.readouterr().out
    text = (Path(gpu_queue.__file__).parents[1] / "docs" / "gpu-queue.md").read_text()
    for name in JOBS:
        assert name in listed
        assert name in text or name.startswith("qlora-8b-r")
    with pytest.raises(SystemExit):
        gpu_queue.main(["--jobs", "telepathy"])


def test_operations_are_those_of_a_model_that_is_known():
    """Forwards alone, an 8 B model takes about two operations a parameter and token."""
    forward = qlora_throughput.operations_per_token("8b", 1024, True) - (
        qlora_throughput.operations_per_token("8b", 1024, False)
    )
    matrices = 36 * (4096 * 128 * (64 + 16) + 3 * 4096 * 12_288)
    assert forward == pytest.approx(2 * matrices, rel=0.05)
