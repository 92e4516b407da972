"""What stands around statements: frames that say nothing about music, and which first statement answers yes or no."""

from __future__ import annotations

SENTENCES = {
    "no-tune": ("There is no tune yet. Paste ABC or ask for one, and ask me again.",
                "现在还没有曲子。请粘贴ABC乐谱或让我写一首，再来问我。"),
    "no-notes": ("There are no notes in this tune, so there is nothing to say about it.",
                 "这首曲子里没有音符，所以没有什么可说的。"),
    "no-place": ("{said}", "这首曲子没有这些小节：它有第{low}到第{high}小节。"),
    "no-version": ("There is no such earlier version to compare with; there are {count}.",
                   "没有这样的早先版本可以比较；一共有{count}个。"),
    "no-parts": ("Which two parts shall I compare? For example “compare bars 1–4 and bars 5–8”.",
                 "要比较哪两部分？例如“比较第1—4小节和第5—8小节”。"),
    "against": ("What speaks against it:", "与此相反的因素："),
    "instead": ("What is there instead:", "那里有的是："),
    "in-tune": ("In this tune:", "在这首曲子里："),
    "example": ("A small example is below.", "下面是一个小例子。"),
    "ask-differently": ("Do you mean one of these? Otherwise ask me in other words.",
                        "是其中之一吗？否则请换个说法问我。"),
    "yes": ("Yes.", "是的。"),
    "some-beyond": ("Yes, there are.", "有的。"),
    "none-beyond": ("No, none.", "没有。"),
    "no": ("No.", "没有。"),
    "is-not": ("No.", "不是。"),
    "cannot": ("Not all of it.", "不能全部。"),
    "can": ("Yes, it can.", "可以。"),
    "which-chord": ("Say “the first one”, “the second one” … and I put it in; or keep the chord that is there.",
                    "说“第一个”、“第二个”……我就换上；也可以保留原来的和弦。"),
    "no-choice": ("I find no other chord of the key that holds at least half of the melody there.",
                  "我在本调里找不到别的和弦能包含那里一半以上的旋律音。"),
    "which-bar": ("Which bar do you mean? For example “what chord would fit bar {bar} better?”.",
                  "指的是哪一小节？例如“第{bar}小节换什么和弦更好听？”。"),
    "which-title": ("Say “the first one”, “the second one” … and it is the title.",
                    "说“第一个”、“第二个”……就用它作标题。"),
    "part-unanswered": ("“{said}”: that is nothing I can tell from the notes.",
                        "“{said}”：这个从乐谱里看不出来，我答不了。"),
    "of-voice": ("In the voice {said}:", "声部{said}："),
    "unsure": ("I am not sure that I understand you; I take it as “{said}”",
               "我不太确定您的意思，先按“{said}”来回答。"),
    "unknowable": ("How long somebody needs to learn it cannot be told from the notes; how hard it is can.",
                   "要学多久从乐谱里看不出来，难不难可以告诉您。"),
    "no-changes": ("Nothing was changed: this is the tune as it came.", "还没有改动过：这就是最初的样子。"),
    "shall-i": ("Nothing is changed. Shall I do it? Say “yes”.", "曲子没有改动。要这样改吗？说“好”就行。"),
}  # fmt: skip
"""Frames without any statement about music."""


def frame(language: str, name: str, **values: object) -> str:
    """A sentence of SENTENCES."""
    return SENTENCES[name][language == "zh"].format(**values)


_YES = (
    "syncopation", "syncopated", "triplets", "pickup", "outside", "modulation", "key change", "sign", "ending",
    "dynamic", "words", "motif", "section turns", "fault", "count letter", "count length", "leading note",
    "secondary dominant", "chord somewhere", "child repeat", "blue notes",
)  # fmt: skip
_NO = (
    "no syncopation", "triplets none", "no pickup", "none outside", "no modulation", "term not there", "no signs",
    "no dynamics", "no endings", "no words", "no motif", "no faults", "count letter none", "count length none",
    "no leading note", "chord nowhere",
)  # fmt: skip
VERDICTS = {
    **dict.fromkeys(_YES, "yes"), **dict.fromkeys(_NO, "no"),
    "opening returns": "yes", "opening alone": "is-not", "mostly steps": "yes", "not mostly steps": "is-not",
    "scale fits": "yes", "scale misfits": "is-not", "playable": "can", "playable written": "can",
    "unplayable": "cannot", "unplayable written": "cannot", "in position": "can", "beyond position": "cannot",
}  # fmt: skip
"""Kind of the first statement → what a question for yes or no is answered with."""
