"""The endpoint backend against a server that others wrote: llama.cpp's, with a toy model. Left out where
llama-cpp-python with its server is not installed.
"""

import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from lm.endpoint import EndpointBackend
from lm.generate import BackendError, collect

pytest.importorskip("llama_cpp")
pytest.importorskip("gguf")
for needed in ("uvicorn", "sse_starlette", "starlette_context", "pydantic_settings"):
    pytest.importorskip(needed)

MESSAGES = [{"role": "user", "content": "a jig"}]


@pytest.fixture(scope="module")
def url(base, tmp_path_factory):
    """The address of a running server."""
    from transformers import AutoModelForCausalLM, AutoTokenizer

    from benchmarks.decoding_engines import write_gguf

    path = tmp_path_factory.mktemp("gguf") / "toy.gguf"
    model, tokenizer = (
        kind.from_pretrained(str(base)) for kind in (AutoModelForCausalLM, AutoTokenizer)
    )
    write_gguf(model, path, "f32", tokenizer)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        "-m", "llama_cpp.server", "--model", str(path), "--port", str(port), "--n_ctx", "1024",
        "--chat_format", "chatml", "--api_key", "secret",
    ]  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}/v1"
    try:
        for _ in range(240):
            assert process.poll() is None, "the server ended"
            try:
                request = urllib.request.Request(
                    f"{address}/models", headers={"Authorization": "Bearer secret"}
                )
                urllib.request.urlopen(request, timeout=5).close()
                break
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def test_an_answer_streams_from_a_server_of_others(url, monkeypatch):
    monkeypatch.setenv("TUNEWRIGHT_ENDPOINT_KEY", "secret")
    backend = EndpointBackend({"name": "toy", "url": url, "timeout": 60})
    deltas = list(backend.generate(MESSAGES, seed=1, max_tokens=12, temperature=1.0))
    assert len([d for d in deltas if d.text]) >= 3 and deltas[-1].done
    again, other = (
        collect(backend.generate(MESSAGES, seed=seed, max_tokens=12)) for seed in (1, 2)
    )
    assert again != other


def test_its_refusals_are_understood(url, monkeypatch):
    monkeypatch.setenv("TUNEWRIGHT_ENDPOINT_KEY", "guess")
    with pytest.raises(BackendError, match="refused the key"):
        list(EndpointBackend({"name": "toy", "url": url}).generate(MESSAGES))
    monkeypatch.setenv("TUNEWRIGHT_ENDPOINT_KEY", "secret")
    # What is too long breaks inside this server's stream, after it has said that all is well.
    with pytest.raises(BackendError, match="broke off before the answer was complete"):
        list(
            EndpointBackend({"name": "toy", "url": url}).generate(
                [{"role": "user", "content": "t5" * 3000}], max_tokens=8
            )
        )
