"""The topics of questions about a tune, and the words by which people ask for each, in both languages.

A pattern is looked for in the message in lower case. Topics are tried in the order of the table, so that
the more special stand first. `noun` patterns count only in a message that is a question otherwise
(`question.ASKING`); `ask` patterns are questions by themselves.
"""

# ruff: noqa: E501 - a wrapped pattern is harder to read than a long line
from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """How a topic is asked for: `ask` alone, or `noun` in any question. Empty patterns match nothing."""

    name: str
    ask: str = ""
    noun: str = ""


_LENGTHS = (
    r"(?:whole|half|quarter|eighth|sixteenth|dotted)[ -]?(?:notes?|quarters?|eighths?|half|halves)|eighths|quarters|"
    r"semibreves?|minims?|crotchets?|(?:semi|demisemi)?quavers?"
)
_TUNE = r"(?:it|this|that|the\s+(?:tune|piece|song|music|melody|score|whole thing)|this\s+(?:tune|piece|song|music|melody))"
TOPICS: tuple[Topic, ...] = (
    Topic("commonest", r"(?:which|what) (?:\w+ )?(?:note|pitch|chord)s?\b.{0,30}\b(?:most|oftenest|commonest|most often|most frequent)|\b(?:most (?:common|frequent|used)|commonest) (?:note|pitch|chord)(?! (?:length|value))|哪个(?:音|和弦).{0,8}最多|(?:出现|用)(?:得)?最多的(?:音(?!符)|和弦)"),
    Topic("interval here", r"(?:what|which|how (?:big|wide|large)|name|identify|state)[^.?]{0,24}\b(?:interval|leap|jump|skip)\b[^.?]{0,40}\b(?:bars?|measures?)\b|\binterval (?:between|from) the (?:last|first) note|\b(?:leap|jump|skip|interval)\b[^.?]{0,30}\b(?:an? )?(?:second|third|fourth|fifth|sixth|seventh|octave) or (?:an? )?|第.{1,4}小节.{0,8}(?:大?跳|音程)[^?]{0,6}(?:几度|什么音程|多大)|最后一?个?音.{0,14}第一个音.{0,10}(?:音程|几度)"),
    Topic("practice", r"\bhow (?:should|do|can|would|shall) (?:i|we|one|they|my \w+) (?:best )?(?:practi[sc]e|learn|rehearse|work on)\b|\b(?:practi[sc]e|work on) first\b|\bpractice (?:tips?|advice|plan)|怎么练|如何练|练习建议|先练"),
    Topic("breathing", r"\bwhere\b.{0,24}\bbreath|\bbreath(?:e|ing)? (?:marks?|places?|points?)|\btake a breath|换气|呼吸|气口"),
    Topic("bowing", r"\bbowings?\b|\b(?:up|down)[- ]?bow\b(?! sign| mark)|\bhow (?:should|do|would|shall) \w+ bow\b|弓法|运弓|上弓|下弓"),
    Topic("fingering", r"\bfingerings?\b|\bwhich fingers?\b|指法"),
    Topic("improvise", r"\bimprovis|\b(?:blow|solo) over\b|\bguide tones?\b(?! mean)|即兴|导引音"),
    Topic("phrases", r"分(?:成)?几句|每句"),
    Topic("count",
          rf"how many (?!beats|seconds|minutes|sharps|flats)|number of (?:bars|measures|notes|rests|{_LENGTHS})|count (?:the|all|up|how)|how often (?:does|is) (?:the note |an? )?[a-g]\b"
          r"|多少(?!秒|分钟|拍)(?:个|种|小节|音|和弦|声部|段|句|次|拍子里)|(?<![第哪加减删写添去])几(?:个|小节|种|段|声部|次)|有多少|数一数"
          r"|how long is (?:it|the tune|the piece|this) in bars|length in (?:bars|measures)"
          r"|(?:are there|has it|does it have|is there|do you see|got) any (?:" + _LENGTHS + r"|rests?|[a-g](?: ?sharps?| ?flats?|#)?s?\b)|有没有(?:休止|[a-g]音|(?:全|二分|四分|八分|十六分)音符)"),
    Topic("signs", noun=r"squiggl|wiggl|(?:signs?|symbols?|marks?|markings) (?:over|above|on|on top of) (?:the|these|some) notes?|\bornaments?\b(?! mean)|ornamentation|(?:where|which bars?|any|what).{0,20}\b(?:trills?|mordents?|grace notes?|fermatas?|staccatos?|accents?)\b|装饰音|颤音(?:在|有)|音符上(?:面)?的(?:记号|符号)"),
    Topic("dynamics", ask=r"\b(?:list|show|what are|which|any|where are)(?: all)? (?:the )?dynamics?\b|dynamics? (?:by|in each|per) (?:bar|measure)|how loud\b|力度(?:记号|变化|怎么|如何|有哪)|有哪些力度|多响"),
    Topic("endings", ask=r"\b(?:1|one|first) and (?:2|two|second) (?:brackets?|endings?|boxes)|(?:first|second|1st|2nd)[- ](?:time )?(?:ending|bracket)s?\b.{0,24}\?|(?:first|second|1st|2nd)[- ]time bars?\b|\bvoltas?\b|brackets?\b.{0,24}(?:mean|over|above|for)|(?:what|explain|why).{0,20}\bbrackets?\b|(?:一房子|二房子|跳房子|第[一二]结尾)"),
    Topic("dynamics", ask=r"\b(?:where|which|what)\b.{0,24}\b(?:loudest|softest|quietest)\b|\bhow (?:loud|soft)\b|哪.{0,6}最(?:响|强|弱|轻)|(?:最响|最强|最弱).{0,6}(?:哪|在)"),
    Topic("outside", ask=r"\b(?:any|are there|which|is there|find)\b.{0,16}\bwrong notes?\b|有没有(?:弹|写|唱)?错(?:的)?音"),
    Topic("words", ask=r"\b(?:are there|does (?:it|this|the \w+) have|has it|is there|any) (?:any )?(?:words|lyrics)\b|\bwhat(?:'s| is| are) (?:it|the (?:song|words|lyrics)|this(?: song)?) (?:about|saying)|\b(?:what are|show|read|tell me) (?:me )?the (?:words|lyrics)|how many (?:verses|syllables)|(?:有没有|有)歌词|歌词(?:是什么|写的|讲|说|有)|唱的(?:是)?什么|讲(?:的)?什么故事"),
    Topic("parallels", ask=r"\bparallel (?:fifths?|octaves?|5ths?|8ves?|motion)|\bconsecutive (?:fifths?|octaves?|5ths?)|\bhidden (?:fifths?|octaves?)|voice[- ]?leading (?:errors?|mistakes?|faults?|problems?)|part[- ]?writing (?:errors?|mistakes?|faults?|problems?)|voices? cross|平行[五八]度|隐伏[五八]度|声部(?:交叉|进行).{0,6}(?:错|问题|吗)"),
    Topic("part", ask=r"where (?:does|do|is|are) (?:the )?(?:(?P<part>[a-f]|intro|verse|chorus|bridge|coda|ending|trio)(?: part| section| strain)?|(?:part|section) (?P<part2>[a-f]))(?: (?:start|begin|end|come|enter)s?)?\b.{0,6}\??$|(?:which|what) bars? (?:is|are|does) (?:the )?(?P<part3>[a-f]|verse|chorus|bridge) (?:part|section)?|(?P<part4>[a-f]|主歌|副歌|桥段)段?(?:从|在)(?:哪|第几)"),
    Topic("blues form", ask=r"(?:standard|normal|regular|usual|typical|real|12[- ]bar|twelve[- ]bar) blues\b.{0,14}(?:form|\?|$)|is (?:it|this|that) (?:an? )?(?:\w+ )?blues\b|blues form|(?:标准|十二小节|12小节)(?:的)?(?:布鲁斯|蓝调)(?:吗|曲式|结构)?"),
    Topic("playable",
          r"\b(?:can|could|would|will|is it possible|able)\b.{0,60}\b(?:play|sing|manage|handle|perform)\b|\bplayable\b|\bsingable\b"
          r"|(?:in|within|inside|out of|outside|fit|fits|beyond)\b.{0,20}\brange (?:of|for)\b|suit(?:s|ed|able)? (?:for|to|the|an?)\b"
          r"|playable on|too (?:high|low) for|reach of|fit (?:on|the|an?) "
          r"|能(?:吹|拉|弹|唱|演奏|用)|可以用.{1,8}(?:演奏|吹|拉|弹)|(?:适合|适不适合).{1,10}(?:吹|拉|弹|演奏|唱)|超出.{1,8}音域|吹得了|拉得了|弹得了|唱得了"),
    Topic("rhythm", r"how long (?:is|are) (?:the|each|every|all the) (?:\w+ )?notes?\b"),
    Topic("one note", r"(?:why|what|where|which|explain).{0,30}(?<![a-z])(?:an? |the )?[a-g] ?(?:sharp|flat|natural|#)(?![a-z])(?!.{0,3}(?:major|minor|dorian|mixolydian)).{0,25}(?:bars?|measures?|in it|here|there|in this|doing|for)\b|why (?:is|are) there (?:an? )?[a-g] ?(?:sharp|flat|natural|#)|(?:为什么|怎么).{0,8}[升降还原]{1,2}[a-g]|[升降][a-g](?:是|有|起|在这|的)(?:什么|哪|从|作用)"),
    Topic("find chord", r"(?:which|what) (?:bars?|measures?) (?:has|have|contains?|uses?|is|are)\b.{0,30}\bchords?\b|where (?:is|are|does|do) (?:the |an? )?(?:[a-g][#b]?(?:m|maj|min|dim)?7? |tonic |dominant |subdominant |minor |major |diminished |[iv]{1,3}7? ).{0,12}chords?\b|哪(?:些|个|几个)小节.{0,6}(?:属|主|下属|小|大|减)(?:七)?和弦"),
    Topic("players", r"(?:what|which) instruments?\b.{0,30}(?:play|suit|fit|could|can|would|for)|(?:适合|能用|可以用)(?:什么|哪些?|哪种)乐器|什么乐器"),
    Topic("leading", r"leading (?:note|tone)s?\b.{0,30}(?:\bin\b|\?|$)(?<!mean)|(?:where|which|is there|find|show).{0,25}leading (?:note|tone)|导音在|哪.{0,4}导音"),
    Topic("lasting",
          r"how long (?:does|is|will|would|do)\b|how many (?:seconds|minutes)|in seconds|duration of (?:it|the (?:tune|piece|song))|running time|playing time"
          r"|多长时间|多少秒|几秒|几分钟|时长|多久"),
    Topic("alike",
          r"(?:which|what|are any|are there any|any) (?:\w+ ){0,2}?(?:bars?|measures?) .{0,20}(?:alike|the same|equal|identical|repeat|repeated|similar|match|like bars?)"
          r"|bars? (?:\d+ )?.{0,20}(?:alike|identical)\b|where (?:does|is) bar \d+ (?:come )?(?:again|repeated|back)"
          r"|哪些小节.{0,6}(?:相同|一样|重复)|(?:相同|一样|重复)的小节"),
    Topic("chord tones",
          r"chord (?:tones?|notes?)|passing (?:notes?|tones?)|neighbou?r(?:ing)? (?:notes?|tones?)|auxiliary|non[- ]?(?:chord|harmonic|harmony) (?:tones?|notes?)"
          r"|和弦音|和弦外音|经过音|辅助音"),
    Topic("outside",
          r"(?:notes?|pitches|what|which).{0,30}(?:outside|(?:not|n't|not found|not part) (?:in|of|belong)|not in|foreign to|don'?t belong|out of|do not belong|doesn'?t belong).{0,15}(?:key|scale)|(?:notes?|pitches)\b.{0,24}\b(?:isn't|aren't|is not|are not|not) (?:actually |really )?(?:in|part of|from)\b.{0,12}\b(?:key|scale)"
          r"|(?:any|what|which|where|find|are there|list).{0,25}(?:accidentals?|chromatic (?:notes?|tones?)|altered notes?)|不在调|调外音|变化音|临时(?:变音)?记号|调式外"),
    Topic("highest", r"(?:note|pitch|tone)s? (?:is|are) (?:the )?highest|(?:highest|top|higest|highst)[- ](?:note|pitch|point|tone)|how high (?:does|is|do)|goes? highest|最高(?:的)?(?:音|点)|多高"),
    Topic("lowest", r"(?:note|pitch|tone)s? (?:is|are) (?:the )?lowest|(?:lowest|bottom|deepest)[- ](?:note|pitch|point|tone)|how low (?:does|is|do)|goes? lowest|最低(?:的)?(?:音|点)|多低"),
    Topic("longest", r"(?:note|pitch|tone)s? (?:is|are) (?:the )?longest|longest (?:note|tone|held)|最长的(?:音|音符)|longest"),
    Topic("shortest", r"(?:shortest|fastest|quickest) (?:note|tone)|最短的(?:音|音符)"),
    Topic("first note", r"(?:first|opening|starting) (?:note|pitch)|(?:what|which) note does .{0,25}(?:start|begin)|(?:第一个|开头的?|起始的?)音"),
    Topic("last note", r"(?:last|final|ending|closing) (?:note|pitch)|(?:what|which) note does .{0,25}(?:end|finish|stop)|(?:最后一个|最后的?|结束的?|结尾的?)音(?!乐)"),
    Topic("climax", noun=r"climax|high ?point|culminat|peak|高潮|最高潮|顶点"),
    Topic("range", noun=r"\brange\b|ambitus|compass|tessitura|音域|音区"),
    Topic("modulation", noun=r"modulat|stays? in (?:one|the same|the home|its) key|change(?:s|d)? (?:of )?key|key change|changes? key|leave(?:s)? (?:the (?:home )?key|[a-g](?: flat| sharp|#|b)? (?:major|minor))|tonici[sz]|转调|离调|变调|换调"),
    Topic("secondary", noun=r"secondary dominant|applied (?:dominant|chord)|borrowed chord|modal mixture|副属|借用和弦"),
    Topic("cadence", noun=r"cadenc|cadance|\bclose(?:s)? (?:on|with)|strong or weak|(?:masculine|feminine|weak|strong) ending|how does .{0,30}(?:phrase|tune|piece|section|part|it) (?:end|close|finish)|phrase end|终止|收束|结束了吗|怎么结束|如何结束|怎样结束"),
    Topic("pickup", noun=r"(?:first|opening|start(?:ing)?) bar.{0,24}(?:only|just|short|incomplete|one beat|fewer|less|not full|missing)|(?:short|incomplete|half) (?:first|opening) bar|why (?:does|do) (?:it|we) start (?:on|before|with)|(?:开头|第一小节|开始).{0,8}(?:只有|不满|不够|不完整|少)|pick-?\s?up|anacrusis|up-?beat\b(?! tempo)|incomplete (?:first )?(?:bar|measure)|弱起|起拍|不完整(?:的)?小节"),
    Topic("syncopation", noun=r"syncopat|syncopaton|off[- ]?beat|切分"),
    Topic("triplets", noun=r"triplets?|tuplets?|三连音|连音"),
    Topic("motif", noun=r"\bmoti(?:f|ve|fs|ves)\b|\bfigure\b|sequence|recurr|main idea|(?:theme|idea|tune) (?:again|come back|return)|riff|动机|主题.{0,6}(?:再现|出现|回来)|音型|模进"),
    Topic("degrees", noun=r"(?:scale )?degrees?\b|sol-?f(?:a|ege)|solf[eè]ge|do re mi|jianpu|numbered notation|音级|唱名|简谱"),
    Topic("harmony", noun=r"roman numerals?|numerals|harmon(?:y|ies|ic|ise|ize)|chord (?:progression|sequence|changes)|progression|\bchords?\b|functions?\b|和声|和弦|罗马数字|功能"),
    Topic("phrases", noun=r"\bphras(?:es?|ing)\b|乐句|分句|几句|每句"),
    Topic("form", noun=r"\bforms?\b|structure|(?:what|which|name the|list the|into|many|two) (?:sections|parts)\b|how is (?:it|the (?:tune|piece)|this (?:tune|piece)?) (?:built|organi[sz]ed|put together|laid out|structured)|layout|曲式|结构|段落|几段|分段|怎么组成"),
    Topic("repeats", noun=r"\brepeats?\b|repeated|反复|重复"),
    Topic("tempo", noun=r"\btempo\b|\bbpm\b|how (?:fast|slow|quick)|speed\b|beats (?:per|a) minute|metronome|速度|多快|多慢|快慢"),
    Topic("meter", noun=r"\bmet(?:er|re)\b|time[- ]signature|\btime sig\b|what time is (?:it|this) in|beats (?:are |is )?(?:there )?(?:in|per|to) (?:a|the|each|every) (?:bar|measure)|拍号|节拍|拍子|几拍|什么拍"),
    Topic("rhythm", noun=r"\brhythms?\b|rhythmic|rythm|note (?:values|lengths)|节奏|时值"),
    Topic("voices", noun=r"\bvoices?\b|texture|声部|织体"),
    Topic("difficulty", noun=r"how (?:hard|difficult|easy|tricky)|difficult|\bhard(?:er|est)?\b|practi[sc]e|\beasy\b|tricky|\blevel\b|\bgrade\b|beginner|难度|最难|难不难|难吗|容易|简单吗|几级|初学|难点|(?<!困)难(?=[的在吗])"),
    Topic("style", noun=r"\bstyle\b|genre|(?:what|which) (?:kind|sort|type) of (?:tune|piece|dance|music|song)|what dance|what (?:makes|is).{0,20} a (?:jig|reel|waltz|hornpipe|march|polka|minuet)|is (?:it|this).{0,10} an? (?:jig|slip jig|reel|waltz|hornpipe|march|polka|mazurka|minuet|hymn|song|slide|strathspey)\b|风格|体裁|什么(?:舞曲|类型|曲子)|是(?:不是)?(?:一首)?(?:吉格|里尔|圆舞曲|华尔兹|进行曲|波尔卡|小步舞曲)"),
    Topic("moves", noun=r"\bsteps?\b|\bleaps?\b|\bskips?\b|jumps?\b|intervals?\b|stepwise|conjunct|级进|跳进|大跳|音程"),
    Topic("melody", noun=r"\bmelod(?:y|ies|ic)\b|contour|melodic line|shape of the|旋律|曲调"),
    Topic("title", noun=r"(?:what(?:'s| is)|tell me) (?:it|this (?:tune|piece|song)?|the (?:tune|piece|song)) called|\btitle\b|name of (?:the|this) (?:tune|piece|song)|who (?:wrote|composed|made)|composer|(?:曲子?|歌|它)?叫什么|曲名|标题|作曲者|谁(?:写|作)的|谁作曲"),
    Topic("key", noun=r"\bkeys?\b|tonality|tonal cent(?:er|re)|\bmode\b|key[- ]?signature|\btonic\b|home note|(?:major|minor) (?:or|and not|not|rather than|instead of) (?:major|minor)|in (?:the )?(?:major|minor)|\bin (?:the key of )?[a-g](?: ?(?:sharp|flat)|#|b)?[ -](?:major|minor|dorian|mixolydian|lydian|phrygian)|\bmodal\b|的调是|\b(?:dorian|mixolydian|lydian|phrygian|locrian|pentatonic)\b|sharps|flats|什么调|哪个调|中心音|调性|调式|音阶|五声|主音|调号|大调还是小调|是.{1,6}调吗|[两个些]?(?:升号|降号).{0,4}(?:是什么|什么意思|干什么|意思)|的调(?:[?吗呢]|$)|大调|小调"),
    Topic("passage", r"(?:special|unusual|interesting|notable|remarkable|unique|different) (?:about|in|with) (?:bars?|measures?)|don'?t (?:understand|get) (?:bars?|measures?)|(?:what(?:'s| is)?|what(?:'s| is)? (?:going on|happening)|what happens) in (?:bars?|measures?)\b|第.{1,6}小节.{0,4}(?:有什么|是什么|怎么样|发生)$|(?:tell me about|describe|explain|analy[sz]e) (?:bars?|measures?)|(?:分析|讲讲|说说|解释)一?下?第.{1,6}小节$|第.{1,6}小节.{0,2}(?:讲讲|说说|分析|解释)(?:一下|看|吧)?$"),
    Topic("notes", noun=r"(?:what|which|name|list|tell me|read).{0,15}\b(?:notes?|pitches)\b|哪些音|什么音|音符|音名"),
)  # fmt: skip

