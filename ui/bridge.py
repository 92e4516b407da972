"""The page's only door to the chat and to the notation tools.

Everything the rest of ``ui`` needs is here as plain values: what to draw (:meth:`Bridge.show`),
what to play (:meth:`Bridge.perform`), files (:meth:`Bridge.export`), and the conversation itself
(:meth:`Bridge.respond`). Positions are code points of the exact text that is shown, times are
milliseconds, bars are printed numbers (a pickup is bar 0).
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from ui.files import FileCache

if TYPE_CHECKING:
    from abc_tools.tune import Measure, Tune
    from chat.reply import Progress, Reply
    from chat.session import Selection, Session
    from chat.settings import Settings

log = logging.getLogger(__name__)

EXPORTS = ("mid", "mp3", "ogg", "wav")
WAITING_RENDERS = 4  # more at once get a sentence instead of a place in the queue


class VersionData(TypedDict):
    """One entry of the history."""

    number: int
    note: str


class BeforeData(TypedDict):
    """The version that a comparison shows above the current one."""

    number: int
    abc: str
    bars: list[tuple[int, int, int]]
    marks: list[int]


class ProblemData(TypedDict):
    """One thing that is wrong with the notation, and the bar it is in."""

    message: str
    bar: int | None


class ScoreData(TypedDict, total=False):
    """The score pane's value; ``bars`` are (printed number, start, end) in ``abc``."""

    abc: str
    title: str
    draft: bool
    version: int | None
    bars: list[tuple[int, int, int]]
    changed: list[int]
    marks: list[int]
    problems: list[ProblemData]
    before: BeforeData | None
    versions: list[VersionData]
    can_undo: bool
    can_redo: bool
    language: str | None


