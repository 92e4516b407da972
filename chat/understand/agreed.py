"""Changes of one message that mean one thing together: each function makes one such pair agree, `AGREEMENTS` in order.

"A drone, as a second voice" is one voice, "four bars of intro, the tonic chord will do" one intro. What this does not
know: how a change is read, and what only gives a reason (`settled`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from abc_tools.numbers import value
from abc_tools.places import Place
from abc_tools.theory import key_interval, parse_key
from abc_tools.tune import Tune
from chat.understand.operation import Operation
from chat.understand.rules.picked import interval_in
from chat.understand.rules.voices import joining, pattern_of

Found = list[Operation]
_SIZE = re.compile(
    r"\b(?:tone|step|semitone|second|third|fourth|fifth|sixth|seventh|octave)s?\b|度|半音|全音"
)
"""An interval that is named."""


_AGAIN = {
    "picked-length": re.compile(
        r"\W*(?:so |and |with |there (?:should|must) be |i want )*(?:no|without(?: the| that| a)?|not (?:the|that|a)) rests?(?: at the end| after it| behind it| there| please)?\W*|(?:后面|最后|末尾)?(?:不要|没有|别有|去掉)(?:那个|后面的)?休止符?(?:了|吧)?"
    ),
    "swap-picked": re.compile(
        r"\W*(?:so |please |can you |could you |just )*(?:swap|switch|exchange|flip|turn) (?:'?em|them|these|those|it)(?: over| round| around| please)*\W*|(?:请|帮我)?(?:对调|互换|换(?:过来|一下))(?:一下)?"
    ),
    "write-bar": re.compile(
        r"\W*(?:and |with )*(?:no(?:t the)?|nothing|without(?: the)?|not) (?:low|high|lower|other|second|else|more)(?: one| notes?)?\W*|别的(?:音)?(?:都)?不要"
    ),
    "lay-bar": re.compile(
        r"\W*(?:for )?(?:\w+|\d) beats? (?:each|apiece|per chord)\W*|\W*half (?:a|the) bar each\W*|(?:各|每个)(?:两|二|三|四|半)?(?:拍|小节)"
    ),
    "lay-chords": re.compile(
        r"\W*(?:with )?(?:one|a) (?:chord )?(?:a|per|each|every|in each) bar(?: each)?\W*|(?:一|每)(?:个)?小节(?:换)?一个(?:和弦)?"
    ),
    "set-chords": re.compile(
        r"\W*(?:as |like )?(?:a )?(?:little |nice )?tritone sub\w*\W*|(?:来|做|用|就是)?(?:个|一个)?三全音(?:替代|代理)(?:和弦)?"
    ),
    "remove-ornaments": re.compile(
        r"\W*(?:and )?(?:just|only|leave|leaving|keep) (?:just |only )?(?:the )?(?:bare|plain|naked|simple) (?:notes|melody|tune)\W*|只(?:留|要)(?:光|干净的?|单纯的?)?音符(?:就行|就好)?"
    ),
    "pentatonic": re.compile(
        r".{0,8}(?:4|四|fa)[和、,与](?:7|七|si)(?:这两个音)?(?:都)?(?:不要|去掉|别用|不用)(?:了)?|\W*(?:so )?(?:no|without|drop the) (?:fourths?|4ths?|4) (?:and|or) (?:sevenths?|7ths?|7)\W*"
    ),
    "drop-notes": re.compile(
        r"\W*(?:and )?(?:put|leave|have|make it) an? rest (?:there|instead|in its place)\W*|(?:用|改成|换成)?休止(?:代替|符代替)?"
    ),
}
"""Clauses behind a change that say it once more in other words."""


def said_again(found: Found, part: str) -> bool:
    """Whether a clause only repeats the change before it: "hold it for the whole bar, no rest"."""
    pattern = _AGAIN.get(found[-1].name) if found else None
    return pattern is not None and pattern.fullmatch(part.lower()) is not None


def _names(found: Found) -> set[str]:
    return {o.name for o in found}


def _given(found: Found, name: str, **values: str) -> Found:
    """The changes, those of a name with other values."""
    return [replace(o, values={**o.values, **values}) if o.name == name else o for o in found]


def _without(found: Found, names: set[str], words: str = "") -> Found:
    """The changes without those of some names (whose clause has some words)."""
    return [
        o for o in found if o.name not in names or (words and not re.search(words, o.said.lower()))
    ]


def _gone_first(found: Found, text: str, tune: Tune) -> Found:
    """ "The D a minim, and the C dropped": what goes is gone before another note takes its time."""
    if not {"drop-notes", "picked-length"} <= _names(found):
        return found
    return sorted(found, key=lambda o: o.name != "drop-notes")


def _one_note_instead(found: Found, text: str, tune: Tune) -> Found:
    """ "She can't reach the B, change the Bs to something lower": only these are moved."""
    moved = {o.values.get("pick", "")[-1:] for o in found if o.name == "move-notes"}
    return [
        o for o in found
        if o.name != "limit-range" or not any(re.search(rf"(?<![A-Za-z]){n}(?![A-Za-z])", o.said, re.IGNORECASE) for n in moved if n.isalpha())
    ]  # fmt: skip


# -- voices -----------------------------------------------------------------------------------


def _for_whom(found: Found, text: str, tune: Tune) -> Found:
    """A voice between two others has the name of whoever joins, said anywhere in the message."""
    player = joining(text)
    return [
        replace(o, values={"name": player})
        if player and o.name == "middle-voice" and o.values.get("name") == "Middle" else o
        for o in found
    ]  # fmt: skip


_SIMPLE = {"simplify", "simplify-chords"}


def _one_accompaniment(found: Found, text: str, tune: Tune) -> Found:
    """ "A left hand, simple broken chords": what is said of its pattern is no change of its own."""
    if "add-bass" not in _names(found):
        return found
    told = [o for o in found if o.name in _SIMPLE and pattern_of(o.said.lower())]
    if told:
        said = told[0].said.lower()
        broken = re.search(r"分解|broken|arpeg|alberti", said)
        found = _given(
            [o for o in found if o not in told], "add-bass",
            pattern="alberti" if broken else pattern_of(said),
        )  # fmt: skip
    wanted = pattern_of(text.lower())
    plain = any(o.name == "add-bass" and o.values.get("pattern") == "root-fifth" for o in found)
    return _given(found, "add-bass", pattern=wanted) if wanted and plain else found


def _one_drone(found: Found, text: str, tune: Tune) -> Found:
    """ "A drone, as a second voice" is one voice."""
    if "add-drone" not in _names(found):
        return found
    return _without(found, {"second-voice"}, r"\bas an? \w+ voice\b|作为")


_LAID = {"lay-chords", "lay-bar", "set-chords", "cadence-here", "swap-for-one", "plain-chords"}
_CHOSEN = {"reharmonise", "add-chords", "simplify-chords"}


def _chords_as_said(found: Found, text: str, tune: Tune) -> Found:
    """Chords that are said need none that are chosen: "all the same chord is dull, use C Am F G"."""
    if not _names(found) & _LAID or all(o.name in _LAID | _CHOSEN and o.place for o in found):
        return found
    return [o for o in found if o.name not in _CHOSEN or o.place is not None]


def _even_pairs(found: Found, text: str, tune: Tune) -> Found:
    """ "Straighten the dots, plain quavers": even pairs are those quavers, other notes keep their length."""
    if "straighten" not in _names(found):
        return found
    return _without(
        found, {"in-notes"}, r"\b(?:plain|even|straight|equal|normal|ordinary)\b|平均|均匀|普通"
    )


_SHARE = re.compile(
    r"\d|\b(?:half|thirds?|quarters?|fifths?|percent)\b|分之|[一二三四五六七八九]成|一半"
)


def _one_tempo(found: Found, text: str, tune: Tune) -> Found:
    """ "Slower, about two thirds of the speed": how much slower is said once."""
    exact = [o for o in found if o.name == "tempo-by" and _SHARE.search(o.said.lower())]
    if not exact:
        return found
    return [o for o in found if o.name != "tempo-by" or o in exact]


def _words_told(found: Found, text: str, tune: Tune) -> Found:
    """ "Some notes have no words, put these there": the first half only tells where."""
    if "words-at" not in _names(found):
        return found
    return [o for o in found if o.name != "left-aside" or o.values.get("like") != "remove-words"]


_CHANGED_COPY = {
    "transpose": "semitones", "transpose-diatonic": "steps", "octave": "octaves", "invert": "", "retrograde": "",
}  # fmt: skip
_PUT_BEHIND = re.compile(
    r"(?:放|加|写|接)(?:在|到)?(?:新的?)?(?:第(?P<z>\d+|[一二三四五六七八九十]+)小节|(?P<end>最后|末尾|结尾|后面))|\b(?:put|add|place|use) (?:it|that|this) (?:as|in|at) (?:the (?P<last>end)|(?:a )?(?:new )?bar (?P<n>\d+))"
)


def _copied_so(found: Found, text: str, tune: Tune) -> Found:
    """ "Copy bar 1 to the end, a third lower"; "bar 1 upside down, put it in bar 9": the copy is changed, not the bars."""
    copied = next((o for o in found if o.name in ("copy-bars", "duplicate-bars") and o.place), None)
    changed = next((o for o in found if o.name in _CHANGED_COPY), None)
    if changed is None:
        return found
    if copied is not None and copied.place is not None:
        if changed.place not in (None, copied.place) and _SAYS_BARS.search(changed.said.lower()):
            return found
        source, goal, gone = (
            copied.place,
            copied.values.get("after", str(copied.place.last)),
            copied,
        )
    else:
        behind = next(
            (o for o in found if o.name in ("left-aside", "move-bars") and _goes_behind(o, tune)),
            None,
        )
        if behind is None or changed.place is None:
            return found
        source, goal, gone = changed.place, "end", behind
    kind = _CHANGED_COPY[changed.name]
    change = f"{kind}:{changed.values[kind]}" if kind else changed.name
    if kind and (said := interval_in(changed.said.lower())):
        change = f"{said[0]}:{said[1]}"
    new = replace(
        changed,
        name="copy-changed",
        values={"after": goal, "with": change},
        place=Place(source.first, source.last),
        voice=None,
    )
    return [new if o is changed else o for o in found if o is not gone]


_SAYS_BARS = re.compile(
    r"\d|小节|段|句|\b(?:bars?|part|section|half|line|phrase|tune|everything)\b"
)


def _goes_behind(operation: Operation, tune: Tune) -> bool:
    """Whether a clause puts what was made in a new bar at the end."""
    behind = _PUT_BEHIND.search(operation.said or operation.values.get("said", ""))
    said = (behind["z"] or behind["n"]) if behind else None
    return behind is not None and (not said or value(said) == tune.bar_count + 1)


def _doubled_there(found: Found, text: str, tune: Tune) -> Found:
    """ "A bass that doubles the euphonium, an octave down": the octave is that of the new voice."""
    one = next((o for o in found if o.name == "doubling-voice"), None)
    far = next((o for o in found if o.name == "octave" and o.place is None), None)
    if one is None or far is None or one.values["octaves"] != "0":
        return found
    return _given(
        [o for o in found if o is not far], "doubling-voice", octaves=far.values["octaves"]
    )


def _voices_in_turn(found: Found, text: str, tune: Tune) -> Found:
    """Where two voices change places, who had the tune accompanies."""
    if "swap-voices" not in _names(found):
        return found
    found = _without(found, {"add-bass", "second-voice", "play-on", "instrument"})
    first = next(o for o in found if o.name == "swap-voices")
    return [o for o in found if o.name != "swap-voices" or o is first]


def _another_player(found: Found, text: str, tune: Tune) -> Found:
    """ "The viola, not the cello; could you rewrite the lower part so it suits her": the voice is written for her, no
    new music and no voice more; the clef is its own.
    """
    told = next((o for o in found if o.name == "play-on" and o.voice), None)
    if told is None:
        return found
    moved = any(o.name == "octave" and o.voice == told.voice for o in found)
    if moved:
        found = _given(found, "play-on", keep="yes")
    return [
        replace(o, voice=told.voice) if o.name == "clef" else o
        for o in _without(found, {"second-voice", "rewrite", "middle-voice", "instrument"})
    ]  # fmt: skip


def _for_nobody(found: Found, text: str, tune: Tune) -> Found:
    """ "Whatever suits a fiddle" puts nobody in the player's place."""
    words = r"\b(?:fits?|suits?|right for|idiomatic)\b|适合"
    return _without(found, {"play-on", "instrument"}, words) or found


