"""Whatever is drawn under the grammar is a valid tune, and whatever the writer writes is in it."""

import random
import re
import shutil
import subprocess
from dataclasses import replace
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from abc_tools.lyrics import split_syllables
from abc_tools.parse import parse_tune
from abc_tools.theory import abc_letter, parse_key
from abc_tools.validate import errors
from lm.grammar import (
    NOTE_LENGTHS,
    MeasureSpec,
    SectionSpec,
    TuneSpec,
    VoiceSpec,
    continue_grammar,
    fill_grammar,
    spec_of,
    tune_grammar,
    words_grammar,
)
from lm.plan import scale_pitches
from lm.reading import read_piece
from lm.spelling import write_piece
from tests.lm.tunes import JIG, REEL, SONG

NAMES = "G, A, B, C D E F G A B c d e f g a b ^c =c"
PITCHES = tuple(NAMES.split(" "))
CHORALE = """X:4
T:Four Parts
M:4/4
L:1/4
Q:1/4=90
V:1 clef=treble
V:2 clef=treble
V:3 clef=bass
V:4 clef=bass
K:Gm
[V:1]G|B A/G/ ^F G|A2- A B/c/|d>c B A|G3|]
[V:2]D|G E D D|F2- F F|F E D D|D3|]
[V:3]B,|D C A, B,|C2- C D|B,/A,/ G, G, ^F,|G,3|]
[V:4]G,|G, C, D, G,|F,2- F, D,|B,,C, D,2|G,3|]
"""
TRICKY = """X:5
T:Ties and Tuplets
M:4/4
L:1/8
K:Bm
|:f-|f2 (3edc B4-|B>A F<B d3 e-|(3efg f4- f2|"Bm"B4- "F#7"B2 ^A2-|^A/B/c/d/ e z z2 [Bdf]2|
F2 G3 A3|B2- B/c/d d2 B2|(3F/G/A/ d (3BAG F2>E2|1 B4- B3:|2 B4 z3|]
"""
EXAMPLES = (JIG, REEL, SONG, CHORALE, TRICKY)
METERS = ("2/4", "3/4", "4/4", "2/2", "3/8", "6/8", "9/8", "12/8", "5/4", "7/8", "3/2", "6/4")


@cache
def byte_tokens():
    """A tokenizer of single bytes for the matcher, so that no merge can hide an error."""
    import llguidance

    class Bytes:
        eos_token_id = 256
        bos_token_id = None
        tokens = (*(bytes([i]) for i in range(256)), b"<end>")
        special_token_ids = (256,)

        def __call__(self, text):
            return list(text.encode() if isinstance(text, str) else text)

    return llguidance.LLTokenizer(llguidance.TokenizerWrapper(Bytes()))


@pytest.fixture(scope="module")
def tokens():
    return byte_tokens()


def walk(tokens, grammar, rng, limit=6000):
    """A random text of the grammar, each allowed byte as likely as any other."""
    import llguidance.numpy as bits
    import numpy as np

    matcher = started(tokens, grammar)
    mask = bits.allocate_token_bitmask(1, tokens.vocab_size)
    out = bytearray()
    while not matcher.is_stopped():
        bits.fill_next_token_bitmask(matcher, mask)
        allowed = np.nonzero(np.unpackbits(mask.view(np.uint8), bitorder="little"))[0]
        assert len(allowed), f"dead end after {bytes(out)!r}"
        token = int(rng.choice(list(allowed)))
        assert matcher.consume_token(token)
        if token == 256:
            break
        out.append(token)
        assert len(out) < limit
    assert not matcher.is_error(), f"dead end after {bytes(out)!r}: {matcher.get_error()[:80]}"
    return out.decode()


def started(tokens, grammar):
    """A matcher at the start of a grammar."""
    import llguidance

    matcher = llguidance.LLMatcher(tokens, llguidance.LLMatcher.grammar_from_lark(grammar))
    assert not matcher.is_error(), matcher.get_error()
    return matcher


def begins(tokens, grammar, text):
    """Whether a text of the grammar may begin so."""
    data = list(text.encode())
    return started(tokens, grammar).try_consume_tokens(data) == len(data)


def accepts(tokens, grammar, text):
    """Whether a text is one of the grammar's."""
    matcher = started(tokens, grammar)
    data = list(text.encode())
    return matcher.try_consume_tokens(data) == len(data) and matcher.is_accepting()


