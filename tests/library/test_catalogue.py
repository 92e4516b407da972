"""The catalogue on every database: what goes in is found, what is there is not taken twice."""

from __future__ import annotations

import csv
import json
import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from library import LibraryError, Query, open_library
from library.catalogue import Library
from library.search import opening
from library.words import asked_terms, terms
from tests.library.conftest import TUNES

ROOT = Path(__file__).resolve().parents[2]


def titles(library: Library, **asked: object) -> list[str]:
    return [found.title for found in library.search(Query(**asked), 20)]  # type: ignore[arg-type]


def number(library: Library, title: str) -> int:
    return library.search(Query(title=title), 1)[0].id


def test_a_tune_comes_back_as_it_went_in(library: Library) -> None:
    entry = library.get(number(library, "Déjà vu"))
    assert entry.text in TUNES
    assert (entry.composer, entry.source, entry.licence) == ("Anna Petit", "Own tunes", "CC0")
    assert (entry.key, entry.mode, entry.meter, entry.rhythm) == (
        "A minor",
        "minor",
        "3/4",
        "waltz",
    )
    assert (entry.low, entry.high, entry.range, entry.bars, entry.notes) == (64, 77, 13, 8, 15)
    assert entry.chords and not entry.words and entry.voices == 1


def test_forms_and_difficulty(library: Library) -> None:
    assert library.get(number(library, "Copper")).form == "AABB"
    hard, plain = (library.get(number(library, t)).difficulty for t in ("Climb", "Hymn"))
    assert 1 <= plain < hard <= 5


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"words": "kettle"}, {"The Copper Kettle", "The Kettle at Home"}),
        ({"words": "deja BREST"}, {"Déjà vu à Brest"}),
        ({"words": "月光"}, {"月光小路"}),
        ({"words": "小路"}, {"月光小路"}),
        ({"words": "门前"}, {"月光小路"}),
        ({"words": "hills"}, {"Evening Hymn"}),
        ({"words": "petit"}, {"Déjà vu à Brest"}),
        ({"mode": "Dorian"}, {"Morning on the Wharf"}),
        ({"key": "A minor"}, {"Déjà vu à Brest"}),
        ({"key": "D"}, {"Morning on the Wharf", "The Kettle at Home"}),
        ({"meter": "6/8"}, {"The Copper Kettle", "The Kettle at Home"}),
        ({"rhythm": "Reel"}, {"Morning on the Wharf"}),
        ({"region": "china"}, {"月光小路"}),
        ({"min_difficulty": 4}, {"The Long Climb"}),
        ({"max_range": 8}, {"Evening Hymn"}),
        ({"chords": True}, {"Déjà vu à Brest"}),
        ({"sung": True}, {"月光小路", "Evening Hymn"}),
        ({"form": "aabb", "meter": "6/8"}, {"The Copper Kettle", "The Kettle at Home"}),
        ({"words": "kettle", "key": "G"}, {"The Copper Kettle"}),
        ({"title": "100%"}, set()),
        ({"words": "xylophone"}, set()),
    ],
)  # fmt: skip
def test_search_by_what_is_known(
    library: Library, asked: dict[str, object], expected: set[str]
) -> None:
    assert set(titles(library, **asked)) == expected


def test_an_opening_is_found_on_any_step_and_after_a_pickup(library: Library) -> None:
    # the first bar of "The Copper Kettle" without its pickup, in its own key and in another
    for asked in ("G B d g d B", "starts A c e a e c"):
        found = library.search(Query(incipit=asked), 5)
        assert {f.title for f in found} == {"The Copper Kettle"}, asked
        assert found[0].reason("en") == "It starts with these steps."
    assert titles(library, incipit="C c C c") == []
    later = library.search(Query(incipit="A F D G"), 1)[0]
    assert later.reason("en") == "The steps come later in the tune." and later.score < 0.5


def test_an_outline_is_found_exactly_and_nearly(library: Library) -> None:
    # F G A F | B A G | A B c A | G G F: up up down up down down up up up down down repeat down
    exact = library.search(Query(contour="*uududduuudd"), 5)
    assert [f.title for f in exact] == ["Evening Hymn"]
    assert exact[0].reason("en") == "Its outline begins as asked."
    inside = library.search(Query(contour="duuuddrd"), 5)
    assert [f.title for f in inside] == ["Evening Hymn"] and inside[0].score < exact[0].score
    near = library.search(Query(contour="uudududuuudd"), 1)[0]  # one move too many
    assert near.title == "Evening Hymn" and "(1 of 12 moves differ)" in near.reason("en")


