"""Meter, tempo, length, form, pickup and note values, as people say them."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from fractions import Fraction

from abc_tools import numbers
from abc_tools.theory import parse_meter
from chat.requirements import MAX_BARS, Wishes
from chat.understand.tables import NOTE_NAMES, TEMPO_FEEL, find, find_all
from chat.understand.text import without_titles

_METER = re.compile(r"(?<![\d/.])(\d{1,2})\s*/\s*(\d{1,2})(?![\d/])(?!\s*-?\s*notes?)")
_METER_ZH = re.compile(
    r"([二三四五六七八九十\d]+)\s*分之\s*([一二三四五六七八九十\d]+)\s*拍?|([二三四五六七八九])([二三四六八])拍"
)
_SPOKEN = tuple(
    (rf"\b{top}[ -]{bottom}\b(?! (?:bars?|notes?|measures?))", f"{numbers.UNITS[top]}/{number}")
    for top in ("two", "three", "four", "five", "six", "seven", "nine", "twelve")
    for bottom, number in (("two", 2), ("four", 4), ("eight", 8), ("eighths", 8), ("quarter", 4))
)
_NAMED = (
    *_SPOKEN, (r"\bcommon time\b", "4/4"), (r"\bcut time\b|\balla breve\b", "2/2"),
    (r"\bwaltz time\b|\btriple (?:time|meter|metre)\b|\bin three\b(?! (?:\w+ )?(?:keys|parts|voices|sections|flats|sharps|phrases|verses|days|minutes|seconds|hours|weeks|months|years))|三拍子", "3/4"),
    (r"\bmarch time\b|\bin four\b(?! (?:\w+ )?(?:keys|parts|voices|sections|flats|sharps|phrases|verses|days|minutes|seconds|hours|weeks|months|years))|四拍子", "4/4"), (r"\bduple (?:time|meter|metre)\b|二拍子", "2/4"),
    (r"\bcompound (?:duple|time)\b", "6/8"), (r"\bin five\b(?!-)(?! (?:\w+ )?(?:keys|parts|voices|sections|flats|sharps|phrases|verses|days|minutes|seconds|hours|weeks|months|years))|五拍子", "5/4"), (r"\bin seven\b(?!-)(?! (?:\w+ )?(?:keys|parts|voices|sections|flats|sharps|phrases|verses|days|minutes|seconds|hours|weeks|months|years))|七拍子", "7/8"),
)  # fmt: skip
_IN_A_BAR = re.compile(
    r"\b(two|three|four|five|six|seven|[2-7]) (?:beats? )?(?:in|to|per) (?:a|the|each|every|one) (?:bar|measure)\b|每小节([二三四五六七2-7])拍"
)
LONGEST_BAR = 2
SLOWEST, FASTEST = 20, 300


def read_meter(text: str, lower: str, wishes: Wishes) -> None:
    """The meter; what cannot be counted is a problem."""
    meter = spoken_meter(without_titles(lower))
    if not meter:
        return
    written = {f"{m[1]}/{m[2]}" for m in _METER.finditer(lower)}
    if len(written) > 1 and not re.search(r"\bor\b|chang|switch|alternat|或|换|变", lower):
        wishes.problems.append(("two-meters", " / ".join(sorted(written))))
        return
    top, bottom = (int(n) for n in meter.split("/"))
    if top == 0 or bottom == 0 or bottom not in (1, 2, 4, 8, 16, 32):
        wishes.problems.append(("no-such-meter", meter))
    elif bottom not in (2, 4, 8) or not 2 <= top <= 15 or top / bottom > LONGEST_BAR:
        wishes.problems.append(("meter-unsupported", meter))
    else:
        wishes.values["meter"] = meter


def spoken_meter(lower: str) -> str:
    """The last meter that a text names, as written; "" for none."""
    found = ""
    for match in _METER.finditer(lower):
        if not re.match(r"\s*(?:bars?|measures?)", lower[match.end() :]):
            found = f"{match[1]}/{match[2]}"
    if not found and (match_ := _METER_ZH.search(lower)):
        if match_[1]:
            return f"{numbers.value(match_[2])}/{numbers.value(match_[1])}"
        one, other = numbers.value(match_[3]), numbers.value(match_[4])
        return f"{other}/{one}" if one in (4, 8) and other not in (4, 8) else f"{one}/{other}"
    if not found and (beats := _IN_A_BAR.search(lower)):
        count = numbers.value(beats[1] or beats[2])
        return f"{count}/4" if count and 2 <= count <= 7 else ""
    if not found:
        found = next((meter for words, meter in _NAMED if re.search(words, lower)), "")
    return found


# -- tempo ------------------------------------------------------------------------------------

_BPM = re.compile(
    r"(?:\bbpm)\s*(?:of|=|:|is|at|around)?\s*(\d{2,3})\b|(?:♩|q|quarter(?: note)?|crotchet|四分音符|dotted (?:quarter|crotchet)|1/4|3/8)\.?\s*(?:=|equals?|at|is)\s*(\d{1,4})"
    r"|(?<!\d)(\d{1,6})(?:\s*(?:-|to)\s*\d{1,4})?\s*(?:bpm|beats? (?:a|per|to the|each) min(?:ute)?|(?:steps?|crotchets?|quarters?|quarter notes?|clicks?|ticks?)? ?(?:a|per|to the|to a|in a) minute|(?:to|per) (?:the |a )?(?:dotted )?(?:quarter|crotchet|beat|minim|half)(?: notes?)?\b|b\.p\.m\.?|拍每分钟|拍/分)"
    r"|(?:tempo|speed|metronome|mm|velocity|pace|\bq to 1/4|\bq to)\s*(?:marking|mark)?\s*(?:of|=|:|is|to|at|around|about)*\s*(\d{2,4})"
    r"|速度\s*(?:也|都|标(?:成|为|记|注|记成)?|写(?:成|为)?|给|就|再|大约|是|为|:|=|改成|改为|调到|调成|设为|定在|定为|提到|不(?:要|能|可)?(?:超过|高于|快过|快于|大于)|别超过|最快|最多|至多|低于|控制在|保持在|提高到|升到|加到|加快到|降到|减到|放慢到|放到|变成|变为|换成|用|大概|约|到|在)*\s*(\d{2,4})"
    r"|[每一]分钟\s*(\d{2,4})\s*拍?|\b(?:at|around) (?:about |around )?(\d{2,3})(?=[,.!?]|$)|(\d{2,4})\s*拍(?:的速度|左右)"
    r"|\b(?:no|not|never|nothing) (?:any )?(?:faster|quicker|above|over|more) than (?:about |around )?(\d{2,3})\b(?! (?:bars|notes|beats? (?:long|in)))|(?<!\d)(\d{2,3}) (?:or slower|at most|at the most|maximum|max)\b"
    r"|(?<![\d/])((?:[5-9]\d|1\d\d|2[0-4]\d))\s*拍(?!子|号|的?音|长)"
    r"|(?:不要|不能|别|不可以?|不)(?:再)?(?:快于|快过|比)\s*(\d{2,3})(?!\s*(?:个|小节|首))"
    r"|[快慢][^,.;]{0,6},?(?:大概|大约|约|到|在|差不多)*(\d{2,3})左右"
    r"|\b(\d{2,3})\s?-?ish\b|\babout (\d{2,3}) (?:dotted )?(?:quarters?|crotchets?|quavers?)\b"
)


def read_bpm(lower: str) -> int | None:
    """Beats a minute that a text names."""
    match = _BPM.search(numbers.in_digits(lower))
    return int(next(g for g in match.groups() if g)) if match else None


def read_tempo(text: str, lower: str, wishes: Wishes) -> None:
    """Beats a minute, or slow, medium or fast."""
    bpm = read_bpm(lower)
    if bpm is not None:
        if SLOWEST <= bpm <= FASTEST:
            wishes.values["tempo"] = str(bpm)
        else:
            wishes.problems.append(("no-such-tempo", str(bpm)))
        return
    feel = spoken_feel(lower)
    if feel:
        wishes.values["tempo"] = feel
    if feel == "fast" and (marking := find(lower, _VERY_FAST)):
        wishes.details["tempo-word"] = marking[0]


_VERY_FAST = {
    "prestissimo": ("prestissimo", "最急板"),
    "presto": (
        "presto",
        "very fast",
        "very quick",
        "as fast as possible",
        "急板",
        "非常快",
        "很快",
    ),
    "vivace": ("vivace", "活泼的快板"),
}
"""Markings that say more than fast."""


_NOT_TOO = re.compile(
    r"(?:not|nothing|isn't|don't want it) (?:too|very|so|that)? ?(fast|quick|slow|lively)|not? (fast|slow)\b|(?:不|别)(?:要|能|用)?(?:太|很|那么|这么)?([快慢])"
)


def spoken_feel(lower: str) -> str:
    """`slow`, `medium`, `fast` or "": a negated word is no wish, "not too fast, not too slow" is medium."""
    plain = re.sub(
        r"slow air|\bslow (?:it )?down|fast asleep|\bupbeat (?:bar|note)|\b(?:on|with|from) (?:an?|the) upbeat\b|\b(?:slow|speed)(?:s|ing)? (?:down|up)\b|\b(?:gets?|getting|grows?|growing|gradually|bit by bit|more and more) (?:slower|faster|slow|fast)\w*|渐渐?(?:地)?(?:变|放|加)?[快慢]|越来越[快慢]|逐渐[变放加]?[快慢]",
        " ",
        lower,
    )
    denied = [next(g for g in m.groups() if g) for m in _NOT_TOO.finditer(plain)]
    feels = find_all(_NOT_TOO.sub(" ", plain), TEMPO_FEEL)
    if not feels:
        return "medium" if denied else ""
    if {"slow", "fast"} <= set(feels):
        found = find(plain, {k: v for k, v in TEMPO_FEEL.items() if k in feels})
        return found[0] if found else ""
    return feels[0]


# -- length and form --------------------------------------------------------------------------

_N = numbers.NUMBER
_UNIT = r"(?:(?:bars?|measures?|mea?s)(?![a-z])|小节)"
_BARS = re.compile(
    rf"(?<![第\d/-])(?<!to )(?<!bar )(?<!bars )({_N})[\s-]*(?:full |whole )?(?:个)?\s*{_UNIT}"
)
_PER_PART = re.compile(
    rf"(?:each|every|per) (?:part|section|phrase|strain|verse)[^,.;]{{0,12}}?({_N})[\s-]*{_UNIT}"
    rf"|(?:(?:parts|sections|strains|verses|phrases) of|with) ({_N})[\s-]*{_UNIT} each|({_N})[\s-]*(?:bar|measure)s? (?:each|apiece|per (?:part|section|strain|half)|(?:parts|sections|strains|phrases))"
    rf"|({_N})[\s-]*(?:bar|measure)s? (?:long )?(?:(?:to|for|in|per|of) )?(?:an?|the|each|every|either|both|per) (?:repeated )?(?:parts?|sections?|hal(?:f|ves)|strains?|phrases?|turns?)\b"
    rf"|(?:parts?|sections?|strains?|halves) (?:(?:is|are|being|each|both) )*({_N})[\s-]*(?:bar|measure)s?(?: long)?(?=[,.;]|$)"
    rf"|每(?:一)?(?:段|部分|句|乐段)[^,.;]{{0,4}}?({_N})\s*个?小节|各(?:自|有|是|为)?\s*({_N})\s*个?小节|({_N})\s*个?小节一(?:段|句)"
)
_NAMED_PART = re.compile(
    rf"(bridge|middle eight|chorus|verse|intro|refrain|桥段|副歌|主歌|前奏|尾声)[^,.;\d]{{0,14}}?({_N})[\s-]*(?:个)?{_UNIT}"
    rf"|({_N})[\s-]*(?:bar|measure)s?(?:[\s-]+| (?:to|for|in|per|of) (?:the |a |each |every )?)(bridge|chorus|verse|refrain|intro)|({_N})\s*个?小节的?(桥段|副歌|主歌)"
)
_TIMES = re.compile(
    rf"({_N})[- ]bars? (?:phrases?|lines?|sections?) ?[x*] ?({_N})\b|\b({_N}) ?[x*] ?({_N})[- ]bars?\b"
)
_LETTERED = re.compile(
    rf"\bA ?(?:段|part|section|strain)[^.;]{{0,24}}?({_N})[\s-]*(?:个)?{_UNIT}[^.;]{{0,40}}?\bB ?(?:段|part|section|strain)[^.;]{{0,24}}?({_N})[\s-]*(?:个)?{_UNIT}",
    re.IGNORECASE,
)
"""So many bars of each of two lettered parts."""
_SO_MANY = re.compile(
    rf"({_N}) ({_N})[ -]{_UNIT} (?:lines|phrases|parts|sections|strains)|({_N}) (?:lines|phrases|parts|sections|strains) (?:of|with|,) ({_N})[\s-]*{_UNIT}|({_N})(?:个)?(?:乐句|句|段|部分)[,]?每(?:一)?(?:个)?(?:乐句|句|段|部分)({_N})\s*个?小节"
)
_SHARE = re.compile(
    rf"(?:last|first|next|final|every|second|middle|最后|前|后|最初|开头|中间|中段|结尾|each)\s*(?:的)?{_N}\s*个?{_UNIT}"
)
_MINUTES = re.compile(
    r"(?:about|around|roughly|approximately|大约|大概)?\s*(\d{1,3}|half a|one|a|two|three|ten|fifteen|thirty|forty|sixty|twenty|ninety|半|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一两三四五六七八九]|four|five|six|seven|eight|nine|twelve)\s*-?(?:个)?\s*((?:seconds?|secs?|minutes?|mins?)\b|秒钟?|分钟)(?!\s*(?:ago|later|\d*\s*拍))(?:\s+long)?"
)
_FORM = re.compile(r"(?<![A-Za-z])([A-E](?:\s*-\s*)?(?:[A-E]'?(?:\s*-\s*)?){1,8})(?![A-Za-z])")
FORMS = {
    "AABB": ("binary form", "binary", "two-part form", "two repeated parts", "二段式", "二部曲式", "二段体", "单二部", "单二部曲式"),
    "ABA": ("ternary form", "ternary", "three-part form", "da capo", "三段式", "三部曲式", "三段体", "单三部", "单三部曲式", "带再现"),
    "ABACA": ("rondo", "rondo form", "回旋曲", "回旋曲式"),
    "AABA": ("song form", "32-bar form", "with a bridge", "and a bridge", "thirty-two bar form", "american songbook"),
    "ABAB": ("verse and chorus", "verse-chorus", "verse/chorus", "verses and a chorus", "verse and a chorus",
             "a verse and", "with a chorus", "主歌副歌", "主歌和副歌", "主歌+副歌", "主歌加副歌", "有副歌", "带副歌"),
    "AABC": ("through-composed with", "起承转合"),
}  # fmt: skip
_PART_LETTER = {"bridge": "B", "middle eight": "B", "桥段": "B", "chorus": "B", "refrain": "B",
                "副歌": "B", "verse": "A", "主歌": "A"}  # fmt: skip


CHORD_LASTS = re.compile(
    rf"\b({_N}) (?:bars?|measures?) (?:(?:per|a|to a|for each|to each|on each|of each|on every|for every) chord)\b|\b(?:each|every) (?:chord|one) (?:is |lasts?|for|gets?|stays|held)(?: for)? ({_N}) (?:bars?|measures?)\b|每个和弦(?:占|弹|用|持续|各)?({_N})个?小节|(?<!每)({_N})个?小节(?:一个|换一次|一换)和弦"
)
"""So many bars for each chord of a row."""
_ENDLESS = re.compile(
    r"\b(?:hundred|thousand|million|billion)s?(?: of)? (?:bars|measures)\b(?<!a hundred bars)|[千万亿]\s*个?小节"
)
_TOTAL = re.compile(
    rf"(?:一共|总共|共|全曲|全长|总长|in all|all in all|total(?: of)?|altogether)[^,.;\d]{{0,6}}?({_N})\s*[- ]?(?:个)?{_UNIT}|({_N})[\s-]*(?:个)?{_UNIT} (?:in total|in all|altogether|overall|all told)"
)
_MIDDLE = re.compile(
    rf"(?:中间|中段)(?:的)?\s*({_N})\s*个?小节|\bmiddle ({_N}) (?:bars|measures)|\b({_N})[- ]bar middle\b|\bmiddle (?:section|part|bit) of ({_N}) (?:bars|measures)"
)


def read_bars(text: str, lower: str, wishes: Wishes) -> None:
    """The number of bars; `details` keep those of parts ("a bridge of 4 bars", "8 bars each")."""
    if lasts := CHORD_LASTS.search(lower):
        wishes.details["chord-bars"] = str(numbers.value(next(g for g in lasts.groups() if g)) or 1)
        lower = CHORD_LASTS.sub(" ", lower)
    lower = _IN_A_BAR.sub(" ", re.sub(r"\b(?:12|twelve)[- ]bar blues\b", "blues", lower))
    if _ENDLESS.search(lower):
        wishes.problems.append(("no-such-length", "1000000"))
        return
    if match := re.search(
        r"(?<![\d./])(\d+\.(?:5|25|75))[ -]*(?:bars?\b|measures?\b|个?小节)", lower
    ):
        wishes.problems.append(("no-such-length", match[1]))
        return
    if match := _TIMES.search(lower):
        counted = [numbers.value(g) or 0 for g in match.groups() if g]
        if 1 <= counted[0] * counted[1] <= MAX_BARS:
            wishes.values["bars"] = str(counted[0] * counted[1])
            return
    if match := _LETTERED.search(lower):
        sizes = [numbers.value(g) or 0 for g in match.groups()]
        if all(1 <= n <= MAX_BARS // 2 for n in sizes):
            wishes.details["part-A"], wishes.details["part-B"] = map(str, sizes)
            wishes.values["bars"] = str(sum(sizes))
            return
    if match := _SO_MANY.search(lower):
        count, size = (numbers.value(g) for g in match.groups() if g)
        if count and size and 1 <= count * size <= MAX_BARS:
            wishes.values["bars"] = str(count * size)
            wishes.details["part-size"] = str(size)
            return
    if match := _PER_PART.search(lower):
        size = numbers.value(next(g for g in match.groups() if g))
        if size and 1 <= size <= MAX_BARS:
            wishes.details["part-size"] = str(size)
        lower = _PER_PART.sub(" ", lower)
    if match := _NAMED_PART.search(lower):
        name, said = match[1] or match[4] or match[6], match[2] or match[3] or match[5]
        size = numbers.value(said)
        if size and 1 <= size <= MAX_BARS and name in _PART_LETTER:
            wishes.details["part-" + _PART_LETTER[name]] = str(size)
        lower = _NAMED_PART.sub(" ", lower)
    if match := _MIDDLE.search(lower):
        size = numbers.value(next(g for g in match.groups() if g))
        if size and 1 <= size <= MAX_BARS:
            wishes.details.setdefault("part-B", str(size))
    lower_left = lower if _TOTAL.search(lower) else _SHARE.sub(" ", lower)
    found = _TOTAL.search(lower) or _BARS.search(lower_left)
    if found is None and re.search(
        r"\b(?:a|one|single) (?:(?!in\b|with\b)\w+ ){0,2}phrase\b(?! (?:mark|structure))|(?<!每)一(?:个)?乐?句(?!话|歌词)",
        lower,
    ):
        wishes.values["bars"] = "4"
        return
    if found is None:
        if re.search(
            r"\b(?:zero|no|-\s*\d+|negative \w+|minus \w+) (?:bars|measures)\b|负\S{1,3}小节", lower
        ):
            wishes.problems.append(("no-such-length", "0"))
        _duration(lower, wishes)
        return
    before = lower[: found.start()]
    count = numbers.value(next(g for g in found.groups() if g))
    if (
        count
        and count % 2 == 0
        and re.match(
            r"\s*(?:with|including|counting|incl\.?) (?:the |all the |all )?repeats",
            lower_left[found.end() :],
        )
    ):
        count //= 2  # played twice, they are so many
        wishes.values.setdefault("repeats", "yes")
    if count is None or not 1 <= count <= MAX_BARS or re.search(r"(?:-|minus |负)\s*$", before):
        wishes.problems.append(("no-such-length", found[1]))
    else:
        around = before[-14:] + lower_left[found.end() : found.end() + 6]
        if count > ENOUGH and re.search(
            r"up to|at most|no more than|maximum|\bmax\b|fewer than|less than|within|不超过|别超过|最多|以内|之内|不到",
            around,
        ):
            count = ENOUGH  # fewer are as right
        wishes.values["bars"] = str(count)


ENOUGH = 24
"""Bars of a tune that may have many more."""
_LENGTHS = {"half a": 30, "半": 0.5, "one": 1, "a": 1, "two": 2, "three": 3, "一": 1, "两": 2,
            "thirty": 30, "forty": 40, "sixty": 60, "twenty": 20, "ninety": 90}  # fmt: skip


def _duration(lower: str, wishes: Wishes) -> None:
    """`seconds`: how long the tune is to last, where no bars are named."""
    match = _MINUTES.search(lower)
    if match is None or re.search(r"per minute|a minute$|每分钟", lower):
        return
    said, unit = match[1], match[2]
    amount = (
        float(said)
        if said.isdigit()
        else 0.5
        if said == "half a"
        else float(_LENGTHS.get(said) or numbers.value(said) or 0)
    )
    seconds = round(amount * (60 if unit.startswith(("min", "分")) else 1))
    if 5 <= seconds <= 240:
        wishes.values["seconds"] = str(seconds)


_SPACED = re.compile(
    r"(?:(?:form|structure|pattern|phrases?|shape|曲式|结构|乐句|句式)[^.;]{0,24}?|(?=[^.;]{0,40}\b(?:form|structure|pattern)\b))(?<![A-Za-z#])(?P<f>[Aa](?:['′]? ?[, -] ?[A-Da-d]){2,7}['′]?)(?![A-Za-z#\d])"
)


def read_form(text: str, lower: str, wishes: Wishes) -> None:
    """The form in letters, from letters or from its name."""
    if spaced := _SPACED.search(without_titles(text)):
        letters = re.sub(r"[^A-Da-d]", "", spaced["f"]).upper()
        if "B" in letters and letters[0] == "A" and _in_order(letters):
            wishes.values["form"] = letters
            return
    for match in _FORM.finditer(without_titles(text)):
        letters = re.sub(r"[\s'-]", "", match[1])
        if len(letters) > 2 and letters[0] == "A" and "B" in letters and _in_order(letters):
            wishes.values["form"] = letters
            return
    if _DA_CAPO.search(lower):
        wishes.values["form"], wishes.details["parts"] = "ABA", "Minuet Trio"
        return
    parts = _SO_MANY_PARTS.search(lower)
    if parts and "rhythm" in wishes.values and not _SUNG_PARTS.search(lower):
        count = numbers.value(parts[1] or parts[2] or parts[3]) or 0
        if 3 <= count <= 5:
            wishes.values["form"] = "".join(2 * letter for letter in "ABCDE"[:count])
            wishes.details["counted-parts"] = str(count)
            return
    if named := _named_parts(lower):
        wishes.values["form"], wishes.details["parts"] = named
        return
    found = find(lower, FORMS)
    if found:
        wishes.values["form"] = found[0]
        if found[0] == "AABA" and re.search(r"\bbridge\b|桥段", lower):
            wishes.details["parts"] = "A Bridge"
    elif re.search(
        r"\b(?:two|2) (?:halves|strains)\b[^.;]{0,24}\brepeat|\btwo repeated (?:halves|strains|parts|sections)\b|两段[^,.;]{0,4}(?:各|都|分别)?反复",
        lower,
    ):
        wishes.values["form"] = "AABB"
    elif re.search(
        r"\bA (?:part|section)\b.*\bB (?:part|section)\b|A段.*B段|two (?:parts|sections)\b|两段(?!歌?词)",
        text,
    ):
        wishes.values["form"] = "AB"


_DA_CAPO = re.compile(
    r"\b(?:minuet|menuett?o?) (?:and|with|&|\+) (?:an? )?trio\b|小步舞曲(?:和|与|加|及|带)三声中部"
)
"""A minuet comes again after its trio."""
_SO_MANY_PARTS = re.compile(
    rf"\b({_N}) (?:repeated |different )?(?:parts|strains|sections)\b|\b({_N})[- ]part(?:er)? (?:tune|jig|reel|march|hornpipe|polka|waltz|strathspey|slip jig|melody)|({_N})个?(?:段落|乐段)"
)
_SUNG_PARTS = re.compile(
    r"\b(?:voices?|choir|choral|satb|harmony|singers?|in (?:three|four|two) parts)\b|声部|合唱"
)
"""Parts that sound together, not one after the other."""
_PARTS = {
    "Verse": r"verses?\b|主歌",
    "Chorus": r"chorus(?:es)?\b|refrain\b|副歌",
    "Bridge": r"bridge\b|middle eight\b|桥段",
    "Intro": r"intro\b|前奏",
    "Outro": r"outro\b|coda\b|尾声",
}
_PART_ROW = re.compile("|".join(f"(?P<{name}>{words})" for name, words in _PARTS.items()))


def _named_parts(lower: str) -> tuple[str, str] | None:
    """A form by the names of its parts, "verse, chorus, verse, chorus, bridge, chorus": (letters, names).

    A chorus comes with verses; two names are sung twice.
    """
    runs: list[list[str]] = [[]]
    end = 0
    for match in _PART_ROW.finditer(lower):
        if runs[-1] and not re.fullmatch(
            rf"(?:[\s,/+&-]|and|then|an?|the|plus|with|of|in|each|和|加|与|各|是|有|:|{_N}[\s-]*(?:个)?{_UNIT}|\d+)*",
            lower[end : match.start()],
        ):
            runs.append([])
        runs[-1].append(match.lastgroup or "")
        end = match.end()
    row = max(runs, key=len)
    if (
        len(row) < 2
        and row == ["Chorus"]
        and re.search(
            r"\b(?:with|has|and) an? (?:\w+ )?(?:chorus|refrain)|\b(?:shout|sing|join in|in|for|to) (?:along )?(?:with |to |on )?the (?:chorus|refrain)|有副歌|带副歌",
            lower,
        )
    ):
        row = ["Verse", "Chorus"]
    if len(set(row)) < 2 or ("Verse" not in row and "Chorus" not in row):
        return None
    if len(row) == 2 and set(row) == {"Verse", "Chorus"} and not _NAMED_PART.search(lower):
        row = ["Verse", "Chorus"] * 2
    elif len(row) == 3 and len(set(row)) == 3 and "Bridge" in row:
        row = ["Verse", "Chorus", "Verse", "Chorus", "Bridge", "Chorus"]
    row = row[:8]
    names = list(dict.fromkeys(row))
    return "".join("ABCDEF"[names.index(name)] for name in row), " ".join(names)


def _in_order(letters: str) -> bool:
    """Whether new letters come in the order of the alphabet (a form, not a row of chords)."""
    seen = list(dict.fromkeys(letters))
    return seen == sorted(seen) and seen == [chr(ord("A") + i) for i in range(len(seen))]


_NOT_COUNTED = re.compile(
    r"\b(?:not )?(?:counting|including|counted|with(?:out)? counting|before|excluding)(?: any| no| the| without| any of the)* repeats?\b|(?:不算|不含|不计|不包括)(?:反复|重复)"
)


def read_repeats(text: str, lower: str, wishes: Wishes) -> None:
    """Whether parts are between repeat signs."""
    lower = _NOT_COUNTED.sub(" ", lower)  # how bars are counted
    if re.search(
        r"(?:no|without)(?: any)? repeats?(?: signs?)?\b|don't repeat|through-composed|不要(?:反复|重复)|不反复|没有反复|通谱",
        lower,
    ):
        wishes.values["repeats"] = "no"
    elif re.search(
        r"with repeats?\b|repeat signs?|(?:each|both|every) (?:part|section|half|strain)s? (?:is )?repeat|repeated (?:parts|sections|twice)|\b(?:each|both|all|every)(?: part| section| half| strain)?s? repeated|(?:parts?|sections?|halves|strains?|bars)[^.;]{0,20}\brepeated|\b(?:play(?:ed|s|ing)?|sing|sung|go through|heard)\b[^.;,]{0,16}\b(?:each|both|every)(?: of the)? (?:part|section|half|strain|halve)s? (?:is )?(?:played )?(?:twice|two times)|\b(?:each|both|every) (?:part|section|half|strain|halve)s? (?:is )?(?:played|heard|sung) (?:twice|two times)|反复记号|带反复|每段反复|都反复|(?:每|各)(?:一)?(?:段|部分|半)(?:都)?(?:弹|奏|演奏|唱|吹|拉)?(?:两|二)(?:遍|次)",
        lower,
    ):
        wishes.values["repeats"] = "yes"


# -- pickup and note values -------------------------------------------------------------------

_PICKUP = r"(?:pick-?\s?up|up-?beat (?:bar|note|start)|anacrusis|\bupbeat\b|弱起)"
_HALF_BAR = re.compile(
    r"\b(?:start\w*|begin\w*|enter\w*|comes? in) (?:on|at|from|with) (?:the |a )?half[- ]?bar\b|\bhalf[- ](?:a )?bar (?:pick-?\s?up|up-?beat|anacrusis)|\b(?:pick-?\s?up|up-?beat|anacrusis) of half a bar|半小节(?:的)?(?:弱起|起)|从半小节(?:开始|起)"
)
"""As a gavotte begins."""
_PICKUP_SIZES = {"1/4": r"quarter|crotchet|one[- ]beat|single beat|四分|一拍", "1/8": r"eighth|quaver|half[- ]beat|八分|半拍",
                 "1/2": r"two[- ]beat|half[- ]note|两拍"}  # fmt: skip


def read_pickup(text: str, lower: str, wishes: Wishes) -> None:
    """`yes`, `no` or the length of the pickup in whole notes."""
    if _HALF_BAR.search(lower):
        time = parse_meter(wishes.values.get("meter", "4/4"))
        wishes.values["pickup"] = str((time.length if time else Fraction(1)) / 2)
        return
    match = re.search(_PICKUP, lower)
    if match is None:
        return
    before = re.split("[,.;]", lower[max(0, match.start() - 24) : match.start()])[-1]
    if match[0] == "upbeat" and not re.search(
        r"(?:with|on|has|have|need|add) (?:an?|the)\s*(?:\w+[- ])?$|(?:eighth|quarter|quaver|crotchet)[- ](?:note )?$",
        before,
    ):
        return  # "something upbeat" is a tempo
    if re.search(
        r"(?:no|without|not have)\s+(?:an?\s+|any\s+)?(?:\w+\s+)?$|不要|没有|不用", before
    ):
        wishes.values["pickup"] = "no"
        return
    around = before + lower[match.end() : match.end() + 28]
    if counted := _pickup_counted(around, wishes.values.get("meter", "4/4")):
        wishes.values["pickup"] = counted
        return
    size = next((n for n, words in _PICKUP_SIZES.items() if re.search(words, around)), "yes")
    wishes.values["pickup"] = size


_COUNTED_PICKUP = re.compile(
    rf"({_N})\s*(?:个)?\s*(?:(?P<eighth>eighths?|quavers?|八分)|(?P<quarter>quarters?|crotchets?|四分)|(?P<sixteenth>sixteenths?|semiquavers?|十六分)|(?P<beat>beats?\b|拍))"
    rf"|(?:on|from|at|在|从)\s*(?:the )?(?:第\s*)?(?P<nth>second|third|fourth|last|2nd|3rd|4th|{_N})\s*(?:beat|拍)"
)


def _pickup_counted(words: str, meter: str) -> str:
    """The length of a pickup of so many notes or beats, or of one that begins on a beat; "" where that is not said
    or makes a full bar.

    >>> _pickup_counted("a pickup of three eighth notes", "12/8"), _pickup_counted("on the third beat", "4/4")
    ('3/8', '1/2')
    """
    match = _COUNTED_PICKUP.search(words)
    time = parse_meter(meter)
    if match is None or time is None:
        return ""
    beat = time.beat
    if match["nth"]:
        at = numbers.ORDINALS.get(match["nth"]) or numbers.value(match["nth"]) or 0
        size = beat if at < 0 else time.length - (at - 1) * beat if at > 1 else Fraction(0)
    else:
        unit = {
            "eighth": Fraction(1, 8),
            "quarter": Fraction(1, 4),
            "sixteenth": Fraction(1, 16),
            "beat": beat,
        }
        size = (numbers.value(match[1]) or 0) * unit[match.lastgroup or "beat"]
    return str(size) if 0 < size < time.length else ""


_NOTES_ONLY = re.compile(
    r"((?:quavers|crotchets|minims|semiquavers|semibreves|(?:quarter|eighth|half|whole|sixteenth)(?: notes?|s)?)(?:(?:,| and| or) (?:quavers|crotchets|minims|semiquavers|(?:quarter|eighth|half|whole|sixteenth)(?: notes?|s)?))*) only\b|\b(?:isochronous|constant|steady|even|equal|straight|plain|all|continuous) ((?:quarter|eighth|half|sixteenth)[- ]?notes?|quavers|crotchets|minims|semiquavers)\b"
)
_ONLY_NOTES = re.compile(
    r"(?:only|just|nothing but|solely|entirely (?:of|in)|all in|只用|只有|只要|只许用|只准用|只能有|只出现|仅限|仅用|只含|只能用|全部用|全用)([^.;,]*?(?:,?[^.;,]{0,24}?(?:and|or|和)[^.;,]*?)?(?:notes?|crotchets?|minims?|quavers?|semibreves?|音符)[^.;]{0,40})"
)
_NO_NOTES = re.compile(
    r"(?:no|without(?: any)?|avoid(?:ing)?|nothing (?:faster|shorter) than|not? faster than|no shorter than|不要|不用|没有|避免|不能有|不短于|最短)\s*(?:any |the use of )?([^.;,]*?(?:notes?|quavers?|音符))"
)


_NO_SHORTER = re.compile(
    r"\b(?:no|without(?: any)?|not?|never|nothing)(?: (?:notes?|values?|note values?|rhythms?|durations?))? (?:that (?:is|are) )?(?:shorter|faster|quicker|smaller) than (?:an? )?([^.;,]*)"
    r"|(?:不要|不能|不可以?|没有|别|不许|不准|不得|不)(?:有|出现|用|写)?(?:任何)?比([^,.;]{2,8}?)(?:还|更|再)?(?:短|快|小|细)"
)
"""The shortest note that may be."""
_LENGTH = r"(?:(?:dotted |附点)?(?:semibreves?|minims?|crotchets?|quavers?|semiquavers?|(?:whole|half|quarter|eighth|sixteenth|8th|16th)(?:[- ]notes?|s)?|(?:全|二分|四分|八分|十六分)音符))"
_ROW_OF_NOTES = re.compile(
    rf"(?:^|[.;:,]\s*|\b(?:using|use|uses|in|with simple|用)\s*)({_LENGTH}(?:\s*(?:,|,? and|&|\+|和|与|及)\s*{_LENGTH})+)(?=\s*(?:[.;,!]|$|please\b))"
)
"""Lengths of notes that stand in a row of their own: what is used and nothing else."""


_ONE_A_BAR = re.compile(
    r"\b(?:one|a single|1) note (?:per|a|to (?:a|each|every)|in (?:each|every)|for (?:each|every)) (?:bar|measure)\b|每(?:个)?小节(?:只(?:有|用)?)?一个音(?!符?[是为])"
)
_SHORT_NAMES = re.compile(
    r"((?:附点)?(?:二分|四分|八分|十六分))(?!音|之|休止|拍|[一二三四五六])(?=[,.;和与或跟及的]|$)"
)
"""Chinese names of notes as teachers shorten them: 四分、八分和附点四分."""


def read_notes(text: str, lower: str, wishes: Wishes) -> None:
    """The note lengths that are allowed, in whole notes."""
    order = list(NOTE_NAMES)
    if _ONE_A_BAR.search(lower):
        wishes.values["note_values"] = str(Fraction(wishes.values.get("meter", "4/4")))
        if wishes.values["note_values"] == "1":
            wishes.values["note_values"] = "1/1"
        return
    lower = _SHORT_NAMES.sub(r"\1音符", lower)
    if (after := _NOTES_ONLY.search(lower)) and (names := named_lengths(after[1] or after[2])):
        wishes.values["note_values"] = " ".join(names)
        return
    only = _ONLY_NOTES.search(lower)
    if only and (names := named_lengths(only[1])):
        if re.search(r"or (?:longer|slower)|以上", only[1]):
            shortest = min(_size(n) for n in names)
            names = [n for n in order if _size(n) >= shortest]
        wishes.values["note_values"] = " ".join(names)
        return
    if limited := _NO_SHORTER.search(lower):
        said = named_lengths(next(g for g in limited.groups() if g))
        if said:
            limit = max(_size(n) for n in said)
            wishes.values["note_values"] = " ".join(
                _with_complements([n for n in order if _size(n) >= limit])
            )
            return
    if (row := _ROW_OF_NOTES.search(lower)) and len(names := named_lengths(row[1])) > 1:
        wishes.values["note_values"] = " ".join(names)
        return
    no = _NO_NOTES.search(lower)
    if no and (names := named_lengths(no[1])):
        limit = max(_size(n) for n in names)
        kept = [n for n in order if _size(n) > limit]
        if re.search(r"faster than|shorter than|不短于|最短", no[0]):
            kept = [n for n in order if _size(n) >= limit]
        kept = _with_complements(kept)
        wishes.values["note_values"] = " ".join(kept or ["1/4", "1/2"])


def _with_complements(names: list[str]) -> list[str]:
    """The lengths without the dotted ones whose complement is not among them."""
    sizes = [_size(n) for n in names]
    return [n for n in names if n[0] != "3" or _size(n) / 3 in sizes]


def _size(name: str) -> float:
    top, bottom = name.split("/")
    return int(top) / int(bottom)


def named_lengths(text: str) -> list[str]:
    """The note lengths whose names a text says, longest name first ("dotted half" is no half)."""
    found = []
    for name in sorted(NOTE_NAMES, key=lambda n: -max(map(len, NOTE_NAMES[n]))):
        for word in sorted(NOTE_NAMES[name], key=len, reverse=True):
            pattern = rf"(?<![a-z]){word}s?(?![a-z])" if word.isascii() else word
            if re.search(pattern, text):
                found.append(name)
                text = re.sub(pattern, " ", text)
    return [name for name in NOTE_NAMES if name in found]
