"""What people type into the chat, with checks by code on the music and on the reply.

`data/*.jsonl` holds the requests, `data/held_out/` those that are kept aside: nobody reads them while
rules are written. The first such part was opened on 22 November 2026 and joined the others (its last count
stands in the results as `held_out_until_2026_11_22`); the one there now was written before that by somebody who had
seen neither the rules nor the first.

A line is one request {`id`, `who`, `language`, `abc`?, `bars`?, `message`, `checks`}, or a dialogue with `turns`
[{`message`, `checks`}] in place of the last two. `checks` judges a turn.
Nothing here knows how the chat works. `unchecked.jsonl` has 280 messages more, {`kind`, `lang`, `text`,
`wants`}, by writers who had not seen the rules; nobody has made checks for them yet: they are read by
eye. `examined.jsonl` has the cases of the blind examinations: turns, what a fair musician would `expect`,
and the `verdict` on the replies of that day.
"""

import json
from pathlib import Path
from typing import Any

from benchmarks.requests.frozen import REQUESTS

__all__ = ["KINDS", "REQUESTS", "load"]

DATA = Path(__file__).parent / "data"
KINDS = ("compose", "edit", "analyse", "odd", "dialogues")


def load(kind: str, *, held_out: bool = False) -> list[dict[str, Any]]:
    """The requests of one kind, in the order of the file."""
    folder = DATA / "held_out" if held_out else DATA
    lines = (folder / f"{kind}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]