def spec(meter, pickup="0", chords="none", **more):
    header = ("X:1", "T:Walk", f"M:{meter}", "L:1/8", "Q:1/4=100", "K:G")
    sections = (
        SectionSpec("A", 5, True, ("G",), ("G",), ("C", "G"), Fraction(1, 8)),
        SectionSpec("B", 4, False, ("G", "g"), ("G",)),
    )
    symbols = ("G", "D7", "C", "Em") if chords != "none" else ()
    return TuneSpec(header, meter, sections, PITCHES, Fraction(pickup), chords, symbols, **more)


@pytest.mark.parametrize("meter", METERS)
@pytest.mark.parametrize("pickup", ["0", "1/8", "1/4"])
@pytest.mark.parametrize("chords", ["none", "optional", "required"])
def test_random_walks_are_valid(tokens, meter, pickup, chords):
    made = spec(meter, pickup, chords)
    text = walk(tokens, tune_grammar(made), random.Random(f"{meter} {pickup} {chords}"))
    tune = parse_tune(text)
    assert errors(tune) == [], text
    assert tune.bar_count == 9, text
    assert text.count(":|") == 1 and text.endswith("|]\n")
    last = tune.measures[-1].events[-1]
    assert last.notes and last.notes[0].written.step == "G", text
    if chords == "required":
        full = [m for m in tune.measures if m.full or m.ends_section]
        opening = next(m for m in tune.measures if m.full)
        assert opening.events[0].chord_symbol in ("C", "G"), text
        assert all(m.events[0].chord_symbol for m in full if m.number and m.events), text


@pytest.mark.skipif(shutil.which("abc2midi") is None, reason="abc2midi is not installed")
@pytest.mark.parametrize("meter", METERS)
def test_abc2midi_finds_every_bar_right(tokens, meter, tmp_path):
    for pickup in ("0", "1/8"):
        text = walk(tokens, tune_grammar(spec(meter, pickup)), random.Random(meter + pickup))
        done = subprocess.run(
            ["abc2midi", "-", "-o", str(tmp_path / "a.mid")],
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        said = [x for x in done.stdout.splitlines() if "Warning" in x or "Error" in x]
        assert [x for x in said if "gchord" not in x] == [], text


def test_chosen_lengths_pitches_and_rests_are_kept(tokens):
    made = TuneSpec(
        ("X:1", "T:Easy", "M:4/4", "L:1/8", "K:C"),
        "4/4",
        (SectionSpec("A", 8),),
        ("C", "D", "E", "G"),
        lengths=(Fraction(1, 4), Fraction(1, 2)),
        rests=False,
        triplets=False,
        dotted=False,
    )
    tune = parse_tune(walk(tokens, tune_grammar(made), random.Random(3)))
    events = [e for m in tune.measures for e in m.events]
    assert {e.duration for e in events} <= {Fraction(1, 4), Fraction(1, 2)}
    assert {n.written.step for e in events for n in e.notes} <= set("CDEG")
    assert all(e.notes for e in events)


def test_fill_grammar_gives_just_the_measures(tokens):
    made = spec("6/8", chords="required")
    measures = [
        MeasureSpec(Fraction(6, 8)),
        MeasureSpec(Fraction(5, 8), finals=("G",), cadence=("G",)),
        MeasureSpec(Fraction(1, 8), Fraction(5, 8)),
    ]
    text = walk(tokens, fill_grammar(made, measures), random.Random(5))
    parts = text.split("|")
    assert len(parts) == 3
    tune = parse_tune("X:1\nM:6/8\nL:1/8\nK:G\n" + "|".join(parts) + "|\n")
    assert [m.duration for m in tune.measures] == [m.length for m in measures]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"meter": "4/7"}, "meter"),
        ({"pickup": Fraction(3)}, "pickup"),
        ({"chords": "some"}, "chords"),
        ({"chords": "required", "chord_symbols": ()}, "chord"),
        ({"pitches": ()}, "pitch"),
        ({"sections": (SectionSpec("A", 0),)}, "bar"),
    ],
)
def test_what_no_tune_can_satisfy_is_refused(change, word):
    values = {
        "header": ("X:1", "K:C"),
        "meter": "4/4",
        "sections": (SectionSpec("A", 4),),
        "pitches": ("C",),
    } | change
    with pytest.raises(ValueError, match=word):
        TuneSpec(**values)


