"""Everything that a message asks of a new tune, in English and Chinese, by code.

`read` turns a message into `Wishes`: requirement names and values in one spelling ("key": "G major",
"bars": "16"), and problems: what cannot be, to be asked back instead of guessed. One reader a
subject, in `READERS`; a later part of a message that corrects an earlier one ("no wait, a march")
is read after it and wins.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.styles import STYLES
from abc_tools.theory import STEP_SEMITONES
from chat.requirements import MAX_BARS, MAX_TUNES, Wishes
from chat.understand.colour import COLOUR, read_title_name
from chat.understand.compass import read_contour, read_leaps, read_pitches, read_range
from chat.understand.drills import read_drill
from chat.understand.given_words import given_words
from chat.understand.harmony import read_cadence, read_cadences, read_chords, read_modulation
from chat.understand.manner import MANNER
from chat.understand.pitch import read_key, read_scale
from chat.understand.players import (
    read_difficulty,
    read_dynamic,
    read_instrument,
    read_voices,
)
from chat.understand.rules.exact import CANON, canon_of
from chat.understand.singing import read_lyrics
from chat.understand.tables import (
    CHINESE_PLAYERS,
    GENRES,
    INSTRUMENTS,
    MOODS,
    find,
    find_all,
)
from chat.understand.text import corrected, normalise, spelled, without_titles
from chat.understand.timing import (
    read_bars,
    read_form,
    read_meter,
    read_notes,
    read_pickup,
    read_repeats,
    read_tempo,
)
from chat.understand.titled import with_title
from lm.plan import note_step

EXCLUSIVE = {"key": ("mode",), "mode": ("key",), "bars": ("seconds",)}
"""Names that a correction takes away: another key leaves no mode without a tonic."""


def read(message: str) -> Wishes:
    """Everything explicit in a message.

    >>> read("a slow waltz in D minor about the sea, 16 bars").values["key"]
    'D minor'
    """
    parts = corrected(with_title(normalise(message))) or [""]
    wishes = _read(parts[0])
    for part in parts[1:]:
        later = _read(part)
        for name in later.values:
            for other in EXCLUSIVE.get(name, ()):
                wishes.values.pop(other, None)
        if later.values:
            wishes.problems = []
        wishes.values |= later.values
        wishes.problems += later.problems
        wishes.details |= later.details
        wishes.mood = later.mood or wishes.mood
        wishes.words = later.words or wishes.words
    return wishes


_OPENING_ALONE = re.compile(
    r"\b(?P<en>(?:write|compose|make|give me|create|need|want)\b[^.;]{0,40}?\b)(?:intro(?:duction)?|opening|prelude section|interlude)\b(?! (?:and|with|then))|(?P<zh>(?:写|来|作|编|给我|做)[^,.;]{0,12}?(?:一段|一个|段|个)?[^,.;]{0,8}?)(?:前奏|引子|间奏|过门)(?!曲)",
    re.IGNORECASE,
)


def as_piece(text: str) -> str:
    """A text that asks for nothing but an opening or an interlude, with that as the tune itself: 写一段前奏."""
    if _OTHER_PIECE.search(text.lower()):
        return text
    return _OPENING_ALONE.sub(lambda m: f"{m['en']}tune" if m["en"] else f"{m['zh']}旋律", text)


_OTHER_PIECE = re.compile(
    r"\b(?:tune|song|piece|melody|verse|chorus|waltz|jig|reel|march|ballad|hymn|lullaby|polka|blues|theme|with an? intro\w*)\b|曲(?!风)|歌|旋律|主歌|副歌|带|有前奏|加"
)


def _read(text: str) -> Wishes:
    text = as_piece(spelled(text))
    wishes = Wishes()
    text = _canon(text, wishes)
    lower = spelled(without_titles(text).lower())
    own = given_words(text)  # what is to be sung is no wish about the music
    without = (text.replace(own, " "), lower.replace(own.lower(), " ")) if own else (text, lower)
    for reader in READERS:
        reader(*((text, lower) if reader is read_lyrics else without), wishes)
    _on_a_string(lower, wishes)
    _in_reach(wishes)
    _of_each(lower, wishes)
    if "canon" in wishes.values:  # its voices are those that enter
        if "bars" in wishes.values:
            wishes.details["asked-bars"] = wishes.values["bars"]
        wishes.values.pop("voices", None)
        wishes.details.pop("ensemble", None)
    if wishes.details.pop("counted-parts", "") == wishes.values.get("voices"):
        wishes.values.pop("voices")  # parts that follow each other
    return wishes


_IMITATES = re.compile(
    rf"{CANON}|(?<!going )(?<!goes )(?<!go )(?<!all )(?<!turn )(?<!turning )(?<!spinning )(?<!year )(?<!come )(?<!passed )\bround (?:for|in|of) (?:my |our |the )?(?:\w+ )?(?:two|three|four|[2-4]|choir|voices|class|parts|singers|kids|children|school)\b|\b(?:vocal|singing|alleluia|hallelujah|amen|warm-?up|campfire|(?:two|three|four|[2-4])[- ](?:part|voice)) rounds?\b|\b(?:imitat\w+|enter(?:s|ing)?|entry|entries)\b[^.;]{{0,24}}\bbars?\b|声部[^,.;]{{0,8}}(?:晚|隔|模仿)[^,.;]{{0,8}}(?:小节|进入)|复调[^.;]{{0,20}}晚",
    re.IGNORECASE,
)
_PARTS_OF_CANON = re.compile(
    rf",?\s*\b(?:for|in) (?:two|three|four|[2-4]) (?:parts|voices)\b|,?[^,.;]{{0,24}}\b(?:enter\w*|entr\w+|apart|after|later|behind)\b[^,.;]{{0,24}}\b{numbers.NUMBER} bars?\b[^,.;]{{0,12}}|,?[^,.;]{{0,24}}\b{numbers.NUMBER}[ -]bars? (?:apart|later|after|behind)[^,.;]{{0,24}}|[^,.;]{{0,6}}(?:晚|隔|错开)\s*{numbers.NUMBER}\s*个?小节[^,.;]{{0,6}}|(?:二|两|三|四|2|3|4)个?声部的?",
    re.IGNORECASE,
)
_SINGERS = re.compile(
    r",?\s*\bfor (?:my |the |our |a )?(?:\w+ )?(?:choir|chorus|singers|class)\b(?: warm-?up)?|合唱团?|合唱队",
    re.IGNORECASE,
)
_GROUND = {1: "I", 2: "I V", 3: "I IV V", 4: "I IV V I"}
"""Chords that come again with every entry of a canon, so that its voices agree: by the bars between entries."""


def _canon(text: str, wishes: Wishes) -> str:
    """A canon or round, and the text without what is said of its entries: "two bars apart" is no length."""
    if _IMITATES.search(text) is None:
        return text
    found = canon_of(text.lower())
    voices, entry = int(found["voices"]), int(found["entry"])
    wishes.values["canon"] = f"{voices} {entry}"
    wishes.details["canon-tail"] = str(entry * (voices - 1))
    text = _SINGERS.sub(" ", text)  # who sings it are its voices, no choir in four parts
    ground = _GROUND.get(entry, " ".join(_GROUND[4].split() * 2)[: 2 * entry].strip())
    size = entry * voices
    wishes.implied |= {
        "progression": ground,
        "bars": str(size if size >= 6 else 2 * size),
        "repeats": "no",
        "pickup": "no",
    }
    return _PARTS_OF_CANON.sub(" ", text)


_EACH = re.compile(r"\b(?:bars?|measures?) (?:each|apiece)\b|各[^,.;]{0,3}小节")


def _of_each(lower: str, wishes: Wishes) -> None:
    """What "8 bars each" speaks of: each of several tunes, or each chord of a row."""
    size = int(wishes.details.get("part-size", 0))
    if wishes.count > 1 and size and not {"bars", "form"} & set(wishes.values):
        wishes.values["bars"] = str(wishes.details.pop("part-size"))
    row = wishes.values.get("progression", "").split()
    bars = int(wishes.details.pop("chord-bars", 0) or (size if _EACH.search(lower) else 0))
    if row and 1 < bars * len(row) <= MAX_BARS and not {"form", "bars"} & set(wishes.values):
        wishes.values["progression"] = " ".join(c for c in row for _ in range(bars))
        wishes.values["bars"] = str(bars * len(row))
        wishes.details.pop("part-size", None)


_STRINGS = {
    "violin": "G3 D4 A4 E5", "viola": "C3 G3 D4 A4", "cello": "C2 G2 D3 A3", "double bass": "E1 A1 D2 G2",
    "guitar": "E2 A2 D3 G3 B3 E4", "ukulele": "G4 C4 E4 A4", "mandolin": "G3 D4 A4 E5", "erhu": "D4 A4",
}  # fmt: skip
"""Open strings as they sound; of two with one name the higher one is meant."""
_ONE_STRING = re.compile(
    r"\b(?:only|just) (?:on |using )?the (?:open )?([a-g])[- ]string\b|(?<![a-z])([a-g])[- ]string (?:only|alone|notes|exercise|study|tune|piece|song)\b|\b(?:on|using) (?:the |one |only the )?(?:cello |violin |viola |guitar |bass )?([a-g])[- ]string\b(?! and)|(?:只用|只在|就用|在)([a-g])弦"
)
_FIRST_POSITION = {"cello": 5, "double bass": 4, "guitar": 4, "ukulele": 4}
"""Semitones from an open string to the fourth finger; on a violin it is a fifth."""


def _on_a_string(lower: str, wishes: Wishes) -> None:
    """`range`: from the open string to the fourth finger, where all is to be played on one."""
    match = _ONE_STRING.search(lower)
    player = wishes.values.get("instrument", "")
    if match is None or player not in _STRINGS or "range" in wishes.values:
        return
    letter = next(g for g in match.groups() if g).upper()
    found = [s for s in _STRINGS[player].split() if s[0] == letter]
    if found:
        low = found[-1]
        top = 12 * (int(low[1]) + 1) + STEP_SEMITONES[letter] + _FIRST_POSITION.get(player, 7)
        octave, rest = divmod(top, 12)
        name = next((s for s, n in STEP_SEMITONES.items() if n == rest), "")
        name = name or next(s for s, n in STEP_SEMITONES.items() if n == rest - 1) + "#"
        wishes.values["range"] = f"{low} {name}{octave - 1}"


def _in_reach(wishes: Wishes) -> None:
    """A range that is said in words of the instrument's own ("the low D" of a whistle) moved by octaves to where
    the instrument plays.
    """
    name, said = wishes.values.get("instrument", ""), wishes.values.get("range", "").split()
    if not name and wishes.values.get("lyrics", "no") != "no":
        name = "voice"
    if name not in INSTRUMENTS or len(said) != 2 or wishes.details.pop("sung-by", ""):
        return
    lowest = note_step(INSTRUMENTS[name][1])
    steps = [None if p == "-" else "CDEFGAB".index(p[0]) + 7 * int(p[-1]) for p in said]
    edge = steps[0] if steps[0] is not None else steps[1]
    if edge is None or edge >= lowest or steps[0] is None:
        return
    up = -(-(lowest - edge) // 7)
    wishes.values["range"] = " ".join(p if p == "-" else f"{p[:-1]}{int(p[-1]) + up}" for p in said)


_TITLED = re.compile(
    r"(?:called|call (?:it|this)|name (?:it|this)|titled|entitled|named|with the title|with title|title(?: is|[: ]))\s*(?:\"([^\"]{1,60})\"|'([^']{1,60})'"
    r"|((?-i:[A-Z])[\w'’ -]{0,50}?)(?=[,.;!?]|$| in (?-i:[A-G])\b| with | for | at ))"
    r"|(?:题为|名为|名叫|叫做|叫作|叫|标题(?:是|为|叫)|题目(?:是|为|叫)|曲名(?:是|为|叫)?)\s*[:\"《]?\s*([^\",.《》!?\s]{1,30})[\"》]?",
    re.IGNORECASE,
)
_BOOK_TITLE = re.compile(r"《([^》]{1,40})》")
_THEME = re.compile(
    r"\b(?:about|on the (?:theme|subject|topic) of|inspired by|describing|(?:the )?(?:product|brand|subject|topic|theme) (?:is|being|=|:)|advertising|promoting|evoking|depicting|in memory of|dedicated to|for)\s+"
    r"((?:the |a |an |my |our |his |her |their )?[a-z][a-z' -]{1,40}?)"
    r"(?=[,.;!?]|$| turning | who's | who is | in (?:[a-h]\b|the key|(?:a )?(?:minor|major|dorian|mixolydian|lydian|phrygian)|\d|english|chinese|three|four)| with | for | at | of \d| that | which | who | please| pls|"
    r" and (?:make|it|in|with|use|keep|have|put|add|give|please|\d|an? (?:\w+ )?(?:chorus|refrain|bridge|verse|chord|bass|drum|piano|guitar|second|harmony|descant|coda|intro|key|tempo|tune|melody|good|catchy|nice|major|minor))| \d| using | played | lasting | as a )",
    re.IGNORECASE,
)
_THEME_ZH = re.compile(
    r"(?:关于|描写|描述|描绘|表现|表达|讲述|歌颂|赞美(?!诗)|献给|纪念|写给)\s*([^,.!?;\s\"]{1,14}?)(?:为主题|为题|的|$|[,.!?;])|以\s*([^,.!?\s\"]{1,12}?)\s*为(?:主题|题)"
    r"|(?:歌词|内容|词)(?:的?内容|里面?)?(?:就|要|是|请|可以)*(?:写|讲|唱|说|描写|描述|围绕|关于)(?:的?是|一下|一写|关于)?(?!给|得|成)([^,.!?;\s\"]{1,14}?)(?:的?(?=$|[,.!?;]))|(?:主题|题材|内容|产品|品牌|主角|对象)(?:是|为|叫|:)\s*([^,.!?;\s\"]{1,14}?)(?=$|[,.!?;])"
)
_THEME_QUOTED = re.compile(
    r"(?:以|关于)\s*[\"《]([^\"》]{1,14})[\"》]\s*(?:为(?:主题|题)|的)|\babout \"([^\"]{2,40})\""
)
_NO_THEME = re.compile(
    r"beginner|\bsteel\b|\bbrass\b|\bhands? (?:only|alone)|sight-?read|\bkids?\b|\bchild|class|\bme\b|\bus\b|\bdanc|solo|school|students?\b|teacher|learner|\bfun\b|pupil|practi[cs]e|year[- ]old|grade|"
    r"^(?:year|grade|form|class|key stage|stage|reception|week|day|days|term|age|ages|aged|level|unit|lesson|page|number|chapter|set|bar|bars)$|\bmaterial|\bexercises?\b|\bpieces?\b|\bpurposes?\b|\bperform\w*|\bkeyboard|^(?:a |an |the |my )?(?:first|second|third|last|next|couple|few|lot|bit|half|minute|while|quartet|string quartet|brass quintet|string trio|trio|duet|duo|band|satb|string|brass|wind|mixed|church|school|ensemble|orchestra|group|choir|concert|recital|assembly|lesson|warm-?up|exam)\b|\b(?:minutes?|seconds?|hours?)\b|\b(?:choir|choirs|chorus|orchestra|ensemble|quartet|quintet|band|trio)$|\d|bars?\b|measures?\b|\bkey\b|"
    + "|".join(rf"\b{w}s?\b" for *_, words in INSTRUMENTS.values() for w in words if w.isascii()),
    re.IGNORECASE,
)
_NOT_TITLE = re.compile(r"^(?:a|an|the)?\s*(?:song|tune|piece|waltz|jig)\s*$", re.IGNORECASE)


def _title(text: str, lower: str, wishes: Wishes) -> None:
    match = _TITLED.search(text) or _BOOK_TITLE.search(text)
    if match:
        title = next(g for g in match.groups() if g).strip()
        if not _NOT_TITLE.match(title):
            wishes.values["title"] = re.sub(r"[%\\\r\n]", "", title)[:60]
            return
    if quoted := _THEME_QUOTED.search(text):
        wishes.values["theme"] = (quoted[1] or quoted[2]).strip()[:40]
        return
    chinese = _THEME_ZH.search(without_titles(text))
    if chinese:
        wishes.values["theme"] = next(g for g in chinese.groups() if g).strip()[:40]
        return
    said = [m for m in _THEME.finditer(without_titles(text)) if not _NO_THEME.search(m[1])]
    english = min(said, key=lambda m: not m[0].lower().startswith("about"), default=None)
    if english:
        wishes.values["theme"] = english[1].strip()[:40]


_NOT_STYLE = re.compile(
    r"(?:not|no|isn't|never|instead of|rather than|anything but|unlike) (?:an? |the )?(\w+)|(?:不要|不是|别写|别用)(\S{2,4}?)(?=[,.]|$)"
)


def _style(text: str, lower: str, wishes: Wishes) -> None:
    lower = _NOT_STYLE.sub(" ", lower)
    lower = re.sub(
        r"\bretreat march(?:es)?\b|\bair (?:travel|plane)|\bin the air\b|\bfresh air\b|\breeling in\b|\bmarch (?:\d+(?:st|nd|rd|th)?(?![\d ]*/)|morning|day|wind)\b|\bin march\b|空气",
        " ",
        lower,
    )
    singular = re.sub(r"\b(\w+?)(?:s|es)\b", r"\1", lower)
    table = {name: style.words for name, style in STYLES.items()}
    found = find(singular + " " + lower, table)
    if found and not (found[0] == "song" and "folk" in lower):
        wishes.values["rhythm"] = found[0]


_OCCASION = re.compile(
    r"\b(?:wedding|birthday|party|summer|spring|celebration|celebrate)\b|婚礼|生日|过年|春节|新年|春天|庆祝"
)
_GLAD = re.compile(
    r"\b(?:happy|cheer\w*|joy\w*|merry|bright|sunny|playful|jolly|festive|bouncy|fun|funny|silly)\b|快乐|欢|高兴|喜庆|愉快|开心|俏皮|热闹|明亮"
)


def _mood(text: str, lower: str, wishes: Wishes) -> None:
    moods = find_all(lower.replace(wishes.values.get("title", "\0").lower(), " "), MOODS)
    feast = _OCCASION.search(lower) and not _GLAD.search(lower)
    if "happy" in moods and len(moods) > 1 and feast:  # it says less of a mood than a word for one
        moods.remove("happy")
    wishes.mood = moods[0] if moods else ""


def _genre(text: str, lower: str, wishes: Wishes) -> None:
    if re.search(r"\bcountry danc\w+|乡村舞", lower):  # no country music
        wishes.implied["style"] = "jig reel"
        lower = re.sub(r"\bcountry danc\w+|乡村舞曲?", " ", lower)
    found = find(lower, {name: words for name, (_, words) in GENRES.items()})
    if found and not (
        found[0] == "chinese" and re.search(r"in chinese|chinese (?:lyrics|words)", lower)
    ):
        wishes.genre = found[0]
        wishes.implied |= GENRES[found[0]][0]
        _own_meter(wishes)
    elif found is None and wishes.values.get("instrument") in CHINESE_PLAYERS:
        wishes.implied |= GENRES["chinese"][0]


def _own_meter(wishes: Wishes) -> None:
    """A dance that is named keeps its own meter beside a kind of music: a jazz waltz is in three."""
    style = next((s for s in STYLES.values() if s.name == wishes.values.get("rhythm")), None)
    if style is not None and wishes.implied.get("meter") not in style.meters:
        wishes.implied.pop("meter", None)


_SORT = r"(?:(?:different|contrasting|short|new|other|quick|little|more|possible|easy|simple|\w+[- ]bar|irish|scottish|english|folk|slow|fast|lively|catchy|quiet|happy|sad|melodic|musical|major|minor|separate) )"
_TUNES = r"(?:tunes|songs|melodies|pieces|jigs|reels|waltzes|hooks|riffs|motifs|motives|themes|exercises|etudes|studies|ditties|lullabies|marches|polkas|hornpipes|airs|carols|hymns|minuets|rounds|canons|jingles|licks|intros|ideas|sketches|loops|duets|dances|rags|strathspeys|slip jigs|warm-?ups|lullabies|songs|fanfares|bourrees|gavottes|tangos|melodic lines|lines)"
_COUNT = re.compile(
    rf"^\s*(?:please,? |hi,? |hello,? )?({numbers.NUMBER}) {_SORT}*{_TUNES}\b|\b(?:a |the )?(?:set|pair|group|batch|bunch|collection|choice) of ({numbers.NUMBER}) {_SORT}*{_TUNES}\b|\b(?:give|write|make|compose|show|create|send|suggest|want|need|try|do|see|hear|have|get|offer|like|propose|play)\s+(?:me |us )?({numbers.NUMBER}|a few|a couple of|several|some)\s+{_SORT}*(?:{_TUNES}|versions?|options?|variants?|alternatives?|choices|drafts|to choose|endings|phrases|openings|beginnings)"
    rf"|\b({numbers.NUMBER}) (?:different |possible )?(?:versions|options|variants|alternatives|choices|drafts)\b|\ba (?:pair|couple) of {_SORT}*(?P<pair>{_TUNES})\b|^({numbers.NUMBER}|几)\s*(?:首|个|种|段|条)(?!声部|小节|拍|八度|字|音)(?=[^,.;]{{0,10}}(?:动机|旋律|曲|歌|主题|乐思|版本|练习|片段|方案|开头|引子|选择|$))|(?:写|来|给我|作|做|要)\s*({numbers.NUMBER}|几)\s*(?:首|个|种|段|条)(?:不同的?)?(?!小节|声部|拍|音|升|降|字|调|八度|和弦)"
)


def _count(text: str, lower: str, wishes: Wishes) -> None:
    match = _COUNT.search(lower)
    if match is None:
        return
    said = "a couple of" if match["pair"] else next(g for g in match.groups() if g)
    count = {"a few": 3, "several": 3, "some": 3, "几": 3, "a couple of": 2}.get(
        said
    ) or numbers.value(said)
    if count and count > 1:
        wishes.count = min(count, MAX_TUNES)
        if count > MAX_TUNES:
            wishes.details["too-many"] = said


READERS = (
    _title, _style, read_key, read_scale, read_meter, read_tempo, read_bars, read_form, read_repeats,
    read_chords, read_cadence, read_cadences, read_modulation, read_difficulty, read_notes, read_range,
    read_instrument, read_voices, read_title_name, read_lyrics, read_pickup, read_pitches, read_leaps, read_contour, read_dynamic, *MANNER, *COLOUR, read_drill, _mood, _genre, _count,
)  # fmt: skip
