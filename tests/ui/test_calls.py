"""What the page asks for on its own: sound, files, overlays, links, worksheets; requests may be anything."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import mido
import pytest
import soundfile

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from chat.project import pack
from chat.session import Session
from chat.settings import load_settings
from ui.calls import Calls, first_tune
from ui.files import FileCache
from ui.players import NAMES, list_players
from ui.sound import CLICK, Wish, time_tune

TUNE = """X:1
T:Test
M:3/4
L:1/4
Q:1/4=120
K:G
D|:G B d|1 c2 A:|2 G2||
"""
DUET = """X:1
T:Duet
M:4/4
L:1/4
Q:1/4=120
K:C
V:1 name="Flute"
"C"c d e f|"G7"g2 "C"e2|]
V:2 name="Cello"
C2 G,2|G,2 C2|]
"""


@pytest.fixture
def calls(tmp_path: Path) -> Calls:
    return Calls(load_settings(profile="scripted"), FileCache(64, tmp_path / "cache"))


def test_timings_unfold_repeats_and_point_into_the_text() -> None:
    tune = first_tune(TUNE)
    assert tune is not None
    answer = time_tune(tune)
    starts = [milliseconds for milliseconds, _, _ in answer["timings"]]
    assert starts == sorted(starts)
    assert starts[:4] == [0, 500, 1000, 1500]
    assert [TUNE[at] for _, at, _ in answer["timings"][:4]] == ["D", "G", "B", "d"]
    assert [number for _, _, number in answer["bars"]] == [0, 1, 2, 1, 3]
    assert answer["bars"][-1][1] == round(answer["seconds"] * 1000)
    assert json.dumps(answer)


def test_a_performance_has_sound_as_long_as_its_timings(calls: Calls) -> None:
    answer = calls.perform({"abc": TUNE})
    assert answer["error"] is None
    path = Path(answer["url"])
    assert path.parent == calls.files.folder
    length = soundfile.info(str(path)).duration
    assert answer["seconds"] < length < answer["seconds"] + 2.5
    assert calls.perform({"abc": TUNE})["url"] == answer["url"]


def test_without_a_synthesiser_there_are_still_notes_and_a_sentence(
    calls: Calls, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TUNEWRIGHT_SOUNDFONT", str(tmp_path / "none.sf2"))
    answer = calls.perform({"abc": TUNE})
    assert answer["url"] is None and answer["error"].endswith(".")
    assert len(answer["notes"]) >= 8
    start, length, midi, velocity, program = answer["notes"][0]
    assert (start, midi) == (0, 62)
    assert length > 0 and 0 < velocity < 128 and program >= 0


def test_export_writes_midi(calls: Calls) -> None:
    answer = calls.export({"abc": TUNE, "kind": "mid"})
    assert answer["error"] is None
    notes = [m for m in mido.MidiFile(answer["url"]) if m.type == "note_on" and m.velocity]
    assert len(notes) >= 8


@pytest.mark.parametrize(
    "request_",
    [
        None, [], "abc", {}, {"abc": 7}, {"abc": ""}, {"abc": "x" * 100_000}, {"abc": "no tune"},
        {"abc": TUNE, "kind": "../../etc/passwd"}, {"abc": TUNE, "kind": "exe"},
        {"abc": "X:1\nK:C\n" + "[" * 5000}, {"kind": "project"}, {"kind": "project", "project": "x" * 50},
        {"abc": TUNE, "kind": ["mid"]},
    ],
)  # fmt: skip
def test_requests_from_the_browser_may_be_anything(calls: Calls, request_: object) -> None:
    assert calls.export(request_)["url"] is None
    answer = calls.perform(request_)
    assert {"timings", "notes", "bars", "seconds", "url", "error"} <= set(answer)
    assert set(calls.inspect(request_)) >= {"notes", "chords", "bars"}
    assert calls.share(request_)["z"] == "" or isinstance(request_, dict)
    assert calls.worksheet(request_)["error"]


def test_a_muted_voice_is_not_heard_and_the_cursor_stays(calls: Calls) -> None:
    tune = first_tune(DUET)
    assert tune is not None
    whole, part = time_tune(tune), time_tune(tune, Wish(mute=("2",)))
    assert part["timings"] == whole["timings"]
    lost = {note[2] for note in whole["notes"]} - {note[2] for note in part["notes"]}
    assert lost == {55, 60}
    assert [voice["id"] for voice in whole["voices"]] == ["1", "2", "chords", "bass"]
    plain, muted = (calls.perform({"abc": DUET, "mute": m})["url"] for m in ([], ["2"]))
    assert plain != muted
    alone = time_tune(tune, Wish(solo=("2",)))
    assert {note[2] for note in alone["notes"]} == {55, 60}


def test_muting_everything_is_a_sentence(calls: Calls) -> None:
    answer = calls.perform({"abc": TUNE, "mute": ["1"]})
    assert answer["url"] is None and answer["error"] == "Every voice is muted."


def test_the_metronome_clicks_on_beats_and_counts_before_a_pickup() -> None:
    tune = first_tune(TUNE)
    assert tune is not None
    plain, counted = time_tune(tune), time_tune(tune, Wish(metronome=True, count=True))
    clicks = [note[0] for note in counted["notes"] if note[4] == CLICK]
    # Three beats, and two more that the pickup lacks; then every half second to the end.
    assert counted["begins"] == 2500
    assert clicks[:7] == [0, 500, 1000, 1500, 2000, 2500, 3000]
    moved = [(ms - 2500, at, length) for ms, at, length in counted["timings"]]
    assert moved == plain["timings"]


def test_the_sound_of_a_count_in_begins_later(calls: Calls) -> None:
    plain, counted = (calls.perform({"abc": TUNE, "count": on}) for on in (False, True))
    lengths = [soundfile.info(one["url"]).duration for one in (plain, counted)]
    assert lengths[1] - lengths[0] == pytest.approx(2.5, abs=0.1)


@pytest.mark.parametrize("kind", ["musicxml", "pdf", "svg", "png"])
def test_files_are_what_they_are_called(calls: Calls, kind: str) -> None:
    answer = calls.export({"abc": TUNE, "kind": kind})
    assert answer["error"] is None
    data = Path(answer["url"]).read_bytes()
    begins = {"musicxml": b"<?xml", "pdf": b"%PDF", "svg": b"<svg", "png": b"\x89PNG"}[kind]
    assert data.lstrip().startswith(begins)
    assert calls.export({"abc": TUNE, "kind": kind})["url"] == answer["url"], "made once"


def test_a_project_holds_every_version(calls: Calls) -> None:
    session = Session().add(TUNE, "first").add(TUNE.replace("c2 A", "c2 F"), "second", (2,))
    answer = calls.export({"abc": TUNE, "kind": "project", "project": pack(session)})
    archive = zipfile.ZipFile(io.BytesIO(Path(answer["url"]).read_bytes()))
    names = set(archive.namelist())
    assert {"project.json", "versions/v1.abc", "versions/v2.abc", "Test.mid"} <= names
    assert archive.read("versions/v1.abc").decode() == TUNE
    assert not [name for name in names if name.startswith(("/", "..")) or "\\" in name]


def test_sentences_are_in_the_readers_language(calls: Calls) -> None:
    assert "静音" in calls.perform({"abc": TUNE, "mute": ["1"], "language": "zh"})["error"]
    assert calls.export({"language": "zh"})["error"] == "没有可以保存的内容。"


# ---- what is drawn onto the notes ----------------------------------------------------------------


def test_degrees_names_and_numerals_stand_where_the_notes_are(calls: Calls) -> None:
    data = calls.inspect({"abc": DUET})
    first = [note for note in data["notes"] if note["voice"] == 0]
    assert [note["names"] for note in first] == [["C"], ["D"], ["E"], ["F"], ["G"], ["E"]]
    assert [note["degrees"] for note in first][:4] == [["1"], ["2"], ["3"], ["4"]]
    for note in data["notes"]:
        assert DUET[note["start"]] in '"CcDdEeFfGg'
    assert [chord["roman"] for chord in data["chords"]] == ["I", "V7", "I"]
    assert [chord["function"] for chord in data["chords"]] == ["T", "D", "T"]
    assert data["bars"][0]["text"] == "bar 1: Flute: C, D, E, F; chord C; Cello: C, G"
    assert calls.inspect({"abc": DUET, "language": "zh"})["bars"][1]["text"].startswith("第2小节：")


@pytest.mark.parametrize("player", sorted(NAMES))
def test_a_view_for_an_instrument_is_the_tune_that_is_written_for_it(
    calls: Calls, player: str
) -> None:
    from abc_tools.edit import write_for
    from abc_tools.text import apply

    data = calls.inspect({"abc": TUNE, "player": player})
    if not data["fits"]:
        assert data["edits"] == []
        return
    text = TUNE
    for edit in sorted(data["edits"], key=lambda one: -one["start"]):
        text = text[: edit["start"]] + edit["text"] + text[edit["end"] :]
    tune = parse_tune(TUNE)
    assert text == apply(TUNE, write_for(tune, player))
    assert errors(parse_tune(text)) == []
    read = [
        event.notes[0].written.midi for event in parse_tune(text).voices[0].events if event.notes
    ]
    assert [note["midi"][0] for note in data["notes"]] == read


def test_every_player_is_in_the_table_of_instruments() -> None:
    for one in list_players():
        assert one["low"] < one["high"] and one["en"] and one["zh"]


@pytest.mark.parametrize(
    "kind", ["blanks", "dictation", "cadences", "mode", "numerals", "transpose"]
)
def test_worksheets_come_with_music_that_adds_up(calls: Calls, kind: str) -> None:
    abc = (
        'X:1\nT:Sheet\nM:4/4\nL:1/4\nK:G\n"G"G A B c|"D"d2 "D7"c A|"G"B2 "C"c e|"D"d4|\n'
        '"G"G A B c|"Am"A2 "D7"d F|"G"G3 A|"G"G4|]\n'
    )
    made: dict[str, Any] = calls.worksheet({"abc": abc, "task": kind, "seed": 4})
    assert made["error"] is None and made["title"] and made["instruction"]
    for sheet, _ in [*made["sheets"], *made["solutions"]]:
        assert errors(parse_tune(sheet)) == []
    assert json.dumps(made)
    assert made == calls.worksheet({"abc": abc, "task": kind, "seed": 4})


@pytest.mark.parametrize("task", ["", "exam", None, 7, "__class__"])
def test_an_exercise_that_is_not_there_is_a_sentence(calls: Calls, task: object) -> None:
    assert calls.worksheet({"abc": TUNE, "task": task})["error"]