def test_lengths_that_cannot_fill_a_bar_are_refused():
    made = TuneSpec(("X:1", "K:C"), "3/4", (SectionSpec("A", 4),), ("C",), lengths=(Fraction(1, 2),),
                    triplets=False, dotted=False)  # fmt: skip
    with pytest.raises(ValueError, match="fill"):
        tune_grammar(made)


def test_grammars_are_the_same_in_every_process():
    import os
    import sys

    code = (
        "from tests.lm.test_grammar import spec, tune_grammar;"
        "import sys; sys.stdout.write(tune_grammar(spec('4/4','1/8','required')))"
    )
    here = tune_grammar(spec("4/4", "1/8", "required"))
    env = os.environ | {"PYTHONHASHSEED": "7"}
    there = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True
    )
    assert there.stdout == here


# ------------------------------------------------------------------ every kind of tune, by hypothesis
SCALE = tuple(["A,", "B,", "C", "D", "E", "F", "G", "A", "B", "c", "d", "e", "f", "g", "a", "b"])
ENDINGS = (
    (SectionSpec("A", 9),),
    (SectionSpec("A", 8, True, endings=1),),
    (SectionSpec("A", 6, True, endings=2), SectionSpec("B", 5, True, ("C", "c"))),
)
LENGTHS = (
    NOTE_LENGTHS,
    (*NOTE_LENGTHS, Fraction(1, 32), Fraction(3, 32)),
    (Fraction(1, 8), Fraction(1, 4), Fraction(1, 2)),
    (Fraction(1, 16), Fraction(1, 8), Fraction(1, 4)),
)


