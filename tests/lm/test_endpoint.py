"""The endpoint backend against servers on this machine: one that plays back what engines say on bad days,
our own with a model behind it, and llama.cpp's where it is installed.
"""

import email.utils
import json
import socket
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from lm.endpoint import EndpointBackend
from lm.generate import BackendError, ScriptedBackend, collect
from lm.local import LocalBackend
from lm.serve import Server

MESSAGES = [{"role": "user", "content": "a jig"}]


@pytest.fixture
def server():
    """A server that records requests and plays back `server.replies`: (status, lines)."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.seen.append((self.path, dict(self.headers), json.loads(body)))
            status, lines, *headers = self.server.replies.pop(0)
            self.send_response(status)
            self.send_header("Content-Type", "text/event-stream")
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            for line in lines:
                if line == "hang up":
                    self.connection.shutdown(socket.SHUT_RDWR)
                    return
                if line == "say nothing":
                    threading.Event().wait(1.5)
                    return
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
    assert not {"structured_outputs", "guided_grammar", "grammar"} & set(server.seen[0][2])


@pytest.mark.parametrize(
    ("dialect", "field"),
    [("vllm-guided", "guided_grammar"), ("sglang", "ebnf"), ("llama.cpp", "grammar")],
)
def test_each_engine_gets_the_grammar_where_it_looks_for_it(server, dialect, field):
    server.replies.append((200, [event(0, "x", "stop")]))
    collect(make(server, grammar=dialect).generate(MESSAGES, grammar="start: /a/"))
    assert server.seen[0][2][field] == "%llguidance {}\nstart: /a/"
    with pytest.raises(ValueError, match="'telepathy': true, false, or one of vllm"):
        make(server, grammar="telepathy")


@pytest.fixture
def waits(monkeypatch):
    """Seconds that the backend would have slept."""
    slept = []
    monkeypatch.setattr("lm.endpoint.time.sleep", slept.append)
    return slept


def test_a_busy_server_is_asked_again_with_patience(server, waits):
    server.replies += [(503, []), (429, []), (200, [event(0, "x", "stop")])]
    assert collect(make(server).generate(MESSAGES)) == ["x"]
    assert len(server.seen) == 3
    assert 0.5 <= waits[0] <= 1 <= waits[1] <= 2


def test_the_server_says_how_long_to_wait(server, waits):
    soon = email.utils.formatdate(time.time() + 5, usegmt=True)
    server.replies += [
        (429, [], ("Retry-After", "7")),
        (503, [], ("Retry-After", soon)),
        (200, [event(0, "x", "stop")]),
    ]
    assert collect(make(server).generate(MESSAGES)) == ["x"]
    assert waits[0] == 7 and 3 < waits[1] <= 5
    server.replies += [(503, [], ("Retry-After", "3600"))]
    with pytest.raises(BackendError, match="503"):
        collect(make(server).generate(MESSAGES))
    assert len(waits) == 2


def test_patience_ends(server, waits):
    server.replies += [(503, ['{"error": {"message": "no room"}}'])] * 9
    with pytest.raises(BackendError, match=r"\(503\): no room"):
        collect(make(server).generate(MESSAGES))
    assert len(server.seen) == 4 and len(waits) == 3


def test_a_connection_that_breaks_before_the_answer_is_tried_again(server, waits):
    server.replies += [(200, ["hang up"]), (200, [event(0, "x", "stop")])]
    assert collect(make(server).generate(MESSAGES)) == ["x"]
    assert len(server.seen) == 2


def test_an_answer_that_was_cut_is_not_taken_for_a_whole_one(server, waits):
    server.replies.append((200, [event(0, "X:1"), event(1, "", "stop")]))
    deltas = make(server).generate(MESSAGES, n=2)
    assert [next(deltas).text, next(deltas).done] == ["X:1", True]
    with pytest.raises(BackendError, match="before the answer was complete"):
        next(deltas)


def test_what_was_begun_is_not_asked_twice(server, waits):
    server.replies += [(200, [event(0, "X:"), "say nothing"]), (200, [event(0, "again", "stop")])]
    deltas = make(server, timeout=0.5).generate(MESSAGES)
    assert next(deltas).text == "X:"
    with pytest.raises(BackendError, match="broke off: timed out"):
        next(deltas)
    assert len(server.seen) == 1 and not waits


def test_an_error_inside_the_stream_is_said(server):
    server.replies.append((200, [event(0, "X:"), 'data: {"error": {"message": "out of cards"}}']))
    with pytest.raises(BackendError, match="stopped: out of cards"):
        list(make(server).generate(MESSAGES))


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "refused the key"), (404, "does not know this model"), (400, "error .400.")],
)
def test_refusals_become_sentences(server, status, words):
    server.replies.append((status, []))
    with pytest.raises(BackendError, match=words):
        list(make(server).generate(MESSAGES))
    assert len(server.seen) == 1


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


# -------------------------------------------------------------------- our server, a model behind it
@pytest.fixture(scope="module")
def local(base):
    """A toy model in this process."""

    def read():
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        model = AutoModelForCausalLM.from_pretrained(str(base), dtype=torch.float32).eval()
        return model, AutoTokenizer.from_pretrained(str(base))

    return LocalBackend("toy", read, threads=1)


def listen(backend, **more):
    """A server that listens on a free port."""
    server = Server(backend, "toy", ("127.0.0.1", 0), **more)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def served(local):
    server = listen(local)
    yield server
    server.shutdown()
    server.server_close()


def ask(server, body, key=""):
    """(status, JSON) of a plain request."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {key}"}
    url = f"http://127.0.0.1:{server.server_port}/v1/chat/completions"
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, data, headers), timeout=30
        ) as reply:
            return reply.status, json.load(reply)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


