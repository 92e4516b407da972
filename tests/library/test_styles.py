"""Style pages against counts made by hand, and a classifier that knows what it does not know."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from library import LibraryError, kept
from library.catalogue import Library
from library.styles import Classifier, train


def test_a_page_counts_what_is_there(library: Library) -> None:
    page = library.style_page("rhythm", "Waltz")
    assert (page.tunes, page.looked_at) == (1, 1)
    assert [(c.value, c.count, c.share) for c in page.tables["modes"]] == [("minor", 1, 1.0)]
    chords = {c.value: c.count for c in page.tables["chords"]}
    # "Am" four times, "E" and "Dm" twice and once, "B" never: Am E Am Dm Am E Am
    assert chords == {"i": 4, "V": 2, "iv": 1}
    assert page.tables["chords"][0].examples == page.typical
    source = library.style_page("source", "own")
    assert source.tunes == 7 and sum(c.count for c in source.tables["meters"]) == 7
    assert source.tables["meters"][0].value == "4/4" and source.tables["meters"][0].count == 3
    assert sum(c.count for c in source.tables["cadences"]) >= 7


def test_the_names_there_are(library: Library) -> None:
    assert dict(library.style_names("region")) == {"Ireland": 1, "China": 1}
    assert ("waltz", 1) in library.style_names("rhythm")


def test_unknown_pages_are_told(library: Library) -> None:
    with pytest.raises(LibraryError, match="no style “polonaise”"):
        library.style_page("style", "polonaise")
    with pytest.raises(ValueError, match="colour"):
        library.style_page("colour", "red")
    with pytest.raises(LibraryError, match="cannot be told apart"):
        library.styles_of("X:1\nM:4/4\nL:1/8\nK:C\nCDEF GABc|\n")


def _book(path: Path) -> Path:
    """Sixty jigs of leaps and sixty airs of steps."""
    rng = random.Random(5)
    tunes = []
    for number in range(120):
        jig = number % 2
        steps = [rng.choice((0, 2, 4, 7) if jig else (0, 1, 2, 3, 4)) for _ in range(24)]
        notes = ["CDEFGABc"[s] + ("" if jig else "2") for s in steps]
        size = 6 if jig else 4
        bars = "|".join(" ".join(notes[i : i + size]) for i in range(0, 24, size))
        tunes.append(f"X:{number + 1}\nT:No {number}\nR:{'jig' if jig else 'air'}\n"
                     f"M:{'6/8' if jig else '4/4'}\nL:1/8\nK:C\n{bars}|]\n")  # fmt: skip
    path.write_text("\n".join(tunes), encoding="utf-8")
    return path


def test_two_styles_are_learnt_and_kept(
    fresh: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    fresh.add([_book(tmp_path / "book.abc")])
    jig = "X:1\nM:6/8\nL:1/8\nK:C\nCEG cGE|CGc EcG|cEC GCE|GcE C3|]\n"
    first = fresh.styles_of(jig)
    assert first[0].style == "jig" and first[0].probability > 0.6
    assert sum(s.probability for s in first) == pytest.approx(1, abs=1e-3)
    files = list((tmp_path / "cache" / "tunewright").glob("styles-*.npz"))
    assert len(files) == 1
    again = Library(str(fresh._store.url))
    monkeypatch.setattr("library.styles.train", lambda *_: pytest.fail("trained again"))
    assert again.styles_of(jig) == first
    again.close()


def test_a_cache_that_is_broken_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept.save("things", "url", "one", {"a": np.arange(3)})
    assert kept.load("things", "url", "one")["a"].tolist() == [0, 1, 2]  # type: ignore[index]
    assert kept.load("things", "url", "two") is None and kept.load("things", "other", "one") is None
    kept.save("things", "url", "two", {"a": np.arange(4)})
    files = list((tmp_path / "tunewright").glob("*"))
    assert len(files) == 1, "the state before is removed"
    files[0].write_bytes(b"PK nothing")
    assert kept.load("things", "url", "two") is None


def test_probabilities_are_honest() -> None:
    """Labels that are wrong one time in five: the classifier may be 80 % sure, not 99 %."""
    rng = np.random.default_rng(3)
    truth = rng.integers(0, 3, 1500)
    vectors = (np.eye(3)[truth] * 4 + rng.normal(size=(1500, 3))).astype(np.float32)
    wrong = rng.random(1500) < 0.2
    labels = np.where(wrong, (truth + 1) % 3, truth).astype(str)
    model = train(vectors, labels, np.array([str(n) for n in range(1500)]))
    assert isinstance(model, Classifier) and model.styles == ("0", "1", "2")
    sure = model.probabilities(vectors).max(axis=1).mean()
    assert 0.72 < sure < 0.86
