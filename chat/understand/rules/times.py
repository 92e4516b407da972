"""How people ask for metre, dances, rhythm, instruments, and new music for some bars."""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re

from abc_tools.styles import STYLES
from chat.understand.rules.base import Clause, Rule, rule
from chat.understand.rules.voices import voice_named
from chat.understand.tables import INSTRUMENTS, find
from chat.understand.voices_said import line_named

_DANCES = {name: style.words for name, style in STYLES.items()}


def meter(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Another metre."""
    from chat.understand.timing import spoken_meter

    meter = spoken_meter(
        re.sub(
            r"\b(?:instead of|rather than|not|from|and not) (?:in )?(?:\d{1,2}/\d{1,2}|(?:two|three|four|six|nine|twelve)[- ](?:two|four|eight))|(?:而不是|不是|从)\d{1,2}/\d{1,2}拍?|\d/\d{1,2}\s*=|[快慢]\S?[一二三四五六七八九十]+分之[一二三四五六七八九十]+",
            " ",
            clause.lower,
        )
    )
    if not meter:
        return None
    values = {"meter": meter}
    if re.search(
        r"\b(?:re-?bar|move the bar ?lines|same rhythm|keep the (?:rhythm|note values)|sound(?:s|ing)? (?:just |exactly )?the same)|保持(?:节奏|时值)",
        clause.lower,
    ):
        values["way"] = "rebar"
    return values


def dance(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Another dance."""
    found = find(
        re.sub(r"\b(\w+?)s\b", r"\1", clause.lower),
        {k: v for k, v in _DANCES.items() if k != "song"},
    )
    return {"style": found[0]} if found else None


def instrument(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Writing for a transposing instrument, or another sound."""
    from abc_tools.edit.instruments import ALIASES
    from abc_tools.edit.instruments import INSTRUMENTS as WRITTEN

    if voice_named(clause.tune, clause.lower) and re.search(
        r"\b(?:part|voice|line|only|alone|something|new|else|different)\b|^\W*\w+ ?[:,]|声部|单独|只|新的|别的",
        clause.lower,
    ):
        return None  # a voice of the tune is spoken of
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
    line = line_named(clause.tune, clause.lower)
    sound = re.search(
        r"\b(?:sound|sounds|patch|timbre|tone colou?r|midi|play-?back)\b|音色|的声音|声音换",
        clause.lower,
    )
    return {
        "": "play-on",
        "instrument": found[0],
        **({"of": line} if line else {}),
        **({"keep": "yes"} if sound else {}),
    }


FREE = (
    r"\brewrite\b|\bre-write\b|\brecompose\b|\bre-?imagine\b|\bvary\b|\bvariations?\b|\bredo the\b|\bre-?do (?:bar|measure|that|this)|\bnew (?:melody|bridge|ending|tune|music|notes|version) (?:for|in|of)"
    r"|\b(?:a |something )?(?:new|different|better|nicer|stronger|catchier) (?:\w+ )?(?:bridge|ending|beginning|opening|chorus|melody|section|part|strain|phrase|tune for)\b"
    r"|\b(?:new|different|better|nicer|another) (?:first|second|third|fourth|last|final) (?:half|line|phrase|part|section|strain|bars?|verse|chorus)\b"
    r"|\b(?:more|less) (?:exciting|interesting|lively|varied|lyrical|dramatic|flowing|playful|melodic|boring|repetitive|catchy|memorable|energetic|intense|expressive|romantic|mysterious|heroic|epic|tense|jumpy|smooth|singable|surprising|busy|folky|jazzy|bouncy|rhythmic|irish|chinese|monotonous|predictable)\b"
    r"|\b(?:awkward|clumsy|samey|clunky)\b|\b(?:don't|doesn't|does not|do not|isn't|not) (?:quite )?(?:do it for (?:me|us)|work(?:ing)?|sit right|convince)\b|\b(?:catchier|livelier|calmer|bouncier|busier|smoother|wilder|gentler|jazzier|spicier|bolder|better)\b|\bspice (?:\w+ )?up\b|\bjazz (?:\w+ )?up\b|\bliven (?:\w+ )?up\b|\bimprov(?:e|ise)\b|\bpolish\b|\bfix the (?:melody|tune|ending)\b|\bdifferent(?:ly)?\b(?! keys?\b)|\btry (?:again|something else)|\bsomething (?:else|different|new)\b|\bsurprise (?:me|us)\b|\bmore (?:power|punch|drive|force|weight|tension|drama|colou?r|character)\b|给[^,.;]{0,4}惊喜|来点(?:意外|惊喜)"
    r"|\bmake (?:it|this|that|these|them|the [\w ]{1,24}?|bars? [\d -]+) (?:a (?:bit|little|lot) |much |even )?[a-z]+(?:ier|er)\b|\bmake (?:it|this|that|these|them|the [\w ]{1,24}?|bars? [\d -]+) sound\b|\bchange (?:the )?(?:bars?|measures?|melody|notes|ending|bridge|beginning|second|first|last|tune)(?! \w+ to)|\b(?:i )?(?:do ?n'?t|do not|did ?n'?t) like\b|\bboring\b|\bdull\b"
    r"|\b(?:more|less) [a-z]+(?:ing|ed|al|ic|ive|ful|ous|y|ish|like)\b(?! (?:bars|chords|notes|verses))"
    r"|\b(?:should|could|to|let it|must|wants? to) (?:climb|soar|build|descend|fall away|arch)\b|\b(?:climb|soar)s? more\b|往[上下]走|向[上下]走|更有起伏"
    r"|\b(?:give|write|try|make) (?:me |us |it )?(?:an?other|a different|a new|some other) (?:\w+[- ]){0,2}(?:lead-?back|turn-?around|way (?:back|round)|ending|cadence|lead-?in|version of)\b|\bfeels? (?:wrong|off|weak|clumsy)\b|\bflourish\b|\b(?:beef|perk|punch|pep|brighten) (?:\w+ ){0,3}up\b|\bmore (?:movement|motion|momentum|going on|life|energy|interest|variety)\b"
    r"|\b(?:could|should|can|make|let|have|want|needs?)\b[^.;]{0,30}\blead(?:s|ing)? (?:back |on |smoothly |nicely |better |more )*(?:in)?to\b|衔接|引到|过渡到|换一换|换个样|变个样|变一变|(?:改|写|弄|变|做|编)得(?:更|再)?(?:激昂|激动|活泼|热烈|有力|抒情|柔美|优美|紧凑|跳跃|流畅|丰富|好听|有趣|有气势|感人|动听)|重写|改写|改编|换一?[个种段](?!调)|重新[写作编]|变奏|变化一下|(?:更|再)(?:有趣|抒情|激动|活泼|好听|激昂|丰富|生动|有活力|有意思|流畅|动听|可怕|恐怖|紧张|温柔|有力|有(?:力量|劲|力度|冲击力|气势|激情|张力|动感|情绪|变化|味道))|(?:有趣|抒情|活泼|丰富|生动|流畅)(?:一[点些]|些)|写得更|无聊|单调|不好听|不喜欢|改一下|改一改|改掉|换掉"
)


_UNDOTTED = re.compile(
    r"\b(?:remove|take out|get rid of|without|no|un-?|straighten|even out|lose|not|can't|cannot|can not|struggle with|too hard|iron out|smooth out|avoid)\b[^,.;]{0,24}\bdott?ed\b|\bdotted\b.{0,40}\b(?:straight|even|plain|equal|ordinary|normal)\b|\bdotted\b[^,.;]{0,24}\b(?:to|into) (?:straight|even|plain)|\ban? dotted\b(?! (?:rhythm|feel))|\bdotted (?:half|minim|whole|semibreve)|(?:去掉|不要|取消|别用|没有)[^,.;]{0,4}附点|附点[^;]{0,12}(?:去掉|取消|均匀|平均|平的|一样长|等长|改平)"
)


_INTO_DOTTED = re.compile(
    r"\b(?:straight|even|plain|equal)\b[^.;]{0,40}\b(?:in)?to (?:\w+ ){0,2}dott?ed\b|(?:平直|均匀|平均)[^,.;]{0,10}(?:改|变|换)(?:成|为)[^,.;]{0,3}附点"
)
"""Even notes that shall become dotted ones."""


_NOT_STRAIGHT = re.compile(
    r"\b(?:instead of|rather than|not|no longer|less|isn't|without|stop being|too) (?:so |the |all |quite |that |playing |being )*(?:straight|even)\b|(?:不要|别|不是|代替|而不是|太)(?:再|那么|这么|用|弹|奏)*(?:平直|均匀|平均|死板)"
)
"""Even notes that shall not stay so: "swung instead of straight eighths"."""


def dotted(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Dotted pairs, of eighths or of quarters; None where dots are to go."""
    if _UNDOTTED.search(clause.lower):
        return None
    quarters = re.search(r"\b(?:crotchets?|quarters?(?: notes?)?)\b|四分", clause.lower)
    return {"style": "dotted", "of": "quarters" if quarters else "either"}


def swung(match: re.Match[str], clause: Clause) -> dict[str, str] | None:
    """Swing of eighths; None where it is not wanted."""
    if re.search(r"\b(?:no|not|without|don'?t|less|stop|instead of|rather than|un)(?: (?:a|any|the|so|it|to|be|being|playing|more))*[ -]?(?:swing|swung|shuffle)|(?:不要|别|去掉|取消|不想|不是)[^,.;]{0,3}摇摆", clause.lower):  # fmt: skip
        return None
    return {
        "style": "triplet" if re.search(r"triplet|三连", clause.lower) else "dotted",
        "of": "either",
    }


RULES: tuple[Rule, ...] = (
    rule(
        "swing",
        r"\bscotch snaps?\b|\bsnaps\b|\blombard(?:ic)? rhythms?|苏格兰(?:切分|短长)|短长节奏|倒附点|逆附点",
        lambda m, c: {"style": "snap", "of": "either"},
    ),
    rule(
        "swing",
        r"\bdotted (?:feel|rhythms?|notes|crotchets?|quavers?|quarters?|eighths?|pairs?)\b|\b(?:dot|dotting)(?: (?:it|them|this|that))? up\b|\b(?:dot|dotting)\b(?! (?:com|the i))|\b(?:make|turn|have|get|go|put|set|into)\b[^,.;]{0,40}\bdotted\b|\blong[- ]short\b|附点(?:的)?(?:节奏|音)?(?!.*(?:四分|二分|八分)音符.*结)|节奏.{0,6}附点",
        dotted,
        more=True,
    ),
    rule(
        "swing",
        r"\bswing\b|\bswung\b|\bshuffle\b|摇摆",
        swung,
        more=True,
    ),
    rule(
        "straighten",
        r"\bstraight(?:en)?\b(?! (?:after|away|on|through|into|from|to|back))|\bun-?dot\b|(?:remove|take out|get rid of|without|no) (?:the |all )?dott?ed (?:rhythms?|notes|bits)|(?:去掉|不要|取消)附点|附点[^;]{0,12}(?:均匀|平均|一样长|等长|改平)|\bdott?ed\b.{0,40}\b(?:straight|even|plain|equal) (?:quavers?|eighths?|notes|ones|crotchets?)|\b(?:even|plain|equal) (?:quavers|eighths?|eighth notes)\b|\bno swing|\bunswing|\beven (?:eighths|rhythm)|平直|均匀",
        lambda m, c: (
            None
            if _INTO_DOTTED.search(c.text.lower()) or _NOT_STRAIGHT.search(c.text.lower())
            else {}
        ),
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
        meter,
        more=True,
    ),
    rule(
        "dance",
        r"\b(?:make|turn|change|convert|rewrite|transform|play|arrange|give me|set|into|as|to)\b[^;]{0,40}?\b(?:an?|into|as|like|to)\b|改(?:成|为|编成)|变(?:成|为)|做成|写成|换成|弄成",
        dance,
        more=True,
    ),
)
