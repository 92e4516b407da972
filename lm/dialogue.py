"""Dialogues as tokens, through the tokenizer's own chat template: the same way for learning and asking.

Instruction models differ in how a dialogue is written: with or without a system role, with a start
token, with marks that end a turn or a text, with room for thoughts. The template says all this but
where the answer ends; that is the first special token that it writes after an answer. Answers are
taken as they are, also where a template would strip their last newline.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

IGNORE = -100


def prompt_text(messages: Sequence[dict[str, str]], tokenizer: Any) -> str:
    """The dialogue up to where the answer begins."""
    return _render(messages, tokenizer, True)[0]


def prompt_ids(messages: Sequence[dict[str, str]], tokenizer: Any) -> list[int]:
    """The tokens of a dialogue up to where the answer begins."""
    return _ids(prompt_text(messages, tokenizer), tokenizer)


def encode(
    messages: Sequence[dict[str, str]], answer: str, tokenizer: Any
) -> tuple[list[int], list[int]]:
    """Tokens and labels of a dialogue with its answer; loss on the answer and its end mark only."""
    text, taken = _render(messages, tokenizer, True)
    head = _ids(text, tokenizer)
    tail = [*_ids(answer, tokenizer), end_mark(taken, tokenizer)]
    return head + tail, [IGNORE] * len(head) + tail


def end_mark(messages: Sequence[dict[str, str]], tokenizer: Any) -> int:
    """The token that closes an answer: the first special one that the template writes after it."""
    marker = "ANSWER"
    text, _ = _render([*messages, {"role": "assistant", "content": marker}], tokenizer, False)
    special = set(tokenizer.all_special_ids) | set(tokenizer.added_tokens_decoder)
    for token in _ids(text[text.rindex(marker) + len(marker) :], tokenizer):
        if token in special:
            return token
    if tokenizer.eos_token_id is None:
        raise ValueError("the tokenizer has no token that ends an answer")
    return int(tokenizer.eos_token_id)


def pad_token(tokenizer: Any) -> int:
    """A token to fill rows with; it carries no loss, so any will do where none is meant for it."""
    for token in (tokenizer.pad_token_id, tokenizer.unk_token_id, tokenizer.eos_token_id):
        if token is not None:
            return int(token)
    return 0


def _ids(text: str, tokenizer: Any) -> list[int]:
    """Tokens of a text in which the template has already written the special ones."""
    return list(tokenizer(text, add_special_tokens=False)["input_ids"])


def _render(
    messages: Sequence[dict[str, str]], tokenizer: Any, asking: bool
) -> tuple[str, list[dict[str, str]]]:
    """The text of a dialogue, and the messages as the template takes them.

    Where it knows no system role, the system's words stand before the first user's.
    """
    from jinja2.exceptions import TemplateError

    if not tokenizer.chat_template:
        raise ValueError("the tokenizer has no chat template; choose an instruction model")
    taken = list(messages)
    options = {"tokenize": False, "add_generation_prompt": asking, "enable_thinking": False}
    if taken and taken[0]["role"] == "system":
        try:
            text = tokenizer.apply_chat_template(taken, **options)
        except TemplateError:
            text = ""
        if taken[0]["content"].strip() in text and text:
            return text, taken
        taken = _fold_system(taken)
    return tokenizer.apply_chat_template(taken, **options), taken


def _fold_system(messages: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The messages with the system's words put before the first other message."""
    system, *rest = messages
    if not rest:
        return [{"role": "user", "content": system["content"]}]
    first = {"role": rest[0]["role"], "content": f"{system['content']}\n\n{rest[0]['content']}"}
    return [first, *rest[1:]]
