"""What a tune sounds like for the page: when what sounds, and a MIDI file of the same timeline.

The browser says how it wants to hear it (:class:`Wish`): which voices, whether a metronome clicks and
whether it counts in. Sound, cursor and the browser's own synthesiser get the same answer, so that they
cannot disagree. Times are milliseconds, positions code points of the text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from abc_tools.tune import Tune

ACCOMPANIMENT = ("chords", "bass")
CLICK = -1  # "program" of a click, for the browser's synthesiser
MOST_NAMES = 64


@dataclass(frozen=True)
class Wish:
    """How the tune is to be heard. Voices are named by their id; the accompaniment is "chords", "bass"."""

    mute: tuple[str, ...] = ()
    solo: tuple[str, ...] = ()
    metronome: bool = False
    count: bool = False

    @property
    def key(self) -> str:
        """A text that differs for what sounds differently; "" for the plain tune."""
        plain = self == Wish()
        return "" if plain else json.dumps([self.mute, self.solo, self.metronome, self.count])

    def silent(self, name: str) -> bool:
        """Whether a voice is not heard."""
        return name in self.mute or (bool(self.solo) and name not in self.solo)


def read_wish(request: Any, tune: Tune) -> Wish:
    """Return the wish of a request from the browser, which may hold anything; unknown voices are left out."""
    known = {*(voice.id for voice in tune.voices), *ACCOMPANIMENT}

    def names(field: str) -> tuple[str, ...]:
        given = request.get(field) if isinstance(request, dict) else None
        listed = given[:MOST_NAMES] if isinstance(given, list) else []
        return tuple(sorted({name for name in listed if isinstance(name, str) and name in known}))

    flags = request if isinstance(request, dict) else {}
    return Wish(
        names("mute"), names("solo"), flags.get("metronome") is True, flags.get("count") is True
    )


def write_midi(tune: Tune, wish: Wish) -> bytes:
    """Return the MIDI file of a tune as it is wished."""
    from abc_tools.formats import midi

    # "chords" and "bass" may be named though the tune has none: they change nothing then.
    names = [*(voice.id for voice in tune.voices), *ACCOMPANIMENT]
    mix = {name: midi.Mix(mute=True) for name in names if wish.silent(name)}
    return midi.write(tune, mix=mix, metronome=wish.metronome, count=wish.count)


def time_tune(tune: Tune, wish: Wish | None = None) -> dict[str, Any]:
    """Return when what sounds: timings for the cursor, notes for the browser's synthesiser, bars.

    ``timings`` are (ms, start in the text, length), ``notes`` (ms, length, midi, velocity, program)
    of the voices that are heard, ``bars`` (ms, end ms, number) in the order in which they are played,
    repeats written out; ``begins`` is when the first bar begins, after a count-in; ``voices`` are
    {id, name} of everything that can be muted.
    """
    from abc_tools.click import ticking
    from abc_tools.formats.accompaniment import accompany
    from abc_tools.timeline import unfold

    wish = wish or Wish()
    timeline, heard = ticking(tune, unfold(tune), metronome=wish.metronome, count=wish.count)
    timings: set[tuple[int, int, int]] = set()
    notes: list[tuple[int, int, int, int, int]] = []
    for event in timeline.events:
        start, length = round(event.seconds * 1000), round(event.duration * 1000)
        timings.add((start, event.span.start, length))
        if not wish.silent(tune.voices[event.voice].id):
            notes.append((start, length, event.midi, event.velocity, event.program))
    notes += [(round(c.seconds * 1000), 30, 0, 112 if c.accent else 88, CLICK) for c in heard]
    begins = [round(measure.seconds * 1000) for measure in timeline.measures]
    ends = [*begins[1:], round(timeline.seconds * 1000)][: len(begins)]
    return {
        "timings": sorted(timings),
        "notes": sorted(notes),
        "bars": [
            (begin, end, measure.number)
            for begin, end, measure in zip(begins, ends, timeline.measures, strict=True)
        ],
        "seconds": float(timeline.seconds),
        "begins": begins[0] if begins else 0,
        "voices": list(_audible(tune, bool(accompany(timeline)))),
    }


def length(tune: Tune) -> float:
    """Return how many seconds a tune plays, repeats and all: known before anything is rendered."""
    from abc_tools.timeline import unfold

    return float(unfold(tune).seconds)


def _audible(tune: Tune, accompanied: bool) -> Iterator[dict[str, str]]:
    """Everything that can be muted; the page has its own words for the accompaniment."""
    for voice in tune.voices:
        yield {"id": voice.id, "name": voice.name}
    if accompanied:
        for name in ACCOMPANIMENT:
            yield {"id": name, "name": ""}


def nothing() -> dict[str, Any]:
    """Return the answer for a text that holds no tune."""
    return {"timings": [], "notes": [], "bars": [], "seconds": 0, "begins": 0, "voices": []}
