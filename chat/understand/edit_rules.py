"""How people ask for each change, in English and Chinese: one rule a way of asking, in `RULES`.

A rule is a pattern on the lower-case clause and a function that gives the edit's values (None: it was
not meant after all). Rules stand in order: what is more special comes first. The value "" renames the
operation (a rule for "add a voice" may find that a bass is meant).
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from abc_tools import numbers
from abc_tools.chords import parse_chord
from abc_tools.places import NoPlace, Place
from abc_tools.styles import STYLES
from abc_tools.tune import Tune
from chat.understand.place import find_place_or_none
from chat.understand.singing import key_word
from chat.understand.tables import INSTRUMENTS, find

N = numbers.NUMBER
ADD = r"(?:add|put|give|insert|include|write|create|make|i want|i'd like|i need|need|want|with|generate|attach|throw in|加上?|添加?|配上?|写上?|做|给|来|编|要|增加|补上?)"
REMOVE = r"(?:\b(?:remove|delete|drop|take (?:out|away|off)|get rid of|strip|omit|lose|cut(?: out)?|hide|clear|erase|ditch|scrap|discard|axe|bin|leave out|no more|without|no)\b|删除|删掉|删去|删|去掉|去除|移除|拿掉|不要|取消|清除)"
BARS = r"(?:bars?|measures?|小节)"


@dataclass
class Clause:
    """A clause being read: `lower` loses the words that a rule has taken; `place` is set by a rule that
    finds its own bars.
    """

    text: str
    lower: str
    tune: Tune
    place: Place | None = None
    selection: tuple[int, int] | None = None
    focus: Place | None = None

    def pointed(self) -> Place | None:
        """What "this", "it" or "them" points at: the selection, else what was spoken of before."""
        if self.selection is not None:
            return Place(*self.selection, name="selection")
        return self.focus

    def take(self, match: re.Match[str]) -> None:
        """Blank the words of a match."""
        start, end = match.span()
        self.lower = self.lower[:start] + " " * (end - start) + self.lower[end:]

    def bars_in(self, words: str) -> Place | None:
        """The bars that some words of the clause mean; None for none (also where the tune has them not)."""
        try:
            return find_place_or_none(self.tune, words)
        except NoPlace:
            return None


Reader = Callable[[re.Match[str], Clause], dict[str, str] | None]


@dataclass(frozen=True)
class Rule:
    """A way of asking for an edit. `alone`: only where nothing else was found; `more`: the same clause may
    ask for something else, too ("a waltz in G minor").
    """

    name: str
    pattern: re.Pattern[str]
    read: Reader = lambda match, clause: {}
    alone: bool = False
    more: bool = False


def rule(
    name: str, pattern: str, read: Reader | None = None, *, alone: bool = False, more: bool = False
) -> Rule:
    """A rule; without a reader the edit has no values."""
    return Rule(name, re.compile(pattern), read or (lambda match, clause: {}), alone, more)


def _said(match: re.Match[str]) -> str:
    return next((g for g in match.groups() if g), "")


# -- headings, words --------------------------------------------------------------------------

_TITLE = re.compile(
    r"(?:rename(?: it| this| the (?:tune|song|piece))?(?: to| as)?|call (?:it|this|the (?:tune|song|piece))|(?:change|set) the (?:title|name) to|re-?title(?: it)?(?: to)?|title it|name it"
    r"|give it the (?:title|name)(?: of)?|(?:(?:make )?the title(?: should be| is|:)|title\s*[=:])|(?:标题|题目|名字|曲名|歌名|title)(?:改[成为]?|换成|叫|是|为|=)|改名[为叫成]?|取名[为叫]?|命名为?|起名[叫为]?|叫它|就叫)"
    r"\s*[:\"《']?\s*([^\"》]{1,60}?)\s*(?:[\"》.!]|(?<!s)')*$",
    re.IGNORECASE,
)
_COMPOSER = re.compile(
    r"(?:composer(?: is| to|:| as)?|composed by|作曲(?:者|家)?(?:是|为|:|改成|写成)|by line)\s*[:\"]?\s*([^\"]{2,60}?)\s*[\".]*$",
    re.IGNORECASE,
)


_QUOTED = re.compile(r"\"([^\"]{1,60})\"|《([^》]{1,60})》|(?<![A-Za-z])'([^']{1,60})'(?![A-Za-z])")
_NO_TITLE = re.compile(
    r"\b(?:no|without(?: a| any)?|remove the|delete the|drop the|clear the) (?:title|name)\b|(?:不要|去掉|删掉|删除)(?:标题|题目|曲名|名字)"
)
_AFTER_SOMEONE = re.compile(
    r"\b(?:call|name) (?:it|this)(?: the \w+)? after (?:my |our |the |his |her )?(?:\w+ ?){0,3},\s*((?-i:[A-Z])[\w' -]{1,40})",
    re.IGNORECASE,
)


def _title(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    if _NO_TITLE.search(clause.lower):
        return {"name": "T", "value": ""}
    found = (
        _QUOTED.search(clause.text)
        or _AFTER_SOMEONE.search(clause.text)
        or _TITLE.search(clause.text)
    )
    if found is None:
        return None
    value = re.sub(r"[%\\\r\n]", "", _said(found)).strip()
    return {"name": "T", "value": re.sub(r",?\s*(?:please|pls|thanks|吧|好吗)$", "", value).strip()}


_FIELD = re.compile(r"\bset ([TCROSZ]) to\s+(.+?)\s*$", re.IGNORECASE)


def _any_field(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    found = _FIELD.search(clause.text)
    if found is None:
        return None
    return {"name": found[1].upper(), "value": found[2].strip().strip("'\"").rstrip(".")}


def _composer(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    found = _COMPOSER.search(clause.text)
    return {"name": "C", "value": re.sub(r"[%\\\r\n]", "", found[1]).strip()} if found else None


_WORDS = r"(?:lyrics?|words|歌词|词(?!语))"
_PUT_WORDS = re.compile(
    rf"(?:(?:set|put|add|use|write|with|sing|change)\s.*?)?{_WORDS}(?:\s+(?:to|are|is|under|for|with|on)(?: (?:it|this|the (?:notes|tune|melody|music)))?|改成|改为|是|为|换成)?\s*[:]\s*(.+)$"
    rf"|(?:sing|set|put|underlay|配上|填上|唱)\s*(?:the )?(?:{_WORDS}|text)?\s*\"([^\"]+)\"",
    re.IGNORECASE | re.DOTALL,
)


def _given_words(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    found = _PUT_WORDS.search(clause.text)
    if found is None:
        return None
    values = {"text": (found[1] or found[2]).strip().strip('"')}
    if verse := _verse(clause.lower):
        values["verse"] = verse
    return values


def _verse(lower: str) -> str:
    if match := re.search(
        rf"(second|third|fourth|another|new|extra|2nd|3rd) verse|verse ({N})|第\s*({N})\s*(?:段|遍)",
        lower,
    ):
        said = _said(match)
        nth = {
            "second": 2,
            "third": 3,
            "fourth": 4,
            "2nd": 2,
            "3rd": 3,
            "another": 2,
            "new": 2,
            "extra": 2,
        }.get(said)
        number = nth or numbers.value(said)
        return str(number) if number and 1 <= number <= 6 else ""
    return ""


def _new_words(match: re.Match[str], clause: Clause) -> dict[str, str]:
    values = {}
    if theme := re.search(
        r"\babout\s+([^,.;]{2,50}?)(?:,? (?:that|which|and|in|with|rhym\w+)\b|[,.;]|$)|\bfor\s+(?!it\b|this\b|that\b|them\b|me\b|us\b|(?:the|my|this) (?:tune|song|melody|music|piece|verse|chorus)\b|(?:the )?(?:part|section|bars?|[a-h]\b))([^,.;]{2,50})|(?:关于|主题是|主题为|题材是)\s*([^,.;的]{1,14})|(?:词|诗|歌)[^,.;]{0,4}?,?\s*写(?:的是|一下)?([\u4e00-\u9fff]{1,6})$",
        clause.text,
    ):
        values["theme"] = _said(theme).strip()
        if word := key_word(values["theme"]):
            values["must"] = word
    if verse := _verse(clause.lower):
        values["verse"] = verse
    if re.search(r"in chinese|chinese (?:lyrics|words)|中文", clause.lower):
        values["language"] = "zh"
    elif re.search(r"in english|english (?:lyrics|words)|英文|英语", clause.lower):
        values["language"] = "en"
    rhyme = re.search(r"\b([a-d]{4})\b", clause.lower)
    if rhyme and re.search(r"rhym|押韵|韵", clause.lower):
        values["rhyme"] = rhyme[1].upper()
    return values


def _gone_words(match: re.Match[str], clause: Clause) -> dict[str, str]:
    verse = _verse(clause.lower)
    return {"verse": verse} if verse else {}


def _other_word(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """One sung word for another: only where the tune sings the first one."""
    old, new = (match[1], match[2]) if match[1] else (match[3], match[4])
    sung = " ".join(
        s.lower() for v in clause.tune.voices for e in v.events for s in e.syllables if s
    )
    plain = re.sub(r"[^\w\s]", "", sung)
    there = (
        old.strip() in plain
        if not old.isascii()
        else re.search(rf"\b{re.escape(old.strip())}\b", plain)
    )
    return {"old": old.strip(), "new": new.strip()} if there else None


# -- chords -----------------------------------------------------------------------------------

_CHORDS = r"(?:chord symbols?|chords?|guitar symbols|harmony|harmonies|accompaniment chords|和弦(?:标记|符号)?|和声)"
_ROMAN = re.compile(r"(?<![A-Za-z])(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)7?(?![A-Za-z])")
_SYMBOL = re.compile(
    r"(?<![A-Za-z])[A-G](?:#|b)?(?:maj7|maj|min|m|dim|aug|sus[24]?)?[679]?(?:/[A-G][#b]?)?(?![A-Za-z])"
)


def _add_chords(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    values: dict[str, str] = {}
    if re.search(r"\bonly\b|\bjust\b|limited to|只用|只有|仅用", clause.lower):
        names = (
            _functions(clause.lower)
            or _ROMAN.findall(clause.text)
            or [n for n in _SYMBOL.findall(clause.text) if parse_chord(n)]
        )
        if names:
            values["only"] = " ".join(dict.fromkeys(names))
    elif re.search(
        r"three chords|basic chords|simple chords|easy chords|primary chords|简单(?:的)?和弦|基本和弦|正三和弦",
        clause.lower,
    ):
        values["only"] = "I IV V"
    if re.search(
        r"\b(?:one|a|1) (?:chord )?(?:per|a|each|every) (?:bar|measure)|每小节一个", clause.lower
    ):
        values["rate"] = "bar"
    if re.search(
        r"(?:two|2) (?:chords )?(?:per|a|each|every) (?:bar|measure)|every (?:half|two beats)|每小节两个",
        clause.lower,
    ):
        values["rate"] = "half"
    if re.search(r"no sevenths?|without sevenths?|triads|不用七和弦", clause.lower):
        values["sevenths"] = "no"
    if re.search(
        r"\bnew chords|\bdifferent chords|\bother chords|re-?do|\breplace\b|\bswap\b|重新|换",
        clause.lower,
    ):
        values["keep"] = "no"
    return values


def _functions(lower: str) -> list[str]:
    """Chords named by their function: "tonic, subdominant and dominant only"."""
    table = (
        ("I", r"\btonic\b|主和弦"),
        ("IV", r"\bsub-?dominant\b|下属和弦"),
        ("V", r"(?<!sub)(?<!sub-)\bdominant\b|(?<!下)属和弦"),
    )
    found = [numeral for numeral, words in table if re.search(words, lower)]
    return found if len(found) > 1 else []


_EVERY = re.compile(
    r"(?:change|replace|turn|make|swap)[^,.;]{0,12}?(?:all|every|each)?[^,.;]{0,8}?\b([A-G][#b]?(?:m|7|maj7|m7)?)(?: chords?|s| major)?\b[^,.;]{0,12}? (?:to|into|with|by|for) (?:an? )?([A-G][#b]?(?:maj7|m7|m|7|dim|sus4|6)?)\b(?! (?:major|minor))|把?(?:所有的?|全部的?)([A-G][#b]?(?:m|7)?)(?:和弦)?(?:改成|换成)([A-G][#b]?(?:maj7|m7|m|7)?)"
)


def _every_chord(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "change all the D chords to D7": one chord for another wherever it stands."""
    found = _EVERY.search(clause.text)
    if found is None or not re.search(r"chord|all|every|和弦|所有", clause.lower):
        return None
    old, new = (found[1] or found[3]), (found[2] or found[4])
    spots = []
    for measure in clause.tune.measures:
        for event in measure.events:
            if event.chord_symbol == old and measure.meter is not None:
                spots.append(f"{measure.number}:{1 + event.onset / measure.meter.beat}={new}")
    return {"at": " ".join(spots)} if spots else None


