"""How people ask for accompaniments and more voices, or fewer."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.tune import Tune
from chat.understand.rules.base import ADD, REMOVE, Clause, Rule, rule
from chat.understand.tables import INSTRUMENTS, find
from chat.understand.voices_said import is_addressed, line_named, voice_meant

_PATTERNS = (
    ("alberti", r"alberti|broken chords?|arpeggi|分解和弦|阿尔贝蒂|琶音"), ("walking", r"\bwalk(?:s|ing)?\b|行走|步行"),
    ("oompah", r"oom-?pah|oom-?cha|stride|boom-?chick|waltz bass|[蹦嘣嘭][嚓擦]"), ("block", r"block|chordal|full chords|柱式|整和弦"),
    ("held", r"held|sustain|long notes|whole notes|长音|持续"),
    ("root-fifth", r"root[- ]and[- ]fifth|root-fifth|fifths|根音和五音"),
    ("root", r"root(?:s| notes?)? only|only (?:the )?roots?|just (?:the )?roots?|simple|easy|beginner|根音|简单"),
)  # fmt: skip
_BASS = r"(?:left[- ]hand|bass(?: line| part| voice)?|base line|both hands|two hands|accompaniment|backing|左手(?:伴奏|声部)?|(?<![男女])低音(?:声部|线条|伴奏)?|伴奏|双手)"


_BOTH_HANDS = re.compile(r"\b(?:both|two) hands\b|双手")


def bass(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Which pattern a left hand has; one that is there and shall only change gets none."""
    both = len(clause.tune.voices) > 1 and _BOTH_HANDS.search(match[0].lower())
    if is_addressed(clause.lower) or (both and not re.search(ADD, _BOTH_HANDS.sub("", match[0]))):
        return None  # both hands that are there
    return {"pattern": pattern_of(clause.lower) or "root-fifth"}


def pattern_of(lower: str) -> str:
    """The pattern of a left hand that a text names; "" for none."""
    return next((n for n, words in _PATTERNS if re.search(words, lower)), "")


