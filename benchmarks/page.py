"""The page in a real browser: how soon it can be used, what it weighs, how fast it draws, how true its cursor is.

First load: an empty cache, from the request to the moment a message can be typed and the pane stands, and to the
moment the prepared examples are there; bytes are those on the wire, as the browser's own network log has them.
Drawing: `--draws` times the whole of a 32-bar tune in one voice, anew each time. Cursor: one minute of a tune
with repeats, endings, changes of tempo, fermatas, triplets and two voices is played; the element's own clock is
read whenever notes are lit, and for each note the time at which it is first lit is compared with when it sounds
(with a frame every 17 ms, half a frame late is the best there is). What a recording's onsets differ from its
timeline is in formats.json.

Run: `python -m benchmarks.page [--write]`. Needs Chromium.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
from pathlib import Path
from typing import Any

from benchmarks.crowd import spread
from benchmarks.served import serve

RESULTS = Path(__file__).with_name("results") / "page.json"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ("--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required")
EVENTFUL = """X:1
T:Everything at once
M:4/4
L:1/8
Q:1/4=132
K:D
V:1
|:A2|"D"d2 (3fed A2 F2|"G"G2 B2 d2 B2|"A7"c2 e2 (3gfe c2|1 "D"d4 A2 F2:|2 "D"d4 !fermata!d2||
[Q:1/4=96]|:"Bm"f2 d2 B4|"Em"e2 (3gfe d2 c2|"A"e4 A4|"D"d6 z2:|
[Q:1/4=78]"G"B2 d2 g2 d2|"D"f2 a2 f2 d2|"Em"e2 g2 "A"e2 c2|"D"d6 z2|
"G"B2 d2 (3gag d2|"D"f2 a2 !fermata!f4|"Em"e2 g2 "A"e2 c2|"D"d8|]
V:2 clef=bass
|:z2|D,4 F,4|G,4 B,4|A,4 C4|1 D4 z4:|2 D4 D,2||
[Q:1/4=96]|:B,4 F,4|E,4 A,4|A,4 C4|D8:|
[Q:1/4=78]G,8|D8|E,4 A,4|D,8|
G,8|D8|E,4 A,4|D,8|]
"""


def plain_tune() -> str:
    """A tune of 32 bars in one voice with chords."""
    eight = (
        '"G"G2B d2B|"C"c2e "G"d2B|"Am"c2A "D"F2A|"G"B2G "D"A2D|\n'
        '"G"G2B d2B|"C"c2e "G"dBG|"Am"cBA "D"F2A|"G"G3 G3|\n'
    )
    return "X:1\nT:Thirty-two\nM:6/8\nL:1/8\nQ:3/8=110\nK:G\n" + eight * 4


def open_fresh(browser: Any, url: str) -> tuple[Any, dict[str, Any]]:
    """A page of a browser that has never seen us, and what its loading took."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    log = page.context.new_cdp_session(page)
    log.send("Network.enable")
    seen: dict[str, Any] = {"bytes": 0, "requests": 0, "strangers": 0, "kinds": {}}

    def finished(event: dict[str, Any]) -> None:
        seen["bytes"] += int(event["encodedDataLength"])

    def asked(event: dict[str, Any]) -> None:
        seen["requests"] += 1
        address = event["request"]["url"]
        seen["strangers"] += not address.startswith((url, "data:", "blob:"))

    log.on("Network.loadingFinished", finished)
    log.on("Network.requestWillBeSent", asked)
    page.goto(url, wait_until="commit")
    page.wait_for_selector(".tw-pane[data-state]")
    page.wait_for_selector("#tw-message textarea")
    usable = page.evaluate("performance.now()")
    page.wait_for_function("window.Tunewright?.pane?.data?.language")
    greeted = page.evaluate("performance.now()")
    page.wait_for_timeout(1500)
    return page, {
        "seconds_to_type": round(usable / 1000, 3), "seconds_to_examples": round(greeted / 1000, 3),
        "megabytes_on_the_wire": round(seen["bytes"] / 1e6, 3), "requests": seen["requests"],
        "requests_elsewhere": seen["strangers"],
    }  # fmt: skip


def paste(page: Any, abc: str) -> None:
    """Open a tune and wait until it is drawn."""
    box = page.locator("#tw-message textarea")
    box.fill(abc)
    box.press("Enter")
    page.wait_for_function(
        "() => { const d = window.Tunewright.pane.data; return d.version && !d.draft &&"
        " document.querySelector('.tw-after .tw-band') }"
    )


def draw(page: Any, times: int) -> dict[str, float]:
    """Milliseconds for drawing the tune that is shown, anew each time."""
    found = page.evaluate(
        "(times) => { const pane = window.Tunewright.pane; const all = [];"
        " for (let i = 0; i < times; i += 1) { pane.after.manner = null; const begun = performance.now();"
        " pane.draw(); all.push(performance.now() - begun); } return all }",
        times,
    )
    return {"median": round(statistics.median(found), 1), "most": round(max(found), 1)}


def follow(page: Any) -> dict[str, Any]:
    """How late the lit notes are, in milliseconds, over the whole tune."""
    page.evaluate("document.querySelector('.tw-play').click()")
    page.wait_for_function("window.Tunewright.pane.transport.player?.playing", timeout=60_000)
    late = page.evaluate(
        "() => new Promise((done) => { const pane = window.Tunewright.pane; const t = pane.transport;"
        " const score = pane.after.score; const timings = t.answer.timings; const seen = new Map();"
        " const light = score.light.bind(score);"
        " score.light = (starts) => { light(starts); if (!t.player) return;"
        "  const now = t.player.time * 1000;"
        "  timings.forEach(([ms, start], i) => { if (!seen.has(i) && starts.includes(start)"
        "   && now >= ms && now < ms + 1000) seen.set(i, now - ms); }); };"
        " const wait = () => { if (t.player && t.player.playing) setTimeout(wait, 200);"
        "  else done([[...seen.values()], timings.length, t.answer ? t.answer.seconds : 0]); };"
        " wait(); })"
    )
    values, notes, seconds = late
    return {
        "seconds": round(seconds, 1), "notes": notes, "notes_seen_lit": len(values),
        "milliseconds_late": spread([abs(value) for value in values]),
        "more_than_30_milliseconds": sum(abs(value) > 30 for value in values),
    }  # fmt: skip


def main() -> None:
    """Measure and print; `--write` keeps the result."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=30)
    parser.add_argument("--loads", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    wanted = parser.parse_args()
    from playwright.sync_api import sync_playwright

    path = next(found for name in BROWSERS if (found := shutil.which(name)))
    with serve("scripted") as served, sync_playwright() as playwright:
        loads = []
        for _ in range(wanted.loads):
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
            page, load = open_fresh(browser, served.url)
            loads.append(load)
            if len(loads) < wanted.loads:
                browser.close()
        paste(page, plain_tune())
        drawn = draw(page, wanted.draws)
        page.reload()
        page.wait_for_function("window.Tunewright?.pane?.data?.abc")
        paste(page, EVENTFUL)
        page.wait_for_function("window.Tunewright.pane.data.title === 'Everything at once'")
        cursor = follow(page)
    found = {
        "command": f"python -m benchmarks.page --loads {wanted.loads} --draws {wanted.draws} --write",
        "first_load": {
            key: statistics.median(load[key] for load in loads) for key in loads[0]
        },
        "loads": loads, "draw_32_bars_milliseconds": drawn, "cursor": cursor,
    }  # fmt: skip
    print(json.dumps(found, indent=1))
    if wanted.write:
        RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
