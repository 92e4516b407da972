"""How things are said in passing, in the middle of a conversation, said as the wish or the question that they stand for: "could it
be 3 beats then", "why are there two numbers on top of each other?", 第5小节换个Em试试.

A table of pairs. What this does not know: the tune, and what was said before.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from collections.abc import Callable

_BEATS = {"two": "2", "three": "3", "four": "4", "five": "5", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5"}  # fmt: skip
_COUNT = r"(?P<n>two|three|four|five|[2-5])"
_CHORD = r"[A-G](?:#|b)?(?:maj7|m7b5|m7|m|dim7?|sus4|7|6)?(?![A-Za-z#'])"
_BAR = r"(?:bar|measure)"
_SIGNS_ZH = {"升": "#", "降": "b", None: ""}


def _meter(match: re.Match[str]) -> str:
    return f"put it in {_BEATS.get(match['n'].lower(), match['n'])}/4"


def _meter_zh(match: re.Match[str]) -> str:
    return f"改成{_BEATS.get(match['n'], match['n'])}/4拍"


def _listed(match: re.Match[str]) -> str:
    """Chords said one after the other without commas: "C F and G7"."""
    names = re.findall(_CHORD, match["list"])
    if not match["only"].isascii():
        return f"{match['only']}{','.join(names)}"
    return f"{match['only']} {', '.join(names[:-1])} and {names[-1]}"


def _triad(match: re.Match[str]) -> str:
    return f"{match['n']}{_SIGNS_ZH[match['s']]}{'m' if match['k'] == '小' else ''}和弦"


def _key_signs(match: re.Match[str]) -> str:
    key = f"{match['k'].upper()}{match['q'].lower()}"
    return f"how many {match['w'].lower()} has {key}"


Said = str | Callable[[re.Match[str]], str]
IN_TALK: tuple[tuple[re.Pattern[str], Said], ...] = (
    # -- the title
    (
        re.compile(
            r"\b(?:[Pp]ut|[Uu]se|[Hh]ave|[Tt]ake|[Ww]rite|[Aa]dd|[Ss]et)\s+(?:down )?(?P<t>[A-Z][^\",.;!?]{1,40}?) (?:as|for|to be) (?:the|its|a|my|our) (?:title|name|heading)\b(?: of (?:it|the (?:tune|song|piece)))?"
        ),
        r'call it "\g<t>"',
    ),
    (
        re.compile(r"(?:标题|曲名|歌名|题目|名字)(?:就|请|给我|帮我)*(?:写|定|设|取|用)(?:成|为|作|做|上)[:\"《]?(?P<t>[^\",.;:《》什哪]{1,16}?)(?:[\"》]|吧|好了)*(?=[,.;!]|$)"),
        r"标题改成《\g<t>》",
    ),
    (
        re.compile(r"(?:用|拿|以)[\"《]?(?P<t>[^\",.;《》什哪]{1,12}?)[\"》]?(?:这个?(?:名字|词|两个字|几个字))?(?:来)?(?:作|做|当|为)(?:它的|曲子的|这首的|曲子)?(?:标题|曲名|歌名|题目|名字)"),
        r"标题改成《\g<t>》",
    ),
    # -- beats in a bar
    (
        re.compile(
            rf"\b(?:could|can|should|may|might) (?:it|this|that|we) (?:maybe |also |just |rather )*(?:be|have|go (?:in(?:to)?|to)|use|count|become) (?:in )?{_COUNT} beats?(?:(?: in| to| per)? (?:a|the|each|every) {_BAR})?(?= (?:then|instead|please|maybe|now)|[?.!, ]*$)",
            re.IGNORECASE,
        ),
        _meter,
    ),
    (
        re.compile(
            rf"\b(?:make|put|change|turn|set|switch|have|give) (?:it|this|that)(?: all| in| to| into| have)* {_COUNT} beats?(?: in| to| per)? (?:an?|the|each|every) {_BAR}s?\b",
            re.IGNORECASE,
        ),
        _meter,
    ),
    (
        re.compile(
            rf"^(?:ok(?:ay)?,? |so |and |now |oh |hm+,? |maybe |actually,? )*(?:let's (?:try|have|do|make it)|i want|i'd (?:like|prefer)|we need|try) {_COUNT} beats?(?: in| to| per)? (?:an?|the|each|every) {_BAR}\b",
            re.IGNORECASE,
        ),
        _meter,
    ),
    (
        re.compile(r"(?:[每一](?:个)?小节)(?:里|就|要|能|可以|能不能|可不可以)*(?:改|变|换|弄|做)?(?:成|为|用|数)?(?P<n>[二两三四五2-5])拍(?:行|可以|好|成|怎么样)?(?:吗|吧|不|行不行|好不好)?(?=[,.;!?]|$)"),
        _meter_zh,
    ),
    (
        re.compile(r"(?:那|那么|可以|能不能|可不可以|能|帮我|请|把它?)*(?:改|变|换)(?:一下)?(?:成|为|作)(?P<n>[二两三四五2-5])拍(?!子|的?(?:长|音))(?:的)?(?:吗|吧|好吗|行吗|可以吗)?(?=[,.;!?]|$)"),
        _meter_zh,
    ),
    # -- a chord at its bar, the chords somebody can play
    (
        re.compile(
            rf"\b(?P<o>(?:[Hh]ow|[Ww]hat) about )?an? (?P<n>[A-G](?:#|b)?)(?P<f> flat| sharp)? (?P<k>minor|major)(?: chord)?(?= (?:in|at|on|for|under|over|into) (?:the (?:very )?(?:last|first|final|second|third|fourth|next|end|end of)\b|{_BAR} \w+))"
        ),
        lambda m: f"{'try ' if m['o'] else ''}an {m['n']}{ {' flat': 'b', ' sharp': '#', None: ''}[m['f']] }{'m' if m['k'] == 'minor' else ''} chord",
    ),
    (
        re.compile(r"(?P<s>升|降)?(?P<n>[A-G](?:#|b)?)(?P<k>大|小)(?:三)?和弦(?!.*(?:什么|哪|几|吗|怎么|为何|区别|[?]))"),
        _triad,
    ),
    (
        re.compile(r"(?P<w>第[^,.;]{1,4}小节)(?:这里|那里|里|上)?(?:改|换|试|用|来|放|配|上|弹)(?:一)?(?:个|试|下|成)*(?P<c>[A-G](?:#|b)?(?:maj7|m7|m|7|dim|sus4))(?:和弦)?(?:试试|试一下|看看|听听|吧|怎么样|好吗|行吗)*(?=[,.;!?]|$)"),
        r"\g<w>换成\g<c>和弦",
    ),
    (
        re.compile(
            rf"(?P<only>\b(?:only|just|nothing but|using|know|knows|play)(?: use| the chords?| chords?)*|只用|只会|只有|只能用) (?P<list>{_CHORD}(?: {_CHORD})*,? (?:and |& |or |和)?{_CHORD})(?=[\s.,;()!]|$)"
        ),
        _listed,
    ),
    (
        re.compile(rf"(?:标|写|注)(?:上|好|一下)?和弦[,;](?P<l>(?:只用|只要|只会|就用)(?:这几个)?\s*{_CHORD}(?:[,和\s]+{_CHORD})*)"),
        r"配和弦\g<l>",
    ),
    # -- bars played again, bars and notes at the end
    (
        re.compile(r"(?P<w>第[^,.;]{1,10}小节)(?:再)?(?:多|重复|反复|再)(?:练|唱|弹|奏|来|拉|吹|走)(?:一|1|两|几)?[遍次][,;](?:请|帮我)?(?:加|打|标|写|放)(?:上|个|一个)*(?:反复|重复)(?:记号)?"),
        r"\g<w>加反复",
    ),
    (
        re.compile(
            r"\b(?P<n>an?|one|two|three|four|\d+) (?:more |extra |further |new )?(?P<b>bars?|measures?) (?:right |just )?(?:after|following|behind) (?:it|that|this|them|the (?:last|final) bar|the end)\b",
            re.IGNORECASE,
        ),
        r"add \g<n> \g<b> at the end",
    ),
    (
        re.compile(
            r"(?:^|(?<=[,;.!] ))(?:so |then |and |please |make |have |with )*(?:the |its )?(?P<w>very last|last|final|first|opening) note (?:is |to be |being |= ?|: ?|on )?(?:an? )?(?P<n>[A-G](?:#|b| sharp| flat)?)(?: please| then| instead)?(?=[.!,;]*$)"
        ),
        r"change the \g<w> note to \g<n>",
    ),
    (
        re.compile(
            rf"(?P<w>\b{_BAR} (?:at|on|to) the (?:very )?end)[,:] *(?:and )?(?:it(?:'s| is) )?(?:with |just |only |nothing but )*(?=(?:an?|one) (?:single |big |really )?(?:long|held|whole|sustained)\b)",
            re.IGNORECASE,
        ),
        r"\g<w> with ",
    ),
    # -- what stays
    (
        re.compile(
            rf"(?:^|(?<=[,;.] ))(?:and |but |while )?(?:the )?(?P<w>[A-D] (?:part|section)|(?:first|second|last|other) (?:half|part|section|line)|{_BAR}s? \d+(?: ?(?:-|to) ?\d+)?|ending|melody|bass|left hand) (?:stays?|remains?|keeps?|should (?:stay|remain)|is (?:to stay|fine|good)|can stay)(?: (?:nice and |all |quite )?(?:plain|bare|clean|simple|as (?:it|they) (?:is|are)|as is|the same|unchanged|untouched|like that))(?=[.!,;]*$)",
            re.IGNORECASE,
        ),
        r"leave the \g<w> as it is",
    ),
    # -- what somebody asks who cannot read music
    (
        re.compile(
            r"^(?:[^.?!]{0,20}[,.!] )?(?:why|what|how come)\b[^.?!]*\b(?:two|2|those|the|these) (?:little |big |funny )?numbers?\b[^.?!]*\b(?:on top of (?:each other|one another)|above (?:each other|one another)|one (?:over|above|on) (?:the )?other|stacked|(?:like|as) a fraction|(?:at|in) the (?:very )?(?:start|beginning|front)|(?:next to|after|beside|behind) the (?:clef|key signature|squiggle))[^.?!]*[?.!]*$|^(?:[^.?!]{0,20}[,.!] )?(?:why|what|how come)\b[^.?!]*\bfraction\b[^.?!]*\b(?:start|beginning|front|clef|first line)\b[^.?!]*[?.!]*$",
            re.IGNORECASE,
        ),
        "what does the time signature mean?",
    ),
    (
        re.compile(r"\bwhat(?:'s|s| is| does) (?:that |the |this )?(?P<a>\d{1,2}) (?:over|on top of|above) (?:the |an? )?(?P<b>2|4|8|16)\b[^.?!]*[?.!]*$", re.IGNORECASE),
        r"what does \g<a>/\g<b> mean?",
    ),
    (
        re.compile(r"^[^,.;]{0,4}[,.]?[^,.;]{0,6}(?:开头|前面|最前|最左|谱号|谱子|一开始)[^,.;]{0,12}(?:两个数字?|数字|上下.{0,3}数字?|分数)(?=.*(?:什么|为什么|干嘛|意思|怎么|啥))[^.;]*$"),
        "拍号是什么意思",
    ),
    (
        re.compile(
            r"(?:^|.*?[,.!] )(?:so |and |but )?(?:which|what) (?:notes? (?:are|is|do i (?:make|play)|get|gets) |are the )?(?P<w>sharp|flat)s?(?: notes?| are there| do i (?:need|play)| does it have| are)?,? (?:in|for|of|has|does|do i (?:need|play) (?:in|for)|when playing in)(?: the key of)? (?P<k>[a-g])(?P<q>(?:#|b| sharp| flat)? (?:major|minor))(?: have| need| take)?[?.! ]*$",
            re.IGNORECASE,
        ),
        lambda m: _key_signs(m).replace(f"{m['w'].lower()} has", f"{m['w'].lower()}s has"),
    ),
    (
        re.compile(
            r"^(?P<k>[a-g])(?P<q>(?:#|b| sharp| flat)? (?:major|minor))[,:-]+ (?:which|what) (?P<w>sharps|flats) (?:does it have|are there|has it(?: got)?|do i (?:need|play)|is that)[?.! ]*$",
            re.IGNORECASE,
        ),
        _key_signs,
    ),
    (
        re.compile(r"(?:^|.*?[,.])(?P<s>升|降)?(?P<n>[A-Ga-g])(?P<k>大|小)调(?:里|中|的音阶)?(?:的话)?(?:一共)?(?:要|需要|得|应该|该|有|用|是)*(?P<w>升|降)(?:号是|记号是)?(?:哪|什么|几)(?:些|几|个)*(?:音|号)?[呢呀啊?]*$|(?:^|.*?[,.])(?P<s2>升|降)?(?P<n2>[A-Ga-g])(?P<k2>大|小)调(?:里|中)?(?:一共)?(?:有|要|用|带)(?:哪些|哪几个|什么)(?:要)?(?P<w2>升|降)(?:号|音|记号)?(?:的音)?[呢呀啊?]*$"),
        lambda m: f"{m['s'] or m['s2'] or ''}{(m['n'] or m['n2']).upper()}{m['k'] or m['k2']}调有几个{m['w'] or m['w2']}号",
    ),
    (
        re.compile(
            r"^(?:ok(?:ay)?,? |and |so |but |wait,? )*(?:which|what)(?: are the)? (?:bar |measure )?(?:bars?|measures?|numbers?|ones)(?: numbers?)? (?:are|is|were|have been|did you)(?: the)?(?: (?:new(?:ly)?|added|extra|add|additional|fresh))+(?: ones?| bars?| just now| now)*[?.! ]*$|^(?:ok(?:ay)?,? |and |so |but )*where are the (?:new|added|extra) (?:bars|ones|measures)(?: now)?[?.! ]*$",
            re.IGNORECASE,
        ),
        "what did you change?",
    ),
    (
        re.compile(r"^(?:那|所以|请问)?(?:刚才|刚刚|刚)?(?:新)?(?:加|增加|添|写)(?:上|进去|出来)?的(?:新)?(?:那)?(?:[一二两三四几\d]+)?个?(?:小节)?(?:是|在|从)?(?:第)?(?:几|哪几|哪些|哪|哪两)个?小节(?:到第几小节)?[呢呀?]*$|^(?:哪几|哪些|哪两)个?小节是(?:新|刚)(?:加|写|添)?的?[呢呀?]*$"),
        "你改了什么?",
    ),
    (
        re.compile(r"(?<=[\u4e00-\u9fff]),(?:并且|而且)?只(?:动|改|碰|变)(?:这|那|最后|第[^,.;]{1,4})一?(?:个)?小节(?:就行|就好|就可以)?(?=[.!]*$)"),
        lambda m: "" if re.search("小节|最后|末尾", m.string[: m.start()]) else m[0],
    ),
)  # fmt: skip
"""How it is said → what it stands for."""


def in_talk(text: str) -> str:
    """The text with what is said in passing said plainly.

    >>> in_talk("oh ok so could it be 3 beats then")
    'oh ok so put it in 3/4 then'
    >>> in_talk("could it be 3 beats longer")
    'could it be 3 beats longer'
    """
    for said, plain in IN_TALK:
        text = said.sub(plain, text)
    return text
