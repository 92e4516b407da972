"""Questions about a chord or a note of the tune: may it be wrong, what does it do, what if another stood there, which
others would fit, why does one bar lead to the next. Read from the words alone; whether they are there is for the answer.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.chords import parse_chord
from abc_tools.tune import Tune
from chat.explain.asked_names import Asked

# -- chords and notes as people write them ------------------------------------------------------------

_CHORD = re.compile(
    r"(?<![A-Za-z0-9#'])([A-G](?:#|b|♯|♭)?(?:maj7|maj|min7|min|m7b5|m7|m6|m|dim7|dim|aug|sus[24]?|add9|\+|°)?(?:7|6|9|11|13)?(?:/[A-G][#b]?)?)(?![A-Za-z0-9#'])(?! ?(?:part|section|natural|sharp|flat|major|minor)\b)(?!段|部分|大调|小调|调|大三|小三|音)"
)
_CHORD_WORDS = re.compile(
    r"(?i:(?<![a-z])([A-G])[ -]?(sharp|flat|#|b)?[ -]?(major|minor|diminished|augmented|dominant)(?: (seventh|7th|7))?(?: (?:chord|triad)))|(?:(升|降)?([A-G])(大|小|减|增|属七)(?:三)?和弦)"
)
_NOT_MEANT = re.compile(
    r"(?i:\b(?:instead of|rather than|than|in place of|for|replac\w+|(?<!why )not)\s+(?:the |an? )?)$|(?:把|将|代替|替换|比|的)\s*$"
)


def chords_said(plain: str) -> list[tuple[str, int]]:
    """The chord symbols of a text with where each begins; a lone A needs company ("an A", "A chord").

    >>> [c for c, _ in chords_said("why not a Dm in bar 2? or an A, a D minor chord")]
    ['Dm', 'A', 'Dm']
    """
    found: list[tuple[str, int]] = []
    for match in _CHORD.finditer(plain):
        symbol = match[1].replace("♯", "#").replace("♭", "b")
        alone = symbol == "A" and not re.search(
            r"(?:\b(?:an|the|to|with|of|than|is|had|was|were)\s+|[\u4e00-\u9fff])$", plain[: match.start()]
        ) and not re.match(r"\s*(?:chord|和弦|[?.!,]|$)", plain[match.end() :])  # fmt: skip
        signed = re.search(r"(?:升|降|还原)$", plain[: match.start()])
        if parse_chord(symbol) and not alone and not signed:
            found.append((symbol, match.start()))
    for match in _CHORD_WORDS.finditer(plain):
        root = (match[1] or match[6]).upper()
        sign = {"sharp": "#", "flat": "b", "#": "#", "b": "b", "升": "#", "降": "b"}.get(
            match[2] or match[5] or "", ""
        )
        kind = (match[3] or match[7]).lower()
        quality = {
            "minor": "m",
            "diminished": "dim",
            "augmented": "aug",
            "小": "m",
            "减": "dim",
            "增": "aug",
            "属七": "7",
        }.get(kind, "")
        found.append((root + sign + quality + ("7" if match[4] else ""), match.start()))
    return sorted(found, key=lambda x: x[1])


_NOTE_SAID = re.compile(
    r"(?<![a-z])([a-g])(?:[ -]?(sharp|flat|natural)|(#|♯|♭|b(?![a-z])))?(?![a-z'#\d])|(升|降|还原)([a-g])"
)


def notes_said(lower: str) -> list[tuple[str, int, bool]]:
    """(name, place, whether a sign is named) of the notes of a text in lower case; the article a is left out."""
    found = []
    for match in _NOTE_SAID.finditer(lower):
        letter, sign = match[1] or match[5], match[2] or match[3] or match[4] or ""
        if letter == "a" and not sign and re.match(r"a\s+[a-z]", lower[match.start() :]):
            continue
        name = letter.upper() + {
            "sharp": "#",
            "#": "#",
            "♯": "#",
            "升": "#",
            "flat": "b",
            "b": "b",
            "♭": "b",
            "降": "b",
        }.get(sign, "")
        found.append((name, match.start(), bool(sign)))
    return found


def _in_tune(tune: Tune, symbol: str) -> bool:
    return any(e.chord_symbol and e.chord_symbol.split("/")[0] == symbol.split("/")[0]
               for v in tune.voices for m in v.measures for e in m.events)  # fmt: skip


# -- may it be wrong, what does it do ---------------------------------------------------------------------

_DOUBT = re.compile(
    r"\b(?:mistake|error|typo|misprint|wrong|on purpose|deliberate|intentional|supposed to be|meant to be|out of place|belong|allowed|correct|a slip|mean to|meant|right|should(?:n't)? (?:it|that|this) (?:be|have been)|intended|legal)\b"
    r"|(?:写|弄|搞|印)错|错(?:了|误|的)?吗|是不是错|有没有错|不对(?:劲)?吗|对吗|对不对|合理吗|故意|正常吗|怎么回事|怎么会有|为什么(?:会)?(?:有|出现|是)"
)
_JOB = re.compile(
    r"\b(?:function|role|job|purpose|point)\b|\b(?:why|how come)\b.{0,24}\b(?:shows? up|appears?|turns? up|pops? up|comes? in)\b|\bwhat(?:'s| is| does| are)\b.{0,24}\b(?:doing|do|for)\b|\bwhy\b.{0,18}\b(?:there|is there|have|use|used|put|an?)\b|\bexplain\b|作用|功能|干(?:什么|嘛|啥)|为什么(?:用|有|是|会有|出现)|怎么回事|怎么来的|做什么|起什么"
)


_TASK = re.compile(r"\b(?:function|role|job)\b|作用|功能")


def doubted(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "is F7 there a mistake?", "what's the Bm doing in bar 6": a chord or a note of the tune."""
    doubt, job = _DOUBT.search(lower), _JOB.search(lower)
    if not (doubt or job) or re.search(
        r"\bmeans?\b(?! to\b)|什么意思|\bwrong with (?:it|this|the tune)\b", lower
    ):
        return None
    if re.search(
        r"\bwhy not\b|\bwhat if\b|\binstead\b|\bto (?:the|an?) [a-g]\b|如果|要是|假如|换成|改成",
        lower,
    ):
        return None
    signed = [n for n in notes_said(lower) if n[2]]
    symbols = [c for c, _ in chords_said(plain) if _in_tune(tune, c)]
    named_note = re.search(r"\bnotes?\b|音(?!乐|程|阶|域|调)", lower)
    if (
        symbols
        and not (named_note and signed)
        and (len(symbols[0]) > 1 or re.search(r"chord|和弦", lower) or not signed)
    ):
        return ("chord doubt" if doubt else "chord role"), symbols[0], ""
    if signed and (doubt or re.search(r"[升降还原]", lower)):
        return "note doubt", signed[0][0], ""
    absent = [c for c, _ in chords_said(plain) if len(c) > 1]
    if absent and (doubt or _TASK.search(lower)):
        return "chord role", absent[0], ""
    return None


