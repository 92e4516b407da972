"""The chat's door to the catalogue: the language model is handed over aside, never while somebody waits."""

import subprocess
import threading

import pytest

from chat import shelf
from library import open_library
from tests.library.fake_model import FakeModel
from tests.library.test_embedding import ASKED, _book


class Model(FakeModel):
    """It can be read beforehand, as the embedded model can."""

    def read(self):
        self.was_read = True


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """Three styles, and a chat that has not looked at anything; what it would start is written down."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "book.abc").write_text(_book(), encoding="utf-8")
    library = open_library(f"sqlite:///{tmp_path}/tunes.sqlite3")
    library.add([tmp_path / "book.abc"], source="test")
    monkeypatch.setattr(shelf, "_open", [library])
    monkeypatch.setattr(shelf, "_reader", [])
    monkeypatch.setattr(shelf, "_looking", threading.Event())
    monkeypatch.setattr(shelf, "ENOUGH", 1)
    library.started = []
    monkeypatch.setattr(shelf, "_embed", library.started.append)
    yield library
    library.close()


def looked():
    for thread in threading.enumerate():
        if thread.name == shelf.LOOKING:
            thread.join(20)


def test_the_model_is_handed_over_aside_and_once(catalogue, monkeypatch):
    model = Model()
    monkeypatch.setattr("lm.states.embedder", lambda: model)
    assert shelf.filled() is catalogue
    looked()
    assert model.was_read and catalogue.started == [catalogue] and catalogue.to_embed() == 135
    assert model.seen == [], "vectors are made by the other process alone"
    shelf.filled()
    looked()
    assert len(catalogue.started) == 1


def test_nothing_is_started_where_all_are_there(catalogue, monkeypatch):
    catalogue.use(Model())
    catalogue.embed()
    catalogue.use(None)
    plain = catalogue.styles_of(ASKED)
    monkeypatch.setattr("lm.states.embedder", Model)
    shelf.filled()
    looked()
    assert catalogue.started == []
    assert catalogue.styles_of(ASKED) != plain


@pytest.mark.parametrize("styles", [True, False])
def test_without_a_model_or_styles_numbers_answer(catalogue, monkeypatch, styles):
    monkeypatch.setattr(
        "lm.states.embedder", lambda: None if styles else pytest.fail("no use for it")
    )
    if not styles:
        monkeypatch.setattr(type(catalogue), "tells_styles", lambda self: False)
    plain = repr(catalogue.styles_of(ASKED))
    shelf.filled()
    looked()
    assert catalogue.started == [] and repr(catalogue.styles_of(ASKED)) == plain


@pytest.mark.parametrize("said", ["off", "0", "No"])
def test_vectors_can_be_left_out(catalogue, monkeypatch, said):
    monkeypatch.setenv("TUNEWRIGHT_STYLE_VECTORS", said)
    monkeypatch.setattr("lm.states.embedder", lambda: pytest.fail("it is switched off"))
    plain = repr(catalogue.styles_of(ASKED))
    shelf.filled()
    assert not shelf._looking.is_set()
    assert catalogue.started == [] and repr(catalogue.styles_of(ASKED)) == plain


def test_while_tunes_are_read_nothing_is_started(catalogue, monkeypatch):
    monkeypatch.setattr(shelf, "reading", lambda: True)
    shelf.filled()
    assert not shelf._looking.is_set()


def test_the_other_process_gets_this_catalogue(catalogue, monkeypatch, tmp_path):
    started = []

    class Process:
        def __init__(self, command, env, **_):
            started.append((command, env))

        def terminate(self):
            pass

    monkeypatch.undo()
    monkeypatch.setattr(subprocess, "Popen", Process)
    shelf._embed(catalogue)
    ((command, env),) = started
    assert command[-3:] == ["-m", "library", "embed"] and env["TUNEWRIGHT_LIBRARY"] == catalogue.url
    assert "tunes.sqlite3" not in " ".join(command), "no password in the list of processes"