@st.composite
def tune_specs(draw):
    """Any spec whose pitches are those of C major, so that its texts have one spelling."""
    meter = draw(st.sampled_from((*METERS, "5/8", "4/8", "4/2")))
    pickup = draw(st.sampled_from((Fraction(0), Fraction(1, 8), Fraction(1, 4))))
    lengths = draw(st.sampled_from(LENGTHS))
    lower = draw(st.sampled_from((0, 0, 0, 1, 3)))
    chords = draw(st.sampled_from(({}, {"chords": "optional"}, {"chords": "required"},
                                   {"progression": (("C",), ("G7",), ("Am",))})))  # fmt: skip
    clefs = [f"V:{n + 1} clef=treble" for n in range(lower + 1) if lower]
    return TuneSpec(
        header=("X:1", "T:Walk", f"M:{meter}", "L:1/8", "Q:1/4=100", *clefs, "K:C"),
        meter=meter,
        sections=draw(st.sampled_from(ENDINGS)),
        pitches=SCALE,
        pickup=pickup if pickup < Fraction(meter) else Fraction(0),
        chord_symbols=("C", "G7", "Am") if "chords" in chords else (),
        lengths=lengths,
        stack=draw(st.sampled_from((1, 1, 3))),
        lower=(VoiceSpec(tuple(p + "," for p in "CDEFGAB"), lengths),) * lower,
        **chords,
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(tune_specs(), st.integers(0, 2**32))
def test_random_tunes_are_valid_and_canonical(tokens, made, seed):
    try:
        grammar = tune_grammar(made)
    except ValueError as error:
        assert "fill" in str(error)  # such lengths cannot fill such bars
        return
    text = walk(tokens, grammar, random.Random(seed), limit=30000)
    tune = parse_tune(text)
    assert errors(tune) == [], text
    voices = tune.voices
    assert len(voices) == 1 + len(made.lower)
    assert all(len(v.measures) == len(voices[0].measures) for v in voices)
    piece = read_piece(text)
    assert [(s.repeat, s.size(piece.full), s.endings) for s in piece.sections] == [
        (s.repeat, s.bars, s.endings) for s in made.sections
    ]
    if made.stack == 1:  # notes of a stack come in any order, and only sorted when read again
        assert write_piece(piece, 100).split("K:")[1] == text.split("K:")[1]
    if made.progression:
        for voice in voices:
            said = [[e.chord_symbol for e in m.events if e.chord_symbol] for m in voice.measures]
            assert all(len(c) <= 1 for c in said)
    low = {
        n.written.diatonic
        for v in voices[1:]
        for m in v.measures
        for e in m.events
        for n in e.notes
    }
    assert not low or max(low) < 28


@pytest.mark.parametrize("meter", ["4/4", "2/2"])
def test_beams_after_pairs_over_the_middle_of_a_bar(tokens, meter):
    made = replace(spec(meter), pitches=("C", "D"), sections=(SectionSpec("A", 40),), rests=False,
                   lengths=tuple(Fraction(n, 16) for n in (1, 2, 3, 4)), triplets=False)  # fmt: skip
    for seed in range(6):
        text = walk(tokens, tune_grammar(made), random.Random(seed))
        assert write_piece(read_piece(text), 100).split("K:G")[1] == text.split("K:G")[1]


def test_no_rest_is_shorter_than_the_shortest(tokens):
    made = replace(spec("4/4"), sections=(SectionSpec("A", 30),), shortest_rest=Fraction(1, 4))
    lengths = [
        event.duration
        for seed in range(4)
        for measure in parse_tune(walk(tokens, tune_grammar(made), random.Random(seed))).measures
        for event in measure.events
        if not event.notes
    ]
    assert lengths and min(lengths) == Fraction(1, 4)


@pytest.mark.parametrize("finals", [("^c",), ("G", "^c"), ("d", "b"), ("e'",)])
def test_any_finals(tokens, finals):
    made = replace(spec("3/4"), sections=(SectionSpec("A", 6, finals=finals),))
    made = replace(
        made, pitches=tuple(["G", "B", "c", "d", "g", "b", "^c", "=c"]), rests=False, triplets=False
    )
    for seed in range(6):
        tune = parse_tune(walk(tokens, tune_grammar(made), random.Random(seed)))
        last = tune.measures[-1].events[-1].notes[0]
        name = abc_letter(replace(last.written, alter=0))
        assert name in {f.strip("^") for f in finals} or finals == ("e'",)


def test_a_progression_comes_again_and_again(tokens):
    made = spec("4/4", "1/4", progression=(("G",), ("C", "D7"), ("Em",)))
    made = replace(made, sections=(SectionSpec("A", 5, True, endings=1), SectionSpec("B", 2)))
    tune = parse_tune(walk(tokens, tune_grammar(made), random.Random(1)))
    said = [[(e.onset, e.chord_symbol) for e in m.events if e.chord_symbol] for m in tune.measures]
    half = Fraction(1, 2)
    g, c_d, em = [(0, "G")], [(0, "C"), (half, "D7")], [(0, "Em")]
    assert said == [[], g, c_d, em, g, c_d, c_d, [], em, g]


@pytest.mark.parametrize("held", ["", "^c", "G"])
@pytest.mark.parametrize("tie", ["", "c"])
def test_a_fill_takes_up_and_leads_into_ties(tokens, held, tie):
    made = spec("6/8")
    full = Fraction(6, 8)
    measures = [MeasureSpec(full), MeasureSpec(full, tie=tie)]
    grammar = fill_grammar(made, measures, held=held, joined=True)
    for seed in range(10):
        text = walk(tokens, grammar, random.Random(seed))
        lead = f"|{held}6-|" if held else "|G6|"
        after = "c6|]" if tie else "g6|]"
        tune = parse_tune(f"X:1\nM:6/8\nL:1/8\nK:G\n{lead}{text}|{after}\n")
        assert errors(tune) == [], text
        events = [e for m in tune.measures for e in m.events]
        if held:
            assert events[1].tied and events[1].notes[0].pitch == events[0].notes[0].pitch
        assert events[-1].tied == bool(tie)
        assert events[-2].tie == bool(tie)


def test_what_cannot_take_up_a_tie_is_refused():
    made = spec("2/4", lengths=(Fraction(1, 2),), dotted=False, triplets=False)
    closing = MeasureSpec(Fraction(1, 2), finals=("G",))
    with pytest.raises(ValueError, match="held 'A'"):
        fill_grammar(made, [closing], held="A")
    assert fill_grammar(made, [closing], held="G")


@pytest.mark.parametrize("done", [1, 2, 5, 8, 10])
def test_any_rest_of_a_tune_is_its_continuation(tokens, done):
    made = spec("3/4", "1/4")
    made = replace(made, sections=(SectionSpec("A", 8, True, endings=1), SectionSpec("B", 4)))
    for seed in range(5):
        text = walk(tokens, tune_grammar(made), random.Random(seed))
        ends = [m.end() for m in re.finditer(r"(:\||\|\]|\|\||(?<!:)\|(?!:))\n?", text)]
        cut = ends[done - 1]
        bar = parse_tune(text).measures[done - 1]
        held = bar.events[-1]
        name = abc_letter(replace(held.notes[0].written, alter=0)) if held.tie else ""
        assert accepts(tokens, continue_grammar(made, done, name), text[cut:]), (text, text[cut:])
        more = walk(tokens, continue_grammar(made, done, name), random.Random(seed))
        assert errors(parse_tune(text[:cut] + more)) == [], text[:cut] + "<!>" + more


def test_voices_go_on_only_from_a_whole_line():
    made = replace(spec("4/4"), lower=(VoiceSpec(("C", "D")),))
    assert continue_grammar(made, 4)
    for done in (0, 3, 99):
        with pytest.raises(ValueError, match=f"bars {done}"):
            continue_grammar(made, done)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_have_an_entry_for_each_note(tokens, language):
    made = replace(spec("6/8", "1/8"), words=language)
    for seed in range(6):
        text = walk(tokens, tune_grammar(made), random.Random(seed))
        tune = parse_tune(text)
        assert errors(tune) == [], text
        lines = text.split("\n")
        for at, line in enumerate(lines):
            if line.startswith("w:"):
                music = parse_tune("X:1\nM:6/8\nL:1/8\nK:G\n" + lines[at - 1] + "\n")
                notes = sum(bool(e.notes) for m in music.measures for e in m.events)
                assert len(split_syllables(line[2:])) == notes, text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_words_alone_have_the_counts_asked_for(tokens, language):
    counts = [5, 1, 12]
    text = walk(tokens, words_grammar(counts, language), random.Random(2))
    lines = text.split("\n")
    assert [len(split_syllables(line.removeprefix("w:"))) for line in lines] == counts
    for wrong in ([], [0], [500]):
        with pytest.raises(ValueError, match="notes"):
            words_grammar(wrong, language)


def test_a_melody_fits_given_words(tokens):
    words = ("A-ma-zing grace how sweet the sound", "", "that saved a wretch _ like me")
    made = replace(
        spec("3/4"), sections=(SectionSpec("A", 12, finals=("G",)),), given=words, labels=False
    )
    for seed in range(5):
        tune = parse_tune(walk(tokens, tune_grammar(made), random.Random(seed)))
        assert errors(tune) == []
        sung = [
            sum(bool(e.notes) for m in tune.measures[i : i + 4] for e in m.events) for i in (0, 8)
        ]
        assert sung == [len(split_syllables(words[0])), len(split_syllables(words[2]))]
    with pytest.raises(ValueError, match="do not fit line 1"):
        tune_grammar(replace(made, given=("la " * 90, "", "")))
    with pytest.raises(ValueError, match="2 lines: the music has 3"):
        tune_grammar(replace(made, given=("la", "la")))


# ------------------------------------------------------------------ the writer agrees with the grammar
@pytest.mark.parametrize("text", EXAMPLES)
def test_the_writer_s_own_texts_are_accepted(tokens, text):
    piece = read_piece(text)
    made = spec_of(piece)
    assert accepts(tokens, tune_grammar(made), write_piece(piece, 100, verses=0))


@pytest.mark.parametrize(
    ("kept", "changed"),
    [
        ("ABcd efga|", "ABcdefga|"), ("ABcd efga|", "AB cd efga|"), ("A>B c2 d4|", "A3/2B/ c2 d4|"),
        ("A4- A>B c2|", "A4- B>B c2|"), ("A6 B2|", "A4-A2 B2|"), ("A4 B2 c2|", "A4 B2c2|"),
("(3ABc d2 e4|", "(3ABcd2 e4|"), ("A3B c4|", "A3 B c4|"), ("A2 B2 c4-|", "A2 B2 c3-|"),
    ],
)  # fmt: skip
def test_other_spellings_of_a_bar_are_not(tokens, kept, changed):
    made = spec("4/4")
    made = replace(made, sections=(SectionSpec("A", 8),), pitches=SCALE)
    header = "\n".join(made.header) + "\n"
    grammar = tune_grammar(made)
    assert begins(tokens, grammar, header + kept)
    assert not begins(tokens, grammar, header + changed)


# ------------------------------------------------------------------------- pitches, tokenizers, batches
def test_what_sounds_is_an_allowed_pitch(tokens):
    key = parse_key("A minor")
    made = replace(spec("4/4"), pitches=scale_pitches(key, "E", "a", more=True))
    made = replace(made, header=("X:1", "T:Walk", "M:4/4", "L:1/8", "Q:1/4=100", "K:Am"))
    made = replace(made, sections=(SectionSpec("A", 16),))
    allowed = {("G", 1), ("F", 1), ("C", 1), ("B", -1), ("D", 1)} | {(s, 0) for s in "ABCDEFG"}
    sounded = set()
    for seed in range(8):
        tune = parse_tune(walk(tokens, tune_grammar(made), random.Random(seed)))
        notes = [n for m in tune.measures for e in m.events for n in e.notes]
        sounded |= {(n.written.step, int(n.written.alter)) for n in notes}
        assert all(30 <= n.written.diatonic <= 40 for n in notes)
    assert ("G", 1) in sounded and sounded <= allowed


@pytest.fixture(scope="module")
def merged_tokens():
    """A byte-level BPE whose tokens are several notes long and cross barlines and lines."""
    import llguidance.hf
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=900, special_tokens=["<end>"], show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )  # fmt: skip
    tokenizer.train_from_iterator([write_piece(read_piece(t), 100) for t in EXAMPLES] * 3, trainer)
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<end>")
    return fast, llguidance.hf.from_tokenizer(fast, n_vocab=len(fast))


