"""How people ask for single notes to be others, for a range, for leaps, and for bars upside down or backwards."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.places import Place
from abc_tools.theory import ALTER_NAMES, STEP_SEMITONES, Pitch
from abc_tools.tune import Tune
from chat.understand.rules.base import Clause, Rule, rule
from chat.understand.text import in_letters

_EN = r"(?<![A-Za-z#])(?P<en>[A-G])(?:[ -]?(?P<word>sharps?|flats?|naturals?)|(?P<sign>[#b]))?(?P<octave>[2-6])?s?(?![A-Za-z#]|'[a-z]{2}| (?:major|minor|part|section|string|dorian))"
_SMALL = r"(?<![A-Za-z#])(?P<small>[a-g])(?:[ -]?(?P<sword>sharps?|flats?|naturals?)|(?P<ssign>#))(?![A-Za-z])"
_ZH = r"(?P<zsign>升|降|还原)(?P<zh>[A-Ga-g])(?![A-Za-z])"
_NAMED = re.compile(rf"{_ZH}|{_EN}|{_SMALL}|(?P<smallzh>[a-g])(?=音)")
_SIGNS = {
    "sharp": "#",
    "flat": "b",
    "natural": "=",
    "#": "#",
    "b": "b",
    "升": "#",
    "降": "b",
    "还原": "=",
}


def note_names(text: str) -> list[tuple[int, str]]:
    """The notes that a text names, each with where it stands: a letter, #, b or = (natural), an octave.

    >>> note_names("make that F sharp an F natural"), note_names("把G改成升F")
    ([(10, 'F#'), (21, 'F=')], [(1, 'G'), (4, 'F#')])
    """
    found = []
    for match in _NAMED.finditer(
        re.sub(r"(?i)\bpart [a-h]\b|[A-H]段|\b[A-H] part\b", lambda m: " " * len(m[0]), text)
    ):
        letter = match["en"] or match["small"] or match["zh"] or match["smallzh"]
        said = (
            match["word"]
            or match["sign"]
            or match["sword"]
            or match["ssign"]
            or match["zsign"]
            or ""
        )
        if (
            letter == "A"
            and not said
            and re.match(r"\s+[a-z]", text[match.end() :])
            and (match.start() == 0 or text[: match.start()].endswith((". ", "! ", "? ")))
        ):
            continue  # the article at the head of a sentence
        found.append(
            (
                match.start(),
                letter.upper() + _SIGNS.get(said.rstrip("s"), "") + (match["octave"] or ""),
            )
        )
    return found


# -- altered notes ----------------------------------------------------------------------------

_NTH = re.compile(
    r"\b(?P<en>first|second|third|fourth|fifth|sixth|seventh|eighth|last|final|very last|opening|closing)\s+(?:melody |long |single )?note\b"
    rf"|第\s*(?P<zh>{numbers.NUMBER})\s*个?音(?!乐)|(?P<last>最后(?:那)?(?:一)?个?音(?!乐)|末音|结束音)|\b(?P<ends>end(?:s|ing)?|finish|close|stop) (?:it |the \w+ )?on\b|(?P<starts>\bstart(?:s|ing)? (?:it |the \w+ )?on\b)|(?P<stop>(?:停|落|收|结束)在)"
)
_EDGE = re.compile(
    r"\b(?P<high>top|highest|upper)(?:most)? notes?\b|\b(?P<low>bottom|lowest|deepest)(?:most)? notes?\b|(?P<zh>最高(?:的(?:那个)?)?音|[这那]个?高音)|(?P<zl>最低(?:的(?:那个)?)?音)"
)
_BEAT = re.compile(
    rf"\bbeat (?P<en>{numbers.NUMBER})|\b(?P<ord>first|second|third|fourth) beat|第\s*(?P<zh>{numbers.NUMBER})\s*拍"
)
_UP = re.compile(
    r"\b(?:sharpen|raise|augment)\b|\bup (?:a |by a )?(?:semitone|half)|(?:升|往上升?)(?:高)?半|升半音|\bsharp\b$|wants to be sharp"
)
_DOWN = re.compile(
    r"\b(?:flatten|lower)\b|\bdown (?:a |by a )?(?:semitone|half)|降(?:低)?半|降半音|\bflat\b$"
)
_NATURAL = re.compile(r"\bnaturals?\b|\bcancel the (?:sharp|flat)|\bnot sharp\b|还原|别升|不要升")
_CHORD_NOTE = re.compile(
    r"\bchord (?:tone|note)s?\b|\bnotes? of the chord|和弦(?:里的?|内的?)?音|和弦里"
)
_OCTAVE = re.compile(
    r"(?P<down>octave (?:lower|down|below)|(?:\bdown|\blower|\bdrop)\b[^.;]{0,40}\boctave|[低降][^,.;]{0,3}八度)|octave (?:higher|up|above)|(?:\bup|\braise)\b[^.;]{0,40}\boctave|[高升][^,.;]{0,3}八度"
)
_REVERSED = re.compile(r"\binstead of\b|\brather than\b|\bnot\b|\bfor the\b.*\bput\b|代替|不是")
_ALL = re.compile(r"\b(?:all|every|each|throughout|everywhere)\b|所有|全部|都|凡是")


_NO_NOTES = re.compile(
    r"\b(?:chords?|key|capo|major|minor|transpose)\b(?! (?:note|tone)s?)|\bswap [a-h] and [a-h]\b|\bin(?:to)? [a-g](?:#|b| flat| sharp)?(?: please|\W*$| instead)|和弦(?!里|内|音)|大调|小调"
)
"""Words of keys and chords: such a clause is about no single note."""


def altered(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Which notes become which: by name, by number or by beat; None where that is not said."""
    if _NO_NOTES.search(clause.lower) and not (
        _pointed_note(clause.lower) and _BECOMES.search(clause.lower)
    ):
        return None
    clause.text = in_letters(clause.text)
    plain = [name for _, name in note_names(clause.text)]
    names = max(plain, _small_names(clause.text), key=len)
    values = _which(clause)
    where = clause.bars_in(_without_names(clause.text)) or clause.pointed()
    if values.pop("ends", "") and (where is None or where.last == clause.tune.bar_count):
        where = Place(clause.tune.bar_count, clause.tune.bar_count)
    if values.get("nth") == "1" and where is None:
        where = Place(min(clause.tune.bar_numbers), 1)
    clause.place = where
    goal = _goal(names, clause)
    if goal is None:
        return None
    to, name = goal
    if name and not where and not _ALL.search(clause.lower) and not values:
        return None
    if not name and not values:
        return None
    return {"to": to, **({"name": name} if name else {}), **values}