LETTERS = "start: /[A-G]{60}/"


def test_the_same_answers_through_the_server_as_in_the_process(local, served):
    options = {"grammar": LETTERS, "n": 2, "seed": 5, "max_tokens": 80, "temperature": 0.8}
    endpoint = make(served, name="toy", grammar=True)
    assert collect(endpoint.generate(MESSAGES, **options)) == collect(
        local.generate(MESSAGES, **options)
    )
    again = make(served, name="toy", grammar="vllm-guided")
    assert collect(again.generate(MESSAGES, **options)) == collect(
        endpoint.generate(MESSAGES, **options)
    )


def test_many_clients_are_answered_at_once(served):
    answers = {}

    def client(seed):
        answers[seed] = collect(
            make(served, grammar=True).generate(MESSAGES, grammar=LETTERS, seed=seed)
        )

    threads = [threading.Thread(target=client, args=(s,), daemon=True) for s in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len({texts[0] for texts in answers.values()}) == 6


def test_a_client_that_goes_away_frees_its_rows(local, served):
    scheduler = local.load()[1]
    deltas = make(served, grammar=True).generate(
        MESSAGES, grammar="start: /[A-G]{1400}/", n=4, seed=1, max_tokens=1400
    )
    for _ in range(3):
        next(deltas)
    assert len(scheduler.rows) == 4
    deltas.close()
    deadline = time.monotonic() + 20
    while scheduler.rows and time.monotonic() < deadline:
        time.sleep(0.02)
    assert scheduler.rows == []


def test_a_whole_answer_and_the_list_of_models(served):
    grammar = {"grammar": "%llguidance {}\n" + LETTERS}
    body = {"messages": MESSAGES, "n": 2, "seed": 3, "structured_outputs": grammar}
    status, answer = ask(served, body)
    assert status == 200 and answer["object"] == "chat.completion"
    texts = [choice["message"]["content"] for choice in answer["choices"]]
    assert [len(text) for text in texts] == [60, 60] and texts[0] != texts[1]
    url = f"http://127.0.0.1:{served.server_port}"
    with urllib.request.urlopen(f"{url}/v1/models", timeout=10) as reply:
        assert [model["id"] for model in json.load(reply)["data"]] == ["toy"]
    with urllib.request.urlopen(f"{url}/health", timeout=10) as reply:
        assert json.load(reply) == {"status": "ok"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "Expecting"),
        ([], "JSON object"),
        ({"messages": []}, "at least one message"),
        ({"messages": [{"role": "wizard", "content": "x"}]}, "a message has a role"),
        ({"messages": [{"role": "user", "content": [1]}]}, "content in words"),
        ({"messages": MESSAGES, "n": 17}, "n must be a number from 1 to 16"),
        ({"messages": MESSAGES, "seed": "x"}, "seed must be"),
        ({"messages": MESSAGES, "temperature": True}, "temperature must be"),
        ({"messages": MESSAGES, "structured_outputs": [1]}, "must be an object"),
        ({"messages": MESSAGES, "guided_grammar": 3}, "grammar must be a text"),
        ({"messages": MESSAGES, "guided_grammar": "start: nothing"}, "bad grammar"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(served, body, words):
    status, answer = ask(served, body)
    assert status == 400 and words in answer["error"]["message"]


def test_the_key_is_asked_for(monkeypatch):
    server = listen(ScriptedBackend(["yes"]), key="secret")
    assert ask(server, {"messages": MESSAGES})[0] == 401
    assert ask(server, {"messages": MESSAGES}, "guess")[0] == 401
    assert ask(server, {"messages": MESSAGES}, "secret")[0] == 200
    monkeypatch.setenv("TUNEWRIGHT_ENDPOINT_KEY", "secret")
    server.backend.answers.append("streamed")
    assert collect(make(server).generate(MESSAGES)) == ["streamed"]
    server.shutdown()
    server.server_close()


def test_too_many_requests_are_told_to_come_back(waits):
    server = listen(ScriptedBackend(["yes"]), waiting=1)
    server.places.acquire()
    status, answer = ask(server, {"messages": MESSAGES})
    assert status == 503 and "too many" in answer["error"]["message"]
    with pytest.raises(BackendError, match="503"):
        collect(make(server).generate(MESSAGES))
    assert waits == [2.0] * 3  # as the server's Retry-After says
    server.shutdown()
    server.server_close()
    assert ask_nothing(server)


def ask_nothing(server):
    """Whether nobody listens any more."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", server.server_port)) != 0


def test_what_the_backend_cannot_do_is_said():
    server = listen(ScriptedBackend([]))
    status, answer = ask(server, {"messages": MESSAGES})
    assert status == 500 and "no scripted answer" in answer["error"]["message"]
    server.shutdown()
    server.server_close()


def test_the_compose_file_and_the_settings_agree():
    import yaml

    root = Path(__file__).parents[2]
    compose = yaml.safe_load((root / "docs" / "compose.yaml").read_text())
    settings = yaml.safe_load((root / "spaces_config.yaml").read_text())
    model = settings["profiles"]["endpoint"]["model"]
    environment = compose["services"]["app"]["environment"]
    assert environment["TUNEWRIGHT_PROFILE"] == "endpoint"
    assert {model["url_variable"], model["key_variable"]} <= set(environment)
    command = compose["services"]["model"]["command"]
    assert f"--lora-modules={model['name']}=/adapter" in command
    assert EndpointBackend(model | {"url": "http://model"}).write_grammar is not None
