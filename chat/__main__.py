"""The chat in a terminal, and `--jsonl` for programs: `python -m chat [--jsonl] [--profile NAME]`.

With `--jsonl`, one JSON object a line comes in (`id`, `session`, `message`, optional `abc`, `bars`,
`seed`) and one a line goes out, in order, flushed each time. Sessions live as long as the process.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from typing import Any, TextIO

KEPT_SESSIONS = 1000


def answer(request: Any, sessions: dict[str, Any], backend: Any) -> dict[str, Any]:
    """The reply to one request object; a request that is none gets an error, never an exception."""
    from chat.reply import Reply
    from chat.session import Selection, Session
    from chat.turn import respond

    started = time.monotonic()
    if not isinstance(request, dict) or not isinstance(request.get("message", ""), str):
        return failure(request, "A request is a JSON object with a text “message”.")
    name = str(request.get("session", ""))
    session: Session = sessions.get(name) or Session()
    bars, seed, abc = request.get("bars"), request.get("seed"), request.get("abc")
    selection = None
    if isinstance(bars, list) and len(bars) == 2 and all(isinstance(b, int) for b in bars):
        # bars given together with a tune address the version that the tune will be
        number = len(session.versions) + 1 if isinstance(abc, str) else session.current
        selection = Selection(number or 0, bars[0], bars[1])
    elif bars is not None:
        return failure(request, "“bars” are two numbers, the first and the last bar.")
    reply: Reply | None = None
    for item in respond(
        session, request.get("message", ""), backend=backend, selection=selection,
        abc=abc if isinstance(abc, str) else None, seed=seed if isinstance(seed, int) else None,
    ):  # fmt: skip
        if isinstance(item, Reply):
            reply = item
    assert reply is not None, "a turn ends with a reply"
    sessions.pop(name, None)
    sessions[name] = reply.session
    if len(sessions) > KEPT_SESSIONS:
        sessions.pop(next(iter(sessions)))
    return {
        "id": request.get("id"), "session": request.get("session"), **reply.report(),
        "seconds": round(time.monotonic() - started, 3),
    }  # fmt: skip


def failure(request: Any, sentence: str) -> dict[str, Any]:
    """The answer to something that is no request."""
    known = request if isinstance(request, dict) else {}
    return {
        "id": known.get("id"), "session": known.get("session"), "reply": sentence, "abc": None,
        "changed": False, "version": None, "intent": "refuse", "requirements": [],
        "recommendations": [], "diagnostics": [], "seconds": 0.0, "error": sentence,
    }  # fmt: skip


def serve(lines: Iterable[str], out: TextIO, backend: Any) -> None:
    """Answer every line of JSON with a line of JSON."""
    sessions: dict[str, Any] = {}
    for line in lines:
        if not line.strip():
            continue
        try:
            request = json.loads(line)
        except json.JSONDecodeError as error:
            reply = failure(None, f"This line is not JSON: {error.msg}.")
        else:
            reply = answer(request, sessions, backend)
        out.write(json.dumps(reply, ensure_ascii=False) + "\n")
        out.flush()


def talk(backend: Any) -> None:
    """A conversation in the terminal; the tune is printed when it changes."""
    from chat.reply import Reply
    from chat.session import Session
    from chat.turn import respond

    session = Session()
    sys.stdout.write("Tunewright. Ask for a tune; end with Ctrl-D.\n")
    while True:
        sys.stdout.write("> ")
        sys.stdout.flush()
        line = sys.stdin.readline()
        if not line:
            sys.stdout.write("\n")
            return
        for item in respond(session, line.strip(), backend=backend):
            if isinstance(item, Reply):
                session = item.session
                sys.stdout.write(item.text + "\n")
                if item.changed and item.abc:
                    sys.stdout.write("\n" + item.abc + "\n")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m chat", description=__doc__)
    parser.add_argument(
        "--jsonl", action="store_true", help="JSON lines on standard input and output"
    )
    parser.add_argument("--profile", help="a profile of spaces_config.yaml")
    options = parser.parse_args(arguments)
    from chat.settings import SettingsError, load_settings
    from lm.generate import BackendError, load_backend

    try:
        backend = load_backend(load_settings(profile=options.profile).model)
    except (SettingsError, BackendError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if options.jsonl:
        serve(iter(sys.stdin.readline, ""), sys.stdout, backend)
    else:
        talk(backend)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
