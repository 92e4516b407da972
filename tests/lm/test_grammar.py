"""Whatever is drawn under the grammar is a valid tune."""

import random
import shutil
import subprocess
from fractions import Fraction

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from lm.grammar import MeasureSpec, SectionSpec, TuneSpec, fill_grammar, tune_grammar

NAMES = "G, A, B, C D E F G A B c d e f g a b ^c =c"
PITCHES = tuple(NAMES.split(" "))
METERS = ("2/4", "3/4", "4/4", "2/2", "3/8", "6/8", "9/8", "12/8", "5/4", "7/8", "3/2", "6/4")


@pytest.fixture(scope="module")
def tokens():
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


def walk(tokens, grammar, rng, limit=6000):
    """A random text of the grammar, each allowed byte as likely as any other."""
    import llguidance
    import llguidance.numpy as bits
    import numpy as np

    matcher = llguidance.LLMatcher(tokens, llguidance.LLMatcher.grammar_from_lark(grammar))
    assert not matcher.is_error(), matcher.get_error()
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
    return out.decode()


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
