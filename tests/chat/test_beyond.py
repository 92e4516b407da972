"""What a wish says beyond its requirements, exact changes, voices, versions of bars, and what is said after: worked
examples, and canons by property.
"""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from chat.act.voicing import clashes, in_canon
from chat.check import CHECKS
from chat.reply import Reply
from chat.session import Session
from chat.turn import respond
from chat.understand.operations import read_operations
from chat.understand.place import bars_of
from chat.understand.unread import unread
from chat.understand.wishes import read
from lm.generate import ScriptedBackend, load_backend

SONG = """X:1
T:Hill Song
M:3/4
L:1/4
Q:1/4=100
K:Am
P:A
A B c|d2 e|c B A|G3|
P:B
e f e|d2 c|B d B|A3|
P:A
A B c|d2 e|c B G|A3|]
"""
PAIR = """X:1
T:Pair
M:2/4
L:1/8
Q:1/4=90
K:D
V:1 clef=treble
V:2 clef=bass
[V:1] d2 f2|e2 c2|B2 d2|A4|
[V:2] D,4|A,,4|G,,4|A,,4|
[V:1] f2 a2|g2 e2|c2 e2|d4|]
[V:2] D,4|E,4|A,,4|D,4|]
"""
WORDS = """X:1
T:Boat
M:2/4
L:1/4
Q:1/4=80
K:G
G A|B G|A F|G2|
w: row the lit-tle boat a-long now
B c|d B|A F|G2|]
w: gent-ly on the qui-et sea now
"""


@pytest.fixture(scope="module")
def backend():
    return load_backend({"backend": "embedded"})


def talk(abc, *messages, backend=None):
    """The last reply of a conversation about a tune."""
    backend = backend or ScriptedBackend()
    *_, reply = respond(Session(), "", backend=backend, abc=abc, seed=5)
    for message in messages:
        *_, reply = respond(reply.session, message, backend=backend, seed=5)
    assert isinstance(reply, Reply)
    return reply


def tune_of(abc, *messages, backend=None):
    reply = talk(abc, *messages, backend=backend)
    tune = parse_tune(reply.abc)
    assert reply.changed and not errors(tune), reply.text
    return tune


# -- what a wish says besides -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("a hornpipe in F with grace notes", ["grace notes"]),
        ("write a march in C, legato in the middle, 16 bars", ["legato in the middle"]),
        ("a tango in E minor with plenty of glissandi, please", ["plenty of glissandi"]),
        ("写一首C大调进行曲，结尾渐慢", ["结尾渐慢"]),
        ("a waltz in G, 16 bars, with chords", []),
        ("a lullaby about the moon for my little sister", []),
        ("写一首关于大海的圆舞曲", []),
        ("two reels in D, 8 bars each", []),
    ],
)
def test_what_nothing_reads_is_found_and_nothing_else(message, parts):
    assert unread(message) == parts


def test_it_is_made_when_the_tune_is_there(backend):
    *_, reply = respond(
        Session(),
        "a jig in D, 16 bars, staccato, slowing down gradually at the end",
        backend=backend,
        seed=3,
    )
    tune = parse_tune(reply.abc)
    assert sum("." in e.decorations for m in tune.measures for e in m.events) > 20
    assert '"^rit."' in reply.abc
    assert "staccato" in reply.text and "did not know" not in reply.text


def test_what_cannot_be_made_is_named(backend):
    *_, reply = respond(
        Session(), "a reel in A with a fugue in the second half", backend=backend, seed=3
    )
    assert "fugue" in reply.text and "takes no notice" in reply.text


# -- canons -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "canon"),
    [
        ("write a round for four voices, one bar apart", "4 1"),
        ("a canon in G minor, the second voice enters four bars later", "2 4"),
        ("写一首三声部的轮唱，每个声部相隔两小节", "3 2"),
    ],
)
def test_a_canon_is_read_with_its_entries(message, canon):
    wishes = read(message)
    assert wishes.values["canon"] == canon
    assert "bars" not in wishes.values and "voices" not in wishes.values


@given(voices=st.integers(2, 4), entry=st.integers(1, 4))
@settings(max_examples=12, deadline=None)
def test_every_voice_of_a_canon_sings_the_same_later(voices, entry):
    plain = parse_tune(SONG.replace("P:A\n", "").replace("P:B\n", ""))
    tune = in_canon(plain, voices, entry)
    assert tune is not None and not errors(tune)
    assert CHECKS["canon"](tune, f"{voices} {entry}")
    assert not CHECKS["canon"](plain, f"{voices} {entry}")
    assert 0 <= clashes(tune) <= 1


