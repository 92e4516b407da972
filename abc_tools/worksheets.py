"""Exercises made from a tune, each with its key: what a teacher prints for a class.

A worksheet has sheets of music (ABC) to work on, questions, and the answers to both. Answers are
computed from the tune as every other fact is. The same tune, kind and seed give the same worksheet, so
that a link can stand for it. Kinds: `KINDS`.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from abc_tools.analyse import facts, terms
from abc_tools.analyse.harmony import numerals
from abc_tools.analyse.line import Material
from abc_tools.analyse.phrases import closes
from abc_tools.edit import remove_chords, remove_words, transpose
from abc_tools.parse import parse_tune
from abc_tools.spelling import length_text
from abc_tools.text import Edit, apply
from abc_tools.theory import Interval
from abc_tools.tune import Measure, Tune

NAMED = ("perfect authentic", "imperfect authentic", "half", "plagal", "deceptive")
"""Cadences that a student is asked to name."""
STEPS = {
    "major second up": (Interval(1, 2), "大二度", 1), "major second down": (Interval(-1, -2), "大二度", -1),
    "perfect fourth up": (Interval(3, 5), "纯四度", 1), "perfect fifth up": (Interval(4, 7), "纯五度", 1),
    "minor third up": (Interval(2, 3), "小三度", 1), "minor third down": (Interval(-2, -3), "小三度", -1),
}  # fmt: skip
MOST_TRANSPOSED = 8
"""Bars that a student is asked to write in another key."""


class NoExercise(ValueError):
    """The tune gives nothing for this exercise; `code` is why."""

    def __init__(self, code: str, language: str) -> None:
        self.code = code
        super().__init__(PROBLEMS[code][language == "zh"])


@dataclass(frozen=True)
class Sheet:
    """Music on a worksheet, with what stands above it."""

    abc: str
    caption: str = ""


@dataclass(frozen=True)
class Worksheet:
    """One exercise. `sheets` are worked on, `questions` answered below them; the rest is the key.

    `listen` says that the music is to be heard for it.
    """

    kind: str
    title: str
    instruction: str
    sheets: tuple[Sheet, ...]
    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    solutions: tuple[Sheet, ...] = ()
    listen: bool = False


PROBLEMS = {
    "short": ("This tune is too short for that exercise.", "这首曲子太短，不适合这个练习。"),
    "no-cadence": ("No cadence in this tune can be named with certainty; add chords first.",
                   "这首曲子没有可以确定名称的终止式，请先加上和弦。"),
    "no-chords": ("This tune has no chord symbols to analyse.", "这首曲子没有可以分析的和弦标记。"),
    "no-key": ("This tune has no key that could be named.", "这首曲子没有可以说出的调。"),
}  # fmt: skip
TITLES = {
    "blanks": ("Fill in the empty bars", "填写空白小节"),
    "dictation": ("Melodic dictation", "旋律听写"),
    "cadences": ("Find the cadences", "找出终止式"),
    "mode": ("Name the key and mode", "判断调与调式"),
    "numerals": ("Roman numerals", "罗马数字标记"),
    "transpose": ("Transpose", "移调"),
}  # fmt: skip


def make_worksheet(tune: Tune, kind: str, *, language: str = "en", seed: int = 0) -> Worksheet:
    """An exercise of a kind in "en" or "zh". NoExercise if the tune gives none; ValueError for a kind
    that there is not.

    >>> from abc_tools.parse import parse_tune
    >>> tune = parse_tune("X:1\\nM:2/4\\nL:1/4\\nK:G\\nGA|Bc|dB|AF|GA|Bc|dF|G2|]\\n")
    >>> make_worksheet(tune, "blanks", seed=1).questions
    ()
    >>> make_worksheet(tune, "transpose").answers
    ('The new key is B♭ major.',)
    """
    if kind not in KINDS:
        raise ValueError(f"There is no exercise {kind!r}; there are {', '.join(KINDS)}.")
    return KINDS[kind](tune, language, random.Random(seed))


def _say(language: str, english: str, chinese: str) -> str:
    return chinese if language == "zh" else english


def _sheet_of(tune: Tune, edits: list[Edit], caption: str = "") -> Sheet:
    return Sheet(apply(tune.source, edits)[tune.span.start :].strip() + "\n", caption)


def _wordless(tune: Tune) -> Tune:
    """The tune without words: they would slide to other notes where bars are emptied."""
    if not tune.lyrics:
        return tune
    return parse_tune(apply(tune.source, remove_words(tune)))


# -- bars to write --------------------------------------------------------------------------------


def _blanks(tune: Tune, language: str, chance: random.Random) -> Worksheet:
    """A quarter of the bars emptied, never the first nor two neighbours."""
    tune = _wordless(tune)
    free = [m for m in tune.measures if m.number > 1 and _may_be_empty(m)]
    chance.shuffle(free)
    wanted = max(1, tune.bar_count // 4)
    chosen: list[Measure] = []
    for measure in free:
        if len(chosen) < wanted and all(abs(measure.number - c.number) > 1 for c in chosen):
            chosen.append(measure)
    if not chosen:
        raise NoExercise("short", language)
    chosen.sort(key=lambda measure: measure.number)
    listed = terms.listed(language, (str(measure.number) for measure in chosen))
    numbers = _say(language, f"bar{'s' * (len(chosen) > 1)} {listed}", f"第{listed}小节")
    return Worksheet(
        "blanks",
        TITLES["blanks"][language == "zh"],
        _say(
            language,
            f"Listen to the tune and write what is missing: {numbers}. Each bar must be full.",
            f"听曲子，写出缺少的{numbers}。每一小节的时值必须完整。",
        ),
        (_sheet_of(tune, _emptied(chosen)),),
        solutions=(_sheet_of(tune, []),),
        listen=True,
    )


def _dictation(tune: Tune, language: str, chance: random.Random) -> Worksheet:
    """The first bar is given, everything else of the melody is heard and written down."""
    tune = _wordless(tune)
    first = next((i for i, m in enumerate(tune.measures) if m.number >= 1), 0)
    rest = [m for m in tune.measures[first + 1 :] if _may_be_empty(m)]
    if not rest:
        raise NoExercise("short", language)
    return Worksheet(
        "dictation",
        TITLES["dictation"][language == "zh"],
        _say(
            language,
            "The first bar is given. Listen several times and write the rest.",
            "已给出第一小节。多听几遍，写出其余部分。",
        ),
        (_sheet_of(tune, _emptied(rest, chords=False)),),
        solutions=(_sheet_of(tune, []),),
        listen=True,
    )


def _may_be_empty(measure: Measure) -> bool:
    """Whether a bar can be emptied and leave everything around it as it is."""
    return (
        measure.count == 1
        and bool(measure.events)
        and not measure.overlays
        and not any(mark.text.startswith("[") for mark in measure.marks)
        and not measure.events[0].tied
        and not measure.events[-1].tie
        and any(event.notes for event in measure.events)
    )


def _emptied(measures: list[Measure], *, chords: bool = True) -> list[Edit]:
    """The bars with invisible rests in place of their notes; chord symbols stay where they are."""
    return [Edit(measure.span, _empty(measure, chords)) for measure in measures]


def _empty(measure: Measure, chords: bool) -> str:
    pieces: list[tuple[str, Fraction]] = []
    for event in measure.events:
        symbol = f'"{event.chord_symbol}"' if chords and event.chord_symbol else ""
        if symbol or not pieces:
            pieces.append((symbol, event.duration))
        else:
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + event.duration)
    return " ".join(f"{symbol}x{length_text(size / measure.unit)}" for symbol, size in pieces)


def _transpose(tune: Tune, language: str, chance: random.Random) -> Worksheet:
    """The first bars, to be written in another key on the empty staff below."""
    tune = _wordless(tune)
    if not tune.key.tonic:
        raise NoExercise("no-key", language)
    name = chance.choice(sorted(STEPS))
    interval, chinese, direction = STEPS[name]
    bars = [m for m in tune.measures if m.number <= MOST_TRANSPOSED]
    end = bars[-1].after.span.end if bars[-1].after else bars[-1].span.end
    short = parse_tune(tune.source[tune.span.start : end].rstrip() + "\n")
    moved = parse_tune(apply(short.source, transpose(short, interval)))
    empty = [m for m in moved.measures if _may_be_empty(m)]
    key = terms.key(language, moved.key.name)
    way = _say("zh", "", "上方" if direction > 0 else "下方")
    return Worksheet(
        "transpose",
        TITLES["transpose"][language == "zh"],
        _say(
            language,
            f"Write this music a {name.replace(' up', ' higher').replace(' down', ' lower')} "
            "on the empty staff. Which key is it in then?",
            f"在空白谱表上把这段音乐移到{way}{chinese}。移调后是什么调？",
        ),
        (
            _sheet_of(short, []),
            Sheet(_without_key(moved, _emptied(empty, chords=False))),
        ),
        answers=(_say(language, f"The new key is {key}.", f"新调：{key}。"),),
        solutions=(_sheet_of(moved, []),),
    )


def _without_key(tune: Tune, edits: list[Edit]) -> str:
    """The tune without its key signature, which the student is to write, and without its title."""
    fields = [f for f in tune.fields if f.where == "header" and f.name in "TKCQ"]
    hidden = [Edit(f.value_span, "none" if f.name == "K" else "") for f in fields if f.name in "K"]
    hidden += [Edit(f.span, f"% {f.name}") for f in fields if f.name in "TCQ"]
    return apply(tune.source, [*edits, *hidden])


# -- questions ------------------------------------------------------------------------------------


def _cadences(tune: Tune, language: str, chance: random.Random) -> Worksheet:
    """Where phrases close and how."""
    found = [(p, c) for p, c in closes(Material(tune)) if c.kind in NAMED]
    if not found:
        raise NoExercise("no-cadence", language)
    zh = language == "zh"
    answers = []
    for phrase, close in found:
        chords = f" ({'–'.join(close.chords)})" if close.chords else ""
        name = terms.CADENCES[close.kind][zh].removeprefix("a ").removeprefix("an ")
        bar = phrase.last_bar
        answers.append(f"第{bar}小节：{name}{chords}" if zh else f"Bar {bar}: {name}{chords}")
    return Worksheet(
        "cadences",
        TITLES["cadences"][zh],
        _say(
            language,
            f"This tune has {len(found)} cadence{'s' * (len(found) > 1)} that can be named. Mark each in the score.",
            f"这首曲子有 {len(found)} 处可以确定名称的终止式。请在谱上标出。",
        ),
        (_sheet_of(tune, []),),
        tuple(
            f"{n}. 第 ____ 小节，终止式：__________"
            if zh
            else f"{n}. Bar ____, cadence: ____________"
            for n in range(1, len(found) + 1)
        ),
        tuple(answers),
    )


def _mode(tune: Tune, language: str, chance: random.Random) -> Worksheet:
    """Tonic and mode from the notes alone: chords are taken away."""
    found = [f for f in facts(tune, ("key",)) if f.kind in ("key", "scale")]
    if not found or not tune.key.tonic:
        raise NoExercise("no-key", language)
    questions = (
        ("The tonic: ______", "The mode: ______________", "What speaks for it: ________________")
        if language == "en"
        else ("主音：______", "调式：______________", "理由：________________")
    )
    return Worksheet(
        "mode",
        TITLES["mode"][language == "zh"],
        _say(
            language,
            "On which note does this tune rest, and in which mode does it stand?",
            "这首曲子落在哪个音上？是什么调式？",
        ),
        (_sheet_of(tune, remove_chords(tune)),),
        questions,
        tuple(fact.sentence(language) for fact in found),
    )


def _numerals(tune: Tune, language: str, chance: random.Random) -> Worksheet:
    """Roman numerals under the chord symbols."""
    material = Material(tune)
    found = numerals(material.chords)
    if not found:
        raise NoExercise("no-chords", language)
    bars: dict[int, list[str]] = {}
    for one in found:
        bars.setdefault(one.harmony.bar, []).append(f"{one.harmony.chord.text} = {one.roman}")
    zh = language == "zh"
    return Worksheet(
        "numerals",
        TITLES["numerals"][zh],
        _say(
            language,
            "Write the Roman numeral of every chord below the staff.",
            "在谱表下方写出每个和弦的罗马数字标记。",
        ),
        (_sheet_of(tune, []),),
        (_say(language, "The key: ______________", "调：______________"),),
        tuple(
            f"第{bar}小节：{'，'.join(said)}" if zh else f"Bar {bar}: {', '.join(said)}"
            for bar, said in bars.items()
        ),
    )


KINDS: dict[str, Callable[[Tune, str, random.Random], Worksheet]] = {
    "blanks": _blanks,
    "dictation": _dictation,
    "cadences": _cadences,
    "mode": _mode,
    "numerals": _numerals,
    "transpose": _transpose,
}
"""Kind of exercise → what makes it."""
