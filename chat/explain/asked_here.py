"""Questions of a fixed shape about the tune that is open, and theory with a reason: read before anything else.

Each kind has its own words in both languages, whatever stands around them. What they ask is (topic, term, other) of a
`Question`. Orders are left alone: "put an Am in bar 10" imagines nothing.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

from abc_tools.numbers import in_digits
from abc_tools.tune import Tune
from chat.explain import (
    abc_signs,
    asked_basics,
    asked_chords,
    asked_concert,
    asked_limits,
    asked_listening,
    asked_own,
    asked_page,
    asked_parts,
    asked_players,
    asked_relations,
    asked_since,
    asked_strings,
    asked_theory,
    asked_tune,
    members,
)
from chat.explain.asked_names import Asked, player_in
from chat.explain.asked_pairs import two_terms
from chat.explain.teaching_words import taught
from chat.explain.terms_style import style_asked
from chat.explain.terms_why import reason_asked
from chat.explain.together import beat_said
from chat.explain.topics import depth_of

KINDS = ("minor kind", "at once", "apart", "clashes", "sung", "chord doubt", "note doubt", "chord role", "nth chord", "edge chords", "without chord", "chord instead",
         "note instead", "chord choice", "pull", "leaps over", "tensest", "teach", *asked_players.KINDS, *asked_since.KINDS,
         *asked_parts.KINDS, *asked_limits.KINDS, *asked_page.KINDS, *asked_tune.KINDS,
         *asked_strings.KINDS, *asked_basics.KINDS, *asked_listening.KINDS, *asked_own.KINDS)  # fmt: skip
"""The topics that this module reads beside those of others."""


def fixed(plain: str, lower: str, tune: Tune | None) -> Asked | None:
    """What a message of a fixed shape asks; None for every other message."""
    digits = _with_voices(in_digits(lower), tune)
    if (
        related := asked_own.practised(lower, tune)
        or asked_concert.asked(lower, tune)
        or asked_relations.asked(lower, tune)
        or members.asked(plain, lower)
        or asked_strings.strings_asked(lower, tune)
        or asked_theory.meter_asked(lower)
        or asked_theory.how_asked(plain, lower)
    ) is not None:
        return related
    if (
        sign := asked_page.key_in_abc(lower)
        or asked_page.cut_time(lower)
        or (asked_theory.built_on(plain) if _ASKS.search(lower) else None)
        or asked_page.sign_by_looks(plain, lower)
        or asked_page.jianpu_key(lower)
        or asked_page.tempo_word(lower)
        or asked_page.relative_asked(lower)
        or abc_signs.asked(plain, lower)
    ) is not None:
        return sign
    if tune is not None:
        for finder in _ABOUT_TUNE:
            if (found := finder(plain, digits, tune)) is not None:
                return found
    if (pair := _difference(lower)) is not None:
        return "terms", *pair
    if (lesson := taught(lower, tune)) is not None:
        return lesson
    if tune is not None and (simple := _for_child(plain, lower, tune)) is not None:
        return simple
    if not _OF_THIS.search(lower) and (term := reason_asked(lower) or style_asked(lower)):
        return "term", term, ""
    return None


_ASKS = re.compile(r"\?|\b(?:what|which|spell|name|tell|build|give)\b|什么|哪|几个音")


def _with_voices(lower: str, tune: Tune | None) -> str:
    """A text that names two voices of the tune by their names, with the word voices behind it."""
    names = [v.name.lower() for v in tune.voices if v.name] if tune is not None else []
    named = [n for n in names if re.search(rf"(?<![a-z]){re.escape(n)}(?![a-z])", lower)]
    return f"{lower} (voices)" if len(set(named)) > 1 else lower


_OF_THIS = re.compile(
    r"\b(?:bars?|measures?) \d|\b(?:this|the|my) (?:tune|piece|song|melody|ending)\b|\bhere\b|\b(?:does|is) it\b|第.{1,4}小节|这首|这里|这段|曲子里"
)
_VERSIONS = re.compile(
    r"version|draft|before|previous|bars?\b|measures?\b|section|verse|版|小节|之前|段"
)
_TELLS_APART = re.compile(
    r"diff\w{0,3}r\w{0,2}n|\btell\b.{1,40}\bfrom\b|\bwhich is which\b|\bvs\b|\bversus\b|mix(?:ed|ing)? (?:them |these |those |the two )?up|apart|confus|distinguish|\bcompare|the same (?:thing )?(?:as|thing)|\bunlike\b|差在哪|差在什么|区别|不同|不一样|差别|分不清|怎么(?:分|区分|分辨)|区分|一回事|搞混|混淆|对比|比较"
)


def _difference(lower: str) -> tuple[str, str] | None:
    """The two things of theory that shall be told apart."""
    if not _TELLS_APART.search(lower) or _VERSIONS.search(lower):
        return None
    return two_terms(lower)


# -- voices, words, minor, leaps, returns, tension -------------------------------------------------------------------

_MINOR = re.compile(
    r"\b(?:natural|harmonic|melodic)\b(?: minor)?(?:,| or| and| vs\.?|/).{0,16}\b(?:natural|harmonic|melodic)\b|\b(?:natural|harmonic|melodic)\b.{0,12}\bor\b.{0,16}\b(?:plain|ordinary|straight|pure|normal|regular)\b|\b(?:which|what) (?:kind|type|sort|form|version|flavou?r|variety) of (?:a )?minor\b|\b(?:is|are|does) (?:it|this|the \w+|they)\b.{0,24}\b(?:natural|harmonic|melodic) minor\b"
    r"|(?:自然|和声|旋律)小调?.{0,3}(?:还是|或|,).{0,3}(?:自然|和声|旋律)|(?:哪|什么)(?:一)?种小调|是(?:不是)?(?:自然|和声|旋律)小调[吗?]?"
)
_WIDEST = re.compile(
    r"\b(?:wid\w+|larg\w+|big\w+|great\w+|farthest|furthest|maximum|max)\b|最(?:宽|大|远|开)"
)
_CLOSEST = re.compile(
    r"\b(?:clos\w+|small\w+|narrow\w+|near\w+|tight\w+|minimum|min)\b|最(?:近|小|窄|靠)"
)
_VOICES = re.compile(
    r"\b(?:voices?|parts?|hands|lines|melody and (?:the )?bass|bass and (?:the )?melody|two tunes|they|each other|players|singers|instruments|soprano|alto|tenor)\b|声部|两手|左右手|上下(?:两)?行|旋律和低音"
)
_DISTANCE = re.compile(
    r"\b(?:distance|gap|space|apart|intervals?|get|come|spread|spacing|together|each other|how far)\b|几度|音程|距离|间隔|相距|音程|靠|离得|隔"
)
_CLASH = re.compile(
    r"\b(?:clash|collid)\w*\b|\b(?:voices|parts|lines|melody|bass)\b.{0,30}\bdissonan\w+|\bdissonan\w+ (?:between|with|against)\b|\b(?:fight|grate|rub|jar)s? (?:with|against)\b|\bwrong together\b|\bgo(?:es)? (?:well )?together\b|\bharmoni[sz]e (?:well )?with\b|(?:冲突|打架|相碰|撞|不和谐|不协和|不搭|搭不搭|和谐吗|合得来)"
)


def _of_voices(plain: str, lower: str, tune: Tune) -> Asked | None:
    """Intervals, distances and clashes of voices."""
    if (
        _CLASH.search(lower)
        and _QUESTION.search(lower)
        and not re.search(r"\bwhy\b|为什么|\bmean\b|什么意思|什么是", lower)
    ):
        return "clashes", "", ""
    if not _VOICES.search(lower) or re.search(r"\brange\b|音域|\bleaps?\b|\bjumps?\b", lower):
        return None
    ordered = re.search(
        r"\b(?:avoid|without|don't|do not|no|never|mustn't|must not)\b|不要|别|避免|不能|不许",
        lower,
    )
    if len(tune.voices) > 1 and _CROSS.search(lower) and not ordered:
        return "parallels", "", ""
    if not _DISTANCE.search(lower):
        return None
    if re.search(r"\b(?:ever|anywhere|at most|at any point)\b.{0,30}\bapart\b", lower):
        return "apart", "widest", ""
    if re.search(r"\bhow far apart (?:do|does|can|will) .{1,20} (?:get|go|move|come)\b", lower):
        return "apart", "widest", ""
    wide, close = _WIDEST.search(lower), _CLOSEST.search(lower)
    if wide or close:
        which = " ".join(n for n, x in (("widest", wide), ("closest", close)) if x)
        return "apart", which, ""
    if _INTERVAL.search(lower) and (len(tune.voices) > 1 or _PLAINLY_VOICES.search(lower)):
        at_end = re.search(r"\b(?:at|in) the (?:very )?end\b|\b(?:last|final) (?:note|chord|beat|moment)\b|最后一?个?音|结束(?:的)?时|最后(?:的时候|停在)", lower)  # fmt: skip
        return "at once", "last" if at_end else beat_said(lower), ""
    return None


_CROSS = re.compile(
    r"\b(?:cross\w*|overlap\w*)\b|\b(?:ever|anywhere|sometimes|at any point)\b.{0,16}\b(?:higher|lower|above|below|over|under)\b|交叉|超越"
)
_INTERVAL = re.compile(
    r"\bintervals?\b|\bhow far\b|\bapart\b|\bdistance\b|音程|几度|距离|相距|多远"
)
_PLAINLY_VOICES = re.compile(r"\bvoices?\b|\bparts\b|\bhands\b|声部|两手")
_QUESTION = re.compile(
    r"\?|^(?:so |and |but |ok,? )?(?:is|are|do|does|did|has|have|any|where|which|what|how|can|will|would)\b|\b(?:whether|if (?:it|this|that|the))\b|吗|哪|有没有|是不是|会不会|几|多少|什么|不(?=搭|和)"
)
_SUNG: tuple[tuple[str, str], ...] = (
    ("strong", r"\b(?:words?|syllables?|lyrics?)\b.{0,50}\b(?:strong|down|first(?! (?:line|verse|phrase|part|half))|heavy|accented|main|stressed)[- ]?(?:beats?|\w*)\b|\b(?:strong|accented|heavy) beats?\b.{0,40}\b(?:words?|syllables?)\b|\bdown-?beats?\b.{0,40}\b(?:words?|syllables?)\b|(?:字|词|音节).{0,10}(?:强拍|重拍|重音)|(?:强拍|重拍).{0,10}(?:字|词|音节)"),
    ("melisma", r"\b(?:more than one|several|two|multiple|many|\d) notes?\b.{0,24}\b(?:syllable|word)|\bsyllables?\b.{0,30}\b(?:more than one|several|two|multiple|many|\d) notes?\b|\b(?:gets?|have|has|takes?) (?:more than one|two|three|several) notes\b|\bmelisma\w*\b(?! mean)|\b(?:every|each) (?:syllable|word)\b.{0,20}\b(?:own|one|single|a) notes?\b|\bone note (?:per|for (?:each|every)|to (?:a|each|every)) (?:syllable|word)\b|每个字.{0,8}(?:一个|几个)音|一字一音|一字多音|拖腔|一个?字.{0,4}(?:几个|多个|两个)音|有没有字.{0,6}唱.{0,4}几个音"),
    ("line", r"\bsyllables?\b.{0,24}\b(?:each|every|per|a|in the \w+|by) ?(?:line|phrase|bar)s?\b|(?:每|各)(?:一)?句.{0,6}(?:几个?字|多少个?字|字数|几个音节)|(?:第.句).{0,4}几个字"),
    ("fit", r"\b(?:words?|lyrics?|text|syllables)\b.{0,24}\b(?:still |all |really )?(?:fit|match|line up|work out|go with the)\b|\bfit the (?:notes|melody|tune)\b.{0,12}\b(?:words|lyrics)|(?:歌词|词|字).{0,8}(?:对得上|合得上|对齐|对应|配得上|合拍|套得上|吻合|还能唱|对不对得上|合适吗|放得下)"),
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
    r"\b(?:which|what|do any|are (?:there )?any|any|where)\b.{0,16}\b(?:bars?|measures?)\b.{0,20}\b(?<!does it )(?<!do they )(?:come|comes|came|return|recur|reappear|repeat(?:ed)?|are (?:the same|identical|alike|repeated|copies)|back|appear (?:twice|again))\b"
    r"|\bwhich bars?\b.{0,20}\b(?:identical|alike|the same)\b|(?:哪些|哪几个?|哪两个?|有没有)小节.{0,8}(?:再现|回来|重复|重现|又出现|一样|相同|一模一样)"
)


def _returning(plain: str, lower: str, tune: Tune) -> Asked | None:
    if re.search(r"\bbars?\b.{0,6}\d|第.{1,4}小节|\brepeat (?:bars?|it)\b", lower):
        return None
    return ("alike", "", "") if _RETURNS.search(lower) else None


_TENSEST = re.compile(
    r"\b(?:where|which|what)\b.{0,30}\btensest\b|\b(?:where|which|what)\b.{0,40}\b(?:most|greatest|highest|peak|strongest|tensest|maximum)\b.{0,16}\b(?:tens\w*|dramatic|exciting|intense|suspense\w*|climactic|drama)\b|\btens(?:est|ion)\b.{0,24}\b(?:greatest|highest|strongest|peak|most|where)\b|\bwhere\b.{0,24}\btension (?:the )?(?:build|peak|reach)|哪(?:里|儿|个|一?小节|一处|段|句).{0,6}最(?:紧张|激动|有张力|刺激)|最紧张.{0,6}(?:哪|在)|张力最|紧张感最"
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


_REACH = re.compile(
    r"\b(?:reach\w*|fits?|in range|out of range|playable|singable|too (?:high|low)|beyond|possible on|work on|lies? (?:well )?on|comfortabl\w*)\b|够(?:得|不)|[吹拉唱弹](?:得|不|到)|太[高低](?!了|,)|超出|超过.{0,6}音域|音域(?:够|合适|之内|以内)"
)


def _reached(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "is there anything here a D whistle can't reach?": an instrument or a voice, and whether it has the notes."""
    if not _REACH.search(lower) or not _QUESTION.search(lower):
        return None
    if re.search(r"\b(?:make|write|transpose|arrange|put|move|range of)\b|[写改移]", lower):
        return None
    name = player_in(lower)
    return (
        (
            "playable",
            name,
            "level"
            if re.search(r"beginner|easy|hard|difficult|comfortabl|初学|容易|难", lower)
            else "",
        )
        if name
        else None
    )


