"""Start Tunewright: read the settings, build the page, serve it.

    python app.py            (or: make run)

Where it listens is Gradio's own affair: GRADIO_SERVER_NAME and GRADIO_SERVER_PORT.
"""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Serve until interrupted; settings that cannot be used end in a sentence."""
    from chat.settings import SettingsError, load_settings

    try:
        settings = load_settings()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    # Before gradio is imported: nothing is reported to anybody, and only a model that is fetched
    # from a hub may ask for one.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    if settings.model["backend"] != "transformers":
        os.environ.setdefault("HF_HUB_OFFLINE", "1")

    from ui.space import prepare

    prepare()  # before torch, where GPUs are lent

    from starlette.middleware import Middleware

    from ui.blocks import build, make_theme
    from ui.bridge import Bridge
    from ui.headers import Headers
    from ui.score import STYLES

    bridge = Bridge(settings)
    demo = build(bridge)
    # Turns wait for the model in our own line, which says how long it is; this is only the outermost
    # limit.
    demo.queue(max_size=10 * settings.limits.queue, default_concurrency_limit=4)
    bridge.warm()
    demo.launch(
        theme=make_theme(),
        css_paths=list(STYLES),
        allowed_paths=[str(bridge.files.folder)],
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        max_file_size="2mb",
        max_threads=2 * (settings.limits.queue + settings.limits.concurrency) + 20,
        app_kwargs={"middleware": [Middleware(Headers)]},
        mcp_server=settings.page.tools,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