def drone(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """The one note of a drone, if it is said: "a D drone"."""
    found = re.search(
        r"(?<![A-Za-z])([A-G][#b]?)(?: (flat|sharp))? (?:\w+ )?(?:drone|bordun|bourdon)|\b(?:drone|bordun|bourdon) (?:on|of) (?:an? )?([A-G][#b]?)(?![A-Za-z])|([A-G][#b]?)(?:音)?的?(?:持续低音|长低音)",
        clause.text,
    )
    if found is None or (found[1] == "A" and re.search(r"(?:^|[.!?] )A drone", clause.text)):
        return {}
    sign = {"flat": "b", "sharp": "#"}.get(found[2] or "", "")
    return {"note": (found[1] or found[3] or found[4]) + sign}


def second(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Where a second voice lies; one that is there and shall only change is none."""
    if is_addressed(clause.lower):
        return None
    sizes = (("sixth", r"sixth|六度"), ("octave", r"octave|八度"))
    values = {"interval": next((n for n, w in sizes if re.search(w, clause.lower)), "third")}
    if re.search(r"above|higher|descant|on top|over the|上方|高声部|上面", clause.lower):
        values["above"] = "yes"
    return values


def _choir(match: re.Match[str], clause: Clause) -> dict[str, str]:
    place = clause.bars_in(clause.lower)
    return {"first": str(place.first), "last": str(place.last)} if place else {}


_VOICE_WORDS = {
    "bass": r"bass|left hand|lower|bottom|低音|低声部|左手|下(?:方|面)", "alto": r"alto|女低", "tenor": r"tenor|男高",
    "2": r"second|2nd|harmony|descant|added|other|第二", "1": r"first|top|melody|upper|right hand|soprano|旋律|高音|高声部|第一|主旋律|右手",
    "3": r"third|3rd|第三", "4": r"fourth|4th|第四",
}  # fmt: skip


def voice_named(tune: Tune, words: str) -> str | None:
    """The id of the one voice whose name, or whose instrument in either language, the words say."""
    found = []
    for voice in tune.voices:
        name = voice.name.lower().strip()
        said = next((w for n, (*_, w) in INSTRUMENTS.items() if name in w and n != "voice"), ())
        names = [n for n in (name, *said) if len(n) > (2 if n.isascii() else 1)]
        if any(
            re.search(rf"\b{re.escape(n)}(?:e?s)?\b", words) if n.isascii() else n in words
            for n in names
        ):
            found.append(voice.id)
    return found[0] if len(found) == 1 else None


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


_PLAYERS = r"tuba|trombone|euphonium|baritone|piccolo|double bass|cornet|accordion|harp|viola|cello|flute|violin|fiddle|clarinet|oboe|recorder|horn|trumpet|alto|tenor|guitar|bassoon|saxophone|sax|whistle"
_NOT_WHO = re.compile(
    rf"\b(?P<new>{_PLAYERS})\b[^.;]{{0,16}}?\b(?:not|instead of|rather than|in place of)(?: the| an?)? (?P<old>{_PLAYERS})\b|\b(?P<old2>{_PLAYERS})(?: part)? (?:should be|is now|becomes|is going to be|to be|for|to|on|into|by)(?: played (?:by|on))?(?: an?| the)? (?P<new2>{_PLAYERS})\b"
    rf"|\b(?:make|turn|change|rewrite) the (?P<old3>{_PLAYERS})(?: part| line)? (?:into )?an? (?P<new3>{_PLAYERS})\b"
    r"|(?P<zo>中提琴|大提琴|长笛|小提琴|单簧管|双簧管|竖笛|圆号|小号|大管)(?:声部)?(?:改|换|变)(?:成|为|给)(?P<zn>中提琴|大提琴|长笛|小提琴|单簧管|双簧管|竖笛|圆号|小号|大管)"
)


def another_player(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The player in whose place another one comes: "the viola, not the cello". The voice is that of the first."""
    groups = match.groupdict()
    old = groups["old"] or groups["old2"] or groups["old3"] or groups["zo"]
    new = groups["new"] or groups["new2"] or groups["new3"] or groups["zn"]
    voice = voice_named(clause.tune, old) if len(clause.tune.voices) > 1 else None
    found = find(new, {n: words for n, (_, _, _, words) in INSTRUMENTS.items()})
    if voice is None or not found or old == new:
        return None
    return {"instrument": found[0], "of": voice}


def line_for(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A line that is given to a player: "make the bottom line a cello"."""
    if len(clause.tune.voices) < 2:
        return None
    voice = voice_of(clause.tune, match["line"] or match["zline"])
    found = find(match["who"] or match["zwho"], {n: w for n, (_, _, _, w) in INSTRUMENTS.items()})
    return {"instrument": found[0], "of": voice} if voice and found else None


_PLAYED = "|".join(
    sorted((re.escape(w) for n, (*_, words) in INSTRUMENTS.items() if n not in ("voice", "brass", "piano") for w in words), key=len, reverse=True)
)  # fmt: skip
_LINE = r"(?:the |my |our )?(?:(?:top|bottom|upper|lower|middle|first|second|third|right|left|treble) (?:line|part|voice|hand|stave|staff)|bass (?:line|part|voice)|melody|tune)"
_LINE_ZH = r"(?:(?:高|低|上|下|中)(?:面|方)?(?:的|那个)?声部|第[一二三](?:个)?声部|左手|右手|主?旋律|高音声部|低音声部)"
_LINE_PLAYED = (
    rf"{_LINE} (?:should be|to be|be|is|as|on|by|for|to|into|played (?:by|on)|goes? to|could be|sounds? like|with)(?: played (?:by|on))?(?: an?| the| my| some)? (?P<who>{_PLAYED})s?\b(?! (?:part|clef|line|voice|style|key|too|very))"
    rf"|\b(?P<who2>{_PLAYED})s?(?: (?:sound|patch|tone))?(?: to)? (?:for|on|in|plays?|takes?|has|have|playing|take over) {_LINE}\b"
    rf"|{_LINE_ZH}(?:的)?(?:音色)?(?:请|就|都|要)?(?:改用|换成|改成|用|换|给|由|交给|改为)(?P<zwho>{_PLAYED})(?!声部|谱号)|(?:用|让|由|请)(?P<zwho2>{_PLAYED})(?:来)?(?:的音色)?(?:演奏|拉|吹|弹|奏){_LINE_ZH}"
)
_NO_PLAYER = re.compile(
    r"\b(?:octave|add|another|double|doubl\w+|notes?|clef|swap|exchange|out|remove|louder|softer|key)\b|加|谱号|八度|去掉|互换|对调"
)


def line_played(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A line of several for a player: "the melody on oboe", 左手换成大提琴."""
    line = line_named(clause.tune, clause.lower)
    if line is None or _NO_PLAYER.search(clause.lower) or clause.bars_in(clause.lower) is not None:
        return None
    words = next(v for v in match.groupdict().values() if v)
    found = next((n for n, (*_, names) in INSTRUMENTS.items() if words in names), "")
    sound = re.search(r"\b(?:sound|patch|timbre|tone)\b|音色", clause.lower)
    if not found:
        return None
    return {"instrument": found, "of": line} | ({"keep": "yes"} if sound else {})


_NO_SUCH = re.compile(
    r"(?:remove|delete|drop|lose|take (?:out|away|off)|scrap|get rid of|ditch)\b[^,.;]{0,12}\b(?P<e>left hand|bass line|second voice|descant|drone)\b|(?:去掉|删掉|删除|拿掉|去除)(?P<z>左手|第二声部)"
)
"""What a tune of one voice has not, said to go."""


def out_voice(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The voice that goes."""
    if len(clause.tune.voices) < 2 and (gone := _NO_SUCH.search(match[0])):
        return {"": "no-voice", "said": gone["e"] or gone["z"]}
    if len(clause.tune.voices) < 2 or re.search(r"交叉|不要[跟和与让]|\bcross", clause.lower):
        return None
    voice = voice_of(clause.tune, match[0])
    where = clause.bars_in(
        re.sub(
            r"\b(?:lower|upper|top|bottom|second|first|third) (?:part|voice|line)\b",
            " ",
            clause.lower,
        )
    )
    if voice and where is not None and (where.first > 1 or where.last < clause.tune.bar_count):
        clause.place = where
        return {"": "rest-voice", "voice": voice}
    return {"voice": voice} if voice else None


def player_out(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The voice whose player alone is named: "lose the cello", 把大提琴去掉."""
    voice = voice_named(clause.tune, clause.lower) if len(clause.tune.voices) > 1 else None
    short = len(clause.lower.split()) <= 6 if clause.lower.isascii() else len(clause.lower) <= 10
    if (
        voice is None
        or not short
        or clause.bars_in(clause.lower) is not None
        or _SOMETHING.search(clause.lower)
    ):
        return None
    return {"voice": voice}


_SOMETHING = re.compile(
    r"\b(?:notes?|chords?|words|lyrics|solo|ornaments?|slurs?|trills?|rests?|dynamics?|bars?|octave|from|of|last|first|high|low)\b|音|记号|小节|词|连线|和弦"
)


def only_voice(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The voice that stays; what only one voice is changed to leaves the others there."""
    changed = re.search(
        r"\b(?:change|make|move|transpose|put|turn|raise|lower|give|write|switch|set)\b|[改换移升降]",
        clause.lower[: match.end()],
    )
    if len(clause.tune.voices) < 2 or changed:
        return None
    voice = voice_of(clause.tune, match[0]) or clause.tune.voices[0].id
    return {"voice": voice}


def bass_simpler(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A left hand of single notes."""
    return (
        {"pattern": "root"} if len(clause.tune.voices) > 1 else {"": "add-bass", "pattern": "root"}
    )


_CLEFS = {"高音": "treble", "低音": "bass", "中音": "alto", "次中音": "tenor"}


def _clef(match: re.Match[str], clause: Clause) -> dict[str, str]:
    said = match[1] or match[2]
    return {"clef": _CLEFS.get(said, said)}


def between(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A voice between the two that are there, by the name of whoever plays it."""
    if len(clause.tune.voices) != 2:
        return None
    return {"name": joining(clause.lower) or "Middle"}


def joining(text: str) -> str:
    """The player that a text names, as the name of a voice; empty for none."""
    said = re.search(
        rf"\b({_PLAYERS})s?\b|(中提琴|大提琴|长笛|小提琴|单簧管|双簧管|竖笛|圆号|小号)",
        text.lower(),
    )
    return (said[1] or said[2]).capitalize() if said else ""


_DOUBLES = re.compile(
    r"\bdoubl(?:e|es|ing)\b(?P<a>[^.;]*)|\b(?:octaves?|unison) (?:below|under|above|over|with|lower than|higher than) (?P<b>[^.;]*)|\b(?:the same (?:notes )?as|copying|following)\b(?P<c>[^.;]*)|(?:跟|和|与|重复|加倍)(?P<z>[^;.]*)"
)
_NEW_PART = re.compile(
    r"\b(?:add|write|put in|give (?:us|me|it)|need|want|have|create) (?:me )?(?:an?|another|one) (?P<n>[\w ]{2,24}?)(?: (?:part|voice|line|player))?(?= (?:underneath|below|above|on top|an octave|two octaves|doubl|in (?:unison|octaves)|that|which|the same|copying|following))"
)


def doubling(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A new voice that plays what another one has; None where the melody of one voice is meant."""
    found = _DOUBLES.search(clause.lower)
    if found is None or len(clause.tune.voices) < 2:
        return None
    said = next(g for g in found.groups() if g is not None)
    voice = voice_named(clause.tune, said) or voice_meant(clause.tune, said)
    if voice is None:
        return None
    octave = re.search(r"\b(?P<two>two )?octaves?\b|(?P<zt>两个)?八度", clause.lower)
    lower = re.search(
        r"\b(?:down|below|under|lower|underneath|beneath)\b|低(?!音)|下", clause.lower
    )
    size = (2 if octave["two"] or octave["zt"] else 1) if octave else 0
    part = _NEW_PART.search(clause.text)
    name = part["n"].strip() if part else ""
    values = {"of": voice, "octaves": str(-size if lower else size)}
    return values | ({"name": name[:1].upper() + name[1:]} if name else {})


_JOINS = "|".join(
    sorted(
        (re.escape(w) for n, (*_, words) in INSTRUMENTS.items() if n not in ("voice", "brass") for w in words),
        key=len, reverse=True,
    )
)  # fmt: skip


def player_joins(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Who joins: "add a cello part". One who plays already is meant otherwise."""
    said = match["joins"] or match["joinszh"]
    found = next((n for n, (*_, words) in INSTRUMENTS.items() if said in words), "")
    if not found or clause.bars_in(clause.lower) is not None:
        return None
    return {"player": found, "said": said}


RULES: tuple[Rule, ...] = (
    rule(
        "doubling-voice",
        rf"(?:{ADD}|\bdouble\b)[^.;]*?(?:\bdoubl(?:e|es|ing)\b|\b(?:octaves?|unison) (?:below|under|above|over|with)\b|\bthe same (?:notes )?as\b|\bcopying\b)|^(?:please |can you |could you )*double (?:the|my) \w+|(?:加|添|配|写)[^.;]{{0,16}}声部[^.;]{{0,4}}(?:跟|和|与|重复)[^.;]*?(?:一样|同步|重复|八度)",
        doubling,
    ),
    rule("play-on", _NOT_WHO.pattern, another_player),
    rule("play-on", _LINE_PLAYED, line_played),
    rule(
        "play-on",
        rf"\b(?:make|turn|change|give|hand|pass|assign|put|write|rewrite|arrange|set|have) (?P<line>(?:the )?(?:top|bottom|upper|lower|middle|first|second|third) (?:line|part|voice))\b[^.;,]{{0,20}}?\b(?:an?|the|for|to|into|on)(?: an?| the)? (?P<who>{_PLAYERS})\b|(?P<zline>(?:上|下|高|低|第[一二三])(?:面|方)?(?:那行|声部|那个声部))(?:改|换|变)?(?:成|给|为)(?P<zwho>中提琴|大提琴|长笛|小提琴|单簧管|双簧管|竖笛|圆号|小号|大管)",
        line_for,
    ),
    rule(
        "add-player",
        rf"^(?:ok(?:ay)?,? |now |then |also |please |and |can you |could you |can we |let's )*{ADD} (?:me |us |it |in )?(?:an? |the |some |one |another )?(?:\w+ )?(?P<joins>{_JOINS})s?(?: (?:part|line|accompaniment|voice|backing|obbligato|counter-?melody|player))(?: (?:too|as well|please|now|to (?:it|this|that|the (?:tune|melody|song))|underneath|below|above|on top|for (?:it|this)))*[.!?]*$"
        rf"|^(?:请|再|那|帮我|给它|给这首)*(?:加|配|写|添)(?:上)?(?:一个|一条|一段|个|条|段)?(?P<joinszh>{_JOINS})(?:的)?(?:声部|伴奏|部分|副旋律)(?:吧|进去|进来)?[.!]*$",
        player_joins,
    ),
    rule(
        "middle-voice",
        rf"{ADD}[^;]{{0,60}}\b(?:(?:in )?between|in the middle)\b|{ADD}[^;]{{0,40}}\b(?:inner|middle|third) (?:voice|part|line)\b|(?:中间|当中|夹在)[^,.;]{{0,8}}(?:加|添|配|写)[^,.;]{{0,8}}声部|(?:加|添|配|写)[^,.;]{{0,6}}(?:中(?:间|声)|内)(?:的)?声?部|{ADD}[^,.;]{{0,16}}\b(?:viola|third (?:player|instrument))\b",
        between,
    ),
    rule(
        "clef",
        r"\b(treble|bass|alto|tenor)[- ]clef\b|(高音|低音|中音|次中音)谱号",
        _clef,
        more=True,
    ),
    rule(
        "remove-voice",
        rf"{REMOVE}\s*(?:the )?[^,.;]{{0,20}}?(?:voice|part\b(?! [a-d]\b)|left hand|bass(?: line)?|harmony line|descant|drone|accompaniment|声部|左手|伴奏|低音)|把?(?:第二声部|左手|低音(?:声部)?|伴奏)(?:去掉|删掉|删除|拿掉)",
        out_voice,
    ),
    rule(
        "remove-voice",
        rf"{REMOVE}|\b(?:take|leave|cut) (?:the )?\w+ out\b|去掉|拿掉|删掉",
        player_out,
    ),
    rule(
        "extract-voice",
        r"\b(?:only|just|keep only|extract|isolate|show (?:me )?only|leave only)\s+(?:the )?(?:\w+ )?(?:melody|voice|right hand|left hand|soprano|alto|tenor|bass|top line|first voice|second voice)\b|只(?:要|留|保留)(?:主)?(?:旋律|第.声部|高声部|左手|右手|低音)",
        only_voice,
    ),
    rule(
        "simplify-bass",
        r"(?:simpl\w*|easi\w+)[^,.;]{0,12}(?:left hand|bass|accompaniment)|(?:left hand|bass|accompaniment)[^,.;]{0,14}(?:simpl|eas)|左手[^,.;]{0,6}简单|简单[^,.;]{0,4}左手|简化(?:一下)?(?:左手|伴奏|低音)|伴奏[^,.;]{0,6}简单|左手(?:太|有点)难",
        bass_simpler,
    ),
    rule(
        "add-choir",
        r"\bsatb\b|four[- ](?:part|voice)s?|4[- ](?:part|voice)s?|\bchoir\b|\bchoral\b|\bchorale\b|\bin four parts\b|四(?:声)?部(?:合唱|和声)?|混声合唱",
        _choir,
    ),
    rule(
        "add-drone",
        rf"{ADD}?[^,.;]{{0,16}}\b(?:drones?|borduns?|bourdons?|burdons?)\b|bagpipe drone|持续低音|嗡鸣|长低音",
        drone,
    ),
    rule(
        "add-bass",
        rf"(?:{ADD}[^,.;]{{0,40}}?{_BASS}|配(?:上)?(?:一个|一条|个|条|一)?[^,.;]{{0,4}}(?:低音|左手|伴奏)|for (?:the )?(?:piano|both hands|two hands)|\bpiano (?:version|arrangement|accompaniment)|钢琴(?:版|伴奏)|{_BASS}(?: please)?$|(?:alberti|walking|oom-?pah)\b[^,.;]{{0,8}}(?:bass|left hand|style|pattern)|\bwalk (?:it|the bass|the left hand)\b|[蹦嘣嘭][嚓擦]+|(?:左手|伴奏|低音)[^,.;?]{0, 6}(?:能不能|可以|可不可以|能|给|帮)[^,.;?]{0, 4}(?:写|加|配|来|做)|(?:左手|伴奏|低音)[^,.;]{{0,4}}(?:换|改|用|弹|来|加|配|做)[^,.;]{{0,8}}(?:分解|柱式|琶音|行走|长音|根音|阿尔贝蒂))",
        bass,
    ),
    rule(
        "second-voice",
        rf"\bdoubl(?:e|ed|ing) (?:the |it |this |my )?(?:melody |tune |line )?[^,.;]{{0,12}}octave|octave doubling|(?:低|高)八度(?:的)?(?:重复|叠加|声部)|^(?:and |now |then |also |please |a |an |the )*(?:descant|duet|harmony (?:line|part|voice)|second (?:voice|part|line|fiddle|violin|flute)(?: for| above| below| please|$))|\bfor two (?:fiddles|violins|flutes|recorders|voices|players|clarinets|guitars|whistles|trumpets|instruments|singers|people)\b|\b(?:an?other|second) (?:flute|fiddle|violin|recorder|whistle|clarinet|trumpet|guitar|singer)\b(?! (?:plays|has|enters|is|rests))|第二(?:个|支|把)?(?:长笛|小提琴|竖笛|单簧管|小号|吉他|二胡|笛子)|{ADD}[^,.;]{{0,30}}?(?:(?:second|2nd|another|harmony|descant|lower|upper|parallel|extra|alto|tenor|soprano|counter)[- ](?:voice|part|line|melody|violin|flute|recorder)|counter-?melod(?:y|ies)|descant|harmony (?:in|line|above|below|part)|parallel (?:thirds|sixths)|(?:in )?(?:thirds|sixths)|duet)|\b(?:is there|could there be|can there be|any chance of|how about|what about)[^.;]{{0,16}}\b(?:second|2nd|lower|upper|harmony|another|other) (?:voice|part|line)\b[^.;]{{0,12}}\b(?:for|below|above|under|over|to)\b|\b(?:lower|simple|easy|close|vocal) (?:\w+ )?harmony\b(?! (?:is|was|sounds?|in))|\bduet\b|in (?:parallel )?(?:thirds|sixths)\b|(?:加|添|配|写|做)[^,.;]{{0,8}}(?:第二(?:个)?声部|女低|女中|男低|男高|女高|二声部|高声部|低声部|(?<!低音)声部|和声声部)|二重奏|二重唱|(?:三度|六度)(?:的)?(?:和声|平行|声部)|two[- ]part|(?<!the )(?<!both )two voices|(?:改|写|变|分|做)成?[^,.;]{{0,4}}两个声部",
        second,
    ),
)
