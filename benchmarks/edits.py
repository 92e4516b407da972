"""Edits asked for in words on frozen tunes: done, valid, and the rest byte-identical?

For each phrase the bars that may change are known; measured are: an edit was made, the result is valid
by our rules and by abcjs bar for bar, text outside those bars is the same to the byte, and undo
gives the old text back. Run: `python -m benchmarks.edits`.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from abc_tools.edit import select
from abc_tools.metrics import changed_bars
from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from benchmarks.oracles import abcjs_bars, our_bars
from chat.reply import Reply
from chat.session import Session
from chat.turn import respond
from lm.generate import Backend, load_backend

RESULTS = Path(__file__).with_name("results")
TUNES = {
    "jig": (
        "X:1\nT:Bench Jig\nR:jig\nM:6/8\nL:1/8\nQ:3/8=112\nK:G\nP:A\n"
        '|:D|"G"GAB d2B|"C"c2e "D7"dcA|"G"GAB dBG|"D7"AFD "G"G2B|\n'
        '"G"GAB d2B|"C"c2e "D7"dcA|"G"BGB "D7"AFD|"G"G3 G2:|\n'
        'P:B\n|:d|"Em"efg "D"f2d|"C"edc "G"B2G|"Am"ABc "D7"dcA|"D7"AFD "G"G2d|\n'
        '"Em"efg "D"f2d|"C"edc "G"B2G|"Am"ABc "D7"dFA|"G"G3 G2:|\n'
    ),
    "waltz": (
        "X:1\nT:Bench Waltz\nM:3/4\nL:1/4\nK:Dm\n"
        '"Dm"A2 F|D2 E|"Gm"G2 A|"A7"E3|"Dm"A2 F|D2 E|"A7"^C E G|"Dm"D3||\n'
        '"F"c2 A|F2 G|"C"E2 G|c3|"Bb"d2 B|"Gm"G2 B|"A7"A ^c e|"Dm"d3|]\n'
    ),
}
WHOLE = (0, 16)
PHRASES: tuple[tuple[str, tuple[int, int]], ...] = (
    ("make bars 9-16 minor", (9, 16)), ("make bars 9 to 16 major", (9, 16)),
    ("把第9到16小节改成小调", (9, 16)), ("put the second half in dorian", (9, 16)),
    ("the last four bars in phrygian", (13, 16)), ("make the bridge mixolydian", (9, 16)),
    ("transpose bars 1-4 up a tone", (1, 4)), ("move the last four bars down a third", (13, 16)),
    ("bars 5–8 up an octave", (5, 8)), ("最后四小节升高八度", (13, 16)), ("第3小节降低一个半音", (3, 3)),
    ("slow the last two bars down", (15, 16)), ("remove the chords in bars 1 to 8", (1, 8)),
    ("rewrite the last four bars", (13, 16)), ("rewrite bar 6", (6, 6)), ("make bars 5-8 more exciting", (5, 8)),
    ("重写第5到8小节", (5, 8)), ("a better ending", (13, 16)), ("make bars 9-12 E minor", (9, 12)),
    ("transpose it up a tone", WHOLE), ("down a minor third", WHOLE), ("升高两个半音", WHOLE),
    ("put it in F", WHOLE), ("移到降B大调", WHOLE), ("make it a bit slower", WHOLE),
    ("速度慢一点", WHOLE), ("tempo 80", WHOLE), ("twice as fast", WHOLE), ("make it dorian", WHOLE),
    ("call it \"Evening\"", WHOLE), ("remove all chords", WHOLE),
)  # fmt: skip


SECTIONS = frozenset({"make the bridge mixolydian"})
"""Phrases that name a section: the pickup that leads into it may change, too."""


def last_reply(session: Session, message: str, backend: Backend) -> Reply:
    """The reply to one message."""
    *_, reply = respond(session, message, backend=backend, seed=7)
    assert isinstance(reply, Reply), "a turn ends with a reply"
    return reply


def outside_is_same(before: str, after: str, bars: tuple[int, int], section: bool) -> bool:
    """Whether the text before and behind the bars is the same to the byte."""
    if bars == WHOLE:
        return True
    inside = [m.span for m in select(parse_tune(before), *bars, pickup=section)]
    return after.startswith(before[: inside[0].start]) and after.endswith(before[inside[-1].end :])


def run() -> dict[str, object]:
    """Ask for every edit on every tune."""
    backend = load_backend({"backend": "embedded"})
    counts = dict.fromkeys(
        ("asked", "done", "valid", "outside_same", "bars_within", "undone", "abcjs_same"), 0
    )
    failures: list[dict[str, str]] = []
    texts = []
    for name, text in TUNES.items():
        for phrase, bars in PHRASES:
            start = Session().add(text, "start")
            reply = last_reply(start, phrase, backend)
            counts["asked"] += 1
            if not reply.changed or reply.abc is None:
                failures.append({"tune": name, "phrase": phrase, "reply": reply.text})
                continue
            changed = changed_bars(parse_tune(text), parse_tune(reply.abc))
            checks = {
                "done": True,
                "valid": not errors(parse_tune(reply.abc)),
                "outside_same": outside_is_same(text, reply.abc, bars, phrase in SECTIONS),
                "bars_within": all(
                    bars[0] - (phrase in SECTIONS) <= bar <= bars[1] for bar in changed
                ),
                "undone": last_reply(reply.session, "undo", backend).abc == text,
            }
            for key, value in checks.items():
                counts[key] += value
            if not all(checks.values()):
                failures.append({"tune": name, "phrase": phrase, "reply": str(checks)})
            texts.append(reply.abc)
    judged = abcjs_bars(texts)
    if judged is not None:
        counts["abcjs_same"] = sum(
            bars == our_bars(parse_tune(text)) for bars, text in zip(judged, texts, strict=True)
        )
    return {"command": "python -m benchmarks.edits", **counts, "failures": failures}


def main() -> int:
    """Run and write `results/edits.json`."""
    result = run()
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    (RESULTS / "edits.json").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
