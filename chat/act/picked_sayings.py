"""What is said about single notes that were changed, in English and Chinese."""

# ruff: noqa: E501 - a wrapped sentence is harder to read than a long line
from __future__ import annotations

from chat.phrases import counted

SAYINGS: dict[str, dict[str, str]] = {
    "en": {
        "dropped": "{count} note(s) in {where} became rests.",
        "swapped": "I exchanged two notes in {where}: {one} and {other}. Their rhythm stays.",
        "joined": "{count} notes in {where} are one note now: {note}.",
        "tied": "I tied two notes in {where}.",
        "slurred": "The two notes in {where} are not the same one, so no tie is possible: I put a slur over them.",
        "moved-up": "{count} note(s) in {where} moved up by {interval}.",
        "moved-down": "{count} note(s) in {where} moved down by {interval}.",
        "renamed": "I changed {count} note(s) in {where}: {notes}.",
        "marked": "I put a sign ({sign}) on {count} note(s) in {where}.",
        "filled": "The rest in {where} is filled with notes: {notes}.",
        "written": "{where} now: {notes}.",
        "note-bar": "I added one bar at the end, {where}: one long {note}.",
        "rhythm": "The rhythm of {where} is new; its notes: {notes}.",
        "one-for-three": "{count} triplet(s) in {where} are now one note each, their first.",
        "longer": "I changed the length of {count} note(s) in {where}.",
        "pentatonic": "{count} note(s) in {where} moved to the nearest of the five notes of the scale.",
        "filled-up": "The note in {where} is now held to the end of the bar.",
    },
    "zh": {
        "dropped": "{where}有{count}个音改成了休止。",
        "swapped": "我把{where}的{one}和{other}两个音对调了，节奏不变。",
        "joined": "{where}的{count}个音合成了一个：{note}。",
        "tied": "我在{where}用延音线把两个音连起来了。",
        "slurred": "{where}的这两个音高低不同，不能用延音线，我加了圆滑线。",
        "moved-up": "{where}有{count}个音升高了{interval}。",
        "moved-down": "{where}有{count}个音降低了{interval}。",
        "renamed": "我改了{where}的{count}个音：{notes}。",
        "marked": "我给{where}的{count}个音加了记号（{sign}）。",
        "filled": "{where}的休止填上了音：{notes}。",
        "written": "{where}现在是：{notes}。",
        "note-bar": "我在结尾加了一小节（{where}）：一个长音{note}。",
        "rhythm": "{where}换了节奏，音是：{notes}。",
        "one-for-three": "{where}的{count}个三连音各改成了一个音（取第一个音）。",
        "longer": "我改了{where}{count}个音的时值。",
        "pentatonic": "{where}有{count}个音移到了最近的五声音阶音上。",
        "filled-up": "{where}的这个音现在保持到小节末尾。",
    },
}
SIGNS_ZH = {
    "trill": "颤音", "mordent": "波音", "turn": "回音", "roll": "滚音", "fermata": "延长记号", "staccato": "跳音", "accent": "重音",
    "breath": "换气记号", "tenuto": "保持音", "tremolo": "震音", "upbow": "上弓", "downbow": "下弓", "slide": "滑音",
}  # fmt: skip


def picked(language: str, name: str, **values: object) -> str:
    """The sentence `name` in a language, with its values filled in."""
    return counted(SAYINGS["zh" if language == "zh" else "en"][name].format(**values))