# -- what if another stood there -----------------------------------------------------------------------------

_IF = re.compile(
    r"\bwhat (?:if|would|happens|about if)\b|\bhow would\b|\bwhy not\b|\b(?:could|can|may|should) (?:i|we) (?:use|play|try|put|have|substitute)\b.{0,40}\b(?:instead|in place|rather)\b|\b(?:ok|okay|alright|fine|possible|allowed|right) to (?:use|play|put|have)\b|\bwhy (?:isn't|didn't|don't|wasn't)\b|\bwould(?:n't)? (?:an?|the|it|[a-g]\S{0,5} (?:be|work|fit|sound|do|go|suit))\b|\bcould(?:n't)? (?:bar|measure|it|that|this|the)\b.{0,24}\b(?:be|have|take)\b|\bif (?:i|we|you|bar|it|the)\b|\bsuppose\b|\bimagine\b"
    r"|如果|要是|假如|假设|若|会怎|怎么样|行不行|行吗|可以吗|可不可以|好不好|好吗|合适吗|合不合适|为什么不|为何不|怎么不|的话|会不会|是否可以|能不能用"
)
_ASKS_EFFECT = re.compile(
    r"\?|\b(?:could|can|may|should) (?:i|we)\b|\bwhat\b|\bhow\b|\bwhy\b|会怎|怎么样|如何|行不行|行吗|可以吗|可不可以|好不好|合适|为什么|为何|效果|会不会|吗|什么|怎么不"
)


