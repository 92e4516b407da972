"""Changes of voices, notes, words and copies that mean one thing together."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import replace

from abc_tools.numbers import value
from abc_tools.places import Place
from abc_tools.tune import Tune
from chat.understand.agreed.base import Found, names_of, with_values, without
from chat.understand.operation import Operation
from chat.understand.rules.picked import interval_in
from chat.understand.rules.voices import joining, pattern_of


def gone_first(found: Found, text: str, tune: Tune) -> Found:
    """ "The D a minim, and the C dropped": what goes is gone before another note takes its time."""
    if not {"drop-notes", "picked-length"} <= names_of(found):
        return found
    return sorted(found, key=lambda o: o.name != "drop-notes")


def one_note_instead(found: Found, text: str, tune: Tune) -> Found:
    """ "She can't reach the B, change the Bs to something lower": only these are moved."""
    moved = {o.values.get("pick", "")[-1:] for o in found if o.name == "move-notes"}
    return [
        o for o in found
        if o.name != "limit-range" or not any(re.search(rf"(?<![A-Za-z]){n}(?![A-Za-z])", o.said, re.IGNORECASE) for n in moved if n.isalpha())
    ]  # fmt: skip


# -- voices -----------------------------------------------------------------------------------


def for_whom(found: Found, text: str, tune: Tune) -> Found:
    """A voice between two others has the name of whoever joins, said anywhere in the message."""
    player = joining(text)
    return [
        replace(o, values={"name": player})
        if player and o.name == "middle-voice" and o.values.get("name") == "Middle" else o
        for o in found
    ]  # fmt: skip


_SIMPLE = {"simplify", "simplify-chords"}


def one_accompaniment(found: Found, text: str, tune: Tune) -> Found:
    """ "A left hand, simple broken chords": what is said of its pattern is no change of its own."""
    if "add-bass" not in names_of(found):
        return found
    told = [o for o in found if o.name in _SIMPLE and pattern_of(o.said.lower())]
    if told:
        said = told[0].said.lower()
        broken = re.search(r"分解|broken|arpeg|alberti", said)
        found = with_values(
            [o for o in found if o not in told], "add-bass",
            pattern="alberti" if broken else pattern_of(said),
        )  # fmt: skip
    wanted = pattern_of(text.lower())
    plain = any(o.name == "add-bass" and o.values.get("pattern") == "root-fifth" for o in found)
    return with_values(found, "add-bass", pattern=wanted) if wanted and plain else found


def one_drone(found: Found, text: str, tune: Tune) -> Found:
    """ "A drone, as a second voice" is one voice."""
    if "add-drone" not in names_of(found):
        return found
    return without(found, {"second-voice"}, r"\bas an? \w+ voice\b|作为")


_LAID = {"lay-chords", "lay-bar", "set-chords", "cadence-here", "swap-for-one", "plain-chords"}
_CHOSEN = {"reharmonise", "add-chords", "simplify-chords"}


def chords_as_said(found: Found, text: str, tune: Tune) -> Found:
    """Chords that are said need none that are chosen: "all the same chord is dull, use C Am F G"."""
    if not names_of(found) & _LAID or all(o.name in _LAID | _CHOSEN and o.place for o in found):
        return found
    return [o for o in found if o.name not in _CHOSEN or o.place is not None]


def even_pairs(found: Found, text: str, tune: Tune) -> Found:
    """ "Straighten the dots, plain quavers": even pairs are those quavers, other notes keep their length."""
    if "straighten" not in names_of(found):
        return found
    return without(
        found, {"in-notes"}, r"\b(?:plain|even|straight|equal|normal|ordinary)\b|平均|均匀|普通"
    )


_SHARE = re.compile(
    r"\d|\b(?:half|thirds?|quarters?|fifths?|percent)\b|分之|[一二三四五六七八九]成|一半"
)


def one_tempo(found: Found, text: str, tune: Tune) -> Found:
    """ "Slower, about two thirds of the speed": how much slower is said once."""
    exact = [o for o in found if o.name == "tempo-by" and _SHARE.search(o.said.lower())]
    if not exact:
        return found
    return [o for o in found if o.name != "tempo-by" or o in exact]


def words_told(found: Found, text: str, tune: Tune) -> Found:
    """ "Some notes have no words, put these there": the first half only tells where."""
    if "words-at" not in names_of(found):
        return found
    return [o for o in found if o.name != "left-aside" or o.values.get("like") != "remove-words"]


_CHANGED_COPY = {
    "transpose": "semitones", "transpose-diatonic": "steps", "octave": "octaves", "invert": "", "retrograde": "",
}  # fmt: skip
_PUT_BEHIND = re.compile(
    r"(?:放|加|写|接)(?:在|到)?(?:新的?)?(?:第(?P<z>\d+|[一二三四五六七八九十]+)小节|(?P<end>最后|末尾|结尾|后面))|\b(?:put|add|place|use) (?:it|that|this) (?:as|in|at) (?:the (?P<last>end)|(?:a )?(?:new )?bar (?P<n>\d+))"
)


def copied_so(found: Found, text: str, tune: Tune) -> Found:
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


def doubled_there(found: Found, text: str, tune: Tune) -> Found:
    """ "A bass that doubles the euphonium, an octave down": the octave is that of the new voice."""
    one = next((o for o in found if o.name == "doubling-voice"), None)
    far = next((o for o in found if o.name == "octave" and o.place is None), None)
    if one is None or far is None or one.values["octaves"] != "0":
        return found
    return with_values(
        [o for o in found if o is not far], "doubling-voice", octaves=far.values["octaves"]
    )


def voices_in_turn(found: Found, text: str, tune: Tune) -> Found:
    """Where two voices change places, who had the tune accompanies."""
    if "swap-voices" not in names_of(found):
        return found
    found = without(found, {"add-bass", "second-voice", "play-on", "instrument"})
    first = next(o for o in found if o.name == "swap-voices")
    return [o for o in found if o.name != "swap-voices" or o is first]


def another_player(found: Found, text: str, tune: Tune) -> Found:
    """ "The viola, not the cello; could you rewrite the lower part so it suits her": the voice is written for her, no
    new music and no voice more; the clef is its own.
    """
    told = next((o for o in found if o.name == "play-on" and o.voice), None)
    if told is None:
        return found
    moved = any(o.name == "octave" and o.voice == told.voice for o in found)
    if moved:
        found = with_values(found, "play-on", keep="yes")
    return [
        replace(o, voice=told.voice) if o.name == "clef" else o
        for o in without(found, {"second-voice", "rewrite", "middle-voice", "instrument"})
    ]  # fmt: skip


def for_nobody(found: Found, text: str, tune: Tune) -> Found:
    """ "Whatever suits a fiddle" puts nobody in the player's place."""
    words = r"\b(?:fits?|suits?|right for|idiomatic)\b|适合"
    return without(found, {"play-on", "instrument"}, words) or found