ANALYSIS = re.compile(
    rf"\banaly[sz](?:e|es|ed|is|ing)\b|\banalisis\b|\banalyis\b|\banalyse\b|\bexplain (?:{_TUNE}|what(?:'s| is) (?:going on|happening))\b(?!\s+\w+ing)"
    rf"|\b(?:tell|teach) (?:me|us) (?:more |something |everything |all )?(?:about )?{_TUNE}(?!\s+(?:key|is|was))|\bfacts about {_TUNE}|\bteach (?:\w+ ){0,3}about {_TUNE}|\bdescribe {_TUNE}"
    r"|\bwhat can you (?:tell|say) (?:me |us )?about (?:it|this|the)|\b(?:what do you|what'?s there to) (?:notice|see|hear|say)|\bwhat(?:'s| is) (?:special|interesting|typical|characteristic|notable|going on|happening|remarkable)"
    r"|\bwalk (?:me|us) through|\btalk (?:me|us) through|\bbreak (?:it|this|the \w+) down|\bcomment on (?:it|this|the)|\bgive (?:me|us) (?:an? )?(?:overview|summary|description|report|rundown|breakdown)|\bsummari[sz]e (?:it|this|the)"
    r"|\b(?:write|do|give|make|prepare|show).{0,30}\b(?:analysis|essay|programme note|program note|commentary)\b|\bhow does (?:it|this|the (?:tune|piece|song|music)) work\b"
    r"|\bwhat makes (?:it|this(?: \w+)?|the (?:tune|piece|song|music)) (?:work|tick|special|interesting|typical|what it is)"
    r"|分析|解析|赏析|鉴赏|讲解一?下?(?:这|它|一下|曲)|介绍一?下?(?:这|它|曲)|(?:说说|讲讲|谈谈|聊聊|讲一讲|说一说|谈一谈)(?:这|它|曲)|(?:这首|这个)(?:曲子|音乐|歌|旋律)(?:有)?(?:什么|哪些)(?:特点|特别|特色)|有什么特点|讲给.{0,8}听"
)  # fmt: skip
DEPTHS: tuple[tuple[str, str], ...] = (
    ("child", (r"\b(?:kids?|child(?:ren)?|pupils? of|like i(?:'| a)?m (?:\w+|\d+)|eli\d|(?:six|seven|eight|nine|ten|\d)[- ]year[- ]olds?|in (?:simple|easy|plain) (?:words|terms|language)|simple words|simply|for (?:a )?(?:beginners?|dummies|complete beginner)|young|primary school|layman|no jargon|without jargon)"
              r"|小朋友|孩子|小孩|儿童|小学生|简单(?:地|的话|说|讲|易懂)|通俗|浅显|用大白话|零基础|\d+岁|[五六七八九十]岁")),
    ("musician", (r"\b(?:in (?:full |great )?(?:depth|detail)|detailed|thorough(?:ly)?|conservator(?:y|oire)|professional(?:ly)?|musicians?|advanced|expert|university|musicolog\w*|academic|full analysis|complete analysis|comprehensive|deep(?:ly)?|music (?:theory )?major)\b"
                 r"|专业|深入|详细|详尽|音乐学院|音乐系|全面|学术|高级|仔细")),
)  # fmt: skip


def depth_of(lower: str) -> str:
    """child, student or musician."""
    return next((name for name, words in DEPTHS if re.search(words, lower)), "student")