_AS_NOTE = re.compile(
    r"\b(?:to|into|be|become|becomes|from|instead of|rather than|not|as|of|is|was|play|on|note)(?: an?| the)? ([a-g])(?:[ -]?(sharp|flat|natural)|(#))?(?![a-z'#])(?! (?:note|bit|little|lot|few|part|section|different|more|third|second|fifth|fourth|sixth|seventh|whole|half|quarter|eighth|dotted|long|short|minim|crotchet|quaver|semibreve|nicer|better|good|proper|rest|chord|step|tone|run))",
    re.IGNORECASE,
)


def _small_names(text: str) -> list[str]:
    """Notes by small letters: only where the clause says that it is about a note."""
    if zh := re.findall(r"[换改变](?:成|为)(升|降)?([a-gA-G])(?![A-Za-z#\d])", text):
        return [letter.upper() + {"升": "#", "降": "b", "": ""}[sign] for sign, letter in zh]
    if not re.search(r"\bnotes?\b", text.lower()):
        return []
    return [
        m[1].upper() + _SIGNS.get((m[2] or m[3] or "").lower(), "") for m in _AS_NOTE.finditer(text)
    ]


def _without_names(text: str) -> str:
    """The words in lower case without the names of notes and what counts notes: none of them is a part or a bar."""
    plain = _NTH.sub(" ", text.lower())
    names = [
        m.span() for m in _NAMED.finditer(text) if not re.search(r"(?i)\bpart $", text[: m.start()])
    ]
    if len(plain) == len(text):
        for start, end in names:
            plain = plain[:start] + " " * (end - start) + plain[end:]
        return plain
    return re.sub(
        r"\b[a-g](?:[ -](?:sharp|flat|natural)s?|#)?(?![a-z#'])(?! part| section)", " ", plain
    )