_SUBJECTS_OF_CHILD = (
    ("form", r"\bform\b|structure|\bsections?\b|曲式|结构|段落"), ("meter", r"\bmet(?:er|re)\b|time signature|\bbeats?\b|拍子|拍号|节拍"),
    ("harmony", r"\bchords?\b|harmony|和弦|和声"), ("rhythm", r"\brhythm\b|节奏"), ("melody", r"\bmelody\b|旋律"), ("key", r"\bkey\b|调性|什么调|的调"),
)  # fmt: skip


def _for_child(plain: str, lower: str, tune: Tune) -> Asked | None:
    """ "explain the form to a ten year old": a subject of the tune, in a child's words."""
    if depth_of(lower) != "child" or not re.search(
        r"explain|describe|tell|what|how|讲|解释|说|介绍|什么|怎么", lower
    ):
        return None
    if re.search(
        r"\bwhat (?:is|are) an? |\bmeans?\b|什么是|是什么意思|\bwrite\b|\bmake\b|[写改]", lower
    ):
        return None
    return next(
        ((topic, "", "") for topic, words in _SUBJECTS_OF_CHILD if re.search(words, lower)), None
    )


_ABOUT_TUNE: tuple[Callable[[str, str, Tune], Asked | None], ...] = (
    asked_basics.either, asked_tune.why_sign, *asked_own.FINDERS, asked_chords.edge_chords, *asked_page.FINDERS, *asked_since.FINDERS, *asked_strings.FINDERS, *asked_basics.FINDERS, *asked_listening.FINDERS, *asked_tune.FINDERS, *asked_limits.FINDERS, *asked_parts.FINDERS, *asked_players.FINDERS, _minor, _sung, asked_chords.imagined, asked_chords.better, asked_chords.pulled, _of_voices, asked_chords.where_function, asked_chords.where_chord, asked_chords.numbered, asked_chords.doubted, _leaps, _returning,
    _tense, _walked, _reached,
)  # fmt: skip
