"""Whole turns with a scripted model: what was asked happens, the rest stays, the reply is true."""

import json
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from chat.__main__ import serve
from chat.check import CHECKS
from chat.phrases import SENTENCES, bars_text, say
from chat.reply import Progress, Reply
from chat.session import Selection, Session
from chat.turn import respond
from chat.understand.wishes import read
from lm.generate import BackendError, ScriptedBackend

JIG = (
    "X:1\nT:Scripted\nR:jig\nM:6/8\nL:1/8\nQ:3/8=116\nK:G\nP:A\n"
    '|:"G"GAB d2B|"C"c2e "D7"dcA|"G"GAB dBG|"D7"AFD "G"G3:|\nP:B\n'
    '|:"Em"efg "D"f2d|"C"edc "G"B2G|"Am"ABc "D7"dcA|"D7"AFD "G"G3:|\n'
)
BROKEN = JIG.replace("GAB d2B", "GAB d2").replace("T:Scripted", "T:Broken")


def ask(session, message, answers=(JIG,), **options):
    """The reply to one message, and what happened on the way."""
    items = list(
        respond(session, message, backend=ScriptedBackend(list(answers)), seed=1, **options)
    )
    assert sum(isinstance(item, Reply) for item in items) == 1
    assert isinstance(items[-1], Reply)
    return items[-1], [item for item in items if isinstance(item, Progress)]


@pytest.fixture
def session():
    reply, _ = ask(Session(), "a lively jig in G major, 8 bars, with chords")
    return reply.session


def test_composing_delivers_checks_and_explains():
    reply, progress = ask(Session(), "a lively jig in G major, 8 bars, with chords")
    assert reply.intent == "compose" and reply.changed and reply.version == 1
    assert {r.name: r.met for r in reply.requirements} == dict.fromkeys(
        ("rhythm", "key", "tempo", "bars", "chords"), True
    )
    assert "bars: 8" in reply.text and "✓ key: G major" in reply.text
    assert any(p.abc for p in progress), "a draft could be drawn while it was written"
    assert not errors(parse_tune(reply.abc))


def test_a_request_in_chinese_gets_a_chinese_title_unless_it_names_one():
    from chat.act.plan import make_plan

    for message, title in (
        ("来一首D大调进行曲", "D大调进行曲"),
        ("写一首关于秋天的歌", "秋天"),
        ("写一首《小河》", "小河"),
    ):
        assert f"T:{title}" in make_plan(message, read(message), 1).spec.header


def test_what_is_not_met_is_said():
    reply, _ = ask(Session(), "a waltz in D minor, 12 bars, with lyrics", [JIG] * 8)
    met = {r.name: r.met for r in reply.requirements}
    assert met == {"rhythm": False, "key": False, "bars": False, "lyrics": True}
    assert "✗ key: D minor" in reply.text and "✓ lyrics" in reply.text


def test_a_broken_draft_is_mended_and_the_best_draft_is_taken():
    reply, _ = ask(Session(), "a jig in G, 8 bars", [BROKEN] * 4)
    assert not errors(parse_tune(reply.abc))
    reply, _ = ask(Session(), "a jig in G", [BROKEN, "nonsense", JIG, "X:1\nK:C\n"])
    assert not errors(parse_tune(reply.abc))


def test_a_draft_in_a_fence_with_prose_is_found():
    reply, _ = ask(Session(), "a jig in G", [f"Here it is:\n```abc\n{JIG}```\nEnjoy!"] * 4)
    assert reply.changed and "Enjoy" not in reply.abc


def test_no_valid_draft_leaves_everything_as_it_was(session):
    reply, _ = ask(session, "write a reel in D", ["garbage"] * 16)
    assert reply.error and not reply.changed and reply.session == session


