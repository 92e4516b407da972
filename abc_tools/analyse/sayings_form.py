"""What is said of form, likeness, periods, phrases, motifs and sequences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from abc_tools.analyse import terms as t

V = Mapping[str, Any]
Bars = tuple[int, ...]
Said = tuple[str, str]
_SHOWN = 8


def _span(language: str, pair: list[int]) -> str:
    return t.bars(language, range(pair[0], pair[1] + 1))


def _form(v: V, bars: Bars) -> Said:
    shown = v["sections"][:_SHOWN]
    english, chinese = [], []
    for s in shown:
        again = (" repeated", "反复") if s["repeated"] else ("", "")
        english.append(f"{s['label']} {_span('en', [s['first'], s['last']])}{again[0]}")
        chinese.append(f"{s['label']} {_span('zh', [s['first'], s['last']])}{again[1]}")
    more = len(v["sections"]) - len(shown)
    letters = f" ({v['letters']})" if v["letters"] else ""
    tail = f" and {t.plural(more, 'more section')}" if more else ""
    if len(v["sections"]) == 1 and not shown[0]["repeated"]:
        return (f"The tune has one section, {_span('en', [shown[0]['first'], shown[0]['last']])}.",
                f"全曲只有一段，{_span('zh', [shown[0]['first'], shown[0]['last']])}。")  # fmt: skip
    name = v["name"] if v["name"].endswith("form") else f"{v['name']} form"
    return (
        f"The tune is in {name}{letters}: {'; '.join(english)}{tail}.",
        (
            f"曲式是{t.FORMS[v['name']]}{letters.replace(' (', '（').replace(')', '）')}："
            f"{'；'.join(chinese)}{f'，另有{more}段' if more else ''}。"
        ),
    )


def _likeness(v: V, bars: Bars) -> Said:
    one, other = _span("en", v["bars"]), _span("en", v["like_bars"])
    zh_one, zh_other = _span("zh", v["bars"]), _span("zh", v["like_bars"])
    here, there = f"Section {v['section']} ({one})", f"section {v['like']} ({other})"
    zh_there = f"{v['like']}段（{zh_other}）"
    zh = f"{v['section']}段（{zh_one}）" + t.LIKENESS[v["kind"]][1].format(zh_there)
    if v["kind"] == "same":
        return f"{here} is the same as {there}.", zh + "。"
    if v["kind"] == "transposed":
        up = "higher" if v["semitones"] > 0 else "lower"
        way = f"{t.plural(abs(v['semitones']), 'semitone')} {up}"
        zh_up = "高" if v["semitones"] > 0 else "低"
        return (f"{here} has the shape of {there}, beginning {way}.",
                f"{zh}，{zh_up}{abs(v['semitones'])}个半音开始。")  # fmt: skip
    if v["kind"] == "same rhythm":
        return f"{here} has the rhythm of {there} with other notes.", f"{zh}，音不同。"
    return (f"{here} is a variation of {there}: {v['percent']} % of the notes agree.",
            f"{zh}：{v['percent']}%的音符一致。")  # fmt: skip


def _repeated(v: V, bars: Bars) -> Said:
    if v["most"] == 1:
        return (f"No bar is like another: all {v['total']} differ.",
                f"{v['total']}个小节各不相同。")  # fmt: skip
    return (
        f"Of {v['total']} bars {v['different']} are different; {t.bars('en', bars)} are alike.",
        f"{v['total']}个小节中有{v['different']}种不同的小节；{t.bars('zh', bars)}相同。",
    )


def _period(v: V, bars: Bars) -> Said:
    first, second = t.CADENCES[v["first_close"]], t.CADENCES[v["second_close"]]
    return (
        (
            f"{_upper(_span('en', v['antecedent']))} and {_span('en', v['consequent'])} form a period: they "
            f"begin alike, the first phrase closes with {first[0]}, the second with {second[0]}."
        ),
        (
            f"{_span('zh', v['antecedent'])}与{_span('zh', v['consequent'])}构成乐段：开头相似，前句以{first[1]}"
            f"收束，后句以{second[1]}收束。"
        ),
    )


_HOW = {"same": ("is repeated", "重复"), "varied": ("is varied", "变化重复"),
        "transposed": ("returns on another note", "移位重复"),
        "same rhythm": ("is answered in the same rhythm", "以相同节奏回应")}  # fmt: skip


def _sentence(v: V, bars: Bars) -> Said:
    how = _HOW[v["how"]]
    return (
        (
            f"{_upper(_span('en', [bars[0], bars[-1]]))} form a sentence: the idea of {_span('en', v['idea'])} "
            f"{how[0]} in {_span('en', v['repeat'])}, and {_span('en', v['continuation'])} go on from it."
        ),
        (
            f"{_span('zh', [bars[0], bars[-1]])}构成乐句组：{_span('zh', v['idea'])}的乐思在"
            f"{_span('zh', v['repeat'])}{how[1]}，在{_span('zh', v['continuation'])}展开。"
        ),
    )


def _phrases(v: V, bars: Bars) -> Said:
    return (
        (
            f"The melody falls into {v['count']} phrases, most of them "
            f"{t.plural(v['usual_bars'], 'bar')} long; they end in {t.bars('en', bars)}."
        ),
        f"旋律分为{v['count']}个乐句，多为{v['usual_bars']}小节，句末在{t.bars('zh', bars)}。",
    )


_PLACES = {
    "exact": ("as it was", "原样"), "transposed": ("on another step", "移位"),
    "inverted": ("turned upside down", "倒影"), "augmented": ("in longer notes", "扩大"),
    "diminished": ("in shorter notes", "缩小"),
}  # fmt: skip


def _motif(v: V, bars: Bars) -> Said:
    first = v["places"][0]["bar"]
    groups: dict[str, list[int]] = {}
    for place in v["places"][1:]:
        groups.setdefault(place["how"], []).append(place["bar"])
    english = t.listed(
        "en", (f"{_PLACES[how][0]} in {t.bars('en', b)}" for how, b in groups.items())
    )
    chinese = "，".join(f"{t.bars('zh', b)}{_PLACES[how][1]}" for how, b in groups.items())
    names = " ".join(t.pitch("en", n.rstrip("0123456789")) for n in v["notes"])
    zh_names = " ".join(t.pitch("zh", n.rstrip("0123456789")) for n in v["notes"])
    return (
        (
            f"A figure of {t.plural(v['length'], 'note')} ({names}) from {t.bars('en', [first])} comes "
            f"{t.times(v['times'])} and makes up {v['percent']} % of the melody; it returns {english}."
        ),
        (
            f"{t.bars('zh', [first])}的{v['length']}音动机（{zh_names}）共出现{v['times']}次，占旋律的{v['percent']}%；"
            f"再现：{chinese}。"
        ),
    )


def _sequence(v: V, bars: Bars) -> Said:
    step = "a step" if v["steps"] == 1 else f"{v['steps']} steps"
    way, zh_way = {"up": ("higher", "高"), "down": ("lower", "低")}[v["direction"]]
    each = "bar" if v["bars_each"] == 1 else f"{v['bars_each']} bars"
    zh_each = "每小节" if v["bars_each"] == 1 else f"每{v['bars_each']}小节"
    return (
        (
            f"{_upper(t.bars('en', bars))} are a sequence: the same figure {step} {way} every {each}, "
            f"{t.times(v['times'])} in all."
        ),
        f"{t.bars('zh', bars)}是模进：同一音型{zh_each}{zh_way}{v['steps']}级，共{v['times']}次。",
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


SAYINGS = {
    "form": _form, "section likeness": _likeness, "repeated bars": _repeated, "period": _period,
    "sentence": _sentence, "phrases": _phrases, "motif": _motif, "sequence": _sequence,
}  # fmt: skip
