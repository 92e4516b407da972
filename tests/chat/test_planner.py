"""What an instruction model adds: a message said again in plain words, read by the same rules."""

import pytest

from chat.planner import GRAMMAR, read_plan, restated
from chat.reply import Reply
from chat.session import Session
from chat.turn import respond
from lm.generate import ScriptedBackend
from tests.chat.test_turn import JIG


def model(*answers):
    return ScriptedBackend(list(answers), name="endpoint:test")


def reply_of(session, message, backend):
    items = list(respond(session, message, backend=backend, seed=1))
    assert isinstance(items[-1], Reply)
    return items[-1]


def test_a_mood_becomes_a_plan_and_what_was_said_wins():
    backend = model(
        '{"kind": "compose", "words": "a slow jig in D major, 8 bars, with chords"}', *[JIG] * 8
    )
    reply = reply_of(Session(), "fog over the harbour, in G major", backend)
    assert reply.intent == "compose" and reply.changed
    asked = {r.name: r.value for r in reply.requirements}
    assert asked["key"] == "G major" and "bars" not in asked, "only what was said is a requirement"
    prompt = backend.asked[1]["messages"][-1]["content"]
    assert "key: G major" in prompt and "rhythm: jig" in prompt and "bars: 8" in prompt


def test_what_code_cannot_read_is_said_again():
    session = Session().add(JIG, "a jig")
    backend = model('{"kind": "change", "words": "transpose up a tone"}')
    reply = reply_of(session, "shove the whole lot north by two frets", backend)
    assert reply.changed and "K:A" in reply.abc


@pytest.mark.parametrize(
    "nonsense",
    [
        "",
        "Sure! Here you go.",
        "{",
        '{"kind": "sing", "words": "x"}',
        '{"kind": "change", "words": ""}',
        "[]",
    ],
)
def test_an_unreadable_plan_costs_one_retry_and_then_a_question(nonsense):
    assert read_plan(nonsense) is None
    backend = model(nonsense, nonsense)
    session = Session().add(JIG, "a jig")
    reply = reply_of(session, "wibble the flumps", backend)
    assert reply.intent == "refuse" and not reply.changed
    assert len(backend.asked) == 2


def test_the_plan_is_asked_for_under_a_grammar_that_its_reader_accepts():
    from llguidance import LLMatcher

    from lm.decode import Masker  # noqa: F401 - the engine that the backends use is there

    backend = model('{"kind": "question", "words": "what key is it in?"}')
    found = restated("hm", backend, 1)
    assert found is not None and found.kind == "question"
    assert backend.asked[0]["grammar"] == GRAMMAR
    assert not LLMatcher.validate_grammar(LLMatcher.grammar_from_lark(GRAMMAR))
