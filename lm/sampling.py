"""Samples of the model for a varied, fixed list of requests in both languages.

Each request is words and the properties they name, as the chat would read them; the rest is
completed by `lm.plan`. Results are raw: what the model wrote, before any check or repair.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lm.embedded import EmbeddedBackend
from lm.generate import Backend
from lm.measures.choice import least_odd
from lm.plan import Plan, plan_tune
from lm.requests import read_request

REQUESTS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "A lively jig in G major, 16 bars, with chords",
        {"rhythm": "jig", "key": "G major", "bars": "16", "chords": "yes"},
    ),
    ("Write a reel in D", {"rhythm": "reel", "key": "D major"}),
    (
        "写一首欢快的G大调吉格舞曲，16小节，带和弦",
        {"rhythm": "jig", "key": "G major", "bars": "16", "chords": "yes"},
    ),
    (
        "A slow waltz in A minor with chords",
        {"rhythm": "waltz", "key": "A minor", "chords": "yes", "tempo": "96"},
    ),
    ("Compose a hornpipe, please", {"rhythm": "hornpipe"}),
    ("a simple song in C major, 8 bars", {"rhythm": "song", "key": "C major", "bars": "8"}),
    ("来一段悲伤的D小调旋律，三拍子", {"key": "D minor", "meter": "3/4"}),
    ("A hymn in F major with chords", {"rhythm": "hymn", "key": "F major", "chords": "yes"}),
    ("a march in Bb, 32 bars", {"rhythm": "march", "key": "Bb major", "bars": "32"}),
    (
        "Give me a slip jig in E minor",
        {"rhythm": "slip jig", "key": "E minor", "sections": "|:A4:| |:B4:|"},
    ),
    ("a polka in A major, chords please", {"rhythm": "polka", "key": "A major", "chords": "yes"}),
    ("请写一首D大调里尔舞曲，16小节", {"rhythm": "reel", "key": "D major", "bars": "16"}),
    ("A tune in D dorian, 6/8", {"key": "D dorian", "meter": "6/8"}),
    (
        "A mixolydian reel in A with chords",
        {"rhythm": "reel", "key": "A mixolydian", "chords": "yes"},
    ),
    (
        "a gentle waltz in G, 32 bars, with chord symbols",
        {"rhythm": "waltz", "key": "G major", "bars": "32", "chords": "yes"},
    ),
    (
        "写一首C大调歌曲，8小节，适合唱",
        {"rhythm": "song", "key": "C major", "bars": "8", "range": "C d"},
    ),
    ("a minuet in F major", {"rhythm": "minuet", "key": "F major"}),
    (
        "Something sad in E minor, 4/4, 16 bars with chords",
        {"key": "E minor", "meter": "4/4", "chords": "yes"},
    ),
    ("a strathspey in A", {"rhythm": "strathspey", "key": "A major"}),
    ("a 12-bar tune in 2/4", {"meter": "2/4", "bars": "12"}),
    (
        "AABA song form in C, with chords",
        {"rhythm": "song", "key": "C major", "sections": "A8 A8 B8 A8", "chords": "yes"},
    ),
    ("写一段G小调圆舞曲，带和弦", {"rhythm": "waltz", "key": "G minor", "chords": "yes"}),
    (
        "quarter and eighth notes only, G major, 4/4, easy",
        {"key": "G major", "meter": "4/4", "notes": "1/8 1/4 1/2"},
    ),
    ("A carol in D major with chords", {"rhythm": "carol", "key": "D major", "chords": "yes"}),
    ("a tune in 5/4", {"meter": "5/4", "sections": "A8"}),
    ("A jig in B minor", {"rhythm": "jig", "key": "B minor"}),
    (
        "a barn dance style tune in 4/4, G, chords",
        {"key": "G major", "meter": "4/4", "chords": "yes"},
    ),
    ("快一点的A大调号笛舞曲", {"rhythm": "hornpipe", "key": "A major", "tempo": "176"}),
    ("an air in Eb major", {"rhythm": "air", "key": "Eb major"}),
    ("jig", {"rhythm": "jig"}),
)


def requests(n: int, seed: int) -> Iterator[tuple[str, dict[str, str], int]]:
    """`n` requests with a seed each: the list in order, then again in random order."""
    rng = random.Random(seed)
    order = list(range(len(REQUESTS)))
    for i in range(n):
        if i and i % len(order) == 0:
            rng.shuffle(order)
        words, properties = REQUESTS[order[i % len(order)]]
        yield words, properties, rng.randrange(2**31)


def sample(
    n: int,
    seed: int,
    *,
    with_grammar: bool = True,
    adapter: bool = True,
    prompt: str | None = None,
    weights: Path | None = None,
    temperature: float | None = None,
    drafts: int = 1,
) -> Iterator[dict[str, Any]]:
    """Tunes with their request, time and number of tokens; also the completed `properties`.

    A `prompt` is words and property lines; what the lines leave open is settled by chance. Of several
    `drafts` the least odd is taken, as the chat does.
    """
    backend = EmbeddedBackend(weights, adapter)
    if prompt is None:
        asked = requests(n, seed)
    else:
        words, properties = read_request(prompt)
        asked = ((words, properties, seed + i) for i in range(n))
    for words, properties, own_seed in asked:
        plan = plan_tune(words, properties, own_seed)
        grammar = plan.grammar if with_grammar else None
        yield write_one(backend, plan.messages, grammar, own_seed, plan, temperature, drafts)


def write_one(
    backend: Backend,
    messages: list[dict[str, str]],
    grammar: str | None,
    seed: int,
    plan: Plan,
    temperature: float | None = None,
    drafts: int = 1,
) -> dict[str, Any]:
    """One tune, how long it took and how many tokens were written for it."""
    began = time.monotonic()
    asked = asked_properties(plan)
    texts: dict[int, str] = defaultdict(str)
    tokens = 0
    for delta in backend.generate(
        messages, grammar=grammar, seed=seed, temperature=temperature, n=drafts
    ):
        texts[delta.index] += delta.text
        tokens += 1
    abc = least_odd(list(texts.values()), asked.get("rhythm")) if drafts > 1 else texts[0]
    return {
        "abc": abc,
        "prompt": messages[-1]["content"],
        "seconds": round(time.monotonic() - began, 3),
        "tokens": tokens,
        "properties": asked,
    }


def asked_properties(plan: Plan) -> dict[str, str]:
    """The completed properties, as the prompt of the plan states them: what the answer is judged by."""
    return {**plan.properties, **read_request(plan.messages[-1]["content"])[1]}
