"""Questions of a fixed shape about the tune that is open, and theory with a reason: read before anything else.

Each kind has its own words in both languages, whatever stands around them. What they ask is (topic, term, other) of a
`Question`. Orders are left alone: "put an Am in bar 10" imagines nothing.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.chords import parse_chord
from abc_tools.numbers import in_digits
from abc_tools.tune import Tune
from chat.explain.asked_theory import Asked, two_terms
from chat.explain.teaching_words import taught
from chat.explain.terms_why import reason_asked
from chat.explain.together import beat_said

KINDS = ("minor kind", "at once", "apart", "clashes", "sung", "chord doubt", "note doubt", "chord role", "chord instead",
         "note instead", "chord choice", "pull", "leaps over", "tensest", "teach")  # fmt: skip
"""The topics that this module reads beside those of others."""


def fixed(plain: str, lower: str, tune: Tune | None) -> Asked | None:
    """What a message of a fixed shape asks; None for every other message."""
    digits = in_digits(lower)
    if tune is not None:
        for finder in _ABOUT_TUNE:
            if (found := finder(plain, digits, tune)) is not None:
                return found
    if (pair := _difference(lower)) is not None:
        return "terms", *pair
    if (lesson := taught(lower, tune)) is not None:
        return lesson
    if not _OF_THIS.search(lower) and (term := reason_asked(lower)):
        return "term", term, ""
    return None


_OF_THIS = re.compile(
    r"\b(?:bars?|measures?) \d|\b(?:this|the|my) (?:tune|piece|song|melody|ending)\b|\bhere\b|\b(?:does|is) it\b|第.{1,4}小节|这首|这里|这段|曲子里"
)
_VERSIONS = re.compile(
    r"version|draft|before|previous|bars?\b|measures?\b|section|verse|版|小节|之前|段"
)
_TELLS_APART = re.compile(
    r"diff\w{0,3}r\w{0,2}n|\bvs\b|\bversus\b|mix(?:ed|ing)? (?:them |these |those |the two )?up|apart|confus|distinguish|\bcompare|the same (?:thing )?(?:as|thing)|\bunlike\b|区别|不同|不一样|差别|分不清|怎么(?:分|区分|分辨)|区分|一回事|搞混|混淆|对比|比较"
)


def _difference(lower: str) -> tuple[str, str] | None:
    """The two things of theory that shall be told apart."""
    if not _TELLS_APART.search(lower) or _VERSIONS.search(lower):
        return None
    return two_terms(lower)


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
        if parse_chord(symbol) and not alone:
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
    r"(?<![a-z])([a-g])(?:[ -]?(sharp|flat|natural)|(#|♯|♭|b(?![a-z])))?(?![a-z'#])|(升|降|还原)([a-g])"
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
    r"\b(?:mistake|error|typo|misprint|wrong|on purpose|deliberate|intentional|supposed to be|meant to be|out of place|belong|allowed|correct|a slip)\b"
    r"|(?:写|弄|搞|印)错|错(?:了|误|的)?吗|是不是错|有没有错|不对(?:劲)?吗|对吗|对不对|合理吗|故意|正常吗|怎么回事|怎么会有|为什么(?:会)?(?:有|出现|是)"
)
_JOB = re.compile(
    r"\b(?:function|role|job|purpose|point)\b|\bwhat(?:'s| is| does| are)\b.{0,24}\b(?:doing|do|for)\b|\bwhy\b.{0,18}\b(?:there|is there|have|use|used|put|an?)\b|\bexplain\b|作用|功能|干(?:什么|嘛|啥)|为什么(?:用|有|是|会有|出现)|怎么回事|怎么来的|做什么|起什么"
)


def _doubted(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "is F7 there a mistake?", "what's the Bm doing in bar 6": a chord or a note of the tune."""
    doubt, job = _DOUBT.search(lower), _JOB.search(lower)
    if not (doubt or job) or re.search(
        r"\bmean\b|什么意思|\bwrong with (?:it|this|the tune)\b", lower
    ):
        return None
    if re.search(
        r"\bwhy not\b|\bwhat if\b|\binstead\b|\bto (?:the|an?) [a-g]\b|如果|要是|假如|换成|改成",
        lower,
    ):
        return None
    signed = [n for n in notes_said(lower) if n[2]]
    symbols = [c for c, _ in chords_said(plain) if _in_tune(tune, c)]
    named_note = re.search(r"\bnotes?\b|音(?!乐|程|阶|域|调)", lower) or (
        signed and "chord" not in lower and "和弦" not in lower
    )
    if (
        symbols
        and not (named_note and signed)
        and (len(symbols[0]) > 1 or re.search(r"chord|和弦", lower) or not signed)
    ):
        return ("chord doubt" if doubt else "chord role"), symbols[0], ""
    if signed and (doubt or re.search(r"[升降还原]", lower)):
        return "note doubt", signed[0][0], ""
    return None