_IN_TURN = re.compile(
    r"(?:先|第一个(?:是|用|唱|弹)?)\s*(?P<a>[A-G][#b]?)[^,.;]{0,3}(?:再|后|然后|第二个(?:是|用|唱|弹)?)\s*(?P<b>[A-G][#b]?)|\bfirst (?:an? |the )?(?P<c>[A-G][#b]?)\b[^.;]{0,8}\bthen (?:an? |the )?(?P<d>[A-G][#b]?)(?![A-Za-z])"
)


def _pieces_of_a_note(found: Found, text: str, tune: Tune) -> Found:
    """ "Split it in two, first G then B": the pieces of a note have pitches."""
    match = _IN_TURN.search(text)
    if match is None or "split-note" not in _names(found):
        return found
    pitches = f"{match['a'] or match['c']} {match['b'] or match['d']}"
    low = re.search(r"低的|\blow", text[match.start() :])
    given = _given(found, "split-note", pitches=pitches, **({"low": "yes"} if low else {}))
    return [
        o for o in given
        if o.name not in ("left-aside", "alter-notes") or not _IN_TURN.search(o.said or o.values.get("said", ""))
    ]  # fmt: skip


# -- heights ----------------------------------------------------------------------------------

_THAT_NOTE = (
    r"\b(?:that|those|this|these|them|it|anything|any|whatever)\b|那个?音|那些音|这些音|超出|高的"
)


