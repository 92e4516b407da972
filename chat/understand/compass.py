"""How high and how low a new tune goes, which notes it has, and how wide its steps are, as people say it.

What it does not know: keys and scales (`pitch`), and what a range means in numbers (`ranges`).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.theory import parse_key
from chat.requirements import Wishes
from chat.understand.pitch import key_of, lone_mode, without_chords
from chat.understand.ranges import BETWEEN, PITCH, SIZES, VOICES, note_of
from chat.understand.text import in_letters

# -- ranges -----------------------------------------------------------------------------------

_AT_MOST = re.compile(
    rf"(?i:no(?:t|thing)? (?:go )?(?:higher|above|over|past|beyond)(?: than)?|not (?:to )?(?:go|exceed) (?:above|higher than)?|(?:can'?t|cannot|can not|don'?t|won'?t|unable to|never|must not|mustn't) (?:get|go|reach|sing|play|manage|be)(?: any)? (?:above|higher than|over|past|beyond)|(?:highest|top)(?: note)?(?: is| of| being| must be| should be):?|(?:highest|top) note:?|最高(?:音)?(?:不超过|别超过|别高过|到|是)?|(?:别|不要?|不能)(?:超过|高于|高过))\s*(?:the |a )?{PITCH}"
)
_AT_LEAST = re.compile(
    rf"(?i:no(?:t|thing)? (?:go )?(?:lower|below|under)(?: than)?|(?:can'?t|cannot|can not|don'?t|won'?t|unable to|never|must not|mustn't) (?:get|go|reach|sing|play|manage|be)(?: any)? (?:below|lower than|under)|(?:lowest|bottom)(?: note)?(?: is| of| being| must be| should be):?|(?:lowest|bottom) note:?|最低(?:音)?(?:不低于|别低于|到|是)?|(?:别|不要?|不能)(?:低于|低过))\s*(?:the |a )?{PITCH}"
)
_WITHIN = re.compile(
    rf"(?:doesn't|does not|don't|not|never|shouldn't|won't|can't) (?:to )?(?:go|goes|exceed|span|be|cover|use|reach)[^.;,]{{0,12}}?(?:over|beyond|more than|wider than|past|exceed)?\s*(?:an?|one)\s+({'|'.join(w for w in SIZES if w.isascii())})\b(?! (?:part|section|bar|time|note))|(?:within|in|range of|span(?:ning)?|of|inside|no more than|(?:no|not|nothing|never|none) (?:wider|larger|bigger|greater|broader) than|not more than|less than|at most|under)\s+(?:the range of |the span of )?(?:an?|one|a single|a perfect|a major)\s+({'|'.join(w for w in SIZES if w.isascii())})\b"
    rf"|(?:不要?|别|不能)超过(?:一个)?({'|'.join(w for w in SIZES if not w.isascii())})|(?:一个)?({'|'.join(w for w in SIZES if not w.isascii())})(?:以内|之内|范围)|音域[^,.;]{{0,6}}?(?:一个)?({'|'.join(w for w in SIZES if not w.isascii())})"
)
_OF_LEAPS = re.compile(r"\b(?:leaps?|jumps?|skips?|intervals?|steps?)\b[^,.;]{0,40}")
"""What is said of the way from note to note, not of the highest and the lowest one."""
OCTAVES = {
    "low": 3,
    "低": 3,
    "低音": 3,
    "middle": 4,
    "中央": 4,
    "high": 5,
    "top": 5,
    "高": 5,
    "高音": 5,
}


_POSITION = re.compile(
    r"(?<![A-Za-z])([A-G]) (?:five[- ]finger |hand |major |pentascale )*position\b|([A-G])(?:大调)?(?:五指)?(?:位置|把位|手位)"
)
_FIVE_FINGERS = re.compile(r"\bfive[- ]fingers?\b|\b5[- ]finger|五指|五个音(?:以内|范围)")
_FINGERS_FROM = re.compile(rf"{PITCH}\s*(?:to|-|–|到|至)\s*{PITCH}")
_ABOVE = re.compile(
    rf"(?:one |an |a single )?octave (?:above|up from|from|starting (?:on|at|from)) {PITCH}|从{PITCH}(?:开始|起)?(?:的|往上)?一个八度"
)


_FROM_MIDDLE_C = re.compile(
    r"\b(?:the )?(?P<n>[A-G](?:#|b|[ -]?sharp|[ -]?flat)?) (?:(?:just|right|next|first) )?(?P<octave>an octave )?(?P<way>above|over|below|under|beneath) middle C\b|\b(?:the )?(?P<top>[A-G]) (?:at|on|near) the top of the (?:staff|stave)\b|中央C(?:上方|以上|上面|往上)的(?P<z>[A-G][#b]?)(?![A-Za-z])"
)


def _by_number(match: re.Match[str]) -> str:
    """ "the A over middle C" is A4."""
    if match["top"]:  # the highest space of the treble staff
        return f"{match['top']}{5 if match['top'] in 'CDEFG' else 4}"
    name = re.sub(r"[ -]?sharp", "#", re.sub(r"[ -]?flat", "b", match["n"] or match["z"]))
    if match["way"] in ("below", "under", "beneath"):
        return f"{name}{2 if match['octave'] else 3}"
    return f"{name}{5 if match['octave'] or name[0] == 'C' else 4}"


def read_range(text: str, lower: str, wishes: Wishes) -> None:
    """`C4 G5` (lowest and highest note; `-` where one is open) or the name of an interval."""
    text = _FROM_MIDDLE_C.sub(_by_number, in_letters(without_chords(text)))
    if found := _POSITION.search(text):
        low = (found[1] or found[2]) + "4"
        wishes.values["range"] = f"{low} {_fifth_above(low)}"
        return
    if re.search(r"\bdo (?:to|up to|-) sol?\b|do到sol?", lower):
        wishes.values["range"] = "fifth"
        return
    if match := _ABOVE.search(text):
        place, name, octave = (g for g in match.groups()[:3]) if match[2] else match.groups()[3:]
        low = _pitch(place, name, octave, 4)
        wishes.values["range"] = f"{low} {low[:-1]}{int(low[-1]) + 1}"
        return
    if match := BETWEEN.search(text):
        low = _pitch(match[1], match[2], match[3], 4)
        high = _pitch(match[4], match[5], match[6], int(low[-1]))
        if not match[6] and not match[4] and _height(high) <= _height(low):
            high = high[:-1] + str(int(high[-1]) + 1)
        if (
            match[1] == "low"
            and not match[3]
            and low[0] in "CDEF"
            and _height(high) - _height(low) >= 24
        ):
            low = f"{low[:-1]}4"  # the low D of a whistle and its high one
        wishes.values["range"] = f"{low} {high}"
        return
    if _FIVE_FINGERS.search(lower):
        home = parse_key(wishes.values.get("key", ""))
        low = f"{home.tonic}4" if home is not None and home.tonic and not home.alter else ""
        wishes.values["range"] = f"{low} {_fifth_above(low)}" if low else "fifth"
        if ends := _FINGERS_FROM.search(text):
            low = _pitch(ends[1], ends[2], ends[3], 4)
            wishes.values["range"] = f"{low} {_fifth_above(low)}"
            if key := key_of(ends[2], lone_mode(lower) or "major"):
                wishes.values["key"] = key.name  # five fingers stand on the tonic
        return
    if re.search(
        r"\b(?:not|nothing|isn't|don't (?:go|make it)) too high\b|(?:别|不要?|不能)(?:太|唱得?太|吹得?太|写得?太)高|音(?:区)?别高",
        lower,
    ):
        wishes.values["range"] = "- D5"
        return
    top, bottom = _AT_MOST.search(text), _AT_LEAST.search(text)
    if top or bottom:
        low = _pitch(bottom[1], bottom[2], bottom[3], 4) if bottom else "-"
        high = _pitch(top[1], top[2], top[3], 5) if top else "-"
        if bottom and bottom[1] == "low" and not bottom[3] and low[0] in "CDEF":
            low = f"{low[:-1]}4"
        wishes.values["range"] = f"{low} {high}"
    elif re.search(
        r"(?:^|[,.;:]\s*)(?:only |just |within )?(?:one|1)[- ]octave(?: only| range)?(?=\s*(?:[,.;]|$))|\b(?:one|1|single)[- ]octave (?:range|span|compass)\b|\b(?:range|span|compass)(?: of)? (?:just |only |about )?(?:one|1|an) octave\b",
        lower,
    ) or re.search(
        r"\b(?:an?|one|1|single) octave (?:from|between) (?:the )?(?:bottom|top|lowest|highest|low|high)|\b(?:inside|within|keep (?:it |everything )?to) (?:just )?(?:one|a single|1) octave\b|(?:最高音?[和与跟到]最低音?|最低音?[和与跟到]最高音?|从低到高|上下)[^,.;]{0,10}(?:一个)?八度",
        lower,
    ):
        wishes.values["range"] = "octave"
    elif match := _WITHIN.search(_OF_LEAPS.sub(" ", lower)):
        said = next(g for g in match.groups() if g)
        wishes.values["range"] = next(w for w, n in SIZES.items() if n == SIZES[said])
    elif named := _voice_range(lower):
        wishes.values["range"] = named
        wishes.details["sung-by"] = "yes"


_VOICE = re.compile(
    r"\b(?:range|compass|tessitura|comfortable|suitable|suits?|fits?|sing(?:able|s|ing)?|solo|song|tune|melody|piece|aria|air|line)\b[^.;]{0,24}?\b(?:for|of|by) (?:an? |the |my |our |low |high )*(?P<en>soprano|mezzo(?:[- ]soprano)?|contralto|alto|tenor|baritone|bass)(?: voice| singer| solo| range)?\b(?! (?:clef|line|part|sax\w*|recorder|flute|horn|drum|guitar|trombone|banjo|clarinet|and|or|,))"
    r"|\b(?P<en2>soprano|mezzo(?:[- ]soprano)?|contralto|alto|tenor|baritone) (?:voice|range|solo|singer|aria|song)\b|(?:适合|给|为|写给)?(?P<zh>女高音|女中音|女低音|男高音|男中音|男低音)(?:独唱|演唱|唱|的?音域|来唱)"
)
"""Who is to sing a melody alone."""


def _voice_range(lower: str) -> str:
    """The range of the voice that is to sing, as `A3 D5`; "" for none."""
    match = _VOICE.search(lower)
    if match is None or re.search(r"\bsatb\b|\bchoir\b|\bvoices\b|合唱", lower):
        return ""
    said = match["en"] or match["en2"] or match["zh"]
    low, high = next((low, high) for _, words, low, high in VOICES if re.search(words, said))
    return f"{note_of(low)} {note_of(high)}"


def _fifth_above(low: str) -> str:
    steps = "CDEFGAB"
    octave, index = divmod(steps.index(low[0]) + 4, 7)
    return f"{steps[index]}{int(low[-1]) + octave}"


def _pitch(place: str | None, name: str, octave: str | None, usual: int) -> str:
    number = int(octave) if octave else OCTAVES.get(place or "", usual)
    return f"{name[0].upper()}{name[1:]}{number}"


def _height(pitch: str) -> int:
    return "C D EF G A B".index(pitch[0]) + 12 * int(pitch[-1])


# -- single notes -----------------------------------------------------------------------------

_LETTERS = r"(?:(?<![A-Za-z])[A-G][#b]?(?:\s*(?:,|and|&|和|、|\s)\s*)){1,6}(?<![A-Za-z])[A-G][#b]?(?![A-Za-z#])"
_ONLY_LETTERS = re.compile(
    r"(?:only|just|nothing but|notes:|(?:five|four|three|six|two|these) notes(?: only)?:|use only|using only|(?:has |have |'ve )?(?:only |just |so far )?(?:learned|learnt|been taught)|学(?:了|过|会了?)|(?:only|just) (?:know|knows|own|owns|got|have|has|play|plays|can play|us(?:e|es|ing)|contains?|consists? of|made of|goes? through)[^.;:A-G]{0,24}|只用|只有|只会|仅用|只含)\s*:?\s*(?:the )?(?:notes? |pitches |音(?:符)?|音:)?((?:[A-G](?:[#b]|[ -](?:sharp|flat))?(?:\d)?(?:\s*(?:,|and|&|or|和|、|/|\s)\s*)?){2,7})(?:(?![A-Za-z#])|(?=[.,;]|$))(?!\s*(?:,|、|and|和)?\s*[A-G][#b]?(?:m|7|maj|dim|sus))(?!\s*(?:major|minor|chords?|和弦|大调|小调))"
    rf"|({_LETTERS}),? (?:(?:notes )?only\b|(?:and|but|-) (?:nothing|not(?:hing)? (?:any)?thing) (?:else|more)|that'?s (?:it|all)|is (?:all|everything|as far as)|are (?:all|the only)|and that'?s (?:it|all)|so far\b|and no (?:others?|other notes))"
    rf"|\b(?:know|knows|learn(?:ed|t)|can play|plays?|use|have (?:done|covered)|covered|got|own|have(?: got)?) (?:just |only |the notes? )*({_LETTERS})(?! (?:major|minor|chord))(?=[^;.]{{0,24}}\b(?:nothing else|so far|only|that'?s (?:it|all)|no more|yet)\b)"
    rf"|(?:会|学了|认识|教了)({_LETTERS})(?:这?[两二三四五六几]个音)"
)
_TRIAD = re.compile(
    r"(?:only|just|nothing but|只用|只有)[^.;,]{0,24}?\b(?:notes|tones|音)[^.;,]{0,12}?\b([A-G][#b]?)\s*(major|minor|大|小)?[- ]?(?:三和弦|triad|chord|arpeggio|和弦)"
)
_NEVER = re.compile(
    r"(?:never|without|no|avoid(?:s|ing)?|skip|leave out|doesn't|does not|not)\s+(?:ever )?(?:us(?:e|es|ing)\s+|play(?:ing)? )?(?:the )?(?:notes? |pitch(?:es)? |any )([A-G][#b]?)(?:'s|s)?\b((?:(?:,| and| or|,? nor)+ [A-G][#b]?(?:'s|s)?\b)*)"
    r"|(?:without|avoid(?:s|ing)?|skip(?:s|ping)?|leav(?:e|es|ing) out|no) ([A-G])(?:'s|s)?((?:(?:,| and| or|,? nor)+ [A-G](?:'s|s)?\b)+)(?! (?:major|minor|chord))"
    r"|(?:不用|没有|避免|不出现|不要|别用|去掉)(?:音符?)?([A-G][#b]?)((?:[、,和与跟][A-G][#b]?)*)(?:这?[两二三]?个)?音"
)


_ONE_PITCH = re.compile(
    r"\b(?:on|using|with) (?:just |only )?(?:one|a single|the same) (?:note|pitch)\b(?! (?:per|a|each|to|in))|\b(?:just|only|nothing but) (?:an? |the |some )?rhythms?\b(?! (?:section|guitar))|\brhythms? (?:only|alone)\b|\b(?:no|without(?: any)?) (?:pitch(?:es)?(?=\s*(?:[,.;!]|$))|melody,? just (?:a |the )?rhythm)\b|\bunpitched\b|\b(?:one|single)[- ](?:note|pitch) (?:rhythm|exercise|tune)|\bclapping (?:exercise|rhythm|piece|study)|(?:只用|用)(?:同)?一个音(?:高)?(?!符)|节奏练习|只(?:要|写|需要|给我)节奏(?:型)?|(?:不要|没有|不带|无)音高"
)


_WHITE_KEYS = re.compile(
    r"\b(?:only|just|all|nothing but|stays? on|keep to|stick to|use|using)\b[^.;]{0,16}\bwhite (?:keys|notes|ones)\b|\bwhite (?:keys|notes|ones)[- ]only\b|\b(?:no|without(?: any)?|avoid(?:ing)?(?: the| all)?|never (?:touch|use)(?: the| any)?|not (?:use |touch )?(?:the|any)|don'?t (?:want|use|like)(?: the| any)?) black (?:keys|notes|ones)\b|(?:只|全|都|仅)(?:用|弹|在)?白键|(?:不要|不用|别用|没有|避开|不碰|不弹)黑键"
)


def read_pitches(text: str, lower: str, wishes: Wishes) -> None:
    """`pitches`: the only notes, by letter; `without`: a note that never comes."""
    if match := _TRIAD.search(text):
        key = key_of(match[1], "minor" if match[2] in ("minor", "小") else "major")
        if key is not None:
            triad = [key.scale[d] for d in (0, 2, 4)]
            wishes.values["pitches"] = " ".join(
                s + {1: "#", -1: "b", 0: ""}[int(a)] for s, a in triad
            )
            wishes.values.setdefault("key", key.name)
        return
    if _ONE_PITCH.search(lower):
        wishes.values["pitches"] = "G"
        wishes.implied.setdefault("figures", "eighths")
        wishes.values.setdefault("chords", "no")
        return
    if _WHITE_KEYS.search(lower):
        wishes.values.setdefault("scale", "diatonic")
        home = "A minor" if wishes.values.pop("mode", "") == "minor" else "C major"
        wishes.values.setdefault("key", home)
        return
    match = _ONLY_LETTERS.search(text)
    if match and re.search(r"[A-G][#b]?7", match[0]):
        return  # "only C, F and G7" names chords
    chords = wishes.values.get("chords", "")[:1] in tuple("ABCDEFG") and not re.search(
        r"\bnotes?\b|音", lower
    )
    if match and not chords and "chord" not in lower and "和弦" not in lower:
        spoken = re.sub(
            r"[ -]sharp", "#", re.sub(r"[ -]flat", "b", next(g for g in match.groups() if g))
        )
        names = re.findall(r"[A-G][#b]?", spoken)
        if len(set(names)) > 1:
            wishes.values["pitches"] = " ".join(dict.fromkeys(names))
            if not re.search(r"major|minor|key|大调|小调", lower):
                wishes.values.pop("key", None)  # "only B A G" was read as a key
    if sign := _NO_SIGN.search(text):
        wishes.values["without"] = sign[1] + {"s": "#", "f": "b", "n": "="}[sign[2][0].lower()]
    elif match := _NEVER.search(text):
        first, more = (
            g or "" for g in (match[1] or match[3] or match[5], match[2] or match[4] or match[6])
        )
        letters = [first, *re.findall(r"[A-G][#b]?", more)]
        wishes.values["without"] = " ".join(dict.fromkeys(letters))


_NO_SIGN = re.compile(
    r"\b(?:no|without(?: any)?|avoid(?:ing)?|skip|leave out|never (?:uses?|plays?)?)(?: the| any)? ?([A-G])[ -]?(sharp|flat|natural)s?\b"
)
_RISES = r"(?:rises?|rising|climbs?|climbing|goes up|go up|going up|builds? to|ascends?|ascending)"
_FALLS = r"(?:falls?|falling|comes? (?:back )?down|goes (?:back )?down|descends?|descending|sinks?|drops? (?:back )?down|returns?|(?:and )?(?:back )?down again|winds down)"
_ARCH = re.compile(
    rf"\b{_RISES}\b[^.;]{{0,50}}?\b(?:and|then|before|,)[^.;]{{0,40}}?\b{_FALLS}\b(?! on)|\b(?:starts?|begins?|starting|beginning) low\b[^.;]{{0,60}}?\b(?:high|peak|climax|top)\b[^.;]{{0,60}}?\b(?:low|down|back|{_FALLS})\b|\barch(?:ed|-shaped| shape|ing)?\b[^.;]{{0,12}}\b(?:shape|contour|melody|line|tune|form)\b|\bmelodic arch\b"
    r"|(?:从|由)?低到高[^.;]{0,4}(?:再|又|然后|后)[^.;]{0,6}(?:低|回|降|落|下)|先(?:上行|升|扬|往上|向上|高起来)[^.;]{0,6}(?:再|后|然后)[^.;]{0,6}(?:下行|降|抑|往下|向下|回落|落)|拱形|山形|起伏的?弧线"
)
_PEAK = re.compile(
    rf"\b(?:peak|climax|highest (?:note|point)|high point|top note)\b[^.;,]{{0,24}}?\b(?:bar|measure) (?P<a>{numbers.NUMBER})|\b(?:bar|measure) (?P<b>{numbers.NUMBER})\b[^.;,]{{0,20}}?\b(?:is|as|has|at|with|for)\b[^.;,]{{0,12}}?\b(?:peak|climax|highest (?:note|point)|high point)\b|第\s*(?P<c>{numbers.NUMBER})\s*小节[^.;,]{{0,6}}(?:最高|高潮|顶点|高点)|(?:最高(?:音|点)|高潮|顶点)[^.;,]{{0,4}}(?:在|放在|落在)第\s*(?P<d>{numbers.NUMBER})\s*小节"
)
_ONE_WAY = (
    ("up", r"\b(?:rising|ascending|climbing) (?:melody|line|tune|theme)\b|\b(?:melody|line|tune) (?:that |which |should |must |keeps? )*(?:steadily |gradually |always |only )*(?:rises?|climbs?|ascends?|goes up|rising|climbing)\b|(?:旋律)?(?:一路|逐渐|不断|一直)(?:上行|上升|往上|升高)|上行的?旋律"),
    ("down", r"\b(?:falling|descending|sinking) (?:melody|line|tune|theme)\b|\b(?:melody|line|tune) (?:that |which |should |must |keeps? )*(?:steadily |gradually |always |only )*(?:falls?|descends?|sinks?|goes down|falling|descending)\b|(?:旋律)?(?:一路|逐渐|不断|一直)(?:下行|下降|往下|降低)|下行的?旋律"),
)  # fmt: skip
_OF_A_PART = re.compile(
    r"\b(?:part|section|half|phrase|strain|bass|chorus|verse|scale|cadence|ending|tempo|volume|dynamics?|crescendo)\b|乐句|[a-h]段|部分|音阶|低音|力度|速度"
)
"""Where a part of the tune goes a way, or loudness, the change that leads bars knows it."""


def read_contour(text: str, lower: str, wishes: Wishes) -> None:
    """`contour`: `arch`, `arch 6` (highest note in bar 6), `up` or `down`, of the whole melody."""
    peak = _PEAK.search(lower)
    if _OF_A_PART.search(lower) and not peak:
        return
    if peak or _ARCH.search(lower):
        said = next((g for g in peak.groups() if g), "") if peak else ""
        bar = numbers.value(said) if said else None
        wishes.values["contour"] = f"arch {bar}" if bar else "arch"
    elif way := next((way for way, words in _ONE_WAY if re.search(words, lower)), ""):
        wishes.values["contour"] = way
    if "contour" in wishes.values and not {"form", "repeats"} & set(wishes.values):
        wishes.implied |= {"repeats": "no"} | ({} if "bars" in wishes.values else {"bars": "8"})


_STEPS_ONLY = re.compile(
    r"\b(?:by step|stepwise(?! descending bass)|conjunct|only steps|steps only)\b|级进"
)
_SIZE = rf"(?:an? |one |the )?(?:perfect |major |minor |single )?(?P<{{}}>{'|'.join(w for w in SIZES if w.isascii())})\b"
_THAN = (
    r"(?:bigger|larger|wider|more|greater|over|beyond|above|broader|higher|further|past)(?: than)?"
)
_STEP_TO_STEP = r"\b(?:from (?:one )?note to (?:the next|note)|from one to the next|between (?:two |any two |neighbou?ring |adjacent |successive |consecutive )*notes|(?:note|pitch) to (?:the next|note)|at a time|at once|in one go|between one note and the next)\b"
_LEAP = re.compile(
    rf"(?:no|without|avoid|nothing|never|not)(?: any| with)?(?: a)? (?:(?:big|large|wide|melodic) )*(?:leaps?|jumps?|skips?|hops?|intervals?)[^;.]{{0,40}}?(?:{_THAN}|than) {_SIZE.format('a')}"
    rf"|(?:leaps?|jumps?|skips?|hops?|intervals?|steps?)[^;.]{{0,24}}?(?:up to|at most|no {_THAN}|not (?:be |go )?{_THAN}|never (?:be |go )?{_THAN}|smaller than|within|nothing {_THAN}) {_SIZE.format('b')}(?: (?:at most|or less|or smaller|maximum|max)| and no more)?"
    rf"|(?:no|not|nothing|never|none|n't|cannot|without|avoid)\b[^;.]{{0,40}}?{_THAN} {_SIZE.format('c')}(?=[^;.]{{0,40}}?{_STEP_TO_STEP})"
    rf"|{_STEP_TO_STEP}[^;.]{{0,40}}?(?:no|not|nothing|never|n't|cannot)\b[^;.]{{0,24}}?{_THAN} {_SIZE.format('d')}"
    rf"|\bnotes\b[^;.]{{0,24}}?\b(?:no|not|never|n't|at most)\b[^;.]{{0,12}}?(?:{_THAN} )?{_SIZE.format('f')} apart"
    rf"|(?:hands?|fingers?|reach|stretch)\b[^;.]{{0,50}}?(?:no|not|nothing|never|n't|cannot)\b[^;.]{{0,24}}?{_THAN} {_SIZE.format('e')}"
    rf"|(?:跳|音程|跨)[^;.]{{0,10}}?(?:不能?超过|不大于|不能?大于|不要(?:超过|大于)|别(?:超过|大于)|小于|最多|最大|至多|控制在|限制在)[^;.]{{0,3}}?(?:纯|大|小)?(?P<z>{'|'.join(w for w in SIZES if not w.isascii())})"
    rf"|(?:不要|没有|别有|避免|不能有)(?:超过|大于|大过|比)(?:纯|大|小)?(?P<y>{'|'.join(w for w in SIZES if not w.isascii())})(?:以上|大|更大)?的?(?:大?跳|音程|跨度)"
    rf"|(?P<x>{'|'.join(w for w in SIZES if not w.isascii())})(?:以内|之内)的?(?:小?跳|音程)"
)
_RANGE_SAID = r"\b(?:range|compass|span|ambitus|octave)\b|音域|八度"
_NO_LEAPS = re.compile(
    r"\b(?:no|without|avoid)(?: any)? (?:big |large |wide )?(?:leaps|jumps)\b|不要(?:有)?大跳|没有大跳"
)


_TWICE = r"(?:twice|two times|more than once)"
_SAME_AGAIN = re.compile(
    rf"\b(?:no|without(?: any)?|avoid(?:ing)?(?: any)?|never(?: any)?) (?:immediate(?:ly)? |direct(?:ly)? )?(?:repeated|repeating|repetitions? of|repeats? of) (?:notes?|pitch(?:es)?|tones?|the same note)\b"
    rf"|\b(?:no|not? any|never (?:the same|any|a)|don't (?:play|hit|strike|repeat|use)[^,.;]{{0,14}}) (?:single )?(?:note|pitch|tone)s?\b[^,.;]{{0,24}}\b(?:{_TWICE} (?:running|in a row|in succession|together|successively|consecutively)|repeated|in a row|immediately|back to back|straight away|(?:right )?after itself)"
    rf"|\b(?:never|don't|do not|not|without) (?:repeat|repeating) (?:a|any|the same) (?:note|pitch|tone)\b|\b(?:no two|two) (?:\w+ )?(?:consecutive|successive|adjacent|neighbou?ring)? ?(?:notes|pitches) (?:in a row |running )?(?:(?:must|should|may|can) (?:not|never) be|are|being|should be|that are) (?:the same|alike|equal|identical)"
    r"|(?:不要|不能|不可|不许|别|避免|不得|没有|不)(?:有|出现|用)?(?:连续)?(?:的)?(?:同音反复|同音重复|重复音|重复的音|相邻的?同音|连续的?(?:相同|同样|同一)的?音|连续(?:两次|重复)[^,.;]{0,4}(?:同|音))|(?:相邻|前后|连续)的?(?:两个)?(?:的)?音(?:高|符)?(?:都)?(?:不要|不能|不可|不许|不得|不)(?:能|可)?(?:相同|一样|重复|同音)|同一个音(?:不要|不能|不可|不许|不得|别)(?:连续|连着|重复|接连)|(?:不要|不能|别)(?:连续|连着|接连)[^,.;]{0,6}(?:同一个|相同的?|同样的?)音"
)
"""No note is struck again at once."""


def read_leaps(text: str, lower: str, wishes: Wishes) -> None:
    """`leap`: the widest interval from note to note, in semitones; `repeated_notes`: none at once."""
    if _SAME_AGAIN.search(lower):
        wishes.values["repeated_notes"] = "no"
        wishes.details.pop("twice", None)  # of a note, not of its chord
    _read_leap(lower, wishes)


_NOTHING_ELSE = re.compile(
    r"\b(?:only|just|all|nothing but|entirely|always|strictly|purely) (?:by |in )?steps?(?:wise)?\b|\bsteps? only\b|\bstepwise only\b|\bno (?:leaps|jumps|skips)(?: at all| whatsoever| ever)\b|\b(?:every|each) note (?:is )?(?:next to|beside|a step from) the (?:last|one before|next)|(?:只用|只有|全(?:部|都)?(?:是|用)?|只能|只)(?:是)?级进|(?:不要|没有)任何跳进"
)
"""Steps of the scale and nothing wider."""


def _read_leap(lower: str, wishes: Wishes) -> None:
    """`leap`: the widest interval from note to note, in semitones."""
    if match := _LEAP.search(lower):
        wishes.values["leap"] = str(SIZES[next(g for g in match.groups() if g)])
        if wishes.values.get("range") in SIZES and not re.search(_RANGE_SAID, lower):
            wishes.values.pop("range")  # the same words, read as the way from low to high
    elif _NO_LEAPS.search(lower):
        wishes.values["leap"] = "2" if _NOTHING_ELSE.search(lower) else "5"
    elif _STEPS_ONLY.search(lower):
        wishes.values["leap"] = "2" if _NOTHING_ELSE.search(lower) else "4"