def test_what_cannot_be_a_canon_is_none():
    for abc in (PAIR, WORDS):
        assert in_canon(parse_tune(abc), 2, 2) is None
    assert in_canon(parse_tune(SONG), 9, 2) is None


def test_clashes_are_counted_by_beats():
    unison = PAIR.replace("D,4|A,,4|G,,4|A,,4|", "d2 f2|e2 c2|B2 d2|A4|")
    assert clashes(parse_tune(unison)) < clashes(parse_tune(PAIR.replace("D,4|A,,4", "E,4|B,,4")))


def test_a_tune_becomes_a_canon():
    tune = tune_of(SONG, "turn it into a two-part canon, two bars apart")
    assert len(tune.voices) == 2 and tune.bar_count == 14


# -- exact changes ----------------------------------------------------------------------------


def heights(tune, bar, voice=0):
    return [
        n for m in tune.voices[voice].measures if m.number == bar for e in m.events for n in e.midi
    ]


def test_the_lowest_note_becomes_the_one_that_is_named():
    low = min(n for b in range(1, 13) for n in heights(parse_tune(SONG), b))
    tune = tune_of(SONG, "transpose it so that the lowest note is C")
    found = min(n for b in range(1, 13) for n in heights(tune, b))
    assert found % 12 == 0 and abs(found - low) <= 6
    assert read_operations("移一下，让最高音是G", parse_tune(SONG))[0].values == {"semitones": "2"}


def test_a_degree_of_the_scale_is_raised_where_it_stands():
    tune = tune_of(SONG, "raise every seventh")
    assert heights(tune, 4) == [68] and heights(tune, 11)[-1] == 68
    assert heights(tune, 1) == heights(parse_tune(SONG), 1)
    assert read_operations("把导音升高", parse_tune(SONG))[0].name in ("alter-notes", "transpose")


def test_a_long_note_is_cut():
    tune = tune_of(SONG, "split the long note in bar 8 into three quarter notes")
    assert [e.duration for m in tune.measures if m.number == 8 for e in m.events] == [
        Fraction(1, 4)
    ] * 3
    refused = talk(SONG, "split the note in bar 8 into two quarter notes")
    assert not refused.changed and "equal parts" in refused.text


def test_two_notes_change_places():
    tune = tune_of(SONG, "in bar 2 swap the D and the E")
    assert heights(tune, 2) == heights(parse_tune(SONG), 2)[::-1]
    assert not talk(SONG, "in bar 4 swap the D and the E").changed


def test_a_picardy_third():
    tune = tune_of(
        PAIR.replace("K:D", "K:Dm").replace("d4|]", "f4|]"), "end it with a Picardy third"
    )
    assert heights(tune, 8)[-1] % 12 == 6 and heights(tune, 8, 1) == [50]
    assert not talk(PAIR, "a picardy third at the end please").changed


def test_short_and_long_slurs():
    tune = tune_of(SONG, "put a slur over every two bars")
    assert tune.source.count("(") == 6


def test_snaps_are_short_first():
    tune = tune_of(PAIR.replace("d2 f2|e2 c2", "dfec|edcB"), "give it Scotch snaps")
    first = [e.duration for e in tune.measures[0].events]
    assert first == [Fraction(1, 16), Fraction(3, 16)] * 2


# -- voices -----------------------------------------------------------------------------------


def test_one_voice_rests_and_the_other_does_not():
    tune = tune_of(PAIR, "voice 2 should be silent in bars 3 to 4")
    assert [bool(heights(tune, b, 1)) for b in range(1, 9)] == [True] * 2 + [False] * 2 + [True] * 4
    assert heights(tune, 3) == heights(parse_tune(PAIR), 3)


def test_two_voices_exchange_their_music():
    before, after = parse_tune(PAIR), tune_of(PAIR, "swap the two voices")
    for bar in range(1, 9):
        assert [n % 12 for n in heights(after, bar)] == [n % 12 for n in heights(before, bar, 1)]
        assert [n % 12 for n in heights(after, bar, 1)] == [n % 12 for n in heights(before, bar)]
    assert min(heights(after, 1)) > max(heights(after, 1, 1))


