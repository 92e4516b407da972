"""How people ask for chord symbols."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools import numbers
from abc_tools.chords import parse_chord
from abc_tools.harmony_model import name_state, symbol
from abc_tools.places import Place
from abc_tools.tune import Tune
from chat.understand.rules.base import ADD, CHORDS, REMOVE, Clause, N, Rule, group_of, rule

ROMAN = re.compile(r"(?<![A-Za-z])(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)7?(?![A-Za-z])")
SYMBOL = re.compile(
    r"(?<![A-Za-z])[A-G](?:#|b)?(?:maj|min|m|dim|aug|ø|°|\+)?(?:13|11|6/9|[679])?(?:sus[24]?|add\d{1,2}|[b#]5|[b#]9)?(?:/[A-G][#b]?)?(?![A-Za-z])"
)


def chosen_chords(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Which chords may be used, how often they change, and whether old ones stay."""
    values: dict[str, str] = {}
    if re.search(
        r"three[- ]chords?\b|basic chords|simple chords|easy chords|primary chords|简单(?:的)?和弦|基本和弦|正三和弦",
        clause.lower,
    ):
        values["only"] = "I IV V"
    elif re.search(r"\bonly\b|\bjust\b|limited to|只用|只有|仅用", clause.lower):
        numerals = ROMAN.findall(clause.text)
        names = (
            _functions(clause.lower)
            or (
                numerals if {n.upper() for n in numerals} != {"I"} else []
            )  # "I" alone is who speaks
            or [n for n in SYMBOL.findall(clause.text) if parse_chord(n)]
        )
        if names:
            values["only"] = " ".join(dict.fromkeys(names))
            values["keep"] = "no"  # others that stand there give way
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
    r"(?:change|replace|turn|make|swap)[^,.;]{0,12}?(?:all|every|each)?[^,.;]{0,8}?\b([A-G][#b]?(?:m|7|maj7|m7)?)(?: chords?|s| major)?\b[^,.;]{0,12}? (?:to|into|with|by|for) (?:an? )?([A-G][#b]?(?:maj7|m7|m|7|dim|sus4|6)?)\b(?! (?:major|minor))|把?(?:所有的?|全部的?|全曲的?|凡是)([A-G][#b]?(?:m7|maj7|m|7)?)(?:和弦)?(?:的地方)?(?:都|统统|全|全都)?(?:改成|换成|变成|改为|换为|用)([A-G][#b]?(?:maj7|m7|m|7)?)"
)


