"""The page's only door to the chat and to the notation tools.

Everything the rest of ``ui`` needs is here as plain values: what to draw (:meth:`Bridge.show`), the
conversation itself (:meth:`Bridge.respond`), tunes that come from files, links and browsers. What the
score pane asks for on its own (sound, files, overlays) is in :mod:`ui.calls`. Positions are code points
of the exact text that is shown, bars are printed numbers (a pickup is bar 0).
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypedDict

from ui import sound, space, uploads
from ui.calls import MOST_PACKED, Calls, first_tune
from ui.files import FileCache
from ui.limits import Visitors
from ui.line import Line, PatientBackend, Ticket
from ui.strings import PAGE
from ui.taste import read_id
from ui.text import show_plain

if TYPE_CHECKING:
    from abc_tools.tune import Measure, Tune
    from chat.reply import Progress, Reply
    from chat.session import Selection, Session
    from chat.settings import Settings

log = logging.getLogger(__name__)


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
    """The score pane's value; ``bars`` are (printed number, start, end) in ``abc``, ``seconds`` how long it plays."""

    abc: str
    title: str
    draft: bool
    version: int | None
    bars: list[tuple[int, int, int]]
    seconds: float
    changed: list[int]
    marks: list[int]
    problems: list[ProblemData]
    before: BeforeData | None
    versions: list[VersionData]
    can_undo: bool
    can_redo: bool
    language: str | None
    project: str
    notice: str
    score_only: bool
    task: str
    seed: int
    play: bool


