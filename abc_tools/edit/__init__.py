"""Changes to a tune, each a pure function `(tune, …) → list[Edit]`.

Nothing here makes text: `text.apply` does. An edit touches only the spans it names; everything else
stays byte for byte. Bars are given as measures of each voice (see `select`). Functions raise
ValueError for what cannot be done, in a sentence for the user. `registry.EDITS` lists every edit
with its parameters.
"""

from abc_tools.edit.header import set_field, set_tempo, set_tempo_of
from abc_tools.edit.keys import key_field_edit
from abc_tools.edit.mode import chord_in_key, set_key, set_mode
from abc_tools.edit.pitch import shift_octave, transpose, transpose_to
from abc_tools.edit.selection import all_measures, events, felt_beat, replace_measures, select
from abc_tools.edit.symbols import chord_edit, remove_chords

__all__ = [
    "all_measures", "chord_edit", "chord_in_key", "events", "felt_beat", "key_field_edit",
    "remove_chords", "replace_measures", "select", "set_field", "set_key", "set_mode", "set_tempo",
    "set_tempo_of", "shift_octave", "transpose", "transpose_to",
]  # fmt: skip
