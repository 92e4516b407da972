"""The real application in headless Chromium: compose, listen, point, change, compare, undo.

One visit composes with the model; the others begin with a pasted tune, which is quicker and always
the same. Every visit asserts at its end that no other host was asked and no script failed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import mido
import pytest
import soundfile

from tests.ui.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

TUNE = """X:1
T:The Test Jig
M:6/8
L:1/8
Q:3/8=120
K:G
|:"G"G2B d2B|"C"c2e "G"d2B|"Am"c2A "D"F2A|"G"B2G "D"A2D|
"G"G2B d2B|"C"c2e "G"dBG|"Am"cBA "D"F2A|"G"G3 G3:|
|:"G"g2d B2d|"C"e2c "G"d2B|"Am"c2e "D"a2f|"G"g2e "D"d2B|
"Em"e2f g2e|"C"e2c "G"d2B|"Am"cBA "D"F2A|"G"G3 G3:|
"""

Opener = Callable[..., Visit]


def paste(visit: Visit, abc: str = TUNE) -> dict[str, Any]:
    """Paste a tune into the message box and wait until it is shown."""
    visit.say(abc)
    return visit.wait_version(1)


def outside(data: dict[str, Any], bars: set[int]) -> str:
    """The text of a tune with the given bars cut out."""
    text, end, rest = data["abc"], 0, []
    for number, start, stop in data["bars"]:
        if number in bars:
            rest.append(text[end:start])
            end = stop
    return "".join([*rest, text[end:]])


def test_compose_listen_point_change_compare_undo(app_url: str, open_page: Opener) -> None:
    visit = open_page(app_url)
    page = visit.page
    visit.say("a lively jig in G major, 16 bars, with chords")
    page.wait_for_selector("#tw-chat .user", timeout=5000)
    first = visit.wait_version(1)
    assert "M:6/8" in first["abc"] and "K:G" in first["abc"]
    assert max(number for number, _, _ in first["bars"]) == 16
    assert page.locator(".tw-after .abcjs-note").count() >= 30
    visit.wait_reply("✓")

    # Bars that the reply names can be clicked.
    page.wait_for_selector("#tw-chat .bot.tw-cites")
    spot = page.evaluate(
        "() => { const range = [...CSS.highlights.get('tw-citation')][0];"
        " const box = range.getBoundingClientRect();"
        " return { text: range.toString(), x: box.x + box.width / 2, y: box.y + box.height / 2 } }"
    )
    page.mouse.click(spot["x"], spot["y"])
    assert visit.scope() == f"Scope: {spot['text']}"
    page.click("#tw-scope button")

    # Sound: the server's recording plays, the cursor goes along, a note is lit.
    page.click(".tw-play")
    page.wait_for_function("document.querySelector('audio').currentTime > 0.8")
    cursor = page.locator(".tw-after .tw-cursor")
    early = float(cursor.get_attribute("x1"))
    line = cursor.get_attribute("y1")
    assert page.evaluate("window.Tunewright.pane.transport.player.kind") == "server"
    assert page.locator(".tw-after .tw-sounding").count() >= 1
    page.wait_for_function("document.querySelector('audio').currentTime > 1.6")
    later = float(cursor.get_attribute("x1"))
    assert later > early or cursor.get_attribute("y1") != line
    page.click(".tw-play")
    page.wait_for_function("document.querySelector('audio').paused")

    # Pointing: a click chooses a bar, a drag chooses several, the chip says which.
    visit.click_bar(5)
    assert visit.scope() == "Scope: bar 5"
    visit.drag_bars(5, 8)
    assert visit.scope() == "Scope: bars 5–8"
    assert visit.marked("selected") == {5, 6, 7, 8}

    # Changing: only these bars differ, by the text and by what is marked.
    visit.say("make this part minor")
    second = visit.wait_version(2)
    chosen = {5, 6, 7, 8}
    assert second["abc"] != first["abc"]
    assert set(second["changed"]) and set(second["changed"]) <= chosen
    assert outside(second, chosen) == outside(first, chosen)
    assert visit.scope() == ""
    assert visit.marked("new") == set(second["changed"])

    # Comparing: the version before above, the same bars marked there, and it can be played.
    page.click("[data-do=compare]")
    page.wait_for_selector(".tw-before .tw-band")
    assert visit.marked("old", "before") == set(second["changed"])
    page.click("[data-do=play-before]")
    page.wait_for_selector(".tw-before .tw-sounding")
    heard = page.evaluate(
        "[window.Tunewright.pane.transport.piece(), document.querySelector('audio').currentTime * 1000]"
    )
    assert heard[0]["start"] > 0, "what differs does not begin the tune"
    assert heard[0]["start"] - 1 <= heard[1] < heard[0]["end"]
    page.click("[data-do=play-before]")
    page.click("[data-do=compare]")

    # Undo and redo bring back the very texts; the history stays visible.
    page.click("[data-do=undo]")
    assert visit.wait_version(1)["abc"] == first["abc"]
    page.click("[data-do=redo]")
    assert visit.wait_version(2)["abc"] == second["abc"]
    page.click('.tw-version[data-version="1"]')
    assert visit.wait_version(1)["abc"] == first["abc"]
    assert page.locator(".tw-version").count() == 2


def test_selection_by_shift_and_keyboard(app_url: str, open_page: Opener) -> None:
    visit = open_page(app_url)
    paste(visit)
    visit.click_bar(2)
    visit.click_bar(4, shift=True)
    assert visit.scope() == "Scope: bars 2–4"
    visit.click_bar(6)
    visit.click_bar(6)
    assert visit.scope() == ""
    visit.page.focus(".tw-stage")
    for keys in ("ArrowRight", "ArrowRight", "Shift+ArrowRight"):
        visit.page.keyboard.press(keys)
    assert visit.scope() == "Scope: bars 2–3"
    visit.page.keyboard.press("Escape")
    assert visit.scope() == ""
    visit.click_bar(3)
    visit.page.click("#tw-scope button")
    assert visit.scope() == "" and visit.marked("selected") == set()


def test_a_loop_at_another_tempo_stays_in_its_bars(app_url: str, open_page: Opener) -> None:
    visit = open_page(app_url)
    page = visit.page
    paste(visit)
    visit.drag_bars(3, 4)
    page.click("[data-do=loop]")
    page.locator(".tw-speed input").evaluate(
        "node => { node.value = 130; node.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    page.click(".tw-play")
    page.wait_for_function("document.querySelector('audio').currentTime > 2")
    times = page.evaluate(
        "async () => { const a = document.querySelector('audio'); const seen = [];"
        " for (let i = 0; i < 70; i += 1) { seen.push(a.currentTime);"
        " await new Promise((done) => setTimeout(done, 50)); }"
        " return { seen, rate: a.playbackRate, pitch: a.preservesPitch } }"
    )
    # Bars of one second: bars 3 and 4 are seconds 2 to 4.
    assert all(1.99 <= second <= 4.2 for second in times["seen"])
    assert any(b < a for a, b in zip(times["seen"], times["seen"][1:], strict=False))
    assert times["rate"] == 1.3 and times["pitch"]


def test_files_can_be_saved(app_url: str, open_page: Opener, tmp_path: Path) -> None:
    visit = open_page(app_url, accept_downloads=True)
    page = visit.page
    shown = paste(visit)
    for kind in ("abc", "mid", "mp3", "wav"):
        page.click(".tw-save summary")
        with page.expect_download(timeout=60_000) as download:
            page.click(f'[data-kind="{kind}"]')
        target = tmp_path / f"tune.{kind}"
        download.value.save_as(target)
        assert download.value.suggested_filename == f"The Test Jig.{kind}"
    assert (tmp_path / "tune.abc").read_text(encoding="utf-8") == shown["abc"]
    assert mido.MidiFile(tmp_path / "tune.mid").length > 30
    assert soundfile.info(str(tmp_path / "tune.mp3")).duration > 30
    assert soundfile.info(str(tmp_path / "tune.wav")).duration > 30


def test_the_text_can_be_edited(app_url: str, open_page: Opener) -> None:
    visit = open_page(app_url)
    paste(visit)
    visit.page.click(".tw-tools [data-do=source]")
    box = visit.page.locator(".tw-source textarea")
    assert box.input_value().strip() == TUNE.strip()
    box.fill(TUNE.replace("The Test Jig", "Another Jig"))
    visit.page.click("[data-do=use-source]")
    second = visit.wait_version(2)
    assert "Another Jig" in second["abc"]


HOSTILE = """X:1
T:<img src=x onerror="window.hacked=1"> ${window.hacked=2} {{hacked}}
C:<script>window.hacked=3</script>
M:4/4
L:1/4
K:C
"<b onclick=window.hacked=4>"C "^${window.hacked=5}"D E F|G A B c|]
w: <i>la</i> ${window.hacked=6} la la
"""


def test_hostile_text_does_nothing(app_url: str, open_page: Opener) -> None:
    visit = open_page(app_url)
    page = visit.page
    paste(visit, '<img src=x onerror="window.hacked=7"> ${window.hacked=8}\n\n' + HOSTILE)
    page.wait_for_timeout(500)
    assert page.evaluate("window.hacked === undefined")
    assert page.locator("#tw-chat img, .tw-pane img, #tw-chat script, .tw-pane script").count() == 0
    # It is shown as it was typed instead.
    assert "onerror" in page.locator("#tw-chat .user").first.inner_text()
    page.click(".tw-tools [data-do=source]")
    assert "<script>" in page.locator(".tw-source textarea").input_value()


@pytest.mark.parametrize(
    "junk", ["", "   ", "x" * 5000, "<html><body>hello</body></html>", "K:G\n\x00\x01 %%%"]
)
def test_bad_input_gets_a_sentence_and_the_tune_stays(
    app_url: str, open_page: Opener, junk: str
) -> None:
    visit = open_page(app_url)
    shown = paste(visit)
    before = visit.page.locator("#tw-chat .bot").count()
    visit.say(junk)
    visit.page.wait_for_function(
        "n => document.querySelectorAll('#tw-chat .bot').length > n"
        " && !document.querySelector('#tw-chat .pending, #tw-chat .loading-spinner')",
        arg=before,
        timeout=120_000,
    )
    assert visit.page.locator("#tw-chat .bot").last.inner_text().strip()
    assert visit.data()["abc"] == shown["abc"]


def test_stopping_leaves_the_tune(app_url: str, open_page: Opener) -> None:
    visit = open_page(app_url)
    shown = paste(visit)
    visit.say("a new reel in D major, 32 bars, with chords")
    visit.page.locator("#tw-message .stop-button").click(timeout=10_000)
    visit.wait_reply("Stopped")
    visit.page.wait_for_selector(".tw-pane[data-state=ready]")
    assert visit.data()["abc"] == shown["abc"]
    assert visit.page.locator("#tw-message .submit-button").is_visible()


def test_chinese_page(app_url: str, open_page: Opener) -> None:
    visit = open_page(app_url, locale="zh-CN")
    assert "乐谱会显示在这里" in visit.page.locator(".tw-empty").inner_text()
    paste(visit)
    visit.drag_bars(1, 2)
    assert visit.scope() == "范围：第1–2小节"
    assert visit.page.locator("[data-do=undo]").get_attribute("title").startswith("撤销")


def test_a_new_conversation_begins_empty(app_url: str, open_page: Opener) -> None:
    visit = open_page(app_url)
    paste(visit)
    visit.page.locator(
        "#tw-chat button[title='Clear'], #tw-chat button[aria-label='Clear']"
    ).click()
    visit.page.wait_for_selector(".tw-pane[data-state=empty]")
    assert visit.page.locator("#tw-chat .example").count() == 6
    visit.page.locator("#tw-chat .example", has_text="A lively jig in G").first.click()
    assert "M:6/8" in visit.wait_version(1)["abc"]


def test_phone_shows_the_score_first_and_nothing_sticks_out(
    app_url: str, open_page: Opener
) -> None:
    visit = open_page(app_url, viewport={"width": 390, "height": 844}, has_touch=True)
    page = visit.page
    paste(visit)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    score, chat = (page.locator(name).bounding_box() for name in ("#tw-score", "#tw-chat"))
    assert score["y"] < chat["y"]
    x, y = visit.bar(3)
    page.touchscreen.tap(x, y)
    assert visit.scope() == "Scope: bar 3"
    lines = page.locator(".tw-after .abcjs-staff").count()
    assert lines >= 6, "two bars a line at this width"
    for name in (".tw-play", "[data-do=undo]", ".tw-tools [data-do=source]"):
        assert min(page.locator(name).bounding_box()[side] for side in ("width", "height")) >= 44


def test_the_server_asks_no_other_host_either(
    app_url: str, app_folder: Path, open_page: Opener
) -> None:
    visit = open_page(app_url)
    visit.say("a waltz in C, 8 bars")
    visit.wait_version(1)
    hosts = set((app_folder / "hosts.txt").read_text(encoding="utf-8").split())
    assert hosts, "the watcher saw at least the server's own address"
    assert hosts <= {"127.0.0.1", "localhost", "::1", "0.0.0.0", "None"}


def test_without_a_synthesiser_the_browser_plays(silent_url: str, open_page: Opener) -> None:
    visit = open_page(silent_url)
    page = visit.page
    paste(visit)
    note = page.locator(".tw-note")
    note.filter(has_text="browser").wait_for(timeout=30_000)
    page.click(".tw-play")
    page.wait_for_function(
        "window.Tunewright.pane.transport.player && window.Tunewright.pane.transport.player.time > 1"
    )
    assert page.evaluate("window.Tunewright.pane.transport.player.kind") == "browser"
    assert page.locator(".tw-after .tw-sounding").count() >= 1
    page.click(".tw-play")
    halt = page.evaluate("window.Tunewright.pane.transport.player.time")
    page.wait_for_timeout(300)
    assert page.evaluate("window.Tunewright.pane.transport.player.time") == halt
