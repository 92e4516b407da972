"""What each label that is a question means: the topic of `chat.explain`, and how it is asked plainly."""

from __future__ import annotations

import re
from dataclasses import dataclass

from abc_tools.tune import Tune
from chat.explain import Question, asked_about
from chat.explain.compare import two_places


@dataclass(frozen=True)
class Topic:
    """A topic of explanation; `say` is (English, Chinese); `{it}` stands for the bars."""

    name: str
    say: tuple[str, str]


TOPICS: dict[str, Topic] = {
    "ask-analysis": Topic("analysis", ("analyse it", "分析一下")),
    "ask-key": Topic("key", ("what key is it in?", "是什么调？")),
    "ask-meter": Topic("meter", ("what is the time signature?", "拍号是什么？")),
    "ask-tempo": Topic("tempo", ("what is the tempo?", "速度是多少？")),
    "ask-form": Topic("form", ("what is the form?", "曲式是什么？")),
    "ask-phrases": Topic("phrases", ("what are the phrases?", "分几个乐句？")),
    "ask-harmony": Topic("harmony", ("what are the chords of {it}?", "{it}有哪些和弦？")),
    "ask-cadence": Topic("cadence", ("which cadences are there?", "有哪些终止式？")),
    "ask-range": Topic("range", ("what is the range?", "音域是多少？")),
    "ask-highest": Topic("highest", ("what is the highest note?", "最高音是什么？")),
    "ask-lowest": Topic("lowest", ("what is the lowest note?", "最低音是什么？")),
    "ask-modulation": Topic("modulation", ("does it modulate?", "有没有转调？")),
    "ask-outside": Topic("outside", ("which notes are outside the key?", "有哪些变化音？")),
    "ask-chord-tones": Topic("chord tones", ("which notes of {it} are chord tones?", "{it}哪些是和弦音？")),
    "ask-motif": Topic("motif", ("what is the main motif?", "主要动机是什么？")),
    "ask-rhythm": Topic("rhythm", ("what is the rhythm of {it}?", "{it}的节奏怎么样？")),
    "ask-melody": Topic("moves", ("which leaps are there in {it}?", "{it}有哪些大跳？")),
    "ask-difficulty": Topic("difficulty", ("how difficult is it?", "难度怎么样？")),
    "ask-practice": Topic("practice", ("how should I practise it?", "应该怎么练？")),
    "ask-breathing": Topic("breathing", ("where should I breathe?", "在哪里换气？")),
    "ask-bowing": Topic("bowing", ("how should I bow {it}?", "{it}怎么安排弓法？")),
    "ask-fingering": Topic("fingering", ("what fingering suits {it}?", "{it}的指法怎么安排？")),
    "ask-dynamics": Topic("dynamics", ("which dynamics are there?", "有哪些力度记号？")),
    "ask-articulation": Topic("signs", ("which signs are over the notes?", "音符上面的记号是什么？")),
    "ask-lyrics": Topic("words", ("what are the words?", "歌词是什么？")),
    "ask-title": Topic("title", ("what is it called?", "它叫什么？")),
    "ask-duration": Topic("lasting", ("how long does it last?", "时长多久？")),
    "ask-count": Topic("count", ("how many notes are there?", "有多少个音？")),
    "ask-style": Topic("style", ("what style is it?", "是什么风格？")),
    "ask-mood": Topic("mood", ("why does {it} sound as it does?", "{it}为什么听起来是这样？")),
    "ask-playable": Topic("playable", ("which instruments can play it?", "适合什么乐器？")),
    "ask-instruments": Topic("players", ("which instruments can play it?", "适合什么乐器？")),
    "ask-compare-parts": Topic("compare", ("how do the two halves differ?", "前半和后半有什么不同？")),
    "ask-compare-versions": Topic("compare", ("what did you change?", "你改了什么？")),
    "ask-what-if": Topic("what-if", ("what if it were minor?", "如果改成小调会怎样？")),
    "ask-notes": Topic("notes", ("which notes are in {it}?", "{it}有哪些音？")),
    "ask-solfege": Topic("degrees", ("what are the scale degrees of {it}?", "{it}的唱名是什么？")),
    "ask-pickup": Topic("pickup", ("is there a pickup?", "有弱起吗？")),
    "ask-repeats": Topic("repeats", ("what is repeated?", "哪里反复？")),
    "ask-voices": Topic("voices", ("how many voices are there?", "有几个声部？")),
    "ask-guide-tones": Topic("improvise", ("what scale could I improvise with in {it}?", "{it}可以用什么音阶？")),
}  # fmt: skip
"""Label → the topic."""


def question_of(
    label: str, text: str, tune: Tune | None, selection: tuple[int, int] | None
) -> Question | None:
    """The question that a message of this label asks; None if a detail of it cannot be read."""
    topic = TOPICS.get(label)
    if topic is None:
        return None
    if label == "ask-motif" and tune is not None and two_places(tune, text.lower()) is not None:
        return asked_about("compare", text, tune, selection)
    if label == "ask-compare-versions":
        text = re.sub(r"[?？]*$", " version", text)
    return asked_about(topic.name, text, tune, selection)
