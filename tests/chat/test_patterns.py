"""Patterns are compiled once: a second turn of the same kind compiles none."""

import re

import pytest

from abc_tools.parse import parse_tune
from abc_tools.patterns import MOST, keep_compiled
from chat.session import Session
from chat.understand.intent import understand

TUNE = parse_tune('X:1\nT:A\nM:4/4\nL:1/4\nK:C\n"C"CDEF|"G"GABc|cBAG|FEDC|]\n')
MESSAGES = (
    "what key is it in?",
    "make bar 2 higher",
    "transpose it up a tone",
    "第2小节高一点",
    "a waltz in D",
)


def test_a_second_reading_compiles_no_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session().add(TUNE.text, "first")
    for message in MESSAGES:
        understand(message, session, TUNE)
    compiler = re._compiler if hasattr(re, "_compiler") else __import__("sre_compile")  # type: ignore[attr-defined]
    compiled: list[object] = []
    plain = compiler.compile

    def counting(pattern: object, flags: int = 0) -> object:
        compiled.append(pattern)
        return plain(pattern, flags)

    monkeypatch.setattr(compiler, "compile", counting)
    for message in MESSAGES:
        understand(message, session, TUNE)
    assert compiled == []


def test_a_python_without_that_limit_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    assert getattr(re, "_MAXCACHE", MOST) >= MOST
    monkeypatch.delattr(re, "_MAXCACHE", raising=False)
    keep_compiled()
    assert not hasattr(re, "_MAXCACHE")
