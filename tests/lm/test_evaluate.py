"""The evaluation as a whole at toy size: every part of the report is there and adds up."""

import json
from pathlib import Path

import pytest

from lm import evaluate
from lm.recipe import EvaluateRecipe
from lm.sampling import requests
from tests.lm.tunes import JIG


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    out = tmp_path_factory.mktemp("evaluation") / "report.json"
    recipe = EvaluateRecipe(out=str(out), music21=True, limit=60, n=2, base=False, valid_examples=2)
    returned = evaluate.run(recipe, Path("toy.yaml"))
    assert json.loads(out.read_text(encoding="utf-8")) == json.loads(json.dumps(returned))
    return returned


def test_the_report_names_its_command_and_its_split(report):
    assert report["command"] == "python -m lm evaluate toy.yaml"
    split = report["split"]
    assert split["train"] > 0 and split["held_out"] >= split["held_out_used"] > 0
    assert split["families_on_both_sides"] == 0


def test_everyone_answers_the_same_requests(report):
    names = {
        "adapter, grammar",
        "adapter, free",
        "5-gram, grammar",
        "rules",
        "copy of a training tune",
    }
    assert names <= set(report)
    for name in names:
        assert report[name]["valid"]["n"] == 2
        assert sum(part["valid"]["n"] for part in report[name]["families"].values()) == 2
        assert sum(part["valid"]["n"] for part in report[name]["languages"].values()) == 2
    assert report["adapter, grammar"]["valid"]["share"] == 1.0
    assert report["5-gram, grammar"]["valid"]["share"] == 1.0


def test_missing_bars_are_written_and_counted(report):
    assert report["missing bars"]["grammar"]["n"] == report["missing bars"]["free"]["n"] == 1
    assert report["missing bars"]["grammar"]["share"] == 1.0


def test_bits_are_measured_for_the_model_and_the_gram_model(report):
    bits = report["bits_per_character"]
    assert 0 < bits["adapter"] < 8 and 0 < bits["5-gram"] < 8


def test_requests_come_in_both_languages_and_several_families():
    asked = [
        {"prompt": words, "properties": properties} for words, properties, _ in requests(60, 1)
    ]
    assert {evaluate.language(item) for item in asked} == {"en", "zh"}
    assert len({evaluate.family(item) for item in asked}) > 5


def test_real_tunes_are_matched_by_dance_and_each_used_once():
    from lm.reading import read_piece

    jigs = [read_piece(JIG) for _ in range(3)]
    asked = [{"properties": {"rhythm": "jig", "meter": "6/8"}}] * 2
    found = evaluate.matched(asked, jigs, 1)
    assert len(found) == 2 and found[0] is not found[1]
    assert evaluate.matched([{"properties": {"meter": "5/4"}}], jigs, 1) == []