class Bridge:
    """One for each process: the model's backend, loaded once, and the folder of rendered files."""

    def __init__(self, settings: Settings) -> None:
        """Keep the settings; nothing is loaded before it is needed."""
        self.settings = settings
        self.files = FileCache(settings.audio.cache_megabytes)
        self.line = Line(settings.limits.concurrency, settings.limits.queue)
        self.visitors = Visitors(settings.limits.messages_per_minute)
        self.loading = False
        self._backend: Any = None
        self._lock = threading.Lock()
        self.calls = Calls(settings, self.files)

    # ---- the conversation ------------------------------------------------------------------------

    def backend(self) -> Any:
        """Return the model's backend, made at the first call; BackendError if it cannot be."""
        from lm.generate import load_backend

        with self._lock:
            if self._backend is None:
                backend = load_backend(self.settings.model)
                on_lent_gpu = space.is_lent() and self.settings.model["backend"] == "transformers"
                self._backend = space.LentBackend(backend) if on_lent_gpu else backend
            return self._backend

    def warm(self) -> None:
        """Load model and soundfont in the background, so that the first visitor does not wait.

        Where GPUs are lent the model is loaded before the page is up, as it must be there.
        """
        self.loading = True
        if space.is_lent():
            self._warm()
        else:
            threading.Thread(target=self._warm, name="warm-up", daemon=True).start()

    def _warm(self) -> None:
        from abc_tools.formats import audio
        from lm.generate import BackendError

        try:
            load = getattr(self.backend(), "load", None)  # only models in this process have one
            if load is not None:
                load()
            read_once()
            audio.prepare(self.calls.soundfont())
        except (BackendError, audio.AudioError) as error:
            # Not the visitor's business yet: whoever asks for it gets the sentence then.
            log.warning("warm-up: %s", error)
        finally:
            self.loading = False

    def notice(self, language: str) -> str:
        """Return what every visitor should know now, "" when there is nothing."""
        return PAGE[language]["loading_long"] if self.loading else ""

    def stage(self, stage: str, language: str) -> str:
        """Return the words for what a turn is doing."""
        if self.loading and stage in ("composing", "editing"):
            return PAGE[language]["loading"]
        return PAGE[language].get(stage, "")

    def too_often(self, visitor: Any, language: str) -> str | None:
        """Return the sentence for a visitor who asks faster than is allowed; None for others."""
        return None if self.visitors.allow(visitor) else PAGE[language]["too_often"]

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

    def listener(self, scope: str) -> str:
        """Return the id of the kept taste that came with a message, "" if none did: anything may be in the text."""
        try:
            data: Any = json.loads(scope) if scope else None
        except ValueError:
            return ""
        return read_id(data.get("listener")) if isinstance(data, dict) else ""

    def respond(
        self,
        session: Session,
        message: str,
        selection: Selection | None,
        abc: str | None,
        language: str,
        ticket: Ticket | None = None,
        listener: str = "",
        seed: int | None = None,
    ) -> Iterator[Progress | Reply]:
        """Run one turn; the last item is the only Reply.

        The reply is in the language of the message; ``language`` counts when it has no words. With
        a ticket the model is waited for in line.
        """
        from chat.turn import respond

        backend = self.backend()
        yield from respond(
            session,
            message,
            backend=backend if ticket is None else PatientBackend(backend, self.line, ticket),
            selection=selection,
            abc=abc,
            seed=seed,
            language=None if message.strip() else language,
            listener=listener,
        )

    # ---- tunes from outside ----------------------------------------------------------------------

    def open_text(self, session: Session, abc: str, language: str) -> tuple[Session, str]:
        """Return the session with a tune opened, and the sentence about it (Markdown)."""
        from chat.incoming import NoTune, open_tune

        try:
            return open_tune(session, abc, language)
        except NoTune as error:
            return session, show_plain(str(error))

    def open_packed(self, packed: Any) -> Session | None:
        """Return the session of a project that a browser has kept; None if it is none."""
        from chat.project import NoProject, unpack

        if not isinstance(packed, str) or len(packed) > MOST_PACKED:
            return None
        try:
            return unpack(packed)
        except NoProject as error:
            log.info("a browser kept what is no project: %s", error)
            return None

    def read_file(self, data: bytes, suffix: str, language: str) -> tuple[str | None, str | None]:
        """Return (the ABC of an uploaded file, None) or (None, why there is none)."""
        try:
            return uploads.read_tune(data, suffix, language), None
        except uploads.Unreadable as error:
            return None, str(error)

    def open_upload(self, name: str, content: Any, language: str) -> bytes | Session | str:
        """Return the ABC (bytes), the project, or the sentence why there is neither."""
        try:
            found = uploads.read_upload(name, content, language)
        except uploads.Unreadable as error:
            return str(error)
        return found.encode() if isinstance(found, str) else found

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
        from chat.project import pack

        version = session.version
        versions: list[VersionData] = [
            {"number": v.number, "note": v.note} for v in session.versions
        ]
        if version is None or session.abc is None:
            can_redo = bool(session.undone)
            return {"language": language, "versions": versions, "can_redo": can_redo}
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
            "seconds": sound.length(tune) if tune else 0,
            "changed": list(version.changed) if before and partly else [],
            "marks": mark_changes(tune, old, version.changed) if before and partly else [],
            "problems": list_problems(tune, language),
            "before": before,
            "versions": versions,
            "can_undo": self.navigate(session, "undo") != session,
            "can_redo": self.navigate(session, "redo") != session,
            "language": language,
            "project": pack(session),
        }

    def show_draft(self, abc: str, shown: ScoreData) -> ScoreData:
        """Return the pane's value while a tune is being written; the history stays."""
        draft: ScoreData = {
            "abc": abc, "draft": True, "bars": [], "seconds": 0, "changed": [], "before": None,
        }  # fmt: skip
        return {**shown, **draft, "can_undo": False, "can_redo": False}


WARMING = (
    "what key is it in?",
    "make bar 2 higher",
    "a slow waltz in D minor",
    "第2小节高一点",
    "这是什么调？",
)
"""Messages that between them pass the tables of the chat."""


def read_once() -> None:
    """Read a few messages without acting on them: the first visitor shall not wait for patterns to be compiled."""
    from abc_tools.parse import parse_tune
    from chat.session import Session
    from chat.understand.intent import understand

    abc = "X:1\nT:A\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|]\n"
    tune = parse_tune(abc)
    for message in WARMING:
        understand(message, Session().add(abc, ""), tune)
        understand(message, Session(), None)


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


def list_problems(tune: Tune | None, language: str | None = None) -> list[ProblemData]:
    """Return what is wrong with the notation, errors only, at most a dozen."""
    from abc_tools.validate import errors
    from chat.phrases import rule_text

    found = errors(tune) if tune else []
    return [
        {
            "message": rule_text(one.rule, one.bar, "zh") if language == "zh" else one.message,
            "bar": one.bar,
        }
        for one in found[:12]
    ]
