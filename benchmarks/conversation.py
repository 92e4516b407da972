"""`python -m benchmarks.conversation`: what people type, answered by the chat, judged on the music.

The requests stand in `benchmarks/requests/data`; each goes through `chat.__main__.answer`, the program
interface, with the embedded model, in one process. A turn is right if all its checks are met, its score is valid,
what the reply says is met is met, and nothing crashed. Shares come with Wilson's 95 % interval. The held-out part is
only counted: its failures are never shown.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any

from abc_tools.validate import errors
from benchmarks.oracles import abcjs_bars, our_bars
from benchmarks.requests import KINDS, load
from benchmarks.requests.checks import Turn, dishonest, judge
from benchmarks.requests.score import sentences, tunes_of

SAMPLED = 10
"""The first sign of work is timed for every tenth request to compose or edit."""
RESULTS = Path(__file__).parent / "results" / "conversation.json"

SMALL_TALK = {"en": ("hello", "undo"), "zh": ("你好", "撤销")}
"""Two messages in each language that are no question about the tune."""

NONSENSE = {
    "en": ("blorp zixt wug", "what is a zixt wug?"),
    "zh": ("呜啦嘛哩哄", "什么是呜啦嘛？"),
}
"""Messages in each language that mean nothing. The second, a question, is asked when no tune is open: to a tune
that is open, the answer may well be an overview, and an overview may hold the answer to a real question."""


@dataclass
class Outcome:
    """One turn: its `kind` and `language`, what was `wrong`, how long it took, what was delivered."""

    kind: str
    language: str
    id: str
    message: str
    wrong: list[str]
    seconds: float
    reply: str
    delivered: str | None = None
    invalid: list[str] = field(default_factory=list)
    local: bool | None = None


class Chat:
    """The chat with one backend; remembers what it says when a tune is opened without a word."""

    def __init__(self) -> None:
        from lm.generate import load_backend

        self.backend = load_backend({"backend": "embedded"})
        self.openings: dict[tuple[str, str], str] = {}
        self.fallbacks: dict[tuple[str | None, str], frozenset[str]] = {}

    def answer(self, request: dict[str, Any], sessions: dict[str, Any]) -> dict[str, Any]:
        """The program interface's answer to one request."""
        from chat.__main__ import answer

        return answer(request, sessions, self.backend)

    def first_sign(self, request: dict[str, Any]) -> float:
        """Seconds until the chat gives its first sign: a stage of the work, or the reply."""
        from chat.session import Session
        from chat.turn import respond

        started = time.perf_counter()
        next(
            iter(
                respond(Session(), request["message"], backend=self.backend, abc=request.get("abc"))
            )
        )
        return time.perf_counter() - started

    def opening(self, abc: str, language: str) -> str:
        """What opening this tune says: the lines at the head of the replies to two unlike messages."""
        if (abc, language) not in self.openings:
            replies = [
                str(self.answer({"message": message, "abc": abc}, {})["reply"]).splitlines()
                for message in SMALL_TALK[language]
            ]
            shared = takewhile(lambda pair: pair[0] == pair[1], zip(*replies, strict=False))
            self.openings[abc, language] = "\n".join(line for line, _ in shared)
        return self.openings[abc, language]

    def fallback(self, abc: str | None, language: str) -> frozenset[str]:
        """The sentences with which nonsense is met, with this tune open or without one."""
        if (abc, language) not in self.fallbacks:
            opening = self.opening(abc, language) if abc else ""
            found: set[str] = set()
            for message in NONSENSE[language][: 1 if abc else None]:
                reply = self.answer({"message": message} | ({"abc": abc} if abc else {}), {})
                turn = Turn(message, language, abc, reply["abc"], reply, (), opening)
                found |= set(sentences(turn.said) if turn.after == abc else ())
            self.fallbacks[abc, language] = frozenset(found)
        return self.fallbacks[abc, language]


def run_one(chat: Chat, kind: str, row: dict[str, Any], seed: int) -> Iterator[Outcome]:
    """The outcomes of one line of the data: one, or one a turn."""
    sessions: dict[str, Any] = {}
    past: list[str | None] = [row.get("abc")]
    for number, said in enumerate(row.get("turns") or [row]):
        request = {"id": row["id"], "session": row["id"], "message": said["message"], "seed": seed}
        request |= {name: said[name] for name in ("bars",) if name in said}
        if number == 0 and "abc" in row:
            request["abc"] = row["abc"]
        started = time.perf_counter()
        try:
            reply = chat.answer(request, sessions)
        except Exception as error:  # noqa: BLE001 - a crash of the chat is a failed turn
            reply = {"reply": "", "abc": past[-1], "crash": f"{type(error).__name__}: {error}"}
        seconds = time.perf_counter() - started
        opening = chat.opening(row["abc"], row["language"]) if "abc" in request else ""
        turn = Turn(
            said["message"], row["language"], past[-1], reply["abc"], reply, tuple(past), opening,
            chat.fallback(row.get("abc"), row["language"]) | chat.fallback(None, row["language"]),
        )  # fmt: skip
        yield _judged(kind, row, said, turn, seconds)
        past.append(reply["abc"])


