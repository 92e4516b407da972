"""A language model's vectors beside the numbers: kept, made once, and without any say where there are none."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from library.__main__ import main
from library.catalogue import Library
from library.embedding import BATCH, Neighbours, Vectors
from library.schema import VECTORS
from library.styles import StyleBook
from tests.library.fake_model import FakeModel

ROOT = Path(__file__).resolve().parents[2]
NOTES = {"march": "CE", "polka": "DE", "air": "CG"}
ASKED = "X:1\nT:New\nM:4/4\nL:1/8\nK:C\nDEDE EDDE|DDEE DEDE|EEDD EDED|DEDE D4|]\n"


def _book(count: int = 135) -> str:
    """Three styles of the same meter and lengths; each keeps to two notes of its own."""
    rng = random.Random(7)
    tunes = []
    for number in range(count):
        style = list(NOTES)[number % 3]
        bars = "|".join("".join(rng.choice(NOTES[style]) for _ in range(8)) for _ in range(4))
        tunes.append(f"X:{number + 1}\nT:No {number}\nR:{style}\nM:4/4\nL:1/8\nK:C\n{bars}|]\n")
    return "\n".join(tunes)


@pytest.fixture
def styled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Library]:
    """A catalogue of three styles, forty-five tunes each, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "book.abc").write_text(_book(), encoding="utf-8")
    opened = Library(f"sqlite:///{tmp_path / 'styled.sqlite3'}")
    opened.add([tmp_path / "book.abc"])
    yield opened
    opened.close()


def answers(library: Library) -> str:
    """What is answered about style, letter by letter."""
    return repr(
        (
            library.styles_of(ASKED),
            library.similar(ASKED, 20),
            library.recommend("like this", like=ASKED),
        )
    )


def kept(library: Library, model: str) -> int:
    return len(library._store.rows(select(VECTORS.c.tune_id).where(VECTORS.c.model == model)))


# -- the table, on every database --------------------------------------------------------------------------


def test_vectors_come_back_as_they_went_in(library: Library) -> None:
    model = FakeModel(lost="Hymn")
    vectors = Vectors(library._store, model)
    ids = sorted(library._shelf.index().ids.tolist())
    seen: list[tuple[int, int]] = []
    assert vectors.fill(ids, lambda done, of: seen.append((done, of))) == 7
    assert seen == [(7, 7)] and vectors.missing(ids) == []
    known = vectors.known()
    assert [number for number, vector in known.items() if vector is None] == [ids[6]]
    for number in ids[:6]:
        exact = FakeModel().vector(library.get(number).text)
        np.testing.assert_allclose(known[number], exact, rtol=1e-3)  # type: ignore[arg-type]
        own = vectors.of(library.get(number).text)
        assert own is not None and (own == known[number]).all(), "the asked one is rounded, too"
    other = Vectors(library._store, FakeModel("fake two"))
    assert other.missing(ids) == ids and other.known() == {}
    assert other.fill(ids[:2]) == 2 and vectors.forget_others() == 2
    assert other.known() == {} and len(vectors.known()) == 7
    library._store.write(lambda connection: connection.execute(VECTORS.delete()))


@pytest.mark.parametrize("bad", [None, [1.0, float("nan")], [float("inf")]])
def test_what_is_no_vector_is_remembered_as_none(
    fresh: Library, tunebook: Path, bad: object
) -> None:
    fresh.add([tunebook])
    model = FakeModel()
    model.vector = lambda abc: bad  # type: ignore[method-assign]
    vectors = Vectors(fresh._store, model)
    assert vectors.fill([1, 2]) == 2 and vectors.known() == {1: None, 2: None}
    assert vectors.fill([1, 2]) == 0, "the model is not asked again"


# -- with and without --------------------------------------------------------------------------------------


def test_until_all_are_there_the_numbers_alone_answer(styled: Library) -> None:
    plain = answers(styled)
    assert not styled.has_vectors() and styled.to_embed() == 0
    model = FakeModel()
    styled.use(model)
    assert styled.to_embed() == 135
    assert answers(styled) == plain and model.seen == [], "nobody waits for vectors"
    assert styled.embed() == 135 and styled.to_embed() == 0 and styled.has_vectors()
    with_it = answers(styled)
    assert with_it != plain
    styled.use(None)
    assert answers(styled) == plain
    styled.use(FakeModel(lost="T:New"))
    assert answers(styled) == plain, "a tune that the model cannot be shown is told by its numbers"


