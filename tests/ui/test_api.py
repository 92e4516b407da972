"""The functions for programs, by gradio's own client and by a real MCP client."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from abc_tools.parse import parse_tune
from abc_tools.validate import errors

TUNE = "X:1\nT:Four\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|cBAG|FEC2|]\n"
NAMES = {"compose", "edit", "analyse", "validate", "render", "recommend"}

# The clients start a browserless server of the same kind as the browser tests do.
pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def client(tools_url: str) -> Any:
    from gradio_client import Client

    return Client(tools_url, verbose=False)


def test_an_edit_changes_what_was_said_and_nothing_else(client: Any) -> None:
    answer = client.predict(TUNE, "transpose it up a tone", 3, 4, api_name="/edit")
    assert answer["error"] is None
    old, new = parse_tune(TUNE), parse_tune(answer["abc"])
    moved = [
        (a.notes[0].pitch.midi, b.notes[0].pitch.midi)
        for a, b in zip(old.voices[0].events, new.voices[0].events, strict=True)
    ]
    assert all(a == b for a, b in moved[:8]) and all(b - a == 2 for a, b in moved[8:])
    assert answer["abc"].startswith(TUNE.split("cBAG")[0].replace("K:C\n", "K:C\n"))


def test_facts_and_answers_cite_their_bars(client: Any) -> None:
    answer = client.predict(TUNE, "", "en", api_name="/analyse")
    assert answer["error"] is None and len(answer["facts"]) > 8
    assert all(fact["sentence"] and isinstance(fact["bars"], list) for fact in answer["facts"])
    asked = client.predict(TUNE, "which key is it in?", "en", api_name="/analyse")
    assert "C major" in asked["reply"]
    chinese = client.predict(TUNE, "", "zh", api_name="/analyse")
    assert "C大调" in chinese["reply"]


def test_judging_says_what_is_wrong_and_where(client: Any) -> None:
    assert client.predict(TUNE, api_name="/validate")["valid"] is True
    broken = client.predict(TUNE.replace("cBAG", "cBAGA"), api_name="/validate")
    assert broken["valid"] is False and 3 in [d["bar"] for d in broken["diagnostics"]]
    assert client.predict("no tune here", api_name="/validate")["error"]
    assert client.predict("X:1\nK:C\n" + "C" * 70_000, api_name="/validate")["error"]


@pytest.mark.parametrize("kind", ["mid", "musicxml", "pdf"])
def test_files_come_back_as_files(client: Any, kind: str) -> None:
    path = Path(client.predict(TUNE, kind, api_name="/render"))
    begins = {"mid": b"MThd", "musicxml": b"<?xml", "pdf": b"%PDF"}[kind]
    assert path.read_bytes().startswith(begins)


def test_what_cannot_be_done_is_a_sentence(client: Any) -> None:
    answer = client.predict("a jig in G, 8 bars", 1, api_name="/compose")
    assert answer["abc"] is None and answer["error"]
    refused = client.predict("no tune", "make it minor", 0, 0, api_name="/edit")
    assert refused["error"]
    with pytest.raises(Exception, match="nothing to save"):
        client.predict("no tune", "mid", api_name="/render")


def test_a_program_composes_with_the_embedded_model(app_url: str) -> None:
    from gradio_client import Client

    answer = Client(app_url, verbose=False).predict("a jig in D, 8 bars", 3, api_name="/compose")
    tune = parse_tune(answer["abc"])
    assert errors(tune) == [] and tune.bar_count == 8 and tune.key.name == "D major"
    assert all(requirement["met"] for requirement in answer["requirements"])
    again = Client(app_url, verbose=False).predict("a jig in D, 8 bars", 3, api_name="/compose")
    assert again["abc"] == answer["abc"], "the same seed, the same tune"


def test_the_tools_over_mcp(tools_url: str) -> None:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def visit() -> tuple[set[str], list[str]]:
        address = f"{tools_url}gradio_api/mcp/"
        async with (
            streamable_http_client(address) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = (await session.list_tools()).tools
            for tool in tools:
                assert tool.description and len(tool.description) > 40
                assert all(
                    "description" in field for field in tool.inputSchema["properties"].values()
                ), tool.name
            said = []
            for name, arguments in (
                ("validate", {"abc": TUNE}),
                ("edit", {"abc": TUNE, "request": "transpose it up a tone"}),
                ("render", {"abc": TUNE, "format": "mid"}),
            ):
                result = await session.call_tool(name, arguments)
                assert not result.isError
                said.append(str(result.content[0].text))
            return {tool.name for tool in tools}, said

    # In a thread of its own: Playwright keeps an event loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        names, said = pool.submit(lambda: asyncio.run(visit())).result(120)
    assert names == NAMES
    assert "'valid': True" in said[0] and "K:D" in said[1]
    assert said[2].startswith("http") and said[2].endswith(".mid")
