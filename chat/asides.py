"""What is said beside the music: who made this, what is remembered, which languages are read, wishes that exclude
themselves. Each in English and Chinese; what is kept of people stands in docs/privacy.md.
"""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

ASIDES: dict[str, tuple[str, str]] = {
    "made": (
        "I am Tunewright, a program by the Tunewright developers, free software under the MIT licence. I am no person: code reads what you write and checks every note, and a language model writes new music.",
        "我是Tunewright，由Tunewright开发者制作的程序，是MIT许可的自由软件。我不是真人：您写的话由代码来读，每个音也由代码检查，新的音乐由语言模型来写。",
    ),
    "remember": (
        "In this conversation I keep every version of the tune and what we spoke of last; I do not know you from another visit, and the server stores nothing of our conversation. The page keeps your versions in your own browser, so that a reload loses nothing; a profile of taste, if you switch it on, keeps what its dialog shows and no more.",
        "在这次对话里，我记得曲子的每个版本和刚才说的内容；我不认得以前来过的您，服务器也不保存我们的对话。网页把您的各个版本留在您自己的浏览器里，刷新也不会丢；如果您打开了喜好档案，它只保存对话框里显示的内容。",
    ),
    "no-notes": (
        "A tune without notes would be silence: there is nothing to write. Shall it have few notes, or many rests? For example “a tune of three notes” or “8 bars, slow, with rests”.",
        "没有音符的曲子就是一片寂静，没有什么可写的。是要音很少，还是多用休止？例如“只用三个音的曲子”或“8小节，慢，有休止”。",
    ),
    "key-kept": (
        "These two exclude each other: another key moves the notes. If they stay, only the signature could change, and every note that it touches would need a sign to sound as before. Shall I move everything (“transpose it to G major”), or leave it?",
        "这两点互相矛盾：换调就要移动音符。如果音都不动，只能改调号，受影响的音还要加变音记号才能保持原样。要整首移调（“移到G大调”），还是保持不变？",
    ),
    "copies": (
        "I cannot write down a song that exists, note for note: I know no recordings, and a song that is somebody's is not mine to copy. I can write a new tune in that style instead; say what it should be like, for example “a bright pop song in G, 120 bpm, 16 bars”. Or paste the ABC if you have it, and I work on that.",
        "我不能照原样写出现有的歌曲：我听不到录音，别人的作品也不能照抄。我可以写一首类似风格的新曲，请说说想要什么样的，例如“G大调、明快的流行歌，每分钟120拍，16小节”。如果您有ABC谱，也可以贴上来。",
    ),
    "prompt": (
        "I have no password and no hidden instructions to show: tables and rules read what you write, and what you write is never taken as a command to the program. The score stays as it is. What would you like to do with the music?",
        "我没有密码，也没有隐藏的指令可以给您看：您写的话由表格和规则来读，不会当作对程序的命令。乐谱保持原样。音乐方面想做什么呢？",
    ),
    "vague": (
        "I do not know yet which feeling or which place you mean. What should it be like: calmer, livelier, darker, brighter? And all of it, or only some bars? For example “make the ending calmer” or “bars 5–8 livelier”.",
        "我还不知道您指的是哪种感觉、哪个地方。想要什么样的：更平静、更活泼、更暗还是更明亮？是整首，还是只有几小节？例如“结尾平静一点”或“第5到8小节活泼些”。",
    ),
    "no-tonic": (
        "These exclude each other: a key is heard by its tonic and the chord on it, so without those notes it would not be in that key. Shall I leave out only one of them, or choose another key?",
        "这两点互相矛盾：调要靠主音和主和弦才听得出来，没有这些音就不是这个调了。只去掉其中一个音，还是换一个调？",
    ),
    "opposite loudness": ("Louder and softer at once exclude each other. Which shall it be, or which bars louder and which softer?", "同时更响又更轻是矛盾的。要哪一种？或者哪几小节响、哪几小节轻？"),
    "tempo clash": ("The words and the number say opposite things about the speed. Which shall hold: the word, or the number of beats a minute?", "关于速度，词和数字互相矛盾。以哪个为准：是词，还是每分钟的拍数？"),
    "opposite speed": ("Faster and slower at once exclude each other. Which shall it be, or which bars faster and which slower?", "同时更快又更慢是矛盾的。要哪一种？或者哪几小节快、哪几小节慢？"),
    "opposite pitch": ("Higher and lower at once exclude each other. Which shall it be, or which bars higher and which lower?", "同时更高又更低是矛盾的。要哪一种？或者哪几小节高、哪几小节低？"),
    "opposite length": ("Longer and shorter at once exclude each other. Which shall it be?", "同时更长又更短是矛盾的。要哪一种？"),
    "opposite difficulty": ("Easier and harder at once exclude each other. Which shall it be, or which bars easier and which harder?", "同时更简单又更难是矛盾的。要哪一种？或者哪几小节简单、哪几小节难？"),
}  # fmt: skip
TONGUES = "I read English and Chinese only. Please say it in one of them.\n\n我只懂英文和中文，请用其中一种再说一遍。"
"""Said to every other language, in both."""
REFUSED = (
    "tongues",
    "no-notes",
    "key-kept",
    "copies",
    "prompt",
    "vague",
    "no-tonic",
    "tempo clash",
    "opposite",
)
"""Asides that turn a wish down."""


def aside(topic: str, language: str) -> tuple[str, str] | None:
    """(what is said, the kind of reply) of a topic, or of several parted by spaces; None for a topic of others."""
    if topic == "tongues":
        return TONGUES, "refuse"
    names = [topic] if topic in ASIDES else topic.split()
    if not names or not all(name in ASIDES for name in names):
        return None
    said = (" " if language == "en" else "").join(ASIDES[name][language == "zh"] for name in names)
    return said, "refuse" if topic.startswith(REFUSED) else "answer"