def _goal(names: list[str], clause: Clause) -> tuple[str, str] | None:
    """(what it becomes, what it is called now); the second may be empty."""
    lower = clause.lower
    if found := _OCTAVE.search(lower):
        return "octave-down" if found["down"] else "octave-up", names[0] if names else ""
    if _CHORD_NOTE.search(lower):
        return "chord", ""
    if len(names) >= 2:
        one, other = names[:2]
        return (one, other) if _REVERSED.search(lower) else (other, one)
    if len(names) == 1:
        plain = names[0].rstrip("#b=")
        if names[0] != plain and _BECOMES.search(lower) and (_pointed_note(lower)):
            return names[0], ""
        if _NATURAL.search(lower) and not _NTH.search(lower):
            return plain[0] + "=", plain
        if _UP.search(lower):
            return "up", names[0]
        if _DOWN.search(lower):
            return "down", names[0]
        return (names[0], "") if _pointed_note(lower) else None
    if _UP.search(lower):
        return "up", ""
    return ("down", "") if _DOWN.search(lower) else None


_BECOMES = re.compile(
    r"\b(?:to|into|be|becomes?|as|instead|on)\b(?: an?| the)? [a-g](?:[ -]?(?:sharp|flat|natural)|[#b]|\b)(?! (?:major|minor))|[成为](?:升|降|还原)?[a-g]"
)


def _pointed_note(lower: str) -> bool:
    """Whether a clause says which note it means by its number, its beat or its height."""
    return any(p.search(lower) for p in (_NTH, _BEAT, _EDGE))


def _which(clause: Clause) -> dict[str, str]:
    """The number or beat that a clause names."""
    found: dict[str, str] = {}
    if match := _NTH.search(clause.lower):
        said = match["en"] or ""
        if (
            match["last"]
            or match["ends"]
            or match["stop"]
            or said in ("last", "final", "very last", "closing")
        ):
            found = {"nth": "-1", "ends": "yes"}
        elif match["starts"] or said in ("opening", "first"):
            found = {"nth": "1"}
        else:
            number = numbers.ORDINALS.get(said) or numbers.value(match["zh"] or "") or 0
            found = {"nth": str(number)} if number else {}
    elif match := _EDGE.search(clause.lower):
        found = {"edge": "high" if match["high"] or match["zh"] else "low"}
    elif match := _BEAT.search(clause.lower):
        said = match["en"] or match["ord"] or match["zh"]
        number = numbers.ORDINALS.get(said) or numbers.value(said) or 0
        found = {"beat": str(number)} if number else {}
    return found


# -- range ------------------------------------------------------------------------------------

