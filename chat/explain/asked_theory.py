"""What of music theory a message asks about: scales, intervals, chords, keys, meters, players, terms."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.chords import intervals_of, parse_chord
from abc_tools.theory import Key
from abc_tools.tune import Tune
from chat.explain.asked_names import (
    NOTE,
    ROMAN,
    SIGNS,
    SYMBOL,
    THIS,
    Asked,
    entity,
    key_in,
    player_in,
)
from chat.explain.scales import INTERVALS
from chat.explain.terms import find_term, near_terms

KINDS = ("scale", "interval", "between", "chord theory", "key theory", "diatonic", "numeral", "degree",
         "meter theory", "player", "term", "terms", "relation")  # fmt: skip
"""The topics that `theory` answers."""
_DEGREE_NAMES = {
    "tonic": 1, "supertonic": 2, "mediant": 3, "subdominant": 4, "dominant": 5, "submediant": 6, "leading note": 7,
    "leading tone": 7, "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5, "6th": 6, "7th": 7, "主音": 1, "上主音": 2, "中音": 3,
    "下属音": 4, "属音": 5, "下中音": 6, "导音": 7,
}  # fmt: skip


def about_theory(plain: str, lower: str, tune: Tune | None) -> Asked | None:
    """(topic, term, "" | "weak" | "tune") of a theory question; None for none.

    "weak" gives way to a question about the tune; "tune" wants it shown in the tune as well.
    """
    shown = re.search(
        r"\b(?:show|find|point|is there|are there|example|where)\b.{0,40}\b(?:tune|piece|song|here|it|this|we)\b|\b(?:have we|have i|do we have|got) (?:got )?(?:any|one)\b|(?:in|about) this (?:tune|piece|song)|在?这首|曲子里|本曲|有没有用到|这里有吗",
        lower,
    )
    where = "tune" if shown and tune is not None else ""
    for finder in (_special, _defined, _how_to):
        if (found := finder(plain, lower)) is not None:
            topic, term, strength = found
            if topic == "numeral" and " " not in term:
                home = tune.key.name if tune is not None and tune.key.tonic else "C major"
                term = f"{term} {home}"
            if strength != "weak" and tune is not None and _of_tune(lower, topic, bool(where)):
                strength = "weak"
            if strength == "weak" and tune is None and topic != "unknown":
                strength = ""
            return topic, term, strength or where
    return None


_BARE_SUBJECT = re.compile(
    r"\bwhat(?:'s| is| are) (?:the )?(?:tonality|key(?: signature)?|tempo|met(?:er|re)|time signature|range|form|mode|cadences?|harmony|rhythm|style)(?=$|[?.!,]| and\b| here)"
)


def _of_tune(lower: str, topic: str, shown: bool) -> bool:
    """Whether a question that names a term is really about the tune at hand."""
    if not shown and _BARE_SUBJECT.search(lower):
        return True
    if shown or not THIS.search(lower) or topic == "terms":
        return False
    return not re.search(
        r"\bmean|意思|什么是|是什么|\bwhat (?:is|are|'s) an? |define|definition", lower
    )


_OF_METER = re.compile(
    r"\bhow (?:many|much) (?:beats|quavers|crotchets|notes|(?:eighth|quarter|half) notes|counts|pulses)\b.{0,30}\b(?:bar|measure)s? (?:of|in|with) (\d{1,2} ?/ ?\d{1,2})\b|\bhow many beats\b.{0,16}\b(?:in|does|has) (\d{1,2} ?/ ?\d{1,2})\b|\bhow (?:do|would|should|to) (?:i |you |we |one )?(?:count|feel|beat|conduct)\b.{0,16}?(\d{1,2} ?/ ?\d{1,2})\b|\bwhat does the \d+ (?:mean )?in (\d{1,2} ?/ ?\d{1,2})\b|(\d{1,2}/\d{1,2})(?:拍)?(?:子)?(?:每|一)?个?小节(?:有|是)?几拍|(\d{1,2}/\d{1,2})(?:拍)?(?:子)?(?:怎么|如何|该怎么)(?:数|打|算)"
)
"""A meter, and how many beats it has or how it is counted."""


def meter_asked(lower: str) -> Asked | None:
    """ "how many beats are in a bar of 6/8?", 6/8拍怎么数."""
    match = _OF_METER.search(lower)
    said = next(g for g in match.groups() if g).replace(" ", "") if match else ""
    found = entity(said) if said else None
    return found if found is not None and found[0] == "meter theory" else None


_HOW_ZH = re.compile(
    r"(?:请问|我想知道|我想学|想学|教我|告诉我)?(?:应该|该|要)?(?:怎么|如何|怎样|怎么样)(?:才能|去|来|给|为|学|自己)*(?:写|作|编|创作|谱|配|填|认|识|看|练|调|学)"
)


_BUILT_ON = re.compile(
    r"(?:从|在|以|用)(?P<z>[A-Ga-g][#b]?)(?:音)?(?:为根音|作根音|上方?|往上|向上|开始|起|做根音)*(?:搭|构成|建立?|写|排|叠|构建|组成)?(?:一?个)?(?P<k>半减七|减七|属七|大七|小七|大三|小三|增三|减三|增|减)和?弦"
    r"|\b(?P<q>(?:diminished|half-diminished|dominant|major|minor) (?:7th|seventh)|(?:diminished|augmented|major|minor) triad)(?: chord)? (?:on|from|starting (?:on|from)|built (?:on|from|up from)|with root) (?:the note )?(?P<e>[A-G](?:#|b| sharp| flat)?)(?![a-z])"
)
_KINDS_OF_CHORD = {
    "半减七": "m7b5", "减七": "dim7", "属七": "7", "大七": "maj7", "小七": "m7", "大三": "", "小三": "m", "增三": "aug", "减三": "dim", "增": "aug", "减": "dim",
    "diminished seventh": "dim7", "half-diminished seventh": "m7b5", "dominant seventh": "7", "major seventh": "maj7", "minor seventh": "m7",
    "diminished triad": "dim", "augmented triad": "aug", "major triad": "", "minor triad": "m",
}  # fmt: skip


def built_on(plain: str) -> Asked | None:
    """A chord by its kind and its root: 从B音往上搭一个减七和弦, "a diminished seventh on B".

    >>> built_on("从B音往上搭一个减七和弦，是哪四个音？"), built_on("spell a minor triad on F sharp")
    (('chord theory', 'Bdim7', ''), ('chord theory', 'F#m', ''))
    """
    match = _BUILT_ON.search(plain)
    if match is None:
        return None
    root = (match["z"] or match["e"]).replace(" sharp", "#").replace(" flat", "b")
    kind = _KINDS_OF_CHORD[match["k"] or match["q"].replace("7th", "seventh")]
    symbol = root[0].upper() + root[1:] + kind
    return ("chord theory", symbol, "") if parse_chord(symbol) is not None else None


def how_asked(plain: str, lower: str) -> Asked | None:
    """怎么写一首歌, 如何填词: how something is done, which is no wish that it be done."""
    if _HOW_ZH.match(lower) is None or THIS.search(lower) or len(lower) > 30:
        return None
    found = _how_to(plain, lower)
    return found if found is not None and found[1].startswith(("how to", "easy")) else None


def _special(plain: str, lower: str) -> Asked | None:
    """Questions with a fixed shape: signatures, relatives, spelling, diatonic chords, intervals."""
    key = key_in(lower)
    if (found := meter_asked(lower)) is not None:
        return found
    if (found := _counted_signature(lower) or _numeral(plain, lower)) is not None:
        return found
    if key is not None and (found := _of_key(lower, key)) is not None:
        return found
    match = re.search(
        rf"(?:interval|distance|how far|semitones?|half steps?).{{0,30}}?(?<![a-z]){NOTE}\s*(?:and|to|-|,)\s*{NOTE}(?![a-z])",
        lower,
    )
    signs = re.search(
        r"\b(?:an? |the )?(?:sharp|flat|natural)s?(?: sign)? (?:and|from|or) (?:an? |the )?(?:sharp|flat|natural)s?\b",
        lower,
    )
    if match is None and signs is None:
        match = re.search(
            rf"(?:from|between)\s+{NOTE}\s+(?:up )?(?:and|to)\s+{NOTE}(?![a-z])", lower
        )
    if match:
        low, high = (
            match[n].upper() + SIGNS.get(match[n + 1] or match[n + 2] or "", "") for n in (1, 4)
        )
        return "between", f"{low} {high}", ""
    match = re.search(
        r"(升|降)?([a-g])([#b])?(?:和|到|与|跟)(升|降)?([a-g])([#b])?(?:之间)?.{0,6}(?:音程|几度|多少|什么|相差|距离|度)",
        lower,
    )
    if match:
        low, high = (
            match[n + 1].upper() + SIGNS.get(match[n] or match[n + 2] or "", "") for n in (1, 4)
        )
        return "between", f"{low} {high}", ""
    if re.search(
        r"(?:几|多少)个?半音|how many (?:semi-?tones?|half[- ]?steps?|half[- ]?tones?)|(?:semitones?|half steps?) (?:is|are|in)\b",
        lower,
    ):
        names = sorted(
            ((zh, name) for name, (_, _, zh) in INTERVALS.items()), key=lambda n: -len(n[0])
        )
        said = next((name for zh, name in names if zh in lower), "") or next(
            (name for name in sorted(INTERVALS, key=len, reverse=True) if re.search(rf"\b{name}\b", lower)), "")  # fmt: skip
        if said:
            return "interval", said, ""
    if (chord := _spelled_chord(plain, lower)) is not None:
        return chord
    if re.search(
        r"\b(?:range|compass|transpos|written|sound|concert pitch|lowest|highest|how (?:high|low))\b.{0,30}\b(?:of|for|on|does|an?|the)\b|音域|移调|最高音|最低音",
        lower,
    ):
        player = player_in(lower)
        if player and not THIS.search(lower):
            return "player", player, ""
    return None


def _counted_signature(lower: str) -> Asked | None:
    """ "which key has three sharps", 三个升号是什么调."""
    numbers = {"no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "一": 1, "两": 2,
               "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7}  # fmt: skip
    match = re.search(
        r"(?:which|what) (major |minor )?keys? (?:has|have|with|is|contains?)\b.{0,6}\b(no|one|two|three|four|five|six|seven|\d) (sharps?|flats?)",
        lower,
    )
    zh = re.search(
        r"([一两二三四五六七\d])个(升号|降号).{0,6}(?:是|的)?.{0,4}(?:什么|哪个?)(大调|小调|调)",
        lower,
    )
    if match:
        count, sharp, minor = (
            match[2],
            match[3].startswith("s"),
            (match[1] or "").strip() == "minor",
        )
    elif zh:
        count, sharp, minor = zh[1], zh[2] == "升号", zh[3] == "小调"
    else:
        return None
    number = numbers.get(count, int(count) if count.isdecimal() else 0)
    if number > 7:
        return None
    mode = "minor" if minor else "major"
    wanted = number if sharp else -number
    found = next(
        k for s in "CDEFGAB" for a in (0, 1, -1) if (k := Key(s, a, mode)).sharps == wanted
    )
    return "key theory", found.name, ""


_ASKS_SIGNATURE = re.compile(
    r"how many (?:sharps|flats|accidentals)|key[- ]?signature|which (?:sharps|flats)|what (?:sharps|flats)|relative|parallel|circle of fifths|what(?:'s| is| are) (?:in )?(?:the key of )?[a-g][ #b](?:flat |sharp )?m|几个(?:升|降)号|调号|关系|同主音|平行|五度圈|tonic (?:minor|major)"
)


def _of_key(lower: str, key: Key) -> Asked | None:
    """Questions about a key that is named."""
    if re.search(
        r"(?:diatonic |all (?:the )?|what |which |the )?(?:chords|triads)\b.{0,20}\b(?:in|of|for|belong)|顺阶和弦|有(?:哪些|什么)和弦|的(?:三)?和弦(?:有哪些|是什么)",
        lower,
    ):
        return "diatonic", key.name, ""
    chord = re.search(r"(下属|主|属)(七)?和弦", lower)
    if chord:
        minor = key.minor_third and chord[1] != "属"
        name = {"主": "I", "下属": "IV", "属": "V"}[chord[1]]
        return (
            "numeral",
            f"{name.lower() if minor else name}{'7' if chord[2] else ''} {key.name}",
            "",
        )
    words = "|".join(sorted(_DEGREE_NAMES, key=len, reverse=True))
    match = re.search(
        rf"({words})(?: degree| note)?\s+(?:of|in)\b|第([1-7一二三四五六七])级|({words})(?:是|为)",
        lower,
    )
    if match and not re.search(r"relative|parallel|关系|scale degrees", lower):
        digits = {c: n for n, c in enumerate("一二三四五六七", 1)}
        said = match[1] or match[3]
        number = (
            _DEGREE_NAMES[said]
            if said
            else digits.get(match[2], int(match[2]) if match[2].isdigit() else 1)
        )
        return "degree", f"{number} {key.name}", ""
    if re.search(
        r"\bscale\b|notes (?:of|in|are)|which notes|what notes|音阶|哪些音|有什么音", lower
    ):
        kind = next(
            (k for k in ("harmonic minor", "melodic minor", "和声小调", "旋律小调") if k in lower),
            "",
        )
        name = {"和声小调": "harmonic minor", "旋律小调": "melodic minor"}.get(
            kind, kind
        ) or key.mode
        if not THIS.search(lower) or kind:
            return (
                "scale",
                f"{key.tonic}{'#' * max(key.alter, 0)}{'b' * max(-key.alter, 0)} {name}",
                "",
            )
    if _ASKS_SIGNATURE.search(lower) and not re.search(r"\bwhy\b|为什么", lower):
        return "key theory", key.name, "" if not THIS.search(lower) else "weak"
    return None


_PRONOUN = re.compile(r"\bI(?:'m|'d|'ve|'ll)?(?= (?!chord|in\b|of\b|triad)[a-z]+)")
"""The word I, which is no numeral."""


def _numeral(plain: str, lower: str) -> Asked | None:
    """ "what is V7 in G major"."""
    key = key_in(lower)
    match = ROMAN.search(_PRONOUN.sub(" ", plain))
    if key is None or match is None or not re.search(r"\b(?:in|of)\b|的|里", lower):
        return None
    third = "°" if match[3] else ""
    return "numeral", f"{match[1] or ''}{match[2]}{third}{match[4] or ''} {key.name}", ""


def _spelled_chord(plain: str, lower: str) -> Asked | None:
    """A chord symbol of which the notes or the meaning are asked."""
    if not re.search(r"\bchord\b|\bnotes\b|\bspell|\bin a\b|和弦|由哪些|哪些音|组成|包含", lower):
        return None
    if THIS.search(lower) and not re.search(r"\bspell\b|\bnotes (?:are )?(?:in|of)\b", lower):
        return None
    for match in SYMBOL.finditer(plain):
        symbol = match[1].replace("♯", "#").replace("♭", "b")
        named_so = re.search(
            rf"\b{re.escape(symbol.lower())} chord|{re.escape(symbol.lower())}和弦", lower
        )
        if (len(symbol) > 1 or named_so) and symbol != "A" and parse_chord(symbol):
            return "chord theory", symbol, ""
    named = re.search(
        rf"(?<![a-z]){NOTE} (major|minor|diminished|augmented|dominant)(?: (seventh|7th|sixth|ninth))?(?: (?:triad|chord))",
        re.sub(r"(?<![A-Za-z])a(?= )", " ", plain).lower(),
    )
    if named:
        quality = {
            "major": "",
            "minor": "m",
            "diminished": "dim",
            "augmented": "aug",
            "dominant": "",
        }[named[4]]
        seventh = {"seventh": "7", "7th": "7", "sixth": "6", "ninth": "9"}.get(named[5] or "", "")
        quality = "maj7" if named[4] == "major" and seventh == "7" else quality + seventh
        symbol = named[1].upper() + SIGNS.get(named[2] or named[3] or "", "") + quality
        return ("chord theory", symbol, "") if intervals_of(quality) is not None else None
    return None


_SUBJECTS = (
    r"what(?:'s| is| are|s| does| do| was)\s+(?:(?:meant )?by\s+)?(?P<s>.+?)(?:\s+(?:mean|stand for|do|signify|look like|sound like))?(?:\s+in (?:music|abc|general|theory|music theory))?\s*(?:[?.!,;]|$| and (?:show|how|where|can|is|does|give|what)| please|\s+show\b)",
    r"(?:define|definition of|the meaning of|meaning of|what about|difference of)\s+(?P<s>.+?)(?:[?.!,;]|$| please)",
    r"(?:explain|describe|(?:help me )?understand|tell (?:me|us)(?: something| more)? about|teach (?:me|us)(?: about)?|show (?:me|us)|give (?:me|us) an example of|example of)\s+(?:to (?:me|us) )?(?:an? (?:\w+ )?(?:example|instance) of )?(?:what )?(?P<s>.+?)(?:\s+(?:is|are|means?))?(?:[?.!,;]|$| please| to (?:me|us)| and )",
    r"how (?:does|do) (?P<s>.+?) work",
    r"(?:i (?:don't|do not) (?:understand|get|know)(?: what)?|never heard of)\s+(?P<s>.+?)(?:\s+(?:is|are|means?))?(?:[?.!,;]|$)",
    r"(?<!为)什么(?:是|叫做?|叫)(?P<s>[^?。,!;]+)",
    r"\bwhat (?P<s>[^?]+?) (?:is|are|means?)(?:[?.!]|$)",
    r"何谓(?P<s>[^?。,!;]+)",
    r"(?P<s>[^?。,!;]+?)(?:到底|究竟)?(?:是|指|代表|表示)的?(?:什么|啥|甚么)",
    r"(?P<s>[^?。,!;]+?)(?:是)?(?:由|包含|包括|有)(?:哪些|什么|哪几个)音",
    r"(?P<s>[^?。,!;]+?)(?:是)?(?:什么意思|啥意思|的意思|的定义|的含义|有什么特点|怎么理解|怎么用)",
    r"(?:解释|介绍|讲讲|说说|讲解|说明|讲一讲|说一说|定义|举例说明|举个)(?:一下|下)?(?P<s>[^?。,!;]+?)(?:的例子)?(?:吗|吧|好吗)?(?:[?。,!;]|$)",
)


_SUBJECT_FIRST = tuple(p for p in _SUBJECTS if p.startswith("(?P<s>"))
"""Chinese patterns whose subject comes first: 拍号是什么 asks for the tune's own where there is one."""


