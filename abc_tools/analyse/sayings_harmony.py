"""What is said of keys, scales, modulations, chords and cadences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from abc_tools.analyse import terms as t

V = Mapping[str, Any]
Bars = tuple[int, ...]
Said = tuple[str, str]
_SHOWN = 6


def _written_key(v: V, bars: Bars) -> Said:
    count = abs(v["sharps"])
    if not count:
        return (f"The tune is written in {t.key('en', v['key'])}, without sharps or flats.",
                f"乐曲写作{t.key('zh', v['key'])}，没有升降号。")  # fmt: skip
    sign, zh = ("sharp", "升号") if v["sharps"] > 0 else ("flat", "降号")
    return (f"The tune is written in {t.key('en', v['key'])}, with {t.plural(count, sign)}.",
            f"乐曲写作{t.key('zh', v['key'])}，{count}个{zh}。")  # fmt: skip


_REASONS = {"final note": ("its last note is the tonic", "末音是主音"),
            "final chord": ("its last chord is the tonic chord", "最后的和弦是主和弦")}  # fmt: skip


def _key(v: V, bars: Bars) -> Said:
    reasons = t.listed("en", (_REASONS[r][0] for r in v["reasons"]))
    zh_reasons = "，".join(_REASONS[r][1] for r in v["reasons"])
    others = [o for o in v["alternatives"] if o["key"] != v["key"]]
    other = t.listed("en", (f"{t.key('en', o['key'])} ({o['percent']} %)" for o in others))
    zh_other = t.listed("zh", (f"{t.key('zh', o['key'])}（{o['percent']}%）" for o in others))
    alone = f"; from the notes alone it could be {other}" if others else ""
    zh_alone = f"；只听音也可能是{zh_other}" if others else ""
    return (
        f"The tune sounds in {t.key('en', v['key'])}{f': {reasons}' if reasons else ''}{alone}.",
        f"乐曲听起来是{t.key('zh', v['key'])}{f'：{zh_reasons}' if zh_reasons else ''}{zh_alone}。",
    )


def _second(v: V, bars: Bars) -> Said:
    verb, zh = ("agrees on", "也认为是") if v["agrees"] else ("hears", "听成")
    return (
        f"music21's key analysis {verb} {t.key('en', v['key'])} (correlation {v['correlation']}).",
        f"music21的调性分析{zh}{t.key('zh', v['key'])}（相关系数{v['correlation']}）。",
    )


def _scale(v: V, bars: Bars) -> Said:
    tonic, mode = t.pitch("zh", v["tonic"]), v["chinese"]
    chinese = f"{t.CHINESE_MODES[mode]}调式（五声）" if mode else t.SCALES[v["name"]]
    also = f", the Chinese mode {mode} ({t.CHINESE_MODES[mode]})" if mode else ""
    out = f", and {t.plural(v['outside'], 'pitch')} outside it" if v["outside"] else ""
    zh_out = f"，另有{v['outside']}个音级在音阶之外" if v["outside"] else ""
    return (
        (
            f"Its melody uses {t.plural(v['notes'], 'pitch')} of the octave: the {t.signs(v['tonic'])} "
            f"{v['name']} scale{also}{out}."
        ),
        f"旋律用了{v['notes']}个音级，属于{tonic}{chinese}{zh_out}。",
    )


def _change(v: V, bars: Bars) -> Said:
    what = f", the {v['relation']}" if v["relation"] else ""
    zh = f"（{t.RELATIONS[v['relation']]}）" if v["relation"] else ""
    return (
        (
            f"In {t.bars('en', bars)} the written key changes from {t.key('en', v['from'])} to "
            f"{t.key('en', v['to'])}{what}."
        ),
        f"{t.bars('zh', bars)}的记谱由{t.key('zh', v['from'])}改为{t.key('zh', v['to'])}{zh}。",
    )


def _modulation(v: V, bars: Bars) -> Said:
    what = f", the {v['relation']}" if v["relation"] else ""
    zh = f"（{t.RELATIONS[v['relation']]}）" if v["relation"] else ""
    signs = [s for s in v["signs"] if s != "cadence"]
    by = (
        f"told by {t.listed('en', (t.signs(s) for s in signs))}" if signs else "told by its cadence"
    )
    zh_by = (
        f"标志是{t.listed('zh', (t.pitch('zh', s) for s in signs))}" if signs else "标志是终止式"
    )
    return (
        (
            f"In {t.bars('en', bars)} the music leans from {t.key('en', v['from'])} to "
            f"{t.key('en', v['to'])}{what}, {by}."
        ),
        f"{t.bars('zh', bars)}由{t.key('zh', v['from'])}转向{t.key('zh', v['to'])}{zh}，{zh_by}。",
    )


def _chords(v: V, bars: Bars) -> Said:
    shown = v["chords"][:_SHOWN]
    more = len(v["chords"]) - len(shown)
    english = ", ".join(
        f"{t.signs(c['symbol'])} ({t.signs(c['numeral'])}) ×{c['count']}" for c in shown
    )
    chinese = "、".join(
        f"{t.signs(c['symbol'])}（{t.signs(c['numeral'])}）×{c['count']}" for c in shown
    )
    how = "written" if v["written"] else "sounding"
    return (
        f"There are {v['different']} different {how} chords: {english}"
        f"{f' and {more} more' if more else ''}." if v["different"] > 1 else
        f"The only {how} chord is {english}.",
        (f"{'标记的' if v['written'] else '声部构成的'}和弦有{v['different']}种：{chinese}"
        f"{f'，另有{more}种' if more else ''}。"),
    )  # fmt: skip


def _functions(v: V, bars: Bars) -> Said:
    rest = f" and {v['other']} % other chords" if v["other"] else ""
    zh = f"，其他{v['other']}%" if v["other"] else ""
    return (
        f"By function the harmony is {v['T']} % tonic, {v['S']} % subdominant, {v['D']} % dominant{rest}.",
        f"按功能，和声中主功能占{v['T']}%，下属功能占{v['S']}%，属功能占{v['D']}%{zh}。",
    )


def _inversions(v: V, bars: Bars) -> Said:
    verb = "stands" if v["count"] == 1 else "stand"
    return (
        (
            f"{v['count']} of {t.plural(v['total'], 'chord')} {verb} in inversion, first {t.signs(v['first'])} "
            f"({t.signs(v['numeral'])}), in {t.bars('en', bars)}."
        ),
        (
            f"{v['total']}个和弦中有{v['count']}个是转位（{t.bars('zh', bars)}），第一个是"
            f"{t.signs(v['first'])}（{t.signs(v['numeral'])}）。"
        ),
    )


def _secondary(v: V, bars: Bars) -> Said:
    end = "resolves there" if v["resolved"] else "does not resolve there"
    return (
        (
            f"{t.signs(v['symbol'])} in {t.bars('en', bars)} is a secondary dominant "
            f"({t.signs(v['numeral'])}): it points to {t.signs(v['target'])} and {end}."
        ),
        (
            f"{t.bars('zh', bars)}的{t.signs(v['symbol'])}是副属和弦（{t.signs(v['numeral'])}），指向"
            f"{t.signs(v['target'])}，{'并解决到它' if v['resolved'] else '但没有解决到它'}。"
        ),
    )


def _borrowed(v: V, bars: Bars) -> Said:
    zh = {"minor": "小调", "major": "大调"}[v["from"]]
    return (
        (
            f"{t.signs(v['symbol'])} ({t.signs(v['numeral'])}) in {t.bars('en', bars)} is borrowed from the "
            f"parallel {v['from']}; {t.key('en', v['key'])} alone does not have it."
        ),
        (
            f"{t.bars('zh', bars)}的{t.signs(v['symbol'])}（{t.signs(v['numeral'])}）借自同主音{zh}，"
            f"不属于{t.key('zh', v['key'])}。"
        ),
    )


def _chromatic(v: V, bars: Bars) -> Said:
    return (
        (
            f"{t.signs(v['symbol'])} ({t.signs(v['numeral'])}) in {t.bars('en', bars)} has notes outside "
            f"{t.key('en', v['key'])}."
        ),
        f"{t.bars('zh', bars)}的{t.signs(v['symbol'])}（{t.signs(v['numeral'])}）含有{t.key('zh', v['key'])}之外的音。",
    )


def _rate(v: V, bars: Bars) -> Said:
    return (
        (
            f"The harmony changes {v['per_bar']} times a bar on average, most often in {t.bars('en', bars)} "
            f"({t.times(v['most'])})."
        ),
        f"和声平均每小节变化{v['per_bar']}次，最频繁的是{t.bars('zh', bars)}（{v['most']}次）。",
    )


def _cadence(v: V, bars: Bars) -> Said:
    english, chinese = t.CADENCES[v["type"]]
    first, last = v["phrase"]
    chords = "–".join(map(t.signs, v["chords"]))
    numerals = "–".join(map(t.signs, v["numerals"]))
    inside = f" ({chords}, {numerals})" if chords else ""
    zh_inside = f"（{chords}，{numerals}）" if chords else ""
    close = t.bars("en", [v["bar"]])
    phrase = f"The phrase of {t.bars('en', range(first, last + 1))} closes"
    where = "" if last == v["bar"] and first != last else f" in {close}"
    on = "on" if v["type"] in ("tonic", "melodic tonic", "melodic third") else "with"
    return (
        f"{phrase}{where} {on} {english}{inside}.",
        f"{t.bars('zh', range(first, last + 1))}的乐句以{chinese}{zh_inside}收束。",
    )


SAYINGS = {
    "written key": _written_key, "key": _key, "second opinion": _second, "scale": _scale, "key change": _change,
    "modulation": _modulation, "chords": _chords, "functions": _functions,
    "inversions": _inversions, "secondary dominant": _secondary, "borrowed chord": _borrowed,
    "chromatic chord": _chromatic, "harmonic rhythm": _rate, "cadence": _cadence,
}  # fmt: skip
