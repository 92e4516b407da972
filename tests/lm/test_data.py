"""Training examples: deterministic, packed without leaks, loss on answers only."""

import random
import re
from itertools import islice

import pytest

from lm import chords, data, tokenizer
from lm.corpus import read_piece
from lm.requests import GAP, PROPERTIES, compose_messages, describe, fill_messages, write_spec
from lm.spelling import drop_chords, write_piece
from lm.wording import number_zh, request_words, words_en, words_zh
from tests.lm.tunes import JIG, RECORDS


@pytest.fixture(scope="module")
def pieces():
    return data.load_pieces(RECORDS)


@pytest.fixture(scope="module")
def small(pieces):
    examples = [e for seed in range(8) for e in data.make_examples(pieces, seed)]
    requests = (m["content"] for e in examples for m in e.messages)
    return tokenizer.train((e.answer for e in examples), requests, 400), examples


def test_the_same_seed_gives_the_same_examples(pieces):
    assert list(data.make_examples(pieces, 3)) == list(data.make_examples(pieces, 3))
    assert list(data.make_examples(pieces, 3)) != list(data.make_examples(pieces, 4))


def test_titles_are_cleaned():
    assert [p.title for p in data.load_pieces(RECORDS)] == [
        "The Tested Jig",
        "The Endings",
        "A Plain Song",
    ]
    assert data.clean_title("Jockey -- REEL") == "Jockey"


def test_loss_is_on_the_answer_and_its_end_only(small):
    tok, examples = small
    for example in examples[:20]:
        ids, labels = data.encode(example, tok)
        answer = [i for i, label in zip(ids, labels, strict=True) if label != data.IGNORE]
        assert tok.decode(answer) == example.answer + "<|end|>"
        assert len(ids) == len(labels)
        head = tok.decode(ids[: len(ids) - len(answer)])
        assert head == "<|user|>" + example.messages[0]["content"] + "<|end|><|assistant|>"


def test_packing_keeps_examples_whole_and_apart(small):
    tok, examples = small
    encoded = [data.encode(e, tok) for e in examples]
    packed = data.pack(encoded, 512, tok.pad_token_id)
    seen = set()
    for ids, labels, positions, owners in zip(
        packed.ids, packed.labels, packed.positions, packed.owners, strict=True
    ):
        for owner in set(owners.tolist()) - {-1}:
            at = owners == owner
            assert owner not in seen
            seen.add(owner)
            assert ids[at].tolist() == encoded[owner][0]
            assert positions[at].tolist() == list(range(len(encoded[owner][0])))
            assert labels[at].tolist()[1:] == encoded[owner][1][1:]
        assert (labels[owners == -1] == data.IGNORE).all()
    assert seen == {i for i, (ids, _) in enumerate(encoded) if len(ids) <= 512}


def test_the_mask_separates_examples(small):
    import torch

    from lm.model import packed_mask

    owners = torch.tensor([[0, 0, 1, 1, -1]])
    mask = packed_mask(owners)[0, 0].int().tolist()
    assert mask == [
        [1, 0, 0, 0, 0],
        [1, 1, 0, 0, 0],
        [0, 0, 1, 0, 0],
        [0, 0, 1, 1, 0],
        [0, 0, 0, 0, 1],
    ]


def test_packed_loss_is_the_sum_of_the_examples_alone(small):
    import torch

    from lm import model

    tok, examples = small
    shape = {
        "hidden": 32,
        "layers": 2,
        "inner": 48,
        "heads": 2,
        "kv_heads": 1,
        "head": 16,
        "context": 1024,
    }
    net = model.build(shape, len(tok), tok.pad_token_id, tok.eos_token_id, 1)
    encoded = [data.encode(e, tok) for e in examples[:4]]

    def loss(some):
        packed = data.pack(some, 1024, tok.pad_token_id)
        ids, labels, positions = (
            torch.from_numpy(a).long() for a in (packed.ids, packed.labels, packed.positions)
        )
        mask = model.packed_mask(torch.from_numpy(packed.owners))
        return model.packed_loss(net, ids, labels, positions, mask).item()

    assert loss(encoded) == pytest.approx(sum(loss([e]) for e in encoded), rel=1e-4)


def test_descriptions_are_computed_from_the_notes():
    piece = read_piece(JIG)
    facts = describe(piece, 120)
    assert facts["key"] == "G major"
    assert facts["bars"] == "16"
    assert facts["sections"] == "|:A8:| |:B8:|"
    assert facts["pickup"] == "1/8"
    assert facts["chords"] == "yes"
    assert facts["range"] == "D g"
    assert facts["notes"] == "1/8 1/4 3/8"
    assert facts["mood"].startswith("lively, bright")
    assert list(facts) == [name for name in PROPERTIES if name in facts]


def test_words_say_nothing_that_is_not_true():
    piece = read_piece(JIG)
    rng = random.Random(1)
    for _ in range(200):
        text = request_words(piece, 120, rng)
        for number in re.findall(r"(\d+)[ -]?(?:bars?|measures?|小节|个小节)", text):
            assert number == "16"
        assert "minor" not in text and "reel" not in text and "小调" not in text
    assert len({words_en(piece, 120, rng) for _ in range(100)}) > 70
    assert len({words_zh(piece, 120, rng) for _ in range(100)}) > 70


@pytest.mark.parametrize(
    ("n", "text"), [(4, "四"), (8, "八"), (10, "十"), (16, "十六"), (32, "三十二"), (40, "四十")]
)
def test_chinese_numbers(n, text):
    assert number_zh(n) == text


def test_fill_examples_leave_out_just_the_answer(pieces):
    rng = random.Random(2)
    for _ in range(30):
        example = data.fill_example(pieces[0], rng)
        tune = example.messages[0]["content"].split("\n\n")[-1] + "\n"
        for bar in example.answer.split("|"):
            tune = tune.replace(GAP, bar, 1)
        assert GAP not in tune
        assert tune.split("K:")[1] == write_piece(pieces[0], 100).split("K:")[1]


def test_requests_refuse_what_they_do_not_know():
    with pytest.raises(ValueError, match="colour"):
        write_spec({"colour": "blue"})
    with pytest.raises(ValueError, match="measure"):
        fill_messages("fill", {}, "X:1\nK:C\nC8|\n")
    assert compose_messages("", {"key": "G major"})[0]["content"] == "key: G major"


def test_harmonised_tunes_have_a_chord_on_every_bar_and_end_at_home():
    piece = read_piece(JIG, RECORDS[0])
    made = chords.learn([piece] * 3).harmonise(drop_chords(piece))
    assert all(bar[0].chord for s in made.sections for bar in s.bars)
    last = [e.chord for e in made.sections[-1].bars[-1] if e.chord]
    assert last[-1] == "G"
    assert [e.pitch for e in made.events()] == [e.pitch for e in piece.events()]


def test_added_chords_share_the_weight(pieces):
    both = data.add_chords(pieces)
    assert sum(p.weight for p in both) == pytest.approx(sum(p.weight for p in pieces))


def test_records_of_own_folders(tmp_path):
    (tmp_path / "mine.abc").write_text(JIG + "\n" + RECORDS[2]["abc"], encoding="utf-8")
    assert len(list(data.read_abc_folder(tmp_path))) == 2
    assert len(data.load_pieces(data.read_abc_folder(tmp_path))) == 2


def test_music21_corpus_can_be_read():
    records = list(islice(data.read_music21_corpus(), 40))
    assert len(records) == 40
    assert len(data.load_pieces(records)) > 20
