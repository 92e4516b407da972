"""The real application in a process of its own, and Chromium to look at it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip
START_SECONDS = 120
# Written beside the log and loaded by the server's Python before anything else: it notes every
# address that the server asks for or connects to.
WATCHER = """
import os, sys

def watch(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    elif event == "socket.connect" and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    with open(os.environ["HOSTS_ASKED"], "a") as file:
        file.write(f"{host}\\n")

sys.addaudithook(watch)
"""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def start(log: Path, port: int, **environment: str) -> subprocess.Popen[bytes]:
    """Run app.py on a port and wait until it answers."""
    (log.parent / "sitecustomize.py").write_text(WATCHER, encoding="utf-8")
    (log.parent / "hosts.txt").touch()
    # No proxy for our own address; everything else is as a user would have it.
    given = {**os.environ, "GRADIO_SERVER_PORT": str(port), "NO_PROXY": "127.0.0.1", **environment}
    given |= {"PYTHONPATH": str(log.parent), "HOSTS_ASKED": str(log.parent / "hosts.txt")}
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "app.py"], cwd=ROOT, env=given, stdout=out, stderr=subprocess.STDOUT
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not answers(f"http://127.0.0.1:{port}/"):
            assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
            assert time.monotonic() < deadline, "the application did not answer in time"
            time.sleep(0.2)
    except BaseException:
        end(process)
        raise
    return process


def end(process: subprocess.Popen[bytes]) -> None:
    """Stop a server that was started here."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def serve(log: Path, **environment: str) -> Iterator[str]:
    """Run app.py on a free port until the caller is done; yields its address."""
    port = free_port()
    process = start(log, port, **environment)
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        end(process)


@pytest.fixture(scope="session")
def app_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the application's log and the hosts that it asked for are written."""
    return tmp_path_factory.mktemp("app")


@pytest.fixture(scope="session")
def app_url(app_folder: Path) -> Iterator[str]:
    """Address of the application with the embedded model."""
    yield from serve(app_folder / "log.txt", TUNEWRIGHT_PROFILE="cpu")


@pytest.fixture(scope="session")
def tools_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an application without a model: everything but composing must work there."""
    folder = tmp_path_factory.mktemp("tools")
    yield from serve(folder / "log.txt", TUNEWRIGHT_PROFILE="scripted")


@pytest.fixture(scope="session")
def silent_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of an application whose server has no soundfont."""
    folder = tmp_path_factory.mktemp("silent")
    yield from serve(
        folder / "log.txt",
        TUNEWRIGHT_PROFILE="cpu",
        TUNEWRIGHT_SOUNDFONT=str(folder / "there-is-none.sf2"),
    )


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        assert not os.environ.get("CI"), "the browser tests need Chromium"
        pytest.skip("no Chromium on this machine; make test installs it where it may")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield chromium
        chromium.close()


@dataclass
class Visit:
    """A page that is open, and what went wrong on it."""

    page: Any
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Send a message."""
        box = self.page.locator("#tw-message textarea")
        box.fill(text)
        box.press("Enter")

    def data(self) -> dict[str, Any]:
        """What the score pane shows."""
        return dict(self.page.evaluate("window.Tunewright.pane.data"))

    def wait_version(self, number: int) -> dict[str, Any]:
        """Wait until a version is there and drawn, and return what is shown."""
        self.page.wait_for_function(
            "n => { const d = window.Tunewright?.pane?.data;"
            " return d && d.version === n && !d.draft && document.querySelector('.tw-after .tw-band') }",
            arg=number,
            timeout=90_000,
        )
        return self.data()

    def wait_reply(self, text: str) -> None:
        """Wait until a bubble of the chat holds some words."""
        self.page.locator("#tw-chat .bot", has_text=text).last.wait_for(timeout=120_000)

    def rest(self) -> None:
        """Wait until no turn is at work: what is clicked in the chat before is drawn over by its last piece."""
        self.page.wait_for_function(
            "() => { const stop = document.querySelector('#tw-message .stop-button');"
            " return (!stop || stop.offsetParent === null)"
            " && !document.querySelector('#tw-chat .generating, #tw-chat .pending') }",
            timeout=60_000,
        )
        self.page.wait_for_timeout(500)

    def bar(self, number: int) -> tuple[float, float]:
        """Middle of a bar on the score, scrolled into view."""
        band = self.page.locator(f'.tw-after .tw-band[data-bar="{number}"]').first
        band.scroll_into_view_if_needed()
        box = band.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def click_bar(self, number: int, shift: bool = False) -> None:
        if shift:
            self.page.keyboard.down("Shift")
        self.page.mouse.click(*self.bar(number))
        if shift:
            self.page.keyboard.up("Shift")

    def drag_bars(self, first: int, last: int) -> None:
        self.bar(last)
        start = self.bar(first)
        self.page.mouse.move(*start)
        self.page.mouse.down()
        end = self.page.locator(f'.tw-after .tw-band[data-bar="{last}"]').first.bounding_box()
        self.page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=8)
        self.page.mouse.up()

    def scope(self) -> str:
        """Words of the chip beside the message box; empty when nothing is selected."""
        chip = self.page.locator("#tw-scope")
        return chip.locator("span").inner_text() if chip.is_visible() else ""

    def marked(self, name: str, sheet: str = "after") -> set[int]:
        """Bars that carry a mark: selected, new, old."""
        bands = self.page.locator(f".tw-{sheet} .tw-band.tw-{name}")
        return set(bands.evaluate_all("all => all.map(one => Number(one.dataset.bar))"))

    def paste(self, abc: str) -> dict[str, Any]:
        """Paste a tune into an empty conversation and wait until it is shown."""
        self.say(abc)
        return self.wait_version(1)

    def layer(self, name: str, on: bool = True) -> None:
        """Switch a layer of the score on or off."""
        self.page.locator(f"[data-layer={name}]").evaluate(
            "(box, on) => { box.checked = on; box.dispatchEvent(new Event('change')) }", on
        )


@pytest.fixture
def open_page(browser: Any) -> Iterator[Any]:
    """Open an address in a fresh browser profile; asserts at the end that nobody else was asked."""
    visits: list[Visit] = []
    contexts = []

    def visit(url: str, **options: Any) -> Visit:
        settings = {"viewport": {"width": 1440, "height": 960}, "locale": "en-US", **options}
        context = browser.new_context(**settings)
        contexts.append(context)
        page = context.new_page()
        one = Visit(page)
        visits.append(one)
        # Leaving a page ends the client's open requests, and Gradio's own close says so as an error.
        page.on(
            "pageerror",
            lambda error: (
                None
                if "signal is aborted without reason" in str(error)
                else one.errors.append(str(error))
            ),
        )
        page.on(
            "console",
            lambda message: one.errors.append(message.text) if message.type == "error" else None,
        )
        home = "/".join(url.split("/")[:3]) + "/"
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((home, "data:", "blob:"))
                else one.strangers.append(request.url)
            ),
        )
        page.goto(url)
        page.wait_for_selector(".tw-pane[data-state]")
        # Examples come with the visitor's session; before them a message has none.
        page.wait_for_function("window.Tunewright?.pane?.data?.language")
        return one

    yield visit
    for context in contexts:
        context.close()
    for one in visits:
        assert one.strangers == []
        assert one.errors == []
