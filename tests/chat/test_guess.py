"""The classifier over clauses: what it is made of, what it reads, what it asks back and how an answer is taken."""

import pytest

from abc_tools.parse import parse_tune
from chat.reply import Reply
from chat.session import Session
from chat.turn import respond
from chat.understand.guess.changes import CHANGES
from chat.understand.guess.data import SLOTS, lines
from chat.understand.guess.model import guesses, model
from chat.understand.guess.reading import OFFERED, TALKING
from chat.understand.guess.topics import TOPICS
from chat.understand.guess.train import made_of
from chat.understand.intent import understand
from chat.understand.operations import read_operations
from lm.generate import load_backend

ABC = """X:1
T:The Blue Door
M:3/4
L:1/8
Q:1/4=120
K:D
P:A
"D"d2 f2 a2|"G"b4 a2|"D"f3 e d2|"A7"e4 A2|
"D"d2 f2 a2|"Bm"b4 f2|"Em"g2 "A7"e3 c|"D"d6||
P:B
"Bm"f3 g f2|"G"g2 b2 d2|"D"a2 f2 d2|"A"e4 c2|
"Bm"d2 b2 f2|"G"g3 f g2|"A7"e2 c2 A2|"D"d6|]
"""
TUNE = parse_tune(ABC)


@pytest.fixture(scope="module")
def backend():
    return load_backend({"backend": "embedded"})


def said(message, backend, session=None):
    first = {} if session else {"abc": ABC}
    *_, reply = respond(session or Session(), message, backend=backend, seed=1, **first)
    assert isinstance(reply, Reply)
    return reply


def wanted(message):
    from chat.incoming import open_tune

    session, _ = open_tune(Session(), ABC, "en")
    return understand(message, session, TUNE)


def test_the_shipped_classifier_is_made_of_these_examples():
    from importlib.resources import files

    import numpy as np

    with files("chat.understand.guess").joinpath("clauses.npz").open("rb") as file:
        kept = np.load(file, allow_pickle=False)
        assert bytes(kept["made_of"]).decode() == made_of(), (
            "run python -m chat.understand.guess.train"
        )
    labels = {label for label, _ in lines()}
    assert set(model().labels) == labels <= {*CHANGES, *TOPICS, *TALKING}


def test_every_slot_of_an_example_is_known():
    import re

    assert {slot for _, line in lines() for slot in re.findall(r"\{(\w+)\}", line)} <= set(SLOTS)


NEEDS_MORE = {label for label, change in CHANGES.items() if change.missing} | {
    "melody-only", "simplify-bass",  # what they mean hangs on the voices there are
}  # fmt: skip


@pytest.mark.parametrize("label", sorted(set(CHANGES) - NEEDS_MORE))
@pytest.mark.parametrize("language", [0, 1])
def test_what_is_offered_is_read_by_the_rules_as_the_change_itself(label, language):
    change = CHANGES[label]
    where = ("bars 5-8", "第5到8小节")[language]
    sentence = change.say[language].format(it=where)
    found = read_operations(sentence, TUNE)
    assert change.operation in [o.name for o in found], (sentence, found)


@pytest.mark.parametrize("label", sorted(TOPICS))
@pytest.mark.parametrize("language", [0, 1])
def test_questions_that_are_offered_are_questions(label, language):
    sentence = TOPICS[label].say[language].format(it=("bars 5-8", "第5到8小节")[language])
    assert wanted(sentence).kind == "question", sentence


@pytest.mark.parametrize(
    ("message", "names"),
    [
        ("the tempo wants to be a good deal calmer for our seniors", ["tempo-by"]),
        ("能不能别那么满", ["simplify"]),
        ("my singers strain up there, give us it lower", ["transpose"]),
        ("my pupil cannot reach the high B, nothing above A please", ["limit-range"]),
        ("change the last note to E", ["alter-notes"]),
        ("第3小节第二个音改成升F", ["alter-notes"]),
        ("所有的A7都换成A", ["set-chords"]),
        ("Replace the chord in measure 3 with a ii7.", ["set-chords"]),
        ("copy bars 1-2 over bars 13 and 14", ["copy-over"]),
        ("play bars 9-10 backwards", ["retrograde"]),
        ("Start soft, swell up to bar 12, then die away to nothing.", ["swell"]),
        ("结尾渐慢", ["slow-down"]),
    ],
)
def test_ways_of_speaking_that_no_pattern_knew(message, names):
    assert [o.name for o in wanted(message).operations] == names


@pytest.mark.parametrize(
    ("message", "place"),
    [
        ("make the first four bars of the B part louder", (9, 12)),
        ("B段第一句往上移三度，其他别动", (9, 12)),
        ("make the B part go up an octave but only the first four bars of it", (9, 12)),
        ("that jump in bar 4 is horrid, fill it in with steps", (4, 4)),
        ("I'd like a second voice a third below, only in the B part", (9, 16)),
    ],
)
def test_parts_of_parts(message, place):
    found = wanted(message).operations
    assert (found[0].place.first, found[0].place.last) == place


@pytest.mark.parametrize(
    "message",
    [
        "Is the ending on the beat?", "Was the minuet danced by peasants?", "do you do tax returns", "你吃饭了没",
        "the cat walked across the keyboard", "If I skip the repeats, how long is it", "什么时候开始有圆舞曲的？",
    ],
)  # fmt: skip
def test_what_is_no_order_changes_nothing(message, backend):
    reply = said(message, backend)
    assert parse_tune(reply.abc).source == parse_tune(said("hello", backend).abc).source


def test_an_unsure_guess_is_offered_and_an_answer_taken(backend):
    options = ("make bars 5-8 simpler", "make bars 5-8 slower")
    session = said("hello", backend).session
    session = session.remember(pending=("which-of", "\n".join(options)))
    reply = said("the second one", backend, session)
    assert reply.changed and "tempo of bars 5–8" in reply.text


def test_a_missing_value_is_asked_for_and_completed(backend):
    reply = said("please change the key", backend)
    assert reply.intent == "refuse" and "Which key" in reply.text
    reply = said("G", backend, reply.session)
    assert reply.changed and parse_tune(reply.abc).key.name == "G major"


def test_words_for_one_part_only(backend):
    reply = said("write words for part A about the sea", backend)
    sung = [m.number for m in parse_tune(reply.abc).measures for e in m.events if any(e.syllables)]
    assert sung and max(sung) == 8


def test_guesses_are_probabilities():
    found = guesses("slower, slower, we trip over each other", 200)
    assert found[0].label == "slower" and abs(sum(g.sure for g in found) - 1) < 1e-3


def test_what_is_offered_has_a_sentence():
    assert set(OFFERED) <= set(TALKING)