def test_a_bass_brings_no_chord_symbols_that_nobody_wanted():
    tune = tune_of(SONG, "add a walking bass line")
    assert not any(e.chord_symbol for m in tune.measures for e in m.events)
    assert len(tune.voices) == 2


def test_a_pattern_of_the_bass_is_changed_by_what_is_said_next():
    first = tune_of(SONG, "add a walking bass line")
    then = tune_of(SONG, "add a walking bass line", "that's too busy, long notes only")
    count = lambda tune: len([e for m in tune.voices[1].measures for e in m.events])  # noqa: E731
    assert count(then) < count(first)


# -- words ------------------------------------------------------------------------------------


def test_given_words_stand_under_their_line():
    tune = tune_of(WORDS, "change the second line of the lyrics to 'soft-ly to the si-lent shore'")
    assert "gent-ly" not in tune.source and "row the lit-tle boat" in tune.source
    assert "shore" in tune.source


def test_quoted_words_order_nothing():
    names = [
        o.name
        for o in read_operations(
            'put the words "soft and loud, slow and fast" under bars 1-4', parse_tune(WORDS)
        )
    ]
    assert not {"dynamic", "quieter", "louder", "tempo-by"} & set(names)


# -- places -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "bars"),
    [
        ("the final A", (9, 12)), ("make the second A quieter", (9, 12)), ("part two", (5, 8)), ("section 3", (9, 12)),
        ("中间那段", (5, 8)), ("the A part", (1, 4)),
    ],
)  # fmt: skip
def test_sections_by_their_place(words, bars):
    place, wrong = bars_of(words, parse_tune(SONG))
    assert wrong is None and place is not None and (place.first, place.last) == bars


def test_sections_of_one_letter_are_changed_together():
    tune = tune_of(SONG, "accents in the A parts, nothing else")
    marked = {m.number for m in tune.measures for e in m.events if e.decorations}
    assert marked == {1, 2, 3, 4, 9, 10, 11, 12}


def test_bars_are_exchanged_between_repeat_signs():
    abc = SONG.replace("P:A\nA B c", "P:A\n|:A B c", 1).replace("G3|\n", "G3:|\n", 1)
    tune = tune_of(abc, "swap bars 1-2 and bars 5-6")
    assert "|:e f e|d2 c|c B A|G3:|" in tune.source


def test_a_purpose_is_no_order():
    found = read_operations(
        "transpose it up a tone so it's not just a copy of the old one", parse_tune(SONG)
    )
    assert [o.name for o in found] == ["transpose"]


# -- what is said after -----------------------------------------------------------------------


def test_only_some_of_the_bars_after_all():
    tune = tune_of(SONG, "bars 1-4 up an octave", "hm, too high, just do 3 and 4")
    old = parse_tune(SONG)
    assert heights(tune, 1) == heights(old, 1) and heights(tune, 3) == [
        n + 12 for n in heights(old, 3)
    ]


@pytest.mark.parametrize(
    "message",
    ["go back to where we started", "全都不要了", "take me back to how it was originally"],
)
def test_back_to_the_beginning(message):
    reply = talk(SONG, "up a tone", "faster", message)
    assert reply.session.current == 1


def test_versions_of_bars_are_there_to_choose(backend):
    reply = talk(SONG, "give me three versions of bars 7-8", backend=backend)
    assert len(reply.session.versions) == 1 + len(reply.session.memory.choices) > 2
    *_, chosen = respond(reply.session, "I like the second one", backend=backend, seed=5)
    assert chosen.session.current == reply.session.memory.choices[1]
    old = parse_tune(SONG)
    for version in reply.session.versions[1:]:
        tune = parse_tune(version.abc)
        assert all(heights(tune, b) == heights(old, b) for b in (*range(1, 7), *range(9, 13)))


def test_bars_that_were_written_come_shorter_or_elsewhere(backend):
    tune = tune_of(SONG, "add an interlude", "two bars is enough", backend=backend)
    assert tune.bar_count == 14
    tune = tune_of(SONG, "add an interlude", "put it after bar 8", backend=backend)
    assert [heights(tune, b) for b in range(1, 9)] == [
        heights(parse_tune(SONG), b) for b in range(1, 9)
    ]


