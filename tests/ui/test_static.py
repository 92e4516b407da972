"""The page's own scripts and markup: line breaks and loops under node, words in both languages."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chat.settings import load_settings
from ui.bridge import Bridge
from ui.score import EXERCISES, LAYERS, MARKUP, SCRIPTS, STATIC, VENDOR, make_score_pane
from ui.strings import EXAMPLES, PAGE, PANE

NODE = shutil.which("node") or shutil.which("nodejs")


def run(script: str) -> Any:
    """Return what a script for node prints, read as JSON."""
    assert NODE is not None, "node is missing; make test installs it where it may"
    done = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def plan(abc: str, width: int) -> list[list[int]]:
    """Return where breaks.js breaks the lines of a tune."""
    abcjs = VENDOR / "abcjs" / "abcjs-basic-min.js"
    found: list[list[int]] = run(
        f"const abcjs = require({json.dumps(str(abcjs))});"
        f"const breaks = require({json.dumps(str(STATIC / 'breaks.js'))});"
        f"const tune = abcjs.parseOnly({json.dumps(abc)})[0];"
        "const lines = tune.deline({lineBreaks: false});"
        f"console.log(JSON.stringify(breaks.plan(lines, {width})));"
    )
    return found


HEAD = "X:1\nM:4/4\nL:1/8\nK:G\n"
BAR = "G2B2d2B2|"


def test_eight_bars_are_two_lines_of_four() -> None:
    assert plan(HEAD + BAR * 8, 1000) == [[3]]


def test_an_opening_repeat_does_not_make_three_and_five() -> None:
    # The sign |: counts, so the fourth bar ends with sign number 4.
    assert plan(HEAD + "|:" + BAR * 8, 1000) == [[4]]


def test_sections_begin_lines_and_a_pickup_counts_for_nothing() -> None:
    abc = HEAD + "D2|:" + BAR * 7 + "G2B2d2:|\n|:" + BAR * 7 + "G2B2d4:|"
    # Signs 0 and 9 are the two |: that open the sections.
    assert plan(abc, 1000) == [[4, 8, 13]]


def test_endings_stay_together() -> None:
    abc = HEAD + "|:" + BAR * 7 + "1 G2B2d4:|2 G2B2G4|]"
    assert plan(abc, 1000) == [[4]]


def test_narrow_pages_get_fewer_bars_a_line() -> None:
    assert plan(HEAD + BAR * 8, 430) == [[1, 3, 5]]
    assert plan(HEAD + BAR * 4, 240) == [[0, 1, 2]]


def test_words_need_room() -> None:
    words = "w: " + " ".join(["extraordinarily"] * 32) + "\n"
    assert plan(HEAD + BAR * 8 + "\n" + words, 1000) != [[3]]


def test_lines_are_even_and_hold_every_bar() -> None:
    breaks = json.dumps(str(STATIC / "breaks.js"))
    counts = "Array.from({length: 60}, (_, i) => i + 1)"
    shares = run(
        f"const b = require({breaks});"
        f"console.log(JSON.stringify({counts}.map((n) => b.share(n, 4, 5))));"
    )
    for count, sizes in enumerate(shares, start=1):
        assert sum(sizes) == count
        assert max(sizes) <= 5 and max(sizes) - min(sizes) <= 1


CHANGING = (
    "X:1\nT:Key\nM:4/4\nL:1/4\nK:G\nP:A\nGABc|dcBA|[K:Gm]GABc|\ndcBA|\n"
    "P:B\n[K:G]GABc|dcBA|G\U0001d11eABc|dcBG|]\n"
)


@pytest.mark.parametrize("width", [1000, 430, 240])
def test_a_tune_that_changes_key_is_broken_in_its_text(width: int) -> None:
    abcjs = json.dumps(str(VENDOR / "abcjs" / "abcjs-basic-min.js"))
    breaks = json.dumps(str(STATIC / "breaks.js"))
    made = run(
        f"const abc = {json.dumps(CHANGING)};"
        f"const b = require({breaks}); const tune = require({abcjs}).parseOnly(abc)[0];"
        f"const ends = b.planPositions(tune.deline({{lineBreaks: false}}), {width});"
        "const made = b.rebreak(abc, ends); const text = made.text;"
        "const back = Array.from(text, (_, i) => i).filter((i) => text[i] !== '\\n' &&"
        " text[i] !== ' ').every((i) => abc[made.origin(i)] === text[i]);"
        "console.log(JSON.stringify({text, back}));"
    )
    assert made["back"], "every letter knows where it stood"
    assert made["text"].replace("\n", "").replace(" ", "") == CHANGING.replace("\n", "")
    music = [line for line in made["text"].splitlines() if line.endswith(("|", "]"))]
    bars = {1000: 4, 430: 2, 240: 1}[width]
    assert [line.count("|") for line in music] == [bars] * (8 // bars)


def test_words_and_voices_keep_their_lines() -> None:
    breaks = json.dumps(str(STATIC / "breaks.js"))
    for body in ("GABc|\nw: la la la la\n", "V:1\nGABc|\nV:2\nGABc|\n", "GABc|\\\n GABc|\n"):
        abc = json.dumps("X:1\nK:G\n" + body)
        assert run(f"console.log(JSON.stringify(require({breaks}).rebreak({abc}, [9])))") is None


def player(expression: str) -> Any:
    path = json.dumps(str(STATIC / "player.js"))
    return run(f"const p = require({path}); console.log(JSON.stringify({expression}))")


def test_a_loop_over_a_repeat_takes_the_pass_that_goes_on() -> None:
    played = [1, 2, 3, 4, 1, 2, 3, 4, 5, 6]
    bars = json.dumps([[i * 1000, i * 1000 + 1000, number] for i, number in enumerate(played)])
    assert player(f"p.stretch({bars}, 3, 6)") == {"start": 6000, "end": 10000}
    assert player(f"p.stretch({bars}, 2, 2)") == {"start": 1000, "end": 2000}
    assert player(f"p.stretch({bars}, 7, 7)") is None


def test_the_cursor_finds_its_note() -> None:
    timings = "[[0,5,9],[500,7,9],[500,8,9],[900,9,9]]"
    found = [player(f"p.locate({timings}, {now})") for now in (-1, 0, 499, 500, 899, 5000)]
    assert found == [-1, 0, 0, 2, 2, 3]
    assert player("p.locate([], 5)") == -1


def test_a_fence_is_drawn_where_it_is_a_tune() -> None:
    path = json.dumps(str(STATIC / "snippets.js"))
    texts = [
        "X:1\nK:C\nCDEF|",
        "X:1\nT:No key\nCDEF|",
        "K:C\nCDEF|",
        "X:1\nK:C\nCDEF",
        "| is a barline",
    ]
    assert run(
        f"const s = require({path}); console.log(JSON.stringify({json.dumps(texts)}.map(s.isTune)));"
    ) == [True, False, False, False, False]


def test_a_single_bar_is_drawn_without_meter_tempo_and_comments() -> None:
    path = json.dumps(str(STATIC / "snippets.js"))
    one, two = (
        "X:1\nM:8/4\nQ:1/4=100\n% a comment\nK:C\nCDEF|]\n",
        "X:1\nM:4/4\nK:C\nP:A\nCDEF|GABc|]\n",
    )
    drawn = run(
        f"const s = require({path}); console.log(JSON.stringify({json.dumps([one, two])}.map(s.forSmallScore)));"
    )
    assert drawn == ["X:1\nM:none\nK:C\nCDEF|]\n", two]


def test_citations_are_found_in_both_languages() -> None:
    path = json.dumps(str(STATIC / "citations.js"))

    def cited(text: str) -> Any:
        found = run(f"console.log(JSON.stringify(require({path}).find({json.dumps(text)})))")
        return [(text[one["start"] : one["end"]], one["first"], one["last"]) for one in found]

    assert cited("A bars 1–8, B bars 9-16, bar 8 on the tonic, 16 bars, barn 3") == [
        ("bars 1–8", 1, 8),
        ("bars 9-16", 9, 16),
        ("bar 8", 8, 8),
    ]
    assert cited("第1–8小节，第9到16小节，第 3 小节，16小节") == [
        ("第1–8小节", 1, 8),
        ("第9到16小节", 9, 16),
        ("第 3 小节", 3, 3),
    ]


def test_edits_are_applied_and_every_place_knows_where_it_was() -> None:
    path = json.dumps(str(STATIC / "sheet.js"))
    made = run(
        f"const s = require({path}); const made = s.edited('abcdef', [{{start: 1, end: 2, text: 'XYZ'}},"
        "{start: 4, end: 4, text: '+'}]); console.log(JSON.stringify({text: made.text,"
        " back: Array.from(made.text, (_, i) => made.origin(i)), end: made.origin(made.text.length)}))"
    )
    assert made == {"text": "aXYZcd+ef", "back": [0, 1, 1, 1, 2, 3, 4, 4, 5], "end": 6}
    positions = run(
        f"const p = require({path}).positions('a\\u{{1d11e}}b'); console.log(JSON.stringify([0,1,2,3].map(p)))"
    )
    assert positions == [0, 1, 3, 4], "abcjs counts UTF-16 units"


def test_rows_of_labels() -> None:
    path = json.dumps(str(STATIC / "overlay.js"))

    def rows(*layers: str) -> Any:
        names = json.dumps(layers)
        return run(f"console.log(JSON.stringify(require({path}).rows(new Set({names}))))")

    assert rows() == {"below": 0, "above": 0}
    assert rows("degrees", "roman", "cadences", "form") == {"below": 2, "above": 1}
    assert rows("names", "cadences") == {"below": 2, "above": 0}
    assert run(f"console.log(JSON.stringify(require({path}).digit('♯7')))") == "7"


def test_our_scripts_are_clean() -> None:
    linter = Path(sys.executable).with_name("oxlint")
    assert linter.exists(), "make test installs it"
    done = subprocess.run(
        [str(linter), "--deny-warnings", str(STATIC)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [":root", ".dark"])
def test_every_colour_of_ours_can_be_read_on_its_ground(scheme: str) -> None:
    text = (STATIC / "page.css").read_text(encoding="utf-8")
    block = text.split(f"{scheme} {{", 1)[1].split("}", 1)[0]
    colours = dict(re.findall(r"--tw-([\w-]+): (#[0-9a-f]{6})", block))
    words = ["ink", "quiet", "accent", "sounding", *(f"d{n}" for n in range(1, 8))]
    for name in words:
        for ground in ("card", "page"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (scheme, name, ground)
    for ground in ("accent-soft", "warn-soft"):
        assert contrast(colours["ink"], colours[ground]) >= 4.5


def test_markup_is_constant_for_the_template_engine() -> None:
    for sign in ("${", "{{", "`", "\\"):
        assert sign not in MARKUP


def test_every_word_on_the_page_exists_in_both_languages() -> None:
    script = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.js"))
    keys = set(re.findall(r'data-(?:say|title|label|tip)="([a-z_]+)"', MARKUP))
    keys |= set(re.findall(r"say\('([a-z_]+)'", script))
    keys |= {f"layer_{name}" for name in LAYERS} | {f"exercise_{name}" for name in EXERCISES}
    assert len(keys) > 25
    for language in ("en", "zh"):
        assert keys <= set(PANE[language])
    assert set(PANE["en"]) == set(PANE["zh"]) and set(PAGE["en"]) == set(PAGE["zh"])
    assert len(EXAMPLES["en"]) == len(EXAMPLES["zh"])


def test_chinese_is_chinese() -> None:
    same = {key for key in PANE["en"] if PANE["en"][key] == PANE["zh"][key]}
    assert same <= {"source"}


def test_vendored_abcjs_is_the_file_it_says_it_is() -> None:
    said = (VENDOR / "abcjs" / "VERSION").read_text(encoding="utf-8")
    for name in ("abcjs-basic-min.js", "LICENSE.md"):
        digest = hashlib.sha256((VENDOR / "abcjs" / name).read_bytes()).hexdigest()
        assert digest in said, name


def test_our_scripts_name_no_other_host() -> None:
    for path in [*SCRIPTS[1:], *STATIC.glob("*.css")]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(https?:)?//[a-z0-9-]+\.[a-z]", text), path.name


def test_the_pane_listens_to_its_events() -> None:
    pane = make_score_pane(Bridge(load_settings(profile="scripted")).calls)
    for name in ("navigate", "open_abc", "open_file", "switch", "restore"):
        assert callable(getattr(pane, name))
    with pytest.raises(AttributeError):
        _ = pane.no_such_event