@pytest.mark.parametrize("meter", ["4/4", "6/8", "3/4"])
def test_any_tokenizer_and_copies_of_a_matcher(merged_tokens, meter):
    import llguidance.numpy as bits
    import numpy as np

    fast, tokens = merged_tokens
    made = replace(spec(meter, "1/8", "optional"), lower=(VoiceSpec(("C,", "D,", "E,", "G,")),))
    rows = [started(tokens, tune_grammar(made))]
    texts = [[]]
    mask = bits.allocate_token_bitmask(1, tokens.vocab_size)
    rng = random.Random(meter)
    longest = 0
    for _ in range(4000):
        live = [n for n, row in enumerate(rows) if not row.is_stopped()]
        if not live:
            break
        for n in live:
            bits.fill_next_token_bitmask(rows[n], mask)
            allowed = np.nonzero(np.unpackbits(mask.view(np.uint8), bitorder="little"))[0]
            token = int(rng.choice(list(allowed)))
            assert rows[n].consume_token(token)
            if token != fast.eos_token_id:
                texts[n].append(token)
                longest = max(longest, len(fast.decode([token])))
        if len(texts[0]) == 20:  # a batch: copies go their own ways from here
            rows += [rows[0].deep_copy() for _ in range(2)]
            texts += [list(texts[0]) for _ in range(2)]
    written = [fast.decode(t, clean_up_tokenization_spaces=False) for t in texts]
    assert len(set(written)) == 3 and longest > 3
    for text in written:
        assert errors(parse_tune(text)) == [], text


