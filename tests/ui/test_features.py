"""What a teacher and a student do with a score, in headless Chromium, on a server without a model.

Everything here must work while the model loads or is out of quota. Every visit asserts at its end that no
other host was asked and no script failed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundfile

from tests.ui.conftest import Visit
from tests.ui.test_browser import TUNE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

DUET = """X:1
T:Duet
M:4/4
L:1/4
Q:1/4=120
K:C
V:1 name="Flute"
"C"c d e f|"G7"g2 "C"e2|
V:2 name="Cello" clef=bass
C,2 G,,2|G,,2 C,2|
"""
Opener = Callable[..., Visit]


def test_prepared_conversations_play_without_a_model(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url)
    page = visit.page
    page.locator("#tw-chat .example", has_text="Hear a jig").click()
    page.wait_for_function("document.querySelector('audio').currentTime > 0.5", timeout=60_000)
    shown = visit.data()
    assert shown["version"] == 2 and shown["changed"]
    assert page.locator("#tw-chat .user").count() >= 2
    # The conversation goes on from there: a change by rule needs no model either.
    visit.say("transpose it up a tone")
    assert "K:A" in visit.wait_version(3)["abc"]


def test_the_length_stands_there_before_the_sound_does(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url)
    visit.page.evaluate("window.Tunewright.pane.transport.prepare = () => Promise.resolve(null)")
    visit.paste(DUET)
    assert visit.page.locator(".tw-time").inner_text() == "0:00 / 0:04"


@pytest.mark.parametrize(("locale", "asked", "button"), [
    ("en-GB", "what is the Dorian mode?", "As text"), ("zh-CN", "什么是多利亚调式？", "文字谱"),
])  # fmt: skip
def test_an_example_in_a_reply_is_drawn_and_has_its_text(
    tools_url: str, open_page: Opener, locale: str, asked: str, button: str
) -> None:
    visit = open_page(tools_url, locale=locale)
    page = visit.page
    visit.say(asked)
    drawing = page.locator("#tw-chat .bot .tw-snippet svg")
    drawing.wait_for(timeout=30_000)
    assert page.locator("#tw-chat .bot .tw-snippet .abcjs-note").count() == 8
    assert page.locator("#tw-chat .bot .tw-snippet [data-name^='accidentals']").count() == 0
    text = page.locator("#tw-chat .bot .tw-drawn pre")
    assert not text.is_visible()
    page.get_by_role("button", name=button).click()
    assert text.is_visible() and "K:C" in text.inner_text()


def test_layers_are_drawn_where_the_notes_are(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url)
    page = visit.page
    visit.paste(TUNE)
    notes = page.locator(".tw-after .abcjs-note").count()
    for name in ("degrees", "names", "roman", "functions", "form", "cadences"):
        visit.layer(name)
    page.wait_for_selector(".tw-label.tw-names")
    assert page.locator(".tw-label.tw-degrees").count() == notes
    assert page.locator(".tw-label.tw-names").count() == notes
    assert page.locator(".tw-label.tw-roman").first.evaluate("n => n.firstChild.data") == "I"
    functions = page.locator(".tw-label.tw-functions").evaluate_all(
        "all => all.map((one) => one.firstChild.data)"
    )
    assert set(functions) == {"T", "S", "D"}
    assert page.locator(".tw-bracket").count() >= 2
    assert "PAC" in page.locator(".tw-label.tw-cadence").last.evaluate("n => n.firstChild.data")
    # The first note, G in G major, is degree 1: by its number and by its colour.
    first = page.locator(".tw-after .abcjs-notehead[data-degree]").first
    assert first.get_attribute("data-degree") == "1"
    # Labels stand below their notes and no label lies on another.
    boxes = page.locator(".tw-label.tw-degrees").evaluate_all(
        "all => all.map((one) => { const b = one.getBoundingClientRect(); return [b.x, b.y, b.right, b.bottom] })"
    )
    overlapping = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if a[0] < b[2] - 1 and b[0] < a[2] - 1 and a[1] < b[3] - 1 and b[1] < a[3] - 1
    ]
    assert overlapping == []
    for name in ("degrees", "names", "roman", "functions", "form", "cadences"):
        visit.layer(name, False)
    page.wait_for_function("!document.querySelector('.tw-label')")
    assert page.locator(".tw-after [data-degree]").count() == 0


def test_a_view_for_a_transposing_instrument(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url)
    page = visit.page
    shown = visit.paste(TUNE)
    visit.layer("names")
    select = page.locator(".tw-view select")
    select.evaluate("n => { n.value = 'clarinet in b-flat'; n.dispatchEvent(new Event('change')) }")
    page.locator(".tw-range", has_text="Clarinet").wait_for()
    # G sounds, A is read.
    page.wait_for_function("document.querySelector('.tw-label.tw-names')?.firstChild.data === 'A'")
    assert visit.data()["abc"] == shown["abc"], "a view changes nothing"
    visit.click_bar(3)
    assert visit.scope() == "Scope: bar 3", "bars are still where they are"
    select.evaluate("n => { n.value = 'bass'; n.dispatchEvent(new Event('change')) }")
    page.locator(".tw-range", has_text="Bass voice").wait_for()


def test_a_screen_reader_hears_the_bar(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url)
    visit.paste(TUNE)
    visit.page.focus(".tw-stage")
    visit.page.keyboard.press("ArrowRight")
    live = visit.page.locator(".tw-live")
    live.filter(has_text="bar 1: G, B, D, B; chord G").wait_for(state="attached")
    visit.page.keyboard.press("ArrowRight")
    live.filter(has_text="bar 2: C, E, D, B; chord C, G").wait_for(state="attached")


def test_a_link_carries_the_tune(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url)
    page = visit.page
    shown = visit.paste(TUNE)
    page.click("[data-do=share]")
    page.wait_for_function("document.querySelector('.tw-share [name=link]').value.includes('?z=')")
    link = page.locator(".tw-share [name=link]").input_value()
    page.wait_for_selector(".tw-code svg path")
    other = open_page(link)
    assert other.wait_version(1)["abc"] == shown["abc"]
    embedded = page.locator(".tw-share [name=embed]").input_value().split('"')[1]
    alone = open_page(embedded)
    alone.wait_version(1)
    assert not alone.page.locator("#tw-chat-side").is_visible()
    assert alone.page.locator(".tw-play").is_visible()


def test_a_damaged_link_is_a_sentence(tools_url: str, open_page: Opener) -> None:
    visit = open_page(f"{tools_url}?z=eNpzzzzz")
    visit.page.locator("#tw-chat .bot", has_text="link is damaged").wait_for()
    assert visit.page.locator(".tw-pane[data-state=empty]").count() == 1


def test_worksheets_and_the_link_for_the_class(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url)
    page = visit.page
    visit.paste(TUNE)
    page.click("[data-do=worksheet]")
    paper = page.locator(".tw-worksheet-paper")
    paper.locator("svg").first.wait_for()
    page.locator(".tw-worksheet select").select_option("cadences")
    paper.locator("h3", has_text="Find the cadences").wait_for()
    assert "perfect authentic" not in paper.inner_text()
    page.click("[data-worksheet=answers]")
    assert "Bar 8: perfect authentic cadence" in paper.inner_text()
    page.click("[data-worksheet=link]")
    field = page.locator(".tw-worksheet [name=assignment]")
    page.wait_for_function("document.querySelector('[name=assignment]').value.includes('task=')")
    pupil = open_page(field.input_value())
    pupil.page.locator(".tw-worksheet[open] h3", has_text="Find the cadences").wait_for()
    assert not pupil.page.locator("[data-worksheet=answers]").is_visible()
    assert pupil.page.locator("[data-worksheet=print]").is_visible()
    printed = page.evaluate(
        "() => { const before = HTMLIFrameElement; let text = '';"
        " const frame = window.TunewrightPrinting.printWorksheet("
        "  window.Tunewright.pane.worksheets.made, {name: 'Name', key: 'Answers'}, true);"
        " text = frame.contentDocument.body.innerText; const music ="
        " frame.contentDocument.querySelectorAll('svg').length; frame.remove(); return [text, music] }"
    )
    assert "perfect authentic" in printed[0] and printed[1] >= 4


def test_voices_the_metronome_and_the_count_in(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url)
    page = visit.page
    visit.paste(DUET)
    page.click(".tw-play")
    page.wait_for_function("document.querySelector('audio').currentTime > 0.4", timeout=60_000)
    first = page.evaluate("document.querySelector('audio').src")
    page.click(".tw-mixer summary")
    assert page.locator(".tw-voice span").all_inner_texts() == ["Flute", "Cello", "Chords", "Bass"]
    page.locator(".tw-voice button[aria-label='Mute: Cello']").click()
    page.wait_for_function("old => document.querySelector('audio').src !== old", arg=first)
    page.wait_for_function("!document.querySelector('audio').paused")
    assert page.evaluate("document.querySelector('audio').currentTime") > 0.3, "it goes on there"
    page.evaluate("window.Tunewright.pane.transport.stop()")
    page.check("[data-wish=count]")
    page.click(".tw-play")
    page.wait_for_function("window.Tunewright.pane.transport.answer?.begins === 2000")
    page.wait_for_function("document.querySelector('audio').currentTime > 0.3")
    assert page.locator(".tw-after .tw-sounding").count() == 0, "nothing sounds while it counts"
    page.wait_for_selector(".tw-after .tw-sounding")
    assert page.evaluate("document.querySelector('audio').currentTime") >= 1.9


def test_every_kind_of_file_and_back(tools_url: str, open_page: Opener, tmp_path: Path) -> None:
    visit = open_page(tools_url, accept_downloads=True)
    page = visit.page
    visit.paste(TUNE)
    visit.say("transpose it up a tone")
    second = visit.wait_version(2)
    files: dict[str, Path] = {}
    for kind in ("musicxml", "mid", "pdf", "svg", "png", "ogg", "project"):
        page.click(".tw-save summary")
        with page.expect_download(timeout=60_000) as download:
            page.click(f'[data-kind="{kind}"]')
        files[kind] = tmp_path / download.value.suggested_filename
        download.value.save_as(files[kind])
    assert files["pdf"].read_bytes().startswith(b"%PDF")
    assert soundfile.info(str(files["ogg"])).duration > 30
    assert "versions/v2.abc" in zipfile.ZipFile(files["project"]).namelist()

    other = open_page(tools_url)
    other.page.set_input_files(".tw-pane input[type=file]", str(files["project"]))
    back = other.wait_version(2)
    assert back["abc"] == second["abc"] and len(back["versions"]) == 2
    for kind in ("musicxml", "mid"):
        fresh = open_page(tools_url)
        fresh.page.set_input_files(".tw-pane input[type=file]", str(files[kind]))
        assert "K:A" in fresh.wait_version(1)["abc"]
    bad = tmp_path / "virus.exe"
    bad.write_bytes(b"MZ")
    other.page.set_input_files(".tw-pane input[type=file]", str(bad))
    other.wait_reply("I can open ABC, MusicXML and MIDI files")
    assert other.data()["abc"] == second["abc"]


def test_trying_again_changing_a_message_and_taking_it_back(
    tools_url: str, open_page: Opener
) -> None:
    visit = open_page(tools_url)
    page = visit.page
    first = visit.paste(TUNE)
    visit.say("transpose it up a tone")
    second = visit.wait_version(2)
    visit.rest()
    page.locator("#tw-chat button[title='Retry'], #tw-chat button[aria-label='Retry']").last.click()
    third = visit.wait_version(3)
    visit.rest()
    assert third["abc"] == second["abc"], "the same change of the same tune, not one upon the other"
    page.locator("#tw-chat button[title='Undo'], #tw-chat button[aria-label='Undo']").last.click()
    page.wait_for_function("window.Tunewright.pane.data.version === 1")
    assert visit.data()["abc"] == first["abc"]
    assert page.locator("#tw-message textarea").input_value() == "transpose it up a tone"
    assert len(visit.data()["versions"]) == 3, "no version is lost"
    page.locator("#tw-message textarea").fill("")
    visit.say("transpose it up an octave")
    visit.wait_version(4)
    visit.rest()
    page.locator("#tw-chat button[title='Edit'], #tw-chat button[aria-label='Edit']").last.click()
    page.locator("#tw-chat textarea").fill("transpose it down a tone")
    page.locator("#tw-chat button[title='Submit'], #tw-chat button[aria-label='Submit']").click()
    assert "K:F" in visit.wait_version(5)["abc"]
    assert page.locator("#tw-chat .user", has_text="down a tone").count() >= 1
    assert page.locator("#tw-chat .user", has_text="up an octave").count() == 0


def test_a_reload_brings_the_tune_back_and_a_new_conversation_forgets_it(
    tools_url: str, open_page: Opener
) -> None:
    visit = open_page(tools_url)
    page = visit.page
    visit.paste(TUNE)
    visit.say("transpose it up a tone")
    second = visit.wait_version(2)
    page.reload()
    back = visit.wait_version(2)
    assert back["abc"] == second["abc"] and len(back["versions"]) == 2
    visit.wait_reply("Your tune is back")
    page.locator("#tw-chat button[title='Clear'], #tw-chat button[aria-label='Clear']").click()
    page.wait_for_selector(".tw-pane[data-state=empty]")
    page.reload()
    page.wait_for_function("window.Tunewright?.pane?.data?.language")
    page.wait_for_timeout(800)
    assert page.locator(".tw-pane[data-state=empty]").count() == 1


def test_the_language_can_be_changed_at_any_time(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url)
    page = visit.page
    visit.paste(TUNE)
    page.click("[data-do=language]")
    page.wait_for_function("document.querySelector('[data-do=undo]').title.startsWith('撤销')")
    assert page.locator("#tw-message textarea").get_attribute("placeholder").startswith("描述")
    assert visit.data()["version"] == 1, "the tune stays"
    assert page.locator("#tw-chat .user").count() >= 1, "so does what was said"
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.click("[data-do=language]")
    page.wait_for_function("document.querySelector('[data-do=undo]').title.startsWith('Undo')")


def test_presentation_shows_the_score_alone_and_larger(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url)
    page = visit.page
    visit.paste(TUNE)
    small = page.locator(".tw-after .abcjs-staff").first.bounding_box()["height"]
    page.click("[data-do=present]")
    page.wait_for_function("!document.querySelector('#tw-chat-side').checkVisibility()")
    page.wait_for_timeout(400)
    assert page.locator(".tw-after .abcjs-staff").first.bounding_box()["height"] > 1.15 * small
    page.click("[data-do=present]")
    page.wait_for_selector("#tw-chat-side", state="visible")


def test_a_double_click_plays_from_there(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url)
    visit.paste(TUNE)
    visit.page.mouse.dblclick(*visit.bar(7))
    visit.page.wait_for_function(
        "document.querySelector('audio').currentTime > 6.1", timeout=60_000
    )
    assert visit.page.evaluate("document.querySelector('audio').currentTime") < 9


def test_on_a_phone_the_chat_is_a_sheet(tools_url: str, open_page: Opener) -> None:
    visit = open_page(tools_url, viewport={"width": 390, "height": 844}, has_touch=True)
    page = visit.page
    chat = page.locator("#tw-chat")
    assert chat.bounding_box()["height"] > 300, "open at first"
    visit.paste(TUNE)
    page.wait_for_function("document.querySelector('#tw-chat').clientHeight < 5")
    assert page.locator("#tw-score").bounding_box()["height"] > 500
    page.click("#tw-chat-handle")
    page.wait_for_function("document.querySelector('#tw-chat').clientHeight > 300")
    assert page.locator("#tw-chat-handle").get_attribute("aria-expanded") == "true"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize(
    ("locale", "scheme", "width"), [("en-US", "light", 1440), ("zh-CN", "dark", 390)]
)
def test_axe_finds_nothing(
    tools_url: str, open_page: Opener, locale: str, scheme: str, width: int
) -> None:
    visit = open_page(
        tools_url, locale=locale, color_scheme=scheme, viewport={"width": width, "height": 900}
    )
    problems = found(visit)
    visit.paste(TUNE)
    for name in ("degrees", "roman", "form"):
        visit.layer(name)
    visit.page.wait_for_selector(".tw-label.tw-roman")
    visit.click_bar(2)
    problems += found(visit)
    for opener in ("share", "worksheet"):
        visit.page.locator(f"[data-do={opener}]").evaluate("node => node.click()")
        visit.page.wait_for_selector(f".tw-{opener}[open]")
        visit.page.wait_for_timeout(300)
        problems += found(visit)
        visit.page.evaluate("name => document.querySelector(`.tw-${name}`).close()", opener)
    assert problems == []


def found(visit: Visit) -> list[str]:
    """What axe says against WCAG 2.1 AA, one line each."""
    from axe_playwright_python.sync_playwright import Axe

    options: dict[str, Any] = {
        "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    }
    results = Axe().run(visit.page, options=options).response
    return [
        f"{rule['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for rule in results["violations"]
        for node in rule["nodes"]
    ]
