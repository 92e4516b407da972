"""What the page asks the server for beside the conversation: sound, overlays, files, links, worksheets.

Each call takes what the browser sent (anything may be in it) and answers with plain values; an
``error`` is a sentence in the reader's language, never an exception. No call knows a session: the text
of the tune comes along, so one visitor can never be answered with another's music.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui import exports, share, sound
from ui.strings import LANGUAGES, PAGE
from ui.taste import Profiles

if TYPE_CHECKING:
    from abc_tools.tune import Tune
    from chat.settings import Settings
    from ui.files import FileCache

log = logging.getLogger(__name__)

WAITING_RENDERS = 4  # more at once get a sentence instead of a place in the queue
WAIT_SECONDS = 30
MOST_PACKED = 3_000_000  # characters of a packed project


class Calls:
    """Answers to the score pane. Safe to use from several threads."""

    def __init__(self, settings: Settings, files: FileCache) -> None:
        """Answer under these settings and keep rendered files in this cache."""
        self.settings = settings
        self.files = files
        self._profiles = Profiles()
        self._renders = threading.BoundedSemaphore(WAITING_RENDERS)

    def soundfont(self) -> Path | None:
        """Return the soundfont named in the settings, if one is."""
        named = self.settings.audio.soundfont
        return Path(named).expanduser() if named else None

    def tune(self, request: Any) -> Tune | None:
        """Return the first tune of a request's text; None when there is none or it is too long."""
        abc = request.get("abc") if isinstance(request, dict) else None
        if not isinstance(abc, str) or not 0 < len(abc) <= self.settings.limits.abc_characters:
            return None
        return first_tune(abc)

    # ---- sound -----------------------------------------------------------------------------------

    def perform(self, request: Any) -> dict[str, Any]:
        """Answer with sound, timings and notes of a tune: see :func:`ui.sound.time_tune`."""
        tune = self.tune(request)
        if tune is None:
            return {**sound.nothing(), "url": None, "error": None}
        wish = sound.read_wish(request, tune)
        answer = sound.time_tune(tune, wish)
        words = PAGE[language_of(request)]
        if answer["seconds"] > self.settings.audio.seconds:
            return {**answer, "url": None, "error": words["sound_too_long"]}
        if not answer["notes"]:
            return {**answer, "url": None, "error": words["sound_muted"]}
        path, error = self.render(tune, wish, self.settings.audio.format, request)
        return {**answer, "url": str(path) if path else None, "error": error}

    def render(
        self, tune: Tune, wish: sound.Wish, kind: str, request: Any
    ) -> tuple[Path | None, str | None]:
        """Return the file of a tune's sound, from the cache or made now, or a sentence why not."""
        from abc_tools.formats import audio

        words = PAGE[language_of(request)]
        content = tune.text + wish.key
        found = self.files.find(content, kind)
        if found:
            return found, None
        if not self._renders.acquire(timeout=WAIT_SECONDS):
            return None, words["busy"]
        try:
            data = audio.render(sound.write_midi(tune, wish), self.soundfont())
            return self.files.put(content, kind, audio.encode(data, kind)), None
        except audio.AudioError as error:
            log.info("no sound: %s", error)
            return None, str(error) if words is PAGE["en"] else words["no_sound"]
        finally:
            self._renders.release()

    # ---- files -----------------------------------------------------------------------------------

    def export(self, request: Any) -> dict[str, Any]:
        """Answer with a file of the tune in one of ``exports.KINDS``, or of the whole project."""
        words = PAGE[language_of(request)]
        kind = request.get("kind") if isinstance(request, dict) else None
        if kind == "project":
            return self._project(request, words)
        tune = self.tune(request)
        if tune is None or kind not in exports.KINDS:
            return {"url": None, "error": words["nothing_to_save"]}
        if kind in exports.SOUNDS:
            path, error = self.render(tune, sound.read_wish(request, tune), kind, request)
            return {"url": str(path) if path else None, "error": error}
        found = self.files.find(tune.text, kind)
        if found is None:
            if not self._renders.acquire(timeout=WAIT_SECONDS):
                return {"url": None, "error": words["busy"]}
            try:
                found = self.files.put(tune.text, kind, exports.write(tune, kind))
            except ValueError as error:
                log.info("not exported as %s: %s", kind, error)
                return {"url": None, "error": words["not_saved"].format(kind=kind.upper())}
            finally:
                self._renders.release()
        return {"url": str(found), "error": None}

    def _project(self, request: Any, words: dict[str, str]) -> dict[str, Any]:
        from chat.project import NoProject, unpack

        packed = request.get("project")
        try:
            if not isinstance(packed, str) or len(packed) > MOST_PACKED:
                raise NoProject("There is no project.")
            data = exports.pack_project(unpack(packed))
        except NoProject:
            return {"url": None, "error": words["nothing_to_save"]}
        return {"url": str(self.files.put(packed, "zip", data)), "error": None}

    # ---- the score -------------------------------------------------------------------------------

    def inspect(self, request: Any) -> dict[str, Any]:
        """Answer with what can be drawn onto the notes: see :func:`ui.overlay.make_overlay`."""
        from ui.overlay import make_overlay
        from ui.players import find_player

        tune = self.tune(request)
        if tune is None or not any(voice.measures for voice in tune.voices):
            return {"edits": [], "fits": True, "notes": [], "chords": [], "sections": [], "cadences": [],
                    "bars": [], "level": None}  # fmt: skip
        player = find_player(request.get("player"))
        return make_overlay(tune, language_of(request), player.name if player else None)

    def share(self, request: Any) -> dict[str, Any]:
        """Answer with the link of a tune and its QR code: see :func:`ui.share.share`."""
        return share.share(request, self.settings.limits.abc_characters)

    def taste(self, request: Any) -> dict[str, Any]:
        """Answer about a kept profile of taste: see :class:`ui.taste.Profiles`."""
        return self._profiles.answer(request, language_of(request))

    def worksheet(self, request: Any) -> dict[str, Any]:
        """Answer with an exercise made from the tune: see :mod:`abc_tools.worksheets`."""
        from abc_tools.worksheets import NoExercise, make_worksheet

        language = language_of(request)
        tune = self.tune(request)
        kind = request.get("task") if isinstance(request, dict) else None
        seed = request.get("seed") if isinstance(request, dict) else None
        if tune is None or not isinstance(kind, str):
            return {"error": PAGE[language]["nothing_to_save"]}
        try:
            made = make_worksheet(
                tune, kind, language=language, seed=seed if isinstance(seed, int) else 0
            )
        except NoExercise as error:
            return {"error": str(error)}
        except ValueError:
            log.info("a page asked for an exercise that is not there")
            return {"error": PAGE[language]["nothing_to_save"]}
        return {
            "error": None, "kind": made.kind, "title": made.title,
            "instruction": made.instruction, "listen": made.listen,
            "sheets": [[sheet.abc, sheet.caption] for sheet in made.sheets],
            "questions": list(made.questions), "answers": list(made.answers),
            "solutions": [[sheet.abc, sheet.caption] for sheet in made.solutions],
        }  # fmt: skip


def language_of(request: Any) -> str:
    """Return the language that a request names, English if it names none of ours."""
    language = request.get("language") if isinstance(request, dict) else None
    return language if isinstance(language, str) and language in LANGUAGES else "en"


def first_tune(abc: str) -> Tune | None:
    """Return the first tune of a text, or None."""
    from abc_tools.parse import parse

    tunes = parse(abc).tunes
    return tunes[0] if tunes else None
