"""What one might ask next: only things that can be done with this tune and that change it."""

from __future__ import annotations

from fractions import Fraction

from abc_tools.tune import Tune

FIRST = {
    "en": (
        "a lively jig in G major, 16 bars, with chords",
        "a slow waltz in D minor",
        "give me some ideas first",
    ),
    "zh": ("一首欢快的G大调吉格舞曲，16小节，带和弦", "D小调慢圆舞曲", "先给我一些灵感"),
}
MOST = 4


def suggestions(tune: Tune | None, language: str) -> tuple[str, ...]:
    """Up to four requests, those that suit the tune first."""
    if tune is None or not any(e.notes for m in tune.measures for e in m.events):
        return FIRST[language]
    zh = language == "zh"
    return tuple(pair[zh] for pair in _fitting(tune))[:MOST]


def _fitting(tune: Tune) -> list[tuple[str, str]]:
    events = [e for m in tune.measures for e in m.events]
    chords = any(e.chord_symbol for e in events)
    words = any(s for e in events for s in e.syllables)
    alone = len(tune.voices) == 1
    found: list[tuple[str, str]] = []
    if not chords and tune.key.tonic:
        found.append(("add chords", "配上和弦"))
    if tune.key.tonic and tune.bar_count >= 8:
        found.append(
            ("make the second half minor", "把后半部分改成小调") if not tune.key.minor_third
            else ("make the second half major", "把后半部分改成大调")
        )  # fmt: skip
    if alone and chords:
        found.append(("add a left hand", "加左手伴奏"))
    if alone and not chords:
        found.append(("add a second voice in thirds", "加一个三度的第二声部"))
    if min((e.duration for e in events if e.notes), default=Fraction(1)) < Fraction(1, 8):
        found.append(("make it simpler", "简单一点"))
    if not words and alone and tune.bar_count <= 32:
        found.append(("write words for it", "给它写歌词"))
    if tune.bar_count >= 8:
        found.append(("rewrite the last four bars", "重写最后四小节"))
    found.append(("analyse it", "分析一下"))
    return [*found[: MOST - 1], found[-1]] if len(found) > MOST else found