def test_a_section_may_have_its_own_pickup_and_last_bars(tokens):
    made = replace(
        spec("4/4"),
        sections=(
            SectionSpec("A", 8, True, endings=1, pickup=Fraction(1, 8), last=Fraction(3, 4),
                        turn=Fraction(7, 8)),
            SectionSpec("B", 4, pickup=Fraction(1, 4), last=Fraction(1)),
        ),
    )  # fmt: skip
    tune = parse_tune(walk(tokens, tune_grammar(made), random.Random(1)))
    full, eighth = Fraction(1), Fraction(1, 8)
    first = [eighth, *[full] * 7, 7 * eighth, 6 * eighth]
    assert [m.duration for m in tune.measures] == [*first, 2 * eighth, *[full] * 4]


def test_long_tunes_and_many_voices(tokens):
    voices = (VoiceSpec(("C,", "D,", "E,", "G,")),) * 3
    made = replace(spec("4/4"), lower=voices)
    made = replace(made, sections=(SectionSpec("A", 40),))
    text = walk(tokens, tune_grammar(made), random.Random(1), limit=60000)
    assert errors(parse_tune(text)) == []
    with pytest.raises(ValueError, match="at most"):
        tune_grammar(replace(made, sections=(SectionSpec("A", 140),)))


def test_a_long_section_of_short_notes_can_be_ended(tokens):
    made = replace(spec("4/4"), sections=(SectionSpec("A", 128),), lengths=(Fraction(1, 16),))
    text = walk(tokens, tune_grammar(made), random.Random(1), limit=60000)
    assert parse_tune(text).bar_count == 128
