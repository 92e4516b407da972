"""What is said of range, contour, intervals, rhythm, degrees, difficulty and style."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from abc_tools.analyse import terms as t

V = Mapping[str, Any]
Bars = tuple[int, ...]
Said = tuple[str, str]


def _range(v: V, bars: Bars) -> Said:
    low, high = v["lowest"], v["highest"]
    if not v["semitones"]:
        return (f"The melody stays on {t.pitch('en', low)}.", f"旋律停在{t.pitch('zh', low)}上。")
    return (
        (
            f"The melody ranges from {t.pitch('en', low)} ({t.bars('en', v['lowest_bars'])}) to "
            f"{t.pitch('en', high)} ({t.bars('en', v['highest_bars'])}): {t.interval('en', v['interval'])}."
        ),
        (
            f"旋律从{t.pitch('zh', low)}（{t.bars('zh', v['lowest_bars'])}）到{t.pitch('zh', high)}"
            f"（{t.bars('zh', v['highest_bars'])}），音域为{t.interval('zh', v['interval'])}。"
        ),
    )


def _tessitura(v: V, bars: Bars) -> Said:
    return (
        (
            f"For {v['percent']} % of its time the melody lies between {t.pitch('en', v['low'])} and "
            f"{t.pitch('en', v['high'])}."
        ),
        f"旋律有{v['percent']}%的时间在{t.pitch('zh', v['low'])}与{t.pitch('zh', v['high'])}之间。",
    )


_CONTOURS = {
    "arch": "rises to its middle and falls again", "rising": "rises from beginning to end",
    "inverted arch": "sinks towards its middle and rises again",
    "falling": "falls from beginning to end", "level": "stays at about one height",
}  # fmt: skip


def _contour(v: V, bars: Bars) -> Said:
    return (f"On the whole the melody {_CONTOURS[v['shape']]}.",
            f"旋律的总体轮廓是{t.SHAPES[v['shape']]}的。")  # fmt: skip


def _intervals(v: V, bars: Bars) -> Said:
    return (
        (
            f"Of the melody's {t.plural(v['moves'], 'move')} {v['steps']} are by step, {v['leaps']} "
            f"by leap and {v['repeats']} repeat the note; {v['up']} go up and {v['down']} down."
        ),
        (
            f"旋律共有{v['moves']}次进行：级进{v['steps']}次，跳进{v['leaps']}次，同音{v['repeats']}次；"
            f"上行{v['up']}次，下行{v['down']}次。"
        ),
    )


def _widest(v: V, bars: Bars) -> Said:
    again = f" ({t.times(v['count'])})" if v["count"] > 1 else ""
    zh_again = f"，共{v['count']}次" if v["count"] > 1 else ""
    up = {"up": ("up", "向上"), "down": ("down", "向下")}[v["direction"]]
    return (
        (
            f"The widest leap is {t.interval('en', v['interval'])} {up[0]} from "
            f"{t.pitch('en', v['from'])} to {t.pitch('en', v['to'])}, into {t.bars('en', bars)}{again}."
        ),
        (
            f"最大的跳进是{up[1]}{t.interval('zh', v['interval'])}，从{t.pitch('zh', v['from'])}到"
            f"{t.pitch('zh', v['to'])}（{t.bars('zh', bars)}）{zh_again}。"
        ),
    )


def _peak(v: V, bars: Bars) -> Said:
    return (
        (
            f"The melody's only peak, {t.pitch('en', v['pitch'])}, is in {t.bars('en', bars)}, after "
            f"{v['percent']} % of its length."
        ),
        f"旋律唯一的最高点{t.pitch('zh', v['pitch'])}在{t.bars('zh', bars)}，位于全曲{v['percent']}%处。",
    )


def _pickup(v: V, bars: Bars) -> Said:
    return (
        (
            f"The tune begins with a pickup of {t.plural(v['notes'], 'note')}, together {v['length']} of a "
            "whole note long."
        ),
        f"乐曲以弱起开始，共{v['notes']}个音，长度为全音符的{v['length']}。",
    )


def _values(v: V, bars: Bars) -> Said:
    if v["longest"] == v["shortest"]:
        return (f"Every note of the melody is {t.article(t.length('en', v['usual']))}.",
                f"旋律的每个音都是{t.length('zh', v['usual'])}。")  # fmt: skip
    return (
        (
            f"The most frequent note is the {t.length('en', v['usual'])} ({v['count']} of {v['notes']}); "
            f"the longest is {t.article(t.length('en', v['longest']))} "
            f"({t.bars('en', v['longest_bars'])})."
        ),
        (
            f"最常用的是{t.length('zh', v['usual'])}（{v['notes']}个音中有{v['count']}个），最长的是"
            f"{t.length('zh', v['longest'])}（{t.bars('zh', v['longest_bars'])}）。"
        ),
    )


def _density(v: V, bars: Bars) -> Said:
    return (
        (
            f"A bar has {v['mean']} notes on average, at most {v['most']} "
            f"({t.bars('en', v['most_bars'])}), at least {v['least']} ({t.bars('en', v['least_bars'])})."
        ),
        (
            f"平均每小节{v['mean']}个音，最多{v['most']}个（{t.bars('zh', v['most_bars'])}），最少{v['least']}个"
            f"（{t.bars('zh', v['least_bars'])}）。"
        ),
    )


def _syncopation(v: V, bars: Bars) -> Said:
    verb = "is" if v["notes"] == 1 else "are"
    return (
        (
            f"{t.plural(v['notes'], 'note')} {verb} syncopated, in {t.bars('en', bars)}: "
            f"{v['per_bar']} points a bar on the scale of Longuet-Higgins and Lee."
        ),
        f"有{v['notes']}个切分音（{t.bars('zh', bars)}），按朗盖-希金斯与李的量度平均每小节{v['per_bar']}分。",
    )


def _no_syncopation(v: V, bars: Bars) -> Said:
    return "No note of the melody is syncopated.", "旋律中没有切分音。"


def _triplets(v: V, bars: Bars) -> Said:
    verb = "belongs" if v["notes"] == 1 else "belong"
    return (
        f"{t.plural(v['notes'], 'note')} {verb} to triplets or other tuplets, in {t.bars('en', bars)}.",
        f"{t.bars('zh', bars)}有三连音一类的连音，共{v['notes']}个音。",
    )


def _cell(v: V, bars: Bars) -> Said:
    name = v["name"] or f"lengths {', '.join(v['lengths'])} of a beat"
    chinese = t.CELLS[v["name"]] if v["name"] else f"各占{'、'.join(v['lengths'])}拍的节奏"
    return (
        (
            f"A rhythm that returns is the beat “{name}”: {v['count']} of {v['beats']} beats, in "
            f"{t.bars('en', bars)}."
        ),
        f"反复出现的节奏型是“{chinese}”：{v['beats']}拍中有{v['count']}拍（{t.bars('zh', bars)}）。",
    )


def _degrees(v: V, bars: Bars) -> Said:
    main, missing = v["main"], v["missing"]
    gap = f"; degree{'s' if len(missing) > 1 else ''} {t.listed('en', map(str, missing))} "
    gap += "do not occur" if len(missing) > 1 else "does not occur"
    zh_gap = f"；没有第{'、'.join(map(str, missing))}级音"
    share = v["percent"][str(main)]
    return (
        (
            f"The melody spends most time on degree {main} of the scale ({share} %)"
            f"{gap if missing else ''}."
        ),
        f"旋律停留最久的是第{main}级音（{share}%）{zh_gap if missing else ''}。",
    )


def _accidental(v: V, bars: Bars) -> Said:
    english, chinese = t.ACCIDENTALS[v["why"]]
    chord = v.get("chord", "")
    return (
        (
            f"The {t.pitch('en', v['note'])} in {t.bars('en', bars)}, outside {t.key('en', v['key'])}, is "
            f"{english}{f' ({t.signs(chord)})' if chord else ''}."
        ),
        (
            f"{t.bars('zh', bars)}的{t.pitch('zh', v['note'])}不在{t.key('zh', v['key'])}的调号内，它是{chinese}"
            f"{f'（{t.signs(chord)}）' if chord else ''}。"
        ),
    )


def _difficulty(v: V, bars: Bars) -> Said:
    reasons = v["reasons"]
    english = t.listed("en", (f"{r['why']} ({t.bars('en', r['bars'])})" for r in reasons))
    chinese = t.listed("zh", (f"{t.HARD[r['why']]}（{t.bars('zh', r['bars'])}）" for r in reasons))
    return (
        (
            f"For a beginner the tune is of level {v['level']} of 5"
            f"{f', because of {english}' if reasons else ': nothing in it is hard'}."
        ),
        f"对初学者来说，难度为5级中的第{v['level']}级{f'，原因是{chinese}' if reasons else '，没有难点'}。",
    )


def _style(v: V, bars: Bars) -> Said:
    reasons = [r for r in v["reasons"] if r != "meter"]
    because = t.listed("en", [f"the meter {v['meter']}", *reasons])
    zh = t.listed("zh", [f"拍号{v['meter']}", *(t.STYLE_REASONS[r] for r in reasons)])
    other = f"; the next nearest is the {v['next']}" if v["next"] else ""
    zh_other = f"；其次是{t.STYLES[v['next']]}" if v["next"] else ""
    return (
        f"By its features the tune is closest to {t.article(v['style'])}, for {because}{other}.",
        f"从特征看，乐曲最接近{t.STYLES[v['style']]}（依据：{zh}）{zh_other}。",
    )


def _features(v: V, bars: Bars) -> Said:
    beat, span = f"{v['notes_per_beat']:.1f}", f"{v['range']:.0f}"
    steps, dotted = f"{100 * v['steps']:.0f} %", f"{100 * v['dotted']:.0f} %"
    return (
        (
            f"In numbers: {beat} notes a beat, a range of {span} semitones, {steps} of the moves by step or "
            f"repeated note, {dotted} of the beats dotted."
        ),
        (
            f"数字特征：每拍{beat}个音，音域{span}个半音，级进和同音占{steps.replace(' ', '')}，附点拍占"
            f"{dotted.replace(' ', '')}。"
        ),
    )


SAYINGS = {
    "range": _range, "tessitura": _tessitura, "contour": _contour, "intervals": _intervals,
    "widest leap": _widest, "peak": _peak, "pickup": _pickup, "note values": _values,
    "density": _density, "syncopation": _syncopation, "no syncopation": _no_syncopation,
    "triplets": _triplets, "rhythm cell": _cell, "scale degrees": _degrees,
    "accidental": _accidental, "difficulty": _difficulty, "style": _style, "features": _features,
}  # fmt: skip
