"""Changes to a tune, each a pure function `(tune, …) → list[Edit]`.

Nothing here makes text: `text.apply` does. An edit touches only the spans it names; everything else
stays byte for byte. Bars are given as measures of each voice (see `select`). Functions raise
ValueError for what cannot be done, in a sentence for the user. `registry.EDITS` lists every edit
with its parameters; `registry.run` carries one out and proves its promises.
"""

from abc_tools.edit.added_voices import add_bass, add_drone
from abc_tools.edit.arrange import (
    copy_bars,
    duplicate_bars,
    move_bars,
    repeat_bars,
    write_out_repeats,
)
from abc_tools.edit.bars import delete_bars, insert_bars, replace_bars
from abc_tools.edit.choir import add_choir
from abc_tools.edit.chording import add_chords, reharmonise
from abc_tools.edit.header import (
    add_comment,
    remove_comments,
    remove_field,
    set_any_field,
    set_field,
    set_tempo,
    set_tempo_of,
)
from abc_tools.edit.instruments import INSTRUMENTS, instrument, write_for
from abc_tools.edit.keys import key_field_edit
from abc_tools.edit.meter import set_meter
from abc_tools.edit.mode import chord_in_key, set_key, set_mode
from abc_tools.edit.ornaments import add_ornaments, remove_ornaments, set_dynamic
from abc_tools.edit.parts import add_ending, add_intro, add_pickup, remove_pickup
from abc_tools.edit.pitch import shift_octave, transpose, transpose_diatonic, transpose_to
from abc_tools.edit.rhythm import double_values, halve_values, simplify_rhythm, straighten, swing
from abc_tools.edit.second_voice import add_second_voice
from abc_tools.edit.selection import all_measures, events, felt_beat, replace_measures, select
from abc_tools.edit.singing import set_lyrics
from abc_tools.edit.symbols import chord_edit, remove_chords, set_chords, simplify_chords
from abc_tools.edit.voices import extract_voice, remove_voice
from abc_tools.edit.words import remove_words, set_words

__all__ = [
    "INSTRUMENTS", "add_bass", "add_choir", "add_chords", "add_comment", "add_drone",
    "add_ending", "add_intro", "add_ornaments", "add_pickup", "add_second_voice",
    "all_measures", "chord_edit", "chord_in_key", "copy_bars", "delete_bars", "double_values",
    "duplicate_bars", "events", "extract_voice", "felt_beat", "halve_values", "insert_bars",
    "instrument", "key_field_edit", "move_bars", "reharmonise", "remove_chords",
    "remove_comments", "remove_field", "remove_ornaments", "remove_pickup", "remove_voice",
    "remove_words", "repeat_bars", "replace_bars", "replace_measures", "select",
    "set_any_field", "set_chords", "set_dynamic", "set_field", "set_key", "set_lyrics",
    "set_meter", "set_mode", "set_tempo", "set_tempo_of", "set_words", "shift_octave",
    "simplify_chords", "simplify_rhythm", "straighten", "swing", "transpose",
    "transpose_diatonic", "transpose_to", "write_for", "write_out_repeats",
]  # fmt: skip
