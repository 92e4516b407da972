"""The score pane as a Gradio component: static markup, typed value, our scripts.

Text of users and models reaches the browser only inside the value, a ``bridge.ScoreData``, as JSON.
The markup is a constant without placeholders, because Gradio evaluates ``${…}`` and ``{{…}}`` in
templates. What the pane does is in ``static/score.js``; bars and positions are those of
``ui/bridge.py`` (code points, printed bar numbers).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from ui.calls import Calls
from ui.exports import IMPORTS
from ui.players import list_players
from ui.strings import PANE

FOLDER = Path(__file__).resolve().parent
STATIC = FOLDER / "static"
VENDOR = FOLDER / "vendor"
SCRIPTS = (
    VENDOR / "abcjs" / "abcjs-basic-min.js",
    STATIC / "breaks.js",
    STATIC / "engraving.js",
    STATIC / "player.js",
    STATIC / "citations.js",
    STATIC / "snippets.js",
    STATIC / "sheet.js",
    STATIC / "heading.js",
    STATIC / "overlay.js",
    STATIC / "view.js",
    STATIC / "mixer.js",
    STATIC / "transport.js",
    STATIC / "printing.js",
    STATIC / "saving.js",
    STATIC / "dialogs.js",
    STATIC / "taste.js",
    STATIC / "recovery.js",
    STATIC / "selecting.js",
    STATIC / "chatsheet.js",
    STATIC / "access.js",
    STATIC / "score.js",
)
STYLES = (STATIC / "page.css", STATIC / "score.css", STATIC / "panels.css")

ICONS = {
    "play": '<path class="tw-i-play" d="M8 5.5v13l11-6.5z"/>'
    '<path class="tw-i-pause" d="M7 5h3.6v14H7zM13.4 5H17v14h-3.6z"/>',
    "undo": '<path class="l" d="M8 5 4 9l4 4M4.5 9H14a5.5 5.5 0 0 1 0 11h-4"/>',
    "redo": '<path class="l" d="m16 5 4 4-4 4M19.5 9H10a5.5 5.5 0 0 0 0 11h4"/>',
    "compare": '<path class="l" d="M4 5h16v5.5H4zM4 13.5h16V19H4zM7 7.8h7M7 16.2h10"/>',
    "source": '<path class="l" d="m9 7-5 5 5 5M15 7l5 5-5 5"/>',
    "save": '<path class="l" d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 19.5h14"/>',
    "view": '<path class="l" d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/>'
    '<circle class="l" cx="12" cy="12" r="3"/>',
    "share": '<path class="l" d="M10 14a4 4 0 0 0 6 0l3-3a4.2 4.2 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0'
    'l-3 3a4.2 4.2 0 0 0 6 6l1-1"/>',
    "worksheet": '<path class="l" d="M6 3.5h9l4 4V20.5H6zM14.5 3.5V8H19M9 12h7M9 16h7"/>',
    "taste": '<path class="l" d="M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.6'
    'C19.5 15.4 12 20 12 20z"/>',
    "present": '<path class="l" d="M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5"/>',
    "mixer": '<path class="l" d="M6 4v16M12 4v16M18 4v16M3.5 9h5M9.5 15h5M15.5 8h5"/>',
    "loop": '<path class="l" d="M17 3.5 20.5 7 17 10.5M4 11.5V10a3 3 0 0 1 3-3h13M7 20.5 3.5 17 7 '
    '13.5M20 12.5V14a3 3 0 0 1-3 3H4"/>',
}


def icon(name: str) -> str:
    """Return one of our icons as inline SVG."""
    return f'<svg viewBox="0 0 24 24" aria-hidden="true">{ICONS[name]}</svg>'


def button(action: str, name: str, label: bool = False, toggle: bool = False) -> str:
    """Return a tool button; its words are put in by the script, in the reader's language."""
    pressed = ' aria-pressed="false"' if toggle else ""
    words = f'<span data-say="{action}"></span>' if label else ""
    return (
        f'<button type="button" class="tw-tool" data-do="{action}" data-title="{action}_title"'
        f"{pressed}>{icon(name)}{words}</button>"
    )


def sheet(which: str) -> str:
    """Return an empty sheet of music."""
    return (
        f'<article class="tw-sheet tw-{which}"><div class="tw-sheet-head">'
        '<span class="tw-tag"></span>'
        f'<button type="button" class="tw-sheet-play" data-do="play-{which}" data-title="play">'
        f'{icon("play")}</button></div><div class="tw-paper"></div></article>'
    )


