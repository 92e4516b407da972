"""New tunes that begin with the opening of a known one: which one, which bars, and that the reply is true."""

import pytest

from abc_tools.parse import parse_tune
from abc_tools.theory import parse_key
from abc_tools.validate import errors
from chat import shelf
from chat.act.opening import begun, in_key, opening_of, sounds
from chat.act.seed_sayings import SAYINGS
from chat.reply import Reply
from chat.session import Session
from chat.turn import respond
from chat.understand.seeds import read_seed
from chat.understand.text import normalise
from lm.generate import ScriptedBackend
from lm.piece import Unreadable
from tests.chat.test_turn import JIG

KNOWN = JIG.replace("T:Scripted", "T:The Known Jig")
WALTZ = (
    "X:1\nT:Slow Waltz\nR:waltz\nM:3/4\nL:1/4\nQ:1/4=90\nK:Dm\n"
    "D|D F A|A2 G|F E D|E2-E|D F A|d2 c|A G E|D2|]\n"
)
REST = (
    '"G"GAB dBG|"C"cde "D7"dcA|"G"GAB "D7"dcA|"D7"AFD "G"G3:|\nP:B\n'
    '|:"Em"efg "D"f2d|"C"edc "G"B2G|"Am"ABc "D7"dcA|"D7"AFD "G"G3|\n'
    '"G"gdB "D"afd|"C"edc "G"BAG|"Am"ABc "D7"dcA|"D7"AFD "G"G3:|\n'
)


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    from library import open_library

    for name, abc in (("known", KNOWN), ("waltz", WALTZ)):
        (tmp_path / f"{name}.abc").write_text(abc, encoding="utf-8")
    library = open_library(f"sqlite:///{tmp_path}/tunes.sqlite3")
    library.add([tmp_path], source="My book", licence="CC0")
    monkeypatch.setattr(shelf, "_open", [library])
    monkeypatch.setattr(shelf, "ENOUGH", 1)
    yield library
    library.close()


def ask(session, message, answer=REST, backend=None):
    backend = backend or ScriptedBackend([answer] * 16)
    items = list(respond(session, message, backend=backend, seed=1))
    assert isinstance(items[-1], Reply)
    return items[-1]


@pytest.fixture
def listed(catalogue):
    reply = ask(Session(), "recommend two tunes")
    assert len(reply.recommendations) == 2
    return reply.session, [r["title"] for r in reply.recommendations]


ORDINALS = ("first", "second")


def test_a_new_tune_begins_with_the_very_bars_of_the_one_that_was_listed(listed):
    session, titles = listed
    which = ORDINALS[titles.index("The Known Jig")]
    backend = ScriptedBackend([REST] * 16)
    reply = ask(session, f"use the opening of the {which} one as a seed", backend=backend)
    tune = parse_tune(reply.abc)
    assert reply.intent == "compose" and reply.changed and not errors(tune)
    assert sounds(tune, 4) == sounds(parse_tune(KNOWN), 4)
    assert "bars 1–4" in reply.text and "**The Known Jig** (My book)" in reply.text
    assert "CC0" in reply.text and "from bar 5 on" in reply.text
    assert "% The opening (bars 1–4) is from: The Known Jig (My book)" in reply.abc
    assert tune.title != "The Known Jig" and tune.bar_count == 16
    asked = backend.asked[0]["messages"][-1]["content"]
    assert "task: continue" in asked and '|:"G"GAB d2B|' in asked
    again = ask(reply.session, f"use the opening of the {which} tune for a new jig in D")
    assert again.changed, "the list is still there"


def test_it_is_moved_to_the_key_asked_for_and_says_so(listed):
    session, titles = listed
    which = titles.index("The Known Jig") + 1
    answer = REST.translate(str.maketrans("GABcdefg", "cdefgabc"))  # any notes do
    reply = ask(session, f"用第{which}首的前两小节写一首C大调的新曲子", answer)
    assert "The Known Jig" in reply.text and "从G大调移到C大调" in reply.text
    assert "第1–2小节" in reply.text and parse_tune(reply.abc).key.name == "C major"
    moved = [[(tuple(n + 5 for n in p), d) for p, d in bar] for bar in sounds(parse_tune(KNOWN), 2)]
    lower = [[(tuple(n - 7 for n in p), d) for p, d in bar] for bar in sounds(parse_tune(KNOWN), 2)]
    assert sounds(parse_tune(reply.abc), 2) in (moved, lower)


