"""The child process of `engrave`: a job as JSON on standard input, the finished file on standard output.

Run as a script, with nothing of ours imported, so that it starts fast and may die alone. Verovio draws
the music; title and names are added above it; Typst turns the drawn pages into PNG or PDF.
"""

from __future__ import annotations

import base64
import io
import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

LONG = 60_000
FONT = "Times, 'Libertinus Serif', 'Noto Serif CJK SC', 'WenQuanYi Micro Hei', serif"


def main() -> int:
    """Do one job."""
    job = json.load(sys.stdin.buffer)
    width, height = (round(size / job["zoom"]) for size in job["paper"])
    top = title_height(job)
    paged = job["kind"] == "pdf"
    pages = draw(job["musicxml"], width, height - top if paged else LONG, paged=paged)
    if not pages:
        return 1
    framed = [
        frame(page, job, width, height if paged else None, top if number == 0 else 0)
        for number, page in enumerate(pages)
    ]
    if job["kind"] == "svg":
        sys.stdout.buffer.write(framed[0].encode())
    else:
        sys.stdout.buffer.write(typeset(framed, job))
    return 0


def draw(musicxml: str, width: int, height: int, *, paged: bool) -> list[str]:
    """Pages of music as SVG texts; [] if Verovio cannot read it."""
    import verovio

    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit()
    toolkit.setOptions({
        "pageWidth": width, "pageHeight": height, "adjustPageHeight": not paged, "scale": 100,
        "header": "none", "footer": "none", "svgViewBox": True, "pageMarginLeft": 120,
        "pageMarginRight": 100, "pageMarginTop": 60, "pageMarginBottom": 80,
        "justifyVertically": paged, "spacingSystem": 10, "mnumInterval": 0, "condense": "none",
    })  # fmt: skip
    if not toolkit.loadData(musicxml):
        return []
    count = toolkit.getPageCount() if paged else 1
    return [toolkit.renderToSVG(number) for number in range(1, count + 1)]


def title_height(job: dict[str, Any]) -> int:
    """How much room the title block takes."""
    lines = len(job["titles"])
    return 100 + (110 if lines else 0) + 70 * max(lines - 1, 0) + 50 * len(job["people"])


def frame(page: str, job: dict[str, Any], width: int, height: int | None, top: int) -> str:
    """A page around Verovio's music; with room at the `top` the title block stands in it."""
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', page)
    inner_height = int(box[2]) if box else LONG
    full = height if height is not None else inner_height + top
    place = f'<svg x="0" y="{top}" width="{width}" height="{inner_height}" '
    body = page[page.index("<svg") :].replace("<svg ", place, 1)
    block = "".join(title_block(job, width)) if top else ""
    scale = job["zoom"] / 10  # millimetres of a unit
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width} {full}" width="{width * scale:g}mm" height="{full * scale:g}mm">'
        f'<rect width="{width}" height="{full}" fill="white"/>{block}{body}</svg>'
    )


def title_block(job: dict[str, Any], width: int) -> list[str]:
    """Title and subtitles in the middle, names at the right."""
    texts = []
    y = 60
    for number, title in enumerate(job["titles"]):
        size = 80 if number == 0 else 50
        size = min(size, round(1.7 * (width - 240) / max(len(title), 1)))
        y += 90 if number == 0 else 65
        texts.append(text(title, width / 2, y, size, "middle"))
    y += 20
    for name in job["people"]:
        y += 50
        texts.append(text(name, width - 100, y, 38, "end"))
    return texts


def text(said: str, x: float, y: float, size: int, anchor: str) -> str:
    """One line of text."""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" font-family="{FONT}" '
        f'text-anchor="{anchor}">{escape(said)}</text>'
    )


def typeset(pages: list[str], job: dict[str, Any]) -> bytes:
    """The pages as one PNG or as a PDF."""
    import typst

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = ["#set page(margin: 0pt)"]
        for number, page in enumerate(pages):
            (folder / f"{number}.svg").write_text(page, encoding="utf-8")
            size = re.search(r'width="([\d.]+)mm" height="([\d.]+)mm"', page)
            assert size is not None, "every page says its size"
            source.append(
                f"#page(width: {size[1]}mm, height: {size[2]}mm)"
                f'[#image("{number}.svg", width: 100%)]'
            )
        (folder / "pages.typ").write_text("\n".join(source), encoding="utf-8")
        music_font(folder, pages)
        options: dict[str, Any] = {"font_paths": [str(folder)]}
        if job["kind"] == "png":
            options |= {"format": "png", "ppi": float(job["ppi"])}
        made = typst.compile(str(folder / "pages.typ"), **options)
    return bytes(made[0] if isinstance(made, list) else made)


def music_font(folder: Path, pages: list[str]) -> None:
    """Unpack the music font that a page carries for signs inside text (the note of a tempo mark)."""
    found = next((m for page in pages if (m := re.search(r"base64,([A-Za-z0-9+/=]+)", page))), None)
    if found is None:
        return
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(base64.b64decode(found[1])))
    font.flavor = None
    font.save(folder / "music.ttf")


if __name__ == "__main__":
    sys.exit(main())
