"""A new or an opened tune in a few lines, from `abc_tools.analyse`. No model words anything here."""

from __future__ import annotations

from abc_tools.analyse import Analysis, analyse
from abc_tools.metrics import melody
from abc_tools.places import chinese_name
from abc_tools.theory import parse_key
from abc_tools.tune import Tune
from chat.phrases import CADENCES, bars_text, key_name, pitch_name, plain, style_name, tempo_text

SHOWN_CHORDS = 6
SHOWN_SECTIONS = 8


def heading(tune: Tune, language: str) -> str:
    """One line: style, key, meter, bars, tempo."""
    return _heading(language, tune, analyse(tune))


def _heading(language: str, tune: Tune, found: Analysis) -> str:
    field = tune.field("R")
    style = style_name(language, field.value) if field and field.value else ""
    key = key_name(language, found.key)
    meter = found.meter.text if found.meter else ("free meter" if language == "en" else "自由节拍")
    tempo = tempo_text(found.tempo.beat, found.tempo.bpm)
    if language == "zh":
        return f"{key}{style or '曲子'}，{meter}拍，{found.bars}小节，{tempo}。"
    noun = style or "tune"
    article = "an" if noun[0] in "aeiou" else "a"
    bars = f"{found.bars} bar" + ("s" if found.bars != 1 else "")
    return f"{article} {noun} in {key}, {meter}, {bars}, {tempo}."


def describe(tune: Tune, language: str) -> str:
    """A new or an opened tune in a few lines: what it is, its form, chords, cadences and melody, each
    with its bars; a sentence that says so for a tune without notes.
    """
    if not melody(tune):
        return "The tune has no notes." if language == "en" else "这首曲子没有音符。"
    found = analyse(tune)
    lines = [
        _form(language, found), _harmony(language, found), _cadences(language, found),
        _keys(language, found), _melody(language, found),
    ]  # fmt: skip
    return "\n".join([_heading(language, tune, found), *(f"- {line}" for line in lines if line)])


def _form(language: str, found: Analysis) -> str:
    if len(found.sections) < 2 and not any(s.repeated for s in found.sections):
        return ""
    named = []
    for section in found.sections[:SHOWN_SECTIONS]:
        bars = bars_text(language, range(section.first, section.last + 1))
        again = {"en": ", repeated", "zh": "，反复"}[language] if section.repeated else ""
        label = chinese_name(section.label) if language == "zh" else section.label
        named.append(f"{plain(label)} {bars}{again}")
    joined = "; ".join(named) if language == "en" else "；".join(named)
    if len(found.sections) > SHOWN_SECTIONS:
        joined += " …"
    letters = f" {found.form}" if 0 < len(found.form) <= 2 * SHOWN_SECTIONS else ""
    return {"en": f"Form{letters}: {joined}.", "zh": f"曲式{letters}：{joined}。"}[language]


def _harmony(language: str, found: Analysis) -> str:
    if not found.chords:
        return ""
    shown = [f"{plain(symbol)} ({plain(numeral)}) ×{count}"
             for symbol, numeral, count in found.chords[:SHOWN_CHORDS]]  # fmt: skip
    more = len(found.chords) - len(shown)
    rest = ({"en": f" and {more} more", "zh": f"等{more}种"}[language]) if more > 0 else ""
    return {"en": f"Chords: {', '.join(shown)}{rest}.", "zh": f"和弦：{'、'.join(shown)}{rest}。"}[
        language
    ]


def _cadences(language: str, found: Analysis) -> str:
    parts = []
    for item in found.cadences[:SHOWN_SECTIONS]:
        chords = "–".join(plain(c) for c in item.chords)
        name = CADENCES[language][item.kind]
        inside = f" ({chords})" if chords else ""
        if language == "en":
            parts.append(f"bar {item.bar} with {name}{inside}" if item.kind not in ("tonic", "open")
                         else f"bar {item.bar} on {name}{inside}" if item.kind == "tonic"
                         else f"bar {item.bar} with {name}{inside}")  # fmt: skip
        else:
            parts.append(f"第{item.bar}小节{name}{inside}")
    if not parts:
        return ""
    return {"en": f"Phrases close: {', '.join(parts)}.", "zh": f"终止：{'，'.join(parts)}。"}[
        language
    ]


def _keys(language: str, found: Analysis) -> str:
    if not found.key_changes:
        return ""
    said = [f"{name} from bar {bar}" if language == "en" else f"第{bar}小节起{_zh_key(name)}"
            for bar, name in found.key_changes]  # fmt: skip
    return {"en": f"The key changes: {', '.join(said)}.", "zh": f"转调：{'，'.join(said)}。"}[
        language
    ]


def _zh_key(name: str) -> str:
    key = parse_key(name)
    return key_name("zh", key) if key else name


def _melody(language: str, found: Analysis) -> str:
    if found.lowest is None or found.highest is None:
        return ""
    low, high = pitch_name(found.lowest), pitch_name(found.highest)
    share = round(100 * found.steps)
    size, bar = found.largest_leap
    if language == "en":
        return (f"The melody runs from {low} (bar {found.lowest_bar}) to {high} (bar "
                f"{found.highest_bar}); {share} % of its moves are steps or repeated notes, the widest"
                f" leap is {size} semitones (into bar {bar})." if size else
                f"The melody stays on {low}.")  # fmt: skip
    return (f"旋律从{low}（第{found.lowest_bar}小节）到{high}（第{found.highest_bar}小节）；{share}%"
            f"是级进或同音，最大的跳进是{size}个半音（第{bar}小节）。")  # fmt: skip
