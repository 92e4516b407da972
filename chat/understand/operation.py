"""One change that a message asks for, as `chat.act` takes it."""

from __future__ import annotations

from dataclasses import dataclass, field

from abc_tools.edit.registry import EDITS
from abc_tools.places import NoPlace, Place


@dataclass(frozen=True)
class Operation:
    """One change. `name` is that of an edit or of a change in `chat.act.own`; `place` the bars it is
    for (None: as the change wants it), `voice` the voice; `wrong` says that it names bars the tune has not.
    """

    name: str
    values: dict[str, str] = field(default_factory=dict)
    place: Place | None = None
    wrong: NoPlace | None = None
    said: str = ""
    voice: str | None = None

    @property
    def takes_bars(self) -> bool:
        """Whether it can be made for some bars only."""
        return self.name in LOCAL or (self.name in EDITS and EDITS[self.name].scope != "tune")


PICKED = frozenset((
    "drop-notes", "swap-picked", "join-notes", "tie-notes", "move-notes", "rename-notes", "mark-picked",
    "picked-length", "fill-rests", "write-bar", "bar-rhythm", "one-for-triplet",
))  # fmt: skip
"""Changes of single notes: where no bars are said, those that were spoken of are meant."""
LOCAL = PICKED | {
    "lay-chords", "plain-chords", "swap-for-one", "copy-changed", "pentatonic",
    "rewrite", "vary", "drop-repeats", "dance", "tempo-by", "feel", "happier", "sadder", "swap-bars", "simplify",
    "harder", "louder",
    "quieter", "lock", "unlock", "answer-phrase", "hairpin", "keep-bars", "jazzy", "shorter",
    "slow-down", "swell", "swap-chord", "second-voice", "rest-voice", "split-note", "note-length", "melody-steps",
    "double-voice", "swap-notes",
    "words-at", "add-bass", "add-drone", "restore-bars", "add-variations", "swap-voices",
}  # fmt: skip
"""Changes of ours, besides the edits, that some bars are enough for."""