class Bridge:
    """One for each process: the model's backend, loaded once, and the folder of rendered files."""

    def __init__(self, settings: Settings) -> None:
        """Keep the settings; nothing is loaded before it is needed."""
        self.settings = settings
        self.files = FileCache(settings.audio.cache_megabytes)
        self._backend: Any = None
        self._lock = threading.Lock()
        self._renders = threading.BoundedSemaphore(WAITING_RENDERS)

    # ---- the conversation ------------------------------------------------------------------------

    def backend(self) -> Any:
        """Return the model's backend, made at the first call; BackendError if it cannot be."""
        from lm.generate import load_backend

        with self._lock:
            if self._backend is None:
                self._backend = load_backend(self.settings.model)
            return self._backend

    def warm(self) -> None:
        """Load model and soundfont in the background, so that the first visitor does not wait."""
        threading.Thread(target=self._warm, name="warm-up", daemon=True).start()

    def _warm(self) -> None:
        from abc_tools.formats import audio
        from lm.generate import BackendError

        try:
            load = getattr(self.backend(), "load", None)  # only models in this process have one
            if load is not None:
                load()
            audio.prepare(self.soundfont())
        except (BackendError, audio.AudioError) as error:
            # Not the visitor's business yet: whoever asks for it gets the sentence then.
            log.warning("warm-up: %s", error)

    def new_session(self) -> Session:
        """Return an empty session."""
        from chat.session import Session

        return Session()

    def select(self, scope: str, session: Session) -> Selection | None:
        """Return the selection that came with a message; None when it is not one of this version.

        The text comes from the browser, so anything may be in it.
        """
        from chat.session import Selection

        try:
            data: Any = json.loads(scope) if scope else None
            version, first, last = (int(data[key]) for key in ("version", "first", "last"))
        except (ValueError, TypeError, KeyError):
            return None
        if version != session.current or not 0 <= first <= last <= 9999:
            return None
        return Selection(version=version, first=first, last=last)

    def respond(
        self,
        session: Session,
        message: str,
        selection: Selection | None,
        abc: str | None,
        language: str,
    ) -> Iterator[Progress | Reply]:
        """Run one turn; the last item is the only Reply.

        The reply is in the language of the message; ``language`` counts when it has no words.
        """
        from chat.turn import respond

        backend = self.backend()
        yield from respond(
            session,
            message,
            backend=backend,
            selection=selection,
            abc=abc,
            language=None if message.strip() else language,
        )

    def navigate(self, session: Session, to: str, number: Any = None) -> Session:
        """Return the session after undo, redo or going to a version; unchanged if it cannot."""
        try:
            if to == "undo":
                return session.undo()
            if to == "redo":
                return session.redo()
            if to == "version":
                return session.go_to(int(number))
        except (ValueError, TypeError, LookupError):
            log.info("a page asked for a version that is not there: %r %r", to, number)
        return session

    # ---- what to draw ----------------------------------------------------------------------------

    def show(self, session: Session, language: str | None = None) -> ScoreData:
        """Return the score pane's value for a session."""
        version = session.version
        if version is None or session.abc is None:
            return {"language": language}
        parent = next((v for v in session.versions if v.number == version.parent), None)
        tune = first_tune(session.abc)
        bars = list_bars(tune)
        # Where every bar is new, marking them all says nothing.
        partly = {number for number, _, _ in bars} - set(version.changed)
        before: BeforeData | None = None
        old: Tune | None = None
        if parent is not None:
            old = first_tune(parent.abc)
            before = {
                "number": parent.number,
                "abc": parent.abc,
                "bars": list_bars(old),
                "marks": mark_changes(old, tune, version.changed) if partly else [],
            }
        return {
            "abc": session.abc,
            "title": tune.title if tune else "",
            "version": version.number,
            "bars": bars,
            "changed": list(version.changed) if before and partly else [],
            "marks": mark_changes(tune, old, version.changed) if before and partly else [],
            "problems": list_problems(tune),
            "before": before,
            "versions": [{"number": v.number, "note": v.note} for v in session.versions],
            "can_undo": self.navigate(session, "undo") != session,
            "can_redo": self.navigate(session, "redo") != session,
            "language": language,
        }

    def show_draft(self, abc: str, shown: ScoreData) -> ScoreData:
        """Return the pane's value while a tune is being written; the history stays."""
        draft: ScoreData = {"abc": abc, "draft": True, "bars": [], "changed": [], "before": None}
        return {**shown, **draft, "can_undo": False, "can_redo": False}

    # ---- what to play and to save ----------------------------------------------------------------

    def soundfont(self) -> Path | None:
        """Return the soundfont named in the settings, if one is."""
        named = self.settings.audio.soundfont
        return Path(named).expanduser() if named else None

    def perform(self, request: Any) -> dict[str, Any]:
        """Answer the pane: sound, timings and notes of a tune; ``error`` is a sentence or None."""
        abc = read_abc(request, self.settings.limits.abc_characters)
        tune = first_tune(abc) if abc else None
        if abc is None or tune is None:
            return {
                "timings": [],
                "notes": [],
                "bars": [],
                "seconds": 0,
                "url": None,
                "error": None,
            }
        answer = time_tune(tune)
        if answer["seconds"] > self.settings.audio.seconds:
            return {**answer, "url": None, "error": "This tune is too long to be rendered."}
        path, error = self.render(abc, tune, self.settings.audio.format)
        return {**answer, "url": str(path) if path else None, "error": error}

    def export(self, request: Any) -> dict[str, Any]:
        """Answer the pane: a file of the tune as MIDI or sound, or a sentence why not."""
        abc = read_abc(request, self.settings.limits.abc_characters)
        kind = request.get("kind") if isinstance(request, dict) else None
        tune = first_tune(abc) if abc else None
        if abc is None or tune is None or kind not in EXPORTS:
            return {"url": None, "error": "There is nothing to save."}
        path, error = self.render(abc, tune, kind)
        return {"url": str(path) if path else None, "error": error}

    def render(self, abc: str, tune: Tune, kind: str) -> tuple[Path | None, str | None]:
        """Return the file of a tune in a format, from the cache or made now, or a sentence."""
        from abc_tools.formats import audio, midi

        found = self.files.find(abc, kind)
        if found:
            return found, None
        if not self._renders.acquire(timeout=30):
            return None, "Many people are listening just now. Please try again in a moment."
        try:
            data = midi.write(tune)
            if kind != "mid":
                data = audio.encode(audio.render(data, self.soundfont()), kind)
            return self.files.put(abc, kind, data), None
        except audio.AudioError as error:
            return None, str(error)
        finally:
            self._renders.release()


