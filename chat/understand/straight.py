"""Wishes that are told rather than ordered, said straight: "the lyrics can go", "wherever it says Bm, write D",
"the trills are beyond her, leave them out", 第七小节的sol记错了，应该是la.

A table of pairs: how people tell it, and the order it stands for. What this does not know: which change is meant, and
anything of the tune.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.numbers import NUMBER
from chat.understand.tables import INSTRUMENTS, find

_LETTERS = r"(?:(?:little |big |small |printed )*letters|(?:letter|chord) names|capitals) (?:over|above|on top of|written (?:over|above)|that (?:are|sit|stand) (?:over|above)) (?:the |my |each |every )*(?:stave|staff|notes?|music|melody|tune|lines?|bars?)"
_GOES = rf"(?:lyrics|words|verses?|chords?|chord symbols|guitar chords|repeats?|repeat signs?|ornaments?|ornamentation|trills?|grace notes?|turns|mordents|slurs?|pick-?up|upbeat|dynamics|left hand|bass line|second voice|harmony line|drone|staccato(?: dots)?|dots|accents|fermatas?|intro|coda|tag|{_LETTERS})"
"""What stands on a page and may go."""
_GOES_ZH = r"(?:歌词|和弦(?:标记|符号)?|装饰音|颤音|倚音|波音|回音|反复(?:记号)?|弱起|力度(?:记号)?|连线|跳音|重音|左手|伴奏|第二声部|前奏|尾声|延长记号)"
_LEAD = r"(?:so |and |please |just |pls |can you |could you |would you |can we |could we |let's |i'd |i would |maybe |then |better )*"
_CHORD = r"[A-G](?:#|b)?(?:maj7|m7|maj|m|dim|sus4|7|6)?(?![A-Za-z#'])"
_NOTE_NAME = r"(?:[A-Ga-g](?:[ -]?(?:sharp|flat)|#|b)?)(?![A-Za-z#'])"
_TWICE = r"(?:twice|two times|2x|x2|2 times)"
_STRETCH = rf"(?:bars?|measures?) {NUMBER}(?: ?(?:-|and|&|to|through) ?{NUMBER})?"
_WHAT = rf"(?:{_STRETCH}|(?:that|those|these|this|it|them|the)(?: (?:\w+ ){{0,2}}(?:bars?|measures?|passage|phrase|section|part|bit|ending|half|line|melody|tune|thing|notes?))?|everything|the whole (?:thing|tune|piece|song))"
_BY = r"(?:an? |one |by an? )(?:(?:whole|half|major|minor|perfect) )?(?:octave|tone|step|semitone|third|fourth|fifth|sixth)"
_SHORTER = {
    "eighth": "quarter", "quaver": "crotchet", "quarter": "half", "crotchet": "minim", "sixteenth": "eighth",
    "semiquaver": "quaver", "half": "whole", "halve": "whole", "minim": "semibreve",
}  # fmt: skip
"""Note values, and those twice as long."""
_VALUE = rf"(?:{'|'.join(_SHORTER)}|whole|semibreve)"
_VALUES = re.compile(
    rf"(?:[^.;!?]*\b(?:everything|all|it|the (?:tune|notes?|music|whole thing)|note values?|values?|lengths?|rhythm)\b[^.;!?]*[.;?!,:-]+ *)?\b(?P<a>{_VALUE})s?(?: notes?)? (?:written |shown |notated )?(?:as|become|becomes|becoming|into|to|turn(?:ed)? into|should be|are) (?P<b>{_VALUE})s?(?: notes?)?\b[^.;!?]{{0,40}}\b(?:and so on|and so forth|etc\.?|likewise|and the rest (?:likewise|to match)|same for (?:the )?(?:rest|others))",
    re.IGNORECASE,
)


def _all_values(match: re.Match[str]) -> str:
    """Note values that each become another, and so on: all twice or half as long."""
    a, b = (match[name].lower().replace("halve", "half") for name in ("a", "b"))
    if _SHORTER.get(a) == b:
        return "double the note values"
    return "halve the note values" if _SHORTER.get(b) == a else match[0]


def _gone(match: re.Match[str]) -> str:
    """What is to go, by the name it has in a score."""
    what = match["what"]
    return f"remove the {'chord symbols' if re.match(_LETTERS, what, re.IGNORECASE) else what}"


def _heard_on(match: re.Match[str]) -> str:
    """Who is to be heard, where an instrument is named."""
    who = re.sub(r"^(?:an?|the) ", "", match["who"])
    known = find(who.lower(), {n: words for n, (_, _, _, words) in INSTRUMENTS.items()})
    return f"change the sound to {who}" if known else match[0]


_ORNAMENT_ZH = re.compile(r"(?:装饰音|颤音|倚音|波音|回音)(?:[,和](?:装饰音|颤音|倚音|波音|回音))*")


def _and_so_on(match: re.Match[str]) -> str:
    """What is to go with all of its kind: 颤音、倚音什么的 are all ornaments."""
    whole = _ORNAMENT_ZH.fullmatch(match["what"]) is not None
    return "去掉装饰音" if whole and match["like"] else f"去掉{match['what'].replace(',', '和')}"


STRAIGHT: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    # -- what may go
    (
        re.compile(
            rf"\b(?:the |these |those |all the |all those )(?P<what>{_GOES})\b(?=[^.;!?]* \b(?:are|is|get|gets|just|only|confus\w+|clutter\w*|too|put|make|makes|keep|look|looks|throw\w*|bother\w*|distract\w*|have|haven't|don't|aren't)\b)[^.;!?]{{0,90}}?[.,;!?-]+ *(?:[^.;!?]{{0,60}}[.,;!?-]+ *)?{_LEAD}(?:take|leave|strip|get rid of|remove|delete|lose|drop|scrap|ditch|throw|clear|cut|hide) (?:all of )?(?:them|those|these|it)(?: all| both)?(?: off| out| away)?(?! (?:down|up|by|an?|as|alone|in|where)\b)\b",
            re.IGNORECASE,
        ),
        _gone,
    ),
    (
        re.compile(
            rf"\b(?:the |these |those |all the |all those |any )(?P<what>{_GOES})(?: here| in it| any ?more)?(?:,? (?:and |so )?(?:they|those|these))? (?:can|could|should|may|might(?: as well)?|must|need to|has to|have to|ought to) (?:all |now |just |simply |happily |safely )*(?:go(?: away)?(?! (?:up|down|to|in|on|back|under|over|above|below|from|an?|higher|lower|with|there|at|before|after|first|here|between)\b)|come (?:off|out)|disappear|vanish|be (?:dropped|removed|deleted|left out|left off|taken (?:out|off)|cut|scrapped))\b",
            re.IGNORECASE,
        ),
        _gone,
    ),
    (
        re.compile(
            rf"\b(?:remove|delete|take (?:off|out|away)|get rid of|strip(?: off| out)?|lose|hide|drop|take) (?:all )?(?:of )?(?:the |those |these )*(?P<what>{_LETTERS})(?: off| out| away)?",
            re.IGNORECASE,
        ),
        _gone,
    ),
    (
        re.compile(rf"(?:那些|这些|所有的?)?(?P<what>{_GOES_ZH}(?:[,和]{_GOES_ZH})*)(?P<like>什么的|之类的?|等等?)?(?:的)?[^.;!?改换加升降移添写]{{0,24}}?(?:[,.;?]|(?<=[的类等]))(?:请|帮我|给我|麻烦|就|把它们|都|能不能|可以|可不可以|能否|干脆|还是|先)*(?:全部|全都|统统|都|全)?(?:去掉|删掉|删了|删除|拿掉|去除|不要了?)(?=[吧了吗呢,.;!? ]|$)"),
        _and_so_on,
    ),
    (
        re.compile(r"(?:谱子?上(?:面)?|五线谱上(?:面)?|音符上(?:面|方)?|谱子?上方)的?(?:那些|英文)*字母(?P<rest>[^.;!?]{0,24}?[,.;]?(?:请|帮我|麻烦|就|把它们|都|可以|能不能)*(?:全部|全都|统统|都)?(?:去掉|删掉|删了|拿掉|去除|不要了?))"),
        "去掉和弦",
    ),
    (
        re.compile(rf"(?P<what>{_GOES_ZH})(?:就|都|也)*(?:免了|省了|省掉|算了|可以(?:不要|没有|不写|省|去掉|删掉?|拿掉|撤掉)(?:了)?|不用(?:留|写|唱)了?)(?=[,.;!吧]|$)"),
        r"去掉\g<what>",
    ),
    # -- one chord or note for another wherever it stands
    (
        re.compile(
            rf"(?i:\b(?:wherever|everywhere|anywhere|every time|any time|each time|whenever) (?:it says|it has|there(?:'s| is)|you (?:see|have|find|wrote|put)|i see|we (?:see|have)|(?:it|the chord|the symbol) is|that) (?:an? |the )?)(?P<a>{_CHORD})(?: chord)?(?: (?:appears|comes(?: up)?|shows up|stands))?,? *(?:just |please |simply |instead |I want |i want |I'd like |i'd like |it should (?:say|be) |then )*(?:write|put|use|give (?:me|us)|make it|have|play|say|an?)?(?: an?)? ?(?P<b>{_CHORD})(?: chord)?(?: instead)?"
        ),
        r"replace every \g<a> with \g<b>",
    ),
    (
        re.compile(rf"(?:凡是|只要|每次|所有|遇到|碰到)(?:写着?|写了|出现|标着?|遇到|碰到|看到|有|是|弹到)*(?P<a>{_CHORD})(?:和弦)?的?(?:地方)?,?(?:都|就|一律|全)*(?:写成?|换成|用|改成|改弹|弹|变成)(?P<b>{_CHORD})"),
        r"把所有\g<a>和弦换成\g<b>",
    ),
    (
        re.compile(
            rf"\b(?:[Ee]ach|[Ee]very|[Aa]ll(?: the)?) (?P<a>{_NOTE_NAME})(?:s|'s)? (?:(?:has|have|needs?|ought|is|are|wants?) to (?:be(?:come)?|turn into)|(?:should|must|shall) (?:be(?:come)?|turn into)|becomes?|turns? into) (?:an? )?(?P<b>{_NOTE_NAME})(?! (?:chord|major|minor))"
        ),
        r"change every \g<a> to \g<b>",
    ),
    (
        re.compile(r"(?P<w>第[^,.;]{1,4}小节)(?:里|中)?的?(?:那个|这个)?\s*(?P<a>[升降]?(?:[A-Ga-g]|do|re|mi|fa|sol|so|la|si|ti))\s*(?:音)?(?:是?我|我们|他|你)?(?:记|写|打|弹|抄|输)?错了?[,;]?(?:它|其实|本来|正确的)*(?:应该|应|要|该)是?\s*(?P<b>[升降]?(?:do|re|mi|fa|sol|so|la|si|ti|[A-Ga-g]))(?![a-z])(?:[,;]?(?:请|帮我|麻烦)*改(?:一下|过来|正)?)?(?:\s*\([^()]*\))?"),
        r"\g<w>的\g<a>改成\g<b>",
    ),
    # -- one note of two
    (
        re.compile(
            r"\b(?:it is|there (?:is|are)|we have|it has|has|i see|stands?|are) (?:two times|twice) the (?:same )?(?:note )?(?P<n>[A-G])(?: note)?\b[^.;!?]*[.;!?,]+ *(?:please |could you |can you |just |and |so )*(?:do|make|write|form|put|take) (?:from|of|out of) (?:this|these|those|them|that|the)(?: two| both)?(?: notes)?,? (?:just |only )?(?:one|a|an|single) [^.;!?]*",
            re.IGNORECASE,
        ),
        r"join the two \g<n>s into one note",
    ),
    (
        re.compile(
            r"\b(?:make|write|form|do) (?:just |only )?(?:one|a single) (?:(?:long|longer|single|half|whole|quarter|big) )*(?:note|minim|crotchet|semibreve|[A-G])(?: note)? (?:out of|of|from|instead of) (?P<n>(?:the|those|these) (?:two|first two|last two) (?:[A-G]s?|notes|quarters|crotchets|quavers|eighths)\b)",
            re.IGNORECASE,
        ),
        r"join \g<n> into one note",
    ),
    (
        re.compile(
            r"\b(?P<n>(?:the|those|these) two [A-G]'?s)(?P<w>(?: (?:at|in|of|on) [^.,;!?]{1,24}?)?) (?:should|could|can|must|ought to|need to|have to|are to) (?:be(?:come)?|turn into) (?:just |only )?(?:one|a single)\b[^.,;!?]*",
            re.IGNORECASE,
        ),
        r"join \g<n>\g<w> into one note",
    ),
    # -- what moves by an interval is not dropped
    (
        re.compile(rf"\b(?:drop|knock|bump|lower) (?P<what>{_WHAT}) (?:down )?(?P<by>(?:by )?{_BY})\b(?! (?:doubling|higher))", re.IGNORECASE),
        r"move \g<what> down \g<by>",
    ),
    # -- parts and bars that come again
    (
        re.compile(rf"\b(?:play(?:s|ing)? |have |do |we (?:play|do|sing) )?(?:the )?(?P<a>[A-D])(?: part| section)? {_TWICE}(?: through)?,? *(?:and |then |followed by |, )*(?:the )?(?P<b>[A-D])(?: part| section)? {_TWICE}(?: through)?"),
        r"repeat part \g<a>. repeat part \g<b>",
    ),
    (
        re.compile(r"(?<![A-Za-z])(?P<a>[A-D])段?(?:各|都)?(?:奏|弹|唱|吹|拉|演奏|来|放|走)?[两二2](?:遍|次|回)[,;]?(?:然后|再|接着|和)*(?P<b>[A-D])段?(?:也)?(?:奏|弹|唱|吹|拉|演奏|来|放|走)?[两二2](?:遍|次|回)"),
        r"反复\g<a>段,反复\g<b>段",
    ),
    (
        re.compile(
            rf"(?:[^.;!?]*\b(?:tag|once more|once again|again)\b[^.;!?]*[.;!?:,-]+ *)?(?<!repeat )(?<!play )(?<!copy )\b(?:so |just |please )*(?P<w>{_STRETCH}) (?:once more |once again |again |one more time |a second time |another time )+(?:right |just )?(?:at|on|after) the (?:very )?end(?: of (?:it|the tune|the song))?\b(?:,? (?:as|like) an? (?:\w+ )?(?:tag|coda))?",
            re.IGNORECASE,
        ),
        r"copy \g<w> to the end",
    ),
    (
        re.compile(rf"(?:最后|结尾|末尾)(?:再)?(?:来|奏|弹|唱|接|加)(?:上|一)*(?:遍|次)?(?P<w>第{NUMBER}(?:小节)?(?:[到至,和-]第?{NUMBER})?小节)(?:一[遍次])?$|(?P<w2>第{NUMBER}(?:小节)?(?:[到至,和-]第?{NUMBER})?小节)(?:放)?(?:在|到)?(?:最后|结尾|末尾)(?:面)?再(?:来|奏|弹|唱|出现|重复)(?:一)?[遍次]"),
        lambda m: f"把{m['w'] or m['w2']}复制到最后",
    ),
    # -- a voice for somebody
    (
        re.compile(
            r"\bgive (?:my|our|the) (?P<who>altos?|tenors?|basses|mezzos?|seconds|second (?:violins?|voices?|flutes?|recorders?|sopranos?)|lower voices|men|boys) (?:(?:a|their|some) )?(?:own )?(?:line|part|voice|melody|tune|something)(?: of their own| to (?:sing|play|do)| as well| too)*(?P<below> (?:underneath|below|beneath|under (?:it|that|the (?:tune|melody|sopranos)))[^.;!?,]{0,20})?",
            re.IGNORECASE,
        ),
        r"add a second voice below the melody",
    ),
    (
        re.compile(r"给(?:我们?的?)?(?P<who>女低音?|女中音?|男高音?|二声部|低声部|中音)(?:们|的(?:同学|人|孩子))?(?:也)?(?:写|加|配|编|来)(?:一)?[条个](?:自己的|单独的|独立的)?(?:旋律|声部|线条?)"),
        "在旋律下方加一个第二声部",
    ),
    # -- who is heard
    (
        re.compile(
            r"\b(?:let (?:me|us) |can (?:i|we) |could (?:i|we) |(?:i|we) (?:want|would like|'d like|'d love) to )(?:please )?(?:hear|listen to) (?:it|this|that|the (?:tune|melody|song|piece))(?: played)? (?:with|on|in|as|by|from) (?P<who>(?:an? |the )?[a-z -]{3,24}?)(?: (?:sound|sounds|voice|patch|timbre|instead|rather|for a change|now|please))*(?= \w+ of\b|[^\w ]|$)",
            re.IGNORECASE,
        ),
        _heard_on,
    ),
    # -- all note values; bar lines; scales
    (_VALUES, _all_values),
    (
        re.compile(r"(?:音(?:高|符)?(?:和|与|、|,)(?:时值|节奏)(?:都)?(?:不变|不动|别动)[,;.]*)?(?:就是|只是|只要|只)?(?:把)?小节线(?:重新|重)(?:划|画|分|排)(?:一下|一遍)?[,;.]*(?:把|从|由)?(?P<a>\d+/\d+)(?:拍)?(?:改|换|变)(?:记)?(?:成|为|到)(?P<b>\d+/\d+)(?:拍)?"),
        r"把\g<a>改成\g<b>,保持时值",
    ),
    (
        re.compile(r"(?:fa|4)\s*(?:和|跟|与|,)\s*(?:si|ti|7)\s*(?:这)?(?:两个音)?(?:都|一概|全)*(?:不要|别|不|去掉|避开)(?:再)?(?:出现|用|有|要)?(?![a-z])", re.IGNORECASE),
        "改成五声音阶",
    ),
    (
        re.compile(r"(?:不要|别用|不用|去掉|避开|避免)(?:出现|用)?\s*(?:fa|4)\s*(?:和|跟|与|,)\s*(?:si|ti|7)(?![a-z\d])(?:这)?(?:两个音)?", re.IGNORECASE),
        "改成五声音阶",
    ),
    (
        re.compile(r"\b(?:no|without(?: any)?|avoid(?:ing)?|leave out|drop|skip|lose) (?:the )?(?:fa|4ths?|fourths?)(?: degrees?)? (?:and|or|&|nor)(?: no)? (?:the )?(?:ti|si|7ths?|sevenths?)(?: degrees?)?(?: (?:degrees?|of the scale|notes?))*\b(?! (?:chords?|bar|measure))", re.IGNORECASE),
        "make it pentatonic",
    ),
)  # fmt: skip
"""How a wish is told → the order it stands for."""


def straight(text: str) -> str:
    """The text with wishes that are told said as orders.

    >>> straight("we only hum it so the lyrics can go")
    'we only hum it so remove the lyrics'
    """
    for told, order in STRAIGHT:
        text = told.sub(order, text)
    return text