def test_edits_touch_their_bars_only(session):
    before = session.abc
    reply, _ = ask(session, "make bars 5-8 minor")
    measures = parse_tune(before).measures
    low, high = measures[4].span.start, measures[7].span.end
    assert reply.abc.startswith(before[:low]) and reply.abc.endswith(before[high:])
    assert reply.session.version.changed == (5, 6, 7, 8)
    assert [m.key.name for m in parse_tune(reply.abc).measures] == ["G major"] * 4 + ["G minor"] * 4
    assert "bars 5–8" in reply.text


def test_a_chain_of_edits_and_undo(session):
    for message in ("make the B part minor", "transpose it up a tone", "速度慢一点"):
        reply, _ = ask(session, message)
        assert reply.changed and not errors(parse_tune(reply.abc)), message
        session = reply.session
    assert parse_tune(session.abc).key.name == "A major"
    assert parse_tune(session.abc).tempo.bpm < 116
    undone, _ = ask(session, "undo")
    assert parse_tune(undone.abc).tempo.bpm == 116 and undone.version == 3
    again, _ = ask(undone.session, "redo")
    assert again.abc == session.abc
    back, _ = ask(again.session, "go back to version 1")
    assert back.abc == session.versions[0].abc


def test_sadder_is_minor_and_slower_and_what_has_no_effect_is_not_said(session):
    reply, _ = ask(session, "make it sadder")
    tune = parse_tune(reply.abc)
    assert tune.key.name == "G minor" and tune.tempo.bpm < 116
    again, _ = ask(reply.session, "make it minor")
    assert not again.changed and again.session == reply.session
    slower, _ = ask(reply.session, "sadder still")
    assert "minor" not in slower.text and parse_tune(slower.abc).tempo.bpm < tune.tempo.bpm


def test_a_selection_scopes_a_message_and_a_stale_one_does_not(session):
    reply, _ = ask(session, "an octave higher, please", selection=Selection(1, 2, 3))
    assert reply.session.version.changed == (2, 3)
    stale, _ = ask(reply.session, "down an octave", selection=Selection(1, 2, 3))
    assert len(stale.session.version.changed) == 8


def test_rewriting_puts_new_music_into_the_bars_only(session):
    before = session.abc
    answers = ['"C"ccc "G"BBB|"D7"AAA "G"G3', "ABc", "x", "a|b", '"G"G6|"G"G6', "z"]
    reply, _ = ask(session, "rewrite bars 7 to 8", answers)
    assert reply.changed, reply.text
    assert reply.session.version.changed == (7, 8)
    high = parse_tune(before).measures[6].span.start
    assert reply.abc.startswith(before[:high])
    assert not errors(parse_tune(reply.abc))


def test_rewriting_a_tune_under_another_unit_length_keeps_its_unit():
    own = "X:1\nT:Mine\nM:3/4\nL:1/4\nK:C\nCDE|FGA|Bcd|c3|]\n"
    reply, _ = ask(Session(), "rewrite bar 2", ["A2 G2 F2"] * 6, abc=own)
    assert "CDE|A G F|Bcd|c3|]" in reply.abc


def test_opening_a_tune_and_changing_it_at_once():
    own = "X:1\nT:Mine\nM:3/4\nL:1/4\nK:C\nCDE|FGA|Bcd|c3|]\n"
    reply, _ = ask(Session(), "transpose it to D", abc=own)
    assert "DEF|GAB|cde|d3|]" in reply.abc and "K:D\n" in reply.abc
    pasted, _ = ask(Session(), "make this minor:\n" + own)
    assert parse_tune(pasted.abc).key.name == "C minor"


@pytest.mark.parametrize(
    "noise",
    ["", "not music at all", "\x00\x01\x02" * 50, "<html><body>hi</body></html>", "A" * 100_000, "|" * 20_001,
     "X:1\nT:no notes\nK:C\n", "%%MIDI program 1\n" * 20, "{\"json\": true}", "1\n2\n3"],
)  # fmt: skip
def test_text_that_is_no_tune_gets_a_sentence_and_the_tune_stays(session, noise):
    reply, _ = ask(session, "open this", abc=noise)
    assert reply.intent == "refuse" and reply.error and reply.text
    assert reply.session == session