def _out_of_reach(found: Found, text: str, tune: Tune) -> Found:
    """ "They can't get up to G, bring that note down": that note is the one out of reach, in the voice with the tune."""
    if "limit-range" not in _names(found):
        return found
    found = _without(found, {"octave", "transpose", "alter-notes"}, _THAT_NOTE)
    if len(tune.voices) < 2:
        return found
    return [
        replace(o, voice=tune.voices[0].id) if o.name == "limit-range" and o.voice is None else o
        for o in found
    ]


_WAY = re.compile(
    r"(?P<low>\blower\b|\bdown(?:wards?)?\b|[往向]?下|低)|(?P<high>\bhigher\b|\bup(?:wards?)?\b|[往向]?上|高)"
)


def _key_by_way(found: Found, text: str, tune: Tune) -> Found:
    """A key and a direction ("put it in G, lower rather than higher") are one change: that way to that key."""
    key = next((o for o in found if o.name == "key" and o.place is None), None)
    new = parse_key(key.values.get("key", "")) if key is not None else None
    loose = next(
        (
            o for o in found
            if o.name in ("transpose", "octave") and o.place is None and not _SIZE.search(o.said.lower())
        ),
        None,
    )  # fmt: skip
    if key is None or new is None or loose is None or not tune.key.tonic or not new.tonic:
        return found
    way = _WAY.search(loose.said.lower())
    rest = [o for o in found if o is not loose]
    moved = key_interval(tune.key, replace(new, mode=tune.key.mode)).semitones
    if way is None or not moved or (moved < 0) == bool(way["low"]):
        return rest
    octave = Operation("octave", {"octaves": "-1" if way["low"] else "1"}, said=loose.said)
    at = rest.index(key) + 1
    return [*rest[:at], octave, *rest[at:]]