def test_by_title_and_from_the_open_tune(catalogue):
    reply = ask(Session(), "start a new tune from The Known Jig's opening")
    assert "**The Known Jig** (My book)" in reply.text
    own = Session().add(KNOWN.replace("The Known Jig", "Mine"), "opened")
    reply = ask(own, "take the opening of this tune and write a new jig")
    assert "that of **Mine**, note for note" in reply.text and "% The opening" in reply.abc


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("use the opening of the second one as a seed", "listed no tunes"),
        ('use the opening of "Nobody Knows It" as a seed', "no tune called “Nobody Knows It”"),
        ("use the opening of Slow Waltz for a new jig", "is in 3/4; a tune in 6/8"),
        ("use the opening of Slow Waltz for a new tune in D major", "is in D minor; in major"),
        ("use the first 30 bars of Slow Waltz as a seed", "8 bars, fewer than the 30"),
        ("write a tune of 4 bars from the first 4 bars of Slow Waltz", "leaves nothing to write"),
        ("用第三首的开头写一首新的", "没有列出"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_changes(catalogue, message, said):
    reply = ask(Session(), message)
    assert reply.intent == "refuse" and said in reply.text and not reply.changed


def test_a_place_that_the_list_has_not_is_asked_back(listed):
    reply = ask(listed[0], "use the opening of the fifth one as a seed")
    assert reply.intent == "refuse" and "2 tunes" in reply.text


def test_drafts_that_do_not_begin_with_it_are_not_delivered(listed):
    whole = JIG.replace("GAB d2B", "BAG G2B")  # a model that writes a tune of its own
    reply = ask(listed[0], "use the opening of The Known Jig as a seed", whole)
    assert reply.error and not reply.changed


@pytest.mark.parametrize(
    "text",
    [
        "make the opening of the second part louder", "explain the opening of the second one",
        "the opening of the second one is lovely", "write a tune that starts like a lullaby",
        "write a new ending for the beginning of the song", "rewrite the opening of this tune",
        "what makes the opening of the second tune a good start?", "play the start of the first one",
        "write a new opening for this tune", "把第二段的开头改成新的旋律", "第二首的开头是什么调？",
        "第一首的开头很好听", "make a new version of the opening of this tune",
    ],
)  # fmt: skip
def test_other_wishes_that_speak_of_openings_are_not_taken_for_it(text):
    assert read_seed(normalise(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "use the opening of the second one for a new reel in G",
        "use the opening of the second one as a seed for a new reel in G",
        "take the first two bars of number 2 and write a new reel in G",
        "use number 2's opening to write a new reel in G",
    ],
)  # fmt: skip
def test_what_the_opening_is_for_is_no_theme(text):
    from chat.understand.wishes import read

    seed = read_seed(normalise(text))
    assert seed is not None and seed.rest == "write a new reel in G"
    assert read(seed.rest).values == {"rhythm": "reel", "key": "G major"}


@pytest.mark.parametrize(
    ("text", "place", "title", "bars"),
    [
        ("take the first two bars of number 3 and go on in your own way", 3, "", 2),
        ("write me a jig that begins like the second one", 2, "", 0),
        ("write a new reel starting with the first four bars of the last one", -1, "", 4),
        ("Use Greensleeves' opening for a new waltz", 0, "Greensleeves", 0),
        ("use the opening of Danny Boy as a seed for a slow air in D", 0, "Danny Boy", 0),
        ("用第二首的前四小节写一首新曲子", 2, "", 4),
        ("以《茉莉花》的开头为种子，写一首圆舞曲", 0, "茉莉花", 0),
        ("拿最后一首的开头写一首进行曲", -1, "", 0),
    ],
)  # fmt: skip
def test_what_is_taken_from_where(text, place, title, bars):
    seed = read_seed(normalise(text))
    assert seed is not None and (seed.place, seed.title, seed.bars) == (place, title, bars)
    assert title not in seed.rest if title else seed.rest


def test_openings_with_pickups_ties_and_several_voices():
    opening = opening_of(parse_tune(WALTZ), 4)
    assert opening.bars == (0, 1, 2, 3, 4) and opening.last == 4
    assert not opening.piece.bars[-1].voices[0][-1].tie, "what it is held into is not taken"
    known = {"sections": "A8 B8", "title": "New", "tempo": "90", "key": "D minor"}
    text = begun(opening, known, chords=True)
    assert text.endswith("|\n") and "P:A" in text
    assert sounds(parse_tune(text), 4) == sounds(parse_tune(WALTZ), 4)
    high = in_key(opening, parse_key("G minor"))
    assert high.piece.key.name == "G minor" and opening.piece.key.name == "D minor"
    with pytest.raises(ValueError, match="first part"):
        begun(opening, {**known, "sections": "A4 B4"}, chords=True)
    duo = "X:1\nM:4/4\nL:1/4\nK:C\nV:1\nCDEF|GABc|\nV:2\nC,4|G,4|\n"
    assert sounds(parse_tune(duo), 1) == [[((n,), d) for (n,), d in sounds(parse_tune(duo), 1)[0]]]
    assert len(opening_of(parse_tune(duo), 1).piece.clefs) == 1
    with pytest.raises(Unreadable):
        opening_of(parse_tune("X:1\nM:none\nK:C\nCDEF GABc|]\n"), 1)


def test_both_languages_have_the_same_sentences():
    import re

    english, chinese = SAYINGS["en"], SAYINGS["zh"]
    assert set(english) == set(chinese)
    for name, text in english.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", chinese[name])), name
