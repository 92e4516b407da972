"""The changes that a message asks for, in order: which edit, with what values, on which bars.

A message is cut into clauses; each clause is read by the rules of `rules`, the first that fits
taking its words. A clause without a change of its own (", in the second half") says where the
change before it goes. What needs taste ("more exciting") is an operation `rewrite`. What it does not
know: how a change is made (`chat.act`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from abc_tools import places_within
from abc_tools.numbers import in_digits
from abc_tools.places import NoPlace, Place
from abc_tools.tune import Tune
from chat.understand.agreed import said_again
from chat.understand.operation import PICKED, Operation
from chat.understand.place import bars_of, names_bars_only, pieces_left, rest_of, sections_named
from chat.understand.pointing import hardest, means_it, new_bars
from chat.understand.rephrased import rephrased
from chat.understand.rules import RULES
from chat.understand.rules.base import Clause
from chat.understand.rules.told import named_instead, of_told, picks_told
from chat.understand.rules.voices import voice_named
from chat.understand.settled import KEEP_HARMONY, settled, tells
from chat.understand.text import clauses, corrected, in_letters, normalise, spelled
from chat.understand.voices_said import (
    all_voices,
    missing_voice,
    tells_of_hand,
    voice_meant,
)

WHOLE = re.compile(
    r"\bwhole (?:tune|song|piece|thing|melody)|\beverything\b|\ball of it\b|\bentire\b|\ball bars\b|\bthroughout\b|整首|整个曲子|全曲|全部|整曲|从头到尾"
)
THEM = re.compile(
    r"\b(?:them|those|these|there|same (?:bars|part|section|place)|(?:that|this) (?:bit|part|section|passage|phrase|bar|place|stretch|one))\b|那(?:里|几|些)|这(?:里|几小节|些)|同样的地方|那段|这段|这一段"
)
MOST_OPERATIONS = 12


POINTS = {"rewrite", "delete-bars", "copy-bars", "repeat-bars"}
"""Changes for which "it" is what the question before was about."""


ONE_PLACE = {
    "rewrite",
    "delete-bars",
    "copy-bars",
    "duplicate-bars",
    "write-words",
    "insert-bars",
    "new-bars",
    "keep-bars",
    "answer-phrase",
}
"""Changes that are made once, even where a name stands for several places."""


@dataclass(frozen=True)
class Around:
    """What words like "it" can point at: bars chosen on the score, bars spoken of, bars asked about, bars that were
    added; the voice of the last change, and whether that change has added it.
    """

    selection: tuple[int, int] | None = None
    focus: Place | None = None
    asked: Place | None = None
    new: Place | None = None
    voice: str | None = None
    added: bool = False


def read_operations(
    text: str, tune: Tune, selection: tuple[int, int] | None = None, focus: Place | None = None,
    asked: Place | None = None, guess: Callable[[str], list[Operation]] | None = None,
    around: Around | None = None,
) -> list[Operation]:  # fmt: skip
    """The operations of a message, in the order they are said; none if it asks for no change.

    `selection` are the bars chosen on the score; `focus` those spoken of before ("make them louder"),
    `asked` those that the question just before was about ("rewrite it"); `guess` reads clauses that no rule reads; `around` is all that may be pointed at.
    """
    around = around or Around(selection, focus, asked)
    said = corrected(normalise(text))
    if (
        len(said) > 1
    ):  # "too hard... no wait, add grace notes": what is said last, if it asks for something
        last = read_operations(said[-1], tune, guess=guess, around=around)
        if last:
            return last
    whole_text = rephrased(spelled(normalise(text)).strip())
    text = KEEP_HARMONY.sub(" ", whole_text)
    found: list[Operation] = []
    lasting: Place | None = None
    spoken: str | None = None  # the voice of such a clause
    topics: list[Place] = []  # several of them
    topic: Place | None = None  # the bars of a clause that only tells something about them
    note: tuple[str, bool] | None = (
        None  # a note that such a clause names, and whether it is a high one
    )
    telling = ""  # the clause that tells of single notes
    told: tuple[str, Place | None] | None = None  # single notes that such a clause is about
    limited = False  # a clause has said "only there"
    before = ""
    for part in _joined(text, tune, around):
        if _PURPOSE.match(part.lower()) or said_again(found, part):
            continue
        if found and len(tune.voices) > 1 and _EVERY_VOICE.fullmatch(part.lower()):
            continue  # "down to F major, both hands"
        part = _with_noun(part, before)
        whole_part, part = part, _SO_THAT.sub("", part)
        place, wrong = bars_of(_of_it(part, lasting), tune)
        place = place or new_bars(part, around.new) or hardest(part, tune, lasting or around.focus)
        if place is None and lasting is not None and _THE_REST_OF_IT.search(part.lower()):
            place = _others(tune, lasting)
        here = place is not None
        rest = (
            pieces_left(tune, lasting)
            if not here and lasting is not None and _THE_REST_OF_IT.search(part.lower())
            else []
        )
        operations = _of_clause(part, tune, around) or _with_verb(part, before, tune, around)
        before = part
        if not operations and guess is not None and not names_bars_only(part):
            more = guess(whole_part)
            there = _MORE_SO.fullmatch(part) is not None
            found += [
                _placed(o, lasting, None) if there and o.name in _THERE_TOO else o for o in more
            ]
        if not operations and told is not None and (named := named_instead(part, told)):
            operations, found = [named], _without_said(found, telling)
        if not operations:
            if _done(found) and (place or wrong) and _only_where(part):
                found = [_narrowed(o, part, place, wrong) for o in found]
            else:
                topic = place or topic
                note = _note_told(part) or note
                told = picks_told(part, place, tune) or told
                telling = part if told else telling
                topics = sections_named(part, tune) or topics
                spoken = _voice(part.lower(), tune) or spoken
            lasting = place or lasting
            limited = limited or (place is not None and _ONLY.search(part.lower()) is not None)
            continue
        if spoken is not None and (all_voices(tune, part.lower()) or WHOLE.search(part.lower())):
            spoken = None  # "the sopranos are straining: everything down"
        elif spoken is not None:
            operations = [
                replace(o, voice=spoken) if o.name in BY_VOICE and o.voice is None else o
                for o in operations
            ]
            spoken = None
        elif (
            found and found[-1].voice and len(part.split()) <= 4 and not _voice(part.lower(), tune)
        ):
            operations = [  # "the bottom line a cello, an octave down"
                replace(o, voice=found[-1].voice) if o.name in BY_VOICE and o.voice is None else o
                for o in operations
            ]
        elif around.voice in {v.id for v in tune.voices} and means_it(part, around.added):
            operations = [
                replace(o, voice=around.voice) if o.name in BY_VOICE and o.voice is None else o
                for o in operations
            ]
        whole = place is None and not limited and WHOLE.search(part.lower()) is not None
        if place is None and not whole and not wrong:
            place = topic or _pointed(part, operations, _done(found), lasting, around)
        topic = None
        if _done(found) and operations[0].name == "keep-bars" and not _KEEPS.search(part.lower()):
            found = [_narrowed(o, part, operations[0].place, None) for o in found]
            continue  # "words, please, just the first 8 bars" keeps every bar
        if told is not None and place in (None, told[1]) and not WHOLE.search(part.lower()):
            moved = [of_told(o, told, part) for o in operations]
            if moved != operations and found and tells(found[-1]):
                found.pop()  # what it was found too low for
            found = _without_said(found, telling) if moved != operations else found
            operations = moved
        told = None
        if (
            note is not None
            and len(operations) == 1
            and operations[0].name in ("octave", "transpose")
        ):
            operations = [_of_note(operations[0], note, place or lasting, tune)]
        note = None
        if all(tells(o) for o in operations):  # a reason: what it is about is where the rest goes
            topic, spoken = place, _voice(part.lower(), tune)
            note = _note_told(part)
            told = picks_told(part, place, tune)
        lasting = place or lasting
        several = sections_named(part, tune) or ([] if here else topics)
        if rest and not here:
            several, whole = rest, False
        topics = [] if here or whole else topics
        if place is not None or len(several) > 1:
            operations = [
                replace(o, name="rewrite") if o.name in ("livelier", "calmer") else o
                for o in operations
            ]
        names = {o.name for o in operations}
        once = (names & ONE_PLACE and all(p.section for p in several)) or "swap-bars" in names
        if len(several) > 1 and not once:
            found += [
                _placed(replace(o, place=None) if len(operations) == 1 else o, p, None)
                for o in operations
                for p in (several if o.takes_bars else several[:1])
            ]
            continue
        found += [_placed(o, None if whole else place, wrong) for o in operations]
    return settled(_for_nobody(found), whole_text, tune)[:MOST_OPERATIONS]


def _for_nobody(found: list[Operation]) -> list[Operation]:
    """The changes without those that lean on a voice that is not there: "the left hand is too high, an octave down"."""
    first = next((n for n, o in enumerate(found) if o.name == "no-voice"), None)
    if first is None or not tells_of_hand(found[first].said.lower()):
        return found
    return [
        o for n, o in enumerate(found)
        if n <= first or o.name not in BY_VOICE or o.voice is not None or o.place is not None
    ]  # fmt: skip


def _without_said(found: list[Operation], part: str) -> list[Operation]:
    """The changes without what was left aside of a clause that has turned out to tell of notes."""
    return [o for o in found if o.values.get("said") not in (part, part.rstrip(" .,"))]


_KEEPS = re.compile(r"\b(?:keep|leave|separate|new (?:tune|piece))\b|留")
_THE_REST_OF_IT = re.compile(
    r"(?<!leave )(?<!keep )\b(?:the rest|the others|everywhere else|all other bars|the remaining bars|what (?:follows|comes (?:after|next)|remains|is left)|everything (?:after|that follows)|the bars after(?: that| it)?)\b(?! (?:alone|as|stays?|is fine|unchanged|untouched|the same))|(?:其余|剩下|其他)(?:的)?(?:小节|部分|地方)(?!.{0,3}(?:不|别|保持|照))"
)


def _others(tune: Tune, place: Place) -> Place | None:
    """What is left of the tune without the bars that were spoken of; None where that is in two pieces."""
    try:
        return rest_of(tune, place)
    except NoPlace:
        return None


_NOTE_TOLD = re.compile(
    r"(?P<zp>高音|低音|中音)(?P<zs>升|降)?(?P<z>[A-Ga-g])(?![A-Za-z])|\b(?P<p>high|top|low|bottom) (?P<e>[A-Ga-g])(?:[ -]?(?P<s>sharp|flat|#|b))?(?![A-Za-z'])(?! (?:major|minor|part|section))"
)


def _note_told(part: str) -> tuple[str, bool] | None:
    """The note that a clause tells of, and whether it is a high one: "the high F in bar 2 is out of reach"."""
    match = _NOTE_TOLD.search(in_letters(part))
    if match is None:
        return None
    sign = {"sharp": "#", "#": "#", "升": "#", "flat": "b", "b": "b", "降": "b"}.get(
        match["s"] or match["zs"] or "", ""
    )
    return (match["z"] or match["e"]).upper() + sign, (match["zp"] or match["p"]) in (
        "高音",
        "high",
        "top",
    )


def _of_note(
    operation: Operation, note: tuple[str, bool], place: Place | None, tune: Tune
) -> Operation:
    """A move by an octave of the one note that was told of, where it stands; other moves stay what they are."""
    name, high = note
    bars = [m for m in tune.measures if place is None or place.first <= m.number <= place.last]
    found = [
        n.written.octave for m in bars for e in m.events for n in e.notes
        if n.written.step == name[0] and (len(name) == 1 or round(n.written.alter) == {"#": 1, "b": -1}[name[1]])
    ]  # fmt: skip
    if not found or operation.name != "octave" or abs(int(operation.values["octaves"])) != 1:
        return operation
    octave = max(found) if high else min(found)
    to = "octave-up" if operation.values["octaves"] == "1" else "octave-down"
    return replace(
        operation, name="alter-notes", values={"to": to, "name": f"{name}{octave}"}, place=place
    )


_ONLY = re.compile(r"\b(?:only|just|alone)\b|只|仅")
_PURPOSE = re.compile(
    r"(?:i'?m|i am|we'?re|we are|he'?s|she'?s|they'?re)? ?(?:still |just |only )?(?:working out|figuring out|deciding|wondering|planning|thinking about|trying to (?:work out|figure out|decide|understand|find out)|not sure|don'?t know) (?:where|how|what|when|which|whether|if)\b|(?:so (?:that )?(?:i|we|they|he|she|my \w+|the \w+) (?:can|could|may|will)\b)|我(?:要|想)?(?:拿去?|好)?给(?:学生|孩子|他们)|好让|让(?:学生|孩子|他们)自己"
)
"""What a change is for: no change of its own."""
_EVERY_VOICE = re.compile(
    r"\W*(?:in |for |with |and |of )*(?:both|all|all the|the two|every|each)(?: of the)? (?:hands?|voices?|parts?|lines?|players?|staves)(?: please| together| too)*\W*|(?:两只手|双手|两手|所有声部|各声部|全部声部|每个声部)(?:都|一起|全)?(?:要|改|移|这样)?(?:吧)?\W*"
)
_SO_THAT = re.compile(
    r"(?<=\w),? so (?:that )?(?!it goes [A-H]\b)(?:it|they|we|i|he|she|everyone|people|the (?:kids|children|students|class|choir|band|singers?|audience))\b(?![^.;]*(?:\d|\bbars?\b|\bnotes?\b|\bonly\b))[^.;]*$",
    re.IGNORECASE,
)
"""What a change is for, at the end of a clause: "a little different so it's not just a copy"."""
_REASON = re.compile(r"\b(?:because|since|so that|too|is|are|was|sounds?)\b|太|因为|所以")


def _pointed(
    part: str, operations: list[Operation], found: list[Operation], lasting: Place | None, around: Around
) -> Place | None:  # fmt: skip
    """The bars of a clause that names none: those that it points at."""
    lower = part.lower()
    elliptic = len(part.split()) <= 2 and part.isascii() and bool(found)
    if found and _MORE_SO.fullmatch(part) and operations[0].name in _THERE_TOO:
        elliptic = True
    if THEM.search(lower) or elliptic:
        return lasting or around.focus or _selected(around.selection)
    if lasting and (not found or operations[0].name == "hairpin" or operations[0].name in PICKED):
        return lasting  # "bars 13-16 piano, then fade away"
    if around.selection is not None:
        return _selected(around.selection)
    if (
        around.asked
        and operations[0].name in POINTS
        and re.search(r"\b(?:it|that|this)\b|它|这段|那段", lower)
    ):
        return around.asked
    return None


_THERE_TOO = frozenset((
    "louder", "quieter", "dynamic", "swing", "add-ornaments", "slur", "octave", "transpose", "simplify", "hairpin", "rewrite",
))  # fmt: skip
_MORE_SO = re.compile(r"(?:也|再|更|要|稍微|并且)?[^,.;整全它曲这首]{1,5}[\s.,!]*")
"""A short Chinese clause after a change of some bars is about the same bars: 改得高一点,更有气势."""


def _of_it(part: str, place: Place | None) -> str:
    """The clause with "of it" said as the bars that were spoken of before: "the first four bars of it"."""
    if place is None or not re.search(r"\b(?:of|in) (?:it|that|them)\b", part.lower()):
        return part
    inner = places_within.split(part.lower())
    bars = places_within.inside(inner[0], place.first, place.last) if inner else None
    return f"bars {bars[0]}-{bars[1]}" if bars else part


_BARE_NUMBERS = re.compile(
    r"^(?P<and>(?:and |then |but )*)(?P<n>\d+(?: ?- ?\d+| to \d+)?)(?= (?:p+|f+|m[pf]|piano|forte|loud|soft|quiet|staccato|legato|slurred|minor|major|up|down|an octave|should|as|is|are|with|without|again|too|also|tied|repeated|slower|faster)\b)"
)


def _with_noun(part: str, before: str) -> str:
    """Numbers behind a clause of bars are bars: "bars 1-2 loud, 3-4 soft"."""
    if not re.search(r"\b(?:bars?|measures?) \d", before.lower()):
        return part
    return _BARE_NUMBERS.sub(lambda m: f"{m['and']}bars {m['n']}", part)


MOST_WORDS_OF_A_PLACE = 7


def _only_where(part: str) -> bool:
    """Whether a clause says where a change before it goes, and no new thing: "only in the second half", 到第8小节."""
    if (
        _REASON.search(part.lower())
        or _BESIDES.match(part.lower())
        or _A_LEVEL.search(part.lower())
    ):
        return False
    words = len(part.split()) if part.isascii() else len(part) / 2
    return (
        names_bars_only(part)
        or _ONLY.search(part.lower()) is not None
        or words <= MOST_WORDS_OF_A_PLACE
    )


_A_LEVEL = re.compile(r"\b(?:ppp?|mp|mf|fff?|p|f|piano|forte|loud|soft|quiet)\W*$")
_BESIDES = re.compile(
    r"\W*(?:also|besides|plus|and also|another thing|oh and)\b|\W*(?:另外|还有|此外|并且|对了)"
)
_UNTIL = re.compile(r"\W*(?:and )?(?:up to|until|till|through|as far as|to)\b|^(?:一?直)?到")


def _narrowed(
    operation: Operation, part: str, place: Place | None, wrong: NoPlace | None
) -> Operation:
    """A change at the bars of a clause that only says where; "only" narrows bars that were named before."""
    only = re.search(r"\b(?:only|just)\b|只|仅", part.lower())
    before = operation.place
    if (
        before is not None
        and place is not None
        and _UNTIL.match(part.lower())
        and before.first <= place.last
    ):
        return replace(operation, place=Place(before.first, place.last))
    if operation.name == "write-words" and place is not None and before is None:
        return replace(operation, place=place)  # "words, please. Part A only."
    if before is None:
        return _placed(operation, place, wrong)
    if only and place is not None and before.first <= place.first <= place.last <= before.last:
        return replace(operation, place=place)
    return operation


def _done(found: list[Operation]) -> list[Operation]:
    """Without what was only left aside."""
    return [o for o in found if o.name != "left-aside"]


_ORDER = re.compile(
    r"^(?:please |could you |can you |now |and |ok,? )*(?:(?:make|let|have|change|turn|give|do|try|work on|fix)\b|改|让|把|给)"
)


def free_wish(text: str, tune: Tune, selection: tuple[int, int] | None = None) -> list[Operation]:
    """A wish for some bars that no rule knows ("make the last bar lead back to the start") is a free one."""
    text = spelled(normalise(text)).strip()
    lower = text.lower()
    if not _ORDER.search(lower) or lower.endswith("?"):
        return []
    place, wrong = bars_of(text, tune)
    if wrong is not None:
        return [Operation("rewrite", {}, None, wrong, text)]
    if place is None and re.search(r"\b(?:this|these|here|them)\b|这里|这段|这几", lower):
        place = _selected(selection)
    return [Operation("rewrite", {}, place, None, text)] if place else []


_VERB = re.compile(
    r"^(?:please |now |can you |could you |and )*(?:(remove|delete|add|drop|take away|take out|put|insert|use|mark|play)\b|(?P<give>gimme|give (?:me|us|it))\b)"
)


def _with_verb(part: str, before: str, tune: Tune, around: Around) -> list[Operation]:
    """A clause that leans on the verb of the one before: "remove the words | and the chords"."""
    verb = _VERB.match(before.lower())
    return _of_clause(f"{verb[1] or 'add'} {part}", tune, around) if verb else []


def _selected(selection: tuple[int, int] | None) -> Place | None:
    return Place(*selection, name="selection") if selection else None


def _placed(operation: Operation, place: Place | None, wrong: NoPlace | None) -> Operation:
    if operation.name == "write-words" and place is not None and place.name == "added":
        return replace(operation, place=place)  # words for the bars that are new
    if not operation.takes_bars:
        return operation
    if operation.place is not None:
        return operation
    return replace(operation, place=place, wrong=wrong)


def placed_by(operation: Operation, part: str, tune: Tune, around: Around) -> Operation:
    """A change of one clause at the bars that the clause names or points at."""
    place, wrong = bars_of(part, tune)
    place = place or new_bars(part, around.new) or hardest(part, tune, around.focus)
    whole = place is None and WHOLE.search(part.lower()) is not None
    if place is None and not whole and not wrong:
        place = _pointed(part, [operation], [], None, around)
    operation = _placed(operation, None if whole else place, wrong)
    if operation.name in BY_VOICE:
        operation = replace(operation, voice=_voice(part.lower(), tune))
    return operation


_MORE_BARS = re.compile(
    r"\s*(?:bars? |measures? |第)?\d+(?:小节)?(?: (?:completely|entirely|altogether|please|too|as well|out|again))?[\s.!]*"
)


def _joined(text: str, tune: Tune, around: Around) -> list[str]:
    """The clauses of a message, joined again where cutting took a change apart ("swap bars 1 | and 2",
    "with I, | IV | and V", "call it Rock | and Roll").
    """
    spans: list[tuple[int, int]] = []
    anchor = -1  # the last span that has a change of its own
    for start, end in clauses(text):
        own = _of_clause(text[start:end], tune, around)
        if own:
            anchor = len(spans)
        elif anchor >= 0 and _MORE_BARS.fullmatch(text[start:end]):
            spans[anchor:] = [(spans[anchor][0], end)]  # "bars 3 | and 4"
            continue
        elif (
            anchor >= 0
            and len(spans) > anchor + 1
            and _of_clause(text[spans[anchor + 1][0] : end], tune, around)
        ):
            spans[anchor + 1 :] = [
                (spans[anchor + 1][0], end)
            ]  # "leave the intro | and the ending alone"
            anchor = len(spans) - 1
            continue
        elif anchor >= 0:
            first = spans[anchor][0]
            before, both = (
                _of_clause(text[first:stop], tune, around) for stop in (spans[anchor][1], end)
            )
            if both and [(o.name, o.values) for o in both] != [(o.name, o.values) for o in before]:
                spans[anchor:] = [(first, end)]
                continue
        elif spans and _of_clause(text[spans[0][0] : end], tune, around):
            spans, anchor = [(spans[0][0], end)], 0
            continue
        spans.append((start, end))
    return [text[a:b].strip() for a, b in spans]


BY_VOICE = PICKED | {
    "pentatonic",
    "transpose",
    "transpose-diatonic",
    "octave",
    "dynamic",
    "louder",
    "quieter",
    "simplify-rhythm",
    "add-ornaments",
    "remove-ornaments",
    "swing",
    "straighten",
    "in-notes",
    "embellish",
    "repeat-notes",
    "hairpin",
    "rewrite",
    "limit-range",
    "smooth",
    "fill-leaps",
    "slur",
    "mark-notes",
    "alter-notes",
    "simplify",
    "play-on",
    "split-note",
    "note-length",
}
"""Changes that can be made for the bars of one voice."""


_SOUNDS = frozenset(
    (
        "tempo",
        "tempo-by",
        "feel",
        "louder",
        "quieter",
        "dynamic",
        "octave",
        "transpose",
        "hairpin",
        "slow-down",
    )
)
_ONE_TIME = re.compile(
    r"\b(?:second|first|third|last|2nd|1st) time(?: through| around| round)?\b(?! (?:bar|ending))|\bon the repeat\b|第[一二两三]遍"
)
_QUOTE = re.compile(r'"[^"]*"')
LONG_QUOTE = 3
"""So many words between quotes ask for nothing themselves."""


def _without_quotes(lower: str) -> str:
    return _QUOTE.sub(lambda m: '"…"' if len(m[0].split()) >= LONG_QUOTE else m[0], lower)


def _of_clause(part: str, tune: Tune, around: Around) -> list[Operation]:
    """The operations of one clause: each rule takes the words it has read, so that none is read twice."""
    lower = in_digits(_without_quotes(part.lower()))
    clause = Clause(part, lower, tune, None, around.selection, around.asked or around.focus)
    found: list[Operation] = []
    for rule in RULES:
        match = rule.pattern.search(clause.lower)
        if match is None or (rule.alone and found):
            continue
        values = rule.read(match, clause)
        if values is None:
            continue
        if (values.get("") or rule.name) in _SOUNDS and (time := _ONE_TIME.search(part.lower())):
            first = re.search(r"first|1st|一", time[0]) is not None  # see `agreed`
            values["time"] = "1" if first else "2"
        place = clause.place
        clause.place = None
        name = values.pop("", rule.name)
        voice = values.pop("of", None) if name == "play-on" else None
        if voice is None and name in BY_VOICE - {"play-on"}:
            voice = _voice(part.lower(), tune)
        if voice is None and name in BY_VOICE and (said := missing_voice(tune, part.lower())):
            name, values, place = "no-voice", {"said": said}, None
        found.append(Operation(name, values, place, said=part, voice=voice))
        clause.take(match)
        if not rule.more:
            break
    return found


def _voice(lower: str, tune: Tune) -> str | None:
    """The voice that a clause is about, in a tune of several."""
    if len(tune.voices) < 2 or all_voices(tune, lower):
        return None
    return voice_named(tune, lower) or voice_meant(tune, lower)