def test_probabilities_with_vectors(styled: Library) -> None:
    styled.use(FakeModel())
    styled.embed()
    found = styled.styles_of(ASKED)
    assert found[0].style == "polka" and found[0].probability > 0.6
    assert sum(one.probability for one in found) == pytest.approx(1, abs=1e-3)
    assert {one.style for one in found} == set(NOTES)


def test_reasons_are_those_of_the_numbers(styled: Library) -> None:
    """The order may change, what is said about a tune does not."""
    plain = {found.id: found.reason("en") for found in styled.similar(ASKED, 130)}
    styled.use(FakeModel())
    styled.embed()
    again = {found.id: found.reason("en") for found in styled.similar(ASKED, 130)}
    both = plain.keys() & again.keys()
    assert len(both) > 100 and all(plain[number] == again[number] for number in both)


def test_what_was_learnt_is_kept(styled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    styled.use(FakeModel())
    styled.embed()
    first = styled.styles_of(ASKED)
    again = Library(styled.url)
    again.use(FakeModel())
    monkeypatch.setattr("library.styles.train", lambda *_: pytest.fail("trained again"))
    assert again.styles_of(ASKED) == first
    again.close()


def test_a_style_that_the_model_cannot_be_shown_leaves_it_out(styled: Library) -> None:
    plain = styled.styles_of(ASKED)
    styled.use(FakeModel(lost="R:air"))
    styled.embed()
    assert styled.styles_of(ASKED) == plain, "all styles, by numbers"


# -- killed, changed, grown --------------------------------------------------------------------------------


def test_a_killed_fill_goes_on_where_it_stopped(styled: Library) -> None:
    plain = answers(styled)
    styled.use(FakeModel(most=2 * BATCH + 5))
    with pytest.raises(KeyboardInterrupt):
        styled.embed()
    assert kept(styled, "fake one") == 2 * BATCH and answers(styled) == plain
    again = FakeModel()
    styled.use(again)
    seen: list[tuple[int, int]] = []
    assert styled.embed(lambda done, of: seen.append((done, of))) == 135 - 2 * BATCH
    assert seen[0] == (3 * BATCH, 135) and seen[-1] == (135, 135)
    assert len(again.seen) == 135 - 2 * BATCH and styled.embed() == 0


def test_a_process_that_is_killed_keeps_its_batches(styled: Library) -> None:
    command = [sys.executable, "-m", "library", "--library", styled.url, "embed",
               "--embedder", "tests.library.fake_model:slow"]  # fmt: skip
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        for _ in range(600):
            if kept(styled, "fake one"):
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    done = kept(styled, "fake one")
    assert done in range(BATCH, 135, BATCH)
    styled.use(FakeModel())
    assert styled.embed() == 135 - done and kept(styled, "fake one") == 135


def test_two_programs_may_fill_at_once(styled: Library) -> None:
    """Another program keeps the same vectors between the making and the keeping of ours."""
    ids = styled._shelf.index().ids.tolist()[:5]

    class Overtaken(FakeModel):
        def vector(self, abc: str) -> object:
            Vectors(styled._store, FakeModel()).fill(ids)
            return super().vector(abc)

    assert Vectors(styled._store, Overtaken()).fill(ids) == 5 and kept(styled, "fake one") == 5


def test_another_model_is_learnt_anew(styled: Library) -> None:
    styled.use(FakeModel())
    styled.embed()
    first, plain = styled.styles_of(ASKED), FakeModel("fake two")
    styled.use(plain)
    assert styled.to_embed() == 135 and styled.styles_of(ASKED) != first
    assert styled.embed() == 135 and kept(styled, "fake one") == kept(styled, "fake two") == 135
    assert styled.styles_of(ASKED) == first, "the same vectors by another name"
    assert styled.forget_other_models() == 135 and kept(styled, "fake one") == 0


def test_new_tunes_are_waited_for(styled: Library, tmp_path: Path) -> None:
    styled.use(FakeModel())
    styled.embed()
    more = tmp_path / "more.abc"
    more.write_text("X:1\nT:More\nR:air\nM:4/4\nL:1/8\nK:C\nGGGG CCCC|GCGC GGCC|CGGC G4|]\n")
    styled.add([more])
    assert styled.to_embed() == 1
    asked = FakeModel()
    styled.use(asked)
    styled.styles_of(ASKED)
    assert asked.seen == [], "the numbers alone, until the new one has a vector"
    assert styled.embed() == 1


def test_without_a_model_nothing_can_be_embedded(styled: Library) -> None:
    with pytest.raises(ValueError, match="No language model"):
        styled.embed()


def test_without_styles_there_is_nothing_to_embed(fresh: Library, tunebook: Path) -> None:
    fresh.add([tunebook])
    fresh.use(FakeModel())
    assert not fresh.tells_styles() and fresh.to_embed() == 0 and fresh.embed() == 0


# -- order -------------------------------------------------------------------------------------------------


@given(st.lists(st.floats(0, 1, width=32), min_size=6, max_size=30), st.integers(0, 99))
def test_rows_with_vectors_share_out_what_they_had(values: list[float], seed: int) -> None:
    """No row without a vector moves, and the others have the same likenesses among them."""
    rng = np.random.default_rng(seed)
    likeness = np.array(values, dtype=np.float32)
    rows = np.flatnonzero(rng.random(len(values)) < 0.6)
    rows = rows if len(rows) else np.array([0])
    vectors = {int(row): rng.normal(size=3).astype(np.float32) for row in rows}
    found = Neighbours.of(vectors).ordered(likeness, rng.normal(size=3).astype(np.float32))
    others = np.setdiff1d(np.arange(len(values)), rows)
    assert (found[others] == likeness[others]).all()
    assert (np.sort(found[rows]) == np.sort(likeness[rows])).all()


def test_a_worked_example_of_the_order() -> None:
    """Rows 0, 1 and 3 have vectors; row 3 points where the asked tune does, row 0 away from it."""
    vectors = {0: [-1.0, 0.0], 1: [0.0, 0.0], 3: [1.0, 0.0]}
    near = Neighbours.of({row: np.array(v, dtype=np.float32) for row, v in vectors.items()})
    likeness = np.array([0.6, 0.5, 0.55, 0.4], dtype=np.float32)
    found = near.ordered(likeness, np.array([1.0, 0.0], dtype=np.float32))
    # 0.6 - 0.5, 0.5 + 0, 0.4 + 0.5: row 3 first, then 1, then 0; row 2 stays
    np.testing.assert_allclose(found, [0.4, 0.5, 0.55, 0.6])


# -- the command line --------------------------------------------------------------------------------------


def test_the_command_line(
    styled: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tune = tmp_path / "asked.abc"
    tune.write_text(ASKED, encoding="utf-8")
    url = ["--library", styled.url]
    fake = ["--embedder", "tests.library.fake_model:made"]
    assert main([*url, "embed", "--embedder", "tests.library.fake_model:absent"]) == 1
    assert main([*url, "embed", "--embedder", "no.such:thing"]) == 1
    assert "no language model behind no.such:thing" in capsys.readouterr().err
    assert main([*url, "styles", str(tune), "--json", *fake]) == 0
    plain = capsys.readouterr().out
    assert main([*url, "embed", *fake]) == 0
    out = capsys.readouterr()
    assert "135 new vectors" in out.out and "135 of 135 tunes" in out.err
    assert main([*url, "embed", *fake, "--prune"]) == 0
    assert "0 new vectors; 0 of other models" in capsys.readouterr().out
    assert main([*url, "styles", str(tune), "--json", *fake]) == 0
    assert capsys.readouterr().out != plain


def test_the_sample_is_what_is_learnt(styled: Library) -> None:
    book, index = StyleBook(styled._store), styled._shelf.index()
    vectors, labels, titles = book.examples(index)
    assert [one.style for one in book.sample(index)] == labels.tolist()
    assert len(vectors) == len(titles) == 135