_PLACED = r"(?:the )?(?P<{0}p>high|top|low|middle|bottom|upper|lower)?\s*(?P<{0}n>[A-Ga-g](?:[ -]?(?:sharp|flat)|[#b])?)(?P<{0}o>[2-6])?(?![A-Za-z])"
_PLACED_ZH = r"(?P<{0}z>小字[一二三]组的?|高音|低音|中音|中央)?(?P<{0}s>升|降)?(?P<{0}m>[A-Ga-g])(?P<{0}q>[2-6])?(?![A-Za-z])"
_TOP = re.compile(
    r"(?:above|over|higher than|beyond|exceed(?:s|ing)?|past|up to|at most|highest note (?:is|must be|should be|to be)|top note (?:is|must be|should be|to be)|cap (?:it )?at|stops? at|limit of)\s+(?:an? |the )?"
    + _PLACED.format("a")
    + r"|(?:超过|高于|高过|比|最高(?:音)?(?:到|是|为|别超过|不超过|压到|只到)?|只能唱到|唱到|上限|[只就]到)\s*"
    + _PLACED_ZH.format("a")
    + r"|"
    + _PLACED.format("c")
    + r" (?:at most|is the limit|is my limit|and no higher|is as high as)"
)
_OUT_OF_REACH = re.compile(
    r"(?:reach|get (?:up )?to|manage|sing|play|hit)\s+(?:up to |that |an? |the )?"
    + _PLACED.format("a")
    + r"|(?:够不到|够不着|唱不了|唱不上|吹不到|上不去)\s*"
    + _PLACED_ZH.format("a")
)
_BOTTOM = re.compile(
    r"(?:below|under|lower than|down to|at least|lowest note (?:is|must be|should be|to be)|bottom note (?:is|must be|should be))\s+(?:an? |the )?"
    + _PLACED.format("b")
    + r"|(?:低于|低过|最低(?:音)?(?:到|是|为|不低于|别低于)?|下限|不低于)\s*"
    + _PLACED_ZH.format("b")
)
_BETWEEN = re.compile(
    r"(?:between|from|within|only (?:has|have|use|goes from)?|range(?: to| of)?|stays? in|has)\s+"
    + _PLACED.format("b")
    + r"\s*(?:and|to|-|up to)\s*"
    + _PLACED.format("a")
    + r"|(?:在|从|只有|限制在|只到)?\s*"
    + _PLACED_ZH.format("b")
    + r"\s*(?:到|和|至|-)\s*"
    + _PLACED_ZH.format("a")
)
_FIFTH = re.compile(r"\bfive[- ](?:notes?|finger)|五个音|五指")
_OCTAVE_SAID = re.compile(r"octave|range|compass|five|八度|音域|五")
_NOT_HIGH = re.compile(r"can'?t|cannot|can not|unable|never|不了|不到|不着|不上")


