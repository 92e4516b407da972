"""What a model is measured beside answers the same requests, by its own means."""

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from lm import data, tasks, tokenizer
from lm.decode import Masker
from lm.measures import controls
from lm.measures.judge import judge
from lm.plan import plan_tune
from lm.sampling import asked_properties
from tests.lm.tunes import RECORDS

REQUESTS = (
    {"rhythm": "jig", "key": "G major", "bars": "16"},
    {"meter": "3/4", "key": "D minor", "bars": "8"},
    {"rhythm": "song", "key": "C major", "sections": "A4 A4 B4 A4"},
)


@pytest.fixture(scope="module")
def pieces():
    return data.load_pieces(RECORDS)


@pytest.fixture(scope="module")
def gram(pieces):
    answers = [
        e.answer for seed in range(6) for e in tasks.dialogues(pieces, seed, {"compose": 1.0})
    ]
    tok = tokenizer.train(answers, (), 420)
    texts = [[*tok(a)["input_ids"], tok.eos_token_id] for a in answers]
    return controls.NGram(texts, len(tok)), tok, texts


@pytest.mark.parametrize("properties", REQUESTS)
def test_rules_give_what_was_asked(properties):
    plan = plan_tune("", properties, 3)
    tune = parse_tune(controls.composed_by_rules(plan, 3))
    assert errors(tune) == []
    asked = {n: plan.properties[n] for n in ("key", "meter", "bars")}
    assert set(judge(tune.source, asked).met.values()) == {True}
    assert controls.composed_by_rules(plan, 3) != controls.composed_by_rules(plan, 4)


@pytest.mark.parametrize("properties", REQUESTS)
def test_the_nearest_tune_of_the_corpus_comes_in_the_key_that_was_asked(properties, pieces):
    plan = plan_tune("", properties, 3)
    text = controls.copied(plan.properties, pieces, 3)
    assert errors(parse_tune(text)) == []
    assert parse_tune(text).key.tonic == plan.properties["key"][0]


def test_a_gram_model_knows_probabilities(gram):
    model, tok, texts = gram
    for before in ([], texts[0][:1], texts[0][:9], [7, 7, 7]):
        table = model.probabilities(before)
        assert table.shape == (len(tok),)
        assert table.sum() == pytest.approx(1.0)
        assert (table > 0).all()
    seen = model.bits(texts[0], 0) / len(texts[0])
    assert seen < model.bits(texts[0][::-1], 0) / len(texts[0])


def test_a_gram_model_writes_inside_the_grammar(gram):
    model, tok, _ = gram
    plan = plan_tune("", REQUESTS[0], 1)
    text = model.write(plan.grammar, Masker(tok, len(tok)), tok, 1)
    found = judge(text, asked_properties(plan))
    assert found.valid and found.met["key"] and found.met["bars"]
    assert text == model.write(plan.grammar, Masker(tok, len(tok)), tok, 1)
