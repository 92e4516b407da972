"""The server is killed in the middle of a turn and started again: the page says so and goes on."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import Visit, end, free_port, start
from tests.ui.test_browser import TUNE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]


class Server:
    """An application that can be killed and started again on its port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.url = f"http://127.0.0.1:{self.port}/"
        self.process: Any = None

    def start(self) -> None:
        self.process = start(self.folder / "log.txt", self.port, TUNEWRIGHT_PROFILE="cpu")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    one = Server(tmp_path)
    one.start()
    yield one
    end(one.process)


def test_a_killed_server_loses_nothing(server: Server, browser: Any) -> None:
    page = browser.new_context(viewport={"width": 1440, "height": 960}, locale="en-US").new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(server.url)
    page.wait_for_function("window.Tunewright?.pane?.data?.language")
    visit = Visit(page)
    first = visit.paste(TUNE)
    visit.say("transpose it up a tone")
    second = visit.wait_version(2)

    visit.say("write a new reel in D major, 32 bars, with chords")
    page.locator("#tw-chat .user", has_text="new reel").wait_for()
    server.kill()
    page.locator(".tw-banner", has_text="does not answer").wait_for(timeout=40_000)
    assert visit.data()["abc"] == second["abc"], "the tune is still on the page"

    server.start()
    page.wait_for_function(
        "window.Tunewright?.pane?.data?.version === 2 && !window.Tunewright.pane.recovery.lost"
        " && !document.querySelector('.tw-banner:not([hidden])')?.textContent.includes('does not')",
        timeout=90_000,
    )
    back = visit.wait_version(2)
    assert back["abc"] == second["abc"] and len(back["versions"]) == 2
    visit.wait_reply("Your tune is back")
    page.wait_for_function(
        "document.querySelector('#tw-message textarea').value.startsWith('write a new reel')"
    )
    page.click("[data-do=undo]")
    assert visit.wait_version(1)["abc"] == first["abc"]
    assert failures == []