def _bars_written_anew(found: Found, text: str, tune: Tune) -> Found:
    """ "More exciting, higher maybe" is one wish for the bars."""
    if not any(o.name == "rewrite" and o.place for o in found):
        return found
    loose = [
        o for o in found
        if o.name in ("transpose", "transpose-diatonic") and not _SIZE.search(o.said.lower()) and _COMPARED.search(o.said.lower())
    ]  # fmt: skip
    if not loose:
        return found
    way = "higher" if re.search(r"\bhigher\b|高", loose[0].said.lower()) else "lower"
    return _given([o for o in found if o not in loose], "rewrite", way=way)


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


def _melody_alone(found: Found, text: str, tune: Tune) -> Found:
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
            and not _SIZE.search(o.said.lower())
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
        if stays and steps and _SIZE.search(o.said.lower()):
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


def _slower_close(found: Found, text: str, tune: Tune) -> Found:
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


def _within_the_key(found: Found, text: str, tune: Tune) -> Found:
    """Some bars "a bit higher", by no interval that is named, go up a third within the key: its chords stay right."""
    return [_in_steps(o, tune) for o in found]


def _in_steps(operation: Operation, tune: Tune) -> Operation:
    place, said = operation.place, operation.said.lower()
    loose = operation.name == "transpose" and abs(int(operation.values.get("semitones", "0"))) == 2
    if not loose or place is None or _SIZE.search(said):
        return operation
    if re.search(r"\d|key|调", said.replace(place.name.lower(), "")):
        return operation
    up = operation.values["semitones"] == "2"
    if place.last == tune.bar_count > place.first:  # the close stays on its tonic
        return replace(operation, name="rewrite", values={"way": "higher" if up else "lower"})
    steps = "2" if up else "-2"
    return replace(operation, name="transpose-diatonic", values={"steps": steps})