def limits(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The lowest and the highest note that are allowed; where an octave or five notes are said, those best placed."""
    clause.text = in_letters(clause.text)
    found = _limits(match, clause)
    moves = re.search(
        r"\b(?:drop|move|put|shift|take|bring|transpose)\b[^.;]{0,24}\boctave|[降低移][^,.;]{0,4}八度",
        clause.lower,
    )
    return found | {"by": "octave"} if found and moves else found


_STAYS_UNDER = re.compile(
    r"(\b(?:stay|stays|staying|keep|keeps|keeping|kept|remain|sit|lie|be|fit)\b(?: \w+){0,5}?) (?:under|below|beneath|lower than) (?=(?:the |an? |high |top |low |middle )*[A-Ga-g]\b)"
)
"""What stays under a note has it as its highest: "keep it under E" limits the top."""


def _limits(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    text = _STAYS_UNDER.sub(r"\1 above ", clause.text)
    pitches = _heights(clause)
    if found := _BETWEEN.search(text):
        low = _height_of(found, "b", min(pitches), clause.tune)
        high = _height_of(found, "a", low + 12, clause.tune, above=low)
        return {"low": scientific(low), "high": scientific(high)}
    if _NOT_HIGH.search(clause.lower) and (found := _OUT_OF_REACH.search(text)):
        high = _height_of(found, "a", max(pitches), clause.tune)
        return {"high": scientific(_below(high, clause.tune))}
    values = {}
    if found := _TOP.search(text):
        values["high"] = scientific(
            _height_of(found, "c" if found["cn"] else "a", max(pitches), clause.tune)
        )
    if found := _BOTTOM.search(text):
        values["low"] = scientific(_height_of(found, "b", min(pitches) + 11, clause.tune))
    if values:
        return values
    if not _OCTAVE_SAID.search(clause.lower):
        return None  # a pattern that names neither a note nor an octave is about something else
    size = 7 if _FIFTH.search(clause.lower) else 12
    start = max(
        range(min(pitches), max(pitches) + 1),
        key=lambda low: sum(low <= p <= low + size for p in pitches),
    )
    return {"low": scientific(start), "high": scientific(start + size)}


def _heights(clause: Clause) -> list[int]:
    place = clause.bars_in(clause.lower) or clause.pointed()
    return [
        n for m in clause.tune.measures if place is None or place.first <= m.number <= place.last for e in m.events for n in e.midi
    ] or [60, 72]  # fmt: skip


def _height_of(
    match: re.Match[str], side: str, near: int, tune: Tune, above: int | None = None
) -> int:
    """The MIDI number that a note of a pattern means: with an octave, or the highest such note up to `near`."""
    names = match.groupdict()
    name = names.get(f"{side}n") or names.get(f"{side}m") or "C"
    sign = _SIGNS.get(name[1:].strip(" -").lower() or (names.get(f"{side}s") or ""), "")
    letter = name[0].upper()
    alter = {"#": 1, "b": -1}.get(sign, round(tune.key.signature[letter]))
    octave = names.get(f"{side}o") or names.get(f"{side}q")
    placed = names.get(f"{side}p") or names.get(f"{side}z") or ""
    group = re.search(r"小字([一二三])组", placed)
    if octave or group or placed in ("middle", "中央"):
        number = int(octave) if octave else (3 + "一二三".index(group[1]) + 1) if group else 4
        return Pitch(letter, alter, number).midi
    base = STEP_SEMITONES[letter] + alter
    if above is not None:
        return next(n for n in range(above + 1, above + 14) if (n - base) % 12 == 0)
    return next(n for n in range(near, near - 12, -1) if (n - base) % 12 == 0)


def _below(height: int, tune: Tune) -> int:
    """The next note of the key under a height."""
    scale = (
        {(STEP_SEMITONES[s] + round(a)) % 12 for s, a in tune.key.scale}
        if tune.key.tonic
        else set(range(12))
    )
    return next(n for n in range(height - 1, height - 4, -1) if n % 12 in scale)


def scientific(height: int) -> str:
    """C4 for 60; sharps for the black keys."""
    octave, rest = divmod(height, 12)
    step = next((s for s, n in STEP_SEMITONES.items() if n == rest), "")
    if step:
        return f"{step}{octave - 1}"
    step = next(s for s, n in STEP_SEMITONES.items() if n == rest - 1)
    return f"{step}{ALTER_NAMES[1]}{octave - 1}"


# -- lines ------------------------------------------------------------------------------------

_FILL = re.compile(
    r"\bfill|\bpassing|\bwalk|\bsteps? (?:between|instead)|\bby step\b|\bjoin|\bconnect|\bbridge|填|经过音|走过去|连起来|级进"
)
_SIZES = (("third", r"\bthirds?\b|三度", 4), ("fourth", r"\bfourths?\b|四度", 5), ("fifth", r"\bfifths?\b|五度", 7),
          ("sixth", r"\bsixths?\b|六度", 9), ("octave", r"\boctaves?\b|八度", 11))  # fmt: skip


def smoothed(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """Leaps filled with steps, or made smaller than a size."""
    if _FILL.search(clause.lower):
        return {"": "fill-leaps"}
    usual = 3 if re.search(r"\bsmooth", clause.lower) else 5
    size = next((n for _, words, n in _SIZES if re.search(words, clause.lower)), usual)
    return {"most": str(size)}


_SIZE = r"(?:thirds?|fourths?|fifths?|sixths?|octaves?|三度|四度|五度|六度|八度)"
_LEAPS = (
    rf"^(?!.*\b(?:are|is|which|where|how|does|do) (?:there|any|the|many)\b)(?=.*(?:\b(?:leaps?|jumps?|skips?|intervals?|hops?)\b|\bfrom (?:one )?note to (?:the next|note)\b|\bbetween (?:two |neighbouring |adjacent |consecutive )*notes\b|\bnothing (?:wider|bigger|larger|greater)\b)).*(?:\b(?:wider|bigger|larger|greater|further|more|over|beyond|exceed\w*) (?:than )?an? (?:perfect |major |minor )?{_SIZE}|\b{_SIZE} (?:at (?:the )?most|max(?:imum)?|or (?:less|smaller|under)|and (?:smaller|less))\b|\b(?:at most|max(?:imum)?(?: of)?|up to|no more than|limit\w*[^.;]{{0,20}} to|within) an? (?:perfect |major |minor )?{_SIZE})"
    rf"|(?:(?:相邻|前后|两)(?:的)?(?:两)?个?音(?:之间)?|跳进?|大跳|音程|音与音之间)[^,.;?吗]{{0,10}}(?:超过|大于|控制在|限制在|最大(?:是|到|为)?|最多)(?:纯|大|小)?{_SIZE}(?!吗)|(?:改成|控制在|限制在|压到|缩到)(?:纯|大|小)?{_SIZE}(?:以内|之内|以下)"
)


def leaps_at_most(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """No leap wider than an interval that is named."""
    if re.search(r"\b(?:range|compass|bass|left hand|transpose|up|down)\b|音域|左手", clause.lower):
        return None
    plain = re.search(r"\bmajor third|大三度", clause.lower)
    size = next((n for _, words, n in _SIZES if re.search(words, clause.lower)), 0)
    least = {4: 4 if plain or "minor" not in clause.lower else 3, 11: 12}
    return {"most": str(least.get(size, size))} if size else None


_OVER = re.compile(
    r"(?:copy|paste|put|write) (?P<a>.+?) (?:over|onto|on top of|in place of) (?P<b>.+)|(?:copy|paste|put) (?P<u>(?:the )?(?:\w+ )?(?:bars?|measures?)[\w -]*?) (?:in)?to (?P<v>(?:the )?(?:\w+ )?(?:bars?|measures?)\b.*)|replace (?P<c>.+?) (?:with|by) (?:the (?:notes|music) (?:of|from) )?(?P<d>.+)|make (?P<e>.+?) (?:the same as|like|identical to|equal to) (?P<f>.+)"
    r"|(?P<g>.+?) (?:should be|to be|sound|be) (?:the same as|like|identical to|an? (?:\w+ )?copy of) (?P<h>.+)|(?:bring back|let|have|use|repeat) (?P<i>.+?) (?:in|at|for) (?P<j>.+)|(?P<k>.+?) (?:quote|repeat)s? (?P<l>.+)"
    r"|(?P<m>第.+?小节)(?:改成|变成|弄成)?(?:跟|和|与|同)(?P<n>.+?)(?:一样|相同|保持一致)|用(?P<o>.+?)(?:替换|代替|换掉)(?P<p>.+)|把(?P<q>.+?)(?:抄|复制|搬|贴)到(?P<r>第.+?小节)(?!后|之后|前)|(?P<s>第.+?小节)(?:照搬|再现|重复用)(?P<t>.+)"
)
_TARGET_FIRST = "cdefghklmnst"


def over(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Bars to copy and the bars that give way; None unless both are named."""
    found = _OVER.search(clause.lower)
    if found is None:
        return None
    said = [(name, words) for name, words in found.groupdict().items() if words]
    one, other = (clause.bars_in(words) for _, words in said)
    if said[0][0] in _TARGET_FIRST:
        one, other = other, one
    if one is None or other is None or one.first <= other.first <= one.last:
        return None
    clause.place = one
    return {"first": str(other.first)}


RULES: tuple[Rule, ...] = (
    rule("copy-over", r"\bcopy of (?:bars?|measures?|the)\b|\bcopy\b.*\b(?:over|onto|on top of)\b|\b(?:copy|paste|put) (?:the )?(?:\w+ )?(?:bars?|measures?)\b[^.;]*\b(?:(?:in)?to|in place of) (?:the )?(?:\w+ )?(?:bars?|measures?)\b(?! \d+ (?:louder|softer|again))|\b(?:the same as|identical to)\b|\bover(?:write)?\b.*\bbars?\b|小节.*(?:一样|照搬|替换|抄到|(?:复制|抄|搬|贴)到第[^,.;]{1,8}小节(?:上|里|的位置|$))", over),
    rule(
        "alter-notes",
        r"\b(?:change|make|turn|alter|replace|swap|set|correct|sharpen|flatten|raise|lower|cancel|put)\b(?=.*\b(?:note|[a-g](?:[ -]?(?:sharp|flat|natural)s?|#)|(?:all|every|each)(?: the)? [a-g]s?|beat)\b)|\b(?:sharpen|flatten|raise|lower|naturali[sz]e)\b (?:the |that |those |both )?[a-g]s?\b(?! (?:part|section))|\b(?:end|finish|close|stop|land)(?:s|es|ing)? (?:it |this |the \w+ )?on (?:an? |the )?[a-g](?:[ -]?(?:sharp|flat|natural)|#)?\b(?! (?:major|minor|chord|part|bit|high|low|long|note))|\bnotes?\b[^.;]{0,24}\b(?:to|into|be|becomes?|instead of|rather than)\b (?:an? |the )?[a-g]\b|(?:个音(?!乐)|最[高低](?:的(?:那个)?)?音|[这那]个?高音|第.{1,2}拍|末音|[升降还原][a-g]|[a-g]音|[高低中]音(?:[a-g]|do|re|mi|fa|sol|so|la|si|ti)|[小节](?:的|里的?)(?:do|re|mi|fa|sol|so|la|si|ti)).*(?:改|换|升|降|还原|变|[高低].{0,3}八度)",
        altered,
    ),
    rule("smooth", _LEAPS, leaps_at_most),
    rule("limit-range", r"\b(?:can'?t|cannot|can not|unable to|won't|struggles? to)\b[^.;]{0,30}\b(?:reach|get|manage|sing|play|hit|go|squeak)\b[^.;]{0,24}\b[a-g](?:[ -]?(?:sharp|flat)|[#b])?\b(?! (?:major|minor|chord|part|section|bit|lot|little))|(?:够不到|够不着|唱不了|唱不上|吹不到|上不去|拉不到)[^,.;]{0,6}[a-g]|\b(?:nothing|no notes?|not(?:hing)? (?:go )?)\s*(?:is |goes? )?(?:above|over|higher than|below|lower than|beyond)\b|\b(?:keep|stay|fit|squeeze)\b[^,.;]{0,24}\b(?:within|inside|between|below|under|beneath|above|in(?:to)? an? octave)\b|(?:别|不要|不能|不)(?:超过|高于|低于)|最高(?:音)?(?:到|别|不|只)|以内|(?<![升降高低移])一个八度(?!.{0,2}[高低])", limits, alone=True),
    rule("fill-leaps", r"\bfill (?:in )?(?:that |the |those |this |these )?(?:leaps?|jumps?|gaps?|skips?)", smoothed),
    rule("smooth", r"\bsmooth(?:en)?(?:ing)? (?:out|over|down) (?:\w+ ){0,3}(?:leaps?|jumps?|skips?|bars?|measures?|spot|bit|place)\b|\b(?:fewer|less|smaller|no(?: big| wide| large)?|avoid(?: big)?|reduce the|get rid of the|without(?: big)?) (?:\w+ )?(?:leaps?|jumps?|skips?)\b|\bless jumpy\b|大跳.{0,6}(?:少|小|去|改)|(?:少|去掉|减少).{0,3}大?跳(?!音)", smoothed),
    rule("invert", r"^(?!.*\bchords?\b)(?!.*和弦).*?\binver(?:t|ted|sion)\b|\bupside[- ]down\b|倒影|上下颠倒|翻转"),
    rule("retrograde", r"\bretrograde\b|\bbackwards?\b|\breverse (?:the )?(?:order of the )?(?:notes|melody|bars?|line)|\bback to front\b|逆行|倒着|倒序"),
)  # fmt: skip
