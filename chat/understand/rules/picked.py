"""How people pick out single notes and rests, and what is to happen with them: gone, swapped, joined, tied, moved, marked.

A clause is one of these only if it says both: which notes ("the last two notes", "the D", "note 3", 第二个音, 最后两个音) and
what with them. `picking.picks` finds the notes, the readers here what happens. The words of a pick are those of `abc_tools.edit.picked`.
What it does not know: a note that becomes another by its number (`notes`), a length by number (`exact`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from fractions import Fraction

from abc_tools import numbers
from chat.understand.rules.base import ADD, REMOVE, Clause, N, Rule, rule
from chat.understand.rules.notes import note_names
from chat.understand.rules.picking import (
    NAME_SMALL,
    PART_OR_CHORD,
    REST,
    picked_notes,
    picks,
    sign_of,
)
from chat.understand.text import in_letters


def gone(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Notes that go: the word for it stands right before or behind them; a clause about something else is none."""
    found = picks(clause)
    if not found or _NOT_NOTES.search(clause.lower):
        return None
    lower = in_letters(clause.text).lower()
    before, behind = lower[: found[0][1][0]], lower[found[0][1][1] :]
    if not _GOES_BEFORE.search(before) and not _GOES_BEHIND.match(behind):
        return None
    return picked_notes(clause)


_GOES_BEFORE = re.compile(
    rf"(?:{REMOVE}|取消)[^,.;]{{0,3}}\s*(?:(?:the|that|those|these|this|all|of|out|every|each|just|only|both|bars?|measures?|\d+|'s|in|第.{{1,3}}小节的?|里的?|中的?|左手|右手)\s*)*$"
)
_GOES_BEHIND = re.compile(
    rf"[^,.;]{{0,24}}?(?:(?:is|be|gets?|got|should be|can be|can go|must go) )?\b(?:dropped|removed|deleted|gone|taken out|left out|cut out|out|omitted|(?:should|can|must|has to) go)\b(?! (?:up|down|to|higher|lower|back|in|on)\b)|[^,.;]{{0,6}}(?:都|也|给我|全|全部)?(?:{REMOVE})"
)


_NOT_NOTES = re.compile(
    r"\b(?:trills?|fermatas?|accents?|staccat\w*|slurs?|ornaments?|grace|words?|lyrics|syllables?|ties?|tied|dots?|mordents?|signs?|marks?|rests?|bars?(?! ?\d)|measures?(?! ?\d)|breath\w*|dynamics?|repeats?|octaves?|sharps?|flats?|voice|part|section|half|line)\b|颤音|延长|记号|歌?词|连线|装饰|休止|声部|升号|降号|小节(?:都|全)?(?:删|去)"
)


