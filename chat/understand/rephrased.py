"""Ways of asking that say one thing in a roundabout order, said straight: "take the trills out", "the words? I don't want
them", 先B后A，最后再来一遍B. What this does not know: which change is meant.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from itertools import pairwise

from abc_tools.numbers import NUMBER, value
from chat.understand.straight import straight

_UNWANTED = re.compile(
    r"(?:\b(?:i|we|they|you|he|she|it|(?:my|our|the|her|his) \w+)(?: \w+ly)? )?\b(?:(?:do not|don'?t|dont|does not|doesn'?t|doesnt|did not|didn'?t|won'?t) (?:really )?(?:want|need|like)|no longer (?:needs?|wants?)|(?:has|have) no (?:more )?(?:use|need) (?:for|of))(?: any| the| these| those| her| his| my| our| to have(?: any| the)?)?(?: more)? (?=(?:words|lyrics|chords?|chord symbols|guitar chords|repeats?|ornaments?|trills?|slurs?|pick-?up|dynamics|left hand|bass|second voice|drone|staccato)\b(?! (?:to|that|in|which|but|so)\b))",
    re.IGNORECASE,
)
_TAKE_THOSE_OFF = re.compile(
    r"(\bremove the [a-z ]{3,20}?\b)(?: any ?more| any longer| now| after all| at all)*[\s.,;!-]+(?:so |and |please |just |can you |could you |then )*(?:take|leave|strip|get rid of|remove|delete|lose|drop|throw) (?:those|them|it|that|these|all of (?:them|it|those))(?: off| out| away)?(?= please|[\s.,;!-]|$)",
    re.IGNORECASE,
)
"""What is to go, said once more: "she doesn't need the chords, take those off"."""
_ADVERB_ZH = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:先|暂时|统统|通通|给我|帮我|麻烦|一并|一起)+(?=(?:去掉|删掉|删除|拿掉|去除|拿走|撤掉))"
)
_MORE_OF = re.compile(
    r"\bmore (?P<how>high|low|slow|fast|quick|loud|quiet|soft|long|short|easy|simple|dark|bright|sad|happy)\b(?! (?:notes?|and|or|register))",
    re.IGNORECASE,
)
_COMPARED = {"sad": "sadder", "happy": "happier", "easy": "easier", "simple": "simpler"}
"""Grades as people say them whose first language is another one: "two semitones more high"."""
_SIGNS_AND_WORDS = r"words|lyrics|verse|chords?|chord symbols|repeats?|ornaments?|trills?|grace notes|slurs?|pick-?up|upbeat|dynamics|left hand|bass|second voice|harmony|drone|staccato|dots|endings"
_READS = re.compile(
    r"(?:an? |my |our |the )?\b((?:alto |tenor |bass |baritone |soprano )?(?:clarinet|trumpet|sax(?:ophone)?|horn|cornet))(?: in (?:b ?flat|bb|e ?flat|eb|a|f))?(?: player)? (?:will be|is|'s|is going to be|is gonna be|wants to be) (?:playing|on) (?:this|it)[,.;]? *(?:so |and )?(?:please |pls |could you |can you )*transpose (?:the part|it|this|that)[^.;]*"
    r"|(?:降[ABE]调?)?(单簧管|小号|萨克斯|圆号)要?(?:来)?(?:吹|演奏)(?:这|它)[^,.;]{0,4}[,.;]*(?:请|帮我|帮忙)?移(?:一下)?调",
    re.IGNORECASE,
)
"""Who plays it says to which key it is transposed."""
_HORN_ZH = re.compile(
    r"(?:我|他|她|我们|学生)?(?:是)?(?:吹|拉|演奏|用)(?:的是)?(?P<k>降?[A-G])调?的?(?P<i>圆号|单簧管|小号|短号|(?:中音|次中音|上低音|高音)?萨克斯)[^;.!]*?(?:移调谱|移调|改谱|写谱|写成[^,;.]{0,6}谱)[^;.!]*"
    r"|(?:移调|写|改写|改)(?:给|成给|成)?(?P<k2>降?[A-G])调?的?(?P<i2>圆号|单簧管|小号|短号|(?:中音|次中音|上低音|高音)?萨克斯)(?:的谱|的分谱|用的谱|分谱|谱)?"
)
"""A transposing instrument with the key it is built in: the tune is written out for it."""
_PITCHED_IN = re.compile(
    r"\b(?:my|our|the|their|his|her) (?P<who>clarinets?|trumpets?|(?:alto |tenor |soprano |baritone )?sax(?:ophone)?s?|(?:french )?horns?|cornets?|flugelhorns?)(?: players?)? (?:plays?|is|are|reads?|sounds?|stands?|sits?) in (?:b ?flat|bb|e ?flat|eb|a|f)\b[,.;]? *(?:and |so |please |pls |can you |could you |would you )*(?:write|transpose|put|print|do|set)\b[^.;!?]*?(?: - concert[^.;!?]*)?(?=[.;!?]|$)",
    re.IGNORECASE,
)
"""A transposing instrument whose key is told: it is written out for that one."""
_BUILT_IN = re.compile(
    r"\b(?:my|our|the|his|her|their) (?:tin |penny |low |high )?(?:whistle|harmonica|mouth organ|bagpipes?|pipes|melodeon|concertina|ocarina|dulcimer|lyre|hammered dulcimer)s? (?:is|are|'s|plays?|only plays?) (?:only )?in (?:the key of )?(?P<key>[A-G](?: ?(?:flat|sharp)|[#b])?)\b[,.;]? *(?:and |so |please |pls |can you |could you |would you |can we |could we )*(?:shift|transpose|move|put|change|make|bring|set|adapt|fit|get)\b[^.;!?]*?\b(?:fits?|suits?|works?|play(?:s|able)?|match(?:es)?|it|this|there)\b[^.;!?]*"
    r"|(?:我的|我们的|这支|她的|他的)?(?:笛子|口琴|葫芦丝|陶笛|哨笛|箫)(?:是|只有|只能吹)(?P<zh>[升降]?[A-G][#b]?)调的?[,;]?(?:请|帮我|帮忙|能不能|可以)*(?:把[^,.;]{0,6})?(?:移|转|改|调|换)[^.;]*"
)
"""An instrument that is built in a key, and a tune that shall fit it: the tune goes to that key."""


def _transposing(said: str, name: str) -> str:
    """The instrument by the key it stands in: a saxophone in E flat is an alto."""
    if name == "萨克斯":
        return "中音萨克斯" if "降E" in said else "次中音萨克斯" if "降B" in said else name
    return name


_RENAMED = re.compile(
    r"\b(?:it's|it is|this is|that's) (?:not|no longer) called (?:that|this|\"[^\"]*\")(?: any ?more| now)?[,.;]? *(?:and |but |any ?more,? )*(?:it's|it is|now it's|make it|call it)(?: called| now)* ([^.;!?]+)",
    re.IGNORECASE,
)
_UNPLAYABLE = re.compile(
    r"([A-G][#b]?(?:maj7|m7|m|7|dim|sus4)?)(?:和弦)?[^,.;?]{0,10}(?:按不好|按不了|按不住|不会|弹不了|弹不好|难按|不好按|太难)[^,.;?]{0,4},?\s*(?:能不能|可以|可不可以)?(?:都|全|全部|统统)(?:给我)?(?:换成|改成|用|变成)([A-G][#b]?(?:maj7|m7|m|7|dim|sus4)?)(?:行吗|可以吗|好吗|吧|行不行|好不好)?\??"
)
"""A chord that somebody cannot play, and the one for it everywhere."""
_COURSE = re.compile(
    r"先[^,.;]{0,3}[A-H]段?,?[^,.;]{0,3}(?:再|后|然后)[^,.;]{0,3}[A-H]段?[,.](?=\s*(?:最后|然后|再))"
)
"""The order of parts is one change, in however many clauses: 先B后A，最后再来一遍B."""
_TOPIC_UNWANTED = re.compile(
    rf"(?:as for |about )?\b(?:the|these|those|this|that|all those) ({_SIGNS_AND_WORDS})\b[\s.,?!:-]+(?:[^.;!?]{{0,40}}[,.;] ?)?(?:i |we )?(?:really |just )?(?:do not|don'?t|dont|never) (?:want|need|like) (?:them|it|those|that|any)\b"
    r"|(歌词|和弦|装饰音|反复|弱起|伴奏|左手|第二声部|力度(?:记号)?|连线)[呢吗嘛,?。,\s]+(?:我|我们)?(?:都)?(?:不想要|不要|不需要|用不着|不用)(?:了|它|这个)?",
    re.IGNORECASE,
)
"""What is to go is named first: "the words? I don't want them"."""
_DISCONTINUOUS = re.compile(
    r"\b(take|strip|cut|leave|clear) ((?:the |all |those |these |any |its )*)([a-z][a-z ]{2,24}?) (out|away|off)\b",
    re.IGNORECASE,
)


_TOO_LONG = re.compile(
    r"((?:the )?(?:first|second|third|last|final|long) note(?: (?:of|in) [^,.;]{1,20}?)?) (?:is|feels|sounds|seems|'s) (?:a bit |a little |far |much |way )?too (?:long|short)(?:,| -|;|\.)? *(?:so |please |can you |could you |and )*(?:make|turn|change|cut) (?:it|that) (?:in)?(?:to |down to )?(?=an? )"
    r"|((?:第[^,.;]{1,6}小节)?(?:的)?(?:最后(?:那)?(?:一)?个音|第[一二三四五]个音|那?个?长音))太[长短]了?,(?:把它|给我|请|帮我)?(?=[改换变][成为])",
    re.IGNORECASE,
)
"""A note that is too long, and how long it shall be, are one change."""
_CHORD_THERE = re.compile(
    r"\b(?:the )?chord (?:in|of|at|on) ((?:bar|measure) \d+)\b[^.;,]{0,40}[,.;-] *(?:so |please |maybe |can you |could you |let's )*(?:try|use|put|make it|have|play|change it to) (?:an? )?([A-G][#b]?(?:maj7|m7|m|7|dim|sus4|sus2|6|9)?)(?: chord)?(?: there)?(?: instead)?(?= please|[.!]*$)"
    r"|(第[^,.;]{1,4}小节)的?和弦[^,.;]{1,10}[,.;](?:请|帮我|试试|那就)*(?:换成|改成|用|试试)([A-G][#b]?(?:maj7|m7|m|7|dim|sus4)?)(?:和弦)?(?:吧|试试)?[.!]*$"
)
"""A chord that is not liked, and the one to try there."""
_NICE = re.compile(
    rf"^(?:but |and |maybe |perhaps |oh |some |a few |also )*((?:a |an )?(?:{_SIGNS_AND_WORDS}|tag|coda|intro)) (?:would|might) be (?:really |very )?(?:nice|good|great|lovely|helpful|useful|fun)(?: too| though| please)?[.!]*$"
    r"|^(?:不过|但是?|最好|要是)?有(?:个|点|些)?(歌词|和弦|装饰音|前奏|尾声|左手|伴奏|第二声部|弱起|连线)(?:就好了|会更好|就更好了|挺好的?)[.!]*$",
    re.IGNORECASE,
)
"""What would be nice is to come."""
_HELD_FOR = re.compile(
    r"(?:the )?(last|final) note (?:is|feels|sounds|seems|'s) (?:a bit |a little |far |much |way )?(?:too )?short(?:,| -|;|\.)? *(?:so |please |can you |could you |and )*(?:hold|sustain|keep|extend) it (?:for |over |out for )?((?:\w+|\d+) (?:more |extra )?(?:bars?|measures?)(?: more| longer)?)",
    re.IGNORECASE,
)
_SO_LONG = re.compile(
    rf"(?:[^.;!?]{{0,24}}\blonger\b[\s.,;:…-]+)?\b(?P<n>(?:{NUMBER}|an?) (?:full |whole )?(?:bars?|measures?)) for (?:the )?(?:very )?(?P<end>last|final) note\b"
    rf"|\b(?:make |let |have )?(?:the )?(?:very )?(?P<end2>last|final) note (?:should |must |could |to |can |needs to |has to |is to )*(?:be|last|take|fill|go on for|ring for|occupy) (?:for )?(?P<n2>(?:{NUMBER}|an?) (?:full |whole )?(?:bars?|measures?))(?: long)?\b"
    rf"|最后(?:那)?一?个音(?:要|应该|得|请|能)?(?:占|唱|拉|吹|弹|持续|有|是)?(?:满|够|足)?(?P<z>{NUMBER})个?小节(?:长)?",
    re.IGNORECASE,
)
"""How long the last note shall be, the length said first or as what it is to be."""
_SWELL = re.compile(
    r"\b(?:start|begin)\w*\b[^.;]{0,16}\b(?:soft|quiet|p)\w*[^.;]{0,24}\b(?:gr[eo]w|swell|build|rise|louder)[^.;]{0,50}\b(?:die|fade|dimin|away|sink|drop|quiet)\w*",
    re.IGNORECASE,
)
"""Soft, louder, soft again: one change in several clauses."""


_BAR_LIST = re.compile(
    rf"\b(?P<bars>bars?|measures?|mm?\.|bb?\.) (?P<n>{NUMBER}(?:\s*,\s*(?:bar |measure )?{NUMBER})*(?:,?\s*(?:and|&|\+)\s*(?:in )?(?:bar |measure )?{NUMBER})?)(?![\w-])(?! (?:beats?|times|chords|notes|quavers|crotchets)\b)",
    re.IGNORECASE,
)
_BAR_LIST_ZH = re.compile(
    rf"(?:第\s*)?{NUMBER}(?:小节)?(?:\s*[,和与及]\s*第?{NUMBER}(?:小节)?)*\s*[,和与及]\s*第?{NUMBER}小节"
)
_CHORD = r"[A-G](?:#|b)?(?:maj7|m7|maj|m|dim|sus4|7|6)?(?![A-Za-z#'])"
_CHORD_LIST = re.compile(
    rf"(?<![A-Za-z]){_CHORD}(?:\s*,\s*{_CHORD})+(?:,?\s*(?:and|or|then)\s+{_CHORD})?"
)
"""Chords in a list: its commas cut nothing apart."""
_OF_CHORDS = re.compile(
    r"\bchords?\b|\bprogression\b|\bloop|和弦|走向|(?<![A-Za-z])[A-G][#b]?(?:m|7|maj7|m7|dim)(?![A-Za-z])"
)
_PAIRS_ZH = re.compile(
    r"第?(\d+)\s*[,和]\s*第?(\d+)小节\s*,?\s*(?:跟|和|与|同)\s*第?(\d+)\s*[,和]\s*第?(\d+)(?:小节)?"
)
_SAME_AS = re.compile(
    rf"\b(?P<as>the same as|identical to|like|copy of|copies of|over) (?P<a>{NUMBER})(?: ?- ?| and | & | to )(?P<b>{NUMBER})\b(?! (?:beats?|times|notes))",
    re.IGNORECASE,
)
_EXCHANGED = re.compile(
    r"\b(?:swap|exchange|switch|flip|interchange|order)\b|换(?!一?[段个种套首]|新|别的|成[^,.;]{0,6}分音符)|对调",
    re.IGNORECASE,
)


def _joined_list(match: re.Match[str]) -> str:
    """A list of chords without its commas; letters alone in a text that speaks of no chords are parts of the tune."""
    if not _OF_CHORDS.search(match.string):
        return match[0]
    return re.sub(r"\s*,\s*(?:and |or |then )?|\s+(?:and|or|then)\s+", " & ", match[0])


def _stretches(text: str) -> str:
    """Bars in a list said so that no "and" or comma cuts them apart: "bars 3, 4 and 5" is "bars 3-5", 第三、四小节 is
    第3-4小节, "bars 2, 5 and 7" is "bars 2 & 5 & 7".
    """
    if _EXCHANGED.search(text):
        text = _PAIRS_ZH.sub(r"第\1-\2小节和第\3-\4小节", text)
        return _CHORD_LIST.sub(_joined_list, text)

    def stretch(match: re.Match[str]) -> str:
        zh = "小节" in match[0]
        said = match[0] if zh else match["n"]
        bars = [value(n) or 0 for n in re.findall(NUMBER, said, re.IGNORECASE)]
        if len(bars) < 2 or any(b <= a for a, b in pairwise(bars)):
            return match[0]
        if any(b - a != 1 for a, b in pairwise(bars)):
            return (
                f"第{'和'.join(map(str, bars))}小节" if zh else f"bars {' & '.join(map(str, bars))}"
            )
        return f"第{bars[0]}-{bars[-1]}小节" if zh else f"bars {bars[0]}-{bars[-1]}"

    text = _BAR_LIST_ZH.sub(stretch, _BAR_LIST.sub(stretch, text))
    text = re.sub(r"\bb(b)?\. ?(?=\d)", lambda m: "bars " if m[1] else "bar ", text)
    text = re.sub(r"\b(beats [1-9]) and ([1-9])\b", r"\1-\2", text)
    text = re.sub(
        r"\b((?:bar|measure) \d+|the first(?: bar)?) and (?=the (?:very )?last bar\b)",
        r"\1 & ",
        text,
    )
    text = _CHORD_LIST.sub(_joined_list, text)
    text = re.sub(
        r"(\bon (?:the )?(?:beat \w+|\w+ beat)),? and (?=[A-G][#b]?[a-z0-9]*\b(?: chord)? on)",
        r"\1 & ",
        text,
    )
    return _SAME_AS.sub(lambda m: f"{m['as']} bars {value(m['a'])}-{value(m['b'])}", text)


_SINGER = re.compile(
    r"(?:\b(?:i|we|she|he|my (?:son|daughter|wife|husband|pupil|student)|our singer)(?: (?:have|has|sings?|am|is|only sings?)|'m|'s|'ve got) (?:an? |the |very |quite |rather |fairly )*(?P<who>low|high|alto|soprano|mezzo|tenor|baritone|bass)(?:er|ish)?(?: voice)?|\b(?:my|our|her|his|their) voices? (?:is|are) (?:very |quite |rather |fairly )*(?P<who2>low|high)(?:ish)?)[,.;!]? *(?:and |so |please |could you |can you |pls )*"
    r"(?:put|find|change|transpose|move|choose|pick|set|get|need|want|shift)\b[^.;!?]*\bkey\b[^.;!?]*",
    re.IGNORECASE,
)
_KEY_FOR_ME = re.compile(
    r"\b(?:put|find|change|transpose|move|choose|pick|set|shift|get)\b[^.;!?]*?\b(?:keys?|it)\b[^.;!?]*?\b(?:my|our|her|his) voice\b,? *(?:because |as |since |- |, |\.)*(?:i|we|she|he)(?:'m| am| is)? (?:an? |sing |sings )*(?:very |quite |rather |fairly )*(?P<who>low|high|alto|soprano|mezzo|tenor|baritone|bass)\b[^.;!?]*",
    re.IGNORECASE,
)
"""Who sings, and a key that suits her."""


_SUITS = re.compile(
    r"\b((?:transpose|move|shift|pitch|put|bring|set|change)\b[^.;,]{0,30}?),? (?:so (?:that )?(?:it|this|the tune)|to(?: make it)?|until it) (?:will |would |can )?(?:suits?|fits?|is (?:right|good|comfortable|easy) for|works? for|sits? well for|be (?:right|good|comfortable|easy) for|(?:right|good|comfortable|easy) for) ",
    re.IGNORECASE,
)


_BOTH_ENDS = re.compile(
    r"\b(?:anything|everything|notes?|all notes?) (?:above|over|higher than) (?P<a>(?:the |high |low |middle |top )*[A-G](?:#|b| sharp| flat)?\d?) (?:is|are|'s|feels?|gets?) (?:much |far |way |a bit )?(?:too high|out of (?:my |our |their |her |his )?(?:reach|range))[^.;,]{0,20}[,.;]* (?:and )?(?:anything|everything|notes?|all notes?)? ?(?:below|under|lower than) (?P<b>(?:the |high |low |middle |bottom )*[A-G](?:#|b| sharp| flat)?\d?)\b(?: (?:is|are|'s|feels?|gets?))? (?:much |far |way |a bit )?(?:too low|out of (?:my |our |their |her |his )?(?:reach|range))",
    re.IGNORECASE,
)
"""Both ends of a range, each as what lies beyond it."""


def _for_singer(match: re.Match[str]) -> str:
    groups = match.groupdict()
    who = (groups["who"] or groups.get("who2") or "").lower()
    return (
        f"transpose it for a {who} voice" if who in ("low", "high") else f"transpose it for {who}"
    )


_SIGN = r"(?:trills?|grace notes|turns|mordents|slurs|staccatos?|accents?|dots|ornaments|fermatas?|rolls)"
_SIGNS_LISTED = re.compile(rf"\b({_SIGN}) and (?=(?:the |all |any )?{_SIGN}\b)", re.IGNORECASE)
"""Signs in a list: its "and" cuts nothing apart."""
_VALUE = r"(?:(?:whole|half|quarter|eighth|sixteenth) notes|semibreves|minims|crotchets|quavers|semiquavers)"
_HARD_CHORDS = re.compile(
    rf"(?<![A-Za-z])({_CHORD}) and (?={_CHORD}(?=\s|[.,;]|$)[^.;]*\b(?:easier|simpler|something (?:else|easy|simple)|hard|difficult|tricky|avoid)\b)"
)
_VALUES_LISTED = re.compile(rf"\b({_VALUE}) and (?={_VALUE}\b)", re.IGNORECASE)
_BARS_BEHIND = re.compile(
    rf"\b(?P<part>bridge|intro(?:duction)?|interlude|coda|tag|outro|pre-?chorus|middle eight)\b(?P<mid>[^.;!?,]{{0,40}}),\s*(?:maybe |say |about |just )?(?P<n>{NUMBER}) (?:bars|measures)(?: long| please| or so)*(?=\s*[.!;]|\s*$)",
    re.IGNORECASE,
)
_PART_OF_BARS = re.compile(
    rf"\b(?P<a>an?|another|some) (?P<part>(?:\w+ )?(?:bridge|intro(?:duction)?|interlude|coda|tag|outro|pre-?chorus|middle eight))\s*[,(:-]\s*(?P<n>{NUMBER})[ -](?:bars?|measures?)(?: long)?\)?(?:\s*,)?(?=\s|[.;!?]|$)"
    rf"|(?P<zpart>桥段|前奏|间奏|尾声|引子|过渡段)\s*[,(:]\s*(?P<z>{NUMBER})个?小节\)?(?:长)?(?:\s*,)?(?=\s*(?:放|接|加|在|写|,|\.|$))",
    re.IGNORECASE,
)
"""How long a new part is, said behind it: "a bridge, four bars, after the chorus"."""


def rephrased(text: str) -> str:
    """What belongs together in one piece: "take the trills out" is "take out the trills", and a swell is one change."""
    text = _PART_OF_BARS.sub(
        lambda m: (
            f"{m['a']} {m['n']} bar {m['part']}" if m["part"] else f"{m['z']}小节的{m['zpart']}"
        ),
        text,
    )
    text = _stretches(straight(text))
    text = _UNWANTED.sub("remove the ", text)
    text = _TAKE_THOSE_OFF.sub(r"\1", text)
    text = _ADVERB_ZH.sub("", text)
    text = _MORE_OF.sub(lambda m: _COMPARED.get(m["how"].lower(), f"{m['how']}er"), text)
    text = _READS.sub(
        lambda m: f"write it out for {m[1]}" if m[1] else f"给{_transposing(m[0], m[2])}移调", text
    )
    text = _HORN_ZH.sub(
        lambda m: f"给{_transposing(m['k'] or m['k2'], m['i'] or m['i2'])}移调", text
    )
    text = _PITCHED_IN.sub(lambda m: f"write it out for {re.sub('s$', '', m['who'])}", text)
    text = _BUILT_IN.sub(
        lambda m: f"put it in {m['key']}" if m["key"] else f"移到{m['zh']}调", text
    )
    text = _HARD_CHORDS.sub(r"\1 & ", text)
    text = _VALUES_LISTED.sub(r"\1 & ", _SIGNS_LISTED.sub(r"\1 & ", text))
    text = _BARS_BEHIND.sub(lambda m: f"{m['n']} bar {m['part']}{m['mid']}", text)
    text = re.sub(r"\b((?:last|final|first) (?:bar|measure)) (?=one\b)", r"\1 : ", text)
    text = _BOTH_ENDS.sub(r"nothing above \g<a> & nothing below \g<b>", text)
    text = _SUITS.sub(r"\1 for ", text)
    text = _SINGER.sub(_for_singer, _KEY_FOR_ME.sub(_for_singer, text))
    text = _RENAMED.sub(lambda m: f'call it "{m[1].strip()}"', text)
    text = _TOPIC_UNWANTED.sub(lambda m: f"remove the {m[1]}" if m[1] else f"去掉{m[2]}", text)
    text = _CHORD_THERE.sub(
        lambda m: f"change the chord in {m[1]} to {m[2]}" if m[1] else f"把{m[3]}的和弦改成{m[4]}",
        text,
    )
    text = re.sub(r"(?:速度)?先慢后快", "前半部分慢一点,后半部分快一点", text)
    text = re.sub(r"(?:速度)?先快后慢", "前半部分快一点,后半部分慢一点", text)
    text = _NICE.sub(lambda m: f"add {m[1]}" if m[1] else f"加{m[2]}", text)
    text = _SO_LONG.sub(
        lambda m: (
            f"最后一个音延长{max(1, (value(m['z']) or 2) - 1)}个小节"
            if m["z"]
            else f"hold the {m['end'] or m['end2']} note for {m['n'] or m['n2']}"
        ),
        text,
    )
    text = _HELD_FOR.sub(lambda m: f"hold the {m[1]} note for {m[2]}", text)
    text = re.sub(r"\brise and fall\b", "arch", text, flags=re.IGNORECASE)
    text = _TOO_LONG.sub(lambda m: f"make {m[1]} " if m[1] else m[2], text)
    text = _SWELL.sub(lambda m: re.sub(r",|\band\b|\bthen\b", " ", m[0]), text)
    text = _UNPLAYABLE.sub(lambda m: f"把所有的{m[1]}和弦都改成{m[2]}", text)
    text = _COURSE.sub(lambda m: re.sub(r"[,.]\s*", "", m[0]), text)
    return _DISCONTINUOUS.sub(r"take out \2\3", text)
