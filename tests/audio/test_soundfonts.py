"""The soundfont finder: the environment wins, licences order the rest, nothing is opened."""

from __future__ import annotations

from pathlib import Path

from soundfonts.find import KNOWN, VARIABLE, find_soundfont, list_soundfonts


def put(folder: Path, *names: str) -> None:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"")


def test_free_fonts_come_before_others(tmp_path: Path) -> None:
    put(tmp_path / "a", "TimGM6mb.sf2", "another.SF2", "notes.txt")
    put(tmp_path / "b", "FluidR3Mono_GM.sf3")
    found = list(list_soundfonts([tmp_path / "a", tmp_path / "b"]))
    assert [font.path.name for font in found] == [
        "FluidR3Mono_GM.sf3",
        "TimGM6mb.sf2",
        "another.SF2",
    ]
    assert [font.licence for font in found] == ["MIT", "GPL-2", "unknown"]


def test_a_link_to_the_same_file_counts_once(tmp_path: Path) -> None:
    put(tmp_path, "TimGM6mb.sf2")
    (tmp_path / "default-GM.sf2").symlink_to(tmp_path / "TimGM6mb.sf2")
    assert len(list(list_soundfonts([tmp_path]))) == 1


def test_environment_wins_and_is_not_second_guessed(tmp_path: Path) -> None:
    put(tmp_path, "FluidR3_GM.sf2", "mine.sf2")
    named = find_soundfont({VARIABLE: str(tmp_path / "mine.sf2")}, [tmp_path])
    assert named is not None and named.path.name == "mine.sf2"
    assert find_soundfont({VARIABLE: str(tmp_path / "gone.sf2")}, [tmp_path]) is None
    found = find_soundfont({}, [tmp_path])
    assert found is not None and found.path.name == "FluidR3_GM.sf2"


def test_none_is_none(tmp_path: Path) -> None:
    assert find_soundfont({}, [tmp_path, tmp_path / "missing"]) is None


def test_the_gpl_font_is_the_last_known() -> None:
    assert list(KNOWN)[-1] == "TimGM6mb.sf2"