def test_letters_of_an_opening_are_octaves_where_both_cases_are_used() -> None:
    assert opening("F G A F") == "nnk"
    assert opening("A d A") == "pj" and opening("d A d") == "jp"


@pytest.mark.parametrize("wrong", [{"key": "H moll"}, {"mode": "happy"}, {"meter": "waltz"}, {"incipit": "x"},
                                   {"contour": "abc"}])  # fmt: skip
def test_what_cannot_be_read_is_told(library: Library, wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="“"):
        library.search(Query(**wrong))  # type: ignore[arg-type]


def test_unknown_ids_are_told(library: Library) -> None:
    with pytest.raises(LibraryError, match="99999"):
        library.get(99999)


def test_the_same_file_and_the_same_notes_are_taken_once(
    library: Library, tunebook: Path, tmp_path: Path
) -> None:
    before = len(library)
    again = library.add([tunebook], source="Own tunes", licence="CC0")
    assert (again.new, again.skipped) == (0, 1)
    other = tmp_path / "copy.abc"
    other.write_text(
        "% another layout\n" + TUNES.replace("|\n", "|\\\n").replace("T:The Long", "T:A Long")
    )
    copied = library.add([other])
    assert (copied.new, copied.known) == (0, 7)
    assert len(library) == before


def test_a_word_is_cut_alike_in_tunes_and_questions() -> None:
    for text in ("The Miller's Daughters", "茉莉花 (A)", "Þórr's Straße", "五 Kölner Lieder 民歌"):
        assert set(asked_terms(text)) <= set(terms(text))


# -- dumps and formats -------------------------------------------------------------------------------------


def test_dumps_of_the_session_in_both_formats(fresh: Library, tmp_path: Path) -> None:
    rows = [
        {"tune_id": "7", "setting_id": "9", "name": "Kitty's, Wedding", "type": "slip jig", "meter": "9/8",
         "mode": "Edorian", "abc": "|:BEE BEE def|BEE BAF d2A:|\r\nB2e efg fed|", "date": "", "username": "x"},
        {"tune_id": "8", "setting_id": "3", "name": "No Music", "type": "reel", "meter": "4/4", "mode": "G",
         "abc": "", "date": "", "username": "y"},
    ]  # fmt: skip
    table = tmp_path / "tunes.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    (tmp_path / "tunes.json").write_text(json.dumps(rows), encoding="utf-8")
    assert fresh.add([table]).new == 1
    again = fresh.add([tmp_path / "tunes.json"])
    assert (again.new, again.known) == (0, 1)
    entry = fresh.get(fresh.search(Query(words="kitty"))[0].id)
    assert (entry.key, entry.rhythm, entry.meter) == ("E dorian", "slip jig", "9/8")
    assert entry.source == "thesession.org" and "7" in entry.place


def test_midi_and_musicxml(fresh: Library, tunebook: Path, tmp_path: Path) -> None:
    from abc_tools.formats.convert import export
    from abc_tools.parse import parse

    tune = parse(TUNES).tunes[3]
    for suffix in (".musicxml", ".mid"):
        (tmp_path / f"waltz{suffix}").write_bytes(export(tune, suffix))
    done = fresh.add([tmp_path])
    assert done.failures == () and done.new >= 1
    assert fresh.similar(tune, 1)[0].score > 0.9


def test_a_broken_file_is_told_and_the_others_are_read(
    fresh: Library, tunebook: Path, tmp_path: Path
) -> None:
    (tmp_path / "a.mid").write_bytes(b"MThd nothing")
    (tmp_path / "b.json").write_text("{")
    (tmp_path / "c.abc").write_text(TUNES, encoding="utf-8")
    done = fresh.add([tmp_path])
    assert done.new == 7 and len(done.failures) == 2
    assert {f.split(":")[0] for f in done.failures} == {"a.mid", "b.json"}
    with pytest.raises(ValueError, match="nowhere"):
        fresh.add([tmp_path / "nowhere"])


def test_several_processes_read_the_same(fresh: Library, tmp_path: Path) -> None:
    for number, text in enumerate(TUNES.split("\n\n")):
        (tmp_path / f"{number}.abc").write_text(text, encoding="utf-8")
    (tmp_path / "bad.mid").write_bytes(b"MThd nothing")
    told: list[tuple[int, int, int]] = []
    done = fresh.add([tmp_path], workers=2, progress=lambda *state: told.append(state))
    assert (done.new, done.files, len(done.failures)) == (7, 8, 1)
    assert told[-1] == (8, 8, 7) and told == sorted(told)


