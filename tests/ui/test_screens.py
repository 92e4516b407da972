"""The page at three widths, light and dark: nothing sticks out, and pictures to look at are kept.

The pictures lie in `test-artifacts/screens` (not in git), one set a run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.conftest import ROOT, Visit
from tests.ui.test_browser import TUNE

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
FOLDER = ROOT / "test-artifacts" / "screens"
Opener = Callable[..., Visit]


def sticking_out(page: Any) -> list[str]:
    """Controls that lie outside the window, though nothing around them scrolls."""
    return list(
        page.evaluate(
            "() => [...document.querySelectorAll('button, input, summary, select, textarea')]"
            ".filter((node) => { if (!node.checkVisibility()) return false;"
            " const box = node.getBoundingClientRect(); if (!box.width) return false;"
            " let up = node.parentElement; while (up && up !== document.body) {"
            "  const style = getComputedStyle(up); if (/(auto|scroll|hidden)/.test(style.overflowX + style.overflowY))"
            "   return false; up = up.parentElement; }"
            " return box.left < -1 || box.right > innerWidth + 1; })"
            ".map((node) => node.outerHTML.slice(0, 120))"
        )
    )


@pytest.mark.parametrize(
    ("width", "scheme", "locale"),
    [
        (1440, "light", "en-US"), (1440, "dark", "en-US"), (1024, "dark", "zh-CN"),
        (390, "light", "en-US"), (390, "dark", "zh-CN"),
    ],
)  # fmt: skip
def test_nothing_sticks_out(
    tools_url: str, open_page: Opener, width: int, scheme: str, locale: str
) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    height = 844 if width < 500 else 900
    visit = open_page(
        tools_url, locale=locale, color_scheme=scheme, viewport={"width": width, "height": height}
    )
    page = visit.page

    def look(name: str) -> None:
        page.screenshot(path=str(FOLDER / f"{width}-{scheme}-{name}.png"))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), name
        assert sticking_out(page) == [], name

    look("1-empty")
    visit.paste(TUNE)
    visit.say("make the second half minor" if locale == "en-US" else "把后半段改成小调")
    visit.wait_version(2)
    page.wait_for_timeout(500)
    look("2-tune")
    for name in ("degrees", "roman", "form", "cadences"):
        visit.layer(name)
    page.wait_for_selector(".tw-label.tw-roman")
    look("3-theory")
    for name in ("degrees", "roman", "form", "cadences"):
        visit.layer(name, False)
    page.locator("[data-do=compare]").evaluate("node => node.click()")
    page.wait_for_selector(".tw-before .tw-band")
    look("4-compare")
    page.locator("[data-do=compare]").evaluate("node => node.click()")
    for name, opener in (("5-worksheet", "worksheet"), ("6-share", "share")):
        page.locator(f"[data-do={opener}]").evaluate("node => node.click()")
        page.wait_for_selector(f".tw-{opener}[open]")
        page.wait_for_timeout(400)
        look(name)
        wide = page.locator(f".tw-{opener}").evaluate("node => node.scrollWidth - node.clientWidth")
        assert wide <= 1, f"{name} is wider than its frame"
        page.evaluate("name => document.querySelector(`.tw-${name}`).close()", opener)
    for menu in ("view", "save", "mixer"):
        page.locator(f".tw-{menu} summary").evaluate("node => node.click()")
        page.wait_for_timeout(150)
        look(f"7-{menu}")
        page.evaluate("name => { document.querySelector(`.tw-${name}`).open = false }", menu)


def test_the_keyboard_alone_reaches_menus_bars_and_the_message_box(
    tools_url: str, open_page: Opener
) -> None:
    visit = open_page(tools_url)
    page = visit.page
    visit.paste(TUNE)
    page.focus("[data-do=compare], .tw-view summary")
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "() => { const one = document.activeElement; return one.dataset.do || one.dataset.layer"
                " || (one.closest('.tw-view') && 'view') || (one.closest('.tw-save') && 'save')"
                " || (one.closest('.tw-mixer') && 'mixer') || (one.closest('.tw-stage') && 'stage')"
                " || (one.closest('#tw-message') && 'message') || (one.closest('.tw-seek') && 'seek')"
                " || (one.closest('.tw-speed') && 'tempo') || one.tagName }"
            )
        )
    wanted = {"view", "save", "mixer", "stage", "source", "share", "worksheet", "present", "language",
              "play", "loop", "seek", "tempo"}  # fmt: skip
    assert wanted <= reached, wanted - reached
    page.focus(".tw-view summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.wait_for_selector(".tw-label.tw-degrees")
    page.focus(".tw-stage")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('#tw-message') !== null")
    page.keyboard.type("an octave higher")
    page.keyboard.press("Enter")
    assert set(visit.wait_version(2)["changed"]) == {1}