# -- the shape of the whole -------------------------------------------------------------------


_OF_A_TAG = (
    ("slow-down", {"kind": "slower"}, r"\bslow(?:er|ly|ing|s)?\b|\brit|慢"),
    ("hairpin", {"kind": "softer"}, r"\bfad(?:e|es|ing)\b|\bd(?:ie|ies|ying) away\b|\bdimin|\b(?:softer|quieter)\b|渐弱|变弱|越来越(?:弱|轻)|淡出"),
)  # fmt: skip


def _slower_tag(found: Found, text: str, tune: Tune) -> Found:
    """A tag that shall be slower slows down in the last bars, one that fades grows soft there."""
    tags = [o for o in found if o.name == "ending" and o.values.get("kind") == "tag"]
    end = tune.bar_count
    place = Place(max(1, end - 1), end, "last two bars")
    more = [
        Operation(name, dict(values), place)
        for name, values, words in _OF_A_TAG
        if name not in _names(found) and any(re.search(words, o.said.lower()) for o in tags)
    ]
    return [*found, *more]


def _repeats_and_endings(found: Found, text: str, tune: Tune) -> Found:
    """Repeats that go together with endings: first one ending for two, then every part once."""
    names = _names(found)
    if "one-ending" in names and names & {"drop-repeats", "write-out-repeats"}:
        found = [
            replace(o, name="drop-repeats") if o.name == "write-out-repeats" else o
            for o in found if o.name != "ending"
        ]  # fmt: skip
        found.sort(key=lambda o: o.name == "drop-repeats")
    if {"drop-repeats", "write-out-repeats"} <= _names(
        found
    ):  # "take them out, write each part out in full"
        full = (
            re.search(r"\bwrit\w+\b.*\b(?:full|out|twice)\b|写出来|写两遍", text.lower())
            is not None
        )
        found = _without(found, {"drop-repeats" if full else "write-out-repeats"})
    at = next((o for o in found if o.name == "ending" and o.values.get("at")), None)
    if at is not None and re.search(
        r"\b(?:second|2nd)\b[^.;]{0,16}\blead|第二[^,.;]{0,6}(?:引|过渡|连)", text.lower()
    ):
        found = _without(
            _given(found, "ending", lead="yes"), {"rewrite", "left-aside"}, r"\blead|引|过渡|连"
        )
    if "write-out-repeats" in _names(found):
        found = _without(found, {"delete-bars", "duplicate-bars", "repeat-bars", "copy-bars"})
    return found


def _intro_on_tonic(found: Found, text: str, tune: Tune) -> Found:
    """ "Four bars of intro, the tonic chord will do"."""
    if "intro" not in _names(found):
        return found
    words = r"\b(?:on|with|just|only)\b[^.;]{0,12}\b(?:tonic|home|one) chord|主和弦"
    rest = _without(found, {"add-chords", "set-chords"}, words)
    return found if len(rest) == len(found) else _given(rest, "intro", kind="tonic")


def _parts_in_order(found: Found, text: str, tune: Tune) -> Found:
    """What else is said of the parts tells their order, too: "swap B and C, and play A twice at the end"."""
    if "order-parts" not in _names(found):
        return found
    order = next(o for o in found if o.name == "order-parts")
    parts = order.values["parts"]
    if _SWAPS.search(order.said.lower()):
        parts += "".join(_once_more(m, parts) for m in _AT_LAST.finditer(text))
    rest = _without(
        found,
        {"swap-bars", "repeat-bars", "move-bars", "delete-bars", "copy-bars", "duplicate-bars"},
    )
    return _given(rest, "order-parts", parts=parts)


_SWAPS = re.compile(r"\b(?:swap|switch|exchange)|互换|对调|交换|换")
_AT_LAST = re.compile(
    r"\b(?:play|repeat|have|put|add|do)\b[^.;,]{0,12}?(?<![A-Za-z])(?P<a>[A-H])(?![A-Za-z'])(?P<at>[^.;,]{0,24}?)\b(?:at the (?:very )?end|to (?:finish|end|close)|last)\b"
    r"|\b(?:finish|end|close)(?: up| off)? with (?:the )?(?P<b>[A-H])(?![A-Za-z'])(?P<bt>[^.;,]{0,24})|最后(?:再)?(?:来|奏|唱|弹|放)?(?P<zt>一遍|两遍)?(?P<z>[A-H])段?(?P<yt>一遍|两遍)?"
)


