"""Words of a round: each voice that sings what the first one does gets its words, too.

What it does not know: voices of their own, which have no words of another.
"""

from __future__ import annotations

from abc_tools.edit.pieces import hold
from abc_tools.edit.words import music_lines, set_words, write_verses
from abc_tools.parse import parse_tune
from abc_tools.prosody import syllables
from abc_tools.prosody.sung import singing_voice, verses_of
from abc_tools.text import apply
from abc_tools.tune import Event, Tune, Voice

FEWEST, MOST_TIMES = 4, 8
"""Notes from which a voice can be said to imitate another; how often a word comes at most."""


def with_imitations(tune: Tune) -> Tune:
    """The tune with the first voice's words under the voices that imitate it, note by note."""
    lead = singing_voice(tune)
    verses = len(verses_of(tune))
    notes = _sung(lead)
    for other in tune.voices:
        voice = next(v for v in tune.voices if v.id == other.id)  # the text has moved since
        own = _sung(voice)
        if voice.id == lead.id or len(own) < FEWEST or _heard(own) != _heard(notes)[: len(own)]:
            continue
        said = {verse: _pieces(tune, voice, notes, verse) for verse in range(1, verses + 1)}
        if said:
            tune = parse_tune(apply(tune.source, write_verses(tune, voice, said)))
    return tune


def _sung(voice: Voice) -> list[Event]:
    return [e for e in voice.events if e.notes]


def _heard(events: list[Event]) -> list[object]:
    return [(e.midi, e.duration) for e in events]


def _pieces(tune: Tune, voice: Voice, notes: list[Event], verse: int) -> list[str]:
    """A piece for each note of a voice: what stands under the same note of the lead."""
    current = next(v for v in tune.voices if v.id == voice.id)
    order = {e.span.start: n for n, e in enumerate(_sung(current))}
    found, before = [], "*"
    for row in music_lines(tune, current):
        for event in row:
            number = order.get(event.span.start)
            own = notes[number].syllables[verse - 1 : verse] if number is not None else ()
            text = own[0].replace(" ", "~") if own and own[0] else ""
            before = text or ("*" if before == "*" else hold(before))
            found.append(before)
    return found


def repeated(tune: Tune, word: str) -> Tune:
    """The tune with one word sung again and again, its last syllable held over the notes that are left; the tune as it
    is where it has fewer notes than the word syllables.
    """
    lead = singing_voice(tune)
    cut = [f"{s.text}" for s in syllables(word)]
    notes = sum(bool(e.notes) and not e.tied for e in lead.events)
    if notes < len(cut):
        return tune
    times = min(MOST_TIMES, notes // len(cut))
    each, left = divmod(notes, times)
    said: list[str] = []
    for turn in range(times):
        room = each + (turn < left)
        said += _drawn(cut, room)
    tune = parse_tune(apply(tune.source, set_words(tune, said)))
    return with_imitations(tune)


def _drawn(cut: list[str], room: int) -> list[str]:
    """The syllables of a word over so many notes: the last but one drawn out, as one sings an Alleluia."""
    at = max(0, len(cut) - 2) if len(cut) > 1 else 0
    said = []
    for n, text in enumerate(cut):
        said.append(text)
        if n == at:
            for _ in range(room - len(cut)):
                said.append(hold(said[-1]))
    return said