def _chords_there(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "change the chord in bar 5 to Am", "put a D7 on beat 3 of bar 6", 第5小节的和弦改成Am."""
    place = clause.bars_in(clause.lower)
    names = [n for n in _SYMBOL.findall(clause.text) if parse_chord(n) is not None]
    if (
        place is None
        or not names
        or (place.first != place.last and len(names) != place.last - place.first + 1)
    ):
        return None
    beat = re.search(
        rf"beat ({N}|first|second|third|fourth)|第\s*({N})\s*拍|(first|second|third|fourth) beat",
        clause.lower,
    )
    at = (numbers.ORDINALS.get(_said(beat)) or numbers.value(_said(beat)) or 1) if beat else 1
    bars = range(place.first, place.last + 1)
    if len(bars) == 1 and len(names) > 1:
        first = re.search(r"instead of|rather than|代替", clause.lower) is not None
        names = names[:1] if first else names[-1:]
    spots = [f"{bar}:{at}={name}" for bar, name in zip(bars, names, strict=False)]
    return {"at": " ".join(spots)}


_HOWS = (("tritone", r"tritone"), ("darker", r"dark|sadder|gloom|暗|忧郁"), ("simpler", r"simpl|easi|plain|简单"),
         ("relative", r"relative|softer|minor chords|关系"))  # fmt: skip


def _reharmonise(match: re.Match[str], clause: Clause) -> dict[str, str]:
    plain = re.sub(r"too \w+|太\S{2}", " ", clause.lower)
    return {"how": next((name for name, words in _HOWS if re.search(words, plain)), "sevenths")}


def _simpler_chords(match: re.Match[str], clause: Clause) -> dict[str, str]:
    if re.search(r"one (?:chord )?(?:per|a|each)|fewer|每小节一个|少一[点些]", clause.lower):
        return {"level": "one-a-bar"}
    if re.search(r"primary|three|basic|i,? iv|beginner|三个|正三", clause.lower):
        return {"level": "primary"}
    return {"level": "triads"}


# -- voices -----------------------------------------------------------------------------------

_PATTERNS = (
    ("alberti", r"alberti|broken chords?|arpeggi|分解和弦|阿尔贝蒂|琶音"), ("walking", r"walking|行走|步行"),
    ("oompah", r"oom-?pah|stride|boom-?chick|waltz bass|蹦嚓"), ("block", r"block|chordal|full chords|柱式|整和弦"),
    ("held", r"held|sustain|long notes|whole notes|长音|持续"),
    ("root-fifth", r"root[- ]and[- ]fifth|root-fifth|fifths|根音和五音"),
    ("root", r"root(?:s| notes?)? only|only (?:the )?roots?|just (?:the )?roots?|simple|easy|beginner|根音|简单"),
)  # fmt: skip
_BASS = r"(?:left[- ]hand|bass(?: line| part| voice)?|base line|both hands|two hands|accompaniment|backing|左手(?:伴奏|声部)?|低音(?:声部|线条|伴奏)?|伴奏|双手)"


def _bass(match: re.Match[str], clause: Clause) -> dict[str, str]:
    pattern = next((n for n, words in _PATTERNS if re.search(words, clause.lower)), "root-fifth")
    return {"pattern": pattern}


def _second(match: re.Match[str], clause: Clause) -> dict[str, str]:
    values = {"interval": "sixth" if re.search(r"sixth|六度", clause.lower) else "third"}
    if re.search(r"above|higher|descant|on top|over the|上方|高声部|上面", clause.lower):
        values["above"] = "yes"
    return values


def _choir(match: re.Match[str], clause: Clause) -> dict[str, str]:
    place = clause.bars_in(clause.lower)
    return {"first": str(place.first), "last": str(place.last)} if place else {}


_VOICE_WORDS = {
    "bass": r"bass|left hand|lower|bottom|低音|左手|下(?:方|面)", "alto": r"alto|女低", "tenor": r"tenor|男高",
    "2": r"second|2nd|harmony|descant|added|other|第二", "1": r"first|top|melody|upper|right hand|soprano|旋律|高音|第一|主旋律|右手",
    "3": r"third|3rd|第三", "4": r"fourth|4th|第四",
}  # fmt: skip


def voice_of(tune: Tune, words: str) -> str | None:
    """The id of the voice that words mean; None if the tune has none such."""
    for voice in tune.voices:
        name = voice.name.lower()
        if len(name) > 2 and name in words:
            return voice.id
    for said, pattern in _VOICE_WORDS.items():
        if not re.search(pattern, words):
            continue
        if said.isdigit():
            at = int(said) - 1
            return tune.voices[at].id if at < len(tune.voices) else None
        named = [v for v in tune.voices if said in (v.name + v.id).lower()]
        if named:
            return named[0].id
        return tune.voices[-1].id if len(tune.voices) > 1 else None
    return None


def _out_voice(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    if len(clause.tune.voices) < 2:
        return None
    voice = voice_of(clause.tune, match[0])
    return {"voice": voice} if voice else None


def _only_voice(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    if len(clause.tune.voices) < 2:
        return None
    voice = voice_of(clause.tune, match[0]) or clause.tune.voices[0].id
    return {"voice": voice}


def _bass_simpler(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    return (
        {"pattern": "root"} if len(clause.tune.voices) > 1 else {"": "add-bass", "pattern": "root"}
    )


_SIGNS = (
    ("trill", r"trills?|颤音"), ("mordent", r"mordents?|波音"), ("turn", r"turns\b|a turn\b|gruppetto|回音"), ("roll", r"\brolls?\b|滚音"),
    ("fermata", r"fermatas?|pause signs?|holds?\b|延长记号|延音记号"), ("staccato", r"staccat\w*|short and detached|断奏|跳音|断音"),
    ("accent", r"accents?|重音"), ("grace", r"grace notes?|appoggiaturas?|acciaccaturas?|倚音|装饰音(?!记号)"),
)  # fmt: skip
_ANY_SIGN = (
    "|".join(words for _, words in _SIGNS)
    + r"|ornaments?|ornamentation|decorations?|装饰(?:音|记号)?"
)


# -- bars -------------------------------------------------------------------------------------

_AFTER = re.compile(
    rf"(?:after|behind|following)\s+(?:the\s+)?(?:{BARS}\s*)?({N}|last bar|end|pick-?up)|第?\s*({N})\s*小节?\s*(?:之后|后面|后)|到?(?:第\s*({N})\s*小节)(?:之后|后面|后)"
)
_BEFORE = re.compile(
    rf"(?:before|in front of|ahead of)\s+(?:the\s+)?(?:{BARS}\s*)?({N}|first bar|beginning|start)|第?\s*({N})\s*小节?\s*(?:之前|前面|前)"
)
_TO_END = re.compile(
    r"(?:to|at|onto) the (?:very )?end|at the end|到(?:最后|结尾|末尾)|(?:放|加|移)(?:到|在)(?:最后|结尾|末尾)|在(?:最后|结尾|末尾)"
)
_IN_MIDDLE = re.compile(r"in(?:to)? the middle|halfway|在?中间")
_TO_START = re.compile(
    r"(?:to|at) the (?:very )?(?:beginning|start|front)|到(?:开头|最前)|(?:放|加|移)(?:到|在)(?:开头|最前|前面)|在(?:开头|最前)"
)


def _goal(clause: Clause) -> str | None:
    """The bar behind which something goes; "0" is before all, "end" behind the last bar there will be."""
    lower = clause.lower
    if match := _AFTER.search(lower):
        said = _said(match)
        number = 0 if said.startswith("pick") else numbers.value(said)
        return "end" if said in ("last bar", "end") else None if number is None else str(number)
    if match := _BEFORE.search(lower):
        said = _said(match)
        number = 1 if said in ("first bar", "beginning", "start") else numbers.value(said)
        return None if number is None else str(number - 1)
    if _TO_END.search(lower):
        return "end"
    if _IN_MIDDLE.search(lower):
        return str(clause.tune.bar_count // 2)
    return "0" if _TO_START.search(lower) else None


def _without_goal(lower: str) -> str:
    for pattern in (_AFTER, _BEFORE, _TO_END, _TO_START):
        lower = pattern.sub(" ", lower)
    return lower


def _placed_at(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Copying and moving: bars, and a place to put them."""
    goal = _goal(clause)
    place = clause.bars_in(_without_goal(clause.lower))
    place = place or clause.pointed()
    if goal is None or place is None:
        return None
    clause.place = place
    return {"after": goal}


def _repeat(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "repeat bars 1-4" with signs; "twice more" or "write it out" as copies."""
    if re.search(r"repeats? (?:out|signs? (?:away|out))|without repeat|no repeat", clause.lower):
        return None
    goal = _goal(clause)
    if goal is not None and (there := clause.bars_in(_without_goal(clause.lower))):
        clause.place = there
        return {"": "copy-bars", "after": goal}
    named = re.search(
        r"\brepeat (?:only |just )?(?:the )?([a-h])\b(?! (?:bar|measure|note|few|couple|lot))",
        clause.lower,
    )
    place = clause.bars_in("part " + named[1]) if named else None
    place = (
        place or clause.bars_in(clause.lower) or clause.pointed() or Place(1, clause.tune.bar_count)
    )
    clause.place = place
    if re.search(r"written out|write (?:it |them )?out|without signs|写出来", clause.lower):
        return {"way": "written"}
    return {"way": "signs"}


def _times(clause: Clause) -> str:
    if re.search(r"\bthree times|thrice|三(?:次|遍)", clause.lower):
        return "2"
    if more := re.search(rf"({N}) more times?|再(?:复制|重复)?({N})(?:次|遍)", clause.lower):
        return str(numbers.value(_said(more)) or 1)
    return "1"


def _duplicate(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    goal = _goal(clause)
    if goal is not None:
        place = clause.bars_in(_without_goal(clause.lower)) or clause.pointed()
        if place is None:
            return None
        clause.place = place
        return {"": "copy-bars", "after": goal}
    clause.place = clause.bars_in(clause.lower) or clause.pointed()
    return {"times": _times(clause)} if clause.place else None


def _insert(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "insert two empty bars after bar 4"; bars that are numbered are copied instead."""
    count = re.search(
        rf"(?<!bar )(?<!bars )({N}|an?|another|some|new|rest of)\s+(?:more |one |a |new |empty |blank |extra |additional |silent |rest )*(?:bars?|measures?)(?! \d)|(?<!第)({N})\s*个?(?:空|新)?(?:的)?小节",
        re.sub(rf"第\s*{N}\s*小节", " ", clause.lower),
    )
    goal = _goal(clause)
    if count is None:
        return None
    said = _said(count)
    number = (
        {"a": 1, "an": 1, "another": 1, "new": 1, "rest of": 1, "some": 2}.get(said)
        or numbers.value(said)
        or 1
    )
    empty = re.search(r"empty|blank|rest|silent|silence|空|休止", clause.lower)
    if goal is None:
        return None
    values = {
        "bar": "1" if goal == "0" else goal,
        "count": str(number),
        "where": "before" if goal == "0" else "after",
    }
    if not empty:
        values |= {"": "new-bars"}
    return values


def _swap(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    if re.search(r"\bchords?\b|和弦", clause.lower):
        return None
    said = re.sub(
        r"\b(?:round|around|over)\b",
        " ",
        clause.lower[: match.start()] + " " + clause.lower[match.end() :],
    )
    if re.search(r"\bhalves\b|前后两半|前后两部分", said):
        clause.place = clause.bars_in("first half")
        late = clause.bars_in("second half")
        return {"with": f"{late.first}-{late.last}"} if clause.place and late else None
    halves = re.split(r"\b(?:and|with|for)\b|和|与|跟", said, maxsplit=1)
    if len(halves) < 2:
        return None
    first = clause.bars_in(re.sub(r"\b(bar|measure)s\b", r"\1", halves[0]))
    if first is None and (letter := re.match(r"\s*(?:the )?(?:parts? )?([a-h])\s*$", halves[0])):
        first = clause.bars_in("part " + letter[1])
    second = clause.bars_in(halves[1]) or clause.bars_in("bar " + halves[1].strip())
    if second is None and re.match(r"\s*(?:the )?([a-h])\b", halves[1]):
        second = clause.bars_in("part " + halves[1].strip()[0])
    if first is None or second is None:
        return None
    clause.place = first
    return {"with": f"{second.first}-{second.last}"}


def _shorter(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A tune loses its second half, and so does a part of it; a note that shall be shorter is none of both."""
    if re.search(
        r"\b(?:notes?|rests?|chords?|pick-?up|trills?|beats?|breath|bow)\b|音(?!乐)|休止",
        clause.lower,
    ):
        return None
    place = clause.bars_in(clause.lower)
    if place is None or place.last == place.first:
        return {} if place is None else None
    clause.place = Place(place.first + (place.last - place.first + 1) // 2, place.last)
    return {"": "delete-bars"}


def _first(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "play the B part first": it goes before all."""
    clause.place = clause.bars_in(match["what"] or match["zh"])
    return {"after": "0"} if clause.place and clause.place.first > 1 else None


def _length(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    count = numbers.value(_said(match))
    return {"bars": str(count)} if count else None


def _longer(match: re.Match[str], clause: Clause) -> dict[str, str]:
    if found := re.search(
        rf"by ({N}) (?:bars|measures)|({N}) (?:bars|measures) longer|(?:加长|延长|增加|续写)\s*({N})\s*(?:个)?小节|({N}) more (?:bars|measures)|another ({N}) (?:bars|measures)",
        clause.lower,
    ):
        return {"more": str(numbers.value(_said(found)) or 8)}
    return (
        {"twice": "yes"}
        if re.search(r"twice as long|double the length|长一倍|两倍长", clause.lower)
        else {}
    )


def _keep(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Only some bars are to stay; not "only the ending" after a change, which is a correction."""
    place = clause.bars_in(match["what"] or match["zh"])
    if place is None or not re.search(
        r"keep|leave|separate|new (?:tune|piece)|just the|留", clause.lower
    ):
        return None
    clause.place = place
    return {}


_NO_BARS = re.compile(rf"{_ANY_SIGN}|{_CHORDS}|{_WORDS}|voice|声部|dynamics|强弱|repeats?\b")


def _bars_out(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Bars are taken out, not something in them."""
    return None if _NO_BARS.search(clause.lower) else {}


def _pointed_bars(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    clause.place = clause.pointed()
    return {} if clause.place else None


# -- intro, ending, pickup --------------------------------------------------------------------


def _count_bars(clause: Clause, usual: str) -> str:
    found = re.search(rf"({N})[- ]?(?:个)?(?:bars?|measures?|小节)", clause.lower)
    number = numbers.value(found[1]) if found else None
    return str(number) if number and 1 <= number <= 16 else usual


def _intro(match: re.Match[str], clause: Clause) -> dict[str, str]:
    kind = (
        "beginning"
        if re.search(r"(?:from|of|with) the (?:beginning|opening|first)|用开头", clause.lower)
        else "ending"
    )
    return {"bars": _count_bars(clause, "4"), "kind": kind}


def _tag(match: re.Match[str], clause: Clause) -> dict[str, str]:
    return {"kind": "tag", "bars": _count_bars(clause, "2")}


# -- rhythm, ornaments, dynamics --------------------------------------------------------------


def _ornament(match: re.Match[str], clause: Clause) -> dict[str, str]:
    return {"kind": next((n for n, words in _SIGNS if re.search(words, match[0])), "trill")}


def _hold_last(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """A fermata on the last note."""
    last = clause.tune.bar_count
    clause.place = Place(last, last, "last bar")
    return {"kind": "fermata"}


_MUSIC = re.compile(
    r"(?:with|as|to|by|into|换成|改成|写成)\s*:?\s*\"?((?:[\^_=]*[A-Ga-gz][,']*\d*/?\d*[\s|]*)+)\"?$"
)


def _given_notes(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "replace bar 3 with G A B c": the notes as ABC."""
    found = _MUSIC.search(clause.text.strip().rstrip("."))
    place = clause.bars_in(clause.lower[: found.start()] if found else "")
    if found is None or place is None or len(re.findall(r"[A-Ga-gz]", found[1])) < 2:
        return None
    clause.place = place
    return {"music": found[1].strip()}


def _less_ornament(match: re.Match[str], clause: Clause) -> dict[str, str]:
    lower = clause.lower
    if re.search(r"dynamic|强弱|力度", match[0]):
        return {"kinds": "dynamics"}
    kinds = [n for n, words in _SIGNS if re.search(words, lower)]
    general = re.search(
        r"all (?:the )?(?:ornaments|signs|marks)|ornament|decorat|所有|全部|装饰", lower
    )
    return {"kinds": " ".join(kinds)} if kinds and not general else {}


_LEVELS = (
    ("ppp", r"\bppp\b"), ("pp", r"\bpp\b|pianissimo|very (?:soft|quiet)|极弱|很弱"), ("mp", r"\bmp\b|mezzo[- ]piano|medium soft|中弱"),
    ("mf", r"\bmf\b|mezzo[- ]forte|medium loud|中强"), ("fff", r"\bfff\b"), ("ff", r"\bff\b|fortissimo|very loud|极强|很强"),
    ("p", r"\bp\b|\bpiano\b(?! part| left| right)|\bsoft(?:ly|er)?\b|\bquiet(?:ly|er)?\b|弱|轻一?[点些]|安静"), ("f", r"\bf\b|\bforte\b|\bloud(?:ly|er)?\b|强|响一?[点些]|大声"),
)  # fmt: skip


def _hairpin(match: re.Match[str], clause: Clause) -> dict[str, str]:
    softer = re.search(r"decresc|dimin|dim\.|fade|soft|quiet|弱|轻", match[0]) is not None
    return {"kind": "softer" if softer else "louder"}


def _dynamic(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    level = next((n for n, words in _LEVELS if re.search(words, match[0])), None)
    return {"level": level} if level else None


_CLEFS = {"高音": "treble", "低音": "bass", "中音": "alto", "次中音": "tenor"}


def _clef(match: re.Match[str], clause: Clause) -> dict[str, str]:
    said = match[1] or match[2]
    return {"clef": _CLEFS.get(said, said)}


def simpler(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """Which notes go, where the message says it; else the change finds out."""
    if re.search(r"dotted|附点", clause.lower):
        return {"": "simplify-rhythm", "level": "dotted"}
    if re.search(r"sixteenth|semiquaver|16th|十六分", clause.lower):
        return {"": "simplify-rhythm", "level": "sixteenths"}
    if re.search(r"eighths?|quavers?|八分", clause.lower):
        return {"": "simplify-rhythm", "level": "eighths"}
    return {}


# -- meter, dance, tempo ----------------------------------------------------------------------

_DANCES = {name: style.words for name, style in STYLES.items()}


def _meter(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    from chat.understand.timing import spoken_meter

    meter = spoken_meter(re.sub(r"\d/\d{1,2}\s*=", " ", clause.lower))
    if not meter:
        return None
    values = {"meter": meter}
    if re.search(
        r"\b(?:re-?bar|move the bar ?lines|same rhythm|keep the (?:rhythm|note values))|保持(?:节奏|时值)",
        clause.lower,
    ):
        values["way"] = "rebar"
    return values


def _dance(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    found = find(
        re.sub(r"\b(\w+?)s\b", r"\1", clause.lower),
        {k: v for k, v in _DANCES.items() if k != "song"},
    )
    return {"style": found[0]} if found else None


def instrument(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Writing for a transposing instrument, or another sound."""
    from abc_tools.edit.instruments import ALIASES
    from abc_tools.edit.instruments import INSTRUMENTS as WRITTEN

    names = sorted([*WRITTEN, *ALIASES], key=len, reverse=True)
    lower = (
        clause.lower.replace("b flat", "b-flat")
        .replace("e flat", "e-flat")
        .replace("bb ", "b-flat ")
    )
    written = next(
        (
            n
            for n in names
            if (re.search(rf"\b{re.escape(n)}\b", lower) if n.isascii() else n in lower)
        ),
        None,
    )
    found = find(clause.lower, {n: words for n, (_, _, _, words) in INSTRUMENTS.items()})
    if written is None and found is None:
        return None
    transposed = (
        written is not None and WRITTEN[ALIASES.get(written, written)].written.semitones % 12 != 0
    )
    if written and (transposed or found is None):
        return {"name": written, "sounding": "yes"}
    assert found is not None, "one of the two was found"
    return {"": "play-on", "instrument": found[0]}


FREE = (
    r"\brewrite\b|\bre-write\b|\brecompose\b|\bre-?imagine\b|\bvary\b|\bvariations?\b|\bredo the\b|\bre-?do (?:bar|measure|that|this)|\bnew (?:melody|bridge|ending|tune|music|notes|version) (?:for|in|of)"
    r"|\b(?:a |something )?(?:new|different|better|nicer|stronger|catchier) (?:\w+ )?(?:bridge|ending|beginning|opening|chorus|melody|section|part|strain|phrase|tune for)\b"
    r"|\b(?:more|less) (?:exciting|interesting|lively|varied|lyrical|dramatic|flowing|playful|melodic|boring|repetitive|catchy|memorable|energetic|intense|expressive|romantic|mysterious|heroic|epic|tense|jumpy|smooth|singable|surprising|busy|folky|jazzy|bouncy|rhythmic|irish|chinese|monotonous|predictable)\b"
    r"|\b(?:catchier|livelier|calmer|bouncier|busier|smoother|wilder|gentler|jazzier|spicier|bolder|better)\b|\bspice (?:\w+ )?up\b|\bjazz (?:\w+ )?up\b|\bliven (?:\w+ )?up\b|\bimprov(?:e|ise)\b|\bpolish\b|\bfix the (?:melody|tune|ending)\b|\bdifferent(?:ly)?\b(?! keys?\b)|\btry (?:again|something else)|\bsomething (?:else|different|new)\b"
    r"|\bmake (?:it|this|that|these|them|the [\w ]{1,24}?|bars? [\d -]+) (?:a (?:bit|little|lot) |much |even )?[a-z]+(?:ier|er)\b|\bmake (?:it|this|that|these|them|the [\w ]{1,24}?|bars? [\d -]+) sound\b|\bchange (?:the )?(?:bars?|measures?|melody|notes|ending|bridge|beginning|second|first|last|tune)(?! \w+ to)|\b(?:i )?(?:do ?n'?t|do not|did ?n'?t) like\b|\bboring\b|\bdull\b"
    r"|\b(?:more|less) [a-z]+(?:ing|ed|al|ic|ive|ful|ous|y|ish|like)\b(?! (?:bars|chords|notes|verses))"
    r"|重写|改写|改编|换一?[个种段](?!调)|重新[写作编]|变奏|变化一下|(?:更|再)(?:有趣|抒情|激动|活泼|好听|激昂|丰富|生动|有活力|有意思|流畅|动听|可怕|恐怖|紧张|温柔)|(?:有趣|抒情|活泼|丰富|生动|流畅)(?:一[点些]|些)|写得更|无聊|单调|不好听|不喜欢|改一下|改一改|改掉|换掉"
)


RULES: tuple[Rule, ...] = (
    # headings and words first: what they say is not read as anything else
    rule(
        "set-field",
        r"\b(?:rename|call (?:it|this|the)|title|name it|retitle|the name)|标题|题目|改名|取名|命名|起名|曲名|歌名|名字|叫它|就叫|title\s*=|(?:no|without|remove the) (?:title|name)\b",
        _title,
    ),
    rule("set-field", r"\bset [tcrosz] to\b", _any_field),
    rule("set-field", r"\bcompos(?:er|ed by)\b|作曲", _composer),
    rule("set-lyrics", rf"{_WORDS}|\bsing\b|\btext\b|唱", _given_words),
    rule(
        "remove-words",
        rf"{REMOVE}\s*(?:all )?(?:the |these |those |any )?(?:\w+ )?(?:{_WORDS}|verse \d|第.段词)|把?{_WORDS}(?:都)?(?:去掉|删掉|删除|拿掉|移除)|\binstrumental\b(?! )",
        _gone_words,
        more=True,
    ),
    rule(
        "write-words",
        r"^(?:and |now |then |please |a |an |the )*(?:second|third|fourth|another|new|next|2nd|3rd) verse\b"
        r"(?! (?:of|in|is|has|should|up|down|an? octave|minor|major|shorter|longer|higher|lower|louder|softer|faster|slower))"
        r"|^(?:再)?(?:来|写|加)?第[二三四]段(?:歌)?词"
        rf"|{ADD}[^,.;]{{0,30}}?{_WORDS}"
        # "Make the second verse minor" is about music; "write the second verse" is about words.
        rf"|(?!make the ){ADD}[^,.;]{{0,30}}?\bverses?\b(?! (?:of|minor|major)\b)"
        rf"|{_WORDS}[^,.;]{{0,12}}\b(?:about|for)\b"
        r"|(?:填|配|写|作)(?:上|一段|一下|点|些|几段|第.段)?(?:中文|英文|英语)?(?:歌)?词|第[二三]段(?:歌)?词|\bnew lyrics\b",
        _new_words,
    ),
    rule(
        "replace-word",
        r"\b(?:change|replace|swap) (?:the )?(?:word |words? )?[\"']?([\w' ]{1,24}?)[\"']? (?:to|with|into|by|for) [\"']?([\w' ]{1,24}?)[\"']?(?: in the (?:lyrics|words|text))?[.!]?$|把(?:歌词(?:里|中)的?|词里的?)?[\"“]?([\u4e00-\u9fff]{1,4})[\"”]?(?:改成|换成)[\"“]?([\u4e00-\u9fff]{1,4})[\"”]?$",
        _other_word,
    ),
    # voices
    rule(
        "clef",
        r"\b(treble|bass|alto|tenor)[- ]clef\b|(高音|低音|中音|次中音)谱号",
        _clef,
        more=True,
    ),
    rule(
        "remove-voice",
        rf"{REMOVE}\s*(?:the )?[^,.;]{{0,20}}?(?:voice|part\b(?! [a-d]\b)|left hand|bass(?: line)?|harmony line|descant|drone|accompaniment|声部|左手|伴奏|低音)|把?(?:第二声部|左手|低音(?:声部)?|伴奏)(?:去掉|删掉|删除|拿掉)",
        _out_voice,
    ),
    rule(
        "extract-voice",
        r"\b(?:only|just|keep only|extract|isolate|show (?:me )?only|leave only)\s+(?:the )?(?:\w+ )?(?:melody|voice|right hand|left hand|soprano|alto|tenor|bass|top line|first voice|second voice)\b|只(?:要|留|保留)(?:主)?(?:旋律|第.声部|高声部|左手|右手|低音)",
        _only_voice,
    ),
    rule(
        "simplify-bass",
        r"(?:simpl\w*|easi\w+)[^,.;]{0,12}(?:left hand|bass|accompaniment)|(?:left hand|bass|accompaniment)[^,.;]{0,14}(?:simpl|eas)|左手[^,.;]{0,6}简单|简单[^,.;]{0,4}左手|简化(?:一下)?(?:左手|伴奏|低音)|伴奏[^,.;]{0,6}简单|左手(?:太|有点)难",
        _bass_simpler,
    ),
    rule(
        "add-choir",
        r"\bsatb\b|four[- ](?:part|voice)s?|4[- ](?:part|voice)s?|\bchoir\b|\bchoral\b|\bchorale\b|\bin four parts\b|四(?:声)?部(?:合唱|和声)?|混声合唱",
        _choir,
    ),
    rule("add-drone", rf"{ADD}?[^,.;]{{0,16}}\bdrones?\b|bagpipe drone|持续低音|嗡鸣|长低音"),
    rule(
        "add-bass",
        rf"(?:{ADD}[^,.;]{{0,40}}?{_BASS}|for (?:the )?(?:piano|both hands|two hands)|\bpiano (?:version|arrangement|accompaniment)|钢琴(?:版|伴奏)|{_BASS}(?: please)?$|(?:alberti|walking|oom-?pah)\b[^,.;]{{0,8}}(?:bass|left hand|style|pattern)|(?:左手|伴奏|低音)[^,.;]{{0,4}}(?:换|改|用|弹|来|加|配|做)[^,.;]{{0,8}}(?:分解|柱式|琶音|行走|长音|根音|阿尔贝蒂))",
        _bass,
    ),
    rule(
        "second-voice",
        rf"^(?:and |now |then |also |please |a |an |the )*(?:descant|duet|harmony (?:line|part|voice)|second (?:voice|part|line|fiddle|violin|flute)(?: for| above| below| please|$))|{ADD}[^,.;]{{0,30}}?(?:(?:second|2nd|another|harmony|descant|lower|upper|parallel|extra|alto|tenor|soprano|counter)[- ](?:voice|part|line|melody|violin|flute|recorder)|counter-?melod(?:y|ies)|descant|harmony (?:in|line|above|below|part)|parallel (?:thirds|sixths)|(?:in )?(?:thirds|sixths)|duet)|\bduet\b|in (?:parallel )?(?:thirds|sixths)\b|(?:加|添|配|写|做)[^,.;]{{0,8}}(?:第二(?:个)?声部|二声部|高声部|低声部|(?<!低音)声部|和声声部)|二重奏|二重唱|(?:三度|六度)(?:的)?(?:和声|平行|声部)|two[- ]part|two voices|两个声部",
        _second,
    ),
    # chords
    rule(
        "remove-chords",
        rf"{REMOVE}\s*(?:all )?(?:of )?(?:the |these |those |any )?(?:\w+ )?{_CHORDS}|把?(?:所有)?{_CHORDS}(?:都)?(?:去掉|删掉|删除|拿掉|移除)|\bmelody only\b|只(?:要|留)旋律",
        more=True,
    ),
    rule(
        "reharmonise",
        rf"\bre-?harmoni[sz]\w*|(?:jazz\w*|richer|fancier|fuller|more (?:colou?rful|interesting|complex|jazzy)|dark\w*|sadder|seventh|7th|tritone|other|different)\s+(?:{_CHORDS}|sub\w*)|{_CHORDS}[^,.;]{{0,12}}(?:jazzier|richer|darker|more (?:colou?rful|interesting|jazzy))|重新配(?:置)?{_CHORDS}|(?:换|改)(?:一些|一套|一种|种|些)?(?:别的|其他|不同的?|爵士)?{_CHORDS}|{_CHORDS}(?:更)?(?:丰富|爵士)|爵士(?:味|化|风格)?的?{_CHORDS}|{_CHORDS}[^,.;]{{0,8}}(?:太简单|单调|无聊|换(?!成|到)|七和弦)|{_CHORDS}[^,.;]{{0,12}}(?:too (?:simple|plain|boring)|boring|dull)",
        _reharmonise,
    ),
    rule(
        "set-chords",
        r"\b(?:all|every|each|chords?)\b|和弦|所有",
        _every_chord,
    ),
    rule(
        "set-chords",
        rf"(?:{_CHORDS}|\b[A-Ga-g][#b]?(?:m|7|maj7|m7|dim)\b|\b(?:put|use|play|make it) (?:an? )?[a-g][#b]?\b)",
        _chords_there,
    ),
    rule(
        "simplify-chords",
        rf"(?:simpl\w*|easi\w+|fewer|basic|plain|less)\s+(?:the )?{_CHORDS}|simplify (?:the )?{_CHORDS}|{_CHORDS}[^,.;]{{0,8}}(?:simpler|easier)|简化(?:一下)?{_CHORDS}|{_CHORDS}(?:再|更)?简单|简单(?:一?[点些])?的?{_CHORDS}|(?:make|use) (?:the )?{_CHORDS} (?:simpler|easier)|{_CHORDS}太(?:难|复杂)",
        _simpler_chords,
    ),
    rule(
        "add-chords",
        rf"{ADD}[^,.;]{{0,40}}?{_CHORDS}|\bharmoni[sz]e\b|(?:用|配|加)[^,.;]{{0,14}}{_CHORDS}|配和声|\bchord it\b|{_CHORDS} (?:please|to it)|^(?:any |some )?chords?\b[^,.;]{{0,6}}(?:for|to|on|only|please|:|\?|$)|(?:replace|swap)[^,.;]{{0,24}}chords?\b",
        _add_chords,
    ),
    # bars
    rule(
        "replace-bars",
        r"\b(?:replace|change|write|make|set)\b[^;]{0,30}\b(?:bars?|measures?)\b|小节.{0,6}(?:换成|改成|写成)",
        _given_notes,
    ),
    rule(
        "swap-bars",
        r"\b(?:swap|exchange|switch|interchange|flip)\b|交换(?:一下)?|对调(?:位置)?|互换(?:位置)?|调换(?:位置)?",
        _swap,
    ),
    rule(
        "move-bars",
        r"\b(?:play|put|start with|have) (?:the )?(?P<what>[\w ]{1,24}?) first\b|先(?:演?奏|放)(?P<zh>.{1,6}?)(?:再|,|$)",
        _first,
    ),
    rule(
        "drop-repeats",
        r"\b(?:only|just) (?:play(?:ed)? |sing |do )?(?:\w+ ){0,2}once\b|\bonce is enough\b|\bplay(?:ed)? (?:\w+ ){0,3}(?:only |just )?once\b|\bdon't repeat\b|\bwithout repeat(?:ing|s)\b|\bno repeats\b|(?:别|不要?|不用)(?:再)?(?:反复|重复)|一遍就(?:够|行|好)|只(?:奏|唱|弹|演奏)一遍",
    ),
    rule(
        "write-out-repeats",
        rf"(?:write|spell) out (?:the |all )?(?:the )?repeats?|unfold (?:the )?repeats?|(?:{REMOVE}|expand) (?:the |all |any )*repeat(?:s|ed parts| signs?| marks?)?\b|(?:展开|写出|去掉|删掉|取消)(?:所有)?(?:反复|重复)(?:记号)?",
    ),
    rule(
        "new-length",
        rf"^(?:a |an |just |only |make it )*(?:loop of |total of )?({N}) (?:bars|measures)(?: loop| long| total| please)*[.!]?$|^({N})\s*个?小节[.!]?$",
        _length,
    ),
    rule(
        "new-length",
        rf"(?:shorten|cut|reduce|trim|extend|lengthen|stretch)[^,.;]{{0,20}}?\bto ({N}) (?:bars|measures)|make (?:it|this|the (?:tune|song|piece)) ({N}) (?:bars|measures)(?: long)?(?! longer| shorter)|(?:改成|缩短到|延长到|加长到|变成|缩到)\s*({N})\s*个?小节",
        _length,
    ),
    rule("move-bars", r"\bmove\b|\bshift bars?\b|移(?:动|到)|挪到?|放到", _placed_at),
    rule("insert-bars", rf"{ADD}[^;]{{0,30}}?(?:bars?|measures?|小节)|插入", _insert),
    rule("duplicate-bars", r"\b(?:duplicate|copy|paste|clone)\b|复制|拷贝", _duplicate),
    rule(
        "repeat-bars",
        r"\brepeat(?:ed|s)?\b(?!itive)|\bplayed twice\b|\b(?:play|sing|do) [^,.;]{0,24}(?:twice|again|two times)|重复|反复|再来一遍|演奏两遍|两遍",
        _repeat,
    ),
    rule(
        "keep-bars",
        r"\b(?:just|only|keep only|leave only|keep just)\s+(?:keep |leave )?(?P<what>(?:the )?(?:[a-d] (?:part|section)|first|second|last|bars?|bridge|chorus|verse|ending|opening)[\w -]*?)(?: then)?(?:,? as a (?:separate|new) (?:tune|piece))?[.!]?$|只(?:留|保留|要)(?P<zh>[^,.]{1,10}(?:段|小节|部分|副歌|主歌))(?:就行|吧)?$",
        _keep,
    ),
    rule(
        "delete-bars",
        r"^(?:please |now |and |just )*(?:delete|remove|cut|erase)(?: (?:it|this|that|them|these|those|here))?(?: please)?[.!]*$|^(?:把)?(?:这里|这段|这几小节|它)?(?:删掉|删除|删了|去掉)(?:吧|它)?[.!]*$",
        _pointed_bars,
    ),
    rule(
        "delete-bars",
        rf"{REMOVE}\s*(?:[^,.;]{{0,16}})?(?:{BARS}|section|part\b|\bstrain|half\b|the bridge|(?:the|second|first|third|last) ending|the intro|the chorus|段|部分|桥段|结尾|副歌|前奏)|(?:把)?第[^,.;]{{1,10}}小节(?:都)?(?:删掉|删除|去掉|删了)|(?:段|部分|桥段|结尾|副歌|前奏)(?:删掉|删除|去掉|删了)",
        _bars_out,
    ),
    rule(
        "add-ornaments",
        r"(?:extend|hold|lengthen|sustain|prolong)[^,.;]{0,14}(?:last|final) note|最后一?个?音.{0,4}(?:延长|拖长|长一点)",
        _hold_last,
    ),
    rule(
        "longer",
        r"\b(?:make|turn) (?:it|this|the (?:tune|song|piece)) (?:\w+ ){0,2}longer|\blonger\b|\bextend\b|\bcontinue\b|\bcarry on\b|\bkeep going\b|\bgo on\b|\bwhat comes next\b|\bfinish (?:it|this|the tune)\b|\b(?:add|write) (?:\w+ ){0,3}(?:more (?:bars|measures|music)|(?:c|d|new|another|third|fourth|extra) (?:section|part|strain))\b|\badd (?:\w+[ -]){0,5}?(?:bridge|chorus|middle eight|section|trio|strain)\b|\badd a (?:verse|part)\b|twice as long|加长|延长|续写|接着写|继续写|写下去|往下写|(?:加|写|添)(?:上)?一?(?:个|段)(?:新的?)?(?:桥段|副歌|主歌|新段落|段落|部分)|长一[点些倍]",
        _longer,
        alone=True,
    ),
    rule(
        "shorter", r"\bshort(?:er|en)\b|\bhalf as long\b|缩短|短一[点些]|太长", _shorter, alone=True
    ),
    rule(
        "intro",
        rf"(?:{ADD}[^,.;]{{0,24}}?|^(?:and |then |now )*(?:an? )?(?:(?:{N}|short|long|little|nice|slow)[- ](?:bar[- ])?){{0,3}})(?:\bintro(?:duction)?\b|\blead-?in\b|前奏|引子)",
        _intro,
    ),
    rule(
        "ending",
        rf"(?:{ADD}[^,.;]{{0,24}}?(?:\btag\b|\bcoda\b|\boutro\b|尾声|尾奏)|repeat the (?:last|ending) (?:as a )?tag)",
        _tag,
    ),
    rule(
        "ending",
        r"(?:first and second|1st and 2nd|first/second|two|different) (?:time )?endings?\b|first[- ](?:and second[- ])?time bars?\b|一房子?(?:和)?二房子?|两个结尾|跳房子",
        lambda m, c: {"kind": "first-second"},
    ),
    rule(
        "ending",
        r"(?:end|finish|close|resolve|conclude)s?(?:ing)?\s+(?:it |this |the (?:tune|piece|song) )?(?:on|with|to) (?:the |a )?(?:tonic|home|root|key ?note|do|final|proper|long (?:note|tonic))\b|(?:strong|proper|final|conclusive|better final)(?:er)? (?:ending|cadence|close)|(?:ending|cadence|close)[^,.;]{0,10}(?:stronger|more final|more conclusive|conclusive)|(?:结束|结尾|停|落)(?:在|到)主音",
        lambda m, c: {"kind": "tonic"},
    ),
    rule(
        "remove-pickup",
        rf"{REMOVE}\s*(?:the |that |its )?(?:pick-?\s?up|upbeat|anacrusis|弱起)|把?弱起(?:小节)?(?:去掉|删掉|删除)",
    ),
    rule(
        "add-pickup",
        rf"{ADD}[^,.;]{{0,24}}?(?:pick-?\s?up|upbeat\b|anacrusis|弱起)|start (?:on|with) (?:an|the) (?:upbeat|pick-?up)",
    ),
    # ornaments, dynamics
    rule(
        "remove-ornaments",
        rf"{REMOVE}\s*(?:all |the |those |every |any )*(?:{_ANY_SIGN}|dynamics?(?: marks?)?)|(?:{_ANY_SIGN}|强弱记号|力度记号|力度)(?:和[^,.]{{1,6}})?(?:都|全部|全)?(?:去掉|删掉|删除|不要)",
        _less_ornament,
    ),
    rule(
        "add-ornaments",
        rf"(?:{ADD}[^,.;]{{0,24}}?(?:{_ANY_SIGN})|\bornament (?:it|this|the)|\bstaccato\b|\bdecorate\b|加花|装饰一下)",
        _ornament,
    ),
    rule(
        "hairpin",
        r"\bcresc(?:endo)?\b|\bgrow(?:s|ing)? (?:louder|in volume)|\bgradually (?:louder|softer|quieter)|\b(?:decresc(?:endo)?|diminuendo|dim\.|fade (?:out|away))|\b(?:get|gets|getting) (?:gradually )?(?:louder|softer|quieter)|渐强|渐弱|越来越(?:响|强|弱|轻)",
        _hairpin,
    ),
    rule(
        "louder",
        r"(?:a (?:bit|little) |much )?\blouder\b|响一[点些]|大声一[点些]|强一[点些]",
        more=True,
    ),
    rule(
        "quieter",
        r"(?:a (?:bit|little) |much )?\b(?:quieter|softer)\b|轻一[点些]|小声一[点些]|弱一[点些]|安静一[点些]",
        more=True,
    ),
    rule(
        "dynamic",
        r"\b(?:ppp|pp|mp|mf|fff|ff)\b|\b(?:play|make|mark|start|dynamics?|set)\b[^,.;]{0,30}?(?<!\ban )(?<!\bthat )(?<!\bthe )\b(?:p|f|piano|forte|loud(?:ly)?|soft(?:ly)?|quiet(?:ly)?)\b(?! part| left| version| sharp| flat| natural| major| minor|#)|(?:piano|mezzo|forte|pian|fort)issimo|mezzo[- ](?:piano|forte)|力度[^,.;]{0,6}[强弱pf]|[很极中]?[强弱](?:奏|拍?演奏)",
        _dynamic,
        more=True,
    ),
    # rhythm
    rule(
        "swing",
        r"\bswing\b|\bswung\b|\bshuffle\b|\bdotted (?:feel|rhythm)|摇摆|附点(?:的)?节奏|节奏.{0,6}附点",
        lambda m, c: {"style": "triplet" if re.search(r"triplet|三连", c.lower) else "dotted"},
        more=True,
    ),
    rule(
        "straighten",
        r"\bstraight(?:en)?\b|\bun-?dot\b|(?:remove|take out|get rid of|without|no) (?:the |all )?dott?ed (?:rhythms?|notes|bits)|(?:去掉|不要|取消)附点|\bno swing|\bunswing|\beven (?:eighths|rhythm)|平直|均匀",
        more=True,
    ),
    rule(
        "double",
        r"double (?:the |all )?(?:the )?(?:note (?:values|lengths)|durations|values|rhythm)|note values (?:doubled|twice)|augment\w*(?: the rhythm)?(?! (?:fourth|fifth|chord))|音符时值(?:加倍|翻倍)|时值(?:都)?(?:加倍|翻倍|扩大)",
    ),
    rule(
        "halve",
        r"halve (?:the |all )?(?:the )?(?:note (?:values|lengths)|durations|values|rhythm)|half (?:the )?note values|note values (?:halved|in half)|diminution|时值(?:都)?(?:减半|缩短一半)",
    ),
    rule(
        "jazzy",
        r"\b(?:make|play|turn) (?:it|this|that|the \w+(?: \w+)?|bars? [\d -]+) (?:more |sound )?(?:jazzy|jazzier|bluesy)\b|\bjazz (?:it|this) up\b|爵士(?:一[点些]|风格|味)",
        more=True,
    ),
    # tempo, meter, dance
    rule(
        "meter",
        r"\d{1,2}\s*/\s*\d|\b(?:two|three|four|five|six|seven|nine|twelve)[ -](?:two|four|eight)\b|\b(?:cut|common|waltz|triple|duple|march) time\b|\balla breve\b|\bin (?:three|four|five)\b|分之.+拍|[二三四六九][二四八]拍|[二三四五七]拍子|\b(?:two|three|four|five|six|seven|\d) (?:beats )?(?:in|to|per) (?:a|the|each|every) (?:bar|measure)\b",
        _meter,
        more=True,
    ),
    rule(
        "dance",
        r"\b(?:make|turn|change|convert|rewrite|transform|play|arrange|give me|set|into|as|to)\b[^;]{0,40}?\b(?:an?|into|as|like|to)\b|改(?:成|为|编成)|变(?:成|为)|做成|写成|换成|弄成",
        _dance,
        more=True,
    ),
)
"""All but tempo, pitch and free wishes, which `pitch_rules` has."""
