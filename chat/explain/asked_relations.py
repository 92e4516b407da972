"""Questions of theory that are put together from parts: the relation, and what it is asked of.

"What's the dominant seventh of D?", "relative minor of Ab?", "how many beats does a dotted minim last": courtesies and
the question's own words are taken off, and what is left must be nothing but a relation and its members, so that no wish
for a tune is ever taken for one. The terms are those of `relations.relation`.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from abc_tools.chords import parse_chord
from abc_tools.theory import parse_key, parse_meter
from abc_tools.tune import Tune
from chat.explain.asked_names import SIGNS, SYMBOL, Asked, entity
from chat.explain.relations import PROGRESSIONS
from chat.explain.scales import INTERVALS
from chat.explain.terms import find_term

_NOTE = r"(?:(?P<zs>升|降)\s?)?(?<![a-z])(?P<n>[a-g])(?:[\s-]?(?P<s>sharp|flat|升|降)|(?P<c>[#b♯♭]))?(?![a-z])"
_MODE = r"(?:[\s-]*(?P<m>major|minor|maj|min|m|大调|小调|调)(?![a-z]))?"
_KEY = rf"(?:an? (?=[a-g]\b(?! ?(?:$|[?.]))))?(?:the )?(?:key of )?{_NOTE}{_MODE}(?: scale| key)?"
_MODES = {"major": "major", "maj": "major", "大调": "major", "调": "major", None: "major", "minor": "minor", "min": "minor",
          "m": "minor", "小调": "minor"}  # fmt: skip

_HEAD = re.compile(
    r"^(?:(?:can|could|would) you (?:please )?(?:tell (?:me|us)|explain|say)[,:]?|do you know|tell (?:me|us)|i(?:'d like| want| need) to know|remind (?:me|us)|teacher asks|my teacher (?:asks|wants to know)[,:]?)\s+"
)
_WHAT = re.compile(
    r"^(?:what(?:'s| is| are|'re| would be| does| do)?|which(?: (?:notes?|chords?|keys?|one))?(?: is| are| would be)?|name|give (?:me|us)|spell(?: out)?|find|list|state|show (?:me|us))\s+(?:what\s+)?(?=\S)"
)
_TAIL = re.compile(
    r"(?:\s*(?:\?+|!+|\.+|please|pls|thanks|thank you|then|again|exactly|called|in music|in theory))+$|\s+(?:is|are)(?: it)?$"
)
_HEAD_ZH = re.compile(
    r"^(?:请问|我想知道|想问一下|想问|问一下|告诉我|你知道|老师问|说一下|说说)+[,:]?"
)
_TAIL_ZH = re.compile(
    r"(?:[?？。!,]|是什么音|是哪个音|是什么和弦|是哪个和弦|是什么调|是哪个调|是什么|是哪个|是哪一个|是多少|有哪些音|由哪些音组成|包含哪些音|是啥|呢|啊|呀|吗)+$"
)


def asked(lower: str, tune: Tune | None = None) -> Asked | None:
    """The relation that a message asks for, as (topic, term, ""); None for every other message. How long a note lasts
    is told in the meter of the tune that is open where none is said.

    >>> asked("what's the dominant seventh of d?"), asked("relative minor of ab?"), asked("降e大调的关系小调是什么")
    (('relation', 'degree:dominant|seventh|D major', ''), ('relation', 'related:relative Ab major', ''), ('relation', 'related:relative Eb major', ''))
    >>> asked("write the relative minor of it"), asked("a waltz in the dominant of d")
    (None, None)
    """
    if len(lower) > 120:
        return None
    cores = [_core(lower)]
    head, _, rest = lower.partition("?")
    if rest.strip() and "?" not in rest and not _WONDERS.search(rest):
        cores.append(_core(head + "?"))  # what follows a question and asks nothing only explains it
    for finder in _FINDERS:
        if (found := next((f for c in cores if (f := finder(c)) is not None), None)) is not None:
            topic, term, other = found
            if term.startswith("lasting:") and term.endswith(" "):
                meter = tune.meter if tune is not None else None
                term += meter.text if meter is not None else "4/4"
            return topic, term, other
    return None


_WONDERS = re.compile(r"\b(?:what|which|how|why|who|where|when)\b|什么|哪|怎么|几|多少|为何|吗|呢")


def _core(lower: str) -> str:
    """A question without what only makes it one."""
    core, before = lower.strip(), ""
    while core != before:
        before = core
        for pattern in (_TAIL, _TAIL_ZH, _HEAD, _HEAD_ZH):
            core = pattern.sub("", core).strip()
    core = re.sub(r"^in (\d{1,2}/\d{1,2})(?: time)?,? (.+)$", r"\2 in \1", core)
    return re.sub(r"^(?:the|an|some)\s+", "", _WHAT.sub("", core).strip())


def _note(match: re.Match[str]) -> str:
    sign = match["zs"] or match["s"] or match["c"]
    return match["n"].upper() + SIGNS.get(sign or "", "")


def _named(said: str) -> str:
    """A note name as people write it: "g sharp", 降b → "G#", "Bb"."""
    match = re.fullmatch(_NOTE, said.strip())
    assert match is not None, "only notes are read"
    return _note(match)


def _key_of(match: re.Match[str]) -> str:
    return f"{_note(match)} {_MODES[match['m']]}"


def _writable(key: str) -> bool:
    found = parse_key(key)
    return found is not None and abs(found.sharps) <= 7


# -- keys ----------------------------------------------------------------------------------------

_DEGREE_WORDS = {
    "tonic": "tonic", "supertonic": "supertonic", "mediant": "mediant", "subdominant": "subdominant", "dominant": "dominant",
    "submediant": "submediant", "leading note": "leading note", "leading tone": "leading note", "leading-note": "leading note",
    "subtonic": "subtonic", "主": "tonic", "上主": "supertonic", "中": "mediant", "下属": "subdominant", "属": "dominant",
    "下中": "submediant", "导": "leading note", "下主": "subtonic",
}  # fmt: skip
_EN_DEGREE = "|".join(sorted((w for w in _DEGREE_WORDS if w.isascii()), key=len, reverse=True))
_ZH_DEGREE = "|".join(sorted((w for w in _DEGREE_WORDS if not w.isascii()), key=len, reverse=True))
_SHAPE = r"(?:[\s-](?P<shape>notes?|tones?|degree|chord|triad|seventh(?: chord)?|7th(?: chord)?|7(?: chord)?))?"
_DEGREE = (
    re.compile(rf"(?P<d>{_EN_DEGREE}){_SHAPE}\s+(?:of|in|for)\s+{_KEY}"),
    re.compile(rf"{_KEY}'s (?P<d>{_EN_DEGREE}){_SHAPE}"),
    re.compile(rf"{_NOTE}{_MODE}的?(?P<d>{_ZH_DEGREE})(?P<shape>音|七和弦|和弦|三和弦)"),
    re.compile(rf"(?P<d>{_ZH_DEGREE})(?P<shape>音|七和弦|和弦|三和弦)[,\s]*(?:在)?{_NOTE}{_MODE}(?:的|里|中)?"),
)  # fmt: skip


def _degree(core: str) -> Asked | None:
    match = _full(_DEGREE, core)
    if match is None or not _writable(_key_of(match)):
        return None
    said = match["shape"] or ""
    shape = (
        "seventh"
        if re.match(r"s|7|七", said)
        else "note"
        if re.match(r"n|to|de|音", said)
        else "chord"
    )
    name = _DEGREE_WORDS[match["d"]]
    if name == "leading note" and shape == "chord":
        shape = "note" if not said else shape
    return "relation", f"degree:{name}|{shape}|{_key_of(match)}", ""


_RELATED = (
    re.compile(rf"(?P<how>relative|parallel|tonic)(?: (?P<to>major|minor))?(?: key| scale)?(?: (?:of|to|for)| relative to) {_KEY}"),
    re.compile(rf"{_KEY}'s (?P<how>relative|parallel)(?: (?P<to>major|minor))?(?: key)?"),
    re.compile(rf"{_NOTE}{_MODE}的?(?P<how>关系|平行|同主音)(?P<to>大调|小调|调)"),
)  # fmt: skip


def _related(core: str) -> Asked | None:
    match = _full(_RELATED, core)
    if match is None or (match["how"] == "tonic" and not match["to"]):
        return None
    wanted = {"major": "major", "minor": "minor", "大调": "major", "小调": "minor"}.get(
        match["to"] or "", ""
    )
    mode = _MODES[match["m"]]
    if match["m"] is None and wanted:
        mode = "minor" if wanted == "major" else "major"
    if wanted == mode:
        return None
    key = f"{_note(match)} {mode}"
    how = "relative" if match["how"] in ("relative", "关系", "平行") else "parallel"
    return ("relation", f"related:{how} {key}", "") if _writable(key) else None


_COUNTS = {"no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "一": 1, "两": 2, "二": 2, "三": 3,
           "四": 4, "五": 5, "六": 6, "七": 7, "没有": 0}  # fmt: skip
_SIGNED = re.compile(
    r"(?:key )?(?:am i in|is it|are we in) (?:if|when|with) (?:there (?:are|is)|i (?:have|see)|it has|the signature has)? ?(?P<in>no|one|two|three|four|five|six|seven|[0-7]) (?P<is>sharps?|flats?)|"
    r"(?:什么|哪个?)(?P<ym>大调|小调|调)(?:的调号)?(?:有|是|里有)(?P<yn>[一两二三四五六七]|[0-7])个?(?P<ys>升号|降号)|"
    r"(?:(?:the )?(?:tonic|key|major key|minor key|home note)?\s*(?:of (?:an? )?(?:piece|tune|song)\s*)?(?:in|with|has|have|that has|is|of)?\s*)?(?P<n>no|one|two|three|four|five|six|seven|[0-7])\s+(?P<s>sharps?|flats?)(?:[,\s]*(?:in )?(?:the )?(?:key signature|signature))?(?:[,\s]+(?P<m>major|minor))?(?:[:,\s]+(?:which|what) key)?"
    r"|(?P<zn>[一两二三四五六七]|没有|[0-7])个?(?P<zs>升号|降号)的?(?P<zm>大调|小调|调)?"
)


def _signed(core: str) -> Asked | None:
    match = _SIGNED.fullmatch(core)
    if match is None or not re.search(r"key|tonic|which|signature|major|minor|am i|调", core):
        return None
    groups = match.groupdict()
    said = groups["n"] or groups["zn"] or groups["in"] or groups["yn"]
    sign = groups["s"] or groups["zs"] or groups["is"] or groups["ys"]
    count = _COUNTS[said] if said in _COUNTS else int(said)
    if re.match(r"f|降", sign):
        count = -count
    minor = groups["m"] == "minor" or "小调" in (groups["zm"], groups["ym"]) or "minor key" in core
    return "relation", f"signature:{count} {'minor' if minor else 'major'}", ""


# -- notes ---------------------------------------------------------------------------------------

_ENHARMONIC = (
    re.compile(rf"enharmonic(?:ally)?(?: (?:equivalent|name|note|spelling|equal))?(?: (?:of|to|for|with))? {_NOTE}"),
    re.compile(rf"(?:another|other|different) name (?:for|of) {_NOTE}"),
    re.compile(rf"same (?:note|sound|key|pitch) as {_NOTE}"),
    re.compile(rf"{_NOTE}(?:的)?(?:等音|同音异名)"),
    re.compile(rf"{_NOTE}(?:和|跟|与)(?:什么|哪个)音(?:是)?(?:一样|等音|同一个音|相同)(?:的)?"),
)  # fmt: skip


_SAME = re.compile(
    r"(?:is |are )?(?P<a>[a-g](?: ?(?:sharp|flat)|[#b])?) (?:is |and |really |actually )*(?:the same(?: note| thing| sound| key| pitch)? as|equal to|enharmonic(?:ally)?(?: the same as| equal to| with| to)?|the same as|and) (?P<b>[a-g](?: ?(?:sharp|flat)|[#b])?)(?: the same(?: note| thing)?)?"
    r"|(?P<za>升?降?[a-g][#b]?)(?:和|跟|与|是不是|等于)(?P<zb>升?降?[a-g][#b]?)(?:是不是|是)?(?:一样|同一个音|相同|一个音)(?:的)?"
)


def _enharmonic(core: str) -> Asked | None:
    both = _SAME.fullmatch(core)
    if both is not None and re.search(r"same|equal|enharm|一样|同|等于|一个音", core):
        names = [_named(both[n]) for n in (("a", "b") if both["a"] else ("za", "zb"))]
        return "relation", f"equal:{names[0]} {names[1]}", ""
    match = _full(_ENHARMONIC, core)
    return ("relation", f"enharmonic:{_note(match)}", "") if match else None


_ORDINALS = {
    "2nd": "second",
    "3rd": "third",
    "4th": "fourth",
    "5th": "fifth",
    "6th": "sixth",
    "7th": "seventh",
    "8ve": "octave",
}
_PLAIN_INTERVALS = {"unison": "perfect unison", "fourth": "perfect fourth", "fifth": "perfect fifth", "octave": "perfect octave",
                    "semitone": "minor second", "half step": "minor second", "tone": "major second", "whole tone": "major second",
                    "whole step": "major second", "tritone": "augmented fourth", "third": "major third", "second": "major second",
                    "sixth": "major sixth", "seventh": "major seventh",
                    "四度": "perfect fourth", "五度": "perfect fifth", "八度": "perfect octave", "半音": "minor second",
                    "全音": "major second", "三度": "major third", "六度": "major sixth", "七度": "major seventh", "二度": "major second"}  # fmt: skip
_ZH_INTERVALS = {zh: name for name, (_, _, zh) in INTERVALS.items()}
_AWAY = (
    re.compile(rf"(?:(?:a|the)\s+)?(?:notes?(?: that is| which is| that's)?\s+)?(?:(?:an?|one)\s+)?(?P<i>[a-z]+(?:[ -][a-z0-9]+)?|\d\w\w)\s+(?P<w>above|below|over|under|up from|down from|higher than|lower than|beneath)\s+(?:the note )?{_NOTE}"),
    re.compile(rf"{_NOTE}(?:的|往|向|音)*(?P<w>上方|下方|上|下)(?:的|方)*(?P<i>[\u4e00-\u9fff]{{2,4}})(?:的音)?"),
    re.compile(rf"比{_NOTE}(?P<w>高|低)(?:一个)?(?P<i>[\u4e00-\u9fff]{{2,4}})(?:的音)?"),
)  # fmt: skip


def _away(core: str) -> Asked | None:
    match = _full(_AWAY, core)
    if match is None:
        return None
    words = [_ORDINALS.get(w, w) for w in re.split(r"[ -]", match["i"])]
    said = " ".join(words)
    name = said if said in INTERVALS else _PLAIN_INTERVALS.get(said) or _ZH_INTERVALS.get(said)
    if name is None:
        return None
    way = "up" if re.match(r"above|over|up|higher|上|高", match["w"]) else "down"
    return "relation", f"away:{way}|{name}|{_note(match)}", ""


# -- chords and scales -----------------------------------------------------------------------------

_SPELLED = (
    re.compile(r"(?:notes? (?:of|in|for)|how (?:do|can|would) (?:i|you|we|one) (?:build|form|make|spell|construct|play)|how (?:is|are)|build|form|construct)\s+(?:an? |the )?(?P<x>.+?)(?: (?:built|formed|made(?: up)?|constructed|spelled|spelt))?"),
    re.compile(r"(?P<x>.+?)(?:怎么|如何|是怎么|是如何)(?:构成|组成|写|拼|弹|搭)(?:的)?"),
    re.compile(r"(?:怎么|如何)(?:构成|组成|写|拼|搭)(?P<x>.+?)"),
    re.compile(r"(?:notes? )?(?P<x>[a-g](?:[ -]?(?:flat|sharp)|[#b])? (?!major$|minor$).+? scale)"),
)  # fmt: skip


def _spelled(core: str) -> Asked | None:
    """A chord or a scale of which the notes are asked."""
    match = _full(_SPELLED, core)
    if match is None:
        return None
    said = match["x"].strip()
    forms = [said, f"{said} chord", re.sub(r" (?:triad|chord)$", "", said)]
    if re.match(r"[a-g](?:[ -]?(?:flat|sharp)|[#b])? .", said):
        forms.append(f"{said} triad")
    for words in forms:
        found = entity(words)
        if found is not None and found[0] in ("chord theory", "scale"):
            return found
    return None


_ROMAN_OF = (
    re.compile(
        rf"(?P<r>b?(?:iii|ii|iv|i|vii|vi|v)(?:°|o)?(?:7|maj7)?)(?: chord)? (?:in|of) {_KEY}"
    ),
    re.compile(rf"{_NOTE}{_MODE}的?(?P<r>iii|ii|iv|i|vii|vi|v|[一二三四五六七]级)(?P<z7>七)?和弦"),
)


def _roman_of(core: str) -> Asked | None:
    """ "the V chord in E flat": a numeral, small or large as the key has it."""
    match = _full(_ROMAN_OF, core)
    if match is None:
        return None
    key, said = _key_of(match), match["r"]
    if not _writable(key) or said.startswith("b"):
        return None
    digits = {c: n for n, c in enumerate("一二三四五六七", 1)}
    romans = ("i", "ii", "iii", "iv", "v", "vi", "vii")
    base = re.match(r"[iv]+", said)
    number = digits[said[0]] if base is None else romans.index(base[0]) + 1
    seventh = said.endswith("7") or bool(match.groupdict().get("z7"))
    return "relation", f"roman:{number}|{'seventh' if seventh else 'triad'}|{key}", ""


_MEMBERS = {
    "root": 0,
    "third": 1,
    "3rd": 1,
    "fifth": 2,
    "5th": 2,
    "seventh": 3,
    "7th": 3,
    "根音": 0,
    "三音": 1,
    "五音": 2,
    "七音": 3,
}
_MEMBER = (
    re.compile(rf"(?P<w>{'|'.join(w for w in _MEMBERS if w.isascii())}) (?:of|in) (?:an? |the )?(?P<x>[a-g][^ ]*(?: ?(?:flat|sharp))?(?: (?:major|minor|diminished|augmented|dominant)(?: (?:seventh|7th))?)?)(?P<k> chord| triad)?"),
    re.compile(r"(?P<x>[a-g][#b]?[a-z0-9]*)和弦的(?P<w>根音|三音|五音|七音)(?P<k>)"),
)  # fmt: skip


def _member(core: str) -> Asked | None:
    """ "the third of a D major chord"."""
    match = _full(_MEMBER, core)
    if match is None:
        return None
    said = match["x"]
    symbol = said[:1].upper() + said[1:]
    found: Asked | None = None
    if (
        SYMBOL.fullmatch(symbol)
        and parse_chord(symbol)
        and (match["k"] or not re.fullmatch(r"[a-g][#b]?", said))
    ):
        found = ("chord theory", symbol, "")
    elif match["k"]:
        found = entity(f"{said} chord") or entity(f"{said} triad")
    if found is None or found[0] != "chord theory":
        return None
    return "relation", f"member:{_MEMBERS[match['w']]} {found[1]}", ""


_BETWEEN = re.compile(
    r"(?:从)?(?P<a>升?降?[a-g](?: ?(?:sharp|flat)|[#b])?)\s*(?:到|和|与|跟|至)\s*(?P<b>升?降?[a-g](?: ?(?:sharp|flat)|[#b])?)\s*(?:之间)?(?:是|有|的|隔|相差|差)*(?:几度|什么音程|音程|(?:多少|几)个?半音|什么关系|多远)"
)


def _between(core: str) -> Asked | None:
    match = _BETWEEN.fullmatch(core)
    return ("between", f"{_named(match['a'])} {_named(match['b'])}", "") if match else None


_TIPS = re.compile(
    r"(?P<s>(?:写|作|配|练|转).{1,8}?)(?:的时候)?(?:有|的)?(?:什么|哪些)?(?:技巧|方法|窍门|要点|诀窍|规律|秘诀|建议)(?:是什么|有哪些)?"
)


def _tips(core: str) -> Asked | None:
    """写旋律有什么技巧: how something is written."""
    match = _TIPS.fullmatch(core)
    term = find_term(f"怎么{match['s']}") or find_term(match["s"]) if match else ""
    return ("term", term, "") if term.startswith("how to") else None


_WHITE = re.compile(
    rf"(?:mode|scale)?\s*(?:(?:that |which )?(?:starts?|begins?|goes|runs|is)\s*)?(?:(?:on|from)\s+)?{_NOTE}?.{{0,12}}\bwhite (?:notes|keys)(?: only)?(?: (?:on|from|starting (?:on|from)) (?P<w>[a-g]))?(?: of the piano)?"
)


def _white(core: str) -> Asked | None:
    """ "what mode starts on D using only white notes"."""
    match = _WHITE.fullmatch(core)
    if match is None or not re.search(r"mode|scale", core):
        return None
    tonic = (match["w"] or match["n"] or "").upper()
    modes = {
        "C": "major",
        "D": "dorian",
        "E": "phrygian",
        "F": "lydian",
        "G": "mixolydian",
        "A": "minor",
        "B": "locrian",
    }
    return (
        ("scale", f"{tonic} {modes[tonic]}", "")
        if tonic and not (match["s"] or match["c"])
        else None
    )


_MODULATES = re.compile(
    r"(?:how (?:do|can|would|should|could) (?:i|you|we|one) |ways? to |how to )?(?:modulate|change key|get|move|go)(?: smoothly)? from (?P<a>[a-g](?: ?(?:flat|sharp)|[#b])?(?: (?:major|minor))?) (?:in)?to (?P<b>[a-g](?: ?(?:flat|sharp)|[#b])?(?: (?:major|minor))?)(?: (?:major|minor))?"
    r"|(?:怎么|如何)?从(?P<za>升?降?[a-g][#b]?(?:大调|小调|调)?)(?:怎么|如何)?(?:转调?到|转到|转调至|到)(?P<zb>升?降?[a-g][#b]?(?:大调|小调|调)?)"
)


def _modulates(core: str) -> Asked | None:
    """ "how do I modulate from C to G"."""
    match = _MODULATES.fullmatch(core)
    if match is None or not re.search(r"modulat|change key|major|minor|调", core):
        return None
    keys = []
    for name in ("a", "b") if match["a"] else ("za", "zb"):
        said = re.fullmatch(_NOTE + r"\s*" + _MODE, match[name])
        if said is None or not _writable(_key_of(said)):
            return None
        keys.append(_key_of(said))
    return ("relation", f"modulate:{keys[0]}|{keys[1]}", "") if keys[0] != keys[1] else None


_BLUES = (
    re.compile(
        rf"chords? (?:of|for|in|to|sequence of) (?:an? |the )?(?:12|twelve)[ -]bar blues(?: in {_KEY})?"
    ),
    re.compile(rf"(?:12|twelve)[ -]bar blues chords? in {_KEY}"),
    re.compile(r"(?:12|十二)小节(?:布鲁斯|蓝调)(?:的)?和弦(?:进行)?"),
)


def _blues(core: str) -> Asked | None:
    """ "the chords of a 12 bar blues in A"."""
    match = _full(_BLUES, core)
    if match is None:
        return None
    key = f"{_note(match)} major" if match.groupdict().get("n") else "C major"
    return ("relation", f"progressions:blues {key}", "") if _writable(key) else None


_PAIR = (
    re.compile(r"how (?:are|is|do)\s+(?P<a>\S+)(?: chord)? (?:and|to|with) (?P<b>\S+)(?: chords?)? (?:related|relate(?: to each other)?|connected|alike)"),
    re.compile(r"(?:(?:do|does)\s+)?(?P<a>\S+) and (?P<b>\S+)(?: chords?)? (?:have in common|share|(?:are )?related)"),
    re.compile(r"(?:relation(?:ship)?|connection|common notes?|common tones?|notes in common|shared notes?) (?:between|of) (?P<a>\S+) and (?P<b>\S+)(?: chords?)?"),
    re.compile(r"(?P<a>[a-g][#b]?[a-z0-9]*)(?:和弦)?(?:和|与|跟)(?P<b>[a-g][#b]?[a-z0-9]*)(?:和弦)?(?:之间)?(?:有|是)?(?:什么|哪些|几个)?(?:关系|共同音|联系|共同点|相同的音)"),
)  # fmt: skip


def _pair(core: str) -> Asked | None:
    match = _full(_PAIR, core)
    if match is None:
        return None
    symbols = [said[:1].upper() + said[1:] for said in (match["a"], match["b"])]
    if not all(SYMBOL.fullmatch(s) and parse_chord(s) for s in symbols):
        return None
    return "relation", f"common:{symbols[0]} {symbols[1]}", ""


_MOODS: dict[str, str] = {
    "sad": r"sad|melanchol\w*|mournful|gloomy|tragic|lonely|悲伤?|伤感|忧伤|难过|孤独", "happy": r"happy|cheerful|joyful|bright|upbeat|欢快|快乐|开心|高兴|明亮",
    "calm": r"calm|peaceful|gentle|relax\w*|quiet|平静|安静|温柔|舒缓", "epic": r"epic|heroic|dramatic|cinematic|史诗|宏大|英雄|戏剧",
    "dreamy": r"dream\w*|floating|ambient|romantic|梦幻|浪漫|空灵", "spooky": r"spooky|scary|creepy|halloween|dark|mysterious|恐怖|诡异|神秘|黑暗",
    "blues": r"blues|布鲁斯|蓝调", "folk": r"folk|campfire|民歌|民谣", "pop": r"pop|流行", "jazz": r"jazz\w*|爵士",
}  # fmt: skip
_PROGRESSION = re.compile(
    r"(?:(?:an?|some|any|the|which|what|good|nice|common|typical|popular|usual|best|famous|simple|easy|suggest|recommend|me|us)\s+)*(?:(?P<a>[a-z]+)\s+)?(?:chord )?(?:progressions?|chord sequences?|chord patterns?|chords)(?:\s+(?:are|is|would be|should i use|can i use|could i use|work|works|fit|fits|go|goes|suit|suits|sound|sounds))?(?:\s+(?:good|well|best|common|typical|usual))?(?:\s+(?:for|in|with|to write)\s+(?:an?\s+)?(?P<b>[a-z]+)(?:[\s-](?:song|tune|piece|mood|music|feel|feeling|sounding (?:song|tune)|melody|ballad|track|vibe|sound)s?)?)?"
    r"|(?:(?:有(?:什么|哪些)|推荐|来(?:几个|点)?|常用的?|好用的?|适合|几个|一些)+)?(?P<za>[\u4e00-\u9fff]{2,4}?)(?:的|歌曲?的?|曲子的?|音乐的?|情绪的?|风格的?)*(?:常用的?|好用的?|适合的?|用什么|用哪些)*(?:和弦进行|和弦走向|和弦套路)(?:有哪些|有什么|推荐|怎么写)?"
)


def _progressions(core: str) -> Asked | None:
    """ "a good chord progression for a sad song": the mood or style that is named."""
    match = _PROGRESSION.fullmatch(core)
    if match is None:
        return None
    said = " ".join(g for g in (match["a"], match["b"], match["za"]) if g)
    mood = next(
        (m for m, words in _MOODS.items() if re.search(rf"(?<![a-z])(?:{words})", said)), ""
    )
    if not mood:
        return None
    home = "A minor" if PROGRESSIONS[mood][0] == "minor" else "C major"
    return "relation", f"progressions:{mood} {home}", ""


# -- note values -------------------------------------------------------------------------------------

_VALUES = {"whole note": "1", "semibreve": "1", "half note": "1/2", "minim": "1/2", "quarter note": "1/4", "crotchet": "1/4", "eighth note": "1/8",
           "quaver": "1/8", "sixteenth note": "1/16", "semiquaver": "1/16", "thirty-second note": "1/32", "demisemiquaver": "1/32",
           "breve": "2", "全音符": "1", "二分音符": "1/2", "四分音符": "1/4", "八分音符": "1/8", "十六分音符": "1/16", "三十二分音符": "1/32"}  # fmt: skip
_VALUE = "|".join(sorted(_VALUES, key=len, reverse=True))
_V = rf"(?:(?:an?|one|the|each|every)\s+|一个)?(?P<dot>dotted |double[- ]dotted |附点|复附点)?(?P<v>{_VALUE})s?(?:\s+(?:rest|note))?"
_IN_METER = r"(?:\s*(?:in|under|with|在)\s*(?P<meter>\d{1,2}/\d{1,2})(?: time| metre| meter|拍)?(?:里|中|下)?)?"
_LASTING = (
    re.compile(rf"how (?:many|much) beats?(?: (?:is|are|does|do|has|have|in))?(?: there in)? {_V}(?: (?:last|get|have|worth|take|hold|count(?: for)?|held(?: for)?|receive|long))*{_IN_METER}"),
    re.compile(rf"how long (?:is|does|do|are) {_V}(?: (?:last|get|held|long))?{_IN_METER}"),
    re.compile(rf"(?:length|value|duration) of {_V}{_IN_METER}"),
    re.compile(rf"{_IN_METER}{_V}(?:唱|是|等于|有|算|占|要|值|该|应该|弹|吹|拉|数)*(?:几|多少)(?:个)?拍(?:子)?"),
    re.compile(rf"{_V}(?:有)?多长"),
)  # fmt: skip
_FITTING = (
    re.compile(rf"how many (?P<u>{_VALUE})s?(?: notes?)? (?:are (?:there )?in|fit (?:in|into)|make|equal|go into|in|to) {_V}"),
    re.compile(rf"{_V}(?:等于|里有|有|可以分成|相当于)(?:几|多少)个(?P<u>{_VALUE})"),
)  # fmt: skip


def _lasting(core: str) -> Asked | None:
    match = _full(_LASTING, core)
    if match is not None:
        groups = match.groupdict()
        meter = groups.get("meter") or ""
        if meter and not _readable(meter):
            return None
        return "relation", f"lasting:{_length(match)} {meter}", ""
    match = _full(_FITTING, core)
    if match is None:
        return None
    return "relation", f"fitting:{Fraction(_VALUES[match['u']])}|{_length(match)}", ""


def _readable(meter: str) -> bool:
    try:
        return parse_meter(meter) is not None
    except ValueError:
        return False


def _length(match: re.Match[str]) -> Fraction:
    dots = match["dot"] or ""
    more = (
        Fraction(7, 4) if re.search("double|复", dots) else Fraction(3, 2) if dots else Fraction(1)
    )
    return Fraction(_VALUES[match["v"]]) * more


def _full(patterns: tuple[re.Pattern[str], ...], core: str) -> re.Match[str] | None:
    return next((m for pattern in patterns if (m := pattern.fullmatch(core))), None)


_FOR_KEY = (
    re.compile(
        rf"chords? (?:that |which |do |can |should i |to )?(?:go(?:es)?|fit|work|play|sound good|use|are in|belong|match)(?: well)? (?:with|over|in|to|into) (?:the |an? )?{_NOTE}{_MODE}(?: pentatonic| natural)?(?: scale| key)?"
    ),
    re.compile(
        rf"{_NOTE}{_MODE}(?:五声)?(?:音阶|调式)?(?:可以|能|适合|应该)?(?:配|用|搭配|配合)(?:什么|哪些)和弦"
    ),
)


def _for_key(core: str) -> Asked | None:
    """The chords that go with a key or with a scale of it."""
    match = _full(_FOR_KEY, core)
    return ("diatonic", _key_of(match), "") if match and _writable(_key_of(match)) else None


_FINDERS: tuple[Callable[[str], Asked | None], ...] = (
    _degree,
    _related,
    _signed,
    _enharmonic,
    _away,
    _roman_of,
    _member,
    _between,
    _tips,
    _white,
    _modulates,
    _blues,
    _pair,
    _for_key,
    _progressions,
    _lasting,
    _spelled,
)