def to_rest(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Notes that become rests."""
    plain = REST.sub(" ", clause.text.lower())
    inner = Clause(plain, plain, clause.tune, None, clause.selection, clause.focus)
    values = picked_notes(inner)
    clause.place = inner.place
    return values


def exchanged(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Two notes that change places, by their numbers."""
    values = picked_notes(clause, 2)
    if (
        values is None
        or len(values["pick"].split()) != 2
        or not values["pick"].lstrip("-")[0].isdigit()
    ):
        return None
    return values


def joined(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Neighbours that become one."""
    return picked_notes(clause, 2)


_ACROSS = re.compile(
    rf"\b(?:last|final) (?:note )?(?:of|in) (?:bar|measure) (?P<a>\d+) (?:to|and|with|over to|into) (?:the )?(?:first|next|opening)?[^.;]{{0,16}}?(?:bar|measure) (?P<b>\d+)|\bacross (?:the )?(?:bar ?line|bars?)\b[^.;]{{0,16}}?(?P<c>\d+)(?: ?- ?| and | to | into )(?P<d>\d+)|\b(?:bar|measure) (?P<e>\d+) (?:in)?to (?:bar )?(?P<f>\d+)"
    rf"|第(?P<za>{N})小节(?:的)?最后(?:一个|那个)?[^,.;]{{0,4}}?(?:音)?(?:和|与|跟|到)第(?P<zb>{N})小节"
)


def tied(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Two notes tied: those that are picked, or the last of a bar and the first of the next."""
    text = in_letters(clause.text).lower()
    if across := _ACROSS.search(text):
        ends = [numbers.value(g) or 0 for g in across.groups() if g]
        if len(ends) == 2 and ends[1] == ends[0] + 1:
            clause.place = clause.bars_in(f"bars {ends[0]}-{ends[1]}")
            return {} if clause.place else None
    values = picked_notes(clause, 2)
    return values if values and clause.place else None


_A = r"(?<!that )(?<!this )\b(?:an?|one|by|another) (?:single |whole |full )?"
_SIZES = (
    ("semitones", 1, r"\b(?:semi-?tone|half[- ]?(?:a )?(?:step|tone))\b|半音|半个音"), ("semitones", 2, r"\bwhole[- ](?:step|tone)\b|\bfull tone\b|\b(?:an?|one|by) tone\b|全音"),
    ("semitones", 3, r"\bminor (?:third|3rd)\b|小三度"), ("semitones", 4, r"\bmajor (?:third|3rd)\b|大三度"), ("semitones", 5, r"\bperfect (?:fourth|4th)\b|纯四度"),
    ("semitones", 7, r"\bperfect (?:fifth|5th)\b|纯五度"), ("semitones", 2, r"\bmajor (?:second|2nd)\b|大二度"), ("semitones", 1, r"\bminor (?:second|2nd)\b|小二度"),
    ("steps", 1, _A + r"(?:step|second|2nd|degree|note)\b(?! (?:of|in|long))|一度|二度|一级|一个音(?!符)"), ("steps", 2, _A + r"(?:third|3rd)\b|三度"), ("steps", 3, _A + r"(?:fourth|4th)\b|四度"),
    ("steps", 4, _A + r"(?:fifth|5th)\b|五度"), ("steps", 5, _A + r"(?:sixth|6th)\b|六度"), ("steps", 6, _A + r"(?:seventh|7th)\b|七度"), ("octaves", 1, r"\boctave\b|八度"),
)  # fmt: skip
_UP = re.compile(r"\b(?:up|raise|higher|above|lift)\b|升|提高|高|往上|向上|翻高")
_DOWN = re.compile(r"\b(?:down|lower|below|drop)\b|降|低|往下|向下")


def interval_in(lower: str) -> tuple[str, int] | None:
    """The interval by which something is to move, as steps, semitones or octaves; None where none is said."""
    up, down = _UP.search(lower), _DOWN.search(lower)
    size = next(((kind, n) for kind, n, words in _SIZES if re.search(words, lower)), None)
    if size is None or (up is None and down is None):
        return None
    way = 1 if up and (not down or up.start() < down.start()) else -1
    return size[0], way * size[1]


def shifted(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Notes that move by an interval that is named."""
    if _NOT_MOVED.search(clause.lower):
        return None
    values = picked_notes(clause)
    if values is None:
        return None
    first = values["pick"].split()[0]
    text = in_letters(clause.text).lower()
    spans = [span for _, span in picks(clause)]
    where = text[: spans[0][0]] + " " + text[spans[0][1] :]
    moved = interval_in(where)
    if moved is None:
        return None
    kind, way, count = moved[0], 1 if moved[1] > 0 else -1, abs(moved[1])
    alone = " " not in values["pick"]
    if (
        alone
        and re.fullmatch(r"-?\d+", first)
        and (kind, count) in (("octaves", 1), ("semitones", 1))
    ):
        return None  # `notes` knows these
    if (
        alone
        and not first.startswith(("sung:", "span:", "not:"))
        and (kind, count) in (("octaves", 1), ("semitones", 1))
    ):
        return None
    if kind == "octaves":
        return values | {"semitones": str(12 * way)}
    return values | {kind: str(way * count)}


_NOT_MOVED = re.compile(
    r"\b(?:can'?t|cannot|can not|unable|reach|harmony|voice|slur|copy|repeat|sequence|so that|until)\b|声部|模进|复制"
)


def renamed(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Several notes at once made others, a name for each."""
    values = picked_notes(clause, 2)
    if values is None or not values["pick"].lstrip("-")[0].isdigit():
        return None
    text = in_letters(clause.text)
    end = picks(clause)[0][1][1]
    names = [name for at, name in note_names(text) if at >= end]
    if not names:
        tail = re.search(
            r"(?:to|into|be|become|as|改成|换成|改为|变成)\s*:?\s*((?:[A-Ga-g][#b]?[\s,and和]*)+)[.!]*$",
            text,
        )
        names = (
            [
                n.upper() if len(n) == 1 else n[0].upper() + n[1:]
                for n in re.findall(r"(?<![A-Za-z])[A-Ga-g][#b]?(?![A-Za-z])", tail[1])
            ]
            if tail
            else []
        )
    return values | {"to": " ".join(names)} if len(names) == len(values["pick"].split()) else None


_SIGN = re.compile(
    r"\b(?:an?|the|its|one|missing) (?P<en>sharp|flat|natural)(?: signs?)?\b(?! (?:key|major|minor|note|version|part))|(?P<zh>升|降|还原)(?:号|记号)"
)
_SIGNS = {"sharp": "#", "升": "#", "flat": "b", "降": "b", "natural": "=", "还原": "="}


def signed(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A sharp, flat or natural put before notes: "the F in bar 3 needs a natural", 第二小节最后一个音加降号."""
    found = _SIGN.search(clause.lower)
    if found is None or re.search(
        rf"\bkey\b|调号|\btwo|\bthree|(?:{REMOVE})[^.;]*$", clause.lower[: found.start()]
    ):
        return None
    text = clause.text
    bare = text[: found.start()] + " " * len(found[0]) + text[found.end() :]
    bare = re.sub(r"(?<=[\u4e00-\u9fff])([a-gA-G])(?=前面?|上面?)", r"那个\1", bare)
    clause.text = re.sub(r"\bthe ([a-gA-G])\b", lambda m: f"the {m[1].upper()}", bare)
    values = picked_notes(clause)
    clause.text = text
    return values and values | {"to": _SIGNS[found["en"] or found["zh"]]}


_MARKS = (
    ("trill", r"\btrills?\b|颤音"), ("mordent", r"\bmordents?\b|波音"), ("turn", r"\ba turn\b|\bturn (?:on|sign|over)\b|回音"), ("fermata", r"\bfermata\b|\bpause\b|延长记号"),
    ("staccato", r"\bstaccato\b|\bdots?\b|跳音|断奏|顿音"), ("accent", r"\baccent(?:ed|s)?\b|重音"), ("tenuto", r"\btenuto\b|保持音"), ("breath", r"\bbreath\b|换气"),
    ("tremolo", r"\btremolo\b|摇指|震音|轮指|轮音|滚奏"), ("upbow", r"\bup-?bow\b|上弓"), ("downbow", r"\bdown-?bow\b|下弓"), ("slide", r"\bslide\b|滑音"),
)  # fmt: skip


def marked(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A sign on the notes that are meant."""
    sign = next((name for name, words in _MARKS if re.search(words, clause.lower)), "")
    if not sign or re.search(rf"(?:{REMOVE})", clause.lower[: match.end()]):
        return None
    if re.search(
        r"\b(?:each|every|all)\b[^.;]{0,12}\b(?:note|bar|phrase|line)s?\b|每|各", clause.lower
    ):
        return None  # `signs` knows these
    values = picked_notes(clause)
    if values is None or (
        sign == "staccato" and "dot" in clause.lower and not re.search(r"staccato", clause.lower)
    ):
        return None
    if sign in ("fermata", "breath") and values["pick"] == "-1" and clause.place is None:
        return None
    return values | {"sign": sign}


_VALUE = r"(?P<{0}dot>dotted |附点)?(?P<{0}v>whole|half|quarter|eighth|sixteenth|minim|crotchet|(?<!semi)quaver|semiquaver|semibreve|全|二分|四分|八分|十六分)(?:s)?(?:[- ]?notes?|音符)?"
SIZE = {
    "whole": "1", "semibreve": "1", "全": "1", "half": "1/2", "minim": "1/2", "二分": "1/2", "quarter": "1/4",
    "crotchet": "1/4", "四分": "1/4", "eighth": "1/8", "quaver": "1/8", "八分": "1/8", "sixteenth": "1/16",
    "semiquaver": "1/16", "十六分": "1/16",
}  # fmt: skip
_A_VALUE = re.compile(
    r"(?:\b(?:to|into|be|becomes?|as|for|a|an|make|last)\b(?: an?| one| just a)? |(?:改|变|换|延长|缩短|拉长|写|延)(?:成|为|到)(?:一个)?)"
    + _VALUE.format("a")
)


def sized(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Notes of a name, or on a beat, and how long they are to be."""
    found = _A_VALUE.search(in_letters(clause.text).lower())
    values = picked_notes(clause)
    if found is None or values is None or re.search(r"\b(?:split|cut|break)\b|拆", clause.lower):
        return None
    if (
        re.fullmatch(r"-?\d+", values["pick"])
        or values["pick"] == "long"
        or (clause.place is None and "sung:" not in values["pick"])
    ):
        return None  # `exact` knows these
    if re.search(r"\b(?:trill|triplet|rest)s?\b|三连音|休止", clause.lower):
        return None
    length = Fraction(SIZE[found["av"]]) * (Fraction(3, 2) if found["adot"] else 1)
    return values | {"length": str(length)}


def filled(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A note held to the end of its bar: the last one, unless another is said."""
    if re.search(r"\bscale\b|\bnotes\b|\brun\b|音阶", clause.lower):
        return None
    found = picks(clause)
    numbered = found and re.fullmatch(r"-?\d+", found[0][0])
    values = picked_notes(clause) if numbered else {"pick": "-1"}
    if values is None or " " in values["pick"]:
        return None
    if not numbered:
        clause.place = clause.bars_in(clause.lower) or clause.pointed()
        at_end = re.search(r"\b(?:at the end|last|final|ending)\b|最后|末尾|结尾", clause.lower)
        if clause.place is None or (
            at_end and not re.search(r"\b(?:bar|measure) \d|第.{1,3}小节", clause.lower)
        ):
            end = clause.tune.bar_count
            clause.place = clause.bars_in(f"bar {end}") if at_end else clause.place
        if clause.place is None or clause.place.first != clause.place.last:
            return None
    return values | {"fill": "yes"}


_LENGTHS = (("1/16", r"sixteenths?|semiquavers?|十六分"), ("1/8", r"eighths?|(?<!semi)quavers?|八分"), ("1/4", r"quarters?|crotchets?|四分"), ("1/2", r"minims?|half notes|二分"))  # fmt: skip


def rests_filled(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Rests that become notes: of which length, and which way they go."""
    clause.place = clause.bars_in(clause.lower) or clause.pointed()
    if clause.place is None or re.search(
        r"\b(?:hold|holding|held|sustain|ring|longer|drum|chord)\b|延长|保持|拖长", clause.lower
    ):
        return None
    values = {}
    if length := next((v for v, words in _LENGTHS if re.search(words, clause.lower)), ""):
        values["length"] = length
    if re.search(r"\b(?:rising|upwards?|ascending|up|climb\w*)\b|上行|向上|往上", clause.lower):
        values["way"] = "1"
    elif re.search(r"\b(?:falling|downwards?|descending|down)\b|下行|向下|往下", clause.lower):
        values["way"] = "-1"
    return values


_SOUND = r"[A-G](?:#|b|♯|♭)?"
_BAR_NOTES = re.compile(
    rf"(?:should be|should go|to be|be|is|are|goes?|go|reads?|to read|to|into|as|with|=|:|改成|换成|改为|写成|变成|是|应该是)\s*(?:the )?(?:notes? |音(?:符)?)?:?\s*(?P<n>{_SOUND}(?:\s*[-,和]?\s*(?:and )?{_SOUND})+)(?![A-Za-z0-9])(?: please|就好|吧|即可)?[.!]*$"
)


def bar_notes(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The notes of a bar, by name."""
    text = in_letters(clause.text).strip()
    found = _BAR_NOTES.search(text)
    if (
        found is None
        or PART_OR_CHORD.search(clause.lower)
        or re.search(
            r"\bnotes?\b.*\b(?:first|last|two)\b|个音|拍|\bbeat|\b(?:first|last|two|second|third) ",
            text[: found.start()].lower(),
        )
    ):
        return None
    names = re.findall(_SOUND, found["n"].replace("♯", "#").replace("♭", "b"))
    clause.place = clause.bars_in(text[: found.start()].lower())
    if len(names) < 3 or clause.place is None or clause.place.first != clause.place.last:
        return None
    if re.search(r"\b(?:swap|exchange|instead|from|every|all)\b", clause.lower):
        return None
    return {"notes": " ".join(names)}


_ONE_LONG = re.compile(
    r"\b(?:one|a|single|just(?: one| a)?|only(?: one| a)?)(?: one| a| single| big)* (?:long|whole|held|sustained|single|semibreve|whole-bar)(?: whole| long| note| semibreve)* ?(?:note )?(?:on )?(?P<n>[A-Ga-g](?:[ -]?(?:sharp|flat)|#|b)?)(?![A-Za-z'])|\b(?:whole note|semibreve|long note)s? (?:on |of )?(?P<m>[A-Ga-g](?:[ -]?(?:sharp|flat)|#|b)?)(?![A-Za-z'])"
    r"|(?:一个|一整个|只要一个|就一个)(?:全音符|长音|长的|长)(?:的)?(?P<zs>升|降)?(?P<z>[A-Ga-g])(?![A-Za-z])(?:音)?|(?:一个|整小节的?)(?P<zt>升|降)?(?P<y>[A-Ga-g])(?:的)?(?:长音|全音符)"
)


def one_long(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A bar of one note."""
    found = _ONE_LONG.search(in_letters(clause.text))
    if found is None:
        return None
    said = next(found[g] for g in ("n", "m", "z", "y") if found[g])
    sign = {"升": "#", "降": "b"}.get(found["zs"] or found["zt"] or "", "")
    sign = sign or {"sharp": "#", "flat": "b", "#": "#", "b": "b"}.get(
        re.sub(r"^.[ -]?", "", said), ""
    )
    clause.place = clause.bars_in(clause.lower)
    if clause.place is None or clause.place.first != clause.place.last:
        return None
    return {"notes": said[0].upper() + sign}


_NOTE_AND_REST = re.compile(
    _VALUE.format("a")
    + r"(?:\s*(?:加|和|\+|plus|and|then|followed by)(?: an?)?\s*(?:一个)?)"
    + _VALUE.format("b")
    + r"?\s*(?:(?:休止符?)|rests?\b)"
)


def note_and_rest(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A bar of one note and a rest: as long as they are said."""
    found = _NOTE_AND_REST.search(clause.lower)
    clause.place = clause.bars_in(clause.lower)
    if found is None or clause.place is None or clause.place.first != clause.place.last:
        return None
    lengths = [
        Fraction(SIZE[found[f"{n}v"]]) * (Fraction(3, 2) if found[f"{n}dot"] else 1)
        for n in "ab" if found[f"{n}v"]
    ]  # fmt: skip
    return {"lengths": " ".join(map(str, lengths)), "rest": "last"} if len(lengths) == 2 else None


def rhythm_of(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The lengths of a bar's notes, in order."""
    lower = clause.lower[match.end() :]
    found = list(re.finditer(_VALUE.format("a"), lower))
    lengths: list[Fraction] = []
    for one in found:
        length = Fraction(SIZE[one["av"]]) * (Fraction(3, 2) if one["adot"] else 1)
        before = re.search(rf"({N})\s*(?:个)?\s*$", lower[: one.start()])
        lengths += [length] * ((numbers.value(before[1]) or 1) if before else 1)
    clause.place = clause.bars_in(clause.lower[: match.end()])
    if len(lengths) < 2 or clause.place is None or clause.place.first != clause.place.last:
        return None
    return {"lengths": " ".join(map(str, lengths))}


def triplets(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """Triplets that become one note each."""
    clause.place = clause.bars_in(clause.lower)
    return {}


_EVERYWHERE = re.compile(
    rf"\b(?:every|each|all(?: of)?(?: the| those)?|any|the) (?P<a>{NAME_SMALL})(?:'?s)? (?:(?:note|in|of|the|tune|song|throughout|everywhere)s? ?)*(?:should be|to be|must be|becomes?|be|into|to|for|with)(?: made)?(?: an?| the)?(?P<plain> plain| ordinary| natural)? (?P<b>{NAME_SMALL})(?P<nat> natural)?(?![a-z'#])(?! (?:major|minor|chord))"
    rf"|(?<![a-z])(?P<c>{NAME_SMALL}) becomes (?:an? )?(?P<d>{NAME_SMALL})(?![a-z'#])(?! (?:major|minor))"
    r"|(?:所有的?|全部的?|每个|凡是)(?P<zs>升|降)?(?P<z>[a-g])(?:音)?(?:都|全|统统)?(?:改|换|变)(?:成|为)(?P<zt>升|降|还原)?(?P<y>[a-g])(?![a-z])"
)


def everywhere(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """One note for another wherever it stands in the bars that are named, or in the tune."""
    text = in_letters(clause.text).lower()
    found = _EVERYWHERE.search(text)
    if found is None or PART_OR_CHORD.search(clause.lower):
        return None
    if found["z"]:
        signs = {"升": "#", "降": "b", "还原": "=", None: ""}
        old, new = found["z"].upper() + signs[found["zs"]], found["y"].upper() + signs[found["zt"]]
    else:
        said, to = found["a"] or found["c"], found["b"] or found["d"]
        if (
            found["a"]
            and re.match(r"the [a-g]\b(?!')", found[0])
            and not found[0].startswith(f"the {said}s")
        ):
            return None  # one note: `notes` knows it
        old, new = said[0].upper() + sign_of(said), to[0].upper() + sign_of(to)
        if (found["plain"] or found["nat"]) and not sign_of(to):
            new += "="
    clause.place = clause.bars_in(text.replace(found[0], " "))
    return {"to": new, "name": old} if old != new else None


_LOWER = re.compile(
    r"\b(?:to|for|with|by|into)\b (?:something|another note|a note|one|anything|some(?:thing)? other note)(?: that(?:'s| is))? (?P<way>lower|higher|else|easier|different)|(?:换|改)(?:成|为)(?:一个|个)?(?:别的|其他的?|(?P<zl>低)一?点?的?|(?P<zh>高)一?点?的?)音?"
)


def another(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Notes for which any neighbour will do: "change the Bs to something lower"."""
    found = _LOWER.search(clause.lower)
    values = picked_notes(clause)
    if found is None or values is None:
        return None
    higher = found["way"] == "higher" or found["zh"]
    return values | {"steps": "1" if higher else "-1"}


_OUT = r"\b(?:is|be|gets?|got|should be|can be)? ?(?:dropped|removed|deleted|gone|taken out|left out|cut|out|omitted)\b"


def five_notes(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A tune that shall have only the five notes of its scale; a new tune is none of that."""
    if re.search(
        r"\b(?:compose|new (?:tune|song|piece)|improvis\w*|run|runs|lick)\b|一首|作曲|什么",
        clause.lower,
    ):
        return None
    clause.place = clause.bars_in(clause.lower)
    return {}


_FIVE = r"\b(?:make|turn|change|convert|rewrite|put|into|only|just|stick to|use)\b[^.;]{0,40}\bpentatonic\b|\bpentatonic (?:only|version|please)\b|(?:改|变|换|写|用|转)(?:成|为|到)?[^,.;]{0,4}五声|^五声"
RULES: tuple[Rule, ...] = (
    rule("pentatonic", _FIVE, five_notes),
    rule(
        "one-for-triplet",
        r"\b(?:turn|make|change|replace|can|could|convert|simplify)\b[^.;]{0,16}\btriplets?\b[^.;]{0,30}\b(?:single|one|plain|simple)\b[^.;]{0,12}\b(?:crotchets?|quarters?|notes?)\b|三连音[^,.;]{0,12}(?:一个|单个|只留|只弹)[^,.;]{0,6}(?:四分|音)",
        triplets,
    ),
    rule(
        "bar-rhythm",
        r"\brhythm (?:of|in) (?:bar|measure) \d+[^.;]{0,8}?(?:to|into|should be|=|:|as)|\b(?:bar|measure) \d+(?:'s)? rhythm[^.;]{0,10}?(?:to|into|be|should be|as|:)|\b(?:bar|measure) \d+[^.;]{0,20}\b(?:in|with|to) (?:the |this |a )?rhythm\b:?|第[^,.;]{1,4}小节(?:的)?节奏(?:改|换|变)(?:成|为)",
        rhythm_of,
    ),
    rule("bar-rhythm", _NOTE_AND_REST.pattern, note_and_rest),
    rule(
        "fill-rests",
        r"\b(?:fill|replace|use|swap)\b[^.;]{0,24}\b(?:rests?|silences?|gap|empty (?:beats?|bit|half))\b|\brests?\b[^.;]{0,30}\b(?:fill(?:ed)?|replace (?:them|it)|replaced)\b|\b(?:put|add|write)\b[^.;]{0,30}\b(?:in|into|instead of|in place of|over|during) (?:the |that |those )?(?:rests?|gap|empty beats?)\b|(?:休止|空拍|空(?:着|的|白))[^,.;]{0,10}(?:填|换成音|补|写|加|改成)|填[^,.;]{0,6}(?:休止|空)",
        rests_filled,
    ),
    rule(
        "picked-length",
        r"\b(?:fill(?:s|ing)?(?: up| out)?|hold(?:s|ing)?|held|ring(?:s|ing)?|last(?:s|ing)?|sustain(?:s|ed)?|stretch(?:es|ed)?|extend(?:s|ed)?|carry)\b[^.;]{0,24}\b(?:(?:the |for the )?(?:whole|full|entire|rest of the|complete) (?:bar|measure)|(?:fill|filling|through|to the end of|out) (?:the |its )?(?:bar|measure))|\bfill(?:s|ing)? (?:up |out )?(?:the |its )?(?:whole |entire )?(?:bar|measure)\b(?! \d)|\b(?:instead of|not|no|replace|without|over|lose|remove|drop)\b[^.;]{0,8}\b(?:that|the|a|its)? ?rests?\b[^.;]{0,30}\b(?:hold|held|extend|sustain|longer|holding)|\b(?:hold|held|extend|sustain|longer)\b[^.;]{0,40}\b(?:instead of|over|no|without|through)\b[^.;]{0,14}\brests?\b|(?:唱|拖|保持|延长|持续|占|撑|弹|吹|拉)满[^,.;]{0,4}小节|(?:延长|保持|拖|唱)到小节(?:的)?(?:结束|末尾|最后|完)|休止[^,.;]{0,6}(?:去掉|不要|删)[^.;]{0,10}(?:延长|拖|保持)",
        filled,
    ),
    rule(
        "write-bar",
        r"\b(?:bar|measure|ending|time bar)\b|小节",
        one_long,
    ),
    rule("write-bar", r"\b(?:bar|measure)\b|小节", bar_notes),
    rule("tie-notes", r"\b(?:tie|ties|tied|tying)\b|延音线|连音线.{0,6}连|连起来|连在一起", tied),
    rule(
        "join-notes",
        r"\b(?:join|combine|merge|fuse|turn|make|put together)\b[^.;]{0,60}\b(?:into|in|as|to|be) (?:a |one |an )*(?:single |one |long )*(?:\w+ )?(?:note|half|minim|crotchet|quarter|dotted)|\b(?:join|combine|merge|fuse)\b|合(?:并)?(?:成|为|起来)|合并",
        joined,
    ),
    rule(
        "swap-picked",
        r"\b(?:swap|exchange|switch|reverse|flip|interchange)\b|\bwrong way (?:round|around)\b|\bother way (?:round|around)\b|对调|互换|交换|调换|换(?:一下|过来|个位置)|反了",
        exchanged,
    ),
    rule(
        "drop-notes",
        r"\b(?:turn|make|change|replace|swap|put|have|let)\b[^.;]{0,60}\b(?:rests?|silen(?:t|ce))\b|\brests? (?:instead of|in place of|for)\b|(?:改|换|变)(?:成|为)(?:一个)?(?:[^,.;]{0,4})?休止",
        to_rest,
    ),
    rule(
        "rename-notes",
        rf"(?:{ADD}|\bneeds?\b|\bhave\b|\bmissing\b|\bon\b|标|写|有|缺|少|漏)[^;]*?(?:\b(?:sharp|flat|natural)\b|[升降]号|[升降]记号|还原)|(?:\b(?:sharp|flat|natural)\b)[^;]*\bmissing\b|\b(?:sharp|flat|natural)(?: signs?)? (?:on|before|in front of|by|for|against)\b",
        signed,
    ),
    rule("mark-picked", rf"(?:{ADD}|\bmark\b|\bon\b|\baccent\b|\btrill\b|标)", marked),
    rule("rename-notes", r"\b(?:to|into|be|become|as)\b|改|换|变", renamed),
    rule(
        "picked-length",
        r"\b(?:lengthen|shorten|make|turn|change|hold|extend|should|could|be|let|stretch)\w*\b|改|变|换|延长|缩短|拉长",
        sized,
    ),
    rule("move-notes", _LOWER.pattern, another),
    rule("move-notes", r"\b(?:up|down|raise|lower|higher|lift|drop)\b|升|降|[高低]", shifted),
    rule("drop-notes", rf"(?:{REMOVE})|{_OUT}|\b(?:should|can|must|has to) go\b", gone),
    rule(
        "alter-notes",
        r"\bbecomes?\b|\bshould be\b|\b(?:change|turn|make|swap|replace)\b|都(?:改|换|变)|全(?:部)?(?:改|换|变)",
        everywhere,
    ),
)