def read_abc(request: Any, limit: int) -> str | None:
    """Return the ABC text of a request from the browser, or None when it is not usable."""
    abc = request.get("abc") if isinstance(request, dict) else None
    return abc if isinstance(abc, str) and 0 < len(abc) <= limit else None


def first_tune(abc: str) -> Tune | None:
    """Return the first tune of a text, or None."""
    from abc_tools.parse import parse

    tunes = parse(abc).tunes
    return tunes[0] if tunes else None


def list_bars(tune: Tune | None) -> list[tuple[int, int, int]]:
    """Return (printed number, start, end) of every measure of every voice, in text order."""
    if tune is None:
        return []
    found = [
        (measure.number, measure.span.start, measure.span.end)
        for voice in tune.voices
        for measure in voice.measures
    ]
    return sorted(found, key=lambda bar: bar[1])


def mark_changes(tune: Tune | None, other: Tune | None, numbers: tuple[int, ...]) -> list[int]:
    """Return where the measures of the first voice begin that differ from another version.

    Only measures with the given numbers are looked at. Two halves of a bar share a number where a
    repeat cuts it in two; each half is compared on its own.
    """
    if tune is None or other is None:
        return []
    voices, others = ([_by_number(voice.measures) for voice in one.voices] for one in (tune, other))
    marks = []
    for number in dict.fromkeys(numbers):
        for half, measure in enumerate(voices[0].get(number, []) if voices else []):
            same = len(voices) == len(others) and all(
                _sound(ours.get(number, []), half) == _sound(theirs.get(number, []), half)
                for ours, theirs in zip(voices, others, strict=True)
            )
            if not same:
                marks.append(measure.span.start)
    return marks


def _by_number(measures: tuple[Measure, ...]) -> dict[int, list[Measure]]:
    found: dict[int, list[Measure]] = {}
    for measure in measures:
        found.setdefault(measure.number, []).append(measure)
    return found


def _sound(halves: list[Measure], index: int) -> list[tuple[Any, ...]] | None:
    """What is played and sung in a measure, or None when there is no such half."""
    if index >= len(halves):
        return None
    return [
        (event.onset, event.duration, event.midi, event.chord_symbol, event.syllables)
        for event in halves[index].events
    ]


def list_problems(tune: Tune | None) -> list[ProblemData]:
    """Return what is wrong with the notation, errors only, at most a dozen."""
    from abc_tools.validate import errors

    found = errors(tune) if tune else []
    return [{"message": problem.message, "bar": problem.bar} for problem in found[:12]]


def time_tune(tune: Tune) -> dict[str, Any]:
    """Return when what sounds: timings for the cursor, notes for the browser's synthesiser, bars.

    ``timings`` are (ms, start in the text, length), ``notes`` (ms, length, midi, velocity,
    program), ``bars`` (ms, end ms, number) in the order in which they are played, repeats written
    out.
    """
    from abc_tools.timeline import unfold

    timeline = unfold(tune)
    timings: set[tuple[int, int, int]] = set()
    notes: list[tuple[int, int, int, int, int]] = []
    for event in timeline.events:
        start, length = round(event.seconds * 1000), round(event.duration * 1000)
        timings.add((start, event.span.start, length))
        notes.append((start, length, event.midi, event.velocity, event.program))
    begins = [round(measure.seconds * 1000) for measure in timeline.measures]
    ends = [*begins[1:], round(timeline.seconds * 1000)]
    bars = [
        (begin, end, measure.number)
        for begin, end, measure in zip(begins, ends, timeline.measures, strict=True)
    ]
    return {
        "timings": sorted(timings),
        "notes": sorted(notes),
        "bars": bars,
        "seconds": float(timeline.seconds),
    }
