"""Changes of one message that mean one thing together: each function makes one such pair agree, `AGREEMENTS` in order.

"A drone, as a second voice" is one voice, "four bars of intro, the tonic chord will do" one intro. What this does not
know: how a change is read, and what only gives a reason (`settled`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

from collections.abc import Callable

from abc_tools.tune import Tune
from chat.understand.agreed.base import Found
from chat.understand.agreed.echoes import said_again
from chat.understand.agreed.heights import (
    bars_written_anew,
    key_by_way,
    melody_alone,
    one_height,
    out_of_reach,
    slower_close,
    within_the_key,
)
from chat.understand.agreed.parts import (
    another_player,
    chords_as_said,
    copied_so,
    doubled_there,
    even_pairs,
    for_nobody,
    for_whom,
    gone_first,
    one_accompaniment,
    one_drone,
    one_note_instead,
    one_tempo,
    only_the_sound,
    pieces_of_a_note,
    voices_in_turn,
    words_told,
)
from chat.understand.agreed.returns import (
    bare_of_ornaments,
    closing_bars,
    left_with,
    second_time,
    written_out,
)
from chat.understand.agreed.shape import (
    bars_named_out,
    intro_on_tonic,
    one_meter,
    parts_in_order,
    repeats_and_endings,
    slower_tag,
)
from chat.understand.agreed.sound import (
    bare_bars,
    chords_allowed,
    closer_said,
    levels_said,
    one_close,
    simple_chords,
    simpler_once,
)

__all__ = ["AGREEMENTS", "agreed", "said_again"]

AGREEMENTS: tuple[Callable[[Found, str, Tune], Found], ...] = (
    for_whom, melody_alone, slower_close, out_of_reach, one_accompaniment, slower_tag, bars_written_anew, repeats_and_endings,
    simple_chords, chords_allowed, one_drone, within_the_key, for_nobody, levels_said, voices_in_turn, intro_on_tonic,
    one_height, key_by_way, parts_in_order, closer_said, second_time, simpler_once, bare_bars, one_close, pieces_of_a_note, another_player,
    written_out, closing_bars, left_with, bare_of_ornaments, gone_first, one_note_instead,
    doubled_there, chords_as_said, even_pairs, one_tempo, words_told, only_the_sound, copied_so, bars_named_out, one_meter,
)  # fmt: skip


def agreed(found: Found, text: str, tune: Tune) -> Found:
    """The changes of a message with those that mean one thing together made one."""
    for agreement in AGREEMENTS:
        found = agreement(found, text, tune)
    return found
