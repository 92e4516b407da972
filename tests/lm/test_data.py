"""Training examples: deterministic, true, packed without leaks, loss on answers only."""

from itertools import islice

import pytest

from lm import data, dialogue, tokenizer
from lm.recipe import PretrainRecipe
from lm.tasks import MIX, TASKS, dialogues
from tests.lm.tunes import JIG, RECORDS


@pytest.fixture(scope="module")
def pieces():
    return data.load_pieces(RECORDS)


@pytest.fixture(scope="module")
def small(pieces):
    examples = [e for seed in range(8) for e in dialogues(pieces, seed)]
    requests = (m["content"] for e in examples for m in e.messages)
    return tokenizer.train((e.answer for e in examples), requests, 500), examples


def test_the_same_seed_gives_the_same_examples(pieces):
    assert list(dialogues(pieces, 3)) == list(dialogues(pieces, 3))
    assert list(dialogues(pieces, 3)) != list(dialogues(pieces, 4))


def test_the_mix_names_tasks_that_there_are(pieces):
    assert set(MIX) == set(TASKS)
    with pytest.raises(ValueError, match="sing"):
        list(dialogues(pieces, 1, {"sing": 1.0}))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Endings, The", "The Endings"),
        ("A PLAIN SONG", "A Plain Song"),
        ("Jockey -- REEL", "Jockey"),
        ('"pop Goes The Weasel."', "Pop Goes The Weasel"),
        ("Bonny Lass (2nd version)", "Bonny Lass"),
    ],
)
def test_titles_are_cleaned(raw, clean):
    assert data.clean_title(raw) == clean


def test_a_tune_without_chords_comes_a_second_time_with_computed_ones(pieces):
    songs = [p for p in pieces if p.title == "A Plain Song"]
    assert [p.has_chords for p in songs] == [False, True]
    assert sum(p.weight for p in songs) == pytest.approx(1.0)
    plain, chorded = songs
    assert [e.pitches for e in plain.events()] == [e.pitches for e in chorded.events()]
    assert all(b.voices[0][0].chord for b in chorded.bars[1:])


def test_loss_is_on_the_answer_and_its_end_only(small):
    tok, examples = small
    for example in examples[:40]:
        ids, labels = data.encode(example, tok)
        answer = [i for i, label in zip(ids, labels, strict=True) if label != dialogue.IGNORE]
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
        assert (labels[owners == -1] == dialogue.IGNORE).all()
    assert seen == {i for i, (ids, _) in enumerate(encoded) if len(ids) <= 512}
    assert len(packed[1:3]) == 2


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


SHAPE = {
    "hidden": 32, "layers": 2, "inner": 48, "heads": 2, "kv_heads": 1, "head": 16, "context": 1024,
}  # fmt: skip


def test_packed_loss_is_the_sum_of_the_examples_alone(small):
    import torch

    from lm import model

    tok, examples = small
    net = model.build(SHAPE, len(tok), tok.pad_token_id, tok.eos_token_id, 1)
    encoded = [data.encode(e, tok) for e in examples[:4]]

    def loss(some):
        packed = data.pack(some, 1024, tok.pad_token_id)
        ids, labels, positions = (
            torch.from_numpy(a).long() for a in (packed.ids, packed.labels, packed.positions)
        )
        mask = model.packed_mask(torch.from_numpy(packed.owners))
        return model.packed_loss(net, ids, labels, positions, mask).item()

    assert loss(encoded) == pytest.approx(sum(loss([e]) for e in encoded), rel=1e-4)


def test_weights_move_to_another_vocabulary(small, tmp_path):
    from lm import model

    tok, examples = small
    net = model.build(SHAPE, len(tok), tok.pad_token_id, tok.eos_token_id, 1)
    model.save(net, tok, tmp_path)
    larger = tokenizer.train((e.answer for e in examples), (), 700)
    other = model.build(SHAPE, len(larger), larger.pad_token_id, larger.eos_token_id, 2)
    model.transfer(tmp_path, other, larger)
    old, new = net.get_input_embeddings().weight, other.get_input_embeddings().weight
    a, b = tok.convert_tokens_to_ids("A"), larger.convert_tokens_to_ids("A")
    assert (old[a] - new[b]).abs().max() < 0.01  # saved in bfloat16
    assert (net.model.norm.weight == other.model.norm.weight).all()
    wide = model.build(SHAPE | {"inner": 64}, len(larger), 0, 1, 1)
    with pytest.raises(ValueError, match="shape"):
        model.transfer(tmp_path, wide, larger)


def test_records_of_own_folders(tmp_path):
    from abc_tools.formats.convert import export
    from abc_tools.parse import parse_tune

    (tmp_path / "mine.abc").write_text(JIG + "\n" + RECORDS[2]["abc"], encoding="utf-8")
    (tmp_path / "score.musicxml").write_bytes(export(parse_tune(JIG), ".musicxml"))
    (tmp_path / "played.mid").write_bytes(export(parse_tune(RECORDS[2]["abc"]), ".mid"))
    (tmp_path / "no.mid").write_bytes(b"nothing")
    records = list(data.read_folder(tmp_path))
    assert sorted(r["source"] for r in records) == ["mine", "mine", "played", "score"]
    recipe = PretrainRecipe(out="", export="", folders=(str(tmp_path),))
    both = [data.load_split(recipe, split) for split in ("train", "valid")]
    assert {p.title for part in both for p in part} >= {"The Tested Jig", "A Plain Song"}
    groups = [{p.group for p in part} for part in both]
    assert not groups[0] & groups[1]


def test_a_missing_folder_is_named(tmp_path):
    recipe = PretrainRecipe(out="", export="", folders=(str(tmp_path / "none"),))
    with pytest.raises(ValueError, match="no folder"):
        data.load_split(recipe, "train")


def test_a_transposed_tune_is_of_the_same_family():
    from abc_tools.edit import transpose
    from abc_tools.parse import parse_tune
    from abc_tools.text import apply
    from abc_tools.theory import Interval

    tune = parse_tune(JIG)
    moved = apply(JIG, transpose(tune, Interval(2, 4)))
    assert data.family(moved) == data.family(JIG) != data.family(RECORDS[2]["abc"])


def test_music21_corpus_can_be_read():
    records = list(islice(data.read_music21_corpus(), 40))
    assert len(records) == 40
    assert len(data.load_pieces(records)) > 20
