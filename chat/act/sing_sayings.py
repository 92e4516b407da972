"""What is said about words under a tune, in English and Chinese."""

from __future__ import annotations

import re

SAYINGS: dict[str, dict[str, str]] = {
    "en": {
        "wrote": "I wrote verse {verse} under the notes{about}: {lines} lines, {syllables} syllables, one on each "
        "note that begins a syllable.",
        "about": " about {theme}",
        "set": "I set the words under the notes: {syllables} syllables.",
        "set-verses": "The words are longer than the tune, so I set them as {verses} verses: {syllables} syllables.",
        "short": "The words are shorter than the tune: {left} notes stay without words.",
        "scheme": "Rhyme scheme {scheme}: {kept} of {pairs} rhymes hold.",
        "refrain": "Line {later} repeats line {earlier}, as the music does.",
        "stress": "{share} % of the stressed syllables ({on} of {all}) fall on strong beats.",
        "model": "{count} of the lines are the language model's; the others did not fit the notes and were replaced.",
        "missing": "There was no place for: {words}.",
        "too-long": "The words have {have} syllables, and the tune has notes for {room}: {over} too many, also "
        "when they are split into verses. Shorten the words or lengthen the tune.",
        "too-many": "The words have {have} syllables. Even as {limit} verses, the tune has notes for {room} only: "
        "{over} too many.",
        "line": "Line {line} has new words; the tune and the other lines stay.",
        "again": "The words of before are under the tune again.",
        "no-such-line": "The song has {count} lines.",
        "line-too-long": "these words have {have} syllables, and the line has notes for {room}: {over} too many",
        "no-notes": "There are no notes to sing.",
        "no-such-verse": "There are {count} verses; the next one is verse {next}.",
        "no-words": "There are no words in what you gave me.",
        "failed": "I could not put the words under the notes.",
    },
    "zh": {
        "wrote": "我在音符下面写了第{verse}段歌词{about}：{lines}句，{syllables}个字，一字一音。",
        "wrote-en": "我在音符下面写了第{verse}段英文歌词{about}：{lines}行，{syllables}个音节，每个音节都有自己的音。",
        "about": "，主题是{theme}",
        "set": "我把歌词填到了音符下面：共{syllables}个音节。",
        "set-verses": "歌词比曲子长，所以分成{verses}段来填：共{syllables}个音节。",
        "short": "歌词比曲子短：还有{left}个音没有歌词。",
        "scheme": "韵式{scheme}：{pairs}处押韵，押上了{kept}处。",
        "refrain": "第{later}句重复第{earlier}句，和音乐一样。",
        "stress": "{share}%的重读音节（{all}个中的{on}个）落在强拍上。",
        "model": "其中{count}句由语言模型写成，其余的字数或韵不合，已经换掉。",
        "missing": "这些词没能放进去：{words}。",
        "too-long": "歌词有{have}个音节，曲子只有{room}个音可唱，分段也放不下，多了{over}个。请缩短歌词或加长曲子。",
        "too-many": "歌词有{have}个音节，即使分成{limit}段，曲子也只有{room}个音可唱，多了{over}个。",
        "line": "第{line}句换了新词；曲调和其他句子不变。",
        "again": "之前的歌词又填回来了。",
        "no-such-line": "这首歌有{count}句。",
        "line-too-long": "这些词有{have}个音节，而这一句只有{room}个音：多了{over}个",
        "no-notes": "没有可以唱的音符。",
        "no-such-verse": "现在有{count}段歌词，下一段是第{next}段。",
        "no-words": "你给的文字里没有可以唱的词。",
        "failed": "没能把歌词填到音符下面。",
    },
}


def sung(language: str, name: str, **values: object) -> str:
    """The sentence `name` in a language, with its values filled in."""
    table = SAYINGS["zh" if language == "zh" else "en"]
    return re.sub(r"\b1 (line|syllable)s\b", r"1 \1", table[name].format(**values))
