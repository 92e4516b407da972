"""Sequences of changes in words: every score stays right, bars outside stay as they are, undo restores the text."""

# ruff: noqa: E501, ISC004 - tables of messages

import random

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from chat.reply import Reply
from chat.session import Session
from chat.turn import respond
from lm.generate import ScriptedBackend

TUNES = (
    'X:1\nT:Jig\nR:jig\nM:6/8\nL:1/8\nQ:3/8=116\nK:G\nP:A\n|:"G"GAB d2B|"C"c2e "D7"dcA|"G"GAB dBG|"D7"AFD "G"G3:|\n'
    'P:B\n|:"Em"efg "D"f2d|"C"edc "G"B2G|"Am"ABc "D7"dcA|"D7"AFD "G"G3:|\n',
    "X:2\nT:Song\nM:4/4\nL:1/4\nQ:1/4=90\nK:F\nC|F F G A|B A G F|E G C E|F3 C|\nF F G A|B d c B|A G F E|F3|]\n",
    "X:3\nT:Words\nM:3/4\nL:1/4\nK:Dm\nD E F|A2 G|F E D|A,3|\nw:one two three four five six se- ven eight\nD E F|A2 B|A G E|D3|]\n"
    "w:nine ten e- le- ven twelve and now we end it\n",
    'X:4\nT:Duet\nM:2/4\nL:1/8\nK:C\nV:1 name="Top"\nV:2 name="Low" clef=bass\n[V:1]c2 e2|d2 B2|c2 G2|c4|]\n[V:2]C,4|G,4|C,4|C,4|]\n',
    "X:5\nT:Air\nM:4/4\nL:1/8\nK:Ador\nA2 Bc d2 e2|f2 ed e4|g2 fe d2 B2|A4 z4|(3ABc (3dcB A2 e2|d2 c2 B2 G2|A2 e2 d2 B2|A8|]\n",
    "X:6\nT:Endings\nM:2/4\nL:1/8\nK:D\n|:DE FG|A2 FD|1 E4|D4:|2 E2 FE|D4|]\n",
)
LOCAL = (
    ("make bars {a}-{b} minor", "把第{a}到{b}小节改成小调", "raise bars {a} to {b} an octave", "transpose bars {a}-{b} down a third"),
    ("swing bars {a}-{b}", "simplify the rhythm of bars {a}-{b}", "remove the chords in bars {a}-{b}", "add chords to bars {a}-{b}"),
    ("play bars {a} to {b} softly", "put a trill in bars {a}-{b}", "第{a}到{b}小节升高八度", "louder in bars {a}-{b}"),
)  # fmt: skip
WHOLE = (
    "transpose it up a tone", "make it major", "slower", "faster", "tempo 100", "add chords", "remove the chords", "add a pickup",
    "delete bar 2", "duplicate bar 1", "double the note values", "change to 3/4", "add a second voice", "call it Moonrise",
    "repeat the first two bars", "move bar 1 to the end", "升高八度", "加左手伴奏", "去掉歌词", "make it a waltz", "end it on the tonic",
    "add an intro of 2 bars", "write out the repeats", "jazzier chords", "make it simpler", "swap bar 1 and bar 2",
)  # fmt: skip


def reply_to(session, message):
    items = list(respond(session, message, backend=ScriptedBackend([]), seed=3))
    assert isinstance(items[-1], Reply), message
    return items[-1]


def outside(text, first, last):
    """The text of every measure that is not in the bars, voice by voice."""
    tune = parse_tune(text)
    return [
        text[m.span.start : m.span.end] for v in tune.voices for m in v.measures
        if not first <= m.number <= last
    ]  # fmt: skip


def check_step(session, rng):
    """One random change; the session after it."""
    before = session.abc
    tune = parse_tune(before)
    local = rng.random() < 0.5
    first = rng.randint(1, max(1, tune.bar_count))
    last = rng.randint(first, max(first, tune.bar_count))
    message = rng.choice(rng.choice(LOCAL) if local else WHOLE).format(a=first, b=last)
    reply = reply_to(session, message)
    after = reply.abc
    assert len(errors(parse_tune(after))) <= len(errors(tune)), message
    if not reply.changed:
        assert after == before, message
        return session
    if local:
        assert outside(before, first, last) == outside(after, first, last), (message, before, after)
    undone = reply_to(reply.session, "undo")
    assert undone.abc == before, message
    assert reply_to(undone.session, "redo").abc == after, message
    return reply.session


@pytest.mark.parametrize("seed", range(40))
def test_random_sequences_keep_every_promise(seed):
    rng = random.Random(seed)
    session = Session().add(TUNES[seed % len(TUNES)], "opened")
    first = session.abc
    for _ in range(6):
        session = check_step(session, rng)
    assert reply_to(session, "go back to version 1").abc == first


def test_a_lock_holds_against_every_change():
    for seed in range(12):
        rng = random.Random(seed)
        session = Session().add(TUNES[seed % 2], "opened")
        session = reply_to(session, "lock bars 1-2").session
        kept = [
            e.midi for m in parse_tune(session.abc).measures if m.number in (1, 2) for e in m.events
        ]
        for _ in range(5):
            session = reply_to(session, rng.choice(WHOLE)).session
            notes = [e.midi for m in parse_tune(session.abc).measures for e in m.events]
            assert any(notes[i : i + len(kept)] == kept for i in range(len(notes))), (
                session.version.note
            )
