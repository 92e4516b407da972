"""A melody scored for players who are named one by one: a voice each, in their range, clef and name.

What it does not know: how players are read (`chat.understand.scoring`), how voices are led (`edit.choir`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from abc_tools.parse import parse_tune
from abc_tools.theory import Pitch
from abc_tools.tune import Note, Tune, Voice
from chat.act.change import edit_step
from chat.act.placing import OCTAVE, moved, voice_inside
from chat.understand.tables import BASS_CLEF, INSTRUMENTS, READS_ALTO, range_of

HIGH = 55
"""The lowest note, a violin's, from which on an instrument is a high one."""
A_FEW = 0.25
"""Share of notes outside a range up to which a voice stays in its octave."""
BELOW_TREBLE = 60
"""Middle C: a low player whose voice lies below it on the average reads the bass clef."""


def scored(tune: Tune, players: list[tuple[str, str]]) -> Tune:
    """The melody for the first player, voices under it for the others: three to five of (instrument, name).

    The lowest of five doubles the one above it an octave lower.
    """
    tune = edit_step(tune, "add-choir", {})
    if len(players) == 3:  # three high players have no bass, which would come to lie above them
        left_out = 3 if range_of(players[-1][0])[0] >= HIGH else 2
        tune = edit_step(tune, "remove-voice", {"voice": tune.voices[left_out].id})
    text = tune.source
    if len(players) == 5:
        last = re.search(rf"(?ms)^V: ?{re.escape(tune.voices[-1].id)}\b.*\Z", text)
        assert last is not None, "the choir's bass is the last voice of the text"
        text = text.rstrip("\n") + "\n" + re.sub(r"^V: ?\S+", "V:X", last[0].rstrip("\n")) + "\n"
    text = text.replace(
        ":||:\n", ":|\n|:"
    )  # where a line ends, each staff closes as the first one does
    tune = parse_tune(re.sub(r"(?m)^%%score.*\n", "", text))
    for at, (name, _) in enumerate(players):
        tune = in_its_octave(tune, at, name, doubles=at == 4)
    return _headed(tune, players)


def in_its_octave(tune: Tune, at: int, name: str, *, doubles: bool) -> Tune:
    """A voice moved as a whole to where most of it can be played, then what is left outside note by note; the melody
    stays where it is unless it has to go.
    """
    voice, (low, high) = tune.voices[at], range_of(name)
    heights = [n for m in voice.measures for e in m.events for n in e.midi]
    if not heights:
        return tune

    def outside(octaves: int) -> tuple[int, int]:
        count = sum(not low <= h + OCTAVE * octaves <= high for h in heights)
        few = count <= len(heights) * A_FEW  # these are moved alone
        return (0 if few else count, abs(octaves + doubles))

    step = min((0, -1, 1, -2, 2), key=outside)
    if step:

        def place(note: Note) -> Pitch:
            return Pitch(note.pitch.step, note.pitch.alter, note.pitch.octave + step)

        tune = moved(tune, voice.measures, place)
    return voice_inside(tune, tune.voices[at], low, high)


def part_name(word: str) -> str:
    """An instrument as the name of a voice."""
    return word.title() if word.isascii() else word


def with_line(text: str, voice: Voice, line: str) -> str:
    """The text with another `V:` field of a voice."""
    field = rf"(?m)^V: ?{re.escape(voice.id)}(?![\w]).*\n"
    return re.sub(field, lambda _: line, text, count=1)


def voice_line(voice: Voice, player: str, said: str) -> str:
    """The `V:` field of a voice with its player's clef, name and sound."""
    heights = [n for m in voice.measures for e in m.events for n in e.midi]
    mean = sum(heights) / len(heights) if heights else BELOW_TREBLE
    low = player in BASS_CLEF or voice.clef.startswith("bass")
    clef = "bass" if low and mean < BELOW_TREBLE else "alto" if player in READS_ALTO else "treble"
    return f'V:{voice.id} clef={clef} name="{said}"\n%%MIDI program {INSTRUMENTS[player][0]}\n'


def _headed(tune: Tune, players: list[tuple[str, str]]) -> Tune:
    """Names, clefs and sounds of the voices; a bracket joins them."""
    text, many = tune.source, Counter(word for _, word in players)
    seen: Counter[str] = Counter()
    for voice, (player, word) in zip(tune.voices, players, strict=True):
        seen[word] += 1
        name = part_name(word)
        line = voice_line(
            replace(voice, clef=""), player, f"{name} {seen[word]}" if many[word] > 1 else name
        )
        text = with_line(text, voice, line)
    ids = " ".join(v.id for v in tune.voices)
    return parse_tune(re.sub(r"(?m)^(?=K:)", f"%%score [{ids}]\n", text, count=1))