def _defined(plain: str, lower: str) -> Asked | None:
    """A question for what something is; "weak" where it may be the tune's own."""
    if re.search(r"\bmeans?\b", lower):
        plain = re.sub(r"\s+in (?:bars?|measures?) [\d-]+", "", plain)
        lower = plain.lower()
    for pattern in _SUBJECTS:
        for match in re.finditer(pattern, lower):
            start, end = match.span("s")
            if len(plain) != len(lower):
                start, end = 0, 0
            subject = plain[start:end] or match["s"]
            found = entity(subject)
            if found is None:
                found = _inside(subject)
            if found is None:
                continue
            the = re.match(r"\s*(?:the|its|this|that|these|those)\b|这|它", subject.lower())
            first = pattern in _SUBJECT_FIRST and "意思" not in lower and found[0] == "term"
            first = first or bool(re.search(r"\bwhere\b|哪里|在哪", lower))
            weak = first or (the and found[0] in ("term", "chord theory"))
            weak = weak and not _always(found[1])
            return found[0], found[1], "weak" if weak else ""
    return _unknown_term(lower)


def _inside(subject: str) -> Asked | None:
    """A term within a short subject that is none itself: "D.C. al fine"."""
    lower = subject.lower().strip()
    words = lower.split()
    if len(words) > 5 or THIS.search(lower) or (words and words[0] in ("the", "your", "you")):
        return None
    term = find_term(lower) if lower.isascii() and len(words) > 1 else ""
    return ("term", term, "") if len(term) > 3 else None


