"""How people ask for exact things: a lowest note, a raised degree, a note cut in parts, voices that rest or change
places, a canon, a Picardy third.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from fractions import Fraction

from abc_tools import numbers
from abc_tools.places import Place
from abc_tools.theory import STEP_SEMITONES
from chat.understand.rules.base import ADD, Clause, N, Rule, group_of, rule
from chat.understand.rules.notes import note_names
from chat.understand.rules.voices import voice_named, voice_of

# -- heights ----------------------------------------------------------------------------------

_EDGE = re.compile(
    r"\b(?P<low>lowest|bottom|deepest)|(?P<high>highest|top)\b|(?P<zl>最低)|(?P<zh>最高)"
)


def edge(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A transposition after which the lowest or highest note is the one that is named; the nearest one in the
    direction that is said.
    """
    found = _EDGE.search(clause.lower)
    names = note_names(clause.text)
    heights = [n for v in clause.tune.voices for e in v.events for n in e.midi]
    if found is None or not names or not heights or clause.bars_in(clause.lower):
        return None  # the top note of some bars is a note of them
    name = names[-1][1]
    low = bool(found["low"] or found["zl"])
    edge = min(heights) if low else max(heights)
    alter = {"#": 1, "b": -1}.get(name[1:2], 0)
    up = (STEP_SEMITONES[name[0]] + alter - edge) % 12
    if name[-1].isdigit():
        return {"semitones": str(STEP_SEMITONES[name[0]] + alter + 12 * (int(name[-1]) + 1) - edge)}
    if re.search(r"\btoo low\b|\bup\b|\braise|\bhigher\b|太低|升|高一", clause.lower):
        return {"semitones": str(up)}
    if re.search(r"\btoo high\b|\bdown\b|\blower(?:ed)? (?:it|this)\b|太高|降|低一", clause.lower):
        return {"semitones": str(up - 12 if up else 0)}
    return {"semitones": str(up if up <= 6 else up - 12)}


# -- degrees ----------------------------------------------------------------------------------

_DEGREE = re.compile(
    r"\b(?P<verb>raise|sharpen|lower|flatten|flat|naturali[sz]e)\w*\s+(?:all (?:the )?|every |each |the )(?:scale )?(?:(?P<n>2nd|3rd|4th|6th|7th|second|third|fourth|sixth|seventh)s?(?! (?:bar|measure|note|phrase|part|section|voice|beat|line|half|ending))|(?P<lead>leading (?:note|tone)s?))"
    r"|(?P<zverb>升高?|降低?)(?:所有的?|每个)?(?:第(?P<zn>[二三四六七])级(?:音)?|(?P<zm>[二三四六七])级音|(?P<zlead>导音|七音))|(?:第(?P<yn>[二三四六七])级(?:音)?|(?P<ylead>导音|七音))(?:都|全)?(?P<yverb>升|降)"
)
_ORDINAL_ZH = "一二三四五六七"