def imagined(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "what if bar 10 had an Am", "why not a Dm in bar 2?", 第2小节用Dm行吗."""
    if not _IF.search(lower) or not _ASKS_EFFECT.search(lower):
        return None
    if re.search(
        r"[都全](?:部|给我)?(?:换|改|变)成|\b(?:swap|change|replace) (?:all|every|them all)", lower
    ):
        return None  # all of them: an order
    if re.search(r"\b(?:please|can you|could you|would you)\b|^(?:请|帮我)", lower):
        return None
    if (note := _imagined_note(lower, tune)) is not None:
        return note
    if not re.search(
        r"\b(?:bar|measure|chord|instead|here|there|ending|end|first|last)\b|小节|和弦|这里|那里|结尾|换成",
        lower,
    ):
        return None
    said = chords_said(plain)
    meant = [(c, at) for c, at in said if not _NOT_MEANT.search(plain[:at])]
    given = [c for c, at in said if (c, at) not in meant and _in_tune(tune, c)]
    if not meant or re.search(
        r"(?i)\b(?:key|scale|mode|major key|transpos\w*)\b|大调|小调|移调|转调", lower
    ):
        return None
    new = meant[-1][0]
    return "chord instead", f"{new} {given[0]}" if given else new, ""


_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "last": -1,
        "final": -1, "highest": 98, "top": 98, "lowest": 99, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5}  # fmt: skip
_WHICH_NOTE = re.compile(
    rf"\b(?P<n>{'|'.join(k for k in _NTH if k.isascii() and not k.isdigit())}) note\b|第(?P<z>[一二三四五1-5])个音|(?P<last>最后一?个?音)|(?P<high>最高音)|(?P<low>最低音)"
)


def _imagined_note(lower: str, tune: Tune) -> Asked | None:
    """ "what if the last note of bar 4 were a G", 第3小节的F要是升F会怎样: (which note, the new one)."""
    if re.search(r"\bchords?\b|和弦", lower):
        return None
    notes = notes_said(lower)
    which = _WHICH_NOTE.search(lower)
    if which is not None and notes:
        nth = (
            98
            if which["high"]
            else 99
            if which["low"]
            else -1
            if which["last"]
            else _NTH[which["n"] or which["z"]]
        )
        return "note instead", f"{nth} {notes[-1][0]}", ""
    place = re.search(r"\b(?:bars?|measures?) \d|第.{1,4}小节", lower)
    if (
        place is not None
        and len(notes) == 2
        and re.search(r"\b(?:was|were|be|became|is)\b|换成|改成|变成|是|升|降", lower)
    ):
        old, new = notes[0][0], notes[1][0]
        if old[0] == new[0] and old != new:
            return "note instead", f"{old} {new}", ""
    return None


# -- which chords would do ---------------------------------------------------------------------------------------

_BETTER = re.compile(
    r"\b(?:what|which|any|another|other|different|alternative|better|nicer|suggest|is there)\b.{0,40}\bchords?\b.{0,60}\b(?:instead|nicer|better|prettier|warmer|stronger|jazzier|than|else|replace|alternatives?|substitut\w*|work|suit|fit)\b"
    r"|\b(?:better|nicer|other|different|alternative|prettier|jazzier|another|substitute) (?:choice of )?chords?\b.{0,30}\b(?:for|to|in|at|here|than)\b|\balternatives?\b.{0,24}\b(?:to|for|chords?)\b|\bsubstitut\w+ (?:for|chords?)\b"
    r"|\bwhat (?:else )?(?:could|can|might|would|should) (?:i|we|you|one)? ?(?:use|play|put|have|go) (?:there |here |in bar \d+ |for \w+ )?(?:instead|in place)"
    r"|\bwhat (?:else|other chords?) (?:could|can|might|would) (?:i |we |you )?(?:go|work|fit|stand|use|play|put|sound (?:good|nice|better))\b"
    r"|\b(?:nicer|better|prettier|warmer|richer|jazzier|more (?:interesting|colou?rful|exciting))\b.{0,12}\bthan (?:the |an? )?[a-g](?:#|b|m|7|maj|\b)"
    r"|(?:什么|哪个|哪些|别的|其他|另外|更好的?|还有)[^,。?]{0,8}和弦[^,。?]{0,12}(?:更|比|代替|替|换)|(?:换成?|改成?|替换成?)(?:什么|哪个|哪些|别的)(?:和弦)?|(?:用|配)(?:什么|哪个|别的)(?:和弦)?[^,。?]{0,6}(?:更|合适|好听)|还(?:可以|能)(?:用|配|换|改)(?:成)?(?:什么|哪些?|别的)|有(?:没有|什么)(?:比[^,。?]{1,6})?(?:更好|更好听|别的|其他|更合适)[^,。?]{0,6}和弦|什么(?:和弦)?(?:可以|能)?(?:代替|替换|替代)"
)


def better(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "what chord would be nicer than G in bar 3", 第3小节换成什么和弦更好听: the chord that is there now."""
    if not _BETTER.search(lower) or re.match(
        r"(?:please |can you |could you )*(?:add|put|change|replace|use|make|give (?:it|the|bar))\b",
        lower,
    ):
        return None
    there = [c for c, _ in chords_said(plain) if _in_tune(tune, c)]
    placed = re.search(
        r"\b(?:bars?|measures?) \d|\bhere\b|\bthere\b|\bend(?:ing)?\b|\b(?:first|last) (?:bar|chord)|小节|这里|那里|结尾",
        lower,
    )
    if not there and not placed:
        return None
    if re.search(
        r"\bwhat (?:is|are|'s) (?:the )?chords?\b|\bwhich chords? (?:is|are|does|do|has)\b|是什么和弦|有(?:哪些|什么)和弦[吗?]?$",
        lower,
    ):
        return None
    return "chord choice", there[0] if there else "", ""


# -- from bar to bar ---------------------------------------------------------------------------------------------

_PULL = re.compile(
    r"\b(?:why|how|what)\b.{0,24}\b(?:bar|measure) (\d+).{0,40}\b(?:to|into|on to|back to|towards?|with)\b.{0,12}\b(?:bar |measure )(\d+)|第(\d+)小节.{0,14}(?:到|向|去|接|进入|解决到|引向|回到|连到?).{0,4}第(\d+)小节"
)
_WANTS = re.compile(
    r"\b(?:want|lead|pull|push|need|resolve|go|goes|move|flow|drive|driv|connect|drawn|head|resolv|tak)(?:s|es|ing|ed)?\b|want|想|要|解决|倾向|引|接|走|进行|连"
)


def pulled(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "why does bar 12 want to go to bar 13": the two bars."""
    match = _PULL.search(lower)
    if (
        match is None
        or not _WANTS.search(lower)
        or re.search(r"compar|differ|same|alike|interval|比较|区别|不同|一样|音程", lower)
    ):
        return None
    first, last = (int(g) for g in match.groups() if g)
    numbers = tune.bar_numbers
    if first in numbers and last in numbers and abs(last - first) == 1:
        return "pull", f"{first} {last}", ""
    return None


# -- numerals, chords by their number ------------------------------------------------------------------

_NUMERAL = re.compile(
    r"\b(?:roman )?numerals?\b|\b(?:which|what) (?:scale )?degree\b|罗马数字|(?:第)?几级|什么级(?:数|和弦)?|级数"
)
_ORDINAL = {"first": 1, "1st": 1, "opening": 1, "starting": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
            "sixth": 6, "6th": 6, "seventh": 7, "7th": 7, "eighth": 8, "8th": 8, "last": -1, "final": -1, "closing": -1, "一": 1, "二": 2, "三": 3, "四": 4,
            "五": 5, "六": 6, "七": 7, "八": 8}  # fmt: skip
_NTH_CHORD = re.compile(
    rf"\b(?:the|its|your|my|tune's|song's) (?P<n>{'|'.join(k for k in _ORDINAL if k.isascii())})(?: and (?:last|final))? chord\b|第(?P<z>[一二三四五六七八1-8])个和弦|(?P<last>最后一?个?和弦|结尾(?:的)?和弦)|(?P<first>开头的?和弦)"
)
_EDGE_CHORDS = re.compile(
    r"\b(?:end|finish|close|stop)(?:es|s)?\b[^?]{0,16}\bsame chord\b|\b(?:first|opening) and (?:the )?(?:last|final|closing) chords?\b|\bsame chord\b[^?]{0,24}\b(?:start|begin|began|end|finish)|(?:第一个|开头的?)和弦(?:和|与|跟)(?:最后一?个?|结尾的?)和弦|(?:首尾|开头和结尾)(?:的)?和弦[^,?]{0,4}(?:一样|相同|同)"
)
_NO_CHORD = re.compile(
    r"\b(?:any|which|what|does|do|are there|is there)\b[^?]{0,16}\bbars?\b[^?]{0,12}\b(?:no|without(?: an?| any)?|not have an?|don't have an?) chords?\b|(?:哪|有没有)[^,?]{0,6}小节[^,?]{0,4}(?:没有|没写|没标|缺)和弦"
)
_ASKS_CHORD = re.compile(
    r"\b(?:what|which|name|tell|numeral|function|role|job|notes)\b|什么|哪|几级|作用|功能|罗马数字|组成"
)
_WRITES = re.compile(
    r"^(?:please |now |then |and |can you |could you |would you )*(?:add|write|put|show|label|mark|change|make|replace|swap|give (?:me )?(?:the|all)|use|play|end|start)\b|[把加写标换改]|\b(?:instead|if|why|better|nicer|suggest)\b|为什么|如果|要是|什么和弦(?:更|好)"
)


_BARS_WITH = re.compile(
    r"\b(?:which|what|where|any)\b(?: of the)? ?(?:bars?|measures?)?\b[^?]{0,20}\b(?:have|has|is|are|use|uses|with|contains?|there)\b[^?]{0,12}\bchords?\b|\bin (?:which|what) bars?\b[^?]{0,30}\bchord|(?:哪些|哪几个?|哪)小节[^,?]{0,4}(?:有|用|是)[^,?]{0,8}和弦|和弦[^,?]{0,4}在(?:哪些|哪几个?|哪)小节"
)


_FUNCTION = re.compile(
    r"\b(?:what|which|where)(?:'s| is| are)?\b[^?]{0,16}\b(?P<e>tonic|dominant|subdominant)(?P<s>[ -](?:seventh|7th|7))? chords?\b|\bwhich chord is the (?P<e2>tonic|dominant|subdominant)\b|(?P<z>下属|主|属)(?P<z7>七)?和弦(?:是|在)(?:哪|什么)|(?:哪个|什么)是(?P<z2>下属|主|属)和弦"
)
_NUMERALS = {"tonic": "I", "dominant": "V", "subdominant": "IV", "主": "I", "属": "V", "下属": "IV"}


def where_function(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "what's the tonic chord?", 属和弦在哪里: the numeral that is looked for in the tune."""
    match = _FUNCTION.search(lower)
    if (
        match is None
        or _WRITES.search(lower)
        or re.search(r"\b(?:major|minor)\b|大调|小调|\bmean|\bwhat is an? ", lower)
    ):
        return None
    if not any(e.chord_symbol for v in tune.voices for m in v.measures for e in m.events):
        return None
    said = match["e"] or match["e2"] or match["z"] or match["z2"]
    return "find chord", _NUMERALS[said] + ("7" if match["s"] or match["z7"] else ""), ""


def where_chord(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "which bars have a G chord?", 哪些小节用了Am和弦."""
    said = [c for c, _ in chords_said(plain)]
    if len(said) != 1 or not _BARS_WITH.search(lower) or _WRITES.search(lower):
        return None
    return "find chord", said[0], ""


def edge_chords(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "do we finish on the chord that we began with?"."""
    if _WRITES.search(lower) or not _EDGE_CHORDS.search(lower):
        return None
    return "edge chords", "", ""


def numbered(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "roman numeral for the third chord, the Ab one", Ab是几级和弦, "what's the last chord?"."""
    if _WRITES.search(lower):
        return None
    there = [c for c, _ in chords_said(plain) if _in_tune(tune, c)]
    if (
        _NUMERAL.search(lower)
        and there
        and not re.search(
            r"大调|小调|\b(?:major|minor) (?:key|scale)|\bin [A-G][#b]? (?:major|minor)", plain
        )
    ):
        return "chord role", there[0], ""
    if _NO_CHORD.search(lower):
        return "without chord", "", ""
    if re.search(
        r"\bhow (?:many times|often)\b.{0,16}\bchords?\b.{0,8}\bchang.{0,16}\b(?:bar|measure) \d|第.{1,4}小节.{0,4}换(?:了)?(?:几|多少)[次个](?:和弦)?",
        lower,
    ):
        return "count", "chords", ""
    match = _NTH_CHORD.search(lower)
    if match is None or not _ASKS_CHORD.search(lower):
        return None
    if re.search(r"\b(?:each|every|all)\b|每", lower):
        return None
    said = match["n"] or match["z"]
    count = _ORDINAL.get(said or "", 0) or (
        int(said) if said and said.isdigit() else -1 if match["last"] else 1
    )
    return "nth chord", str(count), ""
