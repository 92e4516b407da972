"""What is said of one bar or a stretch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from abc_tools.analyse import terms as t

V = Mapping[str, Any]
Bars = tuple[int, ...]
Said = tuple[str, str]


def _in(bars: Bars) -> str:
    return f"In {t.bars('en', bars)}"


def _silence(v: V, bars: Bars) -> Said:
    return f"{_in(bars)} the melody is silent.", f"{t.bars('zh', bars)}旋律休止。"


def _key(v: V, bars: Bars) -> Said:
    if not v["third"]:
        return f"{_in(bars)} no key is written.", f"{t.bars('zh', bars)}没有调号。"
    dark = v["third"] == "minor"
    return (
        (
            f"{_in(bars)} the key is {t.key('en', v['key'])}, whose third is {v['third']}: the "
            f"{'darker' if dark else 'brighter'} of the two."
        ),
        (
            f"{t.bars('zh', bars)}的调是{t.key('zh', v['key'])}，"
            f"主音上方是{'小三度，色彩较暗' if dark else '大三度，色彩较亮'}。"
        ),
    )


def _chords(v: V, bars: Bars) -> Said:
    english = ", ".join(
        f"{t.signs(c['symbol'])} ({t.signs(c['numeral'])})" for c in v["chords"][:8]
    )
    chinese = "、".join(
        f"{t.signs(c['symbol'])}（{t.signs(c['numeral'])}）" for c in v["chords"][:8]
    )
    more = len(v["chords"]) - 8
    if v["total"] == 1:
        kind = "has a minor third" if v["minor"] else "has no minor third"
        return (
            (
                f"{_in(bars)} the chord is {english}, which {kind}; of all the tune's chords "
                f"{v['minor_percent_tune']} % have one."
            ),
            (
                f"{t.bars('zh', bars)}的和弦是{chinese}，{'含' if v['minor'] else '不含'}小三度；全曲有"
                f"{v['minor_percent_tune']}%的和弦含小三度。"
            ),
        )
    return (
        (
            f"{_in(bars)} the chords are {english}{f' and {more} more' if more > 0 else ''}: {v['minor']} of "
            f"{v['total']} with a minor third, against {v['minor_percent_tune']} % in the whole tune."
        ),
        (
            f"{t.bars('zh', bars)}的和弦是{chinese}{f'等（另有{more}个）' if more > 0 else ''}：{v['total']}个中有"
            f"{v['minor']}个含小三度，全曲为{v['minor_percent_tune']}%。"
        ),
    )


def _line(v: V, bars: Bars) -> Said:
    start, end = t.pitch("en", v["from"]), t.pitch("en", v["to"])
    zh_start, zh_end = t.pitch("zh", v["from"]), t.pitch("zh", v["to"])
    moves = f"{v['down']} down and {v['up']} up among its moves"
    zh_moves = f"下行{v['down']}次，上行{v['up']}次"
    if v["direction"] == "returns":
        return (f"{_in(bars)} the melody comes back to {end}; {moves}.",
                f"{t.bars('zh', bars)}的旋律回到{zh_end}，{zh_moves}。")  # fmt: skip
    zh = {"falls": "下行", "rises": "上行"}[v["direction"]]
    return (
        (
            f"{_in(bars)} the melody {v['direction']} from {start} to {end}, {t.interval('en', v['interval'])}; "
            f"{moves}."
        ),
        f"{t.bars('zh', bars)}的旋律从{zh_start}{zh}到{zh_end}，共{t.interval('zh', v['interval'])}，{zh_moves}。",
    )


def _extreme(v: V, bars: Bars) -> Said:
    name = t.pitch("en", v["pitch"])
    zh_name = t.pitch("zh", v["pitch"])
    zh = {"highest": "最高", "lowest": "最低", "longest": "最长"}[v["which"]]
    long_ = f", {t.article(t.length('en', v['length']))}" if v["which"] == "longest" else ""
    zh_long = f"，{t.length('zh', v['length'])}" if v["which"] == "longest" else ""
    return (
        f"The {v['which']} note of the tune, {name}{long_}, is in {t.bars('en', bars)}.",
        f"全曲{zh}的音（{zh_name}{zh_long}）在{t.bars('zh', bars)}。",
    )


def _pace(v: V, bars: Bars) -> Said:
    word, zh = ("longer", "长") if v["longer"] else ("shorter", "短")
    return (
        f"{_in(bars)} the notes are on average {v['percent']} % {word} than in the whole tune.",
        f"{t.bars('zh', bars)}的音符平均比全曲{zh}{v['percent']}%。",
    )


def _accidental(v: V, bars: Bars) -> Said:
    english, chinese = t.ACCIDENTALS[v["why"]]
    zh_way = {"raised": "升高", "lowered": "降低"}[v["way"]]
    return (
        (
            f"{_in(bars)} {t.pitch('en', v['note'])} is the {v['way']} degree {v['degree']} of "
            f"{t.key('en', v['key'])}: {english}."
        ),
        (
            f"{t.bars('zh', bars)}的{t.pitch('zh', v['note'])}是{t.key('zh', v['key'])}{zh_way}的"
            f"第{v['degree']}级音：{chinese}。"
        ),
    )


def _dissonance(v: V, bars: Bars) -> Said:
    return (
        (
            f"{_in(bars)} {t.pitch('en', v['note'])} stands against the chord {t.signs(v['chord'])}: "
            f"{t.interval('en', v['interval'])} above its root, octaves apart left out."
        ),
        (
            f"{t.bars('zh', bars)}的{t.pitch('zh', v['note'])}与和弦{t.signs(v['chord'])}不协和："
            f"在根音上方{t.interval('zh', v['interval'])}（不计八度）。"
        ),
    )


def _height(v: V, bars: Bars) -> Said:
    word, zh = ("lower", "低") if v["lower"] else ("higher", "高")
    return (
        f"{_in(bars)} the melody lies on average {v['semitones']} semitones {word} than in the whole tune.",
        f"{t.bars('zh', bars)}的旋律平均比全曲{zh}{v['semitones']}个半音。",
    )


SAYINGS = {
    "bar silence": _silence, "bar key": _key, "bar chords": _chords, "bar line": _line,
    "bar extreme": _extreme, "bar pace": _pace, "bar accidental": _accidental,
    "bar dissonance": _dissonance, "bar height": _height,
}  # fmt: skip