def degree(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A degree of the scale, a semitone higher or lower, by the name that it has in the tune's key."""
    key = clause.tune.key
    if not key.tonic:
        return None
    said = match["n"] or ""
    chinese = match["zn"] or match["zm"] or match["yn"]
    if match["lead"] or match["zlead"] or match["ylead"]:
        number = 7
    elif chinese:
        number = _ORDINAL_ZH.index(chinese) + 1
    else:
        number = numbers.ORDINALS.get(said) or int(said[0])
    step, alter = key.scale[number - 1]
    sign = {1: "#", -1: "b", 2: "##", -2: "bb"}.get(int(alter), "")
    verb = match["verb"] or match["zverb"] or match["yverb"]
    where = clause.lower.replace(match[0], " ")
    if re.search(r"\bcadence|终止", where):
        where += " last two bars" if re.search(r"last|final|最后|末", where) else ""
    clause.place = clause.bars_in(where)
    return {"to": "down" if verb.startswith(("lower", "flat", "降")) else "up", "name": step + sign}


def small_letters(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """One note for another by small letters, in bars that are named."""
    clause.place = clause.bars_in(clause.lower) or clause.pointed()
    if clause.place is None:
        return None
    old, new = match["old"] or match["old2"], match["new"] or match["new2"]
    return {"to": new.upper(), "name": old.upper()}


# -- one note as several ----------------------------------------------------------------------

_VALUES = (
    ("1/2", r"half notes?|minims?|halves|二分"), ("1/4", r"quarters?(?: notes?)?|crotchets?|四分"),
    ("1/8", r"eighths?(?: notes?)?|(?<!semi)quavers?|八分"), ("1/16", r"sixteenths?(?: notes?)?|semiquavers?|十六分"),
)  # fmt: skip


def cut(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """How many notes, of which length."""
    said = clause.lower[match.start() :]
    values = {}
    if found := re.search(rf"(?:in(?:to)?|成|为|as)\s*({N})", said):
        values["count"] = str(numbers.value(found[1]) or 2)
    if length := next((v for v, words in _VALUES if re.search(words, said)), ""):
        values["length"] = str(Fraction(length))
    clause.place = clause.bars_in(clause.lower) or clause.pointed()
    return values or None


_LENGTHS = (("1/1", r"whole notes?|semibreves?|全音符"), *_VALUES)


def equal_notes(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The one length that all notes shall have; None where several are named, or a dotted one."""
    said = [value for value, words in _LENGTHS if re.search(words, clause.lower)]
    if len(said) != 1 or re.search(
        r"\bdott?ed\b|\btempo\b|\bequals?\b|=|\bbpm\b|速度|附点|\bno\b|\bwithout\b|不要|去掉",
        clause.lower,
    ):
        return None
    return {"length": said[0]}


def exchanged(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Two notes by name, in bars that are named."""
    where = clause.bars_in(
        re.sub(r"\b(?:the )?[a-g](?:#|b| sharp| flat)?(?= and\b|[,.]|$)", " ", clause.lower)
    )
    names = [name for _, name in note_names(clause.text)]
    if where is None or len(names) != 2 or re.search(r"\bchords?\b|和弦", clause.lower):
        return None
    clause.place = where
    return {"one": names[0], "other": names[1]}


_VALUE = r"(?P<{0}dot>dotted |附点)?(?P<{0}v>whole|half|halves|quarter|eighth|sixteenth|minim|crotchet|(?<!semi)quaver|semiquaver|semibreve|全|二分|四分|八分|十六分)(?:es|s)?(?:[- ]?notes?|音符)?"
_SIZE = {
    "whole": "1", "semibreve": "1", "全": "1", "half": "1/2", "halves": "1/2", "minim": "1/2", "二分": "1/2", "quarter": "1/4",
    "crotchet": "1/4", "四分": "1/4", "eighth": "1/8", "quaver": "1/8", "八分": "1/8", "sixteenth": "1/16",
    "semiquaver": "1/16", "十六分": "1/16",
}  # fmt: skip
_ONE_NOTE = rf"(?:\b(?:first|second|third|fourth|fifth|last|final|very last|opening|closing|longest) (?:long |held )?notes?\b|\b(?:the |that |those |this )?(?:long|held) notes?\b|第\s*{N}\s*个?音(?!乐)|最后(?:那)?(?:一)?个?(?:长)?音(?!乐)|(?:那个?|这个?|的)?长音|末音|首音|第一个音)"
_TO_VALUE = (
    rf"(?P<n1>{_ONE_NOTE})[^.;]{{0,40}}?(?:\b(?:be|become|becomes|to|into|as|for|last|lasts)\b(?: an?| one)? |(?:改|变|换|延长|缩短|拉长|写|变)(?:成|为|到)(?:一个)?)"
    + _VALUE.format("a")
    + r"(?! (?:higher|lower|step|rest))"
    + rf"|\b(?:make|turn|have|let) (?:the |that )?(?P<n4>{_ONE_NOTE})[^.;]{{0,24}}?\ban? "
    + _VALUE.format("e")
)
_MORE_VALUES = re.compile(
    r"(?:加|和|\+|plus|and|then|,)(?: an?| one)?\s*(?:一个)?" + _VALUE.format("b")
)
_LONGER_NOTE = (
    rf"\b(?:make|let|have|keep) (?P<n2>(?:the |that )?{_ONE_NOTE})[^.;]{{0,30}}?\b(?:(?P<twice>twice as long|double the length)|(?P<half>half as long|(?:a (?:bit|little) |much )?shorter))\b|\b(?P<cut>shorten|cut short) (?:the |that )?{_ONE_NOTE}(?! to)"
    rf"|{_ONE_NOTE}(?:[^,.;]{{0,4}})(?:(?P<zhalf>短一[点些]|短一半|缩短|减半)|(?P<ztwice>长一倍|加倍))"
)
_DOT_IT = r"\b(?P<dot>dot|put a dot (?:on|after|behind)|add a dot to) (?:the |every |each )*(?P<n3>(?:first |last )?(?:note|beat|half notes?|minims?|quarter notes?|crotchets?))\b"
_EVERY_BAR = re.compile(
    r"\b(?:of|in) (?:every|each|all(?: the)?) bars?\b|\bbars? that (?:start|begin)s?\b|每(?:个|一)?小节"
)
_BEGINNING_WITH = re.compile(r"\bbars? that (?:start|begin)s? with an? ([\w ]+?)(?: note)?\W*$")


def one_length(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Which note is how long, by its number in the bars or as the longest of them."""
    groups = match.groupdict()
    said = groups.get("n1") or groups.get("n2") or groups.get("n4") or match[0]
    values: dict[str, str] = {}
    if found := groups.get("av") or groups.get("ev"):
        more = _MORE_VALUES.match(clause.lower, match.end())
        lengths = [_value_of(found, groups.get("adot") or groups.get("edot"))]
        if more:
            lengths.append(_value_of(more["bv"], more["bdot"]))
            clause.place = clause.bars_in(clause.lower) or clause.pointed()
            return {"": "split-note", "lengths": " ".join(lengths)}
        values["length"] = lengths[0]
    elif groups.get("twice") or groups.get("ztwice"):
        values["times"] = "2"
    elif groups.get("dot"):
        values["dot"] = "yes"
        said = groups["n3"] or ""
    else:
        values["times"] = "1/2"
    if re.search(r"\b(?:last|final|closing)\b|最后|末", said):
        values["nth"] = "-1"
    elif re.search(r"\b(?:first|opening)\b|第一|首", said):
        values["nth"] = "1"
    elif found := re.search(rf"\b(second|third|fourth|fifth)\b|第\s*({N})", said):
        values["nth"] = str(
            numbers.ORDINALS.get(found[1] or "") or numbers.value(found[2] or "") or 1
        )
    if _EVERY_BAR.search(clause.lower):
        values["each"] = "yes"
    if first := _BEGINNING_WITH.search(clause.lower):
        values["if"] = next((v for w, v in _SIZE.items() if w in first[1]), "1/4")
    where = clause.lower.replace(said, " ") if said else clause.lower
    clause.place = clause.bars_in(where)
    if clause.place is None and "each" not in values and (clause.selection or "nth" not in values):
        clause.place = clause.pointed()
    if clause.place is None and "each" not in values:
        end = clause.tune.bar_count
        if values.get("nth") == "-1":
            clause.place = Place(end, end, "last bar")
        elif values.get("nth") == "1":
            clause.place = Place(1, 1)
        elif "dot" not in values:
            return None  # which long note is not said
    return values


def _value_of(word: str, dot: str | None) -> str:
    return str(Fraction(_SIZE[word]) * (Fraction(3, 2) if dot else 1))


def longest(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """The longest note that is allowed."""
    groups = match.groupdict()
    word, dot = groups.get("cv") or groups.get("dv") or "", groups.get("cdot") or groups.get("ddot")
    clause.place = clause.bars_in(clause.lower)
    return {"most": _value_of(word, dot)}


_HOLD_WORD = re.compile(
    rf"\b(?:hold|sustain|stretch|draw out|lengthen|extend|linger on)\b[^.;\"]{{0,16}}\"(?P<a>[^\"]{{1,24}})\"(?:[^.;]{{0,12}}?(?P<ab>{N})(?: more| extra)? (?:bars?|measures?))?|\b(?:make|let|have) (?:the (?:word|note (?:of|on|for)) )?\"(?P<b>[^\"]{{1,24}})\" (?:\w+ )?(?:longer|held|last longer)|(?:\b(?:the )?word )?\"(?P<c>[^\"]{1, 24})\" (?:should|needs? to|could|must|has to) (?:be|go|sit|last|fall)(?: sung)? (?:on )?(?:an? )?longer(?: note)?"
    rf"|\"(?P<z>[^\"]{{1,8}})\"(?:这个?字|字|这个词|那个字)?[^,.;]{{0,4}}(?:拖长|延长|唱长|拉长|拖|唱得?长)[^,.;]{{0,4}}?(?:(?P<zb>{N})个?小节)?",
    re.IGNORECASE,
)


_HOLD_LAST = re.compile(
    rf"\b(?:hold|sustain|extend|stretch|make) (?:the )?(?:last|final) note (?:out )?(?:for |over |by |last )?(?:another )?(?P<n>{N}|an?) (?:more |extra |full |whole )*(?:bars?|measures?)(?P<more> (?:more|longer))?\b|(?:最后(?:那)?(?:一)?个音)(?:再)?(?:延长|拖长|拉长|保持)(?P<z>{N})个?小节"
)


def held_last(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The last note held for so many bars in all, or so many more."""
    said = match["n"] or match["z"]
    count = 1 if said in ("a", "an") else numbers.value(said) or 0
    more = match["more"] or match["z"] or re.search(r"\b(?:another|more|extra|by)\b", match[0])
    bars = count if more else count - 1
    return {"last": "yes", "bars": str(min(8, bars))} if bars > 0 else None


def held_word(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The sung word that is to be held, and for how many bars more."""
    found = _HOLD_WORD.search(clause.text)
    if found is None:
        return None
    bars = found["ab"] or found["zb"]
    count = numbers.value(bars) if bars else None
    values = {"word": found["a"] or found["b"] or found["c"] or found["z"]}
    return values | ({"bars": str(min(8, count))} if count else {})


# -- voices -----------------------------------------------------------------------------------


def silent(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A voice that rests for some bars."""
    if len(clause.tune.voices) < 2:
        return None
    clause.place = clause.bars_in(clause.lower) or clause.pointed()
    numbered = re.search(r"voice ([1-4])\b", clause.lower)
    voices = clause.tune.voices
    if numbered and int(numbered[1]) <= len(voices):
        voice: str | None = voices[int(numbered[1]) - 1].id
    else:
        voice = voice_of(clause.tune, clause.lower)
    return {"voice": voice} if voice and clause.place else None


def later(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A voice that comes in later rests until then."""
    voice = voice_named(clause.tune, clause.lower) or voice_of(clause.tune, clause.lower)
    late, at = match["late"] or match["zl"], match["at"] or match["za"]
    last = (numbers.value(late) or 0) if late else (numbers.value(at) or 0) - 1
    if len(clause.tune.voices) < 2 or not voice or not 1 <= last < clause.tune.bar_count:
        return None
    clause.place = Place(1, last)
    return {"voice": voice}


def doubled(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A voice that plays what another one has, in its own octave: both must be there."""
    one, _, other = clause.lower.partition("double")
    voices = [voice_named(clause.tune, part) or "" for part in (one, other)]
    if len(clause.tune.voices) < 2 or not all(voices) or voices[0] == voices[1]:
        return None
    clause.place = clause.bars_in(clause.lower)
    return {"voice": voices[0], "of": voices[1]}


def two_voices(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Only a tune of two voices can exchange them; "from bar 5 on" is where."""
    if len(clause.tune.voices) != 2:
        return None
    clause.place = clause.bars_in(_NOT_BARS.sub(" ", clause.lower))
    return {}


_NOT_BARS = re.compile(r"\b(?:top|bottom|upper|lower|first|second) (?:line|part|voice|staff)\b")
_TO_THE_BASS = (
    r"|\b(?:give|hand|pass|let|move|put)\b[^.;]{0,24}\b(?:tune|melody|theme|top line)\b[^.;]{0,12}\b(?:to|in|have|into)\b (?:the |my )?(?:bass|cello|bassoon|left hand|lower (?:voice|part|line)|second (?:voice|part|player)|viola|tuba|trombone)\b"
    r"|\blet (?:the |my )?(?:bass|cello|bassoon|left hand|lower voice|second voice|viola)\b[^.;]{0,12}\b(?:have|take|play|carry|get) (?:the |over the )?(?:tune|melody|theme)\b|(?:旋律|主旋律)[^,.;]{0,6}(?:给|交给|让)(?:左手|低音|低声部|大提琴|第二声部|下面)"
)


_ENTRY = re.compile(
    rf"({N})\s*(?:-|个)?\s*(?:bars?|measures?|小节)\s*(?:apart|later|after|behind|delay|之?后|进|跟进|间隔)|(?:晚|隔|相隔|每隔|延后|错开)\s*({N})\s*个?小节|(?:at|after|every) (?:a distance of )?({N}) (?:bars?|measures?)"
)
_PARTS = re.compile(
    rf"(?:in|for|of)\s+({N})\s+(?:parts|voices)|({N})[- ](?:part|voice)|({N})\s*个?声部|({N})部"
)


def entries(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """How many voices a canon has, and how many bars apart they enter."""
    return canon_of(clause.lower)


def canon_of(lower: str) -> dict[str, str]:
    """Voices (2 to 4) and bars between entries (1 to 8) of a canon; a round has three voices unless it says how many."""
    parts, entry = _PARTS.search(lower), _ENTRY.search(lower)
    usual = 3 if re.search(r"\brounds?\b|轮唱", lower) else 2
    voices = (numbers.value(group_of(parts)) if parts else usual) or usual
    bars = (numbers.value(group_of(entry)) if entry else 2) or 2
    return {"voices": str(min(4, max(2, voices))), "entry": str(min(8, max(1, bars)))}


CANON = r"\bcanon(?:ic)?\b(?!'?s? (?:chords?|progression|sequence|changes|harmon))|\b(?:a|an|as|into a|sung as a|three-part|3-part|two-part|four-part) rounds?\b(?! of| trip|ed)|卡农(?!的?(?:和弦|走向|进行|和声|式))|轮唱"

_ENDS_ON = {
    "second": 2, "2nd": 2, "supertonic": 2, "third": 3, "3rd": 3, "mediant": 3, "fourth": 4, "4th": 4, "subdominant": 4,
    "fifth": 5, "5th": 5, "dominant": 5, "sixth": 6, "6th": 6, "seventh": 7, "leading note": 7, "leading tone": 7,
    "二级": 2, "三级": 3, "四级": 4, "五级": 5, "属": 5, "六级": 6, "七级": 7,
}  # fmt: skip


def last_degree(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The last note becomes a degree of the scale."""
    said = match["en"] or match["zh"]
    key = clause.tune.key
    if not key.tonic or said not in _ENDS_ON or re.search(r"\bchord\b|和弦", clause.lower):
        return None
    step, alter = key.scale[_ENDS_ON[said] - 1]
    clause.place = Place(clause.tune.bar_count, clause.tune.bar_count, "last bar")
    return {"to": step + {1: "#", -1: "b"}.get(int(alter), ""), "nth": "-1"}


RULES: tuple[Rule, ...] = (
    rule("hold-word", f"(?i:{_HOLD_WORD.pattern})", held_word),
    rule("hold-word", _HOLD_LAST.pattern, held_last),
    rule("note-length", f"{_TO_VALUE}|{_LONGER_NOTE}|{_DOT_IT}", one_length),
    rule(
        "note-length",
        rf"\bno notes? (?:is |are |should be |may be )?longer than an? {_VALUE.format('c')}|(?:没有|不要有|别有)?[^,.;]{{0,6}}(?:最长|不)(?:不)?(?:要|能|得)?(?:超过|长于){_VALUE.format('d')}",
        longest,
    ),
    rule(
        "alter-notes",
        rf"\b(?:end|finish|close|stop|land)s?(?:ing)? (?:it |this |the tune )?on the (?P<en>{'|'.join(w for w in _ENDS_ON if w.isascii())})\b(?! (?:bar|beat))|(?:结束|停|落|收)在(?:第)?(?P<zh>{'|'.join(w for w in _ENDS_ON if not w.isascii())})(?:音)?",
        last_degree,
    ),
    rule(
        "transpose",
        r"(?:\b(?:shift|move|transpose|put|raise|lower|bring|take|set)\b|移|调|升|降).*(?:(?:lowest|bottom|deepest|highest|top) note|最[低高]音?).{0,14}?(?:\bis\b|\bbecomes?\b|\bto\b|\bon\b|=|\bwill be\b|\bbe\b|是|为|到|变成|刚好)",
        edge,
    ),
    rule("alter-notes", _DEGREE.pattern, degree),
    rule(
        "alter-notes",
        r"\bnote (?:should be |to be |to |as )(?:an? )?(?P<new>[a-g]) (?:instead of|rather than|not) (?:an? |the )?(?P<old>[a-g])\b|\b(?:change|turn|make) (?:the |that |an? )?(?P<old2>[a-g]) (?:in bar \d+ )?(?:to|into) (?:an? |the )?(?P<new2>[a-g])\b(?! ?(?:major|minor|part|section|chord|dorian|mixo))",
        small_letters,
    ),
    rule(
        "split-note",
        r"\b(?:split|break|divide|cut|chop)\b[^.;]{0,40}\bnotes?\b[^.;]{0,16}\b(?:in(?:to)?|up)\b|(?:长?音|音符)[^,.;]{0,4}(?:拆|分|切)(?:成|为|开)|小节的?(?:长)?音(?:符)?(?:改|换|变)(?:成|为)(?:两|二|三|四|2|3|4)个(?:二分|四分|八分|十六分)|(?:拆|切)成",
        cut,
    ),
    rule(
        "vary",
        r"\b(?:a (?:wee )?(?:little|bit|touch|tad)|slightly|somewhat|subtly)(?: bit)? (?:different(?:ly)?|varied|changed|altered)\b|\bvary\b[^.;]{0,24}\b(?:a (?:little|bit|touch)|slightly|subtly)\b|\bslight variation\b|稍微?(?:变|改)(?:一下|化|点)|(?:稍微?|略微?)有?(?:一)?[点些]?(?:不同|不一样|变化)|(?:来|加|有)[点些]?小变化|变化一点",
        lambda m, c: {} if c.bars_in(c.lower) is not None or c.selection else None,
    ),
    rule(
        "embellish",
        r"\b(?:liven|perk|spice|jolly|brighten|dress) (?:\w+ ){0,3}up\b[^.;]*\b(?:eighths?|eighth notes|quavers|runs?|passing (?:notes|tones)|semiquavers|more notes)\b|\b(?:add|put|with|some|more|few|throw in|use)\b[^.;]{0,14}\b(?:running|passing|extra|more|some|a few|little) (?:running |passing |extra )?(?:notes|tones|quavers|eighths?|eighth notes|runs)\b(?! (?:about|on|to))|\b(?:embellish|elaborate|decorate) (?:the )?(?:melody|tune|line)\b|\b(?:needs?|wants?|could (?:use|do with)|i'd like|give (?:it|them|me|us)) (?:some |a few |a bit )?more notes\b|^(?:some |a few )?more notes\b|\bmore notes (?:in|at|for) (?:bars?|measures?)\b|音(?:符)?(?:太少|不够多|多一[点些])|加花|多加?(?:几个|一些|点)(?:八分)?音(?:符)?(?!乐)|(?:加|用|添)(?:一些|几个|点|些)八分音符",
    ),
    rule(
        "repeat-notes",
        r"\b(?:repeat|repeating|play|playing|sound|double|doubling) (?:each|every) (?:note|one)\b(?: (?:two times|three times|four times))?|\b(?:each|every) note (?:twice|two times|three times|four times|repeated)|每个?音(?:都)?(?:弹|奏|吹|唱|拉|重复)?(?:两|二|三|四)(?:遍|次|下)|同音反复",
        lambda m, c: {"count": "3" if re.search(r"three|三", m[0]) else "4" if re.search(r"four|四", m[0]) else "2"},
    ),
    rule(
        "in-notes",
        r"\b(?:in|all|only|just|to|into|as|using|entirely|steady|constant|continuous|running|plain|moving|play|use)\s+(?:in |only |just |all |plain |steady |straight )*(?:whole|half|quarter|eighth|sixteenth|minim|crotchet|quaver|semiquaver|semibreve)(?:s| notes?)?\b(?! (?:rest|pick|up-?beat|note [a-g]\b))|\b(?:whole|half|quarter|eighth|sixteenth) notes (?:only|throughout|all)|\b(?:crotchets|quavers|minims|semiquavers|semibreves) (?:only|throughout|all)|(?:全(?:部|都)?|都|只|统统)(?:用|改成|变成|换成|弹|走|是|写成|拉|吹)?(?:全|二分|四分|八分|十六分)音符|(?:改|变|换|走|写)(?:成|为)(?:全|二分|四分|八分|十六分)音符",
        equal_notes,
    ),
    rule("swap-notes", r"\b(?:swap|exchange|switch)\b|对调|互换|交换|调换", exchanged),
    rule(
        "rest-voice",
        rf"\b(?:let|have|make|bring)\b[^.;]{{0,24}}\b(?:starts?|begins?|comes? in|enters?|join)\b[^.;]{{0,10}}?(?:(?P<late>{N}) (?:bars?|measures?) (?:later|late|after)|\b(?:in|at|from|on) (?:bar|measure) (?P<at>{N}))|(?:晚|迟)(?P<zl>{N})个?小节(?:再)?(?:进|开始|出来|加入)|第(?P<za>{N})小节(?:才|再)(?:进|开始|出来|加入)",
        later,
    ),
    rule(
        "double-voice",
        r"\b(?:should |could |can |let |have )?(?:the )?[\w ]{2,20} (?:should |to |can |could )?double the [\w ]{2,20}",
        doubled,
    ),
    rule(
        "rest-voice",
        r"\b(?:rests?|silent|silence|tacet|drop(?:s|ped)? out|shut up|sits? out|pauses?|stop playing)\b|休止|不出声|停下来|静音|先不进",
        silent,
    ),
    rule(
        "swap-voices",
        r"\b(?:swap|switch|exchange|invert|flip)\b[^.;]{0,12}\b(?:the )?(?:hands|voices|parts|two (?:hands|voices|parts|lines))\b|(?:melody|tune) (?:in|to|into) the (?:bass|left hand|lower (?:voice|part))|(?:左右手|两个?声部|上下(?:两个)?声部)(?:的?(?:内容|旋律|音乐))?(?:互换|对调|交换|换一下)|旋律(?:放|移|换)到(?:左手|低音|低声部|下面)"
         r"|\bgive (?:the |my )?(?:bass|cello|bassoon|left hand|lower (?:voice|part|line)|second (?:voice|part|player)|viola) the (?:tune|melody|theme)\b|\b(?:swap|switch|exchange|change)\b[^.;]{0,12}\bwho plays (?:what|which)\b|\b(?:flute|violin|oboe|clarinet|recorder|soprano|top (?:line|part|voice)|right hand|first (?:violin|voice|player|part)) (?:gets|takes|has|plays) the (?:bottom|lower|bass|second) (?:line|part|voice)\b|谁[吹拉弹唱]什么[^,.;]{0,4}换"
        + _TO_THE_BASS,
        two_voices,
    ),
    rule("canon", rf"(?:{CANON})", entries),
    rule("picardy", rf"\b(?:end|finish|close)\w*\b[^.;]{{0,12}}\b(?:hopeful\w*|on a (?:hopeful|positive|brighter|happy|happier) note|in hope)\b|(?:结尾|最后)[^,.;]{{0,5}}(?:希望|光明)|\bpicardy\b|tierce de picardie|皮卡迪|(?:{ADD}|end|finish|close)[^,.;]{{0,20}}\bmajor (?:chord|triad|third) at the (?:very )?end|\b(?:end|finish|close) (?:it |this )?(?:on|with) (?:a|the tonic) major (?:chord|triad)|(?:结尾|最后)[^,.;]{{0,6}}(?:用|改成|变成|换成)大三?和弦"),
)  # fmt: skip
