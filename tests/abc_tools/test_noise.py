"""Nothing that reads or changes a tune raises anything but ValueError, whatever the text."""

import contextlib

from hypothesis import given, settings

from abc_tools import edit
from abc_tools.analyse import analyse
from abc_tools.canonical import canonical
from abc_tools.formats import midi
from abc_tools.parse import parse
from abc_tools.report import tune_report
from abc_tools.text import apply
from abc_tools.theory import Interval
from abc_tools.timeline import unfold
from tests.abc_tools.strategies import near_abc


@given(near_abc)
@settings(max_examples=250, deadline=None)
def test_half_right_text_is_read_played_and_changed(text):
    for tune in parse(text).tunes:
        tune_report(tune)
        timeline = unfold(tune)
        assert timeline.seconds >= 0
        assert midi.write(tune)[:4] == b"MThd"
        for use in (
            lambda t: canonical(t),
            lambda t: analyse(t),
            lambda t: apply(t.source, edit.transpose(t, Interval(1, 2))),
            lambda t: apply(t.source, edit.set_mode(t, "dorian")),
            lambda t: apply(t.source, edit.set_tempo(t, 90)),
        ):
            with contextlib.suppress(ValueError):
                use(tune)
