"""A player who joins: "add a cello part", 加一个长笛声部. A voice more, in the player's range, clef and sound.

What it does not know: how several players are scored from the beginning (`scored`).
"""

from __future__ import annotations

from abc_tools.parse import parse_tune
from abc_tools.tune import Tune
from chat.act.change import Change, Context, Steps, edit_step
from chat.act.hands import bass
from chat.act.rewrite import CannotChange
from chat.act.scored import in_its_octave, part_name, voice_line, with_line
from chat.phrases import instrument_name, say
from chat.understand.operation import Operation
from chat.understand.tables import BASS_CLEF

ACCOMPANIES = frozenset((
    "piano", "harpsichord", "organ", "accordion", "guitar", "ukulele", "banjo", "mandolin", "harp", "guzheng",
    "yangqin", "ruan", "pipa",
))  # fmt: skip
"""Players of chords: they get roots and fifths below the tune, as low players do."""


KEYBOARDS = frozenset(("piano", "harpsichord", "organ", "accordion"))
"""Players whose left hand goes below the range of a tune."""


def add_player(tune: Tune, operation: Operation, context: Context) -> Steps:
    """A voice for one more player: made of the chords for those who accompany and for low players, else a second voice
    in thirds.
    """
    player, word = operation.values["player"], operation.values["said"]
    language = context.language
    if len(tune.voices) > 2:
        raise CannotChange(say(language, "voices-enough"))
    between = len(tune.voices) == 2
    accompanies = player in ACCOMPANIES | BASS_CLEF and not between
    if between:
        new = edit_step(tune, "middle-voice", {"name": part_name(word)})
    elif accompanies:
        new = tune
        for step in bass(tune, Operation("add-bass", {"pattern": "root-fifth"}), context):
            if isinstance(step, Change):
                new = step.tune
    else:
        new = edit_step(tune, "second-voice", {"interval": "third"})
    if len(new.voices) <= len(tune.voices):
        raise CannotChange(say(language, "voices-enough"))
    known = {voice.id for voice in tune.voices}
    at = next(n for n, voice in enumerate(new.voices) if voice.id not in known or n == len(known))
    if player not in KEYBOARDS:
        new = in_its_octave(new, at, player, doubles=False)
    line = voice_line(new.voices[at], player, part_name(word))
    new = parse_tune(with_line(new.source, new.voices[at], line))
    made = "joins-between" if between else "joins-chords" if accompanies else "joins-thirds"
    yield Change(new, say(language, made, player=instrument_name(language, player)))
