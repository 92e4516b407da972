"""What a message asks for that can be checked: reading it, in English and Chinese, by code.

`read` turns a message into `Wishes`: requirement names and values in one spelling ("key": "G major",
"bars": "16"), and problems: what cannot be, to be asked back instead of guessed. The names are those
of the program interface. What is implied rather than said (moods, themes) is left to `compose`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from abc_tools.styles import STYLES
from abc_tools.theory import Key, parse_key
from chat import numbers
from chat.vocabulary import INSTRUMENTS, MODES, MOODS, NOTE_NAMES, TEMPO_FEEL, find, find_all

MAX_BARS = 96


@dataclass(frozen=True)
class Requirement:
    """One thing that was asked for; `met` is None when nothing has been checked yet."""

    name: str
    value: str
    met: bool | None = None


@dataclass
class Wishes:
    """Requirement values by name, in the order they are shown; `problems` are (code, what was said)."""

    values: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    mood: str = ""


def normalise(message: str) -> str:
    """Full-width signs to plain ones, typographic quotes and dashes to simple ones."""
    text = unicodedata.normalize("NFKC", message)
    for old, new in (("“", '"'), ("”", '"'), ("’", "'"), ("‘", "'"), ("–", "-"), ("—", "-"),
                     ("♯", "#"), ("♭", "b"), ("、", ","), ("。", "."), ("，", ",")):  # fmt: skip
        text = text.replace(old, new)
    return text


def read(message: str) -> Wishes:
    """Everything explicit in a message.

    >>> read("a slow waltz in D minor about the sea, 16 bars").values["key"]
    'D minor'
    """
    text = normalise(message)
    lower = _without_titles(text).lower()
    wishes = Wishes()
    for reader in (
        _title, _style, _key, _meter, _tempo, _bars, _form, _chords, _difficulty, _notes, _range,
        _instrument, _voices, _lyrics, _scale, _pickup,
    ):  # fmt: skip
        reader(text, lower, wishes)
    moods = find_all(lower, MOODS)
    wishes.mood = moods[0] if moods else ""
    return wishes


_TITLED = re.compile(
    r"(?:called|titled|entitled|named|with the title|title[: ])\s*(?:\"([^\"]{1,60})\"|'([^']{1,60})'"
    r"|([A-Z][\w'’ -]{0,50}?))(?=[,.;!?]|$| in | with | for | at )"
    r"|(?:题为|名为|名叫|叫做|叫|标题是|标题为|题目是|曲名)\s*[:\"《「]?([^\",.《》「」!?]{1,30})[\"》」]?"
)
_BOOK_TITLE = re.compile(r"《([^》]{1,40})》")
_THEME = re.compile(
    r"\b(?:about|on the theme of|inspired by|describing|for)\s+((?:the |a |an |my |our )?[a-z][a-z' -]{1,40}?)"
    r"(?=[,.;!?]|$| in | with | for | at | of \d| that | please| and | \d)",
    re.IGNORECASE,
)
_THEME_ZH = re.compile(
    r"(?:关于|描写|描述|表现|以|献给)\s*([^,.!?\s的]{1,12}?)(?:为主题|为题|的|$)"
)
_NO_THEME = re.compile(
    r"beginner|kid|child|class|me\b|us\b|dance|dancing|solo|school|student|teacher|learner|fun|"
    r"practice|\b(?:"
    + "|".join(w for _, _, _, ws in INSTRUMENTS.values() for w in ws if w.isascii())
    + r")\b",
    re.IGNORECASE,
)


def _without_titles(text: str) -> str:
    """The text without quoted names, so that a title is never read as a requirement."""
    return _BOOK_TITLE.sub(" ", re.sub(r"\"[^\"]*\"", " ", text))


def _title(text: str, lower: str, wishes: Wishes) -> None:
    match = _TITLED.search(text) or _BOOK_TITLE.search(text)
    if match:
        title = next(g for g in match.groups() if g).strip()
        wishes.values["title"] = re.sub(r"[%\\\r\n]", "", title)[:60]
        return
    match = _THEME_ZH.search(text)
    if match is None:
        match = next((m for m in _THEME.finditer(text) if not _NO_THEME.search(m[1])), None)
    if match:
        wishes.values["theme"] = match[1].strip()[:40]


def _style(text: str, lower: str, wishes: Wishes) -> None:
    table = {name: style.words for name, style in STYLES.items()}
    found = find(re.sub(r"\b(\w+?)s\b", r"\1", lower) + " " + lower, table)
    if found and not (found[0] == "song" and "folk" in lower):
        wishes.values["rhythm"] = found[0]


# -- key and meter ----------------------------------------------------------------------------

_MODE_WORDS = "|".join(
    sorted((w for ws in MODES.values() for w in ws if w.isascii()), key=len, reverse=True)
)
_ACC = r"(?:[\s-]?(?:sharp|flat)|#|b(?![a-z]))?"
_KEY_EN = re.compile(
    rf"(?<![A-Za-z#'])([A-Ha-h]{_ACC})[\s-]+({_MODE_WORDS})(?![a-z])", re.IGNORECASE
)
_KEY_SHORT = re.compile(r"(?<![A-Za-z#'])([A-G][#b]?)m(?![a-zA-Z])")
_KEY_BARE = re.compile(
    rf"(?:\bin|\bkey of|\bkey:?|\bto|\binto)\s+(?:the key of\s+)?([A-H]{_ACC})(?![A-Za-z#])"
)
_MODE_ZH = "|".join(
    sorted((w for ws in MODES.values() for w in ws if not w.isascii()), key=len, reverse=True)
)
_KEY_ZH = re.compile(rf"([升降]?)\s*([A-Ha-h])\s*([#b]?)\s*(?:自然|和声|旋律)?({_MODE_ZH}|调)")
_WORD_OF_MODE = {word: mode for mode, words in MODES.items() for word in words}


def _key(text: str, lower: str, wishes: Wishes) -> None:
    text = _without_titles(text)
    found = _spoken_key(text)
    if found is not None:
        name, mode = found
        if name[0].upper() == "H":
            wishes.problems.append(("no-such-key", name))
            return
        key = key_of(name, mode or "")
        if key is None:
            wishes.problems.append(("no-such-key", f"{name} {mode}".strip()))
            return
        if mode is None:
            mode = _lone_mode(lower)
            key = key_of(name, mode or "")
        assert key is not None, "the tonic was readable"
        wishes.values["key"] = key.name
        return
    mode = _lone_mode(lower)
    if mode:
        wishes.values["mode"] = mode


def _lone_mode(lower: str) -> str | None:
    """A mode named without a tonic: "in a minor key", 小调."""
    found = find(re.sub(r"(?:minor|major) (?:second|third|sixth|seventh)", " ", lower), MODES)
    return found[0] if found else None


def _spoken_key(text: str) -> tuple[str, str | None] | None:
    """(tonic as said, mode or None) of the first key that a text names."""
    for match in _KEY_EN.finditer(text):
        name, word = match[1], match[2].lower()
        article = name == "a" and (
            not re.search(r"(?:in|of|to|into|key:?)\s+$", text[: match.start()], re.IGNORECASE)
            or re.match(r"\s+(?!with|and|about|at|for|please|,)[a-z]", text[match.end() :])
        )
        if not article and not re.match(r"\s*(?:third|second|sixth|seventh)", text[match.end() :]):
            return name, _WORD_OF_MODE[word]
    if chinese := _KEY_ZH.search(text):
        sign = {"升": "#", "降": "b", "": chinese[3]}[chinese[1]]
        return chinese[2].upper() + sign, _WORD_OF_MODE.get(chinese[4])
    if bare := _KEY_BARE.search(text):
        return bare[1], None
    if short := _KEY_SHORT.search(text):
        return short[1], "minor"
    return None


def key_of(name: str, mode: str) -> Key | None:
    """The key with a spoken tonic ("b flat", "F#") and mode; None if there is none such.

    >>> key_of("b flat", "minor").name
    'Bb minor'
    """
    letter = name[0].upper()
    rest = name[1:].strip(" -").lower()
    sign = {"": "", "#": "#", "b": "b", "sharp": "#", "flat": "b"}.get(rest)
    if sign is None or letter not in "ABCDEFG":
        return None
    key = parse_key(f"{letter}{sign} {mode or 'major'}")
    if key is None or abs(key.sharps) <= 7:
        return key
    return None


_METER_ZH = re.compile(
    r"([二三四五六七九十\d]+)\s*分之\s*([一二三四五六七九十\d]+)\s*拍?|([二三四六九])([二四八])拍"
)


_SPOKEN_METERS = tuple(
    (rf"\b{top}[ -]{bottom}\b(?! (?:bars?|notes?|measures?))", f"{numbers.UNITS[top]}/{number}")
    for top in ("two", "three", "four", "five", "six", "seven", "nine", "twelve")
    for bottom, number in (("two", 2), ("four", 4), ("eight", 8), ("eighths", 8))
)


def _meter(text: str, lower: str, wishes: Wishes) -> None:
    meter = ""
    for match in re.finditer(
        r"(?<![\d/.])(\d{1,2})\s*/\s*(\d{1,2})(?![\d/])(?!\s*-?notes?)", lower
    ):
        if match[2] == "0" or match[1] == "0":
            wishes.problems.append(("no-such-meter", match[0]))
            return
        meter = f"{match[1]}/{match[2]}"
        break
    if not meter and (chinese := _METER_ZH.search(text)):
        if chinese[1]:
            meter = f"{numbers.value(chinese[2])}/{numbers.value(chinese[1])}"
        else:
            meter = f"{numbers.value(chinese[3])}/{numbers.value(chinese[4])}"
    if not meter:
        for words, found in (*_SPOKEN_METERS, ("common time", "4/4"), ("cut time", "2/2"), ("alla breve", "2/2"),
                             ("waltz time", "3/4"), ("triple time", "3/4"), ("march time", "4/4")):  # fmt: skip
            if re.search(words, lower):
                meter = found
    if not meter:
        return
    top, bottom = (int(n) for n in meter.split("/"))
    if bottom not in (2, 4, 8) or not 2 <= top <= 15 or top / bottom > 2:
        wishes.problems.append(("meter-unsupported" if bottom in (1, 2, 4, 8, 16, 32) else
                                "no-such-meter", meter))  # fmt: skip
        return
    wishes.values["meter"] = meter


# -- tempo, length, form ----------------------------------------------------------------------

_BPM = re.compile(
    r"(?:♩|q|quarter)\s*=\s*(\d{1,4})|(?<!\d)(\d{1,4})\s*(?:bpm|beats? (?:a|per) minute)"
    r"|tempo\s*(?:of|=|:|is|to|at)?\s*(\d{2,4})|速度\s*(?:是|为|:|=|改成|改为|调到|设为|到)?\s*(\d{2,4})"
    r"|每分钟\s*(\d{1,4})\s*拍|\bat (\d{2,3})(?=[,.!?]|$)"
)


def read_bpm(lower: str) -> int | None:
    """Beats a minute that a text names."""
    match = _BPM.search(lower)
    return int(next(g for g in match.groups() if g)) if match else None


def _tempo(text: str, lower: str, wishes: Wishes) -> None:
    bpm = read_bpm(lower)
    if bpm is not None:
        if 20 <= bpm <= 300:
            wishes.values["tempo"] = str(bpm)
        else:
            wishes.problems.append(("no-such-tempo", str(bpm)))
        return
    plain = re.sub(r"slow air|not too (?:fast|slow)|不(?:要)?太[快慢]", " ", lower)
    feels = find_all(plain, TEMPO_FEEL)
    if {"slow", "fast"} <= set(feels):
        found = find(plain, {k: v for k, v in TEMPO_FEEL.items() if k in feels})
        feels = [found[0]] if found else feels
    if feels:
        wishes.values["tempo"] = feels[0]


_BARS = re.compile(
    rf"(?<![第\d/-])(?<!to )({numbers.NUMBER})[\s-]*(?:个)?\s*(?:bars?|measures?|小节)(?![a-z])"
)


def _bars(text: str, lower: str, wishes: Wishes) -> None:
    cleaned = re.sub(
        r"(?:last|first|next|最后|前|后|最初|开头)\s*(?:的)?"
        + numbers.NUMBER
        + r"\s*个?(?:bars?|measures?|小节)",
        " ",
        lower,
    )
    match = _BARS.search(cleaned)
    if match is None:
        if "zero bars" in lower:
            wishes.problems.append(("no-such-length", "0"))
        return
    count = numbers.value(match[1])
    if count is None or not 1 <= count <= MAX_BARS:
        wishes.problems.append(("no-such-length", match[1]))
    else:
        wishes.values["bars"] = str(count)


_FORM = re.compile(r"(?<![A-Za-z])(A{1,2}[ABCD]{1,7})(?![A-Za-z])")
FORMS = {
    "AABB": ("binary form", "binary", "二段式", "二部曲式", "二段体"),
    "ABA": ("ternary form", "ternary", "三段式", "三部曲式", "三段体"),
    "ABACA": ("rondo", "回旋曲", "回旋曲式"),
    "AABA": ("song form", "32-bar form", "with a bridge", "and a bridge", "thirty-two bar form"),
    "ABAB": ("verse and chorus", "verse-chorus", "verse/chorus", "主歌副歌", "主歌和副歌"),
}  # fmt: skip


def _form(text: str, lower: str, wishes: Wishes) -> None:
    match = _FORM.search(_without_titles(text))
    if match and len(match[1]) > 1 and "B" in match[1]:
        wishes.values["form"] = match[1]
        return
    found = find(lower, FORMS)
    if found:
        wishes.values["form"] = found[0]


# -- chords, notes, players -------------------------------------------------------------------

_NUMERALS = re.compile(
    r"(?:only|just|只用|仅用)[^.;]*?((?:\b[ivIV]{1,3}7?\b[\s,/&]*(?:and|or|和|与)?[\s,]*){2,})"
)


def _chords(text: str, lower: str, wishes: Wishes) -> None:
    match = _NUMERALS.search(text)
    if match:
        numerals = re.findall(r"\b[ivIV]{1,3}7?\b", match[1])
        wishes.values["chords"] = " ".join(dict.fromkeys(numerals))
    elif re.search(r"(?:no|without|w/o|omit) (?:any )?(?:chord|harmon|accompan)|melody only|(?:不要|不带|无|没有)和弦"
                   r"|只要旋律|just (?:the|a) (?:melody|tune)|unaccompanied", lower):  # fmt: skip
        wishes.values["chords"] = "no"
    elif re.search(
        r"\bchords?\b|\bharmon(?:y|ies|i[sz]ed)\b|和弦|和声(?!小调)|伴奏|lead sheet|accompan", lower
    ):
        wishes.values["chords"] = "yes"


def _difficulty(text: str, lower: str, wishes: Wishes) -> None:
    if re.search(r"\bbeginners?\b|\beasy\b|\bsimple\b|for (?:kids|children|young)|very young|first lesson"
                 r"|初学|入门|简单|容易|小朋友|孩子|儿童", lower):  # fmt: skip
        wishes.values["difficulty"] = "beginner"


def _notes(text: str, lower: str, wishes: Wishes) -> None:
    order = list(NOTE_NAMES)
    only = re.search(
        r"(?:only|just|nothing but|只用|只有|仅用|只含)([^.;]*(?:notes?|crotchets?|minims?|quavers?|音符))",
        lower,
    )
    if only:
        names = [
            v for v in order if any(re.search(rf"(?<![a-z]){w}", only[1]) for w in NOTE_NAMES[v])
        ]
        if "1/8" in names and not re.search(r"eighth|(?<!i)quaver|八分", only[1]):
            names.remove("1/8")
        if names:
            wishes.values["note_values"] = " ".join(names)
        return
    no = re.search(
        r"(?:no|without|不要|不用|没有)\s*(?:any )?([^.;,]*(?:notes?|quavers?|音符))", lower
    )
    if no:
        names = [
            v for v in order if any(re.search(rf"(?<![a-z]){w}", no[1]) for w in NOTE_NAMES[v])
        ]
        if names:
            shortest = max(int(v[2:]) for v in names)
            kept = [v for v in order if v not in names and int(v[2:]) < shortest]
            wishes.values["note_values"] = " ".join(kept or order[1:3])


def _range(text: str, lower: str, wishes: Wishes) -> None:
    match = re.search(
        r"(?:range|from|between|音域)[^.;]{0,12}?\b([A-G][#b]?\d?)\s*(?:to|and|-|到|至)\s*([A-G][#b]?\d?)\b",
        text,
    )
    if match:
        wishes.values["range"] = f"{match[1]} {match[2]}"
    elif re.search(
        r"(?:within|in|range of|of) (?:an|one|a single) octave|一个八度|八度以内|八度之内", lower
    ):
        wishes.values["range"] = "octave"


def _instrument(text: str, lower: str, wishes: Wishes) -> None:
    found = find(lower, {name: words for name, (_, _, _, words) in INSTRUMENTS.items()})
    if found:
        wishes.values["instrument"] = found[0]


def _voices(text: str, lower: str, wishes: Wishes) -> None:
    if re.search(
        r"satb|four[- ](?:part|voice)|4[- ](?:part|voice)|四部|四声部|string quartet|四重奏", lower
    ):
        wishes.values["voices"] = "4"
    elif re.search(r"two[- ](?:part|voice)|2[- ](?:part|voice)|\bduets?\b|second voice|both hands|two hands"
                   r"|left hand|二部|两个声部|二声部|双声部|左手|二重奏", lower):  # fmt: skip
        wishes.values["voices"] = "2"


def _lyrics(text: str, lower: str, wishes: Wishes) -> None:
    if re.search(
        r"\blyrics?\b|with words|sing-?along words|歌词|填词|带词", lower
    ) and not re.search(r"(?:no|without) (?:lyrics|words)|不要歌词|无歌词", lower):
        wishes.values["lyrics"] = "yes"


def _scale(text: str, lower: str, wishes: Wishes) -> None:
    if re.search(r"pentatonic|五声|中国风|chinese[- ]style", lower):
        wishes.values["scale"] = "pentatonic"
    elif re.search(
        r"(?:no|without) (?:accidentals|chromatic|sharps)|diatonic|white keys|无变化音|(?:没有|不要|不带|无)升降|白键",
        lower,
    ):
        wishes.values["scale"] = "diatonic"


def _pickup(text: str, lower: str, wishes: Wishes) -> None:
    if re.search(r"(?:no|without) (?:a )?(?:pick-?up|upbeat|anacrusis)|不要弱起", lower):
        wishes.values["pickup"] = "no"
    elif re.search(r"pick-?up|\bupbeat (?:bar|note)|anacrusis|弱起", lower):
        wishes.values["pickup"] = "yes"
