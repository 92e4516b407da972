"""Printed music: every kind of file is made, holds its words, and what cannot be drawn is said."""

import io
import re

import pytest
from PIL import Image

from abc_tools.formats import engrave as engraving
from abc_tools.formats.convert import Options, export
from abc_tools.formats.engrave import EngraveError, engrave, find_problem
from abc_tools.parse import parse_tune

pytestmark = pytest.mark.skipif(find_problem() is not None, reason=str(find_problem()))

SONG = (
    'X:1\nT:Evening & Morning\nT:傍晚\nC:A. Maker\nM:3/4\nL:1/8\nQ:"Slowly" 1/4=72\nK:D\n'
    '|:"D"A2 d2 f2|"A7"e4 z2|"G"(3gfe d2 B2|"D"A6:|\n'
    "w:How sweet the sound the eve-ning bells now\nw:月 亮 出 来 了 好 风 光\n"
)


def test_a_picture_holds_title_words_and_chords():
    picture = engrave(parse_tune(SONG), "svg").decode()
    texts = " ".join(re.sub(r"\s+", " ", t) for t in re.findall(r">([^<>]+)<", picture))
    for said in ("Evening &amp; Morning", "傍晚", "A. Maker", "sweet", "月", "A7", "Slowly"):
        assert said in texts, said
    assert picture.count('class="clef"') >= 1 and picture.count('class="note"') >= 10


def test_png_is_as_wide_as_the_paper_and_has_ink():
    for paper, millimetres in (("a4", 210), ("letter", 215.9)):
        data = export(parse_tune(SONG), ".png", Options(paper=paper, ppi=72))
        image = Image.open(io.BytesIO(data)).convert("L")
        assert image.width == pytest.approx(millimetres / 25.4 * 72, abs=2)
        dark = sum(image.histogram()[:128])
        assert 0.005 < dark / (image.width * image.height) < 0.3


def test_a_long_tune_fills_several_pages():
    head, music = SONG.split("K:D\n")
    bars = music.splitlines()[0].strip("|:") + "|\n"
    data = engrave(parse_tune(head + "K:D\n" + bars * 60), "pdf")
    assert data.startswith(b"%PDF")
    assert len(re.findall(rb"/Type ?/Page\b(?!s)", data)) >= 3


def test_voices_stand_on_their_staves():
    text = "X:1\nT:t\nM:4/4\nL:1/4\n%%score (1 2) | 3\nV:1\nV:2\nV:3 clef=bass\nK:C\n" + "".join(
        f"[V:{n}] {music}|]\n" for n, music in ((1, "cdef"), (2, "CDEF"), (3, "C,D,E,F,"))
    )
    picture = engrave(parse_tune(text), "svg").decode()
    assert picture.count('class="staff"') == 2 and picture.count('class="layer"') == 3


def test_what_cannot_be_drawn_is_a_sentence(monkeypatch):
    tune = parse_tune(SONG)
    with pytest.raises(ValueError, match="no format"):
        engrave(tune, "gif")
    with pytest.raises(ValueError, match="paper"):
        engrave(tune, "pdf", paper="a99")
    monkeypatch.setattr(engraving, "MAX_EVENTS", 3)
    with pytest.raises(EngraveError, match="too long"):
        engrave(tune, "pdf")


def test_a_child_that_dies_or_hangs_is_survived(monkeypatch, tmp_path):
    child = tmp_path / "child.py"
    monkeypatch.setattr(engraving, "WORKER", child)
    child.write_text("import os\nos.abort()\n")
    with pytest.raises(EngraveError, match="could not draw"):
        engrave(parse_tune(SONG), "svg")
    child.write_text("import time\ntime.sleep(30)\n")
    monkeypatch.setattr(engraving, "TIME_LIMIT", 0.5)
    with pytest.raises(EngraveError, match="too long and was stopped"):
        engrave(parse_tune(SONG), "svg")