EMPTY = """
<div class="tw-empty"><svg viewBox="0 0 320 92" aria-hidden="true"><g class="tw-staff">
<path d="M0 20H320M0 33H320M0 46H320M0 59H320M0 72H320"/></g><g class="tw-dots">
<ellipse cx="70" cy="59" rx="8" ry="6" transform="rotate(-20 70 59)"/><path d="M77 57V18"/>
<ellipse cx="125" cy="46" rx="8" ry="6" transform="rotate(-20 125 46)"/><path d="M132 44V6"/>
<ellipse cx="180" cy="33" rx="8" ry="6" transform="rotate(-20 180 33)"/><path d="M173 36V76"/>
<ellipse cx="235" cy="52" rx="8" ry="6" transform="rotate(-20 235 52)"/><path d="M242 50V11"/>
</g></svg><h2 data-say="empty_title"></h2><p data-say="empty_text"></p>
<p><button type="button" class="tw-plain" data-do="source" data-say="paste_abc"></button>
<button type="button" class="tw-plain" data-do="file" data-say="open_file"></button></p></div>
"""

SOURCE = """
<form class="tw-source" hidden>
<label><span data-say="source_label"></span>
<textarea spellcheck="false" autocomplete="off" autocapitalize="off"></textarea></label>
<p><button type="button" class="tw-plain" data-do="file" data-say="open_file"></button>
<button type="button" class="tw-plain" data-do="close-source" data-say="cancel"></button>
<button type="button" class="tw-strong" data-do="use-source" data-say="use_source"></button></p>
</form>
"""

LAYERS = ("degrees", "names", "roman", "functions", "form", "cadences")
EXERCISES = ("blanks", "dictation", "cadences", "mode", "numerals", "transpose")


def check(data: str, words: str) -> str:
    """Return a checkbox with its words."""
    return f'<label class="tw-check-row"><input type="checkbox" {data}><span data-say="{words}"></span></label>'


VIEW = f"""
<details class="tw-menu tw-view">
<summary class="tw-tool" data-title="view_title">{icon("view")}<span data-say="view"></span></summary>
<div class="tw-menu-list tw-panel">
{"".join(check(f'data-layer="{name}"', f"layer_{name}") for name in LAYERS)}
<hr>{check("data-large", "large_notes")}
<label class="tw-field"><span data-say="instrument"></span><select></select></label>
</div></details>
"""

MIXER = f"""
<details class="tw-menu tw-mixer">
<summary class="tw-tool" data-title="mixer_title">{icon("mixer")}<span data-say="mixer"></span></summary>
<div class="tw-menu-list tw-panel"><div class="tw-voices"></div>
{check('data-wish="metronome"', "metronome")}{check('data-wish="count"', "count_in")}
</div></details>
"""

SHARE = """
<dialog class="tw-dialog tw-share" data-label="share">
<form method="dialog"><header><h2 data-say="share"></h2>
<button type="button" class="tw-tool" data-close data-title="close">&#10005;</button></header>
<p data-say="share_text"></p>
<label><span data-say="link"></span><span class="tw-copy"><input name="link" readonly>
<button type="button" class="tw-plain" data-copy="link" data-say="copy"></button></span></label>
<label><span data-say="embed"></span><span class="tw-copy"><input name="embed" readonly>
<button type="button" class="tw-plain" data-copy="embed" data-say="copy"></button></span></label>
<div class="tw-code" role="img" data-label="qr"></div>
<p class="tw-dialog-note" role="status"></p></form></dialog>
"""

WORKSHEET = f"""
<dialog class="tw-dialog tw-worksheet" data-label="worksheet">
<header><h2 data-say="worksheet"></h2>
<label class="tw-field"><span data-say="exercise"></span><select>
{"".join(f'<option value="{name}" data-say="exercise_{name}"></option>' for name in EXERCISES)}
</select></label>
<button type="button" class="tw-tool" data-worksheet="close" data-title="close">&#10005;</button></header>
<div class="tw-worksheet-paper" tabindex="0" role="group" data-label="worksheet"></div>
<input name="assignment" readonly hidden data-label="link">
<footer>
<button type="button" class="tw-plain" data-worksheet="listen" data-say="listen"></button>
<button type="button" class="tw-plain tw-teacher" data-worksheet="another" data-say="another"></button>
<button type="button" class="tw-plain tw-teacher" data-worksheet="answers" data-say="answer_key"></button>
<button type="button" class="tw-plain tw-teacher" data-worksheet="link" data-say="assignment_link"></button>
<button type="button" class="tw-plain tw-teacher" data-worksheet="print-key" data-say="print_key"></button>
<button type="button" class="tw-strong" data-worksheet="print" data-say="print"></button>
</footer></dialog>
"""

TASTE = """
<dialog class="tw-dialog tw-taste" data-label="taste">
<header><h2 data-say="taste"></h2>
<button type="button" class="tw-tool" data-close data-title="close">&#10005;</button></header>
<p><span data-say="taste_text"></span> <span class="tw-taste-days"></span></p>
<label class="tw-check-row"><input type="checkbox" name="remember"><span data-say="taste_switch"></span></label>
<section class="tw-taste-kept" hidden><h3 data-say="taste_kept"></h3>
<p class="tw-quiet" data-say="taste_empty"></p><ul tabindex="0" data-label="taste_kept"></ul></section>
<p class="tw-dialog-note" role="status"></p>
<footer class="tw-taste-kept" hidden>
<button type="button" class="tw-plain" data-taste="download" data-say="taste_download"></button>
<button type="button" class="tw-plain" data-taste="erase" data-say="taste_erase"></button>
</footer></dialog>
"""

