"""Every word the page shows, in English and Chinese; ``{name}`` marks what is filled in.

``PANE`` goes to the browser with the score pane, ``PAGE`` is used by the server for the rest. Words
of replies are the chat's business, not ours.
"""

from __future__ import annotations

LANGUAGES = ("en", "zh")

PANE: dict[str, dict[str, str]] = {
    "en": {
        "undo": "Undo",
        "undo_title": "Undo: back to the version before",
        "redo": "Redo",
        "redo_title": "Redo",
        "compare": "Compare",
        "compare_title": "Compare with the version before",
        "source": "ABC",
        "source_title": "Show or edit the ABC text",
        "download": "Save",
        "download_title": "Save as ABC, MIDI or sound, or print",
        "print": "Print / PDF",
        "versions": "Versions",
        "score": "Score. Arrow keys choose bars, space plays, Enter goes to the message box.",
        "empty_title": "Your score appears here",
        "empty_text": "Describe a tune in the chat. Then click or drag over bars "
        "and say what to change.",
        "paste_abc": "Paste ABC",
        "open_file": "Open a file",
        "source_label": "ABC notation",
        "use_source": "Use this text",
        "cancel": "Cancel",
        "play": "Play",
        "pause": "Pause",
        "seek": "Position in the tune",
        "tempo": "Tempo",
        "loop": "Loop",
        "loop_bars": "Loop {bars}",
        "loop_title": "Repeat the selected bars, or the whole tune",
        "bar": "bar {bar}",
        "bars": "bars {first}–{last}",
        "scope": "Scope: {bars}",
        "clear": "Clear the selection",
        "before": "Before · v{version}",
        "after": "After · v{version}",
        "preparing": "Preparing the file …",
        "browser_sound": "Simple sound from your browser: the server has no synthesiser.",
        "no_server": "The server did not answer. Please try again.",
        "no_sound": "Your browser refused to play sound.",
        "too_large": "This file is too large for a tune.",
        "cannot_draw": "This text cannot be drawn as a score.",
        "checked": "✓ Checked",
        "checked_title": "Every bar of every voice adds up to its meter.",
        "problems": "⚠ Problems: {count}",
    },
    "zh": {
        "undo": "撤销",
        "undo_title": "撤销：回到上一个版本",
        "redo": "重做",
        "redo_title": "重做",
        "compare": "对比",
        "compare_title": "与上一个版本对比",
        "source": "ABC",
        "source_title": "查看或编辑 ABC 文本",
        "download": "保存",
        "download_title": "保存为 ABC、MIDI 或音频，或打印",
        "print": "打印 / PDF",
        "versions": "版本",
        "score": "乐谱。方向键选择小节，空格键播放，回车键回到输入框。",
        "empty_title": "乐谱会显示在这里",
        "empty_text": "在对话中描述一首曲子；然后点选或拖选小节，说出要怎样修改。",
        "paste_abc": "粘贴 ABC",
        "open_file": "打开文件",
        "source_label": "ABC 记谱",
        "use_source": "使用这段文本",
        "cancel": "取消",
        "play": "播放",
        "pause": "暂停",
        "seek": "播放位置",
        "tempo": "速度",
        "loop": "循环",
        "loop_bars": "循环{bars}",
        "loop_title": "循环播放所选小节或整首曲子",
        "bar": "第{bar}小节",
        "bars": "第{first}–{last}小节",
        "scope": "范围：{bars}",
        "clear": "清除选择",
        "before": "修改前 · v{version}",
        "after": "修改后 · v{version}",
        "preparing": "正在准备文件……",
        "browser_sound": "服务器没有合成器，正在使用浏览器的简单音色。",
        "no_server": "服务器没有响应，请重试。",
        "no_sound": "浏览器拒绝播放声音。",
        "too_large": "文件太大，不像是一首曲子。",
        "cannot_draw": "这段文本无法显示为乐谱。",
        "checked": "✓ 已检查",
        "checked_title": "每个声部的每一小节都符合拍号。",
        "problems": "⚠ 问题：{count}",
    },
}

PAGE: dict[str, dict[str, str]] = {
    "en": {
        "tagline": "A sentence in, a score out.",
        "placeholder": "Describe a tune or a change",
        "chat": "Chat",
        "understanding": "Reading your request …",
        "composing": "Composing …",
        "editing": "Changing the bars …",
        "checking": "Checking every bar …",
        "rendering": "Making the sound …",
        "stopped": "Stopped. The tune is as it was before.",
        "failed": "Something went wrong on our side. The tune is as it was before.",
        "too_long": "This message is too long; please keep it under {limit} characters.",
        "abc_too_long": "This ABC text is too long; please keep it under {limit} characters.",
        "empty": "Please say what you would like to hear.",
        "opened": "Open this tune.",
        "loading": "Getting the model ready …",
    },
    "zh": {
        "tagline": "一句话，一份乐谱。",
        "placeholder": "描述一首曲子或要修改的地方",
        "chat": "对话",
        "understanding": "正在理解您的要求……",
        "composing": "正在作曲……",
        "editing": "正在修改小节……",
        "checking": "正在检查每一小节……",
        "rendering": "正在生成声音……",
        "stopped": "已停止。曲子保持原样。",
        "failed": "我们这边出了点问题。曲子保持原样。",
        "too_long": "消息太长，请控制在 {limit} 个字符以内。",
        "abc_too_long": "ABC 文本太长，请控制在 {limit} 个字符以内。",
        "empty": "请说说您想听什么。",
        "opened": "打开这首曲子。",
        "loading": "正在准备模型……",
    },
}

EXAMPLES: dict[str, tuple[str, ...]] = {
    "en": (
        "A lively jig in G major, 16 bars, with chords",
        "A slow waltz in D minor, 16 bars",
        "A reel in D, 16 bars, good for dancing",
        "写一首十六小节的G大调进行曲，带和弦",
    ),
    "zh": (
        "写一首欢快的G大调吉格舞曲，16小节，带和弦",
        "写一首D小调的慢板圆舞曲，16小节",
        "写一首D大调里尔舞曲，16小节",
        "A march in F major, 16 bars, with chords",
    ),
}


def choose_language(accept: str | None) -> str:
    """Return the language of the page for an ``Accept-Language`` header.

    >>> choose_language("zh-CN,zh;q=0.9,en;q=0.8"), choose_language("de,en;q=0.7"),
    choose_language(None) ('zh', 'en', 'en')
    """
    for part in (accept or "").split(","):
        tag = part.split(";")[0].strip().lower()
        if tag[:2] in LANGUAGES:
            return tag[:2]
    return "en"
