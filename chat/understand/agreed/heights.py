"""Changes of pitch and key that mean one thing together."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import replace

from abc_tools.edit.instruments import ALIASES, INSTRUMENTS
from abc_tools.places import Place
from abc_tools.theory import key_interval, parse_key
from abc_tools.tune import Tune
from chat.understand.agreed.base import SIZE, Found, names_of, with_values, without
from chat.understand.operation import Operation

# -- heights ----------------------------------------------------------------------------------

_THAT_NOTE = (
    r"\b(?:that|those|this|these|them|it|anything|any|whatever)\b|那个?音|那些音|这些音|超出|高的"
)


def out_of_reach(found: Found, text: str, tune: Tune) -> Found:
    """ "They can't get up to G, bring that note down": that note is the one out of reach, in the voice with the tune."""
    if "limit-range" not in names_of(found):
        return found
    found = without(found, {"octave", "transpose", "alter-notes"}, _THAT_NOTE)
    if len(tune.voices) < 2:
        return found
    return [
        replace(o, voice=tune.voices[0].id) if o.name == "limit-range" and o.voice is None else o
        for o in found
    ]


_WAY = re.compile(
    r"(?P<low>\blower\b|\bdown(?:wards?)?\b|[往向]?下|低)|(?P<high>\bhigher\b|\bup(?:wards?)?\b|[往向]?上|高)"
)


_TOO = re.compile(r"\btoo (?:high|low)\b|太[高低]")


def key_by_way(found: Found, text: str, tune: Tune) -> Found:
    """A key and a direction ("put it in G, lower rather than higher") are one change: that way to that key."""
    key = next((o for o in found if o.name == "key" and o.place is None), None)
    new = parse_key(key.values.get("key", "")) if key is not None else None
    loose = next(
        (
            o for o in found
            if o.name in ("transpose", "octave") and o.place is None and not SIZE.search(o.said.lower())
        ),
        None,
    )  # fmt: skip
    if key is None or new is None or loose is None or not tune.key.tonic or not new.tonic:
        return found
    way = _WAY.search(loose.said.lower())
    if _TOO.search(loose.said.lower()):
        return [o for o in found if o is not loose]  # "it is too low" only tells why
    rest = [o for o in found if o is not loose]
    moved = key_interval(tune.key, replace(new, mode=tune.key.mode)).semitones
    if way is None or not moved or (moved < 0) == bool(way["low"]):
        return rest
    octave = Operation("octave", {"octaves": "-1" if way["low"] else "1"}, said=loose.said)
    at = rest.index(key) + 1
    return [*rest[:at], octave, *rest[at:]]


def one_height(found: Found, text: str, tune: Tune) -> Found:
    """ "To G, a tone up"; "for clarinet, a tone higher": how far is said twice, and moved once."""
    size = next(
        (o for o in found if o.name == "transpose" and o.place is None and o.voice is None and SIZE.search(o.said.lower())), None
    )  # fmt: skip
    other = next((o for o in found if o.name in ("key", "instrument") and o.place is None), None)
    if size is None or other is None or not tune.key.tonic:
        return found
    moved = int(size.values["semitones"])
    if other.name == "instrument":
        name = other.values["name"]
        player = INSTRUMENTS.get(ALIASES.get(name, name))
        same = player is not None and (player.written.semitones - moved) % 12 == 0
        return [o for o in found if o is not size] if same else found
    new = parse_key(other.values.get("key", ""))
    if new is None or not new.tonic or (new.pitch_class - tune.key.pitch_class - moved) % 12:
        return found
    said_mode = " " in other.values["key"] and new.mode != tune.key.mode
    return [o for o in found if o is not (size if said_mode else other)]


def bars_written_anew(found: Found, text: str, tune: Tune) -> Found:
    """ "More exciting, higher maybe" is one wish for the bars."""
    if not any(o.name == "rewrite" and o.place for o in found):
        return found
    loose = [
        o for o in found
        if o.name in ("transpose", "transpose-diatonic") and not SIZE.search(o.said.lower()) and _COMPARED.search(o.said.lower())
    ]  # fmt: skip
    if not loose:
        return found
    way = "higher" if re.search(r"\bhigher\b|高", loose[0].said.lower()) else "lower"
    return with_values([o for o in found if o not in loose], "rewrite", way=way)


_COMPARED = re.compile(r"\b(?:higher|lower)\b|[高低]一?[点些]|更[高低]")


_STEPS_OF = {1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4, 8: 5, 9: 5, 10: 6, 11: 6}
_QUALITY = re.compile(
    r"\b(?:major|minor|perfect|semitone|half|whole|tone)\b|大(?=[二三六七])|小(?=[二三六七])|纯|半音|全音|个音"
)
_BY_THIRDS = re.compile(
    r"\bdown a (?:third|sixth)\b|\bup a (?:third|sixth)\b|[^大小]三度|[^大小]六度"
)
_CHORDS_STAY = re.compile(
    r"\b(?:leave|keep|don't (?:touch|change|move)|same)\b[^.;]{0,16}\b(?:chords?|harmony|harmonies)\b|和弦(?:不变|不动|别动|保留|留着|照旧)|(?:保留|不动|别动)和弦|\b(?:melody|tune) (?:only|alone)\b|只(?:动|移|改)旋律"
)


def _left_hand(tune: Tune) -> str | None:
    """The voice that accompanies in the bass clef, of two."""
    last = tune.voices[-1]
    return last.id if len(tune.voices) == 2 and last.clef.startswith("bass") else None


def melody_alone(found: Found, text: str, tune: Tune) -> Found:
    """ "The melody up a third, but leave the chords"; one voice of several up a third: within the key, the harmony stays."""
    stays = _CHORDS_STAY.search(text.lower()) is not None
    several = len(tune.voices) > 1

    def moved(o: Operation) -> Operation:
        if o.name not in ("transpose", "transpose-diatonic"):
            return o
        if (
            several
            and o.name == "transpose"
            and o.voice == _left_hand(tune)
            and not SIZE.search(o.said.lower())
        ):
            up = int(o.values["semitones"]) > 0  # another step would be another harmony
            return replace(o, name="octave", values={"octaves": "1" if up else "-1"})
        if o.name == "transpose":
            size = int(o.values["semitones"])
            way = 1 if size > 0 else -1
            steps = way * (_STEPS_OF.get(abs(size) % 12, 0) + 7 * (abs(size) // 12))
        else:
            steps = int(o.values["steps"])
        alone = (
            (several and o.voice is not None)
            or (o.place is not None and _BY_THIRDS.search(o.said.lower()) is not None)
        ) and not _QUALITY.search(o.said.lower())
        if stays and steps and SIZE.search(o.said.lower()):
            return replace(o, name="melody-steps", values={"steps": str(steps)})
        return (
            replace(o, name="transpose-diatonic", values={"steps": str(steps)})
            if alone and steps
            else o
        )

    return [moved(o) for o in found]


_A_BIT_SLOWER = re.compile(
    r"\b(?:whole|everything|throughout|all of it|the tune|the song)\b|整首|全曲|整个|全部"
)


def slower_close(found: Found, text: str, tune: Tune) -> Found:
    """ "A fermata in the last bar, and a bit slower": slower there, little by little."""
    close = next(
        (
            o.place
            for o in found
            if o.place and o.place.last == tune.bar_count and o.place.first >= tune.bar_count - 1
        ),
        None,
    )
    if close is None or _A_BIT_SLOWER.search(text.lower()):
        return found
    place = Place(max(1, tune.bar_count - 1), tune.bar_count, "last two bars")
    return [
        Operation("slow-down", {"kind": "slower"}, place, said=o.said)
        if o.name == "tempo-by" and "time" not in o.values and o.place is None and float(o.values.get("factor", "1")) < 1 and not re.search(r"\bit\b|它", o.said.lower()) else o
        for o in found
    ]  # fmt: skip


def within_the_key(found: Found, text: str, tune: Tune) -> Found:
    """Some bars "a bit higher", by no interval that is named, go up a third within the key: its chords stay right."""
    return [_in_steps(o, tune) for o in found]


def _in_steps(operation: Operation, tune: Tune) -> Operation:
    place, said = operation.place, operation.said.lower()
    loose = operation.name == "transpose" and abs(int(operation.values.get("semitones", "0"))) == 2
    if not loose or place is None or SIZE.search(said):
        return operation
    if re.search(r"\d|key|调", said.replace(place.name.lower(), "")):
        return operation
    up = operation.values["semitones"] == "2"
    if place.last == tune.bar_count > place.first:  # the close stays on its tonic
        return replace(operation, name="rewrite", values={"way": "higher" if up else "lower"})
    steps = "2" if up else "-2"
    return replace(operation, name="transpose-diatonic", values={"steps": steps})
