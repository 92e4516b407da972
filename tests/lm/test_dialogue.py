"""Chat templates of several families, on a toy tokenizer: the answer and its end mark carry loss, and
nothing else.
"""

import pytest

from lm import dialogue

CHATML = (
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' + m['content'] + '<|im_end|>\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
THINKING = (  # a ChatML that leaves room for thoughts unless told not to
    "{% for m in messages %}{{ '<|im_start|>' + m['role'] + '\n' }}"
    "{% if loop.last and m['role'] == 'assistant' %}{{ '<think>\n\n</think>\n\n' }}{% endif %}"
    "{{ m['content'] + '<|im_end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}"
    "{% if enable_thinking is false %}{{ '<think>\n\n</think>\n\n' }}{% endif %}{% endif %}"
)
LLAMA_3 = (
    "{{ bos_token }}{% for m in messages %}{{ '<|start_header_id|>' + m['role'] + '<|end_header_id|>"
    "\n\n' + m['content'] | trim + '<|eot_id|>' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}"
    "{% endif %}"
)
GEMMA = (
    "{{ bos_token }}{% if messages[0]['role'] == 'system' %}"
    "{{ raise_exception('System role not supported') }}{% endif %}{% for m in messages %}"
    "{{ '<start_of_turn>' + ('model' if m['role'] == 'assistant' else m['role']) + '\n'"
    " + m['content'] | trim + '<end_of_turn>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<start_of_turn>model\n' }}{% endif %}"
)
MISTRAL = (  # knows no system role and says nothing about it
    "{{ bos_token }}{% for m in messages %}{% if m['role'] == 'user' %}"
    "{{ '[INST] ' + m['content'] + ' [/INST]' }}{% elif m['role'] == 'assistant' %}"
    "{{ ' ' + m['content'] | trim + eos_token }}{% endif %}{% endfor %}"
)
FAMILIES = {  # template, start token, end of text, padding, the mark that ends an answer
    "chatml": (CHATML, None, "<|endoftext|>", "<|endoftext|>", "<|im_end|>"),
    "thinking": (THINKING, None, "<|im_end|>", "<|endoftext|>", "<|im_end|>"),
    "llama-3": (LLAMA_3, "<|begin_of_text|>", "<|eot_id|>", None, "<|eot_id|>"),
    "gemma": (GEMMA, "<bos>", "<eos>", "<pad>", "<end_of_turn>"),
    "mistral": (MISTRAL, "<s>", "</s>", None, "</s>"),
}
MARKS = (
    "<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|begin_of_text|>", "<|start_header_id|>",
    "<|end_header_id|>", "<|eot_id|>", "<bos>", "<eos>", "<pad>", "<start_of_turn>", "<end_of_turn>",
    "<s>", "</s>", "[INST]", "[/INST]",
)  # fmt: skip
ASKED = [
    {"role": "system", "content": "You write tunes."},
    {"role": "user", "content": "A jig in G"},
]
ANSWER = "X:1\nK:G\n|:GAB c2d:|\n"


def toy_tokenizer(family):
    """Bytes as tokens, and every family's marks; it would add its own start token if it were let."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    template, start, end, pad, _ = FAMILIES[family]
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    raw = Tokenizer(models.BPE({letter: i for i, letter in enumerate(alphabet)}, []))
    raw.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    raw.decoder = decoders.ByteLevel()
    raw.add_special_tokens(list(MARKS))
    if start:
        raw.post_processor = processors.TemplateProcessing(
            single=f"{start} $A", special_tokens=[(start, raw.token_to_id(start))]
        )
    names = {"bos_token": start, "eos_token": end, "pad_token": pad}
    fast = PreTrainedTokenizerFast(
        tokenizer_object=raw, **{name: mark for name, mark in names.items() if mark}
    )
    fast.chat_template = template
    return fast


@pytest.mark.parametrize("family", FAMILIES)
def test_exactly_the_answer_and_its_end_mark_carry_loss(family):
    tokenizer = toy_tokenizer(family)
    ids, labels = dialogue.encode(ASKED, ANSWER, tokenizer)
    taught = [label for label in labels if label != dialogue.IGNORE]
    assert tokenizer.decode(taught) == ANSWER + FAMILIES[family][4]
    prompt = ids[: len(ids) - len(taught)]
    assert set(labels[: len(prompt)]) == {dialogue.IGNORE}
    assert prompt == dialogue.prompt_ids(ASKED, tokenizer)
    assert ids[len(prompt) :] == taught


@pytest.mark.parametrize("family", FAMILIES)
def test_prompts_hold_all_words_once_and_one_start_token(family):
    tokenizer = toy_tokenizer(family)
    ids = dialogue.prompt_ids(ASKED, tokenizer)
    text = tokenizer.decode(ids)
    for message in ASKED:
        assert text.count(message["content"]) == 1
    start = tokenizer.bos_token_id
    assert start is None or (ids[0] == start and ids.count(start) == 1)


def test_a_prompt_is_what_the_family_writes():
    assert dialogue.prompt_text(ASKED, toy_tokenizer("chatml")) == (
        "<|im_start|>system\nYou write tunes.<|im_end|>\n"
        "<|im_start|>user\nA jig in G<|im_end|>\n<|im_start|>assistant\n"
    )
    assert dialogue.prompt_text(ASKED, toy_tokenizer("gemma")) == (
        "<bos><start_of_turn>user\nYou write tunes.\n\nA jig in G<end_of_turn>\n"
        "<start_of_turn>model\n"
    )
    assert dialogue.prompt_text(ASKED, toy_tokenizer("mistral")) == (
        "<s>[INST] You write tunes.\n\nA jig in G [/INST]"
    )
    assert dialogue.prompt_text(ASKED, toy_tokenizer("thinking")).endswith(
        "<|im_start|>assistant\n<think>\n\n</think>\n\n"
    )


def test_earlier_turns_stay_in_the_prompt():
    turns = [
        *ASKED,
        {"role": "assistant", "content": "Here."},
        {"role": "user", "content": "Again"},
    ]
    for family in FAMILIES:
        tokenizer = toy_tokenizer(family)
        ids, labels = dialogue.encode(turns, ANSWER, tokenizer)
        assert sum(label != dialogue.IGNORE for label in labels) == len(ANSWER) + 1
        text = tokenizer.decode(ids)
        assert text.index("Here.") < text.index("Again") < text.index("X:1")


def test_padding_is_found_without_a_pad_token():
    tokenizer = toy_tokenizer("llama-3")
    assert tokenizer.pad_token_id is None
    assert dialogue.pad_token(tokenizer) == tokenizer.eos_token_id
    assert dialogue.pad_token(toy_tokenizer("gemma")) == toy_tokenizer("gemma").pad_token_id


def test_a_base_model_without_template_is_refused():
    tokenizer = toy_tokenizer("chatml")
    tokenizer.chat_template = None
    with pytest.raises(ValueError, match="no chat template"):
        dialogue.prompt_ids(ASKED, tokenizer)


def test_system_words_alone_become_a_request():
    ids = dialogue.prompt_ids(ASKED[:1], toy_tokenizer("gemma"))
    assert "user\nYou write tunes." in toy_tokenizer("gemma").decode(ids)