def test_the_corpus_has_thousands_of_tunes_and_one_part_reads(fresh: Library) -> None:
    from library.importing import import_items
    from library.sources import corpus_items

    items = corpus_items()
    assert len(items) > 1500
    some = [i for i in items if i.path.name in ("han1.abc", "bwv10.7.mxl")]
    done = import_items(fresh._store, some)
    assert done.failures == () and done.new > 500
    bach = fresh.search(Query(composer="bach"))
    assert len(bach) == 1 and fresh.get(bach[0].id).voices == 4
    assert fresh.search(Query(region="China", mode="major"), 5)


# -- nothing that was acknowledged is lost -------------------------------------------------------------------


@pytest.mark.parametrize("after", [0.9, 1.6, 2.5])
def test_a_kill_loses_nothing_and_the_import_goes_on(tmp_path: Path, after: float) -> None:
    url = f"sqlite:///{tmp_path / 'killed.sqlite3'}"
    open_library(url).close()
    script = (
        "import sys; from library.catalogue import Library; from library.importing import import_items;"
        "from library.sources import corpus_items;"
        "items=[i for i in corpus_items() if i.path.suffix=='.abc'][:400];"
        f"import_items(Library({url!r})._store, items, lambda f, n, t: print(t, flush=True))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        told = int(process.stdout.readline())
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        told = max([told, *(int(line) for line in process.stdout.read().split("\n")[:-1])])
    library = open_library(url)
    assert len(library) >= told > 0
    check = sqlite3.connect(tmp_path / "killed.sqlite3")
    assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    words = check.execute("SELECT COUNT(DISTINCT tune_id) FROM words").fetchone()[0]
    check.close()
    assert words == len(library), "a tune and its words are kept together"
    library.close()


def _open(url: str) -> int:
    library = open_library(url)
    done = library.add([url.removeprefix("sqlite:///").replace("both.sqlite3", "own.abc")])
    library.close()
    return done.new


def test_two_processes_may_make_and_fill_one_catalogue(tmp_path: Path) -> None:
    (tmp_path / "own.abc").write_text(TUNES, encoding="utf-8")
    url = f"sqlite:///{tmp_path / 'both.sqlite3'}"
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        added = pool.map(_open, [url] * 3)
    assert sum(added) == 7
    with sqlite3.connect(tmp_path / "both.sqlite3") as check:
        assert check.execute("SELECT COUNT(*) FROM tunes").fetchone() == (7,)
    check.close()


def test_migrations_make_the_tables_of_the_schema(url: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from library.schema import METADATA
    from library.store import Store

    store = Store(url)
    with store.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    store.close()
    assert differences == []


# -- errors ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["nonsense", "oracle+nodriver://x", "sqlite:////proc/none/x.sqlite3",
                                     "postgresql://nobody@127.0.0.1:1/none"])  # fmt: skip
def test_a_catalogue_that_cannot_be_opened_is_told(address: str) -> None:
    with pytest.raises(LibraryError):
        open_library(address)


def test_importing_the_library_loads_nothing_heavy() -> None:
    script = "import library, sys; print({'numpy', 'sqlalchemy', 'sklearn', 'music21'} & set(sys.modules))"
    shown = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "set()"


def test_the_command_line(tmp_path: Path, tunebook: Path) -> None:
    environment = os.environ | {"TUNEWRIGHT_LIBRARY": f"sqlite:///{tmp_path / 'c.sqlite3'}"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "library", *arguments], cwd=ROOT, env=environment,
                              capture_output=True, text=True)  # fmt: skip

    assert "7 new tunes" in run("import", str(tunebook), "--source", "Own").stdout
    found = json.loads(run("similar", str(tunebook), "--json", "--top", "2").stdout)
    assert [row["title"] for row in found] == ["The Copper Kettle", "The Kettle at Home"]
    assert set(found[0]) >= {"title", "source", "id", "score", "reason"}
    searched = json.loads(run("search", "月光", "--json", "--language", "zh").stdout)
    assert searched[0]["title"] == "月光小路" and searched[0]["reason"].endswith("。")
    wrong = run("search", "--key", "H")
    assert wrong.returncode == 1 and "H" in wrong.stderr and "Traceback" not in wrong.stderr