SAVE = f"""
<details class="tw-menu tw-save">
<summary class="tw-tool" data-title="download_title">{icon("save")}
<span data-say="download"></span></summary>
<div class="tw-menu-list">
<button type="button" data-kind="abc">ABC</button>
<button type="button" data-kind="musicxml">MusicXML</button>
<button type="button" data-kind="mid">MIDI</button>
<button type="button" data-kind="pdf">PDF</button>
<button type="button" data-kind="svg">SVG</button>
<button type="button" data-kind="png">PNG</button>
<button type="button" data-kind="mp3">MP3</button>
<button type="button" data-kind="ogg">OGG</button>
<button type="button" data-kind="wav">WAV</button>
<hr><button type="button" data-kind="project" data-say="project"></button>
<button type="button" data-kind="print" data-say="print"></button>
</div></details>
"""

TRANSPORT = f"""
<footer class="tw-player">
<button type="button" class="tw-play" data-do="play" data-title="play">{icon("play")}</button>
<span class="tw-time">0:00 / 0:00</span>
<input class="tw-seek" type="range" min="0" max="1" step="0.01" value="0" data-title="seek">
<label class="tw-speed"><span data-say="tempo"></span>
<input type="range" min="40" max="130" step="5" value="100" data-label="tempo">
<output>100%</output></label>
<button type="button" class="tw-tool tw-loop" data-do="loop" data-tip="loop_title"
aria-pressed="false">{icon("loop")}<span class="tw-loop-words"></span></button>
{MIXER}
<span class="tw-note" role="status"></span>
</footer>
"""

MARKUP = f"""
<section class="tw-pane" data-state="empty">
<p class="tw-banner" role="status" hidden></p>
<header class="tw-top">
<div class="tw-versions" role="group" data-label="versions"></div>
<div class="tw-tools">
<details class="tw-menu tw-check"><summary class="tw-tool"></summary>
<div class="tw-menu-list"></div></details>
{button("undo", "undo")}{button("redo", "redo")}
{button("compare", "compare", True, True)}{VIEW}{button("source", "source", True)}
{SAVE}{button("share", "share")}{button("worksheet", "worksheet")}
{button("taste", "taste", toggle=True)}
{button("present", "present", toggle=True)}
<button type="button" class="tw-tool tw-language" data-do="language" data-tip="language_title"
data-say="other_language"></button></div></header>
<div class="tw-stage" tabindex="0" role="group" data-label="score">
<p class="tw-range" role="status" hidden></p>{EMPTY}{SOURCE}{sheet("before")}{sheet("after")}</div>
{TRANSPORT}
<p class="tw-live" aria-live="polite"></p>
<audio preload="auto"></audio>
<input type="file" accept="{",".join(IMPORTS)}" hidden>
{SHARE}{WORKSHEET}{TASTE}
</section>
"""


def file_url(path: Path) -> str:
    """Return the address of one of our own files; the hash makes browsers notice a new one."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    # Relative on purpose: it stays right when the page is served below another path.
    return f"gradio_api/file={path}?v={digest}"


def make_score_pane(calls: Calls) -> Any:
    """Return the score pane; ``calls`` answers what it asks for on its own.

    A plain gr.HTML and no subclass: Gradio writes an interface file beside the source of every
    subclass.
    """
    options = json.dumps({"strings": PANE, "players": list_players()}, ensure_ascii=True)
    # Gradio offers only events whose names stand in quotes in this string.
    script = (
        "/* 'navigate' 'open_abc' 'open_file' 'switch' 'restore' */ window.Tunewright.mount("
        f"element, trigger, props, watch, server, {options});"
    )
    return gr.HTML(
        value={},
        html_template=MARKUP,
        apply_default_css=False,
        head="".join(f'<script src="{file_url(path)}"></script>' for path in SCRIPTS),
        js_on_load=script,
        server_functions=server_functions(calls),
        elem_id="tw-score",
    )


def server_functions(calls: Calls) -> list[Callable[..., Any]]:
    """Return what the pane may call on the server; Gradio wants plain functions with their names."""

    def perform(request: Any) -> dict[str, Any]:
        return calls.perform(request)

    def export(request: Any) -> dict[str, Any]:
        return calls.export(request)

    def inspect(request: Any) -> dict[str, Any]:
        return calls.inspect(request)

    def share(request: Any) -> dict[str, Any]:
        return calls.share(request)

    def worksheet(request: Any) -> dict[str, Any]:
        return calls.worksheet(request)

    def taste(request: Any) -> dict[str, Any]:
        return calls.taste(request)

    return [perform, export, inspect, share, worksheet, taste]