def _once_more(match: re.Match[str], parts: str) -> str:
    """The part that comes at the end: once, or as often as it is said; empty for one that the tune has not."""
    letter = match["a"] or match["b"] or match["z"]
    times = f"{match['at'] or match['bt'] or ''}{match['zt'] or ''}{match['yt'] or ''}"
    twice = re.search(r"\btwice\b|\btwo times\b|两遍", times)
    return letter * (2 if twice else 1) if letter in parts else ""


# -- chords and loudness ----------------------------------------------------------------------


def _simple_chords(found: Found, text: str, tune: Tune) -> Found:
    """ "Some chords, simple ones will do"."""
    if "add-chords" not in _names(found):
        return found
    told = [
        o for o in found
        if o.name == "simplify" and not re.search(r"旋律|节奏|melody|rhythm|notes", o.said.lower())
    ]  # fmt: skip
    if not told:
        return found
    return [
        replace(o, values={"only": "I IV V", **o.values}) if o.name == "add-chords" else o
        for o in found if o not in told
    ]  # fmt: skip


def _levels_said(found: Found, text: str, tune: Tune) -> Found:
    """Dynamics in general beside levels that are said: what is said is enough."""
    if not _names(found) & {"dynamic", "louder", "quieter", "hairpin"}:
        return found
    exact = [_bars(o) for o in found if o.name == "dynamic"]
    return [
        o for o in _without(found, {"swell"})
        if o.name not in ("louder", "quieter") or _bars(o) not in exact
    ]  # fmt: skip


def _bars(operation: Operation) -> tuple[int, int] | None:
    place = operation.place
    return (place.first, place.last) if place is not None else None


def _closer_said(found: Found, text: str, tune: Tune) -> Found:
    """ "Dot it up: dotted crotchets in bars 1-4": what is said once more with its bars is said there."""
    return [
        o for n, o in enumerate(found)
        if o.place is not None or o.name not in _ONCE or not any(p.name == o.name and p.place for p in found[n + 1 :])
    ]  # fmt: skip


_ONCE = {"swing", "in-notes", "add-chords", "add-ornaments", "simplify-rhythm", "slur"}


def _bare_bars(found: Found, text: str, tune: Tune) -> Found:
    """ "A two bar intro, no words over it": bars that are added carry no words, those that are there keep theirs."""
    if not _names(found) & {"intro", "ending", "insert-bars", "new-bars"}:
        return found
    return _without(found, {"remove-words"}, r"\b(?:over|on|under|for|in) (?:it|that|them)\b")


def _simpler_once(found: Found, text: str, tune: Tune) -> Found:
    """ "Easier, fewer notes" is one wish: the more exact one, where both are for the same bars."""
    exact = [(_bars(o), o.voice) for o in found if o.name == "simplify-rhythm"]
    found = [
        o for n, o in enumerate(found)
        if o.name != "simplify-rhythm" or not any(
            p.name == o.name and _bars(p) == _bars(o) and p.voice == o.voice and "sixteenths" not in p.values.values()
            for p in found[:n]
        )
    ]  # fmt: skip
    return [o for o in found if o.name != "simplify" or (_bars(o), o.voice) not in exact]


def _one_close(found: Found, text: str, tune: Tune) -> Found:
    """ "More final, a proper cadence" is one close."""
    anew = any(o.name == "rewrite" and o.place and o.place.last == tune.bar_count for o in found)
    if anew:  # "write the last two bars anew, with a strong close"
        found = [
            o for o in found if o.name != "ending" or o.values.get("kind") not in ("tonic", "held")
        ]
    kinds = [o.values.get("kind") for o in found if o.name == "ending"]
    if "cadence" not in kinds and "held" not in kinds:
        return found
    return [o for o in found if o.name != "ending" or o.values.get("kind") != "tonic"]


# -- the second time --------------------------------------------------------------------------


