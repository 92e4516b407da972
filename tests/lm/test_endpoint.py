"""The endpoint backend against a real server on this machine."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from lm.endpoint import EndpointBackend
from lm.generate import BackendError, collect

MESSAGES = [{"role": "user", "content": "a jig"}]


@pytest.fixture
def server():
    """A server that records requests and plays back `server.replies`: (status, lines)."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.seen.append((self.path, dict(self.headers), json.loads(body)))
            status, lines = self.server.replies.pop(0)
            self.send_response(status)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            for line in lines:
                self.wfile.write(line.encode() + b"\n\n")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.seen, server.replies = [], []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def event(index, text, reason=None):
    choice = {"index": index, "delta": {"content": text}, "finish_reason": reason}
    return "data: " + json.dumps({"choices": [choice]})


def make(server, **more):
    return EndpointBackend(
        {"name": "m", "url": f"http://127.0.0.1:{server.server_port}/v1/"} | more
    )


def test_answers_stream_and_the_request_is_complete(server, monkeypatch):
    monkeypatch.setenv("MY_KEY", "secret")
    lines = [
        event(0, "X:"),
        event(1, "Y"),
        event(0, "1", "stop"),
        event(1, "", "stop"),
        "data: [DONE]",
    ]
    server.replies.append((200, lines))
    backend = make(server, grammar=True, key_variable="MY_KEY")
    deltas = list(backend.generate(MESSAGES, grammar="start: /a/", n=2, seed=9, max_tokens=50))
    assert collect(iter(deltas)) == ["X:1", "Y"]
    assert sorted(d.index for d in deltas if d.done) == [0, 1]
    path, headers, body = server.seen[0]
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert (body["n"], body["seed"], body["max_tokens"], body["stream"]) == (2, 9, 50, True)
    assert body["structured_outputs"] == {"grammar": "%llguidance {}\nstart: /a/"}


def test_the_grammar_is_not_sent_to_engines_without(server):
    server.replies.append((200, [event(0, "x", "stop"), "data: [DONE]"]))
    assert collect(make(server).generate(MESSAGES, grammar="start: /a/")) == ["x"]
    assert "structured_outputs" not in server.seen[0][2]


def test_a_busy_server_is_asked_again(server, monkeypatch):
    monkeypatch.setattr("lm.endpoint.time.sleep", lambda _: None)
    server.replies += [(503, []), (200, [event(0, "x", "stop")])]
    assert collect(make(server).generate(MESSAGES)) == ["x"]
    assert len(server.seen) == 2


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "refused the key"), (404, "does not know this model"), (400, "error .400.")],
)
def test_refusals_become_sentences(server, status, words):
    server.replies.append((status, []))
    with pytest.raises(BackendError, match=words):
        list(make(server).generate(MESSAGES))


def test_noise_becomes_a_sentence(server):
    server.replies.append((200, ["data: <html>"]))
    with pytest.raises(BackendError, match="not an answer"):
        list(make(server).generate(MESSAGES))


def test_no_address_and_no_server_become_sentences(monkeypatch):
    monkeypatch.delenv("TUNEWRIGHT_ENDPOINT_URL", raising=False)
    with pytest.raises(BackendError, match="TUNEWRIGHT_ENDPOINT_URL"):
        list(EndpointBackend({}).generate(MESSAGES))
    monkeypatch.setattr("lm.endpoint.time.sleep", lambda _: None)
    with pytest.raises(BackendError, match="does not answer"):
        list(EndpointBackend({"url": "http://127.0.0.1:9/v1"}).generate(MESSAGES))
