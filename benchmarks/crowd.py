"""Many people at once: does anybody get an error, anybody else's music, or have to wait?

Each person is a browser without a screen: own cookies, own session, the page's own events over real sockets (the
queue's event stream as Gradio's client reads it). Everybody pastes a tune of their own title and then, with
pauses of `--pause` seconds on average, changes it by rule, asks about it, takes a change back. Every answer must
show the person's own title and no other's. With `--profile cpu` people ask the embedded model for new tunes
instead, which shows how many it gives and what a waiting person reads. Memory is what the server's process holds.

Run: `python -m benchmarks.crowd [--people 50] [--minutes 10] [--write]`, `… --profile cpu --people 10`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from benchmarks.served import Served, serve

RESULTS = Path(__file__).with_name("results") / "crowd.json"
SEED = 20261121
SLOW = 5.0  # seconds from which an answer is listed: when it was asked, how long it took, what
EDITS = (
    "transpose it up a tone", "transpose it down a third", "make it slower", "bars 5-8 an octave higher",
    "remove the chords", "call it {title}", "swap bars 1 and 2", "make bars 1-4 minor",
)  # fmt: skip
QUESTIONS = (
    "which key is it in?",
    "what is the form?",
    "how many bars does it have?",
    "第3小节有哪些音？",
)
COMPOSE = (
    "a jig in {key}, 16 bars, with chords",
    "a slow waltz in {key}, 16 bars",
    "写一首{key}大调的进行曲，16小节",
)
TUNE = (
    'X:1\nT:{title}\nM:6/8\nL:1/8\nQ:3/8=110\nK:G\n|:"G"G2B d2B|"C"c2e "G"d2B|"Am"c2A "D"F2A|"G"B2G "D"A2D|\n'
    '"G"G2B d2B|"C"c2e "G"dBG|"Am"cBA "D"F2A|"G"G3 G3:|\n'
)


@dataclass
class Tally:
    """What everybody together has seen."""

    turns: Counter[str] = field(default_factory=Counter)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    mixed: int = 0
    own: int = 0
    slow: list[tuple[int, float, str]] = field(default_factory=list)
    waiting: Counter[str] = field(default_factory=Counter)


class Person:
    """One visitor and what they see."""

    def __init__(
        self, client: httpx.AsyncClient, number: int, page: dict[str, Any], tally: Tally
    ) -> None:
        self.client, self.page, self.tally = client, page, tally
        self.title = f"Visitor {number:03d} tune"
        self.session = f"crowd{SEED}{number:04d}"
        self.chance = random.Random(SEED + number)
        self.history: list[Any] = []
        self.shown: dict[str, Any] = {}

    def event(self, component: str, name: str) -> int:
        """The number of the handler of an event."""
        wanted = self.page["parts"][component]
        return next(
            one["id"]
            for one in self.page["config"]["dependencies"]
            if [wanted, name] in one["targets"]
        )

    def after(self, event: int) -> int:
        """The number of the handler that answers once another has succeeded."""
        return next(
            one["id"] for one in self.page["config"]["dependencies"]
            if one.get("trigger_after") == event and one.get("trigger_only_on_success")
        )  # fmt: skip

    async def call(self, event: int, data: list[Any]) -> list[Any]:
        """One handler without the queue."""
        reply = await self.client.post(
            f"{self.page['url']}gradio_api/run/predict",
            json={
                "fn_index": event,
                "data": data,
                "session_hash": self.session,
                "event_data": None,
            },
        )
        reply.raise_for_status()
        return list(reply.json()["data"])

    async def queued(self, event: int, data: list[Any]) -> list[Any]:
        """One handler through the queue; what it yields on the way is read too."""
        joined = await self.client.post(
            f"{self.page['url']}gradio_api/queue/join",
            json={"fn_index": event, "data": data, "session_hash": self.session, "event_data": None,
                  "trigger_id": None},
        )  # fmt: skip
        joined.raise_for_status()
        address = f"{self.page['url']}gradio_api/queue/data?session_hash={self.session}"
        async with self.client.stream("GET", address, timeout=300) as stream:
            async for line in stream.aiter_lines():
                if not line.startswith("data:"):
                    continue
                message = json.loads(line[5:])
                if message["msg"] == "process_generating":
                    text = json.dumps(message["output"], ensure_ascii=False)
                    if "Waiting for the model" in text:
                        self.tally.waiting["said how many are before"] += 1
                if message["msg"] == "process_completed":
                    if not message["success"]:
                        raise RuntimeError(str(message["output"])[:200])
                    return list(message["output"]["data"])
        raise RuntimeError("the stream ended without an answer")

    async def turn(self, kind: str, text: str) -> None:
        """Say something and look at what comes back."""
        begun = time.monotonic()
        try:
            submit = self.event("tw-message", "submit")
            took = await self.call(submit, [{"text": text, "files": []}, self.history, None, ""])
            answered = await self.queued(self.after(submit), [None, took[1], None, None, None])
        except (httpx.HTTPError, RuntimeError, json.JSONDecodeError) as error:
            self.tally.errors.append(f"{kind}: {type(error).__name__} {error}"[:200])
            return
        self.tally.turns[kind] += 1
        took_seconds = time.monotonic() - begun
        self.tally.seconds.setdefault(kind, []).append(took_seconds)
        if took_seconds > SLOW:
            self.tally.slow.append(
                (round(begun - self.page["began"]), round(took_seconds, 1), text)
            )
        self.look(answered, kind)

    def look(self, answered: list[Any], kind: str) -> None:
        """Is it mine? Differences that Gradio sends instead of whole values hold no tune."""
        text = json.dumps(answered, ensure_ascii=False)
        self.tally.own += self.title in text
        others = {
            word for word in text.split("Visitor ")[1:] if not word.startswith(self.title[8:11])
        }
        if others:
            self.tally.mixed += 1
        if "went wrong on our side" in text:
            self.tally.errors.append(f"{kind}: {text[:200]}")

    async def live(self, until: float, pause: float, model: bool) -> None:
        """Come at some moment of the first seconds and stay."""
        await asyncio.sleep(self.chance.uniform(0, min(10.0, pause * 2)))
        await self.call(self.page["load"], [])
        if not model:
            await self.turn("paste", TUNE.format(title=self.title))
        while time.monotonic() < until:
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * pause)
            if model:
                key = self.chance.choice("CDGAF")
                await self.turn("compose", self.chance.choice(COMPOSE).format(key=key))
            elif self.chance.random() < 0.75:
                await self.turn("edit", self.chance.choice(EDITS).format(title=self.title))
            else:
                await self.turn("question", self.chance.choice(QUESTIONS))
            self.history = []  # a browser would send the bubbles; the server keeps the tune


def spread(seconds: list[float]) -> dict[str, float]:
    """Median, 95th percentile and most, in seconds."""
    ordered = sorted(seconds)
    return {
        "median": round(statistics.median(ordered), 3),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 3),
        "most": round(ordered[-1], 3),
    }


async def hold(
    served: Served, people: int, minutes: float, pause: float, model: bool
) -> dict[str, Any]:
    """Let everybody in, wait, and say what happened."""
    tally, memory = Tally(), [served.memory()]
    limits = httpx.Limits(max_connections=people * 3, max_keepalive_connections=people * 2)
    async with httpx.AsyncClient(timeout=120, limits=limits) as client:
        config = (await client.get(f"{served.url}config")).json()
        parts = {c["props"].get("elem_id"): c["id"] for c in config["components"]}
        load = next(
            d["id"] for d in config["dependencies"] if any(t[1] == "load" for t in d["targets"])
        )
        page = {"url": served.url, "config": config, "parts": parts, "load": load,
                "began": time.monotonic()}  # fmt: skip
        until = time.monotonic() + 60 * minutes
        crowd = [Person(client, number, page, tally) for number in range(people)]

        async def watch() -> None:
            while time.monotonic() < until:
                await asyncio.sleep(5)
                memory.append(served.memory())

        await asyncio.gather(watch(), *(one.live(until, pause, model) for one in crowd))
    turns = sum(tally.turns.values())
    third = max(1, len(memory) // 3)
    return {
        "people": people, "minutes": minutes, "turns": turns, "by_kind": dict(tally.turns),
        "turns_a_minute": round(turns / minutes, 1), "errors": len(tally.errors),
        "first_errors": tally.errors[:5], "answers_with_another_persons_tune": tally.mixed,
        "seconds": {kind: spread(found) for kind, found in tally.seconds.items()},
        "slow_answers": len(tally.slow), "first_slow": tally.slow[:8],
        "said_while_waiting": dict(tally.waiting),
        "memory_megabytes": {
            "start": round(memory[0]), "first_third": round(statistics.median(memory[:third])),
            "last_third": round(statistics.median(memory[-third:])), "most": round(max(memory)),
        },
    }  # fmt: skip


def main() -> None:
    """Measure and print; `--write` keeps the result under the profile's name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--pause", type=float, default=7)
    parser.add_argument("--profile", choices=("scripted", "cpu"), default="scripted")
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    with serve(wanted.profile) as served:
        found = asyncio.run(
            hold(served, wanted.people, wanted.minutes, wanted.pause, wanted.profile == "cpu")
        )
    found["command"] = (
        f"python -m benchmarks.crowd --profile {wanted.profile} --people {wanted.people}"
        f" --minutes {wanted.minutes:g} --pause {wanted.pause:g} --write"
    )
    print(json.dumps(found, indent=1, ensure_ascii=False))
    if wanted.write:
        kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
        kept[wanted.profile] = found
        RESULTS.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