@pytest.mark.parametrize(
    "message",
    ["", "   ", "x" * 100_000, "<script>alert(1)</script>", "🎵🎵🎵", "\x00", "{{value}}${1}"],
)
def test_bad_messages_get_a_sentence_and_the_tune_stays(session, message):
    reply, _ = ask(session, message)
    assert reply.text and not reply.changed
    assert reply.session.versions == session.versions and reply.session.locks == session.locks


@given(st.text(max_size=80))
@settings(max_examples=80, deadline=None)
def test_no_message_breaks_the_chat(message):
    start, _ = ask(Session(), "a jig in G")
    reply, _ = ask(start.session, message, [JIG] * 12)
    assert reply.text
    assert not errors(parse_tune(reply.abc))


def test_directives_pass_an_allow_list():
    own = "X:1\nT:a\n%%MIDI program 40\n%%beginsvg\n%%abc-include /etc/passwd\nM:2/4\nL:1/4\nK:C\nCD|EF|\n"
    reply, _ = ask(Session(), "", abc=own)
    assert "%%MIDI program 40" in reply.abc
    assert "include" not in reply.abc and "svg" not in reply.abc


def test_a_failing_model_becomes_a_sentence(session):
    class Failing:
        name = "failing"

        def generate(self, messages, **options):
            raise BackendError("The model is asleep.")

    items = list(respond(session, "write a reel", backend=Failing(), seed=1))
    assert items[-1].error == "The model is asleep." and items[-1].session == session


@pytest.mark.parametrize(
    ("message", "words"),
    [("what key is it in?", "G major"), ("how many bars are there?", "8 bars"), ("这首曲子是什么调", "G大调"),
     ("analyse it", "cadence"), ("why does bar 6 sound sad?", "bar 6"), ("what is a Dorian mode?", "dorian")],
)  # fmt: skip
def test_answers_are_computed(session, message, words):
    reply, _ = ask(session, message)
    assert words.lower() in reply.text.lower() and not reply.changed
    assert reply.intent in ("analyse", "answer")


def test_both_languages_have_every_sentence_with_the_same_values():
    import string

    def names(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert SENTENCES["en"].keys() == SENTENCES["zh"].keys()
    for key, english in SENTENCES["en"].items():
        missing = names(SENTENCES["zh"][key]) - names(english)
        assert not missing, key
    assert say("en", "undone", number=1, note="x") and bars_text("zh", [1, 2]) == "第1–2小节"


def test_every_requirement_that_is_read_can_be_checked():
    message = (
        'a slow waltz called "X" in D minor, 3/4, 16 bars, AABB, with chords, only quarter notes, from C to A, '
        "for flute, two voices, lyrics, pentatonic, with a pickup, easy"
    )
    assert set(read(message).values) <= set(CHECKS)
    assert len(read(message).values) >= 14


def test_json_lines_in_order_with_a_line_for_every_line():
    lines = [
        json.dumps({"id": "1", "session": "a", "message": "a jig in G, 8 bars", "seed": 4}),
        "not json",
        json.dumps(["a", "list"]),
        json.dumps({"id": "2", "session": "b", "message": "transpose it up a tone"}),
        json.dumps({"id": "3", "session": "a", "message": "up an octave", "bars": [2, 3]}),
        json.dumps({"id": "4", "session": "a", "message": "hm", "bars": "x"}),
    ]
    out = StringIO()
    serve(lines, out, ScriptedBackend([JIG] * 8))
    replies = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [r["id"] for r in replies] == ["1", None, None, "2", "3", "4"]
    keys = {"id", "session", "reply", "abc", "changed", "version", "intent", "requirements",
            "recommendations", "diagnostics", "seconds", "error"}  # fmt: skip
    assert all(set(r) == keys for r in replies)
    assert replies[0]["changed"] and replies[1]["error"] and replies[2]["error"]
    assert replies[3]["abc"] is None, "sessions do not see each other"
    assert replies[4]["version"] == 2 and replies[4]["changed"]
    assert replies[5]["error"]
