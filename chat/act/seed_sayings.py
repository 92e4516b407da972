"""What is said about the opening that a new tune begins with, in English and Chinese."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

SAYINGS: dict[str, dict[str, str]] = {
    "en": {
        "taken": "Its opening ({bars}) is that of **{title}**{source}, {how}. The rest, from bar {next} on, is newly written.",
        "from": " ({source})",
        "same": "note for note",
        "moved": "note for note, moved from {old} to {new}",
        "licence": "Licence of that tune: {licence}.",
        "comment": "The opening ({bars}) is from: {title} ({source})",
        "comment-own": "The opening ({bars}) is from: {title}",
        "no-list": "I have listed no tunes yet, so I do not know which one you mean. Say a title, or ask for tunes first, for example “recommend three jigs”.",
        "no-place": "There are {count} tunes in the list. Which one do you mean?",
        "no-title": "I know no tune called “{title}”. Paste its ABC, or ask for tunes that I know.",
        "unreadable": "I cannot go on from the opening of **{title}**: {why}. Nothing was changed.",
        "meter": "The opening of **{title}** is in {old}; a tune in {new} cannot begin with its bars. Shall it be in {old}?",
        "mode": "The opening of **{title}** is in {old}; in {new} it would have other notes. Shall it stay in {mode}?",
        "too-long": "An opening of {bars} bars leaves nothing to write in a tune of {all}. How long shall the tune be?",
        "too-short": "**{title}** has {all} bars, fewer than the {bars} that you want.",
        "failed": "I could not write a tune that goes on from this opening. Nothing was changed.",
    },
    "zh": {
        "taken": "开头（{bars}）取自**《{title}》**{source}，{how}。其余部分从第{next}小节起是新写的。",
        "from": "（{source}）",
        "same": "音符完全相同",
        "moved": "音符相同，从{old}移到{new}",
        "licence": "原曲的许可：{licence}。",
        "comment": "开头（{bars}）取自：{title}（{source}）",
        "comment-own": "开头（{bars}）取自：{title}",
        "no-list": "我还没有列出过曲子，不知道您指的是哪一首。请说出曲名，或者先让我推荐，例如“推荐三首吉格”。",
        "no-place": "列表里有{count}首曲子，您指的是哪一首？",
        "no-title": "我不知道叫“{title}”的曲子。可以贴上它的ABC，或者先让我推荐我知道的曲子。",
        "unreadable": "我无法接着**《{title}》**的开头写下去：{why}。没有做任何改动。",
        "meter": "**《{title}》**的开头是{old}拍，{new}拍的曲子不能用它的小节开头。要写成{old}拍吗？",
        "mode": "**《{title}》**的开头是{old}，换成{new}音符就不一样了。保留{mode}吗？",
        "too-long": "开头有{bars}小节，全曲只有{all}小节，就没有可写的了。全曲要多长？",
        "too-short": "**《{title}》**只有{all}小节，不到您要的{bars}小节。",
        "failed": "我没能接着这个开头写出合适的曲子。没有做任何改动。",
    },
}


def seeded(language: str, name: str, **values: object) -> str:
    """The sentence `name` in a language, with its values filled in."""
    return SAYINGS["zh" if language == "zh" else "en"][name].format(**values)
