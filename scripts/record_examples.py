"""Hold the prepared conversations of the page again and write them to ui/examples.

    python scripts/record_examples.py

Each is a real conversation with the embedded model: the messages below, with a fixed seed. Run it when
the model or the chat's sentences have changed, look at what came, and commit it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
TARGET = ROOT / "ui" / "examples"

# File, language, what the card says, the messages, the seed.
CONVERSATIONS: tuple[tuple[str, str, str, tuple[str, ...], int], ...] = (
    (
        "1-jig", "en", "Hear a jig, and its second half in minor",
        ("a lively jig in G major, 16 bars, with chords", "make the second half minor"), 11,
    ),
    (
        "2-waltz", "en", "Read an analysis of a waltz, bar by bar",
        ("a slow waltz in D minor, 16 bars, with chords", "analyse it"), 5,
    ),
    (
        "1-jig", "zh", "听一首吉格舞曲，后半段改成小调",
        ("写一首欢快的G大调吉格舞曲，16小节，带和弦", "把后半段改成小调"), 11,
    ),
    (
        "2-waltz", "zh", "看一首圆舞曲的逐小节分析",
        ("写一首D小调的慢板圆舞曲，16小节，带和弦", "分析一下"), 5,
    ),
)  # fmt: skip


def hold(messages: tuple[str, ...], seed: int, language: str) -> tuple[list[dict[str, Any]], Any]:
    """Return the bubbles and the last session of a conversation."""
    from chat.reply import Reply
    from chat.session import Session
    from chat.settings import load_settings
    from chat.turn import respond
    from lm.generate import load_backend
    from ui.bubbles import ask, speak

    backend = load_backend(load_settings(profile="cpu").model)
    session, history = Session(), list[dict[str, Any]]()
    for message in messages:
        *_, reply = respond(session, message, backend=backend, seed=seed)
        assert isinstance(reply, Reply) and reply.error is None, reply
        asked = ask(message, None)
        assert asked is not None, "a message has words"
        history += [asked, speak(reply, language, message)]
        session = reply.session
    for bubble in history[:-1]:
        bubble.pop("options", None)
    return history, session


def main() -> int:
    """Write every conversation."""
    from chat.project import dump

    TARGET.mkdir(exist_ok=True)
    for name, language, title, messages, seed in CONVERSATIONS:
        history, session = hold(messages, seed, language)
        data = {"name": title, "history": history, "project": json.loads(dump(session))}
        path = TARGET / f"{name}.{language}.json"
        path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        sys.stdout.write(f"{path.name}: {len(session.versions)} versions\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