def every_chord(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
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


_WITH = re.compile(
    r"(?:to|into|with|by|for|put|use|->)\s+(?:an? )?([A-G][#b]?(?:maj7|m7|m|7|dim|sus4|6|9)?)(?![A-Za-z#])(?! (?:major|minor))|(?:换成|改成|变成|变|换为|用)([A-G][#b]?(?:maj7|m7|m|7)?)(?:代替)?"
)


def exchanged(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A chord that shall go, and the one that comes if it is named: "anything easier than Bm", 别用F#m."""
    there = {e.chord_symbol for m in clause.tune.measures for e in m.events if e.chord_symbol}
    names = [
        n
        for n in SYMBOL.findall(clause.text)
        if (parse_chord(n) is not None and n != "A") or n in there
    ]
    found = _WITH.search(clause.text)
    new = group_of(found) if found else ""
    if re.search(r"\binstead of\b|\brather than\b|\bfor [A-G]", clause.text) and len(names) == 2:
        new, old = names
        return {"old": old, "new": new}
    old = next((n for n in names if n != new), "")
    if not old or (old not in there and new in there and not found):
        return None
    return {"old": old, **({"new": new} if new else {})}


_DEGREES = (("ii7", r"二级七"), ("V7", r"属七|\bdominant (?:7th|seventh)"), ("IV", r"\bsub-?dominant\b|下属和弦|四级"), ("V", r"(?<!sub)(?<!sub-)\bdominant\b|(?<!下)属和弦|五级"),
            ("I", r"\btonic\b|主和弦|一级"), ("vi", r"六级"), ("iii", r"三级"), ("ii", r"二级"))  # fmt: skip
_NUMERAL = re.compile(
    r"(?<![A-Za-z'])(?:VII|VI|IV|V|III|II|vii|vi|iv|iii|ii)(?:maj7|7)?(?![A-Za-z'])|(?<![A-Za-z'])(?:I|V|v)7(?![A-Za-z'])|\b(?:an?|the) I chord\b"
)


def known_chords(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """The only chords that somebody can play: all others give way."""
    names = [n for n in SYMBOL.findall(clause.text) if parse_chord(n) is not None]
    return {"only": " ".join(dict.fromkeys(names)), "keep": "no"} if len(names) > 1 else None


def degree_chords(text: str, lower: str, tune: Tune) -> list[str]:
    """The chords that a text names by their degree, as symbols in the tune's key: "a ii7", 属七.

    Without a key there are none.
    """
    if not tune.key.tonic:
        return []
    said = [re.sub(r"^(?:an?|the) (I) chord$", r"\1", n) for n in _NUMERAL.findall(text)]
    said = said or [next((n for n, words in _DEGREES if re.search(words, lower)), "")]
    return [symbol(name_state(n, tune.key), tune.key).text for n in said if n]


def only_these(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "only C, F and G7": the chords of a tune that has some; letters alone in one without are notes."""
    there = any(e.chord_symbol for m in clause.tune.measures for e in m.events)
    if not there or re.search(
        r"\bnotes?\b|\bpitch|\bkey\b|\bbars?\b|\bpart\b|\bstrings?\b|\bnatural|音|调|小节|段|弦(?<!和弦)",
        clause.lower,
    ):
        return None
    names = [n for n in SYMBOL.findall(clause.text) if parse_chord(n) is not None]
    here = {e.chord_symbol for m in clause.tune.measures for e in m.events}
    key = clause.tune.key
    usual = {symbol(name_state(n, key), key).text for n in ("I", "IV", "V")} if key.tonic else set()
    if all(len(n) == 1 for n in names) and not set(names) <= here | usual:
        return None  # letters that nothing shows to be chords
    return known_chords(match, clause)


_LAST_CHORD = re.compile(
    r"\b(?:the )?(?:last|final|closing) chord\b(?: (?:of|in))?|最后(?:那|这|的)?一?个?和弦|末尾的?和弦"
)


def _last_chord(clause: Clause) -> Place | None:
    """The bar of the last chord, where that is meant."""
    if not re.search(
        r"\b(?:last|final|closing) chord\b|最后(?:那|这|的)?一?个?和弦|末尾的?和弦", clause.lower
    ):
        return None
    own = clause.bars_in(_LAST_CHORD.sub(" ", clause.lower))  # the last one of a part
    first, last = (own.first, own.last) if own else (0, clause.tune.bar_count)
    bars = [
        m.number for m in clause.tune.measures for e in m.events
        if e.chord_symbol and first <= m.number <= last
    ]  # fmt: skip
    return Place(bars[-1], bars[-1]) if bars else None


def chords_there(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """ "change the chord in bar 5 to Am", "put a D7 on beat 3 of bar 6", 第5小节的和弦改成Am."""
    place = _last_chord(clause) or clause.bars_in(clause.lower)
    names = [n for n in SYMBOL.findall(clause.text) if parse_chord(n) is not None]
    names = names or degree_chords(clause.text, clause.lower, clause.tune)
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
    at = (numbers.ORDINALS.get(group_of(beat)) or numbers.value(group_of(beat)) or 1) if beat else 1
    bars = range(place.first, place.last + 1)
    if len(bars) == 1 and len(names) > 1:
        first = re.search(r"instead of|rather than|代替", clause.lower) is not None
        names = names[:1] if first else names[-1:]
    spots = [f"{bar}:{at}={name}" for bar, name in zip(bars, names, strict=False)]
    return {"at": " ".join(spots)}


_HOWS = (("tritone", r"tritone"), ("darker", r"dark|sadder|gloom|暗|忧郁"), ("simpler", r"simpl|easi|plain|简单"),
         ("relative", r"relative|softer|minor chords|关系"))  # fmt: skip


def other_chords(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """In which way chords shall differ."""
    plain = re.sub(
        r"\b(?:too|are|is|sounds?|feels?|look) (?:\w+ ){0,3}(?:plain|simple|easy|basic)\b|too \w+|太\S{2}",
        " ",
        clause.lower,
    )
    return {"how": next((name for name, words in _HOWS if re.search(words, plain)), "sevenths")}


def simpler_chords(match: re.Match[str], clause: Clause) -> dict[str, str]:
    """How simple chords shall be."""
    if re.search(r"one (?:chord )?(?:per|a|each)|fewer|每小节一个|少一[点些]", clause.lower):
        return {"level": "one-a-bar"}
    if re.search(r"primary|three|basic|i,? iv|beginner|三个|正三", clause.lower):
        return {"level": "primary"}
    return {"level": "triads"}


_EVERY_ONE = re.compile(
    r"(?:所有|每(?:一)?(?:个)?(?:小节)?)的?\s*(?P<old>[A-G][#b]?[a-z0-9]*)\s*和弦(?:都|全|全部)?(?:改成|换成|变成|改为)\s*(?P<new>[A-G][#b]?[a-z0-9]*)"
    r"|\b(?:make|change|turn)\s+(?:all |every |each )?(?:of )?(?:the )?(?P<old2>[A-G][#b]?[a-z0-9]*) chords? (?:to |into |a |an )*(?P<new2>[A-G][#b]?[a-z0-9]*)(?![a-z])",
)


def every_one(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """One chord for another, wherever it stands."""
    found = _EVERY_ONE.search(clause.text)
    if found is None:
        return None
    old, new = found["old"] or found["old2"], found["new"] or found["new2"]
    there = {e.chord_symbol for m in clause.tune.measures for e in m.events}
    if old not in there or parse_chord(new) is None:
        return None
    return {"": "swap-chord", "old": old, "new": new}


_QUALITY = r"(?:[ -]?(?:minor|major)(?: seven(?:th)?| 7(?:th)?)?s?|[ -](?:seven(?:th)?|7th)s?|maj7s?|min7?s?|m7?s?|7s?|[ -]diminished|dim7?s?|sus[24]?s?)"
_SPOKEN = re.compile(
    rf"(?<![A-Za-z])(?:[Aa]n? |[Tt]he |[Tt]hose |[Tt]hat |[Aa]ll (?:the )?|[Ee]very |[Ee]ach |plain |simple )*(?P<root>[A-G](?:[ -](?:sharp|flat)|[#b])?)(?P<kind>{_QUALITY})?s?(?: chords?)?(?![A-Za-z#])"
)
_ONE_FOR_OTHER = re.compile(
    r"\b(?:swap|change|replace|turn|make|exchange|switch|substitute)\b(?P<old>[^.;]*?)\b(?:for|to|into|with|by|be)\b(?P<new>[^.;]*)"
    r"|^(?P<old4>[^.;]*?)\b(?:should|ought to|must|needs? to|wants? to|has to|is supposed to) (?:really |rather |actually )?be(?:come)?\b(?P<new4>[^.;]*)"
    r"|\b(?:make|turn|have|want)\b(?P<old3> (?:the|all|every|each|those|that|any)\b[^.;]{1,20}?)\s(?:an?|as an?|be an?)\s(?P<new3>(?-i:[A-G])[^.;]*)"
    r"|\b(?:use|put|play|try|have|want)\b(?P<new2>[^.;]*?)\b(?:instead of|in place of|rather than|for)\b(?P<old2>[^.;]*)",
    re.IGNORECASE,
)


def _chord_said(text: str) -> str:
    """The last chord that a text names in symbols or in words: "an A minor" is Am; empty for none."""
    found = ""
    for match in _SPOKEN.finditer(text):
        kind = (match["kind"] or "").strip(" -").rstrip("s") or ""
        kind = re.sub(r"^minor[ -]?(?:seven(?:th)?|7(?:th)?)$", "m7", kind)
        kind = re.sub(r"^major[ -]?(?:seven(?:th)?|7(?:th)?)$", "maj7", kind)
        kind = {
            "minor": "m",
            "min": "m",
            "diminished": "dim",
            "major": "",
            "seventh": "7",
            "seven": "7",
            "7th": "7",
            "min7": "m7",
            "su": "sus",
        }.get(kind, kind)
        root = re.sub(r"[ -]sharp", "#", re.sub(r"[ -]flat", "b", match["root"]))
        if parse_chord(root + kind) is not None:
            found = root + kind
    return found


def one_for_other(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """A chord of the tune for another one, wherever it stands in the bars that are named; None where notes are meant."""
    found = _ONE_FOR_OTHER.search(clause.text)
    if found is None:
        return None
    said = found.groupdict()
    old, new = (
        _chord_said(next((w for m in ("", "2", "3", "4") if (w := said.get(n + m))), ""))
        for n in ("old", "new")
    )  # fmt: skip
    if not old or not new or old == new:
        return None
    place = clause.bars_in(re.sub(r"\b[a-g](?:m|7)?\b", " ", clause.lower))
    spots = [
        (m, e) for m in clause.tune.measures for e in m.events
        if e.chord_symbol == old and m.meter is not None and (place is None or place.first <= m.number <= place.last)
    ]  # fmt: skip
    sure = re.search(r"\bchords?\b", clause.lower) or len(old) + len(new) > 2
    if not spots or not sure or re.search(r"\bkey\b|\bnotes?\b|\btranspose", clause.lower):
        return None
    if place is None:
        return {"": "swap-chord", "old": old, "new": new}
    at = " ".join(f"{m.number}:{1 + e.onset / m.meter.beat}={new}" for m, e in spots if m.meter)
    return {"at": at}


_ONE_OF_THEM = re.compile(
    rf"\b(?P<end>last|final)\b (?:\w+ )?chord\b|\b(?P<nth>{'|'.join(o for o in numbers.ORDINALS if o != 'last')}) (?:\w+ )?chord\b|(?P<zend>最后|末尾)(?:那|的|一|个)*和弦|第(?P<zn>{numbers.NUMBER})个和弦"
)


def chords_gone(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """All chords, or the bar of the one that is picked by its number; None where that bar has others, too."""
    one = _ONE_OF_THEM.search(clause.lower)
    if one is None:
        return {}
    place = clause.bars_in(clause.lower[: one.start()] + " " + clause.lower[one.end() :])
    there = [
        m.number for m in clause.tune.measures for e in m.events
        if e.chord_symbol and (place is None or place.first <= m.number <= place.last)
    ]  # fmt: skip
    last = one["end"] or one["zend"]
    nth = (
        0 if last else numbers.ORDINALS.get(one["nth"] or "") or numbers.value(one["zn"] or "") or 0
    )
    if not 0 <= nth <= len(there) or not there:
        return None
    bar = there[nth - 1]
    if there.count(bar) > 1:
        return None
    clause.place = Place(bar, bar)
    return {}


RULES: tuple[Rule, ...] = (
    rule(
        "set-chords",
        r"\b(?:swap|change|replace|turn|make|exchange|switch|substitute|use|put|play|try|have|want)\b",
        one_for_other,
    ),
    rule("set-chords", r"(?:所有|每).{0,8}和弦|\b(?:make|change|turn)\b.*\bchords?\b", every_one),
    rule(
        "add-chords",
        r"\b(?:only|just) (?:know|knows|play|plays|have|can (?:do|play))\b|\bknows? (?:only|just)\b|\b(?:only|just) (?:the )?chords? (?:that )?(?:i|we|he|she|they|my \w+) (?:can|know|play|have)\b|\b(?:know|knows|have) [^.;]{4,30} only\b|\bonly (?:need|have to (?:play|know)|uses?)\b|\bchords? (?:i|we|they) (?:know|can play) (?:are|is)\b|只会|只认识|只(?:能|可以|准|许)(?:用|弹|按|有)|会(?:弹|按)的(?:和弦)?(?:只有|就)",
        known_chords,
    ),
    rule(
        "add-chords",
        rf"{CHORDS}(?:再|都|全|帮我|给我)*(?:重新|重)(?:配|编|写|做|选)|\b(?:re-?do|re-?work|re-?write|re-?choose|change|replace|swap|re-?pick|fix|adapt|adjust)\b (?:all )?(?:of )?(?:the |my |these |those )?(?:\w+ )?{CHORDS}[^.;]{{0,24}}\b(?:with|to|using|for|from|so)\b[^.;]{{0,16}}\b(?:just |only )?(?:those|these|them|that|the ones|fit|what)\b|(?:用|只用|就用)(?:这|那|这几|那几)(?:几)?个(?:和弦)?[^,.;]{{0,8}}(?:配|改|换|写|重)|{CHORDS}(?:都|全)?(?:重新配|重配|换成|改成|用)(?:一下)?(?:这|那)(?:几)?(?:些|个)",
        lambda m, c: {"keep": "no"},
    ),
    rule(
        "add-chords",
        r"(?:^|\b(?:use|with|using|stick to|keep to|to|play|have)\s+)(?:please |now |ok(?:ay)?,? |and )*(?:only|just|nothing but) (?=[a-g](?:#|b)?(?:m|7|maj7)?\b)|(?:只|仅)(?:用|要|有|弹|留)\s*(?=[a-g](?:#|b)?(?:m|7|maj7)?(?![a-z]))",
        only_these,
    ),
    rule(
        "remove-chords",
        rf"{REMOVE}\s*(?:all )?(?:of )?(?:the |these |those |any )?(?:\w+ )?{CHORDS}|把?(?:所有)?{CHORDS}(?:都)?(?:去掉|删掉|删除|拿掉|移除)|(?:去掉|删掉|删除|拿掉|去除)[^,.;]{{1,10}}的(?:所有)?{CHORDS}$|(?:去掉|删掉|删除|拿掉|不要)(?:最后|末尾|第[^,.;]{{1,2}})(?:那|的|一|个)*和弦|(?:最后|末尾|第[^,.;]{{1,2}})(?:那|的|一|个)*和弦(?:去掉|删掉|删除|拿掉|不要)|\bmelody only\b|只(?:要|留)旋律",
        chords_gone,
        more=True,
    ),
    rule(
        "simplify-chords",
        r"(?:换成|改成|变成|改为|to|into|just|only)\s*(?:plain |simple |basic |ordinary )?(?:三和弦|triads?\b)|\b(?:drop|lose|remove|take out|no) (?:all )?(?:the )?(?:sevenths|7ths)\b|(?:去掉|不要)七(?:音|和弦)",
        lambda m, c: {"level": "triads"},
    ),
    rule(
        "reharmonise",
        rf"\bre-?harmoni[sz]\w*|(?:jazz\w*|richer|fancier|fuller|more (?:colou?rful|interesting|complex|jazzy)|dark\w*|sadder|seventh|7th|tritone|other|different)\s+(?:{CHORDS}|sub\w*)|{CHORDS}[^,.;]{{0,12}}(?:jazzier|richer|darker|more (?:colou?rful|interesting|jazzy))|重新配(?:置)?{CHORDS}|(?:换|改)(?:一些|一套|一种|种|些)?(?:别的|其他|不同的?|爵士)?{CHORDS}|{CHORDS}(?:更)?(?:丰富|爵士)|爵士(?:味|化|风格)?的?{CHORDS}|{CHORDS}[^,.;]{{0,8}}(?:太简单|单调|无聊|换(?!成|到)|七和弦)|{CHORDS}[^,.;]{{0,12}}(?:too (?:simple|plain|boring)|boring|dull)",
        other_chords,
    ),
    rule(
        "set-chords",
        r"\b(?:all|every|each|chords?)\b|和弦|所有",
        every_chord,
    ),
    rule(
        "set-chords",
        rf"(?:{CHORDS}|\b[A-Ga-g][#b]?(?:m|7|maj7|m7|dim)\b|\b(?:put|use|play|make it) (?:an? )?[a-g][#b]?\b)",
        chords_there,
    ),
    rule(
        "simplify-chords",
        rf"(?:simpl\w*|easi\w+|fewer|basic|plain|less)\s+(?:the )?{CHORDS}|simplify (?:the )?{CHORDS}|{CHORDS}[^,.;]{{0,8}}(?:simpler|easier)|简化(?:一下)?{CHORDS}|{CHORDS}(?:再|更)?简单|简单(?:一?[点些])?的?{CHORDS}|(?:make|use) (?:the )?{CHORDS} (?:simpler|easier)|{CHORDS}太(?:难|复杂)",
        simpler_chords,
    ),
    rule(
        "add-chords",
        rf"{ADD}[^,.;]{{0,40}}?{CHORDS}|\b(?:have|see|get|like|want|need) (?:some |the |guitar |piano )*chord (?:symbol|name|letter)s?\b|\bharmoni[sz]e\b|(?:用|配|加)[^,.;]{{0,14}}{CHORDS}|配和声|\bchord it\b|{CHORDS} (?:please|to it)|^(?:any |some )?chords?\b[^,.;]{{0,6}}(?:for|to|on|only|please|:|\?|$)|(?:replace|swap)[^,.;]{{0,24}}chords?\b",
        chosen_chords,
    ),
)