def _judged(
    kind: str, row: dict[str, Any], said: dict[str, Any], turn: Turn, seconds: float
) -> Outcome:
    wrong = (
        [f"crash: {turn.reply['crash']}"] if "crash" in turn.reply else judge(turn, said["checks"])
    )
    new = turn.after if turn.after != turn.before else None
    invalid = [d.message for tune in tunes_of(new or "") for d in errors(tune)]
    names = {check["check"] for check in said["checks"]}
    local = None
    if "outside" in names and new:
        local = not any(reason.startswith("outside") for reason in wrong)
    return Outcome(
        kind, row["language"], row["id"], said["message"], wrong + invalid + dishonest(turn), seconds,
        str(turn.reply.get("reply", "")), new, invalid, local,
    )  # fmt: skip


def wilson(right: int, count: int) -> dict[str, Any]:
    """A share with its 95 % interval, in per cent.

    >>> wilson(95, 100)
    {'right': 95, 'of': 100, 'percent': 95.0, 'interval': [88.8, 97.8]}
    """
    if not count:
        return {"right": 0, "of": 0, "percent": None, "interval": None}
    share, z = right / count, 1.96
    centre = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * (share * (1 - share) / count + z * z / (4 * count**2)) ** 0.5
    return {
        "right": right, "of": count, "percent": round(100 * share, 1),
        "interval": [round(100 * (centre - half), 1), round(100 * (centre + half), 1)],
    }  # fmt: skip


def _share(outcomes: list[Outcome]) -> dict[str, Any]:
    return wilson(sum(not o.wrong for o in outcomes), len(outcomes))


def report(outcomes: list[Outcome]) -> dict[str, Any]:
    """Every figure of a run."""
    kinds = [kind for kind in KINDS if any(o.kind == kind for o in outcomes)]
    new = [o for o in outcomes if o.delivered]
    local = [o.local for o in outcomes if o.local is not None]
    found: dict[str, Any] = {"right": _share(outcomes)}
    for name in ("en", "zh"):
        found[f"right, {name}"] = _share([o for o in outcomes if o.language == name])
    for kind in kinds:
        of_kind = [o for o in outcomes if o.kind == kind]
        seconds = sorted(o.seconds for o in of_kind)
        found[kind] = {
            "right": _share(of_kind),
            "en": _share([o for o in of_kind if o.language == "en"]),
            "zh": _share([o for o in of_kind if o.language == "zh"]),
            "seconds_median": round(statistics.median(seconds), 3),
            "seconds_95": round(seconds[int(0.95 * (len(seconds) - 1))], 3),
        }
    found["scores_valid"] = wilson(sum(not o.invalid for o in new), len(new))
    found["scores_alike_in_abcjs"] = _oracle([o.delivered or "" for o in new])
    found["edits_unchanged_outside"] = wilson(sum(local), len(local))
    found["crashes"] = sum(any(w.startswith("crash") for w in o.wrong) for o in outcomes)
    found["claims_not_true"] = sum(
        any("said to be met" in w or "said not to be" in w for w in o.wrong) for o in outcomes
    )
    return found


def _oracle(texts: list[str]) -> dict[str, Any] | None:
    """How many scores have, bar for bar, the lengths that abcjs reads; None without node."""
    whole = [tunes_of(text)[0].text for text in texts if tunes_of(text)]
    heard = abcjs_bars(whole) if whole else None
    if heard is None:
        return None
    ours = [our_bars(tunes_of(text)[0]) for text in whole]
    return wilson(sum(a == b for a, b in zip(ours, heard, strict=True)), len(ours))


def show(outcome: Outcome) -> None:
    """A failed turn, for people."""
    reply = outcome.reply.replace("\n", " ")[:400]
    sys.stdout.write(
        f"{outcome.id} [{outcome.language}] {outcome.message[:160]!r}\n    wrong: "
        f"{'; '.join(outcome.wrong)[:400]}\n    reply: {reply}\n"
    )


def main() -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=KINDS, help="one kind of request")
    parser.add_argument("--held-out", action="store_true", help="the part that is kept aside")
    parser.add_argument("--language", choices=("en", "zh"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--show", action="store_true", help="print the failures (never held-out ones)"
    )
    parser.add_argument("--write", action="store_true", help="write the figures to the results")
    options = parser.parse_args()
    if options.held_out and options.show:
        parser.error("the held-out part is only counted")
    chat = Chat()
    outcomes: list[Outcome] = []
    for kind in KINDS if options.only is None else (options.only,):
        for row in load(kind, held_out=options.held_out):
            if options.language in (None, row["language"]):
                for outcome in run_one(chat, kind, row, options.seed):
                    outcomes.append(outcome)
                    if options.show and outcome.wrong:
                        show(outcome)
    found = report(outcomes)
    asked = [r for kind in ("compose", "edit") for r in load(kind, held_out=options.held_out)]
    found["first_sign_seconds_median"] = round(
        statistics.median(chat.first_sign(row) for row in asked[::SAMPLED]), 3
    )
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
    if options.write:
        part = "held_out" if options.held_out else "development"
        kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        kept["command"] = "python -m benchmarks.conversation --write [--held-out]"
        RESULTS.write_text(json.dumps(kept | {part: found}, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
