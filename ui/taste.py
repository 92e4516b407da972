"""A visitor's kept taste, as the page asks for it: begun, shown, handed over, erased. Off until asked for.

The id is random, is made here and lives in the visitor's browser; the database has its hash
(:mod:`library.privacy`). It comes along with each message and is written to no file and no link. What the
browser sends may be anything; every answer is plain values, ``error`` a sentence in the reader's language.
"""

from __future__ import annotations

import logging
import re
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from ui.strings import PAGE

if TYPE_CHECKING:
    from library.taste.service import Taste

log = logging.getLogger(__name__)

BEGUN_A_MINUTE = 30
"""Profiles that all visitors together may begin in a minute: each is a row in a database."""
_ID = re.compile(r"[A-Za-z0-9_-]{16,64}")


def read_id(sent: Any) -> str:
    """Return what may be an id of a profile; "" for anything else."""
    return sent if isinstance(sent, str) and _ID.fullmatch(sent) else ""


class Profiles:
    """Answers about kept tastes. Safe to use from several threads."""

    def __init__(self) -> None:
        """Open nothing: the catalogue is opened by the first question."""
        self._begun: deque[float] = deque()
        self._lock = threading.Lock()

    def answer(self, request: Any, language: str) -> dict[str, Any]:
        """Do what a request asks (``begin``, ``show``, ``export`` or ``erase``) and say what is kept after it."""
        from library import LibraryError

        sent = request if isinstance(request, dict) else {}
        wish, number = sent.get("do"), read_id(sent.get("id"))
        words = PAGE[language]
        if wish == "begin" and not self._may_begin():
            return {"error": words["taste_busy"]}
        try:
            return self._answer(str(wish), number)
        except LibraryError as error:
            log.warning("taste: %s", error)
            return {"error": words["taste_failed"]}

    def _answer(self, wish: str, number: str) -> dict[str, Any]:
        from chat.shelf import listener_of, shared

        taste = shared().taste()
        who = listener_of(number)
        if who is None and wish == "begin":
            who = taste.join()
            return {"error": None, "id": who.id, **_kept(taste, who)}
        if who is None:
            return {"error": None, "id": "", "kept": [], "days": taste.days}
        if wish == "erase":
            taste.erase(who)
            return {"error": None, "id": "", "kept": [], "days": taste.days}
        more = {"export": taste.export(who)} if wish == "export" else {}
        return {"error": None, "id": who.id, **_kept(taste, who), **more}

    def _may_begin(self) -> bool:
        with self._lock:
            now = time.monotonic()
            while self._begun and now - self._begun[0] > 60:
                self._begun.popleft()
            if len(self._begun) >= BEGUN_A_MINUTE:
                return False
            self._begun.append(now)
            return True


def _kept(taste: Taste, who: Any) -> dict[str, Any]:
    """What is kept as a reader sees it, the newest day first."""
    events = taste.export(who)["events"]
    rows = [{"title": e["title"], "action": e["action"], "day": e["day"]} for e in reversed(events)]
    return {"kept": rows, "days": taste.days}
