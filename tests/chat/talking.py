"""A conversation without a model, for tests of what changes make of a tune."""

from abc_tools.parse import parse_tune
from abc_tools.validate import errors
from chat.reply import Reply
from chat.session import Session
from chat.turn import respond
from lm.generate import ScriptedBackend


def talk(abc, *messages):
    """The last reply of a conversation about a tune."""
    *_, reply = respond(Session(), "", backend=ScriptedBackend(), abc=abc, seed=5)
    for message in messages:
        *_, reply = respond(reply.session, message, backend=ScriptedBackend(), seed=5)
    assert isinstance(reply, Reply)
    return reply


def tune_of(abc, *messages):
    """The tune at the end of it, which has no errors."""
    tune = parse_tune(talk(abc, *messages).abc)
    assert not errors(tune)
    return tune