def _second_time(found: Found, text: str, tune: Tune) -> Found:
    """ "Repeat the ending, slower the second time": the repetition is written out, and the copy is changed. Where nothing
    is repeated by this message, repeat signs cannot say it, and the clause is left aside.
    """
    timed = [o for o in found if "time" in o.values]
    if not timed:
        return found
    again = next(
        (o for o in found if o.name in ("repeat-bars", "duplicate-bars") and o.place), None
    )
    if again is None or again.place is None or any(o.values["time"] == "1" for o in timed):
        aside = [Operation("left-aside", {"said": o.said}) for o in timed]
        return [o for o in found if o not in timed] + aside
    size = again.place.last - again.place.first + 1
    copy = Place(again.place.last + 1, again.place.last + size)
    written = replace(again, values={"way": "written"}) if again.name == "repeat-bars" else again
    later = [
        replace(o, place=copy, values={k: v for k, v in o.values.items() if k != "time"})
        for o in timed
    ]  # fmt: skip
    return [*(written if o is again else o for o in found if o not in timed), *later]


_LEFT_WITH = re.compile(
    r"\b(?:left with|leaves? (?:us |me )?(?:with|just)|only (?:need|want|have|keep)|keep (?:only|just))\b(?P<en>[^.;]*)|只(?:留|剩|要)(?P<zh>[^,.;]*)"
)


def _left_with(found: Found, text: str, tune: Tune) -> Found:
    """ "Drop that line so we're left with soprano, alto and bass": the voices that are not named go, and no others."""
    match = _LEFT_WITH.search(text.lower())
    if (
        match is None
        or len(tune.voices) < 3
        or not _names(found) & {"remove-voice", "extract-voice"}
    ):
        return found
    said = match["en"] or match["zh"] or ""
    kept = [
        v
        for v in tune.voices
        if len(v.name) > 2
        and re.search(rf"(?<![a-z]){re.escape(v.name.lower())}(?:e?s)?(?![a-z])", said)
    ]
    gone = [v for v in tune.voices if v not in kept]
    if len(kept) < 2 or not gone:
        return found
    rest = _without(
        found, {"remove-voice", "extract-voice", "add-bass", "second-voice", "middle-voice"}
    )
    return [*(Operation("remove-voice", {"voice": v.id}, said=text) for v in gone), *rest]


_OUT_IN_FULL = re.compile(
    r"\bwrite (?:it|them|this|that|everything|the (?:whole )?(?:tune|thing|piece|song|music)) (?:all )?out\b(?! (?:for|again))|\bwritten out in full\b|(?:反复|重复).{0,6}(?:写出来|展开)"
)


def _written_out(found: Found, text: str, tune: Tune) -> Found:
    """ "Write it out in full with no repeat signs": the signs go because the music stands there twice."""
    if _OUT_IN_FULL.search(text.lower()) and "drop-repeats" in _names(found):
        rest = _without(found, {"write-out-repeats"})
        return [
            replace(o, name="write-out-repeats") if o.name == "drop-repeats" else o for o in rest
        ]
    return found


_BARE = re.compile(r"\b(?:bare|plain|main) notes\b|光(?:留|要)音|只(?:留|要)(?:主要的?)?音")


def _bare_of_ornaments(found: Found, text: str, tune: Tune) -> Found:
    """ "Strip out the ornaments, just the bare notes": bare of ornaments, not of notes."""
    if "remove-ornaments" in _names(found) and _BARE.search(text.lower()):
        return _without(found, {"simplify"})
    return found


AGREEMENTS: tuple[Callable[[Found, str, Tune], Found], ...] = (
    _for_whom, _melody_alone, _slower_close, _out_of_reach, _one_accompaniment, _slower_tag, _bars_written_anew, _repeats_and_endings,
    _simple_chords, _one_drone, _within_the_key, _for_nobody, _levels_said, _voices_in_turn, _intro_on_tonic,
    _key_by_way, _parts_in_order, _closer_said, _second_time, _simpler_once, _bare_bars, _one_close, _pieces_of_a_note, _another_player,
    _written_out, _left_with, _bare_of_ornaments, _gone_first, _one_note_instead,
    _doubled_there, _chords_as_said, _even_pairs, _one_tempo, _words_told, _copied_so,
)  # fmt: skip


def agreed(found: Found, text: str, tune: Tune) -> Found:
    """The changes of a message with those that mean one thing together made one."""
    for agreement in AGREEMENTS:
        found = agreement(found, text, tune)
    return found
