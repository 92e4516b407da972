"""The table of changes that are more than one edit by its name, or that need the model.

To add one: write the function in the room of its subject, add it here, its sentence to `chat.sayings`. A name that
is not here is that of an edit of `abc_tools` (`change.an_edit`). What it does not know: how an act works.
"""

from __future__ import annotations

from chat.act.change import Act
from chat.act.copied import copy_changed
from chat.act.hands import bass, play_on, simplify, simplify_bass
from chat.act.harmony import another_key, jazzy, reharmonise, swap_chord
from chat.act.history import bring_back
from chat.act.joining import add_player
from chat.act.laid import LAID
from chat.act.loudness import hairpin, louder, swell
from chat.act.marks import drop_repeats, ornaments, replace_word, set_clef, words_at
from chat.act.note_bar import note_bar
from chat.act.picked import PICKED
from chat.act.shape import come_home, merge_endings, new_part, note_names, order_parts, variations
from chat.act.single_notes import hold_word, note_length, picardy, split_note, swap_notes
from chat.act.stretches import (
    delete_bars,
    harder,
    keep_bars,
    longer,
    melody_steps,
    new_bars,
    new_length,
    restore_bars,
    rewrite_bars,
    swap_bars,
    vary,
)
from chat.act.sung_lines import line_words, words_again
from chat.act.tempi import dance, livelier, sadder, slow_down, swing, tempo, tempo_by
from chat.act.voicing import (
    add_drone,
    amen,
    canon,
    double_voice,
    doubling_voice,
    no_voice,
    rest_voice,
    second_voice,
    suits_already,
    swap_voices,
)

OWN: dict[str, Act] = {
    # time
    "tempo": tempo, "tempo-by": tempo_by, "feel": tempo_by, "slow-down": slow_down, "sadder": sadder,
    "happier": sadder, "livelier": livelier, "calmer": livelier, "dance": dance, "swing": swing,
    # loudness
    "louder": louder, "quieter": louder, "hairpin": hairpin, "swell": swell,
    # harmony
    "reharmonise": reharmonise, "jazzy": jazzy, "swap-chord": swap_chord, "key": another_key,
    # those who play
    "simplify": simplify, "play-on": play_on, "simplify-bass": simplify_bass, "add-bass": bass,
    # stretches of bars
    "swap-bars": swap_bars, "delete-bars": delete_bars, "keep-bars": keep_bars, "new-bars": new_bars,
    "longer": longer, "answer-phrase": longer, "new-length": new_length, "shorter": new_length,
    "rewrite": rewrite_bars, "harder": harder, "vary": vary, "melody-steps": melody_steps, "restore-bars": restore_bars,
    "copy-changed": copy_changed, "note-bar": note_bar, "without-step": bring_back, "came-later": bring_back,
    # the shape of the whole
    "order-parts": order_parts, "new-part": new_part,
    "come-home": come_home, "add-variations": variations, "one-ending": merge_endings,
    # signs and words
    "note-names": note_names,
    "add-ornaments": ornaments, "drop-repeats": drop_repeats, "clef": set_clef, "replace-word": replace_word,
    "words-at": words_at,
    "line-words": line_words, "words-again": words_again,
    # single notes
    "picardy": picardy, "split-note": split_note, "note-length": note_length, "hold-word": hold_word,
    "swap-notes": swap_notes,
    **PICKED,
    **LAID,
    # whole voices
    "second-voice": second_voice, "add-player": add_player, "rest-voice": rest_voice, "swap-voices": swap_voices,
    "canon": canon,
    "no-voice": no_voice, "suits-already": suits_already,
    "doubling-voice": doubling_voice, "amen": amen, "add-drone": add_drone,
    "double-voice": double_voice,
}  # fmt: skip
"""Name of an operation → what makes the change."""