def test_advice_is_about_this_tune_and_can_be_taken(backend):
    advice = talk(SONG, "it's a bit dull, any suggestions to improve it?", backend=backend)
    assert not advice.changed and len(advice.suggestions) >= 2
    *_, taken = respond(advice.session, "the first one", backend=backend, seed=1)
    assert taken.changed


def test_what_changes_nothing_says_how_it_was_read():
    reply = talk(SONG, "remove the trills")
    assert not reply.changed and "ornaments" in reply.text


def test_bars_that_only_moved_along_are_not_called_changed():
    reply = talk(SONG, "add an intro of two bars")
    assert reply.session.version.changed == (1, 2)


def test_what_is_said_of_the_end_means_the_end_there_is_by_then():
    tune = tune_of(SONG, "add an Amen, and slow down in the last two bars")
    assert tune.bar_count == 14
    assert [m.number for m in tune.measures if m.tempo] == [13, 14] and '"^rit."' in tune.source
    assert heights(tune, 13)[0] % 12 in (2, 5, 9) and heights(tune, 14)[0] % 12 in (9, 0, 4)


@pytest.mark.parametrize(
    "message",
    ["make bar 3 louder... no, never mind", "转到D小调，算了，不改了", "add a drone - forget it"],
)
def test_what_is_taken_back_in_the_same_breath_is_not_done(message):
    reply = talk(SONG, message)
    assert not reply.changed and len(reply.session.versions) == 1


def test_something_else_in_place_of_the_last_change():
    reply = talk(SONG, "up an octave", "no, put it back. What about moving it down a tone?")
    assert heights(parse_tune(reply.abc), 1) == [n - 2 for n in heights(parse_tune(SONG), 1)]


def test_some_bars_as_they_were():
    tune = tune_of(SONG, "everything up an octave", "put bars 5-6 back as they were")
    old = parse_tune(SONG)
    assert heights(tune, 5) == heights(old, 5) and heights(tune, 6) == heights(old, 6)
    assert heights(tune, 4) == [n + 12 for n in heights(old, 4)]


def test_a_limit_said_first_holds():
    tune = tune_of(SONG, "only in the B part, please: put everything up an octave")
    assert heights(tune, 1) == heights(parse_tune(SONG), 1)
    assert heights(tune, 5) == [n + 12 for n in heights(parse_tune(SONG), 5)]


def test_a_voice_is_called_by_its_name_in_either_language():
    named = PAIR.replace("V:1 clef=treble", 'V:1 clef=treble name="Flute"').replace(
        "V:2 clef=bass", 'V:2 clef=bass name="Cello"'
    )
    for message in ("raise the flute by an octave", "把长笛升高八度"):
        tune = tune_of(named, message)
        assert heights(tune, 1) == [n + 12 for n in heights(parse_tune(named), 1)]
        assert heights(tune, 1, 1) == heights(parse_tune(named), 1, 1)


@pytest.mark.parametrize(
    ("message", "name", "value"),
    [
        ("my group only knows G A B D E, an 8-bar tune please", "pitches", "G A B D E"),
        ("只会唱do re mi三个音，写8小节", "pitches", "C D E"),
        ("bpm 92, a song in F", "tempo", "92"),
        ("a waltz in G, and call it 'Late Bus Home'", "title", "Late Bus Home"),
        ("用Am F C G写一首歌", "progression", "Am F C G"),
        ("an air from low D to high f", "range", "D4 F5"),
        ("a hornpipe in G, 3 parts", "form", "AABBCC"),
        ("march with a trio, in C", "modulation", "subdominant"),
    ],
)
def test_requirements_in_other_words(message, name, value):
    assert read(message).values.get(name) == value


def test_the_chords_stay_over_a_new_melody(backend):
    chorded = SONG.replace("e f e|d2 c|B d B|A3|", '"Am"e f e|"Dm"d2 "G"c|"E"B d B|"Am"A3|')
    tune = tune_of(chorded, "rewrite the B part but keep the chords", backend=backend)
    symbols = [
        e.chord_symbol
        for m in tune.measures
        if 5 <= m.number <= 8
        for e in m.events
        if e.chord_symbol
    ]
    assert symbols == ["Am", "Dm", "G", "E", "Am"] or symbols == ["Am", "Dm", "E", "Am"]
    assert [heights(tune, b) for b in range(5, 9)] != [
        heights(parse_tune(chorded), b) for b in range(5, 9)
    ]