_IN_TURN = re.compile(
    r"(?:先|第一个(?:是|用|唱|弹)?)\s*(?P<a>[A-G][#b]?)[^,.;]{0,3}(?:再|后|然后|第二个(?:是|用|唱|弹)?)\s*(?P<b>[A-G][#b]?)|\bfirst (?:an? |the )?(?P<c>[A-G][#b]?)\b[^.;]{0,8}\bthen (?:an? |the )?(?P<d>[A-G][#b]?)(?![A-Za-z])"
)


def pieces_of_a_note(found: Found, text: str, tune: Tune) -> Found:
    """ "Split it in two, first G then B": the pieces of a note have pitches."""
    match = _IN_TURN.search(text)
    if match is None or "split-note" not in names_of(found):
        return found
    pitches = f"{match['a'] or match['c']} {match['b'] or match['d']}"
    low = re.search(r"低的|\blow", text[match.start() :])
    given = with_values(found, "split-note", pitches=pitches, **({"low": "yes"} if low else {}))
    return [
        o for o in given
        if o.name not in ("left-aside", "alter-notes") or not _IN_TURN.search(o.said or o.values.get("said", ""))
    ]  # fmt: skip


_NOTES_STAY = re.compile(
    r"\b(?:no other|same|no new|no different) notes\b|\bnotes? (?:stay|remain|are to stay|unchanged|as (?:they|it) (?:are|is))|\b(?:don'?t|do not|without) (?:chang|touch|mov|alter)\w* (?:the |any |a |single )*notes?\b|(?:音符?|谱子?|乐谱|旋律|曲谱)(?:本身|都|一个)*(?:不要?|别|不用|不必|不需要)(?:再)?(?:变|改|动)|\b(?:score|sheet|notation|page|melody) (?:can |should |must )?(?:stays?|remains?)\b"
)


def only_the_sound(found: Found, text: str, tune: Tune) -> Found:
    """ "A flute sound, no other notes": whoever plays it, the notes stay."""
    return with_values(found, "play-on", keep="yes") if _NOTES_STAY.search(text.lower()) else found