# -- what if another stood there -----------------------------------------------------------------------------

_IF = re.compile(
    r"\bwhat (?:if|would|happens|about if)\b|\bhow would\b|\bwhy not\b|\bwhy (?:isn't|didn't|don't|wasn't)\b|\bwould(?:n't)? (?:an?|the|it)\b|\bcould(?:n't)? (?:bar|measure|it|that|this|the)\b.{0,24}\b(?:be|have|take)\b|\bif (?:i|we|you|bar|it|the)\b|\bsuppose\b|\bimagine\b"
    r"|如果|要是|假如|假设|若|会怎|怎么样|行不行|行吗|可以吗|可不可以|好不好|好吗|合适吗|合不合适|为什么不|为何不|怎么不|的话|会不会|是否可以|能不能用"
)
_ASKS_EFFECT = re.compile(
    r"\?|\bwhat\b|\bhow\b|\bwhy\b|会怎|怎么样|如何|行不行|行吗|可以吗|可不可以|好不好|合适|为什么|为何|效果|会不会|吗|什么|怎么不"
)


def _imagined(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "what if bar 10 had an Am", "why not a Dm in bar 2?", 第2小节用Dm行吗."""
    if not _IF.search(lower) or not _ASKS_EFFECT.search(lower):
        return None
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
    r"|(?:什么|哪个|哪些|别的|其他|另外|更好的?|还有)[^,。?]{0,8}和弦[^,。?]{0,12}(?:更|比|代替|替|换)|(?:换成?|改成?|替换成?)(?:什么|哪个|哪些|别的)(?:和弦)?|(?:用|配)(?:什么|哪个|别的)(?:和弦)?[^,。?]{0,6}(?:更|合适|好听)|还(?:可以|能)(?:用|配|换|改)(?:成)?(?:什么|哪些?|别的)|有(?:没有|什么)(?:更好|更好听|别的|其他|更合适)[^,。?]{0,6}和弦|什么(?:和弦)?(?:可以|能)?(?:代替|替换|替代)"
)


def _better(plain: str, lower: str, tune: Tune) -> Asked | None:
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
    r"\b(?:want|lead|pull|push|need|resolve|go|goes|move|flow|drive|connect|drawn|head)s?\b|want|想|要|解决|倾向|引|接|走|进行|连"
)


def _pulled(plain: str, lower: str, tune: Tune) -> Asked | None:
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


# -- voices, words, minor, leaps, returns, tension -------------------------------------------------------------------

_MINOR = re.compile(
    r"\b(?:natural|harmonic|melodic)\b(?: minor)?(?:,| or| and| vs\.?|/).{0,16}\b(?:natural|harmonic|melodic)\b|\b(?:which|what) (?:kind|type|sort|form|version|flavou?r|variety) of (?:a )?minor\b|\b(?:is|are|does) (?:it|this|the \w+|they)\b.{0,24}\b(?:natural|harmonic|melodic) minor\b"
    r"|(?:自然|和声|旋律)小调?.{0,3}(?:还是|或|,).{0,3}(?:自然|和声|旋律)|(?:哪|什么)(?:一)?种小调|是(?:不是)?(?:自然|和声|旋律)小调[吗?]?"
)
_AT_ONCE = re.compile(
    r"\b(?:interval|how far apart|distance)s?\b.{0,40}\b(?:they|the two|two|both|between|voices?|parts?|hands|lines|make|form|together)\b.{0,50}\b(?:bar|measure|beat|start|end)\b|\bhow far apart\b.{0,30}\b(?:voices?|parts?|hands|lines)\b"
    r"|(?:两|二|几)?个?(?:声部|手|条旋律).{0,12}(?:什么音程|几度|音程是|构成|形成)|第.{1,4}小节.{0,12}(?:声部|上下|两手).{0,8}(?:音程|几度|相距|距离)"
)
_WIDEST = re.compile(
    r"\b(?:wid\w+|larg\w+|big\w+|great\w+|farthest|furthest|maximum|max)\b|最(?:宽|大|远|开)"
)
_CLOSEST = re.compile(
    r"\b(?:clos\w+|small\w+|narrow\w+|near\w+|tight\w+|minimum|min)\b|最(?:近|小|窄|靠)"
)
_VOICES = re.compile(
    r"\b(?:voices?|parts?|hands|lines|melody and (?:the )?bass|bass and (?:the )?melody|two tunes|they|each other)\b|声部|两手|左右手|上下(?:两)?行|旋律和低音"
)
_DISTANCE = re.compile(
    r"\b(?:distance|gap|space|apart|intervals?|get|come|spread|spacing)\b|距离|间隔|相距|音程|靠|离得|隔"
)
_CLASH = re.compile(
    r"\bclash\w*\b|\bdissonan\w+ (?:between|with|against)\b|\b(?:fight|grate|rub|jar)s? (?:with|against)\b|\bwrong together\b|\bgo(?:es)? (?:well )?together\b|\bharmoni[sz]e (?:well )?with\b|(?:冲突|打架|相碰|撞|不和谐|不协和|不搭|搭不搭|和谐吗|合得来)"
)


def _of_voices(plain: str, lower: str, tune: Tune) -> Asked | None:
    """Intervals, distances and clashes of voices."""
    if (
        _CLASH.search(lower)
        and _QUESTION.search(lower)
        and not re.search(r"\bwhy\b|为什么|\bmean\b|什么意思|什么是", lower)
    ):
        return "clashes", "", ""
    if (
        _VOICES.search(lower)
        and _DISTANCE.search(lower)
        and not re.search(r"\brange\b|音域", lower)
    ):
        wide, close = _WIDEST.search(lower), _CLOSEST.search(lower)
        if wide or close:
            return "apart", " ".join(n for n, x in (("widest", wide), ("closest", close)) if x), ""
    if _AT_ONCE.search(lower) and (
        len(tune.voices) > 1 or re.search(r"voice|part|hands|声部|两手", lower)
    ):
        return "at once", beat_said(lower), ""
    return None


_QUESTION = re.compile(
    r"\?|^(?:so |and |but |ok,? )?(?:is|are|do|does|did|has|have|any|where|which|what|how|can|will|would)\b|吗|哪|有没有|是不是|会不会|几|多少|什么|不(?=搭|和)"
)
_SUNG: tuple[tuple[str, str], ...] = (
    ("strong", r"\b(?:words?|syllables?|lyrics?)\b.{0,50}\b(?:strong|down|first|heavy|accented|main|stressed)[- ]?(?:beats?|\w*)\b|\b(?:strong|accented|heavy) beats?\b.{0,40}\b(?:words?|syllables?)\b|\bdown-?beats?\b.{0,40}\b(?:words?|syllables?)\b|(?:字|词|音节).{0,10}(?:强拍|重拍|重音)|(?:强拍|重拍).{0,10}(?:字|词|音节)"),
    ("melisma", r"\b(?:more than one|several|two|multiple|many|\d) notes?\b.{0,24}\b(?:syllable|word)|\bsyllables?\b.{0,30}\b(?:more than one|several|two|multiple|many|\d) notes?\b|\bmelisma\w*\b(?! mean)|一字多音|拖腔|一个?字.{0,4}(?:几个|多个|两个)音|有没有字.{0,6}唱.{0,4}几个音"),
    ("line", r"\bsyllables?\b.{0,24}\b(?:each|every|per|a|in the \w+|by) ?(?:line|phrase|bar)s?\b|(?:每|各)(?:一)?句.{0,6}(?:几个?字|多少个?字|字数|几个音节)|(?:第.句).{0,4}几个字"),
    ("fit", r"\b(?:words?|lyrics?|text|syllables)\b.{0,24}\b(?:still |all |really )?(?:fit|match|line up|work|go with|sit)\b|\bfit the (?:notes|melody|tune)\b.{0,12}\b(?:words|lyrics)|(?:歌词|词|字).{0,8}(?:对得上|合得上|对齐|对应|配得上|合拍|套得上|吻合|还能唱|对不对得上|合适吗|放得下)"),
    ("count", r"\bhow many (?:words|syllables)\b(?!.{0,20}(?:per|each|every|a line))|(?:一共|总共|多少|几)个?(?:字|音节)(?!.{0,2}多音)|多少个?字"),
)  # fmt: skip


def _sung(plain: str, lower: str, tune: Tune) -> Asked | None:
    """What is asked of the words, all of it in one go."""
    if not (_QUESTION.search(lower) or re.search(r"\b(?:count|list|tell|show)\b", lower)):
        return None
    if re.search(
        r"\b(?:write|make|change|rewrite|add|put)\b.{0,24}\b(?:words|lyrics|syllables)\b|[写改加换填]",
        lower,
    ):
        return None
    found = [name for name, pattern in _SUNG if re.search(pattern, lower)]
    if "line" in found and "count" in found:
        found.remove("count")
    order = ("count", "line", "strong", "melisma", "fit")
    return ("sung", " ".join(n for n in order if n in found), "") if found else None


def _minor(plain: str, lower: str, tune: Tune) -> Asked | None:
    if not _MINOR.search(lower) or _TELLS_APART.search(lower):
        return None
    if re.match(r"(?:please )?(?:make|change|turn|put|write)\b|[把改写]", lower):
        return None
    return "minor kind", "", ""


_STEPS = {"second": 1, "third": 2, "fourth": 3, "fifth": 4, "sixth": 5, "seventh": 6, "octave": 7, "2nd": 1, "3rd": 2, "4th": 3,
          "5th": 4, "6th": 5, "7th": 6, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "七": 6, "八": 7, "2": 1, "3": 2, "4": 3, "5": 4,
          "6": 5, "7": 6, "8": 7}  # fmt: skip
_LEAPS = re.compile(
    rf"\b(?:leaps?|jumps?|skips?|intervals?|moves?)\b.{{0,30}}\b(?:bigger|larger|wider|more|greater|over|beyond|exceed\w*|at least|above)\b(?: than)?(?: as)? (?:an? |one )?(?:perfect |major |minor )?({'|'.join(k for k in _STEPS if k.isascii() and len(k) > 1)})\b"
    rf"|\b(?:leaps?|jumps?) of (?:an? )?({'|'.join(k for k in _STEPS if k.isascii() and len(k) > 1)})s? or (?:more|bigger|wider|larger)|(?:超过|大于|比|多于|宽于|达到|至少)(?:纯|大|小)?([二三四五六七八2-8])度.{{0,6}}(?:的)?(?:大?跳|音程|进行)|([二三四五六七八2-8])度(?:以上|及以上).{{0,4}}(?:大?跳|音程)"
)


def _leaps(plain: str, lower: str, tune: Tune) -> Asked | None:
    match = _LEAPS.search(lower)
    if match is None:
        return None
    said = next(g for g in match.groups() if g)
    least = bool(match[2] or match[4] or re.search(r"at least|达到|至少", lower))
    return "leaps over", f"{_STEPS[said]}{'+' if least else ''}", ""


_RETURNS = re.compile(
    r"\b(?:which|what|do any|are (?:there )?any|any|where)\b.{0,16}\b(?:bars?|measures?)\b.{0,20}\b(?:come|comes|came|return|recur|reappear|repeat(?:ed)?|are (?:the same|identical|alike|repeated|copies)|back|appear (?:twice|again))\b"
    r"|\bwhich bars?\b.{0,20}\b(?:identical|alike|the same)\b|(?:哪些|哪几个?|有没有)小节.{0,8}(?:再现|回来|重复|重现|又出现|一样|相同|一模一样)"
)


def _returning(plain: str, lower: str, tune: Tune) -> Asked | None:
    if re.search(r"\bbars?\b.{0,6}\d|第.{1,4}小节|\brepeat (?:bars?|it)\b", lower):
        return None
    return ("alike", "", "") if _RETURNS.search(lower) else None


_TENSEST = re.compile(
    r"\b(?:where|which|what)\b.{0,40}\b(?:most|greatest|highest|peak|strongest|tensest|maximum)\b.{0,16}\b(?:tens\w*|dramatic|exciting|intense|suspense\w*|climactic|drama)\b|\btens(?:est|ion)\b.{0,24}\b(?:greatest|highest|strongest|peak|most|where)\b|\bwhere\b.{0,24}\btension (?:the )?(?:build|peak|reach)|哪(?:里|儿|个|一?小节|一处|段|句).{0,6}最(?:紧张|激动|有张力|刺激)|最紧张.{0,6}(?:哪|在)|张力最|紧张感最"
)


def _tense(plain: str, lower: str, tune: Tune) -> Asked | None:
    return ("tensest", "", "") if _TENSEST.search(lower) else None


_WALK = re.compile(
    r"\b(?:take|walk|talk|loop|run|guide|lead|step|go|bring) (?:me |us )?(?:through|over)\b.{0,30}\b(harmon\w+|chords?|progression|form|structure|melody|rhythm)\b|\b(?:unpack|break down|spell out)\b.{0,20}\b(harmon\w+|chords?|progression|form|structure|melody|rhythm)\b"
)
_WALKED = {
    "harmon": "harmony",
    "chord": "harmony",
    "progre": "harmony",
    "form": "form",
    "struct": "form",
    "melody": "melody",
    "rhythm": "rhythm",
}


def _walked(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "loop me through the harmony of the A section"."""
    match = _WALK.search(lower)
    if match is None:
        return None
    said = match[1] or match[2]
    return next(topic for start, topic in _WALKED.items() if said.startswith(start)), "", ""


_ABOUT_TUNE: tuple[Callable[[str, str, Tune], Asked | None], ...] = (
    _minor, _sung, _better, _imagined, _pulled, _of_voices, _doubted, _leaps, _returning, _tense, _walked,
)  # fmt: skip