def _always(term: str) -> bool:
    """Terms that a tune does not have as its own."""
    return term.startswith(("circle of", "how to", "middle c", "ABC", "relative", "parallel key"))


def _unknown_term(lower: str) -> Asked | None:
    """A definition asked of a word that no table has; the nearest is taken if it is near enough."""
    match = re.search(
        r"^what(?:'s| is| are)\s+(?:an?\s+)?([a-z' -]{3,40}?)(?: in music)?\s*\??$|^what does \"?([a-z' -]{3,40}?)\"? mean|^define ([a-z' -]{3,40})$|^(?:什么是|何谓)([\u4e00-\u9fff]{2,10})\??$|^([\u4e00-\u9fff]{2,10})是什么(?:意思)?\??$",
        lower,
    )
    if match is None:
        return None
    said = next(g for g in match.groups() if g).strip()
    if re.match(
        r"(?:the|this|it|its|your|my|you|that|there|going|wrong|next|new|up)\b|这|你|它|那|我", said
    ):
        return None
    near = near_terms(said, 1, 0.84)
    if near:
        return "term", near[0], ""
    return ("unknown", said, "weak") if len(said.split()) <= 4 else None


def _how_to(plain: str, lower: str) -> Asked | None:
    """ "how do I write a melody", 怎么写终止."""
    match = re.search(
        r"(?:how (?:do|can|should|would|could|to|does) ?(?:i|you|we|one|someone|to)?\s*|(?:teach|show|tell) (?:me|us) how (?:to|i can|you)\s+|tips (?:for|on) |advice on |best way to )(?P<s>(?:write|compose|make|build|create|end|harmoni[sz]e|modulate|change|find|choose|vary|develop|practi[sc]e|learn|put|get|add|use|train|improve|read|tune|play by|count|come up with)\b.+)",
        lower,
    )
    zh = re.search(
        r"(?:怎么|如何|怎样|怎么样)(?:才能|来|去|给|为|自己)?(?P<s>(?:写|作|配|转|练|发展|变|给旋律|做|填|编|谱|认|识|看|读|调|学).{0,14})",
        lower,
    )
    found = match or zh
    if found is None:
        return None
    said = re.sub(
        r"\b(?:good|nice|simple|better|my|our|own|the|effective|proper|beautiful|catchy)\b ?",
        "",
        found["s"],
    ).strip(" ?.!。")
    for words in (found["s"].strip(" ?.!"), said) if match else ():
        if (term := find_term(f"how to {words}")).startswith("how to"):
            return "term", term, ""
    term = find_term(f"how to {said}") if match else find_term(f"怎么{said}") or find_term(said)
    return ("term", term, "") if term else None
